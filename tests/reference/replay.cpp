// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// Repeats the calls of the reference against a stand-in started with the same options, and compares the outcomes. See client.mjs.
//
//     replay ENDPOINT TRANSCRIPT

#include "support/any_call.hpp"
#include "support/params.hpp"

#include <parley/credentials/sigv4_signer.hpp>
#include <parley/credentials/static_credentials.hpp>
#include <parley/services/medical_imaging.hpp>
#include <parley/transport/curl.hpp>

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <boost/json/value_from.hpp>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace json = boost::json;
using any_call::ending;
using params::difference;
using params::notation;

namespace {

std::string text(json::value const& v) { return std::string(v.as_string()); }

std::string environment(char const* name) {
    auto const* const value = std::getenv(name);
    return value ? value : "";
}

parley::client_config config_of(std::string const& kind, std::string const& endpoint) {
    parley::client_config config;
    config.endpoint = endpoint;
    config.aws.region = "us-east-1";
    config.aws.host_prefix = false;
    config.strictness = parley::strictness::compatible; // sends invalid input, too, as the reference does
    config.retry.max_attempts = kind == "patient" ? 3 : 1;
    parley::aws_credentials key{.access_key_id = environment("AWS_ACCESS_KEY_ID"),
                                .secret_access_key = environment("AWS_SECRET_ACCESS_KEY"),
                                .session_token = environment("AWS_SESSION_TOKEN")};
    if (kind == "wrong-secret") key.secret_access_key = "another";
    if (kind == "wrong-token") key.session_token = "another";
    if (kind == "unknown-key") key.access_key_id = "another";
    if (kind != "unsigned")
        config.sign =
            parley::sigv4_signer(parley::static_credentials{key}, {.region = config.aws.region, .service = "medical-imaging"});
    return config;
}

class replay {
public:
    explicit replay(std::string endpoint) : endpoint_(std::move(endpoint)) { add(medical_imaging::MedicalImaging::operations()); }

    /// Returns the differences from the outcome of the reference.
    std::vector<difference> run(json::object const& entry) {
        if (auto const* const failure = entry.if_contains("failNext")) fail_next(failure->as_object());
        auto const name = text(entry.at("operation"));
        auto const config = config_of(text(entry.at("client")), endpoint_);
        if (auto const* const pages = entry.if_contains("pages"))
            return paginators_.at(name)(*this, config, entry.at("input"), pages->as_array());
        return compare(entry, calls_.at(name).call(config, peer_, {&entry.at("input"), notation::recording}));
    }

private:
    using paginate = std::vector<difference> (*)(replay&, parley::client_config const&, json::value const& input,
                                                 json::array const& pages);

    template <class... Op>
    void add(parley::operations<Op...>) {
        (calls_.emplace(any_call::operation_of<Op>().name, any_call::operation_of<Op>()), ...);
        (add_paginator<Op>(), ...);
    }
    template <class Op>
    void add_paginator() {
        if constexpr (parley::paginated_operation<Op>) paginators_.emplace(any_call::operation_of<Op>().name, &pages_of<Op>);
    }

    template <class Op>
    static std::vector<difference> pages_of(replay& self, parley::client_config const& config, json::value const& data,
                                            json::array const& expected) {
        auto input = parley::detail::access::make<typename Op::input>();
        auto different = params::fill(input, data, notation::recording, params::purpose::input);
        parley::client client{config, std::ref(self.peer_)};
        std::size_t count = 0;
        for (auto& page : client.template pages<Op>(input)) {
            if (!page) return different.push_back({"", page.error().text()}), different;
            if (count < expected.size()) {
                auto const found =
                    params::compare(parley::shape_of<typename Op::output>, &*page, expected[count], notation::recording);
                different.insert(different.end(), found.different.begin(), found.different.end());
            }
            ++count;
        }
        if (count != expected.size()) different.push_back({"", std::to_string(count) + " pages"});
        return different;
    }

    void fail_next(json::object const& failure) {
        parley::http_request request;
        request.method = "POST";
        request.target =
            "/stand-in/fail-next/" + text(failure.at("error")) + "?times=" + std::to_string(failure.at("times").as_int64());
        auto const endpoint = parley::parse_endpoint(endpoint_);
        request.scheme = endpoint->scheme;
        request.host = endpoint->host;
        request.port = endpoint->port;
        auto const response = curl_(request);
        if (!response || response->status != 200) throw std::runtime_error("the stand-in cannot be set up to fail");
    }

    static std::vector<difference> compare(json::object const& entry, any_call::result const& ours) {
        auto different = ours.unfit;
        auto const expect = [&different](char const* name, auto const& expected, auto const& actual) {
            if (expected != actual)
                different.push_back(
                    {name, json::serialize(json::value_from(expected)) + ", is " + json::serialize(json::value_from(actual))});
        };
        expect("status", entry.at("status").as_int64(), std::int64_t{ours.metadata.status});
        expect("attempts", entry.at("attempts").as_int64(), std::int64_t{ours.metadata.attempts});
        expect("requestId", text(entry.at("requestId")), ours.metadata.request_id);
        if (auto const* const output = entry.if_contains("output")) {
            if (ours.ending != ending::output) return different.push_back({"", ours.text}), different;
            auto const found = ours.compare(*output, notation::recording);
            different.insert(different.end(), found.different.begin(), found.different.end());
            different.insert(different.end(), found.unfit.begin(), found.unfit.end());
            return different;
        }
        auto const& error = entry.at("error").as_object();
        expect("declared", error.at("declared").as_bool(), ours.ending == ending::declared_error);
        expect("error", text(error.at("name")), ours.ending == ending::declared_error ? ours.error : ours.code);
        expect("message", text(error.at("message")), ours.message);
        expect("fault", text(error.at("fault")), std::string(ours.fault == parley::fault::server ? "server" : "client"));
        return different;
    }

    std::string endpoint_;
    parley::curl_transport curl_;
    any_call::server peer_{[this](parley::http_request const& r) { return curl_(r); }};
    std::map<std::string, any_call::operation, std::less<>> calls_;
    std::map<std::string, paginate, std::less<>> paginators_;
};

} // namespace

int main(int argc, char** argv) {
    if (argc != 3) return std::fprintf(stderr, "usage: %s ENDPOINT TRANSCRIPT\n", argv[0]), 2;
    try {
        replay calls(argv[1]);
        int passed = 0, failed = 0;
        auto const transcript = params::parse_file(argv[2]);
        for (auto const& entry : transcript.as_array()) {
            auto const different = calls.run(entry.as_object());
            ++(different.empty() ? passed : failed);
            if (!different.empty())
                std::printf("FAILED %s %s\n%s\n", text(entry.at("operation")).c_str(), json::serialize(entry.at("input")).c_str(),
                            params::to_text(different).c_str());
        }
        std::printf("client of parley: %d calls as in the reference, %d differences\n", passed, failed);
        return failed == 0 && passed > 0 ? 0 : 1;
    } catch (std::exception const& e) {
        std::fprintf(stderr, "%s\n", e.what());
        return 1;
    }
}
