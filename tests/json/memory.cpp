// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// The memory of parsed strings and containers: the parsed text, or the user's memory resource.
#include <parley/json.hpp>
#include <parley/json/decoder.hpp>

#include <support/allocations.hpp>

#include <boost/describe/class.hpp>

#include <doctest/doctest.h>

#include <array>
#include <chrono>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

TEST_SUITE_BEGIN("json");

using parley::errc;
using parley::from_json;

namespace {

using milliseconds = std::chrono::sys_time<std::chrono::milliseconds>;

struct job {
    std::string_view jobId{};
    std::string_view jobName{};
    std::string_view jobStatus{};
    std::optional<milliseconds> endedAt{};
    std::optional<std::string_view> message{};
};
BOOST_DESCRIBE_STRUCT(job, (), (jobId, jobName, jobStatus, endedAt, message))
constexpr auto parley_traits(job const*) {
    return parley::traits(parley::on("jobId", parley::length(1, 32), parley::pattern("^[0-9a-z]+$")));
}

struct response {
    job jobProperties{};
};
BOOST_DESCRIBE_STRUCT(response, (), (jobProperties))

struct owned_job {
    std::pmr::string id{};
    std::optional<std::pmr::string> message{};
    std::pmr::vector<std::pmr::string> tags{};
    std::pmr::map<std::pmr::string, std::pmr::vector<int>> counts{};
    std::pmr::set<std::pmr::string> names{};
    std::pmr::vector<std::byte> bytes{};
};
BOOST_DESCRIBE_STRUCT(owned_job, (), (id, message, tags, counts, names, bytes))
struct page {
    std::pmr::vector<owned_job> jobs{};
};
BOOST_DESCRIBE_STRUCT(page, (), (jobs))

struct growing_item {
    std::string name{};
};
BOOST_DESCRIBE_STRUCT(growing_item, (), (name))
struct growing_page {
    std::deque<growing_item> items{}; // a deque does not move its items when it grows
};
BOOST_DESCRIBE_STRUCT(growing_page, (), (items))

struct bytes {
    std::span<std::byte const> data{};
    std::optional<std::map<std::string_view, std::string_view>> names{};
};
BOOST_DESCRIBE_STRUCT(bytes, (), (data, names))

constexpr std::string_view text =
    R"({"jobProperties":{"jobId":"a4c123b1612dd272d1371c17149d4395","jobName":"nightly-dicom-import-17",)"
    R"("jobStatus":"COMPLETED","endedAt":1699911234.123,"message":"Import completed: 128 of 128 files"}})";

} // namespace

TEST_CASE("decode: a struct of views is parsed without allocations") {
    auto const before = allocations::count;
    auto const read = from_json<response>(text);
    CHECK(allocations::count == before);
    REQUIRE(read);
    auto const& id = read->jobProperties.jobId;
    CHECK(id == "a4c123b1612dd272d1371c17149d4395");
    CHECK((id.data() > text.data() && id.data() < text.data() + text.size()));
    CHECK(*read->jobProperties.message == "Import completed: 128 of 128 files");
    CHECK(parley::to_json(*read).value() == text);
}

TEST_CASE("decode: views are checked as strings are") {
    auto const read = from_json<job>(R"({"jobId":"A","jobName":"","jobStatus":""})");
    REQUIRE(!read);
    CHECK(read.error().violations.at(0).code == errc::pattern_mismatch);
    CHECK(read.error().violations.at(0).path == "/jobId");
    CHECK(from_json<job>(R"({"jobId":1})").error().violations.at(0).code == errc::invalid_type);
    CHECK(from_json<job>("{\"jobId\":\"\xff\"}").error().violations.at(0).code == errc::invalid_utf8);
}

TEST_CASE("decode: a view of a string with an escape refers to the user's memory") {
    constexpr std::string_view escaped = R"({"jobId":"a","jobName":"line\nbreak","jobStatus":"\u00e9","message":"M\u00fcnchen"})";
    auto const refused = from_json<job>(escaped);
    REQUIRE(!refused);
    REQUIRE(refused.error().violations.size() == 3);
    CHECK(refused.error().violations[0].path == "/jobName");
    CHECK(refused.error().violations[0].offset == 23);
    CHECK(refused.error().violations[0].message.find("decode_options::memory") != std::string::npos);

    std::pmr::monotonic_buffer_resource memory;
    auto const read = from_json<job>(escaped, {.memory = &memory});
    REQUIRE(read);
    CHECK(read->jobName == "line\nbreak");
    CHECK(read->jobStatus == "\u00e9");
    CHECK(*read->message == "M\u00fcnchen");
    CHECK((read->jobId.data() > escaped.data() && read->jobId.data() < escaped.data() + escaped.size()));
}

