// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_PROTOCOL_JSON_RPC_ID_HPP
#define PARLEY_PROTOCOL_JSON_RPC_ID_HPP

#include <parley/core/config.hpp>

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

namespace parley::inline PARLEY_ABI {

/// The id of a JSON-RPC request and its response: a number, a string or null.
/// https://www.jsonrpc.org/specification#request_object
///
///     json_rpc_id number = 7, text = "a7", null = nullptr;
class json_rpc_id {
public:
    /// Creates a null id.
    json_rpc_id(std::nullptr_t = nullptr) : json_("null") {}
    /// Creates a numeric id.
    template <std::integral Integer>
    json_rpc_id(Integer number) requires(!std::same_as<Integer, bool> && sizeof(Integer) <= 8) : json_(std::to_string(number)) {}
    /// Creates a string id. The text should be UTF-8; otherwise encoding a request with this id fails.
    template <class Text>
    json_rpc_id(Text const& text) requires(
        std::convertible_to<Text const&, std::string_view> && !std::same_as<Text, std::nullptr_t>)
        : json_(quoted(text)) {}

    /// Parses an id.
    ///
    /// Numbers with a fractional part, which the specification discourages, and numbers that exceed 64 bits keep their spelling.
    ///
    /// @return The id, or `nullopt` if `json` is not a string, number or null.
    static std::optional<json_rpc_id> from_json(std::string_view json);

    /// Returns the id as JSON: `7`, `"a7"`, `null`. Equal ids have equal texts.
    std::string const& json() const noexcept { return json_; }
    /// Returns true for a null id.
    bool is_null() const noexcept { return json_ == "null"; }

    /// Compares type and value.
    friend bool operator==(json_rpc_id const&, json_rpc_id const&) = default;

private:
    static std::string quoted(std::string_view text);

    std::string json_;
};

} // namespace parley

#endif
