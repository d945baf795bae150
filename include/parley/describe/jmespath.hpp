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

// Expressions of JMESPath (https://jmespath.org/specification.html), as far as the models of AWS use them: members, "[]", "[*]"
// and "[?...]", comparisons, "&&", "||", "!", length(...), keys(...), 'texts' and `literals`. They are compiled with the program,
// against the description of the value they are about, so that a member that is not there does not compile; and evaluated by
// ordinary code.

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
        both,
        either,
        negate,
        length,
        keys
    };
    static constexpr std::uint16_t none = 0xffff;

    operation what = operation::current;
    bool flattens = false;      ///< project: "[]", which makes one list of lists
    std::uint16_t left = none;  ///< the operand; of a member: the value that has it
    std::uint16_t right = none; ///< the second operand; of a projection: what is done with each item
    std::uint16_t test = none;  ///< filter: what must hold for an item
    parley::member const* target = nullptr;
    std::string_view text;
    double number = 0;
};

/// Reads an expression about a value of shape `root`. A mistake throws, which ends a constant evaluation with an error that
/// shows the line. With null for `nodes`, it counts them only.
class jmespath_reader {
public:
    constexpr jmespath_reader(std::string_view text, shape const& root, jmespath_node* nodes)
        : rest_(text), root_(&root), nodes_(nodes) {}

    /// The number of nodes, the last of which is the whole.
    constexpr std::size_t read() {
        either(root_);
        skip();
        if (!rest_.empty()) throw "parley: this path goes on with something that is none of what is known";
        return count_;
    }

private:
    using operation = jmespath_node::operation;
    // What no description tells of: the outcome of a comparison, a literal, a projection.
    static constexpr shape undescribed{shape_kind::json_value};
    // A node, and the shape of what it gives. Never null: g++ 12 with UBSan cannot compare an address with null in a
    // constant expression.
    struct found {
        std::uint16_t node;
        shape const* what;
    };

    constexpr std::uint16_t add(jmespath_node node) {
        if (count_ >= jmespath_node::none) throw "parley: this path is too long";
        if (nodes_) nodes_[count_] = node;
        return static_cast<std::uint16_t>(count_++);
    }
    constexpr std::uint16_t add(operation what, std::uint16_t left = jmespath_node::none,
                                std::uint16_t right = jmespath_node::none) {
        jmespath_node node;
        node.what = what;
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
        if (!take(token)) throw "parley: a bracket, parenthesis or quotation of this path is not closed";
    }

    constexpr found either(shape const* at) {
        auto left = both(at);
        while (take("||")) left = {add(operation::either, left.node, both(at).node), &undescribed};
        return left;
    }
    constexpr found both(shape const* at) {
        auto left = comparison(at);
        while (take("&&")) left = {add(operation::both, left.node, comparison(at).node), &undescribed};
        return left;
    }
    constexpr found comparison(shape const* at) {
        auto const left = negation(at);
        for (auto const& [token, what] :
             {compared{"==", operation::equal}, compared{"!=", operation::not_equal}, compared{"<=", operation::less_or_equal},
              compared{">=", operation::greater_or_equal}, compared{"<", operation::less}, compared{">", operation::greater}}) {
            if (take(token)) return {add(what, left.node, negation(at).node), &undescribed};
        }
        return left;
    }
    struct compared {
        std::string_view token;
        operation what;
    };
    constexpr found negation(shape const* at) {
        skip();
        if (rest_.starts_with("!") && !rest_.starts_with("!=")) {
            take("!");
            return {add(operation::negate, negation(at).node), &undescribed};
        }
        return suffixes(primary(at));
    }

    constexpr found primary(shape const* at) {
        skip();
        if (take("(")) {
            auto const inside = either(at);
            expect(")");
            return inside;
        }
        if (take("@")) return {add(operation::current), at};
        if (take("'")) {
            auto const end = position_of('\'', rest_);
            jmespath_node node;
            node.what = operation::literal_text;
            node.text = rest_.substr(0, end);
            if (end != rest_.npos) rest_.remove_prefix(end);
            expect("'");
            return {add(node), &undescribed};
        }
        if (take("`")) return {literal(), &undescribed};
        auto const name = identifier();
        if (take("(")) {
            if (name != "length" && name != "keys") throw "parley: of the functions of JMESPath, only length and keys are known";
            auto const argument = either(at);
            expect(")");
            if (name == "length") return {add(operation::length, argument.node), &undescribed};
            if (argument.what->kind != shape_kind::map)
                throw "parley: keys(...) of this path asks for the keys of something that is no map";
            return {add(operation::keys, argument.node), &undescribed};
        }
        return field(name, {add(operation::current), at});
    }

