// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_EXCHANGE_OUTCOME_HPP
#define PARLEY_EXCHANGE_OUTCOME_HPP

#include <parley/describe/borrows.hpp>
#include <parley/describe/required.hpp>
#include <parley/exchange/attempt.hpp>
#include <parley/exchange/thrown.hpp>
#include <parley/protocol/call_error.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace parley::inline PARLEY_ABI {

/// Where a call was when it ended.
enum class call_phase : std::uint8_t {
    before,   ///< nothing had been given to the transport yet
    sending,  ///< an attempt was under way
    between,  ///< between two attempts, in a wait or about to begin one
    answered, ///< a response ended it
};

/// What is known of a call besides its output or error.
struct call_metadata {
    int status = 0;         ///< of the response to the last attempt; 0 if there was none
    std::string request_id; ///< as the service names the request; for its support to look up
    std::string extended_request_id;
    std::string cf_id;
    int attempts = 0;                                  ///< how often a request was given to the transport
    std::chrono::milliseconds total_retry_delay{0};    ///< of the waits between attempts; one that was cut short counts in full
    std::chrono::steady_clock::duration rate_delay{0}; ///< of the waits for the client's own rate (see `rate_limiter`)
    std::vector<failed_attempt> failed_attempts;       ///< in the order in which they ended; empty if the first one succeeded
    call_phase ended = call_phase::before;
    std::vector<violation> tolerated; ///< what did not fit the description, but was let pass

    // Compiled once, not for each operation.
    call_metadata() noexcept;
    call_metadata(call_metadata const&);
    call_metadata(call_metadata&&) noexcept;
    call_metadata& operator=(call_metadata const&);
    call_metadata& operator=(call_metadata&&) noexcept;
    ~call_metadata();
};

namespace detail {

struct outcome_access;

/// What an output has views of, shared by the copies of its outcome; nothing for outputs that own their texts.
template <bool Borrows>
struct kept_text {};
template <>
struct kept_text<true> {
    std::shared_ptr<void const> owner;
};

// Of an outcome that is about to go.
template <class Op>
constexpr void check_output_owns() {
    static_assert(!borrows<typename Op::output>,
                  "parley: the output has views of the text it was read from, which goes with this outcome: keep the outcome "
                  "(auto reply = client.send<...>(...); use(*reply)), or make these members std::string");
}

} // namespace detail

/// How a call ended: with an output, or with an error of a closed set of kinds (see `call_error`).
///
///     auto today = client.send<get_weather>({.city = "Ghent"});
///     if (today) use(today->celsius);
///     else today.error().match([](city_unknown const& e) { ... }, [](parley::failure const& f) { ... });
///
/// Where the output has views (std::string_view, std::span), they are of the body of the response, which the outcome and all its
/// copies keep: the views are good as long as one of these lives.
template <class Op>
class [[nodiscard]] outcome {
public:
    using output = typename Op::output;

    outcome(output value, call_metadata metadata) : output_(std::move(value)), metadata_(std::move(metadata)), has_value_(true) {}
    outcome(call_error<Op> error, call_metadata metadata) : error_(std::move(error)), metadata_(std::move(metadata)) {}

    explicit operator bool() const noexcept { return has_value_; }
    bool has_value() const noexcept { return has_value_; }

    /// The output; undefined if there is none.
    output& operator*() & noexcept { return output_; }
    output const& operator*() const& noexcept { return output_; }
    output&& operator*() && noexcept { return detail::check_output_owns<Op>(), std::move(output_); }
    output* operator->() noexcept { return &output_; }
    output const* operator->() const noexcept { return &output_; }

    /// The output. Where there is none, throws `call_exception<E>`, where `E` is the declared error or the kind of failure;
    /// all are derived from `parley::exception`.
    output& value() & { return check(), **this; }
    output const& value() const& { return check(), **this; }
    output value() && { return detail::check_output_owns<Op>(), check(), std::move(output_); }

    /// The error; undefined if there is an output.
    call_error<Op> const& error() const noexcept { return error_; }

    call_metadata const& metadata() const noexcept { return metadata_; }

private:
    friend struct detail::outcome_access;
    outcome() = default;

    void check() const {
        if (!has_value()) error().raise();
    }

    // Both, one of them empty: members cost each operation less than a std::variant.
    output output_ = detail::access::make<output>();
    call_error<Op> error_;
    call_metadata metadata_;
    bool has_value_ = false;
    [[no_unique_address]] detail::kept_text<detail::borrows<output>> text_;
};

namespace detail {

/// Where what a call ends with goes, whatever the operation.
struct outcome_parts {
    void* output = nullptr;                      ///< fresh
    std::shared_ptr<void const>* text = nullptr; ///< made to own what the output has views of; null for one that has none
    call_error_state* error = nullptr;
    call_metadata* metadata = nullptr;
    bool* has_value = nullptr;
};

// How a call makes its outcome in place.
struct outcome_access {
    template <class Op>
    static outcome<Op> unfinished() {
        return outcome<Op>();
    }
    /// Where the owner of what the output has views of goes; null for one that has none.
    template <class Op>
    static std::shared_ptr<void const>* text(outcome<Op>& outcome) noexcept {
        if constexpr (borrows<typename Op::output>) return &outcome.text_.owner;
        else return nullptr;
    }
    template <class Op>
    static outcome_parts parts(outcome<Op>& unfinished) noexcept {
        return {&unfinished.output_, text(unfinished), &unfinished.error_.state_, &unfinished.metadata_, &unfinished.has_value_};
    }
    template <class Op>
    [[gnu::cold]] static outcome<Op> failed(call_error_state&& error) {
        outcome<Op> ended;
        ended.error_.state_ = std::move(error);
        return ended;
    }
    /// For a catch block: an outcome of the exception, in place of `lost`, whose output could not be moved.
    template <class Op>
    [[gnu::cold]] static outcome<Op> failed_instead_of(outcome<Op>& lost) {
        outcome<Op> ended;
        ended.error_.state_ = error_of_exception(lost.has_value_ ? delivery::answered : lost.error_.sent());
        ended.metadata_ = std::move(lost.metadata_);
        return ended;
    }
};

} // namespace detail

} // namespace parley

#endif
