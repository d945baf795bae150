// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_PROTOCOL_JSON_RPC_TABLE_HPP
#define PARLEY_PROTOCOL_JSON_RPC_TABLE_HPP

#include <parley/describe/rpc_params.hpp>
#include <parley/describe/shape_of.hpp>
#include <parley/protocol/call_error.hpp>
#include <parley/protocol/operation_table.hpp>

#include <boost/mp11/algorithm.hpp>

#include <array>
#include <concepts>
#include <cstdint>
#include <span>
#include <string_view>

namespace parley::inline PARLEY_ABI::detail {

/// The constant table of a declared error, for JSON-RPC.
struct rpc_error_entry {
    std::int64_t code = 0;
    std::string_view message; ///< default for errors without a message of their own
    shape const* what = nullptr;
    parley::fault fault = parley::fault::unspecified;
    retryability retry = retryability::none;
    void* (*make)() = nullptr; ///< creates a default value
    void (*drop)(void* error) = nullptr;
};

/// The constant table of an operation, for JSON-RPC.
struct rpc_operation {
    std::string_view name;
    shape const* input = nullptr;
    value_access output; ///< optional outputs may be null
    rpc_params params = rpc_params::by_name;
    std::span<rpc_error_entry const> errors;
};

template <class E>
struct error_has_no_rpc_code {
    static_assert(traits_of<E>.type.has_rpc_code,
                  "parley: JSON-RPC identifies errors by an integer code, which this error does not have: add "
                  "parley::rpc_error(1001) to the parley_traits of the struct");
};
template <class First, class Second>
struct two_errors_have_the_same_rpc_code {
    static_assert(always_false<First>,
                  "parley: these two errors of an operation have the same JSON-RPC code: give one of them another code in its "
                  "parley::rpc_error");
};
template <class Op>
struct rpc_input_is_not_structured {
    static constexpr auto kind = shape_table<typename Op::input>::value.kind;
    static_assert(kind == shape_kind::structure || kind == shape_kind::tagged_union || kind == shape_kind::list
                      || kind == shape_kind::map,
                  "parley: the params of JSON-RPC are an object or an array, so the input of an operation must be a described "
                  "struct, a list or a map: make the value a member of a struct");
};
template <class Op, class Params>
struct params_must_be_rpc_params {
    static_assert(
        std::same_as<Params, rpc_params>,
        "parley: the member params of an operation or service must be a parley::rpc_params: static constexpr auto params "
        "= parley::rpc_params::by_position");
};

template <class E>
constexpr rpc_error_entry make_rpc_error_entry() {
    static_cast<void>(sizeof(error_is_not_described<E>));
    static_cast<void>(sizeof(error_has_views<E>));
    static_cast<void>(sizeof(error_has_no_rpc_code<E>));
    constexpr auto type = traits_of<E>.type;
    return {type.rpc_code,
            type.rpc_message.empty() ? error_code_of<E>() : type.rpc_message,
            &shape_table<E>::value,
            type.fault,
            type.retry,
            &make_error<E>,
            &drop_error<E>};
}

template <class Op, class List>
struct rpc_error_table;
template <class Op, class... E>
struct rpc_error_table<Op, errors<E...>> {
    static constexpr std::size_t count = sizeof...(E);
    static constexpr std::array<rpc_error_entry, count> value{make_rpc_error_entry<E>()...};

    // The positions of the first two errors with the same code, or `count` if all codes differ.
    static constexpr std::array<std::size_t, 2> same = [] {
        for (std::size_t i = 0; i < count; ++i) {
            for (std::size_t j = 0; j < i; ++j) {
                if (value[i].code == value[j].code) return std::array{j, i};
            }
        }
        return std::array{count, count};
    }();
    static constexpr bool check() {
        if constexpr (same[0] < count) {
            using list = boost::mp11::mp_list<E...>;
            static_cast<void>(sizeof(
                two_errors_have_the_same_rpc_code<boost::mp11::mp_at_c<list, same[0]>, boost::mp11::mp_at_c<list, same[1]>>));
        }
        return true;
    }
    static_assert(check());
};

template <class Op, class Params>
constexpr rpc_params checked_rpc_params(Params params) {
    static_cast<void>(sizeof(params_must_be_rpc_params<Op, Params>));
    return static_cast<rpc_params>(params);
}

template <class Op>
constexpr rpc_params rpc_params_of() {
    using service = typename service_of<Op>::type;
    if constexpr (requires { Op::params; }) return checked_rpc_params<Op>(Op::params);
    else if constexpr (requires { service::params; }) return checked_rpc_params<Op>(service::params);
    else return rpc_params::by_name;
}

template <class Op>
struct rpc_table_of {
    static_assert(operation<Op>, "parley: an operation needs an input and an output: struct my_operation { struct input {...}; "
                                 "using output = ...; };");
    static_assert(sizeof(rpc_input_is_not_structured<Op>) > 0);

    using output = typename Op::output;
    static constexpr rpc_operation value{operation_name<Op>(), &shape_table<typename Op::input>::value,
                                         make_value_access<output>(shape_of<output>), rpc_params_of<Op>(),
                                         rpc_error_table<Op, all_errors<Op>>::value};
};

} // namespace parley::detail

#endif
