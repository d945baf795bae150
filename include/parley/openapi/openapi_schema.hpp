// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_OPENAPI_OPENAPI_SCHEMA_HPP
#define PARLEY_OPENAPI_OPENAPI_SCHEMA_HPP

#include <parley/core/number.hpp>
#include <parley/core/utf8.hpp>
#include <parley/describe/unit.hpp>
#include <parley/http/template.hpp>
#include <parley/json/encode.hpp>
#include <parley/openapi/openapi_types.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace parley::inline PARLEY_ABI::detail {

/// JSON that is written from its begin to its end.
class json_text {
public:
    json_text& open(char bracket) { return put(std::string_view(&bracket, 1)), first_ = true, *this; }
    json_text& close(char bracket) { return out_ += bracket, first_ = false, *this; }
    json_text& key(std::string_view name) { return text(name), out_ += ':', first_ = true, *this; }
    json_text& text(std::string_view value) {
        separate();
        static_cast<void>(write_json(out_, repair_utf8(value))); // what is UTF-8 can be written
        return *this;
    }
    json_text& put(std::string_view json) { return separate(), out_ += json, *this; }
    json_text& number(std::int64_t value) { return separate(), append_integer(out_, value), *this; }
    json_text& number(std::uint64_t value) { return separate(), append_integer(out_, value), *this; }
    json_text& number(double value) { return separate(), append_double(out_, value), *this; }
    json_text& texts(std::vector<std::string_view> const& values) {
        open('[');
        for (auto const value : values) text(value);
        return close(']');
    }

    std::string take() { return std::move(out_); }

private:
    void separate() {
        if (!std::exchange(first_, false)) out_ += ',';
    }

    std::string out_;
    bool first_ = true;
};

/// Where a value is written, which decides how timestamps are, and whether bytes are base64.
enum class openapi_place : std::uint8_t { body, path_or_query, header };

/// Writes the JSON Schema (2020-12) of values, and keeps in mind which types it referred to.
class openapi_schemas {
public:
    explicit openapi_schemas(openapi_types const& types) : types_(types) {}

    /// The schema of a member.
    void write(json_text& out, member const& m, openapi_place place) {
        out.open('{');
        write_keywords(out, *m.value.target, m.checks, m.format, place, &m);
        if (!m.server_default.empty()) out.key("default").put(m.server_default);
        out.close('}');
    }
    void write(json_text& out, shape const& what, timestamp_format format = timestamp_format::unspecified) {
        out.open('{');
        write_keywords(out, what, nullptr, format, openapi_place::body, nullptr);
        out.close('}');
    }

    /// The schema of an object that has some of the members of a structure.
    void write_object(json_text& out, structure_shape const& s, member_set const& members) {
        out.open('{');
        write_properties(out, s, members);
        out.close('}');
    }

    /// The schemas that were referred to, and those that they refer to.
    void write_components(json_text& out) {
        std::map<std::string_view, std::string> done;
        for (bool more = true; more;) {
            more = false;
            for (auto const& [name, what] : std::map(wanted_)) {
                if (done.contains(name)) continue;
                more = true;
                json_text schema;
                schema.open('{');
                write_definition(schema, *what);
                done[name] = schema.close('}').take();
            }
        }
        out.open('{');
        for (auto const& [name, schema] : done) out.key(name).put(schema);
        out.close('}');
    }
    bool has_components() const { return !wanted_.empty(); }

    static std::uint64_t base64_size(std::uint64_t bytes) { return (bytes + 2) / 3 * 4; }

private:
    void write_keywords(json_text& out, shape const& what, value_checks const* checks, timestamp_format format,
                        openapi_place place, member const* m) {
        static constraint const unconstrained;
        auto const& c = checks && checks->value ? *checks->value : unconstrained;
        bool const secret = m && m->sensitive;
        switch (what.kind) {
        case shape_kind::boolean: out.key("type").text("boolean"); break;
        case shape_kind::integer: write_integer(out, what, c); break;
        case shape_kind::floating:
            out.key("type").text("number").key("format").text(what.size == sizeof(float) ? "float" : "double");
            if (std::isfinite(c.min_number)) out.key("minimum").number(c.min_number);
            if (std::isfinite(c.max_number)) out.key("maximum").number(c.max_number);
            break;
        case shape_kind::text:
            out.key("type").text("string");
            if (secret) out.key("format").text("password");
            if (m && !m->media_type.empty()) {
                // A text with a media type may have line breaks, which a header cannot.
                if (place == openapi_place::header) out.key("contentEncoding").text("base64");
                out.key("contentMediaType").text(m->media_type);
            }
            write_lengths(out, c, "minLength", "maxLength");
            if (!c.pattern.empty()) out.key("pattern").text(c.pattern);
            break;
        case shape_kind::blob:
            out.key("type").text("string").key("contentEncoding").text("base64");
            if (m && !m->media_type.empty()) out.key("contentMediaType").text(m->media_type);
            if (c.min_length > 0) out.key("minLength").number(base64_size(c.min_length));
            if (c.max_length < std::numeric_limits<std::uint32_t>::max()) out.key("maxLength").number(base64_size(c.max_length));
            break;
        case shape_kind::timestamp: write_timestamp(out, format, place); break;
        case shape_kind::enumeration:
            refer(out, what);
            if (secret) out.key("format").text("password");
            write_lengths(out, c, "minLength", "maxLength");
            if (!c.pattern.empty()) out.key("pattern").text(c.pattern);
            break;
        case shape_kind::structure:
            if (&what == &shape_table<unit>::value) out.key("type").text("object");
            else refer(out, what);
            break;
        case shape_kind::tagged_union:
            if (types_.at(what).qualified_name.empty()) write_definition(out, what);
            else refer(out, what);
            break;
        case shape_kind::list:
            out.key("type").text("array").key("items");
            write_held(out, what.list->item, checks ? checks->each : nullptr, format, place);
            write_lengths(out, c, "minItems", "maxItems");
            if (c.unique_items || types_.at(what).unique) out.key("uniqueItems").put("true");
            break;
        case shape_kind::map: write_map(out, what, checks, c, format, place); break;
        case shape_kind::document:
        case shape_kind::json_value: break; // anything
        }
    }

