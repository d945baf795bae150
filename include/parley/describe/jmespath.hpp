// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_DESCRIBE_JMESPATH_HPP
#define PARLEY_DESCRIBE_JMESPATH_HPP

#include <parley/core/config.hpp>
#include <parley/core/fixed_string.hpp>
#include <parley/core/text.hpp>
#include <parley/describe/shape_of.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace parley::inline PARLEY_ABI {

// The subset of JMESPath (https://jmespath.org/specification.html) that AWS models use: members, "[]", "[*]" and "[?...]", comparisons,
// "&&", "||", "!", length(...), keys(...), 'raw strings' and `literals`. An expression is parsed at compile time against the description of
// a type, so that an unknown member is a compile error. It is evaluated at run time by ordinary code.

namespace detail {

struct jmespath_node {
    enum class operation : std::uint8_t {
        current,
        member,
        project,
        filter,
        literal_text,
        literal_number,
        literal_true,
        literal_false,
        literal_null,
        equal,
        not_equal,
        less,
        less_or_equal,
        greater,
        greater_or_equal,
        logical_and,
        logical_or,
        logical_not,
        length,
        keys
    };
    static constexpr std::uint16_t none = 0xffff;

    operation op = operation::current;
    bool flattens = false;      ///< project: "[]", which flattens nested lists
    std::uint16_t left = none;  ///< the operand; of a member: the object
    std::uint16_t right = none; ///< the second operand; of a projection: applied to each item
    std::uint16_t test = none;  ///< filter: the condition for an item
    parley::member const* target = nullptr;
    std::string_view text;
    double number = 0;
};

/// Parses an expression for a value of shape `root`. A syntax error throws, which makes the constant evaluation a compile error at the
/// throwing line. If `nodes` is null, only counts the nodes.
class jmespath_parser {
public:
    constexpr jmespath_parser(std::string_view text, shape const& root, jmespath_node* nodes)
        : rest_(text), root_(&root), nodes_(nodes) {}

    /// Returns the number of nodes. The last node is the root of the expression.
    constexpr std::size_t parse() {
        logical_or(root_);
        skip();
        if (!rest_.empty()) throw "parley: syntax error in this path: unexpected characters at its end";
        return count_;
    }

private:
    using operation = jmespath_node::operation;
    // The type of comparisons, literals and projections, which have no description.
    static constexpr shape undescribed{shape_kind::json_value};
    // A node and the shape of its value. The shape is never null: g++ 12 with UBSan cannot compare an address with null in a
    // constant expression.
    struct operand {
        std::uint16_t node;
        shape const* type;
    };

    constexpr std::uint16_t add(jmespath_node node) {
        if (count_ >= jmespath_node::none) throw "parley: this path is too long";
        if (nodes_) nodes_[count_] = node;
        return static_cast<std::uint16_t>(count_++);
    }
    constexpr std::uint16_t add(operation op, std::uint16_t left = jmespath_node::none,
                                std::uint16_t right = jmespath_node::none) {
        jmespath_node node;
        node.op = op;
        node.left = left;
        node.right = right;
        return add(node);
    }
    constexpr void skip() {
        while (rest_.starts_with(' ') || rest_.starts_with('\n') || rest_.starts_with('\t')) rest_.remove_prefix(1);
    }
    constexpr bool take(std::string_view token) {
        skip();
        if (!rest_.starts_with(token)) return false;
        rest_.remove_prefix(token.size());
        return true;
    }
    constexpr void expect(std::string_view token) {
        if (!take(token)) throw "parley: a bracket, parenthesis or quotation mark in this path is not closed";
    }

    constexpr operand logical_or(shape const* at) {
        auto left = logical_and(at);
        while (take("||")) left = {add(operation::logical_or, left.node, logical_and(at).node), &undescribed};
        return left;
    }
    constexpr operand logical_and(shape const* at) {
        auto left = comparison(at);
        while (take("&&")) left = {add(operation::logical_and, left.node, comparison(at).node), &undescribed};
        return left;
    }
    constexpr operand comparison(shape const* at) {
        auto const left = negation(at);
        for (auto const& [token, op] :
             {compared{"==", operation::equal}, compared{"!=", operation::not_equal}, compared{"<=", operation::less_or_equal},
              compared{">=", operation::greater_or_equal}, compared{"<", operation::less}, compared{">", operation::greater}}) {
            if (take(token)) return {add(op, left.node, negation(at).node), &undescribed};
        }
        return left;
    }
    struct compared {
        std::string_view token;
        operation op;
    };
    constexpr operand negation(shape const* at) {
        skip();
        if (rest_.starts_with("!") && !rest_.starts_with("!=")) {
            take("!");
            return {add(operation::logical_not, negation(at).node), &undescribed};
        }
        return suffixes(primary(at));
    }

    constexpr operand primary(shape const* at) {
        skip();
        if (take("(")) {
            auto const inside = logical_or(at);
            expect(")");
            return inside;
        }
        if (take("@")) return {add(operation::current), at};
        if (take("'")) {
            auto const end = position_of('\'', rest_);
            jmespath_node node;
            node.op = operation::literal_text;
            node.text = rest_.substr(0, end);
            if (end != rest_.npos) rest_.remove_prefix(end);
            expect("'");
            return {add(node), &undescribed};
        }
        if (take("`")) return {literal(), &undescribed};
        auto const name = identifier();
        if (take("(")) {
            if (name != "length" && name != "keys")
                throw "parley: unsupported function in this path: only length and keys are supported";
            auto const argument = logical_or(at);
            expect(")");
            if (name == "length") return {add(operation::length, argument.node), &undescribed};
            if (argument.type->kind != shape_kind::map) throw "parley: the argument of keys(...) in this path is not a map";
            return {add(operation::keys, argument.node), &undescribed};
        }
        return field(name, {add(operation::current), at});
    }

