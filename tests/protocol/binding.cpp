// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/protocol/binding.hpp>

#include <support/garden.hpp>
#include <support/weather.hpp>

#include <boost/describe/class.hpp>
#include <doctest/doctest.h>

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

using parley::shape_of;
using parley::template_place;
using parley::detail::http_binding_of;
using parley::detail::is_bindable;

namespace {

// One member in each place of a request, and two in the body.
struct upload {
    struct input {
        parley::required<std::string> account;
        parley::required<std::string> path;
        std::optional<int> version{};
        std::optional<std::map<std::string, std::string>> others{};
        std::optional<std::string> checksum{};
        std::optional<std::map<std::string, std::string>> meta{};
        std::string first;
        std::string second;
    };
    struct output {
        int code = 0;
        std::optional<std::string> tag{};
        std::string content;
    };
    static constexpr auto http = parley::http("PUT /files/{path+}?fixed&v={version}&*={others}\n"
                                              "host: {account}.*\n"
                                              "x-checksum: {checksum}\n"
                                              "x-meta-*: {meta}",
                                              "201 {code}\netag: {tag}\n\n{content}");
};
BOOST_DESCRIBE_STRUCT(upload::input, (), (account, path, version, others, checksum, meta, first, second))
BOOST_DESCRIBE_STRUCT(upload::output, (), (code, tag, content))

/// The member that stands in a place of a message; null if none does.
parley::member const* member_in(parley::detail::message_binding const& binding, template_place place) {
    for (auto const& part : binding.parts) {
        if (part.place == place) return part.member;
    }
    return nullptr;
}
std::string_view name_in(parley::detail::message_binding const& binding, template_place place) {
    auto const* const member = member_in(binding, place);
    return member ? member->name : std::string_view("none");
}
template <class T>
std::vector<std::string_view> body_of(parley::detail::message_binding const& binding) {
    std::vector<std::string_view> names;
    auto const& structure = *shape_of<T>.structure;
    for (std::size_t i = 0; i < structure.count; ++i) {
        if (binding.body.contains(i)) names.push_back(structure.members[i].name);
    }
    return names;
}

using names = std::vector<std::string_view>;

} // namespace

TEST_SUITE_BEGIN("protocol");

TEST_CASE("binding: each member of a request is in the place that the template names") {
    auto const& request = http_binding_of<upload>::request;
    CHECK(request.method == "PUT");
    CHECK(name_in(request, template_place::path_greedy) == "path");
    CHECK(name_in(request, template_place::query_member) == "version");
    CHECK(name_in(request, template_place::query_map) == "others");
    CHECK(name_in(request, template_place::header_member) == "checksum");
    CHECK(name_in(request, template_place::header_map) == "meta");
    CHECK(name_in(request, template_place::host_label) == "account");
    CHECK(member_in(request, template_place::query_text) == nullptr);
    CHECK(request.payload == nullptr);
}

TEST_CASE("binding: members that are named nowhere are in the body; one in the host is there besides") {
    CHECK(body_of<upload::input>(http_binding_of<upload>::request) == names{"account", "first", "second"});
    CHECK(body_of<garden::set_plants::input>(http_binding_of<garden::set_plants>::request) == names{"plants", "more", "days"});
    CHECK(body_of<weather::get_weather::input>(http_binding_of<weather::get_weather>::request).empty());
    CHECK(body_of<weather::report>(http_binding_of<weather::get_weather>::response) == names{"celsius", "summary"});
}

TEST_CASE("binding: a response has its status, and the member that is the whole body") {
    auto const& response = http_binding_of<upload>::response;
    CHECK(response.status == 201);
    CHECK(name_in(response, template_place::status) == "code");
    CHECK(name_in(response, template_place::header_member) == "tag");
    REQUIRE(response.payload);
    CHECK(response.payload->name == "content");
    CHECK(body_of<upload::output>(response).empty());
    CHECK(http_binding_of<garden::water>::response.status == 200);
    CHECK(http_binding_of<garden::set_plants>::response.status == 204);
}

TEST_CASE("binding: what a place can take (https://smithy.io/2.0/spec/http-bindings.html)") {
    using when = std::chrono::sys_time<std::chrono::milliseconds>;
    using texts = std::map<std::string, std::string>;
    struct {
        template_place place;
        std::vector<parley::shape const*> takes, refuses;
    } const cases[] = {
        {template_place::path_label,
         {&shape_of<int>, &shape_of<std::uint64_t>, &shape_of<bool>, &shape_of<double>, &shape_of<std::string>, &shape_of<when>},
         {&shape_of<std::vector<int>>, &shape_of<texts>, &shape_of<parley::blob>, &shape_of<weather::report>}},
        {template_place::path_greedy,
         {&shape_of<std::string>},
         {&shape_of<int>, &shape_of<when>, &shape_of<std::vector<std::string>>}},
        {template_place::host_label, {&shape_of<std::string>}, {&shape_of<std::vector<std::string>>, &shape_of<texts>}},
        {template_place::query_member,
         {&shape_of<int>, &shape_of<std::vector<when>>},
         {&shape_of<parley::blob>, &shape_of<texts>, &shape_of<std::vector<std::vector<int>>>, &shape_of<weather::report>}},
        {template_place::header_member,
         {&shape_of<int>, &shape_of<std::vector<int>>, &shape_of<parley::blob>},
         {&shape_of<texts>, &shape_of<weather::report>, &shape_of<std::vector<weather::report>>}},
        {template_place::query_map,
         {&shape_of<texts>, &shape_of<std::map<std::string, std::vector<std::string>>>},
         {&shape_of<std::string>, &shape_of<std::vector<std::string>>, &shape_of<std::map<std::string, weather::report>>}},
        {template_place::header_map,
         {&shape_of<texts>},
         {&shape_of<std::map<std::string, std::vector<std::string>>>, &shape_of<std::string>}},
        {template_place::status, {&shape_of<int>}, {&shape_of<std::string>, &shape_of<double>, &shape_of<bool>}},
        {template_place::payload, {&shape_of<std::string>, &shape_of<parley::blob>, &shape_of<weather::report>}, {}},
    };
    for (auto const& c : cases) {
        CAPTURE(static_cast<int>(c.place));
        for (auto const* what : c.takes) CHECK(is_bindable(c.place, *what));
        for (auto const* what : c.refuses) CHECK(!is_bindable(c.place, *what));
    }
}

TEST_SUITE_END();
