// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_DESCRIBE_WAITER_HPP
#define PARLEY_DESCRIBE_WAITER_HPP

#include <parley/core/fixed_string.hpp>

#include <chrono>
#include <cstdint>

namespace parley::inline PARLEY_ABI {

/// What a call's outcome says about a wait for something.
enum class wait_state : std::uint8_t {
    success, ///< it is there
    failure, ///< it will not come any more
    retry,   ///< ask again later
};

/// How long to wait between two questions, and in all.
struct wait_policy {
    std::chrono::milliseconds min_delay{2'000};
    std::chrono::milliseconds max_delay{120'000};
    std::chrono::milliseconds max_wait{600'000}; ///< a wait that takes longer has timed out
};

// Acceptors: each looks at an outcome and says what it means, or nothing. Paths are JMESPath (describe/jmespath.hpp), resolved
// against the operation's output when the program is compiled. https://smithy.io/2.0/additional-specs/waiters.html#matcher

/// The value at `Path` of the output is the text `Expected`, or the boolean that it spells.
template <wait_state State, fixed_string Path, fixed_string Expected>
struct output_is {};

/// One of the texts at `Path` of the output is `Expected`.
template <wait_state State, fixed_string Path, fixed_string Expected>
struct any_output_is {};

/// There are texts at `Path` of the output, and each is `Expected`.
template <wait_state State, fixed_string Path, fixed_string Expected>
struct all_output_is {};

/// The call ended with an error of the peer that has this code.
template <wait_state State, fixed_string Code>
struct error_is {};

/// The call gave an output (`Success`), or ended with an error of the peer.
template <wait_state State, bool Success>
struct call_succeeds {};

/// Acceptors in order; the first that says something decides. Where none does, an output means to ask again, and an error is
/// a failure.
template <class... Acceptor>
struct acceptors {};

/// What one may wait for with a client, where an operation is described with it.
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
///             static constexpr parley::wait_policy policy{.min_delay = std::chrono::seconds(5)};  // may be left out
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
