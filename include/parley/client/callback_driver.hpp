// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_CLIENT_CALLBACK_DRIVER_HPP
#define PARLEY_CLIENT_CALLBACK_DRIVER_HPP

#include <parley/client/client_config.hpp>
#include <parley/client/transport.hpp>
#include <parley/exchange/exchange.hpp>

#include <chrono>
#include <memory>
#include <mutex>
#include <stop_token>
#include <type_traits>
#include <utility>

namespace parley::inline PARLEY_ABI::detail {

/// Passes the reply of a transport, a response or a result of one, to the call. `attempt` is 0 where only one can be in flight.
template <class Reply>
void handle_reply(call_machine& call, Reply&& reply, call_machine::time_point now, int attempt = 0) noexcept {
    if constexpr (response_like<std::remove_cvref_t<Reply>>) handle_response(call, std::forward<Reply>(reply), attempt, now);
    else if (reply) handle_response(call, *std::forward<Reply>(reply), attempt, now);
    else call.handle_transport_error(reply.error(), attempt, now);
}

/// Drives a call of any operation over a callback transport.
///
/// The completions that the transport and its timer hold share ownership of the driver, and the driver shares ownership of the
/// client's core. A late or repeated completion uses neither the client nor the handler, which may no longer exist.
///
/// A transport may complete within its own call. The loop in `advance` that is already running then takes the next step, so the stack
/// depth does not depend on the number of attempts. Neither the transport nor the handler is called with the lock held.
template <class Transport>
class callback_driver {
public:
    using pointer = std::shared_ptr<callback_driver>;
    using time_point = std::chrono::steady_clock::time_point;

    callback_driver(callback_driver const&) = delete;
    callback_driver& operator=(callback_driver const&) = delete;
    virtual ~callback_driver() = default;

    /// Takes all steps that are possible now. Calls the handler of the call at most once, and throws what it throws.
    static void advance(pointer const& self) {
        std::unique_lock lock(self->mutex_);
        self->look_again_ = true;
        if (self->driving_) return;
        self->driving_ = true;
        while (std::exchange(self->look_again_, false)) {
            auto const next = self->next();
            lock.unlock();
            if (next.step == call_step::done) return self->end(); // `driving_` stays set, so the end is reached once
            if (next.step == call_step::send) send_attempt(self, *next.request, next.attempt);
            else if (next.arm) start_timer(self, next.wake_at);
            lock.lock();
        }
        self->driving_ = false;
    }

protected:
    callback_driver(std::shared_ptr<client_core const> const& core, Transport& transport) noexcept
        : core_(core), transport_(&transport) {}

    /// Sets the call, which must live as long as the driver. Called once, by the constructor of the derived class.
    void set_call(call_machine& call) noexcept { call_ = &call; }

private:
    using timer = std::unwrap_reference_t<Transport>; // a std::ref of a transport is a transport, too

    struct next_step {
        call_step step;
        http_request const* request;
        int attempt;
        bool arm;
        time_point wake_at;
    };

    /// Passes the outcome to the handler.
    virtual void end() = 0;

    // Requires the lock.
    next_step next() noexcept {
        try {
            call_->poll(core_->now());
        } catch (...) { call_->handle_exception(); }
        auto const step = call_->step();
        auto const wake_at = call_->wake_at();
        bool const arm =
            (step == call_step::wait || step == call_step::receive) && wake_at != time_point::max() && wake_at != armed_;
        if (arm) armed_ = wake_at;
        // After `send`, the next poll may start the timer of a hedged attempt.
        if (step == call_step::send || step == call_step::again) look_again_ = true;
        return {step, &call_->request(), call_->attempt(), arm, wake_at};
    }

    // For a catch block.
    void fail() {
        std::lock_guard lock(mutex_);
        call_->handle_exception();
        look_again_ = true;
    }

    static void send_attempt(pointer const& self, http_request const& request, int attempt) {
        try {
            (*self->transport_)(request, [self, attempt](auto&& reply) {
                self->complete(std::forward<decltype(reply)>(reply), attempt);
                advance(self);
            });
        } catch (...) { self->complete_with_exception(attempt); }
    }

    template <class Reply>
    void complete(Reply&& reply, int attempt) {
        std::lock_guard lock(mutex_);
        if (call_->step() == call_step::done) return; // a late completion: the clock may no longer exist
        try {
            handle_reply(*call_, std::forward<Reply>(reply), core_->now(), attempt);
        } catch (...) { call_->handle_exception(attempt); }
    }
    // For a catch block: the transport threw.
    [[gnu::cold]] void complete_with_exception(int attempt) {
        std::lock_guard lock(mutex_);
        if (call_->step() == call_step::done) return;
        try {
            call_->handle_transport_error(transport_error_of_exception(), attempt, core_->now());
        } catch (...) { call_->handle_exception(attempt); }
    }

    static void start_timer(pointer const& self, time_point wake_at) {
        auto on_wake = [self, wake_at] {
            {
                std::lock_guard lock(self->mutex_);
                if (self->armed_ != wake_at) return; // the timer of an earlier wait
                self->armed_ = time_point::max();
                // The call may wait for something else by now: the timer of a hedged attempt must not shorten the backoff of a retry.
                if (self->call_->wake_at() == wake_at) self->call_->handle_wake();
            }
            advance(self);
        };
        try {
            timer& t = *self->transport_;
            auto const left = wake_at - self->core_->now();
            if constexpr (requires { t.sleep(left, std::stop_token(), on_wake); })
                t.sleep(left, self->call_->stop(), std::move(on_wake));
            else if constexpr (requires { t.sleep(left, on_wake); }) t.sleep(left, std::move(on_wake));
        } catch (...) { self->fail(); }
    }

    std::shared_ptr<client_core const> core_;
    Transport* transport_; // a member of the client, which lives until the call has ended
    call_machine* call_ = nullptr;
    std::mutex mutex_;     // guards the call and the members below: completions may run in several threads
    bool driving_ = false; // a thread is in the loop of `advance`
    bool look_again_ = false;
    time_point armed_ = time_point::max(); // the wake-up time of the timer that was started last
};

} // namespace parley::detail

#endif
