// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// Lines: values for the members of a request, the status of a response, a JSON value for its members. Each sensitive value, and no other,
// contains a mark. Properties:
//   - no log line, no error text and no path of a violation contains the mark;
//   - a target without sensitive members is shown except for the values of secret parameters;
//   - a header value is shown or redacted as a whole.
#include "fuzz.hpp"

#include <parley/describe/tagged.hpp>
#include <parley/describe/validate.hpp>
#include <parley/exchange/exchange.hpp>
#include <parley/exchange/line_log.hpp>
#include <parley/exchange/redaction.hpp>
#include <parley/json.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <array>
#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <variant>
#include <vector>

namespace {

namespace json = boost::json;

// Characters that need no escaping in JSON, in a target and in a header value.
constexpr std::string_view mark = "zQ7";

enum class kind { red, green };
BOOST_DESCRIBE_ENUM(kind, red, green)

struct choice : std::variant<std::monostate, parley::tagged<"text", std::string>, parley::tagged<"many", std::vector<int>>> {
    using variant::variant;
};

struct part {
    std::string name;
    std::map<std::string, int> counts;
};
BOOST_DESCRIBE_STRUCT(part, (), (name, counts))

// All members except `open` are sensitive, with all their contents.
struct record {
    std::string text;
    std::string word;
    std::optional<int> number;
    std::optional<kind> color;
    std::optional<choice> either;
    std::optional<std::chrono::sys_seconds> time;
    std::optional<parley::blob> bytes;
    std::optional<part> piece;
    std::vector<std::string> list;
    std::vector<part> parts;
    std::map<std::string, std::string> map;
    std::map<std::string, std::map<std::string, part>> maps;
    std::optional<parley::document> anything;
    std::optional<std::string> open;
};
BOOST_DESCRIBE_STRUCT(record, (), (text, word, number, color, either, time, bytes, piece, list, parts, map, maps, anything, open))
constexpr auto parley_traits(record const*) {
    return parley::traits(
        parley::on("text", parley::sensitive(), parley::length(2, 4)),
        parley::on("word", parley::sensitive(), parley::pattern("^[a-y]+$")),
        parley::on("number", parley::sensitive(), parley::range(1, 9)), parley::on("color", parley::sensitive()),
        parley::on("either", parley::sensitive()), parley::on("time", parley::sensitive()),
        parley::on("bytes", parley::sensitive()), parley::on("piece", parley::sensitive()),
        parley::on("list", parley::sensitive(), parley::unique_items(), parley::max_length(2)),
        parley::on("parts", parley::sensitive()),
        parley::on("map", parley::sensitive(), parley::keys(parley::pattern("^[a-y]+$")), parley::each(parley::length(1, 2))),
        parley::on("maps", parley::sensitive()), parley::on("anything", parley::sensitive()));
}

struct refused {
    std::string message;
    std::optional<std::string> secret;
};
BOOST_DESCRIBE_STRUCT(refused, (), (message, secret))
constexpr auto parley_traits(refused const*) {
    return parley::traits(parley::http_error("409\nx-secret: {secret}"), parley::on("secret", parley::sensitive()));
}

struct find_record {
    struct input {
        parley::required<std::string> clinic;
        parley::required<std::string> patient;
        std::optional<std::string> born{};
        std::optional<std::string> page{};
        std::optional<std::string> insurance{};
        std::map<std::string, std::string> notes{};
    };
    struct output {
        std::optional<record> found;
        std::optional<std::string> code;
    };
    using errors = parley::errors<refused>;
    static constexpr auto http = parley::http("POST /clinics/{clinic}/patients/{patient}?born={born}&page={page}\n"
                                              "x-insurance: {insurance}\n"
                                              "x-note-*: {notes}",
                                              "200\nx-code: {code}");
};
BOOST_DESCRIBE_STRUCT(find_record::input, (), (clinic, patient, born, page, insurance, notes))
BOOST_DESCRIBE_STRUCT(find_record::output, (), (found, code))
constexpr auto parley_traits(find_record::input const*) {
    return parley::traits(parley::on("patient", parley::sensitive(), parley::max_length(40)),
                          parley::on("born", parley::sensitive()), parley::on("insurance", parley::sensitive()),
                          parley::on("notes", parley::sensitive()));
}
constexpr auto parley_traits(find_record::output const*) {
    return parley::traits(parley::on("code", parley::sensitive(), parley::max_length(9)));
}

struct find_open {
    struct input {
        parley::required<std::string> name;
        std::optional<std::string> page{};
    };
    struct output {
        int count = 0;
    };
    static constexpr auto http = parley::http("GET /open/{name}?page={page}");
};
BOOST_DESCRIBE_STRUCT(find_open::input, (), (name, page))
BOOST_DESCRIBE_STRUCT(find_open::output, (), (count))

void must_hide(std::string_view shown) {
    if (fuzz::contains(shown, mark)) std::fprintf(stderr, "shown: %.*s\n", static_cast<int>(shown.size()), shown.data());
    fuzz::must(!fuzz::contains(shown, mark), "sensitive values are not shown");
}

void must_hide(parley::data_error const& error) {
    must_hide(error.message());
    for (auto const& v : error.violations) {
        must_hide(v.path);
        must_hide(v.message);
    }
}

std::string open_text(std::string_view text) { return fuzz::replaced(text, mark, "-"); }
std::string marked(std::string_view text) { return std::string(mark).append(open_text(text)).append(mark); }

// Sends a request that gets the response. Returns the log.
template <class Op>
std::vector<std::string> log_of(typename Op::input const& input, parley::http_response const& response) {
    std::vector<std::string> lines;
    std::array const logs{
        parley::line_log([&lines](std::string_view line) { lines.emplace_back(line); }, {.fields = true, .bodies = true})};
    parley::call_settings settings;
    settings.endpoint = *parley::parse_endpoint("https://api.example.com");
    settings.random = [] { return 0.5; };
    settings.fields = {{"x-api-key", mark}};
    settings.sign = [](parley::http_request& r) { r.fields.set("authorization", mark); };
    settings.interceptors = logs;
    std::chrono::steady_clock::time_point const now{};
    parley::exchange<Op> call(settings, input, now);
    for (auto step = call.poll(now); step != parley::call_step::done; step = call.poll(now)) {
        if (step == parley::call_step::send) call.handle_response(response, now);
        else call.handle_wake();
    }
    auto const outcome = call.take();
    if (!outcome) must_hide(outcome.error().text());
    return lines;
}

void check_call(std::string_view text, json::value const& value) {
    find_record::input input{.clinic = open_text(fuzz::take_line(text)), .patient = marked(fuzz::take_line(text))};
    input.born = marked(fuzz::take_line(text));
    input.page = open_text(fuzz::take_line(text));
    input.insurance = std::string(mark);
    input.notes["a"] = std::string(mark);
    static constexpr int statuses[] = {200, 409, 400, 500, 302, 204};
    parley::http_response response{statuses[fuzz::take_below(text, std::size(statuses))], {}, json::serialize(value)};
    response.fields.add("set-cookie", mark);
    response.fields.add("x-code", mark);
    response.fields.add("x-secret", mark);
    for (auto const& line : log_of<find_record>(input, response)) {
        must_hide(line);
        for (char c : line) fuzz::must(!fuzz::is_control(c), "a log line has no control characters");
    }
}

void check_open_call(std::string_view text) {
    find_open::input const input{.name = std::string(fuzz::take_line(text)), .page = std::string(fuzz::take_line(text))};
    std::string target = "/open/";
    parley::append_percent_encoded(target, *input.name);
    target += "?page=";
    parley::append_percent_encoded(target, *input.page);
    auto const lines = log_of<find_open>(input, {200, {}, R"({"count":1})"});
    bool const sent = lines.size() > 1;
    if (sent) fuzz::must(lines[0].ends_with("> GET https://api.example.com" + target), "values that are not sensitive are shown");
}

void check_target(std::string_view target) {
    auto const& binding = *parley::detail::table_of<find_open>::value.request;
    auto shown = parley::detail::safe_target(binding, target);
    auto const question = std::min(target.find('?'), target.size());
    fuzz::must(shown.starts_with(target.substr(0, question)), "the path is shown");
    std::string_view rest = std::string_view(shown).substr(question);
    auto query = target.substr(std::min(question + 1, target.size()));
    while (!query.empty()) {
        auto const item = query.substr(0, query.find('&'));
        query.remove_prefix(std::min(item.size() + 1, query.size()));
        fuzz::must(!rest.empty(), "each parameter is shown");
        rest.remove_prefix(1);
        auto const visible = rest.substr(0, rest.find('&'));
        rest.remove_prefix(visible.size());
        auto const equals = item.find('=');
        auto const name = item.substr(0, equals);
        auto const decoded = parley::percent_decode(name);
        bool const secret = equals != item.npos && parley::is_secret_name(decoded ? *decoded : name);
        fuzz::must(visible == (secret ? std::string(name) + "=***" : item), "only the values of secret parameters are hidden");
    }
    fuzz::must(rest.empty(), "nothing is added");
    parley::detail::safe_target(*parley::detail::table_of<find_record>::value.request, target);
}

void check_field(std::string_view name, std::string_view value) {
    auto const& binding = *parley::detail::table_of<find_record>::value.request;
    auto const shown = parley::detail::safe_field(binding, name, value);
    fuzz::must(shown == value || shown == parley::redacted, "a value is shown or redacted");
    fuzz::must(parley::detail::safe_field(binding, "X-Note-" + std::string(name), value) == parley::redacted,
               "sensitive fields are hidden");
}

// Every sensitive member has this value. The mark may be in any of its names and texts.
void check_json(json::value const& value) {
    json::object all;
    for (auto const* name :
         {"text", "word", "number", "color", "either", "time", "bytes", "piece", "list", "parts", "map", "maps", "anything"})
        all[name] = value;
    for (bool const one : {false, true}) {
        // All values at once, and each value as a list item.
        auto const text = one ? json::serialize(json::array{all}) : json::serialize(all);
        auto const read = [&](parley::decode_options const& options) {
            if (one) {
                if (auto const list = parley::from_json<std::vector<record>>(text, options); !list) must_hide(list.error());
                return;
            }
            auto const found = parley::from_json<record>(text, options);
            if (!found) return must_hide(found.error());
            if (auto const wrong = parley::validate(*found)) must_hide(*wrong);
            if (auto const written = parley::to_json(*found); !written) must_hide(written.error());
        };
        for (auto const strictness : {parley::strictness::strict, parley::strictness::lenient, parley::strictness::compatible}) {
            read({.strictness = strictness, .check_constraints = false});
            read({.strictness = strictness});
        }
        read({.limits = {.depth = 4, .values = 30}, .reject_unknown_values = true});
    }
    for (auto const& [name, each] : all) {
        auto const single = parley::from_json<record>(json::serialize(json::object{{name, each}}), {.check_constraints = false});
        if (!single) {
            must_hide(single.error());
        } else if (auto const wrong = parley::validate(*single)) {
            must_hide(*wrong);
        }
    }
}

} // namespace

void fuzz::try_text(std::string_view text) {
    auto const whole = text;
    check_open_call(text);
    auto lines = text;
    for (int i = 0; i < 5; ++i) take_line(lines);
    boost::system::error_code error;
    auto const value = json::parse(replaced(lines, "$", mark), error);
    auto const request = whole.substr(0, whole.size() - lines.size());
    json::object body{
        {"secret", value}, {"found", json::object{{"text", value}, {"list", value}, {"maps", value}}}, {"message", "m"}};
    check_call(request, error ? json::value(std::string(mark)) : json::value(body));
    if (!error) check_json(value);
    auto rest = whole;
    auto const target = take_line(rest), name = take_line(rest);
    check_target(target);
    check_field(name, take_line(rest));
}
