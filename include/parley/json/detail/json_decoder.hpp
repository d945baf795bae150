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

namespace parley::inline PARLEY_ABI::detail {

namespace {

// Reads JSON and walks the tables of the type along with it: one frame for each object or array that the description knows,
// one bracket for each that it does not. It is no template and does not recurse. Where the text goes on later, it stops before
// a token that is not complete, and reads that token again from its begin.
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

    /// Reads on, from where the last call stopped. `last`: nothing follows `text`. Returns how much of it was read: all the
    /// rest has to be given again, with what follows it.
    std::size_t read(std::string_view text, bool last) {
        begin_ = text.data();
        end_ = begin_ + text.size();
        last_ = last;
        auto const* at = begin_;
        for (;;) {
            at = skip_json_space(at, end_);
            if (at == end_) {
                if (last_ && next_ != expected::nothing) is_incomplete();
                break;
            }
            if (!step(at)) break;
        }
        auto const taken = static_cast<std::size_t>(at - begin_);
        taken_ += taken;
        return taken;
    }

    /// An error was so bad that there is no use in reading on.
    bool stopped() const noexcept { return stopped_; }

private:
    enum class expected : std::uint8_t { value, first_item, first_key, key, separator, nothing };

    struct place {
        shape const* what = nullptr;
        void* object = nullptr;
        value_checks const* checks = nullptr;
        timestamp_format format = timestamp_format::unspecified;
    };
    // What is within an object or array; `other`, where `step_contents` does not read it.
    enum class contents : std::uint8_t { members, alternatives, items, entries, other };

    // What is of use for all kinds is set when a frame is pushed, the rest where its kind needs it.
    struct frame {
        shape const* what;
        void* object;
        value_checks const* checks;
        std::size_t begin; // offset in the text
        timestamp_format format;
        contents holds;
        bool is_array;
        bool keys_are_positions;    // maps: an array stands for one
        bool item_open;             // lists: it is to be inserted when its value is complete
        bool nothing_known;         // unions: the member that came is not described, and not kept
        member const *next, *last;  // structures: the member that most likely comes next; the end of all
        member const* current;      // structures and unions: the member whose value comes next; null: it is ignored
        std::size_t index;          // of the item or position that comes next; unions and timestamps: how many members came
        std::string_view key;       // maps: of the value that comes next
        void* value;                // maps: its place; null: it is ignored
        void* item;                 // lists whose items are made beside them: the item
        member_set const* readable; // structures: those that are read; null: all
        member_set seen;            // structures: the members that came
    };
    static_assert(std::is_trivially_copyable_v<frame>);

    // Takes what is at `at` and moves it on. False to stop: when the text ends within a token, before anything has changed, or
    // when an error was told that ends it all.
    bool step(char const*& at) {
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
        case expected::nothing: next = syntax_error(at, "unexpected text after the value"); break;
        }
        return move(at, next);
    }
    static bool move(char const*& at, char const* next) noexcept {
        if (!next) return false;
        at = next;
        return true;
    }

    bool take_contents(char const*& at) {
        bool go_on = true;
        at = step_contents(at, go_on);
        return go_on;
    }
    // Reads on in the container on top, in those within it and around it, for as long as nothing else comes: names with their
    // values, and items. Returns where that is, and tells in `go_on` whether to read on there.
    char const* step_contents(char const* at, bool& go_on);

    // Moves `at` to the next token. False if there is none.
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

    // Where a value goes that was not looked at yet: to a member, or into a container of another kind.
    struct member_source;
    struct value_source;
    // How the container that is no structure holds the value that comes; null if it is not to be kept.
    static value_access const* held_by(frame const& f) noexcept {
        switch (f.what->kind) {
        case shape_kind::list: return &f.what->list->item;
        case shape_kind::map: return f.value ? &f.what->map->value : nullptr;
        default: return f.current ? &f.current->value : nullptr;
        }
    }

    template <class Source>
    [[gnu::always_inline]] place open_place(Source const& source) {
        auto const& held = source.held();
        auto* const object = source.open();
        return {held.target, held.emplace ? held.emplace(object) : object, source.checks(), source.format()};
    }

