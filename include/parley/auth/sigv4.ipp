// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_AUTH_SIGV4_IPP
#define PARLEY_AUTH_SIGV4_IPP

#include <parley/auth/sigv4.hpp>
#include <parley/core/detail/lower_case.hpp>
#include <parley/core/text.hpp>
#include <parley/core/timestamp.hpp>
#include <parley/http/uri.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace parley::inline PARLEY_ABI {

namespace detail::sigv4 {

inline constexpr std::string_view algorithm = "AWS4-HMAC-SHA256";

// Returns false for fields that proxies add, change or remove, and for those of a single connection.
inline bool is_signed_header(std::string_view name) noexcept {
    static constexpr std::string_view unsigned_names[] = {
        "authorization", "cache-control",     "connection", "expect",     "from",
        "keep-alive",    "max-forwards",      "pragma",     "referer",    "te",
        "trailer",       "transfer-encoding", "upgrade",    "user-agent", "x-amzn-trace-id"};
    return !name.starts_with("proxy-") && !name.starts_with("sec-")
           && std::find(std::begin(unsigned_names), std::end(unsigned_names), name) == std::end(unsigned_names);
}

// "20250115T123456Z"; the date alone is the first eight characters.
inline std::string basic_time(std::chrono::system_clock::time_point now) {
    auto const seconds = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
    std::string text;
    append_timestamp(text, {static_cast<std::int64_t>(seconds), 0}, timestamp_format::date_time);
    std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
    return text;
}

inline std::string canonical_path(std::string_view path, sigv4_options const& options) {
    std::string text;
    if (options.normalize_path) {
        std::vector<std::string_view> segments;
        for (std::size_t at = 0; at < path.size();) {
            auto const end = std::min(path.find('/', at), path.size());
            auto const segment = path.substr(at, end - at);
            at = end + 1;
            if (segment.empty() || segment == ".") continue;
            if (segment != "..") segments.push_back(segment);
            else if (!segments.empty()) segments.pop_back();
        }
        for (auto const segment : segments) text.append("/").append(segment);
        if (segments.empty() || path.ends_with('/')) text += '/';
    } else {
        text = path.empty() ? "/" : path;
    }
    if (!options.double_encode_path) return text;
    std::string encoded;
    append_percent_encoded_path(encoded, text);
    return encoded;
}

// A malformed escape is literal text, as it is for the service.
inline std::string encoded_once(std::string_view text) {
    std::string encoded;
    auto const decoded = percent_decode(text);
    append_percent_encoded(encoded, decoded ? *decoded : text);
    return encoded;
}

inline std::string canonical_query(std::string_view query) {
    std::multiset<std::pair<std::string, std::string>> items;
    for (std::size_t at = 0; at < query.size();) {
        auto const end = std::min(query.find('&', at), query.size());
        auto const item = query.substr(at, end - at);
        at = end + 1;
        if (item.empty()) continue;
        auto const equals = std::min(item.find('='), item.size());
        items.emplace(encoded_once(item.substr(0, equals)), encoded_once(item.substr(std::min(equals + 1, item.size()))));
    }
    std::string text;
    for (auto const& [name, value] : items) text.append(text.empty() ? "" : "&").append(name).append("=").append(value);
    return text;
}

// Removes surrounding whitespace and collapses inner whitespace, including that of folded lines (RFC 9112, section 5.2).
inline void append_collapsed(std::string& out, std::string_view value) {
    auto const start = out.size();
    bool space = false;
    for (char c : value) {
        if (c == ' ' || (c >= '\t' && c <= '\r')) {
            space = true;
            continue;
        }
        if (std::exchange(space, false) && out.size() > start) out += ' ';
        out += c;
    }
}

struct canonical_headers {
    std::string lines; // "name:value\n" each
    std::string names; // "a;b"
};

inline canonical_headers canonicalize(http_request const& request, sigv4_options const& options) {
    std::multimap<std::string, std::string_view> fields; // keeps the order of fields with the same name
    auto const authority = request.authority();
    if (!request.fields.contains("host")) fields.emplace("host", authority);
    for (auto const& field : request.fields) {
        auto name = lower_case(field.name);
        if (!is_signed_header(name) || (name == "x-amz-security-token" && !options.sign_session_token)) continue;
        fields.emplace(std::move(name), field.value);
    }
    canonical_headers result;
    std::string_view last;
    for (auto const& [name, value] : fields) {
        if (name == last) {
            result.lines.back() = ',';
        } else {
            result.names.append(last.empty() ? "" : ";").append(name);
            result.lines.append(name).append(":");
        }
        last = name;
        append_collapsed(result.lines, value);
        result.lines += '\n';
    }
    return result;
}

inline std::optional<signing_error> validate_parameters(http_request const& request, aws_credentials const& credentials,
                                                        sigv4_options const& options) {
    auto const error = [](char const* text) { return signing_error{text}; };
    auto const is_word = [](std::string_view text) {
        return !text.empty() && is_header_value(text) && text.find_first_of(" \t,/") == text.npos;
    };
    if (!is_word(credentials.access_key_id)) return error("the access key ID is missing or malformed");
    if (credentials.secret_access_key.empty()) return error("the secret access key is missing");
    if (!is_header_value(credentials.session_token)) return error("the session token is not a valid header value");
    if (!is_word(options.region)) return error("the signing region is missing or malformed");
    if (!is_word(options.service)) return error("the signing name of the service is missing or malformed");
    if (!is_header_value(options.payload_hash)) return error("the payload hash is not a valid header value");
    // A colon or line break in a name could imitate other fields in the canonical request.
    for (auto const& field : request.fields) {
        if (!is_header_name(field.name)) return error("a header field of the request has an invalid name");
    }
    return {};
}

// The time and scope of a signature in a header field or a query.
struct credential_scope {
    std::string time;
    std::string text; // "20250115/us-east-1/service/aws4_request"

