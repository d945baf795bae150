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

/// Compresses a body: `gzip` of http/gzip.hpp, or the user's own.
using compressor = std::function<std::string(std::string_view)>;

/// How a request is made.
struct encode_options {
    endpoint_url endpoint; ///< where it goes; its path is put before that of the operation
    bool host_prefix = true;
    /// `compatible` sends what the AWS SDK for JavaScript sends: nothing is checked but that labels have a value, which may be empty,
    /// "." or "..".
    parley::strictness strictness = parley::strictness::strict;
    compressor const* gzip = nullptr;    ///< for operations that take compressed requests; null: none is compressed
    std::size_t gzip_threshold = 10'240; ///< bytes; smaller bodies are sent as they are
};

namespace detail {

/// The input or output that a message is made of.
struct input_ref {
    void const* value = nullptr;
    bool spent = false; ///< nobody looks at it after: a blob that is the whole body may be moved out of it
};

/// What a response turned out to be.
struct response_report {
    enum class kind : std::uint8_t { output, declared, undeclared, undecodable };

    kind what = kind::output;
    int status = 0;
    std::string code;    // of an error
    std::string message; // of an error
    parley::fault fault = parley::fault::unspecified;
    retryability retry = retryability::none;
    std::vector<violation> violations; // why it cannot be decoded
    std::vector<violation> tolerated;  // what the strictness let pass
};

/// Whom a request is for.
struct route_result {
    std::optional<std::size_t> position; ///< of the operation among those it was looked for
    std::string allow;                   ///< where another method would have found somebody: the methods, for the header Allow
};

/// What errors are written by.
struct service_facts {
    error_scheme scheme;
    aws_service const* aws = nullptr;
};

// What a protocol over HTTP comes down to: a table for each side, so that a program links what it uses. Each function appends what
// is wrong to `errors` and returns false then.

struct client_engine {
    /// The request goes to `endpoint`, whatever the options say.
    bool (*encode_request)(operation_table const& op, input_ref input, endpoint_url const& endpoint,
                           encode_options const& options, http_request& out, std::vector<violation>& errors);
    /// `output` is fresh; the report says whether it or `declared` is filled.
    response_report (*decode_response)(operation_table const& op, response_view const& response, decode_options const& options,
                                       void* output, declared_error& declared);
};

/// Whether the media types that a request has and accepts are those of the operation.
struct media_type_check {
    int status = 0;          ///< 415 or 406 if they are not
    std::string_view type{}; ///< the one that is; empty for a body that the operation does not take
};

struct server_engine {
    /// Which of the operations, of which those that are to be tried first come first, the request is for.
    route_result (*route)(std::span<operation_table const* const> operations, request_view const& request, bool check_host);
    media_type_check (*check_media_types)(operation_table const& op, request_view const& request);
    bool (*decode_request)(operation_table const& op, request_view const& request, decode_options const& options, void* input,
                           std::vector<violation>& errors);
    bool (*encode_response)(operation_table const& op, input_ref output, http_response& out, std::vector<violation>& errors);
    bool (*encode_error)(service_facts const& service, error_entry const& entry, void const* error, http_response& out,
                         std::vector<violation>& errors);
    /// An error that no description has.
    void (*encode_code)(service_facts const& service, int status, std::string_view code, std::string_view message,
                        http_response& out);
};

/// A response of the library's own that says what `response` does. Takes its body where it may.
http_response keep(response_view const& response);

/// From what the engine found, which is no output, to what the user gets.
call_error_state make_call_error(response_report&& report, declared_error&& declared, response_view const& response);

} // namespace detail
} // namespace parley

#endif
