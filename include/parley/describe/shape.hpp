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

// A shape is the run-time schema of a type: a constant table that decoders, encoders and the validator traverse. shape_of.hpp computes
// it from the description of the type. Since these engines are ordinary code, another type costs a table and a few functions for its
// containers, but no further engine code.

/// The kind of a value on the wire.
enum class shape_kind : std::uint8_t {
    boolean,      ///< bool.
    integer,      ///< Signed or unsigned integer of 8 to 64 bits.
    floating,     ///< float or double.
    text,         ///< std::string, another basic_string of char, or std::string_view.
    blob,         ///< parley::blob, a vector of std::byte, or std::span<std::byte const>.
    timestamp,    ///< A time point of the system clock.
    enumeration,  ///< An enumeration with texts on the wire.
    structure,    ///< A described struct.
    tagged_union, ///< A structure of which exactly one member is set.
    list,         ///< A list or set.
    map,          ///< A map with text keys.
    document,     ///< Free-form JSON as text.
    json_value,   ///< Free-form JSON as a value of Boost.JSON.
};

struct shape;
struct enumeration_shape;
struct list_shape;

namespace detail {
struct free_form_shape;
}

/// Accesses the value in a place, which may be a std::optional, a smart pointer or a box.
struct value_access {
    shape const* target = nullptr;                      ///< The shape of the value.
    void* (*emplace)(void* place) = nullptr;            ///< Creates a default value; null: the place is the value.
    void const* (*get_if)(void const* place) = nullptr; ///< Returns the value, or null if absent; null: the place is the value.
    /// Makes the value absent, or resets it to its default if it cannot be absent. May be null.
    void (*clear)(void* place) = nullptr;
    bool nullable = false;      ///< The value can be absent.
    bool optional_text = false; ///< The place is a std::optional<std::string>, which decoders fill without a function call.

    /// Returns the value in `place`, or null if it is absent.
    void const* held_in(void const* place) const { return get_if ? get_if(place) : place; }
};

/// The constraints of a value and, one level of containers at a time, of the values in it.
struct value_checks {
    constraint const* value = nullptr; ///< Constraints of the value; null: none.
    constraint const* keys = nullptr;  ///< Constraints of the keys of a map; null: none.
    pattern_view value_pattern;        ///< Compiled pattern of the value.
    pattern_view keys_pattern;         ///< Compiled pattern of the keys.
    /// Returns true if the list has equal items; null: duplicates are allowed.
    bool (*has_duplicates)(list_shape const& list, void const* value) = nullptr;
    value_checks const* each = nullptr; ///< Constraints of items or mapped values; null: none.
};

/// A member of a structure, or an alternative of a union.
struct member {
    value_access const& value;            ///< Access to the value; shared by all members of the same type.
    std::string_view name;                ///< Name on the wire.
    std::string_view other_name;          ///< Name in C++; empty: as on the wire.
    value_checks const* checks = nullptr; ///< Constraints; null: none.
    /// Assigns the member initializer of the struct. Set for members with the trait `defaulted()`.
    void (*assign_default)(void* place) = nullptr;
    std::string_view media_type;                             ///< Media type of a blob or text; empty: unspecified.
    std::string_view server_default;                         ///< JSON of the default value in requests; empty: none.
    timestamp_format format = timestamp_format::unspecified; ///< Format of timestamps.
    bool required = false;                                   ///< Decoding fails if the member is absent.
    bool sensitive = false;                                  ///< The value is a secret.
    bool idempotency_token = false;                          ///< The client fills the member if it is absent.
    bool plain_name = true;                                  ///< The name needs no escape sequence in JSON.
    std::uint8_t position = 0;                               ///< Position among the members of the structure.
    std::uint32_t offset = 0;                                ///< Offset in the structure, in bytes.

    /// Creates a member with the given access and without a name.
    constexpr explicit member(value_access const& access) : value(access) {}

    /// Returns the name in C++.
    constexpr std::string_view cpp_name() const noexcept { return other_name.empty() ? name : other_name; }

    /// Number of readable bytes after the colon that follows the name.
    static constexpr std::size_t padding_after_name = 16;
    /// Returns `,"name":`, as in a JSON object. Valid only if `plain_name` is true.
    std::string_view quoted_name() const noexcept { return {name.data() - 2, name.size() + 4}; }
};

/// A structure or tagged union.
struct structure_shape {
    member const* members = nullptr;    ///< The members or alternatives.
    std::uint16_t count = 0;            ///< Number of members.
    detail::member_set required;        ///< Required members.
    detail::member_set server_defaults; ///< Members that can be absent and have a server default.
    detail::key_index names;            ///< Index of the wire names.
    /// Unions: returns the position of the active alternative, or -1 if none is set.
    int (*active)(void const* value) = nullptr;
    /// Unions: stores the name of an unknown member; null: unknown members are errors.
    void (*keep_unknown)(void* value, std::string_view name) = nullptr;

    /// Returns the member with the wire name `name`, or null.
    member const* find(std::string_view name) const noexcept {
        auto const position = names.candidate(name);
        return position != detail::key_index::none && members[position].name == name ? &members[position] : nullptr;
    }
    /// Returns the place of member `m` in `value`.
    void* place_of(member const& m, void* value) const noexcept { return static_cast<char*>(value) + m.offset; }
    /// Returns the place of member `m` in `value`.
    void const* place_of(member const& m, void const* value) const noexcept { return static_cast<char const*>(value) + m.offset; }
    /// Returns the value of member `m`, or null if it is absent.
    void const* held(member const& m, void const* value) const { return m.value.held_in(place_of(m, value)); }
};

