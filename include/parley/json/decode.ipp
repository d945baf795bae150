// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_JSON_DECODE_IPP
#define PARLEY_JSON_DECODE_IPP

#include <parley/core/number.hpp>
#include <parley/core/base64.hpp>
#include <parley/core/utf8.hpp>
#include <parley/describe/validate.hpp>
#include <parley/json/boost_json.ipp>
#include <parley/json/decode.hpp>
#include <parley/json/escape.ipp>
#include <parley/json/locate.hpp>

#include <cmath>
#include <cstring>
#include <memory>
#include <optional>
#include <utility>

namespace parley::detail {

namespace {

std::string_view kind_name(shape_kind kind) noexcept {
    switch (kind) {
    case shape_kind::boolean: return "a boolean";
    case shape_kind::integer: return "an integer";
    case shape_kind::floating: return "a number";
    case shape_kind::text: return "a string";
    case shape_kind::blob: return "a base64 string";
    case shape_kind::timestamp: return "a timestamp";
    case shape_kind::enumeration: return "a string";
    case shape_kind::structure:
    case shape_kind::choice:
    case shape_kind::map: return "an object";
    case shape_kind::list: return "an array";
    case shape_kind::document:
    case shape_kind::json_value: return "a value";
    }
    return "a value";
}

// The integer that a JSON number literal stands for, exactly: "1e3" and "10.0" are integers, "1.5" is none.
struct literal_integer {
    enum class outcome : std::uint8_t { exact, fraction, too_large } outcome = outcome::exact;
    bool negative = false;
    std::uint64_t magnitude = 0;
};

literal_integer read_integer(std::string_view literal) {
    literal_integer result;
    std::size_t i = 0;
    if (i < literal.size() && literal[i] == '-') result.negative = true, ++i;
    // Zeros are held back until a digit follows, so that trailing ones become part of the exponent.
    long long exponent = 0, held_zeros = 0;
    bool in_fraction = false, too_large = false;
    auto multiply = [&] {
        if (__builtin_mul_overflow(result.magnitude, std::uint64_t{10}, &result.magnitude)) too_large = true;
    };
    for (; i < literal.size() && literal[i] != 'e' && literal[i] != 'E'; ++i) {
        if (literal[i] == '.') {
            in_fraction = true;
            continue;
        }
        if (in_fraction) --exponent;
        if (literal[i] == '0') {
            ++held_zeros;
            continue;
        }
        for (; held_zeros > 0 && !too_large; --held_zeros) multiply();
        held_zeros = 0;
        multiply();
        auto const digit = static_cast<std::uint64_t>(literal[i] - '0');
        if (__builtin_add_overflow(result.magnitude, digit, &result.magnitude)) too_large = true;
    }
    exponent += held_zeros;
    if (i < literal.size()) {
        bool const negative = ++i < literal.size() && literal[i] == '-';
        if (i < literal.size() && (literal[i] == '-' || literal[i] == '+')) ++i;
        long long written = 0;
        for (; i < literal.size(); ++i) {
            if (written < 1'000'000'000'000) written = written * 10 + (literal[i] - '0');
        }
        exponent += negative ? -written : written;
    }
    if (result.magnitude == 0 && !too_large) return result;
    if (exponent < 0) {
        result.outcome = literal_integer::outcome::fraction;
    } else {
        for (; exponent > 0 && !too_large; --exponent) multiply();
        if (too_large) result.outcome = literal_integer::outcome::too_large;
    }
    return result;
}

template <class T>
bool store_as(void* object, bool negative, std::uint64_t magnitude) {
    if (negative && magnitude != 0) {
        if constexpr (std::is_unsigned_v<T>) return false;
        constexpr auto most = static_cast<std::uint64_t>(std::numeric_limits<T>::max()) + 1;
        if (magnitude > most) return false;
        auto const value = static_cast<T>(-static_cast<std::int64_t>(magnitude - 1) - 1);
        std::memcpy(object, &value, sizeof value);
        return true;
    }
    if (magnitude > static_cast<std::uint64_t>(std::numeric_limits<T>::max())) return false;
    auto const value = static_cast<T>(magnitude);
    std::memcpy(object, &value, sizeof value);
    return true;
}

bool store_integer(shape const& what, void* object, bool negative, std::uint64_t magnitude) {
    switch (what.size) {
    case 1:
        return what.is_signed ? store_as<std::int8_t>(object, negative, magnitude)
                              : store_as<std::uint8_t>(object, negative, magnitude);
    case 2:
        return what.is_signed ? store_as<std::int16_t>(object, negative, magnitude)
                              : store_as<std::uint16_t>(object, negative, magnitude);
    case 4:
        return what.is_signed ? store_as<std::int32_t>(object, negative, magnitude)
                              : store_as<std::uint32_t>(object, negative, magnitude);
    default:
        return what.is_signed ? store_as<std::int64_t>(object, negative, magnitude)
                              : store_as<std::uint64_t>(object, negative, magnitude);
    }
}

void store_floating(shape const& what, void* object, double number) {
    if (what.size == sizeof(float)) *static_cast<float*>(object) = static_cast<float>(number);
    else *static_cast<double*>(object) = number;
}

// The handler of Boost.JSON's parser. It walks the tables of the type along with the text: one frame for each object or
// array that the description knows. It is no template, so the parser is instantiated once for all types.
class json_decoder {
public:
    static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);

