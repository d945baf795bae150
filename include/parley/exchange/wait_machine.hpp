// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_EXCHANGE_WAIT_MACHINE_HPP
#define PARLEY_EXCHANGE_WAIT_MACHINE_HPP

#include <parley/core/config.hpp>
#include <parley/core/detail/add_time.hpp>
#include <parley/exchange/acceptors.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <utility>

namespace parley::inline PARLEY_ABI {

/// The end of a wait.
enum class wait_status : std::uint8_t {
    success,   ///< the condition reported success
    failure,   ///< the condition reported failure
    timed_out, ///< the maximum wait expired
    cancelled, ///< a stop was requested
};

/// The result of a wait: the last outcome and the reason why waiting ended.
///
/// @par Example
///     auto job = client.wait_until<GetDICOMImportJob>({...}, [](auto const& last) { ... }, {.max_wait = 10min});
///     if (job) use(*job.last);
template <class Op>
struct [[nodiscard]] wait_result {
    wait_status ended = wait_status::timed_out; ///< why waiting ended
    int calls = 0;                              ///< the number of calls
    outcome<Op> last;                           ///< the last outcome

    /// Returns whether the condition reported success.
    explicit operator bool() const noexcept { return ended == wait_status::success; }
};

/// A wait without I/O, for custom drivers. The driver reports the state after each call and receives the time of the next call.
/// https://smithy.io/2.0/additional-specs/waiters.html#waiter-retries
class wait_machine {
public:
    /// A time of the steady clock.
    using time_point = std::chrono::steady_clock::time_point;

    /// Starts a wait.
    wait_machine(wait_policy const& policy, time_point now)
        : policy_(policy), deadline_(detail::add_time(now, policy.max_wait)) {}

    /// Returns the time when the wait times out.
    time_point deadline() const noexcept { return deadline_; }
    /// Returns the number of calls so far.
    int calls() const noexcept { return calls_; }

    /// Reports the state after a call.
    ///
    /// @param state  The state of the outcome.
    /// @param now    The current time.
    /// @param random A random number within [0, 1).
    /// @return The time of the next call, or `nullopt` if the wait has ended.
    std::optional<time_point> handle(wait_state state, time_point now, double random);
    /// Returns why the wait ended.
    wait_status ended() const noexcept { return ended_; }

private:
    wait_policy policy_;
    time_point deadline_;
    int calls_ = 0;
    wait_status ended_ = wait_status::timed_out;
};

} // namespace parley

#endif
