// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_TESTS_SUPPORT_TYPES_HPP
#define PARLEY_TESTS_SUPPORT_TYPES_HPP

// Types with every kind of value that a description can have.

#include <parley/describe/shape_of.hpp>

#include <boost/describe.hpp>

#include <chrono>
#include <cstdint>
#include <deque>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <variant>
#include <vector>

namespace types {

using milliseconds = std::chrono::sys_time<std::chrono::milliseconds>;

enum class color { red, green, blue_ };
BOOST_DESCRIBE_ENUM(color, red, green, blue_)
constexpr auto parley_traits(color const*) { return parley::traits(parley::on("green", parley::wire_name("GREEN"))); }

enum class level : std::int8_t { low = 1, high = 2 };
BOOST_DESCRIBE_ENUM(level, low, high)
constexpr auto parley_traits(level const*) { return parley::traits(parley::as_integer()); }

struct point {
    int x = 0;
    int y = 0;
    friend bool operator==(point const&, point const&) = default;
};
BOOST_DESCRIBE_STRUCT(point, (), (x, y))

struct base {
    std::string id;
    friend bool operator==(base const&, base const&) = default;
};
BOOST_DESCRIBE_STRUCT(base, (), (id))

struct derived : base {
    int extra = 0;
    friend bool operator==(derived const&, derived const&) = default;
};
BOOST_DESCRIBE_STRUCT(derived, (base), (extra))

struct tree {
    std::string name;
    std::vector<tree> children;
    std::optional<parley::box<tree>> twin;
    friend bool operator==(tree const&, tree const&) = default;
};
BOOST_DESCRIBE_STRUCT(tree, (), (name, children, twin))

struct circle {
    double radius = 0;
    friend bool operator==(circle const&, circle const&) = default;
};
BOOST_DESCRIBE_STRUCT(circle, (), (radius))

using figure = std::variant<std::monostate, circle, parley::tagged<"square", int>, parley::tagged<"text", std::string>>;
using open_figure = std::variant<std::monostate, parley::unknown_member, circle>;

struct everything {
    bool flag = false;
    std::int8_t i8 = 0;
    std::uint8_t u8 = 0;
    std::int16_t i16 = 0;
    std::uint16_t u16 = 0;
    std::int32_t i32 = 0;
    std::uint32_t u32 = 0;
    std::int64_t i64 = 0;
    std::uint64_t u64 = 0;
    float f32 = 0;
    double f64 = 0;
    std::string text;
    parley::blob bytes;
    milliseconds when{};
    color paint = color::red;
    parley::open_enum<color> any_paint = color::red;
    level how = level::low;
    point where;
    derived more;
    std::vector<int> numbers;
    std::vector<bool> bits;
    std::list<std::string> names;
    std::deque<point> track;
    std::set<int> unique;
    std::map<std::string, int> counts;
    std::unordered_map<std::string, point> places;
    std::map<color, int> by_color;
    std::vector<std::optional<int>> sparse;
    std::map<std::string, std::optional<int>> sparse_map;
    std::optional<int> maybe;
    std::unique_ptr<point> owned;
    std::shared_ptr<int> shared;
    parley::box<point> boxed;
    figure shape;
    std::optional<tree> plant;
};
BOOST_DESCRIBE_STRUCT(everything, (),
                      (flag, i8, u8, i16, u16, i32, u32, i64, u64, f32, f64, text, bytes, when, paint, any_paint, how, where,
                       more, numbers, bits, names, track, unique, counts, places, by_color, sparse, sparse_map, maybe, owned,
                       shared, boxed, shape, plant))

inline everything sample() {
    everything e;
    e.flag = true;
    e.i8 = -128, e.u8 = 255, e.i16 = -32768, e.u16 = 65535, e.i32 = -2147483647 - 1, e.u32 = 4294967295U;
    e.i64 = INT64_MIN, e.u64 = UINT64_MAX;
    e.f32 = 1.5F, e.f64 = 0.1;
    e.text = "a\"b\\c\n\x01\xc3\xa9\xf0\x9f\x98\x80";
    e.bytes.bytes = std::string("\0\xff\x10", 3);
    e.when = milliseconds(std::chrono::milliseconds(1736944496123));
    e.paint = color::green;
    e.any_paint = parley::open_enum<color>::unknown("violet");
    e.how = level::high;
    e.where = {1, -2};
    e.more.id = "x";
    e.more.extra = 7;
    e.numbers = {1, 2, 3};
    e.bits = {true, false, true};
    e.names = {"p", "q"};
    e.track = {{1, 2}, {3, 4}};
    e.unique = {3, 1, 2};
    e.counts = {{"a", 1}, {"b/c", 2}};
    e.places = {{"home", {5, 6}}};
    e.by_color = {{color::blue_, 9}};
    e.sparse = {1, std::nullopt, 3};
    e.sparse_map = {{"n", std::nullopt}, {"o", 1}};
    e.maybe = 42;
    e.owned = std::make_unique<point>(point{7, 8});
    e.shared = std::make_shared<int>(11);
    e.boxed = point{9, 10};
    e.shape = parley::tagged<"square", int>{4};
    e.plant = tree{"root", {tree{"leaf", {}, {}}}, parley::box<tree>(tree{"twin", {}, {}})};
    return e;
}

// The JSON of `sample`, written by hand from the rules of the protocol.
inline constexpr auto sample_text =
    R"({"flag":true,"i8":-128,"u8":255,"i16":-32768,"u16":65535,"i32":-2147483648,"u32":4294967295,)"
    R"("i64":-9223372036854775808,"u64":18446744073709551615,"f32":1.5,"f64":0.1,)"
    "\"text\":\"a\\\"b\\\\c\\n\\u0001\xc3\xa9\xf0\x9f\x98\x80\","
    R"("bytes":"AP8Q","when":1736944496.123,"paint":"GREEN","any_paint":"violet","how":2,"where":{"x":1,"y":-2},)"
    R"("more":{"id":"x","extra":7},"numbers":[1,2,3],"bits":[true,false,true],"names":["p","q"],)"
    R"("track":[{"x":1,"y":2},{"x":3,"y":4}],"unique":[1,2,3],"counts":{"a":1,"b/c":2},"places":{"home":{"x":5,"y":6}},)"
    R"("by_color":{"blue":9},"sparse":[1,null,3],"sparse_map":{"n":null,"o":1},"maybe":42,"owned":{"x":7,"y":8},)"
    R"("shared":11,"boxed":{"x":9,"y":10},"shape":{"square":4},)"
    R"("plant":{"name":"root","children":[{"name":"leaf","children":[]}],"twin":{"name":"twin","children":[]}}})";

} // namespace types

#endif
