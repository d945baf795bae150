// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_JSON_ENCODE_IPP
#define PARLEY_JSON_ENCODE_IPP

#include <parley/core/base64.hpp>
#include <parley/core/number.hpp>
#include <parley/core/utf8.hpp>
#include <parley/describe/free_form.hpp>
#include <parley/describe/validate.hpp>
#include <parley/json/decode.hpp>
#include <parley/json/detail/text_buffer.hpp>
#include <parley/json/encode.hpp>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <optional>
#include <utility>

namespace parley::inline PARLEY_ABI::detail {

namespace json {

// Walks a value along the shape of its type and writes JSON.
class json_encoder {
public:
    json_encoder(encode_job const& job, std::string& out, std::vector<violation>& errors)
        : job_(job), errors_(errors), out_(out) {}
    json_encoder(json_encoder const&) = delete;
    json_encoder& operator=(json_encoder const&) = delete;

    // The location of a value, linked from the inside out. An error turns it into a path.
    struct step {
        step const* up = nullptr;
        std::string_view key{};
        std::size_t index = 0;
        bool is_index = false;
    };

    void write_all() {
        write(*job_.type, job_.object, job_.format, 0, nullptr);
        out_.flush();
    }

    void write(shape const& type, void const* value, timestamp_format format, std::size_t depth, step const* at) {
        switch (type.kind) {
        case shape_kind::structure: write_structure(*type.structure, value, depth, at); break;
        case shape_kind::tagged_union: write_union(*type.structure, value, depth, at); break;
        case shape_kind::list: write_list(*type.list, value, format, depth, at); break;
        case shape_kind::map: write_map(*type.map, value, format, depth, at); break;
        case shape_kind::document: write_document(static_cast<document const*>(value)->json, depth, at); break;
        case shape_kind::json_value: {
            free_form_writer to(*this, depth, at);
            type.free_form->tell(value, to);
            break;
        }
        default:
            if (auto const* const error = write_scalar(type, value, format)) fail(*error, at);
        }
    }

private:
    struct encode_error {
        errc code;
        char const* message;
    };
    static constexpr encode_error too_deeply_nested{errc::limit_exceeded, "nested more deeply than the limit allows"};
    static constexpr encode_error invalid_text{errc::invalid_utf8, "invalid UTF-8"};
    static constexpr encode_error unnamed_value{errc::invalid_value, "the enumeration value has no name"};
    static constexpr encode_error empty_union{errc::invalid_value, "no alternative of the union is set"};
    static constexpr encode_error unwritable_date{errc::out_of_range, "the date is outside of the years 0000 to 9999"};

    static bool is_scalar(shape_kind kind) noexcept { return kind < shape_kind::structure; }

    // Writes a value that contains no other values. Returns null, or the error.
    encode_error const* write_scalar(shape const& type, void const* value, timestamp_format format) {
        switch (type.kind) {
        case shape_kind::boolean: out_.put(*static_cast<bool const*>(value) ? std::string_view("true") : "false"); break;
        case shape_kind::integer:
            if (type.is_signed) put_number(signed_value(type, value));
            else out_.put_integer(unsigned_value(type, value), false);
            break;
        case shape_kind::floating: write_floating(type, value); break;
        case shape_kind::text: return out_.put_quoted(text_in(type, value)) ? nullptr : &invalid_text;
        case shape_kind::blob:
            out_.put('"');
            append_base64(out_.flushed(), text_in(type, value));
            out_.put('"');
            break;
        case shape_kind::timestamp: return write_timestamp(type.timestamp->get(value), format);
        default: {
            auto const text = type.enumeration->text(value);
            if (text.data() == nullptr) return &unnamed_value;
            return out_.put_quoted(text) ? nullptr : &invalid_text;
        }
        }
        return nullptr;
    }

    bool too_deep(std::size_t depth, step const* at) {
        if (depth < job_.max_depth) return false;
        fail(too_deeply_nested, at);
        return true;
    }

    void put_number(std::int64_t value) {
        auto const magnitude = static_cast<std::uint64_t>(value);
        out_.put_integer(value < 0 ? 0 - magnitude : magnitude, value < 0);
    }

    // NaN and the infinities are written as strings: https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html
    void write_floating(shape const& type, void const* value) {
        auto const number = floating_value(type, value);
        if (std::isnan(number)) out_.put("\"NaN\"");
        else if (std::isinf(number)) out_.put(number < 0 ? std::string_view("\"-Infinity\"") : "\"Infinity\"");
        else {
            out_.put_with(40, [&](char* to) {
                return type.size == sizeof(float) ? write_float(to, *static_cast<float const*>(value)) : write_double(to, number);
            });
        }
    }

