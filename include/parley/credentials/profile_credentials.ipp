// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_CREDENTIALS_PROFILE_CREDENTIALS_IPP
#define PARLEY_CREDENTIALS_PROFILE_CREDENTIALS_IPP

#include <parley/core/number.hpp>
#include <parley/credentials/assume_role.hpp>
#include <parley/credentials/config_files.hpp>
#include <parley/credentials/container_credentials.hpp>
#include <parley/credentials/environment_credentials.hpp>
#include <parley/credentials/instance_credentials.hpp>
#include <parley/credentials/process_credentials.hpp>
#include <parley/credentials/profile_credentials.hpp>
#include <parley/credentials/send_with_retries.hpp>

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

namespace parley::inline PARLEY_ABI {

namespace detail::credentials_impl {

class profile_resolver {
public:
    profile_resolver(provider_environment const& from, config_profiles const& profiles, credentials_context const& context)
        : from_(from), profiles_(profiles), context_(context) {}

    // Follows `source_profile` from profile to profile. Only a profile that is its own source may occur twice.
    [[gnu::cold]] credentials_result resolve(std::string const& name) {
        auto const found = profiles_.find(name);
        if (found == profiles_.end()) return error(name, credentials_errc::invalid, "the profile does not exist");
        auto const& profile = found->second;
        auto const& id = profile.get("aws_access_key_id");
        auto const& secret = profile.get("aws_secret_access_key");
        bool const has_keys = !id.empty() || !secret.empty();
        bool const is_source = !visited_.empty();
        if (!profile.get("role_arn").empty() && !(is_source && has_keys)) return role_credentials(name, profile);
        if (has_keys) {
            if (secret.empty()) return error(name, credentials_errc::invalid, "aws_secret_access_key is missing");
            if (id.empty()) return error(name, credentials_errc::invalid, "aws_access_key_id is missing");
            return aws_credentials{
                .access_key_id = id, .secret_access_key = secret, .session_token = profile.get("aws_session_token")};
        }
        if (auto const& command = profile.get("credential_process"); !command.empty()) {
            return named(name, process_credentials{from_, command}());
        }
        for (auto const* setting : {"sso_session", "sso_account_id", "sso_start_url", "login_session"}) {
            if (!profile.get(setting).empty())
                return error(name, credentials_errc::invalid, std::string(setting) + " is not supported");
        }
        return error(name, credentials_errc::not_configured, "the profile has no credentials");
    }

private:
    static credentials_error error(std::string const& name, credentials_errc code, std::string text) {
        return {code, "profile " + name, std::move(text), {}};
    }
    // Turns an error of a provider that the profile refers to into an error of the profile.
    static credentials_result named(std::string const& name, credentials_result provided) {
        if (provided) return provided;
        auto const code = provided.error().code;
        auto e = error(name, code == credentials_errc::not_configured ? credentials_errc::invalid : code, {});
        e.causes.push_back(std::move(provided.error()));
        return e;
    }

    // Returns the provider of a `credential_source`; empty if the name is unknown.
    any_credentials_provider provider_named(std::string_view source) const {
        if (source == "Environment") return environment_credentials{from_};
        if (source == "Ec2InstanceMetadata") return instance_credentials{from_};
        if (source == "EcsContainer") return container_credentials{from_};
        return {};
    }

    credentials_result role_credentials(std::string const& name, config_profile const& profile) {
        auto const& source = profile.get("source_profile");
        auto const& named_source = profile.get("credential_source");
        auto const& token_file = profile.get("web_identity_token_file");
        auto const invalid = [&](char const* text) { return error(name, credentials_errc::invalid, text); };
        if (!source.empty() + !named_source.empty() + !token_file.empty() != 1) {
            return invalid("role_arn requires exactly one of source_profile, credential_source and web_identity_token_file");
        }
        if (!profile.get("mfa_serial").empty()) return invalid("roles that require an MFA code are not supported");
        assumed_role role{.arn = profile.get("role_arn"),
                          .session_name = profile.get("role_session_name"),
                          .external_id = profile.get("external_id"),
                          .region = profile.get("region")};
        if (auto const& text = profile.get("duration_seconds"); !text.empty()) {
            auto const seconds = detail::parse_integer<std::int32_t>(text);
            if (!seconds || *seconds <= 0) return invalid("duration_seconds is not a positive number");
            role.duration = std::chrono::seconds(*seconds);
        }
        if (!token_file.empty()) return named(name, web_identity_credentials{from_, std::move(role), token_file}(context_));
        auto provider = source.empty() ? provider_named(named_source) : any_credentials_provider();
        if (!source.empty()) {
            bool const own_source = source == name;
            if (std::find(visited_.begin(), visited_.end(), source) != visited_.end()) {
                return invalid("source_profile forms a cycle");
            }
            if (own_source && profile.get("aws_access_key_id").empty())
                return invalid("the profile is its own source_profile, but has no keys");
            if (visited_.size() >= 16) return invalid("more than 16 roles in a chain");
            visited_.push_back(name);
            provider = [this, &source] { return resolve(source); };
        } else if (!provider) {
            return invalid("credential_source is not one of Environment, Ec2InstanceMetadata and EcsContainer");
        }
        return named(name, assume_role_credentials{from_, std::move(role), std::move(provider)}(context_));
    }

    provider_environment const& from_;
    config_profiles const& profiles_;
    credentials_context const& context_;
    std::vector<std::string> visited_; // the profiles whose roles are being resolved
};

} // namespace detail::credentials_impl

[[gnu::cold]] credentials_result profile_credentials::operator()(credentials_context const& context) const {
    auto const profiles = read_config_files(from);
    if (!profiles) return profiles.error();
    auto const name = profile.empty() ? chosen_profile(from) : profile;
    // The default profile is optional, so a chain goes on without it.
    if (name == "default" && !profiles->contains(name)) {
        return credentials_error{credentials_errc::not_configured, "profile default", "the profile does not exist", {}};
    }
    return detail::credentials_impl::profile_resolver(from, *profiles, context).resolve(name);
}

} // namespace parley

#endif
