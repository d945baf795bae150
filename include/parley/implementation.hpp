// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_IMPLEMENTATION_HPP
#define PARLEY_IMPLEMENTATION_HPP

// All of parley that is no template. Included by the one unit of a program that defines PARLEY_IMPLEMENTATION.
#include <parley/core/base64.ipp>
#include <parley/core/config.ipp>
#include <parley/core/error.ipp>
#include <parley/core/md5.ipp>
#include <parley/core/number.ipp>
#include <parley/core/sha256.ipp>
#include <parley/core/timestamp.ipp>
#include <parley/core/utf8.ipp>
#include <parley/credentials/answer.ipp>
#include <parley/credentials/ask.ipp>
#include <parley/credentials/assume_role.ipp>
#include <parley/credentials/cached_credentials.ipp>
#include <parley/credentials/config_files.ipp>
#include <parley/credentials/container_credentials.ipp>
#include <parley/credentials/credentials_chain.ipp>
#include <parley/credentials/environment_credentials.ipp>
#include <parley/credentials/instance_credentials.ipp>
#include <parley/credentials/process_credentials.ipp>
#include <parley/credentials/profile_credentials.ipp>
#include <parley/credentials/sigv4_signer.ipp>
#include <parley/credentials/surroundings.ipp>
#include <parley/describe/fingerprint.ipp>
#include <parley/describe/jmespath.ipp>
#include <parley/describe/pattern.ipp>
#include <parley/describe/validate.ipp>
#include <parley/endpoint/aws_endpoint.ipp>
#include <parley/endpoint/aws_partition.ipp>
#include <parley/endpoint/client_config.ipp>
#include <parley/endpoint/endpoint_rules.ipp>
#include <parley/endpoint/serving.ipp>
#include <parley/exchange/call_machine.ipp>
#include <parley/exchange/clock_offset.ipp>
#include <parley/exchange/credentials.ipp>
#include <parley/exchange/rate_limiter.ipp>
#include <parley/exchange/retry.ipp>
#include <parley/exchange/retry_after.ipp>
#include <parley/exchange/signers.ipp>
#include <parley/exchange/sigv4.ipp>
#include <parley/exchange/token_bucket.ipp>
#include <parley/exchange/wait_machine.ipp>
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
