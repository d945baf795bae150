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

/// An enumeration that the peer may extend. Keeps the text of a value that is not in `E`, and encodes it unchanged.
///
///     if (job.jobStatus == JobStatus::COMPLETED) ...
template <class E>
class open_enum {
public:
    using enum_type = E; ///< The enumeration of the known values.

    /// Holds `E{}`.
    open_enum() = default;
    /// Holds a known value.
    open_enum(E value) : value_(value) {}

    /// Returns an unknown value with the text `text`.
    static open_enum unknown(std::string text) {
        open_enum result;
        result.unknown_.emplace(std::move(text));
        return result;
    }

    /// Returns the value, or `nullopt` if it is unknown.
    std::optional<E> value() const { return unknown_ ? std::nullopt : std::optional<E>(value_); }
    /// Returns true if the value is one of `E`.
    bool is_known() const noexcept { return !unknown_; }
    /// Returns the text of an unknown value, or an empty text if the value is known.
    std::string_view unknown_text() const noexcept { return unknown_ ? std::string_view(*unknown_) : std::string_view(); }

    /// Compares known values by value, unknown ones by text.
    friend bool operator==(open_enum const&, open_enum const&) = default;
    /// Orders known values by value and before unknown ones, so that the type can be the key of a map.
    friend bool operator<(open_enum const& a, open_enum const& b) {
        if (a.is_known() != b.is_known()) return a.is_known();
        return a.is_known() ? a.value_ < b.value_ : *a.unknown_ < *b.unknown_;
    }
    /// Returns true if `a` is the known value `b`.
    friend bool operator==(open_enum const& a, E b) noexcept { return !a.unknown_ && a.value_ == b; }

private:
    friend struct detail::open_enumeration<E>;

    E value_{};
    std::optional<std::string> unknown_;
};

} // namespace parley

#endif
