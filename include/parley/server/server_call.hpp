// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_SERVER_SERVER_CALL_HPP
#define PARLEY_SERVER_SERVER_CALL_HPP

#include <parley/describe/borrows.hpp>
#include <parley/server/router_config.hpp>
#include <parley/http/response.hpp>
#include <parley/protocol/protocol_engine.hpp>

#include <cstddef>
#include <memory>
#include <memory_resource>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace parley::detail {

/// What a router knows of its service.
struct server_table {
    server_engine const* engine = nullptr;
    std::span<operation_table const* const> operations; ///< in the order in which they are tried
    service_facts facts;
};

/// One request on its way through a router: what is no template. The view, the table and the configuration must live as long.
class serving {
public:
    /// Answers with the error and returns true if it is what is being thrown.
    using thrown_error = bool (*)(serving& call);

    serving(server_table const& table, router_config const& config, request_view const& request)
        : table_(&table), config_(&config), request_(request) {}

    /// The operation that the request is for, by position; nothing if it is answered already.
    std::optional<std::size_t> route();
    /// Reads the input of the operation. False if the request is answered already, for what is wrong with it.
    template <class Input>
    bool read_input(Input& input) {
        return read(&input, borrows<Input>);
    }

    void write_output(given_value output);
    void write_error(error_entry const& entry, void const* error);
    /// What the handler threw: one of `declared`, or a failure of the server. Called while it is being handled.
    void write_thrown(std::span<thrown_error const> declared);
    /// A failure of the server. `text` is told to the observer alone.
    void write_failure(std::string_view text);
    /// The router has no handler.
    void write_not_implemented();

    call_context context() const { return {request_, op_ ? op_->name : std::string_view()}; }
    /// The answer. Tells the observer.
    http_response take();

private:
    bool read(void* input, bool has_views);
    bool unpack();
    void refuse(int status, std::string_view code, std::string text);
    void refuse_input(std::vector<violation> const& violations);
    void refuse_invalid(std::vector<violation> const& violations);
    void told(std::string_view code, std::string text);

    server_table const* table_;
    router_config const* config_;
    request_view request_;
    std::unique_ptr<std::string> unpacked_; // the body of a compressed request, which the input may have views of
    std::unique_ptr<std::pmr::monotonic_buffer_resource> unescaped_; // what they cannot borrow from the request
    operation_table const* op_ = nullptr;
    http_response response_;
    std::string code_; // what the observer is told
    std::string text_;
};

} // namespace parley::detail

#endif
