// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_EXCHANGE_EXCHANGE_HPP
#define PARLEY_EXCHANGE_EXCHANGE_HPP

#include <parley/exchange/call_machine.hpp>
#include <parley/exchange/idempotency_token.hpp>
#include <parley/protocol/aws_json.hpp>
#include <parley/protocol/rest_json.hpp>

#include <chrono>
#include <functional>
#include <string>
#include <type_traits>
#include <utility>

namespace parley::inline PARLEY_ABI {

namespace detail {

template <class Op>
constexpr repeatability repeatability_of_operation() {
    constexpr auto traits = traits_of_operation<Op>();
    if (traits.readonly) return repeatability::readonly;
    return traits.idempotent ? repeatability::idempotent : repeatability::unsafe;
}

/// Calls `start(input, repeatability)`, which must not throw. If the input has idempotency tokens, a copy is passed in which absent
/// tokens are set. Calls `fail` in a catch block if the copy throws.
template <class Op, class Start, class Fail>
void with_tokens(input_ref input, std::function<std::string()> const& uuid, Start const& start, Fail const& fail) {
    constexpr auto repeat = repeatability_of_operation<Op>();
    if constexpr (has_idempotency_token<typename Op::input>()) {
        try {
            auto filled = *static_cast<typename Op::input const*>(input.value);
            bool const known = fill_idempotency_tokens(structure_of<typename Op::input>::table, &filled, uuid);
            start(input_ref{&filled, true}, known && repeat == repeatability::unsafe ? repeatability::idempotent : repeat);
        } catch (...) { fail(); }
    } else {
        start(input, repeat);
    }
}

/// Passes a response of any type to the call.
template <class Response>
void handle_response(call_machine& call, Response&& response, int attempt, call_machine::time_point now) noexcept {
    try {
        read_response(std::forward<Response>(response),
                      [&](response_view const& view) { call.handle_response(view, attempt, now); });
    } catch (...) { call.handle_exception(attempt); }
}

} // namespace detail

/// A call of `Op` as a state machine without I/O, for custom drivers. `poll` returns the next step, `handle_*` functions report
/// events. The current time is an argument.
///
/// An exception that is thrown within the exchange, by a member's type, a signer, an interceptor or the allocator, ends the call
/// with a `transport_failure`. Only the constructor, and `take` of an output whose copy or move throws, may throw.
///
/// The settings, and the state that they point to, must outlive the exchange. An exchange must not be used from several threads at
/// once; the state may.
///
/// A driver that supports hedging (see `retry_policy::hedge_after`) polls again at `wake_at()` while an attempt is in flight. The poll
/// may return `send` for a second attempt. The driver passes the number of the attempt, `attempt()`, to the `handle_*` functions.
///
/// @par Example
///     parley::exchange<get_weather> call(settings, {.city = "Ghent"}, now());
///     for (;;) {
///         switch (call.poll(now())) {
///         case parley::call_step::send: call.handle_response(transport(call.request()), now()); break;
///         case parley::call_step::wait: sleep_until(call.wake_at()); call.handle_wake(); break;
///         case parley::call_step::receive: break; // only where the transport does not block
///         case parley::call_step::again: break;   // only where there is a signer or an interceptor
///         case parley::call_step::done: return call.take();
///         }
///     }
template <operation Op>
class exchange {
public:
    /// A time of the steady clock.
    using time_point = std::chrono::steady_clock::time_point;

    exchange(exchange const&) = delete;
    exchange& operator=(exchange const&) = delete;

    /// Encodes the request of a call.
    exchange(call_settings const& settings, typename Op::input const& input, time_point now)
        : exchange(settings, detail::call_overrides(settings, detail::decorator_of<Op>()), {&input}, now) {}
    /// Encodes the request of a call and moves a payload of the input into the request body.
    exchange(call_settings const& settings, typename Op::input&& input, time_point now)
        : exchange(settings, detail::call_overrides(settings, detail::decorator_of<Op>()), {&input, true}, now) {}
    /// Used by `client`: `settings` are shared by its calls, `overrides` belong to this one. `input` refers to an `Op::input`.
    exchange(call_settings const& settings, detail::call_overrides overrides, detail::input_ref input, time_point now)
        : machine_(detail::table_of<Op>::value, detail::protocol_of<Op>::type::client_side, settings, std::move(overrides),
                   detail::outcome_access::parts(outcome_)) {
        detail::with_tokens<Op>(
            input, settings.uuid, [&](detail::input_ref sent, repeatability repeat) { machine_.start(sent, repeat, now); },
            [&] { machine_.handle_exception(); });
    }

    /// Returns the next step.
    parley::call_step poll(time_point now) noexcept { return machine_.poll(now); }

    /// Returns the request of the newest attempt. It does not change until that attempt has ended.
    http_request const& request() const noexcept { return machine_.request(); }
    /// Returns the number of the newest attempt, from 1.
    int attempt() const noexcept { return machine_.attempt(); }
    /// Returns the time of the next poll at the latest; `time_point::max()` if only the end of an attempt changes the step.
    time_point wake_at() const noexcept { return machine_.wake_at(); }

    /// Reports the response of an attempt. The body of an rvalue may be moved from; see `response_traits`.
    ///
    /// @param attempt The number of the attempt; 0 where only one can be in flight.
    template <class Response>
    void handle_response(Response&& response, time_point now,
                         int attempt = 0) noexcept requires response_like<std::remove_cvref_t<Response>> {
        detail::handle_response(machine_, std::forward<Response>(response), attempt, now);
    }
    /// Reports that the transport failed. See `handle_response` for `attempt`.
    void handle_transport_error(transport_error const& error, time_point now, int attempt = 0) noexcept {
        machine_.handle_transport_error(error, attempt, now);
    }
    /// Ends the call with the exception that is being handled, for example one of the driver's clock or timer. For use in a catch
    /// block. Does nothing if the call has ended, or if `attempt` is not 0 and not in flight.
    void handle_exception(int attempt = 0) noexcept { machine_.handle_exception(attempt); }

    /// Reports that `wake_at()` has been reached, by the clock of the driver's timer.
    void handle_wake() noexcept { machine_.handle_wake(); }

    /// Returns the part that does not depend on the operation. Used by the drivers of `client`.
    detail::call_machine& machine() noexcept { return machine_; }

    /// Returns the outcome of a call that is done. Requests a stop of an attempt that is still in flight.
    outcome<Op> take() noexcept(std::is_nothrow_move_constructible_v<outcome<Op>>) {
        machine_.take_end();
        if constexpr (std::is_nothrow_move_constructible_v<outcome<Op>>) {
            return std::move(outcome_);
        } else {
            try {
                return std::move(outcome_);
            } catch (...) { return detail::outcome_access::failed_instead_of(outcome_); }
        }
    }

private:
    outcome<Op> outcome_ = detail::outcome_access::unfinished<Op>();
    detail::call_machine machine_; // refers to the outcome
};

} // namespace parley

#endif
