// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/core/base64.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

TEST_SUITE_BEGIN("core");

namespace {
std::string encoded(std::string_view bytes) {
    std::string out;
    parley::detail::append_base64(out, bytes);
    return out;
}
} // namespace

TEST_CASE("base64: test vectors of RFC 4648, section 10") {
    std::pair<char const*, char const*> const vectors[] = {{"", ""},
                                                           {"f", "Zg=="},
                                                           {"fo", "Zm8="},
                                                           {"foo", "Zm9v"},
                                                           {"foob", "Zm9vYg=="},
                                                           {"fooba", "Zm9vYmE="},
                                                           {"foobar", "Zm9vYmFy"}};
    for (auto const& vector : vectors) {
        CHECK(encoded(vector.first) == vector.second);
        std::string bytes;
        CHECK(parley::detail::decode_base64(vector.second, bytes));
        CHECK(bytes == vector.first);
    }
}

TEST_CASE("base64: all bytes round-trip") {
    std::string all;
    for (int length = 0; length < 600; ++length) {
        std::string bytes;
        CHECK(parley::detail::decode_base64(encoded(all), bytes));
        CHECK(bytes == all);
        all += static_cast<char>(length * 7);
    }
}

TEST_CASE("base64: invalid texts are rejected") {
    std::string out = "before";
    for (auto const* text :
         {"Zg=", "Zg", "Z===", "====", "Zm9v\n", " Zm9", "Zm9vZg=a", "Zh==", "Zm9=", "Z-_v", "Zm=v", "Zg==Zg=="}) {
        CAPTURE(text);
        CHECK(!parley::detail::decode_base64(text, out));
        CHECK(out.empty());
    }
}

TEST_CASE("base64: each character decodes according to the table of RFC 4648, or is rejected") {
    std::string_view const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string const text = "AAAAAAAAAAAA"; // nine bytes of zero
    for (std::size_t i = 0; i < text.size(); ++i) {
        for (unsigned byte = 0; byte < 256; ++byte) {
            CAPTURE(i);
            CAPTURE(byte);
            auto changed = text;
            changed[i] = static_cast<char>(byte);
            std::string out;
            bool const good = parley::detail::decode_base64(changed, out);
            auto const value = alphabet.find(static_cast<char>(byte));
            // "=" may be the last character; the last group then encodes two bytes.
            bool const padding = byte == '=' && i + 1 == text.size();
            REQUIRE(good == (value != alphabet.npos || padding));
            if (!good) continue;
            std::string expected(padding ? 8 : 9, '\0');
            for (unsigned bit = 0; bit < 6 && !padding; ++bit) { // the most significant bit comes first
                auto const at = i * 6 + bit;
                if (value >> (5 - bit) & 1) expected[at / 8] = static_cast<char>(expected[at / 8] | 0x80 >> at % 8);
            }
            REQUIRE(out == expected);
        }
    }
}

TEST_CASE("base64: a truncated text is rejected, except between groups of four") {
    std::string const text = "Zm9vYmFyZm9v";
    for (std::size_t size = 0; size <= text.size(); ++size) {
        std::string out;
        CHECK(parley::detail::decode_base64(text.substr(0, size), out) == (size % 4 == 0));
    }
}

TEST_CASE("base64: encoding appends, decoding replaces") {
    std::string out = "before ";
    parley::detail::append_base64(out, "foo");
    CHECK(out == "before Zm9v");
    CHECK(parley::detail::decode_base64("Zg==", out));
    CHECK(out == "f");
    CHECK(parley::detail::decode_base64("", out));
    CHECK(out.empty());
}

TEST_CASE("base64: a modified text is rejected, or is the unique encoding of its bytes") {
    for (std::string_view const text : {"Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"}) {
        for (std::size_t size = 0; size <= text.size(); ++size) {
            // Copies of exactly that size, so that a sanitizer detects reads beyond the end.
            std::vector<char> const cut(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(size));
            std::string out;
            CHECK(parley::detail::decode_base64({cut.data(), cut.size()}, out) == (size % 4 == 0));
        }
        for (std::size_t i = 0; i < text.size(); ++i) {
            for (unsigned byte = 0; byte < 256; ++byte) {
                std::vector<char> changed(text.begin(), text.end());
                changed[i] = static_cast<char>(byte);
                std::string_view const view(changed.data(), changed.size());
                std::string out;
                // RFC 4648, section 3.5: since unused bits must be zero, the encoding is unique.
                if (parley::detail::decode_base64(view, out) ? encoded(out) != view : !out.empty())
                    FAIL(text, " with byte ", byte, " at ", i);
            }
        }
    }
}

TEST_SUITE_END();
