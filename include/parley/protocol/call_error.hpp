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

/// The errors that the operation declares, followed by those that only the service declares.
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
                  "parley: match does not handle this error: add a handler that takes this type by const reference, or one that "
                  "takes parley::failure const& for all errors that the operation does not declare");
};

} // namespace detail

/// Details of a declared error, independent of its type.
struct error_details {
    std::string code;                                 ///< Error code on the wire.
    std::string message;                              ///< Human-readable message.
    parley::fault fault = parley::fault::unspecified; ///< Side that caused the error.
    http_response response;                           ///< Response that contained the error.
};

template <class Op>
class outcome;

namespace detail {

struct outcome_access;

/// All error types of a call in the order of `call_error_state::index`: the four kinds of failure, then the declared errors.
template <class Op>
using call_endings =
    boost::mp11::mp_append<boost::mp11::mp_list<invalid_input, transport_failure, undeclared_error, undecodable_response>,
                           all_errors<Op>>;

/// A declared error: its position in the list of declared errors, and its value. Copies share the value, which is immutable after
/// decoding.
struct declared_error {
    std::size_t position = 0;
    std::shared_ptr<void> value;

    /// Replaces the value by a new object, which is returned.
    void* emplace(std::size_t at, void* (*make)(), void (*drop)(void*));
};

/// The type-erased state of a `call_error`. It is not a template, so that an operation adds a list of types but no code.
class call_error_state {
public:
    call_error_state() noexcept;
    explicit call_error_state(invalid_input&& e);
    explicit call_error_state(transport_failure&& e);
    explicit call_error_state(undeclared_error&& e);
    explicit call_error_state(undecodable_response&& e);
    call_error_state(declared_error&& error, error_details&& details);
    call_error_state(call_error_state const&);
    call_error_state(call_error_state&&) noexcept;
    call_error_state& operator=(call_error_state const&);
    call_error_state& operator=(call_error_state&&) noexcept;
    ~call_error_state();

    /// Returns a `transport_failure` that reports exhausted memory. Allocates nothing.
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
    std::size_t index_ = static_cast<std::size_t>(-1); // -1: no error
    std::shared_ptr<void const> what_;
    std::shared_ptr<error_details const> details_; // declared errors only
};

} // namespace detail

/// Exception thrown by `outcome::value` and `call_error::raise`. `E` is the type of the error.
template <class E>
class call_exception : public exception {
public:
    /// Stores the error. `text` becomes the text of the exception.
    call_exception(std::string const& text, E error) : exception(text), error_(std::move(error)) {}
    /// Returns the error.
    E const& error() const noexcept { return error_; }

private:
    E error_;
};

/// The error of a call of `Op`: an error that the operation or its service declares, or one of the four kinds of `failure`.
///
/// Copies share the error.
template <class Op>
class call_error {
public:
    /// Wraps an error in the input.
    call_error(invalid_input e) : state_(std::move(e)) {}
    /// Wraps a failure of the transport.
    call_error(transport_failure e) : state_(std::move(e)) {}
    /// Wraps an error that the operation does not declare.
    call_error(undeclared_error e) : state_(std::move(e)) {}
    /// Wraps a decoding error.
    call_error(undecodable_response e) : state_(std::move(e)) {}
    /// Wraps a declared error.
    template <class E>
    call_error(E e, error_details details) requires(boost::mp11::mp_contains<detail::all_errors<Op>, E>::value)
        : state_({boost::mp11::mp_find<detail::all_errors<Op>, E>::value, std::make_shared<E>(std::move(e))},
                 std::move(details)) {}
    /// Takes over the state of a finished call.
    explicit call_error(detail::call_error_state&& state) noexcept : state_(std::move(state)) {}

    /// Returns a pointer to the error if its type is `E` or `E` is `failure` and the error is a failure, otherwise null.
    template <class E>
    E const* get_if() const noexcept {
        if constexpr (std::is_same_v<E, failure>) {
            return state_.as_failure();
        } else {
            constexpr auto position = boost::mp11::mp_find<endings, E>::value;
            static_assert(position < boost::mp11::mp_size<endings>::value,
                          "parley: a call of this operation cannot fail with this type of error: neither the operation nor its "
                          "service declares it");
            return state_.index() == position ? static_cast<E const*>(state_.what()) : nullptr;
        }
    }
    /// Returns true if `get_if<E>()` is not null.
    template <class E>
    bool is() const noexcept {
        return get_if<E>() != nullptr;
    }

    /// Returns true if the operation or its service declares the error.
    bool declared() const noexcept { return state_.index() >= detail::call_error_state::failures; }

    /// Returns the human-readable message.
    std::string const& message() const noexcept { return state_.message(); }
    /// Returns the error code that the server sent, or an empty string.
    std::string const& code() const noexcept { return state_.code(); }
    /// Returns the side that caused the error.
    parley::fault fault() const noexcept { return state_.fault(); }
    /// Returns the response that contained the error, or null if there was none.
    http_response const* response() const noexcept { return state_.response(); }
    /// Returns whether the server may have received the request.
    delivery sent() const noexcept { return state_.sent(); }

    /// Calls the handler for the type of the error and returns its result.
    ///
    /// Each error that the operation declares and each kind of failure needs a handler, otherwise the call does not compile. A
    /// handler that takes `failure const&` handles all four kinds. An error that only the service declares is passed to its own
    /// handler if there is one, otherwise as an `undeclared_error`.
    ///
    /// @return The result of the handler. All handlers return the same type.
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

    /// Throws the error as a `call_exception`.
    ///
    /// @throws call_exception<E> where `E` is the type of the error.
    [[noreturn]] void raise() const {
        visit([&](auto const& e) { throw call_exception(text(), e); }, static_cast<endings const*>(nullptr));
        throw exception(text()); // unreachable
    }

    /// Returns the code, if any, and the message in one line.
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
        using visit_one = returned (*)(Visitor const& visitor, void const* e);
        static constexpr visit_one table[] = {[](Visitor const& v, void const* e) { return v(*static_cast<First const*>(e)); },
                                              [](Visitor const& v, void const* e) { return v(*static_cast<E const*>(e)); }...};
        return table[state_.index()](visitor, state_.what());
    }

    detail::call_error_state state_;
};

} // namespace parley

#endif
