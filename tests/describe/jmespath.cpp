// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/describe/jmespath.hpp>

#include <parley/describe/open_enum.hpp>

#include <boost/describe.hpp>
#include <doctest/doctest.h>

#include <map>
#include <optional>
#include <string>
#include <vector>

TEST_SUITE_BEGIN("describe");

namespace {

enum class state { ACTIVE, GONE };
BOOST_DESCRIBE_ENUM(state, ACTIVE, GONE)

struct deployment {
    int id = 0;
};
BOOST_DESCRIBE_STRUCT(deployment, (), (id))

struct service {
    std::optional<parley::open_enum<state>> status{};
    std::vector<deployment> deployments{};
    int runningCount = 0;
    int desiredCount = 0;
    std::optional<std::vector<std::string>> operator_{};
};
BOOST_DESCRIBE_STRUCT(service, (), (status, deployments, runningCount, desiredCount, operator_))

struct reply {
    std::vector<service> services{};
    std::optional<service> one{};
    bool flag = true;
    std::map<std::string, int> stock{};
    std::vector<std::vector<int>> rows{};
    std::optional<std::map<std::string, int>> more{};
};
BOOST_DESCRIBE_STRUCT(reply, (), (services, one, flag, stock, rows, more))

service made(state s, int running, int desired, int deployments) {
    service v;
    v.status = s;
    v.runningCount = running;
    v.desiredCount = desired;
    v.deployments.resize(static_cast<std::size_t>(deployments));
    return v;
}

reply sample() {
    reply r;
    r.services = {made(state::ACTIVE, 2, 2, 1), made(state::GONE, 1, 2, 2)};
    r.services.push_back({}); // without a status
    r.services[0].operator_ = {"a", "b"};
    r.services[1].operator_ = {"c"};
    r.rows = {{1, 2}, {}, {3}};
    return r;
}

// Writes the value of an expression, similar to JSON.
std::string text(parley::detail::jmespath_value const& v) {
    using kind = parley::detail::jmespath_value::kind;
    switch (v.what) {
    case kind::null: return "null";
    case kind::boolean: return v.boolean ? "true" : "false";
    case kind::number: return std::to_string(static_cast<long>(v.number));
    case kind::text: return "'" + std::string(v.text) + "'";
    case kind::object: return "{}";
    case kind::list: {
        std::string all = "[";
        for (auto const& item : v.items) all += (all.size() > 1 ? "," : "") + text(item);
        return all + "]";
    }
    }
    return {};
}
template <parley::fixed_string Path>
std::string ask(reply const& r) {
    return text(parley::jmespath<Path, reply>::evaluate(r));
}

} // namespace

// The expected values follow from https://jmespath.org/specification.html.
TEST_CASE("jmespath: a member of an absent object is null") {
    auto r = sample();
    CHECK(ask<"flag">(r) == "true");
    CHECK(ask<"one.status">(r) == "null");
    r.one = made(state::ACTIVE, 0, 0, 0);
    CHECK(ask<"one.status">(r) == "'ACTIVE'");
    CHECK(ask<"one.operator">(r) == "null");
    CHECK(ask<"one">(r) == "{}");
    r.one->status = parley::open_enum<state>::unknown("NEW");
    CHECK(ask<"one . status">(r) == "'NEW'");
}

TEST_CASE("jmespath: projections omit null") {
    auto const r = sample();
    CHECK(ask<"services[].status">(r) == "['ACTIVE','GONE']");
    CHECK(ask<"services[*].runningCount">(r) == "[2,1,0]");
    CHECK(ask<"services[].operator[]">(r) == "['a','b','c']");
    CHECK(ask<"services[*].operator">(r) == "[['a','b'],['c']]");
    CHECK(ask<"rows[]">(r) == "[1,2,3]");
    CHECK(ask<"rows[*]">(r) == "[[1,2],[],[3]]");
    CHECK(ask<"one.deployments[].id">(r) == "null");
}

TEST_CASE("jmespath: keys returns the keys of a map") {
    auto r = sample();
    r.stock = {{"a", 1}, {"b", 2}};
    CHECK(ask<"keys(stock)">(r) == "['a','b']");
    CHECK(ask<"length(keys(stock))">(r) == "2");
    CHECK(ask<"keys(more)">(r) == "null");
}

TEST_CASE("jmespath: filters and conditions") {
    auto const r = sample();
    CHECK(ask<"services[?status=='GONE'].runningCount">(r) == "[1]");
    CHECK(ask<"services[?!(length(deployments) == `1` && runningCount == desiredCount)].desiredCount">(r) == "[2,0]");
    CHECK(ask<"length(services[?!(length(deployments) == `1` && runningCount == desiredCount)]) == `0`">(r) == "false");
    CHECK(ask<"services[?runningCount < desiredCount || deployments].runningCount">(r) == "[2,1]");
    CHECK(ask<"flag && !one">(r) == "true");
    CHECK(ask<"one || 'none'">(r) == "'none'");
    CHECK(ask<"length(services) >= `3`">(r) == "true");
    CHECK(ask<"length(services) > `3`">(r) == "false");
    CHECK(ask<"one == `null`">(r) == "true");
    CHECK(ask<"flag != `true`">(r) == "false");
}

TEST_SUITE_END();
