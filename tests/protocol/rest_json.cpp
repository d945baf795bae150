// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/protocol/rest_json.hpp>

#include <parley/describe/blob.hpp>
#include <parley/describe/open_enum.hpp>
#include <parley/describe/unit.hpp>

#include <support/types.hpp>
#include <support/weather.hpp>

#include <doctest/doctest.h>

#include <string>

TEST_SUITE_BEGIN("protocol");

using parley::errc;
using parley::rest_json;
using weather::get_weather;

namespace {

using texts = std::map<std::string, std::string>;

// All kinds of bindings.
struct put_file {
    struct input {
        parley::required<std::string> bucket;
        parley::required<std::string> path;
        parley::required<types::milliseconds> day;
        std::optional<int> version{};
        std::optional<std::vector<std::string>> tags{};
        std::optional<std::map<std::string, std::vector<std::string>>> others{};
        std::optional<bool> fast{};
        std::optional<std::vector<std::string>> words{};
        std::optional<types::milliseconds> since{};
        std::optional<parley::blob> seal{};
        std::optional<texts> meta{};
        parley::required<std::string> account;
        std::optional<parley::blob> content{};
    };
    struct output {
        int status = 0;
        std::optional<std::string> etag{};
        std::optional<texts> meta{};
        std::optional<std::vector<types::milliseconds>> seen{};
        std::optional<types::point> where{};
    };
    static constexpr auto http = parley::http("PUT /{bucket}/at/{day}/{path+}?kind=file&v={version}&tag={tags}&*={others}\n"
                                              "host: {account}.files.*\n"
                                              "x-account: {account}\n"
                                              "x-fast: {fast}\n"
                                              "x-words: {words}\n"
                                              "x-since: {since}\n"
                                              "x-seal: {seal}\n"
                                              "x-meta-*: {meta}\n"
                                              "\n"
                                              "{content}",
                                              "{status}\n"
                                              "etag: {etag}\n"
                                              "x-meta-*: {meta}\n"
                                              "x-seen: {seen}\n"
                                              "\n"
                                              "{where}");
};
BOOST_DESCRIBE_STRUCT(put_file::input, (),
                      (bucket, path, day, version, tags, others, fast, words, since, seal, meta, account, content))
BOOST_DESCRIBE_STRUCT(put_file::output, (), (status, etag, meta, seen, where))
constexpr auto parley_traits(put_file::input const*) {
    return parley::traits(parley::on("tags", parley::each(parley::max_length(10))),
                          parley::on("words", parley::each(parley::max_length(10))));
}

struct search {
    struct input {
        std::optional<std::string> words{};
        std::optional<int> page{};
    };
    using output = put_file::output;
    static constexpr auto http = parley::http("GET /search?page={page}\n\n{*}");
};
BOOST_DESCRIBE_STRUCT(search::input, (), (words, page))

parley::http_request asking(std::string method, std::string target) {
    parley::http_request request;
    request.method = std::move(method);
    request.target = std::move(target);
    return request;
}

types::milliseconds const moment(std::chrono::milliseconds(1736944496000)); // 2025-01-15T12:34:56Z

put_file::input whole_input() {
    return {.bucket = "b k",
            .path = "a/b c/d",
            .day = moment,
            .version = 7,
            .tags = {{"x", "y&z"}},
            .others = {{{"kind", {"ignored"}}, {"q", {"1", "2"}}}},
            .fast = true,
            .words = {{"one", "two, three", "\"four\""}},
            .since = moment,
            .seal = parley::blob{"\x01\x02"},
            .meta = {{{"a", "1"}, {"b", "2"}}},
            .account = "acc-1",
            .content = parley::blob{std::string("raw\0bytes", 9)}};
}

struct sum {
    struct input {
        parley::required<int> a;
        std::optional<int> b{};
        std::optional<types::milliseconds> when{};
    };
    struct output {
        int total = 0;
        std::string note;
    };
    static constexpr auto http = parley::http("POST /sum/{a}", "200\nx-note: {note}");
};
BOOST_DESCRIBE_STRUCT(sum::input, (), (a, b, when))
BOOST_DESCRIBE_STRUCT(sum::output, (), (total, note))
constexpr auto parley_traits(sum::input const*) {
    return parley::traits(parley::on("a", parley::range(0, 9)), parley::on("b", parley::range(0, 9)));
}

struct put_list {
    struct input {
        std::vector<std::string> names;
    };
    struct output {};
    static constexpr auto http = parley::http("PUT /list\n\n{names}");
};
BOOST_DESCRIBE_STRUCT(put_list::input, (), (names))
BOOST_DESCRIBE_STRUCT(put_list::output, (), ())
constexpr auto parley_traits(put_list::input const*) {
    return parley::traits(parley::on("names", parley::max_length(2), parley::each(parley::max_length(3))));
}

struct too_large {
    std::string message;
    std::optional<int> limit{};
};
BOOST_DESCRIBE_STRUCT(too_large, (), (message, limit))
constexpr auto parley_traits(too_large const*) {
    return parley::traits(parley::http_error(413), parley::error_code("TOO_LARGE"));
}

struct no_money {
    std::optional<std::string> message{};
    std::optional<double> balance{};
};
BOOST_DESCRIBE_STRUCT(no_money, (), (message, balance))
constexpr auto parley_traits(no_money const*) {
    return parley::traits(parley::http_error(402), parley::error_code("out-of-credit"));
}

// Errors with a string or a blob as the whole body.
struct rejected {
    std::optional<std::string> page{};
};
BOOST_DESCRIBE_STRUCT(rejected, (), (page))
constexpr auto parley_traits(rejected const*) { return parley::traits(parley::http_error("409\n\n{page}")); }
struct jammed {
    parley::blob scan;
    std::optional<int> tray{};
};
BOOST_DESCRIBE_STRUCT(jammed, (), (scan, tray))
constexpr auto parley_traits(jammed const*) { return parley::traits(parley::http_error("502\nx-tray: {tray}\n\n{scan}")); }

struct print {
    struct input {};
    struct output {};
    using errors = parley::errors<rejected, jammed>;
    static constexpr auto http = parley::http("POST /print");
};
BOOST_DESCRIBE_STRUCT(print::input, (), ())
BOOST_DESCRIBE_STRUCT(print::output, (), ())

struct find_mirror {
    struct input {};
    struct output {
        std::string where;
    };
    using errors = parley::errors<rejected>;
    static constexpr auto http = parley::http("GET /mirror", "307\nlocation: {where}");
};
BOOST_DESCRIBE_STRUCT(find_mirror::input, (), ())
BOOST_DESCRIBE_STRUCT(find_mirror::output, (), (where))

template <class Scheme>
struct call_with {
    struct input {};
    struct output {};
    using errors = parley::errors<too_large, no_money>;
    struct service {
        static constexpr auto error_scheme = Scheme::value;
    };
    static constexpr auto http = parley::http("GET /x");
};

struct by_status {
    static constexpr auto value = parley::errors_by_status();
};
struct by_member {
    static constexpr auto value = parley::errors_by_member("/error/code", "/error/text", "/error");
};
struct by_problem {
    static constexpr auto value = parley::problem_details();
};
struct by_default {
    static constexpr auto value = parley::errors_by_code_or_status();
};

#define PARLEY_TEST_DESCRIBE(SCHEME)                                                                                             \
    BOOST_DESCRIBE_STRUCT(call_with<SCHEME>::input, (), ())                                                                      \
    BOOST_DESCRIBE_STRUCT(call_with<SCHEME>::output, (), ())
PARLEY_TEST_DESCRIBE(by_status)
PARLEY_TEST_DESCRIBE(by_member)
PARLEY_TEST_DESCRIBE(by_problem)
PARLEY_TEST_DESCRIBE(by_default)

template <class Scheme>
parley::call_error<call_with<Scheme>> error_of(parley::http_response const& response) {
    auto const read = rest_json::decode_response<call_with<Scheme>>(response);
    REQUIRE(!read);
    return read.error();
}

} // namespace