    json_decoder(decode_job const& job, decode_options const& options, std::vector<violation>& errors,
                 std::vector<violation>* tolerated)
        : job_(job), options_(options), errors_(errors), tolerated_(tolerated), first_error_(errors.size()) {}

    json_decoder(json_decoder const&) = delete;
    json_decoder& operator=(json_decoder const&) = delete;
    ~json_decoder() {
        while (depth_ > 0) pop();
    }

    bool on_document_begin(error_code&) { return true; }
    bool on_document_end(error_code&) { return true; }
    bool on_comment_part(string_view, error_code&) { return true; }
    bool on_comment(string_view, error_code&) { return true; }

    bool on_object_begin(error_code& ec) {
        if (skipped_ > 0) return ++skipped_, true;
        if (document_depth_ > 0) return go_into_document('{'), count(ec);
        place p;
        if (!open(p)) return skipped_ = 1, true;
        switch (p.what->kind) {
        case shape_kind::structure:
        case shape_kind::choice:
        case shape_kind::map: push(p); return count(ec);
        case shape_kind::document:
        case shape_kind::json_value: return begin_document(p), go_into_document('{'), count(ec);
        case shape_kind::timestamp:
            // The reference reads {"tag": 1, "value": seconds} as the seconds, as CBOR would have them.
            if (options_.strictness == strictness::compatible) return push(p), true;
            [[fallthrough]];
        default: return skipped_ = 1, mismatch(p, "an object", ec);
        }
    }

    bool on_object_end(std::size_t n, error_code& ec) {
        if (skipped_ > 0) {
            if (--skipped_ == 0) close();
            return true;
        }
        if (document_depth_ > 0) {
            if (raw_) *raw_ += '}';
            else document_->push_object(n);
            if (--document_depth_ == 0) end_document();
            return true;
        }
        auto& f = top();
        switch (f.what->kind) {
        case shape_kind::structure: {
            if (reads_positions() && f.next > f.what->structure->count &&
                !report_or_tolerate(errc::invalid_value, "has more values than there are members", 0, ec))
                return false;
            auto missing = f.what->structure->required;
            missing -= f.seen;
            if (f.readable) missing &= *f.readable;
            if (!missing.empty() && !report_missing(f, missing, ec)) return false;
            if (options_.closed) fill_absent(*f.what->structure, f.object, options_, errors_);
            break;
        }
        case shape_kind::choice:
            if (f.index == 0 && !report_or_tolerate(errc::invalid_value, "the union holds no member", depth_ - 1, ec))
                return false;
            break;
        case shape_kind::timestamp:
            if (f.index == 0 && !report(errc::invalid_type, "expected a timestamp, found an object", depth_ - 1, ec))
                return false;
            break;
        default: break;
        }
        return end_container(ec);
    }

    bool on_array_begin(error_code& ec) {
        if (skipped_ > 0) return ++skipped_, true;
        if (document_depth_ > 0) return go_into_document('['), count(ec);
        place p;
        if (!open(p)) return skipped_ = 1, true;
        if (p.what->kind == shape_kind::list) return push(p), count(ec);
        if (depth_ == 0 && job_.by_position && p.what->kind == shape_kind::structure)
            return by_position_ = true, push(p), count(ec);
        if (is_document(*p.what)) return begin_document(p), go_into_document('['), count(ec);
        // To the reference, an array is an object whose members are named by their positions.
        if (p.what->kind == shape_kind::map && options_.strictness == strictness::compatible)
            return push(p), top().keys_are_positions = true, count(ec);
        return skipped_ = 1, mismatch(p, "an array", ec);
    }

    bool on_array_end(std::size_t n, error_code& ec) {
        if (skipped_ > 0) {
            if (--skipped_ == 0) close();
            return true;
        }
        if (document_depth_ > 0) {
            if (raw_) *raw_ += ']';
            else document_->push_array(n);
            if (--document_depth_ == 0) end_document();
            return true;
        }
        return top().what->kind == shape_kind::structure ? on_object_end(n, ec) : end_container(ec);
    }

    bool on_key_part(string_view s, std::size_t, error_code&) {
        if (skipped_ == 0) parts_.append(s.data(), s.size());
        return true;
    }

    bool on_key(string_view s, std::size_t, error_code& ec) {
        if (skipped_ > 0) return true;
        std::string_view key(s.data(), s.size());
        if (!parts_.empty()) key = parts_.append(s.data(), s.size());
        bool const go_on = take_key(key, ec);
        parts_.clear();
        return go_on;
    }

