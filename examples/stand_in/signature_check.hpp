// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_EXAMPLES_STAND_IN_SIGNATURE_CHECK_HPP
#define PARLEY_EXAMPLES_STAND_IN_SIGNATURE_CHECK_HPP

#include <parley/auth/credentials.hpp>
#include <parley/http/request_view.hpp>

#include <chrono>
#include <optional>
#include <string>

namespace stand_in {

/// Verifies AWS Signature Version 4 of requests with a known key, by computing the signature.
class signature_check {
public:
    struct problem {
        std::string code; ///< the error code of the service, such as "InvalidSignatureException"
        std::string message;
    };

    signature_check(parley::aws_credentials key, std::string service) : key_(std::move(key)), service_(std::move(service)) {}

    /// Returns the error of the signature of `request`, received at `now`, or nothing if it is valid.
    std::optional<problem> operator()(parley::request_view const& request, std::chrono::system_clock::time_point now) const;

private:
    parley::aws_credentials key_;
    std::string service_;
};

} // namespace stand_in

#endif
