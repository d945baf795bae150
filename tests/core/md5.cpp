// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/core/md5.hpp>

#include <doctest/doctest.h>

#include <string>

TEST_SUITE_BEGIN("core");

namespace {
std::string hex(std::string_view bytes) {
    std::string text;
    for (char c : bytes) {
        auto const byte = static_cast<unsigned char>(c);
        text += "0123456789abcdef"[byte >> 4];
        text += "0123456789abcdef"[byte & 15];
    }
    return text;
}
} // namespace

TEST_CASE("md5: digests of RFC 1321, section A.5") {
    CHECK(hex(parley::detail::md5("")) == "d41d8cd98f00b204e9800998ecf8427e");
    CHECK(hex(parley::detail::md5("a")) == "0cc175b9c0f1b6a831c399e269772661");
    CHECK(hex(parley::detail::md5("abc")) == "900150983cd24fb0d6963f7d28e17f72");
    CHECK(hex(parley::detail::md5("message digest")) == "f96b697d7cb7938d525a2f31aaf161d0");
    CHECK(hex(parley::detail::md5("abcdefghijklmnopqrstuvwxyz")) == "c3fcd3d76192e4007dfb496cca67e13b");
    CHECK(hex(parley::detail::md5("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"))
          == "d174ab98d277d9f5a5611c2c9f419d9f");
    CHECK(hex(parley::detail::md5("12345678901234567890123456789012345678901234567890123456789012345678901234567890"))
          == "57edf4a22be3c955ac49da2e2107b67a");
}

TEST_SUITE_END();
