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

/// An operation with pagination: its `pagination` names the members for the tokens.
/// https://smithy.io/2.0/spec/behavior-traits.html#paginated-trait
template <class Op>
concept paginated_operation = operation<Op> && requires {
    { Op::pagination } -> std::convertible_to<paginated const&>;
};

/// A paginated operation whose `pagination` also names the member that is the list of items.
template <class Op>
concept itemized_operation = paginated_operation<Op> && !Op::pagination.items.empty();

namespace detail {

template <class Op>
struct pagination_of {
    static constexpr std::string_view input_token = Op::pagination.input_token;
    static constexpr std::string_view output_token = Op::pagination.output_token;
    static constexpr std::string_view items = Op::pagination.items;
};

/// Detects a cycle of tokens in constant memory with Brent's algorithm: keeps one token and replaces it after 1, 2, 4, 8, ... further
/// tokens. A token is compared only with an earlier one, so distinct tokens are never reported as a cycle.
class token_watch {
public:
    /// Returns false if the token is equal to the one that is kept.
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
    std::string kept_; // a fingerprint: not empty after the first token
    std::uint64_t since_ = 0, power_ = 1;
};

/// The state between two pages: the input of the next call. Does no I/O.
///
/// @par Example
///     while (!walk.done()) deliver(walk.take(send(walk.input())));
///     if (auto error = walk.take_error()) deliver(*error);
template <paginated_operation Op>
class page_walk {
    static_assert(
        !borrows<typename Op::input>,
        "parley: the input of a paginated operation must own its text, because the token of the next page is copied from the "
        "previous page: make its members that are views std::string");

public:
    explicit page_walk(typename Op::input first) : input_(std::move(first)), sent_(fingerprint_of_input()) {
        if (!sent_.empty()) watch_.is_new(sent_);
    }

    /// Returns whether the last page was taken.
    bool done() const noexcept { return done_; }
    typename Op::input const& input() const noexcept { return input_; }

    /// Takes the page of the current input, sets the input of the next page, and returns the page.
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

    /// Returns, once, the error that follows the last page if its token repeats an earlier one; otherwise `nullopt`.
    std::optional<outcome<Op>> take_error() { return std::exchange(error_, std::nullopt); }

private:
    template <class Token>
    static bool is_empty_text(Token const& token) {
        if constexpr (std::is_convertible_v<Token const&, std::string_view>) return std::string_view(token).empty();
        else return false;
    }
    // Returns an empty text if the input has no token.
    std::string fingerprint_of_input() {
        auto const* token = value_at<pagination_of<Op>::input_token>(input_);
        return token && !is_empty_text(*token) ? fingerprint(*token) : std::string();
    }
    static outcome<Op> repeated(outcome<Op> const& page) {
        undecodable_response e;
        e.sent = delivery::answered;
        e.message = "the token of the last page repeats the token of an earlier page";
        std::string path("/");
        path += Op::pagination.output_token;
        for (char& c : path) {
            if (c == '.') c = '/';
        }
        e.violations.push_back({errc::invalid_value, std::move(path), "repeats the token of an earlier page"});
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
