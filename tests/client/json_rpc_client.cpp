// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/client/json_rpc_client.hpp>

#include <parley/server/json_rpc_server.hpp>

#include <support/arithmetic.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <doctest/doctest.h>

#include <algorithm>
#include <deque>
#include <functional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

using namespace arithmetic;
using namespace std::chrono_literals;
using parley::call;
using parley::json_rpc_client;
using parley::notification;
using parley::serve;

namespace {

auto make_server() {
    return parley::json_rpc_server{serve<subtract>([](subtract::input const& in) { return *in.minuend - *in.subtrahend; }),
                                   serve<sum>([](std::vector<int> const& in) {
                                       int total = 0;
                                       for (int each : in) total += each;
                                       return total;
                                   }),
                                   serve<update>([](std::vector<int> const&) {}),
                                   serve<divide>([](divide::input const& in) -> parley::json_rpc_reply<divide> {
                                       if (*in.divisor == 0) return by_zero{"not by 0", *in.dividend};
                                       return divide::output{*in.dividend / *in.divisor};
                                   })};
}

// A transport in memory, whose other end is a server.
struct line {
    decltype(make_server()) server = make_server();
    std::vector<std::string> sent;

    std::string operator()(std::string_view text) {
        sent.emplace_back(text);
        return server.handle(text).value_or("");
    }
};

} // namespace

TEST_CASE("a call is a request and its response") {
    line peer;
    json_rpc_client rpc{std::ref(peer)};
    auto difference = rpc.send<subtract>({.minuend = 42, .subtrahend = 23});
    REQUIRE(difference);
    CHECK(*difference == 19);
    auto total = rpc.send<sum>({1, 2, 4});
    CHECK(total.value() == 7);
    CHECK(peer.sent
          == std::vector<std::string>{R"({"jsonrpc":"2.0","method":"subtract","params":[42,23],"id":1})",
                                      R"({"jsonrpc":"2.0","method":"sum","params":[1,2,4],"id":2})"});
}

TEST_CASE("calls end as calls over HTTP do") {
    line peer;
    json_rpc_client rpc{std::ref(peer)};
    auto const what = [](parley::outcome<divide> const& ended) {
        return ended.error().match([](by_zero const& e) { return "by zero: " + e.message; },
                                   [](parley::invalid_input const& e) { return "invalid: " + e.message; },
                                   [](parley::undeclared_error const& e) { return "undeclared: " + e.code; },
                                   [](parley::failure const& e) { return "failure: " + e.message; });
    };
    CHECK(rpc.send<divide>({.dividend = 1, .divisor = 2})->quotient == 0.5);
    CHECK(what(rpc.send<divide>({.dividend = 1, .divisor = 0})) == "by zero: not by 0");
    CHECK(what(rpc.send<divide>({.dividend = 1, .divisor = 1, .digits = -1}))
          == "invalid: /digits: must be between 0 and 15, inclusive");
    CHECK(peer.sent.size() == 2);
    CHECK_THROWS_AS(static_cast<void>(rpc.send<divide>({.dividend = 1, .divisor = 0}).value()), parley::call_exception<by_zero>);
    json_rpc_client nobody{[](std::string_view) { return std::string(); }};
    CHECK(what(nobody.send<divide>({.dividend = 1, .divisor = 1})).starts_with("failure: "));
    json_rpc_client page{[](std::string_view) { return "<html>"; }};
    CHECK(page.send<divide>({.dividend = 1, .divisor = 1}).error().response()->body == "<html>");
    CHECK(what(json_rpc_client{[](std::string_view) {
                   return R"({"jsonrpc":"2.0","error":{"code":-32601,"message":"no"},"id":1})";
               }}.send<divide>({.dividend = 1, .divisor = 1}))
          == "undeclared: -32601");
}

TEST_CASE("transports fail by result or by exception") {
    json_rpc_client telling{[](parley::message const&) -> parley::result<std::string, parley::transport_error> {
        return parley::transport_error{parley::transport_errc::refused, false, {}};
    }};
    auto const refused = telling.send<sum>({1});
    REQUIRE(refused.error().is<parley::transport_failure>());
    CHECK(refused.error().sent() == parley::delivery::not_sent);
    json_rpc_client throwing{[](std::string_view) -> std::string { throw std::runtime_error("lost"); }};
    auto const lost = throwing.send<sum>({1});
    CHECK(lost.error().message() == "transport failure: lost");
    CHECK(lost.error().sent() == parley::delivery::possibly_sent);
    CHECK(throwing.notify<update>({1}).error().message() == "transport failure: lost");
}

