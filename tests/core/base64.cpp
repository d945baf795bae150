// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/core/base64.hpp>

#include <doctest/doctest.h>

#include <string>

namespace {
std::string encoded(std::string_view bytes) {
    std::string out;
    parley::append_base64(out, bytes);
    return out;
}
} // namespace

TEST_CASE("the vectors of RFC 4648, section 10") {
    std::pair<char const*, char const*> const vectors[] = {{"", ""}, {"f", "Zg=="}, {"fo", "Zm8="}, {"foo", "Zm9v"},
                                                           {"foob", "Zm9vYg=="}, {"fooba", "Zm9vYmE="}, {"foobar", "Zm9vYmFy"}};
    for (auto const& vector : vectors) {
        CHECK(encoded(vector.first) == vector.second);
        std::string bytes;
        CHECK(parley::decode_base64(vector.second, bytes));
        CHECK(bytes == vector.first);
    }
}

TEST_CASE("all bytes survive") {
    std::string all;
    for (int length = 0; length < 600; ++length) {
        std::string bytes;
        CHECK(parley::decode_base64(encoded(all), bytes));
        CHECK(bytes == all);
        all += static_cast<char>(length * 7);
    }
}

TEST_CASE("what is no base64 is refused") {
    std::string out = "before";
    for (auto const* text : {"Zg=", "Zg", "Z===", "====", "Zm9v\n", " Zm9", "Zm9vZg=a", "Zh==", "Zm9=", "Z-_v", "Zm=v", "Zg==Zg=="}) {
        CAPTURE(text);
        CHECK(!parley::decode_base64(text, out));
        CHECK(out.empty());
    }
}
