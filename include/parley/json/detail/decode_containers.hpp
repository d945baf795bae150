// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_JSON_DETAIL_DECODE_CONTAINERS_HPP
#define PARLEY_JSON_DETAIL_DECODE_CONTAINERS_HPP

// How the decoder goes into objects and arrays and out of them, and finds the places of what they hold.

#include <parley/json/detail/decode_contents.hpp>

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace parley::inline PARLEY_ABI::detail {

namespace {

bool json_decoder::begin_object() {
    if (!nested_.empty()) return go_into('{');
    place p;
    if (!open(p)) return skip('{');
    switch (p.what->kind) {
    case shape_kind::structure:
    case shape_kind::tagged_union:
    case shape_kind::map: push(p); return count();
    case shape_kind::document:
    case shape_kind::json_value: return begin_free_form(p, '{');
    case shape_kind::timestamp:
        // The reference reads {"tag": 1, "value": seconds} as the seconds, as CBOR would have them.
        if (options_.strictness == strictness::compatible) return push(p), true;
        [[fallthrough]];
    default: return skip('{') && mismatch(p, "an object");
    }
}

bool json_decoder::begin_array() {
    if (!nested_.empty()) return go_into('[');
    place p;
    if (!open(p)) return skip('[');
    bool const is_list = p.what->kind == shape_kind::list;
    bool const by_position = depth_ == 0 && job_.by_position && p.what->kind == shape_kind::structure;
    // To the reference, an array is an object whose members are named by their positions.
    bool const positions = p.what->kind == shape_kind::map && options_.strictness == strictness::compatible;
    if (is_list || by_position || positions) {
        push(p);
        by_position_ = by_position || by_position_;
        top().is_array = true;
        top().keys_are_positions = positions;
        if (!is_list) top().holds = contents::other;
        return count();
    }
    if (is_free_form(*p.what)) return begin_free_form(p, '[');
    return skip('[') && mismatch(p, "an array");
}

bool json_decoder::begin_free_form(place const& p, char bracket) {
    free_form_.begin(*p.what, p.object);
    return go_into(bracket);
}

bool json_decoder::go_into(char bracket) {
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

// Tells what is missing in the object or array that is complete, or fills it in.
bool json_decoder::finish_container(frame& f) {
    switch (f.what->kind) {
    case shape_kind::structure: {
        if (reads_positions() && f.index > f.what->structure->count
            && !report_or_tolerate(errc::invalid_value, "has more values than there are members", 0))
            return false;
        auto missing = f.what->structure->required;
        missing -= f.seen;
        if (f.readable) missing &= *f.readable;
        if (!missing.empty() && !report_missing(f, missing)) return false;
        if (options_.reject_unknown_values) fill_absent(*f.what->structure, f.object, options_, errors_);
        return true;
    }
    case shape_kind::tagged_union: return (f.index > 0 && !f.nothing_known) || settle_union(f);
    case shape_kind::timestamp:
        return f.index > 0 || report(errc::invalid_type, "expected a timestamp, found an object", depth_ - 1);
    default: return true;
    }
}

void json_decoder::push_within(shape const& what, void* object, value_checks const* checks, timestamp_format format) {
    frame& f = *free_++;
    ++depth_;
    f.what = &what;
    f.object = object;
    f.checks = checks;
    f.begin = value_begin_;
    f.format = format;
    f.is_array = f.keys_are_positions = f.item_open = false;
    f.current = nullptr;
    f.index = 0;
    switch (what.kind) {
    case shape_kind::structure:
        f.holds = contents::members;
        f.next = what.structure->members;
        f.last = f.next + what.structure->count;
        f.readable = depth_ == 1 ? job_.members : nullptr;
        f.seen = {};
        break;
    case shape_kind::tagged_union:
        f.holds = contents::alternatives;
        f.nothing_known = false;
        f.key = {};
        break;
    case shape_kind::list:
        f.holds = what.list->append ? contents::items : contents::other;
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
    if (options_.memory && what.reset) what.reset(object, options_.memory);
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
    auto const& s = *f.what->structure;
    f.current = f.index < s.count ? &s.members[f.index] : nullptr;
    if (f.index <= s.count) ++f.index; // and so stays one too many, however many they are
}

bool json_decoder::open_here(place& p) {
    if (depth_ == 0) {
        if (!job_.what) return false;
        p.what = job_.what;
        p.object = job_.object;
        p.format = job_.format;
        return true;
    }
    frame& f = top();
    switch (f.what->kind) {
    case shape_kind::structure:
        if (!f.current) return false;
        p = open_place(member_source{*this, f, *f.current});
        return true;
    case shape_kind::timestamp:
        if (f.key != "value") return false;
        f.index = 1;
        p.what = f.what;
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
    auto const* const held = held_by(f);
    if (held) p = open_place(value_source{*this, f, *held});
    return held != nullptr;
}

// A member came before: the last one wins, and what was wrong with the others does not matter.
void json_decoder::reset_duplicate(void* at, member const& m) {
    if (m.assign_default) m.assign_default(at);
    else if (!m.value.emplace) m.value.clear(at);
    frame const& f = top();
    auto kept = first_error_;
    for (auto i = first_error_; i < errors_.size(); ++i) {
        auto* const origin = origins_ && i - first_error_ < origins_->size() ? &(*origins_)[i - first_error_] : nullptr;
        // What is wrong within this structure is behind its begin.
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
    auto const inserted = f.what->list->insert_item(f.object, f.item);
    // The next value that is counted ends it all if this was one error too many.
    if (!count_crowd(inserted.crowd) || inserted.fresh) return;
    report_or_tolerate(errc::duplicate_items, "is equal to an item before it", depth_);
}

void json_decoder::take_position(frame& f) {
    auto const entry = f.what->map->insert(f.object, std::to_string(f.index++), {.lasting = false, .memory = options_.memory});
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
    switch (f.what->kind) {
    case shape_kind::structure: take_member(f, f.what->structure->find(key)); return true;
    case shape_kind::tagged_union: return take_alternative(key);
    case shape_kind::map: {
        auto const entry = f.what->map->insert(f.object, key, source_of(key));
        f.value = entry.value;
        f.key = entry.key;
        if (!count_crowd(entry.crowd)) return false;
        if (!f.value && !f.what->map->keys) return report(refused_view(), depth_ - 1);
        if (!f.value || (options_.reject_unknown_values && f.what->map->keys && !f.what->map->keys->has(key)))
            return report(unknown_value(*f.what->map->keys), depth_ - 1);
        if (!f.checks || !f.checks->keys) return true;
        auto const first = errors_.size();
        check_text(key, *f.checks->keys, f.checks->keys_pattern, errors_);
        return place_errors(first, depth_ - 1);
    }
    default: f.key = key == "value" ? "value" : ""; return true; // {"tag": 1, "value": seconds}
    }
}

// A union has one member that is not null. "__type" is a hint to the reader's class and no member.
// https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html
bool json_decoder::take_alternative(std::string_view key) {
    frame& f = top();
    f.current = f.what->structure->find(key);
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
    if (f.index++ > 0) report(errc::invalid_value, "the union holds more than one member", depth_ - 1);
    else if (f.current) return;
    else if (auto keep = f.what->structure->keep_unknown; keep && !options_.reject_unknown_values) keep(f.object, f.key);
    else f.nothing_known = true;
}

} // namespace

} // namespace parley::detail

#endif
