// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_EXCHANGE_REDACTION_IPP
#define PARLEY_EXCHANGE_REDACTION_IPP

#include <parley/core/text.hpp>
#include <parley/exchange/redaction.hpp>
#include <parley/http/uri.hpp>

#include <algorithm>
#include <vector>

namespace parley::inline PARLEY_ABI {

[[gnu::cold]] bool is_secret_name(std::string_view name) noexcept {
    // Parts of names are enough, so that x-my-api-key is a secret, too. Redacting too much does little harm.
    for (std::string_view const part : {"auth", "token", "secret", "password", "credential", "signature", "cookie", "api-key",
                                        "apikey", "access-key", "accesskey", "session"}) {
        auto const found = std::search(name.begin(), name.end(), part.begin(), part.end(),
                                       [](char a, char b) { return detail::ascii_lower(a) == b; });
        if (found != name.end()) return true;
    }
    return detail::equals_ignore_case(name, "key");
}

namespace detail {

namespace exchange_impl {

// Shapes may be recursive; each is visited once.
inline bool search_sensitive(shape const& target, std::vector<shape const*>& seen) {
    if (std::find(seen.begin(), seen.end(), &target) != seen.end()) return false;
    seen.push_back(&target);
    switch (target.kind) {
    case shape_kind::structure:
    case shape_kind::tagged_union:
        for (std::size_t i = 0; i < target.structure->count; ++i) {
            auto const& m = target.structure->members[i];
            if (m.sensitive || search_sensitive(*m.value.target, seen)) return true;
        }
        return false;
    case shape_kind::list: return search_sensitive(*target.list->item.target, seen);
    case shape_kind::map: return search_sensitive(*target.map->value.target, seen);
    default: return false;
    }
}

inline bool binds_sensitive(message_binding const& binding, template_place first, template_place second) {
    return std::any_of(binding.parts.begin(), binding.parts.end(), [&](bound_part const& part) {
        return (part.place == first || part.place == second) && part.member && part.member->sensitive;
    });
}

// Returns the template of the path: "/patients/{name}".
inline std::string path_template(message_binding const& binding) {
    std::string path;
    for (auto const& part : binding.parts) {
        if (part.place == template_place::path_text) path += part.text;
        else if (part.place == template_place::path_label || part.place == template_place::path_greedy)
            path.append("{").append(part.member->cpp_name()).append("}");
    }
    return path;
}

// The server decodes the names of parameters, so "%74oken" is a secret name, too.
inline bool is_secret_parameter(std::string_view encoded) {
    if (encoded.find('%') == encoded.npos) return is_secret_name(encoded);
    auto const name = percent_decode(encoded);
    return is_secret_name(name ? *name : encoded);
}

// Replaces the values of secret parameters.
inline std::string safe_query(std::string_view query) {
    std::string safe;
    while (!query.empty()) {
        auto const one = query.substr(0, query.find('&'));
        query.remove_prefix(std::min(one.size() + 1, query.size()));
        auto const equals = std::min(one.find('='), one.size());
        safe.append(safe.empty() ? "?" : "&");
        if (equals < one.size() && is_secret_parameter(one.substr(0, equals)))
            safe.append(one.substr(0, equals + 1)).append(redacted);
        else safe.append(one);
    }
    return safe;
}

} // namespace exchange_impl

bool may_hold_sensitive(shape const& target) {
    std::vector<shape const*> seen;
    return exchange_impl::search_sensitive(target, seen);
}

[[gnu::cold]] bool may_answer_sensitive(operation_table const& op) {
    return may_hold_sensitive(*op.output)
           || std::any_of(op.errors.begin(), op.errors.end(), [](error_entry const* e) { return may_hold_sensitive(*e->what); });
}

[[gnu::cold]] std::string safe_target(message_binding const& binding, std::string_view target) {
    using enum template_place;
    auto const question = std::min(target.find('?'), target.size());
    auto safe = exchange_impl::binds_sensitive(binding, path_label, path_greedy) ? exchange_impl::path_template(binding)
                                                                                 : std::string(target.substr(0, question));
    if (question == target.size()) return safe;
    if (exchange_impl::binds_sensitive(binding, query_member, query_map)) return safe.append("?").append(redacted);
    return safe + exchange_impl::safe_query(target.substr(question + 1));
}

std::string_view safe_authority(message_binding const& binding, std::string_view authority) {
    return exchange_impl::binds_sensitive(binding, template_place::host_label, template_place::host_label) ? redacted : authority;
}

[[gnu::cold]] std::string_view safe_field(message_binding const& binding, std::string_view name, std::string_view value) {
    bool const bound = std::any_of(binding.parts.begin(), binding.parts.end(), [name](bound_part const& part) {
        if (!part.member || !part.member->sensitive) return false;
        if (part.place == template_place::header_member) return equals_ignore_case(part.name, name);
        return part.place == template_place::header_map && equals_ignore_case(part.name, name.substr(0, part.name.size()));
    });
    return bound || is_secret_name(name) ? redacted : value;
}

} // namespace detail
} // namespace parley

#endif
