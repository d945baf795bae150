// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_EXCHANGE_IDEMPOTENCY_TOKEN_IPP
#define PARLEY_EXCHANGE_IDEMPOTENCY_TOKEN_IPP

#include <parley/exchange/idempotency_token.hpp>

namespace parley::inline PARLEY_ABI::detail {

bool fill_idempotency_tokens(structure_shape const& s, void* input, std::function<std::string()> const& uuid) {
    bool has_token = false;
    for (std::size_t i = 0; i < s.count; ++i) {
        auto const& m = s.members[i];
        if (!m.idempotency_token || m.value.target->kind != shape_kind::text) continue;
        auto* const place = s.place_of(m, input);
        auto const& target = *m.value.target;
        auto const* held = m.value.held_in(place);
        bool const absent = m.value.get_if ? held == nullptr : text_in(target, held).empty();
        if (absent && uuid) {
            auto* const filled = m.value.emplace ? m.value.emplace(place) : place;
            put_text_in(target, filled, uuid(), {});
            held = filled;
        }
        has_token = has_token || (held && !text_in(target, held).empty());
    }
    return has_token;
}

} // namespace parley::detail

#endif
