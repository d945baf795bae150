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

namespace parley::inline PARLEY_ABI {

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

/// What must hold for a value, and for its keys if it is a map.
struct level_traits {
    constraint value;
    constraint keys;

    constexpr bool empty() const noexcept { return value.empty() && keys.empty(); }
};

/// What is said of one member beside its type; made by `on`.
struct member_traits {
    static constexpr std::size_t max_levels = 4;

    std::string_view member;
    std::string_view wire_name;
    std::string_view media_type;
    std::string_view server_default;             ///< JSON
    std::array<level_traits, max_levels> levels; ///< of the value itself, of its items, of the items of those, ...
    timestamp_format format = timestamp_format::unspecified;
    bool sensitive = false;
    bool idempotency_token = false;
    bool defaulted = false;
    bool internal = false;

    /// How many levels have something said of them: those from there on have not.
    constexpr std::size_t used_levels() const noexcept {
        std::size_t count = max_levels;
        while (count > 0 && levels[count - 1].empty()) --count;
        return count;
    }
};

/// What is said of a type as a whole.
struct type_traits {
    parley::naming naming = parley::naming::as_is;
    timestamp_format format = timestamp_format::unspecified;
    bool as_integer = false; ///< an enumeration that travels as a number (Smithy: intEnum)
    int status = 0;
    std::string_view error_template; ///< where the members of an error travel; empty: in the body
    parley::fault fault = parley::fault::unspecified;
    retryability retry = retryability::none;
    std::string_view error_code;
    bool has_rpc_code = false;
    std::int64_t rpc_code = 0;
    std::string_view rpc_message; ///< of an error whose struct has no member for it
    std::string_view query_code;
};

/// All that is said of a type; made by `traits`.
template <std::size_t Count>
struct trait_set {
    type_traits type;
    std::array<member_traits, Count> members;
};

namespace detail {

// What a part of `on` is about: a level, and there the value or the keys.
struct trait_place {
    std::size_t level = 0;
    bool keys = false;

