// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/describe/fingerprint.hpp>

#include <support/types.hpp>

#include <doctest/doctest.h>

TEST_SUITE_BEGIN("describe");

using parley::detail::fingerprint;

TEST_CASE("fingerprint: only equal values have equal fingerprints") {
    CHECK(fingerprint(std::string("a")) == fingerprint(std::string("a")));
    CHECK(fingerprint(std::string("a")) != fingerprint(std::string("b")));
    CHECK(fingerprint(0.0) == fingerprint(-0.0));
    CHECK(fingerprint(types::point{1, 2}) != fingerprint(types::point{2, 1}));
    // The boundaries between texts matter.
    using texts = std::vector<std::string>;
    CHECK(fingerprint(texts{"ab", "c"}) != fingerprint(texts{"a", "bc"}));
    CHECK(fingerprint(texts{"1:a"}) != fingerprint(texts{"", "1:a"}));
    CHECK(fingerprint(std::optional<int>{}) != fingerprint(std::optional<int>{0}));
    CHECK(fingerprint(types::sample()) == fingerprint(types::sample()));
}

TEST_CASE("fingerprint: the order of an unordered map does not matter") {
    std::unordered_map<std::string, int> a, b;
    for (int i = 0; i < 100; ++i) a[std::to_string(i)] = i;
    for (int i = 99; i >= 0; --i) b[std::to_string(i)] = i;
    CHECK(fingerprint(a) == fingerprint(b));
}

TEST_SUITE_END();