    bool on_string_part(string_view s, std::size_t, error_code&) {
        if (skipped_ == 0) parts_.append(s.data(), s.size());
        return true;
    }

    bool on_string(string_view s, std::size_t, error_code& ec) {
        if (skipped_ > 0) return true;
        std::string_view text(s.data(), s.size());
        if (!parts_.empty()) text = parts_.append(s.data(), s.size());
        bool const go_on = take_string(text, ec);
        parts_.clear();
        return go_on;
    }

    bool on_number_part(string_view s, error_code&) {
        if (skipped_ == 0) parts_.append(s.data(), s.size());
        return true;
    }

    bool on_int64(std::int64_t value, string_view s, error_code& ec) {
        if (skipped_ > 0) return true;
        bool const negative = value < 0;
        auto const magnitude = negative ? std::uint64_t{0} - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value);
        return take_integer(negative, magnitude, literal(s), ec);
    }
    bool on_uint64(std::uint64_t value, string_view s, error_code& ec) {
        if (skipped_ > 0) return true;
        return take_integer(false, value, literal(s), ec);
    }

    bool on_double(double value, string_view s, error_code& ec) {
        if (skipped_ > 0) return true;
        auto const text = literal(s);
        bool const go_on = take_double(value, text, ec);
        parts_.clear();
        return go_on;
    }

    bool on_bool(bool value, error_code& ec) {
        if (skipped_ > 0) return true;
        if (document_depth_ > 0) {
            if (raw_) put_raw(value ? "true" : "false");
            else document_->push_bool(value);
            return count(ec);
        }
        place p;
        if (!open(p)) return true;
        if (p.what->kind == shape_kind::boolean) return *static_cast<bool*>(p.object) = value, scalar_done(p, ec);
        if (is_document(*p.what))
            return put_document(p, value ? "true" : "false", [&] { return value; }), scalar_done(p, ec);
        return mismatch(p, "a boolean", ec) && scalar_done_unchecked(ec);
    }

    bool on_null(error_code& ec) {
        if (skipped_ > 0) return true;
        if (document_depth_ > 0) {
            if (raw_) put_raw("null");
            else document_->push_null();
            return count(ec);
        }
        return take_null(ec);
    }

    /// Adds an error of the text itself, at the place that was reached.
    void add_text_error(errc code, std::string message, std::size_t offset) {
        errors_.push_back({code, path(depth_), std::move(message), offset});
    }

private:
    struct place {
        shape const* what = nullptr;
        void* object = nullptr;
        value_checks const* checks = nullptr;
        timestamp_format format = timestamp_format::unspecified;
    };
    struct frame {
        shape const* what;
        void* object;
        member_set seen;             // structures: the members that came
        member_set const* readable;  // structures: those that are read; null: all
        member const* current;   // structures and unions: the member whose value comes next; null: it is ignored
        std::uint32_t next;      // structures: the member that most likely comes next
        std::size_t index;       // lists: of the item that comes next; unions and timestamps: how many members came
        std::string_view key;    // maps: of the value that comes next
        void* value;             // maps: its place; null: it is ignored
        void* item;              // lists whose items are made beside them: the item
        bool keys_are_positions; // maps: an array stands for one
        bool item_open;          // it is to be inserted when its value is complete
        value_checks const* checks;
        timestamp_format format;
    };

    frame& top() noexcept { return frames_[depth_ - 1]; }

    void push(place const& p) {
        if (depth_ == capacity_) grow();
        frame& f = frames_[depth_++];
        f = frame{};
        f.what = p.what;
        f.object = p.object;
        f.checks = p.checks;
        f.format = p.format;
        if (depth_ == 1) f.readable = job_.members;
    }

    void pop() {
        frame& f = top();
        if (f.item) f.what->list->drop_item(f.item);
        --depth_;
    }

    void grow() {
        auto larger = std::make_unique<frame[]>(capacity_ * 2);
        std::copy(frames_, frames_ + depth_, larger.get());
        heap_ = std::move(larger);
        frames_ = heap_.get();
        capacity_ *= 2;
    }

    // Whether the outermost structure came as an array and the parse is at one of its values.
    bool reads_positions() const noexcept { return by_position_ && depth_ == 1; }
    void take_position() {
        if (!reads_positions()) return;
        frame& f = top();
        auto const& s = *f.what->structure;
        f.current = f.next < s.count ? &s.members[f.next] : nullptr;
        if (f.next <= s.count) ++f.next; // and so stays one too many, however many they are
    }

