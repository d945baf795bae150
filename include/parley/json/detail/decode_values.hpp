// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_JSON_DETAIL_DECODE_VALUES_HPP
#define PARLEY_JSON_DETAIL_DECODE_VALUES_HPP

// The part of the decoder that stores values in their destinations.

#include <parley/core/base64.hpp>
#include <parley/json/detail/json_decoder.hpp>

#include <cmath>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace parley::inline PARLEY_ABI::detail::json {

bool json_decoder::scalar_done(place const& p) {
    if (p.checks && p.checks->value && !check(*p.type, p.object, *p.checks, depth_)) return false;
    return scalar_done_unchecked();
}

bool json_decoder::scalar_done_unchecked() {
    close();
    return count();
}

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
    switch (p.type->kind) {
    case shape_kind::text:
        if (!p.type->text) assign_text(*static_cast<std::string*>(p.object), text);
        else if (!p.type->text->assign(p.object, text, source_of(text))) return report_view();
        return scalar_done(p);
    case shape_kind::enumeration:
        if (!p.type->enumeration->assign(p.object, text) || (options_.reject_unknown_values && !p.type->enumeration->has(text)))
            return report(unknown_value(*p.type->enumeration), depth_) && scalar_done_unchecked();
        return scalar_done(p);
    case shape_kind::blob:
        if (!p.type->text) {
            if (!decode_base64(text, static_cast<blob*>(p.object)->bytes)) return invalid_value("invalid base64");
        } else {
            if (!decode_base64(text, unescaped_)) return invalid_value("invalid base64");
            if (!p.type->text->assign(p.object, unescaped_, source_of(unescaped_))) return report_view();
        }
        return scalar_done(p);
    case shape_kind::timestamp: return take_time_text(p, text);
    case shape_kind::floating:
        if (text == "NaN") store_floating(*p.type, p.object, std::numeric_limits<double>::quiet_NaN());
        else if (text == "Infinity") store_floating(*p.type, p.object, std::numeric_limits<double>::infinity());
        else if (text == "-Infinity") store_floating(*p.type, p.object, -std::numeric_limits<double>::infinity());
        else return mismatch(p, "a string") && scalar_done_unchecked();
        return scalar_done(p);
    case shape_kind::document:
    case shape_kind::json_value:
        free_form_.make(*p.type, p.object, [text](free_form_sink& to) { to.text(text); });
        return scalar_done(p);
    default: return mismatch(p, "a string") && scalar_done_unchecked();
    }
}

// Constructing a string in place is cheaper than assigning to it, unless its memory can be reused.
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

void json_decoder::put_optional(std::optional<std::string>& to, std::string_view text) {
    if (may_copy_more(text)) cut(to.emplace(text.data(), short_size), text.size());
    else to.emplace(text);
}

void json_decoder::put_string(std::string& to, std::string_view text) {
    if (!may_copy_more(text)) return assign_text(to, text);
    std::destroy_at(&to);
    cut(*std::construct_at(&to, text.data(), short_size), text.size());
}

bool json_decoder::take_number(number_literal const& number) {
    if (!nested_.empty()) {
        if (!free_form_.is_open()) return true;
        if (!free_form_->number(number.text) && !report(errc::out_of_range, "out of the range of a double", depth_)) return false;
        return count();
    }
    place p;
    return !open(p) || put_number(p, number);
}

bool json_decoder::put_number(place const& p, number_literal const& number) {
    switch (p.type->kind) {
    case shape_kind::integer: {
        auto const integer = to_integer(number);
        if (integer.outcome == literal_integer::outcome::fraction)
            return mismatch(p, "a number with a fraction") && scalar_done_unchecked();
        if (integer.outcome == literal_integer::outcome::too_large
            || !store_integer(*p.type, p.object, integer.negative, integer.magnitude))
            return out_of_range();
        return scalar_done(p);
    }
    case shape_kind::floating: {
        auto const value = to_double(number);
        if (!value || (p.type->size == sizeof(float) && std::isinf(static_cast<float>(*value)))) return out_of_range();
        store_floating(*p.type, p.object, *value);
        return scalar_done(p);
    }
    case shape_kind::timestamp: {
        if (format_of(p) != timestamp_format::epoch_seconds) return mismatch(p, "a number") && scalar_done_unchecked();
        auto const when = to_instant(number);
        if (!when) return invalid_value("invalid timestamp");
        return put_time(p, *when);
    }
    case shape_kind::document:
    case shape_kind::json_value: {
        bool fits = true;
        free_form_.make(*p.type, p.object, [&](free_form_sink& to) { fits = to.number(number.text); });
        return fits ? scalar_done(p) : out_of_range();
    }
    default: return mismatch(p, "a number") && scalar_done_unchecked();
    }
}

