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

/// The id by which a response of JSON-RPC finds its request: "a String, Number, or NULL value".
/// https://www.jsonrpc.org/specification#request_object
///
///     json_rpc_id number = 7, text = "a7", null = nullptr;
class json_rpc_id {
public:
    json_rpc_id(std::nullptr_t = nullptr) : json_("null") {}
    template <std::integral Integer>
    json_rpc_id(Integer number) requires(!std::same_as<Integer, bool> && sizeof(Integer) <= 8) : json_(std::to_string(number)) {}
    /// The text should be UTF-8: requests with one that is not are refused when they are encoded.
    template <class Text>
    json_rpc_id(Text const& text) requires(
        std::convertible_to<Text const&, std::string_view> && !std::same_as<Text, std::nullptr_t>)
        : json_(quoted(text)) {}

    /// The id that is written as `json`; nothing if that is no string, number or null. Numbers "SHOULD NOT contain fractional
    /// parts"; those that do, or that are beyond 64 bits, are kept as they are written.
    static std::optional<json_rpc_id> from_json(std::string_view json);

    /// As it travels: `7`, `"a7"`, `null`. Equal ids have equal texts.
    std::string const& json() const noexcept { return json_; }
    bool is_null() const noexcept { return json_ == "null"; }

    friend bool operator==(json_rpc_id const&, json_rpc_id const&) = default;

private:
    static std::string quoted(std::string_view text);

    std::string json_;
};

} // namespace parley

#endif
