// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/credentials/credentials_parser.hpp>

#include <doctest/doctest.h>
#include <support/scripted_environment.hpp>

#include <string>

TEST_SUITE_BEGIN("credentials");

using parley::detail::response_form;
using parley::detail::text_in_xml;

namespace {

std::chrono::system_clock::time_point const now = std::chrono::sys_days(std::chrono::year(2025) / 1 / 15);

std::string metadata(std::string_view json, std::string_view sent = {}) {
    return test::text_of(parley::detail::credentials_in_json(json, response_form::metadata, "p", now, sent));
}
std::string process(std::string_view json) {
    return test::text_of(parley::detail::credentials_in_json(json, response_form::process, "p", now));
}

} // namespace

// The forms of https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-metadata-security-credentials.html and
// https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html
TEST_CASE("credentials_parser: credentials are parsed in both forms of JSON") {
    auto const given = parley::detail::credentials_in_json(
        R"({"Code":"Success","LastUpdated":"2025-01-15T00:00:00Z","Type":"AWS-HMAC","AccessKeyId":"id","SecretAccessKey":"secret",)"
        R"("Token":"token","Expiration":"2025-01-15T06:00:00Z"})",
        response_form::metadata, "p", now);
    REQUIRE(given);
    CHECK(test::text_of(given) == "id/secret/token");
    CHECK(given->expiration == now + std::chrono::hours(6));
    CHECK(metadata(R"({"AccessKeyId":"id","SecretAccessKey":"secret"})") == "id/secret/");
    CHECK(process(R"({"Version":1,"AccessKeyId":"id","SecretAccessKey":"secret","SessionToken":"token"})") == "id/secret/token");
}

TEST_CASE("credentials_parser: incomplete and malformed credentials, and other versions, are rejected") {
    CHECK(metadata(R"({"SecretAccessKey":"secret"})") == "p: malformed response: the access key id is missing");
    CHECK(metadata(R"({"AccessKeyId":"id","SecretAccessKey":""})") == "p: malformed response: the secret access key is missing");
    CHECK(metadata(R"({"AccessKeyId":"id","SecretAccessKey":"secret","Expiration":"soon"})")
          == "p: malformed response: the expiration is not a date");
    CHECK(process(R"({"AccessKeyId":"id","SecretAccessKey":"secret"})") == "p: malformed response: the version is not 1");
    CHECK(process(R"({"Version":2,"AccessKeyId":"id","SecretAccessKey":"secret"})")
          == "p: malformed response: the version is not 1");
    for (auto const* json : {"", "<html>", "[]", "null", "{", R"({"AccessKeyId":1,"SecretAccessKey":"s"})", "{} {}"}) {
        CHECK(metadata(json).starts_with("p: malformed response"));
    }
}

TEST_CASE("credentials_parser: a response that is too long or too deeply nested is rejected") {
    CHECK(metadata("{\"x\":\"" + std::string(70'000, 'x') + "\"}").starts_with("p: malformed response"));
    CHECK(metadata("{\"x\":" + std::string(1000, '[') + std::string(1000, ']') + "}").starts_with("p: malformed response"));
}

TEST_CASE("credentials_parser: expired credentials have their own error") {
    CHECK(metadata(R"({"AccessKeyId":"id","SecretAccessKey":"s","Expiration":"2025-01-15T00:00:00Z"})") == "p: expired");
    CHECK(metadata(R"({"AccessKeyId":"id","SecretAccessKey":"s","Expiration":"0001-01-01T00:00:00Z"})") == "p: expired");
    CHECK(metadata(R"({"AccessKeyId":"id","SecretAccessKey":"s","Expiration":"2025-01-15T00:00:01Z"})") == "id/s/");
    CHECK(metadata(R"({"AccessKeyId":"id","SecretAccessKey":"s","Expiration":"9999-12-31T23:59:59Z"})") == "id/s/");
}

TEST_CASE("credentials_parser: errors contain the reason of the response, but no secret") {
    CHECK(metadata(R"({"Code":"AssumeRoleUnauthorizedAccess","Message":"EC2 cannot assume the role"})")
          == "p: refused: AssumeRoleUnauthorizedAccess: EC2 cannot assume the role");
    CHECK(metadata(R"({"Code":"hush","Message":"sent hush, token tok","Token":"tok"})", "hush")
          == "p: refused: ***: sent ***, ***en ***");
    for (auto const* json : {R"({"SecretAccessKey":["s3cr3t"]})", R"({"SecretAccessKey":{"s3cr3t":1}})", R"({"Token":"s3cr3t)",
                             R"({"AccessKeyId":"id","SecretAccessKey":"s3cr3t","Token":7})"}) {
        CHECK(metadata(json).find("s3cr3t") == std::string::npos);
    }

    auto const error = [](int status, std::string body) {
        return parley::detail::error_in_json({status, {}, std::move(body)}, "p", "hush").message();
    };
    CHECK(error(404, R"({"code":"NotFound","message":"no hush"})") == "p: refused: status 404, NotFound: no ***");
    CHECK(error(400, "<html>") == "p: refused: status 400");
    CHECK(error(500, "{}") == "p: unavailable: status 500");
    CHECK(error(429, "") == "p: unavailable: status 429");
}

TEST_CASE("credentials_parser: texts of elements are found in XML") {
    std::string_view const xml = "<?xml version=\"1.0\"?>\n<a:R xmlns:a=\"u\"><!-- none --><Empty/><Id >one</Id ><n:Key "
                                 "k=\"v\">a&amp;b&#x41;&#66;&lt;</n:Key>"
                                 "<Outer><Inner>two</Inner></Outer><None></None></a:R>";
    CHECK(text_in_xml(xml, "Id") == "one");
    CHECK(text_in_xml(xml, "Key") == "a&bAB<");
    CHECK(text_in_xml(xml, "Inner") == "two");
    CHECK(text_in_xml(xml, "None") == "");
    CHECK(!text_in_xml(xml, "Outer"));
    CHECK(!text_in_xml(xml, "Absent"));
}

TEST_CASE("credentials_parser: truncated or malformed XML has no text") {
    std::string const xml = "<R><Key>a&amp;b</Key></R>";
    for (std::size_t length = 0; length < xml.find("</Key"); ++length) CHECK(!text_in_xml(xml.substr(0, length), "Key"));
    for (auto const* bad : {"<Key>&unknown;</Key>", "<Key>&amp</Key>", "<Key>&#0;</Key>", "<Key>&#xD800;</Key>",
                            "<Key>&#x110000;</Key>", "<Key>&#99999999999999999999;</Key>", "<Key>&#;</Key>", "<Key>&#xg;</Key>",
                            "<Key>&;</Key>", "<Key", "<Key>", "<>", "<", "</Key>"}) {
        CHECK(!text_in_xml(bad, "Key"));
    }
    CHECK(!text_in_xml(std::string(60'000, '<'), "Key"));
    CHECK(text_in_xml("<Key>&#x10FFFF;</Key>", "Key") == "\xf4\x8f\xbf\xbf");
}

TEST_CASE("credentials_parser: XML is parsed in linear time") {
    // If the rest were searched for each "<", this would take 2 * 10^9 steps.
    auto const begin = std::chrono::steady_clock::now();
    CHECK(!text_in_xml(std::string(65'000, '<') + '>', "Key"));
    CHECK(text_in_xml(std::string(65'000, '<') + "Key>x</Key>", "Key") == "x");
    CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(2));
}

TEST_SUITE_END();
