// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/exchange/outcome.hpp>

#include <support/weather.hpp>

#include <boost/describe/class.hpp>
#include <doctest/doctest.h>

#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

using namespace std::chrono_literals;
using weather::get_weather;
using outcome = parley::outcome<get_weather>;

namespace {

parley::call_metadata metadata(int attempts) {
    parley::call_metadata m;
    m.attempts = attempts;
    m.status = 200;
    m.request_id = "request-1";
    return m;
}
outcome success() { return {weather::report{3.5, std::string(100, 's')}, metadata(2)}; }
outcome city_unknown() {
    parley::call_error<get_weather> error{weather::city_unknown{"sunk"}, {"city_unknown", "sunk", parley::fault::client, {}}};
    return {std::move(error), metadata(1)};
}
outcome lost() {
    parley::transport_failure error;
    error.message = "connection reset";
    error.sent = parley::delivery::possibly_sent;
    error.condition = parley::transport_errc::reset;
    return {parley::call_error<get_weather>(error), metadata(3)};
}

struct read_note {
    struct input {};
    struct output {
        std::string_view text;
    };
};
BOOST_DESCRIBE_STRUCT(read_note::input, (), ())
BOOST_DESCRIBE_STRUCT(read_note::output, (), (text))

} // namespace

TEST_SUITE_BEGIN("exchange");

TEST_CASE("outcome: has either an output or an error") {
    auto const good = success(), bad = city_unknown();
    CHECK(good);
    CHECK(good.has_value());
    CHECK(good->celsius == 3.5);
    CHECK((*good).celsius == 3.5);
    CHECK(good.value().celsius == 3.5);
    CHECK(good.metadata().attempts == 2);
    CHECK(good.metadata().request_id == "request-1");
    CHECK(!bad);
    CHECK(!bad.has_value());
    CHECK(bad.error().is<weather::city_unknown>());
    CHECK(bad.metadata().attempts == 1);
    CHECK(!std::is_default_constructible_v<outcome>);
    CHECK(!std::is_convertible_v<outcome, bool>);
}

TEST_CASE("outcome: value throws the error that the call ended with") {
    auto bad = city_unknown();
    CHECK_THROWS_AS(static_cast<void>(bad.value()), parley::call_exception<weather::city_unknown>);
    CHECK_THROWS_AS(static_cast<void>(std::as_const(bad).value()), parley::call_exception<weather::city_unknown>);
    CHECK_THROWS_AS(static_cast<void>(std::move(bad).value()), parley::exception);
    try {
        static_cast<void>(lost().value());
        FAIL("nothing was thrown");
    } catch (parley::call_exception<parley::transport_failure> const& e) {
        CHECK(e.error().condition == parley::transport_errc::reset);
        CHECK(e.error().sent == parley::delivery::possibly_sent);
        CHECK(std::string_view(e.what()) == "connection reset");
    }
}

TEST_CASE("outcome: an output that is given away is moved") {
    auto whole = success();
    auto const* const text = whole->summary->data();
    auto const report = std::move(whole).value();
    CHECK(report.summary->data() == text);
    auto again = success();
    auto const* const other = again->summary->data();
    auto const moved = *std::move(again);
    CHECK(moved.summary->data() == other);
    auto changed = success();
    changed->celsius = 4;
    CHECK(changed.value().celsius == 4);
}

TEST_CASE("outcome: nothing is known of a call that did not begin") {
    parley::call_metadata const m;
    CHECK(m.status == 0);
    CHECK(m.attempts == 0);
    CHECK(m.total_retry_delay == 0ms);
    CHECK(m.rate_delay == 0ms);
    CHECK(m.request_id.empty());
    CHECK(m.failed_attempts.empty());
    CHECK(m.tolerated.empty());
    CHECK(m.ended == parley::call_phase::before);
}

TEST_CASE("outcome: all copies keep the text that the output has views of") {
    using parley::detail::outcome_access;
    auto first = outcome_access::unfinished<read_note>();
    auto const parts = outcome_access::parts(first);
    REQUIRE(parts.text);
    CHECK(!first);
    std::weak_ptr<void const> alive;
    {
        auto body = std::make_shared<std::string const>("a text that is too long for a small string");
        static_cast<read_note::output*>(parts.output)->text = *body;
        *parts.has_value = true;
        alive = body;
        *parts.text = std::move(body);
    }
    auto second = std::make_unique<parley::outcome<read_note>>(first);
    first = parley::outcome<read_note>(parley::call_error<read_note>(parley::transport_failure{}), {});
    REQUIRE(!alive.expired());
    CHECK((*second)->text == "a text that is too long for a small string");
    second.reset();
    CHECK(alive.expired());
}

TEST_CASE("outcome: one without views has no place for a text, and costs none") {
    using parley::detail::outcome_access;
    auto plain = outcome_access::unfinished<get_weather>();
    CHECK(outcome_access::parts(plain).text == nullptr);
    CHECK(std::is_empty_v<parley::detail::kept_text<false>>);
}

TEST_CASE("outcome: an exception that loses an output is reported as answered") {
    using parley::detail::outcome_access;
    auto whole = success();
    auto before = lost();
    try {
        throw std::runtime_error("no copy");
    } catch (...) {
        auto const ended = outcome_access::failed_instead_of(whole);
        REQUIRE(!ended);
        auto const* const failure = ended.error().get_if<parley::transport_failure>();
        REQUIRE(failure);
        CHECK(failure->condition == parley::transport_errc::exception);
        CHECK(failure->sent == parley::delivery::answered);
        CHECK(failure->message.find("no copy") != std::string::npos);
        CHECK(ended.metadata().attempts == 2);
        CHECK(outcome_access::failed_instead_of(before).error().sent() == parley::delivery::possibly_sent);
    }
}

TEST_SUITE_END();
