// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/http/template.hpp>

#include <doctest/doctest.h>

TEST_SUITE_BEGIN("http");

using place = parley::template_place;

TEST_CASE("template: a request template is parsed at compile time") {
    constexpr std::string_view source =
        "PUT /a/{b}/c{d}.txt/{rest+}?x=1&flag&y={z}&*={map}\nhost: data-{acc}.*\nx-h: {h}\nx-m-*: {m}\n"
        "x-fixed: v w\n\n{body}";
    constexpr auto count = parley::detail::count_request_parts(source);
    constexpr auto t = parley::parse_request_template<count>(source);
    static_assert(t.method == "PUT");
    auto const check = [&](std::size_t i, place where, std::string_view name, std::string_view text, std::string_view member) {
        CAPTURE(i);
        CHECK(t.parts[i].place == where);
        CHECK(t.parts[i].name == name);
        CHECK(t.parts[i].text == text);
        CHECK(t.parts[i].member == member);
    };
    CHECK(t.parts.size() == 17);
    check(0, place::path_text, "", "/a/", "");
    check(1, place::path_label, "", "", "b");
    check(2, place::path_text, "", "/c", "");
    check(3, place::path_label, "", "", "d");
    check(4, place::path_text, "", ".txt/", "");
    check(5, place::path_greedy, "", "", "rest");
    check(6, place::query_text, "x", "1", "");
    check(7, place::query_text, "flag", "", "");
    check(8, place::query_member, "y", "", "z");
    check(9, place::query_map, "*", "", "map");
    check(10, place::host_text, "", "data-", "");
    check(11, place::host_label, "", "", "acc");
    check(12, place::host_text, "", ".", "");
    check(13, place::header_member, "x-h", "", "h");
    check(14, place::header_map, "x-m-", "", "m");
    check(15, place::header_text, "x-fixed", "v w", "");
    check(16, place::payload, "", "", "body");
}

TEST_CASE("template: the body {*} of a request") {
    constexpr std::string_view source = "GET /a\n\n{*}";
    constexpr auto count = parley::detail::count_request_parts(source);
    static_assert(count == 1 && parley::parse_request_template<count>(source).says_body);
    constexpr std::string_view without = "GET /a";
    static_assert(!parley::parse_request_template<parley::detail::count_request_parts(without)>(without).says_body);
}

TEST_CASE("template: the status of a response is a number or a member") {
    constexpr std::string_view text = "201\nx-v: {v}";
    constexpr auto count = parley::detail::count_response_parts(text);
    constexpr auto t = parley::parse_response_template<count>(text);
    static_assert(t.status == 201 && t.parts[0].member == "v");
    constexpr std::string_view dynamic = "{code}\n\n{body}";
    constexpr auto dynamic_count = parley::detail::count_response_parts(dynamic);
    constexpr auto d = parley::parse_response_template<dynamic_count>(dynamic);
    static_assert(d.parts[0].place == place::status && d.parts[1].place == place::payload);
}

TEST_SUITE_END();
