// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_AWS_DETAIL_RULE_VALUE_HPP
#define PARLEY_AWS_DETAIL_RULE_VALUE_HPP

#include <parley/describe/free_form.hpp>
#include <parley/describe/shape_of.hpp>

#include <charconv>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace parley::inline PARLEY_ABI::detail {

// The JSON of endpoint rules and the values of their expressions. One type serves as value, member and variable. Its special members
// are not inlined: rules are evaluated rarely, so small code matters more than speed.
struct rule_value {
    enum class type : std::uint8_t { none, boolean, number, text, list, object };

    type kind = type::none;
    bool boolean = false;
    std::int64_t number = 0;
    std::string text;
    std::vector<rule_value> items; // of a list; the members of an object
    std::string name;              // of the member or variable that has the value

    rule_value();
    explicit rule_value(type t);
    [[gnu::noinline]] rule_value(rule_value const&);
    [[gnu::noinline]] rule_value(rule_value&&) noexcept;
    [[gnu::noinline]] rule_value& operator=(rule_value&&) noexcept;
    [[gnu::noinline]] ~rule_value();

    bool is_set() const noexcept { return kind != type::none; }

    /// Returns the member of an object; null if there is none, or if this is not an object.
    rule_value const* find(std::string_view member) const noexcept;
    /// Returns the member of an object, or a value that is not set.
    rule_value const& operator[](std::string_view member) const noexcept;
    void add(std::string_view member, rule_value value);
    void add_text(std::string_view member, std::string_view value);
    void add_flag(std::string_view member, bool flag);
};

// Not inline, so that the code exists once. Only endpoint_rules.ipp includes this header.
rule_value::rule_value() = default;
rule_value::rule_value(type t) : kind(t) {}
rule_value::rule_value(rule_value const&) = default;
rule_value::rule_value(rule_value&&) noexcept = default;
rule_value& rule_value::operator=(rule_value&&) noexcept = default;
rule_value::~rule_value() = default;

inline rule_value const* rule_value::find(std::string_view member) const noexcept {
    if (kind != type::object) return nullptr;
    for (auto i = items.rbegin(); i != items.rend(); ++i) {
        if (i->name == member) return &*i;
    }
    return nullptr;
}

inline rule_value const& rule_value::operator[](std::string_view member) const noexcept {
    static rule_value const absent;
    auto const* const found = find(member);
    return found ? *found : absent;
}

inline void rule_value::add(std::string_view member, rule_value value) {
    value.name = member;
    items.push_back(std::move(value));
}

inline rule_value rule_text(std::string_view text) {
    rule_value v(rule_value::type::text);
    v.text = text;
    return v;
}
inline rule_value rule_flag(bool flag) {
    rule_value v(rule_value::type::boolean);
    v.boolean = flag;
    return v;
}

inline void rule_value::add_text(std::string_view member, std::string_view value) { add(member, rule_text(value)); }
inline void rule_value::add_flag(std::string_view member, bool flag) { add(member, rule_flag(flag)); }

extern free_form_shape const rule_value_shape;

template <>
struct shape_maker<rule_value> {
    static constexpr shape make() {
        auto s = make_shape(shape_kind::json_value);
        s.free_form = &rule_value_shape;
        return s;
    }
};

class rule_value_builder final : public free_form_builder {
public:
    explicit rule_value_builder(rule_value& to) : to_(to) {}

    bool open(char bracket) override {
        auto& value = put(rule_value(bracket == '[' ? rule_value::type::list : rule_value::type::object));
        return open_.push_back(&value), true;
    }
    void close(char) override { open_.pop_back(); }
    void key(std::string_view key) override { open_.back()->add(key, {}); }
    void text(std::string_view text) override { put(rule_text(text)); }
    bool number(std::string_view literal) override {
        rule_value v(rule_value::type::number);
        auto const* const end = literal.data() + literal.size();
        bool const good = std::from_chars(literal.data(), end, v.number).ptr == end;
        return put(std::move(v)), good;
    }
    void boolean(bool value) override { put(rule_flag(value)); }
    void null() override { put({}); }
    void finish() override {}

private:
    rule_value& put(rule_value value) {
        if (open_.empty()) return to_ = std::move(value);
        auto& around = *open_.back();
        if (around.kind == rule_value::type::list) return around.items.emplace_back(std::move(value));
        auto& member = around.items.back();
        value.name = std::move(member.name);
        return member = std::move(value);
    }

    rule_value& to_;
    std::vector<rule_value*> open_; // the pointers stay valid: a container does not grow while one of its items is open
};

extern free_form_shape const rule_value_shape{[](void* value) -> std::unique_ptr<free_form_builder> {
    return std::make_unique<rule_value_builder>(*static_cast<rule_value*>(value));
}};

} // namespace parley::detail

#endif
