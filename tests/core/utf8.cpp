// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/core/utf8.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

TEST_SUITE_BEGIN("core");

using parley::detail::find_invalid_utf8;

namespace {

// The definition of RFC 3629, section 3: decodes each code point and checks that its encoding is the shortest.
bool is_utf8(std::string const& s) {
    for (std::size_t i = 0; i < s.size();) {
        auto const at = [&](std::size_t k) { return k < s.size() ? static_cast<unsigned char>(s[k]) : 0U; };
        auto const lead = at(i);
        std::size_t const length = lead < 0x80    ? 1
                                   : lead >= 0xf8 ? 0
                                   : lead >= 0xf0 ? 4
                                   : lead >= 0xe0 ? 3
                                   : lead >= 0xc0 ? 2
                                                  : 0;
        if (length == 0 || i + length > s.size()) return false;
        char32_t c = length == 1 ? lead : lead & (0x7fU >> length);
        for (std::size_t k = 1; k < length; ++k) {
            if ((at(i + k) & 0xc0) != 0x80) return false;
            c = c << 6 | (at(i + k) & 0x3f);
        }
        if (c > 0x10ffff || (c >= 0xd800 && c < 0xe000)) return false;
        std::size_t const shortest = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
        if (shortest != length) return false;
        i += length;
    }
    return true;
}

// The UTF-8 decoder of the WHATWG Encoding Standard, section 8.1.1, with U+FFFD for each error.
std::u32string whatwg_decoded(std::string_view s) {
    std::u32string out;
    unsigned point = 0, seen = 0, needed = 0, lower = 0x80, upper = 0xbf;
    for (std::size_t i = 0; i < s.size();) {
        unsigned const byte = static_cast<unsigned char>(s[i]);
        if (needed == 0) {
            ++i;
            if (byte <= 0x7f) out += static_cast<char32_t>(byte);
            else if (byte >= 0xc2 && byte <= 0xdf) needed = 1, point = byte & 0x1f;
            else if (byte >= 0xe0 && byte <= 0xef) {
                if (byte == 0xe0) lower = 0xa0;
                if (byte == 0xed) upper = 0x9f;
                needed = 2, point = byte & 0xf;
            } else if (byte >= 0xf0 && byte <= 0xf4) {
                if (byte == 0xf0) lower = 0x90;
                if (byte == 0xf4) upper = 0x8f;
                needed = 3, point = byte & 0x7;
            } else out += U'\ufffd';
            continue;
        }
        bool const in_bounds = byte >= lower && byte <= upper;
        lower = 0x80, upper = 0xbf;
        if (!in_bounds) { // the byte starts a new sequence
            point = needed = seen = 0;
            out += U'\ufffd';
            continue;
        }
        ++i;
        point = point << 6 | (byte & 0x3f);
        if (++seen == needed) out += static_cast<char32_t>(point), point = needed = seen = 0;
    }
    if (needed != 0) out += U'\ufffd';
    return out;
}

std::string encoded(std::u32string_view points) {
    std::string out;
    for (char32_t c : points) parley::detail::append_utf8(out, c);
    return out;
}

// Both sides of each bound in the table of RFC 3629, section 4.
constexpr unsigned char bounds[] = {0x00, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0,
                                    0xe1, 0xec, 0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xf7, 0xf8, 0xfc, 0xff};

} // namespace

