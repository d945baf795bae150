// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_DESCRIBE_TRAITS_HPP
#define PARLEY_DESCRIBE_TRAITS_HPP

#include <parley/core/timestamp.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>

namespace parley {

/// What must hold for a value. https://smithy.io/2.0/spec/constraint-traits.html
struct constraint {
    bool has_length = false;
    std::uint64_t min_length = 0;
    std::uint64_t max_length = std::numeric_limits<std::uint64_t>::max();

    bool has_range = false;
    std::int64_t min_integer = std::numeric_limits<std::int64_t>::min();
    std::int64_t max_integer = std::numeric_limits<std::int64_t>::max();
    double min_number = -std::numeric_limits<double>::infinity();
    double max_number = std::numeric_limits<double>::infinity();

    std::string_view pattern;
    bool unique_items = false;

    constexpr bool empty() const noexcept { return !has_length && !has_range && pattern.empty() && !unique_items; }
};

/// How the names of all members of a struct are written on the wire.
enum class naming : std::uint8_t {
    as_is,       ///< as in C++, one trailing underscore dropped
    camel_case,  ///< submitted_at -> submittedAt
    pascal_case, ///< submitted_at -> SubmittedAt
    kebab_case,  ///< submitted_at -> submitted-at
};

/// Whose fault an error is. https://smithy.io/2.0/spec/type-refinement-traits.html#error-trait
enum class fault : std::uint8_t { unspecified, client, server };

/// Whether a call that ended with an error may be made again. https://smithy.io/2.0/spec/behavior-traits.html#retryable-trait
enum class retryability : std::uint8_t { none, retryable, throttling };

/// What is said of one member beside its type; made by `on`.
struct member_traits {
    std::string_view member;
    std::string_view wire_name;
    constraint value, each, keys;
    timestamp_format format = timestamp_format::unspecified;
    bool sensitive = false;
    bool idempotency_token = false;
};

/// What is said of a type as a whole.
struct type_traits {
    parley::naming naming = parley::naming::as_is;
    timestamp_format format = timestamp_format::unspecified;
    bool as_integer = false; ///< an enumeration that travels as a number (Smithy: intEnum)
    int status = 0;
    parley::fault fault = parley::fault::unspecified;
    retryability retry = retryability::none;
    std::string_view error_code;
};

/// All that is said of a type; made by `traits`.
template <std::size_t Count>
struct trait_set {
    type_traits type;
    std::array<member_traits, Count> members;
};

namespace detail {

constexpr constraint merge(constraint a, constraint const& b) {
    if (b.has_length) {
        a.has_length = true;
        if (b.min_length != 0) a.min_length = b.min_length;
        if (b.max_length != constraint{}.max_length) a.max_length = b.max_length;
    }
    if (b.has_range) {
        a.has_range = true;
        if (b.min_number != constraint{}.min_number) a.min_integer = b.min_integer, a.min_number = b.min_number;
        if (b.max_number != constraint{}.max_number) a.max_integer = b.max_integer, a.max_number = b.max_number;
    }
    if (!b.pattern.empty()) a.pattern = b.pattern;
    a.unique_items |= b.unique_items;
    return a;
}

constexpr member_traits merge(member_traits a, member_traits const& b) {
    if (!b.member.empty()) a.member = b.member;
    if (!b.wire_name.empty()) a.wire_name = b.wire_name;
    a.value = merge(a.value, b.value);
    a.each = merge(a.each, b.each);
    a.keys = merge(a.keys, b.keys);
    if (b.format != timestamp_format::unspecified) a.format = b.format;
    a.sensitive |= b.sensitive;
    a.idempotency_token |= b.idempotency_token;
    return a;
}

constexpr type_traits merge(type_traits a, type_traits const& b) {
    if (b.naming != naming::as_is) a.naming = b.naming;
    if (b.format != timestamp_format::unspecified) a.format = b.format;
    a.as_integer |= b.as_integer;
    if (b.status != 0) a.status = b.status;
    if (b.fault != fault::unspecified) a.fault = b.fault;
    if (b.retry != retryability::none) a.retry = b.retry;
    if (!b.error_code.empty()) a.error_code = b.error_code;
    return a;
}

constexpr member_traits on_value(constraint const& c) {
    member_traits t;
    t.value = c;
    return t;
}

constexpr constraint integer_range(std::int64_t min, std::int64_t max) {
    constraint c;
    c.has_range = true;
    c.min_integer = min;
    c.max_integer = max;
    if (min != std::numeric_limits<std::int64_t>::min()) c.min_number = static_cast<double>(min);
    if (max != std::numeric_limits<std::int64_t>::max()) c.max_number = static_cast<double>(max);
    return c;
}

constexpr constraint number_range(double min, double max) {
    // Bounds for integers: the integers within [min, max]. Beyond 2^63 every integer is within.
    auto const limit = 9223372036854775808.0;
    constraint c;
    c.has_range = true;
    c.min_number = min;
    c.max_number = max;
    if (min > -limit && min < limit) {
        c.min_integer = static_cast<std::int64_t>(min);
        if (static_cast<double>(c.min_integer) < min) ++c.min_integer;
    }
    if (max > -limit && max < limit) {
        c.max_integer = static_cast<std::int64_t>(max);
        if (static_cast<double>(c.max_integer) > max) --c.max_integer;
    }
    return c;
}

constexpr constraint length_between(std::uint64_t min, std::uint64_t max) {
    constraint c;
    c.has_length = true;
    c.min_length = min;
    c.max_length = max;
    return c;
}

constexpr void add(type_traits& type, member_traits*&, type_traits const& t) { type = merge(type, t); }
constexpr void add(type_traits&, member_traits*& members, member_traits const& t) { *members++ = t; }

} // namespace detail

// Of a member.

/// The length of a text in Unicode scalar values, of a blob in bytes, of a list or map in entries.
constexpr member_traits length(std::uint64_t min, std::uint64_t max) {
    return detail::on_value(detail::length_between(min, max));
}
constexpr member_traits min_length(std::uint64_t min) { return length(min, constraint{}.max_length); }
constexpr member_traits max_length(std::uint64_t max) { return length(0, max); }

/// The bounds of a number, both inclusive.
constexpr member_traits range(std::integral auto min, std::integral auto max) {
    return detail::on_value(detail::integer_range(static_cast<std::int64_t>(min), static_cast<std::int64_t>(max)));
}
constexpr member_traits range(double min, double max) { return detail::on_value(detail::number_range(min, max)); }
constexpr member_traits min_value(double min) { return range(min, constraint{}.max_number); }
constexpr member_traits max_value(double max) { return range(constraint{}.min_number, max); }

/// A regular expression that a text must match somewhere; anchor it with ^ and $ to match the whole.
/// See describe/pattern.hpp for what it may hold.
constexpr member_traits pattern(std::string_view expression) {
    constraint c;
    c.pattern = expression;
    return detail::on_value(c);
}

/// No two items of the list are equal.
constexpr member_traits unique_items() {
    constraint c;
    c.unique_items = true;
    return detail::on_value(c);
}

/// What holds for each item of a list or each value of a map.
constexpr member_traits each(std::same_as<member_traits> auto... parts) {
    member_traits all, result;
    ((all = detail::merge(all, parts)), ...);
    result.each = all.value;
    return result;
}

/// What holds for each key of a map.
constexpr member_traits keys(std::same_as<member_traits> auto... parts) {
    member_traits all, result;
    ((all = detail::merge(all, parts)), ...);
    result.keys = all.value;
    return result;
}

/// The member's name on the wire.
constexpr member_traits wire_name(std::string_view name) {
    member_traits t;
    t.wire_name = name;
    return t;
}

/// The value is a secret: it never appears in an error text, a log or a printed struct.
constexpr member_traits sensitive() {
    member_traits t;
    t.sensitive = true;
    return t;
}

/// The member identifies the call; where it is absent, the client fills it, with the same text for each attempt.
/// https://smithy.io/2.0/spec/behavior-traits.html#idempotencytoken-trait
constexpr member_traits idempotency_token() {
    member_traits t;
    t.idempotency_token = true;
    return t;
}

/// How a timestamp, or each timestamp in a list or map, is written.
constexpr member_traits written_as(timestamp_format format) {
    member_traits t;
    t.format = format;
    return t;
}

/// Names the member that the parts are about.
constexpr member_traits on(std::string_view member, std::same_as<member_traits> auto... parts) {
    member_traits all;
    ((all = detail::merge(all, parts)), ...);
    all.member = member;
    return all;
}

// Of a type.

/// The rule by which the names of all members are written. An explicit `wire_name` wins.
constexpr type_traits names(naming rule) {
    type_traits t;
    t.naming = rule;
    return t;
}

/// How the struct's timestamps are written, where a member does not say so itself.
constexpr type_traits timestamps(timestamp_format format) {
    type_traits t;
    t.format = format;
    return t;
}

/// An enumeration that travels as a number. https://smithy.io/2.0/spec/simple-types.html#intenum
constexpr type_traits as_integer() {
    type_traits t;
    t.as_integer = true;
    return t;
}

/// The HTTP status of an error. 4xx is the client's fault, 5xx the server's, unless another is given.
constexpr type_traits http_error(int status, fault whose = fault::unspecified) {
    type_traits t;
    t.status = status;
    t.fault = whose != fault::unspecified ? whose : status >= 500 ? fault::server : fault::client;
    return t;
}

/// The code by which an error is known on the wire; without it, it is the name of the struct.
constexpr type_traits error_code(std::string_view code) {
    type_traits t;
    t.error_code = code;
    return t;
}

/// A call that ended with this error may be made again.
constexpr type_traits retryable(retryability how = retryability::retryable) {
    type_traits t;
    t.retry = how;
    return t;
}

/// All that is said of a struct or enumeration beside its members' types. Give it to parley in a function of this name
/// and form, beside the type and in its namespace:
///
///     constexpr auto parley_traits(weather_query const*) {
///         return parley::traits(parley::names(parley::naming::camel_case),
///                               parley::on("city_name", parley::length(1, 80), parley::pattern("^[A-Z]")));
///     }
constexpr auto traits(auto... parts) {
    constexpr auto count = (std::size_t{0} + ... + std::size_t{std::same_as<decltype(parts), member_traits>});
    trait_set<count> set;
    auto* next = set.members.data();
    (detail::add(set.type, next, parts), ...);
    return set;
}

namespace detail {

template <class T>
concept has_traits = requires(T const* type) { parley_traits(type); };

template <class T>
consteval auto traits_of() {
    if constexpr (has_traits<T>) return parley_traits(static_cast<T const*>(nullptr));
    else return trait_set<0>{};
}

} // namespace detail
} // namespace parley

#endif
