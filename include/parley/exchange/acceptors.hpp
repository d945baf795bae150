// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_EXCHANGE_ACCEPTORS_HPP
#define PARLEY_EXCHANGE_ACCEPTORS_HPP

#include <parley/describe/jmespath.hpp>
#include <parley/describe/waiter.hpp>
#include <parley/exchange/outcome.hpp>

#include <concepts>
#include <optional>
#include <string_view>

namespace parley::inline PARLEY_ABI {

namespace detail {

constexpr bool says(jmespath_value const& v, std::string_view expected) {
    if (v.what == jmespath_value::kind::text) return v.text == expected;
    return v.what == jmespath_value::kind::boolean && expected == (v.boolean ? "true" : "false");
}

template <fixed_string Path, class Op>
jmespath_value value_at(outcome<Op> const& reply) {
    return reply ? jmespath<Path, typename Op::output>::evaluate(*reply) : jmespath_value();
}

// How each kind of acceptor looks at an outcome; a user's own has `look` itself.
template <class Acceptor>
struct acceptor : Acceptor {};

template <wait_state State, fixed_string Path, fixed_string Expected>
struct acceptor<output_is<State, Path, Expected>> {
    template <class Op>
    static std::optional<wait_state> look(outcome<Op> const& reply) {
        return says(value_at<Path>(reply), Expected.view()) ? std::optional(State) : std::nullopt;
    }
};

template <wait_state State, fixed_string Path, fixed_string Expected>
struct acceptor<any_output_is<State, Path, Expected>> {
    template <class Op>
    static std::optional<wait_state> look(outcome<Op> const& reply) {
        auto const found = value_at<Path>(reply);
        for (auto const& item : found.items) {
            if (says(item, Expected.view())) return State;
        }
        return std::nullopt;
    }
};

template <wait_state State, fixed_string Path, fixed_string Expected>
struct acceptor<all_output_is<State, Path, Expected>> {
    template <class Op>
    static std::optional<wait_state> look(outcome<Op> const& reply) {
        auto const found = value_at<Path>(reply);
        for (auto const& item : found.items) {
            if (!says(item, Expected.view())) return std::nullopt;
        }
        return found.items.empty() ? std::nullopt : std::optional(State);
    }
};

template <wait_state State, fixed_string Code>
struct acceptor<error_is<State, Code>> {
    template <class Op>
    static std::optional<wait_state> look(outcome<Op> const& reply) {
        if (reply || reply.error().code() != Code.view()) return std::nullopt;
        return State;
    }
};

template <wait_state State, bool Success>
struct acceptor<call_succeeds<State, Success>> {
    template <class Op>
    static std::optional<wait_state> look(outcome<Op> const& reply) {
        bool const fits = Success ? reply.has_value() : !reply.has_value() && reply.error().sent() == delivery::answered;
        return fits ? std::optional(State) : std::nullopt;
    }
};

} // namespace detail

/// What `reply` means to these acceptors.
template <class Op, class... Acceptor>
wait_state evaluate(acceptors<Acceptor...>, outcome<Op> const& reply) {
    std::optional<wait_state> state;
    static_cast<void>((... || (state = detail::acceptor<Acceptor>::look(reply)).has_value()));
    return state.value_or(reply ? wait_state::retry : wait_state::failure);
}
/// What `reply` means to a waiter.
template <class Op, waiter Waiter>
wait_state evaluate(Waiter const&, outcome<Op> const& reply) {
    return parley::evaluate(typename Waiter::acceptors(), reply);
}
/// What a callable makes of `reply`.
template <class Op, std::invocable<outcome<Op> const&> Meaning>
wait_state evaluate(Meaning const& meaning, outcome<Op> const& reply) {
    return meaning(reply);
}

} // namespace parley

#endif
