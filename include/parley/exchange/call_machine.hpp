// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_EXCHANGE_CALL_MACHINE_HPP
#define PARLEY_EXCHANGE_CALL_MACHINE_HPP

#include <parley/auth/signing.hpp>
#include <parley/core/config.hpp>
#include <parley/exchange/client_state.hpp>
#include <parley/exchange/interceptor.hpp>
#include <parley/exchange/outcome.hpp>
#include <parley/exchange/request_decorator.hpp>
#include <parley/exchange/retry.hpp>
#include <parley/protocol/protocol_engine.hpp>

#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace parley::inline PARLEY_ABI {

/// Settings of a call. Randomness and wall-clock time are injected.
struct call_settings {
    endpoint_url endpoint;                                      ///< where requests are sent
    bool host_prefix = true;                                    ///< operations may put a prefix before the host
    parley::strictness strictness = parley::strictness::strict; ///< how strictly messages are checked
    decode_limits limits{};                                     ///< the limits of what is decoded from a response
    retry_policy retry{};                                       ///< attempts, backoff and retry tokens
    client_state* state = nullptr;                              ///< shared with other calls; may be null
    std::optional<std::chrono::milliseconds> call_timeout{};    ///< limits all attempts and the waits between them
    std::optional<std::chrono::milliseconds> attempt_timeout{}; ///< limits one attempt
    compressor gzip{};                                          ///< compresses request bodies of operations that allow it
    std::size_t gzip_threshold = 10'240;                        ///< bytes; smaller bodies are not compressed
    headers fields{};                                           ///< header fields that are added to each request
    std::string user_agent{};                                   ///< not sent if empty
    std::stop_token stop{};                                     ///< cancels the call
    std::function<double()> random{};                           ///< within [0, 1)
    std::function<std::string()> uuid{};                        ///< returns a random UUID as text (RFC 9562)
    std::function<std::chrono::system_clock::time_point()> system_now{}; ///< for signatures and dates; default: the epoch
    std::string signing_region{};                                        ///< the AWS region to sign for
    std::string signing_name{};                                          ///< the AWS service to sign for
    request_signer sign{};                                               ///< authorizes the request of each attempt
    std::span<interceptor const> interceptors{};                         ///< must live as long as the call
};

namespace detail {

/// Per-call overrides. Referenced objects must outlive the call.
struct call_overrides {
    endpoint_url const* endpoint = nullptr;
    headers const* fields = nullptr; ///< added to each request before those of the settings; may be null
    std::string_view signing_region;
    std::string_view signing_name;
    request_decorator const* decorator = nullptr; ///< may be null
    std::optional<std::chrono::milliseconds> call_timeout;
    std::optional<std::chrono::milliseconds> attempt_timeout;
    std::stop_token stop;

    call_overrides() = default;
    /// Copies the values of the settings, which must outlive the call.
    explicit call_overrides(call_settings const& settings, request_decorator const* decorator = nullptr);
};

} // namespace detail

/// The next step of a driver.
enum class call_step : std::uint8_t {
    send,    ///< pass `request()` to the transport; returned once for each attempt
    receive, ///< wait until an attempt ends or until `wake_at()`
    wait,    ///< wait until `wake_at()`
    again,   ///< poll again with the current time: a signer or an interceptor ran, which may have taken a while
    done,    ///< take the outcome
};

/// The effect of sending an operation twice.
enum class repeatability : std::uint8_t {
    unsafe,     ///< the operation may take effect twice
    idempotent, ///< the second request has no further effect
    readonly,   ///< the operation has no effect
};

namespace detail {

/// A call of any operation as a state machine. It does no I/O and has no clock: a driver calls `poll` for the next step, carries it
/// out, and reports the result with a `handle_*` function.
///
/// The steps of a call in the order of the functions: `start` encodes the request; `prepare` signs it for an attempt; `launch` hands it
/// to the driver, which sends it; `handle_response` decodes the response; `retry` schedules another attempt, or `finish` ends the
/// call; `take_end` completes the outcome.
///
/// An exception that is thrown within the machine, by a member's type, a signer, an interceptor, a function of the settings or the
/// allocator, ends the call with a `transport_failure` (`transport_errc::exception`). Nothing is sent after that.
class call_machine {
public:
    using time_point = std::chrono::steady_clock::time_point;
    using duration = std::chrono::steady_clock::duration;
    enum class ending : std::uint8_t { none, output, invalid_input, transport, error, exception };

    /// Creates a call that writes to `outcome`: the output when a response is decoded, the rest in `take_end`.
    call_machine(operation_table const& op, client_engine const& engine, call_settings const& settings, call_overrides overrides,
                 outcome_parts const& outcome) noexcept;
    ~call_machine();

    call_machine(call_machine const&) = delete;
    call_machine& operator=(call_machine const&) = delete;

