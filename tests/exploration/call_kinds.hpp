// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_TESTS_EXPLORATION_CALL_KINDS_HPP
#define PARLEY_TESTS_EXPLORATION_CALL_KINDS_HPP

#include <exploration/call_world.hpp>

#include <array>

// The meaning of responses and transport failures by the rules of parley.
namespace exploration {

struct answer_kind {
    char const* name;
    int status;
    bool retryable;
    bool acted; ///< the peer may have acted on the request
};
inline constexpr std::array<answer_kind, 10> answers{{{"200", 200, false, true},
                                                      {"400", 400, false, false},
                                                      {"500", 500, true, true},
                                                      {"429", 429, true, false},
                                                      {"200 that cannot be decoded", 200, false, true},
                                                      {"403 with another time", 403, true, false},
                                                      {"503 with retry-after: 1", 503, true, true},
                                                      {"503 with retry-after: 100", 503, true, true},
                                                      {"200 whose decoder throws", 200, false, true},
                                                      {"200 whose decoder throws an int", 200, false, true}}};

struct failure_kind {
    char const* name;
    parley::transport_errc condition;
    bool sent;
    bool retryable;
};
inline constexpr std::array<failure_kind, 7> failures{{{"refused, not sent", parley::transport_errc::refused, false, true},
                                                       {"reset, sent", parley::transport_errc::reset, true, true},
                                                       {"timed out, sent", parley::transport_errc::timed_out, true, true},
                                                       {"timed out, not sent", parley::transport_errc::timed_out, false, true},
                                                       {"cancelled, sent", parley::transport_errc::cancelled, true, false},
                                                       {"throttled, not sent", parley::transport_errc::throttled, false, true},
                                                       {"other, sent", parley::transport_errc::other, true, false}}};

inline answer_kind const& kind_of(call_world::answer a) { return answers[static_cast<std::size_t>(a)]; }
inline failure_kind const& kind_of(call_world::failure f) { return failures[static_cast<std::size_t>(f)]; }

} // namespace exploration

#endif
