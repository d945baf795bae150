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

// What the parts of a call share, whichever way it is driven.
template <class Op>
struct running_call {
    std::shared_ptr<void const> where; // what the terms refer to
    exchange<Op> call;

    /// Throws what the clock of the client throws, and what an output throws when it is made.
    running_call(client_core const& core, call_plan&& p, input_ref input)
        : where(std::move(p.owner)), call(core.settings, std::move(p.terms), input, core.now()) {}
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

// Asked for by name, so that what is no operation is answered by what it lacks.
template <class Op>
using input_to_send = typename has_input_and_output<Op>::input;

// The outcome of a call that is not made.
template <class Op>
outcome<Op> refused(call_plan&& plan) {
    return outcome_access::failed<Op>(std::move(*plan.refusal));
}

// The coroutine type of an awaitable transport, yielding an outcome.
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

template <class Meaning>
wait_policy policy_of() {
    if constexpr (requires { Meaning::policy; }) return Meaning::policy;
    else return {};
}
struct no_progress {
    template <class Outcome>
    void operator()(Outcome const&) const noexcept {}
};

// A call over a transport that takes handlers.
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
    Handler handler_; // the last member: it is still the caller's if anything before it throws
};

} // namespace detail

/// Sends operations over a transport of the user's own. Has no thread and no connection; many threads may use it at once if they
/// may use the transport. What its calls learn of their peer (see `client_state`) is shared by its copies, which talk to the
/// same peer as it does. One that was moved from can only be assigned to or destroyed.
///
/// Whatever is thrown while a call is made, by the transport, its timer, the signer, an interceptor, a function of the config, a
/// member's type or the allocator, ends the call once, with a `transport_failure`: of `transport_errc::other` if the transport
/// has thrown, of `signing` if the signer has, else of `exception`. Nothing is sent after that. What `send` itself can throw:
/// - what an output throws when it is made, or moved into a coroutine or a handler: without one there is no outcome;
/// - where it returns a coroutine: what the copy of the input throws, and a `std::bad_alloc` if there is no memory for the coroutine;
/// - where it takes a handler: what the handler throws, if the transport answers at once. Else that goes to whoever completed the
///   transport. The handler is called once, whatever it throws, and nothing is sent again.
///
///     parley::client client{{.endpoint = "https://api.example.com"}, [&](parley::http_request const& r) { return stack.fetch(r); }};
///     auto today = client.send<get_weather>({.city = "Ghent"});
template <class Transport>
class client {
    static_assert(transport<Transport>,
                  "parley: a transport is callable with a parley::http_request const& and returns a response (or a "
                  "parley::result of one), or an awaitable of either, or takes a completion handler as its second argument. "
                  "A response has status, body and header(name); for a type with other names specialize "
                  "parley::response_traits");

public:
    client(client_config config, Transport transport)
        : core_(detail::make_client_core(std::move(config), abilities())), transport_(std::forward<Transport>(transport)) {}

    client_config const& config() const noexcept { return core_->config; }
    /// What the calls learned of their peer: the quota of retries that is left, the rate, the offset of its clock.
    client_state const& state() const noexcept { return *core_->config.state; }

    // An input that is given away is taken apart: a blob or text that is the whole body is moved there.

    /// Makes a call and waits for its outcome.
    template <class Op>
    outcome<Op> send(detail::input_to_send<Op> const& input,
                     call_options const& options = {}) requires blocking_transport<Transport> {
        return call<Op>({&input}, options);
    }
    template <class Op>
    outcome<Op> send(detail::input_to_send<Op>&& input, call_options const& options = {}) requires blocking_transport<Transport> {
        return call<Op>({&input, true}, options);
    }

