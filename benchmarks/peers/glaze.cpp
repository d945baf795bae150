// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// glaze: reflects plain aggregates; enumerations are described by hand.
#include "../bench.hpp"

#include <glaze/glaze.hpp>

#include <cstdio>
#include <cstdlib>

template <>
struct glz::meta<plain::job_status> {
    using enum plain::job_status;
    static constexpr auto value = glz::enumerate(SUBMITTED, IN_PROGRESS, COMPLETED, FAILED);
};
template <>
struct glz::meta<plain::sort_order> {
    using enum plain::sort_order;
    static constexpr auto value = glz::enumerate(ASC, DESC);
};
template <>
struct glz::meta<plain::sort_field> {
    using enum plain::sort_field;
    static constexpr auto value = glz::enumerate(updatedAt, createdAt, DICOMStudyDateAndTime);
};
template <>
struct glz::meta<plain::filter_operator> {
    using enum plain::filter_operator;
    static constexpr auto value = glz::enumerate(EQUAL, BETWEEN);
};

namespace {

constexpr glz::opts options{.error_on_unknown_keys = false};

struct library {
    template <class T>
    static void decode(std::string const& text, T& value) {
        if (auto const error = glz::read<options>(value, text)) std::puts(glz::format_error(error, text).c_str()), std::abort();
    }
    template <class T>
    static void encode(T const& value, std::string& text) {
        if (glz::write_json(value, text)) std::abort();
    }
};

bench::registration const registered([](bench::subjects& all) { bench::add_all_plain<library>(all, "glaze"); });

} // namespace
