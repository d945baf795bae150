// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_ENDPOINT_CLIENT_CONFIG_IPP
#define PARLEY_ENDPOINT_CLIENT_CONFIG_IPP

#include <parley/endpoint/aws_endpoint_cache.hpp>
#include <parley/endpoint/client_config.hpp>

#include <condition_variable>
#include <mutex>
#include <random>

namespace parley::detail {

namespace {

std::mt19937_64& random_engine() {
    // Of each thread, so that clients need no lock.
    thread_local std::mt19937_64 engine = [] {
        std::random_device device;
        std::seed_seq seed{device(), device(), device(), device(), device(), device(), device(), device()};
        return std::mt19937_64(seed);
    }();
    return engine;
}

} // namespace

std::chrono::steady_clock::time_point steady_now() { return std::chrono::steady_clock::now(); }
std::chrono::system_clock::time_point system_now() { return std::chrono::system_clock::now(); }

double random_fraction() { return static_cast<double>(random_engine()() >> 11) * 0x1p-53; }

std::string random_uuid() {
    auto const high = (random_engine()() & ~std::uint64_t{0xf000}) | 0x4000;
    auto const low = (random_engine()() & ~(std::uint64_t{3} << 62)) | std::uint64_t{1} << 63;
    // Where each byte's digits are.
    static constexpr unsigned char places[16] = {0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34};
    char text[] = "00000000-0000-0000-0000-000000000000";
    for (unsigned i = 0; i < 16; ++i) {
        auto const byte = (i < 8 ? high : low) >> (56 - 8 * (i % 8)) & 0xff;
        text[places[i]] = "0123456789abcdef"[byte >> 4];
        text[places[i] + 1] = "0123456789abcdef"[byte & 15];
    }
    return {text, sizeof text - 1};
}

std::shared_ptr<aws_endpoint_cache> make_aws_endpoint_cache() { return std::make_shared<aws_endpoint_cache>(); }
std::shared_ptr<client_state> make_client_state(retry_policy const& policy, std::chrono::steady_clock::time_point now) {
    return std::make_shared<client_state>(policy, now);
}

call_plan::call_plan() = default;
call_plan::call_plan(call_plan&&) noexcept = default;
call_plan::~call_plan() = default;

namespace {

call_plan refusing(std::string text) {
    call_plan plan;
    plan.refusal.emplace().message = std::move(text);
    return plan;
}

} // namespace

call_plan plan_call(client_config const& config, aws_service const* aws, call_options const& options,
                    aws_endpoint_cache& endpoints, endpoint_parameters const* parameters, driver_abilities can) {
    call_plan plan;
    auto& settings = plan.settings;
    std::string_view endpoint = config.endpoint;
    // The reference drops a query and a fragment.
    if (config.strictness == strictness::compatible) endpoint = endpoint.substr(0, endpoint.find_first_of("?#"));
    if (aws) {
        auto found = endpoints.find(*aws, {.region = config.region, .fips = config.use_fips, .dualstack = config.use_dualstack,
                                           .endpoint = endpoint,
                                           .others = parameters ? *parameters : endpoint_parameters()});
        if (!found) return refusing(std::move(found.error().text));
        settings.endpoint = std::move(found->url);
        settings.fields = std::move(found->fields);
        settings.signing_region = std::move(found->signing_region);
        settings.signing_name = std::move(found->signing_name);
    } else {
        auto url = parse_endpoint(endpoint);
        if (!url) return refusing("the endpoint of the client is no address of the form https://host[:port][/path]");
        settings.endpoint = std::move(*url);
    }
    settings.host_prefix = config.host_prefix;
    settings.strictness = config.strictness;
    settings.limits = config.limits;
    settings.retry = config.retry;
    if (!can.wait) settings.retry.max_attempts = 1, settings.retry.mode = retry_mode::standard;
    if (!can.hedge) settings.retry.hedge_after.reset();
    settings.state = config.state.get();
    settings.call_timeout = options.call_timeout ? options.call_timeout : config.call_timeout;
    settings.attempt_timeout = options.attempt_timeout ? options.attempt_timeout : config.attempt_timeout;
    settings.gzip = config.gzip;
    settings.gzip_threshold = config.gzip_threshold;
    for (auto const& field : config.fields) settings.fields.add(field.name, field.value);
    settings.user_agent = config.user_agent;
    settings.stop = options.stop;
    settings.random = config.random ? config.random : random_fraction;
    settings.uuid = config.uuid ? config.uuid : random_uuid;
    settings.system_now = config.system_now ? config.system_now : system_now;
    settings.sign = config.sign;
    settings.interceptors = config.interceptors;
    return plan;
}

void sleep_in_thread(std::chrono::steady_clock::duration duration, std::stop_token const& stop) {
    std::mutex mutex;
    std::condition_variable_any woken;
    std::unique_lock lock(mutex);
    woken.wait_for(lock, stop, duration, [] { return false; });
}

} // namespace parley::detail

#endif
