// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_TESTS_SUPPORT_ANY_SERVER_HPP
#define PARLEY_TESTS_SUPPORT_ANY_SERVER_HPP

#include "params.hpp"

#include <parley/http/gzip.hpp>
#include <parley/server.hpp>

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

/// Servers of operations that a program knows by name alone: the other end of any_call.hpp. Each is a `parley::router`, as a user
/// has it.
namespace any_server {

/// What the handler says: an output, or an error of that name; what the data says or, where that is null, anything that fits.
struct saying {
    boost::json::value const* data = nullptr;
    std::string_view error{};
    std::string request_id{}; ///< the server's name for the request; empty: it gives none
};

/// What became of a request.
struct served {
    parley::http_response response;
    parley::shape const* what = nullptr;   ///< of the input
    std::shared_ptr<void> input;           ///< that the handler was given; null if it was not called
    std::vector<params::difference> unfit; ///< what the type cannot hold of what the handler was to say

    params::findings compare(boost::json::value const& expected) const {
        return params::compare(*what, input.get(), expected, params::notation::smithy);
    }
};

namespace detail {

template <class T>
T made(saying const& what, std::vector<params::difference>& unfit) {
    auto value = parley::detail::access::make<T>();
    if (what.data) unfit = params::fill(value, *what.data, params::notation::smithy, params::purpose::output);
    else params::invent(value);
    return value;
}

template <class Op, class Errors>
struct error_named;
template <class Op, class... E>
struct error_named<Op, parley::errors<E...>> {
    static std::optional<parley::handler_result<Op>> make(saying const& what, std::vector<params::difference>& unfit) {
        std::optional<parley::handler_result<Op>> result;
        ((parley::detail::error_code_of<E>() == what.error ? void(result.emplace(made<E>(what, unfit))) : void()), ...);
        return result;
    }
};

} // namespace detail

template <class Op>
served serve(parley::http_request const& request, saying const& what) {
    served out;
    out.what = &parley::shape_of<typename Op::input>;
    parley::router_config config;
    config.gunzip = parley::gunzip;
    if (!what.request_id.empty()) config.request_id = [&] { return what.request_id; };
    parley::router<parley::operations<Op>> const router{
        std::move(config), parley::handle<Op>([&](typename Op::input input) -> parley::handler_result<Op> {
            out.input = std::make_shared<typename Op::input>(std::move(input));
            if (what.error.empty()) return detail::made<typename Op::output>(what, out.unfit);
            auto error = detail::error_named<Op, parley::detail::all_errors<Op>>::make(what, out.unfit);
            if (!error) throw std::runtime_error("the operation declares no error of that name");
            return *error;
        })};
    out.response = router(request);
    return out;
}

} // namespace any_server

#endif
