// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/client.hpp>
#include <parley/credentials/sigv4_signer.hpp>
#include <parley/credentials/static_credentials.hpp>
#include <parley/transport/loopback.hpp>

#include <doctest/doctest.h>
#include <support/weather.hpp>

#include <atomic>
#include <functional>
#include <optional>
#include <string>
#include <thread>
#include <vector>

TEST_SUITE_BEGIN("credentials");

using namespace std::chrono_literals;
using time_point = std::chrono::system_clock::time_point;

namespace {

parley::http_request get() {
    parley::http_request request;
    request.method = "GET";
    request.scheme = "https";
    request.host = "example.com";
    request.target = "/";
    return request;
}

parley::aws_credentials const keys{.access_key_id = "AKIDEXAMPLE", .secret_access_key = "secret"};
parley::sigv4_options const options{.region = "us-east-1", .service = "service"};
time_point const now = std::chrono::sys_days(std::chrono::year(2025) / 1 / 15) + 12h;

// Returns the signature of the pure function for the same request.
parley::headers expected(parley::aws_credentials const& credentials, time_point time) {
    auto request = get();
    REQUIRE(parley::sign_headers(request, credentials, options, time));
    return request.fields;
}

} // namespace

TEST_CASE("sigv4_signer: each attempt is signed with the given time and the current credentials") {
    parley::aws_credentials current = keys;
    parley::request_signer const sign(parley::sigv4_signer([&] { return parley::credentials_result(current); }, options));
    auto request = get();
    for (int day = 0; day < 10; ++day) {
        auto const time = now + std::chrono::days(day);
        current.secret_access_key = "secret" + std::to_string(day / 2);
        REQUIRE(!sign(request, {.time = time, .attempt = day}));
        CHECK(request.fields == expected(current, time));
    }
}

TEST_CASE("sigv4_signer: signing keys are derived once per day and secret") {
    static std::atomic<int> derivations{0};
    derivations = 0;
    auto counting = options;
    counting.hashing = {parley::sha256_of, [](std::string_view key, std::string_view bytes) {
                            if (key.starts_with("AWS4")) ++derivations;
                            return parley::hmac_sha256(key, bytes);
                        }};
    parley::sigv4_signer const sign(parley::static_credentials{keys}, counting);
    auto const copy = sign;
    for (int i = 0; i < 5; ++i) {
        auto request = get();
        CHECK(!sign(request, {.time = now + i * 1h}));
        CHECK(!copy(request, {.time = now + i * 1h}));
    }
    CHECK(derivations == 1);
    auto request = get();
    CHECK(!sign(request, {.time = now + 24h}));
    CHECK(derivations == 2);
}

TEST_CASE("sigv4_signer: with missing or expired credentials, nothing is signed") {
    auto request = get();
    auto const ask = [&](parley::sigv4_signer const& sign, time_point time) {
        auto const error = sign(request, {.time = time});
        return error ? std::string(parley::to_string(error->condition)) + ": " + error->text : "signed";
    };
    auto const failing = [](parley::credentials_errc code) {
        return [code] { return parley::credentials_result(parley::credentials_error{code, "instance metadata", "", {}}); };
    };
    CHECK(ask({failing(parley::credentials_errc::unavailable), options}, now)
          == "no credentials: instance metadata: unavailable");
    CHECK(ask({failing(parley::credentials_errc::expired), options}, now) == "credentials expired: instance metadata: expired");
    auto temporary = keys;
    temporary.expiration = now;
    CHECK(ask({parley::static_credentials{temporary}, options}, now)
          == "credentials expired: the credentials expire before the signing time");
    CHECK(ask({nullptr, options}, now) == "no credentials: no credentials provider is set");
    CHECK(ask({parley::static_credentials{keys}, {}}, now) == "not signed: the signing region is missing or malformed");
    CHECK(request.fields.empty());
    CHECK(ask({parley::static_credentials{temporary}, options}, now - 1s) == "signed");
}

