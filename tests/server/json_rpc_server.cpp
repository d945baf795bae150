// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/server/json_rpc_server.hpp>

#include <support/arithmetic.hpp>

#include <doctest/doctest.h>

#include <numeric>
#include <stdexcept>
#include <string>
#include <vector>

TEST_SUITE_BEGIN("server");

using namespace arithmetic;
using parley::json_rpc_server;
using parley::serve;

namespace {

// A server with the methods of the examples in the specification.
auto arithmetic_server(parley::json_rpc_server_config config = {}) {
    return json_rpc_server{std::move(config),
                           serve<subtract>([](subtract::input const& in) { return *in.minuend - *in.subtrahend; }),
                           serve<sum>([](std::vector<int> in) { return std::accumulate(in.begin(), in.end(), 0); }),
                           serve<get_data>([] {
                               return std::vector<parley::document>{{"\"hello\""}, {"5"}};
                           }),
                           serve<update>([](std::vector<int> const&) {}),
                           serve<notify_hello>([](std::vector<int> const&) {}),
                           serve<notify_sum>([](std::vector<int> const&) {}),
                           serve<divide>([](divide::input const& in) -> parley::json_rpc_reply<divide> {
                               if (*in.divisor == 0) return by_zero{"", *in.dividend};
                               if (*in.divisor < 0) return parley::json_rpc_error{-32000, "negative", parley::document{"[1]"}};
                               if (*in.divisor > 100) throw std::runtime_error("the secret of the server");
                               return divide::output{*in.dividend / *in.divisor};
                           })};
}

std::string parse_error = R"({"jsonrpc":"2.0","error":{"code":-32700,"message":"Parse error"},"id":null})";
std::string invalid_request = R"({"jsonrpc":"2.0","error":{"code":-32600,"message":"Invalid Request"},"id":null})";

} // namespace

// Section 7 of the specification, responses without the spaces.

TEST_CASE("json_rpc_server: rpc call with positional parameters") {
    auto server = arithmetic_server();
    CHECK(server.handle(R"({"jsonrpc": "2.0", "method": "subtract", "params": [42, 23], "id": 1})")
          == R"({"jsonrpc":"2.0","result":19,"id":1})");
    CHECK(server.handle(R"({"jsonrpc": "2.0", "method": "subtract", "params": [23, 42], "id": 2})")
          == R"({"jsonrpc":"2.0","result":-19,"id":2})");
}

TEST_CASE("json_rpc_server: rpc call with named parameters") {
    auto server = arithmetic_server();
    CHECK(server.handle(R"({"jsonrpc": "2.0", "method": "subtract", "params": {"subtrahend": 23, "minuend": 42}, "id": 3})")
          == R"({"jsonrpc":"2.0","result":19,"id":3})");
    CHECK(server.handle(R"({"jsonrpc": "2.0", "method": "subtract", "params": {"minuend": 42, "subtrahend": 23}, "id": 4})")
          == R"({"jsonrpc":"2.0","result":19,"id":4})");
}

TEST_CASE("json_rpc_server: a Notification") {
    auto server = arithmetic_server();
    CHECK(server.handle(R"({"jsonrpc": "2.0", "method": "update", "params": [1,2,3,4,5]})") == std::nullopt);
    CHECK(server.handle(R"({"jsonrpc": "2.0", "method": "foobar"})") == std::nullopt);
}

TEST_CASE("json_rpc_server: rpc call of non-existent method") {
    CHECK(arithmetic_server().handle(R"({"jsonrpc": "2.0", "method": "foobar", "id": "1"})")
          == R"({"jsonrpc":"2.0","error":{"code":-32601,"message":"Method not found"},"id":"1"})");
}

TEST_CASE("json_rpc_server: rpc call with invalid JSON") {
    CHECK(arithmetic_server().handle(R"({"jsonrpc": "2.0", "method": "foobar, "params": "bar", "baz])") == parse_error);
}

TEST_CASE("json_rpc_server: rpc call with invalid Request object") {
    CHECK(arithmetic_server().handle(R"({"jsonrpc": "2.0", "method": 1, "params": "bar"})") == invalid_request);
}

