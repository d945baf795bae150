// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#if __has_include(<parley/core/config.ipp>) // the single header has this part in its implementation only
#include <parley/json/detail/number_literal.hpp>

#include <doctest/doctest.h>

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace {

using namespace parley::detail;
using namespace parley::detail::json;
using parley::instant;
using kind = decltype(literal_integer::outcome);

constexpr auto max_unsigned = std::numeric_limits<std::uint64_t>::max();
constexpr auto max_seconds = std::numeric_limits<std::int64_t>::max();
constexpr auto min_seconds = std::numeric_limits<std::int64_t>::min();

/// A scanned text. It is in memory of exactly its size, so that AddressSanitizer finds each read beyond it.
struct scanned {
    std::unique_ptr<char[]> text;
    number_literal number;
    std::optional<std::size_t> end; ///< nothing if there is no number
    std::size_t stop = 0;           ///< where it went wrong then

    explicit scanned(std::string_view from) : text(new char[from.size()]) {
        from.copy(text.get(), from.size());
        char const* wrong = nullptr;
        if (auto const* const at = scan_number(text.get(), text.get() + from.size(), number, wrong)) end = at - text.get();
        else stop = static_cast<std::size_t>(wrong - text.get());
    }
};

number_literal whole(std::string_view text) {
    number_literal number;
    char const* stop = nullptr;
    REQUIRE(scan_number(text.data(), text.data() + text.size(), number, stop) == text.data() + text.size());
    return number;
}

literal_integer integer_of(std::string_view text) { return to_integer(whole(text)); }

bool same_bits(double a, double b) { return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b); }

/// The first digits of 1234567890123...
std::string digits_of(std::size_t count) {
    std::string text;
    for (std::size_t i = 1; i <= count; ++i) text += static_cast<char>('0' + i % 10);
    return text;
}
std::uint64_t value_of(std::string_view digits) {
    std::uint64_t value = 0;
    for (char c : digits) value = value * 10 + static_cast<std::uint64_t>(c - '0');
    return value;
}

} // namespace

TEST_SUITE_BEGIN("json");

TEST_CASE("number_literal: numbers of RFC 8259, section 6, are digits times a power of ten") {
    struct {
        std::string_view text;
        std::size_t end;
        std::uint64_t digits;
        std::int64_t exponent;
        bool negative, integral;
    } const cases[] = {
        {"0", 1, 0, 0, false, true},
        {"-0", 2, 0, 0, true, true},
        {"7", 1, 7, 0, false, true},
        {"-12345", 6, 12345, 0, true, true},
        {"1234567890123456789", 19, 1234567890123456789, 0, false, true},
        {"9999999999999999999", 19, 9999999999999999999U, 0, false, true},
        {"0.5", 3, 5, -1, false, false},
        {"-0.05", 5, 5, -2, true, false},
        {"12.3400", 7, 123400, -4, false, false},
        {"123456789.987654321", 19, 123456789987654321, -9, false, false},
        {"1e5", 3, 1, 5, false, false},
        {"1E5", 3, 1, 5, false, false},
        {"1e+5", 4, 1, 5, false, false},
        {"1e-5", 4, 1, -5, false, false},
        {"1.5e3", 5, 15, 2, false, false},
        {"1.5E-3", 6, 15, -4, false, false},
        {"1e00005", 7, 1, 5, false, false},
        {"0e0", 3, 0, 0, false, false},
        // Whatever follows is not part of the number.
        {"12,", 2, 12, 0, false, true},
        {"12]", 2, 12, 0, false, true},
        {"0x1F", 1, 0, 0, false, true},
        {"1.5.5", 3, 15, -1, false, false},
        {"1-2", 1, 1, 0, false, true},
        {"1e5e5", 3, 1, 5, false, false},
        {"1.25 ", 4, 125, -2, false, false},
    };
    for (auto const& c : cases) {
        CAPTURE(c.text);
        scanned const read(c.text);
        CHECK(read.end == c.end);
        CHECK(read.number.text == c.text.substr(0, c.end));
        CHECK(read.number.digits == c.digits);
        CHECK(read.number.exponent == c.exponent);
        CHECK(read.number.negative == c.negative);
        CHECK(read.number.integral == c.integral);
        CHECK(read.number.exact);
    }
}

