// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/describe/enumerator.hpp>

#include <parley/describe/open_enum.hpp>
#include <parley/json.hpp>

#include <boost/describe.hpp>
#include <doctest/doctest.h>

#include <array>
#include <map>

TEST_SUITE_BEGIN("describe");

namespace {

enum class size { nano, small, large = 9 };
constexpr auto parley_enumerators(size const*) {
    return std::to_array<parley::enumerator<size>>({{size::small, "t2.small"}, {size::nano, "t2 nano"}, {size::large, "\"x\""}});
}

} // namespace

TEST_CASE("enumerator: texts need not be C++ identifiers") {
    CHECK(parley::to_json(size::nano).value() == R"("t2 nano")");
    CHECK(parley::to_json(size::small).value() == R"("t2.small")");
    CHECK(parley::to_json(size::large).value() == R"("\"x\"")");
    CHECK(parley::from_json<size>(R"("t2.small")").value() == size::small);
    CHECK(!parley::from_json<size>(R"("small")"));
    CHECK(!parley::to_json(static_cast<size>(5)));
}

TEST_CASE("enumerator: an open enumeration can be the key of a map") {
    using open = parley::open_enum<size>;
    auto const read = parley::from_json<std::map<open, int>>(R"({"new":1,"t2.small":2,"t2 nano":3,"older":4})").value();
    CHECK(read.size() == 4);
    CHECK(read.at(size::small) == 2);
    CHECK(read.at(open::unknown("new")) == 1);
    CHECK(parley::to_json(read).value() == R"({"t2 nano":3,"t2.small":2,"new":1,"older":4})");
}

namespace {

enum class plan { free, paid, trial, staff };
constexpr auto parley_enumerators(plan const*) {
    return std::to_array<parley::enumerator<plan>>(
        {{plan::free, "free"}, {plan::paid, "paid"}, {plan::trial, "trial"}, {plan::staff, "staff", true}});
}

enum class tier { low, high, secret };
BOOST_DESCRIBE_ENUM(tier, low, high, secret)
constexpr auto parley_traits(tier const*) { return parley::traits(parley::on("secret", parley::internal())); }

std::vector<std::string_view> published(parley::shape const& type) {
    return {type.enumeration->values.begin(), type.enumeration->values.end()};
}

} // namespace

TEST_CASE("enumerator: internal values are accepted and not published") {
    CHECK(parley::from_json<plan>(R"("staff")").value() == plan::staff);
    CHECK(published(parley::shape_of<plan>) == std::vector<std::string_view>{"free", "paid", "trial"});
    CHECK(parley::shape_of<plan>.enumeration->has("staff"));
    CHECK(!parley::shape_of<plan>.enumeration->has("other"));
    CHECK(parley::from_json<tier>(R"("secret")").value() == tier::secret);
    CHECK(published(parley::shape_of<parley::open_enum<tier>>) == std::vector<std::string_view>{"low", "high"});
}

TEST_SUITE_END();