TEST_CASE("json_rpc_server: rpc call Batch, invalid JSON") {
    CHECK(arithmetic_server().handle(R"([
        {"jsonrpc": "2.0", "method": "sum", "params": [1,2,4], "id": "1"},
        {"jsonrpc": "2.0", "method"
    ])") == parse_error);
}

TEST_CASE("json_rpc_server: rpc call with an empty Array") { CHECK(arithmetic_server().handle("[]") == invalid_request); }

TEST_CASE("json_rpc_server: rpc call with an invalid Batch (but not empty)") {
    CHECK(arithmetic_server().handle("[1]") == "[" + invalid_request + "]");
}

TEST_CASE("json_rpc_server: rpc call with invalid Batch") {
    CHECK(arithmetic_server().handle("[1,2,3]") == "[" + invalid_request + "," + invalid_request + "," + invalid_request + "]");
}

TEST_CASE("json_rpc_server: rpc call Batch") {
    CHECK(arithmetic_server().handle(R"([
        {"jsonrpc": "2.0", "method": "sum", "params": [1,2,4], "id": "1"},
        {"jsonrpc": "2.0", "method": "notify_hello", "params": [7]},
        {"jsonrpc": "2.0", "method": "subtract", "params": [42,23], "id": "2"},
        {"foo": "boo"},
        {"jsonrpc": "2.0", "method": "foo.get", "params": {"name": "myself"}, "id": "5"},
        {"jsonrpc": "2.0", "method": "get_data", "id": "9"}
    ])")
          == R"([{"jsonrpc":"2.0","result":7,"id":"1"},)"
             R"({"jsonrpc":"2.0","result":19,"id":"2"},)"
             R"({"jsonrpc":"2.0","error":{"code":-32600,"message":"Invalid Request"},"id":null},)"
             R"({"jsonrpc":"2.0","error":{"code":-32601,"message":"Method not found"},"id":"5"},)"
             R"({"jsonrpc":"2.0","result":["hello",5],"id":"9"}])");
}

TEST_CASE("json_rpc_server: rpc call Batch (all notifications)") {
    CHECK(arithmetic_server().handle(R"([
        {"jsonrpc": "2.0", "method": "notify_sum", "params": [1,2,4]},
        {"jsonrpc": "2.0", "method": "notify_hello", "params": [7]}
    ])") == std::nullopt);
}

// Requirements in the text of the specification.

TEST_CASE("json_rpc_server: the response to invalid params has all violations") {
    CHECK(arithmetic_server().handle(R"({"jsonrpc":"2.0","method":"divide","params":{"divisor":"two","digits":16},"id":1})")
          == R"({"jsonrpc":"2.0","error":{"code":-32602,"message":"Invalid params","data":{"violations":[)"
             R"({"path":"/divisor","message":"expected a number, found a string"},)"
             R"({"path":"/digits","message":"must be between 0 and 15, inclusive"},)"
             R"({"path":"/dividend","message":"missing field"}]}},"id":1})");
}

TEST_CASE("json_rpc_server: declared and other errors have their codes") {
    auto server = arithmetic_server();
    CHECK(server.handle(R"({"jsonrpc":"2.0","method":"divide","params":[1,0],"id":1})")
          == R"({"jsonrpc":"2.0","error":{"code":1001,"message":"Division by zero","data":{"dividend":1}},"id":1})");
    CHECK(server.handle(R"({"jsonrpc":"2.0","method":"divide","params":[1,-1],"id":1})")
          == R"({"jsonrpc":"2.0","error":{"code":-32000,"message":"negative","data":[1]},"id":1})");
    CHECK(server.handle(R"({"jsonrpc":"2.0","method":"divide","params":[1,2],"id":1})")
          == R"({"jsonrpc":"2.0","result":{"quotient":0.5},"id":1})");
}

TEST_CASE("json_rpc_server: an exception is an internal error, whose text only the observer receives") {
    std::vector<std::string> told;
    auto server = arithmetic_server({.on_internal_error = [&](parley::json_rpc_request const& request, std::string_view why) {
        CHECK(std::current_exception());
        told.push_back(request.method + ": " + std::string(why));
    }});
    CHECK(server.handle(R"({"jsonrpc":"2.0","method":"divide","params":[1,200],"id":1})")
          == R"({"jsonrpc":"2.0","error":{"code":-32603,"message":"Internal error"},"id":1})");
    // Also called for a notification, which has no response.
    CHECK(server.handle(R"({"jsonrpc":"2.0","method":"divide","params":[1,200]})") == std::nullopt);
    CHECK(told == std::vector<std::string>(2, "divide: the secret of the server"));
    CHECK(arithmetic_server().handle(
        R"({"jsonrpc":"2.0","method":"divide","params":[1,200],"id":1})")); // without on_internal_error
    json_rpc_server odd{serve<foobar>([] { throw 7; })};
    CHECK(odd.handle(R"({"jsonrpc":"2.0","method":"foobar","id":1})")
          == R"({"jsonrpc":"2.0","error":{"code":-32603,"message":"Internal error"},"id":1})");
}

