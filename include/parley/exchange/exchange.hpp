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
constexpr repeatability repeatability_of() {
    constexpr auto traits = traits_of_operation<Op>();
    if (traits.readonly) return repeatability::readonly;
    return traits.idempotent ? repeatability::idempotent : repeatability::unsafe;
}

/// Calls `start`, which throws nothing, with the input that a call of `Op` sends, which may be a copy with its idempotency tokens, and
/// with whether it may be sent again. Calls `fail` in a catch block if that copy cannot be made.
template <class Op, class Start, class Fail>
void with_tokens(input_ref input, std::function<std::string()> const& uuid, Start const& start, Fail const& fail) {
    constexpr auto repeat = repeatability_of<Op>();
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

/// What a response of any type says, of the attempt of that number.
template <class Response>
void handle_response(call_machine& call, Response&& response, int attempt, call_machine::time_point now) noexcept {
    try {
        read_response(std::forward<Response>(response),
                      [&](response_view const& view) { call.handle_response(view, attempt, now); });
    } catch (...) { call.handle_exception(attempt); }
}

} // namespace detail

/// One call of `Op` as a state machine without I/O, for a driver of any kind. `poll` says what to do, `handle_*` takes
/// what happened; time comes in as an argument.
///
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
///
/// Whatever is thrown within the exchange, by a member's type, a signer, an interceptor or the allocator, ends the call with a
/// `transport_failure`. Only the constructor, and `take` of an output whose copy or move throws, may throw.
///
/// The settings, and the state that they point to, must live as long as the exchange. It is not safe to use from many threads at
/// once; the state is.
///
/// A driver that hedges (see `retry_policy::hedge_after`) polls again at `wake_at()` while an attempt is under way, may be told
/// to `send` a second one, and says with `attempt()` of which one it is when it hands in what happened.
template <operation Op>
class exchange {
public:
    using time_point = detail::call_machine::time_point;

    exchange(exchange const&) = delete;
    exchange& operator=(exchange const&) = delete;

    exchange(call_settings const& settings, typename Op::input const& input, time_point now)
        : exchange(settings, detail::call_overrides(settings, detail::decorator_of<Op>()), {&input}, now) {}
    /// An input that is given away: a blob or text that is the whole body is moved there.
    exchange(call_settings const& settings, typename Op::input&& input, time_point now)
        : exchange(settings, detail::call_overrides(settings, detail::decorator_of<Op>()), {&input, true}, now) {}
    /// For a client: the settings are those of all its calls, the terms those of this one. `input`: an `Op::input`.
    exchange(call_settings const& settings, detail::call_overrides terms, detail::input_ref input, time_point now)
        : machine_(detail::table_of<Op>::value, detail::protocol_of<Op>::type::client_side, settings, std::move(terms),
                   detail::outcome_access::parts(outcome_)) {
        detail::with_tokens<Op>(
            input, settings.uuid, [&](detail::input_ref sent, repeatability repeat) { machine_.start(sent, repeat, now); },
            [&] { machine_.handle_exception(); });
    }

    /// What to do next: `send` request(), wait until `wake_at()`, or `take()` the outcome.
    parley::call_step poll(time_point now) noexcept { return machine_.poll(now); }

    /// The request of the newest attempt. It stays as it is until that has ended.
    http_request const& request() const noexcept { return machine_.request(); }
    /// The number of the newest attempt, from 1.
    int attempt() const noexcept { return machine_.attempt(); }
    /// When to poll again, at the latest; `time_point::max()` if only the end of an attempt has something to say.
    time_point wake_at() const noexcept { return machine_.wake_at(); }

    /// How an attempt ended. `attempt` may be left out where only one can be under way.
    /// A response that is given away, as an rvalue, gives up its body: see `response_traits`.
    template <class Response>
    void handle_response(Response&& response, time_point now,
                         int attempt = 0) noexcept requires response_like<std::remove_cvref_t<Response>> {
        detail::handle_response(machine_, std::forward<Response>(response), attempt, now);
    }
    void handle_transport_error(transport_error const& error, time_point now, int attempt = 0) noexcept {
        machine_.handle_transport_error(error, attempt, now);
    }
    /// For a catch block of the driver: its clock or timer has thrown, for instance. Ends the call with a failure that says so.
    /// Does nothing if the call has ended, or if the attempt of that number is not under way.
    void handle_exception(int attempt = 0) noexcept { machine_.handle_exception(attempt); }

    /// The time of `wake_at()` has come, by whichever clock the driver's timer goes.
    void handle_wake() noexcept { machine_.handle_wake(); }

    /// What is the same for all operations, for drivers that need not know which it is.
    detail::call_machine& machine() noexcept { return machine_; }

    /// The outcome, once `poll` says that the call is done. Asks the transport to give up an attempt that is still under way.
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
    detail::call_machine machine_; // which refers to the outcome
};

} // namespace parley

#endif
