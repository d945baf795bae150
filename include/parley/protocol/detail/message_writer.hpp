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

namespace {

// Writes the members of one message to their places.
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
                add_error(errors_, errc::invalid_value, *part.member, "is no valid label of a host name");
        }
        return prefix;
    }

    // `any_labels`: also empty ones, and those that make a dot segment.
    void write_path(std::string& out, bool any_labels) const {
        std::size_t capacity = out.size();
        for (auto const& part : binding_.parts) {
            constexpr std::size_t usual = 40; // an identifier
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
                add_error(errors_, errc::invalid_length, *part.member, "is a label of the path and must not be empty");
            if (find_invalid_utf8(text) != std::string_view::npos)
                add_error(errors_, errc::invalid_utf8, *part.member, "invalid UTF-8");
            if (part.place == template_place::path_greedy) append_percent_encoded_path(out, text);
            else append_percent_encoded(out, text);
        }
        if (dots && !any_labels) refuse_dot_segments();
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

    // `with_empty`: a server's response has empty texts and lists, too; a client's request leaves them out.
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

    // What there is for the body is lost where there is none. Members that are always there may mean nothing by it.
    void refuse_body() const {
        for (std::size_t i = 0; i < structure_.count; ++i) {
            auto const& m = structure_.members[i];
            if ((binding_.payload == &m || binding_.body.contains(i)) && m.value.nullable && held(m))
                add_error(errors_, errc::invalid_value, m, "is in the body, which a response of this status does not have");
        }
    }

    // `spent`: the object may be taken apart.
    void write_body(headers& out, std::string& body, bool always, bool spent = false) const {
        std::string_view type;
        if (binding_.payload) {
            type = write_payload(body, spent);
        } else if (!binding_.body.empty() || always) {
            encode_job job{&shape_holding_, object_, &binding_.body};
            encode_json(job, body, errors_);
            type = "application/json";
        }
        // A response whose output has a member for the type, and says none, has none. A client says what the reference does.
        bool const unsaid = binding_.method.empty() && names_header("content-type");
        if (!type.empty() && !unsaid && !out.contains("content-type")) out.add("content-type", type);
    }

private:
    // The reference sorts by name; items of one name keep their order.
    using query_items = std::multimap<std::string, std::optional<std::string>>;

    void const* held(member const& m) const { return structure_.held(m, object_); }

    static bool is_path_label(bound_part const& part) noexcept {
        return part.place == template_place::path_label || part.place == template_place::path_greedy;
    }

    // "." and ".." are removed from a path (RFC 3986, section 6.2.2.3), so that the request would be another one. There is no other way to
    // write them: a full stop is unreserved, and "%2E" is equivalent to it (section 6.2.2.2).
    static bool may_make_dot_segment(bound_part const& part, std::string_view text) noexcept {
        if (text.empty()) return false;
        if (part.place == template_place::path_greedy) return text[0] == '.' || text.find("/.") != text.npos;
        return text.size() <= 2 && text[0] == '.';
    }

    // Of a greedy label, each segment counts. Empty ones may be meant: "a//b" names another object of S3 than "a/b".
    [[gnu::cold]] void refuse_dot_segments() const {
        member const* label = nullptr; // the last one in `segment`
        std::string segment;
        auto const end_segment = [&] {
            if (label && (segment == "." || segment == ".."))
                add_error(errors_, errc::invalid_value, *label, "must not make the path segment \"" + segment + '"');
            segment.clear();
            label = nullptr;
        };
        for (auto const& part : binding_.parts) {
            bool const literal = part.place == template_place::path_text;
            if (!literal && !is_path_label(part)) continue;
            std::string text(literal ? part.text : std::string_view());
            if (!literal) {
                label = part.member;
                if (auto const* value = held(*part.member))
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

    // The text of a label: the member's own if it is one, else made in `buffer`.
    std::string_view path_label(bound_part const& part, std::string& buffer) const {
        auto const* value = held(*part.member);
        auto const& what = *part.member->value.target;
        if (value && what.kind == shape_kind::text) return text_in(what, value);
        buffer.clear();
        write_label(buffer, part);
        return buffer;
    }

    void write_label(std::string& out, bound_part const& part) const {
        auto const* value = held(*part.member);
        if (!value || !append_scalar_text(out, *part.member->value.target, value, format_in(part.place, *part.member)))
            add_error(errors_, errc::invalid_value, *part.member, "has no text to put into the path");
    }

    void collect_query(bound_part const& part, query_items& items) const {
        if (part.place == template_place::query_text) {
            items.emplace(part.name, part.text.empty() ? std::nullopt : std::optional<std::string>(part.text));
        } else if (part.place == template_place::query_member) {
            if (auto const* value = held(*part.member)) add_query(part, part.name, *part.member->value.target, value, items);
        } else if (part.place == template_place::query_map) {
            auto const* value = held(*part.member);
            if (!value) return;
            struct state {
                message_writer const& self;
                bound_part const& part;
                query_items& items;
            } s{*this, part, items};
            part.member->value.target->map->each(value, &s, [](void* context, std::string_view key, void const* mapped) {
                auto& c = *static_cast<state*>(context);
                // A parameter that the template names wins; https://smithy.io/2.0/spec/http-bindings.html#httpqueryparams-trait
                if (c.self.names_query(key)) return true;
                auto const& value_holder = c.part.member->value.target->map->value;
                auto const* there = value_holder.held_in(mapped);
                if (there) c.self.add_query(c.part, key, *value_holder.target, there, c.items);
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

    void add_query(bound_part const& part, std::string_view name, shape const& what, void const* value,
                   query_items& items) const {
        auto const format = format_in(part.place, *part.member);
        auto const add = [&](std::string text) {
            if (find_invalid_utf8(name) != name.npos || find_invalid_utf8(text) != text.npos)
                add_error(errors_, errc::invalid_utf8, *part.member, "invalid UTF-8");
            items.emplace(name, std::move(text));
        };
        bool good = true;
        if (what.kind == shape_kind::list) {
            good = each_item_text(what, value, format, add);
        } else {
            std::string text;
            good = append_scalar_text(text, what, value, format);
            add(std::move(text));
        }
        if (!good) add_error(errors_, errc::invalid_value, *part.member, "has no text to put into the query");
    }

    void add_header(bound_part const& part, std::string_view name, std::string_view value, headers& out) const {
        if (!is_header_name(name) || !is_header_value(value))
            return add_error(errors_, errc::invalid_value, *part.member, "has characters that a header cannot have");
        // "A field value does not include leading or trailing whitespace": RFC 9110, section 5.5.
        if (!compatible_ && value != trim(value))
            return add_error(errors_, errc::invalid_value, *part.member, "has spaces around it, which a header does not keep");
        if (!compatible_ && find_invalid_utf8(value) != std::string_view::npos)
            return add_error(errors_, errc::invalid_utf8, *part.member, "invalid UTF-8");
        out.add(name, value);
    }

    void write_header(bound_part const& part, headers& out, bool with_empty) const {
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
            append_base64(text, text_in(what, value));
        } else if (what.kind == shape_kind::text && !part.member->media_type.empty()) {
            // A text with a media type may have line breaks: base64.
            append_base64(text, text_in(what, value));
        } else {
            good = append_scalar_text(text, what, value, format_in(part.place, *part.member));
        }
        if (!good) return add_error(errors_, errc::invalid_value, *part.member, "has no text to put into a header");
        // What must be there is, even if it says nothing.
        bool const must_be_there = with_empty || !(part.member->value.nullable || compatible_);
        if (!text.empty() || must_be_there) add_header(part, part.name, text, out);
    }

    // A field that the template names wins over an entry of a map.
    bool names_header(std::string_view name) const {
        for (auto const& part : binding_.parts) {
            bool const named = part.place == template_place::header_text || part.place == template_place::header_member;
            if (named && equals_ignore_case(part.name, name)) return true;
        }
        return false;
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
            auto const* there = value_holder.held_in(mapped);
            auto name = std::string(c.part.name).append(key);
            std::string text;
            if (there && !c.self.names_header(name)
                && append_scalar_text(text, *value_holder.target, there, format_in(c.part.place, *c.part.member)))
                c.self.add_header(c.part, name, text, c.out);
            return true;
        });
    }

    // Puts a text or a blob there.
    static void place_in(std::string& body, shape const& what, void const* value, bool spent) {
        if (!spent || what.text) {
            body = text_in(what, value);
            return;
        }
        // A std::string or parley::blob that its owner gave away, and that is const for the writer alone.
        auto* const given = const_cast<void*>(value);
        body = std::move(what.kind == shape_kind::blob ? static_cast<blob*>(given)->bytes : *static_cast<std::string*>(given));
    }

    // Returns the media type; empty if there is no body.
    std::string_view write_payload(std::string& body, bool spent) const {
        auto const& what = *binding_.payload->value.target;
        auto const* value = held(*binding_.payload);
        auto const own_type = binding_.payload->media_type;
        auto const type_or = [&](std::string_view usual) { return own_type.empty() ? usual : own_type; };
        switch (what.kind) {
        case shape_kind::blob:
            if (!value) return {};
            place_in(body, what, value, spent);
            return type_or("application/octet-stream");
        case shape_kind::text:
            if (!value) return {};
            place_in(body, what, value, spent);
            return type_or("text/plain");
        case shape_kind::enumeration:
            if (!value) return {};
            append_scalar_text(body, what, value, timestamp_format::unspecified);
            return type_or("text/plain");
        case shape_kind::structure:
            // A client sends an absent structure as an empty one, as the reference does.
            if (!value && !binding_.method.empty()) return body = "{}", "application/json";
            [[fallthrough]];
        case shape_kind::tagged_union:
            // The reference sends a union that holds nothing as an empty object.
            if (compatible_ && value && what.structure->active && what.structure->active(value) < 0)
                return body = "{}", "application/json";
            [[fallthrough]];
        default: {
            if (!value) return {};
            encode_job job{&what, value, nullptr, binding_.payload->format};
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
    shape const shape_holding_ = [this] {
        shape s;
        s.kind = shape_kind::structure;
        s.structure = &structure_;
        return s;
    }();
};

} // namespace

} // namespace parley::detail

#endif
