// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_EXCHANGE_CALL_MACHINE_HPP
#define PARLEY_EXCHANGE_CALL_MACHINE_HPP

#include <parley/core/config.hpp>
#include <parley/exchange/outcome.hpp>
#include <parley/exchange/retry.hpp>
#include <parley/protocol/protocol_engine.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>

namespace parley {

/// What a call is made with. What is random comes from outside.
struct call_settings {
    endpoint_url endpoint;
    bool host_prefix = true;
    parley::strictness strictness = parley::strictness::strict;
    decode_limits limits;
    retry_policy retry;
    std::optional<std::chrono::milliseconds> call_timeout;    ///< for all attempts and the waits between them
    std::optional<std::chrono::milliseconds> attempt_timeout; ///< for one attempt
    compressor gzip;                                          ///< for operations that take compressed requests
    std::size_t gzip_threshold = 10'240;                      ///< bytes; smaller bodies are sent as they are
    headers fields;                                           ///< added to each request
    std::string user_agent;                                   ///< none if empty
    std::stop_token stop;
    std::function<double()> random;                           ///< within [0, 1)
    std::function<std::string()> uuid;                        ///< a random UUID as text (RFC 9562)
    std::function<void(http_request&)> sign;                  ///< the last to change the request of each attempt
};

/// What a driver does next.
enum class call_step : std::uint8_t { send, wait, done };

namespace detail {

/// One call as a state machine, for all operations. It does no I/O and has no clock: a driver asks `poll` what to do next,
/// does it, and says what happened.
class call_machine {
public:
    using time_point = std::chrono::steady_clock::time_point;
    enum class ending : std::uint8_t { none, output, invalid_input, transport, error };

    call_machine(operation_table const& op, protocol_engine const& engine, call_settings const& settings)
        : op_(&op), engine_(&engine), settings_(&settings) {}

    void start(void const* input, time_point now);
    call_step poll(time_point now);
    http_request const& request() const noexcept { return request_; }
    time_point wake_at() const noexcept { return wake_at_; }
    void handle_response(response_view const& response, time_point now, void* output, void* errors);
    void handle_transport_error(transport_error const& error, time_point now);
    void handle_wake() noexcept { wake_at_ = time_point::min(); }

    ending how_it_ended() const noexcept { return ending_; }
    std::vector<violation>& violations() noexcept { return violations_; }
    transport_failure& transport() noexcept { return transport_; }
    response_report& report() noexcept { return report_; }
    http_response& response() noexcept { return response_; }
    call_metadata& metadata() noexcept { return metadata_; }

private:
    void begin_attempt(time_point now);
    void fail(transport_errc condition, std::string text);
    bool retry(retry_advice advice, time_point now);
    void read_ids(response_view const& response);

    operation_table const* op_;
    protocol_engine const* engine_;
    call_settings const* settings_;
    http_request request_;
    std::optional<time_point> deadline_;
    time_point wake_at_{};
    call_step step_ = call_step::send;
    ending ending_ = ending::none;
    bool under_way_ = false;   // the request of this attempt was handed out
    bool maybe_sent_ = false;  // the peer may have seen any of the attempts
    std::vector<violation> violations_;
    transport_failure transport_;
    response_report report_;
    http_response response_;
    call_metadata metadata_;
};

/// Writes `token` to each member that is an idempotency token and absent or empty.
void fill_idempotency_tokens(structure_shape const& s, void* input, std::function<std::string()> const& uuid);

} // namespace detail
} // namespace parley

#endif
