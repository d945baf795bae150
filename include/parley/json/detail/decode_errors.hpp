// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_JSON_DETAIL_DECODE_ERRORS_HPP
#define PARLEY_JSON_DETAIL_DECODE_ERRORS_HPP

// The error reports of the decoder. The functions return false if the limit of errors is reached.

#include <parley/core/utf8.hpp>
#include <parley/json/detail/json_decoder.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace parley::inline PARLEY_ABI::detail::json {

std::nullptr_t json_decoder::incomplete() {
    if (!last_) return nullptr;
    add_text_error(errc::syntax, "unexpected end of the JSON text", end_);
    return stop_here();
}

std::nullptr_t json_decoder::syntax_error(char const* at, std::string message) {
    bool const ascii = static_cast<unsigned char>(*at) < 0x80;
    std::string_view const rest(at, static_cast<std::size_t>(end_ - at));
    // The kind of error may depend on the rest of the character.
    if (!ascii && !last_ && rest.size() < 4) return nullptr;
    if (!ascii && options_.strictness == strictness::strict && find_invalid_utf8(rest) == 0)
        add_text_error(errc::invalid_utf8, "invalid UTF-8", at);
    else add_text_error(errc::syntax, std::move(message), at);
    return stop_here();
}

// Adds an error of the text itself.
void json_decoder::add_text_error(errc code, std::string message, char const* at) {
    // `at` may point into a repaired copy; then the start of the value is the best known offset.
    auto const offset = at >= begin_ && at <= end_ ? offset_of(at) : value_begin_;
    errors_.push_back({code, path(depth_), std::move(message), offset});
}

bool json_decoder::report_count() {
    if (!stopped_) report(errc::limit_exceeded, "more values than the limit allows", 0);
    stop();
    return false;
}

bool json_decoder::add_collisions(std::size_t collisions) {
    if (collisions <= options_.limits.collisions - collisions_) return collisions_ += collisions, true;
    report(crowded_table(), depth_ - 1);
    stop();
    return false;
}

// Returns the path of the current value of the `levels` outermost frames, or of a member of that value. If long map keys would make
// it too long, returns the path of an enclosing container: otherwise each error behind a long key would need time and memory in
// proportion to the whole text.
std::string json_decoder::path(std::size_t levels, std::string_view member_name) {
    constexpr std::size_t longest = 4096;
    std::string pointer;
    for (std::size_t i = 0; i < levels; ++i) {
        frame const& f = frames_[i];
        std::string position;
        std::string_view token;
        switch (f.type->kind) {
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
    if (member_name.data()) append_pointer_token(pointer, member_name);
    return pointer;
}

std::string json_decoder::position_in(frame const& f) { return std::to_string(f.index == 0 ? 0 : f.index - 1); }

// Records the members that contain the errors from `first` on, so that a duplicate of a member can remove its errors.
void json_decoder::record_origins(std::size_t first, std::size_t levels) {
    if (!origins_) origins_.reset(new origins);
    origins_->resize(first - first_error_);
    std::vector<member const*> origin;
    for (std::size_t i = 0; i < levels; ++i) origin.push_back(frames_[i].type->structure ? frames_[i].current : nullptr);
    origins_->resize(errors_.size() - first_error_, origin);
}

bool json_decoder::report(errc code, std::string message, std::size_t levels) {
    return report(violation{code, {}, std::move(message)}, levels);
}

bool json_decoder::report(violation v, std::size_t levels) {
    errors_.push_back(std::move(v));
    return locate_errors(errors_.size() - 1, levels);
}

// Sets the paths and offsets of the errors from `first` on.
bool json_decoder::locate_errors(std::size_t first, std::size_t levels) {
    if (first == errors_.size()) return true;
    record_origins(first, levels);
    for (auto const at = path(levels); first < errors_.size(); ++first) {
        errors_[first].path = at;
        errors_[first].offset = offset_of_level(levels);
    }
    if (errors_.size() - first_error_ < options_.limits.violations) return true;
    stop();
    return false;
}

bool json_decoder::report_null(shape const& type) {
    return report(errc::invalid_type, std::string("expected ").append(kind_name(type.kind)) + ", found null", depth_);
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

bool json_decoder::mismatch(place const& p, std::string_view actual) {
    auto message = std::string("expected ").append(kind_name(p.type->kind)).append(", found ").append(actual);
    bool const structure = p.type->kind == shape_kind::structure && options_.strictness == strictness::compatible;
    // The AWS SDK for JavaScript accepts arrays everywhere, and strings and numbers as the whole text.
    bool const accepted = actual == "an array" || (depth_ == 0 && actual != "a boolean");
    if (structure && accepted && leave_unsaid(*p.type, p.object)) {
        tolerate(errc::invalid_type, std::move(message), depth_);
        return true;
    }
    return report(errc::invalid_type, std::move(message), depth_);
}

// Ends a union without a known alternative.
bool json_decoder::finish_empty_union(frame& f) {
    auto const& alternatives = *f.type->structure;
    auto const* const message = f.nothing_known ? "unknown alternative of the union" : "no alternative of the union is set";
    if (options_.strictness != strictness::strict && !options_.reject_unknown_values) {
        if (alternatives.keep_unknown) alternatives.keep_unknown(f.object, {});
        if (alternatives.active(f.object) < 0 || make_absent(alternatives, f.object))
            return tolerate(errc::invalid_value, message, depth_ - 1), true;
    }
    return report(errc::invalid_value, message, depth_ - 1);
}

// Makes the union on top absent from its enclosing container, or empty. Returns false if the types do not permit that.
bool json_decoder::make_absent(structure_shape const& alternatives, void const* object) {
    if (depth_ < 2) return false;
    frame& parent = frames_[depth_ - 2];
    switch (parent.type->kind) {
    case shape_kind::structure: {
        auto const& access = parent.current->value;
        if (access.clear) access.clear(parent.type->structure->place_of(*parent.current, parent.object));
        return access.nullable || alternatives.active(object) < 0;
    }
    case shape_kind::map:
        if (!parent.type->map->value.nullable) return false;
        parent.type->map->value.clear(parent.value);
        return true;
    default: return false;
    }
}

bool json_decoder::invalid_value(std::string message) {
    return report(errc::invalid_value, std::move(message), depth_) && scalar_done_unchecked();
}

bool json_decoder::out_of_range() {
    return report(errc::out_of_range, "out of the range of its type", depth_) && scalar_done_unchecked();
}

bool json_decoder::report_missing(frame const& f, member_set const& missing) {
    auto const& s = *f.type->structure;
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
        record_origins(errors_.size() - 1, depth_ - 1);
        if (errors_.size() - first_error_ >= options_.limits.violations) return false;
    }
    return true;
}

bool json_decoder::check(shape const& type, void const* value, value_checks const& checks, std::size_t levels) {
    auto const first = errors_.size();
    check_value(type, value, checks, errors_);
    return locate_errors(first, levels);
}

} // namespace parley::detail::json

#endif
