// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/protocol/json_rpc.hpp>

#include <parley/json/encode.hpp>

#include <support/arithmetic.hpp>
#include <support/types.hpp>

#include <doctest/doctest.h>

#include <limits>
#include <string>
#include <vector>

TEST_SUITE_BEGIN("protocol");

using namespace arithmetic;
using parley::errc;
using parley::json_rpc;
using parley::json_rpc_answer;
using parley::json_rpc_error;
using parley::json_rpc_id;

namespace {

parley::decode_options strictly(parley::strictness s) {
    parley::decode_options options;
    options.strictness = s;
    return options;
}
auto const lenient = strictly(parley::strictness::lenient);

// Returns the only violation of an undecodable response.
template <class Result>
parley::violation only_violation(Result const& read) {
    REQUIRE(!read);
    auto const* why = read.error().template get_if<parley::undecodable_response>();
    REQUIRE(why);
    REQUIRE(why->violations.size() == 1);
    return why->violations[0];
}

} // namespace

// Section 7 of the specification, without the spaces.

TEST_CASE("json_rpc: requests of the specification are encoded") {
    CHECK(*json_rpc::encode_request<subtract>({.minuend = 42, .subtrahend = 23}, 1)
          == R"({"jsonrpc":"2.0","method":"subtract","params":[42,23],"id":1})");
    CHECK(*json_rpc::encode_request<subtract>({.minuend = 23, .subtrahend = 42}, 2)
          == R"({"jsonrpc":"2.0","method":"subtract","params":[23,42],"id":2})");
    CHECK(*json_rpc::encode_request<subtract_by_name>({.minuend = 42, .subtrahend = 23}, 4)
          == R"({"jsonrpc":"2.0","method":"subtract","params":{"minuend":42,"subtrahend":23},"id":4})");
    CHECK(*json_rpc::encode_notification<update>({1, 2, 3, 4, 5})
          == R"({"jsonrpc":"2.0","method":"update","params":[1,2,3,4,5]})");
    CHECK(*json_rpc::encode_notification<foobar>({}) == R"({"jsonrpc":"2.0","method":"foobar"})");
    CHECK(*json_rpc::encode_request<foobar>({}, "1") == R"({"jsonrpc":"2.0","method":"foobar","id":"1"})");
    CHECK(*json_rpc::encode_request<sum>({1, 2, 4}, "1") == R"({"jsonrpc":"2.0","method":"sum","params":[1,2,4],"id":"1"})");
    CHECK(*json_rpc::encode_notification<notify_hello>({7}) == R"({"jsonrpc":"2.0","method":"notify_hello","params":[7]})");
    CHECK(*json_rpc::encode_request<foo_get>({.name = "myself"}, "5")
          == R"({"jsonrpc":"2.0","method":"foo.get","params":{"name":"myself"},"id":"5"})");
    CHECK(*json_rpc::encode_request<get_data>({}, "9") == R"({"jsonrpc":"2.0","method":"get_data","id":"9"})");
}

TEST_CASE("json_rpc: responses of the specification are decoded") {
    CHECK(*json_rpc::decode_response<subtract>(R"({"jsonrpc": "2.0", "result": 19, "id": 1})", 1) == 19);
    CHECK(*json_rpc::decode_response<subtract>(R"({"jsonrpc": "2.0", "result": -19, "id": 2})", 2) == -19);
    auto const missing = json_rpc::decode_response<foobar>(
        R"({"jsonrpc": "2.0", "error": {"code": -32601, "message": "Method not found"}, "id": "1"})", "1");
    REQUIRE(!missing);
    REQUIRE(missing.error().is<parley::undeclared_error>());
    CHECK(missing.error().code() == "-32601");
    CHECK(missing.error().message() == "Method not found");
    CHECK(missing.error().fault() == parley::fault::client);
    CHECK(missing.error().sent() == parley::delivery::answered);
    // "If there was an error in detecting the id in the Request object (e.g. Parse error/Invalid Request), it MUST be Null."
    auto const unread = json_rpc::decode_response<sum>(
        R"({"jsonrpc": "2.0", "error": {"code": -32700, "message": "Parse error"}, "id": null})", 1);
    CHECK(unread.error().code() == "-32700");
    auto const invalid = json_rpc::decode_response<sum>(
        R"({"jsonrpc": "2.0", "error": {"code": -32600, "message": "Invalid Request"}, "id": null})", 1);
    CHECK(invalid.error().code() == "-32600");
}

