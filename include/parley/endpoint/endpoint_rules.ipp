// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_ENDPOINT_ENDPOINT_RULES_IPP
#define PARLEY_ENDPOINT_ENDPOINT_RULES_IPP

#include <parley/core/text.hpp>
#include <parley/describe/free_form.hpp>
#include <parley/endpoint/endpoint_rules.hpp>
#include <parley/http/uri.hpp>
#include <parley/json/decode.hpp>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <utility>

namespace parley {

namespace detail {

struct rule_member;

// The JSON of the rules, and what an expression in them is worth. The first of the alternatives stands for what is not set.
struct rule_value : std::variant<std::monostate, bool, std::int64_t, std::string, std::vector<rule_value>, std::vector<rule_member>> {
    using variant::variant;

    bool is_set() const noexcept { return index() != 0; }
    template <class T>
    T const* get() const noexcept {
        return std::get_if<T>(this);
    }
};

struct rule_member {
    std::string name;
    rule_value value;
};

using rule_list = std::vector<rule_value>;
using rule_object = std::vector<rule_member>;

extern free_form_shape const rule_value_shape;

template <>
struct shape_maker<rule_value> {
    static constexpr shape make() {
        auto s = make_shape(shape_kind::json_value);
        s.free_form = &rule_value_shape;
        return s;
    }
};

namespace {

class rule_value_builder final : public free_form_builder {
public:
    explicit rule_value_builder(rule_value& to) : to_(to) {}

    bool open(char bracket) override {
        auto& value = put(bracket == '[' ? rule_value(rule_list()) : rule_value(rule_object()));
        return open_.push_back(&value), true;
    }
    void close(char) override { open_.pop_back(); }
    void key(std::string_view key) override { std::get<rule_object>(*open_.back()).push_back({std::string(key), {}}); }
    void text(std::string_view text) override { put(std::string(text)); }
    bool number(std::string_view literal) override {
        std::int64_t value = 0;
        auto const* const end = literal.data() + literal.size();
        bool const good = std::from_chars(literal.data(), end, value).ptr == end;
        return put(value), good;
    }
    void boolean(bool value) override { put(value); }
    void null() override { put({}); }
    void finish() override {}

private:
    rule_value& put(rule_value value) {
        if (open_.empty()) return to_ = std::move(value);
        auto& around = *open_.back();
        if (auto* const list = std::get_if<rule_list>(&around)) return list->emplace_back(std::move(value));
        return std::get<rule_object>(around).back().value = std::move(value);
    }

    rule_value& to_;
    std::vector<rule_value*> open_; // where they are, they stay: what is around an open one does not grow
};

} // namespace

extern free_form_shape const rule_value_shape{
    [](void* value) -> std::unique_ptr<free_form_builder> {
        return std::make_unique<rule_value_builder>(*static_cast<rule_value*>(value));
    }};

} // namespace detail

namespace {

using detail::rule_list;
using detail::rule_object;
using detail::rule_value;

bool are_host_labels(std::string_view text) {
    for (;;) {
        auto const dot = text.find('.');
        if (!is_host_label(text.substr(0, dot))) return false;
        if (dot == text.npos) return true;
        text = text.substr(dot + 1);
    }
}

rule_value const* member_in(rule_object const& members, std::string_view name) {
    auto const found = std::find_if(members.rbegin(), members.rend(), [name](auto const& m) { return m.name == name; });
    return found == members.rend() ? nullptr : &found->value;
}
rule_value const& optional_member(rule_value const& v, std::string_view name) {
    static rule_value const absent;
    auto const* const members = v.get<rule_object>();
    auto const* const found = members ? member_in(*members, name) : nullptr;
    return found ? *found : absent;
}

// One evaluation of a rule set. A rule that makes no sense throws `broken`.
class rule_evaluator {
public:
    struct broken {
        std::string what;
    };

    rule_evaluator(rule_value const& document, std::span<aws_partition const> partitions)
        : document_(document), partitions_(partitions) {}

    result<resolved_endpoint, endpoint_error> run(endpoint_parameters const& given) {
        for (auto const& [name, said] : object(member(document_, "parameters"))) {
            auto known = parameter(given, name);
            if (!known.is_set()) known = optional_member(said, "default");
            auto const* const required = optional_member(said, "required").get<bool>();
            if (!known.is_set() && required && *required) return endpoint_error{"the endpoint needs a value for " + name};
            set(name, std::move(known));
        }
        auto found = evaluate(array(member(document_, "rules")));
        if (!found) return endpoint_error{"no rule of the service tells its endpoint"};
        return std::move(*found);
    }

private:
    using value = rule_value;
    using outcome_of_rule = std::optional<result<resolved_endpoint, endpoint_error>>;

    static value parameter(endpoint_parameters const& given, std::string const& name) {
        auto const found = given.find(name);
        if (found == given.end()) return {};
        if (auto const* text = std::get_if<std::string>(&found->second)) return *text;
        if (auto const* flag = std::get_if<bool>(&found->second)) return *flag;
        auto const& texts = std::get<std::vector<std::string>>(found->second);
        return rule_list(texts.begin(), texts.end());
    }

