// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_DESCRIBE_RPC_PARAMS_HPP
#define PARLEY_DESCRIBE_RPC_PARAMS_HPP

#include <parley/core/version.hpp>

#include <cstdint>

namespace parley::inline PARLEY_ABI {

/// The structure of the JSON-RPC params of an operation. An operation, or its service for all operations, declares it as the static member
/// `params`; the default is `by_name`. Servers accept both structures.
///
/// @see https://www.jsonrpc.org/specification#parameter_structures
///
///     struct subtract {
///         ...
///         static constexpr auto params = parley::rpc_params::by_position;
///     };
enum class rpc_params : std::uint8_t {
    by_name,     ///< An object.
    by_position, ///< An array in the order of the description. Absent members are null; trailing ones are omitted.
};

} // namespace parley

#endif