// Stores a number of the common form. Returns false if `put_number` must store it.
[[gnu::always_inline]] inline bool json_decoder::put_simple(place const& p, number_literal const& number) {
    auto const* const c = p.checks ? p.checks->value : nullptr;
    if (p.type->kind == shape_kind::integer)
        return number.integral && number.exact && (!c || is_within(number, *c))
               && store_integer(*p.type, p.object, number.negative, number.digits);
    if (p.type->kind != shape_kind::timestamp || c || format_of(p) != timestamp_format::epoch_seconds) return false;
    auto const when = to_instant(number);
    return when && p.type->timestamp->assign(p.object, *when);
}

// Whether a non-negative integer certainly satisfies the constraint.
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
    if (!when || (options_.reject_unknown_values && has_offset(text, format))) return invalid_value("invalid timestamp");
    return put_time(p, *when);
}

bool json_decoder::put_time(place const& p, instant when) {
    if (!p.type->timestamp->assign(p.object, when)) return out_of_range();
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
    if (p.type->kind == shape_kind::boolean) *static_cast<bool*>(p.object) = value;
    else if (is_free_form(*p.type)) free_form_.make(*p.type, p.object, [value](free_form_sink& to) { to.boolean(value); });
    else return mismatch(p, "a boolean") && scalar_done_unchecked();
    return scalar_done(p);
}

// Null counts as absent, except in documents and in sparse lists and maps.
bool json_decoder::take_null() {
    if (!nested_.empty()) {
        if (!free_form_.is_open()) return true;
        free_form_->null();
        return count();
    }
    if (depth_ == 0) {
        if (!job_.type) return true;
        if (!is_free_form(*job_.type)) return report_null(*job_.type);
        free_form_.make(*job_.type, job_.object, [](free_form_sink& to) { to.null(); });
        return true;
    }
    take_position();
    frame& f = top();
    value_access const* access = nullptr;
    switch (f.type->kind) {
    case shape_kind::structure: access = f.current ? &f.current->value : nullptr; break;
    case shape_kind::list: access = &f.type->list->item; break;
    case shape_kind::map:
        if (f.keys_are_positions) take_position(f);
        access = f.value ? &f.type->map->value : nullptr;
        break;
    default: return true;
    }
    if (!access) return true;
    if (is_free_form(*access->target) && !access->nullable) {
        place p;
        if (open_here(p)) free_form_.make(*p.type, p.object, [](free_form_sink& to) { to.null(); });
        return scalar_done(p);
    }
    switch (f.type->kind) {
    case shape_kind::structure: {
        auto const position = f.current->position;
        if (f.seen.contains(position)) {
            auto* const at = f.type->structure->place_of(*f.current, f.object);
            reset_duplicate(at, *f.current);
            if (f.current->value.nullable && !f.current->assign_default) f.current->value.clear(at);
            f.seen.erase(position);
        }
        return true;
    }
    case shape_kind::list:
        if (!access->nullable) return ++f.index, !options_.reject_unknown_values || report_null(*access->target);
        open_item(f);
        return scalar_done_unchecked();
    default:
        if (!access->nullable) {
            bool const keep_going = !options_.reject_unknown_values || report_null(*access->target);
            f.type->map->erase(f.object, f.key);
            f.key = {}; // referred to the erased entry
            f.value = nullptr;
            if (!keep_going) return false;
        }
        return count();
    }
}

} // namespace parley::detail::json

#endif