TEST_CASE("a notification is told that it was sent, and the transport that nothing comes back") {
    std::vector<parley::message> sent;
    json_rpc_client rpc{[&](parley::message const& m) {
        sent.push_back(m);
        return std::string();
    }};
    auto const told = rpc.notify<update>({1, 2});
    CHECK(told);
    REQUIRE(sent.size() == 1);
    CHECK(sent[0].text == R"({"jsonrpc":"2.0","method":"update","params":[1,2]})");
    CHECK(!sent[0].expects_answer);
    auto const bad = rpc.notify<foo_get>({.name = "\xff"});
    CHECK(bad.error().is<parley::invalid_input>());
    CHECK(sent.size() == 1);
    CHECK(!rpc.send<sum>({}));
    CHECK(sent[1].expects_answer);
    auto const [a, b] = rpc.batch(notification<update>({1}), notification<update>({2}));
    CHECK(a);
    CHECK(b);
    CHECK(!sent[2].expects_answer);
}

TEST_CASE("a batch is one message, and its outcomes are those of the parts, in order") {
    line peer;
    json_rpc_client rpc{std::ref(peer)};
    auto const [total, told, quotient, bad, unknown] =
        rpc.batch(call<sum>({1, 2, 4}), notification<update>({7}), call<divide>({.dividend = 1, .divisor = 0}),
                  call<divide>({.dividend = 1, .divisor = 1, .digits = 99}), call<foobar>({}));
    CHECK(*total == 7);
    CHECK(told);
    CHECK(quotient.error().is<by_zero>());
    CHECK(bad.error().is<parley::invalid_input>());
    CHECK(unknown.error().code() == "-32601");
    REQUIRE(peer.sent.size() == 1);
    CHECK(peer.sent[0]
          == R"([{"jsonrpc":"2.0","method":"sum","params":[1,2,4],"id":1},)"
             R"({"jsonrpc":"2.0","method":"update","params":[7]},)"
             R"({"jsonrpc":"2.0","method":"divide","params":{"dividend":1,"divisor":0},"id":3},)"
             R"({"jsonrpc":"2.0","method":"foobar","id":5}])");
    CHECK(rpc.send<sum>({})); // ids go on after those of the batch
    CHECK(peer.sent[1].find("\"id\":6}") != std::string::npos);
}

TEST_CASE("answers of a batch are matched by id, in any order; what is missing or there twice is an error of its own") {
    json_rpc_client rpc{[](std::string_view) {
        return R"([{"jsonrpc":"2.0","result":3,"id":3},{"jsonrpc":"2.0","result":99,"id":99},{"jsonrpc":"2.0","result":1,"id":1},)"
               R"({"jsonrpc":"2.0","result":4,"id":4},{"jsonrpc":"2.0","result":44,"id":4}])";
    }};
    auto const [one, two, three, four] = rpc.batch(call<sum>({}), call<sum>({}), call<sum>({}), call<sum>({}));
    CHECK(*one == 1);
    CHECK(two.error().message() == "the message has no response with the id 2");
    CHECK(*three == 3);
    CHECK(four.error().message() == "the message has more than one response with the id 4");
}

TEST_CASE("a batch whose parts are all invalid is not sent") {
    bool called = false;
    json_rpc_client rpc{[&](std::string_view) {
        called = true;
        return std::string();
    }};
    auto const [bad] = rpc.batch(call<divide>({.dividend = 1, .divisor = 1, .digits = 99}));
    CHECK(bad.error().is<parley::invalid_input>());
    auto const nothing = rpc.batch(parley::json_rpc_call_options());
    CHECK(std::tuple_size_v<decltype(nothing)> == 0);
    CHECK(rpc.send_all<sum>({}).empty());
    CHECK(!called);
}

