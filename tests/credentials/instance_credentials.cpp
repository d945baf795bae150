// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/credentials/instance_credentials.hpp>

#include <doctest/doctest.h>
#include <support/scripted_environment.hpp>

#include <string>

TEST_SUITE_BEGIN("credentials");

namespace {

auto const good =
    R"({"Code":"Success","AccessKeyId":"id","SecretAccessKey":"secret","Token":"token","Expiration":"2025-01-15T18:00:00Z"})";
std::string const base = "http://169.254.169.254/latest/";
std::vector<std::string> const all_lines{"PUT " + base + "api/token", "GET " + base + "meta-data/iam/security-credentials/",
                                         "GET " + base + "meta-data/iam/security-credentials/role"};

std::string ask(test::machine& m) { return test::text_of(parley::instance_credentials{m.provider_environment()}()); }

void answer_all(test::machine& m) {
    m.answer(200, "imds-token");
    m.answer(200, "role");
    m.answer(200, good);
}

} // namespace

TEST_CASE("instance_credentials: a token, the role and its credentials are requested") {
    test::machine m;
    answer_all(m);
    CHECK(ask(m) == "id/secret/token");
    CHECK(test::lines(m) == all_lines);
    CHECK(m.requests[0].fields.find("x-aws-ec2-metadata-token-ttl-seconds") == "21600");
    CHECK(!m.requests[0].fields.contains("x-aws-ec2-metadata-token"));
    for (auto const i : {1U, 2U}) CHECK(m.requests[i].fields.find("x-aws-ec2-metadata-token") == "imds-token");
    for (auto const& r : m.requests) CHECK(r.deadline == m.steady_now() + std::chrono::seconds(1));
}

TEST_CASE("instance_credentials: version 1 is used if the service has no tokens or the token request times out") {
    for (int const status : {403, 404, 405, 0}) {
        test::machine m;
        if (status > 0) m.answer(status, "");
        else m.fail(parley::transport_errc::timed_out);
        m.answer(200, "role\nanother\n");
        m.answer(200, good);
        CHECK(ask(m) == "id/secret/token");
        CHECK(test::lines(m) == all_lines);
        for (auto const& r : m.requests) CHECK(!r.fields.contains("x-aws-ec2-metadata-token"));
    }
}

TEST_CASE("instance_credentials: version 1 is not used if it is disabled, or after other errors") {
    test::machine m;
    m.variables["AWS_EC2_METADATA_V1_DISABLED"] = "true";
    m.answer(403, "");
    CHECK(ask(m) == "instance metadata: refused: no token: status 403");
    m.fail(parley::transport_errc::timed_out);
    CHECK(ask(m) == "instance metadata: unavailable: no token: timed out: as scripted");
    m.variables.clear();
    m.variables["HOME"] = "/h";
    m.files["/h/.aws/config"] = "[default]\nec2_metadata_v1_disabled = True\n";
    m.answer(404, "");
    CHECK(ask(m) == "instance metadata: refused: no token: status 404");
    m.files.clear();
    m.answer(400, "");
    CHECK(ask(m) == "instance metadata: refused: no token: status 400");
    m.answer(500, "");
    CHECK(ask(m) == "instance metadata: unavailable: no token: status 500");
    m.fail(parley::transport_errc::refused);
    CHECK(ask(m) == "instance metadata: unavailable: connection refused: as scripted");
    CHECK(m.requests.size() == 6);
}

TEST_CASE("instance_credentials: a token that is no longer accepted is replaced once") {
    test::machine m;
    m.answer(200, "first");
    m.answer(200, "role");
    m.answer(401, "");
    m.answer(200, "second");
    m.answer(200, good);
    CHECK(ask(m) == "id/secret/token");
    CHECK(m.requests[2].fields.find("x-aws-ec2-metadata-token") == "first");
    CHECK(m.requests[4].fields.find("x-aws-ec2-metadata-token") == "second");

    for (auto const& body : {"first", "", "second", ""}) m.answer(body[0] ? 200 : 401, body);
    CHECK(ask(m) == "instance metadata: refused: status 401");
    CHECK(m.replies.empty());
}

TEST_CASE("instance_credentials: an instance without a role is not configured") {
    test::machine m;
    m.answer(200, "t");
    m.answer(404, "");
    auto const given = parley::instance_credentials{m.provider_environment()}();
    REQUIRE(!given);
    CHECK(given.error().code == parley::credentials_errc::not_configured);
}

