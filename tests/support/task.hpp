// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_TESTS_SUPPORT_TASK_HPP
#define PARLEY_TESTS_SUPPORT_TASK_HPP

#include <coroutine>
#include <deque>
#include <exception>
#include <optional>
#include <utility>

namespace support {

// A coroutine type that does not depend on Boost.Asio. It runs eagerly until it waits, and resumes its awaiter when it is done.
template <class T>
class task {
public:
    struct promise_type {
        std::optional<T> value;
        std::exception_ptr thrown;
        std::coroutine_handle<> waiting = std::noop_coroutine();

        task get_return_object() { return task(std::coroutine_handle<promise_type>::from_promise(*this)); }
        std::suspend_never initial_suspend() noexcept { return {}; }
        auto final_suspend() noexcept {
            struct awaiter {
                bool await_ready() noexcept { return false; }
                std::coroutine_handle<> await_suspend(std::coroutine_handle<promise_type> h) noexcept {
                    return h.promise().waiting;
                }
                void await_resume() noexcept {}
            };
            return awaiter{};
        }
        void return_value(T v) { value.emplace(std::move(v)); }
        void unhandled_exception() { thrown = std::current_exception(); }
    };
    task(task&& other) noexcept : handle_(std::exchange(other.handle_, {})) {}
    ~task() {
        if (handle_) handle_.destroy();
    }
    bool done() const { return handle_.done(); }
    T take() {
        if (handle_.promise().thrown) std::rethrow_exception(handle_.promise().thrown);
        return std::move(*handle_.promise().value);
    }
    bool await_ready() const { return handle_.done(); }
    void await_suspend(std::coroutine_handle<> who) { handle_.promise().waiting = who; }
    T await_resume() { return take(); }

private:
    explicit task(std::coroutine_handle<promise_type> handle) : handle_(handle) {}
    std::coroutine_handle<promise_type> handle_;
};

// An event loop for such coroutines: `run` resumes what was posted.
struct small_loop {
    std::deque<std::coroutine_handle<>> ready;
    auto turn() {
        struct awaiter {
            small_loop& loop;
            bool await_ready() { return false; }
            void await_suspend(std::coroutine_handle<> h) { loop.ready.push_back(h); }
            void await_resume() {}
        };
        return awaiter{*this};
    }
    void run() {
        while (!ready.empty()) {
            auto h = ready.front();
            ready.pop_front();
            h.resume();
        }
    }
};

} // namespace support

#endif