TEST_CASE("number_literal: a malformed number stops where it goes wrong, an incomplete one at the end") {
    struct {
        std::string_view text;
        std::size_t stop;
    } const cases[] = {
        {"-", 1},   {"--1", 1},  {"-a", 1},    {"-.5", 1},  {"+1", 0},   {".5", 0},    {"e5", 0},   {"NaN", 0},   {"01", 1},
        {"-01", 2}, {"00", 1},   {"1.", 2},    {"1.x", 2},  {"1.e5", 2}, {"-1.-5", 3}, {"1..5", 2}, {"1e", 2},    {"1e+", 3},
        {"1e-", 3}, {"1e x", 2}, {"1e+-5", 3}, {"1e.5", 2}, {"1.5e", 4}, {"0.", 2},    {"12e+", 4}, {"1.5ex", 4}, {"x", 0},
    };
    for (auto const& c : cases) {
        CAPTURE(c.text);
        scanned const read(c.text);
        CHECK(!read.end);
        CHECK(read.stop == c.stop);
    }
}

TEST_CASE("number_literal: digits end at the first byte that is not a digit, wherever it is") {
    std::size_t wrong = 0;
    for (std::size_t count = 1; count <= 19; ++count) {
        auto const digits = digits_of(count);
        for (int byte = 0; byte < 256; ++byte) {
            char const c = static_cast<char>(byte);
            if ((c >= '0' && c <= '9') || c == '.' || c == 'e' || c == 'E') continue;
            for (auto const* rest : {"", "7", "77777777", ":::::::::", "////////"}) {
                scanned const read(digits + c + rest);
                wrong += read.end != count || read.number.digits != value_of(digits);
                // The same in a fraction.
                scanned const fraction("0." + digits + c + rest);
                wrong += fraction.end != count + 2 || fraction.number.digits != value_of(digits);
            }
        }
        scanned const read(digits);
        wrong += read.end != count || read.number.digits != value_of(digits);
    }
    CHECK(wrong == 0);
}

TEST_CASE("number_literal: is exact up to 19 digits; more are known by the text alone") {
    CHECK(whole("9999999999999999999").exact);
    CHECK(whole("999999999.9999999999").exact);
    CHECK(!whole("18446744073709551616").exact); // 2^64, whose digits would be 0
    CHECK(!whole("1844674407370955161.6").exact);
    CHECK(!whole("100000000000000000000").exact);
    CHECK(whole(digits_of(100)).text == digits_of(100));
}

TEST_CASE("number_literal: exponents of any length do not overflow") {
    std::int64_t const huge = 100'000'000'000'000'000;
    auto const nines = std::string(400, '9');
    CHECK(whole("1e" + nines).exponent >= huge);
    CHECK(whole("1e-" + nines).exponent <= -huge);
    CHECK(whole("0." + nines + "e-" + nines).exponent <= -huge);
    CHECK(whole("1e" + std::string(400, '0') + "7").exponent == 7);
}

TEST_CASE("number_literal: to_double gives the nearest double") {
    auto const two53 = 9007199254740992.0;
    struct {
        std::string_view text;
        double value;
    } const cases[] = {
        {"0", 0.0},
        {"-0", -0.0},
        {"-0.0e5", -0.0},
        {"0.1", 0.1},
        {"-1.5", -1.5},
        {"1e22", 1e22},
        {"1e23", 1e23}, // beyond the powers of ten that are doubles
        {"1e-22", 1e-22},
        {"1e-23", 1e-23},
        {"9007199254740992", two53},     // 2^53
        {"9007199254740993", two53},     // a tie: to even
        {"9007199254740995", two53 + 4}, // a tie: to even
        {"9007199254740993.0000000000000000001", two53 + 2},
        {"1.7976931348623157e308", std::numeric_limits<double>::max()},
        {"17976931348623157e292", std::numeric_limits<double>::max()},
        {"2.2250738585072014e-308", std::numeric_limits<double>::min()},
        {"5e-324", std::numeric_limits<double>::denorm_min()},
        {"1e-400", 0.0},
        {"-1e-400", -0.0},
        {"0e999999999999999999999", 0.0},
    };
    for (auto const& c : cases) {
        CAPTURE(c.text);
        auto const value = to_double(whole(c.text));
        REQUIRE(value);
        CHECK(same_bits(*value, c.value));
    }
    for (std::string_view beyond : {"1.7976931348623159e308", "-1e309", "1e999999999999999999999", "17976931348623159e292"}) {
        CAPTURE(beyond);
        CHECK(!to_double(whole(beyond)));
    }
}

