// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include "values.hpp"

#include <parley/core/utf8.hpp>
#include <parley/describe/blob.hpp>
#include <parley/describe/document.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <iterator>
#include <limits>
#include <map>
#include <set>
#include <stdexcept>
#include <utility>
#include <vector>

using parley::shape;
using parley::shape_kind;

namespace values {

namespace {

void append_quoted(std::string& out, std::string_view text) {
    out += '"';
    for (char c : text) {
        auto const byte = static_cast<unsigned char>(c);
        if (byte >= 0x20 && byte < 0x7f && c != '"' && c != '\\') {
            out += c;
        } else {
            char escape[8];
            std::snprintf(escape, sizeof escape, "\\x%02x", byte);
            out += escape;
        }
    }
    out += '"';
}

template <class I>
I load(void const* value) {
    I number;
    std::memcpy(&number, value, sizeof number);
    return number;
}

std::string integer_text(shape const& type, void const* value) {
    switch (type.size) {
    case 1: return std::to_string(type.is_signed ? int{load<std::int8_t>(value)} : int{load<std::uint8_t>(value)});
    case 2: return std::to_string(type.is_signed ? int{load<std::int16_t>(value)} : int{load<std::uint16_t>(value)});
    case 4: return type.is_signed ? std::to_string(load<std::int32_t>(value)) : std::to_string(load<std::uint32_t>(value));
    default: return type.is_signed ? std::to_string(load<std::int64_t>(value)) : std::to_string(load<std::uint64_t>(value));
    }
}

void append(std::string& out, shape const& type, void const* value);

void append_held(std::string& out, parley::value_access const& held, void const* place) {
    auto const* value = held.get_if ? held.get_if(place) : place;
    if (value) append(out, *held.target, value);
    else out += "absent";
}

void append_structure(std::string& out, parley::structure_shape const& s, void const* value) {
    auto const active = s.active ? s.active(value) : -1;
    out += '{';
    for (int i = 0; i < s.count; ++i) {
        auto const& m = s.members[i];
        if (s.active && i != active) continue;
        auto const* place = s.active ? value : s.place_of(m, value);
        if (m.value.get_if && !m.value.get_if(place)) continue;
        out.append(m.cpp_name()).append(": ");
        append_held(out, m.value, place);
        out += "; ";
    }
    out += '}';
}

void append(std::string& out, shape const& type, void const* value) {
    switch (type.kind) {
    case shape_kind::boolean: out += *static_cast<bool const*>(value) ? "true" : "false"; break;
    case shape_kind::integer: out += integer_text(type, value); break;
    case shape_kind::floating: {
        double const number = type.size == sizeof(float) ? double{load<float>(value)} : load<double>(value);
        char text[64];
        std::snprintf(text, sizeof text, "%a", number);
        out += std::isnan(number) ? "nan" : text; // there are several NaNs with the same meaning
        break;
    }
    case shape_kind::text: append_quoted(out, *static_cast<std::string const*>(value)); break;
    case shape_kind::blob: append_quoted(out, static_cast<parley::blob const*>(value)->bytes); break;
    case shape_kind::timestamp: {
        auto const when = type.timestamp->get(value);
        out += std::to_string(when.seconds) + "s " + std::to_string(when.nanoseconds) + "ns";
        break;
    }
    case shape_kind::enumeration: append_quoted(out, type.enumeration->text(value)); break;
    case shape_kind::structure:
    case shape_kind::tagged_union: append_structure(out, *type.structure, value); break;
    case shape_kind::list: {
        struct state {
            std::string& out;
            parley::value_access const& item;
        } s{out, type.list->item};
        out += '[';
        type.list->each(value, &s, [](void* context, void const* item) {
            auto& c = *static_cast<state*>(context);
            append_held(c.out, c.item, item);
            c.out += ", ";
            return true;
        });
        out += ']';
        break;
    }
    case shape_kind::map: {
        struct state {
            std::map<std::string, std::string> entries;
            parley::value_access const& mapped;
        } s{{}, type.map->value};
        type.map->each(value, &s, [](void* context, std::string_view key, void const* mapped) {
            auto& c = *static_cast<state*>(context);
            append_held(c.entries[std::string(key)], c.mapped, mapped);
            return true;
        });
        out += '<';
        for (auto const& [key, mapped] : s.entries) {
            append_quoted(out, key);
            out += ": " + mapped + ", ";
        }
        out += '>';
        break;
    }
    case shape_kind::document: out += "json " + static_cast<parley::document const*>(value)->json; break;
    case shape_kind::json_value: throw std::runtime_error("values of Boost.JSON are not supported");
    }
}

void* emplace(parley::value_access const& held, void* place) { return held.emplace ? held.emplace(place) : place; }

} // namespace

std::string to_text(shape const& type, void const* value) {
    std::string out;
    append(out, type, value);
    return out;
}

void generator::fill(shape const& type, void* value, parley::value_checks const* checks, int depth) {
    auto const* own = checks ? checks->value : nullptr;
    switch (type.kind) {
    case shape_kind::boolean: *static_cast<bool*>(value) = one_in(2); break;
    case shape_kind::integer: fill_integer(type, value, own); break;
    case shape_kind::floating: fill_floating(type, value, own); break;
    case shape_kind::text:
        *static_cast<std::string*>(value) = text(own, checks ? checks->value_pattern : parley::pattern_view());
        break;
    case shape_kind::blob: {
        auto const fewest = own ? own->min_length : 0;
        auto const most = own ? std::min<std::uint64_t>(own->max_length, fewest + 40) : 40;
        static_cast<parley::blob*>(value)->bytes = bytes(fewest + below(most - fewest + 1));
        break;
    }
    case shape_kind::timestamp: fill_timestamp(*type.timestamp, value); break;
    case shape_kind::enumeration: fill_enumeration(*type.enumeration, value); break;
    case shape_kind::structure: fill_structure(*type.structure, value, depth); break;
    case shape_kind::tagged_union: fill_union(*type.structure, value, depth); break;
    case shape_kind::list: fill_list(*type.list, value, checks, depth); break;
    case shape_kind::map: fill_map(*type.map, value, checks, depth); break;
    case shape_kind::document: {
        auto& text = static_cast<parley::document*>(value)->json;
        do text = json(3);
        while (text == "null"); // equal to an absent document
        break;
    }
    case shape_kind::json_value: throw std::runtime_error("values of Boost.JSON are not supported");
    }
}

void generator::fill_integer(shape const& type, void* value, parley::constraint const* checks) {
    auto const bits = 8u * type.size;
    auto const highest = ~std::uint64_t{0} >> (64 - bits + (type.is_signed ? 1 : 0));
    auto low = type.is_signed ? -static_cast<std::int64_t>(highest) - 1 : 0;
    auto high = highest;
    if (checks) {
        low = std::max(low, checks->min_integer);
        if (checks->max_integer < 0 || static_cast<std::uint64_t>(checks->max_integer) < high)
            high = static_cast<std::uint64_t>(checks->max_integer);
    }
    auto const span = high - static_cast<std::uint64_t>(low);
    std::uint64_t offset = 0;
    switch (below(4)) {
    case 0: break;
    case 1: offset = span; break;
    case 2: offset = std::min<std::uint64_t>(span, below(100)); break;
    default: offset = std::uniform_int_distribution<std::uint64_t>(0, span)(engine_); break;
    }
    auto const number = static_cast<std::uint64_t>(low) + offset;
    switch (type.size) {
    case 1: *static_cast<std::uint8_t*>(value) = static_cast<std::uint8_t>(number); break;
    case 2: *static_cast<std::uint16_t*>(value) = static_cast<std::uint16_t>(number); break;
    case 4: *static_cast<std::uint32_t*>(value) = static_cast<std::uint32_t>(number); break;
    default: *static_cast<std::uint64_t*>(value) = number; break;
    }
}

void generator::fill_floating(shape const& type, void* value, parley::constraint const* checks) {
    static constexpr double special[] = {0.0,
                                         -0.0,
                                         0.1,
                                         1.0,
                                         -1.5,
                                         1e21,
                                         1e-7,
                                         5e-324,
                                         1.7976931348623157e308,
                                         std::numeric_limits<double>::quiet_NaN(),
                                         std::numeric_limits<double>::infinity(),
                                         -std::numeric_limits<double>::infinity()};
    double number = 0;
    if (checks && checks->has_range) {
        auto const low = std::max(checks->min_number, -1e6), high = std::min(checks->max_number, 1e6);
        number = std::uniform_real_distribution(low, high)(engine_);
    } else if (one_in(2)) {
        number = special[below(std::size(special))];
    } else {
        auto const bits = engine_(); // any double
        std::memcpy(&number, &bits, sizeof number);
    }
    if (type.size == sizeof(double)) {
        std::memcpy(value, &number, sizeof number);
    } else {
        bool const fits = !std::isfinite(number) || std::fabs(number) <= double{std::numeric_limits<float>::max()};
        auto const narrow = fits ? static_cast<float>(number) : std::numeric_limits<float>::max();
        std::memcpy(value, &narrow, sizeof narrow);
    }
}

void generator::fill_enumeration(parley::enumeration_shape const& type, void* value) {
    if (enumerations_ == extent::open && one_in(5) && type.assign(value, "A_VALUE_OF_" + std::to_string(below(100)))) return;
    type.assign(value, type.values[below(type.values.size())]);
}

void generator::fill_timestamp(parley::timestamp_shape const& type, void* value) {
    static constexpr std::int64_t first = -62'167'219'200, last = 253'402'300'799; // of the years 0000 to 9999
    static constexpr std::int64_t special[] = {first, last, 0, -1, 951'782'400 /* 2000-02-29 */, 1'735'689'599};
    parley::instant when;
    when.seconds = one_in(4) ? special[below(std::size(special))]
                             : std::uniform_int_distribution<std::int64_t>(one_in(4) ? first : 0, last)(engine_);
    static constexpr std::int32_t parts[] = {0, 999'000'000, 500'000'000, 1'000'000, 123'000'000, 10'000'000};
    when.nanoseconds = parts[below(std::size(parts))];
    if (!type.assign(value, when)) type.assign(value, {});
}

void generator::fill_held(parley::value_access const& held, void* place, parley::value_checks const* checks, int depth) {
    if (held.nullable && one_in(3)) return;
    fill(*held.target, emplace(held, place), checks, depth + 1);
}

void generator::fill_structure(parley::structure_shape const& s, void* value, int depth) {
    for (std::size_t i = 0; i < s.count; ++i) {
        auto const& m = s.members[i];
        // A client fills missing tokens.
        bool const leave = m.value.nullable && !m.idempotency_token && (depth > 4 || one_in(3));
        if (!leave) fill(*m.value.target, emplace(m.value, s.place_of(m, value)), m.checks, depth + 1);
    }
}

void generator::fill_union(parley::structure_shape const& s, void* value, int depth) {
    auto const& m = s.members[depth > 4 ? 0 : below(s.count)];
    fill(*m.value.target, emplace(m.value, value), m.checks, depth + 1);
}

std::size_t generator::count(parley::constraint const* checks, int depth) {
    auto const fewest = checks ? checks->min_length : 0;
    auto most = depth > 4 ? fewest : fewest + 3;
    if (checks) most = std::min(most, checks->max_length);
    return fewest + below(most - fewest + 1);
}

void generator::fill_list(parley::list_shape const& list, void* value, parley::value_checks const* checks, int depth) {
    auto const* own = checks ? checks->value : nullptr;
    auto const* each = checks ? checks->each : nullptr;
    // Packed lists and sets: an item is created separately.
    void* const beside = list.append ? nullptr : list.make_item();
    std::set<std::string> made;
    auto const wanted = count(own, depth);
    for (int tries = 0; list.size(value) < wanted && tries < 1000; ++tries) {
        if (beside) {
            fill_held(list.item, beside, each, depth);
            list.insert_item(value, beside);
            continue;
        }
        auto* const place = list.append(value, {});
        std::string text;
        do {
            fill_held(list.item, place, each, depth);
            text.clear();
            append_held(text, list.item, place);
        } while (!made.insert(text).second && own && own->unique_items && ++tries < 1000);
    }
    if (beside) list.drop_item(beside);
}

void generator::fill_map(parley::map_shape const& map, void* value, parley::value_checks const* checks, int depth) {
    auto const* own = checks ? checks->value : nullptr;
    auto const wanted = count(own, depth);
    for (int tries = 0; map.size(value) < wanted && tries < 1000; ++tries) {
        auto const key = map.keys ? std::string(map.keys->values[below(map.keys->values.size())])
                                  : text(checks ? checks->keys : nullptr, checks ? checks->keys_pattern : parley::pattern_view());
        fill_held(map.value, map.insert(value, key, {}).value, checks ? checks->each : nullptr, depth);
    }
}

std::string generator::bytes(std::size_t count) {
    std::string out;
    while (out.size() < count) out += static_cast<char>(below(256));
    return out;
}

std::string generator::text(parley::constraint const* checks, parley::pattern_view const& pattern) {
    static constexpr char const* pieces[] = {"a",
                                             "Z",
                                             "7",
                                             " ",
                                             "/",
                                             "%",
                                             "%41",
                                             "+",
                                             "&",
                                             "=",
                                             "?",
                                             "#",
                                             ",",
                                             "\"",
                                             "\\",
                                             ";",
                                             ":",
                                             ".",
                                             "..",
                                             "-",
                                             "_",
                                             "~",
                                             "*",
                                             "{",
                                             "}",
                                             "[",
                                             "<",
                                             "\t",
                                             "\n",
                                             "\r\n",
                                             "\x01",
                                             "\x7f",
                                             "\xc3\xa9",
                                             "\xe2\x82\xac",
                                             "\xf0\x9f\x98\x80",
                                             "\xe2\x80\xa8",
                                             "null",
                                             "NaN",
                                             "word",
                                             "two words"};
    auto const fewest = checks ? checks->min_length : 0;
    auto const most = checks ? checks->max_length : std::numeric_limits<std::uint64_t>::max();
    for (int tries = 0; tries < 1000; ++tries) {
        std::string made;
        if (pattern.words) {
            made = sample(pattern);
            if (!parley::search(pattern, made)) continue;
        } else {
            bool const plain = one_in(2);
            auto const length = fewest + below(6);
            while (parley::detail::count_code_points(made) < length)
                made += plain ? pieces[below(3)] : pieces[below(std::size(pieces))];
        }
        auto const length = parley::detail::count_code_points(made);
        if (length >= fewest && length <= most) return made;
    }
    throw std::runtime_error("found no text that satisfies the constraints");
}

std::string generator::json(int depth) {
    static constexpr char const* scalars[] = {
        "null", "true",       "false",        "0",           "-1", "0.5", "1e3", "18446744073709551615",
        "\"\"", "\"a\\\"b\"", "\"\xc3\xa9\"", "\"\\u0000\"", "[]", "{}"};
    std::string out;
    switch (depth > 0 ? below(3) : 0) {
    case 0: return scalars[below(std::size(scalars))];
    case 1:
        for (auto left = below(4); left > 0; --left) out += (out.empty() ? "" : ",") + json(depth - 1);
        return '[' + out + ']';
    default:
        for (auto left = below(4); left > 0; --left)
            out += (out.empty() ? "\"" : ",\"") + std::string("member") + std::to_string(left) + "\":" + json(depth - 1);
        return '{' + out + '}';
    }
}

// Returns a random character of a class of a compiled pattern.
std::uint32_t generator::character_of(std::uint32_t const* words) {
    namespace detail = parley::detail;
    bool const above = words[detail::class_head] != 0 && one_in(8);
    if (above) {
        auto const ranges = words[detail::class_head] >> 8;
        bool const listed = ranges > 0 && !(words[detail::class_head] & (detail::class_negated | detail::class_kinds));
        static constexpr std::uint32_t some[] = {0xe9, 0x3b1, 0x20ac, 0x1f600};
        return listed ? words[detail::class_fixed_size + 2 * below(ranges)] : some[below(std::size(some))];
    }
    std::vector<std::uint32_t> all;
    for (std::uint32_t c = 0; c < 0x80; ++c) {
        if (detail::class_has_ascii(words, c)) all.push_back(c);
    }
    return all.empty() ? 0xe9 : all[below(all.size())];
}

// Follows a random path through the compiled pattern.
std::string generator::sample(parley::pattern_view const& pattern) {
    namespace detail = parley::detail;
    std::string out;
    auto const* const words = pattern.words;
    std::vector<std::uint32_t> left(1 + detail::argument_of(words[0])); // of each counted loop
    std::size_t at = 1;
    auto const times = [this](std::uint32_t min, std::uint32_t max) {
        return min + static_cast<std::uint32_t>(below(std::size_t{std::min(max - min, one_in(4) ? 40u : 8u)} + 1));
    };
    for (int steps = 0; steps < 10'000; ++steps) {
        auto const word = words[at];
        auto const argument = detail::argument_of(word);
        switch (detail::op_of(word)) {
        case detail::op_accept: return out;
        case detail::op_literal:
            for (std::size_t i = 0; i < argument; ++i)
                out += static_cast<char>(words[at + 1 + i / 4] >> detail::literal_shift(i) & 0xff);
            at += 3;
            break;
        case detail::op_one:
            parley::detail::append_utf8(out, character_of(words + pattern.size - argument));
            ++at;
            break;
        case detail::op_repeat:
        case detail::op_take_all:
            for (auto count = times(words[at + 1], words[at + 2]); count > 0; --count)
                parley::detail::append_utf8(out, character_of(words + pattern.size - argument));
            at += 3;
            break;
        case detail::op_split: at += one_in(2) ? argument : 1; break;
        case detail::op_jump: at += argument; break;
        case detail::op_back:
            if (one_in(2)) at -= argument;
            else ++at;
            break;
        case detail::op_loop:
            left[argument] = times(words[at + 1], words[at + 2]);
            at += left[argument] == 0 ? words[at + 3] : 4;
            break;
        case detail::op_again: {
            auto const loop = at - argument;
            auto& more = left[detail::argument_of(words[loop])];
            at = loop + (--more > 0 ? 4 : words[loop + 3]);
            break;
        }
        case detail::op_look: at += argument >> 2; break;
        default: ++at; break; // assertions
        }
    }
    return out;
}

} // namespace values
