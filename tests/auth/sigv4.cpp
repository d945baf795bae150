// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/auth/sigv4.hpp>

#include <doctest/doctest.h>

#include <string>

TEST_SUITE_BEGIN("auth");

using namespace std::chrono_literals;

namespace {

std::chrono::system_clock::time_point at(int year, unsigned month, unsigned day, std::chrono::seconds time = 0s) {
    return std::chrono::sys_days(std::chrono::year(year) / static_cast<int>(month) / static_cast<int>(day)) + time;
}

parley::http_request get(std::string target) {
    parley::http_request request;
    request.method = "GET";
    request.scheme = "https";
    request.host = "example.com";
    request.target = std::move(target);
    return request;
}

parley::aws_credentials const keys{.access_key_id = "AKIDEXAMPLE",
                                   .secret_access_key = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"};
parley::sigv4_options const options{.region = "us-east-1", .service = "service"};
auto const now = at(2015, 8, 30, 12h + 36min);

std::string canonical(parley::http_request request, parley::sigv4_options const& o = options) {
    auto const signature = parley::sign_headers(request, keys, o, now);
    REQUIRE(signature);
    return signature->canonical_request;
}

std::string line(std::string const& text, int number) {
    std::size_t begin = 0;
    while (number-- > 0) begin = text.find('\n', begin) + 1;
    return text.substr(begin, text.find('\n', begin) - begin);
}

} // namespace

// The examples of https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html and
// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
TEST_CASE("sigv4: the examples of the Amazon S3 documentation") {
    parley::aws_credentials const s3_keys{.access_key_id = "AKIAIOSFODNN7EXAMPLE",
                                          .secret_access_key = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"};
    auto const s3 = parley::sigv4_options::s3("us-east-1");
    auto const day = at(2013, 5, 24);
    auto request = get("/test.txt");
    request.host = "examplebucket.s3.amazonaws.com";

    SUBCASE("get an object") {
        request.fields.add("Range", "bytes=0-9");
        REQUIRE(parley::sign_headers(request, s3_keys, s3, day));
        CHECK(request.fields.find("authorization")
              == "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, "
                 "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date, "
                 "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
        CHECK(request.fields.find("x-amz-date") == "20130524T000000Z");
    }
    SUBCASE("put an object") {
        request.method = "PUT";
        request.target = "/test%24file.text";
        request.fields.add("Date", "Fri, 24 May 2013 00:00:00 GMT");
        request.fields.add("x-amz-storage-class", "REDUCED_REDUNDANCY");
        request.body = "Welcome to Amazon S3.";
        auto const signature = parley::sign_headers(request, s3_keys, s3, day);
        REQUIRE(signature);
        CHECK(signature->signature == "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd");
    }
    SUBCASE("a parameter without a value") {
        request.target = "/?lifecycle";
        auto const signature = parley::sign_headers(request, s3_keys, s3, day);
        REQUIRE(signature);
        CHECK(signature->signature == "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543");
    }
    SUBCASE("list objects") {
        request.target = "/?max-keys=2&prefix=J";
        auto const signature = parley::sign_headers(request, s3_keys, s3, day);
        REQUIRE(signature);
        CHECK(signature->signature == "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7");
    }
    SUBCASE("a presigned URL") {
        auto unsigned_body = s3;
        unsigned_body.payload_hash = parley::unsigned_payload;
        REQUIRE(parley::presign(request, s3_keys, unsigned_body, day, 86400s));
        CHECK(request.target.ends_with("&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404"));
        CHECK(request.fields.empty());
    }
}

TEST_CASE("sigv4: paths are normalized and encoded according to the options") {
    auto const path = [](std::string target, bool normalize, bool encode) {
        auto o = options;
        o.normalize_path = normalize;
        o.double_encode_path = encode;
        return line(canonical(get(std::move(target)), o), 1);
    };
    CHECK(path("", true, true) == "/");
    CHECK(path("/", true, true) == "/");
    CHECK(path("//a/./b/../c//", true, true) == "/a/c/");
    CHECK(path("/../..", true, true) == "/");
    CHECK(path("//a/./b/../c//", false, true) == "//a/./b/../c//");
    CHECK(path("/a%20b", true, true) == "/a%2520b");
    CHECK(path("/a%20b", true, false) == "/a%20b");
    CHECK(path("/a%2Fb/%2E%2E/c", true, true) == "/a%252Fb/%252E%252E/c");
    CHECK(path("", false, false) == "/");
}

TEST_CASE("sigv4: query parameters are sorted and encoded uniformly") {
    auto const query = [](std::string text) { return line(canonical(get("/?" + text)), 2); };
    CHECK(query("") == "");
    CHECK(query("b=2&a=1&a=0&A=3") == "A=3&a=0&a=1&b=2");
    CHECK(query("a-b=1&a=2") == "a=2&a-b=1");
    CHECK(query("flag&&empty=") == "empty=&flag=");
    CHECK(query("a=b=c") == "a=b%3Dc");
    CHECK(query("%61=%7e%2f") == "a=~%2F");
    CHECK(query("a=1+2?") == "a=1%2B2%3F");
    CHECK(query("a=100%&b=%zz") == "a=100%25&b=%25zz");
}

TEST_CASE("sigv4: header fields are sorted, in lower case and without redundant whitespace") {
    auto request = get("/");
    request.fields.add("Zeta", "  a   \t b\n  c ");
    request.fields.add("Alpha", "2");
    request.fields.add("ALPHA", " 1 ");
    request.fields.add("Empty", "");
    auto const text = canonical(request);
    CHECK(line(text, 3) == "alpha:2,1");
    CHECK(line(text, 4) == "empty:");
    CHECK(line(text, 5) == "host:example.com");
    CHECK(line(text, 8) == "zeta:a b c");
    CHECK(line(text, 10) == "alpha;empty;host;x-amz-content-sha256;x-amz-date;zeta");
}

TEST_CASE("sigv4: the host is signed with its port") {
    auto request = get("/");
    request.port = 8443;
    CHECK(line(canonical(request), 3) == "host:example.com:8443");
    request.fields.add("Host", "other.example");
    CHECK(line(canonical(request), 3) == "host:other.example");
}

TEST_CASE("sigv4: fields that proxies may change are not signed") {
    auto request = get("/");
    for (auto const* name : {"User-Agent", "Connection", "Expect", "X-Amzn-Trace-Id", "Proxy-Authorization", "Sec-Fetch-Mode"}) {
        request.fields.add(name, "x");
    }
    CHECK(canonical(request) == canonical(get("/")));
}

TEST_CASE("sigv4: the payload hash is computed or given") {
    auto request = get("/");
    request.body = "abc";
    CHECK(canonical(request).ends_with("\nba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    auto o = options;
    o.payload_hash = parley::unsigned_payload;
    CHECK(canonical(request, o).ends_with("\nUNSIGNED-PAYLOAD"));
    REQUIRE(parley::sign_headers(request, keys, o, now));
    CHECK(request.fields.find("x-amz-content-sha256") == "UNSIGNED-PAYLOAD");
    o.content_sha256_header = false;
    REQUIRE(parley::sign_headers(request, keys, o, now));
    CHECK(!request.fields.contains("x-amz-content-sha256"));
}

TEST_CASE("sigv4: a further attempt replaces the fields of the previous one") {
    auto temporary = keys;
    temporary.session_token = "first";
    auto request = get("/?a=1");
    REQUIRE(parley::sign_headers(request, temporary, options, now));
    temporary.session_token = "second";
    REQUIRE(parley::sign_headers(request, temporary, options, now + 1min));
    auto fresh = get("/?a=1");
    REQUIRE(parley::sign_headers(fresh, temporary, options, now + 1min));
    CHECK(request.fields == fresh.fields);

    request = fresh = get("/?a=1");
    REQUIRE(parley::presign(request, keys, options, now, 60s));
    REQUIRE(parley::presign(request, keys, options, now + 1min, 90s));
    REQUIRE(parley::presign(fresh, keys, options, now + 1min, 90s));
    CHECK(request.target == fresh.target);
    CHECK(request.target.starts_with("/?a=1&X-Amz-Algorithm="));
}

TEST_CASE("sigv4: signing the session token is optional") {
    auto temporary = keys;
    temporary.session_token = "to/ken";
    auto o = options;
    for (bool const is_signed : {true, false}) {
        o.sign_session_token = is_signed;
        auto request = get("/");
        auto signature = parley::sign_headers(request, temporary, o, now);
        REQUIRE(signature);
        CHECK(request.fields.find("x-amz-security-token") == "to/ken");
        CHECK((signature->canonical_request.find("x-amz-security-token") != std::string::npos) == is_signed);

        request = get("/");
        signature = parley::presign(request, temporary, o, now, 60s);
        REQUIRE(signature);
        CHECK(request.target.find("&X-Amz-Security-Token=to%2Fken&X-Amz-Signature=") != std::string::npos);
        CHECK((signature->canonical_request.find("X-Amz-Security-Token") != std::string::npos) == is_signed);
    }
}

TEST_CASE("sigv4: a failure does not change the request and reveals no secret") {
    auto const refused = [](parley::aws_credentials const& c, parley::sigv4_options const& o) {
        auto request = get("/");
        auto const signature = parley::sign_headers(request, c, o, now);
        REQUIRE(!signature);
        CHECK(request.fields.empty());
        for (auto const* secret : {"wJalr", "hush"}) CHECK(signature.error().text.find(secret) == std::string::npos);
        return signature.error().text;
    };
    auto c = keys;
    c.access_key_id.clear();
    CHECK(refused(c, options) == "the access key ID is missing or malformed");
    c.access_key_id = "A\r\nX: y";
    CHECK(refused(c, options) == "the access key ID is missing or malformed");
    c = keys;
    c.secret_access_key.clear();
    CHECK(refused(c, options) == "the secret access key is missing");
    c = keys;
    c.session_token = "hush\nhush";
    CHECK(refused(c, options) == "the session token is not a valid header value");
    CHECK(refused(keys, {.region = "", .service = "service"}) == "the signing region is missing or malformed");
    CHECK(refused(keys, {.region = "us-east-1", .service = "a/b"}) == "the signing name of the service is missing or malformed");

    auto request = get("/");
    for (auto const expires : {0s, -1s, 604801s}) CHECK(!parley::presign(request, keys, options, now, expires));
    CHECK(request.target == "/");
    CHECK(parley::presign(request, keys, options, now, 604800s));
}

// Expected value: https://docs.aws.amazon.com/general/latest/gr/signature-v4-examples.html, archived.
TEST_CASE("sigv4: the signing key depends on the secret, day, region and service and can be cached") {
    auto const key = parley::derive_signing_key("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
                                                {.region = "us-east-1", .service = "iam"}, at(2012, 2, 15, 23h + 59min + 59s));
    CHECK(parley::to_hex(key) == "f4780e2d9f65fa895f9c67b32ce1baf0b0d8a43505a000a1a9e090d414db404d");

    for (auto const time : {at(2025, 12, 31, 23h + 59min + 59s), at(2026, 1, 1), at(1970, 1, 1), at(2024, 2, 29)}) {
        auto const kept = parley::derive_signing_key(keys.secret_access_key, options, time);
        auto one = get("/"), other = get("/");
        REQUIRE(parley::sign_headers(one, keys, options, time));
        REQUIRE(parley::sign_headers(other, keys, options, time, &kept));
        CHECK(one.fields == other.fields);
        REQUIRE(parley::presign(one, keys, options, time, 60s));
        REQUIRE(parley::presign(other, keys, options, time, 60s, &kept));
        CHECK(one.target == other.target);
    }
}

TEST_CASE("sigv4: a header field with an invalid name is an error") {
    for (char const* name : {"", "a b", "a:b", "host:x\nz"}) {
        CAPTURE(name);
        auto request = get("/");
        request.fields.add(name, "1");
        auto const before = request.fields;
        auto const header = parley::sign_headers(request, keys, options, now);
        REQUIRE(!header);
        CHECK(header.error().text == "a header field of the request has an invalid name");
        CHECK(!parley::presign(request, keys, options, now, 60s));
        CHECK(request.fields == before);
        CHECK(request.target == "/");
    }
}

TEST_SUITE_END();
