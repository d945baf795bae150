// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_EXCHANGE_REDACTION_HPP
#define PARLEY_EXCHANGE_REDACTION_HPP

#include <parley/core/config.hpp>
#include <parley/describe/shape.hpp>
#include <parley/protocol/operation_table.hpp>

#include <string>
#include <string_view>

namespace parley::inline PARLEY_ABI {

/// The text that replaces secrets in logs.
inline constexpr std::string_view redacted = "***";

/// Returns whether the value of a header field or query parameter with this name is a secret: credentials, tokens, keys, signatures
/// or cookies.
bool is_secret_name(std::string_view name) noexcept;

namespace detail {

/// Returns whether a value of the shape can contain a sensitive member, at any depth.
bool may_hold_sensitive(shape const& target);
/// Returns whether a response of the operation can contain a sensitive member.
bool may_answer_sensitive(operation_table const& op);

/// Returns the target of a request without secrets. The values of secret parameters are replaced. If the path has sensitive members,
/// it is replaced by the template of the operation; if the query has, it is left out.
std::string safe_target(message_binding const& binding, std::string_view target);

/// Returns the host and port of a request, or `redacted` if a sensitive member is a part of it.
std::string_view safe_authority(message_binding const& binding, std::string_view authority);

/// Returns the value of a header field, or `redacted` if it is a secret.
std::string_view safe_field(message_binding const& binding, std::string_view name, std::string_view value);

} // namespace detail
} // namespace parley

#endif
