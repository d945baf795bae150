// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_CLIENT_CLIENT_HPP
#define PARLEY_CLIENT_CLIENT_HPP

#include <parley/client/callback_driver.hpp>
#include <parley/client/client_config.hpp>
#include <parley/client/pages.hpp>
#include <parley/client/transport.hpp>
#include <parley/exchange/exchange.hpp>
#include <parley/exchange/request_decorator.hpp>
#include <parley/exchange/wait_machine.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <utility>

namespace parley::inline PARLEY_ABI {

namespace detail {

// A planned call and the owner of what its overrides refer to. Used by the callback and coroutine drivers.
template <class Op>
struct running_call {
    std::shared_ptr<void const> owner;
    exchange<Op> call;

    // Throws what the clock of the client throws, and what the default constructor of an output throws.
    running_call(client_core const& core, call_plan&& plan, input_ref input)
        : owner(std::move(plan.owner)), call(core.settings, std::move(plan.overrides), input, core.now()) {}
    running_call(running_call const&) = delete;
    running_call& operator=(running_call const&) = delete;
};

template <class Op>
struct plain_binding {
    static constexpr operation_vtable operation{table_of<Op>::value, protocol_of<Op>::type::client_side, &plan_call};
};
template <class Op>
constexpr operation_vtable const& vtable_of() {
    if constexpr (!aws_operation<Op>) {
        return plain_binding<Op>::operation;
    } else {
        static_cast<void>(sizeof(aws_header_is_included_for<Op>));
        if constexpr (has_aws_binding<Op>) return aws_binding<Op>::operation;
        else return plain_binding<Op>::operation;
    }
}

// Named through `has_input_and_output`, so that the error for a type that is not an operation says what it lacks.
template <class Op>
using input_to_send = typename has_input_and_output<Op>::input;

// The outcome of a call whose plan failed.
template <class Op>
outcome<Op> failed_outcome(call_plan&& plan) {
    return outcome_access::failed<Op>(std::move(*plan.error));
}

// The coroutine type of an awaitable transport, with an outcome as its value.
template <class Op, class Transport>
struct awaitable_outcome_of {
    using type = void;
};
template <class Op, awaitable_transport Transport>
struct awaitable_outcome_of<Op, Transport> {
    using type = typename awaitable_traits<reply_of<Transport>>::template rebind<outcome<Op>>;
};
template <class Op, class Transport>
using awaitable_outcome = typename awaitable_outcome_of<Op, Transport>::type;

// The delays of a waiter; the default policy for other conditions.
template <class Condition>
wait_policy policy_of() {
    if constexpr (requires { Condition::policy; }) return Condition::policy;
    else return {};
}
struct no_progress {
    template <class Outcome>
    void operator()(Outcome const&) const noexcept {}
};

// One call over a callback transport.
template <class Transport, class Op, class Handler>
class callback_call final : public callback_driver<Transport> {
public:
    callback_call(std::shared_ptr<client_core const> const& core, Transport& transport, call_plan&& plan, input_ref input,
                  Handler&& handler)
        : callback_driver<Transport>(core, transport), running_(*core, std::move(plan), input), handler_(std::move(handler)) {
        this->set_call(running_.call.machine());
    }

private:
    void end() override { handler_(running_.call.take()); }

