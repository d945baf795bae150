// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_TESTS_CONFORMANCE_CASES_HPP
#define PARLEY_TESTS_CONFORMANCE_CASES_HPP

#include "support/any_call.hpp"
#include "support/any_server.hpp"

#include <string>
#include <vector>

namespace conformance {

struct operation : any_call::operation {
    any_server::served (*serve)(parley::http_request const& request, any_server::scripted_result const& scripted) = nullptr;
};

/// Returns all operations of the program.
std::vector<operation>& operations();

/// Returns the name of the operation that a server of the whole service routes the request to, or an empty text.
extern std::string (*operation_for)(parley::http_request const& request);

} // namespace conformance

#endif
