// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_CORE_NUMBER_IPP
#define PARLEY_CORE_NUMBER_IPP

#include <parley/core/number.hpp>

#include <bit>
#include <charconv>
#include <cmath>
#include <cstring>
#include <limits>

namespace parley::inline PARLEY_ABI::detail {

namespace core {

template <class Number>
void append_with_to_chars(std::string& out, Number value) {
    char digits[64];
    auto const end = std::to_chars(digits, digits + sizeof digits, value).ptr;
    out.append(digits, static_cast<std::size_t>(end - digits));
}

template <class Number>
char* write_floating(char* to, Number value) noexcept {
    auto const size = value < 0 ? -value : value;
    bool const fixed = size == 0 || (size >= static_cast<Number>(1e-6) && size < static_cast<Number>(1e21));
    return fixed ? std::to_chars(to, to + 40, value, std::chars_format::fixed).ptr : std::to_chars(to, to + 40, value).ptr;
}

template <class Number>
bool read_with_from_chars(std::string_view text, Number& value) noexcept {
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size();
}

inline bool take_digits(std::string_view text, std::size_t& i) noexcept {
    auto const begin = i;
    while (i < text.size() && text[i] >= '0' && text[i] <= '9') ++i;
    return i > begin;
}

inline constexpr char digit_pairs[] =
    "0001020304050607080910111213141516171819202122232425262728293031323334353637383940414243444546474849"
    "5051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899";

inline void write_pair(char* to, std::uint64_t pair) noexcept { std::memcpy(to, digit_pairs + pair * 2, 2); }

// Writes eight digits, including leading zeros.
inline void write_eight(char* to, std::uint32_t value) noexcept {
    if constexpr (std::endian::native == std::endian::little) {
        // Splits into halves, then pairs, then digits, in parallel. The multiplications give the exact quotients for all values in
        // range: Hacker's Delight, section 10-9.
        auto const halves = value / 10'000 | std::uint64_t{value % 10'000} << 32;
        auto const hundreds = halves * 5243 >> 19 & 0x0000007f0000007fU;
        auto const pairs = hundreds | (halves - hundreds * 100) << 16;
        auto const tens = pairs * 103 >> 10 & 0x000f000f000f000fU;
        auto const digits = (tens | (pairs - tens * 10) << 8) + 0x3030303030303030U;
        std::memcpy(to, &digits, sizeof digits);
    } else {
        for (int i = 6; i >= 0; i -= 2, value /= 100) write_pair(to + i, value % 100);
    }
}

inline constexpr std::uint64_t powers_of_ten[] = {0, // not 1, because the number 0 has one digit
                                                  10,
                                                  100,
                                                  1'000,
                                                  10'000,
                                                  100'000,
                                                  1'000'000,
                                                  10'000'000,
                                                  100'000'000,
                                                  1'000'000'000,
                                                  10'000'000'000,
                                                  100'000'000'000,
                                                  1'000'000'000'000,
                                                  10'000'000'000'000,
                                                  100'000'000'000'000,
                                                  1'000'000'000'000'000,
                                                  10'000'000'000'000'000,
                                                  100'000'000'000'000'000,
                                                  1'000'000'000'000'000'000,
                                                  10'000'000'000'000'000'000U};

inline int count_digits(std::uint64_t value) noexcept {
    // log10(2) is approximately 1233 / 4096.
    auto const about = static_cast<int>(std::bit_width(value | 1)) * 1233 >> 12;
    return about + (value >= powers_of_ten[about] ? 1 : 0);
}

// Whether the number is less than one. std::from_chars reports the same error for numbers that are too small and too large; the
// position of the first digit that is not zero and the exponent distinguish them.
inline bool is_below_one(std::string_view text) noexcept {
    long long place = 0; // power of ten of the first digit that is not zero
    bool fraction = false, found = false;
    std::size_t i = text.starts_with('-') ? 1 : 0;
    for (; i < text.size() && text[i] != 'e' && text[i] != 'E'; ++i) {
        if (text[i] == '.') {
            fraction = true;
        } else if (!fraction) {
            if (found) ++place;
            found = found || text[i] != '0';
        } else if (!found) {
            --place;
            found = text[i] != '0';
        }
    }
    long long exponent = 0;
    bool const negative = i + 1 < text.size() && text[i + 1] == '-';
    for (; i < text.size(); ++i) {
        if (text[i] >= '0' && text[i] <= '9' && exponent < 1'000'000'000'000) exponent = exponent * 10 + (text[i] - '0');
    }
    return place + (negative ? -exponent : exponent) < 0;
}

} // namespace core

