// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_JSON_DETAIL_JSON_DECODER_HPP
#define PARLEY_JSON_DETAIL_JSON_DECODER_HPP

#include <parley/describe/validate.hpp>
#include <parley/json/decode.hpp>
#include <parley/json/detail/free_form.hpp>
#include <parley/json/detail/number_literal.hpp>
#include <parley/json/detail/quoted_pattern.hpp>
#include <parley/json/detail/scan.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace parley::inline PARLEY_ABI::detail::json {

// Parses JSON along the shape of the target type. Keeps a frame for each open object or array that has a shape, and a bracket for
// each that is ignored or free-form. It is not a template and does not recurse. If more text follows later, it stops before an
// incomplete token and parses that token again from its start.
//
// The functions that are defined outside of the class are deliberately not inline, although they are in headers: g++ saves fewer
// registers at calls of functions that the linker cannot replace (-fipa-ra), which is 2 % of the instructions of decoding.
class json_decoder {
public:
    json_decoder(decode_job const& job, decode_options const& options, std::vector<violation>& errors,
                 std::vector<violation>* tolerated)
        : job_(job), options_(options), errors_(errors), tolerated_(tolerated), first_error_(errors.size()),
          values_left_(options.limits.values) {}

    json_decoder(json_decoder const&) = delete;
    json_decoder& operator=(json_decoder const&) = delete;
    ~json_decoder() {
        while (depth_ > 0) pop();
    }

    // Parses `text`, which continues where the last call stopped. `last`: nothing follows. Returns the number of bytes consumed; the
    // next call must pass the rest again, followed by the next chunk.
    std::size_t read(std::string_view text, bool last) {
        begin_ = text.data();
        end_ = begin_ + text.size();
        last_ = last;
        auto const* at = begin_;
        for (;;) {
            at = skip_json_space(at, end_);
            if (at == end_) {
                if (last_ && next_ != expected::nothing) incomplete();
                break;
            }
            if (!step(at)) break;
        }
        auto const taken = static_cast<std::size_t>(at - begin_);
        taken_ += taken;
        return taken;
    }

    // Whether an error ended the parse.
    bool stopped() const noexcept { return stopped_; }

private:
    enum class expected : std::uint8_t { value, first_item, first_key, key, separator, nothing };

    struct place {
        shape const* type = nullptr;
        void* object = nullptr;
        value_checks const* checks = nullptr;
        timestamp_format format = timestamp_format::unspecified;
    };
    // The content of an object or array; `other` is not handled by `step_contents`.
    enum class contents : std::uint8_t { members, alternatives, items, entries, other };

    // An open object or array. `push_unchecked` sets the members that its kind uses.
    struct frame {
        shape const* type;
        void* object;
        value_checks const* checks;
        std::size_t begin; // offset in the text
        timestamp_format format;
        contents holds;
        bool is_array;
        bool keys_are_positions;    // maps: parsed from an array
        bool item_open;             // lists: insert the item when its value is complete
        bool nothing_known;         // unions: the member has no alternative and is not kept
        member const *next, *last;  // structures: the most likely next member; the end of the members
        member const* current;      // structures and unions: the member of the next value; null: ignore the value
        std::size_t index;          // of the next item or position; unions and timestamps: the number of members so far
        std::string_view key;       // maps: of the next value
        void* value;                // maps: the next value; null: ignore it
        void* item;                 // lists without `append`: the item under construction, outside of the list
        member_set const* readable; // structures: the members to read; null: all
        member_set seen;            // structures: the members so far
    };
    static_assert(std::is_trivially_copyable_v<frame>);

