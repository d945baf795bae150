// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/core/version.hpp>

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>
#include <string>

#define VERSION_TEST_TEXT(x) #x
#define VERSION_TEST_EXPANDED(x) VERSION_TEST_TEXT(x)

namespace {

constexpr int major = PARLEY_VERSION / 10'000, minor = PARLEY_VERSION / 100 % 100, patch = PARLEY_VERSION % 100;

std::string joined(std::string const& separator) {
    return std::to_string(major) + separator + std::to_string(minor) + separator + std::to_string(patch);
}

} // namespace

TEST_SUITE_BEGIN("core");

TEST_CASE("version: number, text and inline namespace are of the same version") {
    CHECK(PARLEY_VERSION_STRING == joined("."));
    CHECK(VERSION_TEST_EXPANDED(PARLEY_ABI) == "v" + joined("_"));
}

TEST_CASE("version: the build and the change log have the same version") {
    // The working directory is that of the sources.
    auto const text_of = [](char const* name) {
        std::ifstream file(name);
        REQUIRE(file);
        return std::string(std::istreambuf_iterator<char>(file), {});
    };
    CHECK(text_of("meson.build").find("version: '" + joined(".") + "'") != std::string::npos);
    CHECK(text_of("CHANGELOG.md").find("[" + joined(".") + "]") != std::string::npos);
}

TEST_SUITE_END();
