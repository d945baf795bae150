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

/// The constant table of a router.
struct server_table {
    server_engine const* engine = nullptr;
    std::span<operation_table const* const> operations; ///< sorted by precedence
    service_facts facts;
};

/// The type-erased part of serving one request. The view, the table and the configuration must outlive it.
///
/// No function throws: exceptions of allocations, the codec and functions of the user become a response with status 500. If the memory
/// for that response is exhausted, it consists of the status only, which allocates nothing. So `take` always returns a response.
class server_call {
public:
    /// Writes the error and returns true if the current exception is of its type.
    using thrown_error = bool (*)(server_call& call) noexcept;

    server_call(server_table const& table, router_config const& config, request_view const& request) noexcept
        : table_(&table), config_(&config), request_(request) {}

    /// Creates a call from a request of any type, whose accessors may throw.
    template <request_like Request>
    static server_call of(server_table const& table, router_config const& config, Request const& request) noexcept {
        server_call call(table, config, request_view());
        try {
            call.request_ = view_of(request);
        } catch (...) { call.write_caught("the request cannot be read"); }
        return call;
    }

    /// Returns the position of the operation for the request, or `nullopt` after writing an error.
    std::optional<std::size_t> route() noexcept;
    /// Decodes the input of the operation. Returns false after writing an error.
    template <class Input>
    bool read_input(Input& input) noexcept {
        return read(&input, borrows<Input>);
    }

    void write_output(input_ref output) noexcept;
    void write_error(error_entry const& entry, void const* error) noexcept;
    /// Writes the current exception: a declared error or an internal failure. Must be called from a catch block.
    void write_thrown(std::span<thrown_error const> declared) noexcept;
    /// Writes an internal failure. Must be called from a catch block. The observer receives `context` and the text of the exception.
    void write_caught(std::string_view context = {}) noexcept;
    /// Writes an internal failure. Only the observer receives `text`.
    void write_failure(std::string_view text) noexcept;
    /// Writes the error for an operation without a handler.
    void write_not_implemented() noexcept;

    call_context context() const noexcept { return {request_, op_ ? op_->name : std::string_view()}; }
    /// Returns the response and calls the observer.
    http_response take() noexcept;

private:
    std::optional<std::size_t> find_operation();
    bool read(void* input, bool has_views) noexcept;
    bool decode(void* input, bool has_views);
    bool decompress();
    void fail(std::string_view context, std::string_view text) noexcept;
    void write_bare_failure() noexcept;
    void respond_error(int status, std::string_view code, std::string text);
    void reject_input(std::vector<violation> const& violations);
    void reject_invalid(std::vector<violation> const& violations);
    void report(std::string_view code, std::string text) noexcept;

    server_table const* table_;
    router_config const* config_;
    request_view request_;
    std::unique_ptr<std::string> decompressed_; // body of a compressed request, which views in the input refer to
    std::unique_ptr<std::pmr::monotonic_buffer_resource> unescaped_; // texts that views cannot borrow from the request
    operation_table const* op_ = nullptr;
    http_response response_;
    std::string_view code_; // for the observer; refers to a table or a literal
    std::string text_;
    bool bare_ = false; // the memory for the response was exhausted
};

/// A call whose response is passed to a function, exactly once, possibly later and from another thread. If it is destroyed before, the
/// client receives status 500.
class pending_call {
public:
    pending_call(server_call&& call, std::function<void(http_response)>&& done) noexcept
        : call_(std::move(call)), done_(std::move(done)) {}
    pending_call(pending_call const&) = delete;
    pending_call& operator=(pending_call const&) = delete;
    ~pending_call() {
        if (!claim()) return;
        call_.write_failure("the handler did not respond");
        send();
    }

    server_call& call() noexcept { return call_; }
    /// Returns true for the first caller, which must then write the response and send it.
    bool claim() noexcept { return !claimed_.exchange(true); }
    /// Sends the response. Exceptions of `done` are ignored: it received the response and must not be called again.
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
