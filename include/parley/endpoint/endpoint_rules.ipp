// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_ENDPOINT_ENDPOINT_RULES_IPP
#define PARLEY_ENDPOINT_ENDPOINT_RULES_IPP

#include <parley/core/text.hpp>
#include <parley/describe/document.hpp>
#include <parley/endpoint/endpoint_rules.hpp>
#include <parley/http/uri.hpp>
#include <parley/json/decode.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>

namespace parley {

namespace detail {

// The rules as JSON has them. A document is an expression: a text, a call, a reference, another value or a list of these.

struct rule_parameter {
    std::optional<std::string> builtIn;
    std::optional<document> default_;
    std::optional<bool> required;
};
BOOST_DESCRIBE_STRUCT(rule_parameter, (), (builtIn, default_, required))

struct rule_condition {
    std::string fn;
    std::vector<document> argv;
    std::optional<std::string> assign;
};
BOOST_DESCRIBE_STRUCT(rule_condition, (), (fn, argv, assign))

struct rule_auth_scheme {
    std::string name;
    std::optional<document> signingName, signingRegion;
};
BOOST_DESCRIBE_STRUCT(rule_auth_scheme, (), (name, signingName, signingRegion))

struct rule_endpoint_properties {
    std::optional<std::vector<rule_auth_scheme>> authSchemes;
};
BOOST_DESCRIBE_STRUCT(rule_endpoint_properties, (), (authSchemes))

struct rule_endpoint {
    document url;
    std::optional<std::map<std::string, std::vector<document>>> headers;
    std::optional<rule_endpoint_properties> properties;
};
BOOST_DESCRIBE_STRUCT(rule_endpoint, (), (url, headers, properties))

// What it decides is one of the last three.
struct endpoint_rule {
    std::vector<rule_condition> conditions;
    std::optional<rule_endpoint> endpoint;
    std::optional<document> error;
    std::optional<std::vector<endpoint_rule>> rules;
};
BOOST_DESCRIBE_STRUCT(endpoint_rule, (), (conditions, endpoint, error, rules))

struct rule_expression {
    std::optional<std::string> ref, fn;
    std::optional<std::vector<document>> argv;
};
BOOST_DESCRIBE_STRUCT(rule_expression, (), (ref, fn, argv))

struct endpoint_rule_set {
    std::string version;
    std::map<std::string, rule_parameter> parameters;
    std::vector<endpoint_rule> rules;
};
BOOST_DESCRIBE_STRUCT(endpoint_rule_set, (), (version, parameters, rules))

} // namespace detail

namespace {

struct rule_attribute;

// What an expression is worth. What is not set is the first.
struct rule_value : std::variant<std::monostate, bool, std::int64_t, std::string, std::vector<rule_value>, std::vector<rule_attribute>> {
    using variant::variant;
};

struct rule_attribute {
    std::string_view name;
    rule_value value;
};

using rule_values = std::vector<rule_value>;
using rule_attributes = std::vector<rule_attribute>;

bool are_host_labels(std::string_view text) {
    for (;;) {
        auto const dot = text.find('.');
        if (!is_host_label(text.substr(0, dot))) return false;
        if (dot == text.npos) return true;
        text = text.substr(dot + 1);
    }
}

// One evaluation of a rule set. A rule that makes no sense throws `broken`.
class rule_evaluator {
public:
    struct broken {
        std::string what;
    };

    rule_evaluator(detail::endpoint_rule_set const& set, std::span<aws_partition const> partitions)
        : set_(set), partitions_(partitions) {}

    result<resolved_endpoint, endpoint_error> run(endpoint_parameters const& given) {
        for (auto const& [name, said] : set_.parameters) {
            auto const known = given.find(name);
            if (known != given.end()) set(name, value_of(known->second));
            else if (said.default_) set(name, literal(*said.default_));
            else if (said.required.value_or(false)) return endpoint_error{"the endpoint needs a value for " + name};
            else set(name, {});
        }
        return first_of(set_.rules);
    }

private:
    using outcome_of_rule = std::optional<result<resolved_endpoint, endpoint_error>>;

    static rule_value value_of(std::variant<std::string, bool, std::vector<std::string>> const& given) {
        if (auto const* text = std::get_if<std::string>(&given)) return *text;
        if (auto const* flag = std::get_if<bool>(&given)) return *flag;
        auto const& texts = std::get<std::vector<std::string>>(given);
        return rule_values(texts.begin(), texts.end());
    }

