// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// A completion handler takes the output instead of the outcome.
// expect: parley: the transport takes a completion handler, so send takes one too

#include <parley/client.hpp>

#include <boost/describe.hpp>

#include <functional>

struct get_weather {
    struct input { std::string city; };
    struct output { double celsius = 0; };
    static constexpr auto http = parley::http("GET /weather/{city}");
};
BOOST_DESCRIBE_STRUCT(get_weather::input, (), (city))
BOOST_DESCRIBE_STRUCT(get_weather::output, (), (celsius))

struct stack {
    void operator()(parley::http_request const&, std::function<void(parley::http_response)> done) { done({}); }
};

inline parley::client client{{}, stack()};
#ifdef MISTAKE
void ask() { client.send<get_weather>({.city = "Ghent"}, [](get_weather::output const&) {}); }
#else
void ask() { client.send<get_weather>({.city = "Ghent"}, [](parley::outcome<get_weather> const&) {}); }
#endif
