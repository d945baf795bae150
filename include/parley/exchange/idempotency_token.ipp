// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_EXCHANGE_IDEMPOTENCY_TOKEN_IPP
#define PARLEY_EXCHANGE_IDEMPOTENCY_TOKEN_IPP

#include <parley/exchange/idempotency_token.hpp>

namespace parley::inline PARLEY_ABI::detail {

bool fill_idempotency_tokens(structure_shape const& s, void* input, std::function<std::string()> const& uuid) {
    bool there = false;
    for (std::size_t i = 0; i < s.count; ++i) {
        auto const& m = s.members[i];
        if (!m.idempotency_token || m.value.target->kind != shape_kind::text) continue;
        auto* const place = s.place_of(m, input);
        auto const& what = *m.value.target;
        auto const* held = m.value.held_in(place);
        bool const absent = m.value.get_if ? held == nullptr : text_in(what, held).empty();
        if (absent && uuid) {
            auto* const filled = m.value.emplace ? m.value.emplace(place) : place;
            put_text_in(what, filled, uuid(), {});
            held = filled;
        }
        there = there || (held && !text_in(what, held).empty());
    }
    return there;
}

} // namespace parley::detail

#endif