TEST_CASE("decode: bytes and map keys can be views") {
    constexpr std::string_view json = R"({"data":"AP8=","names":{"a":"b","c\\d":""}})";
    CHECK(from_json<bytes>(json).error().violations.size() == 2);
    std::pmr::monotonic_buffer_resource memory;
    auto const read = from_json<bytes>(json, {.memory = &memory});
    REQUIRE(read);
    REQUIRE(read->data.size() == 2);
    CHECK(read->data[1] == std::byte(0xff));
    CHECK(*read->names == std::map<std::string_view, std::string_view>{{"a", "b"}, {"c\\d", ""}});
    CHECK(parley::to_json(*read).value() == json);
    CHECK(from_json<bytes>(R"({"data":"AP8"})", {.memory = &memory}).error().violations.at(0).message == "invalid base64");
}

TEST_CASE("decode: nested std::pmr containers use the user's memory") {
    constexpr std::string_view json =
        R"({"jobs":[{"id":"an id that does not fit into the string itself","message":"one more that does not fit into it",)"
        R"("tags":["a tag that does not fit into the string itself","x"],)"
        R"("counts":{"a name that does not fit into the string itself":[1,2]},)"
        R"("names":["a name that does not fit into the string itself"],"bytes":"AP8="},)"
        R"({"id":"","tags":[],"counts":{},"names":[],"bytes":""}]})";
    std::array<std::byte, 8192> buffer;
    std::pmr::monotonic_buffer_resource memory(buffer.data(), buffer.size(), std::pmr::null_memory_resource());
    auto const allocated_before = allocations::count;
    auto const read = from_json<page>(json, {.memory = &memory});
    CHECK(allocations::count == allocated_before + 1); // set items are constructed outside of the set
    REQUIRE(read);
    REQUIRE(read->jobs.size() == 2);
    auto const& first = read->jobs[0];
    CHECK(first.id.get_allocator().resource() == &memory);
    CHECK(first.message->get_allocator().resource() == &memory);
    CHECK(first.tags[0].get_allocator().resource() == &memory);
    CHECK(first.counts.begin()->first.get_allocator().resource() == &memory);
    CHECK(first.counts.begin()->second.get_allocator().resource() == &memory);
    CHECK(first.names.begin()->get_allocator().resource() == &memory);
    CHECK(first.bytes == std::pmr::vector<std::byte>{std::byte(0), std::byte(0xff)});
    CHECK(parley::to_json(*read).value() == json);

    auto const usual = from_json<page>(json);
    REQUIRE(usual);
    CHECK(parley::to_json(*usual).value() == json);
}

TEST_CASE("decode: the last of duplicate members wins in the user's memory") {
    std::pmr::monotonic_buffer_resource memory;
    auto const read = from_json<owned_job>(
        R"({"id":"a","id":"b","tags":["x"],"tags":["y"],"counts":{"a":[1],"a":[2]},"names":[],"bytes":""})", {.memory = &memory});
    REQUIRE(read);
    CHECK(read->id == "b");
    CHECK(read->tags == std::pmr::vector<std::pmr::string>{"y"});
    CHECK(read->counts.begin()->second == std::pmr::vector<int>{2});
    CHECK(read->tags.get_allocator().resource() == &memory);
}

TEST_CASE("decoder: the memory beyond the value does not grow with the text") {
    constexpr std::ptrdiff_t chunk = 16 * 1024;
    auto const beyond = [](std::size_t items) {
        std::string long_text = "{\"items\":[";
        for (std::size_t i = 0; i < items; ++i)
            long_text.append(i ? "," : "").append(R"({"name":"an item that is quite like the others"})");
        long_text += "]}";
        auto const before = allocations::live;
        allocations::peak = before;
        parley::decoder<growing_page> decoder;
        for (std::size_t at = 0; at < long_text.size(); at += chunk)
            REQUIRE(decoder.feed(std::string_view(long_text).substr(at, chunk)));
        auto const read = decoder.finish();
        REQUIRE(read);
        CHECK(read->items.size() == items);
        CHECK(allocations::live - before > static_cast<std::ptrdiff_t>(long_text.size())); // the value itself
        return allocations::peak - allocations::live;
    };
    // An incomplete token followed by the next chunk, in a string whose capacity doubled.
    CHECK(beyond(2'000) < 3 * chunk);
    CHECK(beyond(60'000) < 3 * chunk);
}

TEST_SUITE_END();
