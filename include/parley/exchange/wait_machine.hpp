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

/// How a wait ended.
enum class wait_status : std::uint8_t { success, failure, timed_out, cancelled };

/// What came of a wait: the last outcome, and what it meant.
///
///     auto job = client.wait_until<GetDICOMImportJob>({...}, [](auto const& reply) { ... }, {.max_wait = 10min});
///     if (job) use(*job.last);
template <class Op>
struct [[nodiscard]] wait_result {
    wait_status ended = wait_status::timed_out;
    int calls = 0;
    outcome<Op> last;

    explicit operator bool() const noexcept { return ended == wait_status::success; }
};

/// The course of a wait, without I/O: after each call, say what its outcome meant; it says when to ask again, or that the wait
/// is over.
class wait_machine {
public:
    using time_point = std::chrono::steady_clock::time_point;

    wait_machine(wait_policy const& policy, time_point now)
        : policy_(policy), deadline_(detail::add_time(now, policy.max_wait)) {}

    /// When it has timed out.
    time_point deadline() const noexcept { return deadline_; }
    int calls() const noexcept { return calls_; }

    /// After a call whose outcome means `state`: when to ask again. Nothing if the wait is over; `ended` says how. `random` is
    /// within [0, 1). https://smithy.io/2.0/additional-specs/waiters.html#waiter-retries
    std::optional<time_point> handle(wait_state state, time_point now, double random);
    wait_status ended() const noexcept { return ended_; }

private:
    wait_policy policy_;
    time_point deadline_;
    int calls_ = 0;
    wait_status ended_ = wait_status::timed_out;
};

} // namespace parley

#endif
