// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// The expected schemas are written by hand from JSON Schema (2020-12) and OpenAPI 3.1.
#include <parley/openapi/openapi_schema.hpp>

#include <support/everywhere.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <doctest/doctest.h>

#include <string>
#include <string_view>

TEST_SUITE_BEGIN("openapi");

namespace {

// The schemas that a type refers to, by name. Its own schema has the name "".
class schemas_of_type {
public:
    template <class T>
    static schemas_of_type of() {
        parley::detail::openapi_types types;
        types.add<T>();
        types.give_names();
        parley::detail::openapi_schemas schemas(types);
        schemas_of_type made;
        parley::detail::json_builder own, all;
        schemas.write(own, parley::shape_of<T>);
        schemas.write_components(all);
        made.own_ = own.take();
        made.all_ = boost::json::parse(all.take());
        return made;
    }

    std::string const& own() const { return own_; }
    boost::json::value const& named(std::string_view name) const { return all_.at(name); }
    boost::json::value const& member(std::string_view name) const { return all_.at("things").at("properties").at(name); }
    std::size_t count() const { return all_.as_object().size(); }

private:
    std::string own_;
    boost::json::value all_;
};

} // namespace

TEST_CASE("openapi_schema: the schema of each kind of member matches its encoding") {
    auto const schemas = schemas_of_type::of<everywhere::things>();
    CHECK(schemas.own() == R"({"$ref":"#/components/schemas/things"})");
    CHECK(schemas.count() == 5); // figure, node, color and the open enumeration of color
    struct expected {
        std::string_view member, schema;
    };
    for (
        auto const& one : {
            expected{"flag", R"({"type":"boolean"})"},
            {"i8", R"({"type":"integer","format":"int8"})"},
            {"u8", R"({"type":"integer","format":"uint8","minimum":0})"},
            {"i16", R"({"type":"integer","format":"int16","minimum":-5,"maximum":5})"},
            {"u64", R"({"type":"integer","format":"uint64","minimum":1,"maximum":9})"},
            {"f32", R"({"type":"number","format":"float","minimum":0.5,"maximum":1.5})"},
            {"f64", R"({"type":"number","format":"double"})"},
            {"the \"text\"", R"({"type":"string","minLength":1,"maxLength":9})"},
            // base64: 3 bytes are 4 characters, 20 bytes are 28.
            {"bytes", R"({"type":"string","contentEncoding":"base64","minLength":4,"maxLength":28})"},
            {"seconds", R"({"type":"number","format":"epoch-seconds"})"},
            {"date", R"({"type":"string","format":"date-time"})"},
            {"http", R"({"type":"string","format":"http-date"})"},
            {"paint", R"({"$ref":"#/components/schemas/color"})"},
            {"any_paint", R"({"$ref":"#/components/schemas/color.open"})"},
            {"how", R"({"type":"integer","format":"int8","enum":[1,2]})"},
            {"numbers", R"({"type":"array","items":{"type":"integer","format":"int32"}})"},
            {"unique", R"({"type":"array","items":{"type":"string"},"uniqueItems":true})"},
            {"distinct",
             R"({"type":"array","items":{"type":"string","minLength":1,"maxLength":6},"minItems":2,"maxItems":4,"uniqueItems":true})"},
            {"places",
             R"({"type":"object","additionalProperties":{"type":"array","items":{"type":"integer","format":"int16","minimum":0,)"
             R"("maximum":9},"minItems":1,"maxItems":2},"propertyNames":{"pattern":"^[a-z]{1,3}$"}})"},
            {"by_color", R"({"type":"object","additionalProperties":{"type":"integer","format":"int32"},)"
                         R"("propertyNames":{"enum":["red","GREEN-ish","blue"]}})"},
            {"sparse", R"({"type":"array","items":{"anyOf":[{"type":"integer","format":"int32"},{"type":"null"}]}})"},
            {"anything", R"({})"},
            {"maybe", R"({"type":"string"})"},
        }) {
        CHECK_MESSAGE(schemas.member(one.member) == boost::json::parse(one.schema), one.member);
    }
    auto const& required = schemas.named("things").at("required").as_array();
    CHECK(required.size() == 32); // all 36 without the four optional members
}

TEST_CASE("openapi_schema: recursive types refer to themselves") {
    auto const schemas = schemas_of_type::of<everywhere::node>();
    CHECK(
        boost::json::serialize(schemas.named("node"))
        == R"({"type":"object","properties":{"name":{"type":"string"},"children":{"type":"array","items":{"$ref":"#/components/schemas/node"}},)"
           R"("named":{"type":"object","additionalProperties":{"$ref":"#/components/schemas/node"}},"twin":{"$ref":"#/components/schemas/node"},)"
           R"("shown":{"$ref":"#/components/schemas/figure"}},"required":["name","children","named"]})");
}

TEST_CASE("openapi_schema: a union is oneOf objects with one member each") {
    using either = std::variant<std::monostate, parley::tagged<"text", std::string>, parley::tagged<"nothing", parley::unit>>;
    CHECK(schemas_of_type::of<either>().own()
          == R"({"oneOf":[{"type":"object","title":"text","properties":{"text":{"type":"string"}},"required":["text"]},)"
             R"({"type":"object","title":"nothing","properties":{"nothing":{"type":"object"}},"required":["nothing"]}]})");
}

TEST_CASE("openapi_schema: an enumeration has its values; an open enumeration permits others") {
    CHECK(boost::json::serialize(schemas_of_type::of<everywhere::color>().named("color"))
          == R"({"type":"string","enum":["red","GREEN-ish","blue"]})");
    CHECK(boost::json::serialize(schemas_of_type::of<parley::open_enum<everywhere::color>>().named("color"))
          == R"({"anyOf":[{"type":"string","enum":["red","GREEN-ish","blue"]},{"type":"string"}]})");
}

TEST_CASE("openapi_schema: strings are escaped") {
    parley::detail::json_builder out;
    out.open('{').key("a\"b").texts({"\n", "\xff"}).key("n").number(std::int64_t{-1}).close('}');
    CHECK(out.take() == "{\"a\\\"b\":[\"\\n\",\"\xef\xbf\xbd\"],\"n\":-1}");
}

TEST_SUITE_END();
