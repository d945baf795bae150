// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// The path of an endpoint value names an unknown member.
// expect: parley: this path names a member that is not described
#include <parley/aws.hpp>

#include <boost/describe.hpp>

struct streams {
    static constexpr parley::aws_service aws{.sdk_id = "Streams", .endpoint_prefix = "streams"};
};

struct put {
    struct input { parley::required<std::string> stream; };
    struct output {};
    using service = streams;
    static constexpr auto http = parley::http("POST /");
#ifdef MISTAKE
    using endpoint = parley::endpoint_values<parley::endpoint_value<"StreamARN", "arn">>;
#else
    using endpoint = parley::endpoint_values<parley::endpoint_value<"StreamARN", "stream">>;
#endif
};
BOOST_DESCRIBE_STRUCT(put::input, (), (stream))
BOOST_DESCRIBE_STRUCT(put::output, (), ())

void use() {
    parley::client client{{.aws = {.region = "eu-west-1"}}, [](parley::http_request const&) { return parley::http_response{}; }};
    [[maybe_unused]] auto outcome = client.send<put>({.stream = "s"});
}
