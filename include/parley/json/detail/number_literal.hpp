// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_JSON_DETAIL_NUMBER_LITERAL_HPP
#define PARLEY_JSON_DETAIL_NUMBER_LITERAL_HPP

// JSON numbers: scanned in one pass into digits and a power of ten, then converted to integers, doubles and timestamps.

#include <parley/core/number.hpp>
#include <parley/core/timestamp.hpp>
#include <parley/describe/shape.hpp>

#include <bit>
#include <cstdint>
#include <cstring>
#include <limits>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

namespace parley::inline PARLEY_ABI::detail::json {

/// A number as written: digits * 10^exponent.
struct number_literal {
    std::string_view text;
    std::uint64_t digits = 0;
    std::int64_t exponent = 0;
    bool negative = false;
    bool integral = true; ///< has neither a fraction nor an exponent
    bool exact = true;    ///< `digits` has all digits
};

static inline bool is_digit(char c) noexcept { return static_cast<unsigned char>(c - '0') < 10; }

// Returns the number that eight digits represent, the first in the lowest byte. Joins pairs, then pairs of pairs, then all.
static inline std::uint64_t join_digits(std::uint64_t digits) noexcept {
    auto const pairs = (digits * 10 + (digits >> 8)) & 0x00ff00ff00ff00ffU;
    auto const fours = (pairs * 100 + (pairs >> 16)) & 0x0000ffff0000ffffU;
    return (fours * 10'000 + (fours >> 32)) & 0xffffffffU;
}

// Consumes digits: the first three one by one, since few numbers have more, then up to eight at a time.
[[gnu::always_inline]] inline char const* take_json_digits(char const* at, char const* end, std::uint64_t& digits) noexcept {
    auto const take = [&]() __attribute__((always_inline)) {
        if (at == end || !is_digit(*at)) return false;
        digits = digits * 10 + static_cast<std::uint64_t>(*at++ - '0');
        return true;
    };
    if (!take() || !take() || !take()) return at;
    if constexpr (std::endian::native == std::endian::little) {
        static constexpr std::uint64_t powers[] = {1, 10, 100, 1'000, 10'000, 100'000, 1'000'000, 10'000'000, 100'000'000};
        while (end - at >= 8) {
            std::uint64_t block;
            std::memcpy(&block, at, sizeof block);
            auto const value = block - 0x3030303030303030U;
            // Sets the high bit of the first byte that is not a digit, and perhaps of later bytes.
            auto const others = (value | (value + 0x7676767676767676U)) & 0x8080808080808080U;
            auto const count = std::countr_zero(others) / 8;
            if (count == 0) return at;
            digits = digits * powers[count] + join_digits(value << (64 - 8 * count));
            at += count;
            if (count < 8) return at;
        }
    }
    while (take()) {}
    return at;
}

/// Scans the number at `at`. Returns its end, or null if it is malformed; then `stop` is the position of the error, or `end` if the
/// number is incomplete.
[[gnu::always_inline]] inline char const* scan_number(char const* at, char const* end, number_literal& number,
                                                      char const*& stop) noexcept {
    auto const* const begin = at;
    number.negative = *at == '-';
    if (number.negative) ++at;
    auto const fail = [&](char const* place) {
        stop = place;
        return nullptr;
    };
    if (at == end || !is_digit(*at)) return fail(at);
    auto const* const first = at;
    std::uint64_t digits = 0;
    std::int64_t exponent = 0;
    if (*at == '0') {
        if (++at != end && is_digit(*at)) return fail(at);
    } else {
        at = take_json_digits(at, end, digits);
    }
    auto count = at - first;
    if (at != end && *at == '.') {
        number.integral = false;
        auto const* const fraction = ++at;
        at = take_json_digits(at, end, digits);
        if (at == fraction) return fail(at);
        exponent = fraction - at;
        count += at - fraction;
    }
    if (at != end && (*at | 0x20) == 'e') {
        number.integral = false;
        bool const down = ++at != end && *at == '-';
        if (at != end && (*at == '-' || *at == '+')) ++at;
        if (at == end || !is_digit(*at)) return fail(at);
        std::int64_t written = 0;
        // Larger exponents need not be exact: no text has enough digits to compensate for them.
        constexpr std::int64_t enough = 100'000'000'000'000'000;
        for (; at != end && is_digit(*at); ++at) {
            if (written < enough) written = written * 10 + (*at - '0');
        }
        exponent += down ? -written : written;
    }
    number.digits = digits;
    number.exponent = exponent;
    number.exact = count <= 19; // any 19 digits fit in 64 bits
    number.text = {begin, static_cast<std::size_t>(at - begin)};
    return at;
}

inline constexpr double exact_powers_of_ten[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                                 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

/// Returns the nearest double, or `nullopt` if the number is out of range.
static inline std::optional<double> to_double(number_literal const& number) noexcept {
    // The digits and the power are exact doubles, so the single operation rounds correctly: W. D. Clinger, "How to Read Floating
    // Point Numbers Accurately", 1990.
    if (number.exact && number.digits <= (std::uint64_t{1} << 53) && number.exponent >= -22 && number.exponent <= 22) {
        auto value = static_cast<double>(number.digits);
        if (number.exponent < 0) value /= exact_powers_of_ten[-number.exponent];
        else value *= exact_powers_of_ten[number.exponent];
        return number.negative ? -value : value;
    }
    return parse_double(number.text);
}

/// The exact integer value of a JSON number: "1e3" and "10.0" are integers, "1.5" is not.
struct literal_integer {
    enum class outcome : std::uint8_t { exact, fraction, too_large } outcome = outcome::exact;
    bool negative = false;
    std::uint64_t magnitude = 0;
};

static inline literal_integer read_integer(std::string_view literal) {
    literal_integer result;
    std::size_t i = 0;
    if (i < literal.size() && literal[i] == '-') result.negative = true, ++i;
    // Holds zeros back until another digit follows, so that trailing zeros become part of the exponent.
    long long exponent = 0, held_zeros = 0;
    bool in_fraction = false, too_large = false;
    auto multiply = [&] {
        if (__builtin_mul_overflow(result.magnitude, std::uint64_t{10}, &result.magnitude)) too_large = true;
    };
    for (; i < literal.size() && literal[i] != 'e' && literal[i] != 'E'; ++i) {
        if (literal[i] == '.') {
            in_fraction = true;
            continue;
        }
        if (in_fraction) --exponent;
        if (literal[i] == '0') {
            ++held_zeros;
            continue;
        }
        for (; held_zeros > 0 && !too_large; --held_zeros) multiply();
        held_zeros = 0;
        multiply();
        auto const digit = static_cast<std::uint64_t>(literal[i] - '0');
        if (__builtin_add_overflow(result.magnitude, digit, &result.magnitude)) too_large = true;
    }
    exponent += held_zeros;
    if (i < literal.size()) {
        bool const negative = ++i < literal.size() && literal[i] == '-';
        if (i < literal.size() && (literal[i] == '-' || literal[i] == '+')) ++i;
        long long written = 0;
        for (; i < literal.size(); ++i) {
            if (written < 1'000'000'000'000) written = written * 10 + (literal[i] - '0');
        }
        exponent += negative ? -written : written;
    }
    if (result.magnitude == 0 && !too_large) return result;
    if (exponent < 0) {
        result.outcome = literal_integer::outcome::fraction;
    } else {
        for (; exponent > 0 && !too_large; --exponent) multiply();
        if (too_large) result.outcome = literal_integer::outcome::too_large;
    }
    return result;
}

static inline literal_integer to_integer(number_literal const& number) {
    if (number.integral && number.exact) return {literal_integer::outcome::exact, number.negative, number.digits};
    return read_integer(number.text);
}

/// Returns the point in time of a number of seconds since 1970, or `nullopt` if it is out of range.
static inline std::optional<instant> to_instant(number_literal const& number) noexcept {
    static constexpr std::uint32_t powers[] = {1,       10,        100,        1'000,       10'000,
                                               100'000, 1'000'000, 10'000'000, 100'000'000, 1'000'000'000};
    if (!number.exact || number.exponent > 0 || number.exponent < -9)
        return parse_timestamp(number.text, timestamp_format::epoch_seconds);
    auto const in_a_second = powers[-number.exponent], unit = powers[9 + number.exponent];
    auto const seconds = number.digits / in_a_second;
    auto const nanoseconds = static_cast<std::int32_t>(number.digits % in_a_second * unit);
    if (!std::in_range<std::int64_t>(seconds)) return parse_timestamp(number.text, timestamp_format::epoch_seconds);
    auto const whole = static_cast<std::int64_t>(seconds);
    if (!number.negative) return instant{whole, nanoseconds};
    return nanoseconds == 0 ? instant{-whole, 0} : instant{-whole - 1, 1'000'000'000 - nanoseconds};
}

static inline bool store_integer(shape const& type, void* object, bool negative, std::uint64_t magnitude) {
    auto const bits = 8U * type.size - (type.is_signed ? 1 : 0); // of a magnitude
    if (negative && magnitude != 0) {
        if (!type.is_signed || (magnitude - 1) >> bits != 0) return false;
        magnitude = 0 - magnitude;
    } else if (bits < 64 && magnitude >> bits != 0) {
        return false;
    }
    auto const store = [&](auto value) { std::memcpy(object, &value, sizeof value); };
    switch (type.size) {
    case 1: store(static_cast<std::uint8_t>(magnitude)); break;
    case 2: store(static_cast<std::uint16_t>(magnitude)); break;
    case 4: store(static_cast<std::uint32_t>(magnitude)); break;
    default: store(magnitude); break;
    }
    return true;
}

static inline void store_floating(shape const& type, void* object, double number) {
    if (type.size == sizeof(float)) *static_cast<float*>(object) = static_cast<float>(number);
    else *static_cast<double*>(object) = number;
}

} // namespace parley::detail::json

#endif
