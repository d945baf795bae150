// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_PROTOCOL_REST_JSON_IPP
#define PARLEY_PROTOCOL_REST_JSON_IPP

#include <parley/core/base64.hpp>
#include <parley/core/text.hpp>
#include <parley/core/utf8.hpp>
#include <parley/describe/validate.hpp>
#include <parley/http/header_list.hpp>
#include <parley/http/uri.hpp>
#include <parley/json/decode.hpp>
#include <parley/json/encode.hpp>
#include <parley/json/locate.hpp>
#include <parley/protocol/rest_json.hpp>
#include <parley/protocol/scalar_text.hpp>

#include <algorithm>
#include <optional>
#include <utility>

namespace parley::detail {

http_response copy_of(response_view const& response) {
    http_response copy;
    copy.status = response.status;
    copy.body = response.body;
    if (response.can_iterate()) {
        response.each_header(
            [](void* context, std::string_view name, std::string_view value) {
                static_cast<headers*>(context)->add(std::string(name), std::string(value));
            },
            &copy.fields);
    }
    return copy;
}

namespace {

std::string pointer_to(member const& m) {
    std::string path;
    append_pointer_token(path, m.name);
    return path;
}

void add_error(std::vector<violation>& errors, errc code, member const& m, std::string message) {
    errors.push_back({code, pointer_to(m), std::move(message)});
}

// https://smithy.io/2.0/spec/protocol-traits.html#timestampformat-trait: what a timestamp is written as where it says
// nothing itself.
timestamp_format format_in(template_place place, member const& m) {
    if (m.format != timestamp_format::unspecified) return m.format;
    bool const header = place == template_place::header_member || place == template_place::header_map;
    return header ? timestamp_format::http_date : timestamp_format::date_time;
}

void const* held_by(member const& m, structure_shape const& s, void const* object) {
    auto const* place = s.place_of(m, object);
    return m.value.peek ? m.value.peek(place) : place;
}

// Calls `visit(std::string text)` for each item of a list of scalars. False if an item has no text.
template <class Visit>
bool each_item_text(shape const& list, void const* value, timestamp_format format, Visit visit) {
    struct state {
        holder const& item;
        timestamp_format format;
        Visit& visit;
    } s{list.list->item, format, visit};
    return list.list->each(value, &s, [](void* context, void const* item) {
        auto& c = *static_cast<state*>(context);
        auto const* held = c.item.peek ? c.item.peek(item) : item;
        if (!held) return true;
        std::string text;
        if (!append_scalar_text(text, *c.item.target, held, c.format)) return false;
        c.visit(std::move(text));
        return true;
    });
}

// Writes the members of one message to their places.
class message_writer {
public:
    message_writer(message_binding const& binding, structure_shape const& s, void const* object,
                   std::vector<violation>& errors)
        : binding_(binding), structure_(s), object_(object), errors_(errors) {}

    std::string host_prefix() const {
        std::string prefix;
        for (auto const& part : binding_.parts) {
            if (part.place == template_place::host_text) prefix += part.text;
            if (part.place != template_place::host_label) continue;
            auto const before = prefix.size();
            write_label(prefix, part);
            // A host label is one or more letters, digits and hyphens; https://smithy.io/2.0/spec/endpoint-traits.html
            auto const label = std::string_view(prefix).substr(before);
            bool good = !label.empty() && label.size() <= 63 && label.front() != '-' && label.back() != '-';
            for (char c : label) good = good && (c == '-' || is_alphanumeric(c));
            if (!good) add_error(errors_, errc::invalid_value, *part.member, "is no valid label of a host name");
        }
        return prefix;
    }

    void write_path(std::string& out, bool allow_empty_labels) const {
        for (auto const& part : binding_.parts) {
            if (part.place == template_place::path_text) out += part.text;
            if (part.place != template_place::path_label && part.place != template_place::path_greedy) continue;
            std::string text;
            write_label(text, part);
            if (text.empty() && !allow_empty_labels)
                add_error(errors_, errc::invalid_length, *part.member, "is a label of the path and must not be empty");
            if (find_invalid_utf8(text) != std::string_view::npos)
                add_error(errors_, errc::invalid_utf8, *part.member, "invalid UTF-8");
            if (part.place == template_place::path_greedy) append_percent_encoded_path(out, text);
            else append_percent_encoded(out, text);
        }
    }

