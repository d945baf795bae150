// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_JSON_DECODE_IPP
#define PARLEY_JSON_DECODE_IPP

#include <parley/json/decode.hpp>
#include <parley/json/detail/decode_containers.hpp>
#include <parley/json/detail/decode_contents.hpp>
#include <parley/json/detail/decode_errors.hpp>
#include <parley/json/detail/decode_tokens.hpp>
#include <parley/json/detail/decode_values.hpp>
#include <parley/json/locate.hpp>

namespace parley::inline PARLEY_ABI::detail {

namespace json {

inline violation too_large(decode_limits const& limits) {
    return {errc::limit_exceeded, {}, "is larger than the limit of " + std::to_string(limits.bytes) + " bytes"};
}

} // namespace json

bool decode_json(std::string_view text, decode_job const& job, decode_options const& options, std::vector<violation>& errors,
                 std::vector<violation>* tolerated) {
    auto const first_error = errors.size();
    if (text.size() > options.limits.bytes) {
        errors.push_back(json::too_large(options.limits));
        return false;
    }
    json::json_decoder(job, options, errors, tolerated).read(text, true);
    if (errors.size() == first_error) return true;
    for (std::size_t i = first_error; i < errors.size(); ++i) {
        // A missing field may be present as null: report the offset of the null.
        if (errors[i].code == errc::missing_field) errors[i].offset = locate_json(text, errors[i].path);
        if (job.type) hide_secrets(*job.type, errors[i].path);
    }
    return false;
}

bool leave_unsaid(shape const& type, void* value) {
    switch (type.kind) {
    case shape_kind::enumeration: return type.enumeration->assign(value, {});
    case shape_kind::tagged_union:
        if (type.structure->keep_unknown) type.structure->keep_unknown(value, {});
        return type.structure->active(value) < 0;
    case shape_kind::structure:
        for (std::size_t i = 0; i < type.structure->count; ++i) {
            auto const& m = type.structure->members[i];
            if (!leave_unsaid(m, type.structure->place_of(m, value))) return false;
        }
        return true;
    default: return true;
    }
}

bool leave_unsaid(member const& m, void* place) {
    if (m.value.nullable || m.assign_default) return true; // absent, or already has its default
    if (m.value.target->kind == shape_kind::tagged_union && m.value.clear)
        m.value.clear(place); // its initial value may be one of the alternatives
    return leave_unsaid(*m.value.target, m.value.emplace ? m.value.emplace(place) : place);
}

void fill_absent(structure_shape const& structure, void* object, decode_options const& options, std::vector<violation>& errors) {
    if (structure.server_defaults.empty()) return;
    for (std::size_t i = 0; i < structure.count; ++i) {
        auto const& m = structure.members[i];
        auto* const place = structure.place_of(m, object);
        if (!structure.server_defaults.contains(i) || m.value.get_if(place)) continue;
        decode_json(m.server_default, {m.value.target, m.value.emplace(place), nullptr, m.format}, options, errors);
    }
}

} // namespace parley::detail

#endif