TEST_CASE("utf8: ill-formed sequences are found") {
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

TEST_CASE("utf8: all sequences of boundary bytes are validated and repaired as defined") {
    std::string s(4, '\0');
    for (auto const a : bounds) {
        for (auto const b : bounds) {
            for (auto const c : bounds) {
                for (auto const d : bounds) {
                    s[0] = static_cast<char>(a), s[1] = static_cast<char>(b);
                    s[2] = static_cast<char>(c), s[3] = static_cast<char>(d);
                    bool const good = is_utf8(s);
                    if ((find_invalid_utf8(s) == std::string::npos) != good) FAIL("judged: ", a, " ", b, " ", c, " ", d);
                    if (parley::detail::repair_utf8(s) != (good ? s : encoded(whatwg_decoded(s))))
                        FAIL("repaired: ", a, " ", b, " ", c, " ", d);
                }
            }
        }
    }
}

TEST_CASE("utf8: scalar values are encoded according to RFC 3629, surrogates are invalid") {
    for (char32_t c = 0; c <= 0x10ffff; c += c < 0x3000 ? 1 : 7) {
        std::string s;
        if (c >= 0xd800 && c < 0xe000) {
            s = {'\xed', static_cast<char>(0x80 | (c >> 6 & 0x3f)), static_cast<char>(0x80 | (c & 0x3f))};
            if (find_invalid_utf8(s) != 0) FAIL("surrogate ", static_cast<unsigned>(c));
            continue;
        }
        parley::detail::append_utf8(s, c);
        if (!is_utf8(s) || find_invalid_utf8(s) != std::string::npos || whatwg_decoded(s) != std::u32string(1, c))
            FAIL("code point ", static_cast<unsigned>(c));
    }
    for (auto const& [c, bytes] : {std::pair<char32_t, char const*>{0x7f, "\x7f"},
                                   {0x80, "\xc2\x80"},
                                   {0x7ff, "\xdf\xbf"},
                                   {0x800, "\xe0\xa0\x80"},
                                   {0xffff, "\xef\xbf\xbf"},
                                   {0x10000, "\xf0\x90\x80\x80"},
                                   {0x10ffff, "\xf4\x8f\xbf\xbf"}})
        CHECK(encoded(std::u32string(1, c)) == bytes);
}

TEST_CASE("utf8: examples of RFC 3629, section 7") {
    CHECK(encoded(U"A\u2262\u0391.") == "\x41\xe2\x89\xa2\xce\x91\x2e");
    CHECK(encoded(U"\ud55c\uad6d\uc5b4") == "\xed\x95\x9c\xea\xb5\xad\xec\x96\xb4");
    CHECK(encoded(U"\u65e5\u672c\u8a9e") == "\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e");
    CHECK(encoded(U"\ufeff\U000233b4") == "\xef\xbb\xbf\xf0\xa3\x8e\xb4");
    for (auto const* text : {"\x41\xe2\x89\xa2\xce\x91\x2e", "\xed\x95\x9c\xea\xb5\xad\xec\x96\xb4",
                             "\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e", "\xef\xbb\xbf\xf0\xa3\x8e\xb4"}) {
        CHECK(find_invalid_utf8(text) == std::string::npos);
        CHECK(parley::detail::repair_utf8(text) == text);
    }
    // Section 10: overlong forms of NUL and of "/../".
    CHECK(find_invalid_utf8("\xc0\x80") == 0);
    CHECK(find_invalid_utf8("\x2f\xc0\xae\x2e\x2f") == 1);
}

TEST_CASE("utf8: an ill-formed byte is found at each position of texts up to three blocks") {
    for (std::size_t size = 1; size <= 50; ++size) {
        for (std::size_t at = 0; at < size; ++at) {
            std::string text(size, 'a');
            text[at] = '\x80';
            if (find_invalid_utf8(text) != at) FAIL("at ", at, " of ", size);
            text[size - 1 - at] = '\xff';
            if (find_invalid_utf8(text) != std::min(at, size - 1 - at)) FAIL("two at ", at, " of ", size);
        }
    }
}

TEST_CASE("utf8: truncated and modified texts are repaired as by the WHATWG decoder") {
    std::string const text = "a\xc3\xa9 and \xe2\x82\xac, \xed\x9f\xbf, \xee\x80\x80, "
                             "\xf0\x9f\x98\x80 \xf4\x8f\xbf\xbf";
    for (std::size_t i = 0; i < text.size(); ++i) {
        // Copies of exactly that size, so that a sanitizer detects reads beyond the end.
        std::vector<char> const cut(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(i));
        std::string_view const shorter(cut.data(), cut.size());
        CHECK(parley::detail::repair_utf8(shorter) == encoded(whatwg_decoded(shorter)));
        CHECK((find_invalid_utf8(shorter) == std::string::npos) == is_utf8(std::string(shorter)));
        for (unsigned byte = 0; byte < 256; ++byte) {
            auto changed = text;
            changed[i] = static_cast<char>(byte);
            auto const repaired = parley::detail::repair_utf8(changed);
            if (repaired != encoded(whatwg_decoded(changed))) FAIL("byte ", byte, " at ", i);
            if (parley::detail::count_code_points(repaired) != whatwg_decoded(changed).size())
                FAIL("count, byte ", byte, " at ", i);
        }
    }
}

TEST_CASE("utf8: the offset is that of the first ill-formed sequence") {
    for (std::size_t const before : {0U, 1U, 7U, 8U, 15U, 16U, 17U, 31U, 33U, 100U}) {
        for (auto const& prefix : {std::string(before, 'a'), std::string(before, 'a') + "\xc3\xa9"}) {
            CHECK(find_invalid_utf8(prefix + "\xff" + std::string(40, 'b') + "\xfe") == prefix.size());
            CHECK(find_invalid_utf8(prefix + "\xe2\x82") == prefix.size());
            CHECK(find_invalid_utf8(prefix + std::string(40, 'c')) == std::string::npos);
        }
    }
}

TEST_CASE("utf8: each maximal ill-formed subpart becomes one replacement character") {
    std::string const r = "\xef\xbf\xbd";
    // The Unicode Standard, tables 3-8 to 3-11.
    CHECK(parley::detail::repair_utf8("\xc0\xaf\xe0\x80\xbf\xf0\x81\x82\x41") == r + r + r + r + r + r + r + r + "A");
    CHECK(parley::detail::repair_utf8("\xed\xa0\x80\xed\xbf\xbf\xed\xaf\x41") == r + r + r + r + r + r + r + r + "A");
    CHECK(parley::detail::repair_utf8("\xf4\x91\x92\x93\xff\x41\x80\xbf\x42") == r + r + r + r + r + "A" + r + r + "B");
    CHECK(parley::detail::repair_utf8("\xe1\x80\xe2\xf0\x91\x92\xf1\xbf\x41") == r + r + r + r + "A");
    // CESU-8 surrogates: none of their bytes starts a well-formed sequence.
    CHECK(parley::detail::repair_utf8("\xed\xa0\xbd") == r + r + r);
    CHECK(parley::detail::repair_utf8("\xed\xa0\xbd\xed\xb8\x80") == r + r + r + r + r + r);
}

TEST_CASE("utf8: code points are counted, not bytes") {
    CHECK(parley::detail::count_code_points("a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80") == 4);
    CHECK(parley::detail::count_code_points("") == 0);
}

TEST_SUITE_END();