TEST_CASE("json_rpc: the responses of a batch are found by id") {
    std::string_view const text = R"([
        {"jsonrpc": "2.0", "result": 7, "id": "1"},
        {"jsonrpc": "2.0", "result": 19, "id": "2"},
        {"jsonrpc": "2.0", "error": {"code": -32600, "message": "Invalid Request"}, "id": null},
        {"jsonrpc": "2.0", "error": {"code": -32601, "message": "Method not found"}, "id": "5"},
        {"jsonrpc": "2.0", "result": ["hello", 5], "id": "9"}
    ])";
    json_rpc_answer const answer(text);
    CHECK(!answer.is_refusal());
    CHECK(*answer.response<get_data>("9") == std::vector<parley::document>{{"\"hello\""}, {"5"}});
    CHECK(*answer.response<subtract>("2") == 19);
    CHECK(*answer.response<sum>("1") == 7);
    CHECK(answer.response<foo_get>("5").error().code() == "-32601");
    CHECK(only_violation(answer.response<sum>("3")).message == "the message has no response with the id \"3\"");
    CHECK(only_violation(answer.response<sum>(1)).message == "the message has no response with the id 1");
}

TEST_CASE("json_rpc: a single error with a null id applies to every call of a batch") {
    json_rpc_answer const answer(R"({"jsonrpc": "2.0", "error": {"code": -32700, "message": "Parse error"}, "id": null})");
    CHECK(answer.is_refusal());
    CHECK(answer.response<sum>(1).error().code() == "-32700");
    CHECK(answer.response<subtract>("x").error().code() == "-32700");
}

TEST_CASE("json_rpc: requests of the specification are decoded") {
    auto const read = [](std::string_view text) {
        auto message = json_rpc::decode_message(text);
        REQUIRE(message);
        REQUIRE(!message->batch);
        REQUIRE(message->requests.size() == 1);
        CHECK(!message->requests[0].wrong);
        return message->requests[0];
    };
    std::string_view const by_position = R"({"jsonrpc": "2.0", "method": "subtract", "params": [42, 23], "id": 1})";
    auto const first = read(by_position);
    CHECK(json_rpc::matches<subtract>(first));
    CHECK(!json_rpc::matches<sum>(first));
    CHECK(first.id == json_rpc_id(1));
    CHECK(json_rpc::decode_request<subtract>(first)->minuend == 42);
    CHECK(json_rpc::decode_request<subtract>(first)->subtrahend == 23);
    // By name in any order, independent of the description.
    std::string_view const by_name =
        R"({"jsonrpc": "2.0", "method": "subtract", "params": {"subtrahend": 23, "minuend": 42}, "id": 3})";
    CHECK(json_rpc::decode_request<subtract>(read(by_name))->minuend == 42);
    CHECK(json_rpc::decode_request<subtract_by_name>(read(by_position))->subtrahend == 23);
    std::string_view const notification = R"({"jsonrpc": "2.0", "method": "update", "params": [1,2,3,4,5]})";
    CHECK(!read(notification).id);
    CHECK(*json_rpc::decode_request<update>(read(notification)) == std::vector<int>{1, 2, 3, 4, 5});
    std::string_view const without_params = R"({"jsonrpc": "2.0", "method": "foobar"})";
    CHECK(read(without_params).params.empty());
    CHECK(json_rpc::decode_request<foobar>(read(without_params)));
}

TEST_CASE("json_rpc: invalid requests of the specification are reported") {
    std::string_view const cut = R"({"jsonrpc": "2.0", "method": "foobar, "params": "bar", "baz])";
    CHECK(json_rpc::decode_message(cut).error() == json_rpc_error{-32700, "Parse error"});
    std::string_view const cut_batch = R"([
        {"jsonrpc": "2.0", "method": "sum", "params": [1,2,4], "id": "1"},
        {"jsonrpc": "2.0", "method"
    ])";
    CHECK(json_rpc::decode_message(cut_batch).error() == json_rpc_error{-32700, "Parse error"});
    CHECK(json_rpc::decode_message("[]").error() == json_rpc_error{-32600, "Invalid Request"});
    auto const wrong = json_rpc::decode_message(R"({"jsonrpc": "2.0", "method": 1, "params": "bar"})");
    CHECK(wrong->requests[0].wrong == json_rpc_error{-32600, "Invalid Request"});
    CHECK(wrong->requests[0].id == json_rpc_id(nullptr));
    for (auto const& [text, count] : {std::pair("[1]", std::size_t{1}), std::pair("[1,2,3]", std::size_t{3})}) {
        auto const numbers = json_rpc::decode_message(text);
        CHECK(numbers->batch);
        REQUIRE(numbers->requests.size() == count);
        for (auto const& each : numbers->requests) {
            CHECK(each.wrong == json_rpc_error{-32600, "Invalid Request"});
            CHECK(each.id == json_rpc_id(nullptr));
        }
    }
}

