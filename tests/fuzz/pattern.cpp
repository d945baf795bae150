// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// A text that is matched with patterns, some of them of services. Properties:
//   - for ASCII texts, std::regex gives the same result;
//   - a member with the pattern is decoded if and only if its text matches;
//   - memory and time are bounded by the length of the text (the fuzzer reports a time-out otherwise).
#include "fuzz.hpp"

#include <parley/json.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>
#include <array>
#include <regex>
#include <string>
#include <vector>

namespace {

constexpr std::array<std::string_view, 20> texts{"^[0-9a-z]{32}$",
                                                 "^\\d+$",
                                                 "^arn:aws(-[^:]+)?:iam::[0-9]{12}:role/.+$",
                                                 "^s3://[a-z0-9][\\.\\-a-z0-9]{1,61}[a-z0-9](/.*)?$",
                                                 "^(?:[0-9][0-9]*|0)(\\.(?:[1-9][0-9]*|0))*$",
                                                 "^[\\w -:]+$",
                                                 "(a+)+b",
                                                 "(a|aa|ab)*c",
                                                 "^(?=.*[A-Z])(?!.*x)[A-Za-z]{2,5}$",
                                                 "\\bword\\b|\\Bord",
                                                 "([^,]*,){3}x",
                                                 "(?:a?){5}a{5}$",
                                                 "[^\\s]\\s{2,4}\\S",
                                                 "x*y+?z{0,2}$",
                                                 "^[^:]{0,3}:.{2,}$",
                                                 "^(.|[^a])?\"[a-c\"]*",
                                                 "^([a-z]{1,3}-)+[a-z-]*x?$",
                                                 "^(ab|a[^b]|\\\\)+$",
                                                 "^.$",
                                                 "^(?:[a-y]*[x-z])+$"};

template <std::size_t I>
struct patterned {
    std::string text;
    BOOST_DESCRIBE_CLASS(patterned, (), (text), (), ())
};
template <std::size_t I>
constexpr auto parley_traits(patterned<I> const*) {
    return parley::traits(parley::on("text", parley::pattern(texts[I])));
}

struct compared {
    parley::pattern_view pattern;
    std::regex reference;
    bool (*can_read)(std::string_view json);
    bool (*can_read_list)(std::string_view json);
};

template <std::size_t I>
compared compile() {
    static constexpr auto draft = parley::draft_pattern<parley::detail::pattern_capacity(texts[I])>(texts[I]);
    static constexpr auto program = parley::finish_pattern<draft.size()>(draft);
    return {program.view(), std::regex(std::string(texts[I])),
            [](std::string_view json) { return parley::from_json<patterned<I>>(json).has_value(); },
            [](std::string_view json) { return parley::from_json<std::vector<patterned<I>>>(json).has_value(); }};
}
template <std::size_t... I>
std::array<compared, sizeof...(I)> compile_all(std::index_sequence<I...>) {
    return {compile<I>()...};
}

} // namespace

void fuzz::try_text(std::string_view text) {
    static auto const all = compile_all(std::make_index_sequence<texts.size()>());
    bool const ascii = std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    std::string object = R"({"text":)";
    bool const writable = !parley::write_json(object, std::string(text));
    auto const longer = object + R"(,"what is not described":"is ignored"})";
    object += '}';
    std::string list = "[" + object; // in long lists, patterns that repeat groups use tables
    for (int i = 0; i < 70; ++i) list += ',' + object;
    list += ']';
    for (auto const& [pattern, reference, can_read, can_read_list] : all) {
        bool const found = parley::search(pattern, text);
        // std::regex has exponential running time.
        if (ascii && text.size() <= 12)
            must(found == std::regex_search(text.begin(), text.end(), reference), "std::regex gives the same result");
        if (!writable) continue;
        must(can_read(object) == found && can_read(longer) == found, "a decoded text matches");
        if (pattern.words[0] & parley::detail::pattern_repeats_groups)
            must(can_read_list(list) == found, "a decoded text in a list matches");
    }
}