TEST_CASE("sigv4_signer: each attempt of a client gets a new signature, and a call without credentials is not sent") {
    int answers = 0;
    parley::loopback server{[&answers](parley::http_request const&) {
        return ++answers == 1 ? parley::http_response{503, {}, "{}"} : parley::http_response{200, {}, R"({"celsius":21})"};
    }};
    std::optional<parley::credentials_error> failure;
    parley::aws_credentials current = keys;
    parley::client_config config{.endpoint = "https://example.com"};
    config.sign = parley::sigv4_signer(
        [&]() -> parley::credentials_result {
            if (failure) return *failure;
            current.session_token += "x"; // different credentials for each attempt
            return current;
        },
        options);
    config.now = [&server] { return server.now(); };
    config.system_now = [] { return now; };
    parley::client client{config, std::ref(server)};

    REQUIRE(client.send<weather::get_weather>({.city = "Ghent"}));
    auto const requests = server.requests();
    REQUIRE(requests.size() == 2);
    for (auto request : requests) {
        auto credentials = keys;
        credentials.session_token = std::string(*request.fields.find("x-amz-security-token"));
        auto const sent = std::string(*request.fields.find("authorization"));
        REQUIRE(parley::sign_headers(request, credentials, options, now));
        CHECK(request.fields.find("authorization") == sent);
    }
    CHECK(requests[0].fields.find("x-amz-security-token") == "x");
    CHECK(requests[1].fields.find("x-amz-security-token") == "xx");

    for (auto const code : {parley::credentials_errc::expired, parley::credentials_errc::refused}) {
        failure = parley::credentials_error{code, "container", {}, {}};
        auto const ended = client.send<weather::get_weather>({.city = "Ghent"});
        REQUIRE(!ended);
        ended.error().match([](weather::city_unknown const&) { FAIL("not sent"); },
                            [&](parley::failure const& f) {
                                CHECK(f.sent == parley::delivery::not_sent);
                                CHECK(f.message.starts_with(code == parley::credentials_errc::expired
                                                                ? "credentials expired: container"
                                                                : "no credentials: container"));
                            });
    }
    CHECK(server.requests().size() == 2);
}

TEST_CASE("sigv4_signer: several threads may use one signer") {
    parley::sigv4_signer const sign(parley::static_credentials{keys}, options);
    std::vector<parley::headers> fields(10);
    for (std::size_t day = 0; day < fields.size(); ++day) fields[day] = expected(keys, now + std::chrono::days(day));
    std::atomic<int> wrong{0};
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 8; ++i) {
            threads.emplace_back([&] {
                for (std::size_t n = 0; n < 200; ++n) {
                    auto const day = n % fields.size();
                    auto request = get();
                    if (sign(request, {.time = now + std::chrono::days(day)}) || request.fields != fields[day]) ++wrong;
                }
            });
        }
    }
    CHECK(wrong == 0);
}

TEST_CASE("sigv4_signer: a slow provider extends neither a call with a deadline nor a stopped one") {
    int sent = 0;
    auto const transport = [&](parley::http_request const&) {
        ++sent;
        return parley::http_response{200, {}, R"({"celsius":21})"};
    };
    parley::client_config config{.endpoint = "https://example.com"};
    config.call_timeout = 30ms;
    std::stop_source stop;
    auto expected = parley::transport_errc::timed_out;
    SUBCASE("it ignores the context, and succeeds too late") {
        config.sign = parley::sigv4_signer(
            [&]() -> parley::credentials_result {
                std::this_thread::sleep_for(40ms);
                return keys;
            },
            options);
    }
    SUBCASE("it ignores the context, and is stopped") {
        expected = parley::transport_errc::cancelled;
        config.call_timeout.reset();
        config.sign = parley::sigv4_signer(
            [&]() -> parley::credentials_result {
                stop.request_stop();
                return keys;
            },
            options);
    }
    SUBCASE("it gives up at the deadline") {
        config.sign = parley::sigv4_signer(
            [&](parley::credentials_context const& c) -> parley::credentials_result {
                REQUIRE(c.deadline);
                std::this_thread::sleep_until(*c.deadline);
                return parley::credentials_error{parley::credentials_errc::cancelled, "source", {}, {}};
            },
            options);
    }
    SUBCASE("it gives up when it is stopped") {
        expected = parley::transport_errc::cancelled;
        config.sign = parley::sigv4_signer(
            [&](parley::credentials_context const& c) -> parley::credentials_result {
                stop.request_stop();
                CHECK(c.stop.stop_requested());
                return parley::credentials_error{parley::credentials_errc::cancelled, "source", {}, {}};
            },
            options);
    }
    parley::client client{config, transport};
    auto const o = client.send<weather::get_weather>({.city = "Ghent"}, {.stop = stop.get_token()});
    CHECK(sent == 0);
    REQUIRE(!o);
    auto const* failure = o.error().get_if<parley::transport_failure>();
    REQUIRE(failure);
    CHECK(failure->condition == expected);
    CHECK(failure->sent == parley::delivery::not_sent);
}

TEST_SUITE_END();