TEST_CASE("json_rpc: responses of the specification are encoded") {
    CHECK(*json_rpc::encode_response<subtract>(19, 1) == R"({"jsonrpc":"2.0","result":19,"id":1})");
    CHECK(*json_rpc::encode_response<get_data>({{"\"hello\""}, {"5"}}, "9")
          == R"({"jsonrpc":"2.0","result":["hello",5],"id":"9"})");
    CHECK(*json_rpc::encode_error(json_rpc_error::of(-32601), "1")
          == R"({"jsonrpc":"2.0","error":{"code":-32601,"message":"Method not found"},"id":"1"})");
    CHECK(*json_rpc::encode_error(json_rpc_error::of(-32700), nullptr)
          == R"({"jsonrpc":"2.0","error":{"code":-32700,"message":"Parse error"},"id":null})");
}

// Errors.

TEST_CASE("json_rpc: a declared error is identified by its code; its members are the data") {
    by_zero const error{"no", 3.5, "use IEEE 754"};
    auto const text = json_rpc::encode_error(error, 7).value();
    CHECK(text
          == R"({"jsonrpc":"2.0","error":{"code":1001,"message":"no","data":{"dividend":3.5,"hint":"use IEEE 754"}},"id":7})");
    auto const read = json_rpc::decode_response<divide>(text, 7);
    REQUIRE(!read);
    auto const* typed = read.error().get_if<by_zero>();
    REQUIRE(typed);
    CHECK(typed->message == "no");
    CHECK(typed->dividend == 3.5);
    CHECK(typed->hint == "use IEEE 754");
    CHECK(read.error().declared());
    CHECK(read.error().code() == "1001");
    CHECK(read.error().message() == "no");
    CHECK(read.error().response()->body == text);
}

TEST_CASE("json_rpc: the message defaults to that of the traits; an error without other members has no data") {
    CHECK(*json_rpc::encode_error(not_allowed{}, 1)
          == R"({"jsonrpc":"2.0","error":{"code":-32001,"message":"Not allowed"},"id":1})");
    auto const read = json_rpc::decode_response<sum>(*json_rpc::encode_error(not_allowed{"go away"}, 1), 1);
    REQUIRE(read.error().is<not_allowed>()); // declared by the service, not by the operation
    CHECK(read.error().get_if<not_allowed>()->message == "go away");
    CHECK(read.error().fault() == parley::fault::client);
}

TEST_CASE("json_rpc: an error with invalid data keeps its type") {
    for (auto const* data : {R"("text")", "[1]", "null", "{}", R"({"dividend":"three"})"}) {
        auto const text = std::string(R"({"jsonrpc":"2.0","error":{"code":1001,"message":"no","data":)") + data + R"(},"id":7})";
        auto const read = json_rpc::decode_response<divide>(text, 7);
        REQUIRE(read.error().is<by_zero>());
        CHECK(read.error().get_if<by_zero>()->message == "no");
    }
}

TEST_CASE("json_rpc: an undeclared error has code, message and response") {
    std::string_view const text =
        R"({"jsonrpc":"2.0","error":{"code":-32050,"message":"busy","data":{"retry" : [1, 2]}},"id":1})";
    auto const read = json_rpc::decode_response<sum>(text, 1);
    auto const* error = read.error().get_if<parley::undeclared_error>();
    REQUIRE(error);
    CHECK(error->code == "-32050");
    CHECK(error->message == "busy");
    CHECK(error->fault == parley::fault::server); // "-32000 to -32099: Reserved for implementation-defined server-errors"
    CHECK(error->response.body == text);
    CHECK(json_rpc::decode_error(error->response.body)->data->json == R"({"retry":[1,2]})");
}

TEST_CASE("json_rpc: decode_error fails for a response without an error") {
    for (auto const* text :
         {"", "[", "1", "[]", "{}", R"({"jsonrpc":"2.0","result":1,"id":1})", R"({"error":1})", R"({"error":{}})"})
        CHECK(!json_rpc::decode_error(text));
}

TEST_CASE("json_rpc: the fault of an error follows from its code") {
    auto const fault_of = [](std::string const& code) {
        return json_rpc::decode_response<sum>(R"({"jsonrpc":"2.0","error":{"code":)" + code + R"(,"message":""},"id":1})", 1)
            .error()
            .fault();
    };
    CHECK(fault_of("-32602") == parley::fault::client);
    CHECK(fault_of("-32603") == parley::fault::server);
    CHECK(fault_of("-32000") == parley::fault::server);
    CHECK(fault_of("-32099") == parley::fault::server);
    CHECK(fault_of("-32100") == parley::fault::unspecified);
    CHECK(fault_of("17") == parley::fault::unspecified);
}

