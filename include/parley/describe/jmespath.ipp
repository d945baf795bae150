// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_DESCRIBE_JMESPATH_IPP
#define PARLEY_DESCRIBE_JMESPATH_IPP

#include <parley/core/utf8.hpp>
#include <parley/describe/jmespath.hpp>
#include <parley/describe/validate.hpp>

#include <utility>

namespace parley::inline PARLEY_ABI::detail {

namespace jmespath_evaluation {

// An intermediate value: a described object, which is not converted yet, or a computed value.
struct operand {
    shape const* type = nullptr; // null: the value is `computed`
    void const* object = nullptr;
    jmespath_value computed;
};

class evaluator {
public:
    explicit evaluator(jmespath_node const* nodes) : nodes_(nodes) {}

    [[gnu::cold]] operand evaluate(std::uint16_t index, operand const& current) const {
        using operation = jmespath_node::operation;
        auto const& node = nodes_[index];
        auto const left = [&] { return value_of(evaluate(node.left, current)); };
        auto const right = [&] { return value_of(evaluate(node.right, current)); };
        switch (node.op) {
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
        case operation::logical_and: {
            auto first = left();
            return {nullptr, nullptr, first.truthy() ? right() : std::move(first)};
        }
        case operation::logical_or: {
            auto first = left();
            return {nullptr, nullptr, first.truthy() ? std::move(first) : right()};
        }
        case operation::logical_not: return boolean(!left().truthy());
        case operation::length: return length(left());
        case operation::keys: return keys(evaluate(node.left, current));
        }
        return {};
    }

    static jmespath_value value_of(operand const& place) {
        using kind = jmespath_value::kind;
        if (!place.type) return place.computed;
        jmespath_value v;
        if (!place.object) return v;
        switch (place.type->kind) {
        case shape_kind::boolean: v.what = kind::boolean, v.boolean = *static_cast<bool const*>(place.object); break;
        case shape_kind::integer:
            v.what = kind::number;
            v.number = place.type->is_signed ? static_cast<double>(signed_value(*place.type, place.object))
                                             : static_cast<double>(unsigned_value(*place.type, place.object));
            break;
        case shape_kind::floating: v.what = kind::number, v.number = floating_value(*place.type, place.object); break;
        case shape_kind::text: v.what = kind::text, v.text = text_in(*place.type, place.object); break;
        case shape_kind::enumeration: v.what = kind::text, v.text = place.type->enumeration->text(place.object); break;
        case shape_kind::list:
            v.what = kind::list;
            each_item(place, [&](operand const& item) { v.items.push_back(value_of(item)); });
            break;
        case shape_kind::map: v.what = kind::object, v.size = place.type->map->size(place.object); break;
        case shape_kind::structure: v.what = kind::object, v.size = place.type->structure->count; break;
        default: v.what = kind::object, v.size = 1; break;
        }
        return v;
    }

private:
    static operand computed(jmespath_value v) { return {nullptr, nullptr, std::move(v)}; }
    static operand boolean(bool b) {
        jmespath_value v;
        v.what = jmespath_value::kind::boolean, v.boolean = b;
        return computed(std::move(v));
    }
    static operand number(double n) {
        jmespath_value v;
        v.what = jmespath_value::kind::number, v.number = n;
        return computed(std::move(v));
    }
    static operand text(std::string_view t) {
        jmespath_value v;
        v.what = jmespath_value::kind::text, v.text = t;
        return computed(std::move(v));
    }
    // "Ordering operators are only valid for numbers": the result is null for other values.
    template <class Order>
    static operand compare(jmespath_value const& a, jmespath_value const& b, Order order) {
        using kind = jmespath_value::kind;
        if (a.what != kind::number || b.what != kind::number) return {};
        return boolean(order(a.number, b.number));
    }
    static operand length(jmespath_value const& v) {
        using kind = jmespath_value::kind;
        switch (v.what) {
        case kind::text: return number(static_cast<double>(count_code_points(v.text)));
        case kind::list: return number(static_cast<double>(v.items.size()));
        case kind::object: return number(static_cast<double>(v.size));
        default: return {};
        }
    }

    static operand keys(operand const& map) {
        if (!map.type || !map.object) return {};
        jmespath_value all;
        all.what = jmespath_value::kind::list;
        map.type->map->each(map.object, &all, [](void* context, std::string_view key, void const*) {
            auto& item = static_cast<jmespath_value*>(context)->items.emplace_back();
            item.what = jmespath_value::kind::text, item.text = key;
            return true;
        });
        return computed(std::move(all));
    }

    static operand held(value_access const& access, void const* place) { return {access.target, access.held_in(place), {}}; }
    static operand member_of(operand const& object, member const& m) {
        if (!object.type || !object.object) return {};
        auto const& s = *object.type->structure;
        auto value = held(m.value, s.active ? object.object : s.place_of(m, object.object));
        if (!value.object) return {};
        return value;
    }
    template <class Visit>
    static void each_item(operand const& list, Visit visit) {
        struct state {
            value_access const& item;
            Visit& visit;
        } s{list.type->list->item, visit};
        list.type->list->each(list.object, &s, [](void* context, void const* place) {
            auto& c = *static_cast<state*>(context);
            c.visit(held(c.item, place));
            return true;
        });
    }

    // Null results are not part of a projection: https://jmespath.org/specification.html#wildcard-expressions
    jmespath_value project(jmespath_node const& node, operand const& list) const {
        jmespath_value all;
        if (!list.type || !list.object) return all;
        all.what = jmespath_value::kind::list;
        bool const nested = node.flattens && list.type->list->item.target->kind == shape_kind::list;
        auto const take = [&](operand const& item) {
            if (node.test != jmespath_node::none && !value_of(evaluate(node.test, item)).truthy()) return;
            auto v = value_of(evaluate(node.right, item));
            if (v.what == jmespath_value::kind::null) return;
            if (v.what == jmespath_value::kind::list && merges(node.right)) {
                for (auto& one : v.items) all.items.push_back(std::move(one));
            } else {
                all.items.push_back(std::move(v));
            }
        };
        each_item(list, [&](operand const& item) {
            if (!nested) take(item);
            else if (item.object) each_item(item, take);
        });
        return all;
    }
    // Returns true if the node is itself a "[]", whose result is merged into the enclosing list.
    bool merges(std::uint16_t index) const {
        return nodes_[index].op == jmespath_node::operation::project && nodes_[index].flattens;
    }

    jmespath_node const* nodes_;
};

} // namespace jmespath_evaluation

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
    jmespath_evaluation::evaluator const evaluator(nodes);
    return evaluator.value_of(evaluator.evaluate(static_cast<std::uint16_t>(count - 1), {&root, object, {}}));
}

} // namespace parley::detail

#endif
