// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_DESCRIBE_TRAITS_HPP
#define PARLEY_DESCRIBE_TRAITS_HPP

#include <parley/core/timestamp.hpp>
#include <parley/describe/static_diagnostics.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>
#include <type_traits>

// Lets argument-dependent look-up search the global namespace, to diagnose a misplaced `parley_traits`.
struct parley_global_namespace_tag;

namespace parley::inline PARLEY_ABI {

/// The constraints of a value.
///
/// @see https://smithy.io/2.0/spec/constraint-traits.html
struct constraint {
    bool has_length = false;                                              ///< The length is constrained.
    std::uint64_t min_length = 0;                                         ///< Minimum length; see `parley::length`.
    std::uint64_t max_length = std::numeric_limits<std::uint64_t>::max(); ///< Maximum length.

    bool has_range = false;                                              ///< The number is constrained.
    std::int64_t min_integer = std::numeric_limits<std::int64_t>::min(); ///< Minimum of an integer.
    std::int64_t max_integer = std::numeric_limits<std::int64_t>::max(); ///< Maximum of an integer.
    double min_number = -std::numeric_limits<double>::infinity();        ///< Minimum of a floating-point number.
    double max_number = std::numeric_limits<double>::infinity();         ///< Maximum of a floating-point number.

    std::string_view pattern;  ///< Regular expression; empty: none.
    bool unique_items = false; ///< The items of a list must be distinct.

    /// Returns true if nothing is constrained.
    constexpr bool empty() const noexcept { return !has_length && !has_range && pattern.empty() && !unique_items; }
};

/// The rule that maps C++ member names to names on the wire.
enum class naming : std::uint8_t {
    as_is,       ///< As in C++, without a trailing underscore.
    camel_case,  ///< `submitted_at` becomes `submittedAt`.
    pascal_case, ///< `submitted_at` becomes `SubmittedAt`.
    kebab_case,  ///< `submitted_at` becomes `submitted-at`.
};

/// The side that caused an error.
///
/// @see https://smithy.io/2.0/spec/type-refinement-traits.html#error-trait
enum class fault : std::uint8_t {
    unspecified, ///< Determined by the status.
    client,      ///< The client sent an invalid request.
    server,      ///< The server failed.
};

/// Whether a call that failed with an error may be retried.
///
/// @see https://smithy.io/2.0/spec/behavior-traits.html#retryable-trait
enum class retryability : std::uint8_t {
    none,       ///< Not retried because of the error.
    retryable,  ///< May be retried.
    throttling, ///< May be retried; the server limits the request rate.
};

/// The constraints of a value and, if it is a map, of its keys.
struct level_traits {
    constraint value; ///< Constraints of the value.
    constraint keys;  ///< Constraints of the keys of a map.

    /// Returns true if nothing is constrained.
    constexpr bool empty() const noexcept { return value.empty() && keys.empty(); }
};

/// The traits of a member. Created by `on`.
struct member_traits {
    static constexpr std::size_t max_levels = 4; ///< Maximum number of nested levels with constraints.

    std::string_view member;                                 ///< The C++ name of the member.
    std::string_view wire_name;                              ///< See `parley::wire_name`; empty: derived from the C++ name.
    std::string_view media_type;                             ///< See `parley::media_type`; empty: unspecified.
    std::string_view server_default;                         ///< JSON; see `parley::defaulted`.
    std::array<level_traits, max_levels> levels;             ///< Constraints of the value, of its items, of their items, ...
    timestamp_format format = timestamp_format::unspecified; ///< See `parley::written_as`.
    bool sensitive = false;                                  ///< See `parley::sensitive`.
    bool idempotency_token = false;                          ///< See `parley::idempotency_token`.
    bool defaulted = false;                                  ///< See `parley::defaulted`.
    bool internal = false;                                   ///< See `parley::internal`.

