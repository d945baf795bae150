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

/// The input range of a blocking transport. `Self` is the derived class; its `next()` returns the next element.
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

    /// Sends the first request.
    iterator begin() { return advance(), iterator(*this); }
    std::default_sentinel_t end() const noexcept { return {}; }

private:
    void advance() {
        current_.reset();
        if (auto element = static_cast<Self&>(*this).next()) current_.emplace(std::move(*element));
    }
    std::optional<Element> current_;
};
// The base of the ranges of the other transports, which have only `next()`.
struct noncopyable_range {
    noncopyable_range() = default;
    noncopyable_range(noncopyable_range const&) = delete;
    noncopyable_range& operator=(noncopyable_range const&) = delete;
};

/// Runs steps that start each other in a loop. A step that is started while another one runs is queued until that has returned, so
/// the stack depth does not depend on the number of steps. Several threads may start steps, one step at a time.
class step_queue {
public:
    /// Runs `step` and the steps that are started meanwhile, or queues it for the thread that is already running steps. After the
    /// last step, rethrows the first exception of a step.
    template <class Step>
    static void run(std::shared_ptr<step_queue> queue, Step step) {
        if (queue->enqueue_if_running(step)) return;
        // The last step may destroy the objects that the steps refer to, so only the queue is used after it.
        std::exception_ptr thrown;
        guard(thrown, step);
        while (auto const next = queue->take()) guard(thrown, *next);
        if (thrown) std::rethrow_exception(std::move(thrown));
    }

private:
    // Queues the step if others are running, and returns whether it did. If memory is short, the step runs within the one that
    // started it.
    template <class Step>
    bool enqueue_if_running(Step& step) {
        std::lock_guard lock(mutex_);
        if (!running_) return running_ = true, false;
        try {
            next_ = std::make_unique<queued<Step>>(std::move(step));
            return true;
        } catch (std::bad_alloc const&) { return false; }
    }

    struct queued_step {
        virtual ~queued_step() = default;
        virtual void operator()() = 0;
    };
    template <class Step>
    struct queued final : queued_step {
        Step step;
        explicit queued(Step&& s) : step(std::move(s)) {}
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
    std::unique_ptr<queued_step> take() {
        std::lock_guard lock(mutex_);
        running_ = next_ != nullptr;
        return std::move(next_);
    }

    std::mutex mutex_;
    bool running_ = false;
    std::unique_ptr<queued_step> next_;
};

struct no_steps {};
template <bool Needed>
auto page_steps() {
    if constexpr (Needed) return std::make_shared<step_queue>();
    else return no_steps();
}

} // namespace detail

