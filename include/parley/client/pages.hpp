// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_CLIENT_PAGES_HPP
#define PARLEY_CLIENT_PAGES_HPP

#include <parley/client/client_config.hpp>
#include <parley/client/transport.hpp>
#include <parley/exchange/paginate.hpp>
#include <parley/exchange/thrown.hpp>

#include <cstddef>
#include <exception>
#include <iterator>
#include <memory>
#include <mutex>
#include <new>
#include <optional>
#include <type_traits>
#include <utility>

namespace parley::inline PARLEY_ABI {

template <class Transport>
class client;

namespace detail {

/// What a range of a client asks for its next element, and the input iterator of one that blocks. `Self` has `next()`.
template <class Self, class Element>
class pulled_range {
public:
    class iterator {
    public:
        using value_type = Element;
        using difference_type = std::ptrdiff_t;
        using iterator_concept = std::input_iterator_tag;

        explicit iterator(pulled_range& range) : range_(&range) {}
        Element& operator*() const noexcept { return *range_->current_; }
        Element* operator->() const noexcept { return &*range_->current_; }
        iterator& operator++() { return range_->advance(), *this; }
        void operator++(int) { range_->advance(); }
        bool operator==(std::default_sentinel_t) const noexcept { return !range_->current_; }

    private:
        pulled_range* range_;
    };

    pulled_range() = default;
    pulled_range(pulled_range const&) = delete; // iterators and items refer to it
    pulled_range& operator=(pulled_range const&) = delete;

    /// Makes the first call.
    iterator begin() { return advance(), iterator(*this); }
    std::default_sentinel_t end() const noexcept { return {}; }

private:
    void advance() {
        current_.reset();
        if (auto element = static_cast<Self&>(*this).next()) current_.emplace(std::move(*element));
    }
    std::optional<Element> current_;
};
// The others are asked by hand.
struct asked_range {
    asked_range() = default;
    asked_range(asked_range const&) = delete;
    asked_range& operator=(asked_range const&) = delete;
};

/// Runs steps one after the other that start each other: one that is started while another runs waits until that has returned. So
/// however many there are, the stack becomes no deeper. Steps may be started from several threads, one at a time.
class step_queue {
public:
    /// Runs `step`, and those that are started meanwhile; or leaves it to the thread that is at it already. Throws what the first
    /// step throws that does, after the last one.
    template <class Step>
    static void run(std::shared_ptr<step_queue> queue, Step step) {
        if (queue->leave_to_others(step)) return;
        // What the steps refer to may go with the last of them, so that nothing but the queue is touched after it.
        std::exception_ptr thrown;
        guard(thrown, step);
        while (auto const next = queue->take()) guard(thrown, *next);
        if (thrown) std::rethrow_exception(std::move(thrown));
    }

private:
    // Takes the step if others are running. Where there is no memory to keep it, it runs within the one that has started it.
    template <class Step>
    bool leave_to_others(Step& step) {
        std::lock_guard lock(mutex_);
        if (!running_) return running_ = true, false;
        try {
            next_ = std::make_unique<waiting<Step>>(std::move(step));
            return true;
        } catch (std::bad_alloc const&) { return false; }
    }

    struct waiting_step {
        virtual ~waiting_step() = default;
        virtual void operator()() = 0;
    };
    template <class Step>
    struct waiting final : waiting_step {
        Step step;
        explicit waiting(Step&& s) : step(std::move(s)) {}
        void operator()() override { step(); }
    };
    template <class Step>
    static void guard(std::exception_ptr& thrown, Step& step) noexcept {
        try {
            step();
        } catch (...) {
            if (!thrown) thrown = std::current_exception();
        }
    }
    std::unique_ptr<waiting_step> take() {
        std::lock_guard lock(mutex_);
        running_ = next_ != nullptr;
        return std::move(next_);
    }

