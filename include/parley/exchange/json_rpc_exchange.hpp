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

/// A call of `Op` to be made along with others.
///
///     auto [sum_of, difference] = rpc.batch(parley::call<sum>({1, 2, 4}), parley::call<subtract>({.minuend = 42, .subtrahend = 23}));
template <operation Op>
struct call {
    using method = Op;
    using input = typename Op::input;
    static constexpr bool answered = true;

    input value;

    explicit call(input in) : value(std::move(in)) {}
};

/// The same for a notification, which is not answered. It is also what the outcome of one is about: an `outcome<notification<Op>>`
/// says no more than whether it was sent.
template <operation Op>
struct notification {
    using method = Op;
    using input = typename Op::input;
    using output = unit;
    static constexpr bool answered = false;

    input value;

    explicit notification(input in) : value(std::move(in)) {}
};

/// One exchange of messages of JSON-RPC without I/O, for a driver of any kind: a single call or notification, or a batch of them.
/// Parts are added; then the message is sent; then their outcomes are taken, each by its position.
///
/// Whatever is thrown within the exchange, by a member's type or the allocator, ends its calls with a `transport_failure`
/// (`transport_errc::exception`). Only `message`, and `take` of an output that cannot be made or moved, may throw.
///
///     parley::json_rpc_exchange both(parley::json_rpc_exchange::form::batch, 1);
///     both.add<parley::call<sum>>({1, 2, 4});
///     both.add<parley::notification<update>>({.level = 3});
///     if (both.has_message()) both.handle_answer(transport(both.message()));
///     parley::outcome<sum> first = both.take<parley::call<sum>>(0);
class json_rpc_exchange {
public:
    enum class form : std::uint8_t { single, batch };

    /// The parts have ids from `first_id` on. A single form has one part. `uuid` makes idempotency tokens for inputs that have none.
    json_rpc_exchange(form how, std::int64_t first_id, decode_options const& options = {}, std::function<std::string()> uuid = {})
        : batch_(how == form::batch), first_id_(first_id), options_(options), uuid_(std::move(uuid)) {}

    /// Adds a `Part`: a `call` or a `notification`.
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
    std::size_t size() const noexcept { return parts_.size(); }

    /// False if there is nothing to send: no part has a valid input.
    bool has_message() const noexcept { return sent_ > 0 && !thrown_; }
    /// What to send.
    std::string message() const { return batch_ ? '[' + message_ + ']' : message_; }
    /// False if there are only notifications.
    bool expects_answer() const noexcept { return calls_ > 0; }

    /// What came back; empty if nothing did.
    void handle_answer(std::string text) noexcept;
    void handle_transport_error(transport_error error) noexcept;
    /// For a catch block of the driver: something that it ran has thrown. Ends all parts with a failure that says so.
    void handle_exception(delivery sent) noexcept { thrown_ = detail::error_of_exception(sent); }
    /// It ends before anything was given to the transport.
    void cancel() { failed_ = transport_error{transport_errc::cancelled, false, {}}; }

    /// The outcome of the part at that position, which must be a `Part`.
    template <class Part>
    auto take(std::size_t position) const {
        return take_part<Part>(position);
    }

private:
    struct part {
        bool sent = false;
        std::vector<violation> wrong; // with the input
    };

    struct answer {
        std::string text;
        mutable std::pmr::monotonic_buffer_resource unescaped; // what views cannot borrow from it
        json_rpc_answer messages;                              // which refers to it

        answer(std::string&& t, decode_options const& options, std::size_t max_batch)
            : text(std::move(t)), messages(text, options, max_batch) {}
        answer(answer const&) = delete;
        answer& operator=(answer const&) = delete;
    };

    void add(detail::rpc_operation const& op, void const* input, bool is_call);
    json_rpc_id id_at(std::size_t position) const { return first_id_ + static_cast<std::int64_t>(position); }
    call_metadata metadata_at(std::size_t position) const noexcept;

    // Why there can be no response: one of the kinds of failure.
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
        auto* const memory = detail::borrows<typename Op::output> ? &answer_->unescaped : nullptr;
        auto result = answer_->messages.response<Op>(id_at(position), &metadata.tolerated, memory);
        if (!result) return {std::move(result).error(), std::move(metadata)};
        outcome<Op> taken(*std::move(result), std::move(metadata));
        if (auto* const text = detail::outcome_access::text(taken)) *text = answer_;
        return taken;
    }
    template <class Op>
    outcome<notification<Op>> take_as(std::size_t position, notification<Op> const*) const {
        auto metadata = metadata_at(position);
        if (auto failure = failure_at<notification<Op>>(position)) return {std::move(*failure), std::move(metadata)};
        // "Notifications are not confirmable", but a server that could not read them says so.
        auto const& messages = answer_->messages;
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
    bool given_ = false;                                                                                     // to the transport
    std::optional<transport_error> failed_ = transport_error{transport_errc::other, false, "no answer yet"}; // short: no memory
    std::optional<detail::call_error_state> thrown_; // what ended all parts
    std::shared_ptr<answer const> answer_;           // shared by the outcomes that have views of it
};

} // namespace parley

#endif
