// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/aws.hpp>

#include <parley/json/encode.hpp>
#include <parley/services/medical_imaging.hpp>
#include <parley/transport/loopback.hpp>

#include <support/task.hpp>
#include <support/weather.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <doctest/doctest.h>

#include <atomic>
#include <functional>
#include <mutex>
#include <set>
#include <stdexcept>
#include <thread>

TEST_SUITE_BEGIN("client");

using namespace std::chrono_literals;
using support::small_loop;
using support::task;
using weather::city_unknown;
using weather::get_weather;

namespace {

parley::client_config const config{.endpoint = "https://api.example.com", .random = [] { return 0.5; }};

parley::http_response good() { return {200, {}, R"({"celsius":21.5})"}; }
parley::http_response busy() { return {503, {}, "try later"}; }

struct small_transport {
    small_loop* loop;
    int* attempts;
    int* sleeps;

    task<parley::result<parley::http_response, parley::transport_error>> operator()(parley::http_request const&) const {
        co_await loop->turn();
        switch (++*attempts) {
        case 1: co_return busy();
        case 2: co_return parley::transport_error{parley::transport_errc::reset, true, "lost"};
        default: co_return good();
        }
    }
    task<bool> sleep(std::chrono::steady_clock::duration) const {
        ++*sleeps;
        co_await loop->turn();
        co_return true;
    }
};

// A custom response type that counts its copies.
struct foreign_response {
    int code = 200;
    std::string content = R"({"celsius":1})";
    int* copies = nullptr;

    foreign_response() = default;
    foreign_response(foreign_response&&) = default;
    foreign_response(foreign_response const& other) : code(other.code), content(other.content), copies(other.copies) {
        if (copies) ++*copies;
    }
};

} // namespace

template <>
struct parley::response_traits<foreign_response> {
    static int status(foreign_response const& r) { return r.code; }
    static std::string_view body(foreign_response const& r) { return r.content; }
    static std::optional<std::string_view> header(foreign_response const&, std::string_view) { return std::nullopt; }
};

TEST_CASE("client: a blocking transport makes a blocking call") {
    parley::client client{config, [](parley::http_request const& r) {
                              CHECK(r.method == "GET");
                              CHECK(r.url() == "https://api.example.com/weather/Ghent%20Sint-Pieters?days=3");
                              return good();
                          }};
    auto today = client.send<get_weather>({.city = "Ghent Sint-Pieters", .days = 3});
    REQUIRE(today);
    CHECK(today->celsius == 21.5);
    CHECK(today.metadata().status == 200);
    CHECK(today.metadata().attempts == 1);
}

TEST_CASE("client: an input that violates a constraint is not sent") {
    bool called = false;
    parley::client client{config, [&called](parley::http_request const&) {
                              called = true;
                              return good();
                          }};
    auto bad = client.send<get_weather>({.city = "", .days = 99});
    REQUIRE(!bad);
    auto const* why = bad.error().get_if<parley::invalid_input>();
    REQUIRE(why);
    CHECK(!called);
    CHECK(why->sent == parley::delivery::not_sent);
    CHECK(why->violations.size() == 3); // the length, the range, and the empty label
    CHECK(bad.metadata().attempts == 0);
}

TEST_CASE("client: an invalid endpoint is reported") {
    parley::client client{{.endpoint = "nowhere"}, [](parley::http_request const&) { return good(); }};
    auto bad = client.send<get_weather>({.city = "Ghent"});
    REQUIRE(!bad);
    CHECK(bad.error().is<parley::invalid_input>());
    CHECK(bad.error().message().find("endpoint") != std::string::npos);
}

TEST_CASE("client: retryable attempts are retried after growing backoffs") {
    int attempts = 0;
    parley::loopback server{[&attempts](parley::http_request const&) { return ++attempts < 3 ? busy() : good(); }};
    auto with_clock = config;
    with_clock.now = [&server] { return server.now(); };
    parley::client client{with_clock, std::ref(server)};
    auto today = client.send<get_weather>({.city = "Ghent"});
    REQUIRE(today);
    CHECK(today.metadata().attempts == 3);
    // Half of 50 ms and half of 100 ms: the random source returns 0.5.
    CHECK(server.sleeps() == std::vector<std::chrono::steady_clock::duration>{25ms, 50ms});
    CHECK(today.metadata().total_retry_delay == 75ms);
}