TEST_CASE("rest_json: each member of a request is encoded in the place that the template names") {
    parley::encode_options options;
    options.endpoint = *parley::parse_endpoint("https://example.com:8443/base");
    auto const request = rest_json::encode_request<put_file>(whole_input(), options);
    REQUIRE_MESSAGE(request, request.error().message());
    CHECK(request->method == "PUT");
    CHECK(request->url()
          == "https://acc-1.files.example.com:8443/base/b%20k/at/2025-01-15T12%3A34%3A56Z/a/b%20c/d"
             "?kind=file&q=1&q=2&tag=x&tag=y%26z&v=7");
    parley::headers const expected{{"x-account", "acc-1"},
                                   {"x-fast", "true"},
                                   {"x-words", R"(one, "two, three", "\"four\"")"},
                                   {"x-since", "Wed, 15 Jan 2025 12:34:56 GMT"},
                                   {"x-seal", "AQI="},
                                   {"x-meta-a", "1"},
                                   {"x-meta-b", "2"},
                                   {"content-type", "application/octet-stream"},
                                   {"content-length", "9"}};
    CHECK(request->fields == expected);
    CHECK(request->body == std::string("raw\0bytes", 9));
}

TEST_CASE("rest_json: absent members are omitted") {
    auto const request = rest_json::encode_request<put_file>({.bucket = "b", .path = "p", .day = moment, .account = "a"});
    REQUIRE(request);
    CHECK(request->target == "/b/at/2025-01-15T12%3A34%3A56Z/p?kind=file");
    CHECK(request->fields == parley::headers{{"x-account", "a"}});
    CHECK(request->body.empty());
}