    void write_query(std::string& out) const {
        std::vector<query_item> items;
        for (auto const& part : binding_.parts) collect_query(part, items);
        // The reference sorts by name; items of one name keep their order.
        std::stable_sort(items.begin(), items.end(),
                         [](query_item const& a, query_item const& b) { return a.name < b.name; });
        char separator = '?';
        for (auto const& item : items) {
            out += std::exchange(separator, '&');
            append_percent_encoded(out, item.name);
            if (!item.value) continue;
            out += '=';
            append_percent_encoded(out, *item.value);
        }
    }

    void write_headers(headers& out) const {
        for (auto const& part : binding_.parts) {
            switch (part.place) {
            case template_place::header_text: out.add(std::string(part.name), std::string(part.text)); break;
            case template_place::header_member: write_header(part, out); break;
            case template_place::header_map: write_header_map(part, out); break;
            default: break;
            }
        }
    }

    void write_body(headers& out, std::string& body, bool always) const {
        std::string_view type;
        if (binding_.payload) {
            type = write_payload(body);
        } else if (binding_.body != 0 || always) {
            encode_job job{&shape_holding_, object_, binding_.body};
            encode_json(job, body, errors_);
            type = "application/json";
        }
        if (!type.empty() && !out.contains("content-type")) out.add("content-type", std::string(type));
    }

private:
    struct query_item {
        std::string name;
        std::optional<std::string> value;
    };