    // Consumes the token at `at` and advances `at`. Returns false to stop: at an incomplete token, of which nothing is consumed, or
    // after a fatal error.
    [[gnu::always_inline]] bool step(char const*& at) {
        char const* next = nullptr;
        switch (next_) {
        case expected::first_key:
            if (*at == '}') return move(at, close_bracket(at));
            next_ = expected::key;
            [[fallthrough]];
        case expected::key:
            if (nested_.empty() && top().holds != contents::other) return take_contents(at);
            next = step_key(at);
            if (next) next_ = expected::value;
            break;
        case expected::first_item:
            if (*at == ']') return move(at, close_bracket(at));
            next_ = expected::value;
            [[fallthrough]];
        case expected::value:
            if (nested_.empty() && depth_ > 0 && top().holds == contents::items) return take_contents(at);
            if (depth_ == 0 && nested_.empty() && *at == '{' && begin_root(at)) {
                next_ = expected::first_key;
                return count();
            }
            next = step_value(at);
            break;
        case expected::separator:
            if (*at != ',') return move(at, close_bracket(at));
            next_ = in_array() ? expected::value : expected::key;
            next = at + 1;
            break;
        case expected::nothing: next = syntax_error(at, "unexpected text after the JSON value"); break;
        }
        return move(at, next);
    }
    static bool move(char const*& at, char const* next) noexcept {
        if (!next) return false;
        at = next;
        return true;
    }

    bool take_contents(char const*& at) {
        bool keep_going = true;
        at = step_contents(at, keep_going);
        return keep_going;
    }
    // Parses members and items of the container on top, its nested containers and its enclosing ones, until it finds a token that it
    // does not handle. Returns the position of that token; sets `keep_going` to false if parsing must stop.
    char const* step_contents(char const* at, bool& keep_going);

    // Moves `at` to the next token. Returns false if there is none.
    [[gnu::always_inline]] bool find_token(char const*& at) const noexcept {
        if (at != end_ && *at > ' ') return true;
        at = skip_json_space(at, end_);
        return at != end_;
    }

    enum class simple : std::uint8_t { none, value, object, array, stop };
    struct simple_value {
        simple kind = simple::none;
        char const* end = nullptr;
    };

    // Destinations of the next value, opened only when the value is accepted: a member, or an element of another container.
    struct member_slot;
    struct element_slot;
    // The access to the next element of a list, map or union; null if the value is ignored.
    static value_access const* element_access(frame const& f) noexcept {
        switch (f.type->kind) {
        case shape_kind::list: return &f.type->list->item;
        case shape_kind::map: return f.value ? &f.type->map->value : nullptr;
        default: return f.current ? &f.current->value : nullptr;
        }
    }

    template <class Slot>
    [[gnu::always_inline]] place open_place(Slot const& slot) {
        auto const& access = slot.access();
        auto* const object = slot.open();
        return {access.target, access.emplace ? access.emplace(object) : object, slot.checks(), slot.format()};
    }

    // Fast paths. Each consumes a value of the common form, or nothing.
    template <class Slot>
    simple_value take_bracket(Slot const& slot, char const* at);
    template <class Slot>
    simple_value try_fast_path(Slot const& slot, char const* at);
    simple_value take_element(frame& f, value_access const& access, char const* at);
    [[gnu::noinline]] simple_value take_element_bracket(frame& f, value_access const& access, char const* at);
    [[gnu::noinline]] simple_value take_element_simple(frame& f, value_access const& access, char const* at);
    [[gnu::noinline]] simple_value skip_simple(char const* at) const noexcept;
    [[gnu::noinline]] char const* pass_key(char const* at);

    // Returns the end of an ASCII string without escapes, or null if no such string begins at `at`.
    [[gnu::always_inline]] char const* end_of_simple_string(char const* at) const noexcept {
        return *at == '"' ? find_simple_string_end(begin_, at + 1, end_) : nullptr;
    }
    bool begins_with(char const* at, std::string_view literal) const noexcept {
        return static_cast<std::size_t>(end_ - at) >= literal.size() && std::memcmp(at, literal.data(), literal.size()) == 0;
    }

    // Returns the object of a member whose value begins, reset if the member is a duplicate: the last one wins.
    [[gnu::always_inline]] void* open_member(frame& f, member const& m) {
        auto* const object = f.type->structure->place_of(m, f.object);
        if (!f.seen.insert(m.position)) reset_duplicate(object, m);
        return object;
    }

    // Returns the object of a list item that begins.
    [[gnu::always_inline]] void* open_item(frame& f) {
        auto const& list = *f.type->list;
        ++f.index;
        if (list.append) return list.append(f.object, progress_of(f));
        if (!f.item) f.item = list.make_item();
        f.item_open = true;
        return f.item;
    }

