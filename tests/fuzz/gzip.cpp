// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// Bytes, compressed or not. Promised is:
//   - what was compressed is unpacked to what it was, unless that is more than the limit;
//   - nothing is unpacked to more than the limit.
#include "fuzz.hpp"

#include <parley/http/gzip.hpp>

#include <string>

void fuzz::try_text(std::string_view text) {
    auto const packed = parley::gzip(text);
    must(parley::gunzip(packed, text.size()) == text, "what was packed is unpacked");
    if (!text.empty()) {
        must(!parley::gunzip(packed, text.size() - 1), "a limit holds");
        must(!parley::gunzip(std::string_view(packed).substr(0, packed.size() - 1), text.size()), "what ends early is refused");
        must(!parley::gunzip(packed + 'x', text.size()), "what has more is refused");
    }
    if (auto const bytes = parley::gunzip(text, 100'000)) {
        must(bytes->size() <= 100'000, "a limit holds");
        must(parley::gunzip(parley::gzip(*bytes), 100'000) == bytes, "what was unpacked can be packed again");
    }
}
