// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/describe/blob.hpp>

#include <parley/json.hpp>

#include <boost/describe/class.hpp>
#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <utility>

namespace {

struct file {
    parley::blob content;
};
BOOST_DESCRIBE_STRUCT(file, (), (content))

} // namespace

TEST_SUITE_BEGIN("describe");

TEST_CASE("blob: travels in JSON as base64 (the test vectors of RFC 4648, section 10)") {
    struct {
        std::string_view bytes, base64;
    } const vectors[] = {{"", ""},
                         {"f", "Zg=="},
                         {"fo", "Zm8="},
                         {"foo", "Zm9v"},
                         {"foob", "Zm9vYg=="},
                         {"fooba", "Zm9vYmE="},
                         {"foobar", "Zm9vYmFy"}};
    for (auto const& v : vectors) {
        CAPTURE(v.bytes);
        auto const text = R"({"content":")" + std::string(v.base64) + "\"}";
        CHECK(parley::to_json(file{{std::string(v.bytes)}}).value() == text);
        CHECK(parley::from_json<file>(text).value().content.bytes == v.bytes);
    }
    CHECK(!parley::from_json<file>(R"({"content":"Zm9"})"));
    CHECK(!parley::from_json<file>(R"({"content":"Zm 9"})"));
}

TEST_CASE("blob: all bytes compare, zeros and those after them included") {
    using namespace std::string_literals;
    CHECK(parley::blob{"a\0b"s} == parley::blob{"a\0b"s});
    CHECK(parley::blob{"a\0b"s} != parley::blob{"a\0c"s});
    CHECK(parley::blob{"a"s} != parley::blob{"a\0"s});
    CHECK(parley::blob{} == parley::blob{""s});
}

TEST_CASE("blob: a string is moved in and out without a copy") {
    std::string text(1000, 'x');
    auto const* const bytes = text.data();
    parley::blob blob{std::move(text)};
    CHECK(blob.bytes.data() == bytes);
    std::string const back = std::move(blob).bytes;
    CHECK(back.data() == bytes);
}

TEST_SUITE_END();
