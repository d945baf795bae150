// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// Boost.JSON 1.81: decodes to a document and copies it to structs (its value_to rejects absent and unknown members); encodes a document.
#include "../bench.hpp"
#include "../canonical.hpp"
#include "../dom.hpp"

#include <boost/json.hpp>

namespace json = boost::json;

namespace {

struct api {
    static std::string text(json::value const& node) { return std::string(node.as_string()); }
    static double number(json::value const& node) { return node.to_number<double>(); }
    static int integer(json::value const& node) { return node.to_number<int>(); }
    static json::value const* find(json::value const& node, char const* name) { return node.as_object().if_contains(name); }
    static std::size_t size(json::value const& node) { return node.as_array().size(); }
    template <class Visit>
    static void each(json::value const& node, Visit visit) {
        for (auto const& item : node.as_array()) visit(item);
    }
};

json::value to_document(std::string const& value) { return json::value(value); }
json::value to_document(double value) { return json::value(value); }
json::value to_document(int value) { return json::value(value); }
template <class T>
json::value to_document(T const& value);
template <class T>
json::value to_document(std::vector<T> const& items) {
    json::array array;
    array.reserve(items.size());
    for (auto const& item : items) array.push_back(to_document(item));
    return array;
}

template <class T>
void add(json::object& object, char const* name, T const& value) {
    object.emplace(name, to_document(value));
}
template <class T>
void add(json::object& object, char const* name, std::optional<T> const& value) {
    if (value) add(object, name, *value);
}

template <class T>
json::value to_document(T const& value) {
    if constexpr (std::is_enum_v<T>) {
        return json::value(boost::describe::enum_to_string(value, ""));
    } else {
        json::object object;
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
        text = json::serialize(to_document(value));
    }
};

bench::registration const registered([](bench::subjects& all) {
    bench::add_all_plain<library>(all, "Boost.JSON, document and copy");
});

template <class T>
std::string read_again(std::string const& text) {
    T value;
    library::decode(text, value);
    return bench::canonical(value);
}

} // namespace

// Converts the texts of all libraries to the canonical form.
std::string bench::canonical_of_text(std::string_view payload, std::string const& text) {
    switch (payload[0]) {
    case 'S': return read_again<plain::job>(text);
    case 'M': return read_again<plain::job_page>(text);
    case 'L': return read_again<plain::image_set_page>(text);
    case 'E': return read_again<plain::search>(text);
    default: return read_again<plain::error>(text);
    }
}
