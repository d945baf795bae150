// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_JSON_DETAIL_DECODE_ERRORS_HPP
#define PARLEY_JSON_DETAIL_DECODE_ERRORS_HPP

// What the decoder says is wrong, and where. The functions return false if this was one too many.

#include <parley/core/utf8.hpp>
#include <parley/json/detail/json_decoder.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace parley::inline PARLEY_ABI::detail {

namespace {

std::nullptr_t json_decoder::is_incomplete() {
    if (!last_) return nullptr;
    add_text_error(errc::syntax, "the text ends within a value", end_);
    return stop_here();
}

std::nullptr_t json_decoder::syntax_error(char const* at, std::string message) {
    bool const ascii = static_cast<unsigned char>(*at) < 0x80;
    std::string_view const rest(at, static_cast<std::size_t>(end_ - at));
    // Which error it is may depend on the rest of the character.
    if (!ascii && !last_ && rest.size() < 4) return nullptr;
    if (!ascii && options_.strictness == strictness::strict && find_invalid_utf8(rest) == 0)
        add_text_error(errc::invalid_utf8, "invalid UTF-8", at);
    else add_text_error(errc::syntax, std::move(message), at);
    return stop_here();
}

// An error of the text itself.
void json_decoder::add_text_error(errc code, std::string message, char const* at) {
    // Where a text was repaired, that is as near as can be told.
    auto const offset = at >= begin_ && at <= end_ ? offset_of(at) : value_begin_;
    errors_.push_back({code, path(depth_), std::move(message), offset});
}

bool json_decoder::refuse_count() {
    if (!stopped_) report(errc::limit_exceeded, "has more values than the limit allows", 0);
    stop();
    return false;
}

bool json_decoder::count_collisions(std::size_t crowd) {
    if (crowd <= options_.limits.collisions - collisions_) return collisions_ += crowd, true;
    report(crowded_table(), depth_ - 1);
    stop();
    return false;
}

// The path of the container in frame `levels`, or of the value that its frame is at; or of a member of it.
// One that is too long, since the peer chose long keys, is that of a container around it: many errors behind the same long key
// would take a multiple of the text's length each, in time and memory.
std::string json_decoder::path(std::size_t levels, std::string_view member_of_it) {
    constexpr std::size_t longest = 4096;
    std::string pointer;
    for (std::size_t i = 0; i < levels; ++i) {
        frame const& f = frames_[i];
        std::string position;
        std::string_view token;
        switch (f.what->kind) {
        case shape_kind::structure:
            if (i == 0 && by_position_) token = position = position_in(f);
            else if (f.current) token = f.current->name;
            break;
        case shape_kind::tagged_union: token = f.current ? f.current->name : f.key; break;
        case shape_kind::list: token = position = position_in(f); break;
        case shape_kind::map: token = f.key; break;
        default: break;
        }
        if (!token.data()) continue;
        if (pointer.size() + token.size() > longest) return pointer;
        append_pointer_token(pointer, token);
    }
    if (member_of_it.data()) append_pointer_token(pointer, member_of_it);
    return pointer;
}

std::string json_decoder::position_in(frame const& f) { return std::to_string(f.index == 0 ? 0 : f.index - 1); }

// Keeps in which members the errors from `first` on are, so that they can be taken back if one of these comes again.
void json_decoder::keep_origins(std::size_t first, std::size_t levels) {
    if (!origins_) origins_.reset(new origins);
    origins_->resize(first - first_error_);
    std::vector<member const*> origin;
    for (std::size_t i = 0; i < levels; ++i) origin.push_back(frames_[i].what->structure ? frames_[i].current : nullptr);
    origins_->resize(errors_.size() - first_error_, origin);
}

bool json_decoder::report(errc code, std::string message, std::size_t levels) {
    return report(violation{code, {}, std::move(message)}, levels);
}

bool json_decoder::report(violation v, std::size_t levels) {
    errors_.push_back(std::move(v));
    return place_errors(errors_.size() - 1, levels);
}

// Says of the errors from `first` on where they are.
bool json_decoder::place_errors(std::size_t first, std::size_t levels) {
    if (first == errors_.size()) return true;
    keep_origins(first, levels);
    for (auto const at = path(levels); first < errors_.size(); ++first) {
        errors_[first].path = at;
        errors_[first].offset = offset_of_level(levels);
    }
    if (errors_.size() - first_error_ < options_.limits.violations) return true;
    stop();
    return false;
}

bool json_decoder::refuse_null(shape const& what) {
    return report(errc::invalid_type, std::string("expected ").append(kind_name(what.kind)) + ", found null", depth_);
}

bool json_decoder::report_or_tolerate(errc code, std::string message, std::size_t levels) {
    if (options_.strictness == strictness::strict) return report(code, std::move(message), levels);
    tolerate(code, std::move(message), levels);
    return true;
}

void json_decoder::tolerate(errc code, std::string message, std::size_t levels) {
    if (tolerated_ && tolerated_->size() < options_.limits.violations)
        tolerated_->push_back({code, path(levels), std::move(message)});
}

bool json_decoder::mismatch(place const& p, std::string_view found) {
    auto message = std::string("expected ").append(kind_name(p.what->kind)).append(", found ").append(found);
    bool const structure = p.what->kind == shape_kind::structure && options_.strictness == strictness::compatible;
    // What the recordings of the reference show: arrays everywhere, and texts and numbers for the whole.
    bool const recorded = found == "an array" || (depth_ == 0 && found != "a boolean");
    if (structure && recorded && leave_unsaid(*p.what, p.object)) {
        tolerate(errc::invalid_type, std::move(message), depth_);
        return true;
    }
    return report(errc::invalid_type, std::move(message), depth_);
}

bool json_decoder::settle_union(frame& f) {
    auto const& choice = *f.what->structure;
    auto const* const message = f.nothing_known ? "the union holds a member that is not described" : "the union holds no member";
    if (options_.strictness != strictness::strict && !options_.reject_unknown_values) {
        if (choice.keep_unknown) choice.keep_unknown(f.object, {});
        if (choice.active(f.object) < 0 || make_absent(choice, f.object))
            return tolerate(errc::invalid_value, message, depth_ - 1), true;
    }
    return report(errc::invalid_value, message, depth_ - 1);
}

// Makes the union on top absent in the container around it, or hold nothing, if it can be.
bool json_decoder::make_absent(structure_shape const& choice, void const* object) {
    if (depth_ < 2) return false;
    frame& around = frames_[depth_ - 2];
    switch (around.what->kind) {
    case shape_kind::structure: {
        auto const& held = around.current->value;
        if (held.clear) held.clear(around.what->structure->place_of(*around.current, around.object));
        return held.nullable || choice.active(object) < 0;
    }
    case shape_kind::map:
        if (!around.what->map->value.nullable) return false;
        around.what->map->value.clear(around.value);
        return true;
    default: return false;
    }
}

bool json_decoder::invalid_value(std::string message) {
    return report(errc::invalid_value, std::move(message), depth_) && scalar_done_unchecked();
}

bool json_decoder::out_of_range() {
    return report(errc::out_of_range, "is out of the range of its type", depth_) && scalar_done_unchecked();
}

bool json_decoder::report_missing(frame const& f, member_set const& missing) {
    auto const& s = *f.what->structure;
    for (std::size_t i = 0; i < s.count; ++i) {
        if (!missing.contains(i)) continue;
        auto const& m = s.members[i];
        bool const tolerated = options_.strictness != strictness::strict && leave_unsaid(m, s.place_of(m, f.object));
        if (tolerated && (!tolerated_ || tolerated_->size() >= options_.limits.violations)) continue;
        auto const position = std::to_string(i);
        violation v{errc::missing_field, path(depth_ - 1, reads_positions() ? position : m.name), "missing field"};
        if (tolerated) {
            tolerated_->push_back(std::move(v));
            continue;
        }
        v.offset = f.begin;
        errors_.push_back(std::move(v));
        keep_origins(errors_.size() - 1, depth_ - 1);
        if (errors_.size() - first_error_ >= options_.limits.violations) return false;
    }
    return true;
}

bool json_decoder::check(shape const& what, void const* value, value_checks const& checks, std::size_t levels) {
    auto const first = errors_.size();
    check_value(what, value, checks, errors_);
    return place_errors(first, levels);
}

} // namespace

} // namespace parley::detail

#endif
