// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_ENDPOINT_ENDPOINT_RULES_IPP
#define PARLEY_ENDPOINT_ENDPOINT_RULES_IPP

#include <parley/core/text.hpp>
#include <parley/endpoint/endpoint_rules.hpp>
#include <parley/http/uri.hpp>
#include <parley/json/boost_json.ipp>

#include <algorithm>
#include <optional>
#include <utility>

namespace parley {

struct endpoint_rules::rule_set {
    boost::json::value document;
};

namespace {

namespace rules_json = boost::json;

std::string_view view(rules_json::string const& text) { return {text.data(), text.size()}; }

bool are_host_labels(std::string_view text) {
    for (;;) {
        auto const dot = text.find('.');
        if (!is_host_label(text.substr(0, dot))) return false;
        if (dot == text.npos) return true;
        text = text.substr(dot + 1);
    }
}

// One evaluation of a rule set. Null stands for what is not set. A rule that makes no sense throws `broken`.
class rule_evaluator {
public:
    struct broken {
        std::string what;
    };

    rule_evaluator(rules_json::value const& document, std::span<aws_partition const> partitions)
        : document_(document), partitions_(partitions) {}

    result<resolved_endpoint, endpoint_error> run(endpoint_parameters const& given) {
        for (auto const& [name, said] : object(member(document_, "parameters"))) {
            auto known = parameter(given, view(name));
            if (known.is_null()) known = optional_member(said, "default");
            auto const required = optional_member(said, "required");
            if (known.is_null() && required.is_bool() && required.get_bool())
                return endpoint_error{"the endpoint needs a value for " + std::string(name)};
            set(std::string(name), std::move(known));
        }
        auto found = evaluate(array(member(document_, "rules")));
        if (!found) return endpoint_error{"no rule of the service tells its endpoint"};
        return std::move(*found);
    }

private:
    using value = rules_json::value;
    using outcome_of_rule = std::optional<result<resolved_endpoint, endpoint_error>>;

    static value parameter(endpoint_parameters const& given, std::string_view name) {
        auto const found = given.find(std::string(name));
        if (found == given.end()) return nullptr;
        if (auto const* text = std::get_if<std::string>(&found->second)) return value(*text);
        if (auto const* flag = std::get_if<bool>(&found->second)) return value(*flag);
        rules_json::array texts;
        for (auto const& text : std::get<std::vector<std::string>>(found->second)) texts.emplace_back(text);
        return texts;
    }

    // Access that fails with a word instead of undefined behaviour.
    static rules_json::object const& object(value const& v) {
        if (!v.is_object()) throw broken{"expected an object"};
        return v.get_object();
    }
    static rules_json::array const& array(value const& v) {
        if (!v.is_array()) throw broken{"expected an array"};
        return v.get_array();
    }
    static std::string_view text(value const& v) {
        if (!v.is_string()) throw broken{"expected a string"};
        return view(v.get_string());
    }
    static value const& member(value const& v, std::string_view name) {
        auto const* found = object(v).if_contains(name);
        if (!found) throw broken{std::string("has no member ").append(name)};
        return *found;
    }
    static value optional_member(value const& v, std::string_view name) {
        auto const* found = v.is_object() ? v.get_object().if_contains(name) : nullptr;
        return found ? *found : value(nullptr);
    }

    void set(std::string name, value v) { variables_.emplace_back(std::move(name), std::move(v)); }
    value get(std::string_view name) const {
        for (auto i = variables_.rbegin(); i != variables_.rend(); ++i) {
            if (i->first == name) return i->second;
        }
        throw broken{std::string("refers to ").append(name).append(", which is not there")};
    }

    // "Rules are evaluated in the order they are defined"; a tree whose conditions hold ends the search.
    outcome_of_rule evaluate(rules_json::array const& rules) {
        for (auto const& rule : rules) {
            auto const scope = variables_.size();
            auto found = conditions_hold(rule) ? outcome_of(rule) : std::nullopt;
            variables_.resize(scope);
            if (found) return found;
        }
        return std::nullopt;
    }

    bool conditions_hold(value const& rule) {
        for (auto const& condition : array(member(rule, "conditions"))) {
            auto answer = call(condition);
            if (answer.is_null() || (answer.is_bool() && !answer.get_bool())) return false;
            auto const name = optional_member(condition, "assign");
            if (name.is_string()) set(std::string(text(name)), std::move(answer));
        }
        return true;
    }

