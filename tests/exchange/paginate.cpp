// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/exchange/paginate.hpp>

#include <boost/describe/class.hpp>
#include <doctest/doctest.h>

#include <optional>
#include <string>
#include <vector>

TEST_SUITE_BEGIN("exchange");

namespace {

// A service of numbered pages. A page is requested with its number; the first one also without a token.
template <bool EndsWithSameToken>
struct list_numbers {
    struct input {
        std::optional<std::string> from = {};
    };
    struct output {
        int number = 0;
        std::optional<std::string> next = {};
    };
    static constexpr auto http = parley::http("GET /numbers?from={from}");
    static constexpr parley::paginated pagination{
        .input_token = "from", .output_token = "next", .ends_with_same_token = EndsWithSameToken};
};
BOOST_DESCRIBE_STRUCT(list_numbers<false>::input, (), (from))
BOOST_DESCRIBE_STRUCT(list_numbers<false>::output, (), (number, next))
BOOST_DESCRIBE_STRUCT(list_numbers<true>::input, (), (from))
BOOST_DESCRIBE_STRUCT(list_numbers<true>::output, (), (number, next))

struct walked {
    std::vector<int> pages;
    bool failed = false;
};

// Walks through pages 0 to `last`, whose token is `last_token`; from the first, with or without its token.
template <bool EndsWithSameToken = false>
walked walk(int last, std::optional<std::string> const& last_token, std::optional<std::string> const& start = {}) {
    using op = list_numbers<EndsWithSameToken>;
    walked result;
    parley::detail::page_walk<op> pages({.from = start});
    while (!pages.done() && result.pages.size() < 10'000) {
        int const number = pages.input().from ? std::stoi(*pages.input().from) : 0;
        auto const next = number == last ? last_token : std::optional(std::to_string(number + 1));
        auto const page = pages.take({typename op::output{number, next}, {}});
        REQUIRE(page);
        result.pages.push_back(page->number);
    }
    if (auto const error = pages.take_error()) {
        auto const* why = error->error().template get_if<parley::undecodable_response>();
        REQUIRE(why);
        CHECK(why->violations.at(0).path == "/next");
        result.failed = true;
    }
    CHECK(!pages.take_error());
    return result;
}

std::vector<int> numbers(int count) {
    std::vector<int> all;
    for (int i = 0; i < count; ++i) all.push_back(i);
    return all;
}

} // namespace

TEST_CASE("page_walk: every page of a service that ends without a token is delivered once") {
    for (int count = 1; count <= 64; ++count) {
        for (auto const& end : {std::optional<std::string>(), std::optional<std::string>("")}) {
            auto const result = walk(count - 1, end);
            CHECK(result.pages == numbers(count));
            CHECK(!result.failed);
        }
    }
}

TEST_CASE(
    "page_walk: every page of a service that ends by repeating its token is delivered once, and an error or nothing follows") {
    for (int count = 1; count <= 64; ++count) {
        auto const last = std::to_string(count - 1);
        // The first page is requested with its token, so that a single page can repeat it.
        auto const failing = walk(count - 1, last, "0");
        CHECK(failing.pages == numbers(count));
        CHECK(failing.failed);
        auto const ending = walk<true>(count - 1, last, "0");
        CHECK(ending.pages == numbers(count));
        CHECK(!ending.failed);
        if (count == 1) continue;
        CHECK(walk(count - 1, last).pages == numbers(count));
        CHECK(walk<true>(count - 1, last).pages == numbers(count));
    }
}

TEST_CASE("page_walk: a cycle of tokens ends with an error, and no page before it is lost") {
    for (int count = 2; count <= 64; ++count) {
        for (int back = 0; back < count - 1; ++back) {
            auto const result = walk(count - 1, std::to_string(back));
            CHECK(result.failed);
            // The order of the service, up to the cycle.
            int expected = 0;
            for (auto const number : result.pages) {
                REQUIRE(number == expected);
                expected = number == count - 1 ? back : number + 1;
            }
            REQUIRE(result.pages.size() >= static_cast<std::size_t>(count));
            CHECK(result.pages.size() <= 3 * static_cast<std::size_t>(count) + 3);
        }
    }
}

TEST_CASE("token_watch: distinct tokens are new") {
    parley::detail::token_watch watch;
    for (int i = 0; i < 1000; ++i) CHECK(watch.is_new(std::to_string(i)));
}

TEST_CASE("token_watch: a cycle of any length is detected, wherever it begins") {
    for (int before : {0, 1, 5, 100}) {
        for (int round : {1, 2, 3, 17, 64}) {
            parley::detail::token_watch watch;
            int asked = 0;
            bool is_new = true;
            for (; is_new && asked < 10'000; ++asked) {
                auto const token = asked < before ? -asked - 1 : (asked - before) % round;
                is_new = watch.is_new(std::to_string(token));
            }
            CHECK(!is_new);
            // Brent's algorithm needs at most three times the steps to the end of the first round.
            CHECK(asked <= 3 * (before + round) + 3);
        }
    }
}

TEST_SUITE_END();
