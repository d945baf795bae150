// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_CREDENTIALS_PROCESS_CREDENTIALS_HPP
#define PARLEY_CREDENTIALS_PROCESS_CREDENTIALS_HPP

#include <parley/auth/credentials.hpp>
#include <parley/credentials/provider_environment.hpp>

#include <string>

namespace parley::inline PARLEY_ABI {

/// Provides the credentials that a command writes as JSON to its standard output.
/// https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html
struct process_credentials {
    provider_environment from{}; ///< runs the command
    std::string command{};       ///< the command line for the shell

    /// Runs the command.
    credentials_result operator()() const;
};

} // namespace parley

#endif
