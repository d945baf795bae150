// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// Compares the library in `compatible` strictness with recordings of the AWS SDK for JavaScript: requests with their signatures,
// responses, errors and retry scripts. README.md in this folder describes the recordings. Usage: recordings FOLDER

#include "retries.hpp"
#include "support/any_call.hpp"

#include <parley/aws/aws_endpoint.hpp>
#include <parley/core/utf8.hpp>
#include <parley/credentials/sigv4_signer.hpp>
#include <parley/credentials/static_credentials.hpp>
#include <parley/services/medical_imaging.hpp>

#include <boost/json.hpp>
#include <boost/mp11/algorithm.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace json = boost::json;
using any_call::ending;
using params::notation;

namespace {

using params::text;

template <class... Op>
std::map<std::string, any_call::operation, std::less<>> operations_in(parley::operations<Op...>) {
    std::map<std::string, any_call::operation, std::less<>> all;
    (all.emplace(any_call::operation_of<Op>().name, any_call::operation_of<Op>()), ...);
    return all;
}

/// The result of comparing one recording.
struct verdict {
    params::findings found;
    bool rejects_unfit = true;      ///< a response that the static type cannot hold is reported as undecodable
    bool without_signature = false; ///< the body is the same JSON in other bytes, so the signature differs

    bool passed() const { return found.unfit.empty() && found.different.empty(); }
    void differ(std::string where, std::string reason) { found.different.push_back({std::move(where), std::move(reason)}); }
    template <class T>
    void expect(std::string const& where, T const& expected, T const& is) {
        if (!(expected == is))
            differ(where,
                   "expected " + json::serialize(json::value_from(expected)) + ", is " + json::serialize(json::value_from(is)));
    }
};

/// @param defaults The settings that the recording does not override.
using check = verdict (*)(json::object const& recording, json::object const& defaults, any_call::operation const& op);

// Tags of recordings whose values a static type cannot hold. A recording with such values but without one of these tags fails.
std::set<std::string> const tags_of_types{"null-member", "unknown-member", "missing-required", "not-a-union",
                                          "$unknown",    "js-passthrough", "lone-surrogate"};

std::string first_tag_of(json::object const& recording, std::set<std::string> const& among) {
    if (auto const* tags = recording.if_contains("tags")) {
        for (auto const& tag : tags->as_array()) {
            if (among.contains(text(tag))) return text(tag);
        }
    }
    return {};
}

// True if every value that the type requires and the recording omits belongs to a structure that the recording writes as {}.
bool lacks_only_members_of_empty_structures(json::object const& recording, verdict const& v) {
    auto const* input = recording.if_contains("input");
    return input && std::all_of(v.found.unfit.begin(), v.found.unfit.end(), [&](auto const& one) {
               auto const parent = one.where.substr(0, one.where.rfind('/'));
               boost::system::error_code none;
               auto const* structure = parent.empty() ? nullptr : input->find_pointer(parent, none);
               return structure && structure->is_object() && structure->as_object().empty();
           });
}

// The reason why no value of the static type can express the recording; empty if there is none.
std::string inexpressible_because(json::object const& recording, verdict const& v) {
    if (v.found.unfit.empty()) return {};
    return lacks_only_members_of_empty_structures(recording, v) ? "empty-structure" : first_tag_of(recording, tags_of_types);
}

// A deliberate difference from the reference: its name, and the recording with what the library is expected to do instead.
struct known_difference {
    std::string name;
    json::object expected;
};

bool has_lone_surrogate(json::value const& v) {
    if (auto const* array = v.if_array()) return std::any_of(array->begin(), array->end(), has_lone_surrogate);
    auto const* object = v.if_object();
    if (!object) return false;
    if (object->contains("$utf16")) {
        auto const converted = params::text_if(v);
        return converted && parley::detail::find_invalid_utf8(*converted) != std::string::npos;
    }
    return std::any_of(object->begin(), object->end(), [](auto const& member) { return has_lone_surrogate(member.value()); });
}

std::string in_lower_case(std::string_view name) {
    std::string result(name);
    for (char& c : result) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return result;
}

// JavaScript replaces a lone surrogate by U+FFFD when it sends a text. The library rejects the input: it is not UTF-8.
std::optional<known_difference> lone_surrogate_is_rejected(json::object const& recording) {
    if (!recording.contains("request") || !has_lone_surrogate(recording.at("input"))) return std::nullopt;
    auto expected = recording;
    expected.erase("request");
    expected["refused"] = json::object{{"message", "a lone surrogate"}};
    return known_difference{"lone-surrogate-rejected", std::move(expected)};
}

// The reference copies the members of an error body onto its exception. These members then look like those that its own
// connection errors have, and it retries an error that is final. The library does not look at them.
std::optional<known_difference> error_members_do_not_cause_retries(json::object const& recording) {
    auto const* error = recording.if_contains("error");
    auto const* members = error ? error->as_object().if_contains("members") : nullptr;
    auto const status = error ? recording.at("response").at("status").as_int64() : 0;
    if (!members || status < 400 || status >= 500) return std::nullopt;
    auto const* body = recording.at("response").at("body").if_object();
    auto const* json_text = body ? body->if_contains("text") : nullptr;
    if (!json_text) return std::nullopt;
    boost::system::error_code failed;
    auto const parsed = json::parse(text(*json_text), failed);
    auto const* object = failed ? nullptr : parsed.if_object();
    bool const has_member = object
                            && (object->contains("$retryable") || object->contains("code") || object->contains("cause")
                                || object->contains("ServerTime"));
    if (!has_member) return std::nullopt;
    auto expected = recording;
    auto& metadata = expected.at("error").at("$metadata").as_object();
    metadata["attempts"] = 1;
    metadata["totalRetryDelay"] = 0;
    expected["sleeps"] = json::array();
    return known_difference{"error-members-not-read", std::move(expected)};
}

// Node.js writes the names of header fields in lower case. The stub of the recordings did not, and so the reference missed
// request ids. Names have no case (RFC 9110, section 5.1): the library finds these ids.
std::optional<known_difference> ids_are_found_in_capital_headers(json::object const& recording) {
    static std::map<std::string, char const*, std::less<>> const ids{
        {"x-amzn-requestid", "requestId"}, {"x-amz-id-2", "extendedRequestId"}, {"x-amz-cf-id", "cfId"}};
    auto const* response = recording.if_contains("response");
    if (!response) return std::nullopt;
    auto expected = recording;
    auto& metadata = (expected.contains("error") ? expected.at("error").at("$metadata") : expected.at("metadata")).as_object();
    bool changed = false;
    for (auto const& field : response->at("headers").as_object()) {
        auto const id = ids.find(in_lower_case(field.key()));
        if (id == ids.end() || id->first == field.key() || metadata.contains(id->second)) continue;
        metadata[id->second] = field.value();
        changed = true;
    }
    if (!changed) return std::nullopt;
    return known_difference{"id-in-capital-header", std::move(expected)};
}

std::vector<known_difference> known_differences_of(json::object const& recording) {
    std::vector<known_difference> all;
    for (auto* rule : {lone_surrogate_is_rejected, error_members_do_not_cause_retries, ids_are_found_in_capital_headers}) {
        if (auto known = rule(recording)) all.push_back(std::move(*known));
    }
    return all;
}

/// Results of the recordings of one file or of all files.
struct totals {
    int passed = 0, failed = 0, known = 0, skipped = 0;

