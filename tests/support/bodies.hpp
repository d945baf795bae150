// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_TESTS_SUPPORT_BODIES_HPP
#define PARLEY_TESTS_SUPPORT_BODIES_HPP

// Operations whose outputs are the whole body.
#include <parley/describe/blob.hpp>
#include <parley/describe/operation.hpp>

#include <boost/describe/class.hpp>

#include <optional>
#include <string>

namespace support {

struct file {
    std::string etag;
    std::optional<parley::blob> content;
};
BOOST_DESCRIBE_STRUCT(file, (), (etag, content))

struct get_file {
    struct input {};
    using output = file;
    static constexpr auto http = parley::http("GET /file", "200\netag: {etag}\n\n{content}");
};
BOOST_DESCRIBE_STRUCT(get_file::input, (), ())

struct get_text {
    struct input {};
    struct output {
        std::string content;
    };
    static constexpr auto http = parley::http("GET /text", "200\n\n{content}");
};
BOOST_DESCRIBE_STRUCT(get_text::input, (), ())
BOOST_DESCRIBE_STRUCT(get_text::output, (), (content))

} // namespace support

#endif
