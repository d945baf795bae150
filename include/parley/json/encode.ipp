// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_JSON_ENCODE_IPP
#define PARLEY_JSON_ENCODE_IPP

#include <parley/core/base64.hpp>
#include <parley/core/number.hpp>
#include <parley/core/utf8.hpp>
#include <parley/describe/validate.hpp>
#include <parley/json/boost_json.ipp>
#include <parley/json/encode.hpp>
#include <parley/json/escape.ipp>
#include <parley/json/decode.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstring>
#include <utility>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace parley::detail {

namespace {

struct text_traits {
    bool ascii = true;
    bool plain = true; // nothing must be escaped
};

text_traits look_at(std::string_view text) noexcept {
    text_traits found;
    std::size_t i = 0;
    unsigned all = 0;
#ifdef __SSE2__
    auto const space = _mm_set1_epi8(0x1f), quote = _mm_set1_epi8('"'), solidus = _mm_set1_epi8('\\');
    int high = 0, special = 0;
    for (; i + 16 <= text.size(); i += 16) {
        auto const block = _mm_loadu_si128(reinterpret_cast<__m128i const*>(text.data() + i));
        high |= _mm_movemask_epi8(block);
        auto const control = _mm_cmpeq_epi8(_mm_max_epu8(block, space), space);
        special |= _mm_movemask_epi8(
            _mm_or_si128(control, _mm_or_si128(_mm_cmpeq_epi8(block, quote), _mm_cmpeq_epi8(block, solidus))));
    }
    found.plain = special == 0;
    if (high != 0) all = 0x80;
#endif
    for (; i < text.size(); ++i) {
        auto const byte = static_cast<unsigned char>(text[i]);
        all |= byte;
        if (json_escapes[byte] != 0) found.plain = false;
    }
    found.ascii = all < 0x80;
    return found;
}

// Writes through a pointer into memory that is there already: the string is made larger than needed, and cut in the end.
class json_encoder {
public:
    json_encoder(encode_job const& job, std::string& out, std::vector<violation>& errors)
        : job_(job), out_(out), errors_(errors) {
        open(256);
    }
    ~json_encoder() { close(); }
    json_encoder(json_encoder const&) = delete;
    json_encoder& operator=(json_encoder const&) = delete;

    // Where a value is, from the inside out; a path is made of it when something is wrong.
    struct step {
        step const* up = nullptr;
        std::string_view key{};
        std::size_t index = 0;
        bool is_index = false;
    };

    void write(shape const& what, void const* value, timestamp_format format, std::size_t depth, step const* at) {
        switch (what.kind) {
        case shape_kind::boolean: put(*static_cast<bool const*>(value) ? std::string_view("true") : "false"); break;
        case shape_kind::integer:
            if (what.is_signed) put_number(signed_value(what, value));
            else put_number(unsigned_value(what, value));
            break;
        case shape_kind::floating: write_floating(what, value); break;
        case shape_kind::text: write_text(*static_cast<std::string const*>(value), at); break;
        case shape_kind::blob:
            put("\"");
            close();
            append_base64(out_, static_cast<blob const*>(value)->bytes);
            open(64);
            put("\"");
            break;
        case shape_kind::timestamp: write_timestamp(what.timestamp->get(value), format, at); break;
        case shape_kind::enumeration: {
            auto const text = what.enumeration->text(value);
            if (text.data() == nullptr) return fail(errc::invalid_value, "is no named value of its enumeration", at);
            write_text(text, at);
            break;
        }
        case shape_kind::structure: write_structure(*what.structure, value, depth, at); break;
        case shape_kind::choice: write_choice(*what.structure, value, depth, at); break;
        case shape_kind::list: write_list(*what.list, value, format, depth, at); break;
        case shape_kind::map: write_map(*what.map, value, format, depth, at); break;
        case shape_kind::document: write_document(static_cast<document const*>(value)->json, depth, at); break;
        case shape_kind::json_value: write_json_value(*static_cast<boost::json::value const*>(value), depth, at); break;
        }
    }

private:
    void open(std::size_t room) {
        auto const used = out_.size();
        out_.resize(std::max(out_.capacity(), used + room));
        next_ = out_.data() + used;
        end_ = out_.data() + out_.size();
    }
    void close() { out_.resize(static_cast<std::size_t>(next_ - out_.data())); }
    void need(std::size_t room) {
        if (static_cast<std::size_t>(end_ - next_) >= room) return;
        auto const used = static_cast<std::size_t>(next_ - out_.data());
        out_.resize(std::max(out_.size() * 2, used + room));
        next_ = out_.data() + used;
        end_ = out_.data() + out_.size();
    }
    void put_unchecked(std::string_view text) {
        std::memcpy(next_, text.data(), text.size());
        next_ += text.size();
    }
    void put(std::string_view text) {
        need(text.size());
        put_unchecked(text);
    }
    void put(char c) {
        need(1);
        *next_++ = c;
    }

