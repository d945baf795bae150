// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// The recordings of the AWS SDK for JavaScript: each request, with its signature, response, error and script of retries, in
// `compatible` strictness. The recordings say what is expected; see README.md here. Usage: recordings FOLDER

#include "retries.hpp"
#include "support/any_call.hpp"

#include <parley/aws/aws_endpoint.hpp>
#include <parley/credentials/sigv4_signer.hpp>
#include <parley/credentials/static_credentials.hpp>
#include <parley/services/medical_imaging.hpp>

#include <boost/json.hpp>
#include <boost/mp11/algorithm.hpp>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <map>
#include <set>
#include <string>

namespace json = boost::json;
using any_call::ending;
using params::notation;

namespace {

std::string text(json::value const& v) { return std::string(v.as_string()); }

template <class... Op>
std::map<std::string, any_call::operation, std::less<>> operations_in(parley::operations<Op...>) {
    std::map<std::string, any_call::operation, std::less<>> all;
    (all.emplace(any_call::operation_of<Op>().name, any_call::operation_of<Op>()), ...);
    return all;
}

/// What became of a recording.
struct verdict {
    params::findings found;
    bool without_signature = false; ///< what is signed says the same in other bytes

    void differ(std::string where, std::string what) { found.different.push_back({std::move(where), std::move(what)}); }
    template <class T>
    void expect(std::string const& where, T const& expected, T const& is) {
        if (!(expected == is))
            differ(where,
                   "expected " + json::serialize(json::value_from(expected)) + ", is " + json::serialize(json::value_from(is)));
    }
};

/// `defaults`: what holds where the recording says nothing else.
using check = verdict (*)(json::object const& recording, json::object const& defaults, any_call::operation const& op);

// Tags of recordings that a static type can exclude: where the recorded values cannot be values of it, they are left out. Such
// a recording without one of these tags has failed.
std::set<std::string> const tags_of_types{"null-member", "unknown-member", "missing-required", "not-a-union",
                                          "$unknown",    "js-passthrough", "lone-surrogate"};
// Tags of what only JavaScript does: where it cannot be had, it is left out. What it refuses, anybody can refuse.
std::set<std::string> const tags_of_javascript{"js-artifact", "lone-surrogate", "odd-config"};

std::string first_tag_of(json::object const& recording, std::set<std::string> const& among) {
    if (auto const* tags = recording.if_contains("tags")) {
        for (auto const& tag : tags->as_array()) {
            if (among.contains(text(tag))) return text(tag);
        }
    }
    return {};
}

// The stub of the recordings passed names of header fields on as they were, where Node.js makes them lower case. Names have no
// case (RFC 9110, section 5.1).
bool has_header_name_in_capitals(json::object const& recording) {
    auto const* response = recording.if_contains("response");
    if (!response) return false;
    auto const& fields = response->at("headers").as_object();
    return std::any_of(fields.begin(), fields.end(), [](auto const& field) {
        auto const name = field.key();
        return std::any_of(name.begin(), name.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
    });
}

// Whether what the type cannot do without is missing in structures alone that the recording gives as {}.
bool lacks_what_empty_structures_lack(json::object const& recording, verdict const& v) {
    auto const* input = recording.if_contains("input");
    return input && std::all_of(v.found.unfit.begin(), v.found.unfit.end(), [&](auto const& one) {
               auto const parent = one.where.substr(0, one.where.rfind('/'));
               boost::system::error_code none;
               auto const* structure = parent.empty() ? nullptr : input->find_pointer(parent, none);
               return structure && structure->is_object() && structure->as_object().empty();
           });
}

// Why the recording is not compared, or nothing.
std::string left_out_for(json::object const& recording, verdict const& v) {
    if (!v.found.unfit.empty())
        return lacks_what_empty_structures_lack(recording, v) ? "empty-structure" : first_tag_of(recording, tags_of_types);
    if (v.found.different.empty()) return {};
    if (has_header_name_in_capitals(recording)) return "header-name-in-capitals";
    return recording.contains("refused") ? std::string() : first_tag_of(recording, tags_of_javascript);
}

struct totals {
    int passed = 0, failed = 0, skipped = 0;
};

/// Runs the check on all recordings of a file, and prints what came of it.
void run(std::string const& folder, std::string const& kind, check checked, totals& all) {
    auto const path = folder + '/' + kind + ".json";
    if (!std::filesystem::exists(path)) {
        std::printf("%s: no %s\n", kind.c_str(), path.c_str());
        return;
    }
    auto const recordings = params::parse_file(path);
    auto const& defaults = recordings.at("meta").at("defaults").as_object();
    static auto const operations = operations_in(medical_imaging::MedicalImaging::operations{});
    totals here;
    int unsigned_ones = 0;
    std::map<std::string, int> left_out;
    for (auto const& v : recordings.at("vectors").as_array()) {
        auto const& recording = v.as_object();
        verdict outcome;
        auto const op = operations.find(text(recording.at("op")));
        if (op == operations.end()) outcome.differ("", "the description has no operation " + text(recording.at("op")));
        else outcome = checked(recording, defaults, op->second);
        auto const reason = op == operations.end() ? std::string() : left_out_for(recording, outcome);
        auto wrong = outcome.found.unfit;
        wrong.insert(wrong.end(), outcome.found.different.begin(), outcome.found.different.end());
        if (!reason.empty()) {
            ++here.skipped;
            ++left_out[reason];
        } else if (wrong.empty()) {
            ++here.passed;
            unsigned_ones += outcome.without_signature ? 1 : 0;
        } else {
            ++here.failed;
            std::printf("FAILED %s\n", text(recording.at("id")).c_str());
            for (auto const& one : wrong) std::printf("    %s: %s\n", one.where.c_str(), one.text.c_str());
        }
    }
    std::printf("%s: %d passed, %d failed, %d left out", kind.c_str(), here.passed, here.failed, here.skipped);
    char const* separator = ": ";
    for (auto const& [reason, count] : left_out) std::printf("%s%s %d", std::exchange(separator, ", "), reason.c_str(), count);
    std::printf("\n");
    if (unsigned_ones > 0)
        std::printf("  of those that passed, the signature of %d is not compared: their JSON says the same in other bytes\n",
                    unsigned_ones);
    all.passed += here.passed;
    all.failed += here.failed;
    all.skipped += here.skipped;
}

// The signature needs the length, which the reference's HTTP library has written by then.
parley::request_signer signer_for(json::value const& keys, std::string const& session_token, std::string const& region) {
    parley::aws_credentials credentials{.access_key_id = text(keys.at("accessKeyId")),
                                        .secret_access_key = text(keys.at("secretAccessKey")),
                                        .session_token = session_token};
    parley::sigv4_signer const sign(parley::static_credentials{credentials},
                                    {.region = std::string(parley::aws_signing_region(region)),
                                     .service = std::string(medical_imaging::MedicalImaging::aws.signing_name)});
    return [sign](parley::http_request& request, parley::signing_context const& context) {
        if (!request.body.empty()) request.fields.set("content-length", std::to_string(request.body.size()));
        return sign(request, context);
    };
}

parley::client_config config_of(json::object const& recording, json::object const& defaults) {
    static json::object const nothing;
    auto const* own = recording.if_contains("config");
    auto const& given = own ? own->as_object() : nothing;
    auto const setting = [&](char const* name) { return given.contains(name) ? given.at(name) : defaults.at(name); };
    auto const flag = [&](char const* name) { return given.contains(name) && given.at(name).as_bool(); };
    parley::client_config config;
    config.strictness = parley::strictness::compatible;
    config.user_agent = "aws-sdk-js/3.958.0";
    if (auto const* endpoint = given.if_contains("endpoint")) config.endpoint = text(*endpoint);
    config.aws.region = text(setting("region"));
    config.aws.use_fips = flag("useFipsEndpoint");
    config.aws.use_dualstack = flag("useDualstackEndpoint");
    config.aws.host_prefix = !flag("disableHostPrefix");
    auto const clock =
        setting("clock").as_int64() + (given.contains("systemClockOffset") ? given.at("systemClockOffset").as_int64() : 0);
    config.system_now = [clock] { return std::chrono::system_clock::time_point(std::chrono::milliseconds(clock)); };
    config.random = [random = setting("random").to_number<double>()] { return random; };
    config.uuid = [count = 0]() mutable {
        auto const digits = std::to_string(++count);
        return "00000000-0000-4000-8000-" + std::string(12 - digits.size(), '0') + digits;
    };
    config.sign =
        signer_for(setting("credentials"), flag("sessionToken") ? text(defaults.at("sessionToken")) : "", config.aws.region);
    return config;
}

std::string body_of(json::value const& body) {
    if (body.is_null()) return {};
    if (auto const* t = body.as_object().if_contains("text")) return text(*t);
    return params::bytes_of_base64(body.at("base64").as_string());
}

void compare_request(json::object const& expected, parley::http_request const& ours, verdict& v) {
    v.expect("method", text(expected.at("method")), ours.method);
    v.expect("protocol", text(expected.at("protocol")), ours.scheme + ":");
    v.expect("hostname", text(expected.at("hostname")), ours.host);
    auto const* port = expected.if_contains("port");
    v.expect("port", port ? port->as_int64() : 0, std::int64_t{ours.port});
    auto target = text(expected.at("path"));
    if (auto const* query = expected.if_contains("queryString"); query && !query->as_string().empty())
        target += "?" + text(*query);
    v.expect("target", target, ours.target);
    std::set<std::string> names{"user-agent"}; // which the recordings leave out
    auto const body = body_of(expected.at("body"));
    v.without_signature = body != ours.body;
    for (auto const& field : expected.at("headers").as_object()) {
        std::string const name(field.key());
        names.insert(name);
        bool const of_bytes = name == "x-amz-content-sha256" || name == "authorization" || name == "content-length";
        if (of_bytes && v.without_signature) continue;
        std::optional<std::string> value;
        if (auto const found = ours.fields.find(name)) value = *found;
        else if (name == "host") value = ours.authority(); // which the transport writes
        if (value) v.expect("header " + name, text(field.value()), *value);
        else v.differ("header " + name, "is missing; expected " + text(field.value()));
    }
    for (auto const& field : ours.fields) {
        if (!names.contains(std::string(field.name)))
            v.differ("header " + std::string(field.name), "is not expected: " + std::string(field.value));
    }
    params::compare_bodies(body, ours.body, true, v.found.different);
}

verdict check_request(json::object const& recording, json::object const& defaults, any_call::operation const& op) {
    verdict v;
    any_call::server server{[](parley::http_request const&) { return parley::http_response{200, {}, "{}"}; }};
    auto const ended = op.call(config_of(recording, defaults), server, {&recording.at("input"), notation::recording});
    v.found.unfit = ended.unfit;
    if (ended.ending == ending::not_called) return v;
    auto const requests = server.requests();
    if (recording.contains("refused")) {
        if (ended.ending != ending::invalid_input || !requests.empty())
            v.differ("", "the reference refuses the input: " + text(recording.at("refused").at("message")));
    } else if (requests.size() != 1) {
        v.differ("", requests.empty() ? "nothing was sent: " + ended.text : "sent more than once");
    } else {
        compare_request(recording.at("request").as_object(), requests.front(), v);
    }
    return v;
}

// A call that gets the recorded response to each of its attempts, and the waits it made.
struct answered_call {
    any_call::result ended;
    json::array sleeps;
};

answered_call answered(json::object const& recording, json::object const& defaults, any_call::operation const& op) {
    auto const& r = recording.at("response").as_object();
    parley::http_response response;
    response.status = static_cast<int>(r.at("status").as_int64());
    for (auto const& field : r.at("headers").as_object()) response.fields.add(std::string(field.key()), text(field.value()));
    response.body = body_of(r.at("body"));
    any_call::server server{[&](parley::http_request const&) { return response; }};
    auto config = config_of(recording, defaults);
    config.now = [&server] { return server.now(); };
    answered_call call;
    call.ended = op.call(config, server, {});
    for (auto const slept : server.sleeps())
        call.sleeps.push_back(std::chrono::duration_cast<std::chrono::milliseconds>(slept).count());
    return call;
}

void compare_metadata(json::object const& recorded, parley::call_metadata const& ours, verdict& v) {
    auto const member = [&recorded](char const* name) {
        auto const* found = recorded.if_contains(name);
        return found ? text(*found) : std::string();
    };
    v.expect("status", recorded.at("httpStatusCode").as_int64(), std::int64_t{ours.status});
    v.expect("requestId", member("requestId"), ours.request_id);
    v.expect("extendedRequestId", member("extendedRequestId"), ours.extended_request_id);
    v.expect("cfId", member("cfId"), ours.cf_id);
    v.expect("attempts", recorded.at("attempts").as_int64(), std::int64_t{ours.attempts});
    v.expect("totalRetryDelay", recorded.at("totalRetryDelay").as_int64(), std::int64_t{ours.total_retry_delay.count()});
}

verdict check_response(json::object const& recording, json::object const& defaults, any_call::operation const& op) {
    verdict v;
    auto const [ended, sleeps] = answered(recording, defaults, op);
    if (auto const* expected = recording.if_contains("output")) {
        v.found.unfit = op.unfit_for_output(*expected, notation::recording);
        if (ended.ending == ending::output) v.found.different = ended.compare(*expected, notation::recording).different;
        else v.differ("", "the reference decodes the response; here: " + ended.text);
        compare_metadata(recording.at("metadata").as_object(), ended.metadata, v);
    } else {
        // The reference throws where it cannot read a response.
        if (ended.ending != ending::undecodable_response) v.differ("", "the reference cannot decode the response");
        compare_metadata(recording.at("error").at("$metadata").as_object(), ended.metadata, v);
        v.expect("sleeps", recording.at("sleeps").as_array(), sleeps);
    }
    return v;
}

verdict check_error(json::object const& recording, json::object const& defaults, any_call::operation const& op) {
    verdict v;
    auto const [ended, sleeps] = answered(recording, defaults, op);
    auto const& expected = recording.at("error").as_object();
    auto const class_name = text(expected.at("class"));
    if (class_name == "SyntaxError") {
        if (ended.ending != ending::undecodable_response)
            v.differ("", "the reference cannot parse the body; here: " + ended.text);
        v.expect("body", body_of(recording.at("response").at("body")), ended.body);
    } else if (class_name == "TypeError") {
        // The reference crashed over a code that is null, false or an object. It counts as absent here, so that another member
        // or the status can still say what the error is.
        if (ended.ending != ending::declared_error && ended.ending != ending::undeclared_error)
            v.differ("", "expected an error of the service, is: " + ended.text);
    } else {
        bool const declared = class_name != "MedicalImagingServiceException";
        auto const& name = expected.at("name");
        auto const& message = expected.at("message");
        // Here a message is always a text.
        auto const message_text = message.is_string() ? text(message) : json::serialize(message);
        v.expect("declared", declared, ended.ending == ending::declared_error);
        if (name.is_string()) v.expect("code", text(name), ended.code);
        v.expect("message", message_text, ended.message);
        v.expect("fault", text(expected.at("$fault")), std::string(ended.fault == parley::fault::server ? "server" : "client"));
        if (declared && ended.ending == ending::declared_error) {
            v.expect("class", class_name, ended.error);
            auto const of_value = ended.compare(json::object{{"message", message_text}}, notation::recording);
            v.found.different.insert(v.found.different.end(), of_value.different.begin(), of_value.different.end());
        }
    }
    v.expect("sleeps", recording.at("sleeps").as_array(), sleeps);
    compare_metadata(expected.at("$metadata").as_object(), ended.metadata, v);
    return v;
}

verdict check_retries(json::object const& recording, json::object const&, any_call::operation const&) {
    verdict v;
    for (auto& one : golden::compare_retries(recording)) v.differ(std::move(one.where), std::move(one.text));
    return v;
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::fprintf(stderr, "usage: %s FOLDER\n", argv[0]);
        return 2;
    }
    totals all;
    run(argv[1], "requests", check_request, all);
    run(argv[1], "responses", check_response, all);
    run(argv[1], "errors", check_error, all);
    run(argv[1], "retries", check_retries, all);
    if (all.passed == 0) std::printf("nothing was compared\n");
    std::printf("%d passed, %d failed, %d skipped\n", all.passed, all.failed, all.skipped);
    return all.failed == 0 && all.passed > 0 ? 0 : 1;
}
