// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_DESCRIBE_PROTOCOL_HPP
#define PARLEY_DESCRIBE_PROTOCOL_HPP

#include <parley/core/version.hpp>

namespace parley::inline PARLEY_ABI {

// The protocols by their names alone, so that a description can say which one its service speaks:
//
//     struct weather_service { using protocol = parley::aws_json_1_0; };
//
// What they are is in the room `protocol`, which no description needs to know. A service that names none speaks rest_json.

struct rest_json;    ///< protocol/rest_json.hpp
struct aws_json_1_0; ///< protocol/aws_json.hpp
struct aws_json_1_1; ///< protocol/aws_json.hpp
struct json_rpc;     ///< protocol/json_rpc.hpp

} // namespace parley

#endif
