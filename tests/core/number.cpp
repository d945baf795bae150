// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/core/number.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <string>

using parley::parse_double;
using parley::parse_integer;

TEST_CASE("integers are those of their type and nothing else") {
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

TEST_CASE("doubles are JSON numbers, correctly rounded") {
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

TEST_CASE("numbers are written as short as they read back the same") {
    auto const written = [](double value) {
        std::string out;
        parley::append_double(out, value);
        return out;
    };
    CHECK(written(1) == "1");
    CHECK(written(0.1) == "0.1");
    CHECK(written(-0.0) == "-0");
    for (double value : {1e21, 1e-7, 5e-324, 1.7976931348623157e308, 0.30000000000000004, 123456789.125})
        CHECK(parse_double(written(value)) == value);
    std::string out;
    parley::append_float(out, 0.1F);
    CHECK(out == "0.1");
}