    std::mutex mutex_;
    bool running_ = false;
    std::unique_ptr<waiting_step> next_;
};

struct no_steps {};
template <bool Needed>
auto page_steps() {
    if constexpr (Needed) return std::make_shared<step_queue>();
    else return no_steps();
}

} // namespace detail

/// The pages of an operation, each an outcome; made by `client.pages`. An error is the last of them; it may follow a page whose token
/// leads back to a page that was there before. The client must outlive it.
///
/// With a blocking transport, it is an input range, and `next()` returns the next page, or nothing after the last:
///
///     for (auto& page : client.pages<ListDatastores>({})) { if (!page) break; use(page->datastoreSummaries); }
///
/// With the others, `next()` is awaitable, or takes a handler of a `std::optional<outcome<Op>>`; one call at a time. A handler
/// may ask for the next page: if the transport answers at once, that is done after the handler has returned, so that any number of pages
/// can follow each other. The range must live until the handler is called.
///
/// Whatever is thrown while a page is made ready ends the pages with a `transport_failure`. What a handler throws goes to whoever
/// completed the transport.
///
///     auto pages = client.pages<ListDatastores>({});
///     while (auto page = co_await pages.next()) { ... }
template <class Transport, paginated_operation Op>
class page_range : public std::conditional_t<blocking_transport<Transport>,
                                             detail::pulled_range<page_range<Transport, Op>, outcome<Op>>, detail::asked_range> {
public:
    page_range(client<Transport>& client, typename Op::input input, call_options options)
        : client_(&client), walk_(std::move(input)), options_(std::move(options)) {}

    std::optional<outcome<Op>> next() requires blocking_transport<Transport> {
        if (over()) return after_last();
        std::optional<outcome<Op>> ready;
        take(client_->template send<Op>(walk_.input(), options_), ready);
        return ready;
    }

    auto next() requires awaitable_transport<Transport> { return run(); }

    template <class Handler>
    void next(Handler handler) requires callback_transport<Transport> && std::invocable<Handler&, std::optional<outcome<Op>>> {
        detail::step_queue::run(steps_, [this, handler = std::move(handler)]() mutable {
            if (over()) return static_cast<void>(handler(after_last()));
            client_->template send<Op>(
                walk_.input(),
                [this, handler = std::move(handler)](outcome<Op> page) mutable {
                    std::optional<outcome<Op>> ready;
                    take(std::move(page), ready);
                    handler(std::move(ready));
                },
                options_);
        });
    }

private:
    bool over() const noexcept { return failed_ || walk_.done(); }
    std::optional<outcome<Op>> after_last() { return failed_ ? std::nullopt : walk_.take_error(); }

    // The page, or what was thrown while the one after it was made ready.
    void take(outcome<Op>&& page, std::optional<outcome<Op>>& ready) {
        auto const sent = page ? delivery::answered : page.error().sent();
        try {
            ready.emplace(walk_.take(std::move(page)));
        } catch (...) {
            failed_ = true;
            ready.emplace(detail::outcome_access::failed<Op>(detail::error_of_exception(sent)));
        }
    }

    template <class T = Transport>
    typename awaitable_traits<detail::reply_of<T>>::template rebind<std::optional<outcome<Op>>> run() {
        if (over()) co_return after_last();
        auto call = client_->template send<Op>(walk_.input(), options_);
        auto page = co_await std::move(call);
        std::optional<outcome<Op>> ready;
        take(std::move(page), ready);
        co_return ready;
    }

    client<Transport>* client_;
    detail::page_walk<Op> walk_;
    call_options options_;
    bool failed_ = false;
    [[no_unique_address]] std::conditional_t<callback_transport<Transport>, std::shared_ptr<detail::step_queue>, detail::no_steps>
        steps_ = detail::page_steps<callback_transport<Transport>>();
};

/// One item of a page, or the error that ended the pages. Refers to the range it is from, until that moves on; so do the views that
/// the item may have.
///
///     for (auto& job : client.items<ListDICOMImportJobs>({.datastoreId = id})) {
///         if (!job) return explain(job.error());
///         use(job->jobName);
///     }
template <class Op>
class paged_item {
    using list =
        std::remove_pointer_t<decltype(detail::value_at<detail::pagination_of<Op>::items>(std::declval<typename Op::output&>()))>;

public:
    using value_type = typename list::value_type;

    explicit paged_item(value_type* item) noexcept : item_(item) {}
    explicit paged_item(outcome<Op> const& failed) noexcept : failed_(&failed) {}

    explicit operator bool() const noexcept { return item_ != nullptr; }
    /// The item; undefined if there is none.
    value_type& operator*() const noexcept { return *item_; }
    value_type* operator->() const noexcept { return item_; }
    /// The item; throws as `outcome::value` does if there is none.
    value_type& value() const {
        if (!item_) error().raise();
        return *item_;
    }
    /// Why there are no more items; undefined if there is an item.
    call_error<Op> const& error() const noexcept { return failed_->error(); }

private:
    value_type* item_ = nullptr;
    outcome<Op> const* failed_ = nullptr;
};

/// The items of all pages of an operation, made by `client.items`. In use as `page_range` is; there is none for transports
/// that take handlers.
template <class Transport, itemized_operation Op>
    requires(!callback_transport<Transport>)
class item_range
    : public std::conditional_t<blocking_transport<Transport>, detail::pulled_range<item_range<Transport, Op>, paged_item<Op>>,
                                detail::asked_range> {
public:
    item_range(client<Transport>& client, typename Op::input input, call_options options)
        : pages_(client, std::move(input), std::move(options)) {}

    std::optional<paged_item<Op>> next() requires blocking_transport<Transport> {
        for (;;) {
            if (auto item = next_of_page()) return item;
            if (!turn(pages_.next())) return std::nullopt;
        }
    }

    auto next() requires awaitable_transport<Transport> { return run(); }

private:
    using list =
        std::remove_pointer_t<decltype(detail::value_at<detail::pagination_of<Op>::items>(std::declval<typename Op::output&>()))>;

    template <class T = Transport>
    typename awaitable_traits<detail::reply_of<T>>::template rebind<std::optional<paged_item<Op>>> run() {
        for (;;) {
            if (auto item = next_of_page()) co_return item;
            auto call = pages_.next();
            auto page = co_await std::move(call);
            if (!turn(std::move(page))) co_return std::nullopt;
        }
    }

    std::optional<paged_item<Op>> next_of_page() {
        if (!page_) return std::nullopt;
        if (!*page_) return std::exchange(told_, true) ? std::nullopt : std::optional(paged_item<Op>(*page_));
        if (!items_ || at_ == items_->end()) return std::nullopt;
        return paged_item<Op>(&*at_++);
    }
    // False after the last page.
    bool turn(std::optional<outcome<Op>> page) {
        page_ = std::move(page);
        items_ = page_ && *page_ ? detail::value_at<detail::pagination_of<Op>::items>(**page_) : nullptr;
        if (items_) at_ = items_->begin();
        return page_.has_value();
    }

    page_range<Transport, Op> pages_;
    std::optional<outcome<Op>> page_;
    list* items_ = nullptr;
    typename list::iterator at_{};
    bool told_ = false; // of the error
};

} // namespace parley

#endif
