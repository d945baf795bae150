// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// Fails each allocation in turn. The operation ends with std::bad_alloc, and everything constructed so far is destroyed. Uses the
// operators new of memory.cpp; AddressSanitizer finds leaks.
#include <parley/json.hpp>
#include <parley/json/decoder.hpp>
#include <parley/json/document.hpp>

#include <support/failing_allocations.hpp>
#include <support/types.hpp>

#include <boost/describe.hpp>

#include <doctest/doctest.h>

#include <deque>
#include <map>
#include <memory_resource>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

TEST_SUITE_BEGIN("json");

namespace {

struct pmr_kinds {
    std::pmr::string text;
    std::optional<std::pmr::string> maybe;
    std::pmr::vector<std::pmr::string> list;
    std::pmr::deque<std::pmr::string> queue;
    std::pmr::map<std::pmr::string, std::pmr::vector<int>> map;
    std::pmr::unordered_map<std::pmr::string, int> table;
    std::pmr::set<std::pmr::string> set;
    std::pmr::vector<std::byte> bytes;
};
BOOST_DESCRIBE_STRUCT(pmr_kinds, (), (text, maybe, list, queue, map, table, set, bytes))

// A member of every kind.
struct all_kinds {
    types::everything most;
    std::optional<std::string> text;
    std::unordered_set<std::string> set;
    std::unordered_map<std::string, std::vector<std::string>> map;
    std::map<parley::open_enum<types::color>, std::string> by_color;
    parley::document document;
    boost::json::value value;
    types::open_figure unknown;
    std::vector<types::figure> figures;
    parley::required<std::string> required{""};
    std::optional<parley::box<std::vector<std::string>>> boxed;
    std::vector<std::byte> bytes;
    pmr_kinds pmr;
    std::vector<std::string> checked;
};
BOOST_DESCRIBE_STRUCT(all_kinds, (),
                      (most, text, set, map, by_color, document, value, unknown, figures, required, boxed, bytes, pmr, checked))
constexpr auto parley_traits(all_kinds const*) {
    return parley::traits(parley::on("checked", parley::unique_items(), parley::each(parley::pattern("^(a+b?)*-.{3,40}$"))));
}

constexpr auto rest =
    R"("text":"a text that is too long to be in the string","set":["one of many items that are long","\u0061nother of them, also long"],)"
    R"("map":{"a key that is longer than the string":["a value that is longer than the string"],"k":[]},)"
    R"("by_color":{"a color that nobody knows, of a long name":"and a long text of it"},)"
    R"("document":{"free":["form",1.5,true,null,"and a text that is long enough to be"]},)"
    R"("value":{"free":["form",1.5,true,null,"and a text that is long enough to be"]},)"
    R"("unknown":{"circle":{"radius":2}},"figures":[{"text":"long enough to be outside of it"},{"circle":{"radius":1}},{"square":2}],)"
    R"("required":"it has to be here, and it is a long one","boxed":["in a box there is a long text, too"],"bytes":"AAECAwQFBgcICQoLDA0ODxAREhMUFQ==",)"
    R"("pmr":{"text":"a text that is too long to be in the string","maybe":"a text that is too long to be in the string",)"
    R"("list":["a text that is too long to be in the string"],"queue":["a text that is too long to be in the string"],)"
    R"("map":{"a key that is longer than the string":[1,2,3]},"table":{"a key that is longer than the string":1},)"
    R"("set":["one of many items that are long"],"bytes":"AAECAwQFBgcICQoLDA0ODxAREhMUFQ=="},)"
    R"("checked":["aab-a long text of more characters","ab-another text of more characters"],"of no use":[{"a":["\n"]}]})";

std::string good_text() { return R"({"most":)" + std::string(types::sample_text) + "," + rest; }

// Has many kinds of errors, and duplicate members.
std::string bad_text() {
    std::string text =
        R"({"most":{"i8":1000,"text":"\u0061","bytes":"?","when":"x","paint":"violet","numbers":["x"],"unique":[1,1],"places":{"a key that is long, longer than a string":{"x":"a","x":1}},)"
        R"("boxed":{},"shape":{"oval":1},"plant":{"children":[{}]}},"map":{"k":{}},"unknown":{"a long name of a member that is not known":1},)"
        R"("figures":[{},{"text":1,"square":2}],"checked":["aaa","aaa","\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"],"pmr":7,"pmr":{"list":[1,"a text that is too long to be in it"]},)"
        R"("value":1e999,"document":[1e9]})";
    return text;
}

// Runs `work` with the first allocation failing, then the second, and so on until none fails. Returns the number of failures.
template <class Work>
std::size_t fail_each(Work work) {
    for (std::size_t point = 0;; ++point) {
        allocations::failing fail(point + 1);
        try {
            work();
        } catch (std::bad_alloc const&) { continue; }
        // The failure must not be swallowed.
        REQUIRE(!fail.hit());
        return point;
    }
}

template <class T>
void feed_all(parley::decoder<T>& decoder, std::string_view text, std::size_t size) {
    for (std::size_t i = 0; i < text.size(); i += size) {
        if (!decoder.feed(text.substr(i, size))) return;
    }
}

} // namespace

