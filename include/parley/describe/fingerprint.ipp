// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_DESCRIBE_FINGERPRINT_IPP
#define PARLEY_DESCRIBE_FINGERPRINT_IPP

#include <parley/core/number.hpp>
#include <parley/describe/fingerprint.hpp>
#include <parley/describe/validate.hpp>

#include <set>
#include <utility>

namespace parley::detail {

void append_fingerprint(std::string& out, shape const& what, holder const* held, void const* place, std::size_t depth) {
    void const* value = held && held->peek ? held->peek(place) : place;
    if (!value) return void(out += '0');
    if (depth == 0) return;
    out += '1';
    auto append_text = [&out](std::string_view text) {
        append_integer(out, static_cast<std::uint64_t>(text.size()));
        out += ':';
        out += text;
    };
    switch (what.kind) {
    case shape_kind::boolean: out += *static_cast<bool const*>(value) ? 't' : 'f'; break;
    case shape_kind::integer: out.append(static_cast<char const*>(value), what.size); break;
    case shape_kind::floating: {
        auto number = floating_value(what, value);
        if (number == 0) number = 0; // -0 equals 0
        out.append(reinterpret_cast<char const*>(&number), sizeof number);
        break;
    }
    case shape_kind::text:
    case shape_kind::blob: append_text(text_in(what, value)); break;
    case shape_kind::enumeration: append_text(what.enumeration->text(value)); break;
    case shape_kind::timestamp: {
        auto const when = what.timestamp->get(value);
        append_timestamp(out, when, timestamp_format::epoch_seconds);
        out += ';';
        break;
    }
    case shape_kind::structure:
        for (std::size_t i = 0; i < what.structure->count; ++i) {
            auto const& m = what.structure->members[i];
            append_fingerprint(out, *m.value.target, &m.value, what.structure->place_of(m, value), depth - 1);
        }
        break;
    case shape_kind::choice: {
        auto const active = what.structure->active(value);
        append_integer(out, static_cast<std::int64_t>(active));
        out += ';';
        if (active < 0) break;
        auto const& m = what.structure->members[active];
        append_fingerprint(out, *m.value.target, &m.value, value, depth - 1);
        break;
    }
    case shape_kind::list: {
        struct state {
            std::string& out;
            list_shape const& list;
            std::size_t depth;
        } s{out, *what.list, depth};
        what.list->each(value, &s, [](void* context, void const* item) {
            auto& c = *static_cast<state*>(context);
            append_fingerprint(c.out, *c.list.item.target, &c.list.item, item, c.depth - 1);
            return true;
        });
        out += ']';
        break;
    }
    case shape_kind::map: {
        struct state {
            std::multiset<std::string> entries; // the order of an unordered map says nothing
            map_shape const& map;
            std::size_t depth;
        } s{{}, *what.map, depth};
        what.map->each(value, &s, [](void* context, std::string_view key, void const* mapped) {
            auto& c = *static_cast<state*>(context);
            std::string entry;
            append_integer(entry, static_cast<std::uint64_t>(key.size()));
            entry.append(1, ':').append(key);
            append_fingerprint(entry, *c.map.value.target, &c.map.value, mapped, c.depth - 1);
            c.entries.insert(std::move(entry));
            return true;
        });
        for (auto const& entry : s.entries) append_text(entry);
        out += '}';
        break;
    }
    case shape_kind::document: append_text(static_cast<document const*>(value)->json); break;
    case shape_kind::json_value: break; // Smithy allows no documents in a list with unique items
    }
}

} // namespace parley::detail

#endif
