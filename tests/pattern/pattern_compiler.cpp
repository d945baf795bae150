// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/pattern/pattern_compiler.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

using namespace parley::detail;

namespace {

/// A program: the code, and the classes at its end.
struct program {
    std::vector<std::uint32_t> code;
    std::vector<std::uint32_t> classes;

    std::uint32_t flags() const { return code[0] & ((1U << pattern_argument_shift) - 1); }
    std::uint32_t counters() const { return argument_of(code[0]); }
    /// The class that the instruction at `at` names.
    std::uint32_t const* class_of(std::size_t at) const { return classes.data() + classes.size() - argument_of(code[at]); }
    bool has(std::uint32_t op) const {
        for (std::size_t at = 1; at < code.size(); at += pattern_op_size(code[at])) {
            if (op_of(code[at]) == op) return true;
        }
        return false;
    }
};

/// Compiles as the compiler of C++ does, in as much room as the text needs at most.
program compiled(std::string_view text) {
    auto const capacity = pattern_capacity(text);
    auto const words = std::make_unique<std::uint32_t[]>(capacity); // of exactly that size, for AddressSanitizer
    pattern_compiler compiler(text, words.get(), capacity);
    compiler.compile();
    REQUIRE(compiler.code_size() + compiler.classes_size() <= capacity);
    return {{words.get(), words.get() + compiler.code_size()},
            {words.get() + capacity - compiler.classes_size(), words.get() + capacity}};
}

std::uint32_t flags_of(std::string_view text) { return compiled(text).flags(); }

/// The characters of ASCII in the class of a text that is one class.
std::string ascii_of(std::string_view text) {
    auto const p = compiled(text);
    auto const op = op_of(p.code[1]);
    REQUIRE((op == op_one || op == op_repeat || op == op_take_all));
    std::string all;
    for (std::uint32_t c = 0; c < 0x80; ++c) {
        if (class_has_ascii(p.class_of(1), c)) all += static_cast<char>(c);
    }
    return all;
}

std::string range(char first, char last) {
    std::string all;
    for (int c = first; c <= last; ++c) all += static_cast<char>(c);
    return all;
}
std::string all_but(std::string_view excluded) {
    std::string all;
    for (int c = 0; c < 0x80; ++c) {
        if (excluded.find(static_cast<char>(c)) == excluded.npos) all += static_cast<char>(c);
    }
    return all;
}

std::string bytes_of(program const& p, std::size_t at) {
    std::string bytes;
    for (std::size_t i = 0; i < argument_of(p.code[at]); ++i)
        bytes += static_cast<char>(p.code[at + 1 + i / 4] >> literal_shift(i) & 0xff);
    return bytes;
}

} // namespace

TEST_SUITE_BEGIN("pattern");

// https://tc39.es/ecma262/#sec-patterns, with the flag u
TEST_CASE("pattern_compiler: a text that is no supported expression is refused with the reason") {
    struct {
        std::string_view text;
        char const* reason;
    } const cases[] = {
        {"a)", "parley::pattern: unmatched )"},
        {"(a", "parley::pattern: a group is not closed"},
        {"(?:a|(b)", "parley::pattern: a group is not closed"},
        {"*a", "parley::pattern: nothing to repeat"},
        {"a|+", "parley::pattern: nothing to repeat"},
        {"(?)", "parley::pattern: this kind of group is not supported"},
        {"a**", "parley::pattern: nothing to repeat"},
        {"{2}", "parley::pattern: escape a literal { as \\{"},
        {"]", "parley::pattern: unmatched ]: escape a literal ] as \\]; nested classes are not supported"},
        {"[a", "parley::pattern: a class is not closed"},
        {"[", "parley::pattern: a class is not closed"},
        {"[^", "parley::pattern: a class is not closed"},
        {"[[:alpha:]]", "parley::pattern: nested classes are not supported"},
        {"[z-a]", "parley::pattern: the bounds of a range are in the wrong order"},
        {"[a-\\d]", "parley::pattern: the end of a range is a class"},
        {"a{", "parley::pattern: invalid count: expected {n}, {n,} or {n,m}"},
        {"a{,2}", "parley::pattern: invalid count: expected {n}, {n,} or {n,m}"},
        {"a{2", "parley::pattern: invalid count: expected {n}, {n,} or {n,m}"},
        {"a{2,x}", "parley::pattern: invalid count: expected {n}, {n,} or {n,m}"},
        {"a{2,1}", "parley::pattern: the bounds of a count are in the wrong order"},
        {"a{100000001}", "parley::pattern: a count is too large"},
        {"a{99999999999999999999}", "parley::pattern: a count is too large"},
        {"\\", "parley::pattern: incomplete escape sequence"},
        {"\\x4", "parley::pattern: incomplete escape sequence"},
        {"\\u004", "parley::pattern: incomplete escape sequence"},
        {"\\u{}", "parley::pattern: incomplete escape sequence"},
        {"\\u{41", "parley::pattern: incomplete escape sequence"},
        {"\\p{L", "parley::pattern: incomplete escape sequence"},
        {"\\c1", "parley::pattern: incomplete escape sequence"},
        {"\\xg0", "parley::pattern: invalid digit in an escape sequence"},
        {"\\u{110000}", "parley::pattern: an escape sequence is above U+10FFFF"},
        {"\\y", "parley::pattern: unknown escape sequence"},
        {"\\Q", "parley::pattern: unknown escape sequence"},
        {"(a)\\1", "parley::pattern: back references are not supported"},
        {"(?<n>a)\\k<n>", "parley::pattern: back references are not supported"},
        {"(?<n a)", "parley::pattern: the name of a group is not closed"},
        {"(?>a)", "parley::pattern: this kind of group is not supported"},
        {"(?x)a", "parley::pattern: this kind of group is not supported"},
        {"(?i--s)a", "parley::pattern: this kind of group is not supported"},
        {"(ab)++", "parley::pattern: possessive repetition of a group is not supported"},
        {"(?<=a++)b", "parley::pattern: possessive repetition in a look-behind is not supported"},
        {"\\p{Script=Greek}", "parley::pattern: unknown or unsupported character property"},
        {"\\p{}", "parley::pattern: unknown or unsupported character property"},
        {"\xff", "parley::pattern: the expression is not UTF-8"},
        {"\xc3", "parley::pattern: the expression is not UTF-8"},
        {"\xc0\xaf", "parley::pattern: the expression is not UTF-8"},
        {"[\xe2\x82]", "parley::pattern: the expression is not UTF-8"},
        {"((((a{10}){10}){10}){10}){100}", "parley::pattern: the expression is too large: a group is repeated too often"},
    };
    for (auto const& c : cases) {
        CAPTURE(c.text);
        CHECK_THROWS_WITH(compiled(c.text), c.reason);
    }
    auto const nested = [](std::size_t depth) { return std::string(depth, '(') + 'a' + std::string(depth, ')'); };
    CHECK_NOTHROW(compiled(nested(63)));
    CHECK_THROWS_WITH(compiled(nested(64)), "parley::pattern: groups are nested too deeply");
}

