// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/client/message_transport.hpp>

#include <doctest/doctest.h>

#include <functional>

TEST_SUITE_BEGIN("client");

namespace {

template <class T, class Executor = int>
struct awaits {
    struct promise_type;
};

using parley::message;
using failable = parley::result<std::string, parley::transport_error>;

struct plain {
    std::string operator()(std::string_view);
};
struct by_string {
    std::string operator()(std::string const&);
};
struct by_message {
    char const* operator()(message const&);
};
struct telling {
    failable operator()(message const&);
};
struct awaitable {
    awaits<failable, long> operator()(message const&);
};
struct calling {
    void operator()(message const&, std::function<void(std::string)>);
};
struct wrong {
    int operator()(std::string_view);
};
struct silent {
    void operator()(std::string_view);
};

} // namespace

static_assert(parley::blocking_message_transport<plain> && parley::blocking_message_transport<by_string>);
static_assert(parley::blocking_message_transport<by_message> && parley::blocking_message_transport<telling>);
static_assert(parley::blocking_message_transport<std::reference_wrapper<plain>>);
static_assert(parley::awaitable_message_transport<awaitable> && !parley::blocking_message_transport<awaitable>);
static_assert(parley::callback_message_transport<calling> && !parley::callback_message_transport<plain>);
static_assert(!parley::message_transport<wrong> && !parley::message_transport<silent> && !parley::message_transport<int>);

TEST_CASE("message_transport: a message converts to its text") {
    message const m{"text"};
    CHECK(std::string_view(m) == "text");
    std::string const& same = m;
    CHECK(&same == &m.text);
    CHECK(m.expects_answer);
}

TEST_SUITE_END();
