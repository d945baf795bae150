// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// Outputs and inputs with views of the message they were decoded from.
#include <parley/client/client.hpp>

#include <parley/client/json_rpc_client.hpp>
#include <parley/server/router.hpp>

#include <boost/describe/class.hpp>
#include <doctest/doctest.h>

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

TEST_SUITE_BEGIN("client");

namespace {

struct reading {
    std::string_view place;
    std::optional<std::string_view> note;
};
BOOST_DESCRIBE_STRUCT(reading, (), (place, note))

struct list_readings {
    struct input {
        std::optional<std::string> token = {};
    };
    struct output {
        std::vector<reading> readings;
        std::optional<std::string_view> next;
    };
    static constexpr auto http = parley::http("GET /readings?token={token}");
    static constexpr parley::paginated pagination{.input_token = "token", .output_token = "next", .items = "readings"};
};
BOOST_DESCRIBE_STRUCT(list_readings::input, (), (token))
BOOST_DESCRIBE_STRUCT(list_readings::output, (), (readings, next))

struct get_bytes {
    struct input {};
    struct output {
        std::span<std::byte const> content;
    };
    static constexpr auto http = parley::http("GET /bytes", "200\n\n{content}");
};
BOOST_DESCRIBE_STRUCT(get_bytes::input, (), ())
BOOST_DESCRIBE_STRUCT(get_bytes::output, (), (content))

struct echo {
    struct input {
        std::string_view text;
    };
    struct output {
        std::string text;
    };
    static constexpr auto http = parley::http("POST /echo");
};
BOOST_DESCRIBE_STRUCT(echo::input, (), (text))
BOOST_DESCRIBE_STRUCT(echo::output, (), (text))

struct nearest {
    struct input {
        std::string city;
    };
    using output = reading;
};
BOOST_DESCRIBE_STRUCT(nearest::input, (), (city))

parley::client_config const config{.endpoint = "https://api.example.com"};

template <class Outcome>
Outcome moved_and_back(Outcome outcome) {
    auto const box = std::make_unique<Outcome>(std::move(outcome));
    return std::move(*box);
}

} // namespace

