// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_CORE_ERROR_IPP
#define PARLEY_CORE_ERROR_IPP

#include <parley/core/error.hpp>

namespace parley::inline PARLEY_ABI {

std::string_view to_string(errc code) noexcept {
    switch (code) {
    case errc::syntax: return "syntax error";
    case errc::invalid_utf8: return "invalid UTF-8";
    case errc::limit_exceeded: return "limit exceeded";
    case errc::missing_field: return "missing field";
    case errc::invalid_type: return "invalid type";
    case errc::invalid_value: return "invalid value";
    case errc::out_of_range: return "out of range";
    case errc::invalid_length: return "invalid length";
    case errc::range_violation: return "range violation";
    case errc::pattern_mismatch: return "pattern mismatch";
    case errc::duplicate_items: return "duplicate items";
    case errc::unknown_value: return "unknown value";
    }
    return "unknown error";
}

[[gnu::cold]] std::string data_error::message() const {
    std::string text;
    for (auto const& each : violations) {
        if (!text.empty()) text += '\n';
        if (!each.path.empty()) text.append(each.path).append(": ");
        text += each.message;
        if (each.length) text.append(", but has ").append(std::to_string(*each.length));
        if (each.offset != violation::no_offset) text.append(", at byte ").append(std::to_string(each.offset));
    }
    return text;
}

void append_pointer_token(std::string& pointer, std::string_view token) {
    pointer += '/';
    for (char c : token) {
        if (c == '~') pointer += "~0";
        else if (c == '/') pointer += "~1";
        else pointer += c;
    }
}

} // namespace parley

#endif
