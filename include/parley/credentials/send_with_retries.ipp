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

namespace {

constexpr std::size_t largest_answer = std::size_t{64} << 10;

result<http_response, transport_error> send_once(provider_environment const& from, http_request& request, retry_limits const& p) {
    auto const& of_call = p.context.deadline;
    auto const own = from.steady_now() + p.timeout;
    request.deadline = of_call ? std::min(*of_call, own) : own;
    request.stop = p.context.stop;
    try {
        auto answer = from.send(request);
        if (answer && answer->body.size() > largest_answer) {
            return transport_error{transport_errc::protocol, true, "the answer is larger than 64 KiB"};
        }
        return answer;
    } catch (...) { return transport_error_of_exception(); }
}

// Why nobody waits for an answer any more.
std::optional<transport_error> given_up(provider_environment const& from, credentials_context const& context, bool sent) {
    if (context.stop.stop_requested()) return transport_error{transport_errc::cancelled, sent, "the call was stopped"};
    if (!context.deadline || from.steady_now() < *context.deadline) return std::nullopt;
    return transport_error{transport_errc::cancelled, sent, "the deadline of the call has passed"};
}

} // namespace

[[gnu::cold]] result<http_response, transport_error> send_with_retries(provider_environment const& from, http_request request,
                                                                       retry_limits const& p) {
    if (!from.send) return transport_error{transport_errc::other, false, "the surroundings have no transport"};
    std::chrono::steady_clock::duration pause = std::chrono::milliseconds(100);
    for (int attempt = 1;; ++attempt, pause *= 2) {
        if (auto why = given_up(from, p.context, attempt > 1)) return *std::move(why);
        auto answer = send_once(from, request, p);
        bool const worth_reading = answer && answer->status != 429 && answer->status < 500;
        if (worth_reading) return answer;
        if (auto why = given_up(from, p.context, true)) return *std::move(why);
        if (attempt >= p.attempts) return answer;
        from.sleep(p.context.deadline ? std::min(pause, *p.context.deadline - from.steady_now()) : pause);
    }
}

[[gnu::cold]] std::optional<http_request> get_request(std::string_view url) {
    auto const question = std::min(url.find('?'), url.size());
    auto place = parse_endpoint(url.substr(0, question));
    auto const query = url.substr(question);
    for (char c : query) {
        auto const byte = static_cast<unsigned char>(c);
        if (byte <= 0x20 || byte == 0x7f || c == '#') return std::nullopt;
    }
    if (!place) return std::nullopt;
    http_request request;
    request.method = "GET";
    request.scheme = std::move(place->scheme);
    request.host = std::move(place->host);
    request.port = place->port;
    request.target = place->path.empty() ? "/" : std::move(place->path);
    request.target += query;
    return request;
}

std::string variable(provider_environment const& from, std::string const& name) { return from.environment(name).value_or(""); }

bool is_true(std::string_view text) noexcept { return equals_ignore_case(text, "true"); }

std::string quoted_reason(std::string_view text, std::initializer_list<std::string_view> secrets) {
    // All bytes of all occurrences, since secrets may overlap or be parts of each other.
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
    while (end > 0 && (static_cast<unsigned char>(reason[end]) & 0xc0) == 0x80) --end; // not within a character
    return reason.replace(end, reason.npos, "...");
}

} // namespace parley::detail

#endif