    constexpr std::uint16_t literal() {
        jmespath_node node;
        auto const end = position_of('`', rest_);
        auto const text = rest_.substr(0, end);
        if (text == "true") node.what = operation::literal_true;
        else if (text == "false") node.what = operation::literal_false;
        else if (text == "null") node.what = operation::literal_null;
        else if (text.size() > 1 && text.starts_with('"') && text.ends_with('"')) {
            node.what = operation::literal_text;
            node.text = text.substr(1, text.size() - 2);
            if (position_of('\\', node.text) != text.npos)
                throw "parley: a literal of this path has an escape: write it as 'text'";
        } else {
            node.what = operation::literal_number;
            if (text.empty()) throw "parley: a literal of this path is no number, text or boolean";
            for (char c : text) {
                if (c < '0' || c > '9') throw "parley: a literal of this path is no number, text or boolean";
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
        if (size == 0) throw "parley: this path lacks a name";
        auto const name = rest_.substr(0, size);
        rest_.remove_prefix(size);
        return name;
    }
    static constexpr bool is_name(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    }

    // A member by its name in C++, where a trailing underscore may be left out.
    static constexpr member const& find(structure_shape const& s, std::string_view name) {
        for (std::size_t i = 0; i < s.count; ++i) {
            auto const cpp = s.members[i].cpp_name();
            if (cpp == name || (cpp.ends_with('_') && cpp.substr(0, cpp.size() - 1) == name)) return s.members[i];
        }
        throw "parley: this path names a member that the description does not have";
    }
    constexpr found field(std::string_view name, found of) {
        bool const has_members = of.what->kind == shape_kind::structure || of.what->kind == shape_kind::tagged_union;
        if (!has_members) throw "parley: this path asks for a member of something that has none";
        jmespath_node node;
        node.what = operation::member;
        node.left = of.node;
        node.target = &find(*of.what->structure, name);
        return {add(node), node.target->value.target};
    }

    constexpr found suffixes(found left) {
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
    // All that follows is done with each item.
    constexpr found project(found list) {
        auto const before = taken_before();
        if (list.what->kind != shape_kind::list) throw "parley: this path goes through something that is no list";
        jmespath_node node;
        node.what = before == '?' ? operation::filter : operation::project;
        node.flattens = before == '[';
        node.left = list.node;
        auto const* item = list.what->list->item.target;
        if (before == '?') {
            node.test = either(item).node;
            expect("]");
        }
        if (node.flattens && item->kind == shape_kind::list) item = item->list->item.target;
        node.right = suffixes({add(operation::current), item}).node;
        return {add(node), &undescribed};
    }
    // Which of "[]", "[*]" and "[?" was taken: its second character, or '[' for the first.
    constexpr char taken_before() const {
        char const last = *(rest_.data() - 1);
        return last == '?' ? '?' : *(rest_.data() - 2) == '*' ? '*' : '[';
    }

    std::string_view rest_;
    shape const* root_;
    jmespath_node* nodes_;
    std::size_t count_ = 0;
};

/// What an expression gives.
struct jmespath_value {
    enum class kind : std::uint8_t { null, boolean, number, text, object, list };

    kind what = kind::null;
    bool boolean = false;
    double number = 0;
    std::string_view text; ///< of the value that was asked
    std::size_t size = 0;  ///< object: how many members or entries it has
    std::vector<jmespath_value> items;

    /// False for null, false, and what is empty.
    bool truthy() const noexcept;
    friend bool operator==(jmespath_value const&, jmespath_value const&) = default;
};

/// Evaluates an expression about the value at `object`; the last node is the whole.
jmespath_value evaluate_jmespath(jmespath_node const* nodes, std::size_t count, shape const& root, void const* object);

} // namespace detail

/// An expression about a `T`.
///
///     auto statuses = parley::jmespath<"services[].status", DescribeServicesResponse>::evaluate(response);
template <fixed_string Text, class T>
struct jmespath {
    static constexpr std::size_t count = detail::jmespath_reader(Text.view(), shape_of<T>, nullptr).read();
    static constexpr auto nodes = [] {
        std::array<detail::jmespath_node, count> all{};
        detail::jmespath_reader(Text.view(), shape_of<T>, all.data()).read();
        return all;
    }();

    static detail::jmespath_value evaluate(T const& value) {
        return detail::evaluate_jmespath(nodes.data(), count, shape_of<T>, &value);
    }
};

} // namespace parley

#endif