    // Finds the place of the value that begins. False if it is to be ignored.
    bool open(place& p) {
        take_position();
        return open_here(p);
    }
    bool open_here(place& p) {
        if (depth_ == 0) {
            if (!job_.what) return false;
            p.what = job_.what;
            p.object = job_.object;
            p.format = job_.format;
            return true;
        }
        frame& f = top();
        switch (f.what->kind) {
        case shape_kind::structure: {
            member const* m = f.current;
            if (!m) return false;
            auto const position = f.what->structure->position_of(*m);
            auto* const at = f.what->structure->place_of(*m, f.object);
            p.what = m->value.target;
            if (f.seen.contains(position)) forget(at, *m);
            f.seen.insert(position);
            p.object = m->value.engage ? m->value.engage(at) : at;
            if (options_.check_constraints) p.checks = m->checks;
            p.format = m->format != timestamp_format::unspecified ? m->format : job_.format;
            return true;
        }
        case shape_kind::choice: {
            settle_union();
            member const* m = f.current;
            if (!m) return false;
            p.what = m->value.target;
            p.object = m->value.engage(f.object);
            if (options_.check_constraints) p.checks = m->checks;
            p.format = m->format != timestamp_format::unspecified ? m->format : job_.format;
            return true;
        }
        case shape_kind::list: {
            auto const& list = *f.what->list;
            ++f.index;
            void* at = nullptr;
            if (list.append) {
                at = list.append(f.object);
            } else {
                if (!f.item) f.item = list.make_item();
                f.item_open = true;
                at = f.item;
            }
            p.what = list.item.target;
            p.object = list.item.engage ? list.item.engage(at) : at;
            if (f.checks) p.checks = f.checks->each;
            p.format = f.format;
            return true;
        }
        case shape_kind::map: {
            auto const& map = *f.what->map;
            if (f.keys_are_positions) take_position(f);
            if (!f.value) return false;
            p.what = map.value.target;
            p.object = map.value.engage ? map.value.engage(f.value) : f.value;
            if (f.checks) p.checks = f.checks->each;
            p.format = f.format;
            return true;
        }
        case shape_kind::timestamp:
            if (f.key != "value") return false;
            f.index = 1;
            p.what = f.what;
            p.object = f.object;
            p.format = f.format;
            return true;
        default: return false;
        }
    }

    // A member came before: the last one wins, and what was wrong with the others does not matter.
    void forget(void* at, member const& m) {
        if (m.restore) m.restore(at);
        else if (!m.value.engage) m.value.target->reset(at);
        if (errors_.size() == first_error_) return;
        auto const gone = path(depth_);
        std::erase_if(errors_, [&](violation const& v) {
            return v.path.starts_with(gone) && (v.path.size() == gone.size() || v.path[gone.size()] == '/');
        });
    }

    // The value that began is complete.
    void close() {
        if (depth_ == 0) return;
        frame& f = top();
        if (!f.item_open) return;
        f.item_open = false;
        if (f.what->list->insert_item(f.object, f.item)) return;
        error_code later; // the next counted event ends the parse if this was one error too many
        report_or_tolerate(errc::duplicate_items, "is equal to an item before it", depth_, later);
    }

    bool scalar_done_unchecked(error_code& ec) {
        close();
        return count(ec);
    }
    bool scalar_done(place const& p, error_code& ec) {
        if (p.checks && p.checks->value &&
            !check(*p.what, p.object, *p.checks->value, p.checks->value_pattern, depth_, ec))
            return false;
        return scalar_done_unchecked(ec);
    }

    bool end_container(error_code& ec) {
        frame& f = top();
        if (f.checks && f.checks->value &&
            !check(*f.what, f.object, *f.checks->value, f.checks->value_pattern, depth_ - 1, ec))
            return false;
        pop();
        return depth_ == 0 || scalar_done_unchecked(ec);
    }

    void take_position(frame& f) {
        auto const entry = f.what->map->insert(f.object, std::to_string(f.index++));
        f.value = entry.value;
        f.key = entry.key;
    }

    bool take_key(std::string_view key, error_code& ec) {
        if (document_depth_ > 0) {
            if (raw_) put_raw_separator(), append_json_string(*raw_, key), *raw_ += ':';
            else document_->push_key(key);
            return count(ec);
        }
        frame& f = top();
        switch (f.what->kind) {
        case shape_kind::structure: {
            auto const& s = *f.what->structure;
            // Peers write members in the order of the description most of the time.
            if (f.next < s.count && s.members[f.next].name == key) f.current = &s.members[f.next];
            else f.current = s.find(key);
            if (f.current) {
                auto const position = static_cast<std::uint32_t>(f.current - s.members);
                f.next = position + 1;
                if (f.readable && !f.readable->contains(position)) f.current = nullptr;
            }
            return true;
        }
        case shape_kind::choice: return take_alternative(key);
        case shape_kind::map: {
            auto const entry = f.what->map->insert(f.object, key);
            f.value = entry.value;
            f.key = entry.key;
            if (!f.value || (options_.closed && f.what->map->keys && !f.what->map->keys->has(key)))
                return report(unknown_value(*f.what->map->keys), depth_ - 1, ec);
            if (f.checks && f.checks->keys) {
                std::string const text(key);
                return check(shape_table<std::string>::value, &text, *f.checks->keys, f.checks->keys_pattern, depth_ - 1, ec);
            }
            return true;
        }
        default: f.key = key == "value" ? "value" : ""; return true; // {"tag": 1, "value": seconds}
        }
    }

