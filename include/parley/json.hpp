// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_JSON_HPP
#define PARLEY_JSON_HPP

// Entry header: JSON only. Describe structs, call `parley::to_json` and `parley::from_json<T>`.
#include <parley/describe/unit.hpp>
#include <parley/describe/validate.hpp>
#include <parley/json/decode.hpp>
#include <parley/json/decoder.hpp>
#include <parley/json/encode.hpp>

#endif

#ifdef PARLEY_IMPLEMENTATION
#include <parley/json.ipp>
#endif
