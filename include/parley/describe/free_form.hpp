// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_DESCRIBE_FREE_FORM_HPP
#define PARLEY_DESCRIBE_FREE_FORM_HPP

#include <parley/core/version.hpp>

#include <memory>
#include <string_view>

namespace parley::inline PARLEY_ABI::detail {

/// Receives the parts of a free-form JSON value in order. In an object, a key precedes each value.
class free_form_sink {
public:
    virtual ~free_form_sink() = default;

    /// Begins an object or array. Returns false to skip its contents and its end.
    virtual bool open(char bracket) = 0;
    virtual void close(char bracket) = 0;
    virtual void key(std::string_view key) = 0;
    virtual void text(std::string_view text) = 0;
    /// Receives a JSON number. Returns false if it is out of range; the sink then stores a substitute.
    virtual bool number(std::string_view literal) = 0;
    virtual void boolean(bool value) = 0;
    virtual void null() = 0;
};

/// Builds a value from the parts it receives.
class free_form_builder : public free_form_sink {
public:
    /// Completes the value after its last part.
    virtual void finish() = 0;
};

/// Functions that build and traverse a type of free-form JSON. A table, so that programs without such a type do not link the JSON
/// library.
struct free_form_shape {
    std::unique_ptr<free_form_builder> (*build)(void* value) = nullptr;
    void (*tell)(void const* value, free_form_sink& to) = nullptr;
};

} // namespace parley::detail

#endif
