// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_JSON_DECODE_IPP
#define PARLEY_JSON_DECODE_IPP

#include <parley/core/base64.hpp>
#include <parley/core/utf8.hpp>
#include <parley/describe/pattern_automaton.ipp>
#include <parley/describe/validate.hpp>
#include <parley/json/decode.hpp>
#include <parley/json/free_form.ipp>
#include <parley/json/locate.hpp>
#include <parley/json/number_literal.ipp>
#include <parley/json/scan.ipp>

#include <cmath>
#include <cstring>
#include <memory>
#include <new>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

namespace parley::detail {

namespace {

std::string_view kind_name(shape_kind kind) noexcept {
    switch (kind) {
    case shape_kind::boolean: return "a boolean";
    case shape_kind::integer: return "an integer";
    case shape_kind::floating: return "a number";
    case shape_kind::text: return "a string";
    case shape_kind::blob: return "a base64 string";
    case shape_kind::timestamp: return "a timestamp";
    case shape_kind::enumeration: return "a string";
    case shape_kind::structure:
    case shape_kind::choice:
    case shape_kind::map: return "an object";
    case shape_kind::list: return "an array";
    case shape_kind::document:
    case shape_kind::json_value: return "a value";
    }
    return "a value";
}

// Reads JSON and walks the tables of the type along with it: one frame for each object or array that the description knows,
// one bracket for each that it does not. It is no template and does not recurse. Where the text goes on later, it stops before
// a token that is not complete, and reads that token again from its begin.
class json_decoder {
public:
    json_decoder(decode_job const& job, decode_options const& options, std::vector<violation>& errors,
                 std::vector<violation>* tolerated)
        : job_(job), options_(options), errors_(errors), tolerated_(tolerated), first_error_(errors.size()), values_left_(options.limits.values) {}

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

