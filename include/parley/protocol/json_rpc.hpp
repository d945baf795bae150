// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_PROTOCOL_JSON_RPC_HPP
#define PARLEY_PROTOCOL_JSON_RPC_HPP

#include <parley/core/config.hpp>
#include <parley/core/result.hpp>
#include <parley/describe/borrows.hpp>
#include <parley/json/options.hpp>
#include <parley/protocol/json_rpc_id.hpp>
#include <parley/protocol/json_rpc_message.hpp>
#include <parley/protocol/json_rpc_table.hpp>
#include <parley/protocol/protocol_functions.hpp>

#include <concepts>
#include <cstddef>
#include <memory>
#include <memory_resource>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace parley::inline PARLEY_ABI {

namespace detail::rpc {

// Functions that append to `out` do not change it if they fail.

/// Appends a request, or a notification if `id` is null.
bool encode_request(rpc_operation const& op, void const* input, json_rpc_id const* id, strictness strict, std::string& out,
                    std::vector<violation>& errors);
/// Decodes one response object. `output` is a new object; the report says whether `output` or `declared` was assigned.
response_report decode_response(rpc_operation const& op, std::string_view response, decode_options const& options, void* output,
                                declared_error& declared);

bool decode_params(rpc_operation const& op, std::string_view params, decode_options const& options, void* input,
                   std::vector<violation>& errors);
bool encode_response(rpc_operation const& op, void const* output, json_rpc_id const& id, std::string& out,
                     std::vector<violation>& errors);
bool encode_error(rpc_error_entry const& entry, void const* error, json_rpc_id const& id, std::string& out,
                  std::vector<violation>& errors);
bool encode_error(json_rpc_error const& error, json_rpc_id const& id, std::string& out, std::vector<violation>& errors);

/// `E`: a described struct that has an `rpc_error`, or a `json_rpc_error`.
template <class E>
bool encode_typed_error(E const& error, json_rpc_id const& id, std::string& out, std::vector<violation>& errors) {
    if constexpr (std::same_as<E, json_rpc_error>) {
        return encode_error(error, id, out, errors);
    } else {
        static constexpr auto entry = make_rpc_error_entry<E>();
        return encode_error(entry, &error, id, out, errors);
    }
}

} // namespace detail::rpc

/// The message of a server: one response or a batch. Responses are accessed by their ids.
///
/// Refers to the text of the message, which must outlive it.
///
///     parley::json_rpc_answer answer(text);
///     auto difference = answer.response<subtract>(1);
class json_rpc_answer {
public:
    /// Parses a message.
    ///
    /// Errors are not reported here, but by each call of `response`.
    ///
    /// @param text      The message. Must outlive this object.
    /// @param options   Options for the message and the values in it.
    /// @param max_batch Largest accepted number of responses in a batch.
    explicit json_rpc_answer(std::string_view text, decode_options const& options = {}, std::size_t max_batch = 1000);

    /// Decodes the response with the given id.
    ///
    /// If no response or more than one response has the id, the result is an `undecodable_response`. A single error with a null id
    /// applies to all requests, since the server could not read their ids.
    ///
    /// @param id        The id of the request.
    /// @param tolerated If not null, the violations that `strictness` permits are appended to it.
    /// @param memory    If not null, replaces `decode_options::memory`.
    /// @return The output of `Op`, or the error.
    template <operation Op>
    result<typename Op::output, call_error<Op>> response(json_rpc_id const& id, std::vector<violation>* tolerated = nullptr,
                                                         std::pmr::memory_resource* memory = nullptr) const {
        auto output = detail::access::make<typename Op::output>();
        detail::declared_error declared;
        std::string_view text;
        auto report = read(detail::rpc_table_of<Op>::value, id, memory, &output, declared, text);
        if (tolerated) tolerated->insert(tolerated->end(), report.tolerated.begin(), report.tolerated.end());
        if (report.what == detail::response_report::kind::output) return output;
        response_view view;
        view.body = text;
        return call_error<Op>(detail::make_call_error(std::move(report), std::move(declared), view));
    }

    /// Returns true if the message is a single error with a null id, which applies to all requests.
    bool is_refusal() const;

private:
    struct entry {
        std::optional<json_rpc_id> id; // nullopt if missing or invalid
        std::string_view text;
        bool is_error = false;
    };

    detail::response_report read(detail::rpc_operation const& op, json_rpc_id const& id, std::pmr::memory_resource* memory,
                                 void* output, detail::declared_error& declared, std::string_view& text) const;

    std::string_view text_;
    std::unique_ptr<std::string> repaired_; // the text that `text_` refers to, if the message was not UTF-8
    decode_options options_;
    std::vector<entry> entries_;
    bool batch_ = false;
    std::vector<violation> errors_; // errors of the whole message
};

/// Encoders and decoders of JSON-RPC 2.0 messages, independent of the transport. https://www.jsonrpc.org/specification
///
/// The method has the name of the operation. The params are the members of the input, by name or by position (see `rpc_params`), or the
/// input itself if it is a list or a map. The result is the output, which can have any type. Errors are distinguished by the code of
/// `rpc_error` in their traits. The member `message` of an error is its message, the other members are its data.
///
///     auto request = parley::json_rpc::encode_request<subtract>({.minuend = 42, .subtrahend = 23}, 1);
///     auto difference = parley::json_rpc::decode_response<subtract>(transport(*request), 1);
struct json_rpc {
    // Client side.

