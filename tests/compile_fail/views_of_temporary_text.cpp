// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// A type with views is decoded from a temporary text.
// expect: parley: the decoded value has views of this text, which is a temporary

#include <parley/json.hpp>

#include <boost/describe/class.hpp>

#include <string>
#include <string_view>

struct city {
    std::string_view name{};
};
BOOST_DESCRIBE_STRUCT(city, (), (name))

std::string fetch();

bool read() {
#ifdef MISTAKE
    return parley::from_json<city>(fetch()).has_value();
#else
    auto const text = fetch();
    return parley::from_json<city>(text).has_value();
#endif
}
