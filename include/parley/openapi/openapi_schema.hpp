// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_OPENAPI_OPENAPI_SCHEMA_HPP
#define PARLEY_OPENAPI_OPENAPI_SCHEMA_HPP

#include <parley/core/config.hpp>
#include <parley/openapi/openapi_types.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace parley::inline PARLEY_ABI::detail {

/// Writes JSON text sequentially. Inserts commas.
class json_builder {
public:
    json_builder& open(char bracket) { return put(std::string_view(&bracket, 1)), first_ = true, *this; }
    json_builder& close(char bracket) { return out_ += bracket, first_ = false, *this; }
    json_builder& key(std::string_view name) { return text(name), out_ += ':', first_ = true, *this; }
    json_builder& text(std::string_view value);
    json_builder& put(std::string_view json) { return separate(), out_ += json, *this; }
    json_builder& number(std::int64_t value);
    json_builder& number(std::uint64_t value);
    json_builder& number(double value);
    json_builder& texts(std::vector<std::string_view> const& values);

    std::string take() { return std::move(out_); }

private:
    void separate() {
        if (!std::exchange(first_, false)) out_ += ',';
    }

    std::string out_;
    bool first_ = true;
};

/// The part of a message that contains a value. It determines the format of timestamps, and whether strings with a media type are base64.
enum class openapi_place : std::uint8_t { body, path_or_query, header };

/// Writes JSON Schemas (2020-12) and records which types they refer to.
class openapi_schemas {
public:
    explicit openapi_schemas(openapi_types const& types) : types_(types) {}

    /// Writes the schema of a member.
    void write(json_builder& out, member const& m, openapi_place place);
    /// Writes the schema of a type.
    void write(json_builder& out, shape const& type, timestamp_format format = timestamp_format::unspecified);
    /// Writes the schema of an object with some members of a structure.
    void write_object(json_builder& out, structure_shape const& s, member_set const& members);
    /// Writes an object with the schemas of all referenced types.
    void write_components(json_builder& out);
    bool has_components() const { return !referenced_.empty(); }

private:
    void write_keywords(json_builder& out, shape const& type, value_checks const* checks, timestamp_format format,
                        openapi_place place, member const* m);
    void write_text(json_builder& out, constraint const& c, openapi_place place, member const* m);
    void write_blob(json_builder& out, constraint const& c, member const* m);
    void write_held(json_builder& out, value_access const& held, value_checks const* checks, timestamp_format format,
                    openapi_place place);
    void write_integer(json_builder& out, shape const& type, constraint const& c);
    static void write_timestamp(json_builder& out, timestamp_format format, openapi_place place);
    void write_map(json_builder& out, shape const& type, value_checks const* checks, constraint const& c, timestamp_format format,
                   openapi_place place);
    static void write_lengths(json_builder& out, constraint const& c, std::string_view min, std::string_view max);
    void refer(json_builder& out, shape const& type);
    void write_definition(json_builder& out, shape const& type);
    void write_enumeration(json_builder& out, shape const& type);
    void write_properties(json_builder& out, structure_shape const& s, member_set const& members);

    openapi_types const& types_;
    std::map<std::string_view, shape const*> referenced_;
};

} // namespace parley::detail

#endif
