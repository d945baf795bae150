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

/// Converts test data, which is JSON, to values of described types and compares values with data, using the tables of the types. Shares
/// no code with the decoder and the encoder under test.
namespace params {

/// The form of values that JSON does not have.
enum class notation {
    /// The form of Smithy's protocol tests: a timestamp is a number of seconds since the epoch; blobs, NaN and infinities are texts.
    /// https://smithy.io/2.0/additional-specs/http-protocol-compliance-tests.html
    smithy,
    /// The form of the recordings: {"$timestamp"}, {"$blob"}, {"$number"}, {"$utf16"}, {"$unknown"}; see their README.
    recording,
};

/// The use of a value, which determines the meaning of missing members in recordings.
enum class purpose {
    /// An input. A missing member was not sent, so a type that is always present cannot express it.
    input,
    /// An expected output. A missing member has its default. A text with a lone surrogate is not valid UTF-8.
    output,
};

/// A difference. `where` is a JSON Pointer into the data or the part of a message.
struct difference {
    std::string where;
    std::string text;
};

std::string to_text(std::vector<difference> const& all);

/// The result of a comparison.
struct findings {
    std::vector<difference> different;
    std::vector<difference> unfit; ///< expected values that the static type cannot hold
};

/// Parses a JSON file. Throws std::runtime_error.
boost::json::value parse_file(std::string const& path);

/// Compares two JSON values: numbers by value, members in any order.
void compare_json(boost::json::value const& expected, boost::json::value const& actual, std::string const& where,
                  std::vector<difference>& out);
/// Compares two bodies: as JSON if `as_json` is set and both are valid, else as bytes.
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

void fill(parley::shape const& type, void* value, boost::json::value const& data, filling form, std::string const& where,
          std::vector<difference>& unfit);
void invent(parley::shape const& type, void* value, parley::value_checks const* checks, int depth);
void compare(parley::shape const& type, void* value, boost::json::value const& data, notation form, std::string const& where,
             findings& out);

} // namespace detail

/// Fills a default-constructed value with data. Returns the data that its type cannot hold.
template <class T>
std::vector<difference> fill(T& value, boost::json::value const& data, notation form, purpose use) {
    std::vector<difference> unfit;
    detail::fill(parley::shape_of<T>, &value, data, {form, use}, "", unfit);
    return unfit;
}

/// Fills the required members of a default-constructed value with values that satisfy the length and range constraints.
template <class T>
void invent(T& value) {
    detail::invent(parley::shape_of<T>, &value, nullptr, 0);
}

/// Compares a value with data and modifies it. A member that is missing in the data must be absent or, if its type is always present,
/// have its default.
inline findings compare(parley::shape const& type, void* value, boost::json::value const& data, notation form) {
    findings out;
    detail::compare(type, value, data, form, "", out);
    return out;
}

} // namespace params

#endif
