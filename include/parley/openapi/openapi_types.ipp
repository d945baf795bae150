// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_OPENAPI_OPENAPI_TYPES_IPP
#define PARLEY_OPENAPI_OPENAPI_TYPES_IPP

#include <parley/openapi/openapi_types.hpp>

#include <map>
#include <set>
#include <string>
#include <string_view>

namespace parley::inline PARLEY_ABI::detail {

namespace openapi {

inline std::size_t last_part(std::string_view qualified) {
    auto const colon = qualified.substr(0, qualified.find('<')).rfind(':');
    return colon == qualified.npos ? 0 : colon + 1;
}

// "All objects must use keys that match the regular expression ^[a-zA-Z0-9\.\-_]+$":
// https://spec.openapis.org/oas/v3.1.0#components-object
inline std::string component_key(std::string_view qualified) {
    std::string out;
    for (std::size_t i = 0; i < qualified.size(); ++i) {
        char const c = qualified[i];
        bool const alphanumeric = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (qualified.substr(i).starts_with("::")) out += '.', ++i;
        else out += alphanumeric || c == '_' ? c : '_';
    }
    return out;
}

} // namespace openapi

std::string openapi_types::brief(std::string_view qualified) const {
    for (auto const scope : scopes_) {
        if (qualified.starts_with(scope) && qualified.substr(scope.size()).starts_with("::"))
            return openapi::component_key(qualified.substr(openapi::last_part(scope)));
    }
    return openapi::component_key(qualified.substr(openapi::last_part(qualified)));
}

void openapi_types::give_names() {
    std::map<std::string, std::set<std::string_view>> uses;
    std::set<std::string_view> closed;
    for (auto& [shape, type] : all_) {
        uses[type.name = brief(type.qualified_name)].insert(type.qualified_name);
        if (!type.open) closed.insert(type.qualified_name);
    }
    for (auto& [shape, type] : all_) {
        if (uses[type.name].size() > 1) type.name = openapi::component_key(type.qualified_name);
    }
    for (auto& [shape, type] : all_) {
        if (type.open && closed.contains(type.qualified_name)) type.name += ".open";
    }
}

} // namespace parley::detail

#endif
