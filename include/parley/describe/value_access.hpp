// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_DESCRIBE_VALUE_ACCESS_HPP
#define PARLEY_DESCRIBE_VALUE_ACCESS_HPP

#include <parley/describe/box.hpp>
#include <parley/describe/required.hpp>
#include <parley/describe/shape.hpp>

#include <memory>
#include <new>
#include <optional>
#include <string>
#include <type_traits>

namespace parley::inline PARLEY_ABI::detail {

/// Accesses the value in a place of type `Place`. Primary template: the place is the value.
template <class Place>
struct value_access_of {
    using value = Place;
    static constexpr bool direct = true;
    static constexpr bool nullable = false;
    static void* emplace(void* place) { return place; }
    static void const* get_if(void const* place) { return place; }
    [[gnu::cold]] static void clear(void* place) {
        auto& old = *static_cast<Place*>(place);
        if constexpr (access::never_throws<Place> && std::is_destructible_v<Place>) {
            // Much less code than the assignment operator of a struct with many members.
            old.~Place();
            ::new (place) Place(access::make<Place>());
        } else {
            old = access::make<Place>();
        }
    }
};

template <class T>
struct value_access_of<required<T>> : value_access_of<T> {
    static_assert(sizeof(required<T>) == sizeof(T)); // the addresses are interchangeable
};

template <class T>
struct emplacing {
    static constexpr bool direct = false;
    template <class Optional>
    static T* into(Optional& optional) {
        if constexpr (std::is_default_constructible_v<T>) return &optional.emplace();
        else return &optional.emplace(access::make<T>());
    }
};

template <class T>
struct value_access_of<std::optional<T>> : emplacing<T> {
    using value = typename value_access_of<T>::value;
    static constexpr bool nullable = true;
    static void* emplace(void* place) {
        return value_access_of<T>::emplace(emplacing<T>::into(*static_cast<std::optional<T>*>(place)));
    }
    static void const* get_if(void const* place) {
        auto const& optional = *static_cast<std::optional<T> const*>(place);
        return optional ? value_access_of<T>::get_if(&*optional) : nullptr;
    }
    static void clear(void* place) { static_cast<std::optional<T>*>(place)->reset(); }
};

template <class Pointer, class T>
struct pointer_access {
    using value = typename value_access_of<T>::value;
    static constexpr bool direct = false;
    static constexpr bool nullable = true;
    static void* emplace(void* place) {
        auto& pointer = *static_cast<Pointer*>(place);
        pointer = Pointer(new T(access::make<T>()));
        return value_access_of<T>::emplace(pointer.get());
    }
    static void const* get_if(void const* place) {
        auto const& pointer = *static_cast<Pointer const*>(place);
        return pointer ? value_access_of<T>::get_if(pointer.get()) : nullptr;
    }
    static void clear(void* place) { static_cast<Pointer*>(place)->reset(); }
};

template <class T>
struct value_access_of<std::unique_ptr<T>> : pointer_access<std::unique_ptr<T>, T> {};
template <class T>
struct value_access_of<std::shared_ptr<T>> : pointer_access<std::shared_ptr<T>, T> {};

template <class T>
struct value_access_of<box<T>> {
    using value = typename value_access_of<T>::value;
    static constexpr bool direct = false;
    static constexpr bool nullable = false;
    static void* emplace(void* place) {
        auto& target = *static_cast<box<T>*>(place);
        target = box<T>();
        return value_access_of<T>::emplace(&*target);
    }
    static void const* get_if(void const* place) {
        auto const& source = *static_cast<box<T> const*>(place);
        return source.has_value() ? value_access_of<T>::get_if(&*source) : nullptr;
    }
};

template <class Place>
constexpr value_access make_value_access(shape const& target) {
    using place_access = value_access_of<Place>;
    value_access access;
    access.target = &target;
    if constexpr (!place_access::direct) {
        access.emplace = &place_access::emplace;
        access.get_if = &place_access::get_if;
    }
    if constexpr (place_access::nullable) access.clear = &place_access::clear;
    access.nullable = place_access::nullable;
    access.optional_text = std::is_same_v<Place, std::optional<std::string>>;
    return access;
}

} // namespace parley::detail

#endif
