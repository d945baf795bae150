// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_TESTS_SUPPORT_POLLING_HPP
#define PARLEY_TESTS_SUPPORT_POLLING_HPP

#include <parley/exchange/call_machine.hpp>

#include <chrono>

namespace support {

// Returns the next step of a call whose signer and interceptors finish at once.
template <class Call>
parley::call_step step_of(Call& call, std::chrono::steady_clock::time_point now) {
    auto step = call.poll(now);
    while (step == parley::call_step::again) step = call.poll(now);
    return step;
}

} // namespace support

#endif
