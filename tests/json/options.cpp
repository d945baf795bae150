// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/json/options.hpp>

#include <parley/json.hpp>

#include <support/types.hpp>

#include <boost/describe/class.hpp>
#include <doctest/doctest.h>

#include <cstddef>
#include <map>
#include <memory_resource>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

using parley::strictness;

namespace {

template <class T>
std::size_t violations(std::string_view text, parley::decode_options const& options) {
    auto const read = parley::from_json<T>(text, options);
    return read ? 0 : read.error().violations.size();
}
parley::decode_options limited(parley::decode_limits limits) { return {.limits = limits}; }

struct short_name {
    std::string name;
};
BOOST_DESCRIBE_STRUCT(short_name, (), (name))
constexpr auto parley_traits(short_name const*) { return parley::traits(parley::on("name", parley::max_length(3))); }

struct needs_name {
    parley::required<std::string> name;
};
BOOST_DESCRIBE_STRUCT(needs_name, (), (name))

struct same_hash {
    std::size_t operator()(int) const noexcept { return 0; }
};

} // namespace

TEST_SUITE_BEGIN("json");

TEST_CASE("options: a text may have the limit's size, and not a byte more") {
    std::string_view const text = "[1, 2]"; // six bytes
    CHECK(parley::from_json<std::vector<int>>(text, limited({.bytes = 6})));
    CHECK(!parley::from_json<std::vector<int>>(text, limited({.bytes = 5})));
    CHECK(!parley::from_json<std::vector<int>>("", limited({.bytes = 0}))); // an empty text is no JSON
}

TEST_CASE("options: objects and arrays may be within each other up to the limit of levels") {
    using nested = std::vector<std::vector<std::vector<int>>>;
    CHECK(parley::from_json<nested>("[[[1]]]", limited({.depth = 3})));
    CHECK(!parley::from_json<nested>("[[[1]]]", limited({.depth = 2})));
    CHECK(parley::from_json<nested>("[[]]", limited({.depth = 2})));
    // What is skipped counts as well: a peer may send it.
    CHECK(parley::from_json<types::point>(R"({"x":1,"y":2,"other":[[]]})", limited({.depth = 3})));
    CHECK(!parley::from_json<types::point>(R"({"x":1,"y":2,"other":[[]]})", limited({.depth = 2})));
}

TEST_CASE("options: items, entries and members are counted together") {
    auto const reads = []<class T>(T const*, std::string_view text, std::size_t values) {
        return parley::from_json<T>(text, limited({.values = values})).has_value();
    };
    // The whole text counts as a value too.
    std::vector<int> const* list = nullptr;
    CHECK(reads(list, "[1,2,3]", 1 + 3));
    CHECK(!reads(list, "[1,2,3]", 2));
    std::map<std::string, int> const* map = nullptr;
    CHECK(reads(map, R"({"a":1,"b":2})", 1 + 2));
    CHECK(!reads(map, R"({"a":1,"b":2})", 1));
    std::vector<types::point> const* points = nullptr;
    std::string_view const text = R"([{"x":1,"y":2},{"x":3,"y":4}])";
    CHECK(!reads(points, text, 2 + 2 * 2 - 1));
    CHECK(reads(points, text, 10'000'000)); // the default
}

TEST_CASE("options: no more violations are reported than the limit says") {
    std::string_view const text = R"(["a","b","c","d"])";
    CHECK(violations<std::vector<int>>(text, {}) == 4);
    CHECK(violations<std::vector<int>>(text, limited({.violations = 4})) == 4);
    CHECK(violations<std::vector<int>>(text, limited({.violations = 1})) >= 1);
    CHECK(violations<std::vector<int>>(text, limited({.violations = 1})) < 4);
}

TEST_CASE("options: keys that collide are counted beyond eight in a bucket") {
    // Of 12 items that share a bucket, the last four pass 8 to 11 others: 0 + 1 + 2 + 3 too many.
    std::string_view const text = "[0,1,2,3,4,5,6,7,8,9,10,11]";
    using set = std::unordered_set<int, same_hash>;
    CHECK(parley::from_json<set>(text, limited({.collisions = 6})));
    CHECK(!parley::from_json<set>(text, limited({.collisions = 5})));
    CHECK(parley::from_json<std::vector<int>>(text, limited({.collisions = 0})));
}

TEST_CASE("options: constraints are checked unless that is turned off") {
    std::string_view const text = R"({"name":"long name"})";
    CHECK(!parley::from_json<short_name>(text));
    parley::decode_options unchecked;
    unchecked.check_constraints = false;
    CHECK(parley::from_json<short_name>(text, unchecked).value().name == "long name");
    // Types are checked all the same.
    CHECK(!parley::from_json<short_name>(R"({"name":1})", unchecked));
}

TEST_CASE("options: the default is strict, the others let more pass") {
    auto const reads = [](strictness how, std::string_view text) {
        return parley::from_json<needs_name>(text, {.strictness = how}).has_value();
    };
    CHECK(parley::decode_options{}.strictness == strictness::strict);
    for (auto const* text : {R"({"name":"a"})", R"({"name":"a","other":null})"}) {
        CHECK(reads(strictness::strict, text));
        CHECK(reads(strictness::lenient, text));
        CHECK(reads(strictness::compatible, text));
    }
    CHECK(!reads(strictness::strict, "{}"));
    CHECK(reads(strictness::lenient, "{}"));
    CHECK(!reads(strictness::strict, "{\"name\":\"\xff\"}"));
    CHECK(parley::from_json<needs_name>("{\"name\":\"a\xff\"}", {.strictness = strictness::lenient})
              .value()
              .name->ends_with("\xef\xbf\xbd"));
    CHECK(!reads(strictness::lenient, "[]"));
    CHECK(reads(strictness::compatible, "[]"));
    CHECK(!reads(strictness::compatible, R"({"name":"a")"));
}

TEST_CASE("options: a server may reject what a newer client could mean") {
    using open = parley::open_enum<types::color>;
    parley::decode_options server;
    server.reject_unknown_values = true;
    CHECK(parley::from_json<open>(R"("violet")").value().unknown_text() == "violet");
    CHECK(!parley::from_json<open>(R"("violet")", server));
    CHECK(parley::from_json<open>(R"("red")", server).value() == types::color::red);
    CHECK(parley::from_json<std::vector<int>>("[1,null]"));
    CHECK(!parley::from_json<std::vector<int>>("[1,null]", server));
}

TEST_CASE("options: texts and lists of std::pmr allocate from the memory that is given") {
    using names = std::pmr::vector<std::pmr::string>;
    alignas(16) char buffer[4096];
    std::pmr::monotonic_buffer_resource memory(buffer, sizeof buffer, std::pmr::null_memory_resource());
    parley::decode_options options;
    options.memory = &memory;
    auto const read = parley::from_json<names>(R"(["a text that is too long for a small string"])", options);
    REQUIRE(read);
    auto const* const place = read->front().data();
    CHECK(place >= buffer);
    CHECK(place < buffer + sizeof buffer);
    // Without memory, a view can show what the text has as it is; an escape needs some.
    std::string_view const escaped = R"("a\nb")";
    CHECK(!parley::from_json<std::string_view>(escaped));
    CHECK(parley::from_json<std::string_view>(escaped, options).value() == "a\nb");
}

TEST_SUITE_END();
