// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_EXCHANGE_LINE_LOG_HPP
#define PARLEY_EXCHANGE_LINE_LOG_HPP

#include <parley/exchange/interceptor.hpp>

#include <cstddef>
#include <functional>
#include <string_view>

namespace parley::inline PARLEY_ABI {

/// Options of a `line_log`. All flags default to false.
struct line_log_options {
    bool fields = false;           ///< log header fields
    bool bodies = false;           ///< log bodies
    std::size_t body_bytes = 2048; ///< the maximum number of bytes that are logged of a body
    /// Log secrets: credentials and tokens in header fields and parameters, sensitive members, and bodies that may contain these.
    bool secrets = false;
};

/// Returns an interceptor that logs the attempts and the end of each call.
///
/// @param write   Called with each line, without a line break. If several threads use the client, it must be safe to call
///                concurrently.
/// @param options What is logged in addition.
///
/// @par Example
///     config.interceptors.push_back(parley::line_log([](std::string_view line) { std::printf("%.*s\n", int(line.size()), line.data()); }));
///
///     get_weather #1 > GET https://api.example.com/weather/Ghent
///     get_weather #1 < 503 Overloaded: retried in 25 ms
///     get_weather #2 > GET https://api.example.com/weather/Ghent
///     get_weather #2 ok, 200
interceptor line_log(std::function<void(std::string_view line)> write, line_log_options options = {});

} // namespace parley

#endif
