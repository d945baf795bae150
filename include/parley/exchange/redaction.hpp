// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_EXCHANGE_REDACTION_HPP
#define PARLEY_EXCHANGE_REDACTION_HPP

#include <parley/core/config.hpp>
#include <parley/describe/shape.hpp>
#include <parley/protocol/operation_table.hpp>

#include <string>
#include <string_view>

namespace parley::inline PARLEY_ABI {

/// What stands in a log where something must not be shown.
inline constexpr std::string_view redacted = "***";

/// True for the name of a header field or query parameter whose value is a secret: credentials, tokens, keys, signatures, cookies.
bool is_secret_name(std::string_view name) noexcept;

namespace detail {

/// Whether a value of that shape can hold a sensitive member, however deep.
bool may_hold_sensitive(shape const& what);
/// Whether a response to a request of that operation can.
bool may_answer_sensitive(operation_table const& op);

/// The target of a request without what is sensitive: values of secret parameters, and values of sensitive members, for which
/// the whole path is given as the operation's template has it, or the whole query left out.
std::string safe_target(message_binding const& binding, std::string_view target);

/// The host, and port, of a request, or `redacted` where a sensitive member is a part of it.
std::string_view safe_authority(message_binding const& binding, std::string_view authority);

/// The value of a field of a message, or `redacted`.
std::string_view safe_field(message_binding const& binding, std::string_view name, std::string_view value);

} // namespace detail
} // namespace parley

#endif
