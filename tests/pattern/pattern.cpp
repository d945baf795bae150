// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/pattern/pattern.hpp>

#include <parley/core/fixed_string.hpp>

#include <doctest/doctest.h>

#include <string>

TEST_SUITE_BEGIN("pattern");

namespace {

template <parley::fixed_string Text>
struct compiled {
    static constexpr auto draft = parley::draft_pattern<parley::detail::pattern_capacity(Text.view())>(Text.view());
    static constexpr auto program = parley::finish_pattern<draft.size()>(draft);
};

template <parley::fixed_string Text>
bool matches(std::string_view text) {
    return parley::search(compiled<Text>::program.view(), text);
}

} // namespace

TEST_CASE("pattern: a match may be anywhere unless it is anchored") {
    CHECK(matches<"b">("abc"));
    CHECK(!matches<"^b">("abc"));
    CHECK(!matches<"b$">("abc"));
    CHECK(matches<"^abc$">("abc"));
    CHECK(!matches<"^abc$">("abc\n"));
    CHECK(matches<"">("anything"));
    CHECK(matches<"^$">(""));
    CHECK(!matches<"^$">("a"));
    CHECK(matches<"^a|b$">("ac"));
    CHECK(matches<"^a|b$">("cb"));
    CHECK(!matches<"^(a|b)$">("ab"));
}

TEST_CASE("pattern: repetition") {
    CHECK(matches<"^ab*c$">("ac"));
    CHECK(matches<"^ab*c$">("abbbc"));
    CHECK(!matches<"^ab+c$">("ac"));
    CHECK(matches<"^ab+c$">("abbc"));
    CHECK(matches<"^ab?c$">("abc"));
    CHECK(!matches<"^ab?c$">("abbc"));
    CHECK(matches<"^a{3}$">("aaa"));
    CHECK(!matches<"^a{3}$">("aaaa"));
    CHECK(matches<"^a{2,}$">("aaaaa"));
    CHECK(!matches<"^a{2,}$">("a"));
    CHECK(matches<"^a{2,4}$">("aaaa"));
    CHECK(!matches<"^a{2,4}$">("aaaaa"));
    CHECK(matches<"^a*?b$">("aab"));
    CHECK(matches<"^(ab){2,3}$">("ababab"));
    CHECK(!matches<"^(ab){2,3}$">("ab"));
    CHECK(!matches<"^(ab){2,3}$">("abababab"));
    CHECK(matches<"^(ab)*$">(""));
    CHECK(matches<"^(a|bc)+d$">("abcabcd"));
    CHECK(matches<"^(a*)*b$">("aaab"));
    CHECK(matches<"^(?:a|b)?c$">("c"));
    CHECK(matches<"^a{0}b$">("b"));
    CHECK(matches<"x[ab]{2,3}y">("..xabay"));
    CHECK(!matches<"x[ab]{2,3}y">("xababy"));
    // A repetition with several overlapping starts.
    CHECK(matches<"a[ab]{3}c">("aababc"));
    CHECK(matches<"a[ab]{3}c">("aaabac"));
    CHECK(!matches<"a[ab]{3}c">("aac"));
}

TEST_CASE("pattern: a repetition gives back characters that the rest needs") {
    CHECK(matches<"^(?:[0-9]*x)*[0-9]$">("12x3x4"));
    CHECK(!matches<"^(?:[0-9]*x)*[0-9]$">("12x3x"));
    CHECK(matches<"^(?:a[0-9]*)+5$">("a1a25"));
    CHECK(!matches<"^(?:a[0-9]*)+5$">("a1a2"));
    CHECK(matches<"^(?:[0-9]+|x)?[0-9]$">("7"));
    CHECK(matches<"^(?:[a-z]{1,3}|0)(?:[a-z]0)?$">("abcd0"));
    CHECK(matches<"^[a-z]+(?:-|[0-9]*z)$">("abz"));
    CHECK(matches<"^[a-z]+(?:-|[0-9]*z)?$">("ab"));
    CHECK(matches<"^(?:[0-9][0-9]*|0)(\\.(?:[1-9][0-9]*|0))*$">("0.10.0.207"));
    CHECK(matches<"^(?:[0-9][0-9]*|0)(\\.(?:[1-9][0-9]*|0))*$">("1"));
    CHECK(!matches<"^(?:[0-9][0-9]*|0)(\\.(?:[1-9][0-9]*|0))*$">("1.02"));
    CHECK(!matches<"^(?:[0-9][0-9]*|0)(\\.(?:[1-9][0-9]*|0))*$">("1.2."));
    CHECK(!matches<"^(?:[0-9][0-9]*|0)(\\.(?:[1-9][0-9]*|0))*$">("1.2\u00e9"));
    CHECK(matches<"^(?:[^.]+\\.)*[^.]+$">("caf\u00e9.b\u00e9.c"));
    CHECK(matches<"(?=[a-z]+[a-z]0)ab">("xabc0"));
}

