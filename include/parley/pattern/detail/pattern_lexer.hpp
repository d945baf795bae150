// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_PATTERN_DETAIL_PATTERN_LEXER_HPP
#define PARLEY_PATTERN_DETAIL_PATTERN_LEXER_HPP

#include <parley/pattern/detail/pattern_program.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace parley::inline PARLEY_ABI::detail {

// Reads characters, escape sequences and quantifiers of an expression.
class pattern_lexer {
protected:
    explicit constexpr pattern_lexer(std::string_view text) : text_(text) {}

    constexpr char peek(std::size_t distance) const { return at_ + distance < text_.size() ? text_[at_ + distance] : '\0'; }
    static constexpr bool is_quantifier(char c) { return c == '*' || c == '+' || c == '?' || c == '{'; }

    static constexpr bool is_word(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    }

    constexpr bool is_shorthand() const {
        if (peek(0) != '\\') return false;
        switch (peek(1)) {
        case 'd':
        case 'D':
        case 'w':
        case 'W':
        case 's':
        case 'S':
        case 'p':
        case 'P': return true;
        default: return false;
        }
    }

    constexpr pattern_counts quantifier() {
        pattern_counts times;
        switch (peek(0)) {
        case '*': times = {0, pattern_unbounded}; break;
        case '+': times = {1, pattern_unbounded}; break;
        case '?': times = {0, 1}; break;
        case '{':
            ++at_;
            times.min = times.max = number();
            if (peek(0) == ',') {
                ++at_;
                times.max = peek(0) == '}' ? pattern_unbounded : number();
            }
            if (peek(0) != '}') throw "parley::pattern: invalid count: expected {n}, {n,} or {n,m}";
            if (times.min > times.max) throw "parley::pattern: the bounds of a count are in the wrong order";
            break;
        default: return times;
        }
        ++at_;
        if (peek(0) == '?') ++at_; // lazy: the same texts match
        else if (peek(0) == '+') ++at_, times.possessive = true;
        return times;
    }

    constexpr std::uint32_t number() {
        std::uint32_t value = 0;
        auto const begin = at_;
        for (; peek(0) >= '0' && peek(0) <= '9'; ++at_) {
            value = value * 10 + static_cast<std::uint32_t>(peek(0) - '0');
            if (value > 100'000'000) throw "parley::pattern: a count is too large";
        }
        if (at_ == begin) throw "parley::pattern: invalid count: expected {n}, {n,} or {n,m}";
        return value;
    }

    // Reads the next character. Decodes escape sequences and UTF-8.
    constexpr std::uint32_t character() {
        auto const lead = static_cast<unsigned char>(text_[at_++]);
        if (lead != '\\') {
            if (lead < 0x80) return lead;
            auto value = lead & (lead >= 0xf0 ? 7U : lead >= 0xe0 ? 15U : 31U);
            int const more = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1;
            for (int i = 0; i < more; ++i) {
                auto const byte = static_cast<unsigned char>(peek(0));
                if (lead < 0xc2 || lead > 0xf4 || byte < 0x80 || byte > 0xbf)
                    throw "parley::pattern: the expression is not UTF-8";
                value = value << 6 | (byte & 0x3fU);
                ++at_;
            }
            return value;
        }
        if (at_ >= text_.size()) throw "parley::pattern: incomplete escape sequence";
        char const c = text_[at_];
        if (static_cast<unsigned char>(c) >= 0x80) return character();
        ++at_;
        switch (c) {
        case 't': return '\t';
        case 'n': return '\n';
        case 'r': return '\r';
        case 'f': return '\f';
        case 'v': return '\v';
        case '0': {
            std::uint32_t value = 0;
            for (int i = 0; i < 3 && peek(0) >= '0' && peek(0) <= '7' && value < 32; ++i, ++at_)
                value = value * 8 + static_cast<std::uint32_t>(peek(0) - '0');
            return value;
        }
        case 'x': return peek(0) == '{' ? hex_in_braces() : hex(2);
        case 'u': return peek(0) == '{' ? hex_in_braces() : code_unit();
        case 'c':
            if (!is_word(peek(0)) || peek(0) == '_' || peek(0) < 'A') throw "parley::pattern: incomplete escape sequence";
            return static_cast<std::uint32_t>(text_[at_++] & 31);
        case 'k': throw "parley::pattern: back references are not supported";
        default:
            if (c >= '1' && c <= '9') throw "parley::pattern: back references are not supported";
            if (is_word(c) && c != '_') throw "parley::pattern: unknown escape sequence";
            return static_cast<unsigned char>(c);
        }
    }

    constexpr std::uint32_t hex_in_braces() {
        ++at_;
        std::uint32_t value = 0;
        if (peek(0) == '}') throw "parley::pattern: incomplete escape sequence";
        for (; peek(0) != '}'; ++at_) {
            value = value * 16 + digit();
            if (value > 0x10ffff) throw "parley::pattern: an escape sequence is above U+10FFFF";
        }
        ++at_;
        return value;
    }

    constexpr std::uint32_t code_unit() {
        auto const value = hex(4);
        if (value < 0xd800 || value > 0xdbff || peek(0) != '\\' || peek(1) != 'u' || peek(2) == '{') return value;
        // A surrogate pair.
        auto const behind = at_;
        at_ += 2;
        auto const low = hex(4);
        if (low >= 0xdc00 && low <= 0xdfff) return 0x10000 + ((value - 0xd800) << 10) + (low - 0xdc00);
        at_ = behind;
        return value;
    }

    constexpr std::uint32_t hex(int digits) {
        std::uint32_t value = 0;
        for (int i = 0; i < digits; ++i, ++at_) value = value * 16 + digit();
        return value;
    }

    constexpr std::uint32_t digit() const {
        auto const c = peek(0);
        if (at_ >= text_.size()) throw "parley::pattern: incomplete escape sequence";
        if (c >= '0' && c <= '9') return static_cast<std::uint32_t>(c - '0');
        if (c >= 'a' && c <= 'f') return static_cast<std::uint32_t>(c - 'a' + 10);
        if (c >= 'A' && c <= 'F') return static_cast<std::uint32_t>(c - 'A' + 10);
        throw "parley::pattern: invalid digit in an escape sequence";
    }

    std::string_view text_;
    std::size_t at_ = 0; // the current position in text_
};

} // namespace parley::detail

#endif
