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

/// A fuzzer defines `try_text`, which takes any bytes and ends the program if the code under test violates a property. It is called by
/// libFuzzer (libfuzzer.cpp), which searches for such bytes, or for the files of a corpus (replay.cpp).
namespace fuzz {

void try_text(std::string_view text);

/// Ends the program if a property does not hold.
inline void must(bool holds, char const* property) {
    if (holds) return;
    std::fprintf(stderr, "violated: %s\n", property);
    std::abort();
}

/// Removes the first line from a text and returns it without its end.
inline std::string_view take_line(std::string_view& text) {
    auto const end = text.find('\n');
    auto const line = text.substr(0, end);
    text.remove_prefix(end == text.npos ? text.size() : end + 1);
    return line;
}

/// Removes the first byte of a text and returns it as a number below `bound`; 0 for an empty text.
inline std::size_t take_below(std::string_view& text, std::size_t bound) {
    if (text.empty()) return 0;
    auto const byte = static_cast<unsigned char>(text.front());
    text.remove_prefix(1);
    return byte % bound;
}

/// Returns whether `c` is an ASCII control character.
inline bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

inline bool contains(std::string_view text, std::string_view part) { return text.find(part) != text.npos; }

/// Returns `text` with each `part` replaced.
inline std::string replaced(std::string_view text, std::string_view part, std::string_view replacement) {
    std::string all;
    for (auto at = text.find(part); at != text.npos; at = text.find(part)) {
        all.append(text.substr(0, at)).append(replacement);
        text.remove_prefix(at + part.size());
    }
    return all.append(text);
}

/// A copy in memory of exactly its size, so that AddressSanitizer reports reads beyond it.
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
