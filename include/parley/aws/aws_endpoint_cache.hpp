// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_AWS_AWS_ENDPOINT_CACHE_HPP
#define PARLEY_AWS_AWS_ENDPOINT_CACHE_HPP

#include <parley/aws/aws_endpoint.hpp>
#include <parley/core/config.hpp>

#include <list>
#include <memory>
#include <mutex>
#include <optional>

namespace parley::inline PARLEY_ABI::detail {

/// Caches the endpoints of the services that a client calls. The rules of each are parsed once. Safe to use from several threads.
class aws_endpoint_cache {
public:
    /// Resolves an endpoint; see `resolve_aws_endpoint`. All parameters except `others` must be the same in each call.
    result<std::shared_ptr<aws_endpoint const>, endpoint_error> find(aws_service const& service,
                                                                     aws_endpoint_parameters const& parameters);

private:
    using cached_endpoint = result<std::shared_ptr<aws_endpoint const>, endpoint_error>;

    static cached_endpoint resolve(aws_service const& service, aws_endpoint_parameters const& parameters,
                                   endpoint_rules const* rules);

    struct entry {
        aws_service const* service;
        std::optional<endpoint_rules> rules;                 // empty if the service has none
        std::optional<cached_endpoint> without_parameters{}; // for an empty `others`, after the first call
    };

    std::mutex mutex_;
    std::list<entry> entries_; // few: most clients call one service
};

} // namespace parley::detail

#endif
