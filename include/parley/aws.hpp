// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// Entry header: clients of AWS services, with their endpoints and SigV4 signing.
#ifndef PARLEY_AWS_HPP
#define PARLEY_AWS_HPP

#include <parley/auth/sigv4.hpp>
#include <parley/aws/aws_binding.hpp>
#include <parley/aws/aws_endpoint.hpp>
#include <parley/client.hpp>
#include <parley/credentials/sigv4_signer.hpp>
#include <parley/credentials/static_credentials.hpp>

#endif

#ifdef PARLEY_IMPLEMENTATION
#include <parley/aws.ipp>
#endif
