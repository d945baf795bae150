// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/json/document.hpp>

#include <parley/json/decode.hpp>
#include <parley/json/encode.hpp>

#include <boost/describe.hpp>
#include <boost/json/parse.hpp>
#include <doctest/doctest.h>

#include <optional>
#include <string>
#include <vector>

TEST_SUITE_BEGIN("json");

namespace json = boost::json;

namespace {

struct with_documents {
    json::value any;
    std::optional<json::value> maybe{};
    std::vector<json::value> list{};
};
BOOST_DESCRIBE_STRUCT(with_documents, (), (any, maybe, list))

struct different_documents {
    std::vector<json::value> list{};
};
BOOST_DESCRIBE_STRUCT(different_documents, (), (list))
constexpr auto parley_traits(different_documents const*) { return parley::traits(parley::on("list", parley::unique_items())); }

} // namespace

TEST_CASE("document: free-form JSON is parsed and written unchanged") {
    std::string const text = R"({"any":{"a":[1,-2,18446744073709551615,0.5,"x\ny",true,null,{}]},"list":[1,"a",[],null]})";
    auto const read = parley::from_json<with_documents>(text);
    REQUIRE_MESSAGE(read, read.error().message());
    CHECK(read->any == json::parse(R"({"a":[1,-2,18446744073709551615,0.5,"x\ny",true,null,{}]})"));
    CHECK(!read->maybe);
    CHECK(read->list.size() == 4);
    CHECK(parley::to_json(*read).value() == text);
}

TEST_CASE("document: null is a value, and absent in an optional") {
    auto const read = parley::from_json<with_documents>(R"({"any":null,"maybe":null,"list":[]})");
    REQUIRE(read);
    CHECK(read->any.is_null());
    CHECK(!read->maybe);
    CHECK(parley::from_json<json::value>("null").value().is_null());
    CHECK(parley::from_json<json::value>("[[1,2],{\"a\":{}}]").value() == json::parse("[[1,2],{\"a\":{}}]"));
}

TEST_CASE("document: errors next to a document are reported") {
    auto const read = parley::from_json<with_documents>(R"({"any":{"list":7},"list":7})");
    REQUIRE(!read);
    CHECK(read.error().message() == "/list: expected an array, found a number, at byte 25");
}

TEST_CASE("document: parts that cannot be written are reported with their paths") {
    with_documents value{.any = json::parse(R"({"a":[1,[],{"b":"x","c":{}}],"d":["y","z"]})")};
    value.any.at("a").at(2).at("b") = "\xff";
    value.any.at("d").at(1) = "\xfe";
    std::string out;
    auto const error = parley::write_json(out, value);
    REQUIRE(error);
    REQUIRE(error->violations.size() == 2);
    CHECK(error->violations[0].path == "/any/a/2/b");
    CHECK(error->violations[1].path == "/any/d/1");
    CHECK(error->violations[0].code == parley::errc::invalid_utf8);
}

TEST_CASE("document: the nesting depth is limited") {
    json::value deep = nullptr;
    for (int i = 0; i < 300; ++i)
        deep = i % 2 == 0 ? json::value(json::array{std::move(deep)}) : json::value(json::object{{"a", std::move(deep)}});
    auto const written = parley::to_json(with_documents{.any = std::move(deep)});
    REQUIRE(!written);
    REQUIRE(written.error().violations.size() == 1);
    CHECK(written.error().violations[0].code == parley::errc::limit_exceeded);
    CHECK(written.error().violations[0].path.starts_with("/any/a/0/a/0/"));
}

TEST_CASE("document: unique items are compared deeply") {
    auto const good = parley::from_json<different_documents>(
        R"({"list":[null,"",[],{},0,"0",[0],[[0]],{"a":0},{"b":0},{"a":"0"},true,false]})");
    CHECK_MESSAGE(good, good.error().message());
    for (char const* same : {"null,1,null", R"({"a":[1]},{"a":[1]})", R"("x",7,"x")"})
        CHECK(!parley::from_json<different_documents>("{\"list\":[" + std::string(same) + "]}"));
}

TEST_SUITE_END();
