// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_JSON_DETAIL_TEXT_BUFFER_HPP
#define PARLEY_JSON_DETAIL_TEXT_BUFFER_HPP

// A buffer between the encoder and a std::string. Writing to the string directly would cost time: resizing it fills it with zeros.

#include <parley/core/number.hpp>
#include <parley/core/utf8.hpp>
#include <parley/describe/shape.hpp>
#include <parley/json/detail/escape.hpp>
#include <parley/json/detail/scan.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace parley::inline PARLEY_ABI::detail::json {

template <class Word>
void copy_words(char* to, char const* from, std::size_t size) noexcept {
    for (std::size_t i = 0; i + sizeof(Word) < size; i += sizeof(Word)) std::memcpy(to + i, from + i, sizeof(Word));
    std::memcpy(to + size - sizeof(Word), from + size - sizeof(Word), sizeof(Word)); // overlaps the previous one
}

// memcpy without a function call, for short texts.
inline void copy_short(char* to, char const* from, std::size_t size) noexcept {
    struct block {
        char bytes[16];
    };
    if (size >= 16) return copy_words<block>(to, from, size);
    if (size >= 8) return copy_words<std::uint64_t>(to, from, size);
    if (size >= 4) return copy_words<std::uint32_t>(to, from, size);
    for (std::size_t i = 0; i < size; ++i) to[i] = from[i];
}

// Whether all of eight bytes are ASCII and need no escape (Bit Twiddling Hacks: "Determine if a word has a byte less than n").
inline bool is_simple(std::uint64_t bytes) noexcept {
    constexpr std::uint64_t ones = 0x0101010101010101U, high = 0x8080808080808080U;
    auto const control = bytes - ones * 0x20;
    auto const quote = (bytes ^ ones * '"') - ones, backslash = (bytes ^ ones * '\\') - ones;
    return ((bytes | control | quote | backslash) & high) == 0;
}

// Copies a text. Returns false if it has characters that are not ASCII or need an escape; then the copy is invalid.
[[gnu::always_inline]] inline bool copy_simple(char* to, char const* from, std::size_t size) noexcept {
#ifdef __SSE2__
    if (size >= 16) {
        auto simple = _mm_set1_epi8(-1);
        auto const copy = [&](std::size_t i) {
            auto const block = _mm_loadu_si128(reinterpret_cast<__m128i const*>(from + i));
            _mm_storeu_si128(reinterpret_cast<__m128i*>(to + i), block);
            simple = _mm_and_si128(simple, mark_simple(block));
        };
        for (std::size_t i = 0; i + 16 < size; i += 16) copy(i);
        copy(size - 16); // overlaps the previous block
        return are_simple(simple);
    }
    if (size >= 8) {
        std::uint64_t head, tail;
        std::memcpy(&head, from, 8);
        std::memcpy(&tail, from + size - 8, 8);
        std::memcpy(to, &head, 8);
        std::memcpy(to + size - 8, &tail, 8);
        return are_simple(mark_simple(_mm_set_epi64x(static_cast<long long>(tail), static_cast<long long>(head))));
    }
#else
    if (size >= 8) {
        bool simple = true;
        auto const copy = [&](std::size_t i) {
            std::uint64_t block;
            std::memcpy(&block, from + i, 8);
            std::memcpy(to + i, &block, 8);
            simple &= is_simple(block);
        };
        for (std::size_t i = 0; i + 8 < size; i += 8) copy(i);
        copy(size - 8); // overlaps the previous block
        return simple;
    }
#endif
    if (size >= 4) {
        std::uint32_t head, tail;
        std::memcpy(&head, from, 4);
        std::memcpy(&tail, from + size - 4, 4);
        std::memcpy(to, &head, 4);
        std::memcpy(to + size - 4, &tail, 4);
        return is_simple(head | std::uint64_t{tail} << 32);
    }
    bool simple = true;
    for (std::size_t i = 0; i < size; ++i) {
        auto const byte = static_cast<unsigned char>(from[i]);
        simple &= json_escapes[byte] == 0 && byte < 0x80;
        to[i] = from[i];
    }
    return simple;
}

