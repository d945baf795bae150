// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/credentials/assume_role.hpp>
#include <parley/credentials/static_credentials.hpp>
#include <parley/http/uri.hpp>

#include <doctest/doctest.h>
#include <support/scripted_environment.hpp>

#include <map>

TEST_SUITE_BEGIN("credentials");

namespace {

// The form of the sample response of https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
std::string answer(std::string const& action) {
    return "<" + action + R"(Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <)" + action
           + R"(Result>
    <AssumedRoleUser><AssumedRoleId>ARO123EXAMPLE123:s</AssumedRoleId><Arn>arn:aws:sts::1:assumed-role/demo/s</Arn></AssumedRoleUser>
    <Credentials>
      <AccessKeyId>ASIAIOSFODNN7EXAMPLE</AccessKeyId>
      <SecretAccessKey>secret/&amp;</SecretAccessKey>
      <SessionToken>token</SessionToken>
      <Expiration>2025-01-15T13:00:00Z</Expiration>
    </Credentials>
  </)" + action
           + "Result>\n</" + action + "Response>";
}
std::string error(std::string const& code, std::string const& message) {
    return "<ErrorResponse><Error><Type>Sender</Type><Code>" + code + "</Code><Message>" + message
           + "</Message></Error><RequestId>r</RequestId></ErrorResponse>";
}

parley::static_credentials const source{{.access_key_id = "id", .secret_access_key = "secret", .session_token = "source-token"}};

std::map<std::string, std::string> form(parley::http_request const& request) {
    auto const items = parley::parse_query(request.body);
    REQUIRE(items);
    return {items->begin(), items->end()};
}

} // namespace

TEST_CASE("assume_role_credentials: a role is assumed with a signed request to STS") {
    test::machine m;
    m.answer(200, answer("AssumeRole"));
    auto const given = parley::assume_role_credentials{m.provider_environment(),
                                                       {.arn = "arn:aws:iam::1:role/demo",
                                                        .session_name = "s",
                                                        .external_id = "x&y",
                                                        .duration = std::chrono::seconds(900),
                                                        .region = "eu-west-1"},
                                                       source}();
    REQUIRE(given);
    CHECK(test::text_of(given) == "ASIAIOSFODNN7EXAMPLE/secret/&/token");
    CHECK(given->expiration == m.now + std::chrono::hours(1));
    CHECK(test::lines(m) == std::vector<std::string>{"POST https://sts.eu-west-1.amazonaws.com/"});
    auto const& request = m.requests[0];
    CHECK(form(request)
          == std::map<std::string, std::string>{{"Action", "AssumeRole"},
                                                {"Version", "2011-06-15"},
                                                {"RoleArn", "arn:aws:iam::1:role/demo"},
                                                {"RoleSessionName", "s"},
                                                {"ExternalId", "x&y"},
                                                {"DurationSeconds", "900"}});
    CHECK(request.fields.find("content-type") == "application/x-www-form-urlencoded; charset=utf-8");
    CHECK(request.fields.find("authorization")
              ->starts_with("AWS4-HMAC-SHA256 Credential=id/20250115/eu-west-1/sts/aws4_request, SignedHeaders="));
    CHECK(request.fields.find("x-amz-security-token") == "source-token");
    CHECK(request.deadline == m.steady_now() + std::chrono::seconds(10));
}

TEST_CASE("assume_role_credentials: the region and endpoint of STS, and the session name, have defaults") {
    test::machine m;
    parley::assumed_role role{.arn = "arn"};
    auto const ask = [&] {
        m.answer(200, answer("AssumeRole"));
        CHECK(parley::assume_role_credentials{m.provider_environment(), role, source}());
        return m.requests.back().url();
    };
    CHECK(ask() == "https://sts.us-east-1.amazonaws.com/");
    CHECK(form(m.requests[0])["RoleSessionName"] == "parley-1736942400");
    m.variables["AWS_DEFAULT_REGION"] = "us-west-2";
    CHECK(ask() == "https://sts.us-west-2.amazonaws.com/");
    m.variables["AWS_REGION"] = "cn-north-1";
    CHECK(ask() == "https://sts.cn-north-1.amazonaws.com.cn/");
    role.region = "us-gov-west-1";
    CHECK(ask() == "https://sts.us-gov-west-1.amazonaws.com/");
    m.variables["AWS_ENDPOINT_URL"] = "http://localhost:1";
    CHECK(ask() == "http://localhost:1/");
    m.variables["AWS_ENDPOINT_URL_STS"] = "http://localhost:2/sts";
    CHECK(ask() == "http://localhost:2/sts");
    role.endpoint = "http://localhost:3";
    CHECK(ask() == "http://localhost:3/");
    role.endpoint = "nowhere";
    CHECK(test::text_of(parley::assume_role_credentials{m.provider_environment(), role, source}())
              .starts_with("assume role: invalid configuration: invalid STS endpoint"));
}