// Params.

namespace {

struct three {
    struct input {
        std::optional<int> a{};
        std::optional<parley::document> b{};
        std::optional<std::vector<int>> c{};
    };
    using output = std::optional<divide::output>;
    static constexpr auto params = parley::rpc_params::by_position;
};
BOOST_DESCRIBE_STRUCT(three::input, (), (a, b, c))

struct keyed {
    using input = std::map<std::string, int>;
    using output = std::map<std::string, int>;
};

parley::json_rpc_request with_params(std::string_view params) {
    parley::json_rpc_request request;
    request.params = params;
    return request;
}

} // namespace

TEST_CASE("json_rpc: absent params by position are null, or omitted at the end") {
    CHECK(json_rpc::encode_notification<three>({})->find("\"params\":[]") != std::string::npos);
    CHECK(json_rpc::encode_notification<three>({.a = 1})->find("\"params\":[1]}") != std::string::npos);
    CHECK(json_rpc::encode_notification<three>({.c = {{1}}})->find("\"params\":[null,null,[1]]}") != std::string::npos);
    auto const read = json_rpc::decode_request<three>(with_params("[null,{\"x\":[ ]},[1,2]]"));
    REQUIRE(read);
    CHECK(!read->a);
    CHECK(read->b->json == R"({"x":[]})");
    CHECK(read->c == std::vector<int>{1, 2});
    auto const shorter = json_rpc::decode_request<three>(with_params("[3]"));
    CHECK(shorter->a == 3);
    CHECK(!shorter->c);
    CHECK(json_rpc::decode_request<three>(with_params("[]")));
    CHECK(json_rpc::decode_request<three>(with_params("")));
}

TEST_CASE("json_rpc: violations in params have paths and offsets") {
    auto const wrong = [](std::string_view params) {
        return json_rpc::decode_request<divide>(with_params(params)).error().violations;
    };
    CHECK(wrong(R"({"dividend":"one","digits":99})")
          == std::vector<parley::violation>{{errc::invalid_type, "/dividend", "expected a number, found a string", 12},
                                            {errc::range_violation, "/digits", "must be between 0 and 15, inclusive", 27},
                                            {errc::missing_field, "/divisor", "missing field", 0}});
    CHECK(wrong(R"(["one",2,99])")
          == std::vector<parley::violation>{{errc::invalid_type, "/0", "expected a number, found a string", 1},
                                            {errc::range_violation, "/2", "must be between 0 and 15, inclusive", 9}});
    CHECK(wrong("[1]") == std::vector<parley::violation>{{errc::missing_field, "/1", "missing field", 0}});
    CHECK(wrong("[1,null]") == std::vector<parley::violation>{{errc::missing_field, "/1", "missing field", 3}});
    CHECK(wrong("[1,2,3,4]")
          == std::vector<parley::violation>{{errc::invalid_value, "", "more values than the structure has members", 0}});
    CHECK(wrong("[1,2,3,[4,{}],{\"a\":[5]},null]")
          == std::vector<parley::violation>{{errc::invalid_value, "", "more values than the structure has members", 0}});
    CHECK(wrong("").size() == 2);
    CHECK(wrong("{}").size() == 2);
    CHECK(wrong("[]").size() == 2);
}

TEST_CASE("json_rpc: a list is encoded as an array, a map as an object") {
    CHECK(*json_rpc::decode_request<sum>(with_params("")) == std::vector<int>{});
    CHECK(!json_rpc::decode_request<sum>(with_params("{}")));
    CHECK(*json_rpc::decode_request<keyed>(with_params("")) == std::map<std::string, int>{});
    CHECK(!json_rpc::decode_request<keyed>(with_params("[]")));
    CHECK(*json_rpc::encode_request<keyed>({{"a", 1}}, 1) == R"({"jsonrpc":"2.0","method":"keyed","params":{"a":1},"id":1})");
}

TEST_CASE("json_rpc: an operation without members accepts any empty params") {
    CHECK(json_rpc::decode_request<foobar>(with_params("")));
    CHECK(json_rpc::decode_request<foobar>(with_params("[]")));
    CHECK(json_rpc::decode_request<foobar>(with_params("{}")));
    CHECK(json_rpc::decode_request<foobar>(with_params("{\"extra\":1}"))); // unknown names are ignored
    CHECK(!json_rpc::decode_request<foobar>(with_params("[1]")));
}

