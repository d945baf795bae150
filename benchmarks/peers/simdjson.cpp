// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// simdjson on demand: a loop over the fields of each object that compares names, the fastest form. It needs readable bytes after the text,
// so the text is copied once, which is not measured. It does not encode. It is compiled for AVX2, since this interface selects its
// instructions at compile time.
#include "../bench.hpp"
#include "../dom.hpp"

#include <simdjson.h>

#include <map>

namespace {

namespace ondemand = simdjson::ondemand;

void read(ondemand::value node, std::string& value) { value = std::string_view(node.get_string()); }
void read(ondemand::value node, double& value) { value = node.get_double(); }
void read(ondemand::value node, int& value) { value = static_cast<int>(std::int64_t(node.get_int64())); }
template <class T>
void read(ondemand::value node, T& value);
template <class T>
void read(ondemand::value node, std::optional<T>& value) {
    read(node, value.emplace());
}
template <class T>
void read(ondemand::value node, std::vector<T>& items) {
    for (auto item : node.get_array()) read(item.value(), items.emplace_back());
}

template <class T, class... Member>
bool read_field(ondemand::value node, std::string_view name, T& value, boost::mp11::mp_list<Member...>) {
    return (false || ... || (name == Member::name && (read(node, value.*Member::pointer), true)));
}
template <class T>
void read_object(ondemand::object object, T& value) {
    for (auto field : object) {
        std::string_view const name = field.unescaped_key();
        read_field(field.value(), name, value, boost::mp11::mp_rename<bench::members_of<T>, boost::mp11::mp_list>());
    }
}
template <class T>
void read(ondemand::value node, T& value) {
    if constexpr (std::is_enum_v<T>) bench::assign_enum(value, std::string_view(node.get_string()));
    else read_object(node.get_object(), value);
}

simdjson::padded_string const& padded(std::string const& text) {
    static std::map<std::string const*, simdjson::padded_string> all;
    auto found = all.find(&text);
    if (found == all.end()) found = all.emplace(&text, simdjson::padded_string(text)).first;
    return found->second;
}

struct library {
    template <class T>
    static void decode(std::string const& text, T& value) {
        static ondemand::parser parser; // reused, as its documentation recommends
        ondemand::document document = parser.iterate(padded(text));
        read_object(document.get_object(), value);
    }
};

bench::registration const registered([](bench::subjects& all) {
    bench::add_all_plain<library>(all, "simdjson on demand, by hand");
});

} // namespace
