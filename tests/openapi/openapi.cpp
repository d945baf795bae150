// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// The expected documents are written by hand from OpenAPI 3.1. tests/openapi/validation/run validates the documents of whole services.
#include <parley/openapi/openapi.hpp>

#include <support/everywhere.hpp>
#include <support/garden.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <doctest/doctest.h>

#include <optional>
#include <string>

TEST_SUITE_BEGIN("openapi");

namespace {

namespace json = boost::json;

std::string text(json::value const& v) { return json::serialize(v); }

struct gone {
    std::string message;
};
BOOST_DESCRIBE_STRUCT(gone, (), (message))
constexpr auto parley_traits(gone const*) { return parley::traits(parley::http_error(404)); }
struct moved {
    std::string message;
    std::string to;
};
BOOST_DESCRIBE_STRUCT(moved, (), (message, to))
constexpr auto parley_traits(moved const*) { return parley::traits(parley::http_error("404\nlocation: {to}")); }

struct get_note {
    struct input {
        parley::required<std::string> id;
        std::optional<int> page{};
    };
    struct output {
        std::string text;
    };
    using errors = parley::errors<gone, moved>;
    static constexpr auto http = parley::http("GET /notes/{id}?page={page}");
};
BOOST_DESCRIBE_STRUCT(get_note::input, (), (id, page))
BOOST_DESCRIBE_STRUCT(get_note::output, (), (text))
constexpr auto parley_traits(get_note::input const*) {
    return parley::traits(parley::on("page", parley::range(1, 9), parley::defaulted("1")));
}

struct put_note {
    struct input {
        parley::required<std::string> key;
        std::string text;
        std::string secret;
    };
    using output = parley::unit;
    static constexpr auto http = parley::http("PUT /notes/{key}", "204");
};
BOOST_DESCRIBE_STRUCT(put_note::input, (), (key, text, secret))
constexpr auto parley_traits(put_note::input const*) { return parley::traits(parley::on("secret", parley::sensitive())); }

// Two operations with the same path and method.
struct water {
    using input = parley::unit;
    using output = parley::unit;
    static constexpr auto http = parley::http("POST /water");
};
struct water_warm {
    using input = parley::unit;
    using output = parley::unit;
    static constexpr auto http = parley::http("POST /water?warm");
};

// The same errors in three error schemes.
template <class Service>
struct ask {
    struct input {};
    using output = parley::unit;
    using errors = parley::errors<gone>;
    using service = Service;
    static constexpr std::string_view name = "ask";
    static constexpr auto http = parley::http("POST /ask");
};
struct by_member {
    static constexpr auto error_scheme = parley::errors_by_member("/error/code", "/error/text", "/error");
};
struct by_problem {
    static constexpr auto error_scheme = parley::problem_details();
};
struct by_target {
    using protocol = parley::aws_json_1_1;
    static constexpr parley::aws_service aws{.signing_name = "notes", .version = "2020-01-01", .target_prefix = "Notes_2020"};
};
BOOST_DESCRIBE_STRUCT(ask<by_member>::input, (), ())
BOOST_DESCRIBE_STRUCT(ask<by_problem>::input, (), ())
BOOST_DESCRIBE_STRUCT(ask<by_target>::input, (), ())

template <class Op>
json::value error_schema() {
    auto const document = json::parse(parley::openapi<parley::operations<Op>>());
    auto const& paths = document.at("paths").as_object();
    auto const& content = paths.begin()->value().at("post").at("responses").at("404").at("content").as_object();
    return content.begin()->value().at("schema");
}

} // namespace

TEST_CASE("openapi: a complete document") {
    using notes = parley::operations<get_note, put_note>;
    CHECK(
        parley::openapi<notes>(
            {.title = "Notes", .version = "2", .description = "*Notes*.", .servers = {"https://n.example.com"}})
        == R"({"openapi":"3.1.0","info":{"title":"Notes","version":"2","description":"*Notes*."},"servers":[{"url":"https://n.example.com"}],)"
           R"("paths":{"/notes/{id}":{"get":{"operationId":"get_note","parameters":[)"
           R"({"name":"id","in":"path","required":true,"schema":{"type":"string"}},)"
           R"({"name":"page","in":"query","schema":{"type":"integer","format":"int32","minimum":1,"maximum":9,"default":1}}],)"
           R"("responses":{"200":{"description":"The output of get_note.","content":{"application/json":{"schema":)"
           R"({"$ref":"#/components/schemas/get_note.output"}}}},"404":{"description":"gone, moved","headers":)"
           R"({"X-Amzn-Errortype":{"schema":{"type":"string","enum":["gone","moved"]}},)"
           R"("location":{"required":true,"schema":{"type":"string"}}},"content":{"application/json":{"schema":{"anyOf":[)"
           R"({"$ref":"#/components/schemas/gone"},{"type":"object","properties":{"message":{"type":"string"}},"required":["message"]}]}}}}}},)"
           // The label has the name of the first operation with the path.
           R"("put":{"operationId":"put_note","parameters":[{"name":"id","in":"path","required":true,"schema":{"type":"string"}}],)"
           R"("requestBody":{"content":{"application/json":{"schema":{"type":"object","properties":{"text":{"type":"string"},)"
           R"("secret":{"type":"string","format":"password"}},"required":["text","secret"]}}},"required":true},)"
           R"("responses":{"204":{"description":"There is no body."}}}}},)"
           R"("components":{"schemas":{"get_note.output":{"type":"object","properties":{"text":{"type":"string"}},"required":["text"]},)"
           R"("gone":{"type":"object","properties":{"message":{"type":"string"}},"required":["message"]}}}})");
}

