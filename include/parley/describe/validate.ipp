// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_DESCRIBE_VALIDATE_IPP
#define PARLEY_DESCRIBE_VALIDATE_IPP

#include <parley/core/number.hpp>
#include <parley/core/utf8.hpp>
#include <parley/describe/validate.hpp>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <string>
#include <utility>

namespace parley::inline PARLEY_ABI::detail {

std::int64_t signed_value(shape const& what, void const* value) noexcept {
    switch (what.size) {
    case 1: return *static_cast<std::int8_t const*>(value);
    case 2: {
        std::int16_t v;
        std::memcpy(&v, value, 2);
        return v;
    }
    case 4: {
        std::int32_t v;
        std::memcpy(&v, value, 4);
        return v;
    }
    default: {
        std::int64_t v;
        std::memcpy(&v, value, 8);
        return v;
    }
    }
}

std::uint64_t unsigned_value(shape const& what, void const* value) noexcept {
    switch (what.size) {
    case 1: return *static_cast<std::uint8_t const*>(value);
    case 2: {
        std::uint16_t v;
        std::memcpy(&v, value, 2);
        return v;
    }
    case 4: {
        std::uint32_t v;
        std::memcpy(&v, value, 4);
        return v;
    }
    default: {
        std::uint64_t v;
        std::memcpy(&v, value, 8);
        return v;
    }
    }
}

double floating_value(shape const& what, void const* value) noexcept {
    return what.size == sizeof(float) ? static_cast<double>(*static_cast<float const*>(value))
                                      : *static_cast<double const*>(value);
}

[[gnu::cold]] std::string bounds_text(std::string_view what, bool has_min, std::string const& min, bool has_max,
                                      std::string const& max) {
    std::string text(what);
    if (has_min && has_max) return text + "between " + min + " and " + max + ", inclusive";
    if (has_min) return text + "greater than or equal to " + min;
    return text + "less than or equal to " + max;
}

void check_length(std::uint64_t length, constraint const& c, std::vector<violation>& found) {
    if (length >= c.min_length && length <= c.max_length) return;
    found.push_back({errc::invalid_length,
                     {},
                     bounds_text("must have length ", c.min_length != 0, std::to_string(c.min_length),
                                 c.max_length != constraint{}.max_length, std::to_string(c.max_length)),
                     violation::no_offset,
                     length});
}

void check_range(shape const& what, void const* value, constraint const& c, std::vector<violation>& found) {
    bool within = true;
    bool const floating = what.kind == shape_kind::floating;
    if (floating) {
        auto const number = floating_value(what, value);
        within = number >= c.min_number && number <= c.max_number; // false for NaN
    } else if (what.is_signed) {
        auto const number = signed_value(what, value);
        within = number >= c.min_integer && number <= c.max_integer;
    } else {
        auto const number = unsigned_value(what, value);
        constexpr auto open = std::numeric_limits<std::int64_t>::max();
        within = (c.min_integer <= 0 || number >= static_cast<std::uint64_t>(c.min_integer))
                 && (c.max_integer == open || (c.max_integer >= 0 && number <= static_cast<std::uint64_t>(c.max_integer)));
    }
    if (within) return;
    std::string min, max;
    if (floating) {
        if (std::isfinite(c.min_number)) append_double(min, c.min_number);
        if (std::isfinite(c.max_number)) append_double(max, c.max_number);
    } else {
        append_integer(min, c.min_integer);
        append_integer(max, c.max_integer);
    }
    found.push_back(
        {errc::range_violation,
         {},
         bounds_text("must be ", c.min_number != constraint{}.min_number, min, c.max_number != constraint{}.max_number, max)});
}

void check_text(std::string_view text, constraint const& c, pattern_view const& pattern, std::vector<violation>& found) {
    if (c.has_length) {
        auto const length = count_code_points(text);
        check_length(length, c, found);
        if (length > c.max_length) return; // a search takes the longer the longer the text is, and is of no use
    }
    if (!search(pattern, text)) {
        found.push_back({errc::pattern_mismatch, {}, std::string("must satisfy regular expression pattern: ").append(c.pattern)});
    }
}

void check_value(shape const& what, void const* value, value_checks const& checks, std::vector<violation>& found) {
    auto const& c = *checks.value;
    if (what.kind == shape_kind::text) return check_text(text_in(what, value), c, checks.value_pattern, found);
    if (what.kind == shape_kind::enumeration) return check_text(what.enumeration->text(value), c, checks.value_pattern, found);
    if (c.has_length) {
        switch (what.kind) {
        case shape_kind::blob: check_length(text_in(what, value).size(), c, found); break;
        case shape_kind::list: check_length(what.list->size(value), c, found); break;
        case shape_kind::map: check_length(what.map->size(value), c, found); break;
        default: break;
        }
    }
    if (c.has_range) check_range(what, value, c, found);
    if (checks.has_duplicates && checks.has_duplicates(*what.list, value))
        found.push_back({errc::duplicate_items, {}, "must have unique values"});
}

[[gnu::cold]] violation unknown_value(enumeration_shape const& enumeration) {
    constexpr std::size_t enough = 100; // for a person; bounds the text
    std::string text = "must satisfy enum value set: [";
    for (std::size_t i = 0; i < enumeration.values.size() && i < enough; ++i)
        text.append(i == 0 ? "" : ", ").append(enumeration.values[i]);
    return {errc::unknown_value, {}, text + (enumeration.values.size() > enough ? ", ...]" : "]")};
}

[[gnu::cold]] violation refused_view() {
    return {errc::invalid_value,
            {},
            "cannot be borrowed, as it has an escape or is not in the body: hold it in a std::string, or give "
            "decode_options::memory"};
}

[[gnu::cold]] violation crowded_table() {
    return {errc::limit_exceeded, {}, "has more keys of the same hash than the limit allows"};
}

[[gnu::cold]] void hide_secrets(shape const& what, std::string& path) {
    bool secret = false;
    auto const* at = &what;
    std::string shown;
    std::string_view rest = path;
    while (!rest.empty()) {
        auto const token = rest.substr(0, rest.find('/', 1));
        rest.remove_prefix(token.size());
        bool hide = secret;
        switch (at->kind) {
        case shape_kind::structure:
        case shape_kind::tagged_union: {
            member const* found = nullptr;
            std::string pointer;
            for (std::size_t i = 0; i < at->structure->count && !found; ++i, pointer.clear()) {
                append_pointer_token(pointer, at->structure->members[i].name);
                if (pointer == token) found = &at->structure->members[i];
            }
            if (found) {
                hide = false;
                secret |= found->sensitive;
                at = found->value.target;
            } else {
                rest = {}; // the description does not have it
            }
            break;
        }
        case shape_kind::map: at = at->map->value.target; break;
        case shape_kind::list:
            hide = false;
            at = at->list->item.target;
            break;
        default: rest = {}; // within free-form values there is no description
        }
        shown += hide ? std::string_view("/*") : token;
    }
    path = std::move(shown);
}

namespace {

struct path_step {
    path_step const* up = nullptr;
    std::string_view key;
    std::size_t index = 0;
    bool is_index = false;

