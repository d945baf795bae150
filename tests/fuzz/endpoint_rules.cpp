// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// The first line is a region, the second one another parameter, the rest a rule set. Properties:
//   - the rule set is accepted or rejected, and each evaluation gives an endpoint or an error with a text;
//   - an evaluation has no effect on the next one;
//   - the header fields of an endpoint are well-formed, and so is its URL if it is accepted;
//   - without rules, a region adds exactly one label to the host name.
#include "fuzz.hpp"

#include <parley/aws/aws_endpoint.hpp>

namespace {

parley::endpoint_parameters parameters_of(std::string_view region, std::string_view other) {
    return {{"Region", std::string(region)},
            {"Bucket", std::string(other)},
            {"Endpoint", std::string(other)},
            {"UseFIPS", other.size() % 2 == 0},
            {"List", std::vector<std::string>{std::string(region), std::string(other)}}};
}

void check_resolve(parley::endpoint_rules const& rules, parley::endpoint_parameters const& parameters) {
    auto const first = rules.resolve(parameters), second = rules.resolve(parameters);
    fuzz::must(first.has_value() == second.has_value(), "the same parameters have the same outcome");
    if (!first) {
        fuzz::must(first.error().message() == second.error().message(), "the same parameters have the same error");
        return;
    }
    fuzz::must(first->url == second->url && first->fields == second->fields && first->signing_name == second->signing_name
                   && first->signing_region == second->signing_region,
               "the same parameters have the same endpoint");
    for (auto const& [name, value] : first->fields)
        fuzz::must(parley::is_header_name(name) && parley::is_header_value(value), "the header fields are well-formed");
}

void check_address(parley::aws_endpoint const& found) {
    auto const& url = found.url;
    fuzz::must(url.scheme == "https" || url.scheme == "http", "the scheme is https or http");
    fuzz::must(!url.host.empty() && url.host.find_first_of("@/?# \\") == std::string::npos,
               "a host contains no other part of a URL");
    fuzz::must(url.path.empty() || url.path[0] == '/', "a path begins with a slash");
    for (char c : url.path)
        fuzz::must(!fuzz::is_control(c) && c != '?' && c != '#', "a path contains no query, fragment or control character");
}

void check_without_rules(std::string_view region, std::string_view endpoint) {
    static constexpr parley::aws_service service{.signing_name = "svc", .endpoint_prefix = "prefix"};
    for (int flags = 0; flags < 8; ++flags) {
        parley::aws_endpoint_parameters parameters{.region = region, .fips = (flags & 1) != 0, .dualstack = (flags & 2) != 0};
        if (flags & 4) parameters.endpoint = endpoint;
        auto const found = parley::resolve_aws_endpoint(service, parameters);
        if (!found) {
            fuzz::must(!found.error().message().empty(), "an error has a text");
            continue;
        }
        check_address(*found);
        fuzz::must(found->signing_name == "svc" && found->signing_region == parley::aws_signing_region(region),
                   "the signing region is that of the endpoint");
        if (!parameters.endpoint.empty()) continue;
        auto host = std::string_view(found->url.host);
        fuzz::must(host.starts_with("prefix.") || host.starts_with("prefix-fips."), "the host begins with the endpoint prefix");
        host.remove_prefix(host.find('.') + 1);
        auto const label = host.substr(0, host.find('.'));
        fuzz::must(label == "*" || parley::is_host_label(label), "the region is one label");
        host.remove_prefix(label.size() + 1);
        auto const& partition = parley::partition_of(parley::aws_signing_region(region), parley::aws_partitions());
        fuzz::must(host == (parameters.dualstack ? partition.dualstack_dns_suffix : partition.dns_suffix),
                   "the host ends with the DNS suffix of the partition");
    }
}

} // namespace

void fuzz::try_text(std::string_view text) {
    auto const region = take_line(text), other = take_line(text);
    check_without_rules(region, other);
    auto const rules = parley::endpoint_rules::parse(text);
    if (!rules) return must(!rules.error().message().empty(), "an error has a text");
    check_resolve(*rules, {});
    check_resolve(*rules, parameters_of(region, other));

    static constexpr parley::aws_service service{.signing_name = "svc", .endpoint_prefix = "prefix"};
    parley::aws_endpoint_parameters parameters{
        .region = region, .fips = true, .endpoint = other, .others = parameters_of(region, other)};
    auto const found = parley::resolve_aws_endpoint(service, parameters, &*rules);
    if (!found) return must(!found.error().message().empty(), "an error has a text");
    check_address(*found);
    must(!found->signing_name.empty(), "the signing name is not empty");
}
