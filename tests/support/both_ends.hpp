// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_TESTS_SUPPORT_BOTH_ENDS_HPP
#define PARLEY_TESTS_SUPPORT_BOTH_ENDS_HPP

#include "values.hpp"

#include <parley/server.hpp>

#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <variant>

/// Clears the optional members whose empty value cannot be distinguished from an absent one on the wire: empty lists, maps and texts in
/// a query or a header, and a structure without members as the whole body.
template <class T>
void leave_out_what_is_empty(parley::detail::message_binding const& binding, T& value) {
    auto const& s = *parley::shape_of<T>.structure;
    for (auto const& part : binding.parts) {
        if (!part.member || !part.member->value.nullable) continue;
        using place = parley::template_place;
        bool const header = part.place == place::header_member || part.place == place::header_map;
        bool const query = part.place == place::query_member || part.place == place::query_map;
        if (!header && !query && part.place != place::payload) continue;
        auto* const at = s.place_of(*part.member, &value);
        auto const* held = part.member->value.get_if(at);
        if (!held) continue;
        auto const& type = *part.member->value.target;
        bool empty = false;
        if (type.kind == parley::shape_kind::list && (header || query)) empty = type.list->size(held) == 0;
        if (type.kind == parley::shape_kind::map && (header || query)) empty = type.map->size(held) == 0;
        if (type.kind == parley::shape_kind::structure) empty = values::to_text(type, held) == "{}";
        if (type.kind == parley::shape_kind::text && header) empty = static_cast<std::string const*>(held)->empty();
        if (type.kind == parley::shape_kind::blob && header) empty = static_cast<parley::blob const*>(held)->bytes.empty();
        if (empty) part.member->value.clear(at);
    }
}

/// A server of all operations of a service. Records the inputs and returns scripted results.
template <class Service, class Operations = typename Service::operations>
class echo_server;

template <class Service, class... Op>
class echo_server<Service, parley::operations<Op...>> {
public:
    echo_server() : router_(config(), parley::handle<Op>([this](typename Op::input const& in) { return serve<Op>(in); })...) {}
    echo_server(echo_server const&) = delete;
    echo_server& operator=(echo_server const&) = delete;

    parley::http_response operator()(parley::request_view const& request) {
        seen_.reset();
        code_.clear();
        return router_(request);
    }

    /// Sets the result of further calls of `Called`.
    template <class Called>
    void say(parley::handler_result<Called> result) {
        std::get<std::optional<parley::handler_result<Called>>>(scripted_) = std::move(result);
    }

    /// Returns the input of the last request in the form of `values::to_text`, or nothing if the request was rejected.
    std::optional<std::string> const& seen() const { return seen_; }
    /// Returns the code and the text of the error of the last response.
    std::string const& code() const { return code_; }

private:
    parley::router_config config() {
        parley::router_config result;
        result.observe = [this](parley::served_call const& call) {
            code_ = call.code;
            if (!call.text.empty()) code_.append(": ").append(call.text);
        };
        return result;
    }
    template <class Called>
    parley::handler_result<Called> serve(typename Called::input const& in) {
        seen_ = values::to_text(in);
        auto const& scripted = std::get<std::optional<parley::handler_result<Called>>>(scripted_);
        return scripted ? *scripted : parley::handler_result<Called>(parley::detail::access::make<typename Called::output>());
    }

    std::optional<std::string> seen_;
    std::string code_;
    std::tuple<std::optional<parley::handler_result<Op>>...> scripted_;
    parley::router<Service> router_;
};

#endif
