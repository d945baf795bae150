// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_JSON_DETAIL_JSON_VALUE_HPP
#define PARLEY_JSON_DETAIL_JSON_VALUE_HPP

// Support for boost::json::value as a free-form type.

#include <parley/core/number.hpp>
#include <parley/json/detail/number_literal.hpp>
#include <parley/json/document.hpp>

// Compiles Boost.JSON into the translation unit that defines PARLEY_IMPLEMENTATION, unless the program links it already.
#ifdef PARLEY_BOOST_JSON_LINKED
#include <boost/json.hpp>
#else
#include <boost/json/src.hpp>
#endif

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace parley::inline PARLEY_ABI::detail {

namespace json {

inline std::string_view json_text(boost::json::string_view text) { return {text.data(), text.size()}; }

class json_value_builder final : public free_form_builder {
public:
    explicit json_value_builder(boost::json::value& to) : to_(to) { values_.reset(); }

    bool open(char) override { return counts_.push_back(0), true; }
    void close(char bracket) override {
        auto const count = counts_.back();
        counts_.pop_back();
        if (bracket == '}') values_.push_object(count);
        else values_.push_array(count);
        count_value();
    }
    void key(std::string_view key) override { values_.push_key({key.data(), key.size()}); }
    void text(std::string_view text) override { values_.push_string({text.data(), text.size()}), count_value(); }
    bool number(std::string_view literal) override {
        count_value();
        return push_number(literal);
    }
    void boolean(bool value) override { values_.push_bool(value), count_value(); }
    void null() override { values_.push_null(), count_value(); }
    void finish() override { to_ = values_.release(); }

private:
    // Pushes an integer if the number is one that fits in 64 bits, else a double.
    bool push_number(std::string_view literal) {
        number_literal number;
        char const* stop = nullptr;
        scan_number(literal.data(), literal.data() + literal.size(), number, stop);
        if (bool const negative_zero = number.negative && number.digits == 0; number.integral && !negative_zero) {
            auto const integer = to_integer(number);
            bool const exact = integer.outcome == literal_integer::outcome::exact;
            if (exact && !integer.negative) return push_integer(integer.magnitude), true;
            if (exact && integer.magnitude <= std::uint64_t{1} << 63)
                return values_.push_int64(static_cast<std::int64_t>(0 - integer.magnitude)), true;
        }
        auto const value = to_double(number);
        values_.push_double(value.value_or(0));
        return value.has_value();
    }
    void push_integer(std::uint64_t value) {
        if (std::in_range<std::int64_t>(value)) values_.push_int64(static_cast<std::int64_t>(value));
        else values_.push_uint64(value);
    }
    void count_value() {
        if (!counts_.empty()) ++counts_.back();
    }

    boost::json::value& to_;
    boost::json::value_stack values_;
    std::vector<std::size_t> counts_; // of the values in each open object and array
};

template <class Integer>
bool send_integer(Integer value, free_form_sink& to) {
    std::string literal;
    append_integer(literal, value);
    return to.number(literal);
}

// NaN and the infinities are strings, as in a member of type double.
inline void send_double(double value, free_form_sink& to) {
    char digits[40];
    if (std::isnan(value)) to.text("NaN");
    else if (std::isinf(value)) to.text(value < 0 ? "-Infinity" : "Infinity");
    else to.number({digits, write_double(digits, value)});
}

inline void send_json_value(boost::json::value const& value, free_form_sink& to) {
    switch (value.kind()) {
    case boost::json::kind::null: return to.null();
    case boost::json::kind::bool_: return to.boolean(value.get_bool());
    case boost::json::kind::int64: send_integer(value.get_int64(), to); break;
    case boost::json::kind::uint64: send_integer(value.get_uint64(), to); break;
    case boost::json::kind::double_: send_double(value.get_double(), to); break;
    case boost::json::kind::string: return to.text(json_text(value.get_string()));
    case boost::json::kind::array:
        if (!to.open('[')) return;
        for (auto const& item : value.get_array()) send_json_value(item, to);
        return to.close(']');
    case boost::json::kind::object:
        if (!to.open('{')) return;
        for (auto const& entry : value.get_object()) {
            to.key(json_text(entry.key()));
            send_json_value(entry.value(), to);
        }
        return to.close('}');
    }
}

} // namespace json

free_form_shape const json_value_shape{
    [](void* value) -> std::unique_ptr<free_form_builder> {
        return std::make_unique<json::json_value_builder>(*static_cast<boost::json::value*>(value));
    },
    [](void const* value, free_form_sink& to) { json::send_json_value(*static_cast<boost::json::value const*>(value), to); },
};

} // namespace parley::detail

#endif
