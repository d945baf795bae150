// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_PROTOCOL_DETAIL_MESSAGE_WRITER_HPP
#define PARLEY_PROTOCOL_DETAIL_MESSAGE_WRITER_HPP

#include <parley/core/base64.hpp>
#include <parley/core/text.hpp>
#include <parley/core/utf8.hpp>
#include <parley/http/header_list.hpp>
#include <parley/http/headers.hpp>
#include <parley/http/uri.hpp>
#include <parley/json/encode.hpp>
#include <parley/protocol/detail/message_parts.hpp>

#include <algorithm>
#include <map>
#include <optional>

namespace parley::inline PARLEY_ABI::detail {

namespace protocol {

// Encodes a message: writes the members of a structure to the path, query, header fields and body.
class message_writer {
public:
    message_writer(message_binding const& binding, structure_shape const& s, void const* object, std::vector<violation>& errors,
                   bool compatible = false)
        : binding_(binding), structure_(s), object_(object), errors_(errors), compatible_(compatible) {}

    std::string host_prefix() const {
        std::string prefix;
        for (auto const& part : binding_.parts) {
            if (part.place == template_place::host_text) prefix += part.text;
            if (part.place != template_place::host_label) continue;
            auto const before = prefix.size();
            write_label(prefix, part);
            // https://smithy.io/2.0/spec/endpoint-traits.html#hostlabel-trait
            if (!is_host_label(std::string_view(prefix).substr(before)))
                add_error(errors_, errc::invalid_value, *part.member, "is not a valid host name label");
        }
        return prefix;
    }

    // `any_labels`: permits empty labels and labels that result in a dot segment.
    void write_path(std::string& out, bool any_labels) const {
        std::size_t capacity = out.size();
        for (auto const& part : binding_.parts) {
            constexpr std::size_t usual = 40; // length of an identifier
            if (part.place == template_place::path_text) capacity += part.text.size();
            if (is_path_label(part)) capacity += usual;
        }
        out.reserve(capacity);
        std::string buffer;
        bool dots = false;
        for (auto const& part : binding_.parts) {
            if (part.place == template_place::path_text) out += part.text;
            if (!is_path_label(part)) continue;
            auto const text = path_label(part, buffer);
            dots |= may_make_dot_segment(part, text);
            if (text.empty() && !any_labels)
                add_error(errors_, errc::invalid_length, *part.member, "must not be empty, since it is a label of the path");
            if (find_invalid_utf8(text) != std::string_view::npos)
                add_error(errors_, errc::invalid_utf8, *part.member, "invalid UTF-8");
            if (part.place == template_place::path_greedy) append_percent_encoded_path(out, text);
            else append_percent_encoded(out, text);
        }
        if (dots && !any_labels) report_dot_segments();
    }

    void write_query(std::string& out) const {
        query_items items;
        for (auto const& part : binding_.parts) collect_query(part, items);
        char separator = '?';
        for (auto const& [name, value] : items) {
            out += std::exchange(separator, '&');
            append_percent_encoded(out, name);
            if (!value) continue;
            out += '=';
            append_percent_encoded(out, *value);
        }
    }

    // `with_empty`: writes empty strings and lists. Servers do; clients omit them.
    void write_headers(headers& out, bool with_empty = false) const {
        for (auto const& part : binding_.parts) {
            switch (part.place) {
            case template_place::header_text: out.add(part.name, part.text); break;
            case template_place::header_member: write_header(part, out, with_empty); break;
            case template_place::header_map: write_header_map(part, out); break;
            default: break;
            }
        }
    }

    // Reports optional members with a value that is lost because the message has no body. Other members always have a value.
    void report_lost_members() const {
        for (std::size_t i = 0; i < structure_.count; ++i) {
            auto const& m = structure_.members[i];
            if ((binding_.payload == &m || binding_.body.contains(i)) && m.value.nullable && value_of(m))
                add_error(errors_, errc::invalid_value, m, "is in the body, but a response with this status has no body");
        }
    }

    // `spent`: the object may be moved from.
    void write_body(headers& out, std::string& body, bool always, bool spent = false) const {
        std::string_view type;
        if (binding_.payload) {
            type = write_payload(body, spent);
        } else if (!binding_.body.empty() || always) {
            encode_job job{&type_, object_, &binding_.body};
            encode_json(job, body, errors_);
            type = "application/json";
        }
        // A response has no content type if that is bound to a member without a value. Requests follow the reference, which adds one.
        bool const omitted = binding_.method.empty() && names_header("content-type");
        if (!type.empty() && !omitted && !out.contains("content-type")) out.add("content-type", type);
    }

private:
    // Like the reference, sorts by name. Items with the same name keep their order.
    using query_items = std::multimap<std::string, std::optional<std::string>>;

    void const* value_of(member const& m) const { return structure_.held(m, object_); }

