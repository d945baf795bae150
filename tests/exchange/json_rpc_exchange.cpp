// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/exchange/json_rpc_exchange.hpp>

#include <support/arithmetic.hpp>

#include <doctest/doctest.h>

#include <string>
#include <utility>

using namespace arithmetic;
using parley::call;
using parley::json_rpc_exchange;
using parley::notification;

TEST_CASE("a single exchange has one request and one outcome") {
    json_rpc_exchange one(json_rpc_exchange::form::single, 5);
    CHECK(!one.has_message());
    one.add<call<subtract>>({.minuend = 42, .subtrahend = 23});
    REQUIRE(one.has_message());
    CHECK(one.expects_answer());
    CHECK(one.message() == R"({"jsonrpc":"2.0","method":"subtract","params":[42,23],"id":5})");
    one.handle_answer(R"({"jsonrpc":"2.0","result":19,"id":5})");
    auto const difference = one.take<call<subtract>>(0);
    REQUIRE(difference);
    CHECK(*difference == 19);
    CHECK(difference.metadata().attempts == 1);
}

TEST_CASE("a batch is an array, ids count on, and answers come in any order") {
    json_rpc_exchange batch(json_rpc_exchange::form::batch, 10);
    batch.add<call<sum>>({1, 2, 4});
    batch.add<notification<notify_hello>>({7});
    batch.add<call<divide>>({.dividend = 1, .divisor = 0});
    batch.add<call<get_data>>({});
    CHECK(batch.size() == 4);
    CHECK(batch.message()
          == R"([{"jsonrpc":"2.0","method":"sum","params":[1,2,4],"id":10},)"
             R"({"jsonrpc":"2.0","method":"notify_hello","params":[7]},)"
             R"({"jsonrpc":"2.0","method":"divide","params":{"dividend":1,"divisor":0},"id":12},)"
             R"({"jsonrpc":"2.0","method":"get_data","id":13}])");
    batch.handle_answer(
        R"([{"jsonrpc":"2.0","error":{"code":1001,"message":"no"},"id":12},{"jsonrpc":"2.0","result":7,"id":10}])");
    auto moved = std::move(batch); // what was read moves along
    CHECK(*moved.take<call<sum>>(0) == 7);
    CHECK(moved.take<notification<notify_hello>>(1));
    CHECK(moved.take<call<divide>>(2).error().is<by_zero>());
    auto const missing = moved.take<call<get_data>>(3);
    REQUIRE(!missing);
    CHECK(missing.error().is<parley::undecodable_response>());
    CHECK(missing.error().message() == "the message has no response with the id 13");
    CHECK(missing.error().sent() == parley::delivery::answered);
}

TEST_CASE("what is not valid is not sent, and the others are") {
    json_rpc_exchange batch(json_rpc_exchange::form::batch, 1);
    batch.add<call<divide>>({.dividend = 1, .divisor = 2, .digits = 99});
    CHECK(!batch.has_message());
    batch.add<call<sum>>({1});
    batch.add<notification<foo_get>>({.name = "\xff"});
    CHECK(batch.message() == R"([{"jsonrpc":"2.0","method":"sum","params":[1],"id":2}])");
    batch.handle_answer(R"([{"jsonrpc":"2.0","result":1,"id":2}])");
    auto const bad = batch.take<call<divide>>(0);
    REQUIRE(!bad);
    REQUIRE(bad.error().is<parley::invalid_input>());
    CHECK(bad.error().get_if<parley::invalid_input>()->violations[0].path == "/digits");
    CHECK(bad.error().sent() == parley::delivery::not_sent);
    CHECK(bad.metadata().attempts == 0);
    CHECK(*batch.take<call<sum>>(1) == 1);
    CHECK(batch.take<notification<foo_get>>(2).error().is<parley::invalid_input>());
}

TEST_CASE("a transport error ends all of it, and tells whether it was sent") {
    json_rpc_exchange batch(json_rpc_exchange::form::batch, 1);
    batch.add<call<sum>>({1});
    batch.add<notification<update>>({1});
    batch.handle_transport_error({parley::transport_errc::refused, false, {}});
    auto const failed = batch.take<call<sum>>(0);
    REQUIRE(failed.error().is<parley::transport_failure>());
    CHECK(failed.error().get_if<parley::transport_failure>()->condition == parley::transport_errc::refused);
    CHECK(failed.error().sent() == parley::delivery::not_sent);
    CHECK(failed.metadata().attempts == 1);
    batch.handle_transport_error({parley::transport_errc::reset, true, "lost"});
    CHECK(batch.take<notification<update>>(1).error().sent() == parley::delivery::possibly_sent);
}

TEST_CASE("one that was never sent, or cancelled before, says so") {
    json_rpc_exchange one(json_rpc_exchange::form::single, 1);
    one.add<call<sum>>({1});
    CHECK(one.take<call<sum>>(0).error().is<parley::transport_failure>());
    one.cancel();
    auto const cancelled = one.take<call<sum>>(0);
    CHECK(cancelled.error().get_if<parley::transport_failure>()->condition == parley::transport_errc::cancelled);
    CHECK(cancelled.error().sent() == parley::delivery::not_sent);
    CHECK(cancelled.metadata().attempts == 0);
}

TEST_CASE("a notification has no answer, but a server that could not read it says so") {
    auto const told = [](std::string answer) {
        json_rpc_exchange one(json_rpc_exchange::form::single, 1);
        one.add<notification<update>>({1, 2});
        CHECK(!one.expects_answer());
        one.handle_answer(std::move(answer));
        return one.take<notification<update>>(0);
    };
    CHECK(told(""));
    CHECK(told("OK"));
    CHECK(told("null"));
    CHECK(told(R"({"jsonrpc":"2.0","result":null,"id":1})"));
    auto const refused = told(R"({"jsonrpc":"2.0","error":{"code":-32600,"message":"Invalid Request"},"id":null})");
    REQUIRE(!refused);
    CHECK(refused.error().code() == "-32600");
    CHECK(refused.error().match([](parley::failure const& f) { return f.message; }) == "Invalid Request");
}

TEST_CASE("what was let pass is told") {
    parley::decode_options lenient;
    lenient.strictness = parley::strictness::lenient;
    json_rpc_exchange one(json_rpc_exchange::form::single, 1, lenient);
    one.add<call<sum>>({1});
    one.handle_answer(R"({"result":1,"error":null,"id":1})");
    auto const read = one.take<call<sum>>(0);
    REQUIRE(read);
    REQUIRE(read.metadata().tolerated.size() == 1);
    CHECK(read.metadata().tolerated[0].path == "/jsonrpc");
}
