// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_DESCRIBE_RPC_PARAMS_HPP
#define PARLEY_DESCRIBE_RPC_PARAMS_HPP

#include <parley/core/version.hpp>

#include <cstdint>

namespace parley::inline PARLEY_ABI {

/// How the members of an operation's input travel over JSON-RPC. An operation says it, or its service for all of them; by name
/// where neither does. A server takes both. https://www.jsonrpc.org/specification#parameter_structures
///
///     struct subtract {
///         ...
///         static constexpr auto params = parley::rpc_params::by_position;
///     };
enum class rpc_params : std::uint8_t {
    by_name,     ///< as an object
    by_position, ///< as an array, in the order of the description: null is an absent member, those at the end are left out
};

} // namespace parley

#endif