    void write_text(std::string_view text, step const* at) {
        if (!out_.put_quoted(text)) fail(invalid_text, at);
    }

    encode_error const* write_timestamp(instant when, timestamp_format format) {
        if (format == timestamp_format::unspecified || format == timestamp_format::epoch_seconds) {
            out_.put_with(32, [when](char* to) { return write_epoch_seconds(to, when); });
            return nullptr;
        }
        if (!in_calendar_range(when)) return &unwritable_date;
        std::string text;
        append_timestamp(text, when, format);
        out_.put('"');
        out_.put(text);
        out_.put('"');
        return nullptr;
    }

    timestamp_format format_of(member const& m) const {
        return m.format != timestamp_format::unspecified ? m.format : job_.format;
    }

    [[gnu::always_inline]] void write_name(member const& m, bool first) {
        if (m.plain_name) return out_.put_name(m, first);
        if (!first) out_.put(',');
        write_text(m.name, nullptr);
        out_.put(':');
    }

    static void const* value_in(value_access const& access, void const* place) {
        if (access.optional_text) {
            auto const& text = *static_cast<std::optional<std::string> const*>(place);
            return text ? &*text : nullptr;
        }
        return access.held_in(place);
    }

    [[gnu::always_inline]] void write_structure(structure_shape const& s, void const* value, std::size_t depth, step const* at) {
        if (too_deep(depth, at)) return;
        if (depth == 0 && job_.by_position) return write_positions(s, value, at);
        auto const* chosen = depth == 0 ? job_.members : nullptr;
        out_.put('{');
        bool first = true;
        for (auto const *next = s.members, *const end = next + s.count; next != end; ++next) {
            auto const& m = *next;
            auto const* const held = value_in(m.value, s.place_of(m, value));
            if (!held || (chosen && !chosen->contains(m.position))) continue;
            auto const& type = *m.value.target;
            if (type.kind == shape_kind::text && m.plain_name) {
                if (!out_.put_member(m, first, text_in(type, held))) fail_within(at, m, invalid_text);
            } else if (is_scalar(type.kind)) {
                write_name(m, first);
                if (auto const* const error = write_scalar(type, held, format_of(m))) fail_within(at, m, *error);
            } else {
                write_name(m, first);
                step const here{at, m.name};
                write(type, held, format_of(m), depth + 1, &here);
            }
            first = false;
        }
        out_.put('}');
    }

    // Writes the members' values in order, without their names.
    [[gnu::noinline]] void write_positions(structure_shape const& s, void const* value, step const* at) {
        out_.put('[');
        bool first = true;
        std::size_t absent = 0;
        for (std::size_t i = 0; i < s.count; ++i) {
            auto const& m = s.members[i];
            auto const* const held = value_in(m.value, s.place_of(m, value));
            if (!held || (job_.members && !job_.members->contains(i))) {
                ++absent;
                continue;
            }
            // An absent member becomes null only if another member follows.
            for (; absent > 0; --absent) out_.put(std::exchange(first, false) ? std::string_view("null") : ",null");
            if (!std::exchange(first, false)) out_.put(',');
            step const here{at, m.name};
            write(*m.value.target, held, format_of(m), 1, &here);
        }
        out_.put(']');
    }

    [[gnu::cold]] void fail_within(step const* at, member const& m, encode_error const& error) {
        step const here{at, m.name};
        fail(error, &here);
    }

    [[gnu::always_inline]] void write_union(structure_shape const& s, void const* value, std::size_t depth, step const* at) {
        if (too_deep(depth, at)) return;
        auto const active = s.active(value);
        auto const* held = active < 0 ? nullptr : s.members[active].value.get_if(value);
        if (!held) return fail(empty_union, at);
        auto const& m = s.members[active];
        out_.put('{');
        write_name(m, true);
        step const here{at, m.name};
        write(*m.value.target, held, format_of(m), depth + 1, &here);
        out_.put('}');
    }

    struct items {
        json_encoder& self;
        value_access const& access;
        timestamp_format format;
        std::size_t depth;
        step at;
        bool first = true;
    };

    void write_item(items& all, void const* place) {
        auto const* value = all.access.held_in(place);
        if (value) write(*all.access.target, value, all.format, all.depth, &all.at);
        else out_.put("null");
    }

