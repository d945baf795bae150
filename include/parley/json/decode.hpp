// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_JSON_DECODE_HPP
#define PARLEY_JSON_DECODE_HPP

#include <parley/core/config.hpp>
#include <parley/core/error.hpp>
#include <parley/core/result.hpp>
#include <parley/describe/borrows.hpp>
#include <parley/describe/shape_of.hpp>
#include <parley/json/options.hpp>

#include <concepts>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace parley::inline PARLEY_ABI {

namespace detail {

/// What a text is decoded into, and how.
struct decode_job {
    shape const* what = nullptr;         ///< null: only check that the text is JSON
    void* object = nullptr;              ///< fresh
    member_set const* members = nullptr; ///< which members of the outermost structure to read; null: all
    timestamp_format format = timestamp_format::unspecified;
    bool by_position = false; ///< the outermost structure may be an array: of its members' values, in order
};

/// Decodes `text`. Appends all that is wrong to `errors`, and what `options.strictness` lets pass to `tolerated`, if given.
/// Returns true if there are no errors.
bool decode_json(std::string_view text, decode_job const& job, decode_options const& options, std::vector<violation>& errors,
                 std::vector<violation>* tolerated = nullptr);

/// Makes a fresh value say as little as it can, where the peer did not say it and the description has no default: nothing is in it
/// that the peer might have meant. Enumerations become an unknown value of no text, unions hold an unknown member or nothing;
/// numbers, texts and containers stay as they are. False if its type has no such value.
bool leave_unsaid(shape const& what, void* value);

/// The same for a member.
bool leave_unsaid(member const& m, void* place);

/// Gives the members that are absent the values that the description says a server gives them.
void fill_absent(structure_shape const& structure, void* object, decode_options const& options, std::vector<violation>& errors);

template <class T>
result<T> fresh_result() {
    if constexpr (std::is_default_constructible_v<T>) return result<T>(std::in_place);
    else return access::make<T>();
}

} // namespace detail

/// Reads a `T` from JSON text (RFC 8259), straight from the bytes.
///
/// Fails with all that is wrong: each violation has its JSON Pointer and byte offset; where long keys of maps would make the pointer
/// longer than 4096 bytes, it is that of a value around. Unknown members are ignored, null
/// counts as absent, the last of duplicate members wins.
///
/// Views in `T` (std::string_view, std::span<std::byte const>) refer to `text`, or to `options.memory` where they cannot: to what
/// has an escape, or is base64.
///
///     auto today = parley::from_json<weather>(R"({"celsius":21.5})");
///     if (!today) std::puts(today.error().message().c_str());
template <class T>
result<T> from_json(std::string_view text, decode_options const& options = {}) {
    auto read = detail::fresh_result<T>();
    data_error error;
    detail::decode_job job{&shape_of<T>, detail::value_access_of<T>::emplace(&*read)};
    if (!detail::decode_json(text, job, options, error.violations)) read = std::move(error);
    return read;
}

/// A text that is gone when the value is used: refused if the value has views of it.
template <class T, std::same_as<std::string> Text>
result<T> from_json(Text&& text, decode_options const& options = {}) {
    static_assert(detail::value_has_no_views_of_temporary<T>::checked);
    return from_json<T>(std::string_view(text), options);
}

} // namespace parley

#endif