    [[gnu::cold]] void append_to(std::string& pointer) const {
        if (!up) return;
        up->append_to(pointer);
        append_pointer_token(pointer, is_index ? std::string_view(std::to_string(index)) : key);
    }
};

class validator {
public:
    validator(std::size_t max_depth, std::vector<violation>& found) : max_depth_(max_depth), found_(found) {}

    // `checks`: null if nothing is said of the value.
    void visit(shape const& what, void const* value, path_step const& at, value_checks const* checks, std::size_t depth) {
        if (depth > max_depth_) return add(at, errc::limit_exceeded, "has more levels than the limit allows");
        if (checks && checks->value) check(what, value, *checks, at);
        switch (what.kind) {
        case shape_kind::enumeration:
            if (what.enumeration->text(value).data() == nullptr) {
                add(at, errc::invalid_value, "is no named value of its enumeration");
            }
            break;
        case shape_kind::structure: visit_structure(*what.structure, value, at, depth); break;
        case shape_kind::tagged_union: visit_union(*what.structure, value, at, depth); break;
        case shape_kind::list: visit_list(*what.list, value, at, checks, depth); break;
        case shape_kind::map: visit_map(*what.map, value, at, checks, depth); break;
        default: break;
        }
    }

    void visit_member(member const& m, void const* value, path_step const& at, std::size_t depth) {
        visit(*m.value.target, value, {&at, m.name}, m.checks, depth + 1);
    }

private:
    void visit_structure(structure_shape const& structure, void const* value, path_step const& at, std::size_t depth) {
        for (std::size_t i = 0; i < structure.count; ++i) {
            auto const& m = structure.members[i];
            auto const* place = structure.place_of(m, value);
            auto const* held = m.value.held_in(place);
            if (!held) continue;
            visit_member(m, held, at, depth);
        }
    }

