// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_DESCRIBE_BLOB_HPP
#define PARLEY_DESCRIBE_BLOB_HPP

#include <parley/core/version.hpp>

#include <string>
#include <string_view>

namespace parley::inline PARLEY_ABI {

/// Binary data. JSON carries it as base64 (RFC 4648, section 4), an HTTP payload unchanged.
///
/// The bytes are stored in a string, so that a message body can be moved into a blob and back without a copy.
struct blob {
    std::string bytes; ///< The raw bytes.

    /// Compares the bytes.
    friend bool operator==(blob const&, blob const&) = default;
};

} // namespace parley

#endif