    // Reports the violations of a string that is known to have some. Checking twice keeps the error code out of the fast path.
    [[gnu::noinline]] void report_violations(std::string_view text, value_checks const& checks);

    // Whether the length of an ASCII string satisfies the constraint.
    static bool has_length(std::string_view text, constraint const& c) noexcept {
        return !c.has_length || (text.size() >= c.min_length && text.size() <= c.max_length);
    }
    // Whether to match with a DFA: the pattern repeats groups, and enough values have been parsed to pay for building the table.
    bool has_automaton(pattern_view const& pattern) const noexcept {
        constexpr std::size_t many = 64; // values
        return pattern.words[0] & pattern_repeats_groups && options_.limits.values - values_left_ >= many;
    }
    [[gnu::noinline]] bool matches(std::string_view text, pattern_view const& pattern);

    // Returns the end of an ASCII string without escapes that certainly matches the pattern; null if that is uncertain.
    [[gnu::always_inline]] char const* end_of_matching_string(char const* at, pattern_view const& pattern) const noexcept {
        if (*at != '"' || !may_match_quoted(pattern) || has_automaton(pattern)) return nullptr;
        return pattern.words[0] & pattern_is_one_class ? find_end_of_class(pattern, begin_, at + 1, end_)
                                                       : find_matching_end(pattern, begin_, at + 1, end_);
    }

    // Tokens. Each function returns the end of the token, or null to stop.

    [[gnu::noinline]] char const* step_key(char const* at);
    [[gnu::noinline]] char const* step_value(char const* at);
    [[gnu::always_inline]] char const* step_string(char const* first);
    [[gnu::noinline]] char const* step_number(char const* at);
    char const* step_literal(char const* at, std::string_view literal);
    char const* open_bracket(char const* at);
    [[gnu::noinline]] char const* close_bracket(char const* at);

    bool in_array() noexcept { return nested_.empty() ? top().is_array : nested_.back() == '['; }

    std::size_t offset_of(char const* at) const noexcept { return taken_ + static_cast<std::size_t>(at - begin_); }

    bool make_plain(std::string_view& content, string_marks const& marks);

    std::nullptr_t stop_here() {
        stop();
        return nullptr;
    }
    // Makes the next `count` fail, which ends the parse.
    void stop() noexcept {
        stopped_ = true;
        values_left_ = 0;
    }
    std::nullptr_t incomplete();
    std::nullptr_t syntax_error(char const* at, std::string message = "invalid JSON");
    void add_text_error(errc code, std::string message, char const* at);

    // Objects and arrays.

    // Fast path for the outermost structure.
    bool begin_root(char const*& at) {
        if (!job_.type || job_.type->kind != shape_kind::structure || options_.limits.depth == 0) return false;
        value_begin_ = offset_of(at++);
        push({job_.type, job_.object, nullptr, job_.format});
        return true;
    }
    bool begin_object();
    [[gnu::always_inline]] bool begin_array();

    bool skip(char bracket) { return nested_.push_back(bracket), true; }
    bool begin_free_form(place const& p, char bracket);
    bool enter_nested(char bracket);
    bool end_nested(char bracket);
    // Ends the object or array on top.
    [[gnu::always_inline]] bool end_frame() {
        frame& f = top();
        if (needs_finishing(f) && !finish_container(f)) return false;
        if (f.checks && f.checks->value && !check(*f.type, f.object, *f.checks, depth_ - 1)) return false;
        value_begin_ = f.begin;
        pop();
        if (depth_ == 0) return true;
        if (top().item_open) insert_item();
        return count();
    }
    [[gnu::always_inline]] bool needs_finishing(frame const& f) const noexcept {
        switch (f.holds) {
        case contents::items:
        case contents::entries: return false;
        case contents::members: return options_.reject_unknown_values || !f.seen.contains_all(f.type->structure->required);
        case contents::alternatives: return f.index == 0 || f.nothing_known;
        case contents::other: break;
        }
        return true;
    }
    [[gnu::noinline]] bool finish_container(frame& f);

