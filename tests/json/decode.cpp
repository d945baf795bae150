// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/json/decode.hpp>

#include <parley/describe/validate.hpp>

#include <support/types.hpp>

#include <parley/json/encode.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <string>

TEST_SUITE_BEGIN("json");

using namespace types;
using parley::errc;
using parley::from_json;

namespace {

struct number_holder {
    std::int8_t i8 = 0;
    std::optional<std::uint64_t> u64{};
    std::optional<double> f64{};
    std::optional<float> f32{};
};
BOOST_DESCRIBE_STRUCT(number_holder, (), (i8, u64, f64, f32))

struct query {
    std::string city_name;
    int max_days = 1;
    std::vector<std::string> tags;
    std::map<std::string, int> weights;
    std::string operator_;
};
BOOST_DESCRIBE_STRUCT(query, (), (city_name, max_days, tags, weights, operator_))
constexpr auto parley_traits(query const*) {
    return parley::traits(parley::names(parley::naming::camel_case),
                          parley::on("city_name", parley::length(1, 8), parley::pattern("^[A-Z]")),
                          parley::on("max_days", parley::range(1, 14), parley::wire_name("days")),
                          parley::on("tags", parley::length(0, 3), parley::unique_items(), parley::each(parley::length(2, 4))),
                          parley::on("weights", parley::each(parley::range(0, 10)), parley::keys(parley::max_length(2))));
}

struct dates {
    std::optional<milliseconds> epoch{}, text{}, header{};
    std::optional<std::vector<milliseconds>> many{};
};
BOOST_DESCRIBE_STRUCT(dates, (), (epoch, text, header, many))
constexpr auto parley_traits(dates const*) {
    using enum parley::timestamp_format;
    return parley::traits(parley::on("text", parley::written_as(date_time)), parley::on("header", parley::written_as(http_date)),
                          parley::on("many", parley::written_as(date_time)));
}

template <class T>
parley::violation only_error(std::string_view text, parley::decode_options const& options = {}) {
    auto const read = from_json<T>(text, options);
    REQUIRE_MESSAGE(!read, text);
    REQUIRE_MESSAGE(read.error().violations.size() == 1, read.error().message());
    return read.error().violations[0];
}

std::string nested(std::size_t depth, char open, char close) { return std::string(depth, open) + std::string(depth, close); }

} // namespace

TEST_CASE("decode: a struct with members of every kind is parsed") {
    auto const read = from_json<everything>(sample_text);
    REQUIRE_MESSAGE(read, read.error().message());
    auto const expected = sample();
    CHECK(read->flag == expected.flag);
    CHECK(read->i8 == -128);
    CHECK(read->u64 == UINT64_MAX);
    CHECK(read->i64 == INT64_MIN);
    CHECK(read->text == expected.text);
    CHECK(read->bytes == expected.bytes);
    CHECK(read->when == expected.when);
    CHECK(read->paint == color::green);
    CHECK(read->any_paint.unknown_text() == "violet");
    CHECK(read->how == level::high);
    CHECK(read->more == expected.more);
    CHECK(read->bits == expected.bits);
    CHECK(read->track == expected.track);
    CHECK(read->unique == expected.unique);
    CHECK(read->by_color == expected.by_color);
    CHECK(read->sparse == expected.sparse);
    CHECK(read->sparse_map == expected.sparse_map);
    CHECK(*read->owned == *expected.owned);
    CHECK(read->boxed == expected.boxed);
    CHECK(read->shape == expected.shape);
    CHECK(read->plant == expected.plant);
}

TEST_CASE("decode: unknown members are ignored") {
    CHECK(from_json<point>(R"({"x":1,"z":[{"deep":[1,{"x":9}]}],"":"","y":2,"Y":3})").value() == point{1, 2});
}

