// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_TESTS_FUZZ_FUZZ_HPP
#define PARLEY_TESTS_FUZZ_FUZZ_HPP

#include <cstdio>
#include <cstdlib>
#include <string_view>

/// What a fuzzer is: `try_text` is given any bytes, and must not return if the code under test does not keep what it promises. What
/// calls it is libFuzzer (libfuzzer.cpp), which looks for such bytes, or a loop over the files of a corpus (replay.cpp).
namespace fuzz {

void try_text(std::string_view text);

/// Ends the program if a promise was not kept.
inline void must(bool kept, char const* promise) {
    if (kept) return;
    std::fprintf(stderr, "not so: %s\n", promise);
    std::abort();
}

/// Takes the first line off a text, without its end.
inline std::string_view take_line(std::string_view& text) {
    auto const end = text.find('\n');
    auto const line = text.substr(0, end);
    text.remove_prefix(end == text.npos ? text.size() : end + 1);
    return line;
}

} // namespace fuzz

#endif
