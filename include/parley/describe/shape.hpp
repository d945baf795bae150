// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_DESCRIBE_SHAPE_HPP
#define PARLEY_DESCRIBE_SHAPE_HPP

#include <parley/core/timestamp.hpp>
#include <parley/describe/blob.hpp>
#include <parley/describe/key_index.hpp>
#include <parley/describe/member_set.hpp>
#include <parley/describe/text_shape.hpp>
#include <parley/describe/traits.hpp>
#include <parley/pattern/pattern.hpp>

#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <span>
#include <string>
#include <string_view>

namespace parley::inline PARLEY_ABI {

// A shape is the constant table of a type: what the engines that read, write and check values walk. It is made from the
// type's description by shape_of.hpp. The engines are ordinary code, so that a further type costs a table and no code
// but the few thunks that its containers need.

/// What a value is on the wire.
enum class shape_kind : std::uint8_t {
    boolean,
    integer,     ///< signed or unsigned, 8 to 64 bits
    floating,    ///< float or double
    text,        ///< std::string, another basic_string of char, or std::string_view
    blob,        ///< parley::blob, a vector of std::byte, or std::span<std::byte const>
    timestamp,   ///< a time point of the system clock
    enumeration, ///< an enumeration that travels as text
    structure,
    tagged_union, ///< a tagged union: a structure of which exactly one member is set
    list,         ///< list-like or set-like
    map,          ///< with text keys
    document,     ///< free-form JSON, as its text
    json_value,   ///< free-form JSON, as Boost.JSON's value
};

struct shape;
struct enumeration_shape;
struct list_shape;

namespace detail {
struct free_form_shape;
}

/// How to reach a value from the place that holds it: through std::optional, smart pointers and box.
struct value_access {
    shape const* target = nullptr;
    void* (*emplace)(void* place) = nullptr;            ///< makes the value exist, fresh; null: it always does
    void const* (*get_if)(void const* place) = nullptr; ///< the value, or null if there is none; null: it always exists
    /// Makes it absent; of a member that cannot be: as if just made. Null: there is no such function.
    void (*clear)(void* place) = nullptr;
    bool nullable = false;      ///< whether it can be absent
    bool optional_text = false; ///< it is a std::optional<std::string>, which the engines need no function to fill

    /// The value, or null if there is none.
    void const* held_in(void const* place) const { return get_if ? get_if(place) : place; }
};

/// What must hold for a value and for what it holds: a level of containers each.
struct value_checks {
    constraint const* value = nullptr; ///< null: nothing
    constraint const* keys = nullptr;  ///< of a map; null: nothing
    pattern_view value_pattern;
    pattern_view keys_pattern;
    bool (*has_duplicates)(list_shape const& list, void const* value) = nullptr; ///< null: items may be the same
    value_checks const* each = nullptr;                                          ///< of items or mapped values; null: nothing
};

/// A member of a structure, or an alternative of a union.
struct member {
    value_access const& value;                     ///< all members of a type share it
    std::string_view name;                         ///< on the wire
    std::string_view other_name;                   ///< in C++; empty: as on the wire
    value_checks const* checks = nullptr;          ///< null: none
    void (*assign_default)(void* place) = nullptr; ///< gives it the value that a fresh struct has; set where that is its default
    std::string_view media_type;
    std::string_view server_default; ///< JSON of its value where a request lacks it; empty: none
    timestamp_format format = timestamp_format::unspecified;
    bool required = false;
    bool sensitive = false;
    bool idempotency_token = false;
    bool plain_name = true;    ///< needs no escape in JSON
    std::uint8_t position = 0; ///< among the members of the structure
    std::uint32_t offset = 0;  ///< in the structure

    constexpr explicit member(value_access const& how) : value(how) {}

    constexpr std::string_view cpp_name() const noexcept { return other_name.empty() ? name : other_name; }

    /// How many bytes may be read after the colon that follows the name.
    static constexpr std::size_t padding_after_name = 16;
    /// The name as JSON has it within an object: `,"name":`. Only if it is plain.
    std::string_view quoted_name() const noexcept { return {name.data() - 2, name.size() + 4}; }
};

/// A structure or union.
struct structure_shape {
    member const* members = nullptr;
    std::uint16_t count = 0;
    detail::member_set required;
    detail::member_set server_defaults; ///< the members that have one and can be absent
    detail::key_index names;
    int (*active)(void const* value) = nullptr; ///< unions: the position of the alternative held, or -1 for none
    void (*keep_unknown)(void* value, std::string_view name) = nullptr; ///< unions: null if unknown members are errors

