// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_SERVER_TEST_SERVER_HPP
#define PARLEY_SERVER_TEST_SERVER_HPP

#include <parley/core/result.hpp>
#include <parley/describe/static_diagnostics.hpp>
#include <parley/http/transport_error.hpp>
#include <parley/server/handler.hpp>
#include <parley/server/router_config.hpp>
#include <parley/server/scripted_response.hpp>
#include <parley/server/server_table.hpp>

#include <array>
#include <chrono>
#include <concepts>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace parley::inline PARLEY_ABI {

/// Delay and connection failure of a response of `test_server`.
struct answer_manner {
    std::chrono::milliseconds delay{};   ///< Time before the first byte.
    std::optional<connection_end> end{}; ///< If set, the connection ends after `cut` bytes of the response.
    std::size_t cut = 0;                 ///< Number of bytes, including status line and header fields. Used only with `end`.
};

/// A request that a `test_server` received.
struct received_request {
    http_request request;  ///< The request.
    std::string operation; ///< Name of the operation, or an empty string if the request matches no operation.
    int status = 0;        ///< Status of the response, even if the connection ended before it.
};

namespace detail {

template <class Op, class T>
struct response_of_test_server_is_invalid {
    static_assert(
        always_false<Op, T>,
        "parley: the response of a test_server must be an output of the operation, an error that it declares, a function "
        "that takes the input and returns either, a parley::http_response, or a parley::connection_end");
};

// The scripted responses of one operation.
struct any_script {
    any_script() = default;
    any_script(any_script const&) = delete;
    any_script& operator=(any_script const&) = delete;
    virtual ~any_script() = default;
    virtual scripted_response play(server_call& call) noexcept = 0;
};

template <class Op>
class script : public any_script {
public:
    struct line {
        std::function<handler_result<Op>(typename Op::input const&)> handler{}; // if empty, `reply` has the response
        scripted_response reply{};
    };

    template <class T>
    static line line_of(T response, answer_manner const& manner) {
        line result;
        if constexpr (std::is_same_v<T, connection_end>) {
            result.reply.end = response;
        } else if constexpr (std::is_same_v<T, http_response>) {
            result.reply.response = std::move(response);
        } else if constexpr (std::is_constructible_v<handler_result<Op>, T>) {
            result.handler = [value = handler_result<Op>(std::move(response))](typename Op::input const&) { return value; };
        } else if constexpr (std::invocable<T&, typename Op::input const&>) {
            result.handler = [f = std::move(response)](typename Op::input const& in) mutable {
                return handler_result<Op>(std::invoke(f, in));
            };
        } else {
            static_cast<void>(sizeof(response_of_test_server_is_invalid<Op, T>));
        }
        result.reply.delay = manner.delay;
        if (manner.end) result.reply.end = manner.end;
        result.reply.cut = manner.cut;
        return result;
    }

    void add(line added) {
        std::lock_guard lock(mutex_);
        next_.push_back(std::move(added));
    }
    void set(line repeated) {
        std::lock_guard lock(mutex_);
        always_ = std::move(repeated);
    }
    std::vector<typename Op::input> calls() const {
        std::lock_guard lock(mutex_);
        return calls_;
    }
    std::size_t left() const {
        std::lock_guard lock(mutex_);
        return next_.size();
    }

    scripted_response play(server_call& call) noexcept override {
        scripted_response reply;
        try {
            auto input = access::make<typename Op::input>();
            if (call.read_input(input)) {
                auto scripted = take(input);
                if (scripted) reply = std::move(scripted->reply);
                if (scripted && !scripted->handler) return reply;
                if (scripted) write_result<Op>(call, scripted->handler(input));
                else call.write_not_implemented();
            }
        } catch (...) { write_thrown<Op>(call); }
        reply.response = call.take();
        return reply;
    }

private:
    std::optional<line> take(typename Op::input const& input) {
        std::lock_guard lock(mutex_);
        calls_.push_back(input);
        if (next_.empty()) return always_;
        std::optional<line> first(std::move(next_.front()));
        next_.pop_front();
        return first;
    }

    mutable std::mutex mutex_;
    std::deque<line> next_;
    std::optional<line> always_;
    std::vector<typename Op::input> calls_;
};

template <class Operations>
struct scripts_of;
template <class... Op>
struct scripts_of<operations<Op...>> {
    using server = server_of<operations<Op...>>;
    std::array<std::unique_ptr<any_script>, sizeof...(Op)> all;

    scripts_of() { static_cast<void>((..., (all[server::template position_of<Op>()] = std::make_unique<script<Op>>()))); }
    template <class One>
    script<One>& of() const {
        return static_cast<script<One>&>(*all[server::template position_of<One>()]);
    }
};

} // namespace detail

