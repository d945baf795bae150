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

/// What a transport replied, a response or an error, of the attempt of that number.
template <class Reply>
void handle_reply(call_machine& call, Reply&& reply, call_machine::time_point now, int attempt = 0) noexcept {
    if constexpr (response_like<std::remove_cvref_t<Reply>>) handle_response(call, std::forward<Reply>(reply), attempt, now);
    else if (reply) handle_response(call, *std::forward<Reply>(reply), attempt, now);
    else call.handle_transport_error(reply.error(), attempt, now);
}

/// Drives a call over a transport that takes handlers, whatever the operation.
///
/// The completions that the transport and its timer hold share the driver, and the driver shares the core of the client. One that
/// comes late, or twice, touches neither the client nor the handler of the call, which may be gone by then.
///
/// A transport that answers at once calls back from within its call; what it then starts is done by the loop that is still running, so
/// that no number of attempts makes the stack deeper. Neither the transport nor the handler is called with the lock held.
template <class Transport>
class callback_driver {
public:
    using pointer = std::shared_ptr<callback_driver>;
    using time_point = std::chrono::steady_clock::time_point;

    callback_driver(callback_driver const&) = delete;
    callback_driver& operator=(callback_driver const&) = delete;
    virtual ~callback_driver() = default;

    /// Drives the call as far as it goes. Throws what the handler of the call throws, which is called at most once.
    static void advance(pointer const& self) {
        std::unique_lock lock(self->mutex_);
        self->look_again_ = true;
        if (self->driving_) return;
        self->driving_ = true;
        while (std::exchange(self->look_again_, false)) {
            auto const next = self->next();
            lock.unlock();
            if (next.step == call_step::done) return self->end(); // still driving, so that nobody comes here again
            if (next.step == call_step::send) send_attempt(self, *next.request, next.attempt);
            else if (next.arm) start_timer(self, next.wake_at);
            lock.lock();
        }
        self->driving_ = false;
    }

protected:
    callback_driver(std::shared_ptr<client_core const> const& core, Transport& transport) noexcept
        : core_(core), transport_(&transport) {}

    /// To be called once, by the constructor. The call lives as long as the driver.
    void set_call(call_machine& call) noexcept { call_ = &call; }

private:
    using timer = std::unwrap_reference_t<Transport>; // std::ref of a transport is one, too

    struct todo {
        call_step step;
        http_request const* request;
        int attempt;
        bool arm;
        time_point wake_at;
    };

    /// Gives the outcome to the handler.
    virtual void end() = 0;

    // With the lock held.
    todo next() noexcept {
        try {
            call_->poll(core_->now());
        } catch (...) { call_->handle_exception(); }
        auto const step = call_->step();
        auto const wake_at = call_->wake_at();
        bool const arm =
            (step == call_step::wait || step == call_step::receive) && wake_at != time_point::max() && wake_at != armed_;
        if (arm) armed_ = wake_at;
        // After `send` there may be a timer to start beside it.
        if (step == call_step::send || step == call_step::again) look_again_ = true;
        return {step, &call_->request(), call_->attempt(), arm, wake_at};
    }

    // In a catch block.
    void fail(int attempt) {
        std::lock_guard lock(mutex_);
        call_->handle_exception(attempt);
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
        if (call_->step() == call_step::done) return; // it comes late: the handler may have been called, the clock may be gone
        try {
            handle_reply(*call_, std::forward<Reply>(reply), core_->now(), attempt);
        } catch (...) { call_->handle_exception(attempt); }
    }
    // In a catch block: the transport has thrown.
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
                if (self->armed_ != wake_at) return; // of a wait that is over
                self->armed_ = time_point::max();
                // The machine may wait for something else by now: a hedge timer must not cut the backoff of a retry short.
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
        } catch (...) { self->fail(0); }
    }

    std::shared_ptr<client_core const> core_;
    Transport* transport_; // of the client, which lives until the call has ended
    call_machine* call_ = nullptr;
    std::mutex mutex_;     // of what follows, and of the call: its events may come from several threads
    bool driving_ = false; // somebody is in `advance`, and looks again when done
    bool look_again_ = false;
    time_point armed_ = time_point::max(); // for when the timer was started last
};

} // namespace parley::detail

#endif
