// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/credentials/sigv4_signer.hpp>
#include <parley/credentials/static_credentials.hpp>

#include <doctest/doctest.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

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

// What the pure function makes of the same.
parley::headers expected(parley::aws_credentials const& credentials, time_point time) {
    auto request = get();
    REQUIRE(parley::sign_headers(request, credentials, options, time));
    return request.fields;
}

} // namespace

TEST_CASE("each attempt is signed with the time it is told and the credentials there are") {
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

TEST_CASE("signing keys are derived once a day and secret") {
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

TEST_CASE("without credentials, or with expired ones, nothing is signed") {
    auto request = get();
    auto const failing = [] {
        return parley::credentials_result(parley::credentials_error{parley::credentials_errc::unavailable, "instance metadata", "timed out", {}});
    };
    auto error = parley::sigv4_signer(failing, options)(request, {.time = now});
    REQUIRE(error);
    CHECK(error->text == "no credentials: instance metadata: unavailable: timed out");

    auto temporary = keys;
    temporary.expiration = now;
    parley::sigv4_signer const sign(parley::static_credentials{temporary}, options);
    error = sign(request, {.time = now});
    REQUIRE(error);
    CHECK(error->text == "the credentials have expired");
    CHECK(request.fields.empty());
    CHECK(!sign(request, {.time = now - 1s}));

    CHECK(parley::sigv4_signer(nullptr, options)(request, {.time = now})->text == "there is no provider of credentials");
    CHECK(parley::sigv4_signer(parley::static_credentials{keys}, {})(request, {.time = now})->text ==
          "the region to sign for is missing or malformed");
}

TEST_CASE("one signer signs for many threads") {
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
