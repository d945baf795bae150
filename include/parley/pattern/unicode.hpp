// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_PATTERN_UNICODE_HPP
#define PARLEY_PATTERN_UNICODE_HPP

#include <parley/core/config.hpp>

#include <cstdint>
#include <string_view>

namespace parley::inline PARLEY_ABI::detail {

// The kind of a code point: its General_Category, subdivided so that each supported binary property is a union of kinds. A property
// is a set of kinds, with one bit for each. The order is that of tools/unicode_table.
enum character_kind : std::uint8_t {
    kind_Lu,
    kind_Ll,
    kind_Lt,
    kind_Lm,
    kind_Lo,
    kind_Mn,
    kind_Mc,
    kind_Me,
    kind_Nd,
    kind_Nl,
    kind_No,
    kind_Pc,
    kind_Pd,
    kind_Ps,
    kind_Pe,
    kind_Pi,
    kind_Pf,
    kind_Po,
    kind_Sm,
    kind_Sc,
    kind_Sk,
    kind_So,
    kind_Zs,
    kind_Zl,
    kind_Zp,
    kind_Cc,
    kind_Cf,
    kind_Cs,
    kind_Co,
    kind_Cn,
    kind_Lm_lowercase,
    kind_Lo_lowercase,
    kind_Mn_alphabetic,
    kind_Mn_lowercase,
    kind_Mc_alphabetic,
    kind_Nl_uppercase,
    kind_Nl_lowercase,
    kind_So_uppercase,
    kind_So_lowercase,
    kind_Cc_space,
    kind_count
};

// Returns the kind of a code point, or kind_Cn if it is not assigned.
character_kind kind_of(std::uint32_t code_point) noexcept;
using kind_function = character_kind (*)(std::uint32_t code_point) noexcept;

// The set of code points that have a property.
struct character_property {
    std::uint64_t kinds = 0;               ///< for code points above ASCII
    std::uint32_t ascii[4] = {0, 0, 0, 0}; ///< one bit for each character of ASCII
    bool known = false;
};

constexpr std::uint64_t bit_of(int kind) { return std::uint64_t{1} << kind; }

// Returns the kinds of a General_Category, which is named by its two letters, or by the first one for a group of categories.
constexpr std::uint64_t kinds_of_category(std::string_view name) {
    constexpr std::string_view names = "LuLlLtLmLoMnMcMeNdNlNoPcPdPsPePiPfPoSmScSkSoZsZlZpCcCfCsCoCnLmLoMnMnMcNlNlSoSoCc";
    static_assert(names.size() == 2 * kind_count);
    std::uint64_t kinds = 0;
    for (std::size_t i = 0; i < names.size(); i += 2) {
        if (names[i] == name[0] && (name.size() == 1 || names[i + 1] == name[1])) kinds |= bit_of(static_cast<int>(i / 2));
    }
    if (name == "LC") kinds = bit_of(kind_Lu) | bit_of(kind_Ll) | bit_of(kind_Lt);
    return kinds;
}

// Returns the set of all code points of `kinds`, including ASCII.
constexpr character_property property_of_kinds(std::uint64_t kinds) {
    struct row {
        character_kind kind;
        std::uint32_t ascii[4];
    };
    constexpr row rows[] = {
        {kind_Lu, {0, 0, 0x07fffffe, 0}},
        {kind_Ll, {0, 0, 0, 0x07fffffe}},
        {kind_Nd, {0, 0x03ff0000, 0, 0}},
        {kind_Pc, {0, 0, 0x80000000, 0}},                   // _
        {kind_Pd, {0, 0x00002000, 0, 0}},                   // -
        {kind_Ps, {0, 0x00000100, 0x08000000, 0x08000000}}, // ( [ {
        {kind_Pe, {0, 0x00000200, 0x20000000, 0x20000000}}, // ) ] }
        {kind_Po, {0, 0x8c00d4ee, 0x10000001, 0}},          // ! " # % & ' * , . / : ; ? @ and the backslash
        {kind_Sm, {0, 0x70000800, 0, 0x50000000}},          // + < = > | ~
        {kind_Sc, {0, 0x00000010, 0, 0}},                   // $
        {kind_Sk, {0, 0, 0x40000000, 0x00000001}},          // ^ `
        {kind_Zs, {0, 0x00000001, 0, 0}},
        {kind_Cc, {0xffffffff, 0, 0, 0x80000000}},
    };
    character_property property{kinds, {}, true};
    for (auto const& row : rows) {
        if (!(kinds & bit_of(row.kind))) continue;
        for (int i = 0; i < 4; ++i) property.ascii[i] |= row.ascii[i];
    }
    return property;
}

// Returns the property with a name of ECMA 262 (General_Category values, and the binary properties that services use) or of
// java.util.regex.Pattern. `known` is false for other names.
// https://tc39.es/ecma262/#table-unicode-general-category-values
constexpr character_property property_named(std::string_view name) {
    bool const only_category = name.starts_with("General_Category=") || name.starts_with("gc=");
    if (only_category) name.remove_prefix(name.find('=') + 1);
    if (name.size() == 1 || name.size() == 2) {
        auto const kinds = kinds_of_category(name);
        if (kinds != 0 && (name.size() == 2 || std::string_view("LMNPSZC").find(name[0]) != std::string_view::npos))
            return property_of_kinds(kinds);
    }
    constexpr char const* categories[][2] = {
        {"Cased_Letter", "LC"},
        {"Close_Punctuation", "Pe"},
        {"Connector_Punctuation", "Pc"},
        {"Control", "Cc"},
        {"cntrl", "Cc"},
        {"Currency_Symbol", "Sc"},
        {"Dash_Punctuation", "Pd"},
        {"Decimal_Number", "Nd"},
        {"digit", "Nd"},
        {"Enclosing_Mark", "Me"},
        {"Final_Punctuation", "Pf"},
        {"Format", "Cf"},
        {"Initial_Punctuation", "Pi"},
        {"Letter", "L"},
        {"Letter_Number", "Nl"},
        {"Line_Separator", "Zl"},
        {"Lowercase_Letter", "Ll"},
        {"Mark", "M"},
        {"Combining_Mark", "M"},
        {"Math_Symbol", "Sm"},
        {"Modifier_Letter", "Lm"},
        {"Modifier_Symbol", "Sk"},
        {"Nonspacing_Mark", "Mn"},
        {"Number", "N"},
        {"Open_Punctuation", "Ps"},
        {"Other", "C"},
        {"Other_Letter", "Lo"},
        {"Other_Number", "No"},
        {"Other_Punctuation", "Po"},
        {"Other_Symbol", "So"},
        {"Paragraph_Separator", "Zp"},
        {"Private_Use", "Co"},
        {"Punctuation", "P"},
        {"punct", "P"},
        {"Separator", "Z"},
        {"Space_Separator", "Zs"},
        {"Spacing_Mark", "Mc"},
        {"Surrogate", "Cs"},
        {"Symbol", "S"},
        {"Titlecase_Letter", "Lt"},
        {"Unassigned", "Cn"},
        {"Uppercase_Letter", "Lu"},
    };
    for (auto const& category : categories) {
        if (name == category[0]) return property_of_kinds(kinds_of_category(category[1]));
    }
    if (only_category) return {};

    constexpr auto all = bit_of(kind_count) - 1;
    constexpr auto uppercase = bit_of(kind_Lu) | bit_of(kind_Nl_uppercase) | bit_of(kind_So_uppercase);
    constexpr auto lowercase = bit_of(kind_Ll) | bit_of(kind_Lm_lowercase) | bit_of(kind_Lo_lowercase) | bit_of(kind_Mn_lowercase)
                               | bit_of(kind_Nl_lowercase) | bit_of(kind_So_lowercase);
    constexpr auto alphabetic = uppercase | lowercase | bit_of(kind_Lt) | bit_of(kind_Lm) | bit_of(kind_Lo) | bit_of(kind_Nl)
                                | bit_of(kind_Mn_alphabetic) | bit_of(kind_Mc_alphabetic);
    constexpr auto space = bit_of(kind_Zs) | bit_of(kind_Zl) | bit_of(kind_Zp) | bit_of(kind_Cc_space);
    constexpr std::uint32_t upper = 0x07fffffe, lower = 0x07fffffe, digits = 0x03ff0000,
                            control = 0x3e00; // in words of 32 characters
    constexpr struct {
        char const* name;
        character_property property;
    } binary[] = {
        {"ASCII", {0, {0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}, true}},
        {"ASCII_Hex_Digit", {0, {0, digits, 0x7e, 0x7e}, true}},
        {"AHex", {0, {0, digits, 0x7e, 0x7e}, true}},
        {"Alphabetic", {alphabetic, {0, 0, upper, lower}, true}},
        {"Alpha", {alphabetic, {0, 0, upper, lower}, true}},
        {"Any", {all, {0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}, true}},
        {"Assigned", {all & ~bit_of(kind_Cn), {0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}, true}},
        {"Lowercase", {lowercase, {0, 0, 0, lower}, true}},
        {"Lower", {lowercase, {0, 0, 0, lower}, true}},
        {"Uppercase", {uppercase, {0, 0, upper, 0}, true}},
        {"Upper", {uppercase, {0, 0, upper, 0}, true}},
        {"White_Space", {space, {control, 1, 0, 0}, true}},
        {"space", {space, {control, 1, 0, 0}, true}},
        // Java.
        {"all", {all, {0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}, true}},
        {"Alnum", {0, {0, digits, upper, lower}, true}},
        {"Blank", {0, {0x200, 1, 0, 0}, true}},
        {"Cntrl", {0, {0xffffffff, 0, 0, 0x80000000}, true}},
        {"Digit", {0, {0, digits, 0, 0}, true}},
        {"Graph", {0, {0, 0xfffffffe, 0xffffffff, 0x7fffffff}, true}},
        {"Print", {0, {0, 0xffffffff, 0xffffffff, 0x7fffffff}, true}},
        {"Punct", {0, {0, 0xfc00fffe, 0xf8000001, 0x78000001}, true}},
        {"Space", {0, {control, 1, 0, 0}, true}},
        {"XDigit", {0, {0, digits, 0x7e, 0x7e}, true}},
    };
    for (auto const& b : binary) {
        if (name == b.name) return b.property;
    }
    // Character.isLetterOrDigit.
    if (name == "LD") return property_of_kinds(kinds_of_category("L") | bit_of(kind_Nd));
    // Java prefixes the names of Unicode properties with "Is".
    if (name.starts_with("Is")) {
        name.remove_prefix(2);
        if (name == "Whitespace") name = "White_Space";
        if (name.size() == 1 || name.size() == 2 || name == "Alphabetic" || name == "Letter" || name == "Lowercase"
            || name == "Uppercase" || name == "White_Space")
            return property_named(name);
    }
    return {};
}

} // namespace parley::detail

#endif