    bool too_deep(std::size_t depth, step const* at) {
        if (depth < job_.max_depth) return false;
        fail(errc::limit_exceeded, "has more levels than the limit allows", at);
        return true;
    }

    template <class Number>
    void put_number(Number value) {
        need(32);
        next_ = std::to_chars(next_, end_, value).ptr;
    }

    // NaN and the infinities travel as texts: https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html
    void write_floating(shape const& what, void const* value) {
        auto const number = floating_value(what, value);
        if (std::isnan(number)) put("\"NaN\"");
        else if (std::isinf(number)) put(number < 0 ? std::string_view("\"-Infinity\"") : "\"Infinity\"");
        else {
            need(40);
            next_ = what.size == sizeof(float) ? write_float(next_, *static_cast<float const*>(value))
                                               : write_double(next_, number);
        }
    }

    void write_text(std::string_view text, step const* at) {
        auto const traits = look_at(text);
        if (!traits.ascii && find_invalid_utf8(text) != std::string_view::npos)
            return fail(errc::invalid_utf8, "invalid UTF-8", at);
        need((traits.plain ? text.size() : text.size() * 6) + 2);
        *next_++ = '"';
        if (traits.plain) put_unchecked(text);
        else next_ = write_escaped(next_, text);
        *next_++ = '"';
    }

    void write_timestamp(instant when, timestamp_format format, step const* at) {
        if (format == timestamp_format::unspecified) format = timestamp_format::epoch_seconds;
        bool const number = format == timestamp_format::epoch_seconds;
        if (number && when.nanoseconds == 0) return put_number(when.seconds);
        if (!number && !in_calendar_range(when)) return fail(errc::out_of_range, "is outside of the years 0000 to 9999", at);
        std::string text;
        append_timestamp(text, when, format);
        if (!number) put('"');
        put(text);
        if (!number) put('"');
    }

    void write_name(member const& m) {
        if (!m.plain_name) return write_text(m.name, nullptr), put(':');
        need(m.name.size() + 3);
        *next_++ = '"';
        put_unchecked(m.name);
        *next_++ = '"';
        *next_++ = ':';
    }

    void write_structure(structure_shape const& s, void const* value, std::size_t depth, step const* at) {
        if (too_deep(depth, at)) return;
        auto const* chosen = depth == 0 ? job_.members : nullptr;
        bool const by_position = depth == 0 && job_.by_position;
        put(by_position ? '[' : '{');
        bool first = true;
        std::size_t absent = 0;
        for (std::size_t i = 0; i < s.count; ++i) {
            auto const& m = s.members[i];
            auto const* place = s.place_of(m, value);
            auto const* held = m.value.peek ? m.value.peek(place) : place;
            if (!held || (chosen && !chosen->contains(i))) {
                ++absent;
                continue;
            }
            // Only absent members that are followed by others need something to stand in their positions.
            for (; by_position && absent > 0; --absent) put(std::exchange(first, false) ? std::string_view("null") : ",null");
            if (!first) put(',');
            first = false;
            if (!by_position) write_name(m);
            step const here{at, m.name};
            write(*m.value.target, held, m.format != timestamp_format::unspecified ? m.format : job_.format, depth + 1, &here);
        }
        put(by_position ? ']' : '}');
    }

    void write_choice(structure_shape const& s, void const* value, std::size_t depth, step const* at) {
        if (too_deep(depth, at)) return;
        auto const active = s.active(value);
        auto const* held = active < 0 ? nullptr : s.members[active].value.peek(value);
        if (!held) return fail(errc::invalid_value, "the union holds no member", at);
        auto const& m = s.members[active];
        put('{');
        write_name(m);
        step const here{at, m.name};
        write(*m.value.target, held, m.format != timestamp_format::unspecified ? m.format : job_.format, depth + 1, &here);
        put('}');
    }