    void add(totals const& other) {
        passed += other.passed;
        failed += other.failed;
        known += other.known;
        skipped += other.skipped;
    }
};

/// Runs the check on all recordings of a file.
class file_run {
public:
    file_run(check checked, json::object const& defaults) : checked_(checked), defaults_(defaults) {}

    // Each recording has a result: one that the runner cannot read has failed.
    void run(json::value const& v) {
        auto const* recording = v.if_object();
        auto const* id = recording ? recording->if_contains("id") : nullptr;
        auto const name = id && id->is_string() ? text(*id) : "recording " + std::to_string(++unnamed_);
        try {
            if (!recording) throw std::runtime_error("expected an object, found " + json::serialize(v));
            compare(name, *recording);
        } catch (std::exception const& e) { fail(name, {{"", std::string("the recording cannot be read: ") + e.what()}}); }
    }

    totals const& counts() const { return counts_; }

    void print(std::string const& kind) const {
        std::printf("%s: %d passed, %d failed", kind.c_str(), counts_.passed, counts_.failed);
        print_reasons(counts_.known, "differ as expected", known_);
        print_reasons(counts_.skipped, "left out", left_out_);
        std::printf("\n");
        if (unsigned_ones_ > 0)
            std::printf("  signatures not compared, because the same JSON is written in other bytes: %d\n", unsigned_ones_);
    }

private:
    using reasons = std::map<std::string, int>;

