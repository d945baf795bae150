// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/http/response.hpp>

#include <doctest/doctest.h>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

TEST_SUITE_BEGIN("http");

namespace {

struct with_functions {
    int status() const { return 201; }
    std::string const& body() const { return text; }
    std::string const* header(std::string_view name) const { return name == "x" ? &text : nullptr; }
    std::string text = "hi";
};

struct with_optional {
    unsigned status = 202;
    std::string_view body = "ho";
    std::optional<std::string_view> header(std::string_view name) const {
        return name == "empty" ? std::optional<std::string_view>("") : std::nullopt;
    }
};

struct other_names {
    short code = 203;
    std::string content = "he";
    std::map<std::string, std::string> meta{{"a", "1"}, {"b", "2"}};
};

struct with_pointers {
    int status = 204;
    char const* body = nullptr;
    char const* header(std::string_view name) const { return name == "x" ? "1" : nullptr; }
};

struct with_bytes {
    int status = 205;
    std::vector<unsigned char> body{'a', 0, 'b'};
    std::optional<std::string_view> header(std::string_view) const { return std::nullopt; }
};

struct that_moves {
    int status() const { return 206; }
    std::string const& body() const& { return text; }
    std::string&& body() && { return std::move(text); }
    std::optional<std::string_view> header(std::string_view) const { return std::nullopt; }
    std::string text = "hu";
};

struct no_response {
    int status = 0;
};

// Types whose functions return owning strings by value: views of them would dangle.
template <class Header, class Body = std::string const&>
struct gives {
    int status = 0;
    Body body() const;
    Header header(std::string_view name) const;
};

using view = std::optional<std::string_view>;

} // namespace

template <>
struct parley::response_traits<other_names> {
    static int status(other_names const& r) { return r.code; }
    static std::string_view body(other_names const& r) { return r.content; }
    static std::optional<std::string_view> header(other_names const& r, std::string_view name) {
        auto const field = r.meta.find(std::string(name));
        return field == r.meta.end() ? std::nullopt : std::optional<std::string_view>(field->second);
    }
    template <class F>
    static void each_header(other_names const& r, F&& f) {
        for (auto const& [name, value] : r.meta) f(std::string_view(name), std::string_view(value));
    }
    static std::string take_body(other_names&& r) { return std::move(r.content); }
};

static_assert(parley::response_like<parley::http_response> && parley::response_like<parley::response_view>);
static_assert(
    parley::response_like<gives<
        view>> && parley::response_like<gives<std::string const&>> && parley::response_like<gives<std::string const*>> && parley::response_like<gives<view, std::string_view>>);
static_assert(!parley::response_like<gives<std::string>> && !parley::response_like<gives<std::optional<std::string>>>);
static_assert(!parley::response_like<gives<view, std::string>> && !parley::response_like<gives<view, std::vector<char>>>);
// Types without a text: the concept is not satisfied, rather than a hard error.
static_assert(
    !parley::response_like<gives<
        int>> && !parley::response_like<gives<std::vector<std::string> const&>> && !parley::response_like<gives<view, std::vector<int> const&>>);
static_assert(!parley::response_like<no_response> && !parley::response_like<int> && !parley::response_like<std::string>);

TEST_CASE("response: http_response is supported") {
    parley::http_response const r{200, {{"A", "1"}, {"B", "2"}}, "body"};
    auto const view = parley::view_of(r);
    CHECK(view.status == 200);
    CHECK(view.body.data() == r.body.data());
    CHECK(view.header("a") == "1");
    CHECK(!view.header("c"));
    int count = 0;
    view.each_header([](void* c, std::string_view, std::string_view) { ++*static_cast<int*>(c); }, &count);
    CHECK(count == 2);
}

TEST_CASE("response: types with the usual member names are supported") {
    with_functions const f;
    CHECK(parley::view_of(f).status == 201);
    CHECK(parley::view_of(f).body == "hi");
    CHECK(parley::view_of(f).header("x") == "hi");
    CHECK(!parley::view_of(f).header("y"));
    CHECK(!parley::view_of(f).can_iterate());
    with_optional const o;
    CHECK(parley::view_of(o).header("empty") == "");
    CHECK(!parley::view_of(o).header("none"));
}

TEST_CASE("response: types with other names are supported by response_traits") {
    other_names const r;
    auto const view = parley::view_of(r);
    CHECK(view.status == 203);
    CHECK(view.body == "he");
    CHECK(view.header("b") == "2");
    CHECK(view.can_iterate());
}

TEST_CASE("response: a null pointer is an absent header or an empty body") {
    with_pointers const r;
    CHECK(parley::view_of(r).header("x") == "1");
    CHECK(!parley::view_of(r).header("y"));
    CHECK(parley::view_of(r).body.empty());
}

TEST_CASE("response: a body may be bytes") {
    with_bytes const r;
    CHECK(parley::view_of(r).body == std::string_view("a\0b", 3));
}

TEST_CASE("response: only the body of an rvalue is moved") {
    auto const owned = [](parley::response_view const& view) -> std::optional<std::string> {
        if (!view.owned) return std::nullopt;
        CHECK(view.body.data() == view.owned->data());
        CHECK(view.body == *view.owned);
        return std::move(*view.owned);
    };
    using parley::detail::read_response;
    parley::http_response ours{200, {{"A", "1"}}, "body"};
    auto const& constant = ours;
    CHECK(!read_response(ours, owned));
    CHECK(!read_response(constant, owned));
    CHECK(!read_response(std::move(constant), owned));
    CHECK(!read_response(parley::view_of(ours), owned));
    CHECK(ours.body == "body");
    CHECK(read_response(std::move(ours),
                        [&](parley::response_view const& view) {
                            CHECK(view.header("a") == "1");
                            CHECK(view.status == 200);
                            return owned(view);
                        })
          == "body");
    CHECK(read_response(other_names(), owned) == "he");
    CHECK(read_response(that_moves(), owned) == "hu");
    // A body that is a view, and one of bytes.
    CHECK(!read_response(with_optional(), owned));
    CHECK(!read_response(with_functions(), owned));
    CHECK(!read_response(with_bytes(), owned));
}

TEST_SUITE_END();
