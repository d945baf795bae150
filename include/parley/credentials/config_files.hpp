// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_CREDENTIALS_CONFIG_FILES_HPP
#define PARLEY_CREDENTIALS_CONFIG_FILES_HPP

#include <parley/auth/credentials.hpp>
#include <parley/core/config.hpp>
#include <parley/core/result.hpp>
#include <parley/credentials/provider_environment.hpp>

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace parley::inline PARLEY_ABI {

/// The settings of a profile: lower-case names and unmodified values. Values may be secrets.
class config_profile {
public:
    /// Returns the value of a setting; empty if it is missing.
    std::string const& get(std::string_view setting) const;
    /// Sets a value.
    void set(std::string setting, std::string value) { settings_[std::move(setting)] = std::move(value); }
    /// Adds the settings of `other`, which replace existing ones.
    void add(config_profile other);

private:
    std::map<std::string, std::string, std::less<>> settings_;
};

/// Profiles by name.
using config_profiles = std::map<std::string, config_profile, std::less<>>;

/// Reads the profiles of the shared config file (AWS_CONFIG_FILE, else ~/.aws/config) and of the credentials file
/// (AWS_SHARED_CREDENTIALS_FILE, else ~/.aws/credentials). Settings of the credentials file take precedence. A missing file counts as
/// empty.
///
/// @return The profiles. An error if a file cannot be read or has an invalid line. The error contains the number of the line, but not
///         its text, which may be secret.
///
/// https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html
result<config_profiles, credentials_error> read_config_files(provider_environment const& from);

/// Returns the name of the selected profile: AWS_PROFILE, else "default".
std::string chosen_profile(provider_environment const& from);

namespace detail {

enum class config_file { config, credentials };

/// Adds the profiles of `text`. Returns the number of the first invalid line, or 0.
std::size_t parse_config(std::string_view text, config_file kind, config_profiles& profiles);

} // namespace detail
} // namespace parley

#endif
