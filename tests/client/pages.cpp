// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/client/pages.hpp>

#include <parley/client/client.hpp>
#include <parley/json/encode.hpp>
#include <parley/transport/loopback.hpp>

#include <support/task.hpp>

#include <boost/describe.hpp>
#include <doctest/doctest.h>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <ranges>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

TEST_SUITE_BEGIN("client");

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

// The pages, by their request targets.
using pages_by_target = std::map<std::string, std::string>;
pages_by_target const three_pages{{"/be", R"({"result":{"cities":[{"name":"a"},{"name":"b"}],"next":"2/&"}})"},
                                  {"/be?from=2%2F%26", R"({"result":{"next":"3"}})"},
                                  {"/be?from=3", R"({"result":{"cities":[{"name":"c"}],"next":""}})"}};

parley::http_response page_of(pages_by_target const& pages, std::string const& target) {
    auto const found = pages.find(target);
    if (found == pages.end()) return {404, {}, {}};
    return {200, {}, found->second};
}
auto server_call(pages_by_target const& pages) {
    return parley::loopback([&pages](parley::http_request const& r) { return page_of(pages, r.target); });
}

} // namespace

TEST_CASE("pages: pages are requested one after the other until there is no token") {
    auto server = server_call(three_pages);
    parley::client client{config, std::ref(server)};
    auto pages = client.pages<list_cities>({.country = "be"});
    static_assert(std::ranges::input_range<decltype(pages)>);
    CHECK(server.requests().empty());
    int count = 0;
    for (auto& page : pages) {
        REQUIRE(page);
        CHECK(server.requests().size() == static_cast<std::size_t>(++count)); // sent only on request
    }
    CHECK(count == 3);
}

TEST_CASE("pages: items are those of all pages, including empty pages") {
    auto server = server_call(three_pages);
    parley::client client{config, std::ref(server)};
    std::string names;
    for (auto& item : client.items<list_cities>({.country = "be"})) {
        REQUIRE(item);
        names += item->name;
        CHECK(&item.value() == &*item);
    }
    CHECK(names == "abc");
}

