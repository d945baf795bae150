// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_TESTS_SUPPORT_EVERYWHERE_HPP
#define PARLEY_TESTS_SUPPORT_EVERYWHERE_HPP

#include <parley/describe/blob.hpp>
#include <parley/describe/box.hpp>
#include <parley/describe/document.hpp>
#include <parley/describe/error_scheme.hpp>
#include <parley/describe/open_enum.hpp>
#include <parley/describe/operation.hpp>
#include <parley/describe/protocol.hpp>
#include <parley/describe/required.hpp>
#include <parley/describe/tagged.hpp>
#include <parley/describe/traits.hpp>
#include <parley/describe/unit.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <chrono>
#include <cstdint>
#include <list>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <variant>
#include <vector>

// A service whose messages have every kind of value in every place of a message.
namespace everywhere {

using timestamp = std::chrono::sys_time<std::chrono::milliseconds>;

enum class color { red, green, blue_ };
BOOST_DESCRIBE_ENUM(color, red, green, blue_)
constexpr auto parley_traits(color const*) { return parley::traits(parley::on("green", parley::wire_name("GREEN-ish"))); }

enum class level : std::int8_t { low = 1, high = 2 };
BOOST_DESCRIBE_ENUM(level, low, high)
constexpr auto parley_traits(level const*) { return parley::traits(parley::as_integer()); }

struct node;

// A recursive union.
struct figure : std::variant<std::monostate, parley::tagged<"text", std::string>, parley::tagged<"number", double>,
                             parley::tagged<"picture", parley::blob>, parley::tagged<"when", timestamp>,
                             parley::tagged<"nothing", parley::unit>, parley::tagged<"many", std::vector<figure>>,
                             parley::tagged<"named", std::map<std::string, figure>>, parley::tagged<"node", parley::box<node>>> {
    using variant::variant;
};
constexpr auto parley_traits(figure const*) {
    return parley::traits(parley::on("text", parley::length(2, 5)), parley::on("number", parley::range(-1.5, 2.5)),
                          parley::on("when", parley::written_as(parley::timestamp_format::http_date)));
}

struct node {
    std::string name;
    std::vector<node> children;
    std::map<std::string, node> named;
    std::optional<parley::box<node>> twin;
    std::optional<figure> shown;
};
BOOST_DESCRIBE_STRUCT(node, (), (name, children, named, twin, shown))

struct things {
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
    std::string code;
    parley::blob bytes;
    timestamp seconds{};
    timestamp date{};
    timestamp http{};
    std::chrono::sys_time<std::chrono::nanoseconds> exact{};
    color paint = color::red;
    parley::open_enum<color> any_paint = color::red;
    level how = level::low;
    std::vector<int> numbers;
    std::vector<bool> bits;
    std::list<std::string> names;
    std::set<std::string> unique;
    std::vector<std::string> distinct;
    std::unordered_map<std::string, std::vector<std::int16_t>> places;
    std::map<color, int> by_color;
    std::vector<std::optional<int>> sparse;
    std::map<std::string, std::optional<std::string>> sparse_map;
    parley::document anything;
    std::optional<parley::document> maybe_anything;
    figure shape;
    std::optional<node> tree;
    std::optional<std::string> maybe;
    std::optional<std::vector<std::string>> maybe_list;
};
BOOST_DESCRIBE_STRUCT(things, (),
                      (flag, i8, u8, i16, u16, i32, u32, i64, u64, f32, f64, text, code, bytes, seconds, date, http, exact, paint,
                       any_paint, how, numbers, bits, names, unique, distinct, places, by_color, sparse, sparse_map, anything,
                       maybe_anything, shape, tree, maybe, maybe_list))
constexpr auto parley_traits(things const*) {
    return parley::traits(
        parley::on("i16", parley::range(-5, 5)), parley::on("u64", parley::range(1, 9)),
        parley::on("f32", parley::range(0.5, 1.5)), parley::on("text", parley::length(1, 9), parley::wire_name("the \"text\"")),
        parley::on("code", parley::length(4, 12),
                   parley::pattern("^(?:[A-Z]{2,4}|\\p{L}+-(?=\\d)[\\d.]+?)(:[^:\\s]{1,3}){1,2}$")),
        parley::on("bytes", parley::length(3, 20)), parley::on("date", parley::written_as(parley::timestamp_format::date_time)),
        parley::on("http", parley::written_as(parley::timestamp_format::http_date)),
        parley::on("distinct", parley::unique_items(), parley::length(2, 4), parley::each(parley::length(1, 6))),
        parley::on("places", parley::keys(parley::pattern("^[a-z]{1,3}$")),
                   parley::each(parley::length(1, 2), parley::each(parley::range(0, 9)))));
}

struct service;

/// An error with members in headers and in the body.
struct broken {
    std::string message;
    std::optional<std::string> where;
    std::optional<int> after;
    std::optional<node> part;
};
BOOST_DESCRIBE_STRUCT(broken, (), (message, where, after, part))
constexpr auto parley_traits(broken const*) {
    return parley::traits(parley::http_error("503\nx-where: {where}\nretry-after: {after}"));
}

struct unknown {
    std::optional<std::string> message;
    std::vector<std::string> others;
};
BOOST_DESCRIBE_STRUCT(unknown, (), (message, others))
constexpr auto parley_traits(unknown const*) { return parley::traits(parley::http_error(404)); }

/// All values in the body.
struct put_things {
    using input = things;
    using output = things;
    using errors = parley::errors<broken>;
    using service = everywhere::service;
    static constexpr auto http = parley::http("POST /things", "201");
};

/// All values in the path, the query and the headers of the request.
struct find_things {
    struct input {
        parley::required<std::string> name;
        parley::required<std::int64_t> id;
        parley::required<bool> flag;
        parley::required<double> ratio;
        parley::required<timestamp> at;
        parley::required<color> paint;
        parley::required<std::string> rest;
        parley::required<std::string> zone;
        std::optional<std::string> text{};
        std::optional<std::int8_t> number{};
        std::optional<float> part{};
        std::optional<timestamp> since{};
        std::optional<timestamp> until{};
        std::optional<color> shade{};
        std::optional<std::vector<std::string>> words{};
        std::optional<std::vector<double>> ratios{};
        std::optional<std::vector<timestamp>> times{};
        std::optional<std::set<color>> colors{};
        parley::required<std::vector<std::string>> tags;
        std::optional<int> limit{};
    };
    struct output {
        std::optional<std::string> text;
        std::optional<std::int64_t> number;
        std::optional<double> ratio;
        std::optional<bool> flag;
        std::optional<timestamp> at;
        std::optional<color> paint;
        std::optional<parley::blob> bytes;
        std::optional<std::string> essay;
        std::vector<std::string> words;
        std::optional<std::vector<timestamp>> times;
        std::optional<std::vector<timestamp>> seconds;
        std::optional<std::vector<bool>> flags;
        std::optional<std::set<color>> colors;
        std::optional<std::map<std::string, std::string>> more;
        int status = 0;
        std::optional<node> tree;
    };
    using errors = parley::errors<broken, unknown>;
    using service = everywhere::service;
    static constexpr auto http = parley::http(
        "GET /find/{name}/{id}/x{flag}-{ratio}.y/{at}/{paint}/{rest+}/end?find&kind=all&text={text}&number={number}&part={part}"
        "&since={since}&until={until}&shade={shade}&words={words}&ratios={ratios}&times={times}&colors={colors}&tags={tags}"
        "&limit={limit}&zone={zone}\n"
        "host: {zone}.data-*",
        "200 {status}\n"
        "x-text: {text}\nx-number: {number}\nx-ratio: {ratio}\nx-flag: {flag}\nx-at: {at}\nx-paint: {paint}\nx-bytes: {bytes}\n"
        "x-essay: {essay}\nx-words: {words}\nx-times: {times}\nx-seconds: {seconds}\nx-flags: {flags}\nx-colors: {colors}\n"
        "x-more-*: {more}");
};
BOOST_DESCRIBE_STRUCT(find_things::input, (),
                      (name, id, flag, ratio, at, paint, rest, zone, text, number, part, since, until, shade, words, ratios,
                       times, colors, tags, limit))
constexpr auto parley_traits(find_things::input const*) {
    return parley::traits(parley::on("name", parley::min_length(1)), parley::on("rest", parley::pattern("^[^/]+(/[^/]+)*$")),
                          parley::on("zone", parley::pattern("^[a-z0-9]{1,9}$")),
                          parley::on("until", parley::written_as(parley::timestamp_format::epoch_seconds)),
                          parley::on("tags", parley::max_length(2)));
}
BOOST_DESCRIBE_STRUCT(find_things::output, (),
                      (text, number, ratio, flag, at, paint, bytes, essay, words, times, seconds, flags, colors, more, status,
                       tree))
constexpr auto parley_traits(find_things::output const*) {
    return parley::traits(parley::on("essay", parley::media_type("text/markdown")),
                          parley::on("seconds", parley::written_as(parley::timestamp_format::epoch_seconds)),
                          parley::on("status", parley::range(200, 203)),
                          parley::on("more", parley::keys(parley::pattern("^[a-z-]{1,9}$"))));
}

/// The whole query as one map.
struct find_others {
    struct input {
        parley::required<std::map<std::string, std::vector<std::string>>> others;
    };
    struct output {
        std::optional<std::vector<node>> found;
    };
    using service = everywhere::service;
    static constexpr auto http = parley::http("DELETE /others?*={others}", "200\n\n{found}");
};
BOOST_DESCRIBE_STRUCT(find_others::input, (), (others))
constexpr auto parley_traits(find_others::input const*) {
    return parley::traits(parley::on("others", parley::each(parley::min_length(1))));
}
BOOST_DESCRIBE_STRUCT(find_others::output, (), (found))

/// Request headers, and bytes as the body.
struct send_bytes {
    struct input {
        parley::required<std::string> title;
        parley::required<std::vector<std::string>> words;
        std::optional<std::int32_t> number{};
        std::optional<timestamp> at{};
        std::optional<timestamp> day{};
        std::optional<parley::blob> sum{};
        std::optional<std::string> essay{};
        std::optional<std::vector<int>> numbers{};
        std::optional<std::vector<timestamp>> times{};
        std::optional<std::map<std::string, std::string>> more{};
        parley::blob content{};
    };
    struct output {
        parley::blob content;
    };
    using service = everywhere::service;
    static constexpr auto http =
        parley::http("PUT /bytes\n"
                     "x-title: {title}\nx-words: {words}\nx-number: {number}\nx-at: {at}\nx-day: {day}\nx-sum: {sum}\n"
                     "x-essay: {essay}\nx-numbers: {numbers}\nx-times: {times}\nx-more-*: {more}\n\n{content}",
                     "200\n\n{content}");
};
BOOST_DESCRIBE_STRUCT(send_bytes::input, (), (title, words, number, at, day, sum, essay, numbers, times, more, content))
constexpr auto parley_traits(send_bytes::input const*) {
    return parley::traits(parley::on("essay", parley::media_type("text/markdown")),
                          parley::on("day", parley::written_as(parley::timestamp_format::date_time)),
                          parley::on("more", parley::keys(parley::pattern("^[a-z-]{1,9}$"))));
}
BOOST_DESCRIBE_STRUCT(send_bytes::output, (), (content))

/// A text as the whole request body, a union as the whole response body.
struct say_text {
    struct input {
        parley::required<std::string> text;
    };
    struct output {
        figure said;
    };
    using service = everywhere::service;
    static constexpr auto http = parley::http("POST /text\n\n{text}", "200\n\n{said}");
};
BOOST_DESCRIBE_STRUCT(say_text::input, (), (text))
BOOST_DESCRIBE_STRUCT(say_text::output, (), (said))

/// Free-form JSON as the whole body, and an optional structure.
struct say_anything {
    struct input {
        parley::document anything;
    };
    struct output {
        std::optional<node> tree;
    };
    using service = everywhere::service;
    static constexpr auto http = parley::http("POST /anything\n\n{anything}", "200\n\n{tree}");
};
BOOST_DESCRIBE_STRUCT(say_anything::input, (), (anything))
BOOST_DESCRIBE_STRUCT(say_anything::output, (), (tree))

struct say_nothing {
    using input = parley::unit;
    using output = parley::unit;
    using service = everywhere::service;
    static constexpr auto http = parley::http("POST /nothing", "204");
};

struct service {
    using protocol = parley::rest_json;
    using operations = parley::operations<put_things, find_things, find_others, send_bytes, say_text, say_anything, say_nothing>;
    using errors = parley::errors<broken>;
};

} // namespace everywhere

#endif
