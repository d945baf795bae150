// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/client/transport.hpp>

#include <doctest/doctest.h>

#include <functional>
#include <optional>

TEST_SUITE_BEGIN("client");

namespace {

template <class T, class Executor = int>
struct awaits {
    struct promise_type;
};

using parley::http_request;
using parley::http_response;
using failable = parley::result<http_response, parley::transport_error>;

struct blocking {
    http_response operator()(http_request const&);
};
struct telling {
    failable operator()(http_request const&);
};
struct awaitable {
    awaits<failable, long> operator()(http_request const&);
};
struct calling {
    void operator()(http_request const&, std::function<void(http_response)>);
};
struct wrong {
    int operator()(http_request const&);
};
struct optional {
    std::optional<http_response> operator()(http_request const&);
};
struct empty {};

} // namespace

static_assert(parley::blocking_transport<blocking> && parley::blocking_transport<telling>);
static_assert(parley::blocking_transport<std::reference_wrapper<blocking>>);
static_assert(parley::awaitable_transport<awaitable> && !parley::blocking_transport<awaitable>);
static_assert(parley::callback_transport<calling> && !parley::callback_transport<blocking>);
static_assert(!parley::transport<wrong> && !parley::transport<optional> && !parley::transport<empty> && !parley::transport<int>);

TEST_CASE("transport: the form of a transport is known at compile time") { CHECK(parley::transport<blocking>); }

TEST_SUITE_END();
