// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_AWS_ENDPOINT_RULES_HPP
#define PARLEY_AWS_ENDPOINT_RULES_HPP

#include <parley/aws/aws_partition.hpp>
#include <parley/core/result.hpp>
#include <parley/http/headers.hpp>

#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace parley::inline PARLEY_ABI {

namespace detail {
struct rule_value;
}

/// Why there is no endpoint.
struct endpoint_error {
    std::string text;
    std::string const& message() const noexcept { return text; }
};

/// The values of a rule set's parameters by their names.
using endpoint_parameters = std::map<std::string, std::variant<std::string, bool, std::vector<std::string>>>;

/// Where a service is, and what the rules say besides.
struct resolved_endpoint {
    std::string url;
    headers fields;             ///< to be sent with each request
    std::string signing_name;   ///< that SigV4 is to be used with; empty: the service's own
    std::string signing_region; ///< empty: the client's
};

/// The rules by which a service of AWS tells its endpoint from region and options, as its Smithy model has them in the
/// trait smithy.rules#endpointRuleSet. https://smithy.io/2.0/additional-specs/rules-engine/specification.html
class endpoint_rules {
public:
    /// Reads a rule set, a JSON text. Fails if it is none, or of a version other than 1.
    static result<endpoint_rules, endpoint_error> parse(std::string_view json);

    /// Goes through the rules. Fails where they say so, or where a required parameter is missing, or a rule cannot be evaluated.
    result<resolved_endpoint, endpoint_error> resolve(endpoint_parameters const& parameters,
                                                      std::span<aws_partition const> partitions = aws_partitions()) const;

    /// The parameter that has the meaning `built_in` ("AWS::Region"); empty if there is none.
    std::string_view parameter_for(std::string_view built_in) const noexcept;

private:
    explicit endpoint_rules(std::shared_ptr<detail::rule_value const> rules) : rules_(std::move(rules)) {}
    std::shared_ptr<detail::rule_value const> rules_;
};

} // namespace parley

#endif
