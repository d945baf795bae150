// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_JSON_ENCODE_IPP
#define PARLEY_JSON_ENCODE_IPP

#include <parley/core/base64.hpp>
#include <parley/core/number.hpp>
#include <parley/core/utf8.hpp>
#include <parley/describe/validate.hpp>
#include <parley/json/boost_json.ipp>
#include <parley/json/encode.hpp>

#include <array>
#include <charconv>
#include <cmath>

namespace parley::detail {

// Quotation mark, reverse solidus and the control characters must be escaped (RFC 8259, section 7).
void append_json_string(std::string& out, std::string_view text) {
    static constexpr auto escapes = [] {
        std::array<char, 256> table{};
        for (std::size_t i = 0; i < 0x20; ++i) table[i] = 'u';
        table['"'] = '"', table['\\'] = '\\';
        table['\b'] = 'b', table['\f'] = 'f', table['\n'] = 'n', table['\r'] = 'r', table['\t'] = 't';
        return table;
    }();
    out += '"';
    std::size_t begin = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto const byte = static_cast<unsigned char>(text[i]);
        char const escape = escapes[byte];
        if (escape == 0) continue;
        out.append(text, begin, i - begin);
        begin = i + 1;
        out += '\\';
        out += escape;
        if (escape == 'u') {
            out.append("00");
            out += static_cast<char>('0' + (byte >> 4));
            out += "0123456789abcdef"[byte & 15];
        }
    }
    out.append(text, begin, text.size() - begin);
    out += '"';
}

namespace {

class json_encoder {
public:
    json_encoder(encode_job const& job, std::string& out, std::vector<violation>& errors)
        : job_(job), out_(out), errors_(errors) {}

    void write(shape const& what, void const* value, timestamp_format format, std::size_t depth) {
        switch (what.kind) {
        case shape_kind::boolean: out_ += *static_cast<bool const*>(value) ? "true" : "false"; break;
        case shape_kind::integer:
            if (what.is_signed) append_number(signed_value(what, value));
            else append_number(unsigned_value(what, value));
            break;
        case shape_kind::floating: write_floating(what, value); break;
        case shape_kind::text: write_text(*static_cast<std::string const*>(value)); break;
        case shape_kind::blob:
            out_ += '"';
            append_base64(out_, static_cast<blob const*>(value)->bytes);
            out_ += '"';
            break;
        case shape_kind::timestamp: write_timestamp(what.timestamp->get(value), format); break;
        case shape_kind::enumeration: {
            auto const text = what.enumeration->text(value);
            if (text.data() == nullptr) return fail(errc::invalid_value, "is no named value of its enumeration");
            write_text(text);
            break;
        }
        case shape_kind::structure: write_structure(*what.structure, value, depth); break;
        case shape_kind::choice: write_choice(*what.structure, value, depth); break;
        case shape_kind::list: write_list(*what.list, value, format, depth); break;
        case shape_kind::map: write_map(*what.map, value, format, depth); break;
        case shape_kind::document: write_document(*static_cast<boost::json::value const*>(value), depth); break;
        }
    }

private:
    struct step {
        std::string_view key;
        std::size_t index = 0;
        bool is_index = false;
    };

    bool too_deep(std::size_t depth) {
        if (depth < job_.max_depth) return false;
        fail(errc::limit_exceeded, "has more levels than the limit allows");
        return true;
    }

    template <class Integer>
    void append_number(Integer value) {
        char digits[24];
        auto const end = std::to_chars(digits, digits + sizeof digits, value).ptr;
        out_.append(digits, static_cast<std::size_t>(end - digits));
    }

    // NaN and the infinities travel as texts: https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html
    void write_floating(shape const& what, void const* value) {
        auto const number = floating_value(what, value);
        if (std::isnan(number)) out_ += "\"NaN\"";
        else if (std::isinf(number)) out_ += number < 0 ? "\"-Infinity\"" : "\"Infinity\"";
        else if (what.size == sizeof(float)) append_float(out_, *static_cast<float const*>(value));
        else append_double(out_, number);
    }

    void write_text(std::string_view text) {
        if (find_invalid_utf8(text) != std::string_view::npos) return fail(errc::invalid_utf8, "invalid UTF-8");
        append_json_string(out_, text);
    }

    void write_timestamp(instant when, timestamp_format format) {
        if (format == timestamp_format::unspecified || format == timestamp_format::epoch_seconds)
            return append_timestamp(out_, when, timestamp_format::epoch_seconds);
        if (!in_calendar_range(when)) return fail(errc::out_of_range, "is outside of the years 0000 to 9999");
        out_ += '"';
        append_timestamp(out_, when, format);
        out_ += '"';
    }

    void write_name(member const& m) {
        if (m.plain_name) out_.append(1, '"').append(m.name).append(1, '"');
        else append_json_string(out_, m.name);
        out_ += ':';
    }

