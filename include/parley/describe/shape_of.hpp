// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_DESCRIBE_SHAPE_OF_HPP
#define PARLEY_DESCRIBE_SHAPE_OF_HPP

#include <parley/core/type_name.hpp>
#include <parley/describe/blob.hpp>
#include <parley/describe/document.hpp>
#include <parley/describe/enumeration.hpp>
#include <parley/describe/hash_collisions.hpp>
#include <parley/describe/open_enum.hpp>
#include <parley/describe/shape.hpp>
#include <parley/describe/static_diagnostics.hpp>
#include <parley/describe/structure.hpp>
#include <parley/describe/tagged.hpp>
#include <parley/describe/traits.hpp>
#include <parley/describe/value_access.hpp>

#include <chrono>
#include <concepts>
#include <memory_resource>
#include <new>
#include <string>
#include <type_traits>
#include <variant>
#include <vector>

namespace parley::inline PARLEY_ABI {
namespace detail {

// Computes the shape of `T`: `static constexpr shape make()`. Specialized for types that are neither described nor built in.
template <class T>
struct shape_maker;

template <class T>
struct shape_table {
    static constexpr shape value = shape_maker<T>::make();
};

template <class T>
[[gnu::cold]] void reconstruct(void* container) noexcept {
    ::new (container) T();
}

template <class T>
void reset_with_memory(void* container, std::pmr::memory_resource* memory) {
    static_cast<T*>(container)->~T();
    if constexpr (std::is_nothrow_constructible_v<T, std::pmr::polymorphic_allocator<typename T::value_type> const&>) {
        ::new (container) T(memory);
    } else {
        // The constructor of std::deque allocates. If it throws, a container must exist again before the exception propagates; if
        // that fails, too, the program terminates.
        try {
            ::new (container) T(memory);
        } catch (...) {
            reconstruct<T>(container);
            throw;
        }
    }
}

constexpr shape make_shape(shape_kind kind) {
    shape s;
    s.kind = kind;
    return s;
}

template <class T>
concept number =
    std::is_arithmetic_v<T> && !std::is_same_v<
        T,
        bool> && !std::is_same_v<T, char> && !std::is_same_v<T, wchar_t> && !std::is_same_v<T, char8_t> && !std::is_same_v<T, char16_t> && !std::is_same_v<T, char32_t> && sizeof(T) <= 8;

template <class T>
struct is_open_enum : std::false_type {};
template <class E>
struct is_open_enum<open_enum<E>> : std::true_type {};
template <class T>
struct is_time_point : std::false_type {};
template <class D>
struct is_time_point<std::chrono::time_point<std::chrono::system_clock, D>> : std::true_type {};

template <class T>
struct timestamp_of {
    using duration = typename T::duration;
    static_assert(duration::period::num == 1 && 1'000'000'000 % duration::period::den == 0,
                  "parley: the period of a timestamp must be a second or a decimal fraction of one, down to nanoseconds: "
                  "use std::chrono::sys_time<std::chrono::milliseconds>");
    static constexpr std::int64_t units = duration::period::den;
    static constexpr std::int64_t nanoseconds_each = 1'000'000'000 / units;

    // Rounds half up, as the Smithy reference implementations do for milliseconds.
    static bool assign(void* value, instant time) {
        auto const part = (time.nanoseconds + nanoseconds_each / 2) / nanoseconds_each;
        constexpr auto limit = std::numeric_limits<std::int64_t>::max() / units - 1;
        if (time.seconds > limit || time.seconds < -limit) return false;
        auto const count = time.seconds * units + part;
        if (!std::in_range<typename duration::rep>(count)) return false;
        *static_cast<T*>(value) = T(duration(static_cast<typename duration::rep>(count)));
        return true;
    }
    static instant get(void const* value) {
        std::int64_t const count = static_cast<T const*>(value)->time_since_epoch().count();
        auto const seconds = count / units - (count % units < 0 ? 1 : 0);
        return {seconds, static_cast<std::int32_t>((count - seconds * units) * nanoseconds_each)};
    }
    static constexpr timestamp_shape table{&assign, &get};
};

template <class T>
struct list_of {
    using item = typename T::value_type;
    using item_value = typename value_access_of<item>::value;
    static constexpr bool in_place = requires(T & list) { requires std::is_same_v<decltype(list.back()), item&>; };

