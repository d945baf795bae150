// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_CLIENT_CLIENT_CONFIG_IPP
#define PARLEY_CLIENT_CLIENT_CONFIG_IPP

#include <parley/client/client_config.hpp>
#include <parley/exchange/thrown.hpp>

#include <condition_variable>
#include <mutex>

namespace parley::inline PARLEY_ABI::detail {

std::chrono::steady_clock::time_point steady_now() { return std::chrono::steady_clock::now(); }
std::chrono::system_clock::time_point system_now() { return std::chrono::system_clock::now(); }

namespace client_impl {

inline client_config&& with_state(client_config&& config) {
    if (!config.state) config.state = std::make_shared<client_state>(config.retry, config.now ? config.now() : steady_now());
    return std::move(config);
}

[[gnu::cold]] inline call_settings settings_of(client_config const& config, driver_abilities can) {
    call_settings settings;
    settings.host_prefix = config.aws.host_prefix;
    settings.strictness = config.strictness;
    settings.limits = config.limits;
    settings.retry = config.retry;
    if (!can.wait) settings.retry.max_attempts = 1, settings.retry.mode = retry_mode::standard;
    if (!can.hedge) settings.retry.hedge_after.reset();
    settings.state = config.state.get();
    settings.gzip = config.gzip;
    settings.gzip_threshold = config.gzip_threshold;
    settings.fields = config.fields;
    settings.user_agent = config.user_agent;
    settings.random = config.random ? config.random : random_fraction;
    settings.uuid = config.uuid ? config.uuid : random_uuid;
    settings.system_now = config.system_now ? config.system_now : system_now;
    settings.sign = config.sign;
    settings.interceptors = config.interceptors;
    return settings;
}

} // namespace client_impl

// The reference implementation drops a query and a fragment.
std::string_view endpoint_of(client_config const& config) {
    std::string_view const endpoint = config.endpoint;
    return config.strictness == strictness::compatible ? endpoint.substr(0, endpoint.find_first_of("?#")) : endpoint;
}

[[gnu::cold]] client_core::client_core(client_config&& from, driver_abilities can)
    : config(client_impl::with_state(std::move(from))), settings(client_impl::settings_of(config, can)),
      endpoint(parse_endpoint(endpoint_of(config))) {}
client_core::~client_core() = default;

std::shared_ptr<client_core const> make_client_core(client_config&& config, driver_abilities can) {
    return std::make_shared<client_core>(std::move(config), can);
}

call_plan::call_plan() noexcept = default;
call_plan::call_plan(client_config const& config, call_options const& options) noexcept {
    overrides.call_timeout = options.call_timeout ? options.call_timeout : config.call_timeout;
    overrides.attempt_timeout = options.attempt_timeout ? options.attempt_timeout : config.attempt_timeout;
    overrides.stop = options.stop;
}
call_plan::call_plan(call_plan&&) noexcept = default;
call_plan::~call_plan() = default;

[[gnu::cold]] call_plan failed_plan(std::string text) {
    invalid_input invalid;
    invalid.message = std::move(text);
    call_plan plan;
    plan.error.emplace(std::move(invalid));
    return plan;
}

call_plan make_plan(client_core const& core, operation_vtable const& operation, call_options const& options,
                    void const* input) noexcept {
    try {
        return operation.plan(core, operation, options, input);
    } catch (...) {
        call_plan plan;
        plan.error = error_of_exception(delivery::not_sent);
        return plan;
    }
}

call_plan plan_call(client_core const& core, operation_vtable const&, call_options const& options, void const*) {
    if (!core.endpoint) return failed_plan("invalid endpoint: expected https://host[:port][/path]");
    call_plan plan(core.config, options);
    plan.overrides.endpoint = &*core.endpoint;
    return plan;
}

[[gnu::cold]] void sleep_in_thread(std::chrono::steady_clock::duration duration, std::stop_token const& stop) {
    std::mutex mutex;
    std::condition_variable_any woken;
    std::unique_lock lock(mutex);
    woken.wait_for(lock, stop, duration, [] { return false; });
}

} // namespace parley::detail

#endif