    // Reads members of structures, and structures within them, for as long as nothing else comes. Returns where that is, and tells in
    // `go_on` whether to read on there.
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
                    next_ = expected::value;
                    if (at == end_) return at;
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
        auto const& target = *m.value.target;
        bool good = false;
        switch (target.kind) {
        case shape_kind::text: {
            auto const* const stop = end_of_simple_string(at);
            if (!stop) return simple::none;
            auto* const into = open_member(f, m, at);
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
            good = put_string(place_in(f, m, at), {at + 1, static_cast<std::size_t>(stop - at - 1)});
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
            good = put_number(place_in(f, m, at), number);
            at = stop;
            break;
        }
        case shape_kind::structure:
            if (*at != '{' || depth_ >= options_.limits.depth) return simple::none;
            push(place_in(f, m, at));
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

    // The place of a member whose value begins at `at`. If it came before, the last one wins.
    [[gnu::always_inline]] void* open_member(frame& f, member const& m, char const* at) {
        auto* const into = f.what->structure->place_of(m, f.object);
        value_begin_ = offset_of(at);
        if (f.seen.contains(m.position)) forget(into, m);
        f.seen.insert(m.position);
        return into;
    }
    [[gnu::always_inline]] place place_in(frame& f, member const& m, char const* at) {
        auto* const object = open_member(f, m, at);
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

    [[gnu::noinline]] char const* step_key(char const* at) {
        if (*at != '"') return syntax_error(at);
        auto const* const first = at + 1;
        string_marks marks;
        auto const* const stop = find_string_end(begin_, first, end_, marks);
        if (stop == end_) return is_incomplete();
        if (*stop != '"') return syntax_error(stop);
        auto const* const colon = skip_json_space(stop + 1, end_);
        if (colon == end_) return is_incomplete();
        if (*colon != ':') return syntax_error(colon);
        std::string_view key(first, static_cast<std::size_t>(stop - first));
        if (!make_plain(key, marks) || !take_key(key)) return stop_here();
        return colon + 1;
    }

    [[gnu::noinline]] char const* step_value(char const* at) {
        auto const before = next_;
        // It may be a container, which has its own opinion.
        next_ = depth_ == 0 && nested_.empty() ? expected::nothing : expected::separator;
        value_begin_ = offset_of(at);
        char const* next = nullptr;
        switch (*at) {
        case '"': next = step_string(at + 1); break;
        case '{': next = open_bracket(at); break;
        case '[': next = open_bracket(at); break;
        case 't': next = step_literal(at, "true"); break;
        case 'f': next = step_literal(at, "false"); break;
        case 'n': next = step_literal(at, "null"); break;
        case '-':
        case '0':
        case '1':
        case '2':
        case '3':
        case '4':
        case '5':
        case '6':
        case '7':
        case '8':
        case '9': next = step_number(at); break;
        default: next = syntax_error(at); break;
        }
        if (!next) next_ = before;
        return next;
    }

    char const* step_string(char const* first) {
        string_marks marks;
        auto const* const stop = find_string_end(begin_, first, end_, marks);
        if (stop == end_) return is_incomplete();
        if (*stop != '"') return syntax_error(stop);
        std::string_view text(first, static_cast<std::size_t>(stop - first));
        if ((!marks.ascii || marks.escaped) && !make_plain(text, marks)) return stop_here();
        return take_string(text) ? stop + 1 : stop_here();
    }

    char const* step_number(char const* at) {
        number_literal number;
        char const* stop = nullptr;
        auto const* const next = scan_number(at, end_, number, stop);
        if (!next) return stop == end_ ? is_incomplete() : syntax_error(stop);
        if (next == end_ && !last_) return nullptr; // it may go on
        return take_number(number) ? next : stop_here();
    }

    char const* step_literal(char const* at, std::string_view literal) {
        for (std::size_t i = 1; i < literal.size(); ++i) {
            if (at + i == end_) return is_incomplete();
            if (at[i] != literal[i]) return syntax_error(at + i);
        }
        bool const good = *at == 'n' ? take_null() : take_boolean(*at == 't');
        return good ? at + literal.size() : stop_here();
    }

    char const* open_bracket(char const* at) {
        if (depth_ + nested_.size() >= options_.limits.depth) {
            add_text_error(errc::limit_exceeded, "has more levels than the limit allows", at);
            return stop_here();
        }
        bool const object = *at == '{';
        next_ = object ? expected::first_key : expected::first_item;
        return (object ? begin_object() : begin_array()) ? at + 1 : stop_here();
    }

    [[gnu::noinline]] char const* close_bracket(char const* at) {
        if (*at != (in_array() ? ']' : '}')) return syntax_error(at);
        if (!(nested_.empty() ? end_frame() : end_nested(*at))) return stop_here();
        next_ = depth_ == 0 && nested_.empty() ? expected::nothing : expected::separator;
        return at + 1;
    }

    bool in_array() noexcept { return nested_.empty() ? top().is_array : nested_.back() == '['; }

    std::size_t offset_of(char const* at) const noexcept { return taken_ + static_cast<std::size_t>(at - begin_); }

    // Makes the content of a string the text that it stands for.
    bool make_plain(std::string_view& content, string_marks const& marks) {
        if (!marks.ascii) {
            auto const bad = find_invalid_utf8(content);
            if (bad != std::string_view::npos) {
                if (options_.strictness == strictness::strict)
                    return add_text_error(errc::invalid_utf8, "invalid UTF-8", content.data() + bad), false;
                repaired_ = repair_utf8(content);
                content = repaired_;
            }
        }
        if (marks.escaped) {
            if (auto const* bad = unescape_json(content, unescaped_))
                return add_text_error(errc::syntax, "a reverse solidus begins no escape", bad), false;
            content = unescaped_;
        }
        return true;
    }

    std::nullptr_t stop_here() {
        stop();
        return nullptr;
    }
    // The next value that is counted ends it all.
    void stop() noexcept {
        stopped_ = true;
        values_left_ = 0;
    }
    std::nullptr_t is_incomplete() {
        if (!last_) return nullptr;
        add_text_error(errc::syntax, "the text ends within a value", end_);
        return stop_here();
    }
    std::nullptr_t syntax_error(char const* at, std::string message = "syntax error") {
        bool const ascii = static_cast<unsigned char>(*at) < 0x80;
        std::string_view const rest(at, static_cast<std::size_t>(end_ - at));
        if (!ascii && options_.strictness == strictness::strict && find_invalid_utf8(rest) == 0)
            add_text_error(errc::invalid_utf8, "invalid UTF-8", at);
        else add_text_error(errc::syntax, std::move(message), at);
        return stop_here();
    }
    // An error of the text itself.
    void add_text_error(errc code, std::string message, char const* at) {
        // Where a text was repaired, that is as near as can be told.
        auto const offset = at >= begin_ && at <= end_ ? offset_of(at) : value_begin_;
        errors_.push_back({code, path(depth_), std::move(message), offset});
    }

    // Objects and arrays.

    bool begin_object() {
        if (!nested_.empty()) return go_into('{');
        place p;
        if (!open(p)) return skip('{');
        switch (p.what->kind) {
        case shape_kind::structure:
        case shape_kind::choice:
        case shape_kind::map: push(p); return count();
        case shape_kind::document:
        case shape_kind::json_value: return begin_free_form(p, '{');
        case shape_kind::timestamp:
            // The reference reads {"tag": 1, "value": seconds} as the seconds, as CBOR would have them.
            if (options_.strictness == strictness::compatible) return push(p), true;
            [[fallthrough]];
        default: return skip('{') && mismatch(p, "an object");
        }
    }

    bool begin_array() {
        if (!nested_.empty()) return go_into('[');
        place p;
        if (!open(p)) return skip('[');
        bool const is_list = p.what->kind == shape_kind::list;
        bool const by_position = depth_ == 0 && job_.by_position && p.what->kind == shape_kind::structure;
        // To the reference, an array is an object whose members are named by their positions.
        bool const positions = p.what->kind == shape_kind::map && options_.strictness == strictness::compatible;
        if (is_list || by_position || positions) {
            push(p);
            by_position_ = by_position || by_position_;
            top().is_array = true;
            top().keys_are_positions = positions;
            return count();
        }
        if (is_free_form(*p.what)) return begin_free_form(p, '[');
        return skip('[') && mismatch(p, "an array");
    }

    bool skip(char bracket) { return nested_.push_back(bracket), true; }
    bool begin_free_form(place const& p, char bracket) {
        free_form_open_ = true;
        free_form_.begin(*p.what, p.object);
        return go_into(bracket);
    }
    bool go_into(char bracket) {
        nested_.push_back(bracket);
        if (!free_form_open_) return true;
        free_form_.open(bracket);
        return count();
    }
    bool end_nested(char bracket) {
        nested_.pop_back();
        if (free_form_open_) free_form_.close(bracket);
        if (!nested_.empty()) return true;
        if (free_form_open_) free_form_.end();
        free_form_open_ = false;
        close();
        return true;
    }

    bool end_frame() {
        auto& f = top();
        switch (f.what->kind) {
        case shape_kind::structure: {
            if (reads_positions() && f.index > f.what->structure->count &&
                !report_or_tolerate(errc::invalid_value, "has more values than there are members", 0))
                return false;
            auto missing = f.what->structure->required;
            missing -= f.seen;
            if (f.readable) missing &= *f.readable;
            if (!missing.empty() && !report_missing(f, missing)) return false;
            if (options_.closed) fill_absent(*f.what->structure, f.object, options_, errors_);
            break;
        }
        case shape_kind::choice:
            if (f.index == 0 && !report_or_tolerate(errc::invalid_value, "the union holds no member", depth_ - 1)) return false;
            break;
        case shape_kind::timestamp:
            if (f.index == 0 && !report(errc::invalid_type, "expected a timestamp, found an object", depth_ - 1)) return false;
            break;
        default: break;
        }
        if (f.checks && f.checks->value && !check(*f.what, f.object, *f.checks, depth_ - 1)) return false;
        value_begin_ = f.begin;
        pop();
        return depth_ == 0 || scalar_done_unchecked();
    }

    frame& top() noexcept { return *top_; }

    void push(place const& p) {
        if (depth_ == capacity_) grow();
        frame& f = *new (&frames_[depth_++]) frame;
        top_ = &f;
        f.what = p.what;
        f.object = p.object;
        f.checks = p.checks;
        f.begin = value_begin_;
        f.format = p.format;
        f.is_array = f.keys_are_positions = f.item_open = false;
        f.next = p.what->kind == shape_kind::structure ? p.what->structure->members : nullptr;
        f.current = nullptr;
        f.index = 0;
        f.key = {};
        f.value = f.item = nullptr;
        f.readable = depth_ == 1 ? job_.members : nullptr;
        if (options_.memory && p.what->renew) p.what->renew(p.object, options_.memory);
    }

    void pop() {
        frame& f = top();
        if (f.item) f.what->list->drop_item(f.item);
        if (--depth_ > 0) --top_;
    }

    void grow() {
        auto larger = std::make_unique_for_overwrite<frame[]>(capacity_ * 2);
        std::copy(frames_, frames_ + depth_, larger.get());
        heap_ = std::move(larger);
        frames_ = heap_.get();
        capacity_ *= 2;
    }

    // Whether the outermost structure came as an array and the parse is at one of its values.
    bool reads_positions() const noexcept { return by_position_ && depth_ == 1; }
    void take_position() {
        if (!reads_positions()) return;
        frame& f = top();
        auto const& s = *f.what->structure;
        f.current = f.index < s.count ? &s.members[f.index] : nullptr;
        if (f.index <= s.count) ++f.index; // and so stays one too many, however many they are
    }

    // Finds the place of the value that begins. False if it is to be ignored.
    bool open(place& p) {
        take_position();
        return open_here(p);
    }
    bool open_here(place& p) {
        if (depth_ == 0) {
            if (!job_.what) return false;
            p.what = job_.what;
            p.object = job_.object;
            p.format = job_.format;
            return true;
        }
        frame& f = top();
        switch (f.what->kind) {
        case shape_kind::structure: {
            member const* m = f.current;
            if (!m) return false;
            auto* const at = f.what->structure->place_of(*m, f.object);
            p.what = m->value.target;
            if (f.seen.contains(m->position)) forget(at, *m);
            f.seen.insert(m->position);
            p.object = m->value.engage ? m->value.engage(at) : at;
            if (options_.check_constraints) p.checks = m->checks;
            p.format = m->format != timestamp_format::unspecified ? m->format : job_.format;
            return true;
        }
        case shape_kind::choice: {
            settle_union();
            member const* m = f.current;
            if (!m) return false;
            p.what = m->value.target;
            p.object = m->value.engage(f.object);
            if (options_.check_constraints) p.checks = m->checks;
            p.format = m->format != timestamp_format::unspecified ? m->format : job_.format;
            return true;
        }
        case shape_kind::list: {
            auto const& list = *f.what->list;
            ++f.index;
            void* at = nullptr;
            if (list.append) {
                at = list.append(f.object, progress_of(f));
            } else {
                if (!f.item) f.item = list.make_item();
                f.item_open = true;
                at = f.item;
            }
            p.what = list.item.target;
            p.object = list.item.engage ? list.item.engage(at) : at;
            if (f.checks) p.checks = f.checks->each;
            p.format = f.format;
            return true;
        }
        case shape_kind::map: {
            auto const& map = *f.what->map;
            if (f.keys_are_positions) take_position(f);
            if (!f.value) return false;
            p.what = map.value.target;
            p.object = map.value.engage ? map.value.engage(f.value) : f.value;
            if (f.checks) p.checks = f.checks->each;
            p.format = f.format;
            return true;
        }
        case shape_kind::timestamp:
            if (f.key != "value") return false;
            f.index = 1;
            p.what = f.what;
            p.object = f.object;
            p.format = f.format;
            return true;
        default: return false;
        }
    }

    list_progress progress_of(frame const& f) const noexcept {
        return {value_begin_ - f.begin, taken_ + static_cast<std::size_t>(end_ - begin_) - value_begin_};
    }

    // A member came before: the last one wins, and what was wrong with the others does not matter.
    void forget(void* at, member const& m) {
        if (m.restore) m.restore(at);
        else if (!m.value.engage) m.value.target->reset(at);
        if (errors_.size() == first_error_) return;
        auto const gone = path(depth_);
        std::erase_if(errors_, [&](violation const& v) {
            return v.path.starts_with(gone) && (v.path.size() == gone.size() || v.path[gone.size()] == '/');
        });
    }

    // The value that began is complete.
    void close() {
        if (depth_ > 0 && top().item_open) insert_item();
    }
    void insert_item() {
        frame& f = top();
        f.item_open = false;
        if (f.what->list->insert_item(f.object, f.item)) return;
        // The next value that is counted ends it all if this was one error too many.
        report_or_tolerate(errc::duplicate_items, "is equal to an item before it", depth_);
    }

    bool scalar_done_unchecked() {
        close();
        return count();
    }
    bool scalar_done(place const& p) {
        if (p.checks && p.checks->value && !check(*p.what, p.object, *p.checks, depth_)) return false;
        return scalar_done_unchecked();
    }

    void take_position(frame& f) {
        auto const entry = f.what->map->insert(f.object, std::to_string(f.index++), {.lasting = false, .memory = options_.memory});
        f.value = entry.value;
        f.key = entry.key;
    }

    // Keys.

    [[gnu::always_inline]] void take_member(frame& f, member const* m) {
        f.current = m;
        if (!m) return;
        f.next = m + 1;
        if (f.readable && !f.readable->contains(m->position)) f.current = nullptr;
    }

    bool take_key(std::string_view key) {
        if (!nested_.empty()) {
            if (!free_form_open_) return true;
            free_form_.key(key);
            return count();
        }
        frame& f = top();
        switch (f.what->kind) {
        case shape_kind::structure: take_member(f, f.what->structure->find(key)); return true;
        case shape_kind::choice: return take_alternative(key);
        case shape_kind::map: {
            auto const entry = f.what->map->insert(f.object, key, source_of(key));
            f.value = entry.value;
            f.key = entry.key;
            if (!f.value && !f.what->map->keys) return refuse_view();
            if (!f.value || (options_.closed && f.what->map->keys && !f.what->map->keys->has(key)))
                return report(unknown_value(*f.what->map->keys), depth_ - 1);
            if (!f.checks || !f.checks->keys) return true;
            auto const first = errors_.size();
            check_text(key, *f.checks->keys, f.checks->keys_pattern, errors_);
            return place_errors(first, depth_ - 1);
        }
        default: f.key = key == "value" ? "value" : ""; return true; // {"tag": 1, "value": seconds}
        }
    }

    // A union has one member that is not null. "__type" is a hint to the reader's class and no member.
    // https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html
    bool take_alternative(std::string_view key) {
        frame& f = top();
        f.current = f.what->structure->find(key);
        f.key = {};
        if (f.current || key == "__type") return true;
        unknown_tag_ = key;
        f.key = unknown_tag_;
        return true;
    }

    // Called for each value of a union that is not null.
    void settle_union() {
        frame& f = top();
        if (!f.current && f.key.data() == nullptr) return;
        if (f.index++ > 0) report(errc::invalid_value, "the union holds more than one member", depth_ - 1);
        else if (f.current) return;
        else if (auto keep = f.what->structure->keep_unknown; keep && !options_.closed) keep(f.object, f.key);
        else report_or_tolerate(errc::invalid_value, "the union holds a member that is not described", depth_ - 1);
    }

    // Values.

    bool take_string(std::string_view text) {
        if (!nested_.empty()) {
            if (!free_form_open_) return true;
            free_form_.text(text);
            return count();
        }
        place p;
        return !open(p) || put_string(p, text);
    }
    bool put_string(place const& p, std::string_view text) {
        switch (p.what->kind) {
        case shape_kind::text:
            if (!p.what->text) assign_text(*static_cast<std::string*>(p.object), text);
            else if (!p.what->text->assign(p.object, text, source_of(text))) return refuse_view();
            return scalar_done(p);
        case shape_kind::enumeration:
            if (!p.what->enumeration->assign(p.object, text) || (options_.closed && !p.what->enumeration->has(text)))
                return report(unknown_value(*p.what->enumeration), depth_) && scalar_done_unchecked();
            return scalar_done(p);
        case shape_kind::blob:
            if (!p.what->text) {
                if (!decode_base64(text, static_cast<blob*>(p.object)->bytes)) return invalid_value("is no base64");
            } else {
                if (!decode_base64(text, unescaped_)) return invalid_value("is no base64");
                if (!p.what->text->assign(p.object, unescaped_, source_of(unescaped_))) return refuse_view();
            }
            return scalar_done(p);
        case shape_kind::timestamp: return take_time_text(p, text);
        case shape_kind::floating:
            if (text == "NaN") store_floating(*p.what, p.object, std::numeric_limits<double>::quiet_NaN());
            else if (text == "Infinity") store_floating(*p.what, p.object, std::numeric_limits<double>::infinity());
            else if (text == "-Infinity") store_floating(*p.what, p.object, -std::numeric_limits<double>::infinity());
            else return mismatch(p, "a string") && scalar_done_unchecked();
            return scalar_done(p);
        case shape_kind::document:
        case shape_kind::json_value: free_form::put_text(*p.what, p.object, text); return scalar_done(p);
        default: return mismatch(p, "a string") && scalar_done_unchecked();
        }
    }

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

    // A string is cheaper to make anew, in its place, than to assign to, unless it has memory that can be used again.
    static void assign_text(std::string& to, std::string_view text) {
        if (to.capacity() > sizeof(std::string) && to.capacity() >= text.size()) return void(to.assign(text));
        std::destroy_at(&to);
        try {
            std::construct_at(&to, text);
        } catch (...) {
            std::construct_at(&to);
            throw;
        }
    }

    bool take_number(number_literal const& number) {
        if (!nested_.empty()) {
            if (!free_form_open_) return true;
            if (!free_form_.number(number) && !report(errc::out_of_range, "is out of the range of a double", depth_)) return false;
            return count();
        }
        place p;
        return !open(p) || put_number(p, number);
    }
    bool put_number(place const& p, number_literal const& number) {
        switch (p.what->kind) {
        case shape_kind::integer: {
            auto const integer = to_integer(number);
            if (integer.outcome == literal_integer::outcome::fraction)
                return mismatch(p, "a number with a fraction") && scalar_done_unchecked();
            if (integer.outcome == literal_integer::outcome::too_large ||
                !store_integer(*p.what, p.object, integer.negative, integer.magnitude))
                return out_of_range();
            if (!p.checks || !p.checks->value || is_within(integer, *p.checks->value)) return scalar_done_unchecked();
            return scalar_done(p);
        }
        case shape_kind::floating: {
            auto const value = to_double(number);
            if (!value || (p.what->size == sizeof(float) && std::isinf(static_cast<float>(*value)))) return out_of_range();
            store_floating(*p.what, p.object, *value);
            return scalar_done(p);
        }
        case shape_kind::timestamp: {
            auto const format = format_of(p);
            if (format != timestamp_format::epoch_seconds) return mismatch(p, "a number") && scalar_done_unchecked();
            auto const when = to_instant(number);
            if (!when) return invalid_value("is no timestamp of its format");
            return put_time(p, *when);
        }
        case shape_kind::document:
        case shape_kind::json_value:
            if (!free_form::put_number(*p.what, p.object, number)) return out_of_range();
            return scalar_done(p);
        default: return mismatch(p, "a number") && scalar_done_unchecked();
        }
    }

    // Whether a number that is not negative certainly is what the constraint wants.
    static bool is_within(literal_integer const& number, constraint const& c) noexcept {
        return !number.negative && std::in_range<std::int64_t>(number.magnitude) &&
               static_cast<std::int64_t>(number.magnitude) >= c.min_integer &&
               static_cast<std::int64_t>(number.magnitude) <= c.max_integer;
    }

    static timestamp_format format_of(place const& p) {
        return p.format == timestamp_format::unspecified ? timestamp_format::epoch_seconds : p.format;
    }
    bool take_time_text(place const& p, std::string_view text) {
        auto const format = format_of(p);
        if (format == timestamp_format::epoch_seconds && options_.strictness == strictness::strict)
            return mismatch(p, "a string") && scalar_done_unchecked();
        auto const when = parse_timestamp(text, format);
        if (!when || (options_.closed && has_offset(text, format))) return invalid_value("is no timestamp of its format");
        return put_time(p, *when);
    }
    bool put_time(place const& p, instant when) {
        if (!p.what->timestamp->assign(p.object, when)) return out_of_range();
        return scalar_done(p);
    }

    bool take_boolean(bool value) {
        if (!nested_.empty()) {
            if (!free_form_open_) return true;
            free_form_.boolean(value);
            return count();
        }
        place p;
        if (!open(p)) return true;
        if (p.what->kind == shape_kind::boolean) *static_cast<bool*>(p.object) = value;
        else if (is_free_form(*p.what)) free_form::put_boolean(*p.what, p.object, value);
        else return mismatch(p, "a boolean") && scalar_done_unchecked();
        return scalar_done(p);
    }

    // Null counts as absent, but where the description has a place for it: documents and sparse lists and maps.
    bool take_null() {
        if (!nested_.empty()) {
            if (!free_form_open_) return true;
            free_form_.null();
            return count();
        }
        if (depth_ == 0) {
            if (!job_.what) return true;
            if (!is_free_form(*job_.what)) return refuse_null(*job_.what);
            free_form::put_null(*job_.what, job_.object);
            return true;
        }
        take_position();
        frame& f = top();
        holder const* held = nullptr;
        switch (f.what->kind) {
        case shape_kind::structure: held = f.current ? &f.current->value : nullptr; break;
        case shape_kind::list: held = &f.what->list->item; break;
        case shape_kind::map:
            if (f.keys_are_positions) take_position(f);
            held = f.value ? &f.what->map->value : nullptr;
            break;
        default: return true;
        }
        if (!held) return true;
        if (is_free_form(*held->target) && !held->nullable) {
            place p;
            if (open_here(p)) free_form::put_null(*p.what, p.object);
            return scalar_done(p);
        }
        switch (f.what->kind) {
        case shape_kind::structure: {
            auto const position = f.current->position;
            if (f.seen.contains(position)) {
                auto* const at = f.what->structure->place_of(*f.current, f.object);
                forget(at, *f.current);
                if (f.current->value.clear && !f.current->restore) f.current->value.clear(at);
                f.seen.erase(position);
            }
            return true;
        }
        case shape_kind::list:
            ++f.index;
            if (!held->nullable) return !options_.closed || refuse_null(*held->target);
            if (f.what->list->append) {
                f.what->list->append(f.object, progress_of(f));
            } else {
                if (!f.item) f.item = f.what->list->make_item();
                f.item_open = true;
            }
            return scalar_done_unchecked();
        default:
            if (!held->nullable) {
                bool const go_on = !options_.closed || refuse_null(*held->target);
                f.what->map->erase(f.object, f.key);
                f.key = {}; // it was the map's
                f.value = nullptr;
                if (!go_on) return false;
            }
            return count();
        }
    }

    bool count() {
        return values_left_-- != 0 || refuse_count();
    }
    [[gnu::noinline]] bool refuse_count() {
        if (!stopped_) report(errc::limit_exceeded, "has more values than the limit allows", 0);
        stop();
        return false;
    }

    // Errors. The functions return false if this was one too many.

    // The path of the container in frame `levels`, or of the value that its frame is at.
    std::string path(std::size_t levels) {
        std::string pointer;
        for (std::size_t i = 0; i < levels; ++i) {
            frame const& f = frames_[i];
            switch (f.what->kind) {
            case shape_kind::structure:
                if (i == 0 && by_position_) append_pointer_token(pointer, std::to_string(f.index == 0 ? 0 : f.index - 1));
                else if (f.current) append_pointer_token(pointer, f.current->name);
                break;
            case shape_kind::choice:
                if (f.current) append_pointer_token(pointer, f.current->name);
                else if (f.key.data()) append_pointer_token(pointer, f.key);
                break;
            case shape_kind::list: append_pointer_token(pointer, std::to_string(f.index == 0 ? 0 : f.index - 1)); break;
            case shape_kind::map:
                if (f.key.data()) append_pointer_token(pointer, f.key);
                break;
            default: break;
            }
        }
        return pointer;
    }

    std::size_t offset_of_level(std::size_t levels) const noexcept {
        return levels == depth_ ? value_begin_ : frames_[levels].begin;
    }

    bool report(errc code, std::string message, std::size_t levels) {
        return report(violation{code, {}, std::move(message)}, levels);
    }
    bool report(violation v, std::size_t levels) {
        errors_.push_back(std::move(v));
        return place_errors(errors_.size() - 1, levels);
    }
    // Says of the errors from `first` on where they are.
    bool place_errors(std::size_t first, std::size_t levels) {
        if (first == errors_.size()) return true;
        for (auto const at = path(levels); first < errors_.size(); ++first) {
            errors_[first].path = at;
            errors_[first].offset = offset_of_level(levels);
        }
        if (errors_.size() - first_error_ < options_.limits.violations) return true;
        stop();
        return false;
    }
    bool refuse_null(shape const& what) {
        return report(errc::invalid_type, std::string("expected ").append(kind_name(what.kind)) + ", found null", depth_);
    }
    bool report_or_tolerate(errc code, std::string message, std::size_t levels) {
        if (options_.strictness == strictness::strict) return report(code, std::move(message), levels);
        tolerate(code, path(levels), std::move(message));
        return true;
    }
    void tolerate(errc code, std::string at, std::string message) {
        if (tolerated_ && tolerated_->size() < options_.limits.violations)
            tolerated_->push_back({code, std::move(at), std::move(message)});
    }

    bool mismatch(place const& p, std::string_view found) {
        auto message = std::string("expected ").append(kind_name(p.what->kind)).append(", found ").append(found);
        bool const structure = p.what->kind == shape_kind::structure || p.what->kind == shape_kind::choice;
        if (structure && options_.strictness == strictness::compatible) {
            tolerate(errc::invalid_type, path(depth_), std::move(message));
            return true;
        }
        return report(errc::invalid_type, std::move(message), depth_);
    }
    bool invalid_value(std::string message) {
        return report(errc::invalid_value, std::move(message), depth_) && scalar_done_unchecked();
    }
    bool out_of_range() {
        return report(errc::out_of_range, "is out of the range of its type", depth_) && scalar_done_unchecked();
    }

    bool report_missing(frame const& f, member_set const& missing) {
        for (std::size_t i = 0; i < f.what->structure->count; ++i) {
            if (!missing.contains(i)) continue;
            auto at = path(depth_ - 1);
            if (reads_positions()) append_pointer_token(at, std::to_string(i));
            else append_pointer_token(at, f.what->structure->members[i].name);
            if (options_.strictness != strictness::strict) {
                tolerate(errc::missing_field, std::move(at), "missing field");
                continue;
            }
            errors_.push_back({errc::missing_field, std::move(at), "missing field", f.begin});
            if (errors_.size() - first_error_ >= options_.limits.violations) return false;
        }
        return true;
    }

    bool check(shape const& what, void const* value, value_checks const& checks, std::size_t levels) {
        auto const first = errors_.size();
        check_value(what, value, *checks.value, checks.value_pattern, errors_);
        return place_errors(first, levels);
    }

    // The text that is read; all that came before it is `taken_` bytes.
    char const* begin_ = nullptr;
    char const* end_ = nullptr;
    std::size_t taken_ = 0;
    bool last_ = true;

    expected next_ = expected::value;
    bool by_position_ = false;    // the outermost structure is an array
    bool stopped_ = false;
    bool free_form_open_ = false; // what `nested_` is about is kept
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
    free_form free_form_;
    std::string repaired_, unescaped_, unknown_tag_;
    pattern_cache patterns_;

    static constexpr std::size_t inline_capacity = 16;
    std::unique_ptr<frame[]> heap_;
    alignas(frame) std::byte inline_frames_[inline_capacity * sizeof(frame)]; // made when they are pushed
    frame* frames_ = reinterpret_cast<frame*>(inline_frames_);
    frame* top_ = nullptr;
};

violation too_large(decode_limits const& limits) {
    return {errc::limit_exceeded, {}, "is larger than the limit of " + std::to_string(limits.bytes) + " bytes"};
}

} // namespace

bool decode_json(std::string_view text, decode_job const& job, decode_options const& options,
                 std::vector<violation>& errors, std::vector<violation>* tolerated) {
    auto const first_error = errors.size();
    if (text.size() > options.limits.bytes) {
        errors.push_back(too_large(options.limits));
        return false;
    }
    json_decoder(job, options, errors, tolerated).read(text, true);
    if (errors.size() == first_error) return true;
    for (std::size_t i = first_error; i < errors.size(); ++i) {
        // There may be a null where something is missing.
        if (errors[i].code == errc::missing_field) errors[i].offset = locate_json(text, errors[i].path);
        if (job.what) hide_secrets(*job.what, errors[i].path);
    }
    return false;
}

void fill_absent(structure_shape const& structure, void* object, decode_options const& options, std::vector<violation>& errors) {
    if (structure.fallbacks.empty()) return;
    for (std::size_t i = 0; i < structure.count; ++i) {
        auto const& m = structure.members[i];
        auto* const place = structure.place_of(m, object);
        if (!structure.fallbacks.contains(i) || m.value.peek(place)) continue;
        decode_json(m.fallback, {m.value.target, m.value.engage(place), nullptr, m.format}, options, errors);
    }
}

} // namespace parley::detail

#endif
