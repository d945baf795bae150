// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_EXCHANGE_LINE_LOG_HPP
#define PARLEY_EXCHANGE_LINE_LOG_HPP

#include <parley/exchange/interceptor.hpp>

#include <cstddef>
#include <functional>
#include <string_view>

namespace parley::inline PARLEY_ABI {

/// What a `line_log` shows besides the lines that tell how a call goes.
struct line_log_options {
    bool fields = false; ///< header fields
    bool bodies = false;
    std::size_t body_bytes = 2048; ///< of a body, at most
    /// Also what is secret: credentials and tokens in header fields and parameters, sensitive members, bodies that may have some.
    bool secrets = false;
};

/// An interceptor that writes readable lines, without a line break, through the function it is given:
///
///     config.interceptors.push_back(parley::line_log([](std::string_view line) { std::printf("%.*s\n", int(line.size()), line.data()); }));
///
///     get_weather #1 > GET https://api.example.com/weather/Ghent
///     get_weather #1 < 503 Overloaded: retried in 25 ms
///     get_weather #2 > GET https://api.example.com/weather/Ghent
///     get_weather #2 ok, 200
///
/// Many threads may call the function at once if many use the client.
interceptor line_log(std::function<void(std::string_view line)> write, line_log_options options = {});

} // namespace parley

#endif