    running_call<Op> running_;
    Handler handler_; // the last member: if another one throws, the caller still has its handler
};

} // namespace detail

/// Sends operations over a transport.
///
/// A client has no thread and no connection of its own. Several threads may use it concurrently if they may use the transport
/// concurrently. Copies share the state that calls learn from the server (see `client_state`). A moved-from client can only be
/// assigned to or destroyed.
///
/// An exception that is thrown during a call, by the transport, its timer, the signer, an interceptor, a function of the
/// configuration, a member's type or the allocator, ends the call with a `transport_failure`. Its condition is
/// `transport_errc::other` if the transport threw, `signing` if the signer threw, and `exception` otherwise. Nothing is sent after
/// that. `send` itself throws only:
/// - what the default constructor of an output throws, or its move into a coroutine or handler: without an output there is no outcome;
/// - for an awaitable transport: what the copy of the input throws, and `std::bad_alloc` if the coroutine cannot be allocated;
/// - for a callback transport that completes within its call: what the handler throws. A later completion throws it to the code
///   that completed the transport. The handler is called once, even if it throws, and nothing is sent again.
///
/// A call takes these steps:
/// - plan (client_config.hpp): the endpoint, the time-outs and the overrides of the call;
/// - encode (`call_machine::start`): the request, with the header fields of the configuration;
/// - sign (`call_machine::prepare`): the request of each attempt;
/// - transport: `run_attempt`, `send_awaitable` or `callback_driver`, by the form of the transport;
/// - decode (`call_machine::handle_response`): the output, or an error that is retried or ends the call;
/// - outcome (`call_machine::take_end`).
///
/// @tparam Transport A type that models `parley::transport`.
///
/// @par Example
///     parley::client client{{.endpoint = "https://api.example.com"}, [&](parley::http_request const& r) { return stack.fetch(r); }};
///     auto today = client.send<get_weather>({.city = "Ghent"});
template <class Transport>
class client {
    static_assert(transport<Transport>,
                  "parley: a transport must be callable with `parley::http_request const&` and return a response (or a "
                  "parley::result of one) or an awaitable of either, or take a completion handler as its second argument. "
                  "A response has status, body and header(name); for a type with other names specialize "
                  "parley::response_traits");

public:
    /// Creates a client that sends with `transport`.
    client(client_config config, Transport transport)
        : core_(detail::make_client_core(std::move(config), abilities())), transport_(std::forward<Transport>(transport)) {}

    /// Returns the configuration.
    client_config const& config() const noexcept { return core_->config; }
    /// Returns the state that calls learn from the server: retry tokens, send rate and clock offset.
    client_state const& state() const noexcept { return *core_->config.state; }

    /// Sends `Op` and waits for the outcome.
    ///
    /// @param input   The input of the operation. The overloads for rvalues move a payload into the request body.
    /// @param options Overrides for this call.
    /// @return The output, or the reason why there is none. See `outcome`.
    template <class Op>
    outcome<Op> send(detail::input_to_send<Op> const& input,
                     call_options const& options = {}) requires blocking_transport<Transport> {
        return send_blocking<Op>({&input}, options);
    }
    /// @copydoc send
    template <class Op>
    outcome<Op> send(detail::input_to_send<Op>&& input, call_options const& options = {}) requires blocking_transport<Transport> {
        return send_blocking<Op>({&input, true}, options);
    }

    /// Sends `Op` as a coroutine of the transport's own type. The client must outlive the coroutine.
    ///
    /// @return An awaitable of the outcome.
    template <class Op>
    detail::awaitable_outcome<Op, Transport> send(detail::input_to_send<Op> const& input,
                                                  call_options const& options = {}) requires awaitable_transport<Transport> {
        return send_awaitable<Op>(plan<Op>(&input, options), input);
    }
    /// Sends `Op` as a coroutine of the transport's own type, which takes over the input.
    template <class Op>
    detail::awaitable_outcome<Op, Transport> send(detail::input_to_send<Op>&& input,
                                                  call_options const& options = {}) requires awaitable_transport<Transport> {
        auto planned = plan<Op>(&input, options);
        return send_awaitable<Op>(std::move(planned), std::move(input));
    }

    /// Sends `Op` and passes the outcome to `handler`, which runs where the transport runs its completions. The client must live
    /// until then.
    template <class Op, class Handler>
    void send(detail::input_to_send<Op> const& input, Handler handler,
              call_options const& options = {}) requires callback_transport<Transport> {
        send_callback<Op>({&input}, std::move(handler), options);
    }
    /// Sends `Op`, moves a payload of the input into the request body, and passes the outcome to `handler`.
    template <class Op, class Handler>
    void send(detail::input_to_send<Op>&& input, Handler handler,
              call_options const& options = {}) requires callback_transport<Transport> {
        send_callback<Op>({&input, true}, std::move(handler), options);
    }

    /// Returns the pages of `Op`, beginning with `input`. Sends nothing until the first page is requested. The client must outlive
    /// the range.
    template <paginated_operation Op>
    page_range<Transport, Op> pages(typename Op::input input, call_options options = {}) {
        return {*this, std::move(input), std::move(options)};
    }

