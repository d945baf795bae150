// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_HTTP_TEMPLATE_HPP
#define PARLEY_HTTP_TEMPLATE_HPP

#include <parley/core/version.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace parley::inline PARLEY_ABI {

/// The place of a part of a template in the message, and the kind of its content.
enum class template_place : std::uint8_t {
    path_text,     ///< `text`.
    path_label,    ///< `member`, percent-encoded.
    path_greedy,   ///< `member`, percent-encoded except for slashes.
    query_text,    ///< `name`, and `text` if it has a value.
    query_member,  ///< `name` = `member`.
    query_map,     ///< Each entry of the map `member`.
    header_text,   ///< `name`: `text`.
    header_member, ///< `name`: `member`.
    header_map,    ///< Each entry of the map `member`; `name` is the prefix of the field names.
    host_text,     ///< `text`, before the host of the endpoint.
    host_label,    ///< `member`, before the host of the endpoint.
    payload,       ///< `member` is the whole body.
    status,        ///< `member` is the status.
};

/// A part of a template: a literal or a member.
struct template_part {
    template_place place{};  ///< The place of the part.
    std::string_view name;   ///< The name of a query parameter or header field.
    std::string_view text;   ///< The text of a literal.
    std::string_view member; ///< The C++ name of a member.
};

/// A parsed template of a request or response. `parley::http` documents the syntax.
///
/// @tparam Count Number of parts.
template <std::size_t Count>
struct http_template {
    std::string_view method;                  ///< The method of a request.
    std::string_view path;                    ///< The path of a request.
    int status = 0;                           ///< The status of a response.
    bool says_body = false;                   ///< The body is `{*}`: a JSON object of the members without a place.
    std::array<template_part, Count> parts{}; ///< The literals and members in order.
};

namespace detail {

// Parses a template. A syntax error throws, which makes the constant evaluation a compile error at the throwing line.
class template_reader {
public:
    constexpr template_reader(std::string_view text, template_part* parts) : rest_(text), parts_(parts) {}

    constexpr std::size_t count() const noexcept { return count_; }
    constexpr bool says_body() const noexcept { return says_body_; }
    constexpr std::string_view path() const noexcept { return path_; }

    constexpr std::string_view request() {
        auto line = take_line();
        auto const space = line.find(' ');
        if (space == line.npos || space == 0)
            throw "parley::http: the request template must begin with a method and a target: \"GET /path\"";
        auto const method = line.substr(0, space);
        for (char c : method) {
            if (c < 'A' || c > 'Z') throw "parley::http: the method must be in capitals: \"GET\"";
        }
        target(line.substr(space + 1));
        rest();
        return method;
    }

    constexpr int response() {
        auto const line = take_line();
        int status = line.starts_with('{') ? 200 : 0;
        // "200", "{member}", or "201 {member}": the status if the member is absent.
        auto const brace = line.find('{');
        if (brace != line.npos) add({template_place::status, {}, {}, braces(line.substr(brace))});
        if (brace != 0) {
            auto const digits = brace == line.npos ? line : line.substr(0, brace - 1);
            if (digits.size() != 3 || (brace != line.npos && line[3] != ' '))
                throw "parley::http: the response template must begin with a status: \"200\"";
            for (char c : digits) {
                if (c < '0' || c > '9') throw "parley::http: the response template must begin with a status: \"200\"";
                status = status * 10 + (c - '0');
            }
        }
        rest();
        return status;
    }

private:
    constexpr void add(template_part part) {
        if (parts_) parts_[count_] = part;
        ++count_;
    }

    constexpr std::string_view take_line() {
        auto const end = rest_.find('\n');
        auto const line = rest_.substr(0, end);
        rest_ = end == rest_.npos ? std::string_view() : rest_.substr(end + 1);
        return line;
    }

    // The name in a text that is nothing but "{name}".
    static constexpr std::string_view braces(std::string_view text) {
        if (text.size() < 3 || text.front() != '{' || text.find('}') != text.size() - 1)
            throw "parley::http: a member must be written in braces: \"{member}\"";
        return text.substr(1, text.size() - 2);
    }

    constexpr void target(std::string_view text) {
        if (!text.starts_with('/')) throw "parley::http: the path must begin with a slash: \"GET /path\"";
        if (text.find(' ') != text.npos || text.find('#') != text.npos)
            throw "parley::http: invalid character in the target: a space or \"#\"";
        auto const question = text.find('?');
        path_ = text.substr(0, question);
        path(path_);
        if (question != text.npos) query(text.substr(question + 1));
    }

