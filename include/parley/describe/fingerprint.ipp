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

namespace {

void append_sized(std::string& out, std::string_view text) {
    append_integer(out, static_cast<std::uint64_t>(text.size()));
    out += ':';
    out += text;
}

// Free-form values are the same if they have the same parts, in the same order.
class fingerprint_of_parts final : public free_form_sink {
public:
    explicit fingerprint_of_parts(std::string& out) : out_(out) {}

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

} // namespace

void append_fingerprint(std::string& out, shape const& what, value_access const* held, void const* place, std::size_t depth) {
    void const* value = held ? held->held_in(place) : place;
    if (!value) return void(out += '0');
    if (depth == 0) return;
    out += '1';
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
    case shape_kind::blob: append_sized(out, text_in(what, value)); break;
    case shape_kind::enumeration: append_sized(out, what.enumeration->text(value)); break;
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
    case shape_kind::tagged_union: {
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
            append_sized(entry, key);
            append_fingerprint(entry, *c.map.value.target, &c.map.value, mapped, c.depth - 1);
            c.entries.insert(std::move(entry));
            return true;
        });
        for (auto const& entry : s.entries) append_sized(out, entry);
        out += '}';
        break;
    }
    case shape_kind::document: append_sized(out, static_cast<document const*>(value)->json); break;
    case shape_kind::json_value: {
        fingerprint_of_parts parts(out);
        what.free_form->tell(value, parts);
        break;
    }
    }
}

bool has_duplicates(list_shape const& list, void const* value) {
    struct state {
        std::set<std::string> prints;
        list_shape const& list;
    } s{{}, list};
    return !list.each(value, &s, [](void* context, void const* item) {
        auto& c = *static_cast<state*>(context);
        std::string print;
        append_fingerprint(print, *c.list.item.target, &c.list.item, item, 64);
        return c.prints.insert(std::move(print)).second;
    });
}

} // namespace parley::detail

#endif
