// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/http/host.hpp>

#include <doctest/doctest.h>

#include <string>

TEST_SUITE_BEGIN("http");

using parley::authority_of;
using parley::is_host_and_port;
using parley::is_host_field;
using parley::is_request_target;

TEST_CASE("is_host_and_port: names, IPv4 addresses and ports (RFC 3986, sections 3.2.2 and 3.2.3)") {
    for (char const* good : {"a", "example.com", "EXAMPLE.com.", "a_b", "xn--p1ai", "a!$&'()*+,;=~", "%41%2f", "127.0.0.1",
                             "999.1", "a:", "a:0", "a:80", "a:00080", "a:65535"}) {
        CAPTURE(good);
        CHECK(is_host_and_port(good));
    }
    for (char const* bad : {"",           ":80",
                            "a b",        " a",
                            "a ",         "a b/@c",
                            "a@b",        "user:pw@b",
                            "a/b",        "a?b",
                            "a#b",        "a\\b",
                            "a\"b",       "<a>",
                            "a^b",        "a|b",
                            "{a}",        "a`",
                            "%",          "%4",
                            "%4g",        "a%",
                            "\xc3\xa9",   "a\tb",
                            "a\x7f",      "a,b c",
                            "a:b",        "a:65536",
                            "a:99999999", "a:-1",
                            "a:+1",       "a: 1",
                            "a:1:2",      "a:18446744073709551617",
                            "::1",        "a]",
                            "a[b]"}) {
        CAPTURE(bad);
        CHECK(!is_host_and_port(bad));
    }
    CHECK(!is_host_and_port(std::string_view("a\0b", 3)));
}

TEST_CASE("is_host_and_port: addresses in brackets (RFC 3986, section 3.2.2)") {
    for (char const* good :
         {"::", "::1", "1::", "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7::", "::2:3:4:5:6:7:8", "1::8", "2001:DB8::ff00:42:8329",
          "::ffff:127.0.0.1", "1:2:3:4:5:6:1.2.3.4", "1::1.2.3.4", "v1.a", "vF0.a:b!", "V1.~"}) {
        CAPTURE(good);
        CHECK(is_host_and_port('[' + std::string(good) + ']'));
        CHECK(is_host_and_port('[' + std::string(good) + "]:8080"));
    }
    for (char const* bad : {"",
                            ":",
                            ":::",
                            "1",
                            "1:2:3:4:5:6:7",
                            "1:2:3:4:5:6:7:8:9",
                            "1:2:3:4::5:6:7:8",
                            "1::2::3",
                            ":1::2",
                            "1:2:3:4:5:6:7:",
                            ":2:3:4:5:6:7:8",
                            "12345::",
                            "g::",
                            "::1.2.3",
                            "::1.2.3.256",
                            "::01.2.3.4",
                            "::1.2.3.4.5",
                            "1.2.3.4::",
                            "1:2:3:4:5:6:7:1.2.3.4",
                            "fe80::1%25eth0",
                            "v.a",
                            "v1.",
                            "v1",
                            "vg.a",
                            "v1.a/",
                            "127.0.0.1",
                            "a"}) {
        CAPTURE(bad);
        CHECK(!is_host_and_port('[' + std::string(bad) + ']'));
    }
    for (char const* bad : {"[", "[]", "]", "[::1", "::1]", "[::1]80", "[::1]:x", "[::1]:65536", "[[::1]]", "x[::1]"}) {
        CAPTURE(bad);
        CHECK(!is_host_and_port(bad));
    }
}

TEST_CASE("is_host_field: the value may be empty, but then without a port (RFC 9112, section 3.2; RFC 9110, section 4.2.1)") {
    CHECK(is_host_field(""));
    CHECK(is_host_field("a:80"));
    CHECK(!is_host_field(":80"));
    CHECK(!is_host_field(":"));
    CHECK(!is_host_field("a@b"));
}

TEST_CASE("authority_of: absolute-form only") {
    CHECK(authority_of("http://a:80/x") == "a:80");
    CHECK(authority_of("http://a") == "a");
    CHECK(authority_of("http://a?x=/y") == "a");
    CHECK(authority_of("http://a#f") == "a");
    CHECK(authority_of("HTTP+x-1.0://[::1]/") == "[::1]");
    CHECK(authority_of("http:///x") == "");
    for (char const* other : {"", "/", "/x?u=http://a/", "*", "a:80", "//a/b", "http:/a", "1http://a", "ht tp://a", "://a"}) {
        CAPTURE(other);
        CHECK(!authority_of(other));
    }
}

TEST_CASE("is_request_target: the four forms of RFC 9112, section 3.2") {
    CHECK(is_request_target("GET", "/"));
    CHECK(is_request_target("GET", "/a?u=http://x y"));
    CHECK(is_request_target("GET", "http://a:80/x"));
    CHECK(is_request_target("GET", "http://a"));
    CHECK(is_request_target("OPTIONS", "*"));
    CHECK(is_request_target("CONNECT", "a:443"));
    CHECK(is_request_target("CONNECT", "[::1]:443"));
    CHECK(!is_request_target("GET", ""));
    CHECK(!is_request_target("GET", "*"));
    CHECK(!is_request_target("GET", "a"));
    CHECK(!is_request_target("GET", "a:443"));
    CHECK(!is_request_target("GET", "http://user@a/"));
    CHECK(!is_request_target("GET", "http:///x"));
    CHECK(!is_request_target("GET", "http://a:99999999/"));
    CHECK(!is_request_target("CONNECT", "/"));
    CHECK(!is_request_target("CONNECT", "a"));
    CHECK(!is_request_target("CONNECT", "[::1]"));
    CHECK(!is_request_target("CONNECT", "a@b:443"));
}

TEST_SUITE_END();