TEST_CASE("one operation can be called with many inputs at once") {
    line peer;
    json_rpc_client rpc{std::ref(peer)};
    std::vector<divide::input> inputs;
    for (int i = 0; i < 1000; ++i) inputs.push_back({.dividend = i, .divisor = i % 10 == 0 ? 0.0 : 2.0});
    auto const all = rpc.send_all<divide>(inputs);
    REQUIRE(all.size() == 1000);
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (i % 10 == 0) CHECK(all[i].error().get_if<by_zero>()->dividend == static_cast<double>(i));
        else CHECK(all[i]->quotient == static_cast<double>(i) / 2);
    }
    CHECK(peer.sent.size() == 1);
}

TEST_CASE("deadline and stop token reach the transport, and a call that is stopped before is not sent") {
    int calls = 0;
    parley::json_rpc_client_config config{.timeout = 10s, .first_id = 100};
    config.now = [] { return std::chrono::steady_clock::time_point(5s); };
    json_rpc_client rpc{config, [&](parley::message const& m) {
                            ++calls;
                            CHECK(m.deadline == std::chrono::steady_clock::time_point(calls == 1 ? 15s : 6s));
                            CHECK(m.stop.stop_possible() == (calls == 2));
                            return R"({"jsonrpc":"2.0","result":1,"id":)" + std::to_string(99 + calls) + "}";
                        }};
    std::stop_source stop;
    CHECK(rpc.send<sum>({}));
    CHECK(rpc.send<sum>({}, {.stop = stop.get_token(), .timeout = 1s}));
    stop.request_stop();
    auto const stopped = rpc.send<sum>({}, {.stop = stop.get_token()});
    CHECK(stopped.error().get_if<parley::transport_failure>()->condition == parley::transport_errc::cancelled);
    CHECK(stopped.error().sent() == parley::delivery::not_sent);
    auto const [in_batch] = rpc.batch({.stop = stop.get_token()}, call<sum>({}));
    CHECK(in_batch.error().is<parley::transport_failure>());
    CHECK(calls == 2);
}

TEST_CASE("a lenient client reads peers that are careless") {
    json_rpc_client rpc{{.strictness = parley::strictness::lenient},
                        [](std::string_view) { return R"({"result":7,"error":null,"id":1})"; }};
    auto const total = rpc.send<sum>({});
    REQUIRE(total);
    CHECK(*total == 7);
    CHECK(total.metadata().tolerated.size() == 1);
}

TEST_CASE("copies of a client, and threads, count the same ids") {
    line peer;
    json_rpc_client rpc{[](parley::message const& m) {
        auto const id = parley::json_rpc::id_of(m.text).value();
        return parley::json_rpc::encode_response<sum>(std::stoi(id.json()), id).value();
    }};
    auto copy = rpc;
    std::vector<int> ids(200);
    std::thread other([&] {
        for (std::size_t i = 0; i < 100; ++i) ids[i] = *copy.send<sum>({});
    });
    for (std::size_t i = 100; i < 200; ++i) ids[i] = *rpc.send<sum>({});
    other.join();
    std::sort(ids.begin(), ids.end());
    for (int i = 0; i < 200; ++i) CHECK(ids[static_cast<std::size_t>(i)] == i + 1);
}

namespace {

struct pay {
    struct input {
        parley::required<int> cents;
        std::optional<std::string> token{};
    };
    using output = parley::unit;
    static constexpr auto params = parley::rpc_params::by_position;
};
BOOST_DESCRIBE_STRUCT(pay::input, (), (cents, token))
constexpr auto parley_traits(pay::input const*) { return parley::traits(parley::on("token", parley::idempotency_token())); }

} // namespace

TEST_CASE("an idempotency token is filled where it is absent") {
    std::vector<std::string> sent;
    json_rpc_client rpc{{.uuid = [] { return std::string("u"); }}, [&](std::string_view text) {
                            sent.emplace_back(text);
                            return std::string();
                        }};
    CHECK(rpc.notify<pay>({.cents = 5}));
    CHECK(rpc.notify<pay>({.cents = 5, .token = "mine"}));
    CHECK(sent
          == std::vector<std::string>{R"({"jsonrpc":"2.0","method":"pay","params":[5,"u"]})",
                                      R"({"jsonrpc":"2.0","method":"pay","params":[5,"mine"]})"});
    json_rpc_client random{[&](std::string_view text) {
        sent.emplace_back(text);
        return std::string();
    }};
    CHECK(random.notify<pay>({.cents = 5}));
    CHECK(sent.back().size() == sent.front().size() + 35);
}

