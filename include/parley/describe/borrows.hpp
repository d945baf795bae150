// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_DESCRIBE_BORROWS_HPP
#define PARLEY_DESCRIBE_BORROWS_HPP

#include <parley/describe/shape_of.hpp>

#include <cstddef>

namespace parley::inline PARLEY_ABI::detail {

// Searches the shapes of a type for a view. Structures may be recursive, so each is visited once.
class view_search {
public:
    constexpr view_search() = default;
    view_search(view_search const&) = delete;
    view_search& operator=(view_search const&) = delete;
    constexpr ~view_search() { delete[] known_; }

    constexpr bool contains_view(shape const& type) {
        if (visit(type)) return true;
        for (std::size_t i = 0; i < size_; ++i) {
            auto const& structure = *known_[i].structure;
            for (std::size_t m = 0; m < structure.count; ++m) {
                if (visit(*structure.members[m].value.target)) return true;
            }
        }
        return false;
    }

private:
    static constexpr std::size_t none = static_cast<std::size_t>(-1), bucket_count = 64;

    struct entry {
        structure_shape const* structure = nullptr;
        std::size_t next = none; // in the same bucket
    };

    // Returns true for a view and for a container of views. Queues a structure.
    constexpr bool visit(shape const& start) {
        for (auto const* type = &start;;) {
            switch (type->kind) {
            case shape_kind::text:
            case shape_kind::blob: return type->text && type->text->borrows;
            case shape_kind::list: type = type->list->item.target; break;
            case shape_kind::map:
                if (type->map->keys_borrow) return true;
                type = type->map->value.target;
                break;
            case shape_kind::structure:
            case shape_kind::tagged_union: enqueue(type->structure); return false;
            default: return false;
            }
        }
    }

    constexpr void enqueue(structure_shape const* structure) {
        auto& head = buckets_[bucket_of(*structure)];
        for (auto i = head; i != none; i = known_[i].next) {
            if (known_[i].structure == structure) return;
        }
        if (size_ == capacity_) grow();
        known_[size_] = {structure, head};
        head = size_++;
    }
    // Hashes the first and last member names: addresses cannot be ordered in a constant expression.
    static constexpr std::size_t bucket_of(structure_shape const& s) {
        std::size_t hash = s.count;
        if (s.count > 0) {
            for (auto const name : {s.members[0].name, s.members[s.count - 1].name}) {
                hash = hash * 31 + name.size();
                if (!name.empty()) hash = hash * 31 + static_cast<unsigned char>(name[name.size() / 2]);
            }
        }
        return hash % bucket_count;
    }
    constexpr void grow() {
        capacity_ = capacity_ * 2 + 8;
        auto* const larger = new entry[capacity_];
        for (std::size_t i = 0; i < size_; ++i) larger[i] = known_[i];
        delete[] known_;
        known_ = larger;
    }

    struct bucket_heads {
        std::size_t first[bucket_count];
        constexpr bucket_heads() : first{} {
            for (auto& head : first) head = none;
        }
        constexpr std::size_t& operator[](std::size_t i) { return first[i]; }
    };

    entry* known_ = nullptr; // in discovery order
    std::size_t size_ = 0, capacity_ = 0;
    bucket_heads buckets_;
};

template <class T>
consteval bool find_views() {
    return view_search().contains_view(shape_of<T>);
}

/// True if a `T` is or contains a view: std::string_view or std::span<std::byte const>. The text from which such a `T` is decoded must
/// outlive it.
template <class T>
inline constexpr bool borrows = find_views<T>();

/// Rejects decoding a `T` with views from a temporary text.
template <class T>
struct value_has_no_views_of_temporary {
    static constexpr bool checked = true;
    static_assert(!borrows<T>,
                  "parley: the decoded value has views of this text, which is a temporary: store the text in a variable, "
                  "or use std::string instead of the views");
};

} // namespace parley::detail

#endif
