// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_PROTOCOL_CALL_ERROR_HPP
#define PARLEY_PROTOCOL_CALL_ERROR_HPP

#include <parley/core/result.hpp>
#include <parley/describe/operation.hpp>
#include <parley/protocol/failure.hpp>

#include <boost/mp11/algorithm.hpp>
#include <boost/mp11/list.hpp>

#include <type_traits>
#include <utility>
#include <variant>

namespace parley {

namespace detail {

template <class Service>
struct service_errors_of {
    using type = parley::errors<>;
};
template <class Service>
    requires requires { typename Service::errors; }
struct service_errors_of<Service> {
    using type = typename Service::errors;
};

/// The errors that the operation declares, then those that the service does besides.
template <class Op>
using all_errors = boost::mp11::mp_unique<boost::mp11::mp_append<
    typename errors_of<Op>::type, typename service_errors_of<typename service_of<Op>::type>::type>>;

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
    using variant = boost::mp11::mp_append<
        std::variant<invalid_input, transport_failure, undeclared_error, undecodable_response>, detail::all_errors<Op>>;

    call_error(invalid_input e) : what_(std::move(e)) {}
    call_error(transport_failure e) : what_(std::move(e)) {}
    call_error(undeclared_error e) : what_(std::move(e)) {}
    call_error(undecodable_response e) : what_(std::move(e)) {}
    /// A declared error, as the variant holds it.
    call_error(variant what, error_details details) : what_(std::move(what)), details_(std::move(details)) {}

    /// The error if it is an `E`, or null.
    template <class E>
    E const* get_if() const noexcept {
        if constexpr (std::is_same_v<E, failure>) {
            return std::visit([](auto const& e) -> failure const* {
                if constexpr (std::is_base_of_v<failure, std::remove_cvref_t<decltype(e)>>) return &e;
                else return nullptr;
            }, what_);
        } else {
            return std::get_if<E>(&what_);
        }
    }
    template <class E>
    bool is() const noexcept {
        return get_if<E>() != nullptr;
    }

    /// True for an error that the operation or its service declares.
    bool declared() const noexcept { return what_.index() > 3; }

    /// What happened, for a person to read.
    std::string const& message() const noexcept {
        if (auto const* f = get_if<failure>()) return f->message;
        return details_.message;
    }
    /// The code of an error of the peer; empty if it sent none.
    std::string const& code() const noexcept {
        if (auto const* e = get_if<undeclared_error>()) return e->code;
        if (auto const* e = get_if<undecodable_response>()) return e->code;
        return details_.code;
    }
    parley::fault fault() const noexcept {
        if (auto const* e = get_if<undeclared_error>()) return e->fault;
        return details_.fault;
    }
    /// The response that said so; null if there was none.
    http_response const* response() const noexcept {
        if (auto const* e = get_if<undeclared_error>()) return &e->response;
        if (auto const* e = get_if<undecodable_response>()) return &e->response;
        return declared() ? &details_.response : nullptr;
    }
    delivery sent() const noexcept {
        if (auto const* f = get_if<failure>()) return f->sent;
        return delivery::answered;
    }

    /// Calls the handler that fits, and returns what it returns. Does not compile if an error that the operation declares,
    /// or a kind of failure, has no handler; one that takes `failure const&` takes all four kinds. An error that only the
    /// service declares goes to its handler if there is one, else it is handled as an `undeclared_error`.
    ///
    ///     outcome.error().match([](city_unknown const& e) { ... },
    ///                           [](parley::failure const& f) { ... });
    template <class... Handlers>
    auto match(Handlers&&... handlers) const {
        detail::overloaded handler{std::forward<Handlers>(handlers)...};
        return std::visit([&](auto const& e) {
            using alternative = std::remove_cvref_t<decltype(e)>;
            using declared_here = typename detail::errors_of<Op>::type;
            if constexpr (std::is_invocable_v<decltype(handler)&, alternative const&>) {
                return handler(e);
            } else if constexpr (std::is_base_of_v<failure, alternative> ||
                                 boost::mp11::mp_contains<declared_here, alternative>::value ||
                                 !std::is_invocable_v<decltype(handler)&, undeclared_error const&>) {
                detail::match_has_no_handler_for<alternative> missing;
                static_cast<void>(missing);
            } else {
                return handler(as_undeclared());
            }
        }, what_);
    }

    /// Throws `call_exception` of the error it is.
    [[noreturn]] void raise() const {
        std::visit([&](auto const& e) { throw call_exception(text(), e); }, what_);
        throw exception(text()); // never reached
    }

    /// One line: the code, if there is one, and the message.
    std::string text() const {
        auto const& c = code();
        return c.empty() ? message() : c + ": " + message();
    }

private:
    undeclared_error as_undeclared() const {
        undeclared_error e;
        e.message = details_.message;
        e.sent = delivery::answered;
        e.code = details_.code;
        e.fault = details_.fault;
        e.response = details_.response;
        return e;
    }

    variant what_;
    error_details details_;
};

} // namespace parley

#endif
