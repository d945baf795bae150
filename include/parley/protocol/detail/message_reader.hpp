// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_PROTOCOL_DETAIL_MESSAGE_READER_HPP
#define PARLEY_PROTOCOL_DETAIL_MESSAGE_READER_HPP

#include <parley/core/base64.hpp>
#include <parley/core/detail/lower_case.hpp>
#include <parley/core/text.hpp>
#include <parley/core/utf8.hpp>
#include <parley/describe/validate.hpp>
#include <parley/http/header_list.hpp>
#include <parley/http/message.hpp>
#include <parley/http/path_pattern.hpp>
#include <parley/http/uri.hpp>
#include <parley/json/decode.hpp>
#include <parley/protocol/detail/message_parts.hpp>

#include <algorithm>
#include <map>
#include <memory>
#include <optional>

namespace parley::inline PARLEY_ABI::detail {

namespace protocol {

inline std::string expected_text(shape const& type) { return std::string("expected ").append(kind_name(type.kind)); }

// Decodes a message: reads the members of a structure from the path, query, header fields and body.
class message_reader {
public:
    message_reader(message_binding const& binding, shape const& type, void* object, decode_options const& options,
                   std::vector<violation>& errors, std::vector<violation>* tolerated)
        : binding_(binding), type_(type), structure_(*type.structure), object_(object), options_(options), errors_(errors),
          tolerated_(tolerated), collisions_left_(options.limits.collisions) {}

    void read_headers(field_view const& message) {
        for (auto const& part : binding_.parts) {
            if (part.place == template_place::header_member) read_header(part, message);
            if (part.place == template_place::header_map) read_header_map(part, message);
        }
    }

    void read_status(int status) {
        for (auto const& part : binding_.parts) {
            if (part.place == template_place::status)
                read_text(part, *part.member->value.target, emplace(*part.member), std::to_string(status));
        }
    }

    // The path must match the operation.
    void read_path(std::string_view path) {
        auto part = binding_.parts.begin();
        match_path(binding_.path, path, [&](std::string_view label) {
            while (part->place != template_place::path_label && part->place != template_place::path_greedy) ++part;
            auto const& m = *part->member;
            auto* const place = emplace(m);
            if (auto const text = percent_decode(label)) read_text(*part, *m.value.target, place, *text);
            else fail(*part, {errc::invalid_value, {}, "invalid percent escape"});
            ++part;
        });
    }

    void read_query(std::string_view text) {
        auto const query = parse_query(text);
        if (!query) return errors_.push_back({errc::invalid_value, {}, "invalid percent escape in the query"});
        for (auto const& part : binding_.parts) {
            if (part.place == template_place::query_member) read_query_member(part, *query);
            else if (part.place == template_place::query_map) read_query_map(part, *query);
        }
    }

    void read_body(std::string_view body) {
        if (binding_.payload) return read_payload(body, nullptr);
        if (binding_.body.empty()) return; // ignored
        if (body.empty()) return require(structure_.required & binding_.body);
        decode_job job{&type_, object_, &binding_.body};
        decode_json(body, job, options_, errors_, tolerated_);
    }

    // Reads the member that is the whole body. `owned`: the string that `body` refers to, which is moved if there are no violations; or
    // null.
    void read_payload(std::string_view body, std::string* owned) {
        auto const& m = *binding_.payload;
        auto const& type = *m.value.target;
        bool const raw = type.kind == shape_kind::blob || type.kind == shape_kind::text;
        if (body.empty() && (m.value.nullable || !raw)) {
            if (m.value.nullable || type.kind == shape_kind::structure) return;
            member_set missing;
            missing.insert(m.position);
            return require(missing);
        }
        // A client sends an absent structure as an empty one.
        if (options_.reject_unknown_values && m.value.nullable && type.kind == shape_kind::structure && is_empty_object(body))
            return;
        void* const value = emplace(m);
        text_source const lasting{.lasting = true, .memory = options_.memory};
        bool const movable = owned && errors_.empty() && !type.text; // the value is a std::string or parley::blob
        switch (type.kind) {
        case shape_kind::blob:
            if (movable) static_cast<blob*>(value)->bytes = std::move(*owned);
            else put_text_in(type, value, body, lasting);
            return;
        case shape_kind::text:
            if (movable && find_invalid_utf8(body) == std::string_view::npos) {
                *static_cast<std::string*>(value) = std::move(*owned);
                return;
            }
            [[fallthrough]];
        case shape_kind::enumeration:
            if (!read_scalar_text(type, value, body, timestamp_format::unspecified, lasting))
                add_error(errors_, errc::invalid_value, m, expected_text(type));
            return;
        default: {
            auto const first = errors_.size();
            auto unchecked = options_; // check_bound checks all members outside a JSON body
            unchecked.check_constraints = false;
            decode_json(body, {&type, value, nullptr, m.format}, unchecked, errors_, tolerated_);
            for (auto i = first; i < errors_.size(); ++i) errors_[i].path.insert(0, pointer_to(m));
            return;
        }
        }
    }