    /// Encodes a request that calls `Op`.
    ///
    /// @param input      The input of the operation.
    /// @param id         The id of the request.
    /// @param strictness `strictness::compatible` disables the check of constraints.
    /// @return The message, or all violations: unsatisfied constraints and strings that are not UTF-8.
    template <operation Op>
    static result<std::string> encode_request(typename Op::input const& input, json_rpc_id const& id,
                                              parley::strictness strictness = parley::strictness::strict) {
        return encoded([&](std::string& out, std::vector<violation>& errors) {
            return detail::rpc::encode_request(detail::rpc_table_of<Op>::value, &input, &id, strictness, out, errors);
        });
    }
    /// Encodes a notification: a request without an id, to which the server sends no response.
    ///
    /// @param input      The input of the operation.
    /// @param strictness See `encode_request`.
    /// @return See `encode_request`.
    template <operation Op>
    static result<std::string> encode_notification(typename Op::input const& input,
                                                   parley::strictness strictness = parley::strictness::strict) {
        return encoded([&](std::string& out, std::vector<violation>& errors) {
            return detail::rpc::encode_request(detail::rpc_table_of<Op>::value, &input, nullptr, strictness, out, errors);
        });
    }
    /// Decodes the response to a request. See `json_rpc_answer` for responses to batches.
    ///
    /// @param text    The message of the server.
    /// @param id      The id of the request.
    /// @param options Decoding options.
    /// @return The output of `Op`, or the error.
    template <operation Op>
    static result<typename Op::output, call_error<Op>> decode_response(std::string_view text, json_rpc_id const& id,
                                                                       decode_options const& options = {}) {
        return json_rpc_answer(text, options).response<Op>(id);
    }
    /// Overload for temporary strings. Does not compile if the output has views of the text.
    template <operation Op, std::same_as<std::string> Text>
    static result<typename Op::output, call_error<Op>> decode_response(Text&& text, json_rpc_id const& id,
                                                                       decode_options const& options = {}) {
        static_assert(detail::value_has_no_views_of_temporary<typename Op::output>::checked);
        return decode_response<Op>(std::string_view(text), id, options);
    }
    /// Decodes the error of a response, for example that in `undeclared_error::response.body`.
    ///
    /// @return The error object, or the violations if `response` is not a response with an error.
    static result<json_rpc_error> decode_error(std::string_view response);

    /// Returns the id of a request or response, for transports that multiplex calls.
    ///
    /// @return The id, or `nullopt` if the message has no id, is a batch or is not JSON.
    static std::optional<json_rpc_id> id_of(std::string_view message);

    // Server side.

    /// Decodes the message of a client: one request or a batch.
    ///
    /// @param text      The message. The requests refer to it, so it must outlive them.
    /// @param limits    Limits on the message.
    /// @param max_batch Largest accepted number of requests in a batch.
    /// @return The requests, including invalid ones (see `json_rpc_request::wrong`). If the message cannot be decoded, the error to send
    ///         in a response with a null id.
    static result<json_rpc_message, json_rpc_error> decode_message(std::string_view text, decode_limits const& limits = {},
                                                                   std::size_t max_batch = 1000);

    /// Returns true if the request is valid and calls `Op`.
    template <operation Op>
    static bool matches(json_rpc_request const& request) {
        return !request.wrong && request.method == detail::rpc_table_of<Op>::value.name;
    }
    /// Decodes the input of `Op` from a request that `matches`.
    ///
    /// @return The input, or all violations.
    template <operation Op>
    static result<typename Op::input> decode_request(json_rpc_request const& request, decode_options const& options = {}) {
        auto input = detail::access::make<typename Op::input>();
        data_error error;
        if (!detail::rpc::decode_params(detail::rpc_table_of<Op>::value, request.params, options, &input, error.violations))
            return error;
        return input;
    }
    /// Encodes a response with an output.
    ///
    /// @param output The output of the operation.
    /// @param id     The id of the request.
    /// @return The message, or all violations, such as strings that are not UTF-8.
    template <operation Op>
    static result<std::string> encode_response(typename Op::output const& output, json_rpc_id const& id) {
        return encoded([&](std::string& out, std::vector<violation>& errors) {
            return detail::rpc::encode_response(detail::rpc_table_of<Op>::value, &output, id, out, errors);
        });
    }
    /// Encodes a response with an error.
    ///
    /// @param error A described struct with an `rpc_error` in its traits, or a `json_rpc_error`.
    /// @param id    The id of the request, or null if it cannot be read.
    /// @return The message, or all violations, such as strings that are not UTF-8.
    template <class E>
    static result<std::string> encode_error(E const& error, json_rpc_id const& id) {
        return encoded([&](std::string& out, std::vector<violation>& errors) {
            return detail::rpc::encode_typed_error(error, id, out, errors);
        });
    }

private:
    template <class Encode>
    static result<std::string> encoded(Encode encode) {
        std::string out;
        data_error error;
        if (!encode(out, error.violations)) return error;
        return out;
    }
};

} // namespace parley

#endif
