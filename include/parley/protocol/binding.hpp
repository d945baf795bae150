// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_PROTOCOL_BINDING_HPP
#define PARLEY_PROTOCOL_BINDING_HPP

#include <parley/describe/operation.hpp>
#include <parley/describe/shape_of.hpp>
#include <parley/describe/static_diagnostics.hpp>
#include <parley/http/path_pattern.hpp>
#include <parley/http/template.hpp>

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace parley::inline PARLEY_ABI::detail {

/// A part of an HTTP template, with the member that it names.
struct bound_part {
    template_place place{};
    std::string_view name;
    std::string_view text;
    parley::member const* member = nullptr;
};

/// Where the members of a structure are in a message: the constant table that the protocols traverse.
struct message_binding {
    std::string_view method;
    int status = 0;
    std::span<bound_part const> parts;
    std::span<path_segment const> path;      ///< requests only
    member_set body;                         ///< members of the JSON body
    parley::member const* payload = nullptr; ///< member that is the whole body, or null
};

template <class T, char... Name>
struct template_names_no_described_member_of {
    static constexpr bool reported = false;
    static_assert(always_false<T>, "parley: the http template names a member that the struct does not have or does not describe: "
                                   "correct the name in the braces, or add the member to BOOST_DESCRIBE_STRUCT");
};
template <class T, char... Name>
struct label_is_optional_member_of {
    static constexpr bool reported = false;
    static_assert(always_false<T>, "parley: a label in the path or host needs a value: make the member a parley::required<...> "
                                   "instead of an optional, or bind it to the query");
};
template <class T, char... Name>
struct member_is_bound_twice_in {
    static constexpr bool reported = false;
    static_assert(always_false<T>, "parley: the http template names this member twice: bind each member to one place");
};
template <class T, char... Name>
struct member_has_no_place_beside_the_payload_in {
    static constexpr bool reported = false;
    static_assert(always_false<T>,
                  "parley: another member is the whole body, so this member has no place in the message: bind it "
                  "to the path, the query or a header, or remove the payload");
};
template <class T, char... Name>
struct get_request_has_no_body_for_member_of {
    static constexpr bool reported = false;
    static_assert(always_false<T>, "parley: a GET or HEAD request has no body: bind this member to the path, the query or a "
                                   "header, use another method, or declare a body with {*}");
};
template <class T, char... Name>
struct place_does_not_accept_type_of_member_of {
    static constexpr bool reported = false;
    static_assert(always_false<T>,
                  "parley: this member cannot be bound to this place because of its type: a label takes a number, "
                  "bool, string, enumeration or timestamp; a query parameter or header takes one of these or a "
                  "list of them; {*} takes a map of strings; the status takes an integer");
};
template <class T, char... Name>
struct label_must_follow_a_slash_member_of {
    static constexpr bool reported = false;
    static_assert(always_false<T>, "parley: a greedy label spans whole path segments: put a slash directly before it");
};

constexpr bool is_text_kind(shape_kind kind) noexcept {
    switch (kind) {
    case shape_kind::boolean:
    case shape_kind::integer:
    case shape_kind::floating:
    case shape_kind::text:
    case shape_kind::timestamp:
    case shape_kind::enumeration: return true;
    default: return false;
    }
}

constexpr bool is_bindable(template_place place, shape const& type) noexcept {
    auto const item_is_text = [](shape const& s) {
        return s.kind == shape_kind::list && is_text_kind(s.list->item.target->kind);
    };
    switch (place) {
    case template_place::path_label:
    case template_place::host_label: return is_text_kind(type.kind);
    case template_place::path_greedy: return type.kind == shape_kind::text;
    case template_place::query_member: return is_text_kind(type.kind) || item_is_text(type);
    // A blob in a header is base64; https://smithy.io/2.0/spec/http-bindings.html#httpheader-serialization-rules
    case template_place::header_member: return is_text_kind(type.kind) || item_is_text(type) || type.kind == shape_kind::blob;
    case template_place::query_map:
        return type.kind == shape_kind::map
               && (is_text_kind(type.map->value.target->kind) || item_is_text(*type.map->value.target));
    case template_place::header_map: return type.kind == shape_kind::map && is_text_kind(type.map->value.target->kind);
    case template_place::status: return type.kind == shape_kind::integer;
    case template_place::payload: return true;
    default: return true;
    }
}

// These are not templates, so that compilers analyse them once, not per operation. `positions` has the positions of the members that
// the parts name.

constexpr std::size_t find_payload(template_part const* parts, std::size_t count) {
    std::size_t i = 0;
    while (i < count && parts[i].place != template_place::payload) ++i;
    return i;
}
// A host label is written in addition to the regular place of the member.
// https://smithy.io/2.0/spec/endpoint-traits.html#hostlabel-trait
constexpr member_set members_in_body(template_part const* parts, std::size_t const* positions, std::size_t count,
                                     std::size_t member_count) {
    member_set set;
    for (std::size_t i = 0; i < member_count; ++i) set.insert(i);
    for (std::size_t i = 0; i < count; ++i) {
        if (positions[i] < member_count && parts[i].place != template_place::host_label) set.erase(positions[i]);
    }
    return set;
}
constexpr bool bound_before(std::size_t i, template_part const* parts) {
    for (std::size_t j = 0; j < i; ++j) {
        if (parts[j].member == parts[i].member && parts[j].place != template_place::host_label) return true;
    }
    return false;
}
constexpr void bind_parts(bound_part* all, template_part const* parts, std::size_t const* positions, std::size_t count,
                          member const* members, std::size_t member_count) {
    for (std::size_t i = 0; i < count; ++i) {
        auto const* const bound = positions[i] < member_count ? members + positions[i] : nullptr;
        all[i] = {parts[i].place, parts[i].name, parts[i].text, bound};
    }
}

/// The binding of `T` to the template `Template` (a static http_template).
template <class T, auto const& Template>
struct binding_of {
    using members = typename structure_of<T>::members;
    // Accessed through the table of the structure, which is instantiated first: a recursive struct refers to it again.
    static constexpr member const* all_members = structure_of<T>::table.members;
    static constexpr auto const& parts = Template.parts;
    static constexpr std::size_t count = parts.size();

    static constexpr std::array<std::string_view, count> names = [] {
        std::array<std::string_view, count> all{};
        for (std::size_t i = 0; i < count; ++i) all[i] = parts[i].member;
        return all;
    }();
    static constexpr std::array<std::size_t, count> positions = [] {
        std::array<std::size_t, count> all{};
        for (std::size_t i = 0; i < count; ++i) all[i] = members::position_of(parts[i].member);
        return all;
    }();
    static constexpr std::size_t payload = find_payload(parts.data(), count);
    static constexpr member_set unbound = members_in_body(parts.data(), positions.data(), count, members::count);

    template <std::size_t I>
    static constexpr bool check_part() {
        constexpr template_part part = parts[I];
        if constexpr (!part.member.empty()) {
            constexpr auto position = positions[I];
            constexpr bool label = part.place == template_place::path_label || part.place == template_place::path_greedy
                                   || part.place == template_place::host_label;
            if constexpr (position == members::count) {
                return diagnose<template_names_no_described_member_of, T, names, I>();
            } else if constexpr (part.place != template_place::host_label && bound_before(I, parts.data())) {
                return diagnose<member_is_bound_twice_in, T, names, I>();
            } else if constexpr (label && all_members[position].value.nullable) {
                return diagnose<label_is_optional_member_of, T, names, I>();
            } else if constexpr (!is_bindable(part.place, *all_members[position].value.target)) {
                return diagnose<place_does_not_accept_type_of_member_of, T, names, I>();
            } else if constexpr (part.place == template_place::path_greedy && !parts[I == 0 ? 0 : I - 1].text.ends_with('/')) {
                return diagnose<label_must_follow_a_slash_member_of, T, names, I>();
            }
        }
        return true;
    }
    template <std::size_t... I>
    static constexpr bool check_parts(std::index_sequence<I...>) {
        return (true && ... && check_part<I>());
    }
    static constexpr bool check_body() {
        if constexpr (!unbound.empty()) {
            constexpr auto first = unbound.first();
            if constexpr (payload < count)
                return diagnose<member_has_no_place_beside_the_payload_in, T, members::cpp_names, first>();
            else if constexpr (!Template.says_body && (Template.method == "GET" || Template.method == "HEAD"))
                return diagnose<get_request_has_no_body_for_member_of, T, members::cpp_names, first>();
        }
        return true;
    }
    static_assert(check_parts(std::make_index_sequence<count>{}));
    static_assert(check_body());

    static constexpr std::array<bound_part, count> table = [] {
        std::array<bound_part, count> all{};
        bind_parts(all.data(), parts.data(), positions.data(), count, all_members, members::count);
        return all;
    }();
    static constexpr auto path = parse_path<count_path_segments(Template.path)>(Template.path);
    static constexpr message_binding value{Template.method,
                                           Template.status,
                                           {table.data(), count},
                                           {path.data(), path.size()},
                                           unbound,
                                           payload < count ? table[payload].member : nullptr};
};

/// The bindings of the request and the response of an operation.
template <class Op>
struct http_binding_of {
    static constexpr parley::http text = [] {
        if constexpr (requires { Op::http; }) return Op::http;
        else return parley::http("POST /"); // RPC protocols: everything is in the body
    }();
    static constexpr auto request_parts = count_request_parts(text.request);
    static constexpr auto request_template = parse_request_template<request_parts>(text.request);
    static constexpr auto response_parts = count_response_parts(text.response);
    static constexpr auto response_template = parse_response_template<response_parts>(text.response);
    static constexpr message_binding const& request = binding_of<typename Op::input, request_template>::value;
    static constexpr message_binding const& response = binding_of<typename Op::output, response_template>::value;
};

} // namespace parley::detail

#endif
