// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_AWS_IPP
#define PARLEY_AWS_IPP

// The non-template definitions of aws.hpp, and of the headers in credentials/.
#include <parley/auth/credentials.ipp>
#include <parley/auth/sigv4.ipp>
#include <parley/aws/aws_binding.ipp>
#include <parley/aws/aws_endpoint.ipp>
#include <parley/aws/aws_endpoint_cache.ipp>
#include <parley/aws/aws_partition.ipp>
#include <parley/aws/endpoint_context.ipp>
#include <parley/aws/endpoint_rules.ipp>
#include <parley/client.ipp>
#include <parley/core/sha256.ipp>
#include <parley/credentials/assume_role.ipp>
#include <parley/credentials/cached_credentials.ipp>
#include <parley/credentials/config_files.ipp>
#include <parley/credentials/container_credentials.ipp>
#include <parley/credentials/credentials_chain.ipp>
#include <parley/credentials/credentials_parser.ipp>
#include <parley/credentials/environment_credentials.ipp>
#include <parley/credentials/instance_credentials.ipp>
#include <parley/credentials/process_credentials.ipp>
#include <parley/credentials/profile_credentials.ipp>
#include <parley/credentials/provider_environment.ipp>
#include <parley/credentials/send_with_retries.ipp>
#include <parley/credentials/sigv4_signer.ipp>

#endif
