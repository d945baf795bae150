// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_TESTS_SUPPORT_SCRIPTED_ENVIRONMENT_HPP
#define PARLEY_TESTS_SUPPORT_SCRIPTED_ENVIRONMENT_HPP

#include <parley/auth/credentials.hpp>
#include <parley/credentials/provider_environment.hpp>

#include <chrono>
#include <deque>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

namespace test {

/// A scripted machine: environment variables, files, commands, consecutive responses, and a clock that only waits advance. It must outlive
/// the results of `provider_environment()`.
struct machine {
    using reply = parley::result<parley::http_response, parley::transport_error>;

    std::map<std::string, std::string> variables;
    std::map<std::string, std::string> files;
    std::map<std::string, std::string> commands;
    std::deque<reply> replies;
    std::chrono::system_clock::time_point now = std::chrono::sys_days(std::chrono::year(2025) / 1 / 15) + std::chrono::hours(12);

    std::vector<parley::http_request> requests;
    std::vector<std::chrono::steady_clock::duration> waits;

    void answer(int status, std::string body) { replies.push_back(parley::http_response{status, {}, std::move(body)}); }
    void fail(parley::transport_errc condition) { replies.push_back(parley::transport_error{condition, false, "as scripted"}); }

    parley::provider_environment provider_environment() {
        parley::provider_environment s;
        s.send = [this](parley::http_request const& request) -> reply {
            requests.push_back(request);
            if (replies.empty()) throw std::logic_error("no scripted response for " + request.method + ' ' + request.url());
            auto next = std::move(replies.front());
            replies.pop_front();
            return next;
        };
        s.environment = [this](std::string const& name) -> std::optional<std::string> {
            auto const found = variables.find(name);
            if (found == variables.end()) return std::nullopt;
            return found->second;
        };
        s.read_file = [this](std::string const& path) -> parley::result<std::string, parley::access_error> {
            auto const found = files.find(path);
            if (found == files.end()) return parley::access_error{true, "no such file"};
            if (found->second == "(unreadable)") return parley::access_error{false, "permission denied"};
            return found->second;
        };
        s.run_command = [this](std::string const& command) -> parley::result<std::string, parley::access_error> {
            auto const found = commands.find(command);
            if (found == commands.end()) return parley::access_error{false, "ended with status 127"};
            return found->second;
        };
        s.now = [this] { return now; };
        s.steady_now = [this] { return steady_now_; };
        s.sleep = [this](std::chrono::steady_clock::duration d) {
            waits.push_back(d);
            steady_now_ += d;
            now += std::chrono::duration_cast<std::chrono::system_clock::duration>(d);
        };
        return s;
    }

    std::chrono::steady_clock::time_point steady_now() const { return steady_now_; }

private:
    std::chrono::steady_clock::time_point steady_now_{};
};

/// Returns "METHOD URL" of each request.
inline std::vector<std::string> lines(machine const& m) {
    std::vector<std::string> result;
    for (auto const& r : m.requests) result.push_back(r.method + ' ' + r.url());
    return result;
}

/// Returns the credentials as a text, or the error message.
inline std::string text_of(parley::credentials_result const& result) {
    if (!result) return result.error().message();
    return result->access_key_id + '/' + result->secret_access_key + '/' + result->session_token;
}

} // namespace test

#endif
