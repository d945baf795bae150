// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_JSON_DECODER_HPP
#define PARLEY_JSON_DECODER_HPP

#include <parley/json/decode.hpp>

#include <memory>
#include <string_view>
#include <utility>
#include <vector>

namespace parley::inline PARLEY_ABI {

namespace detail {

/// The part of `decoder` that does not depend on the type.
class json_stream {
public:
    virtual ~json_stream() = default;
    virtual bool feed(std::string_view bytes) = 0;
    virtual std::vector<violation> finish() = 0;
};

std::unique_ptr<json_stream> make_json_stream(shape const& type, void* object, decode_options const& options);

} // namespace detail

/// Parses a `T` from JSON text that arrives in chunks of any size.
///
/// Accepts the same texts as `from_json`, with the same results. Keeps no text in memory except an incomplete token.
///
/// @tparam T A type without views, since the decoder does not keep the text.
///
/// @par Example
///     parley::decoder<weather> decoder;
///     decoder.feed(R"({"celsi)");
///     decoder.feed(R"(us":21.5})");
///     auto today = decoder.finish();
template <class T>
class decoder {
    static_assert(!detail::borrows<T>, "parley: a decoder does not keep the text, so a view in T would dangle: "
                                       "use std::string, or std::pmr::string with decode_options::memory");

public:
    /// Prepares to parse a text.
    /// @param options Strictness, limits and memory; copied.
    explicit decoder(decode_options const& options = {})
        : read_(detail::fresh_result<T>()),
          stream_(detail::make_json_stream(shape_of<T>, detail::value_access_of<T>::emplace(&*read_), options)) {}
    decoder(decoder const&) = delete;
    decoder& operator=(decoder const&) = delete;

    /// Parses the next chunk.
    ///
    /// @param bytes The chunk. Need not outlive the call.
    /// @return False after a syntax error or an exceeded limit: further chunks are ignored.
    /// @throws What the types of `T` throw, such as std::bad_alloc. The rest is then ignored, and `finish` returns an error.
    bool feed(std::string_view bytes) { return stream_->feed(bytes); }

    /// Ends the text. Call this once, after the last chunk.
    ///
    /// @return The value, or all errors, with byte offsets in the whole text. The offset of a missing field is that of its object.
    result<T> finish() {
        data_error error{stream_->finish()};
        if (!error.violations.empty()) read_ = std::move(error);
        return std::move(read_);
    }

private:
    result<T> read_;
    std::unique_ptr<detail::json_stream> stream_;
};

} // namespace parley

#endif