TEST_CASE("openapi: errors follow the error scheme of the service") {
    CHECK(text(error_schema<ask<by_member>>())
          == R"({"allOf":[{"type":"object","properties":{"error":{"$ref":"#/components/schemas/gone"}},"required":["error"]},)"
             R"({"type":"object","properties":{"error":{"type":"object","properties":{"code":{"type":"string","const":"gone"}},)"
             R"("required":["code"]}},"required":["error"]},)"
             R"({"type":"object","properties":{"error":{"type":"object","properties":{"text":{"type":"string"}}}}}]})");
    CHECK(text(error_schema<ask<by_problem>>())
          == R"({"allOf":[{"$ref":"#/components/schemas/gone"},)"
             R"({"type":"object","properties":{"type":{"type":"string","const":"gone"}},"required":["type"]},)"
             R"({"type":"object","properties":{"status":{"type":"integer","const":404}},"required":["status"]},)"
             R"({"type":"object","properties":{"detail":{"type":"string"}}}]})");
    CHECK(
        text(error_schema<ask<by_target>>())
        == R"({"allOf":[{"$ref":"#/components/schemas/gone"},)"
           R"=({"type":"object","properties":{"__type":{"type":"string","pattern":"(^|#)gone(:|$)"}},"required":["__type"]}]})=");
}

TEST_CASE("openapi: RPC operations have fragments in their paths; signatures are a security scheme") {
    auto const document = json::parse(parley::openapi<parley::operations<ask<by_target>>>());
    auto const& operation = document.at("paths").at("/#X-Amz-Target=Notes_2020.ask").at("post");
    CHECK(text(operation.at("parameters"))
          == R"([{"name":"X-Amz-Target","in":"header","required":true,"schema":{"type":"string","const":"Notes_2020.ask"}}])");
    CHECK(operation.at("requestBody").at("content").as_object().contains("application/x-amz-json-1.1"));
    CHECK(document.at("info").at("version") == "2020-01-01");
    CHECK(text(document.at("security")) == R"([{"sigv4":[]}])");
    CHECK(document.at("components").at("securitySchemes").at("sigv4").at("type") == "apiKey");
}

TEST_CASE("openapi: parameters in all places") {
    auto const document = json::parse(parley::openapi<everywhere::service>({.servers = {"https://example.com"}}));
    CHECK(document.at("info").at("title") == "service");
    auto const& find = document.at("paths").at("/find/{name}/{id}/x{flag}-{ratio}.y/{at}/{paint}/{rest}/end").at("get");
    auto const parameter = [&](std::string_view name) -> std::string {
        for (auto const& each : find.at("parameters").as_array()) {
            if (each.at("name").as_string() == name) return text(each);
        }
        return "there is none";
    };
    CHECK(parameter("at") == R"({"name":"at","in":"path","required":true,"schema":{"type":"string","format":"date-time"}})");
    CHECK(parameter("kind") == R"({"name":"kind","in":"query","required":true,"schema":{"type":"string","const":"all"}})");
    CHECK(parameter("find") == R"({"name":"find","in":"query","required":true,"schema":{"type":"string","const":""}})");
    CHECK(parameter("until") == R"({"name":"until","in":"query","schema":{"type":"number","format":"epoch-seconds"}})");
    CHECK(
        parameter("colors")
        == R"({"name":"colors","in":"query","schema":{"type":"array","items":{"$ref":"#/components/schemas/color"},"uniqueItems":true}})");
    // An empty list has no representation in a query.
    CHECK(parameter("tags")
          == R"({"name":"tags","in":"query","schema":{"type":"array","items":{"type":"string"},"maxItems":2}})");
    CHECK(text(find.at("servers")) == R"([{"url":"https://{zone}.data-example.com","variables":{"zone":{"default":"zone"}}}])");
    auto const& found = find.at("responses").at("2XX").at("headers");
    CHECK(text(found.at("x-at")) == R"({"schema":{"type":"string","format":"http-date"}})");
    CHECK(text(found.at("x-bytes")) == R"({"schema":{"type":"string","contentEncoding":"base64"}})");
    CHECK(text(found.at("x-essay"))
          == R"({"schema":{"type":"string","contentEncoding":"base64","contentMediaType":"text/markdown"}})");
    CHECK(found.as_object().contains("x-more-*"));
    auto const& send = document.at("paths").at("/bytes").at("put");
    CHECK(text(send.at("requestBody")) == R"({"content":{"*/*":{}},"required":true})");
    CHECK(text(document.at("paths").at("/anything").at("post").at("requestBody"))
          == R"({"content":{"application/json":{"schema":{}}},"required":true})");
}

TEST_CASE("openapi: two operations with the same method and path are both in the document") {
    auto const document = json::parse(parley::openapi<parley::operations<water, water_warm>>());
    CHECK(document.at("paths").at("/water").at("post").at("operationId") == "water");
    CHECK(document.at("paths").at("/water#water_warm").at("post").at("operationId") == "water_warm");
}

TEST_SUITE_END();
