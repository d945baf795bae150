// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// A path as a request has it, and on further lines a template. Promised is:
//   - a template is read, or refused with a text that says why, as it is when a program is compiled;
//   - counting its parts and reading them come to the same;
//   - the labels that are taken out of a path that fits, put back into the template, give that path.
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

// Throws the text of what is wrong.
parsed read(std::string_view text) {
    parley::detail::template_reader counter(text, nullptr);
    counter.request();
    parsed result;
    result.parts.resize(counter.count());
    parley::detail::template_reader reader(text, result.parts.data());
    reader.request();
    result.path = reader.path();
    fuzz::must(reader.count() == result.parts.size(), "parts are counted as they are read");
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
        if (label) fuzz::must(next < labels.size(), "each label has a text");
        if (label) again += labels[next++];
    }
    fuzz::must(next == labels.size(), "there is a label for each text");
    // A slash at the end says nothing.
    auto const bare = [](std::string_view p) { return p.size() > 1 && p.ends_with('/') ? p.substr(0, p.size() - 1) : p; };
    fuzz::must(parley::decode_to_same(bare(again), bare(path)), "the labels are what was in the path");
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
    } catch (char const* why) { must(std::string_view(why).starts_with("parley::http: "), "a refusal says what is wrong"); }
    try {
        parley::detail::template_reader counter(text, nullptr);
        auto const status = counter.response();
        std::vector<parley::template_part> parts(counter.count());
        must(parley::detail::template_reader(text, parts.data()).response() == status, "a response is read twice the same");
    } catch (char const* why) { must(std::string_view(why).starts_with("parley::http: "), "a refusal says what is wrong"); }
}
