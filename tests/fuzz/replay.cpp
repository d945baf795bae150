// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// Runs a fuzzer on the files of a corpus.
//
//   fuzz_NAME FOLDER-OR-FILE...
#include "fuzz.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

int main(int count, char** arguments) {
    namespace files = std::filesystem;
    std::vector<files::path> all;
    for (int i = 1; i < count; ++i) {
        if (files::is_directory(arguments[i])) {
            for (auto const& entry : files::directory_iterator(arguments[i])) all.push_back(entry.path());
        } else {
            all.emplace_back(arguments[i]);
        }
    }
    if (all.empty()) return std::puts("no files to replay"), 1;
    std::sort(all.begin(), all.end());
    for (auto const& path : all) {
        std::ifstream file(path, std::ios::binary);
        std::string const bytes(std::istreambuf_iterator<char>(file), {});
        if (!file.is_open()) return std::printf("%s cannot be read\n", path.c_str()), 1;
        // Printed first, so that the last line names the file that crashed.
        std::fprintf(stderr, "%s\n", path.filename().c_str());
        // An exact allocation, so that sanitizers report reads beyond the last byte.
        std::unique_ptr<char[]> const exact(new char[bytes.size()]);
        std::copy(bytes.begin(), bytes.end(), exact.get());
        fuzz::try_text({exact.get(), bytes.size()});
    }
    std::printf("%zu passed, 0 failed\n", all.size());
}