TEST_CASE("rest_json: a server decodes what a client encodes") {
    auto const input = whole_input();
    auto const request = rest_json::encode_request<put_file>(input);
    REQUIRE(request);
    REQUIRE(rest_json::matches<put_file>(*request));
    auto const read = rest_json::decode_request<put_file>(*request);
    REQUIRE_MESSAGE(read, read.error().message());
    CHECK(*read->bucket == "b k");
    CHECK(*read->path == "a/b c/d");
    CHECK(*read->day == moment);
    CHECK(read->version == 7);
    CHECK(read->tags == input.tags);
    CHECK(read->others->at("q") == std::vector<std::string>{"1", "2"});
    CHECK(read->fast == true);
    CHECK(read->words == input.words);
    CHECK(read->since == moment);
    CHECK(read->seal == input.seal);
    CHECK(read->meta == input.meta);
    CHECK(*read->account == "acc-1");
    CHECK(read->content == input.content);
}

TEST_CASE("rest_json: a client decodes what a server encodes") {
    put_file::output output;
    output.status = 207;
    output.etag = "e";
    output.meta = texts{{"a", "1"}};
    output.seen = std::vector{moment, moment + std::chrono::hours(1)};
    output.where = types::point{1, 2};
    auto const response = rest_json::encode_response<put_file>(output);
    REQUIRE_MESSAGE(response, response.error().message());
    CHECK(response->status == 207);
    CHECK(response->body == R"({"x":1,"y":2})");
    CHECK(response->fields.find("x-seen") == "Wed, 15 Jan 2025 12:34:56 GMT, Wed, 15 Jan 2025 13:34:56 GMT");
    auto const read = rest_json::decode_response<put_file>(*response);
    REQUIRE(read);
    CHECK(read->status == 207);
    CHECK(read->etag == "e");
    CHECK(read->meta == output.meta);
    CHECK(read->seen == output.seen);
    CHECK(read->where == output.where);
}

TEST_CASE("rest_json: repeated header fields are combined") {
    parley::http_response response{200, {}, ""};
    for (auto const* value : {"a", " b, c"}) response.fields.add("etag", value);
    response.fields.add("X-Meta-Via", "one");
    response.fields.add("x-meta-via", "two ");
    response.fields.add("x-meta-to", "all");
    auto const read = rest_json::decode_response<put_file>(response);
    REQUIRE(read);
    CHECK(read->etag == "a, b, c");
    CHECK(read->meta == texts{{"Via", "one, two"}, {"to", "all"}});
}

TEST_CASE("rest_json: members that the template does not name are in the body") {
    auto const request = rest_json::encode_request<sum>({.a = 1, .b = 2, .when = moment});
    REQUIRE(request);
    CHECK(request->body == R"({"b":2,"when":1736944496})");
    CHECK(request->fields.find("content-type") == "application/json");
    auto const empty = rest_json::encode_request<sum>({.a = 1});
    CHECK(empty->body == "{}");
    auto const read = rest_json::decode_request<sum>(*request);
    REQUIRE(read);
    CHECK(*read->a == 1);
    CHECK(read->b == 2);
}

TEST_CASE("rest_json: all violations of a request are reported") {
    parley::http_request request;
    request.method = "POST";
    request.target = "/sum/99";
    request.body = R"({"b":77,"when":"x"})";
    auto const read = rest_json::decode_request<sum>(request);
    REQUIRE(!read);
    CHECK(read.error().violations.size() == 3);
    request.target = "/sum/abc";
    request.body = "{";
    CHECK(rest_json::decode_request<sum>(request).error().violations.size() == 2);
    request.target = "/sum";
    CHECK(!rest_json::decode_request<sum>(request));
    request.target = "/sum/%zz";
    request.body = "";
    CHECK(!rest_json::decode_request<sum>(request));
}

