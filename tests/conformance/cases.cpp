// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// Runs protocol test cases with the public client and router, and prints the differences. Usage: program CASES
//
// CASES is a JSON array of {"kind", "operation", "error", "case"}: `case` is the case of the model, `error` the name of the error in
// the response. Prints a line of JSON for each case, in order: an array of {"where", "text"}, empty if the case passed.
// https://smithy.io/2.0/additional-specs/http-protocol-compliance-tests.html

#include "conformance/cases.hpp"

#include <parley/http/gzip.hpp>

#include <boost/json.hpp>

#include <algorithm>
#include <cstdio>
#include <map>
#include <optional>
#include <regex>
#include <string>

namespace json = boost::json;
using any_call::ending;
using params::difference;
using params::notation;

namespace conformance {

std::vector<operation>& operations() {
    static std::vector<operation> all;
    return all;
}

std::string (*operation_for)(parley::http_request const& request) = nullptr;

namespace {

using differences = std::vector<difference>;

std::string text(json::value const& v) { return std::string(v.as_string()); }

std::string text_of(json::object const& data, std::string_view name, std::string otherwise = {}) {
    auto const* v = data.if_contains(name);
    return v ? text(*v) : otherwise;
}

json::array const& list_of(json::object const& data, std::string_view name) {
    static json::array const none;
    auto const* v = data.if_contains(name);
    return v ? v->as_array() : none;
}

json::object const& object_of(json::object const& data, std::string_view name) {
    static json::object const none;
    auto const* v = data.if_contains(name);
    return v ? v->as_object() : none;
}

void expect(std::string const& where, std::string const& expected, std::string const& actual, differences& out) {
    if (expected != actual) out.push_back({where, "expected \"" + expected + "\", is \"" + actual + "\""});
}

std::string lower(std::string_view name) {
    std::string result(name);
    for (char& c : result) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return result;
}

bool is_json(std::string const& media_type) {
    return media_type == "application/json" || media_type.ends_with("+json") || media_type.starts_with("application/x-amz-json");
}

// The fields by name in lower case; several of one name are one list (RFC 9110, section 5.3). The transport writes
// Content-Length: of a request with content, or of a method that anticipates some (section 8.6).
std::map<std::string, std::string> fields_of(parley::http_request const& request) {
    std::map<std::string, std::string> fields;
    for (auto const& field : request.fields) {
        auto const [found, fresh] = fields.emplace(lower(field.name), field.value);
        if (!fresh) found->second.append(", ").append(field.value);
    }
    bool const anticipates = request.method == "POST" || request.method == "PUT" || request.method == "PATCH";
    if (!request.body.empty() || anticipates) fields.emplace("content-length", std::to_string(request.body.size()));
    fields.emplace("host", request.authority());
    return fields;
}

// The items of a list in a header, as they are written.
std::vector<std::string> items_of(std::string_view value) {
    std::vector<std::string> items(1);
    bool quoted = false;
    for (std::size_t i = 0; i < value.size(); ++i) {
        if (value[i] == '"') quoted = !quoted;
        if (quoted && value[i] == '\\' && i + 1 < value.size()) items.back() += value[i++];
        if (value[i] == ',' && !quoted) items.emplace_back();
        else items.back() += value[i];
    }
    for (auto& item : items) {
        item.erase(0, item.find_first_not_of(" \t"));
        item.erase(item.find_last_not_of(" \t") + 1);
    }
    return items;
}

void compare_headers(json::object const& expected, std::map<std::string, std::string> const& fields, differences& out) {
    for (auto const& [name, value] : object_of(expected, "headers")) {
        auto const found = fields.find(lower(name));
        auto const where = "header " + lower(name);
        if (found == fields.end()) out.push_back({where, "is missing; expected \"" + text(value) + "\""});
        else if (items_of(found->second) != items_of(text(value))) expect(where, text(value), found->second, out);
    }
    for (auto const& name : list_of(expected, "requireHeaders")) {
        if (!fields.contains(lower(text(name)))) out.push_back({"header " + lower(text(name)), "is missing"});
    }
    for (auto const& name : list_of(expected, "forbidHeaders")) {
        if (fields.contains(lower(text(name)))) out.push_back({"header " + lower(text(name)), "is forbidden"});
    }
}

// The values of each parameter in order, as written: "a=1&b" has no value for b.
using parameters = std::map<std::string, std::vector<std::optional<std::string>>>;

void add_parameter(std::string_view item, parameters& all) {
    auto const equals = item.find('=');
    auto& values = all[std::string(item.substr(0, equals))];
    if (equals == item.npos) values.emplace_back();
    else values.emplace_back(std::string(item.substr(equals + 1)));
}

std::string shown(std::vector<std::optional<std::string>> const& values) {
    std::string result;
    for (auto const& value : values)
        result += (result.empty() ? "" : ", ") + (value ? "\"" + *value + "\"" : std::string("no value"));
    return result;
}

void compare_query(json::object const& expected, std::string_view query, differences& out) {
    parameters actual, wanted;
    while (!query.empty()) {
        auto const end = std::min(query.find('&'), query.size());
        add_parameter(query.substr(0, end), actual);
        query.remove_prefix(std::min(end + 1, query.size()));
    }
    for (auto const& item : list_of(expected, "queryParams")) add_parameter(text(item), wanted);
    for (auto const& [name, values] : wanted) {
        auto const found = actual.find(name);
        if (found == actual.end()) out.push_back({"query " + name, "is missing; expected " + shown(values)});
        else if (found->second != values)
            out.push_back({"query " + name, "expected " + shown(values) + ", is " + shown(found->second)});
    }
    for (auto const& name : list_of(expected, "requireQueryParams")) {
        if (!actual.contains(text(name))) out.push_back({"query " + text(name), "is missing"});
    }
    for (auto const& name : list_of(expected, "forbidQueryParams")) {
        if (actual.contains(text(name))) out.push_back({"query " + text(name), "is forbidden"});
    }
}

parley::client_config config_for(json::object const& data) {
    parley::client_config config;
    config.endpoint = "https://" + text_of(data, "host", "example.com");
    config.aws.region = "us-east-1";
    config.gzip = parley::gzip;
    config.uuid = [] { return "00000000-0000-4000-8000-000000000000"; };
    config.retry.max_attempts = 1;
    return config;
}

differences check_request(any_call::operation const& op, json::object const& expected) {
    differences out;
    any_call::server server{[](parley::http_request const&) { return parley::http_response{200, {}, "{}"}; }};
    json::value const input = object_of(expected, "params");
    auto const ended = op.call(config_for(expected), server, {&input, notation::smithy});
    for (auto const& one : ended.unfit) out.push_back({"params " + one.where, one.text});
    if (!out.empty()) return out;
    auto const requests = server.requests();
    if (requests.empty()) {
        for (auto const& one : ended.violations) out.push_back({"input " + one.path, "no request was sent: " + one.message});
        return out.empty() ? differences{{"input", "no request was sent: " + ended.text}} : out;
    }
    auto const& request = requests.front();
    expect("method", text_of(expected, "method"), request.method, out);
    auto const question = std::min(request.target.find('?'), request.target.size());
    expect("uri", text_of(expected, "uri"), request.target.substr(0, question), out);
    compare_query(expected, std::string_view(request.target).substr(std::min(question + 1, request.target.size())), out);
    // `host` is the endpoint of the client and may have a path.
    auto const host = text_of(expected, "resolvedHost", text_of(expected, "host").substr(0, text_of(expected, "host").find('/')));
    if (!host.empty()) expect("host", host, request.authority(), out);
    compare_headers(expected, fields_of(request), out);
    if (auto const* body = expected.if_contains("body"))
        params::compare_bodies(text(*body), request.body, is_json(text_of(expected, "bodyMediaType")), out);
    return out;
}

// Returns the header fields of a response.
std::map<std::string, std::string> fields_of(parley::http_response const& response) {
    std::map<std::string, std::string> fields;
    for (auto const& field : response.fields) {
        auto const [found, fresh] = fields.emplace(lower(field.name), field.value);
        if (!fresh) found->second.append(", ").append(field.value);
    }
    fields.emplace("content-length", std::to_string(response.body.size())); // written by the HTTP stack of the server
    return fields;
}

// Returns the request that a client sends for the input of a case or, if it has none, for any valid input.
parley::http_request request_for(operation const& op, json::object const& data = {}) {
    any_call::server server{[](parley::http_request const&) { return parley::http_response{200, {}, "{}"}; }};
    json::value const input = object_of(data, "params");
    any_call::input const some;
    op.call(config_for({}), server, data.contains("params") ? any_call::input{&input, notation::smithy} : some);
    auto const requests = server.requests();
    return requests.empty() ? parley::http_request() : requests.front();
}

// Returns the request of a case. A case for clients, too, may omit what it does not check: then the header fields that identify the
// operation and the type of the body, and the body itself, are those that a client sends.
parley::http_request request_of(operation const& op, json::object const& data) {
    parley::http_request request;
    request.method = text_of(data, "method");
    request.target = text_of(data, "uri");
    char separator = '?';
    for (auto const& item : list_of(data, "queryParams")) {
        request.target += std::exchange(separator, '&');
        request.target += text(item);
    }
    request.host = text_of(data, "resolvedHost", text_of(data, "host", "example.com"));
    for (auto const& [name, value] : object_of(data, "headers")) request.fields.add(std::string(name), text(value));
    request.body = text_of(data, "body");
    auto const sent = request_for(op, data);
    bool const for_both = data.contains("params") && !data.contains("appliesTo");
    for (auto const* name : {"x-amz-target", "content-type"}) {
        auto const value = sent.fields.find(name);
        bool const needed = for_both || name == std::string_view("x-amz-target");
        if (value && needed && !request.fields.contains(name)) request.fields.add(name, std::string(*value));
    }
    if (for_both && !data.contains("body")) request.body = sent.body;
    return request;
}

differences check_served_request(operation const& op, json::object const& expected) {
    auto const request = request_of(op, expected);
    differences out;
    expect("operation", std::string(op.name), operation_for(request), out);
    auto const served = op.serve(request, {});
    if (!served.input) return {{"", "rejected: " + std::to_string(served.response.status) + ' ' + served.response.body}};
    json::value const params = object_of(expected, "params");
    auto const found = served.compare(params);
    for (auto const& one : found.unfit) out.push_back({"params " + one.where, one.text});
    for (auto const& one : found.different) out.push_back({"params " + one.where, one.text});
    return out;
}

differences check_served_response(operation const& op, std::string const& error, json::object const& expected) {
    json::value const params = object_of(expected, "params");
    auto const& headers = object_of(expected, "headers");
    auto const id = headers.find("X-Amzn-Requestid"); // chosen by the server
    auto const served = op.serve(request_for(op), {&params, error, id == headers.end() ? std::string() : text(id->value())});
    differences out;
    if (!served.input) return {{"", "rejected: " + std::to_string(served.response.status) + ' ' + served.response.body}};
    for (auto const& one : served.unfit) out.push_back({"params " + one.where, one.text});
    expect("status", std::to_string(expected.at("code").to_number<int>()), std::to_string(served.response.status), out);
    compare_headers(expected, fields_of(served.response), out);
    if (auto const* body = expected.if_contains("body"))
        params::compare_bodies(text(*body), served.response.body, is_json(text_of(expected, "bodyMediaType")), out);
    return out;
}

// https://smithy.io/2.0/additional-specs/http-protocol-compliance-tests.html#httpmalformedrequesttests
differences check_malformed(operation const& op, json::object const& data) {
    auto const request = request_of(op, data.at("request").as_object());
    auto const& expected = data.at("response").as_object();
    auto const served = op.serve(request, {});
    differences out;
    expect("operation", std::string(op.name), operation_for(request), out);
    if (served.input) out.push_back({"", "the handler was called"});
    expect("status", std::to_string(expected.at("code").to_number<int>()), std::to_string(served.response.status), out);
    compare_headers(expected, fields_of(served.response), out);
    auto const& body = object_of(expected, "body");
    if (body.empty()) return out;
    auto const& assertion = object_of(body, "assertion");
    if (auto const* contents = assertion.if_contains("contents"))
        params::compare_bodies(text(*contents), served.response.body, is_json(text_of(body, "mediaType")), out);
    if (auto const* expression = assertion.if_contains("messageRegex")) {
        auto const message = text_of(json::parse(served.response.body).as_object(), "message");
        if (!std::regex_search(message, std::regex(text(*expression))))
            out.push_back({"message", '"' + message + "\" does not match " + text(*expression)});
    }
    return out;
}

// Returns the code that a client reports for an error. A service that used AWS Query keeps its codes; the cases have them in the vendor
// parameters. https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#aws-protocols-awsquerycompatible-trait
std::string code_of(json::object const& expected, std::string const& error) {
    bool const has_code = text_of(expected, "vendorParamsShape").ends_with("#ErrorCodeParams");
    return has_code ? text_of(object_of(expected, "vendorParams"), "code", error) : error;
}

differences check_response(any_call::operation const& op, std::string const& error, json::object const& expected) {
    differences out;
    parley::http_response response;
    response.status = expected.at("code").to_number<int>();
    for (auto const& [name, value] : object_of(expected, "headers")) response.fields.add(std::string(name), text(value));
    response.body = text_of(expected, "body");
    any_call::server server{[&](parley::http_request const&) { return response; }};
    auto config = config_for({});
    config.strictness = parley::strictness::lenient;
    auto const ended = op.call(config, server, {});
    if (ended.ending == ending::invalid_input) return {{"input", "found no valid input: " + ended.text}};
    if (ended.ending != (error.empty() ? ending::output : ending::declared_error))
        return {{"", std::string("expected ") + (error.empty() ? "an output" : "the error " + error) + ", is "
                         + (ended.ending == ending::output ? "an output" : ended.text)}};
    expect("error", error, ended.error, out);
    expect("code", error.empty() ? "" : code_of(expected, error), ended.code, out);
    if (!out.empty()) return out;
    json::value const wanted = object_of(expected, "params");
    auto const found = ended.compare(wanted, notation::smithy);
    for (auto const& one : found.unfit) out.push_back({"params " + one.where, one.text});
    for (auto const& one : found.different) out.push_back({"params " + one.where, one.text});
    return out;
}

differences check(json::object const& job) {
    auto const name = text(job.at("operation"));
    auto const& all = operations();
    auto const op = std::find_if(all.begin(), all.end(), [&](auto const& one) { return one.name == name; });
    if (op == all.end()) return {{"", "the description has no operation " + name}};
    auto const& expected = job.at("case").as_object();
    auto const kind = text(job.at("kind"));
    auto const error = text_of(job, "error");
    if (kind == "client requests") return check_request(*op, expected);
    if (kind == "client responses") return check_response(*op, error, expected);
    if (kind == "server requests") return check_served_request(*op, expected);
    if (kind == "server responses") return check_served_response(*op, error, expected);
    if (kind == "malformed requests") return check_malformed(*op, expected);
    return {{"", "unsupported kind of case: " + kind}};
}

int run(char const* path) {
    auto const jobs = params::parse_file(path);
    for (auto const& job : jobs.as_array()) {
        json::array line;
        for (auto const& one : check(job.as_object())) line.push_back({{"where", one.where}, {"text", one.text}});
        std::printf("%s\n", json::serialize(line).c_str());
        std::fflush(stdout); // the next case may crash
    }
    return 0;
}

} // namespace
} // namespace conformance

int main(int argc, char** argv) { return argc == 2 ? conformance::run(argv[1]) : 2; }
