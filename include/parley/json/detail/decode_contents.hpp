// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_JSON_DETAIL_DECODE_CONTENTS_HPP
#define PARLEY_JSON_DETAIL_DECODE_CONTENTS_HPP

// The decoder's main loop: parses the contents of objects and arrays as long as they have the common form. Leaves other tokens to
// decode_tokens.hpp.

#include <parley/json/detail/json_decoder.hpp>

#include <cstddef>
#include <string_view>

namespace parley::inline PARLEY_ABI::detail::json {

// The destination of a structure member.
struct json_decoder::member_slot {
    json_decoder& self;
    frame& f;
    member const& m;

    value_access const& access() const noexcept { return m.value; }
    value_checks const* checks() const noexcept { return self.options_.check_constraints ? m.checks : nullptr; }
    timestamp_format format() const noexcept { return m.format != timestamp_format::unspecified ? m.format : self.job_.format; }
    [[gnu::always_inline]] void* open() const { return self.open_member(f, m); }
};
// The destination of an element of a list, map or union.
struct json_decoder::element_slot {
    json_decoder& self;
    frame& f;
    value_access const& element;

    bool is_alternative() const noexcept { return f.type->kind == shape_kind::tagged_union; }
    value_access const& access() const noexcept { return element; }
    [[gnu::always_inline]] value_checks const* checks() const noexcept {
        if (is_alternative()) return member_slot{self, f, *f.current}.checks();
        return f.checks ? f.checks->each : nullptr;
    }
    timestamp_format format() const noexcept { return is_alternative() ? member_slot{self, f, *f.current}.format() : f.format; }
    [[gnu::always_inline]] void* open() const {
        switch (f.type->kind) {
        case shape_kind::list: return self.open_item(f);
        case shape_kind::map: return f.value;
        default:
            if (f.index > 0) self.count_alternative();
            else f.index = 1;
            return f.object;
        }
    }
};

void json_decoder::report_violations(std::string_view text, value_checks const& checks) {
    auto const before = errors_.size();
    check_text(text, *checks.value, checks.value_pattern, errors_);
    locate_errors(before, depth_);
}

bool json_decoder::matches(std::string_view text, pattern_view const& pattern) {
    return has_automaton(pattern) ? pattern.engine->search_again(automata_, pattern, text) : search(pattern, text);
}

// Enters an object or array that has a schema.
template <class Slot>
[[gnu::always_inline]] inline json_decoder::simple_value json_decoder::take_bracket(Slot const& slot, char const* at) {
    auto const kind = slot.access().target->kind;
    bool const list = kind == shape_kind::list;
    if (kind != shape_kind::structure && !list && kind != shape_kind::tagged_union && kind != shape_kind::map) return {};
    if (*at != (list ? '[' : '{') || depth_ >= options_.limits.depth || depth_ == capacity_) return {};
    value_begin_ = offset_of(at);
    auto const p = open_place(slot);
    push_unchecked(*p.type, p.object, p.checks, p.format);
    top().is_array = list;
    return {count() ? list ? simple::array : simple::object : simple::stop, at + 1};
}

// Consumes a value of the expected type in its common form: an ASCII string without escapes, a number, a boolean, or the start of an
// object or array that has a schema. Consumes nothing otherwise.
template <class Slot>
[[gnu::always_inline]] inline json_decoder::simple_value json_decoder::try_fast_path(Slot const& slot, char const* at) {
    auto const& access = slot.access();
    value_begin_ = offset_of(at);
    auto const done = [&](bool good, char const* end) { return simple_value{good ? simple::value : simple::stop, end}; };
    if (access.target->kind == shape_kind::text) {
        auto const* const checks = slot.checks();
        auto const* const limits = checks ? checks->value : nullptr;
        bool const has_pattern = limits && checks->value_pattern.words;
        auto const* stop = has_pattern ? end_of_matching_string(at, checks->value_pattern) : nullptr;
        bool const matched = !has_pattern || stop;
        if (!stop) stop = end_of_simple_string(at);
        if (!stop) return {};
        std::string_view const text(at + 1, static_cast<std::size_t>(stop - at - 1));
        put_text(access, slot.open(), text);
        if (limits && !(has_length(text, *limits) && (matched || matches(text, checks->value_pattern))))
            report_violations(text, *checks);
        return done(count(), stop + 1);
    }
    switch (access.target->kind) {
    case shape_kind::enumeration: {
        auto const* const stop = end_of_simple_string(at);
        if (!stop) return {};
        std::string_view const text(at + 1, static_cast<std::size_t>(stop - at - 1));
        auto const p = open_place(slot);
        bool const put =
            !options_.reject_unknown_values && !(p.checks && p.checks->value) && p.type->enumeration->assign(p.object, text);
        return done(put ? count() : put_string(p, text), stop + 1);
    }
    case shape_kind::integer:
    case shape_kind::floating:
    case shape_kind::timestamp: {
        if (!is_digit(*at) && *at != '-') return {};
        number_literal number;
        char const* error_at = nullptr;
        auto const* const stop = scan_number(at, end_, number, error_at);
        if (!stop || (stop == end_ && !last_)) return {};
        auto const p = open_place(slot);
        if (put_simple(p, number)) return done(count(), stop);
        return done(put_number(p, number), stop);
    }
    case shape_kind::boolean: {
        bool const value = begins_with(at, "true");
        if (!value && !begins_with(at, "false")) return {};
        auto const p = open_place(slot);
        *static_cast<bool*>(p.object) = value;
        return done(scalar_done(p), at + (value ? 4 : 5));
    }
    default: return take_bracket(slot, at);
    }
}

json_decoder::simple_value json_decoder::take_element(frame& f, value_access const& access, char const* at) {
    return *at == '{' || *at == '[' ? take_element_bracket(f, access, at) : take_element_simple(f, access, at);
}
json_decoder::simple_value json_decoder::take_element_bracket(frame& f, value_access const& access, char const* at) {
    return take_bracket(element_slot{*this, f, access}, at);
}
json_decoder::simple_value json_decoder::take_element_simple(frame& f, value_access const& access, char const* at) {
    return try_fast_path(element_slot{*this, f, access}, at);
}

// Skips the value of an ignored member if it is an ASCII string without escapes, a number or a literal.
json_decoder::simple_value json_decoder::skip_simple(char const* at) const noexcept {
    if (*at == '"') {
        auto const* const stop = end_of_simple_string(at);
        return stop ? simple_value{simple::value, stop + 1} : simple_value{};
    }
    if (is_digit(*at) || *at == '-') {
        number_literal number;
        char const* error_at = nullptr;
        auto const* const stop = scan_number(at, end_, number, error_at);
        return stop && (stop != end_ || last_) ? simple_value{simple::value, stop} : simple_value{};
    }
    for (std::string_view const literal : {"true", "false", "null"}) {
        if (begins_with(at, literal)) return {simple::value, at + literal.size()};
    }
    return {};
}

// Consumes a name and its colon. Returns the position behind the colon, or null to stop.
char const* json_decoder::pass_key(char const* at) {
    // Fast path: an ASCII name without escapes, followed directly by a colon.
    auto const* const stop = end_of_simple_string(at);
    if (!stop || end_ - stop < 3 || stop[1] != ':') return step_key(at);
    std::string_view const key(at + 1, static_cast<std::size_t>(stop - at - 1));
    frame& f = top();
    if (f.holds == contents::members || f.holds == contents::alternatives) {
        auto const& s = *f.type->structure;
        auto const position = s.names.candidate(key);
        auto const* m = position != key_index::none ? &s.members[position] : nullptr;
        if (m && !(m->plain_name ? begins_with_name(at, end_, *m) : m->name == key)) m = nullptr;
        if (f.holds == contents::members) {
            if (m) successor_hint(f.next) = static_cast<std::uint8_t>(1 + m->position);
            return take_member(f, m), stop + 2;
        }
        f.current = m;
        f.key = {};
        if (m) return stop + 2;
    }
    return take_key(key) ? stop + 2 : stop_here();
}

// Longer than 60 lines because it is the hot loop: its state stays in registers.
char const* json_decoder::step_contents(char const* at, bool& keep_going) {
    keep_going = true;
    auto const leave = [this](char const* position, expected next) {
        next_ = next;
        return position;
    };
    auto const halt = [&](char const* position, expected next) {
        keep_going = false;
        return leave(position, next);
    };
    for (;;) {
        frame& f = top();
        simple_value taken{};
        if (f.holds == contents::members) {
            if (auto const* const m = find_likely(f, at)) {
                at += m->name.size() + 3;
                take_member(f, m);
            } else {
                auto const* const value = pass_key(at);
                if (!value) return halt(at, expected::key);
                at = value;
                if (at == end_) return leave(at, expected::value);
            }
            taken = f.current ? try_fast_path(member_slot{*this, f, *f.current}, at) : skip_simple(at);
        } else {
            if (f.holds != contents::items) {
                auto const* const value = pass_key(at);
                if (!value) return halt(at, expected::key);
                at = value;
                if (at == end_) return leave(at, expected::value);
            }
            if (auto const* const access = element_access(f)) taken = take_element(f, *access, at);
        }
        switch (taken.kind) {
        case simple::value: at = taken.end; break;
        case simple::object:
            at = taken.end;
            if (!find_token(at) || *at == '}') return leave(at, expected::first_key);
            continue;
        case simple::array:
            at = taken.end;
            if (!find_token(at) || *at == ']' || top().holds == contents::other) return leave(at, expected::first_item);
            continue;
        case simple::none: {
            next_ = expected::value;
            if (!find_token(at)) return at;
            auto const* const next = step_value(at);
            if (!next) return halt(at, next_);
            at = next;
            if (next_ != expected::separator) return at;
            break;
        }
        case simple::stop: return halt(at, next_);
        }
        while (at == end_ || *at != ',') {
            if (!find_token(at)) return leave(at, expected::separator);
            if (*at == ',') break;
            if (*at != (top().is_array ? ']' : '}')) return leave(at, expected::separator);
            if (!end_frame()) return stop(), halt(at, next_);
            ++at;
            if (depth_ == 0) return leave(at, expected::nothing);
            if (top().holds == contents::other) return leave(at, expected::separator);
        }
        ++at;
        if (!find_token(at)) return leave(at, top().is_array ? expected::value : expected::key);
    }
}

} // namespace parley::detail::json

#endif
