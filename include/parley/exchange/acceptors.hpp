// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_EXCHANGE_ACCEPTORS_HPP
#define PARLEY_EXCHANGE_ACCEPTORS_HPP

#include <parley/core/fixed_string.hpp>
#include <parley/describe/jmespath.hpp>
#include <parley/exchange/outcome.hpp>

#include <cstdint>
#include <optional>
#include <string_view>

namespace parley {

/// What a call's outcome says about a wait for something.
enum class wait_state : std::uint8_t {
    success, ///< it is there
    failure, ///< it will not come any more
    retry,   ///< ask again later
};

// Acceptors: each looks at an outcome and says what it means, or nothing. Paths are JMESPath (describe/jmespath.hpp), resolved
// against the operation's output when the program is compiled. https://smithy.io/2.0/additional-specs/waiters.html#matcher

namespace detail {

constexpr bool says(jmespath_value const& v, std::string_view expected) {
    if (v.what == jmespath_value::kind::text) return v.text == expected;
    return v.what == jmespath_value::kind::boolean && expected == (v.boolean ? "true" : "false");
}

} // namespace detail

/// The value at `Path` of the output is the text `Expected`, or the boolean that it spells.
template <wait_state State, fixed_string Path, fixed_string Expected>
struct output_is {
    template <class Op>
    static std::optional<wait_state> look(outcome<Op> const& reply) {
        if (!reply || !detail::says(jmespath<Path, typename Op::output>::evaluate(*reply), Expected.view())) return std::nullopt;
        return State;
    }
};

/// One of the texts at `Path` of the output is `Expected`.
template <wait_state State, fixed_string Path, fixed_string Expected>
struct any_output_is {
    template <class Op>
    static std::optional<wait_state> look(outcome<Op> const& reply) {
        if (!reply) return std::nullopt;
        auto const found = jmespath<Path, typename Op::output>::evaluate(*reply);
        for (auto const& item : found.items) {
            if (detail::says(item, Expected.view())) return State;
        }
        return std::nullopt;
    }
};

/// There are texts at `Path` of the output, and each is `Expected`.
template <wait_state State, fixed_string Path, fixed_string Expected>
struct all_output_is {
    template <class Op>
    static std::optional<wait_state> look(outcome<Op> const& reply) {
        if (!reply) return std::nullopt;
        auto const found = jmespath<Path, typename Op::output>::evaluate(*reply);
        for (auto const& item : found.items) {
            if (!detail::says(item, Expected.view())) return std::nullopt;
        }
        return found.items.empty() ? std::nullopt : std::optional(State);
    }
};

/// The call ended with an error of the peer that has this code.
template <wait_state State, fixed_string Code>
struct error_is {
    template <class Op>
    static std::optional<wait_state> look(outcome<Op> const& reply) {
        if (reply || reply.error().code() != Code.view()) return std::nullopt;
        return State;
    }
};

/// The call gave an output (`Success`), or ended with an error of the peer.
template <wait_state State, bool Success>
struct call_succeeds {
    template <class Op>
    static std::optional<wait_state> look(outcome<Op> const& reply) {
        bool const fits = Success ? reply.has_value() : !reply.has_value() && reply.error().sent() == delivery::answered;
        return fits ? std::optional(State) : std::nullopt;
    }
};

/// Acceptors in order; the first that says something decides. Where none does, an output means to ask again, and an error is
/// a failure.
template <class... Acceptor>
struct acceptors {
    template <class Op>
    wait_state operator()(outcome<Op> const& reply) const {
        std::optional<wait_state> state;
        static_cast<void>((... || (state = Acceptor::look(reply)).has_value()));
        return state.value_or(reply ? wait_state::retry : wait_state::failure);
    }
};

} // namespace parley

#endif
