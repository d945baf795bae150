// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_HTTP_REQUEST_VIEW_IPP
#define PARLEY_HTTP_REQUEST_VIEW_IPP

#include <parley/core/number.hpp>
#include <parley/http/request_view.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace parley::inline PARLEY_ABI {

http_request copy_of(request_view const& view) {
    http_request request;
    request.method = view.method;
    request.target = view.target;
    request.body = view.body;
    request.scheme = "http";
    auto const colon = view.host.rfind(':');
    auto const port = colon == view.host.npos ? std::nullopt : detail::parse_integer<std::uint16_t>(view.host.substr(colon + 1));
    request.host = view.host.substr(0, port ? colon : view.host.npos);
    request.port = port.value_or(0);
    if (view.can_iterate()) {
        view.each_header(
            [](void* fields, std::string_view name, std::string_view value) { static_cast<headers*>(fields)->add(name, value); },
            &request.fields);
    }
    return request;
}

} // namespace parley

#endif
