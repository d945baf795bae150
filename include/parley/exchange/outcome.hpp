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

/// The phase in which a call ended.
enum class call_phase : std::uint8_t {
    before,   ///< before the first attempt was sent
    sending,  ///< while an attempt was in flight
    between,  ///< between two attempts
    answered, ///< with a response
};

/// Information about a call besides its output or error.
struct call_metadata {
    int status = 0;                                    ///< the status of the response to the last attempt; 0 without a response
    std::string request_id;                            ///< the id that the service gave the request, for its support
    std::string extended_request_id;                   ///< the second id of Amazon S3 (x-amz-id-2)
    std::string cf_id;                                 ///< the id of Amazon CloudFront (x-amz-cf-id)
    int attempts = 0;                                  ///< the number of requests that were passed to the transport
    std::chrono::milliseconds total_retry_delay{0};    ///< the scheduled backoffs; one that was cut short counts in full
    std::chrono::steady_clock::duration rate_delay{0}; ///< the scheduled waits for the client-side rate limit
    std::vector<failed_attempt> failed_attempts;       ///< in the order in which they ended; empty if the first attempt succeeded
    call_phase ended = call_phase::before;             ///< the phase in which the call ended
    std::vector<violation> tolerated;                  ///< violations of the response that were tolerated (see `strictness`)

    // Defined in the .ipp, so that they are compiled once and not for each operation.

    call_metadata() noexcept;                           ///< Creates metadata of a call that was not sent.
    call_metadata(call_metadata const&);                ///< Copies the metadata.
    call_metadata(call_metadata&&) noexcept;            ///< Moves the metadata.
    call_metadata& operator=(call_metadata const&);     ///< Copies the metadata.
    call_metadata& operator=(call_metadata&&) noexcept; ///< Moves the metadata.
    ~call_metadata();                                   ///< Destroys the metadata.
};

namespace detail {

struct outcome_access;

/// The owner of the text that the views of an output refer to, shared by the copies of its outcome. Empty for outputs without views.
template <bool Borrows>
struct kept_text {};
template <>
struct kept_text<true> {
    std::shared_ptr<void const> owner;
};

// Rejects the output of a temporary outcome if it has views.
template <class Op>
constexpr void check_output_owns() {
    static_assert(!borrows<typename Op::output>,
                  "parley: the output has views of the response body, which is destroyed with this temporary outcome: keep the "
                  "outcome (auto result = client.send<...>(...); use(*result)), or make these members std::string");
}

} // namespace detail

/// The output of a call, or an error of a closed set of kinds (see `call_error`).
///
/// Views in the output (std::string_view, std::span) refer to the body of the response, which the outcome and its copies own
/// together: they are valid as long as one of these exists.
///
/// @par Example
///     auto today = client.send<get_weather>({.city = "Ghent"});
///     if (today) use(today->celsius);
///     else today.error().match([](city_unknown const& e) { ... }, [](parley::failure const& f) { ... });
template <class Op>
class [[nodiscard]] outcome {
public:
    /// The output of the operation.
    using output = typename Op::output;

    /// Creates the outcome of a call that succeeded.
    outcome(output value, call_metadata metadata) : output_(std::move(value)), metadata_(std::move(metadata)), has_value_(true) {}
    /// Creates the outcome of a call that failed.
    outcome(call_error<Op> error, call_metadata metadata) : error_(std::move(error)), metadata_(std::move(metadata)) {}

    /// Returns whether there is an output.
    explicit operator bool() const noexcept { return has_value_; }
    /// Returns whether there is an output.
    bool has_value() const noexcept { return has_value_; }

    /// Returns the output. The behaviour is undefined if there is none.
    output& operator*() & noexcept { return output_; }
    /// Returns the output. The behaviour is undefined if there is none.
    output const& operator*() const& noexcept { return output_; }
    /// Returns the output. The behaviour is undefined if there is none.
    output&& operator*() && noexcept { return detail::check_output_owns<Op>(), std::move(output_); }
    /// Accesses the output. The behaviour is undefined if there is none.
    output* operator->() noexcept { return &output_; }
    /// Accesses the output. The behaviour is undefined if there is none.
    output const* operator->() const noexcept { return &output_; }

    /// Returns the output.
    /// @throws `call_exception<E>` if there is none, where `E` is the declared error or the kind of failure. All are derived from
    ///         `parley::exception`.
    output& value() & { return check(), **this; }
    /// Returns the output, or throws `call_exception`.
    output const& value() const& { return check(), **this; }
    /// Returns the output, or throws `call_exception`.
    output value() && { return detail::check_output_owns<Op>(), check(), std::move(output_); }

    /// Returns the error. The behaviour is undefined if there is an output.
    call_error<Op> const& error() const noexcept { return error_; }

    /// Returns attempts, waits, status and request ids.
    call_metadata const& metadata() const noexcept { return metadata_; }

private:
    friend struct detail::outcome_access;
    outcome() = default;

    void check() const {
        if (!has_value()) error().raise();
    }

    // One of the two is unused: two members need less code for each operation than a std::variant.
    output output_ = detail::access::make<output>();
    call_error<Op> error_;
    call_metadata metadata_;
    bool has_value_ = false;
    [[no_unique_address]] detail::kept_text<detail::borrows<output>> text_;
};

namespace detail {

/// Type-erased pointers to the parts of an outcome, which a call fills in.
struct outcome_parts {
    void* output = nullptr;                      ///< default-constructed
    std::shared_ptr<void const>* text = nullptr; ///< owns the text that the output has views of; null for outputs without views
    call_error_state* error = nullptr;
    call_metadata* metadata = nullptr;
    bool* has_value = nullptr;
};

// Lets a call build its outcome in place.
struct outcome_access {
    template <class Op>
    static outcome<Op> unfinished() {
        return outcome<Op>();
    }
    /// Returns the owner of the text that the output has views of; null for outputs without views.
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
    /// For a catch block: returns a failed outcome with the metadata of `lost`, whose output could not be moved.
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