    /// Makes a call as a coroutine of the transport's own type; await it. The client must live until it is done.
    template <class Op>
    detail::awaitable_outcome<Op, Transport> send(detail::input_to_send<Op> const& input,
                                                  call_options const& options = {}) requires awaitable_transport<Transport> {
        return send_awaitable<Op>(plan_for<Op>(&input, options), input);
    }
    template <class Op>
    detail::awaitable_outcome<Op, Transport> send(detail::input_to_send<Op>&& input,
                                                  call_options const& options = {}) requires awaitable_transport<Transport> {
        auto plan = plan_for<Op>(&input, options);
        return send_awaitable<Op>(std::move(plan), std::move(input));
    }

    /// Makes a call and gives its outcome to `handler`, from where the transport calls its own. The client must live until
    /// then.
    template <class Op, class Handler>
    void send(detail::input_to_send<Op> const& input, Handler handler,
              call_options const& options = {}) requires callback_transport<Transport> {
        call<Op>({&input}, std::move(handler), options);
    }
    template <class Op, class Handler>
    void send(detail::input_to_send<Op>&& input, Handler handler,
              call_options const& options = {}) requires callback_transport<Transport> {
        call<Op>({&input, true}, std::move(handler), options);
    }

    /// The pages of `Op` from `input` on. Nothing is sent until the first is asked for. The client must outlive the range.
    template <paginated_operation Op>
    page_range<Transport, Op> pages(typename Op::input input, call_options options = {}) {
        return {*this, std::move(input), std::move(options)};
    }

    /// The items of all pages of `Op` from `input` on, as `pages`.
    template <itemized_operation Op>
    item_range<Transport, Op> items(typename Op::input input,
                                    call_options options = {}) requires(!callback_transport<Transport>) {
        return {*this, std::move(input), std::move(options)};
    }

    /// Asks again and again until what is asked for is there, or will not come. `meaning` says of each outcome which: a callable
    /// that gives a `wait_state`, `acceptors`, or a `waiter` that the operation has, which brings its delays. `progress` is called
    /// with each outcome, if given. The wait ends early when `options.stop` asks. What `meaning` or `progress` throws goes to the
    /// caller; what the timer or the clock throws ends the wait as a failure, with an outcome that says so.
    ///
    ///     auto job = client.wait_until<GetDICOMImportJob>({.datastoreId = d, .jobId = j}, parley::acceptors<
    ///         parley::output_is<parley::wait_state::success, "jobProperties.jobStatus", "COMPLETED">,
    ///         parley::output_is<parley::wait_state::failure, "jobProperties.jobStatus", "FAILED">>());
    template <operation Op, class Meaning, class Progress = detail::no_progress>
    wait_result<Op> wait_until(typename Op::input const& input, Meaning const& meaning,
                               wait_policy const& policy = detail::policy_of<Meaning>(), Progress progress = {},
                               call_options const& options = {}) requires blocking_transport<Transport> {
        std::optional<wait_machine> machine;
        for (;;) {
            call_options next_options;
            try {
                if (!machine) machine.emplace(policy, now());
                next_options = until(machine->deadline(), options);
            } catch (...) { return wait_that_threw<Op>(machine, delivery::not_sent); }
            auto reply = send<Op>(input, next_options);
            progress(std::as_const(reply));
            auto const state = evaluate(meaning, reply);
            bool more = false;
            try {
                auto const next = machine->handle(state, now(), random());
                if (next) wait(*next - now(), options.stop);
                more = next.has_value();
            } catch (...) { return wait_that_threw<Op>(machine, reply ? delivery::answered : reply.error().sent()); }
            bool const stopped = options.stop.stop_requested();
            if (!more || stopped) return {more ? wait_status::cancelled : machine->ended(), machine->calls(), std::move(reply)};
        }
    }

    /// The same as a coroutine of the transport's own type.
    template <operation Op, class Meaning, class Progress = detail::no_progress>
    auto wait_until(typename Op::input const& input, Meaning meaning, wait_policy policy = detail::policy_of<Meaning>(),
                    Progress progress = {}, call_options options = {}) requires awaitable_transport<Transport> {
        return run_wait<Op>(input, std::move(meaning), policy, std::move(progress), std::move(options));
    }

