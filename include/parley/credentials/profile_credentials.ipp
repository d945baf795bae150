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

namespace {

class profile_resolver {
public:
    profile_resolver(provider_environment const& from, config_profiles const& profiles, credentials_context const& context)
        : from_(from), profiles_(profiles), context_(context) {}

    // Follows `source_profile` from one profile to the next; each comes at most once, but for one that is its own source.
    [[gnu::cold]] credentials_result resolve(std::string const& name) {
        auto const found = profiles_.find(name);
        if (found == profiles_.end()) return error(name, credentials_errc::invalid, "there is no such profile");
        auto const& profile = found->second;
        auto const& id = profile.get("aws_access_key_id");
        auto const& secret = profile.get("aws_secret_access_key");
        bool const has_keys = !id.empty() || !secret.empty();
        bool const is_source = !on_the_way_.empty();
        if (!profile.get("role_arn").empty() && !(is_source && has_keys)) return of_role(name, profile);
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
        return error(name, credentials_errc::not_configured, "it has no credentials");
    }

private:
    static credentials_error error(std::string const& name, credentials_errc code, std::string text) {
        return {code, "profile " + name, std::move(text), {}};
    }
    // An error of what a profile refers to, as one of the profile.
    static credentials_result named(std::string const& name, credentials_result given) {
        if (given) return given;
        auto const code = given.error().code;
        auto e = error(name, code == credentials_errc::not_configured ? credentials_errc::invalid : code, {});
        e.causes.push_back(std::move(given.error()));
        return e;
    }

    credentials_result of_role(std::string const& name, config_profile const& profile) {
        auto const& source = profile.get("source_profile");
        auto const& place = profile.get("credential_source");
        auto const& token_file = profile.get("web_identity_token_file");
        auto const invalid = [&](char const* text) { return error(name, credentials_errc::invalid, text); };
        if (!source.empty() + !place.empty() + !token_file.empty() != 1) {
            return invalid("role_arn needs one of source_profile, credential_source and web_identity_token_file");
        }
        if (!profile.get("mfa_serial").empty()) return invalid("a role that needs an MFA code is not supported");
        assumed_role role{.arn = profile.get("role_arn"),
                          .session_name = profile.get("role_session_name"),
                          .external_id = profile.get("external_id"),
                          .region = profile.get("region")};
        if (auto const& text = profile.get("duration_seconds"); !text.empty()) {
            auto const seconds = detail::parse_integer<std::int32_t>(text);
            if (!seconds || *seconds <= 0) return invalid("duration_seconds is no number of seconds");
            role.duration = std::chrono::seconds(*seconds);
        }
        if (!token_file.empty()) return named(name, web_identity_credentials{from_, std::move(role), token_file}(context_));
        any_credentials_provider provider;
        if (!source.empty()) {
            bool const own_source = source == name;
            if (std::find(on_the_way_.begin(), on_the_way_.end(), source) != on_the_way_.end()) {
                return invalid("source_profile leads back to a profile that was there before");
            }
            if (own_source && profile.get("aws_access_key_id").empty())
                return invalid("it is its own source_profile, but has no keys");
            if (on_the_way_.size() >= 16) return invalid("more than 16 roles in a chain");
            on_the_way_.push_back(name);
            provider = [this, &source] { return resolve(source); };
        } else if (place == "Environment") {
            provider = environment_credentials{from_};
        } else if (place == "Ec2InstanceMetadata") {
            provider = instance_credentials{from_};
        } else if (place == "EcsContainer") {
            provider = container_credentials{from_};
        } else {
            return invalid("credential_source is none of Environment, Ec2InstanceMetadata and EcsContainer");
        }
        return named(name, assume_role_credentials{from_, std::move(role), std::move(provider)}(context_));
    }

    provider_environment const& from_;
    config_profiles const& profiles_;
    credentials_context const& context_;
    std::vector<std::string> on_the_way_; // profiles whose role is to be assumed, the last first to be left
};

} // namespace

[[gnu::cold]] credentials_result profile_credentials::operator()(credentials_context const& context) const {
    auto const profiles = read_config_files(from);
    if (!profiles) return profiles.error();
    auto const name = profile.empty() ? chosen_profile(from) : profile;
    // Nobody asked for the default profile by name.
    if (name == "default" && !profiles->contains(name)) {
        return credentials_error{credentials_errc::not_configured, "profile default", "there is no such profile", {}};
    }
    return profile_resolver(from, *profiles, context).resolve(name);
}

} // namespace parley

#endif
