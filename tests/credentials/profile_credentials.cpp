// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/credentials/profile_credentials.hpp>
#include <parley/http/uri.hpp>

#include <doctest/doctest.h>
#include <support/scripted_environment.hpp>

#include <string>

TEST_SUITE_BEGIN("credentials");

namespace {

struct profiles : test::machine {
    explicit profiles(std::string config) {
        variables["HOME"] = "/h";
        files["/h/.aws/config"] = std::move(config);
    }
    std::string ask(std::string profile = {}) {
        return test::text_of(parley::profile_credentials{provider_environment(), std::move(profile)}());
    }
    void assume(std::string const& id) {
        answer(200, "<R><AccessKeyId>" + id
                        + "</AccessKeyId><SecretAccessKey>secret</SecretAccessKey><SessionToken>token</SessionToken>"
                          "<Expiration>2025-01-15T13:00:00Z</Expiration></R>");
    }
    std::string sent(std::size_t request, std::string const& name) const {
        auto const items = parley::parse_query(requests.at(request).body);
        for (auto const& [key, value] : *items) {
            if (key == name) return value;
        }
        return "(none)";
    }
    std::string signed_by(std::size_t request) const {
        auto const field = std::string(requests.at(request).fields.find("authorization").value_or("Credential=(none)/"));
        auto const begin = field.find("Credential=") + 11;
        return field.substr(begin, field.find('/', begin) - begin);
    }
};

} // namespace

TEST_CASE("profile_credentials: keys come from the requested, the selected or the default profile") {
    profiles p("[default]\naws_access_key_id = d\naws_secret_access_key = s\n"
               "[profile dev]\naws_access_key_id = v\naws_secret_access_key = s\naws_session_token = t\n");
    CHECK(p.ask() == "d/s/");
    CHECK(p.ask("dev") == "v/s/t");
    p.variables["AWS_PROFILE"] = "dev";
    CHECK(p.ask() == "v/s/t");
    CHECK(p.ask("default") == "d/s/");
}

TEST_CASE("profile_credentials: the default profile may be absent, another one may not") {
    profiles p("[profile region-only]\nregion = eu-west-1\n");
    CHECK(p.ask() == "profile default: not configured: the profile does not exist");
    CHECK(p.ask("dev") == "profile dev: invalid configuration: the profile does not exist");
    CHECK(p.ask("region-only") == "profile region-only: not configured: the profile has no credentials");
    p.files.clear();
    CHECK(p.ask() == "profile default: not configured: the profile does not exist");
}

TEST_CASE("profile_credentials: incomplete keys and unsupported settings are errors") {
    profiles p("[profile id]\naws_access_key_id = x\n[profile secret]\naws_secret_access_key = hush\n"
               "[profile sso]\nsso_session = s\n[profile mfa]\nrole_arn = r\nsource_profile = id\nmfa_serial = m\n");
    CHECK(p.ask("id") == "profile id: invalid configuration: aws_secret_access_key is missing");
    CHECK(p.ask("secret") == "profile secret: invalid configuration: aws_access_key_id is missing");
    CHECK(p.ask("sso") == "profile sso: invalid configuration: sso_session is not supported");
    CHECK(p.ask("mfa") == "profile mfa: invalid configuration: roles that require an MFA code are not supported");
}

TEST_CASE("profile_credentials: a command of the profile is run") {
    profiles p("[default]\ncredential_process = get creds\n[profile bad]\ncredential_process = lose hush\n");
    p.commands["get creds"] = R"({"Version":1,"AccessKeyId":"id","SecretAccessKey":"secret"})";
    CHECK(p.ask() == "id/secret/");
    CHECK(p.ask("bad") == "profile bad: unavailable (process: unavailable: the command ended with status 127)");
}

TEST_CASE("profile_credentials: a role is assumed with the credentials of another profile") {
    profiles p("[profile role]\nrole_arn = arn:r\nsource_profile = base\nrole_session_name = me\nexternal_id = "
               "e\nduration_seconds = 900\nregion = eu-west-1\n"
               "[profile base]\naws_access_key_id = base-id\naws_secret_access_key = s\nregion = us-west-2\n");
    p.assume("role-id");
    CHECK(p.ask("role") == "role-id/secret/token");
    REQUIRE(p.requests.size() == 1);
    CHECK(p.requests[0].host == "sts.eu-west-1.amazonaws.com");
    CHECK(p.signed_by(0) == "base-id");
    CHECK(p.sent(0, "RoleArn") == "arn:r");
    CHECK(p.sent(0, "RoleSessionName") == "me");
    CHECK(p.sent(0, "ExternalId") == "e");
    CHECK(p.sent(0, "DurationSeconds") == "900");
}

