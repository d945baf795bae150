// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include "params.hpp"

#include <parley/core/utf8.hpp>

#include <boost/json.hpp>
#include <boost/json/basic_parser_impl.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <map>
#include <stdexcept>
#include <utility>

namespace json = boost::json;
using parley::shape;
using parley::shape_kind;

namespace params {

namespace {

std::string below(std::string const& where, std::string_view name) {
    std::string path = where + '/';
    for (char c : name) {
        if (c == '~') path += "~0";
        else if (c == '/') path += "~1";
        else path += c;
    }
    return path;
}
std::string below(std::string const& where, std::size_t index) { return where + '/' + std::to_string(index); }

std::string brief(json::value const& v) {
    auto text = json::serialize(v);
    if (text.size() > 300) text = text.substr(0, 300) + "...";
    return text;
}

// Builds JSON values like the parser of Boost.JSON, but with correctly rounded doubles. Boost.JSON 1.81 is sometimes off by one in the
// last place.
struct value_maker {
    static constexpr auto max_array_size = SIZE_MAX, max_object_size = SIZE_MAX, max_string_size = SIZE_MAX,
                          max_key_size = SIZE_MAX;
    using failure = boost::system::error_code;
    json::value_stack stack;

    bool on_document_begin(failure&) { return stack.reset(), true; }
    bool on_document_end(failure&) { return true; }
    bool on_object_begin(failure&) { return true; }
    bool on_object_end(std::size_t count, failure&) { return stack.push_object(count), true; }
    bool on_array_begin(failure&) { return true; }
    bool on_array_end(std::size_t count, failure&) { return stack.push_array(count), true; }
    bool on_key_part(std::string_view part, std::size_t, failure&) { return stack.push_chars(part), true; }
    bool on_key(std::string_view part, std::size_t, failure&) { return stack.push_key(part), true; }
    bool on_string_part(std::string_view part, std::size_t, failure&) { return stack.push_chars(part), true; }
    bool on_string(std::string_view part, std::size_t, failure&) { return stack.push_string(part), true; }
    bool on_number_part(std::string_view, failure&) { return true; }
    bool on_int64(std::int64_t i, std::string_view, failure&) { return stack.push_int64(i), true; }
    bool on_uint64(std::uint64_t u, std::string_view, failure&) { return stack.push_uint64(u), true; }
    bool on_double(double nearly, std::string_view text, failure&) {
        double exact = nearly;
        if (std::from_chars(text.data(), text.data() + text.size(), exact).ec != std::errc()) exact = nearly; // out of range
        return stack.push_double(exact), true;
    }
    bool on_bool(bool b, failure&) { return stack.push_bool(b), true; }
    bool on_null(failure&) { return stack.push_null(), true; }
    bool on_comment_part(std::string_view, failure&) { return true; }
    bool on_comment(std::string_view, failure&) { return true; }
};

std::optional<json::value> parse(std::string_view text) {
    json::parse_options options;
    options.max_depth = 1000;
    json::basic_parser<value_maker> parser(options);
    boost::system::error_code failed;
    auto const used = parser.write_some(false, text.data(), text.size(), failed);
    if (failed || used != text.size()) return std::nullopt;
    return parser.handler().stack.release();
}

// Returns the value of {"$name": value}, or null.
json::value const* special(json::value const& data, std::string_view name) {
    auto const* object = data.if_object();
    return object && object->size() == 1 ? object->if_contains(name) : nullptr;
}

std::optional<double> number_of(json::value const& data, notation form) {
    if (data.is_number()) return data.to_number<double>();
    auto const* text = form == notation::recording ? special(data, "$number") : &data;
    if (!text || !text->is_string()) return std::nullopt;
    auto const infinity = std::numeric_limits<double>::infinity();
    if (text->as_string() == "NaN") return std::numeric_limits<double>::quiet_NaN();
    if (text->as_string() == "Infinity") return infinity;
    if (text->as_string() == "-Infinity") return -infinity;
    return std::nullopt;
}

// Returns a whole number as a 64-bit pattern, or nothing if its type cannot hold it.
std::optional<std::uint64_t> integer_of(json::value const& data, shape const& type) {
    auto const bits = type.size * 8u;
    if (auto const* u = data.if_uint64()) {
        auto const limit = ~std::uint64_t{0} >> (64 - bits + (type.is_signed ? 1 : 0));
        return *u <= limit ? std::optional(*u) : std::nullopt;
    }
    std::int64_t i = 0;
    if (auto const* n = data.if_int64()) i = *n;
    else if (auto const* d = data.if_double(); d && std::trunc(*d) == *d && std::fabs(*d) < 9e15)
        i = static_cast<std::int64_t>(*d);
    else return std::nullopt;
    if (i >= 0) return integer_of(json::value(static_cast<std::uint64_t>(i)), type);
    if (!type.is_signed || i < -(std::int64_t{1} << (bits - 1))) return std::nullopt;
    return static_cast<std::uint64_t>(i);
}

template <class I>
void store(void* value, std::uint64_t bits) {
    *static_cast<I*>(value) = static_cast<I>(bits);
}

void store_integer(shape const& type, void* value, std::uint64_t bits) {
    switch (type.size) {
    case 1: return store<std::uint8_t>(value, bits);
    case 2: return store<std::uint16_t>(value, bits);
    case 4: return store<std::uint32_t>(value, bits);
    default: return store<std::uint64_t>(value, bits);
    }
}

template <class Signed, class Unsigned>
json::value load(shape const& type, void const* value) {
    if (type.is_signed) return json::value(std::int64_t{*static_cast<Signed const*>(value)});
    return json::value(std::uint64_t{*static_cast<Unsigned const*>(value)});
}

json::value load_integer(shape const& type, void const* value) {
    switch (type.size) {
    case 1: return load<std::int8_t, std::uint8_t>(type, value);
    case 2: return load<std::int16_t, std::uint16_t>(type, value);
    case 4: return load<std::int32_t, std::uint32_t>(type, value);
    default: return load<std::int64_t, std::uint64_t>(type, value);
    }
}

bool is_code_unit(json::value const& v) {
    if (auto const* i = v.if_int64()) return *i >= 0 && *i <= 0xffff;
    auto const* u = v.if_uint64();
    return u && *u <= 0xffff;
}

// Encodes code units in UTF-8. Lone surrogates are encoded, too, which is not valid UTF-8. Returns nothing for other values.
std::optional<std::string> text_of_utf16(json::value const& data) {
    auto const* list = data.if_array();
    if (!list || !std::all_of(list->begin(), list->end(), is_code_unit)) return std::nullopt;
    auto const& units = *list;
    std::string text;
    auto const add = [&text](std::uint32_t c) {
        if (c < 0x80) {
            text += static_cast<char>(c);
        } else {
            int const more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
            static constexpr std::uint32_t leads[]{0, 0xc0, 0xe0, 0xf0};
            text += static_cast<char>(leads[more] | c >> (6 * more));
            for (int i = more - 1; i >= 0; --i) text += static_cast<char>(0x80 | (c >> (6 * i) & 0x3f));
        }
    };
    for (std::size_t i = 0; i < units.size(); ++i) {
        auto const unit = units[i].to_number<std::uint32_t>();
        auto const next = i + 1 < units.size() ? units[i + 1].to_number<std::uint32_t>() : 0;
        if (unit >= 0xd800 && unit < 0xdc00 && next >= 0xdc00 && next < 0xe000) {
            add(0x10000 + ((unit - 0xd800) << 10) + (next - 0xdc00));
            ++i;
        } else {
            add(unit);
        }
    }
    return text;
}

std::optional<std::string> text_of(json::value const& data, notation form) {
    if (auto const* text = data.if_string()) return std::string(*text);
    if (form != notation::recording) return std::nullopt;
    auto const* units = special(data, "$utf16");
    return units ? text_of_utf16(*units) : std::nullopt;
}

std::optional<std::string> bytes_of(json::value const& data, notation form) {
    if (form == notation::smithy) return text_of(data, form);
    auto const* text = special(data, "$blob");
    return text && text->is_string() ? std::optional(bytes_of_base64(text->get_string())) : std::nullopt;
}

// Returns milliseconds since the epoch.
std::optional<std::int64_t> time_of(json::value const& data, notation form) {
    auto const* seconds = form == notation::recording ? special(data, "$timestamp") : &data;
    if (!seconds || !seconds->is_number()) return std::nullopt;
    auto const milliseconds = seconds->to_number<double>() * 1000;
    return std::fabs(milliseconds) < 9e15 ? std::optional(std::llround(milliseconds)) : std::nullopt;
}

std::int64_t milliseconds(parley::instant when) { return when.seconds * 1000 + (when.nanoseconds + 500'000) / 1'000'000; }

parley::member const* member_named(parley::structure_shape const& s, std::string_view name) {
    for (int pass = 0; pass < 2; ++pass) {
        for (std::size_t i = 0; i < s.count; ++i) {
            auto cpp_name = s.members[i].cpp_name();
            if (pass == 1 && cpp_name.ends_with('_')) cpp_name.remove_suffix(1);
            if (cpp_name == name) return &s.members[i];
        }
    }
    return nullptr;
}

void* emplace(parley::value_access const& held, void* place) { return held.emplace ? held.emplace(place) : place; }
void* peek(parley::value_access const& held, void* place) { return held.get_if ? const_cast<void*>(held.get_if(place)) : place; }

// The tables pass list items and map values as const, but they are not. An item of a packed list exists only during the visit.
template <class Visit>
void each_item(parley::list_shape const& list, void* value, Visit visit) {
    list.each(value, &visit, [](void* context, void const* item) {
        (*static_cast<Visit*>(context))(const_cast<void*>(item));
        return true;
    });
}
std::map<std::string, void*> entries_of(parley::map_shape const& map, void* value) {
    std::map<std::string, void*> entries;
    map.each(value, &entries, [](void* context, std::string_view key, void const* mapped) {
        static_cast<std::map<std::string, void*>*>(context)->emplace(key, const_cast<void*>(mapped));
        return true;
    });
    return entries;
}

// Returns a value as JSON, for messages and comparisons.
json::value shown(shape const& type, void* value);

json::value shown(parley::value_access const& held, void* place) {
    auto* const value = peek(held, place);
    return value ? shown(*held.target, value) : json::value();
}

json::value shown_number(double d) {
    if (std::isnan(d)) return "NaN";
    if (std::isinf(d)) return d > 0 ? "Infinity" : "-Infinity";
    return d;
}

json::value shown(shape const& type, void* value) {
    switch (type.kind) {
    case shape_kind::boolean: return *static_cast<bool*>(value);
    case shape_kind::integer: return load_integer(type, value);
    case shape_kind::floating:
        return shown_number(type.size == sizeof(float) ? double{*static_cast<float*>(value)} : *static_cast<double*>(value));
    case shape_kind::text: return json::value(*static_cast<std::string*>(value));
    case shape_kind::blob: return json::value(static_cast<parley::blob*>(value)->bytes);
    case shape_kind::timestamp: return static_cast<double>(milliseconds(type.timestamp->get(value))) / 1000;
    case shape_kind::enumeration: return json::value(type.enumeration->text(value));
    case shape_kind::structure:
    case shape_kind::tagged_union: {
        json::object object;
        auto const& s = *type.structure;
        auto const active = s.active ? s.active(value) : -1;
        for (int i = 0; i < s.count; ++i) {
            auto const& m = s.members[i];
            if (s.active && i != active) continue;
            auto* const place = s.active ? value : s.place_of(m, value);
            if (peek(m.value, place)) object.emplace(m.cpp_name(), shown(m.value, place));
        }
        return object;
    }
    case shape_kind::list: {
        json::array array;
        each_item(*type.list, value, [&](void* item) { array.push_back(shown(type.list->item, item)); });
        return array;
    }
    case shape_kind::map: {
        json::object object;
        for (auto const& [key, mapped] : entries_of(*type.map, value)) object.emplace(key, shown(type.map->value, mapped));
        return object;
    }
    case shape_kind::document: {
        auto const& text = static_cast<parley::document*>(value)->json;
        auto const parsed = parse(text);
        return parsed ? *parsed : json::value("invalid JSON: " + text);
    }
    case shape_kind::json_value: return *static_cast<json::value*>(value);
    }
    return {};
}

bool same_number(json::value const& a, json::value const& b) {
    if (a.is_double() || b.is_double()) {
        auto const x = a.to_number<double>(), y = b.to_number<double>();
        return x == y || (std::isnan(x) && std::isnan(y));
    }
    return a == b;
}

} // namespace

std::string to_text(std::vector<difference> const& all) {
    std::string text;
    for (auto const& one : all) {
        if (!text.empty()) text += "\n";
        text += one.where.empty() ? one.text : one.where + ": " + one.text;
    }
    return text;
}

std::optional<std::string> text_if(json::value const& v) { return text_of(v, notation::recording); }

std::string text(json::value const& v) {
    auto result = text_if(v);
    if (!result) throw std::runtime_error("expected a text, found " + brief(v));
    return *std::move(result);
}

std::string bytes_of_base64(std::string_view text) {
    std::string bytes;
    std::uint32_t bits = 0;
    int count = 0;
    for (char c : text) {
        static constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        auto const digit = alphabet.find(c);
        if (digit == alphabet.npos) break; // the padding
        bits = bits << 6 | static_cast<std::uint32_t>(digit);
        count += 6;
        if (count >= 8) {
            count -= 8;
            bytes += static_cast<char>(bits >> count & 0xff);
        }
    }
    return bytes;
}

json::value parse_file(std::string const& path) {
    std::ifstream file(path, std::ios::binary);
    auto value = parse(std::string(std::istreambuf_iterator<char>(file), {}));
    if (!value) throw std::runtime_error(path + " is missing or invalid JSON");
    return *value;
}

void compare_json(json::value const& expected, json::value const& actual, std::string const& where,
                  std::vector<difference>& out) {
    auto const differ = [&] { out.push_back({where, "expected " + brief(expected) + ", is " + brief(actual)}); };
    if (expected.is_number() && actual.is_number()) {
        if (!same_number(expected, actual)) differ();
    } else if (expected.is_object() && actual.is_object()) {
        for (auto const& [name, value] : expected.get_object()) {
            if (auto const* found = actual.get_object().if_contains(name)) compare_json(value, *found, below(where, name), out);
            else out.push_back({below(where, name), "is missing; expected " + brief(value)});
        }
        for (auto const& [name, value] : actual.get_object()) {
            if (!expected.get_object().contains(name)) out.push_back({below(where, name), "is not expected: " + brief(value)});
        }
    } else if (expected.is_array() && actual.is_array()) {
        auto const& a = expected.get_array();
        auto const& b = actual.get_array();
        if (a.size() != b.size()) return differ();
        for (std::size_t i = 0; i < a.size(); ++i) compare_json(a[i], b[i], below(where, i), out);
    } else if (expected != actual) {
        differ();
    }
}

void compare_bodies(std::string_view expected, std::string_view actual, bool as_json, std::vector<difference>& out) {
    auto const a = as_json ? parse(expected) : std::nullopt;
    auto const b = as_json ? parse(actual) : std::nullopt;
    if (a && b) return compare_json(*a, *b, "body", out);
    if (expected != actual)
        out.push_back({"body", "expected " + brief(json::string(expected)) + ", is " + brief(json::string(actual))});
}

namespace detail {

namespace {

bool sent_as_recorded(filling form) { return form.values == notation::recording && form.use == purpose::input; }

void fill_holder(parley::value_access const& held, void* place, json::value const& data, filling form, std::string const& where,
                 std::vector<difference>& unfit) {
    if (!data.is_null()) return fill(*held.target, emplace(held, place), data, form, where, unfit);
    if (held.nullable) held.clear(place);
    else if (sent_as_recorded(form)) unfit.push_back({where, "is null, but the type cannot be absent"});
}

void fill_structure(parley::structure_shape const& s, void* value, json::object const& data, filling form,
                    std::string const& where, std::vector<difference>& unfit) {
    for (auto const& [name, one] : data) {
        auto const* m = member_named(s, name);
        if (!m) {
            unfit.push_back({below(where, name), "is not a member"});
            continue;
        }
        fill_holder(m->value, s.place_of(*m, value), one, form, below(where, name), unfit);
        // JavaScript distinguishes a token of null, which is not replaced, from a missing one.
        if (m->idempotency_token && one.is_null() && sent_as_recorded(form))
            unfit.push_back({below(where, name), "is null, but the type cannot distinguish that from a missing token"});
    }
    if (!sent_as_recorded(form)) return;
    for (std::size_t i = 0; i < s.count; ++i) {
        auto const& m = s.members[i];
        auto const given =
            std::any_of(data.begin(), data.end(), [&](auto const& one) { return member_named(s, one.key()) == &m; });
        if (m.required && !given) unfit.push_back({below(where, m.cpp_name()), "is missing, but the type cannot be absent"});
    }
}

void fill_union(parley::structure_shape const& s, void* value, json::object const& data, filling form, std::string const& where,
                std::vector<difference>& unfit) {
    int members = 0;
    for (auto const& [name, one] : data) {
        if (one.is_null()) continue;
        if (form.values == notation::recording && name == "$unknown" && form.use == purpose::output && one.is_array()
            && !one.get_array().empty() && one.at(0).is_string()) {
            s.keep_unknown(value, one.at(0).get_string()); // keeps the name only, not the value
            continue;
        }
        auto const* m = member_named(s, name);
        if (!m) unfit.push_back({below(where, name), "is not a member of the union"});
        else if (++members > 1) unfit.push_back({where, "a union has only one member"});
        else fill_holder(m->value, value, one, form, below(where, name), unfit);
    }
}

void fill_list(parley::list_shape const& list, void* value, json::array const& data, filling form, std::string const& where,
               std::vector<difference>& unfit) {
    for (std::size_t i = 0; i < data.size(); ++i) {
        if (list.append) {
            fill_holder(list.item, list.append(value, {}), data[i], form, below(where, i), unfit);
        } else {
            auto* const item = list.make_item();
            fill_holder(list.item, item, data[i], form, below(where, i), unfit);
            list.insert_item(value, item);
            list.drop_item(item);
        }
    }
}

void fill_map(parley::map_shape const& map, void* value, json::object const& data, filling form, std::string const& where,
              std::vector<difference>& unfit) {
    for (auto const& [key, one] : data) {
        auto const entry = map.insert(value, key, {});
        if (entry.value) fill_holder(map.value, entry.value, one, form, below(where, key), unfit);
        else unfit.push_back({below(where, key), "is not a valid key of the map"});
    }
}

} // namespace

void fill(shape const& type, void* value, json::value const& data, filling form, std::string const& where,
          std::vector<difference>& unfit) {
    bool fits = false;
    switch (type.kind) {
    case shape_kind::boolean:
        if ((fits = data.is_bool())) *static_cast<bool*>(value) = data.get_bool();
        break;
    case shape_kind::integer:
        if (auto const bits = integer_of(data, type); (fits = bits.has_value())) store_integer(type, value, *bits);
        break;
    case shape_kind::floating:
        if (auto const d = number_of(data, form.values); (fits = d.has_value())) {
            if (type.size == sizeof(float)) *static_cast<float*>(value) = static_cast<float>(*d);
            else *static_cast<double*>(value) = *d;
        }
        break;
    case shape_kind::text:
        if (auto text = text_of(data, form.values)) {
            fits = form.use == purpose::input || parley::detail::find_invalid_utf8(*text) == std::string::npos;
            *static_cast<std::string*>(value) = std::move(*text);
        }
        break;
    case shape_kind::blob:
        if (auto bytes = bytes_of(data, form.values); (fits = bytes.has_value()))
            static_cast<parley::blob*>(value)->bytes = std::move(*bytes);
        break;
    case shape_kind::timestamp:
        if (auto const time = time_of(data, form.values)) {
            auto const part = (*time % 1000 + 1000) % 1000;
            fits = type.timestamp->assign(value, {(*time - part) / 1000, static_cast<std::int32_t>(part * 1'000'000)});
        }
        break;
    case shape_kind::enumeration:
        if (auto const text = text_of(data, form.values)) fits = type.enumeration->assign(value, *text);
        break;
    case shape_kind::structure:
        if ((fits = data.is_object())) fill_structure(*type.structure, value, data.get_object(), form, where, unfit);
        break;
    case shape_kind::tagged_union:
        if ((fits = data.is_object())) fill_union(*type.structure, value, data.get_object(), form, where, unfit);
        break;
    case shape_kind::list:
        if ((fits = data.is_array())) fill_list(*type.list, value, data.get_array(), form, where, unfit);
        break;
    case shape_kind::map:
        if ((fits = data.is_object())) fill_map(*type.map, value, data.get_object(), form, where, unfit);
        break;
    case shape_kind::document:
        fits = true;
        static_cast<parley::document*>(value)->json = json::serialize(data);
        break;
    case shape_kind::json_value:
        fits = true;
        *static_cast<json::value*>(value) = data;
        break;
    }
    if (!fits) unfit.push_back({where, "the type cannot hold " + brief(data)});
}

void invent(shape const& type, void* value, parley::value_checks const* checks, int depth) {
    static constexpr parley::constraint none{};
    auto const& c = checks && checks->value ? *checks->value : none;
    auto const* const each = checks ? checks->each : nullptr;
    auto const least = std::max<std::uint64_t>(1, c.min_length); // a label must not be empty
    switch (type.kind) {
    case shape_kind::text: static_cast<std::string*>(value)->assign(least, 'x'); break;
    case shape_kind::blob: static_cast<parley::blob*>(value)->bytes.assign(least, 'x'); break;
    case shape_kind::integer:
        if (c.has_range) store_integer(type, value, static_cast<std::uint64_t>(std::max<std::int64_t>(c.min_integer, 0)));
        break;
    case shape_kind::structure:
        for (std::size_t i = 0; i < type.structure->count; ++i) {
            auto const& m = type.structure->members[i];
            if (m.required && depth < 8)
                invent(*m.value.target, emplace(m.value, type.structure->place_of(m, value)), m.checks, depth + 1);
        }
        break;
    case shape_kind::tagged_union: {
        auto const& first = type.structure->members[0];
        if (depth < 8) invent(*first.value.target, first.value.emplace(value), first.checks, depth + 1);
        break;
    }
    case shape_kind::list:
        for (std::uint64_t i = 0; i < c.min_length && type.list->append; ++i)
            invent(*type.list->item.target, emplace(type.list->item, type.list->append(value, {})), each, depth + 1);
        break;
    default: break;
    }
}

namespace {

void compare_holder(parley::value_access const& held, void* place, json::value const& data, notation form,
                    std::string const& where, findings& out) {
    auto* const value = peek(held, place);
    if (data.is_null()) {
        if (value) out.different.push_back({where, "is not expected: " + brief(shown(*held.target, value))});
    } else if (value) {
        compare(*held.target, value, data, form, where, out);
    } else {
        out.different.push_back({where, "is missing; expected " + brief(data)});
    }
}

// In a value that was not received, each enumeration is an unknown value with an empty text.
void reset_unsent(shape const& type, void* value) {
    if (type.kind == shape_kind::enumeration) type.enumeration->assign(value, {});
    if (type.kind != shape_kind::structure) return;
    for (std::size_t i = 0; i < type.structure->count; ++i) {
        auto const& m = type.structure->members[i];
        auto* const place = type.structure->place_of(m, value);
        if (!m.value.nullable && !m.assign_default) reset_unsent(*m.value.target, peek(m.value, place));
    }
}

void compare_structure(parley::structure_shape const& s, void* value, json::object const& data, notation form,
                       std::string const& where, findings& out) {
    std::vector<parley::member const*> defaults;
    for (std::size_t i = 0; i < s.count; ++i) {
        auto const& m = s.members[i];
        json::value const* expected = nullptr;
        for (auto const& [name, one] : data) {
            if (member_named(s, name) == &m) expected = &one;
        }
        if (expected && expected->is_null()) expected = nullptr;
        if (expected || m.value.nullable) {
            // A server sets the default of an absent member, so a missing member in the data means the default.
            auto* const place = s.place_of(m, value);
            bool const defaulted = !expected && !m.server_default.empty() && m.value.get_if(place);
            json::value const usual = defaulted ? json::parse(m.server_default) : json::value();
            compare_holder(m.value, place, expected ? *expected : usual, form, below(where, m.cpp_name()), out);
        } else {
            defaults.push_back(&m);
        }
    }
    for (auto const& [name, one] : data) {
        if (!member_named(s, name)) out.unfit.push_back({below(where, name), "is not a member"});
    }
    // A member that is missing in the data has its default or is default-constructed.
    for (auto const* m : defaults) {
        auto* const place = s.place_of(*m, value);
        auto const left_out = shown(m->value, place);
        if (m->assign_default) m->assign_default(place);
        else m->value.clear(place), reset_unsent(*m->value.target, peek(m->value, place));
        compare_json(shown(m->value, place), left_out, below(where, m->cpp_name()), out.different);
    }
}

void compare_union(parley::structure_shape const& s, void* value, json::object const& data, notation form,
                   std::string const& where, findings& out) {
    auto const active = s.active(value);
    auto const is = active < 0 ? std::string("nothing known") : std::string(s.members[active].cpp_name());
    json::value const* expected = nullptr;
    std::string_view name;
    for (auto const& [member, one] : data) {
        if (one.is_null()) continue;
        if (expected) return out.unfit.push_back({where, "a union has only one member"});
        expected = &one;
        name = member;
    }
    if (!expected || (form == notation::recording && name == "$unknown")) {
        if (active >= 0) out.different.push_back({where, "expected no known member, the union has " + is});
        return;
    }
    auto const* m = member_named(s, name);
    if (!m) return out.unfit.push_back({below(where, name), "is not a member of the union"});
    if (active < 0 || m != &s.members[active])
        return out.different.push_back({where, "expected " + std::string(name) + ", the union has " + is});
    compare_holder(m->value, value, *expected, form, below(where, name), out);
}

void compare_list(parley::list_shape const& list, void* value, json::array const& data, notation form, std::string const& where,
                  findings& out) {
    if (list.size(value) != data.size()) {
        json::array all;
        each_item(list, value, [&](void* item) { all.push_back(shown(list.item, item)); });
        return out.different.push_back({where, "expected " + brief(data) + ", is " + brief(all)});
    }
    std::size_t i = 0;
    each_item(list, value, [&](void* item) {
        compare_holder(list.item, item, data[i], form, below(where, i), out);
        ++i;
    });
}

void compare_map(parley::map_shape const& map, void* value, json::object const& data, notation form, std::string const& where,
                 findings& out) {
    auto entries = entries_of(map, value);
    for (auto const& [key, one] : data) {
        auto const found = entries.find(std::string(key));
        if (found != entries.end()) {
            compare_holder(map.value, found->second, one, form, below(where, key), out);
            entries.erase(found);
        } else if (!one.is_null() || map.value.nullable) {
            out.different.push_back({below(where, key), "is missing; expected " + brief(one)});
        }
    }
    for (auto const& [key, mapped] : entries)
        out.different.push_back({below(where, key), "is not expected: " + brief(shown(map.value, mapped))});
}

} // namespace

void compare(shape const& type, void* value, json::value const& data, notation form, std::string const& where, findings& out) {
    bool fits = false, same = true;
    switch (type.kind) {
    case shape_kind::boolean:
        if ((fits = data.is_bool())) same = *static_cast<bool*>(value) == data.get_bool();
        break;
    case shape_kind::integer:
        if (auto const bits = integer_of(data, type); (fits = bits.has_value()))
            same = same_number(load_integer(type, value), data);
        break;
    case shape_kind::floating:
        if (auto const expected = number_of(data, form); (fits = expected.has_value())) {
            bool const narrow = type.size == sizeof(float);
            auto const is = narrow ? double{*static_cast<float*>(value)} : *static_cast<double*>(value);
            auto const should = narrow ? double{static_cast<float>(*expected)} : *expected;
            same = is == should || (std::isnan(is) && std::isnan(should));
        }
        break;
    case shape_kind::text:
        if (auto const text = text_of(data, form); (fits = text.has_value())) same = *static_cast<std::string*>(value) == *text;
        break;
    case shape_kind::blob:
        if (auto const bytes = bytes_of(data, form); (fits = bytes.has_value()))
            same = static_cast<parley::blob*>(value)->bytes == *bytes;
        break;
    case shape_kind::timestamp:
        if (auto const time = time_of(data, form); (fits = time.has_value()))
            same = milliseconds(type.timestamp->get(value)) == *time;
        break;
    case shape_kind::enumeration:
        if (auto const text = text_of(data, form); (fits = text.has_value())) same = type.enumeration->text(value) == *text;
        break;
    case shape_kind::structure:
        if ((fits = data.is_object())) compare_structure(*type.structure, value, data.get_object(), form, where, out);
        break;
    case shape_kind::tagged_union:
        if ((fits = data.is_object())) compare_union(*type.structure, value, data.get_object(), form, where, out);
        break;
    case shape_kind::list:
        if ((fits = data.is_array())) compare_list(*type.list, value, data.get_array(), form, where, out);
        break;
    case shape_kind::map:
        if ((fits = data.is_object())) compare_map(*type.map, value, data.get_object(), form, where, out);
        break;
    case shape_kind::document:
    case shape_kind::json_value:
        fits = true;
        compare_json(data, shown(type, value), where, out.different);
        break;
    }
    if (!fits) out.unfit.push_back({where, "the type cannot hold " + brief(data)});
    else if (!same) out.different.push_back({where, "expected " + brief(data) + ", is " + brief(shown(type, value))});
}

} // namespace detail
} // namespace params
