// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_TESTS_SUPPORT_ARITHMETIC_HPP
#define PARLEY_TESTS_SUPPORT_ARITHMETIC_HPP

#include <parley/describe/document.hpp>
#include <parley/describe/operation.hpp>
#include <parley/describe/protocol.hpp>
#include <parley/describe/required.hpp>
#include <parley/describe/rpc_params.hpp>
#include <parley/describe/traits.hpp>
#include <parley/describe/unit.hpp>

#include <boost/describe/class.hpp>

#include <optional>
#include <string>
#include <vector>

// The API of the examples in section 7 of https://www.jsonrpc.org/specification, plus a division that can fail.
namespace arithmetic {

struct not_allowed {
    std::string message;
};
BOOST_DESCRIBE_STRUCT(not_allowed, (), (message))
constexpr auto parley_traits(not_allowed const*) {
    return parley::traits(parley::rpc_error(-32001, "Not allowed", parley::fault::client));
}

struct service {
    using protocol = parley::json_rpc;
    using errors = parley::errors<not_allowed>;
};

struct subtract {
    struct input {
        parley::required<int> minuend;
        parley::required<int> subtrahend;
    };
    using output = int;
    using service = arithmetic::service;
    static constexpr auto params = parley::rpc_params::by_position;
};
BOOST_DESCRIBE_STRUCT(subtract::input, (), (minuend, subtrahend))

struct subtract_by_name {
    using input = subtract::input;
    using output = int;
    using service = arithmetic::service;
    static constexpr std::string_view name = "subtract";
};

struct sum {
    using input = std::vector<int>;
    using output = int;
    using service = arithmetic::service;
};

struct update {
    using input = std::vector<int>;
    using output = parley::unit;
    using service = arithmetic::service;
};

struct foobar {
    using input = parley::unit;
    using output = parley::unit;
    using service = arithmetic::service;
};

struct notify_hello : update {};
struct notify_sum : update {};

struct get_data {
    using input = parley::unit;
    using output = std::vector<parley::document>;
    using service = arithmetic::service;
};

struct foo_get {
    struct input {
        parley::required<std::string> name;
    };
    using output = parley::unit;
    using service = arithmetic::service;
    static constexpr std::string_view name = "foo.get";
};
BOOST_DESCRIBE_STRUCT(foo_get::input, (), (name))

struct by_zero {
    std::string message;
    double dividend = 0;
    std::optional<std::string> hint{};
};
BOOST_DESCRIBE_STRUCT(by_zero, (), (message, dividend, hint))
constexpr auto parley_traits(by_zero const*) { return parley::traits(parley::rpc_error(1001, "Division by zero")); }

struct divide {
    struct input {
        parley::required<double> dividend;
        parley::required<double> divisor;
        std::optional<int> digits{};
    };
    struct output {
        double quotient = 0;
        std::optional<double> remainder{};
    };
    using errors = parley::errors<by_zero>;
    using service = arithmetic::service;
};
BOOST_DESCRIBE_STRUCT(divide::input, (), (dividend, divisor, digits))
BOOST_DESCRIBE_STRUCT(divide::output, (), (quotient, remainder))
constexpr auto parley_traits(divide::input const*) { return parley::traits(parley::on("digits", parley::range(0, 15))); }

} // namespace arithmetic

#endif
