// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// Uses several generated services in one program: decodes and encodes values, sends requests and waits.
#include "defaults.hpp"
#include "endpoints.hpp"
#include "enumerations.hpp"
#include "kinds.hpp"
#include "large.hpp"
#include "names.hpp"
#include "recursion.hpp"
#include "resources.hpp"
#include "several_services_number_two.hpp"
#include "several_services_one.hpp"
#include "several_services_three.hpp"
#include "smithy_1_0.hpp"
#include "texts.hpp"
#include "waiters.hpp"

#include <parley/parley.hpp>
#include <parley/transport/loopback.hpp>

#include <chrono>
#include <cstdio>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace {

int failures = 0;

void equal(std::string const& actual, std::string_view expected, char const* name) {
    if (actual == expected) return;
    ++failures;
    std::printf("%s:\n    %s\ninstead of\n    %.*s\n", name, actual.c_str(), static_cast<int>(expected.size()), expected.data());
}

// Decodes `text` and compares its encoding with `expected`.
template <class T>
void rewritten(std::string_view text, std::string_view expected, char const* name) {
    auto const read = parley::from_json<T>(text);
    if (!read) return equal(read.error().message(), expected, name);
    auto const written = parley::to_json(*read);
    equal(written ? *written : written.error().message(), expected, name);
}
template <class T>
void round_trip(std::string_view text, char const* name) {
    rewritten<T>(text, text, name);
}

// Sends an operation to a server whose responses have the body `body`. Returns the request as text.
template <class Op>
std::string sent(typename Op::input const& input, std::string body = "{}",
                 parley::client_config config = {.aws = {.region = "eu-1"}}) {
    parley::loopback server{[&](parley::http_request const&) { return parley::http_response{200, {}, body}; }};
    if constexpr (!requires { Op::service::aws; }) config.endpoint = "http://test";
    parley::client client{std::move(config), std::ref(server)};
    auto const outcome = client.template send<Op>(input);
    if (!outcome) return outcome.error().message();
    auto const request = server.requests().at(0);
    return request.method + " " + request.host + request.target + " " + request.body;
}

template <class Waiter>
std::string wait_result(typename Waiter::operation::input const& input, std::vector<parley::http_response> const& responses) {
    std::size_t next = 0;
    parley::loopback server{[&](parley::http_request const&) { return responses.at(next++); }};
    parley::client_config config{.endpoint = "http://test"};
    config.now = [&server] { return server.now(); };
    config.random = [] { return 0.5; };
    config.retry.max_attempts = 1;
    parley::client client{config, std::ref(server)};
    auto const waited = client.template wait_until<Waiter>(input);
    std::string text = waited.ended == parley::wait_status::success ? "success" : "no success";
    for (auto const wait : server.sleeps())
        text += " " + std::to_string(std::chrono::duration_cast<std::chrono::milliseconds>(wait).count());
    return text;
}

void names() {
    // The names on the wire are those of the model.
    round_trip<connect_::class_>(
        R"({"class":{"int_":"1","int":2,"_x":"3","__y":"4","_Z":"5","a__b":"6","c_":"7"},"struct":{"union":{}}})",
        "member names reserved in C++");
    round_trip<connect_::Case>(
        R"({"status":"ok","Status":"OK","STATUS":"Ok","other":"ok","list":["OK"],"map":{"Ok":"ok"},"timestamp":1})",
        "members and values that differ only in case");
    round_trip<connect_::linux_>(R"({"linux":"a","major":2})", "macros");
    equal(sent<connect_::GetNames>({.default_ = "a/b", .class_ = "c", .EOF_ = "d", .operator_ = "e", .INT_MAX_ = "f"},
                                   R"({"other":1,"Words":"and"})"),
          R"(POST connect.eu-1.amazonaws.com/names/a%2Fb?class=c&fixed=1 {"operator":"e","INT_MAX":"f"})", "names in a request");
    round_trip<texts::Saying>(R"({"odd \"name\"":"x"})", "a name with quotes");
    rewritten<texts::SayInput>(R"({"say \"a\"":"1","grün":"2","f_":"3","f_x":"4"})",
                               R"({"say \"a\"":"1","grün":"2","f_":"3","f_x":"4"})", "names that are not identifiers");
}

std::string defaults_of(std::string_view text) {
    auto const read = parley::from_json<defaults::GetOutput>(text, {.strictness = parley::strictness::lenient});
    if (!read) return read.error().message();
    auto const& r = *read;
    return std::to_string(r.byte) + " " + std::to_string(r.longest) + " " + std::to_string(static_cast<int>(r.wholeDouble)) + " "
           + (r.enumeration == defaults::Color::DARK_BLUE ? "DARK_BLUE " : "another ")
           + std::string(r.unknownValue.unknown_text()) + " " + std::to_string(static_cast<int>(r.number)) + " "
           + std::to_string(static_cast<int>(r.unknownNumber)) + " " + std::to_string(r.timestamp.time_since_epoch().count())
           + " " + r.text.bytes + " " + r.document.json + " " + (r.nothing ? *r.nothing : "none") + " "
           + std::to_string(r.needed);
}

