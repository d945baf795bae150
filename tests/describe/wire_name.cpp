// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/describe/wire_name.hpp>

#include <parley/describe/shape_of.hpp>

#include <boost/describe/class.hpp>
#include <doctest/doctest.h>

#include <array>
#include <string>
#include <string_view>

using parley::naming;
using namespace parley::detail;

namespace {

std::string spelled(std::string_view cpp_name, naming rule) {
    static char characters[128];
    name_source source;
    std::string_view const names[] = {cpp_name};
    fill_name_sources(&source, names, 1, rule, nullptr, nullptr, 0);
    return {characters, put_quoted_name(characters, source)};
}

struct thing {
    int submitted_at = 0;
    int class_ = 0;
    int last_name = 0;
};
BOOST_DESCRIBE_STRUCT(thing, (), (submitted_at, class_, last_name))
constexpr auto parley_traits(thing const*) {
    return parley::traits(parley::names(naming::camel_case), parley::on("last_name", parley::wire_name("last_\"name\"")));
}

} // namespace

TEST_SUITE_BEGIN("describe");

TEST_CASE("wire_name: each rule writes the words of a C++ name in its way") {
    struct {
        std::string_view name, as_is, camel, pascal, kebab;
    } const cases[] = {
        {"city", "city", "city", "City", "city"},
        {"submitted_at", "submitted_at", "submittedAt", "SubmittedAt", "submitted-at"},
        {"a_b_c", "a_b_c", "aBC", "ABC", "a-b-c"},
        {"class_", "class", "class", "Class", "class"}, // one trailing underscore is there for the sake of C++
        {"class__", "class_", "class", "Class", "class-"},
        {"x2_y3", "x2_y3", "x2Y3", "X2Y3", "x2-y3"},
        {"already_Upper", "already_Upper", "alreadyUpper", "AlreadyUpper", "already-Upper"},
        {"sha_256", "sha_256", "sha256", "Sha256", "sha-256"},
        {"URL", "URL", "URL", "URL", "URL"},
    };
    for (auto const& c : cases) {
        CAPTURE(c.name);
        auto const quoted = [](std::string_view name) { return ",\"" + std::string(name) + "\":"; };
        CHECK(spelled(c.name, naming::as_is) == quoted(c.as_is));
        CHECK(spelled(c.name, naming::camel_case) == quoted(c.camel));
        CHECK(spelled(c.name, naming::pascal_case) == quoted(c.pascal));
        CHECK(spelled(c.name, naming::kebab_case) == quoted(c.kebab));
    }
    CHECK(spelled("_", naming::as_is) == ",\"_\":"); // it would have no name left
}

TEST_CASE("wire_name: a name that is given is taken as it is, whatever the rule") {
    auto const& structure = *parley::shape_of<thing>.structure;
    REQUIRE(structure.count == 3);
    CHECK(structure.members[0].name == "submittedAt");
    CHECK(structure.members[0].cpp_name() == "submitted_at");
    CHECK(structure.members[1].name == "class");
    CHECK(structure.members[2].name == "last_\"name\"");
    CHECK(!structure.members[2].plain_name);
    CHECK(structure.find("lastName") == nullptr);
}

TEST_CASE("wire_name: each name stands in one block, quoted, with enough bytes after it") {
    static constexpr std::array<std::string_view, 3> names{"first", "", "third_name"};
    static constexpr auto sources = name_sources(names);
    static constexpr spelled_names<3, size_of(sources)> block{sources};
    static constexpr auto characters = block.characters;
    constexpr auto found = block.in(characters);
    CHECK(found == names);
    CHECK(std::string_view(characters.data()) == R"(,"first":,"":,"third_name":)");
    auto const* const end = characters.data() + characters.size();
    for (auto const& name : found) {
        CHECK(std::string_view(name.data() - 2, name.size() + 4) == ",\"" + std::string(name) + "\":");
        CHECK(end - (name.data() + name.size() + 2) >= static_cast<int>(parley::member::padding_after_name));
    }
}

TEST_CASE("wire_name: names with quotation marks, backslashes or control characters need an escape (RFC 8259, section 7)") {
    for (int byte = 0; byte < 256; ++byte) {
        CAPTURE(byte);
        auto const name = std::string("a") + static_cast<char>(byte) + "b";
        CHECK(needs_no_escape(name) == (byte >= 0x20 && byte != 0x22 && byte != 0x5c));
    }
    CHECK(needs_no_escape(""));
}

TEST_SUITE_END();
