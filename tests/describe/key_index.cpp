// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/describe/key_index.hpp>

#include <doctest/doctest.h>

#include <array>
#include <string>

TEST_SUITE_BEGIN("describe");

namespace {

template <std::size_t Count>
void check_all(std::array<std::string_view, Count> const& names, parley::detail::key_index const& index) {
    for (std::size_t i = 0; i < Count; ++i) {
        CHECK(index.candidate(names[i]) == i);
        // An equal text at another address is the same name.
        CHECK(index.candidate(std::string(names[i])) == i);
    }
}

constexpr std::array<std::string_view, 10> job{"jobId",   "jobName",     "jobStatus",  "datastoreId", "dataAccessRoleArn",
                                               "endedAt", "submittedAt", "inputS3Uri", "outputS3Uri", "message"};
constexpr auto job_table = parley::detail::make_key_table(job);

// Equal length, equal first and last eight characters.
constexpr std::array<std::string_view, 3> alike{"aaaaaaaa-x-bbbbbbbb", "aaaaaaaa-y-bbbbbbbb", "aaaaaaaa-z-bbbbbbbb"};
constexpr auto alike_table = parley::detail::make_key_table(alike);

constexpr std::array<std::string_view, 4> small{"", "a", "ab", "ba"};
constexpr auto small_table = parley::detail::make_key_table(small);

constexpr auto many = [] {
    std::array<std::array<char, 4>, 64> all{};
    for (std::size_t i = 0; i < 64; ++i) all[i] = {'m', static_cast<char>('a' + i / 8), '_', static_cast<char>('a' + i % 8)};
    return all;
}();
constexpr auto many_names = [] {
    std::array<std::string_view, 64> all{};
    for (std::size_t i = 0; i < 64; ++i) all[i] = {many[i].data(), 4};
    return all;
}();
constexpr auto many_table = parley::detail::make_key_table(many_names);

} // namespace

TEST_CASE("key_index: each name has its own slot") {
    check_all(job, job_table.index());
    check_all(small, small_table.index());
    check_all(many_names, many_table.index());
}

TEST_CASE("key_index: names that agree in length, head and tail are distinguished") {
    static_assert(alike_table.whole);
    check_all(alike, alike_table.index());
}

TEST_CASE("key_index: duplicate names are detected") {
    static_assert(parley::detail::make_key_table(std::array<std::string_view, 2>{"a", "a"}).duplicate);
}

TEST_CASE("key_index: a text with the length of no name is not found") {
    for (std::size_t size = 3; size < 64; ++size)
        CHECK(small_table.index().candidate(std::string(size, 'b')) == parley::detail::key_index::none);
    CHECK(job_table.index().candidate("__type") == parley::detail::key_index::none);
}

TEST_CASE("key_index: an empty index finds nothing") {
    CHECK(parley::detail::key_index{}.candidate("a") == parley::detail::key_index::none);
}

TEST_SUITE_END();