    static bool is_alphanumeric(char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    void const* held(member const& m) const { return held_by(m, structure_, object_); }

    void write_label(std::string& out, bound_part const& part) const {
        auto const* value = held(*part.member);
        if (!value || !append_scalar_text(out, *part.member->value.target, value, format_in(part.place, *part.member)))
            add_error(errors_, errc::invalid_value, *part.member, "has no text to put into the path");
    }

    void collect_query(bound_part const& part, std::vector<query_item>& items) const {
        if (part.place == template_place::query_text) {
            items.push_back({std::string(part.name), part.text.empty() ? std::nullopt : std::optional<std::string>(part.text)});
        } else if (part.place == template_place::query_member) {
            if (auto const* value = held(*part.member)) add_query(part, std::string(part.name), *part.member->value.target, value, items);
        } else if (part.place == template_place::query_map) {
            auto const* value = held(*part.member);
            if (!value) return;
            struct state {
                message_writer const& self;
                bound_part const& part;
                std::vector<query_item>& items;
            } s{*this, part, items};
            part.member->value.target->map->each(value, &s, [](void* context, std::string_view key, void const* mapped) {
                auto& c = *static_cast<state*>(context);
                // A parameter that the template names wins; https://smithy.io/2.0/spec/http-bindings.html#httpqueryparams-trait
                if (c.self.names_query(key)) return true;
                auto const& value_holder = c.part.member->value.target->map->value;
                auto const* there = value_holder.peek ? value_holder.peek(mapped) : mapped;
                if (there) c.self.add_query(c.part, std::string(key), *value_holder.target, there, c.items);
                return true;
            });
        }
    }

    bool names_query(std::string_view name) const {
        for (auto const& part : binding_.parts) {
            bool const named = part.place == template_place::query_text || part.place == template_place::query_member;
            if (named && part.name == name) return true;
        }
        return false;
    }

    void add_query(bound_part const& part, std::string name, shape const& what, void const* value,
                   std::vector<query_item>& items) const {
        auto const format = format_in(part.place, *part.member);
        bool good = true;
        if (what.kind == shape_kind::list) {
            good = each_item_text(what, value, format, [&](std::string text) { items.push_back({name, std::move(text)}); });
        } else {
            std::string text;
            good = append_scalar_text(text, what, value, format);
            items.push_back({std::move(name), std::move(text)});
        }
        if (!good) add_error(errors_, errc::invalid_value, *part.member, "has no text to put into the query");
    }

    void add_header(bound_part const& part, std::string name, std::string value, headers& out) const {
        if (!is_header_name(name) || !is_header_value(value))
            return add_error(errors_, errc::invalid_value, *part.member, "has characters that a header cannot have");
        out.add(std::move(name), std::move(value));
    }

    // Absent and empty values, and empty lists, are not sent.
    void write_header(bound_part const& part, headers& out) const {
        auto const& what = *part.member->value.target;
        auto const* value = held(*part.member);
        if (!value) return;
        std::string text;
        bool good = true;
        if (what.kind == shape_kind::list) {
            auto const item = what.list->item.target->kind;
            bool const texts = item == shape_kind::text || item == shape_kind::enumeration;
            good = each_item_text(what, value, format_in(part.place, *part.member), [&](std::string one) {
                if (texts) append_header_list_item(text, one);
                else text.append(text.empty() ? "" : ", ").append(one);
            });
        } else if (what.kind == shape_kind::blob) {
            append_base64(text, static_cast<blob const*>(value)->bytes);
        } else {
            good = append_scalar_text(text, what, value, format_in(part.place, *part.member));
        }
        if (!good) return add_error(errors_, errc::invalid_value, *part.member, "has no text to put into a header");
        if (!text.empty()) add_header(part, std::string(part.name), std::move(text), out);
    }

    void write_header_map(bound_part const& part, headers& out) const {
        auto const* value = held(*part.member);
        if (!value) return;
        struct state {
            message_writer const& self;
            bound_part const& part;
            headers& out;
        } s{*this, part, out};
        part.member->value.target->map->each(value, &s, [](void* context, std::string_view key, void const* mapped) {
            auto& c = *static_cast<state*>(context);
            auto const& value_holder = c.part.member->value.target->map->value;
            auto const* there = value_holder.peek ? value_holder.peek(mapped) : mapped;
            std::string text;
            if (there && append_scalar_text(text, *value_holder.target, there, format_in(c.part.place, *c.part.member)))
                c.self.add_header(c.part, std::string(c.part.name).append(key), std::move(text), c.out);
            return true;
        });
    }

    // Returns the media type; empty if there is no body.
    std::string_view write_payload(std::string& body) const {
        auto const& what = *binding_.payload->value.target;
        auto const* value = held(*binding_.payload);
        switch (what.kind) {
        case shape_kind::blob:
            if (!value) return {};
            body = static_cast<blob const*>(value)->bytes;
            return "application/octet-stream";
        case shape_kind::text:
        case shape_kind::enumeration:
            if (!value) return {};
            append_scalar_text(body, what, value, timestamp_format::unspecified);
            return "text/plain";
        case shape_kind::structure:
            // An absent structure is sent as an empty one.
            if (!value) return body = "{}", "application/json";
            [[fallthrough]];
        default: {
            if (!value) return {};
            encode_job job{&what, value};
            encode_json(job, body, errors_);
            return "application/json";
        }
        }
    }

    message_binding const& binding_;
    structure_shape const& structure_;
    void const* object_;
    std::vector<violation>& errors_;
    shape const shape_holding_ = [this] {
        shape s;
        s.kind = shape_kind::structure;
        s.structure = &structure_;
        return s;
    }();
};

// Reads the members of one message from their places.
class message_reader {
public:
    message_reader(message_binding const& binding, shape const& what, void* object, decode_options const& options,
                   std::vector<violation>& errors, std::vector<violation>* tolerated)
        : binding_(binding), what_(what), structure_(*what.structure), object_(object), options_(options), errors_(errors),
          tolerated_(tolerated) {}

    void read_headers(response_view const& message) {
        for (auto const& part : binding_.parts) {
            if (part.place == template_place::header_member) read_header(part, message);
            if (part.place == template_place::header_map) read_header_map(part, message);
        }
    }

    void read_status(int status) {
        for (auto const& part : binding_.parts) {
            if (part.place == template_place::status)
                read_text(part, *part.member->value.target, engage(*part.member), std::to_string(status));
        }
    }

