// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/core/number.hpp>

#include <doctest/doctest.h>

#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

TEST_SUITE_BEGIN("core");

using parley::detail::parse_double;
using parley::detail::parse_integer;

namespace {
std::string integer_text(auto value) {
    std::string out;
    parley::detail::append_integer(out, value);
    return out;
}

std::string zeros(std::size_t count) { return std::string(count, '0'); }
} // namespace

TEST_CASE("number: parse_integer accepts integers in the range of the type only") {
    CHECK(parse_integer<std::int8_t>("-128") == -128);
    CHECK(!parse_integer<std::int8_t>("128"));
    CHECK(parse_integer<std::uint8_t>("255") == 255);
    CHECK(!parse_integer<std::uint8_t>("256"));
    CHECK(parse_integer<std::int64_t>("-9223372036854775808") == std::numeric_limits<std::int64_t>::min());
    CHECK(parse_integer<std::uint64_t>("18446744073709551615") == std::numeric_limits<std::uint64_t>::max());
    for (auto const* text : {"", "-", "+1", " 1", "1 ", "0x1", "1.0", "1e3", "18446744073709551616", "99999999999999999999999"}) {
        CAPTURE(text);
        CHECK(!parse_integer<std::uint64_t>(text));
        CHECK(!parse_integer<std::int32_t>(text));
    }
    CHECK(!parse_integer<std::uint32_t>("-1"));
}

TEST_CASE("number: parse_double accepts JSON numbers and rounds correctly") {
    CHECK(parse_double("0.1") == 0.1);
    CHECK(parse_double("-1.5E+2") == -150.0);
    CHECK(parse_double("5e-324") == 5e-324);
    CHECK(parse_double("1e-400") == 0.0);
    CHECK(std::signbit(*parse_double("-1e-400")));
    CHECK(!parse_double("1e400"));
    CHECK(!parse_double("1000000000000000000000e300"));
    CHECK(parse_double("-Infinity") == -INFINITY);
    CHECK(std::isnan(*parse_double("NaN")));
    for (auto const* text : {"", "-", "01", "1.", ".5", "1e", "1e+", "+1", " 1", "0x1p3", "inf", "nan", "1,5", "1e5x"}) {
        CAPTURE(text);
        CHECK(!parse_double(text));
    }
}

TEST_CASE("number: floating-point numbers have the shortest form that round-trips") {
    auto const written = [](double value) {
        std::string out;
        parley::detail::append_double(out, value);
        return out;
    };
    CHECK(written(1) == "1");
    CHECK(written(100000) == "100000");
    CHECK(written(1e20) == "100000000000000000000");
    CHECK(written(0.000001) == "0.000001");
    CHECK(written(1e-7) == "1e-07");
    CHECK(written(0.1) == "0.1");
    CHECK(written(-0.0) == "-0");
    for (double value : {1e21, 1e-7, 5e-324, 1.7976931348623157e308, 0.30000000000000004, 123456789.125})
        CHECK(parse_double(written(value)) == value);
    std::string out;
    parley::detail::append_float(out, 0.1F);
    CHECK(out == "0.1");
}

TEST_CASE("number: integers round-trip") {
    CHECK(integer_text(std::int64_t{0}) == "0");
    CHECK(integer_text(std::numeric_limits<std::int64_t>::min()) == "-9223372036854775808");
    CHECK(integer_text(std::numeric_limits<std::int64_t>::max()) == "9223372036854775807");
    CHECK(integer_text(std::numeric_limits<std::uint64_t>::max()) == "18446744073709551615");
    for (int shift = 0; shift < 64; ++shift) {
        auto const value = std::uint64_t{1} << shift;
        CHECK(parse_integer<std::uint64_t>(integer_text(value - 1)) == value - 1);
        auto const with_sign = static_cast<std::int64_t>(value);
        CHECK(parse_integer<std::int64_t>(integer_text(with_sign)) == with_sign);
    }
    std::string out = "n=";
    parley::detail::append_integer(out, std::int64_t{-7});
    CHECK(out == "n=-7");
}

