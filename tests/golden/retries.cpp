// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include "retries.hpp"
#include "support/params.hpp"

#include <parley/parley.hpp>
#include <parley/services/medical_imaging.hpp>

#include <boost/json.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <set>
#include <string_view>
#include <utility>

namespace json = boost::json;
using namespace std::chrono_literals;
using std::chrono::milliseconds;

namespace golden {

namespace {

// The part of the operation that a retry script needs: it is idempotent only by its token.
struct start_import {
    struct input {
        std::optional<std::string> clientToken{};
    };
    struct output {};
    using service = medical_imaging::MedicalImaging;
    static constexpr auto http = parley::http("POST /startDICOMImportJob");
};
BOOST_DESCRIBE_STRUCT(start_import::input, (), (clientToken))
BOOST_DESCRIBE_STRUCT(start_import::output, (), ())
constexpr auto parley_traits(start_import::input const*) {
    return parley::traits(parley::on("clientToken", parley::idempotency_token()));
}

using transport_result = parley::result<parley::http_response, parley::transport_error>;
using params::text;

std::string_view text_or_nothing(json::object const& o, std::string_view name) {
    auto const* v = o.if_contains(name);
    return v && v->is_string() ? std::string_view(v->as_string()) : std::string_view();
}

double number(json::object const& o, std::string_view name) {
    auto const* v = o.if_contains(name);
    return v ? v->to_number<double>() : 0;
}

std::int64_t integer(json::object const& o, std::string_view name, std::int64_t otherwise = 0) {
    auto const* v = o.if_contains(name);
    return v ? v->to_number<std::int64_t>() : otherwise;
}

class findings {
public:
    explicit findings(std::vector<difference>& list, std::string where = {}) : list_(list), where_(std::move(where)) {}
    findings in(std::string const& where) const { return findings(list_, where_ + where + ": "); }

    template <class T, class U>
    void expect(std::string const& name, T const& expected, U const& actual) const {
        if (expected == actual) return;
        list_.push_back({where_ + name, "expected " + json::serialize(json::value_from(expected)) + ", is "
                                            + json::serialize(json::value_from(actual))});
    }
    // Milliseconds with fractions. The library counts whole nanoseconds.
    void expect_milliseconds(std::string const& name, double expected, double actual) const {
        if (std::abs(expected - actual) > 1e-6) expect(name, expected, actual);
    }
    void differ(std::string const& name, std::string explanation) const {
        list_.push_back({where_ + name, std::move(explanation)});
    }

private:
    std::vector<difference>& list_;
    std::string where_;
};

// The condition that a transport reports for an error that Node.js throws.
parley::transport_errc condition_of(json::object const& thrown) {
    using parley::transport_errc;
    static std::set<std::string_view> const unreachable{"ECONNREFUSED", "EHOSTUNREACH", "ENETUNREACH", "ENOTFOUND", "EAI_AGAIN"};
    static std::set<std::string_view> const lost{"ECONNRESET", "EPIPE"};
    static std::set<std::string_view> const texts_of_fetch{"Failed to fetch", "Load failed"}; // browsers: no connection
    auto const name = text_or_nothing(thrown, "name"), code = text_or_nothing(thrown, "code");
    if (name == "TimeoutError" || name == "RequestTimeout" || code == "ETIMEDOUT") return transport_errc::timed_out;
    if (name == "ThrottlingException") return transport_errc::throttled;
    if (unreachable.contains(code)) return transport_errc::refused;
    if (lost.contains(code)) return transport_errc::reset;
    if (code == "EPROTO") return transport_errc::protocol;
    if (code == "CERT_HAS_EXPIRED") return transport_errc::tls;
    if (name == "TypeError" && texts_of_fetch.contains(text_or_nothing(thrown, "message"))) return transport_errc::refused;
    if (auto const* cause = thrown.if_contains("cause")) return condition_of(cause->as_object());
    return transport_errc::other;
}

transport_result result_of(json::object const& step) {
    if (auto const* thrown = step.if_contains("throw")) {
        auto const& error = thrown->as_object();
        // An error with a status stands for a response.
        if (auto const* metadata = error.if_contains("$metadata"))
            return parley::http_response{static_cast<int>(integer(metadata->as_object(), "httpStatusCode")), {}, {}};
        return parley::transport_error{condition_of(error), true, text(error.at("message"))};
    }
    parley::http_response response;
    response.status = static_cast<int>(integer(step, "status"));
    for (auto const& field : step.at("headers").as_object()) response.fields.add(std::string(field.key()), text(field.value()));
    if (auto const& body = step.at("body"); !body.is_null()) response.body = text(body.at("text"));
    return response;
}

// The only clock of a script. It "moves only by idleMs, latencyMs and sleeps".
struct virtual_clock {
    static constexpr std::chrono::milliseconds start{1'736'944'496'000};
    std::chrono::nanoseconds elapsed{};