TEST_CASE("json_rpc: an invalid input is not encoded") {
    auto const bad = json_rpc::encode_request<divide>({.dividend = 1, .divisor = 2, .digits = 99}, 1);
    REQUIRE(!bad);
    CHECK(bad.error().message() == "/digits: must be between 0 and 15, inclusive");
    CHECK(json_rpc::encode_request<divide>({.dividend = 1, .divisor = 2, .digits = 99}, 1, parley::strictness::compatible));
    CHECK(json_rpc::encode_notification<foo_get>({.name = "\xff"}).error().violations[0].code == errc::invalid_utf8);
    auto const bad_id = json_rpc::encode_request<foobar>({}, "\xff");
    REQUIRE(!bad_id);
    CHECK(bad_id.error().violations[0].path == "/id");
}

// Results.

TEST_CASE("json_rpc: an output without members is encoded as null; any result is accepted") {
    CHECK(*json_rpc::encode_response<foobar>({}, 1) == R"({"jsonrpc":"2.0","result":null,"id":1})");
    for (auto const* result : {"null", "{}", "true", "[1]", "\"ok\""})
        CHECK(json_rpc::decode_response<foobar>(std::string(R"({"jsonrpc":"2.0","result":)") + result + R"(,"id":1})", 1));
}

TEST_CASE("json_rpc: an absent optional output is null") {
    CHECK(*json_rpc::encode_response<three>(std::nullopt, 1) == R"({"jsonrpc":"2.0","result":null,"id":1})");
    CHECK(*json_rpc::encode_response<three>(divide::output{2}, 1) == R"({"jsonrpc":"2.0","result":{"quotient":2},"id":1})");
    CHECK(!*json_rpc::decode_response<three>(R"({"jsonrpc":"2.0","result":null,"id":1})", 1));
    CHECK((*json_rpc::decode_response<three>(R"({"jsonrpc":"2.0","result":{"quotient":2},"id":1})", 1))->quotient == 2);
    CHECK(!json_rpc::decode_response<sum>(R"({"jsonrpc":"2.0","result":null,"id":1})", 1)); // the output is not optional
}

TEST_CASE("json_rpc: violations in a result have paths and offsets in the response") {
    std::string_view const text = R"({"jsonrpc":"2.0","result":{"quotient":"two"},"id":1})";
    auto const read = json_rpc::decode_response<divide>(text, 1);
    CHECK(
        only_violation(read)
        == parley::violation{errc::invalid_type, "/result/quotient", "expected a number, found a string", text.find("\"two\"")});
    CHECK(read.error().message() == "/result/quotient: expected a number, found a string, at byte 38");
    CHECK(read.error().response()->body == text);
    // In a batch, body and offset are those of the response, not of the message.
    auto const batch = "[ " + std::string(text) + "]";
    json_rpc_answer const answer(batch);
    CHECK(only_violation(answer.response<divide>(1)).offset == text.find("\"two\""));
    CHECK(answer.response<divide>(1).error().response()->body == text);
}

TEST_CASE("json_rpc: responses that violate the specification are rejected") {
    auto const wrong = [](std::string_view text) { return only_violation(json_rpc::decode_response<sum>(text, 1)); };
    CHECK(wrong(R"({"result":1,"id":1})").path == "/jsonrpc");
    CHECK(wrong(R"({"jsonrpc":"1.0","result":1,"id":1})").path == "/jsonrpc");
    CHECK(wrong(R"({"jsonrpc":2.0,"result":1,"id":1})").path == "/jsonrpc");
    CHECK(wrong(R"({"jsonrpc":"2.0","id":1})").message == "the response has neither result nor error");
    CHECK(wrong(R"({"jsonrpc":"2.0","result":1,"error":{"code":1,"message":""},"id":1})").message
          == "the response has both result and error");
    CHECK(wrong(R"({"jsonrpc":"2.0","result":1,"error":null,"id":1})").message == "the response has both result and error");
    CHECK(wrong(R"({"jsonrpc":"2.0","result":1})").message == "the message has no response with the id 1");
    CHECK(wrong(R"({"jsonrpc":"2.0","result":1,"id":null})").message == "the message has no response with the id 1");
    CHECK(wrong(R"({"jsonrpc":"2.0","result":1,"id":"1"})").message == "the message has no response with the id 1");
    CHECK(wrong(R"({"jsonrpc":"2.0","error":null,"id":1})").path == "/error");
    CHECK(wrong(R"({"jsonrpc":"2.0","error":"bad","id":1})").path == "/error");
    CHECK(wrong(R"({"jsonrpc":"2.0","error":{"message":"m"},"id":1})").path == "/error/code");
    CHECK(wrong(R"({"jsonrpc":"2.0","error":{"code":1},"id":1})").path == "/error/message");
    CHECK(wrong(R"({"jsonrpc":"2.0","error":{"code":1.5,"message":"m"},"id":1})").path == "/error/code");
    CHECK(wrong(R"({"jsonrpc":"2.0","error":{"code":"1","message":"m"},"id":1})").path == "/error/code");
    CHECK(wrong("1").message == "expected an object or an array");
    CHECK(wrong("null").code == errc::invalid_type);
    CHECK(wrong("[]").code == errc::missing_field);
    CHECK(wrong("[1,null]").code == errc::missing_field);
    CHECK(wrong("").code == errc::syntax);
    CHECK(wrong("<html>").code == errc::syntax);
}