    // Reports missing members outside the body. Missing lists and maps are empty: those have no representation in a query or header.
    void require_bound() {
        for (auto const& part : binding_.parts) {
            if (!part.member || part.place == template_place::payload || part.member->value.nullable) continue;
            auto const kind = part.member->value.target->kind;
            bool const is_container = kind == shape_kind::list || kind == shape_kind::map;
            if (is_container && !seen_.contains(part.member->position)) emplace(*part.member);
        }
        auto missing = structure_.required - binding_.body - seen_;
        if (binding_.payload) missing.erase(binding_.payload->position);
        require(missing);
    }

    void fill_absent() {
        if (options_.reject_unknown_values) detail::fill_absent(structure_, object_, options_, errors_);
    }

    void check_bound() {
        if (!options_.check_constraints) return;
        for (auto const& part : binding_.parts) {
            if (!part.member || part.place == template_place::host_label) continue;
            auto const* value = structure_.held(*part.member, object_);
            if (value && seen_.contains(part.member->position))
                validate_member(*part.member, value, options_.limits.depth, errors_);
        }
    }

private:
    void* emplace(member const& m) {
        auto* const place = structure_.place_of(m, object_);
        seen_.insert(m.position);
        auto* const value = m.value.emplace ? m.value.emplace(place) : place;
        if (options_.memory && m.value.target->reset) m.value.target->reset(value, options_.memory);
        return value;
    }

    void require(member_set const& missing) {
        for (std::size_t i = 0; i < structure_.count; ++i) {
            if (!missing.contains(i)) continue;
            auto const& m = structure_.members[i];
            violation v{errc::missing_field, pointer_to(m), "missing field"};
            bool const tolerated = options_.strictness != strictness::strict && leave_unsaid(m, structure_.place_of(m, object_));
            if (!tolerated) errors_.push_back(std::move(v));
            else if (tolerated_) tolerated_->push_back(std::move(v));
        }
    }

    void read_text(bound_part const& part, shape const& type, void* value, std::string_view text) {
        auto const format = format_in(part.place, *part.member);
        bool const known = type.kind != shape_kind::enumeration || !options_.reject_unknown_values || type.enumeration->has(text);
        bool const offset = options_.reject_unknown_values && type.kind == shape_kind::timestamp && has_offset(text, format);
        bool const read = known && !offset && read_scalar_text(type, value, text, format, transient_source());
        if (read) return;
        if (type.kind == shape_kind::enumeration) fail(part, unknown_value(*type.enumeration));
        else if (type.text && find_invalid_utf8(text) == std::string_view::npos) fail(part, refused_view());
        else fail(part, {errc::invalid_value, {}, expected_text(type)});
    }

    // For texts of header fields, labels and queries, which do not outlive this reader.
    text_source transient_source() const noexcept { return {.lasting = false, .memory = options_.memory}; }

    // Reports a violation at the member, or at `subpath_` in it.
    void fail(bound_part const& part, violation v) {
        v.path = pointer_to(*part.member) + subpath_;
        errors_.push_back(std::move(v));
    }
    template <class Read>
    void read_within(std::string_view token, Read read) {
        auto const before = subpath_.size();
        append_pointer_token(subpath_, token);
        read();
        subpath_.erase(before);
    }