TEST_CASE("client views: the outcome owns the text that its output has views of, wherever it is moved") {
    std::string body; // of any length: short texts are stored within the string
    parley::client client{config, [&](parley::http_request const&) { return parley::http_response{200, {}, body}; }};
    for (std::size_t length : {1u, 5u, 100u, 10'000u}) {
        std::string const place(length, 'p');
        body = R"({"readings":[{"place":")" + place + R"(","note":"n"}]})";
        auto const reply = moved_and_back(client.send<list_readings>({}));
        REQUIRE(reply);
        CHECK(reply->readings[0].place == place);
        CHECK(reply->readings[0].note == "n");
    }
    body = "b";
    auto const bytes = moved_and_back(client.send<get_bytes>({}));
    REQUIRE(bytes);
    REQUIRE(bytes->content.size() == 1);
    CHECK(bytes->content[0] == std::byte{'b'});
}

TEST_CASE("client views: a string with an escape is stored beside the body") {
    parley::client client{config, [](parley::http_request const&) {
                              return parley::http_response{200, {}, R"({"readings":[{"place":"M\u00fcnchen","note":"a\nb"}]})"};
                          }};
    auto const reply = moved_and_back(client.send<list_readings>({}));
    REQUIRE(reply);
    CHECK(reply->readings[0].place == "M\u00fcnchen");
    CHECK(reply->readings[0].note == "a\nb");

    parley::json_rpc_client rpc{[](std::string const&) {
        return std::string(R"({"jsonrpc":"2.0","id":1,"result":{"place":"M\u00fcnchen","note":"n"}})");
    }};
    auto const said = moved_and_back(rpc.send<nearest>({.city = "Gent"}));
    REQUIRE(said);
    CHECK(said->place == "M\u00fcnchen");
}

TEST_CASE("client views: the body is moved into the outcome and not copied") {
    void const* sent = nullptr;
    parley::client client{config, [&](parley::http_request const&) {
                              parley::http_response response{200, {}, std::string(1000, 'x')};
                              sent = response.body.data();
                              return response;
                          }};
    auto const reply = client.send<get_bytes>({});
    REQUIRE(reply);
    CHECK(reply->content.data() == sent);
    CHECK(reply->content.size() == 1000);
}

TEST_CASE("client views: a copy of an outcome has valid views after the original is destroyed") {
    parley::client client{config, [&](parley::http_request const&) {
                              return parley::http_response{200, {}, R"({"readings":[{"place":"Ghent"}]})"};
                          }};
    auto first = std::make_unique<parley::outcome<list_readings>>(client.send<list_readings>({}));
    auto second = *first;
    auto third = client.send<list_readings>({});
    third = second;
    first.reset();
    CHECK(second->readings[0].place == "Ghent");
    CHECK(third->readings[0].place.data() == second->readings[0].place.data());
}

TEST_CASE("client views: a response that is owned elsewhere is copied for the views, and the response of an error is kept") {
    std::string body = R"({"readings":[{"place":"Ghent"}]})";
    int status = 200;
    parley::client client{config, [&](parley::http_request const&) {
                              parley::response_view view;
                              view.find = [](void const*, std::string_view) { return std::optional<std::string_view>(); };
                              view.status = status;
                              view.body = body;
                              return view;
                          }};
    auto const reply = client.send<list_readings>({});
    body.assign(body.size(), ' ');
    REQUIRE(reply);
    CHECK(reply->readings[0].place == "Ghent");
    status = 404;
    body = R"({"message":"gone"})";
    auto const refused = client.send<list_readings>({});
    REQUIRE(!refused);
    CHECK(refused.error().response()->body == body);
    status = 200;
    body = "{";
    auto const broken = client.send<list_readings>({});
    REQUIRE(!broken);
    CHECK(broken.error().response()->body == "{");
}

TEST_CASE("client views: pages and items have views of their page") {
    int calls = 0;
    parley::client client{config, [&](parley::http_request const& r) {
                              CHECK(r.target == (++calls == 1 ? "/readings" : "/readings?token=t"));
                              return parley::http_response{200,
                                                           {},
                                                           calls == 1 ? R"({"readings":[{"place":"a"},{"place":"b"}],"next":"t"})"
                                                                      : R"({"readings":[{"place":"c"}]})"};
                          }};
    std::string all;
    for (auto& item : client.items<list_readings>({})) {
        REQUIRE(item);
        all += item->place;
    }
    CHECK(all == "abc");
    calls = 0;
    std::vector<parley::outcome<list_readings>> pages;
    for (auto& page : client.pages<list_readings>({})) pages.push_back(std::move(page));
    REQUIRE(pages.size() == 2);
    CHECK(pages[0]->readings[1].place == "b");
}

TEST_CASE("client views: the input of a handler may have views of the request") {
    parley::router<parley::operations<echo>> router{
        parley::handle<echo>([](echo::input const& in) { return echo::output{std::string(in.text)}; })};
    parley::client client{config, [&](parley::http_request const& r) { return router(r); }};
    for (auto const& text : {std::string(100, 't'), std::string("a\nb")}) {
        auto const reply = client.send<echo>({.text = text});
        REQUIRE(reply);
        CHECK(reply->text == text);
    }
}

TEST_CASE("client views: an outcome of JSON-RPC owns the text of its response") {
    auto const reply = [] {
        parley::json_rpc_client rpc{
            [](std::string const&) { return std::string(R"({"jsonrpc":"2.0","id":1,"result":{"place":"Ghent","note":"n"}})"); }};
        return rpc.send<nearest>({.city = "Gent"});
    }();
    REQUIRE(reply);
    CHECK(reply->place == "Ghent");
    CHECK(reply->note == "n");
}

TEST_CASE("client views: an output that owns its texts costs nothing") {
    struct without {
        echo::output output;
        parley::call_error<echo> error;
        parley::call_metadata metadata;
        bool has_value;
    };
    CHECK(sizeof(parley::outcome<echo>) == sizeof(without));
}

TEST_SUITE_END();
