// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_BENCHMARKS_BENCH_HPP
#define PARLEY_BENCHMARKS_BENCH_HPP

// The interface between the measuring program and the libraries. Each library is a translation unit, compiled by the compiler that it
// needs; all are linked into one program, so that they run under the same conditions.

#include "plain.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace bench {

/// A measured operation of a library.
struct subject {
    std::string library;
    std::string group;   ///< "decode", "encode", ...; subjects are compared within group and payload
    std::string payload; ///< "S" and so on; empty if none
    std::function<void()> run;
    std::function<std::string()> result; ///< in canonical form, for comparison; may be empty
    std::size_t bytes = 0;               ///< the size of the decoded or encoded text
};
using subjects = std::vector<subject>;

/// Returns the text of benchmarks/payloads/NAME.json.
std::string const& payload(std::string_view name);

/// Registers the subjects of a library.
struct registration {
    explicit registration(void (*add)(subjects&));
};

/// Prevents the compiler from optimizing `value` away.
template <class T>
void keep(T const& value) {
    asm volatile("" : : "g"(&value) : "memory");
}

std::string to_canonical(plain::job const&);
std::string to_canonical(plain::job_page const&);
std::string to_canonical(plain::image_set_page const&);
std::string to_canonical(plain::search const&);
std::string to_canonical(plain::error const&);
/// Returns the canonical form of an encoded text, for the type of the payload.
std::string canonical_of_text(std::string_view payload, std::string const& text);

/// Adds decoding and encoding of the payloads as plain structs. `Library` has two functions:
///
///     template <class T> static void decode(std::string const& text, T& value);
///     template <class T> static void encode(T const& value, std::string& text);   // replaces the text
template <class Library, class T>
void add_plain(subjects& all, std::string const& name, std::string_view payload_name) {
    auto const& text = payload(payload_name);
    all.push_back({name, "decode", std::string(payload_name),
                   [&text] {
                       T value;
                       Library::decode(text, value);
                       keep(value);
                   },
                   [&text] {
                       T value;
                       Library::decode(text, value);
                       return to_canonical(value);
                   },
                   text.size()});
    if constexpr (requires(T const& value, std::string& out) { Library::encode(value, out); }) {
        T value;
        Library::decode(text, value);
        std::string written;
        Library::encode(value, written);
        all.push_back({name, "encode", std::string(payload_name),
                       [value, buffer = std::string()]() mutable {
                           Library::encode(value, buffer);
                           keep(buffer);
                       },
                       [written, payload_name] { return canonical_of_text(payload_name, written); }, written.size()});
    }
}

template <class Library>
void add_all_plain(subjects& all, std::string const& name) {
    add_plain<Library, plain::job>(all, name, "S");
    add_plain<Library, plain::job_page>(all, name, "M");
    add_plain<Library, plain::job_page>(all, name, "Mx");
    add_plain<Library, plain::image_set_page>(all, name, "L");
    add_plain<Library, plain::image_set_page>(all, name, "Lx");
    add_plain<Library, plain::search>(all, name, "E");
    add_plain<Library, plain::error>(all, name, "R");
}

} // namespace bench

#endif
