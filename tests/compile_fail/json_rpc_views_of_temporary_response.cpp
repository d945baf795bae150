// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// An output with views is decoded from a temporary response.
// expect: parley: the decoded value has views of this text, which is a temporary

#include <parley/json_rpc.hpp>

#include <boost/describe/class.hpp>

#include <string>
#include <string_view>

struct find_city {
    struct input {
        std::string near{};
    };
    struct output {
        std::string_view name{};
    };
};
BOOST_DESCRIBE_STRUCT(find_city::input, (), (near))
BOOST_DESCRIBE_STRUCT(find_city::output, (), (name))

std::string fetch();

bool read() {
#ifdef MISTAKE
    return parley::json_rpc::decode_response<find_city>(fetch(), 1).has_value();
#else
    auto const answer = fetch();
    return parley::json_rpc::decode_response<find_city>(answer, 1).has_value();
#endif
}
