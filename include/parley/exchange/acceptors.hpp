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

constexpr bool equals_text(jmespath_value const& v, std::string_view expected) {
    if (v.what == jmespath_value::kind::text) return v.text == expected;
    return v.what == jmespath_value::kind::boolean && expected == (v.boolean ? "true" : "false");
}

template <fixed_string Path, class Op>
jmespath_value value_at(outcome<Op> const& last) {
    return last ? jmespath<Path, typename Op::output>::evaluate(*last) : jmespath_value();
}

// Adds a static member `match` to each kind of acceptor. It returns the state if the acceptor matches the outcome. Acceptors that
// users define bring their own.
template <class Acceptor>
struct acceptor : Acceptor {};

template <wait_state State, fixed_string Path, fixed_string Expected>
struct acceptor<output_is<State, Path, Expected>> {
    template <class Op>
    static std::optional<wait_state> match(outcome<Op> const& last) {
        return equals_text(value_at<Path>(last), Expected.view()) ? std::optional(State) : std::nullopt;
    }
};

template <wait_state State, fixed_string Path, fixed_string Expected>
struct acceptor<any_output_is<State, Path, Expected>> {
    template <class Op>
    static std::optional<wait_state> match(outcome<Op> const& last) {
        auto const value = value_at<Path>(last);
        for (auto const& item : value.items) {
            if (equals_text(item, Expected.view())) return State;
        }
        return std::nullopt;
    }
};

template <wait_state State, fixed_string Path, fixed_string Expected>
struct acceptor<all_output_is<State, Path, Expected>> {
    template <class Op>
    static std::optional<wait_state> match(outcome<Op> const& last) {
        auto const value = value_at<Path>(last);
        for (auto const& item : value.items) {
            if (!equals_text(item, Expected.view())) return std::nullopt;
        }
        return value.items.empty() ? std::nullopt : std::optional(State);
    }
};

template <wait_state State, fixed_string Code>
struct acceptor<error_is<State, Code>> {
    template <class Op>
    static std::optional<wait_state> match(outcome<Op> const& last) {
        if (last || last.error().code() != Code.view()) return std::nullopt;
        return State;
    }
};

template <wait_state State, bool Success>
struct acceptor<call_succeeds<State, Success>> {
    template <class Op>
    static std::optional<wait_state> match(outcome<Op> const& last) {
        bool const matches = Success ? last.has_value() : !last.has_value() && last.error().sent() == delivery::answered;
        return matches ? std::optional(State) : std::nullopt;
    }
};

} // namespace detail

/// Evaluates an outcome with acceptors: the first one that matches decides. If none matches, an output means `retry` and an error
/// `failure`. https://smithy.io/2.0/additional-specs/waiters.html
template <class Op, class... Acceptor>
wait_state evaluate(acceptors<Acceptor...>, outcome<Op> const& last) {
    std::optional<wait_state> state;
    static_cast<void>((... || (state = detail::acceptor<Acceptor>::match(last)).has_value()));
    return state.value_or(last ? wait_state::retry : wait_state::failure);
}
/// Evaluates an outcome with the acceptors of a waiter.
template <class Op, waiter Waiter>
wait_state evaluate(Waiter const&, outcome<Op> const& last) {
    return parley::evaluate(typename Waiter::acceptors(), last);
}
/// Evaluates an outcome with a callable.
template <class Op, std::invocable<outcome<Op> const&> Condition>
wait_state evaluate(Condition const& condition, outcome<Op> const& last) {
    return condition(last);
}

} // namespace parley

#endif
