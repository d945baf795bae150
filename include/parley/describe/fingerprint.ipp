// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_DESCRIBE_FINGERPRINT_IPP
#define PARLEY_DESCRIBE_FINGERPRINT_IPP

#include <parley/core/number.hpp>
#include <parley/describe/fingerprint.hpp>
#include <parley/describe/free_form.hpp>
#include <parley/describe/validate.hpp>

#include <set>
#include <utility>

namespace parley::inline PARLEY_ABI::detail {

namespace fingerprints {

inline void append_sized(std::string& out, std::string_view text) {
    append_integer(out, static_cast<std::uint64_t>(text.size()));
    out += ':';
    out += text;
}

// Free-form values are equal if they have the same parts in the same order.
class free_form_fingerprint final : public free_form_sink {
public:
    explicit free_form_fingerprint(std::string& out) : out_(out) {}

    bool open(char bracket) override { return out_ += bracket, true; }
    void close(char bracket) override { out_ += bracket; }
    void key(std::string_view key) override { append_sized(out_, key); }
    void text(std::string_view text) override { append_sized(out_ += '"', text); }
    bool number(std::string_view literal) override { return append_sized(out_ += '#', literal), true; }
    void boolean(bool value) override { out_ += value ? 't' : 'f'; }
    void null() override { out_ += '0'; }

private:
    std::string& out_;
};

inline void append_floating(std::string& out, shape const& type, void const* value) {
    auto number = floating_value(type, value);
    if (number == 0) number = 0; // -0 equals 0
    out.append(reinterpret_cast<char const*>(&number), sizeof number);
}

inline void append_structure(std::string& out, structure_shape const& structure, void const* value, std::size_t depth) {
    for (std::size_t i = 0; i < structure.count; ++i) {
        auto const& m = structure.members[i];
        append_fingerprint(out, *m.value.target, &m.value, structure.place_of(m, value), depth - 1);
    }
}

inline void append_tagged_union(std::string& out, structure_shape const& tagged_union, void const* value, std::size_t depth) {
    auto const active = tagged_union.active(value);
    append_integer(out, static_cast<std::int64_t>(active));
    out += ';';
    if (active < 0) return;
    auto const& m = tagged_union.members[active];
    append_fingerprint(out, *m.value.target, &m.value, value, depth - 1);
}

inline void append_list(std::string& out, list_shape const& list, void const* value, std::size_t depth) {
    struct state {
        std::string& out;
        list_shape const& list;
        std::size_t depth;
    } s{out, list, depth};
    list.each(value, &s, [](void* context, void const* item) {
        auto& c = *static_cast<state*>(context);
        append_fingerprint(c.out, *c.list.item.target, &c.list.item, item, c.depth - 1);
        return true;
    });
    out += ']';
}

inline void append_map(std::string& out, map_shape const& map, void const* value, std::size_t depth) {
    struct state {
        std::multiset<std::string> entries; // sorted, since equal unordered maps may differ in order
        map_shape const& map;
        std::size_t depth;
    } s{{}, map, depth};
    map.each(value, &s, [](void* context, std::string_view key, void const* mapped) {
        auto& c = *static_cast<state*>(context);
        std::string entry;
        append_sized(entry, key);
        append_fingerprint(entry, *c.map.value.target, &c.map.value, mapped, c.depth - 1);
        c.entries.insert(std::move(entry));
        return true;
    });
    for (auto const& entry : s.entries) append_sized(out, entry);
    out += '}';
}

} // namespace fingerprints

void append_fingerprint(std::string& out, shape const& type, value_access const* access, void const* place, std::size_t depth) {
    using namespace fingerprints;
    void const* value = access ? access->held_in(place) : place;
    if (!value) return void(out += '0');
    if (depth == 0) return;
    out += '1';
    switch (type.kind) {
    case shape_kind::boolean: out += *static_cast<bool const*>(value) ? 't' : 'f'; break;
    case shape_kind::integer: out.append(static_cast<char const*>(value), type.size); break;
    case shape_kind::floating: append_floating(out, type, value); break;
    case shape_kind::text:
    case shape_kind::blob: append_sized(out, text_in(type, value)); break;
    case shape_kind::enumeration: append_sized(out, type.enumeration->text(value)); break;
    case shape_kind::timestamp:
        append_timestamp(out, type.timestamp->get(value), timestamp_format::epoch_seconds);
        out += ';';
        break;
    case shape_kind::structure: append_structure(out, *type.structure, value, depth); break;
    case shape_kind::tagged_union: append_tagged_union(out, *type.structure, value, depth); break;
    case shape_kind::list: append_list(out, *type.list, value, depth); break;
    case shape_kind::map: append_map(out, *type.map, value, depth); break;
    case shape_kind::document: append_sized(out, static_cast<document const*>(value)->json); break;
    case shape_kind::json_value: {
        free_form_fingerprint parts(out);
        type.free_form->tell(value, parts);
        break;
    }
    }
}

bool has_duplicates(list_shape const& list, void const* value) {
    struct state {
        std::set<std::string> fingerprints;
        list_shape const& list;
    } s{{}, list};
    return !list.each(value, &s, [](void* context, void const* item) {
        auto& c = *static_cast<state*>(context);
        std::string text;
        append_fingerprint(text, *c.list.item.target, &c.list.item, item, 64);
        return c.fingerprints.insert(std::move(text)).second;
    });
}

} // namespace parley::detail

#endif
