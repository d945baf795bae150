// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// scan_portable.cpp includes this file to test the code for processors without SSE2.
#ifdef PARLEY_TESTS_SCAN_PORTABLE
#line 6 "scan.cpp, portable"
#else
#define PARLEY_ABI scan_test // a copy of its own: other objects of the program may be compiled without SSE2
#endif
#if __has_include(<parley/core/config.ipp>) // the single header has the lexer in its implementation only
#include <parley/json/detail/scan.hpp>

#include <parley/core/config.ipp>
#include <parley/core/utf8.ipp>

#include <doctest/doctest.h>

#include <cstdio>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace parley::detail;
using namespace parley::detail::json;

/// Memory of exactly the size of a text, so that AddressSanitizer finds each read beyond it.
class exact {
public:
    explicit exact(std::string_view text) : bytes_(new char[text.size()]), size_(text.size()) { text.copy(bytes_.get(), size_); }
    char const* begin() const { return bytes_.get(); }
    char const* end() const { return bytes_.get() + size_; }

private:
    std::unique_ptr<char[]> bytes_;
    std::size_t size_;
};

// RFC 8259, section 7: unescaped = %x20-21 / %x23-5B / %x5D-10FFFF.
bool is_unescaped(char c) {
    auto const byte = static_cast<unsigned char>(c);
    return byte >= 0x20 && byte != 0x22 && byte != 0x5c;
}
bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }

/// All texts of up to 40 bytes that are plain but for one byte of each kind at each place, and a second one behind or before it.
template <class Check>
void each_marked_text(Check check) {
    for (std::size_t size = 0; size <= 40; ++size) {
        check(std::string(size, 'a'));
        for (std::size_t place = 0; place < size; ++place) {
            for (char mark : {'"', '\\', '\x00', '\x1f', '\x7f', '\x80', '\xff'}) {
                std::string text(size, ' ');
                text[place] = mark;
                check(text);
                for (char other : {'"', '\xc3'}) {
                    auto const second = (place * 7 + 3) % size;
                    if (second == place) continue;
                    auto two = text;
                    two[second] = other;
                    check(two);
                }
            }
        }
    }
}

std::size_t end_of_string(std::string_view content, string_marks& marks) {
    exact const text(content);
    return static_cast<std::size_t>(find_string_end(text.begin(), text.begin(), text.end(), marks) - text.begin());
}

struct unescaped {
    std::string text;
    std::size_t bad; ///< the offset of the malformed escape
};
constexpr auto good = static_cast<std::size_t>(-1);

unescaped unescape(std::string_view content) {
    exact const text(content);
    unescaped result{"what was there before", good};
    std::string_view const view(text.begin(), content.size());
    if (auto const* bad = unescape_json(view, result.text)) result.bad = static_cast<std::size_t>(bad - text.begin());
    return result;
}

} // namespace

TEST_SUITE_BEGIN("json");

TEST_CASE("scan: white space is space, tab, line feed and carriage return (RFC 8259, section 2)") {
    for (int byte = 0; byte < 256; ++byte) {
        CAPTURE(byte);
        exact const text(std::string(1, static_cast<char>(byte)));
        bool const is_space = byte == 0x20 || byte == 0x09 || byte == 0x0a || byte == 0x0d;
        CHECK((skip_json_space(text.begin(), text.end()) == text.end()) == is_space);
    }
    std::string_view const text = " \t\r\n  x ";
    CHECK(skip_json_space(text.data(), text.data() + text.size()) == text.data() + 6);
    CHECK(skip_json_space(text.data(), text.data()) == text.data());
    CHECK(skip_json_space(text.data(), text.data() + 3) == text.data() + 3);
}

TEST_CASE("scan: skip_plain stops at the first byte that JSON must escape") {
    for (int byte = 0; byte < 256; ++byte) {
        CAPTURE(byte);
        char const c = static_cast<char>(byte);
        exact const text(std::string(20, 'a') + c + std::string(20, 'b'));
        bool ascii = true;
        auto const* const stop = skip_plain(text.begin(), text.begin(), text.end(), ascii);
        CHECK(stop - text.begin() == (is_unescaped(c) ? 41 : 20));
        CHECK(ascii == is_ascii(c));
    }
}

TEST_CASE("scan: skip_plain finds each special byte at each place, and reports bytes above ASCII before it only") {
    std::size_t wrong = 0, checked = 0;
    each_marked_text([&](std::string const& content) {
        exact const text(content);
        for (std::size_t from = 0; from <= content.size(); from += 5) {
            std::size_t stop = from;
            bool ascii = true;
            while (stop < content.size() && is_unescaped(content[stop])) ascii = is_ascii(content[stop++]) && ascii;
            bool found = true;
            auto const* const at = skip_plain(text.begin(), text.begin() + from, text.end(), found);
            wrong += static_cast<std::size_t>(at - text.begin()) != stop || found != ascii;
            ++checked;
        }
    });
    CHECK(wrong == 0);
    CHECK(checked > 40 * 20 * 7); // sizes, half of them in places on average, kinds
}