    static void print_reasons(int count, char const* verb, reasons const& all) {
        std::printf(", %d %s", count, verb);
        char const* separator = " (";
        for (auto const& [reason, number] : all) std::printf("%s%s %d", std::exchange(separator, ", "), reason.c_str(), number);
        if (!all.empty()) std::printf(")");
    }

    void fail(std::string const& name, std::vector<params::difference> const& differences) {
        ++counts_.failed;
        std::printf("FAILED %s\n", name.c_str());
        for (auto const& one : differences) std::printf("    %s: %s\n", one.where.c_str(), one.text.c_str());
    }

    void compare(std::string const& name, json::object const& recording) {
        static auto const operations = operations_in(medical_imaging::MedicalImaging::operations{});
        auto const op = operations.find(text(recording.at("op")));
        if (op == operations.end()) return fail(name, {{"", "the description has no operation " + text(recording.at("op"))}});
        auto const outcome = checked_(recording, defaults_, op->second);
        if (auto const reason = inexpressible_because(recording, outcome); !reason.empty() && outcome.rejects_unfit) {
            ++counts_.skipped;
            ++left_out_[reason];
        } else if (outcome.passed()) {
            ++counts_.passed;
            unsigned_ones_ += outcome.without_signature ? 1 : 0;
        } else if (auto const known = matching_difference(recording, outcome, op->second); !known.empty()) {
            ++counts_.known;
            ++known_[known];
        } else {
            auto wrong = outcome.found.unfit;
            wrong.insert(wrong.end(), outcome.found.different.begin(), outcome.found.different.end());
            fail(name, wrong);
        }
    }

    // The name of the known difference that explains everything; empty if none does.
    std::string matching_difference(json::object const& recording, verdict const& v, any_call::operation const& op) const {
        if (!v.found.unfit.empty()) return {};
        for (auto const& known : known_differences_of(recording)) {
            if (checked_(known.expected, defaults_, op).passed()) return known.name;
        }
        return {};
    }