/// Callback for each item. Returns false to stop the iteration.
using item_visitor = bool (*)(void* context, void const* item);
/// Callback for each entry. Returns false to stop the iteration.
using entry_visitor = bool (*)(void* context, std::string_view key, void const* value);

/// The decoding progress of a list.
struct list_progress {
    std::size_t read = 0; ///< Bytes read for the items so far.
    std::size_t left = 0; ///< Bytes left, an upper bound for the size of further items.
};

/// Returns by how many items a full list should grow: an estimate of the items to come, bounded so that both the number of moves and the
/// memory stay proportional to the bytes read.
std::size_t items_to_add(std::size_t size, list_progress const& progress) noexcept;

/// A list or set.
struct list_shape {
    value_access item; ///< Access to an item.
    /// Appends a default item and returns it; null for sets and packed lists.
    void* (*append)(void* list, list_progress const& progress) = nullptr;
    /// The result of `insert_item`.
    struct inserted {
        bool fresh;        ///< False if the set has an equal item already.
        std::size_t crowd; ///< Hash tables: number of excess collisions; see `excess_collisions`.
    };
    // Items of sets and packed lists cannot be constructed in place: they are decoded separately and moved into the list.
    void* (*make_item)() = nullptr;                            ///< Allocates a default item.
    inserted (*insert_item)(void* list, void* item) = nullptr; ///< Moves `item` into the list and resets it.
    void (*drop_item)(void* item) = nullptr;                   ///< Deletes an item from `make_item`.
    /// Visits the items in order. Returns false if the visitor stopped.
    bool (*each)(void const* list, void* context, item_visitor visit) = nullptr;
    std::size_t (*size)(void const* list) = nullptr; ///< Returns the number of items.
};

/// A map with text keys.
struct map_shape {
    /// The result of `insert`.
    struct entry {
        void* value;           ///< The default mapped value; null if the key type cannot represent the key.
        std::string_view key;  ///< The key as stored in the map.
        std::size_t crowd = 0; ///< Hash tables: number of excess collisions; see `excess_collisions`.
    };
    value_access value;                      ///< Access to a mapped value.
    enumeration_shape const* keys = nullptr; ///< The enumeration of the keys; null: any text.
    bool keys_borrow = false;                ///< The keys are views.
    /// Inserts an entry with a default value, or resets the value of an existing one.
    entry (*insert)(void* map, std::string_view key, text_source const& source) = nullptr;
    void (*erase)(void* map, std::string_view key) = nullptr; ///< Removes an entry, if present.
    /// Visits the entries in the order of the map. Returns false if the visitor stopped.
    bool (*each)(void const* map, void* context, entry_visitor visit) = nullptr;
    std::size_t (*size)(void const* map) = nullptr; ///< Returns the number of entries.
};

/// An enumeration with texts on the wire.
struct enumeration_shape {
    bool (*assign)(void* value, std::string_view text) = nullptr; ///< Returns false if the text is unknown.
    std::string_view (*text)(void const* value) = nullptr;        ///< Returns the text; `data()` is null if the value has none.
    bool (*has)(std::string_view text) = nullptr; ///< Returns true for described values. Open enumerations accept others, too.
    std::span<std::string_view const> values;     ///< The published texts, without internal ones.
};

/// A timestamp.
struct timestamp_shape {
    bool (*assign)(void* value, instant when) = nullptr; ///< Returns false if the instant is out of range.
    instant (*get)(void const* value) = nullptr;         ///< Returns the instant.
};

/// The run-time schema of a type: its kind and the table of that kind.
struct shape {
    shape_kind kind{};                                  ///< The kind, which determines the members that are set.
    std::uint8_t size = 0;                              ///< Size of an integer or floating-point value, in bytes.
    bool is_signed = false;                             ///< True for a signed integer.
    structure_shape const* structure = nullptr;         ///< Of a structure or tagged_union.
    list_shape const* list = nullptr;                   ///< Of a list.
    map_shape const* map = nullptr;                     ///< Of a map.
    enumeration_shape const* enumeration = nullptr;     ///< Of an enumeration.
    timestamp_shape const* timestamp = nullptr;         ///< Of a timestamp.
    detail::free_form_shape const* free_form = nullptr; ///< Of a json_value.
    text_shape const* text = nullptr;                   ///< Of a text or blob; null: std::string or parley::blob.
    /// Empties a list or map, which then allocates from `memory`; null: its allocator is not polymorphic.
    void (*reset)(void* container, std::pmr::memory_resource* memory) = nullptr;
};

namespace detail {

/// Returns the JSON type of a kind, with its article: "an array".
std::string_view kind_name(shape_kind kind) noexcept;

/// Returns true if the list has equal items.
bool has_duplicates(list_shape const& list, void const* value);

/// Returns the text, or the bytes of a blob.
[[gnu::always_inline]] inline std::string_view text_in(shape const& type, void const* value) {
    if (type.text) return type.text->view(value);
    if (type.kind == shape_kind::blob) return static_cast<blob const*>(value)->bytes;
    return *static_cast<std::string const*>(value);
}

/// Assigns `text` to a text or blob. Returns false if the type is a view and the text does not outlive it.
inline bool put_text_in(shape const& type, void* value, std::string_view text, text_source const& source) {
    if (type.text) return type.text->assign(value, text, source);
    if (type.kind == shape_kind::blob) static_cast<blob*>(value)->bytes = text;
    else *static_cast<std::string*>(value) = text;
    return true;
}

} // namespace detail
} // namespace parley

#endif
