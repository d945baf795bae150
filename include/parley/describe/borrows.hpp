// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_DESCRIBE_BORROWS_HPP
#define PARLEY_DESCRIBE_BORROWS_HPP

#include <parley/describe/shape_of.hpp>

#include <cstddef>

namespace parley::detail {

// Looks for a view in the tables of a type. Structures may hold themselves: each is looked at once.
class view_search {
public:
    constexpr view_search() = default;
    view_search(view_search const&) = delete;
    view_search& operator=(view_search const&) = delete;
    constexpr ~view_search() { delete[] known_; }

    constexpr bool finds(shape const& what) {
        switch (what.kind) {
        case shape_kind::text:
        case shape_kind::blob: return what.text && what.text->borrows;
        case shape_kind::list: return finds(*what.list->item.target);
        case shape_kind::map: return what.map->keys_borrow || finds(*what.map->value.target);
        case shape_kind::structure:
        case shape_kind::choice:
            if (!is_new(what.structure)) return false;
            for (std::size_t i = 0; i < what.structure->count; ++i) {
                if (finds(*what.structure->members[i].value.target)) return true;
            }
            return false;
        default: return false;
        }
    }

private:
    constexpr bool is_new(structure_shape const* structure) {
        for (std::size_t i = 0; i < size_; ++i) {
            if (known_[i] == structure) return false;
        }
        if (size_ == capacity_) {
            capacity_ = capacity_ * 2 + 8;
            auto* const larger = new structure_shape const*[capacity_]{};
            for (std::size_t i = 0; i < size_; ++i) larger[i] = known_[i];
            delete[] known_;
            known_ = larger;
        }
        known_[size_++] = structure;
        return true;
    }

    structure_shape const** known_ = nullptr;
    std::size_t size_ = 0, capacity_ = 0;
};

template <class T>
consteval bool find_views() {
    return view_search().finds(shape_of<T>);
}

/// Whether a `T`, or something that it holds, is a view: std::string_view or std::span<std::byte const>. What it was read from must
/// outlive it then.
template <class T>
inline constexpr bool borrows = find_views<T>();

} // namespace parley::detail

#endif
