// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_JSON_DOCUMENT_HPP
#define PARLEY_JSON_DOCUMENT_HPP

#include <parley/describe/free_form.hpp>
#include <parley/describe/shape_of.hpp>

#include <boost/json/value.hpp>

namespace parley::inline PARLEY_ABI::detail {

extern free_form_shape const json_value_shape;

/// Makes `boost::json::value` a type for members that hold free-form JSON. The entry headers do not include this header because it
/// is the only one that needs Boost.JSON.
/// https://smithy.io/2.0/spec/simple-types.html#document
template <>
struct shape_maker<boost::json::value> {
    static constexpr shape make() {
        auto s = make_shape(shape_kind::json_value);
        s.free_form = &json_value_shape;
        return s;
    }
};

} // namespace parley::detail

#endif

#ifdef PARLEY_IMPLEMENTATION
#include <parley/json/detail/json_value.hpp>
#endif