    struct items {
        json_encoder& self;
        holder const& held;
        timestamp_format format;
        std::size_t depth;
        step at;
        bool first = true;
    };

    void write_held(items& all, void const* place) {
        auto const* value = all.held.peek ? all.held.peek(place) : place;
        if (value) write(*all.held.target, value, all.format, all.depth, &all.at);
        else put("null");
    }

    void write_list(list_shape const& list, void const* value, timestamp_format format, std::size_t depth, step const* at) {
        if (too_deep(depth, at)) return;
        put('[');
        items all{*this, list.item, format, depth + 1, {at, {}, 0, true}};
        list.each(value, &all, [](void* context, void const* item) {
            auto& c = *static_cast<items*>(context);
            if (!std::exchange(c.first, false)) c.self.put(',');
            c.self.write_held(c, item);
            ++c.at.index;
            return !c.self.full();
        });
        put(']');
    }

    void write_map(map_shape const& map, void const* value, timestamp_format format, std::size_t depth, step const* at) {
        if (too_deep(depth, at)) return;
        put('{');
        items all{*this, map.value, format, depth + 1, {at}};
        map.each(value, &all, [](void* context, std::string_view key, void const* mapped) {
            auto& c = *static_cast<items*>(context);
            if (!std::exchange(c.first, false)) c.self.put(',');
            c.at.key = key;
            c.self.write_text(key, &c.at);
            c.self.put(':');
            c.self.write_held(c, mapped);
            return !c.self.full();
        });
        put('}');
    }

    // The text goes out as it is, if it is one JSON text.
    void write_document(std::string_view json, std::size_t depth, step const* at) {
        decode_options options;
        options.limits.depth = job_.max_depth - std::min(depth, job_.max_depth);
        std::vector<violation> wrong;
        if (decode_json(json, {}, options, wrong)) put(json);
        else fail(wrong[0].code, "is no JSON text: " + wrong[0].message, at);
    }

    void write_json_value(boost::json::value const& value, std::size_t depth, step const* at) {
        switch (value.kind()) {
        case boost::json::kind::null: put("null"); break;
        case boost::json::kind::bool_: put(value.get_bool() ? std::string_view("true") : "false"); break;
        case boost::json::kind::int64: put_number(value.get_int64()); break;
        case boost::json::kind::uint64: put_number(value.get_uint64()); break;
        case boost::json::kind::double_: {
            auto const number = value.get_double();
            write_floating(shape_table<double>::value, &number);
            break;
        }
        case boost::json::kind::string: {
            auto const& text = value.get_string();
            write_text({text.data(), text.size()}, at);
            break;
        }
        case boost::json::kind::array: {
            if (too_deep(depth, at)) return;
            put('[');
            step here{at, {}, 0, true};
            for (auto const& item : value.get_array()) {
                if (here.index > 0) put(',');
                write_json_value(item, depth + 1, &here);
                ++here.index;
            }
            put(']');
            break;
        }
        case boost::json::kind::object: {
            if (too_deep(depth, at)) return;
            put('{');
            bool first = true;
            for (auto const& entry : value.get_object()) {
                if (!std::exchange(first, false)) put(',');
                step const here{at, std::string_view(entry.key().data(), entry.key().size())};
                write_text(here.key, &here);
                put(':');
                write_json_value(entry.value(), depth + 1, &here);
            }
            put('}');
            break;
        }
        }
    }

    void fail(errc code, std::string message, step const* at) {
        if (full()) return;
        errors_.push_back({code, {}, std::move(message)});
        append_path(errors_.back().path, at);
    }
    static void append_path(std::string& path, step const* at) {
        if (!at) return;
        append_path(path, at->up);
        append_pointer_token(path, at->is_index ? std::string_view(std::to_string(at->index)) : at->key);
    }
    bool full() const { return errors_.size() >= 100; }

    encode_job const& job_;
    std::string& out_;
    std::vector<violation>& errors_;
    char* next_ = nullptr;
    char* end_ = nullptr;
};

} // namespace

bool encode_json(encode_job const& job, std::string& out, std::vector<violation>& errors) {
    auto const before = errors.size();
    if (job.object) json_encoder(job, out, errors).write(*job.what, job.object, job.format, 0, nullptr);
    else out += "null";
    return errors.size() == before;
}

} // namespace parley::detail

#endif