TEST_CASE("decode: structures in a list have their members in any order and may omit optional ones") {
    std::vector<std::string> members{R"("days":1)", R"("weights":{"b":2})", R"("tags":["ab","cd"])", R"("unknown":4)"};
    std::vector<std::string> items;
    for (std::size_t count = members.size(); count > 0; --count) {
        std::sort(members.begin(), members.end());
        do {
            auto& item = items.emplace_back(R"({"cityName":"A","operator":"x")");
            for (std::size_t i = 0; i < count; ++i) item += "," + members[i];
            for (auto i = count; i < members.size(); ++i) item += R"(,"days":2,"tags":[],"weights":{})";
            item += '}';
        } while (std::next_permutation(members.begin(), members.end()));
    }
    std::string all;
    for (auto const& item : items) all += (all.empty() ? "[" : ",") + item;
    auto const read = from_json<std::vector<query>>(all + "]").value();
    REQUIRE(read.size() == items.size());
    for (std::size_t i = 0; i < items.size(); ++i)
        CHECK(parley::to_json(read[i]).value() == parley::to_json(from_json<query>(items[i]).value()).value());
}

TEST_CASE("decode: all errors are reported with their paths and offsets") {
    auto const read = from_json<std::vector<point>>(R"([{"x":1},{"x":"s","y":[]},7])");
    REQUIRE(!read);
    std::vector<parley::violation> const expected{
        {errc::missing_field, "/0/y", "missing field", 1},
        {errc::invalid_type, "/1/x", "expected an integer, found a string", 14},
        {errc::invalid_type, "/1/y", "expected an integer, found an array", 22},
        {errc::invalid_type, "/2", "expected an object, found a number", 26},
    };
    CHECK(read.error().violations == expected);
    CHECK(parley::data_error{{expected[1]}}.message() == "/1/x: expected an integer, found a string, at byte 14");
}

TEST_CASE("decode: paths escape reference tokens of a JSON Pointer") {
    CHECK(only_error<std::map<std::string, int>>(R"({"a/b~c":"x"})").path == "/a~1b~0c");
    CHECK(only_error<std::map<std::string, int>>(R"({"caf\u00e9":"x"})").path == "/caf\xc3\xa9");
}

TEST_CASE("decode: a wrong type is reported for every kind of member") {
    // Appends a duplicate of each member with values of various types, most of which are wrong.
    std::string const text(sample_text);
    auto const valid = from_json<everything>(text);
    REQUIRE(valid);
    for (char const* name : {"flag",   "i8",         "u8",    "i16",   "u16",    "i32",    "u32",       "i64",    "u64",
                             "f32",    "f64",        "text",  "bytes", "when",   "paint",  "any_paint", "how",    "where",
                             "more",   "numbers",    "bits",  "names", "track",  "unique", "counts",    "places", "by_color",
                             "sparse", "sparse_map", "maybe", "owned", "shared", "boxed",  "shape",     "plant"}) {
        int wrong = 0;
        for (char const* value : {"true", "7", "\"?\"", "[{}]", "{\"?\":[]}"}) {
            auto const key = "\"" + std::string(name) + "\":";
            auto const changed = text.substr(0, text.size() - 1) + "," + key + value + "}";
            auto const read = from_json<everything>(changed);
            if (read) continue;
            ++wrong;
            for (auto const& v : read.error().violations) {
                CHECK(v.path.starts_with("/" + std::string(name)));
                CHECK(v.offset >= text.size());
            }
        }
        CAPTURE(name);
        CHECK(wrong >= 3); // of the five values, at most two fit a member
    }
}

TEST_CASE("decode: the last of duplicate members wins, and errors of the others are dropped") {
    CHECK(from_json<point>(R"({"x":1,"y":2,"x":3})").value() == point{3, 2});
    CHECK(from_json<point>(R"({"x":"wrong","y":2,"x":3})").value() == point{3, 2});
    CHECK(only_error<point>(R"({"x":1,"y":2,"x":null})").code == errc::missing_field);
    // The whole value is replaced, not merged.
    auto const merged = from_json<derived>(R"({"id":"a","extra":1,"id":"b"})");
    CHECK(merged.value().id == "b");
    CHECK(from_json<everything>(std::string(sample_text).insert(std::string(sample_text).size() - 1, R"(,"numbers":[9])"))
              .value()
              .numbers
          == std::vector<int>{9});
    CHECK(from_json<std::map<std::string, std::vector<int>>>(R"({"a":[1,2],"a":[3]})").value().at("a") == std::vector<int>{3});
}