TEST_CASE("assume_role_credentials: an error of STS is reported without secrets") {
    test::machine m;
    auto const ask = [&] {
        return test::text_of(parley::assume_role_credentials{m.provider_environment(), {.arn = "arn"}, source}());
    };
    m.answer(403, error("AccessDenied", "User: u is not authorized &lt;source-token&gt;"));
    CHECK(ask() == "assume role: refused: status 403, AccessDenied: User: u is not authorized <***>");
    m.answer(400, "");
    CHECK(ask() == "assume role: refused: status 400");
    m.answer(200, "<html>");
    CHECK(ask() == "assume role: malformed response: the access key id is missing");
    m.answer(200, R"(<C><AccessKeyId>id</AccessKeyId><SecretAccessKey>s</SecretAccessKey><Expiration>later</Expiration></C>)");
    CHECK(ask() == "assume role: malformed response: the expiration is not a date");
    m.answer(
        200,
        R"(<C><AccessKeyId>id</AccessKeyId><SecretAccessKey>s</SecretAccessKey><Expiration>2025-01-15T12:00:00Z</Expiration></C>)");
    CHECK(ask() == "assume role: expired");
    CHECK(m.requests.size() == 5);
    for (int i = 0; i < 3; ++i) m.answer(503, error("ServiceUnavailable", "later"));
    CHECK(ask() == "assume role: unavailable: status 503, ServiceUnavailable: later");
    m.fail(parley::transport_errc::reset);
    m.answer(200, answer("AssumeRole"));
    CHECK(ask() == "ASIAIOSFODNN7EXAMPLE/secret/&/token");
}

TEST_CASE("assume_role_credentials: without source credentials, nothing is sent") {
    test::machine m;
    auto const none = [] {
        return parley::credentials_result(parley::credentials_error{parley::credentials_errc::not_configured, "source", "t", {}});
    };
    auto const given = parley::assume_role_credentials{m.provider_environment(), {.arn = "arn"}, none}();
    REQUIRE(!given);
    // The role is configured, so a chain must not skip it.
    CHECK(given.error().code == parley::credentials_errc::invalid);
    CHECK(given.error().message()
          == "assume role: invalid configuration: no credentials to assume the role with (source: not configured: t)");
    CHECK(!parley::assume_role_credentials{m.provider_environment(), {.arn = "arn"}, {}}());
    CHECK(!parley::assume_role_credentials{m.provider_environment(), {}, source}());
    CHECK(m.requests.empty());
}

TEST_CASE("web_identity_credentials: the token is sent unchanged and unsigned") {
    test::machine m;
    m.variables = {{"AWS_WEB_IDENTITY_TOKEN_FILE", "/token"},
                   {"AWS_ROLE_ARN", "arn:aws:iam::1:role/pod"},
                   {"AWS_ROLE_SESSION_NAME", "pod"},
                   {"AWS_REGION", "eu-west-1"}};
    m.files["/token"] = "header.payload.signature\n";
    m.answer(200, answer("AssumeRoleWithWebIdentity"));
    CHECK(test::text_of(parley::web_identity_credentials{m.provider_environment()}()) == "ASIAIOSFODNN7EXAMPLE/secret/&/token");
    CHECK(test::lines(m) == std::vector<std::string>{"POST https://sts.eu-west-1.amazonaws.com/"});
    CHECK(form(m.requests[0])
          == std::map<std::string, std::string>{{"Action", "AssumeRoleWithWebIdentity"},
                                                {"Version", "2011-06-15"},
                                                {"RoleArn", "arn:aws:iam::1:role/pod"},
                                                {"RoleSessionName", "pod"},
                                                {"WebIdentityToken", "header.payload.signature"}});
    CHECK(!m.requests[0].fields.contains("authorization"));

    // Members take precedence over the environment.
    m.files["/other"] = "other";
    m.answer(200, answer("AssumeRoleWithWebIdentity"));
    CHECK(parley::web_identity_credentials{m.provider_environment(), {.arn = "a", .session_name = "n"}, "/other"}());
    CHECK(form(m.requests[1])["WebIdentityToken"] == "other");
    CHECK(form(m.requests[1])["RoleArn"] == "a");
}

TEST_CASE("web_identity_credentials: missing and incomplete configurations are reported") {
    test::machine m;
    auto const ask = [&] { return test::text_of(parley::web_identity_credentials{m.provider_environment()}()); };
    CHECK(ask() == "web identity: not configured: AWS_WEB_IDENTITY_TOKEN_FILE is not set");
    m.variables["AWS_WEB_IDENTITY_TOKEN_FILE"] = "/token";
    CHECK(ask() == "web identity: invalid configuration: AWS_ROLE_ARN is not set");
    m.variables["AWS_ROLE_ARN"] = "arn";
    CHECK(ask() == "web identity: unavailable: token file: no such file");
    m.files["/token"] = "\n";
    CHECK(ask() == "web identity: invalid configuration: the token file is empty or too large");
    m.files["/token"] = std::string(20'001, 'x');
    CHECK(ask() == "web identity: invalid configuration: the token file is empty or too large");
    CHECK(m.requests.empty());
    m.files["/token"] = "hush";
    m.answer(400, error("InvalidIdentityToken", "no key for hush"));
    CHECK(ask() == "web identity: refused: status 400, InvalidIdentityToken: no key for ***");
}

TEST_SUITE_END();
