// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// Each message has exactly one response, whichever allocation fails.
#include <parley/server/json_rpc_server.hpp>

#include <support/arithmetic.hpp>
#include <support/failing_allocations.hpp>

#include <doctest/doctest.h>

#include <new>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

TEST_SUITE_BEGIN("server");

using namespace arithmetic;
using parley::serve;

namespace {

std::string request(std::string const& name, std::string const& params) {
    return R"({"jsonrpc":"2.0","method":")" + name + R"(","params":)" + params
           + R"(,"id":"a name that is longer than a short string"})";
}
std::string internal_error(std::string const& id) {
    return R"({"jsonrpc":"2.0","error":{"code":-32603,"message":"Internal error"},"id":)" + id + '}';
}
std::string const id = R"("a name that is longer than a short string")";

} // namespace

TEST_CASE("json_rpc_server: a message has exactly one response, whichever allocation fails") {
    int served = 0;
    parley::json_rpc_server server{{.on_internal_error =
                                        [](parley::json_rpc_request const&, std::string_view why) {
                                            std::string const text(why);
                                            throw text + " is longer than a short string";
                                        }},
                                   serve<sum>([&](std::vector<int> const& in) { return ++served, static_cast<int>(in.size()); }),
                                   serve<get_data>([&] {
                                       return ++served,
                                              std::vector<parley::document>(3, parley::document{"\"a long text of a document\""});
                                   }),
                                   serve<divide>([&](divide::input const& in) -> parley::json_rpc_reply<divide> {
                                       ++served;
                                       if (*in.divisor > 100) throw std::runtime_error("the secret of the server");
                                       return by_zero{"a text that is longer than a short string", *in.dividend};
                                   })};
    std::string const single = request("sum", "[1,2,3]");
    std::vector<std::string> const messages{single,
                                            request("get_data", "[]"),
                                            request("divide", "[1,0]"),
                                            request("divide", "[1,200]"),
                                            request("sum", "[\"x\"]"),
                                            request("no_such_method", "[]"),
                                            "{",
                                            R"({"jsonrpc":"2.0"})",
                                            "[" + single + ",1," + request("divide", "[1,0]") + "]"};
    std::size_t points = 0;
    for (auto const& message : messages) {
        auto const proper = server.handle(message);
        REQUIRE(proper);
        for (bool const all_after : {false, true}) {
            for (std::size_t n = 1;; ++n) {
                auto const before = served;
                std::optional<std::string> answer;
                bool threw = false;
                {
                    allocations::failing const fail(n, all_after);
                    try {
                        answer = server.handle(message);
                    } catch (std::bad_alloc const&) { threw = true; }
                }
                auto const where = message + ", allocation " + std::to_string(n);
                // The first allocation is that of the last resort. If it fails, no request is served.
                REQUIRE_MESSAGE(threw == (n == 1), where);
                REQUIRE_MESSAGE((!threw || before == served), where);
                REQUIRE_MESSAGE(answer.has_value() == !threw, where);
                bool const batch = message.starts_with('[');
                if (!threw && answer != proper && !(batch && answer->starts_with('[') && answer->ends_with(']'))) {
                    bool const failure = answer == internal_error(id) || answer == internal_error("null");
                    CHECK_MESSAGE((failure && allocations::failed), where << ": " << *answer);
                }
                if (!allocations::failed) break;
                ++points;
                REQUIRE(n < 10'000);
            }
        }
    }
    // A failure before the message is known to be a notification has a response.
    auto const notification = std::string(R"({"jsonrpc":"2.0","method":"sum","params":[1]})");
    for (std::size_t n = 2;; ++n) {
        std::optional<std::string> answer;
        {
            allocations::failing const fail(n);
            answer = server.handle(notification);
        }
        CHECK((!answer || answer == internal_error("null")));
        if (!allocations::failed) break;
        ++points;
    }
    MESSAGE(points, " points of failure");
    CHECK(points > 100);
}

TEST_SUITE_END();