    constexpr std::uint16_t literal() {
        jmespath_node node;
        auto const end = position_of('`', rest_);
        auto const text = rest_.substr(0, end);
        if (text == "true") node.op = operation::literal_true;
        else if (text == "false") node.op = operation::literal_false;
        else if (text == "null") node.op = operation::literal_null;
        else if (text.size() > 1 && text.starts_with('"') && text.ends_with('"')) {
            node.op = operation::literal_text;
            node.text = text.substr(1, text.size() - 2);
            if (position_of('\\', node.text) != text.npos)
                throw "parley: a literal in this path has an escape sequence, which is not supported: write it as 'text'";
        } else {
            node.op = operation::literal_number;
            if (text.empty()) throw "parley: invalid literal in this path: expected a number, a string or a boolean";
            for (char c : text) {
                if (c < '0' || c > '9') throw "parley: invalid literal in this path: expected a number, a string or a boolean";
                node.number = node.number * 10 + (c - '0');
            }
        }
        if (end != rest_.npos) rest_.remove_prefix(end);
        expect("`");
        return add(node);
    }

    constexpr std::string_view identifier() {
        skip();
        if (take("\"")) {
            auto const end = position_of('"', rest_);
            auto const name = rest_.substr(0, end);
            if (end != rest_.npos) rest_.remove_prefix(end);
            expect("\"");
            return name;
        }
        std::size_t size = 0;
        while (size < rest_.size() && is_name(rest_[size])) ++size;
        if (size == 0) throw "parley: syntax error in this path: expected a member name";
        auto const name = rest_.substr(0, size);
        rest_.remove_prefix(size);
        return name;
    }
    static constexpr bool is_name(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    }

    // Finds a member by its C++ name. A trailing underscore may be omitted.
    static constexpr member const& find(structure_shape const& s, std::string_view name) {
        for (std::size_t i = 0; i < s.count; ++i) {
            auto const cpp = s.members[i].cpp_name();
            if (cpp == name || (cpp.ends_with('_') && cpp.substr(0, cpp.size() - 1) == name)) return s.members[i];
        }
        throw "parley: this path names a member that is not described";
    }
    constexpr operand field(std::string_view name, operand object) {
        bool const has_members = object.type->kind == shape_kind::structure || object.type->kind == shape_kind::tagged_union;
        if (!has_members) throw "parley: this path names a member of a value that is not a structure";
        jmespath_node node;
        node.op = operation::member;
        node.left = object.node;
        node.target = &find(*object.type->structure, name);
        return {add(node), node.target->value.target};
    }

    constexpr operand suffixes(operand left) {
        for (;;) {
            if (take(".")) {
                left = field(identifier(), left);
            } else if (take("[]") || take("[*]") || take("[?")) {
                return project(left);
            } else {
                return left;
            }
        }
    }
    // Parses the rest of the path, which applies to each item.
    constexpr operand project(operand list) {
        auto const before = taken_before();
        if (list.type->kind != shape_kind::list) throw "parley: this path projects a value that is not a list";
        jmespath_node node;
        node.op = before == '?' ? operation::filter : operation::project;
        node.flattens = before == '[';
        node.left = list.node;
        auto const* item = list.type->list->item.target;
        if (before == '?') {
            node.test = logical_or(item).node;
            expect("]");
        }
        if (node.flattens && item->kind == shape_kind::list) item = item->list->item.target;
        node.right = suffixes({add(operation::current), item}).node;
        return {add(node), &undescribed};
    }
    // Returns '[', '*' or '?' if the last token is "[]", "[*]" or "[?".
    constexpr char taken_before() const {
        char const last = *(rest_.data() - 1);
        return last == '?' ? '?' : *(rest_.data() - 2) == '*' ? '*' : '[';
    }

    std::string_view rest_;
    shape const* root_;
    jmespath_node* nodes_;
    std::size_t count_ = 0;
};

/// The result of an expression.
struct jmespath_value {
    enum class kind : std::uint8_t { null, boolean, number, text, object, list };

    kind what = kind::null;
    bool boolean = false;
    double number = 0;
    std::string_view text; ///< a view of the evaluated object
    std::size_t size = 0;  ///< object: number of members or entries
    std::vector<jmespath_value> items;

    /// Returns false for null, false and empty values.
    bool truthy() const noexcept;
    friend bool operator==(jmespath_value const&, jmespath_value const&) = default;
};

/// Evaluates an expression for the value at `object`. The last node is the root of the expression.
jmespath_value evaluate_jmespath(jmespath_node const* nodes, std::size_t count, shape const& root, void const* object);

} // namespace detail

/// A JMESPath expression for a `T`, checked at compile time.
///
/// @tparam Text The expression. Members have their C++ names.
/// @tparam T    A described type.
///
///     auto statuses = parley::jmespath<"services[].status", DescribeServicesResponse>::evaluate(response);
template <fixed_string Text, class T>
struct jmespath {
    /// Number of nodes of the parsed expression.
    static constexpr std::size_t count = detail::jmespath_parser(Text.view(), shape_of<T>, nullptr).parse();
    /// The parsed expression.
    static constexpr auto nodes = [] {
        std::array<detail::jmespath_node, count> all{};
        detail::jmespath_parser(Text.view(), shape_of<T>, all.data()).parse();
        return all;
    }();

    /// Returns the value of the expression for `value`, whose texts are views of `value`.
    static detail::jmespath_value evaluate(T const& value) {
        return detail::evaluate_jmespath(nodes.data(), count, shape_of<T>, &value);
    }
};

} // namespace parley

#endif
