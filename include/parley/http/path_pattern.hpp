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

// The path of a template, segment by segment, and which of two is meant where both fit.
// https://smithy.io/2.0/spec/http-bindings.html#uri

/// What stands between two slashes of a template. The kinds are in the order in which they are tried.
struct path_segment {
    enum class kind : std::uint8_t {
        literal, ///< "weather"
        mixed,   ///< "{name}.json": text and labels
        label,   ///< "{city}": one segment
        greedy,  ///< "{path+}": one segment or more
    };
    std::string_view text; ///< as in the template
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

// Takes what comes before the next label off a template, without the label.
constexpr std::string_view take_literal(std::string_view& pattern) {
    auto const open = position_of('{', pattern);
    auto const literal = pattern.substr(0, open);
    pattern = open == pattern.npos ? std::string_view() : pattern.substr(position_of('}', pattern, open) + 1);
    return literal;
}

/// The segments of a path that begins with a slash. A slash at the end says nothing.
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

/// Which of two paths is tried first: `less` is the more specific one; `equal` are those that no request can tell apart.
/// https://smithy.io/2.0/spec/http-bindings.html#specificity-routing
constexpr std::strong_ordering compare_specificity(std::span<path_segment const> a, std::span<path_segment const> b) {
    for (std::size_t i = 0; i < a.size() && i < b.size(); ++i) {
        if (auto const order = a[i].kind <=> b[i].kind; order != 0) return order;
        if (a[i].kind == path_segment::kind::label || a[i].kind == path_segment::kind::greedy) continue;
        auto left = a[i].text, right = b[i].text;
        if (auto const order = detail::count_labels(left) <=> detail::count_labels(right); order != 0) return order;
        while (!left.empty() || !right.empty()) {
            // Paths whose texts differ fit no request both, or not all that one fits: any order will do. A longer text is more.
            auto const left_literal = detail::take_literal(left), right_literal = detail::take_literal(right);
            if (auto const order = right_literal.size() <=> left_literal.size(); order != 0) return order;
            if (auto const order = left_literal <=> right_literal; order != 0) return order;
        }
    }
    return b.size() <=> a.size();
}

// A segment that is all text is compared decoded (RFC 3986, section 6.2.2.2). Beside a label, text delimits it, and the escape of a
// reserved character does not: "/{name}:cancel" does not fit "/a%3Acancel", which is what a client makes of the name "a:cancel" for
// "/{name}".
// Labels are not empty. The first fit of each text leaves the most for those after it, so nothing needs to be tried again.
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

/// Whether `path`, as a request has it, fits. Calls `visit(std::string_view)` with the text of each label in order, still
/// percent-encoded; for a path that does not fit, perhaps with some of them. A slash at the end is ignored, but by a greedy
/// label. Escapes make no segments: "%2F" is not "/".
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
            // All but as many segments as come after it: "Greedy labels match greedily".
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
