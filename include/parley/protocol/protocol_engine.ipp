// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_PROTOCOL_PROTOCOL_ENGINE_IPP
#define PARLEY_PROTOCOL_PROTOCOL_ENGINE_IPP

#include <parley/core/error.hpp>
#include <parley/protocol/protocol_engine.hpp>

#include <string>
#include <utility>

namespace parley::inline PARLEY_ABI::detail {

http_response keep(response_view const& response) {
    http_response copy;
    copy.status = response.status;
    if (response.owned) copy.body = std::move(*response.owned);
    else copy.body = response.body;
    if (response.can_iterate()) {
        response.each_header([](void* context, std::string_view name,
                                std::string_view value) { static_cast<headers*>(context)->add(name, value); },
                             &copy.fields);
    }
    return copy;
}

[[gnu::cold]] call_error_state make_call_error(response_report&& report, declared_error&& declared,
                                               response_view const& response) {
    if (report.what == response_report::kind::declared) {
        return {std::move(declared),
                error_details{std::move(report.code), std::move(report.message), report.fault, keep(response)}};
    }
    if (report.what == response_report::kind::undeclared) {
        undeclared_error e;
        e.message = std::move(report.message);
        e.sent = delivery::answered;
        e.code = std::move(report.code);
        e.fault = report.fault;
        e.response = keep(response);
        return call_error_state(std::move(e));
    }
    undecodable_response e;
    if (report.status != 0) e.message = "status " + std::to_string(report.status) + ": ";
    data_error all{std::move(report.violations)};
    e.message += all.message();
    e.sent = delivery::answered;
    e.violations = std::move(all.violations);
    e.code = std::move(report.code);
    e.response = keep(response);
    return call_error_state(std::move(e));
}

} // namespace parley::detail

#endif