void values() {
    round_trip<kinds::Everything>(
        R"({"string":"s","blob":"AQID","byte":-128,"long":9223372036854775807,"bigInteger":1e3,"document":{"a":[1,null]},)"
        R"("requiredString":"","requiredBlob":"","requiredBoolean":false,"requiredByte":0,"requiredShort":0,"requiredInteger":0,)"
        R"("requiredLong":0,"requiredFloat":0.5,"requiredDouble":1.5,"requiredBigInteger":1,"requiredBigDecimal":2,)"
        R"("requiredTimestamp":1.5,"requiredDocument":"d","empty":{},"union":{"byColor":{"red":[1,null]}},"list":[true],)"
        R"("sparse":[1,null,2],"map":{"k":1},"sparseMap":{"k":null},"byColor":{"new":[null]},"color":"red","number":1})",
        "each kind of value");
    round_trip<kinds::One>(R"({"nothing":{}})", "a union of nothing");
    round_trip<large_things::GrowInput>(R"({"m01":1,"m02":"b","m53":"c","operator":"d"})", "more than 52 members");
    round_trip<large_things::Choice>(R"({"c53":53})", "a union of more than 52 members");
    round_trip<recursion::Node>(
        R"({"name":"a","next":{"name":"b"},"children":[{"name":"c","children":[]}],"named":{"k":{"name":"d"}},)"
        R"("sparse":[null,{"name":"e"}]})",
        "a structure that contains itself");
    round_trip<recursion::Value>(R"({"L":[{"S":"a"},{"M":{"k":{"B":{"none":{}}}}},{"nested":[[{"N":1}]]}]})",
                                 "a union that contains itself");
    round_trip<recursion::First>(R"({"second":{"third":{"first":{"second":{}}}},"text":"t"})", "a cycle of three structures");
    round_trip<weather::CreateCity::output>(R"({"tags":["t"],"name":"Ghent","latitude":51.5})", "members from mixins");
    equal(defaults_of(R"({"needed":1})"), "-128 9223372036854775807 5 DARK_BLUE pink 2 7 1736944496500 hi {} none 1", "defaults");
}

void calls() {
    equal(sent<one::Do>({}), "POST test/ {}", "one of several services");
    equal(sent<number_two::Do>({}), "POST number-two.eu-1.amazonaws.com/ {}", "another of several services");
    equal(sent<streams::Put>({.arn = "arn:aws:s:eu-2:77:x"}), R"(POST 77.data.eu-1.test/ {"arn":"arn:aws:s:eu-2:77:x"})",
          "an endpoint with parameters of the input and the operation");
    equal(sent<streams::Batch>({.items = {{{"t1", 1}, {"t2", 2}}}}), R"(POST t1.eu-1.test/ {"items":{"t1":1,"t2":2}})",
          "an endpoint with the keys of a map");
    equal(sent<streams::Ping>({}), "POST usual.eu-1.test/ {}", "an endpoint without parameters");
    equal(sent<streams::Ping>({}, "{}", {.aws = {.region = "eu-1", .use_fips = true}}),
          "no a \"quote\" and )json\" and \\ and ü for FIPS", "an endpoint that the rules reject");
}

void waits() {
    using response = parley::http_response;
    response const gone{400, {{"x-amzn-errortype", "JobGone"}}, "{}"};
    equal(wait_result<jobs::GetJob::JobDone>(
              {.id = "1"}, {gone, response{200, {}, R"({"status":"NEW"})"}, response{200, {}, R"({"status":"DONE"})"}}),
          "success 5000 7500", "a waiter: retry after an error, then not yet, then done"); // 5 s; 5 s + (10 s - 5 s) / 2
    equal(wait_result<jobs::GetJob::JobDone>({.id = "1"},
                                             {response{200, {}, R"({"status":"NEW","operator":{"class":"a \"quote\""}})"}}),
          "no success", "a waiter: failure by a member of a member");
    equal(wait_result<jobs::GetJob::JobDone>({.id = "1"}, {response{200, {}, R"({"status":"NEW","cancelled":true})"}}),
          "no success", "a waiter: failure by a condition");
    equal(wait_result<jobs::GetJob::JobGone>({.id = "1"}, {gone}), "success", "a waiter for an error");
    equal(wait_result<jobs::GetJob::class_>({.id = "1"}, {response{200, {}, R"({"status":"NEW"})"}}), "success",
          "a waiter with a reserved name");
    equal(wait_result<jobs::ListJobs::AllDone>({}, {response{200, {}, R"({"jobs":[{"status":"DONE"},{"status":"DONE"}]})"}}),
          "success", "a waiter for all items");
    equal(wait_result<jobs::ListJobs::AllDone>({}, {response{200, {}, R"({"jobs":[{"status":"NEW","a__b":"FAILED"}]})"}}),
          "no success", "a waiter for any item");
    equal(wait_result<jobs::ListJobs::AllDone>(
              {}, {response{200, {}, R"({"byName":{"first":{"status":"NEW"},"last":{"status":"NEW"}}})"}}),
          "success", "a waiter for a key");
    equal(wait_result<jobs::ListJobs::AllDone>({}, {response{200, {}, R"({"best":{"job":{"status":"DONE"}}})"}}), "success",
          "a waiter for a member of a union");
}

} // namespace

int main() {
    names();
    values();
    calls();
    waits();
    return failures == 0 ? 0 : 1;
}