TEST_CASE("instance_credentials: names and tokens that would change the request are rejected") {
    for (auto const* role : {"", "\n", "../../x", "a b", "a/b", "a\rb", "r\xc3\xb6le"}) {
        test::machine m;
        m.answer(200, "t");
        m.answer(200, role);
        CHECK(ask(m) == "instance metadata: malformed response: the name of the role is invalid");
    }
    test::machine m;
    m.answer(200, "t");
    m.answer(200, std::string(129, 'x'));
    CHECK(ask(m) == "instance metadata: malformed response: the name of the role is invalid");
    for (auto const& token : {std::string(), std::string("a\r\nx: y"), std::string(1025, 'x')}) {
        m.answer(200, token);
        CHECK(ask(m) == "instance metadata: malformed response: the token is not a valid header value");
    }
}

TEST_CASE("instance_credentials: later failures are reported without the token") {
    test::machine m;
    auto const ask_for = [&](int status, std::string body) {
        m.answer(200, "hush");
        m.answer(200, "role");
        m.answer(status, std::move(body));
        return ask(m);
    };
    CHECK(ask_for(200, R"({"Code":"AssumeRoleUnauthorizedAccess","Message":"hush"})")
          == "instance metadata: refused: AssumeRoleUnauthorizedAccess: ***");
    CHECK(ask_for(200, "").starts_with("instance metadata: malformed response"));
    CHECK(ask_for(503, "") == "instance metadata: unavailable: status 503");
    CHECK(ask_for(200, R"({"Code":"Success","AccessKeyId":"id","SecretAccessKey":"s","Expiration":"2025-01-15T11:00:00Z"})")
          == "instance metadata: expired");
    m.answer(200, "hush");
    m.fail(parley::transport_errc::reset);
    CHECK(ask(m) == "instance metadata: unavailable: connection lost: as scripted");
}

TEST_CASE("instance_credentials: settings come from the environment and the profile") {
    test::machine m;
    m.variables["AWS_EC2_METADATA_DISABLED"] = "TRUE";
    CHECK(ask(m) == "instance metadata: not configured: AWS_EC2_METADATA_DISABLED is true");
    CHECK(m.requests.empty());

    auto const first_line = [&](std::map<std::string, std::string> variables) {
        m.variables = std::move(variables);
        m.variables["HOME"] = "/h";
        m.requests.clear();
        answer_all(m);
        CHECK(ask(m) == "id/secret/token");
        return test::lines(m)[0];
    };
    CHECK(first_line({{"AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE", "ipv6"}}) == "PUT http://[fd00:ec2::254]/latest/api/token");
    CHECK(first_line({{"AWS_EC2_METADATA_SERVICE_ENDPOINT", "http://localhost:8/base/"}})
          == "PUT http://localhost:8/base/latest/api/token");
    m.files["/h/.aws/config"] = "[profile p]\nec2_metadata_service_endpoint = http://[::1]:9\n";
    CHECK(first_line({{"AWS_PROFILE", "p"}}) == "PUT http://[::1]:9/latest/api/token");
    CHECK(first_line({}) == "PUT http://169.254.169.254/latest/api/token");
    static_cast<void>(first_line({{"AWS_METADATA_SERVICE_TIMEOUT", "2.5"}}));
    CHECK(m.requests[0].deadline == m.steady_now() + std::chrono::milliseconds(2500));

    m.variables["AWS_METADATA_SERVICE_NUM_ATTEMPTS"] = "2";
    m.fail(parley::transport_errc::refused);
    answer_all(m);
    CHECK(ask(m) == "id/secret/token");

    for (auto const& [name, value] : std::map<std::string, std::string>{{"AWS_METADATA_SERVICE_NUM_ATTEMPTS", "0"},
                                                                        {"AWS_METADATA_SERVICE_TIMEOUT", "NaN"},
                                                                        {"AWS_EC2_METADATA_SERVICE_ENDPOINT", "localhost"},
                                                                        {"AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE", "IPv5"}}) {
        m.variables = {{name, value}};
        CHECK(ask(m).starts_with("instance metadata: invalid configuration"));
    }
}

TEST_SUITE_END();