TEST_CASE("pattern: classes") {
    CHECK(matches<"^[a-c]$">("b"));
    CHECK(!matches<"^[a-c]$">("d"));
    CHECK(matches<"^[^a-c]$">("d"));
    CHECK(!matches<"^[^a-c]$">("a"));
    CHECK(matches<"^[a-]$">("-"));
    CHECK(matches<"^[-a]$">("-"));
    CHECK(matches<"^[a\\-z]$">("-"));
    CHECK(!matches<"^[a\\-z]$">("b"));
    CHECK(matches<"^[\\]]$">("]"));
    CHECK(matches<"^[.*+?(){}|^$]$">("$"));
    CHECK(matches<"^\\d\\D\\w\\W\\s\\S$">("1a_- x"));
    CHECK(!matches<"^\\d$">("x"));
    CHECK(matches<"^[\\d.]+$">("1.5"));
    CHECK(matches<"^[\\w -:]+$">("azAZ09_ !/:"));
    CHECK(!matches<"^[\\w -:]+$">(";"));
    CHECK(matches<"^.$">("\xc3\xa9"));
    CHECK(!matches<"^.$">("\n"));
    CHECK(!matches<"^.$">("\xe2\x80\xa8"));
    CHECK(matches<"^[\\s\\S]$">("\n"));
}

TEST_CASE("pattern: escapes") {
    CHECK(matches<"^\\x41\\u0042\\u{43}$">("ABC"));
    CHECK(matches<"^\\t\\n\\r\\f\\v$">("\t\n\r\f\v"));
    CHECK(matches<"^\\0$">(std::string_view("\0", 1)));
    CHECK(matches<"^\\.\\*\\/\\\\$">(".*/\\"));
    CHECK(matches<"^\\ud83d\\ude00$">("\xf0\x9f\x98\x80"));
}

TEST_CASE("pattern: a code point counts as one character") {
    CHECK(matches<"^.{3}$">("\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80"));
    CHECK(matches<"^[\xc3\xa0-\xc3\xbf]$">("\xc3\xa9"));
    CHECK(matches<"^\xf0\x9f\x98\x80+$">("\xf0\x9f\x98\x80\xf0\x9f\x98\x80"));
    CHECK(matches<"^[\\u{1F600}-\\u{1F64F}]$">("\xf0\x9f\x98\x80"));
}

TEST_CASE("pattern: bytes that are not UTF-8 match nothing") {
    CHECK(!matches<"^.$">("\xff"));
    CHECK(!matches<"^[^a]$">("\xc3"));
    CHECK(!matches<"^[^a]{1,9}$">("\xe2\x82"));
    CHECK(!matches<"^.$">("\xed\xa0\x80"));
}

TEST_CASE("pattern: patterns of real services") {
    CHECK(matches<"^[0-9a-z]{32}$">(std::string(32, 'a')));
    CHECK(!matches<"^[0-9a-z]{32}$">(std::string(31, 'a')));
    CHECK(!matches<"^[0-9a-z]{32}$">(std::string(31, 'a') + "A"));
    CHECK(matches<"^arn:aws(-[^:]+)?:iam::[0-9]{12}:role/.+$">("arn:aws-cn:iam::123456789012:role/x"));
    CHECK(!matches<"^arn:aws(-[^:]+)?:iam::[0-9]{12}:role/.+$">("arn:aws:iam::12345678901:role/x"));
    CHECK(matches<"^s3://[a-z0-9][\\.\\-a-z0-9]{1,61}[a-z0-9](/.*)?$">("s3://bucket-1.x/path"));
    CHECK(!matches<"^s3://[a-z0-9][\\.\\-a-z0-9]{1,61}[a-z0-9](/.*)?$">("s3://b/path"));
    CHECK(matches<"^(?:[0-9][0-9]*|0)(\\.(?:[1-9][0-9]*|0))*$">("1.2.840.10008"));
    CHECK(!matches<"^(?:[0-9][0-9]*|0)(\\.(?:[1-9][0-9]*|0))*$">("1.02"));
    auto const* key = "arn:aws:kms:us-east-1:123456789012:key/12345678-1234-1234-1234-123456789012";
    CHECK(matches<"^arn:aws[a-zA-Z-]{0,16}:kms:[a-z]{2}(-[a-z]{1,16}){1,3}-\\d{1}:\\d{12}:((key/[a-fA-F0-9]{8}-[a-fA-F0-9]{4}"
                  "-[a-fA-F0-9]{4}-[a-fA-F0-9]{4}-[a-fA-F0-9]{12})|(alias/[a-zA-Z0-9:/_-]{1,256}))$">(key));
}

TEST_CASE("pattern: matching time is bounded for all texts") {
    std::string const many(200'000, 'a');
    CHECK(!matches<"^(a*)*b$">(many));
    CHECK(!matches<"^(a|a)*b$">(many));
    CHECK(!matches<"^(a|aa)+$">(many + "b"));
    CHECK(!matches<"[a]{1,262144}b">(many));
    CHECK(matches<"a{100000}$">(many));
    CHECK(!matches<"(x+x+)+y">(std::string(20'000, 'x')));
    CHECK(!matches<"^[a-z]{0,262144}$">(many + "A"));
}

TEST_SUITE_END();
