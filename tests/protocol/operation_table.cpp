// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/protocol/operation_table.hpp>

#include <support/garden.hpp>
#include <support/weather.hpp>

#include <boost/describe/class.hpp>
#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

using parley::detail::table_of;
using weather::get_weather;

namespace {

struct throttled {
    std::string message;
};
BOOST_DESCRIBE_STRUCT(throttled, (), (message))
constexpr auto parley_traits(throttled const*) {
    return parley::traits(parley::http_error(429, parley::fault::client), parley::error_code("TooManyRequests"),
                          parley::query_code("Throttling"), parley::retryable(parley::retryability::throttling));
}

struct shelf {
    using protocol = parley::aws_json_1_1;
    using errors = parley::errors<weather::city_unknown, throttled>;
    static constexpr parley::aws_service aws{.target_prefix = "Shelf"};
    static constexpr auto error_scheme = parley::aws_errors();
};
struct list_books {
    using input = weather::report;
    using output = weather::report;
    using errors = parley::errors<throttled>;
    using service = shelf;
    static constexpr std::string_view name = "ListBooks";
    static constexpr parley::operation_traits traits{.idempotent = true, .checksum_required = true};
};

} // namespace

TEST_SUITE_BEGIN("protocol");

TEST_CASE("operation_table: an operation is named as the struct, or as it says itself") {
    CHECK(table_of<get_weather>::value.name == "get_weather");
    CHECK(table_of<list_books>::value.name == "ListBooks");
}

TEST_CASE("operation_table: has the shapes and bindings of input and output") {
    auto const& table = table_of<get_weather>::value;
    CHECK(table.input == &parley::shape_of<get_weather::input>);
    CHECK(table.output == &parley::shape_of<weather::report>);
    CHECK(table.request->method == "GET");
    CHECK(table.response->status == 200);
}

TEST_CASE("operation_table: the errors are those of the operation, then those of its service that are not among them") {
    auto const& own = table_of<get_weather>::value.errors;
    REQUIRE(own.size() == 1);
    CHECK(own[0]->code == "city_unknown");
    CHECK(own[0]->status == 404);
    auto const& all = table_of<list_books>::value.errors;
    REQUIRE(all.size() == 2);
    CHECK(all[0]->code == "TooManyRequests");
    CHECK(all[1]->code == "city_unknown");
    CHECK(all[1] == own[0]); // operations share them
    CHECK(table_of<garden::water>::value.errors.size() == 1);
}

TEST_CASE("operation_table: an error has what its traits say, and defaults for the rest") {
    auto const& throttling = parley::detail::error_entry_of<throttled>;
    CHECK(throttling.code == "TooManyRequests");
    CHECK(throttling.query_code == "Throttling");
    CHECK(throttling.status == 429);
    CHECK(throttling.fault == parley::fault::client);
    CHECK(throttling.retry == parley::retryability::throttling);
    auto const& unknown = parley::detail::error_entry_of<weather::city_unknown>;
    CHECK(unknown.query_code == unknown.code);
    CHECK(unknown.fault == parley::fault::client); // 4xx is the client's fault, 5xx the server's
    CHECK(parley::detail::error_entry_of<garden::closed_today>.fault == parley::fault::server);
    CHECK(unknown.retry == parley::retryability::none);
    CHECK(unknown.what == &parley::shape_of<weather::city_unknown>);
    auto* const made = unknown.make();
    CHECK(static_cast<weather::city_unknown*>(made)->message.empty());
    unknown.drop(made); // AddressSanitizer sees a leak otherwise
}

TEST_CASE("operation_table: members of an error are in the body, unless a template puts them elsewhere") {
    auto const& plain = *parley::detail::error_entry_of<weather::city_unknown>.binding;
    CHECK(plain.body.contains(0));
    CHECK(plain.parts.empty());
    auto const& closed = *parley::detail::error_entry_of<garden::closed_today>.binding;
    CHECK(closed.status == 503);
    CHECK(closed.body.contains(0));  // message
    CHECK(!closed.body.contains(1)); // until, which is a field
    REQUIRE(closed.parts.size() == 1);
    CHECK(closed.parts[0].name == "retry-after");
    CHECK(closed.parts[0].member->name == "until");
}

TEST_CASE("operation_table: what a service and an operation leave out has defaults") {
    auto const& plain = table_of<get_weather>::value;
    CHECK(plain.scheme.by == parley::error_scheme::rule::code_or_status);
    CHECK(plain.aws == nullptr);
    CHECK(!plain.traits.idempotent);
    CHECK(!plain.add_checksum);
    CHECK(std::is_same_v<parley::detail::protocol_of<get_weather>::type, parley::rest_json>);
    auto const& full = table_of<list_books>::value;
    CHECK(full.scheme.by == parley::error_scheme::rule::aws);
    CHECK(full.aws == &shelf::aws);
    CHECK(full.traits.idempotent);
    CHECK(!full.traits.readonly);
    CHECK(std::is_same_v<parley::detail::protocol_of<list_books>::type, parley::aws_json_1_1>);
    CHECK(full.request->method == "POST"); // protocols that put everything into the body need no template
}

// RFC 1864: the base64 of the MD5 digest of the body. RFC 1321, A.5: MD5 ("abc") = 900150983cd24fb0d6963f7d28e17f72.
TEST_CASE("operation_table: a checksum is the field Content-MD5") {
    auto const add = table_of<list_books>::value.add_checksum;
    REQUIRE((add != nullptr));
    parley::http_request request;
    request.body = "abc";
    add(request);
    CHECK(request.fields.find("content-md5") == "kAFQmDzST7DWlj99KOF/cg==");
}

TEST_SUITE_END();
