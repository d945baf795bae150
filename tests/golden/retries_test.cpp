// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include "retries.hpp"

#include <parley/exchange/retry.hpp>

#include <boost/json.hpp>
#include <doctest/doctest.h>

#include <fstream>
#include <iterator>

namespace json = boost::json;

namespace {

json::value load(std::string const& name) {
    std::ifstream file("tests/golden/data/" + name + ".json", std::ios::binary);
    REQUIRE_MESSAGE(file.good(), "tests/golden/data/" << name << ".json is missing; run from the project's root");
    return json::parse(std::string(std::istreambuf_iterator<char>(file), {}));
}

void report(std::string_view id, std::vector<golden::difference> const& found) {
    for (auto const& one : found) FAIL_CHECK(id << ": " << one.where << ": " << one.text);
}

} // namespace

TEST_SUITE_BEGIN("golden");

TEST_CASE("retry profiles: the cases of both profiles give the delays, quotas and outcomes of the file") {
    auto const file = load("retry_profiles");
    int compared = 0;
    for (auto const& one : file.at("cases").as_array()) {
        auto const& profile = file.at("profiles").at(one.at("profile").as_string()).as_object();
        report(one.at("name").as_string(), golden::compare_retry_case(profile, one.as_object()));
        ++compared;
    }
    CHECK(compared > 0);
}

TEST_CASE("retry profiles: the default profile has the numbers and lists of the file") {
    auto const file = load("retry_profiles");
    constexpr auto ours = parley::retry_policy::v2026();
    auto const& profile = file.at("profiles").at("2.1");
    CHECK(profile.at("maxAttempts") == ours.max_attempts);
    CHECK(profile.at("initialTokens") == ours.bucket);
    CHECK(profile.at("costs").at("transient") == ours.cost);
    CHECK(profile.at("costs").at("timeout") == ours.timeout_cost);
    CHECK(profile.at("costs").at("throttling") == ours.throttled_cost);
    CHECK(profile.at("baseMs").at("default") == ours.base.count());
    CHECK(profile.at("baseMs").at("throttling") == ours.throttled_base.count());
    CHECK(profile.at("maxBackoffMs") == ours.max_delay.count());
    CHECK(profile.at("refund").at("successFirstTry") == ours.refund);
    auto const& meaning = file.at("classification");
    for (auto const& status : meaning.at("transientStatus").as_array()) {
        CHECK(parley::advise(ours, status.to_number<int>(), "", "", parley::retryability::none)
              == parley::retry_advice::transient);
    }
    for (auto const& code : meaning.at("throttlingCodes").as_array()) {
        CHECK(parley::advise(ours, 400, code.as_string(), "", parley::retryability::none) == parley::retry_advice::throttled);
    }
    for (auto const& code : meaning.at("transientCodes").as_array()) {
        CHECK(parley::advise(ours, 400, code.as_string(), "", parley::retryability::none) == parley::retry_advice::timed_out);
    }
    for (auto const& [name, throttled] : {std::pair{"2.1", false}, std::pair{"2.1-throttling", true}}) {
        int attempt = 0;
        for (auto const& delay : file.at("exponentialDelaysMs").at(name).as_array()) {
            auto const advice = throttled ? parley::retry_advice::throttled : parley::retry_advice::transient;
            CHECK(delay == parley::retry_delay(ours, ++attempt, advice, 1.0).count());
        }
    }
}

TEST_SUITE_END();
