// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_CREDENTIALS_PROVIDER_ENVIRONMENT_HPP
#define PARLEY_CREDENTIALS_PROVIDER_ENVIRONMENT_HPP

#include <parley/core/config.hpp>
#include <parley/core/result.hpp>
#include <parley/http/request.hpp>
#include <parley/http/response.hpp>
#include <parley/http/transport_error.hpp>
#include <parley/protocol/protocol_engine.hpp>

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

namespace parley::inline PARLEY_ABI {

/// Sends a request and waits for the response.
using http_sender = std::function<result<http_response, transport_error>(http_request const&)>;

/// Wraps a blocking transport with any type of response as a sender.
///
/// @par Example
///     parley::curl_transport curl;
///     parley::provider_environment here{.send = parley::sender_of(std::ref(curl))};
template <class Transport>
http_sender sender_of(Transport transport) {
    return [transport = std::move(transport)](http_request const& request) mutable -> result<http_response, transport_error> {
        auto&& reply = transport(request);
        if constexpr (response_like<std::remove_cvref_t<decltype(reply)>>) {
            return detail::keep(view_of(reply));
        } else {
            if (!reply) return reply.error();
            return detail::keep(view_of(*reply));
        }
    };
}

/// The reason why a file or a command cannot be read.
struct access_error {
    bool missing = false; ///< the file does not exist
    std::string text{};   ///< the reason, without any content of the file
};

namespace detail {

std::optional<std::string> environment_variable(std::string const& name);
result<std::string, access_error> file_text(std::string const& path);
result<std::string, access_error> command_output(std::string const& command);
std::chrono::system_clock::time_point system_clock_now();
std::chrono::steady_clock::time_point steady_clock_now();
void sleep_for(std::chrono::steady_clock::duration duration);

} // namespace detail

/// The system functions that credentials providers use. All except the transport default to those of the operating system.
struct provider_environment {
    http_sender send{}; ///< sends requests; required by the providers that use a server
    /// Returns an environment variable.
    std::function<std::optional<std::string>(std::string const& name)> environment = detail::environment_variable;
    /// Returns the content of a file. The default reads at most 1 MiB.
    std::function<result<std::string, access_error>(std::string const& path)> read_file = detail::file_text;
    /// Returns the standard output of a shell command. The default (POSIX) reads at most 1 MiB and waits at most a minute.
    std::function<result<std::string, access_error>(std::string const& command)> run_command = detail::command_output;
    std::function<std::chrono::system_clock::time_point()> now = detail::system_clock_now;        ///< for expirations
    std::function<std::chrono::steady_clock::time_point()> steady_now = detail::steady_clock_now; ///< for deadlines
    std::function<void(std::chrono::steady_clock::duration)> sleep = detail::sleep_for;           ///< between attempts
};

} // namespace parley

#endif
