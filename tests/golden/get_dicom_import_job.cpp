// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// The recordings of the AWS SDK for JavaScript for GetDICOMImportJob: each request, response and error, in `compatible`
// strictness. The recordings say what is expected; see tests/golden/README.md.

#include <parley/parley.hpp>
#include <parley/services/medical_imaging.hpp>
#include <parley/transport/loopback.hpp>

#include <boost/json.hpp>
#include <doctest/doctest.h>

#include <cmath>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>

namespace json = boost::json;
using medical_imaging::GetDICOMImportJob;

namespace {

json::value load(std::string const& name) {
    std::ifstream file("tests/golden/data/" + name + ".json", std::ios::binary);
    REQUIRE_MESSAGE(file.good(), "tests/golden/data/" << name << ".json is missing; run from the project's root");
    json::parse_options options;
    options.max_depth = 1000;
    return json::parse(std::string(std::istreambuf_iterator<char>(file), {}), {}, options);
}

std::string text(json::value const& v) { return std::string(v.as_string()); }

// The tags of what a static type or a language other than JavaScript cannot have.
std::set<std::string> const left_out_tags{"js-artifact", "js-passthrough", "lone-surrogate"};

// Recordings that no tag excludes, each with the reason.
std::map<std::string, std::string> const left_out_ids{
    {"err/code/case/upper-ids", "the stub of the recording passed \"X-Amzn-RequestId\" on as it was, where Node.js makes header "
                                "names lower case; names of headers have no case here (RFC 9110)"}};

// Runs `check` for each recording that is not left out; lists those that are.
template <class Check>
void each_recording(std::string const& file, Check check) {
    auto const recordings = load(file);
    int run = 0;
    std::string left_out;
    int left_out_count = 0;
    for (auto const& v : recordings.at("vectors").as_array()) {
        auto const& recording = v.as_object();
        auto const id = text(recording.at("id"));
        std::string reason;
        if (auto const* tags = recording.if_contains("tags")) {
            for (auto const& tag : tags->as_array()) {
                if (left_out_tags.count(text(tag))) reason = text(tag);
            }
        }
        if (auto const found = left_out_ids.find(id); found != left_out_ids.end()) reason = found->second;
        if (!reason.empty()) {
            left_out += "\n  " + id + ": " + reason;
            ++left_out_count;
            continue;
        }
        ++run;
        CAPTURE(id);
        check(recording);
    }
    MESSAGE(file, ": ", run, " compared, ", left_out_count, " left out:", left_out);
    CHECK(run > 0);
}

parley::client_config config_of(json::object const& recording) {
    parley::client_config config;
    config.region = "us-east-1";
    config.strictness = parley::strictness::compatible;
    config.user_agent = "aws-sdk-js/3.958.0";
    config.random = [] { return 0.5; };
    config.uuid = [] { return "00000000-0000-4000-8000-000000000001"; };
    if (auto const* c = recording.if_contains("config")) {
        auto const& given = c->as_object();
        if (auto const* v = given.if_contains("endpoint")) config.endpoint = text(*v);
        if (auto const* v = given.if_contains("region")) config.region = text(*v);
        if (auto const* v = given.if_contains("useFipsEndpoint")) config.use_fips = v->as_bool();
        if (auto const* v = given.if_contains("useDualstackEndpoint")) config.use_dualstack = v->as_bool();
        if (auto const* v = given.if_contains("disableHostPrefix")) config.host_prefix = !v->as_bool();
    }
    return config;
}

std::string body_of(json::value const& body) {
    if (body.is_null()) return {};
    if (auto const* t = body.as_object().if_contains("text")) return text(*t);
    parley::blob bytes;
    auto const quoted = json::serialize(body.at("base64"));
    bytes = *parley::from_json<parley::blob>(quoted);
    return bytes.bytes;
}

parley::http_response response_of(json::object const& recording) {
    auto const& r = recording.at("response").as_object();
    parley::http_response response;
    response.status = static_cast<int>(r.at("status").as_int64());
    for (auto const& field : r.at("headers").as_object()) response.fields.add(std::string(field.key()), text(field.value()));
    response.body = body_of(r.at("body"));
    return response;
}

// What the signer, a later step, adds.
bool belongs_to_signing(std::string const& name) {
    return name == "authorization" || name == "x-amz-date" || name == "x-amz-content-sha256" || name == "x-amz-security-token";
}

// Recorded as {"$timestamp": seconds}.
void compare_timestamp(json::value const* recorded, std::optional<medical_imaging::timestamp> const& ours) {
    CHECK((recorded != nullptr) == ours.has_value());
    if (!recorded || !ours) return;
    auto const seconds = recorded->at("$timestamp").to_number<double>();
    CHECK(static_cast<double>(ours->time_since_epoch().count()) == std::round(seconds * 1000));
}

void compare_text(json::object const& recorded, char const* name, std::string const& ours) {
    CAPTURE(name);
    // A member that did not come keeps its default value.
    auto const* expected = recorded.if_contains(name);
    CHECK(ours == (expected ? text(*expected) : std::string()));
}

void compare_output(json::object const& recorded, medical_imaging::GetDICOMImportJobResponse const& ours) {
    static json::object const nothing;
    auto const* properties = recorded.if_contains("jobProperties");
    auto const& expected = properties ? properties->as_object() : nothing;
    auto const& p = ours.jobProperties;
    compare_text(expected, "jobId", p.jobId);
    compare_text(expected, "jobName", p.jobName);
    compare_text(expected, "datastoreId", p.datastoreId);
    compare_text(expected, "dataAccessRoleArn", p.dataAccessRoleArn);
    compare_text(expected, "inputS3Uri", p.inputS3Uri);
    compare_text(expected, "outputS3Uri", p.outputS3Uri);
    compare_text(expected, "message", p.message.value_or(""));
    if (auto const* status = expected.if_contains("jobStatus")) {
        CHECK(parley::to_json(p.jobStatus).value() == json::serialize(*status));
    } else {
        CHECK(p.jobStatus == medical_imaging::JobStatus{});
    }
    compare_timestamp(expected.if_contains("endedAt"), p.endedAt);
    compare_timestamp(expected.if_contains("submittedAt"), p.submittedAt);
}

void compare_metadata(json::object const& recorded, parley::call_metadata const& ours) {
    auto const member = [&recorded](char const* name) {
        auto const* v = recorded.if_contains(name);
        return v ? text(*v) : std::string();
    };
    CHECK(recorded.at("httpStatusCode").as_int64() == ours.status);
    CHECK(member("requestId") == ours.request_id);
    CHECK(member("extendedRequestId") == ours.extended_request_id);
    CHECK(member("cfId") == ours.cf_id);
    CHECK(recorded.at("attempts").as_int64() == ours.attempts);
    CHECK(recorded.at("totalRetryDelay").as_int64() == ours.total_retry_delay.count());
}

// A server that gives the same response to each attempt.
auto answering(parley::http_response const& response) {
    return parley::loopback{[response](parley::http_request const&) { return response; }};
}

medical_imaging::GetDICOMImportJobRequest const any_input{
    .datastoreId = "12345678901234567890123456789012", .jobId = "09876543210987654321098765432109"};

void compare_sleeps(json::object const& recording, std::vector<std::chrono::steady_clock::duration> const& ours) {
    auto const& expected = recording.at("sleeps").as_array();
    CHECK(expected.size() == ours.size());
    if (expected.size() != ours.size()) return;
    for (std::size_t i = 0; i < expected.size(); ++i) CHECK(ours[i] == std::chrono::milliseconds(expected[i].as_int64()));
}

} // namespace

