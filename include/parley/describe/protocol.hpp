// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_DESCRIBE_PROTOCOL_HPP
#define PARLEY_DESCRIBE_PROTOCOL_HPP

#include <parley/core/version.hpp>

namespace parley::inline PARLEY_ABI {

// Forward declarations of the protocols, so that a description can select one without including its header:
//
//     struct weather_service { using protocol = parley::aws_json_1_0; };
//
// The default is rest_json.

struct rest_json;    // protocol/rest_json.hpp
struct aws_json_1_0; // protocol/aws_json.hpp
struct aws_json_1_1; // protocol/aws_json.hpp
struct json_rpc;     // protocol/json_rpc.hpp

} // namespace parley

#endif
