// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_PROTOCOL_DETAIL_ERROR_MESSAGE_HPP
#define PARLEY_PROTOCOL_DETAIL_ERROR_MESSAGE_HPP

#include <parley/describe/shape.hpp>

#include <string>

namespace parley::inline PARLEY_ABI::detail {

// The text that an error has for people.

namespace {

// The member of an error that is its text, or null.
member const* message_member(structure_shape const& s) {
    member const* m = s.find("message");
    if (!m) m = s.find("Message");
    return m && m->value.target->kind == shape_kind::text ? m : nullptr;
}

// The text of the error belongs to its member "message", even if the peer spelled that otherwise.
void fill_message(structure_shape const& s, void* error, std::string const& message) {
    member const* m = message_member(s);
    if (!m || message.empty()) return;
    auto const& what = *m->value.target;
    auto const* there = s.held(*m, error);
    if (there && !text_in(what, there).empty()) return;
    auto* const place = s.place_of(*m, error);
    put_text_in(what, m->value.emplace ? m->value.emplace(place) : place, message, {});
}

} // namespace

} // namespace parley::detail

#endif
