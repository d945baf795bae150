// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// RapidJSON: decodes to a document and copies it to structs; encodes the structs with its Writer.
#include "../bench.hpp"
#include "../dom.hpp"

#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

namespace {

using node = rapidjson::Value;

struct api {
    static std::string text(node const& n) { return {n.GetString(), n.GetStringLength()}; }
    static double number(node const& n) { return n.GetDouble(); }
    static int integer(node const& n) { return n.GetInt(); }
    static node const* find(node const& n, char const* name) {
        auto const found = n.FindMember(name);
        return found == n.MemberEnd() ? nullptr : &found->value;
    }
    static std::size_t size(node const& n) { return n.Size(); }
    template <class Visit>
    static void each(node const& n, Visit visit) {
        for (auto const& item : n.GetArray()) visit(item);
    }
};

using writer = rapidjson::Writer<rapidjson::StringBuffer>;

void write(writer& to, std::string const& value) { to.String(value.data(), static_cast<rapidjson::SizeType>(value.size())); }
void write(writer& to, double value) { to.Double(value); }
void write(writer& to, int value) { to.Int(value); }
template <class T>
void write(writer& to, T const& value);
template <class T>
void write(writer& to, std::vector<T> const& items) {
    to.StartArray();
    for (auto const& item : items) write(to, item);
    to.EndArray();
}
template <class T>
void add(writer& to, char const* name, T const& value) {
    to.Key(name);
    write(to, value);
}
template <class T>
void add(writer& to, char const* name, std::optional<T> const& value) {
    if (value) add(to, name, *value);
}
template <class T>
void write(writer& to, T const& value) {
    if constexpr (std::is_enum_v<T>) {
        to.String(boost::describe::enum_to_string(value, ""));
    } else {
        to.StartObject();
        boost::mp11::mp_for_each<bench::members_of<T>>([&](auto member) { add(to, member.name, value.*member.pointer); });
        to.EndObject();
    }
}

struct library {
    template <class T>
    static void decode(std::string const& text, T& value) {
        rapidjson::Document document;
        document.Parse(text.data(), text.size());
        bench::take<api>(document, value);
    }
    template <class T>
    static void encode(T const& value, std::string& text) {
        rapidjson::StringBuffer buffer;
        writer to(buffer);
        write(to, value);
        text.assign(buffer.GetString(), buffer.GetSize());
    }
};

bench::registration const registered([](bench::subjects& all) { bench::add_all_plain<library>(all, "RapidJSON"); });

} // namespace