    static bool is_set(rule_value const& v) { return v.index() != 0; }
    static std::string const& text(rule_value const& v) {
        auto const* held = std::get_if<std::string>(&v);
        if (!held) throw broken{"expected a string"};
        return *held;
    }

    void set(std::string_view name, rule_value v) { variables_.emplace_back(name, std::move(v)); }
    rule_value get(std::string_view name) const {
        for (auto i = variables_.rbegin(); i != variables_.rend(); ++i) {
            if (i->first == name) return i->second;
        }
        throw broken{std::string("refers to ").append(name).append(", which is not there")};
    }

    // "Rules are evaluated in the order they are defined"; a tree whose conditions hold ends the search.
    result<resolved_endpoint, endpoint_error> first_of(std::vector<detail::endpoint_rule> const& rules) {
        for (auto const& rule : rules) {
            auto const scope = variables_.size();
            auto found = conditions_hold(rule) ? outcome_of_rule(outcome_of(rule)) : std::nullopt;
            variables_.resize(scope);
            if (found) return std::move(*found);
        }
        return endpoint_error{"no rule of the service tells its endpoint"};
    }

    bool conditions_hold(detail::endpoint_rule const& rule) {
        for (auto const& condition : rule.conditions) {
            auto answer = call(condition.fn, condition.argv);
            auto const* flag = std::get_if<bool>(&answer);
            if (!is_set(answer) || (flag && !*flag)) return false;
            if (condition.assign) set(*condition.assign, std::move(answer));
        }
        return true;
    }

    result<resolved_endpoint, endpoint_error> outcome_of(detail::endpoint_rule const& rule) {
        if (rule.endpoint) return endpoint(*rule.endpoint);
        if (rule.error) return endpoint_error{text(expression(*rule.error))};
        if (rule.rules) return first_of(*rule.rules);
        throw broken{"has a rule that decides nothing"};
    }

    resolved_endpoint endpoint(detail::rule_endpoint const& said) {
        resolved_endpoint e;
        e.url = text(expression(said.url));
        if (said.headers) {
            for (auto const& [name, values] : *said.headers) {
                for (auto const& v : values) {
                    auto const field = text(expression(v));
                    if (!is_header_name(name) || !is_header_value(field)) throw broken{"has a header that is none"};
                    e.fields.add(name, field);
                }
            }
        }
        if (said.properties && said.properties->authSchemes) {
            // The first that is known; the others, such as sigv4a, are passed over.
            auto const& schemes = *said.properties->authSchemes;
            auto const known = std::find_if(schemes.begin(), schemes.end(), [](auto const& scheme) { return scheme.name == "sigv4"; });
            if (known != schemes.end()) {
                if (known->signingName) e.signing_name = text(expression(*known->signingName));
                if (known->signingRegion) e.signing_region = text(expression(*known->signingRegion));
            }
        }
        return e;
    }

    // Of an expression the text is all that is kept: which type it has, its first character tells.
    template <class T>
    static T read(document const& expression) {
        auto read = from_json<T>(expression.json);
        if (!read) throw broken{"has an expression that is none: " + read.error().message()};
        return std::move(*read);
    }

    rule_value literal(document const& e) { return e.json.front() == '"' ? rule_value(read<std::string>(e)) : expression(e); }

    rule_value expression(document const& e) {
        switch (e.json.front()) {
        case 'n': return {};
        case 't': return true;
        case 'f': return false;
        case '"': return fill(read<std::string>(e));
        case '[': {
            rule_values all;
            for (auto const& one : read<std::vector<document>>(e)) all.push_back(expression(one));
            return all;
        }
        case '{': {
            auto const said = read<detail::rule_expression>(e);
            if (said.ref) return get(*said.ref);
            if (said.fn && said.argv) return call(*said.fn, *said.argv);
            throw broken{"has an expression that is neither a reference nor a call"};
        }
        default: return read<std::int64_t>(e);
        }
    }

    // "https://{Region}.{Partition#dnsSuffix}"; a brace that is doubled is itself.
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
            if (pattern[brace] == '}' || close == pattern.npos) throw broken{"has a text with a brace alone"};
            auto const inside = pattern.substr(brace + 1, close - brace - 1);
            auto const hash = inside.find('#');
            auto filled = get(inside.substr(0, hash));
            if (hash != inside.npos) filled = attribute(filled, inside.substr(hash + 1));
            out += text(filled);
            pattern = pattern.substr(close + 1);
        }
        return out;
    }

