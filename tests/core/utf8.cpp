// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/core/utf8.hpp>

#include <doctest/doctest.h>

#include <string>

using parley::find_invalid_utf8;

namespace {

// The definition, code point by code point (RFC 3629, section 3): decodes and asks whether the shortest form is the same.
bool is_utf8(std::string const& s) {
    for (std::size_t i = 0; i < s.size();) {
        auto const at = [&](std::size_t k) { return k < s.size() ? static_cast<unsigned char>(s[k]) : 0U; };
        auto const lead = at(i);
        std::size_t const length = lead < 0x80 ? 1 : lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 0;
        if (length == 0 || i + length > s.size()) return false;
        char32_t c = length == 1 ? lead : lead & (0x7fU >> length);
        for (std::size_t k = 1; k < length; ++k) {
            if ((at(i + k) & 0xc0) != 0x80) return false;
            c = c << 6 | (at(i + k) & 0x3f);
        }
        if (c > 0x10ffff || (c >= 0xd800 && c < 0xe000)) return false;
        std::string shortest;
        parley::append_utf8(shortest, c);
        if (shortest != s.substr(i, length)) return false;
        i += length;
    }
    return true;
}

} // namespace

TEST_CASE("well-formed sequences are told from ill-formed ones") {
    for (unsigned a = 0; a < 256; ++a) {
        for (unsigned b = 0; b < 256; ++b) {
            for (auto const& s : {std::string{static_cast<char>(a), static_cast<char>(b)},
                                  std::string{static_cast<char>(a), static_cast<char>(b), '\x80'},
                                  std::string{static_cast<char>(a), static_cast<char>(b), '\x8f', '\xbf'}}) {
                bool const ours = find_invalid_utf8(s) == std::string::npos;
                if (ours != is_utf8(s)) FAIL("bytes ", a, " ", b, " of ", s.size());
            }
        }
    }
}

TEST_CASE("the offset is that of the first ill-formed sequence, wherever it is") {
    for (std::size_t const before : {0U, 1U, 7U, 8U, 15U, 16U, 17U, 31U, 33U, 100U}) {
        for (auto const& prefix : {std::string(before, 'a'), std::string(before, 'a') + "\xc3\xa9"}) {
            CHECK(find_invalid_utf8(prefix + "\xff" + std::string(40, 'b') + "\xfe") == prefix.size());
            CHECK(find_invalid_utf8(prefix + "\xe2\x82") == prefix.size());
            CHECK(find_invalid_utf8(prefix + std::string(40, 'c')) == std::string::npos);
        }
    }
}

TEST_CASE("each maximal ill-formed part becomes one replacement character") {
    std::string const r = "\xef\xbf\xbd";
    // The Unicode Standard, tables 3-8 to 3-11.
    CHECK(parley::repair_utf8("\xc0\xaf\xe0\x80\xbf\xf0\x81\x82\x41") == r + r + r + r + r + r + r + r + "A");
    CHECK(parley::repair_utf8("\xed\xa0\x80\xed\xbf\xbf\xed\xaf\x41") == r + r + r + r + r + r + r + r + "A");
    CHECK(parley::repair_utf8("\xf4\x91\x92\x93\xff\x41\x80\xbf\x42") == r + r + r + r + r + "A" + r + r + "B");
    CHECK(parley::repair_utf8("\xe1\x80\xe2\xf0\x91\x92\xf1\xbf\x41") == r + r + r + r + "A");
}

TEST_CASE("code points are counted, not bytes") {
    CHECK(parley::count_code_points("a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80") == 4);
    CHECK(parley::count_code_points("") == 0);
}