TEST_CASE("rest_json: constraints are checked for members in all places") {
    auto request = rest_json::encode_request<put_file>(whole_input());
    REQUIRE(request);
    request->fields.set("x-words", "fine, muchtoolong");
    request->target += "&tag=alsotoolong";
    auto const read = rest_json::decode_request<put_file>(*request);
    REQUIRE(!read);
    REQUIRE(read.error().violations.size() == 2);
    CHECK(read.error().violations[0].path == "/tags/2");
    CHECK(read.error().violations[1].path == "/words/1");

    parley::http_request list;
    list.method = "PUT";
    list.target = "/list";
    list.body = R"(["a","long","c"])";
    auto const names = rest_json::decode_request<put_list>(list);
    REQUIRE(!names);
    REQUIRE(names.error().violations.size() == 2);
    CHECK(names.error().violations[0].path == "/names");
    CHECK(names.error().violations[1].path == "/names/1");
}

TEST_CASE("rest_json: a GET request has a body if the template declares one") {
    auto const request = rest_json::encode_request<search>({.words = "a b", .page = 2});
    REQUIRE(request);
    CHECK(request->method == "GET");
    CHECK(request->target == "/search?page=2");
    CHECK(request->body == R"({"words":"a b"})");
    auto const read = rest_json::decode_request<search>(*request);
    REQUIRE(read);
    CHECK(read->words == "a b");
}

TEST_CASE("rest_json: a path is matched segment by segment") {
    CHECK(rest_json::matches<get_weather>(asking("GET", "/weather/Ghent")));
    CHECK(rest_json::matches<get_weather>(asking("GET", "/weather/Ghent?days=3&x")));
    CHECK(!rest_json::matches<get_weather>(asking("POST", "/weather/Ghent")));
    CHECK(rest_json::matches<get_weather>(asking("GET", "/weather/a/"))); // "trailing slashes are always optional"
    for (auto const* target : {"/weather/", "/weather", "/weather/a/b", "/weather/a//", "/Weather/a", "", "/", "//weather/a"}) {
        CAPTURE(target);
        CHECK(!rest_json::matches<get_weather>(asking("GET", target)));
    }
    CHECK(!rest_json::matches<put_file>(asking("PUT", "/b/at/x/p"))); // no kind=file
    CHECK(!rest_json::matches<put_file>(asking("PUT", "/b/at/x/p?kind=dir")));
    CHECK(rest_json::matches<put_file>(asking("PUT", "/b/at/x/p/q/r?a=1&kind=file")));
}

TEST_CASE("rest_json: an invalid input is rejected with all violations") {
    auto bad = whole_input();
    bad.bucket = "";
    bad.meta = texts{{"a\r\nb", "1"}};
    bad.words = std::vector<std::string>{"a\r\nx: y"};
    bad.path = "\xff";
    bad.account = "not a host";
    auto const request = rest_json::encode_request<put_file>(bad);
    REQUIRE(!request);
    std::vector<std::string> paths;
    for (auto const& v : request.error().violations) paths.push_back(v.path);
    CHECK(paths == std::vector<std::string>{"/account", "/bucket", "/path", "/words", "/meta"});
}

namespace {

struct get_version {
    struct input {
        parley::required<std::string> name, version;
    };
    using output = parley::unit;
    static constexpr auto http = parley::http("GET /.{name}/{version}.");
};
BOOST_DESCRIBE_STRUCT(get_version::input, (), (name, version))

using dotted = std::vector<std::pair<std::string, std::string>>; // paths of violations and the segments in question

template <class Op>
dotted dot_segments_of(typename Op::input const& input) {
    auto const request = rest_json::encode_request<Op>(input);
    dotted all;
    if (request) return all;
    for (auto const& v : request.error().violations) {
        CHECK(v.code == errc::invalid_value);
        auto const quote = v.message.find('"');
        REQUIRE(quote != v.message.npos);
        all.emplace_back(v.path, v.message.substr(quote));
    }
    return all;
}

} // namespace

