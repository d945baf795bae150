// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_JSON_FREE_FORM_IPP
#define PARLEY_JSON_FREE_FORM_IPP

// Values that no description knows more of: kept as text again, without whitespace, or built by Boost.JSON.

#include <parley/describe/document.hpp>
#include <parley/json/boost_json.ipp>
#include <parley/json/escape.ipp>
#include <parley/json/number_literal.ipp>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace parley::detail {

namespace {

inline bool is_free_form(shape const& what) {
    return what.kind == shape_kind::document || what.kind == shape_kind::json_value;
}

inline bool fits_int64(std::uint64_t magnitude) {
    return magnitude <= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
}

// Gives `take` the number as the type that Boost.JSON keeps it in. False if it is beyond all doubles, which is then 0.
template <class Take>
bool take_number(number_literal const& number, Take take) {
    bool const integer = number.integral && number.exact && !(number.negative && number.digits == 0);
    if (integer && !number.negative && !fits_int64(number.digits)) return take(number.digits), true;
    if (integer && (!number.negative || fits_int64(number.digits))) {
        auto const magnitude = static_cast<std::int64_t>(number.digits);
        return take(number.negative ? -magnitude : magnitude), true;
    }
    if (number.integral && !(number.negative && number.digits == 0)) {
        // Of twenty digits, or the least of all integers.
        auto const exact = read_integer(number.text);
        if (exact.outcome == literal_integer::outcome::exact) {
            if (!exact.negative) return take(exact.magnitude), true;
            if (exact.magnitude == std::uint64_t{1} << 63) return take(std::numeric_limits<std::int64_t>::min()), true;
        }
    }
    auto const value = to_double(number);
    take(value.value_or(0));
    return value.has_value();
}

// Puts together the objects and arrays of one free-form value at a time.
class free_form {
public:
    /// The value at `object` is an object or array that begins.
    void begin(shape const& what, void* object) {
        if (what.kind == shape_kind::document) {
            raw_ = &static_cast<document*>(object)->json;
            raw_->clear();
            return;
        }
        values_.emplace();
        values_->reset();
        target_ = static_cast<boost::json::value*>(object);
    }
    void open(char bracket) {
        if (raw_) put({&bracket, 1});
        else counts_.push_back(0);
    }
    void close(char bracket) {
        if (raw_) {
            *raw_ += bracket;
            return;
        }
        auto const count = counts_.back();
        counts_.pop_back();
        if (bracket == '}') values_->push_object(count);
        else values_->push_array(count);
        took();
    }
    void end() {
        if (!std::exchange(raw_, nullptr)) {
            *target_ = values_->release();
            values_.reset();
        }
    }

    void key(std::string_view key) {
        if (raw_) put_separator(), append_json_string(*raw_, key), *raw_ += ':';
        else values_->push_key(key);
    }
    void text(std::string_view text) {
        if (raw_) put_separator(), append_json_string(*raw_, text);
        else values_->push_string(text), took();
    }
    bool number(number_literal const& number) {
        if (raw_) return put(number.text), true;
        struct {
            boost::json::value_stack& values;
            void operator()(std::int64_t value) const { values.push_int64(value); }
            void operator()(std::uint64_t value) const { values.push_uint64(value); }
            void operator()(double value) const { values.push_double(value); }
        } const push{*values_};
        took();
        return take_number(number, push);
    }
    void boolean(bool value) {
        if (raw_) put(value ? "true" : "false");
        else values_->push_bool(value), took();
    }
    void null() {
        if (raw_) put("null");
        else values_->push_null(), took();
    }

    // Values that are neither object nor array.

    static void put_text(shape const& what, void* object, std::string_view text) {
        if (what.kind == shape_kind::json_value) {
            value_at(object) = text;
            return;
        }
        auto& json = static_cast<document*>(object)->json;
        json.clear();
        append_json_string(json, text);
    }
    static bool put_number(shape const& what, void* object, number_literal const& number) {
        if (what.kind == shape_kind::json_value) return take_number(number, [object](auto value) { value_at(object) = value; });
        static_cast<document*>(object)->json = number.text;
        return true;
    }
    static void put_boolean(shape const& what, void* object, bool value) {
        if (what.kind == shape_kind::json_value) value_at(object) = value;
        else static_cast<document*>(object)->json = value ? "true" : "false";
    }
    static void put_null(shape const& what, void* object) {
        if (what.kind == shape_kind::json_value) value_at(object) = nullptr;
        else static_cast<document*>(object)->json = "null";
    }

private:
    static boost::json::value& value_at(void* object) { return *static_cast<boost::json::value*>(object); }

    void took() {
        if (!counts_.empty()) ++counts_.back();
    }
    // The last character tells whether another value stands before: no value ends with one of these.
    void put_separator() {
        if (!raw_->empty() && raw_->back() != '{' && raw_->back() != '[' && raw_->back() != ':') *raw_ += ',';
    }
    void put(std::string_view text) {
        put_separator();
        *raw_ += text;
    }

    std::string* raw_ = nullptr; // of the document that is being read
    std::optional<boost::json::value_stack> values_;
    boost::json::value* target_ = nullptr;
    std::vector<std::size_t> counts_; // of the values in each object and array
};

} // namespace

} // namespace parley::detail

#endif