    frame& top() noexcept { return free_[-1]; }
    frame const& top() const noexcept { return free_[-1]; }

    void push(place const& p) {
        if (depth_ == capacity_) grow();
        push_unchecked(*p.type, p.object, p.checks, p.format);
    }
    // Requires depth_ < capacity_.
    void push_unchecked(shape const& type, void* object, value_checks const* checks, timestamp_format format);
    [[gnu::always_inline]] void pop() {
        frame& f = top();
        if (f.type->kind == shape_kind::list && f.item) f.type->list->drop_item(f.item);
        --free_;
        --depth_;
    }
    [[gnu::noinline, gnu::cold]] void grow();

    // Whether the outermost structure is parsed from an array and the next value is one of its members.
    bool reads_positions() const noexcept { return by_position_ && depth_ == 1; }
    void take_position();

    // Opens the destination of the value that begins. Returns false if the value is ignored.
    bool open(place& p) {
        take_position();
        return open_here(p);
    }
    bool open_here(place& p);

    list_progress progress_of(frame const& f) const noexcept {
        return {value_begin_ - f.begin, taken_ + static_cast<std::size_t>(end_ - begin_) - value_begin_};
    }

    void reset_duplicate(void* at, member const& m);

    // Ends the current value.
    void close() {
        if (depth_ > 0 && top().item_open) insert_item();
    }
    void insert_item();

    bool scalar_done_unchecked();
    bool scalar_done(place const& p);

    void take_position(frame& f);

    // Keys.

    [[gnu::always_inline]] void take_member(frame& f, member const* m) {
        f.current = m;
        if (!m) return;
        f.next = m + 1;
        if (f.readable && !f.readable->contains(m->position)) f.current = nullptr;
    }

    // Returns the member whose name is at `at` if it is the next one of the description, or the one that followed last time: the items
    // of a list often omit the same members, or share an order of their own. Null if it is neither.
    [[gnu::always_inline]] member const* find_likely(frame const& f, char const* at) noexcept {
        if (f.next != f.last && begins_with_name(at, end_, *f.next)) return f.next;
        auto const& s = *f.type->structure;
        auto const hint = successor_hint(f.next);
        if (hint == 0 || hint > s.count) return nullptr; // the hint may belong to another structure
        auto const& m = s.members[hint - 1];
        return begins_with_name(at, end_, m) ? &m : nullptr;
    }
    std::uint8_t& successor_hint(member const* next) noexcept {
        return successor_hint_[reinterpret_cast<std::uintptr_t>(next) / 64 % std::size(successor_hint_)];
    }

    bool take_key(std::string_view key);
    bool take_alternative(std::string_view key);
    void count_alternative();
    bool finish_empty_union(frame& f);
    bool make_absent(structure_shape const& alternatives, void const* object);

    // Values.

    bool take_string(std::string_view text);
    bool put_string(place const& p, std::string_view text);

    // A view may refer to a string that is a part of the parsed text.
    text_source source_of(std::string_view text) const noexcept {
        return {.lasting = text.data() >= begin_ && text.data() < end_, .memory = options_.memory};
    }
    // Requires that `text` is a part of the parsed text.
    [[gnu::always_inline]] void put_text(value_access const& access, void* to, std::string_view text) {
        if (access.optional_text) return put_optional(*static_cast<std::optional<std::string>*>(to), text);
        auto* const object = access.emplace ? access.emplace(to) : to;
        auto const* const assigned = access.target->text;
        if (assigned) return void(assigned->assign(object, text, {.lasting = true, .memory = options_.memory}));
        put_string(*static_cast<std::string*>(object), text);
    }
    [[gnu::noinline, gnu::flatten]] void put_optional(std::optional<std::string>& to, std::string_view text);
    [[gnu::noinline, gnu::flatten]] void put_string(std::string& to, std::string_view text);
    // The size of the small-string buffer of libstdc++. Copying that many bytes is faster than copying the size of a short string,
    // provided that the copy is inlined, which g++ does in a translation unit of this size only with [[gnu::flatten]].
    static constexpr std::size_t short_size = 15;
    bool may_copy_more(std::string_view text) const noexcept {
        return text.size() <= short_size && static_cast<std::size_t>(end_ - text.data()) >= short_size;
    }
    static void cut(std::string& string, std::size_t size) noexcept {
        if (size > short_size) __builtin_unreachable();
        string.resize(size);
    }
    bool report_view() { return report(refused_view(), depth_) && scalar_done_unchecked(); }

