// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/pattern/unicode.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <string>
#include <string_view>

using namespace parley::detail;

namespace {

constexpr std::string_view categories[] = {"Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl",
                                           "No", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Sm", "Sc",
                                           "Sk", "So", "Zs", "Zl", "Zp", "Cc", "Cf", "Cs", "Co", "Cn"};

bool has(character_property const& property, std::uint32_t code_point) {
    if (code_point < 0x80) return property.ascii[code_point / 32] >> code_point % 32 & 1;
    return (property.kinds & bit_of(kind_of(code_point))) != 0;
}
bool has(std::string_view name, std::uint32_t code_point) {
    auto const property = property_named(name);
    REQUIRE(property.known);
    return has(property, code_point);
}

} // namespace

TEST_SUITE_BEGIN("pattern");

// https://www.unicode.org/Public/UCD/latest/ucd/UnicodeData.txt
TEST_CASE("unicode: code points have the General_Category that UnicodeData.txt gives them") {
    struct {
        std::uint32_t code_point;
        std::string_view category;
    } const cases[] = {
        {'A', "Lu"},     {'z', "Ll"},     {'0', "Nd"},     {'_', "Pc"},     {'-', "Pd"},      {'(', "Ps"},      {'}', "Pe"},
        {'!', "Po"},     {'\\', "Po"},    {'+', "Sm"},     {'$', "Sc"},     {'^', "Sk"},      {' ', "Zs"},      {0x00, "Cc"},
        {0x7f, "Cc"},    {0x80, "Cc"},    {0x85, "Cc"},    {0xa0, "Zs"},    {0xa9, "So"},     {0xaa, "Lo"},     {0xab, "Pi"},
        {0xad, "Cf"},    {0xb2, "No"},    {0xbb, "Pf"},    {0xc9, "Lu"},    {0xdf, "Ll"},     {0x100, "Lu"},    {0x101, "Ll"},
        {0x1c5, "Lt"},   {0x2b0, "Lm"},   {0x300, "Mn"},   {0x378, "Cn"},   {0x3a9, "Lu"},    {0x488, "Me"},    {0x5d0, "Lo"},
        {0x660, "Nd"},   {0x903, "Mc"},   {0x1f88, "Lt"},  {0x200b, "Cf"},  {0x2010, "Pd"},   {0x2018, "Pi"},   {0x2019, "Pf"},
        {0x201a, "Ps"},  {0x2028, "Zl"},  {0x2029, "Zp"},  {0x203f, "Pc"},  {0x20ac, "Sc"},   {0x20dd, "Me"},   {0x2160, "Nl"},
        {0x2170, "Nl"},  {0x2200, "Sm"},  {0x24b6, "So"},  {0x24d0, "So"},  {0x3000, "Zs"},   {0x4e00, "Lo"},   {0x9fff, "Lo"},
        {0xac00, "Lo"},  {0xd7a3, "Lo"},  {0xd800, "Cs"},  {0xdfff, "Cs"},  {0xe000, "Co"},   {0xf8ff, "Co"},   {0xfeff, "Cf"},
        {0xfffe, "Cn"},  {0x10000, "Lo"}, {0x10400, "Lu"}, {0x10428, "Ll"}, {0x1d7ce, "Nd"},  {0x1f600, "So"},  {0x20000, "Lo"},
        {0xe0001, "Cf"}, {0xe0100, "Mn"}, {0xffffd, "Co"}, {0xfffff, "Cn"}, {0x10fffd, "Co"}, {0x10ffff, "Cn"}, {0x110000, "Cn"},
    };
    for (auto const& c : cases) {
        CAPTURE(c.code_point);
        for (auto const category : categories) {
            CAPTURE(category);
            CHECK(has(category, c.code_point) == (category == c.category));
        }
    }
}

TEST_CASE("unicode: each code point is in exactly one category, and in the group of its first letter") {
    std::size_t wrong = 0;
    for (std::uint32_t c = 0; c <= 0x10ffff; c += c < 0x3000 ? 1 : 61) {
        int groups = 0;
        for (auto const group : {"L", "M", "N", "P", "S", "Z", "C"}) {
            int found = 0;
            for (auto const category : categories)
                found += category[0] == group[0] && has(property_of_kinds(kinds_of_category(category)), c);
            bool const in_group = has(property_of_kinds(kinds_of_category(group)), c);
            wrong += found != (in_group ? 1 : 0);
            groups += in_group;
        }
        wrong += groups != 1;
    }
    CHECK(wrong == 0);
}