TEST_CASE("client: the last error is the outcome when the attempts are used up") {
    parley::loopback server{[](parley::http_request const&) { return busy(); }};
    parley::client client{config, std::ref(server)};
    auto bad = client.send<get_weather>({.city = "Ghent"});
    REQUIRE(!bad);
    CHECK(bad.metadata().attempts == 3);
    CHECK(bad.error().response()->status == 503);
    CHECK(bad.error().response()->body == "try later");
    CHECK(bad.error().sent() == parley::delivery::answered);
}

TEST_CASE("client: a transport that throws has failed, and the text of the exception is kept") {
    parley::client client{config,
                          [](parley::http_request const&) -> parley::http_response { throw std::runtime_error("no socket"); }};
    auto bad = client.send<get_weather>({.city = "Ghent"});
    REQUIRE(!bad);
    auto const* why = bad.error().get_if<parley::transport_failure>();
    REQUIRE(why);
    CHECK(why->message == "transport failure: no socket");
    CHECK(why->sent == parley::delivery::possibly_sent);
}

TEST_CASE("client: the outcome reports whether the server may have seen any attempt") {
    int attempts = 0;
    parley::loopback server{
        [&attempts](parley::http_request const&) -> parley::result<parley::http_response, parley::transport_error> {
            if (++attempts == 1) return parley::transport_error{parley::transport_errc::reset, true, {}};
            return parley::transport_error{parley::transport_errc::refused, false, {}};
        }};
    parley::client client{config, std::ref(server)};
    auto bad = client.send<get_weather>({.city = "Ghent"});
    REQUIRE(!bad);
    CHECK(bad.error().get_if<parley::transport_failure>()->condition == parley::transport_errc::refused);
    CHECK(bad.error().sent() == parley::delivery::possibly_sent);
}

TEST_CASE("client: deadline and stop token reach the transport; a wait that would pass the deadline is not started") {
    parley::loopback server{[](parley::http_request const& r) {
        REQUIRE(r.deadline);
        CHECK(*r.deadline == std::chrono::steady_clock::time_point{} + 20ms);
        CHECK(r.stop.stop_possible());
        return busy();
    }};
    auto with_clock = config;
    with_clock.now = [&server] { return server.now(); };
    with_clock.call_timeout = 20ms;
    parley::client client{with_clock, std::ref(server)};
    std::stop_source stop;
    auto bad = client.send<get_weather>({.city = "Ghent"}, {.stop = stop.get_token()});
    REQUIRE(!bad);
    CHECK(bad.metadata().attempts == 1); // the wait would have been 25 ms
    CHECK(server.sleeps().empty());
}

TEST_CASE("client: a stopped call ends before, between and after attempts") {
    std::stop_source before;
    before.request_stop();
    parley::client never{config, [](parley::http_request const&) { return good(); }};
    auto not_sent = never.send<get_weather>({.city = "Ghent"}, {.stop = before.get_token()});
    REQUIRE(!not_sent);
    CHECK(not_sent.error().get_if<parley::transport_failure>()->condition == parley::transport_errc::cancelled);
    CHECK(not_sent.error().sent() == parley::delivery::not_sent);

    std::stop_source between;
    parley::client once{config, [&between](parley::http_request const&) {
                            between.request_stop();
                            return busy();
                        }};
    auto sent = once.send<get_weather>({.city = "Ghent"}, {.stop = between.get_token()});
    REQUIRE(!sent);
    CHECK(sent.metadata().attempts == 1);
}