    /// The same for a waiter that an operation has, with its delays; blocking, or a coroutine.
    ///
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
    outcome<Op> call(detail::input_ref input, call_options const& options) {
        auto reply = detail::outcome_access::unfinished<Op>();
        auto const parts = detail::outcome_access::parts(reply);
        detail::with_tokens<Op>(
            input, core_->settings.uuid,
            [&](detail::input_ref sent, repeatability repeat) { call(detail::vtable_of<Op>(), sent, repeat, options, parts); },
            [&] { *parts.error = detail::error_of_exception(delivery::not_sent); });
        return reply;
    }
    // Compiled once, not for each operation.
    void call(detail::operation_vtable const& what, detail::input_ref input, repeatability repeat, call_options const& options,
              detail::outcome_parts const& reply) noexcept {
        auto plan = detail::plan_for(*core_, what, options, input.value);
        if (plan.refusal) {
            *reply.error = std::move(*plan.refusal);
            return;
        }
        detail::call_machine machine(what.op, what.engine, core_->settings, std::move(plan.terms), reply);
        try {
            machine.start(input, repeat, now());
            run_to_completion(machine, options.stop);
        } catch (...) { machine.handle_exception(); }
        machine.take_end();
    }
    template <class Op, class Handler>
    void call(detail::input_ref input, Handler&& handler, call_options const& options) {
        static_assert(
            std::invocable<Handler&, outcome<Op>>,
            "parley: the transport takes a handler, and so does send: one that is callable with a parley::outcome of the "
            "operation, before the options: send<operation>(input, handler, options)");
        auto plan = plan_for<Op>(input.value, options);
        typename detail::callback_driver<Transport>::pointer running;
        if (!plan.refusal) {
            try {
                running = std::make_shared<detail::callback_call<Transport, Op, Handler>>(core_, transport_, std::move(plan),
                                                                                          input, std::move(handler));
            } catch (...) { plan.refusal = detail::error_of_exception(delivery::not_sent); }
        }
        if (plan.refusal) return static_cast<void>(handler(detail::refused<Op>(std::move(plan))));
        detail::callback_driver<Transport>::advance(running);
    }

