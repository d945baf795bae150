// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// Where the bytes of a body are before a call has read them, and after.
#include <parley/client/client.hpp>

#include <support/bodies.hpp>
#include <support/task.hpp>

#include <boost/describe/class.hpp>
#include <doctest/doctest.h>

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

using namespace std::chrono_literals;
using support::get_file;
using support::get_text;
using support::small_loop;
using support::task;

namespace {

struct nothing {};
BOOST_DESCRIBE_STRUCT(nothing, (), ())

struct put_file {
    struct input {
        parley::blob content;
    };
    using output = nothing;
    static constexpr auto http = parley::http("PUT /file\n\n{content}");
};
BOOST_DESCRIBE_STRUCT(put_file::input, (), (content))

struct put_text {
    struct input {
        std::string content;
    };
    using output = nothing;
    static constexpr auto http = parley::http("PUT /text\n\n{content}");
};
BOOST_DESCRIBE_STRUCT(put_text::input, (), (content))

// A response type that is not ours.
struct frame {
    int code = 200;
    std::string content = std::string(1000, 'f');
    std::map<std::string, std::string> meta{{"etag", "e"}};
};
struct closed_frame : frame {};

struct message {
    int status() const { return 200; }
    std::string const& body() const& { return body_; }
    std::string&& body() && { return std::move(body_); }
    std::optional<std::string_view> header(std::string_view name) const {
        return name == "etag" ? std::optional<std::string_view>("e") : std::nullopt;
    }
    std::string body_ = std::string(1000, 'm');
};

parley::client_config const config{.endpoint = "https://api.example.com", .random = [] { return 0.5; }};

parley::http_response answer(char const*& bytes, int status = 200, parley::headers fields = {{"etag", "e"}}) {
    parley::http_response response{status, std::move(fields), std::string(1000, 'x')};
    bytes = response.body.data();
    return response;
}

struct frame_traits {
    static int status(frame const& r) { return r.code; }
    static std::string_view body(frame const& r) { return r.content; }
    static std::optional<std::string_view> header(frame const& r, std::string_view name) {
        auto const found = r.meta.find(std::string(name));
        return found == r.meta.end() ? std::nullopt : std::optional<std::string_view>(found->second);
    }
};

} // namespace

template <>
struct parley::response_traits<closed_frame> : frame_traits {};
template <>
struct parley::response_traits<frame> : frame_traits {
    static std::string take_body(frame&& r) { return std::move(r.content); }
};

TEST_CASE("a blob or text that is the whole body is the transport's own string") {
    char const* bytes = nullptr;
    parley::client client{config, [&](parley::http_request const&) { return answer(bytes); }};
    auto const got = client.send<get_file>({});
    REQUIRE(got);
    CHECK(got->etag == "e");
    CHECK(got->content->bytes == std::string(1000, 'x'));
    CHECK(static_cast<void const*>(got->content->bytes.data()) == bytes);
    auto const text = client.send<get_text>({});
    REQUIRE(text);
    CHECK(static_cast<void const*>(text->content.data()) == bytes);
}

TEST_CASE("so it is over a transport that may fail, after another attempt, with a handler and as a coroutine") {
    char const* bytes = nullptr;
    int attempts = 0;
    auto const reply = [&]() -> parley::result<parley::http_response, parley::transport_error> {
        if (++attempts % 2 == 1) return answer(bytes, 503);
        return answer(bytes);
    };
    auto const check = [&](parley::outcome<get_file> const& got) {
        REQUIRE(got);
        CHECK(got.metadata().attempts == 2);
        CHECK(static_cast<void const*>(got->content->bytes.data()) == bytes);
    };
    struct blocking {
        std::function<parley::result<parley::http_response, parley::transport_error>()> reply;
        auto operator()(parley::http_request const&) const { return reply(); }
        void sleep(std::chrono::steady_clock::duration) const {}
    };
    check(parley::client{config, blocking{reply}}.send<get_file>({}));
    struct calling {
        std::function<parley::result<parley::http_response, parley::transport_error>()> reply;
        void operator()(parley::http_request const&,
                        std::function<void(parley::result<parley::http_response, parley::transport_error>)> done) const {
            done(reply());
        }
        void sleep(std::chrono::steady_clock::duration, std::function<void()> wake) const { wake(); }
    };
    parley::client with_handler{config, calling{reply}};
    bool handled = false;
    with_handler.send<get_file>({}, [&](parley::outcome<get_file> got) {
        check(got);
        handled = true;
    });
    CHECK(handled);
    struct awaited {
        std::function<parley::result<parley::http_response, parley::transport_error>()> reply;
        small_loop* loop;
        task<parley::result<parley::http_response, parley::transport_error>> operator()(parley::http_request const&) const {
            co_await loop->turn();
            co_return reply();
        }
        task<bool> sleep(std::chrono::steady_clock::duration) const {
            co_await loop->turn();
            co_return true;
        }
    };
    small_loop loop;
    parley::client as_coroutine{config, awaited{reply, &loop}};
    auto call = as_coroutine.send<get_file>({});
    loop.run();
    REQUIRE(call.done());
    check(call.take());
}

TEST_CASE("a response type of the user's own gives up its body where it says how") {
    void const* bytes = nullptr;
    auto const same = [&](auto response, std::string const& content) {
        parley::client client{config, [&](parley::http_request const&) {
                                  auto given = std::move(response);
                                  bytes = parley::view_of(given).body.data();
                                  return given;
                              }};
        auto const got = client.template send<get_file>({});
        REQUIRE(got);
        CHECK(got->etag == "e");
        CHECK(got->content->bytes == content);
        return static_cast<void const*>(got->content->bytes.data()) == bytes;
    };
    CHECK(same(frame(), std::string(1000, 'f')));
    CHECK(same(message(), std::string(1000, 'm')));
    CHECK(!same(closed_frame(), std::string(1000, 'f')));
}