TEST_CASE("scan: find_simple_string_end finds the end of plain ASCII, and nothing else") {
    std::size_t wrong = 0, ends = 0;
    each_marked_text([&](std::string const& content) {
        exact const text(content);
        std::size_t stop = 0;
        while (stop < content.size() && is_unescaped(content[stop]) && is_ascii(content[stop])) ++stop;
        char const* const expected = stop < content.size() && content[stop] == '"' ? text.begin() + stop : nullptr;
        wrong += find_simple_string_end(text.begin(), text.begin(), text.end()) != expected;
        ends += expected != nullptr;
    });
    CHECK(wrong == 0);
    CHECK(ends > 40 * 20);
}

TEST_CASE("scan: find_string_end stops at the quotation mark that ends the string, or where it is malformed or incomplete") {
    struct {
        std::string_view content;
        std::size_t end;
        bool ascii, escaped;
    } const cases[] = {
        {R"(")", 0, true, false},
        {R"(abc",)", 3, true, false},
        {R"(a\"b" ")", 4, true, true},
        {R"(\\")", 2, true, true},
        {R"(\\\"")", 4, true, true},
        {R"(\\\\" ")", 4, true, true},
        {R"(0123456789abcdef\"0123456789abcdef")", 34, true, true},
        {"\xc3\xa9\"", 2, false, false},
        {"a\\n\xc3\xa9\"", 5, false, true},
        {"a\"\xc3\xa9", 1, true, false}, // what follows the string is not part of it
        {"", 0, true, false},
        {"abc", 3, true, false},
        {"abc\\", 4, true, true},
        {"abc\\\"", 5, true, true},
        {"ab\ncd\"", 2, true, false},
        {std::string_view("ab\0cd\"", 6), 2, true, false},
        {"0123456789abcdef0123\x1f\"", 20, true, false},
    };
    for (auto const& c : cases) {
        CAPTURE(c.content);
        string_marks marks;
        CHECK(end_of_string(c.content, marks) == c.end);
        CHECK(marks.ascii == c.ascii);
        CHECK(marks.escaped == c.escaped);
    }
}

TEST_CASE("scan: read_hex4 reads each number of four digits in either case") {
    std::size_t wrong = 0;
    for (unsigned value = 0; value <= 0xffff; ++value) {
        char lower[8], upper[8];
        std::snprintf(lower, sizeof lower, "%04x", value);
        std::snprintf(upper, sizeof upper, "%04X", value);
        wrong += read_hex4(lower) != value || read_hex4(upper) != value;
    }
    CHECK(wrong == 0);
}

TEST_CASE("scan: read_hex4 reports each byte that is not a hexadecimal digit") {
    for (std::size_t place = 0; place < 4; ++place) {
        for (int byte = 0; byte < 256; ++byte) {
            std::string digits = "09aF";
            digits[place] = static_cast<char>(byte);
            bool const is_hex = (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'f') || (byte >= 'A' && byte <= 'F');
            CAPTURE(digits);
            CHECK((read_hex4(digits.data()) <= 0xffff) == is_hex);
        }
    }
}

TEST_CASE("scan: unescape_json knows the escapes of RFC 8259, section 7, and no others") {
    std::string_view const letters = "\"\\/bfnrt", meanings = "\"\\/\b\f\n\r\t";
    for (int byte = 0; byte < 256; ++byte) {
        CAPTURE(byte);
        char const c = static_cast<char>(byte);
        auto const read = unescape(std::string("ab\\") + c + "12");
        if (auto const place = letters.find(c); place != letters.npos) {
            CHECK(read.bad == good);
            CHECK(read.text == std::string("ab") + meanings[place] + "12");
        } else {
            CHECK(read.bad == 2); // \u too: it has two digits only
        }
    }
    CHECK(unescape("").text == "");
    CHECK(unescape("plain \xc3\xa9").text == "plain \xc3\xa9");
    CHECK(unescape("\\").bad == 0);
    CHECK(unescape("\\n\\").bad == 2);
    CHECK(unescape("a\\\\n").text == "a\\n");
}