// Callbacks.

namespace {

using handler = std::function<void(parley::result<std::string, parley::transport_error>)>;

// Keeps what it is given until `run`.
struct queue {
    line peer;
    std::deque<std::function<void()>> waiting;
    bool twice = false;

    void operator()(parley::message const& m, handler done) {
        waiting.push_back([this, text = std::string_view(m), done] {
            done(peer(text));
            if (twice) done(std::string("again"));
        });
    }
    void run() {
        for (; !waiting.empty(); waiting.pop_front()) waiting.front()();
    }
};

} // namespace

TEST_CASE("a transport that takes a handler makes calls that do") {
    queue stack;
    stack.twice = true;
    json_rpc_client rpc{std::ref(stack)};
    int total = 0, ended = 0;
    rpc.send<sum>({1, 2}, [&](parley::outcome<sum> o) { total = *o, ++ended; });
    rpc.notify<update>({1}, [&](parley::outcome<notification<update>> o) { ended += o.has_value(); });
    rpc.batch([&](auto const& all) { total += *std::get<0>(all), ended += std::get<1>(all).error().template is<by_zero>(); },
              call<sum>({10}), call<divide>({.dividend = 1, .divisor = 0}));
    rpc.send_all<sum>(std::vector<std::vector<int>>{{100}, {200}}, [&](auto const& all) { total += *all[0] + *all[1], ++ended; });
    CHECK(ended == 0);
    stack.run();
    CHECK(ended == 4);
    CHECK(total == 313);
    // Nothing to wait for.
    rpc.send<divide>({.dividend = 1, .divisor = 1, .digits = 99},
                     [&](auto const& o) { ended += o.error().template is<parley::invalid_input>(); });
    CHECK(ended == 5);
    std::stop_source stop;
    stop.request_stop();
    rpc.batch(
        {.stop = stop.get_token()},
        [&](auto const& all) { ended += std::get<0>(all).error().template is<parley::transport_failure>(); }, call<sum>({}));
    CHECK(ended == 6);
}

TEST_CASE("a transport that throws instead of calling its handler has failed; what a handler throws is its own") {
    json_rpc_client throwing{[](parley::message const&, handler) { throw std::runtime_error("no"); }};
    std::string message;
    throwing.send<sum>({}, [&](auto const& o) { message = o.error().message(); });
    CHECK(message == "transport failure: no");
    json_rpc_client direct{[](parley::message const&, handler done) { done(std::string()); }};
    CHECK_THROWS_WITH(direct.send<sum>({}, [](auto const&) { throw std::runtime_error("mine"); }), "mine");
}

// Coroutines.

namespace {

struct asio_line {
    boost::asio::io_context* context;
    line* peer;
    boost::asio::awaitable<parley::result<std::string, parley::transport_error>> operator()(parley::message const& m) const {
        co_await boost::asio::post(*context, boost::asio::use_awaitable);
        if (m.text.find("foobar") != std::string::npos) throw std::runtime_error("cut");
        co_return (*peer)(m.text);
    }
};

boost::asio::awaitable<int> talk(json_rpc_client<asio_line>& rpc) {
    auto first = rpc.send<sum>({1, 2, 4});
    auto const total = co_await std::move(first);
    auto second = rpc.batch(call<subtract>({.minuend = 50, .subtrahend = *total}), notification<update>({}));
    auto const both = co_await std::move(second);
    auto third = rpc.notify<foobar>({});
    auto const lost = co_await std::move(third);
    CHECK(lost.error().message() == "transport failure: cut");
    auto fourth = rpc.send<divide>({.dividend = 1, .divisor = 1, .digits = 99});
    auto const invalid = co_await std::move(fourth);
    CHECK(invalid.error().is<parley::invalid_input>());
    co_return *std::get<0>(both);
}

} // namespace

TEST_CASE("an awaitable transport makes calls that are awaited") {
    boost::asio::io_context context;
    line peer;
    json_rpc_client<asio_line> rpc{asio_line{&context, &peer}};
    int result = 0;
    boost::asio::co_spawn(context, talk(rpc), [&](std::exception_ptr thrown, int value) {
        CHECK(!thrown);
        result = value;
    });
    context.run();
    CHECK(result == 43);
    CHECK(peer.sent.size() == 2);
}