    void add_item(bound_part const& part, list_shape const& list, void* list_value, std::string_view text) {
        if (collision_limit_exceeded_) return;
        std::unique_ptr<void, void (*)(void*)> const separate(list.append ? nullptr : list.make_item(), list.drop_item);
        auto const index = std::to_string(list.size(list_value));
        void* const place = list.append ? list.append(list_value, {}) : separate.get();
        read_within(index,
                    [&] { read_text(part, *list.item.target, list.item.emplace ? list.item.emplace(place) : place, text); });
        if (separate) count_collisions(part, list.insert_item(list_value, separate.get()).crowd);
    }

    // Returns false if the limit is exceeded. No more items are inserted then.
    bool count_collisions(bound_part const& part, std::size_t collisions) {
        if (collisions <= collisions_left_) return collisions_left_ -= collisions, true;
        fail(part, crowded_table());
        collision_limit_exceeded_ = true;
        return false;
    }

    using query_items = std::vector<std::pair<std::string, std::string>>;

    // "Server implementations SHOULD use the first encountered value in the query string for non-list members."
    // https://smithy.io/2.0/spec/http-bindings.html#httpquery-trait
    void read_query_member(bound_part const& part, query_items const& query) {
        auto const& type = *part.member->value.target;
        void* place = nullptr;
        for (auto const& [name, value] : query) {
            if (name != part.name) continue;
            if (!place) place = emplace(*part.member);
            if (type.kind != shape_kind::list) return read_text(part, type, place, value);
            add_item(part, *type.list, place, value);
        }
    }

    // Reads one entry per name: a list of all values of that name, or the first value.
    void read_query_map(bound_part const& part, query_items const& items) {
        if (items.empty()) return;
        auto const& map = *part.member->value.target->map;
        void* const place = emplace(*part.member);
        std::multimap<std::string_view, std::string_view> const query(items.begin(), items.end());
        for (auto item = query.begin(); item != query.end();) {
            auto const name = item->first;
            auto* const target = insert(part, map, place, name);
            auto* const value = target && map.value.emplace ? map.value.emplace(target) : target;
            auto const& mapped = *map.value.target;
            bool const list = mapped.kind == shape_kind::list;
            bool first = true;
            read_within(name, [&] {
                for (; item != query.end() && item->first == name; ++item, first = false) {
                    if (!value) continue;
                    if (list) add_item(part, *mapped.list, value, item->second);
                    else if (first) read_text(part, mapped, value, item->second);
                }
            });
        }
    }

    // Returns null if the key is invalid.
    void* insert(bound_part const& part, map_shape const& map, void* place, std::string_view key) {
        if (collision_limit_exceeded_) return nullptr;
        if (find_invalid_utf8(key) != std::string_view::npos) {
            fail(part, {errc::invalid_utf8, {}, "invalid UTF-8 in a name"});
            return nullptr;
        }
        if (!map.keys || (map.keys->has(key) || !options_.reject_unknown_values)) {
            auto const inserted = map.insert(place, key, transient_source());
            if (!count_collisions(part, inserted.crowd)) return nullptr;
            if (inserted.value) return inserted.value;
        }
        fail(part, map.keys ? unknown_value(*map.keys) : refused_view());
        return nullptr;
    }

    void read_header(bound_part const& part, field_view const& message) {
        auto const first = message.header(part.name);
        if (!first) return;
        auto const& type = *part.member->value.target;
        if (type.kind == shape_kind::list) return read_header_list(part, message, *first);
        if (type.kind == shape_kind::text && !part.member->media_type.empty()) { return read_base64(part, type, trim(*first)); }
        if (type.kind == shape_kind::blob) return read_base64(part, type, trim(*first));
        if (type.kind != shape_kind::text) return read_text(part, type, emplace(*part.member), trim(*first));
        std::string joined;
        read_text(part, type, emplace(*part.member), trim(combined(message, part.name, *first, joined)));
    }

    void read_base64(bound_part const& part, shape const& type, std::string_view text) {
        std::string bytes;
        if (!decode_base64(text, bytes)) fail(part, {errc::invalid_value, {}, "invalid base64"});
        else if (!put_text_in(type, emplace(*part.member), bytes, transient_source())) fail(part, refused_view());
    }

