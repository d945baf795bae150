// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#if __has_include(<parley/core/config.ipp>) // the single header has this part in its implementation only
#include <parley/json/detail/escape.hpp>

#include <doctest/doctest.h>

#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace parley::detail;
using namespace parley::detail::json;

// RFC 8259, section 7: the two-character forms where there is one, else \u00xx for what must be escaped, else the byte itself.
std::string expected_of(char c) {
    auto const byte = static_cast<unsigned char>(c);
    switch (byte) {
    case 0x22: return "\\\"";
    case 0x5c: return "\\\\";
    case 0x08: return "\\b";
    case 0x0c: return "\\f";
    case 0x0a: return "\\n";
    case 0x0d: return "\\r";
    case 0x09: return "\\t";
    default: break;
    }
    if (byte >= 0x20) return std::string(1, c);
    char escape[8];
    std::snprintf(escape, sizeof escape, "\\u%04x", byte);
    return escape;
}

std::string quoted(std::string_view text) {
    std::string out;
    append_json_string(out, text);
    return out;
}

} // namespace

TEST_SUITE_BEGIN("json");

TEST_CASE("escape: each byte is written as RFC 8259, section 7, requires") {
    std::string all, expected_all;
    for (int byte = 0; byte < 256; ++byte) {
        CAPTURE(byte);
        char const c = static_cast<char>(byte);
        auto const expected = expected_of(c);
        CHECK(quoted(std::string(1, c)) == '"' + expected + '"');
        CHECK((json_escapes[static_cast<std::size_t>(byte)] == 0) == (expected.size() == 1));
        all += c;
        expected_all += expected;
    }
    CHECK(quoted(all) == '"' + expected_all + '"');
}

TEST_CASE("escape: a string is appended in quotation marks") {
    std::string out = "[";
    append_json_string(out, "");
    CHECK(out == "[\"\"");
    append_json_string(out, "a/b");
    CHECK(out == "[\"\"\"a/b\"");
    append_json_string(out, std::string_view("\0\n", 2));
    CHECK(out == "[\"\"\"a/b\"\"\\u0000\\n\"");
}

TEST_CASE("escape: text above ASCII stays as it is") {
    CHECK(quoted("caf\xc3\xa9 \xe2\x80\xa8 \xf0\x9d\x84\x9e \x7f") == "\"caf\xc3\xa9 \xe2\x80\xa8 \xf0\x9d\x84\x9e \x7f\"");
}

TEST_CASE("escape: write_escaped needs six bytes for each at most, and returns the end of what it wrote") {
    std::string const worst(100, '\x01');
    std::vector<char> memory(6 * worst.size()); // of exactly that size, for AddressSanitizer
    auto const* const end = write_escaped(memory.data(), worst);
    CHECK(end == memory.data() + memory.size());
    std::string expected;
    for (std::size_t i = 0; i < worst.size(); ++i) expected += "\\u0001";
    CHECK(std::string_view(memory.data(), memory.size()) == expected);

    char small[1] = {'x'};
    CHECK(write_escaped(small, "") == small);
    CHECK(small[0] == 'x');
}

TEST_SUITE_END();

#endif
