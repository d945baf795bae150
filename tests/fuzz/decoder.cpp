// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// The first line determines how the rest, JSON text, is split into pieces. Property: `parley::decoder` returns the same value or violations
// for the pieces as `parley::from_json` for the whole text.
#include "fuzz.hpp"

#include <parley/json.hpp>

#include <support/everywhere.hpp>
#include <support/values.hpp>

#include <algorithm>

namespace {

template <class T>
parley::result<T> read_in_pieces(std::string_view text, std::string_view cuts, parley::decode_options const& options) {
    bool const never_moves = std::all_of(cuts.begin(), cuts.end(), [](char c) { return c == '0'; });
    parley::decoder<T> decoder(options);
    for (std::size_t i = 0; !text.empty(); ++i) {
        auto size = text.size();
        if (!never_moves) {
            // A digit is a size, other bytes are sizes up to 127.
            auto const cut = static_cast<unsigned char>(cuts[i % cuts.size()]);
            size = cut >= '0' && cut <= '9' ? std::size_t{cut} - '0' : std::size_t{cut} % 127 + 1;
        }
        fuzz::exact_copy const piece(text.substr(0, size));
        text.remove_prefix(piece.view().size());
        if (!decoder.feed(piece.view())) break;
    }
    return decoder.finish();
}

void must_be_same(parley::violation const& pieces, parley::violation const& whole) {
    auto same = pieces;
    if (whole.code == parley::errc::missing_field) {
        // A decoder no longer has the text in which `from_json` looks for the null of the member.
        fuzz::must(pieces.offset <= whole.offset, "a missing member is reported at its object or before its null");
        same.offset = whole.offset;
    }
    if (same == whole) return;
    std::fprintf(stderr, "in pieces: %s at %zu\nas a whole: %s at %zu\n", parley::data_error{{pieces}}.message().c_str(),
                 pieces.offset, parley::data_error{{whole}}.message().c_str(), whole.offset);
    fuzz::must(false, "a violation does not depend on the pieces");
}

template <class T>
void compare(std::string_view text, std::string_view cuts, parley::decode_options const& options) {
    auto const whole = parley::from_json<T>(text, options);
    auto const pieces = read_in_pieces<T>(text, cuts, options);
    fuzz::must(whole.has_value() == pieces.has_value(), "whether a text is accepted does not depend on the pieces");
    if (whole) {
        fuzz::must(values::to_text(*whole) == values::to_text(*pieces), "the value does not depend on the pieces");
        auto const written = parley::to_json(*whole), other = parley::to_json(*pieces);
        fuzz::must(written.has_value() == other.has_value() && (!written || *written == *other), "both values are encoded alike");
        return;
    }
    auto const& expected = whole.error().violations;
    auto const& found = pieces.error().violations;
    for (std::size_t i = 0; i < std::min(expected.size(), found.size()); ++i) must_be_same(found[i], expected[i]);
    fuzz::must(expected.size() == found.size(), "the number of violations does not depend on the pieces");
}

} // namespace

void fuzz::try_text(std::string_view text) {
    auto const cuts = take_line(text);
    for (auto const strictness : {parley::strictness::strict, parley::strictness::lenient, parley::strictness::compatible}) {
        compare<everywhere::things>(text, cuts, {.strictness = strictness});
        compare<everywhere::node>(text, cuts, {.strictness = strictness});
    }
    compare<everywhere::things>(text, cuts, {.reject_unknown_values = true});
    compare<everywhere::node>(text, cuts, {.limits = {.depth = 5, .values = 20, .violations = 3}, .reject_unknown_values = true});
    compare<parley::document>(text, cuts, {});
    compare<std::vector<std::string>>(text, cuts, {.check_constraints = false});
}
