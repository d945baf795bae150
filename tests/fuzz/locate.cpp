// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// The first line is a JSON Pointer, the rest is a text. Properties:
//   - the result is a part of the text, even if it is not JSON;
//   - in valid JSON, a pointer finds the same value as in the result of Boost.JSON, or nothing;
//   - if it finds nothing, `locate_json` returns the offset of the innermost value that exists;
//   - a member is found by name and by pointer at the same place.
#include "fuzz.hpp"

#include <parley/core/error.hpp>
#include <parley/json/locate.hpp>

#include <boost/json/parse.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <vector>

namespace {

namespace json = boost::json;
using parley::detail::json_slice;

std::optional<json::value> parse(std::string_view text) {
    json::parse_options options;
    options.max_depth = 1000;
    boost::system::error_code error;
    auto value = json::parse(text, error, {}, options);
    if (error) return std::nullopt;
    return value;
}

// Returns the tokens of a pointer, or nothing if it is malformed (RFC 6901, section 3).
std::optional<std::vector<std::string>> tokens_of(std::string_view pointer) {
    std::vector<std::string> tokens;
    for (std::size_t i = 0; i < pointer.size(); ++i) {
        if (pointer[i] == '/') {
            tokens.emplace_back();
        } else if (tokens.empty()) {
            return std::nullopt;
        } else if (pointer[i] == '~') {
            if (++i == pointer.size() || (pointer[i] != '0' && pointer[i] != '1')) return std::nullopt;
            tokens.back() += pointer[i] == '0' ? '~' : '/';
        } else {
            tokens.back() += pointer[i];
        }
    }
    return tokens;
}

// Evaluates a pointer as in RFC 6901, section 4.
json::value const* evaluate(json::value const& whole, std::vector<std::string> const& tokens) {
    auto const* at = &whole;
    for (auto const& token : tokens) {
        if (auto const* object = at->if_object()) {
            at = object->if_contains(token);
        } else if (auto const* array = at->if_array()) {
            std::size_t index = 0;
            auto const* const end = token.data() + token.size();
            auto const [stop, error] = std::from_chars(token.data(), end, index);
            bool const is_index = error == std::errc() && stop == end && (token == "0" || token[0] != '0');
            at = is_index && index < array->size() ? &(*array)[index] : nullptr;
        } else {
            at = nullptr;
        }
        if (!at) return nullptr;
    }
    return at;
}

// Boost.JSON 1.81 rounds some numbers differently if more text follows, and parses 0e400 as NaN.
bool same(json::value const& a, json::value const& b) {
    if (a.is_double() && b.is_double()) {
        auto const x = a.get_double(), y = b.get_double();
        return x == y || std::abs(x - y) <= 1e-12 * std::abs(x) || (std::isnan(x) && std::isnan(y));
    }
    if (a.is_array() && b.is_array()) {
        auto const &x = a.get_array(), &y = b.get_array();
        return x.size() == y.size() && std::equal(x.begin(), x.end(), y.begin(), same);
    }
    if (!a.is_object() || !b.is_object()) return a == b;
    auto const &x = a.get_object(), &y = b.get_object();
    auto const has_same = [&](auto const& member) {
        return y.contains(member.key()) && same(member.value(), y.at(member.key()));
    };
    return x.size() == y.size() && std::all_of(x.begin(), x.end(), has_same);
}

void check_is_part(std::string_view text, std::optional<json_slice> const& found) {
    if (!found) return;
    fuzz::must(found->begin <= text.size() && found->text.size() <= text.size() - found->begin, "the result is within the text");
    fuzz::must(found->text.data() == text.data() + found->begin, "the offset is that of the result");
    static_cast<void>(parley::detail::json_scalar_text(found->text));
}

void check_scalar(std::string_view text, json::value const& value) {
    auto const scalar = parley::detail::json_scalar_text(text);
    fuzz::must(scalar.has_value() == !(value.is_null() || value.is_structured()), "only scalars have a text");
    if (value.is_string()) fuzz::must(*scalar == std::string_view(value.get_string()), "the text of a string is unescaped");
    if (value.is_bool()) fuzz::must(*scalar == (value.get_bool() ? "true" : "false"), "the text of a literal is the literal");
    if (value.is_number()) fuzz::must(fuzz::contains(text, *scalar), "the text of a number is unchanged");
}

void check_in_json(std::string_view text, std::string_view pointer, json::value const& whole,
                   std::vector<std::string> const& tokens) {
    auto const* const expected = evaluate(whole, tokens);
    auto const found = parley::detail::find_json(text, pointer);
    fuzz::must(found.has_value() == (expected != nullptr), "a pointer finds an existing value");
    if (!expected) return;
    auto const value = parse(found->text);
    fuzz::must(value && same(*value, *expected), "a pointer finds the right value");
    check_scalar(found->text, *value);
    fuzz::must(parley::detail::locate_json(text, pointer) == found->begin, "the location is that of the value");
}

} // namespace

void fuzz::try_text(std::string_view text) {
    auto const pointer = take_line(text);
    using namespace parley::detail;
    must(locate_json(text, pointer) <= text.size(), "the location is within the text");
    check_is_part(text, find_json(text, pointer));
    check_is_part(text, find_json_member(text, pointer));
    check_is_part(text, find_json_member(text, pointer, true));
    static_cast<void>(json_scalar_text(text));

    auto const whole = parse(text);
    auto const tokens = tokens_of(pointer);
    if (!whole || !tokens) return;
    std::vector<std::string> some;
    std::string prefix;
    auto innermost = locate_json(text, "");
    check_in_json(text, prefix, *whole, some);
    for (auto const& token : *tokens) {
        some.push_back(token);
        parley::append_pointer_token(prefix, token);
        check_in_json(text, prefix, *whole, some);
        if (auto const found = find_json(text, prefix)) innermost = found->begin;
    }
    must(locate_json(text, pointer) == innermost, "the innermost value that exists is located");
    if (!whole->is_object() || tokens->size() != 1) return;
    auto const by_name = find_json_member(text, (*tokens)[0]), by_pointer = find_json(text, pointer);
    must(by_name.has_value() == by_pointer.has_value() && (!by_name || by_name->begin == by_pointer->begin),
         "a name finds the same member as a pointer");
    if (by_name) must(find_json_member(text, (*tokens)[0], true).has_value(), "a name is found ignoring case");
}
