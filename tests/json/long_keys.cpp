// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// Error paths with very long map keys.
#include <parley/json.hpp>

#include <support/types.hpp>

#include <boost/describe.hpp>

#include <doctest/doctest.h>

#include <map>
#include <string>
#include <vector>

TEST_SUITE_BEGIN("json");

using parley::from_json;
using types::point;

namespace {

using points_by_key = std::map<std::string, std::vector<point>>;

constexpr std::size_t longest = 4096;

std::string with_key(std::string const& key, std::string const& points) { return "{\"" + key + "\":[" + points + "]}"; }

} // namespace

TEST_CASE("decode: a path that would be too long is that of an enclosing value") {
    auto const path = [](std::string const& key) {
        return from_json<points_by_key>(with_key(key, R"({"x":"a","y":1})")).error().violations[0].path;
    };
    CHECK(path("short") == "/short/0/x");
    CHECK(path(std::string(1'000'000, 'k')) == "");
    auto const deep =
        from_json<std::map<std::string, std::map<std::string, int>>>("{\"near\":{\"" + std::string(5000, 'k') + "\":true}}");
    CHECK(deep.error().violations[0].path == "/near");
    CHECK(from_json<points_by_key>(with_key(std::string(5000, 'k'), R"({"x":1})")).error().violations[0].path
          == ""); // y is missing
}

TEST_CASE("decode: errors behind a long key do not copy the key") {
    std::string invalid;
    for (int i = 0; i < 1000; ++i) invalid += R"({"x":"a","y":1},)";
    auto const read = from_json<points_by_key>(with_key(std::string(3'000'000, 'k'), invalid + R"({"x":1,"y":1})"));
    REQUIRE(!read);
    std::size_t memory = 0;
    for (auto const& v : read.error().violations) memory += v.path.capacity() + v.message.capacity();
    CHECK(read.error().violations.size() == 100);
    CHECK(memory < 100 * (longest + 1000));

    // A duplicate member removes the errors of the earlier one. If each error copied the key of 3 MB, 100,000 errors would take a
    // minute.
    std::string removed;
    for (int i = 0; i < 100'000; ++i) removed += R"({"x":"a","x":1,"y":1},)";
    CHECK(from_json<points_by_key>(with_key(std::string(3'000'000, 'k'), removed + R"({"x":1,"y":1})"))
              .value()
              .begin()
              ->second.size()
          == 100'001);
}

TEST_CASE("decode: a duplicate member removes the errors of the earlier one, and no others") {
    for (auto const& key : {std::string("k"), std::string(10'000, 'k')}) {
        auto const left = [&](std::string const& points_of_key) {
            auto const read = from_json<points_by_key>(with_key(key, points_of_key));
            std::vector<std::size_t> offsets;
            if (!read) {
                for (auto const& v : read.error().violations) offsets.push_back(v.offset - (with_key(key, "").size() - 2));
            }
            return offsets;
        };
        CHECK(left(R"({"x":"a","x":1,"y":1})").empty());
        CHECK(left(R"({"x":"a","y":1,"y":2})") == std::vector<std::size_t>{5});
        CHECK(left(R"({"x":"a","y":"b","y":2,"x":3})").empty());
        CHECK(left(R"({"x":"a","y":1},{"x":1,"x":2,"y":1})") == std::vector<std::size_t>{5}); // of another structure
        CHECK(left(R"({"x":"a","y":"b","y":null})").size() == 2);                             // y is missing
    }
    // Errors deep inside of the earlier member are removed, too.
    CHECK(from_json<types::tree>(R"({"children":[{"name":1,"children":[{"name":2}]}],"children":[],"name":"n"})"));
}

TEST_SUITE_END();
