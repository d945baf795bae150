// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/http/path_pattern.hpp>

#include <parley/core/fixed_string.hpp>

#include <doctest/doctest.h>

#include <optional>
#include <string>
#include <vector>

TEST_SUITE_BEGIN("http");

namespace {

using parley::detail::compare_specificity;

template <parley::fixed_string Text>
constexpr auto segments = parley::detail::parse_path<parley::detail::count_path_segments(Text.view())>(Text.view());

// Returns the labels of a path, or nullopt if it does not match.
template <parley::fixed_string Text>
std::optional<std::vector<std::string>> labels(std::string_view path) {
    std::vector<std::string> values;
    if (!parley::detail::match_path(segments<Text>, path, [&](std::string_view label) { values.emplace_back(label); }))
        return std::nullopt;
    return values;
}

using texts = std::vector<std::string>;

template <parley::fixed_string A, parley::fixed_string B>
constexpr bool before = compare_specificity(segments<A>, segments<B>)<0 && compare_specificity(segments<B>, segments<A>)> 0;
template <parley::fixed_string A, parley::fixed_string B>
constexpr bool same = compare_specificity(segments<A>, segments<B>) == 0;

} // namespace

// The tables of https://smithy.io/2.0/spec/http-bindings.html#uri

TEST_CASE("path_pattern: literal paths match, with or without a trailing slash") {
    CHECK(labels<"/my/uri/path">("/my/uri/path"));
    CHECK(labels<"/my/uri/path">("/my/uri/path/"));
    for (auto const* path :
         {"/my/uri", "/my/uri/other", "/my/uri/path/other", "/my/uri/path//", "my/uri/path", "//my/uri/path", ""})
        CHECK_MESSAGE(!labels<"/my/uri/path">(path), path);
    CHECK(labels<"/">("/"));
    CHECK(!labels<"/">("//"));
    CHECK(!labels<"/">(""));
    CHECK(labels<"/a/">("/a"));
}

TEST_CASE("path_pattern: a label matches one non-empty segment") {
    CHECK(labels<"/my/uri/{label}">("/my/uri/foo") == texts{"foo"});
    CHECK(labels<"/my/uri/{label}">("/my/uri/foo/") == texts{"foo"});
    CHECK(!labels<"/my/uri/{label}">("/my/uri"));
    CHECK(!labels<"/my/uri/{label}">("/my/uri/"));
    CHECK(!labels<"/my/uri/{label}">("/my/uri/foo/bar"));
    CHECK(labels<"/my/uri/{label1}/{label2}">("/my/uri/bar/baz/") == texts{"bar", "baz"});
    CHECK(!labels<"/my/uri/{label1}/{label2}">("/my/uri//baz"));
    CHECK(!labels<"/my/uri/{label1}/{label2}">("/my/uri/foo/bar/baz"));
    CHECK(labels<"/{a}">("/b%2Fc") == texts{"b%2Fc"}); // decoded later: an escape does not separate segments
}

TEST_CASE("path_pattern: greedy labels match as many segments as possible") {
    CHECK(labels<"/my/uri/{label+}">("/my/uri/foo/bar") == texts{"foo/bar"});
    CHECK(labels<"/my/uri/{label+}">("/my/uri/bar/baz/") == texts{"bar/baz/"});
    CHECK(!labels<"/my/uri/{label+}">("/my/uri"));
    CHECK(!labels<"/my/uri/{label+}">("/my/uri/"));
    CHECK(labels<"/prefix/{label+}/suffix">("/prefix/foo/suffix") == texts{"foo"});
    CHECK(labels<"/prefix/{label+}/suffix">("/prefix/foo/bar/suffix") == texts{"foo/bar"});
    CHECK(labels<"/prefix/{label+}/suffix">("/prefix/foo/suffix/bar/suffix") == texts{"foo/suffix/bar"});
    CHECK(!labels<"/prefix/{label+}/suffix">("/prefix/foo/bar"));
    CHECK(!labels<"/prefix/{label+}/suffix">("/foo/bar/suffix"));
    CHECK(!labels<"/prefix/{label+}/suffix">("/prefix/suffix"));
    CHECK(labels<"/{a+}/x/{b}">("/1/x/2/x/3") == texts{"1/x/2", "3"});
    CHECK(!labels<"/{a+}/x/{b}/{c}">("/x/1"));
}