    // Items and mapped values, which may be null where their type says so.
    void write_held(json_text& out, value_access const& held, value_checks const* checks, timestamp_format format,
                    openapi_place place) {
        if (held.nullable) out.open('{').key("anyOf").open('[');
        out.open('{');
        write_keywords(out, *held.target, checks, format, place, nullptr);
        out.close('}');
        if (held.nullable) out.put("{\"type\":\"null\"}").close(']').close('}');
    }

    void write_integer(json_text& out, shape const& what, constraint const& c) {
        auto const format = (what.is_signed ? "int" : "uint") + std::to_string(8 * what.size);
        out.key("type").text("integer").key("format").text(format);
        if (c.has_range && c.min_integer != constraint{}.min_integer) out.key("minimum").number(c.min_integer);
        else if (!what.is_signed) out.key("minimum").put("0");
        if (c.has_range && c.max_integer != constraint{}.max_integer) out.key("maximum").number(c.max_integer);
        auto const& numbers = types_.at(what).numbers;
        if (numbers.empty()) return;
        out.key("enum").open('[');
        for (auto const number : numbers) out.number(number);
        out.close(']');
    }

    static void write_timestamp(json_text& out, timestamp_format format, openapi_place place) {
        if (format == timestamp_format::unspecified) {
            format = place == openapi_place::body     ? timestamp_format::epoch_seconds
                     : place == openapi_place::header ? timestamp_format::http_date
                                                      : timestamp_format::date_time;
        }
        bool const number = format == timestamp_format::epoch_seconds;
        out.key("type").text(number ? "number" : "string").key("format");
        out.text(number ? "epoch-seconds" : format == timestamp_format::http_date ? "http-date" : "date-time");
    }

    void write_map(json_text& out, shape const& what, value_checks const* checks, constraint const& c, timestamp_format format,
                   openapi_place place) {
        out.key("type").text("object").key("additionalProperties");
        write_held(out, what.map->value, checks ? checks->each : nullptr, format, place);
        auto const* keys = checks ? checks->keys : nullptr;
        bool const closed = what.map->keys && !types_.at(what).open;
        if (keys || closed) {
            out.key("propertyNames").open('{');
            if (keys) write_lengths(out, *keys, "minLength", "maxLength");
            if (keys && !keys->pattern.empty()) out.key("pattern").text(keys->pattern);
            if (closed) out.key("enum").texts({what.map->keys->values.begin(), what.map->keys->values.end()});
            out.close('}');
        }
        write_lengths(out, c, "minProperties", "maxProperties");
    }

    static void write_lengths(json_text& out, constraint const& c, std::string_view min, std::string_view max) {
        if (c.min_length != constraint{}.min_length) out.key(min).number(c.min_length);
        if (c.max_length != constraint{}.max_length) out.key(max).number(c.max_length);
    }

    void refer(json_text& out, shape const& what) {
        auto const& name = types_.at(what).name;
        wanted_[name] = &what;
        out.key("$ref").text("#/components/schemas/" + name);
    }

    void write_definition(json_text& out, shape const& what) {
        if (what.kind == shape_kind::enumeration) return write_enumeration(out, what);
        auto const& s = *what.structure;
        if (what.kind == shape_kind::structure) {
            member_set all;
            for (std::size_t i = 0; i < s.count; ++i) all.insert(i);
            return write_properties(out, s, all);
        }
        // A union is an object of one member.
        out.key("oneOf").open('[');
        for (std::size_t i = 0; i < s.count; ++i) {
            auto const& m = s.members[i];
            out.open('{').key("type").text("object").key("title").text(m.name).key("properties").open('{').key(m.name);
            write(out, m, openapi_place::body);
            out.close('}').key("required").texts({m.name}).close('}');
        }
        out.close(']');
    }

    void write_enumeration(json_text& out, shape const& what) {
        auto const values = what.enumeration->values;
        bool const open = types_.at(what).open;
        // The peer may extend it: those that are known are told, and any text is valid.
        if (open) out.key("anyOf").open('[').open('{');
        out.key("type").text("string").key("enum").texts({values.begin(), values.end()});
        if (open) out.close('}').put("{\"type\":\"string\"}").close(']');
    }

    void write_properties(json_text& out, structure_shape const& s, member_set const& members) {
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

    openapi_types const& types_;
    std::map<std::string_view, shape const*> wanted_;
};

} // namespace parley::detail

#endif
