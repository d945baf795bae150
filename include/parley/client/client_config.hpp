// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_CLIENT_CLIENT_CONFIG_HPP
#define PARLEY_CLIENT_CLIENT_CONFIG_HPP

#include <parley/client/random.hpp>
#include <parley/core/config.hpp>
#include <parley/exchange/call_machine.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace parley::inline PARLEY_ABI {

/// The part of the client configuration that only AWS services use.
struct aws_config {
    std::string region{};       ///< "us-east-1"
    bool use_fips = false;      ///< use the endpoint for FIPS 140
    bool use_dualstack = false; ///< use the endpoint for IPv4 and IPv6
    bool host_prefix = true;    ///< operations may put a prefix before the host of the endpoint
};

/// Client configuration. Only the endpoint, or the region of an AWS service, is required.
struct client_config {
    std::string endpoint{}; ///< "https://api.example.com"; AWS services derive it from the region if it is empty
    aws_config aws{};       ///< for AWS services

    parley::strictness strictness = parley::strictness::strict; ///< how strictly messages are checked
    decode_limits limits{};                                     ///< the limits of what is decoded from a response
    retry_policy retry{};                                       ///< attempts, backoff and retry tokens
    std::shared_ptr<client_state> state{};                   ///< shared with other clients of the same server; default: a new one
    std::optional<std::chrono::milliseconds> call_timeout{}; ///< limits all attempts and the waits between them
    std::optional<std::chrono::milliseconds> attempt_timeout{}; ///< limits one attempt

    compressor gzip{};                   ///< compresses request bodies of operations that allow it: `parley::gzip`
    std::size_t gzip_threshold = 10'240; ///< bytes; smaller bodies are not compressed
    headers fields{};                    ///< header fields that are added to each request
    std::string user_agent = "parley/" PARLEY_VERSION_STRING; ///< not sent if empty
    request_signer sign{};                                    ///< authorizes the request of each attempt
    std::vector<interceptor> interceptors{};                  ///< observe and change requests and responses, in this order

    // Replaced in tests.
    std::function<std::chrono::steady_clock::time_point()> now{};        ///< for waits and deadlines; default: the steady clock
    std::function<std::chrono::system_clock::time_point()> system_now{}; ///< for signatures; default: the system clock
    std::function<double()> random{};                                    ///< within [0, 1); default: seeded by the system
    std::function<std::string()> uuid{};                                 ///< default: random (RFC 9562, version 4)
};

/// Overrides for one call. All default to the values of the client.
struct call_options {
    std::stop_token stop{};                                     ///< cancels the call
    std::optional<std::chrono::milliseconds> call_timeout{};    ///< instead of the client's
    std::optional<std::chrono::milliseconds> attempt_timeout{}; ///< instead of the client's
};

namespace detail {

std::chrono::steady_clock::time_point steady_now();
std::chrono::system_clock::time_point system_now();

/// Abilities of the driver of a call.
struct driver_abilities {
    bool wait = true;  ///< it can wait between two attempts
    bool hedge = true; ///< it can have two attempts in flight
};

/// State that a higher module keeps for each client. It is created on first use.
class client_extension {
public:
    /// Returns the state. `T` must be the same in all calls. Safe to call from several threads.
    template <class T>
    T& get() {
        std::lock_guard lock(mutex_);
        if (!state_) state_ = std::make_shared<T>();
        return *static_cast<T*>(state_.get());
    }

private:
    std::mutex mutex_;
    std::shared_ptr<void> state_;
};

/// A client without its transport: the configuration and the settings of all calls, shared by the copies of the client.
struct client_core {
    client_config config;
    call_settings settings;               ///< of all calls; refers to the config
    std::optional<endpoint_url> endpoint; ///< of the config; empty if it is invalid
    mutable client_extension extension;

    // Defined in the .ipp, so that they are compiled once and not for each transport.
    client_core(client_config&& from, driver_abilities can);
    ~client_core();
    client_core(client_core const&) = delete;
    client_core& operator=(client_core const&) = delete;

    /// Returns the time of the clock of the config. Throws what that clock throws.
    std::chrono::steady_clock::time_point now() const { return config.now ? config.now() : steady_now(); }
};
std::shared_ptr<client_core const> make_client_core(client_config&& config, driver_abilities can);

/// The overrides of a call, or the error that keeps it from being sent.
struct call_plan {
    call_overrides overrides;
    std::shared_ptr<void const> owner; ///< owns what the overrides refer to
    std::optional<call_error_state> error;

    // Defined in the .ipp, so that they are compiled once and not for each operation.
    call_plan() noexcept;
    call_plan(client_config const& config, call_options const& options) noexcept;
    call_plan(call_plan&&) noexcept;
    ~call_plan();
};

struct operation_vtable;
using call_planner = call_plan (*)(client_core const& core, operation_vtable const& operation, call_options const& options,
                                   void const* input);

/// The type-erased parts of an operation: its tables, its protocol and its planner.
struct operation_vtable {
    operation_table const& op;
    client_engine const& engine;
    call_planner plan;
};

/// Plans a call with the planner of `operation`. An exception of the planner becomes the error of the plan.
call_plan make_plan(client_core const& core, operation_vtable const& operation, call_options const& options,
                    void const* input) noexcept;

/// Plans a call to the endpoint of the configuration. Fails if that is missing or invalid.
call_plan plan_call(client_core const& core, operation_vtable const& operation, call_options const& options, void const* input);

/// Returns a plan that ends the call with `invalid_input` before anything is sent.
call_plan failed_plan(std::string text);

/// Returns the endpoint of the configuration; empty if it has none.
std::string_view endpoint_of(client_config const& config);

/// Blocks the calling thread until `duration` has passed or a stop is requested.
void sleep_in_thread(std::chrono::steady_clock::duration duration, std::stop_token const& stop);

} // namespace detail
} // namespace parley

#endif
