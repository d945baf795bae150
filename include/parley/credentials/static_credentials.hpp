// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_CREDENTIALS_STATIC_CREDENTIALS_HPP
#define PARLEY_CREDENTIALS_STATIC_CREDENTIALS_HPP

#include <parley/auth/credentials.hpp>

namespace parley::inline PARLEY_ABI {

/// Provides fixed credentials.
///
/// @par Example
///     parley::sigv4_signer sign(parley::static_credentials{{.access_key_id = id, .secret_access_key = secret}}, options);
struct static_credentials {
    aws_credentials credentials{}; ///< the credentials

    /// Returns the credentials, or the error `invalid` if a key is empty.
    credentials_result operator()() const {
        if (!credentials.access_key_id.empty() && !credentials.secret_access_key.empty()) return credentials;
        return credentials_error{credentials_errc::invalid, "static", "a key is empty", {}};
    }
};

} // namespace parley

#endif
