// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_PROTOCOL_CALL_ERROR_HPP
#define PARLEY_PROTOCOL_CALL_ERROR_HPP

#include <parley/core/result.hpp>
#include <parley/describe/operation.hpp>
#include <parley/protocol/failure.hpp>

#include <boost/mp11/algorithm.hpp>
#include <boost/mp11/list.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>

namespace parley::inline PARLEY_ABI {

namespace detail {

/// The errors that the operation declares, then those that the service does besides.
template <class Op>
using all_errors = boost::mp11::mp_unique<
    boost::mp11::mp_append<typename errors_of<Op>::type, typename errors_of<typename service_of<Op>::type>::type>>;

template <class... Handlers>
struct overloaded : Handlers... {
    using Handlers::operator()...;
};
template <class... Handlers>
overloaded(Handlers...) -> overloaded<Handlers...>;

template <class Alternative>
struct match_has_no_handler_for {
    static_assert(sizeof(Alternative) == 0,
                  "parley: match must handle each way a call can end: add a handler that takes this type by const "
                  "reference, or one that takes parley::failure const& for all that is no declared error");
};

} // namespace detail

/// What all errors of a response have, the typed ones too.
struct error_details {
    std::string code;
    std::string message;
    parley::fault fault = parley::fault::unspecified;
    http_response response;
};

template <class Op>
class outcome;

namespace detail {

struct outcome_access;

/// The ways a call can end, in the order of `call_error_state::index`: the kinds of failure, then what is declared.
template <class Op>
using call_endings =
    boost::mp11::mp_append<boost::mp11::mp_list<invalid_input, transport_failure, undeclared_error, undecodable_response>,
                           all_errors<Op>>;

/// An error that an operation declares: its position among them, and the value. No one changes it once it is read, so
/// that copies share it.
struct declared_error {
    std::size_t position = 0;
    std::shared_ptr<void> value;

    /// Makes it hold a fresh one, which is returned.
    void* emplace(std::size_t at, void* (*make)(), void (*drop)(void*));
};

/// A `call_error` of any operation: ordinary code, so that an operation costs its users a list of types and no more.
class call_error_state {
public:
    call_error_state() noexcept;
    explicit call_error_state(invalid_input&& e);
    explicit call_error_state(transport_failure&& e);
    explicit call_error_state(undeclared_error&& e);
    explicit call_error_state(undecodable_response&& e);
    call_error_state(declared_error&& what, error_details&& details);
    call_error_state(call_error_state const&);
    call_error_state(call_error_state&&) noexcept;
    call_error_state& operator=(call_error_state const&);
    call_error_state& operator=(call_error_state&&) noexcept;
    ~call_error_state();

    /// A `transport_failure` for want of memory. Allocates nothing.
    static call_error_state out_of_memory(delivery sent) noexcept;

    static constexpr std::size_t failures = 4;

    std::size_t index() const noexcept { return index_; }
    void const* what() const noexcept { return what_.get(); }
    error_details const& details() const noexcept;
    failure const* as_failure() const noexcept;
    undeclared_error as_undeclared() const;

    std::string const& message() const noexcept;
    std::string const& code() const noexcept;
    parley::fault fault() const noexcept;
    http_response const* response() const noexcept;
    delivery sent() const noexcept;
    std::string text() const;

private:
    std::size_t index_ = static_cast<std::size_t>(-1); // -1: there is no error
    std::shared_ptr<void const> what_;
    std::shared_ptr<error_details const> details_; // of a declared one
};

} // namespace detail

/// Thrown by `value()`, with the error it is about. The base of all is `parley::exception`.
template <class E>
class call_exception : public exception {
public:
    call_exception(std::string const& text, E error) : exception(text), error_(std::move(error)) {}
    E const& error() const noexcept { return error_; }

private:
    E error_;
};

/// How a call of `Op` ended, when not with an output: one of the errors that the operation or its service declares, or
/// one of the four kinds of `failure`.
template <class Op>
class call_error {
public:
    call_error(invalid_input e) : state_(std::move(e)) {}
    call_error(transport_failure e) : state_(std::move(e)) {}
    call_error(undeclared_error e) : state_(std::move(e)) {}
    call_error(undecodable_response e) : state_(std::move(e)) {}
    /// A declared error.
    template <class E>
    call_error(E what, error_details details) requires(boost::mp11::mp_contains<detail::all_errors<Op>, E>::value)
        : state_({boost::mp11::mp_find<detail::all_errors<Op>, E>::value, std::make_shared<E>(std::move(what))},
                 std::move(details)) {}
    /// What a call of `Op` ended with.
    explicit call_error(detail::call_error_state&& state) noexcept : state_(std::move(state)) {}

