// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_HTTP_GZIP_HPP
#define PARLEY_HTTP_GZIP_HPP

#include <parley/core/version.hpp>

#include <zlib.h>

#include <cstddef>
#include <new>
#include <optional>
#include <string>
#include <string_view>

namespace parley::inline PARLEY_ABI {

/// Compresses `bytes` to the gzip format (RFC 1952). Requires zlib: link with `-lz`.
///
/// Use it for requests to operations that accept compressed bodies:
///
///     parley::client client{{.aws = {.region = "us-east-1"}, .gzip = parley::gzip}, std::ref(transport)};
///
/// @throws std::bad_alloc if memory is exhausted.
inline std::string gzip(std::string_view bytes) {
    z_stream stream{};
    int const gzip_window = 15 + 16; // zlib.h, deflateInit2: adding 16 selects a gzip header and trailer
    if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, gzip_window, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        throw std::bad_alloc();
    std::string out;
    out.resize(deflateBound(&stream, static_cast<uLong>(bytes.size())));
    constexpr std::size_t max_chunk = std::size_t{1} << 30; // zlib sizes are unsigned int
    std::size_t written = 0;
    for (;;) {
        auto const chunk = bytes.size() < max_chunk ? bytes.size() : max_chunk;
        stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
        stream.avail_in = static_cast<uInt>(chunk);
        bytes.remove_prefix(chunk);
        int state = Z_OK;
        do {
            if (written == out.size()) out.resize(out.size() * 2);
            auto const capacity = out.size() - written < max_chunk ? out.size() - written : max_chunk;
            stream.next_out = reinterpret_cast<Bytef*>(out.data() + written);
            stream.avail_out = static_cast<uInt>(capacity);
            state = deflate(&stream, bytes.empty() ? Z_FINISH : Z_NO_FLUSH);
            written += capacity - stream.avail_out;
        } while (stream.avail_in > 0 || (bytes.empty() && state != Z_STREAM_END));
        if (bytes.empty()) break;
    }
    deflateEnd(&stream);
    out.resize(written);
    return out;
}

/// Decompresses `bytes` from the gzip format (RFC 1952). Requires zlib: link with `-lz`.
///
/// Use it for routers whose operations accept compressed requests: `parley::router_config{.gunzip = parley::gunzip}`.
///
/// @param bytes The compressed data.
/// @param limit Maximum size of the result, in bytes.
/// @return The data, or `nullopt` if `bytes` is malformed, truncated or larger than `limit` when decompressed.
/// @throws std::bad_alloc if memory is exhausted.
inline std::optional<std::string> gunzip(std::string_view bytes, std::size_t limit) {
    z_stream stream{};
    int const gzip_window = 15 + 16; // zlib.h, inflateInit2: adding 16 accepts only the gzip format
    if (inflateInit2(&stream, gzip_window) != Z_OK) throw std::bad_alloc();
    std::string out;
    int state = Z_OK;
    constexpr std::size_t max_chunk = std::size_t{1} << 30; // zlib sizes are unsigned int
    while (state == Z_OK) {
        if (stream.avail_in == 0) {
            auto const chunk = bytes.size() < max_chunk ? bytes.size() : max_chunk;
            stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
            stream.avail_in = static_cast<uInt>(chunk);
            bytes.remove_prefix(chunk);
        }
        char buffer[16 * 1024];
        stream.next_out = reinterpret_cast<Bytef*>(buffer);
        stream.avail_out = sizeof buffer;
        state = inflate(&stream, Z_NO_FLUSH);
        auto const size = sizeof buffer - stream.avail_out;
        if (size > limit - out.size()) state = Z_DATA_ERROR;
        else out.append(buffer, size);
    }
    bool const complete = state == Z_STREAM_END && stream.avail_in == 0 && bytes.empty();
    inflateEnd(&stream);
    if (!complete) return std::nullopt;
    return out;
}

} // namespace parley

#endif
