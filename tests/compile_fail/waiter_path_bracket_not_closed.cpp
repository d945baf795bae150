// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// A bracket in the path of an acceptor is not closed.
// expect: parley: a bracket, parenthesis or quotation mark in this path is not closed
#include <parley/client.hpp>

#include <boost/describe.hpp>

struct get_job {
    struct input { parley::required<std::string> id; };
    struct output { std::vector<int> jobs{}; };
    static constexpr auto http = parley::http("GET /job/{id}");
    struct done {
        using operation = get_job;
#ifdef MISTAKE
        using acceptors = parley::acceptors<parley::output_is<parley::wait_state::success, "length(jobs", "2">>;
#else
        using acceptors = parley::acceptors<parley::output_is<parley::wait_state::success, "length(jobs)", "2">>;
#endif
    };
};
BOOST_DESCRIBE_STRUCT(get_job::input, (), (id))
BOOST_DESCRIBE_STRUCT(get_job::output, (), (jobs))

void use() {
    parley::client client{{.endpoint = "http://test"}, [](parley::http_request const&) { return parley::http_response{}; }};
    static_cast<void>(client.wait_until<get_job::done>({.id = "1"}));
}
