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

/// How an answer of a `test_server` comes.
struct answer_manner {
    std::chrono::milliseconds delay{};   ///< before its first byte
    std::optional<connection_end> end{}; ///< the connection ends, after as many bytes as `cut` says
    std::size_t cut = 0;                 ///< of the answer, its head included
};

/// A request that came to a `test_server`, and what it was answered with.
struct received_request {
    http_request request;
    std::string operation; ///< empty: it was for none
    int status = 0;        ///< of the answer, whether or not the connection lived to see it
};

namespace detail {

template <class Op, class T>
struct no_answer_of_a_test_server {
    static_assert(always_false<Op, T>,
                  "parley: a test_server answers with an output of the operation, an error that it declares, a function that "
                  "takes the input and returns either, a parley::http_response, or a parley::connection_end");
};

// What is said of one operation.
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
        std::function<handler_result<Op>(typename Op::input const&)> say{}; // else the response is as it is
        scripted_response reply{};
    };

    template <class T>
    static line line_of(T what, answer_manner const& how) {
        line result;
        if constexpr (std::is_same_v<T, connection_end>) {
            result.reply.end = what;
        } else if constexpr (std::is_same_v<T, http_response>) {
            result.reply.response = std::move(what);
        } else if constexpr (std::is_constructible_v<handler_result<Op>, T>) {
            result.say = [said = handler_result<Op>(std::move(what))](typename Op::input const&) { return said; };
        } else if constexpr (std::invocable<T&, typename Op::input const&>) {
            result.say = [f = std::move(what)](typename Op::input const& in) mutable {
                return handler_result<Op>(std::invoke(f, in));
            };
        } else {
            static_cast<void>(sizeof(no_answer_of_a_test_server<Op, T>));
        }
        result.reply.delay = how.delay;
        if (how.end) result.reply.end = how.end;
        result.reply.cut = how.cut;
        return result;
    }

    void add(line what) {
        std::lock_guard lock(mutex_);
        next_.push_back(std::move(what));
    }
    void set(line what) {
        std::lock_guard lock(mutex_);
        always_ = std::move(what);
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
                auto said = take(input);
                if (said) reply = std::move(said->reply);
                if (said && !said->say) return reply;
                if (said) write_answer<Op>(call, said->say(input));
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

/// A server for tests of programs that call a service: it reads requests as the service's own would, answers what a test says,
/// and tells what was asked. It is a transport in memory, whose waits take no time but move a clock, as those of `loopback`:
///
///     parley::test_server<weather_service> server;
///     parley::client client{{.endpoint = "http://test"}, std::ref(server)};
///     server.next<get_weather>(city_unknown{"it sank"});               // the next call ends so
///     server.next<get_weather>(parley::connection_end::reset);         // and the one after it so
///     server.always<get_weather>([](auto const& in) { return weather{...}; });   // and all others
///     CHECK(*server.calls<get_weather>().at(0).city == "Atlantis");
///
/// Or it is on a port, for programs that have a transport of their own, with anything that serves `scripted_response`s:
///
///     parley::beast_server port{server.handler()};
///
/// A call that nothing was said of is answered with 501; one that is malformed or invalid, as by a `router`. `Service` is as for a
/// router. Safe to use from many threads.
template <class Service>
class test_server {
    using operations = typename detail::operations_of<Service>::type;
    using server = detail::server_of<operations>;

public:
    using duration = std::chrono::steady_clock::duration;
    using time_point = std::chrono::steady_clock::time_point;

    /// The usual router looks at the prefix that an operation may have before its host; tests have no such hosts.
    explicit test_server(router_config config = {.host_prefix = false}) : config_(std::move(config)) {}

    /// The next call of `Op` that nothing was said of yet is answered so: with an output, an error that is declared, a function of
    /// the input that returns or throws either, or any response; or not at all, if `what` is how the connection ends.
    template <class Op, class T>
    void next(T what, answer_manner const& how = {}) {
        scripts_.template of<Op>().add(detail::script<Op>::line_of(std::move(what), how));
    }
    /// All calls of `Op` are, that `next` says nothing of.
    template <class Op, class T>
    void always(T what, answer_manner const& how = {}) {
        scripts_.template of<Op>().set(detail::script<Op>::line_of(std::move(what), how));
    }

    /// The inputs of the calls of `Op` that came, in order. Those that could not be read are among `received` alone.
    template <class Op>
    std::vector<typename Op::input> calls() const {
        return scripts_.template of<Op>().calls();
    }
    /// How many of the answers that `next` was given are left.
    template <class Op>
    std::size_t left() const {
        return scripts_.template of<Op>().left();
    }
    /// All requests that came, in order.
    std::vector<received_request> received() const {
        std::lock_guard lock(mutex_);
        return received_;
    }

    /// Answers a request, as a transport of a client does.
    result<http_response, transport_error> operator()(http_request const& request) {
        if (request.stop.stop_requested()) return transport_error{transport_errc::cancelled, false, {}};
        auto reply = answer(request);
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
    /// Waits, by the clock of `now` alone.
    void sleep(duration d) {
        std::lock_guard lock(mutex_);
        if (d > duration::zero()) now_ += d;
    }
    /// For `client_config::now`, so that deadlines are by the same clock.
    time_point now() const {
        std::lock_guard lock(mutex_);
        return now_;
    }

    /// For a server on a port. The test_server must outlive it.
    auto handler() {
        return [this](http_request const& request) { return answer(request); };
    }

private:
    scripted_response answer(http_request const& request) noexcept {
        auto call = detail::server_call::of(server::table, config_, request);
        auto const position = call.route();
        auto reply = position ? scripts_.all[*position]->play(call) : scripted_response(call.take());
        try {
            std::lock_guard lock(mutex_);
            received_.push_back({request, std::string(call.context().operation), reply.response.status});
        } catch (...) { // there is no memory for it: a request that `received` does not have is answered with a failure
            reply = http_response{500, {}, {}};
        }
        return reply;
    }

    router_config config_;
    detail::scripts_of<operations> scripts_;
    mutable std::mutex mutex_; // of what follows
    std::vector<received_request> received_;
    time_point now_{};
};

} // namespace parley

#endif