    static bool is_path_label(bound_part const& part) noexcept {
        return part.place == template_place::path_label || part.place == template_place::path_greedy;
    }

    // Segments "." and ".." are removed from a path (RFC 3986, section 6.2.2.3), which would change the target of the request. Escaping
    // does not help: "%2E" is equivalent to a full stop (section 6.2.2.2).
    static bool may_make_dot_segment(bound_part const& part, std::string_view text) noexcept {
        if (text.empty()) return false;
        if (part.place == template_place::path_greedy) return text[0] == '.' || text.find("/.") != text.npos;
        return text.size() <= 2 && text[0] == '.';
    }

    // Checks each segment of a greedy label. Empty segments are valid: "a//b" and "a/b" are different objects of S3.
    [[gnu::cold]] void report_dot_segments() const {
        member const* label = nullptr; // last label in `segment`
        std::string segment;
        auto const end_segment = [&] {
            if (label && (segment == "." || segment == ".."))
                add_error(errors_, errc::invalid_value, *label, "must not result in the path segment \"" + segment + '"');
            segment.clear();
            label = nullptr;
        };
        for (auto const& part : binding_.parts) {
            bool const literal = part.place == template_place::path_text;
            if (!literal && !is_path_label(part)) continue;
            std::string text(literal ? part.text : std::string_view());
            if (!literal) {
                label = part.member;
                if (auto const* value = value_of(*part.member))
                    append_scalar_text(text, *part.member->value.target, value, format_in(part.place, *part.member));
            }
            for (char const c : text) {
                if (c != '/' || part.place == template_place::path_label) {
                    segment += c;
                    continue;
                }
                end_segment();
                if (!literal) label = part.member;
            }
        }
        end_segment();
    }

    // Returns the text of a label. Refers to the member if that is a string, otherwise to `buffer`.
    std::string_view path_label(bound_part const& part, std::string& buffer) const {
        auto const* value = value_of(*part.member);
        auto const& type = *part.member->value.target;
        if (value && type.kind == shape_kind::text) return text_in(type, value);
        buffer.clear();
        write_label(buffer, part);
        return buffer;
    }

    void write_label(std::string& out, bound_part const& part) const {
        auto const* value = value_of(*part.member);
        if (!value || !append_scalar_text(out, *part.member->value.target, value, format_in(part.place, *part.member)))
            add_error(errors_, errc::invalid_value, *part.member, "cannot be written to the path");
    }