    // "authority", "resourceId[1]", "a.b"
    static rule_value attribute(rule_value v, std::string_view path) {
        while (!path.empty() && is_set(v)) {
            auto const dot = path.find('.');
            auto part = path.substr(0, dot);
            path = dot == path.npos ? std::string_view() : path.substr(dot + 1);
            std::optional<std::size_t> index;
            if (auto const bracket = part.find('['); bracket != part.npos && part.ends_with(']')) {
                index = 0;
                for (char c : part.substr(bracket + 1, part.size() - bracket - 2)) {
                    if (c < '0' || c > '9' || *index > 100'000) throw broken{"has an index that is none"};
                    index = *index * 10 + static_cast<std::size_t>(c - '0');
                }
                part = part.substr(0, bracket);
            }
            if (!part.empty()) v = attribute_named(v, part);
            if (index) {
                auto const* list = std::get_if<rule_values>(&v);
                v = list && *index < list->size() ? rule_value((*list)[*index]) : rule_value();
            }
        }
        return v;
    }
    static rule_value attribute_named(rule_value const& v, std::string_view name) {
        if (auto const* attributes = std::get_if<rule_attributes>(&v)) {
            for (auto const& a : *attributes) {
                if (a.name == name) return a.value;
            }
        }
        return {};
    }

    // https://smithy.io/2.0/additional-specs/rules-engine/standard-library.html
    rule_value call(std::string_view name, std::vector<document> const& said) {
        rule_values arguments;
        for (auto const& argument : said) arguments.push_back(expression(argument));
        auto const at = [&](std::size_t i) -> rule_value const& {
            if (i >= arguments.size()) throw broken{std::string("calls ").append(name).append(" with too few arguments")};
            return arguments[i];
        };
        auto const flag = [&](std::size_t i) {
            auto const* held = std::get_if<bool>(&at(i));
            if (!held) throw broken{std::string("calls ").append(name).append(" with no boolean")};
            return *held;
        };
        auto const number = [&](std::size_t i) {
            auto const* n = std::get_if<std::int64_t>(&at(i));
            if (!n || *n < 0) throw broken{std::string("calls ").append(name).append(" with no number")};
            return static_cast<std::size_t>(*n);
        };
        if (name == "isSet") return is_set(at(0));
        if (name == "not") return !flag(0);
        if (name == "booleanEquals") return flag(0) == flag(1);
        if (name == "stringEquals") return text(at(0)) == text(at(1));
        if (name == "getAttr") return attribute(at(0), text(at(1)));
        if (name == "isValidHostLabel") return flag(1) ? are_host_labels(text(at(0))) : is_host_label(text(at(0)));
        if (name == "substring") return substring(text(at(0)), number(1), number(2), flag(3));
        if (name == "uriEncode") return encoded(text(at(0)));
        if (name == "parseURL") return parse_url(text(at(0)));
        if (name == "coalesce") return is_set(at(0)) ? at(0) : at(1);
        if (name == "ite") return flag(0) ? at(1) : at(2);
        if (name == "split") return split(text(at(0)), text(at(1)), number(2));
        if (name == "aws.partition") return partition(text(at(0)));
        if (name == "aws.parseArn") return parse_arn(text(at(0)));
        if (name == "aws.isVirtualHostableS3Bucket") return is_bucket_host(text(at(0)), flag(1));
        throw broken{std::string("calls the unknown function ").append(name)};
    }

    static rule_value substring(std::string_view input, std::size_t start, std::size_t stop, bool reverse) {
        bool const ascii = std::all_of(input.begin(), input.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
        if (start >= stop || input.size() < stop || !ascii) return {};
        return std::string(reverse ? input.substr(input.size() - stop, stop - start) : input.substr(start, stop - start));
    }
    static rule_value encoded(std::string_view input) {
        std::string out;
        append_percent_encoded(out, input);
        return out;
    }
    static rule_value split(std::string_view input, std::string_view delimiter, std::size_t limit) {
        if (delimiter.empty()) throw broken{"splits a text by nothing"};
        rule_values parts;
        for (;;) {
            auto const at = limit != 0 && parts.size() + 1 >= limit ? input.npos : input.find(delimiter);
            parts.emplace_back(std::string(input.substr(0, at)));
            if (at == input.npos) return parts;
            input = input.substr(at + delimiter.size());
        }
    }

    static rule_value parse_url(std::string_view input) {
        auto const url = parse_endpoint(input); // none with a query
        if (!url) return {};
        auto const authority = input.substr(input.find("://") + 3);
        auto path = url->path;
        if (path.empty()) path = "/";
        auto normalized = path;
        if (!normalized.ends_with('/')) normalized += '/';
        bool const numeric = std::count(url->host.begin(), url->host.end(), '.') == 3 &&
                             url->host.find_first_not_of("0123456789.") == std::string::npos;
        return rule_attributes{{"scheme", url->scheme},
                               {"authority", std::string(authority.substr(0, authority.find('/')))},
                               {"path", path},
                               {"normalizedPath", normalized},
                               {"isIp", numeric || url->host.starts_with('[')}};
    }

    rule_value partition(std::string_view region) const {
        auto const& p = partition_of(region, partitions_);
        return rule_attributes{{"name", std::string(p.name)},
                               {"dnsSuffix", std::string(p.dns_suffix)},
                               {"dualStackDnsSuffix", std::string(p.dualstack_dns_suffix)},
                               {"implicitGlobalRegion", std::string(p.implicit_global_region)},
                               {"supportsFIPS", p.supports_fips},
                               {"supportsDualStack", p.supports_dualstack}};
    }

    // arn:partition:service:region:account:resource, the last of which is cut at ":" and "/".
    static rule_value parse_arn(std::string_view arn) {
        std::string_view parts[6];
        for (std::size_t i = 0; i < 6; ++i) {
            auto const colon = i < 5 ? arn.find(':') : arn.npos;
            if (i < 5 && colon == arn.npos) return {};
            parts[i] = arn.substr(0, colon);
            if (colon != arn.npos) arn = arn.substr(colon + 1);
        }
        if (parts[0] != "arn" || parts[1].empty() || parts[2].empty() || parts[5].empty()) return {};
        rule_values resource;
        for (auto rest = parts[5];;) {
            auto const end = rest.find_first_of(":/");
            resource.emplace_back(std::string(rest.substr(0, end)));
            if (end == rest.npos) break;
            rest = rest.substr(end + 1);
        }
        return rule_attributes{{"partition", std::string(parts[1])}, {"service", std::string(parts[2])},
                               {"region", std::string(parts[3])},    {"accountId", std::string(parts[4])},
                               {"resourceId", resource}};
    }

    // https://smithy.io/2.0/aws/rules-engine/library-functions.html#awsisvirtualhostables3bucket
    static bool is_bucket_host(std::string_view bucket, bool dots) {
        if (bucket.size() < 3 || bucket.size() > 63 || !(dots ? are_host_labels(bucket) : is_host_label(bucket))) return false;
        for (char c : bucket) {
            if (c >= 'A' && c <= 'Z') return false;
        }
        bool const like_ip = std::count(bucket.begin(), bucket.end(), '.') == 3 &&
                             bucket.find_first_not_of("0123456789.") == bucket.npos;
        return !like_ip && bucket.find(".-") == bucket.npos && bucket.find("-.") == bucket.npos;
    }

    detail::endpoint_rule_set const& set_;
    std::span<aws_partition const> partitions_;
    std::vector<std::pair<std::string, rule_value>> variables_;
};

} // namespace

result<endpoint_rules, endpoint_error> endpoint_rules::parse(std::string_view json) {
    decode_options options;
    options.limits.depth = 100;
    auto read = from_json<detail::endpoint_rule_set>(json, options);
    if (!read) return endpoint_error{"the endpoint rules are none: " + read.error().message()};
    if (!read->version.starts_with("1.")) return endpoint_error{"the endpoint rules are of no version that is known"};
    return endpoint_rules(std::make_shared<detail::endpoint_rule_set const>(std::move(*read)));
}

result<resolved_endpoint, endpoint_error> endpoint_rules::resolve(endpoint_parameters const& parameters,
                                                                  std::span<aws_partition const> partitions) const {
    try {
        return rule_evaluator(*rules_, partitions).run(parameters);
    } catch (rule_evaluator::broken const& problem) {
        return endpoint_error{"the endpoint rules make no sense: " + problem.what};
    }
}

std::string_view endpoint_rules::parameter_for(std::string_view built_in) const noexcept {
    for (auto const& [name, said] : rules_->parameters) {
        if (said.builtIn == built_in) return name;
    }
    return {};
}

} // namespace parley

#endif
