// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_EXAMPLES_STAND_IN_STAND_IN_HPP
#define PARLEY_EXAMPLES_STAND_IN_STAND_IN_HPP

#include "store.hpp"

#include <parley/auth/credentials.hpp>
#include <parley/describe/operation.hpp>
#include <parley/describe/required.hpp>
#include <parley/describe/traits.hpp>
#include <parley/describe/unit.hpp>

#include <boost/describe/class.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace stand_in {

// Operations of the stand-in itself, over HTTP, too.

struct no_such_error {
    std::string message;
};
BOOST_DESCRIBE_STRUCT(no_such_error, (), (message))
constexpr auto parley_traits(no_such_error const*) { return parley::traits(parley::http_error(404)); }

/// Makes the next calls of the service fail with one of its errors, to test the error handling of a program.
struct fail_next {
    struct input {
        parley::required<std::string> error; ///< "ThrottlingException"
        std::optional<int> times = {};       ///< default: 1
    };
    using output = parley::unit;
    using errors = parley::errors<no_such_error>;
    static constexpr auto http = parley::http("POST /stand-in/fail-next/{error}?times={times}");
};
BOOST_DESCRIBE_STRUCT(fail_next::input, (), (error, times))

/// Server configuration.
struct server_config {
    store_config store{};
    std::string address = "127.0.0.1";
    std::uint16_t port = 0; ///< 0: any free port
    int threads = 1;
    std::optional<parley::aws_credentials>
        check_signatures{}; ///< the key of signed requests; default: signatures are not checked
};

/// Serves all operations of AWS HealthImaging over HTTP.
class server {
public:
    explicit server(server_config config = {});
    ~server();

    /// Returns the URL for the endpoint of a client.
    std::string url() const;
    void fail_next(std::string const& error, int times = 1);

private:
    struct parts;
    std::unique_ptr<parts> parts_;
};

} // namespace stand_in

#endif
