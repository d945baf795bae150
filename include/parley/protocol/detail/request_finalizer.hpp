// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_PROTOCOL_DETAIL_REQUEST_FINALIZER_HPP
#define PARLEY_PROTOCOL_DETAIL_REQUEST_FINALIZER_HPP

#include <parley/protocol/detail/message_writer.hpp>
#include <parley/protocol/protocol_engine.hpp>

#include <string>

namespace parley::inline PARLEY_ABI::detail {

namespace protocol {

// Sets the method, scheme, host and port of a request.
inline void start_request(message_writer const& writer, operation_table const& op, endpoint_url const& endpoint,
                          encode_options const& options, http_request& out, std::vector<violation>& errors) {
    out.method = op.request->method;
    out.scheme = endpoint.scheme;
    out.host = options.host_prefix ? writer.host_prefix() : std::string();
    if (!out.host.empty() && endpoint.host.starts_with('['))
        errors.push_back({errc::invalid_value, {}, "the operation has a host prefix, which cannot be added to an IPv6 address"});
    out.host += endpoint.host;
    out.port = endpoint.port;
}

// Compresses the body if the operation supports it. Adds the content length and the checksum.
inline void finish_request(operation_table const& op, encode_options const& options, http_request& out) {
    if (op.traits.gzip && options.gzip && *options.gzip && out.body.size() >= options.gzip_threshold) {
        out.body = (*options.gzip)(out.body);
        // "Content-Encoding: if one or more encodings have been applied, list them in the order they were": RFC 9110, 8.4.
        auto encodings = std::string(out.fields.find("content-encoding").value_or(""));
        encodings.append(encodings.empty() ? "" : ", ").append("gzip");
        out.fields.set("content-encoding", encodings);
    }
    if (!out.body.empty()) out.fields.set("content-length", std::to_string(out.body.size()));
    if (op.add_checksum && !out.fields.contains("content-md5")) op.add_checksum(out);
}

} // namespace protocol

} // namespace parley::detail

#endif
