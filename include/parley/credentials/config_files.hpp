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

/// The settings of a profile: names in lower case, values as they are written. They may be secrets.
class config_profile {
public:
    /// Empty if there is no such setting.
    std::string const& get(std::string_view setting) const;
    void set(std::string setting, std::string value) { settings_[std::move(setting)] = std::move(value); }
    /// Takes over all settings of `other`, which outrank those that are there.
    void add(config_profile other);

private:
    std::map<std::string, std::string, std::less<>> settings_;
};

using config_profiles = std::map<std::string, config_profile, std::less<>>;

/// Reads the profiles of the shared config file (AWS_CONFIG_FILE, else ~/.aws/config) and of the credentials file
/// (AWS_SHARED_CREDENTIALS_FILE, else ~/.aws/credentials), whose settings outrank the others. A file that does not exist
/// is an empty one. Fails if a file cannot be read, or has a line that is none: the error has its number, not its text.
/// https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html
result<config_profiles, credentials_error> read_config_files(provider_environment const& from);

/// The profile to use: AWS_PROFILE, else "default".
std::string chosen_profile(provider_environment const& from);

namespace detail {

enum class config_file { config, credentials };

/// Adds the profiles of `text`. Returns the number of the first line that is none of the format; 0 if all are.
std::size_t parse_config(std::string_view text, config_file kind, config_profiles& profiles);

} // namespace detail
} // namespace parley

#endif
