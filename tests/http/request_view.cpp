// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/http/request_view.hpp>

#include <doctest/doctest.h>

#include <map>
#include <string>
#include <vector>

TEST_SUITE_BEGIN("http");

namespace {

struct with_functions {
    std::string_view method() const { return "GET"; }
    std::string const& target() const { return text; }
    std::vector<char> const& body() const { return bytes; }
    char const* header(std::string_view name) const { return name == "host" ? "example.com:81" : nullptr; }
    std::string text = "/a?b=1&c";
    std::vector<char> bytes{'x', 'y'};
};

struct other_names {
    std::string verb = "PUT", url = "http://example.com/a/b?c", content = "body";
    std::map<std::string, std::string> meta{{"host", "wrong"}, {"b", "2"}};
};

struct no_request {
    std::string method;
};

struct gives_copies {
    std::string method, target, body;
    std::string header(std::string_view) const;
};

} // namespace

template <>
struct parley::request_traits<other_names> {
    static std::string_view method(other_names const& r) { return r.verb; }
    static std::string_view target(other_names const& r) { return r.url; }
    static std::string_view body(other_names const& r) { return r.content; }
    static std::optional<std::string_view> header(other_names const& r, std::string_view name) {
        auto const field = r.meta.find(std::string(name));
        return field == r.meta.end() ? std::nullopt : std::optional<std::string_view>(field->second);
    }
    template <class F>
    static void each_header(other_names const& r, F&& f) {
        for (auto const& [name, value] : r.meta) f(std::string_view(name), std::string_view(value));
    }
};

static_assert(
    parley::request_like<
        parley::
            http_request> && parley::request_like<parley::request_view> && parley::request_like<with_functions> && parley::request_like<other_names>);
static_assert(!parley::request_like<no_request> && !parley::request_like<gives_copies> && !parley::request_like<int>);

TEST_CASE("request_view: http_request has its host beside the fields") {
    parley::http_request request;
    request.method = "POST";
    request.target = "/x";
    request.host = "api.example.com";
    request.fields = {{"A", "1"}};
    request.body = "b";
    auto const view = parley::view_of(request);
    CHECK(view.method == "POST");
    CHECK(view.host == "api.example.com");
    CHECK(view.header("a") == "1");
    CHECK(view.body.data() == request.body.data());
    request.host.clear();
    request.fields.add("Host", "other");
    CHECK(parley::view_of(request).host == "other");
}

TEST_CASE("request_view: types with the usual member names are supported") {
    with_functions const r;
    auto const view = parley::view_of(r);
    CHECK(view.method == "GET");
    CHECK(view.path() == "/a");
    CHECK(view.query() == "b=1&c");
    CHECK(view.body == "xy");
    CHECK(view.host == "example.com:81");
    CHECK(!view.can_iterate());
}

TEST_CASE("request_view: the host of an absolute-form target takes precedence over Host") {
    other_names r;
    CHECK(parley::view_of(r).target == "/a/b?c");
    CHECK(parley::view_of(r).host == "example.com");
    CHECK(parley::view_of(r).header("b") == "2");
    r.url = "https://example.com";
    CHECK(parley::view_of(r).target == "/");
    r.url = "/a?u=http://x/y";
    CHECK(parley::view_of(r).target == "/a?u=http://x/y");
    r.url = "*";
    CHECK(parley::view_of(r).target == "*");
    CHECK(parley::view_of(r).query() == "");
}

TEST_CASE("request_view: the authority of an absolute-form target ends at the path or query (RFC 3986, section 3.2)") {
    other_names request;
    request.url = "http://example.com:80?c=/d";
    auto const view = parley::view_of(request);
    CHECK(view.host == "example.com:80");
    CHECK(view.path() == "/");
    CHECK(view.query() == "c=/d");
    request.url = "http://example.com";
    CHECK(parley::view_of(request).path() == "/");
}

TEST_CASE("request_view: copy_of copies all parts") {
    parley::http_request original;
    original.method = "PUT";
    original.target = "/a?b";
    original.fields = {{"Host", "example.com:8080"}, {"x-a", "1"}, {"x-a", "2"}};
    original.body = "body";
    auto const copy = parley::copy_of(parley::view_of(original));
    CHECK(copy.method == "PUT");
    CHECK(copy.url() == "http://example.com:8080/a?b");
    CHECK(copy.fields == original.fields);
    CHECK(copy.body == "body");
    for (std::string const host : {"example.com", "[::1]", "[::1]:80", "x:99999", "x:", ""}) {
        original.fields = {{"host", host}};
        CHECK(parley::copy_of(parley::view_of(original)).authority() == host);
    }
}

TEST_SUITE_END();
