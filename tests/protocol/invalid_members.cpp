// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// Errors whose members have other types than their description.
#include <parley/protocol/json_rpc.hpp>
#include <parley/protocol/rest_json.hpp>

#include <support/types.hpp>

#include <boost/describe.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

TEST_SUITE_BEGIN("protocol");

namespace {

using parley::json_rpc;
using parley::rest_json;

struct spoiled {
    std::optional<int> count{};
    std::optional<double> ratio{};
    std::optional<bool> flag{};
    std::optional<std::string> text{};
    std::optional<std::vector<int>> list{};
    std::optional<std::set<int>> numbers{};
    std::optional<types::point> where{};
    std::optional<types::milliseconds> when{};
    parley::open_enum<types::color> paint = types::color::green;
    int number = 7;
    std::optional<std::string> message{};
};
BOOST_DESCRIBE_STRUCT(spoiled, (), (count, ratio, flag, text, list, numbers, where, when, paint, number, message))
constexpr auto parley_traits(spoiled const*) { return parley::traits(parley::http_error(400), parley::rpc_error(-1)); }

struct strictly_colored {
    types::color paint{};
    std::optional<int> count{};
};
BOOST_DESCRIBE_STRUCT(strictly_colored, (), (paint, count))
constexpr auto parley_traits(strictly_colored const*) { return parley::traits(parley::http_error(409), parley::rpc_error(-2)); }

struct in_headers {
    std::optional<int> retries{};
    std::optional<std::vector<int>> numbers{};
    std::optional<std::string> note{};
};
BOOST_DESCRIBE_STRUCT(in_headers, (), (retries, numbers, note))
constexpr auto parley_traits(in_headers const*) {
    return parley::traits(parley::http_error("429\nx-retries: {retries}\nx-numbers: {numbers}"));
}

struct poke {
    struct input {
        parley::required<std::string> id;
    };
    struct output {};
    using errors = parley::errors<spoiled, strictly_colored, in_headers>;
    static constexpr auto http = parley::http("GET /{id}");
};
BOOST_DESCRIBE_STRUCT(poke::input, (), (id))
BOOST_DESCRIBE_STRUCT(poke::output, (), ())

struct call {
    struct input {};
    struct output {};
    using errors = parley::errors<spoiled, strictly_colored>;
};
BOOST_DESCRIBE_STRUCT(call::input, (), ())
BOOST_DESCRIBE_STRUCT(call::output, (), ())

std::string body(std::string const& members) {
    return R"({"code":"spoiled","list":[1],"text":"good")" + (members.empty() ? "" : "," + members) + "}";
}

auto over_http(std::string const& code, std::string text, int status = 400) {
    parley::http_response response{status, {{"x-amzn-errortype", code}}, std::move(text)};
    return rest_json::decode_response<poke>(response).error();
}
auto over_rpc(int code, std::string const& data) {
    return json_rpc::decode_response<call>(R"({"jsonrpc":"2.0","id":1,"error":{"code":)" + std::to_string(code)
                                               + R"(,"message":"said","data":)" + data + "}}",
                                           1)
        .error();
}

} // namespace

TEST_CASE("invalid_members: an optional member of another type is absent") {
    using test = bool (*)(spoiled const&);
    std::tuple<char const*, test> const cases[]{
        {R"("count":"x")", [](spoiled const& e) { return !e.count; }},
        {R"("count":1.5)", [](spoiled const& e) { return !e.count; }},
        {R"("count":99999999999)", [](spoiled const& e) { return !e.count; }},
        {R"("ratio":[])", [](spoiled const& e) { return !e.ratio; }},
        {R"("flag":1)", [](spoiled const& e) { return !e.flag; }},
        {R"("text":{})", [](spoiled const& e) { return !e.text; }},
        {R"("list":[1,"x",3])", [](spoiled const& e) { return !e.list; }},
        {R"("list":{"a":1})", [](spoiled const& e) { return !e.list; }},
        {R"("numbers":[1,"x"])", [](spoiled const& e) { return !e.numbers; }},
        {R"("where":{"x":true})", [](spoiled const& e) { return !e.where; }},
        {R"("where":3)", [](spoiled const& e) { return !e.where; }},
        {R"("when":"never")", [](spoiled const& e) { return !e.when; }},
        {R"("paint":7)", [](spoiled const& e) { return e.paint == parley::open_enum<types::color>::unknown(""); }},
        {R"("message":5)", [](spoiled const& e) { return e.message && *e.message != ""; }},
    };
    for (auto const& [text, is_absent] : cases) {
        std::string const members = text;
        CAPTURE(members);
        auto const http = over_http("spoiled", body(members));
        auto const* e = http.get_if<spoiled>();
        REQUIRE_MESSAGE(e, http.text());
        CHECK(is_absent(*e));
        if (e->text) CHECK(*e->text == "good"); // other members are decoded
        auto const rpc = over_rpc(-1, "{" + members + "}");
        e = rpc.get_if<spoiled>();
        REQUIRE_MESSAGE(e, rpc.text());
        CHECK(is_absent(*e));
    }
}

TEST_CASE("invalid_members: an error whose body is not an object has no members") {
    for (std::string const text : {"[]", "3", "\"x\"", ""}) {
        CAPTURE(text);
        auto const http = over_http("spoiled", text);
        auto const* e = http.get_if<spoiled>();
        REQUIRE_MESSAGE(e, http.text());
        CHECK(!e->list);
        CHECK(!e->paint.is_known());
    }
}

TEST_CASE("invalid_members: a list with more violations than the limit is absent, not truncated") {
    std::string list = "[1";
    for (int i = 0; i < 200; ++i) list += ",\"x\"";
    auto const http = over_http("spoiled", R"({"list":)" + list + R"(],"count":3})");
    REQUIRE(http.get_if<spoiled>());
    CHECK(!http.get_if<spoiled>()->list);
}

TEST_CASE("invalid_members: an invalid header field of an error is absent") {
    parley::http_response const response{
        429, {{"x-amzn-errortype", "in_headers"}, {"x-retries", "many"}, {"x-numbers", "1, x"}}, R"({"note":"kept"})"};
    auto const error = rest_json::decode_response<poke>(response).error();
    auto const* e = error.get_if<in_headers>();
    REQUIRE_MESSAGE(e, error.text());
    CHECK(!e->retries);
    CHECK(!e->numbers);
    CHECK(e->note == "kept");
}

TEST_CASE("invalid_members: an error without a needed member is undecodable, and the member is reported") {
    for (std::string const text : {"{}", R"({"paint":3})", R"({"paint":"violet","count":1})", "[]"}) {
        CAPTURE(text);
        for (auto const& error : {over_http("strictly_colored", text, 409).text(), over_rpc(-2, text).text()})
            CHECK(error.find("/paint") != std::string::npos);
        CHECK(over_http("strictly_colored", text, 409).code() == "strictly_colored");
        CHECK(!over_http("strictly_colored", text, 409).get_if<strictly_colored>());
    }
    CHECK(over_http("strictly_colored", R"({"paint":"GREEN","count":"x"})", 409).get_if<strictly_colored>());
}

TEST_SUITE_END();