// Normalization removes dot segments: RFC 3986, section 6.2.2.3.
TEST_CASE("rest_json: labels that result in a dot segment are rejected") {
    auto const of_bucket = [](char const* text) {
        auto input = whole_input();
        input.bucket = text;
        return dot_segments_of<put_file>(input);
    };
    CHECK(of_bucket(".") == dotted{{"/bucket", "\".\""}});
    CHECK(of_bucket("..") == dotted{{"/bucket", "\"..\""}});
    for (auto const* good : {"...", ".a", "a.", "a..b", "..%2F", "%2e%2e", "../..", "/", ". "})
        CHECK_MESSAGE(of_bucket(good).empty(), good);

    auto const of_path = [](char const* text) {
        auto input = whole_input();
        input.path = text;
        return dot_segments_of<put_file>(input);
    };
    for (auto const* bad : {"..", "../a", "a/..", "a/../b", "/..", "../"})
        CHECK_MESSAGE((of_path(bad) == dotted{{"/path", "\"..\""}}), bad);
    for (auto const* bad : {".", "./a", "a/.", "a/./b", "a//./b"})
        CHECK_MESSAGE((of_path(bad) == dotted{{"/path", "\".\""}}), bad);
    CHECK(of_path("a/./../b").size() == 2);
    // Empty segments of a greedy label are sent: they are part of some keys of S3.
    for (auto const* good : {"a//b", "/a", "a/", "a/.../b", ".a/b.", "a/..b"}) CHECK_MESSAGE(of_path(good).empty(), good);

    auto both = whole_input();
    both.bucket = "..";
    both.path = "a/.";
    CHECK(dot_segments_of<put_file>(both) == dotted{{"/bucket", "\"..\""}, {"/path", "\".\""}});

    // Literal text next to a label is part of the segment.
    CHECK(dot_segments_of<get_version>({.name = "a", .version = "1"}).empty());
    CHECK(dot_segments_of<get_version>({.name = "..", .version = ".."}).empty());
    CHECK(dot_segments_of<get_version>({.name = ".", .version = "."}) == dotted{{"/name", "\"..\""}, {"/version", "\"..\""}});

    // Compatible strictness permits them, as the reference does.
    parley::encode_options options;
    options.strictness = parley::strictness::compatible;
    auto const sent = rest_json::encode_request<get_version>({.name = ".", .version = "."}, options);
    REQUIRE(sent);
    CHECK(sent->target == "/../..");
}

TEST_CASE("rest_json: compatible strictness checks only what the reference checks") {
    parley::encode_options compatible;
    compatible.strictness = parley::strictness::compatible;
    CHECK(rest_json::encode_request<get_weather>({.city = "", .days = 99}, compatible)->target == "/weather/?days=99");
}

TEST_CASE("rest_json: missing required members of a response are reported") {
    auto const read = rest_json::decode_response<sum>(parley::http_response{200, {}, R"({"other":1})"});
    REQUIRE(!read);
    auto const* why = read.error().get_if<parley::undecodable_response>();
    REQUIRE(why);
    REQUIRE(why->violations.size() == 2);
    CHECK(why->violations[0].path == "/total");
    CHECK(why->violations[1].path == "/note");
    CHECK(why->message == "status 200: /total: missing field, at byte 0\n/note: missing field");
    parley::decode_options lenient;
    lenient.strictness = parley::strictness::lenient;
    CHECK(rest_json::decode_response<sum>(parley::http_response{200, {}, ""}, lenient)->total == 0);
}

TEST_CASE("rest_json: clients do not check the constraints of an output") {
    auto const read = rest_json::decode_response<get_weather>(parley::http_response{200, {}, R"({"celsius":1})"});
    CHECK(read);
}

TEST_CASE("rest_json: errors are identified by the status") {
    auto const error = error_of<by_status>({413, {}, R"({"message":"big","limit":9})"});
    REQUIRE(error.is<too_large>());
    CHECK(error.get_if<too_large>()->limit == 9);
    CHECK(error.message() == "big");
    CHECK(error_of<by_status>({413, {}, "<html>"}).is<too_large>());
    CHECK(error_of<by_status>({404, {}, R"({"message":"gone"})"}).is<parley::undeclared_error>());
    CHECK(error_of<by_status>({404, {}, "{}"}).message() == "status 404");
}

TEST_CASE("rest_json: errors are identified by a member of the body") {
    auto const error = error_of<by_member>({400, {}, R"({"error":{"code":"TOO_LARGE","text":"big","limit":9}})"});
    REQUIRE(error.is<too_large>());
    CHECK(error.get_if<too_large>()->limit == 9);
    CHECK(error.get_if<too_large>()->message == "big");
    auto const other = error_of<by_member>({500, {}, R"({"error":{"code":"OTHER","text":"why"}})"});
    REQUIRE(other.is<parley::undeclared_error>());
    CHECK(other.code() == "OTHER");
    CHECK(other.message() == "why");
    CHECK(other.fault() == parley::fault::server);
}

