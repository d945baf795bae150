// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// A text that is matched with patterns, those of services among them. Promised is:
//   - whether a text of ASCII matches, std::regex says as well, which knows the same language;
//   - matching takes no more memory or time for one text than for another of its length (what a fuzzer sees as a time-out).
#include "fuzz.hpp"

#include <parley/describe/pattern.hpp>

#include <algorithm>
#include <array>
#include <regex>
#include <string>

namespace {

struct compared {
    parley::pattern_view pattern;
    std::regex judge;
};

constexpr std::array<std::string_view, 14> texts{
    "^[0-9a-z]{32}$", "^\\d+$", "^arn:aws(-[^:]+)?:iam::[0-9]{12}:role/.+$", "^s3://[a-z0-9][\\.\\-a-z0-9]{1,61}[a-z0-9](/.*)?$",
    "^(?:[0-9][0-9]*|0)(\\.(?:[1-9][0-9]*|0))*$", "^[\\w -:]+$", "(a+)+b", "(a|aa|ab)*c", "^(?=.*[A-Z])(?!.*x)[A-Za-z]{2,5}$",
    "\\bword\\b|\\Bord", "([^,]*,){3}x", "(?:a?){5}a{5}$", "[^\\s]\\s{2,4}\\S", "x*y+?z{0,2}$"};

template <std::size_t I>
compared compile() {
    static constexpr auto draft = parley::draft_pattern<parley::pattern_room(texts[I])>(texts[I]);
    static constexpr auto program = parley::finish_pattern<draft.size()>(draft);
    return {program.view(), std::regex(std::string(texts[I]))};
}
template <std::size_t... I>
std::array<compared, sizeof...(I)> compile_all(std::index_sequence<I...>) {
    return {compile<I>()...};
}

} // namespace

void fuzz::try_text(std::string_view text) {
    static auto const all = compile_all(std::make_index_sequence<texts.size()>());
    bool const ascii = std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    for (auto const& [pattern, judge] : all) {
        bool const found = parley::search(pattern, text);
        // std::regex takes time without bounds.
        if (ascii && text.size() <= 12) must(found == std::regex_search(text.begin(), text.end(), judge), "both say the same");
    }
}
