// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/server/router.hpp>

#include <parley/client.hpp>
#include <parley/http/gzip.hpp>
#include <parley/transport/loopback.hpp>

#include <support/garden.hpp>
#include <support/task.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <doctest/doctest.h>

#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

TEST_SUITE_BEGIN("server");

using namespace garden;

namespace {

using server = parley::router<garden_service>;

parley::http_request asking(std::string method, std::string target, std::string body = {}) {
    parley::http_request request;
    request.method = std::move(method);
    request.target = std::move(target);
    request.host = "garden.example.com";
    if (!body.empty()) request.fields.add("content-type", "application/json");
    request.body = std::move(body);
    return request;
}

// Records the called operations and their inputs.
std::string called;

parley::handler_result<get_plant> find_plant(get_plant::input const& in) {
    called = "get_plant " + *in.bed + ' ' + *in.name;
    if (*in.name == "weed") return no_such_plant{"no weeds here"};
    if (*in.name == "rain") return closed_today{"it rains", "3600"};
    if (*in.name == "thrown") throw no_such_plant{"thrown"};
    if (*in.name == "sun") throw closed_today{"too hot", "60"};
    if (*in.name == "broken") throw std::runtime_error("the password is rosebud");
    if (*in.name == "odd") throw 7;
    if (*in.name == "unreadable") return plant{"\xff", {}};
    return plant{*in.name, 3};
}

std::optional<set_plants::input> last_set;

server make_server(parley::router_config config = {}) {
    called.clear();
    return server{
        std::move(config),
        parley::handle<get_plant>(&find_plant),
        parley::handle<count_plants>([](auto const& in) { return called = "count_plants " + *in.bed, count_plants::output{4}; }),
        parley::handle<set_plants>([](set_plants::input in) { called = "set_plants", last_set = std::move(in); }),
        parley::handle<get_picture>([](get_picture::input&& in, parley::call_context const& context) {
            called = std::string(context.operation) + ' ' + *in.path;
            return get_picture::output{"image/png", {std::string(context.request.header("x-sender").value_or("?"))}};
        }),
        parley::handle<water>([](parley::unit) -> parley::result<parley::unit, closed_today> {
            called = "water";
            return closed_today{"dry", "1"};
        })};
}

std::string code_of(parley::http_response const& response) {
    return std::string(response.fields.find("x-amzn-errortype").value_or(""));
}

} // namespace

TEST_CASE("router: a request is dispatched to the most specific operation") {
    auto const router = make_server();
    CHECK(router(asking("GET", "/beds/north/rose")).body == R"({"name":"rose","height":3})");
    CHECK(called == "get_plant north rose");
    CHECK(router(asking("GET", "/beds/north/count")).body == R"({"count":4})");
    CHECK(called == "count_plants north");
    router(asking("GET", "/beds/no%20rth/a%2Fb/")); // violates the pattern of beds, so no handler is called
    CHECK(called == "count_plants north");
    router(asking("GET", "/beds/north/a%2Fb/"));
    CHECK(called == "get_plant north a/b");
    router(asking("GET", "/a/b/c?x=1&picture"));
    CHECK(called == "get_picture a/b/c");
    router(asking("GET", "/beds/north/rose?picture=1"));
    CHECK_MESSAGE(called == "get_plant north rose", "path specificity wins over query literals");
}

TEST_CASE("router: escapes of unreserved characters are decoded before matching") {
    auto const router = make_server();
    CHECK(router(asking("GET", "/%62eds/north/%72ose")).status == 200);
    CHECK(called == "get_plant north rose");
    CHECK(router(asking("GET", "/beds/north/%63ount")).status == 200);
    CHECK_MESSAGE(called == "count_plants north", "the more specific route, however it is written");
    CHECK(router(asking("GET", "/a%2Fb/%63?%70icture&sm%61ll=%74rue")).status == 200);
    CHECK(called == "get_picture a/b/c");
    CHECK(router(asking("DELETE", "/%62eds/north")).fields.find("allow") == "PUT");
    called.clear();
    CHECK(router(asking("GET", "/beds%2Fnorth%2Frose")).status == 404);
    CHECK(called.empty());
    // Labels are decoded, even to a dot segment.
    CHECK(router(asking("GET", "/beds/north/%2e%2e")).status == 200);
    CHECK(called == "get_plant north ..");
}