    void collect_query(bound_part const& part, query_items& items) const {
        if (part.place == template_place::query_text) {
            items.emplace(part.name, part.text.empty() ? std::nullopt : std::optional<std::string>(part.text));
        } else if (part.place == template_place::query_member) {
            if (auto const* value = value_of(*part.member)) add_query(part, part.name, *part.member->value.target, value, items);
        } else if (part.place == template_place::query_map) {
            auto const* value = value_of(*part.member);
            if (!value) return;
            struct state {
                message_writer const& self;
                bound_part const& part;
                query_items& items;
            } s{*this, part, items};
            part.member->value.target->map->each(value, &s, [](void* context, std::string_view key, void const* mapped) {
                auto& c = *static_cast<state*>(context);
                // Parameters in the template take precedence: https://smithy.io/2.0/spec/http-bindings.html#httpqueryparams-trait
                if (c.self.names_query(key)) return true;
                auto const& access = c.part.member->value.target->map->value;
                auto const* const inner = access.held_in(mapped);
                if (inner) c.self.add_query(c.part, key, *access.target, inner, c.items);
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

    void add_query(bound_part const& part, std::string_view name, shape const& type, void const* value,
                   query_items& items) const {
        auto const format = format_in(part.place, *part.member);
        auto const add = [&](std::string text) {
            if (find_invalid_utf8(name) != name.npos || find_invalid_utf8(text) != text.npos)
                add_error(errors_, errc::invalid_utf8, *part.member, "invalid UTF-8");
            items.emplace(name, std::move(text));
        };
        bool good = true;
        if (type.kind == shape_kind::list) {
            good = each_item_text(type, value, format, add);
        } else {
            std::string text;
            good = append_scalar_text(text, type, value, format);
            add(std::move(text));
        }
        if (!good) add_error(errors_, errc::invalid_value, *part.member, "cannot be written to the query");
    }

    void add_header(bound_part const& part, std::string_view name, std::string_view value, headers& out) const {
        if (!is_header_name(name) || !is_header_value(value))
            return add_error(errors_, errc::invalid_value, *part.member, "has characters that a header field cannot contain");
        // "A field value does not include leading or trailing whitespace": RFC 9110, section 5.5.
        if (!compatible_ && value != trim(value))
            return add_error(errors_, errc::invalid_value, *part.member,
                             "must not begin or end with whitespace, which header fields do not preserve");
        if (!compatible_ && find_invalid_utf8(value) != std::string_view::npos)
            return add_error(errors_, errc::invalid_utf8, *part.member, "invalid UTF-8");
        out.add(name, value);
    }

    void write_header(bound_part const& part, headers& out, bool with_empty) const {
        auto const& type = *part.member->value.target;
        auto const* value = value_of(*part.member);
        if (!value) return;
        std::string text;
        bool good = true;
        if (type.kind == shape_kind::list) {
            auto const item = type.list->item.target->kind;
            bool const texts = item == shape_kind::text || item == shape_kind::enumeration;
            good = each_item_text(type, value, format_in(part.place, *part.member), [&](std::string one) {
                if (texts) append_header_list_item(text, one);
                else text.append(text.empty() ? "" : ", ").append(one);
            });
        } else if (type.kind == shape_kind::blob) {
            append_base64(text, text_in(type, value));
        } else if (type.kind == shape_kind::text && !part.member->media_type.empty()) {
            // A string with a media type may have line breaks.
            append_base64(text, text_in(type, value));
        } else {
            good = append_scalar_text(text, type, value, format_in(part.place, *part.member));
        }
        if (!good) return add_error(errors_, errc::invalid_value, *part.member, "cannot be written to a header field");
        // A field of a required member is sent even if it is empty.
        bool const always = with_empty || !(part.member->value.nullable || compatible_);
        if (!text.empty() || always) add_header(part, part.name, text, out);
    }

    // Fields in the template take precedence over entries of a map.
    bool names_header(std::string_view name) const {
        for (auto const& part : binding_.parts) {
            bool const named = part.place == template_place::header_text || part.place == template_place::header_member;
            if (named && equals_ignore_case(part.name, name)) return true;
        }
        return false;
    }

    void write_header_map(bound_part const& part, headers& out) const {
        auto const* value = value_of(*part.member);
        if (!value) return;
        struct state {
            message_writer const& self;
            bound_part const& part;
            headers& out;
        } s{*this, part, out};
        part.member->value.target->map->each(value, &s, [](void* context, std::string_view key, void const* mapped) {
            auto& c = *static_cast<state*>(context);
            auto const& access = c.part.member->value.target->map->value;
            auto const* const inner = access.held_in(mapped);
            auto name = std::string(c.part.name).append(key);
            std::string text;
            if (inner && !c.self.names_header(name)
                && append_scalar_text(text, *access.target, inner, format_in(c.part.place, *c.part.member)))
                c.self.add_header(c.part, name, text, c.out);
            return true;
        });
    }

    // Moves or copies a string or blob to the body.
    static void assign_body(std::string& body, shape const& type, void const* value, bool spent) {
        if (!spent || type.text) {
            body = text_in(type, value);
            return;
        }
        // The value is a std::string or parley::blob of a non-const object that its owner passed as an rvalue.
        auto* const source = const_cast<void*>(value);
        body = std::move(type.kind == shape_kind::blob ? static_cast<blob*>(source)->bytes : *static_cast<std::string*>(source));
    }

    // Returns the media type, or an empty string if there is no body.
    std::string_view write_payload(std::string& body, bool spent) const {
        auto const& type = *binding_.payload->value.target;
        auto const* value = value_of(*binding_.payload);
        auto const own_type = binding_.payload->media_type;
        auto const type_or = [&](std::string_view usual) { return own_type.empty() ? usual : own_type; };
        switch (type.kind) {
        case shape_kind::blob:
            if (!value) return {};
            assign_body(body, type, value, spent);
            return type_or("application/octet-stream");
        case shape_kind::text:
            if (!value) return {};
            assign_body(body, type, value, spent);
            return type_or("text/plain");
        case shape_kind::enumeration:
            if (!value) return {};
            append_scalar_text(body, type, value, timestamp_format::unspecified);
            return type_or("text/plain");
        case shape_kind::structure:
            // A client sends an absent structure as an empty one, as the reference does.
            if (!value && !binding_.method.empty()) return body = "{}", "application/json";
            [[fallthrough]];
        case shape_kind::tagged_union:
            // The reference sends a union without a value as an empty object.
            if (compatible_ && value && type.structure->active && type.structure->active(value) < 0)
                return body = "{}", "application/json";
            [[fallthrough]];
        default: {
            if (!value) return {};
            encode_job job{&type, value, nullptr, binding_.payload->format};
            encode_json(job, body, errors_);
            return "application/json";
        }
        }
    }

    message_binding const& binding_;
    structure_shape const& structure_;
    void const* object_;
    std::vector<violation>& errors_;
    bool compatible_;
    shape const type_ = [this] {
        shape s;
        s.kind = shape_kind::structure;
        s.structure = &structure_;
        return s;
    }();
};

} // namespace protocol

} // namespace parley::detail

#endif
