// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_DESCRIBE_MEMBERS_HPP
#define PARLEY_DESCRIBE_MEMBERS_HPP

#include <parley/core/fixed_string.hpp>

#include <boost/describe/members.hpp>

#include <string_view>
#include <type_traits>
#include <vector>

namespace parley::inline PARLEY_ABI {

/// A member of a struct and its name, for `parley::members`.
template <fixed_string Name, auto Pointer>
struct described {
    static constexpr std::string_view name = Name.view(); ///< The name of the member.
    static constexpr auto pointer = Pointer;              ///< The pointer to the member.
};

/// The members of a struct with more than 52 members, the limit of BOOST_DESCRIBE_STRUCT in Boost 1.81.
///
/// Define this function in the namespace of the struct instead:
///
///     constexpr auto parley_members(big const*) {
///         return parley::members<parley::described<"a", &big::a>, parley::described<"b", &big::b>>();
///     }
template <class... Described>
struct members {};

namespace detail {

template <class T>
concept has_members = requires(T const* type) {
    parley_members(type);
};

// Call the functions that BOOST_DESCRIBE_STRUCT and BOOST_DESCRIBE_CLASS declare directly. has_describe_members and describe_members look
// them up seven times, and each look-up considers all described types of the namespace.
template <class T>
using boost_members = decltype(boost_public_member_descriptor_fn(static_cast<T**>(nullptr)));
template <class T>
using boost_bases = decltype(boost_base_descriptor_fn(static_cast<T**>(nullptr)));

template <class T>
inline constexpr bool is_vector = false;
template <class T, class Allocator>
inline constexpr bool is_vector<std::vector<T, Allocator>> = true;

// Vectors are excluded first, since the look-up would consider all described types of the namespace of their items.
template <class T>
concept is_described = std::is_class_v<T> && !is_vector<T> && (has_members<T> || requires { typename boost_members<T>; });

template <class Pointer>
inline constexpr bool points_to_data = false;
template <class Member, class T>
inline constexpr bool points_to_data<Member T::*> = !std::is_function_v<Member>;

// Public members, including those of public base classes.
template <class T, class Bases = boost_bases<T>, class Own = boost_members<T>>
struct public_members {
    using type = boost::describe::describe_members<T, boost::describe::mod_public | boost::describe::mod_inherited>;
};
// The common case, which costs less to compile: no base classes, and only data members are described.
template <class T, template <class...> class List, class... D>
    requires(true && ... && points_to_data<std::remove_const_t<decltype(D::pointer)>>)
struct public_members<T, List<>, List<D...>> {
    using type = List<D...>;
};

template <class List>
inline constexpr bool has_data = false;
template <template <class...> class List, class... D>
inline constexpr bool has_data<List<D...>> = (false || ... || points_to_data<std::remove_const_t<decltype(D::pointer)>>);

// Aggregates are excluded first: all their members are public.
template <class T>
concept describes_only_hidden_members =
    !std::is_aggregate_v<
        T> && !has_data<typename public_members<T>::type> && (has_data<decltype(boost_private_member_descriptor_fn(static_cast<T**>(nullptr)))> || has_data<decltype(boost_protected_member_descriptor_fn(static_cast<T**>(nullptr)))>);

template <class T>
struct member_list : public_members<T> {
    static_assert(!describes_only_hidden_members<T>,
                  "parley: only public members are encoded, and all members that this class describes are "
                  "private or protected: make them public");
};
template <has_members T>
struct member_list<T> {
    using type = decltype(parley_members(static_cast<T const*>(nullptr)));
};

} // namespace detail
} // namespace parley

#endif
