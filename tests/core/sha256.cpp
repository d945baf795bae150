// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/core/sha256.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

TEST_SUITE_BEGIN("core");

namespace {

std::string hash(std::string_view bytes) { return parley::to_hex(parley::sha256_of(bytes)); }
std::string hmac(std::string_view key, std::string_view bytes) { return parley::to_hex(parley::hmac_sha256(key, bytes)); }

} // namespace

// Expected values: NIST, "Secure Hashing - Example Values" (FIPS 180-4), and the long message of FIPS 180-2, appendix B.3.
TEST_CASE("sha256: published examples") {
    CHECK(hash("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(hash("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(hash("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")
          == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    CHECK(hash("abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu")
          == "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1");
    CHECK(hash(std::string(1'000'000, 'a')) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("sha256: chunks of any size give the same digest") {
    std::string bytes;
    for (int i = 0; i < 300; ++i) bytes += static_cast<char>(i);
    for (std::size_t length = 0; length <= bytes.size(); ++length) {
        auto const whole = parley::sha256_of(std::string_view(bytes).substr(0, length));
        for (std::size_t const piece : {1U, 7U, 63U, 64U, 65U}) {
            parley::sha256 hash;
            for (std::size_t at = 0; at < length; at += piece) {
                hash.update(std::string_view(bytes).substr(at, std::min(piece, length - at)));
            }
            CHECK(hash.finish() == whole);
        }
    }
}

// Expected values: RFC 4231, test cases 1 to 4, 6 and 7.
TEST_CASE("sha256: published examples of HMAC") {
    CHECK(hmac(std::string(20, '\x0b'), "Hi There") == "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    CHECK(hmac("Jefe", "what do ya want for nothing?") == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    CHECK(hmac(std::string(20, '\xaa'), std::string(50, '\xdd'))
          == "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe");
    std::string key;
    for (char c = 1; c <= 25; ++c) key += c;
    CHECK(hmac(key, std::string(50, '\xcd')) == "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b");
    CHECK(hmac(std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First")
          == "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
    CHECK(hmac(std::string(131, '\xaa'), "This is a test using a larger than block-size key and a larger than block-size data. "
                                         "The key needs to be hashed before being used by the HMAC algorithm.")
          == "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2");
}

TEST_CASE("sha256: a provider can be used as a value") {
    static_assert(parley::sha256_model<parley::own_sha256>);
    static_assert(!parley::sha256_model<int>);
    CHECK(parley::sha256_with<parley::own_sha256>.hash("abc") == parley::sha256_of("abc"));
    CHECK(parley::sha256_with<parley::own_sha256>.hmac("Jefe", "abc") == parley::hmac_sha256("Jefe", "abc"));
}

TEST_SUITE_END();