TEST_CASE("router: a target with an invalid escape is rejected") {
    auto const router = make_server();
    for (auto const* target :
         {"/%", "/%zz", "/beds/%f/x", "/beds/north/rose%", "/beds/north/rose?x=%g0", "/p?picture&%", "/nowhere?%2"}) {
        for (auto const* method : {"GET", "DELETE"}) {
            auto const response = router(asking(method, target));
            CHECK_MESSAGE(response.status == 400, target);
            CHECK(code_of(response) == "SerializationException");
            CHECK(response.body == R"({"message":"invalid percent escape in the request target"})");
        }
    }
    CHECK(called.empty());
}

TEST_CASE("router: requests without a matching operation are rejected") {
    auto const router = make_server();
    auto unknown = router(asking("GET", "/nowhere"));
    CHECK(unknown.status == 404);
    CHECK(code_of(unknown) == "UnknownOperationException");
    CHECK(unknown.body == R"({"message":"unknown operation"})");
    auto const method = router(asking("DELETE", "/beds/north"));
    CHECK(method.status == 405);
    CHECK(method.fields.find("allow") == "PUT");
    CHECK(router(asking("DELETE", "/beds/north/rose?picture")).fields.find("allow") == "GET");
    CHECK(router(asking("GET", "/a/b")).status == 404);
    CHECK(router(asking("GET", "a/b?picture")).status == 404);
    CHECK(router(asking("", "")).status == 404);
    CHECK(called.empty());
}

TEST_CASE("router: the host prefix distinguishes operations unless it is disabled") {
    auto request = asking("POST", "/water");
    CHECK(make_server()(request).status == 404);
    request.host = "Tap.garden.example.com:8080";
    CHECK(make_server()(request).status == 503);
    request.host = "tap.";
    CHECK(make_server()(request).status == 404);
    request.host = "127.0.0.1";
    CHECK(make_server({.host_prefix = false})(request).status == 503);
}

TEST_CASE("router: returned and thrown results are encoded") {
    auto const router = make_server();
    auto const weed = router(asking("GET", "/beds/north/weed"));
    CHECK(weed.status == 404);
    CHECK(code_of(weed) == "no_such_plant");
    CHECK(weed.body == R"({"message":"no weeds here"})");
    CHECK(router(asking("GET", "/beds/north/thrown")).body == R"({"message":"thrown"})");
    auto const rain = router(asking("GET", "/beds/north/rain"));
    CHECK(rain.status == 503);
    CHECK(rain.fields.find("retry-after") == "3600");
    CHECK(rain.body == R"({"message":"it rains"})");
    CHECK(router(asking("GET", "/beds/north/sun")).fields.find("retry-after") == "60");
    auto picture = asking("GET", "/p?picture");
    picture.fields.add("X-Sender", "me");
    auto const answer = router(picture);
    CHECK(answer.fields.find("content-type") == "image/png");
    CHECK(answer.body == "me");
    auto const set = router(asking("PUT", "/beds/north", R"({"plants":[{"name":"rose"}]})"));
    CHECK(set.status == 204);
    CHECK(set.body.empty());
    CHECK(!set.fields.contains("content-type"));
}

