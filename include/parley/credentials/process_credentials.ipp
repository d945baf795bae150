// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_CREDENTIALS_PROCESS_CREDENTIALS_IPP
#define PARLEY_CREDENTIALS_PROCESS_CREDENTIALS_IPP

#include <parley/credentials/credentials_parser.hpp>
#include <parley/credentials/process_credentials.hpp>

namespace parley::inline PARLEY_ABI {

[[gnu::cold]] credentials_result process_credentials::operator()() const {
    if (command.empty()) return credentials_error{credentials_errc::not_configured, "process", "no command is set", {}};
    auto const output = from.run_command(command);
    // The error does not quote the command, whose arguments may be secret.
    if (!output) return credentials_error{credentials_errc::unavailable, "process", "the command " + output.error().text, {}};
    return detail::credentials_in_json(*output, detail::response_form::process, "process", from.now());
}

} // namespace parley

#endif