TEST_CASE("number: the first integer beyond each bound is rejected") {
    CHECK(!parse_integer<std::int8_t>("-129"));
    CHECK(!parse_integer<std::int16_t>("32768"));
    CHECK(parse_integer<std::int32_t>("-2147483648") == std::numeric_limits<std::int32_t>::min());
    CHECK(!parse_integer<std::int32_t>("-2147483649"));
    CHECK(!parse_integer<std::int64_t>("9223372036854775808"));
    CHECK(!parse_integer<std::int64_t>("-9223372036854775809"));
    CHECK(!parse_integer<std::int64_t>("--1"));
    CHECK(!parse_integer<std::int64_t>(std::string_view("1\0", 2)));
}

TEST_CASE("number: decimals between two doubles are rounded to the nearest, ties to even") {
    // Between 2^53 and 2^54, doubles are the even integers.
    CHECK(parse_double("9007199254740993") == 9007199254740992.0); // tie, 2^53 is even
    CHECK(parse_double("9007199254740993.0000000000000000000000000000000001") == 9007199254740994.0);
    CHECK(parse_double("9007199254740995") == 9007199254740996.0); // tie
    CHECK(parse_double("9007199254740992.9999999999999999999999999999999999") == 9007199254740992.0);
    // 1 + 2^-53 is a tie; 2^-53 = 1.1102230246251565404236316680908203125e-16.
    CHECK(parse_double("1.00000000000000011102230246251565404236316680908203125") == 1.0);
    CHECK(parse_double("1.00000000000000011102230246251565404236316680908203126")
          == std::bit_cast<double>(std::uint64_t{0x3ff0000000000001}));
    // The largest double is 2^1024 - 2^971; numbers from 2^1024 - 2^970 = 1.797693134862315807937...e308 on are too large.
    CHECK(parse_double("1.7976931348623158079e308") == std::numeric_limits<double>::max());
    CHECK(!parse_double("1.7976931348623158080e308"));
    CHECK(!parse_double("-1.7976931348623158080e308"));
    // Half of the smallest subnormal, 2^-1075, is 2.4703282292062327208...e-324.
    CHECK(parse_double("2.47032822920623272e-324") == 0.0);
    CHECK(parse_double("2.47032822920623273e-324") == std::bit_cast<double>(std::uint64_t{1}));
    CHECK(parse_double("2.2250738585072014e-308") == std::numeric_limits<double>::min());
}

