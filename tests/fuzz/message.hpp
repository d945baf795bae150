// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_TESTS_FUZZ_MESSAGE_HPP
#define PARLEY_TESTS_FUZZ_MESSAGE_HPP

#include "fuzz.hpp"

#include <parley/core/text.hpp>
#include <parley/http/headers.hpp>

#include <string>
#include <string_view>

namespace fuzz {

/// Reads header fields up to an empty line. Fields that no HTTP stack would accept are ignored.
inline parley::headers take_fields(std::string_view& text) {
    parley::headers fields;
    while (!text.empty()) {
        auto const line = take_line(text);
        if (line.empty()) break;
        auto const colon = line.find(':');
        if (colon == line.npos) continue;
        auto const name = line.substr(0, colon), value = line.substr(colon + 1);
        if (parley::is_header_name(name) && parley::is_header_value(value))
            fields.add(std::string(name), std::string(parley::detail::trim(value)));
    }
    return fields;
}

} // namespace fuzz

#endif