    // What they are about is taken if it is as most are, else nothing is.
    template <class Source>
    simple_value take_bracket(Source const& source, char const* at);
    template <class Source>
    simple_value try_fast_path(Source const& source, char const* at);
    simple_value take_held(frame& f, value_access const& held, char const* at);
    [[gnu::noinline]] simple_value take_held_bracket(frame& f, value_access const& held, char const* at);
    [[gnu::noinline]] simple_value take_held_simple(frame& f, value_access const& held, char const* at);
    [[gnu::noinline]] simple_value skip_simple(char const* at) const noexcept;
    [[gnu::noinline]] char const* pass_key(char const* at);

    // The end of a string that has neither escapes nor anything beyond ASCII; null if none such begins at `at`.
    [[gnu::always_inline]] char const* end_of_simple_string(char const* at) const noexcept {
        return *at == '"' ? find_simple_string_end(begin_, at + 1, end_) : nullptr;
    }
    bool begins_with(char const* at, std::string_view literal) const noexcept {
        return static_cast<std::size_t>(end_ - at) >= literal.size() && std::memcmp(at, literal.data(), literal.size()) == 0;
    }

    // The place of a member whose value begins. If it came before, the last one wins.
    [[gnu::always_inline]] void* open_member(frame& f, member const& m) {
        auto* const into = f.what->structure->place_of(m, f.object);
        if (!f.seen.insert(m.position)) reset_duplicate(into, m);
        return into;
    }

    // The place of an item that begins.
    [[gnu::always_inline]] void* open_item(frame& f) {
        auto const& list = *f.what->list;
        ++f.index;
        if (list.append) return list.append(f.object, progress_of(f));
        if (!f.item) f.item = list.make_item();
        f.item_open = true;
        return f.item;
    }

    // What is wrong with a text is asked again when something is.
    [[gnu::noinline]] void tell_wrong(std::string_view text, value_checks const& checks) {
        auto const before = errors_.size();
        check_text(text, *checks.value, checks.value_pattern, errors_);
        place_errors(before, depth_);
    }

    // Whether a text of ASCII characters, a part of the one that is read, is as the constraint wants it.
    static bool has_length(std::string_view text, constraint const& c) noexcept {
        return !c.has_length || (text.size() >= c.min_length && text.size() <= c.max_length);
    }
    // The same patterns come again and again, and this one is better followed by a table.
    bool has_automaton(pattern_view const& pattern) const noexcept {
        constexpr std::size_t many = 64; // values
        return pattern.words[0] & pattern_repeats_groups && options_.limits.values - values_left_ >= many;
    }
    [[gnu::noinline]] bool matches(std::string_view text, pattern_view const& pattern) {
        return has_automaton(pattern) ? pattern.engine->search_again(automata_, pattern, text) : search(pattern, text);
    }

    // The end of a string that has neither escapes nor anything beyond ASCII and is certainly as the pattern wants it; null if it
    // is not sure.
    [[gnu::always_inline]] char const* end_of_matching_string(char const* at, pattern_view const& pattern) const noexcept {
        if (*at != '"' || !may_match_quoted(pattern) || has_automaton(pattern)) return nullptr;
        return pattern.words[0] & pattern_is_one_class ? find_end_of_class(pattern, begin_, at + 1, end_)
                                                       : find_matching_end(pattern, begin_, at + 1, end_);
    }

    // Tokens. Each function returns the end of what it took, or null to stop.

    [[gnu::noinline]] char const* step_key(char const* at);
    [[gnu::noinline]] char const* step_value(char const* at);
    char const* step_string(char const* first);
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
    // The next value that is counted ends it all.
    void stop() noexcept {
        stopped_ = true;
        values_left_ = 0;
    }
    std::nullptr_t is_incomplete();
    std::nullptr_t syntax_error(char const* at, std::string message = "syntax error");
    void add_text_error(errc code, std::string message, char const* at);

    // Objects and arrays.

    // Most texts are one object that is described.
    bool begin_root(char const*& at) {
        if (!job_.what || job_.what->kind != shape_kind::structure || options_.limits.depth == 0) return false;
        value_begin_ = offset_of(at++);
        push({job_.what, job_.object, nullptr, job_.format});
        return true;
    }
    bool begin_object();
    bool begin_array();

