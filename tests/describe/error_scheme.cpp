// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/describe/error_scheme.hpp>

#include <parley/describe/operation.hpp>
#include <parley/describe/unit.hpp>
#include <parley/protocol/rest_json.hpp>

#include <boost/describe/class.hpp>
#include <doctest/doctest.h>

#include <string>
#include <utility>

namespace {

struct out_of_stock {
    std::string item;
};
BOOST_DESCRIBE_STRUCT(out_of_stock, (), (item))
constexpr auto parley_traits(out_of_stock const*) {
    return parley::traits(parley::http_error(409), parley::error_code("out-of-stock"));
}
struct closed {};
BOOST_DESCRIBE_STRUCT(closed, (), ())
constexpr auto parley_traits(closed const*) { return parley::traits(parley::http_error(503)); }

struct silent_service {};
struct code_service {
    static constexpr auto error_scheme = parley::errors_by_code_or_status();
};
struct aws_style_service {
    static constexpr auto error_scheme = parley::aws_errors();
};
struct status_service {
    static constexpr auto error_scheme = parley::errors_by_status();
};
struct member_service {
    static constexpr auto error_scheme = parley::errors_by_member("/error/code", "/error/text", "/error");
};
struct problem_service {
    static constexpr auto error_scheme = parley::problem_details();
};

template <class Service>
struct buy {
    using input = parley::unit;
    using output = parley::unit;
    using errors = parley::errors<out_of_stock, closed>;
    using service = Service;
    static constexpr auto http = parley::http("POST /orders");
};

/// What a client of the service makes of a response.
template <class Service>
std::string ending(int status, std::string body, parley::headers fields = {}) {
    parley::http_response const response{status, std::move(fields), std::move(body)};
    auto const read = parley::rest_json::decode_response<buy<Service>>(response);
    if (read) return "output";
    auto const& error = read.error();
    if (auto const* e = error.template get_if<out_of_stock>()) return "out of stock: " + e->item + "; " + error.message();
    if (error.template is<closed>()) return "closed";
    return error.template is<parley::undeclared_error>() ? "undeclared: " + error.code() : "undecodable";
}

parley::headers fields(std::string_view name, std::string_view value) {
    parley::headers all;
    all.set(name, value);
    return all;
}

} // namespace

TEST_SUITE_BEGIN("describe");

TEST_CASE("error_scheme: by code or status, which is the default") {
    CHECK(ending<code_service>(400, R"({"code":"out-of-stock","item":"pen","message":"sold"})") == "out of stock: pen; sold");
    CHECK(ending<code_service>(400, R"({"__type":"out-of-stock","item":"pen","message":"sold"})") == "out of stock: pen; sold");
    CHECK(ending<code_service>(400, R"({"item":"pen","message":"sold"})", fields("x-amzn-errortype", "out-of-stock"))
          == "out of stock: pen; sold");
    CHECK(ending<code_service>(503, "{}") == "closed");
    CHECK(ending<code_service>(400, R"({"code":"other"})") == "undeclared: other");
    CHECK(ending<silent_service>(503, "{}") == "closed");
    CHECK(ending<silent_service>(400, R"({"code":"out-of-stock","item":"pen","message":"sold"})") == "out of stock: pen; sold");
}

TEST_CASE("error_scheme: as AWS REST JSON services do, whatever the status") {
    CHECK(ending<aws_style_service>(500, R"({"item":"pen","message":"sold"})",
                                    fields("x-amzn-errortype", "out-of-stock:http://internal.amazon.com/"))
          == "out of stock: pen; sold");
    CHECK(ending<aws_style_service>(400, R"({"__type":"com.shop#out-of-stock","item":"pen","message":"sold"})")
          == "out of stock: pen; sold");
    CHECK(ending<aws_style_service>(503, "{}").starts_with("undeclared"));
}

TEST_CASE("error_scheme: by the status alone") {
    CHECK(ending<status_service>(409, R"({"code":"closed","item":"pen","message":"sold"})") == "out of stock: pen; sold");
    CHECK(ending<status_service>(503, R"({"code":"out-of-stock"})") == "closed");
    CHECK(ending<status_service>(400, R"({"code":"out-of-stock"})").starts_with("undeclared"));
}

TEST_CASE("error_scheme: by a member of the body") {
    CHECK(ending<member_service>(400, R"({"error":{"code":"out-of-stock","text":"sold","item":"pen"}})")
          == "out of stock: pen; sold");
    CHECK(ending<member_service>(400, R"({"error":{"code":"closed"}})") == "closed");
    CHECK(ending<member_service>(409, R"({"error":{"code":"other"}})") == "undeclared: other");
    CHECK(ending<member_service>(400, R"({"code":"closed"})") != "closed");
    constexpr auto scheme = parley::errors_by_member("/code");
    CHECK(scheme.message == "/message");
    CHECK(scheme.details == ""); // the whole body
}

TEST_CASE("error_scheme: problem details (RFC 9457, sections 3.1 and 4.2.1)") {
    CHECK(ending<problem_service>(400, R"({"type":"https://example.com/probs/out-of-stock","detail":"sold","item":"pen"})")
          == "out of stock: pen; sold");
    CHECK(ending<problem_service>(400, R"({"type":"https://example.com/probs/out-of-stock","title":"gone","item":"pen"})")
          == "out of stock: pen; gone");
    // "about:blank", and its absence, mean the status.
    CHECK(ending<problem_service>(409, R"({"type":"about:blank","title":"Conflict","item":"pen"})")
          == "out of stock: pen; Conflict");
    CHECK(ending<problem_service>(503, R"({"title":"Service Unavailable"})") == "closed");
}

TEST_SUITE_END();