    template <class Visit>
    static void each_field_of(field_view const& message, std::string_view name, Visit visit) {
        struct state {
            std::string_view name;
            Visit& visit;
        } s{name, visit};
        message.each_header(
            [](void* context, std::string_view field, std::string_view value) {
                auto& c = *static_cast<state*>(context);
                if (equals_ignore_case(field, c.name)) c.visit(trim(value));
            },
            &s);
    }

    // "When a field name is repeated within a section, its combined field value consists of the list of corresponding field
    // line values within that section, concatenated in order": RFC 9110, section 5.2. Returns `first` if the field is not repeated,
    // otherwise the combined value, which is stored in `joined`.
    static std::string_view combined(field_view const& message, std::string_view name, std::string_view first,
                                     std::string& joined) {
        if (!message.can_iterate()) return first;
        std::size_t left = 0;
        each_field_of(message, name, [&left](std::string_view) { ++left; });
        if (left < 2) return first;
        each_field_of(message, name, [&](std::string_view value) { joined.append(value).append(--left > 0 ? ", " : ""); });
        return joined;
    }

    void read_header_list(bound_part const& part, field_view const& message, std::string_view first) {
        std::string joined;
        auto const all = combined(message, part.name, first, joined);
        auto const& item = *part.member->value.target->list->item.target;
        bool const dates =
            item.kind == shape_kind::timestamp && format_in(part.place, *part.member) == timestamp_format::http_date;
        auto const items = dates ? split_http_date_list(all) : split_header_list(all);
        if (!items) return fail(part, {errc::invalid_value, {}, "invalid list of header values"});
        void* const place = emplace(*part.member);
        for (auto const& text : *items) add_item(part, *part.member->value.target->list, place, text);
    }

    void read_header_map(bound_part const& part, field_view const& message) {
        if (!message.can_iterate())
            return fail(part, {errc::invalid_value, {}, "cannot be read: the traits of the message type have no each_header"});
        auto const& map = *part.member->value.target->map;
        struct entry {
            std::string key, value;
        };
        struct state {
            std::string_view prefix;
            bool combine;                         // whether repeated fields are combined; otherwise the first is used
            std::map<std::string, entry> entries; // keys are lower-case names
        } s{part.name, map.value.target->kind == shape_kind::text, {}};
        message.each_header(
            [](void* context, std::string_view name, std::string_view value) {
                auto& c = *static_cast<state*>(context);
                auto const prefix = c.prefix;
                if (name.size() <= prefix.size() && !prefix.empty()) return;
                if (!equals_ignore_case(name.substr(0, prefix.size()), prefix)) return;
                auto const key = name.substr(prefix.size());
                value = trim(value);
                auto const [at, inserted] = c.entries.try_emplace(lower_case(key), entry{std::string(key), std::string(value)});
                if (!inserted && c.combine) at->second.value.append(", ").append(value);
            },
            &s);
        if (s.entries.empty()) return;
        void* const place = emplace(*part.member);
        for (auto const& named : s.entries) {
            auto const& one = named.second;
            auto* const target = insert(part, map, place, one.key);
            if (!target) continue;
            read_within(one.key, [&] {
                read_text(part, *map.value.target, map.value.emplace ? map.value.emplace(target) : target, one.value);
            });
        }
    }

    static bool is_empty_object(std::string_view json) {
        constexpr std::string_view space = " \t\r\n";
        auto const open = json.find_first_not_of(space);
        auto const close = open == json.npos ? open : json.find_first_not_of(space, open + 1);
        return close != json.npos && json[open] == '{' && json[close] == '}'
               && json.find_first_not_of(space, close + 1) == json.npos;
    }

    message_binding const& binding_;
    shape const& type_;
    structure_shape const& structure_;
    void* object_;
    decode_options const& options_;
    std::vector<violation>& errors_;
    std::vector<violation>* tolerated_;
    std::size_t collisions_left_;
    bool collision_limit_exceeded_ = false;
    std::string subpath_; // JSON Pointer in the current member
    member_set seen_;     // members outside a JSON body
};

} // namespace protocol

} // namespace parley::detail

#endif
