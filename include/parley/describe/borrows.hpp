// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_DESCRIBE_BORROWS_HPP
#define PARLEY_DESCRIBE_BORROWS_HPP

#include <parley/describe/shape_of.hpp>

#include <cstddef>

namespace parley::inline PARLEY_ABI::detail {

// Looks for a view in the tables of a type. Structures may hold themselves: each is looked at once.
class view_search {
public:
    constexpr view_search() = default;
    view_search(view_search const&) = delete;
    view_search& operator=(view_search const&) = delete;
    constexpr ~view_search() { delete[] known_; }

    constexpr bool finds(shape const& what) {
        if (look_at(what)) return true;
        for (std::size_t i = 0; i < size_; ++i) {
            auto const& structure = *known_[i].structure;
            for (std::size_t m = 0; m < structure.count; ++m) {
                if (look_at(*structure.members[m].value.target)) return true;
            }
        }
        return false;
    }

private:
    static constexpr std::size_t none = static_cast<std::size_t>(-1), bucket_count = 64;

    struct entry {
        structure_shape const* structure = nullptr;
        std::size_t next = none; // in its bucket
    };

    // Whether it is a view, or a container of them. A structure is kept for later.
    constexpr bool look_at(shape const& start) {
        for (auto const* what = &start;;) {
            switch (what->kind) {
            case shape_kind::text:
            case shape_kind::blob: return what->text && what->text->borrows;
            case shape_kind::list: what = what->list->item.target; break;
            case shape_kind::map:
                if (what->map->keys_borrow) return true;
                what = what->map->value.target;
                break;
            case shape_kind::structure:
            case shape_kind::tagged_union: keep(what->structure); return false;
            default: return false;
            }
        }
    }

    constexpr void keep(structure_shape const* structure) {
        auto& head = buckets_[bucket_of(*structure)];
        for (auto i = head; i != none; i = known_[i].next) {
            if (known_[i].structure == structure) return;
        }
        if (size_ == capacity_) grow();
        known_[size_] = {structure, head};
        head = size_++;
    }
    // The compiler knows no order of addresses: by the first and last names.
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

    entry* known_ = nullptr; // in the order in which they were found
    std::size_t size_ = 0, capacity_ = 0;
    bucket_heads buckets_;
};

template <class T>
consteval bool find_views() {
    return view_search().finds(shape_of<T>);
}

/// Whether a `T`, or something that it holds, is a view: std::string_view or std::span<std::byte const>. What it was read from must
/// outlive it then.
template <class T>
inline constexpr bool borrows = find_views<T>();

/// Where a `T` is read from a text that is given away.
template <class T>
struct value_has_no_views_of_temporary {
    static constexpr bool checked = true;
    static_assert(!borrows<T>, "parley: what is read has views of this text, which ends with the statement: keep the text in a "
                               "variable, or make the views std::string");
};

} // namespace parley::detail

#endif
