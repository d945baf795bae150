// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_HTTP_PATH_PATTERN_HPP
#define PARLEY_HTTP_PATH_PATTERN_HPP

#include <parley/core/text.hpp>
#include <parley/http/uri.hpp>

#include <algorithm>
#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace parley::inline PARLEY_ABI::detail {

// Path templates as lists of segments, and the precedence of templates that match the same request.
// https://smithy.io/2.0/spec/http-bindings.html#uri

/// A segment of a path template. The kinds are ordered by precedence.
struct path_segment {
    enum class kind : std::uint8_t {
        literal, ///< "weather"
        mixed,   ///< "{name}.json": text and labels
        label,   ///< "{city}": one segment
        greedy,  ///< "{path+}": one or more segments
    };
    std::string_view text; ///< as written in the template
    enum kind kind = kind::literal;
};

constexpr std::size_t count_path_segments(std::string_view path) {
    std::size_t count = 0;
    for (std::size_t i = 0; i + 1 < path.size(); ++i) count += path[i] == '/';
    return count;
}

constexpr enum path_segment::kind kind_of_segment(std::string_view text) {
    auto const open = position_of('{', text);
    if (open == text.npos) return path_segment::kind::literal;
    if (open != 0 || position_of('}', text) != text.size() - 1) return path_segment::kind::mixed;
    return text[text.size() - 2] == '+' ? path_segment::kind::greedy : path_segment::kind::label;
}

constexpr std::size_t count_labels(std::string_view pattern) {
    std::size_t count = 0;
    for (char c : pattern) count += c == '{';
    return count;
}

// Removes the text before the next label, and the label, from a template. Returns the text.
constexpr std::string_view take_literal(std::string_view& pattern) {
    auto const open = position_of('{', pattern);
    auto const literal = pattern.substr(0, open);
    pattern = open == pattern.npos ? std::string_view() : pattern.substr(position_of('}', pattern, open) + 1);
    return literal;
}

/// Splits a path that begins with a slash into segments. A trailing slash is ignored.
template <std::size_t Count>
constexpr std::array<path_segment, Count> parse_path(std::string_view path) {
    std::array<path_segment, Count> segments{};
    for (auto& segment : segments) {
        path.remove_prefix(1);
        segment.text = path.substr(0, position_of('/', path));
        segment.kind = detail::kind_of_segment(segment.text);
        path.remove_prefix(segment.text.size());
    }
    return segments;
}

/// Compares the precedence of two paths: `less` if `a` is more specific, `equal` if both match the same requests.
/// https://smithy.io/2.0/spec/http-bindings.html#specificity-routing
constexpr std::strong_ordering compare_specificity(std::span<path_segment const> a, std::span<path_segment const> b) {
    for (std::size_t i = 0; i < a.size() && i < b.size(); ++i) {
        if (auto const order = a[i].kind <=> b[i].kind; order != 0) return order;
        if (a[i].kind == path_segment::kind::label || a[i].kind == path_segment::kind::greedy) continue;
        auto left = a[i].text, right = b[i].text;
        if (auto const order = detail::count_labels(left) <=> detail::count_labels(right); order != 0) return order;
        while (!left.empty() || !right.empty()) {
            // Any order is correct for different texts: no request matches both, or one matches only a part. A longer text is more specific.
            auto const left_literal = detail::take_literal(left), right_literal = detail::take_literal(right);
            if (auto const order = right_literal.size() <=> left_literal.size(); order != 0) return order;
            if (auto const order = left_literal <=> right_literal; order != 0) return order;
        }
    }
    return b.size() <=> a.size();
}

// A literal segment is compared after percent-decoding (RFC 3986, section 6.2.2.2). In a mixed segment, the text delimits labels, and an
// encoded reserved character is not a delimiter: "/{name}:cancel" does not match "/a%3Acancel", which a client sends for the name
// "a:cancel" and the template "/{name}".
// Labels are not empty. The first match of each text leaves the most for the following ones, so backtracking is not needed.
template <class Visit>
bool match_segment(path_segment const& segment, std::string_view text, Visit& visit) {
    if (segment.kind == path_segment::kind::literal)
        return text == segment.text || (text.find('%') != text.npos && decode_to_same(text, segment.text));
    if (segment.kind != path_segment::kind::mixed) return !text.empty() && (visit(text), true);
    auto pattern = segment.text;
    auto const first = equivalent_prefix(text, take_literal(pattern));
    if (first == text.npos) return false;
    text.remove_prefix(first);
    for (bool last = false; !last;) {
        last = pattern.find('{') == pattern.npos;
        auto const literal = take_literal(pattern);
        std::size_t end = 0, size = text.npos;
        do {
            if (end == text.size()) return false;
            end += std::min<std::size_t>(text[end] == '%' ? 3 : 1, text.size() - end);
            size = equivalent_prefix(text.substr(end), literal);
        } while (size == text.npos || (last && end + size != text.size()));
        visit(text.substr(0, end));
        text.remove_prefix(end + size);
    }
    return true;
}

/// Returns true if the path of a request matches the template.
///
/// A trailing slash is ignored unless the last label is greedy. "%2F" does not separate segments.
///
/// @param visit Called as `visit(std::string_view)` with the percent-encoded text of each label in order. If the path does not match, it
///              may have been called for some labels.
template <class Visit>
bool match_path(std::span<path_segment const> pattern, std::string_view path, Visit visit) {
    if (pattern.empty()) return path == "/";
    if (path.ends_with('/') && pattern.back().kind != path_segment::kind::greedy) path.remove_suffix(1);
    auto after = pattern.size();
    for (auto const& segment : pattern) {
        --after;
        if (!path.starts_with('/')) return false;
        path.remove_prefix(1);
        auto end = path.find('/');
        if (segment.kind == path_segment::kind::greedy) {
            // Leaves as many segments as follow in the template: "Greedy labels match greedily".
            end = path.size();
            for (std::size_t i = 0; i < after; ++i) {
                end = end == 0 ? path.npos : path.rfind('/', end - 1);
                if (end == path.npos) return false;
            }
        }
        auto const text = path.substr(0, end);
        if (!detail::match_segment(segment, text, visit)) return false;
        path.remove_prefix(text.size());
    }
    return path.empty();
}

} // namespace parley::detail

#endif