TEST_CASE("json_rpc: lenient decoding tolerates and reports violations of the specification") {
    std::vector<parley::violation> tolerated;
    json_rpc_answer const old(R"({"result":5,"error":null,"id":1})", lenient); // JSON-RPC 1.0
    CHECK(*old.response<sum>(1, &tolerated) == 5);
    REQUIRE(tolerated.size() == 1);
    CHECK(tolerated[0].path == "/jsonrpc");
    json_rpc_answer const old_error(R"({"result":null,"error":{"code":1001},"id":1})", lenient);
    CHECK(old_error.response<divide>(1).error().is<by_zero>());
    // An error without an id.
    std::string_view const no_id = R"({"jsonrpc":"2.0","error":{"code":-32700,"message":"Parse error"}})";
    CHECK(json_rpc::decode_response<sum>(no_id, 1, lenient).error().code() == "-32700");
    CHECK(json_rpc::decode_response<sum>(no_id, 1).error().is<parley::undecodable_response>());
    auto const repaired = json_rpc::decode_response<get_data>("{\"jsonrpc\":\"2.0\",\"result\":[\"\xff\"],\"id\":1}", 1, lenient);
    REQUIRE(repaired);
    CHECK(repaired->at(0).json == "\"\xef\xbf\xbd\"");
    CHECK(!json_rpc::decode_response<get_data>("{\"jsonrpc\":\"2.0\",\"result\":[\"\xff\"],\"id\":1}", 1));
}

TEST_CASE("json_rpc: ids of all types are compared by value") {
    for (auto const& id : {json_rpc_id(0), json_rpc_id(-1), json_rpc_id(std::numeric_limits<std::int64_t>::min()),
                           json_rpc_id(""), json_rpc_id("a\"\xc3\xa9"), json_rpc_id(nullptr)}) {
        auto const request = json_rpc::encode_request<sum>({1}, id).value();
        auto const message = json_rpc::decode_message(request);
        CHECK(message->requests[0].id == id);
        CHECK(*json_rpc::decode_response<sum>(json_rpc::encode_response<sum>(1, id).value(), id) == 1);
    }
    CHECK(*json_rpc::decode_response<sum>(R"({"jsonrpc":"2.0","result":5,"id":1.0})", 1) == 5);
    CHECK(*json_rpc::decode_response<sum>(R"({"jsonrpc":"2.0","result":5,"id":"\u0031"})", "1") == 5);
    CHECK(!json_rpc::decode_response<sum>(R"({"jsonrpc":"2.0","result":5,"id":1.5})", 1));
}

TEST_CASE("json_rpc: two responses with the same id are an error") {
    json_rpc_answer const answer(
        R"([{"jsonrpc":"2.0","result":1,"id":1},{"jsonrpc":"2.0","result":2,"id":1},{"jsonrpc":"2.0","result":3,"id":2}])");
    CHECK(only_violation(answer.response<sum>(1)).message == "the message has more than one response with the id 1");
    CHECK(*answer.response<sum>(2) == 3);
}

TEST_CASE("json_rpc: responses with unknown ids are ignored") {
    json_rpc_answer const answer(
        R"([{"jsonrpc":"2.0","result":1,"id":77},{"jsonrpc":"2.0","result":3,"id":2},7,{},[],{"id":{}},{"jsonrpc":"2.0","result":1,"id":[2]}])");
    CHECK(*answer.response<sum>(2) == 3);
}

TEST_CASE("json_rpc: the last of duplicate members wins") {
    CHECK(*json_rpc::decode_response<sum>(R"({"jsonrpc":"1.0","result":4,"id":9,"jsonrpc":"2.0","result":5,"id":1})", 1) == 5);
    auto const message = json_rpc::decode_message(R"({"jsonrpc":"2.0","method":"sum","method":"update","id":1,"id":2})");
    CHECK(message->requests[0].method == "update");
    CHECK(message->requests[0].id == json_rpc_id(2));
}

