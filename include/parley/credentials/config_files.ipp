// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_CREDENTIALS_CONFIG_FILES_IPP
#define PARLEY_CREDENTIALS_CONFIG_FILES_IPP

#include <parley/core/detail/lower_case.hpp>
#include <parley/core/text.hpp>
#include <parley/credentials/config_files.hpp>
#include <parley/credentials/send_with_retries.hpp>

#include <algorithm>
#include <optional>
#include <utility>

namespace parley::inline PARLEY_ABI {

std::string const& config_profile::get(std::string_view setting) const {
    static std::string const empty;
    auto const found = settings_.find(setting);
    return found == settings_.end() ? empty : found->second;
}

void config_profile::add(config_profile other) {
    other.settings_.merge(settings_);
    settings_ = std::move(other.settings_);
}

namespace detail {

namespace credentials_impl {

// A comment begins at the start of a line or after white space.
inline std::string_view without_comment(std::string_view line) {
    for (std::size_t i = 0; i < line.size(); ++i) {
        if ((line[i] == '#' || line[i] == ';') && (i == 0 || line[i - 1] == ' ' || line[i - 1] == '\t')) return line.substr(0, i);
    }
    return line;
}

// Returns the name of the profile with this section heading; empty for other sections.
inline std::string_view profile_name(std::string_view heading, config_file kind) {
    if (kind == config_file::credentials || heading == "default") return heading;
    if (!heading.starts_with("profile ") && !heading.starts_with("profile\t")) return {};
    auto name = trim(heading.substr(8));
    for (char const quote : {'"', '\''}) {
        if (name.size() > 1 && name.front() == quote && name.back() == quote) return name.substr(1, name.size() - 2);
    }
    return name;
}

inline std::string home_of(provider_environment const& from) {
    for (auto const* name : {"HOME", "USERPROFILE"}) {
        if (auto home = variable(from, name); !home.empty()) return home;
    }
    return variable(from, "HOMEDRIVE") + variable(from, "HOMEPATH");
}

// Returns the path of a file; empty if the home directory is unknown.
inline std::string path_of(provider_environment const& from, std::string const& name, std::string_view usual) {
    auto path = variable(from, name);
    if (path.empty()) path = usual;
    if (!path.starts_with("~/")) return path;
    auto const home = home_of(from);
    return home.empty() ? home : home + path.substr(1);
}

} // namespace credentials_impl

[[gnu::cold]] std::size_t parse_config(std::string_view text, config_file kind, config_profiles& profiles) {
    if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
    config_profiles parsed;
    config_profiles plain_defaults; // [profile default] takes precedence over [default]
    config_profile* profile = nullptr;
    bool in_section = false, nested = false;
    for (std::size_t number = 1; !text.empty(); ++number) {
        auto const end = std::min(text.find('\n'), text.size());
        auto line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.ends_with('\r')) line.remove_suffix(1);
        bool const indented = line.starts_with(' ') || line.starts_with('\t');
        line = trim(credentials_impl::without_comment(line));
        if (line.empty()) continue;
        if (line.starts_with('[')) {
            if (!line.ends_with(']')) return number;
            auto const heading = trim(line.substr(1, line.size() - 2));
            auto const name = credentials_impl::profile_name(heading, kind);
            bool const plain_default = kind == config_file::config && heading == "default";
            profile = name.empty() ? nullptr : &(plain_default ? plain_defaults : parsed)[std::string(name)];
            in_section = true;
            nested = false;
            continue;
        }
        auto const equals = line.find('=');
        if (!in_section || equals == 0 || equals == line.npos) return number;
        // "s3 =" begins a group of indented settings, which are ignored.
        if (nested && indented) continue;
        auto const value = trim(line.substr(equals + 1));
        nested = value.empty();
        if (profile) profile->set(lower_case(trim(line.substr(0, equals))), std::string(value));
    }
    parsed.merge(plain_defaults);
    for (auto& [name, settings] : parsed) profiles[name].add(std::move(settings));
    return 0;
}

} // namespace detail

[[gnu::cold]] result<config_profiles, credentials_error> read_config_files(provider_environment const& from) {
    config_profiles profiles;
    struct file {
        detail::config_file kind;
        char const* variable;
        char const* usual;
    };
    for (auto const& [kind, name, usual] :
         {file{detail::config_file::config, "AWS_CONFIG_FILE", "~/.aws/config"},
          file{detail::config_file::credentials, "AWS_SHARED_CREDENTIALS_FILE", "~/.aws/credentials"}}) {
        auto const path = detail::credentials_impl::path_of(from, name, usual);
        if (path.empty()) continue;
        auto const error = [&path = path](std::string const& text) {
            return credentials_error{credentials_errc::invalid, "profile", path + ": " + text, {}};
        };
        auto const text = from.read_file(path);
        if (!text && text.error().missing) continue;
        if (!text) return error(text.error().text);
        if (auto const line = detail::parse_config(*text, kind, profiles)) {
            return error("line " + std::to_string(line) + ": expected a section, a setting or a comment");
        }
    }
    return profiles;
}

std::string chosen_profile(provider_environment const& from) {
    auto name = detail::variable(from, "AWS_PROFILE");
    return name.empty() ? "default" : name;
}

} // namespace parley

#endif
