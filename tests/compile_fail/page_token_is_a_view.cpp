// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// The page token of a paginated operation is a view.
// expect: parley: the input of a paginated operation must own its text

#include <parley/client.hpp>

#include <boost/describe/class.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

struct list_cities {
    struct input {
#ifdef MISTAKE
        std::optional<std::string_view> token = {};
#else
        std::optional<std::string> token = {};
#endif
    };
    struct output {
        std::vector<std::string_view> cities{};
        std::optional<std::string_view> next{};
    };
    static constexpr auto http = parley::http("GET /cities?token={token}");
    static constexpr parley::paginated pagination{.input_token = "token", .output_token = "next", .items = "cities"};
};
BOOST_DESCRIBE_STRUCT(list_cities::input, (), (token))
BOOST_DESCRIBE_STRUCT(list_cities::output, (), (cities, next))

std::size_t count(parley::http_response (*fetch)(parley::http_request const&)) {
    parley::client client{{.endpoint = "https://api.example.com"}, fetch};
    std::size_t all = 0;
    for (auto const& page : client.pages<list_cities>({})) all += page ? page->cities.size() : 0;
    return all;
}
