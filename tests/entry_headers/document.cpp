// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#define PARLEY_IMPLEMENTATION
#include <parley/json.hpp>
#include <parley/json/document.hpp>

#include <boost/describe.hpp>

#include <string>

struct anything {
    boost::json::value it;
};
BOOST_DESCRIBE_STRUCT(anything, (), (it))

int main() {
    std::string const text = R"({"it":{"a":[1,"b",null]}})";
    auto const read = parley::from_json<anything>(text);
    return read && parley::to_json(*read).value() == text ? 0 : 1;
}
