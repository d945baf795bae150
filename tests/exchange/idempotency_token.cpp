// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/exchange/idempotency_token.hpp>

#include <parley/describe/traits.hpp>

#include <boost/describe/class.hpp>
#include <doctest/doctest.h>

#include <optional>
#include <vector>

TEST_SUITE_BEGIN("exchange");

namespace {

struct order {
    std::optional<std::string> token{};
    std::string other_token{};
    std::string text{};
};
BOOST_DESCRIBE_STRUCT(order, (), (token, other_token, text))
constexpr auto parley_traits(order const*) {
    return parley::traits(parley::on("token", parley::idempotency_token()),
                          parley::on("other_token", parley::idempotency_token()));
}

struct plain {
    std::string text{};
};
BOOST_DESCRIBE_STRUCT(plain, (), (text))

} // namespace

TEST_CASE("idempotency_token: an input with a token is recognized") {
    using parley::detail::has_idempotency_token;
    CHECK(has_idempotency_token<order>());
    CHECK(!has_idempotency_token<plain>());
    CHECK(!has_idempotency_token<std::vector<int>>());
}

TEST_CASE("idempotency_token: each absent token is set to its own UUID, and present tokens are kept") {
    int count = 0;
    auto const uuid = [&] { return "uuid-" + std::to_string(++count); };
    order input;
    CHECK(parley::detail::fill_idempotency_tokens(*parley::shape_of<order>.structure, &input, uuid));
    CHECK(input.token == "uuid-1");
    CHECK(input.other_token == "uuid-2");
    CHECK(input.text.empty());
    CHECK(parley::detail::fill_idempotency_tokens(*parley::shape_of<order>.structure, &input, uuid));
    CHECK(count == 2);
    order without;
    CHECK(!parley::detail::fill_idempotency_tokens(*parley::shape_of<order>.structure, &without, {}));
}

TEST_SUITE_END();