TEST_CASE("pattern_compiler: the room that a text needs is never more than was reckoned") {
    for (std::string_view piece : {"a", "\xc3\xa9", "[a-c]", "[^\xc3\xa9\xe2\x82\xac]", "\\p{L}", "a*", "(?:ab)?", "(a|bc)", "|",
                                   "a{2,3}+", "(?=a)", "[\\u{1f600}-\\u{1f64f}x]", "(?<!ab)", ".", "\\b", "(?i)k"}) {
        for (std::size_t const count : {1U, 2U, 7U, 30U, 200U}) {
            std::string text;
            for (std::size_t i = 0; i < count; ++i) text += piece;
            CAPTURE(text);
            CHECK_NOTHROW(compiled(text));
        }
    }
}

TEST_CASE("pattern_compiler: code is a chain of instructions that ends with accept") {
    for (std::string_view text : {"", "a", "^abc$", "a|b|cd", "(?:ab)*c", "(a{2,3}b){4}", "[a-z]+\\d", "(?<=a)b(?!c)", "\\bx\\B",
                                  "(?m)^a$", "abcdefghijk"}) {
        CAPTURE(text);
        auto const p = compiled(text);
        std::size_t at = 1, last = 0;
        while (at < p.code.size()) last = at, at += pattern_op_size(p.code[at]);
        CHECK(at == p.code.size());
        CHECK(op_of(p.code[last]) == op_accept);
    }
}

TEST_CASE("pattern_compiler: characters in a row are literals of eight bytes at most") {
    auto const p = compiled("abcdefghij");
    CHECK(op_of(p.code[1]) == op_literal);
    CHECK(bytes_of(p, 1) == "abcdefgh");
    CHECK(op_of(p.code[4]) == op_literal);
    CHECK(bytes_of(p, 4) == "ij");
    CHECK(p.classes.empty());
    // Seven bytes have no room for a character of two.
    auto const split = compiled("abcdefg\xc3\xa9");
    CHECK(bytes_of(split, 1) == "abcdefg");
    CHECK(bytes_of(split, 4) == "\xc3\xa9");
    // Escapes are the characters that they stand for.
    CHECK(bytes_of(compiled("\\x41\\u0042\\u{43}\\.\\t"), 1) == "ABC.\t");
    CHECK(bytes_of(compiled("\\ud83d\\ude00"), 1) == "\xf0\x9f\x98\x80");
    CHECK(bytes_of(compiled("[a]b[.]"), 1) == "ab."); // a class of one character is that character
}

