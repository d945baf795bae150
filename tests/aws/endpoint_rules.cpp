// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/aws/endpoint_rules.hpp>

#include <doctest/doctest.h>

#include <string>
#include <string_view>

TEST_SUITE_BEGIN("aws");

namespace {

// A rule set with one endpoint after `conditions`, an error otherwise.
std::string rules(std::string const& conditions, std::string const& url) {
    return R"({"version":"1.0","parameters":{
        "Region":{"type":"String","builtIn":"AWS::Region"},
        "Bucket":{"type":"String"},
        "Fast":{"type":"Boolean","default":false,"required":true}},
        "rules":[{"type":"endpoint","conditions":[)"
           + conditions + R"(],"endpoint":{"url":")" + url + R"("}},
                 {"type":"error","conditions":[],"error":"nothing for {Region}"}]})";
}

std::string resolve(std::string const& text, parley::endpoint_parameters const& parameters) {
    auto const read = parley::endpoint_rules::parse(text);
    if (!read) return "unreadable: " + read.error().message();
    auto const found = read->resolve(parameters);
    return found ? found->url : "error: " + found.error().message();
}

// Returns the result of a function call as the text of an endpoint.
std::string result_of(std::string const& call, std::string const& shown) {
    auto condition = call;
    condition.insert(condition.size() - 1, R"(,"assign":"it")");
    return resolve(rules(condition, shown), {{"Region", "r1"}, {"Bucket", "my-bucket"}});
}

} // namespace

TEST_CASE("endpoint_rules: the first rule whose conditions hold determines the endpoint") {
    auto const text = rules(R"({"fn":"booleanEquals","argv":[{"ref":"Fast"},true]},{"fn":"isSet","argv":[{"ref":"Region"}]})",
                            "https://fast.{Region}.{{x}}");
    CHECK(resolve(text, {{"Region", "eu"}, {"Fast", true}}) == "https://fast.eu.{x}");
    CHECK(resolve(text, {{"Region", "eu"}}) == "error: nothing for eu"); // Fast defaults to false
}

TEST_CASE("endpoint_rules: a value that a condition assigns is visible in later conditions and the endpoint of its rule only") {
    auto const arn = R"({"fn":"aws.parseArn","argv":["arn:aws:s3:us-east-1:123:a/b:c"]})";
    CHECK(result_of(arn, "{it#partition}.{it#service}.{it#region}.{it#accountId}.{it#resourceId[0]}.{it#resourceId[2]}")
          == "aws.s3.us-east-1.123.a.c");
    auto const later = R"({"version":"1.0","parameters":{},"rules":[
        {"type":"endpoint","conditions":[{"fn":"coalesce","argv":["a","b"],"assign":"x"},{"fn":"not","argv":[true]}],"endpoint":{"url":"u"}},
        {"type":"endpoint","conditions":[],"endpoint":{"url":"{x}"}}]})";
    CHECK(resolve(later, {}).starts_with("error: invalid endpoint rules"));
}

