// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_EXCHANGE_JSON_RPC_EXCHANGE_HPP
#define PARLEY_EXCHANGE_JSON_RPC_EXCHANGE_HPP

#include <parley/core/config.hpp>
#include <parley/describe/unit.hpp>
#include <parley/exchange/idempotency_token.hpp>
#include <parley/exchange/outcome.hpp>
#include <parley/exchange/thrown.hpp>
#include <parley/http/transport_error.hpp>
#include <parley/protocol/json_rpc.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <memory_resource>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace parley::inline PARLEY_ABI {

/// A call of `Op` in a batch.
///
/// @par Example
///     auto [sum_of, difference] = rpc.batch(parley::call<sum>({1, 2, 4}), parley::call<subtract>({.minuend = 42, .subtrahend = 23}));
template <operation Op>
struct call {
    using method = Op;                     ///< the operation
    using input = typename Op::input;      ///< its input
    static constexpr bool answered = true; ///< the server sends a response

    input value; ///< the input of this call

    /// Creates a call with this input.
    explicit call(input in) : value(std::move(in)) {}
};

/// A notification of `Op`, which has no response. It is also the operation of its outcome: an `outcome<notification<Op>>` has a value
/// if the notification was sent.
template <operation Op>
struct notification {
    using method = Op;                      ///< the operation
    using input = typename Op::input;       ///< its input
    using output = unit;                    ///< a notification has no output
    static constexpr bool answered = false; ///< the server sends no response

    input value; ///< the input of this notification

    /// Creates a notification with this input.
    explicit notification(input in) : value(std::move(in)) {}
};

/// A JSON-RPC exchange without I/O, for custom drivers: a call, a notification, or a batch of both. Parts are added, the message is
/// sent, and the outcomes are taken by their positions. https://www.jsonrpc.org/specification
///
/// An exception that is thrown within the exchange, by a member's type or the allocator, ends its calls with a `transport_failure`
/// (`transport_errc::exception`). Only `message`, and `take` of an output whose default constructor or move throws, may throw.
///
/// @par Example
///     parley::json_rpc_exchange both(parley::json_rpc_exchange::form::batch, 1);
///     both.add<parley::call<sum>>({1, 2, 4});
///     both.add<parley::notification<update>>({.level = 3});
///     if (both.has_message()) both.handle_answer(transport(both.message()));
///     parley::outcome<sum> first = both.take<parley::call<sum>>(0);
class json_rpc_exchange {
public:
    /// The form of the message.
    enum class form : std::uint8_t {
        single, ///< one call or notification
        batch,  ///< an array of calls and notifications
    };

    /// Creates an exchange without parts.
    ///
    /// @param message_form `single` for one part.
    /// @param first_id     The id of the first part; the later ones count up.
    /// @param options      Strictness and limits of the response.
    /// @param uuid         Makes absent idempotency tokens.
    json_rpc_exchange(form message_form, std::int64_t first_id, decode_options const& options = {},
                      std::function<std::string()> uuid = {})
        : batch_(message_form == form::batch), first_id_(first_id), options_(options), uuid_(std::move(uuid)) {}

    /// Adds a part: a `call<Op>` or a `notification<Op>`.
    template <class Part>
    void add(typename Part::input const& input) noexcept {
        try {
            auto const& op = detail::rpc_table_of<typename Part::method>::value;
            if constexpr (detail::has_idempotency_token<typename Part::input>()) {
                auto filled = input;
                detail::fill_idempotency_tokens(*op.input->structure, &filled, uuid_);
                add(op, &filled, Part::answered);
            } else {
                add(op, &input, Part::answered);
            }
        } catch (...) { handle_exception(delivery::not_sent); }
    }
    /// Returns the number of parts.
    std::size_t size() const noexcept { return parts_.size(); }

    /// Returns whether there is a message to send. There is none if all inputs are invalid.
    bool has_message() const noexcept { return sent_ > 0 && !thrown_; }
    /// Returns the message to send.
    std::string message() const { return batch_ ? '[' + message_ + ']' : message_; }
    /// Returns whether the server sends a response. It sends none if all parts are notifications.
    bool expects_answer() const noexcept { return calls_ > 0; }