    /// Returns the items of all pages of `Op`, beginning with `input`. See `pages`.
    template <itemized_operation Op>
    item_range<Transport, Op> items(typename Op::input input,
                                    call_options options = {}) requires(!callback_transport<Transport>) {
        return {*this, std::move(input), std::move(options)};
    }

    /// Sends `Op` repeatedly until `condition` reports success or failure, `policy.max_wait` expires, or `options.stop` is requested.
    ///
    /// @param input     The input of each call.
    /// @param condition A callable that maps an outcome to a `wait_state`, `acceptors`, or a `waiter` of the operation, which brings
    ///                  its delays.
    /// @param policy    The delays between the calls and the total time.
    /// @param progress  Called with each outcome.
    /// @param options   Overrides for each call.
    /// @return The last outcome and the reason why waiting ended. If the clock or the timer throws, the wait ends as a failure.
    /// @throws What `condition` or `progress` throws.
    ///
    /// @par Example
    ///     auto job = client.wait_until<GetDICOMImportJob>({.datastoreId = d, .jobId = j}, parley::acceptors<
    ///         parley::output_is<parley::wait_state::success, "jobProperties.jobStatus", "COMPLETED">,
    ///         parley::output_is<parley::wait_state::failure, "jobProperties.jobStatus", "FAILED">>());
    template <operation Op, class Condition, class Progress = detail::no_progress>
    wait_result<Op> wait_until(typename Op::input const& input, Condition const& condition,
                               wait_policy const& policy = detail::policy_of<Condition>(), Progress progress = {},
                               call_options const& options = {}) requires blocking_transport<Transport> {
        std::optional<wait_machine> machine;
        for (;;) {
            call_options next_options;
            try {
                if (!machine) machine.emplace(policy, now());
                next_options = with_deadline(options, machine->deadline());
            } catch (...) { return wait_that_threw<Op>(machine, delivery::not_sent); }
            auto last = send<Op>(input, next_options);
            progress(std::as_const(last));
            auto const state = evaluate(condition, last);
            bool more = false;
            try {
                auto const next = machine->handle(state, now(), random());
                if (next) wait_blocking(*next - now(), options.stop);
                more = next.has_value();
            } catch (...) { return wait_that_threw<Op>(machine, last ? delivery::answered : last.error().sent()); }
            bool const stopped = options.stop.stop_requested();
            if (!more || stopped) return {more ? wait_status::cancelled : machine->ended(), machine->calls(), std::move(last)};
        }
    }

    /// Sends `Op` repeatedly, as a coroutine of the transport's own type.
    template <operation Op, class Condition, class Progress = detail::no_progress>
    auto wait_until(typename Op::input const& input, Condition condition, wait_policy policy = detail::policy_of<Condition>(),
                    Progress progress = {}, call_options options = {}) requires awaitable_transport<Transport> {
        return wait_awaitable<Op>(input, std::move(condition), policy, std::move(progress), std::move(options));
    }

    /// Sends the operation of `Waiter` repeatedly with the conditions and delays of the waiter.
    ///
    /// @param input    The input of each call.
    /// @param max_wait The total time.
    /// @param progress Called with each outcome.
    /// @param options  Overrides for each call.
    ///
    /// @par Example
    ///     auto function = client.wait_until<GetFunction::FunctionActiveV2>({.FunctionName = "resize"}, 5min);
    template <waiter Waiter, class Progress = detail::no_progress>
    auto wait_until(typename Waiter::operation::input const& input,
                    std::chrono::milliseconds max_wait = detail::policy_of<Waiter>().max_wait, Progress progress = {},
                    call_options const& options = {}) requires(!callback_transport<Transport>) {
        auto policy = detail::policy_of<Waiter>();
        policy.max_wait = max_wait;
        return wait_until<typename Waiter::operation>(input, Waiter(), policy, std::move(progress), options);
    }

private:
    using duration = std::chrono::steady_clock::duration;
    using time_point = std::chrono::steady_clock::time_point;

    template <class Op>
    detail::call_plan plan(void const* input, call_options const& options) const noexcept {
        return detail::make_plan(*core_, detail::vtable_of<Op>(), options, input);
    }

