// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// The path of an acceptor projects a value that is not a list.
// expect: parley: this path projects a value that is not a list
#include <parley/client.hpp>

#include <boost/describe.hpp>

struct get_job {
    struct input { parley::required<std::string> id; };
    struct output { std::string status; };
    static constexpr auto http = parley::http("GET /job/{id}");
    struct done {
        using operation = get_job;
#ifdef MISTAKE
        using acceptors = parley::acceptors<parley::output_is<parley::wait_state::success, "status[].x", "DONE">>;
#else
        using acceptors = parley::acceptors<parley::output_is<parley::wait_state::success, "status", "DONE">>;
#endif
    };
};
BOOST_DESCRIBE_STRUCT(get_job::input, (), (id))
BOOST_DESCRIBE_STRUCT(get_job::output, (), (status))

void use() {
    parley::client client{{.endpoint = "http://test"}, [](parley::http_request const&) { return parley::http_response{}; }};
    static_cast<void>(client.wait_until<get_job::done>({.id = "1"}));
}