    /// The error if it is an `E`, or null.
    template <class E>
    E const* get_if() const noexcept {
        if constexpr (std::is_same_v<E, failure>) {
            return state_.as_failure();
        } else {
            constexpr auto position = boost::mp11::mp_find<endings, E>::value;
            static_assert(position < boost::mp11::mp_size<endings>::value,
                          "parley: a call of this operation cannot end with this type of error: neither the operation nor its "
                          "service declares it");
            return state_.index() == position ? static_cast<E const*>(state_.what()) : nullptr;
        }
    }
    template <class E>
    bool is() const noexcept {
        return get_if<E>() != nullptr;
    }

    /// True for an error that the operation or its service declares.
    bool declared() const noexcept { return state_.index() >= detail::call_error_state::failures; }

    /// What happened, for a person to read.
    std::string const& message() const noexcept { return state_.message(); }
    /// The code of an error of the peer; empty if it sent none.
    std::string const& code() const noexcept { return state_.code(); }
    parley::fault fault() const noexcept { return state_.fault(); }
    /// The response that said so; null if there was none.
    http_response const* response() const noexcept { return state_.response(); }
    delivery sent() const noexcept { return state_.sent(); }

    /// Calls the handler that fits, and returns what it returns. Does not compile if an error that the operation declares,
    /// or a kind of failure, has no handler; one that takes `failure const&` takes all four kinds. An error that only the
    /// service declares goes to its handler if there is one, else it is handled as an `undeclared_error`.
    ///
    ///     outcome.error().match([](city_unknown const& e) { ... },
    ///                           [](parley::failure const& f) { ... });
    template <class... Handlers>
    auto match(Handlers&&... handlers) const {
        detail::overloaded handler{std::forward<Handlers>(handlers)...};
        auto const handle = [&](auto const& e) {
            using alternative = std::remove_cvref_t<decltype(e)>;
            using declared_here = typename detail::errors_of<Op>::type;
            if constexpr (std::is_invocable_v<decltype(handler)&, alternative const&>) {
                return handler(e);
            } else if constexpr (std::is_base_of_v<failure,
                                                   alternative> || boost::mp11::mp_contains<declared_here, alternative>::value
                                 || !std::is_invocable_v<decltype(handler)&, undeclared_error const&>) {
                detail::match_has_no_handler_for<alternative> missing;
                static_cast<void>(missing);
            } else {
                return handler(state_.as_undeclared());
            }
        };
        return visit(handle, static_cast<endings const*>(nullptr));
    }

    /// Throws `call_exception` of the error it is.
    [[noreturn]] void raise() const {
        visit([&](auto const& e) { throw call_exception(text(), e); }, static_cast<endings const*>(nullptr));
        throw exception(text()); // never reached
    }

    /// One line: the code, if there is one, and the message.
    std::string text() const { return state_.text(); }

private:
    template <class>
    friend class outcome;
    friend struct detail::outcome_access;
    using endings = detail::call_endings<Op>;

    call_error() = default;

    template <class Visitor, class First, class... E>
    auto visit(Visitor const& visitor, boost::mp11::mp_list<First, E...> const*) const {
        using returned = std::invoke_result_t<Visitor const&, First const&>;
        static_assert((true && ... && std::is_same_v<returned, std::invoke_result_t<Visitor const&, E const&>>),
                      "parley: the handlers of match must all return the same type");
        using visit_one = returned (*)(Visitor const& visitor, void const* what);
        static constexpr visit_one table[] = {
            [](Visitor const& v, void const* what) { return v(*static_cast<First const*>(what)); },
            [](Visitor const& v, void const* what) { return v(*static_cast<E const*>(what)); }...};
        return table[state_.index()](visitor, state_.what());
    }

    detail::call_error_state state_;
};

} // namespace parley

#endif