    // The blocking driver: `send_blocking` for each operation, the rest once for all.

    template <class Op>
    outcome<Op> send_blocking(detail::input_ref input, call_options const& options) {
        auto outcome = detail::outcome_access::unfinished<Op>();
        auto const parts = detail::outcome_access::parts(outcome);
        detail::with_tokens<Op>(
            input, core_->settings.uuid,
            [&](detail::input_ref sent, repeatability repeat) {
                run_call(detail::vtable_of<Op>(), sent, repeat, options, parts);
            },
            [&] { *parts.error = detail::error_of_exception(delivery::not_sent); });
        return outcome;
    }
    void run_call(detail::operation_vtable const& operation, detail::input_ref input, repeatability repeat,
                  call_options const& options, detail::outcome_parts const& outcome) noexcept {
        auto planned = detail::make_plan(*core_, operation, options, input.value);
        if (planned.error) {
            *outcome.error = std::move(*planned.error);
            return;
        }
        detail::call_machine call(operation.op, operation.engine, core_->settings, std::move(planned.overrides), outcome);
        try {
            call.start(input, repeat, now());
            run_to_completion(call, options.stop);
        } catch (...) { call.handle_exception(); }
        call.take_end();
    }
    void run_to_completion(detail::call_machine& call, std::stop_token const& stop) {
        for (;;) {
            switch (call.poll(now())) {
            case call_step::send: run_attempt(call); break;
            case call_step::receive: break; // the transport blocks, so no attempt is in flight here
            case call_step::again: break;
            case call_step::wait:
                wait_blocking(call.wake_at() - now(), stop);
                call.handle_wake();
                break;
            case call_step::done: return;
            }
        }
    }
    void run_attempt(detail::call_machine& call) {
        std::optional<std::remove_cvref_t<detail::reply_of<Transport>>> reply;
        try {
            reply.emplace(transport_(call.request()));
        } catch (...) { call.handle_transport_error(detail::transport_error_of_exception(), 0, now()); }
        if (reply) detail::handle_reply(call, *std::move(reply), now());
    }

    // The callback driver; see callback_driver.hpp.
    template <class Op, class Handler>
    void send_callback(detail::input_ref input, Handler&& handler, call_options const& options) {
        static_assert(std::invocable<Handler&, outcome<Op>>,
                      "parley: the transport takes a completion handler, so send takes one too, before the options: "
                      "send<operation>(input, handler, options). It must be callable with a parley::outcome of the operation");
        auto planned = plan<Op>(input.value, options);
        typename detail::callback_driver<Transport>::pointer running;
        if (!planned.error) {
            try {
                running = std::make_shared<detail::callback_call<Transport, Op, Handler>>(core_, transport_, std::move(planned),
                                                                                          input, std::move(handler));
            } catch (...) { planned.error = detail::error_of_exception(delivery::not_sent); }
        }
        if (planned.error) return static_cast<void>(handler(detail::failed_outcome<Op>(std::move(planned))));
        detail::callback_driver<Transport>::advance(running);
    }

    // The coroutine driver. The coroutine owns its arguments; `send` is not a coroutine, so callers may pass temporaries.
    template <class Op>
    detail::awaitable_outcome<Op, Transport> send_awaitable(detail::call_plan planned, typename Op::input input) {
        auto const core = core_; // an abandoned coroutine may be destroyed after the client
        std::optional<detail::running_call<Op>> running;
        if (!planned.error) {
            try {
                running.emplace(*core, std::move(planned), detail::input_ref{&input, true});
            } catch (...) { planned.error = detail::error_of_exception(delivery::not_sent); }
        }
        if (planned.error) co_return detail::failed_outcome<Op>(std::move(planned));
        auto& call = running->call;
        auto const& stop = call.machine().stop();
        try {
            for (;;) {
                auto const next = call.poll(now());
                if (next == call_step::done) break;
                if (next == call_step::again) continue;
                if (next == call_step::wait) {
                    auto const left = call.wake_at() - now();
                    if constexpr (requires(timer_type & t) { t.sleep(left, std::stop_token()); })
                        co_await timer().sleep(left, stop);
                    else if constexpr (can_sleep) co_await timer().sleep(left);
                    call.handle_wake();
                    continue;
                }
                std::optional<typename awaitable_traits<detail::reply_of<Transport>>::value_type> reply;
                try {
                    reply.emplace(co_await transport_(call.request()));
                } catch (...) { call.handle_transport_error(detail::transport_error_of_exception(), now()); }
                if (reply) detail::handle_reply(call.machine(), *std::move(reply), now());
            }
        } catch (...) { call.handle_exception(); }
        co_return call.take();
    }