TEST_CASE("requests are those of the reference") {
    each_recording("requests", [](json::object const& recording) {
        auto const& input = recording.at("input").as_object();
        if (!input.if_contains("datastoreId") || !input.if_contains("jobId")) {
            // A static type has no input without its labels.
            CHECK(recording.contains("refused"));
            return;
        }
        auto server = answering({200, {}, "{}"});
        parley::client client{config_of(recording), std::ref(server)};
        auto const sent = client.send<GetDICOMImportJob>(
            {.datastoreId = text(input.at("datastoreId")), .jobId = text(input.at("jobId"))});
        if (recording.contains("refused")) {
            REQUIRE(!sent);
            CHECK(sent.error().is<parley::invalid_input>());
            CHECK(server.requests().empty());
            return;
        }
        REQUIRE(server.requests().size() == 1);
        auto const ours = server.requests().front();
        auto const& expected = recording.at("request").as_object();
        CHECK(ours.method == text(expected.at("method")));
        CHECK(ours.scheme + ":" == text(expected.at("protocol")));
        CHECK(ours.host == text(expected.at("hostname")));
        auto const* port = expected.if_contains("port");
        CHECK(ours.port == (port ? port->as_int64() : 0));
        CHECK(ours.target == text(expected.at("path")));
        CHECK(ours.body == body_of(expected.at("body")));
        std::size_t count = 1; // user-agent, which the recordings leave out
        for (auto const& field : expected.at("headers").as_object()) {
            std::string const name(field.key());
            if (belongs_to_signing(name)) continue;
            CAPTURE(name);
            if (name == "host") {
                CHECK(ours.authority() == text(field.value()));
                continue;
            }
            ++count;
            auto const value = ours.fields.find(name);
            REQUIRE(value);
            CHECK(*value == text(field.value()));
        }
        CHECK(ours.fields.size() == count);
    });
}

