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

std::int64_t signed_value(shape const& type, void const* value) noexcept {
    switch (type.size) {
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

std::uint64_t unsigned_value(shape const& type, void const* value) noexcept {
    switch (type.size) {
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

double floating_value(shape const& type, void const* value) noexcept {
    return type.size == sizeof(float) ? static_cast<double>(*static_cast<float const*>(value))
                                      : *static_cast<double const*>(value);
}

namespace validation {

[[gnu::cold]] inline std::string bounds_text(std::string_view prefix, bool has_min, std::string const& min, bool has_max,
                                             std::string const& max) {
    std::string text(prefix);
    if (has_min && has_max) return text + "between " + min + " and " + max + ", inclusive";
    if (has_min) return text + "greater than or equal to " + min;
    return text + "less than or equal to " + max;
}

inline void check_length(std::uint64_t length, constraint const& c, std::vector<violation>& violations) {
    if (length >= c.min_length && length <= c.max_length) return;
    violations.push_back({errc::invalid_length,
                          {},
                          bounds_text("must have length ", c.min_length != 0, std::to_string(c.min_length),
                                      c.max_length != constraint{}.max_length, std::to_string(c.max_length)),
                          violation::no_offset,
                          length});
}

inline void check_range(shape const& type, void const* value, constraint const& c, std::vector<violation>& violations) {
    bool within = true;
    bool const floating = type.kind == shape_kind::floating;
    if (floating) {
        auto const number = floating_value(type, value);
        within = number >= c.min_number && number <= c.max_number; // false for NaN
    } else if (type.is_signed) {
        auto const number = signed_value(type, value);
        within = number >= c.min_integer && number <= c.max_integer;
    } else {
        auto const number = unsigned_value(type, value);
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
    violations.push_back(
        {errc::range_violation,
         {},
         bounds_text("must be ", c.min_number != constraint{}.min_number, min, c.max_number != constraint{}.max_number, max)});
}

} // namespace validation

void check_text(std::string_view text, constraint const& c, pattern_view const& pattern, std::vector<violation>& violations) {
    if (c.has_length) {
        auto const length = count_code_points(text);
        validation::check_length(length, c, violations);
        if (length > c.max_length) return; // do not search a text that is too long
    }
    if (!search(pattern, text)) {
        violations.push_back(
            {errc::pattern_mismatch, {}, std::string("must satisfy regular expression pattern: ").append(c.pattern)});
    }
}

void check_value(shape const& type, void const* value, value_checks const& checks, std::vector<violation>& violations) {
    auto const& c = *checks.value;
    if (type.kind == shape_kind::text) return check_text(text_in(type, value), c, checks.value_pattern, violations);
    if (type.kind == shape_kind::enumeration)
        return check_text(type.enumeration->text(value), c, checks.value_pattern, violations);
    if (c.has_length) {
        switch (type.kind) {
        case shape_kind::blob: validation::check_length(text_in(type, value).size(), c, violations); break;
        case shape_kind::list: validation::check_length(type.list->size(value), c, violations); break;
        case shape_kind::map: validation::check_length(type.map->size(value), c, violations); break;
        default: break;
        }
    }
    if (c.has_range) validation::check_range(type, value, c, violations);
    if (checks.has_duplicates && checks.has_duplicates(*type.list, value))
        violations.push_back({errc::duplicate_items, {}, "must have unique values"});
}

[[gnu::cold]] violation unknown_value(enumeration_shape const& enumeration) {
    constexpr std::size_t max_shown = 100; // bounds the text
    std::string text = "must satisfy enum value set: [";
    for (std::size_t i = 0; i < enumeration.values.size() && i < max_shown; ++i)
        text.append(i == 0 ? "" : ", ").append(enumeration.values[i]);
    return {errc::unknown_value, {}, text + (enumeration.values.size() > max_shown ? ", ...]" : "]")};
}

[[gnu::cold]] violation refused_view() {
    return {errc::invalid_value,
            {},
            "a view cannot refer to this text, which has an escape sequence or is not in the body: use std::string, or set "
            "decode_options::memory"};
}

[[gnu::cold]] violation crowded_table() { return {errc::limit_exceeded, {}, "more hash collisions than the limit allows"}; }

[[gnu::cold]] void hide_secrets(shape const& type, std::string& path) {
    bool secret = false;
    auto const* current = &type;
    std::string shown;
    std::string_view rest = path;
    while (!rest.empty()) {
        auto const token = rest.substr(0, rest.find('/', 1));
        rest.remove_prefix(token.size());
        bool hide = secret;
        switch (current->kind) {
        case shape_kind::structure:
        case shape_kind::tagged_union: {
            member const* found = nullptr;
            std::string pointer;
            for (std::size_t i = 0; i < current->structure->count && !found; ++i, pointer.clear()) {
                append_pointer_token(pointer, current->structure->members[i].name);
                if (pointer == token) found = &current->structure->members[i];
            }
            if (found) {
                hide = false;
                secret |= found->sensitive;
                current = found->value.target;
            } else {
                rest = {}; // an unknown member
            }
            break;
        }
        case shape_kind::map: current = current->map->value.target; break;
        case shape_kind::list:
            hide = false;
            current = current->list->item.target;
            break;
        default: rest = {}; // free-form values have no description
        }
        shown += hide ? std::string_view("/*") : token;
    }
    path = std::move(shown);
}

namespace validation {

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
    validator(std::size_t max_depth, std::vector<violation>& violations) : max_depth_(max_depth), violations_(violations) {}

    // `checks` is null if the value has no constraints.
    void visit(shape const& type, void const* value, path_step const& at, value_checks const* checks, std::size_t depth) {
        if (depth > max_depth_) return add(at, errc::limit_exceeded, "nested more deeply than the limit allows");
        if (checks && checks->value) check(type, value, *checks, at);
        switch (type.kind) {
        case shape_kind::enumeration:
            if (type.enumeration->text(value).data() == nullptr) {
                add(at, errc::invalid_value, "the enumeration value has no name");
            }
            break;
        case shape_kind::structure: visit_structure(*type.structure, value, at, depth); break;
        case shape_kind::tagged_union: visit_union(*type.structure, value, at, depth); break;
        case shape_kind::list: visit_list(*type.list, value, at, checks, depth); break;
        case shape_kind::map: visit_map(*type.map, value, at, checks, depth); break;
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
        if (!held) return add(at, errc::invalid_value, "no alternative of the union is set");
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
        static constexpr value_checks no_checks{};
        auto const& map_checks = checks ? *checks : no_checks;
        if (leaf(map.value) && !map_checks.each && !map_checks.keys) return;
        struct state {
            validator& self;
            map_shape const& map;
            value_checks const& checks;
            path_step const& at;
            std::size_t depth;
        } s{*this, map, map_checks, at, depth + 1};
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
        auto first = violations_.size();
        check_text(key, c, pattern, violations_);
        for (; first < violations_.size(); ++first) at.append_to(violations_[first].path);
    }

    void check(shape const& type, void const* value, value_checks const& checks, path_step const& at) {
        auto first = violations_.size();
        check_value(type, value, checks, violations_);
        for (; first < violations_.size(); ++first) at.append_to(violations_[first].path);
    }

    // Values of these kinds can only violate constraints.
    static bool leaf(value_access const& held) { return held.target->kind < shape_kind::enumeration; }

    void add(path_step const& at, errc code, std::string message) {
        at.append_to(violations_.emplace_back(violation{code, {}, std::move(message)}).path);
    }
    bool full() const { return violations_.size() >= 1000; } // bounds the memory

    std::size_t max_depth_;
    std::vector<violation>& violations_;
};

} // namespace validation

void validate_member(member const& m, void const* value, std::size_t max_depth, std::vector<violation>& violations) {
    validation::validator(max_depth, violations).visit_member(m, value, {}, 0);
}

void validate(shape const& type, void const* value, std::size_t max_depth, std::vector<violation>& violations) {
    auto first = violations.size();
    validation::validator(max_depth, violations).visit(type, value, {}, nullptr, 0);
    for (; first < violations.size(); ++first) hide_secrets(type, violations[first].path);
}

} // namespace parley::detail

#endif