    template <class OnText, class OnMember>
    static constexpr void mixed(std::string_view text, OnText on_text, OnMember on_member) {
        while (!text.empty()) {
            auto const open = text.find('{');
            if (text.substr(0, open).find('}') != text.npos) throw "parley::http: a closing brace has no opening brace";
            if (open != 0) on_text(text.substr(0, open));
            if (open == text.npos) break;
            auto const close = text.find('}', open);
            if (close == text.npos) throw "parley::http: a brace is not closed";
            if (close == open + 1) throw "parley::http: a member must be written in braces: \"{member}\"";
            on_member(text.substr(open + 1, close - open - 1));
            text = text.substr(close + 1);
        }
    }

    constexpr void path(std::string_view text) {
        if (text.find("}{") != text.npos) throw "parley::http: two labels of a path must be separated: \"{a}/{b}\"";
        if (text.find("//") != text.npos) throw "parley::http: the path must not have empty segments";
        if (text.ends_with("+}/")) throw "parley::http: a greedy label includes a slash at the end of the path: remove the slash";
        bool greedy = false;
        mixed(
            text,
            [&](std::string_view literal) {
                add({template_place::path_text, {}, literal, {}});
            },
            [&](std::string_view name) {
                bool const this_greedy = name.ends_with('+');
                if (this_greedy && greedy) throw "parley::http: a path must have at most one greedy label";
                greedy |= this_greedy;
                if (this_greedy) add({template_place::path_greedy, {}, {}, name.substr(0, name.size() - 1)});
                else add({template_place::path_label, {}, {}, name});
            });
    }

    constexpr void query(std::string_view text) {
        while (true) {
            auto const end = text.find('&');
            auto const item = text.substr(0, end);
            auto const equals = item.find('=');
            auto const name = item.substr(0, equals);
            auto const value = equals == item.npos ? std::string_view() : item.substr(equals + 1);
            if (name.empty()) throw "parley::http: a query parameter must have a name: \"?days={days}\"";
            if (name.find('{') != name.npos) throw "parley::http: a query parameter must have a name: \"?days={days}\"";
            if (value.starts_with('{'))
                add({name == "*" ? template_place::query_map : template_place::query_member, name, {}, braces(value)});
            else add({template_place::query_text, name, value, {}});
            if (end == text.npos) break;
            text = text.substr(end + 1);
        }
    }

    constexpr void rest() {
        while (!rest_.empty()) {
            auto const line = take_line();
            if (line.empty()) {
                if (rest_.empty()) return;
                auto const body = take_line();
                if (body == "{*}") says_body_ = true;
                else add({template_place::payload, {}, {}, braces(body)});
                if (!rest_.empty()) throw "parley::http: nothing may follow the body, which is one member";
                return;
            }
            header(line);
        }
    }

    constexpr void header(std::string_view line) {
        auto const colon = line.find(':');
        if (colon == line.npos || colon == 0) throw "parley::http: a header must have the form \"name: {member}\"";
        auto const name = line.substr(0, colon);
        auto value = line.substr(colon + 1);
        while (value.starts_with(' ')) value = value.substr(1);
        if (is_host(name)) {
            if (!value.ends_with('*'))
                throw "parley::http: the host must end with a star, the host of the endpoint: \"host: data.*\"";
            mixed(
                value.substr(0, value.size() - 1),
                [&](std::string_view literal) {
                    add({template_place::host_text, {}, literal, {}});
                },
                [&](std::string_view member) {
                    add({template_place::host_label, {}, {}, member});
                });
        } else if (value.starts_with('{')) {
            if (name.ends_with('*')) add({template_place::header_map, name.substr(0, name.size() - 1), {}, braces(value)});
            else add({template_place::header_member, name, {}, braces(value)});
        } else {
            add({template_place::header_text, name, value, {}});
        }
    }

    static constexpr bool is_host(std::string_view name) { return name == "host" || name == "Host"; }

    std::string_view rest_;
    std::string_view path_;
    template_part* parts_;
    std::size_t count_ = 0;
    bool says_body_ = false;
};

constexpr std::size_t count_request_parts(std::string_view text) {
    template_reader reader(text, nullptr);
    reader.request();
    return reader.count();
}
constexpr std::size_t count_response_parts(std::string_view text) {
    template_reader reader(text, nullptr);
    reader.response();
    return reader.count();
}

} // namespace detail

/// Parses the template of a request. A syntax error is a compile error.
///
/// @tparam Count The number of parts.
template <std::size_t Count>
constexpr http_template<Count> parse_request_template(std::string_view text) {
    http_template<Count> result;
    detail::template_reader reader(text, result.parts.data());
    result.method = reader.request();
    result.says_body = reader.says_body();
    result.path = reader.path();
    return result;
}

/// Parses the template of a response. A syntax error is a compile error.
///
/// @tparam Count The number of parts.
template <std::size_t Count>
constexpr http_template<Count> parse_response_template(std::string_view text) {
    http_template<Count> result;
    result.status = detail::template_reader(text, result.parts.data()).response();
    return result;
}

} // namespace parley

#endif
