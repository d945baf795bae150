// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_EXCHANGE_RETRY_AFTER_IPP
#define PARLEY_EXCHANGE_RETRY_AFTER_IPP

#include <parley/core/text.hpp>
#include <parley/exchange/peer_date.hpp>
#include <parley/exchange/retry_after.hpp>

#include <charconv>
#include <cmath>
#include <limits>
#include <string_view>
#include <system_error>

namespace parley::inline PARLEY_ABI::detail {

namespace exchange_impl {

// Parses the whole text as a number; a number that is too large is infinite.
inline std::optional<double> number_in(std::string_view text, std::chars_format format) noexcept {
    double value = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, format);
    if (text.empty() || end != text.data() + text.size() || std::isnan(value)) return std::nullopt;
    if (error == std::errc::result_out_of_range) return std::numeric_limits<double>::infinity();
    return error == std::errc() ? std::optional(value) : std::nullopt;
}

// Parses delay-seconds; some servers send a fraction.
inline std::optional<double> seconds_in(std::string_view text) noexcept {
    bool const plain = text.find_first_not_of("0123456789.") == text.npos && !text.starts_with('.') && !text.ends_with('.');
    return plain ? number_in(text, std::chars_format::fixed) : std::nullopt;
}

inline std::optional<double> milliseconds_after(std::string_view value, std::chrono::system_clock::time_point now) {
    constexpr std::string_view gmt_and = " GMT, ";
    // An intermediary has combined two fields into one: the second one counts.
    if (auto const at = value.rfind(gmt_and); at != value.npos) value.remove_prefix(at + gmt_and.size());
    if (auto const seconds = seconds_in(value)) return *seconds * 1000;
    auto const date = detail::parse_peer_date(value);
    if (!date) return std::nullopt;
    return static_cast<double>((*date - std::chrono::floor<std::chrono::milliseconds>(now)).count());
}

} // namespace exchange_impl

[[gnu::cold]] std::optional<double> read_retry_after(response_view const& response, std::chrono::system_clock::time_point now) {
    struct first_hint {
        std::string_view value;
        bool found = false;
        bool in_milliseconds = false;

        void take(std::string_view name, std::string_view text) noexcept {
            bool const plain = equals_ignore_case(name, "retry-after");
            if (found || (!plain && !equals_ignore_case(name, "x-amz-retry-after"))) return;
            *this = {text, true, !plain};
        }
    } hint;
    if (response.can_iterate()) {
        response.each_header([](void* context, std::string_view name,
                                std::string_view value) { static_cast<first_hint*>(context)->take(name, value); },
                             &hint);
    } else {
        for (std::string_view const name : {"retry-after", "x-amz-retry-after"}) {
            if (auto const value = response.header(name)) hint.take(name, *value);
        }
    }
    if (!hint.found) return std::nullopt;
    return hint.in_milliseconds ? exchange_impl::number_in(trim(hint.value), std::chars_format::general)
                                : exchange_impl::milliseconds_after(hint.value, now);
}

} // namespace parley::detail

#endif