TEST_CASE("path_pattern: a segment may have labels and text") {
    CHECK(labels<"/{name}.json">("/a.json.json") == texts{"a.json"});
    CHECK(!labels<"/{name}.json">("/.json"));
    CHECK(labels<"/v{major}.{minor}/x">("/v1.2.3/x") == texts{"1", "2.3"});
    CHECK(!labels<"/v{major}.{minor}">("/v1."));
    CHECK(labels<"/{name}:cancel">("/job:cancel") == texts{"job"});
    CHECK(!labels<"/{name}:cancel">("/job:start"));
}

// RFC 3986, section 6.2.2.2: an escape of an unreserved character is equivalent to the character.
TEST_CASE("path_pattern: literals match percent-encoded text, and labels are visited undecoded") {
    CHECK(labels<"/datastore">("/%64atastore"));
    CHECK(labels<"/datastore">("/%64%61%74%61%73%74%6f%72%65/"));
    CHECK(labels<"/datastore/{id}">("/data%73tore/%61%2Fb") == texts{"%61%2Fb"});
    CHECK(labels<"/a-b_c.d~e">("/a%2Db%5Fc%2e%64%7E%65"));
    CHECK(labels<"/\xc3\xa9">("/%C3%A9"));
    CHECK(labels<"/a%20b">("/a%20b"));
    CHECK(labels<"/a%2fb">("/a%2Fb"));
    CHECK(labels<"/$value">("/%24value"));
    // An escape is not a slash, and a malformed one is literal.
    for (auto const* path : {"/a%2Fb", "/a%2fb", "/a%2", "/a%2xb", "/%61%2F%62"}) CHECK_MESSAGE(!labels<"/a/b">(path), path);
    CHECK(labels<"/a/b">("/%61/%62"));
    CHECK(!labels<"/datastore">("/%2564atastore")); // decoded only once
    CHECK(!labels<"/datastore">("/%44atastore"));   // 'D' is not 'd'
    // After a greedy label and next to labels.
    CHECK(labels<"/p/{label+}/suffix">("/%70/a/b%2Fc/%73uffix") == texts{"a/b%2Fc"});
    CHECK(labels<"/{name}.json">("/a%2Ejson") == texts{"a"});
    CHECK(labels<"/{name}.json">("/%2e.json") == texts{"%2e"});
    CHECK(!labels<"/{name}.json">("/%2ejson"));
    CHECK(labels<"/v{major}.{minor}/x">("/%76%31%2e%32.3/x") == texts{"%31", "%32.3"});
    CHECK(labels<"/{a}2{b}">("/%2512%32") == texts{"%251", "%32"}); // a literal does not begin inside an escape
    CHECK(!labels<"/{a}2{b}">("/%25%2512"));
    // Encoded reserved characters are not delimiters: section 2.2.
    CHECK(!labels<"/{name}:cancel">("/job%3Acancel"));
    CHECK(labels<"/{name}:cancel">("/job%3Acancel:%63ancel") == texts{"job%3Acancel"});
    CHECK(labels<"/{a}:{b}">("/x%3Ay:z") == texts{"x%3Ay", "z"});
}

TEST_CASE("path_pattern: the more specific path has precedence") {
    // https://smithy.io/2.0/spec/http-bindings.html#specificity-routing
    static_assert(before<"/abc/bcd/{xyz}", "/abc/{xyz}/cde">);
    static_assert(before<"/abc/{xyz}/cde", "/{xyz}/bcd/cde">);
    static_assert(before<"/abc/{xyz+}/bcd", "/abc/{xyz+}">);
    static_assert(before<"/abc/{xyz}", "/abc/{xyz+}">);
    static_assert(before<"/{a}.json", "/{a}">);
    static_assert(before<"/{a}x", "/{a}x{b}">);
    CHECK(same<"/foo/{bar}", "/foo/{baz}">);
    CHECK(same<"/v{a}.{b}", "/v{c}.{d}">);
    CHECK(!same<"/v{a}.{b}", "/v{a}.">);
    CHECK(same<"/foo", "/foo/">);
    CHECK(!same<"/foo", "/bar">);
}

TEST_SUITE_END();