TEST_CASE("profile_credentials: a chain of roles is assumed from its end") {
    profiles p("[profile a]\nrole_arn = arn:a\nsource_profile = b\n[profile b]\nrole_arn = arn:b\nsource_profile = c\n"
               "[profile c]\naws_access_key_id = c-id\naws_secret_access_key = s\nrole_arn = arn:never\nsource_profile = a\n");
    p.assume("b-id");
    p.assume("a-id");
    CHECK(p.ask("a") == "a-id/secret/token");
    CHECK(p.sent(0, "RoleArn") == "arn:b");
    CHECK(p.signed_by(0) == "c-id");
    CHECK(p.sent(1, "RoleArn") == "arn:a");
    CHECK(p.signed_by(1) == "b-id");
    CHECK(p.requests[1].fields.find("x-amz-security-token") == "token");
}

TEST_CASE("profile_credentials: a profile may be the source of its own role if it has keys") {
    profiles p("[profile a]\nrole_arn = arn:a\nsource_profile = a\naws_access_key_id = a-id\naws_secret_access_key = s\n"
               "[profile b]\nrole_arn = arn:b\nsource_profile = b\n");
    p.assume("role-id");
    CHECK(p.ask("a") == "role-id/secret/token");
    CHECK(p.signed_by(0) == "a-id");
    CHECK(p.ask("b") == "profile b: invalid configuration: the profile is its own source_profile, but has no keys");
}

TEST_CASE("profile_credentials: cyclic and too long chains are errors") {
    profiles p("[profile a]\nrole_arn = r\nsource_profile = b\n[profile b]\nrole_arn = r\nsource_profile = a\n"
               "[profile lost]\nrole_arn = r\nsource_profile = nowhere\n");
    CHECK(p.ask("a").find("profile b: invalid configuration: source_profile forms a cycle") != std::string::npos);
    CHECK(p.ask("lost").find("profile nowhere: invalid configuration: the profile does not exist") != std::string::npos);
    std::string config;
    for (int i = 0; i < 100; ++i)
        config += "[profile p" + std::to_string(i) + "]\nrole_arn = r\nsource_profile = p" + std::to_string(i + 1) + "\n";
    p.files["/h/.aws/config"] = config;
    CHECK(p.ask("p0").find("more than 16 roles in a chain") != std::string::npos);
    CHECK(p.requests.empty());
}

TEST_CASE("profile_credentials: the credentials for a role may come from another source") {
    profiles p(
        "[profile env]\nrole_arn = r\ncredential_source = Environment\n[profile ec2]\nrole_arn = r\ncredential_source = "
        "Ec2InstanceMetadata\n"
        "[profile ecs]\nrole_arn = r\ncredential_source = EcsContainer\n[profile odd]\nrole_arn = r\ncredential_source = Sky\n"
        "[profile web]\nrole_arn = arn:web\nweb_identity_token_file = /token\nrole_session_name = w\n");
    CHECK(p.ask("env").starts_with("profile env: invalid configuration"));
    p.variables["AWS_ACCESS_KEY_ID"] = "env-id";
    p.variables["AWS_SECRET_ACCESS_KEY"] = "s";
    p.assume("x");
    CHECK(p.ask("env") == "x/secret/token");
    CHECK(p.signed_by(0) == "env-id");

    p.requests.clear();
    p.answer(200, "t");
    p.answer(200, "role");
    p.answer(200, R"({"Code":"Success","AccessKeyId":"ec2-id","SecretAccessKey":"s","Token":"t"})");
    p.assume("x");
    CHECK(p.ask("ec2") == "x/secret/token");
    CHECK(p.signed_by(3) == "ec2-id");

    p.requests.clear();
    p.variables["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"] = "/x";
    p.answer(200, R"({"AccessKeyId":"ecs-id","SecretAccessKey":"s","Token":"t"})");
    p.assume("x");
    CHECK(p.ask("ecs") == "x/secret/token");
    CHECK(p.signed_by(1) == "ecs-id");

    CHECK(p.ask("odd")
          == "profile odd: invalid configuration: credential_source is not one of Environment, Ec2InstanceMetadata and "
             "EcsContainer");

    p.requests.clear();
    p.files["/token"] = "jwt";
    p.assume("web-id");
    CHECK(p.ask("web") == "web-id/secret/token");
    CHECK(p.sent(0, "Action") == "AssumeRoleWithWebIdentity");
    CHECK(p.sent(0, "WebIdentityToken") == "jwt");
    CHECK(p.signed_by(0) == "(none)");
}

TEST_CASE("profile_credentials: a role requires exactly one source, and a valid duration") {
    profiles p(
        "[profile none]\nrole_arn = r\n[profile two]\nrole_arn = r\nsource_profile = none\ncredential_source = Environment\n"
        "[profile long]\nrole_arn = r\ncredential_source = Environment\nduration_seconds = 1h\n");
    for (auto const* name : {"none", "two"}) {
        CHECK(p.ask(name)
              == "profile " + std::string(name)
                     + ": invalid configuration: role_arn requires exactly one of source_profile, credential_source and "
                       "web_identity_token_file");
    }
    CHECK(p.ask("long") == "profile long: invalid configuration: duration_seconds is not a positive number");
}

TEST_SUITE_END();