TEST_CASE("json_rpc: member names may contain escapes") {
    CHECK(*json_rpc::decode_response<sum>(R"({"\u006asonrpc":"2\u002e0","resul\u0074":5,"i\u0064":1})", 1) == 5);
}

TEST_CASE("json_rpc: id_of returns the id of a message") {
    CHECK(json_rpc::id_of(R"({"jsonrpc":"2.0","result":5,"id":"a"})") == json_rpc_id("a"));
    CHECK(json_rpc::id_of(R"({"jsonrpc":"2.0","method":"sum","id":7})") == json_rpc_id(7));
    for (auto const* text : {"", "{", "{}", "[]", "7", R"([{"id":1}])", R"({"id":{}})", R"({"id":1}x)"})
        CHECK(!json_rpc::id_of(text));
}

// Invalid requests.

TEST_CASE("json_rpc: an invalid request has its id if that can be read") {
    auto const id_of = [](std::string_view text) {
        auto const message = json_rpc::decode_message(text);
        REQUIRE(message);
        REQUIRE(message->requests.size() == 1);
        CHECK(message->requests[0].wrong == json_rpc_error{-32600, "Invalid Request"});
        REQUIRE(message->requests[0].id); // not a notification
        return message->requests[0].id->json();
    };
    CHECK(id_of(R"({"jsonrpc":"2.0","method":1,"id":7})") == "7");
    CHECK(id_of(R"({"method":"sum","id":7})") == "7");
    CHECK(id_of(R"({"jsonrpc":"1.0","method":"sum","id":"x"})") == "\"x\"");
    CHECK(id_of(R"({"jsonrpc":2.0,"method":"sum","id":7})") == "7");
    CHECK(id_of(R"({"jsonrpc":"2.0","id":7})") == "7");
    CHECK(id_of(R"({"jsonrpc":"2.0","method":"sum","params":"bar","id":7})") == "7");
    CHECK(id_of(R"({"jsonrpc":"2.0","method":"sum","params":null,"id":7})") == "7");
    CHECK(id_of(R"({"jsonrpc":"2.0","method":"sum","params":7})") == "null");
    CHECK(id_of(R"({"jsonrpc":"2.0","method":"sum","id":{}})") == "null");
    CHECK(id_of(R"({"jsonrpc":"2.0","method":"sum","id":[1]})") == "null");
    CHECK(id_of(R"({"jsonrpc":"2.0","method":"sum","id":true})") == "null");
    CHECK(id_of(R"({"foo":"boo"})") == "null");
    CHECK(id_of("{}") == "null");
    CHECK(id_of("1") == "null");
    CHECK(id_of("\"sum\"") == "null");
    CHECK(id_of("null") == "null");
    CHECK(id_of("[[]]") == "null");
}

TEST_CASE("json_rpc: a request with a null id is not a notification") {
    auto const message = json_rpc::decode_message(R"({"jsonrpc":"2.0","method":"sum","id":null})");
    CHECK(!message->requests[0].wrong);
    CHECK(message->requests[0].id == json_rpc_id(nullptr));
}

TEST_CASE("json_rpc: messages that exceed a limit are rejected with the reason") {
    parley::decode_limits limits;
    limits.bytes = 100;
    limits.depth = 5;
    auto const large = json_rpc::decode_message(std::string(101, ' '), limits);
    CHECK(large.error().code == -32700);
    CHECK(large.error().data->json == "\"the message is larger than the limit of 100 bytes\"");
    auto const deep = json_rpc::decode_message("[[[[[[]]]]]]", limits);
    CHECK(deep.error().code == -32700);
    CHECK(deep.error().data);
    auto const many = json_rpc::decode_message("[1,1,1,1]", {}, 3);
    CHECK(many.error()
          == json_rpc_error{-32600, "Invalid Request", parley::document{"\"the batch exceeds the limit of 3 requests\""}});
    CHECK(json_rpc::decode_message("[1,1,1]", {}, 3)->requests.size() == 3);
}

TEST_CASE("json_rpc: responses that exceed a limit are rejected") {
    parley::decode_options options;
    options.limits.bytes = 100;
    options.limits.depth = 5;
    auto const good = std::string(R"({"jsonrpc":"2.0","result":5,"id":1})");
    CHECK(*json_rpc::decode_response<sum>(good, 1, options) == 5);
    CHECK(only_violation(json_rpc::decode_response<sum>(good + std::string(100, ' '), 1, options)).code == errc::limit_exceeded);
    CHECK(only_violation(json_rpc::decode_response<sum>(R"({"a":[[[[[]]]]]})", 1, options)).code == errc::limit_exceeded);
    std::string many = "[" + good;
    for (int i = 0; i < 1000; ++i) many += ",{}";
    many += ']';
    CHECK(only_violation(json_rpc_answer(many).response<sum>(1)).code == errc::limit_exceeded);
    CHECK(*json_rpc_answer(many, {}, 1001).response<sum>(1) == 5);
}