TEST_CASE("rest_json: problem details of RFC 9457 are decoded") {
    // The example of section 3.
    auto const error =
        error_of<by_problem>({403,
                              {{"content-type", "application/problem+json"}},
                              R"({"type":"https://example.com/probs/out-of-credit","title":"You do not have enough credit.",)"
                              R"("detail":"Your current balance is 30, but that costs 50.","balance":30})"});
    REQUIRE(error.is<no_money>());
    CHECK(error.get_if<no_money>()->balance == 30);
    CHECK(error.message() == "Your current balance is 30, but that costs 50.");
    CHECK(error_of<by_problem>({413, {}, R"({"type":"about:blank","title":"Too large"})"}).is<too_large>());
    CHECK(error_of<by_problem>({413, {}, R"({"title":"Too large"})"}).message() == "Too large");
}

TEST_CASE("rest_json: by default, errors are identified by the code, otherwise by the status") {
    CHECK(error_of<by_default>({400, {{"x-amzn-errortype", "ns#TOO_LARGE:http://x"}}, ""}).is<too_large>());
    CHECK(error_of<by_default>({400, {}, R"({"code":"TOO_LARGE"})"}).is<too_large>());
    CHECK(error_of<by_default>({413, {}, "{}"}).is<too_large>());
    CHECK(error_of<by_default>({413, {}, R"({"code":"OTHER"})"}).is<parley::undeclared_error>());
    CHECK(error_of<by_default>({413, {}, "<html>too large</html>"}).is<parley::undecodable_response>());
}

TEST_CASE("rest_json: a client decodes the errors that a server encodes") {
    auto const response = rest_json::encode_error(too_large{"big", 9});
    REQUIRE(response);
    CHECK(response->status == 413);
    CHECK(response->fields.find("x-amzn-errortype") == "TOO_LARGE");
    CHECK(response->body == R"({"message":"big","limit":9})");
    auto const error = error_of<by_default>(*response);
    REQUIRE(error.is<too_large>());
    CHECK(error.get_if<too_large>()->limit == 9);
}

TEST_CASE("rest_json: an error with a string or blob as its body need not be JSON") {
    auto const sent = [](auto const& error) {
        auto const response = rest_json::encode_error<print>(error);
        REQUIRE(response);
        auto const read = rest_json::decode_response<print>(*response);
        REQUIRE(!read);
        return read.error();
    };
    auto const rejection = sent(rejected{"<p>no</p>"});
    REQUIRE(rejection.template is<rejected>());
    CHECK(rejection.template get_if<rejected>()->page == "<p>no</p>");
    auto const jam = sent(jammed{{"\xff{"}, 2});
    REQUIRE(jam.template is<jammed>());
    CHECK(jam.template get_if<jammed>()->scan.bytes == "\xff{");
    CHECK(jam.template get_if<jammed>()->tray == 2);
}

TEST_CASE("rest_json: truncated or changed responses are decoded or rejected") {
    parley::http_response const good{207, {{"x-seen", "Wed, 15 Jan 2025 12:34:56 GMT"}, {"x-meta-a", "1"}}, R"({"x":1,"y":2})"};
    for (std::size_t i = 0; i < good.body.size(); ++i) {
        auto cut = good;
        cut.body.resize(i);
        static_cast<void>(rest_json::decode_response<put_file>(cut));
        for (int bit = 0; bit < 8; ++bit) {
            auto changed = good;
            changed.body[i] = static_cast<char>(changed.body[i] ^ (1 << bit));
            static_cast<void>(rest_json::decode_response<put_file>(changed));
            changed.status = 500;
            static_cast<void>(rest_json::decode_response<put_file>(changed));
        }
    }
}