    void write_structure(structure_shape const& s, void const* value, std::size_t depth) {
        if (too_deep(depth)) return;
        auto const writable = depth == 0 ? job_.members : ~std::uint64_t{0};
        out_ += '{';
        bool first = true;
        path_.push_back({});
        for (std::size_t i = 0; i < s.count; ++i) {
            auto const& m = s.members[i];
            auto const* place = s.place_of(m, value);
            auto const* held = m.value.peek ? m.value.peek(place) : place;
            if (!held || !(writable >> i & 1)) continue;
            if (!first) out_ += ',';
            first = false;
            write_name(m);
            path_.back().key = m.name;
            write(*m.value.target, held, m.format != timestamp_format::unspecified ? m.format : job_.format, depth + 1);
        }
        path_.pop_back();
        out_ += '}';
    }

    void write_choice(structure_shape const& s, void const* value, std::size_t depth) {
        if (too_deep(depth)) return;
        auto const active = s.active(value);
        auto const* held = active < 0 ? nullptr : s.members[active].value.peek(value);
        if (!held) return fail(errc::missing_field, "the union holds no member");
        auto const& m = s.members[active];
        out_ += '{';
        write_name(m);
        path_.push_back({m.name});
        write(*m.value.target, held, job_.format, depth + 1);
        path_.pop_back();
        out_ += '}';
    }

    struct items {
        json_encoder& self;
        holder const& held;
        timestamp_format format;
        std::size_t depth;
        bool first = true;
    };

    void write_held(items& all, void const* place) {
        auto const* value = all.held.peek ? all.held.peek(place) : place;
        if (value) write(*all.held.target, value, all.format, all.depth);
        else out_ += "null";
    }

    void write_list(list_shape const& list, void const* value, timestamp_format format, std::size_t depth) {
        if (too_deep(depth)) return;
        out_ += '[';
        path_.push_back({{}, 0, true});
        items all{*this, list.item, format, depth + 1};
        list.each(value, &all, [](void* context, void const* item) {
            auto& c = *static_cast<items*>(context);
            if (!c.first) c.self.out_ += ',';
            c.first = false;
            c.self.write_held(c, item);
            ++c.self.path_.back().index;
            return !c.self.full();
        });
        path_.pop_back();
        out_ += ']';
    }

    void write_map(map_shape const& map, void const* value, timestamp_format format, std::size_t depth) {
        if (too_deep(depth)) return;
        out_ += '{';
        path_.push_back({});
        items all{*this, map.value, format, depth + 1};
        map.each(value, &all, [](void* context, std::string_view key, void const* mapped) {
            auto& c = *static_cast<items*>(context);
            if (!c.first) c.self.out_ += ',';
            c.first = false;
            c.self.path_.back().key = key;
            c.self.write_text(key);
            c.self.out_ += ':';
            c.self.write_held(c, mapped);
            return !c.self.full();
        });
        path_.pop_back();
        out_ += '}';
    }

    void write_document(boost::json::value const& value, std::size_t depth) {
        switch (value.kind()) {
        case boost::json::kind::null: out_ += "null"; break;
        case boost::json::kind::bool_: out_ += value.get_bool() ? "true" : "false"; break;
        case boost::json::kind::int64: append_number(value.get_int64()); break;
        case boost::json::kind::uint64: append_number(value.get_uint64()); break;
        case boost::json::kind::double_: {
            auto const number = value.get_double();
            write_floating(shape_table<double>::value, &number);
            break;
        }
        case boost::json::kind::string: {
            auto const& text = value.get_string();
            write_text({text.data(), text.size()});
            break;
        }
        case boost::json::kind::array: {
            if (too_deep(depth)) return;
            out_ += '[';
            path_.push_back({{}, 0, true});
            for (auto const& item : value.get_array()) {
                if (path_.back().index++ > 0) out_ += ',';
                write_document(item, depth + 1);
            }
            path_.pop_back();
            out_ += ']';
            break;
        }
        case boost::json::kind::object: {
            if (too_deep(depth)) return;
            out_ += '{';
            path_.push_back({});
            bool first = true;
            for (auto const& entry : value.get_object()) {
                if (!first) out_ += ',';
                first = false;
                path_.back().key = std::string_view(entry.key().data(), entry.key().size());
                write_text(path_.back().key);
                out_ += ':';
                write_document(entry.value(), depth + 1);
            }
            path_.pop_back();
            out_ += '}';
            break;
        }
        }
    }

    void fail(errc code, std::string message) {
        if (full()) return;
        violation v{code, {}, std::move(message)};
        for (auto const& s : path_)
            append_pointer_token(v.path, s.is_index ? std::string_view(std::to_string(s.index)) : s.key);
        errors_.push_back(std::move(v));
    }
    bool full() const { return errors_.size() >= 100; }

    encode_job const& job_;
    std::string& out_;
    std::vector<violation>& errors_;
    std::vector<step> path_;
};

} // namespace

bool encode_json(encode_job const& job, std::string& out, std::vector<violation>& errors) {
    auto const before = errors.size();
    json_encoder encoder(job, out, errors);
    if (job.object) encoder.write(*job.what, job.object, job.format, 0);
    else out += "null";
    return errors.size() == before;
}

} // namespace parley::detail

#endif
