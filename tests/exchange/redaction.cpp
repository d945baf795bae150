// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/exchange/redaction.hpp>

#include <support/weather.hpp>

#include <boost/describe/class.hpp>
#include <doctest/doctest.h>

#include <map>
#include <optional>
#include <string>
#include <vector>

TEST_SUITE_BEGIN("exchange");

using namespace parley::detail;

namespace {

struct person {
    std::string name;
    std::vector<person> children;
};
BOOST_DESCRIBE_STRUCT(person, (), (name, children))
constexpr auto parley_traits(person const*) { return parley::traits(parley::on("name", parley::sensitive())); }

struct tree {
    std::vector<tree> branches;
    std::map<std::string, std::string> leaves;
};
BOOST_DESCRIBE_STRUCT(tree, (), (branches, leaves))

struct forest {
    tree first;
    std::map<std::string, std::vector<person>> owners;
};
BOOST_DESCRIBE_STRUCT(forest, (), (first, owners))

struct find_patient {
    struct input {
        std::string clinic;
        std::string patient;
        std::optional<std::string> born{};
        std::optional<std::string> page{};
        std::optional<std::string> insurance{};
        std::map<std::string, std::string> notes{};
    };
    using output = tree;
    static constexpr auto http = parley::http("GET /clinics/{clinic}/patients/{patient}?born={born}\n"
                                              "x-page: {page}\n"
                                              "x-insurance: {insurance}\n"
                                              "x-note-*: {notes}");
};
BOOST_DESCRIBE_STRUCT(find_patient::input, (), (clinic, patient, born, page, insurance, notes))
constexpr auto parley_traits(find_patient::input const*) {
    return parley::traits(parley::on("patient", parley::sensitive()), parley::on("born", parley::sensitive()),
                          parley::on("insurance", parley::sensitive()), parley::on("notes", parley::sensitive()));
}

auto const& weather_binding = *table_of<weather::get_weather>::value.request;
auto const& patient_binding = *table_of<find_patient>::value.request;

} // namespace

TEST_CASE("redaction: names of secrets are recognized by their parts, in any case") {
    for (auto const name :
         {"Authorization", "proxy-authorization", "Cookie", "Set-Cookie", "x-amz-security-token", "X-API-Key", "x-my-apikey",
          "X-Amz-Signature", "X-Amz-Credential", "password", "client_secret", "access-key-id", "sessionid", "KEY"}) {
        CAPTURE(name);
        CHECK(parley::is_secret_name(name));
    }
    for (auto const name : {"content-type", "host", "x-amzn-requestid", "date", "monkey", "", "etag"}) {
        CAPTURE(name);
        CHECK(!parley::is_secret_name(name));
    }
}

TEST_CASE("redaction: sensitive members are found at any depth, and in recursive types") {
    CHECK(may_hold_sensitive(parley::shape_of<person>));
    CHECK(!may_hold_sensitive(parley::shape_of<tree>));
    CHECK(may_hold_sensitive(parley::shape_of<forest>));
    CHECK(!may_answer_sensitive(table_of<find_patient>::value));
}

TEST_CASE("redaction: a target is unchanged except for secret parameters") {
    CHECK(safe_target(weather_binding, "/weather/Ghent") == "/weather/Ghent");
    CHECK(safe_target(weather_binding, "/weather/Ghent?days=3") == "/weather/Ghent?days=3");
    CHECK(safe_target(weather_binding, "/weather/Ghent?days=3&X-Amz-Signature=abc&flag&token=&x")
          == "/weather/Ghent?days=3&X-Amz-Signature=***&flag&token=***&x");
    CHECK(safe_target(weather_binding, "/weather/Ghent?") == "/weather/Ghent");
}

TEST_CASE("redaction: a target with a sensitive member is replaced by its template") {
    CHECK(safe_target(patient_binding, "/clinics/7/patients/Ann?born=1970") == "/clinics/{clinic}/patients/{patient}?***");
    CHECK(safe_target(patient_binding, "/clinics/7/patients/Ann") == "/clinics/{clinic}/patients/{patient}");
}

TEST_CASE("redaction: header fields are unchanged except for secrets and sensitive members") {
    CHECK(safe_field(patient_binding, "x-page", "2") == "2");
    CHECK(safe_field(patient_binding, "X-Insurance", "A1") == "***");
    CHECK(safe_field(patient_binding, "x-note-a", "ill") == "***");
    CHECK(safe_field(patient_binding, "authorization", "Bearer x") == "***");
    CHECK(safe_authority(patient_binding, "example.com") == "example.com");
}

TEST_CASE("redaction: the name of a query parameter is decoded") {
    CHECK(safe_target(weather_binding, "/weather/Ghent?%74oken=abc&X%2DAmz%2dSignature=abc&a%20b=1")
          == "/weather/Ghent?%74oken=***&X%2DAmz%2dSignature=***&a%20b=1");
    CHECK(safe_target(weather_binding, "/weather/Ghent?token%=abc&100%=1") == "/weather/Ghent?token%=***&100%=1");
}

TEST_SUITE_END();
