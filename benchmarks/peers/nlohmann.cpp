// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// nlohmann/json: from_json and to_json for each struct, as in its documentation.
#include "../bench.hpp"
#include "../dom.hpp"

#include <nlohmann/json.hpp>

using nlohmann::json;

namespace {

struct api {
    static std::string const& text(json const& node) { return node.get_ref<std::string const&>(); }
    static double number(json const& node) { return node.get<double>(); }
    static int integer(json const& node) { return node.get<int>(); }
    static json const* find(json const& node, char const* name) {
        auto const found = node.find(name);
        return found == node.end() ? nullptr : &*found;
    }
    static std::size_t size(json const& node) { return node.size(); }
    template <class Visit>
    static void each(json const& node, Visit visit) {
        for (auto const& item : node) visit(item);
    }
};

json to_document(std::string const& value) { return value; }
json to_document(double value) { return value; }
json to_document(int value) { return value; }
template <class T>
json to_document(T const& value);
template <class T>
json to_document(std::vector<T> const& items) {
    auto array = json::array();
    for (auto const& item : items) array.push_back(to_document(item));
    return array;
}
template <class T>
void add(json& object, char const* name, T const& value) {
    object[name] = to_document(value);
}
template <class T>
void add(json& object, char const* name, std::optional<T> const& value) {
    if (value) add(object, name, *value);
}
template <class T>
json to_document(T const& value) {
    if constexpr (std::is_enum_v<T>) {
        return boost::describe::enum_to_string(value, "");
    } else {
        auto object = json::object();
        boost::mp11::mp_for_each<bench::members_of<T>>([&](auto member) { add(object, member.name, value.*member.pointer); });
        return object;
    }
}

struct library {
    template <class T>
    static void decode(std::string const& text, T& value) {
        bench::take<api>(json::parse(text), value);
    }
    template <class T>
    static void encode(T const& value, std::string& text) {
        text = to_document(value).dump();
    }
};

bench::registration const registered([](bench::subjects& all) { bench::add_all_plain<library>(all, "nlohmann"); });

} // namespace