    // False if the path is none of the template.
    bool read_path(std::string_view path, bool store) {
        auto const& parts = binding_.parts;
        for (std::size_t i = 0; i < parts.size(); ++i) {
            auto const& part = parts[i];
            if (part.place == template_place::path_text) {
                if (!path.starts_with(part.text)) return false;
                path.remove_prefix(part.text.size());
            } else if (part.place == template_place::path_label || part.place == template_place::path_greedy) {
                bool const greedy = part.place == template_place::path_greedy;
                auto const next = i + 1 < parts.size() && parts[i + 1].place == template_place::path_text
                                      ? parts[i + 1].text : std::string_view();
                auto end = greedy ? path.size() : path.find('/');
                if (!next.empty()) end = greedy ? path.rfind(next) : path.find(next);
                else if (!greedy && end != path.npos) return false;
                if (end == path.npos) {
                    if (!next.empty()) return false;
                    end = path.size();
                }
                auto const label = path.substr(0, end);
                if (label.empty() || (!greedy && label.find('/') != label.npos)) return false;
                path.remove_prefix(end);
                if (!store) continue;
                auto const text = percent_decode(label);
                if (!text) add_error(errors_, errc::invalid_value, *part.member, "has a bad percent escape");
                else read_text(part, *part.member->value.target, engage(*part.member), *text);
            }
        }
        return path.empty();
    }

    void read_query(std::vector<std::pair<std::string, std::string>> const& query) {
        for (auto const& part : binding_.parts) {
            if (part.place == template_place::query_member) {
                bool const list = part.member->value.target->kind == shape_kind::list;
                void* place = nullptr;
                for (auto const& [name, value] : query) {
                    if (name != part.name) continue;
                    if (list) add_item(part, place ? place : place = engage(*part.member), value);
                    else read_text(part, *part.member->value.target, engage(*part.member), value);
                }
            } else if (part.place == template_place::query_map) {
                read_query_map(part, query);
            }
        }
    }

    // `is_response`: an empty body is an empty output.
    void read_body(std::string_view body) {
        if (binding_.payload) return read_payload(body);
        if (binding_.body == 0 && options_.strictness != strictness::compatible) return; // whatever it is, it says nothing
        if (body.empty()) return require(structure_.required & binding_.body);
        decode_job job{&what_, object_, binding_.body};
        decode_json(body, job, options_, errors_, tolerated_);
    }

    // Members outside of the body that must have come.
    void require_bound() {
        auto mask = structure_.required & ~binding_.body & ~seen_;
        if (binding_.payload) mask &= ~bit(*binding_.payload);
        require(mask);
    }

    void check_bound() {
        if (!options_.check_constraints) return;
        for (auto const& part : binding_.parts) {
            if (!part.member || !part.member->constrained() || part.place == template_place::host_label) continue;
            auto const& m = *part.member;
            auto const* value = held_by(m, structure_, object_);
            if (!value || !(seen_ & bit(m)) || !m.checks) continue;
            auto first = errors_.size();
            check_value(*m.value.target, value, *m.checks, m.patterns ? m.patterns[0] : pattern_view{}, errors_);
            for (; first < errors_.size(); ++first) errors_[first].path = pointer_to(m);
        }
    }

private:
    std::uint64_t bit(member const& m) const { return std::uint64_t{1} << (&m - structure_.members); }

    void* engage(member const& m) {
        auto* const place = structure_.place_of(m, object_);
        seen_ |= bit(m);
        return m.value.engage ? m.value.engage(place) : place;
    }

    void require(std::uint64_t mask) {
        for (std::size_t i = 0; i < structure_.count; ++i) {
            if (!(mask >> i & 1)) continue;
            violation v{errc::missing_field, pointer_to(structure_.members[i]), "missing field"};
            if (options_.strictness == strictness::strict) errors_.push_back(std::move(v));
            else if (tolerated_) tolerated_->push_back(std::move(v));
        }
    }

    void read_text(bound_part const& part, shape const& what, void* value, std::string_view text) {
        if (!read_scalar_text(what, value, text, format_in(part.place, *part.member)))
            add_error(errors_, errc::invalid_value, *part.member, "is no text of its type");
    }