    static void assign_text(std::string& to, std::string_view text);
    bool take_number(number_literal const& number);
    bool put_number(place const& p, number_literal const& number);
    static bool put_simple(place const& p, number_literal const& number);
    static bool is_within(number_literal const& number, constraint const& c) noexcept;

    static timestamp_format format_of(place const& p) {
        return p.format == timestamp_format::unspecified ? timestamp_format::epoch_seconds : p.format;
    }
    bool take_time_text(place const& p, std::string_view text);
    bool put_time(place const& p, instant when);
    bool take_boolean(bool value);
    bool take_null();

    [[gnu::always_inline]] bool count() { return values_left_-- != 0 || report_count(); }
    [[gnu::noinline]] bool report_count();
    // Adds the hash collisions of an insertion into the container on top.
    bool count_collisions(std::size_t collisions) { return collisions == 0 || add_collisions(collisions); }
    [[gnu::noinline, gnu::cold]] bool add_collisions(std::size_t collisions);

    // Errors. The functions return false if the limit of errors is reached.

    std::string path(std::size_t levels, std::string_view member_of_it = {});

    std::size_t offset_of_level(std::size_t levels) const noexcept {
        return levels == depth_ ? value_begin_ : frames_[levels].begin;
    }

    bool report(errc code, std::string message, std::size_t levels);
    bool report(violation v, std::size_t levels);
    bool locate_errors(std::size_t first, std::size_t levels);
    void record_origins(std::size_t first, std::size_t levels);
    static std::string position_in(frame const& f);
    bool report_null(shape const& type);
    bool report_or_tolerate(errc code, std::string message, std::size_t levels);
    void tolerate(errc code, std::string message, std::size_t levels);
    bool mismatch(place const& p, std::string_view actual);
    bool invalid_value(std::string message);
    bool out_of_range();
    bool report_missing(frame const& f, member_set const& missing);
    bool check(shape const& type, void const* value, value_checks const& checks, std::size_t levels);

    // The current chunk, preceded by `taken_` bytes.
    char const* begin_ = nullptr;
    char const* end_ = nullptr;
    std::size_t taken_ = 0;
    bool last_ = true;
    expected next_ = expected::value;
    bool by_position_ = false; // the outermost structure is parsed from an array
    bool stopped_ = false;
    std::size_t depth_ = 0;
    std::size_t capacity_ = inline_capacity;
    std::size_t value_begin_ = 0; // offset of the last value that began or ended

    decode_job const& job_;
    decode_options const& options_;
    std::vector<violation>& errors_;
    std::vector<violation>* tolerated_;
    // The members that contain the errors, level by level; null for a level that is not a structure. Allocated by the first error.
    using origins = std::vector<std::vector<member const*>>;
    struct drop_origins {
        [[gnu::noinline, gnu::cold]] void operator()(origins* all) const noexcept { delete all; }
    };
    std::unique_ptr<origins, drop_origins> origins_;
    std::size_t const first_error_;
    std::size_t values_left_; // until the limit is reached
    std::size_t collisions_ = 0;

    std::string nested_;  // the open brackets of a value that is ignored or free-form
    free_form free_form_; // open if that value is free-form
    std::string repaired_, unescaped_, unknown_tag_;
    std::shared_ptr<void> automata_; // the DFAs of patterns
    // For a hash of the expected member: 1 + the position of the member that occurred instead, or 0.
    std::uint8_t successor_hint_[64] = {};
    static constexpr std::size_t inline_capacity = 16;
    std::unique_ptr<frame[]> heap_;
    alignas(frame) std::byte inline_frames_[inline_capacity * sizeof(frame)]; // uninitialized frames
    frame* frames_ = reinterpret_cast<frame*>(inline_frames_);
    frame* free_ = frames_; // the frame above the top
};

} // namespace parley::detail::json

#endif
