// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_AWS_AWS_ENDPOINT_CACHE_IPP
#define PARLEY_AWS_AWS_ENDPOINT_CACHE_IPP

#include <parley/aws/aws_endpoint_cache.hpp>

#include <utility>

namespace parley::inline PARLEY_ABI::detail {

aws_endpoint_cache::cached_endpoint
aws_endpoint_cache::resolve(aws_service const& service, aws_endpoint_parameters const& parameters, endpoint_rules const* rules) {
    auto resolved = resolve_aws_endpoint(service, parameters, rules);
    if (!resolved) return std::move(resolved.error());
    return std::make_shared<aws_endpoint const>(*std::move(resolved));
}

result<std::shared_ptr<aws_endpoint const>, endpoint_error> aws_endpoint_cache::find(aws_service const& service,
                                                                                     aws_endpoint_parameters const& parameters) {
    std::optional<endpoint_rules> rules; // copies share the parsed rules
    {
        std::lock_guard lock(mutex_);
        auto known = entries_.begin();
        while (known != entries_.end() && known->service != &service) ++known;
        if (known == entries_.end()) {
            entry fresh{&service, std::nullopt};
            if (!service.endpoint_rules.empty()) {
                auto parsed = endpoint_rules::parse(service.endpoint_rules);
                if (!parsed) return std::move(parsed.error());
                fresh.rules = std::move(*parsed);
            }
            known = entries_.insert(entries_.end(), std::move(fresh));
        }
        if (parameters.others.empty()) {
            auto& cached = known->without_parameters;
            if (!cached) cached = resolve(service, parameters, known->rules ? &*known->rules : nullptr);
            return *cached;
        }
        rules = known->rules;
    }
    return resolve(service, parameters, rules ? &*rules : nullptr);
}

} // namespace parley::detail

#endif
