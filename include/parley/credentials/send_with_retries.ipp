// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_CREDENTIALS_SEND_WITH_RETRIES_IPP
#define PARLEY_CREDENTIALS_SEND_WITH_RETRIES_IPP

#include <parley/core/text.hpp>
#include <parley/credentials/send_with_retries.hpp>
#include <parley/exchange/thrown.hpp>
#include <parley/http/uri.hpp>

#include <algorithm>
#include <utility>
#include <vector>

namespace parley::inline PARLEY_ABI::detail {

namespace credentials_impl {

inline constexpr std::size_t max_response = std::size_t{64} << 10; // bytes

inline result<http_response, transport_error> send_once(provider_environment const& from, http_request& request,
                                                        retry_limits const& limits) {
    auto const& call_deadline = limits.context.deadline;
    auto const attempt_deadline = from.steady_now() + limits.timeout;
    request.deadline = call_deadline ? std::min(*call_deadline, attempt_deadline) : attempt_deadline;
    request.stop = limits.context.stop;
    try {
        auto response = from.send(request);
        if (response && response->body.size() > max_response) {
            return transport_error{transport_errc::protocol, true, "the response is larger than 64 KiB"};
        }
        return response;
    } catch (...) { return transport_error_of_exception(); }
}

// Returns an error if the call that needs the credentials was stopped or has timed out.
inline std::optional<transport_error> check_context(provider_environment const& from, credentials_context const& context,
                                                    bool sent) {
    if (context.stop.stop_requested()) return transport_error{transport_errc::cancelled, sent, "the call was stopped"};
    if (!context.deadline || from.steady_now() < *context.deadline) return std::nullopt;
    return transport_error{transport_errc::cancelled, sent, "the deadline of the call has passed"};
}

} // namespace credentials_impl

[[gnu::cold]] result<http_response, transport_error> send_with_retries(provider_environment const& from, http_request request,
                                                                       retry_limits const& limits) {
    if (!from.send) return transport_error{transport_errc::other, false, "provider_environment::send is not set"};
    auto const& context = limits.context;
    std::chrono::steady_clock::duration pause = std::chrono::milliseconds(100);
    for (int attempt = 1;; ++attempt, pause *= 2) {
        if (auto error = credentials_impl::check_context(from, context, attempt > 1)) return *std::move(error);
        auto response = credentials_impl::send_once(from, request, limits);
        bool const retryable = !response || response->status == 429 || response->status >= 500;
        if (!retryable) return response;
        if (auto error = credentials_impl::check_context(from, context, true)) return *std::move(error);
        if (attempt >= limits.attempts) return response;
        from.sleep(context.deadline ? std::min(pause, *context.deadline - from.steady_now()) : pause);
    }
}

[[gnu::cold]] std::optional<http_request> get_request(std::string_view url) {
    auto const question = std::min(url.find('?'), url.size());
    auto endpoint = parse_endpoint(url.substr(0, question));
    auto const query = url.substr(question);
    for (char c : query) {
        auto const byte = static_cast<unsigned char>(c);
        if (byte <= 0x20 || byte == 0x7f || c == '#') return std::nullopt;
    }
    if (!endpoint) return std::nullopt;
    http_request request;
    request.method = "GET";
    request.scheme = std::move(endpoint->scheme);
    request.host = std::move(endpoint->host);
    request.port = endpoint->port;
    request.target = endpoint->path.empty() ? "/" : std::move(endpoint->path);
    request.target += query;
    return request;
}

std::string variable(provider_environment const& from, std::string const& name) { return from.environment(name).value_or(""); }

bool is_true(std::string_view text) noexcept { return equals_ignore_case(text, "true"); }

std::string quoted_reason(std::string_view text, std::initializer_list<std::string_view> secrets) {
    // All bytes of all occurrences are hidden: secrets may overlap or contain each other.
    std::vector<bool> hidden(text.size());
    for (auto const secret : secrets) {
        std::size_t hidden_to = 0;
        for (auto at = text.find(secret); !secret.empty() && at != text.npos; at = text.find(secret, at + 1)) {
            for (auto i = std::max(at, hidden_to); i < at + secret.size(); ++i) hidden[i] = true;
            hidden_to = at + secret.size();
        }
    }
    constexpr std::size_t longest = 300;
    std::string reason;
    for (std::size_t i = 0; i < text.size() && reason.size() <= longest; ++i) {
        if (!hidden[i]) reason += static_cast<unsigned char>(text[i]) < 0x20 || text[i] == 0x7f ? ' ' : text[i];
        else if (i == 0 || !hidden[i - 1]) reason += "***";
    }
    if (reason.size() <= longest) return reason;
    auto end = longest;
    while (end > 0 && (static_cast<unsigned char>(reason[end]) & 0xc0) == 0x80) --end; // do not split a character
    return reason.replace(end, reason.npos, "...");
}

} // namespace parley::detail

#endif