    void write_list(list_shape const& list, void const* value, timestamp_format format, std::size_t depth, step const* at) {
        if (too_deep(depth, at)) return;
        out_.put('[');
        items all{*this, list.item, format, depth + 1, {at, {}, 0, true}};
        list.each(value, &all, [](void* context, void const* item) {
            auto& c = *static_cast<items*>(context);
            if (!std::exchange(c.first, false)) c.self.out_.put(',');
            c.self.write_item(c, item);
            ++c.at.index;
            return !c.self.full();
        });
        out_.put(']');
    }

    void write_map(map_shape const& map, void const* value, timestamp_format format, std::size_t depth, step const* at) {
        if (too_deep(depth, at)) return;
        out_.put('{');
        items all{*this, map.value, format, depth + 1, {at}};
        map.each(value, &all, [](void* context, std::string_view key, void const* mapped) {
            auto& c = *static_cast<items*>(context);
            if (!std::exchange(c.first, false)) c.self.out_.put(',');
            c.at.key = key;
            c.self.write_text(key, &c.at);
            c.self.out_.put(':');
            c.self.write_item(c, mapped);
            return !c.self.full();
        });
        out_.put('}');
    }

    // Writes the text unchanged after checking that it is JSON.
    void write_document(std::string_view json, std::size_t depth, step const* at) {
        decode_options options;
        options.limits.depth = job_.max_depth - std::min(depth, job_.max_depth);
        std::vector<violation> errors;
        if (decode_json(json, {}, options, errors)) out_.put(json);
        else fail(errors[0].code, "not a JSON text: " + errors[0].message, at);
    }

    // Writes the events of a free-form value.
    class free_form_writer final : public free_form_sink {
    public:
        free_form_writer(json_encoder& to, std::size_t depth, step const* at) : to_(to), depth_(depth), at_(at) {}

        bool open(char bracket) override {
            begin_value();
            if (depth_ + levels_.size() >= to_.job_.max_depth) return fail(too_deeply_nested), false;
            to_.out_.put(bracket);
            levels_.push_back({nullptr, {}, 0, bracket == '['});
            first_ = true;
            return true;
        }
        void close(char bracket) override {
            levels_.pop_back();
            first_ = false;
            to_.out_.put(bracket);
        }
        void key(std::string_view key) override {
            if (!first_) to_.out_.put(',');
            levels_.back().key = key;
            if (!to_.out_.put_quoted(key)) fail(invalid_text);
            to_.out_.put(':');
        }
        void text(std::string_view text) override {
            begin_value();
            if (!to_.out_.put_quoted(text)) fail(invalid_text);
        }
        bool number(std::string_view literal) override {
            begin_value();
            to_.out_.put(literal);
            return true;
        }
        void boolean(bool value) override { begin_value(), to_.out_.put(value ? std::string_view("true") : "false"); }
        void null() override { begin_value(), to_.out_.put("null"); }

    private:
        void begin_value() {
            if (!first_ && levels_.back().is_index) to_.out_.put(','), ++levels_.back().index;
            first_ = false;
        }
        void fail(encode_error const& error) {
            auto const* at = at_;
            for (auto& level : levels_) level.up = std::exchange(at, &level);
            to_.fail(error, at);
        }

        json_encoder& to_;
        std::size_t const depth_;
        step const* const at_;
        std::vector<step> levels_;
        bool first_ = true; // in its object or array
    };

    [[gnu::cold]] void fail(encode_error const& error, step const* at) { fail(error.code, error.message, at); }
    [[gnu::cold]] void fail(errc code, std::string message, step const* at) {
        if (full()) return;
        errors_.push_back({code, {}, std::move(message)});
        append_path(errors_.back().path, at);
    }
    [[gnu::cold]] static void append_path(std::string& path, step const* at) {
        if (!at) return;
        append_path(path, at->up);
        append_pointer_token(path, at->is_index ? std::string_view(std::to_string(at->index)) : at->key);
    }
    bool full() const { return errors_.size() >= 100; }

    encode_job const& job_;
    std::vector<violation>& errors_;
    text_buffer out_;
};

} // namespace json

bool encode_json(encode_job const& job, std::string& out, std::vector<violation>& errors) {
    auto const before = errors.size();
    if (job.object) json::json_encoder(job, out, errors).write_all();
    else out += "null";
    return errors.size() == before;
}

} // namespace parley::detail

#endif
