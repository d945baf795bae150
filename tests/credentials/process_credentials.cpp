// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/credentials/process_credentials.hpp>

#include <doctest/doctest.h>
#include <support/scripted_environment.hpp>

TEST_SUITE_BEGIN("credentials");

TEST_CASE("process_credentials: a command provides credentials, or an error that does not contain the command") {
    test::machine m;
    m.commands["get --key hush"] =
        R"({"Version":1,"AccessKeyId":"id","SecretAccessKey":"secret","SessionToken":"token","Expiration":"2025-01-15T13:00:00Z"})";
    m.commands["garbage"] = "hello";
    m.commands["late"] = R"({"Version":1,"AccessKeyId":"id","SecretAccessKey":"secret","Expiration":"2025-01-15T11:00:00Z"})";
    auto const from = [&](std::string command) {
        return test::text_of(parley::process_credentials{m.provider_environment(), std::move(command)}());
    };
    CHECK(from("get --key hush") == "id/secret/token");
    CHECK(from("lose --key hush") == "process: unavailable: the command ended with status 127");
    CHECK(from("garbage").starts_with("process: malformed response"));
    CHECK(from("late") == "process: expired");
    CHECK(from("") == "process: not configured: no command is set");
}

TEST_CASE("process_credentials: a real command is run") {
    auto const given =
        parley::process_credentials{{}, R"(printf '{"Version":1,"AccessKeyId":"%s","SecretAccessKey":"secret"}' "id")"}();
    CHECK(test::text_of(given) == "id/secret/");
}

TEST_SUITE_END();
