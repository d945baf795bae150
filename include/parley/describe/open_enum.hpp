// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_DESCRIBE_OPEN_ENUM_HPP
#define PARLEY_DESCRIBE_OPEN_ENUM_HPP

#include <parley/core/version.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace parley::inline PARLEY_ABI {

namespace detail {
template <class E>
struct open_enumeration;
}

/// An enumeration that the peer may extend: a value that `E` does not have is kept as its text, and sent back as it came.
///
///     if (job.jobStatus == JobStatus::COMPLETED) ...
template <class E>
class open_enum {
public:
    using enum_type = E;

    open_enum() = default;
    open_enum(E value) : value_(value) {}

    /// A value that `E` does not have.
    static open_enum unknown(std::string text) {
        open_enum result;
        result.unknown_.emplace(std::move(text));
        return result;
    }

    /// The value, or nothing if `E` does not have it.
    std::optional<E> value() const { return unknown_ ? std::nullopt : std::optional<E>(value_); }
    bool is_known() const noexcept { return !unknown_; }
    /// The text of a value that `E` does not have; empty for one that it has.
    std::string_view unknown_text() const noexcept { return unknown_ ? std::string_view(*unknown_) : std::string_view(); }

    friend bool operator==(open_enum const&, open_enum const&) = default;
    /// Known values first, in the order of `E`, so that it can be a key.
    friend bool operator<(open_enum const& a, open_enum const& b) {
        if (a.is_known() != b.is_known()) return a.is_known();
        return a.is_known() ? a.value_ < b.value_ : *a.unknown_ < *b.unknown_;
    }
    friend bool operator==(open_enum const& a, E b) noexcept { return !a.unknown_ && a.value_ == b; }

private:
    friend struct detail::open_enumeration<E>;

    E value_{};
    std::optional<std::string> unknown_;
};

} // namespace parley

#endif