TEST_CASE("decode: every failing allocation is reported as std::bad_alloc") {
    std::size_t points = 0;
    for (auto const& text : {good_text(), bad_text(), good_text().substr(0, 900)}) {
        for (auto const how : {parley::strictness::strict, parley::strictness::lenient, parley::strictness::compatible}) {
            for (bool const own_memory : {false, true}) {
                std::pmr::memory_resource* const memory = own_memory ? std::pmr::new_delete_resource() : nullptr;
                std::optional<bool> same;
                points += fail_each([&] {
                    parley::decode_options const options{.strictness = how, .memory = memory};
                    same = parley::from_json<all_kinds>(text, options).has_value();
                });
                parley::decode_options const options{.strictness = how, .memory = memory};
                CHECK(same == parley::from_json<all_kinds>(text, options).has_value());
                for (std::size_t const size : {7U, 1000U}) {
                    points += fail_each([&] {
                        parley::decoder<all_kinds> decoder(options);
                        feed_all(decoder, text, size);
                        same = decoder.finish().has_value();
                    });
                    CHECK(same == parley::from_json<all_kinds>(text, options).has_value());
                }
            }
        }
    }
    MESSAGE("reading: " << points << " points");
    CHECK(points > 1000);
}

TEST_CASE("decoder: feed and finish may be called after std::bad_alloc") {
    auto const text = good_text();
    std::size_t points = 0;
    for (bool more = true; more; ++points) {
        parley::decoder<all_kinds> decoder;
        {
            allocations::failing fail(points + 1);
            try {
                feed_all(decoder, text, 50);
            } catch (std::bad_alloc const&) {}
            more = fail.hit();
        }
        decoder.feed("]");
        auto const read = decoder.finish();
        CHECK(!read);
    }
    MESSAGE("feeding: " << points << " points");
}

TEST_CASE("encode: every failing allocation is reported as std::bad_alloc") {
    auto const value = parley::from_json<all_kinds>(good_text()).value();
    auto invalid = parley::from_json<all_kinds>(good_text()).value();
    invalid.most.text = "\xff";
    invalid.most.paint = static_cast<types::color>(9);
    invalid.unknown = parley::unknown_member{"x"};
    invalid.document.json = "[";
    invalid.checked = {"a", "a"};
    invalid.map["\xff"] = {"\xff"};
    std::size_t points = 0;
    // CHECK would catch the exception, so `work` runs outside of it.
    auto const check = [&points](bool expected, auto work) {
        bool is = !expected;
        points += fail_each([&] { is = work(); });
        CHECK(is == expected);
    };
    check(true, [&] { return parley::to_json(value).has_value(); });
    check(false, [&] { return parley::to_json(invalid).has_value(); });
    check(false, [&] { return parley::validate(value).has_value(); });
    check(true, [&] { return parley::validate(invalid).has_value(); });
    check(false, [&] { return parley::validate(invalid)->message().empty(); });
    MESSAGE("writing: " << points << " points");
    CHECK(points > 50);
}

TEST_SUITE_END();