TEST_CASE("json_rpc_server: an output that cannot be encoded is an internal error of that request only") {
    std::string why;
    json_rpc_server server{{.on_internal_error = [&](parley::json_rpc_request const&, std::string_view text) { why = text; }},
                           serve<get_data>([] { return std::vector<parley::document>{{"no JSON"}}; }),
                           serve<sum>([](std::vector<int> const& in) { return in.empty() ? 0 : in[0]; })};
    CHECK(
        server.handle(R"([{"jsonrpc":"2.0","method":"sum","params":[3],"id":1},{"jsonrpc":"2.0","method":"get_data","id":2},)"
                      R"({"jsonrpc":"2.0","method":"sum","id":3}])")
        == R"([{"jsonrpc":"2.0","result":3,"id":1},{"jsonrpc":"2.0","error":{"code":-32603,"message":"Internal error"},"id":2},)"
           R"({"jsonrpc":"2.0","result":0,"id":3}])");
    CHECK(why.find("/0: not a JSON text") == 0);
}

TEST_CASE("json_rpc_server: a notification has no response, even on errors") {
    int served = 0;
    json_rpc_server server{serve<sum>([&](std::vector<int> const&) { return ++served; })};
    CHECK(server.handle(R"({"jsonrpc":"2.0","method":"sum","params":[1]})") == std::nullopt);
    CHECK(served == 1);
    CHECK(server.handle(R"({"jsonrpc":"2.0","method":"sum","params":["one"]})") == std::nullopt);
    CHECK(server.handle(R"({"jsonrpc":"2.0","method":"nothing"})") == std::nullopt);
    CHECK(served == 1);
}

TEST_CASE("json_rpc_server: ids of all types are returned, null included") {
    auto server = arithmetic_server();
    CHECK(server.handle(R"({"jsonrpc":"2.0","method":"sum","id":null})") == R"({"jsonrpc":"2.0","result":0,"id":null})");
    CHECK(server.handle(R"({"jsonrpc":"2.0","method":"sum","id":1.25})") == R"({"jsonrpc":"2.0","result":0,"id":1.25})");
    CHECK(server.handle(R"({"jsonrpc":"2.0","method":"sum","id":123456789012345678901234567890})")
          == R"({"jsonrpc":"2.0","result":0,"id":123456789012345678901234567890})");
    CHECK(server.handle(R"({"jsonrpc":"2.0","method":"sum","id":"\ud83d\ude00"})")
          == "{\"jsonrpc\":\"2.0\",\"result\":0,\"id\":\"\xf0\x9f\x98\x80\"}");
    CHECK(server.handle(R"({"jsonrpc":"2.0","method":"sum","id":""})") == R"({"jsonrpc":"2.0","result":0,"id":""})");
}

TEST_CASE("json_rpc_server: requests with the same id are served separately") {
    CHECK(arithmetic_server().handle(
              R"([{"jsonrpc":"2.0","method":"sum","id":1},{"jsonrpc":"2.0","method":"sum","params":[2],"id":1}])")
          == R"([{"jsonrpc":"2.0","result":0,"id":1},{"jsonrpc":"2.0","result":2,"id":1}])");
}