TEST_CASE("client: a stop request ends a wait") {
    auto slow = config;
    slow.retry.base = slow.retry.max_delay = 1h;
    parley::client client{slow, [](parley::http_request const&) { return busy(); }};
    std::stop_source stop;
    std::jthread canceller([&stop] {
        std::this_thread::sleep_for(30ms);
        stop.request_stop();
    });
    auto stopped = client.send<get_weather>({.city = "Ghent"}, {.stop = stop.get_token()});
    REQUIRE(!stopped);
    CHECK(stopped.error().get_if<parley::transport_failure>()->condition == parley::transport_errc::cancelled);
    CHECK(stopped.error().sent() == parley::delivery::possibly_sent);
}

TEST_CASE("client: declared errors are typed, and match reaches them all") {
    parley::client client{config, [](parley::http_request const& r) -> parley::http_response {
                              if (r.target.find("Atlantis") != std::string::npos)
                                  return {404, {{"x-amzn-requestid", "r-1"}}, R"({"message":"sunk"})"};
                              if (r.target.find("Babel") != std::string::npos)
                                  return {418, {{"x-amzn-errortype", "teapot"}}, R"({"message":"short"})"};
                              return {200, {}, "<html>"};
                          }};
    auto unknown = client.send<get_weather>({.city = "Atlantis"});
    REQUIRE(!unknown);
    CHECK(unknown.error().match([](city_unknown const& e) { return e.message; },
                                [](parley::failure const&) { return std::string("failure"); })
          == "sunk");
    CHECK(unknown.metadata().request_id == "r-1");
    CHECK_THROWS_AS(unknown.value(), parley::call_exception<city_unknown>);
    CHECK_THROWS_AS(unknown.value(), parley::exception);
    CHECK_THROWS_WITH(unknown.value(), "city_unknown: sunk");

    auto teapot = client.send<get_weather>({.city = "Babel"});
    REQUIRE(!teapot);
    CHECK(teapot.error().match([](city_unknown const&) { return std::string(); },
                               [](parley::undeclared_error const& e) { return e.code + ": " + e.message; },
                               [](parley::failure const& e) { return e.message; })
          == "teapot: short");

    auto html = client.send<get_weather>({.city = "Ghent"});
    REQUIRE(!html);
    auto const* why = html.error().get_if<parley::undecodable_response>();
    REQUIRE(why);
    CHECK(why->response.body == "<html>");
    CHECK(why->violations[0].code == parley::errc::syntax);
    CHECK(html.metadata().attempts == 1);
}

TEST_CASE(
    "client: an error that only the service declares has its own type, and is undeclared for handlers that do not name it") {
    parley::client client{{.aws = {.region = "us-east-1"}}, [](parley::http_request const&) -> parley::http_response {
                              return {402, {{"x-amzn-errortype", "ServiceQuotaExceededException"}}, R"({"message":"full"})"};
                          }};
    using namespace medical_imaging;
    auto bad = client.send<GetDICOMImportJob>({.datastoreId = std::string(32, 'a'), .jobId = "1"});
    REQUIRE(!bad);
    CHECK(bad.error().get_if<ServiceQuotaExceededException>()->message == "full");
    auto general = [](auto const&) { return std::string("other"); };
    CHECK(bad.error().match([](ServiceQuotaExceededException const& e) { return e.message; }, general) == "full");
    auto const code = bad.error().match(
        [](AccessDeniedException const&) { return std::string(); }, [](ConflictException const&) { return std::string(); },
        [](InternalServerException const&) { return std::string(); },
        [](ResourceNotFoundException const&) { return std::string(); }, [](ThrottlingException const&) { return std::string(); },
        [](ValidationException const&) { return std::string(); }, [](parley::undeclared_error const& e) { return e.code; },
        [](parley::failure const&) { return std::string(); });
    CHECK(code == "ServiceQuotaExceededException");
}

TEST_CASE("client: a custom response type is decoded without a copy") {
    int copies = 0;
    parley::client client{config, [&copies](parley::http_request const&) {
                              foreign_response r;
                              r.copies = &copies;
                              return r;
                          }};
    auto today = client.send<get_weather>({.city = "Ghent"});
    REQUIRE(today);
    CHECK(today->celsius == 1);
    CHECK(copies == 0);
}

