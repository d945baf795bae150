// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/credentials/container_credentials.hpp>

#include <doctest/doctest.h>
#include <support/scripted_environment.hpp>

TEST_SUITE_BEGIN("credentials");

namespace {

auto const good = R"({"AccessKeyId":"id","SecretAccessKey":"secret","Token":"token","Expiration":"2025-01-15T18:00:00Z"})";

std::string ask(test::machine& m) { return test::text_of(parley::container_credentials{m.provider_environment()}()); }

} // namespace

TEST_CASE("container_credentials: without a URI, nothing is sent") {
    test::machine m;
    CHECK(ask(m).starts_with("container: not configured"));
    CHECK(m.requests.empty());
}

TEST_CASE("container_credentials: a relative URI belongs to Amazon ECS and takes precedence over a full one") {
    test::machine m;
    m.variables = {{"AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/v2/credentials/x?y=1"},
                   {"AWS_CONTAINER_CREDENTIALS_FULL_URI", "https://other"}};
    m.answer(200, good);
    CHECK(ask(m) == "id/secret/token");
    CHECK(test::lines(m) == std::vector<std::string>{"GET http://169.254.170.2/v2/credentials/x?y=1"});
    CHECK(!m.requests[0].fields.contains("authorization"));
    CHECK(m.requests[0].deadline == m.steady_now() + std::chrono::seconds(1));
    for (auto const* bad : {"v2", "@example.com/", ".example.com/", "/a b", "/a\r\nb"}) {
        m.variables["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"] = bad;
        CHECK(ask(m) == "container: invalid configuration: AWS_CONTAINER_CREDENTIALS_RELATIVE_URI is not a path");
    }
    CHECK(m.requests.size() == 1);
}

TEST_CASE("container_credentials: a full URI must use TLS or a local address") {
    test::machine m;
    auto& address = m.variables["AWS_CONTAINER_CREDENTIALS_FULL_URI"];
    for (auto const* allowed :
         {"https://example.com/x", "http://127.0.0.1/x", "http://127.1.2.3:80/x", "http://localhost:8080/x", "http://[::1]/x",
          "http://169.254.170.2/x", "http://169.254.170.23/v1/credentials", "http://[fd00:ec2::23]/x"}) {
        address = allowed;
        m.answer(200, good);
        CHECK(ask(m) == "id/secret/token");
    }
    auto const count = m.requests.size();
    for (auto const* forbidden :
         {"http://example.com/x", "http://127.0.0.1.example.com/x", "http://127.0.0/x", "http://127.0.0.1.1/x",
          "http://127.0.0.256/x", "http://127..0.1/x", "http://128.0.0.1/x", "http://169.254.169.254/x",
          "http://localhost.example.com/x", "http://localhost@example.com/x", "http://[::2]/x"}) {
        address = forbidden;
        CHECK(ask(m)
              == "container: invalid configuration: AWS_CONTAINER_CREDENTIALS_FULL_URI is neither https nor a local address");
    }
    for (auto const* bad : {"example", "ftp://localhost/", "http://"}) {
        address = bad;
        CHECK(ask(m) == "container: invalid configuration: AWS_CONTAINER_CREDENTIALS_FULL_URI is not a valid URI");
    }
    CHECK(m.requests.size() == count);
}

TEST_CASE("container_credentials: the authorization token comes from a file, or else from the environment") {
    test::machine m;
    m.variables = {{"AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/x"}, {"AWS_CONTAINER_AUTHORIZATION_TOKEN", "Basic abc"}};
    m.answer(200, good);
    CHECK(ask(m) == "id/secret/token");
    CHECK(m.requests.back().fields.find("authorization") == "Basic abc");

    m.variables["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"] = "/token";
    for (auto const* token : {"first", "second\n"}) {
        m.files["/token"] = token;
        m.answer(200, good);
        CHECK(ask(m) == "id/secret/token");
    }
    CHECK(m.requests.back().fields.find("authorization") == "second");

    m.files["/token"] = "hush\r\nx: y";
    CHECK(ask(m) == "container: invalid configuration: the authorization token is not a valid header value");
    m.files.clear();
    CHECK(ask(m) == "container: unavailable: authorization token file: no such file");
}

TEST_CASE("container_credentials: failures are reported without the token") {
    test::machine m;
    m.variables = {{"AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/x"}, {"AWS_CONTAINER_AUTHORIZATION_TOKEN", "hush"}};
    m.answer(400, R"({"code":"InvalidId","message":"no hush here"})");
    CHECK(ask(m) == "container: refused: status 400, InvalidId: no *** here");
    m.answer(302, "");
    CHECK(ask(m) == "container: refused: status 302");
    m.answer(200, "hush");
    CHECK(ask(m).starts_with("container: malformed response"));
    m.answer(200, R"({"AccessKeyId":"id","SecretAccessKey":"s","Expiration":"2025-01-15T11:59:59Z"})");
    CHECK(ask(m) == "container: expired");
    CHECK(m.requests.size() == 4);

    for (int i = 0; i < 3; ++i) m.answer(500, "");
    CHECK(ask(m) == "container: unavailable: status 500");
    m.fail(parley::transport_errc::refused);
    m.fail(parley::transport_errc::timed_out);
    m.answer(200, good);
    CHECK(ask(m) == "id/secret/token");
    for (int i = 0; i < 3; ++i) m.fail(parley::transport_errc::timed_out);
    CHECK(ask(m) == "container: unavailable: timed out: as scripted");
    CHECK(m.requests.size() == 13);
}

TEST_SUITE_END();
