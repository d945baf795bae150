// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/describe/text_shape.hpp>

#include <parley/describe/shape_of.hpp>

#include <doctest/doctest.h>

#include <string>

using parley::shape_of;
using parley::detail::put_text_in;
using parley::detail::text_in;

TEST_CASE("a view refers to a text that lasts, and else to a copy in memory") {
    std::string const text = "Ghent";
    std::string_view view;
    auto const& what = shape_of<std::string_view>;
    CHECK(what.kind == parley::shape_kind::text);
    CHECK(put_text_in(what, &view, text, {.lasting = true, .memory = nullptr}));
    CHECK(view.data() == text.data());
    CHECK(text_in(what, &view) == "Ghent");
    CHECK(!put_text_in(what, &view, text, {}));

    std::pmr::monotonic_buffer_resource memory;
    CHECK(put_text_in(what, &view, text, {.lasting = false, .memory = &memory}));
    CHECK(view == "Ghent");
    CHECK(view.data() != text.data());
    CHECK(put_text_in(what, &view, std::string_view("", 0), {.lasting = false, .memory = &memory}));
    CHECK(view.empty());
}

TEST_CASE("an empty text needs neither, wherever it is") {
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

TEST_CASE("a string of std::pmr takes the memory that it is given") {
    std::pmr::monotonic_buffer_resource memory;
    std::pmr::string text = "before";
    auto const& what = shape_of<std::pmr::string>;
    CHECK(put_text_in(what, &text, "a text that is too long for the string itself", {.lasting = false, .memory = &memory}));
    CHECK(text.get_allocator().resource() == &memory);
    CHECK(put_text_in(what, &text, "another", {}));
    CHECK(text == "another");
    CHECK(text_in(what, &text) == "another");
}

TEST_CASE("bytes are blobs, whichever type holds them") {
    using span = std::span<std::byte const>;
    std::string_view const bytes("\x00\xff", 2);
    std::vector<std::byte> owned;
    span view;
    parley::blob blob;
    for (auto const* what : {&shape_of<std::vector<std::byte>>, &shape_of<span>, &shape_of<parley::blob>}) {
        CHECK(what->kind == parley::shape_kind::blob);
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
