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

// Those that append to `out` leave it as it was if they fail.

/// `id`: null for a notification.
bool encode_request(rpc_operation const& op, void const* input, json_rpc_id const* id, strictness strict, std::string& out,
                    std::vector<violation>& errors);
/// Reads one response, an object. `output` is fresh; the report says whether it or `declared` is filled.
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

/// What a server answered: one response, or those of a batch, to be asked for by their ids. Refers to the text, which must live
/// as long.
///
///     parley::json_rpc_answer answer(text);
///     auto difference = answer.response<subtract>(1);
class json_rpc_answer {
public:
    /// What holds more responses than `max_batch` cannot be read.
    explicit json_rpc_answer(std::string_view text, decode_options const& options = {}, std::size_t max_batch = 1000);

    /// The output of `Op`, or the error, from the response that has the id; appends what the strictness let pass to `tolerated`.
    /// Where none has it, or more than one, the call ends as an `undecodable_response`. A lone error whose id is null answers all:
    /// the server could not read the ids. `memory`, if not null, is used rather than that of the options.
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

    /// True if there is nothing but a lone error whose id is null.
    bool is_refusal() const;

private:
    struct entry {
        std::optional<json_rpc_id> id; // none: it has none, or none that may be one
        std::string_view text;
        bool is_error = false;
    };

    detail::response_report read(detail::rpc_operation const& op, json_rpc_id const& id, std::pmr::memory_resource* memory,
                                 void* output, detail::declared_error& declared, std::string_view& text) const;

    std::string_view text_;
    std::unique_ptr<std::string> repaired_; // what `text_` is if it was not UTF-8
    decode_options options_;
    std::vector<entry> entries_;
    bool batch_ = false;
    std::vector<violation> wrong_; // why nothing can be read
};

/// JSON-RPC 2.0: https://www.jsonrpc.org/specification. Its messages are texts, which may travel over anything.
///
/// The method of an operation is called as the operation is. Its params are the members of the input, by name or by position
/// (see `rpc_params`), or the input itself where that is a list or a map; its result is the output, of any type. An error is known
/// by the `rpc_error` in its traits; its member `message` is the message, the others are the data.
///
///     auto request = parley::json_rpc::encode_request<subtract>({.minuend = 42, .subtrahend = 23}, 1);
///     auto difference = parley::json_rpc::decode_response<subtract>(transport(*request), 1);
struct json_rpc {
    // A client's.

    /// Builds the request that calls `Op`. Fails with all that is wrong with the input: violated constraints (unless
    /// `compatible`), texts that are not UTF-8.
    template <operation Op>
    static result<std::string> encode_request(typename Op::input const& input, json_rpc_id const& id,
                                              parley::strictness strictness = parley::strictness::strict) {
        return encoded([&](std::string& out, std::vector<violation>& errors) {
            return detail::rpc::encode_request(detail::rpc_table_of<Op>::value, &input, &id, strictness, out, errors);
        });
    }
    /// The same for a notification, which is not answered.
    template <operation Op>
    static result<std::string> encode_notification(typename Op::input const& input,
                                                   parley::strictness strictness = parley::strictness::strict) {
        return encoded([&](std::string& out, std::vector<violation>& errors) {
            return detail::rpc::encode_request(detail::rpc_table_of<Op>::value, &input, nullptr, strictness, out, errors);
        });
    }
    /// Reads the output of `Op`, or the error, from the answer to the request that had this id. See `json_rpc_answer` for answers
    /// to batches.
    template <operation Op>
    static result<typename Op::output, call_error<Op>> decode_response(std::string_view text, json_rpc_id const& id,
                                                                       decode_options const& options = {}) {
        return json_rpc_answer(text, options).response<Op>(id);
    }
    /// A text that is gone when the output is used: refused if the output has views of it.
    template <operation Op, std::same_as<std::string> Text>
    static result<typename Op::output, call_error<Op>> decode_response(Text&& text, json_rpc_id const& id,
                                                                       decode_options const& options = {}) {
        static_assert(detail::value_has_no_views_of_temporary<typename Op::output>::checked);
        return decode_response<Op>(std::string_view(text), id, options);
    }
    /// The error of a response as it is: what an `undeclared_error` keeps of it in `response.body` can be read so. Fails if the
    /// response is none, or says no error.
    static result<json_rpc_error> decode_error(std::string_view response);

    /// The id of a message, be it a request or a response: for transports that carry many calls at once. Nothing if it has none,
    /// is a batch, or is no JSON.
    static std::optional<json_rpc_id> id_of(std::string_view message);

    // A server's.

    /// Reads what came to a server: one request or a batch. Requests that are none are among them, with what is to be answered. Where
    /// the whole cannot be read, the error is to be answered, with a null id.
    static result<json_rpc_message, json_rpc_error> decode_message(std::string_view text, decode_limits const& limits = {},
                                                                   std::size_t max_batch = 1000);

    /// True if the request calls `Op`.
    template <operation Op>
    static bool matches(json_rpc_request const& request) {
        return !request.wrong && request.method == detail::rpc_table_of<Op>::value.name;
    }
    /// Reads the input of `Op` from a request that `matches`. Fails with all that is wrong with it.
    template <operation Op>
    static result<typename Op::input> decode_request(json_rpc_request const& request, decode_options const& options = {}) {
        auto input = detail::access::make<typename Op::input>();
        data_error error;
        if (!detail::rpc::decode_params(detail::rpc_table_of<Op>::value, request.params, options, &input, error.violations))
            return error;
        return input;
    }
    /// Builds the response that says `output`.
    template <operation Op>
    static result<std::string> encode_response(typename Op::output const& output, json_rpc_id const& id) {
        return encoded([&](std::string& out, std::vector<violation>& errors) {
            return detail::rpc::encode_response(detail::rpc_table_of<Op>::value, &output, id, out, errors);
        });
    }
    /// Builds the response that says `error`: a described struct with an `rpc_error` in its traits, or a `json_rpc_error`.
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