    /// Encodes the request.
    void start(input_ref input, repeatability repeat, time_point now) noexcept;
    /// Returns the next step.
    call_step poll(time_point now) noexcept;
    /// Returns the last result of `poll`, or `done` if the call has ended since.
    call_step step() const noexcept { return step_; }
    http_request const& request() const noexcept { return *newest_; }
    int attempt() const noexcept { return metadata_.attempts; }
    std::stop_token const& stop() const noexcept { return overrides_.stop; }
    time_point wake_at() const noexcept { return wake_at_; }
    void handle_response(response_view response, int attempt, time_point now) noexcept;
    void handle_transport_error(transport_error const& error, int attempt, time_point now) noexcept;
    void handle_wake() noexcept { wake_at_ = time_point::min(); }
    /// Ends the call with the exception that is being handled, for example one of the driver's clock or timer. For use in a catch
    /// block. Does nothing if the call is done, or if `attempt` is not 0 and not in flight.
    void handle_exception(int attempt = 0) noexcept;
    /// Completes the outcome of a call that is done: stops the attempts that are still in flight and notifies the interceptors.
    void take_end() noexcept;

private:
    // The second request and the stop sources of a call that may have two attempts in flight.
    struct hedging {
        struct stop_both {
            hedging* self;
            void operator()() const noexcept {
                for (auto& source : self->sources) source.request_stop();
            }
        };
        explicit hedging(std::stop_token const& stop) : link(stop, stop_both{this}) {}

        std::array<std::stop_source, 2> sources;
        http_request second;
        std::stop_callback<stop_both> link; // last: it may call at once
    };
    // The reason for a wait. `before_error` delays an error without a retry (see `retry_policy::long_polling`).
    enum class pause : std::uint8_t { none, before_retry, for_rate, before_error };

    bool adaptive() const noexcept { return settings_->state && settings_->retry.mode == retry_mode::adaptive; }
    // Returns whether an interceptor has the hook.
    template <class... Parameters, class... Arguments>
    bool notify(std::function<void(Parameters...)> interceptor::*hook, int attempt, Arguments&&... arguments) const {
        bool any = false;
        for (auto const& one : settings_->interceptors) {
            if (!(one.*hook)) continue;
            (one.*hook)(arguments..., attempt_context(*op_, attempt));
            any = true;
        }
        return any;
    }
    bool in_flight() const noexcept { return attempts_[0] != 0 || attempts_[1] != 0; }
    bool wait_for_rate(time_point now);
    std::optional<time_point> attempt_deadline(time_point now) const noexcept;
    bool prepare(std::size_t place, time_point now);
    void launch(std::size_t place, time_point now) noexcept;
    void begin_hedge(time_point now);
    void launch_hedge(time_point now) noexcept;
    void return_tokens() noexcept;
    int end_attempt(int attempt) noexcept;
    void begin_wait(time_point now, duration length, pause reason);
    void set_header_fields();
    void decode(response_view& response, int number, time_point now);
    void process_output(std::shared_ptr<void const> text, time_point now);
    void process_error(response_view const& response, int number, bool clock_corrected, time_point now);
    void process_transport_error(transport_error const& error, int number, time_point now);
    std::optional<signing_error> sign(http_request& request, int attempt);
    std::chrono::system_clock::time_point peer_now() const;
    bool observe_clock(response_view const& response);
    bool retry(failed_attempt failure, bool may_have_acted, response_view const* response, time_point now);
    std::optional<std::chrono::milliseconds> acquire_retry_tokens(failed_attempt& failure, response_view const* response,
                                                                  time_point now);
    retry_verdict classify(failed_attempt const& failure, bool may_have_acted) const noexcept;
    std::chrono::milliseconds delay_after(failed_attempt const& failure, response_view const* response) const;
    void finish(ending kind, call_phase phase) noexcept;
    void end_by_exception(call_phase phase, int attempt = 0) noexcept;
    call_end current_end() const noexcept;
    void notify_end() noexcept;
    call_error_state take_error();
    void fail(transport_errc condition, call_phase phase, std::string text);
    void give_up(transport_errc condition, std::string text, retry_verdict verdict);
    void cancel();
    void read_ids(response_view const& response);

    operation_table const* op_;
    client_engine const* engine_;
    call_settings const* settings_;
    call_overrides overrides_;
    outcome_parts outcome_;
    http_request request_;
    http_request const* newest_ = &request_;
    std::unique_ptr<hedging> hedging_;
    std::array<int, 2> attempts_{}; // the numbers of the attempts in flight: with `request_`, and with `hedging_->second`
    std::optional<time_point> deadline_;
    time_point wake_at_{};
    repeatability repeat_ = repeatability::unsafe;
    call_step step_ = call_step::send;
    pause pause_ = pause::none;
    ending ending_ = ending::none;
    bool maybe_sent_ = false;    // the server may have seen an attempt
    bool retry_pending_ = false; // a retry is scheduled and not launched yet
    int held_tokens_ = 0;        // taken for an attempt that is not launched yet
    int last_cost_ = 0;
    int prepared_ = 0; // the number of the attempt that is ready to be launched, or 0
    time_point prepared_at_{};
    std::chrono::milliseconds clock_offset_{0}; // the offset that the last attempt was signed with
    std::vector<violation> violations_;
    transport_failure transport_;
    response_report report_;
    declared_error declared_;
    http_response response_;
    call_metadata metadata_;
};

} // namespace detail
} // namespace parley

#endif