TEST_CASE("number: long numbers and exponents are exact") {
    CHECK(parse_double("0." + zeros(1000) + "1e1001") == 1.0);
    CHECK(parse_double("1" + zeros(1000) + "e-1000") == 1.0);
    CHECK(parse_double("1" + zeros(400) + "e-800") == 0.0); // 1e-400
    CHECK(!parse_double("0." + zeros(400) + "1e900"));      // 1e499
    CHECK(parse_double("0e999999999999999999999999") == 0.0);
    CHECK(parse_double("0.000e-999999999999999999999999") == 0.0);
    CHECK(!parse_double("1e999999999999999999999999"));
    CHECK(parse_double("1e-999999999999999999999999") == 0.0);
    CHECK(parse_double(std::string(100'000, '9') + "e-100000") == 1.0);
}

TEST_CASE("number: random doubles and floats round-trip as JSON numbers") {
    std::uint64_t bits = 1;
    for (int i = 0; i < 20'000; ++i) {
        bits = bits * 6364136223846793005U + 1442695040888963407U; // Knuth's MMIX generator
        auto const value = std::bit_cast<double>(bits);
        auto const small = std::bit_cast<float>(static_cast<std::uint32_t>(bits >> 32));
        std::string text, small_text;
        if (std::isfinite(value)) {
            parley::detail::append_double(text, value);
            REQUIRE(parley::detail::is_json_number(text));
            REQUIRE(parse_double(text) == value);
        }
        if (std::isfinite(small)) {
            parley::detail::append_float(small_text, small);
            REQUIRE(parley::detail::is_json_number(small_text));
            // Nine digits identify each float. A double between two floats is rounded to the nearer one.
            REQUIRE(static_cast<float>(*parse_double(small_text)) == small);
        }
    }
    for (int exponent = -320; exponent <= 308; ++exponent) {
        auto const text = "1e" + std::to_string(exponent);
        std::string out;
        parley::detail::append_double(out, *parse_double(text));
        CHECK(parley::detail::is_json_number(out));
        CHECK(parse_double(out) == parse_double(text));
    }
}

TEST_CASE("number: a truncated or modified number is parsed or rejected") {
    std::string const text = "-120.50e+017";
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto const cut = text.substr(0, i);
        // Cut after "-", ".", "e" and "+", a digit is missing.
        bool const complete = !cut.empty() && cut.back() >= '0' && cut.back() <= '9';
        CHECK(parse_double(cut).has_value() == complete);
        for (int byte = 0; byte < 256; ++byte) {
            auto changed = text;
            changed[i] = static_cast<char>(byte);
            CHECK(parse_double(changed).has_value() <= parley::detail::is_json_number(changed));
            parse_integer<std::int32_t>(changed);
        }
    }
}

TEST_CASE("number: each integer type has its exact range") {
    // -2^(n-1) to 2^(n-1) - 1 with a sign, 0 to 2^n - 1 without: 2^7 = 128, 2^15 = 32768, 2^31 = 2147483648, and 2^63 =
    // 9223372036854775808; 2^8 = 256, 2^16 = 65536, 2^32 = 4294967296, 2^64 = 18446744073709551616.
    auto const check = []<class T>(T, char const* below, char const* lowest, char const* highest, char const* above) {
        CAPTURE(lowest);
        CAPTURE(highest);
        CHECK(!parse_integer<T>(below));
        CHECK(parse_integer<T>(lowest) == std::numeric_limits<T>::min());
        CHECK(parse_integer<T>(highest) == std::numeric_limits<T>::max());
        CHECK(!parse_integer<T>(above));
    };
    check(std::int8_t{}, "-129", "-128", "127", "128");
    check(std::int16_t{}, "-32769", "-32768", "32767", "32768");
    check(std::int32_t{}, "-2147483649", "-2147483648", "2147483647", "2147483648");
    check(std::int64_t{}, "-9223372036854775809", "-9223372036854775808", "9223372036854775807", "9223372036854775808");
    check(std::uint8_t{}, "-1", "0", "255", "256");
    check(std::uint16_t{}, "-1", "0", "65535", "65536");
    check(std::uint32_t{}, "-1", "0", "4294967295", "4294967296");
    check(std::uint64_t{}, "-1", "0", "18446744073709551615", "18446744073709551616");
}

TEST_CASE("number: zero keeps its sign") {
    for (auto const* text : {"-0", "-0.0", "-0e5", "-0.000E-7"}) {
        CAPTURE(text);
        auto const negative = parse_double(text), positive = parse_double(text + 1);
        REQUIRE(negative);
        REQUIRE(positive);
        CHECK(*negative == 0.0);
        CHECK(std::signbit(*negative));
        CHECK(!std::signbit(*positive));
    }
}

TEST_CASE("number: nothing is read beyond the end of the text") {
    std::string_view const text = "-120.50e+017";
    for (std::size_t size = 0; size <= text.size(); ++size) {
        // Copies of exactly that size, so that a sanitizer detects reads beyond the end.
        std::vector<char> const copy(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(size));
        std::string_view const cut(copy.data(), copy.size());
        // Cut after "-", ".", "e" and "+", a digit is missing.
        bool const complete = !cut.empty() && cut.back() >= '0' && cut.back() <= '9';
        CHECK(parley::detail::is_json_number(cut) == complete);
        CHECK(parse_double(cut).has_value() == complete);
        CHECK(parse_integer<std::int64_t>(cut).has_value() == (size >= 2 && size <= 4)); // "-1", "-12" and "-120"
    }
}

TEST_CASE("number: write_unsigned writes integers of each length") {
    auto const check = [](std::uint64_t value) {
        char digits[20];
        auto* const end = parley::detail::write_unsigned(digits, value);
        CHECK(std::string(digits, end) == std::to_string(value));
    };
    check(std::numeric_limits<std::uint64_t>::max());
    for (std::uint64_t power = 1;; power *= 10) {
        for (auto const value : {power - 1, power, power + 1, power * 9 / 7}) check(value);
        if (power == 10'000'000'000'000'000'000U) break;
    }
    for (int bit = 0; bit < 64; ++bit) {
        for (auto const value : {(std::uint64_t{1} << bit) - 1, std::uint64_t{1} << bit}) check(value);
    }
}

TEST_SUITE_END();
