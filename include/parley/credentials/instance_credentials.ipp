// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_CREDENTIALS_INSTANCE_CREDENTIALS_IPP
#define PARLEY_CREDENTIALS_INSTANCE_CREDENTIALS_IPP

#include <parley/core/number.hpp>
#include <parley/core/text.hpp>
#include <parley/credentials/config_files.hpp>
#include <parley/credentials/credentials_parser.hpp>
#include <parley/credentials/instance_credentials.hpp>
#include <parley/credentials/send_with_retries.hpp>
#include <parley/http/uri.hpp>

#include <cmath>
#include <utility>

namespace parley::inline PARLEY_ABI {

namespace detail::credentials_impl {

inline credentials_error metadata_error(credentials_errc code, std::string text) {
    return {code, "instance metadata", std::move(text), {}};
}

// One fetch of credentials, with its settings.
class metadata_service {
public:
    metadata_service(provider_environment const& from, credentials_context const& context) : from_(from) {
        limits_.context = context;
    }

    std::optional<credentials_error> set_up() {
        if (detail::is_true(detail::variable(from_, "AWS_EC2_METADATA_DISABLED"))) {
            return metadata_error(credentials_errc::not_configured, "AWS_EC2_METADATA_DISABLED is true");
        }
        auto profiles = read_config_files(from_);
        if (!profiles) return std::move(profiles.error());
        auto const& profile = (*profiles)[chosen_profile(from_)];
        auto const setting = [&](char const* variable, char const* name) {
            auto value = detail::variable(from_, variable);
            return value.empty() ? profile.get(name) : value;
        };
        v1_allowed_ = !detail::is_true(setting("AWS_EC2_METADATA_V1_DISABLED", "ec2_metadata_v1_disabled"));
        auto endpoint = setting("AWS_EC2_METADATA_SERVICE_ENDPOINT", "ec2_metadata_service_endpoint");
        auto const mode = setting("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE", "ec2_metadata_service_endpoint_mode");
        if (endpoint.empty()) {
            if (mode.empty() || detail::equals_ignore_case(mode, "IPv4")) endpoint = "http://169.254.169.254";
            else if (detail::equals_ignore_case(mode, "IPv6")) endpoint = "http://[fd00:ec2::254]";
            else return metadata_error(credentials_errc::invalid, "the endpoint mode is neither IPv4 nor IPv6");
        }
        auto root = detail::get_request(endpoint);
        if (!root || root->target.find('?') != std::string::npos) {
            return metadata_error(credentials_errc::invalid, "the endpoint is not a valid URI");
        }
        root_ = std::move(*root);
        if (root_.target.ends_with('/')) root_.target.pop_back();
        if (auto const text = setting("AWS_METADATA_SERVICE_TIMEOUT", "metadata_service_timeout"); !text.empty()) {
            auto const seconds = detail::parse_double(text);
            if (!seconds || !(*seconds > 0 && *seconds <= 60)) {
                return metadata_error(credentials_errc::invalid, "the time-out is not a positive number of seconds up to 60");
            }
            limits_.timeout = std::chrono::milliseconds(std::llround(std::ceil(*seconds * 1000)));
        }
        if (auto const text = setting("AWS_METADATA_SERVICE_NUM_ATTEMPTS", "metadata_service_num_attempts"); !text.empty()) {
            auto const attempts = detail::parse_integer<int>(text);
            if (!attempts || *attempts < 1 || *attempts > 10) {
                return metadata_error(credentials_errc::invalid, "the number of attempts is not an integer from 1 to 10");
            }
            limits_.attempts = *attempts;
        }
        return std::nullopt;
    }

    // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html
    std::optional<credentials_error> fetch_token() {
        auto request = root_;
        request.method = "PUT";
        request.target += "/latest/api/token";
        request.fields.add("x-aws-ec2-metadata-token-ttl-seconds", "21600");
        auto const response = detail::send_with_retries(from_, std::move(request), limits_);
        if (!response && response.error().condition != transport_errc::timed_out) {
            return metadata_error(detail::code_of(response.error()), response.error().message());
        }
        auto const status = response ? response->status : 0;
        if (status == 200) {
            token_ = response->body;
            if (token_.empty() || token_.size() > 1024 || !is_header_value(token_)) {
                return metadata_error(credentials_errc::malformed, "the token is not a valid header value");
            }
            return std::nullopt;
        }
        auto const reason = response ? "status " + std::to_string(status) : response.error().message();
        bool const has_no_tokens = !response || status == 403 || status == 404 || status == 405;
        if (has_no_tokens && v1_allowed_) return std::nullopt;
        bool const temporary = !response || status == 429 || status >= 500;
        return metadata_error(temporary ? credentials_errc::unavailable : credentials_errc::refused, "no token: " + reason);
    }

    // Requests `path`. Replaces a token that the service no longer accepts, once.
    result<http_response, credentials_error> get(std::string const& path) {
        for (bool first = true;; first = false) {
            auto request = root_;
            request.target += path;
            if (!token_.empty()) request.fields.add("x-aws-ec2-metadata-token", token_);
            auto response = detail::send_with_retries(from_, std::move(request), limits_);
            if (!response)
                return metadata_error(detail::code_of(response.error()),
                                      detail::quoted_reason(response.error().message(), {token_}));
            if (response->status != 401 || !first || token_.empty()) return std::move(*response);
            token_.clear();
            if (auto error = fetch_token()) return std::move(*error);
        }
    }

    std::string const& token() const noexcept { return token_; }

private:
    provider_environment const& from_;
    http_request root_; // its target is the prefix of each path
    bool v1_allowed_ = true;
    detail::retry_limits limits_{std::chrono::milliseconds(1000), 1, {}};
    std::string token_; // empty for version 1
};

// Returns the first line of a list of roles; empty if it is not a valid name of a role.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html#reference_iam-quotas-names
inline std::string_view role_name(std::string_view list) {
    auto name = detail::trim(list.substr(0, list.find('\n')));
    if (name.ends_with('\r')) name.remove_suffix(1);
    if (name.size() > 128) return {};
    for (char c : name) {
        bool const alphanumeric = (c >= '0' && c <= '9') || (detail::ascii_lower(c) >= 'a' && detail::ascii_lower(c) <= 'z');
        if (!alphanumeric && std::string_view("_+=,.@-").find(c) == std::string_view::npos) return {};
    }
    return name;
}

} // namespace detail::credentials_impl

[[gnu::cold]] credentials_result instance_credentials::operator()(credentials_context const& context) const {
    using detail::credentials_impl::metadata_error;
    detail::credentials_impl::metadata_service service(from, context);
    if (auto error = service.set_up()) return std::move(*error);
    if (auto error = service.fetch_token()) return std::move(*error);
    std::string path = "/latest/meta-data/iam/security-credentials/";
    auto const roles = service.get(path);
    if (!roles) return roles.error();
    if (roles->status == 404) return metadata_error(credentials_errc::not_configured, "the instance has no role");
    if (roles->status != 200) return detail::error_in_json(*roles, "instance metadata", service.token());
    auto const role = detail::credentials_impl::role_name(roles->body);
    if (role.empty()) return metadata_error(credentials_errc::malformed, "the name of the role is invalid");
    append_percent_encoded(path, role);
    auto const response = service.get(path);
    if (!response) return response.error();
    if (response->status != 200) return detail::error_in_json(*response, "instance metadata", service.token());
    return detail::credentials_in_json(response->body, detail::response_form::metadata, "instance metadata", from.now(),
                                       service.token());
}

} // namespace parley

#endif