    // Access that fails with a word instead of undefined behaviour.
    template <class T>
    static T const& expect(value const& v, char const* what) {
        auto const* const held = v.get<T>();
        if (!held) throw broken{what};
        return *held;
    }
    static rule_object const& object(value const& v) { return expect<rule_object>(v, "expected an object"); }
    static rule_list const& array(value const& v) { return expect<rule_list>(v, "expected an array"); }
    static std::string const& text(value const& v) { return expect<std::string>(v, "expected a string"); }

    static value const& member(value const& v, std::string_view name) {
        auto const* found = member_in(object(v), name);
        if (!found) throw broken{std::string("has no member ").append(name)};
        return *found;
    }
    void set(std::string name, value v) { variables_.emplace_back(std::move(name), std::move(v)); }
    value get(std::string_view name) const {
        for (auto i = variables_.rbegin(); i != variables_.rend(); ++i) {
            if (i->first == name) return i->second;
        }
        throw broken{std::string("refers to ").append(name).append(", which is not there")};
    }

    // "Rules are evaluated in the order they are defined"; a tree whose conditions hold ends the search.
    outcome_of_rule evaluate(rule_list const& rules) {
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
            auto const* const flag = answer.get<bool>();
            if (!answer.is_set() || (flag && !*flag)) return false;
            if (auto const* name = optional_member(condition, "assign").get<std::string>()) set(*name, std::move(answer));
        }
        return true;
    }

    outcome_of_rule outcome_of(value const& rule) {
        auto const& type = text(member(rule, "type"));
        if (type == "error") return endpoint_error{text(expression(member(rule, "error")))};
        if (type == "endpoint") return endpoint(member(rule, "endpoint"));
        if (type != "tree") throw broken{"has a rule of the unknown type " + type};
        auto found = evaluate(array(member(rule, "rules")));
        if (!found) return endpoint_error{"no rule of the service tells its endpoint"};
        return found;
    }

    resolved_endpoint endpoint(value const& said) {
        resolved_endpoint e;
        e.url = text(expression(member(said, "url")));
        if (auto const* fields = optional_member(said, "headers").get<rule_object>()) {
            for (auto const& [name, values] : *fields) {
                for (auto const& v : array(values)) {
                    auto const field = text(expression(v));
                    if (!is_header_name(name) || !is_header_value(field)) throw broken{"has a header that is none"};
                    e.fields.add(name, field);
                }
            }
        }
        auto const* const schemes = optional_member(optional_member(said, "properties"), "authSchemes").get<rule_list>();
        if (!schemes) return e;
        // The first that is known; the others, such as sigv4a, are passed over.
        for (auto const& scheme : *schemes) {
            auto const read = [&](std::string_view name) {
                auto const& v = optional_member(scheme, name);
                return v.is_set() ? text(expression(v)) : std::string();
            };
            if (read("name") != "sigv4") continue;
            e.signing_name = read("signingName");
            e.signing_region = read("signingRegion");
            break;
        }
        return e;
    }

