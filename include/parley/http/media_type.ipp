// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_HTTP_MEDIA_TYPE_IPP
#define PARLEY_HTTP_MEDIA_TYPE_IPP

#include <parley/core/text.hpp>
#include <parley/http/media_type.hpp>

namespace parley::inline PARLEY_ABI::detail {

std::string_view essence_of(std::string_view media_type) noexcept { return trim(media_type.substr(0, media_type.find(';'))); }

namespace accept_header {

// Returns the specificity of a range that matches `type`: 3 for an exact match, 0 for none.
inline int specificity(std::string_view range, std::string_view type) noexcept {
    if (range == "*/*") return 1;
    if (range.ends_with("/*")) {
        range.remove_suffix(1);
        return equals_ignore_case(range, type.substr(0, range.size())) ? 2 : 0;
    }
    return equals_ignore_case(range, type) ? 3 : 0;
}

// Returns true for the weight 0, which means "not acceptable": "q=0", "q=0.", "q=0.000".
inline bool has_zero_weight(std::string_view parameters) noexcept {
    while (!parameters.empty()) {
        auto const end = parameters.find(';');
        auto const one = trim(parameters.substr(0, end));
        if (one.starts_with("q=") || one.starts_with("Q=")) return one.find_first_not_of("0.", 2) == one.npos;
        parameters = end == parameters.npos ? std::string_view() : parameters.substr(end + 1);
    }
    return false;
}

} // namespace accept_header

bool accepts(std::string_view accept, std::string_view type) noexcept {
    int best = 0;
    bool accepted = false;
    while (!accept.empty()) {
        auto const item = accept.substr(0, accept.find(','));
        accept.remove_prefix(item.size() == accept.size() ? item.size() : item.size() + 1);
        auto const semicolon = item.find(';');
        int const specificity = accept_header::specificity(essence_of(item), type);
        if (specificity <= best) continue;
        best = specificity;
        accepted = semicolon == item.npos || !accept_header::has_zero_weight(item.substr(semicolon + 1));
    }
    return accepted;
}

bool accepts(field_view const& message, std::string_view type) {
    if (!message.can_iterate()) {
        auto const accept = message.header("accept");
        return !accept || trim(*accept).empty() || accepts(*accept, type);
    }
    struct state {
        std::string_view type;
        bool any = false, accepted = false;
    } s{type};
    message.each_header(
        [](void* context, std::string_view name, std::string_view value) {
            auto& c = *static_cast<state*>(context);
            if (!equals_ignore_case(name, "accept") || trim(value).empty()) return;
            c.any = true;
            c.accepted |= accepts(value, c.type);
        },
        &s);
    return !s.any || s.accepted;
}

} // namespace parley::detail

#endif
