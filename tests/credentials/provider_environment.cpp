// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/credentials/provider_environment.hpp>

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

TEST_SUITE_BEGIN("credentials");

namespace {

struct temporary_folder {
    std::filesystem::path path;
    temporary_folder() {
        std::string name = (std::filesystem::temp_directory_path() / "parley-test-XXXXXX").string();
        REQUIRE(mkdtemp(name.data()));
        path = name;
    }
    ~temporary_folder() { std::filesystem::remove_all(path); }
    std::string file(std::string const& name, std::string const& text) const {
        std::ofstream(path / name, std::ios::binary) << text;
        return (path / name).string();
    }
};

} // namespace

TEST_CASE("provider_environment: any blocking transport is a sender") {
    auto const body = [](parley::http_sender const& send) {
        auto const reply = send(parley::http_request{});
        return reply ? reply->body : reply.error().message();
    };
    CHECK(body(parley::sender_of([](parley::http_request const&) {
              return parley::http_response{200, {}, "plain"};
          }))
          == "plain");
    using reply = parley::result<parley::http_response, parley::transport_error>;
    CHECK(body(parley::sender_of([](parley::http_request const&) -> reply {
              return parley::http_response{200, {}, "result"};
          }))
          == "result");
    CHECK(body(parley::sender_of([](parley::http_request const&) -> reply {
              return parley::transport_error{parley::transport_errc::refused, false, "no"};
          }))
          == "connection refused: no");

    struct own_response {
        int status = 200;
        std::string body = "own";
        std::string const* header(std::string_view) const { return nullptr; }
    };
    auto own = [calls = 0](parley::http_request const&) mutable {
        ++calls;
        return own_response{};
    };
    CHECK(body(parley::sender_of(std::ref(own))) == "own");
}

TEST_CASE("provider_environment: files are read completely, up to a limit") {
    temporary_folder const folder;
    parley::provider_environment const here;
    std::string const bytes("a\0\r\nb", 5);
    auto text = here.read_file(folder.file("some", bytes));
    REQUIRE(text);
    CHECK(*text == bytes);
    text = here.read_file(folder.file("empty", ""));
    REQUIRE(text);
    CHECK(*text == "");
    text = here.read_file(folder.file("largest", std::string(1 << 20, 'x')));
    REQUIRE(text);
    CHECK(text->size() == 1 << 20);
    text = here.read_file(folder.file("larger", std::string((1 << 20) + 1, 'x')));
    REQUIRE(!text);
    CHECK(text.error().text == "larger than 1 MiB");
    CHECK(!text.error().missing);
}

TEST_CASE("provider_environment: a missing file is distinguished from one that cannot be read") {
    temporary_folder const folder;
    parley::provider_environment const here;
    auto text = here.read_file((folder.path / "none").string());
    REQUIRE(!text);
    CHECK(text.error().missing);
    text = here.read_file((std::filesystem::path(folder.file("plain", "")) / "below").string());
    REQUIRE(!text);
    CHECK(text.error().missing);
    text = here.read_file(folder.path.string());
    REQUIRE(!text);
    CHECK(!text.error().missing);
}

TEST_CASE("provider_environment: variables are those of the process") {
    parley::provider_environment const here;
    REQUIRE(setenv("PARLEY_TEST_VARIABLE", "value", 1) == 0);
    CHECK(here.environment("PARLEY_TEST_VARIABLE") == "value");
    unsetenv("PARLEY_TEST_VARIABLE");
    CHECK(!here.environment("PARLEY_TEST_VARIABLE"));
}

TEST_CASE("provider_environment: the standard output of a command is returned, and nothing else") {
    parley::provider_environment const here;
    auto const output = [&](std::string const& command) {
        auto const given = here.run_command(command);
        return given ? *given : "error: " + given.error().text;
    };
    CHECK(output("printf 'a b'; printf ' c'") == "a b c");
    CHECK(output("exec 2>/dev/null; echo no >&2; printf yes") == "yes");
    CHECK(output("cat") == ""); // its input is empty
    CHECK(output("head -c 1048576 /dev/zero").size() == 1 << 20);
    CHECK(output("exit 3") == "error: ended with status 3");
    CHECK(output("no-such-command-of-parley 2>/dev/null") == "error: ended with status 127");
    CHECK(output("kill -9 $$") == "error: ended with status 137");
    CHECK(output("cat /dev/zero") == "error: wrote more than 1 MiB");
}

TEST_SUITE_END();