    value expression(value const& e) {
        if (auto const* pattern = e.get<std::string>()) return fill(*pattern);
        if (e.get<rule_object>()) {
            auto const* const reference = optional_member(e, "ref").get<std::string>();
            return reference ? get(*reference) : call(e);
        }
        if (auto const* list = e.get<rule_list>()) {
            rule_list all;
            for (auto const& one : *list) all.push_back(expression(one));
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
        while (!path.empty() && v.is_set()) {
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
            if (!part.empty()) v = value(optional_member(v, part));
            if (index) {
                auto const* const list = v.get<rule_list>();
                v = list && *index < list->size() ? value((*list)[*index]) : value();
            }
        }
        return v;
    }

    // https://smithy.io/2.0/additional-specs/rules-engine/standard-library.html
    value call(value const& function) {
        auto const& name = text(member(function, "fn"));
        rule_list arguments;
        for (auto const& argument : array(member(function, "argv"))) arguments.push_back(expression(argument));
        auto const at = [&](std::size_t i) -> value const& {
            if (i >= arguments.size()) throw broken{"calls " + name + " with too few arguments"};
            return arguments[i];
        };
        auto const flag = [&](std::size_t i) {
            auto const* const held = at(i).get<bool>();
            if (!held) throw broken{"calls " + name + " with no boolean"};
            return *held;
        };
        auto const number = [&](std::size_t i) {
            auto const* const n = at(i).get<std::int64_t>();
            if (!n || *n < 0) throw broken{"calls " + name + " with no number"};
            return static_cast<std::size_t>(*n);
        };
        if (name == "isSet") return at(0).is_set();
        if (name == "not") return !flag(0);
        if (name == "booleanEquals") return flag(0) == flag(1);
        if (name == "stringEquals") return text(at(0)) == text(at(1));
        if (name == "getAttr") return attribute(at(0), text(at(1)));
        if (name == "isValidHostLabel") return flag(1) ? are_host_labels(text(at(0))) : is_host_label(text(at(0)));
        if (name == "substring") return substring(text(at(0)), number(1), number(2), flag(3));
        if (name == "uriEncode") return encoded(text(at(0)));
        if (name == "parseURL") return parse_url(text(at(0)));
        if (name == "coalesce") return at(0).is_set() ? at(0) : at(1);
        if (name == "ite") return flag(0) ? at(1) : at(2);
        if (name == "split") return split(text(at(0)), text(at(1)), number(2));
        if (name == "aws.partition") return partition(text(at(0)));
        if (name == "aws.parseArn") return parse_arn(text(at(0)));
        if (name == "aws.isVirtualHostableS3Bucket") return is_bucket_host(text(at(0)), flag(1));
        throw broken{"calls the unknown function " + name};
    }

    static value substring(std::string_view input, std::size_t start, std::size_t stop, bool reverse) {
        bool const ascii = std::all_of(input.begin(), input.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
        if (start >= stop || input.size() < stop || !ascii) return {};
        return std::string(reverse ? input.substr(input.size() - stop, stop - start) : input.substr(start, stop - start));
    }
    static value encoded(std::string_view input) {
        std::string out;
        append_percent_encoded(out, input);
        return out;
    }
    static value split(std::string_view input, std::string_view delimiter, std::size_t limit) {
        if (delimiter.empty()) throw broken{"splits a text by nothing"};
        rule_list parts;
        for (;;) {
            auto const at = limit != 0 && parts.size() + 1 >= limit ? input.npos : input.find(delimiter);
            parts.emplace_back(std::string(input.substr(0, at)));
            if (at == input.npos) return parts;
            input = input.substr(at + delimiter.size());
        }
    }

    static value parse_url(std::string_view input) {
        auto const url = parse_endpoint(input); // none with a query
        if (!url) return {};
        auto const authority = input.substr(input.find("://") + 3);
        auto path = url->path;
        if (path.empty()) path = "/";
        auto normalized = path;
        if (!normalized.ends_with('/')) normalized += '/';
        bool const numeric = std::count(url->host.begin(), url->host.end(), '.') == 3 &&
                             url->host.find_first_not_of("0123456789.") == std::string::npos;
        return rule_object{{"scheme", url->scheme},
                           {"authority", std::string(authority.substr(0, authority.find('/')))},
                           {"path", path},
                           {"normalizedPath", normalized},
                           {"isIp", numeric || url->host.starts_with('[')}};
    }

    value partition(std::string_view region) const {
        auto const& p = partition_of(region, partitions_);
        return rule_object{{"name", std::string(p.name)},
                           {"dnsSuffix", std::string(p.dns_suffix)},
                           {"dualStackDnsSuffix", std::string(p.dualstack_dns_suffix)},
                           {"implicitGlobalRegion", std::string(p.implicit_global_region)},
                           {"supportsFIPS", p.supports_fips},
                           {"supportsDualStack", p.supports_dualstack}};
    }

    // arn:partition:service:region:account:resource, the last of which is cut at ":" and "/".
    static value parse_arn(std::string_view arn) {
        std::string_view parts[6];
        for (std::size_t i = 0; i < 6; ++i) {
            auto const colon = i < 5 ? arn.find(':') : arn.npos;
            if (i < 5 && colon == arn.npos) return {};
            parts[i] = arn.substr(0, colon);
            if (colon != arn.npos) arn = arn.substr(colon + 1);
        }
        if (parts[0] != "arn" || parts[1].empty() || parts[2].empty() || parts[5].empty()) return {};
        rule_list resource;
        for (auto rest = parts[5];;) {
            auto const end = rest.find_first_of(":/");
            resource.emplace_back(std::string(rest.substr(0, end)));
            if (end == rest.npos) break;
            rest = rest.substr(end + 1);
        }
        return rule_object{{"partition", std::string(parts[1])}, {"service", std::string(parts[2])},
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

    value const& document_;
    std::span<aws_partition const> partitions_;
    std::vector<std::pair<std::string, value>> variables_;
};

} // namespace

result<endpoint_rules, endpoint_error> endpoint_rules::parse(std::string_view json) {
    decode_options options;
    options.limits.depth = 100;
    auto read = from_json<rule_value>(json, options);
    if (!read) return endpoint_error{"the endpoint rules are no JSON: " + read.error().message()};
    auto const* const version = optional_member(*read, "version").get<std::string>();
    if (!version || !version->starts_with("1.")) return endpoint_error{"the endpoint rules are of no version that is known"};
    return endpoint_rules(std::make_shared<rule_value const>(std::move(*read)));
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
    auto const* const parameters = optional_member(*rules_, "parameters").get<rule_object>();
    if (!parameters) return {};
    for (auto const& [name, said] : *parameters) {
        auto const* const meaning = optional_member(said, "builtIn").get<std::string>();
        if (meaning && *meaning == built_in) return name;
    }
    return {};
}

} // namespace parley

#endif
