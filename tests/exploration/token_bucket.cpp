// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// Explores the token bucket (exchange/token_bucket.hpp).
#include <exploration/explorer.hpp>

#include <parley/exchange/token_bucket.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <array>

using exploration::require;

namespace {

class bucket_world {
public:
    struct event {
        bool take = false;
        int count = 0;
    };

    explicit bucket_world(int capacity) : bucket_(capacity), available_(capacity) {}

    std::vector<event> events() const {
        std::vector<event> all;
        for (int const count : {0, 1, 5, 14, 1'000'000'000}) all.push_back({true, count}), all.push_back({false, count});
        return all;
    }
    bool apply(event e) {
        bool const enough = e.count <= available_;
        if (e.take) {
            require(bucket_.take(e.count) == enough, "tokens are taken if and only if there are enough");
            if (enough) available_ -= e.count;
        } else {
            bucket_.give_back(e.count);
            available_ += std::min(e.count, bucket_.capacity() - available_);
        }
        require(bucket_.available() == available_, "the bucket has all tokens that are not taken");
        require(available_ >= 0 && available_ <= bucket_.capacity(), "the bucket has at least 0 tokens and at most its capacity");
        return true;
    }
    void sign(exploration::signature& s) const { s.add(bucket_.available()); }
    void settle() {
        bucket_.give_back(bucket_.capacity());
        require(bucket_.available() == bucket_.capacity(), "returned tokens fill the bucket");
    }
    static std::string name(event e) { return (e.take ? "take " : "give back ") + std::to_string(e.count); }

private:
    parley::detail::token_bucket bucket_;
    int available_;
};

} // namespace

TEST_SUITE("exploration") {

    TEST_CASE("token bucket: every sequence of calls") {
        for (int const capacity : {0, 1, 14, 33, 500, 2'147'483'647}) {
            auto const result =
                exploration::explore([&] { return std::make_unique<bucket_world>(capacity); }, exploration::depth_of(8, 12));
            result.print("token bucket: " + std::to_string(capacity) + " tokens");
            CHECK_MESSAGE(!result.found, (result.found ? result.found->text() : std::string()));
        }
    }

} // TEST_SUITE