TEST_CASE("client: a client and a server of one description work together in memory") {
    using namespace medical_imaging;
    using protocol = parley::rest_json;
    DICOMImportJobProperties job;
    job.jobId = "7";
    job.jobName = "a/b";
    job.jobStatus = JobStatus::IN_PROGRESS;
    job.datastoreId = std::string(32, 'd');
    job.dataAccessRoleArn = "arn:aws:iam::123456789012:role/r";
    job.submittedAt = timestamp(std::chrono::milliseconds(1736944496123));
    parley::loopback server{[&job](parley::http_request const& r) -> parley::http_response {
        REQUIRE(protocol::matches<GetDICOMImportJob>(r));
        auto const input = protocol::decode_request<GetDICOMImportJob>(r);
        REQUIRE(input);
        if (*input->jobId != job.jobId) return protocol::encode_error(ResourceNotFoundException{"no job"}).value();
        return protocol::encode_response<GetDICOMImportJob>({.jobProperties = job}).value();
    }};
    parley::client client{{.aws = {.region = "eu-west-1"}}, std::ref(server)};
    auto found = client.send<GetDICOMImportJob>({.datastoreId = job.datastoreId, .jobId = "7"});
    REQUIRE(found);
    CHECK(parley::to_json(found->jobProperties).value() == parley::to_json(job).value());
    auto absent = client.send<GetDICOMImportJob>({.datastoreId = job.datastoreId, .jobId = "8"});
    REQUIRE(!absent);
    REQUIRE(absent.error().is<ResourceNotFoundException>());
    CHECK(absent.error().get_if<ResourceNotFoundException>()->message == "no job");
    CHECK(absent.metadata().attempts == 1);
}

TEST_CASE("client: with a callback transport, a call takes a handler") {
    struct transport {
        int* attempts;
        std::deque<std::function<void()>>* later;
        void operator()(parley::http_request const&, std::function<void(parley::http_response)> done) {
            later->push_back([done, n = ++*attempts] { done(n < 3 ? busy() : good()); });
        }
        void sleep(std::chrono::steady_clock::duration, std::function<void()> wake) { later->push_back(wake); }
    };
    int attempts = 0, outcomes = 0;
    std::deque<std::function<void()>> later;
    parley::client client{config, transport{&attempts, &later}};
    client.send<get_weather>({.city = "Ghent"}, [&outcomes](parley::outcome<get_weather> today) {
        REQUIRE(today);
        CHECK(today->celsius == 21.5);
        CHECK(today.metadata().attempts == 3);
        ++outcomes;
    });
    CHECK(outcomes == 0);
    while (!later.empty()) {
        auto next = std::move(later.front());
        later.pop_front();
        next();
    }
    CHECK(outcomes == 1);
}

TEST_CASE("client: a callback transport that completes within its call, or twice, makes no deeper stack and no second outcome") {
    struct transport {
        void operator()(parley::http_request const&, std::function<void(parley::http_response)> done) {
            done(busy());
            done(good());
        }
        void sleep(std::chrono::steady_clock::duration, std::function<void()> wake) { wake(); }
    };
    auto many = config;
    many.retry.max_attempts = 20000;
    many.retry.max_delay = many.retry.base = 0ms;
    many.retry.cost = 0;
    parley::client client{many, transport{}};
    int outcomes = 0;
    client.send<get_weather>({.city = "Ghent"}, [&outcomes](parley::outcome<get_weather> today) {
        CHECK(!today);
        CHECK(today.metadata().attempts == 20000);
        ++outcomes;
    });
    CHECK(outcomes == 1);
}

TEST_CASE("client: with a callback transport without a timer, there is one attempt") {
    parley::client client{config, [](parley::http_request const&, auto done) { done(busy()); }};
    int attempts = 0;
    client.send<get_weather>({.city = "Ghent"}, [&attempts](auto const& today) { attempts = today.metadata().attempts; });
    CHECK(attempts == 1);
}

