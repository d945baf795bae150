// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_TESTS_SUPPORT_GARDEN_HPP
#define PARLEY_TESTS_SUPPORT_GARDEN_HPP

#include <parley/describe/blob.hpp>
#include <parley/describe/error_scheme.hpp>
#include <parley/describe/operation.hpp>
#include <parley/describe/protocol.hpp>
#include <parley/describe/required.hpp>
#include <parley/describe/traits.hpp>
#include <parley/describe/unit.hpp>

#include <boost/describe/class.hpp>

#include <map>
#include <optional>
#include <string>
#include <vector>

// A service with operations of similar routes.
namespace garden {

struct no_such_plant {
    std::string message;
};
BOOST_DESCRIBE_STRUCT(no_such_plant, (), (message))
constexpr auto parley_traits(no_such_plant const*) { return parley::traits(parley::http_error(404)); }

struct closed_today {
    std::string message;
    std::string until;
};
BOOST_DESCRIBE_STRUCT(closed_today, (), (message, until))
constexpr auto parley_traits(closed_today const*) { return parley::traits(parley::http_error("503\nretry-after: {until}")); }

struct plant {
    std::string name;
    std::optional<int> height{};
};
BOOST_DESCRIBE_STRUCT(plant, (), (name, height))
constexpr auto parley_traits(plant const*) {
    return parley::traits(parley::on("name", parley::length(1, 8)), parley::on("height", parley::range(0, 100)));
}

struct garden_service;

struct get_plant {
    struct input {
        parley::required<std::string> bed, name;
    };
    using output = plant;
    using errors = parley::errors<no_such_plant>;
    using service = garden_service;
    static constexpr auto http = parley::http("GET /beds/{bed}/{name}");
};
BOOST_DESCRIBE_STRUCT(get_plant::input, (), (bed, name))
constexpr auto parley_traits(get_plant::input const*) { return parley::traits(parley::on("bed", parley::pattern("^[a-z]+$"))); }

struct count_plants {
    struct input {
        parley::required<std::string> bed;
    };
    struct output {
        int count = 0;
    };
    using service = garden_service;
    static constexpr auto http = parley::http("GET /beds/{bed}/count");
};
BOOST_DESCRIBE_STRUCT(count_plants::input, (), (bed))
BOOST_DESCRIBE_STRUCT(count_plants::output, (), (count))

struct set_plants {
    struct input {
        parley::required<std::string> bed;
        std::vector<plant> plants;
        std::optional<std::map<std::string, plant>> more{};
        std::optional<int> days{};
    };
    using output = parley::unit;
    using service = garden_service;
    static constexpr auto http = parley::http("PUT /beds/{bed}", "204");
};
BOOST_DESCRIBE_STRUCT(set_plants::input, (), (bed, plants, more, days))
constexpr auto parley_traits(set_plants::input const*) {
    return parley::traits(parley::on("plants", parley::length(1, 3)), parley::on("more", parley::sensitive()),
                          parley::on("days", parley::defaulted("7")));
}

struct get_picture {
    struct input {
        parley::required<std::string> path;
        std::optional<bool> small{};
    };
    struct output {
        std::string type;
        parley::blob content;
    };
    using service = garden_service;
    static constexpr auto http = parley::http("GET /{path+}?picture&small={small}", "200\ncontent-type: {type}\n\n{content}");
};
BOOST_DESCRIBE_STRUCT(get_picture::input, (), (path, small))
BOOST_DESCRIBE_STRUCT(get_picture::output, (), (type, content))

struct water {
    using input = parley::unit;
    using output = parley::unit;
    using service = garden_service;
    static constexpr auto http = parley::http("POST /water\nhost: tap.*");
};

struct garden_service {
    using protocol = parley::rest_json;
    using operations = parley::operations<get_picture, get_plant, count_plants, set_plants, water>;
    using errors = parley::errors<closed_today>;
};

} // namespace garden

#endif
