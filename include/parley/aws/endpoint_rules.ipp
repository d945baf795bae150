// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_AWS_ENDPOINT_RULES_IPP
#define PARLEY_AWS_ENDPOINT_RULES_IPP

#include <parley/aws/detail/rule_value.hpp>
#include <parley/aws/endpoint_rules.hpp>
#include <parley/core/text.hpp>
#include <parley/http/uri.hpp>
#include <parley/json/decode.hpp>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <span>
#include <utility>

namespace parley::inline PARLEY_ABI {

namespace detail::aws_impl {

inline bool are_host_labels(std::string_view text) {
    for (;;) {
        auto const dot = text.find('.');
        if (!is_host_label(text.substr(0, dot))) return false;
        if (dot == text.npos) return true;
        text = text.substr(dot + 1);
    }
}

// Thrown for an invalid rule.
struct invalid_rule {
    std::string reason;
};

[[noreturn]] inline void fail_rule(std::string_view reason, std::string_view name = {}) {
    throw invalid_rule{std::string(reason).append(name)};
}

// Checked access to values.
inline rule_value const& expect(rule_value const& v, rule_value::type kind) {
    using type = rule_value::type;
    if (v.kind != kind)
        fail_rule(kind == type::object ? "expected an object" : kind == type::list ? "expected an array" : "expected a string");
    return v;
}
inline std::string const& text_of(rule_value const& v) { return expect(v, rule_value::type::text).text; }
inline rule_value const& member_of(rule_value const& v, std::string_view name) {
    auto const* const member = expect(v, rule_value::type::object).find(name);
    if (!member) fail_rule("missing member ", name);
    return *member;
}
inline std::span<rule_value const> items_if(rule_value const& v, rule_value::type kind) {
    return v.kind == kind ? std::span<rule_value const>(v.items) : std::span<rule_value const>();
}
inline std::vector<rule_value> const& list_of(rule_value const& v) { return expect(v, rule_value::type::list).items; }

// The functions that rules can call: https://smithy.io/2.0/additional-specs/rules-engine/standard-library.html
struct rule_functions {
    using value = rule_value;
    using type = rule_value::type;

