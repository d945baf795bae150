// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_DESCRIBE_DOCUMENT_HPP
#define PARLEY_DESCRIBE_DOCUMENT_HPP

#include <parley/core/version.hpp>

#include <string>

namespace parley::inline PARLEY_ABI {

/// Free-form JSON, kept as its text: what the peer sent, without insignificant whitespace. Read it with whatever you like:
///
///     auto settings = parley::from_json<my_settings>(reply->extra.json);
///
/// What is sent must be one JSON text (RFC 8259), else encoding fails. A member that is a `boost::json::value` instead needs
/// json/document.hpp. https://smithy.io/2.0/spec/simple-types.html#document
struct document {
    std::string json = "null";

    friend bool operator==(document const&, document const&) = default;
};

} // namespace parley

#endif