namespace {

template <class Scheme>
void comes_back() {
    using op = call_with<Scheme>;
    auto const response = rest_json::encode_error<op>(too_large{"big \"one\"", 9}).value();
    CHECK(response.status == 413);
    auto const error = error_of<Scheme>(response);
    REQUIRE(error.template is<too_large>());
    CHECK(error.template get_if<too_large>()->message == "big \"one\"");
    CHECK(error.template get_if<too_large>()->limit == 9);
    CHECK(error.message() == "big \"one\"");
    auto const bare = error_of<Scheme>(rest_json::encode_error<op>(no_money{}).value());
    CHECK(bare.template is<no_money>());
}

struct make_thing {
    struct input {
        std::optional<std::string> first{};
        std::optional<std::map<std::string, std::string>> all{};
        std::optional<types::point> where{};
        std::optional<std::vector<parley::open_enum<types::color>>> paints{};
    };
    struct output {
        std::optional<int> status{};
        std::optional<std::string> empty{};
        std::optional<std::vector<int>> none{};
        std::optional<std::string> absent{};
    };
    static constexpr auto http = parley::http("POST /things?first={first}&*={all}\nx-paints: {paints}\n\n{where}",
                                              "201 {status}\nx-empty: {empty}\nx-none: {none}\nx-absent: {absent}");
};
BOOST_DESCRIBE_STRUCT(make_thing::input, (), (first, all, where, paints))
BOOST_DESCRIBE_STRUCT(make_thing::output, (), (status, empty, none, absent))

struct look {
    using input = parley::unit;
    struct output {
        int size = 0;
    };
    static constexpr auto http = parley::http("HEAD /things", "200\nx-size: {size}");
};
BOOST_DESCRIBE_STRUCT(look::output, (), (size))

struct tell {
    struct input {
        parley::required<std::string> title;
        parley::required<std::vector<std::string>> words;
        parley::required<std::vector<int>> pages;
    };
    struct output {
        std::optional<std::string> type{};
        std::optional<types::point> where{};
    };
    static constexpr auto http =
        parley::http("POST /tell?page={pages}\nx-title: {title}\nx-words: {words}", "200\ncontent-type: {type}\n\n{where}");
};
BOOST_DESCRIBE_STRUCT(tell::input, (), (title, words, pages))
BOOST_DESCRIBE_STRUCT(tell::output, (), (type, where))

} // namespace

TEST_CASE("rest_json: errors are encoded in the error scheme of the service") {
    comes_back<by_default>();
    comes_back<by_status>();
    comes_back<by_member>();
    comes_back<by_problem>();
    CHECK(rest_json::encode_error<call_with<by_member>>(too_large{"big", 9})->body
          == R"({"error":{"code":"TOO_LARGE","text":"big","message":"big","limit":9}})");
    auto const problem = rest_json::encode_error<call_with<by_problem>>(no_money{"not enough", 30}).value();
    CHECK(problem.fields == parley::headers{{"content-type", "application/problem+json"}});
    CHECK(problem.body == R"({"type":"out-of-credit","status":402,"detail":"not enough","message":"not enough","balance":30})");
}

TEST_CASE("rest_json: the status is that of the member, otherwise that of the template") {
    CHECK(rest_json::encode_response<make_thing>({})->status == 201);
    make_thing::output output;
    output.status = 202;
    CHECK(rest_json::encode_response<make_thing>(output)->status == 202);
    for (int const none : {-1, 0, 100, 199, 1000}) {
        CAPTURE(none);
        output.status = none;
        auto const response = rest_json::encode_response<make_thing>(output);
        REQUIRE(!response);
        CHECK(response.error().message() == "/status: expected a status between 200 and 999");
    }
}

TEST_CASE("rest_json: a declared redirection status means success") {
    auto const response = rest_json::encode_response<find_mirror>({"https://mirror.example.com"});
    REQUIRE(response);
    CHECK(response->status == 307);
    auto const read = rest_json::decode_response<find_mirror>(*response);
    REQUIRE(read);
    CHECK(read->where == "https://mirror.example.com");
    CHECK(!rest_json::decode_response<find_mirror>(parley::http_response{302, {}, ""}));
    CHECK(!rest_json::decode_response<get_weather>(parley::http_response{307, {}, R"({"celsius":1})"}));
}

TEST_CASE("rest_json: members in the body are an error if the status permits no body") {
    put_file::output output;
    output.status = 204;
    output.etag = "e";
    auto const response = rest_json::encode_response<put_file>(output);
    REQUIRE(response);
    CHECK(response->body.empty());
    CHECK(!response->fields.contains("content-type"));
    output.where = types::point{1, 2};
    auto const refused = rest_json::encode_response<put_file>(output);
    REQUIRE(!refused);
    CHECK(refused.error().message() == "/where: is in the body, but a response with this status has no body");
}

TEST_CASE("rest_json: a server encodes empty header fields and omits absent ones") {
    make_thing::output output;
    output.empty = "";
    output.none.emplace();
    auto const response = rest_json::encode_response<make_thing>(output).value();
    CHECK(response.fields.find("x-empty") == "");
    CHECK(response.fields.find("x-none") == "");
    CHECK(!response.fields.contains("x-absent"));
}

TEST_CASE("rest_json: the response to HEAD has no body") {
    auto const response = rest_json::encode_response<look>({7}).value();
    CHECK(response.fields == parley::headers{{"x-size", "7"}});
    CHECK(response.body.empty());
}