TEST_CASE("json_rpc: the size of an error that applies to all calls is limited") {
    auto const text = R"({"jsonrpc":"2.0","error":{"code":-32700,"message":")" + std::string(100'000, 'x') + R"("},"id":null})";
    json_rpc_answer const answer(text);
    auto const read = answer.response<sum>(1);
    CHECK(read.error().is<parley::undecodable_response>());
    CHECK(read.error().response()->body.size() == 65536);
}

// Both sides.

namespace {

struct echo {
    using input = types::everything;
    using output = types::everything;
};
struct echo_by_position : echo {
    static constexpr auto params = parley::rpc_params::by_position;
    static constexpr std::string_view name = "a \"method\"\n";
};

template <class Op>
void check_both_ends() {
    auto const sample = types::sample();
    auto const expected = std::string(types::sample_text);
    auto const request = json_rpc::encode_request<Op>(sample, "id").value();
    auto const message = json_rpc::decode_message(request);
    REQUIRE(message);
    REQUIRE(json_rpc::matches<Op>(message->requests[0]));
    auto const input = json_rpc::decode_request<Op>(message->requests[0]);
    REQUIRE(input);
    CHECK(parley::to_json(*input).value() == expected);
    auto const response = json_rpc::encode_response<Op>(*input, *message->requests[0].id).value();
    auto const output = json_rpc::decode_response<Op>(response, "id");
    REQUIRE(output);
    CHECK(parley::to_json(*output).value() == expected);
}

} // namespace

TEST_CASE("json_rpc: each side decodes what the other encodes") {
    check_both_ends<echo>();
    check_both_ends<echo_by_position>();
}

TEST_CASE("json_rpc: a truncated response is rejected") {
    auto const text = json_rpc::encode_response<echo>(types::sample(), "id").value();
    for (std::size_t size = 0; size < text.size(); ++size)
        CHECK(json_rpc::decode_response<echo>(text.substr(0, size), "id").error().is<parley::undecodable_response>());
    auto const error = json_rpc::encode_error(by_zero{"no", 3.5, "hint"}, 1).value();
    for (std::size_t size = 0; size < error.size(); ++size)
        CHECK(json_rpc::decode_response<divide>(error.substr(0, size), 1).error().is<parley::undecodable_response>());
}

TEST_CASE("json_rpc: a truncated request is rejected") {
    auto const text = json_rpc::encode_request<echo_by_position>(types::sample(), "id").value();
    for (std::size_t size = 0; size < text.size(); ++size)
        CHECK(json_rpc::decode_message(text.substr(0, size)).error().code == -32700);
    auto const batch = "[" + text + "]";
    for (std::size_t size = 0; size < batch.size(); ++size)
        CHECK(json_rpc::decode_message(batch.substr(0, size)).error().code == -32700);
}

TEST_CASE("json_rpc: a message with a changed byte is decoded or rejected") {
    std::string const request = R"({"jsonrpc":"2.0","method":"divide","params":[1.5,2,null],"id":"a"})";
    std::string const response = R"([{"jsonrpc":"2.0","error":{"code":1001,"message":"m","data":{"dividend":1}},"id":1}])";
    std::size_t read = 0, refused = 0;
    for (char const c : {'"', '\\', '{', '}', '[', ']', ',', ':', '0', 'x', ' ', '\0', '\xff'}) {
        for (std::size_t i = 0; i < request.size(); ++i) {
            auto changed = request;
            changed[i] = c;
            auto const message = json_rpc::decode_message(changed);
            if (message && json_rpc::matches<divide>(message->requests[0])
                && json_rpc::decode_request<divide>(message->requests[0]))
                ++read;
            else ++refused;
        }
        for (std::size_t i = 0; i < response.size(); ++i) {
            auto changed = response;
            changed[i] = c;
            for (auto const& options : {parley::decode_options(), lenient}) {
                auto const answer = json_rpc::decode_response<divide>(changed, 1, options);
                CHECK(!answer); // never decoded as an output
                (answer.error().is<by_zero>() ? read : refused) += 1;
            }
        }
    }
    CHECK(read > 100);
    CHECK(refused > 1000);
}

TEST_SUITE_END();
