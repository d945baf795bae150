// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_DESCRIBE_FREE_FORM_HPP
#define PARLEY_DESCRIBE_FREE_FORM_HPP

#include <parley/core/version.hpp>

#include <memory>
#include <string_view>

namespace parley::inline PARLEY_ABI::detail {

/// What takes a free-form value, part by part. In an object, a key comes before each value.
class free_form_sink {
public:
    virtual ~free_form_sink() = default;

    /// An object or array begins. False if what it holds, and its end, must not come.
    virtual bool open(char bracket) = 0;
    virtual void close(char bracket) = 0;
    virtual void key(std::string_view key) = 0;
    virtual void text(std::string_view text) = 0;
    /// A number, as JSON has it. False if it is beyond what can be taken; something else is taken in its place.
    virtual bool number(std::string_view literal) = 0;
    virtual void boolean(bool value) = 0;
    virtual void null() = 0;
};

/// Makes a value of what it takes.
class free_form_builder : public free_form_sink {
public:
    /// All of it came.
    virtual void finish() = 0;
};

/// How a type that holds free-form JSON is made, and told. Behind this table, since what has no such type links no library for it.
struct free_form_shape {
    std::unique_ptr<free_form_builder> (*build)(void* value) = nullptr;
    void (*tell)(void const* value, free_form_sink& to) = nullptr;
};

} // namespace parley::detail

#endif
