// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// Explores the page walk (exchange/paginate.hpp).
#include <exploration/explorer.hpp>

#include <parley/describe/members.hpp>
#include <parley/exchange/paginate.hpp>

#include <boost/describe/class.hpp>
#include <doctest/doctest.h>

#include <algorithm>
#include <array>

using exploration::require;

namespace {

struct list_things {
    struct input {
        std::optional<std::string> token{};
    };
    struct output {
        std::optional<std::string> next{};
        int page = 0;
    };
    static constexpr parley::paginated pagination{.input_token = "token", .output_token = "next"};
};
BOOST_DESCRIBE_STRUCT(list_things::input, (), (token))
BOOST_DESCRIBE_STRUCT(list_things::output, (), (next, page))

// The service ends its pages by repeating the token of the request.
struct list_until_same : list_things {
    static constexpr parley::paginated pagination{.input_token = "token", .output_token = "next", .ends_with_same_token = true};
};

// A walk and a service that may return any token. All tokens that did not occur yet are equivalent, so there is one event for all of
// them.
template <class Op>
class page_world {
public:
    enum class answer : std::uint8_t { absent, empty, error, fresh, known };
    struct event {
        answer what = answer::absent;
        std::size_t token = 0; ///< of the known ones
    };

    explicit page_world(bool begins_with_token) : walk_(first(begins_with_token)) {
        if (begins_with_token) known_.push_back(name_of(0)), sent_ = known_.back();
    }

    std::vector<event> events() const {
        std::vector<event> all;
        if (walk_.done()) return all;
        for (auto const what : {answer::absent, answer::empty, answer::error, answer::fresh}) all.push_back({what});
        for (std::size_t i = 0; i < known_.size(); ++i) all.push_back({answer::known, i});
        return all;
    }

    bool apply(event e) {
        require(walk_.input().token == sent_, "the next page is requested with the token of the last one");
        sequence_.add(static_cast<int>(e.what));
        sequence_.add(static_cast<std::int64_t>(e.token));
        ++pages_;
        if (e.what == answer::error) {
            auto const taken = walk_.take({parley::call_error<Op>(parley::transport_failure{}), {}});
            require(!taken && walk_.done() && !walk_.take_error(), "an error ends the walk and is the last outcome");
            return true;
        }
        std::optional<std::string> token;
        if (e.what == answer::fresh) token = name_of(known_.size());
        if (e.what == answer::known) token = known_[e.token];
        if (e.what == answer::empty) token = "";
        auto const taken = walk_.take({typename Op::output{token, pages_}, {}});
        require(taken && taken->page == pages_ && taken->next == token, "each page is delivered unchanged");
        auto const error = walk_.take_error();
        require(!walk_.take_error(), "an error is returned once");
        if (!token || token->empty()) {
            require(walk_.done() && !error, "a page without a token is the last, without an error");
        } else if (token == sent_) {
            require(walk_.done(), "a page that repeats the token of its request is the last one");
            require(error.has_value() == !Op::pagination.ends_with_same_token,
                    "the description decides whether that is an error");
        } else if (e.what == answer::fresh) {
            require(!walk_.done() && !error, "a new token leads to the next page");
            known_.push_back(*token);
        } else {
            // A cycle is an error, but it may be detected later: the walk stores only one token.
            require(walk_.done() == error.has_value(), "a detected cycle ends the walk with an error");
        }
        if (error)
            require(!*error && error->error().sent() == parley::delivery::answered,
                    "the error has the metadata of a delivered page");
        sent_ = token;
        return true;
    }

    // No two sequences lead to the same state.
    void sign(exploration::signature& s) const {
        s = sequence_;
        s.add(walk_.done());
    }