    // A union has one member that is not null. "__type" is a hint to the reader's class and no member.
    // https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html
    bool take_alternative(std::string_view key) {
        frame& f = top();
        f.current = f.what->structure->find(key);
        f.key = {};
        if (f.current || key == "__type") return true;
        unknown_tag_ = key;
        f.key = unknown_tag_;
        return true;
    }

    // Called for each value of a union that is not null.
    void settle_union() {
        frame& f = top();
        error_code later; // the next counted event ends the parse if this was one error too many
        if (!f.current && f.key.data() == nullptr) return;
        if (f.index++ > 0) report(errc::invalid_value, "the union holds more than one member", depth_ - 1, later);
        else if (f.current) return;
        else if (auto keep = f.what->structure->keep_unknown; keep && !options_.closed) keep(f.object, f.key);
        else report_or_tolerate(errc::invalid_value, "the union holds a member that is not described", depth_ - 1, later);
    }

    bool take_string(std::string_view text, error_code& ec) {
        if (document_depth_ > 0) {
            if (raw_) put_raw_separator(), append_json_string(*raw_, text);
            else document_->push_string(text);
            return count(ec);
        }
        place p;
        if (!open(p)) return true;
        switch (p.what->kind) {
        case shape_kind::text: static_cast<std::string*>(p.object)->assign(text); return scalar_done(p, ec);
        case shape_kind::enumeration:
            if (!p.what->enumeration->assign(p.object, text) || (options_.closed && !p.what->enumeration->has(text)))
                return report(unknown_value(*p.what->enumeration), depth_, ec) && scalar_done_unchecked(ec);
            return scalar_done(p, ec);
        case shape_kind::blob:
            if (!decode_base64(text, static_cast<blob*>(p.object)->bytes)) return invalid_value("is no base64", ec);
            return scalar_done(p, ec);
        case shape_kind::timestamp: return take_timestamp(p, text, true, ec);
        case shape_kind::floating:
            if (text == "NaN") store_floating(*p.what, p.object, std::numeric_limits<double>::quiet_NaN());
            else if (text == "Infinity") store_floating(*p.what, p.object, std::numeric_limits<double>::infinity());
            else if (text == "-Infinity") store_floating(*p.what, p.object, -std::numeric_limits<double>::infinity());
            else return mismatch(p, "a string", ec) && scalar_done_unchecked(ec);
            return scalar_done(p, ec);
        case shape_kind::document: {
            auto& json = static_cast<document*>(p.object)->json;
            json.clear();
            append_json_string(json, text);
            return scalar_done(p, ec);
        }
        case shape_kind::json_value: return json_value_at(p) = text, scalar_done(p, ec);
        default: return mismatch(p, "a string", ec) && scalar_done_unchecked(ec);
        }
    }

    bool take_timestamp(place const& p, std::string_view text, bool quoted, error_code& ec) {
        auto const format = p.format == timestamp_format::unspecified ? timestamp_format::epoch_seconds : p.format;
        bool const number = format == timestamp_format::epoch_seconds;
        if (number ? quoted && options_.strictness == strictness::strict : !quoted)
            return mismatch(p, quoted ? "a string" : "a number", ec) && scalar_done_unchecked(ec);
        auto const when = parse_timestamp(text, format);
        if (!when || (options_.closed && has_offset(text, format))) return invalid_value("is no timestamp of its format", ec);
        if (!p.what->timestamp->assign(p.object, *when)) return out_of_range(ec);
        return scalar_done(p, ec);
    }

    bool take_integer(bool negative, std::uint64_t magnitude, std::string_view text, error_code& ec) {
        bool const go_on = take_integer_value(negative, magnitude, text, ec);
        parts_.clear();
        return go_on;
    }

