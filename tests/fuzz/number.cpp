// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// A text that may be a number. Properties:
//   - a JSON number is parsed like strtod parses it, to the last bit;
//   - a parsed number is written as a text that is parsed as the same number;
//   - an integer is a JSON number, and narrow types accept exactly the integers in their range.
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
    fuzz::must(parley::detail::parse_integer<T>(written) == number, "a written integer is parsed as the same integer");
    if constexpr (std::is_signed_v<T>) {
        auto const wide = parley::detail::parse_integer<std::int64_t>(text);
        fuzz::must(wide && *wide == *number, "a wider type parses the same integer");
    } else {
        auto const wide = parley::detail::parse_integer<std::uint64_t>(text);
        fuzz::must(wide && *wide == *number, "a wider type parses the same integer");
    }
}

} // namespace

void fuzz::try_text(std::string_view text) {
    auto const number = parley::detail::parse_double(text);
    if (parley::detail::is_json_number(text)) {
        auto const theirs = std::strtod(std::string(text).c_str(), nullptr);
        must(number ? same_bits(*number, theirs) : std::isinf(theirs), "a number is parsed correctly");
    } else {
        must(!number || !std::isfinite(*number), "an invalid number is rejected");
    }
    if (number && std::isfinite(*number)) {
        std::string written;
        parley::detail::append_double(written, *number);
        must(parley::detail::is_json_number(written), "a written number is valid");
        auto const again = parley::detail::parse_double(written);
        must(again && same_bits(*again, *number), "a written number is parsed as the same number");
        auto const narrow = static_cast<float>(*number);
        if (std::isfinite(narrow)) {
            std::string brief;
            parley::detail::append_float(brief, narrow);
            auto const back = parley::detail::parse_double(brief);
            must(back && static_cast<float>(*back) == narrow, "a written float is parsed as the same float");
        }
    }
    check_integer<std::int8_t>(text);
    check_integer<std::uint8_t>(text);
    check_integer<std::int16_t>(text);
    check_integer<std::uint32_t>(text);
    check_integer<std::int64_t>(text);
    check_integer<std::uint64_t>(text);
}
