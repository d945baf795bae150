// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// Keys chosen by an attacker to share one bucket of a hash table.
#include <parley/json.hpp>
#include <parley/json/decoder.hpp>

#include <boost/describe/class.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <cstring>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

TEST_SUITE_BEGIN("json");

using parley::errc;
using parley::from_json;

namespace {

// Generates strings with equal std::hash in libstdc++ on 64-bit processors: MurmurHash64A with a constant seed. Each of its steps is
// invertible, so for any first block of eight bytes there is a second one that leads to the wanted state. Skips strings that need an
// escape in JSON.
class chosen_texts {
public:
    std::string next() {
        for (;;) {
            std::uint64_t blocks[2] = {first_block(count_++), 0};
            auto const state = (initial ^ mix(blocks[0])) * factor;
            blocks[1] = unmix(state ^ wanted);
            if (!is_plain(blocks[1])) continue;
            std::string text(16, '\0');
            std::memcpy(text.data(), blocks, 16);
            return text;
        }
    }

private:
    static constexpr std::uint64_t factor = 0xc6a4a7935bd1e995U;
    static constexpr std::uint64_t initial = 0xc70f6907U ^ 16 * factor;
    static constexpr std::uint64_t wanted = 0x123456789abcdef0U;

    static constexpr std::uint64_t inverse() {
        std::uint64_t x = factor; // Newton's method: each round doubles the number of correct bits
        for (int i = 0; i < 6; ++i) x *= 2 - factor * x;
        return x;
    }
    static constexpr std::uint64_t shift(std::uint64_t v) { return v ^ (v >> 47); } // its own inverse
    static constexpr std::uint64_t mix(std::uint64_t block) { return shift(block * factor) * factor; }
    static constexpr std::uint64_t unmix(std::uint64_t state) { return shift(state * inverse()) * inverse(); }
    static std::uint64_t first_block(std::uint64_t number) {
        std::uint64_t block = 0;
        for (int i = 0; i < 8; ++i, number >>= 4) block = block << 8 | (0x61 + (number & 0xf));
        return block;
    }
    static bool is_plain(std::uint64_t block) {
        for (int i = 0; i < 8; ++i, block >>= 8) {
            auto const byte = block & 0xff;
            if (byte < 0x20 || byte >= 0x7f || byte == '"' || byte == '\\') return false;
        }
        return true;
    }
    std::uint64_t count_ = 0;
};

std::string as_map(std::vector<std::string> const& keys) {
    std::string text = "{";
    for (auto const& key : keys) text += (text.size() > 1 ? ",\"" : "\"") + key + "\":1";
    return text + "}";
}
std::string as_list(std::vector<std::string> const& items) {
    std::string text = "[";
    for (auto const& item : items) text += (text.size() > 1 ? ",\"" : "\"") + item + "\"";
    return text + "]";
}
std::vector<std::string> numbered(std::size_t count) {
    std::vector<std::string> all;
    for (std::size_t i = 0; i < count; ++i) all.push_back("key " + std::to_string(i * 7919));
    return all;
}

// Counts the comparisons of keys.
struct counting_equal {
    static inline std::size_t count = 0;
    bool operator()(std::string const& a, std::string const& b) const {
        ++count;
        return a == b;
    }
};
struct constant_hash {
    std::size_t operator()(std::string const&) const { return 7; }
};
using bad_map = std::unordered_map<std::string, int, constant_hash, counting_equal>;
using bad_set = std::unordered_set<std::string, constant_hash, counting_equal>;
using bad_multiset = std::unordered_multiset<std::string, constant_hash, counting_equal>;

struct tables {
    std::unordered_map<std::string, int> counts;
    std::unordered_set<std::string> names;
    std::vector<std::unordered_map<std::string, int>> many;
};
BOOST_DESCRIBE_STRUCT(tables, (), (counts, names, many))

template <class T>
parley::violation flooded(std::string const& text, parley::decode_options const& options = {}) {
    auto const read = from_json<T>(text, options);
    REQUIRE(!read);
    REQUIRE(read.error().violations.size() == 1);
    auto const& v = read.error().violations[0];
    CHECK(v.code == errc::limit_exceeded);
    CHECK(v.message == "more hash collisions than the limit allows");

    parley::decoder<T> decoder(options);
    for (std::size_t i = 0; i < text.size(); i += 1000) decoder.feed(std::string_view(text).substr(i, 1000));
    auto const in_chunks = decoder.finish();
    REQUIRE(!in_chunks);
    CHECK(in_chunks.error().violations == read.error().violations);
    return v;
}

} // namespace

TEST_CASE("decode: keys chosen for one bucket stop the decoder, with the path of the table") {
    chosen_texts chosen;
    std::vector<std::string> keys;
    while (keys.size() < 400) keys.push_back(chosen.next());
    if (std::hash<std::string>()(keys[0]) != std::hash<std::string>()(keys[1])) {
        MESSAGE("the keys were not chosen for this standard library");
        return;
    }
    auto const map = as_map(keys), list = as_list(keys);
    CHECK(flooded<tables>(R"({"counts":)" + map + R"(,"names":[],"many":[]})").path == "/counts");
    CHECK(flooded<tables>(R"({"counts":{},"names":)" + list + R"(,"many":[]})").path == "/names");
    // The limit applies to all tables of a text together.
    keys.resize(100);
    auto const shorter = as_map(keys);
    CHECK(from_json<tables>(R"({"counts":)" + shorter + R"(,"names":[],"many":[]})"));
    CHECK(flooded<tables>(R"({"counts":{},"names":[],"many":[)" + shorter + "," + shorter + "," + shorter + "]}").path
          == "/many/2");
}

TEST_CASE("decode: any number of ordinary keys is accepted") {
    auto const keys = numbered(200'000);
    parley::decode_options none;
    none.limits.collisions = 200; // tables of that size have a few collisions
    CHECK(from_json<std::unordered_map<std::string, int>>(as_map(keys), none).value().size() == keys.size());
    CHECK(from_json<std::unordered_set<std::string>>(as_list(keys), none).value().size() == keys.size());
}

TEST_CASE("decode: the limit of collisions is configurable") {
    auto const text = as_map(numbered(1000));
    CHECK(flooded<bad_map>(text).path == "");
    parley::decode_options more;
    more.limits.collisions = 1'000'000;
    CHECK(from_json<bad_map>(text, more).value().size() == 1000);
}

TEST_CASE("decode: the work is linear in the text for every hash function") {
    auto const keys = numbered(20'000);
    auto work = [&](auto read) {
        counting_equal::count = 0;
        read();
        return counting_equal::count;
    };
    // A map key searches its bucket three times, a set item twice. The limit counts one search, minus the first eight keys.
    std::size_t const bound = 3 * (10'000 + 8 * keys.size());
    CHECK(work([&] { flooded<bad_map>(as_map(keys)); }) < 2 * bound); // flooded() decodes twice
    CHECK(work([&] { flooded<bad_set>(as_list(keys)); }) < 2 * bound);
    CHECK(work([&] { flooded<bad_multiset>(as_list(keys)); }) < 2 * bound);
    // Few distinct keys, and many duplicates of the last one in the bucket.
    auto same = numbered(100);
    same.insert(same.end(), 20'000, same[0]);
    CHECK(work([&] { flooded<bad_map>(as_map(same)); }) < 2 * bound);
}

TEST_CASE("decode: equal items of a multiset do not count as collisions") {
    std::vector<std::string> const same(50'000, "same");
    CHECK(from_json<std::unordered_multiset<std::string>>(as_list(same)).value().size() == same.size());
}

TEST_SUITE_END();