    bool skip(char bracket) { return nested_.push_back(bracket), true; }
    bool begin_free_form(place const& p, char bracket);
    bool go_into(char bracket);
    bool end_nested(char bracket);
    // The object or array on top is complete.
    [[gnu::always_inline]] bool end_frame() {
        frame& f = top();
        if (needs_finishing(f) && !finish_container(f)) return false;
        if (f.checks && f.checks->value && !check(*f.what, f.object, *f.checks, depth_ - 1)) return false;
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
        case contents::members: return options_.reject_unknown_values || !f.seen.contains_all(f.what->structure->required);
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
        push_within(*p.what, p.object, p.checks, p.format);
    }
    // Where there is room.
    void push_within(shape const& what, void* object, value_checks const* checks, timestamp_format format);
    [[gnu::always_inline]] void pop() {
        frame& f = top();
        if (f.what->kind == shape_kind::list && f.item) f.what->list->drop_item(f.item);
        --free_;
        --depth_;
    }
    [[gnu::noinline, gnu::cold]] void grow();

    // Whether the outermost structure came as an array and the parse is at one of its values.
    bool reads_positions() const noexcept { return by_position_ && depth_ == 1; }
    void take_position();

    // Finds the place of the value that begins. False if it is to be ignored.
    bool open(place& p) {
        take_position();
        return open_here(p);
    }
    bool open_here(place& p);

    list_progress progress_of(frame const& f) const noexcept {
        return {value_begin_ - f.begin, taken_ + static_cast<std::size_t>(end_ - begin_) - value_begin_};
    }

    void reset_duplicate(void* at, member const& m);

    // The value that began is complete.
    void close() {
        if (depth_ > 0 && top().item_open) insert_item();
    }
    void insert_item();

    bool scalar_done_unchecked() {
        close();
        return count();
    }
    bool scalar_done(place const& p) {
        if (p.checks && p.checks->value && !check(*p.what, p.object, *p.checks, depth_)) return false;
        return scalar_done_unchecked();
    }

    void take_position(frame& f);

    // Keys.

    [[gnu::always_inline]] void take_member(frame& f, member const* m) {
        f.current = m;
        if (!m) return;
        f.next = m + 1;
        if (f.readable && !f.readable->contains(m->position)) f.current = nullptr;
    }

    // The member whose name is next, if it is the one that the description has there, or the one that came there the last time: items
    // of a list often leave out the same members, or have all of them in an order of their own. Null if it is neither.
    [[gnu::always_inline]] member const* find_likely(frame const& f, char const* at) noexcept {
        if (f.next != f.last && begins_with_name(at, end_, *f.next)) return f.next;
        auto const& s = *f.what->structure;
        auto const came = successor_hint(f.next);
        if (came == 0 || came > s.count) return nullptr; // it may be another structure's
        auto const& m = s.members[came - 1];
        return begins_with_name(at, end_, m) ? &m : nullptr;
    }
    std::uint8_t& successor_hint(member const* next) noexcept {
        return successor_hint_[reinterpret_cast<std::uintptr_t>(next) / 64 % std::size(successor_hint_)];
    }

    bool take_key(std::string_view key);
    bool take_alternative(std::string_view key);
    void count_alternative();
    bool settle_union(frame& f);
    bool make_absent(structure_shape const& choice, void const* object);

    // Values.

    bool take_string(std::string_view text);
    bool put_string(place const& p, std::string_view text);

