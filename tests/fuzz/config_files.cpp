// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// A file of profiles. Promised is:
//   - it is read, or refused with the number of one of its lines;
//   - lines that end as on Windows say the same;
//   - a file that is refused adds nothing.
#include "fuzz.hpp"

#include <parley/credentials/config_files.hpp>

#include <algorithm>
#include <string>

namespace {

// Profiles have no comparison: their settings are asked for by the names that the text may have.
bool same(parley::config_profiles const& a, parley::config_profiles const& b, std::string_view text) {
    if (a.size() != b.size()) return false;
    for (auto const& [name, profile] : a) {
        auto const other = b.find(name);
        if (other == b.end()) return false;
        for (auto rest = text; !rest.empty();) {
            auto line = fuzz::take_line(rest);
            std::string setting;
            for (char c : line.substr(0, line.find('='))) {
                if (c != ' ' && c != '\t') setting += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
            }
            if (profile.get(setting) != other->second.get(setting)) return false;
        }
    }
    return true;
}

} // namespace

void fuzz::try_text(std::string_view text) {
    for (auto const kind : {parley::detail::config_file::config, parley::detail::config_file::credentials}) {
        parley::config_profiles profiles;
        auto const refused = parley::detail::parse_config(text, kind, profiles);
        must(refused <= 1 + static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')), "a line is one of the file");
        must(!refused || profiles.empty(), "what is refused adds nothing");

        if (text.find('\r') != text.npos) continue;
        std::string windows;
        for (char c : text) windows.append(c == '\n' ? "\r\n" : std::string(1, c));
        parley::config_profiles others;
        must(parley::detail::parse_config(windows, kind, others) == refused, "the ends of lines say nothing");
        must(same(profiles, others, text), "the ends of lines say nothing");
    }
}