    template <class Op, class Condition, class Progress, class T = Transport>
    typename awaitable_traits<detail::reply_of<T>>::template rebind<wait_result<Op>>
    wait_awaitable(typename Op::input input, Condition condition, wait_policy policy, Progress progress, call_options options) {
        std::optional<wait_machine> machine;
        for (;;) {
            call_options next_options;
            try {
                if (!machine) machine.emplace(policy, now());
                next_options = with_deadline(options, machine->deadline());
            } catch (...) { co_return wait_that_threw<Op>(machine, delivery::not_sent); }
            auto call = send<Op>(input, next_options);
            auto last = co_await std::move(call);
            progress(std::as_const(last));
            auto const state = evaluate(condition, last);
            bool more = false;
            try {
                auto const next = machine->handle(state, now(), random());
                if (next) co_await sleep_awaitable(*next - now(), options.stop);
                more = next.has_value();
            } catch (...) { co_return wait_that_threw<Op>(machine, last ? delivery::answered : last.error().sent()); }
            bool const stopped = options.stop.stop_requested();
            if (!more || stopped)
                co_return wait_result<Op>{more ? wait_status::cancelled : machine->ended(), machine->calls(), std::move(last)};
        }
    }
    // For a catch block: the clock, the timer or the random source threw. `sent` is the delivery of the last call.
    template <class Op>
    [[gnu::cold]] static wait_result<Op> wait_that_threw(std::optional<wait_machine> const& machine, delivery sent) {
        return {wait_status::failure, machine ? machine->calls() : 0,
                detail::outcome_access::failed<Op>(detail::error_of_exception(sent))};
    }

    // Bounds the time-out of a call by the deadline of the wait that it belongs to.
    call_options with_deadline(call_options options, time_point deadline) const {
        auto const left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - now());
        if (!options.call_timeout || *options.call_timeout > left) options.call_timeout = left;
        return options;
    }
    double random() const { return core_->settings.random(); }
    std::chrono::steady_clock::time_point now() const { return core_->now(); }

    using timer_type = std::unwrap_reference_t<Transport>; // a std::ref of a transport is a transport, too
    timer_type& timer() noexcept { return transport_; }

    static constexpr bool can_sleep = requires(timer_type & t, duration d) { t.sleep(d); }
    || requires(timer_type& t, duration d) { t.sleep(d, std::stop_token()); }
    || requires(timer_type& t, duration d) { t.sleep(d, detail::wake_handler()); }
    || requires(timer_type& t, duration d) { t.sleep(d, std::stop_token(), detail::wake_handler()); };

    // Only the timer of an asynchronous transport can wait without blocking an event loop.
    static constexpr detail::driver_abilities abilities() {
        return {.wait = blocking_transport<Transport> || can_sleep, .hedge = callback_transport<Transport>};
    }

    void wait_blocking(duration d, std::stop_token const& stop) {
        if constexpr (requires(timer_type & t) { t.sleep(d, stop); }) timer().sleep(d, stop);
        else if constexpr (requires(timer_type & t) { t.sleep(d); }) timer().sleep(d);
        else detail::sleep_in_thread(d, stop);
    }
    auto sleep_awaitable(duration d, std::stop_token const& stop) {
        static_assert(can_sleep, "parley: wait_until needs a timer in an awaitable transport: add a member sleep(duration) that "
                                 "returns an awaitable");
        if constexpr (requires(timer_type & t) { t.sleep(d, stop); }) return timer().sleep(d, stop);
        else return timer().sleep(d);
    }

    std::shared_ptr<detail::client_core const> core_;
    Transport transport_;
};

} // namespace parley

#endif
