// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_DESCRIBE_JMESPATH_IPP
#define PARLEY_DESCRIBE_JMESPATH_IPP

#include <parley/core/utf8.hpp>
#include <parley/describe/jmespath.hpp>
#include <parley/describe/validate.hpp>

#include <utility>

namespace parley::inline PARLEY_ABI::detail {

namespace {

// A value on the way: one of the description that was not looked into yet, or what was made of such.
struct jmespath_place {
    shape const* what = nullptr; // null: `made` is it
    void const* object = nullptr;
    jmespath_value made;
};

class jmespath_evaluator {
public:
    explicit jmespath_evaluator(jmespath_node const* nodes) : nodes_(nodes) {}

    [[gnu::cold]] jmespath_place evaluate(std::uint16_t index, jmespath_place const& current) const {
        using operation = jmespath_node::operation;
        auto const& node = nodes_[index];
        auto const left = [&] { return value_of(evaluate(node.left, current)); };
        auto const right = [&] { return value_of(evaluate(node.right, current)); };
        switch (node.what) {
        case operation::current: return current;
        case operation::member: return member_of(evaluate(node.left, current), *node.target);
        case operation::project:
        case operation::filter: return {nullptr, nullptr, project(node, evaluate(node.left, current))};
        case operation::literal_text: return text(node.text);
        case operation::literal_number: return number(node.number);
        case operation::literal_true: return boolean(true);
        case operation::literal_false: return boolean(false);
        case operation::literal_null: return {};
        case operation::equal: return boolean(left() == right());
        case operation::not_equal: return boolean(!(left() == right()));
        case operation::less: return compare(left(), right(), [](double a, double b) { return a < b; });
        case operation::less_or_equal: return compare(left(), right(), [](double a, double b) { return a <= b; });
        case operation::greater: return compare(left(), right(), [](double a, double b) { return a > b; });
        case operation::greater_or_equal: return compare(left(), right(), [](double a, double b) { return a >= b; });
        case operation::both: {
            auto first = left();
            return {nullptr, nullptr, first.truthy() ? right() : std::move(first)};
        }
        case operation::either: {
            auto first = left();
            return {nullptr, nullptr, first.truthy() ? std::move(first) : right()};
        }
        case operation::negate: return boolean(!left().truthy());
        case operation::length: return length(left());
        case operation::keys: return keys(evaluate(node.left, current));
        }
        return {};
    }

    static jmespath_value value_of(jmespath_place const& place) {
        using kind = jmespath_value::kind;
        if (!place.what) return place.made;
        jmespath_value v;
        if (!place.object) return v;
        switch (place.what->kind) {
        case shape_kind::boolean: v.what = kind::boolean, v.boolean = *static_cast<bool const*>(place.object); break;
        case shape_kind::integer:
            v.what = kind::number;
            v.number = place.what->is_signed ? static_cast<double>(signed_value(*place.what, place.object))
                                             : static_cast<double>(unsigned_value(*place.what, place.object));
            break;
        case shape_kind::floating: v.what = kind::number, v.number = floating_value(*place.what, place.object); break;
        case shape_kind::text: v.what = kind::text, v.text = text_in(*place.what, place.object); break;
        case shape_kind::enumeration: v.what = kind::text, v.text = place.what->enumeration->text(place.object); break;
        case shape_kind::list:
            v.what = kind::list;
            each_item(place, [&](jmespath_place const& item) { v.items.push_back(value_of(item)); });
            break;
        case shape_kind::map: v.what = kind::object, v.size = place.what->map->size(place.object); break;
        case shape_kind::structure: v.what = kind::object, v.size = place.what->structure->count; break;
        default: v.what = kind::object, v.size = 1; break;
        }
        return v;
    }

private:
    static jmespath_place made(jmespath_value v) { return {nullptr, nullptr, std::move(v)}; }
    static jmespath_place boolean(bool b) {
        jmespath_value v;
        v.what = jmespath_value::kind::boolean, v.boolean = b;
        return made(std::move(v));
    }
    static jmespath_place number(double n) {
        jmespath_value v;
        v.what = jmespath_value::kind::number, v.number = n;
        return made(std::move(v));
    }
    static jmespath_place text(std::string_view t) {
        jmespath_value v;
        v.what = jmespath_value::kind::text, v.text = t;
        return made(std::move(v));
    }
    // "Ordering operators are only valid for numbers"; otherwise null.
    template <class Order>
    static jmespath_place compare(jmespath_value const& a, jmespath_value const& b, Order order) {
        using kind = jmespath_value::kind;
        if (a.what != kind::number || b.what != kind::number) return {};
        return boolean(order(a.number, b.number));
    }
    static jmespath_place length(jmespath_value const& v) {
        using kind = jmespath_value::kind;
        switch (v.what) {
        case kind::text: return number(static_cast<double>(count_code_points(v.text)));
        case kind::list: return number(static_cast<double>(v.items.size()));
        case kind::object: return number(static_cast<double>(v.size));
        default: return {};
        }
    }

