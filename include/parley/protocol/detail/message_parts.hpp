// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_PROTOCOL_DETAIL_MESSAGE_PARTS_HPP
#define PARLEY_PROTOCOL_DETAIL_MESSAGE_PARTS_HPP

#include <parley/core/error.hpp>
#include <parley/protocol/binding.hpp>
#include <parley/protocol/scalar_text.hpp>

#include <string>
#include <utility>
#include <vector>

namespace parley::inline PARLEY_ABI::detail {

// Shared by message_reader.hpp and message_writer.hpp.

namespace protocol {

inline std::string pointer_to(member const& m) {
    std::string path;
    append_pointer_token(path, m.name);
    return path;
}

inline void add_error(std::vector<violation>& errors, errc code, member const& m, std::string message) {
    errors.push_back({code, pointer_to(m), std::move(message)});
}

// Returns the timestamp format of the member, or the default of its place.
// https://smithy.io/2.0/spec/protocol-traits.html#timestampformat-trait
inline timestamp_format format_in(template_place place, member const& m) {
    if (m.format != timestamp_format::unspecified) return m.format;
    bool const header = place == template_place::header_member || place == template_place::header_map;
    return header ? timestamp_format::http_date : timestamp_format::date_time;
}

// Calls `visit(std::string text)` for each item of a list of scalars. Returns false if an item has no text.
template <class Visit>
bool each_item_text(shape const& list, void const* value, timestamp_format format, Visit visit) {
    struct state {
        value_access const& item;
        timestamp_format format;
        Visit& visit;
    } s{list.list->item, format, visit};
    return list.list->each(value, &s, [](void* context, void const* item) {
        auto& c = *static_cast<state*>(context);
        auto const* scalar = c.item.held_in(item);
        if (!scalar) return true;
        std::string text;
        if (!append_scalar_text(text, *c.item.target, scalar, c.format)) return false;
        c.visit(std::move(text));
        return true;
    });
}

} // namespace protocol

} // namespace parley::detail

#endif