    void add_item(bound_part const& part, void* list_value, std::string_view text) {
        auto const& list = *part.member->value.target->list;
        void* const made = list.append ? nullptr : list.make_item();
        void* const place = list.append ? list.append(list_value) : made;
        read_text(part, *list.item.target, list.item.engage ? list.item.engage(place) : place, text);
        if (made) {
            list.insert_item(list_value, made);
            list.drop_item(made);
        }
    }

    void read_query_map(bound_part const& part, std::vector<std::pair<std::string, std::string>> const& query) {
        auto const& map = *part.member->value.target->map;
        void* place = nullptr;
        for (auto const& [name, value] : query) {
            if (!place) place = engage(*part.member);
            auto const& held = *map.value.target;
            bool const list = held.kind == shape_kind::list;
            if (list) {
                // One entry for each name, with all values of that name.
                if (&name != &first_of(query, name)) continue;
                auto* const target = map.insert(place, name).value;
                if (!target) continue;
                auto* const items = map.value.engage ? map.value.engage(target) : target;
                bound_part item = part;
                for (auto const& [other, text] : query) {
                    if (other == name) add_item_to(item, held, items, text);
                }
            } else if (auto* const target = map.insert(place, name).value) {
                read_text(part, held, map.value.engage ? map.value.engage(target) : target, value);
            }
        }
    }
    static std::string const& first_of(std::vector<std::pair<std::string, std::string>> const& query, std::string const& name) {
        for (auto const& entry : query) {
            if (entry.first == name) return entry.first;
        }
        return name;
    }
    void add_item_to(bound_part const& part, shape const& list_shape_of_value, void* items, std::string_view text) {
        auto const& list = *list_shape_of_value.list;
        if (!list.append) return;
        void* const place = list.append(items);
        read_text(part, *list.item.target, list.item.engage ? list.item.engage(place) : place, text);
    }

    void read_header(bound_part const& part, response_view const& message) {
        auto const first = message.header(part.name);
        if (!first) return;
        auto const& what = *part.member->value.target;
        if (what.kind == shape_kind::list) return read_header_list(part, message, *first);
        if (what.kind == shape_kind::blob) {
            if (!decode_base64(trim(*first), static_cast<blob*>(engage(*part.member))->bytes))
                add_error(errors_, errc::invalid_value, *part.member, "is no base64");
            return;
        }
        read_text(part, what, engage(*part.member), trim(*first));
    }

    // A list may come in several fields of the same name; RFC 9110, section 5.3.
    void read_header_list(bound_part const& part, response_view const& message, std::string_view first) {
        std::string all(first);
        if (message.can_iterate()) {
            struct state {
                std::string_view name;
                std::string joined;
                bool any = false;
            } s{part.name, {}, false};
            message.each_header(
                [](void* context, std::string_view name, std::string_view value) {
                    auto& c = *static_cast<state*>(context);
                    if (!equals_ignore_case(name, c.name)) return;
                    if (std::exchange(c.any, true)) c.joined += ", ";
                    c.joined += value;
                },
                &s);
            if (s.any) all = std::move(s.joined);
        }
        auto const& item = *part.member->value.target->list->item.target;
        bool const dates =
            item.kind == shape_kind::timestamp && format_in(part.place, *part.member) == timestamp_format::http_date;
        auto const items = dates ? split_http_date_list(all) : split_header_list(all);
        if (!items) return add_error(errors_, errc::invalid_value, *part.member, "is no list of header values");
        void* const place = engage(*part.member);
        for (auto const& text : *items) add_item(part, place, text);
    }

    void read_header_map(bound_part const& part, response_view const& message) {
        if (!message.can_iterate()) return;
        struct state {
            message_reader& self;
            bound_part const& part;
            void* place = nullptr;
        } s{*this, part};
        message.each_header(
            [](void* context, std::string_view name, std::string_view value) {
                auto& c = *static_cast<state*>(context);
                auto const prefix = c.part.name;
                if (name.size() <= prefix.size() && !prefix.empty()) return;
                if (!equals_ignore_case(name.substr(0, prefix.size()), prefix)) return;
                if (!c.place) c.place = c.self.engage(*c.part.member);
                auto const& map = *c.part.member->value.target->map;
                if (auto* const target = map.insert(c.place, name.substr(prefix.size())).value) {
                    c.self.read_text(c.part, *map.value.target, map.value.engage ? map.value.engage(target) : target,
                                     trim(value));
                }
            },
            &s);
    }

