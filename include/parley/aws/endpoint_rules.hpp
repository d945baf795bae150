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

/// The reason why an endpoint cannot be resolved.
struct endpoint_error {
    std::string text; ///< the reason
    /// Returns the reason.
    std::string const& message() const noexcept { return text; }
};

/// The values of the parameters of a rule set, by name.
using endpoint_parameters = std::map<std::string, std::variant<std::string, bool, std::vector<std::string>>>;

/// An endpoint that rules were resolved to.
struct resolved_endpoint {
    std::string url;            ///< where requests are sent
    headers fields;             ///< header fields that are added to each request
    std::string signing_name;   ///< the service to sign for with SigV4; empty for the default of the service
    std::string signing_region; ///< the region to sign for; empty for the region of the client
};

/// The endpoint rule set of an AWS service, the value of the trait smithy.rules#endpointRuleSet in its Smithy model.
/// https://smithy.io/2.0/additional-specs/rules-engine/specification.html
class endpoint_rules {
public:
    /// Parses a rule set.
    ///
    /// @param json The JSON text.
    /// @return The rules. An error if the JSON is invalid or has a version other than 1.
    static result<endpoint_rules, endpoint_error> parse(std::string_view json);

    /// Evaluates the rules.
    ///
    /// @param parameters The parameters of the rule set.
    /// @param partitions The partitions of AWS.
    /// @return The endpoint. An error if a rule says so, a required parameter is missing, or a rule cannot be evaluated.
    result<resolved_endpoint, endpoint_error> resolve(endpoint_parameters const& parameters,
                                                      std::span<aws_partition const> partitions = aws_partitions()) const;

    /// Returns the name of the parameter with the built-in `built_in` ("AWS::Region"); empty if there is none.
    std::string_view parameter_for(std::string_view built_in) const noexcept;

private:
    explicit endpoint_rules(std::shared_ptr<detail::rule_value const> rules) : rules_(std::move(rules)) {}
    std::shared_ptr<detail::rule_value const> rules_;
};

} // namespace parley

#endif
