// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/exchange/retry_after.hpp>

#include <doctest/doctest.h>

#include <cmath>

TEST_SUITE_BEGIN("exchange");

using namespace std::chrono_literals;

namespace {

// Wed, 15 Jan 2025 12:34:56 GMT
constexpr auto now = std::chrono::system_clock::time_point(1736944496s);

std::optional<double> read(parley::headers fields) {
    parley::http_response const response{503, std::move(fields), {}};
    return parley::detail::read_retry_after(parley::view_of(response), now);
}

} // namespace

TEST_CASE("retry_after: the hint may be seconds, a date, or milliseconds") {
    CHECK(!read({}));
    CHECK(read({{"Retry-After", "2"}}) == 2000.0);
    CHECK(read({{"retry-after", "2.5"}}) == 2500.0);
    CHECK(read({{"retry-after", "Wed, 15 Jan 2025 12:34:59 GMT"}}) == 3000.0);
    CHECK(read({{"retry-after", "Wed, 15 Jan 2025 12:34:26 GMT"}}) == -30000.0);
    CHECK(read({{"retry-after", "2025-01-15T12:34:59Z"}}) == 3000.0);
    CHECK(read({{"retry-after", "Wed, 15 Jan 2025 12:34:56 GMT, 4"}}) == 4000.0);
    CHECK(read({{"X-Amz-Retry-After", "1500"}}) == 1500.0);
    CHECK(read({{"x-amz-retry-after", "1e3"}}) == 1000.0);
}

TEST_CASE("retry_after: the first field counts, even if it is invalid") {
    CHECK(read({{"retry-after", "1"}, {"x-amz-retry-after", "2000"}}) == 1000.0);
    CHECK(read({{"x-amz-retry-after", "2000"}, {"retry-after", "1"}}) == 2000.0);
    CHECK(!read({{"retry-after", "soon"}, {"x-amz-retry-after", "2000"}}));
}

TEST_CASE("retry_after: invalid hints are ignored") {
    for (auto const text :
         {"", " ", "-1", "+1", "abc", "1s", ".5", "5.", "1.2.3", "0x5", "1e3", "Infinity", "nan", "Foo GMT", "Foo GMT, x"}) {
        CAPTURE(text);
        CHECK(!read({{"retry-after", text}}));
    }
    for (auto const text : {"", " ", "abc", "1 2", "0x10", "nan", "+5"}) {
        CAPTURE(text);
        CHECK(!read({{"x-amz-retry-after", text}}));
    }
}

TEST_CASE("retry_after: hints beyond the range are infinite") {
    CHECK(std::isinf(read({{"retry-after", std::string(400, '9')}}).value()));
    CHECK(std::isinf(read({{"x-amz-retry-after", "1e999"}}).value()));
}

TEST_CASE("retry_after: both names are looked up in a response whose fields cannot be iterated") {
    parley::http_response const response{503, {{"x-amz-retry-after", "40"}}, {}};
    auto view = parley::view_of(response);
    view.each = nullptr;
    CHECK(parley::detail::read_retry_after(view, now) == 40.0);
}

TEST_SUITE_END();
