// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#define PARLEY_IMPLEMENTATION
#include <parley/json.hpp>

#include <boost/describe.hpp>

#include <string>

struct point {
    int x = 0, y = 0;
};
BOOST_DESCRIBE_STRUCT(point, (), (x, y))

int main() {
    auto const read = parley::from_json<point>(R"({"x":1,"y":2})");
    return read && parley::to_json(*read).value() == R"({"x":1,"y":2})" ? 0 : 1;
}
