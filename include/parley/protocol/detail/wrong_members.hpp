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

namespace {

// Whether the violation is about the value at `pointer`, or within it.
bool is_within(violation const& v, std::string_view pointer) {
    return v.path.starts_with(pointer) && (v.path.size() == pointer.size() || v.path[pointer.size()] == '/');
}

// An error of which a member cannot be read is still that error: takes away what was read of such a member, so that it is absent as
// if the peer had not sent it, and no value is made up. `body`: the members that came together, if they came at all; they are all
// wrong if something is wrong with the whole of it. False if the type of a member is one that must have a value of the peer's;
// `wrong` says which.
bool drop_wrong_members(structure_shape const& s, void* object, member_set const& body, bool body_came,
                        decode_limits const& limits, std::vector<violation>& wrong) {
    bool const whole = !body_came || wrong.size() >= limits.violations || // the rest was not read
                       std::any_of(wrong.begin(), wrong.end(), [](violation const& v) { return v.path.empty(); });
    bool good = true;
    for (std::size_t i = 0; i < s.count; ++i) {
        auto const& m = s.members[i];
        std::string pointer;
        append_pointer_token(pointer, m.name);
        bool const told = std::any_of(wrong.begin(), wrong.end(), [&](violation const& v) { return is_within(v, pointer); });
        if (!told && !(whole && body.contains(i))) continue;
        void* const place = s.place_of(m, object);
        if (m.assign_default) m.assign_default(place);
        else if (m.value.clear) m.value.clear(place);
        if (leave_unsaid(m, place)) continue;
        good = false;
        if (!told) wrong.push_back({errc::missing_field, std::move(pointer), "missing field"});
    }
    return good;
}

} // namespace

} // namespace parley::detail

#endif