TEST_CASE("router: an exception is an internal failure, whose text only the observer receives") {
    std::vector<std::string> seen;
    auto const router = make_server({.observe = [&](parley::served_call const& call) {
        seen.push_back(std::to_string(call.status) + ' ' + std::string(call.operation) + ' ' + std::string(call.code) + ": "
                       + std::string(call.text));
    }});
    for (auto const* name : {"broken", "odd", "unreadable"}) {
        auto const answer = router(asking("GET", std::string("/beds/north/") + name));
        CHECK(answer.status == 500);
        CHECK(code_of(answer) == "InternalFailure");
        CHECK(answer.body == "{}");
    }
    router(asking("GET", "/beds/north/rose"));
    router(asking("GET", "/beds/north/weed"));
    router(asking("GET", "/x"));
    CHECK(seen
          == std::vector<std::string>{
              "500 get_plant InternalFailure: the password is rosebud",
              "500 get_plant InternalFailure: an exception that is not a std::exception was thrown",
              "500 get_plant InternalFailure: the output cannot be encoded: /name: invalid UTF-8",
              "200 get_plant : ", "404 get_plant no_such_plant: ", "404  UnknownOperationException: unknown operation"});
}

TEST_CASE("router: all errors of a malformed request are reported") {
    auto const router = make_server();
    auto const bad = router(asking("PUT", "/beds/north", R"({"plants":[null,{"name":7}],"days":"x"})"));
    CHECK(bad.status == 400);
    CHECK(code_of(bad) == "SerializationException");
    for (auto const* path : {"/plants/0: expected an object, found null", "/plants/1/name: expected a string, found a number",
                             "/days: expected an integer, found a string"})
        CHECK_MESSAGE(bad.body.find(path) != std::string::npos, bad.body);
    CHECK(code_of(router(asking("PUT", "/beds/north", "{"))) == "SerializationException");
    CHECK(code_of(router(asking("GET", "/p?picture&small=yes"))) == "SerializationException");
    CHECK(code_of(router(asking("GET", "/p?picture&small=true%"))) == "SerializationException");
    CHECK(code_of(router(asking("GET", "/beds/%f/x"))) == "SerializationException");
    CHECK(called.empty());
}