/// A server for tests of programs that call a service. It decodes requests like the service, sends the responses that a test
/// specifies, and records the calls.
///
/// A test server is a transport. Waiting takes no time, but advances a simulated clock, as for `loopback`:
///
///     parley::test_server<weather_service> server;
///     parley::client client{{.endpoint = "http://test"}, std::ref(server)};
///     server.next<get_weather>(city_unknown{"it sank"});               // response to the first call
///     server.next<get_weather>(parley::connection_end::reset);         // response to the second call
///     server.always<get_weather>([](auto const& in) { return weather{...}; });   // response to all others
///     CHECK(*server.calls<get_weather>().at(0).city == "Atlantis");
///
/// For programs with a transport of their own, a server for `scripted_response` makes it available on a port:
///
///     parley::beast_server port{server.handler()};
///
/// The response to a call without a specified response is 501. The response to a malformed or invalid request is that of `router`. All
/// functions are safe to call concurrently.
///
/// @tparam Service A service that lists its operations, or a `parley::operations<...>`.
template <class Service>
class test_server {
    using operations = typename detail::operations_of<Service>::type;
    using server = detail::server_of<operations>;

public:
    using duration = std::chrono::steady_clock::duration;     ///< Duration of the simulated clock.
    using time_point = std::chrono::steady_clock::time_point; ///< Time point of the simulated clock.

    /// Creates a server. By default, host prefixes are ignored, unlike in a `router`.
    explicit test_server(router_config config = {.host_prefix = false}) : config_(std::move(config)) {}

    /// Appends a response for one call of `Op`.
    ///
    /// @param response An output, a declared error, a function of the input that returns or throws one of these, an `http_response`, or
    ///                 a `connection_end` for a connection failure instead of a response.
    /// @param manner   Delay and connection failure.
    template <class Op, class T>
    void next(T response, answer_manner const& manner = {}) {
        scripts_.template of<Op>().add(detail::script<Op>::line_of(std::move(response), manner));
    }
    /// Sets the response for all calls of `Op` after those of `next`. The parameters are those of `next`.
    template <class Op, class T>
    void always(T response, answer_manner const& manner = {}) {
        scripts_.template of<Op>().set(detail::script<Op>::line_of(std::move(response), manner));
    }

    /// Returns the inputs of the received calls of `Op`, in order. Invalid requests are only in `received`.
    template <class Op>
    std::vector<typename Op::input> calls() const {
        return scripts_.template of<Op>().calls();
    }
    /// Returns the number of responses of `next` that have not been sent.
    template <class Op>
    std::size_t left() const {
        return scripts_.template of<Op>().left();
    }
    /// Returns all received requests, in order.
    std::vector<received_request> received() const {
        std::lock_guard lock(mutex_);
        return received_;
    }

    /// Returns the response to a request, as the transport of a client.
    ///
    /// @return The response, or an error on cancellation, time-out or a scripted connection failure.
    result<http_response, transport_error> operator()(http_request const& request) {
        if (request.stop.stop_requested()) return transport_error{transport_errc::cancelled, false, {}};
        auto reply = respond(request);
        auto const ready = now() + reply.delay;
        if (request.deadline && ready > *request.deadline) {
            sleep(*request.deadline - now());
            return transport_error{transport_errc::timed_out, true, {}};
        }
        sleep(reply.delay);
        auto const head = write_response_head(reply.response, {request.method});
        if (!reply.end || (head && reply.cut >= head->size() + reply.response.body.size())) return std::move(reply.response);
        return transport_error{transport_errc::reset, true, "the connection ended after " + std::to_string(reply.cut) + " bytes"};
    }
    /// Advances the simulated clock.
    void sleep(duration d) {
        std::lock_guard lock(mutex_);
        if (d > duration::zero()) now_ += d;
    }
    /// Returns the time of the simulated clock, for `client_config::now`.
    time_point now() const {
        std::lock_guard lock(mutex_);
        return now_;
    }

    /// Returns a function from `http_request` to `scripted_response`, for a server on a port. Must not outlive this object.
    auto handler() {
        return [this](http_request const& request) { return respond(request); };
    }

private:
    scripted_response respond(http_request const& request) noexcept {
        auto call = detail::server_call::of(server::table, config_, request);
        auto const position = call.route();
        auto reply = position ? scripts_.all[*position]->play(call) : scripted_response(call.take());
        try {
            std::lock_guard lock(mutex_);
            received_.push_back({request, std::string(call.context().operation), reply.response.status});
        } catch (...) { // out of memory: a request that is not in `received` must not succeed
            reply = http_response{500, {}, {}};
        }
        return reply;
    }

    router_config config_;
    detail::scripts_of<operations> scripts_;
    mutable std::mutex mutex_; // guards the members below
    std::vector<received_request> received_;
    time_point now_{};
};

} // namespace parley

#endif
