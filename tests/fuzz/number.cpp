// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// A number as a text. Promised is:
//   - what is a number of JSON is read as strtod reads it, to the last bit;
//   - what was read is written as a text that is read as the same number;
//   - an integer is a number of JSON, and the narrow types take exactly those that are in their range.
#include "fuzz.hpp"

#include <parley/core/number.hpp>

#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>

namespace {

bool same_bits(double a, double b) { return std::memcmp(&a, &b, sizeof a) == 0; }

template <class T>
void check_integer(std::string_view text) {
    auto const number = parley::detail::parse_integer<T>(text);
    if (!number) return;
    std::string written;
    if constexpr (std::is_signed_v<T>) parley::detail::append_integer(written, std::int64_t{*number});
    else parley::detail::append_integer(written, std::uint64_t{*number});
    fuzz::must(parley::detail::parse_integer<T>(written) == number, "an integer is read as it was written");
    if constexpr (std::is_signed_v<T>) {
        auto const wide = parley::detail::parse_integer<std::int64_t>(text);
        fuzz::must(wide && *wide == *number, "a wider type reads the same");
    } else {
        auto const wide = parley::detail::parse_integer<std::uint64_t>(text);
        fuzz::must(wide && *wide == *number, "a wider type reads the same");
    }
}

} // namespace

void fuzz::try_text(std::string_view text) {
    auto const number = parley::detail::parse_double(text);
    if (parley::detail::is_json_number(text)) {
        auto const theirs = std::strtod(std::string(text).c_str(), nullptr);
        must(number ? same_bits(*number, theirs) : std::isinf(theirs), "a number is read correctly");
    } else {
        must(!number || !std::isfinite(*number), "what is no number is none");
    }
    if (number && std::isfinite(*number)) {
        std::string written;
        parley::detail::append_double(written, *number);
        must(parley::detail::is_json_number(written), "what is written is a number");
        auto const again = parley::detail::parse_double(written);
        must(again && same_bits(*again, *number), "a number is read as it was written");
        auto const narrow = static_cast<float>(*number);
        if (std::isfinite(narrow)) {
            std::string brief;
            parley::detail::append_float(brief, narrow);
            auto const back = parley::detail::parse_double(brief);
            must(back && static_cast<float>(*back) == narrow, "a narrow number is read as it was written");
        }
    }
    check_integer<std::int8_t>(text);
    check_integer<std::uint8_t>(text);
    check_integer<std::int16_t>(text);
    check_integer<std::uint32_t>(text);
    check_integer<std::int64_t>(text);
    check_integer<std::uint64_t>(text);
}
