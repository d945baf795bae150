// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// Header values: media types, retry delays, base64. Properties:
//   - the essence of a media type is a part of it, and is its own essence;
//   - a listed type is accepted unless its weight is 0, with any other items;
//   - a retry delay is not NaN;
//   - base64 is decoded to the encoded bytes, and each byte sequence has only one encoding.
#include "fuzz.hpp"

#include <parley/core/base64.hpp>
#include <parley/exchange/retry_after.hpp>
#include <parley/http/media_type.hpp>
#include <parley/http/response.hpp>

#include <cmath>
#include <string>

void fuzz::try_text(std::string_view text) {
    auto const essence = parley::detail::essence_of(text);
    must(text.find(essence) != text.npos, "the essence is a part of the type");
    must(parley::detail::essence_of(essence) == essence, "the essence is its own essence");
    must(parley::detail::accepts("text/plain, " + std::string(text), "text/plain"), "a listed type is accepted");
    must(!parley::detail::accepts("text/plain;q=0, " + std::string(text), "text/plain"),
         "a listed type with weight 0 is not accepted");

    parley::http_response response{503, {}, {}};
    response.fields.add("retry-after", std::string(text));
    auto const wait = parley::detail::read_retry_after(parley::view_of(response), {});
    must(!wait || !std::isnan(*wait), "a retry delay is not NaN");

    std::string encoded, decoded;
    parley::detail::append_base64(encoded, text);
    must(parley::detail::decode_base64(encoded, decoded) && decoded == text, "base64 is decoded to the encoded bytes");
    if (parley::detail::decode_base64(text, decoded)) {
        encoded.clear();
        parley::detail::append_base64(encoded, decoded);
        must(encoded == text, "bytes have one encoding");
    }
}
