// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// An operation of an AWS service is sent, but <parley/aws.hpp> is not included.
// expect: parley: this operation belongs to an AWS service: include <parley/aws.hpp>
// expect: get_thing
#ifdef MISTAKE
#include <parley/client.hpp>
#else
#include <parley/aws.hpp>
#endif

#include <boost/describe.hpp>

#include <string>

struct things {
    static constexpr parley::aws_service aws{.signing_name = "things", .endpoint_prefix = "things"};
};
struct get_thing {
    using service = things;
    struct input { std::string name; };
    struct output { int size = 0; };
    static constexpr auto http = parley::http("GET /things/{name}");
};
BOOST_DESCRIBE_STRUCT(get_thing::input, (), (name))
BOOST_DESCRIBE_STRUCT(get_thing::output, (), (size))

void send() {
    parley::client client{{.aws = {.region = "eu-west-1"}}, [](parley::http_request const&) { return parley::http_response{}; }};
    static_cast<void>(client.send<get_thing>({.name = "a"}));
}
