// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// A JSON-RPC message to a server and to a client. Properties:
//   - a server returns a response or a batch of responses of the specified form, each with a result or an error;
//   - the response to invalid JSON is a parse error with a null id;
//   - a client returns an output or an error for any response.
#include "fuzz.hpp"

#include <parley/json_rpc.hpp>

#include <boost/describe/class.hpp>
#include <boost/json/parse.hpp>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace {

namespace json = boost::json;

struct sold_out {
    std::string message;
    int left = 0;
};
BOOST_DESCRIBE_STRUCT(sold_out, (), (message, left))
constexpr auto parley_traits(sold_out const*) { return parley::traits(parley::rpc_error(1001, "Sold out")); }

struct shop {
    using protocol = parley::json_rpc;
};
struct take {
    struct input {
        parley::required<std::string> item;
        std::optional<int> count{};
    };
    struct output {
        int left = 0;
    };
    using errors = parley::errors<sold_out>;
    using service = shop;
};
BOOST_DESCRIBE_STRUCT(take::input, (), (item, count))
BOOST_DESCRIBE_STRUCT(take::output, (), (left))
constexpr auto parley_traits(take::input const*) { return parley::traits(parley::on("count", parley::range(1, 9))); }

struct sum {
    using input = std::vector<double>;
    using output = double;
    using service = shop;
};

void check_response(json::value const& response) {
    auto const* members = response.if_object();
    fuzz::must(members && members->contains("id") && members->contains("jsonrpc"), "a response has a version and an id");
    fuzz::must(members->at("jsonrpc") == "2.0", "a response is of version 2.0");
    fuzz::must(members->contains("result") != members->contains("error"), "a response is a result or an error");
    if (auto const* error = members->if_contains("error"))
        fuzz::must(error->is_object() && error->at("code").is_number() && error->at("message").is_string(),
                   "an error has a code and a text");
}

} // namespace

void fuzz::try_text(std::string_view text) {
    parley::json_rpc_server server{parley::serve<take>([](take::input const& in) -> parley::json_rpc_reply<take> {
                                       if (in.count.value_or(1) > 5) return sold_out{"only five", 5};
                                       return take::output{7};
                                   }),
                                   parley::serve<sum>([](sum::input const& in) {
                                       double all = 0;
                                       for (auto const each : in) all += each;
                                       return all;
                                   })};
    auto const answer = server.handle(text);
    boost::system::error_code wrong;
    json::parse_options options;
    options.max_depth = 1000;
    json::parse(text, wrong, {}, options);
    must(!wrong || answer, "invalid JSON has a response");
    if (answer) {
        auto const read = json::parse(*answer, {}, options);
        if (auto const* batch = read.if_array()) {
            must(!batch->empty(), "a batch of responses is not empty");
            for (auto const& each : *batch) check_response(each);
        } else {
            check_response(read);
            if (wrong && read.at("error").at("code") != parley::json_rpc_code::parse_error) {
                // A number that is too large for a double is valid JSON but cannot be stored.
                must(read.at("error").at("code") == parley::json_rpc_code::invalid_request,
                     "the response to invalid JSON is an error");
            }
            if (wrong) must(read.at("id").is_null(), "the response to invalid JSON has a null id");
        }
    }

    if (auto const id = parley::json_rpc::id_of(text)) {
        auto const outcome = parley::json_rpc::decode_response<take>(text, *id);
        must(outcome || !outcome.error().text().empty(), "a failure has a message");
    }
    static_cast<void>(parley::json_rpc::decode_response<sum>(text, 1));
    static_cast<void>(parley::json_rpc::decode_error(text));
    static_cast<void>(parley::json_rpc_answer(text).is_refusal());
}