TEST_CASE("client: with a transport with its own coroutine type, a call is a coroutine of that type") {
    small_loop loop;
    int attempts = 0, sleeps = 0;
    parley::client client{config, small_transport{&loop, &attempts, &sleeps}};
    auto call = client.send<get_weather>({.city = "Ghent"});
    static_assert(std::is_same_v<decltype(call), task<parley::outcome<get_weather>>>);
    CHECK(!call.done());
    loop.run();
    REQUIRE(call.done());
    auto today = call.take();
    REQUIRE(today);
    CHECK(today->celsius == 21.5);
    CHECK(today.metadata().attempts == 3);
    CHECK(sleeps == 2);
}

TEST_CASE("client: with a transport on Boost.Asio, a call is awaitable there") {
    namespace asio = boost::asio;
    struct transport {
        int* attempts;
        asio::awaitable<parley::http_response> operator()(parley::http_request const&) const {
            asio::steady_timer timer(co_await asio::this_coro::executor, 1ms);
            co_await timer.async_wait(asio::use_awaitable);
            co_return ++*attempts < 2 ? busy() : good();
        }
        asio::awaitable<void> sleep(std::chrono::steady_clock::duration d) const {
            asio::steady_timer timer(co_await asio::this_coro::executor, d);
            co_await timer.async_wait(asio::use_awaitable);
        }
    };
    asio::io_context context;
    int attempts = 0;
    bool done = false;
    parley::client client{config, transport{&attempts}};
    asio::co_spawn(
        context,
        [&]() -> asio::awaitable<void> {
            // g++ 12 destroys braced temporaries within a co_await expression twice, so the call is made before.
            auto call = client.send<get_weather>({.city = "Ghent"});
            auto today = co_await std::move(call);
            REQUIRE(today);
            CHECK(today->celsius == 21.5);
            CHECK(today.metadata().attempts == 2);
            done = true;
        },
        [](std::exception_ptr thrown) { CHECK(!thrown); });
    context.run();
    CHECK(done);
}

TEST_CASE("client: several threads may use one client") {
    std::mutex mutex;
    std::set<std::string> seen;
    parley::client client{config, [&](parley::http_request const& r) -> parley::http_response {
                              {
                                  // Each city is busy once.
                                  std::lock_guard lock(mutex);
                                  if (seen.insert(r.target).second) return busy();
                              }
                              return {200, {}, "{\"celsius\":" + r.target.substr(r.target.rfind('/') + 1) + "}"};
                          }};
    std::atomic<int> right{0};
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t < 4; ++t) {
            threads.emplace_back([&, t] {
                for (int i = 0; i < 25; ++i) {
                    auto const city = std::to_string(t * 1000 + i);
                    auto today = client.send<get_weather>({.city = city});
                    if (today && today->celsius == t * 1000 + i && today.metadata().attempts == 2) ++right;
                }
            });
        }
    }
    CHECK(right == 100);
}

TEST_CASE("client: each request has the additional header fields and the signature of the client") {
    auto more = config;
    more.fields = {{"x-team", "weather"}};
    more.user_agent = "station/7";
    int signatures = 0;
    more.sign = [&signatures](parley::http_request& r) {
        r.fields.set("authorization", "token " + std::to_string(++signatures));
    };
    parley::loopback server{[](parley::http_request const&) { return busy(); }};
    parley::client client{more, std::ref(server)};
    static_cast<void>(client.send<get_weather>({.city = "Ghent"}));
    auto const requests = server.requests();
    REQUIRE(requests.size() == 3);
    for (int i = 0; i < 3; ++i) {
        auto const& fields = requests[static_cast<std::size_t>(i)].fields;
        CHECK(fields.find("x-team") == "weather");
        CHECK(fields.find("user-agent") == "station/7");
        CHECK(fields.find("authorization") == "token " + std::to_string(i + 1));
        CHECK(!fields.contains("amz-sdk-request")); // only AWS services get it
    }
}

TEST_SUITE_END();
