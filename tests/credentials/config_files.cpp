// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/credentials/config_files.hpp>

#include <doctest/doctest.h>
#include <support/scripted_environment.hpp>

TEST_SUITE_BEGIN("credentials");

using parley::detail::config_file;
using parley::detail::parse_config;

namespace {

parley::config_profiles config(std::string_view text) {
    parley::config_profiles profiles;
    REQUIRE(parse_config(text, config_file::config, profiles) == 0);
    return profiles;
}

std::size_t bad_line(std::string_view text) {
    parley::config_profiles profiles;
    auto const line = parse_config(text, config_file::config, profiles);
    CHECK(profiles.empty());
    return line;
}

} // namespace

TEST_CASE("config_files: a config file has profiles under their headings") {
    auto profiles = config("# a comment\n; another\n\n"
                           "[default]\nregion = eu-west-1\n"
                           "[profile dev] # of developers\r\nRegion=eu-central-1\r\n  output\t=  json ; for jq\r\n"
                           "[profile \"with space\"]\nregion = a\n[profile 'x']\nregion = b\n[ profile\ty ]\nregion = c\n"
                           "[dev]\nregion = of no profile\n[sso-session s]\nregion = of no profile\n"
                           "[profile dev]\nrole_arn = arn:aws:iam::1:role/r=#1\n");
    CHECK(profiles.size() == 5);
    CHECK(profiles["default"].get("region") == "eu-west-1");
    CHECK(profiles["dev"].get("region") == "eu-central-1");
    CHECK(profiles["dev"].get("output") == "json");
    CHECK(profiles["dev"].get("role_arn") == "arn:aws:iam::1:role/r=#1");
    CHECK(profiles["with space"].get("region") == "a");
    CHECK(profiles["x"].get("region") == "b");
    CHECK(profiles["y"].get("region") == "c");
    CHECK(profiles["dev"].get("absent").empty());
}

TEST_CASE("config_files: the full name of the default profile takes precedence") {
    for (auto const* text :
         {"[default]\na = 1\nb = 1\n[profile default]\na = 2\n", "[profile default]\na = 2\n[default]\na = 1\nb = 1\n"}) {
        auto profiles = config(text);
        CHECK(profiles["default"].get("a") == "2");
        CHECK(profiles["default"].get("b").empty());
    }
}

TEST_CASE("config_files: nested settings are not settings of the profile") {
    auto profiles = config("[default]\ns3 =\n  region = inner\n  max = 1\nregion = outer\n  output = json\n");
    CHECK(profiles["default"].get("region") == "outer");
    CHECK(profiles["default"].get("output") == "json");
    CHECK(profiles["default"].get("max").empty());
}

TEST_CASE("config_files: the last of several settings counts; a byte-order mark and a missing last line break are accepted") {
    auto profiles = config("\xef\xbb\xbf[default]\na = 1\na = 2");
    CHECK(profiles["default"].get("a") == "2");
    CHECK(config("").empty());
}

TEST_CASE("config_files: an invalid line is reported with its number") {
    CHECK(bad_line("a = 1\n[default]") == 1);
    CHECK(bad_line("[default]\n\n# c\nhush\n") == 4);
    CHECK(bad_line("[default\na = 1\n") == 1);
    CHECK(bad_line("[default]\n= 1\n") == 2);
    CHECK(bad_line(std::string("[default]\na = 1\n\0", 17)) == 3);
}

TEST_CASE("config_files: settings of the credentials file take precedence over those of the config file") {
    test::machine m;
    m.variables["HOME"] = "/home/me";
    m.files["/home/me/.aws/config"] = "[profile dev]\nregion = eu-west-1\naws_access_key_id = from config\n";
    m.files["/home/me/.aws/credentials"] = "[dev]\naws_access_key_id = from credentials\n[profile odd]\na = 1\n";
    auto profiles = parley::read_config_files(m.provider_environment());
    REQUIRE(profiles);
    CHECK((*profiles)["dev"].get("region") == "eu-west-1");
    CHECK((*profiles)["dev"].get("aws_access_key_id") == "from credentials");
    CHECK(!profiles->contains("odd"));
}

TEST_CASE("config_files: the paths come from the environment or the home directory") {
    test::machine m;
    m.variables = {{"AWS_CONFIG_FILE", "~/mine"},
                   {"AWS_SHARED_CREDENTIALS_FILE", "/etc/credentials"},
                   {"HOMEDRIVE", "C:"},
                   {"HOMEPATH", "/me"}};
    m.files["C:/me/mine"] = "[default]\na = 1\n";
    m.files["/etc/credentials"] = "[default]\nb = 2\n";
    auto profiles = parley::read_config_files(m.provider_environment());
    REQUIRE(profiles);
    CHECK((*profiles)["default"].get("a") == "1");
    CHECK((*profiles)["default"].get("b") == "2");

    // Without files and without a home directory.
    for (std::map<std::string, std::string> const& variables : {std::map<std::string, std::string>{}, {{"HOME", "/nowhere"}}}) {
        m.variables = variables;
        profiles = parley::read_config_files(m.provider_environment());
        REQUIRE(profiles);
        CHECK(profiles->empty());
    }
}

TEST_CASE("config_files: the error for an invalid file contains none of its text") {
    test::machine m;
    m.variables["HOME"] = "/h";
    m.files["/h/.aws/config"] = "[default]\naws_secret_access_key hush\n";
    auto profiles = parley::read_config_files(m.provider_environment());
    REQUIRE(!profiles);
    CHECK(profiles.error().message()
          == "profile: invalid configuration: /h/.aws/config: line 2: expected a section, a setting or a comment");
    m.files["/h/.aws/config"] = "(unreadable)";
    profiles = parley::read_config_files(m.provider_environment());
    REQUIRE(!profiles);
    CHECK(profiles.error().message() == "profile: invalid configuration: /h/.aws/config: permission denied");
}

TEST_SUITE_END();
