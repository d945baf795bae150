// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_SERVER_SERVER_TABLE_HPP
#define PARLEY_SERVER_SERVER_TABLE_HPP

#include <parley/describe/static_diagnostics.hpp>
#include <parley/protocol/aws_json.hpp>
#include <parley/protocol/rest_json.hpp>
#include <parley/server/server_call.hpp>

#include <boost/mp11/algorithm.hpp>
#include <boost/mp11/list.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <string_view>
#include <type_traits>

namespace parley::inline PARLEY_ABI::detail {

template <class A, class B>
struct operations_are_ambiguous {
    static_assert(always_false<A, B>,
                  "parley: these two operations have the same method, path, query literals and host, so that requests are "
                  "ambiguous: change the http template of one of them");
};

// Returns true if `a` takes precedence over `b`. Routes with different methods never conflict.
constexpr bool more_specific(message_binding const& a, message_binding const& b) {
    if (a.method != b.method) return a.method < b.method;
    if (auto const order = compare_specificity(a.path, b.path); order != 0) return order < 0;
    // The number of literals, then the number of literals with a value: "?a" also matches "?a=1".
    auto const literals = [](message_binding const& m) {
        std::array<std::size_t, 2> counts{};
        for (auto const& part : m.parts) {
            if (part.place != template_place::query_text) continue;
            ++counts[0];
            counts[1] += !part.text.empty();
        }
        return counts;
    };
    return literals(a) > literals(b);
}

constexpr bool has_part(message_binding const& m, bound_part const& wanted) {
    for (auto const& part : m.parts) {
        if (part.place == wanted.place && part.name == wanted.name && part.text == wanted.text) return true;
    }
    return false;
}

// Compares the host prefixes. All labels are equal.
constexpr bool same_host(message_binding const& a, message_binding const& b) {
    auto const is_host = [](bound_part const& p) {
        return p.place == template_place::host_text || p.place == template_place::host_label;
    };
    auto left = a.parts.begin(), right = b.parts.begin();
    for (;; ++left, ++right) {
        while (left != a.parts.end() && !is_host(*left)) ++left;
        while (right != b.parts.end() && !is_host(*right)) ++right;
        bool const ended = left == a.parts.end();
        if (ended || right == b.parts.end()) return ended == (right == b.parts.end());
        if (left->place != right->place || left->text != right->text) return false;
    }
}

// "Patterns MUST NOT be equivalent if they share a host." https://smithy.io/2.0/spec/http-bindings.html#uri
constexpr bool conflict(message_binding const& a, message_binding const& b) {
    if (more_specific(a, b) || more_specific(b, a) || !same_host(a, b)) return false;
    for (auto const& part : a.parts) {
        if (part.place == template_place::query_text && !has_part(b, part)) return false;
    }
    return true;
}

template <class Service>
struct operations_of {
    static_assert(
        requires { typename Service::operations; },
        "parley: the service does not list its operations: add using operations = parley::operations<...>; to it, or pass "
        "parley::operations<...> to the router instead of the service");
    using type = typename Service::operations;
};
template <class... Op>
struct operations_of<operations<Op...>> {
    using type = operations<Op...>;
};

template <class Operations>
struct server_of;

/// The constant table of a server.
template <class First, class... Rest>
struct server_of<operations<First, Rest...>> {
    static constexpr std::size_t count = 1 + sizeof...(Rest);
    using list = operations<First, Rest...>;
    using protocol = typename protocol_of<First>::type;
    static_assert(boost::mp11::mp_all<std::is_same<typename protocol_of<Rest>::type, protocol>...>::value,
                  "parley: the operations of a router must have the same protocol: use one router per protocol");
    template <std::size_t I>
    using at = boost::mp11::mp_at_c<list, I>;

    using tables = std::array<operation_table const*, count>;
    static constexpr tables listed{&table_of<First>::value, &table_of<Rest>::value...};

    // A stable merge sort. Each pass is a constant of its own, because clang 14 limits the evaluation of a constant to a million steps.
    using positions = std::array<std::size_t, count>;
    template <std::size_t Width>
    static constexpr positions sort() {
        positions from{};
        if constexpr (Width == 1) {
            for (std::size_t i = 0; i < count; ++i) from[i] = i;
        } else {
            from = runs_of<Width / 2>;
        }
        positions to{};
        for (std::size_t begin = 0; begin < count; begin += 2 * Width) {
            auto const middle = begin + Width < count ? begin + Width : count;
            auto const end = begin + 2 * Width < count ? begin + 2 * Width : count;
            auto a = begin, b = middle;
            for (auto out = begin; out < end; ++out) {
                bool const second =
                    a == middle || (b < end && more_specific(*listed[from[b]]->request, *listed[from[a]]->request));
                to[out] = from[second ? b++ : a++];
            }
        }
        return to;
    }
    template <std::size_t Width>
    static constexpr positions runs_of = sort<Width>();
    static constexpr positions const& order = runs_of<std::bit_ceil(count > 1 ? count : 2) / 2>;
    static constexpr tables sorted = [] {
        tables all{};
        for (std::size_t i = 0; i < count; ++i) all[i] = listed[order[i]];
        return all;
    }();
    template <class Op>
    static constexpr std::size_t position_of() {
        std::size_t i = 0;
        while (sorted[i] != &table_of<Op>::value) ++i;
        return i;
    }

    // RPC protocols send the name of the operation instead.
    static constexpr bool by_path = std::is_same_v<protocol, parley::rest_json>;
    static constexpr std::array<std::size_t, 2> conflicting = [] {
        for (std::size_t i = 1; i < count && by_path; ++i) {
            for (std::size_t j = i; j > 0 && !more_specific(*sorted[j - 1]->request, *sorted[i]->request); --j) {
                if (conflict(*sorted[j - 1]->request, *sorted[i]->request)) return std::array{order[j - 1], order[i]};
            }
        }
        return std::array{count, count};
    }();
    template <std::size_t I, std::size_t J>
    static constexpr bool check() {
        if constexpr (I < count) static_cast<void>(sizeof(operations_are_ambiguous<at<I>, at<J>>));
        return true;
    }
    static_assert(check<conflicting[0], conflicting[1]>());

    static constexpr server_table table{&protocol::server_side, sorted, {scheme_of<First>(), aws_of<First>()}};
};

} // namespace parley::detail

#endif
