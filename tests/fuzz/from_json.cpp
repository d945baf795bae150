// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// Any text. Properties:
//   - it is accepted as JSON if and only if Boost.JSON accepts it;
//   - a decoded value of a described type is encoded as a text that decodes to an equal value, for each strictness;
//   - the offset of every violation is within the text.
#include "fuzz.hpp"

#include <parley/json.hpp>

#include <support/everywhere.hpp>
#include <support/values.hpp>

#include <boost/json/parse.hpp>

#include <algorithm>
#include <cmath>

namespace {

namespace json = boost::json;

// Boost.JSON 1.81 parses a number that is too large for a double as infinity, and 0e400 as NaN.
bool has_no_number(json::value const& v) {
    if (v.is_double()) return !std::isfinite(v.get_double());
    if (v.is_array()) return std::any_of(v.get_array().begin(), v.get_array().end(), has_no_number);
    if (!v.is_object()) return false;
    auto const& entries = v.get_object();
    return std::any_of(entries.begin(), entries.end(), [](auto const& entry) { return has_no_number(entry.value()); });
}

void compare_acceptance(std::string_view text) {
    auto const ours = parley::from_json<parley::document>(text);
    if (!ours && ours.error().violations[0].code == parley::errc::limit_exceeded) return;
    json::parse_options options;
    options.max_depth = 1000;
    boost::system::error_code refused;
    auto const theirs = json::parse(text, refused, {}, options);
    if (!ours && !refused && has_no_number(theirs)) return;
    // A required document cannot be null.
    if (!refused && theirs.is_null()) return;
    fuzz::must(bool(ours) == !refused, "Boost.JSON accepts the same texts");
    if (ours)
        fuzz::must(json::parse(ours->json, {}, options) == theirs || has_no_number(theirs),
                   "the document equals the value of Boost.JSON");
}

template <class T>
void read_twice(std::string_view text, parley::decode_options const& options) {
    auto const first = parley::from_json<T>(text, options);
    if (!first) {
        fuzz::must(!first.error().violations.empty(), "a rejected text has a violation");
        for (auto const& v : first.error().violations)
            fuzz::must(v.offset == parley::violation::no_offset || v.offset <= text.size(), "a violation is within the text");
        return;
    }
    auto const written = parley::to_json(*first);
    if (!written) {
        // Dates with an offset can be in the year -1 or 10000; a lenient decoder accepts unions without an alternative.
        for (auto const& v : written.error().violations) {
            bool const union_of_nothing =
                options.strictness != parley::strictness::strict && v.code == parley::errc::invalid_value;
            fuzz::must(v.code == parley::errc::out_of_range || union_of_nothing, "a decoded value can be encoded");
        }
        return;
    }
    auto again = options;
    // The default of a missing member may violate its constraints.
    again.check_constraints = options.strictness == parley::strictness::strict;
    auto const second = parley::from_json<T>(*written, again);
    fuzz::must(second.has_value(), "an encoded value can be decoded");
    fuzz::must(values::to_text(*first) == values::to_text(*second), "an encoded value decodes to an equal value");
}

} // namespace

void fuzz::try_text(std::string_view text) {
    compare_acceptance(text);
    for (auto const strictness : {parley::strictness::strict, parley::strictness::lenient, parley::strictness::compatible}) {
        read_twice<everywhere::things>(text, {.strictness = strictness});
        read_twice<everywhere::node>(text, {.strictness = strictness});
    }
    read_twice<everywhere::things>(text, {.reject_unknown_values = true});
    read_twice<everywhere::node>(text, {.limits = {.depth = 5, .values = 20, .violations = 3}, .reject_unknown_values = true});
}
