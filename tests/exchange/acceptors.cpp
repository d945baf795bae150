// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/exchange/acceptors.hpp>

#include <boost/describe.hpp>
#include <doctest/doctest.h>

#include <string>
#include <vector>

TEST_SUITE_BEGIN("exchange");

using parley::wait_state;

namespace {

struct task {
    std::string status;
};
BOOST_DESCRIBE_STRUCT(task, (), (status))
struct describe_tasks {
    struct input {};
    struct output {
        std::vector<task> tasks{};
        bool done = false;
    };
};
BOOST_DESCRIBE_STRUCT(describe_tasks::input, (), ())
BOOST_DESCRIBE_STRUCT(describe_tasks::output, (), (tasks, done))

using reply = parley::outcome<describe_tasks>;

reply tasks(std::vector<std::string> const& states, bool done = false) {
    describe_tasks::output output;
    for (auto const& state : states) output.tasks.push_back({state});
    output.done = done;
    return {output, {}};
}
reply error(std::string code) {
    parley::undeclared_error e;
    e.code = std::move(code);
    e.sent = parley::delivery::answered;
    return {parley::call_error<describe_tasks>(e), {}};
}
reply lost() { return {parley::call_error<describe_tasks>(parley::transport_failure{}), {}}; }

} // namespace

TEST_CASE("acceptors: the first acceptor that matches decides") {
    parley::acceptors<parley::all_output_is<wait_state::success, "tasks[].status", "RUNNING">,
                      parley::any_output_is<wait_state::failure, "tasks[].status", "STOPPED">,
                      parley::error_is<wait_state::retry, "Missing">> const meaning;
    CHECK(evaluate(meaning, tasks({"RUNNING", "RUNNING"})) == wait_state::success);
    CHECK(evaluate(meaning, tasks({"RUNNING", "PENDING"})) == wait_state::retry);
    CHECK(evaluate(meaning, tasks({"RUNNING", "STOPPED"})) == wait_state::failure);
    CHECK(evaluate(meaning, tasks({})) == wait_state::retry); // an empty list does not match
    CHECK(evaluate(meaning, error("Missing")) == wait_state::retry);
    CHECK(evaluate(meaning, error("Denied")) == wait_state::failure);
    CHECK(evaluate(meaning, lost()) == wait_state::failure);
}

TEST_CASE("acceptors: a path may be a condition") {
    parley::acceptors<parley::output_is<wait_state::success, "length(tasks[?status=='RUNNING']) >= `2`", "true">,
                      parley::output_is<wait_state::failure, "done", "true">> const meaning;
    CHECK(evaluate(meaning, tasks({"RUNNING", "X", "RUNNING"})) == wait_state::success);
    CHECK(evaluate(meaning, tasks({"RUNNING"})) == wait_state::retry);
    CHECK(evaluate(meaning, tasks({"RUNNING"}, true)) == wait_state::failure);
}

TEST_CASE("acceptors: an acceptor may depend only on the success of the call") {
    parley::acceptors<parley::call_succeeds<wait_state::success, false>> const gone;
    CHECK(evaluate(gone, error("NotFound")) == wait_state::success);
    CHECK(evaluate(gone, tasks({})) == wait_state::retry);
    CHECK(evaluate(gone, lost()) == wait_state::failure); // without a response, nothing is known
    parley::acceptors<parley::call_succeeds<wait_state::success, true>> const there;
    CHECK(evaluate(there, tasks({})) == wait_state::success);
}

TEST_SUITE_END();