    /// Returns the number of levels up to the last one that has constraints.
    constexpr std::size_t used_levels() const noexcept {
        std::size_t count = max_levels;
        while (count > 0 && levels[count - 1].empty()) --count;
        return count;
    }
};

/// The traits of a type as a whole.
struct type_traits {
    parley::naming naming = parley::naming::as_is;           ///< See `parley::names`.
    timestamp_format format = timestamp_format::unspecified; ///< See `parley::timestamps`.
    bool as_integer = false;                                 ///< See `parley::as_integer`.
    int status = 0;                                          ///< HTTP status of an error; 0: none.
    std::string_view error_template;                  ///< Response template of an error; empty: all members are in the body.
    parley::fault fault = parley::fault::unspecified; ///< The side that caused an error.
    retryability retry = retryability::none;          ///< See `parley::retryable`.
    std::string_view error_code;                      ///< See `parley::error_code`.
    bool has_rpc_code = false;                        ///< The error has a JSON-RPC code.
    std::int64_t rpc_code = 0;                        ///< JSON-RPC code of an error.
    std::string_view rpc_message;                     ///< JSON-RPC message of an error without a member `message`.
    std::string_view query_code;                      ///< See `parley::query_code`.
};

/// The traits of a type and its members. Created by `traits`.
///
/// @tparam Count Number of members with traits.
template <std::size_t Count>
struct trait_set {
    type_traits type;                         ///< Traits of the type.
    std::array<member_traits, Count> members; ///< Traits of members.
};

namespace detail {

// The target of a constraint: the value or the keys of a level.
struct trait_place {
    std::size_t level = 0;
    bool keys = false;

