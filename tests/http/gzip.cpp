// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/http/gzip.hpp>

#include <doctest/doctest.h>

#include <string>

TEST_SUITE_BEGIN("http");

namespace {

std::string sample(std::size_t size) {
    std::string text;
    while (text.size() < size) text += std::to_string(text.size() * 2654435761u % 1000);
    return text;
}

} // namespace

TEST_CASE("gzip: decompressing restores the data") {
    for (std::size_t const size : {0u, 1u, 1000u, 100'000u}) {
        auto const text = sample(size);
        CHECK(parley::gunzip(parley::gzip(text), 1'000'000) == text);
    }
}

TEST_CASE("gzip: data larger than the limit is an error") {
    auto const packed = parley::gzip(std::string(10'000'000, 'a'));
    CHECK(packed.size() < 20'000);
    CHECK(!parley::gunzip(packed, 1'000'000));
    CHECK(parley::gunzip(parley::gzip("12345"), 5));
    CHECK(!parley::gunzip(parley::gzip("123456"), 5));
}

TEST_CASE("gzip: truncated, changed or extended data is an error") {
    auto const packed = parley::gzip(sample(2000));
    for (std::size_t i = 0; i < packed.size(); ++i) CHECK(!parley::gunzip(packed.substr(0, i), 1'000'000));
    CHECK(!parley::gunzip(packed + "x", 1'000'000));
    CHECK(!parley::gunzip("", 1'000'000));
    for (std::size_t i = 10; i < packed.size(); ++i) { // after the header, many bits of which do not affect the data
        auto changed = packed;
        changed[i] = static_cast<char>(changed[i] ^ 1);
        CHECK(!parley::gunzip(changed, 1'000'000));
    }
}

TEST_SUITE_END();
