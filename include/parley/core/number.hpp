// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_CORE_NUMBER_HPP
#define PARLEY_CORE_NUMBER_HPP

#include <parley/core/config.hpp>

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace parley::inline PARLEY_ABI::detail {

/// Appends the decimal digits of `value`.
void append_integer(std::string& out, std::int64_t value);
void append_integer(std::string& out, std::uint64_t value);

/// Appends the shortest JSON number that reads back as `value`, which must be finite: 1 is "1", 100000 is "100000". As in
/// JavaScript, there is an exponent only below 1e-6 and from 1e21.
void append_double(std::string& out, double value);
void append_float(std::string& out, float value);

/// The same into memory that has room for 40 characters; returns the end.
char* write_double(char* to, double value) noexcept;
char* write_float(char* to, float value) noexcept;
/// The decimal digits, 20 at most; returns the end.
char* write_unsigned(char* to, std::uint64_t value) noexcept;
/// ".5" of 500,000,000 billionths, nothing of none; the number is less than one.
char* write_fraction(char* to, std::uint32_t billionths) noexcept;
bool read_signed(std::string_view text, std::int64_t& value) noexcept;
bool read_unsigned(std::string_view text, std::uint64_t& value) noexcept;
/// The integer that all of `text` stands for: digits, and a minus sign before them if `T` has negative values. Nothing if
/// it is anything else, or out of the range of `T`.
template <std::integral T>
std::optional<T> parse_integer(std::string_view text) noexcept {
    std::conditional_t<std::is_signed_v<T>, std::int64_t, std::uint64_t> value = 0;
    bool good = false;
    if constexpr (std::is_signed_v<T>) good = detail::read_signed(text, value);
    else good = detail::read_unsigned(text, value);
    if (!good || !std::in_range<T>(value)) return std::nullopt;
    return static_cast<T>(value);
}

/// True if all of `text` is a JSON number (RFC 8259, section 6).
bool is_json_number(std::string_view text) noexcept;

/// The number that all of `text` stands for: a JSON number (RFC 8259, section 6), correctly rounded, or "NaN",
/// "Infinity", "-Infinity". What is too small becomes zero; nothing if it is anything else, or too large.
std::optional<double> parse_double(std::string_view text) noexcept;

} // namespace parley::detail

#endif
