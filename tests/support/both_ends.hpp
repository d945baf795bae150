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

/// Empty lists, maps and texts cannot travel in a query or a header as something else than being absent, nor can a structure
/// without members that is a whole body.
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
        auto const& what = *part.member->value.target;
        bool empty = false;
        if (what.kind == parley::shape_kind::list && (header || query)) empty = what.list->size(held) == 0;
        if (what.kind == parley::shape_kind::map && (header || query)) empty = what.map->size(held) == 0;
        if (what.kind == parley::shape_kind::structure) empty = values::to_text(what, held) == "{}";
        if (what.kind == parley::shape_kind::text && header) empty = static_cast<std::string const*>(held)->empty();
        if (what.kind == parley::shape_kind::blob && header) empty = static_cast<parley::blob const*>(held)->bytes.empty();
        if (empty) part.member->value.clear(at);
    }
}

/// A server of all operations of a service that remembers what it was asked, and says what it is told to.
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

    /// What the next call of `Asked` is answered with.
    template <class Asked>
    void say(parley::handler_result<Asked> what) {
        std::get<std::optional<parley::handler_result<Asked>>>(said_) = std::move(what);
    }

    /// The input of the last request as `values::to_text` has it; nothing if there was none that was good.
    std::optional<std::string> const& seen() const { return seen_; }
    /// The code of the error that it was answered with, and why.
    std::string const& code() const { return code_; }

private:
    parley::router_config config() {
        parley::router_config made;
        made.observe = [this](parley::served_call const& call) {
            code_ = call.code;
            if (!call.text.empty()) code_.append(": ").append(call.text);
        };
        return made;
    }
    template <class Asked>
    parley::handler_result<Asked> serve(typename Asked::input const& in) {
        seen_ = values::to_text(in);
        auto const& said = std::get<std::optional<parley::handler_result<Asked>>>(said_);
        return said ? *said : parley::handler_result<Asked>(parley::detail::access::make<typename Asked::output>());
    }

    std::optional<std::string> seen_;
    std::string code_;
    std::tuple<std::optional<parley::handler_result<Op>>...> said_;
    parley::router<Service> router_;
};

#endif