TEST_CASE("router: all violated constraints are reported with their paths") {
    auto const router = make_server();
    auto const bad =
        router(asking("PUT", "/beds/north", R"({"plants":[{"name":"","height":101},{}],"more":{"the secret":{"name":""}}})"));
    CHECK(bad.status == 400);
    CHECK(code_of(bad) == "ValidationException");
    std::string const list =
        R"({"path":"/plants/0/name","message":"Value with length 0 at '/plants/0/name' failed to satisfy constraint: Member must have length between 1 and 8, inclusive"},)"
        R"({"path":"/plants/0/height","message":"Value at '/plants/0/height' failed to satisfy constraint: Member must be between 0 and 100, inclusive"},)"
        R"({"path":"/plants/1/name","message":"Value at '/plants/1/name' failed to satisfy constraint: Member must not be null"},)"
        R"({"path":"/more/*/name","message":"Value with length 0 at '/more/*/name' failed to satisfy constraint: Member must have length between 1 and 8, inclusive"}]})";
    CHECK_MESSAGE(bad.body.starts_with(R"({"message":"4 validation errors detected. Value with length 0 at)"), bad.body);
    CHECK_MESSAGE(bad.body.ends_with(list), bad.body);
    CHECK(bad.body.find("secret") == std::string::npos);
    // Missing required members in the path and the body.
    auto const missing = router(asking("PUT", "/beds/north"));
    CHECK(missing.body.find("Value at '/plants' failed to satisfy constraint: Member must not be null") != std::string::npos);
    CHECK(called.empty());
}

TEST_CASE("router: missing members have their server defaults") {
    auto const router = make_server();
    REQUIRE(router(asking("PUT", "/beds/north", R"({"plants":[{"name":"rose"}]})")).status == 204);
    CHECK(last_set->days == 7);
    REQUIRE(router(asking("PUT", "/beds/north", R"({"plants":[{"name":"rose"}],"days":2})")).status == 204);
    CHECK(last_set->days == 2);
}

TEST_CASE("router: media types must match the operation") {
    auto const router = make_server();
    auto const status = [&](std::string method, std::string target, std::string body, parley::headers fields) {
        auto request = asking(std::move(method), std::move(target), std::move(body));
        request.fields = std::move(fields);
        return router(request).status;
    };
    std::string const plants = R"({"plants":[{"name":"rose"}]})";
    CHECK(status("PUT", "/beds/a", plants, {{"Content-Type", "Application/JSON; charset=utf-8"}}) == 204);
    CHECK(status("PUT", "/beds/a", plants, {{"Content-Type", "text/plain"}}) == 415);
    CHECK(status("PUT", "/beds/a", plants, {}) == 415);
    CHECK(status("GET", "/beds/a/b", "", {{"content-type", "text/plain"}}) == 200); // no body, so the media type is ignored
    CHECK(status("GET", "/beds/a/b", "x", {{"content-type", "text/plain"}}) == 415);
    CHECK(status("GET", "/beds/a/b", "", {{"accept", "text/html, application/*;q=0.5"}}) == 200);
    CHECK(status("GET", "/beds/a/b", "", {{"accept", "text/html"}}) == 406);
    CHECK(status("GET", "/b?picture", "", {{"accept", "text/html"}}) == 200); // any media type is possible
    CHECK(status("PUT", "/beds/a", plants, {{"content-type", "application/json"}, {"accept", "text/html"}}) == 204); // no body

    auto request = asking("PUT", "/beds/a", plants);
    request.fields.set("content-type", "application/x-www-form-urlencoded"); // sent by curl -d
    CHECK(router(request).body.find("the content-type must be application/json") != std::string::npos);
}

TEST_CASE("router: requests that exceed a limit are rejected") {
    parley::router_config config;
    config.limits.bytes = 100;
    config.limits.depth = 8;
    config.limits.values = 20;
    config.target_bytes = 50;
    config.header_bytes = 60;
    auto const router = make_server(config);
    auto const large = router(asking("PUT", "/beds/a", std::string(101, ' ')));
    CHECK(large.status == 413);
    CHECK(code_of(large) == "RequestTooLargeException");
    CHECK(router(asking("GET", '/' + std::string(50, 'a'))).status == 414);
    auto fields = asking("GET", "/beds/a/b");
    fields.fields.add("x", std::string(60, 'x'));
    CHECK(router(fields).status == 431);
    CHECK(router(asking("PUT", "/beds/a", R"({"x":[[[[[[[[[]]]]]]]]]})")).status == 400);
    CHECK(router(asking("PUT", "/beds/a", R"({"plants":[{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}]})")).status
          == 400);
    CHECK(called.empty());
}

TEST_CASE("router: otherwise_not_implemented responds with 501 to operations without a handler") {
    server const router{parley::handle<water>([](parley::unit) {}), parley::otherwise_not_implemented()};
    CHECK(router(asking("GET", "/beds/a/b")).status == 501);
    server const none{parley::otherwise_not_implemented()};
    CHECK(none(asking("GET", "/beds/a/b")).status == 501);
}

TEST_CASE("router: responses have the request id") {
    int count = 0;
    auto const router = make_server({.request_id = [&] { return "r-" + std::to_string(++count); }});
    CHECK(router(asking("GET", "/beds/a/b")).fields.find("x-amzn-requestid") == "r-1");
    CHECK(router(asking("GET", "/")).fields.find("x-amzn-requestid") == "r-2");
}

namespace {

// A request of another HTTP stack, which counts its copies.
struct foreign_request {
    std::string verb, url, content;
    std::shared_ptr<int> copies = std::make_shared<int>(0);
    foreign_request() = default;
    foreign_request(foreign_request const& other)
        : verb(other.verb), url(other.url), content(other.content), copies(other.copies) {
        ++*copies;
    }
};

} // namespace

template <>
struct parley::request_traits<foreign_request> {
    static std::string_view method(foreign_request const& r) { return r.verb; }
    static std::string_view target(foreign_request const& r) { return r.url; }
    static std::string_view body(foreign_request const& r) { return r.content; }
    static std::optional<std::string_view> header(foreign_request const&, std::string_view name) {
        return name == "content-type" ? std::optional<std::string_view>("application/json") : std::nullopt;
    }
};

TEST_CASE("router: requests of any type are served without a copy") {
    auto const router = make_server();
    foreign_request request;
    request.verb = "PUT";
    request.url = "/beds/east";
    request.content = R"({"plants":[{"name":"tulip"}]})";
    CHECK(router(request).status == 204);
    CHECK(last_set->plants[0].name == "tulip");
    CHECK(*request.copies == 0);
}

TEST_CASE("router: a client and a router share a description") {
    auto const router = make_server();
    parley::loopback network{[&](parley::http_request const& r) { return router(r); }};
    parley::client client{{.endpoint = "http://garden.example.com"}, std::ref(network)};
    auto const found = client.send<get_plant>({.bed = "north", .name = "rose"});
    REQUIRE(found);
    CHECK(found->name == "rose");
    auto const missing = client.send<get_plant>({.bed = "north", .name = "weed"});
    REQUIRE(!missing);
    CHECK(missing.error().get_if<no_such_plant>()->message == "no weeds here");
    auto const closed = client.send<water>({});
    REQUIRE(!closed);
    CHECK(closed.error().get_if<closed_today>()->until == "1");
}

TEST_CASE("router: a responder may be called later and from another thread") {
    std::optional<parley::responder<get_plant>> waiting;
    parley::router<garden_service, void> const router{
        parley::handle<get_plant>([&](get_plant::input const& in, parley::responder<get_plant> reply) {
            if (*in.name == "later") waiting.emplace(reply);
            else if (*in.name == "twice") reply(plant{"one", {}}), reply(plant{"two", {}});
            else if (*in.name == "thrown") throw no_such_plant{"thrown"};
            else if (*in.name == "both") {
                reply(plant{"first", {}});
                throw std::runtime_error("then");
            } // otherwise never called
        }),
        parley::handle<count_plants>([](count_plants::input const&, parley::call_context const& c,
                                        parley::responder<count_plants> reply) {
            std::thread([reply, size = static_cast<int>(c.request.method.size())] { reply(count_plants::output{size}); }).join();
        }),
        parley::handle<water>([](parley::unit) {}), parley::otherwise_not_implemented()};
    std::vector<parley::http_response> answers;
    auto const ask = [&](parley::http_request const& request) {
        router(request, [&](parley::http_response response) { answers.push_back(std::move(response)); });
    };
    auto const later = asking("GET", "/beds/a/later");
    ask(later);
    CHECK(answers.empty());
    (*waiting)(plant{"late", {}});
    REQUIRE(answers.size() == 1);
    CHECK(answers[0].body == R"({"name":"late"})");
    waiting.reset();
    for (auto const* name : {"twice", "thrown", "both", "forgotten"}) ask(asking("GET", std::string("/beds/a/") + name));
    ask(asking("GET", "/beds/a/count"));
    ask(asking("GET", "/beds/A/x"));
    ask(asking("PUT", "/beds/A/x"));
    std::vector<std::string> found;
    for (auto const& a : answers) found.push_back(std::to_string(a.status) + a.body.substr(0, 20));
    CHECK(found
          == std::vector<std::string>{R"(200{"name":"late"})", R"(200{"name":"one"})", R"(404{"message":"thrown"})",
                                      R"(200{"name":"first"})", "500{}", R"(200{"count":3})", R"(400{"message":"1 valida)",
                                      R"(405{"message":"method n)"});
}

TEST_CASE("router: handlers may be coroutines if the router is one") {
    support::small_loop loop;
    parley::router<garden_service, support::task<parley::http_response>> const router{
        parley::handle<get_plant>([&](get_plant::input in) -> support::task<parley::handler_result<get_plant>> {
            co_await loop.turn();
            if (*in.name == "thrown") throw no_such_plant{"thrown"};
            if (*in.name == "broken") throw std::runtime_error("text");
            co_return plant{*in.name, {}};
        }),
        parley::handle<count_plants>(
            [](count_plants::input const&) { return count_plants::output{9}; }), // need not be a coroutine
        parley::otherwise_not_implemented()};
    auto const ask = [&](std::string target) {
        auto const request = asking("GET", std::move(target));
        auto answer = router(request);
        loop.run();
        REQUIRE(answer.done());
        return answer.take();
    };
    CHECK(ask("/beds/a/rose").body == R"({"name":"rose"})");
    CHECK(ask("/beds/a/thrown").status == 404);
    CHECK(ask("/beds/a/broken").status == 500);
    CHECK(ask("/beds/A/x").status == 400);
    CHECK(ask("/beds/a/count").body == R"({"count":9})");
    CHECK(ask("/a/b?picture").status == 501);
    CHECK(ask("/x").status == 404);
}

TEST_CASE("router: handlers may be coroutines of Boost.Asio") {
    boost::asio::io_context context;
    parley::router<garden_service, boost::asio::awaitable<parley::http_response>> const router{
        parley::handle<water>([](parley::unit, parley::call_context const&) -> boost::asio::awaitable<void> {
            co_await boost::asio::post(boost::asio::use_awaitable);
        }),
        parley::handle<get_plant>([](get_plant::input const& in) -> boost::asio::awaitable<plant> {
            co_await boost::asio::post(boost::asio::use_awaitable);
            co_return plant{*in.name, {}}; // `in` is still valid
        }),
        parley::otherwise_not_implemented()};
    auto request = asking("POST", "/water");
    request.host = "tap.example.com";
    auto const other = asking("GET", "/beds/a/rose");
    std::vector<parley::http_response> answers;
    boost::asio::co_spawn(
        context,
        [&]() -> boost::asio::awaitable<void> {
            answers.push_back(co_await router(request));
            answers.push_back(co_await router(other));
        },
        [](std::exception_ptr thrown) { CHECK(!thrown); });
    context.run();
    REQUIRE(answers.size() == 2);
    CHECK(answers[0].status == 200);
    CHECK(answers[1].body == R"({"name":"rose"})");
}

TEST_CASE("router: several threads may use one router") {
    parley::router<parley::operations<count_plants>> const router{parley::handle<count_plants>(
        [](count_plants::input const& in) { return count_plants::output{static_cast<int>(in.bed->size())}; })};
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([&router, t] {
            auto const request = asking("GET", "/beds/" + std::string(static_cast<std::size_t>(t + 1), 'a') + "/count");
            for (int i = 0; i < 200; ++i) {
                if (router(request).body != R"({"count":)" + std::to_string(t + 1) + '}') std::abort();
            }
        });
    }
    for (auto& t : threads) t.join();
}