TEST_CASE("rest_json: the first of repeated query parameters is used, and a map has all names") {
    auto const read =
        rest_json::decode_request<make_thing>(asking("POST", "/things?b=2&first=x&first=y&b=1&c&=&first=z")).value();
    CHECK(read.first == "x");
    CHECK(read.all == texts{{"", ""}, {"b", "2"}, {"c", ""}, {"first", "x"}});
}

TEST_CASE("rest_json: an empty object is an absent optional payload") {
    auto request = asking("POST", "/things");
    request.body = " { } ";
    CHECK(!rest_json::decode_request<make_thing>(request)->where);
    request.body = R"({"x":1,"y":2})";
    CHECK(rest_json::decode_request<make_thing>(request)->where == types::point{1, 2});
    request.body = R"({"x":1})";
    CHECK(rest_json::decode_request<make_thing>(request).error().violations[0].path == "/where/y");
}

TEST_CASE("rest_json: servers reject unknown enumeration values in header fields") {
    auto request = asking("POST", "/things");
    request.fields.add("x-paints", "red, violet");
    auto const read = rest_json::decode_request<make_thing>(request);
    REQUIRE(!read);
    CHECK(read.error().violations[0].path == "/paints/1");
    CHECK(read.error().violations[0].code == errc::unknown_value);
    CHECK(rest_json::decode_request<make_thing>(request, {})->paints->size() == 2);
}

TEST_CASE("rest_json: empty required strings and lists are preserved") {
    for (tell::input const& input : {tell::input{"", std::vector<std::string>{}, std::vector<int>{}},
                                     tell::input{"", std::vector<std::string>{""}, std::vector<int>{1}},
                                     tell::input{"a", std::vector<std::string>{"", " b ", "c,"}, std::vector<int>{}}}) {
        auto const request = rest_json::encode_request<tell>(input).value();
        auto const read = rest_json::decode_request<tell>(request);
        REQUIRE_MESSAGE(read, read.error().message());
        CHECK(read->title == input.title);
        CHECK(read->words == input.words);
        CHECK(read->pages == input.pages);
    }
    // A missing header field is a missing required string.
    CHECK(rest_json::decode_request<tell>(asking("POST", "/tell")).error().violations.at(0).path == "/title");
}

TEST_CASE("rest_json: a value that a header field does not preserve is rejected") {
    for (auto const* text : {" a", "a\t", "\n", "\xff"}) {
        auto const request = rest_json::encode_request<tell>({text, std::vector<std::string>{}, std::vector<int>{}});
        REQUIRE(!request);
        CHECK(request.error().violations.at(0).path == "/title");
    }
}

TEST_CASE("rest_json: an absent content type or optional structure is omitted from a response") {
    auto const response = rest_json::encode_response<tell>({}).value();
    CHECK(response.fields == parley::headers{});
    CHECK(response.body.empty());
    auto const read = rest_json::decode_response<tell>(response).value();
    CHECK(!read.type);
    CHECK(!read.where);
}

TEST_CASE("rest_json: names of map entries must be UTF-8") {
    auto const read = rest_json::decode_request<make_thing>(asking("POST", "/things?%ff=1&ok=2"));
    REQUIRE(!read);
    CHECK(read.error().violations.at(0).code == errc::invalid_utf8);
    CHECK(read.error().violations.at(0).path.starts_with("/all"));
}

TEST_CASE("rest_json: the error for an invalid text outside the body names the expected type") {
    auto const read = rest_json::decode_request<search>(asking("GET", "/search?page=x"));
    REQUIRE(!read);
    CHECK(read.error().message() == "/page: expected an integer");
}

TEST_CASE("rest_json: a header map in a message without each_header is an error") {
    parley::http_response const response{201, {{"etag", "e"}, {"x-meta-a", "1"}}, "{}"};
    auto view = parley::view_of(response);
    view.each = nullptr;
    auto const read = rest_json::decode_response<put_file>(view);
    REQUIRE(!read);
    CHECK(read.error().message()
          == "status 201: /meta: cannot be read: the traits of the message type have no each_header\n/where/x: missing field, "
             "at byte 0\n"
             "/where/y: missing field, at byte 0");
}

TEST_CASE("rest_json: only AWS errors have a default message") {
    auto const error = rest_json::decode_response<sum>(parley::http_response{500, {}, "{}"});
    REQUIRE(!error);
    CHECK(error.error().message() == "status 500");
    auto const coded = rest_json::decode_response<sum>(parley::http_response{500, {}, R"({"code":"Busy"})"});
    REQUIRE(!coded);
    CHECK(coded.error().message() == "status 500: Busy");
}

TEST_SUITE_END();