    // The coroutine owns what it is given; `send` itself is none, so that callers may pass temporaries.
    template <class Op>
    detail::awaitable_outcome<Op, Transport> send_awaitable(detail::call_plan plan, typename Op::input input) {
        auto const core = core_; // a coroutine that is dropped may go after the client
        std::optional<detail::running_call<Op>> running;
        if (!plan.refusal) {
            try {
                running.emplace(*core, std::move(plan), detail::input_ref{&input, true});
            } catch (...) { plan.refusal = detail::error_of_exception(delivery::not_sent); }
        }
        if (plan.refusal) co_return detail::refused<Op>(std::move(plan));
        auto& call = running->call;
        auto const& stop = call.machine().stop();
        try {
            for (;;) {
                auto const next = call.poll(now());
                if (next == call_step::done) break;
                if (next == call_step::again) continue;
                if (next == call_step::wait) {
                    auto const left = call.wake_at() - now();
                    if constexpr (requires(timer & t) { t.sleep(left, std::stop_token()); })
                        co_await the_timer().sleep(left, stop);
                    else if constexpr (can_sleep) co_await the_timer().sleep(left);
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

    template <class Op, class Meaning, class Progress, class T = Transport>
    typename awaitable_traits<detail::reply_of<T>>::template rebind<wait_result<Op>>
    run_wait(typename Op::input input, Meaning meaning, wait_policy policy, Progress progress, call_options options) {
        std::optional<wait_machine> machine;
        for (;;) {
            call_options next_options;
            try {
                if (!machine) machine.emplace(policy, now());
                next_options = until(machine->deadline(), options);
            } catch (...) { co_return wait_that_threw<Op>(machine, delivery::not_sent); }
            auto call = send<Op>(input, next_options);
            auto reply = co_await std::move(call);
            progress(std::as_const(reply));
            auto const state = evaluate(meaning, reply);
            bool more = false;
            try {
                auto const next = machine->handle(state, now(), random());
                if (next) co_await sleep_for(*next - now(), options.stop);
                more = next.has_value();
            } catch (...) { co_return wait_that_threw<Op>(machine, reply ? delivery::answered : reply.error().sent()); }
            bool const stopped = options.stop.stop_requested();
            if (!more || stopped)
                co_return wait_result<Op>{more ? wait_status::cancelled : machine->ended(), machine->calls(), std::move(reply)};
        }
    }
    // In a catch block: the clock, the timer or the source of randomness has thrown. `sent`: of the last call.
    template <class Op>
    [[gnu::cold]] static wait_result<Op> wait_that_threw(std::optional<wait_machine> const& machine, delivery sent) {
        return {wait_status::failure, machine ? machine->calls() : 0,
                detail::outcome_access::failed<Op>(detail::error_of_exception(sent))};
    }
    auto sleep_for(duration d, std::stop_token const& stop) {
        static_assert(can_sleep,
                      "parley: waiting needs the transport's timer: give it sleep(duration), which returns an awaitable");
        if constexpr (requires(timer & t) { t.sleep(d, stop); }) return the_timer().sleep(d, stop);
        else return the_timer().sleep(d);
    }

    // No call of a wait takes longer than the wait may.
    call_options until(time_point deadline, call_options options) const {
        auto const left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - now());
        if (!options.call_timeout || *options.call_timeout > left) options.call_timeout = left;
        return options;
    }
    double random() const { return core_->settings.random(); }

    using timer = std::unwrap_reference_t<Transport>; // std::ref of a transport is one, too
    timer& the_timer() noexcept { return transport_; }

    static constexpr bool can_sleep = requires(timer & t, duration d) { t.sleep(d); }
    || requires(timer& t, duration d) { t.sleep(d, std::stop_token()); }
    || requires(timer& t, duration d) { t.sleep(d, detail::wake_handler()); }
    || requires(timer& t, duration d) { t.sleep(d, std::stop_token(), detail::wake_handler()); };

    // Nothing but the transport can wait without blocking somebody's event loop.
    static constexpr detail::driver_abilities abilities() {
        return {.wait = blocking_transport<Transport> || can_sleep, .hedge = callback_transport<Transport>};
    }

    template <class Op>
    detail::call_plan plan_for(void const* input, call_options const& options) const noexcept {
        return detail::plan_for(*core_, detail::vtable_of<Op>(), options, input);
    }

    // A call over a transport that blocks, from its first attempt to its end.
    void run_to_completion(detail::call_machine& call, std::stop_token const& stop) {
        for (;;) {
            switch (call.poll(now())) {
            case call_step::send: attempt(call); break;
            case call_step::receive: break; // the transport blocks, so nothing is under way here
            case call_step::again: break;
            case call_step::wait:
                wait(call.wake_at() - now(), stop);
                call.handle_wake();
                break;
            case call_step::done: return;
            }
        }
    }
    void attempt(detail::call_machine& call) {
        std::optional<std::remove_cvref_t<detail::reply_of<Transport>>> reply;
        try {
            reply.emplace(transport_(call.request()));
        } catch (...) { call.handle_transport_error(detail::transport_error_of_exception(), 0, now()); }
        if (reply) detail::handle_reply(call, *std::move(reply), now());
    }

    std::chrono::steady_clock::time_point now() const { return core_->now(); }

    void wait(duration d, std::stop_token const& stop) {
        if constexpr (requires(timer & t) { t.sleep(d, stop); }) the_timer().sleep(d, stop);
        else if constexpr (requires(timer & t) { t.sleep(d); }) the_timer().sleep(d);
        else detail::sleep_in_thread(d, stop);
    }

    std::shared_ptr<detail::client_core const> core_;
    Transport transport_;
};

} // namespace parley

#endif