TEST_CASE("decode: null counts as absent, except in sparse containers") {
    CHECK(only_error<point>(R"({"x":null,"y":1})").path == "/x");
    CHECK(from_json<std::vector<int>>("[1,null,2]").value() == std::vector<int>{1, 2});
    CHECK(from_json<std::map<std::string, int>>(R"({"a":null,"b":1})").value().size() == 1);
    CHECK(from_json<std::vector<std::optional<int>>>("[null]").value() == std::vector<std::optional<int>>{std::nullopt});
    CHECK(only_error<point>("null").code == errc::invalid_type);
}

TEST_CASE("decode: a syntax error after a dropped entry has the path of the map") {
    auto const v = only_error<everything>(R"({"places":{"home":null,3]})");
    CHECK(v.code == errc::syntax);
    CHECK(v.path == "/places");
}

TEST_CASE("decode: integers are exact and limited to the range of their type") {
    auto const i8 = [](std::string const& literal) { return from_json<number_holder>(R"({"i8":)" + literal + "}"); };
    CHECK(i8("127").value().i8 == 127);
    CHECK(i8("-128").value().i8 == -128);
    CHECK(i8("-0").value().i8 == 0);
    CHECK(i8("1e2").value().i8 == 100);
    CHECK(i8("1.20e1").value().i8 == 12);
    CHECK(i8("1200e-2").value().i8 == 12);
    for (auto const* literal : {"128", "-129", "99999999999999999999", "1e400", "-18446744073709551616", "1e30"}) {
        CAPTURE(literal);
        auto const read = i8(literal);
        REQUIRE(!read);
        CHECK(read.error().violations[0].code == errc::out_of_range);
        CHECK(read.error().violations[0].path == "/i8");
        CHECK(read.error().violations[0].offset == 6);
    }
    for (auto const* literal : {"1.5", "1e-1", "0.1", "1.00000000000000000001", "1e-400"}) {
        CAPTURE(literal);
        auto const read = i8(literal);
        REQUIRE(!read);
        CHECK(read.error().violations[0].code == errc::invalid_type);
    }
    auto const u64 = [](std::string const& literal) { return from_json<number_holder>(R"({"i8":0,"u64":)" + literal + "}"); };
    CHECK(u64("18446744073709551615").value().u64 == UINT64_MAX);
    CHECK(u64("1.8446744073709551615e19").value().u64 == UINT64_MAX);
    CHECK(!u64("18446744073709551616"));
    CHECK(!u64("-1"));
    CHECK(u64("-0").value().u64 == 0U);
}

TEST_CASE("decode: doubles are correctly rounded") {
    auto const f64 = [](std::string const& literal) {
        return *from_json<number_holder>(R"({"i8":0,"f64":)" + literal + "}").value().f64;
    };
    CHECK(f64("0.1") == 0.1);
    CHECK(f64("123456789012345678901234567890") == 123456789012345678901234567890.0);
    CHECK(f64("2.2250738585072011e-308") == 2.2250738585072011e-308);
    CHECK(f64("1.7976931348623157e308") == 1.7976931348623157e308);
    CHECK(f64("9007199254740993") == 9007199254740992.0); // 2^53 + 1, ties to even
    CHECK(f64("9007199254740993.0000000001") == 9007199254740994.0);
    CHECK(f64("1e-400") == 0);
    CHECK(std::signbit(f64("-0")));
    CHECK(std::signbit(f64("-0.0")));
    CHECK(std::isnan(f64("\"NaN\"")));
    CHECK(f64("\"-Infinity\"") == -INFINITY);
    CHECK(only_error<number_holder>(R"({"i8":0,"f64":1e400})").code == errc::out_of_range);
    CHECK(only_error<number_holder>(R"({"i8":0,"f32":1e39})").code == errc::out_of_range);
    CHECK(only_error<number_holder>(R"({"i8":0,"f64":"1.5"})").code == errc::invalid_type);
}