    static void* append(void* list, list_progress const& progress) {
        auto& items = *static_cast<T*>(list);
        if constexpr (requires { items.reserve(items.capacity()); }) {
            if (items.size() == items.capacity()) items.reserve(items.size() + items_to_add(items.size(), progress));
            if constexpr (is_vector<T>) {
                if (items.size() == items.capacity()) __builtin_unreachable(); // removes the code for growing from emplace_back
            }
        }
        if constexpr (std::is_default_constructible_v<item>) items.emplace_back();
        else items.push_back(access::make<item>());
        return &items.back();
    }
    static void* make_item() { return new item(access::make<item>()); }
    static list_shape::inserted insert_item(void* list, void* new_item) {
        auto& items = *static_cast<T*>(list);
        auto& source = *static_cast<item*>(new_item);
        auto const before = items.size();
        std::size_t collisions = 0;
        if constexpr (requires { items.push_back(std::move(source)); }) {
            items.push_back(std::move(source));
        } else {
            collisions = excess_collisions(items, source);
            items.insert(std::move(source));
        }
        source = access::make<item>();
        return {items.size() != before, collisions};
    }
    static void drop_item(void* new_item) { delete static_cast<item*>(new_item); }
    static std::size_t size(void const* list) { return static_cast<T const*>(list)->size(); }
    static bool each(void const* list, void* context, item_visitor visit) {
        for (item const& one : *static_cast<T const*>(list)) {
            if (!visit(context, &one)) return false;
        }
        return true;
    }
    static constexpr list_shape make() {
        list_shape s;
        s.item = make_value_access<item>(shape_table<item_value>::value);
        if constexpr (in_place) {
            s.append = &append;
        } else {
            s.make_item = &make_item;
            s.insert_item = &insert_item;
            s.drop_item = &drop_item;
        }
        s.each = &each;
        s.size = &size;
        return s;
    }
    static constexpr list_shape table = make();
};

template <class T>
struct map_of {
    using key = typename T::key_type;
    using mapped = typename T::mapped_type;
    using mapped_value = typename value_access_of<mapped>::value;
    static constexpr bool text_keys = is_text<key>;
    static_assert(text_keys || std::is_enum_v<key> || is_open_enum<key>::value,
                  "parley: the keys of a map must be texts: std::string, std::string_view, a described enum or open_enum");