    bool take_integer_value(bool negative, std::uint64_t magnitude, std::string_view text, error_code& ec) {
        if (document_depth_ > 0) {
            if (raw_) put_raw(text);
            else if (text == "-0") document_->push_double(-0.0);
            else if (negative) document_->push_int64(static_cast<std::int64_t>(std::uint64_t{0} - magnitude));
            else if (magnitude <= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
                document_->push_int64(static_cast<std::int64_t>(magnitude));
            else document_->push_uint64(magnitude);
            return count(ec);
        }
        place p;
        if (!open(p)) return true;
        switch (p.what->kind) {
        case shape_kind::integer:
            if (!store_integer(*p.what, p.object, negative, magnitude)) return out_of_range(ec);
            return scalar_done(p, ec);
        case shape_kind::floating: {
            auto const number = static_cast<double>(magnitude);
            store_floating(*p.what, p.object, negative || text == "-0" ? -number : number);
            return scalar_done(p, ec);
        }
        case shape_kind::timestamp: {
            // Most timestamps are whole seconds.
            bool const epoch = p.format == timestamp_format::unspecified || p.format == timestamp_format::epoch_seconds;
            if (!epoch || !std::in_range<std::int64_t>(magnitude)) return take_timestamp(p, text, false, ec);
            auto const seconds = static_cast<std::int64_t>(magnitude);
            if (!p.what->timestamp->assign(p.object, {negative ? -seconds : seconds, 0})) return out_of_range(ec);
            return scalar_done(p, ec);
        }
        case shape_kind::document: return put_raw_number(p, text), scalar_done(p, ec);
        case shape_kind::json_value: {
            auto& number = json_value_at(p);
            if (text == "-0") number = -0.0;
            else if (negative) number = static_cast<std::int64_t>(std::uint64_t{0} - magnitude);
            else if (magnitude <= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
                number = static_cast<std::int64_t>(magnitude);
            else number = magnitude;
            return scalar_done(p, ec);
        }
        default: return mismatch(p, "a number", ec) && scalar_done_unchecked(ec);
        }
    }

    // Boost.JSON 1.81 rounds only literals of up to 15 digits without exponent correctly.
    static std::optional<double> exact_double(double parsed, std::string_view text) {
        if (text.size() <= 16 && text.find_first_of("eE") == std::string_view::npos) return parsed;
        return parse_double(text);
    }

    bool take_double(double parsed, std::string_view text, error_code& ec) {
        if (document_depth_ > 0 && raw_) return put_raw(text), count(ec);
        if (document_depth_ > 0) {
            auto const number = exact_double(parsed, text);
            document_->push_double(number.value_or(0)); // in any case: what holds it counts on it
            if (!number && !report(errc::out_of_range, "is out of the range of a double", depth_, ec)) return false;
            return count(ec);
        }
        place p;
        if (!open(p)) return true;
        switch (p.what->kind) {
        case shape_kind::integer: {
            auto const integer = read_integer(text);
            if (integer.outcome == literal_integer::outcome::fraction)
                return mismatch(p, "a number with a fraction", ec) && scalar_done_unchecked(ec);
            if (integer.outcome == literal_integer::outcome::too_large ||
                !store_integer(*p.what, p.object, integer.negative, integer.magnitude))
                return out_of_range(ec);
            return scalar_done(p, ec);
        }
        case shape_kind::floating: {
            auto const number = exact_double(parsed, text);
            if (!number || (p.what->size == sizeof(float) && std::isinf(static_cast<float>(*number))))
                return out_of_range(ec);
            store_floating(*p.what, p.object, *number);
            return scalar_done(p, ec);
        }
        case shape_kind::timestamp: return take_timestamp(p, text, false, ec);
        case shape_kind::document: return put_raw_number(p, text), scalar_done(p, ec);
        case shape_kind::json_value: {
            auto const number = exact_double(parsed, text);
            if (!number) return out_of_range(ec);
            return json_value_at(p) = *number, scalar_done(p, ec);
        }
        default: return mismatch(p, "a number", ec) && scalar_done_unchecked(ec);
        }
    }

    // Null counts as absent, but where the description has a place for it: documents and sparse lists and maps.
    bool take_null(error_code& ec) {
        if (depth_ == 0) {
            if (!job_.what) return true;
            if (is_document(*job_.what)) {
                place p;
                open(p);
                return put_document(p, "null", [] { return nullptr; }), true;
            }
            return report(errc::invalid_type, std::string("expected ").append(kind_name(job_.what->kind)) + ", found null",
                          depth_, ec);
        }
        take_position();
        frame& f = top();
        holder const* held = nullptr;
        switch (f.what->kind) {
        case shape_kind::structure: held = f.current ? &f.current->value : nullptr; break;
        case shape_kind::list: held = &f.what->list->item; break;
        case shape_kind::map:
            if (f.keys_are_positions) take_position(f);
            held = f.value ? &f.what->map->value : nullptr; break;
        default: return true;
        }
        if (!held) return true;
        if (is_document(*held->target) && !held->nullable) {
            place p;
            if (open_here(p)) put_document(p, "null", [] { return nullptr; });
            return scalar_done(p, ec);
        }
        switch (f.what->kind) {
        case shape_kind::structure: {
            auto const position = f.what->structure->position_of(*f.current);
            if (f.seen.contains(position)) {
                auto* const at = f.what->structure->place_of(*f.current, f.object);
                forget(at, *f.current);
                if (f.current->value.clear && !f.current->restore) f.current->value.clear(at);
                f.seen.erase(position);
            }
            return true;
        }
        case shape_kind::list:
            ++f.index;
            if (!held->nullable) return !options_.closed || refuse_null(*held, ec);
            if (f.what->list->append) {
                f.what->list->append(f.object);
            } else {
                if (!f.item) f.item = f.what->list->make_item();
                f.item_open = true;
            }
            return scalar_done_unchecked(ec);
        default:
            if (!held->nullable) {
                bool const go_on = !options_.closed || refuse_null(*held, ec);
                f.what->map->erase(f.object, f.key);
                f.key = {}; // it was the map's
                f.value = nullptr;
                if (!go_on) return false;
            }
            return count(ec);
        }
    }

    // Free-form values are written as text again, without whitespace, or built by Boost.JSON.
    static bool is_document(shape const& what) {
        return what.kind == shape_kind::document || what.kind == shape_kind::json_value;
    }
    static boost::json::value& json_value_at(place const& p) { return *static_cast<boost::json::value*>(p.object); }
    void begin_document(place const& p) {
        if (p.what->kind == shape_kind::document) {
            raw_ = &static_cast<document*>(p.object)->json;
            raw_->clear();
            return;
        }
        document_.emplace();
        document_->reset();
        document_target_ = &json_value_at(p);
    }
    void go_into_document(char bracket) {
        ++document_depth_;
        if (raw_) put_raw({&bracket, 1});
    }
    void end_document() {
        if (!std::exchange(raw_, nullptr)) {
            *document_target_ = document_->release();
            document_.reset();
        }
        close();
    }
    template <class MakeValue>
    static void put_document(place const& p, std::string_view raw, MakeValue make_value) {
        if (p.what->kind == shape_kind::document) static_cast<document*>(p.object)->json = raw;
        else json_value_at(p) = make_value();
    }
    static void put_raw_number(place const& p, std::string_view text) { static_cast<document*>(p.object)->json = text; }
    // The last character tells whether another value stands before: no value ends with one of these.
    void put_raw_separator() {
        if (!raw_->empty() && raw_->back() != '{' && raw_->back() != '[' && raw_->back() != ':') *raw_ += ',';
    }
    void put_raw(std::string_view text) {
        put_raw_separator();
        *raw_ += text;
    }

    std::string_view literal(string_view s) {
        if (parts_.empty()) return {s.data(), s.size()};
        return parts_.append(s.data(), s.size());
    }

    bool count(error_code& ec) {
        if (stopped_) return stop(ec);
        if (++values_ <= options_.limits.values) return true;
        report(errc::limit_exceeded, "has more values than the limit allows", 0, ec);
        return stop(ec);
    }

    // The path of the container in frame `levels`, or of the value that its frame is at.
    std::string path(std::size_t levels) {
        std::string pointer;
        for (std::size_t i = 0; i < levels; ++i) {
            frame const& f = frames_[i];
            switch (f.what->kind) {
            case shape_kind::structure:
                if (i == 0 && by_position_) append_pointer_token(pointer, std::to_string(f.next == 0 ? 0 : f.next - 1));
                else if (f.current) append_pointer_token(pointer, f.current->name);
                break;
            case shape_kind::choice:
                if (f.current) append_pointer_token(pointer, f.current->name);
                else if (f.key.data()) append_pointer_token(pointer, f.key);
                break;
            case shape_kind::list: append_pointer_token(pointer, std::to_string(f.index == 0 ? 0 : f.index - 1)); break;
            case shape_kind::map:
                if (f.key.data()) append_pointer_token(pointer, f.key);
                break;
            default: break;
            }
        }
        return pointer;
    }

    bool report(errc code, std::string message, std::size_t levels, error_code& ec) {
        return report(violation{code, {}, std::move(message)}, levels, ec);
    }
    bool report(violation v, std::size_t levels, error_code& ec) {
        v.path = path(levels);
        errors_.push_back(std::move(v));
        if (errors_.size() - first_error_ < options_.limits.violations) return true;
        return stop(ec);
    }
    bool refuse_null(holder const& held, error_code& ec) {
        return report(errc::invalid_type, std::string("expected ").append(kind_name(held.target->kind)) + ", found null", depth_,
                      ec);
    }
    bool report_or_tolerate(errc code, std::string message, std::size_t levels, error_code& ec) {
        if (options_.strictness == strictness::strict) return report(code, std::move(message), levels, ec);
        tolerate(code, path(levels), std::move(message));
        return true;
    }
    void tolerate(errc code, std::string at, std::string message) {
        if (tolerated_ && tolerated_->size() < options_.limits.violations)
            tolerated_->push_back({code, std::move(at), std::move(message)});
    }
    bool stop(error_code& ec) {
        stopped_ = true;
        ec = boost::json::error::exception; // any error ends the parse
        return false;
    }

    bool mismatch(place const& p, std::string_view found, error_code& ec) {
        auto message = std::string("expected ").append(kind_name(p.what->kind)).append(", found ").append(found);
        bool const structure = p.what->kind == shape_kind::structure || p.what->kind == shape_kind::choice;
        if (structure && options_.strictness == strictness::compatible) {
            tolerate(errc::invalid_type, path(depth_), std::move(message));
            return true;
        }
        return report(errc::invalid_type, std::move(message), depth_, ec);
    }
    bool invalid_value(std::string message, error_code& ec) {
        return report(errc::invalid_value, std::move(message), depth_, ec) && scalar_done_unchecked(ec);
    }
    bool out_of_range(error_code& ec) {
        return report(errc::out_of_range, "is out of the range of its type", depth_, ec) && scalar_done_unchecked(ec);
    }

    bool report_missing(frame const& f, member_set const& missing, error_code& ec) {
        for (std::size_t i = 0; i < f.what->structure->count; ++i) {
            if (!missing.contains(i)) continue;
            auto at = path(depth_ - 1);
            if (reads_positions()) append_pointer_token(at, std::to_string(i));
            else append_pointer_token(at, f.what->structure->members[i].name);
            if (options_.strictness != strictness::strict) {
                tolerate(errc::missing_field, std::move(at), "missing field");
                continue;
            }
            errors_.push_back({errc::missing_field, std::move(at), "missing field"});
            if (errors_.size() - first_error_ >= options_.limits.violations) return stop(ec);
        }
        return true;
    }

    bool check(shape const& what, void const* value, constraint const& c, pattern_view const& pattern, std::size_t levels,
               error_code& ec) {
        auto first = errors_.size();
        check_value(what, value, c, pattern, errors_);
        if (first == errors_.size()) return true;
        for (auto const at = path(levels); first < errors_.size(); ++first) errors_[first].path = at;
        return errors_.size() - first_error_ < options_.limits.violations || stop(ec);
    }

    decode_job const& job_;
    decode_options const& options_;
    std::vector<violation>& errors_;
    std::vector<violation>* tolerated_;
    std::size_t const first_error_;

    frame inline_frames_[16];
    frame* frames_ = inline_frames_;
    std::unique_ptr<frame[]> heap_;
    std::size_t capacity_ = 16;
    std::size_t depth_ = 0;
    std::size_t skipped_ = 0;        // levels below the outermost value that is ignored
    std::size_t document_depth_ = 0; // levels of a free-form value
    std::size_t values_ = 0;
    std::string parts_;              // of a key, string or number that comes in parts
    std::string unknown_tag_;
    std::optional<boost::json::value_stack> document_;
    boost::json::value* document_target_ = nullptr;
    std::string* raw_ = nullptr;     // of the document that is being read
    bool by_position_ = false;       // the outermost structure is an array
    bool stopped_ = false;

public:
    bool stopped() const noexcept { return stopped_; }
};

std::string syntax_message(error_code const& ec) {
    if (ec == boost::json::error::extra_data) return "unexpected text after the value";
    if (ec == boost::json::error::incomplete) return "the text ends within a value";
    return ec.message();
}

} // namespace

bool decode_json(std::string_view text, decode_job const& job, decode_options const& options,
                 std::vector<violation>& errors, std::vector<violation>* tolerated) {
    auto const first_error = errors.size();
    if (text.size() > options.limits.bytes) {
        errors.push_back({errc::limit_exceeded, {}, "is larger than the limit of " + std::to_string(options.limits.bytes) + " bytes",
                          violation::no_offset});
        return false;
    }
    std::string repaired;
    auto const bad = find_invalid_utf8(text);
    bool const ill_formed = bad != std::string_view::npos;
    if (ill_formed && options.strictness != strictness::strict) {
        repaired = repair_utf8(text);
        text = repaired;
    }
    boost::json::parse_options parse;
    parse.max_depth = options.limits.depth;
    parse.allow_invalid_utf8 = true; // the whole text was checked, which is faster
    boost::json::basic_parser<json_decoder> parser(parse, job, options, errors, tolerated);
    error_code ec;
    if (ill_formed && options.strictness == strictness::strict) {
        parser.write_some(true, text.data(), bad, ec); // as far as it can be read, to tell the path
        if (!ec) parser.handler().add_text_error(errc::invalid_utf8, "invalid UTF-8", bad);
        else errors.push_back({errc::invalid_utf8, {}, "invalid UTF-8", bad});
        return false;
    }
    auto const consumed = parser.write_some(false, text.data(), text.size(), ec);
    if (!ec && consumed < text.size()) ec = boost::json::error::extra_data;
    if (ec && !parser.handler().stopped()) {
        bool const deep = ec == boost::json::error::too_deep;
        parser.handler().add_text_error(deep ? errc::limit_exceeded : errc::syntax,
                                        deep ? "has more levels than the limit allows" : syntax_message(ec), consumed);
    }
    for (std::size_t i = first_error; i < errors.size(); ++i) {
        if (errors[i].offset == violation::no_offset) errors[i].offset = locate_json(text, errors[i].path);
        if (job.what) hide_secrets(*job.what, errors[i].path);
    }
    return errors.size() == first_error;
}

void fill_absent(structure_shape const& structure, void* object, decode_options const& options, std::vector<violation>& errors) {
    if (structure.fallbacks.empty()) return;
    for (std::size_t i = 0; i < structure.count; ++i) {
        auto const& m = structure.members[i];
        auto* const place = structure.place_of(m, object);
        if (!structure.fallbacks.contains(i) || m.value.peek(place)) continue;
        decode_json(m.fallback, {m.value.target, m.value.engage(place), nullptr, m.format}, options, errors);
    }
}

} // namespace parley::detail

#endif
