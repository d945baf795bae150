// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_EXCHANGE_LINE_LOG_IPP
#define PARLEY_EXCHANGE_LINE_LOG_IPP

#include <parley/exchange/line_log.hpp>
#include <parley/exchange/redaction.hpp>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

namespace parley::inline PARLEY_ABI {

namespace detail::exchange_impl {

class line_writer {
public:
    line_writer(std::function<void(std::string_view)> write, line_log_options options)
        : write_(std::move(write)), options_(options) {}

    line_log_options const& options() const noexcept { return options_; }

    [[gnu::cold]] void request(http_request const& r, attempt_context const& at) const {
        auto const& table = at.table();
        auto const authority = r.authority();
        auto const host = options_.secrets ? std::string_view(authority) : detail::safe_authority(*table.request, authority);
        auto const target = options_.secrets ? r.target : detail::safe_target(*table.request, r.target);
        line(at, " > " + r.method + ' ' + r.scheme + "://" + std::string(host) + target);
        message(at, " > ", *table.request, r.fields, r.body, detail::may_hold_sensitive(*table.input));
    }
    [[gnu::cold]] void response(http_response const& r, attempt_context const& at) const {
        line(at, " < " + std::to_string(r.status));
        message(at, " < ", *at.table().response, r.fields, r.body, detail::may_answer_sensitive(at.table()));
    }
    [[gnu::cold]] void failure(failed_attempt const& f, attempt_context const& at) const {
        std::string text = f.condition ? std::string(to_string(*f.condition)) : std::to_string(f.status);
        append_code(text, f.code);
        text.append(": ").append(to_string(f.verdict));
        if (f.verdict == retry_verdict::retried) text += " in " + std::to_string(f.delay.count()) + " ms";
        line(at, " < " + text);
    }
    [[gnu::cold]] void wait(std::chrono::steady_clock::duration d, attempt_context const& at) const {
        line(at, " waits for the client-side rate limit, "
                     + std::to_string(std::chrono::ceil<std::chrono::milliseconds>(d).count()) + " ms");
    }
    [[gnu::cold]] void end(call_end const& e, attempt_context const& at) const {
        switch (e.result) {
        case call_result::output: return line(at, " ok, " + std::to_string(e.metadata.status));
        case call_result::invalid_input: return line(at, " failed: invalid input, nothing was sent");
        case call_result::transport_failure:
            return line(at, " failed: " + std::string(to_string(e.condition))
                                + (e.sent == delivery::not_sent ? ", nothing was sent" : ", it may have been sent"));
        case call_result::error:
            auto text = " failed: " + std::to_string(e.metadata.status);
            append_code(text, e.code);
            return line(at, text);
        }
    }

private:
    // The code is text of the server and may be of any length.
    static void append_code(std::string& text, std::string_view code) {
        if (!code.empty()) text.append(" ").append(code.substr(0, 80));
    }
    void line(attempt_context const& at, std::string const& rest) const {
        std::string text(at.operation());
        if (at.attempt() != 0) text += " #" + std::to_string(at.attempt());
        text += rest;
        // Text of the server must not be able to add lines to the log.
        std::replace_if(
            text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, ' ');
        write_(text);
    }
    void message(attempt_context const& at, std::string const& arrow, detail::message_binding const& binding,
                 headers const& fields, std::string_view body, bool sensitive) const {
        if (options_.fields) {
            for (auto const& [name, value] : fields) {
                auto const shown = options_.secrets ? std::string_view(value) : detail::safe_field(binding, name, value);
                line(at, std::string(arrow).append(name).append(": ").append(shown));
            }
        }
        if (!options_.bodies || body.empty()) return;
        auto const size = std::to_string(body.size()) + " bytes";
        if (sensitive && !options_.secrets) line(at, arrow + size + ", " + std::string(redacted));
        else if (body.size() <= options_.body_bytes) line(at, arrow + std::string(body));
        else line(at, arrow + std::string(body.substr(0, options_.body_bytes)) + "... of " + size);
    }

    std::function<void(std::string_view)> write_;
    line_log_options options_;
};

} // namespace detail::exchange_impl

[[gnu::cold]] interceptor line_log(std::function<void(std::string_view line)> write, line_log_options options) {
    auto const lines = std::make_shared<detail::exchange_impl::line_writer const>(std::move(write), options);
    interceptor log;
    auto const request = [lines](http_request& r, attempt_context const& at) { lines->request(r, at); };
    // The fields that signers add are secrets.
    if (options.secrets) log.before_sending = request;
    else log.before_signing = request;
    if (options.fields || options.bodies) {
        log.before_decoding = [lines](http_response& r, attempt_context const& at) { lines->response(r, at); };
    }
    log.after_failure = [lines](failed_attempt const& f, attempt_context const& at) { lines->failure(f, at); };
    log.before_wait = [lines](std::chrono::steady_clock::duration d, wait_reason reason, attempt_context const& at) {
        if (reason == wait_reason::rate) lines->wait(d, at); // a backoff is logged with the failure
    };
    log.at_end = [lines](call_end const& e, attempt_context const& at) { lines->end(e, at); };
    return log;
}

} // namespace parley

#endif
