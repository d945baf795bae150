// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_DESCRIBE_DOCUMENT_HPP
#define PARLEY_DESCRIBE_DOCUMENT_HPP

#include <parley/core/version.hpp>

#include <string>

namespace parley::inline PARLEY_ABI {

/// Free-form JSON, stored as text: the received value without insignificant whitespace.
///
///     auto settings = parley::from_json<my_settings>(reply->extra.json);
///
/// Encoding fails unless the text is one valid JSON value (RFC 8259). Members may have the type `boost::json::value` instead if
/// json/document.hpp is included.
///
/// @see https://smithy.io/2.0/spec/simple-types.html#document
struct document {
    std::string json = "null"; ///< The JSON text.

    /// Compares the texts.
    friend bool operator==(document const&, document const&) = default;
};

} // namespace parley

#endif
