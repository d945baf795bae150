// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// A member has an unsupported type.
// expect: parley: this type cannot be encoded

#include <parley/json.hpp>

#include <boost/describe.hpp>

struct handle {
#ifdef MISTAKE
    void* pointer = nullptr;
#else
    unsigned pointer = 0;
#endif
};
BOOST_DESCRIBE_STRUCT(handle, (), (pointer))

auto text(handle const& h) { return parley::to_json(h); }
