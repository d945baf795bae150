// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_PROTOCOL_PROTOCOL_ENGINE_HPP
#define PARLEY_PROTOCOL_PROTOCOL_ENGINE_HPP

#include <parley/core/config.hpp>
#include <parley/http/request.hpp>
#include <parley/http/request_view.hpp>
#include <parley/http/response.hpp>
#include <parley/http/uri.hpp>
#include <parley/json/options.hpp>
#include <parley/protocol/operation_table.hpp>

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace parley::inline PARLEY_ABI {

/// Function that compresses a body, for example `gzip` of http/gzip.hpp.
using compressor = std::function<std::string(std::string_view)>;

/// Options for encoding requests.
struct encode_options {
    endpoint_url endpoint;   ///< Destination. Its path precedes the path of the operation.
    bool host_prefix = true; ///< Whether to prepend the host prefix of the operation to the host.
    /// `compatible` encodes requests like the AWS SDK for JavaScript: constraints are not checked, and labels need a value, but the value
    /// may be empty, "." or "..".
    parley::strictness strictness = parley::strictness::strict;
    compressor const* gzip = nullptr; ///< Compressor for operations that accept compressed requests. Null disables compression.
    std::size_t gzip_threshold = 10'240; ///< Size in bytes from which bodies are compressed.
};

namespace detail {

/// The input or output to encode.
struct input_ref {
    void const* value = nullptr;
    bool spent = false; ///< whether the value may be moved from: then a payload is moved into the body
};

/// The result of decoding a response.
struct response_report {
    enum class kind : std::uint8_t { output, declared, undeclared, undecodable };

    kind what = kind::output;
    int status = 0;
    std::string code;    // errors only
    std::string message; // errors only
    parley::fault fault = parley::fault::unspecified;
    retryability retry = retryability::none;
    std::vector<violation> violations; // reasons why the response is undecodable
    std::vector<violation> tolerated;  // violations that the strictness permits
};

/// The result of routing a request.
struct route_result {
    std::optional<std::size_t> position; ///< position of the operation in the list
    std::string allow;                   ///< value of the header field Allow, if operations match except for the method
};

/// The properties of a service that the encoding of errors depends on.
struct service_facts {
    error_scheme scheme;
    aws_service const* aws = nullptr;
};

// A protocol over HTTP has a table of functions for each side, so that programs link only the side that they use. On failure, functions
// append to `errors` and return false.

struct client_engine {
    /// `endpoint` takes precedence over that of the options.
    bool (*encode_request)(operation_table const& op, input_ref input, endpoint_url const& endpoint,
                           encode_options const& options, http_request& out, std::vector<violation>& errors);
    /// `output` is a new object; the report says whether `output` or `declared` was assigned.
    response_report (*decode_response)(operation_table const& op, response_view const& response, decode_options const& options,
                                       void* output, declared_error& declared);
};

/// Whether the operation supports the media type of a request and the media types that it accepts.
struct media_type_check {
    int status = 0;          ///< 415 or 406 on failure
    std::string_view type{}; ///< supported media type; empty if the operation takes no body
};

struct server_engine {
    /// Finds the operation for a request. `operations` is sorted by precedence.
    route_result (*route)(std::span<operation_table const* const> operations, request_view const& request, bool check_host);
    media_type_check (*check_media_types)(operation_table const& op, request_view const& request);
    bool (*decode_request)(operation_table const& op, request_view const& request, decode_options const& options, void* input,
                           std::vector<violation>& errors);
    bool (*encode_response)(operation_table const& op, input_ref output, http_response& out, std::vector<violation>& errors);
    bool (*encode_error)(service_facts const& service, error_entry const& entry, void const* error, http_response& out,
                         std::vector<violation>& errors);
    /// Encodes an error that has no described type.
    void (*encode_code)(service_facts const& service, int status, std::string_view code, std::string_view message,
                        http_response& out);
};

/// Returns a copy of a response. Moves the body if the view permits it.
http_response keep(response_view const& response);

/// Converts the report of a response that is not an output.
call_error_state make_call_error(response_report&& report, declared_error&& declared, response_view const& response);

} // namespace detail
} // namespace parley

#endif