TEST_CASE("a response that is not given away stays as it is") {
    parley::call_settings settings;
    settings.endpoint = *parley::parse_endpoint("https://api.example.com");
    char const* bytes = nullptr;
    auto response = answer(bytes);
    parley::exchange<get_file> first(settings, {}, {}), second(settings, {}, {}), third(settings, {}, {});
    REQUIRE(first.poll({}) == parley::call_step::send);
    first.handle_response(response, {});
    REQUIRE(second.poll({}) == parley::call_step::send);
    second.handle_response(parley::view_of(response), {});
    CHECK(first.take()->content->bytes == response.body);
    CHECK(second.take()->content->bytes == response.body);
    CHECK(static_cast<void const*>(response.body.data()) == bytes);
    REQUIRE(third.poll({}) == parley::call_step::send);
    third.handle_response(std::move(response), {});
    CHECK(static_cast<void const*>(third.take()->content->bytes.data()) == bytes);
}

TEST_CASE("short bodies and empty ones are read as any") {
    std::string body;
    parley::client client{config, [&](parley::http_request const&) { return parley::http_response{200, {{"etag", "e"}}, body}; }};
    CHECK(!client.send<get_file>({})->content);
    CHECK(client.send<get_text>({})->content.empty());
    body = "short";
    CHECK(client.send<get_file>({})->content->bytes == "short");
    CHECK(client.send<get_text>({})->content == "short");
}

TEST_CASE("an error, and a response that cannot be read, have the whole body") {
    char const* bytes = nullptr;
    int status = 404;
    parley::client client{config, [&](parley::http_request const&) { return answer(bytes, status, {}); }};
    auto const refused = client.send<get_file>({});
    REQUIRE(!refused);
    CHECK(refused.metadata().status == 404);
    CHECK(refused.error().response()->body == std::string(1000, 'x'));
    CHECK(static_cast<void const*>(refused.error().response()->body.data()) == bytes);
    status = 200; // without its etag
    auto const broken = client.send<get_file>({});
    REQUIRE(broken.error().is<parley::undecodable_response>());
    CHECK(broken.error().message() == "status 200: /etag: missing field");
    CHECK(static_cast<void const*>(broken.error().response()->body.data()) == bytes);
}

TEST_CASE("an interceptor sees the body, and changes it, before it is moved on") {
    char const* bytes = nullptr;
    std::string seen;
    auto with = config;
    with.interceptors.push_back({.before_decoding = [&](parley::http_response& r, parley::attempt_context const&) {
        seen = r.body;
        r.body[0] = 'y';
    }});
    parley::client client{with, [&](parley::http_request const&) { return answer(bytes); }};
    auto const got = client.send<get_file>({});
    CHECK(seen == std::string(1000, 'x'));
    CHECK(got->content->bytes == 'y' + std::string(999, 'x'));
    CHECK(static_cast<void const*>(got->content->bytes.data()) == bytes);
}

TEST_CASE("a text that is no UTF-8 is refused, and kept with the error") {
    parley::client client{config, [](parley::http_request const&) {
                              return parley::http_response{200, {}, "\xff and more than that"};
                          }};
    auto const got = client.send<get_text>({});
    REQUIRE(got.error().is<parley::undecodable_response>());
    CHECK(got.error().message() == "status 200: /content: expected a string");
    CHECK(got.error().response()->body == "\xff and more than that");
}

TEST_CASE("a blob or text that is the whole request is that of an input that was given away") {
    void const* sent = nullptr;
    std::string seen;
    int attempts = 0;
    parley::client client{config, [&](parley::http_request const& r) {
                              sent = r.body.data();
                              seen = r.body;
                              return parley::http_response{++attempts % 2 == 1 ? 503 : 200, {}, {}};
                          }};
    put_file::input input{.content = {std::string(1000, 'x')}};
    void const* const bytes = input.content.bytes.data();
    CHECK(client.send<put_file>(input));
    CHECK(sent != bytes);
    CHECK(input.content.bytes == std::string(1000, 'x'));
    CHECK(client.send<put_file>(std::move(input)));
    CHECK(sent == bytes);
    CHECK(seen == std::string(1000, 'x'));
    CHECK(attempts == 4);

    put_text::input text{.content = std::string(1000, 't')};
    void const* const characters = text.content.data();
    CHECK(client.send<put_text>(std::move(text)));
    CHECK(sent == characters);
    CHECK(seen == std::string(1000, 't'));
}

TEST_CASE("a coroutine moves its input on") {
    void const* sent = nullptr;
    struct awaited {
        small_loop* loop;
        void const** sent;
        task<parley::http_response> operator()(parley::http_request const& r) const {
            *sent = r.body.data();
            co_await loop->turn();
            co_return parley::http_response{200, {}, {}};
        }
    };
    small_loop loop;
    parley::client client{config, awaited{&loop, &sent}};
    put_file::input input{.content = {std::string(1000, 'x')}};
    void const* const bytes = input.content.bytes.data();
    auto call = client.send<put_file>(std::move(input));
    loop.run();
    REQUIRE(call.done());
    CHECK(call.take());
    CHECK(sent == bytes);
}
