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

/// What a call is made with. What is random, and what time it is for the world, comes from outside.
struct call_settings {
    endpoint_url endpoint;
    bool host_prefix = true;
    parley::strictness strictness = parley::strictness::strict;
    decode_limits limits{};
    retry_policy retry{};
    client_state* state = nullptr;                              ///< shared with other calls; there may be none
    std::optional<std::chrono::milliseconds> call_timeout{};    ///< for all attempts and the waits between them
    std::optional<std::chrono::milliseconds> attempt_timeout{}; ///< for one attempt
    compressor gzip{};                                          ///< for operations that take compressed requests
    std::size_t gzip_threshold = 10'240;                        ///< bytes; smaller bodies are sent as they are
    headers fields{};                                           ///< added to each request
    std::string user_agent{};                                   ///< none if empty
    std::stop_token stop{};
    std::function<double()> random{};                                    ///< within [0, 1)
    std::function<std::string()> uuid{};                                 ///< a random UUID as text (RFC 9562)
    std::function<std::chrono::system_clock::time_point()> system_now{}; ///< for signatures and dates; none: the epoch
    std::string signing_region{};                                        ///< of AWS, for the signer
    std::string signing_name{};                                          ///< of AWS, for the signer
    request_signer sign{};                                               ///< the last to change the request of each attempt
    std::span<interceptor const> interceptors{};                         ///< which live as long as the call
};

namespace detail {

/// What is different from call to call of one client. Refers to what lives as long as the call.
struct call_overrides {
    endpoint_url const* endpoint = nullptr;
    headers const* fields = nullptr; ///< added to each request before those of the settings; null: none
    std::string_view signing_region;
    std::string_view signing_name;
    request_decorator const* decorator = nullptr; ///< null: it adds nothing
    std::optional<std::chrono::milliseconds> call_timeout;
    std::optional<std::chrono::milliseconds> attempt_timeout;
    std::stop_token stop;

    call_overrides() = default;
    /// Those of the settings, which live as long.
    explicit call_overrides(call_settings const& settings, request_decorator const* decorator = nullptr);
};

} // namespace detail

/// What a driver does next.
enum class call_step : std::uint8_t {
    send,    ///< give `request()` to the transport; said once for each attempt
    receive, ///< nothing, until an attempt ends or `wake_at()` has come
    wait,    ///< nothing, until `wake_at()` has come
    again,   ///< poll again with the current time: a signer or an interceptor ran, which may have taken a while
    done,
};

/// Whether an operation may be sent again.
enum class repeatability : std::uint8_t {
    unsafe,     ///< it may act once more
    idempotent, ///< it makes no difference to the peer
    readonly,   ///< the peer does not act at all
};

namespace detail {

/// One call as a state machine, for all operations. It does no I/O and has no clock: a driver asks `poll` what to do next,
/// does it, and says what happened.
///
/// Whatever is thrown while the machine runs, by a member's type, a signer, an interceptor, a function of the settings or
/// the allocator, ends the call with a `transport_failure` (`transport_errc::exception`). Nothing is sent after that.
class call_machine {
public:
    using time_point = std::chrono::steady_clock::time_point;
    using duration = std::chrono::steady_clock::duration;
    enum class ending : std::uint8_t { none, output, invalid_input, transport, error, exception };

    /// The output of `reply` is filled by the response that has one, the rest when the end is taken.
    call_machine(operation_table const& op, client_engine const& engine, call_settings const& settings, call_overrides terms,
                 outcome_parts const& reply) noexcept;
    ~call_machine();

    call_machine(call_machine const&) = delete;
    call_machine& operator=(call_machine const&) = delete;