TEST_CASE("decode: exponents of any size are accepted") {
    // "0e99999999999999" is zero, and an ignored number may be out of range.
    for (std::string const exponent : {"2147483648", "-2147483648", "99999999999999", "-99999999999999",
                                       "+340282366920938463463374607431768211456", "-340282366920938463463374607431768211456"}) {
        CAPTURE(exponent);
        CHECK(from_json<point>("{\"z\":1e" + exponent + ",\"zz\":[1.5e" + exponent + "],\"x\":0e" + exponent + ",\"y\":-0.0e"
                               + exponent + "}")
                  .value()
              == point{0, 0});
        CHECK(from_json<double>("0e" + exponent).value() == 0);
        CHECK(from_json<milliseconds>("0e" + exponent).value() == milliseconds());
        bool const down = exponent[0] == '-';
        auto const number = from_json<double>("1e" + exponent);
        if (down) CHECK(number.value() == 0);
        else CHECK(number.error().violations[0].code == errc::out_of_range);
        auto const whole = from_json<int>("10e" + exponent);
        CHECK(whole.error().violations[0].code == (down ? errc::invalid_type : errc::out_of_range));
        auto const when = from_json<milliseconds>("1e" + exponent);
        if (down) CHECK(when.value() == milliseconds());
        else CHECK(!when);
    }
    CHECK(only_error<point>("{\"x\":1,\"y\":1,\"z\":1e}").code == errc::syntax);
}

TEST_CASE("decode: timestamps have the format of the description") {
    auto const read = from_json<dates>(R"({"epoch":1736944496.123,"text":"2025-01-15T13:34:56.123+01:00",)"
                                       R"("header":"Wed, 15 Jan 2025 12:34:56 GMT","many":["2025-01-15T12:34:56Z"]})");
    REQUIRE_MESSAGE(read, read.error().message());
    milliseconds const when(std::chrono::milliseconds(1736944496123)); // date -d @1736944496
    CHECK(read->epoch == when);
    CHECK(read->text == when);
    CHECK(read->header == when - std::chrono::milliseconds(123));
    CHECK(read->many->at(0) == when - std::chrono::milliseconds(123));
    CHECK(only_error<dates>(R"({"text":1736944496})").code == errc::invalid_type);
    CHECK(only_error<dates>(R"({"epoch":"2025-01-15T12:34:56Z"})").code == errc::invalid_type);
    CHECK(only_error<dates>(R"({"text":"2025-02-30T12:34:56Z"})").code == errc::invalid_value);
    CHECK(only_error<dates>(R"({"epoch":1e300})").code == errc::invalid_value);
    CHECK(only_error<dates>(R"({"epoch":9e17})").code == errc::out_of_range);
    parley::decode_options lenient;
    lenient.strictness = parley::strictness::lenient;
    CHECK(from_json<dates>(R"({"epoch":"5"})", lenient).value().epoch == milliseconds(std::chrono::seconds(5)));
}

TEST_CASE("decode: constraints are checked, names follow the naming rule, and error texts contain no values") {
    auto const read = from_json<query>(
        R"({"cityName":"secret city","days":15,"tags":["a","bb","bb","ccccc"],"weights":{"long":11,"ok":3},"operator":""})");
    REQUIRE(!read);
    std::vector<std::pair<errc, std::string>> found;
    for (auto const& v : read.error().violations) {
        found.emplace_back(v.code, v.path);
        CHECK(v.message.find("secret") == std::string::npos);
    }
    std::vector<std::pair<errc, std::string>> const expected{
        {errc::invalid_length, "/cityName"}, {errc::range_violation, "/days"},        {errc::invalid_length, "/tags/0"},
        {errc::invalid_length, "/tags/3"},   {errc::invalid_length, "/tags"},         {errc::duplicate_items, "/tags"},
        {errc::invalid_length, "/weights"},  {errc::range_violation, "/weights/long"}};
    CHECK(found == expected);
    CHECK(read.error().violations[1].message == "must be between 1 and 14, inclusive");
    CHECK(read.error().violations[0].message == "must have length between 1 and 8, inclusive");
    CHECK(read.error().violations[0].length == 11);
    parley::decode_options unchecked;
    unchecked.check_constraints = false;
    CHECK(from_json<query>(R"({"cityName":"","days":99,"tags":[],"weights":{},"operator":""})", unchecked));
}

TEST_CASE("decode: exactly one alternative of a union is set") {
    CHECK(std::get<circle>(from_json<figure>(R"({"circle":{"radius":2}})").value()).radius == 2);
    auto const text = from_json<figure>(R"({"text":"a","square":null,"__type":"x"})").value();
    REQUIRE(parley::get_if<"text">(&text));
    CHECK(*parley::get_if<"text">(&text) == "a");
    CHECK(!parley::get_if<"square">(&text));
    CHECK(only_error<figure>("{}").message == "no alternative of the union is set");
    CHECK(only_error<figure>(R"({"square":1,"text":"a"})").message == "more than one alternative of the union is set");
    // However many there are, they are one error.
    CHECK(only_error<figure>(R"({"square":1,"text":"a","square":1,"text":"b","x":0})").message
          == "more than one alternative of the union is set");
    CHECK(only_error<figure>(R"({"oval":1})").message == "unknown alternative of the union");
    CHECK(std::get<parley::unknown_member>(from_json<open_figure>(R"({"oval":{"a":[1]}})").value()).name == "oval");
    CHECK(only_error<std::vector<figure>>(R"([{"circle":{"radius":"x"}}])").path == "/0/circle/radius");
}

