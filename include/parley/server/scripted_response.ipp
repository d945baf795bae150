// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_SERVER_SCRIPTED_RESPONSE_IPP
#define PARLEY_SERVER_SCRIPTED_RESPONSE_IPP

#include <parley/core/text.hpp>
#include <parley/server/scripted_response.hpp>

namespace parley::inline PARLEY_ABI {

std::string_view reason_phrase(int status) noexcept {
    switch (status) {
    case 200: return "OK";
    case 201: return "Created";
    case 202: return "Accepted";
    case 204: return "No Content";
    case 206: return "Partial Content";
    case 301: return "Moved Permanently";
    case 302: return "Found";
    case 303: return "See Other";
    case 304: return "Not Modified";
    case 307: return "Temporary Redirect";
    case 308: return "Permanent Redirect";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 402: return "Payment Required";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 406: return "Not Acceptable";
    case 408: return "Request Timeout";
    case 409: return "Conflict";
    case 410: return "Gone";
    case 411: return "Length Required";
    case 412: return "Precondition Failed";
    case 413: return "Content Too Large";
    case 414: return "URI Too Long";
    case 415: return "Unsupported Media Type";
    case 417: return "Expectation Failed";
    case 422: return "Unprocessable Content";
    case 429: return "Too Many Requests";
    case 431: return "Request Header Fields Too Large";
    case 500: return "Internal Server Error";
    case 501: return "Not Implemented";
    case 502: return "Bad Gateway";
    case 503: return "Service Unavailable";
    case 504: return "Gateway Timeout";
    case 505: return "HTTP Version Not Supported";
    default: return {};
    }
}

std::optional<std::string> write_response_head(http_response const& response, response_place const& place) {
    if (response.status < 200 || response.status > 999) return std::nullopt;
    std::string head = "HTTP/1.1 ";
    head.append(std::to_string(response.status)).append(" ").append(reason_phrase(response.status)).append("\r\n");
    bool dated = place.date.empty();
    std::string_view stated_length;
    for (auto const& field : response.fields) {
        if (!is_header_name(field.name) || !is_header_value(field.value)) return std::nullopt;
        if (detail::equals_ignore_case(field.name, "content-length")) stated_length = field.value;
        if (detail::equals_ignore_case(field.name, "content-length") || detail::equals_ignore_case(field.name, "connection")
            || detail::equals_ignore_case(field.name, "transfer-encoding"))
            continue;
        if (detail::equals_ignore_case(field.name, "date")) dated = true;
        head.append(field.name).append(": ").append(field.value).append("\r\n");
    }
    if (!dated) head.append("date: ").append(place.date).append("\r\n");
    if (has_body(place.method, response.status)) {
        head.append("content-length: ").append(std::to_string(response.body.size())).append("\r\n");
    } else if (place.method == "HEAD" && has_body({}, response.status)) {
        // The length of the response to GET, if it is known: handlers may omit the body.
        if (!response.body.empty()) head.append("content-length: ").append(std::to_string(response.body.size())).append("\r\n");
        else if (!stated_length.empty()) head.append("content-length: ").append(stated_length).append("\r\n");
    }
    if (!place.keep_alive) head += "connection: close\r\n";
    else if (place.http_1_0) head += "connection: keep-alive\r\n";
    return head += "\r\n";
}

} // namespace parley

#endif