TEST_CASE("pages: an error is the last page and the last item") {
    auto const broken = pages_by_target{{"/be", three_pages.at("/be")}};
    auto server = server_call(broken);
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

TEST_CASE("pages: a repeated token is an error after its page, not an endless loop") {
    pages_by_target const circle{{"/be", R"({"result":{"cities":[{"name":"a"}],"next":"1"}})"},
                                 {"/be?from=1", R"({"result":{"cities":[{"name":"b"}],"next":"2"}})"},
                                 {"/be?from=2", R"({"result":{"cities":[{"name":"c"}],"next":"2"}})"}};
    auto server = server_call(circle);
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

TEST_CASE("pages: awaitable and callback transports get the error after the page with the repeated token, too") {
    pages_by_target const circle{{"/be", R"({"result":{"cities":[{"name":"a"}],"next":"1"}})"},
                                 {"/be?from=1", R"({"result":{"cities":[{"name":"b"}],"next":"1"}})"}};
    std::string seen;
    auto const note = [&](std::optional<parley::outcome<list_cities>> const& page) {
        if (page) seen += *page ? (*page)->result->cities->at(0).name : std::string("!");
        return page.has_value();
    };
    auto coroutines = [&](parley::http_request const& r) -> support::task<parley::http_response> {
        co_return page_of(circle, r.target);
    };
    parley::client awaiting{config, coroutines};
    auto pages = awaiting.pages<list_cities>({.country = "be"});
    while (note(pages.next().take())) {}
    CHECK(seen == "ab!");

    seen.clear();
    auto callbacks = [&](parley::http_request const& r, std::function<void(parley::http_response)> done) {
        done(page_of(circle, r.target));
    };
    parley::client calling{config, callbacks};
    auto others = calling.pages<list_cities>({.country = "be"});
    bool more = true;
    while (more) others.next([&](std::optional<parley::outcome<list_cities>> page) { more = note(page); });
    CHECK(seen == "ab!");
}

TEST_CASE("pages: an awaitable transport makes pages and items awaitable") {
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

TEST_CASE("pages: a callback transport passes pages to handlers") {
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

TEST_CASE("pages: 100,000 pages of a transport that completes at once need no deep stack") {
    constexpr int count = 100'000;
    auto const page = [](parley::http_request const& r) -> parley::http_response {
        auto const at = r.target.find("from=");
        int const number = at == std::string::npos ? 1 : std::stoi(r.target.substr(at + 5));
        if (number == count) return {200, {}, R"({"result":{}})"};
        return {200, {}, R"({"result":{"next":")" + std::to_string(number + 1) + R"("}})"};
    };
    int pages_seen = 0, ends = 0;
    SUBCASE("handlers") {
        auto transport = [&](parley::http_request const& r, std::function<void(parley::http_response)> done) { done(page(r)); };
        parley::client client{config, transport};
        auto pages = client.pages<list_cities>({.country = "be"});
        std::function<void(std::optional<parley::outcome<list_cities>>)> next;
        next = [&](std::optional<parley::outcome<list_cities>> p) {
            if (!p) return static_cast<void>(++ends);
            pages_seen += p->has_value();
            pages.next(next);
        };
        pages.next(next);
    }
    SUBCASE("coroutines") {
        auto transport = [&](parley::http_request const& r) -> support::task<parley::http_response> { co_return page(r); };
        parley::client client{config, transport};
        auto const run = [&]() -> support::task<int> {
            auto pages = client.pages<list_cities>({.country = "be"});
            for (;;) {
                auto call = pages.next();
                auto p = co_await std::move(call);
                if (!p) break;
                pages_seen += p->has_value();
            }
            co_return 1;
        };
        ends = run().take();
    }
    CHECK(pages_seen == count);
    CHECK(ends == 1);
}

namespace {

// Throws when it is moved for the n-th time.
struct fragile {
    static inline int moves_left = 0;
    std::string text;

    fragile() = default;
    fragile(fragile&& other) : text(std::move(other.text)) {
        if (moves_left > 0 && --moves_left == 0) throw 7;
    }
    fragile& operator=(fragile&&) = default;
};
BOOST_DESCRIBE_STRUCT(fragile, (), (text))

struct list_fragile {
    struct input {
        std::optional<std::string> from = {};
    };
    struct output {
        fragile value;
        std::optional<std::string> next = {};
    };
    static constexpr auto http = parley::http("GET /list?from={from}");
    static constexpr parley::paginated pagination{.input_token = "from", .output_token = "next"};
};
BOOST_DESCRIBE_STRUCT(list_fragile::input, (), (from))
BOOST_DESCRIBE_STRUCT(list_fragile::output, (), (value, next))

} // namespace

TEST_CASE("pages: each request for a page gets one answer, although its output throws when it is moved") {
    pages_by_target const two_pages{{"/list", R"({"value":{"text":"a"},"next":"2"})"},
                                    {"/list?from=2", R"({"value":{"text":"b"}})"}};
    auto transport = [&](parley::http_request const& r, std::function<void(parley::http_response)> done) {
        done(page_of(two_pages, r.target));
    };
    parley::client client{config, transport};
    int failures = 0;
    for (int n = 1, left = 0; left == 0; ++n) {
        CAPTURE(n);
        auto pages = client.pages<list_fragile>({});
        int asked = 0, answered = 0;
        bool over = false;
        std::function<void(std::optional<parley::outcome<list_fragile>> const&)> seen;
        auto const ask = [&] {
            ++asked;
            pages.next([&](std::optional<parley::outcome<list_fragile>> const& page) { seen(page); });
        };
        seen = [&](std::optional<parley::outcome<list_fragile>> const& page) {
            ++answered;
            if (page && !*page) ++failures;
            if (!page) over = true;
            else ask();
        };
        fragile::moves_left = n;
        CHECK_NOTHROW(ask());
        left = std::exchange(fragile::moves_left, 0);
        CHECK(answered == asked);
        CHECK(over);
    }
    CHECK(failures > 0);
}

TEST_CASE("pages: a handler of a page may request the next one and then throw; the pages go on") {
    std::vector<std::function<void()>> waiting;
    bool at_once = true;
    auto transport = [&](parley::http_request const& r, std::function<void(parley::http_response)> done) {
        if (at_once) return done(page_of(three_pages, r.target));
        waiting.push_back([&, done, target = r.target] { done(page_of(three_pages, target)); });
    };
    parley::client client{config, transport};
    auto pages = client.pages<list_cities>({.country = "be"});
    std::string seen;
    std::function<void(std::optional<parley::outcome<list_cities>>)> next;
    next = [&](std::optional<parley::outcome<list_cities>> p) {
        seen += p ? 'p' : '.';
        if (!p) return;
        auto const text = "page " + std::to_string(seen.size());
        pages.next(next);
        throw std::runtime_error(text);
    };
    SUBCASE("the transport completes within its call") { CHECK_THROWS_WITH(pages.next(next), "page 1"); }
    SUBCASE("the transport completes later") {
        at_once = false;
        pages.next(next);
        for (int i = 0; i < 3; ++i) {
            REQUIRE(waiting.size() == 1);
            auto const done = std::move(waiting[0]);
            waiting.clear();
            CHECK_THROWS_WITH(done(), ("page " + std::to_string(i + 1)).c_str());
        }
    }
    CHECK(seen == "ppp.");
}

TEST_CASE("pages: a handler of the last page may destroy the range and the client") {
    for (bool const at_once : {true, false}) {
        std::function<void(parley::http_response)> waiting;
        auto transport = [&](parley::http_request const&, std::function<void(parley::http_response)> done) {
            waiting = std::move(done);
            if (at_once) waiting({200, {}, R"({"result":{}})"});
        };
        auto client = std::make_unique<parley::client<decltype(transport)>>(config, transport);
        using range = decltype(client->pages<list_cities>({.country = "be"}));
        std::unique_ptr<range> pages(new range(client->pages<list_cities>({.country = "be"})));
        int calls = 0;
        pages->next([&](std::optional<parley::outcome<list_cities>> p) {
            CHECK(p.has_value());
            ++calls;
            pages.reset();
            client.reset();
        });
        if (!at_once) waiting({200, {}, R"({"result":{}})"});
        CHECK(calls == 1);
    }
}

TEST_SUITE_END();