TEST_CASE("decode: duplicate items of a set are errors") {
    CHECK(from_json<std::set<int>>("[3,1,2]").value() == std::set<int>{1, 2, 3});
    CHECK(only_error<std::set<int>>("[1,2,1]").path == "/2");
    CHECK(from_json<std::set<std::string>>(R"(["\u0061b","ab2"])").value().size() == 2);
    CHECK(only_error<std::set<int>>("[1,\"x\"]").path == "/1");
}

TEST_CASE("decode: lenient and compatible permit the documented deviations") {
    parley::decode_options lenient, compatible;
    lenient.strictness = parley::strictness::lenient;
    compatible.strictness = parley::strictness::compatible;
    CHECK(from_json<point>(R"({"x":1})", lenient).value() == point{1, 0});
    CHECK(!from_json<point>(R"([])", lenient));
    CHECK(from_json<point>(R"([])", compatible).value() == point{});
    CHECK(from_json<point>(R"(42)", compatible).value() == point{});
    CHECK(!from_json<point>(R"(null)", compatible));
    CHECK(from_json<std::string>("\"a\xff\"", lenient).value() == "a\xef\xbf\xbd");
}

TEST_CASE("decode: tolerated deviations are reported") {
    everything e;
    std::vector<parley::violation> errors, tolerated;
    parley::decode_options lenient;
    lenient.strictness = parley::strictness::lenient;
    point p;
    CHECK(parley::detail::decode_json("{\"x\":1}", {&parley::shape_of<point>, &p}, lenient, errors, &tolerated));
    REQUIRE(tolerated.size() == 1);
    CHECK(tolerated[0].path == "/y");
}

TEST_CASE("decode: invalid UTF-8 is an error with a path and an offset") {
    auto const v = only_error<tree>("{\"name\":\"a\",\"children\":[{\"name\":\"b\xff\"}]}");
    CHECK(v.code == errc::invalid_utf8);
    CHECK(v.path == "/children/0/name");
    CHECK(v.offset == 34); // 12 for the first member, 12 for "children":[, 10 for {"name":"b
}

TEST_CASE("decode: invalid escape sequences are errors") {
    CHECK(from_json<std::string>(R"("\ud83d\ude00\u0000\/")").value() == std::string("\xf0\x9f\x98\x80\0/", 6));
    for (auto const* text : {R"("\ud800")", R"("\ud800x")", R"("\udc00")", R"("\ud800\ud800")", R"("\x41")", R"("\u12")",
                             "\"\t\"", "\"\n\"", "\"", R"("\)"}) {
        CAPTURE(text);
        CHECK(only_error<std::string>(text).code == errc::syntax);
    }
}

TEST_CASE("decode: the error text distinguishes unpaired surrogates from other invalid escapes") {
    for (auto const* text : {R"("\ud800")", R"("\ud800x")", R"("a\udc00")", R"("\ud800\ud800")", R"("\ud800\n")"})
        CHECK(only_error<std::string>(text).message == "unpaired surrogate in an escape sequence");
    for (auto const* text : {R"("\x41")", R"("\u12")", R"("\ud8")", R"("\uzzzz")"})
        CHECK(only_error<std::string>(text).message == "invalid escape sequence");
}

