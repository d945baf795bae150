// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_TESTS_SUPPORT_PARAMS_HPP
#define PARLEY_TESTS_SUPPORT_PARAMS_HPP

#include <parley/describe/required.hpp>
#include <parley/describe/shape_of.hpp>

#include <boost/json/value.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Values of described types as test data has them: JSON that is made into values, and compared with values, by walking the
/// tables of the types. It shares nothing with the decoder and the encoder, which are what is tested.
namespace params {

/// How the data writes what JSON has not.
enum class notation {
    /// As in Smithy's protocol tests: a timestamp is its epoch seconds, a blob its bytes as a text, NaN and the infinities
    /// are texts.
    /// https://smithy.io/2.0/additional-specs/http-protocol-compliance-tests.html
    smithy,
    /// As in the recordings: {"$timestamp"}, {"$blob"}, {"$number"}, {"$utf16"}, {"$unknown"}; see their README.
    recording,
};

/// What a value is for, which decides what a recording can say of it.
enum class purpose {
    /// To be sent. What a recording leaves out was not sent: a type that is always there is not fit for it.
    input,
    /// To be expected. What is left out has its default. A text of UTF-8 has no lone surrogates.
    output,
};

/// What is wrong, and where: a JSON Pointer into the data, or the part of a message that it is about.
struct difference {
    std::string where;
    std::string text;
};

std::string to_text(std::vector<difference> const& all);

/// What came of a comparison.
struct findings {
    std::vector<difference> different;
    std::vector<difference> unfit; ///< what is expected, but can be no value of the static type
};

/// The JSON in a file. Throws std::runtime_error.
boost::json::value parse_file(std::string const& path);

/// What differs between two JSON values: numbers by value, members in any order.
void compare_json(boost::json::value const& expected, boost::json::value const& actual, std::string const& where,
                  std::vector<difference>& out);
/// The same for bodies: bytes are compared where `expected` is no JSON.
void compare_bodies(std::string_view expected, std::string_view actual, bool as_json, std::vector<difference>& out);

/// The text of a JSON string or of {"$utf16": [...]} in UTF-8, or nothing for any other value. Lone surrogates are encoded like other
/// characters, which is not valid UTF-8.
std::optional<std::string> text_if(boost::json::value const& v);
/// The same. Throws std::runtime_error for any other value.
std::string text(boost::json::value const& v);

/// Decodes base64 (RFC 4648, section 4).
std::string bytes_of_base64(std::string_view text);

namespace detail {

struct filling {
    notation values;
    purpose use;
};

void fill(parley::shape const& what, void* value, boost::json::value const& data, filling how, std::string const& where,
          std::vector<difference>& unfit);
void invent(parley::shape const& what, void* value, parley::value_checks const* checks, int depth);
void compare(parley::shape const& what, void* value, boost::json::value const& data, notation how, std::string const& where,
             findings& out);

} // namespace detail

/// Gives `value`, which is fresh, the data. Returns what its type cannot hold.
template <class T>
std::vector<difference> fill(T& value, boost::json::value const& data, notation how, purpose use) {
    std::vector<difference> unfit;
    detail::fill(parley::shape_of<T>, &value, data, {how, use}, "", unfit);
    return unfit;
}

/// Gives `value`, which is fresh, something in each place that must have a value, within the bounds of lengths and numbers.
template <class T>
void invent(T& value) {
    detail::invent(parley::shape_of<T>, &value, nullptr, 0);
}

/// Compares a value, which is spoiled by that, with the data. A member that the data leaves out must be absent or, where its
/// type is always there, be as in a fresh structure.
inline findings compare(parley::shape const& what, void* value, boost::json::value const& data, notation how) {
    findings out;
    detail::compare(what, value, data, how, "", out);
    return out;
}

} // namespace params

#endif