    constexpr constraint& in(member_traits& t) const {
        if (level >= member_traits::max_levels) throw "parley: each(...) may be nested three times at most";
        return keys ? t.levels[level].keys : t.levels[level].value;
    }
};

// A part of `on`: how it changes what is said of the member.
template <class Apply>
struct member_part {
    Apply apply; // (member_traits&, trait_place)
};
template <class Apply>
member_part(Apply) -> member_part<Apply>;

template <class Part>
inline constexpr bool is_member_part = false;
template <class Apply>
inline constexpr bool is_member_part<member_part<Apply>> = true;

// A part of `traits` about the type.
template <class Apply>
struct type_part {
    Apply apply; // (type_traits&)
};
template <class Apply>
type_part(Apply) -> type_part<Apply>;

constexpr void set_bounds(constraint& c, double min, double max) {
    c.has_range = true;
    // Bounds for integers: the integers within [min, max]. Beyond 2^63 every integer is within.
    auto const limit = 9223372036854775808.0;
    if (min != constraint{}.min_number) {
        c.min_number = min;
        if (min > -limit && min < limit) {
            c.min_integer = static_cast<std::int64_t>(min);
            if (static_cast<double>(c.min_integer) < min) ++c.min_integer;
        }
    }
    if (max != constraint{}.max_number) {
        c.max_number = max;
        if (max > -limit && max < limit) {
            c.max_integer = static_cast<std::int64_t>(max);
            if (static_cast<double>(c.max_integer) > max) --c.max_integer;
        }
    }
}

constexpr void set_bounds(constraint& c, std::int64_t min, std::int64_t max) {
    c.has_range = true;
    c.min_integer = min;
    c.max_integer = max;
    if (min != std::numeric_limits<std::int64_t>::min()) c.min_number = static_cast<double>(min);
    if (max != std::numeric_limits<std::int64_t>::max()) c.max_number = static_cast<double>(max);
}

} // namespace detail

// Of a member.

/// The length of a text in Unicode scalar values, of a blob in bytes, of a list or map in entries.
constexpr auto length(std::uint64_t min, std::uint64_t max) {
    return detail::member_part{[=](member_traits& t, detail::trait_place place) {
        auto& c = place.in(t);
        c.has_length = true;
        if (min != 0) c.min_length = min;
        if (max != constraint{}.max_length) c.max_length = max;
    }};
}
constexpr auto min_length(std::uint64_t min) { return length(min, constraint{}.max_length); }
constexpr auto max_length(std::uint64_t max) { return length(0, max); }

/// The bounds of a number, both inclusive.
constexpr auto range(std::integral auto min, std::integral auto max) {
    return detail::member_part{[low = static_cast<std::int64_t>(min), high = static_cast<std::int64_t>(max)](
                                   member_traits& t, detail::trait_place place) { detail::set_bounds(place.in(t), low, high); }};
}
constexpr auto range(double min, double max) {
    return detail::member_part{[=](member_traits& t, detail::trait_place place) { detail::set_bounds(place.in(t), min, max); }};
}
constexpr auto min_value(double min) { return range(min, constraint{}.max_number); }
constexpr auto max_value(double max) { return range(constraint{}.min_number, max); }

/// A regular expression that a text must match somewhere; anchor it with ^ and $ to match the whole.
/// See describe/pattern.hpp for what it may hold.
constexpr auto pattern(std::string_view expression) {
    return detail::member_part{[=](member_traits& t, detail::trait_place place) { place.in(t).pattern = expression; }};
}

/// No two items of the list are equal.
constexpr auto unique_items() {
    return detail::member_part{[](member_traits& t, detail::trait_place place) { place.in(t).unique_items = true; }};
}

/// What holds for each item of a list or each value of a map. May be nested: `each(each(length(1, 5)))` is about the items of
/// the items.
template <class... Part>
constexpr auto each(detail::member_part<Part>... parts) {
    return detail::member_part{[=](member_traits& t, detail::trait_place place) {
        (parts.apply(t, {place.level + 1, false}), ...);
    }};
}

/// What holds for each key of a map.
template <class... Part>
constexpr auto keys(detail::member_part<Part>... parts) {
    return detail::member_part{[=](member_traits& t, detail::trait_place place) { (parts.apply(t, {place.level, true}), ...); }};
}

/// The member's name on the wire.
constexpr auto wire_name(std::string_view name) {
    return detail::member_part{[=](member_traits& t, detail::trait_place) { t.wire_name = name; }};
}

/// The value is a secret: it never appears in an error text, a log or a printed struct.
constexpr auto sensitive() {
    return detail::member_part{[](member_traits& t, detail::trait_place) { t.sensitive = true; }};
}

/// Where the member is absent, it has the value that the struct gives it: being absent is no error.
/// https://smithy.io/2.0/spec/type-refinement-traits.html#default-trait
constexpr auto defaulted() {
    return detail::member_part{[](member_traits& t, detail::trait_place) { t.defaulted = true; }};
}

/// The same for a member that may be absent, such as one of an operation's input: a client leaves it out, a server that reads
/// a request without it gives it the value that `json` says.
///
///     parley::on("days", parley::defaulted("3"))
constexpr auto defaulted(std::string_view json) {
    return detail::member_part{[=](member_traits& t, detail::trait_place) { t.server_default = json; }};
}

/// The value of the enumeration is taken from others, but they are not told of it.
/// https://smithy.io/2.0/spec/documentation-traits.html#internal-trait
constexpr auto internal() {
    return detail::member_part{[](member_traits& t, detail::trait_place) { t.internal = true; }};
}

/// What a blob or text holds. As a whole body it is its content-type; a text in a header is base64 then.
/// https://smithy.io/2.0/spec/protocol-traits.html#mediatype-trait
constexpr auto media_type(std::string_view type) {
    return detail::member_part{[=](member_traits& t, detail::trait_place) { t.media_type = type; }};
}

/// The member identifies the call; where it is absent, the client fills it, with the same text for each attempt.
/// https://smithy.io/2.0/spec/behavior-traits.html#idempotencytoken-trait
constexpr auto idempotency_token() {
    return detail::member_part{[](member_traits& t, detail::trait_place) { t.idempotency_token = true; }};
}

/// How a timestamp, or each timestamp in a list or map, is written.
constexpr auto written_as(timestamp_format format) {
    return detail::member_part{[=](member_traits& t, detail::trait_place) { t.format = format; }};
}

/// Names the member that the parts are about.
template <class... Part>
constexpr member_traits on(std::string_view member, detail::member_part<Part>... parts) {
    member_traits t;
    t.member = member;
    (parts.apply(t, {}), ...);
    return t;
}

// Of a type.

/// The rule by which the names of all members are written. An explicit `wire_name` wins.
constexpr auto names(naming rule) {
    return detail::type_part{[=](type_traits& t) { t.naming = rule; }};
}

/// How the struct's timestamps are written, where a member does not say so itself.
constexpr auto timestamps(timestamp_format format) {
    return detail::type_part{[=](type_traits& t) { t.format = format; }};
}

/// An enumeration that travels as a number. https://smithy.io/2.0/spec/simple-types.html#intenum
constexpr auto as_integer() {
    return detail::type_part{[](type_traits& t) { t.as_integer = true; }};
}

/// The HTTP status of an error. 4xx is the client's fault, 5xx the server's, unless another is given.
constexpr auto http_error(int status, fault whose = fault::unspecified) {
    return detail::type_part{[=](type_traits& t) {
        t.status = status;
        t.fault = whose != fault::unspecified ? whose : status >= 500 ? fault::server : fault::client;
    }};
}

/// The same for an error with members outside of the body: a template of the response, as in `parley::http`.
///
///     parley::http_error("503\nretry-after: {seconds}")
constexpr auto http_error(std::string_view response_template, fault whose = fault::unspecified) {
    int status = 0;
    for (char c : response_template.substr(0, 3)) {
        if (c < '0' || c > '9') throw "parley::http_error: the response begins with its status: \"503\"";
        status = status * 10 + (c - '0');
    }
    return detail::type_part{[=](type_traits& t) {
        http_error(status, whose).apply(t);
        t.error_template = response_template;
    }};
}

/// The code by which an error is known on the wire; without it, it is the name of the struct.
constexpr auto error_code(std::string_view code) {
    return detail::type_part{[=](type_traits& t) { t.error_code = code; }};
}

/// The integer by which JSON-RPC knows an error, and what it says where the struct has no member `message`.
/// https://www.jsonrpc.org/specification#error_object
constexpr auto rpc_error(std::int64_t code, std::string_view message = {}, fault whose = fault::unspecified) {
    return detail::type_part{[=](type_traits& t) {
        t.has_rpc_code = true;
        t.rpc_code = code;
        t.rpc_message = message;
        if (whose != fault::unspecified) t.fault = whose;
    }};
}

/// The code that the error had when its service spoke AWS Query.
/// https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#aws-protocols-awsqueryerror-trait
constexpr auto query_code(std::string_view code) {
    return detail::type_part{[=](type_traits& t) { t.query_code = code; }};
}

/// A call that ended with this error may be made again.
constexpr auto retryable(retryability how = retryability::retryable) {
    return detail::type_part{[=](type_traits& t) { t.retry = how; }};
}

/// All that is said of a struct or enumeration beside its members' types. Give it to parley in a function of this name
/// and form, beside the type and in its namespace:
///
///     constexpr auto parley_traits(weather_query const*) {
///         return parley::traits(parley::names(parley::naming::camel_case),
///                               parley::on("city_name", parley::length(1, 80), parley::pattern("^[A-Z]")));
///     }
template <class... Part>
constexpr auto traits(Part... parts) {
    static_assert(!(false || ... || detail::is_member_part<Part>),
                  "parley: what is said here of a type is true of a member: put it into parley::on(\"member\", ...)");
    trait_set<(std::size_t{0} + ... + std::size_t{std::same_as<Part, member_traits>})> set;
    auto* next = set.members.data();
    auto const add = [&](auto const& part) {
        if constexpr (std::same_as<decltype(part), member_traits const&>) *next++ = part;
        else part.apply(set.type);
    };
    (add(parts), ...);
    return set;
}

namespace detail {

// What is said of types of which nothing is said.
constexpr trait_set<0> parley_traits(void const*) { return {}; }

// Asked once for each type, since each question considers all types of the namespace. By a pointer that fits `T*`, too, which
// somebody will write.
template <class T>
inline constexpr auto traits_of = parley_traits(static_cast<T*>(nullptr));

} // namespace detail
} // namespace parley

#endif
