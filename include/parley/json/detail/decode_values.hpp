// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_JSON_DETAIL_DECODE_VALUES_HPP
#define PARLEY_JSON_DETAIL_DECODE_VALUES_HPP

// How the decoder gives values to their places.

#include <parley/core/base64.hpp>
#include <parley/json/detail/json_decoder.hpp>

#include <cmath>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace parley::inline PARLEY_ABI::detail {

namespace {

bool json_decoder::take_string(std::string_view text) {
    if (!nested_.empty()) {
        if (!free_form_.is_open()) return true;
        free_form_->text(text);
        return count();
    }
    place p;
    return !open(p) || put_string(p, text);
}

bool json_decoder::put_string(place const& p, std::string_view text) {
    switch (p.what->kind) {
    case shape_kind::text:
        if (!p.what->text) assign_text(*static_cast<std::string*>(p.object), text);
        else if (!p.what->text->assign(p.object, text, source_of(text))) return refuse_view();
        return scalar_done(p);
    case shape_kind::enumeration:
        if (!p.what->enumeration->assign(p.object, text) || (options_.reject_unknown_values && !p.what->enumeration->has(text)))
            return report(unknown_value(*p.what->enumeration), depth_) && scalar_done_unchecked();
        return scalar_done(p);
    case shape_kind::blob:
        if (!p.what->text) {
            if (!decode_base64(text, static_cast<blob*>(p.object)->bytes)) return invalid_value("is no base64");
        } else {
            if (!decode_base64(text, unescaped_)) return invalid_value("is no base64");
            if (!p.what->text->assign(p.object, unescaped_, source_of(unescaped_))) return refuse_view();
        }
        return scalar_done(p);
    case shape_kind::timestamp: return take_time_text(p, text);
    case shape_kind::floating:
        if (text == "NaN") store_floating(*p.what, p.object, std::numeric_limits<double>::quiet_NaN());
        else if (text == "Infinity") store_floating(*p.what, p.object, std::numeric_limits<double>::infinity());
        else if (text == "-Infinity") store_floating(*p.what, p.object, -std::numeric_limits<double>::infinity());
        else return mismatch(p, "a string") && scalar_done_unchecked();
        return scalar_done(p);
    case shape_kind::document:
    case shape_kind::json_value:
        free_form_.make(*p.what, p.object, [text](free_form_sink& to) { to.text(text); });
        return scalar_done(p);
    default: return mismatch(p, "a string") && scalar_done_unchecked();
    }
}

// A string is cheaper to make anew, in its place, than to assign to, unless it has memory that can be used again.
[[gnu::always_inline]] inline void json_decoder::assign_text(std::string& to, std::string_view text) {
    if (to.capacity() > sizeof(std::string) && to.capacity() >= text.size()) return void(to.assign(text));
    std::destroy_at(&to);
    try {
        std::construct_at(&to, text);
    } catch (...) {
        std::construct_at(&to);
        throw;
    }
}

bool json_decoder::take_number(number_literal const& number) {
    if (!nested_.empty()) {
        if (!free_form_.is_open()) return true;
        if (!free_form_->number(number.text) && !report(errc::out_of_range, "is out of the range of a double", depth_))
            return false;
        return count();
    }
    place p;
    return !open(p) || put_number(p, number);
}

bool json_decoder::put_number(place const& p, number_literal const& number) {
    switch (p.what->kind) {
    case shape_kind::integer: {
        auto const integer = to_integer(number);
        if (integer.outcome == literal_integer::outcome::fraction)
            return mismatch(p, "a number with a fraction") && scalar_done_unchecked();
        if (integer.outcome == literal_integer::outcome::too_large
            || !store_integer(*p.what, p.object, integer.negative, integer.magnitude))
            return out_of_range();
        return scalar_done(p);
    }
    case shape_kind::floating: {
        auto const value = to_double(number);
        if (!value || (p.what->size == sizeof(float) && std::isinf(static_cast<float>(*value)))) return out_of_range();
        store_floating(*p.what, p.object, *value);
        return scalar_done(p);
    }
    case shape_kind::timestamp: {
        if (format_of(p) != timestamp_format::epoch_seconds) return mismatch(p, "a number") && scalar_done_unchecked();
        auto const when = to_instant(number);
        if (!when) return invalid_value("is no timestamp of its format");
        return put_time(p, *when);
    }
    case shape_kind::document:
    case shape_kind::json_value: {
        bool fits = true;
        free_form_.make(*p.what, p.object, [&](free_form_sink& to) { fits = to.number(number.text); });
        return fits ? scalar_done(p) : out_of_range();
    }
    default: return mismatch(p, "a number") && scalar_done_unchecked();
    }
}

// Puts a number as most are. False if it is not, and has to be put by `put_number`.
[[gnu::always_inline]] inline bool json_decoder::put_simple(place const& p, number_literal const& number) {
    auto const* const c = p.checks ? p.checks->value : nullptr;
    if (p.what->kind == shape_kind::integer)
        return number.integral && number.exact && (!c || is_within(number, *c))
               && store_integer(*p.what, p.object, number.negative, number.digits);
    if (p.what->kind != shape_kind::timestamp || c || format_of(p) != timestamp_format::epoch_seconds) return false;
    auto const when = to_instant(number);
    return when && p.what->timestamp->assign(p.object, *when);
}

// Whether an integer that is not negative certainly is what the constraint wants.
bool json_decoder::is_within(number_literal const& number, constraint const& c) noexcept {
    return !number.negative && std::in_range<std::int64_t>(number.digits)
           && static_cast<std::int64_t>(number.digits) >= c.min_integer
           && static_cast<std::int64_t>(number.digits) <= c.max_integer;
}

bool json_decoder::take_time_text(place const& p, std::string_view text) {
    auto const format = format_of(p);
    if (format == timestamp_format::epoch_seconds && options_.strictness == strictness::strict)
        return mismatch(p, "a string") && scalar_done_unchecked();
    auto const when = parse_timestamp(text, format);
    if (!when || (options_.reject_unknown_values && has_offset(text, format)))
        return invalid_value("is no timestamp of its format");
    return put_time(p, *when);
}

bool json_decoder::put_time(place const& p, instant when) {
    if (!p.what->timestamp->assign(p.object, when)) return out_of_range();
    return scalar_done(p);
}

bool json_decoder::take_boolean(bool value) {
    if (!nested_.empty()) {
        if (!free_form_.is_open()) return true;
        free_form_->boolean(value);
        return count();
    }
    place p;
    if (!open(p)) return true;
    if (p.what->kind == shape_kind::boolean) *static_cast<bool*>(p.object) = value;
    else if (is_free_form(*p.what)) free_form_.make(*p.what, p.object, [value](free_form_sink& to) { to.boolean(value); });
    else return mismatch(p, "a boolean") && scalar_done_unchecked();
    return scalar_done(p);
}

// Null counts as absent, but where the description has a place for it: documents and sparse lists and maps.
bool json_decoder::take_null() {
    if (!nested_.empty()) {
        if (!free_form_.is_open()) return true;
        free_form_->null();
        return count();
    }
    if (depth_ == 0) {
        if (!job_.what) return true;
        if (!is_free_form(*job_.what)) return refuse_null(*job_.what);
        free_form_.make(*job_.what, job_.object, [](free_form_sink& to) { to.null(); });
        return true;
    }
    take_position();
    frame& f = top();
    value_access const* held = nullptr;
    switch (f.what->kind) {
    case shape_kind::structure: held = f.current ? &f.current->value : nullptr; break;
    case shape_kind::list: held = &f.what->list->item; break;
    case shape_kind::map:
        if (f.keys_are_positions) take_position(f);
        held = f.value ? &f.what->map->value : nullptr;
        break;
    default: return true;
    }
    if (!held) return true;
    if (is_free_form(*held->target) && !held->nullable) {
        place p;
        if (open_here(p)) free_form_.make(*p.what, p.object, [](free_form_sink& to) { to.null(); });
        return scalar_done(p);
    }
    switch (f.what->kind) {
    case shape_kind::structure: {
        auto const position = f.current->position;
        if (f.seen.contains(position)) {
            auto* const at = f.what->structure->place_of(*f.current, f.object);
            reset_duplicate(at, *f.current);
            if (f.current->value.nullable && !f.current->assign_default) f.current->value.clear(at);
            f.seen.erase(position);
        }
        return true;
    }
    case shape_kind::list:
        if (!held->nullable) return ++f.index, !options_.reject_unknown_values || refuse_null(*held->target);
        open_item(f);
        return scalar_done_unchecked();
    default:
        if (!held->nullable) {
            bool const go_on = !options_.reject_unknown_values || refuse_null(*held->target);
            f.what->map->erase(f.object, f.key);
            f.key = {}; // it was the map's
            f.value = nullptr;
            if (!go_on) return false;
        }
        return count();
    }
}

} // namespace

} // namespace parley::detail

#endif
