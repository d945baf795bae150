// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_DESCRIBE_WAITER_HPP
#define PARLEY_DESCRIBE_WAITER_HPP

#include <parley/core/fixed_string.hpp>

#include <chrono>
#include <cstdint>

namespace parley::inline PARLEY_ABI {

/// The result of an acceptor.
enum class wait_state : std::uint8_t {
    success, ///< The condition is fulfilled: waiting ends.
    failure, ///< The condition cannot be fulfilled any more: waiting ends.
    retry,   ///< The call is repeated after a delay.
};

/// The delays between repeated calls, and the limit of the wait.
struct wait_policy {
    std::chrono::milliseconds min_delay{2'000};   ///< Minimum delay between two calls.
    std::chrono::milliseconds max_delay{120'000}; ///< Maximum delay between two calls.
    std::chrono::milliseconds max_wait{600'000};  ///< Time-out of the whole wait.
};

// Acceptors map an outcome to a wait_state. Paths are JMESPath expressions (describe/jmespath.hpp), checked against the output of the
// operation at compile time. https://smithy.io/2.0/additional-specs/waiters.html#matcher

/// Matches if the value at `Path` in the output is the text `Expected`, or the boolean `Expected` ("true" or "false").
template <wait_state State, fixed_string Path, fixed_string Expected>
struct output_is {};

/// Matches if at least one of the texts at `Path` in the output is `Expected`.
template <wait_state State, fixed_string Path, fixed_string Expected>
struct any_output_is {};

/// Matches if there are texts at `Path` in the output and all of them are `Expected`.
template <wait_state State, fixed_string Path, fixed_string Expected>
struct all_output_is {};

/// Matches if the server responded with the error `Code`.
template <wait_state State, fixed_string Code>
struct error_is {};

/// Matches if the server responded with an output (`Success` is true) or with an error (`Success` is false).
template <wait_state State, bool Success>
struct call_succeeds {};

/// A list of acceptors. The first one that matches determines the state. If none matches, an output means `retry` and an error `failure`.
template <class... Acceptor>
struct acceptors {};

/// A condition for which a client can wait: an operation, the acceptors of its outcomes and, optionally, a policy.
///
///     struct get_job {
///         struct input { parley::required<std::string> id; };
///         using output = job;
///         static constexpr auto http = parley::http("GET /job/{id}");
///
///         struct done {
///             using operation = get_job;
///             using acceptors = parley::acceptors<parley::output_is<parley::wait_state::success, "status", "DONE">,
///                                                 parley::output_is<parley::wait_state::failure, "status", "FAILED">>;
///             static constexpr parley::wait_policy policy{.min_delay = std::chrono::seconds(5)};  // optional
///         };
///     };
///     auto job = client.wait_until<get_job::done>({.id = "1"});
template <class W>
concept waiter = requires {
    typename W::operation;
    typename W::acceptors;
};

} // namespace parley

#endif
