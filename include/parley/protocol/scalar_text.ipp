// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_PROTOCOL_SCALAR_TEXT_IPP
#define PARLEY_PROTOCOL_SCALAR_TEXT_IPP

#include <parley/core/number.hpp>
#include <parley/core/utf8.hpp>
#include <parley/describe/validate.hpp>
#include <parley/protocol/scalar_text.hpp>

#include <cmath>
#include <cstring>
#include <utility>

namespace parley::inline PARLEY_ABI::detail {

bool append_scalar_text(std::string& out, shape const& type, void const* value, timestamp_format format) {
    switch (type.kind) {
    case shape_kind::boolean: out += *static_cast<bool const*>(value) ? "true" : "false"; return true;
    case shape_kind::integer:
        if (type.is_signed) append_integer(out, signed_value(type, value));
        else append_integer(out, unsigned_value(type, value));
        return true;
    case shape_kind::floating: {
        auto const number = floating_value(type, value);
        if (std::isnan(number)) out += "NaN";
        else if (std::isinf(number)) out += number < 0 ? "-Infinity" : "Infinity";
        else if (type.size == sizeof(float)) append_float(out, *static_cast<float const*>(value));
        else append_double(out, number);
        return true;
    }
    case shape_kind::text: out += text_in(type, value); return true;
    case shape_kind::enumeration: {
        auto const text = type.enumeration->text(value);
        out += text;
        return text.data() != nullptr;
    }
    case shape_kind::timestamp: {
        auto const when = type.timestamp->get(value);
        if (format != timestamp_format::epoch_seconds && !in_calendar_range(when)) return false;
        append_timestamp(out, when, format);
        return true;
    }
    default: return false;
    }
}

namespace protocol {

template <class T>
bool read_integer_as(void* value, std::string_view text) {
    auto const number = parse_integer<T>(text);
    if (number) std::memcpy(value, &*number, sizeof(T));
    return number.has_value();
}

} // namespace protocol

bool read_scalar_text(shape const& type, void* value, std::string_view text, timestamp_format format, text_source const& source) {
    switch (type.kind) {
    case shape_kind::boolean: *static_cast<bool*>(value) = text == "true"; return text == "true" || text == "false";
    case shape_kind::integer:
        switch (type.size) {
        case 1:
            return type.is_signed ? protocol::read_integer_as<std::int8_t>(value, text)
                                  : protocol::read_integer_as<std::uint8_t>(value, text);
        case 2:
            return type.is_signed ? protocol::read_integer_as<std::int16_t>(value, text)
                                  : protocol::read_integer_as<std::uint16_t>(value, text);
        case 4:
            return type.is_signed ? protocol::read_integer_as<std::int32_t>(value, text)
                                  : protocol::read_integer_as<std::uint32_t>(value, text);
        default:
            return type.is_signed ? protocol::read_integer_as<std::int64_t>(value, text)
                                  : protocol::read_integer_as<std::uint64_t>(value, text);
        }
    case shape_kind::floating: {
        auto const number = parse_double(text);
        if (!number) return false;
        if (type.size == sizeof(float)) {
            auto const narrow = static_cast<float>(*number);
            if (std::isinf(narrow) && !std::isinf(*number)) return false;
            *static_cast<float*>(value) = narrow;
        } else {
            *static_cast<double*>(value) = *number;
        }
        return true;
    }
    case shape_kind::text: return find_invalid_utf8(text) == std::string_view::npos && put_text_in(type, value, text, source);
    case shape_kind::enumeration: return type.enumeration->assign(value, text);
    case shape_kind::timestamp: {
        auto const when = parse_timestamp(text, format);
        return when && type.timestamp->assign(value, *when);
    }
    default: return false;
    }
}

} // namespace parley::detail

#endif
