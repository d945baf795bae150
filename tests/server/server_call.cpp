// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/server/server_call.hpp>

#include <parley/describe/aws_service.hpp>
#include <parley/describe/unit.hpp>
#include <parley/server/router.hpp>

#include <boost/describe.hpp>
#include <doctest/doctest.h>

#include <optional>
#include <string>
#include <vector>

TEST_SUITE_BEGIN("server");

// The service determines the form of the router's own errors.

namespace {

template <class Service>
struct ping {
    struct input {
        parley::required<std::string> name;
    };
    using output = parley::unit;
    using service = Service;
    static constexpr auto http = parley::http("POST /ping");
    static constexpr std::string_view name = "Ping";
};

// The ValidationException of Smithy.
struct field {
    std::string path, message;
};
BOOST_DESCRIBE_STRUCT(field, (), (path, message))
struct smithy_exception {
    std::string message;
    std::optional<std::vector<field>> fieldList{};
};
BOOST_DESCRIBE_STRUCT(smithy_exception, (), (message, fieldList))
constexpr auto parley_traits(smithy_exception const*) {
    return parley::traits(parley::http_error(400), parley::error_code("ValidationException"));
}

// The ValidationException of AWS HealthImaging.
struct plain_exception {
    std::string message;
};
BOOST_DESCRIBE_STRUCT(plain_exception, (), (message))
constexpr auto parley_traits(plain_exception const*) {
    return parley::traits(parley::http_error(422), parley::error_code("ValidationException"));
}

// The ValidationException of many AWS services.
enum class reason { UNKNOWN_OPERATION, FIELD_VALIDATION_FAILED };
BOOST_DESCRIBE_ENUM(reason, UNKNOWN_OPERATION, FIELD_VALIDATION_FAILED)
struct named_field {
    std::string name, message;
};
BOOST_DESCRIBE_STRUCT(named_field, (), (name, message))
struct reasoned_exception {
    std::string Message;
    parley::open_enum<reason> why;
    std::vector<named_field> fields;
};
BOOST_DESCRIBE_STRUCT(reasoned_exception, (), (Message, why, fields))
constexpr auto parley_traits(reasoned_exception const*) {
    return parley::traits(parley::http_error(400), parley::error_code("ValidationException"));
}

struct smithy_service {
    using errors = parley::errors<smithy_exception>;
};
struct plain_service {
    using errors = parley::errors<plain_exception>;
};
struct reasoned_service {
    using errors = parley::errors<reasoned_exception>;
};
struct bare_service {};
struct member_service {
    static constexpr auto error_scheme = parley::errors_by_member("/error/code", "/error/text", "/error");
};
struct problem_service {
    static constexpr auto error_scheme = parley::problem_details();
};
struct status_service {
    static constexpr auto error_scheme = parley::errors_by_status();
};
struct rpc_service {
    using protocol = parley::aws_json_1_0;
    static constexpr parley::aws_service aws{.target_prefix = "Svc", .shape_namespace = "com.example"};
};

#define PARLEY_TEST_DESCRIBE(SERVICE) BOOST_DESCRIBE_STRUCT(ping<SERVICE>::input, (), (name))
PARLEY_TEST_DESCRIBE(smithy_service)
PARLEY_TEST_DESCRIBE(plain_service)
PARLEY_TEST_DESCRIBE(reasoned_service)
PARLEY_TEST_DESCRIBE(bare_service)
PARLEY_TEST_DESCRIBE(member_service)
PARLEY_TEST_DESCRIBE(problem_service)
PARLEY_TEST_DESCRIBE(status_service)
PARLEY_TEST_DESCRIBE(rpc_service)

template <class Service>
parley::http_response answer(std::string body, std::string path = "/ping", std::string type = "application/json") {
    parley::router<parley::operations<ping<Service>>> const router{
        parley::handle<ping<Service>>([](typename ping<Service>::input const&) {})};
    parley::http_request request;
    request.method = "POST";
    request.target = std::move(path);
    request.fields = {{"content-type", std::move(type)}, {"x-amz-target", "Svc.Ping"}};
    request.body = std::move(body);
    return router(request);
}

std::string const missing = "Value at '/name' failed to satisfy constraint: Member must not be null";
std::string const summary = "1 validation error detected. " + missing;

} // namespace

TEST_CASE("server_call: the members of the service's ValidationException are assigned") {
    auto const smithy = answer<smithy_service>("{}");
    CHECK(smithy.body == R"({"message":")" + summary + R"(","fieldList":[{"path":"/name","message":")" + missing + R"("}]})");
    CHECK(answer<bare_service>("{}").body == smithy.body);
    auto const plain = answer<plain_service>("{}");
    CHECK(plain.status == 422);
    CHECK(plain.fields.find("x-amzn-errortype") == "ValidationException");
    CHECK(plain.body == R"({"message":")" + summary + "\"}");
    CHECK(answer<reasoned_service>("{}").body
          == R"({"Message":")" + summary + R"(","why":"FIELD_VALIDATION_FAILED","fields":[{"name":"/name","message":")" + missing
                 + R"("}]})");
}

TEST_CASE("server_call: errors of the router follow the error scheme of the service") {
    auto const member = answer<member_service>("{}", "/nowhere");
    CHECK(member.status == 404);
    CHECK(!member.fields.contains("x-amzn-errortype"));
    CHECK(member.body == R"({"error":{"code":"UnknownOperationException","text":"unknown operation"}})");
    auto const problem = answer<problem_service>("{}", "/nowhere");
    CHECK(problem.fields.find("content-type") == "application/problem+json");
    CHECK(problem.body == R"({"type":"UnknownOperationException","status":404,"detail":"unknown operation"})");
    CHECK(answer<status_service>("{}", "/nowhere").body == R"({"message":"unknown operation"})");
    CHECK(answer<member_service>("{}").body.starts_with(R"({"error":{"code":"ValidationException","text":"1 validation error)"));
}

TEST_CASE("server_call: RPC protocols are routed by the name of the operation") {
    std::string const json = "application/x-amz-json-1.0";
    CHECK(answer<rpc_service>(R"({"name":"x"})", "/", json).status == 200);
    CHECK(answer<rpc_service>(R"({"name":"x"})", "/", "application/json").status == 415);
    auto const invalid = answer<rpc_service>("{}", "/", json);
    CHECK(invalid.status == 400);
    CHECK(invalid.fields.find("content-type") == json);
    CHECK(invalid.body.starts_with(R"({"__type":"com.example#ValidationException","message":"1 valid)"));
    CHECK(answer<rpc_service>("[]", "/", json).body.starts_with(R"({"__type":"SerializationException","message":")"));
    CHECK(answer<rpc_service>("{}", "/ping", json).body
          == R"({"__type":"UnknownOperationException","message":"unknown operation"})");
}

TEST_SUITE_END();
