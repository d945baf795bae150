// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_OPENAPI_OPENAPI_SCHEMA_IPP
#define PARLEY_OPENAPI_OPENAPI_SCHEMA_IPP

#include <parley/core/number.hpp>
#include <parley/core/utf8.hpp>
#include <parley/describe/unit.hpp>
#include <parley/json/encode.hpp>
#include <parley/openapi/openapi_schema.hpp>

#include <cmath>
#include <cstdint>
#include <limits>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace parley::inline PARLEY_ABI::detail {

json_builder& json_builder::text(std::string_view value) {
    separate();
    static_cast<void>(write_json(out_, repair_utf8(value))); // cannot fail for valid UTF-8
    return *this;
}

json_builder& json_builder::number(std::int64_t value) { return separate(), append_integer(out_, value), *this; }

json_builder& json_builder::number(std::uint64_t value) { return separate(), append_integer(out_, value), *this; }

json_builder& json_builder::number(double value) { return separate(), append_double(out_, value), *this; }

json_builder& json_builder::texts(std::vector<std::string_view> const& values) {
    open('[');
    for (auto const value : values) text(value);
    return close(']');
}

namespace openapi {

inline std::uint64_t base64_size(std::uint64_t bytes) { return (bytes + 2) / 3 * 4; }

} // namespace openapi

void openapi_schemas::write(json_builder& out, member const& m, openapi_place place) {
    out.open('{');
    write_keywords(out, *m.value.target, m.checks, m.format, place, &m);
    if (!m.server_default.empty()) out.key("default").put(m.server_default);
    out.close('}');
}

void openapi_schemas::write(json_builder& out, shape const& type, timestamp_format format) {
    out.open('{');
    write_keywords(out, type, nullptr, format, openapi_place::body, nullptr);
    out.close('}');
}

void openapi_schemas::write_object(json_builder& out, structure_shape const& s, member_set const& members) {
    out.open('{');
    write_properties(out, s, members);
    out.close('}');
}

void openapi_schemas::write_components(json_builder& out) {
    std::map<std::string_view, std::string> schemas;
    for (bool more = true; more;) {
        more = false;
        for (auto const& [name, type] : std::map(referenced_)) {
            if (schemas.contains(name)) continue;
            more = true;
            json_builder schema;
            schema.open('{');
            write_definition(schema, *type);
            schemas[name] = schema.close('}').take();
        }
    }
    out.open('{');
    for (auto const& [name, schema] : schemas) out.key(name).put(schema);
    out.close('}');
}

void openapi_schemas::write_keywords(json_builder& out, shape const& type, value_checks const* checks, timestamp_format format,
                                     openapi_place place, member const* m) {
    static constraint const unconstrained;
    auto const& c = checks && checks->value ? *checks->value : unconstrained;
    switch (type.kind) {
    case shape_kind::boolean: out.key("type").text("boolean"); break;
    case shape_kind::integer: write_integer(out, type, c); break;
    case shape_kind::floating:
        out.key("type").text("number").key("format").text(type.size == sizeof(float) ? "float" : "double");
        if (std::isfinite(c.min_number)) out.key("minimum").number(c.min_number);
        if (std::isfinite(c.max_number)) out.key("maximum").number(c.max_number);
        break;
    case shape_kind::text: write_text(out, c, place, m); break;
    case shape_kind::blob: write_blob(out, c, m); break;
    case shape_kind::timestamp: write_timestamp(out, format, place); break;
    case shape_kind::enumeration:
        refer(out, type);
        if (m && m->sensitive) out.key("format").text("password");
        write_lengths(out, c, "minLength", "maxLength");
        if (!c.pattern.empty()) out.key("pattern").text(c.pattern);
        break;
    case shape_kind::structure:
        if (&type == &shape_table<unit>::value) out.key("type").text("object");
        else refer(out, type);
        break;
    case shape_kind::tagged_union:
        if (types_.at(type).qualified_name.empty()) write_definition(out, type);
        else refer(out, type);
        break;
    case shape_kind::list:
        out.key("type").text("array").key("items");
        write_held(out, type.list->item, checks ? checks->each : nullptr, format, place);
        write_lengths(out, c, "minItems", "maxItems");
        if (c.unique_items || types_.at(type).unique) out.key("uniqueItems").put("true");
        break;
    case shape_kind::map: write_map(out, type, checks, c, format, place); break;
    case shape_kind::document:
    case shape_kind::json_value: break; // any value
    }
}

void openapi_schemas::write_text(json_builder& out, constraint const& c, openapi_place place, member const* m) {
    out.key("type").text("string");
    if (m && m->sensitive) out.key("format").text("password");
    if (m && !m->media_type.empty()) {
        // A string with a media type may have line breaks, which header fields cannot contain.
        if (place == openapi_place::header) out.key("contentEncoding").text("base64");
        out.key("contentMediaType").text(m->media_type);
    }
    write_lengths(out, c, "minLength", "maxLength");
    if (!c.pattern.empty()) out.key("pattern").text(c.pattern);
}

