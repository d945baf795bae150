// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_JSON_DETAIL_DECODE_CONTAINERS_HPP
#define PARLEY_JSON_DETAIL_DECODE_CONTAINERS_HPP

// The part of the decoder that enters and leaves objects and arrays and opens the destinations of their values.

#include <parley/json/detail/decode_contents.hpp>

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace parley::inline PARLEY_ABI::detail::json {

bool json_decoder::begin_object() {
    if (!nested_.empty()) return enter_nested('{');
    place p;
    if (!open(p)) return skip('{');
    switch (p.type->kind) {
    case shape_kind::structure:
    case shape_kind::tagged_union:
    case shape_kind::map: push(p); return count();
    case shape_kind::document:
    case shape_kind::json_value: return begin_free_form(p, '{');
    case shape_kind::timestamp:
        // The AWS SDK for JavaScript accepts {"tag": 1, "value": seconds}, the JSON form of a CBOR timestamp.
        if (options_.strictness == strictness::compatible) return push(p), true;
        [[fallthrough]];
    default: return skip('{') && mismatch(p, "an object");
    }
}

[[gnu::always_inline]] inline bool json_decoder::begin_array() {
    if (!nested_.empty()) return enter_nested('[');
    place p;
    if (!open(p)) return skip('[');
    bool const is_list = p.type->kind == shape_kind::list;
    bool const by_position = depth_ == 0 && job_.by_position && p.type->kind == shape_kind::structure;
    // In JavaScript, an array is an object whose members are named by their positions.
    bool const positions = p.type->kind == shape_kind::map && options_.strictness == strictness::compatible;
    if (is_list || by_position || positions) {
        push(p);
        by_position_ = by_position || by_position_;
        top().is_array = true;
        top().keys_are_positions = positions;
        if (!is_list) top().holds = contents::other;
        return count();
    }
    if (is_free_form(*p.type)) return begin_free_form(p, '[');
    return skip('[') && mismatch(p, "an array");
}

bool json_decoder::begin_free_form(place const& p, char bracket) {
    free_form_.begin(*p.type, p.object);
    return enter_nested(bracket);
}

bool json_decoder::enter_nested(char bracket) {
    nested_.push_back(bracket);
    if (!free_form_.is_open()) return true;
    free_form_->open(bracket);
    return count();
}

bool json_decoder::end_nested(char bracket) {
    nested_.pop_back();
    if (free_form_.is_open()) free_form_->close(bracket);
    if (!nested_.empty()) return true;
    if (free_form_.is_open()) free_form_.end();
    close();
    return true;
}

// Reports the missing members of a complete object or array, or assigns their defaults.
bool json_decoder::finish_container(frame& f) {
    switch (f.type->kind) {
    case shape_kind::structure: {
        if (reads_positions() && f.index > f.type->structure->count
            && !report_or_tolerate(errc::invalid_value, "more values than the structure has members", 0))
            return false;
        auto missing = f.type->structure->required;
        missing -= f.seen;
        if (f.readable) missing &= *f.readable;
        if (!missing.empty() && !report_missing(f, missing)) return false;
        if (options_.reject_unknown_values) fill_absent(*f.type->structure, f.object, options_, errors_);
        return true;
    }
    case shape_kind::tagged_union: return (f.index > 0 && !f.nothing_known) || finish_empty_union(f);
    case shape_kind::timestamp:
        return f.index > 0 || report(errc::invalid_type, "expected a timestamp, found an object", depth_ - 1);
    default: return true;
    }
}

void json_decoder::push_unchecked(shape const& type, void* object, value_checks const* checks, timestamp_format format) {
    frame& f = *free_++;
    ++depth_;
    f.type = &type;
    f.object = object;
    f.checks = checks;
    f.begin = value_begin_;
    f.format = format;
    f.is_array = f.keys_are_positions = f.item_open = false;
    f.current = nullptr;
    f.index = 0;
    switch (type.kind) {
    case shape_kind::structure:
        f.holds = contents::members;
        f.next = type.structure->members;
        f.last = f.next + type.structure->count;
        f.readable = depth_ == 1 ? job_.members : nullptr;
        f.seen = {};
        break;
    case shape_kind::tagged_union:
        f.holds = contents::alternatives;
        f.nothing_known = false;
        f.key = {};
        break;
    case shape_kind::list:
        f.holds = type.list->append ? contents::items : contents::other;
        f.item = nullptr;
        break;
    case shape_kind::map:
        f.holds = contents::entries;
        f.key = {};
        f.value = nullptr;
        break;
    default: // a timestamp
        f.holds = contents::other;
        f.key = {};
        break;
    }
    if (options_.memory && type.reset) type.reset(object, options_.memory);
}

void json_decoder::grow() {
    auto larger = std::make_unique_for_overwrite<frame[]>(capacity_ * 2);
    std::copy(frames_, frames_ + depth_, larger.get());
    heap_ = std::move(larger);
    frames_ = heap_.get();
    free_ = frames_ + depth_;
    capacity_ *= 2;
}

void json_decoder::take_position() {
    if (!reads_positions()) return;
    frame& f = top();
    auto const& s = *f.type->structure;
    f.current = f.index < s.count ? &s.members[f.index] : nullptr;
    if (f.index <= s.count) ++f.index; // stays at count + 1 for all surplus values
}

bool json_decoder::open_here(place& p) {
    if (depth_ == 0) {
        if (!job_.type) return false;
        p.type = job_.type;
        p.object = job_.object;
        p.format = job_.format;
        return true;
    }
    frame& f = top();
    switch (f.type->kind) {
    case shape_kind::structure:
        if (!f.current) return false;
        p = open_place(member_slot{*this, f, *f.current});
        return true;
    case shape_kind::timestamp:
        if (f.key != "value") return false;
        f.index = 1;
        p.type = f.type;
        p.object = f.object;
        p.format = f.format;
        return true;
    case shape_kind::tagged_union:
        if (!f.current) return count_alternative(), false;
        break;
    case shape_kind::map:
        if (f.keys_are_positions) take_position(f);
        break;
    default: break;
    }
    auto const* const access = element_access(f);
    if (access) p = open_place(element_slot{*this, f, *access});
    return access != nullptr;
}

// Resets a duplicate member: the last one wins, so the errors of the earlier ones are removed.
void json_decoder::reset_duplicate(void* at, member const& m) {
    if (m.assign_default) m.assign_default(at);
    else if (!m.value.emplace) m.value.clear(at);
    frame const& f = top();
    auto kept = first_error_;
    for (auto i = first_error_; i < errors_.size(); ++i) {
        auto* const origin = origins_ && i - first_error_ < origins_->size() ? &(*origins_)[i - first_error_] : nullptr;
        // Errors with a smaller offset belong to an earlier structure.
        if (origin && origin->size() >= depth_ && (*origin)[depth_ - 1] == &m && errors_[i].offset >= f.begin) continue;
        if (kept != i) {
            errors_[kept] = std::move(errors_[i]);
            if (origin) (*origins_)[kept - first_error_] = std::move(*origin);
        }
        ++kept;
    }
    errors_.resize(kept);
    if (origins_) origins_->resize(std::min(origins_->size(), kept - first_error_));
}

void json_decoder::insert_item() {
    frame& f = top();
    f.item_open = false;
    auto const inserted = f.type->list->insert_item(f.object, f.item);
    // The results may be ignored: after the last permitted error, the next `count` fails.
    if (!count_collisions(inserted.crowd) || inserted.fresh) return;
    report_or_tolerate(errc::duplicate_items, "equal to an earlier item", depth_);
}

void json_decoder::take_position(frame& f) {
    auto const entry = f.type->map->insert(f.object, std::to_string(f.index++), {.lasting = false, .memory = options_.memory});
    f.value = entry.value;
    f.key = entry.key;
}

bool json_decoder::take_key(std::string_view key) {
    if (!nested_.empty()) {
        if (!free_form_.is_open()) return true;
        free_form_->key(key);
        return count();
    }
    frame& f = top();
    switch (f.type->kind) {
    case shape_kind::structure: take_member(f, f.type->structure->find(key)); return true;
    case shape_kind::tagged_union: return take_alternative(key);
    case shape_kind::map: {
        auto const entry = f.type->map->insert(f.object, key, source_of(key));
        f.value = entry.value;
        f.key = entry.key;
        if (!count_collisions(entry.crowd)) return false;
        if (!f.value && !f.type->map->keys) return report(refused_view(), depth_ - 1);
        if (!f.value || (options_.reject_unknown_values && f.type->map->keys && !f.type->map->keys->has(key)))
            return report(unknown_value(*f.type->map->keys), depth_ - 1);
        if (!f.checks || !f.checks->keys) return true;
        auto const first = errors_.size();
        check_text(key, *f.checks->keys, f.checks->keys_pattern, errors_);
        return locate_errors(first, depth_ - 1);
    }
    default: f.key = key == "value" ? "value" : ""; return true; // {"tag": 1, "value": seconds}
    }
}

// A union has exactly one member that is not null. "__type" is a type hint and not a member.
// https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html
bool json_decoder::take_alternative(std::string_view key) {
    frame& f = top();
    f.current = f.type->structure->find(key);
    f.key = {};
    if (f.current || key == "__type") return true;
    unknown_tag_ = key;
    f.key = unknown_tag_;
    return true;
}

// Called for each value of a union that is not null.
void json_decoder::count_alternative() {
    frame& f = top();
    if (!f.current && f.key.data() == nullptr) return;
    if (f.index > 1) return; // reported already: a union may have as many members as its text has room for
    if (f.index++ > 0) report(errc::invalid_value, "more than one alternative of the union is set", depth_ - 1);
    else if (f.current) return;
    else if (auto keep = f.type->structure->keep_unknown; keep && !options_.reject_unknown_values) keep(f.object, f.key);
    else f.nothing_known = true;
}

} // namespace parley::detail::json

#endif