    void advance(double by_milliseconds) {
        elapsed += std::chrono::round<std::chrono::nanoseconds>(std::chrono::duration<double, std::milli>(by_milliseconds));
    }
    double elapsed_milliseconds() const { return std::chrono::duration<double, std::milli>(elapsed).count(); }
    std::chrono::steady_clock::time_point steady() const { return std::chrono::steady_clock::time_point(start + elapsed); }
    std::chrono::system_clock::time_point system() const {
        return std::chrono::system_clock::time_point(
            std::chrono::duration_cast<std::chrono::system_clock::duration>(start + elapsed));
    }
};

struct attempt {
    double t = 0; // milliseconds since the start of the clock
    std::string request, date, invocation;
};

// The server and the timer of a script.
struct player {
    virtual_clock* clock;
    json::array const* steps = nullptr;
    std::size_t next = 0;
    std::vector<attempt> attempts{};
    std::vector<std::chrono::steady_clock::duration> sleeps{};

    void begin(json::array const& script) {
        steps = &script;
        next = 0;
        attempts.clear();
        sleeps.clear();
    }
    transport_result operator()(parley::http_request const& r) {
        auto const field = [&r](std::string_view name) { return std::string(r.fields.find(name).value_or("")); };
        attempts.push_back(
            {clock->elapsed_milliseconds(), field("amz-sdk-request"), field("x-amz-date"), field("amz-sdk-invocation-id")});
        auto const& step = (*steps)[std::min(next, steps->size() - 1)].as_object();
        ++next;
        clock->advance(number(step, "latencyMs"));
        return result_of(step);
    }
    // "A sleep moves it by its length rounded up to a whole millisecond, and by 1 ms at least."
    void sleep(std::chrono::steady_clock::duration d) {
        sleeps.push_back(d);
        clock->elapsed += std::max(1ms, std::chrono::ceil<milliseconds>(d));
    }
};

// 20250115T123456Z
std::string date_of(std::chrono::system_clock::time_point time) {
    std::string with_marks, plain;
    auto const seconds = std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
    parley::append_timestamp(with_marks, {seconds, 0}, parley::timestamp_format::date_time);
    std::copy_if(with_marks.begin(), with_marks.end(), std::back_inserter(plain), [](char c) { return c != '-' && c != ':'; });
    return plain;
}

std::function<double()> random_of(json::object const& config) {
    std::vector<double> numbers{0.5};
    if (auto const* random = config.if_contains("random")) {
        numbers.clear();
        if (random->is_array()) {
            for (auto const& one : random->as_array()) numbers.push_back(one.to_number<double>());
        } else {
            numbers.push_back(random->to_number<double>());
        }
    }
    return [numbers, next = std::size_t{0}]() mutable { return numbers[next++ % numbers.size()]; };
}

// A number that is not finite is recorded as {"$number": "NaN"}.
void compare_delay(json::value const& recorded, milliseconds ours, findings const& found) {
    // The timer of the reference treats NaN as its shortest delay.
    auto const expected = recorded.is_object() ? 1.0 : recorded.to_number<double>();
    found.expect_milliseconds("totalRetryDelay", expected, static_cast<double>(ours.count()));
}

void compare_sleeps(json::array const& recorded, std::vector<std::chrono::steady_clock::duration> const& ours,
                    findings const& found) {
    found.expect("number of sleeps", recorded.size(), ours.size());
    for (std::size_t i = 0; i < std::min(recorded.size(), ours.size()); ++i) {
        // "A sleep of null is NaN."
        auto const expected = recorded[i].is_null() ? 1.0 : recorded[i].to_number<double>();
        found.expect_milliseconds("sleep " + std::to_string(i), expected,
                                  std::chrono::duration<double, std::milli>(ours[i]).count());
    }
}

void compare_attempts(json::object const& call, std::vector<attempt> const& ours, findings const& found) {
    auto const& recorded = call.at("attempts").as_array();
    found.expect("number of attempts", recorded.size(), ours.size());
    json::array ids;
    for (std::size_t i = 0; i < std::min(recorded.size(), ours.size()); ++i) {
        auto const here = found.in("attempt " + std::to_string(i + 1));
        auto const& expected = recorded[i].as_object();
        here.expect_milliseconds("t", number(expected, "t"), ours[i].t);
        here.expect("amz-sdk-request", text(expected.at("request")), ours[i].request);
        here.expect("x-amz-date", text(expected.at("date")), ours[i].date);
        if (ids.empty() || ids.back() != json::value(ours[i].invocation)) ids.emplace_back(ours[i].invocation);
    }
    found.expect("invocation ids", call.at("invocationIds").as_array(), ids);
}

template <class Op>
void compare_error(json::object const& recorded, json::object const& last_step, parley::call_error<Op> const& ours,
                   findings const& found) {
    if (auto const* thrown = last_step.if_contains("throw"); thrown && !thrown->as_object().contains("$metadata")) {
        auto const* failure = ours.template get_if<parley::transport_failure>();
        if (!failure) return found.differ("error", "expected a transport failure, is: " + ours.text());
        found.expect("condition", static_cast<int>(condition_of(thrown->as_object())), static_cast<int>(failure->condition));
        if (!failure->message.ends_with(text(recorded.at("message")))) found.differ("message", failure->message);
    } else if (text(recorded.at("class")) == "SyntaxError") {
        if (!ours.template is<parley::undecodable_response>())
            found.differ("error", "expected an undecodable body, is: " + ours.text());
    } else if (!thrown) {
        found.expect("code", text(recorded.at("name")), ours.code());
        found.expect("message", text(recorded.at("message")), ours.message());
        found.expect("declared", text(recorded.at("class")) != "MedicalImagingServiceException", ours.declared());
        found.expect("fault", text(recorded.at("$fault")) == "server", ours.fault() == parley::fault::server);
    }
}

// The metadata of the attempts agrees with that of the call.
void check_consistent(parley::call_metadata const& m, bool succeeded, findings const& found) {
    auto const& failed = m.failed_attempts;
    found.expect("number of failed attempts", m.attempts - (succeeded ? 1 : 0), static_cast<int>(failed.size()));
    milliseconds total{0};
    for (std::size_t i = 0; i < failed.size(); ++i) {
        bool const last = !succeeded && i + 1 == failed.size();
        found.expect("attempt", static_cast<int>(i) + 1, failed[i].attempt);
        found.expect("retried", !last, failed[i].verdict == parley::retry_verdict::retried);
        found.expect("has a status or a condition", failed[i].status == 0, failed[i].condition.has_value());
        total += failed[i].delay;
    }
    found.expect("sum of the delays", m.total_retry_delay.count(), total.count());
}

void compare_rate(json::object const& recorded, parley::detail::rate_limiter::numbers const& ours, findings const& found) {
    found.expect("enabled", recorded.at("enabled").as_bool(), ours.enabled);
    auto const compare_number = [&](char const* name, double is) {
        auto const expected = recorded.at(name).to_number<double>();
        // Boost.JSON 1.81 reads some numbers with an error in the last place.
        if (std::abs(is - expected) > 4e-16 * std::abs(expected)) found.expect(name, expected, is);
    };
    compare_number("fillRate", ours.fill_rate);
    compare_number("maxCapacity", ours.max_capacity);
    compare_number("availableTokens", ours.available);
    compare_number("measuredTxRate", ours.measured_rate);
    compare_number("lastMaxRate", ours.last_max_rate);
    compare_number("timeWindow", ours.time_window);
}

template <class Op>
void compare_calls(json::object const& recording, typename Op::input const& input, findings const& found) {
    static json::object const nothing;
    auto const* overrides = recording.if_contains("config");
    auto const& config = overrides ? overrides->as_object() : nothing;
    virtual_clock clock;
    player server{&clock};
    parley::client_config ours;
    ours.aws.region = "us-east-1";
    ours.strictness = parley::strictness::compatible;
    ours.now = [&clock] { return clock.steady(); };
    ours.system_now = [&clock] { return clock.system(); };
    ours.random = [random = std::make_shared<std::function<double()>>(random_of(config))] { return (*random)(); };
    ours.uuid = [count = std::make_shared<int>(0)] {
        auto const digits = std::to_string(++*count);
        return "00000000-0000-4000-8000-" + std::string(12 - digits.size(), '0') + digits;
    };
    ours.sign = [](parley::http_request& r, parley::signing_context const& c) { r.fields.set("x-amz-date", date_of(c.time)); };
    ours.retry.max_attempts = static_cast<int>(integer(config, "maxAttempts", ours.retry.max_attempts));
    if (text_or_nothing(config, "retryMode") == "adaptive") ours.retry.mode = parley::retry_mode::adaptive;
    parley::client client{ours, std::ref(server)};

    json::array const* script = nullptr;
    int count = 0;
    for (auto const& one : recording.at("calls").as_array()) {
        auto const here = found.in("call " + std::to_string(++count));
        auto const& call = one.as_object();
        clock.advance(number(call, "idleMs"));
        if (call.at("steps").is_array()) script = &call.at("steps").as_array();
        server.begin(*script);
        auto const outcome = client.template send<Op>(input);
        compare_attempts(call, server.attempts, here);
        compare_sleeps(call.at("sleeps").as_array(), server.sleeps, here);
        auto const* error = call.if_contains("error");
        here.expect("success", error == nullptr, outcome.has_value());
        if (outcome.has_value() != (error == nullptr)) continue;
        auto const& metadata = (error ? error->at("$metadata") : call.at("metadata")).as_object();
        auto const& last_step = (*script)[std::min(server.next, script->size()) - 1].as_object();
        if (error) compare_error(error->as_object(), last_step, outcome.error(), here);
        here.expect("httpStatusCode", integer(metadata, "httpStatusCode"), std::int64_t{outcome.metadata().status});
        here.expect("attempts", integer(metadata, "attempts"), std::int64_t{outcome.metadata().attempts});
        compare_delay(metadata.at("totalRetryDelay"), outcome.metadata().total_retry_delay, here);
        check_consistent(outcome.metadata(), outcome.has_value(), here);
        here.expect("capacity", integer(call, "capacity"), std::int64_t{client.state().tokens.available()});
        here.expect_milliseconds("clockOffset", number(call, "clockOffset"),
                                 static_cast<double>(client.state().clock.value().count()));
        if (auto const* rate = call.if_contains("rateLimiter"))
            compare_rate(rate->as_object(), client.state().rate.read(), here.in("rateLimiter"));
    }
}

std::string const any_id(32, '1');

parley::retry_policy policy_of(json::object const& profile) {
    auto const& costs = profile.at("costs").as_object();
    auto const& base = profile.at("baseMs").as_object();
    auto const& refund = profile.at("refund").as_object();
    parley::retry_policy policy;
    policy.max_attempts = static_cast<int>(integer(profile, "maxAttempts"));
    policy.bucket = static_cast<int>(integer(profile, "initialTokens"));
    policy.cost = static_cast<int>(integer(costs, "transient"));
    policy.timeout_cost = static_cast<int>(integer(costs, "timeout"));
    policy.throttled_cost = static_cast<int>(integer(costs, "throttling"));
    policy.refund = static_cast<int>(integer(refund, "successFirstTry"));
    policy.base = milliseconds(integer(base, "default"));
    policy.throttled_base = milliseconds(integer(base, "throttling"));
    policy.max_delay = milliseconds(integer(profile, "maxBackoffMs"));
    return policy;
}

char const* name_of(parley::retry_verdict verdict) {
    switch (verdict) {
    case parley::retry_verdict::retried: return "retry";
    case parley::retry_verdict::out_of_attempts: return "maxAttemptsExceeded";
    case parley::retry_verdict::out_of_tokens: return "quotaExceeded";
    default: return "";
    }
}

} // namespace

std::vector<difference> compare_retries(json::object const& recording) {
    std::vector<difference> list;
    findings const found(list);
    auto const op = text(recording.at("op"));
    if (op == "GetDICOMImportJob") {
        compare_calls<medical_imaging::GetDICOMImportJob>(recording, {.datastoreId = any_id, .jobId = "1"}, found);
    } else if (op == "StartDICOMImportJob") {
        compare_calls<start_import>(recording, {}, found);
    } else {
        found.differ("op", "retry scripts of " + op + " are not supported");
    }
    return list;
}

std::vector<difference> compare_retry_case(json::object const& profile, json::object const& one) {
    std::vector<difference> list;
    findings const found(list);
    auto const& given = one.at("given").as_object();
    parley::call_settings settings;
    settings.endpoint = *parley::parse_endpoint("https://example.com");
    settings.strictness = parley::strictness::compatible;
    settings.retry = policy_of(profile);
    settings.retry.max_attempts = static_cast<int>(integer(given, "maxAttempts", settings.retry.max_attempts));
    settings.retry.bucket = static_cast<int>(integer(given, "initialTokens", settings.retry.bucket));
    settings.retry.base = milliseconds(integer(given, "baseMs", settings.retry.base.count()));
    settings.retry.max_delay = milliseconds(integer(given, "maxBackoffMs", settings.retry.max_delay.count()));
    settings.retry.long_polling = given.contains("longPoll") && given.at("longPoll").as_bool();
    settings.random = [] { return 1.0; }; // "with jitter fixed at its maximum"
    std::chrono::steady_clock::time_point now{};
    parley::client_state state(settings.retry, now);
    settings.state = &state;

    using operation = medical_imaging::GetDICOMImportJob;
    using call_type = parley::exchange<operation>;
    std::unique_ptr<call_type> call;
    int count = 0;
    for (auto const& s : one.at("steps").as_array()) {
        auto const here = found.in("step " + std::to_string(++count));
        auto const& response = s.at("response").as_object();
        auto const& expected = s.at("expected").as_object();
        if (!call) call = std::make_unique<call_type>(settings, operation::input{.datastoreId = any_id, .jobId = "1"}, now);
        if (call->poll(now) != parley::call_step::send) {
            here.differ("poll", "expected another attempt");
            return list;
        }
        parley::http_response reply{static_cast<int>(integer(response, "status")), {}, "{}"};
        if (auto const* code = response.if_contains("errorCode")) reply.fields.add("x-amzn-errortype", text(*code));
        if (auto const* fields = response.if_contains("headers")) {
            for (auto const& field : fields->as_object()) reply.fields.add(std::string(field.key()), text(field.value()));
        }
        call->handle_response(reply, now);
        auto const next = call->poll(now);
        here.expect("quota", integer(expected, "quota"), std::int64_t{state.tokens.available()});
        auto const waits = next == parley::call_step::wait ? std::chrono::floor<milliseconds>(call->wake_at() - now).count() : 0;
        here.expect("delay", integer(expected, "delayMs"), waits);
        if (next == parley::call_step::wait) now = call->wake_at();
        auto const outcome_name = text(expected.at("outcome"));
        if (outcome_name == "retry") {
            here.expect("waits", true, next == parley::call_step::wait);
            continue;
        }
        here.expect("done", true, call->poll(now) == parley::call_step::done);
        auto const outcome = call->take();
        call.reset();
        here.expect("outcome", outcome_name, outcome ? "success" : name_of(outcome.metadata().failed_attempts.back().verdict));
    }
    return list;
}

} // namespace golden