    static bool to_key(key& out, std::string_view text, text_source const& source) {
        if constexpr (std::is_same_v<key, std::string>) return out.assign(text), true;
        else if constexpr (text_keys) return text_of<key>::assign(&out, text, source);
        else return shape_table<key>::value.enumeration->assign(&out, text);
    }
    static std::string_view to_text(key const& k) {
        if constexpr (text_keys) return k;
        else return shape_table<key>::value.enumeration->text(&k);
    }
    static map_shape::entry insert(void* map, std::string_view text, text_source const& source) {
        auto& entries = *static_cast<T*>(map);
        key k{};
        if (!to_key(k, text, source)) return {nullptr, {}};
        auto const collisions = excess_collisions(entries, k);
        auto found = entries.find(k);
        if (found == entries.end()) found = entries.insert({std::move(k), access::make<mapped>()}).first;
        else found->second = access::make<mapped>();
        return {&found->second, to_text(found->first), collisions};
    }
    static void erase(void* map, std::string_view text) {
        auto& entries = *static_cast<T*>(map);
        key k{};
        if (!to_key(k, text, {.lasting = true, .memory = nullptr})) return;
        if (auto found = entries.find(k); found != entries.end()) entries.erase(found);
    }
    static std::size_t size(void const* map) { return static_cast<T const*>(map)->size(); }
    static bool each(void const* map, void* context, entry_visitor visit) {
        for (auto const& [k, value] : *static_cast<T const*>(map)) {
            if (!visit(context, to_text(k), &value)) return false;
        }
        return true;
    }
    static constexpr map_shape make() {
        map_shape s;
        s.value = make_value_access<mapped>(shape_table<mapped_value>::value);
        s.keys_borrow = std::is_same_v<key, std::string_view>;
        if constexpr (!text_keys) s.keys = shape_table<key>::value.enumeration;
        s.insert = &insert;
        s.erase = &erase;
        s.each = &each;
        s.size = &size;
        return s;
    }
    static constexpr map_shape table = make();
};

template <class T>
struct shape_maker {
    static constexpr shape make() {
        if constexpr (std::is_same_v<T, bool>) {
            return make_shape(shape_kind::boolean);
        } else if constexpr (number<T>) {
            auto s = make_shape(std::is_integral_v<T> ? shape_kind::integer : shape_kind::floating);
            s.size = sizeof(T);
            s.is_signed = std::is_signed_v<T>;
            return s;
        } else if constexpr (std::is_same_v<T, std::string>) {
            return make_shape(shape_kind::text);
        } else if constexpr (std::is_same_v<T, blob>) {
            return make_shape(shape_kind::blob);
        } else if constexpr (is_text<T> || is_bytes<T>) {
            auto s = make_shape(is_text<T> ? shape_kind::text : shape_kind::blob);
            s.text = &text_of<T>::table;
            return s;
        } else if constexpr (std::is_same_v<T, document>) {
            return make_shape(shape_kind::document);
        } else if constexpr (is_time_point<T>::value) {
            auto s = make_shape(shape_kind::timestamp);
            s.timestamp = &timestamp_of<T>::table;
            return s;
        } else if constexpr (std::is_enum_v<T>) {
            if constexpr (traits_of<T>.type.as_integer) {
                auto s = make_shape(shape_kind::integer);
                s.size = sizeof(T);
                s.is_signed = std::is_signed_v<std::underlying_type_t<T>>;
                return s;
            } else {
                auto s = make_shape(shape_kind::enumeration);
                s.enumeration = &closed_enumeration<T>::table;
                return s;
            }
        } else if constexpr (is_open_enum<T>::value) {
            auto s = make_shape(shape_kind::enumeration);
            s.enumeration = &open_enumeration<typename T::enum_type>::table;
            return s;
        } else if constexpr (is_tagged_union<T>) {
            auto s = make_shape(shape_kind::tagged_union);
            s.structure = &tagged_union_of<T>::table;
            return s;
        } else if constexpr (is_described<T>) {
            auto s = make_shape(shape_kind::structure);
            s.structure = &structure_of<T>::table;
            return s;
        } else if constexpr (map_like<T>) {
            auto s = make_shape(shape_kind::map);
            s.map = &map_of<T>::table;
            if constexpr (takes_memory<T>) s.reset = &reset_with_memory<T>;
            return s;
        } else if constexpr (list_like<T>) {
            auto s = make_shape(shape_kind::list);
            s.list = &list_of<T>::table;
            if constexpr (takes_memory<T>) s.reset = &reset_with_memory<T>;
            return s;
        } else {
            static_assert(always_false<T>,
                          "parley: this type cannot be encoded: describe it with BOOST_DESCRIBE_STRUCT, or "
                          "use a supported type (bool, integers, float, double, std::string, std::string_view, "
                          "parley::blob, std::chrono::sys_time, described enums, std::variant, containers of these)");
            return {};
        }
    }
};

} // namespace detail

/// The shape of `T`, or of the value in `T` if it is an optional, a smart pointer or a box.
template <class T>
inline constexpr shape const& shape_of = detail::shape_table<typename detail::value_access_of<T>::value>::value;

} // namespace parley

#endif
