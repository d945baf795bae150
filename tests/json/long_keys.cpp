// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// Paths through keys that the peer made long.
#include <parley/json.hpp>

#include <support/types.hpp>

#include <boost/describe.hpp>

#include <doctest/doctest.h>

#include <map>
#include <string>
#include <vector>

using parley::from_json;
using types::point;

namespace {

using points_by_key = std::map<std::string, std::vector<point>>;

constexpr std::size_t longest = 4096;

std::string with_key(std::string const& key, std::string const& points) { return "{\"" + key + "\":[" + points + "]}"; }

} // namespace

TEST_CASE("a path that would be too long is that of a value around") {
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

TEST_CASE("errors behind a long key take no multiple of its length") {
    std::string wrong;
    for (int i = 0; i < 1000; ++i) wrong += R"({"x":"a","y":1},)";
    auto const read = from_json<points_by_key>(with_key(std::string(3'000'000, 'k'), wrong + R"({"x":1,"y":1})"));
    REQUIRE(!read);
    std::size_t held = 0;
    for (auto const& v : read.error().violations) held += v.path.capacity() + v.message.capacity();
    CHECK(read.error().violations.size() == 100);
    CHECK(held < 100 * (longest + 1000));

    // Each error is taken back by the member that comes again: none is left, however many there were. It took 3 MB to write each of
    // them, and 100,000 of them would take a minute.
    std::string taken_back;
    for (int i = 0; i < 100'000; ++i) taken_back += R"({"x":"a","x":1,"y":1},)";
    CHECK(from_json<points_by_key>(with_key(std::string(3'000'000, 'k'), taken_back + R"({"x":1,"y":1})"))
              .value()
              .begin()
              ->second.size()
          == 100'001);
}

TEST_CASE("an error is taken back by the member that comes again, and by no other, however long the path is") {
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
        CHECK(left(R"({"x":"a","y":1},{"x":1,"x":2,"y":1})") == std::vector<std::size_t>{5}); // that of another structure
        CHECK(left(R"({"x":"a","y":"b","y":null})").size() == 2);                             // y is missing
    }
    // What is wrong deep in a member goes with it.
    CHECK(from_json<types::tree>(R"({"children":[{"name":1,"children":[{"name":2}]}],"children":[],"name":"n"})"));
}
