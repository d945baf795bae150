// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// A path of a request and, on further lines, a template. Properties:
//   - a template is parsed or rejected with a reason, as at compile time;
//   - the count of its parts equals the number of parsed parts;
//   - the labels of a matching path, inserted into the template, give the same path.
#include "fuzz.hpp"

#include <parley/http/path_pattern.hpp>
#include <parley/http/template.hpp>

#include <array>
#include <cstddef>
#include <string>
#include <vector>

namespace {

using parley::template_place;

struct parsed {
    std::string_view path;
    std::vector<parley::template_part> parts;
};

// Throws the reason as `char const*`.
parsed read(std::string_view text) {
    parley::detail::template_reader counter(text, nullptr);
    counter.request();
    parsed result;
    result.parts.resize(counter.count());
    parley::detail::template_reader reader(text, result.parts.data());
    reader.request();
    result.path = reader.path();
    fuzz::must(reader.count() == result.parts.size(), "the count equals the number of parsed parts");
    return result;
}

template <std::size_t Count>
void match(parsed const& by, std::string_view path) {
    auto const segments = parley::detail::parse_path<Count>(by.path);
    std::vector<std::string_view> labels;
    if (!parley::detail::match_path(segments, path, [&](std::string_view label) { labels.push_back(label); })) return;
    std::string again;
    std::size_t next = 0;
    for (auto const& part : by.parts) {
        bool const label = part.place == template_place::path_label || part.place == template_place::path_greedy;
        if (part.place == template_place::path_text) again += part.text;
        if (label) fuzz::must(next < labels.size(), "each label has a value");
        if (label) again += labels[next++];
    }
    fuzz::must(next == labels.size(), "each value has a label");
    // A trailing slash has no meaning.
    auto const bare = [](std::string_view p) { return p.size() > 1 && p.ends_with('/') ? p.substr(0, p.size() - 1) : p; };
    fuzz::must(parley::decode_to_same(bare(again), bare(path)), "the labels give the path again");
}

template <std::size_t... Count>
void match_any(parsed const& by, std::string_view path, std::index_sequence<Count...>) {
    auto const count = parley::detail::count_path_segments(by.path);
    ((count == Count ? match<Count>(by, path) : void()), ...);
}

} // namespace

void fuzz::try_text(std::string_view text) {
    auto const path = take_line(text);
    try {
        match_any(read(text), path, std::make_index_sequence<9>());
    } catch (char const* reason) { must(std::string_view(reason).starts_with("parley::http: "), "a rejection has a reason"); }
    try {
        parley::detail::template_reader counter(text, nullptr);
        auto const status = counter.response();
        std::vector<parley::template_part> parts(counter.count());
        must(parley::detail::template_reader(text, parts.data()).response() == status, "parsing is repeatable");
    } catch (char const* reason) { must(std::string_view(reason).starts_with("parley::http: "), "a rejection has a reason"); }
}
