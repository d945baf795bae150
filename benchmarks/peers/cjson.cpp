// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// cJSON, which the AWS SDK for C++ contains: decodes to a document and copies it to structs; encodes a document without white space.
#include "../bench.hpp"
#include "../dom.hpp"

#include <cjson/cJSON.h>

#include <memory>

namespace {

struct deleter {
    void operator()(cJSON* node) const { cJSON_Delete(node); }
};
using document = std::unique_ptr<cJSON, deleter>;

struct api {
    static std::string text(cJSON const& node) { return node.valuestring; }
    static double number(cJSON const& node) { return node.valuedouble; }
    static int integer(cJSON const& node) { return node.valueint; }
    static cJSON const* find(cJSON const& node, char const* name) { return cJSON_GetObjectItemCaseSensitive(&node, name); }
    static std::size_t size(cJSON const& node) { return static_cast<std::size_t>(cJSON_GetArraySize(&node)); }
    template <class Visit>
    static void each(cJSON const& node, Visit visit) {
        for (auto const* item = node.child; item; item = item->next) visit(*item);
    }
};

cJSON* to_document(std::string const& value) { return cJSON_CreateString(value.c_str()); }
cJSON* to_document(double value) { return cJSON_CreateNumber(value); }
cJSON* to_document(int value) { return cJSON_CreateNumber(value); }
template <class T>
cJSON* to_document(T const& value);
template <class T>
cJSON* to_document(std::vector<T> const& items) {
    auto* const array = cJSON_CreateArray();
    for (auto const& item : items) cJSON_AddItemToArray(array, to_document(item));
    return array;
}
template <class T>
void add(cJSON* object, char const* name, T const& value) {
    cJSON_AddItemToObject(object, name, to_document(value));
}
template <class T>
void add(cJSON* object, char const* name, std::optional<T> const& value) {
    if (value) add(object, name, *value);
}
template <class T>
cJSON* to_document(T const& value) {
    if constexpr (std::is_enum_v<T>) {
        return cJSON_CreateString(boost::describe::enum_to_string(value, ""));
    } else {
        auto* const object = cJSON_CreateObject();
        boost::mp11::mp_for_each<bench::members_of<T>>([&](auto member) { add(object, member.name, value.*member.pointer); });
        return object;
    }
}

struct library {
    template <class T>
    static void decode(std::string const& text, T& value) {
        document const all(cJSON_ParseWithLength(text.data(), text.size()));
        bench::take<api>(*all, value);
    }
    template <class T>
    static void encode(T const& value, std::string& text) {
        document const all(to_document(value));
        char* const printed = cJSON_PrintUnformatted(all.get());
        text = printed;
        cJSON_free(printed);
    }
};

bench::registration const registered([](bench::subjects& all) { bench::add_all_plain<library>(all, "cJSON"); });

} // namespace