TEST_CASE("number_literal: to_double rounds as strtod of the C library does") {
    std::size_t wrong = 0;
    for (std::size_t count = 1; count <= 25; ++count) {
        for (int exponent = -40; exponent <= 40; ++exponent) {
            auto const text = digits_of(count) + 'e' + std::to_string(exponent);
            auto const value = to_double(whole(text));
            wrong += !value || !same_bits(*value, std::strtod(text.c_str(), nullptr));
            auto const fraction = "-3." + text;
            auto const other = to_double(whole(fraction));
            wrong += !other || !same_bits(*other, std::strtod(fraction.c_str(), nullptr));
        }
    }
    CHECK(wrong == 0);
}

TEST_CASE("number_literal: to_integer is exact, however the integer is written") {
    struct {
        std::string_view text;
        std::uint64_t magnitude;
        bool negative = false;
    } const cases[] = {
        {"0", 0},
        {"-0", 0, true},
        {"0.000", 0},
        {"0e99999999999999999999", 0},
        {"0.0e-99999999999999999999", 0},
        {"42", 42},
        {"-42", 42, true},
        {"10.0", 10},
        {"10.00000000000000000000000000", 10},
        {"1e3", 1000},
        {"1E+3", 1000},
        {"1.5e1", 15},
        {"1.50e1", 15},
        {"-12.5e1", 125, true},
        {"1000e-3", 1},
        {"0.00001e5", 1},
        {"0.1e1", 1},
        {"100000000000000000000000000000e-28", 10}, // 10^29 / 10^28
        {"1e19", 10'000'000'000'000'000'000U},
        {"9223372036854775808", std::uint64_t{1} << 63},
        {"18446744073709551615", max_unsigned},
        {"-18446744073709551615", max_unsigned, true},
        {"18446744073709551615.0", max_unsigned},
        {"1844674407370955161.5e1", max_unsigned},
        {"184467440737095516150e-1", max_unsigned},
        {"0.18446744073709551615e20", max_unsigned},
    };
    for (auto const& c : cases) {
        CAPTURE(c.text);
        auto const read = integer_of(c.text);
        CHECK(read.outcome == kind::exact);
        CHECK(read.magnitude == c.magnitude);
        CHECK(read.negative == c.negative);
    }
}

TEST_CASE("number_literal: to_integer tells fractions from integers that are too large") {
    for (std::string_view text : {"1.5", "-0.5", "1e-1", "15e-1", "100e-3", "1.05e1", "1e-99999999999999999999",
                                  "0.00000000000000000000000001", "99999999999999999999999.5"}) {
        CAPTURE(text);
        CHECK(integer_of(text).outcome == kind::fraction);
    }
    for (std::string_view text : {"18446744073709551616", "-18446744073709551616", "18446744073709551616.0",
                                  "1844674407370955161.6e1", "1e20", "1e99999999999999999999", "184467440737095516150",
                                  "36893488147419103232", "55340232221128654848"}) { // 2^65 and 3 * 2^64, which are 0 modulo 2^64
        CAPTURE(text);
        CHECK(integer_of(text).outcome == kind::too_large);
    }
    CHECK(integer_of("1" + std::string(1000, '0')).outcome == kind::too_large);
    CHECK(integer_of("1" + std::string(1000, '0') + "e-1000").magnitude == 1);
}

