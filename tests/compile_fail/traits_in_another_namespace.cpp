// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// parley_traits is declared in the global namespace instead of the namespace of the type.
// expect: parley_traits_is_in_another_namespace_than<app::city>
// expect: parley: parley_traits of this type is declared in another namespace, where it has no effect

#include <parley/json.hpp>

#include <boost/describe.hpp>

#include <string>

namespace app {

struct city { std::string name; };
BOOST_DESCRIBE_STRUCT(city, (), (name))

#ifdef MISTAKE
} // namespace app
constexpr auto parley_traits(app::city const*) { return parley::traits(parley::on("name", parley::min_length(1))); }
#else
constexpr auto parley_traits(city const*) { return parley::traits(parley::on("name", parley::min_length(1))); }
} // namespace app
#endif

// A base class with traits in the right namespace, and types of the global namespace and of parley without traits.
struct town : app::city { int size = 0; };
BOOST_DESCRIBE_STRUCT(town, (app::city), (size))
struct region { town capital; parley::unit more; };
BOOST_DESCRIBE_STRUCT(region, (), (capital, more))

auto text(app::city const& c) { return parley::to_json(c); }
auto text(region const& r) { return parley::to_json(r); }