TEST_CASE("scan: \\u escapes become UTF-8 (RFC 3629), pairs of surrogates one code point") {
    struct {
        std::string_view content, text;
    } const cases[] = {
        {"\\u0041", "A"},
        {"\\u0000", std::string_view("\0", 1)},
        {"\\u007f", "\x7f"},
        {"\\u0080", "\xc2\x80"},
        {"\\u07FF", "\xdf\xbf"},
        {"\\u0800", "\xe0\xa0\x80"},
        {"\\ud7ff", "\xed\x9f\xbf"},
        {"\\ue000", "\xee\x80\x80"},
        {"\\uffff", "\xef\xbf\xbf"},
        {"\\ud800\\udc00", "\xf0\x90\x80\x80"}, // U+10000
        {"\\uD834\\uDD1E", "\xf0\x9d\x84\x9e"}, // U+1D11E, the example of RFC 8259
        {"\\udbff\\udfff", "\xf4\x8f\xbf\xbf"}, // U+10FFFF
        {"x\\u00e9y\\u20ACz", "x\xc3\xa9y\xe2\x82\xacz"},
    };
    for (auto const& c : cases) {
        CAPTURE(c.content);
        auto const read = unescape(c.content);
        CHECK(read.bad == good);
        CHECK(read.text == c.text);
    }
}

TEST_CASE("scan: incomplete \\u escapes and lone surrogates are malformed") {
    struct {
        std::string_view content;
        std::size_t bad;
    } const cases[] = {
        {"\\u", 0},
        {"\\u004", 0},
        {"a\\u00g1", 1},
        {"\\u 041", 0},
        {"\\u+041", 0},
        {"\\U0041", 0},
        {"\\ud800", 0},
        {"\\udbff", 0},
        {"\\udc00", 0},
        {"\\udfff", 0},
        {"\\udc00\\ud800", 0}, // the wrong order
        {"\\ud800\\ud800", 0},
        {"\\ud800\\u0041", 0},
        {"\\ud800\\ue000", 0},
        {"\\ud800\\udbff", 0},
        {"\\ud800\\n12345", 0},
        {"\\ud800/udc00", 0},
        {"\\ud800\\udc0", 0},
        {"\\ud800\\udc0g", 0},
        {"\\ud800\\udc00\\ud800", 12},
        {"ok\\u0041\\x", 8},
    };
    for (auto const& c : cases) {
        CAPTURE(c.content);
        CHECK(unescape(c.content).bad == c.bad);
    }
}

TEST_CASE("scan: is_surrogate tells a malformed escape with four digits from one without") {
    struct {
        std::string_view content;
        bool expected;
    } const cases[] = {{"\\ud800", true},  {"\\uDFFFabc", true}, {"\\ud80", false}, {"\\u", false},
                       {"\\x0000", false}, {"\\ud80g", false},   {"\\", false}};
    for (auto const& c : cases) {
        CAPTURE(c.content);
        exact const text(c.content);
        CHECK(is_surrogate(text.begin(), {text.begin(), c.content.size()}) == c.expected);
    }
}

TEST_CASE("scan: begins_with_name compares the whole name, its quotation marks, the colon, and needs a byte after it") {
    parley::value_access const access;
    for (std::size_t size = 1; size <= 50; ++size) {
        CAPTURE(size);
        std::string name;
        for (std::size_t i = 0; i < size; ++i) name += static_cast<char>('a' + i % 26);
        // As members have their names: within `,"name":`, followed by bytes that may be read.
        auto const stored = ",\"" + name + "\":" + std::string(parley::member::padding_after_name, '\0');
        parley::member m(access);
        m.name = std::string_view(stored).substr(2, size);
        auto const begins = [&m](std::string_view content) {
            exact const text(content);
            return begins_with_name(text.begin(), text.end(), m);
        };
        auto const text = '"' + name + "\":";
        CHECK(begins(text + '1'));
        CHECK(begins(text + std::string(40, ' ')));
        CHECK(!begins(text));
        CHECK(!begins(""));
        CHECK(!begins('"' + name + "x\":1"));
        CHECK(!begins('"' + name.substr(1) + "\":1" + std::string(20, ' ')));
        std::size_t accepted = 0;
        for (std::size_t i = 0; i < text.size(); ++i) {
            for (auto const* rest : {"1", "1                        "}) {
                auto other = text + rest;
                other[i] = static_cast<char>(other[i] ^ 1);
                accepted += begins(other);
            }
        }
        CHECK(accepted == 0);
        m.plain_name = false;
        CHECK(!begins(text + '1'));
    }
}

TEST_CASE("scan: unescape_json reads what append_json_string writes") {
    for (std::size_t size = 0; size <= 40; ++size) {
        std::string text;
        for (std::size_t i = 0; i < size; ++i) text += static_cast<char>(i * 13 + size);
        std::string written;
        append_json_string(written, text);
        CAPTURE(written);
        string_marks marks;
        CHECK(end_of_string(std::string_view(written).substr(1), marks) == written.size() - 2);
        auto const read = unescape(std::string_view(written).substr(1, written.size() - 2));
        CHECK(read.bad == good);
        CHECK(read.text == text);
        CHECK(marks.escaped == (written.size() != text.size() + 2));
    }
}

TEST_SUITE_END();

#endif