    // What came as it is in the text that is read can be referred to.
    text_source source_of(std::string_view text) const noexcept {
        return {.lasting = text.data() >= begin_ && text.data() < end_, .memory = options_.memory};
    }
    // The text is a part of the one that is read.
    [[gnu::always_inline]] void put_text(value_access const& how, void* into, std::string_view text) {
        if (how.optional_text) return put_optional(*static_cast<std::optional<std::string>*>(into), text);
        auto* const object = how.emplace ? how.emplace(into) : into;
        if (how.target->text) return void(how.target->text->assign(object, text, {.lasting = true, .memory = options_.memory}));
        put_string(*static_cast<std::string*>(object), text);
    }
    [[gnu::noinline, gnu::flatten]] void put_optional(std::optional<std::string>& to, std::string_view text) {
        if (may_copy_more(text)) cut(to.emplace(text.data(), short_size), text.size());
        else to.emplace(text);
    }
    [[gnu::noinline, gnu::flatten]] void put_string(std::string& to, std::string_view text) {
        if (!may_copy_more(text)) return assign_text(to, text);
        std::destroy_at(&to);
        cut(*std::construct_at(&to, text.data(), short_size), text.size());
    }
    // A string keeps as many bytes in itself. To copy a constant number of them is quicker than what a short text has, if it is
    // not done by a call, which g++ prefers in a unit as large as all of the implementation: therefore flatten.
    static constexpr std::size_t short_size = 15;
    bool may_copy_more(std::string_view text) const noexcept {
        return text.size() <= short_size && static_cast<std::size_t>(end_ - text.data()) >= short_size;
    }
    static void cut(std::string& string, std::size_t size) noexcept {
        if (size > short_size) __builtin_unreachable();
        string.resize(size);
    }
    bool refuse_view() { return report(refused_view(), depth_) && scalar_done_unchecked(); }

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

    [[gnu::always_inline]] bool count() { return values_left_-- != 0 || refuse_count(); }
    [[gnu::noinline]] bool refuse_count();
    // What it cost to find the place of a key or item in the container on top.
    bool count_crowd(std::size_t crowd) { return crowd == 0 || count_collisions(crowd); }
    [[gnu::noinline, gnu::cold]] bool count_collisions(std::size_t crowd);

    // Errors. The functions return false if this was one too many.

    std::string path(std::size_t levels, std::string_view member_of_it = {});

    std::size_t offset_of_level(std::size_t levels) const noexcept {
        return levels == depth_ ? value_begin_ : frames_[levels].begin;
    }

    bool report(errc code, std::string message, std::size_t levels);
    bool report(violation v, std::size_t levels);
    bool place_errors(std::size_t first, std::size_t levels);
    void keep_origins(std::size_t first, std::size_t levels);
    static std::string position_in(frame const& f);
    bool refuse_null(shape const& what);
    bool report_or_tolerate(errc code, std::string message, std::size_t levels);
    void tolerate(errc code, std::string message, std::size_t levels);
    bool mismatch(place const& p, std::string_view found);
    bool invalid_value(std::string message);
    bool out_of_range();
    bool report_missing(frame const& f, member_set const& missing);
    bool check(shape const& what, void const* value, value_checks const& checks, std::size_t levels);

    // The text that is read; all that came before it is `taken_` bytes.
    char const* begin_ = nullptr;
    char const* end_ = nullptr;
    std::size_t taken_ = 0;
    bool last_ = true;
    expected next_ = expected::value;
    bool by_position_ = false; // the outermost structure is an array
    bool stopped_ = false;
    std::size_t depth_ = 0;
    std::size_t capacity_ = inline_capacity;
    std::size_t value_begin_ = 0; // offset of the last value that began or ended

    decode_job const& job_;
    decode_options const& options_;
    std::vector<violation>& errors_;
    std::vector<violation>* tolerated_;
    // In which members the errors are, level by level; null where it is no structure. Most texts have no error.
    using origins = std::vector<std::vector<member const*>>;
    struct drop_origins {
        [[gnu::noinline, gnu::cold]] void operator()(origins* all) const noexcept { delete all; }
    };
    std::unique_ptr<origins, drop_origins> origins_;
    std::size_t const first_error_;
    std::size_t values_left_; // that the limit allows
    std::size_t collisions_ = 0;

    std::string nested_;  // the brackets that are open within a value that is ignored or free-form
    free_form free_form_; // open: what `nested_` is about is kept
    std::string repaired_, unescaped_, unknown_tag_;
    std::shared_ptr<void> automata_; // of patterns
    std::uint8_t successor_hint_[64] =
        {}; // for each member that may be next, 1 + the position of the one that came instead; 0: none did
    static constexpr std::size_t inline_capacity = 16;
    std::unique_ptr<frame[]> heap_;
    alignas(frame) std::byte inline_frames_[inline_capacity * sizeof(frame)]; // frames, of which push sets what is needed
    frame* frames_ = reinterpret_cast<frame*>(inline_frames_);
    frame* free_ = frames_; // the frame above the top
};

} // namespace

} // namespace parley::detail

#endif
