// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#define PARLEY_IMPLEMENTATION
#include <parley/aws.hpp>

#include <boost/describe.hpp>

#include <string>

struct things {
    static constexpr parley::aws_service aws{.signing_name = "things", .endpoint_prefix = "things"};
};
struct get_thing {
    using service = things;
    struct input {
        std::string name;
    };
    struct output {
        int size = 0;
    };
    static constexpr auto http = parley::http("GET /things/{name}");
};
BOOST_DESCRIBE_STRUCT(get_thing::input, (), (name))
BOOST_DESCRIBE_STRUCT(get_thing::output, (), (size))

int main() {
    parley::aws_credentials const keys{.access_key_id = "AKIDEXAMPLE", .secret_access_key = "example"};
    parley::client client{{.aws = {.region = "eu-west-1"}, .sign = parley::sigv4_signer(parley::static_credentials{keys})},
                          [](parley::http_request const& request) -> parley::http_response {
                              bool const good = request.host == "things.eu-west-1.amazonaws.com"
                                                && request.fields.find("authorization") && request.fields.find("amz-sdk-request");
                              return {good ? 200 : 404, {}, R"({"size":3})"};
                          }};
    auto const got = client.send<get_thing>({"a"});
    return got && got->size == 3 ? 0 : 1;
}