    outcome_of_rule outcome_of(value const& rule) {
        auto const type = text(member(rule, "type"));
        if (type == "error") return endpoint_error{std::string(text(expression(member(rule, "error"))))};
        if (type == "endpoint") return endpoint(member(rule, "endpoint"));
        if (type != "tree") throw broken{std::string("has a rule of the unknown type ").append(type)};
        auto found = evaluate(array(member(rule, "rules")));
        if (!found) return endpoint_error{"no rule of the service tells its endpoint"};
        return found;
    }

    resolved_endpoint endpoint(value const& said) {
        resolved_endpoint e;
        e.url = text(expression(member(said, "url")));
        auto const fields = optional_member(said, "headers");
        if (fields.is_object()) {
            for (auto const& [name, values] : fields.get_object()) {
                for (auto const& v : array(values)) {
                    auto const field = expression(v);
                    if (!is_header_name(view(name)) || !is_header_value(text(field))) throw broken{"has a header that is none"};
                    e.fields.add(view(name), text(field));
                }
            }
        }
        auto const schemes = optional_member(optional_member(said, "properties"), "authSchemes");
        // The first that is known; the others, such as sigv4a, are passed over.
        for (auto const& scheme : schemes.is_array() ? schemes.get_array() : rules_json::array()) {
            auto const read = [&](std::string_view name) {
                auto const v = optional_member(scheme, name);
                return v.is_null() ? std::string() : std::string(text(expression(v)));
            };
            if (read("name") != "sigv4") continue;
            e.signing_name = read("signingName");
            e.signing_region = read("signingRegion");
            break;
        }
        return e;
    }

