// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/credentials/environment_credentials.hpp>

#include <doctest/doctest.h>
#include <support/scripted_environment.hpp>

TEST_SUITE_BEGIN("credentials");

namespace {

std::string from(std::map<std::string, std::string> variables) {
    test::machine m;
    m.variables = std::move(variables);
    return test::text_of(parley::environment_credentials{m.provider_environment()}());
}

} // namespace

TEST_CASE("environment_credentials: the variables must be complete or absent") {
    CHECK(from({}) == "environment: not configured: AWS_ACCESS_KEY_ID is not set");
    CHECK(from({{"AWS_ACCESS_KEY_ID", ""}, {"AWS_SECRET_ACCESS_KEY", ""}})
          == "environment: not configured: AWS_ACCESS_KEY_ID is not set");
    CHECK(from({{"AWS_ACCESS_KEY_ID", "id"}, {"AWS_SECRET_ACCESS_KEY", "secret"}}) == "id/secret/");
    CHECK(from({{"AWS_ACCESS_KEY_ID", "id"}, {"AWS_SECRET_ACCESS_KEY", "secret"}, {"AWS_SESSION_TOKEN", "token"}})
          == "id/secret/token");
    CHECK(from({{"AWS_ACCESS_KEY_ID", "id"}})
          == "environment: invalid configuration: AWS_ACCESS_KEY_ID is set, but AWS_SECRET_ACCESS_KEY is not");
    CHECK(from({{"AWS_SECRET_ACCESS_KEY", "secret"}})
          == "environment: invalid configuration: AWS_SECRET_ACCESS_KEY is set, but AWS_ACCESS_KEY_ID is not");
}

TEST_CASE("environment_credentials: credentials of the environment may expire") {
    std::map<std::string, std::string> variables{{"AWS_ACCESS_KEY_ID", "id"}, {"AWS_SECRET_ACCESS_KEY", "secret"}};
    variables["AWS_CREDENTIAL_EXPIRATION"] = "2025-01-15T12:00:01Z";
    CHECK(from(variables) == "id/secret/");
    variables["AWS_CREDENTIAL_EXPIRATION"] = "2025-01-15T12:00:00Z";
    CHECK(from(variables) == "environment: expired");
    variables["AWS_CREDENTIAL_EXPIRATION"] = "tomorrow";
    CHECK(from(variables) == "environment: invalid configuration: AWS_CREDENTIAL_EXPIRATION is not a date");
}

TEST_SUITE_END();
