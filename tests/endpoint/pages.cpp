// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/endpoint/pages.hpp>

#include <parley/endpoint/client.hpp>
#include <parley/json/encode.hpp>
#include <parley/transport/loopback.hpp>

#include <support/task.hpp>

#include <boost/describe.hpp>
#include <doctest/doctest.h>

#include <functional>
#include <map>
#include <optional>
#include <ranges>
#include <string>
#include <vector>

namespace {

struct city {
    std::string name;
};
BOOST_DESCRIBE_STRUCT(city, (), (name))

struct list_cities {
    struct input {
        parley::required<std::string> country;
        std::optional<std::string> from = {};
    };
    struct found {
        std::optional<std::vector<city>> cities = {};
        std::optional<std::string> next = {};
    };
    struct output {
        std::optional<found> result = {};
    };
    static constexpr auto http = parley::http("GET /{country}?from={from}");
    static constexpr parley::paginated pagination{.input_token = "from", .output_token = "result.next", .items = "result.cities"};
};
BOOST_DESCRIBE_STRUCT(list_cities::input, (), (country, from))
BOOST_DESCRIBE_STRUCT(list_cities::found, (), (cities, next))
BOOST_DESCRIBE_STRUCT(list_cities::output, (), (result))

parley::client_config const config{.endpoint = "http://test", .retry = parley::retry_policy::never()};

// The pages by the target that asks for them.
using pages_by_target = std::map<std::string, std::string>;
pages_by_target const three_pages{{"/be", R"({"result":{"cities":[{"name":"a"},{"name":"b"}],"next":"2/&"}})"},
                                  {"/be?from=2%2F%26", R"({"result":{"next":"3"}})"},
                                  {"/be?from=3", R"({"result":{"cities":[{"name":"c"}],"next":""}})"}};

parley::http_response page_of(pages_by_target const& pages, std::string const& target) {
    auto const found = pages.find(target);
    if (found == pages.end()) return {404, {}, {}};
    return {200, {}, found->second};
}
auto serving(pages_by_target const& pages) {
    return parley::loopback([&pages](parley::http_request const& r) { return page_of(pages, r.target); });
}

} // namespace

TEST_CASE("pages are asked for one after the other, until there is no token") {
    auto server = serving(three_pages);
    parley::client client{config, std::ref(server)};
    auto pages = client.pages<list_cities>({.country = "be"});
    static_assert(std::ranges::input_range<decltype(pages)>);
    CHECK(server.requests().empty());
    int count = 0;
    for (auto& page : pages) {
        REQUIRE(page);
        CHECK(server.requests().size() == static_cast<std::size_t>(++count)); // not before it is asked for
    }
    CHECK(count == 3);
}

TEST_CASE("items are those of all pages, empty ones too") {
    auto server = serving(three_pages);
    parley::client client{config, std::ref(server)};
    std::string names;
    for (auto& item : client.items<list_cities>({.country = "be"})) {
        REQUIRE(item);
        names += item->name;
        CHECK(&item.value() == &*item);
    }
    CHECK(names == "abc");
}

TEST_CASE("an error is the last page, and the last item") {
    auto const broken = pages_by_target{{"/be", three_pages.at("/be")}};
    auto server = serving(broken);
    parley::client client{config, std::ref(server)};
    std::string seen;
    for (auto& page : client.pages<list_cities>({.country = "be"})) seen += page ? "p" : "e";
    CHECK(seen == "pe");
    seen.clear();
    for (auto& item : client.items<list_cities>({.country = "be"})) {
        seen += item ? item->name : std::string("e");
        if (item) continue;
        CHECK(item.error().response()->status == 404);
        CHECK_THROWS_AS(static_cast<void>(item.value()), parley::exception);
    }
    CHECK(seen == "abe");
}

TEST_CASE("a token that repeats itself is an error after the page that has it, not an endless loop") {
    pages_by_target const circle{{"/be", R"({"result":{"cities":[{"name":"a"}],"next":"1"}})"},
                                 {"/be?from=1", R"({"result":{"cities":[{"name":"b"}],"next":"2"}})"},
                                 {"/be?from=2", R"({"result":{"cities":[{"name":"c"}],"next":"2"}})"}};
    auto server = serving(circle);
    parley::client client{config, std::ref(server)};
    std::string seen;
    for (auto& page : client.pages<list_cities>({.country = "be"})) {
        seen += page ? page->result->cities->at(0).name : std::string("!");
        if (page) continue;
        auto const* error = page.error().get_if<parley::undecodable_response>();
        REQUIRE(error);
        CHECK(error->violations[0].path == "/result/next");
        CHECK(error->sent == parley::delivery::answered);
    }
    CHECK(seen == "abc!");
    CHECK(server.requests().size() == 3);
    seen.clear();
    for (auto& item : client.items<list_cities>({.country = "be"})) seen += item ? item->name : std::string("!");
    CHECK(seen == "abc!");
}

TEST_CASE("transports with coroutines and with handlers get the error after the page whose token repeats itself, too") {
    pages_by_target const circle{{"/be", R"({"result":{"cities":[{"name":"a"}],"next":"1"}})"},
                                 {"/be?from=1", R"({"result":{"cities":[{"name":"b"}],"next":"1"}})"}};
    std::string seen;
    auto const note = [&](std::optional<parley::outcome<list_cities>> const& page) {
        if (page) seen += *page ? (*page)->result->cities->at(0).name : std::string("!");
        return page.has_value();
    };
    auto coroutines = [&](parley::http_request const& r) -> support::task<parley::http_response> { co_return page_of(circle, r.target); };
    parley::client awaiting{config, coroutines};
    auto pages = awaiting.pages<list_cities>({.country = "be"});
    while (note(pages.next().take())) {}
    CHECK(seen == "ab!");

    seen.clear();
    auto callbacks = [&](parley::http_request const& r, std::function<void(parley::http_response)> done) { done(page_of(circle, r.target)); };
    parley::client calling{config, callbacks};
    auto others = calling.pages<list_cities>({.country = "be"});
    bool more = true;
    while (more) others.next([&](std::optional<parley::outcome<list_cities>> page) { more = note(page); });
    CHECK(seen == "ab!");
}

TEST_CASE("a transport with coroutines makes pages and items awaitable") {
    auto transport = [](parley::http_request const& r) -> support::task<parley::http_response> {
        co_return page_of(three_pages, r.target);
    };
    parley::client client{config, transport};
    std::string names;
    auto const run = [&]() -> support::task<int> {
        auto pages = client.pages<list_cities>({.country = "be"});
        int count = 0;
        for (;;) {
            auto call = pages.next();
            auto page = co_await std::move(call);
            if (!page) break;
            ++count;
        }
        auto items = client.items<list_cities>({.country = "be"});
        for (;;) {
            auto call = items.next();
            auto item = co_await std::move(call);
            if (!item) break;
            names += (*item)->name;
        }
        co_return count;
    };
    CHECK(run().take() == 3);
    CHECK(names == "abc");
}

TEST_CASE("a transport that takes a handler gives pages to handlers") {
    auto transport = [](parley::http_request const& r, std::function<void(parley::http_response)> done) {
        done(page_of(three_pages, r.target));
    };
    parley::client client{config, transport};
    auto pages = client.pages<list_cities>({.country = "be"});
    int count = 0;
    bool more = true;
    while (more) {
        pages.next([&](std::optional<parley::outcome<list_cities>> page) {
            more = page.has_value();
            count += more;
        });
    }
    CHECK(count == 3);
}
