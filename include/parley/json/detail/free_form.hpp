// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_JSON_DETAIL_FREE_FORM_HPP
#define PARLEY_JSON_DETAIL_FREE_FORM_HPP

// Free-form values: kept as JSON text without whitespace, or built as a type of another library.

#include <parley/describe/document.hpp>
#include <parley/describe/free_form.hpp>
#include <parley/json/detail/escape.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace parley::inline PARLEY_ABI::detail::json {

inline bool is_free_form(shape const& type) { return type.kind == shape_kind::document || type.kind == shape_kind::json_value; }

class document_builder final : public free_form_builder {
public:
    void begin(std::string& json) {
        json_ = &json;
        json_->clear();
    }

    bool open(char bracket) override { return put({&bracket, 1}); }
    void close(char bracket) override { *json_ += bracket; }
    void key(std::string_view key) override { put_separator(), append_json_string(*json_, key), *json_ += ':'; }
    void text(std::string_view text) override { put_separator(), append_json_string(*json_, text); }
    bool number(std::string_view literal) override { return put(literal); }
    void boolean(bool value) override { put(value ? "true" : "false"); }
    void null() override { put("null"); }
    void finish() override {}

private:
    // No value ends with one of these characters, so the last one shows whether another value precedes.
    void put_separator() {
        if (!json_->empty() && json_->back() != '{' && json_->back() != '[' && json_->back() != ':') *json_ += ',';
    }
    bool put(std::string_view text) {
        put_separator();
        *json_ += text;
        return true;
    }

    std::string* json_ = nullptr;
};

// Builds free-form values, one at a time.
class free_form {
public:
    bool is_open() const noexcept { return to_ != nullptr; }
    free_form_builder* operator->() const noexcept { return to_; }

    void begin(shape const& type, void* object) {
        if (type.kind == shape_kind::document) {
            document_.begin(static_cast<document*>(object)->json);
            to_ = &document_;
        } else {
            other_ = type.free_form->build(object);
            to_ = other_.get();
        }
    }
    void end() { std::exchange(to_, nullptr)->finish(); }

    // Builds a scalar.
    template <class Send>
    void make(shape const& type, void* object, Send send) {
        begin(type, object);
        send(*to_);
        end();
    }

private:
    document_builder document_;
    std::unique_ptr<free_form_builder> other_;
    free_form_builder* to_ = nullptr;
};

} // namespace parley::detail::json

#endif