TEST_CASE("responses are understood as by the reference") {
    each_recording("responses", [](json::object const& recording) {
        auto server = answering(response_of(recording));
        auto config = config_of(recording);
        config.now = [&server] { return server.now(); };
        parley::client client{config, std::ref(server)};
        auto const outcome = client.send<GetDICOMImportJob>(any_input);
        if (auto const* expected = recording.if_contains("output")) {
            REQUIRE_MESSAGE(outcome, outcome.error().text());
            compare_output(expected->as_object(), *outcome);
            compare_metadata(recording.at("metadata").as_object(), outcome.metadata());
        } else {
            REQUIRE(!outcome);
            // What the reference throws where it cannot read a response.
            CHECK(outcome.error().is<parley::undecodable_response>());
            compare_metadata(recording.at("error").at("$metadata").as_object(), outcome.metadata());
        }
    });
}

TEST_CASE("errors are understood as by the reference") {
    each_recording("errors", [](json::object const& recording) {
        auto server = answering(response_of(recording));
        auto config = config_of(recording);
        config.now = [&server] { return server.now(); };
        parley::client client{config, std::ref(server)};
        auto const outcome = client.send<GetDICOMImportJob>(any_input);
        REQUIRE(!outcome);
        auto const& error = outcome.error();
        auto const& expected = recording.at("error").as_object();
        compare_sleeps(recording, server.sleeps());
        CHECK(recording.at("attempts").as_int64() == outcome.metadata().attempts);
        auto const name = expected.at("name");
        auto const class_name = text(expected.at("class"));
        if (class_name == "SyntaxError") {
            CHECK(error.is<parley::undecodable_response>());
            CHECK(error.response()->body == response_of(recording).body);
        } else if (class_name == "TypeError") {
            // The reference crashed over a code that is null, false or an object. It counts as absent here, so that
            // another member or the status can still say what the error is.
            CHECK((error.declared() || error.is<parley::undeclared_error>()));
        } else {
            CHECK(error.declared() == (class_name != "MedicalImagingServiceException"));
            if (name.is_string()) CHECK(error.code() == text(name));
            auto const& message = expected.at("message");
            // Here a message is always a text.
            CHECK(error.message() == (message.is_string() ? text(message) : json::serialize(message)));
            CHECK((error.fault() == parley::fault::server) == (text(expected.at("$fault")) == "server"));
        }
        compare_metadata(expected.at("$metadata").as_object(), outcome.metadata());
    });
}
