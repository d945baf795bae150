// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// Reports which patterns the library supports. patterns.py compiles and runs it, so that the generator has no grammar of its own.
//
// Reads patterns from the standard input, each as its size in bytes, a line feed and its bytes. Writes one line for each: empty, or
// the reason why the pattern is not supported.
#include <parley/core/config.ipp>
#include <parley/pattern/pattern.hpp>

#include <cstddef>
#include <cstdint>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

namespace {

std::string_view reason_against(std::string_view text) {
    auto const capacity = parley::detail::pattern_capacity(text);
    std::vector<std::uint32_t> words(capacity);
    try {
        parley::detail::pattern_compiler compiler(text, words.data(), capacity);
        compiler.compile();
    } catch (char const* reason) { return reason; }
    return {};
}

} // namespace

int main() {
    std::size_t size = 0;
    while (std::cin >> size && std::cin.get() == '\n') {
        std::string text(size, '\0');
        if (!std::cin.read(text.data(), static_cast<std::streamsize>(size))) return 1;
        std::cout << reason_against(text) << '\n';
    }
    return std::cin.eof() ? 0 : 1;
}
