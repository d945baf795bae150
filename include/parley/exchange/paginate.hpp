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

namespace parley {

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

/// Notices that tokens go round in a circle, in constant memory: Brent's algorithm keeps one of them, and moves it on after
/// 1, 2, 4, 8, ... further ones.
class token_watch {
public:
    /// False if the token is one that was seen.
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

/// From page to page: what to ask for next. Does no I/O.
template <paginated_operation Op>
class page_walk {
    static_assert(!borrows<typename Op::input>,
                  "parley: the input of an operation that has pages is kept from page to page, and its token comes from the page before: "
                  "make its members that are views std::string");

public:
    explicit page_walk(typename Op::input first) : input_(std::move(first)) {}

    bool done() const noexcept { return done_; }
    typename Op::input const& input() const noexcept { return input_; }

    /// Looks at the page that `input` gave, and prepares the next. The page itself, or the error that it was the same again.
    outcome<Op> take(outcome<Op> page) {
        done_ = true;
        if (!page) return page;
        auto const* token = value_at<pagination_of<Op>::output_token>(*page);
        if (!token || is_empty_text(*token)) return page;
        if (!watch_.is_new(fingerprint(*token))) return repeated(std::move(page));
        place_at<pagination_of<Op>::input_token>(input_) = *token;
        done_ = false;
        return page;
    }

private:
    template <class Token>
    static bool is_empty_text(Token const& token) {
        if constexpr (std::is_convertible_v<Token const&, std::string_view>) return std::string_view(token).empty();
        else return false;
    }
    static outcome<Op> repeated(outcome<Op> page) {
        undecodable_response e;
        e.sent = delivery::answered;
        e.message = "the page after this one is one that was there before: the token repeats itself";
        std::string path("/");
        path += Op::pagination.output_token;
        for (char& c : path) {
            if (c == '.') c = '/';
        }
        e.violations.push_back({errc::invalid_value, std::move(path), "is a token that was there before"});
        return {call_error<Op>(std::move(e)), page.metadata()};
    }

    typename Op::input input_;
    token_watch watch_;
    bool done_ = false;
};

} // namespace detail
} // namespace parley

#endif
