// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// Compares the decoder and the encoder with Boost.JSON.
#include <parley/json/document.hpp>

#include <parley/json/decode.hpp>
#include <parley/json/encode.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <string>

TEST_SUITE_BEGIN("json");

namespace json = boost::json;

namespace {

class generator {
public:
    explicit generator(unsigned seed) : engine_(seed) {}

    std::size_t below(std::size_t bound) { return std::uniform_int_distribution<std::size_t>(0, bound - 1)(engine_); }

    std::string text() {
        static char const* const pieces[] = {"a",
                                             "Z",
                                             " ",
                                             "\xc3\xa9",
                                             "\xf0\x9f\x98\x80",
                                             "\\n",
                                             "\\\"",
                                             "\\\\",
                                             "\\u0041",
                                             "\\ud83d\\ude00",
                                             "\\/",
                                             "\\u0000",
                                             "longer piece of text",
                                             "\xe2\x80\xa8"};
        std::string result = "\"";
        for (auto count = below(6); count > 0; --count) result += pieces[below(std::size(pieces))];
        return result + '"';
    }

    std::string number() {
        static char const* const special[] = {"0",
                                              "-0",
                                              "1e0",
                                              "1E+2",
                                              "9223372036854775807",
                                              "9223372036854775808",
                                              "-9223372036854775808",
                                              "-9223372036854775809",
                                              "18446744073709551615",
                                              "18446744073709551616",
                                              "0.1",
                                              "-1.5e-7",
                                              "2.5",
                                              "1e22",
                                              "123456.789"};
        if (below(2) == 0) return special[below(std::size(special))];
        return std::to_string(static_cast<long long>(engine_()));
    }

    std::string value(int depth) {
        switch (below(depth > 0 ? 7 : 5)) {
        case 0: return "null";
        case 1: return below(2) ? "true" : "false";
        case 2:
        case 3: return number();
        case 4: return text();
        case 5: {
            std::string result = "[";
            for (auto count = below(5), i = std::size_t{0}; i < count; ++i) result += (i ? " ," : "") + value(depth - 1);
            return result + "]";
        }
        default: {
            std::string result = "{";
            for (auto count = below(5), i = std::size_t{0}; i < count; ++i)
                result += (i ? ", " : "") + text() + ": " + value(depth - 1);
            return result + "\n}";
        }
        }
    }

    void damage(std::string& text) {
        if (text.empty()) return;
        static char const bytes[] = "{}[]\",:0123456789.eE+-tfn \\u\x01\xff\xc3";
        auto const at = below(text.size());
        switch (below(3)) {
        case 0: text[at] = bytes[below(sizeof bytes - 1)]; break;
        case 1: text.erase(at, 1); break;
        default: text.insert(at, 1, bytes[below(sizeof bytes - 1)]); break;
        }
    }

private:
    std::mt19937_64 engine_;
};

// Tolerates different last bits of doubles: Boost.JSON 1.81 does not round correctly.
bool same(json::value const& a, json::value const& b) {
    if (a.is_number() && b.is_number() && (a.is_double() || b.is_double())) {
        auto const x = a.to_number<double>(), y = b.to_number<double>();
        return std::abs(x - y) <= 1e-14 * std::max(std::abs(x), std::abs(y));
    }
    if (a.kind() != b.kind()) return false;
    if (a.is_array()) {
        auto const &x = a.get_array(), &y = b.get_array();
        return x.size() == y.size() && std::equal(x.begin(), x.end(), y.begin(), same);
    }
    if (a.is_object()) {
        auto const &x = a.get_object(), &y = b.get_object();
        if (x.size() != y.size()) return false;
        for (auto const& entry : x) {
            auto const* other = y.if_contains(entry.key());
            if (!other || !same(entry.value(), *other)) return false;
        }
        return true;
    }
    return a == b;
}

// Boost.JSON parses a number out of the range of double as infinity, which is not a JSON value. In parley it is an error.
bool has_infinity(json::value const& v) {
    if (v.is_double()) return std::isinf(v.get_double());
    if (v.is_array()) return std::any_of(v.get_array().begin(), v.get_array().end(), has_infinity);
    if (v.is_object()) {
        auto const& entries = v.get_object();
        return std::any_of(entries.begin(), entries.end(), [](auto const& entry) { return has_infinity(entry.value()); });
    }
    return false;
}

} // namespace

TEST_CASE("decode: valid texts have the same value as in Boost.JSON") {
    generator generate(1);
    for (int i = 0; i < 5000; ++i) {
        auto const text = generate.value(5);
        CAPTURE(text);
        auto const theirs = json::parse(text);
        auto const ours = parley::from_json<json::value>(text);
        REQUIRE_MESSAGE(ours, ours.error().message());
        CHECK(same(*ours, theirs));
        // The round trip.
        auto const written = parley::to_json(*ours);
        REQUIRE(written);
        CHECK(same(json::parse(*written), theirs));
        auto const again = parley::from_json<json::value>(json::serialize(theirs));
        REQUIRE(again);
        CHECK(same(*again, theirs));
    }
}

TEST_CASE("decode: damaged texts are accepted exactly if Boost.JSON accepts them") {
    generator generate(2);
    int accepted = 0, rejected = 0;
    for (int i = 0; i < 20000; ++i) {
        auto text = generate.value(4);
        for (auto count = generate.below(3); count-- > 0;) generate.damage(text);
        CAPTURE(text);
        boost::system::error_code error;
        auto const theirs = json::parse(text, error);
        auto const ours = parley::from_json<json::value>(text);
        if (!error && has_infinity(theirs)) {
            REQUIRE(!ours);
            CHECK(ours.error().violations[0].code == parley::errc::out_of_range);
            continue;
        }
        if (error == json::error::exponent_overflow) continue; // valid JSON: RFC 8259, section 6
        CHECK(bool(ours) == !error);
        if (ours && !error) CHECK(same(*ours, theirs));
        ++(error ? rejected : accepted);
    }
    CHECK(accepted > 1000);
    CHECK(rejected > 1000);
}

TEST_SUITE_END();
