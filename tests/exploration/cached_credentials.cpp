// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// Explores the credentials cache (credentials/cached_credentials.hpp).
#include <exploration/explorer.hpp>

#include <parley/credentials/cached_credentials.hpp>

#include <doctest/doctest.h>

#include <array>
#include <stdexcept>

using namespace std::chrono_literals;
using exploration::require;
using parley::credentials_errc;
using parley::credentials_result;

namespace {

using time_point = std::chrono::system_clock::time_point;

constexpr auto start_time = time_point(1736944496s);
constexpr parley::refresh_policy policy{.early = 300s, .pause = 5s};

struct provider_answer {
    char const* name;
    std::chrono::seconds lifetime; ///< 0: there are no credentials
    std::chrono::seconds taking;
};
// In the order of `ask`.
constexpr std::array<provider_answer, 10> provider_answers{{{"credentials for an hour", 3600s, 0s},
                                                            {"credentials for an hour, after 20 s", 3600s, 20s},
                                                            {"credentials for 100 s", 100s, 0s},
                                                            {"credentials that do not expire", std::chrono::seconds::max(), 0s},
                                                            {"credentials that have expired", -1s, 0s},
                                                            {"an error", 0s, 0s},
                                                            {"an error after 400 s", 0s, 400s},
                                                            {"an exception", 0s, 0s},
                                                            {"an int thrown", 0s, 0s},
                                                            {"up, since its caller was stopped", 0s, 0s}}};
constexpr std::size_t throws = 7, throws_int = 8, gives_up = 9;

// The cache, its provider and its clock. Other threads use the cache while the provider runs.
class cache_world {
public:
    enum class act : std::uint8_t { use, refresh, held, advance, set_back };
    enum class boundary : std::uint8_t { before_due, due, before_expiry, expiry, before_pause_ends, pause_ends };
    struct event {
        act what = act::use;
        std::size_t how = 0; ///< of the provider's answers, or of the boundaries
    };

    cache_world() : cache_([this] { return ask(); }, policy, [this] { return now_; }) {}
    cache_world(cache_world const&) = delete;
    cache_world& operator=(cache_world const&) = delete;

    std::vector<event> events() const {
        std::vector<event> all;
        for (std::size_t i = 0; i < provider_answers.size(); ++i) all.push_back({act::use, i}), all.push_back({act::refresh, i});
        all.push_back({act::held});
        for (std::size_t i = 0; i < 6; ++i) {
            if (time_of(static_cast<boundary>(i)) > now_) all.push_back({act::advance, i});
        }
        if (!set_back_) all.push_back({act::set_back});
        return all;
    }

    bool apply(event e) {
        answer_ = e.how;
        asked_ = 0;
        switch (e.what) {
        case act::use: return use(e.how);
        case act::refresh: refresh(); break;
        case act::held: held(); break;
        case act::advance: now_ = time_of(static_cast<boundary>(e.how)); break;
        case act::set_back:
            now_ -= 600s;
            set_back_ = true;
            break;
        }
        return true;
    }

    void sign(exploration::signature& s) const {
        s.add(set_back_);
        s.add(has_);
        s.add_time(has_ && expiry_ ? *expiry_ - now_ : time_point::duration(-1));
        s.add(has_ && !expiry_);
        s.add(failed_ ? static_cast<int>(*failed_) : -1);
        // After that, only a clock that is set back starts another pause.
        auto const most = policy.pause + (set_back_ ? 0s : 600s);
        s.add_time(asked_at_ ? std::min<time_point::duration>(now_ - *asked_at_, most) : time_point::duration(-1));
    }

    // The cache must work again after any sequence.
    void settle() {
        now_ += 10'000s;
        apply({act::use, 0});
        require(has_, "a cache whose provider works again has credentials");
    }

    static std::string name(event e) {
        constexpr std::array<char const*, 6> boundaries{"just before the refresh is due", "when the refresh is due",
                                                        "just before the expiration",     "the expiration",
                                                        "just before the pause ends",     "the end of the pause"};
        switch (e.what) {
        case act::use: return std::string("operator(), the provider returns ") + provider_answers[e.how].name;
        case act::refresh: return std::string("refresh(), the provider returns ") + provider_answers[e.how].name;
        case act::held: return "held()";
        case act::advance: return std::string("time passes to ") + boundaries[e.how];
        case act::set_back: return "the clock is set back by 600 s";
        }
        return {};
    }

private:
    bool valid() const { return has_ && (!expiry_ || now_ < *expiry_); }
    bool due() const { return !has_ || (expiry_ && now_ >= *expiry_ - policy.early); }
    bool pausing() const { return asked_at_ && now_ >= *asked_at_ && now_ - *asked_at_ < policy.pause; }

    time_point time_of(boundary where) const {
        constexpr auto least = time_point::duration(1);
        auto const expiry = has_ && expiry_ ? *expiry_ : time_point::min() + 1000s;
        auto const pause_end = asked_at_ ? *asked_at_ + policy.pause : time_point::min() + 1000s;
        switch (where) {
        case boundary::before_due: return expiry - policy.early - least;
        case boundary::due: return expiry - policy.early;
        case boundary::before_expiry: return expiry - least;
        case boundary::expiry: return expiry;
        case boundary::before_pause_ends: return pause_end - least;
        case boundary::pause_ends: return pause_end;
        }
        return {};
    }