    credential_scope(std::chrono::system_clock::time_point now, sigv4_options const& options)
        : time(basic_time(now)), text(std::string(date()) + '/' + options.region + '/' + options.service + "/aws4_request") {}
    std::string_view date() const { return std::string_view(time).substr(0, 8); }
};

inline std::string payload_hash_of(http_request const& request, sigv4_options const& options) {
    return options.payload_hash.empty() ? to_hex(options.hashing.hash(request.body)) : options.payload_hash;
}

inline sha256_digest signing_key_of(std::string_view secret, std::string_view date, sigv4_options const& options) {
    auto key = options.hashing.hmac("AWS4" + std::string(secret), date);
    for (std::string_view const step :
         {std::string_view(options.region), std::string_view(options.service), std::string_view("aws4_request")}) {
        key = options.hashing.hmac(bytes_of(key), step);
    }
    return key;
}

inline sigv4_signature signature_of(http_request const& request, canonical_headers const& fields, std::string_view payload_hash,
                                    aws_credentials const& credentials, sigv4_options const& options,
                                    credential_scope const& scope, sha256_digest const* key) {
    std::string_view const target = request.target;
    auto const question = std::min(target.find('?'), target.size());
    sigv4_signature result;
    result.canonical_request.append(request.method)
        .append("\n")
        .append(canonical_path(target.substr(0, question), options))
        .append("\n")
        .append(canonical_query(target.substr(std::min(question + 1, target.size()))))
        .append("\n")
        .append(fields.lines)
        .append("\n")
        .append(fields.names)
        .append("\n")
        .append(payload_hash);
    result.string_to_sign.append(algorithm)
        .append("\n")
        .append(scope.time)
        .append("\n")
        .append(scope.text)
        .append("\n")
        .append(to_hex(options.hashing.hash(result.canonical_request)));
    auto const derived = key ? *key : signing_key_of(credentials.secret_access_key, scope.date(), options);
    result.signature = to_hex(options.hashing.hmac(bytes_of(derived), result.string_to_sign));
    return result;
}

} // namespace detail::sigv4

