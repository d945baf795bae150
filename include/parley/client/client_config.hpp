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

/// The part of a client's configuration that only AWS services have.
struct aws_config {
    std::string region{};       ///< "us-east-1"
    bool use_fips = false;      ///< use the endpoint for FIPS 140
    bool use_dualstack = false; ///< use the endpoint for IPv4 and IPv6
    bool host_prefix = true;    ///< whether operations may put a prefix before the endpoint's host
};

/// What a client is made with. All but where the service is has a default.
struct client_config {
    std::string endpoint{}; ///< "https://api.example.com"; AWS services have one made from their region
    aws_config aws{};       ///< for AWS services

    parley::strictness strictness = parley::strictness::strict;
    decode_limits limits{};
    retry_policy retry{};
    std::shared_ptr<client_state> state{}; ///< shared with other clients of the same peer; default: one of its own
    std::optional<std::chrono::milliseconds> call_timeout{};    ///< for all attempts and the waits between them
    std::optional<std::chrono::milliseconds> attempt_timeout{}; ///< for one attempt

    compressor gzip{};                                        ///< for operations that take compressed requests: `parley::gzip`
    std::size_t gzip_threshold = 10'240;                      ///< bytes; smaller bodies are sent as they are
    headers fields{};                                         ///< added to each request
    std::string user_agent = "parley/" PARLEY_VERSION_STRING; ///< none if empty
    request_signer sign{};                                    ///< the last to change each attempt's request, to authorize it
    std::vector<interceptor> interceptors{};                  ///< see and change what goes out and comes in, in this order

    // For tests: what a client takes from its surroundings.
    std::function<std::chrono::steady_clock::time_point()> now{};        ///< for waits and deadlines; default: the steady clock
    std::function<std::chrono::system_clock::time_point()> system_now{}; ///< for signatures; default: the system's clock
    std::function<double()> random{};                                    ///< within [0, 1); default: seeded by the system
    std::function<std::string()> uuid{};                                 ///< default: random (RFC 9562, version 4)
};

/// What one call is made with besides its input.
struct call_options {
    std::stop_token stop{};                                     ///< cancels the call at any moment
    std::optional<std::chrono::milliseconds> call_timeout{};    ///< instead of the client's
    std::optional<std::chrono::milliseconds> attempt_timeout{}; ///< instead of the client's
};

namespace detail {

std::chrono::steady_clock::time_point steady_now();
std::chrono::system_clock::time_point system_now();

/// What the driver of a call can do.
struct driver_abilities {
    bool wait = true;  ///< between two attempts
    bool hedge = true; ///< have two attempts under way
};

/// State that a module above keeps for each client. It is made when it is first asked for.
class client_extension {
public:
    /// The state, which has one type in all calls. Safe to call from several threads.
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

/// What a client is, but for its transport: shared by its copies, and all that its calls have in common, made once.
struct client_core {
    client_config config;
    call_settings settings;               ///< of all calls; refers to the config
    std::optional<endpoint_url> endpoint; ///< of the config; none: it is no address
    mutable client_extension extension;

    // Compiled once, not for each transport.
    client_core(client_config&& from, driver_abilities can);
    ~client_core();
    client_core(client_core const&) = delete;
    client_core& operator=(client_core const&) = delete;

    /// The time by the clock of the config. Throws what that throws.
    std::chrono::steady_clock::time_point now() const { return config.now ? config.now() : steady_now(); }
};
std::shared_ptr<client_core const> make_client_core(client_config&& config, driver_abilities can);

/// What a call is made with besides the settings of its client, or why it cannot be.
struct call_plan {
    call_overrides terms;
    std::shared_ptr<void const> owner; ///< of what the terms refer to
    std::optional<call_error_state> refusal;

    // Compiled once, not for each operation.
    call_plan() noexcept;
    call_plan(client_config const& config, call_options const& options) noexcept;
    call_plan(call_plan&&) noexcept;
    ~call_plan();
};

struct operation_vtable;
using call_planner = call_plan (*)(client_core const& core, operation_vtable const& what, call_options const& options,
                                   void const* input);

/// An operation as its calls see it, whichever it is.
struct operation_vtable {
    operation_table const& op;
    client_engine const& engine;
    call_planner plan;
};

/// What a call is made with, by the planner of `what`. Whatever that throws, or refuses, is the refusal of the plan.
call_plan plan_for(client_core const& core, operation_vtable const& what, call_options const& options,
                   void const* input) noexcept;

/// What a call is made with; refused if the client does not say where the service is.
call_plan plan_call(client_core const& core, operation_vtable const& what, call_options const& options, void const* input);

/// A plan that ends the call before anything is sent.
call_plan refused_plan(std::string text);

/// The endpoint that the configuration names; empty if it names none.
std::string_view endpoint_of(client_config const& config);

/// Waits in the calling thread; returns early when asked to stop.
void sleep_in_thread(std::chrono::steady_clock::duration duration, std::stop_token const& stop);

} // namespace detail
} // namespace parley

#endif
