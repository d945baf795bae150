// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/describe/enumeration.hpp>

#include <boost/describe/enum.hpp>
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

using parley::detail::enumeration_of;

namespace {

enum class season { spring = 10, summer = -3, autumn_ = 0, winter = 1 };
BOOST_DESCRIBE_ENUM(season, spring, summer, autumn_, winter)
constexpr auto parley_traits(season const*) { return parley::traits(parley::on("winter", parley::wire_name("WINTER TIME"))); }

enum class job_state { in_progress, timed_out };
BOOST_DESCRIBE_ENUM(job_state, in_progress, timed_out)
constexpr auto parley_traits(job_state const*) { return parley::traits(parley::names(parley::naming::kebab_case)); }

/// More texts than a linear search is for, most of them beginnings of others.
enum class many : std::uint16_t {};
constexpr std::size_t many_count = 60;
constexpr std::string_view letters = "abababaabbbabaabbaabbabbaabababc";
constexpr auto parley_enumerators(many const*) {
    std::array<parley::enumerator<many>, many_count> all{};
    // The beginnings of a text, the empty one included, and then its ends, which are different: they have the "c".
    for (std::size_t i = 0; i < many_count; ++i) {
        all[i].value = static_cast<many>(1000 - i);
        all[i].text = i < many_count / 2 ? letters.substr(0, i) : letters.substr(i - many_count / 2, letters.npos);
        all[i].internal = i == 7;
    }
    return all;
}

enum class empty {};
constexpr auto parley_enumerators(empty const*) { return std::array<parley::enumerator<empty>, 0>{}; }

template <class E>
std::vector<std::string_view> texts() {
    return {enumeration_of<E>::texts.begin(), enumeration_of<E>::texts.end()};
}

} // namespace

TEST_SUITE_BEGIN("describe");

TEST_CASE("enumeration: texts are the names, but for trailing underscores, naming rules and wire names") {
    CHECK(texts<season>() == std::vector<std::string_view>{"spring", "summer", "autumn", "WINTER TIME"});
    CHECK(texts<job_state>() == std::vector<std::string_view>{"in-progress", "timed-out"});
}

TEST_CASE("enumeration: each text has its value, and each value its text") {
    using all = enumeration_of<season>;
    struct {
        season value;
        std::string_view text;
    } const pairs[] = {
        {season::spring, "spring"}, {season::summer, "summer"}, {season::autumn_, "autumn"}, {season::winter, "WINTER TIME"}};
    for (auto const& pair : pairs) {
        CAPTURE(pair.text);
        season value{42};
        CHECK(all::find(pair.text, value));
        CHECK(value == pair.value);
        CHECK(all::text_of(pair.value) == pair.text);
        CHECK(all::has(pair.text));
    }
}

TEST_CASE("enumeration: other texts and values are not found, and change nothing") {
    for (std::string_view text : {"", "Spring", "sprin", "springs", " spring", "autumn_", "winter"}) {
        CAPTURE(text);
        season value = season::summer;
        CHECK(!enumeration_of<season>::find(text, value));
        CHECK(value == season::summer);
        CHECK(!enumeration_of<season>::has(text));
    }
    for (int value : {2, 3, 11, -1, -4, 1 << 30}) CHECK(enumeration_of<season>::text_of(season{value}).data() == nullptr);
}

TEST_CASE("enumeration: large ones are searched by length and content") {
    using all = enumeration_of<many>;
    for (std::size_t i = 0; i < many_count; ++i) {
        auto const text = all::texts[i];
        CAPTURE(text);
        many value{};
        CHECK(all::find(text, value));
        CHECK(value == static_cast<many>(1000 - i));
        CHECK(all::text_of(static_cast<many>(1000 - i)) == text);
        for (char c : {'a', 'b', 'c', '\0', '\xff'}) {
            auto const longer = std::string(text) + c;
            bool const known = std::find(all::texts.begin(), all::texts.end(), longer) != all::texts.end();
            CHECK(all::has(longer) == known);
        }
    }
    CHECK(all::has(""));
    CHECK(!all::has("c"));
}

TEST_CASE("enumeration: internal values are known, but not among the values that others are shown") {
    using all = enumeration_of<many>;
    CHECK(all::public_texts().size() == many_count - 1);
    CHECK(std::find(all::public_texts().begin(), all::public_texts().end(), letters.substr(0, 7)) == all::public_texts().end());
    CHECK(all::has(letters.substr(0, 7)));
    CHECK(enumeration_of<season>::public_texts().size() == 4);
}

TEST_CASE("enumeration: one without values has no text") {
    CHECK(enumeration_of<empty>::count == 0);
    CHECK(!enumeration_of<empty>::has(""));
    CHECK(enumeration_of<empty>::text_of(empty{}).data() == nullptr);
    CHECK(enumeration_of<empty>::public_texts().empty());
}

TEST_CASE("enumeration: a closed one refuses an unknown text, an open one keeps it") {
    auto const& closed = parley::detail::closed_enumeration<season>::table;
    season value = season::spring;
    CHECK(closed.assign(&value, "summer"));
    CHECK(value == season::summer);
    CHECK(!closed.assign(&value, "monsoon"));
    CHECK(closed.text(&value) == "summer");
    value = season{2};
    CHECK(closed.text(&value).data() == nullptr);

    auto const& open = parley::detail::open_enumeration<season>::table;
    parley::open_enum<season> any = season::spring;
    CHECK(open.assign(&any, "monsoon"));
    CHECK(any == parley::open_enum<season>::unknown("monsoon"));
    CHECK(open.text(&any) == "monsoon");
    CHECK(open.assign(&any, ""));
    CHECK(!any.is_known());
    CHECK(open.text(&any).data() != nullptr); // it has a text, which is empty
    CHECK(open.assign(&any, "WINTER TIME"));
    CHECK(any == season::winter);
    CHECK(any.unknown_text().empty());
    CHECK(open.text(&any) == "WINTER TIME");
    CHECK(!open.has("monsoon"));
}

TEST_SUITE_END();
