// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// The pagination of an operation names an unknown member.
// expect: parley: the operation's pagination names a member that the struct does not have
// expect-gcc: path_names_no_described_member_of<output, 'n', 'e', 'x'>
// expect-clang: path_names_no_described_member_of<output, 'n', 'e', 'x'>
#include <parley/parley.hpp>

#include <boost/describe.hpp>

#include <optional>
#include <string>

struct output {
    std::optional<std::string> next{};
};
BOOST_DESCRIBE_STRUCT(output, (), (next))

struct list_cities {
    struct input {
        std::optional<std::string> from{};
    };
    using output = ::output;
    static constexpr auto http = parley::http("GET /cities?from={from}");
#ifdef MISTAKE
    static constexpr parley::paginated pagination{.input_token = "from", .output_token = "nex"};
#else
    static constexpr parley::paginated pagination{.input_token = "from", .output_token = "next"};
#endif
};
BOOST_DESCRIBE_STRUCT(list_cities::input, (), (from))

parley::http_response fetch(parley::http_request const&);

void list() {
    parley::client client{{.endpoint = "http://test"}, fetch};
    for (auto& page : client.pages<list_cities>({})) static_cast<void>(page);
}
