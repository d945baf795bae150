// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_EXCHANGE_IDEMPOTENCY_TOKEN_HPP
#define PARLEY_EXCHANGE_IDEMPOTENCY_TOKEN_HPP

#include <parley/core/config.hpp>
#include <parley/describe/shape_of.hpp>

#include <functional>
#include <string>

namespace parley::inline PARLEY_ABI::detail {

/// Returns whether an input has a member that is an idempotency token.
template <class Input>
constexpr bool has_idempotency_token() {
    if constexpr (is_described<Input>) {
        for (auto const& m : structure_of<Input>::members::table) {
            if (m.idempotency_token) return true;
        }
    }
    return false;
}

/// Sets each absent idempotency token to a UUID. Returns whether the input has a token that is not empty.
bool fill_idempotency_tokens(structure_shape const& s, void* input, std::function<std::string()> const& uuid);

} // namespace parley::detail

#endif
