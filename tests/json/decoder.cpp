// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/json/decoder.hpp>

#include <support/types.hpp>

#include <parley/json/encode.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <string>

TEST_SUITE_BEGIN("json");

using namespace types;

namespace {

// Parses the text in chunks: the first of `first` bytes, the others of `size` bytes.
template <class T>
parley::result<T> parse_in_chunks(std::string_view text, std::size_t first, std::size_t size,
                                  parley::decode_options const& options = {}) {
    parley::decoder<T> decoder(options);
    for (auto count = first; !text.empty(); count = size) {
        // A copy, so that a sanitizer finds references to it after it is destroyed.
        std::string const chunk(text.substr(0, count));
        text.remove_prefix(chunk.size());
        if (!decoder.feed(chunk)) break;
    }
    return decoder.finish();
}

template <class T>
void check_same(parley::result<T> const& read, parley::result<T> const& expected) {
    REQUIRE(read.has_value() == expected.has_value());
    if (read) CHECK(parley::to_json(*read).value() == parley::to_json(*expected).value());
    else CHECK(read.error().violations == expected.error().violations);
}

} // namespace

TEST_CASE("decoder: chunks give the same value as the whole text, wherever the text is split") {
    std::string const text(sample_text);
    auto const whole = parley::from_json<everything>(text);
    REQUIRE(whole);
    for (std::size_t cut = 0; cut <= text.size(); ++cut) check_same(parse_in_chunks<everything>(text, cut, text.size()), whole);
    for (std::size_t size : {1U, 2U, 3U, 5U, 16U, 17U, 100U}) check_same(parse_in_chunks<everything>(text, size, size), whole);
}

TEST_CASE("decoder: escapes, numbers and literals may be split") {
    for (std::string const text : {R"("\ud83d\ude00 \u0041\\\"é")", R"("")", " \"a\" "}) {
        for (std::size_t cut = 0; cut <= text.size(); ++cut)
            check_same(parse_in_chunks<std::string>(text, cut, 1), parley::from_json<std::string>(text));
    }
    for (std::string const text : {"[-0,1.5e+3,123456789012345678,0.1]", "[ ]", "[1 , 2]", "12"}) {
        for (std::size_t cut = 0; cut <= text.size(); ++cut)
            check_same(parse_in_chunks<std::vector<double>>(text, cut, 1), parley::from_json<std::vector<double>>(text));
    }
    std::string const text = R"({"x":1,"free":[{"a":[true,false,null]},"\n"],"y":2})";
    for (std::size_t cut = 0; cut <= text.size(); ++cut)
        check_same(parse_in_chunks<point>(text, cut, 1), parley::from_json<point>(text));
}

TEST_CASE("decoder: chunks give the same errors as the whole text") {
    std::mt19937 engine(1);
    auto const below = [&engine](std::size_t limit) { return engine() % limit; };
    std::string const text(sample_text);
    int failures = 0;
    for (int i = 0; i < 3000; ++i) {
        auto damaged = text;
        damaged[below(damaged.size())] = "{}[]\",:0-.eE tfn\\\x01\xff\xc3"[below(21)];
        if (below(3) == 0) damaged.resize(below(damaged.size()));
        auto const whole = parley::from_json<everything>(damaged);
        failures += whole ? 0 : 1;
        CAPTURE(damaged);
        check_same(parse_in_chunks<everything>(damaged, below(damaged.size() + 1), 1 + below(40)), whole);
    }
    CHECK(failures > 1000);
}

TEST_CASE("decoder: unexpected non-ASCII characters are the same error wherever they are split") {
    for (std::string const text :
         {"\xc3\xa9", "{\"x\"\xe2\x82\xac:1}", "[1,\xf0\x9f\x98\x80]", "[\xc3", "[\xe2\x82x]", "[\xff]", "[1.\xc3\xa9]"}) {
        CAPTURE(text);
        for (std::size_t cut = 0; cut <= text.size(); ++cut) {
            check_same(parse_in_chunks<std::vector<double>>(text, cut, 1), parley::from_json<std::vector<double>>(text));
            check_same(parse_in_chunks<point>(text, cut, 2), parley::from_json<point>(text));
        }
    }
}

TEST_CASE("decoder: exceeding the size limit replaces all other errors") {
    parley::decode_options options;
    options.limits.bytes = 20;
    std::string const text = R"({"x":"a","y":"b","z":"cdefgh"})";
    check_same(parse_in_chunks<point>(text, 5, 5, options), parley::from_json<point>(text, options));
}

TEST_CASE("decoder: limits apply to all chunks together") {
    parley::decode_options options;
    options.limits.bytes = 10;
    auto const read = parse_in_chunks<std::string>("\"0123456789\"", 3, 3, options);
    REQUIRE(!read);
    CHECK(read.error().violations == parley::from_json<std::string>("\"0123456789\"", options).error().violations);
    options = {};
    options.limits.values = 3;
    CHECK(!parse_in_chunks<std::vector<int>>("[1,2,3,4,5]", 1, 1, options));
}

TEST_CASE("decoder: a long token in small chunks takes linear time") {
    std::string const text(4'000'000, 'x');
    CHECK(parse_in_chunks<std::string>("\"" + text + "\"", 100, 100).value() == text);
}

TEST_CASE("decoder: an empty text is a syntax error") {
    parley::decoder<point> decoder;
    auto const read = decoder.finish();
    REQUIRE(!read);
    CHECK(read.error().violations[0].code == parley::errc::syntax);
}

TEST_CASE("decoder: an unexpected character is the same error wherever it is split") {
    for (std::string const text :
         {"{\xd3\x99:1}", "[\xe2\x82\xac]", "\xf0\x9f\x98\x80", "{\"x\":1\xc3\xa9}", "{\xdf", "{\xdf\x7f"}) {
        CAPTURE(text);
        for (std::size_t cut = 0; cut <= text.size(); ++cut)
            check_same(parse_in_chunks<point>(text, cut, 1), parley::from_json<point>(text));
    }
}

TEST_CASE("decoder: an invalid escape in repaired text is reported at the opening quotation mark") {
    parley::decode_options const options{.strictness = parley::strictness::lenient};
    struct {
        std::string text;
        std::size_t quote;
    } const cases[] = {{"{\"\":1,\"\\L\x8b\":2}", 6}, {"{\"z\":\"\\L\x8b\"}", 5}};
    for (auto const& [text, quote] : cases) {
        auto const whole = parley::from_json<point>(text, options);
        REQUIRE(!whole);
        CHECK(whole.error().violations[0].offset == quote);
        for (std::size_t cut = 0; cut <= text.size(); ++cut) check_same(parse_in_chunks<point>(text, cut, 1, options), whole);
    }
}

TEST_SUITE_END();