// https://www.unicode.org/Public/UCD/latest/ucd/PropList.txt and DerivedCoreProperties.txt
TEST_CASE("unicode: binary properties have the code points that the Unicode Character Database says") {
    struct {
        std::string_view name;
        std::u32string_view in, out;
    } const cases[] = {
        {"ASCII", std::u32string_view(U"\0a\x7f", 3), U"\x80\u00e9\U0010ffff"},
        {"Any", std::u32string_view(U"\0a\u0378\U0010ffff", 4), U""},
        {"Assigned", U"a\u00e9\ue000\u4e00", U"\u0378\uffff\U0010ffff"},
        // U+2160 is Nl, U+24B6 So, U+0345 Mn, U+0903 Mc: Alphabetic by Other_Alphabetic or as Nl.
        {"Alphabetic", U"aZ\u00aa\u00e9\u01c5\u02b0\u05d0\u2160\u24b6\u0345\u0903\u4e00", U"0_ \u00b2\u0300\u20dd\u2028"},
        // U+00AA, U+02B0, U+0345, U+2170 and U+24D0 are Lowercase by Other_Lowercase.
        {"Lowercase", U"az\u00aa\u00e9\u02b0\u0345\u2170\u24d0", U"A0\u00c9\u01c5\u05d0\u2160\u24b6"},
        {"Uppercase", U"AZ\u00c9\u0100\u2160\u24b6\U00010400", U"a0\u00e9\u01c5\u2170\u24d0"},
        {"White_Space", U"\t\n\v\f\r \u0085\u00a0\u1680\u2000\u200a\u2028\u2029\u202f\u205f\u3000",
         U"a\u001f\u200b\u180e\u2060\ufeff"},
        {"ASCII_Hex_Digit", U"09afAF", U"gG/:@`\uff11"},
    };
    for (auto const& c : cases) {
        CAPTURE(c.name);
        for (char32_t const code_point : c.in) {
            CAPTURE(static_cast<std::uint32_t>(code_point));
            CHECK(has(c.name, code_point));
        }
        for (char32_t const code_point : c.out) {
            CAPTURE(static_cast<std::uint32_t>(code_point));
            CHECK(!has(c.name, code_point));
        }
    }
}

// https://tc39.es/ecma262/#table-unicode-general-category-values
TEST_CASE("unicode: long and short names of ECMA-262 are the same property") {
    struct {
        std::string_view name, alias;
    } const cases[] = {
        {"Letter", "L"},
        {"Uppercase_Letter", "Lu"},
        {"General_Category=Lu", "Lu"},
        {"gc=Uppercase_Letter", "Lu"},
        {"gc=L", "L"},
        {"Cased_Letter", "LC"},
        {"Mark", "M"},
        {"Combining_Mark", "M"},
        {"Number", "N"},
        {"Decimal_Number", "Nd"},
        {"digit", "Nd"},
        {"Punctuation", "P"},
        {"punct", "P"},
        {"Symbol", "S"},
        {"Separator", "Z"},
        {"Other", "C"},
        {"Control", "Cc"},
        {"cntrl", "Cc"},
        {"Unassigned", "Cn"},
        {"Alpha", "Alphabetic"},
        {"Lower", "Lowercase"},
        {"Upper", "Uppercase"},
        {"space", "White_Space"},
        {"AHex", "ASCII_Hex_Digit"},
    };
    for (auto const& c : cases) {
        CAPTURE(c.name);
        auto const a = property_named(c.name), b = property_named(c.alias);
        CHECK(a.known);
        CHECK(b.known);
        CHECK(a.kinds == b.kinds);
        for (int i = 0; i < 4; ++i) CHECK(a.ascii[i] == b.ascii[i]);
    }
    CHECK(has("LC", 0x1c5));
    CHECK(!has("LC", 0x5d0)); // Lo has no case
}

TEST_CASE("unicode: other names are unknown") {
    for (std::string_view name : {"", "X", "Lx", "l", "lu", "LU", "letter", "Lett", "Letters", "gc=", "gc=Alphabetic", "gc=ASCII",
                                  "General_Category", "Script=Greek", "sc=Grek", "Emoji", "alphabetic", "Isalpha", "IsX"}) {
        CAPTURE(name);
        CHECK(!property_named(name).known);
    }
}

// https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/util/regex/Pattern.html
TEST_CASE("unicode: the POSIX classes of Java are about ASCII only") {
    struct {
        std::string_view name;
        bool (*contains)(int c);
    } const cases[] = {
        {"Alnum", [](int c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }},
        {"Blank", [](int c) { return c == ' ' || c == '\t'; }},
        {"Cntrl", [](int c) { return c < 0x20 || c == 0x7f; }},
        {"Digit", [](int c) { return c >= '0' && c <= '9'; }},
        {"Graph", [](int c) { return c > 0x20 && c < 0x7f; }},
        {"Print", [](int c) { return c >= 0x20 && c < 0x7f; }},
        {"Punct",
         [](int c) {
             return std::string_view("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~").find(static_cast<char>(c)) != std::string_view::npos;
         }},
        {"Space", [](int c) { return c == ' ' || (c >= '\t' && c <= '\r'); }},
        {"XDigit", [](int c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }},
    };
    for (auto const& c : cases) {
        CAPTURE(c.name);
        for (int i = 0; i < 0x80; ++i) {
            CAPTURE(i);
            CHECK(has(c.name, static_cast<std::uint32_t>(i)) == c.contains(i));
        }
        for (std::uint32_t beyond : {0xa0U, 0xe9U, 0x660U, 0x3000U, 0x4e00U}) CHECK(!has(c.name, beyond));
    }
}

TEST_CASE("unicode: Java's names with Is mean the Unicode property") {
    struct {
        std::string_view name, alias;
    } const cases[] = {
        {"IsAlphabetic", "Alphabetic"}, {"IsL", "L"}, {"IsLu", "Lu"}, {"IsLetter", "L"}, {"IsWhite_Space", "White_Space"},
        {"IsUppercase", "Uppercase"}};
    for (auto const& c : cases) {
        CAPTURE(c.name);
        CHECK(property_named(c.name).known);
        CHECK(property_named(c.name).kinds == property_named(c.alias).kinds);
    }
    // Character.isLetterOrDigit
    for (std::uint32_t c : {std::uint32_t{'a'}, std::uint32_t{'7'}, 0x660U, 0x5d0U}) CHECK(has("LD", c));
    for (std::uint32_t c : {std::uint32_t{'_'}, 0x2160U, 0xb2U}) CHECK(!has("LD", c));
}

TEST_SUITE_END();
