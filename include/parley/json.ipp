// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_JSON_IPP
#define PARLEY_JSON_IPP

// The non-template definitions of json.hpp.
#include <parley/core/base64.ipp>
#include <parley/core/config.ipp>
#include <parley/core/error.ipp>
#include <parley/core/number.ipp>
#include <parley/core/timestamp.ipp>
#include <parley/core/utf8.ipp>
#include <parley/describe/enumeration.ipp>
#include <parley/describe/fingerprint.ipp>
#include <parley/describe/shape.ipp>
#include <parley/describe/validate.ipp>
#include <parley/json/decode.ipp>
#include <parley/json/decoder.ipp>
#include <parley/json/encode.ipp>
#include <parley/json/locate.ipp>
#include <parley/pattern/pattern.ipp>

#endif
