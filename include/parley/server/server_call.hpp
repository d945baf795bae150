// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_SERVER_SERVER_CALL_HPP
#define PARLEY_SERVER_SERVER_CALL_HPP

#include <parley/describe/borrows.hpp>
#include <parley/http/response.hpp>
#include <parley/protocol/protocol_engine.hpp>
#include <parley/server/router_config.hpp>

#include <atomic>
#include <cstddef>
#include <functional>
#include <memory>
#include <memory_resource>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace parley::inline PARLEY_ABI::detail {

/// What a router knows of its service.
struct server_table {
    server_engine const* engine = nullptr;
    std::span<operation_table const* const> operations; ///< in the order in which they are tried
    service_facts facts;
};

/// One request on its way through a router, as far as no type of the user is involved. The view, the table and the configuration must
/// outlive it.
///
/// Nothing here throws: whatever an allocation, the codec or a function of the user throws becomes a response with the status 500. If
/// there is no memory for that response, it has a status and nothing else, which needs none. So whoever holds a `server_call` can always
/// answer.
class server_call {
public:
    /// Answers with the error and returns true if it is what is being thrown.
    using thrown_error = bool (*)(server_call& call) noexcept;

    server_call(server_table const& table, router_config const& config, request_view const& request) noexcept
        : table_(&table), config_(&config), request_(request) {}

    /// Views the request, whose own type may throw.
    template <request_like Request>
    static server_call of(server_table const& table, router_config const& config, Request const& request) noexcept {
        server_call call(table, config, request_view());
        try {
            call.request_ = view_of(request);
        } catch (...) { call.write_caught("the request cannot be read"); }
        return call;
    }

    /// The operation that the request is for, by position; nothing if it is answered already.
    std::optional<std::size_t> route() noexcept;
    /// Reads the input of the operation. False if the request is answered already, for what is wrong with it.
    template <class Input>
    bool read_input(Input& input) noexcept {
        return read(&input, borrows<Input>);
    }

    void write_output(input_ref output) noexcept;
    void write_error(error_entry const& entry, void const* error) noexcept;
    /// Answers with what the handler threw: one of `declared`, or a failure of the server. Called from a catch block.
    void write_thrown(std::span<thrown_error const> declared) noexcept;
    /// Answers with a failure of the server. Called from a catch block. The observer gets the text of the exception, after `where`.
    void write_caught(std::string_view where = {}) noexcept;
    /// Answers with a failure of the server. Only the observer gets `text`.
    void write_failure(std::string_view text) noexcept;
    /// The router has no handler.
    void write_not_implemented() noexcept;

    call_context context() const noexcept { return {request_, op_ ? op_->name : std::string_view()}; }
    /// The answer. Reports it to the observer.
    http_response take() noexcept;

private:
    std::optional<std::size_t> find_operation();
    bool read(void* input, bool has_views) noexcept;
    bool decode(void* input, bool has_views);
    bool decompress();
    void fail(std::string_view where, std::string_view text) noexcept;
    void write_bare_failure() noexcept;
    void respond_error(int status, std::string_view code, std::string text);
    void refuse_input(std::vector<violation> const& violations);
    void refuse_invalid(std::vector<violation> const& violations);
    void report(std::string_view code, std::string text) noexcept;

    server_table const* table_;
    router_config const* config_;
    request_view request_;
    std::unique_ptr<std::string> decompressed_; // the body of a compressed request, which the input may have views of
    std::unique_ptr<std::pmr::monotonic_buffer_resource> unescaped_; // what they cannot borrow from the request
    operation_table const* op_ = nullptr;
    http_response response_;
    std::string_view code_; // for the observer; of a table or a literal
    std::string text_;
    bool bare_ = false; // there was no memory for the response
};

/// A call that is answered through a function, perhaps later and from another thread: once, whatever happens. If it is destroyed
/// before, the peer gets a failure of the server.
class pending_call {
public:
    pending_call(server_call&& call, std::function<void(http_response)>&& done) noexcept
        : call_(std::move(call)), done_(std::move(done)) {}
    pending_call(pending_call const&) = delete;
    pending_call& operator=(pending_call const&) = delete;
    ~pending_call() {
        if (!claim()) return;
        call_.write_failure("the handler did not answer");
        send();
    }

    server_call& call() noexcept { return call_; }
    /// True for the first caller, who then writes the answer and sends it.
    bool claim() noexcept { return !claimed_.exchange(true); }
    /// Gives the response away. An exception of `done` is dropped: it has the response, and must not get another one.
    void send() noexcept { send_to(done_, call_); }

    template <class Done>
    static void send_to(Done& done, server_call& call) noexcept {
        try {
            std::invoke(done, call.take());
        } catch (...) {}
    }

private:
    server_call call_;
    std::function<void(http_response)> done_;
    std::atomic<bool> claimed_{false};
};

} // namespace parley::detail

#endif
