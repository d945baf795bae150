// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// Signs each recorded request of the AWS SDK for JavaScript from its parts, and compares the results of the SDK: authorization,
// token, date, payload hash and the hash of the canonical request.
//
// Usage: sigv4_recordings FILE    FILE: requests.json of the recordings

#include <parley/auth/sigv4.hpp>
#include <parley/aws/aws_endpoint.hpp>
#include <parley/core/base64.hpp>
#include <parley/services/medical_imaging.hpp>

#include <boost/json.hpp>

#include <chrono>
#include <cstdio>
#include <exception>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>

namespace {

namespace json = boost::json;

std::string text(json::value const& v) { return std::string(v.as_string()); }

// The fields that signing adds.
constexpr std::string_view added[] = {"authorization", "x-amz-date", "x-amz-content-sha256", "x-amz-security-token"};

parley::http_request request_of(json::object const& recorded) {
    parley::http_request request;
    request.method = text(recorded.at("method"));
    request.target = text(recorded.at("path"));
    if (auto const* query = recorded.if_contains("queryString")) request.target += '?' + text(*query);
    for (auto const& [name, value] : recorded.at("headers").as_object()) {
        bool is_added = false;
        for (auto const a : added) is_added = is_added || a == std::string_view(name);
        if (!is_added) request.fields.add(std::string(name), text(value));
    }
    if (auto const* body = recorded.at("body").if_object()) {
        if (auto const* plain = body->if_contains("text")) request.body = text(*plain);
        else if (!parley::detail::decode_base64(text(body->at("base64")), request.body))
            throw std::runtime_error("invalid base64 in the body");
    }
    return request;
}

// Returns the differences, or an empty text.
std::string compare(json::object const& defaults, json::object const& vector) {
    json::object const no_config;
    auto const* overrides = vector.if_contains("config");
    auto const& config = overrides ? overrides->as_object() : no_config;
    auto const setting = [&](char const* name) { return config.contains(name) ? config.at(name) : defaults.at(name); };

    auto const credentials_value = setting("credentials");
    auto const& keys = credentials_value.as_object();
    parley::aws_credentials credentials{.access_key_id = text(keys.at("accessKeyId")),
                                        .secret_access_key = text(keys.at("secretAccessKey"))};
    if (auto const* token = keys.if_contains("sessionToken")) credentials.session_token = text(*token);
    if (config.contains("sessionToken")) credentials.session_token = text(defaults.at("sessionToken"));
    auto clock = setting("clock").to_number<double>(); // milliseconds, with fractions
    if (auto const* offset = config.if_contains("systemClockOffset")) clock += offset->to_number<double>();
    std::chrono::system_clock::time_point const time(
        std::chrono::round<std::chrono::microseconds>(std::chrono::duration<double, std::milli>(clock)));
    auto const region = text(setting("region"));
    parley::sigv4_options const options{.region = std::string(parley::aws_signing_region(region)),
                                        .service = std::string(medical_imaging::MedicalImaging::aws.signing_name)};

    auto const& recorded = vector.at("request").as_object();
    auto request = request_of(recorded);
    auto const signature = parley::sign_headers(request, credentials, options, time);
    if (!signature) return signature.error().text;
    std::string differences;
    for (auto const name : added) {
        auto const* field = recorded.at("headers").as_object().if_contains(name);
        auto const expected = field ? text(*field) : "(none)";
        auto const actual = std::string(request.fields.find(name).value_or("(none)"));
        if (actual != expected)
            differences.append(name).append(": ").append(actual).append(", recorded: ").append(expected + '\n');
    }
    auto const hash = parley::to_hex(parley::sha256_of(signature->canonical_request));
    if (hash != text(vector.at("sigv4").as_object().at("canonicalRequestHash"))) {
        differences += "the canonical request differs:\n" + signature->canonical_request + '\n';
    }
    return differences;
}

enum class verdict { passed, failed, skipped };

// Each recording has a verdict: one that cannot be read has failed.
verdict check(json::object const& defaults, json::value const& v, int number) {
    auto name = "recording " + std::to_string(number);
    std::string differences;
    try {
        auto const& vector = v.as_object();
        name = text(vector.at("id"));
        if (auto const* refused = vector.if_contains("refused")) {
            std::printf("skipped %s: the SDK rejected the input: %s\n", name.c_str(),
                        text(refused->as_object().at("message")).c_str());
            return verdict::skipped;
        }
        differences = compare(defaults, vector);
    } catch (std::exception const& e) { differences = std::string("the recording cannot be read: ") + e.what(); }
    if (differences.empty()) return verdict::passed;
    std::printf("FAILED %s\n%s\n", name.c_str(), differences.c_str());
    return verdict::failed;
}

} // namespace

int main(int argc, char** argv) try {
    if (argc != 2) return std::fputs("usage: sigv4_recordings FILE\n", stderr), 2;
    std::ifstream file(argv[1], std::ios::binary);
    json::parse_options parse;
    parse.max_depth = 1000;
    auto const recordings = json::parse(std::string(std::istreambuf_iterator<char>(file), {}), {}, parse).as_object();
    auto const& defaults = recordings.at("meta").as_object().at("defaults").as_object();
    int count[3] = {}, number = 0;
    for (auto const& v : recordings.at("vectors").as_array()) ++count[static_cast<int>(check(defaults, v, ++number))];
    std::printf("%d passed, %d failed, %d skipped\n", count[0], count[1], count[2]);
    return count[1] == 0 ? 0 : 1;
} catch (std::exception const& e) {
    std::fprintf(stderr, "%s: %s\n", argv[1], e.what());
    return 1;
}
