// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_PROTOCOL_DETAIL_WRONG_MEMBERS_HPP
#define PARLEY_PROTOCOL_DETAIL_WRONG_MEMBERS_HPP

#include <parley/core/error.hpp>
#include <parley/describe/shape.hpp>
#include <parley/json/decode.hpp>

#include <algorithm>
#include <string>
#include <vector>

namespace parley::inline PARLEY_ABI::detail {

namespace protocol {

// Returns true if the violation is at `pointer` or below.
inline bool is_within(violation const& v, std::string_view pointer) {
    return v.path.starts_with(pointer) && (v.path.size() == pointer.size() || v.path[pointer.size()] == '/');
}

// Clears the members of an error that could not be decoded, as if the server had not sent them: the error keeps its type, and no member
// has a partial or made-up value.
//
// `body` has the members in the body, which are all cleared if `has_body` is false or the body as a whole is invalid. Returns false if
// the type of an invalid member permits no missing value; `violations` then names the member.
inline bool clear_invalid_members(structure_shape const& s, void* object, member_set const& body, bool has_body,
                                  decode_limits const& limits, std::vector<violation>& violations) {
    bool const whole = !has_body || violations.size() >= limits.violations || // decoding stopped at the limit
                       std::any_of(violations.begin(), violations.end(), [](violation const& v) { return v.path.empty(); });
    bool good = true;
    for (std::size_t i = 0; i < s.count; ++i) {
        auto const& m = s.members[i];
        std::string pointer;
        append_pointer_token(pointer, m.name);
        bool const reported =
            std::any_of(violations.begin(), violations.end(), [&](violation const& v) { return is_within(v, pointer); });
        if (!reported && !(whole && body.contains(i))) continue;
        void* const place = s.place_of(m, object);
        if (m.assign_default) m.assign_default(place);
        else if (m.value.clear) m.value.clear(place);
        if (leave_unsaid(m, place)) continue;
        good = false;
        if (!reported) violations.push_back({errc::missing_field, std::move(pointer), "missing field"});
    }
    return good;
}

} // namespace protocol

} // namespace parley::detail

#endif
