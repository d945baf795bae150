// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_PROTOCOL_DETAIL_ERROR_MESSAGE_HPP
#define PARLEY_PROTOCOL_DETAIL_ERROR_MESSAGE_HPP

#include <parley/describe/shape.hpp>

#include <string>

namespace parley::inline PARLEY_ABI::detail {

// The human-readable message of an error.

namespace protocol {

// Returns the member that is the message of an error, or null.
inline member const* message_member(structure_shape const& s) {
    member const* m = s.find("message");
    if (!m) m = s.find("Message");
    return m && m->value.target->kind == shape_kind::text ? m : nullptr;
}

// Assigns the message of the response to the member "message" if that is empty: the server may spell the name differently.
inline void fill_message(structure_shape const& s, void* error, std::string const& message) {
    member const* m = message_member(s);
    if (!m || message.empty()) return;
    auto const& type = *m->value.target;
    auto const* value = s.held(*m, error);
    if (value && !text_in(type, value).empty()) return;
    auto* const place = s.place_of(*m, error);
    put_text_in(type, m->value.emplace ? m->value.emplace(place) : place, message, {});
}

} // namespace protocol

} // namespace parley::detail

#endif
