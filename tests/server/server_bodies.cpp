// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/server.hpp>

#include <support/bodies.hpp>

#include <doctest/doctest.h>

#include <string>
#include <utility>

TEST_SUITE_BEGIN("server");

using support::get_file;
using support::get_text;

namespace {

parley::http_request asking(std::string target) {
    parley::http_request request;
    request.method = "GET";
    request.target = std::move(target);
    return request;
}

} // namespace

TEST_CASE("router: a blob or string that is the whole body is moved from the handler's result") {
    char const* made = nullptr;
    parley::router<parley::operations<get_file, get_text>> const router{
        parley::handle<get_file>([&](get_file::input const&) {
            get_file::output output{"e", parley::blob{std::string(1000, 'f')}};
            made = output.content->bytes.data();
            return output;
        }),
        parley::handle<get_text>([&](get_text::input const&) {
            get_text::output output{std::string(1000, 't')};
            made = output.content.data();
            return output;
        })};
    for (auto const* target : {"/file", "/text"}) {
        CAPTURE(target);
        auto const response = router(asking(target));
        CHECK(response.status == 200);
        CHECK(response.body == std::string(1000, target[1]));
        CHECK(static_cast<void const*>(response.body.data()) == made);
    }
}

TEST_CASE("router: an lvalue output is not modified") {
    get_text::output const output{std::string(1000, 't')};
    auto const response = parley::rest_json::encode_response<get_text>(output);
    REQUIRE(response);
    CHECK(response->body == output.content);
    auto given = output;
    auto const* const text = given.content.data();
    auto const moved = parley::rest_json::encode_response<get_text>(std::move(given));
    REQUIRE(moved);
    CHECK(static_cast<void const*>(moved->body.data()) == text);
}

TEST_SUITE_END();
