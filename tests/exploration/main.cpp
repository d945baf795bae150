// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// test_exploration [--long] [--depth=N] [options of doctest]
#include <exploration/explorer.hpp>

#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <string_view>

namespace {

bool longer_run = false;
int given_depth = 0;

} // namespace

int exploration::depth_of(int usual, int longer) {
    int const depth = longer_run ? longer : usual;
    return given_depth > 0 ? std::min(given_depth, depth) : depth;
}

int main(int argc, char** argv) {
    for (int i = 1; i < argc; ++i) {
        std::string_view const argument = argv[i];
        if (argument == "--long") longer_run = true;
        if (argument.starts_with("--depth=")) given_depth = std::atoi(argv[i] + 8);
    }
    return doctest::Context(argc, argv).run();
}