    check checked_;
    json::object const& defaults_;
    totals counts_;
    int unnamed_ = 0, unsigned_ones_ = 0;
    reasons known_, left_out_;
};

void run(std::string const& folder, std::string const& kind, check checked, totals& all) {
    auto const path = folder + '/' + kind + ".json";
    if (!std::filesystem::exists(path)) {
        std::printf("skipped: %s: no %s\n", kind.c_str(), path.c_str());
        return;
    }
    try {
        auto const recordings = params::parse_file(path);
        file_run file(checked, recordings.at("meta").at("defaults").as_object());
        for (auto const& v : recordings.at("vectors").as_array()) file.run(v);
        file.print(kind);
        all.add(file.counts());
    } catch (std::exception const& e) {
        std::printf("FAILED %s\n    %s\n", path.c_str(), e.what());
        ++all.failed;
    }
}

// Signs with content-length, which the HTTP library of the reference has set by then.
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

// A setting that the runner would ignore must not let a recording pass.
void reject_unknown_settings(json::object const& config) {
    static std::set<std::string, std::less<>> const known{
        "clock",  "credentials", "disableHostPrefix", "endpoint",          "maxAttempts",          "random",
        "region", "retryMode",   "sessionToken",      "systemClockOffset", "useDualstackEndpoint", "useFipsEndpoint"};
    for (auto const& one : config) {
        if (!known.contains(one.key())) throw std::runtime_error("unknown setting: config." + std::string(one.key()));
    }
}

// Milliseconds since the epoch, with fractions.
std::chrono::system_clock::time_point time_of(json::value const& clock, json::value const* offset) {
    std::chrono::duration<double, std::milli> const since_epoch(clock.to_number<double>()
                                                                + (offset ? offset->to_number<double>() : 0));
    // A double of this size has a resolution of about a quarter of a microsecond.
    return std::chrono::system_clock::time_point(std::chrono::round<std::chrono::microseconds>(since_epoch));
}

// A number, or a list of numbers that is cycled.
std::function<double()> random_of(json::value const& random) {
    if (!random.is_array()) return [number = random.to_number<double>()] { return number; };
    std::vector<double> numbers;
    for (auto const& one : random.as_array()) numbers.push_back(one.to_number<double>());
    if (numbers.empty()) throw std::runtime_error("config.random is an empty list");
    return [numbers, next = std::size_t{0}]() mutable { return numbers[next++ % numbers.size()]; };
}

parley::client_config config_of(json::object const& recording, json::object const& defaults) {
    static json::object const nothing;
    auto const* config_value = recording.if_contains("config");
    auto const& overrides = config_value ? config_value->as_object() : nothing;
    reject_unknown_settings(overrides);
    auto const setting = [&](char const* name) { return overrides.contains(name) ? overrides.at(name) : defaults.at(name); };
    auto const flag = [&](char const* name) { return overrides.contains(name) && overrides.at(name).as_bool(); };
    parley::client_config config;
    config.strictness = parley::strictness::compatible;
    config.user_agent = "aws-sdk-js/3.958.0";
    if (auto const* endpoint = overrides.if_contains("endpoint")) config.endpoint = text(*endpoint);
    config.aws.region = text(setting("region"));
    config.aws.use_fips = flag("useFipsEndpoint");
    config.aws.use_dualstack = flag("useDualstackEndpoint");
    config.aws.host_prefix = !flag("disableHostPrefix");
    if (auto const* attempts = overrides.if_contains("maxAttempts")) config.retry.max_attempts = attempts->to_number<int>();
    if (text(overrides.contains("retryMode") ? overrides.at("retryMode") : "standard") == "adaptive")
        config.retry.mode = parley::retry_mode::adaptive;
    auto const clock = time_of(setting("clock"), overrides.if_contains("systemClockOffset"));
    config.system_now = [clock] { return clock; };
    config.random = random_of(setting("random"));
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
    if (auto const* body_text = body.as_object().if_contains("text")) return text(*body_text);
    return params::bytes_of_base64(text(body.at("base64")));
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
    std::set<std::string> names{"user-agent"}; // not recorded
    auto const body = body_of(expected.at("body"));
    v.without_signature = body != ours.body;
    for (auto const& field : expected.at("headers").as_object()) {
        std::string const name(field.key());
        names.insert(name);
        bool const of_bytes = name == "x-amz-content-sha256" || name == "authorization" || name == "content-length";
        if (of_bytes && v.without_signature) continue;
        std::optional<std::string> value;
        if (auto const found = ours.fields.find(name)) value = *found;
        else if (name == "host") value = ours.authority(); // written by the transport
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
            v.differ("", "the reference rejects the input: " + text(recording.at("refused").at("message")));
    } else if (requests.size() != 1) {
        v.differ("", requests.empty() ? "no request was sent: " + ended.text : "several requests were sent");
    } else {
        compare_request(recording.at("request").as_object(), requests.front(), v);
    }
    return v;
}

// A call that received the recorded response to each attempt, and its delays in milliseconds.
struct replayed_call {
    any_call::result ended;
    json::array sleeps;
};

replayed_call replay(json::object const& recording, json::object const& defaults, any_call::operation const& op) {
    auto const& r = recording.at("response").as_object();
    parley::http_response response;
    response.status = static_cast<int>(r.at("status").as_int64());
    for (auto const& field : r.at("headers").as_object()) response.fields.add(std::string(field.key()), text(field.value()));
    response.body = body_of(r.at("body"));
    any_call::server server{[&](parley::http_request const&) { return response; }};
    auto config = config_of(recording, defaults);
    config.now = [&server] { return server.now(); };
    replayed_call call;
    call.ended = op.call(config, server, {});
    for (auto const slept : server.sleeps()) call.sleeps.push_back(std::chrono::duration<double, std::milli>(slept).count());
    return call;
}

// Delays are compared to the nanosecond, the resolution of the library.
void compare_sleeps(json::array const& expected, json::array const& actual, verdict& v) {
    bool same = expected.size() == actual.size();
    for (std::size_t i = 0; same && i < expected.size(); ++i)
        same = std::abs(expected[i].to_number<double>() - actual[i].to_number<double>()) <= 1e-6;
    if (!same) v.expect("sleeps", expected, actual);
}

void compare_metadata(json::object const& recorded, parley::call_metadata const& ours, verdict& v) {
    auto const member = [&recorded](char const* name) {
        auto const* found = recorded.if_contains(name);
        return found ? text(*found) : std::string();
    };
    v.expect("status", recorded.at("httpStatusCode").to_number<std::int64_t>(), std::int64_t{ours.status});
    v.expect("requestId", member("requestId"), ours.request_id);
    v.expect("extendedRequestId", member("extendedRequestId"), ours.extended_request_id);
    v.expect("cfId", member("cfId"), ours.cf_id);
    v.expect("attempts", recorded.at("attempts").to_number<std::int64_t>(), std::int64_t{ours.attempts});
    v.expect("totalRetryDelay", recorded.at("totalRetryDelay").to_number<double>(),
             static_cast<double>(ours.total_retry_delay.count()));
}

// A date that JavaScript cannot represent, recorded as {"$timestamp": null}, may be valid in C++.
bool has_only_invalid_dates(std::vector<params::difference> const& unfit) {
    return std::all_of(unfit.begin(), unfit.end(), [](auto const& one) { return one.text.ends_with(R"({"$timestamp":null})"); });
}

verdict check_response(json::object const& recording, json::object const& defaults, any_call::operation const& op) {
    verdict v;
    auto const [ended, sleeps] = replay(recording, defaults, op);
    if (auto const* expected = recording.if_contains("output")) {
        v.found.unfit = op.unfit_for_output(*expected, notation::recording);
        v.rejects_unfit = ended.ending == ending::undecodable_response || has_only_invalid_dates(v.found.unfit);
        if (ended.ending == ending::output) v.found.different = ended.compare(*expected, notation::recording).different;
        else v.differ("", "the reference decodes the response; here: " + ended.text);
        compare_metadata(recording.at("metadata").as_object(), ended.metadata, v);
    } else {
        // The reference throws if it cannot decode a response.
        if (ended.ending != ending::undecodable_response) v.differ("", "the reference cannot decode the response");
        compare_metadata(recording.at("error").at("$metadata").as_object(), ended.metadata, v);
        compare_sleeps(recording.at("sleeps").as_array(), sleeps, v);
    }
    return v;
}

verdict check_error(json::object const& recording, json::object const& defaults, any_call::operation const& op) {
    verdict v;
    auto const [ended, sleeps] = replay(recording, defaults, op);
    auto const& expected = recording.at("error").as_object();
    auto const class_name = text(expected.at("class"));
    if (class_name == "SyntaxError") {
        if (ended.ending != ending::undecodable_response)
            v.differ("", "the reference cannot parse the body; here: " + ended.text);
        v.expect("body", body_of(recording.at("response").at("body")), ended.body);
    } else if (class_name == "TypeError") {
        // The reference crashes on a code that is null, false or an object. The library treats such a code as absent and goes
        // on to the other members and the status.
        if (ended.ending != ending::declared_error && ended.ending != ending::undeclared_error)
            v.differ("", "expected an error of the service, is: " + ended.text);
    } else {
        bool const declared = class_name != "MedicalImagingServiceException";
        auto const& name = expected.at("name");
        auto const& message = expected.at("message");
        // The library always has a text as the message.
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
    compare_sleeps(recording.at("sleeps").as_array(), sleeps, v);
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
    if (all.passed == 0) std::printf("no recording was compared\n");
    std::printf("%d passed, %d failed, %d skipped, %d differ as expected\n", all.passed, all.failed, all.skipped, all.known);
    return all.failed == 0 && all.passed > 0 ? 0 : 1;
}
