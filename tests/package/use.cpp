// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/parley.hpp>

#include <boost/describe.hpp>

struct point {
    int x = 0, y = 0;
};
BOOST_DESCRIBE_STRUCT(point, (), (x, y))

int main() {
    auto const read = parley::from_json<point>(R"({"x":1,"y":2})");
    return read && parley::to_json(*read).value() == R"({"x":1,"y":2})" ? 0 : 1;
}
