// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_TESTS_FUZZ_FUZZ_HPP
#define PARLEY_TESTS_FUZZ_FUZZ_HPP

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
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

/// Takes one byte off the front of a text as a number below `bound`. An empty text gives 0.
inline std::size_t take_below(std::string_view& text, std::size_t bound) {
    if (text.empty()) return 0;
    auto const byte = static_cast<unsigned char>(text.front());
    text.remove_prefix(1);
    return byte % bound;
}

/// True if `c` is one of the control characters of ASCII.
inline bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

inline bool contains(std::string_view text, std::string_view part) { return text.find(part) != text.npos; }

/// `text` with each `part` replaced.
inline std::string replaced(std::string_view text, std::string_view part, std::string_view replacement) {
    std::string all;
    for (auto at = text.find(part); at != text.npos; at = text.find(part)) {
        all.append(text.substr(0, at)).append(replacement);
        text.remove_prefix(at + part.size());
    }
    return all.append(text);
}

/// A copy that ends where its memory ends, so that AddressSanitizer reports reads beyond it, and that later pieces of a text do
/// not share.
class exact_copy {
public:
    explicit exact_copy(std::string_view text) : bytes_(new char[text.size()]), size_(text.size()) {
        std::copy(text.begin(), text.end(), bytes_.get());
    }
    std::string_view view() const { return {bytes_.get(), size_}; }

private:
    std::unique_ptr<char[]> bytes_;
    std::size_t size_;
};

} // namespace fuzz

#endif
