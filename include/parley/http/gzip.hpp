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

/// `bytes` in the gzip format (RFC 1952), by zlib, which the program links: `-lz`. For requests to operations that take
/// compressed bodies:
///
///     parley::client client{{.aws = {.region = "us-east-1"}, .gzip = parley::gzip}, std::ref(transport)};
///
/// Throws std::bad_alloc if zlib has no memory.
inline std::string gzip(std::string_view bytes) {
    z_stream stream{};
    int const gzip_window = 15 + 16; // zlib.h, deflateInit2: 16 more writes a gzip header and trailer
    if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, gzip_window, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        throw std::bad_alloc();
    std::string out;
    out.resize(deflateBound(&stream, static_cast<uLong>(bytes.size())));
    constexpr std::size_t piece = std::size_t{1} << 30; // zlib counts in unsigned int
    std::size_t written = 0;
    for (;;) {
        auto const take = bytes.size() < piece ? bytes.size() : piece;
        stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
        stream.avail_in = static_cast<uInt>(take);
        bytes.remove_prefix(take);
        int state = Z_OK;
        do {
            if (written == out.size()) out.resize(out.size() * 2);
            auto const capacity = out.size() - written < piece ? out.size() - written : piece;
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

/// What `bytes` in the gzip format stand for; nothing if they are not in it, end early, or stand for more than `limit` bytes.
/// For routers whose operations take compressed requests: `parley::router_config{.gunzip = parley::gunzip}`.
///
/// Throws std::bad_alloc if zlib has no memory.
inline std::optional<std::string> gunzip(std::string_view bytes, std::size_t limit) {
    z_stream stream{};
    int const gzip_window = 15 + 16; // zlib.h, inflateInit2: 16 more takes a gzip header and trailer alone
    if (inflateInit2(&stream, gzip_window) != Z_OK) throw std::bad_alloc();
    std::string out;
    int state = Z_OK;
    constexpr std::size_t piece = std::size_t{1} << 30; // zlib counts in unsigned int
    while (state == Z_OK) {
        if (stream.avail_in == 0) {
            auto const take = bytes.size() < piece ? bytes.size() : piece;
            stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
            stream.avail_in = static_cast<uInt>(take);
            bytes.remove_prefix(take);
        }
        char capacity[16 * 1024];
        stream.next_out = reinterpret_cast<Bytef*>(capacity);
        stream.avail_out = sizeof capacity;
        state = inflate(&stream, Z_NO_FLUSH);
        auto const made = sizeof capacity - stream.avail_out;
        if (made > limit - out.size()) state = Z_DATA_ERROR;
        else out.append(capacity, made);
    }
    bool const complete = state == Z_STREAM_END && stream.avail_in == 0 && bytes.empty();
    inflateEnd(&stream);
    if (!complete) return std::nullopt;
    return out;
}

} // namespace parley

#endif
