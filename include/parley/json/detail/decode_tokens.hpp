// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_JSON_DETAIL_DECODE_TOKENS_HPP
#define PARLEY_JSON_DETAIL_DECODE_TOKENS_HPP

// The part of the decoder that consumes brackets, names and values. Each function returns the end of its token, or null to stop.

#include <parley/core/utf8.hpp>
#include <parley/json/detail/json_decoder.hpp>

#include <string_view>

namespace parley::inline PARLEY_ABI::detail::json {

char const* json_decoder::step_key(char const* at) {
    if (*at != '"') return syntax_error(at);
    auto const* const first = at + 1;
    string_marks marks;
    auto const* const stop = find_string_end(begin_, first, end_, marks);
    if (stop == end_) return incomplete();
    if (*stop != '"') return syntax_error(stop);
    auto const* const colon = skip_json_space(stop + 1, end_);
    if (colon == end_) return incomplete();
    if (*colon != ':') return syntax_error(colon);
    std::string_view key(first, static_cast<std::size_t>(stop - first));
    if (!make_plain(key, marks) || !take_key(key)) return stop_here();
    return colon + 1;
}

char const* json_decoder::step_value(char const* at) {
    auto const before = next_;
    // A container overwrites this.
    next_ = depth_ == 0 && nested_.empty() ? expected::nothing : expected::separator;
    value_begin_ = offset_of(at);
    char const* next = nullptr;
    switch (*at) {
    case '"': next = step_string(at + 1); break;
    case '{': next = open_bracket(at); break;
    case '[': next = open_bracket(at); break;
    case 't': next = step_literal(at, "true"); break;
    case 'f': next = step_literal(at, "false"); break;
    case 'n': next = step_literal(at, "null"); break;
    case '-':
    case '0':
    case '1':
    case '2':
    case '3':
    case '4':
    case '5':
    case '6':
    case '7':
    case '8':
    case '9': next = step_number(at); break;
    default: next = syntax_error(at); break;
    }
    if (!next) next_ = before;
    return next;
}

[[gnu::always_inline]] inline char const* json_decoder::step_string(char const* first) {
    string_marks marks;
    auto const* const stop = find_string_end(begin_, first, end_, marks);
    if (stop == end_) return incomplete();
    if (*stop != '"') return syntax_error(stop);
    std::string_view text(first, static_cast<std::size_t>(stop - first));
    if ((!marks.ascii || marks.escaped) && !make_plain(text, marks)) return stop_here();
    return take_string(text) ? stop + 1 : stop_here();
}

char const* json_decoder::step_number(char const* at) {
    number_literal number;
    char const* stop = nullptr;
    auto const* const next = scan_number(at, end_, number, stop);
    if (!next) return stop == end_ ? incomplete() : syntax_error(stop);
    if (next == end_ && !last_) return nullptr; // the number may continue in the next chunk
    return take_number(number) ? next : stop_here();
}

char const* json_decoder::step_literal(char const* at, std::string_view literal) {
    for (std::size_t i = 1; i < literal.size(); ++i) {
        if (at + i == end_) return incomplete();
        if (at[i] != literal[i]) return syntax_error(at + i);
    }
    bool const good = *at == 'n' ? take_null() : take_boolean(*at == 't');
    return good ? at + literal.size() : stop_here();
}

char const* json_decoder::open_bracket(char const* at) {
    if (depth_ + nested_.size() >= options_.limits.depth) {
        add_text_error(errc::limit_exceeded, "nested more deeply than the limit allows", at);
        return stop_here();
    }
    bool const object = *at == '{';
    next_ = object ? expected::first_key : expected::first_item;
    return (object ? begin_object() : begin_array()) ? at + 1 : stop_here();
}

char const* json_decoder::close_bracket(char const* at) {
    if (*at != (in_array() ? ']' : '}')) return syntax_error(at);
    if (!(nested_.empty() ? end_frame() : end_nested(*at))) return stop_here();
    next_ = depth_ == 0 && nested_.empty() ? expected::nothing : expected::separator;
    return at + 1;
}

// Replaces the raw content of a string by its decoded text.
bool json_decoder::make_plain(std::string_view& content, string_marks const& marks) {
    auto const* const quote = content.data() - 1;
    bool repaired = false;
    if (!marks.ascii) {
        auto const bad = find_invalid_utf8(content);
        if (bad != std::string_view::npos) {
            if (options_.strictness == strictness::strict)
                return add_text_error(errc::invalid_utf8, "invalid UTF-8", content.data() + bad), false;
            repaired_ = repair_utf8(content);
            content = repaired_;
            repaired = true;
        }
    }
    if (marks.escaped) {
        if (auto const* bad = unescape_json(content, unescaped_))
            return add_text_error(errc::syntax,
                                  is_surrogate(bad, content) ? "unpaired surrogate in an escape sequence"
                                                             : "invalid escape sequence",
                                  repaired ? quote : bad),
                   false;
        content = unescaped_;
    }
    return true;
}

} // namespace parley::detail::json

#endif
