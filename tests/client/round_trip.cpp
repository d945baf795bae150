// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// Round trips: the router decodes each request of a client to an equal input, and the client decodes each output and error of a
// handler to an equal one.
#include <parley/server/router.hpp>

#include <parley/aws.hpp>
#include <parley/services/medical_imaging.hpp>

#include <support/both_ends.hpp>
#include <support/everywhere.hpp>
#include <support/values.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <variant>

TEST_SUITE_BEGIN("client");

namespace {

struct tally {
    int calls = 0;
    int unsent = 0; ///< inputs that cannot be written
    int unsaid = 0; ///< outputs and errors that cannot be
};

// Returns where two values differ; empty if they do not.
std::string difference(std::string const& got, std::string const& expected) {
    if (got == expected) return {};
    auto const same = std::mismatch(got.begin(), got.end(), expected.begin(), expected.end()).first - got.begin();
    auto const from = std::max<std::ptrdiff_t>(same - 60, 0);
    return "got " + got.substr(static_cast<std::size_t>(from), 160) + "\ninstead of "
           + expected.substr(static_cast<std::size_t>(from), 160);
}

// Returns response number `which`: 0 is the output, the others are the errors.
template <class Op, std::size_t I = 0>
parley::handler_result<Op> make_answer(values::generator& random, std::size_t which) {
    using variant = typename parley::handler_result<Op>::variant;
    if constexpr (I + 1 < std::variant_size_v<variant>) {
        if (which > I) return make_answer<Op, I + 1>(random, which);
    }
    using said = std::variant_alternative_t<I, variant>;
    auto value = random.make<said>(values::extent::open);
    // The reference implementation uses "UnknownError" for an AWS error without a message.
    if constexpr (requires {
                      { value.message } -> std::same_as<std::string&>;
                  })
        value.message += '.';
    if constexpr (I == 0) leave_out_what_is_empty(*parley::detail::table_of<Op>::value.response, value);
    else leave_out_what_is_empty(parley::detail::error_binding_of<said>, value);
    return value;
}

template <class Op, class Service>
void try_once(echo_server<Service>& server, values::generator& random, std::size_t which, tally& count) {
    auto input = random.make<typename Op::input>();
    leave_out_what_is_empty(*parley::detail::table_of<Op>::value.request, input);
    auto const sent = values::to_text(input);
    CAPTURE(sent);
    auto const answer = make_answer<Op>(random, which);
    server.template say<Op>(answer);
    ++count.calls;

    bool asked = false;
    parley::client_config config{.endpoint = "https://example.com"};
    config.retry.max_attempts = 1;
    parley::client client{std::move(config), [&](parley::http_request const& request) {
                              asked = true;
                              return server(parley::view_of(request));
                          }};
    auto const outcome = client.template send<Op>(input);
    if (!asked) {
        REQUIRE(!outcome);
        CHECK_MESSAGE(outcome.error().template is<parley::invalid_input>(), outcome.error().text());
        ++count.unsent;
        return;
    }
    CAPTURE(server.code());
    REQUIRE(server.seen());
    CHECK(difference(*server.seen(), sent) == "");

    if (server.code().starts_with("InternalFailure")) {
        ++count.unsaid;
        return;
    }
    std::visit(
        [&]<class Said>(Said const& said) {
            if constexpr (std::is_same_v<Said, typename Op::output>) {
                REQUIRE_MESSAGE(outcome, outcome.error().text());
                CHECK(difference(values::to_text(*outcome), values::to_text(said)) == "");
            } else {
                REQUIRE(!outcome);
                auto const* got = outcome.error().template get_if<Said>();
                REQUIRE_MESSAGE(got, outcome.error().text());
                CHECK(difference(values::to_text(*got), values::to_text(said)) == "");
            }
        },
        answer.what());
}

template <class Op, class Service>
tally try_operation(echo_server<Service>& server, int outputs, int each_error) {
    CAPTURE(parley::detail::operation_name<Op>());
    values::generator random(7);
    tally count;
    for (int i = 0; i < outputs; ++i) try_once<Op>(server, random, 0, count);
    for (std::size_t which = 1; which < std::variant_size_v<typename parley::handler_result<Op>::variant>; ++which) {
        for (int i = 0; i < each_error; ++i) try_once<Op>(server, random, which, count);
    }
    return count;
}

template <class Service, class... Op>
std::vector<tally> try_all(parley::operations<Op...>, int outputs, int each_error) {
    echo_server<Service> server;
    return {try_operation<Op>(server, outputs, each_error)...};
}

} // namespace

TEST_CASE("round trip: the other end decodes what one end encodes, for all 18 operations of AWS HealthImaging") {
    using service = medical_imaging::MedicalImaging;
    auto const counts = try_all<service>(service::operations(), 60, 5);
    CHECK(counts.size() == 18);
    int calls = 0;
    for (auto const& count : counts) {
        calls += count.calls;
        CHECK(count.unsent == 0);
        CHECK(count.unsaid <= count.calls / 3); // a header has no line breaks
    }
    CHECK(calls > 1500);
}

TEST_CASE("round trip: the other end decodes what one end encodes, for values of every kind in every place") {
    auto const counts = try_all<everywhere::service>(everywhere::service::operations(), 150, 30);
    CHECK(counts.size() == 7);
    for (auto const& count : counts) {
        CHECK(count.unsent <= count.calls / 2);
        CHECK(count.unsaid <= count.calls / 2);
    }
}

TEST_SUITE_END();
