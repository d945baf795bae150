// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/http/uri.hpp>

#include <doctest/doctest.h>

#include <string>
#include <utility>

TEST_SUITE_BEGIN("http");

using parley::parse_endpoint;

namespace {
std::string encoded(std::string_view text) {
    std::string out;
    parley::append_percent_encoded(out, text);
    return out;
}
} // namespace

TEST_CASE("uri: all except unreserved characters are encoded, in capitals") {
    CHECK(encoded("AZaz09-._~") == "AZaz09-._~");
    CHECK(encoded(" /?#[]@!$&'()*+,;=%") == "%20%2F%3F%23%5B%5D%40%21%24%26%27%28%29%2A%2B%2C%3B%3D%25");
    CHECK(encoded(std::string_view("\0\xc3\xa9\xff", 4)) == "%00%C3%A9%FF");
    std::string greedy;
    parley::append_percent_encoded_path(greedy, "a/b c");
    CHECK(greedy == "a/b%20c");
}

TEST_CASE("uri: decoding restores encoded text and rejects malformed escapes") {
    for (int c = 0; c < 256; ++c) {
        std::string const text(1, static_cast<char>(c));
        CHECK(parley::percent_decode(encoded(text)) == text);
    }
    CHECK(parley::percent_decode("a+b") == "a+b");
    CHECK(parley::percent_decodes_to("a%20%C3%a9", "a \xc3\xa9"));
    for (auto const* other : {"", "a", "a%2", "a%20%C3%A9b", "a%20%zz", "a%20%C3%A8"})
        CHECK(!parley::percent_decodes_to(other, "a \xc3\xa9"));
    for (auto const* bad : {"%", "%1", "%zz", "a%2", "%%20"}) CHECK(!parley::percent_decode(bad));
}

TEST_CASE("uri: parse_query decodes names and values") {
    auto const query = parley::parse_query("a=1&b&c=%26%3D&&a=2");
    REQUIRE(query);
    CHECK(*query == std::vector<std::pair<std::string, std::string>>{{"a", "1"}, {"b", ""}, {"c", "&="}, {"a", "2"}});
    CHECK(!parley::parse_query("a=%"));
}

TEST_CASE("uri: parse_endpoint") {
    auto const plain = parse_endpoint("https://EXAMPLE.com");
    REQUIRE(plain);
    CHECK(plain->host == "example.com");
    CHECK(plain->port == 0);
    CHECK(plain->path.empty());
    CHECK(parse_endpoint("HTTP://a:80")->port == 0);
    CHECK(parse_endpoint("http://a:443")->port == 443);
    CHECK(parse_endpoint("https://a:/x")->port == 0);
    CHECK(parse_endpoint("http://[::1]:9000/base/")->host == "[::1]");
    CHECK(parse_endpoint("http://[::1]:9000/base/")->path == "/base/");
    // User names and passwords are dropped.
    CHECK(parse_endpoint("https://user:pw@example.com/")->host == "example.com");
    for (auto const* bad :
         {"", "not a url", "ftp://a", "https://", "https:///x", "https://a:99999", "https://a:0", "https://a:x", "https://a b",
          "https://a\r\nb", "https://a/x#y", "https://a?x", "//a", "https://[::1", "https://[]", "https://[x]", "https://a\\b"}) {
        CAPTURE(bad);
        CHECK(!parse_endpoint(bad));
    }
}

TEST_CASE("uri: is_host_label allows letters, digits and inner hyphens") {
    for (char const* good : {"a", "a-b", "0", "xn--p1ai", "A9"}) CHECK(parley::is_host_label(good));
    for (char const* bad : {"", "-a", "a-", "a.b", "a_b", "a b", "\xc3\xa9"}) CHECK(!parley::is_host_label(bad));
    CHECK(parley::is_host_label(std::string(63, 'a')));
    CHECK(!parley::is_host_label(std::string(64, 'a')));
}

TEST_CASE("uri: a percent sign without two hexadecimal digits is malformed") {
    for (auto const* good : {"", "a", "%41", "%aF%Fa", "a%20", "%25%32"}) CHECK_MESSAGE(!parley::has_bad_escape(good), good);
    for (auto const* bad : {"%", "%4", "a%4", "%g1", "%1g", "%%41", "%41%", "%2%20"})
        CHECK_MESSAGE(parley::has_bad_escape(bad), bad);
}

TEST_CASE("uri: decode_to_same compares decoded texts") {
    CHECK(parley::decode_to_same("", ""));
    CHECK(parley::decode_to_same("a%2fb", "%61%2F%62"));
    CHECK(parley::decode_to_same("a/b", "a%2Fb"));
    CHECK(parley::decode_to_same("%zz", "%zz"));
    for (auto const& [a, b] : {std::pair("a", ""), std::pair("%61", "%62"), std::pair("%6", "%61"), std::pair("a", "aa")}) {
        CHECK(!parley::decode_to_same(a, b));
        CHECK(!parley::decode_to_same(b, a));
    }
}

// RFC 3986, section 6.2.2.2, of unreserved characters; section 2.2: "URIs that differ in the replacement of a reserved character with its
// corresponding percent-encoded octet are not equivalent."
TEST_CASE("uri: equivalent_prefix distinguishes encoded reserved characters") {
    constexpr auto none = std::string_view::npos;
    CHECK(parley::equivalent_prefix("abc", "") == 0);
    CHECK(parley::equivalent_prefix("abc", "ab") == 2);
    CHECK(parley::equivalent_prefix("%61%62c", "ab") == 6);
    CHECK(parley::equivalent_prefix("ab", "abc") == none);
    CHECK(parley::equivalent_prefix("%3Aa", ":") == none);
    CHECK(parley::equivalent_prefix(":a", "%3A") == none);
    CHECK(parley::equivalent_prefix("%3aa", "%3A") == 3);
    CHECK(parley::equivalent_prefix("%2Fa", "/") == none);
    CHECK(parley::equivalent_prefix("%2561", "a") == none);
    CHECK(parley::equivalent_prefix("%20", " ") == 3);
    CHECK(parley::equivalent_prefix("", "a") == none);
}

TEST_SUITE_END();
