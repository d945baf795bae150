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

/// The target of `decode_json`.
struct decode_job {
    shape const* type = nullptr;                             ///< null: only check that the text is JSON
    void* object = nullptr;                                  ///< a default-constructed object of that type
    member_set const* members = nullptr;                     ///< the members of the outermost structure to read; null: all
    timestamp_format format = timestamp_format::unspecified; ///< the default format of timestamps
    bool by_position = false; ///< the outermost structure may also be an array of its members' values, in order
};

/// Decodes `text`. Appends the errors to `errors`, and the deviations that `options.strictness` permits to `tolerated` unless
/// that is null. Returns true if there are no errors.
bool decode_json(std::string_view text, decode_job const& job, decode_options const& options, std::vector<violation>& errors,
                 std::vector<violation>* tolerated = nullptr);

/// Marks a default-constructed value as "not sent": the peer omitted it and the description has no default. An enumeration becomes
/// an unknown value with an empty text, a union holds an unknown member or none of its alternatives; numbers, strings and
/// containers stay as they are. Returns false if the type cannot represent that, such as a closed enumeration.
bool leave_unsaid(shape const& type, void* value);

/// Marks the member at `place` as "not sent".
bool leave_unsaid(member const& m, void* place);

/// Assigns the server's defaults to the members that are absent.
void fill_absent(structure_shape const& structure, void* object, decode_options const& options, std::vector<violation>& errors);

template <class T>
result<T> fresh_result() {
    if constexpr (std::is_default_constructible_v<T>) return result<T>(std::in_place);
    else return access::make<T>();
}

} // namespace detail

/// Parses a `T` from JSON text (RFC 8259) without an intermediate document.
///
/// Unknown members are ignored, null counts as absent, and the last of duplicate members wins. Views in `T` (std::string_view,
/// std::span<std::byte const>) refer to `text`, or to a copy in `options.memory` if the string has escapes or is base64.
///
/// @param text    The JSON text. It must outlive the views in the result.
/// @param options Strictness, limits and memory.
/// @return The value, or all errors, each with its JSON Pointer and byte offset. A pointer that long map keys would extend beyond
///         4096 bytes names an enclosing value instead.
/// @throws Nothing but what the types of `T` throw, such as std::bad_alloc.
/// @par Complexity
///     Linear in the size of `text`.
///
/// @par Example
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

/// Parses a `T` from a temporary string. Does not compile if `T` has views, which would refer to the destroyed string.
template <class T, std::same_as<std::string> Text>
result<T> from_json(Text&& text, decode_options const& options = {}) {
    static_assert(detail::value_has_no_views_of_temporary<T>::checked);
    return from_json<T>(std::string_view(text), options);
}

} // namespace parley

#endif
