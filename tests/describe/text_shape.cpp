// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/describe/text_shape.hpp>

#include <parley/describe/shape_of.hpp>

#include <doctest/doctest.h>

#include <string>

TEST_SUITE_BEGIN("describe");

using parley::shape_of;
using parley::detail::put_text_in;
using parley::detail::text_in;

TEST_CASE("text_shape: a view refers to a lasting text or to a copy in the given memory") {
    std::string const text = "Ghent";
    std::string_view view;
    auto const& type = shape_of<std::string_view>;
    CHECK(type.kind == parley::shape_kind::text);
    CHECK(put_text_in(type, &view, text, {.lasting = true, .memory = nullptr}));
    CHECK(view.data() == text.data());
    CHECK(text_in(type, &view) == "Ghent");
    CHECK(!put_text_in(type, &view, text, {}));

    std::pmr::monotonic_buffer_resource memory;
    CHECK(put_text_in(type, &view, text, {.lasting = false, .memory = &memory}));
    CHECK(view == "Ghent");
    CHECK(view.data() != text.data());
    CHECK(put_text_in(type, &view, std::string_view("", 0), {.lasting = false, .memory = &memory}));
    CHECK(view.empty());
}

TEST_CASE("text_shape: an empty text needs neither a lasting text nor memory") {
    using span = std::span<std::byte const>;
    for (bool const lasting : {false, true}) {
        std::string_view view = "before";
        std::byte const byte{1};
        span bytes(&byte, 1);
        CHECK(put_text_in(shape_of<std::string_view>, &view, {}, {.lasting = lasting, .memory = nullptr}));
        CHECK(put_text_in(shape_of<span>, &bytes, {}, {.lasting = lasting, .memory = nullptr}));
        CHECK(view.empty());
        CHECK(bytes.empty());
    }
}

TEST_CASE("text_shape: a std::pmr string uses the given memory") {
    std::pmr::monotonic_buffer_resource memory;
    std::pmr::string text = "before";
    auto const& type = shape_of<std::pmr::string>;
    CHECK(put_text_in(type, &text, "a text that is too long for the string itself", {.lasting = false, .memory = &memory}));
    CHECK(text.get_allocator().resource() == &memory);
    CHECK(put_text_in(type, &text, "another", {}));
    CHECK(text == "another");
    CHECK(text_in(type, &text) == "another");
}

TEST_CASE("text_shape: all byte types are blobs") {
    using span = std::span<std::byte const>;
    std::string_view const bytes("\x00\xff", 2);
    std::vector<std::byte> owned;
    span view;
    parley::blob blob;
    for (auto const* type : {&shape_of<std::vector<std::byte>>, &shape_of<span>, &shape_of<parley::blob>}) {
        CHECK(type->kind == parley::shape_kind::blob);
    }
    CHECK(put_text_in(shape_of<std::vector<std::byte>>, &owned, bytes, {}));
    CHECK(put_text_in(shape_of<span>, &view, bytes, {.lasting = true, .memory = nullptr}));
    CHECK(put_text_in(shape_of<parley::blob>, &blob, bytes, {}));
    CHECK(owned == std::vector{std::byte(0), std::byte(0xff)});
    CHECK(static_cast<void const*>(view.data()) == bytes.data());
    CHECK(text_in(shape_of<span>, &view) == bytes);
    CHECK(text_in(shape_of<std::vector<std::byte>>, &owned) == bytes);
    CHECK(text_in(shape_of<parley::blob>, &blob) == bytes);
}

TEST_SUITE_END();