    void visit_union(structure_shape const& active_union, void const* value, path_step const& at, std::size_t depth) {
        auto const active = active_union.active(value);
        auto const* held = active < 0 ? nullptr : active_union.members[active].value.get_if(value);
        if (!held) return add(at, errc::invalid_value, "the union holds no member");
        auto const& m = active_union.members[active];
        visit_member(m, held, at, depth);
    }

    void visit_list(list_shape const& list, void const* value, path_step const& at, value_checks const* checks,
                    std::size_t depth) {
        auto const* each = checks ? checks->each : nullptr;
        if (leaf(list.item) && !each) return;
        struct state {
            validator& self;
            list_shape const& list;
            value_checks const* each;
            path_step at;
            std::size_t depth;
        } s{*this, list, each, {&at, {}, 0, true}, depth + 1};
        list.each(value, &s, [](void* context, void const* item) {
            auto& c = *static_cast<state*>(context);
            if (auto const* held = c.list.item.held_in(item)) c.self.visit(*c.list.item.target, held, c.at, c.each, c.depth);
            ++c.at.index;
            return !c.self.full();
        });
    }

    void visit_map(map_shape const& map, void const* value, path_step const& at, value_checks const* checks, std::size_t depth) {
        static constexpr value_checks nothing{};
        auto const& said = checks ? *checks : nothing;
        if (leaf(map.value) && !said.each && !said.keys) return;
        struct state {
            validator& self;
            map_shape const& map;
            value_checks const& checks;
            path_step const& at;
            std::size_t depth;
        } s{*this, map, said, at, depth + 1};
        map.each(value, &s, [](void* context, std::string_view key, void const* mapped) {
            auto& c = *static_cast<state*>(context);
            path_step const here{&c.at, key};
            if (c.checks.keys) c.self.check_key(key, *c.checks.keys, c.checks.keys_pattern, c.at);
            if (auto const* held = c.map.value.held_in(mapped))
                c.self.visit(*c.map.value.target, held, here, c.checks.each, c.depth);
            return !c.self.full();
        });
    }

    void check_key(std::string_view key, constraint const& c, pattern_view const& pattern, path_step const& at) {
        auto first = found_.size();
        check_text(key, c, pattern, found_);
        for (; first < found_.size(); ++first) at.append_to(found_[first].path);
    }

    void check(shape const& what, void const* value, value_checks const& checks, path_step const& at) {
        auto first = found_.size();
        check_value(what, value, checks, found_);
        for (; first < found_.size(); ++first) at.append_to(found_[first].path);
    }

    // Nothing can be wrong with values of this kind but their constraints.
    static bool leaf(value_access const& held) { return held.target->kind < shape_kind::enumeration; }

    void add(path_step const& at, errc code, std::string message) {
        at.append_to(found_.emplace_back(violation{code, {}, std::move(message)}).path);
    }
    bool full() const { return found_.size() >= 1000; } // enough for a person; bounds the memory

    std::size_t max_depth_;
    std::vector<violation>& found_;
};

} // namespace

void validate_member(member const& m, void const* value, std::size_t max_depth, std::vector<violation>& found) {
    validator(max_depth, found).visit_member(m, value, {}, 0);
}

void validate(shape const& what, void const* value, std::size_t max_depth, std::vector<violation>& found) {
    auto first = found.size();
    validator(max_depth, found).visit(what, value, {}, nullptr, 0);
    for (; first < found.size(); ++first) hide_secrets(what, found[first].path);
}

} // namespace parley::detail

#endif