    static jmespath_place keys(jmespath_place const& map) {
        if (!map.what || !map.object) return {};
        jmespath_value all;
        all.what = jmespath_value::kind::list;
        map.what->map->each(map.object, &all, [](void* context, std::string_view key, void const*) {
            auto& item = static_cast<jmespath_value*>(context)->items.emplace_back();
            item.what = jmespath_value::kind::text, item.text = key;
            return true;
        });
        return made(std::move(all));
    }

    static jmespath_place held(value_access const& how, void const* place) { return {how.target, how.held_in(place), {}}; }
    static jmespath_place member_of(jmespath_place const& of, member const& m) {
        if (!of.what || !of.object) return {};
        auto const& s = *of.what->structure;
        auto found = held(m.value, s.active ? of.object : s.place_of(m, of.object));
        if (!found.object) return {};
        return found;
    }
    template <class Visit>
    static void each_item(jmespath_place const& list, Visit visit) {
        struct state {
            value_access const& item;
            Visit& visit;
        } s{list.what->list->item, visit};
        list.what->list->each(list.object, &s, [](void* context, void const* place) {
            auto& c = *static_cast<state*>(context);
            c.visit(held(c.item, place));
            return true;
        });
    }

    // "The result of a projection leaves out what is null."
    jmespath_value project(jmespath_node const& node, jmespath_place const& list) const {
        jmespath_value all;
        if (!list.what || !list.object) return all;
        all.what = jmespath_value::kind::list;
        bool const nested = node.flattens && list.what->list->item.target->kind == shape_kind::list;
        auto const take = [&](jmespath_place const& item) {
            if (node.test != jmespath_node::none && !value_of(evaluate(node.test, item)).truthy()) return;
            auto v = value_of(evaluate(node.right, item));
            if (v.what == jmespath_value::kind::null) return;
            if (v.what == jmespath_value::kind::list && merges(node.right)) {
                for (auto& one : v.items) all.items.push_back(std::move(one));
            } else {
                all.items.push_back(std::move(v));
            }
        };
        each_item(list, [&](jmespath_place const& item) {
            if (!nested) take(item);
            else if (item.object) each_item(item, take);
        });
        return all;
    }
    // Whether what is done with each item is itself a "[]", which makes one list of all.
    bool merges(std::uint16_t index) const {
        return nodes_[index].what == jmespath_node::operation::project && nodes_[index].flattens;
    }

    jmespath_node const* nodes_;
};

} // namespace

bool jmespath_value::truthy() const noexcept {
    switch (what) {
    case kind::null: return false;
    case kind::boolean: return boolean;
    case kind::number: return true;
    case kind::text: return !text.empty();
    case kind::object: return size > 0;
    case kind::list: return !items.empty();
    }
    return false;
}

[[gnu::cold]] jmespath_value evaluate_jmespath(jmespath_node const* nodes, std::size_t count, shape const& root,
                                               void const* object) {
    jmespath_evaluator const evaluator(nodes);
    return evaluator.value_of(evaluator.evaluate(static_cast<std::uint16_t>(count - 1), {&root, object, {}}));
}

} // namespace parley::detail

#endif
