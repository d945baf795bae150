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

/// What `decoder` does, whatever the type.
class json_stream {
public:
    virtual ~json_stream() = default;
    virtual bool feed(std::string_view bytes) = 0;
    virtual std::vector<violation> finish() = 0;
};

std::unique_ptr<json_stream> make_json_stream(shape const& what, void* object, decode_options const& options);

} // namespace detail

/// Reads a `T` from JSON text that comes in pieces, cut anywhere. As `from_json` does, which needs the whole text at once;
/// here only a token that is not complete is kept.
///
///     parley::decoder<weather> decoder;
///     decoder.feed(R"({"celsi)");
///     decoder.feed(R"(us":21.5})");
///     auto today = decoder.finish();
template <class T>
class decoder {
    static_assert(!detail::borrows<T>,
                  "parley: a decoder keeps nothing of what it is fed, so that a view has nothing to refer to: "
                  "make it a std::string, or a std::pmr::string with decode_options::memory");

public:
    explicit decoder(decode_options const& options = {})
        : read_(detail::fresh_result<T>()),
          stream_(detail::make_json_stream(shape_of<T>, detail::value_access_of<T>::emplace(&*read_), options)) {}
    decoder(decoder const&) = delete;
    decoder& operator=(decoder const&) = delete;

    /// Reads on. Returns false if that is of no use: the text is none, or more is wrong than the limits allow. After an exception,
    /// as where memory runs out, the rest cannot be read, and `finish` fails.
    bool feed(std::string_view bytes) { return stream_->feed(bytes); }

    /// The value, or all that is wrong, with offsets in the whole text; a field is missing at the begin of its object. To be called
    /// once, when all was fed.
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