class text_buffer {
public:
    /// Appends to `out`, which is complete after `flush`.
    explicit text_buffer(std::string& out) : out_(out) {}
    text_buffer(text_buffer const&) = delete;
    text_buffer& operator=(text_buffer const&) = delete;

    [[gnu::always_inline]] void put(char c) {
        need(1);
        *next_++ = c;
    }
    void put(std::string_view text) {
        if (text.size() > largest_piece) return put_large(text);
        need(text.size());
        copy_short(next_, text.data(), text.size());
        next_ += text.size();
    }

    /// Writes a comma, unless the member is the first, and the name of a member that needs no escapes.
    [[gnu::always_inline]] void put_name(member const& m, bool first) {
        auto const name = name_of(m, first);
        if (name.size() > largest_piece) return put_large(name);
        need(name.size() + member::padding_after_name);
        next_ = copy_blocks(next_, name);
    }

    /// Writes a member whose value is a string: the same as `put_name` and `put_quoted`, in one step if possible.
    [[gnu::always_inline]] bool put_member(member const& m, bool first, std::string_view text) {
        auto const name = name_of(m, first);
        if (name.size() + text.size() <= largest_piece) {
            need(name.size() + text.size() + 2 + member::padding_after_name);
            auto* const to = copy_blocks(next_, name);
            if (copy_simple(to + 1, text.data(), text.size())) {
                to[0] = to[text.size() + 1] = '"';
                next_ = to + text.size() + 2;
                return true;
            }
        }
        put_name(m, first);
        return put_quoted(text);
    }

    /// Writes a string with its quotation marks and escapes. Returns false if it is not UTF-8.
    [[gnu::noinline]] bool put_quoted(std::string_view text) {
        if (text.size() <= largest_piece) {
            need(text.size() + 2);
            auto* const to = next_;
            if (copy_simple(to + 1, text.data(), text.size())) {
                to[0] = to[text.size() + 1] = '"';
                next_ = to + text.size() + 2;
                return true;
            }
        }
        return put_escaped(text);
    }

    void put_integer(std::uint64_t magnitude, bool negative) {
        need(24);
        if (negative) *next_++ = '-';
        next_ = write_unsigned(next_, magnitude);
    }

    /// Calls `write` with memory for `capacity` bytes; it returns the end of what it wrote.
    template <class Write>
    void put_with(std::size_t capacity, Write write) {
        need(capacity);
        next_ = write(next_);
    }

    [[gnu::noinline]] void flush() {
        out_.append(buffer_, static_cast<std::size_t>(next_ - buffer_));
        next_ = buffer_;
    }
    /// Flushes the buffer and returns the string, to which large texts can be appended directly.
    std::string& flushed() {
        flush();
        return out_;
    }

private:
    static constexpr std::size_t largest_piece = 2048;

    [[gnu::always_inline]] void need(std::size_t capacity) {
        if (static_cast<std::size_t>(buffer_ + sizeof buffer_ - next_) < capacity) flush();
    }
    static std::string_view name_of(member const& m, bool first) noexcept {
        auto const name = m.quoted_name();
        std::size_t const comma = first ? 1 : 0;
        return {name.data() + comma, name.size() - comma};
    }
    // Copies a name in whole blocks, beyond its end.
    static char* copy_blocks(char* to, std::string_view name) noexcept {
        static_assert(member::padding_after_name == 16);
        std::size_t i = 0;
        do std::memcpy(to + i, name.data() + i, 16);
        while ((i += 16) < name.size());
        return to + name.size();
    }
    [[gnu::noinline]] void put_large(std::string_view text) { flushed().append(text); }

    [[gnu::noinline]] bool put_escaped(std::string_view text) {
        put('"');
        bool ascii = true;
        auto const *at = text.data(), *const end = at + text.size();
        while (at != end) {
            auto const* const stop = skip_plain(text.data(), at, end, ascii);
            put({at, static_cast<std::size_t>(stop - at)});
            at = stop;
            if (at == end) break;
            need(6);
            next_ = write_escaped(next_, {at, 1});
            ++at;
        }
        put('"');
        return ascii || find_invalid_utf8(text) == std::string_view::npos;
    }

    std::string& out_;
    char* next_ = buffer_;
    char buffer_[4096];
};

} // namespace parley::detail::json

#endif
