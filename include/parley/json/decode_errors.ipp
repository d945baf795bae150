// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_JSON_DECODE_ERRORS_IPP
#define PARLEY_JSON_DECODE_ERRORS_IPP

// What the decoder says is wrong, and where. The functions return false if this was one too many.

#include <parley/core/utf8.hpp>
#include <parley/json/json_decoder.ipp>

#include <string>
#include <string_view>
#include <utility>

namespace parley::detail {

namespace {

std::nullptr_t json_decoder::is_incomplete() {
    if (!last_) return nullptr;
    add_text_error(errc::syntax, "the text ends within a value", end_);
    return stop_here();
}

std::nullptr_t json_decoder::syntax_error(char const* at, std::string message) {
    bool const ascii = static_cast<unsigned char>(*at) < 0x80;
    std::string_view const rest(at, static_cast<std::size_t>(end_ - at));
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
    if (crowd <= collisions_left_) return collisions_left_ -= crowd, true;
    report(crowded_table(), depth_ - 1);
    stop();
    return false;
}

// The path of the container in frame `levels`, or of the value that its frame is at.
std::string json_decoder::path(std::size_t levels) {
    std::string pointer;
    for (std::size_t i = 0; i < levels; ++i) {
        frame const& f = frames_[i];
        switch (f.what->kind) {
        case shape_kind::structure:
            if (i == 0 && by_position_) append_pointer_token(pointer, std::to_string(f.index == 0 ? 0 : f.index - 1));
            else if (f.current) append_pointer_token(pointer, f.current->name);
            break;
        case shape_kind::choice:
            if (f.current) append_pointer_token(pointer, f.current->name);
            else if (f.key.data()) append_pointer_token(pointer, f.key);
            break;
        case shape_kind::list: append_pointer_token(pointer, std::to_string(f.index == 0 ? 0 : f.index - 1)); break;
        case shape_kind::map:
            if (f.key.data()) append_pointer_token(pointer, f.key);
            break;
        default: break;
        }
    }
    return pointer;
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
    tolerate(code, path(levels), std::move(message));
    return true;
}

void json_decoder::tolerate(errc code, std::string at, std::string message) {
    if (tolerated_ && tolerated_->size() < options_.limits.violations)
        tolerated_->push_back({code, std::move(at), std::move(message)});
}

bool json_decoder::mismatch(place const& p, std::string_view found) {
    auto message = std::string("expected ").append(kind_name(p.what->kind)).append(", found ").append(found);
    bool const structure = p.what->kind == shape_kind::structure || p.what->kind == shape_kind::choice;
    if (structure && options_.strictness == strictness::compatible) {
        tolerate(errc::invalid_type, path(depth_), std::move(message));
        return true;
    }
    return report(errc::invalid_type, std::move(message), depth_);
}

bool json_decoder::invalid_value(std::string message) {
    return report(errc::invalid_value, std::move(message), depth_) && scalar_done_unchecked();
}

bool json_decoder::out_of_range() {
    return report(errc::out_of_range, "is out of the range of its type", depth_) && scalar_done_unchecked();
}

bool json_decoder::report_missing(frame const& f, member_set const& missing) {
    for (std::size_t i = 0; i < f.what->structure->count; ++i) {
        if (!missing.contains(i)) continue;
        auto at = path(depth_ - 1);
        if (reads_positions()) append_pointer_token(at, std::to_string(i));
        else append_pointer_token(at, f.what->structure->members[i].name);
        if (options_.strictness != strictness::strict) {
            tolerate(errc::missing_field, std::move(at), "missing field");
            continue;
        }
        errors_.push_back({errc::missing_field, std::move(at), "missing field", f.begin});
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