    // The result of the provider. The model uses it when the cache does, after the provider has returned.
    credentials_result ask() {
        ++asked_;
        auto const& answer = provider_answers[answer_];
        use_by_others();
        now_ += answer.taking;
        use_by_others();
        if (answer_ == throws) throw std::runtime_error("the provider throws");
        if (answer_ == throws_int) throw 1;
        if (answer_ == gives_up) return parley::credentials_error{credentials_errc::cancelled, "test", "", {}};
        if (answer.lifetime == 0s) return parley::credentials_error{credentials_errc::refused, "test", "no", {}};
        parley::aws_credentials given;
        given.access_key_id = std::to_string(++given_);
        if (answer.lifetime != std::chrono::seconds::max()) given.expiration = now_ + answer.lifetime;
        return given;
    }
    void learn() {
        if (answer_ == gives_up) return; // a cancellation does not change the cache
        auto const& answer = provider_answers[answer_];
        asked_at_ = now_;
        failed_.reset();
        if (answer_ == throws || answer_ == throws_int) failed_ = credentials_errc::unavailable;
        else if (answer.lifetime == 0s) failed_ = credentials_errc::refused;
        else if (answer.lifetime < 0s) failed_ = credentials_errc::expired;
        if (failed_) return;
        has_ = true;
        key_ = std::to_string(given_);
        expiry_.reset();
        if (answer.lifetime != std::chrono::seconds::max()) expiry_ = now_ + answer.lifetime;
    }
    // Other threads do not wait while there are valid credentials. Otherwise they wait until they are stopped, as here. An exception
    // thrown here would be caught as one of the provider.
    void use_by_others() {
        auto const note = [this](bool holds) { others_ = others_ && holds; };
        std::stop_source stopped;
        stopped.request_stop();
        auto const is_cancelled = [](credentials_result const& result) {
            return !result && result.error().code == credentials_errc::cancelled;
        };
        auto const there = cache_.held();
        note(static_cast<bool>(there) == valid());
        note(is_cancelled(cache_.refresh({.stop = stopped.get_token()})));
        auto const used = cache_({.stop = stopped.get_token()});
        note(valid() ? used && used->access_key_id == key_ : is_cancelled(used));
        note(asked_ == 1);
    }

    bool use(std::size_t how) {
        bool const was_valid = valid(), was_pausing = pausing();
        bool const must_ask = was_valid ? due() && !was_pausing : !(failed_ && was_pausing);
        auto const result = cache_();
        require(others_, "while the provider runs, other threads get valid credentials or wait until they are stopped");
        require(asked_ == (must_ask ? 1 : 0), "the provider is called if and only if a refresh is due");
        if (must_ask) learn();
        else if (how != 0) return false; // the provider is not called, so its result makes no difference
        check(result, valid(), must_ask);
        return true;
    }
    void refresh() {
        auto const result = cache_.refresh();
        require(others_, "while the provider runs, other threads get valid credentials or wait until they are stopped");
        require(asked_ == 1, "refresh() calls the provider once");
        learn();
        check(result, !failed_ && answer_ != gives_up, true);
    }
    void held() const {
        auto const result = cache_.held();
        require(asked_ == 0, "held() does not call the provider");
        if (!valid() && !failed_) {
            require(!result && result.error().code == (has_ ? credentials_errc::expired : credentials_errc::unavailable),
                    "held() reports whether there were credentials");
            return;
        }
        check(result, valid(), false);
    }
    void check(credentials_result const& result, bool expected, bool now_asked) const {
        require(static_cast<bool>(result) == expected, "there are credentials if and only if valid ones are cached");
        if (result) {
            require(result->access_key_id == key_, "the credentials are the newest");
            require(!result->expiration || now_ < *result->expiration, "expired credentials are not returned");
        } else {
            require(result.error().code == (now_asked && answer_ == gives_up ? credentials_errc::cancelled : *failed_),
                    "an error is that of the last call of the provider");
        }
    }

    time_point now_ = start_time;
    std::size_t answer_ = 0;
    int asked_ = 0;
    int given_ = 0;
    bool others_ = true;
    bool set_back_ = false; // at most once per run
    // The model.
    bool has_ = false;
    std::string key_;
    std::optional<time_point> expiry_;
    std::optional<credentials_errc> failed_;
    std::optional<time_point> asked_at_; // the end of the last refresh
    parley::cached_credentials cache_;
};

} // namespace

TEST_SUITE("exploration") {

    TEST_CASE("cached_credentials: every sequence of uses") {
        auto const result = exploration::explore([] { return std::make_unique<cache_world>(); }, exploration::depth_of(6, 9));
        result.print("credentials cache");
        CHECK_MESSAGE(!result.found, (result.found ? result.found->text() : std::string()));
        CHECK(result.states > 50);
    }

    TEST_CASE("cached_credentials: merging equal states hides no state") {
        int const depth = exploration::depth_of(3, 4);
        auto const merged = exploration::explore([] { return std::make_unique<cache_world>(); }, depth, true);
        auto const each = exploration::explore([] { return std::make_unique<cache_world>(); }, depth, false);
        each.print("credentials cache, unmerged");
        CHECK(!each.found);
        CHECK(merged.seen == each.seen);
        CHECK(merged.sequences == static_cast<long double>(each.sequences));
    }

} // TEST_SUITE