/// The pages of an operation, each an outcome. Returned by `client.pages`.
///
/// An error ends the pages. A page whose token repeats an earlier token is followed by such an error. The client must outlive the range.
///
/// With a blocking transport, it is an input range, and `next()` returns the next page, or `nullopt` after the last one. With an
/// awaitable transport, `next()` returns an awaitable. With a callback transport, `next` takes a handler of a
/// `std::optional<outcome<Op>>`; one call at a time. The handler may request the next page. If the transport completes within its
/// call, that request is sent after the handler has returned, so the number of pages is not limited by the stack. The range must live
/// until the handler is called.
///
/// An exception that is thrown while a page is processed ends the pages with a `transport_failure`. An exception of a handler goes to
/// the code that completed the transport.
///
/// @par Example
///     for (auto& page : client.pages<ListDatastores>({})) { if (!page) break; use(page->datastoreSummaries); }
///
///     auto pages = client.pages<ListDatastores>({});
///     while (auto page = co_await pages.next()) { ... }
template <class Transport, paginated_operation Op>
class page_range
    : public std::conditional_t<blocking_transport<Transport>, detail::pulled_range<page_range<Transport, Op>, outcome<Op>>,
                                detail::noncopyable_range> {
public:
    /// Creates the range of the pages that begin with `input`. Use `client.pages`.
    page_range(client<Transport>& client, typename Op::input input, call_options options)
        : client_(&client), walk_(std::move(input)), options_(std::move(options)) {}

    /// Returns the next page, or `nullopt` after the last one.
    std::optional<outcome<Op>> next() requires blocking_transport<Transport> {
        if (over()) return after_last();
        std::optional<outcome<Op>> ready;
        take(client_->template send<Op>(walk_.input(), options_), ready);
        return ready;
    }

    /// Returns an awaitable of the next page, or of `nullopt` after the last one.
    auto next() requires awaitable_transport<Transport> { return next_awaitable(); }

    /// Passes the next page, or `nullopt` after the last one, to `handler`.
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

    // Makes the page, or the exception that was thrown while the next input was prepared, ready.
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
    typename awaitable_traits<detail::reply_of<T>>::template rebind<std::optional<outcome<Op>>> next_awaitable() {
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

/// An item of a page, or the error that ended the pages. It refers to its range and is valid until the range is advanced; so are the
/// views in the item.
///
/// @par Example
///     for (auto& job : client.items<ListDICOMImportJobs>({.datastoreId = id})) {
///         if (!job) return explain(job.error());
///         use(job->jobName);
///     }
template <class Op>
class paged_item {
    using list =
        std::remove_pointer_t<decltype(detail::value_at<detail::pagination_of<Op>::items>(std::declval<typename Op::output&>()))>;

public:
    /// The type of an item.
    using value_type = typename list::value_type;

    /// Refers to an item.
    explicit paged_item(value_type* item) noexcept : item_(item) {}
    /// Refers to the error of a page.
    explicit paged_item(outcome<Op> const& failed) noexcept : failed_(&failed) {}

    /// Returns whether there is an item.
    explicit operator bool() const noexcept { return item_ != nullptr; }
    /// Returns the item. The behaviour is undefined if there is none.
    value_type& operator*() const noexcept { return *item_; }
    /// Accesses the item. The behaviour is undefined if there is none.
    value_type* operator->() const noexcept { return item_; }
    /// Returns the item.
    /// @throws `call_exception` if there is none; see `outcome::value`.
    value_type& value() const {
        if (!item_) error().raise();
        return *item_;
    }
    /// Returns the error that ended the pages. The behaviour is undefined if there is an item.
    call_error<Op> const& error() const noexcept { return failed_->error(); }

private:
    value_type* item_ = nullptr;
    outcome<Op> const* failed_ = nullptr;
};

/// The items of all pages of an operation. Returned by `client.items` and used like `page_range`. Not available for callback
/// transports.
template <class Transport, itemized_operation Op>
    requires(!callback_transport<Transport>)
class item_range
    : public std::conditional_t<blocking_transport<Transport>, detail::pulled_range<item_range<Transport, Op>, paged_item<Op>>,
                                detail::noncopyable_range> {
public:
    /// Creates the range of the items of the pages that begin with `input`. Use `client.items`.
    item_range(client<Transport>& client, typename Op::input input, call_options options)
        : pages_(client, std::move(input), std::move(options)) {}

    /// Returns the next item, or `nullopt` after the last one.
    std::optional<paged_item<Op>> next() requires blocking_transport<Transport> {
        for (;;) {
            if (auto item = next_of_page()) return item;
            if (!set_page(pages_.next())) return std::nullopt;
        }
    }

    /// Returns an awaitable of the next item, or of `nullopt` after the last one.
    auto next() requires awaitable_transport<Transport> { return next_awaitable(); }

private:
    using list =
        std::remove_pointer_t<decltype(detail::value_at<detail::pagination_of<Op>::items>(std::declval<typename Op::output&>()))>;

    template <class T = Transport>
    typename awaitable_traits<detail::reply_of<T>>::template rebind<std::optional<paged_item<Op>>> next_awaitable() {
        for (;;) {
            if (auto item = next_of_page()) co_return item;
            auto call = pages_.next();
            auto page = co_await std::move(call);
            if (!set_page(std::move(page))) co_return std::nullopt;
        }
    }

    std::optional<paged_item<Op>> next_of_page() {
        if (!page_) return std::nullopt;
        if (!*page_) return std::exchange(error_returned_, true) ? std::nullopt : std::optional(paged_item<Op>(*page_));
        if (!items_ || at_ == items_->end()) return std::nullopt;
        return paged_item<Op>(&*at_++);
    }
    // Returns false after the last page.
    bool set_page(std::optional<outcome<Op>> page) {
        page_ = std::move(page);
        items_ = page_ && *page_ ? detail::value_at<detail::pagination_of<Op>::items>(**page_) : nullptr;
        if (items_) at_ = items_->begin();
        return page_.has_value();
    }

    page_range<Transport, Op> pages_;
    std::optional<outcome<Op>> page_;
    list* items_ = nullptr;
    typename list::iterator at_{};
    bool error_returned_ = false;
};

} // namespace parley

#endif