    /// Reports the response; empty if there is none.
    void handle_answer(std::string text) noexcept;
    /// Reports that the transport failed.
    void handle_transport_error(transport_error error) noexcept;
    /// Ends all parts with the exception that is being handled. For use in a catch block.
    void handle_exception(delivery sent) noexcept { thrown_ = detail::error_of_exception(sent); }
    /// Ends all parts as cancelled before the message was sent.
    void cancel() { failed_ = transport_error{transport_errc::cancelled, false, {}}; }

    /// Returns the outcome of the part at `position`, which must be a `Part`.
    template <class Part>
    auto take(std::size_t position) const {
        return take_part<Part>(position);
    }

private:
    struct part {
        bool sent = false;
        std::vector<violation> violations; // of the input
    };

    // The text of the response, shared by the outcomes whose outputs have views of it.
    struct kept_response {
        std::string text;
        mutable std::pmr::monotonic_buffer_resource unescaped; // copies of the strings that contain escapes
        json_rpc_answer messages;                              // refers to the text

        kept_response(std::string&& t, decode_options const& options, std::size_t max_batch)
            : text(std::move(t)), messages(text, options, max_batch) {}
        kept_response(kept_response const&) = delete;
        kept_response& operator=(kept_response const&) = delete;
    };

    void add(detail::rpc_operation const& op, void const* input, bool is_call);
    json_rpc_id id_at(std::size_t position) const { return first_id_ + static_cast<std::int64_t>(position); }
    call_metadata metadata_at(std::size_t position) const noexcept;

    // Returns the failure that keeps the part from having a response.
    template <class Op>
    std::optional<call_error<Op>> failure_at(std::size_t position) const {
        if (thrown_) return call_error<Op>(detail::call_error_state(*thrown_));
        if (!parts_[position].sent) return call_error<Op>(invalid_input_at(position));
        if (failed_) return call_error<Op>(failure_of(*failed_));
        return std::nullopt;
    }
    invalid_input invalid_input_at(std::size_t position) const;
    static transport_failure failure_of(transport_error const& error);
    delivery delivery_at(std::size_t position) const noexcept;

    template <class Part>
    auto take_part(std::size_t position) const {
        constexpr Part const* kind = nullptr;
        using taken = decltype(take_as(position, kind));
        try {
            return take_as(position, kind);
        } catch (...) {
            using operation = std::remove_pointer_t<decltype(operation_of(kind))>;
            return taken(call_error<operation>(detail::error_of_exception(delivery_at(position))), metadata_at(position));
        }
    }
    template <class Op>
    static Op* operation_of(call<Op> const*);
    template <class Op>
    static notification<Op>* operation_of(notification<Op> const*);

    template <class Op>
    outcome<Op> take_as(std::size_t position, call<Op> const*) const {
        auto metadata = metadata_at(position);
        if (auto failure = failure_at<Op>(position)) return {std::move(*failure), std::move(metadata)};
        auto* const memory = detail::borrows<typename Op::output> ? &response_->unescaped : nullptr;
        auto result = response_->messages.response<Op>(id_at(position), &metadata.tolerated, memory);
        if (!result) return {std::move(result).error(), std::move(metadata)};
        outcome<Op> taken(*std::move(result), std::move(metadata));
        if (auto* const text = detail::outcome_access::text(taken)) *text = response_;
        return taken;
    }
    template <class Op>
    outcome<notification<Op>> take_as(std::size_t position, notification<Op> const*) const {
        auto metadata = metadata_at(position);
        if (auto failure = failure_at<notification<Op>>(position)) return {std::move(*failure), std::move(metadata)};
        // "Notifications are not confirmable", but a server that cannot parse the message responds with an error.
        auto const& messages = response_->messages;
        if (messages.is_refusal()) return {messages.response<notification<Op>>(id_at(position)).error(), std::move(metadata)};
        return {unit(), std::move(metadata)};
    }

    bool batch_;
    std::int64_t first_id_;
    decode_options options_;
    std::function<std::string()> uuid_;
    std::string message_;
    std::vector<part> parts_;
    std::size_t sent_ = 0;
    std::size_t calls_ = 0;
    bool completed_ = false;                                                                               // by the transport
    std::optional<transport_error> failed_ = transport_error{transport_errc::other, false, "no response"}; // does not allocate
    std::optional<detail::call_error_state> thrown_; // the exception that ended all parts
    std::shared_ptr<kept_response const> response_;
};

} // namespace parley

#endif