TEST_CASE("json_rpc_server: method names are case-sensitive") {
    auto server = arithmetic_server();
    for (auto const* name : {"Sum", "sum ", "su", "summ", "", "sum\\u0000", "rpc.sum"}) {
        auto const text = std::string(R"({"jsonrpc":"2.0","method":")") + name + R"(","id":1})";
        CHECK(server.handle(text) == R"({"jsonrpc":"2.0","error":{"code":-32601,"message":"Method not found"},"id":1})");
    }
    CHECK(server.handle(R"({"jsonrpc":"2.0","method":"s\u0075m","id":1})") == R"({"jsonrpc":"2.0","result":0,"id":1})");
    CHECK(server.handle(R"({"jsonrpc":"2.0","method":"subtract","params":{"Minuend":1,"subtrahend":1},"id":1})")->find("-32602")
          != std::string::npos);
}

TEST_CASE("json_rpc_server: messages that exceed a limit are rejected before any request is served") {
    int served = 0;
    json_rpc_server server{{.max_batch = 2}, serve<sum>([&](std::vector<int> const&) { return ++served; })};
    std::string const request = R"({"jsonrpc":"2.0","method":"sum","id":1})";
    CHECK(server.handle("[" + request + "," + request + "]"));
    CHECK(
        server.handle("[" + request + "," + request + "," + request + "]")
        == R"({"jsonrpc":"2.0","error":{"code":-32600,"message":"Invalid Request","data":"the batch exceeds the limit of 2 requests"},"id":null})");
    CHECK(served == 2);
    std::string huge = "[1";
    for (int i = 0; i < 200'000; ++i) huge += ",1";
    CHECK(server.handle(huge + "]")->size() < 200);
    CHECK(server.handle(std::string(100'000, '['))->find("-32700") != std::string::npos);
    CHECK(server.handle(std::string(100'000, '{'))->find("-32700") != std::string::npos);
    json_rpc_server small{{.decoding = {.limits = {.bytes = 30}}}, serve<sum>([&](std::vector<int> const&) { return ++served; })};
    CHECK(small.handle(request)->find("larger than the limit of 30 bytes") != std::string::npos);
    CHECK(served == 2);
}

TEST_CASE("json_rpc_server: invalid UTF-8 is a parse error") {
    CHECK(arithmetic_server().handle("{\"jsonrpc\":\"2.0\",\"method\":\"\xff\",\"id\":1}") == parse_error);
    CHECK(arithmetic_server().handle("\xef\xbb\xbf{\"jsonrpc\":\"2.0\",\"method\":\"sum\",\"id\":1}") == parse_error);
    CHECK(arithmetic_server().handle("") == parse_error);
    CHECK(arithmetic_server().handle(" \n") == parse_error);
}

TEST_CASE("json_rpc_server: the responses to truncated messages follow the specification") {
    auto server = arithmetic_server();
    std::string const text = R"([{"jsonrpc":"2.0","method":"divide","params":[1,2],"id":"1"},{"jsonrpc":"2.0","method":"sum"}])";
    for (std::size_t size = 0; size < text.size(); ++size) CHECK(server.handle(text.substr(0, size)) == parse_error);
    for (std::size_t i = 0; i < text.size(); ++i) {
        for (char const c : {'"', '{', '}', '[', ']', ',', ':', '1', ' ', '\\'}) {
            auto changed = text;
            changed[i] = c;
            auto const answer = server.handle(changed);
            if (!answer) continue;
            auto const first = answer->starts_with('[') ? answer->substr(1) : *answer;
            CHECK(first.starts_with(R"({"jsonrpc":"2.0",")"));
            CHECK((answer->starts_with('[') ? answer->ends_with("}]") : answer->ends_with('}')));
        }
    }
}

TEST_CASE("json_rpc_server: handlers may have various parameters and result types") {
    struct counter {
        int count = 0;
        int operator()(std::vector<int>&&) { return ++count; }
    };
    json_rpc_server server{serve<sum>(counter()), serve<foobar>([](parley::unit) { return parley::unit(); }),
                           serve<subtract>([](auto const& in) -> parley::result<int, not_allowed> {
                               if (*in.minuend < *in.subtrahend) return not_allowed{"no debts"};
                               return *in.minuend - *in.subtrahend;
                           }),
                           serve<update>([](std::vector<int> const& in) -> parley::json_rpc_reply<update> {
                               if (in.empty()) return parley::json_rpc_error::of(parley::json_rpc_code::invalid_params);
                               return parley::unit();
                           })};
    CHECK(server.handle(R"({"jsonrpc":"2.0","method":"sum","id":1})") == R"({"jsonrpc":"2.0","result":1,"id":1})");
    CHECK(server.handle(R"({"jsonrpc":"2.0","method":"sum","id":1})") == R"({"jsonrpc":"2.0","result":2,"id":1})");
    CHECK(server.handle(R"({"jsonrpc":"2.0","method":"foobar","id":1})") == R"({"jsonrpc":"2.0","result":null,"id":1})");
    CHECK(server.handle(R"({"jsonrpc":"2.0","method":"subtract","params":[3,2],"id":1})")
          == R"({"jsonrpc":"2.0","result":1,"id":1})");
    CHECK(server.handle(R"({"jsonrpc":"2.0","method":"subtract","params":[2,3],"id":1})")
          == R"({"jsonrpc":"2.0","error":{"code":-32001,"message":"no debts"},"id":1})");
    CHECK(server.handle(R"({"jsonrpc":"2.0","method":"update","id":1})")
          == R"({"jsonrpc":"2.0","error":{"code":-32602,"message":"Invalid params"},"id":1})");
    json_rpc_server nothing{};
    CHECK(nothing.handle(R"({"jsonrpc":"2.0","method":"sum","id":1})")->find("-32601") != std::string::npos);
}

TEST_SUITE_END();
