// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// An alternative of a union is not a described struct and has no tag.
// expect: parley: this alternative of a union has no name on the wire
// expect-gcc: alternative<std::vector<int> >
// expect-clang: alternative<std::vector<int>>

#include <parley/json.hpp>

#include <boost/describe.hpp>

#include <variant>
#include <vector>

struct setting {
#ifdef MISTAKE
    std::variant<std::vector<int>, parley::tagged<"text", std::string>> value;
#else
    std::variant<parley::tagged<"list", std::vector<int>>, parley::tagged<"text", std::string>> value;
#endif
};
BOOST_DESCRIBE_STRUCT(setting, (), (value))

auto text(setting const& s) { return parley::to_json(s); }
