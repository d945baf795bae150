// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/describe/free_form.hpp>

#include <parley/json/decode.hpp>
#include <parley/json/encode.hpp>

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <string_view>

TEST_SUITE_BEGIN("describe");

namespace {

// A type of free-form JSON that records the parts it receives.
struct told {
    std::string parts;
};

class teller final : public parley::detail::free_form_builder {
public:
    explicit teller(std::string& parts) : parts_(parts) {}

    bool open(char bracket) override { return parts_ += bracket, true; }
    void close(char bracket) override { parts_ += bracket; }
    void key(std::string_view key) override { parts_.append(key).append(":"); }
    void text(std::string_view text) override { parts_.append("text ").append(text).append(";"); }
    bool number(std::string_view literal) override {
        parts_.append("number ").append(literal).append(";");
        return literal != "13";
    }
    void boolean(bool value) override { parts_ += value ? "true;" : "false;"; }
    void null() override { parts_ += "null;"; }
    void finish() override { parts_ += " whole"; }

private:
    std::string& parts_;
};

constexpr parley::detail::free_form_shape told_shape{[](void* value) -> std::unique_ptr<parley::detail::free_form_builder> {
                                                         return std::make_unique<teller>(static_cast<told*>(value)->parts);
                                                     },
                                                     [](void const* value, parley::detail::free_form_sink& to) {
                                                         if (!to.open('{')) return;
                                                         to.key("parts");
                                                         to.text(static_cast<told const*>(value)->parts);
                                                         to.key("more");
                                                         if (to.open('[')) {
                                                             to.number("1.50");
                                                             to.null();
                                                             to.boolean(true);
                                                             to.close(']');
                                                         }
                                                         to.close('}');
                                                     }};

} // namespace

template <>
struct parley::detail::shape_maker<told> {
    static constexpr shape make() {
        auto s = make_shape(shape_kind::json_value);
        s.free_form = &told_shape;
        return s;
    }
};

TEST_CASE("free_form: decoding passes the parts in order") {
    CHECK(parley::from_json<told>(R"( { "a" : [1.50, "x\ny", true], "b":{} , "c":null } )")->parts
          == "{a:[number 1.50;text x\ny;true;]b:{}c:null;} whole");
    CHECK(parley::from_json<told>("-0")->parts == "number -0; whole");
    CHECK(parley::from_json<told>("null")->parts == "null; whole");
}

TEST_CASE("free_form: a number out of range is an error") {
    for (char const* text : {"13", "[13]"}) {
        auto const read = parley::from_json<told>(text);
        REQUIRE(!read);
        CHECK(read.error().violations[0].code == parley::errc::out_of_range);
    }
}

TEST_CASE("free_form: encoding writes the parts in order") {
    CHECK(parley::to_json(told{"a"}).value() == R"({"parts":"a","more":[1.50,null,true]})");
}

TEST_SUITE_END();