TEST_CASE("number_literal: to_instant is exact to nanoseconds") {
    struct {
        std::string_view text;
        instant value;
    } const cases[] = {
        {"0", {0, 0}},
        {"-0", {0, 0}},
        {"1736944496", {1736944496, 0}},
        {"1736944496.123", {1736944496, 123'000'000}},
        {"0.5", {0, 500'000'000}},
        {"-0.5", {-1, 500'000'000}},
        {"-1", {-1, 0}},
        {"-1.0", {-1, 0}},
        {"-1.25", {-2, 750'000'000}},
        {"-0.000000001", {-1, 999'999'999}},
        {"1.000000001", {1, 1}},
        {"0.999999999", {0, 999'999'999}},
        {"1e3", {1000, 0}},
        {"15e-1", {1, 500'000'000}},
        {"1736944496123e-3", {1736944496, 123'000'000}},
        {"0.0000000005", {0, 1}}, // further digits are rounded half up
        {"0.00000000049", {0, 0}},
        {"-0.0000000005", {0, 0}},
        {"9223372036854775807", {max_seconds, 0}},
        {"9223372036854775807.999999999", {max_seconds, 999'999'999}},
        {"-9223372036854775807", {-max_seconds, 0}},
        {"-9223372036854775807.5", {min_seconds, 500'000'000}},
        {"-9223372036854775808", {min_seconds, 0}},
    };
    for (auto const& c : cases) {
        CAPTURE(c.text);
        auto const value = to_instant(whole(c.text));
        REQUIRE(value);
        CHECK(value->seconds == c.value.seconds);
        CHECK(value->nanoseconds == c.value.nanoseconds);
    }
    for (std::string_view beyond :
         {"9223372036854775808", "9999999999999999999", "-9223372036854775809", "-9223372036854775808.5",
          "9223372036854775807.9999999995", "1e19", "-1e300", "1e99999999999999999999"}) {
        CAPTURE(beyond);
        CHECK(!to_instant(whole(beyond)));
    }
}

TEST_CASE("number_literal: store_integer takes the range of the type and nothing else") {
    for (int size : {1, 2, 4, 8}) {
        for (bool is_signed : {false, true}) {
            CAPTURE(size);
            CAPTURE(is_signed);
            parley::shape what;
            what.kind = parley::shape_kind::integer;
            what.size = static_cast<std::uint8_t>(size);
            what.is_signed = is_signed;
            auto const bits = 8 * size - (is_signed ? 1 : 0);
            auto const max = max_unsigned >> (64 - bits);
            // The value, and that no byte beside it has changed.
            auto const stored = [&](bool negative, std::uint64_t magnitude) -> std::optional<std::uint64_t> {
                std::array<unsigned char, 16> memory;
                memory.fill(0xa5);
                if (!store_integer(what, memory.data(), negative, magnitude)) return std::nullopt;
                for (auto i = static_cast<std::size_t>(size); i < memory.size(); ++i) CHECK(memory[i] == 0xa5);
                std::uint64_t value = 0;
                for (int i = 0; i < size; ++i) {
                    auto const place = std::endian::native == std::endian::little ? i : size - 1 - i;
                    value |= std::uint64_t{memory[static_cast<std::size_t>(place)]} << 8 * i;
                }
                return value;
            };
            CHECK(stored(false, 0) == 0);
            CHECK(stored(true, 0) == 0); // -0
            CHECK(stored(false, 1) == 1);
            CHECK(stored(false, max) == max);
            if (max != max_unsigned) CHECK(!stored(false, max + 1));
            auto const all_ones = max_unsigned >> (64 - 8 * size);
            if (is_signed) {
                CHECK(stored(true, 1) == all_ones);      // two's complement of -1
                CHECK(stored(true, max + 1) == max + 1); // of the least value: the highest bit alone
                CHECK(!stored(true, max + 2));
                CHECK(!stored(true, max_unsigned));
            } else {
                CHECK(!stored(true, 1));
                CHECK(!stored(true, max));
            }
        }
    }
}

TEST_CASE("number_literal: store_floating rounds to the type of the member") {
    parley::shape what;
    what.kind = parley::shape_kind::floating;
    float narrow = 0;
    what.size = sizeof narrow;
    store_floating(what, &narrow, 0.1);
    CHECK(std::bit_cast<std::uint32_t>(narrow) == 0x3dcccccdU); // 0.1 in IEEE 754 binary32
    double wide = 0;
    what.size = sizeof wide;
    store_floating(what, &wide, -0.0);
    CHECK(same_bits(wide, -0.0));
    store_floating(what, &wide, 0.1);
    CHECK(std::bit_cast<std::uint64_t>(wide) == 0x3fb999999999999aU); // in binary64
}

TEST_SUITE_END();

#endif
