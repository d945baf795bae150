// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/describe/members.hpp>

#include <parley/json.hpp>

#include <boost/describe/class.hpp>
#include <doctest/doctest.h>

#include <optional>
#include <string>

TEST_SUITE_BEGIN("describe");

namespace {

// More members than bits in one word.
#define PARLEY_TEST_TEN(x) x(0) x(1) x(2) x(3) x(4) x(5) x(6) x(7) x(8) x(9)
struct big {
#define PARLEY_TEST_MEMBER(n)                                                                                                    \
    int a##n = 0;                                                                                                                \
    int b##n = 0;                                                                                                                \
    int c##n = 0;                                                                                                                \
    int d##n = 0;                                                                                                                \
    int e##n = 0;                                                                                                                \
    int f##n = 0;                                                                                                                \
    std::optional<int> g##n{};
    PARLEY_TEST_TEN(PARLEY_TEST_MEMBER)
};
[[maybe_unused]] constexpr auto parley_members(big const*) {
#define PARLEY_TEST_DESCRIBED(n)                                                                                                 \
    parley::described<"a" #n, &big::a##n>, parley::described<"b" #n, &big::b##n>, parley::described<"c" #n, &big::c##n>,         \
        parley::described<"d" #n, &big::d##n>, parley::described<"e" #n, &big::e##n>, parley::described<"f" #n, &big::f##n>,     \
        parley::described<"g" #n, &big::g##n>,
    return parley::members<PARLEY_TEST_TEN(PARLEY_TEST_DESCRIBED) parley::described<"a_", &big::a0>>();
}
constexpr auto parley_traits(big const*) { return parley::traits(parley::on("f9", parley::range(0, 5))); }

// Boost.Describe can also describe member functions, private members and bases.
struct base {
    int id = 0;
};
BOOST_DESCRIBE_STRUCT(base, (), (id))
struct derived : base {
    static int made;
    int days = 0;
    int twice() const { return 2 * days; }
};
BOOST_DESCRIBE_STRUCT(derived, (base), (made, days, twice))
class closed {
    int secret_ = 1;
    BOOST_DESCRIBE_CLASS(closed, (), (days, twice), (), (secret_))

public:
    int days = secret_;
    int twice() const { return 2 * days; }
};

int derived::made = 0;

} // namespace

TEST_CASE("members: a struct may have more members than Boost.Describe supports") {
    static_assert(parley::shape_of<big>.structure->count == 71);
    big value;
    value.f9 = 4;
    value.g9 = 7;
    auto const text = parley::to_json(value).value();
    auto const back = parley::from_json<big>(text).value();
    CHECK(back.f9 == 4);
    CHECK(back.g9 == 7);
}

TEST_CASE("members: public data members of a struct and its bases are encoded, other described members are not") {
    derived value;
    value.id = 4;
    value.days = 3;
    CHECK(parley::to_json(value).value() == R"({"id":4,"days":3})");
    CHECK(value.twice() == 6);
    CHECK(parley::to_json(closed()).value() == R"({"days":1})");
    CHECK(closed().twice() == 2);
}

TEST_CASE("members: required members, bindings and constraints work beyond 64 members") {
    auto text = parley::to_json(big{}).value();
    text.replace(text.find("\"f9\":0"), 6, "\"f9\":6");
    text.erase(text.find("\"e9\":0,"), 7);
    auto const read = parley::from_json<big>(text);
    REQUIRE(!read);
    REQUIRE(read.error().violations.size() == 2);
    CHECK(read.error().violations[0].path == "/f9");
    CHECK(read.error().violations[1].path == "/e9");
    CHECK(read.error().violations[1].code == parley::errc::missing_field);
}

TEST_SUITE_END();
