// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_DESCRIBE_AWS_SERVICE_HPP
#define PARLEY_DESCRIBE_AWS_SERVICE_HPP

#include <string_view>

namespace parley {

/// What is particular to a service of AWS. A service that has it gets the headers that AWS's clients send, and an endpoint
/// from its region:
///
///     struct MedicalImaging {
///         static constexpr parley::aws_service aws{.signing_name = "medical-imaging", .endpoint_prefix = "medical-imaging"};
///     };
struct aws_service {
    std::string_view signing_name;
    std::string_view endpoint_prefix;
};

} // namespace parley

#endif