TEST_CASE("endpoint_rules: the functions return the specified values") {
    CHECK(result_of(R"({"fn":"aws.partition","argv":["us-gov-west-1"]})", "{it#name} {it#dualStackDnsSuffix}")
          == "aws-us-gov api.aws");
    CHECK(result_of(R"({"fn":"aws.partition","argv":["nowhere"]})", "{it#name} {it#implicitGlobalRegion}") == "aws us-east-1");
    CHECK(result_of(R"({"fn":"substring","argv":["abcdef",1,3,false]})", "{it}") == "bc");
    CHECK(result_of(R"({"fn":"substring","argv":["abcdef",1,3,true]})", "{it}") == "de");
    CHECK(result_of(R"({"fn":"substring","argv":["ab",1,3,false]})", "{it}") == "error: nothing for r1");
    CHECK(result_of(R"({"fn":"uriEncode","argv":["a b/c"]})", "{it}") == "a%20b%2Fc");
    CHECK(result_of(R"({"fn":"parseURL","argv":["https://example.com:8443/a/b"]})",
                    "{it#scheme} {it#authority} {it#path} {it#normalizedPath}")
          == "https example.com:8443 /a/b /a/b/");
    CHECK(result_of(R"({"fn":"parseURL","argv":["https://example.com?x"]})", "{it#scheme}") == "error: nothing for r1");
    CHECK(result_of(R"({"fn":"coalesce","argv":[{"fn":"parseURL","argv":["no"]},"other"]})", "{it}") == "other");
    CHECK(result_of(R"({"fn":"ite","argv":[false,"a","b"]})", "{it}") == "b");
    CHECK(result_of(R"({"fn":"split","argv":["a--b--c","--",2]})", "{it#[0]} {it#[1]}") == "a b--c");
    CHECK(result_of(R"({"fn":"isValidHostLabel","argv":["a.b",false]})", "yes") == "error: nothing for r1");
    CHECK(result_of(R"({"fn":"isValidHostLabel","argv":["a.b",true]})", "yes") == "yes");
    CHECK(result_of(R"({"fn":"aws.isVirtualHostableS3Bucket","argv":[{"ref":"Bucket"},false]})", "yes") == "yes");
    CHECK(result_of(R"({"fn":"aws.isVirtualHostableS3Bucket","argv":["192.168.1.1",true]})", "yes") == "error: nothing for r1");
    CHECK(result_of(R"({"fn":"not","argv":[{"fn":"stringEquals","argv":["a","b"]}]})", "yes") == "yes");
}

TEST_CASE("endpoint_rules: header fields and the authentication scheme are part of the endpoint") {
    auto const read =
        parley::endpoint_rules::parse(R"({"version":"1.0","parameters":{"Region":{"type":"String","builtIn":"AWS::Region"}},
        "rules":[{"type":"endpoint","conditions":[],"endpoint":{"url":"https://x","headers":{"x-region":["{Region}","b"]},
        "properties":{"authSchemes":[{"name":"sigv4","signingName":"svc","signingRegion":"{Region}-1"}]}}}]})");
    REQUIRE(read);
    CHECK(read->parameter_for("AWS::Region") == "Region");
    CHECK(read->parameter_for("AWS::UseFIPS").empty());
    auto const found = read->resolve({{"Region", "eu"}}).value();
    CHECK(found.fields == parley::headers{{"x-region", "eu"}, {"x-region", "b"}});
    CHECK(found.signing_name == "svc");
    CHECK(found.signing_region == "eu-1");
}

TEST_CASE("endpoint_rules: invalid rules are errors with a reason") {
    for (char const* bad : {"", "[]", R"({"version":"2.0"})", R"({"version":"2.0","parameters":{},"rules":[]})", "{"})
        CHECK(resolve(bad, {}).starts_with("unreadable: "));
    for (char const* conditions :
         {R"({"fn":"fly","argv":[]})", R"({"fn":"isSet","argv":[]})", R"({"fn":"isSet","argv":[{"ref":"Gone"}]})",
          R"({"fn":"not","argv":["text"]})", R"({"argv":[]})", "7", R"({"fn":"not","argv":[{"argv":[]}]})",
          R"({"fn":"not","argv":[1]})", R"({"fn":"split","argv":["a","",0]})",
          R"({"fn":"getAttr","argv":[{"fn":"aws.partition","argv":["r"]},"name[99999999999999]"]})"}) {
        CAPTURE(conditions);
        CHECK(resolve(rules(conditions, "u"), {{"Region", "r"}}).starts_with("error: invalid endpoint rules: "));
    }
    CHECK(resolve(R"({"version":"1.0","parameters":{},"rules":[{"conditions":[]}]})", {})
          == "error: invalid endpoint rules: missing member type");
    CHECK(resolve(rules(R"({"fn":"not","argv":[1.5]})", "u"), {}).starts_with("unreadable: invalid endpoint rules: "));
    CHECK(resolve(rules("", "a{b"), {}).starts_with("error: invalid endpoint rules: "));
    CHECK(resolve(R"({"version":"1.0","parameters":{"A":{"type":"String","required":true}},"rules":[]})", {})
          == "error: missing endpoint parameter A");
    CHECK(resolve(R"({"version":"1.0","parameters":{},"rules":[]})", {}) == "error: no endpoint rule matches the parameters");
}

TEST_CASE("endpoint_rules: the values of an evaluation are limited") {
    // 4^20 copies of a text, and lists of 4^20 items.
    for (std::string const& start : {std::string(R"("a")"), std::string(R"(["a"])")}) {
        std::string conditions = R"({"fn":"coalesce","argv":[)" + start + R"(,""],"assign":"x0"})";
        for (int i = 0; i < 20; ++i) {
            auto const last = "x" + std::to_string(i);
            auto const reference = R"({"ref":")" + last + R"("})";
            auto const text = '"' + std::string("{") + last + "}{" + last + "}{" + last + "}{" + last + "}\"";
            auto const list = '[' + reference + ',' + reference + ',' + reference + ',' + reference + ']';
            conditions += R"(,{"fn":"coalesce","argv":[)" + (start[0] == '[' ? list : text) + R"(,""],"assign":"x)"
                          + std::to_string(i + 1) + R"("})";
        }
        CHECK(resolve(rules(conditions, "u"), {{"Region", "r"}})
              == "error: invalid endpoint rules: the values exceed the size limit");
    }
    // Each condition refers to a region of usual length.
    std::string conditions = R"({"fn":"isSet","argv":[{"ref":"Region"}]})";
    for (int i = 0; i < 5000; ++i) conditions += R"(,{"fn":"stringEquals","argv":["{Region}",{"ref":"Region"}]})";
    CHECK(resolve(rules(conditions, "u"), {{"Region", "ap-southeast-1"}}) == "u");
}

TEST_SUITE_END();