TEST_CASE("decode: a text that is not JSON is a syntax error") {
    for (auto const* text : {"",
                             " ",
                             "\r\n",
                             "{",
                             "[1,]",
                             "{\"x\":1,}",
                             "{'x':1}",
                             "/*x*/{}",
                             "{\"a\":NaN}",
                             "0x10",
                             "01",
                             "+1",
                             "1.",
                             ".5",
                             "1e",
                             "tru",
                             "nul",
                             "{} {}",
                             "[1 2]",
                             "\xef\xbb\xbf{}",
                             "<html><body>no</body></html>",
                             "{\"a\" 1}",
                             "]",
                             "{\"a\":1]",
                             "\"a\"\"b\"",
                             "-",
                             "--1",
                             "1e+",
                             "{1:2}"}) {
        CAPTURE(text);
        auto const read = from_json<point>(text);
        REQUIRE(!read);
        CHECK(read.error().violations.back().code == errc::syntax);
    }
}

TEST_CASE("decode: the nesting depth is limited") {
    for (std::size_t depth : {std::size_t{300}, std::size_t{100'000}}) {
        CHECK(only_error<point>("{\"z\":" + nested(depth, '[', ']') + ",\"x\":1,\"y\":2}").code == errc::limit_exceeded);
        auto const open = from_json<tree>(std::string(depth, '['));
        REQUIRE(!open);
        CHECK(open.error().violations.back().code == errc::limit_exceeded);
    }
    std::string deep;
    for (int i = 0; i < 100'000; ++i) deep += R"({"name":"n","children":[)";
    auto const read = from_json<tree>(deep);
    REQUIRE(!read);
    CHECK(read.error().violations.back().code == errc::limit_exceeded);
    parley::decode_options deeper;
    deeper.limits.depth = 1000;
    CHECK(from_json<point>("{\"z\":" + nested(900, '[', ']') + ",\"x\":1,\"y\":2}", deeper));
}

TEST_CASE("decode: the size, the number of values and the number of errors are limited") {
    parley::decode_options options;
    options.limits.bytes = 10;
    CHECK(only_error<std::string>("\"0123456789\"", options).code == errc::limit_exceeded);
    options.limits = {};
    options.limits.values = 100;
    std::string many = "[1";
    for (int i = 0; i < 1000; ++i) many += ",1";
    CHECK(only_error<std::vector<int>>(many + "]", options).code == errc::limit_exceeded);
    options.limits = {};
    std::string wrong = "[\"x\"";
    for (int i = 0; i < 1000; ++i) wrong += ",\"x\"";
    auto const read = from_json<std::vector<int>>(wrong + "]");
    REQUIRE(!read);
    CHECK(read.error().violations.size() == 100);
}

TEST_CASE("decode: strings and keys of several megabytes are parsed") {
    std::string const long_text(3'000'000, 'x');
    CHECK(from_json<std::string>("\"" + long_text + "\"").value() == long_text);
    auto const map = from_json<std::map<std::string, int>>("{\"" + long_text + "\\u0041\":1}");
    CHECK(map.value().begin()->first == long_text + "A");
    std::string const escaped = "\"" + std::string(100'000, ' ') + "\\n" + std::string(100'000, ' ') + "\"";
    CHECK(from_json<std::string>(escaped).value().size() == 200'001);
}

TEST_CASE("decode: a truncated text is an error") {
    std::string const text(sample_text);
    for (std::size_t size = 0; size < text.size(); ++size) {
        CAPTURE(size);
        auto const read = from_json<everything>(std::string_view(text).substr(0, size));
        REQUIRE(!read);
        auto const& last = read.error().violations.back();
        CHECK((last.code == errc::syntax || last.code == errc::invalid_utf8));
        CHECK(last.offset <= size);
    }
}

TEST_CASE("decode: a text with any bit flipped is parsed or rejected") {
    std::string const text(sample_text);
    for (std::size_t i = 0; i < text.size(); ++i) {
        for (int bit : {0, 1, 2, 3, 4, 5, 6, 7}) {
            auto changed = text;
            changed[i] = static_cast<char>(static_cast<unsigned char>(changed[i]) ^ (1U << bit));
            auto const read = from_json<everything>(changed);
            if (read) continue;
            for (auto const& v : read.error().violations) CHECK(v.offset <= text.size());
        }
    }
}

namespace {

struct order {
    std::string item;
    std::optional<int> count{};
    std::optional<std::string> note{};
};
BOOST_DESCRIBE_STRUCT(order, (), (item, count, note))
constexpr auto parley_traits(order const*) {
    return parley::traits(parley::on("count", parley::defaulted("3")), parley::on("note", parley::defaulted("\"none\"")));
}

// A member of each kind that may have values unknown to the description.
struct open_things {
    std::optional<std::vector<int>> dense{};
    std::optional<std::map<std::string, int>> map{};
    std::optional<parley::open_enum<color>> paint{};
    std::optional<std::map<parley::open_enum<color>, int>> by_paint{};
    std::optional<types::open_figure> figure{};
    std::optional<std::vector<order>> orders{};
};
BOOST_DESCRIBE_STRUCT(open_things, (), (dense, map, paint, by_paint, figure, orders))

} // namespace

TEST_CASE("decode: reject_unknown_values rejects what the description does not have") {
    std::tuple<char const*, errc, char const*> const cases[]{
        {R"({"dense":[1,null,3]})", errc::invalid_type, "/dense/1"},
        {R"({"map":{"a":1,"b":null}})", errc::invalid_type, "/map/b"},
        {R"({"paint":"violet"})", errc::unknown_value, "/paint"},
        {R"({"by_paint":{"violet":1}})", errc::unknown_value, "/by_paint"},
        {R"({"figure":{"oval":1}})", errc::invalid_value, "/figure"},
    };
    parley::decode_options closed;
    closed.reject_unknown_values = true;
    for (auto const& [text, code, path] : cases) {
        CHECK(from_json<open_things>(text)); // accepted by default
        auto const v = only_error<open_things>(text, closed);
        CHECK(v.code == code);
        CHECK(v.path == path);
    }
    CHECK(only_error<open_things>(R"({"paint":"violet"})", closed).message == "must satisfy enum value set: [red, GREEN, blue]");
    // "1996-12-19T16:39:57-08:00" is the same moment as "1996-12-20T00:39:57Z": RFC 3339, section 5.8.
    auto const dated = R"({"text":"1996-12-19T16:39:57-08:00"})";
    CHECK(from_json<dates>(dated)->text == from_json<dates>(R"({"text":"1996-12-20T00:39:57Z"})", closed)->text);
    CHECK(only_error<dates>(dated, closed).code == errc::invalid_value);
    CHECK(from_json<everything>(sample_text)); // the sample has unknown values
    CHECK(!from_json<everything>(sample_text, closed));
}

TEST_CASE("decode: reject_unknown_values assigns the server's defaults at each level") {
    parley::decode_options closed;
    closed.reject_unknown_values = true;
    auto const read = from_json<open_things>(R"({"orders":[{"item":"a"},{"item":"b","count":1,"note":null}]})", closed).value();
    CHECK(read.orders->at(0).count == 3);
    CHECK(read.orders->at(0).note == "none");
    CHECK(read.orders->at(1).count == 1);
    CHECK(read.orders->at(1).note == "none");
    CHECK(!from_json<order>(R"({"item":"a"})")->count); // not by default
}

namespace {

struct vault {
    std::map<std::string, std::vector<order>> boxes;
};
BOOST_DESCRIBE_STRUCT(vault, (), (boxes))
constexpr auto parley_traits(vault const*) {
    return parley::traits(parley::on("boxes", parley::sensitive(), parley::keys(parley::max_length(8))));
}

} // namespace

TEST_CASE("decode: the keys of a sensitive map do not appear in errors") {
    auto const text = R"({"boxes":{"password":[{"item":"a"},{"item":7}]}})";
    auto const v = only_error<vault>(text);
    CHECK(v.path == "/boxes/*/1/item");
    CHECK(text[v.offset] == '7');
    CHECK(only_error<vault>(R"({"boxes":{"much too long":[]}})").path == "/boxes");
    vault const bad{{{"much too long", {}}}};
    CHECK(parley::validate(bad)->message().find("much") == std::string::npos);
}

namespace {

// Patterns that repeat groups, one of them with a counted repetition inside.
struct coded {
    std::string uid{};
    std::optional<std::string> words{};
    std::optional<std::string> pairs{};
};
BOOST_DESCRIBE_STRUCT(coded, (), (uid, words, pairs))
constexpr auto parley_traits(coded const*) {
    return parley::traits(parley::on("uid", parley::pattern("^(?:[0-9][0-9]*|0)(\\.(?:[1-9][0-9]*|0))*$")),
                          parley::on("words", parley::pattern("^([a-z]{2,3}[0-9]?-)*[^-]+$")),
                          parley::on("pairs", parley::pattern("^(ab|a)*(bc|c)")));
}

} // namespace

TEST_CASE("decode: a DFA matches the same strings as the other matchers") {
    std::string_view const values[] = {
        R"("uid":"1.2.840.10008.0.1")",
        R"("uid":"0")",
        R"("uid":"007.1")",
        R"("uid":"1.02")",
        R"("uid":"1.2.")",
        R"("uid":"")",
        R"("uid":"1.x")",
        R"("uid":"1.2\u00e9")",
        R"("uid":"1.2é")",
        R"("uid":"1","words":"ab-abc1-ab2-x")",
        R"("uid":"1","words":"a-x")",
        R"("uid":"1","words":"abcd-x")",
        R"("uid":"1","words":"abcd")",
        R"("uid":"1","words":"ab-é")",
        R"("uid":"1","words":"ab-")",
        R"("uid":"1","words":"ab12-x")",
        R"("uid":"1","words":"ab---")",
        R"("uid":"1","pairs":"ababc")",
        R"("uid":"1","pairs":"aabacxyz")",
        R"("uid":"1","pairs":"ababa")",
        R"("uid":"1","pairs":"bbc")",
        R"("uid":"1","pairs":"c")",
    };
    std::string all = "[";
    std::vector<std::string> expected;
    for (int round = 0; round < 32; ++round) {
        for (auto const value : values) {
            auto const object = std::string("{").append(value) + "}";
            auto const number = std::count(all.begin(), all.end(), '{');
            if (auto const alone = from_json<coded>(object); !alone) {
                for (auto const& v : alone.error().violations) expected.push_back('/' + std::to_string(number) + v.path);
            }
            all += all.size() > 1 ? "," + object : object;
        }
    }
    CHECK(expected.size() == 32 * 13);
    parley::decode_options options;
    options.limits.violations = 1000;
    auto const read = from_json<std::vector<coded>>(all + "]", options);
    REQUIRE(!read);
    std::vector<std::string> found;
    for (auto const& v : read.error().violations) found.push_back(v.path);
    CHECK(found == expected);
}

namespace {

template <parley::fixed_string Pattern>
struct patterned {
    std::string text{};
    BOOST_DESCRIBE_CLASS(patterned, (), (text), (), ())
};
template <parley::fixed_string Pattern>
constexpr auto parley_traits(patterned<Pattern> const*) {
    return parley::traits(parley::on("text", parley::pattern(Pattern.view())));
}

// Whether the content of a string matches. Checks the string near the end of the text and far from it.
template <parley::fixed_string Pattern>
bool matches(std::string const& content) {
    auto const object = R"({"text":")" + content + "\"";
    bool const near = from_json<patterned<Pattern>>(object + "}").has_value();
    CHECK(from_json<patterned<Pattern>>(object + R"(,"an unknown member":"is ignored"})").has_value() == near);
    return near;
}

} // namespace

TEST_CASE("decode: patterns match the unescaped text") {
    CHECK(matches<"^[a-z]{3,30}$">("abcdefghijklmnopqrstuvwxyz"));
    CHECK(matches<"^[a-z]{3,30}$">(R"(abc\u0064)"));
    CHECK(!matches<"^[a-z]{3,30}$">("ab"));
    CHECK(!matches<"^[a-z]{3,30}$">("abcdefghijklmnopqrstuvwxyzabcdefg"));
    CHECK(!matches<"^[a-z]{3,30}$">("abcdefghijklmnop1"));
    // A class that contains the quotation mark does not match the closing one.
    CHECK(matches<"^[^:]{2}$">("ab"));
    CHECK(matches<"^[^:]{2}$">(R"(a\")"));
    CHECK(matches<"^[^:]{2}$">(R"(\\\\)"));
    CHECK(matches<"^[^:]{2}$">("aé"));
    CHECK(!matches<"^[^:]{2}$">("a"));
    CHECK(!matches<"^[^:]{2}$">("a:"));
    CHECK(!matches<"^[^:]{2}$">("abc"));
    CHECK(matches<"^x.*\"$">(R"(x, and what follows it\")"));
    CHECK(!matches<"^x.*\"$">("x, and what follows it"));
    CHECK(matches<"^x(-[a-z]+)?">("x-y: and anything"));
    CHECK(!matches<"^x(-[a-z]+)?y">("x-y"));
}

TEST_SUITE_END();
