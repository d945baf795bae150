// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// Bytes, compressed or not. Properties:
//   - compressed bytes are decompressed to the original, unless it exceeds the limit;
//   - decompression never exceeds the limit.
#include "fuzz.hpp"

#include <parley/http/gzip.hpp>

#include <string>

void fuzz::try_text(std::string_view text) {
    auto const packed = parley::gzip(text);
    must(parley::gunzip(packed, text.size()) == text, "compressed bytes are decompressed");
    if (!text.empty()) {
        must(!parley::gunzip(packed, text.size() - 1), "the limit is respected");
        must(!parley::gunzip(std::string_view(packed).substr(0, packed.size() - 1), text.size()), "truncated data is rejected");
        must(!parley::gunzip(packed + 'x', text.size()), "trailing data is rejected");
    }
    if (auto const bytes = parley::gunzip(text, 100'000)) {
        must(bytes->size() <= 100'000, "the limit is respected");
        must(parley::gunzip(parley::gzip(*bytes), 100'000) == bytes, "decompressed bytes can be compressed again");
    }
}
