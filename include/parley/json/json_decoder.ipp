// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_JSON_JSON_DECODER_IPP
#define PARLEY_JSON_JSON_DECODER_IPP

#include <parley/describe/pattern_automaton.ipp>
#include <parley/describe/validate.hpp>
#include <parley/json/decode.hpp>
#include <parley/json/free_form.ipp>
#include <parley/json/number_literal.ipp>
#include <parley/json/scan.ipp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace parley::detail {

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
    // What is of use for all kinds is set when a frame is pushed, the rest where its kind needs it.
    struct frame {
        shape const* what;
        void* object;
        value_checks const* checks;
        std::size_t begin;       // offset in the text
        timestamp_format format;
        bool is_array;
        bool keys_are_positions; // maps: an array stands for one
        bool item_open;          // it is to be inserted when its value is complete
        member const* next;      // structures: the member that most likely comes next, or the end of all
        member const* current;   // structures and unions: the member whose value comes next; null: it is ignored
        std::size_t index;       // of the item or position that comes next; unions and timestamps: how many members came
        std::string_view key;    // maps: of the value that comes next
        void* value;             // maps: its place; null: it is ignored
        void* item;              // lists whose items are made beside them: the item
        member_set const* readable; // structures: those that are read; null: all
        member_set seen;         // structures: the members that came
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
            if (nested_.empty() && top().what->kind == shape_kind::structure) {
                bool go_on = true;
                at = step_members(at, go_on);
                return go_on;
            }
            next = step_key(at);
            if (next) next_ = expected::value;
            break;
        case expected::first_item:
            if (*at == ']') return move(at, close_bracket(at));
            [[fallthrough]];
        case expected::value:
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

    // Reads members of structures, and structures within them, for as long as nothing else comes. Returns where that is,
    // and tells in `go_on` whether to read on there.
    char const* step_members(char const* at, bool& go_on) {
        go_on = true;
        auto const halt = [&go_on](char const* where) {
            go_on = false;
            return where;
        };
        for (;;) {
            frame& f = top();
            auto const* const last = f.what->structure->members + f.what->structure->count;
            auto taken = simple::value;
            do {
                if (f.next != last && begins_with_name(at, end_, *f.next)) {
                    at += f.next->name.size() + 3;
                    take_member(f, f.next);
                } else if (auto const* const value = take_simple_key(f, at)) {
                    at = value;
                } else if (auto const* const behind = step_key(at)) {
                    at = behind;
                    if (at == end_) return next_ = expected::value, at;
                } else {
                    return halt(at);
                }
                next_ = expected::value;
                taken = f.current ? take_simple(f, *f.current, at) : skip_simple(at);
                if (taken == simple::none) {
                    at = skip_json_space(at, end_);
                    if (at == end_) return at;
                    auto const* const behind = step_value(at);
                    if (!behind) return halt(at);
                    at = behind;
                    if (next_ != expected::separator) return at;
                    taken = simple::value;
                }
                if (taken != simple::value) break;
                at = skip_json_space(at, end_);
                next_ = expected::separator;
                if (at == end_ || *at != ',') break;
                at = skip_json_space(at + 1, end_);
                next_ = expected::key;
            } while (at != end_);
            if (taken == simple::value) return at;
            if (taken == simple::stop) return halt(at);
            next_ = expected::first_key;
            at = skip_json_space(at, end_);
            if (at == end_ || *at == '}') return at;
            next_ = expected::key;
        }
    }

    enum class simple : std::uint8_t { none, value, object, stop };

    // Takes the value of a member if it is as most are: a text that is ASCII without escapes, where a text is expected, a number
    // where a number is, or the begin of a structure. Otherwise nothing is taken.
    [[gnu::always_inline]] simple take_simple(frame& f, member const& m, char const*& at) {
        bool good = false;
        value_begin_ = offset_of(at);
        switch (m.value.target->kind) {
        case shape_kind::text: {
            auto const* const stop = end_of_simple_string(at);
            if (!stop) return simple::none;
            auto* const into = open_member(f, m);
            std::string_view const text(at + 1, static_cast<std::size_t>(stop - at - 1));
            put_text(m.value, into, text);
            if (m.checks && m.checks->value && options_.check_constraints) check_simple(text, *m.checks);
            at = stop + 1;
            good = count();
            break;
        }
        case shape_kind::enumeration: {
            auto const* const stop = end_of_simple_string(at);
            if (!stop) return simple::none;
            good = put_string(place_in(f, m), {at + 1, static_cast<std::size_t>(stop - at - 1)});
            at = stop + 1;
            break;
        }
        case shape_kind::integer:
        case shape_kind::floating:
        case shape_kind::timestamp: {
            if (!is_digit(*at)) return simple::none;
            number_literal number;
            char const* wrong = nullptr;
            auto const* const stop = scan_number(at, end_, number, wrong);
            if (!stop || (stop == end_ && !last_)) return simple::none;
            good = put_number(place_in(f, m), number);
            at = stop;
            break;
        }
        case shape_kind::structure:
            if (*at != '{' || depth_ >= options_.limits.depth) return simple::none;
            push(place_in(f, m));
            ++at;
            return count() ? simple::object : simple::stop;
        default: return simple::none;
        }
        return good ? simple::value : simple::stop;
    }

    // Passes the value of a member that is ignored, if it is a text that is ASCII without escapes.
    [[gnu::always_inline]] simple skip_simple(char const*& at) const noexcept {
        auto const* const stop = end_of_simple_string(at);
        if (!stop) return simple::none;
        at = stop + 1;
        return simple::value;
    }

    // Takes a name that is ASCII without escapes, and a colon. Returns where its value begins; null if it is no such.
    [[gnu::noinline]] char const* take_simple_key(frame& f, char const* at) {
        auto const* const stop = end_of_simple_string(at);
        if (!stop || end_ - stop < 3 || stop[1] != ':') return nullptr;
        take_member(f, f.what->structure->find({at + 1, static_cast<std::size_t>(stop - at - 1)}));
        return stop + 2;
    }

    [[gnu::always_inline]] char const* end_of_simple_string(char const* at) const noexcept {
        return *at == '"' ? find_simple_string_end(begin_, at + 1, end_) : nullptr;
    }

    // The place of a member whose value begins. If it came before, the last one wins.
    [[gnu::always_inline]] void* open_member(frame& f, member const& m) {
        auto* const into = f.what->structure->place_of(m, f.object);
        if (f.seen.contains(m.position)) forget(into, m);
        f.seen.insert(m.position);
        return into;
    }
    [[gnu::always_inline]] place place_in(frame& f, member const& m) {
        auto* const object = open_member(f, m);
        return {m.value.target, m.value.engage ? m.value.engage(object) : object, options_.check_constraints ? m.checks : nullptr,
                m.format != timestamp_format::unspecified ? m.format : job_.format};
    }

    void check_simple(std::string_view text, value_checks const& checks) {
        if (is_good(text, *checks.value, checks.value_pattern)) return;
        auto const before = errors_.size();
        check_text(text, *checks.value, checks.value_pattern, errors_);
        place_errors(before, depth_);
    }

    // Whether a text of ASCII characters is as the constraint wants it.
    bool is_good(std::string_view text, constraint const& c, pattern_view const& pattern) {
        constexpr std::size_t many = 512; // values: the same patterns come again and again
        if (options_.limits.values - values_left_ < many) return is_good_text(text, text.size(), c, pattern);
        return (!c.has_length || (text.size() >= c.min_length && text.size() <= c.max_length)) &&
               (!pattern.words || patterns_.search(pattern, text));
    }

    // Tokens. Each function returns the end of what it took, or null to stop.

    [[gnu::noinline]] char const* step_key(char const* at);
    [[gnu::noinline]] char const* step_value(char const* at);
    char const* step_string(char const* first);
    char const* step_number(char const* at);
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

    bool begin_object();
    bool begin_array();

    bool skip(char bracket) { return nested_.push_back(bracket), true; }
    bool begin_free_form(place const& p, char bracket);
    bool go_into(char bracket);
    bool end_nested(char bracket);
    bool end_frame();

    frame& top() noexcept { return *top_; }

    void push(place const& p);
    void pop();
    void grow();

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

    void forget(void* at, member const& m);

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

    bool take_key(std::string_view key);
    bool take_alternative(std::string_view key);
    void settle_union();

    // Values.

    bool take_string(std::string_view text);
    bool put_string(place const& p, std::string_view text);

    // What came as it is in the text that is read can be referred to.
    text_source source_of(std::string_view text) const noexcept {
        return {.lasting = text.data() >= begin_ && text.data() < end_, .memory = options_.memory};
    }
    // Into a member; the text is a part of the one that is read.
    [[gnu::always_inline]] void put_text(holder const& how, void* into, std::string_view text) {
        if (how.optional_text) return void(static_cast<std::optional<std::string>*>(into)->emplace(text));
        auto* const object = how.engage ? how.engage(into) : into;
        if (how.target->text) how.target->text->assign(object, text, {.lasting = true, .memory = options_.memory});
        else assign_text(*static_cast<std::string*>(object), text);
    }
    bool refuse_view() { return report(refused_view(), depth_) && scalar_done_unchecked(); }

    static void assign_text(std::string& to, std::string_view text);
    bool take_number(number_literal const& number);
    bool put_number(place const& p, number_literal const& number);
    static bool is_within(literal_integer const& number, constraint const& c) noexcept;

    static timestamp_format format_of(place const& p) {
        return p.format == timestamp_format::unspecified ? timestamp_format::epoch_seconds : p.format;
    }
    bool take_time_text(place const& p, std::string_view text);
    bool put_time(place const& p, instant when);
    bool take_boolean(bool value);
    bool take_null();

    bool count() { return values_left_-- != 0 || refuse_count(); }
    [[gnu::noinline]] bool refuse_count();

    // Errors. The functions return false if this was one too many.

    std::string path(std::size_t levels);

    std::size_t offset_of_level(std::size_t levels) const noexcept {
        return levels == depth_ ? value_begin_ : frames_[levels].begin;
    }

    bool report(errc code, std::string message, std::size_t levels);
    bool report(violation v, std::size_t levels);
    bool place_errors(std::size_t first, std::size_t levels);
    bool refuse_null(shape const& what);
    bool report_or_tolerate(errc code, std::string message, std::size_t levels);
    void tolerate(errc code, std::string at, std::string message);
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
    bool by_position_ = false;    // the outermost structure is an array
    bool stopped_ = false;
    std::size_t depth_ = 0;
    std::size_t capacity_ = inline_capacity;
    std::size_t value_begin_ = 0; // offset of the last value that began or ended

    decode_job const& job_;
    decode_options const& options_;
    std::vector<violation>& errors_;
    std::vector<violation>* tolerated_;
    std::size_t const first_error_;
    std::size_t values_left_; // that the limit allows

    std::string nested_; // the brackets that are open within a value that is ignored or free-form
    free_form free_form_; // open: what `nested_` is about is kept
    std::string repaired_, unescaped_, unknown_tag_;
    pattern_cache patterns_;
    static constexpr std::size_t inline_capacity = 16;
    std::unique_ptr<frame[]> heap_;
    alignas(frame) std::byte inline_frames_[inline_capacity * sizeof(frame)]; // made when they are pushed
    frame* frames_ = reinterpret_cast<frame*>(inline_frames_);
    frame* top_ = nullptr;
};

} // namespace

} // namespace parley::detail

#endif
