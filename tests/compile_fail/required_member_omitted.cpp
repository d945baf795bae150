// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// A braced initializer omits a required member.
// expect-gcc: required<T>::required() [with T = std::__cxx11::basic_string<char>]’ is private within this context
// expect-clang: has private default constructor

#include <parley/describe/required.hpp>

#include <optional>
#include <string>

struct input {
    parley::required<std::string> city;
    std::optional<int> days{};
};

#ifdef MISTAKE
input const query{.days = 3};
#else
input const query{.city = "Ghent", .days = 3};
#endif