    void read_payload(std::string_view body) {
        auto const& m = *binding_.payload;
        auto const& what = *m.value.target;
        bool const raw = what.kind == shape_kind::blob || what.kind == shape_kind::text;
        if (body.empty() && (m.value.nullable() || !raw)) {
            if (!m.value.nullable() && what.kind != shape_kind::structure) require(bit(m));
            return;
        }
        void* const value = engage(m);
        switch (what.kind) {
        case shape_kind::blob: static_cast<blob*>(value)->bytes = body; return;
        case shape_kind::text:
        case shape_kind::enumeration:
            if (!read_scalar_text(what, value, body, timestamp_format::unspecified))
                add_error(errors_, errc::invalid_value, m, "is no text of its type");
            return;
        default: {
            auto const first = errors_.size();
            decode_json(body, {&what, value}, options_, errors_, tolerated_);
            for (auto i = first; i < errors_.size(); ++i) errors_[i].path.insert(0, pointer_to(m));
            return;
        }
        }
    }

    message_binding const& binding_;
    shape const& what_;
    structure_shape const& structure_;
    void* object_;
    decode_options const& options_;
    std::vector<violation>& errors_;
    std::vector<violation>* tolerated_;
    std::uint64_t seen_ = 0;
};

// "com.amazonaws.x#Name:http://..." -> "Name". https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html
// Lists are cut first, as the reference does.
std::string clean_code(std::string_view code) {
    code = code.substr(0, code.find(','));
    code = code.substr(0, code.find(':'));
    if (auto const hash = code.find('#'); hash != code.npos) {
        code = code.substr(hash + 1);
        code = code.substr(0, code.find('#'));
    }
    return std::string(code);
}

// The text that a pointer finds, or nothing.
std::optional<std::string> text_at(std::string_view body, std::string_view pointer) {
    auto const found = find_json(body, pointer);
    return found ? json_scalar_text(found->text) : std::nullopt;
}

// The text of a code. A list, which no service should send, counts as its first item, as in the reference.
std::optional<std::string> code_of_member(std::string_view body, std::string_view name, bool ignore_case) {
    auto found = find_json_member(body, name, ignore_case);
    if (found && found->text.starts_with('[')) found = find_json(found->text, "/0");
    if (!found || found->text == "true" || found->text == "false") return std::nullopt;
    return json_scalar_text(found->text);
}

// What counts as a text in the reference: not empty, not false, not zero.
std::optional<std::string> message_in(std::string_view body, std::string_view name) {
    auto const found = find_json_member(body, name);
    if (!found) return std::nullopt;
    auto text = json_scalar_text(found->text);
    bool const quoted = found->text.starts_with('"');
    if (!text) return trim(found->text) == "null" ? std::nullopt : std::optional<std::string>(found->text);
    if (text->empty() || (!quoted && (*text == "false" || *text == "0"))) return std::nullopt;
    return text;
}

struct error_head {
    std::string code;
    bool has_code = false;
    std::string message;
};

error_head read_error_head(error_scheme const& scheme, response_view const& response, std::string_view body, bool is_json) {
    error_head head;
    auto take_code = [&](std::optional<std::string> code, bool clean) {
        if (head.has_code || !code) return;
        head.has_code = true;
        head.code = clean ? clean_code(*code) : *code;
    };
    switch (scheme.by) {
    case error_scheme::rule::code_or_status:
    case error_scheme::rule::aws:
        if (auto const header = response.header("x-amzn-errortype")) take_code(std::string(*header), true);
        if (is_json) {
            take_code(code_of_member(body, "code", true), true);
            take_code(code_of_member(body, "__type", false), true);
            auto text = message_in(body, "message");
            if (!text) text = message_in(body, "Message");
            if (text) head.message = std::move(*text);
        }
        if (head.message.empty()) head.message = "UnknownError";
        break;
    case error_scheme::rule::status:
        if (is_json) head.message = text_at(body, scheme.message).value_or("");
        break;
    case error_scheme::rule::member:
        if (is_json) {
            take_code(text_at(body, scheme.code), false);
            head.message = text_at(body, scheme.message).value_or("");
        }
        break;
    case error_scheme::rule::problem:
        if (is_json) {
            auto type = text_at(body, "/type");
            if (type && *type != "about:blank") {
                while (type->ends_with('/')) type->pop_back();
                take_code(type->substr(type->find_last_of("/#:") + 1), false);
            }
            auto text = text_at(body, "/detail");
            if (!text) text = text_at(body, "/title");
            head.message = text.value_or("");
        }
        break;
    }
    if (!head.has_code) head.code = "Unknown";
    return head;
}

error_entry const* find_error(operation_table const& op, error_head const& head, int status) {
    if (head.has_code) {
        for (auto const& entry : op.errors) {
            if (entry.code == head.code) return &entry;
        }
        return nullptr;
    }
    if (op.scheme.by == error_scheme::rule::aws) return nullptr;
    error_entry const* found = nullptr;
    for (auto const& entry : op.errors) {
        if (entry.status != status) continue;
        if (found) return nullptr; // the status does not tell which
        found = &entry;
    }
    return found;
}

// The text of the error belongs to its member "message", even if the peer spelled that otherwise.
void fill_message(structure_shape const& s, void* error, std::string const& message) {
    member const* m = s.find("message");
    if (!m) m = s.find("Message");
    if (!m || m->value.target->kind != shape_kind::text || message.empty()) return;
    auto const* there = static_cast<std::string const*>(held_by(*m, s, error));
    if (there && !there->empty()) return;
    auto* const place = s.place_of(*m, error);
    *static_cast<std::string*>(m->value.engage ? m->value.engage(place) : place) = message;
}

} // namespace

namespace rest_json {

bool encode_request(operation_table const& op, void const* input, encode_options const& options, http_request& out,
                    std::vector<violation>& errors) {
    bool const compatible = options.strictness == strictness::compatible;
    if (!compatible) validate(*op.input, input, 256, errors);
    message_writer writer(*op.request, *op.input->structure, input, errors);
    out.method = op.request->method;
    out.scheme = options.endpoint.scheme;
    out.host = options.host_prefix ? writer.host_prefix() + options.endpoint.host : options.endpoint.host;
    out.port = options.endpoint.port;
    if (options.endpoint.path != "/") out.target = options.endpoint.path;
    writer.write_path(out.target, compatible);
    writer.write_query(out.target);
    writer.write_headers(out.fields);
    writer.write_body(out.fields, out.body, false);
    return errors.empty();
}

response_report decode_response(operation_table const& op, response_view const& response, decode_options const& options,
                                void* output, void* errors) {
    using kind = response_report::kind;
    response_report report;
    report.status = response.status;
    auto relaxed = options;
    relaxed.check_constraints = false; // a client takes what the service has, which may have loosened a constraint since
    if (response.status >= 200 && response.status < 300) {
        message_reader reader(*op.response, *op.output, output, relaxed, report.violations, &report.tolerated);
        reader.read_status(response.status);
        reader.read_headers(response);
        reader.read_body(response.body);
        reader.require_bound();
        if (!report.violations.empty()) report.what = kind::undecodable;
        return report;
    }
    std::string repaired;
    auto body = response.body;
    if (find_invalid_utf8(body) != std::string_view::npos) body = repaired = repair_utf8(body);
    std::vector<violation> syntax;
    bool const is_json = body.empty() || decode_json(body, {}, relaxed, syntax);
    auto head = read_error_head(op.scheme, response, body, is_json && !body.empty());
    auto const* entry = find_error(op, head, response.status);
    report.code = std::move(head.code);
    report.message = std::move(head.message);
    report.fault = response.status >= 500 ? fault::server : fault::client;
    if (entry) {
        report.retry = entry->retry;
        if (entry->fault != fault::unspecified) report.fault = entry->fault;
    }
    bool const by_status = op.scheme.by == error_scheme::rule::status;
    if (!is_json && !(entry && by_status)) {
        // The page of a proxy, most likely, and not the service's error, whatever the status; a code in a header is kept.
        if (!head.has_code) report.code.clear();
        report.what = kind::undecodable;
        report.violations = std::move(syntax);
        return report;
    }
    if (!entry) {
        report.what = kind::undeclared;
        if (report.message.empty()) report.message = "status " + std::to_string(response.status);
        return report;
    }
    report.what = kind::declared;
    void* const typed = entry->emplace(errors);
    relaxed.strictness = strictness::lenient; // an error that lacks a member is still that error
    std::vector<violation> ignored;
    message_reader reader(*entry->binding, *entry->what, typed, relaxed, ignored, &report.tolerated);
    reader.read_headers(response);
    auto details = body;
    if (!op.scheme.details.empty()) {
        auto const found = find_json(body, op.scheme.details);
        details = found ? found->text : std::string_view();
    }
    if (is_json && !details.empty()) reader.read_body(details);
    fill_message(*entry->what->structure, typed, report.message);
    for (auto& v : ignored) report.tolerated.push_back(std::move(v));
    return report;
}

bool matches(operation_table const& op, std::string_view method, std::string_view target) {
    if (method != op.request->method) return false;
    auto const question = target.find('?');
    decode_options const options;
    std::vector<violation> errors;
    message_reader reader(*op.request, *op.input, nullptr, options, errors, nullptr);
    if (!reader.read_path(target.substr(0, question), false)) return false;
    for (auto const& part : op.request->parts) {
        if (part.place != template_place::query_text) continue;
        auto const query = parse_query(question == target.npos ? std::string_view() : target.substr(question + 1));
        if (!query) return false;
        auto const same = [&](auto const& item) { return item.first == part.name && item.second == part.text; };
        if (std::none_of(query->begin(), query->end(), same)) return false;
    }
    return true;
}

bool decode_request(operation_table const& op, http_request const& request, decode_options const& options, void* input,
                    std::vector<violation>& errors) {
    std::string_view const target = request.target;
    auto const question = target.find('?');
    message_reader reader(*op.request, *op.input, input, options, errors, nullptr);
    if (request.method != op.request->method || !reader.read_path(target.substr(0, question), true)) {
        errors.push_back({errc::invalid_value, {}, "method and path are not those of the operation"});
        return false;
    }
    auto const query = parse_query(question == target.npos ? std::string_view() : target.substr(question + 1));
    if (query) reader.read_query(*query);
    else errors.push_back({errc::invalid_value, {}, "the query has a bad percent escape"});
    http_response message{0, request.fields, {}};
    reader.read_headers(view_of(message));
    reader.read_body(request.body);
    reader.require_bound();
    reader.check_bound();
    return errors.empty();
}

bool encode_response(operation_table const& op, void const* output, http_response& out, std::vector<violation>& errors) {
    message_writer writer(*op.response, *op.output->structure, output, errors);
    out.status = op.response->status;
    for (auto const& part : op.response->parts) {
        if (part.place != template_place::status) continue;
        auto const* value = held_by(*part.member, *op.output->structure, output);
        out.status = value ? static_cast<int>(signed_value(*part.member->value.target, value)) : 200;
    }
    writer.write_headers(out.fields);
    writer.write_body(out.fields, out.body, !op.response->payload);
    return errors.empty();
}

bool encode_error(error_entry const& entry, void const* error, http_response& out, std::vector<violation>& errors) {
    message_writer writer(*entry.binding, *entry.what->structure, error, errors);
    out.status = entry.status != 0 ? entry.status : entry.fault == fault::server ? 500 : 400;
    out.fields.add("x-amzn-errortype", std::string(entry.code));
    writer.write_headers(out.fields);
    writer.write_body(out.fields, out.body, true);
    return errors.empty();
}

} // namespace rest_json
} // namespace parley::detail

#endif