    constexpr constraint& in(member_traits& t) const {
        if (level >= member_traits::max_levels) throw "parley: each(...) can be nested at most three levels deep";
        return keys ? t.levels[level].keys : t.levels[level].value;
    }
};

// An argument of `on`: a function that changes the traits of the member.
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

// An argument of `traits` that concerns the type.
template <class Apply>
struct type_part {
    Apply apply; // (type_traits&)
};
template <class Apply>
type_part(Apply) -> type_part<Apply>;

constexpr void set_bounds(constraint& c, double min, double max) {
    c.has_range = true;
    // Rounds the bounds of integers into [min, max]. Bounds beyond 2^63 do not constrain integers.
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

// Traits of members.

/// Constrains the length of a text in Unicode scalar values, of a blob in bytes, of a list or map in entries. Both bounds are inclusive.
constexpr auto length(std::uint64_t min, std::uint64_t max) {
    return detail::member_part{[=](member_traits& t, detail::trait_place place) {
        auto& c = place.in(t);
        c.has_length = true;
        if (min != 0) c.min_length = min;
        if (max != constraint{}.max_length) c.max_length = max;
    }};
}
/// Constrains the minimum length; see `length`.
constexpr auto min_length(std::uint64_t min) { return length(min, constraint{}.max_length); }
/// Constrains the maximum length; see `length`.
constexpr auto max_length(std::uint64_t max) { return length(0, max); }

/// Constrains a number. Both bounds are inclusive.
constexpr auto range(std::integral auto min, std::integral auto max) {
    return detail::member_part{[low = static_cast<std::int64_t>(min), high = static_cast<std::int64_t>(max)](
                                   member_traits& t, detail::trait_place place) { detail::set_bounds(place.in(t), low, high); }};
}
/// Constrains a number. Both bounds are inclusive.
constexpr auto range(double min, double max) {
    return detail::member_part{[=](member_traits& t, detail::trait_place place) { detail::set_bounds(place.in(t), min, max); }};
}
/// Constrains the minimum of a number.
constexpr auto min_value(double min) { return range(min, constraint{}.max_number); }
/// Constrains the maximum of a number.
constexpr auto max_value(double max) { return range(constraint{}.min_number, max); }

/// Requires a text to contain a match of a regular expression. Anchor it with ^ and $ to match the whole text. pattern/pattern.hpp
/// documents the syntax.
constexpr auto pattern(std::string_view expression) {
    return detail::member_part{[=](member_traits& t, detail::trait_place place) { place.in(t).pattern = expression; }};
}

/// Requires the items of a list to be distinct.
constexpr auto unique_items() {
    return detail::member_part{[](member_traits& t, detail::trait_place place) { place.in(t).unique_items = true; }};
}

/// Applies constraints to each item of a list or each mapped value. Can be nested: `each(each(length(1, 5)))` constrains the items of the
/// items.
template <class... Part>
constexpr auto each(detail::member_part<Part>... parts) {
    return detail::member_part{[=](member_traits& t, detail::trait_place place) {
        (parts.apply(t, {place.level + 1, false}), ...);
    }};
}

/// Applies constraints to each key of a map.
template <class... Part>
constexpr auto keys(detail::member_part<Part>... parts) {
    return detail::member_part{[=](member_traits& t, detail::trait_place place) { (parts.apply(t, {place.level, true}), ...); }};
}

/// Sets the name of a member on the wire.
constexpr auto wire_name(std::string_view name) {
    return detail::member_part{[=](member_traits& t, detail::trait_place) { t.wire_name = name; }};
}

/// Marks the value of a member as secret: error texts, logs and printed structs never contain it.
constexpr auto sensitive() {
    return detail::member_part{[](member_traits& t, detail::trait_place) { t.sensitive = true; }};
}

/// Makes a member optional in decoded values. If it is absent, it keeps its member initializer.
///
/// @see https://smithy.io/2.0/spec/type-refinement-traits.html#default-trait
constexpr auto defaulted() {
    return detail::member_part{[](member_traits& t, detail::trait_place) { t.defaulted = true; }};
}

/// Sets the server-side default of a member that can be absent, such as a std::optional of an input. A client omits the member; a server
/// that decodes a request without it assigns the default.
///
/// @param json The default value as JSON.
///
///     parley::on("days", parley::defaulted("3"))
constexpr auto defaulted(std::string_view json) {
    return detail::member_part{[=](member_traits& t, detail::trait_place) { t.server_default = json; }};
}

/// Marks a value of an enumeration as internal: it is accepted, but error texts and OpenAPI documents do not list it.
///
/// @see https://smithy.io/2.0/spec/documentation-traits.html#internal-trait
constexpr auto internal() {
    return detail::member_part{[](member_traits& t, detail::trait_place) { t.internal = true; }};
}

/// Sets the media type of a blob or text. It is the Content-Type if the member is the whole body. A text with a media type is base64 in
/// header fields.
///
/// @see https://smithy.io/2.0/spec/protocol-traits.html#mediatype-trait
constexpr auto media_type(std::string_view type) {
    return detail::member_part{[=](member_traits& t, detail::trait_place) { t.media_type = type; }};
}

/// Marks a member as idempotency token. If it is absent, the client fills it with a random text, the same for all attempts of a call.
///
/// @see https://smithy.io/2.0/spec/behavior-traits.html#idempotencytoken-trait
constexpr auto idempotency_token() {
    return detail::member_part{[](member_traits& t, detail::trait_place) { t.idempotency_token = true; }};
}

/// Sets the format of a timestamp, or of all timestamps in a list or map.
constexpr auto written_as(timestamp_format format) {
    return detail::member_part{[=](member_traits& t, detail::trait_place) { t.format = format; }};
}

/// Attaches traits to a member.
///
/// @param member The C++ name of the member. A name that the type does not describe is a compile error.
/// @param parts  Traits of members, such as `length(1, 80)`.
template <class... Part>
constexpr member_traits on(std::string_view member, detail::member_part<Part>... parts) {
    member_traits t;
    t.member = member;
    (parts.apply(t, {}), ...);
    return t;
}

// Traits of types.

/// Sets the rule for the names of all members on the wire. An explicit `wire_name` takes precedence.
constexpr auto names(naming rule) {
    return detail::type_part{[=](type_traits& t) { t.naming = rule; }};
}

/// Sets the format of the timestamps of a struct. `written_as` takes precedence for a member.
constexpr auto timestamps(timestamp_format format) {
    return detail::type_part{[=](type_traits& t) { t.format = format; }};
}

/// Encodes an enumeration as a number.
///
/// @see https://smithy.io/2.0/spec/simple-types.html#intenum
constexpr auto as_integer() {
    return detail::type_part{[](type_traits& t) { t.as_integer = true; }};
}

/// Sets the HTTP status of an error.
///
/// @param status The status, such as 404.
/// @param origin The side that caused the error; by default the client for 4xx, the server for 5xx.
constexpr auto http_error(int status, fault origin = fault::unspecified) {
    return detail::type_part{[=](type_traits& t) {
        t.status = status;
        t.fault = origin != fault::unspecified ? origin : status >= 500 ? fault::server : fault::client;
    }};
}

/// Sets the HTTP status of an error and binds its members to header fields.
///
///     parley::http_error("503\nretry-after: {seconds}")
///
/// @param response_template A template of the response, as in `parley::http`.
/// @param origin            The side that caused the error; by default the client for 4xx, the server for 5xx.
constexpr auto http_error(std::string_view response_template, fault origin = fault::unspecified) {
    int status = 0;
    for (char c : response_template.substr(0, 3)) {
        if (c < '0' || c > '9') throw "parley::http_error: the response template must begin with a status: \"503\"";
        status = status * 10 + (c - '0');
    }
    return detail::type_part{[=](type_traits& t) {
        http_error(status, origin).apply(t);
        t.error_template = response_template;
    }};
}

/// Sets the code that identifies an error on the wire. The default is the name of the struct.
constexpr auto error_code(std::string_view code) {
    return detail::type_part{[=](type_traits& t) { t.error_code = code; }};
}

/// Sets the JSON-RPC code of an error.
///
/// @param code    The code.
/// @param message The message of an error without a member `message`.
/// @param origin  The side that caused the error.
///
/// @see https://www.jsonrpc.org/specification#error_object
constexpr auto rpc_error(std::int64_t code, std::string_view message = {}, fault origin = fault::unspecified) {
    return detail::type_part{[=](type_traits& t) {
        t.has_rpc_code = true;
        t.rpc_code = code;
        t.rpc_message = message;
        if (origin != fault::unspecified) t.fault = origin;
    }};
}

/// Sets the AWS Query code of an error, for services that have migrated from that protocol.
///
/// @see https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#aws-protocols-awsqueryerror-trait
constexpr auto query_code(std::string_view code) {
    return detail::type_part{[=](type_traits& t) { t.query_code = code; }};
}

/// Marks an error as retryable: a call that fails with it may be retried.
constexpr auto retryable(retryability retry = retryability::retryable) {
    return detail::type_part{[=](type_traits& t) { t.retry = retry; }};
}

/// Collects the traits of a struct or enumeration and its members.
///
/// Return it from a function `parley_traits` in the namespace of the type. Declare the function directly after the type:
///
///     constexpr auto parley_traits(weather_query const*) {
///         return parley::traits(parley::names(parley::naming::camel_case),
///                               parley::on("city_name", parley::length(1, 80), parley::pattern("^[A-Z]")));
///     }
///
/// @param parts Traits of the type, such as `names(...)`, and traits of members, created by `on(...)`.
template <class... Part>
constexpr auto traits(Part... parts) {
    static_assert(!(false || ... || detail::is_member_part<Part>),
                  "parley: this trait applies to a member, not to a type: put it into parley::on(\"member\", ...)");
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

// Looks for a `parley_traits` that argument-dependent look-up of its type does not find.
namespace misplaced_traits {

// Converts to `Pointer`. Look-up for an argument of this type searches the global namespace and `parley`, but not the namespace of the
// type to which it points: the type of a non-type template argument is not associated.
template <auto Pointer, class GlobalTag = ::parley_global_namespace_tag, class ParleyTag = type_traits>
struct probe {
    operator decltype(Pointer)() const;
};

// Precedes the declaration of `parley_traits(void const*)`, which it must not find.
template <class Probe>
concept is_found = requires(Probe p) {
    parley_traits(p);
};

} // namespace misplaced_traits

template <class T>
struct parley_traits_is_in_another_namespace_than {
    static_assert(always_false<T>,
                  "parley: parley_traits of this type is declared in another namespace, where it has no effect: move it "
                  "into the namespace of the type");
};

// The result for types without traits.
struct no_traits {};
constexpr no_traits parley_traits(void const*) { return {}; }

template <std::size_t Count>
constexpr trait_set<Count> resolve_traits(trait_set<Count> const& traits, void const*) {
    return traits;
}
template <class T>
constexpr trait_set<0> resolve_traits(no_traits, T*) {
    if constexpr (misplaced_traits::is_found<misplaced_traits::probe<static_cast<T*>(nullptr)>>)
        static_cast<void>(parley_traits_is_in_another_namespace_than<T>());
    return {};
}

// Evaluated once for each type, since each look-up considers all types of the namespace. The argument is not a pointer to const, so that
// functions with a parameter of type `T*` are found, too.
template <class T>
inline constexpr auto traits_of = resolve_traits(parley_traits(static_cast<T*>(nullptr)), static_cast<T*>(nullptr));

} // namespace detail
} // namespace parley

#endif
