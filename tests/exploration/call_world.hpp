// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_TESTS_EXPLORATION_CALL_WORLD_HPP
#define PARLEY_TESTS_EXPLORATION_CALL_WORLD_HPP

#include <exploration/explorer.hpp>

#include <parley/exchange/call_machine.hpp>

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace exploration {

enum class encoding : std::uint8_t { good, invalid_input, throws };

/// A kind of call: its operation, its settings, and the events that its environment may produce.
struct call_case {
    std::string name;
    parley::repeatability repeat = parley::repeatability::readonly;
    parley::retry_policy retry{};
    std::optional<std::chrono::milliseconds> call_timeout{};
    std::optional<std::chrono::milliseconds> attempt_timeout{};
    double random = 0.5;
    bool shared_state = true;
    encoding input = encoding::good; ///< what comes of encoding the request
    bool signing = false;            ///< the signer may fail, too
    bool slow_signing = false;       ///< the signer may take until the deadline has passed, or a stop was requested
    bool throwing = false;           ///< the signer, the decoder and the interceptors may throw
    bool skewed_clock = false;       ///< the peer may refuse a signature because of its time
    bool hints = false;              ///< the peer may send `retry-after`
    bool destruction = true;         ///< the call may be destroyed before its end
    bool twin = false;               ///< the same call without interceptors, which sends in one step, goes along
};

/// State that the runs of a case and the calls of a client share.
struct call_bench {
    call_case plan;
    parley::call_settings settings;
    std::optional<parley::client_state> state;
    std::vector<parley::interceptor> interceptors;
    parley::call_settings twin_settings;
    std::optional<parley::client_state> twin_state;
    class call_world* current = nullptr; ///< the one whose machine calls back

    std::chrono::steady_clock::time_point now{};
    int tokens = 0;         ///< that should be in the bucket
    unsigned waiting = 0;   ///< calls that the rate should have promised a token
    signature rate_history; ///< of what determines the client's rate

    explicit call_bench(call_case c);
    call_bench(call_bench const&) = delete;
    call_bench& operator=(call_bench const&) = delete;
    /// Begins a run.
    void restart();
    void add_to_rate_history(int what);
};

/// A call with its driver, transport and signer in virtual time. It compares the call with a model.
class call_world {
public:
    enum class act : std::uint8_t { poll, respond, fail, stop, advance, wake, destroy };
    enum class answer : std::uint8_t {
        success,
        refused,
        broken,
        throttled,
        undecodable,
        skewed,
        hint,
        long_hint,
        throws,
        throws_int
    };
    enum class failure : std::uint8_t { refused, reset, timed_out, timed_out_unsent, cancelled, throttled, other };
    enum class signing : std::uint8_t { good, fails, throws, throws_int, past_deadline, until_stop };
    enum class boundary : std::uint8_t { before_wake, wake, before_deadline, deadline, attempt_deadline };
    enum class hook : std::uint8_t { none, before_signing, before_sending, after_failure, before_wait, at_end };
    struct event {
        act what = act::poll;
        std::uint8_t how = 0;
        int attempt = 0;           ///< which the transport names; 0: none
        hook thrower = hook::none; ///< the interceptor that throws
    };
    using time_point = std::chrono::steady_clock::time_point;
    using duration = std::chrono::steady_clock::duration;

    explicit call_world(call_bench& bench);
    call_world(call_world const&) = delete;
    call_world& operator=(call_world const&) = delete;

    std::vector<event> events() const;
    bool apply(event e);
    void sign(signature& s) const;
    void settle();
    static std::string name(event e);

private:
    friend struct call_bench;
    static constexpr int most_attempts = 8;
    static constexpr int never_sent = 77;

    struct sent_attempt {
        bool under_way = false;
        std::stop_token stop{};
        time_point deadline = time_point::max();
    };
    enum class ending : std::uint8_t { none, output, error, transport, exception, invalid_input };

    // The functions that the machine calls.
    static bool encode(parley::detail::operation_table const&, parley::detail::input_ref, parley::endpoint_url const&,
                       parley::encode_options const&, parley::http_request& out, std::vector<parley::violation>&);
    static parley::detail::response_report decode(parley::detail::operation_table const&, parley::response_view const& response,
                                                  parley::decode_options const&, void* output, parley::detail::declared_error&);
    std::optional<parley::signing_error> sign_request();
    void hear_failure(parley::failed_attempt const& record);
    void hear_wait(duration length, parley::wait_reason why);
    void hear_end(parley::call_end const& end);
    void throw_from(hook which);
    void note(bool holds, char const* promise);

    // The events.
    bool poll(signing how);
    void complete(event e);
    bool happen(event e);
    void advance(boundary where);
    time_point time_of(boundary where) const;
    void destroy();

    // The model.
    void sent();
    void check_request(int number) const;
    void waiting();
    void receiving();
    void prepared(parley::call_step before);
    void drop_hedge();
    void take_for_hedge();
    void return_tokens();
    void wait_for_rate(bool waits);
    void ended_by_exception(bool answered);
    void done();
    void check_outcome() const;
    void accepted(event e, int number);
    void check_verdict(event e) const;
    void check_ledger() const;
    void check_twin();
    int number_named(int attempt) const;
    int under_way() const;
    bool stopped() const { return stop_.stop_requested(); }
    bool has_deadline() const { return bench_.plan.call_timeout.has_value(); }

    void add_completions(std::vector<event>& to, int attempt) const;

    call_bench& bench_;
    time_point deadline_ = time_point::max();
    std::stop_source stop_;
    struct reply {
        parley::detail::call_error_state error;
        parley::call_metadata metadata;
        bool has_value = false;
    };
    std::unique_ptr<parley::detail::call_machine> make_machine(parley::call_settings const& settings, reply& to);

    reply reply_, twin_reply_;
    std::unique_ptr<parley::detail::call_machine> machine_, twin_;

    // The next actions of the environment.
    signing signing_ = signing::good;
    bool signed_ = false; // the signer was called since the last event
    answer answer_{};
    hook thrower_ = hook::none;
    bool thrown_ = false;
    char const* broken_ = nullptr; // set by functions that the machine calls, because the machine would catch an exception

    // The observed state of the call.
    parley::call_step step_ = parley::call_step::wait;
    bool polled_ = false; // at least once
    int polls_ = 0;       // since the last event of another kind
    std::array<sent_attempt, most_attempts> attempts_{};
    int sent_ = 0;
    bool seen_ = false; // the server may have seen an attempt that has ended
    bool may_have_acted_ = false;
    ending ended_ = ending::none;
    bool answered_ = false; // the exception that ended the call was thrown while a response was decoded
    bool done_ = false;
    int ends_heard_ = 0;
    int failures_heard_ = 0; // since the last completion
    int failures_ = 0;
    parley::failed_attempt last_failure_{};
    bool promised_ = false; // a retry was announced
    bool woken_ = false;    // the timer of the driver has fired
    std::optional<time_point> wait_end_{};
    bool rate_wait_ = false;
    time_point armed_ = time_point::max();
    int pending_cost_ = 0; // tokens of the announced retry or of the prepared hedged attempt
    bool hedge_prepared_ = false;
    int last_cost_ = 0;
};

/// Two calls of one client, whose events are interleaved.
class two_calls {
public:
    struct event {
        std::size_t call = 0;
        call_world::event what{};
    };

    explicit two_calls(call_bench& bench) : calls_{std::make_unique<call_world>(bench), std::make_unique<call_world>(bench)} {}

    std::vector<event> events() const;
    bool apply(event e) { return calls_[e.call]->apply(e.what); }
    void sign(signature& s) const;
    void settle();
    static std::string name(event e) { return "call " + std::to_string(e.call + 1) + ": " + call_world::name(e.what); }

private:
    std::array<std::unique_ptr<call_world>, 2> calls_;
};

/// Explores a case up to a depth.
census explore_calls(call_case const& plan, int depth, bool merge = true);
census explore_two_calls(call_case const& plan, int depth);

/// Returns the property that this sequence of events violates, or that an event is not possible; empty if there is no violation.
std::string replay_call(call_case const& plan, std::vector<call_world::event> const& events);

} // namespace exploration

#endif