namespace {

struct tag_plants {
    struct input {
        std::optional<std::vector<int>> sizes = {}, ages = {};
    };
    using output = parley::unit;
    static constexpr auto http = parley::http("GET /tags?age={ages}\nx-sizes: {sizes}");
};
BOOST_DESCRIBE_STRUCT(tag_plants::input, (), (sizes, ages))

} // namespace

TEST_CASE("router: no more errors of headers and queries are reported than the limit allows") {
    parley::router<parley::operations<tag_plants>> const router{
        {.limits = {.violations = 5}}, parley::handle<tag_plants>([](tag_plants::input const&) { return parley::unit(); })};
    parley::http_request request;
    request.method = "GET";
    std::string items;
    for (int i = 0; i < 1000; ++i) items += i == 0 ? "x" : ",x";
    SUBCASE("headers") {
        request.target = "/tags";
        request.fields.add("x-sizes", items);
    }
    SUBCASE("a query") {
        request.target = "/tags?";
        for (int i = 0; i < 1000; ++i) request.target += "&age=x";
    }
    auto const response = router(request);
    CHECK(response.status == 400);
    std::size_t reported = 0;
    for (auto at = response.body.find("expected "); at != response.body.npos; at = response.body.find("expected ", at + 1))
        ++reported;
    CHECK(reported == 5);
}

TEST_SUITE_END();