    void start(input_ref input, repeatability repeat, time_point now) noexcept;
    call_step poll(time_point now) noexcept;
    /// What `poll` said last, or `done` once that is known.
    call_step step() const noexcept { return step_; }
    http_request const& request() const noexcept { return *newest_; }
    int attempt() const noexcept { return metadata_.attempts; }
    std::stop_token const& stop() const noexcept { return terms_.stop; }
    time_point wake_at() const noexcept { return wake_at_; }
    void handle_response(response_view response, int attempt, time_point now) noexcept;
    void handle_transport_error(transport_error const& error, int attempt, time_point now) noexcept;
    void handle_wake() noexcept { wake_at_ = time_point::min(); }
    /// Ends the call with the exception that is being handled: something that the driver itself ran has thrown, such as its clock or
    /// timer. For use in a catch block. Does nothing if the call is done, or if `attempt` is not 0 and not under way.
    void handle_exception(int attempt = 0) noexcept;
    /// The call is done: asks the transport to give up the attempts that are no longer needed, tells who wants to hear, and finishes
    /// the outcome.
    void take_end() noexcept;

private:
    // Of a call that may have two attempts under way.
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
    enum class pause : std::uint8_t { none, before_retry, for_rate, before_error };

    bool adaptive() const noexcept { return settings_->state && settings_->retry.mode == retry_mode::adaptive; }
    template <class... Parameters, class... Arguments>
    bool notify(std::function<void(Parameters...)> interceptor::*whom, int attempt, Arguments&&... what) const {
        bool any = false;
        for (auto const& one : settings_->interceptors) {
            if (!(one.*whom)) continue;
            (one.*whom)(what..., attempt_context(*op_, attempt));
            any = true;
        }
        return any;
    }
    bool under_way() const noexcept { return attempts_[0] != 0 || attempts_[1] != 0; }
    bool wait_for_rate(time_point now);
    std::optional<time_point> attempt_deadline(time_point now) const noexcept;
    bool prepare(std::size_t place, time_point now);
    void launch(std::size_t place, time_point now) noexcept;
    void begin_hedge(time_point now);
    void launch_hedge(time_point now) noexcept;
    void return_tokens() noexcept;
    int end_attempt(int attempt) noexcept;
    void begin_wait(time_point now, duration length, pause what);
    void read(response_view& response, int number, time_point now);
    void judge_error(transport_error const& error, int number, time_point now);
    std::optional<signing_error> sign(http_request& request, int attempt);
    std::chrono::system_clock::time_point peer_now() const;
    bool observe_clock(response_view const& response);
    bool retry(failed_attempt failure, bool may_have_acted, response_view const* response, time_point now);
    std::optional<std::chrono::milliseconds> acquire_retry_tokens(failed_attempt& failure, response_view const* response,
                                                                  time_point now);
    retry_verdict classify(failed_attempt const& failure, bool may_have_acted) const noexcept;
    std::chrono::milliseconds delay_after(failed_attempt const& failure, response_view const* response) const;
    void finish(ending how, call_phase phase) noexcept;
    void end_by_exception(call_phase phase, int attempt = 0) noexcept;
    call_end end_so_far() const noexcept;
    void notify_end() noexcept;
    call_error_state take_error();
    void fail(transport_errc condition, call_phase phase, std::string text);
    void give_up(transport_errc condition, std::string text, retry_verdict verdict);
    void cancel();
    void read_ids(response_view const& response);

    operation_table const* op_;
    client_engine const* engine_;
    call_settings const* settings_;
    call_overrides terms_;
    outcome_parts reply_;
    http_request request_;
    http_request const* newest_ = &request_;
    std::unique_ptr<hedging> hedging_;
    std::array<int, 2> attempts_{}; // the numbers of those under way: in `request_`, and in `hedging_->second`
    std::optional<time_point> deadline_;
    time_point wake_at_{};
    repeatability repeat_ = repeatability::unsafe;
    call_step step_ = call_step::send;
    pause pause_ = pause::none;
    ending ending_ = ending::none;
    bool maybe_sent_ = false;    // the peer may have seen any of the attempts
    bool retry_pending_ = false; // it was paid for, and not made yet
    int held_tokens_ = 0;        // taken for an attempt that is not made yet
    int last_cost_ = 0;
    int prepared_ = 0; // the number of the attempt that is ready to be launched; 0: there is none
    time_point prepared_at_{};
    std::chrono::milliseconds clock_offset_{0}; // that the last attempt was signed with
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