void append_integer(std::string& out, std::int64_t value) { core::append_with_to_chars(out, value); }
void append_integer(std::string& out, std::uint64_t value) { core::append_with_to_chars(out, value); }
void append_double(std::string& out, double value) {
    char digits[40];
    out.append(digits, static_cast<std::size_t>(detail::write_double(digits, value) - digits));
}
void append_float(std::string& out, float value) {
    char digits[40];
    out.append(digits, static_cast<std::size_t>(detail::write_float(digits, value) - digits));
}

char* write_unsigned(char* to, std::uint64_t value) noexcept {
    auto* const end = to + core::count_digits(value);
    auto* at = end;
    auto const take_eight = [&] {
        core::write_eight(at -= 8, static_cast<std::uint32_t>(value % 100'000'000));
        value /= 100'000'000;
    };
    if (value >= 10'000'000'000'000'000) take_eight();
    if (value >= 100'000'000) take_eight();
    auto rest = static_cast<std::uint32_t>(value);
    for (; rest >= 100; rest /= 100) core::write_pair(at -= 2, rest % 100);
    if (rest >= 10) core::write_pair(at - 2, rest);
    else at[-1] = static_cast<char>('0' + rest);
    return end;
}
char* write_fraction(char* to, std::uint32_t billionths) noexcept {
    if (billionths == 0) return to;
    if (billionths % 1'000'000 == 0) { // fast path for milliseconds
        auto const thousandths = billionths / 1'000'000;
        *to++ = '.';
        *to++ = static_cast<char>('0' + thousandths / 100);
        core::write_pair(to, thousandths % 100);
        return thousandths % 10 != 0 ? to + 2 : thousandths % 100 != 0 ? to + 1 : to;
    }
    int digits = 9;
    for (; billionths % 10 == 0; billionths /= 10) --digits;
    *to++ = '.';
    for (int i = digits; i-- > 0; billionths /= 10) to[i] = static_cast<char>('0' + billionths % 10);
    return to + digits;
}
char* write_double(char* to, double value) noexcept {
    // A decimal with at most 15 digits that parses to `value` is the shortest one, apart from trailing zeros. This path handles
    // numbers with at most three digits after the point.
    auto const size = std::fabs(value);
    if (size >= 0.001 && size < 1e12) {
        auto const thousandths = static_cast<std::uint64_t>(size * 1000 + 0.5);
        if (static_cast<double>(thousandths) / 1000 == size) {
            if (value < 0) *to++ = '-';
            to = write_unsigned(to, thousandths / 1000);
            return write_fraction(to, static_cast<std::uint32_t>(thousandths % 1000) * 1'000'000);
        }
    }
    return core::write_floating(to, value);
}
char* write_float(char* to, float value) noexcept { return core::write_floating(to, value); }
bool read_signed(std::string_view text, std::int64_t& value) noexcept { return core::read_with_from_chars(text, value); }
bool read_unsigned(std::string_view text, std::uint64_t& value) noexcept { return core::read_with_from_chars(text, value); }
bool is_json_number(std::string_view text) noexcept {
    std::size_t i = text.starts_with('-') ? 1 : 0;
    auto const whole = i;
    if (!core::take_digits(text, i) || (text[whole] == '0' && i > whole + 1)) return false;
    if (i < text.size() && text[i] == '.' && !core::take_digits(text, ++i)) return false;
    if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
        ++i;
        if (i < text.size() && (text[i] == '+' || text[i] == '-')) ++i;
        if (!core::take_digits(text, i)) return false;
    }
    return i == text.size();
}

std::optional<double> parse_double(std::string_view text) noexcept {
    using limits = std::numeric_limits<double>;
    if (text == "NaN") return limits::quiet_NaN();
    if (text == "Infinity") return limits::infinity();
    if (text == "-Infinity") return -limits::infinity();
    if (!is_json_number(text)) return std::nullopt;
    double value = 0;
    auto const error = std::from_chars(text.data(), text.data() + text.size(), value).ec;
    if (error == std::errc()) return value;
    if (error == std::errc::result_out_of_range && core::is_below_one(text)) return text.starts_with('-') ? -0.0 : 0.0;
    return std::nullopt;
}

} // namespace parley::detail

#endif
