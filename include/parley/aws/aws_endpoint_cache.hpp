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

/// The endpoints of the services that a client calls. The rules of each are read once. Safe to use from many threads.
class aws_endpoint_cache {
public:
    /// As `resolve_aws_endpoint`. All parameters but `others` must be the same in each call: they are those of the client.
    result<std::shared_ptr<aws_endpoint const>, endpoint_error> find(aws_service const& service,
                                                                     aws_endpoint_parameters const& parameters);

private:
    using found = result<std::shared_ptr<aws_endpoint const>, endpoint_error>;

    static found resolve(aws_service const& service, aws_endpoint_parameters const& parameters, endpoint_rules const* rules);

    struct entry {
        aws_service const* service;
        std::optional<endpoint_rules> rules; // none: it has none
        std::optional<found> usual{};        // without `others`; none: nobody has asked
    };

    std::mutex mutex_;
    std::list<entry> entries_; // few: a client talks to one service, as a rule
};

} // namespace parley::detail

#endif
