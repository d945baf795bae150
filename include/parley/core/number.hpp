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

/// Appends the shortest JSON number that parses to `value`, which must be finite: 1 is "1", 100000 is "100000". As in JavaScript,
/// numbers below 1e-6 and from 1e21 have an exponent.
void append_double(std::string& out, double value);
void append_float(std::string& out, float value);

/// As `append_double` and `append_float`, but write at most 40 characters to `to`. Return the end.
char* write_double(char* to, double value) noexcept;
char* write_float(char* to, float value) noexcept;
/// Writes the decimal digits of `value`, at most 20. Returns the end.
char* write_unsigned(char* to, std::uint64_t value) noexcept;
/// Writes a fraction below one, without trailing zeros: ".5" for 500,000,000, nothing for 0. Returns the end.
char* write_fraction(char* to, std::uint32_t billionths) noexcept;

/// Parses all of `text` as an integer. Returns false if it is not one, or out of range.
bool read_signed(std::string_view text, std::int64_t& value) noexcept;
bool read_unsigned(std::string_view text, std::uint64_t& value) noexcept;

/// Parses all of `text` as an integer: digits, after a minus sign if `T` is signed. Returns `nullopt` if it is not one, or out of the
/// range of `T`.
template <std::integral T>
std::optional<T> parse_integer(std::string_view text) noexcept {
    std::conditional_t<std::is_signed_v<T>, std::int64_t, std::uint64_t> value = 0;
    bool good = false;
    if constexpr (std::is_signed_v<T>) good = detail::read_signed(text, value);
    else good = detail::read_unsigned(text, value);
    if (!good || !std::in_range<T>(value)) return std::nullopt;
    return static_cast<T>(value);
}

/// Returns whether all of `text` is a JSON number (RFC 8259, section 6).
bool is_json_number(std::string_view text) noexcept;

/// Parses all of `text` as a JSON number (RFC 8259, section 6), correctly rounded, or as "NaN", "Infinity" or "-Infinity". Numbers
/// that are too small become zero. Returns `nullopt` for other texts, and for numbers that are too large.
std::optional<double> parse_double(std::string_view text) noexcept;

} // namespace parley::detail

#endif
