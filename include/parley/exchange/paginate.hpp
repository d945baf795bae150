// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_EXCHANGE_PAGINATE_HPP
#define PARLEY_EXCHANGE_PAGINATE_HPP

#include <parley/describe/borrows.hpp>
#include <parley/describe/fingerprint.hpp>
#include <parley/describe/member_path.hpp>
#include <parley/describe/operation.hpp>
#include <parley/exchange/outcome.hpp>

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace parley::inline PARLEY_ABI {

/// An operation that says how it is called again for what comes next.
template <class Op>
concept paginated_operation = operation<Op> && requires {
    { Op::pagination } -> std::convertible_to<paginated const&>;
};

/// One that says which member of its output is the list of items, too.
template <class Op>
concept itemized_operation = paginated_operation<Op> && !Op::pagination.items.empty();

namespace detail {

template <class Op>
struct pagination_of {
    static constexpr std::string_view input_token = Op::pagination.input_token;
    static constexpr std::string_view output_token = Op::pagination.output_token;
    static constexpr std::string_view items = Op::pagination.items;
};

/// Detects a cycle of tokens in constant memory. Brent's algorithm: keeps one token, and replaces it after 1, 2, 4, 8, ... further ones.
/// A token is only ever compared with one that came before it, so tokens that all differ are never taken for a cycle.
class token_watch {
public:
    /// False if the token is one that came before.
    bool is_new(std::string token) {
        if (token == kept_) return false;
        if (++since_ == power_) {
            kept_ = std::move(token);
            power_ *= 2;
            since_ = 0;
        }
        return true;
    }

private:
    std::string kept_; // a fingerprint, so never empty once there is one
    std::uint64_t since_ = 0, power_ = 1;
};

/// The state between two pages: what to ask for next. Does no I/O.
///
///     while (!walk.done()) deliver(walk.take(send(walk.input())));
///     if (auto error = walk.take_error()) deliver(*error);
template <paginated_operation Op>
class page_walk {
    static_assert(
        !borrows<typename Op::input>,
        "parley: the input of an operation that has pages is kept from page to page, and its token comes from the page before: "
        "make its members that are views std::string");

public:
    explicit page_walk(typename Op::input first) : input_(std::move(first)), sent_(fingerprint_of_input()) {
        if (!sent_.empty()) watch_.is_new(sent_);
    }

    /// Whether there is no further page to ask for.
    bool done() const noexcept { return done_; }
    typename Op::input const& input() const noexcept { return input_; }

    /// Takes the page that `input` gave, prepares the next, and returns the page.
    outcome<Op> take(outcome<Op> page) {
        done_ = true;
        if (!page) return page;
        auto const* token = value_at<pagination_of<Op>::output_token>(*page);
        if (!token || is_empty_text(*token)) return page;
        place_at<pagination_of<Op>::input_token>(input_) = *token;
        auto next = fingerprint_of_input();
        bool const same = next == sent_;
        if (same && Op::pagination.ends_with_same_token) return page;
        if (same || !watch_.is_new(next)) {
            error_.emplace(repeated(page));
            return page;
        }
        sent_ = std::move(next);
        done_ = false;
        return page;
    }

    /// The error that follows the last page, once: its token led back to a page that is delivered. `nullopt` if there is none.
    std::optional<outcome<Op>> take_error() { return std::exchange(error_, std::nullopt); }

private:
    template <class Token>
    static bool is_empty_text(Token const& token) {
        if constexpr (std::is_convertible_v<Token const&, std::string_view>) return std::string_view(token).empty();
        else return false;
    }
    // Empty if the input has no token.
    std::string fingerprint_of_input() {
        auto const* token = value_at<pagination_of<Op>::input_token>(input_);
        return token && !is_empty_text(*token) ? fingerprint(*token) : std::string();
    }
    static outcome<Op> repeated(outcome<Op> const& page) {
        undecodable_response e;
        e.sent = delivery::answered;
        e.message = "the token of the last page leads back to a page that was there before";
        std::string path("/");
        path += Op::pagination.output_token;
        for (char& c : path) {
            if (c == '.') c = '/';
        }
        e.violations.push_back({errc::invalid_value, std::move(path), "is a token that was there before"});
        return {call_error<Op>(std::move(e)), page.metadata()};
    }

    typename Op::input input_;
    std::string sent_; // the fingerprint of the token in `input_`
    token_watch watch_;
    std::optional<outcome<Op>> error_;
    bool done_ = false;
};

} // namespace detail
} // namespace parley

#endif
