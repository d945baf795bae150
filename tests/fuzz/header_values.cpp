// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// The values of fields that say how a message is to be taken: media types, waits, base64. Promised is:
//   - the essence of a media type is a part of it, and is its own essence;
//   - a type that is listed is accepted, unless its weight is 0, whatever else is listed;
//   - a wait is a number;
//   - bytes are read as they were written in base64, and base64 has no second spelling.
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
    must(parley::detail::accepts("text/plain, " + std::string(text), "text/plain"), "a type that is listed is accepted");
    must(!parley::detail::accepts("text/plain;q=0, " + std::string(text), "text/plain"),
         "one that is listed with no weight is not");

    parley::http_response response{503, {}, {}};
    response.fields.add("retry-after", std::string(text));
    auto const wait = parley::detail::read_retry_after(parley::view_of(response), {});
    must(!wait || !std::isnan(*wait), "a wait is a number");

    std::string encoded, decoded;
    parley::detail::append_base64(encoded, text);
    must(parley::detail::decode_base64(encoded, decoded) && decoded == text, "bytes are read as they were written");
    if (parley::detail::decode_base64(text, decoded)) {
        encoded.clear();
        parley::detail::append_base64(encoded, decoded);
        must(encoded == text, "bytes have one spelling");
    }
}
