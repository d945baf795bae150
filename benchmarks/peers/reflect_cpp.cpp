// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// reflect-cpp, on yyjson.
#include "../bench.hpp"

#include <rfl/json.hpp>

namespace {

struct library {
    template <class T>
    static void decode(std::string const& text, T& value) {
        value = rfl::json::read<T>(text).value();
    }
    template <class T>
    static void encode(T const& value, std::string& text) {
        text = rfl::json::write(value);
    }
};

bench::registration const registered([](bench::subjects& all) { bench::add_all_plain<library>(all, "reflect-cpp"); });

} // namespace
