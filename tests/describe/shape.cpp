// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/describe/shape.hpp>

#include <parley/describe/shape_of.hpp>

#include <boost/describe/class.hpp>
#include <doctest/doctest.h>

#include <cstddef>
#include <list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using parley::shape_kind;
using parley::shape_of;

namespace {

struct book {
    std::string title;
    std::optional<int> pages{};
    parley::blob cover;
};
BOOST_DESCRIBE_STRUCT(book, (), (title, pages, cover))

template <class T>
bool duplicates(std::vector<T> const& items) {
    return parley::detail::has_duplicates(*shape_of<std::vector<T>>.list, &items);
}

} // namespace

TEST_SUITE_BEGIN("describe");

TEST_CASE("shape: a structure finds its members by their names on the wire, and their values in an object") {
    auto const& structure = *shape_of<book>.structure;
    REQUIRE(structure.count == 3);
    book value{"Ulysses", 730, {}};
    struct {
        std::string_view name;
        void const* place;
        void const* held;
    } const members[] = {
        {"title", &value.title, &value.title}, {"pages", &value.pages, &*value.pages}, {"cover", &value.cover, &value.cover}};
    for (auto const& m : members) {
        CAPTURE(m.name);
        auto const* const found = structure.find(m.name);
        REQUIRE(found);
        CHECK(found->name == m.name);
        CHECK(structure.place_of(*found, &value) == m.place);
        CHECK(structure.held(*found, &value) == m.held);
    }
    value.pages.reset();
    CHECK(structure.held(*structure.find("pages"), &value) == nullptr);
    for (std::string_view name : {"", "Title", "titl", "titles", "covers"}) {
        CAPTURE(name);
        CHECK(structure.find(name) == nullptr);
    }
}

TEST_CASE("shape: a member has its quoted name for JSON") {
    auto const& structure = *shape_of<book>.structure;
    CHECK(structure.find("pages")->quoted_name() == R"(,"pages":)");
    CHECK(structure.find("pages")->cpp_name() == "pages");
}

TEST_CASE("shape: each kind is named with its article") {
    struct {
        shape_kind kind;
        std::string_view name;
    } const names[] = {
        {shape_kind::boolean, "a boolean"},    {shape_kind::integer, "an integer"},   {shape_kind::floating, "a number"},
        {shape_kind::text, "a string"},        {shape_kind::blob, "a base64 string"}, {shape_kind::timestamp, "a timestamp"},
        {shape_kind::enumeration, "a string"}, {shape_kind::structure, "an object"},  {shape_kind::tagged_union, "an object"},
        {shape_kind::list, "an array"},        {shape_kind::map, "an object"},        {shape_kind::document, "a value"},
        {shape_kind::json_value, "a value"}};
    for (auto const& n : names) CHECK(parley::detail::kind_name(n.kind) == n.name);
}

TEST_CASE("shape: texts and blobs are read and written alike, whatever holds them") {
    using namespace parley::detail;
    std::string text;
    CHECK(put_text_in(shape_of<std::string>, &text, "abc", {}));
    CHECK(text == "abc");
    CHECK(text_in(shape_of<std::string>, &text) == "abc");

    parley::blob blob;
    std::string_view const bytes("\0\xff", 2);
    CHECK(put_text_in(shape_of<parley::blob>, &blob, bytes, {}));
    CHECK(blob.bytes == bytes);
    CHECK(text_in(shape_of<parley::blob>, &blob) == bytes);

    std::vector<std::byte> vector;
    CHECK(put_text_in(shape_of<std::vector<std::byte>>, &vector, bytes, {}));
    CHECK(vector == std::vector<std::byte>{std::byte{0}, std::byte{0xff}});
    CHECK(text_in(shape_of<std::vector<std::byte>>, &vector) == bytes);
}

TEST_CASE("shape: duplicates are items of equal value") {
    CHECK(!duplicates<int>({}));
    CHECK(!duplicates<int>({1}));
    CHECK(!duplicates<int>({1, 2, 3}));
    CHECK(duplicates<int>({1, 2, 1}));
    CHECK(duplicates<std::string>({"a", "", "b", ""}));
    CHECK(!duplicates<std::string>({"a", "A", "aa"}));
    CHECK(duplicates<book>({{"a", 1, {}}, {"b", 1, {}}, {"a", 1, {}}}));
    CHECK(!duplicates<book>({{"a", 1, {}}, {"a", std::nullopt, {}}, {"a", 0, {}}}));
    CHECK(duplicates<std::vector<int>>({{1}, {1, 2}, {1}}));
}

TEST_CASE("shape: a list grows by as many items as are likely to come, within bounds") {
    using parley::items_to_add;
    // Short lists double, whatever is left.
    CHECK(items_to_add(0, {0, 1'000'000}) == 2);
    CHECK(items_to_add(1, {10, 1'000'000}) == 2);
    CHECK(items_to_add(8, {80, 0}) == 8);
    // 100 items took 900 bytes, so at 10 each 1,000 bytes hold about 100, and an eighth more to be safe.
    auto const likely = items_to_add(100, {900, 1'000});
    CHECK(likely >= 100);
    CHECK(likely <= 120);
    // The number of moves stays small: at least half as many more. Memory too: at most seven times as many.
    CHECK(items_to_add(100, {900, 0}) == 50);
    CHECK(items_to_add(100, {900, 1'000'000'000}) == 700);
    CHECK(items_to_add(16, {0, 1'000'000}) == 7 * 16);
}

TEST_SUITE_END();