    // "authority", "resourceId[1]", "a.b"
    static value const& attribute(value const& whole, std::string_view path) {
        static value const absent;
        auto const* v = &whole;
        while (!path.empty() && v->is_set()) {
            auto const dot = path.find('.');
            auto part = path.substr(0, dot);
            path = dot == path.npos ? std::string_view() : path.substr(dot + 1);
            std::optional<std::size_t> index;
            if (auto const bracket = part.find('['); bracket != part.npos && part.ends_with(']')) {
                index = 0;
                for (char c : part.substr(bracket + 1, part.size() - bracket - 2)) {
                    if (c < '0' || c > '9' || *index > 100'000) fail_rule("invalid index");
                    index = *index * 10 + static_cast<std::size_t>(c - '0');
                }
                part = part.substr(0, bracket);
            }
            if (!part.empty()) v = &(*v)[part];
            if (index) v = v->kind == type::list && *index < v->items.size() ? &v->items[*index] : &absent;
        }
        return *v;
    }

    static value substring(std::string_view input, std::size_t start, std::size_t stop, bool reverse) {
        bool const ascii = std::all_of(input.begin(), input.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
        if (start >= stop || input.size() < stop || !ascii) return {};
        return rule_text(reverse ? input.substr(input.size() - stop, stop - start) : input.substr(start, stop - start));
    }

    static value encoded(std::string_view input) {
        std::string out;
        append_percent_encoded(out, input);
        return rule_text(out);
    }

    static value split(std::string_view input, std::string_view delimiter, std::size_t limit) {
        if (delimiter.empty()) fail_rule("empty delimiter of split");
        value parts(type::list);
        for (;;) {
            auto const at = limit != 0 && parts.items.size() + 1 >= limit ? input.npos : input.find(delimiter);
            parts.items.push_back(rule_text(input.substr(0, at)));
            if (at == input.npos) return parts;
            input = input.substr(at + delimiter.size());
        }
    }

    static value parse_url(std::string_view input) {
        auto const url = parse_endpoint(input); // rejects a query
        if (!url) return {};
        auto const authority = input.substr(input.find("://") + 3);
        auto const path = url->path.empty() ? std::string("/") : url->path;
        bool const numeric = std::count(url->host.begin(), url->host.end(), '.') == 3
                             && url->host.find_first_not_of("0123456789.") == std::string::npos;
        value parts(type::object);
        parts.add_text("scheme", url->scheme);
        parts.add_text("authority", authority.substr(0, authority.find('/')));
        parts.add_text("path", path);
        parts.add_text("normalizedPath", path.ends_with('/') ? path : path + '/');
        parts.add_flag("isIp", numeric || url->host.starts_with('['));
        return parts;
    }

    static value partition(std::string_view region, std::span<aws_partition const> partitions) {
        auto const& p = partition_of(region, partitions);
        value parts(type::object);
        parts.add_text("name", p.name);
        parts.add_text("dnsSuffix", p.dns_suffix);
        parts.add_text("dualStackDnsSuffix", p.dualstack_dns_suffix);
        parts.add_text("implicitGlobalRegion", p.implicit_global_region);
        parts.add_flag("supportsFIPS", p.supports_fips);
        parts.add_flag("supportsDualStack", p.supports_dualstack);
        return parts;
    }

    // arn:partition:service:region:account:resource. The resource is split at ":" and "/".
    static value parse_arn(std::string_view arn) {
        std::string_view parts[5];
        for (auto& part : parts) {
            auto const colon = arn.find(':');
            if (colon == arn.npos) return {};
            part = arn.substr(0, colon);
            arn = arn.substr(colon + 1);
        }
        if (parts[0] != "arn" || parts[1].empty() || parts[2].empty() || arn.empty()) return {};
        value members(type::object), resource(type::list);
        members.add_text("partition", parts[1]);
        members.add_text("service", parts[2]);
        members.add_text("region", parts[3]);
        members.add_text("accountId", parts[4]);
        for (;;) {
            auto const end = arn.find_first_of(":/");
            resource.items.push_back(rule_text(arn.substr(0, end)));
            if (end == arn.npos) break;
            arn = arn.substr(end + 1);
        }
        members.add("resourceId", std::move(resource));
        return members;
    }

    // https://smithy.io/2.0/aws/rules-engine/library-functions.html#awsisvirtualhostables3bucket
    static bool is_bucket_host(std::string_view bucket, bool dots) {
        if (bucket.size() < 3 || bucket.size() > 63 || !(dots ? are_host_labels(bucket) : is_host_label(bucket))) return false;
        for (char c : bucket) {
            if (c >= 'A' && c <= 'Z') return false;
        }
        bool const like_ip =
            std::count(bucket.begin(), bucket.end(), '.') == 3 && bucket.find_first_not_of("0123456789.") == bucket.npos;
        return !like_ip && bucket.find(".-") == bucket.npos && bucket.find("-.") == bucket.npos;
    }
};

// The arguments of a function call.
struct rule_arguments {
    std::string_view function;
    std::vector<rule_value> values;

    rule_value const& operator[](std::size_t i) const {
        if (i >= values.size()) fail_rule("too few arguments of ", function);
        return values[i];
    }
    std::string_view text(std::size_t i) const { return text_of((*this)[i]); }
    bool flag(std::size_t i) const {
        auto const& v = (*this)[i];
        if (v.kind != rule_value::type::boolean) fail_rule("expected a boolean as an argument of ", function);
        return v.boolean;
    }
    std::size_t number(std::size_t i) const {
        auto const& v = (*this)[i];
        if (v.kind != rule_value::type::number || v.number < 0)
            fail_rule("expected a non-negative number as an argument of ", function);
        return static_cast<std::size_t>(v.number);
    }
};

// Limits the text and the number of values of one evaluation. Without a limit, a rule set in which each condition assigns a variable
// that contains the previous one twice needs memory that is exponential in its length.
class rule_budget {
public:
    void spend(std::size_t amount) {
        if (amount > left_) fail_rule("the values exceed the size limit");
        left_ -= amount;
    }
    void spend_on_copy(rule_value const& v) {
        spend(16 + v.text.size());
        for (auto const& item : v.items) spend_on_copy(item);
    }

private:
    std::size_t left_ = std::size_t{1} << 20; // about 10,000 references to names and addresses
};

// One evaluation of a rule set.
class rule_evaluator {
public:
    rule_evaluator(rule_value const& document, std::span<aws_partition const> partitions)
        : document_(document), partitions_(partitions) {}

    result<resolved_endpoint, endpoint_error> run(endpoint_parameters const& values) {
        for (auto const& declared : expect(member_of(document_, "parameters"), type::object).items) {
            auto v = parameter(values, declared.name);
            if (!v.is_set()) v = value(declared["default"]);
            if (!v.is_set() && declared["required"].boolean) return endpoint_error{"missing endpoint parameter " + declared.name};
            set(declared.name, std::move(v));
        }
        if (!evaluate(member_of(document_, "rules"))) fail(no_rule);
        return std::move(*outcome_);
    }

private:
    using value = rule_value;
    using type = rule_value::type;
    using functions = rule_functions;
    static constexpr std::string_view no_rule = "no endpoint rule matches the parameters";

    static value parameter(endpoint_parameters const& values, std::string const& name) {
        auto const found = values.find(name);
        if (found == values.end()) return {};
        if (auto const* text = std::get_if<std::string>(&found->second)) return rule_text(*text);
        if (auto const* flag = std::get_if<bool>(&found->second)) return rule_flag(*flag);
        value list(type::list);
        for (auto const& text : std::get<std::vector<std::string>>(found->second)) list.items.push_back(rule_text(text));
        return list;
    }

    void fail(std::string_view reason) { outcome_.emplace(endpoint_error{std::string(reason)}); }
    void set(std::string_view name, value v) {
        v.name = name;
        variables_.push_back(std::move(v));
    }
    value const& get(std::string_view name) const {
        for (auto i = variables_.rbegin(); i != variables_.rend(); ++i) {
            if (i->name == name) return *i;
        }
        fail_rule("unknown reference ", name);
    }

    // "Rules are evaluated in the order they are defined". The first rule whose conditions hold ends the search. Returns whether there
    // is one.
    [[gnu::cold]] bool evaluate(value const& rules) {
        for (auto const& rule : list_of(rules)) {
            auto const scope = variables_.size();
            bool const holds = conditions_hold(rule);
            if (holds) conclude(rule);
            while (variables_.size() > scope) variables_.pop_back();
            if (holds) return true;
        }
        return false;
    }

    bool conditions_hold(value const& rule) {
        for (auto const& condition : list_of(member_of(rule, "conditions"))) {
            auto v = call(condition);
            if (!v.is_set() || (v.kind == type::boolean && !v.boolean)) return false;
            if (auto const& name = condition["assign"]; name.kind == type::text) set(name.text, std::move(v));
        }
        return true;
    }

    [[gnu::cold]] void conclude(value const& rule) {
        auto const& kind = text_of(member_of(rule, "type"));
        if (kind == "error") return fail(text_of(expression(member_of(rule, "error"))));
        if (kind == "endpoint") return make_endpoint(member_of(rule, "endpoint"));
        if (kind != "tree") fail_rule("unknown rule type ", kind);
        if (!evaluate(member_of(rule, "rules"))) fail(no_rule);
    }

    void make_endpoint(value const& described) {
        resolved_endpoint e;
        e.url = text_of(expression(member_of(described, "url")));
        for (auto const& field : items_if(described["headers"], type::object)) {
            for (auto const& v : list_of(field)) {
                auto const content = expression(v);
                auto const& text = text_of(content);
                if (!is_header_name(field.name) || !is_header_value(text)) fail_rule("invalid header field");
                e.fields.add(field.name, text);
            }
        }
        // The first supported scheme counts. Others, such as sigv4a, are ignored.
        for (auto const& scheme : items_if(described["properties"]["authSchemes"], type::list)) {
            if (setting(scheme, "name") != "sigv4") continue;
            e.signing_name = setting(scheme, "signingName");
            e.signing_region = setting(scheme, "signingRegion");
            break;
        }
        outcome_.emplace(std::move(e));
    }

    std::string setting(value const& scheme, std::string_view name) {
        auto const& v = scheme[name];
        return v.is_set() ? text_of(expression(v)) : std::string();
    }

    [[gnu::cold]] value expression(value const& e) {
        if (e.kind == type::text) return rule_text(fill(e.text));
        if (e.kind == type::object) {
            auto const& reference = e["ref"];
            if (reference.kind != type::text) return call(e);
            auto const& referred = get(reference.text);
            budget_.spend_on_copy(referred);
            return referred;
        }
        if (e.kind != type::list) return e;
        value all(type::list);
        for (auto const& one : e.items) all.items.push_back(expression(one));
        return all;
    }

    // Expands a template: "https://{Region}.{Partition#dnsSuffix}". A doubled brace stands for itself.
    std::string fill(std::string_view pattern) {
        std::string out;
        while (!pattern.empty()) {
            auto const brace = pattern.find_first_of("{}");
            out += pattern.substr(0, brace);
            if (brace == pattern.npos) break;
            if (brace + 1 < pattern.size() && pattern[brace + 1] == pattern[brace]) {
                out += pattern[brace];
                pattern = pattern.substr(brace + 2);
                continue;
            }
            auto const close = pattern.find('}', brace);
            if (pattern[brace] == '}' || close == pattern.npos) fail_rule("unmatched brace in a template");
            auto const inside = pattern.substr(brace + 1, close - brace - 1);
            auto const hash = inside.find('#');
            auto const& filled = get(inside.substr(0, hash));
            auto const before = out.size();
            out += text_of(hash == inside.npos ? filled : functions::attribute(filled, inside.substr(hash + 1)));
            budget_.spend(out.size() - before);
            pattern = pattern.substr(close + 1);
        }
        return out;
    }

    [[gnu::cold]] value call(value const& called) {
        auto const& name = text_of(member_of(called, "fn"));
        rule_arguments at{name, {}};
        for (auto const& argument : list_of(member_of(called, "argv"))) at.values.push_back(expression(argument));
        if (name == "isSet") return rule_flag(at[0].is_set());
        if (name == "not") return rule_flag(!at.flag(0));
        if (name == "booleanEquals") return rule_flag(at.flag(0) == at.flag(1));
        if (name == "stringEquals") return rule_flag(at.text(0) == at.text(1));
        if (name == "getAttr") return functions::attribute(at[0], at.text(1));
        if (name == "isValidHostLabel") return rule_flag(at.flag(1) ? are_host_labels(at.text(0)) : is_host_label(at.text(0)));
        if (name == "substring") return functions::substring(at.text(0), at.number(1), at.number(2), at.flag(3));
        if (name == "uriEncode") return functions::encoded(at.text(0));
        if (name == "parseURL") return functions::parse_url(at.text(0));
        if (name == "coalesce") return at[0].is_set() ? at[0] : at[1];
        if (name == "ite") return at.flag(0) ? at[1] : at[2];
        if (name == "split") return functions::split(at.text(0), at.text(1), at.number(2));
        if (name == "aws.partition") return functions::partition(at.text(0), partitions_);
        if (name == "aws.parseArn") return functions::parse_arn(at.text(0));
        if (name == "aws.isVirtualHostableS3Bucket") return rule_flag(functions::is_bucket_host(at.text(0), at.flag(1)));
        fail_rule("unknown function ", name);
    }

    value const& document_;
    std::span<aws_partition const> partitions_;
    std::vector<value> variables_;
    rule_budget budget_;
    std::optional<result<resolved_endpoint, endpoint_error>> outcome_;
};

} // namespace detail::aws_impl

[[gnu::cold]] result<endpoint_rules, endpoint_error> endpoint_rules::parse(std::string_view json) {
    decode_options options;
    options.limits.depth = 100;
    auto parsed = from_json<detail::rule_value>(json, options);
    if (!parsed) return endpoint_error{"invalid endpoint rules: " + parsed.error().message()};
    if (!(*parsed)["version"].text.starts_with("1.")) return endpoint_error{"unsupported version of the endpoint rules"};
    return endpoint_rules(std::make_shared<detail::rule_value const>(std::move(*parsed)));
}

[[gnu::cold]] result<resolved_endpoint, endpoint_error> endpoint_rules::resolve(endpoint_parameters const& parameters,
                                                                                std::span<aws_partition const> partitions) const {
    try {
        return detail::aws_impl::rule_evaluator(*rules_, partitions).run(parameters);
    } catch (detail::aws_impl::invalid_rule const& rule) { return endpoint_error{"invalid endpoint rules: " + rule.reason}; }
}

std::string_view endpoint_rules::parameter_for(std::string_view built_in) const noexcept {
    using type = detail::rule_value::type;
    for (auto const& parameter : detail::aws_impl::items_if((*rules_)["parameters"], type::object)) {
        auto const& name = parameter["builtIn"];
        if (name.kind == type::text && name.text == built_in) return parameter.name;
    }
    return {};
}

} // namespace parley

#endif
