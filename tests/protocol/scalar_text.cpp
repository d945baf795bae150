// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/protocol/scalar_text.hpp>

#include <support/types.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <string>

TEST_SUITE_BEGIN("protocol");

using parley::shape_of;
using parley::detail::append_scalar_text;
using parley::detail::read_scalar_text;

namespace {

template <class T>
std::string written(T const& value, parley::timestamp_format format = parley::timestamp_format::date_time) {
    std::string text;
    CHECK(append_scalar_text(text, shape_of<T>, &value, format));
    return text;
}

template <class T>
std::optional<T> read(std::string_view text, parley::timestamp_format format = parley::timestamp_format::date_time) {
    T value{};
    if (!read_scalar_text(shape_of<T>, &value, text, format)) return std::nullopt;
    return value;
}

} // namespace

TEST_CASE("scalar_text: each scalar is parsed from its text") {
    CHECK(written(true) == "true");
    CHECK(read<bool>("false") == false);
    CHECK(written(std::int8_t{-128}) == "-128");
    CHECK(read<std::int8_t>("-128") == -128);
    CHECK(written(UINT64_MAX) == "18446744073709551615");
    CHECK(read<std::uint64_t>("18446744073709551615") == UINT64_MAX);
    CHECK(written(0.1) == "0.1");
    CHECK(written(-INFINITY) == "-Infinity");
    CHECK(std::isnan(*read<float>("NaN")));
    CHECK(read<double>("1e3") == 1000.0);
    CHECK(written(std::string("a b")) == "a b");
    CHECK(written(types::color::green) == "GREEN");
    CHECK(read<types::color>("blue") == types::color::blue_);
    types::milliseconds const when(std::chrono::milliseconds(1736944496500));
    CHECK(written(when) == "2025-01-15T12:34:56.5Z");
    CHECK(written(when, parley::timestamp_format::epoch_seconds) == "1736944496.5");
    CHECK(read<types::milliseconds>("2025-01-15T12:34:56.5Z") == when);
}

TEST_CASE("scalar_text: invalid texts are rejected") {
    for (auto const* text : {"", "True", "1", "yes"}) CHECK(!read<bool>(text));
    for (auto const* text : {"", "128", "1.0", "1e1", "+1", " 1", "0x1", "one"}) CHECK(!read<std::int8_t>(text));
    for (auto const* text : {"", "1e400", "infinity", "1,5"}) CHECK(!read<double>(text));
    CHECK(!read<float>("1e39"));
    CHECK(!read<std::string>("\xff"));
    CHECK(!read<types::color>("violet"));
    CHECK(read<parley::open_enum<types::color>>("violet")->unknown_text() == "violet");
    CHECK(!read<types::milliseconds>("yesterday"));
    std::string text;
    auto const no_color = static_cast<types::color>(99);
    CHECK(!append_scalar_text(text, shape_of<types::color>, &no_color, parley::timestamp_format::date_time));
}

TEST_SUITE_END();
