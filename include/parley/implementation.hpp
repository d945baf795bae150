// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_IMPLEMENTATION_HPP
#define PARLEY_IMPLEMENTATION_HPP

// All of parley that is no template. Included by the one unit of a program that defines PARLEY_IMPLEMENTATION.
#include <parley/core/base64.ipp>
#include <parley/core/config.ipp>
#include <parley/core/error.ipp>
#include <parley/core/md5.ipp>
#include <parley/core/number.ipp>
#include <parley/core/timestamp.ipp>
#include <parley/core/utf8.ipp>
#include <parley/describe/pattern.ipp>
#include <parley/describe/validate.ipp>
#include <parley/endpoint/client_config.ipp>
#include <parley/endpoint/serving.ipp>
#include <parley/exchange/aws_endpoint.ipp>
#include <parley/exchange/call_machine.ipp>
#include <parley/exchange/retry.ipp>
#include <parley/http/header_list.ipp>
#include <parley/http/headers.ipp>
#include <parley/http/media_type.ipp>
#include <parley/http/uri.ipp>
#include <parley/json/decode.ipp>
#include <parley/json/encode.ipp>
#include <parley/json/locate.ipp>
#include <parley/protocol/aws_json.ipp>
#include <parley/protocol/rest_json.ipp>
#include <parley/protocol/scalar_text.ipp>

#endif