sha256_digest derive_signing_key(std::string_view secret_access_key, sigv4_options const& options,
                                 std::chrono::system_clock::time_point now) {
    return detail::sigv4::signing_key_of(secret_access_key, detail::sigv4::basic_time(now).substr(0, 8), options);
}

result<sigv4_signature, signing_error> sign_headers(http_request& request, aws_credentials const& credentials,
                                                    sigv4_options const& options, std::chrono::system_clock::time_point now,
                                                    sha256_digest const* key) {
    if (auto error = detail::sigv4::validate_parameters(request, credentials, options)) return std::move(*error);
    detail::sigv4::credential_scope const scope(now, options);
    auto const payload_hash = detail::sigv4::payload_hash_of(request, options);
    for (std::string_view const name : {"x-amz-security-token", "x-amz-date", "x-amz-content-sha256", "authorization"}) {
        request.fields.erase(name);
    }
    if (!credentials.session_token.empty()) request.fields.add("x-amz-security-token", credentials.session_token);
    request.fields.add("x-amz-date", scope.time);
    if (options.content_sha256_header) request.fields.add("x-amz-content-sha256", payload_hash);
    auto const fields = detail::sigv4::canonicalize(request, options);
    auto signature = detail::sigv4::signature_of(request, fields, payload_hash, credentials, options, scope, key);
    request.fields.add("authorization", std::string(detail::sigv4::algorithm) + " Credential=" + credentials.access_key_id + '/'
                                            + scope.text + ", SignedHeaders=" + fields.names
                                            + ", Signature=" + signature.signature);
    return signature;
}

// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html: "The minimum value you can set is 1, and
// the maximum is 604800 (seven days)."
[[gnu::cold]] result<sigv4_signature, signing_error> presign(http_request& request, aws_credentials const& credentials,
                                                             sigv4_options const& options,
                                                             std::chrono::system_clock::time_point now,
                                                             std::chrono::seconds expires, sha256_digest const* key) {
    if (auto error = detail::sigv4::validate_parameters(request, credentials, options)) return std::move(*error);
    if (expires < std::chrono::seconds(1) || expires > std::chrono::days(7)) {
        return signing_error{"the validity of a presigned request must be 1 s to 7 days"};
    }
    detail::sigv4::credential_scope const scope(now, options);
    auto const fields = detail::sigv4::canonicalize(request, options);
    auto& target = request.target;
    for (std::string_view const name : {"X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Date", "X-Amz-SignedHeaders",
                                        "X-Amz-Expires", "X-Amz-Security-Token", "X-Amz-Signature"}) {
        detail::erase_query_parameter(target, name);
    }
    auto const add_token = [&] {
        if (!credentials.session_token.empty()) {
            detail::append_query_parameter(target, "X-Amz-Security-Token", credentials.session_token);
        }
    };
    detail::append_query_parameter(target, "X-Amz-Algorithm", detail::sigv4::algorithm);
    detail::append_query_parameter(target, "X-Amz-Credential", credentials.access_key_id + '/' + scope.text);
    detail::append_query_parameter(target, "X-Amz-Date", scope.time);
    detail::append_query_parameter(target, "X-Amz-SignedHeaders", fields.names);
    detail::append_query_parameter(target, "X-Amz-Expires", std::to_string(expires.count()));
    if (options.sign_session_token) add_token();
    auto signature = detail::sigv4::signature_of(request, fields, detail::sigv4::payload_hash_of(request, options), credentials,
                                                 options, scope, key);
    if (!options.sign_session_token) add_token();
    detail::append_query_parameter(target, "X-Amz-Signature", signature.signature);
    return signature;
}

} // namespace parley

#endif
