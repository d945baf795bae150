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

/// Serves operations by name: the counterpart of any_call.hpp. Each server is a `parley::router`, as a user has it.
namespace any_server {

/// The result of the handler: an output, or the error named `error`. If `data` is null, any valid value.
struct scripted_result {
    boost::json::value const* data = nullptr;
    std::string_view error{};
    std::string request_id{}; ///< the request id; empty: none
};

/// The result of a request.
struct served {
    parley::http_response response;
    parley::shape const* type = nullptr;   ///< of the input
    std::shared_ptr<void> input;           ///< the argument of the handler; null if it was not called
    std::vector<params::difference> unfit; ///< values of `scripted` that the type cannot hold

    params::findings compare(boost::json::value const& expected) const {
        return params::compare(*type, input.get(), expected, params::notation::smithy);
    }
};

namespace detail {

template <class T>
T made(scripted_result const& scripted, std::vector<params::difference>& unfit) {
    auto value = parley::detail::access::make<T>();
    if (scripted.data) unfit = params::fill(value, *scripted.data, params::notation::smithy, params::purpose::output);
    else params::invent(value);
    return value;
}

template <class Op, class Errors>
struct error_named;
template <class Op, class... E>
struct error_named<Op, parley::errors<E...>> {
    static std::optional<parley::handler_result<Op>> make(scripted_result const& scripted,
                                                          std::vector<params::difference>& unfit) {
        std::optional<parley::handler_result<Op>> result;
        ((parley::detail::error_code_of<E>() == scripted.error ? void(result.emplace(made<E>(scripted, unfit))) : void()), ...);
        return result;
    }
};

} // namespace detail

template <class Op>
served serve(parley::http_request const& request, scripted_result const& scripted) {
    served out;
    out.type = &parley::shape_of<typename Op::input>;
    parley::router_config config;
    config.gunzip = parley::gunzip;
    if (!scripted.request_id.empty()) config.request_id = [&] { return scripted.request_id; };
    parley::router<parley::operations<Op>> const router{
        std::move(config), parley::handle<Op>([&](typename Op::input input) -> parley::handler_result<Op> {
            out.input = std::make_shared<typename Op::input>(std::move(input));
            if (scripted.error.empty()) return detail::made<typename Op::output>(scripted, out.unfit);
            auto error = detail::error_named<Op, parley::detail::all_errors<Op>>::make(scripted, out.unfit);
            if (!error) throw std::runtime_error("the operation declares no error of that name");
            return *error;
        })};
    out.response = router(request);
    return out;
}

} // namespace any_server

#endif
