// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/credentials/credentials_chain.hpp>

#include <parley/credentials/assume_role.hpp>
#include <parley/credentials/cached_credentials.hpp>
#include <parley/credentials/container_credentials.hpp>
#include <parley/credentials/instance_credentials.hpp>
#include <parley/credentials/static_credentials.hpp>

#include <doctest/doctest.h>
#include <support/scripted_environment.hpp>

TEST_SUITE_BEGIN("credentials");

using parley::credentials_errc;

namespace {

parley::any_credentials_provider failing(credentials_errc code) {
    return [code] { return parley::credentials_result(parley::credentials_error{code, "p", {}, {}}); };
}
parley::any_credentials_provider const good = parley::static_credentials{{.access_key_id = "id", .secret_access_key = "s"}};

} // namespace

TEST_CASE("credentials_chain: only providers that are not configured are skipped") {
    CHECK(test::text_of(parley::credentials_chain{{failing(credentials_errc::not_configured), good}}()) == "id/s/");
    for (auto const code : {credentials_errc::invalid, credentials_errc::unavailable, credentials_errc::refused,
                            credentials_errc::malformed, credentials_errc::expired}) {
        auto const given = parley::credentials_chain{{failing(code), good}}();
        REQUIRE(!given);
        CHECK(given.error().code == code);
    }
    CHECK(test::text_of(parley::credentials_chain{}()) == "chain: not configured");
    CHECK(test::text_of(
              parley::credentials_chain{{failing(credentials_errc::not_configured), failing(credentials_errc::not_configured)}}())
          == "chain: not configured (p: not configured; p: not configured)");
}

// https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html
TEST_CASE("credentials_chain: the default chain has the order of the AWS SDKs, and calls no provider when it is created") {
    test::machine m;
    m.variables = {{"HOME", "/h"},
                   {"AWS_ACCESS_KEY_ID", "1"},
                   {"AWS_SECRET_ACCESS_KEY", "s"},
                   {"AWS_WEB_IDENTITY_TOKEN_FILE", "/token"},
                   {"AWS_ROLE_ARN", "arn"},
                   {"AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/x"}};
    m.files["/h/.aws/credentials"] = "[default]\naws_access_key_id = 2\naws_secret_access_key = s\n";
    m.files["/token"] = "jwt";
    auto const chain = parley::default_credentials(m.provider_environment());
    CHECK(m.requests.empty());

    CHECK(test::text_of(chain()) == "1/s/");
    m.variables.erase("AWS_ACCESS_KEY_ID");
    m.variables.erase("AWS_SECRET_ACCESS_KEY");
    CHECK(test::text_of(chain()) == "2/s/");
    m.files.erase("/h/.aws/credentials");
    m.answer(200, "<R><AccessKeyId>3</AccessKeyId><SecretAccessKey>s</SecretAccessKey></R>");
    CHECK(test::text_of(chain()) == "3/s/");
    m.variables.erase("AWS_WEB_IDENTITY_TOKEN_FILE");
    m.answer(200, R"({"AccessKeyId":"4","SecretAccessKey":"s"})");
    CHECK(test::text_of(chain()) == "4/s/");
    m.variables.erase("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI");
    m.answer(200, "t");
    m.answer(200, "role");
    m.answer(200, R"({"AccessKeyId":"5","SecretAccessKey":"s"})");
    CHECK(test::text_of(chain()) == "5/s/");

    m.variables["AWS_EC2_METADATA_DISABLED"] = "true";
    auto const none = chain();
    REQUIRE(!none);
    CHECK(none.error().code == credentials_errc::not_configured);
    CHECK(none.error().causes.size() == 5);
    CHECK(m.replies.empty());
}

TEST_CASE("credentials_chain: providers that use a server give up when the call that needs them does") {
    test::machine m;
    auto const from = m.provider_environment();
    std::stop_source stop;
    stop.request_stop();
    parley::credentials_context const stopped{.deadline = {}, .stop = stop.get_token()};
    parley::credentials_context const late{.deadline = std::chrono::steady_clock::time_point{}, .stop = {}};
    m.variables["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"] = "/x";
    m.files["token"] = "t";
    parley::assumed_role const role{.arn = "arn:aws:iam::123456789012:role/r", .session_name = "s"};
    std::vector<parley::any_credentials_provider> const providers{
        parley::container_credentials{from},
        parley::instance_credentials{from},
        parley::web_identity_credentials{from, role, "token"},
        parley::assume_role_credentials{from, role, good},
        parley::assume_role_credentials{from, role, parley::container_credentials{from}},
        parley::credentials_chain{{parley::container_credentials{from}, good}},
        parley::cached_credentials(parley::container_credentials{from})};
    for (auto const& provider : providers) {
        CAPTURE(&provider - providers.data());
        for (auto const& context : {stopped, late}) {
            auto const given = provider(context);
            REQUIRE(!given);
            CHECK(given.error().code == credentials_errc::cancelled);
        }
    }
    CHECK(m.requests.empty());
}

TEST_SUITE_END();