void openapi_schemas::write_blob(json_builder& out, constraint const& c, member const* m) {
    out.key("type").text("string").key("contentEncoding").text("base64");
    if (m && !m->media_type.empty()) out.key("contentMediaType").text(m->media_type);
    if (c.min_length > 0) out.key("minLength").number(openapi::base64_size(c.min_length));
    if (c.max_length < std::numeric_limits<std::uint32_t>::max()) out.key("maxLength").number(openapi::base64_size(c.max_length));
}

// Writes the schema of items and mapped values, which may be nullable.
void openapi_schemas::write_held(json_builder& out, value_access const& held, value_checks const* checks, timestamp_format format,
                                 openapi_place place) {
    if (held.nullable) out.open('{').key("anyOf").open('[');
    out.open('{');
    write_keywords(out, *held.target, checks, format, place, nullptr);
    out.close('}');
    if (held.nullable) out.put("{\"type\":\"null\"}").close(']').close('}');
}

void openapi_schemas::write_integer(json_builder& out, shape const& type, constraint const& c) {
    auto const format = (type.is_signed ? "int" : "uint") + std::to_string(8 * type.size);
    out.key("type").text("integer").key("format").text(format);
    if (c.has_range && c.min_integer != constraint{}.min_integer) out.key("minimum").number(c.min_integer);
    else if (!type.is_signed) out.key("minimum").put("0");
    if (c.has_range && c.max_integer != constraint{}.max_integer) out.key("maximum").number(c.max_integer);
    auto const& numbers = types_.at(type).numbers;
    if (numbers.empty()) return;
    out.key("enum").open('[');
    for (auto const number : numbers) out.number(number);
    out.close(']');
}

void openapi_schemas::write_timestamp(json_builder& out, timestamp_format format, openapi_place place) {
    if (format == timestamp_format::unspecified) {
        format = place == openapi_place::body     ? timestamp_format::epoch_seconds
                 : place == openapi_place::header ? timestamp_format::http_date
                                                  : timestamp_format::date_time;
    }
    bool const number = format == timestamp_format::epoch_seconds;
    out.key("type").text(number ? "number" : "string").key("format");
    out.text(number ? "epoch-seconds" : format == timestamp_format::http_date ? "http-date" : "date-time");
}

void openapi_schemas::write_map(json_builder& out, shape const& type, value_checks const* checks, constraint const& c,
                                timestamp_format format, openapi_place place) {
    out.key("type").text("object").key("additionalProperties");
    write_held(out, type.map->value, checks ? checks->each : nullptr, format, place);
    auto const* keys = checks ? checks->keys : nullptr;
    bool const closed = type.map->keys && !types_.at(type).open;
    if (keys || closed) {
        out.key("propertyNames").open('{');
        if (keys) write_lengths(out, *keys, "minLength", "maxLength");
        if (keys && !keys->pattern.empty()) out.key("pattern").text(keys->pattern);
        if (closed) out.key("enum").texts({type.map->keys->values.begin(), type.map->keys->values.end()});
        out.close('}');
    }
    write_lengths(out, c, "minProperties", "maxProperties");
}

void openapi_schemas::write_lengths(json_builder& out, constraint const& c, std::string_view min, std::string_view max) {
    if (c.min_length != constraint{}.min_length) out.key(min).number(c.min_length);
    if (c.max_length != constraint{}.max_length) out.key(max).number(c.max_length);
}

void openapi_schemas::refer(json_builder& out, shape const& type) {
    auto const& name = types_.at(type).name;
    referenced_[name] = &type;
    out.key("$ref").text("#/components/schemas/" + name);
}

void openapi_schemas::write_definition(json_builder& out, shape const& type) {
    if (type.kind == shape_kind::enumeration) return write_enumeration(out, type);
    auto const& s = *type.structure;
    if (type.kind == shape_kind::structure) {
        member_set all;
        for (std::size_t i = 0; i < s.count; ++i) all.insert(i);
        return write_properties(out, s, all);
    }
    // A union is an object with one member.
    out.key("oneOf").open('[');
    for (std::size_t i = 0; i < s.count; ++i) {
        auto const& m = s.members[i];
        out.open('{').key("type").text("object").key("title").text(m.name).key("properties").open('{').key(m.name);
        write(out, m, openapi_place::body);
        out.close('}').key("required").texts({m.name}).close('}');
    }
    out.close(']');
}

void openapi_schemas::write_enumeration(json_builder& out, shape const& type) {
    auto const values = type.enumeration->values;
    bool const open = types_.at(type).open;
    // Other values may be added later: the schema lists the known values and permits any string.
    if (open) out.key("anyOf").open('[').open('{');
    out.key("type").text("string").key("enum").texts({values.begin(), values.end()});
    if (open) out.close('}').put("{\"type\":\"string\"}").close(']');
}

void openapi_schemas::write_properties(json_builder& out, structure_shape const& s, member_set const& members) {
    out.key("type").text("object");
    std::vector<std::string_view> required;
    bool any = false;
    for (std::size_t i = 0; i < s.count; ++i) {
        if (!members.contains(i)) continue;
        auto const& m = s.members[i];
        if (!std::exchange(any, true)) out.key("properties").open('{');
        out.key(m.name);
        write(out, m, openapi_place::body);
        if (m.required) required.push_back(m.name);
    }
    if (any) out.close('}');
    if (!required.empty()) out.key("required").texts(required);
}

} // namespace parley::detail

#endif
