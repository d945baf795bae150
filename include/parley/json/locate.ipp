// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_JSON_LOCATE_IPP
#define PARLEY_JSON_LOCATE_IPP

#include <parley/core/text.hpp>
#include <parley/core/utf8.hpp>
#include <parley/json/locate.hpp>

#include <cstdint>

namespace parley::inline PARLEY_ABI::detail {

namespace json {

// Skips values without parsing them. Counts brackets instead of keeping a stack.
class json_walker {
public:
    explicit json_walker(std::string_view text, std::size_t at = 0) : text_(text), at_(at) {}

    std::size_t position() const noexcept { return at_; }
    char peek() {
        while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n' || text_[at_] == '\r')) ++at_;
        return at_ < text_.size() ? text_[at_] : '\0';
    }
    bool take(char c) {
        if (peek() != c) return false;
        ++at_;
        return true;
    }
    // Returns the raw text of the string that begins here, including its quotation marks.
    std::string_view take_string() {
        auto const begin = at_;
        ++at_;
        while (at_ < text_.size() && text_[at_] != '"') at_ += text_[at_] == '\\' ? 2 : 1;
        at_ = at_ < text_.size() ? at_ + 1 : text_.size();
        return text_.substr(begin, at_ - begin);
    }
    std::string_view take_value() {
        peek();
        auto const begin = at_;
        std::size_t depth = 0;
        do {
            switch (peek()) {
            case '\0':
                if (at_ >= text_.size()) return text_.substr(begin);
                ++at_;
                break;
            case '"': take_string(); break;
            case '{':
            case '[': ++depth, ++at_; break;
            case '}':
            case ']':
                if (depth == 0) return text_.substr(begin, at_ - begin);
                --depth, ++at_;
                break;
            case ',':
            case ':':
                if (depth == 0) return text_.substr(begin, at_ - begin);
                ++at_;
                break;
            default:
                while (at_ < text_.size() && std::string_view(" \t\n\r,:{}[]\"").find(text_[at_]) == std::string_view::npos)
                    ++at_;
                break;
            }
        } while (depth > 0 && at_ < text_.size());
        return text_.substr(begin, at_ - begin);
    }

private:
    std::string_view text_;
    std::size_t at_;
};

inline std::uint32_t hex4(std::string_view text) {
    std::uint32_t value = 0;
    for (char c : text.substr(0, 4)) {
        auto const lower = ascii_lower(c);
        value = value * 16 + static_cast<std::uint32_t>(lower >= 'a' ? lower - 'a' + 10 : lower - '0');
    }
    return value;
}

// Consumes the digits of a \u escape, or of both escapes of a surrogate pair.
inline char32_t take_escaped(std::string_view& text) {
    auto code = hex4(text);
    text.remove_prefix(4);
    if (code < 0xd800 || code >= 0xe000) return static_cast<char32_t>(code);
    auto const low = text.size() >= 6 && text.starts_with("\\u") ? hex4(text.substr(2)) : 0;
    if (code >= 0xdc00 || low < 0xdc00 || low >= 0xe000) return U'\ufffd';
    text.remove_prefix(6);
    return static_cast<char32_t>(0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00));
}

[[gnu::cold]] inline std::string unescape(std::string_view quoted) {
    std::string out;
    auto text = quoted.size() >= 2 ? quoted.substr(1, quoted.size() - 2) : std::string_view();
    for (;;) {
        auto const escape = text.find('\\');
        if (escape == text.npos || escape + 1 == text.size()) return out.append(text);
        out.append(text.substr(0, escape));
        char const c = text[escape + 1];
        text.remove_prefix(escape + 2);
        if (c == 'u') {
            if (text.size() < 4) return out;
            append_utf8(out, take_escaped(text));
        } else {
            constexpr std::string_view letters = "bfnrt";
            auto const index = letters.find(c);
            out += index == letters.npos ? c : "\b\f\n\r\t"[index];
        }
    }
}

inline bool same_key(std::string_view quoted, std::string_view name, bool ignore_case) {
    if (quoted.find('\\') == std::string_view::npos) {
        auto const key = quoted.size() >= 2 ? quoted.substr(1, quoted.size() - 2) : std::string_view();
        return ignore_case ? equals_ignore_case(key, name) : key == name;
    }
    auto const key = unescape(quoted);
    return ignore_case ? equals_ignore_case(key, name) : key == name;
}

// Returns the member `name` of `object`.
inline std::optional<json_slice> find_member(json_slice const& object, std::string_view name, bool ignore_case) {
    std::optional<json_slice> result;
    json_walker walk(object.text);
    if (!walk.take('{')) return result;
    while (walk.peek() == '"') {
        auto const key = walk.take_string();
        if (!walk.take(':')) break;
        walk.peek();
        auto const begin = object.begin + walk.position();
        auto const value = walk.take_value();
        if (same_key(key, name, ignore_case) && !(ignore_case && result)) result = json_slice{value, begin};
        if (!walk.take(',')) break;
    }
    return result;
}

[[gnu::cold]] inline std::optional<json_slice> find_item(json_slice const& array, std::string_view token) {
    std::size_t index = 0;
    for (char c : token) {
        if (c < '0' || c > '9' || index > 100'000'000) return std::nullopt;
        index = index * 10 + static_cast<std::size_t>(c - '0');
    }
    if (token.empty() || (token.size() > 1 && token[0] == '0')) return std::nullopt;
    json_walker walk(array.text);
    if (!walk.take('[')) return std::nullopt;
    while (walk.peek() != ']' && walk.peek() != '\0') {
        auto const begin = array.begin + walk.position();
        auto const value = walk.take_value();
        if (index-- == 0) return json_slice{value, begin};
        if (!walk.take(',')) break;
    }
    return std::nullopt;
}

inline std::string unescape_token(std::string_view token) {
    std::string out;
    for (std::size_t i = 0; i < token.size(); ++i) {
        if (token[i] == '~' && i + 1 < token.size()) out += token[++i] == '0' ? '~' : '/';
        else out += token[i];
    }
    return out;
}

inline std::string_view trim_end(std::string_view text) {
    auto const last = text.find_last_not_of(" \t\n\r");
    return text.substr(0, last == text.npos ? 0 : last + 1);
}

inline json_slice outermost(std::string_view text) {
    json_walker walk(text);
    walk.peek();
    auto const begin = walk.position();
    return {trim_end(text.substr(begin)), begin};
}

// Follows `pointer` as far as its values exist. Sets `complete` if it reached the end of `pointer`.
[[gnu::cold]] inline json_slice follow(std::string_view text, std::string_view pointer, bool& complete) {
    auto here = outermost(text);
    while (!pointer.empty()) {
        auto const end = pointer.find('/', 1);
        auto const token = unescape_token(pointer.substr(1, end == std::string_view::npos ? end : end - 1));
        pointer = end == std::string_view::npos ? std::string_view() : pointer.substr(end);
        auto next = here.text.starts_with('[') ? find_item(here, token) : find_member(here, token, false);
        if (!next) {
            complete = false;
            return here;
        }
        here = *next;
    }
    complete = true;
    return here;
}

} // namespace json

// For protocol/json_rpc.ipp.
using json::json_walker;
using json::outermost;
using json::same_key;

std::optional<json_slice> find_json(std::string_view text, std::string_view pointer) {
    bool complete = false;
    auto const value = json::follow(text, pointer, complete);
    if (!complete) return std::nullopt;
    return value;
}

std::size_t locate_json(std::string_view text, std::string_view pointer) {
    bool complete = false;
    return json::follow(text, pointer, complete).begin;
}

std::optional<json_slice> find_json_member(std::string_view text, std::string_view name, bool ignore_case) {
    return json::find_member(json::outermost(text), name, ignore_case);
}

std::optional<std::string> json_scalar_text(std::string_view value) {
    value = trim(value);
    if (value.empty() || value == "null" || value[0] == '{' || value[0] == '[') return std::nullopt;
    if (value[0] == '"') return json::unescape(value);
    return std::string(value);
}

} // namespace parley::detail

#endif