TEST_CASE("pattern_compiler: a class has the characters of ASCII that it says") {
    auto const digits = range('0', '9'), upper = range('A', 'Z'), lower = range('a', 'z');
    auto const space = std::string("\t\n\v\f\r ");
    CHECK(ascii_of("\\d") == digits);
    CHECK(ascii_of("\\D") == all_but(digits));
    CHECK(ascii_of("\\w") == digits + upper + '_' + lower);
    CHECK(ascii_of("\\W") == all_but(digits + upper + '_' + lower));
    CHECK(ascii_of("\\s") == space);
    CHECK(ascii_of("\\S") == all_but(space));
    CHECK(ascii_of(".") == all_but("\n\r"));
    CHECK(ascii_of("(?s).") == all_but(""));
    CHECK(ascii_of("[]") == "");
    CHECK(ascii_of("[^]") == all_but(""));
    CHECK(ascii_of("[b-d]") == "bcd");
    CHECK(ascii_of("[^b-d]") == all_but("bcd"));
    CHECK(ascii_of("[ \\-~]") == " -~");
    CHECK(ascii_of("[a-]") == "-a");
    CHECK(ascii_of("[\\w-.]") == "-." + digits + upper + '_' + lower);
    CHECK(ascii_of("[\\b\\0]") == std::string("\0\b", 2));
    CHECK(ascii_of("[\\x20-\\x7f]") == range(' ', '\x7e') + '\x7f');
    CHECK(ascii_of("(?i)[b-dX]") == "BCDXbcdx");
    CHECK(ascii_of("a|[xy]") == "axy"); // alternatives of one character each are one class
    CHECK(ascii_of("\\p{Lu}") == upper);
    CHECK(ascii_of("\\P{L}") == all_but(upper + lower));
}

TEST_CASE("pattern_compiler: equal classes are stored once") {
    CHECK(compiled("[a-c]x[a-c]").classes.size() == compiled("[a-c]").classes.size());
    CHECK(compiled("[a-c]x[a-d]").classes.size() == 2 * compiled("[a-c]").classes.size());
}

TEST_CASE("pattern_compiler: the header says what the engines may rely on") {
    CHECK(flags_of("a") == 0);
    CHECK((flags_of("^a") & pattern_is_anchored) != 0);
    CHECK((flags_of("^a|^b") & pattern_is_anchored) != 0);
    CHECK((flags_of("^a|b") & pattern_is_anchored) == 0);
    CHECK((flags_of("(?m)^a") & pattern_is_anchored) == 0);
    CHECK((flags_of("(?:^a)?b") & pattern_is_anchored) == 0);

    CHECK((flags_of("^[a-z]{1,8}$") & pattern_is_one_class) != 0);
    CHECK((flags_of("^[^\"]{1,8}$") & pattern_is_one_class) == 0); // JSON escapes some of it
    CHECK((flags_of("^[a-z]{1,8}") & pattern_is_one_class) == 0);
    CHECK((flags_of("^x[a-z]{1,8}$") & pattern_is_one_class) == 0);

    CHECK((flags_of("^abc$") & pattern_is_straight) != 0);
    CHECK((flags_of("^a\"c$") & pattern_is_straight) == 0); // escaped in JSON
    CHECK((flags_of("^a\\\\c$") & pattern_is_straight) == 0);
    CHECK((flags_of("^caf\xc3\xa9$") & pattern_is_straight) == 0);
    CHECK((flags_of("^(?=a)a") & pattern_is_straight) == 0);

    CHECK((flags_of("^[0-9]+(\\.[0-9]+)*$") & pattern_repeats_groups) != 0);
    CHECK((flags_of("^[0-9]+$") & pattern_repeats_groups) == 0);

    CHECK((flags_of("\\p{L}") & pattern_asks_for_kinds) != 0);
    CHECK((flags_of("\\p{ASCII}\\p{Any}[a-z]") & pattern_asks_for_kinds) == 0);
    CHECK((flags_of("a\xc3\xa9\\w\\s") & pattern_asks_for_kinds) == 0);
}

TEST_CASE("pattern_compiler: counted groups need a counter for each level") {
    CHECK(compiled("(ab)*").counters() == 0);
    CHECK(compiled("(ab){2,3}").counters() == 1);
    CHECK(compiled("(ab){2}(cd){3}").counters() == 1); // one after the other
    CHECK(compiled("((ab){2}c){3}").counters() == 2);
    CHECK(compiled("[ab]{2,3}").counters() == 0); // a class counts by itself
}

TEST_CASE("pattern_compiler: a repetition gives nothing back where that cannot help") {
    CHECK(compiled("^[a-z]*$").has(op_take_all));
    CHECK(compiled("^[a-z]*[0-9]").has(op_take_all));
    CHECK(compiled("^a{3}a").has(op_take_all)); // there is nothing to give back
    CHECK(!compiled("^[a-z]*a").has(op_take_all));
    CHECK(compiled("^[a-z]*a").has(op_repeat));
    CHECK(compiled("^[a-z]*[0-9]*z").has(op_take_all)); // the digits cannot be z
    CHECK(compiled("^[a-z]*[0-9]*z").has(op_repeat));   // the letters can
}

TEST_CASE("pattern_compiler: rows and columns of bits are exchanged") {
    for (unsigned row = 0; row < 8; ++row) {
        for (unsigned column = 0; column < 8; ++column)
            CHECK(transpose_bits(std::uint64_t{1} << (8 * row + column)) == std::uint64_t{1} << (8 * column + row));
    }
    CHECK(transpose_bits(0x00000000000000ff) == 0x0101010101010101);
}

TEST_SUITE_END();
