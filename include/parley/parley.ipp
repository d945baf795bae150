// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_PARLEY_IPP
#define PARLEY_PARLEY_IPP

// All of parley that is no template, but what has a door of its own.
#include <parley/client.ipp>
#include <parley/credentials/credentials_parser.ipp>
#include <parley/credentials/send_with_retries.ipp>
#include <parley/credentials/assume_role.ipp>
#include <parley/credentials/cached_credentials.ipp>
#include <parley/credentials/config_files.ipp>
#include <parley/credentials/container_credentials.ipp>
#include <parley/credentials/credentials_chain.ipp>
#include <parley/credentials/environment_credentials.ipp>
#include <parley/credentials/instance_credentials.ipp>
#include <parley/credentials/process_credentials.ipp>
#include <parley/credentials/profile_credentials.ipp>
#include <parley/credentials/sigv4_signer.ipp>
#include <parley/credentials/provider_environment.ipp>
#include <parley/json_rpc.ipp>
#include <parley/server.ipp>

#endif