    // A cycle of all tokens is detected. Brent's algorithm needs at most three times the steps to the end of the first
    // round.
    void settle() {
        if (walk_.done()) return;
        if (known_.empty()) apply({answer::fresh});
        auto const limit = 3 * (static_cast<std::size_t>(pages_) + known_.size()) + 3;
        for (std::size_t i = 0; !walk_.done(); ++i) {
            require(i < limit, "a cycle of tokens ends the walk");
            apply({answer::known, i % known_.size()});
        }
    }

    static std::string name(event e) {
        constexpr std::array<char const*, 5> names{"a page without a token", "a page with an empty token", "an error",
                                                   "a page with a new token", "a page with known token "};
        return names[static_cast<std::size_t>(e.what)] + (e.what == answer::known ? name_of(e.token) : std::string());
    }

private:
    static std::string name_of(std::size_t i) { return std::string(1, static_cast<char>('A' + i)); }
    static typename Op::input first(bool begins_with_token) {
        typename Op::input in;
        if (begins_with_token) in.token = name_of(0);
        return in;
    }

    parley::detail::page_walk<Op> walk_;
    std::vector<std::string> known_;
    std::optional<std::string> sent_;
    int pages_ = 0;
    exploration::signature sequence_;
};

template <class Op>
void explore(char const* name) {
    for (bool const begins_with_token : {false, true}) {
        auto const result = exploration::explore([&] { return std::make_unique<page_world<Op>>(begins_with_token); },
                                                 exploration::depth_of(8, 9));
        result.print(std::string("page walk: ") + name + (begins_with_token ? ", from a token" : ""));
        CHECK_MESSAGE(!result.found, (result.found ? result.found->text() : std::string()));
    }
}

// Walks through a service that returns the token `next[i]` on page i, where the token of page i is i and `end` is no token. The first
// page, 0, is requested without a token.
template <class Op>
void walk_through(std::vector<std::size_t> const& next, std::size_t end) {
    typename Op::input first{};
    parley::detail::page_walk<Op> walk(first);
    std::vector<int> delivered;
    std::size_t at = 0;
    while (!walk.done() && delivered.size() < 100) {
        typename Op::output page{};
        page.page = static_cast<int>(at);
        if (next[at] != end) page.next = std::to_string(next[at]);
        auto const taken = walk.take({page, {}});
        REQUIRE(taken);
        delivered.push_back(taken->page);
        if (next[at] != end) at = next[at];
    }
    // The pages of the service before the first repeated one.
    std::vector<int> expected;
    std::vector<bool> seen(next.size(), false);
    at = 0;
    for (; at != end && !seen[at]; at = next[at]) {
        seen[at] = true;
        expected.push_back(static_cast<int>(at));
        if (next[at] == at) break;
    }
    bool const ends = at == end;
    bool const same = !ends && next[at] == at;
    bool const failed = walk.take_error().has_value();
    if (ends || same) {
        CHECK(delivered == expected);
        CHECK(failed == (same && !Op::pagination.ends_with_same_token));
    } else {
        CHECK(failed);
        CHECK(delivered.size() <= 3 * expected.size() + 3);
        CHECK(std::ranges::mismatch(expected, delivered).in1 == expected.end());
    }
}

template <class Op>
void walk_through_all(std::size_t pages) {
    std::vector<std::size_t> next(pages, 1);
    for (;;) {
        walk_through<Op>(next, pages);
        std::size_t i = 0;
        while (i < pages && next[i] == pages) next[i++] = 1;
        if (i == pages) return;
        ++next[i];
    }
}

} // namespace

TEST_SUITE("exploration") {

    TEST_CASE("page walk: every sequence of tokens") {
        explore<list_things>("a repeated token is an error");
        explore<list_until_same>("a repeated token is the end");
    }

    TEST_CASE("page walk: every service of up to six pages") {
        auto const most = static_cast<std::size_t>(exploration::depth_of(5, 6));
        for (std::size_t pages = 1; pages <= most; ++pages) {
            walk_through_all<list_things>(pages);
            walk_through_all<list_until_same>(pages);
        }
    }

} // TEST_SUITE
