// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_CREDENTIALS_ASSUME_ROLE_IPP
#define PARLEY_CREDENTIALS_ASSUME_ROLE_IPP

#include <parley/auth/sigv4.hpp>
#include <parley/aws/aws_endpoint.hpp>
#include <parley/core/text.hpp>
#include <parley/credentials/assume_role.hpp>
#include <parley/credentials/credentials_parser.hpp>
#include <parley/credentials/send_with_retries.hpp>
#include <parley/http/uri.hpp>

#include <utility>
#include <vector>

namespace parley::inline PARLEY_ABI {

namespace detail::credentials_impl {

// A call of AWS STS with the Query protocol: the request body is a form, the response body is XML.
// https://docs.aws.amazon.com/STS/latest/APIReference/CommonParameters.html
class sts_call {
public:
    sts_call(provider_environment const& from, assumed_role const& role, credentials_context const& context,
             std::string_view provider, std::string_view action)
        : from_(from), role_(role), context_(context), provider_(provider) {
        add("Action", action);
        add("Version", "2011-06-15");
        add("RoleArn", role.arn);
        auto const seconds = std::chrono::duration_cast<std::chrono::seconds>(from.now().time_since_epoch()).count();
        add("RoleSessionName", role.session_name.empty() ? "parley-" + std::to_string(seconds) : role.session_name);
        if (role.duration) add("DurationSeconds", std::to_string(role.duration->count()));
    }

    void add(std::string_view name, std::string_view value) {
        if (!form_.empty()) form_ += '&';
        append_percent_encoded(form_, name);
        form_ += '=';
        append_percent_encoded(form_, value);
    }

    credentials_error error(credentials_errc code, std::string text) const {
        return {code, std::string(provider_), std::move(text), {}};
    }

    // Signs the request with `credentials` unless they are null. `secret` is a part of the form that no error text may contain.
    [[gnu::cold]] credentials_result send(aws_credentials const* credentials, std::string_view secret) const {
        auto const region = region_of();
        auto const endpoint = endpoint_of(region);
        if (!endpoint) return error(credentials_errc::invalid, "invalid STS endpoint: " + endpoint.error().message());
        http_request request;
        request.method = "POST";
        request.scheme = endpoint->scheme;
        request.host = endpoint->host;
        request.port = endpoint->port;
        request.target = endpoint->path.empty() ? "/" : endpoint->path;
        request.fields.add("content-type", "application/x-www-form-urlencoded; charset=utf-8");
        request.body = form_;
        if (credentials) {
            sigv4_options const options{.region = std::string(aws_signing_region(region)), .service = "sts"};
            auto const signature = sign_headers(request, *credentials, options, from_.now());
            if (!signature) return error(credentials_errc::invalid, signature.error().text);
        }
        auto const response = detail::send_with_retries(from_, std::move(request), {role_.timeout, 3, context_});
        auto const token = credentials ? std::string_view(credentials->session_token) : std::string_view();
        if (!response)
            return error(detail::code_of(response.error()), detail::quoted_reason(response.error().message(), {secret, token}));
        if (response->status != 200) return error_of(*response, secret, token);
        auto const text = [&](std::string_view name) { return detail::text_in_xml(response->body, name).value_or(""); };
        return detail::checked_credentials({.access_key_id = text("AccessKeyId"),
                                            .secret_access_key = text("SecretAccessKey"),
                                            .session_token = text("SessionToken")},
                                           text("Expiration"), provider_, from_.now());
    }

private:
    std::string region_of() const {
        if (!role_.region.empty()) return role_.region;
        for (auto const* name : {"AWS_REGION", "AWS_DEFAULT_REGION"}) {
            if (auto region = detail::variable(from_, name); !region.empty()) return region;
        }
        return "us-east-1";
    }

    result<endpoint_url, endpoint_error> endpoint_of(std::string_view region) const {
        static constexpr aws_service sts{.signing_name = "sts", .endpoint_prefix = "sts"};
        auto custom = role_.endpoint;
        for (auto const* name : {"AWS_ENDPOINT_URL_STS", "AWS_ENDPOINT_URL"}) {
            if (custom.empty()) custom = detail::variable(from_, name);
        }
        auto resolved = resolve_aws_endpoint(sts, {.region = region, .endpoint = custom});
        if (!resolved) return std::move(resolved.error());
        return std::move(resolved->url);
    }

    credentials_error error_of(http_response const& response, std::string_view secret, std::string_view token) const {
        auto text = "status " + std::to_string(response.status);
        auto const code = detail::text_in_xml(response.body, "Code"), message = detail::text_in_xml(response.body, "Message");
        if (code) text.append(", ").append(detail::quoted_reason(*code, {secret, token}));
        if (message) text.append(": ").append(detail::quoted_reason(*message, {secret, token}));
        bool const temporary = response.status >= 500 || response.status == 429;
        return error(temporary ? credentials_errc::unavailable : credentials_errc::refused, std::move(text));
    }

    provider_environment const& from_;
    assumed_role const& role_;
    credentials_context const& context_;
    std::string_view provider_;
    std::string form_;
};

} // namespace detail::credentials_impl

[[gnu::cold]] credentials_result assume_role_credentials::operator()(credentials_context const& context) const {
    detail::credentials_impl::sts_call call(from, role, context, "assume role", "AssumeRole");
    if (role.arn.empty()) return call.error(credentials_errc::invalid, "the role has no ARN");
    if (!source) return call.error(credentials_errc::invalid, "no credentials to assume the role with");
    if (!role.external_id.empty()) call.add("ExternalId", role.external_id);
    auto const credentials = source(context);
    if (!credentials) {
        auto error = call.error(credentials.error().code, "no credentials to assume the role with");
        // A chain must not skip the role because its source is not configured.
        if (error.code == credentials_errc::not_configured) error.code = credentials_errc::invalid;
        error.causes.push_back(credentials.error());
        return error;
    }
    return call.send(&*credentials, {});
}

[[gnu::cold]] credentials_result web_identity_credentials::operator()(credentials_context const& context) const {
    auto resolved = role;
    auto file = token_file;
    if (file.empty()) file = detail::variable(from, "AWS_WEB_IDENTITY_TOKEN_FILE");
    if (resolved.arn.empty()) resolved.arn = detail::variable(from, "AWS_ROLE_ARN");
    if (resolved.session_name.empty()) resolved.session_name = detail::variable(from, "AWS_ROLE_SESSION_NAME");
    detail::credentials_impl::sts_call call(from, resolved, context, "web identity", "AssumeRoleWithWebIdentity");
    if (file.empty()) return call.error(credentials_errc::not_configured, "AWS_WEB_IDENTITY_TOKEN_FILE is not set");
    if (resolved.arn.empty()) return call.error(credentials_errc::invalid, "AWS_ROLE_ARN is not set");
    auto const text = from.read_file(file);
    if (!text) return call.error(credentials_errc::unavailable, "token file: " + text.error().text);
    std::string_view token = *text;
    while (token.ends_with('\n') || token.ends_with('\r')) token.remove_suffix(1);
    // STS accepts at most 20,000 characters.
    if (token.empty() || token.size() > 20'000)
        return call.error(credentials_errc::invalid, "the token file is empty or too large");
    call.add("WebIdentityToken", token);
    return call.send(nullptr, token);
}

} // namespace parley

#endif