    /// The member of that name, or null.
    member const* find(std::string_view name) const noexcept {
        auto const position = names.candidate(name);
        return position != detail::key_index::none && members[position].name == name ? &members[position] : nullptr;
    }
    void* place_of(member const& m, void* value) const noexcept { return static_cast<char*>(value) + m.offset; }
    void const* place_of(member const& m, void const* value) const noexcept { return static_cast<char const*>(value) + m.offset; }
    /// The value of that member, or null if there is none.
    void const* held(member const& m, void const* value) const { return m.value.held_in(place_of(m, value)); }
};

/// Called for each item; returns false to stop.
using item_visitor = bool (*)(void* context, void const* item);
/// Called for each entry; returns false to stop.
using entry_visitor = bool (*)(void* context, std::string_view key, void const* value);

/// How far a list was read: so many bytes for the items that there are, and so many that may hold more of them.
struct list_progress {
    std::size_t read = 0, left = 0;
};

/// By how much a list that is full grows: by as many items as are likely to come, within bounds that keep both the number of moves
/// and the memory in proportion to what was read.
std::size_t items_to_add(std::size_t size, list_progress const& progress) noexcept;

struct list_shape {
    value_access item;
    /// A fresh item at the end; null for sets and packed lists.
    void* (*append)(void* list, list_progress const& progress) = nullptr;
    // Where items cannot be made in place, they are made beside the list and moved into it.
    struct inserted {
        bool fresh;        ///< false if an equal one was there
        std::size_t crowd; ///< hash tables: how many others were in the way, beyond what chance explains
    };
    void* (*make_item)() = nullptr;
    inserted (*insert_item)(void* list, void* item) = nullptr; ///< the item is fresh after
    void (*drop_item)(void* item) = nullptr;
    bool (*each)(void const* list, void* context, item_visitor visit) = nullptr;
    std::size_t (*size)(void const* list) = nullptr;
};

struct map_shape {
    struct entry {
        void* value;           ///< fresh; null if the key's type cannot hold the key
        std::string_view key;  ///< as the map holds it
        std::size_t crowd = 0; ///< hash tables: how many other keys were in the way, beyond what chance explains
    };
    value_access value;
    enumeration_shape const* keys = nullptr; ///< null: any text
    bool keys_borrow = false;                ///< they are views
    entry (*insert)(void* map, std::string_view key, text_source const& source) = nullptr;
    void (*erase)(void* map, std::string_view key) = nullptr;
    bool (*each)(void const* map, void* context, entry_visitor visit) = nullptr;
    std::size_t (*size)(void const* map) = nullptr;
};

/// A value that travels as one of a set of texts.
struct enumeration_shape {
    bool (*assign)(void* value, std::string_view text) = nullptr; ///< false if there is no such value
    std::string_view (*text)(void const* value) = nullptr;        ///< empty data if the value has no name
    bool (*has)(std::string_view text) = nullptr;                 ///< whether it is described; open ones can be assigned others
    std::span<std::string_view const> values;                     ///< that others are told of
};

struct timestamp_shape {
    bool (*assign)(void* value, instant when) = nullptr; ///< false if the type cannot hold it
    instant (*get)(void const* value) = nullptr;
};

/// The table of one type.
struct shape {
    shape_kind kind{};
    std::uint8_t size = 0;  ///< of an integer or floating value, in bytes
    bool is_signed = false; ///< of an integer
    /// What the kind needs, and nothing else, is set.
    structure_shape const* structure = nullptr;
    list_shape const* list = nullptr;
    map_shape const* map = nullptr;
    enumeration_shape const* enumeration = nullptr;
    timestamp_shape const* timestamp = nullptr;
    detail::free_form_shape const* free_form = nullptr; ///< of a json_value
    text_shape const* text = nullptr;                   ///< of a text or blob; null: it is a std::string or parley::blob
    void (*reset)(void* container, std::pmr::memory_resource* memory) = nullptr; ///< empties it; null: it cannot use such memory
};

namespace detail {

/// What a value of the kind is in JSON, with its article: "an array".
std::string_view kind_name(shape_kind kind) noexcept;

/// Whether any items of the list are the same.
bool has_duplicates(list_shape const& list, void const* value);

/// The text, or the bytes of a blob.
[[gnu::always_inline]] inline std::string_view text_in(shape const& what, void const* value) {
    if (what.text) return what.text->view(value);
    if (what.kind == shape_kind::blob) return static_cast<blob const*>(value)->bytes;
    return *static_cast<std::string const*>(value);
}

/// Gives a text or blob its text. False if it is a view, and the text does not last.
inline bool put_text_in(shape const& what, void* value, std::string_view text, text_source const& source) {
    if (what.text) return what.text->assign(value, text, source);
    if (what.kind == shape_kind::blob) static_cast<blob*>(value)->bytes = text;
    else *static_cast<std::string*>(value) = text;
    return true;
}

} // namespace detail
} // namespace parley

#endif
