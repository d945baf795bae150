// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// A config file, a line "%%" and a credentials file. Properties:
//   - a file is parsed, or rejected with the number of one of its lines;
//   - the settings are those that an independent parser finds: comments, sections, quoted names, nested settings;
//   - line ends of Windows do not change the result;
//   - a rejected file adds no settings;
//   - both files are merged, the credentials file takes precedence, and an error text contains nothing of the files.
#include "fuzz.hpp"

#include <parley/credentials/config_files.hpp>

#include <support/scripted_environment.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace {

using parley::detail::config_file;
using settings = std::map<std::string, std::map<std::string, std::string>>; // by profile, by name

std::string trimmed(std::string_view text) {
    auto const first = text.find_first_not_of(" \t");
    return first == text.npos ? std::string() : std::string(text.substr(first, text.find_last_not_of(" \t") - first + 1));
}

std::string lower(std::string text) {
    for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return text;
}

// The independent parser, for well-formed files: https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html
class reader {
public:
    explicit reader(config_file kind) : kind_(kind) {}

    settings read(std::string_view text) {
        if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
        while (!text.empty()) {
            std::string line(fuzz::take_line(text));
            if (line.ends_with('\r')) line.pop_back();
            read_line(line);
        }
        // "[profile default]" takes precedence over "[default]".
        if (auto const full = found_.find(full_default); full != found_.end()) {
            found_["default"] = full->second;
            found_.erase(full);
        }
        return found_;
    }

private:
    void read_line(std::string line) {
        bool const indented = !line.empty() && (line[0] == ' ' || line[0] == '\t');
        for (std::size_t i = 0; i < line.size(); ++i) {
            bool const may_begin = i == 0 || line[i - 1] == ' ' || line[i - 1] == '\t';
            if (may_begin && (line[i] == '#' || line[i] == ';')) line.resize(i);
        }
        line = trimmed(line);
        if (line.empty()) return;
        if (line[0] == '[') {
            profile_ = name_of(trimmed(std::string_view(line).substr(1, line.size() - 2)));
            if (!profile_.empty()) found_[profile_];
            in_group_ = false;
            return;
        }
        if (in_group_ && indented) return;
        auto const equals = line.find('=');
        auto const value = trimmed(std::string_view(line).substr(equals + 1));
        in_group_ = value.empty();
        if (!profile_.empty()) found_[profile_][lower(trimmed(std::string_view(line).substr(0, equals)))] = value;
    }

    std::string name_of(std::string const& heading) const {
        if (kind_ == config_file::credentials || heading == "default") return heading;
        if (heading.rfind("profile ", 0) != 0 && heading.rfind("profile\t", 0) != 0) return {};
        auto name = trimmed(std::string_view(heading).substr(8));
        bool const quoted = name.size() > 1 && name.front() == name.back() && (name[0] == '"' || name[0] == '\'');
        if (quoted) name = name.substr(1, name.size() - 2);
        return name == "default" ? full_default : name;
    }

    static constexpr char const* full_default = "\n"; // the key of "[profile default]" during parsing
    config_file kind_;
    settings found_;
    std::string profile_;
    bool in_group_ = false;
};

// A profile has no list of its settings, so all names of the text are looked up.
std::set<std::string> names_in(std::string_view text) {
    std::set<std::string> names;
    while (!text.empty()) {
        auto const line = fuzz::take_line(text);
        names.insert(lower(trimmed(line.substr(0, line.find('=')))));
    }
    return names;
}

void must_be(parley::config_profiles const& found, settings const& expected, std::set<std::string> const& names) {
    fuzz::must(found.size() == expected.size(), "the profiles are those of the file");
    for (auto const& [name, profile] : found) {
        auto const other = expected.find(name);
        fuzz::must(other != expected.end(), "a profile is one of the file");
        for (auto const& setting : names) {
            auto const value = other->second.find(setting);
            fuzz::must(profile.get(setting) == (value == other->second.end() ? "" : value->second),
                       "a setting has the value that the file has");
        }
    }
}

std::size_t check_file(std::string_view text, config_file kind) {
    parley::config_profiles profiles;
    auto const refused = parley::detail::parse_config(text, kind, profiles);
    fuzz::must(refused <= 1 + static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')), "a line is one of the file");
    fuzz::must(!refused || profiles.empty(), "a rejected file adds no settings");
    auto const expected = refused ? settings() : reader(kind).read(text);
    auto const names = names_in(text);
    must_be(profiles, expected, names);

    if (text.find('\r') != text.npos) return refused;
    parley::config_profiles others;
    fuzz::must(parley::detail::parse_config(fuzz::replaced(text, "\n", "\r\n"), kind, others) == refused,
               "line ends do not change the result");
    must_be(others, expected, names);
    return refused;
}

void check_both(std::string const& config, std::string const& credentials, std::size_t bad_config, std::size_t bad_credentials) {
    test::machine m;
    m.variables = {{"HOME", "/h"}};
    m.files = {{"/h/.aws/config", config}, {"/h/.aws/credentials", credentials}};
    auto const found = parley::read_config_files(m.provider_environment());
    fuzz::must(found.has_value() == (bad_config == 0 && bad_credentials == 0), "a chain needs two well-formed files");
    if (!found) {
        auto const file = bad_config ? "/h/.aws/config" : "/h/.aws/credentials";
        auto const line = std::to_string(bad_config ? bad_config : bad_credentials);
        fuzz::must(found.error().message()
                       == std::string("profile: invalid configuration: ") + file + ": line " + line
                              + ": expected a section, a setting or a comment",
                   "an error text has the line and nothing else of the file");
        return;
    }
    auto expected = reader(config_file::config).read(config);
    for (auto const& [name, profile] : reader(config_file::credentials).read(credentials)) {
        auto& into = expected[name];
        for (auto const& [setting, value] : profile) into[setting] = value;
    }
    must_be(*found, expected, names_in(config + '\n' + credentials));
}

} // namespace

void fuzz::try_text(std::string_view text) {
    auto const end = std::min(text.find("\n%%\n"), text.size());
    std::string const config(text.substr(0, end)), credentials(text.substr(std::min(end + 4, text.size())));
    // The scripted machine gives this content a special meaning.
    if (config == "(unreadable)" || credentials == "(unreadable)") return;
    auto const bad_config = check_file(config, config_file::config);
    check_file(config, config_file::credentials);
    check_both(config, credentials, bad_config, check_file(credentials, config_file::credentials));
}
