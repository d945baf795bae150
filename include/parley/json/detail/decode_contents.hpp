// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_JSON_DETAIL_DECODE_CONTENTS_HPP
#define PARLEY_JSON_DETAIL_DECODE_CONTENTS_HPP

// The decoder's main loop: what is within objects and arrays, for as long as it is written as most texts are. What is not is left to
// the steps of decode_tokens.ipp.

#include <parley/json/detail/json_decoder.hpp>

#include <cstddef>
#include <string_view>

namespace parley::inline PARLEY_ABI::detail {

namespace {

// Where a value goes that was not looked at yet: to a member, or into a container of another kind.
struct json_decoder::member_source {
    json_decoder& self;
    frame& f;
    member const& m;

    value_access const& held() const noexcept { return m.value; }
    value_checks const* checks() const noexcept { return self.options_.check_constraints ? m.checks : nullptr; }
    timestamp_format format() const noexcept { return m.format != timestamp_format::unspecified ? m.format : self.job_.format; }
    [[gnu::always_inline]] void* open() const { return self.open_member(f, m); }
};
struct json_decoder::value_source {
    json_decoder& self;
    frame& f;
    value_access const& how;

    bool is_alternative() const noexcept { return f.what->kind == shape_kind::tagged_union; }
    value_access const& held() const noexcept { return how; }
    [[gnu::always_inline]] value_checks const* checks() const noexcept {
        if (is_alternative()) return member_source{self, f, *f.current}.checks();
        return f.checks ? f.checks->each : nullptr;
    }
    timestamp_format format() const noexcept { return is_alternative() ? member_source{self, f, *f.current}.format() : f.format; }
    [[gnu::always_inline]] void* open() const {
        switch (f.what->kind) {
        case shape_kind::list: return self.open_item(f);
        case shape_kind::map: return f.value;
        default:
            if (f.index > 0) self.count_alternative();
            else f.index = 1;
            return f.object;
        }
    }
};

// Goes into an object or array if the description knows it.
template <class Source>
[[gnu::always_inline]] inline json_decoder::simple_value json_decoder::take_bracket(Source const& source, char const* at) {
    auto const kind = source.held().target->kind;
    bool const list = kind == shape_kind::list;
    if (kind != shape_kind::structure && !list && kind != shape_kind::tagged_union && kind != shape_kind::map) return {};
    if (*at != (list ? '[' : '{') || depth_ >= options_.limits.depth || depth_ == capacity_) return {};
    value_begin_ = offset_of(at);
    auto const p = open_place(source);
    push_within(*p.what, p.object, p.checks, p.format);
    top().is_array = list;
    return {count() ? list ? simple::array : simple::object : simple::stop, at + 1};
}

// Takes a value if it is as most are: a text that is ASCII without escapes, where a text is expected, a number where a number
// is, or the begin of an object or array that is described. Otherwise nothing is taken.
template <class Source>
[[gnu::always_inline]] inline json_decoder::simple_value json_decoder::try_fast_path(Source const& source, char const* at) {
    auto const& held = source.held();
    value_begin_ = offset_of(at);
    auto const done = [&](bool good, char const* end) { return simple_value{good ? simple::value : simple::stop, end}; };
    if (held.target->kind == shape_kind::text) {
        auto const* const checks = source.checks();
        auto const* const said = checks ? checks->value : nullptr;
        bool const has_pattern = said && checks->value_pattern.words;
        auto const* stop = has_pattern ? end_of_matching_string(at, checks->value_pattern) : nullptr;
        bool const matched = !has_pattern || stop;
        if (!stop) stop = end_of_simple_string(at);
        if (!stop) return {};
        std::string_view const text(at + 1, static_cast<std::size_t>(stop - at - 1));
        put_text(held, source.open(), text);
        if (said && !(has_length(text, *said) && (matched || matches(text, checks->value_pattern)))) tell_wrong(text, *checks);
        return done(count(), stop + 1);
    }
    switch (held.target->kind) {
    case shape_kind::enumeration: {
        auto const* const stop = end_of_simple_string(at);
        if (!stop) return {};
        std::string_view const text(at + 1, static_cast<std::size_t>(stop - at - 1));
        auto const p = open_place(source);
        bool const put =
            !options_.reject_unknown_values && !(p.checks && p.checks->value) && p.what->enumeration->assign(p.object, text);
        return done(put ? count() : put_string(p, text), stop + 1);
    }
    case shape_kind::integer:
    case shape_kind::floating:
    case shape_kind::timestamp: {
        if (!is_digit(*at) && *at != '-') return {};
        number_literal number;
        char const* wrong = nullptr;
        auto const* const stop = scan_number(at, end_, number, wrong);
        if (!stop || (stop == end_ && !last_)) return {};
        auto const p = open_place(source);
        if (put_simple(p, number)) return done(count(), stop);
        return done(put_number(p, number), stop);
    }
    case shape_kind::boolean: {
        bool const value = begins_with(at, "true");
        if (!value && !begins_with(at, "false")) return {};
        auto const p = open_place(source);
        *static_cast<bool*>(p.object) = value;
        return done(scalar_done(p), at + (value ? 4 : 5));
    }
    default: return take_bracket(source, at);
    }
}

json_decoder::simple_value json_decoder::take_held(frame& f, value_access const& held, char const* at) {
    return *at == '{' || *at == '[' ? take_held_bracket(f, held, at) : take_held_simple(f, held, at);
}
json_decoder::simple_value json_decoder::take_held_bracket(frame& f, value_access const& held, char const* at) {
    return take_bracket(value_source{*this, f, held}, at);
}
json_decoder::simple_value json_decoder::take_held_simple(frame& f, value_access const& held, char const* at) {
    return try_fast_path(value_source{*this, f, held}, at);
}

// Passes the value of a member that is ignored, if it is a text that is ASCII without escapes, a number or a literal.
json_decoder::simple_value json_decoder::skip_simple(char const* at) const noexcept {
    if (*at == '"') {
        auto const* const stop = end_of_simple_string(at);
        return stop ? simple_value{simple::value, stop + 1} : simple_value{};
    }
    if (is_digit(*at) || *at == '-') {
        number_literal number;
        char const* wrong = nullptr;
        auto const* const stop = scan_number(at, end_, number, wrong);
        return stop && (stop != end_ || last_) ? simple_value{simple::value, stop} : simple_value{};
    }
    for (std::string_view const literal : {"true", "false", "null"}) {
        if (begins_with(at, literal)) return {simple::value, at + literal.size()};
    }
    return {};
}

// Takes a name and its colon. Returns where its value begins, or null to stop.
char const* json_decoder::pass_key(char const* at) {
    // Most are ASCII without escapes, and no space follows them.
    auto const* const stop = end_of_simple_string(at);
    if (!stop || end_ - stop < 3 || stop[1] != ':') return step_key(at);
    std::string_view const key(at + 1, static_cast<std::size_t>(stop - at - 1));
    frame& f = top();
    if (f.holds == contents::members || f.holds == contents::alternatives) {
        auto const& s = *f.what->structure;
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

char const* json_decoder::step_contents(char const* at, bool& go_on) {
    go_on = true;
    auto const leave = [this](char const* where, expected next) {
        next_ = next;
        return where;
    };
    auto const halt = [&](char const* where, expected next) {
        go_on = false;
        return leave(where, next);
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
            taken = f.current ? try_fast_path(member_source{*this, f, *f.current}, at) : skip_simple(at);
        } else {
            if (f.holds != contents::items) {
                auto const* const value = pass_key(at);
                if (!value) return halt(at, expected::key);
                at = value;
                if (at == end_) return leave(at, expected::value);
            }
            if (auto const* const held = held_by(f)) taken = take_held(f, *held, at);
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
            auto const* const behind = step_value(at);
            if (!behind) return halt(at, next_);
            at = behind;
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

} // namespace

} // namespace parley::detail

#endif