    value expression(value const& e) {
        if (e.is_string()) return value(fill(text(e)));
        if (e.is_object()) {
            auto const reference = optional_member(e, "ref");
            if (reference.is_string()) return get(text(reference));
            return call(e);
        }
        if (e.is_array()) {
            rules_json::array all;
            for (auto const& one : e.get_array()) all.push_back(expression(one));
            return all;
        }
        return e;
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
    static value attribute(value v, std::string_view path) {
        while (!path.empty() && !v.is_null()) {
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
            if (!part.empty()) v = optional_member(value(v), part);
            if (index) {
                auto const list = std::exchange(v, nullptr);
                if (list.is_array() && *index < list.get_array().size()) v = list.get_array()[*index];
            }
        }
        return v;
    }

    // https://smithy.io/2.0/additional-specs/rules-engine/standard-library.html
    value call(value const& function) {
        auto const name = text(member(function, "fn"));
        std::vector<value> arguments;
        for (auto const& argument : array(member(function, "argv"))) arguments.push_back(expression(argument));
        auto const at = [&](std::size_t i) -> value const& {
            if (i >= arguments.size()) throw broken{std::string("calls ").append(name).append(" with too few arguments")};
            return arguments[i];
        };
        auto const flag = [&](std::size_t i) {
            if (!at(i).is_bool()) throw broken{std::string("calls ").append(name).append(" with no boolean")};
            return at(i).get_bool();
        };
        auto const number = [&](std::size_t i) {
            auto const* n = at(i).if_int64();
            if (!n || *n < 0) throw broken{std::string("calls ").append(name).append(" with no number")};
            return static_cast<std::size_t>(*n);
        };
        if (name == "isSet") return !at(0).is_null();
        if (name == "not") return !flag(0);
        if (name == "booleanEquals") return flag(0) == flag(1);
        if (name == "stringEquals") return text(at(0)) == text(at(1));
        if (name == "getAttr") return attribute(at(0), text(at(1)));
        if (name == "isValidHostLabel") return flag(1) ? are_host_labels(text(at(0))) : is_host_label(text(at(0)));
        if (name == "substring") return substring(text(at(0)), number(1), number(2), flag(3));
        if (name == "uriEncode") return encoded(text(at(0)));
        if (name == "parseURL") return parse_url(text(at(0)));
        if (name == "coalesce") return at(0).is_null() ? at(1) : at(0);
        if (name == "ite") return flag(0) ? at(1) : at(2);
        if (name == "split") return split(text(at(0)), text(at(1)), number(2));
        if (name == "aws.partition") return partition(text(at(0)));
        if (name == "aws.parseArn") return parse_arn(text(at(0)));
        if (name == "aws.isVirtualHostableS3Bucket") return is_bucket_host(text(at(0)), flag(1));
        throw broken{std::string("calls the unknown function ").append(name)};
    }

    static value substring(std::string_view input, std::size_t start, std::size_t stop, bool reverse) {
        bool const ascii = std::all_of(input.begin(), input.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
        if (start >= stop || input.size() < stop || !ascii) return nullptr;
        return value(reverse ? input.substr(input.size() - stop, stop - start) : input.substr(start, stop - start));
    }
    static value encoded(std::string_view input) {
        std::string out;
        append_percent_encoded(out, input);
        return value(out);
    }
    static value split(std::string_view input, std::string_view delimiter, std::size_t limit) {
        if (delimiter.empty()) throw broken{"splits a text by nothing"};
        rules_json::array parts;
        for (;;) {
            auto const at = limit != 0 && parts.size() + 1 >= limit ? input.npos : input.find(delimiter);
            parts.emplace_back(input.substr(0, at));
            if (at == input.npos) return parts;
            input = input.substr(at + delimiter.size());
        }
    }

    static value parse_url(std::string_view input) {
        auto const url = parse_endpoint(input); // none with a query
        if (!url) return nullptr;
        auto const authority = input.substr(input.find("://") + 3);
        auto path = url->path;
        if (path.empty()) path = "/";
        auto normalized = path;
        if (!normalized.ends_with('/')) normalized += '/';
        bool const numeric = std::count(url->host.begin(), url->host.end(), '.') == 3 &&
                             url->host.find_first_not_of("0123456789.") == std::string::npos;
        return rules_json::object{{"scheme", url->scheme},
                                  {"authority", authority.substr(0, authority.find('/'))},
                                  {"path", path},
                                  {"normalizedPath", normalized},
                                  {"isIp", numeric || url->host.starts_with('[')}};
    }

    value partition(std::string_view region) const {
        auto const& p = partition_of(region, partitions_);
        return rules_json::object{{"name", p.name},
                                  {"dnsSuffix", p.dns_suffix},
                                  {"dualStackDnsSuffix", p.dualstack_dns_suffix},
                                  {"implicitGlobalRegion", p.implicit_global_region},
                                  {"supportsFIPS", p.supports_fips},
                                  {"supportsDualStack", p.supports_dualstack}};
    }

    // arn:partition:service:region:account:resource, the last of which is cut at ":" and "/".
    static value parse_arn(std::string_view arn) {
        std::string_view parts[6];
        for (std::size_t i = 0; i < 6; ++i) {
            auto const colon = i < 5 ? arn.find(':') : arn.npos;
            if (i < 5 && colon == arn.npos) return nullptr;
            parts[i] = arn.substr(0, colon);
            if (colon != arn.npos) arn = arn.substr(colon + 1);
        }
        if (parts[0] != "arn" || parts[1].empty() || parts[2].empty() || parts[5].empty()) return nullptr;
        rules_json::array resource;
        for (auto rest = parts[5];;) {
            auto const end = rest.find_first_of(":/");
            resource.emplace_back(rest.substr(0, end));
            if (end == rest.npos) break;
            rest = rest.substr(end + 1);
        }
        return rules_json::object{{"partition", parts[1]}, {"service", parts[2]},    {"region", parts[3]},
                                  {"accountId", parts[4]}, {"resourceId", resource}};
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

    value const& document_;
    std::span<aws_partition const> partitions_;
    std::vector<std::pair<std::string, value>> variables_;
};

} // namespace

result<endpoint_rules, endpoint_error> endpoint_rules::parse(std::string_view json) {
    boost::json::error_code ec;
    rules_json::parse_options options;
    options.max_depth = 100;
    auto document = rules_json::parse({json.data(), json.size()}, ec, {}, options);
    if (ec) return endpoint_error{"the endpoint rules are no JSON: " + ec.message()};
    auto const* version = document.is_object() ? document.get_object().if_contains("version") : nullptr;
    if (!version || !version->is_string() || !view(version->get_string()).starts_with("1."))
        return endpoint_error{"the endpoint rules are of no version that is known"};
    return endpoint_rules(std::make_shared<rule_set const>(rule_set{std::move(document)}));
}

result<resolved_endpoint, endpoint_error> endpoint_rules::resolve(endpoint_parameters const& parameters,
                                                                  std::span<aws_partition const> partitions) const {
    try {
        return rule_evaluator(rules_->document, partitions).run(parameters);
    } catch (rule_evaluator::broken const& problem) {
        return endpoint_error{"the endpoint rules make no sense: " + problem.what};
    }
}

std::string_view endpoint_rules::parameter_for(std::string_view built_in) const noexcept {
    auto const* parameters = rules_->document.get_object().if_contains("parameters");
    if (!parameters || !parameters->is_object()) return {};
    for (auto const& [name, said] : parameters->get_object()) {
        auto const* meaning = said.is_object() ? said.get_object().if_contains("builtIn") : nullptr;
        if (meaning && meaning->is_string() && view(meaning->get_string()) == built_in) return {name.data(), name.size()};
    }
    return {};
}

} // namespace parley

#endif
