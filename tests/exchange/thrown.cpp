// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/exchange/thrown.hpp>

#include <doctest/doctest.h>

#include <exception>
#include <new>
#include <stdexcept>
#include <string>

TEST_SUITE_BEGIN("exchange");

using parley::delivery;
using parley::transport_errc;

namespace {

struct silent : std::exception {
    char const* what() const noexcept override { return nullptr; }
};

template <class Thrown, class Read>
auto while_handling(Thrown thrown, Read read) {
    try {
        throw thrown;
    } catch (...) { return read(); }
}

} // namespace

TEST_CASE("thrown: an exception of any type has a text") {
    using parley::detail::text_of_exception;
    CHECK(while_handling(std::runtime_error("lost"), text_of_exception) == "lost");
    CHECK(while_handling(silent(), text_of_exception).empty());
    CHECK(while_handling(1, text_of_exception) == "not a std::exception");
}

TEST_CASE("thrown: a transport that throws may have sent the request") {
    auto const error = while_handling(std::runtime_error("lost"), parley::detail::transport_error_of_exception);
    CHECK(error.condition == transport_errc::other);
    CHECK(error.sent);
    CHECK(error.text == "lost");
}

TEST_CASE("thrown: the failure of a call contains the text of the exception, or reports that memory is exhausted") {
    for (auto const sent : {delivery::not_sent, delivery::possibly_sent, delivery::answered}) {
        auto const error =
            while_handling(std::runtime_error("lost"), [sent] { return parley::detail::error_of_exception(sent); });
        CHECK(error.message() == "exception thrown: lost");
        CHECK(error.sent() == sent);
        auto const other = parley::detail::call_error_state::out_of_memory(sent);
        CHECK(other.message() == "out of memory");
        CHECK(other.sent() == sent);
        auto const* failure = static_cast<parley::transport_failure const*>(other.as_failure());
        REQUIRE(failure);
        CHECK(failure->condition == transport_errc::exception);
    }
}

TEST_SUITE_END();
