// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_EXCHANGE_WAIT_MACHINE_IPP
#define PARLEY_EXCHANGE_WAIT_MACHINE_IPP

#include <parley/exchange/wait_machine.hpp>

#include <algorithm>

namespace parley::inline PARLEY_ABI {

std::optional<wait_machine::time_point> wait_machine::handle(wait_state state, time_point now, double random) {
    using std::chrono::milliseconds;
    ++calls_;
    if (state != wait_state::retry) {
        ended_ = state == wait_state::success ? wait_status::success : wait_status::failure;
        return std::nullopt;
    }
    // "delay = random(min_delay, min(max_delay, min_delay * 2 ** (attempt - 1)))"
    auto const least = policy_.min_delay;
    auto most = least;
    for (int i = 1; i < calls_ && most < policy_.max_delay; ++i)
        most = most > policy_.max_delay / 2 ? policy_.max_delay : std::max(most * 2, milliseconds(1));
    most = std::max(std::min(most, policy_.max_delay), least);
    auto delay = least + milliseconds(static_cast<std::int64_t>(random * static_cast<double>((most - least).count())));
    // "if remaining_time - delay <= min_delay, then delay = remaining_time - min_delay": the last call is sent before the deadline.
    auto const left = std::chrono::duration_cast<milliseconds>(deadline_ - now);
    if (left - delay <= least) delay = left - least;
    if (delay < milliseconds(0) || left <= milliseconds(0)) return std::nullopt;
    // The last call was already sent.
    if (delay == milliseconds(0) && least > milliseconds(0)) return std::nullopt;
    return now + delay;
}

} // namespace parley

#endif
