// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.

// All of parley in one file; made by tools/amalgamate. Exactly one unit of a program defines
// PARLEY_IMPLEMENTATION before it includes this. What else there is, by macro:
//   PARLEY_WITH_DOCUMENT: parley/json/document.hpp
//   PARLEY_WITH_LOOPBACK: parley/transport/loopback.hpp
//   PARLEY_WITH_CURL: parley/transport/curl.hpp
//   PARLEY_WITH_OPENSSL: parley/exchange/openssl_sha256.hpp
//   PARLEY_WITH_BEAST: parley/transport/beast_server.hpp

#ifndef PARLEY_PARLEY_HPP
#define PARLEY_PARLEY_HPP

// All of parley but the ready-made transports, the descriptions of services and free-form documents, which are doors of
// their own. Exactly one unit of a program defines PARLEY_IMPLEMENTATION before it includes this header.
#ifndef PARLEY_CLIENT_HPP
#define PARLEY_CLIENT_HPP

// The client's side: describe operations, bring a transport, `client.send`.
#ifndef PARLEY_ENDPOINT_CLIENT_HPP
#define PARLEY_ENDPOINT_CLIENT_HPP

#ifndef PARLEY_ENDPOINT_CLIENT_CONFIG_HPP
#define PARLEY_ENDPOINT_CLIENT_CONFIG_HPP

#ifndef PARLEY_CORE_CONFIG_HPP
#define PARLEY_CORE_CONFIG_HPP

#define PARLEY_VERSION_MAJOR 0
#define PARLEY_VERSION_MINOR 1
#define PARLEY_VERSION_PATCH 0

#if __cplusplus < 202002L && !(defined(_MSVC_LANG) && _MSVC_LANG >= 202002L)
#error "parley needs C++20: compile with -std=c++20 or later"
#endif

namespace parley {

// Everything that is no template is defined by one unit of the program: the one that defines PARLEY_IMPLEMENTATION
// before it includes parley. Each unit that includes a header with such a part refers to this symbol, so that a
// forgotten implementation makes the linker print its name, and a doubled one makes it print it as defined twice.
extern char const define_PARLEY_IMPLEMENTATION_in_exactly_one_unit;

namespace {
[[maybe_unused, gnu::used]] char const* const one_unit_rule = &define_PARLEY_IMPLEMENTATION_in_exactly_one_unit;
}

} // namespace parley

#endif
#ifndef PARLEY_ENDPOINT_AWS_ENDPOINT_HPP
#define PARLEY_ENDPOINT_AWS_ENDPOINT_HPP

#ifndef PARLEY_CORE_RESULT_HPP
#define PARLEY_CORE_RESULT_HPP

#ifndef PARLEY_CORE_ERROR_HPP
#define PARLEY_CORE_ERROR_HPP

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace parley {

/// What is wrong with a piece of data. The vocabulary is closed.
enum class errc : std::uint8_t {
    syntax,           ///< not JSON (RFC 8259)
    invalid_utf8,     ///< not UTF-8 (RFC 3629)
    limit_exceeded,   ///< deeper, larger or more than the limits allow
    missing_field,    ///< a required member is absent
    invalid_type,     ///< a value of another JSON type than the description says
    invalid_value,    ///< the right type, but not a value of it: a date that is none, an unknown enum value
    out_of_range,     ///< a number that the member's C++ type cannot hold
    invalid_length,   ///< constraint: length
    range_violation,  ///< constraint: range
    pattern_mismatch, ///< constraint: pattern
    duplicate_items,  ///< constraint: unique items
    unknown_value,    ///< constraint: a value that the enumeration does not have
};

/// The name of `code` in words, as error texts use it: "missing field".
std::string_view to_string(errc code) noexcept;

/// One place where data and description disagree.
struct violation {
    static constexpr std::size_t no_offset = static_cast<std::size_t>(-1);

    errc code{};
    std::string path;                ///< JSON Pointer (RFC 6901) of the place; "" is the whole; for a key of a map, the map
    std::string message;             ///< what is wrong, without the path; never holds a sensitive value
    std::size_t offset = no_offset;  ///< byte offset in the text that was read; `no_offset` if there was no text
    std::optional<std::uint64_t> length{}; ///< of the value, if it is not what the constraint says

    friend bool operator==(violation const&, violation const&) = default;
};

/// All that is wrong with a piece of data; at least one violation.
struct data_error {
    std::vector<violation> violations;

    /// One line for each violation, the path first: "/jobId: missing field, at byte 17".
    std::string message() const;
};

/// Appends `token` to `pointer` as one more reference token: "/" and the token with "~" and "/" escaped.
/// See RFC 6901, section 3.
void append_pointer_token(std::string& pointer, std::string_view token);

} // namespace parley

#endif

#include <concepts>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>

namespace parley {

/// The base of all that parley throws, which it does only where a user asks for it with `value()`.
class exception : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Thrown by `result::value()` when there is none.
template <class E>
class bad_result : public exception {
public:
    explicit bad_result(E error) : exception(text_of(error)), error_(std::move(error)) {}
    E const& error() const noexcept { return error_; }

private:
    static std::string text_of(E const& error) {
        if constexpr (requires { { error.message() } -> std::convertible_to<std::string>; }) return error.message();
        else return "result has no value";
    }
    E error_;
};

/// A value, or why there is none. Converts from either.
template <class T, class E = data_error>
class [[nodiscard]] result {
public:
    using value_type = T;
    using error_type = E;

    result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
    result(E error) : state_(std::in_place_index<1>, std::move(error)) {}
    /// A fresh value, made in place.
    explicit result(std::in_place_t) requires std::default_initializable<T> : state_(std::in_place_index<0>) {}

    explicit operator bool() const noexcept { return state_.index() == 0; }
    bool has_value() const noexcept { return state_.index() == 0; }

    /// The value; undefined if there is none.
    T& operator*() & noexcept { return *std::get_if<0>(&state_); }
    T const& operator*() const& noexcept { return *std::get_if<0>(&state_); }
    T&& operator*() && noexcept { return std::move(*std::get_if<0>(&state_)); }
    T* operator->() noexcept { return std::get_if<0>(&state_); }
    T const* operator->() const noexcept { return std::get_if<0>(&state_); }

    /// The value; throws `bad_result<E>` if there is none.
    T& value() & { return check(), **this; }
    T const& value() const& { return check(), **this; }
    T value() && { return check(), std::move(**this); }

    /// Why there is no value; undefined if there is one.
    E& error() & noexcept { return *std::get_if<1>(&state_); }
    E const& error() const& noexcept { return *std::get_if<1>(&state_); }
    E&& error() && noexcept { return std::move(*std::get_if<1>(&state_)); }

private:
    void check() const {
        if (!has_value()) throw bad_result<E>(error());
    }
    std::variant<T, E> state_;
};

} // namespace parley

#endif
#ifndef PARLEY_DESCRIBE_AWS_SERVICE_HPP
#define PARLEY_DESCRIBE_AWS_SERVICE_HPP

#include <string_view>

namespace parley {

/// What is particular to a service of AWS. A service that has it gets the headers that AWS's clients send, and an endpoint
/// from its region:
///
///     struct MedicalImaging {
///         static constexpr parley::aws_service aws{.signing_name = "medical-imaging", .endpoint_prefix = "medical-imaging"};
///     };
struct aws_service {
    std::string_view sdk_id{};           ///< the service's name in AWS's own SDKs
    std::string_view signing_name{};     ///< in the scope of signatures
    std::string_view endpoint_prefix{};  ///< before the region in the name of the host
    std::string_view version{};          ///< of the API
    std::string_view target_prefix{};    ///< of the header x-amz-target: aws_json_1_0 and aws_json_1_1
    std::string_view shape_namespace{};  ///< of its Smithy model: before the codes of errors in aws_json_1_0
    std::string_view endpoint_rules{};   ///< smithy.rules#endpointRuleSet, JSON; empty: what is usual
    bool query_compatible = false;       ///< errors keep the codes that they had when the service spoke AWS Query
};

} // namespace parley

#endif
#ifndef PARLEY_ENDPOINT_ENDPOINT_RULES_HPP
#define PARLEY_ENDPOINT_ENDPOINT_RULES_HPP

#ifndef PARLEY_ENDPOINT_AWS_PARTITION_HPP
#define PARLEY_ENDPOINT_AWS_PARTITION_HPP

#include <span>
#include <string_view>

namespace parley {

/// A part of AWS with regions and names of its own. https://smithy.io/2.0/aws/rules-engine/library-functions.html#awspartition
struct aws_partition {
    std::string_view name{};
    std::string_view region_prefix{}; ///< its regions are this, a word and a number: "us-gov-" has "us-gov-west-1"
    std::string_view global{};        ///< the name of its region that is none
    std::string_view dns_suffix{};
    std::string_view dualstack_dns_suffix{};
    std::string_view implicit_global_region{};
    bool supports_fips = true;
    bool supports_dualstack = true;
};

/// The partitions there are; the last is that of all other regions. A user who needs others gives a table of their own.
std::span<aws_partition const> aws_partitions() noexcept;

/// The partition of `region`; the last of `partitions` if none has it.
aws_partition const& partition_of(std::string_view region, std::span<aws_partition const> partitions) noexcept;

} // namespace parley

#endif
#ifndef PARLEY_HTTP_HEADERS_HPP
#define PARLEY_HTTP_HEADERS_HPP

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace parley {

/// A header field.
struct header {
    std::string name;
    std::string value;

    friend bool operator==(header const&, header const&) = default;
};

/// Header fields in the order they were added. Names are compared without case (RFC 9110, section 5.1).
class headers {
public:
    headers() = default;
    headers(std::initializer_list<header> fields) : fields_(fields) {}

    void add(std::string name, std::string value);
    /// Replaces all fields of that name.
    void set(std::string name, std::string value);
    /// Returns how many fields there were.
    std::size_t erase(std::string_view name);

    /// The value of the first field of that name.
    std::optional<std::string_view> find(std::string_view name) const noexcept;
    bool contains(std::string_view name) const noexcept { return find(name).has_value(); }

    auto begin() const noexcept { return fields_.begin(); }
    auto end() const noexcept { return fields_.end(); }
    std::size_t size() const noexcept { return fields_.size(); }
    bool empty() const noexcept { return fields_.empty(); }
    void reserve(std::size_t count) { fields_.reserve(count); }

    friend bool operator==(headers const&, headers const&) = default;

private:
    std::vector<header> fields_;
};

/// True for a token (RFC 9110, section 5.6.2).
bool is_header_name(std::string_view name) noexcept;
/// True for what a field value can be (RFC 9110, section 5.5): no line breaks and no NUL, so that no value can add a field.
bool is_header_value(std::string_view value) noexcept;

} // namespace parley

#endif

#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace parley {

/// Why there is no endpoint.
struct endpoint_error {
    std::string text;
    std::string const& message() const noexcept { return text; }
};

/// The values of a rule set's parameters by their names.
using endpoint_parameters = std::map<std::string, std::variant<std::string, bool, std::vector<std::string>>>;

/// Where a service is, and what the rules say besides.
struct resolved_endpoint {
    std::string url;
    headers fields;             ///< to be sent with each request
    std::string signing_name;   ///< of the first authentication scheme; empty: the service's own
    std::string signing_region; ///< empty: the client's
};

/// The rules by which a service of AWS tells its endpoint from region and options, as its Smithy model has them in the
/// trait smithy.rules#endpointRuleSet. https://smithy.io/2.0/additional-specs/rules-engine/specification.html
class endpoint_rules {
public:
    /// Reads a rule set, a JSON text. Fails if it is none, or of a version other than 1.
    static result<endpoint_rules, endpoint_error> parse(std::string_view json);

    /// Goes through the rules. Fails where they say so, or where a required parameter is missing, or a rule cannot be evaluated.
    result<resolved_endpoint, endpoint_error> resolve(endpoint_parameters const& parameters,
                                                      std::span<aws_partition const> partitions = aws_partitions()) const;

    /// The parameter that has the meaning `built_in` ("AWS::Region"); empty if there is none.
    std::string_view parameter_for(std::string_view built_in) const noexcept;

private:
    struct rule_set;
    explicit endpoint_rules(std::shared_ptr<rule_set const> rules) : rules_(std::move(rules)) {}
    std::shared_ptr<rule_set const> rules_;
};

} // namespace parley

#endif
#ifndef PARLEY_HTTP_URI_HPP
#define PARLEY_HTTP_URI_HPP

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace parley {

/// Appends `text` with all but the unreserved characters (RFC 3986, section 2.3) percent-encoded, in capitals.
void append_percent_encoded(std::string& out, std::string_view text);
/// The same, but slashes stay: a greedy label.
void append_percent_encoded_path(std::string& out, std::string_view text);

/// `text` with its percent escapes decoded; nothing if one of them is none. A plus sign stays one.
std::optional<std::string> percent_decode(std::string_view text);

/// Whether `text` is what `encoded` decodes to. Needs no memory.
bool percent_decodes_to(std::string_view encoded, std::string_view text) noexcept;

/// The names and values of "a=1&b", decoded, in order; nothing if a percent escape is none.
std::optional<std::vector<std::pair<std::string, std::string>>> parse_query(std::string_view query);

/// True for one label of a host's name: letters, digits and hyphens, none of the latter at an end, 63 at most (RFC 1123, 2.1).
bool is_host_label(std::string_view text) noexcept;

/// Where a service is.
struct endpoint_url {
    std::string scheme;     ///< "https" or "http"
    std::string host;       ///< lower case; an IPv6 address keeps its brackets
    std::uint16_t port = 0; ///< 0: the default of the scheme
    std::string path;       ///< as it was given: "", "/base", "/base/"
};

/// Reads "https://example.com:8443/base". Nothing if it is no address of that form: another scheme, no host, a bad port,
/// spaces, a query or fragment. A user name and password are dropped, so that they are sent to nobody.
std::optional<endpoint_url> parse_endpoint(std::string_view url);

} // namespace parley

#endif

#include <string>
#include <string_view>

namespace parley {

/// What decides where a service of AWS is.
struct aws_endpoint_parameters {
    std::string_view region{};
    bool fips = false;
    bool dualstack = false;
    std::string_view endpoint{}; ///< of the user's own, or empty
    std::span<aws_partition const> partitions = aws_partitions();
};

/// The endpoint of `service` by its rules, or, if it has none, by what is usual:
/// "https://medical-imaging.us-east-1.amazonaws.com". Fails without a region, with one that can be no part of a host name,
/// and for FIPS or dual-stack with an endpoint of the user's own.
result<endpoint_url, endpoint_error> resolve_aws_endpoint(aws_service const& service, aws_endpoint_parameters const& parameters);

/// The region to sign for: `region`, or what a region name of old that says FIPS itself stands for: "us-east-1" of
/// "fips-us-east-1".
std::string_view aws_signing_region(std::string_view region) noexcept;

} // namespace parley

#endif
#ifndef PARLEY_ENDPOINT_RANDOM_UUID_HPP
#define PARLEY_ENDPOINT_RANDOM_UUID_HPP

#include <string>

namespace parley::detail {

/// A random UUID (RFC 9562, version 4).
std::string random_uuid();

} // namespace parley::detail

#endif
#ifndef PARLEY_EXCHANGE_CALL_MACHINE_HPP
#define PARLEY_EXCHANGE_CALL_MACHINE_HPP

#ifndef PARLEY_EXCHANGE_CLIENT_STATE_HPP
#define PARLEY_EXCHANGE_CLIENT_STATE_HPP

#ifndef PARLEY_EXCHANGE_CLOCK_OFFSET_HPP
#define PARLEY_EXCHANGE_CLOCK_OFFSET_HPP

#include <atomic>
#include <chrono>
#include <cstdint>
#include <string_view>

namespace parley {

/// By how much the peer's clock is ahead of this machine's, as its responses tell. Requests are signed with the time of the
/// peer, since those that are signed with a clock that is minutes off are refused. Safe to use from many threads.
class clock_offset {
public:
    using milliseconds = std::chrono::milliseconds;
    using time_point = std::chrono::system_clock::time_point;

    /// A clock that is off by less counts as right.
    static constexpr milliseconds tolerance{300'000};

    milliseconds value() const noexcept { return milliseconds(value_.load(std::memory_order_relaxed)); }

    /// Takes in the field `Date` of a response that came at `now` by this machine's clock, to a request that was signed with
    /// the offset `used`. Returns whether that was wrong; then the offset has been set right. A text that is no date, or
    /// one that no clock can show, says nothing.
    bool observe(std::string_view date, time_point now, milliseconds used) noexcept;

private:
    std::atomic<std::int64_t> value_{0};
};

} // namespace parley

#endif
#ifndef PARLEY_EXCHANGE_RATE_LIMITER_HPP
#define PARLEY_EXCHANGE_RATE_LIMITER_HPP

#include <atomic>
#include <chrono>
#include <cstdint>

namespace parley {

/// How fast the calls of one client may be sent, in adaptive mode. It stays out of the way until the peer says for the
/// first time that it has too much to do. From then on it gives out tokens at a rate that drops with each such answer, and grows
/// with the others: slowly near the rate at which the peer had too much last, faster beyond it, as CUBIC does (RFC 9438).
///
/// Safe to use from many threads.
/// https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
class rate_limiter {
public:
    using time_point = std::chrono::steady_clock::time_point;
    using duration = std::chrono::steady_clock::duration;

    /// What it knows, for metrics. Rates are in attempts per second, the window is in seconds.
    struct numbers {
        bool enabled = false;
        double fill_rate = 0.5;
        double max_capacity = 1;
        double available = 0;    ///< tokens
        std::uint64_t waiting = 0; ///< attempts that were promised one
        double measured_rate = 0;
        double last_max_rate = 0; ///< when the peer had too much to do last
        double time_window = 0;   ///< from then until the rate is back there
    };

    explicit rate_limiter(time_point now) noexcept;

    /// Takes the token of one attempt. Where there is none yet, promises the next that nobody waits for, and returns how long
    /// to wait for it; then it is to be collected, or renounced.
    duration acquire(time_point now) noexcept;
    /// Takes the token that was promised: the attempt is made.
    void collect(time_point now) noexcept;
    /// The attempt that waited for its token is not made.
    void renounce() noexcept;
    /// How long an attempt would have to wait at that time, as things are.
    duration wait_at(time_point when) const noexcept;
    /// Takes in how an attempt ended: whether the peer said that it has too much to do.
    void update(bool throttled, time_point now) noexcept;

    numbers read() const noexcept;

private:
    class lock;

    double filled_at(double now) const noexcept;
    void refill(double now) noexcept;
    duration time_until(double available) const noexcept;
    void measure(double now) noexcept;

    numbers numbers_;
    bool filled_ = false; // ever
    double last_fill_ = 0;
    double last_throttle_;
    double measured_until_;
    std::uint64_t count_ = 0; // of attempts since
    mutable std::atomic_flag locked_{};
};

} // namespace parley

#endif
#ifndef PARLEY_EXCHANGE_RETRY_HPP
#define PARLEY_EXCHANGE_RETRY_HPP

#ifndef PARLEY_DESCRIBE_TRAITS_HPP
#define PARLEY_DESCRIBE_TRAITS_HPP

#ifndef PARLEY_CORE_TIMESTAMP_HPP
#define PARLEY_CORE_TIMESTAMP_HPP

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace parley {

/// How a timestamp is written. https://smithy.io/2.0/spec/protocol-traits.html#timestampformat-trait
enum class timestamp_format : std::uint8_t {
    unspecified,   ///< what the place it stands in has by default
    epoch_seconds, ///< 1736944496.5
    date_time,     ///< "2025-01-15T12:34:56.5Z", RFC 3339
    http_date,     ///< "Wed, 15 Jan 2025 12:34:56 GMT", RFC 9110, section 5.6.7
};

/// A point in time: seconds since 1970-01-01T00:00:00Z without leap seconds, and 0 to 999,999,999 nanoseconds after them.
struct instant {
    std::int64_t seconds = 0;
    std::int32_t nanoseconds = 0;

    friend auto operator<=>(instant const&, instant const&) = default;
};

/// The point in time that all of `text` stands for, or nothing if it is none of that format.
///
/// `epoch_seconds`: a JSON number, exact to nanoseconds, further digits rounded half up: -0.5 ns is 0. `date_time`:
/// with "Z" or an offset; a second 60 counts as the first of the next minute. `http_date`: with fractions of a second
/// too, and the two obsolete forms that RFC 9110 has recipients accept; the weekday is not compared with the date.
/// `unspecified` is none.
std::optional<instant> parse_timestamp(std::string_view text, timestamp_format format) noexcept;

/// True if `text`, which is a timestamp of that format, has an offset from UTC other than "Z".
constexpr bool has_offset(std::string_view text, timestamp_format format) noexcept {
    return format == timestamp_format::date_time && !text.ends_with('Z') && !text.ends_with('z');
}

/// Appends `value`, with as many digits of a fraction as it needs. For `date_time` and `http_date`, it must be
/// `in_calendar_range`. `unspecified` is as `epoch_seconds`.
void append_timestamp(std::string& out, instant value, timestamp_format format);

/// True from year 0000 to year 9999, which is what dates of four digits can say.
bool in_calendar_range(instant value) noexcept;

/// `value` to the nearest millisecond that an instant can be, halves up: -0.5 ms is 0.
instant round_to_milliseconds(instant value) noexcept;

} // namespace parley

#endif

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>

namespace parley {

/// What must hold for a value. https://smithy.io/2.0/spec/constraint-traits.html
struct constraint {
    bool has_length = false;
    std::uint64_t min_length = 0;
    std::uint64_t max_length = std::numeric_limits<std::uint64_t>::max();

    bool has_range = false;
    std::int64_t min_integer = std::numeric_limits<std::int64_t>::min();
    std::int64_t max_integer = std::numeric_limits<std::int64_t>::max();
    double min_number = -std::numeric_limits<double>::infinity();
    double max_number = std::numeric_limits<double>::infinity();

    std::string_view pattern;
    bool unique_items = false;

    constexpr bool empty() const noexcept { return !has_length && !has_range && pattern.empty() && !unique_items; }
};

/// How the names of all members of a struct are written on the wire.
enum class naming : std::uint8_t {
    as_is,       ///< as in C++, one trailing underscore dropped
    camel_case,  ///< submitted_at -> submittedAt
    pascal_case, ///< submitted_at -> SubmittedAt
    kebab_case,  ///< submitted_at -> submitted-at
};

/// Whose fault an error is. https://smithy.io/2.0/spec/type-refinement-traits.html#error-trait
enum class fault : std::uint8_t { unspecified, client, server };

/// Whether a call that ended with an error may be made again. https://smithy.io/2.0/spec/behavior-traits.html#retryable-trait
enum class retryability : std::uint8_t { none, retryable, throttling };

/// What must hold for a value, and for its keys if it is a map.
struct level_traits {
    constraint value;
    constraint keys;

    constexpr bool empty() const noexcept { return value.empty() && keys.empty(); }
};

/// What is said of one member beside its type; made by `on`.
struct member_traits {
    static constexpr std::size_t max_levels = 4;

    std::string_view member;
    std::string_view wire_name;
    std::string_view media_type;
    std::string_view fallback; ///< JSON
    std::array<level_traits, max_levels> levels; ///< of the value itself, of its items, of the items of those, ...
    timestamp_format format = timestamp_format::unspecified;
    bool sensitive = false;
    bool idempotency_token = false;
    bool defaulted = false;
    bool internal = false;

    /// How many levels have something said of them: those from there on have not.
    constexpr std::size_t used_levels() const noexcept {
        std::size_t count = max_levels;
        while (count > 0 && levels[count - 1].empty()) --count;
        return count;
    }
};

/// What is said of a type as a whole.
struct type_traits {
    parley::naming naming = parley::naming::as_is;
    timestamp_format format = timestamp_format::unspecified;
    bool as_integer = false; ///< an enumeration that travels as a number (Smithy: intEnum)
    int status = 0;
    std::string_view error_template; ///< where the members of an error travel; empty: in the body
    parley::fault fault = parley::fault::unspecified;
    retryability retry = retryability::none;
    std::string_view error_code;
    bool has_rpc_code = false;
    std::int64_t rpc_code = 0;
    std::string_view rpc_message; ///< of an error whose struct has no member for it
    std::string_view query_code;
};

/// All that is said of a type; made by `traits`.
template <std::size_t Count>
struct trait_set {
    type_traits type;
    std::array<member_traits, Count> members;
};

namespace detail {

// What a part of `on` is about: a level, and there the value or the keys.
struct trait_place {
    std::size_t level = 0;
    bool keys = false;

    constexpr constraint& in(member_traits& t) const {
        if (level >= member_traits::max_levels) throw "parley: each(...) may be nested three times at most";
        return keys ? t.levels[level].keys : t.levels[level].value;
    }
};

// A part of `on`: how it changes what is said of the member.
template <class Apply>
struct member_part {
    Apply apply; // (member_traits&, trait_place)
};
template <class Apply>
member_part(Apply) -> member_part<Apply>;

// A part of `traits` about the type.
template <class Apply>
struct type_part {
    Apply apply; // (type_traits&)
};
template <class Apply>
type_part(Apply) -> type_part<Apply>;

constexpr void set_bounds(constraint& c, double min, double max) {
    c.has_range = true;
    // Bounds for integers: the integers within [min, max]. Beyond 2^63 every integer is within.
    auto const limit = 9223372036854775808.0;
    if (min != constraint{}.min_number) {
        c.min_number = min;
        if (min > -limit && min < limit) {
            c.min_integer = static_cast<std::int64_t>(min);
            if (static_cast<double>(c.min_integer) < min) ++c.min_integer;
        }
    }
    if (max != constraint{}.max_number) {
        c.max_number = max;
        if (max > -limit && max < limit) {
            c.max_integer = static_cast<std::int64_t>(max);
            if (static_cast<double>(c.max_integer) > max) --c.max_integer;
        }
    }
}

constexpr void set_bounds(constraint& c, std::int64_t min, std::int64_t max) {
    c.has_range = true;
    c.min_integer = min;
    c.max_integer = max;
    if (min != std::numeric_limits<std::int64_t>::min()) c.min_number = static_cast<double>(min);
    if (max != std::numeric_limits<std::int64_t>::max()) c.max_number = static_cast<double>(max);
}

} // namespace detail

// Of a member.

/// The length of a text in Unicode scalar values, of a blob in bytes, of a list or map in entries.
constexpr auto length(std::uint64_t min, std::uint64_t max) {
    return detail::member_part{[=](member_traits& t, detail::trait_place place) {
        auto& c = place.in(t);
        c.has_length = true;
        if (min != 0) c.min_length = min;
        if (max != constraint{}.max_length) c.max_length = max;
    }};
}
constexpr auto min_length(std::uint64_t min) { return length(min, constraint{}.max_length); }
constexpr auto max_length(std::uint64_t max) { return length(0, max); }

/// The bounds of a number, both inclusive.
constexpr auto range(std::integral auto min, std::integral auto max) {
    return detail::member_part{[low = static_cast<std::int64_t>(min), high = static_cast<std::int64_t>(max)](
                                   member_traits& t, detail::trait_place place) { detail::set_bounds(place.in(t), low, high); }};
}
constexpr auto range(double min, double max) {
    return detail::member_part{
        [=](member_traits& t, detail::trait_place place) { detail::set_bounds(place.in(t), min, max); }};
}
constexpr auto min_value(double min) { return range(min, constraint{}.max_number); }
constexpr auto max_value(double max) { return range(constraint{}.min_number, max); }

/// A regular expression that a text must match somewhere; anchor it with ^ and $ to match the whole.
/// See describe/pattern.hpp for what it may hold.
constexpr auto pattern(std::string_view expression) {
    return detail::member_part{[=](member_traits& t, detail::trait_place place) { place.in(t).pattern = expression; }};
}

/// No two items of the list are equal.
constexpr auto unique_items() {
    return detail::member_part{[](member_traits& t, detail::trait_place place) { place.in(t).unique_items = true; }};
}

/// What holds for each item of a list or each value of a map. May be nested: `each(each(length(1, 5)))` is about the items of
/// the items.
template <class... Part>
constexpr auto each(detail::member_part<Part>... parts) {
    return detail::member_part{
        [=](member_traits& t, detail::trait_place place) { (parts.apply(t, {place.level + 1, false}), ...); }};
}

/// What holds for each key of a map.
template <class... Part>
constexpr auto keys(detail::member_part<Part>... parts) {
    return detail::member_part{
        [=](member_traits& t, detail::trait_place place) { (parts.apply(t, {place.level, true}), ...); }};
}

/// The member's name on the wire.
constexpr auto wire_name(std::string_view name) {
    return detail::member_part{[=](member_traits& t, detail::trait_place) { t.wire_name = name; }};
}

/// The value is a secret: it never appears in an error text, a log or a printed struct.
constexpr auto sensitive() {
    return detail::member_part{[](member_traits& t, detail::trait_place) { t.sensitive = true; }};
}

/// Where the member is absent, it has the value that the struct gives it: being absent is no error.
/// https://smithy.io/2.0/spec/type-refinement-traits.html#default-trait
constexpr auto defaulted() {
    return detail::member_part{[](member_traits& t, detail::trait_place) { t.defaulted = true; }};
}

/// The same for a member that may be absent, such as one of an operation's input: a client leaves it out, a server that reads
/// a request without it gives it the value that `json` says.
///
///     parley::on("days", parley::defaulted("3"))
constexpr auto defaulted(std::string_view json) {
    return detail::member_part{[=](member_traits& t, detail::trait_place) { t.fallback = json; }};
}

/// The value of the enumeration is taken from others, but they are not told of it.
/// https://smithy.io/2.0/spec/documentation-traits.html#internal-trait
constexpr auto internal() {
    return detail::member_part{[](member_traits& t, detail::trait_place) { t.internal = true; }};
}

/// What a blob or text holds. As a whole body it is its content-type; a text in a header is base64 then.
/// https://smithy.io/2.0/spec/protocol-traits.html#mediatype-trait
constexpr auto media_type(std::string_view type) {
    return detail::member_part{[=](member_traits& t, detail::trait_place) { t.media_type = type; }};
}

/// The member identifies the call; where it is absent, the client fills it, with the same text for each attempt.
/// https://smithy.io/2.0/spec/behavior-traits.html#idempotencytoken-trait
constexpr auto idempotency_token() {
    return detail::member_part{[](member_traits& t, detail::trait_place) { t.idempotency_token = true; }};
}

/// How a timestamp, or each timestamp in a list or map, is written.
constexpr auto written_as(timestamp_format format) {
    return detail::member_part{[=](member_traits& t, detail::trait_place) { t.format = format; }};
}

/// Names the member that the parts are about.
template <class... Part>
constexpr member_traits on(std::string_view member, detail::member_part<Part>... parts) {
    member_traits t;
    t.member = member;
    (parts.apply(t, {}), ...);
    return t;
}

// Of a type.

/// The rule by which the names of all members are written. An explicit `wire_name` wins.
constexpr auto names(naming rule) {
    return detail::type_part{[=](type_traits& t) { t.naming = rule; }};
}

/// How the struct's timestamps are written, where a member does not say so itself.
constexpr auto timestamps(timestamp_format format) {
    return detail::type_part{[=](type_traits& t) { t.format = format; }};
}

/// An enumeration that travels as a number. https://smithy.io/2.0/spec/simple-types.html#intenum
constexpr auto as_integer() {
    return detail::type_part{[](type_traits& t) { t.as_integer = true; }};
}

/// The HTTP status of an error. 4xx is the client's fault, 5xx the server's, unless another is given.
constexpr auto http_error(int status, fault whose = fault::unspecified) {
    return detail::type_part{[=](type_traits& t) {
        t.status = status;
        t.fault = whose != fault::unspecified ? whose : status >= 500 ? fault::server : fault::client;
    }};
}

/// The same for an error with members outside of the body: a template of the response, as in `parley::http`.
///
///     parley::http_error("503\nretry-after: {seconds}")
constexpr auto http_error(std::string_view response_template, fault whose = fault::unspecified) {
    int status = 0;
    for (char c : response_template.substr(0, 3)) {
        if (c < '0' || c > '9') throw "parley::http_error: the response begins with its status: \"503\"";
        status = status * 10 + (c - '0');
    }
    return detail::type_part{[=](type_traits& t) {
        http_error(status, whose).apply(t);
        t.error_template = response_template;
    }};
}

/// The code by which an error is known on the wire; without it, it is the name of the struct.
constexpr auto error_code(std::string_view code) {
    return detail::type_part{[=](type_traits& t) { t.error_code = code; }};
}

/// The integer by which JSON-RPC knows an error, and what it says where the struct has no member `message`.
/// https://www.jsonrpc.org/specification#error_object
constexpr auto rpc_error(std::int64_t code, std::string_view message = {}, fault whose = fault::unspecified) {
    return detail::type_part{[=](type_traits& t) {
        t.has_rpc_code = true;
        t.rpc_code = code;
        t.rpc_message = message;
        if (whose != fault::unspecified) t.fault = whose;
    }};
}

/// The code that the error had when its service spoke AWS Query.
/// https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#aws-protocols-awsqueryerror-trait
constexpr auto query_code(std::string_view code) {
    return detail::type_part{[=](type_traits& t) { t.query_code = code; }};
}

/// A call that ended with this error may be made again.
constexpr auto retryable(retryability how = retryability::retryable) {
    return detail::type_part{[=](type_traits& t) { t.retry = how; }};
}

/// All that is said of a struct or enumeration beside its members' types. Give it to parley in a function of this name
/// and form, beside the type and in its namespace:
///
///     constexpr auto parley_traits(weather_query const*) {
///         return parley::traits(parley::names(parley::naming::camel_case),
///                               parley::on("city_name", parley::length(1, 80), parley::pattern("^[A-Z]")));
///     }
template <class... Part>
constexpr auto traits(Part... parts) {
    trait_set<(std::size_t{0} + ... + std::size_t{std::same_as<Part, member_traits>})> set;
    auto* next = set.members.data();
    auto const add = [&](auto const& part) {
        if constexpr (std::same_as<decltype(part), member_traits const&>) *next++ = part;
        else part.apply(set.type);
    };
    (add(parts), ...);
    return set;
}

namespace detail {

template <class T>
concept has_traits = requires(T const* type) { parley_traits(type); };

template <class T>
consteval auto traits_of() {
    if constexpr (has_traits<T>) return parley_traits(static_cast<T const*>(nullptr));
    else return trait_set<0>{};
}

} // namespace detail
} // namespace parley

#endif
#ifndef PARLEY_HTTP_TRANSPORT_ERROR_HPP
#define PARLEY_HTTP_TRANSPORT_ERROR_HPP

#include <cstdint>
#include <string>
#include <string_view>

namespace parley {

/// Why a transport has no response.
enum class transport_errc : std::uint8_t {
    refused,   ///< no connection was made
    timed_out, ///< the deadline passed
    cancelled, ///< the stop token asked for it
    reset,     ///< the connection was lost
    tls,       ///< the peer could not be authenticated
    protocol,  ///< the peer does not speak HTTP
    throttled, ///< the stack has too much to do already: a full pool, a limiter on the way
    signing,   ///< the request could not be signed, so it was not given to the transport
    no_credentials,      ///< the same, since there are no credentials to sign it with
    expired_credentials, ///< the same, since the credentials have expired
    other,
};

constexpr std::string_view to_string(transport_errc condition) noexcept {
    switch (condition) {
    case transport_errc::refused: return "connection refused";
    case transport_errc::timed_out: return "timed out";
    case transport_errc::cancelled: return "cancelled";
    case transport_errc::reset: return "connection lost";
    case transport_errc::tls: return "TLS failure";
    case transport_errc::protocol: return "no HTTP";
    case transport_errc::throttled: return "too much to do";
    case transport_errc::signing: return "not signed";
    case transport_errc::no_credentials: return "no credentials";
    case transport_errc::expired_credentials: return "credentials expired";
    case transport_errc::other: break;
    }
    return "transport failure";
}

/// What a transport gives instead of a response.
struct transport_error {
    transport_errc condition = transport_errc::other;
    bool sent = true; ///< whether the peer may have seen the request, or a part of it
    std::string text; ///< what the stack says of it

    std::string message() const {
        auto result = std::string(to_string(condition));
        return text.empty() ? result : result + ": " + text;
    }
};

} // namespace parley

#endif

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace parley {

namespace detail {

inline constexpr std::array<int, 4> transient_statuses{500, 502, 503, 504};
inline constexpr std::array<int, 1> throttling_statuses{429};
inline constexpr std::array<std::string_view, 3> transient_codes{"RequestTimeout", "RequestTimeoutException", "TimeoutError"};
inline constexpr std::array<std::string_view, 14> throttling_codes{
    "BandwidthLimitExceeded", "EC2ThrottledException", "LimitExceededException", "PriorRequestNotComplete",
    "ProvisionedThroughputExceededException", "RequestLimitExceeded", "RequestThrottled", "RequestThrottledException",
    "SlowDown", "ThrottledException", "Throttling", "ThrottlingException", "TooManyRequestsException",
    "TransactionInProgressException"};

} // namespace detail

enum class retry_mode : std::uint8_t {
    standard, ///< waits grow, and the quota of retries bounds the load
    adaptive, ///< and a `rate_limiter` holds all attempts back, the first ones too, once the peer has too much to do
};

/// When a call is made again, how long to wait before, and what that costs of the client's quota. All of it is data, to be
/// changed where a peer is known to want something else. The default is the profile `v2026` of the AWS SDKs.
/// https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
///
///     config.retry = parley::retry_policy::legacy();
///     config.retry.max_attempts = 5;
struct retry_policy {
    using milliseconds = std::chrono::milliseconds;

    int max_attempts = 3; ///< the first one included; 1: never again
    retry_mode mode = retry_mode::standard;

    milliseconds base{50};             ///< before the second attempt, doubled for each further one
    milliseconds throttled_base{1000}; ///< the same after the peer said that it has too much to do
    milliseconds max_delay{20'000};
    milliseconds max_hint{5000};       ///< how much longer than that the peer can make a wait with `retry-after`

    // The quota, in tokens. A retry that costs nothing needs none.
    int bucket = 500;      ///< what a client has when it is made, and at most
    int cost = 14;         ///< of a retry
    int timeout_cost = 14; ///< of one after a time-out
    int throttled_cost = 5;
    int refund = 1;        ///< for a call that succeeds at once; one that was made again gets back what the last retry cost

    /// How long an attempt of an operation that is readonly (or has a method that RFC 9110, section 9.2.1, calls safe) may take
    /// until a second one is sent beside it; whichever is answered first counts. Never, unless it is set; nor when less than half of
    /// the quota is there. Only transports that take a handler and have a timer can do it, and who drives an `exchange` by hand.
    std::optional<milliseconds> hedge_after{};
    /// An operation that is neither readonly nor idempotent (nor has an idempotency token, nor a method that RFC 9110, section
    /// 9.2.2, calls idempotent) is not sent again after a failure in which the peer may have acted.
    bool respect_idempotency = false;
    /// For operations that a program calls over and over to wait for something: where there are no tokens for a retry, the call waits
    /// all the same before it gives the error, so that the program does not do at once what the quota forbids.
    bool long_polling = false;

    // What an answer means. The lists must live as long as the policy.
    std::span<int const> transient_statuses = detail::transient_statuses;
    std::span<int const> throttling_statuses = detail::throttling_statuses;
    std::span<std::string_view const> transient_codes = detail::transient_codes;
    std::span<std::string_view const> throttling_codes = detail::throttling_codes;

    static constexpr retry_policy v2026() { return {}; }
    /// What most AWS SDKs still ship.
    static constexpr retry_policy legacy() {
        retry_policy p;
        p.base = milliseconds(100);
        p.throttled_base = milliseconds(500);
        p.cost = p.timeout_cost = 10;
        return p;
    }
    static constexpr retry_policy never() {
        retry_policy p;
        p.max_attempts = 1;
        return p;
    }
};

/// What an attempt's end says about another one.
enum class retry_advice : std::uint8_t {
    none,      ///< it would end the same way
    transient, ///< it may end better
    timed_out, ///< the same, after a time-out
    throttled, ///< it may end better after a longer wait
};

/// Advice about a failure of the transport.
retry_advice advise(transport_errc condition) noexcept;

/// Advice about an error of the peer. Throttling outranks all else.
retry_advice advise(retry_policy const& policy, int status, std::string_view code, std::string_view message,
                    retryability declared) noexcept;

/// What a retry costs that is made for this reason.
int retry_cost(retry_policy const& policy, retry_advice advice) noexcept;

/// How long to wait before the attempt after `attempt` (from 1): a random part of an exponentially growing time, so that
/// clients that failed together do not come back together. `random` is within [0, 1).
std::chrono::milliseconds retry_delay(retry_policy const& policy, int attempt, retry_advice advice, double random) noexcept;

/// The wait that the peer's hint (see `read_retry_after`) makes of one: never a shorter one, and longer by `max_hint` at most.
std::chrono::milliseconds heed_hint(retry_policy const& policy, std::chrono::milliseconds delay,
                                    std::optional<double> hint) noexcept;

} // namespace parley

#endif
#ifndef PARLEY_EXCHANGE_TOKEN_BUCKET_HPP
#define PARLEY_EXCHANGE_TOKEN_BUCKET_HPP

#include <atomic>

namespace parley {

/// The quota of retries that the calls of one client share: while a peer is down, they use it up, and only first attempts
/// are left to load it. Safe to use from many threads.
class token_bucket {
public:
    /// Full.
    explicit token_bucket(int capacity) noexcept : capacity_(capacity), available_(capacity) {}

    int capacity() const noexcept { return capacity_; }
    int available() const noexcept { return available_.load(std::memory_order_relaxed); }

    /// Takes `count` tokens if there are that many. Returns whether it did.
    bool take(int count) noexcept;
    /// Puts tokens back, never more than the bucket holds.
    void give_back(int count) noexcept;

private:
    int capacity_;
    std::atomic<int> available_;
};

} // namespace parley

#endif

#include <chrono>

namespace parley {

/// What the calls of one client learn of their peer, and share. Safe to use from many threads. A `client` makes one of its own;
/// give several clients the same one if they talk to the same peer. Who drives an `exchange` by hand gives it one, or
/// none: then there is no quota, no rate and no correction of the clock.
struct client_state {
    token_bucket tokens;
    rate_limiter rate;
    clock_offset clock;

    client_state(retry_policy const& policy, std::chrono::steady_clock::time_point now) noexcept
        : tokens(policy.bucket), rate(now) {}
};

} // namespace parley

#endif
#ifndef PARLEY_EXCHANGE_INTERCEPTOR_HPP
#define PARLEY_EXCHANGE_INTERCEPTOR_HPP

#ifndef PARLEY_EXCHANGE_OUTCOME_HPP
#define PARLEY_EXCHANGE_OUTCOME_HPP

#ifndef PARLEY_EXCHANGE_ATTEMPT_HPP
#define PARLEY_EXCHANGE_ATTEMPT_HPP

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace parley {

/// What was done after an attempt had failed.
enum class retry_verdict : std::uint8_t {
    retried,         ///< another one was to be made, after `delay`
    not_retryable,   ///< another one would have ended the same way
    out_of_attempts, ///< the policy allows no more
    out_of_tokens,   ///< the client's quota of retries is used up
    past_deadline,   ///< the wait would have ended after the call's deadline
    not_idempotent,  ///< the peer may have acted, and would have acted twice
    cancelled,       ///< the call was cancelled, after the attempt or in the wait that followed it
    not_signed,      ///< the next one could not be signed
    hedged,          ///< a second one was under way already
};

constexpr std::string_view to_string(retry_verdict verdict) noexcept {
    switch (verdict) {
    case retry_verdict::retried: return "retried";
    case retry_verdict::not_retryable: return "not retryable";
    case retry_verdict::out_of_attempts: return "no attempts left";
    case retry_verdict::out_of_tokens: return "no tokens left";
    case retry_verdict::past_deadline: return "no time left";
    case retry_verdict::not_idempotent: return "not idempotent";
    case retry_verdict::cancelled: return "cancelled";
    case retry_verdict::not_signed: return "not signed";
    case retry_verdict::hedged: return "another attempt was under way";
    }
    return {};
}

/// An attempt that gave no output: what failed, and what was made of it.
struct failed_attempt {
    int attempt = 1;
    int status = 0;                         ///< of the response; 0 if there was none
    std::optional<transport_errc> condition{}; ///< of the transport, if there was no response
    std::string code{};                     ///< of the peer's error
    retry_advice advice = retry_advice::none;
    retry_verdict verdict = retry_verdict::not_retryable;
    std::chrono::milliseconds delay{0};     ///< how long the wait was to last that followed
};

} // namespace parley

#endif
#ifndef PARLEY_PROTOCOL_CALL_ERROR_HPP
#define PARLEY_PROTOCOL_CALL_ERROR_HPP

#ifndef PARLEY_DESCRIBE_OPERATION_HPP
#define PARLEY_DESCRIBE_OPERATION_HPP

#include <concepts>
#include <string_view>

namespace parley {

/// The errors that an operation, or a service, declares.
template <class... Errors>
struct errors {};

/// The operations of a service, where it lists them: `using operations = parley::operations<get_weather, set_alarm>;`.
template <class... Operations>
struct operations {};

/// What a client may know of an operation besides its messages. All but what is said is false.
///
///     static constexpr parley::operation_traits traits{.readonly = true};
struct operation_traits {
    bool readonly = false;          ///< changes nothing: https://smithy.io/2.0/spec/behavior-traits.html#readonly-trait
    bool idempotent = false;        ///< twice is as once: https://smithy.io/2.0/spec/behavior-traits.html#idempotent-trait
    bool checksum_required = false; ///< the request has a Content-MD5: https://smithy.io/2.0/spec/http-bindings.html#httpchecksumrequired-trait
    bool gzip = false;              ///< the request may be compressed: https://smithy.io/2.0/spec/behavior-traits.html#requestcompression-trait
};

/// How an operation is called again for what comes next. Members are named as in C++, within other members with dots:
/// "result.next". https://smithy.io/2.0/spec/behavior-traits.html#paginated-trait
///
///     static constexpr parley::paginated pagination{.input_token = "from", .output_token = "next", .items = "cities"};
struct paginated {
    std::string_view input_token;    ///< of the input: where to go on
    std::string_view output_token;   ///< of the output: where to go on; absent or empty at the end
    std::string_view page_size = ""; ///< of the input: how many items at most; "" if there is none
    std::string_view items = "";     ///< of the output: the list or map that is paged; "" if there is none
};

/// How an operation travels over HTTP, written as the messages are. The first text is the request, the second, which may
/// be left out, the response.
///
///     static constexpr auto http = parley::http("GET /weather/{city}?days={days}");
///
///     static constexpr auto http = parley::http("PUT /files/{path+}?tag={tags}&*={others}\n"   // {path+}: with its slashes
///                                               "host: {account}.*\n"                          // *: the endpoint's host
///                                               "x-checksum: {checksum}\n"
///                                               "x-meta-*: {meta}\n"                           // *: the keys of a map
///                                               "\n"
///                                               "{content}",                                   // the whole body
///                                               "201\n"                                         // or "{member}", or "201 {member}"
///                                               "x-version: {version}");
///
/// Members that are named nowhere are members of the JSON body; a GET or HEAD request that has one all the same says so by
/// the body "{*}". What the texts name is checked against the description when the operation is used.
/// https://smithy.io/2.0/spec/http-bindings.html
struct http {
    std::string_view request;
    std::string_view response = "200";

    consteval http(std::string_view request_template) : request(request_template) {}
    consteval http(std::string_view request_template, std::string_view response_template)
        : request(request_template), response(response_template) {}
};

/// An operation: what goes in, what comes out, and how it travels.
///
///     struct get_weather {
///         struct input { parley::required<std::string> city; std::optional<int> days; };
///         using output = weather;
///         using errors = parley::errors<city_unknown>;                             // may be left out
///         using service = weather_service;                                         // may be left out
///         static constexpr auto http = parley::http("GET /weather/{city}?days={days}");
///     };
template <class Op>
concept operation = requires {
    typename Op::input;
    typename Op::output;
};

namespace detail {

template <class Op>
struct errors_of {
    using type = parley::errors<>;
};
template <class Op>
    requires requires { typename Op::errors; }
struct errors_of<Op> {
    using type = typename Op::errors;
};

template <class Op>
constexpr operation_traits traits_of_operation() {
    if constexpr (requires { { Op::traits } -> std::convertible_to<operation_traits const&>; }) return Op::traits;
    else return {};
}

// A service of an operation that names none.
struct no_service {};

template <class Op>
struct service_of {
    using type = no_service;
};
template <class Op>
    requires requires { typename Op::service; }
struct service_of<Op> {
    using type = typename Op::service;
};

} // namespace detail
} // namespace parley

#endif
#ifndef PARLEY_PROTOCOL_FAILURE_HPP
#define PARLEY_PROTOCOL_FAILURE_HPP

#ifndef PARLEY_HTTP_RESPONSE_HPP
#define PARLEY_HTTP_RESPONSE_HPP

#ifndef PARLEY_HTTP_MESSAGE_HPP
#define PARLEY_HTTP_MESSAGE_HPP

#include <concepts>
#include <cstddef>
#include <optional>
#include <string_view>
#include <type_traits>

namespace parley {

/// Called for each header field.
using header_visitor = void (*)(void* context, std::string_view name, std::string_view value);

/// The header fields of a message of any type, without a copy. Valid while the message is.
struct field_view {
    void const* source = nullptr;
    std::optional<std::string_view> (*find)(void const* source, std::string_view name) = nullptr;
    void (*each)(void const* source, header_visitor visit, void* context) = nullptr;

    /// The value of the first field of that name.
    std::optional<std::string_view> header(std::string_view name) const {
        return find ? find(source, name) : std::nullopt;
    }
    /// Whether the header fields can be gone through. Where they cannot, prefix headers are not read.
    bool can_iterate() const noexcept { return each != nullptr; }
    void each_header(header_visitor visit, void* context) const { each(source, visit, context); }
};

namespace detail {

// What a call gave may be viewed after the call: it refers to the message, or is a view or a pointer itself. A string
// that is returned by value is gone before anyone can read it.
template <class T>
concept outlives_call = std::is_lvalue_reference_v<T> || std::is_trivially_destructible_v<std::remove_cvref_t<T>> ||
                        requires(T const& found) {
                            requires std::is_trivially_destructible_v<std::remove_cvref_t<decltype(*found)>>;
                        };

template <class T>
concept byte_range = requires(T const& range) {
    { range.size() } -> std::convertible_to<std::size_t>;
    requires sizeof(*range.data()) == 1;
    static_cast<void const*>(range.data());
};

// A text, or a pointer to one, or an optional one.
template <class T>
concept found_text =
    outlives_call<T> && (requires(T const& found) { std::string_view(*found); static_cast<bool>(found); } ||
                         requires(T const& found) { std::string_view(found); });

template <class T>
concept found_body = outlives_call<T> &&
                     (requires(T const& body) { std::string_view(body); } || byte_range<std::remove_cvref_t<T>>);

/// What requests and responses have in common, by the names that it usually has.
template <class M>
struct message_traits {
    static std::string_view body(M const& m)
        requires requires { requires found_body<decltype(m.body())>; } || requires { requires found_body<decltype((m.body))>; }
    {
        if constexpr (requires { m.body(); }) return view_of_body(m.body());
        else return view_of_body(m.body);
    }
    static std::optional<std::string_view> header(M const& m, std::string_view name)
        requires requires { requires found_text<decltype(m.header(name))>; } ||
                 requires { requires found_text<decltype(m.fields.find(name))>; }
    {
        if constexpr (requires { m.header(name); }) return optional_of(m.header(name));
        else return optional_of(m.fields.find(name));
    }
    template <class F>
    static void each_header(M const& m, F&& f)
        requires requires { m.fields.begin()->name; } || requires { m.each_header(f); }
    {
        if constexpr (requires { m.each_header(f); }) {
            m.each_header(f);
        } else {
            for (auto const& field : m.fields) f(std::string_view(field.name), std::string_view(field.value));
        }
    }

private:
    template <class Body>
    static std::string_view view_of_body(Body const& body) {
        if constexpr (std::is_pointer_v<Body>) return body ? std::string_view(body) : std::string_view();
        else if constexpr (requires { std::string_view(body); }) return std::string_view(body);
        else return {reinterpret_cast<char const*>(body.data()), body.size()};
    }
    // What stacks return for "none": an empty optional, a null pointer, an empty view.
    template <class Found>
    static std::optional<std::string_view> optional_of(Found const& found) {
        if constexpr (requires { std::string_view(*found); }) {
            if (!found) return std::nullopt;
            return std::string_view(*found);
        } else {
            if constexpr (std::is_pointer_v<Found>) {
                if (!found) return std::nullopt;
            }
            std::string_view const view(found);
            if (view.empty()) return std::nullopt;
            return view;
        }
    }
};

/// True for the traits of a message whose body and header fields can be viewed after they are asked for.
template <class Traits, class M>
concept views_message = requires(M const& m, std::string_view name) {
    { Traits::body(m) } -> std::convertible_to<std::string_view>;
    { Traits::header(m, name) } -> std::convertible_to<std::optional<std::string_view>>;
    requires outlives_call<decltype(Traits::body(m))>;
    requires outlives_call<decltype(Traits::header(m, name))>;
};

/// Makes `view` show the fields of `m`.
template <class Traits, class M>
void view_fields(field_view& view, M const& m) {
    view.source = &m;
    view.find = [](void const* source, std::string_view name) -> std::optional<std::string_view> {
        return Traits::header(*static_cast<M const*>(source), name);
    };
    if constexpr (requires(void (*f)(std::string_view, std::string_view)) { Traits::each_header(m, f); }) {
        view.each = [](void const* source, header_visitor visit, void* context) {
            Traits::each_header(*static_cast<M const*>(source),
                                [&](std::string_view name, std::string_view value) { visit(context, name, value); });
        };
    }
}

} // namespace detail
} // namespace parley

#endif

#include <concepts>
#include <string>
#include <string_view>

namespace parley {

/// A response of the library's own.
struct http_response {
    int status = 0;
    headers fields;
    std::string body;
};

/// What parley reads of a response of any type, without a copy. Valid while the response is.
struct response_view : field_view {
    int status = 0;
    std::string_view body;
};

/// How to read a response type. Nothing may be returned by value that owns its text. Specialize it for a type that has
/// other names than these:
///
///     template <> struct parley::response_traits<my::response> {
///         static int status(my::response const& r) { return r.code; }
///         static std::string_view body(my::response const& r) { return r.content; }
///         static std::optional<std::string_view> header(my::response const& r, std::string_view name);
///         template <class F> static void each_header(my::response const& r, F&& f);   // may be left out: f(name, value)
///     };
template <class R>
struct response_traits : detail::message_traits<R> {
    static int status(R const& r)
        requires requires { static_cast<int>(r.status()); } || requires { static_cast<int>(r.status); }
    {
        if constexpr (requires { static_cast<int>(r.status()); }) return static_cast<int>(r.status());
        else return static_cast<int>(r.status);
    }
};

/// A type that a response can be read from: it has a status, a body that is one piece of memory, and header look-up, by
/// members of these names or by `response_traits`. None of them may return a string by value. Models:
/// `http_response`, `response_view`.
template <class R>
concept response_like = std::same_as<R, response_view> || requires(R const& r) {
    { response_traits<R>::status(r) } -> std::convertible_to<int>;
    requires detail::views_message<response_traits<R>, R>;
};

/// A view of `r`.
template <response_like R>
response_view view_of(R const& r) {
    if constexpr (std::same_as<R, response_view>) {
        return r;
    } else {
        response_view view;
        detail::view_fields<response_traits<R>>(view, r);
        view.status = response_traits<R>::status(r);
        view.body = response_traits<R>::body(r);
        return view;
    }
}

} // namespace parley

#endif

#include <cstdint>
#include <string>
#include <vector>

namespace parley {

/// Whether the peer may have seen the request.
enum class delivery : std::uint8_t {
    not_sent,      ///< certainly not
    possibly_sent, ///< it may have, and may have acted on it
    answered,      ///< it answered
};

/// What a call ended with instead of an output or a declared error. One of the four kinds below.
struct failure {
    std::string message;
    delivery sent = delivery::not_sent;
};

/// The input breaks its description; nothing was sent.
struct invalid_input : failure {
    std::vector<violation> violations;
};

/// The transport gave no response: no connection, a lost one, time-out, cancellation.
struct transport_failure : failure {
    transport_errc condition = transport_errc::other;
};

/// The peer answered with an error that the operation does not declare.
struct undeclared_error : failure {
    std::string code; ///< as the peer calls it; "Unknown" if it has none
    parley::fault fault = parley::fault::unspecified;
    http_response response;
};

/// The peer answered with something that is no output and no error.
struct undecodable_response : failure {
    std::vector<violation> violations;
    std::string code; ///< of an error whose body is no JSON, if a header has it
    http_response response;
};

} // namespace parley

#endif

#include <boost/mp11/algorithm.hpp>
#include <boost/mp11/list.hpp>

#include <type_traits>
#include <utility>
#include <variant>

namespace parley {

namespace detail {

template <class Service>
struct service_errors_of {
    using type = parley::errors<>;
};
template <class Service>
    requires requires { typename Service::errors; }
struct service_errors_of<Service> {
    using type = typename Service::errors;
};

/// The errors that the operation declares, then those that the service does besides.
template <class Op>
using all_errors = boost::mp11::mp_unique<boost::mp11::mp_append<
    typename errors_of<Op>::type, typename service_errors_of<typename service_of<Op>::type>::type>>;

template <class... Handlers>
struct overloaded : Handlers... {
    using Handlers::operator()...;
};
template <class... Handlers>
overloaded(Handlers...) -> overloaded<Handlers...>;

template <class Alternative>
struct match_has_no_handler_for {
    static_assert(sizeof(Alternative) == 0,
                  "parley: match must handle each way a call can end: add a handler that takes this type by const "
                  "reference, or one that takes parley::failure const& for all that is no declared error");
};

} // namespace detail

/// What all errors of a response have, the typed ones too.
struct error_details {
    std::string code;
    std::string message;
    parley::fault fault = parley::fault::unspecified;
    http_response response;
};

/// Thrown by `value()`, with the error it is about. The base of all is `parley::exception`.
template <class E>
class call_exception : public exception {
public:
    call_exception(std::string const& text, E error) : exception(text), error_(std::move(error)) {}
    E const& error() const noexcept { return error_; }

private:
    E error_;
};

/// How a call of `Op` ended, when not with an output: one of the errors that the operation or its service declares, or
/// one of the four kinds of `failure`.
template <class Op>
class call_error {
public:
    using variant = boost::mp11::mp_append<
        std::variant<invalid_input, transport_failure, undeclared_error, undecodable_response>, detail::all_errors<Op>>;

    call_error(invalid_input e) : what_(std::move(e)) {}
    call_error(transport_failure e) : what_(std::move(e)) {}
    call_error(undeclared_error e) : what_(std::move(e)) {}
    call_error(undecodable_response e) : what_(std::move(e)) {}
    /// A declared error, as the variant holds it.
    call_error(variant what, error_details details) : what_(std::move(what)), details_(std::move(details)) {}

    /// The error if it is an `E`, or null.
    template <class E>
    E const* get_if() const noexcept {
        if constexpr (std::is_same_v<E, failure>) {
            return std::visit([](auto const& e) -> failure const* {
                if constexpr (std::is_base_of_v<failure, std::remove_cvref_t<decltype(e)>>) return &e;
                else return nullptr;
            }, what_);
        } else {
            return std::get_if<E>(&what_);
        }
    }
    template <class E>
    bool is() const noexcept {
        return get_if<E>() != nullptr;
    }

    /// True for an error that the operation or its service declares.
    bool declared() const noexcept { return what_.index() > 3; }

    /// What happened, for a person to read.
    std::string const& message() const noexcept {
        if (auto const* f = get_if<failure>()) return f->message;
        return details_.message;
    }
    /// The code of an error of the peer; empty if it sent none.
    std::string const& code() const noexcept {
        if (auto const* e = get_if<undeclared_error>()) return e->code;
        if (auto const* e = get_if<undecodable_response>()) return e->code;
        return details_.code;
    }
    parley::fault fault() const noexcept {
        if (auto const* e = get_if<undeclared_error>()) return e->fault;
        return details_.fault;
    }
    /// The response that said so; null if there was none.
    http_response const* response() const noexcept {
        if (auto const* e = get_if<undeclared_error>()) return &e->response;
        if (auto const* e = get_if<undecodable_response>()) return &e->response;
        return declared() ? &details_.response : nullptr;
    }
    delivery sent() const noexcept {
        if (auto const* f = get_if<failure>()) return f->sent;
        return delivery::answered;
    }

    /// Calls the handler that fits, and returns what it returns. Does not compile if an error that the operation declares,
    /// or a kind of failure, has no handler; one that takes `failure const&` takes all four kinds. An error that only the
    /// service declares goes to its handler if there is one, else it is handled as an `undeclared_error`.
    ///
    ///     outcome.error().match([](city_unknown const& e) { ... },
    ///                           [](parley::failure const& f) { ... });
    template <class... Handlers>
    auto match(Handlers&&... handlers) const {
        detail::overloaded handler{std::forward<Handlers>(handlers)...};
        return std::visit([&](auto const& e) {
            using alternative = std::remove_cvref_t<decltype(e)>;
            using declared_here = typename detail::errors_of<Op>::type;
            if constexpr (std::is_invocable_v<decltype(handler)&, alternative const&>) {
                return handler(e);
            } else if constexpr (std::is_base_of_v<failure, alternative> ||
                                 boost::mp11::mp_contains<declared_here, alternative>::value ||
                                 !std::is_invocable_v<decltype(handler)&, undeclared_error const&>) {
                detail::match_has_no_handler_for<alternative> missing;
                static_cast<void>(missing);
            } else {
                return handler(as_undeclared());
            }
        }, what_);
    }

    /// Throws `call_exception` of the error it is.
    [[noreturn]] void raise() const {
        std::visit([&](auto const& e) { throw call_exception(text(), e); }, what_);
        throw exception(text()); // never reached
    }

    /// One line: the code, if there is one, and the message.
    std::string text() const {
        auto const& c = code();
        return c.empty() ? message() : c + ": " + message();
    }

private:
    undeclared_error as_undeclared() const {
        undeclared_error e;
        e.message = details_.message;
        e.sent = delivery::answered;
        e.code = details_.code;
        e.fault = details_.fault;
        e.response = details_.response;
        return e;
    }

    variant what_;
    error_details details_;
};

} // namespace parley

#endif

#include <chrono>
#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace parley {

/// Where a call was when it ended.
enum class call_phase : std::uint8_t {
    before,   ///< nothing had been given to the transport yet
    sending,  ///< an attempt was under way
    between,  ///< between two attempts, in a wait or about to begin one
    answered, ///< a response ended it
};

/// What is known of a call besides its output or error.
struct call_metadata {
    int status = 0;                    ///< of the response to the last attempt; 0 if there was none
    std::string request_id;            ///< as the service names the request; for its support to look up
    std::string extended_request_id;
    std::string cf_id;
    int attempts = 0;                  ///< how often a request was given to the transport
    std::chrono::milliseconds total_retry_delay{0};    ///< of the waits between attempts; one that was cut short counts in full
    std::chrono::steady_clock::duration rate_delay{0}; ///< of the waits for the client's own rate (see `rate_limiter`)
    std::vector<failed_attempt> failed_attempts;       ///< in the order in which they ended; empty if the first one succeeded
    call_phase ended = call_phase::before;
    std::vector<violation> tolerated;  ///< what did not fit the description, but was let pass
};

/// How a call ended: with an output, or with an error of a closed set of kinds (see `call_error`).
///
///     auto today = client.send<get_weather>({.city = "Ghent"});
///     if (today) use(today->celsius);
///     else today.error().match([](city_unknown const& e) { ... }, [](parley::failure const& f) { ... });
template <class Op>
class [[nodiscard]] outcome {
public:
    using output = typename Op::output;

    outcome(output value, call_metadata metadata)
        : state_(std::in_place_index<0>, std::move(value)), metadata_(std::move(metadata)) {}
    outcome(call_error<Op> error, call_metadata metadata)
        : state_(std::in_place_index<1>, std::move(error)), metadata_(std::move(metadata)) {}

    explicit operator bool() const noexcept { return state_.index() == 0; }
    bool has_value() const noexcept { return state_.index() == 0; }

    /// The output; undefined if there is none.
    output& operator*() noexcept { return *std::get_if<0>(&state_); }
    output const& operator*() const noexcept { return *std::get_if<0>(&state_); }
    output* operator->() noexcept { return std::get_if<0>(&state_); }
    output const* operator->() const noexcept { return std::get_if<0>(&state_); }

    /// The output. Where there is none, throws `call_exception<E>`, where `E` is the declared error or the kind of failure;
    /// all are derived from `parley::exception`.
    output& value() & { return check(), **this; }
    output const& value() const& { return check(), **this; }
    output value() && { return check(), std::move(**this); }

    /// The error; undefined if there is an output.
    call_error<Op> const& error() const noexcept { return *std::get_if<1>(&state_); }

    call_metadata const& metadata() const noexcept { return metadata_; }

private:
    void check() const {
        if (!has_value()) error().raise();
    }

    std::variant<output, call_error<Op>> state_;
    call_metadata metadata_;
};

} // namespace parley

#endif
#ifndef PARLEY_HTTP_REQUEST_HPP
#define PARLEY_HTTP_REQUEST_HPP

#include <chrono>
#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>

namespace parley {

/// What a transport is given: a whole request, ready to be written.
struct http_request {
    std::string method;
    std::string scheme;      ///< "https" or "http"
    std::string host;        ///< an IPv6 address is in brackets
    std::uint16_t port = 0;  ///< 0: the default of the scheme
    std::string target;      ///< path and query, percent-encoded: the origin-form of RFC 9112, section 3.2.1
    headers fields;
    std::string body;
    std::optional<std::chrono::steady_clock::time_point> deadline; ///< of this attempt; a transport should give up then
    std::stop_token stop;                                          ///< asks the transport to give up at once

    /// The value of the header Host: host, and port if it is not the default one.
    std::string authority() const { return port == 0 ? host : host + ':' + std::to_string(port); }
    /// The whole address, for stacks that take one.
    std::string url() const { return scheme + "://" + authority() + target; }
};

} // namespace parley

#endif
#ifndef PARLEY_PROTOCOL_OPERATION_TABLE_HPP
#define PARLEY_PROTOCOL_OPERATION_TABLE_HPP

#ifndef PARLEY_CORE_TYPE_NAME_HPP
#define PARLEY_CORE_TYPE_NAME_HPP

#include <string_view>

namespace parley {

/// The name of `T` as the compiler spells it, with its namespaces: "app::weather".
template <class T>
constexpr std::string_view qualified_name() noexcept {
    // g++: "constexpr std::string_view parley::qualified_name() [with T = app::weather; std::string_view = ...]"
    // clang: "std::string_view parley::qualified_name() [T = app::weather]"
    std::string_view const text = __PRETTY_FUNCTION__;
    auto const begin = text.find("T = ") + 4;
    auto const end = text.find_first_of(";]", begin);
    return text.substr(begin, end - begin);
}

/// The last part of the name of `T`: "weather". It is what a service calls a shape or an error.
template <class T>
constexpr std::string_view type_name() noexcept {
    auto name = qualified_name<T>();
    auto const arguments = name.find('<');
    auto const colon = name.substr(0, arguments).rfind(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

} // namespace parley

#endif
#ifndef PARLEY_DESCRIBE_ERROR_SCHEME_HPP
#define PARLEY_DESCRIBE_ERROR_SCHEME_HPP

#include <cstdint>
#include <string_view>

namespace parley {

/// How a service says which error a response is. A service names its own:
///
///     struct weather_service {
///         static constexpr auto error_scheme = parley::errors_by_member("/error/code", "/error/message", "/error");
///     };
struct error_scheme {
    enum class rule : std::uint8_t { code_or_status, aws, status, member, problem };

    rule by = rule::code_or_status;
    std::string_view code;    ///< JSON Pointer of the code
    std::string_view message; ///< JSON Pointer of the text
    std::string_view details; ///< JSON Pointer of the object that has the error's members
};

/// The header `x-amzn-errortype`, else the members `code` or `__type`, else the status if just one error of the operation
/// has it. What a service uses that says nothing.
constexpr error_scheme errors_by_code_or_status() { return {}; }

/// As AWS's REST JSON services say it: the header `x-amzn-errortype`, else the members `code` or `__type`.
/// https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html#operation-error-serialization
constexpr error_scheme aws_errors() { return {error_scheme::rule::aws, {}, {}, {}}; }

/// By the status alone: `parley::http_error(404)` in the traits of an error.
constexpr error_scheme errors_by_status() { return {error_scheme::rule::status, {}, "/message", {}}; }

/// By the text that a JSON Pointer (RFC 6901) finds in the body.
constexpr error_scheme errors_by_member(std::string_view code, std::string_view message = "/message",
                                        std::string_view details = "") {
    return {error_scheme::rule::member, code, message, details};
}

/// Problem details, RFC 9457: by the last part of the URI `type`, or the status where it is "about:blank"; the text is
/// `detail`, else `title`.
constexpr error_scheme problem_details() { return {error_scheme::rule::problem, "/type", "/detail", ""}; }

} // namespace parley

#endif
#ifndef PARLEY_DESCRIBE_PROTOCOL_HPP
#define PARLEY_DESCRIBE_PROTOCOL_HPP

namespace parley {

// The protocols by their names alone, so that a description can say which one its service speaks:
//
//     struct weather_service { using protocol = parley::aws_json_1_0; };
//
// What they are is in the room `protocol`, which no description needs to know. A service that names none speaks rest_json.

struct rest_json;    ///< protocol/rest_json.hpp
struct aws_json_1_0; ///< protocol/aws_json.hpp
struct aws_json_1_1; ///< protocol/aws_json.hpp
struct json_rpc;     ///< protocol/json_rpc.hpp

} // namespace parley

#endif
#ifndef PARLEY_PROTOCOL_BINDING_HPP
#define PARLEY_PROTOCOL_BINDING_HPP

#ifndef PARLEY_DESCRIBE_MISTAKE_HPP
#define PARLEY_DESCRIBE_MISTAKE_HPP

#include <cstddef>
#include <string_view>
#include <utility>

namespace parley::detail {

template <class...>
inline constexpr bool never = false;

// The messages of static_assert are literals, so the struct and the member a mistake is about are shown by the name of
// the template that fails: "mistake<app::query, 't', 'o', 'w', 'n'>". Characters, since clang 14 prints a text that is
// one template argument as numbers.
template <template <class, char...> class Mistake, class Subject, auto const& Names, std::size_t Position, class Indices>
struct spelled_out;
template <template <class, char...> class Mistake, class Subject, auto const& Names, std::size_t Position, std::size_t... I>
struct spelled_out<Mistake, Subject, Names, Position, std::index_sequence<I...>> {
    static constexpr bool reported = Mistake<Subject, Names[Position][I]...>::reported;
};

/// Fails to compile with a message about member number `Position` of `Subject`.
template <template <class, char...> class Mistake, class Subject, auto const& Names, std::size_t Position>
constexpr bool report() {
    return spelled_out<Mistake, Subject, Names, Position, std::make_index_sequence<Names[Position].size()>>::reported;
}

} // namespace parley::detail

#endif
#ifndef PARLEY_DESCRIBE_SHAPE_OF_HPP
#define PARLEY_DESCRIBE_SHAPE_OF_HPP

#ifndef PARLEY_DESCRIBE_BLOB_HPP
#define PARLEY_DESCRIBE_BLOB_HPP

#include <string>
#include <string_view>

namespace parley {

/// Bytes, which JSON carries as base64 (RFC 4648, section 4) and an HTTP payload as they are.
/// They live in a string, so that a body can be moved into a blob and back without a copy.
struct blob {
    std::string bytes;

    friend bool operator==(blob const&, blob const&) = default;
};

} // namespace parley

#endif
#ifndef PARLEY_DESCRIBE_DOCUMENT_HPP
#define PARLEY_DESCRIBE_DOCUMENT_HPP

#include <string>

namespace parley {

/// Free-form JSON, kept as its text: what the peer sent, without insignificant whitespace. Read it with whatever you like:
///
///     auto settings = parley::from_json<my_settings>(reply->extra.json);
///
/// What is sent must be one JSON text (RFC 8259), else encoding fails. A member that is a `boost::json::value` instead needs
/// json/document.hpp. https://smithy.io/2.0/spec/simple-types.html#document
struct document {
    std::string json = "null";

    friend bool operator==(document const&, document const&) = default;
};

} // namespace parley

#endif
#ifndef PARLEY_DESCRIBE_ENUMERATION_HPP
#define PARLEY_DESCRIBE_ENUMERATION_HPP

#ifndef PARLEY_DESCRIBE_ENUMERATOR_HPP
#define PARLEY_DESCRIBE_ENUMERATOR_HPP

#include <array>
#include <string_view>

namespace parley {

/// One value of an enumeration and its text on the wire. For enumerations that BOOST_DESCRIBE_ENUM is not for: more than 52
/// values (its limit in Boost 1.81), or texts that are no names. Instead of it:
///
///     constexpr auto parley_enumerators(size const*) {
///         return std::to_array<parley::enumerator<size>>({{size::small, "t2.small"}, {size::large, "t2.large"}});
///     }
template <class E>
struct enumerator {
    E value;
    std::string_view text;
    bool internal = false; ///< taken, but not told to others: see `parley::internal`
};

namespace detail {

template <class E>
concept has_enumerators = requires(E const* type) { parley_enumerators(type); };

} // namespace detail
} // namespace parley

#endif
#ifndef PARLEY_DESCRIBE_OPEN_ENUM_HPP
#define PARLEY_DESCRIBE_OPEN_ENUM_HPP

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace parley {

/// An enumeration that the peer may extend: a value that `E` does not have is kept as its text, and sent back as it came.
///
///     if (job.jobStatus == JobStatus::COMPLETED) ...
template <class E>
class open_enum {
public:
    using enum_type = E;

    open_enum() = default;
    open_enum(E value) : value_(value) {}

    /// A value that `E` does not have.
    static open_enum unknown(std::string text) {
        open_enum result;
        result.unknown_.emplace(std::move(text));
        return result;
    }

    /// The value, or nothing if `E` does not have it.
    std::optional<E> value() const { return unknown_ ? std::nullopt : std::optional<E>(value_); }
    bool is_known() const noexcept { return !unknown_; }
    /// The text of a value that `E` does not have; empty for one that it has.
    std::string_view unknown_text() const noexcept { return unknown_ ? std::string_view(*unknown_) : std::string_view(); }

    friend bool operator==(open_enum const&, open_enum const&) = default;
    /// Known values first, in the order of `E`, so that it can be a key.
    friend bool operator<(open_enum const& a, open_enum const& b) {
        if (a.is_known() != b.is_known()) return a.is_known();
        return a.is_known() ? a.value_ < b.value_ : *a.unknown_ < *b.unknown_;
    }
    friend bool operator==(open_enum const& a, E b) noexcept { return !a.unknown_ && a.value_ == b; }

private:
    E value_{};
    std::optional<std::string> unknown_;
};

} // namespace parley

#endif
#ifndef PARLEY_DESCRIBE_SHAPE_HPP
#define PARLEY_DESCRIBE_SHAPE_HPP

#ifndef PARLEY_DESCRIBE_KEY_INDEX_HPP
#define PARLEY_DESCRIBE_KEY_INDEX_HPP

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <type_traits>

namespace parley {

/// Finds which of a fixed set of names a text is, with one hash and one comparison: a view of a table made at compile time.
struct key_index {
    static constexpr std::uint16_t none = 0xffff;

    std::uint8_t const* slots = nullptr; ///< 1 + position of the name, 0 for none; null: there are no names
    std::uint64_t seed = 0;
    std::uint8_t shift = 63;
    bool whole = false; ///< the names agree in length, head and tail: all characters are hashed

    /// The position of the only name that `key` can be, or `none`. The caller compares.
    std::uint16_t candidate(std::string_view key) const noexcept;
};

namespace detail {

constexpr std::uint64_t load_bytes(char const* from, std::size_t count) noexcept {
    std::uint64_t value = 0;
    if constexpr (std::endian::native == std::endian::little) {
        if (!std::is_constant_evaluated() && (count == 8 || count == 4)) {
            // A constant count makes this one instruction.
            std::memcpy(&value, from, count);
            return value;
        }
    }
    for (std::size_t i = 0; i < count; ++i)
        value |= std::uint64_t{static_cast<unsigned char>(from[i])} << (8 * i);
    return value;
}

// Head and tail of the key and its length: enough for all names that do not agree in all three.
constexpr std::uint64_t hash_ends(std::string_view key) noexcept {
    std::uint64_t head = 0, tail = 0;
    auto const size = key.size();
    if (size >= 8) {
        head = load_bytes(key.data(), 8);
        tail = load_bytes(key.data() + size - 8, 8);
    } else if (size >= 4) {
        head = load_bytes(key.data(), 4);
        tail = load_bytes(key.data() + size - 4, 4);
    } else if (size > 0) {
        head = static_cast<unsigned char>(key[0]) | std::uint64_t{static_cast<unsigned char>(key[size / 2])} << 8 |
               std::uint64_t{static_cast<unsigned char>(key[size - 1])} << 16;
    }
    auto hash = head ^ (tail * 0x9e3779b97f4a7c15U) ^ size;
    return hash ^ hash >> 32;
}

constexpr std::uint64_t hash_whole(std::string_view key) noexcept {
    std::uint64_t hash = 0xcbf29ce484222325U; // FNV-1a
    for (char c : key) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
    return hash ^ hash >> 32;
}

// A quarter of the square of the count leaves about one try in ten without a collision.
constexpr std::uint8_t key_table_bits(std::size_t count) {
    std::uint8_t bits = 2;
    while (bits < 14 && (std::size_t{1} << bits) < count * count / 4 + 1) ++bits;
    return bits;
}

template <std::size_t Count>
struct key_table {
    static constexpr std::uint8_t bits = key_table_bits(Count);
    std::array<std::uint8_t, std::size_t{1} << bits> slots{};
    std::uint64_t seed = 0;
    bool whole = false;
    bool duplicate = false; ///< two names are the same

    constexpr key_index index() const { return {slots.data(), seed, static_cast<std::uint8_t>(64 - bits), whole}; }
};

template <std::size_t Count>
constexpr key_table<Count> make_key_table(std::array<std::string_view, Count> const& names) {
    static_assert(Count < 255);
    key_table<Count> table;
    std::uint64_t hashes[Count + 1]{};
    for (int mode = 0; mode < 2; ++mode) {
        table.whole = mode == 1;
        for (std::size_t i = 0; i < Count; ++i) {
            hashes[i] = table.whole ? hash_whole(names[i]) : hash_ends(names[i]);
            for (std::size_t j = 0; j < i; ++j) {
                if (names[i] == names[j]) {
                    table.duplicate = true;
                    return table;
                }
            }
        }
        std::uint64_t state = 0x2545f4914f6cdd1dU;
        for (int attempt = 0; attempt < 300; ++attempt) {
            state = state * 6364136223846793005U + 1442695040888963407U;
            table.seed = (state ^ state >> 29) | 1;
            table.slots = {};
            bool free = true;
            for (std::size_t i = 0; i < Count && free; ++i) {
                auto& slot = table.slots[(hashes[i] * table.seed) >> (64 - table.bits)];
                free = slot == 0;
                slot = static_cast<std::uint8_t>(i + 1);
            }
            if (free) return table;
        }
    }
    throw "no perfect hash found for these names"; // never reached for names that differ
}

} // namespace detail

inline std::uint16_t key_index::candidate(std::string_view key) const noexcept {
    if (!slots) return none;
    auto const hash = whole ? detail::hash_whole(key) : detail::hash_ends(key);
    auto const slot = slots[(hash * seed) >> shift];
    return slot ? static_cast<std::uint16_t>(slot - 1) : none;
}

} // namespace parley

#endif
#ifndef PARLEY_DESCRIBE_MEMBER_SET_HPP
#define PARLEY_DESCRIBE_MEMBER_SET_HPP

#include <cstddef>
#include <cstdint>

namespace parley {

/// Some of the members of a structure: a bit for each, by position.
class member_set {
public:
    static constexpr std::size_t capacity = 256;

    constexpr bool contains(std::size_t position) const noexcept { return words_[position / 64] >> position % 64 & 1; }
    constexpr void insert(std::size_t position) noexcept { words_[position / 64] |= std::uint64_t{1} << position % 64; }
    constexpr void erase(std::size_t position) noexcept { words_[position / 64] &= ~(std::uint64_t{1} << position % 64); }
    constexpr bool empty() const noexcept { return (words_[0] | words_[1] | words_[2] | words_[3]) == 0; }
    /// The first position, or `capacity` if there is none.
    constexpr std::size_t first() const noexcept {
        std::size_t position = 0;
        while (position < capacity && !contains(position)) ++position;
        return position;
    }

    constexpr member_set& operator&=(member_set const& other) noexcept {
        for (std::size_t i = 0; i < 4; ++i) words_[i] &= other.words_[i];
        return *this;
    }
    /// Removes what is in `other`.
    constexpr member_set& operator-=(member_set const& other) noexcept {
        for (std::size_t i = 0; i < 4; ++i) words_[i] &= ~other.words_[i];
        return *this;
    }
    friend constexpr member_set operator&(member_set a, member_set const& b) noexcept { return a &= b; }
    friend constexpr member_set operator-(member_set a, member_set const& b) noexcept { return a -= b; }

private:
    std::uint64_t words_[4]{};
};

} // namespace parley

#endif
#ifndef PARLEY_DESCRIBE_PATTERN_HPP
#define PARLEY_DESCRIBE_PATTERN_HPP

#ifndef PARLEY_DESCRIBE_PATTERN_COMPILER_HPP
#define PARLEY_DESCRIBE_PATTERN_COMPILER_HPP

#ifndef PARLEY_DESCRIBE_UNICODE_HPP
#define PARLEY_DESCRIBE_UNICODE_HPP

#include <cstdint>
#include <string_view>

namespace parley::detail {

// What Unicode says of a code point: its General_Category, parted so far that the binary properties are unions of kinds
// as well. A property is a set of kinds, one bit for each. The order is that of tools/unicode_table.
enum character_kind : std::uint8_t {
    kind_Lu, kind_Ll, kind_Lt, kind_Lm, kind_Lo, kind_Mn, kind_Mc, kind_Me, kind_Nd, kind_Nl, kind_No, kind_Pc, kind_Pd, kind_Ps,
    kind_Pe, kind_Pi, kind_Pf, kind_Po, kind_Sm, kind_Sc, kind_Sk, kind_So, kind_Zs, kind_Zl, kind_Zp, kind_Cc, kind_Cf, kind_Cs,
    kind_Co, kind_Cn,
    kind_Lm_lowercase, kind_Lo_lowercase, kind_Mn_alphabetic, kind_Mn_lowercase, kind_Mc_alphabetic, kind_Nl_uppercase,
    kind_Nl_lowercase, kind_So_uppercase, kind_So_lowercase, kind_Cc_space,
    kind_count
};

// The kind of a code point; that of Cn for what is none.
character_kind kind_of(std::uint32_t code_point) noexcept;

// A set of code points as the name of a property says it.
struct character_property {
    std::uint64_t kinds = 0;                ///< for code points above ASCII
    std::uint32_t ascii[4] = {0, 0, 0, 0};  ///< one bit for each character of ASCII
    bool known = false;
};

constexpr std::uint64_t bit_of(int kind) { return std::uint64_t{1} << kind; }

// The kinds of a General_Category, named by its two letters, or by the first for all that begin with it.
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

// The property whose members are all of `kinds`, those in ASCII included.
constexpr character_property property_of_kinds(std::uint64_t kinds) {
    struct row {
        character_kind kind;
        std::uint32_t ascii[4];
    };
    constexpr row rows[] = {
        {kind_Lu, {0, 0, 0x07fffffe, 0}},
        {kind_Ll, {0, 0, 0, 0x07fffffe}},
        {kind_Nd, {0, 0x03ff0000, 0, 0}},
        {kind_Pc, {0, 0, 0x80000000, 0}},          // _
        {kind_Pd, {0, 0x00002000, 0, 0}},          // -
        {kind_Ps, {0, 0x00000100, 0x08000000, 0x08000000}}, // ( [ {
        {kind_Pe, {0, 0x00000200, 0x20000000, 0x20000000}}, // ) ] }
        {kind_Po, {0, 0x8c00d4ee, 0x10000001, 0}}, // ! " # % & ' * , . / : ; ? @ and the backslash
        {kind_Sm, {0, 0x70000800, 0, 0x50000000}}, // + < = > | ~
        {kind_Sc, {0, 0x00000010, 0, 0}},          // $
        {kind_Sk, {0, 0, 0x40000000, 0x00000001}}, // ^ `
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

// What ECMA 262 calls UnicodePropertyValue or a binary property of Unicode (those that services use), and by the names that
// only Java has, the sets of java.util.regex.Pattern. What is not `known` is none of them.
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
        {"Cased_Letter", "LC"}, {"Close_Punctuation", "Pe"}, {"Connector_Punctuation", "Pc"}, {"Control", "Cc"}, {"cntrl", "Cc"},
        {"Currency_Symbol", "Sc"}, {"Dash_Punctuation", "Pd"}, {"Decimal_Number", "Nd"}, {"digit", "Nd"}, {"Enclosing_Mark", "Me"},
        {"Final_Punctuation", "Pf"}, {"Format", "Cf"}, {"Initial_Punctuation", "Pi"}, {"Letter", "L"}, {"Letter_Number", "Nl"},
        {"Line_Separator", "Zl"}, {"Lowercase_Letter", "Ll"}, {"Mark", "M"}, {"Combining_Mark", "M"}, {"Math_Symbol", "Sm"},
        {"Modifier_Letter", "Lm"}, {"Modifier_Symbol", "Sk"}, {"Nonspacing_Mark", "Mn"}, {"Number", "N"},
        {"Open_Punctuation", "Ps"}, {"Other", "C"}, {"Other_Letter", "Lo"}, {"Other_Number", "No"}, {"Other_Punctuation", "Po"},
        {"Other_Symbol", "So"}, {"Paragraph_Separator", "Zp"}, {"Private_Use", "Co"}, {"Punctuation", "P"}, {"punct", "P"},
        {"Separator", "Z"}, {"Space_Separator", "Zs"}, {"Spacing_Mark", "Mc"}, {"Surrogate", "Cs"}, {"Symbol", "S"},
        {"Titlecase_Letter", "Lt"}, {"Unassigned", "Cn"}, {"Uppercase_Letter", "Lu"},
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
    constexpr std::uint32_t upper = 0x07fffffe, lower = 0x07fffffe, digits = 0x03ff0000, control = 0x3e00; // in words of 32 characters
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
    // Java's way to say that Unicode is meant.
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

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace parley {

/// The room that compiling `text` needs at most, in words; rounded up, so that there are few types of drafts.
constexpr std::size_t pattern_room(std::string_view text) { return std::bit_ceil(8 * text.size() + 64); }

/// A compiled pattern with the room in which it was compiled: its code at the begin, its classes at the end.
template <std::size_t Room>
struct pattern_draft {
    std::uint32_t words[Room]{};
    std::size_t code_size = 0;
    std::size_t classes_size = 0;

    constexpr std::size_t size() const noexcept { return code_size + classes_size; }
};

namespace detail {

// A program is an array of words: a header, instructions, and at the end the classes. An instruction is one word, the
// operation and above it an argument, and some have further words. Distances are in words from the instruction on, so a
// part can be moved. A class is known by its distance from the end of the program.
enum pattern_op : std::uint32_t {
    op_accept,
    op_literal,     // the number of bytes; the bytes, four in a word
    op_one,         // a class
    op_repeat,      // a class; how often at least, how often at most
    op_take_all,    // the same, where giving back some cannot help
    op_split,       // the distance to the other way; the first goes on here
    op_jump,        // the distance
    op_back,        // the distance back to the first way; the other goes on here
    op_loop,        // a counter; how often at least, how often at most, the distance behind the loop; then what is repeated
    op_again,       // the distance back to the loop
    op_look,        // 4 * the distance behind it + 2 if it looks behind + 1 if it must not match; then what is looked for, and accept
    op_text_begin,
    op_text_end,
    op_line_begin,
    op_line_end,
    op_boundary,
    op_no_boundary,
    op_literal_back, // as the three above, backwards: within what looks behind
    op_one_back,
    op_repeat_back,
};

constexpr std::uint32_t pattern_unbounded = 0xffffffff;
constexpr pattern_op op_of(std::uint32_t word) { return static_cast<pattern_op>(word & 0xff); }
constexpr std::uint32_t argument_of(std::uint32_t word) { return word >> 8; }

// The header: whether each match begins with the text, and how many counters there are.
constexpr std::uint32_t pattern_is_anchored = 1;

// A class: 16 bytes, of which the one at the low half of an ASCII character has a bit for its high half; a word of flags, with
// the number of its ranges above them; the set of its character_kind, two words, if it has one; and the ranges above ASCII, two
// words each.
enum class_flags : std::uint32_t {
    class_negated = 1,   // above ASCII it is what the rest does not say
    class_space = 2,     // \s above ASCII
    class_not_space = 4, // \S above ASCII
    class_kinds = 8,
    class_flags_mask = 0xff,
};
constexpr std::size_t class_bytes = 16, class_head = 4, class_fixed_size = 5;

// Where the byte of a class at `index` is in memory.
constexpr std::size_t class_byte(std::size_t index) { return std::endian::native == std::endian::little ? index : index ^ 3; }
constexpr bool class_has_ascii(std::uint32_t const* words, std::uint32_t c) {
    return words[(c & 15) / 4] >> (8 * (c & 3) + (c >> 4)) & 1;
}

// Eight bytes of eight bits, rows and columns exchanged (Hacker's Delight, 7-3).
constexpr std::uint64_t transpose_bits(std::uint64_t x) {
    auto exchange = [&x](unsigned distance, std::uint64_t mask) {
        auto const t = (x ^ x >> distance) & mask;
        x ^= t ^ t << distance;
    };
    exchange(7, 0x00aa00aa00aa00aaU);
    exchange(14, 0x0000cccc0000ccccU);
    exchange(28, 0x00000000f0f0f0f0U);
    return x;
}

// Where the byte `index` is in a word of a literal, so that they lie one after the other.
constexpr unsigned literal_shift(std::size_t index) {
    auto const byte = static_cast<unsigned>(index % 4);
    return 8 * (std::endian::native == std::endian::little ? byte : 3 - byte);
}

// Translates the text of a pattern in one pass. It runs mostly in the compiler of C++, for which a call is dear and a class
// that is initialized dearer, so it is one class without parts.
class pattern_compiler {
public:
    constexpr pattern_compiler(std::string_view text, std::uint32_t* words, std::size_t room)
        : text_(text), words_(words), room_(room) {}

    constexpr void compile() {
        size_ = 1;
        auto const all = alternatives();
        if (at_ < text_.size()) throw "parley::pattern: a group is closed that was not opened";
        end_with_accept();
        words_[0] = (all.anchored ? pattern_is_anchored : 0) | all.counters << 8;
    }

    constexpr std::size_t code_size() const { return size_; }
    constexpr std::size_t classes_size() const { return classes_; }

private:
    static constexpr std::size_t none = static_cast<std::size_t>(-1);

    // What is known of a part of the expression.
    struct part {
        bool empty = true;          // it can match no character at all
        bool anchored = false;      // it matches at the begin of the text only
        std::uint32_t counters = 0; // how many counted loops are within each other
    };

    struct counts {
        std::uint32_t min = 1, max = 1;
        bool possessive = false;
    };

    // Code.

    constexpr void emit(pattern_op op, std::size_t argument = 0) {
        words_[size_++] = op | static_cast<std::uint32_t>(argument) << 8;
    }

    // Makes room for `count` words at `at`.
    constexpr void insert(std::size_t at, std::size_t count) {
        for (auto i = size_; i > at; --i) words_[i - 1 + count] = words_[i - 1];
        size_ += count;
    }
    constexpr void write(std::size_t at, pattern_op op, std::size_t argument) {
        words_[at] = op | static_cast<std::uint32_t>(argument) << 8;
    }

    // Puts what begins at `from` before what begins at `begin`.
    constexpr void move_to_front(std::size_t begin, std::size_t from) {
        auto const count = size_ - from;
        insert(begin, count);
        size_ -= count;
        for (std::size_t i = 0; i < count; ++i) words_[begin + i] = words_[from + count + i];
    }

    constexpr void end_with_accept() {
        take_all();
        emit(op_accept);
    }

    // The last repetition need not try to give back some.
    constexpr void take_all() {
        if (repeat_ != none) words_[repeat_] = (words_[repeat_] & ~std::uint32_t{0xff}) | op_take_all;
        repeat_ = none;
    }

    // The grammar.

    constexpr part alternatives() {
        if (++depth_ > 64) throw "parley::pattern: groups are within each other too deep";
        auto const ignore_case = ignore_case_, dot_all = dot_all_, multiline = multiline_;
        auto const begin = size_, classes = classes_;
        auto all = sequence();
        if (at_ < text_.size() && text_[at_] == '|') {
            auto first = begin;
            std::size_t jump = 0;
            while (at_ < text_.size() && text_[at_] == '|') {
                ++at_;
                ++weight_;
                auto const second = size_;
                auto const other = sequence();
                all.empty = all.empty || other.empty;
                all.anchored = all.anchored && other.anchored;
                if (other.counters > all.counters) all.counters = other.counters;
                if (first == begin && unite(first, second, classes)) continue;
                insert(second, 1);
                insert(first, 1);
                write(first, op_split, second + 2 - first);
                // The jumps to the end, each with the distance to the one before, until the end is known.
                write(second + 1, op_jump, jump ? second + 1 - jump : 0);
                jump = second + 1;
                first = second + 2;
            }
            while (jump) {
                auto const before = argument_of(words_[jump]);
                write(jump, op_jump, size_ - jump);
                jump = before ? jump - before : 0;
            }
            literal_ = repeat_ = none;
        }
        ignore_case_ = ignore_case, dot_all_ = dot_all, multiline_ = multiline;
        --depth_;
        return all;
    }

    constexpr part sequence() {
        part all;
        bool first = true;
        auto const begin = size_;
        literal_ = repeat_ = none;
        while (at_ < text_.size() && text_[at_] != '|' && text_[at_] != ')') {
            if (size_ + classes_ + 64 > room_) throw "parley::pattern: the expression is too large";
            auto const from = size_;
            auto const next = element();
            ++weight_;
            if (first && size_ != from) {
                all.anchored = next.anchored;
                first = false;
            }
            all.empty = all.empty && next.empty;
            if (next.counters > all.counters) all.counters = next.counters;
            // What looks behind goes from the last element to the first.
            if (backward_ && from != begin) move_to_front(begin, from);
        }
        return all;
    }

    constexpr part element() {
        switch (text_[at_]) {
        case '^': ++at_; return assertion(multiline_ ? op_line_begin : op_text_begin);
        case '$': ++at_; return assertion(multiline_ ? op_line_end : op_text_end);
        case '(': return group();
        case '*':
        case '+':
        case '?': throw "parley::pattern: there is nothing to repeat";
        case '{': throw "parley::pattern: a { that begins no count is written as \\{";
        case ']': throw "parley::pattern: a ] that closes no class is written as \\], and a class within a class is not supported";
        case '.':
            ++at_;
            clear_class();
            if (!dot_all_) {
                add('\n', '\n'), add('\r', '\r'), add(0x2028, 0x2029);
            }
            return class_element(true);
        case '[': return bracket();
        case '\\':
            if (at_ + 1 >= text_.size()) throw "parley::pattern: an escape is not complete";
            switch (text_[at_ + 1]) {
            case 'b': at_ += 2; return assertion(op_boundary);
            case 'B': at_ += 2; return assertion(op_no_boundary);
            case 'A': at_ += 2; return assertion(op_text_begin);
            case 'z': at_ += 2; return assertion(op_text_end);
            default: break;
            }
            if (is_shorthand()) {
                clear_class();
                add_shorthand();
                return class_element(false);
            }
            return character_element(character());
        default: return character_element(character());
        }
    }

    constexpr part assertion(pattern_op op) {
        if (op == op_text_end) take_all();
        literal_ = repeat_ = none;
        emit(op);
        return repeated_assertion(size_ - 1, {true, op == op_text_begin, 0});
    }

    // What matches no character is the same, however often it is repeated, unless it need not be there at all.
    constexpr part repeated_assertion(std::size_t from, part content) {
        if (quantifier().min > 0) return content;
        size_ = from;
        return {};
    }

    constexpr part group() {
        auto const from = size_;
        auto const ignore_case = ignore_case_, dot_all = dot_all_, multiline = multiline_, backward = backward_;
        bool look = false, behind = false, negative = false;
        ++at_;
        if (peek(0) == '?') {
            ++at_;
            auto const c = peek(0);
            if (c == ':') {
                ++at_;
            } else if (c == '=' || c == '!') {
                look = true, negative = c == '!';
                ++at_;
            } else if (c == '<' && (peek(1) == '=' || peek(1) == '!')) {
                look = behind = true, negative = peek(1) == '!';
                at_ += 2;
            } else if (c == '<') {
                do ++at_;
                while (is_word(peek(0)));
                if (peek(0) != '>') throw "parley::pattern: a group's name is not closed";
                ++at_;
            } else {
                if (flags()) return {}; // they hold until the end of the group around
            }
        }
        auto const weight = weight_;
        if (look) {
            emit(op_look);
            backward_ = behind;
        }
        auto content = alternatives();
        if (at_ >= text_.size()) throw "parley::pattern: a group is not closed";
        ++at_;
        ignore_case_ = ignore_case, dot_all_ = dot_all, multiline_ = multiline, backward_ = backward;
        if (look) {
            end_with_accept();
            write(from, op_look, (size_ - from) * 4 + (behind ? 2 : 0) + (negative ? 1 : 0));
            literal_ = none;
            return repeated_assertion(from, {true, false, content.counters});
        }
        if (!is_quantifier(peek(0))) return content;
        auto const times = quantifier();
        if (times.possessive) throw "parley::pattern: a possessive repetition of a group is not supported";
        auto const copies = times.max != pattern_unbounded ? times.max : times.min > 1 ? times.min : 1;
        weight_ = weight + (weight_ - weight) * copies;
        if (weight_ > 100'000) throw "parley::pattern: the expression is too large: a group is repeated too often";
        return repeat(from, content, times);
    }

    // Repeats the code from `from` on.
    constexpr part repeat(std::size_t from, part content, counts times) {
        literal_ = repeat_ = none;
        if (times.max == 0) {
            size_ = from;
            return {};
        }
        if (is_single(from, size_)) {
            clear_class();
            add_single(from);
            drop_code(from);
            return repeat_class(find_class(), times);
        }
        if (times.min == 0 && times.max == 1) {
            insert(from, 1);
            write(from, op_split, size_ - from);
        } else if (times.min <= 1 && times.max == pattern_unbounded && !content.empty) {
            emit(op_back, size_ - from);
            if (times.min == 0) {
                insert(from, 1);
                write(from, op_split, size_ - from);
            }
        } else if (times.min != 1 || times.max != 1) {
            insert(from, 4);
            emit(op_again, size_ - from);
            write(from, op_loop, content.counters);
            words_[from + 1] = times.min;
            words_[from + 2] = times.max;
            words_[from + 3] = static_cast<std::uint32_t>(size_ - from);
            ++content.counters;
        }
        content.empty = content.empty || times.min == 0;
        content.anchored = content.anchored && times.min > 0;
        return content;
    }

    // (?i) and the like, or (?i: . True if it is the former.
    constexpr bool flags() {
        if (peek(0) == ')') throw "parley::pattern: this kind of group is not supported";
        for (bool on = true;; ++at_) {
            switch (peek(0)) {
            case 'i': ignore_case_ = on; break;
            case 's': dot_all_ = on; break;
            case 'm': multiline_ = on; break;
            case '-':
                if (!on) throw "parley::pattern: this kind of group is not supported";
                on = false;
                break;
            case ')': ++at_; return true;
            case ':': ++at_; return false;
            default: throw "parley::pattern: this kind of group is not supported";
            }
        }
    }

    constexpr char peek(std::size_t distance) const {
        return at_ + distance < text_.size() ? text_[at_ + distance] : '\0';
    }
    static constexpr bool is_quantifier(char c) { return c == '*' || c == '+' || c == '?' || c == '{'; }
    static constexpr bool is_word(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    }

    constexpr counts quantifier() {
        counts times;
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
            if (peek(0) != '}') throw "parley::pattern: a count is written as {n}, {n,} or {n,m}";
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
        if (at_ == begin) throw "parley::pattern: a count is written as {n}, {n,} or {n,m}";
        return value;
    }

    // Characters.

    constexpr part character_element(std::uint32_t c) {
        bool const letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if ((at_ >= text_.size() || !is_quantifier(text_[at_])) && !(ignore_case_ && letter) && (c < 0xd800 || c > 0xdfff)) {
            append(c);
            return {false, false, 0};
        }
        clear_class();
        add(c, c);
        return class_element(false);
    }

    // To the literal that is in the making, or to a new one.
    constexpr void append(std::uint32_t c) {
        if (c < 0x80) return append_byte(c);
        if (c < 0x800) {
            append_byte(0xc0 | c >> 6);
        } else {
            if (c < 0x10000) {
                append_byte(0xe0 | c >> 12);
            } else {
                append_byte(0xf0 | c >> 18);
                append_byte(0x80 | (c >> 12 & 0x3f));
            }
            append_byte(0x80 | (c >> 6 & 0x3f));
        }
        append_byte(0x80 | (c & 0x3f));
    }
    constexpr void append_byte(std::uint32_t byte) {
        if (literal_ == none) {
            if (repeat_ != none) {
                auto const* repeated = words_ + room_ - argument_of(words_[repeat_]);
                bool const disjoint = byte < 0x80 ? !class_has_ascii(repeated, byte) : repeated[class_head] == 0;
                if (disjoint) take_all();
                repeat_ = none;
            }
            literal_ = size_;
            emit(backward_ ? op_literal_back : op_literal);
        }
        auto const index = argument_of(words_[literal_]);
        if (index % 4 == 0) words_[size_++] = 0;
        words_[size_ - 1] |= byte << literal_shift(index);
        words_[literal_] += 1 << 8;
        // Backwards it is one character after the other, so that the elements can change places.
        if (backward_ && (byte < 0x80 || is_complete())) literal_ = none;
    }
    // The literal in the making is a whole character.
    constexpr bool is_complete() const {
        auto const lead = words_[literal_ + 1] >> literal_shift(0) & 0xff;
        return argument_of(words_[literal_]) == (lead >= 0xf0 ? 4U : lead >= 0xe0 ? 3U : 2U);
    }

    // The character at the present place, escapes resolved.
    constexpr std::uint32_t character() {
        auto const lead = static_cast<unsigned char>(text_[at_++]);
        if (lead != '\\') {
            if (lead < 0x80) return lead;
            auto value = lead & (lead >= 0xf0 ? 7U : lead >= 0xe0 ? 15U : 31U);
            int const more = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1;
            for (int i = 0; i < more; ++i) {
                auto const byte = static_cast<unsigned char>(peek(0));
                if (lead < 0xc2 || lead > 0xf4 || byte < 0x80 || byte > 0xbf) throw "parley::pattern: the expression is not UTF-8";
                value = value << 6 | (byte & 0x3fU);
                ++at_;
            }
            return value;
        }
        if (at_ >= text_.size()) throw "parley::pattern: an escape is not complete";
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
            if (!is_word(peek(0)) || peek(0) == '_' || peek(0) < 'A') throw "parley::pattern: an escape is not complete";
            return static_cast<std::uint32_t>(text_[at_++] & 31);
        case 'k': throw "parley::pattern: back references are not supported";
        default:
            if (c >= '1' && c <= '9') throw "parley::pattern: back references are not supported";
            if (is_word(c) && c != '_') throw "parley::pattern: an escape is not known";
            return static_cast<unsigned char>(c);
        }
    }

    constexpr std::uint32_t hex_in_braces() {
        ++at_;
        std::uint32_t value = 0;
        if (peek(0) == '}') throw "parley::pattern: an escape is not complete";
        for (; peek(0) != '}'; ++at_) {
            value = value * 16 + digit();
            if (value > 0x10ffff) throw "parley::pattern: an escape is above U+10FFFF";
        }
        ++at_;
        return value;
    }
    constexpr std::uint32_t code_unit() {
        auto const value = hex(4);
        if (value < 0xd800 || value > 0xdbff || peek(0) != '\\' || peek(1) != 'u' || peek(2) == '{') return value;
        // Two escapes that are one code point above U+FFFF.
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
        if (at_ >= text_.size()) throw "parley::pattern: an escape is not complete";
        if (c >= '0' && c <= '9') return static_cast<std::uint32_t>(c - '0');
        if (c >= 'a' && c <= 'f') return static_cast<std::uint32_t>(c - 'a' + 10);
        if (c >= 'A' && c <= 'F') return static_cast<std::uint32_t>(c - 'A' + 10);
        throw "parley::pattern: an escape has digits that are none";
    }

    // Classes. There is one in the making at a time; its ranges are where the next instruction will be.

    constexpr void clear_class() {
        bits_[0] = bits_[1] = bits_[2] = bits_[3] = 0;
        kinds_ = 0;
        flags_ = 0;
        ranges_ = 0;
    }

    constexpr void add(std::uint32_t first, std::uint32_t last) {
        if (first > last) throw "parley::pattern: a range in a class goes backwards";
        for (auto word = first / 32; word < 4 && word <= last / 32; ++word) {
            auto bits = ~std::uint32_t{0};
            if (word == first / 32) bits &= ~std::uint32_t{0} << first % 32;
            if (word == last / 32) bits &= ~std::uint32_t{0} >> (31 - last % 32);
            bits_[word] |= bits;
        }
        if (last < 0x80) return;
        auto const place = size_ + 2 * ranges_++;
        if (place + classes_ + 64 > room_) throw "parley::pattern: the expression is too large";
        words_[place] = first < 0x80 ? 0x80 : first;
        words_[place + 1] = last;
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

    constexpr void add_bits(std::uint32_t a, std::uint32_t b, std::uint32_t c, std::uint32_t d, bool negated) {
        auto const all = negated ? ~std::uint32_t{0} : 0;
        bits_[0] |= a ^ all;
        bits_[1] |= b ^ all;
        bits_[2] |= c ^ all;
        bits_[3] |= d ^ all;
    }

    constexpr void add_shorthand() {
        auto const c = text_[at_ + 1];
        at_ += 2;
        bool const negated = c == 'D' || c == 'W' || c == 'S';
        switch (c) {
        case 'd':
        case 'D': add_bits(0, 0x03ff0000, 0, 0, negated); break;
        case 'w':
        case 'W': add_bits(0, 0x03ff0000, 0x87fffffe, 0x07fffffe, negated); break;
        case 's':
        case 'S':
            add_bits(0x3e00, 1, 0, 0, negated);
            flags_ |= negated ? class_not_space : class_space;
            return;
        default: return add_property(c == 'P');
        }
        if (negated) add(0x80, 0x10ffff);
    }

    constexpr void add_property(bool negated) {
        auto name = text_.substr(at_, 1);
        if (peek(0) == '{') {
            auto const end = text_.find('}', at_);
            if (end == std::string_view::npos) throw "parley::pattern: an escape is not complete";
            name = text_.substr(at_ + 1, end - at_ - 1);
            at_ = end;
        }
        ++at_;
        auto const property = property_named(name);
        if (!property.known) throw "parley::pattern: this property of characters is not known or not supported";
        constexpr auto all = bit_of(kind_count) - 1;
        auto const kinds = negated ? ~property.kinds & all : property.kinds;
        if (kinds == all) add(0x80, 0x10ffff); // which needs no table
        else kinds_ |= kinds;
        add_bits(property.ascii[0], property.ascii[1], property.ascii[2], property.ascii[3], negated);
    }

    constexpr part bracket() {
        clear_class();
        ++at_;
        bool const negated = peek(0) == '^';
        if (negated) ++at_;
        for (;;) {
            if (at_ >= text_.size()) throw "parley::pattern: a class is not closed";
            auto const c = text_[at_];
            if (c == ']') break;
            if (c == '[' && peek(1) == ':') {
                std::size_t end = 2;
                while (is_word(peek(end))) ++end;
                if (peek(end) == ':' && peek(end + 1) == ']') throw "parley::pattern: a class within a class is not supported";
            }
            if (c == '\\' && is_shorthand()) {
                add_shorthand();
                continue;
            }
            auto const first = class_character();
            auto last = first;
            // At the end, or behind a shorthand, - is itself.
            if (peek(0) == '-' && at_ + 1 < text_.size() && text_[at_ + 1] != ']') {
                ++at_;
                if (is_shorthand()) throw "parley::pattern: a range in a class ends with a class";
                last = class_character();
            }
            add(first, last);
        }
        ++at_;
        return class_element(negated);
    }

    constexpr std::uint32_t class_character() {
        if (text_[at_] != '\\' || peek(1) != 'b') return character();
        at_ += 2;
        return '\b';
    }

    constexpr part class_element(bool negated) {
        if (ignore_case_) {
            auto const letters = (bits_[2] | bits_[3]) & 0x07fffffe;
            bits_[2] |= letters;
            bits_[3] |= letters;
        }
        if (negated) {
            for (auto& bits : bits_) bits = ~bits;
            flags_ |= class_negated;
        }
        bool const repeated = at_ < text_.size() && is_quantifier(text_[at_]);
        if (!repeated && flags_ == 0 && kinds_ == 0 && ranges_ == 0) {
            // One character is a literal.
            int word = -1, count = 0;
            for (int i = 0; i < 4; ++i) {
                if (bits_[i] != 0) word = i, count += std::popcount(bits_[i]);
            }
            if (count == 1) {
                append(static_cast<std::uint32_t>(32 * word + std::countr_zero(bits_[word])));
                return {false, false, 0};
            }
        }
        auto const found = find_class();
        return repeat_class(found, repeated ? quantifier() : counts{});
    }

    // Where the class in the making is among those of the program; it is added if it is new.
    constexpr std::size_t find_class() {
        if (kinds_ != 0) flags_ |= class_kinds;
        auto const size = class_fixed_size + (kinds_ != 0 ? 2 : 0) + 2 * ranges_;
        auto* const place = words_ + room_ - classes_ - size;
        write_ascii(place);
        place[class_head] = flags_ | static_cast<std::uint32_t>(ranges_) << 8;
        auto next = class_fixed_size;
        if (kinds_ != 0) {
            place[next++] = static_cast<std::uint32_t>(kinds_ & 0xffffffff);
            place[next++] = static_cast<std::uint32_t>(kinds_ >> 32);
        }
        for (std::size_t i = 0; i < 2 * ranges_; ++i) place[next++] = words_[size_ + i];
        for (auto distance = classes_; distance > 0;) {
            auto const* other = words_ + room_ - distance;
            std::size_t same = 0;
            while (same < size && other[same] == place[same]) ++same;
            if (same == size) return distance;
            distance -= class_fixed_size + (other[class_head] & class_kinds ? 2 : 0) + 2 * (other[class_head] >> 8);
        }
        return classes_ += size;
    }

    // The bits of the class in the making, one for each character, as they are in a program, and back.
    constexpr void write_ascii(std::uint32_t* place) const {
        std::uint64_t low = 0, high = 0;
        for (unsigned i = 0; i < 4; ++i) {
            std::uint64_t const bits = bits_[i];
            low |= (bits & 0xff) << 16 * i | (bits >> 16 & 0xff) << (16 * i + 8);
            high |= (bits >> 8 & 0xff) << 16 * i | (bits >> 24) << (16 * i + 8);
        }
        low = transpose_bits(low);
        high = transpose_bits(high);
        place[0] = static_cast<std::uint32_t>(low);
        place[1] = static_cast<std::uint32_t>(low >> 32);
        place[2] = static_cast<std::uint32_t>(high);
        place[3] = static_cast<std::uint32_t>(high >> 32);
    }
    constexpr void add_ascii(std::uint32_t const* from) {
        auto const low = transpose_bits(from[0] | std::uint64_t{from[1]} << 32);
        auto const high = transpose_bits(from[2] | std::uint64_t{from[3]} << 32);
        for (unsigned i = 0; i < 4; ++i) {
            bits_[i] |= static_cast<std::uint32_t>((low >> 16 * i & 0xff) | (high >> 16 * i & 0xff) << 8 |
                                                   (low >> (16 * i + 8) & 0xff) << 16 | (high >> (16 * i + 8) & 0xff) << 24);
        }
    }

    constexpr part repeat_class(std::size_t which, counts times) {
        literal_ = none;
        if (times.max == 0) return {};
        if (times.min == times.max || !times.possessive) {
            one_or_more(which, times);
        } else if (backward_) {
            throw "parley::pattern: a possessive repetition is not supported in what looks behind";
        } else if (times.max == pattern_unbounded) {
            one_or_more(which, times);
            take_all();
            not_followed_by(which);
        } else {
            // Either as many as are allowed, or fewer that are not followed by one more.
            if (times.min > 0) one_or_more(which, {times.min, times.min});
            repeat_ = none;
            auto const split = size_;
            emit(op_split);
            one_or_more(which, {times.max - times.min, times.max - times.min});
            auto const jump = size_;
            emit(op_jump);
            write(split, op_split, size_ - split);
            if (times.max - times.min > 1) one_or_more(which, {0, times.max - times.min - 1});
            not_followed_by(which);
            write(jump, op_jump, size_ - jump);
        }
        return {times.min == 0, false, 0};
    }

    constexpr void one_or_more(std::size_t which, counts times) {
        if (repeat_ != none) {
            auto const* last = words_ + room_ - argument_of(words_[repeat_]);
            auto const* next = words_ + room_ - which;
            bool disjoint = times.min > 0 && (last[class_head] == 0 || next[class_head] == 0);
            for (std::size_t i = 0; i < 4; ++i) disjoint = disjoint && (last[i] & next[i]) == 0;
            if (disjoint) take_all();
            repeat_ = none;
        }
        if (times.min == 1 && times.max == 1) return emit(backward_ ? op_one_back : op_one, which);
        if (!backward_) repeat_ = times.min == times.max ? none : size_;
        emit(backward_ ? op_repeat_back : times.min == times.max ? op_take_all : op_repeat, which);
        words_[size_++] = times.min;
        words_[size_++] = times.max;
    }

    constexpr void not_followed_by(std::size_t which) {
        repeat_ = none;
        emit(op_look, 3 * 4 + 1);
        emit(op_one, which);
        emit(op_accept);
    }

    // The code between the two is one character of a class.
    constexpr bool is_single(std::size_t begin, std::size_t end) const {
        auto const op = op_of(words_[begin]);
        if (end - begin == 1) return op == op_one || op == op_one_back;
        return end - begin == 2 && (op == op_literal || op == op_literal_back) && argument_of(words_[begin]) == 1;
    }
    constexpr bool is_negated(std::size_t begin) const {
        auto const op = op_of(words_[begin]);
        return (op == op_one || op == op_one_back) && (words_[room_ - argument_of(words_[begin]) + class_head] & class_negated);
    }
    constexpr void add_single(std::size_t begin) {
        auto const argument = argument_of(words_[begin]);
        if (auto const op = op_of(words_[begin]); op == op_literal || op == op_literal_back) {
            auto const c = words_[begin + 1] >> literal_shift(0) & 0xff;
            return add(c, c);
        }
        auto const* from = words_ + room_ - argument;
        add_ascii(from);
        auto const head = from[class_head];
        flags_ |= head & class_flags_mask;
        auto next = class_fixed_size;
        if (head & class_kinds) {
            kinds_ |= from[next] | std::uint64_t{from[next + 1]} << 32;
            next += 2;
        }
        for (std::size_t i = 0; i < (head >> 8); ++i, next += 2) add(from[next], from[next + 1]);
    }

    // Takes back the code from `from` on, but not the class in the making.
    constexpr void drop_code(std::size_t from) {
        for (std::size_t i = 0; i < 2 * ranges_; ++i) words_[from + i] = words_[size_ + i];
        size_ = from;
    }

    // Makes one class of two alternatives that are one each, which begin at `first` and `second`.
    constexpr bool unite(std::size_t first, std::size_t second, std::size_t classes) {
        if (!is_single(first, second) || !is_single(second, size_) || is_negated(first) || is_negated(second)) return false;
        clear_class();
        add_single(first);
        add_single(second);
        drop_code(first);
        classes_ = classes; // what was made for the two, and nothing else uses
        emit(backward_ ? op_one_back : op_one, find_class());
        return true;
    }

    std::string_view text_;
    std::uint32_t* words_;
    std::size_t room_;
    std::size_t at_ = 0;      // in the text
    std::size_t size_ = 0;    // of the code
    std::size_t classes_ = 0; // their size
    std::size_t literal_ = none, repeat_ = none; // the last instruction, if it is one of these
    std::size_t depth_ = 0;
    std::uint64_t weight_ = 0; // the elements, as often as groups repeat them
    bool ignore_case_ = false, dot_all_ = false, multiline_ = false, backward_ = false;

    std::uint32_t bits_[4] = {0, 0, 0, 0};
    std::uint64_t kinds_ = 0;
    std::uint32_t flags_ = 0;
    std::size_t ranges_ = 0;
};

} // namespace detail
} // namespace parley

#endif

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace parley {

// Regular expressions of the pattern trait (ECMA 262 with the flag u; https://smithy.io/2.0/spec/constraint-traits.html
// #pattern-trait), compiled when the program is. They are matched by trying one way after the other, and if that takes too
// many steps, by keeping the set of all states at once: no text and no expression takes more than time in proportion to
// their product (a group that is repeated up to n times counting n times), and none needs the stack.
//
// Supported is all of ECMA 262 but back references and properties other than General_Category, ASCII, ASCII_Hex_Digit,
// Alphabetic, Any, Assigned, Lowercase, Uppercase and White_Space. What is no expression of ECMA 262 but one of Java, in
// whose dialect many models are written, means what it means there:
//
//   \- \_ \: ... outside of classes   the character itself, whichever punctuation it is
//   } outside of counts               the character itself
//   [\w-.]                            a class, the character - and so on
//   \A \z                             the begin and the end of the text
//   \012 \x{41}                       a character in octal, in hexadecimal
//   \p{Alnum} \p{Print} ... \p{IsAlphabetic} \pL   the properties of java.util.regex.Pattern
//   (?i) (?s) (?m)                    flags from there to the end of the group; i is about ASCII only
//   (?!x)+ $*                         an assertion that is repeated
//   x*+ x++ x?+ x{n,m}+               repetition of a single character or class that gives back none
//
// What is neither, or is not clear, is a compile error: a class within a class ([[:alpha:]], [a&&[b]]), (?>...), \Q, \Z, \G, \h
// and the like.

/// A compiled pattern. Default constructed, it is none, and everything matches.
struct pattern_view {
    std::uint32_t const* words = nullptr;
    std::uint32_t size = 0;
};

/// The words of a compiled pattern.
template <std::size_t Size>
struct pattern_program {
    std::uint32_t words[Size]{};

    constexpr pattern_view view() const noexcept { return {words, Size}; }
};

/// True if `text` (UTF-8) has a match of `pattern` anywhere. Bytes that are not UTF-8 match nothing.
bool search(pattern_view const& pattern, std::string_view text);

/// Compiles a pattern, with room that the program does not need. A text that is no supported expression is a compile error
/// that says what is wrong with it.
///
///     constexpr std::string_view text = "^[a-z]+$";
///     constexpr auto draft = parley::draft_pattern<parley::pattern_room(text)>(text);
///     constexpr auto program = parley::finish_pattern<draft.size()>(draft);
template <std::size_t Room>
constexpr pattern_draft<Room> draft_pattern(std::string_view text) {
    pattern_draft<Room> draft;
    detail::pattern_compiler compiler(text, draft.words, Room);
    compiler.compile();
    draft.code_size = compiler.code_size();
    draft.classes_size = compiler.classes_size();
    return draft;
}

/// The program of a draft, without the room.
template <std::size_t Size, std::size_t Room>
constexpr pattern_program<Size> finish_pattern(pattern_draft<Room> const& draft) {
    pattern_program<Size> program;
    for (std::size_t i = 0; i < draft.code_size; ++i) program.words[i] = draft.words[i];
    for (std::size_t i = 1; i <= draft.classes_size; ++i) program.words[Size - i] = draft.words[Room - i];
    return program;
}

} // namespace parley

#endif

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace parley {

// A shape is the constant table of a type: what the engines that read, write and check values walk. It is made from the
// type's description by shape_of.hpp. The engines are ordinary code, so that a further type costs a table and no code
// but the few thunks that its containers need.

/// What a value is on the wire.
enum class shape_kind : std::uint8_t {
    boolean,
    integer,     ///< signed or unsigned, 8 to 64 bits
    floating,    ///< float or double
    text,        ///< std::string
    blob,        ///< parley::blob
    timestamp,   ///< a time point of the system clock
    enumeration, ///< an enumeration that travels as text
    structure,
    choice,      ///< a tagged union: a structure of which exactly one member is set
    list,        ///< list-like or set-like
    map,         ///< with text keys
    document,    ///< free-form JSON, as its text
    json_value,  ///< free-form JSON, as Boost.JSON's value
};

struct shape;
struct enumeration_shape;

/// How to reach a value from the place that holds it: through std::optional, smart pointers and box.
struct holder {
    shape const* target = nullptr;
    void* (*engage)(void* place) = nullptr;           ///< makes the value exist, fresh; null: it always does
    void const* (*peek)(void const* place) = nullptr; ///< the value, or null if there is none; null: it always exists
    void (*clear)(void* place) = nullptr;             ///< makes it absent; null: it cannot be

    constexpr bool nullable() const noexcept { return clear != nullptr; }
};

/// What must hold for a value and for what it holds: a level of containers each.
struct value_checks {
    constraint const* value = nullptr; ///< null: nothing
    constraint const* keys = nullptr;  ///< of a map; null: nothing
    pattern_view value_pattern;
    pattern_view keys_pattern;
    value_checks const* each = nullptr; ///< of items or mapped values; null: nothing
};

/// A member of a structure, or an alternative of a union.
struct member {
    std::string_view name;          ///< on the wire
    std::string_view cpp_name;
    void const* address = nullptr;  ///< of the member in the structure's `origin`
    holder value;
    value_checks const* checks = nullptr; ///< null: none
    void (*restore)(void* place) = nullptr; ///< gives it the value that a fresh struct has; set where that is its default
    std::string_view media_type;
    std::string_view fallback;              ///< JSON of its value where a request lacks it; empty: none
    timestamp_format format = timestamp_format::unspecified;
    bool required = false;
    bool sensitive = false;
    bool idempotency_token = false;
    bool plain_name = true; ///< needs no escape in JSON
};

/// A structure or union.
struct structure_shape {
    member const* members = nullptr;
    std::uint16_t count = 0;
    void const* origin = nullptr;
    member_set required;
    member_set fallbacks; ///< the members that have one and can be absent
    key_index names;
    int (*active)(void const* value) = nullptr; ///< unions: the position of the alternative held, or -1 for none
    void (*keep_unknown)(void* value, std::string_view name) = nullptr; ///< unions: null if unknown members are errors

    /// The member of that name, or null.
    member const* find(std::string_view name) const noexcept {
        auto const position = names.candidate(name);
        return position != key_index::none && members[position].name == name ? &members[position] : nullptr;
    }
    std::ptrdiff_t offset_of(member const& m) const noexcept {
        return static_cast<char const*>(m.address) - static_cast<char const*>(origin);
    }
    void* place_of(member const& m, void* value) const noexcept { return static_cast<char*>(value) + offset_of(m); }
    void const* place_of(member const& m, void const* value) const noexcept {
        return static_cast<char const*>(value) + offset_of(m);
    }
    std::size_t position_of(member const& m) const noexcept { return static_cast<std::size_t>(&m - members); }
};

/// Called for each item; returns false to stop.
using item_visitor = bool (*)(void* context, void const* item);
/// Called for each entry; returns false to stop.
using entry_visitor = bool (*)(void* context, std::string_view key, void const* value);

struct list_shape {
    holder item;
    void* (*append)(void* list) = nullptr; ///< a fresh item at the end; null for sets and packed lists
    // Where items cannot be made in place, they are made beside the list and moved into it.
    void* (*make_item)() = nullptr;
    bool (*insert_item)(void* list, void* item) = nullptr; ///< false if an equal one was there; the item is fresh after
    void (*drop_item)(void* item) = nullptr;
    bool (*each)(void const* list, void* context, item_visitor visit) = nullptr;
    std::size_t (*size)(void const* list) = nullptr;
};

struct map_shape {
    struct entry {
        void* value;          ///< fresh; null if the key is none of the key's type
        std::string_view key; ///< as the map holds it
    };
    holder value;
    enumeration_shape const* keys = nullptr; ///< null: any text
    entry (*insert)(void* map, std::string_view key) = nullptr;
    void (*erase)(void* map, std::string_view key) = nullptr;
    bool (*each)(void const* map, void* context, entry_visitor visit) = nullptr;
    std::size_t (*size)(void const* map) = nullptr;
};

/// A value that travels as one of a set of texts.
struct enumeration_shape {
    bool (*assign)(void* value, std::string_view text) = nullptr; ///< false if there is no such value
    std::string_view (*text)(void const* value) = nullptr;        ///< empty data if the value has no name
    bool (*has)(std::string_view text) = nullptr;                 ///< whether it is described; open ones can be assigned others
    std::span<std::string_view const> values;                     ///< that others are told of
};

struct timestamp_shape {
    bool (*assign)(void* value, instant when) = nullptr; ///< false if the type cannot hold it
    instant (*get)(void const* value) = nullptr;
};

/// The table of one type.
struct shape {
    shape_kind kind{};
    std::uint8_t size = 0;  ///< of an integer or floating value, in bytes
    bool is_signed = false; ///< of an integer
    /// What the kind needs, and nothing else, is set.
    structure_shape const* structure = nullptr;
    list_shape const* list = nullptr;
    map_shape const* map = nullptr;
    enumeration_shape const* enumeration = nullptr;
    timestamp_shape const* timestamp = nullptr;
    void (*reset)(void* value) = nullptr; ///< makes it as if just made
};

} // namespace parley

#endif
#ifndef PARLEY_DESCRIBE_STRUCTURE_HPP
#define PARLEY_DESCRIBE_STRUCTURE_HPP

#ifndef PARLEY_DESCRIBE_HOLDER_HPP
#define PARLEY_DESCRIBE_HOLDER_HPP

#ifndef PARLEY_DESCRIBE_BOX_HPP
#define PARLEY_DESCRIBE_BOX_HPP

#ifndef PARLEY_DESCRIBE_REQUIRED_HPP
#define PARLEY_DESCRIBE_REQUIRED_HPP

#include <compare>
#include <type_traits>
#include <utility>

namespace parley {

namespace detail {
struct access;
}

/// A member that a braced input cannot leave out: without it the input does not compile.
///
///     struct input { parley::required<std::string> city; std::optional<int> days; };
///     input in{.city = "Ghent"};   // fine
///     input in{.days = 3};         // error: required<std::string>::required() is private
///
/// Otherwise it is a `T`: it converts to one, and `*` and `->` reach it.
template <class T>
class required {
    required() = default; // private: a required member was left out of the braces; give it a value there
    friend struct detail::access;

public:
    using value_type = T;

    template <class U = T>
        requires std::is_constructible_v<T, U&&> && std::is_convertible_v<U&&, T> &&
                 (!std::is_same_v<std::remove_cvref_t<U>, required>)
    constexpr required(U&& value) : value_(std::forward<U>(value)) {}

    constexpr operator T const&() const noexcept { return value_; }
    constexpr T& operator*() noexcept { return value_; }
    constexpr T const& operator*() const noexcept { return value_; }
    constexpr T* operator->() noexcept { return &value_; }
    constexpr T const* operator->() const noexcept { return &value_; }

    friend bool operator==(required const&, required const&) = default;
    friend constexpr bool operator==(required const& a, T const& b) { return a.value_ == b; }

private:
    T value_{};
};

namespace detail {

// The library itself makes empty inputs, to decode into them.
struct access {
    template <class T>
    static constexpr T make() {
        return T{};
    }
};

} // namespace detail
} // namespace parley

#endif

#include <memory>
#include <utility>

namespace parley {

/// A `T` on the heap with the meaning of a `T`: copied deeply, never empty (but after a move). For types that hold themselves.
///
///     struct comment { std::string text; std::optional<parley::box<comment>> answer; };
template <class T>
class box {
public:
    using value_type = T;

    box() : pointer_(new T(detail::access::make<T>())) {}
    box(T value) : pointer_(std::make_unique<T>(std::move(value))) {}
    box(box const& other) : pointer_(other.pointer_ ? std::make_unique<T>(*other.pointer_) : nullptr) {}
    box(box&&) noexcept = default;
    box& operator=(box const& other) {
        if (this != &other) pointer_ = other.pointer_ ? std::make_unique<T>(*other.pointer_) : nullptr;
        return *this;
    }
    box& operator=(box&&) noexcept = default;

    T& operator*() noexcept { return *pointer_; }
    T const& operator*() const noexcept { return *pointer_; }
    T* operator->() noexcept { return pointer_.get(); }
    T const* operator->() const noexcept { return pointer_.get(); }

    /// False only for a box that was moved from.
    bool has_value() const noexcept { return pointer_ != nullptr; }

    friend bool operator==(box const& a, box const& b) { return *a == *b; }

private:
    std::unique_ptr<T> pointer_;
};

} // namespace parley

#endif

#include <memory>
#include <optional>
#include <type_traits>

namespace parley::detail {

/// How a place of type `Place` holds its value. The primary template: the value is there itself.
template <class Place>
struct holding {
    using value = Place;
    static constexpr bool direct = true;
    static constexpr bool nullable = false;
    static void* engage(void* place) { return place; }
    static void const* peek(void const* place) { return place; }
};

template <class T>
struct holding<required<T>> : holding<T> {
    static_assert(sizeof(required<T>) == sizeof(T)); // so that the address of one is that of the other
};

template <class T>
struct emplacing {
    static constexpr bool direct = false;
    template <class Optional>
    static T* into(Optional& optional) {
        if constexpr (std::is_default_constructible_v<T>) return &optional.emplace();
        else return &optional.emplace(access::make<T>());
    }
};

template <class T>
struct holding<std::optional<T>> : emplacing<T> {
    using value = typename holding<T>::value;
    static constexpr bool nullable = true;
    static void* engage(void* place) {
        return holding<T>::engage(emplacing<T>::into(*static_cast<std::optional<T>*>(place)));
    }
    static void const* peek(void const* place) {
        auto const& optional = *static_cast<std::optional<T> const*>(place);
        return optional ? holding<T>::peek(&*optional) : nullptr;
    }
    static void clear(void* place) { static_cast<std::optional<T>*>(place)->reset(); }
};

template <class Pointer, class T>
struct holding_by_pointer {
    using value = typename holding<T>::value;
    static constexpr bool direct = false;
    static constexpr bool nullable = true;
    static void* engage(void* place) {
        auto& pointer = *static_cast<Pointer*>(place);
        pointer = Pointer(new T(access::make<T>()));
        return holding<T>::engage(pointer.get());
    }
    static void const* peek(void const* place) {
        auto const& pointer = *static_cast<Pointer const*>(place);
        return pointer ? holding<T>::peek(pointer.get()) : nullptr;
    }
    static void clear(void* place) { static_cast<Pointer*>(place)->reset(); }
};

template <class T>
struct holding<std::unique_ptr<T>> : holding_by_pointer<std::unique_ptr<T>, T> {};
template <class T>
struct holding<std::shared_ptr<T>> : holding_by_pointer<std::shared_ptr<T>, T> {};

template <class T>
struct holding<box<T>> {
    using value = typename holding<T>::value;
    static constexpr bool direct = false;
    static constexpr bool nullable = false;
    static void* engage(void* place) {
        auto& target = *static_cast<box<T>*>(place);
        target = box<T>();
        return holding<T>::engage(&*target);
    }
    static void const* peek(void const* place) {
        auto const& source = *static_cast<box<T> const*>(place);
        return source.has_value() ? holding<T>::peek(&*source) : nullptr;
    }
};

template <class Place>
constexpr holder make_holder(shape const& target) {
    using how = holding<Place>;
    holder h;
    h.target = &target;
    if constexpr (!how::direct) {
        h.engage = &how::engage;
        h.peek = &how::peek;
    }
    if constexpr (how::nullable) h.clear = &how::clear;
    return h;
}

} // namespace parley::detail

#endif
#ifndef PARLEY_DESCRIBE_MEMBERS_HPP
#define PARLEY_DESCRIBE_MEMBERS_HPP

#ifndef PARLEY_CORE_FIXED_STRING_HPP
#define PARLEY_CORE_FIXED_STRING_HPP

#include <cstddef>
#include <string_view>

namespace parley {

/// A text as a template argument.
template <std::size_t Size>
struct fixed_string {
    char text[Size]{};

    consteval fixed_string(char const (&literal)[Size]) {
        for (std::size_t i = 0; i < Size; ++i) text[i] = literal[i];
    }
    constexpr std::string_view view() const noexcept { return {text, Size - 1}; }
};

} // namespace parley

#endif

#include <boost/describe/members.hpp>

#include <string_view>
#include <type_traits>

namespace parley {

/// One member of a struct and its name.
template <fixed_string Name, auto Pointer>
struct described {
    static constexpr std::string_view name = Name.view();
    static constexpr auto pointer = Pointer;
};

/// The members of a struct. For structs with more members than the 52 that BOOST_DESCRIBE_STRUCT takes (in Boost 1.81).
/// Instead of it:
///
///     constexpr auto parley_members(big const*) {
///         return parley::members<parley::described<"a", &big::a>, parley::described<"b", &big::b>>();
///     }
template <class... Described>
struct members {};

namespace detail {

template <class T>
concept has_members = requires(T const* type) { parley_members(type); };

template <class T>
concept is_described = std::is_class_v<T> && (has_members<T> || boost::describe::has_describe_members<T>::value);

template <class T>
struct member_list {
    // Public members, those of public base classes included.
    using type = boost::describe::describe_members<T, boost::describe::mod_public | boost::describe::mod_inherited>;
};
template <has_members T>
struct member_list<T> {
    using type = decltype(parley_members(static_cast<T const*>(nullptr)));
};

} // namespace detail
} // namespace parley

#endif
#ifndef PARLEY_DESCRIBE_TAGGED_HPP
#define PARLEY_DESCRIBE_TAGGED_HPP

#include <string>
#include <utility>
#include <variant>

namespace parley {

/// An alternative of a union with the name it has on the wire.
///
///     using setting = std::variant<parley::tagged<"text", std::string>, parley::tagged<"path", std::string>>;
///     setting s = parley::tagged<"path", std::string>{"/tmp"};      // {"path":"/tmp"}
///
/// A described struct needs none: its own name is the tag.
template <fixed_string Name, class T>
struct tagged {
    T value;

    static constexpr std::string_view name() noexcept { return Name.view(); }
    // Not defaulted: clang 14 would need `T` complete for that, which it is not in a union that holds maps of itself.
    friend bool operator==(tagged const& a, tagged const& b) { return a.value == b.value; }
};

/// What a union holds that came with a member the description does not have. Put it among the alternatives to keep the
/// name; without it such a union is an error.
struct unknown_member {
    std::string name;

    friend bool operator==(unknown_member const&, unknown_member const&) = default;
};

namespace detail {

template <class Variant, fixed_string Name, std::size_t I = 0>
constexpr std::size_t index_of_tag() {
    if constexpr (I == std::variant_size_v<Variant>) {
        return I;
    } else {
        using alternative = std::variant_alternative_t<I, Variant>;
        if constexpr (requires { { alternative::name() }; }) {
            if (alternative::name() == Name.view()) return I;
        }
        return index_of_tag<Variant, Name, I + 1>();
    }
}

} // namespace detail

/// The value of the alternative that is tagged `Name`, or null if the union holds another.
///
///     if (auto* path = parley::get_if<"path">(&s)) open(*path);
template <fixed_string Name, class... Alternatives>
constexpr auto* get_if(std::variant<Alternatives...>* value) noexcept {
    constexpr auto index = detail::index_of_tag<std::variant<Alternatives...>, Name>();
    static_assert(index < sizeof...(Alternatives), "this union has no alternative tagged with that name");
    auto* found = std::get_if<index>(value);
    return found ? &found->value : nullptr;
}
template <fixed_string Name, class... Alternatives>
constexpr auto const* get_if(std::variant<Alternatives...> const* value) noexcept {
    return get_if<Name>(const_cast<std::variant<Alternatives...>*>(value));
}

} // namespace parley

#endif
#ifndef PARLEY_DESCRIBE_WIRE_NAME_HPP
#define PARLEY_DESCRIBE_WIRE_NAME_HPP

#include <array>
#include <cstddef>
#include <string_view>

namespace parley::detail {

constexpr char upper(char c) noexcept { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

constexpr std::string_view without_trailing_underscore(std::string_view name) noexcept {
    if (name.size() > 1 && name.back() == '_') name.remove_suffix(1);
    return name;
}

/// The names of all members on the wire, in one block of characters.
template <std::size_t Count, std::size_t Room>
struct wire_names {
    std::array<char, Room + 1> characters{};
    std::array<std::size_t, Count + 1> ends{};

    constexpr std::string_view operator[](std::size_t i) const noexcept {
        auto const begin = i == 0 ? 0 : ends[i - 1];
        return {characters.data() + begin, ends[i] - begin};
    }
};

template <std::size_t Count>
constexpr std::size_t room_for_names(std::array<std::string_view, Count> const& names) {
    std::size_t room = 0;
    for (auto name : names) room += name.size();
    return room;
}

// An explicit name, else the rule applied to the C++ name.
template <std::size_t Room, std::size_t Count, std::size_t TraitCount>
constexpr wire_names<Count, Room> make_wire_names(std::array<std::string_view, Count> const& cpp_names,
                                                  trait_set<TraitCount> const& traits) {
    wire_names<Count, Room> result;
    std::size_t end = 0;
    for (std::size_t i = 0; i < Count; ++i) {
        std::string_view renamed;
        for (auto const& t : traits.members) {
            if (t.member == cpp_names[i] && !t.wire_name.empty()) renamed = t.wire_name;
        }
        if (!renamed.empty()) {
            for (char c : renamed) result.characters[end++] = c;
        } else {
            auto const rule = traits.type.naming;
            bool raise = rule == naming::pascal_case;
            for (char c : without_trailing_underscore(cpp_names[i])) {
                if (rule == naming::as_is || c != '_') {
                    result.characters[end++] = raise ? upper(c) : c;
                    raise = false;
                } else if (rule == naming::kebab_case) {
                    result.characters[end++] = '-';
                } else {
                    raise = true;
                }
            }
        }
        result.ends[i] = end;
    }
    return result;
}

template <std::size_t Count, std::size_t TraitCount>
constexpr std::size_t room_for_wire_names(std::array<std::string_view, Count> const& cpp_names,
                                          trait_set<TraitCount> const& traits) {
    auto room = room_for_names(cpp_names);
    for (auto const& t : traits.members) room += t.wire_name.size();
    return room;
}

// True if a JSON text can hold the name as it is.
constexpr bool needs_no_escape(std::string_view name) noexcept {
    for (char c : name) {
        if (static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\') return false;
    }
    return true;
}

} // namespace parley::detail

#endif

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

namespace parley::detail {

template <class T>
struct shape_table;

// Only the addresses of its members are of interest: it is never made nor read.
template <class T>
union phantom {
    char none;
    T value;
    constexpr phantom() : none() {}
    ~phantom() {}
};
template <class T>
inline phantom<T> phantom_of;

template <class T, char... Name>
struct traits_name_no_described_member_of {
    static constexpr bool reported = false;
    static_assert(never<T>, "parley: parley_traits names a member that the type does not have or does not describe: "
                            "correct the name in on(...), or add it to BOOST_DESCRIBE_STRUCT");
};
template <class T, char... Name>
struct constraint_does_not_fit_member_of {
    static constexpr bool reported = false;
    static_assert(never<T>, "parley: this constraint has no meaning for the type of the member: length is for texts, "
                            "blobs, lists and maps; range for numbers; pattern for texts; unique_items for lists");
};
template <class T, char... Name>
struct two_members_have_the_same_wire_name_in {
    static constexpr bool reported = false;
    static_assert(never<T>, "parley: two members have the same name on the wire: give one another wire_name");
};

template <std::size_t Count>
constexpr bool has_duplicate(std::array<std::string_view, Count> const& names, std::size_t position) {
    for (std::size_t i = 0; i < position; ++i) {
        if (names[i] == names[position]) return true;
    }
    return false;
}

// A union is a std::variant, or a struct that is derived from one, so that it can hold itself and have traits.
template <class... A>
std::variant<A...> variant_within(std::variant<A...> const*);
template <class T>
concept is_choice = requires(T const* value) { variant_within(value); };

template <class T>
concept map_like = requires(T& map, std::string text) {
    typename T::key_type;
    typename T::mapped_type;
    map.find(typename T::key_type{});
    map.begin()->second;
    map.erase(map.begin());
    map.size();
};

template <class T>
concept list_like = !map_like<T> && requires(T& list, typename T::value_type item) {
    list.begin() != list.end();
    list.size();
    requires requires { list.push_back(std::move(item)); } || requires { list.insert(std::move(item)); };
};

template <class T>
concept text_like = std::is_convertible_v<T const&, std::string_view>;

constexpr bool fits(constraint const& c, shape_kind kind) {
    bool const text = kind == shape_kind::text || kind == shape_kind::enumeration;
    bool const many = kind == shape_kind::list || kind == shape_kind::map;
    if (c.has_length && !text && !many && kind != shape_kind::blob) return false;
    if (c.has_range && kind != shape_kind::integer && kind != shape_kind::floating) return false;
    if (!c.pattern.empty() && !text) return false;
    if (c.unique_items && kind != shape_kind::list) return false;
    return true;
}

// By types, not by their tables: that of a list or map may be in the making, where a struct holds itself in one.
template <class Value>
constexpr bool fits(member_traits const& t, std::size_t level = 0) {
    if (level >= t.used_levels()) return true;
    auto const& said = t.levels[level];
    if constexpr (is_described<Value> || is_choice<Value>) {
        return false;
    } else if constexpr (map_like<Value>) {
        return fits(said.value, shape_kind::map) && fits(said.keys, shape_kind::text) &&
               fits<typename holding<typename Value::mapped_type>::value>(t, level + 1);
    } else if constexpr (list_like<Value> && !text_like<Value>) {
        return fits(said.value, shape_kind::list) && said.keys.empty() &&
               fits<typename holding<typename Value::value_type>::value>(t, level + 1);
    } else {
        return fits(said.value, shape_table<Value>::value.kind) && said.keys.empty() && level + 1 == t.used_levels();
    }
}

// The constant table of what is said of one member, from `Level` on.
template <auto const& Traits, std::size_t Position, std::size_t Level = 0>
struct checks_of {
    static constexpr level_traits const& said = Traits.members[Position].levels[Level];

    template <bool Keys>
    struct compiled {
        static constexpr std::string_view text = Keys ? said.keys.pattern : said.value.pattern;
        static constexpr auto draft = draft_pattern<pattern_room(text)>(text);
        static constexpr auto program = finish_pattern<draft.size()>(draft);
    };
    static constexpr value_checks make() {
        value_checks checks;
        if (!said.value.empty()) checks.value = &said.value;
        if (!said.keys.empty()) checks.keys = &said.keys;
        if constexpr (!said.value.pattern.empty()) checks.value_pattern = compiled<false>::program.view();
        if constexpr (!said.keys.pattern.empty()) checks.keys_pattern = compiled<true>::program.view();
        if constexpr (Level + 1 < Traits.members[Position].used_levels())
            checks.each = &checks_of<Traits, Position, Level + 1>::value;
        return checks;
    }
    static constexpr value_checks value = make();
};

/// The members that traits name.
template <class T>
struct named_traits {
    static constexpr auto traits = traits_of<T>();
    static constexpr std::size_t count = traits.members.size();
    static constexpr std::array<std::string_view, count> names = [] {
        std::array<std::string_view, count> all{};
        for (std::size_t i = 0; i < count; ++i) all[i] = traits.members[i].member;
        return all;
    }();
    static constexpr std::size_t position_of(std::string_view cpp_name) {
        for (std::size_t i = 0; i < count; ++i) {
            if (names[i] == cpp_name) return i;
        }
        return count;
    }

    // Whether each of them is one of `cpp_names`.
    template <auto const& CppNames, std::size_t I>
    static constexpr bool check_one() {
        constexpr bool found = [] {
            for (auto name : CppNames) {
                if (name == names[I]) return true;
            }
            return false;
        }();
        if constexpr (!found) return report<traits_name_no_described_member_of, T, names, I>();
        return true;
    }
    template <auto const& CppNames, std::size_t... I>
    static constexpr bool check(std::index_sequence<I...>) {
        return (true && ... && check_one<CppNames, I>());
    }

    // Applies to `m`, number `I` of `CppNames`, whose value is a `Value`, what is said of it.
    template <class Value, auto const& CppNames, std::size_t I>
    static constexpr void apply(member& m) {
        constexpr auto position = position_of(CppNames[I]);
        m.format = traits.type.format;
        if constexpr (position < count) {
            constexpr auto const& t = traits.members[position];
            if constexpr (!fits<Value>(t)) report<constraint_does_not_fit_member_of, T, CppNames, I>();
            else if constexpr (t.used_levels() > 0) m.checks = &checks_of<traits, position>::value;
            if (t.format != timestamp_format::unspecified) m.format = t.format;
            m.media_type = t.media_type;
            m.fallback = t.fallback;
            m.sensitive = t.sensitive;
            m.idempotency_token = t.idempotency_token;
        }
    }
};

template <class T, class List>
struct members_of;

template <class T, template <class...> class List, class... D>
struct members_of<T, List<D...>> {
    static constexpr std::size_t count = sizeof...(D);
    static_assert(count < 255, "parley: a structure has 254 members at most: make some of them a structure of their own");

    using named = named_traits<T>;
    static constexpr std::array<std::string_view, count> cpp_names{std::string_view(D::name)...};
    static constexpr auto const& traits = named::traits;
    static constexpr auto characters = make_wire_names<room_for_wire_names(cpp_names, traits)>(cpp_names, traits);
    static constexpr std::array<std::string_view, count> names = [] {
        std::array<std::string_view, count> all{};
        for (std::size_t i = 0; i < count; ++i) all[i] = characters[i];
        return all;
    }();

    static constexpr std::size_t position_of(std::string_view cpp_name) {
        for (std::size_t i = 0; i < count; ++i) {
            if (cpp_names[i] == cpp_name) return i;
        }
        return count;
    }
    template <std::size_t I>
    static constexpr bool check_name() {
        if constexpr (has_duplicate(names, I)) return report<two_members_have_the_same_wire_name_in, T, cpp_names, I>();
        return true;
    }

    template <class Descriptor, std::size_t I>
    static constexpr member make() {
        using place = std::remove_cvref_t<decltype(std::declval<T&>().*Descriptor::pointer)>;
        using value = typename holding<place>::value;
        member m;
        m.name = names[I];
        m.cpp_name = cpp_names[I];
        m.address = &(phantom_of<T>.value.*Descriptor::pointer);
        m.value = make_holder<place>(shape_table<value>::value);
        m.required = !holding<place>::nullable;
        m.plain_name = needs_no_escape(names[I]);
        named::template apply<value, cpp_names, I>(m);
        constexpr auto position = named::position_of(cpp_names[I]);
        if constexpr (position < named::count) {
            if constexpr (traits.members[position].defaulted) {
                m.required = false;
                m.restore = [](void* at) { *static_cast<place*>(at) = access::make<T>().*Descriptor::pointer; };
            }
        }
        return m;
    }

    template <std::size_t... I>
    static constexpr std::array<member, count> make_all(std::index_sequence<I...>) {
        return {make<D, I>()...};
    }
    template <std::size_t... I>
    static constexpr bool check_all_names(std::index_sequence<I...>) {
        return (true && ... && check_name<I>());
    }
    static_assert(named::template check<cpp_names>(std::make_index_sequence<named::count>{}));
    static_assert(check_all_names(std::make_index_sequence<count>{}));

    static constexpr std::array<member, count> table = make_all(std::make_index_sequence<count>{});
    static constexpr auto keys = make_key_table(names);
};

template <std::size_t Count, class Wanted>
constexpr member_set members_that(std::array<member, Count> const& members, Wanted wanted) {
    member_set set;
    for (std::size_t i = 0; i < Count; ++i) {
        if (wanted(members[i])) set.insert(i);
    }
    return set;
}

/// The table of a described struct.
template <class T>
struct structure_of {
    using members = members_of<T, typename member_list<T>::type>;
    static constexpr structure_shape make() {
        structure_shape s;
        s.members = members::table.data();
        s.count = static_cast<std::uint16_t>(members::count);
        s.origin = &phantom_of<T>;
        s.required = members_that(members::table, [](member const& m) { return m.required; });
        s.fallbacks = members_that(members::table, [](member const& m) { return !m.fallback.empty() && m.value.nullable(); });
        s.names = members::keys.index();
        return s;
    }
    static constexpr structure_shape table = make();
};

template <class T>
struct alternative {
    using place = T;
    static constexpr std::string_view name = type_name<T>();
    static void* value_of(T& held) { return &held; }
};
template <class T>
struct alternative<box<T>> : alternative<T> {
    using place = box<T>;
    static void* value_of(box<T>& held) { return &held; }
};
template <fixed_string Name, class T>
struct alternative<tagged<Name, T>> {
    using place = T;
    static constexpr std::string_view name = Name.view();
    static void* value_of(tagged<Name, T>& held) { return &held.value; }
};

template <class T>
inline constexpr bool is_data_alternative = !std::is_same_v<T, std::monostate> && !std::is_same_v<T, unknown_member>;

/// The table of a tagged union: each alternative is a member that is reached by making the variant hold it.
template <class T, class Variant = decltype(variant_within(static_cast<T const*>(nullptr)))>
struct choice_of;

template <class T, class... A>
struct choice_of<T, std::variant<A...>> {
    using variant = std::variant<A...>;
    using named = named_traits<T>;
    static constexpr std::size_t count = (std::size_t{0} + ... + std::size_t{is_data_alternative<A>});
    static constexpr bool keeps_unknown = (false || ... || std::is_same_v<A, unknown_member>);
    static_assert(count > 0 && count < 255, "parley: a union has 1 to 254 alternatives");

    template <std::size_t I>
    struct reach {
        using held = std::variant_alternative_t<I, variant>;
        using how = alternative<held>;
        static void* engage(void* place) {
            variant& target = *static_cast<T*>(place);
            if constexpr (std::is_default_constructible_v<held>) target.template emplace<I>();
            else target.template emplace<I>(access::make<held>());
            return holding<typename how::place>::engage(how::value_of(*std::get_if<I>(&target)));
        }
        static void const* peek(void const* place) {
            auto* held_value = std::get_if<I>(static_cast<variant*>(const_cast<T*>(static_cast<T const*>(place))));
            return held_value ? holding<typename how::place>::peek(how::value_of(*held_value)) : nullptr;
        }
    };

    // From the position among all alternatives to that among those with data.
    static constexpr std::array<int, sizeof...(A)> positions = [] {
        std::array<int, sizeof...(A)> all{};
        int next = 0;
        std::size_t i = 0;
        ((all[i++] = is_data_alternative<A> ? next++ : -1), ...);
        return all;
    }();
    template <class Held>
    static constexpr void add_name(std::array<std::string_view, count>& all, std::size_t& next) {
        if constexpr (is_data_alternative<Held>) all[next++] = alternative<Held>::name;
    }
    static constexpr std::array<std::string_view, count> names = [] {
        std::array<std::string_view, count> all{};
        std::size_t next = 0;
        (add_name<A>(all, next), ...);
        return all;
    }();
    static constexpr auto keys = make_key_table(names);
    static_assert(!keys.duplicate, "parley: two alternatives of this union have the same tag: wrap them in parley::tagged");
    static_assert(named::template check<names>(std::make_index_sequence<named::count>{}));

    template <std::size_t I>
    static constexpr void add(std::array<member, count>& all) {
        using held = std::variant_alternative_t<I, variant>;
        if constexpr (is_data_alternative<held>) {
            constexpr auto position = static_cast<std::size_t>(positions[I]);
            using value = typename holding<typename alternative<held>::place>::value;
            member& m = all[position];
            m.name = m.cpp_name = names[position];
            m.value.target = &shape_table<value>::value;
            m.value.engage = &reach<I>::engage;
            m.value.peek = &reach<I>::peek;
            m.plain_name = needs_no_escape(m.name);
            named::template apply<value, names, position>(m);
        }
    }
    template <std::size_t... I>
    static constexpr std::array<member, count> make_members(std::index_sequence<I...>) {
        std::array<member, count> all;
        (add<I>(all), ...);
        return all;
    }
    static constexpr auto members = make_members(std::index_sequence_for<A...>{});

    static int active(void const* value) {
        variant const& held = *static_cast<T const*>(value);
        auto const index = held.index();
        return index == std::variant_npos ? -1 : positions[index];
    }
    static void keep_unknown(void* value, std::string_view name) {
        if constexpr (keeps_unknown) static_cast<T*>(value)->template emplace<unknown_member>().name = name;
    }

    static constexpr structure_shape make() {
        structure_shape s;
        s.members = members.data();
        s.count = static_cast<std::uint16_t>(count);
        s.names = keys.index();
        s.active = &active;
        if constexpr (keeps_unknown) s.keep_unknown = &keep_unknown;
        return s;
    }
    static constexpr structure_shape table = make();
};

} // namespace parley::detail

#endif

#include <boost/describe/enumerators.hpp>

#include <array>
#include <type_traits>

namespace parley::detail {

// The values that BOOST_DESCRIBE_ENUM describes, with their texts.
template <class E, class List>
struct described_enumerators;
template <class E, template <class...> class List, class... D>
struct described_enumerators<E, List<D...>> {
    static constexpr std::size_t count = sizeof...(D);
    static constexpr std::array<std::string_view, count> cpp_names{std::string_view(D::name)...};
    static constexpr auto const& traits = named_traits<E>::traits;
    static constexpr auto names = make_wire_names<room_for_wire_names(cpp_names, traits)>(cpp_names, traits);
    static_assert(named_traits<E>::template check<cpp_names>(std::make_index_sequence<named_traits<E>::count>{}));

    static constexpr std::array<enumerator<E>, count> make() {
        std::array<enumerator<E>, count> all{enumerator<E>{D::value, {}}...};
        for (std::size_t i = 0; i < count; ++i) {
            all[i].text = names[i];
            for (auto const& said : traits.members) all[i].internal |= said.internal && said.member == cpp_names[i];
        }
        return all;
    }
};

template <class E>
constexpr auto enumerators_of() {
    if constexpr (has_enumerators<E>) {
        return parley_enumerators(static_cast<E const*>(nullptr));
    } else {
        static_assert(boost::describe::has_describe_enumerators<E>::value,
                      "parley: this enumeration is not described: add BOOST_DESCRIBE_ENUM beside it, or "
                      "parley::as_integer() in its traits if it travels as a number");
        return described_enumerators<E, boost::describe::describe_enumerators<E>>::make();
    }
}

/// The texts and values of an enumeration.
template <class E>
struct enumeration_of {
    static constexpr auto declared = enumerators_of<E>();
    static constexpr std::size_t count = declared.size();

    static constexpr auto sort() {
        auto all = declared;
        for (std::size_t gap = count / 2; gap > 0; gap /= 2) {
            for (std::size_t i = gap; i < count; ++i) {
                for (std::size_t j = i; j >= gap && all[j].text < all[j - gap].text; j -= gap) {
                    auto const swapped = all[j];
                    all[j] = all[j - gap];
                    all[j - gap] = swapped;
                }
            }
        }
        return all;
    }
    static constexpr auto by_text = sort();

    static constexpr std::size_t count_told() {
        std::size_t number = 0;
        for (auto const& each : declared) number += each.internal ? 0 : 1;
        return number;
    }
    static constexpr auto told = [] {
        std::array<std::string_view, count_told()> all{};
        auto* next = all.data();
        for (auto const& each : declared) {
            if (!each.internal) *next++ = each.text;
        }
        return all;
    }();
    static bool has(std::string_view text) noexcept {
        E value{};
        return find(text, value);
    }

    static bool find(std::string_view text, E& value) noexcept {
        std::size_t low = 0, high = count;
        while (low < high) {
            auto const middle = (low + high) / 2;
            auto const order = by_text[middle].text.compare(text);
            if (order == 0) return value = by_text[middle].value, true;
            if (order < 0) low = middle + 1;
            else high = middle;
        }
        return false;
    }
    static std::string_view text_of(E value) noexcept {
        // Most enumerations count from zero.
        auto const position = static_cast<std::size_t>(value);
        if (position < count && declared[position].value == value) return declared[position].text;
        for (auto const& each : declared) {
            if (each.value == value) return each.text;
        }
        return {};
    }
};

template <class E>
struct closed_enumeration {
    static bool assign(void* value, std::string_view text) {
        return enumeration_of<E>::find(text, *static_cast<E*>(value));
    }
    static std::string_view text(void const* value) { return enumeration_of<E>::text_of(*static_cast<E const*>(value)); }
    static constexpr enumeration_shape table{&assign, &text, &enumeration_of<E>::has, enumeration_of<E>::told};
};

template <class E>
struct open_enumeration {
    static bool assign(void* value, std::string_view text) {
        auto& open = *static_cast<open_enum<E>*>(value);
        E known{};
        if (enumeration_of<E>::find(text, known)) open = known;
        else open = open_enum<E>::unknown(std::string(text));
        return true;
    }
    static std::string_view text(void const* value) {
        auto const& open = *static_cast<open_enum<E> const*>(value);
        if (auto known = open.value()) return enumeration_of<E>::text_of(*known);
        return open.unknown_text();
    }
    static constexpr enumeration_shape table{&assign, &text, &enumeration_of<E>::has, enumeration_of<E>::told};
};

} // namespace parley::detail

#endif

#include <chrono>
#include <concepts>
#include <string>
#include <type_traits>
#include <variant>
#include <vector>

namespace parley {
namespace detail {

// Describes `T` to the engines: `static constexpr shape make()`. Specialized for types that are neither described nor
// of a kind below.
template <class T>
struct shape_maker;

template <class T>
struct shape_table {
    static constexpr shape value = shape_maker<T>::make();
};

template <class T>
void reset(void* value) {
    *static_cast<T*>(value) = access::make<T>();
}

template <class T>
constexpr shape make_shape(shape_kind kind) {
    shape s;
    s.kind = kind;
    s.reset = &reset<T>;
    return s;
}

template <class T>
concept number = std::is_arithmetic_v<T> && !std::is_same_v<T, bool> && !std::is_same_v<T, char> &&
                 !std::is_same_v<T, wchar_t> && !std::is_same_v<T, char8_t> && !std::is_same_v<T, char16_t> &&
                 !std::is_same_v<T, char32_t> && sizeof(T) <= 8;

template <class T>
struct is_open_enum : std::false_type {};
template <class E>
struct is_open_enum<open_enum<E>> : std::true_type {};
template <class T>
struct is_time_point : std::false_type {};
template <class D>
struct is_time_point<std::chrono::time_point<std::chrono::system_clock, D>> : std::true_type {};

template <class T>
struct timestamp_of {
    using duration = typename T::duration;
    static_assert(duration::period::num == 1 && 1'000'000'000 % duration::period::den == 0,
                  "parley: a timestamp counts seconds, or a decimal part of them down to nanoseconds: "
                  "use std::chrono::sys_time<std::chrono::milliseconds>");
    static constexpr std::int64_t units = duration::period::den;
    static constexpr std::int64_t nanoseconds_each = 1'000'000'000 / units;

    // Rounds half up, as the reference does with milliseconds.
    static bool assign(void* value, instant when) {
        auto const part = (when.nanoseconds + nanoseconds_each / 2) / nanoseconds_each;
        constexpr auto limit = std::numeric_limits<std::int64_t>::max() / units - 1;
        if (when.seconds > limit || when.seconds < -limit) return false;
        auto const count = when.seconds * units + part;
        if (!std::in_range<typename duration::rep>(count)) return false;
        *static_cast<T*>(value) = T(duration(static_cast<typename duration::rep>(count)));
        return true;
    }
    static instant get(void const* value) {
        std::int64_t const count = static_cast<T const*>(value)->time_since_epoch().count();
        auto const seconds = count / units - (count % units < 0 ? 1 : 0);
        return {seconds, static_cast<std::int32_t>((count - seconds * units) * nanoseconds_each)};
    }
    static constexpr timestamp_shape table{&assign, &get};
};

template <class T>
struct list_of {
    using item = typename T::value_type;
    using item_value = typename holding<item>::value;
    static constexpr bool in_place = requires(T& list) { requires std::is_same_v<decltype(list.back()), item&>; };

    static void* append(void* list) {
        auto& items = *static_cast<T*>(list);
        if constexpr (std::is_default_constructible_v<item>) items.emplace_back();
        else items.push_back(access::make<item>());
        return &items.back();
    }
    static void* make_item() { return new item(access::make<item>()); }
    static bool insert_item(void* list, void* made) {
        auto& items = *static_cast<T*>(list);
        auto& source = *static_cast<item*>(made);
        auto const before = items.size();
        if constexpr (requires { items.push_back(std::move(source)); }) items.push_back(std::move(source));
        else items.insert(std::move(source));
        source = access::make<item>();
        return items.size() != before;
    }
    static void drop_item(void* made) { delete static_cast<item*>(made); }
    static std::size_t size(void const* list) { return static_cast<T const*>(list)->size(); }
    static bool each(void const* list, void* context, item_visitor visit) {
        for (item const& one : *static_cast<T const*>(list)) {
            if (!visit(context, &one)) return false;
        }
        return true;
    }
    static constexpr list_shape make() {
        list_shape s;
        s.item = make_holder<item>(shape_table<item_value>::value);
        if constexpr (in_place) {
            s.append = &append;
        } else {
            s.make_item = &make_item;
            s.insert_item = &insert_item;
            s.drop_item = &drop_item;
        }
        s.each = &each;
        s.size = &size;
        return s;
    }
    static constexpr list_shape table = make();
};

template <class T>
struct map_of {
    using key = typename T::key_type;
    using mapped = typename T::mapped_type;
    using mapped_value = typename holding<mapped>::value;
    static constexpr bool text_keys = std::is_same_v<key, std::string>;
    static_assert(text_keys || std::is_enum_v<key> || is_open_enum<key>::value,
                  "parley: the keys of a map are texts: std::string, a described enum or open_enum");

    static bool to_key(key& out, std::string_view text) {
        if constexpr (text_keys) return out.assign(text), true;
        else return shape_table<key>::value.enumeration->assign(&out, text);
    }
    static std::string_view to_text(key const& k) {
        if constexpr (text_keys) return k;
        else return shape_table<key>::value.enumeration->text(&k);
    }
    static map_shape::entry insert(void* map, std::string_view text) {
        auto& entries = *static_cast<T*>(map);
        key k{};
        if (!to_key(k, text)) return {nullptr, {}};
        auto found = entries.find(k);
        if (found == entries.end()) found = entries.insert({std::move(k), access::make<mapped>()}).first;
        else found->second = access::make<mapped>();
        return {&found->second, to_text(found->first)};
    }
    static void erase(void* map, std::string_view text) {
        auto& entries = *static_cast<T*>(map);
        key k{};
        if (!to_key(k, text)) return;
        if (auto found = entries.find(k); found != entries.end()) entries.erase(found);
    }
    static std::size_t size(void const* map) { return static_cast<T const*>(map)->size(); }
    static bool each(void const* map, void* context, entry_visitor visit) {
        for (auto const& [k, value] : *static_cast<T const*>(map)) {
            if (!visit(context, to_text(k), &value)) return false;
        }
        return true;
    }
    static constexpr map_shape make() {
        map_shape s;
        s.value = make_holder<mapped>(shape_table<mapped_value>::value);
        if constexpr (!text_keys) s.keys = shape_table<key>::value.enumeration;
        s.insert = &insert;
        s.erase = &erase;
        s.each = &each;
        s.size = &size;
        return s;
    }
    static constexpr map_shape table = make();
};

template <class T>
struct shape_maker {
    static constexpr shape make() {
        if constexpr (std::is_same_v<T, bool>) {
            return make_shape<T>(shape_kind::boolean);
        } else if constexpr (number<T>) {
            auto s = make_shape<T>(std::is_integral_v<T> ? shape_kind::integer : shape_kind::floating);
            s.size = sizeof(T);
            s.is_signed = std::is_signed_v<T>;
            return s;
        } else if constexpr (std::is_same_v<T, std::string>) {
            return make_shape<T>(shape_kind::text);
        } else if constexpr (std::is_same_v<T, blob>) {
            return make_shape<T>(shape_kind::blob);
        } else if constexpr (std::is_same_v<T, document>) {
            return make_shape<T>(shape_kind::document);
        } else if constexpr (is_time_point<T>::value) {
            auto s = make_shape<T>(shape_kind::timestamp);
            s.timestamp = &timestamp_of<T>::table;
            return s;
        } else if constexpr (std::is_enum_v<T>) {
            if constexpr (traits_of<T>().type.as_integer) {
                auto s = make_shape<T>(shape_kind::integer);
                s.size = sizeof(T);
                s.is_signed = std::is_signed_v<std::underlying_type_t<T>>;
                return s;
            } else {
                auto s = make_shape<T>(shape_kind::enumeration);
                s.enumeration = &closed_enumeration<T>::table;
                return s;
            }
        } else if constexpr (is_open_enum<T>::value) {
            auto s = make_shape<T>(shape_kind::enumeration);
            s.enumeration = &open_enumeration<typename T::enum_type>::table;
            return s;
        } else if constexpr (is_choice<T>) {
            auto s = make_shape<T>(shape_kind::choice);
            s.structure = &choice_of<T>::table;
            return s;
        } else if constexpr (is_described<T>) {
            auto s = make_shape<T>(shape_kind::structure);
            s.structure = &structure_of<T>::table;
            return s;
        } else if constexpr (map_like<T>) {
            auto s = make_shape<T>(shape_kind::map);
            s.map = &map_of<T>::table;
            return s;
        } else if constexpr (list_like<T> && !text_like<T>) {
            auto s = make_shape<T>(shape_kind::list);
            s.list = &list_of<T>::table;
            return s;
        } else {
            static_assert(never<T>, "parley: this type has no form on the wire: describe it with BOOST_DESCRIBE_STRUCT, or "
                                    "use a type that has one (bool, integers, float, double, std::string, parley::blob, "
                                    "std::chrono::sys_time, described enums, std::variant, containers of these)");
            return {};
        }
    }
};

} // namespace detail

/// The table of `T`, which may be an optional or a smart pointer.
template <class T>
inline constexpr shape const& shape_of = detail::shape_table<typename detail::holding<T>::value>::value;

} // namespace parley

#endif
#ifndef PARLEY_HTTP_PATH_PATTERN_HPP
#define PARLEY_HTTP_PATH_PATTERN_HPP

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace parley {

// The path of a template, segment by segment, and which of two is meant where both fit.
// https://smithy.io/2.0/spec/http-bindings.html#uri

/// What stands between two slashes of a template. The kinds are in the order in which they are tried.
struct path_segment {
    enum class kind : std::uint8_t {
        literal, ///< "weather"
        mixed,   ///< "{name}.json": text and labels
        label,   ///< "{city}": one segment
        greedy,  ///< "{path+}": one segment or more
    };
    std::string_view text; ///< as in the template
    enum kind kind = kind::literal;
};

namespace detail {

constexpr std::size_t count_path_segments(std::string_view path) {
    std::size_t count = 0;
    for (std::size_t i = 0; i + 1 < path.size(); ++i) count += path[i] == '/';
    return count;
}

constexpr enum path_segment::kind kind_of_segment(std::string_view text) {
    auto const open = text.find('{');
    if (open == text.npos) return path_segment::kind::literal;
    if (open != 0 || text.find('}') != text.size() - 1) return path_segment::kind::mixed;
    return text[text.size() - 2] == '+' ? path_segment::kind::greedy : path_segment::kind::label;
}

constexpr std::size_t count_labels(std::string_view pattern) {
    std::size_t count = 0;
    for (char c : pattern) count += c == '{';
    return count;
}

// Takes what comes before the next label off a template, without the label.
constexpr std::string_view take_literal(std::string_view& pattern) {
    auto const open = pattern.find('{');
    auto const literal = pattern.substr(0, open);
    pattern = open == pattern.npos ? std::string_view() : pattern.substr(pattern.find('}', open) + 1);
    return literal;
}

} // namespace detail

/// The segments of a path that begins with a slash. A slash at the end says nothing.
template <std::size_t Count>
constexpr std::array<path_segment, Count> parse_path(std::string_view path) {
    std::array<path_segment, Count> segments{};
    for (auto& segment : segments) {
        path.remove_prefix(1);
        segment.text = path.substr(0, path.find('/'));
        segment.kind = detail::kind_of_segment(segment.text);
        path.remove_prefix(segment.text.size());
    }
    return segments;
}

/// Which of two paths is tried first: `less` is the more specific one; `equal` are those that no request can tell apart.
/// https://smithy.io/2.0/spec/http-bindings.html#specificity-routing
constexpr std::strong_ordering compare_specificity(std::span<path_segment const> a, std::span<path_segment const> b) {
    for (std::size_t i = 0; i < a.size() && i < b.size(); ++i) {
        if (auto const order = a[i].kind <=> b[i].kind; order != 0) return order;
        if (a[i].kind == path_segment::kind::label || a[i].kind == path_segment::kind::greedy) continue;
        auto left = a[i].text, right = b[i].text;
        if (auto const order = detail::count_labels(left) <=> detail::count_labels(right); order != 0) return order;
        while (!left.empty() || !right.empty()) {
            // Paths whose texts differ fit no request both, or not all that one fits: any order will do. A longer text is more.
            auto const left_literal = detail::take_literal(left), right_literal = detail::take_literal(right);
            if (auto const order = right_literal.size() <=> left_literal.size(); order != 0) return order;
            if (auto const order = left_literal <=> right_literal; order != 0) return order;
        }
    }
    return b.size() <=> a.size();
}

namespace detail {

// Labels are not empty. The first fit of each text leaves the most for those after it, so nothing needs to be tried again.
template <class Visit>
bool match_segment(path_segment const& segment, std::string_view text, Visit& visit) {
    if (segment.kind == path_segment::kind::literal) return text == segment.text;
    if (segment.kind != path_segment::kind::mixed) return !text.empty() && (visit(text), true);
    auto pattern = segment.text;
    auto const first = take_literal(pattern);
    if (!text.starts_with(first)) return false;
    text.remove_prefix(first.size());
    for (bool last = false; !last;) {
        last = pattern.find('{') == pattern.npos;
        auto const literal = take_literal(pattern);
        if (text.size() < literal.size() + 1) return false;
        auto const end = last ? text.size() - literal.size() : text.find(literal, 1);
        if (end == text.npos || text.substr(end, literal.size()) != literal) return false;
        visit(text.substr(0, end));
        text.remove_prefix(end + literal.size());
    }
    return true;
}

} // namespace detail

/// Whether `path`, as a request has it, fits. Calls `visit(std::string_view)` with the text of each label in order, still
/// percent-encoded; for a path that does not fit, perhaps with some of them. A slash at the end is ignored, but by a greedy
/// label.
template <class Visit>
bool match_path(std::span<path_segment const> pattern, std::string_view path, Visit visit) {
    if (pattern.empty()) return path == "/";
    if (path.ends_with('/') && pattern.back().kind != path_segment::kind::greedy) path.remove_suffix(1);
    auto after = pattern.size();
    for (auto const& segment : pattern) {
        --after;
        if (!path.starts_with('/')) return false;
        path.remove_prefix(1);
        auto end = path.find('/');
        if (segment.kind == path_segment::kind::greedy) {
            // All but as many segments as come after it: "Greedy labels match greedily".
            end = path.size();
            for (std::size_t i = 0; i < after; ++i) {
                end = end == 0 ? path.npos : path.rfind('/', end - 1);
                if (end == path.npos) return false;
            }
        }
        auto const text = path.substr(0, end);
        if (!detail::match_segment(segment, text, visit)) return false;
        path.remove_prefix(text.size());
    }
    return path.empty();
}

} // namespace parley

#endif
#ifndef PARLEY_HTTP_TEMPLATE_HPP
#define PARLEY_HTTP_TEMPLATE_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace parley {

/// Where in a message a part of a template stands, and whether it is fixed.
enum class template_place : std::uint8_t {
    path_text,    ///< `text`
    path_label,   ///< `member`, percent-encoded
    path_greedy,  ///< `member`, its slashes kept
    query_text,   ///< `name`, and `text` if it has a value
    query_member, ///< `name` = `member`
    query_map,    ///< each entry of `member`
    header_text,  ///< `name`: `text`
    header_member,///< `name`: `member`
    header_map,   ///< `name` is the prefix of the names, `member` has the rest of them
    host_text,    ///< `text`, before the endpoint's host
    host_label,   ///< `member`
    payload,      ///< `member` is the whole body
    status,       ///< `member` is the status
};

struct template_part {
    template_place place{};
    std::string_view name;
    std::string_view text;
    std::string_view member;
};

/// A parsed template of a request or response; see `parley::http` for the form.
template <std::size_t Count>
struct http_template {
    std::string_view method;
    std::string_view path;
    int status = 0;
    bool says_body = false; ///< the body is written as {*}: the members that are named nowhere
    std::array<template_part, Count> parts{};
};

namespace detail {

// Reads the text of a template. Each mistake throws, which ends a constant evaluation with an error that shows the line.
class template_reader {
public:
    constexpr template_reader(std::string_view text, template_part* parts) : rest_(text), parts_(parts) {}

    constexpr std::size_t count() const noexcept { return count_; }
    constexpr bool says_body() const noexcept { return says_body_; }
    constexpr std::string_view path() const noexcept { return path_; }

    constexpr std::string_view request() {
        auto line = take_line();
        auto const space = line.find(' ');
        if (space == line.npos || space == 0) throw "parley::http: the request begins with a method and a target: \"GET /path\"";
        auto const method = line.substr(0, space);
        for (char c : method) {
            if (c < 'A' || c > 'Z') throw "parley::http: the method is written in capitals: \"GET\"";
        }
        target(line.substr(space + 1));
        rest();
        return method;
    }

    constexpr int response() {
        auto const line = take_line();
        int status = line.starts_with('{') ? 200 : 0;
        // "200", "{member}", or "201 {member}": the status where the member is absent.
        auto const brace = line.find('{');
        if (brace != line.npos) add({template_place::status, {}, {}, braces(line.substr(brace))});
        if (brace != 0) {
            auto const digits = brace == line.npos ? line : line.substr(0, brace - 1);
            if (digits.size() != 3 || (brace != line.npos && line[3] != ' '))
                throw "parley::http: the response begins with its status: \"200\"";
            for (char c : digits) {
                if (c < '0' || c > '9') throw "parley::http: the response begins with its status: \"200\"";
                status = status * 10 + (c - '0');
            }
        }
        rest();
        return status;
    }

private:
    constexpr void add(template_part part) {
        if (parts_) parts_[count_] = part;
        ++count_;
    }

    constexpr std::string_view take_line() {
        auto const end = rest_.find('\n');
        auto const line = rest_.substr(0, end);
        rest_ = end == rest_.npos ? std::string_view() : rest_.substr(end + 1);
        return line;
    }

    // The name in a text that is nothing but "{name}".
    static constexpr std::string_view braces(std::string_view text) {
        if (text.size() < 3 || text.front() != '{' || text.find('}') != text.size() - 1)
            throw "parley::http: a member is named in braces: \"{member}\"";
        return text.substr(1, text.size() - 2);
    }

    constexpr void target(std::string_view text) {
        if (!text.starts_with('/')) throw "parley::http: the path begins with a slash: \"GET /path\"";
        if (text.find(' ') != text.npos || text.find('#') != text.npos)
            throw "parley::http: the target has a character that no target has";
        auto const question = text.find('?');
        path_ = text.substr(0, question);
        path(path_);
        if (question != text.npos) query(text.substr(question + 1));
    }

    template <class OnText, class OnMember>
    static constexpr void mixed(std::string_view text, OnText on_text, OnMember on_member) {
        while (!text.empty()) {
            auto const open = text.find('{');
            if (text.substr(0, open).find('}') != text.npos) throw "parley::http: a brace is closed that was not opened";
            if (open != 0) on_text(text.substr(0, open));
            if (open == text.npos) break;
            auto const close = text.find('}', open);
            if (close == text.npos) throw "parley::http: a brace is not closed";
            if (close == open + 1) throw "parley::http: a member is named in braces: \"{member}\"";
            on_member(text.substr(open + 1, close - open - 1));
            text = text.substr(close + 1);
        }
    }

    constexpr void path(std::string_view text) {
        if (text.find("}{") != text.npos) throw "parley::http: two labels of a path have something between them: \"{a}/{b}\"";
        if (text.find("//") != text.npos) throw "parley::http: a path has no empty segments";
        bool greedy = false;
        mixed(text, [&](std::string_view literal) { add({template_place::path_text, {}, literal, {}}); },
              [&](std::string_view name) {
                  bool const this_greedy = name.ends_with('+');
                  if (this_greedy && greedy) throw "parley::http: a path has one greedy label at most";
                  greedy |= this_greedy;
                  if (this_greedy) add({template_place::path_greedy, {}, {}, name.substr(0, name.size() - 1)});
                  else add({template_place::path_label, {}, {}, name});
              });
    }

    constexpr void query(std::string_view text) {
        while (true) {
            auto const end = text.find('&');
            auto const item = text.substr(0, end);
            auto const equals = item.find('=');
            auto const name = item.substr(0, equals);
            auto const value = equals == item.npos ? std::string_view() : item.substr(equals + 1);
            if (name.empty()) throw "parley::http: a query parameter needs a name: \"?days={days}\"";
            if (name.find('{') != name.npos) throw "parley::http: a query parameter needs a name: \"?days={days}\"";
            if (value.starts_with('{'))
                add({name == "*" ? template_place::query_map : template_place::query_member, name, {}, braces(value)});
            else add({template_place::query_text, name, value, {}});
            if (end == text.npos) break;
            text = text.substr(end + 1);
        }
    }

    constexpr void rest() {
        while (!rest_.empty()) {
            auto const line = take_line();
            if (line.empty()) {
                if (rest_.empty()) return;
                auto const body = take_line();
                if (body == "{*}") says_body_ = true;
                else add({template_place::payload, {}, {}, braces(body)});
                if (!rest_.empty()) throw "parley::http: the body is one member: nothing may follow it";
                return;
            }
            header(line);
        }
    }

    constexpr void header(std::string_view line) {
        auto const colon = line.find(':');
        if (colon == line.npos || colon == 0) throw "parley::http: a header is written as \"name: {member}\"";
        auto const name = line.substr(0, colon);
        auto value = line.substr(colon + 1);
        while (value.starts_with(' ')) value = value.substr(1);
        if (is_host(name)) {
            if (!value.ends_with('*')) throw "parley::http: the host ends with the endpoint's, written as a star: \"host: data.*\"";
            mixed(value.substr(0, value.size() - 1),
                  [&](std::string_view literal) { add({template_place::host_text, {}, literal, {}}); },
                  [&](std::string_view member) { add({template_place::host_label, {}, {}, member}); });
        } else if (value.starts_with('{')) {
            if (name.ends_with('*')) add({template_place::header_map, name.substr(0, name.size() - 1), {}, braces(value)});
            else add({template_place::header_member, name, {}, braces(value)});
        } else {
            add({template_place::header_text, name, value, {}});
        }
    }

    static constexpr bool is_host(std::string_view name) {
        return name == "host" || name == "Host";
    }

    std::string_view rest_;
    std::string_view path_;
    template_part* parts_;
    std::size_t count_ = 0;
    bool says_body_ = false;
};

constexpr std::size_t count_request_parts(std::string_view text) {
    template_reader reader(text, nullptr);
    reader.request();
    return reader.count();
}
constexpr std::size_t count_response_parts(std::string_view text) {
    template_reader reader(text, nullptr);
    reader.response();
    return reader.count();
}

} // namespace detail

template <std::size_t Count>
constexpr http_template<Count> parse_request_template(std::string_view text) {
    http_template<Count> result;
    detail::template_reader reader(text, result.parts.data());
    result.method = reader.request();
    result.says_body = reader.says_body();
    result.path = reader.path();
    return result;
}

template <std::size_t Count>
constexpr http_template<Count> parse_response_template(std::string_view text) {
    http_template<Count> result;
    result.status = detail::template_reader(text, result.parts.data()).response();
    return result;
}

} // namespace parley

#endif

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace parley::detail {

/// A part of a template with the member it names.
struct bound_part {
    template_place place{};
    std::string_view name;
    std::string_view text;
    parley::member const* member = nullptr;
};

/// Which member of a structure travels where in a message: the constant table that the engine walks.
struct message_binding {
    std::string_view method;
    int status = 0;
    std::span<bound_part const> parts;
    std::span<path_segment const> path;       ///< of a request
    member_set body;                          ///< the members of the JSON body
    parley::member const* payload = nullptr;  ///< the member that is the whole body
};

template <class T, char... Name>
struct template_names_no_described_member_of {
    static constexpr bool reported = false;
    static_assert(never<T>, "parley: the http template names a member that the struct does not have or does not describe: "
                            "correct the name in the braces, or add it to BOOST_DESCRIBE_STRUCT");
};
template <class T, char... Name>
struct label_is_optional_member_of {
    static constexpr bool reported = false;
    static_assert(never<T>, "parley: a label of the path or host must always have a value: make the member a "
                            "parley::required<...> instead of an optional, or bind it in the query");
};
template <class T, char... Name>
struct member_is_bound_twice_in {
    static constexpr bool reported = false;
    static_assert(never<T>, "parley: the http template names this member twice: each member travels in one place");
};
template <class T, char... Name>
struct member_has_no_place_beside_the_payload_in {
    static constexpr bool reported = false;
    static_assert(never<T>, "parley: one member is the whole body, so that this one, which is bound nowhere, cannot be in "
                            "it: bind it to the path, the query or a header, or remove the payload");
};
template <class T, char... Name>
struct get_request_has_no_body_for_member_of {
    static constexpr bool reported = false;
    static_assert(never<T>, "parley: a GET or HEAD request has no body: bind this member to the path, the query or a "
                            "header, use another method, or say by the body {*} that it has one");
};
template <class T, char... Name>
struct type_cannot_travel_there_member_of {
    static constexpr bool reported = false;
    static_assert(never<T>, "parley: the type of this member cannot travel where the template puts it: labels take a "
                            "number, bool, text, enumeration or timestamp; query parameters and headers these or lists of "
                            "them; {*} takes a map of texts; the status takes an integer");
};
template <class T, char... Name>
struct label_must_follow_a_slash_member_of {
    static constexpr bool reported = false;
    static_assert(never<T>, "parley: a greedy label is a path of its own: nothing but a slash may stand before it");
};

constexpr bool is_text_kind(shape_kind kind) noexcept {
    switch (kind) {
    case shape_kind::boolean:
    case shape_kind::integer:
    case shape_kind::floating:
    case shape_kind::text:
    case shape_kind::timestamp:
    case shape_kind::enumeration: return true;
    default: return false;
    }
}

constexpr bool can_travel(template_place place, shape const& what) noexcept {
    auto const item_is_text = [](shape const& s) {
        return s.kind == shape_kind::list && is_text_kind(s.list->item.target->kind);
    };
    switch (place) {
    case template_place::path_label:
    case template_place::host_label: return is_text_kind(what.kind);
    case template_place::path_greedy: return what.kind == shape_kind::text;
    case template_place::query_member: return is_text_kind(what.kind) || item_is_text(what);
    // A blob in a header is base64; https://smithy.io/2.0/spec/http-bindings.html#httpheader-serialization-rules
    case template_place::header_member:
        return is_text_kind(what.kind) || item_is_text(what) || what.kind == shape_kind::blob;
    case template_place::query_map:
        return what.kind == shape_kind::map &&
               (is_text_kind(what.map->value.target->kind) || item_is_text(*what.map->value.target));
    case template_place::header_map: return what.kind == shape_kind::map && is_text_kind(what.map->value.target->kind);
    case template_place::status: return what.kind == shape_kind::integer;
    case template_place::payload: return true;
    default: return true;
    }
}

/// The binding of `T` to the template `Template` (a static http_template).
template <class T, auto const& Template>
struct binding_of {
    using members = typename structure_of<T>::members;
    // By way of the structure's table, so that this is made first: a struct that holds itself comes to it again.
    static constexpr member const* all_members = structure_of<T>::table.members;
    static constexpr auto const& parts = Template.parts;
    static constexpr std::size_t count = parts.size();

    static constexpr std::array<std::string_view, count> names = [] {
        std::array<std::string_view, count> all{};
        for (std::size_t i = 0; i < count; ++i) all[i] = parts[i].member;
        return all;
    }();
    static constexpr std::size_t payload = [] {
        for (std::size_t i = 0; i < count; ++i) {
            if (parts[i].place == template_place::payload) return i;
        }
        return count;
    }();
    // A host label is written in the host besides the place that the member has anyway.
    // https://smithy.io/2.0/spec/endpoint-traits.html#hostlabel-trait
    static constexpr member_set unbound = [] {
        member_set set;
        for (std::size_t i = 0; i < members::count; ++i) set.insert(i);
        for (auto const& part : parts) {
            if (part.member.empty() || part.place == template_place::host_label) continue;
            auto const position = members::position_of(part.member);
            if (position < members::count) set.erase(position);
        }
        return set;
    }();

    static constexpr bool bound_before(std::size_t i) {
        for (std::size_t j = 0; j < i; ++j) {
            if (names[j] == names[i] && parts[j].place != template_place::host_label) return true;
        }
        return false;
    }

    template <std::size_t I>
    static constexpr bool check_part() {
        constexpr template_part part = parts[I];
        if constexpr (!part.member.empty()) {
            constexpr auto position = members::position_of(part.member);
            constexpr bool label = part.place == template_place::path_label || part.place == template_place::path_greedy ||
                                   part.place == template_place::host_label;
            if constexpr (position == members::count) {
                return report<template_names_no_described_member_of, T, names, I>();
            } else if constexpr (part.place != template_place::host_label && bound_before(I)) {
                return report<member_is_bound_twice_in, T, names, I>();
            } else if constexpr (label && all_members[position].value.nullable()) {
                return report<label_is_optional_member_of, T, names, I>();
            } else if constexpr (!can_travel(part.place, *all_members[position].value.target)) {
                return report<type_cannot_travel_there_member_of, T, names, I>();
            } else if constexpr (part.place == template_place::path_greedy && !parts[I == 0 ? 0 : I - 1].text.ends_with('/')) {
                return report<label_must_follow_a_slash_member_of, T, names, I>();
            }
        }
        return true;
    }
    template <std::size_t... I>
    static constexpr bool check_parts(std::index_sequence<I...>) {
        return (true && ... && check_part<I>());
    }
    static constexpr bool check_body() {
        if constexpr (!unbound.empty()) {
            constexpr auto first = unbound.first();
            if constexpr (payload < count)
                return report<member_has_no_place_beside_the_payload_in, T, members::cpp_names, first>();
            else if constexpr (!Template.says_body && (Template.method == "GET" || Template.method == "HEAD"))
                return report<get_request_has_no_body_for_member_of, T, members::cpp_names, first>();
        }
        return true;
    }
    static_assert(check_parts(std::make_index_sequence<count>{}));
    static_assert(check_body());

    static constexpr std::array<bound_part, count> table = [] {
        std::array<bound_part, count> all{};
        for (std::size_t i = 0; i < count; ++i) {
            all[i] = {parts[i].place, parts[i].name, parts[i].text, nullptr};
            auto const position = members::position_of(parts[i].member);
            if (position < members::count) all[i].member = &all_members[position];
        }
        return all;
    }();
    static constexpr auto path = parse_path<count_path_segments(Template.path)>(Template.path);
    static constexpr message_binding value{Template.method, Template.status, table, path, unbound,
                                           payload < count ? table[payload].member : nullptr};
};

/// The bindings of an operation's two messages.
template <class Op>
struct http_binding_of {
    static constexpr parley::http how = [] {
        if constexpr (requires { Op::http; }) return Op::http;
        else return parley::http("POST /"); // of protocols that put everything into the body
    }();
    static constexpr auto request_parts = count_request_parts(how.request);
    static constexpr auto request_template = parse_request_template<request_parts>(how.request);
    static constexpr auto response_parts = count_response_parts(how.response);
    static constexpr auto response_template = parse_response_template<response_parts>(how.response);
    static constexpr message_binding const& request = binding_of<typename Op::input, request_template>::value;
    static constexpr message_binding const& response = binding_of<typename Op::output, response_template>::value;
};

} // namespace parley::detail

#endif

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace parley::detail {

/// An error that an operation or its service declares.
struct error_entry {
    std::string_view code;
    shape const* what = nullptr;
    message_binding const* binding = nullptr;
    int status = 0;
    parley::fault fault = parley::fault::unspecified;
    retryability retry = retryability::none;
    std::string_view query_code; ///< that it had in AWS Query
    void* (*emplace)(void* variant) = nullptr; ///< makes the variant of the call's error hold it
    /// Makes one and lends it.
    void (*with_fresh)(void* context, void (*use)(void* context, void* error)) = nullptr;
};

/// All that an engine needs to know of an operation: a constant table.
struct operation_table {
    std::string_view name;
    shape const* input = nullptr;
    shape const* output = nullptr;
    message_binding const* request = nullptr;
    message_binding const* response = nullptr;
    std::span<error_entry const> errors;
    error_scheme scheme;
    operation_traits traits;
    aws_service const* aws = nullptr; ///< null: the service is none of AWS
};

template <class E>
struct error_binding_of {
    // An error that says nothing of headers has the status alone in its template.
    static constexpr std::string_view text = [] {
        constexpr auto said = traits_of<E>().type.error_template;
        return said.empty() ? std::string_view("400") : said;
    }();
    static constexpr auto parts = count_response_parts(text);
    static constexpr auto response_template = parse_response_template<parts>(text);
    static constexpr message_binding const& value = binding_of<E, response_template>::value;
};

template <class E>
struct error_is_not_described {
    static_assert(is_described<E>,
                  "parley: this error is not described: add BOOST_DESCRIBE_STRUCT beside it");
};

template <class E>
constexpr std::string_view error_code_of() {
    constexpr auto type = traits_of<E>().type;
    return type.error_code.empty() ? type_name<E>() : type.error_code;
}

template <class E>
void with_fresh(void* context, void (*use)(void* context, void* error)) {
    auto error = access::make<E>();
    use(context, &error);
}

template <class Variant, class E>
constexpr error_entry make_error_entry() {
    static_cast<void>(sizeof(error_is_not_described<E>));
    constexpr auto type = traits_of<E>().type;
    return {error_code_of<E>(), &shape_table<E>::value, &error_binding_of<E>::value, type.status, type.fault, type.retry,
            type.query_code.empty() ? error_code_of<E>() : type.query_code,
            [](void* variant) -> void* { return &static_cast<Variant*>(variant)->template emplace<E>(access::make<E>()); },
            &with_fresh<E>};
}

template <class Op, class List>
struct error_table;
template <class Op, class... E>
struct error_table<Op, errors<E...>> {
    static constexpr std::array<error_entry, sizeof...(E)> value{make_error_entry<typename call_error<Op>::variant, E>()...};
};

template <class Op>
constexpr error_scheme scheme_of() {
    using service = typename service_of<Op>::type;
    if constexpr (requires { { service::error_scheme } -> std::convertible_to<error_scheme>; }) return service::error_scheme;
    else return errors_by_code_or_status();
}

template <class Op>
constexpr aws_service const* aws_of() {
    using service = typename service_of<Op>::type;
    if constexpr (requires { { service::aws } -> std::convertible_to<aws_service const&>; }) return &service::aws;
    else return nullptr;
}

template <class Op>
struct protocol_of {
    using type = parley::rest_json;
};
template <class Op>
    requires requires { typename service_of<Op>::type::protocol; }
struct protocol_of<Op> {
    using type = typename service_of<Op>::type::protocol;
};

/// The name of the operation on the wire: `Op::name` where it has one, else that of the struct.
template <class Op>
constexpr std::string_view operation_name() {
    if constexpr (requires { { Op::name } -> std::convertible_to<std::string_view>; }) return Op::name;
    else return type_name<Op>();
}

template <class Op>
concept says_how_it_travels = !std::is_same_v<typename protocol_of<Op>::type, parley::rest_json> ||
                              requires { { Op::http } -> std::convertible_to<parley::http>; };

template <class Op>
struct is_operation {
    static_assert(operation<Op>, "parley: an operation has an input and an output: struct my_operation { struct input "
                                 "{...}; using output = ...; static constexpr auto http = parley::http(\"GET /path\"); };");
    static_assert(is_described<typename Op::input>,
                  "parley: the input of the operation is not described: add BOOST_DESCRIBE_STRUCT(operation::input, (), "
                  "(...)) after the operation");
    static_assert(is_described<typename Op::output>,
                  "parley: the output of the operation is not described: add BOOST_DESCRIBE_STRUCT beside it");
    static_assert(!std::is_same_v<typename protocol_of<Op>::type, parley::json_rpc>,
                  "parley: this operation speaks JSON-RPC, which does not need HTTP: send it with a parley::json_rpc_client");
    static_assert(says_how_it_travels<Op>,
                  "parley: the operation does not say how it travels: add static constexpr auto http = "
                  "parley::http(\"GET /path\")");
};

template <class Op>
struct table_of : is_operation<Op> {
    static constexpr operation_table value{
        operation_name<Op>(), &shape_table<typename Op::input>::value, &shape_table<typename Op::output>::value,
        &http_binding_of<Op>::request, &http_binding_of<Op>::response,
        error_table<Op, all_errors<Op>>::value, scheme_of<Op>(), traits_of_operation<Op>(), aws_of<Op>()};
};

} // namespace parley::detail

#endif

#include <chrono>
#include <cstdint>
#include <functional>
#include <string_view>

namespace parley {

/// Which call an interceptor is told of, and which attempt.
class call_point {
public:
    call_point(detail::operation_table const& operation, int attempt) noexcept : operation_(&operation), attempt_(attempt) {}

    /// The name of the operation, as its type is named.
    std::string_view operation() const noexcept { return operation_->name; }
    /// From 1; 0 before the first one.
    int attempt() const noexcept { return attempt_; }

    detail::operation_table const& table() const noexcept { return *operation_; }

private:
    detail::operation_table const* operation_;
    int attempt_;
};

enum class wait_reason : std::uint8_t {
    retry, ///< between two attempts
    rate,  ///< for the client's own rate
};

enum class call_result : std::uint8_t { output, invalid_input, transport_failure, error };

/// How a call ended, for those who count.
struct call_end {
    call_result result = call_result::output;
    std::string_view code{};              ///< of the peer's error
    transport_errc condition{};           ///< of a `transport_failure`
    delivery sent = delivery::answered;
    call_metadata const& metadata;
};

/// Sees what goes out and what comes in, and may change it; hears of attempts, waits and ends. For logs, traces and metrics. What
/// is not set costs nothing. A client may have several; they are called in order.
///
/// They are called from whichever thread drives the call, so that those of a client that many threads use must be safe to call
/// from many. They may not throw, nor stop the call that they are told of.
///
///     config.interceptors.push_back({.before_signing = [](parley::http_request& r, parley::call_point const&) {
///         r.fields.set("x-trace", current_trace());
///     }});
struct interceptor {
    /// A request that is about to be signed. The second attempt's has what was set in the first one. Who changes the body sets its
    /// content-length.
    std::function<void(http_request&, call_point const&)> before_signing{};
    /// A request that is signed. What is changed here, no signature covers.
    std::function<void(http_request&, call_point const&)> before_sending{};
    /// A response that is about to be read. A copy is made of it where this is set.
    std::function<void(http_response&, call_point const&)> before_decoding{};
    /// An attempt that gave no output.
    std::function<void(failed_attempt const&, call_point const&)> after_failure{};
    std::function<void(std::chrono::steady_clock::duration, wait_reason, call_point const&)> before_wait{};
    std::function<void(call_end const&, call_point const&)> at_end{};
};

} // namespace parley

#endif
#ifndef PARLEY_EXCHANGE_SIGNING_HPP
#define PARLEY_EXCHANGE_SIGNING_HPP

#include <chrono>
#include <concepts>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

namespace parley {

/// What a signer may want to know of the attempt whose request it is given.
struct signing_context {
    std::chrono::system_clock::time_point time{}; ///< now, by the peer's clock as far as that is known
    int attempt = 1;
};

/// Why a request cannot be signed. It is not sent then.
struct signing_error {
    std::string text; ///< for a person to read; without secrets
    transport_errc condition = transport_errc::signing; ///< how the call ends, or no_credentials, expired_credentials
};

/// The step between encoding and sending: whatever authorizes a request. It is the last to change the request of an attempt,
/// and sees each attempt anew, with what it wrote to the attempt before still there: it sets header fields, and adds none.
///
/// Made from anything callable with a request, or with a request and a context, which may return why it failed. What it
/// throws counts as a failure, too. Copies share it; that of a client is called by all threads that send with it.
///
///     parley::request_signer key = [](parley::http_request& r) { r.fields.set("x-api-key", "..."); };
///     parley::request_signer token = [&](parley::http_request& r, parley::signing_context const& now)
///         -> std::optional<parley::signing_error> {
///         if (tokens.expired(now.time)) return parley::signing_error{"the token has expired"};
///         r.fields.set("authorization", "Bearer " + tokens.current());
///         return std::nullopt;
///     };
class request_signer {
public:
    request_signer() = default;

    template <class F>
        requires(!std::same_as<std::remove_cvref_t<F>, request_signer> &&
                 (std::invocable<F&, http_request&, signing_context const&> || std::invocable<F&, http_request&>))
    request_signer(F sign)
        : sign_(std::make_shared<step>([sign = std::move(sign)](http_request& r, signing_context const& c) mutable
                                       -> std::optional<signing_error> {
              auto const call = [&]() -> decltype(auto) {
                  if constexpr (std::invocable<F&, http_request&, signing_context const&>) return sign(r, c);
                  else return sign(r);
              };
              if constexpr (std::is_void_v<decltype(call())>) return call(), std::nullopt;
              else return call();
          })) {}

    explicit operator bool() const noexcept { return sign_ != nullptr; }
    friend bool operator==(request_signer const& s, std::nullptr_t) noexcept { return s.sign_ == nullptr; }
    std::optional<signing_error> operator()(http_request& request, signing_context const& context) const {
        return (*sign_)(request, context);
    }

private:
    using step = std::function<std::optional<signing_error>(http_request&, signing_context const&)>;
    std::shared_ptr<step> sign_; // one for all calls of a client: what it learns in one, it knows in the next
};

} // namespace parley

#endif
#ifndef PARLEY_PROTOCOL_PROTOCOL_ENGINE_HPP
#define PARLEY_PROTOCOL_PROTOCOL_ENGINE_HPP

#ifndef PARLEY_HTTP_REQUEST_VIEW_HPP
#define PARLEY_HTTP_REQUEST_VIEW_HPP

#include <concepts>
#include <string_view>

namespace parley {

/// What parley reads of a request of any type, without a copy. Valid while the request is.
struct request_view : field_view {
    std::string_view method;
    std::string_view target; ///< path and query, as they came
    std::string_view host;   ///< as the peer wrote it; may have a port
    std::string_view body;

    /// The target without the query.
    std::string_view path() const noexcept { return target.substr(0, target.find('?')); }
    /// What follows the question mark, if there is one.
    std::string_view query() const noexcept {
        auto const question = target.find('?');
        return question == target.npos ? std::string_view() : target.substr(question + 1);
    }
};

/// How to read a request type. Nothing may be returned by value that owns its text. Specialize it for a type that has
/// other names than these:
///
///     template <> struct parley::request_traits<my::request> {
///         static std::string_view method(my::request const& r) { return r.verb; }
///         static std::string_view target(my::request const& r) { return r.url; }
///         static std::string_view body(my::request const& r) { return r.content; }
///         static std::optional<std::string_view> header(my::request const& r, std::string_view name);
///         template <class F> static void each_header(my::request const& r, F&& f);   // may be left out: f(name, value)
///     };
template <class R>
struct request_traits : detail::message_traits<R> {
    static std::string_view method(R const& r)
        requires requires { std::string_view(r.method()); } || requires { std::string_view(r.method); }
    {
        if constexpr (requires { std::string_view(r.method()); }) return std::string_view(r.method());
        else return std::string_view(r.method);
    }
    static std::string_view target(R const& r)
        requires requires { std::string_view(r.target()); } || requires { std::string_view(r.target); }
    {
        if constexpr (requires { std::string_view(r.target()); }) return std::string_view(r.target());
        else return std::string_view(r.target);
    }
};

namespace detail {

// "A server MUST accept the absolute-form in requests", and its host wins over the field Host: RFC 9112, sections 3.2.2 and 3.3.
inline void read_absolute_form(request_view& view) {
    auto const scheme = view.target.find("://");
    if (view.target.starts_with('/') || scheme == view.target.npos) return;
    auto const rest = view.target.substr(scheme + 3);
    auto const slash = rest.find('/');
    view.host = rest.substr(0, slash);
    view.target = slash == rest.npos ? std::string_view("/") : rest.substr(slash);
}

} // namespace detail

/// A type that a request can be read from: it has a method, a target, a body that is one piece of memory, and header look-up,
/// by members of these names or by `request_traits`. None of them may return a string by value. Models: `http_request`,
/// `request_view`.
template <class R>
concept request_like = std::same_as<R, request_view> || requires(R const& r) {
    { request_traits<R>::method(r) } -> std::convertible_to<std::string_view>;
    { request_traits<R>::target(r) } -> std::convertible_to<std::string_view>;
    requires detail::views_message<request_traits<R>, R>;
};

/// A view of `r`.
template <request_like R>
request_view view_of(R const& r) {
    if constexpr (std::same_as<R, request_view>) {
        return r;
    } else {
        request_view view;
        detail::view_fields<request_traits<R>>(view, r);
        view.method = request_traits<R>::method(r);
        view.target = request_traits<R>::target(r);
        view.body = request_traits<R>::body(r);
        // A client's request says its host beside the fields, until a transport writes them.
        if constexpr (std::same_as<R, http_request>) view.host = r.host;
        if (view.host.empty()) view.host = view.header("host").value_or(std::string_view());
        detail::read_absolute_form(view);
        return view;
    }
}

} // namespace parley

#endif
#ifndef PARLEY_JSON_OPTIONS_HPP
#define PARLEY_JSON_OPTIONS_HPP

#include <cstddef>
#include <cstdint>

namespace parley {

/// What happens to data that does not fit its description.
enum class strictness : std::uint8_t {
    /// Missing required members, wrong types and invalid UTF-8 are errors. Unknown members are ignored, null is absent.
    strict,
    /// As `strict`, but a missing required member keeps its default value, timestamps in epoch seconds may be texts and
    /// invalid UTF-8 becomes U+FFFD.
    lenient,
    /// As the AWS SDK for JavaScript does: as `lenient`, and whatever is no object counts as an empty structure.
    compatible,
};

/// Bounds on what a peer can make the decoder do. What goes beyond is an error.
struct decode_limits {
    std::size_t bytes = std::size_t{256} << 20; ///< size of the text
    std::size_t depth = 256;                    ///< levels of objects and arrays; each takes some 200 bytes of the stack
    std::size_t values = 10'000'000;            ///< list items, map entries and members, all together
    std::size_t violations = 100;               ///< reported before decoding gives up
};

/// How to decode.
struct decode_options {
    parley::strictness strictness = parley::strictness::strict;
    decode_limits limits{};
    bool check_constraints = true; ///< whether violated constraints are errors
    /// As a server reads: the peer cannot know more than the description. Null in lists and maps that have no place for it, values
    /// that an enumeration does not have, members that a union does not have and offsets in timestamps are errors.
    bool closed = false;
};

} // namespace parley

#endif

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace parley {

/// Compresses a body: `gzip` of http/gzip.hpp, or the user's own.
using compressor = std::function<std::string(std::string_view)>;

/// How a request is made.
struct encode_options {
    endpoint_url endpoint; ///< where it goes; its path is put before that of the operation
    bool host_prefix = true;
    /// `compatible` sends what the AWS SDK for JavaScript sends: nothing is checked but that labels have a value.
    parley::strictness strictness = parley::strictness::strict;
    compressor const* gzip = nullptr;      ///< for operations that take compressed requests; null: none is compressed
    std::size_t gzip_threshold = 10'240;   ///< bytes; smaller bodies are sent as they are
};

namespace detail {

/// What a response turned out to be.
struct response_report {
    enum class kind : std::uint8_t { output, declared, undeclared, undecodable };

    kind what = kind::output;
    int status = 0;
    std::string code;    // of an error
    std::string message; // of an error
    parley::fault fault = parley::fault::unspecified;
    retryability retry = retryability::none;
    std::vector<violation> violations; // why it cannot be decoded
    std::vector<violation> tolerated;  // what the strictness let pass
};

/// Whom a request is for.
struct route_result {
    std::optional<std::size_t> position; ///< of the operation among those it was looked for
    std::string allow; ///< where another method would have found somebody: the methods, for the header Allow
};

/// What errors are written by.
struct service_facts {
    error_scheme scheme;
    aws_service const* aws = nullptr;
};

/// What a protocol over HTTP comes down to: the first two are a client's, the others a server's. Each appends what is wrong to
/// `errors` and returns false then.
struct protocol_engine {
    bool (*encode_request)(operation_table const& op, void const* input, encode_options const& options, http_request& out,
                           std::vector<violation>& errors);
    /// `output` and `errors` (the variant of the call's error) are fresh; which of them is filled, the report says.
    response_report (*decode_response)(operation_table const& op, response_view const& response,
                                       decode_options const& options, void* output, void* errors);

    /// Which of the operations, of which those that are to be tried first come first, the request is for.
    route_result (*route)(std::span<operation_table const* const> operations, request_view const& request, bool check_host);
    /// Whether the media types that the request has and accepts are those of the operation: 0, 415 or 406.
    int (*check_media_types)(operation_table const& op, request_view const& request);
    bool (*decode_request)(operation_table const& op, request_view const& request, decode_options const& options,
                           void* input, std::vector<violation>& errors);
    bool (*encode_response)(operation_table const& op, void const* output, http_response& out,
                            std::vector<violation>& errors);
    bool (*encode_error)(service_facts const& service, error_entry const& entry, void const* error, http_response& out,
                         std::vector<violation>& errors);
    /// An error that no description has.
    void (*encode_code)(service_facts const& service, int status, std::string_view code, std::string_view message,
                        http_response& out);
};

http_response copy_of(response_view const& response);

} // namespace detail
} // namespace parley

#endif

#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace parley {

/// What a call is made with. What is random, and what time it is for the world, comes from outside.
struct call_settings {
    endpoint_url endpoint;
    bool host_prefix = true;
    parley::strictness strictness = parley::strictness::strict;
    decode_limits limits;
    retry_policy retry;
    client_state* state = nullptr;                            ///< shared with other calls; there may be none
    std::optional<std::chrono::milliseconds> call_timeout;    ///< for all attempts and the waits between them
    std::optional<std::chrono::milliseconds> attempt_timeout; ///< for one attempt
    compressor gzip;                                          ///< for operations that take compressed requests
    std::size_t gzip_threshold = 10'240;                      ///< bytes; smaller bodies are sent as they are
    headers fields;                                           ///< added to each request
    std::string user_agent;                                   ///< none if empty
    std::stop_token stop;
    std::function<double()> random;                           ///< within [0, 1)
    std::function<std::string()> uuid;                        ///< a random UUID as text (RFC 9562)
    std::function<std::chrono::system_clock::time_point()> system_now; ///< for signatures and dates; none: the epoch
    request_signer sign;                                      ///< the last to change the request of each attempt
    std::span<interceptor const> interceptors;                ///< which live as long as the call
};

/// What a driver does next.
enum class call_step : std::uint8_t {
    send,    ///< give `request()` to the transport; said once for each attempt
    receive, ///< nothing, until an attempt ends or `wake_at()` has come
    wait,    ///< nothing, until `wake_at()` has come
    done,
};

/// Whether an operation may be sent again.
enum class repeatability : std::uint8_t {
    unsafe,     ///< it may act once more
    idempotent, ///< it makes no difference to the peer
    readonly,   ///< the peer does not act at all
};

namespace detail {

/// One call as a state machine, for all operations. It does no I/O and has no clock: a driver asks `poll` what to do next,
/// does it, and says what happened.
class call_machine {
public:
    using time_point = std::chrono::steady_clock::time_point;
    using duration = std::chrono::steady_clock::duration;
    enum class ending : std::uint8_t { none, output, invalid_input, transport, error };

    call_machine(operation_table const& op, protocol_engine const& engine, call_settings const& settings)
        : op_(&op), engine_(&engine), settings_(&settings) {}

    call_machine(call_machine const&) = delete;
    call_machine& operator=(call_machine const&) = delete;

    void start(void const* input, repeatability repeat, time_point now);
    call_step poll(time_point now);
    http_request const& request() const noexcept { return *newest_; }
    int attempt() const noexcept { return metadata_.attempts; }
    time_point wake_at() const noexcept { return wake_at_; }
    void handle_response(response_view response, int attempt, time_point now, void* output, void* errors);
    void handle_transport_error(transport_error const& error, int attempt, time_point now);
    void handle_wake() noexcept { wake_at_ = time_point::min(); }
    /// The call is done: asks the transport to give up the attempts that are no longer needed, and tells who wants to hear.
    void close();

    ending how_it_ended() const noexcept { return ending_; }
    std::vector<violation>& violations() noexcept { return violations_; }
    transport_failure& transport() noexcept { return transport_; }
    response_report& report() noexcept { return report_; }
    http_response& response() noexcept { return response_; }
    call_metadata& metadata() noexcept { return metadata_; }

private:
    // Of a call that may have two attempts under way.
    struct hedging {
        struct stop_both {
            hedging* self;
            void operator()() const noexcept {
                for (auto& source : self->sources) source.request_stop();
            }
        };
        explicit hedging(std::stop_token const& stop) : link(stop, stop_both{this}) {}

        std::array<std::stop_source, 2> sources;
        http_request second;
        std::stop_callback<stop_both> link; // last: it may call at once
    };
    enum class pause : std::uint8_t { none, before_retry, for_rate, before_error };

    bool adaptive() const noexcept { return settings_->state && settings_->retry.mode == retry_mode::adaptive; }
    template <class... Parameters, class... Arguments>
    void tell(std::function<void(Parameters...)> interceptor::*whom, int attempt, Arguments&&... what) const {
        for (auto const& one : settings_->interceptors) {
            if (one.*whom) (one.*whom)(what..., call_point(*op_, attempt));
        }
    }
    bool under_way() const noexcept { return attempts_[0] != 0 || attempts_[1] != 0; }
    bool wait_for_rate(time_point now);
    bool begin_attempt(std::size_t place, time_point now);
    void begin_hedge(time_point now);
    int end_attempt(int attempt) noexcept;
    void begin_wait(time_point now, duration length, pause what);
    std::optional<signing_error> sign(http_request& request, int attempt);
    std::chrono::system_clock::time_point peer_now() const;
    bool observe_clock(response_view const& response);
    bool retry(failed_attempt failure, bool may_have_acted, response_view const* response, time_point now);
    std::optional<std::chrono::milliseconds> pay_for_retry(failed_attempt& failure, response_view const* response, time_point now);
    retry_verdict judge(failed_attempt const& failure, bool may_have_acted) const noexcept;
    std::chrono::milliseconds delay_after(failed_attempt const& failure, response_view const* response) const;
    void finish(ending how, call_phase phase) noexcept;
    void fail(transport_errc condition, call_phase phase, std::string text);
    void give_up(transport_errc condition, std::string text, retry_verdict verdict);
    void cancel();
    void read_ids(response_view const& response);

    operation_table const* op_;
    protocol_engine const* engine_;
    call_settings const* settings_;
    http_request request_;
    http_request const* newest_ = &request_;
    std::unique_ptr<hedging> hedging_;
    std::array<int, 2> attempts_{}; // the numbers of those under way: in `request_`, and in `hedging_->second`
    std::optional<time_point> deadline_;
    time_point wake_at_{};
    repeatability repeat_ = repeatability::unsafe;
    call_step step_ = call_step::send;
    pause pause_ = pause::none;
    ending ending_ = ending::none;
    bool maybe_sent_ = false;    // the peer may have seen any of the attempts
    bool retry_pending_ = false; // it was paid for, and not made yet
    int last_cost_ = 0;
    std::chrono::milliseconds clock_offset_{0}; // that the last attempt was signed with
    std::vector<violation> violations_;
    transport_failure transport_;
    response_report report_;
    http_response response_;
    call_metadata metadata_;
};

} // namespace detail
} // namespace parley

#endif

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace parley {

/// What a client is made with. All but where the service is has a default.
struct client_config {
    std::string endpoint{};       ///< "https://api.example.com"; services of AWS have one made from their region
    std::string region{};         ///< of AWS
    bool use_fips = false;      ///< of AWS
    bool use_dualstack = false; ///< of AWS
    bool host_prefix = true;    ///< whether operations may put a prefix before the endpoint's host

    parley::strictness strictness = parley::strictness::strict;
    decode_limits limits{};
    retry_policy retry{};
    std::shared_ptr<client_state> state{}; ///< shared with other clients of the same peer; default: one of its own
    std::optional<std::chrono::milliseconds> call_timeout{};    ///< for all attempts and the waits between them
    std::optional<std::chrono::milliseconds> attempt_timeout{}; ///< for one attempt

    compressor gzip{};                               ///< for operations that take compressed requests: `parley::gzip`
    std::size_t gzip_threshold = 10'240;             ///< bytes; smaller bodies are sent as they are
    headers fields{};                                ///< added to each request
    std::string user_agent = "parley/0.1.0";       ///< none if empty
    request_signer sign{};                         ///< the last to change each attempt's request, to authorize it
    std::vector<interceptor> interceptors{};       ///< see and change what goes out and comes in, in this order

    // For tests: what a client takes from its surroundings.
    std::function<std::chrono::steady_clock::time_point()> now{}; ///< for waits and deadlines; default: the steady clock
    std::function<std::chrono::system_clock::time_point()> system_now{}; ///< for signatures; default: the system's clock
    std::function<double()> random{};                             ///< within [0, 1); default: seeded by the system
    std::function<std::string()> uuid{};                          ///< default: random (RFC 9562, version 4)
};

/// What one call is made with besides its input.
struct call_options {
    std::stop_token stop{};                                     ///< cancels the call at any moment
    std::optional<std::chrono::milliseconds> call_timeout{};    ///< instead of the client's
    std::optional<std::chrono::milliseconds> attempt_timeout{}; ///< instead of the client's
};

namespace detail {

std::chrono::steady_clock::time_point steady_now();
std::chrono::system_clock::time_point system_now();
double random_fraction();

/// The settings of a call; an error if the client does not say where the service is.
result<call_settings, endpoint_error> settings_for(client_config const& config, aws_service const* aws,
                                                   call_options const& options);

/// Waits in the calling thread; returns early when asked to stop.
void sleep_in_thread(std::chrono::steady_clock::duration duration, std::stop_token const& stop);

} // namespace detail
} // namespace parley

#endif
#ifndef PARLEY_ENDPOINT_PAGES_HPP
#define PARLEY_ENDPOINT_PAGES_HPP

#ifndef PARLEY_ENDPOINT_TRANSPORT_HPP
#define PARLEY_ENDPOINT_TRANSPORT_HPP

#ifndef PARLEY_ENDPOINT_AWAITABLE_TRAITS_HPP
#define PARLEY_ENDPOINT_AWAITABLE_TRAITS_HPP

namespace parley {

/// What a coroutine type yields, and its sibling that yields something else. Specialize it for a coroutine type that is no
/// class template whose first argument is what it yields.
template <class A>
struct awaitable_traits;

template <template <class...> class A, class T, class... Rest>
struct awaitable_traits<A<T, Rest...>> {
    using value_type = T;
    template <class U>
    using rebind = A<U, Rest...>;
};

} // namespace parley

#endif

#include <chrono>
#include <concepts>
#include <stop_token>
#include <type_traits>
#include <utility>

namespace parley {

// What a user brings: something callable with a request. What it returns decides how the client behaves.
//
//     response operator()(http_request const&)                    send blocks
//     result<response, transport_error> operator()(...)           the same; failures are told, not thrown
//     awaitable<either> operator()(http_request const&)           send is awaitable, with the transport's own coroutine type
//     void operator()(http_request const&, handler)               send takes a handler; the transport calls its own with either
//
// `response` is any type that is `response_like`. The request lives until the response is handled.
//
// A transport may have a timer of its own, so that waits between attempts do not block: `sleep(duration)` for the first
// two, the same returning an awaitable, or `sleep(duration, handler)`. Each may take a stop_token after the duration; a timer that
// does ends its wait early when asked to stop, so that a cancelled call ends at once.

namespace detail {

template <class T>
struct reply {
    static constexpr bool valid = response_like<T>;
};
template <class R>
struct reply<result<R, transport_error>> {
    static constexpr bool valid = response_like<R>;
};

} // namespace detail

/// A response, or a result of one.
template <class T>
concept transport_reply = detail::reply<std::remove_cvref_t<T>>::valid;

template <class A>
concept awaitable_reply = !transport_reply<A> && requires {
    typename awaitable_traits<std::remove_cvref_t<A>>::value_type;
    requires transport_reply<typename awaitable_traits<std::remove_cvref_t<A>>::value_type>;
};

namespace detail {

struct reply_handler {
    template <transport_reply R>
    void operator()(R&&) const {}
};
struct wake_handler {
    void operator()() const {}
};

template <class T>
using reply_of = std::invoke_result_t<T&, http_request const&>;

} // namespace detail

/// A transport whose call returns when the response is there.
template <class T>
concept blocking_transport = std::invocable<T&, http_request const&> && transport_reply<detail::reply_of<T>>;

/// A transport whose call is a coroutine.
template <class T>
concept awaitable_transport = std::invocable<T&, http_request const&> && awaitable_reply<detail::reply_of<T>>;

/// A transport that calls a handler when the response is there.
template <class T>
concept callback_transport = !blocking_transport<T> && !awaitable_transport<T> &&
                             std::invocable<T&, http_request const&, detail::reply_handler>;

/// Something that a client can send with. Models: `loopback`, `curl_transport`, any lambda of one of the three forms.
template <class T>
concept transport = blocking_transport<T> || awaitable_transport<T> || callback_transport<T>;

} // namespace parley

#endif
#ifndef PARLEY_EXCHANGE_PAGINATE_HPP
#define PARLEY_EXCHANGE_PAGINATE_HPP

#ifndef PARLEY_DESCRIBE_FINGERPRINT_HPP
#define PARLEY_DESCRIBE_FINGERPRINT_HPP

#include <cstddef>
#include <string>

namespace parley::detail {

/// Appends a text that is equal for equal values only, so that equal items are found by sorting, not by comparing each with
/// each. `held`: how `place` holds the value; null: it is the value. Values below `depth` levels are not looked at.
void append_fingerprint(std::string& out, shape const& what, holder const* held, void const* place, std::size_t depth);

/// The same for a value of a described or known type, all 64 levels of it.
template <class T>
std::string fingerprint(T const& value) {
    std::string text;
    append_fingerprint(text, shape_of<T>, nullptr, holding<T>::peek(&value), 64);
    return text;
}

} // namespace parley::detail

#endif
#ifndef PARLEY_DESCRIBE_MEMBER_PATH_HPP
#define PARLEY_DESCRIBE_MEMBER_PATH_HPP

#include <boost/mp11/algorithm.hpp>

#include <array>
#include <cstddef>
#include <string_view>
#include <type_traits>

namespace parley::detail {

template <class T, char... Name>
struct path_names_no_described_member_of {
    static constexpr bool reported = false;
    static_assert(never<T>, "parley: the operation's pagination names a member that the struct does not have or does not "
                            "describe: correct the name (as in C++, members of members after a dot)");
};

/// One step of a path: the descriptor of the member of `T` that the part of `Path` from `From` on names.
template <class T, auto const& Path, std::size_t From>
struct path_step_of {
    static constexpr std::size_t dot = Path.find('.', From);
    static constexpr std::array<std::string_view, 1> name{Path.substr(From, dot == Path.npos ? dot : dot - From)};
    using members = typename structure_of<T>::members;
    static constexpr std::size_t position = members::position_of(name[0]);

    static constexpr bool check() {
        if constexpr (position == members::count) return report<path_names_no_described_member_of, T, name, 0>();
        return true;
    }
    static_assert(check());
    using descriptor = boost::mp11::mp_at_c<typename member_list<T>::type, position>;
    static constexpr bool last = dot == Path.npos;
};

/// The place (an optional, a box or the value itself) of the member of `object` that `Path`, a static name without dots, names.
template <auto const& Path, class T>
auto& place_at(T& object) {
    return object.*path_step_of<T, Path, 0>::descriptor::pointer;
}

/// The value that `Path` ("result.next") names in `object`, or null if it is absent, or something on the way there.
template <auto const& Path, std::size_t From = 0, class T>
auto* value_at(T& object) {
    using step = path_step_of<T, Path, From>;
    auto& place = object.*step::descriptor::pointer;
    using how = holding<std::remove_cvref_t<decltype(place)>>;
    auto* const value = static_cast<typename how::value*>(const_cast<void*>(how::peek(&place)));
    if constexpr (step::last) {
        return value;
    } else {
        using result = decltype(value_at<Path, step::dot + 1>(*value));
        return value ? value_at<Path, step::dot + 1>(*value) : result(nullptr);
    }
}

} // namespace parley::detail

#endif

#include <algorithm>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace parley {

/// An operation that says how it is called again for what comes next.
template <class Op>
concept paginated_operation = operation<Op> && requires {
    { Op::pagination } -> std::convertible_to<paginated const&>;
};

/// One that says which member of its output is the list of items, too.
template <class Op>
concept itemized_operation = paginated_operation<Op> && !Op::pagination.items.empty();

namespace detail {

template <class Op>
struct pagination_of {
    static constexpr std::string_view input_token = Op::pagination.input_token;
    static constexpr std::string_view output_token = Op::pagination.output_token;
    static constexpr std::string_view items = Op::pagination.items;
};

/// Notices that tokens go round in a circle, in constant memory: Brent's algorithm keeps one of them, and moves it on after
/// 1, 2, 4, 8, ... further ones.
class token_watch {
public:
    /// False if the token is one that was seen.
    bool is_new(std::string token) {
        if (token == kept_) return false;
        if (++since_ == power_) {
            kept_ = std::move(token);
            power_ *= 2;
            since_ = 0;
        }
        return true;
    }

private:
    std::string kept_; // a fingerprint, so never empty once there is one
    std::uint64_t since_ = 0, power_ = 1;
};

/// From page to page: what to ask for next. Does no I/O.
template <paginated_operation Op>
class page_walk {
public:
    explicit page_walk(typename Op::input first) : input_(std::move(first)) {}

    bool done() const noexcept { return done_; }
    typename Op::input const& input() const noexcept { return input_; }

    /// Looks at the page that `input` gave, and prepares the next. The page itself, or the error that it was the same again.
    outcome<Op> take(outcome<Op> page) {
        done_ = true;
        if (!page) return page;
        auto const* token = value_at<pagination_of<Op>::output_token>(*page);
        if (!token || is_empty_text(*token)) return page;
        if (!watch_.is_new(fingerprint(*token))) return repeated(std::move(page));
        place_at<pagination_of<Op>::input_token>(input_) = *token;
        done_ = false;
        return page;
    }

private:
    template <class Token>
    static bool is_empty_text(Token const& token) {
        if constexpr (std::is_convertible_v<Token const&, std::string_view>) return std::string_view(token).empty();
        else return false;
    }
    static outcome<Op> repeated(outcome<Op> page) {
        undecodable_response e;
        e.sent = delivery::answered;
        e.message = "the page after this one is one that was there before: the token repeats itself";
        std::string path("/");
        path += Op::pagination.output_token;
        std::replace(path.begin(), path.end(), '.', '/');
        e.violations.push_back({errc::invalid_value, std::move(path), "is a token that was there before"});
        return {call_error<Op>(std::move(e)), page.metadata()};
    }

    typename Op::input input_;
    token_watch watch_;
    bool done_ = false;
};

} // namespace detail
} // namespace parley

#endif

#include <cstddef>
#include <iterator>
#include <optional>
#include <type_traits>
#include <utility>

namespace parley {

template <class Transport>
class client;

namespace detail {

/// What a range of a client asks for its next element, and the input iterator of one that blocks. `Self` has `next()`.
template <class Self, class Element>
class pulled_range {
public:
    class iterator {
    public:
        using value_type = Element;
        using difference_type = std::ptrdiff_t;
        using iterator_concept = std::input_iterator_tag;

        explicit iterator(pulled_range& range) : range_(&range) {}
        Element& operator*() const noexcept { return *range_->current_; }
        Element* operator->() const noexcept { return &*range_->current_; }
        iterator& operator++() { return range_->advance(), *this; }
        void operator++(int) { range_->advance(); }
        bool operator==(std::default_sentinel_t) const noexcept { return !range_->current_; }

    private:
        pulled_range* range_;
    };

    pulled_range() = default;
    pulled_range(pulled_range const&) = delete; // iterators and items refer to it
    pulled_range& operator=(pulled_range const&) = delete;

    /// Makes the first call.
    iterator begin() { return advance(), iterator(*this); }
    std::default_sentinel_t end() const noexcept { return {}; }

private:
    void advance() {
        current_.reset();
        if (auto element = static_cast<Self&>(*this).next()) current_.emplace(std::move(*element));
    }
    std::optional<Element> current_;
};
// The others are asked by hand.
struct asked_range {
    asked_range() = default;
    asked_range(asked_range const&) = delete;
    asked_range& operator=(asked_range const&) = delete;
};

} // namespace detail

/// The pages of an operation, each an outcome; made by `client.pages`. An error is the last of them. The client must outlive
/// it.
///
/// With a blocking transport, it is an input range, and `next()` returns the next page, or nothing after the last:
///
///     for (auto& page : client.pages<ListDatastores>({})) { if (!page) break; use(page->datastoreSummaries); }
///
/// With the others, `next()` is awaitable, or takes a handler of a `std::optional<outcome<Op>>`; one call at a time.
///
///     auto pages = client.pages<ListDatastores>({});
///     while (auto page = co_await pages.next()) { ... }
template <class Transport, paginated_operation Op>
class page_range : public std::conditional_t<blocking_transport<Transport>,
                                             detail::pulled_range<page_range<Transport, Op>, outcome<Op>>, detail::asked_range> {
public:
    page_range(client<Transport>& client, typename Op::input input, call_options options)
        : client_(&client), walk_(std::move(input)), options_(std::move(options)) {}

    std::optional<outcome<Op>> next()
        requires blocking_transport<Transport>
    {
        if (walk_.done()) return std::nullopt;
        return walk_.take(client_->template send<Op>(walk_.input(), options_));
    }

    auto next()
        requires awaitable_transport<Transport>
    {
        return run();
    }

    template <class Handler>
        requires callback_transport<Transport> && std::invocable<Handler&, std::optional<outcome<Op>>>
    void next(Handler handler) {
        if (walk_.done()) return handler(std::nullopt);
        client_->template send<Op>(
            walk_.input(),
            [this, handler = std::move(handler)](outcome<Op> page) mutable { handler(walk_.take(std::move(page))); }, options_);
    }

private:
    template <class T = Transport>
    typename awaitable_traits<detail::reply_of<T>>::template rebind<std::optional<outcome<Op>>> run() {
        if (walk_.done()) co_return std::nullopt;
        auto call = client_->template send<Op>(walk_.input(), options_);
        auto page = co_await std::move(call);
        co_return walk_.take(std::move(page));
    }

    client<Transport>* client_;
    detail::page_walk<Op> walk_;
    call_options options_;
};

/// One item of a page, or the error that ended the pages. Refers to the range it is from, until that moves on.
///
///     for (auto& job : client.items<ListDICOMImportJobs>({.datastoreId = id})) {
///         if (!job) return explain(job.error());
///         use(job->jobName);
///     }
template <class Op>
class paged_item {
    using list = std::remove_pointer_t<decltype(detail::value_at<detail::pagination_of<Op>::items>(
        std::declval<typename Op::output&>()))>;

public:
    using value_type = typename list::value_type;

    explicit paged_item(value_type* item) noexcept : item_(item) {}
    explicit paged_item(outcome<Op> const& failed) noexcept : failed_(&failed) {}

    explicit operator bool() const noexcept { return item_ != nullptr; }
    /// The item; undefined if there is none.
    value_type& operator*() const noexcept { return *item_; }
    value_type* operator->() const noexcept { return item_; }
    /// The item; throws as `outcome::value` does if there is none.
    value_type& value() const {
        if (!item_) error().raise();
        return *item_;
    }
    /// Why there are no more items; undefined if there is an item.
    call_error<Op> const& error() const noexcept { return failed_->error(); }

private:
    value_type* item_ = nullptr;
    outcome<Op> const* failed_ = nullptr;
};

/// The items of all pages of an operation, made by `client.items`. In use as `page_range` is; there is none for transports
/// that take handlers.
template <class Transport, itemized_operation Op>
    requires(!callback_transport<Transport>)
class item_range : public std::conditional_t<blocking_transport<Transport>,
                                             detail::pulled_range<item_range<Transport, Op>, paged_item<Op>>, detail::asked_range> {
public:
    item_range(client<Transport>& client, typename Op::input input, call_options options)
        : pages_(client, std::move(input), std::move(options)) {}

    std::optional<paged_item<Op>> next()
        requires blocking_transport<Transport>
    {
        for (;;) {
            if (auto item = next_of_page()) return item;
            if (!turn(pages_.next())) return std::nullopt;
        }
    }

    auto next()
        requires awaitable_transport<Transport>
    {
        return run();
    }

private:
    using list = std::remove_pointer_t<decltype(detail::value_at<detail::pagination_of<Op>::items>(
        std::declval<typename Op::output&>()))>;

    template <class T = Transport>
    typename awaitable_traits<detail::reply_of<T>>::template rebind<std::optional<paged_item<Op>>> run() {
        for (;;) {
            if (auto item = next_of_page()) co_return item;
            auto call = pages_.next();
            auto page = co_await std::move(call);
            if (!turn(std::move(page))) co_return std::nullopt;
        }
    }

    std::optional<paged_item<Op>> next_of_page() {
        if (!page_) return std::nullopt;
        if (!*page_) return std::exchange(told_, true) ? std::nullopt : std::optional(paged_item<Op>(*page_));
        if (!items_ || at_ == items_->end()) return std::nullopt;
        return paged_item<Op>(&*at_++);
    }
    // False after the last page.
    bool turn(std::optional<outcome<Op>> page) {
        page_ = std::move(page);
        items_ = page_ && *page_ ? detail::value_at<detail::pagination_of<Op>::items>(**page_) : nullptr;
        if (items_) at_ = items_->begin();
        return page_.has_value();
    }

    page_range<Transport, Op> pages_;
    std::optional<outcome<Op>> page_;
    list* items_ = nullptr;
    typename list::iterator at_{};
    bool told_ = false; // of the error
};

} // namespace parley

#endif
#ifndef PARLEY_EXCHANGE_EXCHANGE_HPP
#define PARLEY_EXCHANGE_EXCHANGE_HPP

#ifndef PARLEY_EXCHANGE_IDEMPOTENCY_TOKEN_HPP
#define PARLEY_EXCHANGE_IDEMPOTENCY_TOKEN_HPP

#include <functional>
#include <string>

namespace parley::detail {

/// Whether an input has a member that is an idempotency token.
template <class Input>
constexpr bool has_idempotency_token() {
    if constexpr (is_described<Input>) {
        for (auto const& m : structure_of<Input>::members::table) {
            if (m.idempotency_token) return true;
        }
    }
    return false;
}

/// Writes a UUID to each member that is an idempotency token and absent. Returns whether there is one that is not empty.
bool fill_idempotency_tokens(structure_shape const& s, void* input, std::function<std::string()> const& uuid);

} // namespace parley::detail

#endif
#ifndef PARLEY_PROTOCOL_AWS_JSON_HPP
#define PARLEY_PROTOCOL_AWS_JSON_HPP

#ifndef PARLEY_PROTOCOL_PROTOCOL_FUNCTIONS_HPP
#define PARLEY_PROTOCOL_PROTOCOL_FUNCTIONS_HPP

#include <array>
#include <string>
#include <utility>
#include <variant>

namespace parley {

namespace detail {

// From what the engine found to what the user gets.
template <class Op>
call_error<Op> make_call_error(response_report&& report, typename call_error<Op>::variant&& what,
                               response_view const& response) {
    if (report.what == response_report::kind::declared) {
        return {std::move(what),
                error_details{std::move(report.code), std::move(report.message), report.fault, copy_of(response)}};
    }
    if (report.what == response_report::kind::undeclared) {
        undeclared_error e;
        e.message = std::move(report.message);
        e.sent = delivery::answered;
        e.code = std::move(report.code);
        e.fault = report.fault;
        e.response = copy_of(response);
        return e;
    }
    undecodable_response e;
    if (report.status != 0) e.message = "status " + std::to_string(report.status) + ": ";
    e.message += data_error{report.violations}.message();
    e.sent = delivery::answered;
    e.violations = std::move(report.violations);
    e.code = std::move(report.code);
    e.response = copy_of(response);
    return e;
}

} // namespace detail

/// The functions of a protocol over HTTP, made from its engine. A client uses one pair, a server the others; none does any I/O.
template <class Protocol>
struct protocol_functions {
    /// Builds the HTTP request of `Op` from `input`. Sends nothing.
    ///
    /// Fails with all that is wrong with the input: violated constraints, labels that are empty (Smithy, httpLabel), texts
    /// that are not UTF-8.
    ///
    ///     auto request = parley::rest_json::encode_request<get_weather>({.city = "Ghent"});
    ///
    /// See `decode_response`.
    template <operation Op>
    static result<http_request> encode_request(typename Op::input const& input, encode_options const& options = {}) {
        http_request request;
        data_error error;
        if (!Protocol::engine.encode_request(detail::table_of<Op>::value, &input, options, request, error.violations))
            return error;
        return request;
    }

    /// Reads the output of `Op`, or the error, from a response of any type that is `response_like`.
    template <operation Op, response_like Response>
    static result<typename Op::output, call_error<Op>> decode_response(Response const& response,
                                                                       decode_options const& options = {}) {
        auto output = detail::access::make<typename Op::output>();
        typename call_error<Op>::variant errors;
        auto const view = view_of(response);
        auto report = Protocol::engine.decode_response(detail::table_of<Op>::value, view, options, &output, &errors);
        if (report.what == detail::response_report::kind::output) return output;
        return detail::make_call_error<Op>(std::move(report), std::move(errors), view);
    }

    /// True if the request is one for `Op`, wherever it was sent: `router` tells many operations apart.
    template <operation Op, request_like Request>
    static bool matches(Request const& request) {
        return Protocol::engine.route(std::array{&detail::table_of<Op>::value}, view_of(request), false).position.has_value();
    }

    /// Reads the input of `Op` from a request of any type that `matches`. Fails with all that is wrong with it.
    template <operation Op, request_like Request>
    static result<typename Op::input> decode_request(Request const& request, decode_options const& options = {.closed = true}) {
        auto input = detail::access::make<typename Op::input>();
        data_error error;
        if (!Protocol::engine.decode_request(detail::table_of<Op>::value, view_of(request), options, &input, error.violations))
            return error;
        return input;
    }

    /// Builds the response that says `output`.
    template <operation Op>
    static result<http_response> encode_response(typename Op::output const& output) {
        http_response response;
        data_error error;
        if (!Protocol::engine.encode_response(detail::table_of<Op>::value, &output, response, error.violations))
            return error;
        return response;
    }

    /// Builds the response that says `error`: its status, its code and its members.
    template <class E>
    static result<http_response> encode_error(E const& error) {
        return encode_error_of({errors_by_code_or_status(), nullptr}, error);
    }
    /// The same by the error scheme of the service of `Op`.
    template <operation Op, class E>
    static result<http_response> encode_error(E const& error) {
        return encode_error_of({detail::scheme_of<Op>(), detail::aws_of<Op>()}, error);
    }

private:
    template <class E>
    static result<http_response> encode_error_of(detail::service_facts const& service, E const& error) {
        http_response response;
        data_error wrong;
        static constexpr auto entry = detail::make_error_entry<std::variant<std::monostate, E>, E>();
        if (!Protocol::engine.encode_error(service, entry, &error, response, wrong.violations)) return wrong;
        return response;
    }
};

} // namespace parley

#endif

namespace parley {

namespace detail::aws_json {

extern protocol_engine const engine_1_0;
extern protocol_engine const engine_1_1;

} // namespace detail::aws_json

/// The RPC protocol of many services of AWS: each call is a POST to "/" whose header x-amz-target names the operation, and
/// whose body is the input as JSON. https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html
struct aws_json_1_0 : protocol_functions<aws_json_1_0> {
    static constexpr detail::protocol_engine const& engine = detail::aws_json::engine_1_0;
};

/// The same with another content-type, of older services.
/// https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html
struct aws_json_1_1 : protocol_functions<aws_json_1_1> {
    static constexpr detail::protocol_engine const& engine = detail::aws_json::engine_1_1;
};

} // namespace parley

#endif
#ifndef PARLEY_PROTOCOL_REST_JSON_HPP
#define PARLEY_PROTOCOL_REST_JSON_HPP

namespace parley {

namespace detail::rest_json {

extern protocol_engine const engine;

} // namespace detail::rest_json

/// JSON over HTTP as AWS's restJson1 has it, and as most hand-made APIs do: members travel in the path, the query, headers
/// and a JSON body. https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html
///
///     auto request = parley::rest_json::encode_request<get_weather>({.city = "Ghent"});
struct rest_json : protocol_functions<rest_json> {
    static constexpr detail::protocol_engine const& engine = detail::rest_json::engine;
};

} // namespace parley

#endif

#include <algorithm>
#include <chrono>
#include <utility>

namespace parley {

namespace detail {

template <class Op>
constexpr repeatability repeatability_of() {
    constexpr auto traits = traits_of_operation<Op>();
    if (traits.readonly) return repeatability::readonly;
    return traits.idempotent ? repeatability::idempotent : repeatability::unsafe;
}

} // namespace detail

/// One call of `Op` as a state machine without I/O, for a driver of any kind. `poll` says what to do, `handle_*` takes
/// what happened; time comes in as an argument.
///
///     parley::exchange<get_weather> call(settings, {.city = "Ghent"}, now());
///     for (;;) {
///         switch (call.poll(now())) {
///         case parley::call_step::send: call.handle_response(transport(call.request()), now()); break;
///         case parley::call_step::wait: sleep_until(call.wake_at()); call.handle_wake(); break;
///         case parley::call_step::receive: break; // only where the transport does not block
///         case parley::call_step::done: return call.take();
///         }
///     }
///
/// The settings, and the state that they point to, must live as long as the exchange. It is not safe to use from many threads at
/// once; the state is.
///
/// A driver that hedges (see `retry_policy::hedge_after`) polls again at `wake_at()` while an attempt is under way, may be told
/// to `send` a second one, and says with `attempt()` of which one it is when it hands in what happened.
template <operation Op>
class exchange {
public:
    using time_point = detail::call_machine::time_point;

    exchange(call_settings const& settings, typename Op::input const& input, time_point now)
        : machine_(detail::table_of<Op>::value, detail::protocol_of<Op>::type::engine, settings) {
        constexpr auto repeat = detail::repeatability_of<Op>();
        if constexpr (detail::has_idempotency_token<typename Op::input>()) {
            auto filled = input;
            bool const known =
                detail::fill_idempotency_tokens(detail::structure_of<typename Op::input>::table, &filled, settings.uuid);
            machine_.start(&filled, known ? std::max(repeat, repeatability::idempotent) : repeat, now);
        } else {
            machine_.start(&input, repeat, now);
        }
    }

    /// What to do next: `send` request(), wait until `wake_at()`, or `take()` the outcome.
    parley::call_step poll(time_point now) { return machine_.poll(now); }

    /// The request of the newest attempt. It stays as it is until that has ended.
    http_request const& request() const noexcept { return machine_.request(); }
    /// The number of the newest attempt, from 1.
    int attempt() const noexcept { return machine_.attempt(); }
    /// When to poll again, at the latest; `time_point::max()` if only the end of an attempt has something to say.
    time_point wake_at() const noexcept { return machine_.wake_at(); }

    /// How an attempt ended. `attempt` may be left out where only one can be under way.
    template <response_like Response>
    void handle_response(Response const& response, time_point now, int attempt = 0) {
        machine_.handle_response(view_of(response), attempt, now, &output_, &errors_);
    }
    void handle_transport_error(transport_error const& error, time_point now, int attempt = 0) {
        machine_.handle_transport_error(error, attempt, now);
    }

    /// The time of `wake_at()` has come, by whichever clock the driver's timer goes.
    void handle_wake() noexcept { machine_.handle_wake(); }

    /// The outcome, once `poll` says that the call is done. Asks the transport to give up an attempt that is still under way.
    outcome<Op> take() {
        using ending = detail::call_machine::ending;
        machine_.close();
        auto& metadata = machine_.metadata();
        switch (machine_.how_it_ended()) {
        case ending::output: return {std::move(output_), std::move(metadata)};
        case ending::invalid_input: {
            invalid_input error;
            error.message = data_error{machine_.violations()}.message();
            error.violations = std::move(machine_.violations());
            return {call_error<Op>(std::move(error)), std::move(metadata)};
        }
        case ending::error: {
            return {detail::make_call_error<Op>(std::move(machine_.report()), std::move(errors_), view_of(machine_.response())),
                    std::move(metadata)};
        }
        default: return {call_error<Op>(std::move(machine_.transport())), std::move(metadata)};
        }
    }

private:
    detail::call_machine machine_;
    typename Op::output output_ = detail::access::make<typename Op::output>();
    typename call_error<Op>::variant errors_;
};

} // namespace parley

#endif
#ifndef PARLEY_EXCHANGE_WAIT_MACHINE_HPP
#define PARLEY_EXCHANGE_WAIT_MACHINE_HPP

#ifndef PARLEY_EXCHANGE_ACCEPTORS_HPP
#define PARLEY_EXCHANGE_ACCEPTORS_HPP

#ifndef PARLEY_DESCRIBE_JMESPATH_HPP
#define PARLEY_DESCRIBE_JMESPATH_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace parley {

// Expressions of JMESPath (https://jmespath.org/specification.html), as far as waiters use them: members, "[]", "[*]" and
// "[?...]", comparisons, "&&", "||", "!", length(...), 'texts' and `literals`. They are compiled with the program, against
// the description of the value they are about, so that a member that is not there does not compile; and evaluated by
// ordinary code.

namespace detail {

struct jmespath_node {
    enum class operation : std::uint8_t {
        current, member, project, filter, literal_text, literal_number, literal_true, literal_false, literal_null,
        equal, not_equal, less, less_or_equal, greater, greater_or_equal, both, either, negate, length
    };
    static constexpr std::uint16_t none = 0xffff;

    operation what = operation::current;
    bool flattens = false; ///< project: "[]", which makes one list of lists
    std::uint16_t left = none;   ///< the operand; of a member: the value that has it
    std::uint16_t right = none;  ///< the second operand; of a projection: what is done with each item
    std::uint16_t test = none;   ///< filter: what must hold for an item
    parley::member const* target = nullptr;
    std::string_view text;
    double number = 0;
};

/// Reads an expression about a value of shape `root`. A mistake throws, which ends a constant evaluation with an error that
/// shows the line. With null for `nodes`, it counts them only.
class jmespath_reader {
public:
    constexpr jmespath_reader(std::string_view text, shape const& root, jmespath_node* nodes)
        : rest_(text), root_(&root), nodes_(nodes) {}

    /// The number of nodes, the last of which is the whole.
    constexpr std::size_t read() {
        either(root_);
        skip();
        if (!rest_.empty()) throw "parley: this path goes on with something that is none of what is known";
        return count_;
    }

private:
    using operation = jmespath_node::operation;
    // What no description tells of: the outcome of a comparison, a literal, a projection.
    static constexpr shape undescribed{shape_kind::json_value};
    // A node, and the shape of what it gives. Never null: g++ 12 with UBSan cannot compare an address with null in a
    // constant expression.
    struct found {
        std::uint16_t node;
        shape const* what;
    };

    constexpr std::uint16_t add(jmespath_node node) {
        if (count_ >= jmespath_node::none) throw "parley: this path is too long";
        if (nodes_) nodes_[count_] = node;
        return static_cast<std::uint16_t>(count_++);
    }
    constexpr std::uint16_t add(operation what, std::uint16_t left = jmespath_node::none,
                                std::uint16_t right = jmespath_node::none) {
        jmespath_node node;
        node.what = what;
        node.left = left;
        node.right = right;
        return add(node);
    }
    constexpr void skip() {
        while (rest_.starts_with(' ') || rest_.starts_with('\n') || rest_.starts_with('\t')) rest_.remove_prefix(1);
    }
    constexpr bool take(std::string_view token) {
        skip();
        if (!rest_.starts_with(token)) return false;
        rest_.remove_prefix(token.size());
        return true;
    }
    constexpr void expect(std::string_view token) {
        if (!take(token)) throw "parley: a bracket, parenthesis or quotation of this path is not closed";
    }

    constexpr found either(shape const* at) {
        auto left = both(at);
        while (take("||")) left = {add(operation::either, left.node, both(at).node), &undescribed};
        return left;
    }
    constexpr found both(shape const* at) {
        auto left = comparison(at);
        while (take("&&")) left = {add(operation::both, left.node, comparison(at).node), &undescribed};
        return left;
    }
    constexpr found comparison(shape const* at) {
        auto const left = negation(at);
        for (auto const& [token, what] : {compared{"==", operation::equal}, compared{"!=", operation::not_equal},
                                          compared{"<=", operation::less_or_equal}, compared{">=", operation::greater_or_equal},
                                          compared{"<", operation::less}, compared{">", operation::greater}}) {
            if (take(token)) return {add(what, left.node, negation(at).node), &undescribed};
        }
        return left;
    }
    struct compared {
        std::string_view token;
        operation what;
    };
    constexpr found negation(shape const* at) {
        skip();
        if (rest_.starts_with("!") && !rest_.starts_with("!=")) {
            take("!");
            return {add(operation::negate, negation(at).node), &undescribed};
        }
        return suffixes(primary(at));
    }

    constexpr found primary(shape const* at) {
        skip();
        if (take("(")) {
            auto const inside = either(at);
            expect(")");
            return inside;
        }
        if (take("@")) return {add(operation::current), at};
        if (take("'")) {
            auto const end = rest_.find('\'');
            jmespath_node node;
            node.what = operation::literal_text;
            node.text = rest_.substr(0, end);
            if (end != rest_.npos) rest_.remove_prefix(end);
            expect("'");
            return {add(node), &undescribed};
        }
        if (take("`")) return {literal(), &undescribed};
        auto const name = identifier();
        if (take("(")) {
            if (name != "length") throw "parley: of the functions of JMESPath, length is known alone";
            auto const argument = either(at);
            expect(")");
            return {add(operation::length, argument.node), &undescribed};
        }
        return field(name, {add(operation::current), at});
    }

    constexpr std::uint16_t literal() {
        jmespath_node node;
        auto const end = rest_.find('`');
        auto const text = rest_.substr(0, end);
        if (text == "true") node.what = operation::literal_true;
        else if (text == "false") node.what = operation::literal_false;
        else if (text == "null") node.what = operation::literal_null;
        else if (text.size() > 1 && text.starts_with('"') && text.ends_with('"')) {
            node.what = operation::literal_text;
            node.text = text.substr(1, text.size() - 2);
            if (node.text.find('\\') != text.npos) throw "parley: a literal of this path has an escape: write it as 'text'";
        } else {
            node.what = operation::literal_number;
            if (text.empty()) throw "parley: a literal of this path is no number, text or boolean";
            for (char c : text) {
                if (c < '0' || c > '9') throw "parley: a literal of this path is no number, text or boolean";
                node.number = node.number * 10 + (c - '0');
            }
        }
        if (end != rest_.npos) rest_.remove_prefix(end);
        expect("`");
        return add(node);
    }

    constexpr std::string_view identifier() {
        skip();
        if (take("\"")) {
            auto const end = rest_.find('"');
            auto const name = rest_.substr(0, end);
            if (end != rest_.npos) rest_.remove_prefix(end);
            expect("\"");
            return name;
        }
        std::size_t size = 0;
        while (size < rest_.size() && is_name(rest_[size])) ++size;
        if (size == 0) throw "parley: this path lacks a name";
        auto const name = rest_.substr(0, size);
        rest_.remove_prefix(size);
        return name;
    }
    static constexpr bool is_name(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    }

    // A member by its name in C++, where a trailing underscore may be left out.
    static constexpr member const& find(structure_shape const& s, std::string_view name) {
        for (std::size_t i = 0; i < s.count; ++i) {
            auto const cpp = s.members[i].cpp_name;
            if (cpp == name || (cpp.ends_with('_') && cpp.substr(0, cpp.size() - 1) == name)) return s.members[i];
        }
        throw "parley: this path names a member that the description does not have";
    }
    constexpr found field(std::string_view name, found of) {
        bool const has_members = of.what->kind == shape_kind::structure || of.what->kind == shape_kind::choice;
        if (!has_members) throw "parley: this path asks for a member of something that has none";
        jmespath_node node;
        node.what = operation::member;
        node.left = of.node;
        node.target = &find(*of.what->structure, name);
        return {add(node), node.target->value.target};
    }

    constexpr found suffixes(found left) {
        for (;;) {
            if (take(".")) {
                left = field(identifier(), left);
            } else if (take("[]") || take("[*]") || take("[?")) {
                return project(left);
            } else {
                return left;
            }
        }
    }
    // All that follows is done with each item.
    constexpr found project(found list) {
        auto const before = taken_before();
        if (list.what->kind != shape_kind::list) throw "parley: this path goes through something that is no list";
        jmespath_node node;
        node.what = before == '?' ? operation::filter : operation::project;
        node.flattens = before == '[';
        node.left = list.node;
        auto const* item = list.what->list->item.target;
        if (before == '?') {
            node.test = either(item).node;
            expect("]");
        }
        if (node.flattens && item->kind == shape_kind::list) item = item->list->item.target;
        node.right = suffixes({add(operation::current), item}).node;
        return {add(node), &undescribed};
    }
    // Which of "[]", "[*]" and "[?" was taken: its second character, or '[' for the first.
    constexpr char taken_before() const {
        char const last = *(rest_.data() - 1);
        return last == '?' ? '?' : *(rest_.data() - 2) == '*' ? '*' : '[';
    }

    std::string_view rest_;
    shape const* root_;
    jmespath_node* nodes_;
    std::size_t count_ = 0;
};

/// What an expression gives.
struct jmespath_value {
    enum class kind : std::uint8_t { null, boolean, number, text, object, list };

    kind what = kind::null;
    bool boolean = false;
    double number = 0;
    std::string_view text;       ///< of the value that was asked
    std::size_t size = 0;        ///< object: how many members or entries it has
    std::vector<jmespath_value> items;

    /// False for null, false, and what is empty.
    bool truthy() const noexcept;
    friend bool operator==(jmespath_value const&, jmespath_value const&) = default;
};

/// Evaluates an expression about the value at `object`; the last node is the whole.
jmespath_value evaluate_jmespath(jmespath_node const* nodes, std::size_t count, shape const& root, void const* object);

} // namespace detail

/// An expression about a `T`.
///
///     auto statuses = parley::jmespath<"services[].status", DescribeServicesResponse>::evaluate(response);
template <fixed_string Text, class T>
struct jmespath {
    static constexpr std::size_t count = detail::jmespath_reader(Text.view(), shape_of<T>, nullptr).read();
    static constexpr auto nodes = [] {
        std::array<detail::jmespath_node, count> all{};
        detail::jmespath_reader(Text.view(), shape_of<T>, all.data()).read();
        return all;
    }();

    static detail::jmespath_value evaluate(T const& value) {
        return detail::evaluate_jmespath(nodes.data(), count, shape_of<T>, &value);
    }
};

} // namespace parley

#endif

#include <cstdint>
#include <optional>
#include <string_view>

namespace parley {

/// What a call's outcome says about a wait for something.
enum class wait_state : std::uint8_t {
    success, ///< it is there
    failure, ///< it will not come any more
    retry,   ///< ask again later
};

// Acceptors: each looks at an outcome and says what it means, or nothing. Paths are JMESPath (describe/jmespath.hpp), resolved
// against the operation's output when the program is compiled. https://smithy.io/2.0/additional-specs/waiters.html#matcher

namespace detail {

constexpr bool says(jmespath_value const& v, std::string_view expected) {
    if (v.what == jmespath_value::kind::text) return v.text == expected;
    return v.what == jmespath_value::kind::boolean && expected == (v.boolean ? "true" : "false");
}

} // namespace detail

/// The value at `Path` of the output is the text `Expected`, or the boolean that it spells.
template <wait_state State, fixed_string Path, fixed_string Expected>
struct output_is {
    template <class Op>
    static std::optional<wait_state> look(outcome<Op> const& reply) {
        if (!reply || !detail::says(jmespath<Path, typename Op::output>::evaluate(*reply), Expected.view())) return std::nullopt;
        return State;
    }
};

/// One of the texts at `Path` of the output is `Expected`.
template <wait_state State, fixed_string Path, fixed_string Expected>
struct any_output_is {
    template <class Op>
    static std::optional<wait_state> look(outcome<Op> const& reply) {
        if (!reply) return std::nullopt;
        auto const found = jmespath<Path, typename Op::output>::evaluate(*reply);
        for (auto const& item : found.items) {
            if (detail::says(item, Expected.view())) return State;
        }
        return std::nullopt;
    }
};

/// There are texts at `Path` of the output, and each is `Expected`.
template <wait_state State, fixed_string Path, fixed_string Expected>
struct all_output_is {
    template <class Op>
    static std::optional<wait_state> look(outcome<Op> const& reply) {
        if (!reply) return std::nullopt;
        auto const found = jmespath<Path, typename Op::output>::evaluate(*reply);
        for (auto const& item : found.items) {
            if (!detail::says(item, Expected.view())) return std::nullopt;
        }
        return found.items.empty() ? std::nullopt : std::optional(State);
    }
};

/// The call ended with an error of the peer that has this code.
template <wait_state State, fixed_string Code>
struct error_is {
    template <class Op>
    static std::optional<wait_state> look(outcome<Op> const& reply) {
        if (reply || reply.error().code() != Code.view()) return std::nullopt;
        return State;
    }
};

/// The call gave an output (`Success`), or ended with an error of the peer.
template <wait_state State, bool Success>
struct call_succeeds {
    template <class Op>
    static std::optional<wait_state> look(outcome<Op> const& reply) {
        bool const fits = Success ? reply.has_value() : !reply.has_value() && reply.error().sent() == delivery::answered;
        return fits ? std::optional(State) : std::nullopt;
    }
};

/// Acceptors in order; the first that says something decides. Where none does, an output means to ask again, and an error is
/// a failure.
template <class... Acceptor>
struct acceptors {
    template <class Op>
    wait_state operator()(outcome<Op> const& reply) const {
        std::optional<wait_state> state;
        static_cast<void>((... || (state = Acceptor::look(reply)).has_value()));
        return state.value_or(reply ? wait_state::retry : wait_state::failure);
    }
};

} // namespace parley

#endif

#include <chrono>
#include <cstdint>
#include <optional>
#include <utility>

namespace parley {

/// How long to wait between two questions, and in all.
struct wait_policy {
    std::chrono::milliseconds min_delay{2'000};
    std::chrono::milliseconds max_delay{120'000};
    std::chrono::milliseconds max_wait{600'000}; ///< a wait that takes longer has timed out
};

/// How a wait ended.
enum class wait_end : std::uint8_t { success, failure, timed_out, cancelled };

/// What came of a wait: the last outcome, and what it meant.
///
///     auto job = client.wait_until<GetDICOMImportJob>({...}, [](auto const& reply) { ... }, {.max_wait = 10min});
///     if (job) use(*job.last);
template <class Op>
struct waited {
    wait_end ended = wait_end::timed_out;
    int calls = 0;
    outcome<Op> last;

    explicit operator bool() const noexcept { return ended == wait_end::success; }
};

/// The course of a wait, without I/O: after each call, say what its outcome meant; it says when to ask again, or that the wait
/// is over.
class wait_machine {
public:
    using time_point = std::chrono::steady_clock::time_point;

    wait_machine(wait_policy const& policy, time_point now) : policy_(policy), deadline_(now + policy.max_wait) {}

    /// When it has timed out.
    time_point deadline() const noexcept { return deadline_; }
    int calls() const noexcept { return calls_; }

    /// After a call whose outcome means `state`: when to ask again. Nothing if the wait is over; `ended` says how. `random` is
    /// within [0, 1). https://smithy.io/2.0/additional-specs/waiters.html#waiter-retries
    std::optional<time_point> handle(wait_state state, time_point now, double random);
    wait_end ended() const noexcept { return ended_; }

private:
    wait_policy policy_;
    time_point deadline_;
    int calls_ = 0;
    wait_end ended_ = wait_end::timed_out;
};

} // namespace parley

#endif

#include <chrono>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <utility>

namespace parley {

namespace detail {

// What the parts of a call share, whichever way it is driven.
template <class Op>
struct running_call {
    call_settings settings;
    exchange<Op> call;

    running_call(call_settings&& s, typename Op::input const& input, std::chrono::steady_clock::time_point now)
        : settings(std::move(s)), call(settings, input, now) {}
    running_call(running_call const&) = delete;
    running_call& operator=(running_call const&) = delete;
};

template <class Op>
outcome<Op> nowhere_to_send(endpoint_error const& error) {
    invalid_input e;
    e.message = error.text;
    return {call_error<Op>(std::move(e)), call_metadata{}};
}

template <class Op, class Reply>
void handle_reply(exchange<Op>& call, Reply const& reply, std::chrono::steady_clock::time_point now, int attempt = 0) {
    if constexpr (response_like<Reply>) call.handle_response(reply, now, attempt);
    else if (reply) call.handle_response(*reply, now, attempt);
    else call.handle_transport_error(reply.error(), now, attempt);
}

// The coroutine type of an awaitable transport, yielding an outcome.
template <class Op, class Transport>
struct awaitable_outcome_of {
    using type = void;
};
template <class Op, awaitable_transport Transport>
struct awaitable_outcome_of<Op, Transport> {
    using type = typename awaitable_traits<reply_of<Transport>>::template rebind<outcome<Op>>;
};
template <class Op, class Transport>
using awaitable_outcome = typename awaitable_outcome_of<Op, Transport>::type;

// A waiter of a generated operation has its acceptors and delays; anything else is a callable.
template <class Meaning, class Op>
wait_state meaning_of(Meaning const& meaning, outcome<Op> const& reply) {
    if constexpr (requires { typename Meaning::acceptors; }) return typename Meaning::acceptors()(reply);
    else return meaning(reply);
}
template <class Meaning>
wait_policy policy_of() {
    if constexpr (requires { Meaning::policy; }) return Meaning::policy;
    else return {};
}
struct no_progress {
    template <class Outcome>
    void operator()(Outcome const&) const noexcept {}
};

// A stack that throws says no more than that; the request may have been sent.
inline transport_error thrown_error(std::exception const& thrown) {
    return {transport_errc::other, true, thrown.what()};
}

} // namespace detail

/// Sends operations over a transport of the user's own. Has no thread and no connection; many threads may use it at once if they
/// may use the transport. What its calls learn of their peer (see `client_state`) is shared by its copies, which talk to the
/// same peer as it does. One that was moved from can only be assigned to or destroyed.
///
///     parley::client client{{.endpoint = "https://api.example.com"}, [&](parley::http_request const& r) { return stack.fetch(r); }};
///     auto today = client.send<get_weather>({.city = "Ghent"});
template <class Transport>
class client {
    static_assert(transport<Transport>,
                  "parley: a transport is callable with a parley::http_request const& and returns a response (or a "
                  "parley::result of one), or an awaitable of either, or takes a completion handler as its second argument. "
                  "A response has status, body and header(name); for a type with other names specialize "
                  "parley::response_traits");

public:
    client(client_config config, Transport transport) : config_(std::move(config)), transport_(std::forward<Transport>(transport)) {
        if (!config_.state) config_.state = std::make_shared<client_state>(config_.retry, now());
    }

    client_config const& config() const noexcept { return config_; }
    /// What the calls learned of their peer: the quota of retries that is left, the rate, the offset of its clock.
    client_state const& state() const noexcept { return *config_.state; }

    /// Makes a call and waits for its outcome.
    template <operation Op>
        requires blocking_transport<Transport>
    outcome<Op> send(typename Op::input const& input, call_options const& options = {}) {
        auto settings = settings_for<Op>(options);
        if (!settings) return detail::nowhere_to_send<Op>(settings.error());
        detail::running_call<Op> running(std::move(*settings), input, now());
        auto& call = running.call;
        for (;;) {
            switch (call.poll(now())) {
            case call_step::send:
                {
                    std::optional<std::remove_cvref_t<detail::reply_of<Transport>>> reply;
                    try {
                        reply.emplace(transport_(call.request()));
                    } catch (std::exception const& thrown) {
                        call.handle_transport_error(detail::thrown_error(thrown), now());
                    }
                    if (reply) detail::handle_reply(call, *reply, now());
                }
                break;
            case call_step::receive: break; // the transport blocks, so nothing is under way here
            case call_step::wait:
                wait(call.wake_at() - now(), options.stop);
                call.handle_wake();
                break;
            case call_step::done: return call.take();
            }
        }
    }

    /// Makes a call as a coroutine of the transport's own type; await it. The client must live until it is done.
    template <operation Op>
        requires awaitable_transport<Transport>
    detail::awaitable_outcome<Op, Transport> send(typename Op::input const& input, call_options const& options = {}) {
        return run<Op>(settings_for<Op>(options), input);
    }

    /// Makes a call and gives its outcome to `handler`, from where the transport calls its own. The client must live until
    /// then.
    template <operation Op, class Handler>
        requires callback_transport<Transport> && std::invocable<Handler&, outcome<Op>>
    void send(typename Op::input const& input, Handler handler, call_options const& options = {}) {
        auto settings = settings_for<Op>(options);
        if (!settings) return handler(detail::nowhere_to_send<Op>(settings.error()));
        proceed(std::make_shared<callback_call<Op, Handler>>(std::move(*settings), input, now(), std::move(handler)));
    }

    /// The pages of `Op` from `input` on. Nothing is sent until the first is asked for. The client must outlive the range.
    template <paginated_operation Op>
    page_range<Transport, Op> pages(typename Op::input input, call_options options = {}) {
        return {*this, std::move(input), std::move(options)};
    }

    /// The items of all pages of `Op` from `input` on, as `pages`.
    template <itemized_operation Op>
        requires(!callback_transport<Transport>)
    item_range<Transport, Op> items(typename Op::input input, call_options options = {}) {
        return {*this, std::move(input), std::move(options)};
    }

    /// Asks again and again until what is asked for is there, or will not come. `meaning` says of each outcome which: a callable
    /// that gives a `wait_state`, `acceptors`, or a waiter that a generated operation has, which brings its delays. `progress`
    /// is called with each outcome, if given. The wait ends early when `options.stop` asks.
    ///
    ///     auto job = client.wait_until<GetDICOMImportJob>({.datastoreId = d, .jobId = j}, parley::acceptors<
    ///         parley::output_is<parley::wait_state::success, "jobProperties.jobStatus", "COMPLETED">,
    ///         parley::output_is<parley::wait_state::failure, "jobProperties.jobStatus", "FAILED">>());
    template <operation Op, class Meaning, class Progress = detail::no_progress>
        requires blocking_transport<Transport>
    waited<Op> wait_until(typename Op::input const& input, Meaning const& meaning,
                          wait_policy const& policy = detail::policy_of<Meaning>(), Progress progress = {},
                          call_options const& options = {}) {
        wait_machine machine(policy, now());
        for (;;) {
            auto reply = send<Op>(input, until(machine.deadline(), options));
            progress(std::as_const(reply));
            auto const next = machine.handle(detail::meaning_of(meaning, reply), now(), random());
            if (next) wait(*next - now(), options.stop);
            bool const stopped = options.stop.stop_requested();
            if (!next || stopped)
                return {next ? wait_end::cancelled : machine.ended(), machine.calls(), std::move(reply)};
        }
    }

    /// The same as a coroutine of the transport's own type.
    template <operation Op, class Meaning, class Progress = detail::no_progress>
        requires awaitable_transport<Transport>
    auto wait_until(typename Op::input const& input, Meaning meaning, wait_policy policy = detail::policy_of<Meaning>(),
                    Progress progress = {}, call_options options = {}) {
        return run_wait<Op>(input, std::move(meaning), policy, std::move(progress), std::move(options));
    }

private:
    using duration = std::chrono::steady_clock::duration;
    using time_point = std::chrono::steady_clock::time_point;

    // The coroutine owns what it is given; `send` itself is none, so that callers may pass temporaries.
    template <class Op>
    detail::awaitable_outcome<Op, Transport> run(result<call_settings, endpoint_error> settings, typename Op::input input) {
        if (!settings) co_return detail::nowhere_to_send<Op>(settings.error());
        detail::running_call<Op> running(std::move(*settings), input, now());
        auto& call = running.call;
        auto const stop = running.settings.stop;
        for (;;) {
            auto const next = call.poll(now());
            if (next == call_step::done) break;
            if (next == call_step::wait) {
                auto const left = call.wake_at() - now();
                if constexpr (requires(timer& t) { t.sleep(left, std::stop_token()); }) co_await the_timer().sleep(left, stop);
                else if constexpr (can_sleep) co_await the_timer().sleep(left);
                call.handle_wake();
                continue;
            }
            std::optional<typename awaitable_traits<detail::reply_of<Transport>>::value_type> reply;
            try {
                reply.emplace(co_await transport_(call.request()));
            } catch (std::exception const& thrown) {
                call.handle_transport_error(detail::thrown_error(thrown), now());
            }
            if (reply) detail::handle_reply(call, *reply, now());
        }
        co_return call.take();
    }

    template <class Op, class Meaning, class Progress, class T = Transport>
    typename awaitable_traits<detail::reply_of<T>>::template rebind<waited<Op>> run_wait(
        typename Op::input input, Meaning meaning, wait_policy policy, Progress progress, call_options options) {
        wait_machine machine(policy, now());
        for (;;) {
            auto call = send<Op>(input, until(machine.deadline(), options));
            auto reply = co_await std::move(call);
            progress(std::as_const(reply));
            auto const next = machine.handle(detail::meaning_of(meaning, reply), now(), random());
            if (next) co_await sleep_for(*next - now(), options.stop);
            bool const stopped = options.stop.stop_requested();
            if (!next || stopped)
                co_return waited<Op>{next ? wait_end::cancelled : machine.ended(), machine.calls(), std::move(reply)};
        }
    }
    auto sleep_for(duration d, std::stop_token const& stop) {
        static_assert(can_sleep, "parley: waiting needs the transport's timer: give it sleep(duration), which returns an awaitable");
        if constexpr (requires(timer& t) { t.sleep(d, stop); }) return the_timer().sleep(d, stop);
        else return the_timer().sleep(d);
    }

    // No call of a wait takes longer than the wait may.
    call_options until(time_point deadline, call_options options) const {
        auto const left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - now());
        if (!options.call_timeout || *options.call_timeout > left) options.call_timeout = left;
        return options;
    }
    double random() const { return config_.random ? config_.random() : detail::random_fraction(); }

    template <class Op, class Handler>
    struct callback_call {
        detail::running_call<Op> running;
        Handler handler;
        std::mutex mutex;     // of what follows, and of the call: its events may come from several threads
        bool driving = false; // somebody is in `proceed`, and looks again when done
        bool look_again = false;
        time_point armed = time_point::max(); // for when the timer was started last

        callback_call(call_settings&& settings, typename Op::input const& input, time_point now, Handler&& h)
            : running(std::move(settings), input, now), handler(std::move(h)) {}
    };

    using timer = std::unwrap_reference_t<Transport>; // std::ref of a transport is one, too
    timer& the_timer() noexcept { return transport_; }

    static constexpr bool can_sleep = requires(timer& t, duration d) { t.sleep(d); } ||
                                      requires(timer& t, duration d) { t.sleep(d, std::stop_token()); } ||
                                      requires(timer& t, duration d) { t.sleep(d, detail::wake_handler()); } ||
                                      requires(timer& t, duration d) { t.sleep(d, std::stop_token(), detail::wake_handler()); };

    template <class Op>
    result<call_settings, endpoint_error> settings_for(call_options const& options) const {
        auto settings = detail::settings_for(config_, detail::table_of<Op>::value.aws, options);
        // Nothing but the transport can wait without blocking somebody's event loop.
        if constexpr (!blocking_transport<Transport> && !can_sleep) {
            if (settings) settings->retry.max_attempts = 1, settings->retry.mode = retry_mode::standard;
        }
        if constexpr (!callback_transport<Transport>) {
            if (settings) settings->retry.hedge_after.reset();
        }
        return settings;
    }

    std::chrono::steady_clock::time_point now() const { return config_.now ? config_.now() : detail::steady_now(); }

    void wait(duration d, std::stop_token const& stop) {
        if constexpr (requires(timer& t) { t.sleep(d, stop); }) the_timer().sleep(d, stop);
        else if constexpr (requires(timer& t) { t.sleep(d); }) the_timer().sleep(d);
        else detail::sleep_in_thread(d, stop);
    }

    // A transport that answers at once calls back from within its call; what it then starts is done by the loop that is
    // still running, so that no number of attempts makes the stack deeper. Neither the transport nor the handler is called
    // with the lock held.
    template <class State>
    void proceed(std::shared_ptr<State> const& state) {
        auto& call = state->running.call;
        std::unique_lock lock(state->mutex);
        state->look_again = true;
        if (state->driving) return;
        state->driving = true;
        while (std::exchange(state->look_again, false)) {
            auto const next = call.poll(now());
            auto const wake_at = call.wake_at();
            bool const arm = (next == call_step::wait || next == call_step::receive) && wake_at != time_point::max() &&
                             wake_at != state->armed;
            if (arm) state->armed = wake_at;
            if (next == call_step::send) state->look_again = true; // there may be a timer to start beside it
            auto const attempt = call.attempt();
            auto const& request = call.request();
            lock.unlock();
            if (next == call_step::done) return state->handler(call.take());
            if (next == call_step::send) send_attempt(state, request, attempt);
            else if (arm) start_timer(state, wake_at);
            lock.lock();
        }
        state->driving = false;
    }

    template <class State>
    void send_attempt(std::shared_ptr<State> const& state, http_request const& request, int attempt) {
        try {
            transport_(request, [this, state, attempt](auto&& reply) {
                {
                    std::lock_guard lock(state->mutex);
                    detail::handle_reply(state->running.call, reply, now(), attempt);
                }
                proceed(state);
            });
        } catch (std::exception const& thrown) {
            std::lock_guard lock(state->mutex);
            state->running.call.handle_transport_error(detail::thrown_error(thrown), now(), attempt);
        }
    }

    template <class State>
    void start_timer(std::shared_ptr<State> const& state, time_point wake_at) {
        auto on_wake = [this, state, wake_at] {
            {
                std::lock_guard lock(state->mutex);
                if (state->armed != wake_at) return; // of a wait that is over
                state->armed = time_point::max();
                state->running.call.handle_wake();
            }
            proceed(state);
        };
        auto const left = wake_at - now();
        if constexpr (requires { the_timer().sleep(left, std::stop_token(), on_wake); })
            the_timer().sleep(left, state->running.settings.stop, std::move(on_wake));
        else if constexpr (can_sleep) the_timer().sleep(left, std::move(on_wake));
    }

    client_config config_;
    Transport transport_;
};

} // namespace parley

#endif
#ifndef PARLEY_EXCHANGE_LINE_LOG_HPP
#define PARLEY_EXCHANGE_LINE_LOG_HPP

#include <cstddef>
#include <functional>
#include <string_view>

namespace parley {

/// What a `line_log` shows besides the lines that tell how a call goes.
struct line_log_options {
    bool fields = false;          ///< header fields
    bool bodies = false;
    std::size_t body_bytes = 2048; ///< of a body, at most
    /// Also what is secret: credentials and tokens in header fields and parameters, sensitive members, bodies that may have some.
    bool secrets = false;
};

/// An interceptor that writes readable lines, without a line break, through the function it is given:
///
///     config.interceptors.push_back(parley::line_log([](std::string_view line) { std::printf("%.*s\n", int(line.size()), line.data()); }));
///
///     get_weather #1 > GET https://api.example.com/weather/Ghent
///     get_weather #1 < 503 Overloaded: retried in 25 ms
///     get_weather #2 > GET https://api.example.com/weather/Ghent
///     get_weather #2 ok, 200
///
/// Many threads may call the function at once if many use the client.
interceptor line_log(std::function<void(std::string_view line)> write, line_log_options options = {});

} // namespace parley

#endif

#endif
#ifndef PARLEY_DESCRIBE_VALIDATE_HPP
#define PARLEY_DESCRIBE_VALIDATE_HPP

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace parley {

namespace detail {

// The value of an integer or floating value of any size.
std::int64_t signed_value(shape const& what, void const* value) noexcept;
std::uint64_t unsigned_value(shape const& what, void const* value) noexcept;
double floating_value(shape const& what, void const* value) noexcept;

/// Whether a text of so many code points is what the constraints say: length and pattern.
bool is_good_text(std::string_view text, std::size_t code_points, constraint const& checks, pattern_view const& pattern);

/// What a text violates of them; the violations have no path yet.
void check_text(std::string_view text, constraint const& checks, pattern_view const& pattern, std::vector<violation>& found);

/// What `value` itself, without what it holds, violates of `checks`; the violations have no path yet.
void check_value(shape const& what, void const* value, constraint const& checks, pattern_view const& pattern,
                 std::vector<violation>& found);

/// What is wrong with a text that is none of the values of an enumeration; no path yet.
violation unknown_value(enumeration_shape const& enumeration);

/// Puts "*" for the keys of sensitive maps in the path of a violation within a value of that shape.
void hide_secrets(shape const& what, std::string& path);

/// All that is wrong with the value of a member, and what it holds.
void validate_member(member const& m, void const* value, std::size_t max_depth, std::vector<violation>& found);

/// All that is wrong with `value` and what it holds.
void validate(shape const& what, void const* value, std::size_t max_depth, std::vector<violation>& found);

} // namespace detail

/// Checks a value against its description: constraints, enumeration values that have no name, unions that hold nothing,
/// more than `max_depth` levels. Returns all that is wrong, or nothing.
///
///     if (auto wrong = parley::validate(query)) std::puts(wrong->message().c_str());
template <class T>
std::optional<data_error> validate(T const& value, std::size_t max_depth = 256) {
    data_error error;
    if (auto const* there = detail::holding<T>::peek(&value))
        detail::validate(shape_of<T>, there, max_depth, error.violations);
    if (error.violations.empty()) return std::nullopt;
    return error;
}

} // namespace parley

#endif
#ifndef PARLEY_JSON_HPP
#define PARLEY_JSON_HPP

// JSON alone: describe structs, then `parley::to_json` and `parley::from_json<T>`.
#ifndef PARLEY_JSON_DECODE_HPP
#define PARLEY_JSON_DECODE_HPP

#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace parley {

namespace detail {

/// What a text is decoded into, and how.
struct decode_job {
    shape const* what = nullptr; ///< null: only check that the text is JSON
    void* object = nullptr;      ///< fresh
    member_set const* members = nullptr; ///< which members of the outermost structure to read; null: all
    timestamp_format format = timestamp_format::unspecified;
    bool by_position = false; ///< the outermost structure may be an array: of its members' values, in order
};

/// Decodes `text`. Appends all that is wrong to `errors`, and what `options.strictness` lets pass to `tolerated`, if given.
/// Returns true if there are no errors.
bool decode_json(std::string_view text, decode_job const& job, decode_options const& options,
                 std::vector<violation>& errors, std::vector<violation>* tolerated = nullptr);

/// Gives the members that are absent the values that the description says a server gives them.
void fill_absent(structure_shape const& structure, void* object, decode_options const& options, std::vector<violation>& errors);

template <class T>
result<T> fresh_result() {
    if constexpr (std::is_default_constructible_v<T>) return result<T>(std::in_place);
    else return access::make<T>();
}

} // namespace detail

/// Reads a `T` from JSON text (RFC 8259), straight from the bytes.
///
/// Fails with all that is wrong: each violation has its JSON Pointer and byte offset. Unknown members are ignored, null
/// counts as absent, the last of duplicate members wins.
///
///     auto today = parley::from_json<weather>(R"({"celsius":21.5})");
///     if (!today) std::puts(today.error().message().c_str());
template <class T>
result<T> from_json(std::string_view text, decode_options const& options = {}) {
    auto read = detail::fresh_result<T>();
    data_error error;
    detail::decode_job job{&shape_of<T>, detail::holding<T>::engage(&*read)};
    if (!detail::decode_json(text, job, options, error.violations)) read = std::move(error);
    return read;
}

} // namespace parley

#endif
#ifndef PARLEY_JSON_DECODER_HPP
#define PARLEY_JSON_DECODER_HPP

#include <memory>
#include <string_view>
#include <utility>
#include <vector>

namespace parley {

namespace detail {

/// What `decoder` does, whatever the type.
class json_stream {
public:
    virtual ~json_stream() = default;
    virtual bool feed(std::string_view bytes) = 0;
    virtual std::vector<violation> finish() = 0;
};

std::unique_ptr<json_stream> make_json_stream(shape const& what, void* object, decode_options const& options);

} // namespace detail

/// Reads a `T` from JSON text that comes in pieces, cut anywhere. As `from_json` does, which needs the whole text at once;
/// here only a token that is not complete is kept.
///
///     parley::decoder<weather> decoder;
///     decoder.feed(R"({"celsi)");
///     decoder.feed(R"(us":21.5})");
///     auto today = decoder.finish();
template <class T>
class decoder {
public:
    explicit decoder(decode_options const& options = {})
        : read_(detail::fresh_result<T>()),
          stream_(detail::make_json_stream(shape_of<T>, detail::holding<T>::engage(&*read_), options)) {}
    decoder(decoder const&) = delete;
    decoder& operator=(decoder const&) = delete;

    /// Reads on. Returns false if that is of no use: the text is none, or more is wrong than the limits allow.
    bool feed(std::string_view bytes) { return stream_->feed(bytes); }

    /// The value, or all that is wrong, with offsets in the whole text; a field is missing at the begin of its object. To be called
    /// once, when all was fed.
    result<T> finish() {
        data_error error{stream_->finish()};
        if (!error.violations.empty()) read_ = std::move(error);
        return std::move(read_);
    }

private:
    result<T> read_;
    std::unique_ptr<detail::json_stream> stream_;
};

} // namespace parley

#endif
#ifndef PARLEY_JSON_ENCODE_HPP
#define PARLEY_JSON_ENCODE_HPP

#include <cstddef>
#include <optional>
#include <string>

namespace parley {

namespace detail {

/// What is encoded, and how.
struct encode_job {
    shape const* what = nullptr;
    void const* object = nullptr;
    member_set const* members = nullptr; ///< which members of the outermost structure to write; null: all
    timestamp_format format = timestamp_format::unspecified;
    std::size_t max_depth = 256;
    bool by_position = false; ///< the outermost structure is an array: of its members' values, in order
};

/// Appends the JSON text of the value to `out`. Appends what cannot be encoded to `errors`; true if there was nothing.
bool encode_json(encode_job const& job, std::string& out, std::vector<violation>& errors);

} // namespace detail

/// Appends the JSON text of `value` to `out`, which may be used again and again, so that its memory is.
/// Members come in the order of the description, absent ones are left out.
///
/// Returns what cannot be encoded, and then leaves an unfinished text: texts that are not UTF-8, enumeration values that
/// have no name, unions that hold nothing, more than 256 levels.
template <class T>
std::optional<data_error> write_json(std::string& out, T const& value) {
    data_error error;
    detail::encode_job job{&shape_of<T>, detail::holding<T>::peek(&value)};
    if (detail::encode_json(job, out, error.violations)) return std::nullopt;
    return error;
}

/// The JSON text of `value`; fails as `write_json` does.
///
///     std::string text = parley::to_json(weather{.celsius = 21.5}).value();   // {"celsius":21.5}
template <class T>
result<std::string> to_json(T const& value) {
    std::string text;
    if (auto error = write_json(text, value)) return std::move(*error);
    return text;
}

} // namespace parley

#endif

#endif
#ifndef PARLEY_SERVER_HPP
#define PARLEY_SERVER_HPP

// The server's side: a `router` of handlers, or the protocols' `matches`, `decode_request`, `encode_response` and
// `encode_error` by hand.
#ifndef PARLEY_ENDPOINT_ROUTER_HPP
#define PARLEY_ENDPOINT_ROUTER_HPP

#ifndef PARLEY_ENDPOINT_HANDLER_HPP
#define PARLEY_ENDPOINT_HANDLER_HPP

#ifndef PARLEY_ENDPOINT_ANSWER_HPP
#define PARLEY_ENDPOINT_ANSWER_HPP

#include <boost/mp11/algorithm.hpp>
#include <boost/mp11/list.hpp>

#include <type_traits>
#include <utility>
#include <variant>

namespace parley {

/// What a server says to a call of `Op`: its output, or an error that the operation or its service declares. Made of one of
/// them, of a `std::variant` of some, or of a `parley::result` of such.
///
///     parley::answer<get_weather> weather_in(get_weather::input const& in) {
///         if (*in.city != "Ghent") return city_unknown{"no such city"};
///         return weather{21.5};
///     }
template <operation Op>
class answer {
public:
    using variant = boost::mp11::mp_append<std::variant<typename Op::output>, detail::all_errors<Op>>;

    template <class T>
        requires boost::mp11::mp_contains<variant, T>::value
    answer(T value) : what_(std::in_place_type<T>, std::move(value)) {}

    template <class... T>
        requires(std::is_constructible_v<answer, T &&> && ...)
    answer(std::variant<T...> value)
        : answer(std::visit([](auto&& held) { return answer(std::move(held)); }, std::move(value))) {}

    template <class T, class E>
        requires(std::is_constructible_v<answer, T &&> && std::is_constructible_v<answer, E &&>)
    answer(result<T, E> value) : answer(value ? answer(std::move(*value)) : answer(std::move(value.error()))) {}

    variant const& what() const noexcept { return what_; }

private:
    variant what_;
};

} // namespace parley

#endif
#ifndef PARLEY_ENDPOINT_SERVING_HPP
#define PARLEY_ENDPOINT_SERVING_HPP

#ifndef PARLEY_ENDPOINT_ROUTER_CONFIG_HPP
#define PARLEY_ENDPOINT_ROUTER_CONFIG_HPP

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace parley {

/// What a router tells of a request that it answered. Valid during the call.
struct served_call {
    request_view request;
    std::string_view operation; ///< empty: it was for none
    int status = 0;
    std::string_view code;      ///< of the error; empty: it was answered with an output
    std::string_view text;      ///< why it was refused, or what a handler threw; for the server's log, not for the peer
};

/// What a router is made with. All has a default.
struct router_config {
    /// Of bodies; larger ones are answered with 413.
    decode_limits limits{.bytes = std::size_t{16} << 20};
    std::size_t target_bytes = 16 * 1024; ///< of path and query; longer ones are answered with 414
    std::size_t header_bytes = 64 * 1024; ///< of all names and values of fields; more is answered with 431
    /// Whether the host of a request must begin with the prefix that the operation may have. Without it, or behind a proxy that
    /// changes the host, operations that only the host tells apart cannot be: the first that is listed gets the request.
    bool host_prefix = true;
    /// For operations that take compressed requests: `parley::gunzip`. Without it they are answered with 415.
    std::function<std::optional<std::string>(std::string_view bytes, std::size_t limit)> gunzip{};
    /// Names each request, in the header x-amzn-requestid of its response. Without it none has a name.
    std::function<std::string()> request_id{};
    /// Called once for each request, from where its answer is made.
    std::function<void(served_call const&)> observe{};
};

/// What a handler may know of a call besides its input.
struct call_context {
    request_view request;
    std::string_view operation;
};

} // namespace parley

#endif

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace parley::detail {

/// What a router knows of its service.
struct server_table {
    protocol_engine const* engine = nullptr;
    std::span<operation_table const* const> operations; ///< in the order in which they are tried
    service_facts facts;
};

/// One request on its way through a router: what is no template. The view, the table and the configuration must live as long.
class serving {
public:
    /// Answers with the error and returns true if it is what is being thrown.
    using thrown_error = bool (*)(serving& call);

    serving(server_table const& table, router_config const& config, request_view const& request)
        : table_(&table), config_(&config), request_(request) {}

    /// The operation that the request is for, by position; nothing if it is answered already.
    std::optional<std::size_t> route();
    /// Reads the input of the operation. False if the request is answered already, for what is wrong with it.
    bool read_input(void* input);

    void write_output(void const* output);
    void write_error(error_entry const& entry, void const* error);
    /// What the handler threw: one of `declared`, or a failure of the server. Called while it is being handled.
    void write_thrown(std::span<thrown_error const> declared);
    /// A failure of the server. `text` is told to the observer alone.
    void write_failure(std::string_view text);
    /// The router has no handler.
    void write_not_implemented();

    call_context context() const { return {request_, op_ ? op_->name : std::string_view()}; }
    /// The answer. Tells the observer.
    http_response take();

private:
    bool unpack();
    void refuse(int status, std::string_view code, std::string text);
    void refuse_input(std::vector<violation> const& violations);
    void refuse_invalid(std::vector<violation> const& violations);
    void told(std::string_view code, std::string text);

    server_table const* table_;
    router_config const* config_;
    request_view request_;
    std::string unpacked_; // the body of a compressed request
    operation_table const* op_ = nullptr;
    http_response response_;
    std::string code_; // what the observer is told
    std::string text_;
};

} // namespace parley::detail

#endif

#include <array>
#include <atomic>
#include <concepts>
#include <exception>
#include <functional>
#include <memory>
#include <type_traits>
#include <utility>
#include <variant>

namespace parley {

template <class Op, class F>
struct operation_handler {
    F call;
};

/// Binds a handler to an operation, for a `router`. The handler is called with the input and, if it takes that, a
/// `call_context`, and returns what an `answer` is made of:
///
///     parley::handle<get_weather>([](get_weather::input const& in) { return weather{21.5}; })
///     parley::handle<get_weather>([&](get_weather::input in, parley::call_context const& c) -> parley::answer<get_weather> {...})
///
/// It may throw an error that the operation or its service declares; anything else that it throws is a failure of the server.
/// Where the router's own answers are awaitable, so may be the handler's; where they are given to a handler, the handler
/// takes a `reply` as its last argument, and may call it later and from anywhere:
///
///     parley::handle<get_weather>([&](get_weather::input in, parley::reply<get_weather> reply) { ... reply(weather{21.5}); })
template <operation Op, class F>
operation_handler<Op, std::decay_t<F>> handle(F&& handler) {
    return {std::forward<F>(handler)};
}

/// Given to a router besides the handlers: operations that have none are answered with 501.
struct otherwise_not_implemented {};

namespace detail {

template <class Op, class E>
bool write_if_thrown(serving& call) {
    static constexpr auto entry = make_error_entry<std::variant<std::monostate, E>, E>();
    try {
        throw;
    } catch (E const& error) {
        call.write_error(entry, &error);
        return true;
    } catch (...) {
        return false;
    }
}

template <class Op, class Errors>
struct thrown_errors;
template <class Op, class... E>
struct thrown_errors<Op, errors<E...>> {
    static constexpr std::array<serving::thrown_error, sizeof...(E)> value{&write_if_thrown<Op, E>...};
};

template <class Op>
void write_thrown(serving& call) {
    call.write_thrown(thrown_errors<Op, all_errors<Op>>::value);
}

template <class Op>
void write_answer(serving& call, answer<Op> const& what) {
    std::visit([&call]<class T>(T const& said) {
        if constexpr (std::is_same_v<T, typename Op::output>) {
            call.write_output(&said);
        } else {
            static constexpr auto entry = make_error_entry<std::variant<std::monostate, T>, T>();
            call.write_error(entry, &said);
        }
    }, what.what());
}

} // namespace detail

/// Answers one call; for handlers that take it. A copy answers the same call. If all are gone and none was called, the peer is
/// told that the server failed.
template <operation Op>
class reply {
public:
    struct pending {
        detail::serving call;
        std::function<void(http_response)> done;
        std::atomic<bool> answered{false};

        pending(detail::serving&& c, std::function<void(http_response)>&& d) : call(std::move(c)), done(std::move(d)) {}
        pending(pending const&) = delete;
        pending& operator=(pending const&) = delete;
        ~pending() {
            if (answered) return;
            call.write_failure("the handler did not answer");
            done(call.take());
        }
    };
    explicit reply(std::shared_ptr<pending> call) : call_(std::move(call)) {}

    /// What is said first counts.
    void operator()(answer<Op> const& what) const {
        if (call_->answered.exchange(true)) return;
        detail::write_answer<Op>(call_->call, what);
        call_->done(call_->call.take());
    }

private:
    std::shared_ptr<pending> call_;
};

namespace detail {

template <class Op, class F>
struct handler_does_not_fit {
    static_assert(never<Op, F>,
                  "parley: a handler is callable with the input of its operation, and a parley::call_context if it takes one. It "
                  "returns the output or an error that is declared, or a parley::answer, result or variant of them. A router whose "
                  "answers are awaitable takes an awaitable of that as well; one that is given a handler for its answers takes a "
                  "handler with a parley::reply as its last argument");
};

template <class Op>
using input_of = typename Op::input;

// Calls a handler with what it takes.
template <class Op, class F, class... More>
decltype(auto) call_handler(F& f, input_of<Op>&& input, call_context const& context, More&&... more) {
    if constexpr (std::invocable<F&, input_of<Op>, call_context const&, More...>)
        return std::invoke(f, std::move(input), context, std::forward<More>(more)...);
    else if constexpr (std::invocable<F&, input_of<Op>, More...>)
        return std::invoke(f, std::move(input), std::forward<More>(more)...);
    else if constexpr (std::invocable<F&, input_of<Op>&, call_context const&, More...>)
        return std::invoke(f, input, context, std::forward<More>(more)...);
    else if constexpr (std::invocable<F&, input_of<Op>&, More...>)
        return std::invoke(f, input, std::forward<More>(more)...);
    else return handler_does_not_fit<Op, F>();
}

template <class Op, class F>
using returned_by = decltype(call_handler<Op>(std::declval<F&>(), std::declval<input_of<Op>>(), std::declval<call_context const&>()));

// Void is an output that says nothing.
template <class Op, class T>
concept makes_answer = std::is_constructible_v<answer<Op>, T> ||
                       (std::is_void_v<T> && structure_of<typename Op::output>::members::count == 0);

template <class Op, class F>
answer<Op> answer_now(F& f, input_of<Op>&& input, call_context const& context) {
    using returned = returned_by<Op, F>;
    if constexpr (!makes_answer<Op, returned>) {
        return handler_does_not_fit<Op, F>(), access::make<answer<Op>>();
    } else if constexpr (std::is_void_v<returned>) {
        call_handler<Op>(f, std::move(input), context);
        return answer<Op>(access::make<typename Op::output>());
    } else {
        return answer<Op>(call_handler<Op>(f, std::move(input), context));
    }
}

// A handler of any operation, and how it is called where a router returns a `Reply`: an http_response, nothing, or something
// awaitable.
template <class Reply>
struct any_handler {
    any_handler() = default;
    any_handler(any_handler const&) = delete;
    any_handler& operator=(any_handler const&) = delete;
    virtual ~any_handler() = default;
    virtual Reply call(serving& call) = 0;
};
template <>
struct any_handler<void> {
    any_handler() = default;
    any_handler(any_handler const&) = delete;
    any_handler& operator=(any_handler const&) = delete;
    virtual ~any_handler() = default;
    virtual void call(serving call, std::function<void(http_response)> done) = 0;
};

template <class Reply, class Op, class F>
struct bound_handler;

template <class Op, class F>
struct bound_handler<http_response, Op, F> : any_handler<http_response> {
    F f;
    explicit bound_handler(F&& handler) : f(std::move(handler)) {}

    http_response call(serving& call) override {
        auto input = access::make<typename Op::input>();
        if (!call.read_input(&input)) return call.take();
        try {
            write_answer<Op>(call, answer_now<Op>(f, std::move(input), call.context()));
        } catch (...) {
            write_thrown<Op>(call);
        }
        return call.take();
    }
};

template <class Op, class F>
struct bound_handler<void, Op, F> : any_handler<void> {
    F f;
    explicit bound_handler(F&& handler) : f(std::move(handler)) {}

    static constexpr bool takes_reply = std::invocable<F&, input_of<Op>, call_context const&, parley::reply<Op>> ||
                                        std::invocable<F&, input_of<Op>, parley::reply<Op>>;

    void call(serving call, std::function<void(http_response)> done) override {
        auto input = access::make<typename Op::input>();
        if (!call.read_input(&input)) return done(call.take());
        if constexpr (takes_reply) {
            auto const context = call.context();
            auto const pending = std::make_shared<typename parley::reply<Op>::pending>(std::move(call), std::move(done));
            try {
                call_handler<Op>(f, std::move(input), context, parley::reply<Op>(pending));
            } catch (...) {
                if (pending->answered.exchange(true)) return;
                write_thrown<Op>(pending->call);
                pending->done(pending->call.take());
            }
        } else {
            try {
                write_answer<Op>(call, answer_now<Op>(f, std::move(input), call.context()));
            } catch (...) {
                write_thrown<Op>(call);
            }
            done(call.take());
        }
    }
};

template <class T>
concept is_awaitable = requires { typename awaitable_traits<std::remove_cvref_t<T>>::value_type; };

template <class Reply, class Op, class F>
struct bound_handler : any_handler<Reply> {
    F f;
    explicit bound_handler(F&& handler) : f(std::move(handler)) {}

    Reply call(serving& call) override {
        auto input = access::make<typename Op::input>();
        if (!call.read_input(&input)) co_return call.take();
        using returned = returned_by<Op, F>;
        try {
            if constexpr (makes_answer<Op, returned>) {
                write_answer<Op>(call, answer_now<Op>(f, std::move(input), call.context()));
            } else if constexpr (!is_awaitable<returned>) {
                static_cast<void>(sizeof(handler_does_not_fit<Op, F>));
            } else if constexpr (!makes_answer<Op, typename awaitable_traits<returned>::value_type>) {
                static_cast<void>(sizeof(handler_does_not_fit<Op, F>));
            } else {
                // The handler may take its arguments by reference: they live until it is done.
                auto const context = call.context();
                if constexpr (std::is_void_v<typename awaitable_traits<returned>::value_type>) {
                    co_await call_handler<Op>(f, std::move(input), context);
                    write_answer<Op>(call, access::make<typename Op::output>());
                } else {
                    write_answer<Op>(call, answer<Op>(co_await call_handler<Op>(f, std::move(input), context)));
                }
            }
        } catch (...) {
            write_thrown<Op>(call);
        }
        co_return call.take();
    }
};

} // namespace detail
} // namespace parley

#endif
#ifndef PARLEY_ENDPOINT_SERVER_TABLE_HPP
#define PARLEY_ENDPOINT_SERVER_TABLE_HPP

#include <boost/mp11/algorithm.hpp>
#include <boost/mp11/list.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <string_view>
#include <type_traits>

namespace parley::detail {

template <class A, class B>
struct no_request_tells_these_operations_apart {
    static_assert(never<A, B>, "parley: these two operations have the same method, path, query literals and host: no request can "
                               "tell them apart. Change the http template of one of them");
};

// Which of two routes is tried first. Routes of different methods never compete.
constexpr bool goes_before(message_binding const& a, message_binding const& b) {
    if (a.method != b.method) return a.method < b.method;
    if (auto const order = compare_specificity(a.path, b.path); order != 0) return order < 0;
    auto const literals = [](message_binding const& m) {
        std::size_t count = 0;
        for (auto const& part : m.parts) count += part.place == template_place::query_text;
        return count;
    };
    return literals(a) > literals(b);
}

constexpr bool has_part(message_binding const& m, bound_part const& wanted) {
    for (auto const& part : m.parts) {
        if (part.place == wanted.place && part.name == wanted.name && part.text == wanted.text) return true;
    }
    return false;
}

// The parts of the host before the endpoint's; labels count, whatever member they are.
constexpr bool same_host(message_binding const& a, message_binding const& b) {
    auto const is_host = [](bound_part const& p) {
        return p.place == template_place::host_text || p.place == template_place::host_label;
    };
    auto left = a.parts.begin(), right = b.parts.begin();
    for (;; ++left, ++right) {
        while (left != a.parts.end() && !is_host(*left)) ++left;
        while (right != b.parts.end() && !is_host(*right)) ++right;
        bool const ended = left == a.parts.end();
        if (ended || right == b.parts.end()) return ended == (right == b.parts.end());
        if (left->place != right->place || left->text != right->text) return false;
    }
}

// "Patterns MUST NOT be equivalent if they share a host." https://smithy.io/2.0/spec/http-bindings.html#uri
constexpr bool conflict(message_binding const& a, message_binding const& b) {
    if (goes_before(a, b) || goes_before(b, a) || !same_host(a, b)) return false;
    for (auto const& part : a.parts) {
        if (part.place == template_place::query_text && !has_part(b, part)) return false;
    }
    return true;
}

template <class Service>
struct operations_of {
    static_assert(requires { typename Service::operations; },
                  "parley: the service does not list its operations: add using operations = parley::operations<...>; to it, or "
                  "give the router that list itself");
    using type = typename Service::operations;
};
template <class... Op>
struct operations_of<operations<Op...>> {
    using type = operations<Op...>;
};

template <class Operations>
struct server_of;

/// The constant table of a server of these operations.
template <class First, class... Rest>
struct server_of<operations<First, Rest...>> {
    static constexpr std::size_t count = 1 + sizeof...(Rest);
    using list = operations<First, Rest...>;
    using protocol = typename protocol_of<First>::type;
    static_assert(boost::mp11::mp_all<std::is_same<typename protocol_of<Rest>::type, protocol>...>::value,
                  "parley: all operations of a router speak the same protocol");
    template <std::size_t I>
    using at = boost::mp11::mp_at_c<list, I>;

    using tables = std::array<operation_table const*, count>;
    static constexpr tables listed{&table_of<First>::value, &table_of<Rest>::value...};

    // A merge sort, which keeps the order of what is equal. Each pass is a constant of its own: clang 14 takes a million steps
    // for one.
    using positions = std::array<std::size_t, count>;
    template <std::size_t Width>
    static constexpr positions sort() {
        positions from{};
        if constexpr (Width == 1) {
            for (std::size_t i = 0; i < count; ++i) from[i] = i;
        } else {
            from = runs_of<Width / 2>;
        }
        positions to{};
        for (std::size_t begin = 0; begin < count; begin += 2 * Width) {
            auto const middle = begin + Width < count ? begin + Width : count;
            auto const end = begin + 2 * Width < count ? begin + 2 * Width : count;
            auto a = begin, b = middle;
            for (auto out = begin; out < end; ++out) {
                bool const second = a == middle || (b < end && goes_before(*listed[from[b]]->request, *listed[from[a]]->request));
                to[out] = from[second ? b++ : a++];
            }
        }
        return to;
    }
    template <std::size_t Width>
    static constexpr positions runs_of = sort<Width>();
    static constexpr positions const& order = runs_of<std::bit_ceil(count > 1 ? count : 2) / 2>;
    static constexpr tables sorted = [] {
        tables all{};
        for (std::size_t i = 0; i < count; ++i) all[i] = listed[order[i]];
        return all;
    }();
    template <class Op>
    static constexpr std::size_t position_of() {
        std::size_t i = 0;
        while (sorted[i] != &table_of<Op>::value) ++i;
        return i;
    }

    // RPC protocols put the name of the operation into each request.
    static constexpr bool by_path = std::is_same_v<protocol, parley::rest_json>;
    static constexpr std::array<std::size_t, 2> conflicting = [] {
        for (std::size_t i = 1; i < count && by_path; ++i) {
            for (std::size_t j = i; j > 0 && !goes_before(*sorted[j - 1]->request, *sorted[i]->request); --j) {
                if (conflict(*sorted[j - 1]->request, *sorted[i]->request)) return std::array{order[j - 1], order[i]};
            }
        }
        return std::array{count, count};
    }();
    template <std::size_t I, std::size_t J>
    static constexpr bool check() {
        if constexpr (I < count)
            static_cast<void>(sizeof(no_request_tells_these_operations_apart<at<I>, at<J>>));
        return true;
    }
    static_assert(check<conflicting[0], conflicting[1]>());

    static constexpr server_table table{&protocol::engine, sorted, {scheme_of<First>(), aws_of<First>()}};
};

} // namespace parley::detail

#endif

#include <boost/mp11/algorithm.hpp>
#include <boost/mp11/list.hpp>

#include <array>
#include <functional>
#include <memory>
#include <type_traits>
#include <utility>

namespace parley {

namespace detail {

template <class Op>
struct operation_has_no_handler {
    static_assert(never<Op>, "parley: the router has no handler for this operation: add parley::handle<operation>(...), or "
                             "parley::otherwise_not_implemented() to answer it with 501");
};
template <class Op>
struct operation_has_two_handlers {
    static_assert(never<Op>, "parley: the router has two handlers for this operation: remove one");
};
template <class Op>
struct operation_is_none_of_the_service {
    static_assert(never<Op>, "parley: this handler is for an operation that the service of the router does not have");
};

template <class T>
struct handled {
    using type = void;
};
template <class Op, class F>
struct handled<operation_handler<Op, F>> {
    using type = Op;
};

// No folds: clang 14 nests them no deeper than 256, and services have more operations.
template <class Operations, class... Handlers>
struct handlers_fit;
template <class... Op, class... Handlers>
struct handlers_fit<operations<Op...>, Handlers...> {
    using all = boost::mp11::mp_list<typename handled<Handlers>::type...>;
    static constexpr bool complete = !boost::mp11::mp_contains<boost::mp11::mp_list<Handlers...>, otherwise_not_implemented>::value;
    template <class One>
    static constexpr bool check_operation() {
        constexpr auto count = boost::mp11::mp_count<all, One>::value;
        if constexpr (count == 0 && complete) static_cast<void>(sizeof(operation_has_no_handler<One>));
        if constexpr (count > 1) static_cast<void>(sizeof(operation_has_two_handlers<One>));
        return true;
    }
    template <class One>
    static constexpr bool check_handler() {
        if constexpr (!std::is_void_v<One> && !boost::mp11::mp_contains<operations<Op...>, One>::value)
            static_cast<void>(sizeof(operation_is_none_of_the_service<One>));
        return true;
    }
    static constexpr bool operations_good[1 + sizeof...(Op)]{true, check_operation<Op>()...};
    static constexpr bool handlers_good[1 + sizeof...(Handlers)]{true, check_handler<typename handled<Handlers>::type>()...};
    static constexpr bool value = operations_good[0] && handlers_good[0];
};

template <class T>
using is_handler = std::bool_constant<std::is_same_v<T, otherwise_not_implemented> || !std::is_void_v<typename handled<T>::type>>;
template <class... T>
concept all_handlers = boost::mp11::mp_all<is_handler<T>...>::value;

} // namespace detail

/// The server's end of a service: gives requests of any HTTP stack to the handlers of its operations, and makes responses of
/// what they answer. `Service` is a service that lists its operations, or a `parley::operations<...>` itself. Has no thread, no
/// socket and no state between requests, so many threads may use it at once if they may call the handlers.
///
///     parley::router<weather_service> router{
///         parley::handle<get_weather>([&](get_weather::input const& in) { return weather{store.celsius(*in.city)}; }),
///         parley::handle<set_alarm>([&](set_alarm::input in) -> parley::answer<set_alarm> { ... })};
///     parley::http_response response = router(request);      // any type that is `request_like`
///
/// `Reply` is what a call of the router gives: an `http_response`; an awaitable of one, of the coroutine type that handlers may
/// then have; or `void`, for handlers that take a `reply`, and then the router takes a handler of the response:
///
///     router(request, [&](parley::http_response response) { ... });
///
/// The request must live until it is answered, and the router as well.
///
/// Which operation a request is for, Smithy's rules say: https://smithy.io/2.0/spec/http-bindings.html#specificity-routing.
/// Requests that are for none, too large, malformed or invalid are answered without the handlers: with 404
/// UnknownOperationException, 405 (and the header Allow), 406, 413, 414, 415, 431, 400 SerializationException or
/// ValidationException, which is the service's own where it declares one. What a handler throws that is no declared error
/// becomes 500 InternalFailure; its text goes to `router_config::observe` alone.
template <class Service, class Reply = http_response>
class router {
    using operations = typename detail::operations_of<Service>::type;
    using server = detail::server_of<operations>;
    using slot = std::unique_ptr<detail::any_handler<Reply>>;

public:
    template <class... Handlers>
        requires detail::all_handlers<Handlers...>
    explicit router(router_config config, Handlers... handlers) : config_(std::move(config)) {
        static_assert(detail::handlers_fit<operations, Handlers...>::value);
        using in_order = int[];
        static_cast<void>(in_order{0, (add(std::move(handlers)), 0)...});
    }
    template <class First, class... Handlers>
        requires detail::all_handlers<First, Handlers...>
    explicit router(First first, Handlers... handlers) : router(router_config(), std::move(first), std::move(handlers)...) {}

    router_config const& config() const noexcept { return config_; }

    /// Answers a request.
    template <request_like Request>
        requires(!std::is_void_v<Reply>)
    Reply operator()(Request const& request) const {
        return answer(view_of(request));
    }

    /// Answers a request by calling `done` with the response, from where the handler replies.
    template <request_like Request, std::invocable<http_response> Done>
        requires std::is_void_v<Reply>
    void operator()(Request const& request, Done done) const {
        detail::serving call(server::table, config_, view_of(request));
        auto* const handler = find(call);
        if (!handler) return done(call.take());
        handler->call(std::move(call), std::move(done));
    }

private:
    template <class Op, class F>
    void add(operation_handler<Op, F>&& handler) {
        slots_[server::template position_of<Op>()] =
            std::make_unique<detail::bound_handler<Reply, Op, F>>(std::move(handler.call));
    }
    void add(otherwise_not_implemented) {}

    // Null if the call is answered already.
    detail::any_handler<Reply>* find(detail::serving& call) const {
        auto const position = call.route();
        if (!position) return nullptr;
        auto* const handler = slots_[*position].get();
        if (!handler) call.write_not_implemented();
        return handler;
    }

    http_response answer(request_view request) const
        requires std::is_same_v<Reply, http_response>
    {
        detail::serving call(server::table, config_, request);
        auto* const handler = find(call);
        return handler ? handler->call(call) : call.take();
    }
    // The coroutine owns what it is given.
    Reply answer(request_view request) const
        requires(!std::is_same_v<Reply, http_response> && !std::is_void_v<Reply>)
    {
        detail::serving call(server::table, config_, request);
        auto* const handler = find(call);
        if (!handler) co_return call.take();
        co_return co_await handler->call(call);
    }

    router_config config_;
    std::array<slot, server::count> slots_;
};

} // namespace parley

#endif

#endif

#endif
#ifndef PARLEY_CORE_BASE64_HPP
#define PARLEY_CORE_BASE64_HPP

#include <string>
#include <string_view>

namespace parley {

/// Appends `bytes` as base64 with padding; RFC 4648, section 4.
void append_base64(std::string& out, std::string_view bytes);

/// Replaces `out` by the bytes that `text` stands for. False if it is no base64 with padding: a length that is no
/// multiple of four, any other character (white space too), or bits set that padding should leave zero (RFC 4648, 3.5).
bool decode_base64(std::string_view text, std::string& out);

} // namespace parley

#endif
#ifndef PARLEY_CORE_MD5_HPP
#define PARLEY_CORE_MD5_HPP

#include <string>
#include <string_view>

namespace parley {

/// The MD5 digest of `bytes`, 16 bytes (RFC 1321). For the header Content-MD5, which protects against accidents, not against
/// anyone who means it.
std::string md5(std::string_view bytes);

} // namespace parley

#endif
#ifndef PARLEY_CORE_NUMBER_HPP
#define PARLEY_CORE_NUMBER_HPP

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace parley {

/// Appends the decimal digits of `value`.
void append_integer(std::string& out, std::int64_t value);
void append_integer(std::string& out, std::uint64_t value);

/// Appends the shortest JSON number that reads back as `value`, which must be finite: 1 is "1", 100000 is "100000". As in
/// JavaScript, there is an exponent only below 1e-6 and from 1e21.
void append_double(std::string& out, double value);
void append_float(std::string& out, float value);

namespace detail {
/// The same into memory that has room for 40 characters; returns the end.
char* write_double(char* to, double value) noexcept;
char* write_float(char* to, float value) noexcept;
bool read_signed(std::string_view text, std::int64_t& value) noexcept;
bool read_unsigned(std::string_view text, std::uint64_t& value) noexcept;
} // namespace detail

/// The integer that all of `text` stands for: digits, and a minus sign before them if `T` has negative values. Nothing if
/// it is anything else, or out of the range of `T`.
template <std::integral T>
std::optional<T> parse_integer(std::string_view text) noexcept {
    std::conditional_t<std::is_signed_v<T>, std::int64_t, std::uint64_t> value = 0;
    bool good = false;
    if constexpr (std::is_signed_v<T>) good = detail::read_signed(text, value);
    else good = detail::read_unsigned(text, value);
    if (!good || !std::in_range<T>(value)) return std::nullopt;
    return static_cast<T>(value);
}

/// True if all of `text` is a JSON number (RFC 8259, section 6).
bool is_json_number(std::string_view text) noexcept;

/// The number that all of `text` stands for: a JSON number (RFC 8259, section 6), correctly rounded, or "NaN",
/// "Infinity", "-Infinity". What is too small becomes zero; nothing if it is anything else, or too large.
std::optional<double> parse_double(std::string_view text) noexcept;

} // namespace parley

#endif
#ifndef PARLEY_CORE_SHA256_HPP
#define PARLEY_CORE_SHA256_HPP

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace parley {

using sha256_digest = std::array<unsigned char, 32>;

/// SHA-256 (FIPS 180-4) of bytes that come piece by piece. Takes the same time for all bytes of one length.
///
///     parley::sha256 hash;
///     while (auto piece = next()) hash.update(*piece);
///     std::string hex = parley::to_hex(hash.finish());
class sha256 {
public:
    void update(std::string_view bytes) noexcept;
    /// The digest of all that came. The object is of no use afterwards.
    sha256_digest finish() noexcept;

private:
    void compress(unsigned char const* block) noexcept;

    // FIPS 180-4, section 5.3.3: the first 32 bits of the fractional parts of the square roots of the first eight primes.
    std::array<std::uint32_t, 8> state_{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                        0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    std::array<unsigned char, 64> block_{};
    std::size_t filled_ = 0;
    std::uint64_t bytes_ = 0;
};

sha256_digest sha256_of(std::string_view bytes) noexcept;

/// RFC 2104 with SHA-256.
sha256_digest hmac_sha256(std::string_view key, std::string_view bytes) noexcept;

/// Lower case, two digits a byte.
std::string to_hex(sha256_digest const& digest);

/// The bytes of `digest` as text, to hash them further.
inline std::string_view bytes_of(sha256_digest const& digest) noexcept {
    return {reinterpret_cast<char const*>(digest.data()), digest.size()};
}

/// Who hashes: parley itself, or what a program has already. A model is a type with these two static functions. Models:
/// `own_sha256`, `openssl_sha256`.
template <class H>
concept sha256_model = requires(std::string_view key, std::string_view bytes) {
    { H::hash(bytes) } -> std::same_as<sha256_digest>;
    { H::hmac(key, bytes) } -> std::same_as<sha256_digest>;
};

struct own_sha256 {
    static sha256_digest hash(std::string_view bytes) noexcept { return sha256_of(bytes); }
    static sha256_digest hmac(std::string_view key, std::string_view bytes) noexcept { return hmac_sha256(key, bytes); }
};

/// A model as a value, for code that is no template: `parley::sha256_with<parley::openssl_sha256>`.
struct sha256_functions {
    sha256_digest (*hash)(std::string_view bytes);
    sha256_digest (*hmac)(std::string_view key, std::string_view bytes);
};

template <sha256_model H>
inline constexpr sha256_functions sha256_with{[](std::string_view bytes) { return H::hash(bytes); },
                                              [](std::string_view key, std::string_view bytes) { return H::hmac(key, bytes); }};

} // namespace parley

#endif
#ifndef PARLEY_CORE_TEXT_HPP
#define PARLEY_CORE_TEXT_HPP

#include <cstddef>
#include <string_view>

namespace parley {

/// `c` in lower case, if it is an ASCII letter.
constexpr char ascii_lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// True if the texts are equal but for the case of ASCII letters.
constexpr bool equals_ignore_case(std::string_view a, std::string_view b) noexcept {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (ascii_lower(a[i]) != ascii_lower(b[i])) return false;
    }
    return true;
}

/// `text` without the spaces and tabs around it: the optional whitespace of RFC 9110, section 5.6.3.
constexpr std::string_view trim(std::string_view text) noexcept {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

} // namespace parley

#endif
#ifndef PARLEY_CORE_UTF8_HPP
#define PARLEY_CORE_UTF8_HPP

#include <cstddef>
#include <string>
#include <string_view>

namespace parley {

/// The offset of the first byte sequence that is not UTF-8 (RFC 3629), or `npos` if all of `text` is.
std::size_t find_invalid_utf8(std::string_view text) noexcept;

/// `text` with each maximal ill-formed part replaced by U+FFFD, as Unicode (3.9, "U+FFFD Substitution of Maximal
/// Subparts") and WHATWG recommend.
std::string repair_utf8(std::string_view text);

/// How many Unicode scalar values `utf8` has; what Smithy calls the length of a string.
std::size_t count_code_points(std::string_view utf8) noexcept;

/// Appends `code_point`, which must be a Unicode scalar value.
void append_utf8(std::string& out, char32_t code_point);

} // namespace parley

#endif
#ifndef PARLEY_CREDENTIALS_ANSWER_HPP
#define PARLEY_CREDENTIALS_ANSWER_HPP

#ifndef PARLEY_EXCHANGE_CREDENTIALS_HPP
#define PARLEY_EXCHANGE_CREDENTIALS_HPP

#include <chrono>
#include <concepts>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace parley {

/// What requests to AWS are signed with. Not described, so that nothing of the library can print it.
struct aws_credentials {
    std::string access_key_id{};
    std::string secret_access_key{};
    std::string session_token{};                                        ///< of temporary credentials; else empty
    std::optional<std::chrono::system_clock::time_point> expiration{};  ///< none: they do not expire
};

/// Why there are no credentials.
enum class credentials_errc : std::uint8_t {
    not_configured, ///< this source is not set up here: a chain asks the next one
    invalid,        ///< what the user has set up is incomplete or contradicts itself
    unavailable,    ///< the source could not be asked: no connection, no answer in time, a process that fails
    refused,        ///< the source answered that it gives none
    malformed,      ///< the source's answer cannot be read
    expired,        ///< the source has credentials, but their time is over
};

/// The name of `code` in words, as error texts use it: "not configured".
std::string_view to_string(credentials_errc code) noexcept;

/// Which provider has no credentials, and why. Holds no secret.
struct credentials_error {
    credentials_errc code{};
    std::string provider{};                 ///< "environment", "profile dev", "instance metadata"
    std::string text{};                     ///< more of it, or empty
    std::vector<credentials_error> causes{}; ///< of a chain: why each of its providers has none

    /// One line: "instance metadata: refused: status 500".
    std::string message() const;
};

using credentials_result = result<aws_credentials, credentials_error>;

/// A provider of credentials: callable without arguments; it may block, and it is called for each attempt, so a slow one
/// belongs into `cached_credentials`. Models: `static_credentials`, `environment_credentials`, `profile_credentials`,
/// `container_credentials`, `instance_credentials`, `web_identity_credentials`, `credentials_chain`, `cached_credentials`,
/// any lambda that returns a `credentials_result`.
template <class P>
concept credentials_provider = requires(P& provider) {
    { provider() } -> std::same_as<credentials_result>;
};

/// A provider of any type.
using any_credentials_provider = std::function<credentials_result()>;

} // namespace parley

#endif

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

// How servers and processes write credentials, read as what they are: hostile input.

namespace parley::detail {

enum class answer_form : std::uint8_t {
    metadata, ///< of containers and instances: the token is called Token, Code is Success if it is there
    process,  ///< of `credential_process`: the token is called SessionToken, and Version is 1
};

/// Reads credentials in JSON. Fails with `malformed`; `refused` if it says so itself; `expired` if their time is over.
/// `sent` is the secret that was sent to get them, if there was one.
credentials_result credentials_in_json(std::string_view json, answer_form form, std::string_view provider,
                                       std::chrono::system_clock::time_point now, std::string_view sent = {});

/// Why an answer of another status than 200 has no credentials: "status 404, Code: Message".
credentials_error error_in_json(http_response const& answer, std::string_view provider, std::string_view sent = {});

/// The text of the first element of that name, whatever its namespace prefix; nothing if there is none or it has elements
/// within. It reads what STS writes; it is no parser of XML: it knows no CDATA, and does not check what it skips.
std::optional<std::string> text_in_xml(std::string_view xml, std::string_view name);

/// Credentials of these texts, if they are complete and in time. `expiration` is a date (RFC 3339) or empty: none.
credentials_result checked_credentials(aws_credentials credentials, std::string_view expiration, std::string_view provider,
                                       std::chrono::system_clock::time_point now);

} // namespace parley::detail

#endif
#ifndef PARLEY_CREDENTIALS_ASK_HPP
#define PARLEY_CREDENTIALS_ASK_HPP

#ifndef PARLEY_CREDENTIALS_SURROUNDINGS_HPP
#define PARLEY_CREDENTIALS_SURROUNDINGS_HPP

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

namespace parley {

/// Sends a request and waits for the response.
using http_sender = std::function<result<http_response, transport_error>(http_request const&)>;

/// A blocking transport as a sender, whatever type its responses have.
///
///     parley::curl_transport curl;
///     parley::surroundings here{.send = parley::sender_of(std::ref(curl))};
template <class Transport>
http_sender sender_of(Transport transport) {
    return [transport = std::move(transport)](http_request const& request) mutable -> result<http_response, transport_error> {
        auto&& reply = transport(request);
        if constexpr (response_like<std::remove_cvref_t<decltype(reply)>>) {
            return detail::copy_of(view_of(reply));
        } else {
            if (!reply) return reply.error();
            return detail::copy_of(view_of(*reply));
        }
    };
}

/// Why a file or the output of a command is not there.
struct access_error {
    bool missing = false; ///< there is no such file
    std::string text{};   ///< what is wrong; without what the file holds
};

namespace detail {

std::optional<std::string> environment_variable(std::string const& name);
result<std::string, access_error> file_text(std::string const& path);
result<std::string, access_error> command_output(std::string const& command);
std::chrono::system_clock::time_point system_clock_now();
std::chrono::steady_clock::time_point steady_clock_now();
void sleep_for(std::chrono::steady_clock::duration duration);

} // namespace detail

/// All that providers of credentials take from the machine they run on. What is not given is the machine's own; but there
/// is no transport other than the user's.
struct surroundings {
    http_sender send{};
    std::function<std::optional<std::string>(std::string const& name)> environment = detail::environment_variable;
    /// A file as a whole; the default reads up to 1 MiB.
    std::function<result<std::string, access_error>(std::string const& path)> read_file = detail::file_text;
    /// What a command of the shell writes to its standard output. The default (POSIX) takes up to 1 MiB and waits up to a
    /// minute.
    std::function<result<std::string, access_error>(std::string const& command)> run_command = detail::command_output;
    std::function<std::chrono::system_clock::time_point()> now = detail::system_clock_now;         ///< for expirations
    std::function<std::chrono::steady_clock::time_point()> steady_now = detail::steady_clock_now;  ///< for deadlines
    std::function<void(std::chrono::steady_clock::duration)> sleep = detail::sleep_for;            ///< between attempts
};

} // namespace parley

#endif

#include <chrono>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

// What providers that ask a server have in common.

namespace parley::detail {

struct patience {
    std::chrono::milliseconds timeout{1000}; ///< of an attempt
    int attempts = 3;
};

/// Sends `request` until there is an answer worth reading: no failure of the transport, no status 429 or above 499. The
/// last answer or failure, if there is none. An answer is 64 KiB at most.
result<http_response, transport_error> ask(surroundings const& from, http_request request, patience const& patience);

/// A GET of an address that may have a query; nothing if it is no address.
std::optional<http_request> get_request(std::string_view url);

/// An environment variable; empty if it is not set.
std::string variable(surroundings const& from, std::string const& name);
bool is_true(std::string_view text) noexcept;

/// What a peer says, fit for an error text: short, printable, and without these secrets.
std::string quoted_reason(std::string_view text, std::initializer_list<std::string_view> secrets);

} // namespace parley::detail

#endif
#ifndef PARLEY_CREDENTIALS_ASSUME_ROLE_HPP
#define PARLEY_CREDENTIALS_ASSUME_ROLE_HPP

#include <chrono>
#include <optional>
#include <string>

namespace parley {

/// A role, and how AWS STS is asked for its credentials.
struct assumed_role {
    std::string arn{};
    std::string session_name{};                    ///< shows up in logs of AWS; empty: "parley-" and the time
    std::string external_id{};                     ///< what the role's owner may ask for
    std::optional<std::chrono::seconds> duration{}; ///< how long the credentials shall be valid; default: STS's, an hour
    std::string region{};    ///< of the STS to ask; empty: AWS_REGION, else AWS_DEFAULT_REGION, else "us-east-1"
    std::string endpoint{};  ///< empty: AWS_ENDPOINT_URL_STS, else AWS_ENDPOINT_URL, else the region's
    std::chrono::milliseconds timeout{10'000}; ///< of an attempt; there are three
};

/// The credentials of a role that other credentials may assume.
/// https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
struct assume_role_credentials {
    surroundings from{};
    assumed_role role{};
    any_credentials_provider source{};

    credentials_result operator()() const;
};

/// The credentials of a role that the holder of a web identity token may assume: of a service account of Kubernetes, for
/// example. The token is in a file, which is read each time. Without a file or role, AWS_WEB_IDENTITY_TOKEN_FILE,
/// AWS_ROLE_ARN and AWS_ROLE_SESSION_NAME say them.
/// https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
struct web_identity_credentials {
    surroundings from{};
    assumed_role role{};
    std::string token_file{};

    credentials_result operator()() const;
};

} // namespace parley

#endif
#ifndef PARLEY_CREDENTIALS_CACHED_CREDENTIALS_HPP
#define PARLEY_CREDENTIALS_CACHED_CREDENTIALS_HPP

#include <chrono>
#include <functional>
#include <memory>

namespace parley {

/// When cached credentials are fetched again.
struct refresh_policy {
    std::chrono::seconds early{300}; ///< how long before they expire
    std::chrono::seconds pause{5};   ///< no sooner than this after the last time, whether it went well or not
};

/// Keeps what a provider gives until shortly before it expires. Asks nobody before it is called. Safe to use from many
/// threads; copies share what they keep.
///
/// One thread at a time asks the provider. While the credentials are still valid, the others go on with them at once; else
/// they wait for that thread, and all share the outcome. A failure to renew credentials that are still valid is no error:
/// they are used until they expire. Credentials without an expiration are fetched once.
///
/// For an event loop, which must not be blocked: give the signer `held()`, and call `refresh()` on a thread of your own,
/// first before the first request, and then whenever you like, before `early` is over.
///
///     parley::cached_credentials credentials(parley::default_credentials({.send = sender}));
///     parley::sigv4_signer sign([=] { return credentials.held(); }, options);
class cached_credentials {
public:
    explicit cached_credentials(any_credentials_provider provider, refresh_policy policy = {},
                                std::function<std::chrono::system_clock::time_point()> now = detail::system_clock_now);

    /// The credentials; fetches them first if they are not there or expired, and renews them if that is due.
    credentials_result operator()() const;

    /// The credentials that are there, without waiting: `expired` if they are, `unavailable` if they were never fetched, or
    /// why that failed.
    credentials_result held() const;

    /// Asks the provider now, or waits for a thread that does already. The outcome of that.
    credentials_result refresh() const;

private:
    struct state;
    std::shared_ptr<state> state_;
};

} // namespace parley

#endif
#ifndef PARLEY_CREDENTIALS_CONFIG_FILES_HPP
#define PARLEY_CREDENTIALS_CONFIG_FILES_HPP

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace parley {

/// The settings of a profile: names in lower case, values as they are written. They may be secrets.
class config_profile {
public:
    /// Empty if there is no such setting.
    std::string const& get(std::string_view setting) const;
    void set(std::string setting, std::string value) { settings_[std::move(setting)] = std::move(value); }
    /// Takes over all settings of `other`, which outrank those that are there.
    void add(config_profile other);

private:
    std::map<std::string, std::string, std::less<>> settings_;
};

using config_profiles = std::map<std::string, config_profile, std::less<>>;

/// Reads the profiles of the shared config file (AWS_CONFIG_FILE, else ~/.aws/config) and of the credentials file
/// (AWS_SHARED_CREDENTIALS_FILE, else ~/.aws/credentials), whose settings outrank the others. A file that does not exist
/// is an empty one. Fails if a file cannot be read, or has a line that is none: the error has its number, not its text.
/// https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html
result<config_profiles, credentials_error> read_config_files(surroundings const& from);

/// The profile to use: AWS_PROFILE, else "default".
std::string chosen_profile(surroundings const& from);

namespace detail {

enum class config_file { config, credentials };

/// Adds the profiles of `text`. Returns the number of the first line that is none of the format; 0 if all are.
std::size_t parse_config(std::string_view text, config_file kind, config_profiles& profiles);

} // namespace detail
} // namespace parley

#endif
#ifndef PARLEY_CREDENTIALS_CONTAINER_CREDENTIALS_HPP
#define PARLEY_CREDENTIALS_CONTAINER_CREDENTIALS_HPP

#include <chrono>

namespace parley {

/// The credentials that Amazon ECS, EKS and others give a container, at AWS_CONTAINER_CREDENTIALS_RELATIVE_URI or
/// AWS_CONTAINER_CREDENTIALS_FULL_URI. The latter is asked over TLS, or on the machine itself; of host names, "localhost"
/// alone counts as that. What AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE holds, else AWS_CONTAINER_AUTHORIZATION_TOKEN, is
/// sent along; the file is read each time.
/// https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html
struct container_credentials {
    surroundings from{};
    std::chrono::milliseconds timeout{1000}; ///< of an attempt; there are three

    credentials_result operator()() const;
};

} // namespace parley

#endif
#ifndef PARLEY_CREDENTIALS_CREDENTIALS_CHAIN_HPP
#define PARLEY_CREDENTIALS_CREDENTIALS_CHAIN_HPP

#include <vector>

namespace parley {

/// Asks providers in order. One that is not configured is passed over; the first other one decides, be it by an error. If
/// none is configured, the error has the reasons of all as its causes.
struct credentials_chain {
    std::vector<any_credentials_provider> providers{};

    credentials_result operator()() const;
};

/// The chain of the AWS SDKs: environment, profile, web identity, container, instance metadata. Asks nobody before it is
/// called.
/// https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html
///
///     parley::curl_transport curl;
///     parley::cached_credentials credentials(parley::default_credentials({.send = parley::sender_of(std::ref(curl))}));
credentials_chain default_credentials(surroundings const& from);

} // namespace parley

#endif
#ifndef PARLEY_CREDENTIALS_ENVIRONMENT_CREDENTIALS_HPP
#define PARLEY_CREDENTIALS_ENVIRONMENT_CREDENTIALS_HPP

namespace parley {

/// The credentials of AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and, if they are temporary, AWS_SESSION_TOKEN and
/// AWS_CREDENTIAL_EXPIRATION (a date, RFC 3339). One key without the other is an error, not the absence of both.
/// https://docs.aws.amazon.com/sdkref/latest/guide/environment-variables.html
struct environment_credentials {
    surroundings from{};

    credentials_result operator()() const;
};

} // namespace parley

#endif
#ifndef PARLEY_CREDENTIALS_INSTANCE_CREDENTIALS_HPP
#define PARLEY_CREDENTIALS_INSTANCE_CREDENTIALS_HPP

namespace parley {

/// The credentials of the role of an Amazon EC2 instance, from its metadata service: version 2, with a session token.
/// Version 1 is used where the service knows no tokens (it answers 403, 404 or 405) or where they do not arrive (the
/// request times out, as in a container that is a network hop away), unless that is forbidden.
///
/// What the environment says, or else the chosen profile:
/// - AWS_EC2_METADATA_DISABLED ("true"): not configured.
/// - AWS_EC2_METADATA_V1_DISABLED, ec2_metadata_v1_disabled ("true"): no version 1.
/// - AWS_EC2_METADATA_SERVICE_ENDPOINT, ec2_metadata_service_endpoint: where the service is;
/// - AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE, ec2_metadata_service_endpoint_mode: "IPv4" or "IPv6", if it is where it
///   usually is.
/// - AWS_METADATA_SERVICE_TIMEOUT, metadata_service_timeout: seconds an attempt may take; default 1.
/// - AWS_METADATA_SERVICE_NUM_ATTEMPTS, metadata_service_num_attempts: default 1.
///
/// https://docs.aws.amazon.com/sdkref/latest/guide/feature-imds-credentials.html
struct instance_credentials {
    surroundings from{};

    credentials_result operator()() const;
};

} // namespace parley

#endif
#ifndef PARLEY_CREDENTIALS_PROCESS_CREDENTIALS_HPP
#define PARLEY_CREDENTIALS_PROCESS_CREDENTIALS_HPP

#include <string>

namespace parley {

/// The credentials that a command of the user's writes as JSON to its standard output.
/// https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html
struct process_credentials {
    surroundings from{};
    std::string command{};

    credentials_result operator()() const;
};

} // namespace parley

#endif
#ifndef PARLEY_CREDENTIALS_PROFILE_CREDENTIALS_HPP
#define PARLEY_CREDENTIALS_PROFILE_CREDENTIALS_HPP

#include <string>

namespace parley {

/// The credentials of a profile of the shared config and credentials files, which are read each time.
///
/// In this order: a role (`role_arn` with `source_profile`, `credential_source` or `web_identity_token_file`, and
/// `role_session_name`, `external_id`, `duration_seconds`, `region`), keys (`aws_access_key_id`,
/// `aws_secret_access_key`, `aws_session_token`), a command (`credential_process`). A profile that is the source of
/// another's role gives its keys, if it has some. Roles that need an MFA code, and IAM Identity Center (SSO), are errors.
///
/// https://docs.aws.amazon.com/sdkref/latest/guide/feature-assume-role-credentials.html
struct profile_credentials {
    surroundings from{};
    std::string profile{}; ///< empty: AWS_PROFILE, else "default"

    credentials_result operator()() const;
};

} // namespace parley

#endif
#ifndef PARLEY_CREDENTIALS_SIGV4_SIGNER_HPP
#define PARLEY_CREDENTIALS_SIGV4_SIGNER_HPP

#ifndef PARLEY_EXCHANGE_SIGV4_HPP
#define PARLEY_EXCHANGE_SIGV4_HPP

#ifndef PARLEY_EXCHANGE_SIGNERS_HPP
#define PARLEY_EXCHANGE_SIGNERS_HPP

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace parley {

// Ready-made signers of requests, to be given to a `request_signer`.

/// Signs nothing. https://smithy.io/2.0/spec/authentication-traits.html#optionalauth
struct anonymous_signer {
    std::optional<signing_error> operator()(http_request&, signing_context const&) const noexcept { return {}; }
};

/// Sends a bearer token (RFC 6750, section 2.1). Fails without TLS, as section 5.3 asks, if that is not allowed.
struct bearer_signer {
    std::string token{};
    bool allow_plain_http = false; ///< for tests on one machine

    std::optional<signing_error> operator()(http_request& request, signing_context const&) const;
};

enum class api_key_place : std::uint8_t { header, query };

/// Sends an API key as a header field or a query parameter.
/// https://smithy.io/2.0/spec/authentication-traits.html#httpapikeyauth
///
///     parley::api_key_signer sign{.key = key, .name = "X-Api-Key"};
struct api_key_signer {
    std::string key{};
    std::string name{};                        ///< of the field or parameter
    api_key_place place = api_key_place::header;
    std::string scheme{};                      ///< before the key and a space, in a header: "ApiKey"

    std::optional<signing_error> operator()(http_request& request, signing_context const&) const;
};

namespace detail {

/// Takes all parameters of that name out of the query; names are compared decoded.
void erase_query_parameter(std::string& target, std::string_view name);
/// Appends a parameter, percent-encoded, to the query.
void append_query_parameter(std::string& target, std::string_view name, std::string_view value);

} // namespace detail
} // namespace parley

#endif

#include <chrono>
#include <string>
#include <string_view>
#include <utility>

namespace parley {

/// A payload hash that says that the body is not part of what is signed; for services that allow it, over TLS.
inline constexpr std::string_view unsigned_payload = "UNSIGNED-PAYLOAD";

/// How a service wants its requests signed.
struct sigv4_options {
    std::string region{};  ///< "eu-west-1"
    std::string service{}; ///< the service's signing name: "medical-imaging"
    bool normalize_path = true;        ///< whether "//", "/./" and "/x/../" are one slash to the service; not to S3
    bool double_encode_path = true;    ///< whether the path is encoded once more than it is sent; not for S3
    bool content_sha256_header = true; ///< whether the payload hash is a header field too, as S3 needs it
    bool sign_session_token = true;    ///< false: the session token is sent, but not signed
    std::string payload_hash{};        ///< empty: of the body; else as given: `unsigned_payload`, the hash of a stream
    sha256_functions hashing = sha256_with<own_sha256>;

    /// As Amazon S3 wants it: paths as they are.
    static sigv4_options s3(std::string region) {
        sigv4_options options{.region = std::move(region), .service = "s3"};
        options.normalize_path = options.double_encode_path = false;
        return options;
    }
};

/// The key that signatures are made with: one for each secret, day of UTC, region and service. `sigv4_signer` keeps
/// them.
sha256_digest derive_signing_key(std::string_view secret_access_key, sigv4_options const& options,
                                 std::chrono::system_clock::time_point now);

/// What a signature was made of, to compare with what a service says it expected. The canonical request holds the session
/// token: do not log it.
struct sigv4_signature {
    std::string canonical_request;
    std::string string_to_sign;
    std::string signature;
};

/// Signs `request` with AWS Signature Version 4, in header fields: authorization, x-amz-date, and x-amz-content-sha256 and
/// x-amz-security-token if asked for. What an earlier attempt left in these fields is replaced. All other fields are signed,
/// but for those that a proxy may change; so is the host, whether or not it is among the fields yet.
///
/// Fails, and leaves the request as it is, if a key, region or service is missing or can be no header field. `key`, if
/// given, is the one that `derive_signing_key` makes of the same secret, options and day.
///
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
result<sigv4_signature, signing_error> sign_headers(http_request& request, aws_credentials const& credentials,
                                                    sigv4_options const& options,
                                                    std::chrono::system_clock::time_point now,
                                                    sha256_digest const* key = nullptr);

/// Signs `request` in its query, so that whoever has its address may make it once or often until `expires` is over: from a
/// second to seven days. Whoever makes it must send the request's header fields as they are; the fewer, the better. The
/// address works no longer than the credentials do.
///
/// Fails as `sign_headers` does, and if `expires` is out of bounds. `content_sha256_header` has no meaning here.
///
///     auto options = parley::sigv4_options::s3("eu-west-1");
///     options.payload_hash = parley::unsigned_payload;
///     auto signature = parley::presign(request, credentials, options, now, std::chrono::minutes(15));
///     if (signature) mail(request.url());
result<sigv4_signature, signing_error> presign(http_request& request, aws_credentials const& credentials,
                                               sigv4_options const& options, std::chrono::system_clock::time_point now,
                                               std::chrono::seconds expires, sha256_digest const* key = nullptr);

} // namespace parley

#endif

#include <memory>
#include <optional>

namespace parley {

/// Signs requests with SigV4 in their header fields, with the credentials that a provider gives for each attempt. Keeps the
/// keys it derives. Safe to use from many threads if the provider is; copies share what they keep.
///
///     parley::sigv4_signer sign(credentials, {.region = "eu-west-1", .service = "medical-imaging"});
class sigv4_signer {
public:
    sigv4_signer(any_credentials_provider provider, sigv4_options options);

    /// Fails if there are no credentials, or if they have expired by `context.time`; the error's condition says which.
    std::optional<signing_error> operator()(http_request& request, signing_context const& context) const;

private:
    struct state;
    std::shared_ptr<state> state_;
};

} // namespace parley

#endif
#ifndef PARLEY_CREDENTIALS_STATIC_CREDENTIALS_HPP
#define PARLEY_CREDENTIALS_STATIC_CREDENTIALS_HPP

namespace parley {

/// Always the same credentials.
///
///     parley::sigv4_signer sign(parley::static_credentials{{.access_key_id = id, .secret_access_key = secret}}, options);
struct static_credentials {
    aws_credentials credentials{};

    credentials_result operator()() const {
        if (!credentials.access_key_id.empty() && !credentials.secret_access_key.empty()) return credentials;
        return credentials_error{credentials_errc::invalid, "static", "a key is empty", {}};
    }
};

} // namespace parley

#endif
#ifndef PARLEY_DESCRIBE_RPC_PARAMS_HPP
#define PARLEY_DESCRIBE_RPC_PARAMS_HPP

#include <cstdint>

namespace parley {

/// How the members of an operation's input travel over JSON-RPC. An operation says it, or its service for all of them; by name
/// where neither does. A server takes both. https://www.jsonrpc.org/specification#parameter_structures
///
///     struct subtract {
///         ...
///         static constexpr auto params = parley::rpc_params::by_position;
///     };
enum class rpc_params : std::uint8_t {
    by_name,     ///< as an object
    by_position, ///< as an array, in the order of the description: null is an absent member, those at the end are left out
};

} // namespace parley

#endif
#ifndef PARLEY_DESCRIBE_UNIT_HPP
#define PARLEY_DESCRIBE_UNIT_HPP

#include <boost/describe/class.hpp>

namespace parley {

/// Nothing: the input or output of an operation that has none, or an alternative of a union that says no more than its name.
/// On the wire it is an empty object. https://smithy.io/2.0/spec/model.html#unit-type
struct unit {
    friend bool operator==(unit const&, unit const&) = default;
};
BOOST_DESCRIBE_STRUCT(unit, (), ())

} // namespace parley

#endif
#ifndef PARLEY_ENDPOINT_JSON_RPC_CLIENT_HPP
#define PARLEY_ENDPOINT_JSON_RPC_CLIENT_HPP

#ifndef PARLEY_ENDPOINT_MESSAGE_TRANSPORT_HPP
#define PARLEY_ENDPOINT_MESSAGE_TRANSPORT_HPP

#include <chrono>
#include <concepts>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <type_traits>

namespace parley {

/// What a transport of plain messages is given. It converts to its text, so that a transport may take just that.
struct message {
    std::string text;
    bool expects_answer = true; ///< false: the peer will send nothing back, so a transport should not wait for it
    std::optional<std::chrono::steady_clock::time_point> deadline{}; ///< a transport should give up then
    std::stop_token stop{};                                          ///< asks the transport to give up at once

    operator std::string_view() const noexcept { return text; }
    operator std::string const&() const noexcept { return text; }
};

// What a user brings for protocols that need no HTTP: something callable with a message, which gives what the peer answers. It may be
// of any of the forms that transports of HTTP have (see endpoint/transport.hpp):
//
//     std::string operator()(std::string_view)              send blocks; so for a parley::message const&
//     result<std::string, transport_error> operator()(...)  the same; failures are told, not thrown
//     awaitable<either> operator()(message const&)          send is awaitable, with the transport's own coroutine type
//     void operator()(message const&, handler)              send takes a handler; the transport calls its own with either
//
// In the place of a std::string may be anything that converts to std::string_view. Where the peer answers nothing, it is empty. The
// message lives until the answer is handled.

namespace detail {

template <class T>
struct is_message_reply : std::is_convertible<std::add_lvalue_reference_t<T const>, std::string_view> {};
template <class T>
struct is_message_reply<result<T, transport_error>> : is_message_reply<T> {};

} // namespace detail

/// What the peer answered, or a result of it.
template <class T>
concept message_reply = detail::is_message_reply<std::remove_cvref_t<T>>::value;

template <class A>
concept awaitable_message_reply = !message_reply<A> && requires {
    typename awaitable_traits<std::remove_cvref_t<A>>::value_type;
    requires message_reply<typename awaitable_traits<std::remove_cvref_t<A>>::value_type>;
};

namespace detail {

struct message_reply_handler {
    template <message_reply R>
    void operator()(R&&) const {}
};

template <class T>
using message_reply_of = std::invoke_result_t<T&, message const&>;

} // namespace detail

/// A transport whose call returns when the answer is there.
template <class T>
concept blocking_message_transport = std::invocable<T&, message const&> && message_reply<detail::message_reply_of<T>>;

/// A transport whose call is a coroutine.
template <class T>
concept awaitable_message_transport = std::invocable<T&, message const&> && awaitable_message_reply<detail::message_reply_of<T>>;

/// A transport that calls a handler when the answer is there.
template <class T>
concept callback_message_transport = !blocking_message_transport<T> && !awaitable_message_transport<T> &&
                                     std::invocable<T&, message const&, detail::message_reply_handler>;

/// Something that plain messages can be sent with. Models: any lambda of one of the forms.
template <class T>
concept message_transport = blocking_message_transport<T> || awaitable_message_transport<T> || callback_message_transport<T>;

} // namespace parley

#endif
#ifndef PARLEY_EXCHANGE_JSON_RPC_EXCHANGE_HPP
#define PARLEY_EXCHANGE_JSON_RPC_EXCHANGE_HPP

#ifndef PARLEY_PROTOCOL_JSON_RPC_HPP
#define PARLEY_PROTOCOL_JSON_RPC_HPP

#ifndef PARLEY_PROTOCOL_JSON_RPC_ID_HPP
#define PARLEY_PROTOCOL_JSON_RPC_ID_HPP

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

namespace parley {

/// The id by which a response of JSON-RPC finds its request: "a String, Number, or NULL value".
/// https://www.jsonrpc.org/specification#request_object
///
///     json_rpc_id number = 7, text = "a7", null = nullptr;
class json_rpc_id {
public:
    json_rpc_id(std::nullptr_t = nullptr) : json_("null") {}
    template <std::integral Integer>
        requires(!std::same_as<Integer, bool> && sizeof(Integer) <= 8)
    json_rpc_id(Integer number) : json_(std::to_string(number)) {}
    /// The text should be UTF-8: requests with one that is not are refused when they are encoded.
    template <class Text>
        requires(std::convertible_to<Text const&, std::string_view> && !std::same_as<Text, std::nullptr_t>)
    json_rpc_id(Text const& text) : json_(quoted(text)) {}

    /// The id that is written as `json`; nothing if that is no string, number or null. Numbers "SHOULD NOT contain fractional
    /// parts"; those that do, or that are beyond 64 bits, are kept as they are written.
    static std::optional<json_rpc_id> from_json(std::string_view json);

    /// As it travels: `7`, `"a7"`, `null`. Equal ids have equal texts.
    std::string const& json() const noexcept { return json_; }
    bool is_null() const noexcept { return json_ == "null"; }

    friend bool operator==(json_rpc_id const&, json_rpc_id const&) = default;

private:
    static std::string quoted(std::string_view text);

    std::string json_;
};

} // namespace parley

#endif
#ifndef PARLEY_PROTOCOL_JSON_RPC_MESSAGE_HPP
#define PARLEY_PROTOCOL_JSON_RPC_MESSAGE_HPP

#include <boost/describe/class.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace parley {

/// The codes that JSON-RPC has defined; those from -32099 to -32000 are left to servers.
/// https://www.jsonrpc.org/specification#error_object
struct json_rpc_code {
    static constexpr std::int64_t parse_error = -32700;
    static constexpr std::int64_t invalid_request = -32600;
    static constexpr std::int64_t method_not_found = -32601;
    static constexpr std::int64_t invalid_params = -32602;
    static constexpr std::int64_t internal_error = -32603;
};

/// An error that is no struct of its own: the "error object" of the specification as it is.
struct json_rpc_error {
    std::int64_t code = 0;
    std::string message;
    std::optional<document> data{};

    /// The error of one of the codes above, with the words that the specification has for it.
    static json_rpc_error of(std::int64_t code);

    friend bool operator==(json_rpc_error const&, json_rpc_error const&) = default;
};
BOOST_DESCRIBE_STRUCT(json_rpc_error, (), (code, message, data))

/// One thing that is wrong with params.
struct json_rpc_invalid_param {
    std::string path; ///< JSON Pointer (RFC 6901) within the params
    std::string message;

    friend bool operator==(json_rpc_invalid_param const&, json_rpc_invalid_param const&) = default;
};
BOOST_DESCRIBE_STRUCT(json_rpc_invalid_param, (), (path, message))

/// What parley's servers say to params that do not fit the method. A client that declares it among the errors of its service
/// can read it.
struct json_rpc_invalid_params {
    std::string message;
    std::vector<json_rpc_invalid_param> violations;

    friend bool operator==(json_rpc_invalid_params const&, json_rpc_invalid_params const&) = default;
};
BOOST_DESCRIBE_STRUCT(json_rpc_invalid_params, (), (message, violations))
constexpr auto parley_traits(json_rpc_invalid_params const*) {
    return traits(rpc_error(json_rpc_code::invalid_params, "Invalid params", fault::client));
}

/// One call or notification that came to a server.
struct json_rpc_request {
    std::string method;
    std::string_view params;          ///< JSON, within the message that came; empty if there are none
    std::optional<json_rpc_id> id;    ///< none: a notification, which must not be answered
    std::optional<json_rpc_error> wrong; ///< what to answer if it is no valid request; its `id` is null then, or what could be read of it
};

/// What came to a server: one request, or a batch of them.
struct json_rpc_message {
    bool batch = false;
    std::vector<json_rpc_request> requests; ///< one at least
};

} // namespace parley

#endif
#ifndef PARLEY_PROTOCOL_JSON_RPC_TABLE_HPP
#define PARLEY_PROTOCOL_JSON_RPC_TABLE_HPP

#include <boost/mp11/algorithm.hpp>

#include <array>
#include <concepts>
#include <cstdint>
#include <span>
#include <string_view>
#include <variant>

namespace parley::detail {

/// An error as JSON-RPC knows it.
struct rpc_error_entry {
    std::int64_t code = 0;
    std::string_view message; ///< where the error has none itself
    shape const* what = nullptr;
    parley::fault fault = parley::fault::unspecified;
    retryability retry = retryability::none;
    void* (*emplace)(void* variant) = nullptr; ///< makes the variant of the call's error hold it
};

/// All that the engine of JSON-RPC needs to know of an operation: a constant table.
struct rpc_operation {
    std::string_view name;
    shape const* input = nullptr;
    holder output; ///< null where it may be absent
    rpc_params params = rpc_params::by_name;
    std::span<rpc_error_entry const> errors;
};

template <class E>
struct error_has_no_rpc_code {
    static_assert(traits_of<E>().type.has_rpc_code,
                  "parley: JSON-RPC knows errors by an integer, and this one has none: add parley::rpc_error(1001) to the "
                  "parley_traits of the struct");
};
template <class First, class Second>
struct two_errors_have_the_same_rpc_code {
    static_assert(never<First>, "parley: JSON-RPC could not tell these two errors of an operation apart: give one another code "
                                "in its parley::rpc_error");
};
template <class Op>
struct rpc_input_is_no_structured_value {
    static constexpr auto kind = shape_table<typename Op::input>::value.kind;
    static_assert(kind == shape_kind::structure || kind == shape_kind::choice || kind == shape_kind::list ||
                      kind == shape_kind::map,
                  "parley: the params of JSON-RPC are an object or an array, so the input of an operation is a described struct, "
                  "a list or a map: make the value a member of a struct");
};
template <class Op, class Said>
struct rpc_params_say_something_else {
    static_assert(std::same_as<Said, rpc_params>, "parley: params of an operation or service is how they travel: static constexpr "
                                                  "auto params = parley::rpc_params::by_position");
};

template <class Variant, class E>
constexpr rpc_error_entry make_rpc_error_entry() {
    static_cast<void>(sizeof(error_is_not_described<E>));
    static_cast<void>(sizeof(error_has_no_rpc_code<E>));
    constexpr auto type = traits_of<E>().type;
    return {type.rpc_code,
            type.rpc_message.empty() ? error_code_of<E>() : type.rpc_message,
            &shape_table<E>::value,
            type.fault,
            type.retry,
            [](void* variant) -> void* { return &static_cast<Variant*>(variant)->template emplace<E>(access::make<E>()); }};
}

template <class Op, class List>
struct rpc_error_table;
template <class Op, class... E>
struct rpc_error_table<Op, errors<E...>> {
    static constexpr std::size_t count = sizeof...(E);
    static constexpr std::array<rpc_error_entry, count> value{make_rpc_error_entry<typename call_error<Op>::variant, E>()...};

    // The first two of the same code; the count if there are none.
    static constexpr std::array<std::size_t, 2> same = [] {
        for (std::size_t i = 0; i < count; ++i) {
            for (std::size_t j = 0; j < i; ++j) {
                if (value[i].code == value[j].code) return std::array{j, i};
            }
        }
        return std::array{count, count};
    }();
    static constexpr bool check() {
        if constexpr (same[0] < count) {
            using list = boost::mp11::mp_list<E...>;
            static_cast<void>(sizeof(two_errors_have_the_same_rpc_code<boost::mp11::mp_at_c<list, same[0]>,
                                                                       boost::mp11::mp_at_c<list, same[1]>>));
        }
        return true;
    }
    static_assert(check());
};

template <class Op, class Said>
constexpr rpc_params checked_rpc_params(Said said) {
    static_cast<void>(sizeof(rpc_params_say_something_else<Op, Said>));
    return static_cast<rpc_params>(said);
}

template <class Op>
constexpr rpc_params rpc_params_of() {
    using service = typename service_of<Op>::type;
    if constexpr (requires { Op::params; }) return checked_rpc_params<Op>(Op::params);
    else if constexpr (requires { service::params; }) return checked_rpc_params<Op>(service::params);
    else return rpc_params::by_name;
}

template <class Op>
struct rpc_table_of {
    static_assert(operation<Op>, "parley: an operation has an input and an output: struct my_operation { struct input {...}; "
                                 "using output = ...; };");
    static_assert(sizeof(rpc_input_is_no_structured_value<Op>) > 0);

    using output = typename Op::output;
    static constexpr rpc_operation value{operation_name<Op>(), &shape_table<typename Op::input>::value,
                                         make_holder<output>(shape_of<output>), rpc_params_of<Op>(),
                                         rpc_error_table<Op, all_errors<Op>>::value};
};

} // namespace parley::detail

#endif

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace parley {

namespace detail::rpc {

// Those that append to `out` leave it as it was if they fail.

/// `id`: null for a notification.
bool encode_request(rpc_operation const& op, void const* input, json_rpc_id const* id, strictness strict, std::string& out,
                    std::vector<violation>& errors);
/// Reads one response, an object. `output` and `errors` (the variant of the call's error) are fresh.
response_report decode_response(rpc_operation const& op, std::string_view response, decode_options const& options,
                                void* output, void* errors);

bool decode_params(rpc_operation const& op, std::string_view params, decode_options const& options, void* input,
                   std::vector<violation>& errors);
bool encode_response(rpc_operation const& op, void const* output, json_rpc_id const& id, std::string& out,
                     std::vector<violation>& errors);
bool encode_error(rpc_error_entry const& entry, void const* error, json_rpc_id const& id, std::string& out,
                  std::vector<violation>& errors);
bool encode_error(json_rpc_error const& error, json_rpc_id const& id, std::string& out, std::vector<violation>& errors);

/// `E`: a described struct that has an `rpc_error`, or a `json_rpc_error`.
template <class E>
bool encode_typed_error(E const& error, json_rpc_id const& id, std::string& out, std::vector<violation>& errors) {
    if constexpr (std::same_as<E, json_rpc_error>) {
        return encode_error(error, id, out, errors);
    } else {
        static constexpr auto entry = make_rpc_error_entry<std::variant<std::monostate, E>, E>();
        return encode_error(entry, &error, id, out, errors);
    }
}

} // namespace detail::rpc

/// What a server answered: one response, or those of a batch, to be asked for by their ids. Refers to the text, which must live
/// as long.
///
///     parley::json_rpc_answer answer(text);
///     auto difference = answer.response<subtract>(1);
class json_rpc_answer {
public:
    /// What holds more responses than `max_batch` cannot be read.
    explicit json_rpc_answer(std::string_view text, decode_options const& options = {}, std::size_t max_batch = 1000);

    /// The output of `Op`, or the error, from the response that has the id; appends what the strictness let pass to `tolerated`. Where none has it, or more than one, the call ends
    /// as an `undecodable_response`. A lone error whose id is null answers all: the server could not read the ids.
    template <operation Op>
    result<typename Op::output, call_error<Op>> response(json_rpc_id const& id, std::vector<violation>* tolerated = nullptr) const {
        auto output = detail::access::make<typename Op::output>();
        typename call_error<Op>::variant errors;
        std::string_view text;
        auto report = read(detail::rpc_table_of<Op>::value, id, &output, &errors, text);
        if (tolerated) tolerated->insert(tolerated->end(), report.tolerated.begin(), report.tolerated.end());
        if (report.what == detail::response_report::kind::output) return output;
        response_view view;
        view.body = text;
        return detail::make_call_error<Op>(std::move(report), std::move(errors), view);
    }

    /// True if there is nothing but a lone error whose id is null.
    bool is_refusal() const;

private:
    struct entry {
        std::optional<json_rpc_id> id; // none: it has none, or none that may be one
        std::string_view text;
        bool is_error = false;
    };

    detail::response_report read(detail::rpc_operation const& op, json_rpc_id const& id, void* output, void* errors,
                                 std::string_view& text) const;

    std::string_view text_;
    std::unique_ptr<std::string> repaired_; // what `text_` is if it was not UTF-8
    decode_options options_;
    std::vector<entry> entries_;
    bool batch_ = false;
    std::vector<violation> wrong_; // why nothing can be read
};

/// JSON-RPC 2.0: https://www.jsonrpc.org/specification. Its messages are texts, which may travel over anything.
///
/// The method of an operation is called as the operation is. Its params are the members of the input, by name or by position
/// (see `rpc_params`), or the input itself where that is a list or a map; its result is the output, of any type. An error is known
/// by the `rpc_error` in its traits; its member `message` is the message, the others are the data.
///
///     auto request = parley::json_rpc::encode_request<subtract>({.minuend = 42, .subtrahend = 23}, 1);
///     auto difference = parley::json_rpc::decode_response<subtract>(transport(*request), 1);
struct json_rpc {
    // A client's.

    /// Builds the request that calls `Op`. Fails with all that is wrong with the input: violated constraints (unless
    /// `compatible`), texts that are not UTF-8.
    template <operation Op>
    static result<std::string> encode_request(typename Op::input const& input, json_rpc_id const& id,
                                              parley::strictness strictness = parley::strictness::strict) {
        return encoded([&](std::string& out, std::vector<violation>& errors) {
            return detail::rpc::encode_request(detail::rpc_table_of<Op>::value, &input, &id, strictness, out, errors);
        });
    }
    /// The same for a notification, which is not answered.
    template <operation Op>
    static result<std::string> encode_notification(typename Op::input const& input,
                                                   parley::strictness strictness = parley::strictness::strict) {
        return encoded([&](std::string& out, std::vector<violation>& errors) {
            return detail::rpc::encode_request(detail::rpc_table_of<Op>::value, &input, nullptr, strictness, out, errors);
        });
    }
    /// Reads the output of `Op`, or the error, from the answer to the request that had this id. See `json_rpc_answer` for answers
    /// to batches.
    template <operation Op>
    static result<typename Op::output, call_error<Op>> decode_response(std::string_view text, json_rpc_id const& id,
                                                                       decode_options const& options = {}) {
        return json_rpc_answer(text, options).response<Op>(id);
    }
    /// The error of a response as it is: what an `undeclared_error` keeps of it in `response.body` can be read so. Fails if the
    /// response is none, or says no error.
    static result<json_rpc_error> decode_error(std::string_view response);

    /// The id of a message, be it a request or a response: for transports that carry many calls at once. Nothing if it has none,
    /// is a batch, or is no JSON.
    static std::optional<json_rpc_id> id_of(std::string_view message);

    // A server's.

    /// Reads what came to a server: one request or a batch. Requests that are none are among them, with what is to be answered. Where
    /// the whole cannot be read, the error is to be answered, with a null id.
    static result<json_rpc_message, json_rpc_error> decode_message(std::string_view text, decode_limits const& limits = {},
                                                                   std::size_t max_batch = 1000);

    /// True if the request calls `Op`.
    template <operation Op>
    static bool matches(json_rpc_request const& request) {
        return !request.wrong && request.method == detail::rpc_table_of<Op>::value.name;
    }
    /// Reads the input of `Op` from a request that `matches`. Fails with all that is wrong with it.
    template <operation Op>
    static result<typename Op::input> decode_request(json_rpc_request const& request, decode_options const& options = {}) {
        auto input = detail::access::make<typename Op::input>();
        data_error error;
        if (!detail::rpc::decode_params(detail::rpc_table_of<Op>::value, request.params, options, &input, error.violations))
            return error;
        return input;
    }
    /// Builds the response that says `output`.
    template <operation Op>
    static result<std::string> encode_response(typename Op::output const& output, json_rpc_id const& id) {
        return encoded([&](std::string& out, std::vector<violation>& errors) {
            return detail::rpc::encode_response(detail::rpc_table_of<Op>::value, &output, id, out, errors);
        });
    }
    /// Builds the response that says `error`: a described struct with an `rpc_error` in its traits, or a `json_rpc_error`.
    template <class E>
    static result<std::string> encode_error(E const& error, json_rpc_id const& id) {
        return encoded([&](std::string& out, std::vector<violation>& errors) {
            return detail::rpc::encode_typed_error(error, id, out, errors);
        });
    }

private:
    template <class Encode>
    static result<std::string> encoded(Encode encode) {
        std::string out;
        data_error error;
        if (!encode(out, error.violations)) return error;
        return out;
    }
};

} // namespace parley

#endif

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace parley {

/// A call of `Op` to be made along with others.
///
///     auto [sum_of, difference] = rpc.batch(parley::call<sum>({1, 2, 4}), parley::call<subtract>({.minuend = 42, .subtrahend = 23}));
template <operation Op>
struct call {
    using method = Op;
    using input = typename Op::input;
    static constexpr bool answered = true;

    input value;

    explicit call(input in) : value(std::move(in)) {}
};

/// The same for a notification, which is not answered. It is also what the outcome of one is about: an `outcome<notification<Op>>`
/// says no more than whether it was sent.
template <operation Op>
struct notification {
    using method = Op;
    using input = typename Op::input;
    using output = unit;
    static constexpr bool answered = false;

    input value;

    explicit notification(input in) : value(std::move(in)) {}
};

/// One exchange of messages of JSON-RPC without I/O, for a driver of any kind: a single call or notification, or a batch of them.
/// Parts are added; then the message is sent; then their outcomes are taken, each by its position.
///
///     parley::json_rpc_exchange both(parley::json_rpc_exchange::form::batch, 1);
///     both.add<parley::call<sum>>({1, 2, 4});
///     both.add<parley::notification<update>>({.level = 3});
///     if (both.has_message()) both.handle_answer(transport(both.message()));
///     parley::outcome<sum> first = both.take<parley::call<sum>>(0);
class json_rpc_exchange {
public:
    enum class form : std::uint8_t { single, batch };

    /// The parts have ids from `first_id` on. A single form has one part. `uuid` makes idempotency tokens for inputs that have none.
    json_rpc_exchange(form how, std::int64_t first_id, decode_options const& options = {}, std::function<std::string()> uuid = {})
        : batch_(how == form::batch), first_id_(first_id), options_(options), uuid_(std::move(uuid)) {}

    /// Adds a `Part`: a `call` or a `notification`.
    template <class Part>
    void add(typename Part::input const& input) {
        auto const& op = detail::rpc_table_of<typename Part::method>::value;
        if constexpr (detail::has_idempotency_token<typename Part::input>()) {
            auto filled = input;
            detail::fill_idempotency_tokens(*op.input->structure, &filled, uuid_);
            add(op, &filled, Part::answered);
        } else {
            add(op, &input, Part::answered);
        }
    }
    std::size_t size() const noexcept { return parts_.size(); }

    /// False if there is nothing to send: no part has a valid input.
    bool has_message() const noexcept { return sent_ > 0; }
    /// What to send.
    std::string message() const { return batch_ ? '[' + message_ + ']' : message_; }
    /// False if there are only notifications.
    bool expects_answer() const noexcept { return calls_ > 0; }

    /// What came back; empty if nothing did.
    void handle_answer(std::string text);
    void handle_transport_error(transport_error error);
    /// It ends before anything was given to the transport.
    void cancel() { failed_ = transport_error{transport_errc::cancelled, false, {}}; }

    /// The outcome of the part at that position, which must be a `Part`.
    template <class Part>
    auto take(std::size_t position) const {
        return take_as(position, static_cast<Part const*>(nullptr));
    }

private:
    struct part {
        bool sent = false;
        std::vector<violation> wrong; // with the input
    };

    void add(detail::rpc_operation const& op, void const* input, bool is_call);
    json_rpc_id id_at(std::size_t position) const { return first_id_ + static_cast<std::int64_t>(position); }
    call_metadata metadata_at(std::size_t position) const;

    // Why there can be no response: one of the kinds of failure.
    template <class Op>
    std::optional<call_error<Op>> failure_at(std::size_t position) const {
        if (!parts_[position].sent) return call_error<Op>(invalid_input_at(position));
        if (failed_) return call_error<Op>(failure_of(*failed_));
        return std::nullopt;
    }
    invalid_input invalid_input_at(std::size_t position) const;
    static transport_failure failure_of(transport_error const& error);

    template <class Op>
    outcome<Op> take_as(std::size_t position, call<Op> const*) const {
        auto metadata = metadata_at(position);
        if (auto failure = failure_at<Op>(position)) return {std::move(*failure), std::move(metadata)};
        auto result = answer_->response<Op>(id_at(position), &metadata.tolerated);
        if (!result) return {std::move(result).error(), std::move(metadata)};
        return {*std::move(result), std::move(metadata)};
    }
    template <class Op>
    outcome<notification<Op>> take_as(std::size_t position, notification<Op> const*) const {
        auto metadata = metadata_at(position);
        if (auto failure = failure_at<notification<Op>>(position)) return {std::move(*failure), std::move(metadata)};
        // "Notifications are not confirmable", but a server that could not read them says so.
        if (answer_->is_refusal()) return {answer_->response<notification<Op>>(id_at(position)).error(), std::move(metadata)};
        return {unit(), std::move(metadata)};
    }

    bool batch_;
    std::int64_t first_id_;
    decode_options options_;
    std::function<std::string()> uuid_;
    std::string message_;
    std::vector<part> parts_;
    std::size_t sent_ = 0;
    std::size_t calls_ = 0;
    bool given_ = false; // to the transport
    std::optional<transport_error> failed_ = transport_error{transport_errc::other, false, "there was no answer yet"};
    std::unique_ptr<std::string> text_; // what the answer refers to
    std::optional<json_rpc_answer> answer_;
};

} // namespace parley

#endif

#include <atomic>
#include <chrono>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace parley {

/// What a client of JSON-RPC is made with.
struct json_rpc_client_config {
    parley::strictness strictness = parley::strictness::strict;
    decode_limits limits{};                             ///< of answers
    std::optional<std::chrono::milliseconds> timeout{}; ///< for a call; it is up to the transport to heed the deadline that it makes
    std::int64_t first_id = 1;                          ///< of the first call; those after it count on

    // For tests: what a client takes from its surroundings.
    std::function<std::chrono::steady_clock::time_point()> now{}; ///< default: the steady clock
    std::function<std::string()> uuid{};                          ///< of idempotency tokens; default: random (RFC 9562, version 4)
};

/// What one call, or one batch, is made with besides its input.
struct json_rpc_call_options {
    std::stop_token stop{};                             ///< cancels the call
    std::optional<std::chrono::milliseconds> timeout{}; ///< instead of the client's
};

namespace detail {

template <class T>
inline constexpr bool is_json_rpc_part = false;
template <class Op>
inline constexpr bool is_json_rpc_part<call<Op>> = true;
template <class Op>
inline constexpr bool is_json_rpc_part<notification<Op>> = true;

// The coroutine type of an awaitable transport, yielding a `T`.
template <class Transport, class T>
struct awaitable_message_of {
    using type = void;
};
template <awaitable_message_transport Transport, class T>
struct awaitable_message_of<Transport, T> {
    using type = typename awaitable_traits<std::remove_cvref_t<message_reply_of<Transport>>>::template rebind<T>;
};
template <class Transport, class T>
using awaitable_message = typename awaitable_message_of<Transport, T>::type;

template <class... Part>
struct batch_has_other_parts {
    static_assert((true && ... && is_json_rpc_part<Part>),
                  "parley: a batch is made of parley::call<Op>(input) and parley::notification<Op>(input)");
};

} // namespace detail

/// Calls operations by JSON-RPC 2.0 over a transport of plain messages, which is the user's own. Many threads may use it at once if
/// they may use the transport; its copies count the same ids.
///
///     parley::json_rpc_client rpc{[&](std::string_view message) { return connection.ask(message); }};
///     auto difference = rpc.send<subtract>({.minuend = 42, .subtrahend = 23});
///     auto told = rpc.notify<update>({.level = 3});
///     auto [a, b] = rpc.batch(parley::call<subtract>({.minuend = 2, .subtrahend = 1}), parley::notification<update>({.level = 4}));
///
/// What `send`, `notify` and `batch` return depends on the transport: the outcome or outcomes, or an awaitable of them. Where the
/// transport takes a handler, they do so as well, and the client must live until it is called.
template <class Transport>
class json_rpc_client {
    static_assert(message_transport<Transport>,
                  "parley: a transport of messages is callable with a std::string_view or a parley::message const& and returns the "
                  "answer, a std::string (or a parley::result of one), or an awaitable of either, or takes a completion handler "
                  "as its second argument");
    static constexpr bool takes_handler = callback_message_transport<Transport>;

public:
    using options = json_rpc_call_options;

    explicit json_rpc_client(Transport transport) : json_rpc_client({}, std::forward<Transport>(transport)) {}
    json_rpc_client(json_rpc_client_config config, Transport transport)
        : config_(std::move(config)), transport_(std::forward<Transport>(transport)),
          next_id_(std::make_shared<std::atomic<std::int64_t>>(config_.first_id)) {}

    json_rpc_client_config const& config() const noexcept { return config_; }

    /// Makes a call. Returns its `outcome<Op>`.
    template <operation Op>
        requires(!takes_handler)
    auto send(typename Op::input const& input, options const& how = {}) {
        return run(single<call<Op>>(input), how, take_one<call<Op>>());
    }
    template <operation Op, std::invocable<outcome<Op>> Handler>
        requires takes_handler
    void send(typename Op::input const& input, Handler handler, options const& how = {}) {
        run(single<call<Op>>(input), how, take_one<call<Op>>(), std::move(handler));
    }

    /// Makes a call for each of the inputs, all by one message. Returns a vector of outcomes, in the order of the inputs. One that is not
    /// valid is not sent; the others are.
    template <operation Op>
        requires(!takes_handler)
    auto send_all(std::span<typename Op::input const> inputs, options const& how = {}) {
        return run(many<call<Op>>(inputs), how, take_all<call<Op>>());
    }
    template <operation Op, std::invocable<std::vector<outcome<Op>>> Handler>
        requires takes_handler
    void send_all(std::span<typename Op::input const> inputs, Handler handler, options const& how = {}) {
        run(many<call<Op>>(inputs), how, take_all<call<Op>>(), std::move(handler));
    }

    /// Sends a notification. Returns an `outcome<notification<Op>>`, which has a value if it was sent.
    template <operation Op>
        requires(!takes_handler)
    auto notify(typename Op::input const& input, options const& how = {}) {
        return run(single<notification<Op>>(input), how, take_one<notification<Op>>());
    }
    template <operation Op, std::invocable<outcome<notification<Op>>> Handler>
        requires takes_handler
    void notify(typename Op::input const& input, Handler handler, options const& how = {}) {
        run(single<notification<Op>>(input), how, take_one<notification<Op>>(), std::move(handler));
    }

    /// Makes calls and notifications of several operations, all by one message. Returns a tuple of their outcomes, in the order of the
    /// parts. One whose input is not valid is not sent; the others are. Options may stand before the parts, and where the
    /// transport takes a handler, so does the one for the tuple.
    template <class... Part>
        requires(!takes_handler)
    auto batch(options const& how, Part const&... parts) {
        return run(several(parts...), how, take_each<Part...>(std::index_sequence_for<Part...>()));
    }
    template <class First, class... Part>
        requires(!takes_handler && !std::same_as<First, options>)
    auto batch(First const& first, Part const&... parts) {
        return batch(options(), first, parts...);
    }
    template <class Handler, class... Part>
        requires takes_handler
    void batch(options const& how, Handler handler, Part const&... parts) {
        run(several(parts...), how, take_each<Part...>(std::index_sequence_for<Part...>()), std::move(handler));
    }
    template <class Handler, class... Part>
        requires(takes_handler && !std::same_as<Handler, options>)
    void batch(Handler handler, Part const&... parts) {
        batch(options(), std::move(handler), parts...);
    }

private:
    json_rpc_exchange start(json_rpc_exchange::form form, std::size_t parts) {
        decode_options decoding;
        decoding.strictness = config_.strictness;
        decoding.limits = config_.limits;
        return json_rpc_exchange(form, next_id_->fetch_add(static_cast<std::int64_t>(parts)), decoding,
                                 config_.uuid ? config_.uuid : detail::random_uuid);
    }
    template <class Part>
    json_rpc_exchange single(typename Part::input const& input) {
        json_rpc_exchange exchange = start(json_rpc_exchange::form::single, 1);
        exchange.add<Part>(input);
        return exchange;
    }
    template <class Part>
    json_rpc_exchange many(std::span<typename Part::input const> inputs) {
        json_rpc_exchange exchange = start(json_rpc_exchange::form::batch, inputs.size());
        for (auto const& input : inputs) exchange.add<Part>(input);
        return exchange;
    }
    template <class... Part>
    json_rpc_exchange several(Part const&... parts) {
        static_cast<void>(sizeof(detail::batch_has_other_parts<Part...>));
        json_rpc_exchange exchange = start(json_rpc_exchange::form::batch, sizeof...(parts));
        (exchange.add<Part>(parts.value), ...);
        return exchange;
    }

    // What is made of an exchange that is over.
    template <class Part>
    static auto take_one() {
        return [](json_rpc_exchange const& over) { return over.take<Part>(0); };
    }
    template <class Part>
    static auto take_all() {
        return [](json_rpc_exchange const& over) {
            std::vector<decltype(over.take<Part>(0))> all;
            for (std::size_t i = 0; i < over.size(); ++i) all.push_back(over.take<Part>(i));
            return all;
        };
    }
    template <class... Part, std::size_t... I>
    static auto take_each(std::index_sequence<I...>) {
        return [](json_rpc_exchange const& over) { return std::make_tuple(over.take<Part>(I)...); };
    }

    message message_of(json_rpc_exchange const& exchange, options const& how) const {
        message m{exchange.message(), exchange.expects_answer(), std::nullopt, how.stop};
        auto const timeout = how.timeout ? how.timeout : config_.timeout;
        if (timeout) m.deadline = (config_.now ? config_.now() : std::chrono::steady_clock::now()) + *timeout;
        return m;
    }
    // False if nothing is to be sent.
    static bool may_send(json_rpc_exchange& exchange, options const& how) {
        if (!exchange.has_message()) return false;
        if (!how.stop.stop_requested()) return true;
        exchange.cancel();
        return false;
    }
    template <class Reply>
    static void handle_reply(json_rpc_exchange& exchange, Reply&& reply) {
        if constexpr (std::same_as<std::remove_cvref_t<Reply>, std::string>) exchange.handle_answer(std::forward<Reply>(reply));
        else if constexpr (std::convertible_to<Reply const&, std::string_view>) exchange.handle_answer(std::string(std::string_view(reply)));
        else if (reply) handle_reply(exchange, *std::forward<Reply>(reply));
        else exchange.handle_transport_error(reply.error());
    }
    // A stack that throws says no more than that; the message may have been sent.
    static void handle_thrown(json_rpc_exchange& exchange, std::exception const& thrown) {
        exchange.handle_transport_error({transport_errc::other, true, thrown.what()});
    }

    template <class Take>
    auto run(json_rpc_exchange exchange, options const& how, Take take) {
        if constexpr (awaitable_message_transport<Transport>) {
            return run_awaitable(std::move(exchange), how, take);
        } else {
            if (may_send(exchange, how)) {
                message const sent = message_of(exchange, how);
                std::optional<std::remove_cvref_t<detail::message_reply_of<Transport>>> reply;
                try {
                    reply.emplace(transport_(sent));
                } catch (std::exception const& thrown) {
                    handle_thrown(exchange, thrown);
                }
                if (reply) handle_reply(exchange, *std::move(reply));
            }
            return take(exchange);
        }
    }

    template <class Take>
    using awaitable_of = detail::awaitable_message<Transport, std::invoke_result_t<Take&, json_rpc_exchange const&>>;

    // The coroutine owns what it is given; `send` itself is none, so that callers may pass temporaries.
    template <class Take>
    awaitable_of<Take> run_awaitable(json_rpc_exchange exchange, options how, Take take) {
        if (may_send(exchange, how)) {
            message const sent = message_of(exchange, how);
            std::optional<typename awaitable_traits<std::remove_cvref_t<detail::message_reply_of<Transport>>>::value_type> reply;
            try {
                reply.emplace(co_await transport_(sent));
            } catch (std::exception const& thrown) {
                handle_thrown(exchange, thrown);
            }
            if (reply) handle_reply(exchange, *std::move(reply));
        }
        co_return take(exchange);
    }

    template <class Handler>
    struct callback_call {
        json_rpc_exchange exchange;
        message sent;
        Handler handler;
        std::atomic<bool> answered{false};

        callback_call(json_rpc_exchange&& e, message&& m, Handler&& h)
            : exchange(std::move(e)), sent(std::move(m)), handler(std::move(h)) {}
    };

    template <class Take, class Handler>
    void run(json_rpc_exchange exchange, options const& how, Take take, Handler handler) {
        if (!may_send(exchange, how)) return static_cast<void>(handler(take(exchange)));
        auto sent = message_of(exchange, how);
        auto const running = std::make_shared<callback_call<Handler>>(std::move(exchange), std::move(sent), std::move(handler));
        try {
            transport_(std::as_const(running->sent), [running, take](auto&& reply) {
                if (running->answered.exchange(true)) return; // a transport that answers twice
                handle_reply(running->exchange, std::forward<decltype(reply)>(reply));
                running->handler(take(running->exchange));
            });
        } catch (std::exception const& thrown) {
            if (running->answered.exchange(true)) throw; // it was the handler
            handle_thrown(running->exchange, thrown);
            running->handler(take(running->exchange));
        }
    }

    json_rpc_client_config config_;
    Transport transport_;
    std::shared_ptr<std::atomic<std::int64_t>> next_id_;
};

} // namespace parley

#endif
#ifndef PARLEY_ENDPOINT_JSON_RPC_SERVER_HPP
#define PARLEY_ENDPOINT_JSON_RPC_SERVER_HPP

#include <array>
#include <concepts>
#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace parley {

/// What a server of JSON-RPC is made with.
struct json_rpc_server_config {
    decode_options decoding{};     ///< of messages and params
    std::size_t max_batch = 1000;  ///< requests in one message

    /// Told of each "Internal error" that is answered, and why: what a handler has thrown (which is being handled during the call:
    /// `std::current_exception`), or what could not be encoded. The peer is not told.
    std::function<void(json_rpc_request const& request, std::string_view why)> on_internal_error{};
};

/// What a handler replies: the output, an error that the operation or its service declares, or a `json_rpc_error`; or a
/// `result` of the output and one of these.
template <operation Op>
class json_rpc_reply {
public:
    using output = typename Op::output;
    using error = boost::mp11::mp_append<std::variant<json_rpc_error>, detail::all_errors<Op>>;

    json_rpc_reply(output value) : state_(std::in_place_index<0>, std::move(value)) {}
    template <class E>
        requires boost::mp11::mp_contains<error, E>::value
    json_rpc_reply(E wrong) : state_(std::in_place_index<1>, std::move(wrong)) {}
    template <class E>
        requires boost::mp11::mp_contains<error, E>::value
    json_rpc_reply(result<output, E> either) : state_(std::in_place_index<0>, detail::access::make<output>()) {
        if (either) state_.template emplace<0>(*std::move(either));
        else state_.template emplace<1>(std::move(either).error());
    }

    /// The output, or null.
    output const* value() const noexcept { return std::get_if<0>(&state_); }
    /// The error, or null.
    error const* wrong() const noexcept { return std::get_if<1>(&state_); }

private:
    std::variant<output, error> state_;
};

/// An operation with the handler that serves it; made by `serve`.
template <operation Op, class Handler>
struct json_rpc_method {
    using operation = Op;
    Handler handler;
};

namespace detail {

template <class Op, class Handler>
struct rpc_handler_of {
    using input = typename Op::input;
    static constexpr bool takes_input = std::invocable<Handler&, input&&>;
    static constexpr bool takes_nothing = !takes_input && std::invocable<Handler&> && std::same_as<input, unit>;
    static_assert(takes_input || takes_nothing,
                  "parley: a handler takes the input of its operation: [](my_operation::input const& in) { ... }");

    static decltype(auto) call(Handler& handler, input& in) {
        if constexpr (takes_input) return handler(std::move(in));
        else return handler();
    }
    using returned = decltype(call(std::declval<Handler&>(), std::declval<input&>()));
    static constexpr bool returns_nothing = std::is_void_v<returned> && std::same_as<typename Op::output, unit>;
    static_assert(returns_nothing || std::convertible_to<returned, json_rpc_reply<Op>>,
                  "parley: a handler returns the output of its operation (nothing, if that is a parley::unit), an error that the "
                  "operation declares, a parley::json_rpc_error, a parley::result of the output and one of these, or a "
                  "parley::json_rpc_reply of the operation, which can be all of them");

    static json_rpc_reply<Op> reply(Handler& handler, input& in) {
        if constexpr (returns_nothing) return call(handler, in), unit();
        else return call(handler, in);
    }
};

/// A method as the dispatcher knows it.
struct rpc_method {
    std::string_view name;
    /// Appends the answer, if the request wants one. False if it could not be encoded: then why is in `errors`.
    bool (*serve)(void* methods, json_rpc_request const& request, decode_options const& options, std::string& out,
                  std::vector<violation>& errors);
};

struct rpc_dispatcher {
    key_index names;
    std::span<rpc_method const> methods;
    json_rpc_server_config const& config;
    void* handlers;

    std::optional<std::string> dispatch(std::string_view text) const;

private:
    void answer(json_rpc_request const& request, std::string& out) const;
    void answer_internal_error(json_rpc_request const& request, std::string_view why, std::string& out) const;
};

/// Appends the answer to a request whose params are wrong.
bool encode_invalid_params(std::vector<violation> const& wrong, json_rpc_id const& id, std::string& out,
                           std::vector<violation>& errors);

template <class Methods, std::size_t I>
bool serve_method(void* methods, json_rpc_request const& request, decode_options const& options, std::string& out,
                  std::vector<violation>& errors) {
    auto& method = std::get<I>(*static_cast<Methods*>(methods));
    using op = typename std::tuple_element_t<I, Methods>::operation;
    using handler = rpc_handler_of<op, decltype(method.handler)>;
    auto input = access::make<typename op::input>();
    std::vector<violation> wrong;
    bool const valid = rpc::decode_params(rpc_table_of<op>::value, request.params, options, &input, wrong);
    if (!valid) return !request.id || encode_invalid_params(wrong, *request.id, out, errors);
    auto const reply = handler::reply(method.handler, input);
    if (!request.id) return true;
    if (auto const* value = reply.value()) return rpc::encode_response(rpc_table_of<op>::value, value, *request.id, out, errors);
    return std::visit([&](auto const& error) { return rpc::encode_typed_error(error, *request.id, out, errors); }, *reply.wrong());
}

template <class... Op>
struct methods_have_the_same_name {
    static constexpr bool duplicate = make_key_table(std::array<std::string_view, sizeof...(Op)>{rpc_table_of<Op>::value.name...}).duplicate;
    static_assert(!duplicate, "parley: two of the operations that this server serves have the same name: serve each once, or give "
                              "one another static constexpr std::string_view name");
};

} // namespace detail

/// Binds a handler to the operation it serves. The handler takes the input and returns the output (see `json_rpc_reply`); what
/// it throws is answered as an "Internal error".
///
///     parley::serve<subtract>([](subtract::input const& in) { return *in.minuend - *in.subtrahend; })
template <operation Op, class Handler>
json_rpc_method<Op, Handler> serve(Handler handler) {
    return {std::move(handler)};
}

/// The other end of JSON-RPC 2.0: turns each message into its answer. Does no I/O. Many threads may use it at once if they may use
/// the handlers.
///
///     parley::json_rpc_server server{parley::serve<subtract>([](subtract::input const& in) { return *in.minuend - *in.subtrahend; }),
///                                    parley::serve<update>([&](update::input const& in) { level = in.level; })};
///     if (auto answer = server.handle(message)) connection.write(*answer);
template <class... Method>
class json_rpc_server {
public:
    explicit json_rpc_server(Method... methods) : json_rpc_server(json_rpc_server_config(), std::move(methods)...) {}
    explicit json_rpc_server(json_rpc_server_config config, Method... methods)
        : config_(std::move(config)), methods_(std::move(methods)...) {}

    /// The answer to a request or a batch; nothing if there is none to send: to notifications. The requests of a batch are served in
    /// order. Whatever the message is, it is answered as the specification says.
    std::optional<std::string> handle(std::string_view message) {
        return detail::rpc_dispatcher{names.index(), table, config_, &methods_}.dispatch(message);
    }

private:
    using method_tuple = std::tuple<Method...>;
    static_assert(sizeof(detail::methods_have_the_same_name<typename Method::operation...>) > 0);

    static constexpr auto names = detail::make_key_table(
        std::array<std::string_view, sizeof...(Method)>{detail::rpc_table_of<typename Method::operation>::value.name...});
    template <std::size_t... I>
    static constexpr std::array<detail::rpc_method, sizeof...(Method)> make_table(std::index_sequence<I...>) {
        return {detail::rpc_method{detail::rpc_table_of<typename Method::operation>::value.name, &detail::serve_method<method_tuple, I>}...};
    }
    static constexpr auto table = make_table(std::index_sequence_for<Method...>());

    json_rpc_server_config config_;
    method_tuple methods_;
};

} // namespace parley

#endif
#ifndef PARLEY_EXCHANGE_PEER_DATE_HPP
#define PARLEY_EXCHANGE_PEER_DATE_HPP

#include <chrono>
#include <optional>
#include <string_view>

namespace parley::detail {

using peer_time = std::chrono::sys_time<std::chrono::milliseconds>;

/// A date as peers write it in header fields: an HTTP date (RFC 9110, section 5.6.7), or one of RFC 3339, which is taken
/// as UTC where it does not say.
std::optional<peer_time> parse_peer_date(std::string_view text) noexcept;

} // namespace parley::detail

#endif
#ifndef PARLEY_EXCHANGE_REDACTION_HPP
#define PARLEY_EXCHANGE_REDACTION_HPP

#include <string>
#include <string_view>

namespace parley {

/// What stands in a log where something must not be shown.
inline constexpr std::string_view redacted = "***";

/// True for the name of a header field or query parameter whose value is a secret: credentials, tokens, keys, signatures, cookies.
bool is_secret_name(std::string_view name) noexcept;

namespace detail {

/// Whether a value of that shape can hold a sensitive member, however deep.
bool may_hold_sensitive(shape const& what);
/// Whether a response to a request of that operation can.
bool may_answer_sensitive(operation_table const& op);

/// The target of a request without what is sensitive: values of secret parameters, and values of sensitive members, for which
/// the whole path is given as the operation's template has it, or the whole query left out.
std::string safe_target(message_binding const& binding, std::string_view target);

/// The host, and port, of a request, or `redacted` where a sensitive member is a part of it.
std::string_view safe_authority(message_binding const& binding, std::string_view authority);

/// The value of a field of a message, or `redacted`.
std::string_view safe_field(message_binding const& binding, std::string_view name, std::string_view value);

} // namespace detail
} // namespace parley

#endif
#ifndef PARLEY_EXCHANGE_RETRY_AFTER_HPP
#define PARLEY_EXCHANGE_RETRY_AFTER_HPP

#include <chrono>
#include <optional>

namespace parley {

/// How many milliseconds the peer asks to wait before another attempt; nothing if it does not, or says it in a way that cannot
/// be read. May be negative, for a date that has passed, or infinite.
///
/// It may say so in `retry-after`, in seconds or as a date (RFC 9110, section 10.2.3), or in `x-amz-retry-after`, in
/// milliseconds. The first that is present counts. `now` is the time by the peer's clock.
std::optional<double> read_retry_after(response_view const& response, std::chrono::system_clock::time_point now);

} // namespace parley

#endif
#ifndef PARLEY_HTTP_GZIP_HPP
#define PARLEY_HTTP_GZIP_HPP

#include <zlib.h>

#include <cstddef>
#include <new>
#include <optional>
#include <string>
#include <string_view>

namespace parley {

/// `bytes` in the gzip format (RFC 1952), by zlib, which the program links: `-lz`. For requests to operations that take
/// compressed bodies:
///
///     parley::client client{{.region = "us-east-1", .gzip = parley::gzip}, std::ref(transport)};
///
/// Throws std::bad_alloc if zlib has no memory.
inline std::string gzip(std::string_view bytes) {
    z_stream stream{};
    int const gzip_window = 15 + 16; // zlib.h, deflateInit2: 16 more writes a gzip header and trailer
    if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, gzip_window, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        throw std::bad_alloc();
    std::string out;
    out.resize(deflateBound(&stream, static_cast<uLong>(bytes.size())));
    constexpr std::size_t piece = std::size_t{1} << 30; // zlib counts in unsigned int
    std::size_t written = 0;
    for (;;) {
        auto const take = bytes.size() < piece ? bytes.size() : piece;
        stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
        stream.avail_in = static_cast<uInt>(take);
        bytes.remove_prefix(take);
        int state = Z_OK;
        do {
            if (written == out.size()) out.resize(out.size() * 2);
            auto const room = out.size() - written < piece ? out.size() - written : piece;
            stream.next_out = reinterpret_cast<Bytef*>(out.data() + written);
            stream.avail_out = static_cast<uInt>(room);
            state = deflate(&stream, bytes.empty() ? Z_FINISH : Z_NO_FLUSH);
            written += room - stream.avail_out;
        } while (stream.avail_in > 0 || (bytes.empty() && state != Z_STREAM_END));
        if (bytes.empty()) break;
    }
    deflateEnd(&stream);
    out.resize(written);
    return out;
}

/// What `bytes` in the gzip format stand for; nothing if they are not in it, end early, or stand for more than `limit` bytes.
/// For routers whose operations take compressed requests: `parley::router_config{.gunzip = parley::gunzip}`.
///
/// Throws std::bad_alloc if zlib has no memory.
inline std::optional<std::string> gunzip(std::string_view bytes, std::size_t limit) {
    z_stream stream{};
    int const gzip_window = 15 + 16; // zlib.h, inflateInit2: 16 more takes a gzip header and trailer alone
    if (inflateInit2(&stream, gzip_window) != Z_OK) throw std::bad_alloc();
    std::string out;
    int state = Z_OK;
    constexpr std::size_t piece = std::size_t{1} << 30; // zlib counts in unsigned int
    while (state == Z_OK) {
        if (stream.avail_in == 0) {
            auto const take = bytes.size() < piece ? bytes.size() : piece;
            stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
            stream.avail_in = static_cast<uInt>(take);
            bytes.remove_prefix(take);
        }
        char room[16 * 1024];
        stream.next_out = reinterpret_cast<Bytef*>(room);
        stream.avail_out = sizeof room;
        state = inflate(&stream, Z_NO_FLUSH);
        auto const made = sizeof room - stream.avail_out;
        if (made > limit - out.size()) state = Z_DATA_ERROR;
        else out.append(room, made);
    }
    bool const complete = state == Z_STREAM_END && stream.avail_in == 0 && bytes.empty();
    inflateEnd(&stream);
    if (!complete) return std::nullopt;
    return out;
}

} // namespace parley

#endif
#ifndef PARLEY_HTTP_HEADER_LIST_HPP
#define PARLEY_HTTP_HEADER_LIST_HPP

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace parley {

// Lists in header fields. https://smithy.io/2.0/spec/http-bindings.html#httpheader-serialization-rules

/// Appends one more item, after ", " if there was one. An item with a comma or quotation mark is quoted.
void append_header_list_item(std::string& out, std::string_view item);

/// The items of a list, unquoted; nothing if a quotation is not closed.
std::optional<std::vector<std::string>> split_header_list(std::string_view value);

/// The items of a list of HTTP dates, each of which has a comma of its own.
std::optional<std::vector<std::string>> split_http_date_list(std::string_view value);

} // namespace parley

#endif
#ifndef PARLEY_HTTP_MEDIA_TYPE_HPP
#define PARLEY_HTTP_MEDIA_TYPE_HPP

#include <string_view>

namespace parley {

/// The type and subtype of a Content-Type: "text/html; charset=utf-8" -> "text/html". See RFC 9110, section 8.3.1.
std::string_view essence_of(std::string_view media_type) noexcept;

/// Whether the field value `accept` takes a response of `type`: one of its ranges fits, and the one that fits best has not
/// the weight 0. See RFC 9110, section 12.5.1.
bool accepts(std::string_view accept, std::string_view type) noexcept;

/// The same for all fields Accept of a message; one without takes anything.
bool accepts(field_view const& message, std::string_view type);

} // namespace parley

#endif
#ifndef PARLEY_JSON_LOCATE_HPP
#define PARLEY_JSON_LOCATE_HPP

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace parley::detail {

/// Walks JSON text without decoding it, to find a place in it: where an error is, or what a JSON Pointer names.
/// Meant for text that was found to be JSON, at least up to the place looked for; on any other it stops early, but never
/// reads outside of the text.

/// The text of one value, `begin` bytes into the whole.
struct json_slice {
    std::string_view text;
    std::size_t begin = 0;
};

/// The value that `pointer` (RFC 6901) names, the last one where members are duplicated; nothing if there is none.
std::optional<json_slice> find_json(std::string_view text, std::string_view pointer);

/// The offset of the value that `pointer` names, or of the innermost value around it that exists.
std::size_t locate_json(std::string_view text, std::string_view pointer);

/// The member of the object `text` that is named `name`, the last one where it is duplicated; where case is ignored, the
/// first one.
std::optional<json_slice> find_json_member(std::string_view text, std::string_view name, bool ignore_case = false);

/// The content of a scalar as text: a string unescaped, a number or literal as it is written. Nothing for null, objects,
/// arrays.
std::optional<std::string> json_scalar_text(std::string_view value);

} // namespace parley::detail

#endif
#ifndef PARLEY_PROTOCOL_SCALAR_TEXT_HPP
#define PARLEY_PROTOCOL_SCALAR_TEXT_HPP

#include <string>
#include <string_view>

namespace parley::detail {

/// Appends a number, bool, text, enumeration or timestamp as labels, query parameters and headers have it. False if the
/// value has no text: an enumeration value without a name, a timestamp outside of the calendar.
bool append_scalar_text(std::string& out, shape const& what, void const* value, timestamp_format format);

/// Reads what `append_scalar_text` writes: the whole text, without spaces around. False if it is none of the type.
bool read_scalar_text(shape const& what, void* value, std::string_view text, timestamp_format format);

} // namespace parley::detail

#endif

#ifdef PARLEY_WITH_DOCUMENT
#ifndef PARLEY_JSON_DOCUMENT_HPP
#define PARLEY_JSON_DOCUMENT_HPP

#include <boost/json/value.hpp>

namespace parley::detail {

/// With this header, a member may be a `boost::json::value`: free-form JSON. It is a door of its own, since it is the only
/// one that needs Boost.JSON's headers in the user's units.
/// https://smithy.io/2.0/spec/simple-types.html#document
template <>
struct shape_maker<boost::json::value> {
    static constexpr shape make() { return make_shape<boost::json::value>(shape_kind::json_value); }
};

} // namespace parley::detail

#endif
#endif // PARLEY_WITH_DOCUMENT

#ifdef PARLEY_WITH_LOOPBACK
#ifndef PARLEY_TRANSPORT_LOOPBACK_HPP
#define PARLEY_TRANSPORT_LOOPBACK_HPP

#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <type_traits>
#include <utility>
#include <vector>

namespace parley {

/// A transport in memory: the handler is the server. For tests without a network. Waits take no time; they move a clock of
/// its own, which a client can be given as its `now`.
///
///     parley::loopback server{[](parley::http_request const&) { return parley::http_response{200, {}, R"({"celsius":21})"}; }};
///     parley::client client{{.endpoint = "http://test"}, std::ref(server)};
///
/// Safe to use from many threads if the handler is.
template <std::invocable<http_request const&> Handler>
class loopback {
public:
    using duration = std::chrono::steady_clock::duration;
    using time_point = std::chrono::steady_clock::time_point;
    using reply = std::invoke_result_t<Handler&, http_request const&>;

    /// Keeps the first `limit` requests and as many waits; what comes later is served, but not kept.
    explicit loopback(Handler handler, std::size_t limit = SIZE_MAX) : handler_(std::move(handler)), limit_(limit) {}

    reply operator()(http_request const& request) {
        {
            std::lock_guard lock(mutex_);
            if (requests_.size() < limit_) requests_.push_back(request);
        }
        return handler_(request);
    }

    void sleep(duration d) {
        std::lock_guard lock(mutex_);
        if (sleeps_.size() < limit_) sleeps_.push_back(d);
        now_ += d;
    }

    /// The time of the virtual clock.
    time_point now() const {
        std::lock_guard lock(mutex_);
        return now_;
    }
    /// The requests that came, in order.
    std::vector<http_request> requests() const {
        std::lock_guard lock(mutex_);
        return requests_;
    }
    /// The waits there were, in order.
    std::vector<duration> sleeps() const {
        std::lock_guard lock(mutex_);
        return sleeps_;
    }

private:
    Handler handler_;
    std::size_t limit_;
    mutable std::mutex mutex_;
    std::vector<http_request> requests_;
    std::vector<duration> sleeps_;
    time_point now_{};
};

} // namespace parley

#endif
#endif // PARLEY_WITH_LOOPBACK

#ifdef PARLEY_WITH_CURL
#ifndef PARLEY_TRANSPORT_CURL_HPP
#define PARLEY_TRANSPORT_CURL_HPP

#include <curl/curl.h>

#include <algorithm>
#include <chrono>
#include <climits>
#include <cstddef>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace parley {

struct curl_options {
    std::chrono::milliseconds connect_timeout{5000};
    std::size_t max_response_bytes = std::size_t{256} << 20; ///< headers and body; more is an error
    std::size_t idle_connections = 8;                        ///< handles kept for later calls, each with its connections
    std::string ca_bundle{};                                 ///< file of certificates to trust instead of the system's
    std::string proxy{};                                     ///< none if empty; the environment's are not used
};

/// A blocking transport on libcurl. Connections are reused, TLS peers are verified, redirects are not followed. Deadlines and
/// stop tokens of requests are kept; curl looks at the stop token about once a second while nothing arrives. Safe to
/// use from many threads; each call has a handle of its own while it runs.
///
/// curl sends a request again, whatever its method, if it went out on a connection that had been used before and the
/// peer closed that without any answer. The peer may then have seen it twice.
///
///     parley::curl_transport curl;
///     parley::client client{{.endpoint = "https://api.example.com"}, std::ref(curl)};
class curl_transport {
public:
    explicit curl_transport(curl_options options = {}) : options_(std::move(options)) {
        // Once for the program; libcurl counts, so that other users of it are not in the way.
        static CURLcode const initialized = curl_global_init(CURL_GLOBAL_DEFAULT);
        static_cast<void>(initialized);
    }

    result<http_response, transport_error> operator()(http_request const& request) {
        auto const now = std::chrono::steady_clock::now();
        if (request.stop.stop_requested()) return transport_error{transport_errc::cancelled, false, {}};
        if (request.deadline && *request.deadline <= now) return transport_error{transport_errc::timed_out, false, {}};
        if (!is_well_formed(request)) {
            return transport_error{transport_errc::other, false, "malformed method, address or header field"};
        }
        handle easy = take();
        if (!easy) return transport_error{transport_errc::other, false, "no curl handle"};
        transfer t{options_.max_response_bytes, request.stop, {}, false};
        header_list fields;
        if (!set_up(easy.get(), request, t, fields, now)) {
            curl_easy_reset(easy.get());
            return transport_error{transport_errc::other, false, "the request cannot be expressed with curl"};
        }
        auto const code = curl_easy_perform(easy.get());
        long sent_bytes = 0, status = 0;
        curl_easy_getinfo(easy.get(), CURLINFO_REQUEST_SIZE, &sent_bytes);
        curl_easy_getinfo(easy.get(), CURLINFO_RESPONSE_CODE, &status);
        curl_easy_reset(easy.get()); // keeps the connections, drops the pointers into this call
        t.response.status = static_cast<int>(status);
        // A handle that failed may have a connection in an unknown state; it is let go with it.
        if (code != CURLE_OK) return error_of(code, t, sent_bytes > 0);
        put_back(std::move(easy));
        return std::move(t.response);
    }

private:
    struct close_handle {
        void operator()(CURL* easy) const noexcept { curl_easy_cleanup(easy); }
    };
    using handle = std::unique_ptr<CURL, close_handle>;
    struct free_list {
        void operator()(curl_slist* list) const noexcept { curl_slist_free_all(list); }
    };
    using header_list = std::unique_ptr<curl_slist, free_list>;

    struct transfer {
        std::size_t room;
        std::stop_token stop;
        http_response response;
        bool too_large;

        bool take(std::size_t bytes) {
            too_large = too_large || bytes > room;
            if (!too_large) room -= bytes;
            return !too_large;
        }
    };

    handle take() {
        std::lock_guard lock(mutex_);
        if (idle_.empty()) return handle(curl_easy_init());
        auto easy = std::move(idle_.back());
        idle_.pop_back();
        return easy;
    }
    void put_back(handle easy) {
        std::lock_guard lock(mutex_);
        if (idle_.size() < options_.idle_connections) idle_.push_back(std::move(easy));
    }

    // curl writes the method as it is, and splits what it is given as an address by its own rules: "@" in the target
    // would make a user name of the host, and "#" cut the target off.
    static bool is_well_formed(http_request const& request) {
        if (!is_header_name(request.method)) return false; // "method = token"; RFC 9110, section 9.1
        auto const place = parse_endpoint(request.scheme + "://" + request.authority());
        if (!place || !place->path.empty() || !equals_ignore_case(place->host, request.host)) return false;
        if (!request.target.empty() && !request.target.starts_with('/')) return false;
        for (char c : request.target) {
            auto const byte = static_cast<unsigned char>(c);
            if (byte <= 0x20 || byte == 0x7f || c == '#') return false;
        }
        return std::all_of(request.fields.begin(), request.fields.end(), [](header const& field) {
            return is_header_name(field.name) && is_header_value(field.value);
        });
    }

    bool set_up(CURL* easy, http_request const& request, transfer& t, header_list& fields,
                std::chrono::steady_clock::time_point now) {
        bool good = true;
        auto set = [&good, easy](CURLoption option, auto value) {
            good = good && curl_easy_setopt(easy, option, value) == CURLE_OK;
        };
        set(CURLOPT_NOSIGNAL, 1L);
        set(CURLOPT_URL, request.url().c_str());
        set(CURLOPT_PATH_AS_IS, 1L);
#if LIBCURL_VERSION_NUM >= 0x075500
        set(CURLOPT_PROTOCOLS_STR, "http,https");
#else
        set(CURLOPT_PROTOCOLS, static_cast<long>(CURLPROTO_HTTP | CURLPROTO_HTTPS));
#endif
        set(CURLOPT_FOLLOWLOCATION, 0L);
        set(CURLOPT_PROXY, options_.proxy.c_str());
        set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
        if (!options_.ca_bundle.empty()) set(CURLOPT_CAINFO, options_.ca_bundle.c_str());
        set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(options_.connect_timeout.count()));
        if (request.deadline) {
            auto const left = std::chrono::ceil<std::chrono::milliseconds>(*request.deadline - now);
            set(CURLOPT_TIMEOUT_MS, static_cast<long>(std::min<long long>(left.count(), INT_MAX)));
        }
        if (request.method == "HEAD") {
            set(CURLOPT_NOBODY, 1L);
        } else if (!request.body.empty() || request.method == "POST" || request.method == "PUT" || request.method == "PATCH") {
            set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
            set(CURLOPT_POSTFIELDS, request.body.c_str());
        }
        set(CURLOPT_CUSTOMREQUEST, request.method.c_str());
        bool has_type = false;
        for (auto const& [name, value] : request.fields) {
            has_type = has_type || equals_ignore_case(name, "content-type");
            // "name;" is how curl is told of a header without a value; "name: " would take the header away.
            add(fields, trim(value).empty() ? name + ';' : name + ": " + value, good);
        }
        // What curl would add of its own.
        add(fields, "Expect:", good);
        if (!request.fields.contains("accept")) add(fields, "Accept:", good);
        if (!has_type) add(fields, "Content-Type:", good);
        set(CURLOPT_HTTPHEADER, fields.get());
        set(CURLOPT_WRITEFUNCTION, &on_body);
        set(CURLOPT_WRITEDATA, &t);
        set(CURLOPT_HEADERFUNCTION, &on_header);
        set(CURLOPT_HEADERDATA, &t);
        if (request.stop.stop_possible()) {
            set(CURLOPT_NOPROGRESS, 0L);
            set(CURLOPT_XFERINFOFUNCTION, &on_progress);
            set(CURLOPT_XFERINFODATA, &t);
        }
        return good;
    }

    static void add(header_list& list, std::string const& line, bool& good) {
        auto* const longer = curl_slist_append(list.get(), line.c_str());
        good = good && longer;
        if (!longer) return;
        static_cast<void>(list.release());
        list.reset(longer);
    }

    // curl is C: nothing may be thrown through it, not even for want of memory.
    static std::size_t on_body(char* data, std::size_t, std::size_t size, void* context) noexcept try {
        auto& t = *static_cast<transfer*>(context);
        if (!t.take(size)) return 0;
        t.response.body.append(data, size);
        return size;
    } catch (...) {
        return 0;
    }

    static std::size_t on_header(char* data, std::size_t, std::size_t size, void* context) noexcept try {
        auto& t = *static_cast<transfer*>(context);
        if (!t.take(size)) return 0;
        std::string_view line(data, size);
        while (line.ends_with('\n') || line.ends_with('\r')) line.remove_suffix(1);
        if (line.starts_with("HTTP/")) {
            t.response.fields = {}; // of the final response, not of 1xx ones before it
        } else if (auto const colon = line.find(':'); colon != line.npos) {
            t.response.fields.add(std::string(line.substr(0, colon)), std::string(trim(line.substr(colon + 1))));
        }
        return size;
    } catch (...) {
        return 0;
    }

    static int on_progress(void* context, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
        return static_cast<transfer*>(context)->stop.stop_requested() ? 1 : 0;
    }

    static transport_error error_of(CURLcode code, transfer const& t, bool sent) {
        std::string text = curl_easy_strerror(code);
        switch (code) {
        case CURLE_COULDNT_RESOLVE_PROXY:
        case CURLE_COULDNT_RESOLVE_HOST:
        case CURLE_COULDNT_CONNECT:
            // Sent on a connection that was lost, and no other could be made to send it again.
            return {sent ? transport_errc::reset : transport_errc::refused, sent, std::move(text)};
        case CURLE_OPERATION_TIMEDOUT: return {transport_errc::timed_out, sent, std::move(text)};
        case CURLE_ABORTED_BY_CALLBACK: return {transport_errc::cancelled, sent, {}};
        case CURLE_SSL_CONNECT_ERROR:
        case CURLE_PEER_FAILED_VERIFICATION:
        case CURLE_SSL_CERTPROBLEM:
        case CURLE_SSL_CACERT_BADFILE:
        case CURLE_SSL_CIPHER:
        case CURLE_SSL_ISSUER_ERROR:
        case CURLE_SSL_INVALIDCERTSTATUS: return {transport_errc::tls, sent, std::move(text)};
        case CURLE_SEND_ERROR:
        case CURLE_RECV_ERROR:
        case CURLE_GOT_NOTHING:
        case CURLE_PARTIAL_FILE:
        case CURLE_HTTP2:
        case CURLE_HTTP2_STREAM: return {transport_errc::reset, sent, std::move(text)};
        case CURLE_UNSUPPORTED_PROTOCOL:
        case CURLE_WEIRD_SERVER_REPLY: return {transport_errc::protocol, sent, std::move(text)};
        case CURLE_WRITE_ERROR:
            if (t.too_large) text = "the response is larger than the limit";
            [[fallthrough]];
        default: return {transport_errc::other, sent, std::move(text)};
        }
    }

    curl_options options_;
    std::mutex mutex_;
    std::vector<handle> idle_;
};

} // namespace parley

#endif
#endif // PARLEY_WITH_CURL

#ifdef PARLEY_WITH_OPENSSL
#ifndef PARLEY_EXCHANGE_OPENSSL_SHA256_HPP
#define PARLEY_EXCHANGE_OPENSSL_SHA256_HPP

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <limits>
#include <string_view>

namespace parley {

/// SHA-256 of OpenSSL's libcrypto (1.1.1 and later): several times as fast as parley's own, on processors that have
/// instructions for it. Throws `parley::exception` if libcrypto refuses, as it may for want of memory or of a provider.
///
///     parley::sigv4_options options{.region = "eu-west-1", .service = "s3", .hashing = parley::sha256_with<parley::openssl_sha256>};
struct openssl_sha256 {
    static sha256_digest hash(std::string_view bytes) {
        sha256_digest digest;
        unsigned size = 0;
        if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr) != 1) refuse();
        return digest;
    }
    static sha256_digest hmac(std::string_view key, std::string_view bytes) {
        sha256_digest digest;
        unsigned size = 0;
        if (key.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) refuse();
        // A null key would mean "the key of before".
        void const* const key_data = key.empty() ? "" : key.data();
        if (!HMAC(EVP_sha256(), key_data, static_cast<int>(key.size()), reinterpret_cast<unsigned char const*>(bytes.data()),
                  bytes.size(), digest.data(), &size)) {
            refuse();
        }
        return digest;
    }

private:
    [[noreturn]] static void refuse() { throw exception("libcrypto cannot compute SHA-256"); }
};

} // namespace parley

#endif
#endif // PARLEY_WITH_OPENSSL

#ifdef PARLEY_IMPLEMENTATION
#ifndef PARLEY_IMPLEMENTATION_HPP
#define PARLEY_IMPLEMENTATION_HPP

// All of parley that is no template. Included by the one unit of a program that defines PARLEY_IMPLEMENTATION.
#ifndef PARLEY_CORE_BASE64_IPP
#define PARLEY_CORE_BASE64_IPP

#include <array>
#include <cstdint>

namespace parley {

namespace {

constexpr std::string_view base64_alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

constexpr auto base64_values = [] {
    std::array<std::uint8_t, 256> table{};
    for (auto& value : table) value = 0xff;
    for (std::size_t i = 0; i < 64; ++i) table[static_cast<unsigned char>(base64_alphabet[i])] = static_cast<std::uint8_t>(i);
    return table;
}();

} // namespace

void append_base64(std::string& out, std::string_view bytes) {
    auto const at = [&bytes](std::size_t i) { return std::uint32_t{static_cast<unsigned char>(bytes[i])}; };
    auto const begin = out.size();
    out.resize(begin + (bytes.size() + 2) / 3 * 4);
    char* to = out.data() + begin;
    std::size_t i = 0;
    for (; i + 3 <= bytes.size(); i += 3) {
        auto const group = at(i) << 16 | at(i + 1) << 8 | at(i + 2);
        *to++ = base64_alphabet[group >> 18];
        *to++ = base64_alphabet[group >> 12 & 63];
        *to++ = base64_alphabet[group >> 6 & 63];
        *to++ = base64_alphabet[group & 63];
    }
    if (i == bytes.size()) return;
    bool const two = i + 2 == bytes.size();
    auto const group = at(i) << 16 | (two ? at(i + 1) << 8 : 0);
    *to++ = base64_alphabet[group >> 18];
    *to++ = base64_alphabet[group >> 12 & 63];
    *to++ = two ? base64_alphabet[group >> 6 & 63] : '=';
    *to++ = '=';
}

bool decode_base64(std::string_view text, std::string& out) {
    out.clear();
    if (text.size() % 4 != 0) return false;
    if (text.empty()) return true;
    std::size_t const padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
    auto const value = [&text](std::size_t i) { return std::uint32_t{base64_values[static_cast<unsigned char>(text[i])]}; };
    out.resize(text.size() / 4 * 3);
    char* to = out.data();
    std::size_t const whole = text.size() - (padding ? 4 : 0);
    std::uint32_t wrong = 0;
    for (std::size_t i = 0; i < whole; i += 4) {
        auto const a = value(i), b = value(i + 1), c = value(i + 2), d = value(i + 3);
        wrong |= a | b | c | d; // above 63 for characters outside of the alphabet
        auto const group = a << 18 | b << 12 | c << 6 | d;
        *to++ = static_cast<char>(group >> 16 & 0xff);
        *to++ = static_cast<char>(group >> 8 & 0xff);
        *to++ = static_cast<char>(group & 0xff);
    }
    if (padding) {
        auto const a = value(whole), b = value(whole + 1), c = padding == 1 ? value(whole + 2) : 0;
        wrong |= a | b | c;
        if ((padding == 1 ? c & 3 : b & 15) != 0) wrong = 64;
        auto const group = a << 18 | b << 12 | c << 6;
        *to++ = static_cast<char>(group >> 16 & 0xff);
        if (padding == 1) *to++ = static_cast<char>(group >> 8 & 0xff);
    }
    out.resize(static_cast<std::size_t>(to - out.data()));
    if (wrong < 64) return true;
    out.clear();
    return false;
}

} // namespace parley

#endif
#ifndef PARLEY_CORE_CONFIG_IPP
#define PARLEY_CORE_CONFIG_IPP

namespace parley {

extern char const define_PARLEY_IMPLEMENTATION_in_exactly_one_unit = 0;

} // namespace parley

#endif
#ifndef PARLEY_CORE_ERROR_IPP
#define PARLEY_CORE_ERROR_IPP

namespace parley {

std::string_view to_string(errc code) noexcept {
    switch (code) {
    case errc::syntax: return "syntax error";
    case errc::invalid_utf8: return "invalid UTF-8";
    case errc::limit_exceeded: return "limit exceeded";
    case errc::missing_field: return "missing field";
    case errc::invalid_type: return "invalid type";
    case errc::invalid_value: return "invalid value";
    case errc::out_of_range: return "out of range";
    case errc::invalid_length: return "invalid length";
    case errc::range_violation: return "range violation";
    case errc::pattern_mismatch: return "pattern mismatch";
    case errc::duplicate_items: return "duplicate items";
    case errc::unknown_value: return "unknown value";
    }
    return "unknown error";
}

std::string data_error::message() const {
    std::string text;
    for (auto const& each : violations) {
        if (!text.empty()) text += '\n';
        if (!each.path.empty()) text.append(each.path).append(": ");
        text += each.message;
        if (each.length) text.append(", but has ").append(std::to_string(*each.length));
        if (each.offset != violation::no_offset) text.append(", at byte ").append(std::to_string(each.offset));
    }
    return text;
}

void append_pointer_token(std::string& pointer, std::string_view token) {
    pointer += '/';
    for (char c : token) {
        if (c == '~') pointer += "~0";
        else if (c == '/') pointer += "~1";
        else pointer += c;
    }
}

} // namespace parley

#endif
#ifndef PARLEY_CORE_MD5_IPP
#define PARLEY_CORE_MD5_IPP

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace parley {

namespace {

// floor(2^32 * abs(sin(i + 1))), RFC 1321, 3.4.
constexpr std::array<std::uint32_t, 64> md5_sines{
    0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501,
    0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821,
    0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8,
    0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a,
    0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70,
    0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665,
    0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1,
    0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391,
};
constexpr std::array<int, 16> md5_shifts{7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21};

using md5_state = std::array<std::uint32_t, 4>;

void md5_block(md5_state& state, unsigned char const* block) noexcept {
    std::array<std::uint32_t, 16> words;
    for (std::size_t i = 0; i < 16; ++i) {
        words[i] = std::uint32_t{block[i * 4]} | std::uint32_t{block[i * 4 + 1]} << 8 |
                   std::uint32_t{block[i * 4 + 2]} << 16 | std::uint32_t{block[i * 4 + 3]} << 24;
    }
    auto [a, b, c, d] = state;
    for (std::size_t i = 0; i < 64; ++i) {
        std::uint32_t mixed = 0;
        std::size_t word = 0;
        switch (i / 16) {
        case 0: mixed = (b & c) | (~b & d), word = i; break;
        case 1: mixed = (d & b) | (~d & c), word = (5 * i + 1) % 16; break;
        case 2: mixed = b ^ c ^ d, word = (3 * i + 5) % 16; break;
        default: mixed = c ^ (b | ~d), word = 7 * i % 16; break;
        }
        mixed += a + md5_sines[i] + words[word];
        a = d, d = c, c = b;
        b += std::rotl(mixed, md5_shifts[i / 16 * 4 + i % 4]);
    }
    state[0] += a, state[1] += b, state[2] += c, state[3] += d;
}

} // namespace

std::string md5(std::string_view bytes) {
    md5_state state{0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476};
    auto const* next = reinterpret_cast<unsigned char const*>(bytes.data());
    auto rest = bytes.size();
    for (; rest >= 64; next += 64, rest -= 64) md5_block(state, next);
    // The end: a one bit, zeros, and the length in bits.
    std::array<unsigned char, 128> end{};
    for (std::size_t i = 0; i < rest; ++i) end[i] = next[i];
    end[rest] = 0x80;
    auto const size = rest < 56 ? std::size_t{64} : std::size_t{128};
    auto const bits = std::uint64_t{bytes.size()} * 8;
    for (std::size_t i = 0; i < 8; ++i) end[size - 8 + i] = static_cast<unsigned char>(bits >> (8 * i));
    for (std::size_t i = 0; i < size; i += 64) md5_block(state, end.data() + i);
    std::string digest;
    for (auto word : state) {
        for (int shift = 0; shift < 32; shift += 8) digest += static_cast<char>(word >> shift & 0xff);
    }
    return digest;
}

} // namespace parley

#endif
#ifndef PARLEY_CORE_NUMBER_IPP
#define PARLEY_CORE_NUMBER_IPP

#include <charconv>
#include <cmath>
#include <limits>

namespace parley {

namespace {

template <class Number>
void append_with_to_chars(std::string& out, Number value) {
    char digits[64];
    auto const end = std::to_chars(digits, digits + sizeof digits, value).ptr;
    out.append(digits, static_cast<std::size_t>(end - digits));
}

template <class Number>
char* write_floating(char* to, Number value) noexcept {
    auto const size = value < 0 ? -value : value;
    bool const fixed = size == 0 || (size >= static_cast<Number>(1e-6) && size < static_cast<Number>(1e21));
    return fixed ? std::to_chars(to, to + 40, value, std::chars_format::fixed).ptr : std::to_chars(to, to + 40, value).ptr;
}

char* write_thousandths(char* to, std::uint64_t value, bool negative) noexcept {
    if (negative) *to++ = '-';
    to = std::to_chars(to, to + 20, value / 1000).ptr;
    auto const fraction = static_cast<unsigned>(value % 1000);
    if (fraction == 0) return to;
    *to++ = '.';
    *to++ = static_cast<char>('0' + fraction / 100);
    if (fraction % 100 == 0) return to;
    *to++ = static_cast<char>('0' + fraction / 10 % 10);
    if (fraction % 10 == 0) return to;
    *to++ = static_cast<char>('0' + fraction % 10);
    return to;
}

template <class Number>
bool read_with_from_chars(std::string_view text, Number& value) noexcept {
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size();
}

bool take_digits(std::string_view text, std::size_t& i) noexcept {
    auto const begin = i;
    while (i < text.size() && text[i] >= '0' && text[i] <= '9') ++i;
    return i > begin;
}

// from_chars gives the same error for what is too small and what is too large. Where the first digit that is not zero
// stands, and the exponent, tell which.
bool is_below_one(std::string_view text) noexcept {
    long long place = 0; // power of ten of the first digit that is not zero
    bool fraction = false, found = false;
    std::size_t i = text.starts_with('-') ? 1 : 0;
    for (; i < text.size() && text[i] != 'e' && text[i] != 'E'; ++i) {
        if (text[i] == '.') {
            fraction = true;
        } else if (!fraction) {
            if (found) ++place;
            found = found || text[i] != '0';
        } else if (!found) {
            --place;
            found = text[i] != '0';
        }
    }
    long long exponent = 0;
    bool const negative = i + 1 < text.size() && text[i + 1] == '-';
    for (; i < text.size(); ++i) {
        if (text[i] >= '0' && text[i] <= '9' && exponent < 1'000'000'000'000) exponent = exponent * 10 + (text[i] - '0');
    }
    return place + (negative ? -exponent : exponent) < 0;
}

} // namespace

void append_integer(std::string& out, std::int64_t value) { append_with_to_chars(out, value); }
void append_integer(std::string& out, std::uint64_t value) { append_with_to_chars(out, value); }
void append_double(std::string& out, double value) {
    char digits[40];
    out.append(digits, static_cast<std::size_t>(detail::write_double(digits, value) - digits));
}
void append_float(std::string& out, float value) {
    char digits[40];
    out.append(digits, static_cast<std::size_t>(detail::write_float(digits, value) - digits));
}

namespace detail {
char* write_double(char* to, double value) noexcept {
    // A decimal of up to 15 digits that is read as `value` is the shortest, but for zeros at its end. Most have three digits
    // behind the point at most.
    auto const size = std::fabs(value);
    if (size >= 0.001 && size < 1e12) {
        auto const thousandths = static_cast<std::uint64_t>(size * 1000 + 0.5);
        if (static_cast<double>(thousandths) / 1000 == size) return write_thousandths(to, thousandths, value < 0);
    }
    return write_floating(to, value);
}
char* write_float(char* to, float value) noexcept { return write_floating(to, value); }
bool read_signed(std::string_view text, std::int64_t& value) noexcept { return read_with_from_chars(text, value); }
bool read_unsigned(std::string_view text, std::uint64_t& value) noexcept { return read_with_from_chars(text, value); }
} // namespace detail

bool is_json_number(std::string_view text) noexcept {
    std::size_t i = text.starts_with('-') ? 1 : 0;
    auto const whole = i;
    if (!take_digits(text, i) || (text[whole] == '0' && i > whole + 1)) return false;
    if (i < text.size() && text[i] == '.' && !take_digits(text, ++i)) return false;
    if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
        ++i;
        if (i < text.size() && (text[i] == '+' || text[i] == '-')) ++i;
        if (!take_digits(text, i)) return false;
    }
    return i == text.size();
}

std::optional<double> parse_double(std::string_view text) noexcept {
    using limits = std::numeric_limits<double>;
    if (text == "NaN") return limits::quiet_NaN();
    if (text == "Infinity") return limits::infinity();
    if (text == "-Infinity") return -limits::infinity();
    if (!is_json_number(text)) return std::nullopt;
    double value = 0;
    auto const error = std::from_chars(text.data(), text.data() + text.size(), value).ec;
    if (error == std::errc()) return value;
    if (error == std::errc::result_out_of_range && is_below_one(text)) return text.starts_with('-') ? -0.0 : 0.0;
    return std::nullopt;
}

} // namespace parley

#endif
#ifndef PARLEY_CORE_SHA256_IPP
#define PARLEY_CORE_SHA256_IPP

#include <algorithm>
#include <bit>

namespace parley {

namespace {

// FIPS 180-4, section 4.2.2: the first 32 bits of the fractional parts of the cube roots of the first 64 primes.
constexpr std::array<std::uint32_t, 64> sha256_constants{
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

template <class Word>
void write_big_endian(Word value, unsigned char* to) noexcept {
    for (std::size_t i = sizeof(Word); i > 0; --i, value = static_cast<Word>(value >> 8)) {
        to[i - 1] = static_cast<unsigned char>(value);
    }
}

} // namespace

// The names are those of FIPS 180-4, section 6.2.2.
void sha256::compress(unsigned char const* block) noexcept {
    std::array<std::uint32_t, 64> w;
    for (std::size_t t = 0; t < 16; ++t) {
        auto const* const p = block + 4 * t;
        w[t] = std::uint32_t{p[0]} << 24 | std::uint32_t{p[1]} << 16 | std::uint32_t{p[2]} << 8 | p[3];
    }
    for (std::size_t t = 16; t < 64; ++t) {
        auto const x = w[t - 15], y = w[t - 2];
        auto const sigma0 = std::rotr(x, 7) ^ std::rotr(x, 18) ^ x >> 3;
        auto const sigma1 = std::rotr(y, 17) ^ std::rotr(y, 19) ^ y >> 10;
        w[t] = sigma1 + w[t - 7] + sigma0 + w[t - 16];
    }
    auto [a, b, c, d, e, f, g, h] = state_;
    for (std::size_t t = 0; t < 64; ++t) {
        auto const sum1 = std::rotr(e, 6) ^ std::rotr(e, 11) ^ std::rotr(e, 25);
        auto const sum0 = std::rotr(a, 2) ^ std::rotr(a, 13) ^ std::rotr(a, 22);
        auto const t1 = h + sum1 + ((e & f) ^ (~e & g)) + sha256_constants[t] + w[t];
        auto const t2 = sum0 + ((a & b) ^ (a & c) ^ (b & c));
        h = g, g = f, f = e, e = d + t1, d = c, c = b, b = a, a = t1 + t2;
    }
    std::array<std::uint32_t, 8> const result{a, b, c, d, e, f, g, h};
    for (std::size_t i = 0; i < 8; ++i) state_[i] += result[i];
}

void sha256::update(std::string_view bytes) noexcept {
    bytes_ += bytes.size();
    auto const* data = reinterpret_cast<unsigned char const*>(bytes.data());
    auto left = bytes.size();
    while (left > 0) {
        if (filled_ == 0 && left >= block_.size()) {
            compress(data);
            data += block_.size(), left -= block_.size();
            continue;
        }
        auto const count = std::min(left, block_.size() - filled_);
        std::copy_n(data, count, block_.data() + filled_);
        data += count, left -= count, filled_ += count;
        if (filled_ == block_.size()) compress(block_.data()), filled_ = 0;
    }
}

// FIPS 180-4, section 5.1.1: a bit 1, zeros, and the length in bits as the last eight bytes of a block.
sha256_digest sha256::finish() noexcept {
    auto const bits = bytes_ * 8;
    update("\x80");
    if (filled_ > block_.size() - 8) update(std::string_view("\0\0\0\0\0\0\0", block_.size() - filled_));
    std::fill(block_.begin() + static_cast<std::ptrdiff_t>(filled_), block_.end(), static_cast<unsigned char>(0));
    write_big_endian(bits, block_.data() + block_.size() - 8);
    compress(block_.data());
    sha256_digest digest;
    for (std::size_t i = 0; i < state_.size(); ++i) write_big_endian(state_[i], digest.data() + 4 * i);
    return digest;
}

sha256_digest sha256_of(std::string_view bytes) noexcept {
    sha256 hash;
    hash.update(bytes);
    return hash.finish();
}

// RFC 2104, section 2: H(K XOR opad, H(K XOR ipad, text)), with the key filled up with zeros to a block.
sha256_digest hmac_sha256(std::string_view key, std::string_view bytes) noexcept {
    sha256_digest short_key;
    if (key.size() > 64) {
        short_key = sha256_of(key);
        key = bytes_of(short_key);
    }
    std::array<char, 64> pad{};
    auto const pad_with = [&](unsigned char mask) {
        for (std::size_t i = 0; i < pad.size(); ++i) {
            pad[i] = static_cast<char>((i < key.size() ? static_cast<unsigned char>(key[i]) : 0) ^ mask);
        }
        return std::string_view(pad.data(), pad.size());
    };
    sha256 inner, outer;
    inner.update(pad_with(0x36));
    inner.update(bytes);
    outer.update(pad_with(0x5c));
    outer.update(bytes_of(inner.finish()));
    return outer.finish();
}

std::string to_hex(sha256_digest const& digest) {
    std::string text;
    text.reserve(2 * digest.size());
    for (auto const byte : digest) {
        text += "0123456789abcdef"[byte >> 4];
        text += "0123456789abcdef"[byte & 15];
    }
    return text;
}

} // namespace parley

#endif
#ifndef PARLEY_CORE_TIMESTAMP_IPP
#define PARLEY_CORE_TIMESTAMP_IPP

namespace parley {

namespace {

constexpr std::int64_t seconds_per_day = 86400;
constexpr std::string_view weekday_names = "SunMonTueWedThuFriSat";
constexpr std::string_view weekday_endings[] = {"day", "day", "sday", "nesday", "rsday", "day", "urday"};
constexpr std::string_view month_names = "JanFebMarAprMayJunJulAugSepOctNovDec";

struct calendar_date {
    std::int64_t year;
    unsigned month, day; // from 1
};

// Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": days since 1970-01-01 of the proleptic Gregorian calendar.
constexpr std::int64_t days_from(calendar_date date) noexcept {
    auto const year = date.year - (date.month <= 2 ? 1 : 0);
    auto const era = (year >= 0 ? year : year - 399) / 400;
    auto const year_of_era = year - era * 400;
    auto const day_of_year = (153 * (static_cast<std::int64_t>(date.month) + (date.month > 2 ? -3 : 9)) + 2) / 5 +
                             static_cast<std::int64_t>(date.day) - 1;
    return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719468;
}

constexpr calendar_date date_from(std::int64_t days) noexcept {
    days += 719468;
    auto const era = (days >= 0 ? days : days - 146096) / 146097;
    auto const day_of_era = days - era * 146097;
    auto const year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    auto const day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    auto const shifted_month = (5 * day_of_year + 2) / 153;
    auto const month = static_cast<unsigned>(shifted_month < 10 ? shifted_month + 3 : shifted_month - 9);
    return {year_of_era + era * 400 + (month <= 2 ? 1 : 0), month,
            static_cast<unsigned>(day_of_year - (153 * shifted_month + 2) / 5 + 1)};
}

constexpr unsigned days_in_month(std::int64_t year, unsigned month) noexcept {
    if (month == 2) return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28;
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

constexpr auto first_second = days_from({0, 1, 1}) * seconds_per_day;
constexpr auto last_second = days_from({10000, 1, 1}) * seconds_per_day - 1;

// Takes a text apart from the front. After the first thing that is not there, all else fails.
class scanner {
public:
    explicit scanner(std::string_view text) noexcept : rest_(text) {}

    bool done() const noexcept { return good_ && rest_.empty(); }
    bool good() const noexcept { return good_; }
    void fail() noexcept { good_ = false; }
    char peek() const noexcept { return good_ && !rest_.empty() ? rest_.front() : '\0'; }
    void expect(std::string_view text) noexcept {
        good_ = good_ && rest_.starts_with(text);
        if (good_) rest_.remove_prefix(text.size());
    }
    char take() noexcept {
        char const c = peek();
        if (rest_.empty()) good_ = false;
        if (good_) rest_.remove_prefix(1);
        return c;
    }
    unsigned digits(std::size_t count) noexcept {
        unsigned value = 0;
        for (; count > 0; --count) {
            char const c = take();
            if (c < '0' || c > '9') good_ = false;
            else value = value * 10 + static_cast<unsigned>(c - '0');
        }
        return value;
    }
    // ".5" and so on, if it is there; digits after the ninth are cut.
    std::int32_t fraction() noexcept {
        if (peek() != '.') return 0;
        take();
        std::int32_t value = 0, unit = 100'000'000;
        if (peek() < '0' || peek() > '9') good_ = false;
        for (; peek() >= '0' && peek() <= '9'; take()) {
            value += (peek() - '0') * unit;
            unit /= 10;
        }
        return value;
    }
    // The position of a name in a row of names of three letters each.
    unsigned name(std::string_view names) noexcept {
        auto const three = rest_.substr(0, 3);
        auto const at = three.size() == 3 ? names.find(three) : names.npos;
        if (at == names.npos || at % 3 != 0) return good_ = false, 0;
        rest_.remove_prefix(3);
        return static_cast<unsigned>(at / 3);
    }

private:
    std::string_view rest_;
    bool good_ = true;
};

struct clock_time {
    unsigned hour, minute, second;
};

clock_time take_time(scanner& scan) noexcept {
    clock_time time{};
    time.hour = scan.digits(2);
    scan.expect(":");
    time.minute = scan.digits(2);
    scan.expect(":");
    time.second = scan.digits(2);
    // A leap second, 60, is the first second of the next minute here: RFC 3339, section 5.7; POSIX time has none.
    if (time.hour > 23 || time.minute > 59 || time.second > 60) scan.fail();
    return time;
}

std::optional<instant> combine(scanner const& scan, calendar_date date, clock_time time, std::int32_t nanoseconds) noexcept {
    if (!scan.done() || date.month < 1 || date.month > 12 || date.day < 1 || date.day > days_in_month(date.year, date.month))
        return std::nullopt;
    auto const seconds = days_from(date) * seconds_per_day + std::int64_t{time.hour} * 3600 + std::int64_t{time.minute} * 60 +
                         std::int64_t{time.second};
    return instant{seconds, nanoseconds};
}

std::optional<instant> parse_date_time(std::string_view text) noexcept {
    scanner scan(text);
    calendar_date date{};
    date.year = scan.digits(4);
    scan.expect("-");
    date.month = scan.digits(2);
    scan.expect("-");
    date.day = scan.digits(2);
    if (char const t = scan.take(); t != 'T' && t != 't') scan.fail();
    auto const time = take_time(scan);
    auto const nanoseconds = scan.fraction();
    std::int64_t offset = 0;
    char const zone = scan.take();
    if (zone == '+' || zone == '-') {
        auto const hours = scan.digits(2);
        scan.expect(":");
        auto const minutes = scan.digits(2);
        if (hours > 23 || minutes > 59) scan.fail();
        offset = (std::int64_t{hours} * 60 + std::int64_t{minutes}) * 60;
        if (zone == '-') offset = -offset;
    } else if (zone != 'Z' && zone != 'z') {
        scan.fail();
    }
    auto when = combine(scan, date, time, nanoseconds);
    if (when) when->seconds -= offset;
    return when;
}

// "Wed, 15 Jan 2025 12:34:56 GMT", "Wednesday, 15-Jan-25 12:34:56 GMT", "Wed Jan 15 12:34:56 2025"
std::optional<instant> parse_http_date(std::string_view text) noexcept {
    scanner scan(text);
    calendar_date date{};
    clock_time time{};
    std::int32_t nanoseconds = 0;
    auto const weekday = scan.name(weekday_names);
    if (scan.peek() == ' ') {
        scan.expect(" ");
        date.month = scan.name(month_names) + 1;
        scan.expect(" ");
        if (scan.peek() == ' ') scan.take(), date.day = scan.digits(1);
        else date.day = scan.digits(2);
        scan.expect(" ");
        time = take_time(scan);
        scan.expect(" ");
        date.year = scan.digits(4);
    } else if (scan.peek() == ',') {
        scan.expect(", ");
        date.day = scan.digits(2);
        scan.expect(" ");
        date.month = scan.name(month_names) + 1;
        scan.expect(" ");
        date.year = scan.digits(4);
        scan.expect(" ");
        time = take_time(scan);
        nanoseconds = scan.fraction();
        scan.expect(" GMT");
    } else {
        scan.expect(weekday_endings[weekday]);
        scan.expect(", ");
        date.day = scan.digits(2);
        scan.expect("-");
        date.month = scan.name(month_names) + 1;
        scan.expect("-");
        date.year = scan.digits(2);
        // "Recipients must interpret a timestamp that appears to be more than 50 years in the future as the most recent
        // year in the past that had the same last two digits." There is no clock here: 1970 to 2069.
        date.year += date.year < 70 ? 2000 : 1900;
        scan.expect(" ");
        time = take_time(scan);
        scan.expect(" GMT");
    }
    return combine(scan, date, time, nanoseconds);
}

// Exact in decimal: shifts the point of the literal instead of multiplying a double.
std::optional<instant> parse_epoch_seconds(std::string_view text) noexcept {
    if (!is_json_number(text)) return std::nullopt;
    bool const negative = text.starts_with('-');
    if (negative) text.remove_prefix(1);
    long long exponent = 0;
    if (auto const e = text.find_first_of("eE"); e != text.npos) {
        bool const down = text[e + 1] == '-';
        for (char c : text.substr(e + 1)) {
            if (c >= '0' && c <= '9' && exponent < 1'000'000'000'000) exponent = exponent * 10 + (c - '0');
        }
        if (down) exponent = -exponent;
        text = text.substr(0, e);
    }
    auto const point = text.find('.');
    auto const whole_digits = static_cast<long long>(point == text.npos ? text.size() : point);
    // The place of a digit in 10^place seconds is whole_digits - 1 - i + exponent.
    constexpr std::uint64_t limit = std::uint64_t{1} << 63; // of seconds before the epoch; after it, one less
    std::uint64_t seconds = 0;
    std::uint32_t nanoseconds = 0;
    unsigned tenth = 0; // digit of the fraction
    bool more = false;  // a digit after the tenth is not zero
    long long const last = whole_digits + exponent; // digits that belong to whole seconds
    long long digit_count = 0;
    for (char c : text) {
        if (c == '.') continue;
        auto const digit = static_cast<unsigned>(c - '0');
        auto const place = last - 1 - digit_count++;
        if (place >= 0) {
            if (seconds > (limit - digit) / 10) return std::nullopt;
            seconds = seconds * 10 + digit;
        } else if (place >= -9) {
            std::uint32_t scale = 1'000'000'000;
            for (long long p = place; p < 0; ++p) scale /= 10;
            nanoseconds += digit * scale;
        } else if (place == -10) {
            tenth = digit;
        } else {
            more = more || digit != 0;
        }
    }
    for (auto zeros = last - digit_count; zeros > 0 && seconds != 0; --zeros) {
        if (seconds > limit / 10) return std::nullopt;
        seconds *= 10;
    }
    // Halves go up, which is towards zero before the epoch.
    if (tenth > 5 || (tenth == 5 && (more || !negative))) ++nanoseconds;
    if (nanoseconds == 1'000'000'000) nanoseconds = 0, ++seconds;
    if (negative && nanoseconds > 0) nanoseconds = 1'000'000'000 - nanoseconds, ++seconds;
    if (seconds > (negative ? limit : limit - 1)) return std::nullopt;
    return instant{static_cast<std::int64_t>(negative ? 0 - seconds : seconds), static_cast<std::int32_t>(nanoseconds)};
}

void append_digits(std::string& out, std::int64_t value, int width) {
    char digits[20];
    for (int i = width; i-- > 0; value /= 10) digits[i] = static_cast<char>('0' + value % 10);
    out.append(digits, static_cast<std::size_t>(width));
}

void append_fraction(std::string& out, std::int32_t nanoseconds) {
    if (nanoseconds == 0) return;
    int digits = 9;
    for (; nanoseconds % 10 == 0; nanoseconds /= 10) --digits;
    out += '.';
    append_digits(out, nanoseconds, digits);
}

} // namespace

std::optional<instant> parse_timestamp(std::string_view text, timestamp_format format) noexcept {
    switch (format) {
    case timestamp_format::epoch_seconds: return parse_epoch_seconds(text);
    case timestamp_format::date_time: return parse_date_time(text);
    case timestamp_format::http_date: return parse_http_date(text);
    case timestamp_format::unspecified: break;
    }
    return std::nullopt;
}

void append_timestamp(std::string& out, instant value, timestamp_format format) {
    if (format == timestamp_format::unspecified || format == timestamp_format::epoch_seconds) {
        // -1.25 is kept as -2 seconds and 0.75 after them.
        if (value.seconds < 0 && value.nanoseconds > 0) {
            ++value.seconds;
            value.nanoseconds = 1'000'000'000 - value.nanoseconds;
            if (value.seconds == 0) out += '-';
        }
        append_integer(out, value.seconds);
        append_fraction(out, value.nanoseconds);
        return;
    }
    auto days = value.seconds / seconds_per_day;
    auto second_of_day = value.seconds % seconds_per_day;
    if (second_of_day < 0) second_of_day += seconds_per_day, --days;
    auto const date = date_from(days);
    auto append_time = [&] {
        append_digits(out, second_of_day / 3600, 2);
        out += ':';
        append_digits(out, second_of_day / 60 % 60, 2);
        out += ':';
        append_digits(out, second_of_day % 60, 2);
        append_fraction(out, value.nanoseconds);
    };
    if (format == timestamp_format::date_time) {
        append_digits(out, date.year, 4);
        out += '-';
        append_digits(out, date.month, 2);
        out += '-';
        append_digits(out, date.day, 2);
        out += 'T';
        append_time();
        out += 'Z';
    } else {
        auto const weekday = static_cast<std::size_t>(((days + 4) % 7 + 7) % 7); // 1970-01-01 was a Thursday
        out.append(weekday_names.substr(weekday * 3, 3)).append(", ");
        append_digits(out, date.day, 2);
        out.append(1, ' ').append(month_names.substr((date.month - 1) * 3, 3)).append(1, ' ');
        append_digits(out, date.year, 4);
        out += ' ';
        append_time();
        out += " GMT";
    }
}

bool in_calendar_range(instant value) noexcept { return value.seconds >= first_second && value.seconds <= last_second; }

instant round_to_milliseconds(instant value) noexcept {
    value.nanoseconds = (value.nanoseconds + 500'000) / 1'000'000 * 1'000'000;
    if (value.nanoseconds < 1'000'000'000) return value;
    if (value.seconds == INT64_MAX) return {INT64_MAX, 999'000'000};
    return {value.seconds + 1, value.nanoseconds - 1'000'000'000};
}

} // namespace parley

#endif
#ifndef PARLEY_CORE_UTF8_IPP
#define PARLEY_CORE_UTF8_IPP

#include <cstdint>
#include <cstring>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace parley {

namespace {

struct utf8_step {
    std::size_t length; // of the sequence, or of the maximal part of one that is ill-formed
    bool valid;
};

// One sequence at `text`, which does not begin with an ASCII character. Table 3-7 of the Unicode Standard.
utf8_step step_utf8(unsigned char const* text, std::size_t size) noexcept {
    unsigned char const lead = text[0];
    std::size_t length = 0;
    unsigned char low = 0x80, high = 0xbf; // bounds of the second byte
    if (lead >= 0xc2 && lead <= 0xdf) length = 2;
    else if (lead >= 0xe0 && lead <= 0xef) {
        length = 3;
        if (lead == 0xe0) low = 0xa0;  // no overlong forms
        if (lead == 0xed) high = 0x9f; // no surrogates
    } else if (lead >= 0xf0 && lead <= 0xf4) {
        length = 4;
        if (lead == 0xf0) low = 0x90;
        if (lead == 0xf4) high = 0x8f; // nothing above U+10FFFF
    } else {
        return {1, false};
    }
    for (std::size_t i = 1; i < length; ++i) {
        if (i >= size || text[i] < low || text[i] > high) return {i, false};
        low = 0x80, high = 0xbf;
    }
    return {length, true};
}

// How many bytes at `text` are certainly ASCII, in whole blocks.
std::size_t skip_ascii(unsigned char const* text, std::size_t size) noexcept {
    std::size_t i = 0;
#ifdef __SSE2__
    for (; i + 16 <= size; i += 16) {
        auto const block = _mm_loadu_si128(reinterpret_cast<__m128i const*>(text + i));
        if (_mm_movemask_epi8(block) != 0) return i;
    }
#endif
    for (; i + 8 <= size; i += 8) {
        std::uint64_t block;
        std::memcpy(&block, text + i, 8);
        if ((block & 0x8080808080808080U) != 0) return i;
    }
    return i;
}

} // namespace

std::size_t find_invalid_utf8(std::string_view text) noexcept {
    auto const* bytes = reinterpret_cast<unsigned char const*>(text.data());
    std::size_t i = 0;
    while (i < text.size()) {
        i += skip_ascii(bytes + i, text.size() - i);
        // What the block had, until it is ASCII for a while again.
        for (int ascii = 0; i < text.size() && ascii < 16;) {
            if (bytes[i] < 0x80) {
                ++i, ++ascii;
                continue;
            }
            auto const step = step_utf8(bytes + i, text.size() - i);
            if (!step.valid) return i;
            i += step.length;
            ascii = 0;
        }
    }
    return std::string_view::npos;
}

std::string repair_utf8(std::string_view text) {
    auto const* bytes = reinterpret_cast<unsigned char const*>(text.data());
    std::string out;
    out.reserve(text.size() + 16);
    for (std::size_t i = 0; i < text.size();) {
        if (bytes[i] < 0x80) {
            out += text[i++];
            continue;
        }
        auto const step = step_utf8(bytes + i, text.size() - i);
        if (step.valid) out.append(text, i, step.length);
        else out += "\xef\xbf\xbd";
        i += step.length;
    }
    return out;
}

std::size_t count_code_points(std::string_view utf8) noexcept {
    std::size_t count = 0;
    for (; utf8.size() >= 8; utf8.remove_prefix(8)) {
        // One bit for each byte that continues a sequence: 10xxxxxx.
        std::uint64_t block;
        std::memcpy(&block, utf8.data(), 8);
        auto const continues = block >> 7 & ~block >> 6 & 0x0101010101010101U;
        count += 8 - static_cast<std::size_t>(continues * 0x0101010101010101U >> 56);
    }
    for (char c : utf8) count += (static_cast<unsigned char>(c) & 0xc0) != 0x80;
    return count;
}

void append_utf8(std::string& out, char32_t code_point) {
    auto const c = static_cast<std::uint32_t>(code_point);
    auto const add = [&out](std::uint32_t byte) { out += static_cast<char>(static_cast<unsigned char>(byte)); };
    if (c < 0x80) {
        add(c);
    } else if (c < 0x800) {
        add(0xc0 | c >> 6), add(0x80 | (c & 0x3f));
    } else if (c < 0x10000) {
        add(0xe0 | c >> 12), add(0x80 | (c >> 6 & 0x3f)), add(0x80 | (c & 0x3f));
    } else {
        add(0xf0 | c >> 18), add(0x80 | (c >> 12 & 0x3f)), add(0x80 | (c >> 6 & 0x3f)), add(0x80 | (c & 0x3f));
    }
}

} // namespace parley

#endif
#ifndef PARLEY_CREDENTIALS_ANSWER_IPP
#define PARLEY_CREDENTIALS_ANSWER_IPP

#include <boost/describe/class.hpp>

#include <algorithm>
#include <utility>

namespace parley::detail {

// The members of all forms together; each form has some of them.
struct credentials_answer {
    std::optional<std::string> AccessKeyId, SecretAccessKey, Token, SessionToken, Expiration;
    std::optional<std::int32_t> Version;
    std::optional<std::string> Code, Message, code, message;
};
BOOST_DESCRIBE_STRUCT(credentials_answer, (),
                      (AccessKeyId, SecretAccessKey, Token, SessionToken, Expiration, Version, Code, Message, code, message))
constexpr auto parley_traits(credentials_answer const*) {
    return traits(on("SecretAccessKey", sensitive()), on("Token", sensitive()), on("SessionToken", sensitive()));
}

namespace {

result<credentials_answer> read_answer(std::string_view json) {
    decode_options options;
    options.limits = {.bytes = std::size_t{64} << 10, .depth = 16, .values = 1000, .violations = 4};
    return from_json<credentials_answer>(json, options);
}

std::string reason_of(credentials_answer const& answer, std::string_view sent) {
    auto const code = answer.Code ? answer.Code : answer.code;
    auto const message = answer.Message ? answer.Message : answer.message;
    auto text = code.value_or("");
    if (message) text.append(text.empty() ? "" : ": ").append(*message);
    auto const view = [](std::optional<std::string> const& member) { return member ? std::string_view(*member) : std::string_view(); };
    return quoted_reason(text, {sent, view(answer.SecretAccessKey), view(answer.Token), view(answer.SessionToken)});
}

} // namespace

credentials_result checked_credentials(aws_credentials credentials, std::string_view expiration, std::string_view provider,
                                       std::chrono::system_clock::time_point now) {
    auto const error = [&](credentials_errc code, char const* text) {
        return credentials_error{code, std::string(provider), text, {}};
    };
    if (credentials.access_key_id.empty()) return error(credentials_errc::malformed, "there is no access key id");
    if (credentials.secret_access_key.empty()) return error(credentials_errc::malformed, "there is no secret access key");
    if (!expiration.empty()) {
        auto const time = parse_timestamp(expiration, timestamp_format::date_time);
        if (!time) return error(credentials_errc::malformed, "the expiration is no date");
        // A clock of nanoseconds ends in 2262, a date in 9999.
        using clock_time = std::chrono::system_clock::time_point;
        constexpr auto first = std::chrono::ceil<std::chrono::seconds>(clock_time::min()).time_since_epoch();
        constexpr auto last = std::chrono::floor<std::chrono::seconds>(clock_time::max()).time_since_epoch();
        credentials.expiration = clock_time(std::clamp(std::chrono::seconds(time->seconds), first, last));
    }
    if (credentials.expiration && *credentials.expiration <= now) return error(credentials_errc::expired, "");
    return credentials;
}

credentials_result credentials_in_json(std::string_view json, answer_form form, std::string_view provider,
                                       std::chrono::system_clock::time_point now, std::string_view sent) {
    auto const error = [&](credentials_errc code, std::string text) {
        return credentials_error{code, std::string(provider), std::move(text), {}};
    };
    auto answer = read_answer(json);
    if (!answer) return error(credentials_errc::malformed, quoted_reason(answer.error().message(), {sent}));
    if (form == answer_form::process && answer->Version != 1) return error(credentials_errc::malformed, "the version is not 1");
    if (form == answer_form::metadata && answer->Code && *answer->Code != "Success") {
        return error(credentials_errc::refused, reason_of(*answer, sent));
    }
    auto& token = form == answer_form::process ? answer->SessionToken : answer->Token;
    return checked_credentials({.access_key_id = answer->AccessKeyId.value_or(""),
                                .secret_access_key = answer->SecretAccessKey.value_or(""),
                                .session_token = token.value_or("")},
                               answer->Expiration.value_or(""), provider, now);
}

credentials_error error_in_json(http_response const& response, std::string_view provider, std::string_view sent) {
    auto const code = response.status == 429 || response.status >= 500 ? credentials_errc::unavailable : credentials_errc::refused;
    auto text = "status " + std::to_string(response.status);
    auto const answer = read_answer(response.body);
    if (auto const reason = answer ? reason_of(*answer, sent) : std::string(); !reason.empty()) text.append(", ").append(reason);
    return {code, std::string(provider), std::move(text), {}};
}

namespace {

// The character of a reference without "&" and ";": "amp", "#10", "#xA". https://www.w3.org/TR/xml/#sec-references
bool append_reference(std::string& out, std::string_view name) {
    static constexpr std::pair<std::string_view, char> predefined[] = {
        {"lt", '<'}, {"gt", '>'}, {"amp", '&'}, {"quot", '"'}, {"apos", '\''}};
    for (auto const& [known, c] : predefined) {
        if (name == known) return out += c, true;
    }
    if (!name.starts_with('#')) return false;
    name.remove_prefix(1);
    bool const is_hex = name.starts_with('x');
    if (is_hex) name.remove_prefix(1);
    std::uint32_t code = 0;
    for (char c : name) {
        auto const digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : 16;
        if (digit >= (is_hex ? 16 : 10) || code > 0x10ffff) return false;
        code = code * (is_hex ? 16 : 10) + static_cast<std::uint32_t>(digit);
    }
    if (name.empty() || code == 0 || code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) return false;
    append_utf8(out, code);
    return true;
}

} // namespace

std::optional<std::string> text_in_xml(std::string_view xml, std::string_view name) {
    for (std::size_t at = xml.find('<'); at != xml.npos; at = xml.find('<', at + 1)) {
        auto const close = xml.find('>', at);
        if (close == xml.npos) return std::nullopt;
        auto tag = xml.substr(at + 1, close - at - 1);
        tag = tag.substr(0, tag.find_first_of(" \t\r\n"));
        tag = tag.substr(tag.find(':') + 1); // npos + 1 is 0
        if (tag != name) continue;
        auto const end = xml.find('<', close);
        if (end == xml.npos || xml.substr(end, 2) != "</") return std::nullopt;
        std::string text;
        for (auto rest = xml.substr(close + 1, end - close - 1); !rest.empty();) {
            auto const ampersand = std::min(rest.find('&'), rest.size());
            text += rest.substr(0, ampersand);
            rest = rest.substr(ampersand);
            if (rest.empty()) break;
            auto const semicolon = rest.find(';');
            if (semicolon == rest.npos || !append_reference(text, rest.substr(1, semicolon - 1))) return std::nullopt;
            rest = rest.substr(semicolon + 1);
        }
        return text;
    }
    return std::nullopt;
}

} // namespace parley::detail

#endif
#ifndef PARLEY_CREDENTIALS_ASK_IPP
#define PARLEY_CREDENTIALS_ASK_IPP

#include <algorithm>
#include <exception>
#include <utility>

namespace parley::detail {

namespace {

constexpr std::size_t largest_answer = std::size_t{64} << 10;

result<http_response, transport_error> ask_once(surroundings const& from, http_request& request, patience const& p) {
    request.deadline = from.steady_now() + p.timeout;
    try {
        auto answer = from.send(request);
        if (answer && answer->body.size() > largest_answer) {
            return transport_error{transport_errc::protocol, true, "the answer is larger than 64 KiB"};
        }
        return answer;
    } catch (std::exception const& thrown) {
        return transport_error{transport_errc::other, true, thrown.what()};
    }
}

} // namespace

result<http_response, transport_error> ask(surroundings const& from, http_request request, patience const& p) {
    if (!from.send) return transport_error{transport_errc::other, false, "the surroundings have no transport"};
    auto pause = std::chrono::milliseconds(100);
    for (int attempt = 1;; ++attempt, pause *= 2) {
        auto answer = ask_once(from, request, p);
        bool const worth_reading = answer && answer->status != 429 && answer->status < 500;
        if (worth_reading || attempt >= p.attempts) return answer;
        from.sleep(pause);
    }
}

std::optional<http_request> get_request(std::string_view url) {
    auto const question = std::min(url.find('?'), url.size());
    auto place = parse_endpoint(url.substr(0, question));
    auto const query = url.substr(question);
    for (char c : query) {
        auto const byte = static_cast<unsigned char>(c);
        if (byte <= 0x20 || byte == 0x7f || c == '#') return std::nullopt;
    }
    if (!place) return std::nullopt;
    http_request request;
    request.method = "GET";
    request.scheme = std::move(place->scheme);
    request.host = std::move(place->host);
    request.port = place->port;
    request.target = place->path.empty() ? "/" : std::move(place->path);
    request.target += query;
    return request;
}

std::string variable(surroundings const& from, std::string const& name) { return from.environment(name).value_or(""); }

bool is_true(std::string_view text) noexcept { return equals_ignore_case(text, "true"); }

std::string quoted_reason(std::string_view text, std::initializer_list<std::string_view> secrets) {
    std::string reason(text.substr(0, 2048));
    for (auto const secret : secrets) {
        for (auto at = reason.find(secret); !secret.empty() && at != reason.npos; at = reason.find(secret, at)) {
            reason.replace(at, secret.size(), "***");
            at += 3;
        }
    }
    if (reason.size() > 300) reason.replace(300, reason.npos, "...");
    for (char& c : reason) {
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
    }
    return reason;
}

} // namespace parley::detail

#endif
#ifndef PARLEY_CREDENTIALS_ASSUME_ROLE_IPP
#define PARLEY_CREDENTIALS_ASSUME_ROLE_IPP

#include <utility>
#include <vector>

namespace parley {

namespace {

// A call of AWS STS in its Query protocol: a form is sent, XML comes back.
// https://docs.aws.amazon.com/STS/latest/APIReference/CommonParameters.html
class sts_call {
public:
    sts_call(surroundings const& from, assumed_role const& role, std::string_view provider, std::string_view action)
        : from_(from), role_(role), provider_(provider) {
        add("Action", action);
        add("Version", "2011-06-15");
        add("RoleArn", role.arn);
        auto const seconds = std::chrono::duration_cast<std::chrono::seconds>(from.now().time_since_epoch()).count();
        add("RoleSessionName", role.session_name.empty() ? "parley-" + std::to_string(seconds) : role.session_name);
        if (role.duration) add("DurationSeconds", std::to_string(role.duration->count()));
    }

    void add(std::string_view name, std::string_view value) {
        if (!form_.empty()) form_ += '&';
        append_percent_encoded(form_, name);
        form_ += '=';
        append_percent_encoded(form_, value);
    }

    credentials_error error(credentials_errc code, std::string text) const {
        return {code, std::string(provider_), std::move(text), {}};
    }

    // Signed with `credentials`, if there are any. `secret` is what of the form no error text may show.
    credentials_result send(aws_credentials const* credentials, std::string_view secret) const {
        auto const region = region_of();
        auto const endpoint = endpoint_of(region);
        if (!endpoint) return error(credentials_errc::invalid, "no address of STS: " + endpoint.error().message());
        http_request request;
        request.method = "POST";
        request.scheme = endpoint->scheme;
        request.host = endpoint->host;
        request.port = endpoint->port;
        request.target = endpoint->path.empty() ? "/" : endpoint->path;
        request.fields.add("content-type", "application/x-www-form-urlencoded; charset=utf-8");
        request.body = form_;
        if (credentials) {
            sigv4_options const options{.region = std::string(aws_signing_region(region)), .service = "sts"};
            auto const signature = sign_headers(request, *credentials, options, from_.now());
            if (!signature) return error(credentials_errc::invalid, signature.error().text);
        }
        auto const answer = detail::ask(from_, std::move(request), {role_.timeout, 3});
        auto const token = credentials ? std::string_view(credentials->session_token) : std::string_view();
        if (!answer) return error(credentials_errc::unavailable, detail::quoted_reason(answer.error().message(), {secret, token}));
        if (answer->status != 200) return error_of(*answer, secret, token);
        auto const text = [&](std::string_view name) { return detail::text_in_xml(answer->body, name).value_or(""); };
        return detail::checked_credentials({.access_key_id = text("AccessKeyId"),
                                            .secret_access_key = text("SecretAccessKey"),
                                            .session_token = text("SessionToken")},
                                           text("Expiration"), provider_, from_.now());
    }

private:
    std::string region_of() const {
        if (!role_.region.empty()) return role_.region;
        for (auto const* name : {"AWS_REGION", "AWS_DEFAULT_REGION"}) {
            if (auto region = detail::variable(from_, name); !region.empty()) return region;
        }
        return "us-east-1";
    }

    result<endpoint_url, endpoint_error> endpoint_of(std::string_view region) const {
        static constexpr aws_service sts{.signing_name = "sts", .endpoint_prefix = "sts"};
        auto own = role_.endpoint;
        for (auto const* name : {"AWS_ENDPOINT_URL_STS", "AWS_ENDPOINT_URL"}) {
            if (own.empty()) own = detail::variable(from_, name);
        }
        return resolve_aws_endpoint(sts, {.region = region, .endpoint = own});
    }

    credentials_error error_of(http_response const& answer, std::string_view secret, std::string_view token) const {
        auto text = "status " + std::to_string(answer.status);
        auto const code = detail::text_in_xml(answer.body, "Code"), message = detail::text_in_xml(answer.body, "Message");
        if (code) text.append(", ").append(detail::quoted_reason(*code, {secret, token}));
        if (message) text.append(": ").append(detail::quoted_reason(*message, {secret, token}));
        bool const may_pass = answer.status >= 500 || answer.status == 429;
        return error(may_pass ? credentials_errc::unavailable : credentials_errc::refused, std::move(text));
    }

    surroundings const& from_;
    assumed_role const& role_;
    std::string_view provider_;
    std::string form_;
};

} // namespace

credentials_result assume_role_credentials::operator()() const {
    sts_call call(from, role, "assume role", "AssumeRole");
    if (role.arn.empty()) return call.error(credentials_errc::invalid, "the role has no ARN");
    if (!source) return call.error(credentials_errc::invalid, "there are no credentials to assume the role with");
    if (!role.external_id.empty()) call.add("ExternalId", role.external_id);
    auto const credentials = source();
    if (!credentials) {
        auto error = call.error(credentials.error().code, "there are no credentials to assume the role with");
        // That the source is not set up does not mean that the role is not.
        if (error.code == credentials_errc::not_configured) error.code = credentials_errc::invalid;
        error.causes.push_back(credentials.error());
        return error;
    }
    return call.send(&*credentials, {});
}

credentials_result web_identity_credentials::operator()() const {
    auto asked = role;
    auto file = token_file;
    if (file.empty()) file = detail::variable(from, "AWS_WEB_IDENTITY_TOKEN_FILE");
    if (asked.arn.empty()) asked.arn = detail::variable(from, "AWS_ROLE_ARN");
    if (asked.session_name.empty()) asked.session_name = detail::variable(from, "AWS_ROLE_SESSION_NAME");
    sts_call call(from, asked, "web identity", "AssumeRoleWithWebIdentity");
    if (file.empty()) return call.error(credentials_errc::not_configured, "AWS_WEB_IDENTITY_TOKEN_FILE is not set");
    if (asked.arn.empty()) return call.error(credentials_errc::invalid, "there is a token, but no role: AWS_ROLE_ARN is not set");
    auto const text = from.read_file(file);
    if (!text) return call.error(credentials_errc::unavailable, "the file of the token: " + text.error().text);
    std::string_view token = *text;
    while (token.ends_with('\n') || token.ends_with('\r')) token.remove_suffix(1);
    // STS takes 20,000 characters.
    if (token.empty() || token.size() > 20'000) return call.error(credentials_errc::invalid, "the file of the token holds none");
    call.add("WebIdentityToken", token);
    return call.send(nullptr, token);
}

} // namespace parley

#endif
#ifndef PARLEY_CREDENTIALS_CACHED_CREDENTIALS_IPP
#define PARLEY_CREDENTIALS_CACHED_CREDENTIALS_IPP

#include <condition_variable>
#include <exception>
#include <mutex>
#include <optional>
#include <utility>

namespace parley {

struct cached_credentials::state {
    using time_point = std::chrono::system_clock::time_point;

    any_credentials_provider provider;
    refresh_policy policy;
    std::function<time_point()> now;

    std::mutex mutex;
    std::condition_variable ended; // a refresh
    std::optional<aws_credentials> credentials;
    std::optional<credentials_error> failure; // of the last refresh
    std::optional<time_point> last;           // when it ended
    bool refreshing = false;
    std::uint64_t refreshes = 0;

    bool valid(time_point time) const {
        return credentials && (!credentials->expiration || time < *credentials->expiration);
    }
    bool due(time_point time) const {
        if (!credentials) return true;
        return credentials->expiration && time >= *credentials->expiration - policy.early;
    }
    // A clock that was set back makes no pause longer.
    bool pausing(time_point time) const { return last && time >= *last && time - *last < policy.pause; }

    // The caller holds the lock, which is open while the provider is asked.
    credentials_result refresh(std::unique_lock<std::mutex>& lock) {
        if (refreshing) {
            ended.wait(lock, [this, before = refreshes] { return refreshes != before; });
            return outcome();
        }
        refreshing = true;
        lock.unlock();
        credentials_result given = ask();
        lock.lock();
        refreshing = false;
        ++refreshes;
        last = now();
        failure.reset();
        if (!given) failure = std::move(given.error());
        else if (given->expiration && *given->expiration <= *last) failure = credentials_error{credentials_errc::expired, "cache", {}, {}};
        else credentials = std::move(*given);
        ended.notify_all();
        return outcome();
    }

    // Of the last refresh.
    credentials_result outcome() const {
        if (failure) return *failure;
        return *credentials;
    }

    credentials_result ask() const {
        auto const error = [](char const* text) { return credentials_error{credentials_errc::unavailable, "cache", text, {}}; };
        if (!provider) return error("there is no provider");
        // Threads wait for the end of this call, so it must have one.
        try {
            return provider();
        } catch (std::exception const& thrown) {
            return error(thrown.what());
        } catch (...) {
            return error("the provider threw what is no exception");
        }
    }
};

cached_credentials::cached_credentials(any_credentials_provider provider, refresh_policy policy,
                                       std::function<std::chrono::system_clock::time_point()> now)
    : state_(std::make_shared<state>()) {
    state_->provider = std::move(provider);
    state_->policy = policy;
    state_->now = std::move(now);
}

credentials_result cached_credentials::operator()() const {
    auto& s = *state_;
    std::unique_lock lock(s.mutex);
    auto const time = s.now();
    bool const valid = s.valid(time);
    if (valid && (!s.due(time) || s.refreshing || s.pausing(time))) return *s.credentials;
    if (!s.refreshing && s.failure && s.pausing(time)) return *s.failure;
    auto renewed = s.refresh(lock);
    if (!renewed && s.valid(s.now())) return *s.credentials;
    return renewed;
}

credentials_result cached_credentials::held() const {
    auto& s = *state_;
    std::unique_lock lock(s.mutex);
    if (s.valid(s.now())) return *s.credentials;
    if (s.failure) return *s.failure;
    auto const code = s.credentials ? credentials_errc::expired : credentials_errc::unavailable;
    return credentials_error{code, "cache", s.credentials ? "" : "they were not fetched yet", {}};
}

credentials_result cached_credentials::refresh() const {
    std::unique_lock lock(state_->mutex);
    return state_->refresh(lock);
}

} // namespace parley

#endif
#ifndef PARLEY_CREDENTIALS_CONFIG_FILES_IPP
#define PARLEY_CREDENTIALS_CONFIG_FILES_IPP

#include <algorithm>
#include <optional>
#include <utility>

namespace parley {

std::string const& config_profile::get(std::string_view setting) const {
    static std::string const none;
    auto const found = settings_.find(setting);
    return found == settings_.end() ? none : found->second;
}

void config_profile::add(config_profile other) {
    other.settings_.merge(settings_);
    settings_ = std::move(other.settings_);
}

namespace detail {

namespace {

// A comment begins a line, or follows white space.
std::string_view without_comment(std::string_view line) {
    for (std::size_t i = 0; i < line.size(); ++i) {
        if ((line[i] == '#' || line[i] == ';') && (i == 0 || line[i - 1] == ' ' || line[i - 1] == '\t')) return line.substr(0, i);
    }
    return line;
}

// What a section of that heading is called as a profile; empty if it is none.
std::string_view profile_name(std::string_view heading, config_file kind) {
    if (kind == config_file::credentials || heading == "default") return heading;
    if (!heading.starts_with("profile ") && !heading.starts_with("profile\t")) return {};
    auto name = trim(heading.substr(8));
    for (char const quote : {'"', '\''}) {
        if (name.size() > 1 && name.front() == quote && name.back() == quote) return name.substr(1, name.size() - 2);
    }
    return name;
}

} // namespace

std::size_t parse_config(std::string_view text, config_file kind, config_profiles& profiles) {
    if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
    config_profiles found;
    config_profiles ranked_lower; // [default] where there is a [profile default], too
    config_profile* profile = nullptr;
    bool in_section = false, nested = false;
    for (std::size_t number = 1; !text.empty(); ++number) {
        auto const end = std::min(text.find('\n'), text.size());
        auto line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.ends_with('\r')) line.remove_suffix(1);
        bool const indented = line.starts_with(' ') || line.starts_with('\t');
        line = trim(without_comment(line));
        if (line.empty()) continue;
        if (line.starts_with('[')) {
            if (!line.ends_with(']')) return number;
            auto const heading = trim(line.substr(1, line.size() - 2));
            auto const name = profile_name(heading, kind);
            bool const plain_default = kind == config_file::config && heading == "default";
            profile = name.empty() ? nullptr : &(plain_default ? ranked_lower : found)[std::string(name)];
            in_section = true;
            nested = false;
            continue;
        }
        auto const equals = line.find('=');
        if (!in_section || equals == 0 || equals == line.npos) return number;
        // "s3 =" begins a group of settings, which are indented.
        if (nested && indented) continue;
        auto const value = trim(line.substr(equals + 1));
        nested = value.empty();
        std::string setting;
        for (char c : trim(line.substr(0, equals))) setting += ascii_lower(c);
        if (profile) profile->set(std::move(setting), std::string(value));
    }
    found.merge(ranked_lower);
    for (auto& [name, settings] : found) profiles[name].add(std::move(settings));
    return 0;
}

namespace {

std::string home_of(surroundings const& from) {
    for (auto const* name : {"HOME", "USERPROFILE"}) {
        if (auto home = variable(from, name); !home.empty()) return home;
    }
    return variable(from, "HOMEDRIVE") + variable(from, "HOMEPATH");
}

// Where a file is; empty if nobody knows.
std::string path_of(surroundings const& from, std::string const& name, std::string_view usual) {
    auto path = variable(from, name);
    if (path.empty()) path = usual;
    if (!path.starts_with("~/")) return path;
    auto const home = home_of(from);
    return home.empty() ? home : home + path.substr(1);
}

} // namespace
} // namespace detail

result<config_profiles, credentials_error> read_config_files(surroundings const& from) {
    config_profiles profiles;
    struct place {
        detail::config_file kind;
        char const* variable;
        char const* usual;
    };
    for (auto const& [kind, name, usual] : {place{detail::config_file::config, "AWS_CONFIG_FILE", "~/.aws/config"},
                                            place{detail::config_file::credentials, "AWS_SHARED_CREDENTIALS_FILE", "~/.aws/credentials"}}) {
        auto const path = detail::path_of(from, name, usual);
        if (path.empty()) continue;
        auto const error = [&path = path](std::string const& text) {
            return credentials_error{credentials_errc::invalid, "profile", path + ": " + text, {}};
        };
        auto const text = from.read_file(path);
        if (!text && text.error().missing) continue;
        if (!text) return error(text.error().text);
        if (auto const line = detail::parse_config(*text, kind, profiles)) {
            return error("line " + std::to_string(line) + " is neither a section, a setting nor a comment");
        }
    }
    return profiles;
}

std::string chosen_profile(surroundings const& from) {
    auto name = detail::variable(from, "AWS_PROFILE");
    return name.empty() ? "default" : name;
}

} // namespace parley

#endif
#ifndef PARLEY_CREDENTIALS_CONTAINER_CREDENTIALS_IPP
#define PARLEY_CREDENTIALS_CONTAINER_CREDENTIALS_IPP

#include <algorithm>
#include <iterator>

namespace parley {

namespace {

bool is_loopback_ipv4(std::string_view host) {
    if (!host.starts_with("127.")) return false;
    int numbers = 0;
    while (!host.empty()) {
        auto const end = std::min(host.find('.'), host.size());
        if (!parse_integer<std::uint8_t>(host.substr(0, end)) || ++numbers > 4) return false;
        host.remove_prefix(std::min(end + 1, host.size()));
    }
    return numbers == 4;
}

// Who may be told the token, and believed, without TLS: the machine itself, Amazon ECS, and Amazon EKS.
bool is_trusted_host(std::string_view host) {
    static constexpr std::string_view trusted[] = {"localhost", "[::1]", "169.254.170.2", "169.254.170.23", "[fd00:ec2::23]"};
    return std::find(std::begin(trusted), std::end(trusted), host) != std::end(trusted) || is_loopback_ipv4(host);
}

} // namespace

credentials_result container_credentials::operator()() const {
    auto const error = [](credentials_errc code, std::string text) { return credentials_error{code, "container", std::move(text), {}}; };
    auto const relative = detail::variable(from, "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI");
    auto const full = detail::variable(from, "AWS_CONTAINER_CREDENTIALS_FULL_URI");
    std::optional<http_request> request;
    if (!relative.empty()) {
        request = detail::get_request("http://169.254.170.2" + relative);
        if (!relative.starts_with('/') || !request) {
            return error(credentials_errc::invalid, "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI is no path");
        }
    } else if (!full.empty()) {
        request = detail::get_request(full);
        if (!request) return error(credentials_errc::invalid, "AWS_CONTAINER_CREDENTIALS_FULL_URI is no address");
        if (request->scheme != "https" && !is_trusted_host(request->host)) {
            return error(credentials_errc::invalid, "AWS_CONTAINER_CREDENTIALS_FULL_URI is neither https nor this machine");
        }
    } else {
        return error(credentials_errc::not_configured, "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI and ..._FULL_URI are not set");
    }

    auto token = detail::variable(from, "AWS_CONTAINER_AUTHORIZATION_TOKEN");
    if (auto const path = detail::variable(from, "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"); !path.empty()) {
        auto text = from.read_file(path);
        if (!text) return error(credentials_errc::unavailable, "the file of the authorization token: " + text.error().text);
        token = *text;
        while (token.ends_with('\n') || token.ends_with('\r')) token.pop_back();
    }
    if (!is_header_value(token)) return error(credentials_errc::invalid, "the authorization token can be no header field");
    if (!token.empty()) request->fields.add("authorization", token);
    request->fields.add("accept", "application/json");

    auto const answer = detail::ask(from, std::move(*request), {timeout, 3});
    if (!answer) return error(credentials_errc::unavailable, detail::quoted_reason(answer.error().message(), {token}));
    if (answer->status != 200) return detail::error_in_json(*answer, "container", token);
    return detail::credentials_in_json(answer->body, detail::answer_form::metadata, "container", from.now(), token);
}

} // namespace parley

#endif
#ifndef PARLEY_CREDENTIALS_CREDENTIALS_CHAIN_IPP
#define PARLEY_CREDENTIALS_CREDENTIALS_CHAIN_IPP

#include <utility>

namespace parley {

credentials_result credentials_chain::operator()() const {
    credentials_error none{credentials_errc::not_configured, "chain", {}, {}};
    for (auto const& provider : providers) {
        auto given = provider();
        if (given || given.error().code != credentials_errc::not_configured) return given;
        none.causes.push_back(std::move(given.error()));
    }
    return none;
}

credentials_chain default_credentials(surroundings const& from) {
    return {{environment_credentials{from}, profile_credentials{from}, web_identity_credentials{from},
             container_credentials{from}, instance_credentials{from}}};
}

} // namespace parley

#endif
#ifndef PARLEY_CREDENTIALS_ENVIRONMENT_CREDENTIALS_IPP
#define PARLEY_CREDENTIALS_ENVIRONMENT_CREDENTIALS_IPP

namespace parley {

credentials_result environment_credentials::operator()() const {
    auto const get = [this](char const* name) { return detail::variable(from, name); };
    auto const error = [](credentials_errc code, char const* text) { return credentials_error{code, "environment", text, {}}; };
    aws_credentials credentials{.access_key_id = get("AWS_ACCESS_KEY_ID"),
                                .secret_access_key = get("AWS_SECRET_ACCESS_KEY"),
                                .session_token = get("AWS_SESSION_TOKEN")};
    bool const has_id = !credentials.access_key_id.empty(), has_secret = !credentials.secret_access_key.empty();
    if (!has_id && !has_secret) return error(credentials_errc::not_configured, "AWS_ACCESS_KEY_ID is not set");
    if (!has_id) return error(credentials_errc::invalid, "AWS_SECRET_ACCESS_KEY is set, AWS_ACCESS_KEY_ID is not");
    if (!has_secret) return error(credentials_errc::invalid, "AWS_ACCESS_KEY_ID is set, AWS_SECRET_ACCESS_KEY is not");
    auto const expiration = get("AWS_CREDENTIAL_EXPIRATION");
    auto checked = detail::checked_credentials(std::move(credentials), expiration, "environment", from.now());
    if (!checked && checked.error().code == credentials_errc::malformed) {
        return error(credentials_errc::invalid, "AWS_CREDENTIAL_EXPIRATION is no date");
    }
    return checked;
}

} // namespace parley

#endif
#ifndef PARLEY_CREDENTIALS_INSTANCE_CREDENTIALS_IPP
#define PARLEY_CREDENTIALS_INSTANCE_CREDENTIALS_IPP

#include <cmath>
#include <utility>

namespace parley {

namespace {

using metadata_answer = result<std::string, credentials_error>;

credentials_error metadata_error(credentials_errc code, std::string text) {
    return {code, "instance metadata", std::move(text), {}};
}

// One fetch of credentials, with the settings that hold for it.
class metadata_service {
public:
    explicit metadata_service(surroundings const& from) : from_(from) {}

    std::optional<credentials_error> set_up() {
        if (detail::is_true(detail::variable(from_, "AWS_EC2_METADATA_DISABLED"))) {
            return metadata_error(credentials_errc::not_configured, "AWS_EC2_METADATA_DISABLED is true");
        }
        auto profiles = read_config_files(from_);
        if (!profiles) return std::move(profiles.error());
        auto const& profile = (*profiles)[chosen_profile(from_)];
        auto const setting = [&](char const* variable, char const* name) {
            auto value = detail::variable(from_, variable);
            return value.empty() ? profile.get(name) : value;
        };
        v1_allowed_ = !detail::is_true(setting("AWS_EC2_METADATA_V1_DISABLED", "ec2_metadata_v1_disabled"));
        auto endpoint = setting("AWS_EC2_METADATA_SERVICE_ENDPOINT", "ec2_metadata_service_endpoint");
        auto const mode = setting("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE", "ec2_metadata_service_endpoint_mode");
        if (endpoint.empty()) {
            if (mode.empty() || equals_ignore_case(mode, "IPv4")) endpoint = "http://169.254.169.254";
            else if (equals_ignore_case(mode, "IPv6")) endpoint = "http://[fd00:ec2::254]";
            else return metadata_error(credentials_errc::invalid, "the mode of the endpoint is neither IPv4 nor IPv6");
        }
        auto root = detail::get_request(endpoint);
        if (!root || root->target.find('?') != std::string::npos) {
            return metadata_error(credentials_errc::invalid, "the endpoint is no address");
        }
        root_ = std::move(*root);
        if (root_.target.ends_with('/')) root_.target.pop_back();
        if (auto const text = setting("AWS_METADATA_SERVICE_TIMEOUT", "metadata_service_timeout"); !text.empty()) {
            auto const seconds = parse_double(text);
            if (!seconds || !(*seconds > 0 && *seconds <= 60)) {
                return metadata_error(credentials_errc::invalid, "the time-out is no number of seconds up to 60");
            }
            patience_.timeout = std::chrono::milliseconds(std::llround(std::ceil(*seconds * 1000)));
        }
        if (auto const text = setting("AWS_METADATA_SERVICE_NUM_ATTEMPTS", "metadata_service_num_attempts"); !text.empty()) {
            auto const attempts = parse_integer<int>(text);
            if (!attempts || *attempts < 1 || *attempts > 10) {
                return metadata_error(credentials_errc::invalid, "the number of attempts is none from 1 to 10");
            }
            patience_.attempts = *attempts;
        }
        return std::nullopt;
    }

    // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html
    std::optional<credentials_error> fetch_token() {
        auto request = root_;
        request.method = "PUT";
        request.target += "/latest/api/token";
        request.fields.add("x-aws-ec2-metadata-token-ttl-seconds", "21600");
        auto const answer = detail::ask(from_, std::move(request), patience_);
        if (!answer && answer.error().condition != transport_errc::timed_out) {
            return metadata_error(credentials_errc::unavailable, answer.error().message());
        }
        auto const status = answer ? answer->status : 0;
        if (status == 200) {
            token_ = answer->body;
            if (token_.empty() || token_.size() > 1024 || !is_header_value(token_)) {
                return metadata_error(credentials_errc::malformed, "the token can be no header field");
            }
            return std::nullopt;
        }
        auto const what = answer ? "status " + std::to_string(status) : answer.error().message();
        bool const knows_no_tokens = !answer || status == 403 || status == 404 || status == 405;
        if (knows_no_tokens && v1_allowed_) return std::nullopt;
        bool const may_pass = !answer || status == 429 || status >= 500;
        return metadata_error(may_pass ? credentials_errc::unavailable : credentials_errc::refused, "no token: " + what);
    }

    // What is at `path`. A token that is not taken any more is replaced, once.
    result<http_response, credentials_error> get(std::string const& path) {
        for (bool first = true;; first = false) {
            auto request = root_;
            request.target += path;
            if (!token_.empty()) request.fields.add("x-aws-ec2-metadata-token", token_);
            auto answer = detail::ask(from_, std::move(request), patience_);
            if (!answer) return metadata_error(credentials_errc::unavailable, detail::quoted_reason(answer.error().message(), {token_}));
            if (answer->status != 401 || !first || token_.empty()) return std::move(*answer);
            token_.clear();
            if (auto error = fetch_token()) return std::move(*error);
        }
    }

    std::string const& token() const noexcept { return token_; }

private:
    surroundings const& from_;
    http_request root_; // its target is what comes before each path
    bool v1_allowed_ = true;
    detail::patience patience_{std::chrono::milliseconds(1000), 1};
    std::string token_; // empty: version 1
};

// The first line that a list of roles has; empty if it cannot be the name of one.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html#reference_iam-quotas-names
std::string_view role_name(std::string_view list) {
    auto name = trim(list.substr(0, list.find('\n')));
    if (name.ends_with('\r')) name.remove_suffix(1);
    if (name.size() > 128) return {};
    for (char c : name) {
        bool const alphanumeric = (c >= '0' && c <= '9') || (ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z');
        if (!alphanumeric && std::string_view("_+=,.@-").find(c) == std::string_view::npos) return {};
    }
    return name;
}

} // namespace

credentials_result instance_credentials::operator()() const {
    metadata_service service(from);
    if (auto error = service.set_up()) return std::move(*error);
    if (auto error = service.fetch_token()) return std::move(*error);
    std::string path = "/latest/meta-data/iam/security-credentials/";
    auto const roles = service.get(path);
    if (!roles) return roles.error();
    if (roles->status == 404) return metadata_error(credentials_errc::not_configured, "the instance has no role");
    if (roles->status != 200) return detail::error_in_json(*roles, "instance metadata", service.token());
    auto const role = role_name(roles->body);
    if (role.empty()) return metadata_error(credentials_errc::malformed, "the name of the role is none");
    append_percent_encoded(path, role);
    auto const answer = service.get(path);
    if (!answer) return answer.error();
    if (answer->status != 200) return detail::error_in_json(*answer, "instance metadata", service.token());
    return detail::credentials_in_json(answer->body, detail::answer_form::metadata, "instance metadata", from.now(), service.token());
}

} // namespace parley

#endif
#ifndef PARLEY_CREDENTIALS_PROCESS_CREDENTIALS_IPP
#define PARLEY_CREDENTIALS_PROCESS_CREDENTIALS_IPP

namespace parley {

credentials_result process_credentials::operator()() const {
    if (command.empty()) return credentials_error{credentials_errc::not_configured, "process", "there is no command", {}};
    auto const output = from.run_command(command);
    // The command itself may have a secret among its arguments.
    if (!output) return credentials_error{credentials_errc::unavailable, "process", "the command " + output.error().text, {}};
    return detail::credentials_in_json(*output, detail::answer_form::process, "process", from.now());
}

} // namespace parley

#endif
#ifndef PARLEY_CREDENTIALS_PROFILE_CREDENTIALS_IPP
#define PARLEY_CREDENTIALS_PROFILE_CREDENTIALS_IPP

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

namespace parley {

namespace {

class profile_resolver {
public:
    profile_resolver(surroundings const& from, config_profiles const& profiles) : from_(from), profiles_(profiles) {}

    // Follows `source_profile` from one profile to the next; each comes at most once, but for one that is its own source.
    credentials_result resolve(std::string const& name) {
        auto const found = profiles_.find(name);
        if (found == profiles_.end()) return error(name, credentials_errc::invalid, "there is no such profile");
        auto const& profile = found->second;
        auto const& id = profile.get("aws_access_key_id");
        auto const& secret = profile.get("aws_secret_access_key");
        bool const has_keys = !id.empty() || !secret.empty();
        bool const is_source = !on_the_way_.empty();
        if (!profile.get("role_arn").empty() && !(is_source && has_keys)) return of_role(name, profile);
        if (has_keys) {
            if (secret.empty()) return error(name, credentials_errc::invalid, "aws_secret_access_key is missing");
            if (id.empty()) return error(name, credentials_errc::invalid, "aws_access_key_id is missing");
            return aws_credentials{.access_key_id = id, .secret_access_key = secret, .session_token = profile.get("aws_session_token")};
        }
        if (auto const& command = profile.get("credential_process"); !command.empty()) {
            return named(name, process_credentials{from_, command}());
        }
        for (auto const* setting : {"sso_session", "sso_account_id", "sso_start_url", "login_session"}) {
            if (!profile.get(setting).empty()) return error(name, credentials_errc::invalid, std::string(setting) + " is not supported");
        }
        return error(name, credentials_errc::not_configured, "it has no credentials");
    }

private:
    static credentials_error error(std::string const& name, credentials_errc code, std::string text) {
        return {code, "profile " + name, std::move(text), {}};
    }
    // An error of what a profile refers to, as one of the profile.
    static credentials_result named(std::string const& name, credentials_result given) {
        if (given) return given;
        auto const code = given.error().code;
        auto e = error(name, code == credentials_errc::not_configured ? credentials_errc::invalid : code, {});
        e.causes.push_back(std::move(given.error()));
        return e;
    }

    credentials_result of_role(std::string const& name, config_profile const& profile) {
        auto const& source = profile.get("source_profile");
        auto const& place = profile.get("credential_source");
        auto const& token_file = profile.get("web_identity_token_file");
        auto const invalid = [&](char const* text) { return error(name, credentials_errc::invalid, text); };
        if (!source.empty() + !place.empty() + !token_file.empty() != 1) {
            return invalid("role_arn needs one of source_profile, credential_source and web_identity_token_file");
        }
        if (!profile.get("mfa_serial").empty()) return invalid("a role that needs an MFA code is not supported");
        assumed_role role{.arn = profile.get("role_arn"),
                          .session_name = profile.get("role_session_name"),
                          .external_id = profile.get("external_id"),
                          .region = profile.get("region")};
        if (auto const& text = profile.get("duration_seconds"); !text.empty()) {
            auto const seconds = parse_integer<std::int32_t>(text);
            if (!seconds || *seconds <= 0) return invalid("duration_seconds is no number of seconds");
            role.duration = std::chrono::seconds(*seconds);
        }
        if (!token_file.empty()) return named(name, web_identity_credentials{from_, std::move(role), token_file}());
        any_credentials_provider provider;
        if (!source.empty()) {
            bool const own_source = source == name;
            if (std::find(on_the_way_.begin(), on_the_way_.end(), source) != on_the_way_.end()) {
                return invalid("source_profile leads back to a profile that was there before");
            }
            if (own_source && profile.get("aws_access_key_id").empty()) return invalid("it is its own source_profile, but has no keys");
            if (on_the_way_.size() >= 16) return invalid("more than 16 roles in a chain");
            on_the_way_.push_back(name);
            provider = [this, &source] { return resolve(source); };
        } else if (place == "Environment") {
            provider = environment_credentials{from_};
        } else if (place == "Ec2InstanceMetadata") {
            provider = instance_credentials{from_};
        } else if (place == "EcsContainer") {
            provider = container_credentials{from_};
        } else {
            return invalid("credential_source is none of Environment, Ec2InstanceMetadata and EcsContainer");
        }
        return named(name, assume_role_credentials{from_, std::move(role), std::move(provider)}());
    }

    surroundings const& from_;
    config_profiles const& profiles_;
    std::vector<std::string> on_the_way_; // profiles whose role is to be assumed, the last first to be left
};

} // namespace

credentials_result profile_credentials::operator()() const {
    auto const profiles = read_config_files(from);
    if (!profiles) return profiles.error();
    auto const name = profile.empty() ? chosen_profile(from) : profile;
    // Nobody asked for the default profile by name.
    if (name == "default" && !profiles->contains(name)) {
        return credentials_error{credentials_errc::not_configured, "profile default", "there is no such profile", {}};
    }
    return profile_resolver(from, *profiles).resolve(name);
}

} // namespace parley

#endif
#ifndef PARLEY_CREDENTIALS_SIGV4_SIGNER_IPP
#define PARLEY_CREDENTIALS_SIGV4_SIGNER_IPP

#include <chrono>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace parley {

struct sigv4_signer::state {
    // Old secrets and days go when new ones come; requests of yesterday may still be on their way.
    static constexpr std::size_t most_keys = 4;
    struct derived {
        std::string secret;
        std::chrono::sys_days day;
        sha256_digest key;
    };

    any_credentials_provider provider;
    sigv4_options options;
    std::mutex mutex;
    std::vector<derived> keys;

    sha256_digest key_of(std::string const& secret, std::chrono::system_clock::time_point time) {
        auto const day = std::chrono::floor<std::chrono::days>(time);
        std::lock_guard lock(mutex);
        for (auto const& k : keys) {
            if (k.day == day && k.secret == secret) return k.key;
        }
        auto const key = derive_signing_key(secret, options, time);
        if (keys.size() == most_keys) keys.erase(keys.begin());
        keys.push_back({secret, day, key});
        return key;
    }
};

sigv4_signer::sigv4_signer(any_credentials_provider provider, sigv4_options options) : state_(std::make_shared<state>()) {
    state_->provider = std::move(provider);
    state_->options = std::move(options);
}

std::optional<signing_error> sigv4_signer::operator()(http_request& request, signing_context const& context) const {
    if (!state_->provider) return signing_error{"there is no provider", transport_errc::no_credentials};
    auto const credentials = state_->provider();
    if (!credentials) {
        bool const expired = credentials.error().code == credentials_errc::expired;
        return signing_error{credentials.error().message(),
                             expired ? transport_errc::expired_credentials : transport_errc::no_credentials};
    }
    if (credentials->expiration && context.time >= *credentials->expiration) {
        return signing_error{"they are older than the time to sign for", transport_errc::expired_credentials};
    }
    auto const key = state_->key_of(credentials->secret_access_key, context.time);
    auto signature = sign_headers(request, *credentials, state_->options, context.time, &key);
    if (!signature) return std::move(signature.error());
    return std::nullopt;
}

} // namespace parley

#endif
#ifndef PARLEY_CREDENTIALS_SURROUNDINGS_IPP
#define PARLEY_CREDENTIALS_SURROUNDINGS_IPP

#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <system_error>
#include <thread>

#if __has_include(<spawn.h>) && __has_include(<sys/wait.h>)
#define PARLEY_DETAIL_HAS_SPAWN
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>
extern char** environ;
#endif

namespace parley::detail {

namespace {

constexpr std::size_t largest_text = std::size_t{1} << 20;

} // namespace

std::optional<std::string> environment_variable(std::string const& name) {
    auto const* value = std::getenv(name.c_str());
    if (!value) return std::nullopt;
    return value;
}

result<std::string, access_error> file_text(std::string const& path) {
    errno = 0;
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        auto const why = std::error_code(errno, std::generic_category());
        bool const missing = why == std::errc::no_such_file_or_directory || why == std::errc::not_a_directory;
        return access_error{missing, why ? why.message() : "cannot be opened"};
    }
    std::string text(largest_text + 1, '\0');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (file.bad() || (file.fail() && !file.eof())) return access_error{false, "cannot be read"};
    text.resize(static_cast<std::size_t>(file.gcount()));
    if (text.size() > largest_text) return access_error{false, "larger than 1 MiB"};
    return text;
}

std::chrono::system_clock::time_point system_clock_now() { return std::chrono::system_clock::now(); }
std::chrono::steady_clock::time_point steady_clock_now() { return std::chrono::steady_clock::now(); }
void sleep_for(std::chrono::steady_clock::duration duration) { std::this_thread::sleep_for(duration); }

#ifdef PARLEY_DETAIL_HAS_SPAWN

namespace {

// The reading end of a pipe and the process that writes into it. Both are gone at the end, at the latest.
class child_process {
public:
    child_process() = default;
    child_process(child_process const&) = delete;
    child_process& operator=(child_process const&) = delete;
    ~child_process() {
        if (output_ >= 0) close(output_);
        if (id_ <= 0) return;
        kill(id_, SIGKILL);
        waitpid(id_, nullptr, 0);
    }

    // Its standard input is empty; its errors go where this program's go.
    bool start(std::string const& command) {
        int ends[2];
        if (pipe(ends) != 0) return false;
        output_ = ends[0];
        for (int const end : ends) fcntl(end, F_SETFD, FD_CLOEXEC);
        posix_spawn_file_actions_t actions;
        bool good = posix_spawn_file_actions_init(&actions) == 0;
        if (good) {
            good = posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0) == 0 &&
                   posix_spawn_file_actions_adddup2(&actions, ends[1], 1) == 0;
            std::string shell = "sh", option = "-c", text = command;
            char* arguments[] = {shell.data(), option.data(), text.data(), nullptr};
            good = good && posix_spawn(&id_, "/bin/sh", &actions, nullptr, arguments, environ) == 0;
            if (!good) id_ = -1;
            posix_spawn_file_actions_destroy(&actions);
        }
        close(ends[1]);
        return good;
    }

    // Appends what comes next. 1: more may come; 0: that was all; -1: nothing came in time, or reading failed.
    int read_some(std::string& out, std::chrono::milliseconds patience) {
        pollfd waiting{output_, POLLIN, 0};
        int const ready = poll(&waiting, 1, static_cast<int>(patience.count()));
        if (ready < 0 && errno == EINTR) return 1;
        if (ready <= 0) return -1;
        char piece[4096];
        auto const count = read(output_, piece, sizeof piece);
        if (count < 0) return errno == EINTR ? 1 : -1;
        out.append(piece, static_cast<std::size_t>(count));
        return count > 0 ? 1 : 0;
    }

    // The status once it has ended; none while it runs. A program that has its children reaped never sees one.
    std::optional<int> status() {
        int state = 0;
        auto const id = waitpid(id_, &state, WNOHANG);
        if (id == 0 || (id < 0 && errno == EINTR)) return std::nullopt;
        id_ = -1;
        if (id < 0) return 0;
        return WIFEXITED(state) ? WEXITSTATUS(state) : 128 + WTERMSIG(state);
    }

private:
    pid_t id_ = -1;
    int output_ = -1;
};

} // namespace

result<std::string, access_error> command_output(std::string const& command) {
    using namespace std::chrono;
    auto const end = steady_clock::now() + minutes(1);
    auto const left = [end] { return ceil<milliseconds>(end - steady_clock::now()); };
    child_process child;
    if (!child.start(command)) return access_error{false, "cannot be started"};
    std::string output;
    for (int more = 1; more != 0;) {
        if (left() <= milliseconds(0)) return access_error{false, "did not end within a minute"};
        more = child.read_some(output, left());
        if (more < 0 && left() > milliseconds(0)) return access_error{false, "its output cannot be read"};
        if (output.size() > largest_text) return access_error{false, "wrote more than 1 MiB"};
    }
    for (;;) {
        if (auto const status = child.status()) {
            if (*status == 0) return output;
            return access_error{false, "ended with status " + std::to_string(*status)};
        }
        if (left() <= milliseconds(0)) return access_error{false, "did not end within a minute"};
        std::this_thread::sleep_for(milliseconds(5));
    }
}

#undef PARLEY_DETAIL_HAS_SPAWN
#else

result<std::string, access_error> command_output(std::string const&) {
    return access_error{false, "this system has no way to run commands; give the surroundings one"};
}

#endif

} // namespace parley::detail

#endif
#ifndef PARLEY_DESCRIBE_FINGERPRINT_IPP
#define PARLEY_DESCRIBE_FINGERPRINT_IPP

#include <algorithm>
#include <vector>

namespace parley::detail {

void append_fingerprint(std::string& out, shape const& what, holder const* held, void const* place, std::size_t depth) {
    void const* value = held && held->peek ? held->peek(place) : place;
    if (!value) return void(out += '0');
    if (depth == 0) return;
    out += '1';
    auto append_text = [&out](std::string_view text) {
        append_integer(out, static_cast<std::uint64_t>(text.size()));
        out += ':';
        out += text;
    };
    switch (what.kind) {
    case shape_kind::boolean: out += *static_cast<bool const*>(value) ? 't' : 'f'; break;
    case shape_kind::integer: out.append(static_cast<char const*>(value), what.size); break;
    case shape_kind::floating: {
        auto number = floating_value(what, value);
        if (number == 0) number = 0; // -0 equals 0
        out.append(reinterpret_cast<char const*>(&number), sizeof number);
        break;
    }
    case shape_kind::text: append_text(*static_cast<std::string const*>(value)); break;
    case shape_kind::blob: append_text(static_cast<blob const*>(value)->bytes); break;
    case shape_kind::enumeration: append_text(what.enumeration->text(value)); break;
    case shape_kind::timestamp: {
        auto const when = what.timestamp->get(value);
        append_timestamp(out, when, timestamp_format::epoch_seconds);
        out += ';';
        break;
    }
    case shape_kind::structure:
        for (std::size_t i = 0; i < what.structure->count; ++i) {
            auto const& m = what.structure->members[i];
            append_fingerprint(out, *m.value.target, &m.value, what.structure->place_of(m, value), depth - 1);
        }
        break;
    case shape_kind::choice: {
        auto const active = what.structure->active(value);
        append_integer(out, static_cast<std::int64_t>(active));
        out += ';';
        if (active < 0) break;
        auto const& m = what.structure->members[active];
        append_fingerprint(out, *m.value.target, &m.value, value, depth - 1);
        break;
    }
    case shape_kind::list: {
        struct state {
            std::string& out;
            list_shape const& list;
            std::size_t depth;
        } s{out, *what.list, depth};
        what.list->each(value, &s, [](void* context, void const* item) {
            auto& c = *static_cast<state*>(context);
            append_fingerprint(c.out, *c.list.item.target, &c.list.item, item, c.depth - 1);
            return true;
        });
        out += ']';
        break;
    }
    case shape_kind::map: {
        struct state {
            std::vector<std::string> entries;
            map_shape const& map;
            std::size_t depth;
        } s{{}, *what.map, depth};
        what.map->each(value, &s, [](void* context, std::string_view key, void const* mapped) {
            auto& c = *static_cast<state*>(context);
            auto& entry = c.entries.emplace_back();
            append_integer(entry, static_cast<std::uint64_t>(key.size()));
            entry.append(1, ':').append(key);
            append_fingerprint(entry, *c.map.value.target, &c.map.value, mapped, c.depth - 1);
            return true;
        });
        std::sort(s.entries.begin(), s.entries.end()); // the order of an unordered map says nothing
        for (auto const& entry : s.entries) append_text(entry);
        out += '}';
        break;
    }
    case shape_kind::document: append_text(static_cast<document const*>(value)->json); break;
    case shape_kind::json_value: break; // Smithy allows no documents in a list with unique items
    }
}

} // namespace parley::detail

#endif
#ifndef PARLEY_DESCRIBE_JMESPATH_IPP
#define PARLEY_DESCRIBE_JMESPATH_IPP

#include <utility>

namespace parley::detail {

namespace {

// A value on the way: one of the description that was not looked into yet, or what was made of such.
struct jmespath_place {
    shape const* what = nullptr; // null: `made` is it
    void const* object = nullptr;
    jmespath_value made;
};

class jmespath_evaluator {
public:
    explicit jmespath_evaluator(jmespath_node const* nodes) : nodes_(nodes) {}

    jmespath_place evaluate(std::uint16_t index, jmespath_place const& current) const {
        using operation = jmespath_node::operation;
        auto const& node = nodes_[index];
        auto const left = [&] { return value_of(evaluate(node.left, current)); };
        auto const right = [&] { return value_of(evaluate(node.right, current)); };
        switch (node.what) {
        case operation::current: return current;
        case operation::member: return member_of(evaluate(node.left, current), *node.target);
        case operation::project:
        case operation::filter: return {nullptr, nullptr, project(node, evaluate(node.left, current))};
        case operation::literal_text: return text(node.text);
        case operation::literal_number: return number(node.number);
        case operation::literal_true: return boolean(true);
        case operation::literal_false: return boolean(false);
        case operation::literal_null: return {};
        case operation::equal: return boolean(left() == right());
        case operation::not_equal: return boolean(!(left() == right()));
        case operation::less: return compare(left(), right(), [](double a, double b) { return a < b; });
        case operation::less_or_equal: return compare(left(), right(), [](double a, double b) { return a <= b; });
        case operation::greater: return compare(left(), right(), [](double a, double b) { return a > b; });
        case operation::greater_or_equal: return compare(left(), right(), [](double a, double b) { return a >= b; });
        case operation::both: {
            auto first = left();
            return {nullptr, nullptr, first.truthy() ? right() : std::move(first)};
        }
        case operation::either: {
            auto first = left();
            return {nullptr, nullptr, first.truthy() ? std::move(first) : right()};
        }
        case operation::negate: return boolean(!left().truthy());
        case operation::length: return length(left());
        }
        return {};
    }

    static jmespath_value value_of(jmespath_place const& place) {
        using kind = jmespath_value::kind;
        if (!place.what) return place.made;
        jmespath_value v;
        if (!place.object) return v;
        switch (place.what->kind) {
        case shape_kind::boolean: v.what = kind::boolean, v.boolean = *static_cast<bool const*>(place.object); break;
        case shape_kind::integer:
            v.what = kind::number;
            v.number = place.what->is_signed ? static_cast<double>(signed_value(*place.what, place.object))
                                             : static_cast<double>(unsigned_value(*place.what, place.object));
            break;
        case shape_kind::floating: v.what = kind::number, v.number = floating_value(*place.what, place.object); break;
        case shape_kind::text: v.what = kind::text, v.text = *static_cast<std::string const*>(place.object); break;
        case shape_kind::enumeration: v.what = kind::text, v.text = place.what->enumeration->text(place.object); break;
        case shape_kind::list:
            v.what = kind::list;
            each_item(place, [&](jmespath_place const& item) { v.items.push_back(value_of(item)); });
            break;
        case shape_kind::map: v.what = kind::object, v.size = place.what->map->size(place.object); break;
        case shape_kind::structure: v.what = kind::object, v.size = place.what->structure->count; break;
        default: v.what = kind::object, v.size = 1; break;
        }
        return v;
    }

private:
    static jmespath_place made(jmespath_value v) { return {nullptr, nullptr, std::move(v)}; }
    static jmespath_place boolean(bool b) {
        jmespath_value v;
        v.what = jmespath_value::kind::boolean, v.boolean = b;
        return made(std::move(v));
    }
    static jmespath_place number(double n) {
        jmespath_value v;
        v.what = jmespath_value::kind::number, v.number = n;
        return made(std::move(v));
    }
    static jmespath_place text(std::string_view t) {
        jmespath_value v;
        v.what = jmespath_value::kind::text, v.text = t;
        return made(std::move(v));
    }
    // "Ordering operators are only valid for numbers"; otherwise null.
    template <class Order>
    static jmespath_place compare(jmespath_value const& a, jmespath_value const& b, Order order) {
        using kind = jmespath_value::kind;
        if (a.what != kind::number || b.what != kind::number) return {};
        return boolean(order(a.number, b.number));
    }
    static jmespath_place length(jmespath_value const& v) {
        using kind = jmespath_value::kind;
        switch (v.what) {
        case kind::text: return number(static_cast<double>(count_code_points(v.text)));
        case kind::list: return number(static_cast<double>(v.items.size()));
        case kind::object: return number(static_cast<double>(v.size));
        default: return {};
        }
    }

    static jmespath_place held(holder const& how, void const* place) {
        return {how.target, how.peek ? how.peek(place) : place, {}};
    }
    static jmespath_place member_of(jmespath_place const& of, member const& m) {
        if (!of.what || !of.object) return {};
        auto const& s = *of.what->structure;
        auto found = held(m.value, s.active ? of.object : s.place_of(m, of.object));
        if (!found.object) return {};
        return found;
    }
    template <class Visit>
    static void each_item(jmespath_place const& list, Visit visit) {
        struct state {
            holder const& item;
            Visit& visit;
        } s{list.what->list->item, visit};
        list.what->list->each(list.object, &s, [](void* context, void const* place) {
            auto& c = *static_cast<state*>(context);
            c.visit(held(c.item, place));
            return true;
        });
    }

    // "The result of a projection leaves out what is null."
    jmespath_value project(jmespath_node const& node, jmespath_place const& list) const {
        jmespath_value all;
        if (!list.what || !list.object) return all;
        all.what = jmespath_value::kind::list;
        bool const nested = node.flattens && list.what->list->item.target->kind == shape_kind::list;
        auto const take = [&](jmespath_place const& item) {
            if (node.test != jmespath_node::none && !value_of(evaluate(node.test, item)).truthy()) return;
            auto v = value_of(evaluate(node.right, item));
            if (v.what == jmespath_value::kind::null) return;
            if (v.what == jmespath_value::kind::list && merges(node.right)) {
                for (auto& one : v.items) all.items.push_back(std::move(one));
            } else {
                all.items.push_back(std::move(v));
            }
        };
        each_item(list, [&](jmespath_place const& item) {
            if (!nested) take(item);
            else if (item.object) each_item(item, take);
        });
        return all;
    }
    // Whether what is done with each item is itself a "[]", which makes one list of all.
    bool merges(std::uint16_t index) const {
        return nodes_[index].what == jmespath_node::operation::project && nodes_[index].flattens;
    }

    jmespath_node const* nodes_;
};

} // namespace

bool jmespath_value::truthy() const noexcept {
    switch (what) {
    case kind::null: return false;
    case kind::boolean: return boolean;
    case kind::number: return true;
    case kind::text: return !text.empty();
    case kind::object: return size > 0;
    case kind::list: return !items.empty();
    }
    return false;
}

jmespath_value evaluate_jmespath(jmespath_node const* nodes, std::size_t count, shape const& root, void const* object) {
    jmespath_evaluator const evaluator(nodes);
    return evaluator.value_of(evaluator.evaluate(static_cast<std::uint16_t>(count - 1), {&root, object, {}}));
}

} // namespace parley::detail

#endif
#ifndef PARLEY_DESCRIBE_PATTERN_IPP
#define PARLEY_DESCRIBE_PATTERN_IPP

#ifndef PARLEY_DESCRIBE_PATTERN_QUICK_MATCHER_IPP
#define PARLEY_DESCRIBE_PATTERN_QUICK_MATCHER_IPP

#ifndef PARLEY_DESCRIBE_PATTERN_SUBJECT_IPP
#define PARLEY_DESCRIBE_PATTERN_SUBJECT_IPP

// Made by tools/unicode_table, of Unicode 17.0.
#ifndef PARLEY_DESCRIBE_UNICODE_IPP
#define PARLEY_DESCRIBE_UNICODE_IPP

#include <algorithm>
#include <iterator>

namespace parley::detail {

namespace {

// Where a run of one kind begins, times 64, and the kind; 63: Lu and Ll in turns.
constexpr std::uint32_t kind_runs[] = {
    0x2019, 0x2167, 0x2199, 0x2816, 0x2851, 0x2893, 0x2995, 0x29d1, 0x2a14, 0x2a55, 0x2a9f, 0x2acf,
    0x2b12, 0x2b5a, 0x2b95, 0x2bd4, 0x2c15, 0x2c52, 0x2c8a, 0x2d14, 0x2d41, 0x2d91, 0x2e14, 0x2e4a,
    0x2e9f, 0x2ed0, 0x2f0a, 0x2fd1, 0x3000, 0x35d2, 0x3600, 0x37c1, 0x3dd2, 0x3e01, 0x403f, 0x4e01,
    0x4e7f, 0x5241, 0x52bf, 0x5e7f, 0x5fc1, 0x6040, 0x60c1, 0x613f, 0x61ff, 0x6280, 0x6301, 0x6380,
    0x6481, 0x64c0, 0x6541, 0x6580, 0x6641, 0x6700, 0x6781, 0x67c0, 0x6841, 0x68bf, 0x69ff, 0x6ac1,
    0x6b3f, 0x6bff, 0x6c80, 0x6d01, 0x6d7f, 0x6e3f, 0x6e81, 0x6ec4, 0x6f3f, 0x6f81, 0x7004, 0x7100,
    0x7142, 0x7181, 0x71c0, 0x7202, 0x7241, 0x7280, 0x72c2, 0x7301, 0x737f, 0x7741, 0x77bf, 0x7c01,
    0x7c40, 0x7c82, 0x7cc1, 0x7d3f, 0x7dc0, 0x7e41, 0x7ebf, 0x8d01, 0x8e80, 0x8f01, 0x8f40, 0x8fc1,
    0x907f, 0x9100, 0x91c1, 0x923f, 0x9401, 0xa504, 0xa581, 0xac1e, 0xae43, 0xb01e, 0xb094, 0xb183,
    0xb494, 0xb81e, 0xb954, 0xbb03, 0xbb54, 0xbb83, 0xbbd4, 0xc005, 0xd161, 0xd185, 0xd8e0, 0xdc3f,
    0xdd03, 0xdd54, 0xddbf, 0xde1d, 0xde9e, 0xdec1, 0xdf91, 0xdfc0, 0xe01d, 0xe114, 0xe180, 0xe1d1,
    0xe200, 0xe2dd, 0xe300, 0xe35d, 0xe380, 0xe401, 0xe440, 0xe89d, 0xe8c0, 0xeb01, 0xf3ff, 0xf441,
    0xf480, 0xf541, 0xf63f, 0xfc01, 0xfd3f, 0xfd92, 0xfdff, 0xfebf, 0xff01, 0xff40, 0x10c01, 0x1183f,
    0x12095, 0x120c5, 0x12207, 0x122bf, 0x1307f, 0x133c1, 0x1343f, 0x14c1d, 0x14c40, 0x155dd, 0x15643, 0x15691,
    0x15801, 0x16251, 0x1628c, 0x162dd, 0x16355, 0x163d3, 0x1641d, 0x16445, 0x16c20, 0x16f8c, 0x16fe0, 0x17011,
    0x17060, 0x170d1, 0x17120, 0x17191, 0x171e0, 0x1721d, 0x17404, 0x17add, 0x17bc4, 0x17cd1, 0x17d5d, 0x1801a,
    0x18192, 0x18251, 0x182d3, 0x18311, 0x18395, 0x18420, 0x186d1, 0x1871a, 0x18751, 0x18804, 0x19003, 0x19044,
    0x192e0, 0x19605, 0x19660, 0x19808, 0x19a91, 0x19b84, 0x19c20, 0x19c44, 0x1b511, 0x1b544, 0x1b5a0, 0x1b75a,
    0x1b795, 0x1b7c5, 0x1b860, 0x1b943, 0x1b9e0, 0x1ba55, 0x1ba85, 0x1bb60, 0x1bb84, 0x1bc08, 0x1be84, 0x1bf55,
    0x1bfc4, 0x1c011, 0x1c39d, 0x1c3da, 0x1c404, 0x1c460, 0x1c484, 0x1cc20, 0x1d005, 0x1d2dd, 0x1d344, 0x1e9a0,
    0x1ec44, 0x1ec9d, 0x1f008, 0x1f284, 0x1fac5, 0x1fd03, 0x1fd95, 0x1fdd1, 0x1fe83, 0x1fedd, 0x1ff45, 0x1ff93,
    0x20004, 0x205a0, 0x20605, 0x20683, 0x206e0, 0x20903, 0x20960, 0x20a03, 0x20a60, 0x20b45, 0x20b9d, 0x20c11,
    0x20fdd, 0x21004, 0x21645, 0x2171d, 0x21791, 0x217dd, 0x21804, 0x21add, 0x21c04, 0x22214, 0x22244, 0x2241a,
    0x2249d, 0x225e0, 0x22605, 0x22804, 0x23243, 0x23285, 0x23520, 0x23805, 0x2389a, 0x238e0, 0x23a85, 0x23c20,
    0x240e2, 0x24104, 0x24ea0, 0x24ee2, 0x24f05, 0x24f44, 0x24fa2, 0x25060, 0x25262, 0x25345, 0x253a2, 0x25404,
    0x25445, 0x25560, 0x25604, 0x258a0, 0x25911, 0x25988, 0x25c11, 0x25c43, 0x25c84, 0x26060, 0x260a2, 0x2611d,
    0x26144, 0x2635d, 0x263c4, 0x2645d, 0x264c4, 0x26a5d, 0x26a84, 0x26c5d, 0x26c84, 0x26cdd, 0x26d84, 0x26e9d,
    0x26f05, 0x26f44, 0x26fa2, 0x27060, 0x2715d, 0x271e2, 0x2725d, 0x272e2, 0x27345, 0x27384, 0x273dd, 0x275e2,
    0x2761d, 0x27704, 0x2779d, 0x277c4, 0x278a0, 0x2791d, 0x27988, 0x27c04, 0x27c93, 0x27d0a, 0x27e95, 0x27ed3,
    0x27f04, 0x27f51, 0x27f85, 0x27fdd, 0x28060, 0x280e2, 0x2811d, 0x28144, 0x282dd, 0x283c4, 0x2845d, 0x284c4,
    0x28a5d, 0x28a84, 0x28c5d, 0x28c84, 0x28d1d, 0x28d44, 0x28ddd, 0x28e04, 0x28e9d, 0x28f05, 0x28f5d, 0x28fa2,
    0x29060, 0x290dd, 0x291e0, 0x2925d, 0x292e0, 0x29345, 0x2939d, 0x29460, 0x2949d, 0x29644, 0x2975d, 0x29784,
    0x297dd, 0x29988, 0x29c20, 0x29c84, 0x29d60, 0x29d91, 0x29ddd, 0x2a060, 0x2a0e2, 0x2a11d, 0x2a144, 0x2a39d,
    0x2a3c4, 0x2a49d, 0x2a4c4, 0x2aa5d, 0x2aa84, 0x2ac5d, 0x2ac84, 0x2ad1d, 0x2ad44, 0x2ae9d, 0x2af05, 0x2af44,
    0x2afa2, 0x2b060, 0x2b19d, 0x2b1e0, 0x2b262, 0x2b29d, 0x2b2e2, 0x2b345, 0x2b39d, 0x2b404, 0x2b45d, 0x2b804,
    0x2b8a0, 0x2b91d, 0x2b988, 0x2bc11, 0x2bc53, 0x2bc9d, 0x2be44, 0x2bea0, 0x2bf45, 0x2c01d, 0x2c060, 0x2c0a2,
    0x2c11d, 0x2c144, 0x2c35d, 0x2c3c4, 0x2c45d, 0x2c4c4, 0x2ca5d, 0x2ca84, 0x2cc5d, 0x2cc84, 0x2cd1d, 0x2cd44,
    0x2ce9d, 0x2cf05, 0x2cf44, 0x2cfa2, 0x2cfe0, 0x2d022, 0x2d060, 0x2d15d, 0x2d1e2, 0x2d25d, 0x2d2e2, 0x2d345,
    0x2d39d, 0x2d545, 0x2d5a0, 0x2d5e2, 0x2d61d, 0x2d704, 0x2d79d, 0x2d7c4, 0x2d8a0, 0x2d91d, 0x2d988, 0x2dc15,
    0x2dc44, 0x2dc8a, 0x2de1d, 0x2e0a0, 0x2e0c4, 0x2e11d, 0x2e144, 0x2e2dd, 0x2e384, 0x2e45d, 0x2e484, 0x2e59d,
    0x2e644, 0x2e6dd, 0x2e704, 0x2e75d, 0x2e784, 0x2e81d, 0x2e8c4, 0x2e95d, 0x2ea04, 0x2eadd, 0x2eb84, 0x2ee9d,
    0x2efa2, 0x2f020, 0x2f062, 0x2f0dd, 0x2f1a2, 0x2f25d, 0x2f2a2, 0x2f345, 0x2f39d, 0x2f404, 0x2f45d, 0x2f5e2,
    0x2f61d, 0x2f988, 0x2fc0a, 0x2fcd5, 0x2fe53, 0x2fe95, 0x2fedd, 0x30020, 0x30062, 0x30120, 0x30144, 0x3035d,
    0x30384, 0x3045d, 0x30484, 0x30a5d, 0x30a84, 0x30e9d, 0x30f05, 0x30f44, 0x30fa0, 0x31062, 0x3115d, 0x311a0,
    0x3125d, 0x312a0, 0x31345, 0x3139d, 0x31560, 0x315dd, 0x31604, 0x316dd, 0x31704, 0x3179d, 0x31804, 0x318a0,
    0x3191d, 0x31988, 0x31c1d, 0x31dd1, 0x31e0a, 0x31fd5, 0x32004, 0x32060, 0x320a2, 0x32111, 0x32144, 0x3235d,
    0x32384, 0x3245d, 0x32484, 0x32a5d, 0x32a84, 0x32d1d, 0x32d44, 0x32e9d, 0x32f05, 0x32f44, 0x32fa2, 0x32fe0,
    0x33022, 0x3315d, 0x331a0, 0x331e2, 0x3325d, 0x332a2, 0x33320, 0x33345, 0x3339d, 0x33562, 0x335dd, 0x33704,
    0x337dd, 0x33804, 0x338a0, 0x3391d, 0x33988, 0x33c1d, 0x33c44, 0x33ce2, 0x33d1d, 0x34020, 0x340a2, 0x34104,
    0x3435d, 0x34384, 0x3445d, 0x34484, 0x34ec5, 0x34f44, 0x34fa2, 0x35060, 0x3515d, 0x351a2, 0x3525d, 0x352a2,
    0x35345, 0x35384, 0x353d5, 0x3541d, 0x35504, 0x355e2, 0x3560a, 0x357c4, 0x358a0, 0x3591d, 0x35988, 0x35c0a,
    0x35e55, 0x35e84, 0x3601d, 0x36060, 0x360a2, 0x3611d, 0x36144, 0x365dd, 0x36684, 0x36c9d, 0x36cc4, 0x36f1d,
    0x36f44, 0x36f9d, 0x37004, 0x371dd, 0x37285, 0x372dd, 0x373e2, 0x374a0, 0x3755d, 0x375a0, 0x375dd, 0x37622,
    0x3781d, 0x37988, 0x37c1d, 0x37ca2, 0x37d11, 0x37d5d, 0x38044, 0x38c60, 0x38c84, 0x38d20, 0x38edd, 0x38fd3,
    0x39004, 0x39183, 0x391c5, 0x39360, 0x39385, 0x393d1, 0x39408, 0x39691, 0x3971d, 0x3a044, 0x3a0dd, 0x3a104,
    0x3a15d, 0x3a184, 0x3a2dd, 0x3a304, 0x3a91d, 0x3a944, 0x3a99d, 0x3a9c4, 0x3ac60, 0x3ac84, 0x3ad20, 0x3ae85,
    0x3aee0, 0x3af44, 0x3af9d, 0x3b004, 0x3b15d, 0x3b183, 0x3b1dd, 0x3b205, 0x3b360, 0x3b385, 0x3b3dd, 0x3b408,
    0x3b69d, 0x3b704, 0x3b81d, 0x3c004, 0x3c055, 0x3c111, 0x3c4d5, 0x3c511, 0x3c555, 0x3c605, 0x3c695, 0x3c808,
    0x3ca8a, 0x3cd15, 0x3cd45, 0x3cd95, 0x3cdc5, 0x3ce15, 0x3ce45, 0x3ce8d, 0x3cece, 0x3cf0d, 0x3cf4e, 0x3cf86,
    0x3d004, 0x3d21d, 0x3d244, 0x3db5d, 0x3dc60, 0x3dfe2, 0x3e020, 0x3e105, 0x3e151, 0x3e185, 0x3e204, 0x3e360,
    0x3e61d, 0x3e660, 0x3ef5d, 0x3ef95, 0x3f185, 0x3f1d5, 0x3f35d, 0x3f395, 0x3f411, 0x3f555, 0x3f651, 0x3f6dd,
    0x40004, 0x40ae2, 0x40b60, 0x40c62, 0x40ca0, 0x40dc5, 0x40e22, 0x40e45, 0x40ee2, 0x40f60, 0x40fc4, 0x41008,
    0x41291, 0x41404, 0x415a2, 0x41620, 0x41684, 0x417a0, 0x41844, 0x418a2, 0x41944, 0x419e2, 0x41b84, 0x41c60,
    0x41d44, 0x420a0, 0x420e2, 0x42160, 0x421e2, 0x42360, 0x42384, 0x423e2, 0x42408, 0x426a2, 0x42760, 0x42795,
    0x42800, 0x4319d, 0x431c0, 0x4321d, 0x43340, 0x4339d, 0x43401, 0x43ed1, 0x43f1e, 0x43f41, 0x44004, 0x4925d,
    0x49284, 0x4939d, 0x49404, 0x495dd, 0x49604, 0x4965d, 0x49684, 0x4979d, 0x49804, 0x4a25d, 0x4a284, 0x4a39d,
    0x4a404, 0x4ac5d, 0x4ac84, 0x4ad9d, 0x4ae04, 0x4afdd, 0x4b004, 0x4b05d, 0x4b084, 0x4b19d, 0x4b204, 0x4b5dd,
    0x4b604, 0x4c45d, 0x4c484, 0x4c59d, 0x4c604, 0x4d6dd, 0x4d745, 0x4d811, 0x4da4a, 0x4df5d, 0x4e004, 0x4e415,
    0x4e69d, 0x4e800, 0x4fd9d, 0x4fe01, 0x4ff9d, 0x5000c, 0x50044, 0x59b55, 0x59b91, 0x59bc4, 0x5a016, 0x5a044,
    0x5a6cd, 0x5a70e, 0x5a75d, 0x5a804, 0x5bad1, 0x5bb89, 0x5bc44, 0x5be5d, 0x5c004, 0x5c4a0, 0x5c505, 0x5c546,
    0x5c59d, 0x5c7c4, 0x5cca0, 0x5cd06, 0x5cd51, 0x5cddd, 0x5d004, 0x5d4a0, 0x5d51d, 0x5d804, 0x5db5d, 0x5db84,
    0x5dc5d, 0x5dca0, 0x5dd1d, 0x5e004, 0x5ed05, 0x5eda2, 0x5ede0, 0x5efa2, 0x5f1a0, 0x5f1e2, 0x5f245, 0x5f511,
    0x5f5c3, 0x5f611, 0x5f6d3, 0x5f704, 0x5f745, 0x5f79d, 0x5f808, 0x5fa9d, 0x5fc0a, 0x5fe9d, 0x60011, 0x6018c,
    0x601d1, 0x602c5, 0x6039a, 0x603c5, 0x60408, 0x6069d, 0x60804, 0x610c3, 0x61104, 0x61e5d, 0x62004, 0x62160,
    0x621c4, 0x62a60, 0x62a84, 0x62add, 0x62c04, 0x63d9d, 0x64004, 0x647dd, 0x64820, 0x648e2, 0x649e0, 0x64a62,
    0x64b1d, 0x64c22, 0x64ca0, 0x64ce2, 0x64e45, 0x64f1d, 0x65015, 0x6505d, 0x65111, 0x65188, 0x65404, 0x65b9d,
    0x65c04, 0x65d5d, 0x66004, 0x66b1d, 0x66c04, 0x6729d, 0x67408, 0x6768a, 0x676dd, 0x67795, 0x68004, 0x685e0,
    0x68662, 0x686e0, 0x6871d, 0x68791, 0x68804, 0x69562, 0x695a0, 0x695e2, 0x69620, 0x697dd, 0x69805, 0x69862,
    0x698a0, 0x698e2, 0x69960, 0x69b62, 0x69ce0, 0x69d45, 0x69f5d, 0x69fc5, 0x6a008, 0x6a29d, 0x6a408, 0x6a69d,
    0x6a811, 0x6a9c3, 0x6aa11, 0x6ab9d, 0x6ac05, 0x6af87, 0x6afe0, 0x6b045, 0x6b320, 0x6b3c5, 0x6b79d, 0x6b805,
    0x6bb1d, 0x6c020, 0x6c122, 0x6c144, 0x6cd05, 0x6cd62, 0x6cda0, 0x6cee2, 0x6cf20, 0x6cf62, 0x6d0a0, 0x6d0e2,
    0x6d106, 0x6d144, 0x6d35d, 0x6d391, 0x6d408, 0x6d691, 0x6d855, 0x6dac5, 0x6dd15, 0x6df51, 0x6e020, 0x6e0a2,
    0x6e0c4, 0x6e862, 0x6e8a0, 0x6e9a2, 0x6ea20, 0x6ea86, 0x6eac5, 0x6eb20, 0x6eb84, 0x6ec08, 0x6ee84, 0x6f985,
    0x6f9e2, 0x6fa20, 0x6faa2, 0x6fb60, 0x6fba2, 0x6fbe0, 0x6fc86, 0x6fd1d, 0x6ff11, 0x70004, 0x70922, 0x70b20,
    0x70d22, 0x70da0, 0x70dc5, 0x70e1d, 0x70ed1, 0x71008, 0x7129d, 0x71344, 0x71408, 0x71684, 0x71e03, 0x71f91,
    0x72001, 0x7227f, 0x722dd, 0x72400, 0x72edd, 0x72f40, 0x73011, 0x7321d, 0x73405, 0x734d1, 0x73505, 0x73846,
    0x73885, 0x73a44, 0x73b45, 0x73b84, 0x73d05, 0x73d44, 0x73dc6, 0x73e05, 0x73e84, 0x73edd, 0x74001, 0x74b1e,
    0x75ac1, 0x75e1e, 0x75e41, 0x766de, 0x77005, 0x774e0, 0x77d45, 0x7803f, 0x7a581, 0x7a7bf, 0x7c001, 0x7c200,
    0x7c401, 0x7c59d, 0x7c600, 0x7c79d, 0x7c801, 0x7ca00, 0x7cc01, 0x7ce00, 0x7d001, 0x7d19d, 0x7d200, 0x7d39d,
    0x7d401, 0x7d61d, 0x7d640, 0x7d69d, 0x7d6c0, 0x7d71d, 0x7d740, 0x7d79d, 0x7d7ff, 0x7d841, 0x7da00, 0x7dc01,
    0x7df9d, 0x7e001, 0x7e202, 0x7e401, 0x7e602, 0x7e801, 0x7ea02, 0x7ec01, 0x7ed5d, 0x7ed81, 0x7ee00, 0x7ef02,
    0x7ef54, 0x7ef81, 0x7efd4, 0x7f081, 0x7f15d, 0x7f181, 0x7f200, 0x7f302, 0x7f354, 0x7f401, 0x7f51d, 0x7f581,
    0x7f600, 0x7f71d, 0x7f754, 0x7f801, 0x7fa00, 0x7fb54, 0x7fc1d, 0x7fc81, 0x7fd5d, 0x7fd81, 0x7fe00, 0x7ff02,
    0x7ff54, 0x7ffdd, 0x80016, 0x802da, 0x8040c, 0x80591, 0x8060f, 0x80650, 0x8068d, 0x806cf, 0x80750, 0x8078d,
    0x807cf, 0x80811, 0x80a17, 0x80a58, 0x80a9a, 0x80bd6, 0x80c11, 0x80e4f, 0x80e90, 0x80ed1, 0x80fcb, 0x81051,
    0x81112, 0x8114d, 0x8118e, 0x811d1, 0x81492, 0x814d1, 0x8150b, 0x81551, 0x817d6, 0x8181a, 0x8195d, 0x8199a,
    0x81c0a, 0x81c5e, 0x81c9d, 0x81d0a, 0x81e92, 0x81f4d, 0x81f8e, 0x81fde, 0x8200a, 0x82292, 0x8234d, 0x8238e,
    0x823dd, 0x8241e, 0x8275d, 0x82813, 0x8309d, 0x83405, 0x83747, 0x83845, 0x83887, 0x83945, 0x83c5d, 0x84015,
    0x84080, 0x840d5, 0x841c0, 0x84215, 0x84281, 0x842c0, 0x84381, 0x84400, 0x844c1, 0x84515, 0x84540, 0x84595,
    0x84612, 0x84640, 0x84795, 0x84900, 0x84955, 0x84980, 0x849d5, 0x84a00, 0x84a55, 0x84a80, 0x84b95, 0x84bc1,
    0x84c00, 0x84d01, 0x84d44, 0x84e41, 0x84e95, 0x84f01, 0x84f80, 0x85012, 0x8517f, 0x851c1, 0x85295, 0x852d2,
    0x85315, 0x85381, 0x853d5, 0x8540a, 0x85823, 0x85c24, 0x86009, 0x860ff, 0x86149, 0x8624a, 0x86295, 0x8631d,
    0x86412, 0x86555, 0x86692, 0x86715, 0x86812, 0x86855, 0x868d2, 0x86915, 0x86992, 0x869d5, 0x86b92, 0x86bd5,
    0x87392, 0x87415, 0x87492, 0x874d5, 0x87512, 0x87555, 0x87d12, 0x8c015, 0x8c20d, 0x8c24e, 0x8c28d, 0x8c2ce,
    0x8c315, 0x8c812, 0x8c895, 0x8ca4d, 0x8ca8e, 0x8cad5, 0x8df12, 0x8df55, 0x8e6d2, 0x8ed15, 0x8f712, 0x8f895,
    0x90a9d, 0x91015, 0x912dd, 0x9180a, 0x92715, 0x92da5, 0x93426, 0x93a8a, 0x94015, 0x96dd2, 0x96e15, 0x97052,
    0x97095, 0x97e12, 0x98015, 0x99bd2, 0x99c15, 0x9da0d, 0x9da4e, 0x9da8d, 0x9dace, 0x9db0d, 0x9db4e, 0x9db8d,
    0x9dbce, 0x9dc0d, 0x9dc4e, 0x9dc8d, 0x9dcce, 0x9dd0d, 0x9dd4e, 0x9dd8a, 0x9e515, 0x9f012, 0x9f14d, 0x9f18e,
    0x9f1d2, 0x9f98d, 0x9f9ce, 0x9fa0d, 0x9fa4e, 0x9fa8d, 0x9face, 0x9fb0d, 0x9fb4e, 0x9fb8d, 0x9fbce, 0x9fc12,
    0xa0015, 0xa4012, 0xa60cd, 0xa610e, 0xa614d, 0xa618e, 0xa61cd, 0xa620e, 0xa624d, 0xa628e, 0xa62cd, 0xa630e,
    0xa634d, 0xa638e, 0xa63cd, 0xa640e, 0xa644d, 0xa648e, 0xa64cd, 0xa650e, 0xa654d, 0xa658e, 0xa65cd, 0xa660e,
    0xa6652, 0xa760d, 0xa764e, 0xa768d, 0xa76ce, 0xa7712, 0xa7f0d, 0xa7f4e, 0xa7f92, 0xac015, 0xacc12, 0xad155,
    0xad1d2, 0xad355, 0xadd1d, 0xadd95, 0xb0000, 0xb0c01, 0xb183f, 0xb18c0, 0xb1941, 0xb19ff, 0xb1b80, 0xb1c41,
    0xb1cbf, 0xb1d01, 0xb1d7f, 0xb1dc1, 0xb1f1e, 0xb1f80, 0xb2041, 0xb20bf, 0xb3901, 0xb3955, 0xb3aff, 0xb3bc5,
    0xb3cbf, 0xb3d1d, 0xb3e51, 0xb3f4a, 0xb3f91, 0xb4001, 0xb499d, 0xb49c1, 0xb4a1d, 0xb4b41, 0xb4b9d, 0xb4c04,
    0xb5a1d, 0xb5bc3, 0xb5c11, 0xb5c5d, 0xb5fc5, 0xb6004, 0xb65dd, 0xb6804, 0xb69dd, 0xb6a04, 0xb6bdd, 0xb6c04,
    0xb6ddd, 0xb6e04, 0xb6fdd, 0xb7004, 0xb71dd, 0xb7204, 0xb73dd, 0xb7404, 0xb75dd, 0xb7604, 0xb77dd, 0xb7820,
    0xb8011, 0xb808f, 0xb80d0, 0xb810f, 0xb8150, 0xb8191, 0xb824f, 0xb8290, 0xb82d1, 0xb830f, 0xb8350, 0xb8391,
    0xb85cc, 0xb8611, 0xb868c, 0xb86d1, 0xb870f, 0xb8750, 0xb8791, 0xb880f, 0xb8850, 0xb888d, 0xb88ce, 0xb890d,
    0xb894e, 0xb898d, 0xb89ce, 0xb8a0d, 0xb8a4e, 0xb8a91, 0xb8bc3, 0xb8c11, 0xb8e8c, 0xb8f11, 0xb900c, 0xb9051,
    0xb908d, 0xb90d1, 0xb9415, 0xb9491, 0xb954d, 0xb958e, 0xb95cd, 0xb960e, 0xb964d, 0xb968e, 0xb96cd, 0xb970e,
    0xb974c, 0xb979d, 0xba015, 0xba69d, 0xba6d5, 0xbbd1d, 0xbc015, 0xbf59d, 0xbfc15, 0xc0016, 0xc0051, 0xc0115,
    0xc0143, 0xc0184, 0xc01c9, 0xc020d, 0xc024e, 0xc028d, 0xc02ce, 0xc030d, 0xc034e, 0xc038d, 0xc03ce, 0xc040d,
    0xc044e, 0xc0495, 0xc050d, 0xc054e, 0xc058d, 0xc05ce, 0xc060d, 0xc064e, 0xc068d, 0xc06ce, 0xc070c, 0xc074d,
    0xc078e, 0xc0815, 0xc0849, 0xc0a85, 0xc0b86, 0xc0c0c, 0xc0c43, 0xc0d95, 0xc0e09, 0xc0ec3, 0xc0f04, 0xc0f51,
    0xc0f95, 0xc101d, 0xc1044, 0xc25dd, 0xc2645, 0xc26d4, 0xc2743, 0xc27c4, 0xc280c, 0xc2844, 0xc3ed1, 0xc3f03,
    0xc3fc4, 0xc401d, 0xc4144, 0xc4c1d, 0xc4c44, 0xc63dd, 0xc6415, 0xc648a, 0xc6595, 0xc6804, 0xc7015, 0xc799d,
    0xc7bd5, 0xc7c04, 0xc8015, 0xc87dd, 0xc880a, 0xc8a95, 0xc920a, 0xc9415, 0xc944a, 0xc9815, 0xca00a, 0xca295,
    0xcac4a, 0xcb015, 0xd0004, 0x137015, 0x138004, 0x280543, 0x280584, 0x29235d, 0x292415, 0x2931dd, 0x293404, 0x293e03,
    0x293f91, 0x294004, 0x298303, 0x298351, 0x298404, 0x298808, 0x298a84, 0x298b1d, 0x29903f, 0x299b84, 0x299bc5, 0x299c07,
    0x299cd1, 0x299d20, 0x299f05, 0x299f91, 0x299fc3, 0x29a03f, 0x29a71e, 0x29a7a0, 0x29a804, 0x29b989, 0x29bc05, 0x29bc91,
    0x29be1d, 0x29c014, 0x29c5c3, 0x29c814, 0x29c8bf, 0x29cc01, 0x29ccbf, 0x29dc1e, 0x29dc41, 0x29de7f, 0x29dfbf, 0x29e203,
    0x29e254, 0x29e2ff, 0x29e3c4, 0x29e43f, 0x29e501, 0x29e5bf, 0x29eac0, 0x29ebc1, 0x29ec00, 0x29ed41, 0x29edbf, 0x29f140,
    0x29f201, 0x29f27f, 0x29f33f, 0x29f75d, 0x29fc5e, 0x29fd7f, 0x29fdc4, 0x29fe1e, 0x29fe81, 0x29fec4, 0x2a00a0, 0x2a00c4,
    0x2a0185, 0x2a01c4, 0x2a02e0, 0x2a0304, 0x2a08e2, 0x2a0960, 0x2a09e2, 0x2a0a15, 0x2a0b05, 0x2a0b5d, 0x2a0c0a, 0x2a0d95,
    0x2a0e13, 0x2a0e55, 0x2a0e9d, 0x2a1004, 0x2a1d11, 0x2a1e1d, 0x2a2022, 0x2a2084, 0x2a2d22, 0x2a3105, 0x2a3160, 0x2a319d,
    0x2a3391, 0x2a3408, 0x2a369d, 0x2a3805, 0x2a3c84, 0x2a3e11, 0x2a3ec4, 0x2a3f11, 0x2a3f44, 0x2a3fe0, 0x2a4008, 0x2a4284,
    0x2a49a0, 0x2a4ac5, 0x2a4b91, 0x2a4c04, 0x2a51e0, 0x2a54a2, 0x2a54c6, 0x2a551d, 0x2a57d1, 0x2a5804, 0x2a5f5d, 0x2a6020,
    0x2a60e2, 0x2a6104, 0x2a6cc5, 0x2a6d22, 0x2a6da0, 0x2a6ea2, 0x2a6f20, 0x2a6fa2, 0x2a7006, 0x2a7051, 0x2a739d, 0x2a73c3,
    0x2a7408, 0x2a769d, 0x2a7791, 0x2a7804, 0x2a7960, 0x2a7983, 0x2a79c4, 0x2a7c08, 0x2a7e84, 0x2a7fdd, 0x2a8004, 0x2a8a60,
    0x2a8be2, 0x2a8c60, 0x2a8ce2, 0x2a8d60, 0x2a8ddd, 0x2a9004, 0x2a90e0, 0x2a9104, 0x2a9320, 0x2a9362, 0x2a939d, 0x2a9408,
    0x2a969d, 0x2a9711, 0x2a9804, 0x2a9c03, 0x2a9c44, 0x2a9dd5, 0x2a9e84, 0x2a9ee2, 0x2a9f20, 0x2a9f62, 0x2a9f84, 0x2aac20,
    0x2aac44, 0x2aaca0, 0x2aad44, 0x2aade0, 0x2aae44, 0x2aafa0, 0x2aafc5, 0x2ab004, 0x2ab045, 0x2ab084, 0x2ab0dd, 0x2ab6c4,
    0x2ab743, 0x2ab791, 0x2ab804, 0x2abae2, 0x2abb20, 0x2abba2, 0x2abc11, 0x2abc84, 0x2abcc3, 0x2abd62, 0x2abd85, 0x2abddd,
    0x2ac044, 0x2ac1dd, 0x2ac244, 0x2ac3dd, 0x2ac444, 0x2ac5dd, 0x2ac804, 0x2ac9dd, 0x2aca04, 0x2acbdd, 0x2acc01, 0x2ad6d4,
    0x2ad71e, 0x2ad801, 0x2ada5e, 0x2ada94, 0x2adb1d, 0x2adc01, 0x2af004, 0x2af8e2, 0x2af960, 0x2af9a2, 0x2afa20, 0x2afa62,
    0x2afad1, 0x2afb06, 0x2afb45, 0x2afb9d, 0x2afc08, 0x2afe9d, 0x2b0004, 0x35e91d, 0x35ec04, 0x35f1dd, 0x35f2c4, 0x35ff1d,
    0x36001b, 0x38001c, 0x3e4004, 0x3e9b9d, 0x3e9c04, 0x3eb69d, 0x3ec001, 0x3ec1dd, 0x3ec4c1, 0x3ec61d, 0x3ec744, 0x3ec7a0,
    0x3ec7c4, 0x3eca52, 0x3eca84, 0x3ecddd, 0x3ece04, 0x3ecf5d, 0x3ecf84, 0x3ecfdd, 0x3ed004, 0x3ed09d, 0x3ed0c4, 0x3ed15d,
    0x3ed184, 0x3eec94, 0x3ef0d5, 0x3ef4c4, 0x3f4f8e, 0x3f4fcd, 0x3f5015, 0x3f5404, 0x3f6415, 0x3f6484, 0x3f7215, 0x3f741d,
    0x3f7c04, 0x3f7f13, 0x3f7f55, 0x3f8005, 0x3f8411, 0x3f85cd, 0x3f860e, 0x3f8651, 0x3f869d, 0x3f8805, 0x3f8c11, 0x3f8c4c,
    0x3f8ccb, 0x3f8d4d, 0x3f8d8e, 0x3f8dcd, 0x3f8e0e, 0x3f8e4d, 0x3f8e8e, 0x3f8ecd, 0x3f8f0e, 0x3f8f4d, 0x3f8f8e, 0x3f8fcd,
    0x3f900e, 0x3f904d, 0x3f908e, 0x3f90cd, 0x3f910e, 0x3f9151, 0x3f91cd, 0x3f920e, 0x3f9251, 0x3f934b, 0x3f9411, 0x3f94dd,
    0x3f9511, 0x3f960c, 0x3f964d, 0x3f968e, 0x3f96cd, 0x3f970e, 0x3f974d, 0x3f978e, 0x3f97d1, 0x3f9892, 0x3f98cc, 0x3f9912,
    0x3f99dd, 0x3f9a11, 0x3f9a53, 0x3f9a91, 0x3f9b1d, 0x3f9c04, 0x3f9d5d, 0x3f9d84, 0x3fbf5d, 0x3fbfda, 0x3fc01d, 0x3fc051,
    0x3fc113, 0x3fc151, 0x3fc20d, 0x3fc24e, 0x3fc291, 0x3fc2d2, 0x3fc311, 0x3fc34c, 0x3fc391, 0x3fc408, 0x3fc691, 0x3fc712,
    0x3fc7d1, 0x3fc840, 0x3fcecd, 0x3fcf11, 0x3fcf4e, 0x3fcf94, 0x3fcfcb, 0x3fd014, 0x3fd041, 0x3fd6cd, 0x3fd712, 0x3fd74e,
    0x3fd792, 0x3fd7cd, 0x3fd80e, 0x3fd851, 0x3fd88d, 0x3fd8ce, 0x3fd911, 0x3fd984, 0x3fdc03, 0x3fdc44, 0x3fe783, 0x3fe804,
    0x3fefdd, 0x3ff084, 0x3ff21d, 0x3ff284, 0x3ff41d, 0x3ff484, 0x3ff61d, 0x3ff684, 0x3ff75d, 0x3ff813, 0x3ff892, 0x3ff8d4,
    0x3ff915, 0x3ff953, 0x3ff9dd, 0x3ffa15, 0x3ffa52, 0x3ffb55, 0x3ffbdd, 0x3ffe5a, 0x3fff15, 0x3fff9d, 0x400004, 0x40031d,
    0x400344, 0x4009dd, 0x400a04, 0x400edd, 0x400f04, 0x400f9d, 0x400fc4, 0x40139d, 0x401404, 0x40179d, 0x402004, 0x403edd,
    0x404011, 0x4040dd, 0x4041ca, 0x404d1d, 0x404dd5, 0x405009, 0x405d4a, 0x405e55, 0x40628a, 0x406315, 0x4063dd, 0x406415,
    0x40675d, 0x406815, 0x40685d, 0x407415, 0x407f45, 0x407f9d, 0x40a004, 0x40a75d, 0x40a804, 0x40b45d, 0x40b805, 0x40b84a,
    0x40bf1d, 0x40c004, 0x40c80a, 0x40c91d, 0x40cb44, 0x40d049, 0x40d084, 0x40d289, 0x40d2dd, 0x40d404, 0x40dda0, 0x40dedd,
    0x40e004, 0x40e79d, 0x40e7d1, 0x40e804, 0x40f11d, 0x40f204, 0x40f411, 0x40f449, 0x40f59d, 0x410000, 0x410a01, 0x411404,
    0x41279d, 0x412808, 0x412a9d, 0x412c00, 0x41351d, 0x413601, 0x413f1d, 0x414004, 0x414a1d, 0x414c04, 0x41591d, 0x415bd1,
    0x415c00, 0x415edd, 0x415f00, 0x4162dd, 0x416300, 0x4164dd, 0x416500, 0x41659d, 0x4165c1, 0x41689d, 0x4168c1, 0x416c9d,
    0x416cc1, 0x416e9d, 0x416ec1, 0x416f5d, 0x417004, 0x417d1d, 0x418004, 0x41cddd, 0x41d004, 0x41d59d, 0x41d804, 0x41da1d,
    0x41e01e, 0x41e043, 0x41e0de, 0x41e19d, 0x41e1de, 0x41ec5d, 0x41ec9e, 0x41eedd, 0x420004, 0x42019d, 0x420204, 0x42025d,
    0x420284, 0x420d9d, 0x420dc4, 0x420e5d, 0x420f04, 0x420f5d, 0x420fc4, 0x42159d, 0x4215d1, 0x42160a, 0x421804, 0x421dd5,
    0x421e4a, 0x422004, 0x4227dd, 0x4229ca, 0x422c1d, 0x423804, 0x423cdd, 0x423d04, 0x423d9d, 0x423eca, 0x424004, 0x42458a,
    0x42471d, 0x4247d1, 0x424804, 0x424e9d, 0x424fd1, 0x425004, 0x42569d, 0x426004, 0x426e1d, 0x426f0a, 0x426f84, 0x42700a,
    0x42741d, 0x42748a, 0x428004, 0x428060, 0x42811d, 0x428160, 0x4281dd, 0x428320, 0x428404, 0x42851d, 0x428544, 0x42861d,
    0x428644, 0x428d9d, 0x428e05, 0x428edd, 0x428fc5, 0x42900a, 0x42925d, 0x429411, 0x42965d, 0x429804, 0x429f4a, 0x429fd1,
    0x42a004, 0x42a74a, 0x42a81d, 0x42b004, 0x42b215, 0x42b244, 0x42b945, 0x42b9dd, 0x42baca, 0x42bc11, 0x42bddd, 0x42c004,
    0x42cd9d, 0x42ce51, 0x42d004, 0x42d59d, 0x42d60a, 0x42d804, 0x42dcdd, 0x42de0a, 0x42e004, 0x42e49d, 0x42e651, 0x42e75d,
    0x42ea4a, 0x42ec1d, 0x430004, 0x43125d, 0x432000, 0x432cdd, 0x433001, 0x433cdd, 0x433e8a, 0x434004, 0x434920, 0x434a1d,
    0x434c08, 0x434e9d, 0x435008, 0x435284, 0x435383, 0x4353c4, 0x435400, 0x43599d, 0x435a60, 0x435a85, 0x435b8c, 0x435bc3,
    0x435c01, 0x43619d, 0x436392, 0x43641d, 0x43980a, 0x439fdd, 0x43a004, 0x43aa9d, 0x43aae0, 0x43ab4c, 0x43ab9d, 0x43ac04,
    0x43ac9d, 0x43b084, 0x43b143, 0x43b184, 0x43b21d, 0x43b411, 0x43b455, 0x43b65d, 0x43bea0, 0x43bf45, 0x43c004, 0x43c74a,
    0x43c9c4, 0x43ca1d, 0x43cc04, 0x43d185, 0x43d44a, 0x43d551, 0x43d69d, 0x43dc04, 0x43e085, 0x43e191, 0x43e29d, 0x43ec04,
    0x43f14a, 0x43f31d, 0x43f804, 0x43fddd, 0x440022, 0x440060, 0x4400a2, 0x4400c4, 0x440e20, 0x441185, 0x4411d1, 0x44139d,
    0x44148a, 0x441988, 0x441c05, 0x441c44, 0x441ce0, 0x441d44, 0x441d9d, 0x441fc5, 0x442020, 0x4420a2, 0x4420c4, 0x442c22,
    0x442ce0, 0x442de2, 0x442e45, 0x442ed1, 0x442f5a, 0x442f91, 0x4430a0, 0x4430dd, 0x44335a, 0x44339d, 0x443404, 0x443a5d,
    0x443c08, 0x443e9d, 0x444020, 0x4440c4, 0x4449e0, 0x444b22, 0x444b60, 0x444cc5, 0x444d5d, 0x444d88, 0x445011, 0x445104,
    0x445162, 0x4451c4, 0x44521d, 0x445404, 0x445cc5, 0x445d11, 0x445d84, 0x445ddd, 0x446020, 0x4460a2, 0x4460c4, 0x446ce2,
    0x446da0, 0x446fe2, 0x447006, 0x447044, 0x447151, 0x447245, 0x447351, 0x4473a2, 0x4473e0, 0x447408, 0x447684, 0x4476d1,
    0x447704, 0x447751, 0x44781d, 0x44784a, 0x447d5d, 0x448004, 0x44849d, 0x4484c4, 0x448b22, 0x448be0, 0x448ca2, 0x448d20,
    0x448d46, 0x448d85, 0x448de0, 0x448e11, 0x448fa0, 0x448fc4, 0x449060, 0x44909d, 0x44a004, 0x44a1dd, 0x44a204, 0x44a25d,
    0x44a284, 0x44a39d, 0x44a3c4, 0x44a79d, 0x44a7c4, 0x44aa51, 0x44aa9d, 0x44ac04, 0x44b7e0, 0x44b822, 0x44b8e0, 0x44ba45,
    0x44badd, 0x44bc08, 0x44be9d, 0x44c020, 0x44c0a2, 0x44c11d, 0x44c144, 0x44c35d, 0x44c3c4, 0x44c45d, 0x44c4c4, 0x44ca5d,
    0x44ca84, 0x44cc5d, 0x44cc84, 0x44cd1d, 0x44cd44, 0x44ce9d, 0x44cec5, 0x44cf44, 0x44cfa2, 0x44d020, 0x44d062, 0x44d15d,
    0x44d1e2, 0x44d25d, 0x44d2e2, 0x44d346, 0x44d39d, 0x44d404, 0x44d45d, 0x44d5e2, 0x44d61d, 0x44d744, 0x44d8a2, 0x44d91d,
    0x44d985, 0x44db5d, 0x44dc05, 0x44dd5d, 0x44e004, 0x44e29d, 0x44e2c4, 0x44e31d, 0x44e384, 0x44e3dd, 0x44e404, 0x44ed9d,
    0x44edc4, 0x44ee22, 0x44eee0, 0x44f05d, 0x44f0a2, 0x44f0dd, 0x44f162, 0x44f19d, 0x44f1e2, 0x44f2dd, 0x44f322, 0x44f385,
    0x44f3c6, 0x44f405, 0x44f444, 0x44f485, 0x44f4c4, 0x44f511, 0x44f59d, 0x44f5d1, 0x44f65d, 0x44f845, 0x44f8dd, 0x450004,
    0x450d62, 0x450e20, 0x451022, 0x451085, 0x4510e0, 0x451162, 0x451185, 0x4511c4, 0x4512d1, 0x451408, 0x451691, 0x45171d,
    0x451751, 0x451785, 0x4517c4, 0x45189d, 0x452004, 0x452c22, 0x452ce0, 0x452e62, 0x452ea0, 0x452ee2, 0x452fe0, 0x453062,
    0x453085, 0x453104, 0x453191, 0x4531c4, 0x45321d, 0x453408, 0x45369d, 0x456004, 0x456be2, 0x456ca0, 0x456d9d, 0x456e22,
    0x456f20, 0x456fa2, 0x456fc5, 0x457051, 0x457604, 0x457720, 0x45779d, 0x458004, 0x458c22, 0x458ce0, 0x458ee2, 0x458f60,
    0x458fa2, 0x458fc5, 0x459020, 0x459051, 0x459104, 0x45915d, 0x459408, 0x45969d, 0x459811, 0x459b5d, 0x45a004, 0x45aae0,
    0x45ab22, 0x45ab60, 0x45aba2, 0x45ac20, 0x45ad86, 0x45adc5, 0x45ae04, 0x45ae51, 0x45ae9d, 0x45b008, 0x45b29d, 0x45b408,
    0x45b91d, 0x45c004, 0x45c6dd, 0x45c760, 0x45c7a2, 0x45c7e0, 0x45c822, 0x45c8a0, 0x45c9a2, 0x45c9e0, 0x45cac5, 0x45cb1d,
    0x45cc08, 0x45ce8a, 0x45cf11, 0x45cfd5, 0x45d004, 0x45d1dd, 0x460004, 0x460b22, 0x460be0, 0x460e22, 0x460e45, 0x460ed1,
    0x460f1d, 0x462800, 0x463001, 0x463808, 0x463a8a, 0x463cdd, 0x463fc4, 0x4641dd, 0x464244, 0x46429d, 0x464304, 0x46451d,
    0x464544, 0x4645dd, 0x464604, 0x464c22, 0x464d9d, 0x464de2, 0x464e5d, 0x464ee0, 0x464f46, 0x464f85, 0x464fc4, 0x465022,
    0x465044, 0x4650a2, 0x4650c5, 0x465111, 0x4651dd, 0x465408, 0x46569d, 0x466804, 0x466a1d, 0x466a84, 0x467462, 0x467520,
    0x46761d, 0x4676a0, 0x467722, 0x467805, 0x467844, 0x467891, 0x4678c4, 0x467922, 0x46795d, 0x468004, 0x468060, 0x4682c4,
    0x468cc5, 0x468d60, 0x468e62, 0x468e84, 0x468ee0, 0x468fd1, 0x4691c5, 0x46921d, 0x469404, 0x469460, 0x4695e2, 0x469660,
    0x469704, 0x46a2a0, 0x46a5e2, 0x46a605, 0x46a691, 0x46a744, 0x46a791, 0x46a8dd, 0x46ac04, 0x46be5d, 0x46c011, 0x46c29d,
    0x46d820, 0x46d862, 0x46d8a0, 0x46d962, 0x46d9a0, 0x46d9e2, 0x46da1d, 0x46f004, 0x46f851, 0x46f89d, 0x46fc08, 0x46fe9d,
    0x470004, 0x47025d, 0x470284, 0x470be2, 0x470c20, 0x470ddd, 0x470e20, 0x470fa2, 0x470fc5, 0x471004, 0x471051, 0x47119d,
    0x471408, 0x47168a, 0x471b5d, 0x471c11, 0x471c84, 0x47241d, 0x4724a0, 0x472a1d, 0x472a62, 0x472aa0, 0x472c62, 0x472ca0,
    0x472d22, 0x472d60, 0x472ddd, 0x474004, 0x4741dd, 0x474204, 0x47429d, 0x4742c4, 0x474c60, 0x474ddd, 0x474ea0, 0x474edd,
    0x474f20, 0x474f9d, 0x474fe0, 0x475085, 0x4750e0, 0x475105, 0x475184, 0x4751e0, 0x47521d, 0x475408, 0x47569d, 0x475804,
    0x47599d, 0x4759c4, 0x475a5d, 0x475a84, 0x4762a2, 0x4763dd, 0x476420, 0x47649d, 0x4764e2, 0x476560, 0x4765a2, 0x4765c5,
    0x476604, 0x47665d, 0x476808, 0x476a9d, 0x476c04, 0x477643, 0x477684, 0x47771d, 0x477808, 0x477a9d, 0x47b804, 0x47bce0,
    0x47bd62, 0x47bdd1, 0x47be5d, 0x47c020, 0x47c084, 0x47c0e2, 0x47c104, 0x47c45d, 0x47c484, 0x47cd22, 0x47cda0, 0x47cedd,
    0x47cfa2, 0x47d020, 0x47d046, 0x47d085, 0x47d0d1, 0x47d408, 0x47d685, 0x47d6dd, 0x47ec04, 0x47ec5d, 0x47f00a, 0x47f555,
    0x47f753, 0x47f855, 0x47fc9d, 0x47ffd1, 0x480004, 0x48e69d, 0x490009, 0x491bdd, 0x491c11, 0x491d5d, 0x492004, 0x49511d,
    0x4be404, 0x4bfc51, 0x4bfcdd, 0x4c0004, 0x4d0c1a, 0x4d1005, 0x4d1044, 0x4d11c5, 0x4d159d, 0x4d1804, 0x50fedd, 0x510004,
    0x5191dd, 0x584004, 0x5847a0, 0x584aa2, 0x584b60, 0x584bc5, 0x584c08, 0x584e9d, 0x5a0004, 0x5a8e5d, 0x5a9004, 0x5a97dd,
    0x5a9808, 0x5a9a9d, 0x5a9b91, 0x5a9c04, 0x5aafdd, 0x5ab008, 0x5ab29d, 0x5ab404, 0x5abb9d, 0x5abc05, 0x5abd51, 0x5abd9d,
    0x5ac004, 0x5acc05, 0x5acdd1, 0x5acf15, 0x5ad003, 0x5ad111, 0x5ad155, 0x5ad19d, 0x5ad408, 0x5ad69d, 0x5ad6ca, 0x5ad89d,
    0x5ad8c4, 0x5ade1d, 0x5adf44, 0x5ae41d, 0x5b5003, 0x5b50c4, 0x5b5ac3, 0x5b5b51, 0x5b5c08, 0x5b5e9d, 0x5b9000, 0x5b9801,
    0x5ba00a, 0x5ba5d1, 0x5ba6dd, 0x5ba800, 0x5bae5d, 0x5baec1, 0x5bb51d, 0x5bc004, 0x5bd2dd, 0x5bd3e0, 0x5bd404, 0x5bd462,
    0x5be21d, 0x5be3e0, 0x5be4c3, 0x5be81d, 0x5bf803, 0x5bf891, 0x5bf8c3, 0x5bf905, 0x5bf95d, 0x5bfc22, 0x5bfc83, 0x5bfd09,
    0x5bfddd, 0x5c0004, 0x63359d, 0x633fc4, 0x6347dd, 0x636004, 0x637cdd, 0x6bfc03, 0x6bfd1d, 0x6bfd43, 0x6bff1d, 0x6bff43,
    0x6bffdd, 0x6c0004, 0x6c48dd, 0x6c4c84, 0x6c4cdd, 0x6c5404, 0x6c54dd, 0x6c5544, 0x6c559d, 0x6c5904, 0x6c5a1d, 0x6c5c04,
    0x6cbf1d, 0x6f0004, 0x6f1add, 0x6f1c04, 0x6f1f5d, 0x6f2004, 0x6f225d, 0x6f2404, 0x6f269d, 0x6f2715, 0x6f2745, 0x6f27a0,
    0x6f27d1, 0x6f281a, 0x6f291d, 0x730015, 0x733c08, 0x733e95, 0x733f5d, 0x734015, 0x73ad1d, 0x73ae95, 0x73b45d, 0x73b815,
    0x73bc12, 0x73bc5d, 0x73c005, 0x73cb9d, 0x73cc05, 0x73d1dd, 0x73d415, 0x73f11d, 0x740015, 0x743d9d, 0x744015, 0x7449dd,
    0x744a55, 0x745946, 0x7459c5, 0x745a95, 0x745b46, 0x745cda, 0x745ec5, 0x7460d5, 0x746145, 0x746315, 0x746a85, 0x746b95,
    0x747add, 0x748015, 0x749085, 0x749155, 0x74919d, 0x74b00a, 0x74b51d, 0x74b80a, 0x74bd1d, 0x74c015, 0x74d5dd, 0x74d80a,
    0x74de5d, 0x750000, 0x750681, 0x750d00, 0x751381, 0x75155d, 0x751581, 0x751a00, 0x752081, 0x752700, 0x75275d, 0x752780,
    0x75281d, 0x752880, 0x7528dd, 0x752940, 0x7529dd, 0x752a40, 0x752b5d, 0x752b80, 0x752d81, 0x752e9d, 0x752ec1, 0x752f1d,
    0x752f41, 0x75311d, 0x753141, 0x753400, 0x753a81, 0x754100, 0x75419d, 0x7541c0, 0x7542dd, 0x754340, 0x75455d, 0x754580,
    0x75475d, 0x754781, 0x754e00, 0x754e9d, 0x754ec0, 0x754fdd, 0x755000, 0x75515d, 0x755180, 0x7551dd, 0x755280, 0x75545d,
    0x755481, 0x755b00, 0x756181, 0x756800, 0x756e81, 0x757500, 0x757b81, 0x758200, 0x758881, 0x758f00, 0x759581, 0x759c00,
    0x75a281, 0x75a99d, 0x75aa00, 0x75b052, 0x75b081, 0x75b6d2, 0x75b701, 0x75b880, 0x75bed2, 0x75bf01, 0x75c552, 0x75c581,
    0x75c700, 0x75cd52, 0x75cd81, 0x75d3d2, 0x75d401, 0x75d580, 0x75dbd2, 0x75dc01, 0x75e252, 0x75e281, 0x75e400, 0x75ea52,
    0x75ea81, 0x75f0d2, 0x75f101, 0x75f2bf, 0x75f31d, 0x75f388, 0x760015, 0x768005, 0x768dd5, 0x768ec5, 0x769b55, 0x769d45,
    0x769d95, 0x76a105, 0x76a155, 0x76a1d1, 0x76a31d, 0x76a6c5, 0x76a81d, 0x76a845, 0x76ac1d, 0x77c001, 0x77c284, 0x77c2c1,
    0x77c7dd, 0x77c941, 0x77cadd, 0x780020, 0x7801dd, 0x780220, 0x78065d, 0x7806e0, 0x78089d, 0x7808e0, 0x78095d, 0x7809a0,
    0x780add, 0x780c1e, 0x781b9d, 0x7823e0, 0x78241d, 0x784004, 0x784b5d, 0x784c05, 0x784dc3, 0x784f9d, 0x785008, 0x78529d,
    0x785384, 0x7853d5, 0x78541d, 0x78a404, 0x78ab85, 0x78abdd, 0x78b004, 0x78bb05, 0x78bc08, 0x78be9d, 0x78bfd3, 0x78c01d,
    0x793404, 0x793ac3, 0x793b05, 0x793c08, 0x793e9d, 0x797404, 0x797b85, 0x797c04, 0x797c48, 0x797edd, 0x797fd1, 0x79801d,
    0x79b004, 0x79b7dd, 0x79b804, 0x79b8e0, 0x79b904, 0x79b9a0, 0x79b9c4, 0x79bba0, 0x79bc04, 0x79bd60, 0x79bd9d, 0x79bf84,
    0x79bfc3, 0x79c01d, 0x79f804, 0x79f9dd, 0x79fa04, 0x79fb1d, 0x79fb44, 0x79fbdd, 0x79fc04, 0x79ffdd, 0x7a0004, 0x7a315d,
    0x7a31ca, 0x7a3405, 0x7a35dd, 0x7a4000, 0x7a4881, 0x7a5105, 0x7a51e0, 0x7a5205, 0x7a52c3, 0x7a531d, 0x7a5408, 0x7a569d,
    0x7a5791, 0x7a581d, 0x7b1c4a, 0x7b2b15, 0x7b2b4a, 0x7b2c13, 0x7b2c4a, 0x7b2d5d, 0x7b404a, 0x7b4b95, 0x7b4bca, 0x7b4f9d,
    0x7b8004, 0x7b811d, 0x7b8144, 0x7b881d, 0x7b8844, 0x7b88dd, 0x7b8904, 0x7b895d, 0x7b89c4, 0x7b8a1d, 0x7b8a44, 0x7b8cdd,
    0x7b8d04, 0x7b8e1d, 0x7b8e44, 0x7b8e9d, 0x7b8ec4, 0x7b8f1d, 0x7b9084, 0x7b90dd, 0x7b91c4, 0x7b921d, 0x7b9244, 0x7b929d,
    0x7b92c4, 0x7b931d, 0x7b9344, 0x7b941d, 0x7b9444, 0x7b94dd, 0x7b9504, 0x7b955d, 0x7b95c4, 0x7b961d, 0x7b9644, 0x7b969d,
    0x7b96c4, 0x7b971d, 0x7b9744, 0x7b979d, 0x7b97c4, 0x7b981d, 0x7b9844, 0x7b98dd, 0x7b9904, 0x7b995d, 0x7b99c4, 0x7b9add,
    0x7b9b04, 0x7b9cdd, 0x7b9d04, 0x7b9e1d, 0x7b9e44, 0x7b9f5d, 0x7b9f84, 0x7b9fdd, 0x7ba004, 0x7ba29d, 0x7ba2c4, 0x7ba71d,
    0x7ba844, 0x7ba91d, 0x7ba944, 0x7baa9d, 0x7baac4, 0x7baf1d, 0x7bbc12, 0x7bbc9d, 0x7c0015, 0x7c0b1d, 0x7c0c15, 0x7c251d,
    0x7c2815, 0x7c2bdd, 0x7c2c55, 0x7c301d, 0x7c3055, 0x7c341d, 0x7c3455, 0x7c3d9d, 0x7c400a, 0x7c4355, 0x7c4c25, 0x7c5295,
    0x7c5425, 0x7c5a95, 0x7c5c25, 0x7c6295, 0x7c6b9d, 0x7c7995, 0x7c80dd, 0x7c8415, 0x7c8f1d, 0x7c9015, 0x7c925d, 0x7c9415,
    0x7c949d, 0x7c9815, 0x7c999d, 0x7cc015, 0x7cfed4, 0x7d0015, 0x7db65d, 0x7db715, 0x7dbb5d, 0x7dbc15, 0x7dbf5d, 0x7dc015,
    0x7df69d, 0x7df815, 0x7dfb1d, 0x7dfc15, 0x7dfc5d, 0x7e0015, 0x7e031d, 0x7e0415, 0x7e121d, 0x7e1415, 0x7e169d, 0x7e1815,
    0x7e221d, 0x7e2415, 0x7e2b9d, 0x7e2c15, 0x7e2f1d, 0x7e3015, 0x7e309d, 0x7e3412, 0x7e365d, 0x7e4015, 0x7e961d, 0x7e9815,
    0x7e9b9d, 0x7e9c15, 0x7e9f5d, 0x7ea015, 0x7ea2dd, 0x7ea395, 0x7eb1dd, 0x7eb215, 0x7eb25d, 0x7eb355, 0x7eb75d, 0x7eb7d5,
    0x7ebadd, 0x7ebbd5, 0x7ebe5d, 0x7ec015, 0x7ee4dd, 0x7ee515, 0x7efc08, 0x7efe95, 0x7efedd, 0x800004, 0xa9b81d, 0xa9c004,
    0xae079d, 0xae0804, 0xb3ab9d, 0xb3ac04, 0xbaf85d, 0xbafc04, 0xbb979d, 0xbe0004, 0xbe879d, 0xc00004, 0xc4d2dd, 0xc4d404,
    0xcd1e9d, 0x380005a, 0x380009d, 0x380081a, 0x380201d, 0x3804005, 0x3807c1d, 0x3c0001c, 0x3ffff9d, 0x400001c, 0x43fff9d,
};

} // namespace

character_kind kind_of(std::uint32_t code_point) noexcept {
    auto const next = std::upper_bound(std::begin(kind_runs), std::end(kind_runs), code_point << 6 | 63);
    if (next == std::begin(kind_runs)) return kind_Cn; // ASCII, which needs no table
    auto const run = *std::prev(next);
    auto const kind = run & 63;
    if (kind == 63) return (code_point - (run >> 6)) % 2 == 0 ? kind_Lu : kind_Ll;
    return static_cast<character_kind>(kind);
}

} // namespace parley::detail

#endif

#include <bit>
#include <cstddef>
#include <cstdint>
#if defined(__x86_64__) || defined(__i386__)
#include <tmmintrin.h>
#endif

namespace parley::detail {

namespace {

// A code point and the place behind it, or before it if it was read backwards.
struct code_point {
    char const* next;
    std::uint32_t value;
};
constexpr std::uint32_t no_code_point = 0xffffffff;

unsigned char byte_at(char const* at) noexcept { return static_cast<unsigned char>(*at); }
bool continues(char const* at) noexcept { return (byte_at(at) & 0xc0) == 0x80; }

// The code point at `at`; `no_code_point` for a byte that begins none.
code_point code_point_at(char const* at, char const* end) noexcept {
    auto const lead = byte_at(at);
    auto const left = end - at;
    auto const more = [at](int k) { return byte_at(at + k) & 0x3fU; };
    if (lead < 0x80) return {at + 1, lead};
    if (lead < 0xe0) {
        if (lead >= 0xc2 && left >= 2 && continues(at + 1)) return {at + 2, (lead & 0x1fU) << 6 | more(1)};
    } else if (lead < 0xf0) {
        if (left >= 3 && continues(at + 1) && continues(at + 2)) {
            auto const value = (lead & 0xfU) << 12 | more(1) << 6 | more(2);
            if (value >= 0x800 && (value < 0xd800 || value > 0xdfff)) return {at + 3, value};
        }
    } else if (lead < 0xf5) {
        if (left >= 4 && continues(at + 1) && continues(at + 2) && continues(at + 3)) {
            auto const value = (lead & 7U) << 18 | more(1) << 12 | more(2) << 6 | more(3);
            if (value >= 0x10000 && value <= 0x10ffff) return {at + 4, value};
        }
    }
    return {at + 1, no_code_point};
}

// The code point before `at`. What is one forwards is one backwards.
code_point code_point_before(char const* begin, char const* at) noexcept {
    auto lead = at - 1;
    while (lead > begin && at - lead < 4 && continues(lead)) --lead;
    auto const c = code_point_at(lead, at);
    return c.next == at ? code_point{lead, c.value} : code_point{at - 1, no_code_point};
}

#if (defined(__x86_64__) || defined(__i386__)) && defined(__GNUC__)
#define PARLEY_SHUFFLES
// One bit for each of the 16 bytes at `at` that is not in the class: both halves of a byte are looked up at once.
__attribute__((target("ssse3"))) inline unsigned outside_class(__m128i const& table, char const* at) noexcept {
    auto const powers = _mm_setr_epi8(1, 2, 4, 8, 16, 32, 64, -128, 0, 0, 0, 0, 0, 0, 0, 0);
    auto const bytes = _mm_loadu_si128(reinterpret_cast<__m128i const*>(at));
    auto const high = _mm_and_si128(_mm_srli_epi16(bytes, 4), _mm_set1_epi8(15));
    auto const common = _mm_and_si128(_mm_shuffle_epi8(table, bytes), _mm_shuffle_epi8(powers, high));
    return static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(common, _mm_setzero_si128())));
}

// Before `stop` are 16 bytes or more that can be read.
__attribute__((target("ssse3"))) inline char const* skip_blocks(std::uint32_t const* words, char const* at,
                                                                char const* stop) noexcept {
    auto const table = _mm_loadu_si128(reinterpret_cast<__m128i const*>(words));
    for (; stop - at >= 16; at += 16) {
        if (auto const outside = outside_class(table, at)) return at + std::countr_zero(outside);
    }
    // The rest, as the last bytes of a block that overlaps with the one before.
    auto const outside = outside_class(table, stop - 16) >> (16 - (stop - at));
    return outside ? at + std::countr_zero(outside) : stop;
}
#endif

// A class of a program.
class character_class {
public:
    explicit character_class(std::uint32_t const* words) noexcept : words_(words) {}

    // For bytes: false for those that are not ASCII.
    bool has_byte(char const* at) const noexcept {
        unsigned const byte = byte_at(at);
        return reinterpret_cast<unsigned char const*>(words_)[class_byte(byte & 15)] >> (byte >> 4) & 1;
    }
    bool has(std::uint32_t c) const noexcept { return c < 0x80 ? class_has_ascii(words_, c) : has_above_ascii(c); }
    bool has_above_ascii(std::uint32_t c) const noexcept {
        auto const head = words_[class_head];
        if (head == 0 || c == no_code_point) return false;
        return is_listed(c) != ((head & class_negated) != 0);
    }

    // The first byte from `at` to `stop` that is not in the class, or `stop`. `begin` is that of the text.
    char const* skip([[maybe_unused]] char const* begin, char const* at, char const* stop) const noexcept {
#ifdef PARLEY_SHUFFLES
        if (stop - begin >= 16 && __builtin_cpu_supports("ssse3")) return skip_blocks(words_, at, stop);
#endif
        while (at != stop && has_byte(at)) ++at;
        return at;
    }

private:
    bool is_listed(std::uint32_t c) const noexcept {
        auto const flags = words_[class_head];
        auto const* next = words_ + class_fixed_size;
        auto const* ranges = flags & class_kinds ? next + 2 : next;
        for (auto const* const end = ranges + 2 * (flags >> 8); ranges != end; ranges += 2) {
            if (c >= ranges[0] && c <= ranges[1]) return true;
        }
        if (flags & (class_space | class_not_space) && (flags & (is_space(c) ? class_space : class_not_space))) return true;
        if (!(flags & class_kinds)) return false;
        auto const kinds = next[0] | std::uint64_t{next[1]} << 32;
        return kinds >> kind_of(c) & 1;
    }

    // WhiteSpace and LineTerminator of ECMA 262, above ASCII.
    static bool is_space(std::uint32_t c) noexcept {
        return c == 0xa0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x205f
            || c == 0x3000 || c == 0xfeff;
    }

    std::uint32_t const* words_;
};

// A text and the places in it at which assertions hold.
struct subject {
    char const *begin, *end;

    std::size_t size() const noexcept { return static_cast<std::size_t>(end - begin); }

    bool holds(pattern_op assertion, char const* at) const noexcept {
        switch (assertion) {
        case op_text_begin: return at == begin;
        case op_text_end: return at == end;
        case op_line_begin: return at == begin || is_line_terminator(code_point_before(begin, at).value);
        case op_line_end: return at == end || is_line_terminator(code_point_at(at, end).value);
        case op_boundary: return is_boundary(at);
        default: return !is_boundary(at);
        }
    }

private:
    bool is_boundary(char const* at) const noexcept {
        return (at != begin && is_word(byte_at(at - 1))) != (at != end && is_word(byte_at(at)));
    }
    static bool is_line_terminator(std::uint32_t c) noexcept { return c == '\n' || c == '\r' || c == 0x2028 || c == 0x2029; }
    static bool is_word(unsigned char c) noexcept {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    }
};

} // namespace
} // namespace parley::detail

#endif

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <iterator>

namespace parley::detail {

namespace {

inline bool is_literal(char const* at, std::uint32_t const* literal, std::size_t size) noexcept {
    for (; size >= sizeof(std::uint32_t); size -= sizeof(std::uint32_t), at += sizeof(std::uint32_t), ++literal) {
        std::uint32_t four;
        std::memcpy(&four, at, sizeof four);
        if (four != *literal) return false;
    }
    auto const* rest = reinterpret_cast<char const*>(literal);
    for (std::size_t i = 0; i < size; ++i) {
        if (at[i] != rest[i]) return false;
    }
    return true;
}

// How far a pattern was followed.
struct straight_match {
    enum class answer : std::uint8_t { yes, no, open } found = answer::open;
    std::uint32_t const* code = nullptr; // what is next, if the answer is open; null: the begin, anywhere in the text
    char const* at = nullptr;
};

// Follows a pattern that begins with the text for as long as there is one way only, and no character beyond ASCII. Most
// patterns are that and nothing else.
inline straight_match match_without_choice(pattern_view const& pattern, subject const& text) noexcept {
    using answer = straight_match::answer;
    auto const* code = pattern.words + 1;
    if (op_of(*code) != op_text_begin) return {};
    ++code;
    for (auto const* at = text.begin;;) {
        auto const argument = argument_of(*code);
        switch (op_of(*code)) {
        case op_accept: return {answer::yes};
        case op_text_end:
            if (at != text.end) return {answer::no};
            ++code;
            break;
        case op_literal:
            if (static_cast<std::size_t>(text.end - at) < argument || !is_literal(at, code + 1, argument)) return {answer::no};
            at += argument;
            code += 1 + (argument + 3) / 4;
            break;
        case op_one:
            if (at == text.end) return {answer::no};
            if (byte_at(at) >= 0x80) return {answer::open, code, at};
            if (!character_class(pattern.words + pattern.size - argument).has_byte(at)) return {answer::no};
            ++at;
            ++code;
            break;
        case op_take_all: {
            auto const left = static_cast<std::size_t>(text.end - at);
            auto const* const stop = code[2] < left ? at + code[2] : text.end;
            auto const* const next = character_class(pattern.words + pattern.size - argument).skip(text.begin, at, stop);
            if (next != stop && byte_at(next) >= 0x80) return {answer::open, code, at};
            if (static_cast<std::size_t>(next - at) < code[1]) return {answer::no};
            at = next;
            code += 3;
            break;
        }
        default: return {answer::open, code, at};
        }
    }
}

// Tries one way after the other, the longest repetition first. Quick for patterns that leave little choice, which is what
// most are; gives up after so many steps that it is clear that this one is none of them.
class quick_matcher {
public:
    enum class answer : std::uint8_t { yes, no, unknown };

    quick_matcher(pattern_view const& pattern, subject const& text) noexcept
        : end_of_program_(pattern.words + pattern.size), code_(pattern.words + 1), header_(pattern.words[0]), text_(text),
          steps_(8 * static_cast<std::ptrdiff_t>(text.size()) + 512) {}

    /// Goes on from where `match_without_choice` stopped, or else searches from the begin of the text.
    answer search(straight_match const& begun) {
        if (argument_of(header_) > std::size(counters_)) return answer::unknown;
        if (begun.code) return match_above(0, begun.code, begun.at);
        if (header_ & pattern_is_anchored) return match_above(0, code_, text_.begin);
        for (auto at = text_.begin;; at = code_point_at(at, text_.end).next) {
            if (op_of(*code_) == op_literal && at != text_.end) {
                auto const first = *reinterpret_cast<char const*>(code_ + 1);
                auto const* const found = std::memchr(at, first, static_cast<std::size_t>(text_.end - at));
                if (!found) return answer::no;
                at = static_cast<char const*>(found);
            }
            auto const found = match(code_, at);
            if (found != answer::no || at == text_.end) return found;
        }
    }

private:
    using word = std::uint32_t;

    // Where to go on.
    struct place {
        word const* code;
        char const* at;
    };

    // What to go back to: another way, from any place from `last` to `first`. Without a way, a counter as it was.
    struct choice {
        word const* code;
        char const *first, *last;
        word which, passed;
    };

    // How often a loop was passed, and where it was entered the last time.
    struct counter {
        word passed;
        char const* entered;
    };

    answer match(word const* code, char const* at) {
        auto const bottom = depth_;
        auto const result = match_above(bottom, code, at);
        depth_ = bottom;
        return result;
    }

    answer match_above(std::size_t const bottom, word const* code, char const* at) {
        for (;;) {
            auto const op = op_of(*code);
            auto const argument = argument_of(*code);
            bool good = true;
            switch (op) {
            case op_accept: return answer::yes;
            case op_literal:
                good = static_cast<std::size_t>(text_.end - at) >= argument && is_literal(at, code + 1, argument);
                if (good) at += argument;
                code += 1 + (argument + 3) / 4;
                break;
            case op_one:
                if (at == text_.end) {
                    good = false;
                } else if (byte_at(at) < 0x80) {
                    good = class_of(argument).has_byte(at++);
                } else {
                    auto const c = code_point_at(at, text_.end);
                    good = class_of(argument).has_above_ascii(c.value);
                    at = c.next;
                }
                ++code;
                break;
            case op_repeat:
            case op_take_all: {
                auto const set = class_of(argument);
                auto const most = code[2] == pattern_unbounded ? static_cast<std::size_t>(-1) : code[2];
                auto const stop = static_cast<std::size_t>(text_.end - at) > most ? at + most : text_.end;
                auto next = set.skip(text_.begin, at, stop);
                auto count = static_cast<std::size_t>(next - at);
                if (next != stop && byte_at(next) >= 0x80) {
                    auto const more = repeat(set, next, most - count);
                    next = more.at;
                    count += more.count;
                }
                steps_ -= static_cast<std::ptrdiff_t>(count / 8);
                good = count >= code[1];
                if (good && op == op_repeat && count > code[1] && !push_shorter(code, at, next)) return answer::unknown;
                at = next;
                code += 3;
                break;
            }
            case op_split:
                if (!may_begin(code + 1, at)) {
                    code += argument;
                } else {
                    if (may_begin(code + argument, at) && !push(code + argument, at)) return answer::unknown;
                    ++code;
                }
                break;
            case op_jump: code += argument; break;
            case op_back:
                if (!spend_step()) return answer::unknown;
                if (!may_begin(code - argument, at)) {
                    ++code;
                } else {
                    if (may_begin(code + 1, at) && !push(code + 1, at)) return answer::unknown;
                    code -= argument;
                }
                break;
            case op_loop:
                if (!save(bottom, argument)) return answer::unknown;
                counters_[argument] = {0, at};
                if (code[1] == 0 && may_begin(code + code[3], at) && !push(code + code[3], at)) return answer::unknown;
                code += 4;
                break;
            case op_again: {
                auto const* const loop = code - argument;
                auto& now = counters_[argument_of(*loop)];
                if (now.entered == at && now.passed + 1 >= loop[1]) {
                    // Passing it more often than it must be changes nothing.
                    good = now.passed < loop[1];
                    code = loop + loop[3];
                    break;
                }
                if (!spend_step() || !save(bottom, argument_of(*loop))) return answer::unknown;
                now = {now.passed + 1, at};
                if (now.passed >= loop[2]) {
                    code = loop + loop[3];
                    break;
                }
                if (now.passed >= loop[1] && may_begin(loop + loop[3], at) && !push(loop + loop[3], at)) return answer::unknown;
                code = loop + 4;
                break;
            }
            case op_look: {
                auto const found = match(code + 1, at);
                if (found == answer::unknown) return found;
                good = (found == answer::yes) == ((argument & 1) == 0);
                code += argument >> 2;
                break;
            }
            case op_text_begin:
                good = at == text_.begin;
                ++code;
                break;
            case op_text_end:
                good = at == text_.end;
                ++code;
                break;
            case op_literal_back:
                good = static_cast<std::size_t>(at - text_.begin) >= argument && is_literal(at - argument, code + 1, argument);
                if (good) at -= argument;
                code += 1 + (argument + 3) / 4;
                break;
            case op_one_back:
                good = take_back(class_of(argument), at);
                ++code;
                break;
            case op_repeat_back:
                if (code[1] != code[2]) return answer::unknown;
                for (word i = 0; good && i < code[1]; ++i) good = take_back(class_of(argument), at);
                code += 3;
                break;
            default:
                good = text_.holds(op, at);
                ++code;
                break;
            }
            if (good) continue;
            if (!spend_step()) return answer::unknown;
            auto const next = go_back(bottom);
            if (!next.code) return answer::no;
            code = next.code;
            at = next.at;
        }
    }

    // Steps are where code is run again, and what is repeated. False if there are none left.
    bool spend_step() noexcept { return --steps_ > 0; }

    character_class class_of(word distance) const noexcept { return character_class(end_of_program_ - distance); }

    // False if the code certainly does not match here. It looks no further than at the next byte.
    bool may_begin(word const* code, char const* at) const noexcept {
        auto const argument = argument_of(*code);
        switch (op_of(*code)) {
        case op_literal: return at != text_.end && *at == *reinterpret_cast<char const*>(code + 1);
        case op_repeat:
        case op_take_all:
            if (code[1] == 0) return true;
            [[fallthrough]];
        case op_one: return at != text_.end && (byte_at(at) >= 0x80 || class_of(argument).has_byte(at));
        case op_text_end: return at == text_.end;
        default: return true;
        }
    }

    struct repetition {
        char const* at;
        std::size_t count;
    };
    // Goes on from `at`, where there is no ASCII, over characters of the class, `most` at most.
    repetition repeat(character_class const set, char const* at, std::size_t most) const noexcept {
        std::size_t count = 0;
        while (count != most && at != text_.end) {
            if (byte_at(at) >= 0x80) {
                auto const c = code_point_at(at, text_.end);
                if (!set.has_above_ascii(c.value)) break;
                at = c.next;
                ++count;
            } else {
                auto const stop = static_cast<std::size_t>(text_.end - at) > most - count ? at + (most - count) : text_.end;
                auto const next = set.skip(text_.begin, at, stop);
                if (next == at) break;
                count += static_cast<std::size_t>(next - at);
                at = next;
            }
        }
        return {at, count};
    }

    bool take_back(character_class const set, char const*& at) const noexcept {
        if (at == text_.begin) return false;
        auto const c = code_point_before(text_.begin, at);
        at = c.next;
        return set.has(c.value);
    }

    // Keeps in mind that the repetition can end earlier than at `at`.
    bool push_shorter(word const* code, char const* from, char const* at) {
        for (word i = 0; i < code[1]; ++i) from = code_point_at(from, text_.end).next;
        return push({code + 3, from, before(from, at), 0, 0});
    }

    // The place one code point before `at`, which follows `first` by at least one.
    static char const* before(char const* first, char const* at) noexcept {
        do --at;
        while (at > first && continues(at));
        return at;
    }

    bool push(word const* code, char const* at) { return push({code, at, at, 0, 0}); }
    bool push(choice const& c) {
        if (depth_ == std::size(choices_)) return false;
        choices_[depth_++] = c;
        return true;
    }

    // Keeps in mind what a counter is, if there is anything to go back to that could need it.
    bool save(std::size_t bottom, word which) {
        if (depth_ == bottom) return true;
        auto const& last = choices_[depth_ - 1];
        if (!last.code && last.which == which) return true;
        return push({nullptr, counters_[which].entered, nullptr, which, counters_[which].passed});
    }

    // The last choice; without a way if there is none above `bottom`.
    place go_back(std::size_t bottom) noexcept {
        for (; depth_ > bottom; --depth_) {
            auto& last = choices_[depth_ - 1];
            if (!last.code) {
                counters_[last.which] = {last.passed, last.first};
                continue;
            }
            place const next{last.code, last.last};
            if (last.last == last.first) --depth_;
            else last.last = before(last.first, last.last);
            return next;
        }
        return {nullptr, nullptr};
    }

    word const* const end_of_program_;
    word const* const code_;
    word const header_;
    subject const text_;
    std::ptrdiff_t steps_;
    counter counters_[8];
    choice choices_[64];
    std::size_t depth_ = 0;
};

} // namespace
} // namespace parley::detail

#endif
#ifndef PARLEY_DESCRIBE_PATTERN_SET_MATCHER_IPP
#define PARLEY_DESCRIBE_PATTERN_SET_MATCHER_IPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace parley::detail {

namespace {

// A pattern as states, each with those that can follow it. A group that is repeated is there as often as it can occur.
class pattern_graph {
public:
    using word = std::uint32_t;
    static constexpr std::uint32_t none = 0xffffffff;

    struct state {
        pattern_op what;
        word reference = 0;    // the class, the character, or the number of what is looked for and whether it must not be there
        word min = 1, max = 1; // of a class
        std::uint32_t next = none, other = none;
    };

    // From `begin` to the end of the program, or of what is looked for. The latter in it are listed, not part of it.
    explicit pattern_graph(word const* begin) {
        auto end = begin;
        while (op_of(*end) != op_accept) end += size_of(end);
        add(begin, end);
        states_.push_back({op_accept});
    }

    std::vector<state> const& states() const noexcept { return states_; }
    std::vector<word const*> const& looks() const noexcept { return looks_; }

private:
    static std::size_t size_of(word const* code) noexcept {
        auto const argument = argument_of(*code);
        switch (op_of(*code)) {
        case op_literal:
        case op_literal_back: return 1 + (argument + 3) / 4;
        case op_repeat:
        case op_take_all:
        case op_repeat_back: return 3;
        case op_loop: return code[3];
        case op_look: return argument >> 2;
        default: return 1;
        }
    }

    std::uint32_t size() const noexcept { return static_cast<std::uint32_t>(states_.size()); }
    std::uint32_t push(state const& s) {
        states_.push_back(s);
        states_.back().next = size();
        return size() - 1;
    }

    // Adds the code from `begin` to `end`; what follows it follows.
    void add(word const* const begin, word const* const end) {
        std::vector<std::uint32_t> places(static_cast<std::size_t>(end - begin) + 1);
        struct reference {
            std::uint32_t from;
            std::uint32_t state::*way;
            std::ptrdiff_t to;
        };
        std::vector<reference> references;
        for (auto code = begin; code != end; code += size_of(code)) {
            places[static_cast<std::size_t>(code - begin)] = size();
            auto const argument = argument_of(*code);
            switch (auto const op = op_of(*code)) {
            case op_literal:
            case op_literal_back: add_literal(code); break;
            case op_one:
            case op_one_back: push({op_one, argument}); break;
            case op_repeat:
            case op_take_all:
            case op_repeat_back: push({op_repeat, argument, code[1], code[2]}); break;
            case op_split: references.push_back({push({op}), &state::other, code + argument - begin}); break;
            case op_back: references.push_back({push({op}), &state::other, code - argument - begin}); break;
            case op_jump: references.push_back({push({op}), &state::next, code + argument - begin}); break;
            case op_loop: add_loop(code); break;
            case op_look: push({op, look_number(code) << 1 | (argument & 1)}); break;
            default: push({op}); break;
            }
        }
        places.back() = size();
        for (auto const& r : references) states_[r.from].*r.way = places[static_cast<std::size_t>(r.to)];
    }

    void add_literal(word const* code) {
        auto const* at = reinterpret_cast<char const*>(code + 1);
        for (auto const* const end = at + argument_of(*code); at != end;) {
            auto const c = code_point_at(at, end);
            push({op_literal, c.value});
            at = c.next;
        }
    }

    void add_loop(word const* code) {
        auto const *begin = code + 4, *end = code + code[3] - 1;
        for (word i = 0; i < code[1]; ++i) add(begin, end);
        if (code[2] == pattern_unbounded) {
            auto const split = push({op_split});
            add(begin, end);
            states_[push({op_jump})].next = split;
            states_[split].other = size();
            return;
        }
        std::vector<std::uint32_t> splits;
        for (word i = code[1]; i < code[2]; ++i) {
            splits.push_back(push({op_split}));
            add(begin, end);
        }
        for (auto const split : splits) states_[split].other = size();
    }

    word look_number(word const* code) {
        auto const number = static_cast<word>(std::find(looks_.begin(), looks_.end(), code) - looks_.begin());
        if (number == looks_.size()) looks_.push_back(code);
        return number;
    }

    std::vector<state> states_;
    std::vector<word const*> looks_;
};

// Keeps the set of all states from which a match can be completed. It goes through the text from where matches end to where
// they begin, so that one pass says for each place whether one begins there; what looks ahead or behind is just that.
class set_matcher {
public:
    using word = std::uint32_t;

    // `behind`: a match goes from where it begins towards the begin of the text.
    set_matcher(pattern_view const& pattern, subject const& text, word const* code, bool behind)
        : pattern_(pattern), text_(text), behind_(behind), graph_(code), before_(graph_.states().size() + 1),
          reached_at_(graph_.states().size(), never), waiting_at_(graph_.states().size(), never), loops_(graph_.states().size()) {
        for (auto const* look : graph_.looks()) {
            looks_.emplace_back(text.size() + 1);
            auto& places = looks_.back();
            set_matcher(pattern, text, look + 1, (argument_of(*look) & 2) != 0).run([&](char const* at) {
                places[static_cast<std::size_t>(at - text.begin)] = true;
                return false;
            });
        }
        list_before();
    }

    // Calls `found` for each place at which a match begins, until it returns true. True if it did.
    template <class Found>
    bool run(Found const& found) {
        auto at = behind_ ? text_.begin : text_.end;
        auto const last = behind_ ? text_.end : text_.begin;
        for (;;) {
            go_back_from_end(at);
            if (reached_at_[0] == position_ && found(at)) return true;
            if (at == last) return false;
            auto const c = behind_ ? code_point_at(at, text_.end) : code_point_before(text_.begin, at);
            pass(c.value);
            at = c.next;
        }
    }

private:
    static constexpr std::size_t never = static_cast<std::size_t>(-1);
    using state = pattern_graph::state;

    // Where a repetition can end: runs of positions one after the other. How often it was passed since is the difference to the
    // position now.
    struct run_of_positions {
        std::size_t first, last;
    };
    struct loop {
        std::vector<run_of_positions> ends;
        std::size_t oldest = 0;

        bool empty() const { return oldest == ends.size(); }
        void clear() { ends.clear(), oldest = 0; }
    };

    // The states before each, one list after the other.
    void list_before() {
        auto const& states = graph_.states();
        for (auto const& s : states) {
            for (auto const to : {s.next, s.other}) {
                if (to != pattern_graph::none) ++before_[to + 1];
            }
        }
        for (std::size_t i = 1; i < before_.size(); ++i) before_[i] += before_[i - 1];
        sources_.resize(before_.back());
        auto next = before_;
        for (std::uint32_t from = 0; from < states.size(); ++from) {
            for (auto const to : {states[from].next, states[from].other}) {
                if (to != pattern_graph::none) sources_[next[to]++] = from;
            }
        }
    }

    // From all states that were reached here, and from the end, since a match can end anywhere.
    void go_back_from_end(char const* at) {
        waiting_.clear();
        reach(graph_.states().size() - 1);
        while (!reached_.empty()) {
            auto const to = reached_.back();
            reached_.pop_back();
            for (auto i = before_[to]; i < before_[to + 1]; ++i) go_back(sources_[i], at);
        }
        // Repetitions that go on, though nothing that follows them was reached here.
        for (auto const which : going_on_) wait(which);
        going_on_.clear();
    }

    void go_back(std::uint32_t which, char const* at) {
        auto const& s = graph_.states()[which];
        switch (s.what) {
        case op_literal:
        case op_one: wait(which); break;
        case op_repeat:
            wait(which);
            end_here(loops_[which], s);
            if (s.min == 0) reach(which);
            break;
        case op_split:
        case op_back:
        case op_jump: reach(which); break;
        case op_look: {
            bool const found = looks_[s.reference >> 1][static_cast<std::size_t>(at - text_.begin)];
            if (found == ((s.reference & 1) == 0)) reach(which);
            break;
        }
        default:
            if (text_.holds(s.what, at)) reach(which);
            break;
        }
    }

    void reach(std::size_t which) {
        if (reached_at_[which] == position_) return;
        reached_at_[which] = position_;
        reached_.push_back(static_cast<std::uint32_t>(which));
    }
    void wait(std::uint32_t which) {
        if (waiting_at_[which] == position_) return;
        waiting_at_[which] = position_;
        waiting_.push_back(which);
    }
    void end_here(loop& l, state const& s) const {
        if (l.empty()) l.ends.push_back({position_, position_});
        else if (s.max == pattern_unbounded) return; // the first is passed most often
        else if (l.ends.back().last + 1 == position_) l.ends.back().last = position_;
        else if (l.ends.back().last != position_) l.ends.push_back({position_, position_});
    }

    // Goes over one character, to the next position.
    void pass(std::uint32_t c) {
        auto const now = ++position_;
        for (auto const which : waiting_) {
            auto const& s = graph_.states()[which];
            bool const matches = s.what == op_literal ? s.reference == c : character_class(pattern_.words + pattern_.size - s.reference).has(c);
            if (s.what == op_repeat) {
                if (pass(loops_[which], s, matches)) going_on_.push_back(which);
                else continue;
                if (now - loops_[which].ends[loops_[which].oldest].first >= s.min) reach(which);
            } else if (matches) {
                reach(which);
            }
        }
    }
    // False if the repetition goes on no further.
    bool pass(loop& l, state const& s, bool matches) const {
        // Those that have used up their count are gone.
        while (matches && !l.empty() && s.max != pattern_unbounded && position_ - l.ends[l.oldest].first > s.max) {
            auto& oldest = l.ends[l.oldest];
            if (position_ - oldest.last > s.max) ++l.oldest;
            else oldest.first = position_ - s.max;
        }
        if (l.oldest > 32 && 2 * l.oldest > l.ends.size()) {
            l.ends.erase(l.ends.begin(), l.ends.begin() + static_cast<std::ptrdiff_t>(l.oldest));
            l.oldest = 0;
        }
        if (matches && !l.empty()) return true;
        l.clear();
        return false;
    }

    pattern_view const& pattern_;
    subject const& text_;
    bool behind_;
    pattern_graph graph_;
    std::vector<std::vector<bool>> looks_; // for each, at which places what is looked for is
    std::vector<std::uint32_t> before_, sources_;
    std::vector<std::size_t> reached_at_, waiting_at_; // the position at which a state was last reached, or waited for its character
    std::vector<loop> loops_;
    std::vector<std::uint32_t> reached_, waiting_, going_on_;
    std::size_t position_ = 0;
};

} // namespace
} // namespace parley::detail

#endif

namespace parley {

namespace {

bool search_by_sets(pattern_view const& pattern, detail::subject const& text) {
    return detail::set_matcher(pattern, text, pattern.words + 1, false).run([](char const*) { return true; });
}

} // namespace

bool search(pattern_view const& pattern, std::string_view text) {
    if (!pattern.words) return true;
    detail::subject const whole{text.data(), text.data() + text.size()};
    auto const begun = detail::match_without_choice(pattern, whole);
    if (begun.found != detail::straight_match::answer::open) return begun.found == detail::straight_match::answer::yes;
    using answer = detail::quick_matcher::answer;
    auto const quick = detail::quick_matcher(pattern, whole).search(begun);
    return quick == answer::unknown ? search_by_sets(pattern, whole) : quick == answer::yes;
}

} // namespace parley

#endif
#ifndef PARLEY_DESCRIBE_VALIDATE_IPP
#define PARLEY_DESCRIBE_VALIDATE_IPP

#include <algorithm>
#include <cmath>
#include <cstring>
#include <string>

namespace parley::detail {

std::int64_t signed_value(shape const& what, void const* value) noexcept {
    switch (what.size) {
    case 1: return *static_cast<std::int8_t const*>(value);
    case 2: { std::int16_t v; std::memcpy(&v, value, 2); return v; }
    case 4: { std::int32_t v; std::memcpy(&v, value, 4); return v; }
    default: { std::int64_t v; std::memcpy(&v, value, 8); return v; }
    }
}

std::uint64_t unsigned_value(shape const& what, void const* value) noexcept {
    switch (what.size) {
    case 1: return *static_cast<std::uint8_t const*>(value);
    case 2: { std::uint16_t v; std::memcpy(&v, value, 2); return v; }
    case 4: { std::uint32_t v; std::memcpy(&v, value, 4); return v; }
    default: { std::uint64_t v; std::memcpy(&v, value, 8); return v; }
    }
}

double floating_value(shape const& what, void const* value) noexcept {
    return what.size == sizeof(float) ? static_cast<double>(*static_cast<float const*>(value))
                                      : *static_cast<double const*>(value);
}

bool has_duplicates(list_shape const& list, void const* value) {
    struct state {
        std::vector<std::string> prints;
        list_shape const& list;
    } s{{}, list};
    list.each(value, &s, [](void* context, void const* item) {
        auto& c = *static_cast<state*>(context);
        append_fingerprint(c.prints.emplace_back(), *c.list.item.target, &c.list.item, item, 64);
        return true;
    });
    std::sort(s.prints.begin(), s.prints.end());
    return std::adjacent_find(s.prints.begin(), s.prints.end()) != s.prints.end();
}

std::string bounds_text(std::string_view what, bool has_min, std::string const& min, bool has_max, std::string const& max) {
    std::string text(what);
    if (has_min && has_max) return text + "between " + min + " and " + max + ", inclusive";
    if (has_min) return text + "greater than or equal to " + min;
    return text + "less than or equal to " + max;
}

void check_length(std::uint64_t length, constraint const& c, std::vector<violation>& found) {
    if (length >= c.min_length && length <= c.max_length) return;
    found.push_back({errc::invalid_length, {},
                     bounds_text("must have length ", c.min_length != 0, std::to_string(c.min_length),
                                 c.max_length != constraint{}.max_length, std::to_string(c.max_length)),
                     violation::no_offset, length});
}

void check_range(shape const& what, void const* value, constraint const& c, std::vector<violation>& found) {
    bool within = true;
    bool const floating = what.kind == shape_kind::floating;
    if (floating) {
        auto const number = floating_value(what, value);
        within = number >= c.min_number && number <= c.max_number; // false for NaN
    } else if (what.is_signed) {
        auto const number = signed_value(what, value);
        within = number >= c.min_integer && number <= c.max_integer;
    } else {
        auto const number = unsigned_value(what, value);
        constexpr auto open = std::numeric_limits<std::int64_t>::max();
        within = (c.min_integer <= 0 || number >= static_cast<std::uint64_t>(c.min_integer)) &&
                 (c.max_integer == open || (c.max_integer >= 0 && number <= static_cast<std::uint64_t>(c.max_integer)));
    }
    if (within) return;
    std::string min, max;
    if (floating) {
        if (std::isfinite(c.min_number)) append_double(min, c.min_number);
        if (std::isfinite(c.max_number)) append_double(max, c.max_number);
    } else {
        append_integer(min, c.min_integer);
        append_integer(max, c.max_integer);
    }
    found.push_back({errc::range_violation, {},
                     bounds_text("must be ", c.min_number != constraint{}.min_number, min,
                                 c.max_number != constraint{}.max_number, max)});
}

bool is_good_text(std::string_view text, std::size_t code_points, constraint const& c, pattern_view const& pattern) {
    return (!c.has_length || (code_points >= c.min_length && code_points <= c.max_length)) &&
           (!pattern.words || search(pattern, text));
}

void check_text(std::string_view text, constraint const& c, pattern_view const& pattern, std::vector<violation>& found) {
    if (c.has_length) check_length(count_code_points(text), c, found);
    if (!search(pattern, text)) {
        found.push_back({errc::pattern_mismatch, {},
                         std::string("must satisfy regular expression pattern: ").append(c.pattern)});
    }
}

void check_value(shape const& what, void const* value, constraint const& c, pattern_view const& pattern,
                 std::vector<violation>& found) {
    if (what.kind == shape_kind::text) return check_text(*static_cast<std::string const*>(value), c, pattern, found);
    if (what.kind == shape_kind::enumeration) return check_text(what.enumeration->text(value), c, pattern, found);
    if (c.has_length) {
        switch (what.kind) {
        case shape_kind::blob: check_length(static_cast<blob const*>(value)->bytes.size(), c, found); break;
        case shape_kind::list: check_length(what.list->size(value), c, found); break;
        case shape_kind::map: check_length(what.map->size(value), c, found); break;
        default: break;
        }
    }
    if (c.has_range) check_range(what, value, c, found);
    if (c.unique_items && has_duplicates(*what.list, value))
        found.push_back({errc::duplicate_items, {}, "must have unique values"});
}

violation unknown_value(enumeration_shape const& enumeration) {
    constexpr std::size_t enough = 100; // for a person; bounds the text
    std::string text = "must satisfy enum value set: [";
    for (std::size_t i = 0; i < enumeration.values.size() && i < enough; ++i)
        text.append(i == 0 ? "" : ", ").append(enumeration.values[i]);
    return {errc::unknown_value, {}, text + (enumeration.values.size() > enough ? ", ...]" : "]")};
}

void hide_secrets(shape const& what, std::string& path) {
    bool secret = false;
    auto const* at = &what;
    std::string shown;
    std::string_view rest = path;
    while (!rest.empty()) {
        auto const token = rest.substr(0, rest.find('/', 1));
        rest.remove_prefix(token.size());
        bool hide = secret;
        switch (at->kind) {
        case shape_kind::structure:
        case shape_kind::choice: {
            member const* found = nullptr;
            std::string pointer;
            for (std::size_t i = 0; i < at->structure->count && !found; ++i, pointer.clear()) {
                append_pointer_token(pointer, at->structure->members[i].name);
                if (pointer == token) found = &at->structure->members[i];
            }
            if (found) {
                hide = false;
                secret |= found->sensitive;
                at = found->value.target;
            } else {
                rest = {}; // the description does not have it
            }
            break;
        }
        case shape_kind::map: at = at->map->value.target; break;
        case shape_kind::list:
            hide = false;
            at = at->list->item.target;
            break;
        default: rest = {}; // within free-form values there is no description
        }
        shown += hide ? std::string_view("/*") : token;
    }
    path = std::move(shown);
}

namespace {

struct path_step {
    path_step const* up = nullptr;
    std::string_view key;
    std::size_t index = 0;
    bool is_index = false;

    void append_to(std::string& pointer) const {
        if (!up) return;
        up->append_to(pointer);
        append_pointer_token(pointer, is_index ? std::string_view(std::to_string(index)) : key);
    }
};

class validator {
public:
    validator(std::size_t max_depth, std::vector<violation>& found) : max_depth_(max_depth), found_(found) {}

    // `checks`: null if nothing is said of the value.
    void visit(shape const& what, void const* value, path_step const& at, value_checks const* checks, std::size_t depth) {
        if (depth > max_depth_) return add(at, errc::limit_exceeded, "has more levels than the limit allows");
        if (checks && checks->value) check(what, value, *checks->value, checks->value_pattern, at);
        switch (what.kind) {
        case shape_kind::enumeration:
            if (what.enumeration->text(value).data() == nullptr) {
                add(at, errc::invalid_value, "is no named value of its enumeration");
            }
            break;
        case shape_kind::structure: visit_structure(*what.structure, value, at, depth); break;
        case shape_kind::choice: visit_choice(*what.structure, value, at, depth); break;
        case shape_kind::list: visit_list(*what.list, value, at, checks, depth); break;
        case shape_kind::map: visit_map(*what.map, value, at, checks, depth); break;
        default: break;
        }
    }

    void visit_member(member const& m, void const* value, path_step const& at, std::size_t depth) {
        visit(*m.value.target, value, {&at, m.name}, m.checks, depth + 1);
    }

private:
    void visit_structure(structure_shape const& structure, void const* value, path_step const& at, std::size_t depth) {
        for (std::size_t i = 0; i < structure.count; ++i) {
            auto const& m = structure.members[i];
            auto const* place = structure.place_of(m, value);
            auto const* held = m.value.peek ? m.value.peek(place) : place;
            if (!held) continue;
            visit_member(m, held, at, depth);
        }
    }

    void visit_choice(structure_shape const& choice, void const* value, path_step const& at, std::size_t depth) {
        auto const active = choice.active(value);
        auto const* held = active < 0 ? nullptr : choice.members[active].value.peek(value);
        if (!held) return add(at, errc::invalid_value, "the union holds no member");
        auto const& m = choice.members[active];
        visit_member(m, held, at, depth);
    }

    void visit_list(list_shape const& list, void const* value, path_step const& at, value_checks const* checks,
                    std::size_t depth) {
        auto const* each = checks ? checks->each : nullptr;
        if (leaf(list.item) && !each) return;
        struct state {
            validator& self;
            list_shape const& list;
            value_checks const* each;
            path_step at;
            std::size_t depth;
        } s{*this, list, each, {&at, {}, 0, true}, depth + 1};
        list.each(value, &s, [](void* context, void const* item) {
            auto& c = *static_cast<state*>(context);
            if (auto const* held = c.list.item.peek ? c.list.item.peek(item) : item)
                c.self.visit(*c.list.item.target, held, c.at, c.each, c.depth);
            ++c.at.index;
            return !c.self.full();
        });
    }

    void visit_map(map_shape const& map, void const* value, path_step const& at, value_checks const* checks,
                   std::size_t depth) {
        static constexpr value_checks nothing{};
        auto const& said = checks ? *checks : nothing;
        if (leaf(map.value) && !said.each && !said.keys) return;
        struct state {
            validator& self;
            map_shape const& map;
            value_checks const& checks;
            path_step const& at;
            std::size_t depth;
        } s{*this, map, said, at, depth + 1};
        map.each(value, &s, [](void* context, std::string_view key, void const* mapped) {
            auto& c = *static_cast<state*>(context);
            path_step const here{&c.at, key};
            if (c.checks.keys) c.self.check_key(key, *c.checks.keys, c.checks.keys_pattern, c.at);
            if (auto const* held = c.map.value.peek ? c.map.value.peek(mapped) : mapped)
                c.self.visit(*c.map.value.target, held, here, c.checks.each, c.depth);
            return !c.self.full();
        });
    }

    void check_key(std::string_view key, constraint const& c, pattern_view const& pattern, path_step const& at) {
        auto first = found_.size();
        check_text(key, c, pattern, found_);
        for (; first < found_.size(); ++first) at.append_to(found_[first].path);
    }

    void check(shape const& what, void const* value, constraint const& c, pattern_view const& pattern, path_step const& at) {
        auto first = found_.size();
        check_value(what, value, c, pattern, found_);
        for (; first < found_.size(); ++first) at.append_to(found_[first].path);
    }

    // Nothing can be wrong with values of this kind but their constraints.
    static bool leaf(holder const& held) { return held.target->kind < shape_kind::enumeration; }

    void add(path_step const& at, errc code, std::string message) {
        at.append_to(found_.emplace_back(violation{code, {}, std::move(message)}).path);
    }
    bool full() const { return found_.size() >= 1000; } // enough for a person; bounds the memory

    std::size_t max_depth_;
    std::vector<violation>& found_;
};

} // namespace

void validate_member(member const& m, void const* value, std::size_t max_depth, std::vector<violation>& found) {
    validator(max_depth, found).visit_member(m, value, {}, 0);
}

void validate(shape const& what, void const* value, std::size_t max_depth, std::vector<violation>& found) {
    auto first = found.size();
    validator(max_depth, found).visit(what, value, {}, nullptr, 0);
    for (; first < found.size(); ++first) hide_secrets(what, found[first].path);
}

} // namespace parley::detail

#endif
#ifndef PARLEY_ENDPOINT_AWS_ENDPOINT_IPP
#define PARLEY_ENDPOINT_AWS_ENDPOINT_IPP

namespace parley {

namespace {

// Region names of old say FIPS themselves: "fips-us-east-1", "us-east-1-fips".
std::string_view real_region(std::string_view region, bool& fips) {
    if (!region.starts_with("fips-") && !region.ends_with("-fips")) return region;
    fips = true;
    if (region == "fips-aws-global" || region == "aws-fips") return "us-east-1";
    if (region.ends_with("-fips")) return region.substr(0, region.size() - 5);
    for (std::string_view const prefix : {"fips-dkr-", "fips-prod-", "fips-"}) {
        if (region.starts_with(prefix)) return region.substr(prefix.size());
    }
    return region;
}

result<endpoint_url, endpoint_error> url_of(std::string_view text) {
    auto url = parse_endpoint(text);
    if (!url) return endpoint_error{"the endpoint is no address of the form https://host[:port][/path]"};
    return std::move(*url);
}

result<endpoint_url, endpoint_error> by_rules(std::string_view text, std::string_view region, bool fips,
                                              aws_endpoint_parameters const& parameters) {
    auto const rules = endpoint_rules::parse(text);
    if (!rules) return rules.error();
    endpoint_parameters given;
    auto const give = [&](std::string_view built_in, auto value) {
        if (auto const name = rules->parameter_for(built_in); !name.empty()) given[std::string(name)] = std::move(value);
    };
    if (!region.empty()) give("AWS::Region", std::string(region));
    give("AWS::UseFIPS", fips);
    give("AWS::UseDualStack", parameters.dualstack);
    if (!parameters.endpoint.empty()) give("SDK::Endpoint", std::string(parameters.endpoint));
    auto const found = rules->resolve(given, parameters.partitions);
    if (!found) return found.error();
    return url_of(found->url);
}

} // namespace

std::string_view aws_signing_region(std::string_view region) noexcept {
    bool fips = false;
    return real_region(region, fips);
}

result<endpoint_url, endpoint_error> resolve_aws_endpoint(aws_service const& service,
                                                          aws_endpoint_parameters const& parameters) {
    bool fips = parameters.fips;
    auto const region = real_region(parameters.region, fips);
    if (parameters.endpoint.empty()) {
        if (region.empty()) return endpoint_error{"the region is missing"};
        if (region != "*" && !is_host_label(region)) return endpoint_error{"the region can be no part of a host name"};
    }
    if (!service.endpoint_rules.empty()) return by_rules(service.endpoint_rules, region, fips, parameters);
    if (!parameters.endpoint.empty()) {
        if (fips) return endpoint_error{"FIPS and an endpoint of one's own do not go together"};
        if (parameters.dualstack) return endpoint_error{"dual-stack and an endpoint of one's own do not go together"};
        return url_of(parameters.endpoint);
    }
    auto const& partition = partition_of(region, parameters.partitions);
    endpoint_url url;
    url.scheme = "https";
    url.host.append(service.endpoint_prefix).append(fips ? "-fips." : ".");
    for (char c : region) url.host += ascii_lower(c);
    url.host += '.';
    url.host.append(parameters.dualstack ? partition.dualstack_dns_suffix : partition.dns_suffix);
    return url;
}

} // namespace parley

#endif
#ifndef PARLEY_ENDPOINT_AWS_PARTITION_IPP
#define PARLEY_ENDPOINT_AWS_PARTITION_IPP

namespace parley {

namespace {

constexpr aws_partition known_partitions[] = {
    {"aws-cn", "cn-", "aws-cn-global", "amazonaws.com.cn", "api.amazonwebservices.com.cn", "cn-northwest-1"},
    {"aws-us-gov", "us-gov-", "aws-us-gov-global", "amazonaws.com", "api.aws", "us-gov-west-1"},
    {"aws-iso-b", "us-isob-", "aws-iso-b-global", "sc2s.sgov.gov", "api.aws.scloud", "us-isob-east-1"},
    {"aws-iso-f", "us-isof-", "aws-iso-f-global", "csp.hci.ic.gov", "api.aws.hci.ic.gov", "us-isof-south-1"},
    {"aws-iso", "us-iso-", "aws-iso-global", "c2s.ic.gov", "api.aws.ic.gov", "us-iso-east-1"},
    {"aws-iso-e", "eu-isoe-", "aws-iso-e-global", "cloud.adc-e.uk", "api.cloud-aws.adc-e.uk", "eu-isoe-west-1"},
    {"aws-eusc", "eusc-de-", "", "amazonaws.eu", "api.amazonwebservices.eu", "eusc-de-east-1"},
    {"aws", "", "", "amazonaws.com", "api.aws", "us-east-1"},
};

// Whether the region is one of the partition: the prefix, a word, and a number.
bool is_in(aws_partition const& partition, std::string_view region) noexcept {
    if (!partition.global.empty() && region == partition.global) return true;
    if (partition.region_prefix.empty() || !region.starts_with(partition.region_prefix)) return false;
    auto const rest = region.substr(partition.region_prefix.size());
    auto const dash = rest.find('-');
    if (dash == 0 || dash == rest.npos || dash + 1 == rest.size()) return false;
    for (char c : rest.substr(dash + 1)) {
        if (c < '0' || c > '9') return false;
    }
    return true;
}

} // namespace

std::span<aws_partition const> aws_partitions() noexcept { return known_partitions; }

aws_partition const& partition_of(std::string_view region, std::span<aws_partition const> partitions) noexcept {
    for (auto const& partition : partitions) {
        if (is_in(partition, region)) return partition;
    }
    return partitions.back();
}

} // namespace parley

#endif
#ifndef PARLEY_ENDPOINT_CLIENT_CONFIG_IPP
#define PARLEY_ENDPOINT_CLIENT_CONFIG_IPP

#include <condition_variable>
#include <mutex>
#include <random>

namespace parley::detail {

namespace {

std::mt19937_64& random_engine() {
    // Of each thread, so that clients need no lock.
    thread_local std::mt19937_64 engine = [] {
        std::random_device device;
        std::seed_seq seed{device(), device(), device(), device(), device(), device(), device(), device()};
        return std::mt19937_64(seed);
    }();
    return engine;
}

} // namespace

std::chrono::steady_clock::time_point steady_now() { return std::chrono::steady_clock::now(); }
std::chrono::system_clock::time_point system_now() { return std::chrono::system_clock::now(); }

double random_fraction() { return static_cast<double>(random_engine()() >> 11) * 0x1p-53; }

std::string random_uuid() {
    auto const high = (random_engine()() & ~std::uint64_t{0xf000}) | 0x4000;
    auto const low = (random_engine()() & ~(std::uint64_t{3} << 62)) | std::uint64_t{1} << 63;
    char text[36];
    auto* to = text;
    for (int i = 0; i < 32; ++i) {
        if (i == 8 || i == 12 || i == 16 || i == 20) *to++ = '-';
        auto const half = i < 16 ? high : low;
        *to++ = "0123456789abcdef"[half >> (60 - 4 * (i % 16)) & 15];
    }
    return {text, sizeof text};
}

result<call_settings, endpoint_error> settings_for(client_config const& config, aws_service const* aws,
                                                   call_options const& options) {
    call_settings settings;
    std::string_view endpoint = config.endpoint;
    // The reference drops a query and a fragment.
    if (config.strictness == strictness::compatible) endpoint = endpoint.substr(0, endpoint.find_first_of("?#"));
    if (aws) {
        auto url = resolve_aws_endpoint(*aws, {config.region, config.use_fips, config.use_dualstack, endpoint});
        if (!url) return url.error();
        settings.endpoint = std::move(*url);
    } else {
        auto url = parse_endpoint(endpoint);
        if (!url) return endpoint_error{"the endpoint of the client is no address of the form https://host[:port][/path]"};
        settings.endpoint = std::move(*url);
    }
    settings.host_prefix = config.host_prefix;
    settings.strictness = config.strictness;
    settings.limits = config.limits;
    settings.retry = config.retry;
    settings.state = config.state.get();
    settings.call_timeout = options.call_timeout ? options.call_timeout : config.call_timeout;
    settings.attempt_timeout = options.attempt_timeout ? options.attempt_timeout : config.attempt_timeout;
    settings.gzip = config.gzip;
    settings.gzip_threshold = config.gzip_threshold;
    settings.fields = config.fields;
    settings.user_agent = config.user_agent;
    settings.stop = options.stop;
    settings.random = config.random ? config.random : random_fraction;
    settings.uuid = config.uuid ? config.uuid : random_uuid;
    settings.system_now = config.system_now ? config.system_now : system_now;
    settings.sign = config.sign;
    settings.interceptors = config.interceptors;
    return settings;
}

void sleep_in_thread(std::chrono::steady_clock::duration duration, std::stop_token const& stop) {
    std::mutex mutex;
    std::condition_variable_any woken;
    std::unique_lock lock(mutex);
    woken.wait_for(lock, stop, duration, [] { return false; });
}

} // namespace parley::detail

#endif
#ifndef PARLEY_ENDPOINT_ENDPOINT_RULES_IPP
#define PARLEY_ENDPOINT_ENDPOINT_RULES_IPP

#ifndef PARLEY_JSON_BOOST_JSON_IPP
#define PARLEY_JSON_BOOST_JSON_IPP

// Boost.JSON is compiled into the unit that holds parley, unless the program has it already.
#ifdef PARLEY_BOOST_JSON_LINKED
#include <boost/json.hpp>
#else
#include <boost/json/src.hpp>
#endif

#endif

#include <algorithm>
#include <optional>
#include <utility>

namespace parley {

struct endpoint_rules::rule_set {
    boost::json::value document;
};

namespace {

namespace rules_json = boost::json;

std::string_view view(rules_json::string const& text) { return {text.data(), text.size()}; }

bool are_host_labels(std::string_view text) {
    for (;;) {
        auto const dot = text.find('.');
        if (!is_host_label(text.substr(0, dot))) return false;
        if (dot == text.npos) return true;
        text = text.substr(dot + 1);
    }
}

// One evaluation of a rule set. Null stands for what is not set. A rule that makes no sense throws `broken`.
class rule_evaluator {
public:
    struct broken {
        std::string what;
    };

    rule_evaluator(rules_json::value const& document, std::span<aws_partition const> partitions)
        : document_(document), partitions_(partitions) {}

    result<resolved_endpoint, endpoint_error> run(endpoint_parameters const& given) {
        for (auto const& [name, said] : object(member(document_, "parameters"))) {
            auto known = parameter(given, view(name));
            if (known.is_null()) known = optional_member(said, "default");
            auto const required = optional_member(said, "required");
            if (known.is_null() && required.is_bool() && required.get_bool())
                return endpoint_error{"the endpoint needs a value for " + std::string(name)};
            set(std::string(name), std::move(known));
        }
        auto found = evaluate(array(member(document_, "rules")));
        if (!found) return endpoint_error{"no rule of the service tells its endpoint"};
        return std::move(*found);
    }

private:
    using value = rules_json::value;
    using outcome_of_rule = std::optional<result<resolved_endpoint, endpoint_error>>;

    static value parameter(endpoint_parameters const& given, std::string_view name) {
        auto const found = given.find(std::string(name));
        if (found == given.end()) return nullptr;
        if (auto const* text = std::get_if<std::string>(&found->second)) return value(*text);
        if (auto const* flag = std::get_if<bool>(&found->second)) return value(*flag);
        rules_json::array texts;
        for (auto const& text : std::get<std::vector<std::string>>(found->second)) texts.emplace_back(text);
        return texts;
    }

    // Access that fails with a word instead of undefined behaviour.
    static rules_json::object const& object(value const& v) {
        if (!v.is_object()) throw broken{"expected an object"};
        return v.get_object();
    }
    static rules_json::array const& array(value const& v) {
        if (!v.is_array()) throw broken{"expected an array"};
        return v.get_array();
    }
    static std::string_view text(value const& v) {
        if (!v.is_string()) throw broken{"expected a string"};
        return view(v.get_string());
    }
    static value const& member(value const& v, std::string_view name) {
        auto const* found = object(v).if_contains(name);
        if (!found) throw broken{std::string("has no member ").append(name)};
        return *found;
    }
    static value optional_member(value const& v, std::string_view name) {
        auto const* found = v.is_object() ? v.get_object().if_contains(name) : nullptr;
        return found ? *found : value(nullptr);
    }

    void set(std::string name, value v) { variables_.emplace_back(std::move(name), std::move(v)); }
    value get(std::string_view name) const {
        for (auto i = variables_.rbegin(); i != variables_.rend(); ++i) {
            if (i->first == name) return i->second;
        }
        throw broken{std::string("refers to ").append(name).append(", which is not there")};
    }

    // "Rules are evaluated in the order they are defined"; a tree whose conditions hold ends the search.
    outcome_of_rule evaluate(rules_json::array const& rules) {
        for (auto const& rule : rules) {
            auto const scope = variables_.size();
            auto found = conditions_hold(rule) ? outcome_of(rule) : std::nullopt;
            variables_.resize(scope);
            if (found) return found;
        }
        return std::nullopt;
    }

    bool conditions_hold(value const& rule) {
        for (auto const& condition : array(member(rule, "conditions"))) {
            auto answer = call(condition);
            if (answer.is_null() || (answer.is_bool() && !answer.get_bool())) return false;
            auto const name = optional_member(condition, "assign");
            if (name.is_string()) set(std::string(text(name)), std::move(answer));
        }
        return true;
    }

    outcome_of_rule outcome_of(value const& rule) {
        auto const type = text(member(rule, "type"));
        if (type == "error") return endpoint_error{std::string(text(expression(member(rule, "error"))))};
        if (type == "endpoint") return endpoint(member(rule, "endpoint"));
        if (type != "tree") throw broken{std::string("has a rule of the unknown type ").append(type)};
        auto found = evaluate(array(member(rule, "rules")));
        if (!found) return endpoint_error{"no rule of the service tells its endpoint"};
        return found;
    }

    resolved_endpoint endpoint(value const& said) {
        resolved_endpoint e;
        e.url = text(expression(member(said, "url")));
        auto const fields = optional_member(said, "headers");
        if (fields.is_object()) {
            for (auto const& [name, values] : fields.get_object()) {
                for (auto const& v : array(values)) {
                    auto const field = expression(v);
                    if (!is_header_name(view(name)) || !is_header_value(text(field))) throw broken{"has a header that is none"};
                    e.fields.add(std::string(name), std::string(text(field)));
                }
            }
        }
        auto const schemes = optional_member(optional_member(said, "properties"), "authSchemes");
        if (schemes.is_array() && !schemes.get_array().empty()) {
            auto const& scheme = schemes.get_array()[0];
            auto const read = [&](std::string_view name) {
                auto const v = optional_member(scheme, name);
                return v.is_null() ? std::string() : std::string(text(expression(v)));
            };
            e.signing_name = read("signingName");
            e.signing_region = read("signingRegion");
        }
        return e;
    }

    value expression(value const& e) {
        if (e.is_string()) return value(fill(text(e)));
        if (e.is_object()) {
            auto const reference = optional_member(e, "ref");
            if (reference.is_string()) return get(text(reference));
            return call(e);
        }
        if (e.is_array()) {
            rules_json::array all;
            for (auto const& one : e.get_array()) all.push_back(expression(one));
            return all;
        }
        return e;
    }

    // "https://{Region}.{Partition#dnsSuffix}"; a brace that is doubled is itself.
    std::string fill(std::string_view pattern) {
        std::string out;
        while (!pattern.empty()) {
            auto const brace = pattern.find_first_of("{}");
            out += pattern.substr(0, brace);
            if (brace == pattern.npos) break;
            if (brace + 1 < pattern.size() && pattern[brace + 1] == pattern[brace]) {
                out += pattern[brace];
                pattern = pattern.substr(brace + 2);
                continue;
            }
            auto const close = pattern.find('}', brace);
            if (pattern[brace] == '}' || close == pattern.npos) throw broken{"has a text with a brace alone"};
            auto const inside = pattern.substr(brace + 1, close - brace - 1);
            auto const hash = inside.find('#');
            auto filled = get(inside.substr(0, hash));
            if (hash != inside.npos) filled = attribute(filled, inside.substr(hash + 1));
            out += text(filled);
            pattern = pattern.substr(close + 1);
        }
        return out;
    }

    // "authority", "resourceId[1]", "a.b"
    static value attribute(value v, std::string_view path) {
        while (!path.empty() && !v.is_null()) {
            auto const dot = path.find('.');
            auto part = path.substr(0, dot);
            path = dot == path.npos ? std::string_view() : path.substr(dot + 1);
            std::optional<std::size_t> index;
            if (auto const bracket = part.find('['); bracket != part.npos && part.ends_with(']')) {
                index = 0;
                for (char c : part.substr(bracket + 1, part.size() - bracket - 2)) {
                    if (c < '0' || c > '9' || *index > 100'000) throw broken{"has an index that is none"};
                    index = *index * 10 + static_cast<std::size_t>(c - '0');
                }
                part = part.substr(0, bracket);
            }
            if (!part.empty()) v = optional_member(value(v), part);
            if (index) {
                auto const list = std::exchange(v, nullptr);
                if (list.is_array() && *index < list.get_array().size()) v = list.get_array()[*index];
            }
        }
        return v;
    }

    // https://smithy.io/2.0/additional-specs/rules-engine/standard-library.html
    value call(value const& function) {
        auto const name = text(member(function, "fn"));
        std::vector<value> arguments;
        for (auto const& argument : array(member(function, "argv"))) arguments.push_back(expression(argument));
        auto const at = [&](std::size_t i) -> value const& {
            if (i >= arguments.size()) throw broken{std::string("calls ").append(name).append(" with too few arguments")};
            return arguments[i];
        };
        auto const flag = [&](std::size_t i) {
            if (!at(i).is_bool()) throw broken{std::string("calls ").append(name).append(" with no boolean")};
            return at(i).get_bool();
        };
        auto const number = [&](std::size_t i) {
            auto const* n = at(i).if_int64();
            if (!n || *n < 0) throw broken{std::string("calls ").append(name).append(" with no number")};
            return static_cast<std::size_t>(*n);
        };
        if (name == "isSet") return !at(0).is_null();
        if (name == "not") return !flag(0);
        if (name == "booleanEquals") return flag(0) == flag(1);
        if (name == "stringEquals") return text(at(0)) == text(at(1));
        if (name == "getAttr") return attribute(at(0), text(at(1)));
        if (name == "isValidHostLabel") return flag(1) ? are_host_labels(text(at(0))) : is_host_label(text(at(0)));
        if (name == "substring") return substring(text(at(0)), number(1), number(2), flag(3));
        if (name == "uriEncode") return encoded(text(at(0)));
        if (name == "parseURL") return parse_url(text(at(0)));
        if (name == "coalesce") return at(0).is_null() ? at(1) : at(0);
        if (name == "ite") return flag(0) ? at(1) : at(2);
        if (name == "split") return split(text(at(0)), text(at(1)), number(2));
        if (name == "aws.partition") return partition(text(at(0)));
        if (name == "aws.parseArn") return parse_arn(text(at(0)));
        if (name == "aws.isVirtualHostableS3Bucket") return is_bucket_host(text(at(0)), flag(1));
        throw broken{std::string("calls the unknown function ").append(name)};
    }

    static value substring(std::string_view input, std::size_t start, std::size_t stop, bool reverse) {
        bool const ascii = std::all_of(input.begin(), input.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
        if (start >= stop || input.size() < stop || !ascii) return nullptr;
        return value(reverse ? input.substr(input.size() - stop, stop - start) : input.substr(start, stop - start));
    }
    static value encoded(std::string_view input) {
        std::string out;
        append_percent_encoded(out, input);
        return value(out);
    }
    static value split(std::string_view input, std::string_view delimiter, std::size_t limit) {
        if (delimiter.empty()) throw broken{"splits a text by nothing"};
        rules_json::array parts;
        for (;;) {
            auto const at = limit != 0 && parts.size() + 1 >= limit ? input.npos : input.find(delimiter);
            parts.emplace_back(input.substr(0, at));
            if (at == input.npos) return parts;
            input = input.substr(at + delimiter.size());
        }
    }

    static value parse_url(std::string_view input) {
        auto const url = parse_endpoint(input); // none with a query
        if (!url) return nullptr;
        auto const authority = input.substr(input.find("://") + 3);
        auto path = url->path;
        if (path.empty()) path = "/";
        auto normalized = path;
        if (!normalized.ends_with('/')) normalized += '/';
        bool const numeric = std::count(url->host.begin(), url->host.end(), '.') == 3 &&
                             url->host.find_first_not_of("0123456789.") == std::string::npos;
        return rules_json::object{{"scheme", url->scheme},
                                  {"authority", authority.substr(0, authority.find('/'))},
                                  {"path", path},
                                  {"normalizedPath", normalized},
                                  {"isIp", numeric || url->host.starts_with('[')}};
    }

    value partition(std::string_view region) const {
        auto const& p = partition_of(region, partitions_);
        return rules_json::object{{"name", p.name},
                                  {"dnsSuffix", p.dns_suffix},
                                  {"dualStackDnsSuffix", p.dualstack_dns_suffix},
                                  {"implicitGlobalRegion", p.implicit_global_region},
                                  {"supportsFIPS", p.supports_fips},
                                  {"supportsDualStack", p.supports_dualstack}};
    }

    // arn:partition:service:region:account:resource, the last of which is cut at ":" and "/".
    static value parse_arn(std::string_view arn) {
        std::string_view parts[6];
        for (std::size_t i = 0; i < 6; ++i) {
            auto const colon = i < 5 ? arn.find(':') : arn.npos;
            if (i < 5 && colon == arn.npos) return nullptr;
            parts[i] = arn.substr(0, colon);
            if (colon != arn.npos) arn = arn.substr(colon + 1);
        }
        if (parts[0] != "arn" || parts[1].empty() || parts[2].empty() || parts[5].empty()) return nullptr;
        rules_json::array resource;
        for (auto rest = parts[5];;) {
            auto const end = rest.find_first_of(":/");
            resource.emplace_back(rest.substr(0, end));
            if (end == rest.npos) break;
            rest = rest.substr(end + 1);
        }
        return rules_json::object{{"partition", parts[1]}, {"service", parts[2]},    {"region", parts[3]},
                                  {"accountId", parts[4]}, {"resourceId", resource}};
    }

    // https://smithy.io/2.0/aws/rules-engine/library-functions.html#awsisvirtualhostables3bucket
    static bool is_bucket_host(std::string_view bucket, bool dots) {
        if (bucket.size() < 3 || bucket.size() > 63 || !(dots ? are_host_labels(bucket) : is_host_label(bucket))) return false;
        for (char c : bucket) {
            if (c >= 'A' && c <= 'Z') return false;
        }
        bool const like_ip = std::count(bucket.begin(), bucket.end(), '.') == 3 &&
                             bucket.find_first_not_of("0123456789.") == bucket.npos;
        return !like_ip && bucket.find(".-") == bucket.npos && bucket.find("-.") == bucket.npos;
    }

    value const& document_;
    std::span<aws_partition const> partitions_;
    std::vector<std::pair<std::string, value>> variables_;
};

} // namespace

result<endpoint_rules, endpoint_error> endpoint_rules::parse(std::string_view json) {
    boost::json::error_code ec;
    rules_json::parse_options options;
    options.max_depth = 100;
    auto document = rules_json::parse({json.data(), json.size()}, ec, {}, options);
    if (ec) return endpoint_error{"the endpoint rules are no JSON: " + ec.message()};
    auto const* version = document.is_object() ? document.get_object().if_contains("version") : nullptr;
    if (!version || !version->is_string() || !view(version->get_string()).starts_with("1."))
        return endpoint_error{"the endpoint rules are of no version that is known"};
    return endpoint_rules(std::make_shared<rule_set const>(rule_set{std::move(document)}));
}

result<resolved_endpoint, endpoint_error> endpoint_rules::resolve(endpoint_parameters const& parameters,
                                                                  std::span<aws_partition const> partitions) const {
    try {
        return rule_evaluator(rules_->document, partitions).run(parameters);
    } catch (rule_evaluator::broken const& problem) {
        return endpoint_error{"the endpoint rules make no sense: " + problem.what};
    }
}

std::string_view endpoint_rules::parameter_for(std::string_view built_in) const noexcept {
    auto const* parameters = rules_->document.get_object().if_contains("parameters");
    if (!parameters || !parameters->is_object()) return {};
    for (auto const& [name, said] : parameters->get_object()) {
        auto const* meaning = said.is_object() ? said.get_object().if_contains("builtIn") : nullptr;
        if (meaning && meaning->is_string() && view(meaning->get_string()) == built_in) return {name.data(), name.size()};
    }
    return {};
}

} // namespace parley

#endif
#ifndef PARLEY_ENDPOINT_JSON_RPC_SERVER_IPP
#define PARLEY_ENDPOINT_JSON_RPC_SERVER_IPP

#include <exception>

namespace parley::detail {

bool encode_invalid_params(std::vector<violation> const& wrong, json_rpc_id const& id, std::string& out,
                           std::vector<violation>& errors) {
    json_rpc_invalid_params error;
    for (auto const& v : wrong) error.violations.push_back({v.path, v.message});
    return rpc::encode_typed_error(error, id, out, errors);
}

std::optional<std::string> rpc_dispatcher::dispatch(std::string_view text) const {
    auto const read = json_rpc::decode_message(text, config.decoding.limits, config.max_batch);
    std::string out;
    std::vector<violation> never; // these errors are texts of ours
    if (!read) {
        rpc::encode_error(read.error(), nullptr, out, never);
        return out;
    }
    for (auto const& request : read->requests) {
        auto const begin = out.size();
        out += begin == 0 ? '[' : ',';
        auto const prefix = out.size();
        answer(request, out);
        if (out.size() == prefix) out.resize(begin); // "there SHOULD NOT be any Response objects for notifications"
    }
    // "the server MUST NOT return an empty Array and should return nothing at all"
    if (out.empty()) return std::nullopt;
    if (read->batch) out += ']';
    else out.erase(0, 1);
    return out;
}

void rpc_dispatcher::answer(json_rpc_request const& request, std::string& out) const {
    auto const begin = out.size();
    std::vector<violation> errors;
    if (request.wrong) return static_cast<void>(rpc::encode_error(*request.wrong, *request.id, out, errors));
    auto const position = names.candidate(request.method);
    if (position == key_index::none || methods[position].name != request.method) {
        if (request.id) rpc::encode_error(json_rpc_error::of(json_rpc_code::method_not_found), *request.id, out, errors);
        return;
    }
    try {
        if (methods[position].serve(handlers, request, config.decoding, out, errors)) return;
        answer_internal_error(request, data_error{std::move(errors)}.message(), out);
    } catch (std::exception const& thrown) {
        out.resize(begin);
        answer_internal_error(request, thrown.what(), out);
    } catch (...) {
        out.resize(begin);
        answer_internal_error(request, "something that is no std::exception was thrown", out);
    }
}

void rpc_dispatcher::answer_internal_error(json_rpc_request const& request, std::string_view why, std::string& out) const {
    if (config.on_internal_error) config.on_internal_error(request, why);
    std::vector<violation> never;
    if (request.id) rpc::encode_error(json_rpc_error::of(json_rpc_code::internal_error), *request.id, out, never);
}

} // namespace parley::detail

#endif
#ifndef PARLEY_ENDPOINT_SERVING_IPP
#define PARLEY_ENDPOINT_SERVING_IPP

#ifndef PARLEY_PROTOCOL_ERROR_HEAD_IPP
#define PARLEY_PROTOCOL_ERROR_HEAD_IPP

#ifndef PARLEY_PROTOCOL_MESSAGE_PARTS_IPP
#define PARLEY_PROTOCOL_MESSAGE_PARTS_IPP

#include <string>
#include <utility>
#include <vector>

namespace parley::detail {

// What the writer and the reader of messages share.

namespace {

std::string pointer_to(member const& m) {
    std::string path;
    append_pointer_token(path, m.name);
    return path;
}

void add_error(std::vector<violation>& errors, errc code, member const& m, std::string message) {
    errors.push_back({code, pointer_to(m), std::move(message)});
}

// https://smithy.io/2.0/spec/protocol-traits.html#timestampformat-trait: what a timestamp is written as where it says
// nothing itself.
timestamp_format format_in(template_place place, member const& m) {
    if (m.format != timestamp_format::unspecified) return m.format;
    bool const header = place == template_place::header_member || place == template_place::header_map;
    return header ? timestamp_format::http_date : timestamp_format::date_time;
}

void const* held_by(member const& m, structure_shape const& s, void const* object) {
    auto const* place = s.place_of(m, object);
    return m.value.peek ? m.value.peek(place) : place;
}

// Calls `visit(std::string text)` for each item of a list of scalars. False if an item has no text.
template <class Visit>
bool each_item_text(shape const& list, void const* value, timestamp_format format, Visit visit) {
    struct state {
        holder const& item;
        timestamp_format format;
        Visit& visit;
    } s{list.list->item, format, visit};
    return list.list->each(value, &s, [](void* context, void const* item) {
        auto& c = *static_cast<state*>(context);
        auto const* held = c.item.peek ? c.item.peek(item) : item;
        if (!held) return true;
        std::string text;
        if (!append_scalar_text(text, *c.item.target, held, c.format)) return false;
        c.visit(std::move(text));
        return true;
    });
}

} // namespace

} // namespace parley::detail

#endif

#include <optional>

namespace parley::detail {

// Which error a response is, by the scheme of its service.

namespace {

// "com.amazonaws.x#Name:http://..." -> "Name". https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html
// Lists are cut first, as the reference does.
std::string clean_code(std::string_view code) {
    code = code.substr(0, code.find(','));
    code = code.substr(0, code.find(':'));
    if (auto const hash = code.find('#'); hash != code.npos) {
        code = code.substr(hash + 1);
        code = code.substr(0, code.find('#'));
    }
    return std::string(code);
}

// The text that a pointer finds, or nothing.
std::optional<std::string> text_at(std::string_view body, std::string_view pointer) {
    auto const found = find_json(body, pointer);
    return found ? json_scalar_text(found->text) : std::nullopt;
}

// The text of a code. A list, which no service should send, counts as its first item, as in the reference.
std::optional<std::string> code_of_member(std::string_view body, std::string_view name, bool ignore_case) {
    auto found = find_json_member(body, name, ignore_case);
    if (found && found->text.starts_with('[')) found = find_json(found->text, "/0");
    if (!found || found->text == "true" || found->text == "false") return std::nullopt;
    return json_scalar_text(found->text);
}

// What counts as a text in the reference: not empty, not false, not zero.
std::optional<std::string> message_in(std::string_view body, std::string_view name) {
    auto const found = find_json_member(body, name);
    if (!found) return std::nullopt;
    auto text = json_scalar_text(found->text);
    bool const quoted = found->text.starts_with('"');
    if (!text) return trim(found->text) == "null" ? std::nullopt : std::optional<std::string>(found->text);
    if (text->empty() || (!quoted && (*text == "false" || *text == "0"))) return std::nullopt;
    return text;
}

struct error_head {
    std::string code;
    bool has_code = false;
    std::string message;
};

error_head read_error_head(error_scheme const& scheme, response_view const& response, std::string_view body, bool is_json) {
    error_head head;
    auto take_code = [&](std::optional<std::string> code, bool clean) {
        if (head.has_code || !code) return;
        head.has_code = true;
        head.code = clean ? clean_code(*code) : *code;
    };
    switch (scheme.by) {
    case error_scheme::rule::code_or_status:
    case error_scheme::rule::aws:
        if (auto const header = response.header("x-amzn-errortype")) take_code(std::string(*header), true);
        if (is_json) {
            take_code(code_of_member(body, "code", true), true);
            take_code(code_of_member(body, "__type", false), true);
            auto text = message_in(body, "message");
            if (!text) text = message_in(body, "Message");
            if (text) head.message = std::move(*text);
        }
        if (head.message.empty()) head.message = "UnknownError";
        break;
    case error_scheme::rule::status:
        if (is_json) head.message = text_at(body, scheme.message).value_or("");
        break;
    case error_scheme::rule::member:
        if (is_json) {
            take_code(text_at(body, scheme.code), false);
            head.message = text_at(body, scheme.message).value_or("");
        }
        break;
    case error_scheme::rule::problem:
        if (is_json) {
            auto type = text_at(body, "/type");
            if (type && *type != "about:blank") {
                while (type->ends_with('/')) type->pop_back();
                take_code(type->substr(type->find_last_of("/#:") + 1), false);
            }
            auto text = text_at(body, "/detail");
            if (!text) text = text_at(body, "/title");
            head.message = text.value_or("");
        }
        break;
    }
    if (!head.has_code) head.code = "Unknown";
    return head;
}

error_entry const* find_error(operation_table const& op, error_head const& head, int status) {
    if (head.has_code) {
        for (auto const& entry : op.errors) {
            if (entry.code == head.code) return &entry;
        }
        return nullptr;
    }
    if (op.scheme.by == error_scheme::rule::aws) return nullptr;
    error_entry const* found = nullptr;
    for (auto const& entry : op.errors) {
        if (entry.status != status) continue;
        if (found) return nullptr; // the status does not tell which
        found = &entry;
    }
    return found;
}

// The member of an error that is its text, or null.
member const* message_member(structure_shape const& s) {
    member const* m = s.find("message");
    if (!m) m = s.find("Message");
    return m && m->value.target->kind == shape_kind::text ? m : nullptr;
}

// The text of the error belongs to its member "message", even if the peer spelled that otherwise.
void fill_message(structure_shape const& s, void* error, std::string const& message) {
    member const* m = message_member(s);
    if (!m || message.empty()) return;
    auto const* there = static_cast<std::string const*>(held_by(*m, s, error));
    if (there && !there->empty()) return;
    auto* const place = s.place_of(*m, error);
    *static_cast<std::string*>(m->value.engage ? m->value.engage(place) : place) = message;
}

} // namespace

} // namespace parley::detail

#endif

#include <boost/describe/class.hpp>

#include <algorithm>
#include <exception>
#include <utility>

namespace parley::detail {

// What Smithy's servers say of invalid inputs where the service declares nothing of its own.
// https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html, smithy.framework#ValidationException
struct validation_field {
    std::string path;
    std::string message;
};
BOOST_DESCRIBE_STRUCT(validation_field, (), (path, message))

struct validation_error {
    std::string message;
    std::vector<validation_field> fieldList;
};
BOOST_DESCRIBE_STRUCT(validation_error, (), (message, fieldList))
constexpr auto parley_traits(validation_error const*) {
    return parley::traits(parley::http_error(400), parley::error_code("ValidationException"));
}

namespace {

constexpr bool is_constraint(errc code) {
    switch (code) {
    case errc::missing_field:
    case errc::invalid_length:
    case errc::range_violation:
    case errc::pattern_mismatch:
    case errc::duplicate_items:
    case errc::unknown_value: return true;
    default: return false;
    }
}

std::string constraint_text(violation const& v) {
    std::string text = "Value";
    if (v.length) text.append(" with length ").append(std::to_string(*v.length));
    text.append(" at '").append(v.path).append("' failed to satisfy constraint: Member ");
    return text.append(v.code == errc::missing_field ? std::string_view("must not be null") : std::string_view(v.message));
}

// What the error has for it is filled: a message, a list of fields with their messages, the reason. Services have each their own.
class validation_filler {
public:
    explicit validation_filler(std::vector<violation> const& violations) : violations_(violations) {
        summary_ = std::to_string(violations.size()) + " validation error" + (violations.size() == 1 ? "" : "s") + " detected. ";
        for (auto const& v : violations) {
            texts_.push_back(constraint_text(v));
            if (texts_.size() > 1) summary_ += "; ";
            summary_ += texts_.back();
        }
    }

    std::string const& summary() const { return summary_; }

    void fill(structure_shape const& s, void* error) const {
        fill_message(s, error, summary_);
        for (std::size_t i = 0; i < s.count; ++i) {
            auto const& m = s.members[i];
            auto const& what = *m.value.target;
            if (what.kind == shape_kind::list) fill_list(*what.list, m, s.place_of(m, error));
            if (what.kind == shape_kind::enumeration) fill_reason(*what.enumeration, m, s.place_of(m, error));
        }
    }

private:
    static member const* text_member(structure_shape const& s, std::string_view name) {
        auto const* m = s.find(name);
        return m && m->value.target->kind == shape_kind::text ? m : nullptr;
    }
    static void set_text(structure_shape const& s, member const& m, void* object, std::string const& text) {
        auto* const place = s.place_of(m, object);
        *static_cast<std::string*>(m.value.engage ? m.value.engage(place) : place) = text;
    }

    void fill_list(list_shape const& list, member const& m, void* place) const {
        if (list.item.target->kind != shape_kind::structure || !list.append) return;
        auto const& field = *list.item.target->structure;
        auto const* path = text_member(field, "path");
        if (!path) path = text_member(field, "name");
        auto const* message = text_member(field, "message");
        if (!path || !message) return;
        auto* const items = m.value.engage ? m.value.engage(place) : place;
        for (std::size_t i = 0; i < violations_.size(); ++i) {
            auto* const at = list.append(items);
            auto* const item = list.item.engage ? list.item.engage(at) : at;
            set_text(field, *path, item, violations_[i].path);
            set_text(field, *message, item, texts_[i]);
        }
    }

    // "fieldValidationFailed", "FIELD_VALIDATION_FAILED"
    static void fill_reason(enumeration_shape const& enumeration, member const& m, void* place) {
        for (auto const value : enumeration.values) {
            auto plain = std::string(value);
            std::erase(plain, '_');
            if (equals_ignore_case(plain, "fieldvalidationfailed"))
                enumeration.assign(m.value.engage ? m.value.engage(place) : place, value);
        }
    }

    std::vector<violation> const& violations_;
    std::vector<std::string> texts_;
    std::string summary_;
};

// The fields of a request without the last of the codings that were applied to its body (RFC 9110, section 8.4): a member may
// be bound to the others.
class coded_fields {
public:
    explicit coded_fields(field_view const& all) : all_(all), codings_(all.header("content-encoding").value_or("")) {}

    bool last_is(std::string_view coding) const {
        auto const comma = codings_.rfind(',');
        return equals_ignore_case(trim(codings_.substr(comma == codings_.npos ? 0 : comma + 1)), coding);
    }
    void drop_last() {
        auto const comma = codings_.rfind(',');
        codings_ = trim(codings_.substr(0, comma == codings_.npos ? 0 : comma));
    }
    void show_in(field_view& view) const {
        view.source = this;
        view.find = [](void const* source, std::string_view name) -> std::optional<std::string_view> {
            auto const& self = *static_cast<coded_fields const*>(source);
            if (!equals_ignore_case(name, "content-encoding")) return self.all_.header(name);
            return self.codings_.empty() ? std::nullopt : std::optional(self.codings_);
        };
        if (!all_.can_iterate()) return;
        view.each = [](void const* source, header_visitor visit, void* context) {
            auto const& self = *static_cast<coded_fields const*>(source);
            struct state {
                coded_fields const& self;
                header_visitor visit;
                void* context;
            } s{self, visit, context};
            self.all_.each_header(
                [](void* c, std::string_view name, std::string_view value) {
                    auto const& [fields, next, its] = *static_cast<state*>(c);
                    bool const coding = equals_ignore_case(name, "content-encoding");
                    if (!coding || !fields.codings_.empty()) next(its, name, coding ? fields.codings_ : value);
                },
                &s);
        };
    }

private:
    field_view all_;
    std::string_view codings_;
};

std::size_t bytes_of_fields(field_view const& message) {
    std::size_t bytes = 0;
    if (message.can_iterate()) {
        message.each_header(
            [](void* sum, std::string_view name, std::string_view value) {
                *static_cast<std::size_t*>(sum) += name.size() + value.size();
            },
            &bytes);
    }
    return bytes;
}

} // namespace

std::optional<std::size_t> serving::route() {
    if (request_.target.size() > config_->target_bytes)
        return refuse(414, "UriTooLongException", "the target is longer than the limit"), std::nullopt;
    if (bytes_of_fields(request_) > config_->header_bytes)
        return refuse(431, "HeaderFieldsTooLargeException", "the header fields are larger than the limit"), std::nullopt;
    auto found = table_->engine->route(table_->operations, request_, config_->host_prefix);
    if (!found.position) {
        if (found.allow.empty()) return refuse(404, "UnknownOperationException", "there is no such operation"), std::nullopt;
        refuse(405, "MethodNotAllowedException", "the operation has another method");
        response_.fields.add("allow", std::move(found.allow));
        return std::nullopt;
    }
    op_ = table_->operations[*found.position];
    return found.position;
}

bool serving::unpack() {
    if (!config_->gunzip) return refuse(415, "UnsupportedMediaTypeException", "compressed bodies are not taken"), false;
    auto bytes = config_->gunzip(request_.body, config_->limits.bytes);
    if (!bytes) return refuse(400, "SerializationException", "the body is not compressed as it says, or is larger than the limit"), false;
    unpacked_ = std::move(*bytes);
    return true;
}

bool serving::read_input(void* input) {
    if (request_.body.size() > config_->limits.bytes)
        return refuse(413, "RequestTooLargeException", "the body is larger than the limit"), false;
    switch (table_->engine->check_media_types(*op_, request_)) {
    case 415: return refuse(415, "UnsupportedMediaTypeException", "the operation takes another content-type"), false;
    case 406: return refuse(406, "NotAcceptableException", "the answer is of none of the types that are accepted"), false;
    default: break;
    }
    decode_options options;
    options.limits = config_->limits;
    options.closed = true;
    std::vector<violation> violations;
    auto request = request_;
    coded_fields fields(request_);
    if (op_->traits.gzip && fields.last_is("gzip")) {
        if (!unpack()) return false;
        request.body = unpacked_;
        fields.drop_last();
        fields.show_in(request);
    }
    if (table_->engine->decode_request(*op_, request, options, input, violations)) return true;
    return refuse_input(violations), false;
}

void serving::refuse_input(std::vector<violation> const& violations) {
    data_error malformed;
    for (auto const& v : violations) {
        if (!is_constraint(v.code)) malformed.violations.push_back(v);
    }
    if (malformed.violations.empty()) return refuse_invalid(violations);
    refuse(400, "SerializationException", malformed.message());
}

void serving::refuse_invalid(std::vector<violation> const& violations) {
    static constexpr auto usual = make_error_entry<std::variant<std::monostate, validation_error>, validation_error>();
    auto const declared = std::find_if(op_->errors.begin(), op_->errors.end(),
                                       [](error_entry const& entry) { return entry.code == usual.code; });
    struct state {
        serving& self;
        error_entry const& entry;
        validation_filler filler;
    } s{*this, declared == op_->errors.end() ? usual : *declared, validation_filler(violations)};
    s.entry.with_fresh(&s, [](void* context, void* error) {
        auto& c = *static_cast<state*>(context);
        c.filler.fill(*c.entry.what->structure, error);
        c.self.write_error(c.entry, error);
    });
    text_ = s.filler.summary();
}

void serving::write_output(void const* output) {
    std::vector<violation> errors;
    response_ = {};
    if (table_->engine->encode_response(*op_, output, response_, errors)) return told({}, {});
    write_failure("the output cannot be written: " + data_error{std::move(errors)}.message());
}

void serving::write_error(error_entry const& entry, void const* error) {
    std::vector<violation> errors;
    response_ = {};
    if (table_->engine->encode_error(table_->facts, entry, error, response_, errors)) return told(entry.code, {});
    write_failure("the error " + std::string(entry.code) + " cannot be written: " + data_error{std::move(errors)}.message());
}

void serving::write_thrown(std::span<thrown_error const> declared) {
    for (auto const each : declared) {
        if (each(*this)) return;
    }
    try {
        throw;
    } catch (std::exception const& e) {
        write_failure(e.what());
    } catch (...) {
        write_failure("something was thrown that is no std::exception");
    }
}

void serving::write_failure(std::string_view text) {
    refuse(500, "InternalFailure", {});
    text_ = text;
}

void serving::write_not_implemented() { refuse(501, "NotImplementedException", "the operation is not implemented"); }

void serving::refuse(int status, std::string_view code, std::string text) {
    response_ = {};
    table_->engine->encode_code(table_->facts, status, code, text, response_);
    told(code, std::move(text));
}

void serving::told(std::string_view code, std::string text) {
    code_ = code;
    text_ = std::move(text);
}

http_response serving::take() {
    if (request_.method == "HEAD") response_.body.clear();
    if (config_->request_id) response_.fields.add("x-amzn-requestid", config_->request_id());
    if (config_->observe)
        config_->observe({request_, op_ ? op_->name : std::string_view(), response_.status, code_, text_});
    return std::move(response_);
}

} // namespace parley::detail

#endif
#ifndef PARLEY_EXCHANGE_CALL_MACHINE_IPP
#define PARLEY_EXCHANGE_CALL_MACHINE_IPP

#include <algorithm>
#include <cmath>
#include <exception>
#include <string_view>
#include <utility>

namespace parley::detail {

namespace {

// RFC 9110, section 9.2: "GET, HEAD, OPTIONS, and TRACE methods are defined to be safe"; "PUT, DELETE, and safe request methods
// are idempotent".
repeatability repeatability_of(std::string_view method) noexcept {
    for (std::string_view const safe : {"GET", "HEAD", "OPTIONS", "TRACE"}) {
        if (method == safe) return repeatability::readonly;
    }
    return method == "PUT" || method == "DELETE" ? repeatability::idempotent : repeatability::unsafe;
}

} // namespace

void call_machine::start(void const* input, repeatability repeat, time_point now) {
    if (settings_->call_timeout) deadline_ = now + *settings_->call_timeout;
    encode_options const options{settings_->endpoint, settings_->host_prefix, settings_->strictness, &settings_->gzip,
                                 settings_->gzip_threshold};
    if (!engine_->encode_request(*op_, input, options, request_, violations_)) {
        finish(ending::invalid_input, call_phase::before);
        return;
    }
    repeat_ = std::max(repeat, repeatability_of(request_.method));
    request_.stop = settings_->stop;
    for (auto const& field : settings_->fields) request_.fields.set(field.name, field.value);
    if (!settings_->user_agent.empty()) request_.fields.set("user-agent", settings_->user_agent);
    if (op_->aws) {
        if (!settings_->user_agent.empty()) request_.fields.set("x-amz-user-agent", settings_->user_agent);
        if (settings_->uuid) request_.fields.set("amz-sdk-invocation-id", settings_->uuid());
    }
}

call_step call_machine::poll(time_point now) {
    if (step_ == call_step::done) return step_;
    if (under_way()) {
        step_ = call_step::receive;
        if (now >= wake_at_) begin_hedge(now);
        return step_;
    }
    bool const stopped = settings_->stop.stop_requested();
    if (pause_ == pause::before_error) {
        if (stopped || now >= wake_at_) step_ = call_step::done;
    } else if (stopped) {
        cancel();
    } else if (deadline_ && now >= *deadline_) {
        give_up(transport_errc::timed_out, "the call's time was over before the attempt", retry_verdict::past_deadline);
    } else if (step_ != call_step::wait || now >= wake_at_) {
        step_ = call_step::send;
        if (!wait_for_rate(now)) begin_attempt(0, now);
    }
    return step_;
}

// In adaptive mode. Returns whether there is a wait, or no time for one.
bool call_machine::wait_for_rate(time_point now) {
    if (!adaptive()) return false;
    if (pause_ == pause::for_rate) return settings_->state->rate.collect(now), pause_ = pause::none, false;
    auto const wait = settings_->state->rate.acquire(now);
    if (wait <= duration::zero()) return false;
    pause_ = pause::for_rate;
    if (deadline_ && now + wait >= *deadline_) {
        give_up(transport_errc::timed_out, "the client's own rate leaves no time for the attempt", retry_verdict::past_deadline);
        return true;
    }
    metadata_.rate_delay += wait;
    begin_wait(now, wait, pause::for_rate);
    return true;
}

void call_machine::begin_wait(time_point now, duration length, pause what) {
    pause_ = what;
    wake_at_ = now + length;
    step_ = call_step::wait;
    tell(&interceptor::before_wait, metadata_.attempts, length, what == pause::for_rate ? wait_reason::rate : wait_reason::retry);
}

bool call_machine::begin_attempt(std::size_t place, time_point now) {
    bool const hedge = settings_->retry.hedge_after && repeat_ == repeatability::readonly && settings_->retry.max_attempts > 1;
    // A new one each time: the transport may still look at the tokens of the one before.
    if (hedge && place == 0) hedging_ = std::make_unique<hedging>(settings_->stop);
    auto& request = place == 0 ? request_ : hedging_->second;
    if (hedge) request.stop = hedging_->sources[place].get_token();
    request.deadline = deadline_;
    if (settings_->attempt_timeout) {
        auto const end = now + *settings_->attempt_timeout;
        request.deadline = deadline_ ? std::min(*deadline_, end) : end;
    }
    int const number = metadata_.attempts + 1;
    if (op_->aws) {
        request.fields.set("amz-sdk-request", "attempt=" + std::to_string(number) +
                                                  "; max=" + std::to_string(settings_->retry.max_attempts));
    }
    tell(&interceptor::before_signing, number, request);
    if (auto why = sign(request, number)) {
        if (place == 0) give_up(why->condition, std::move(why->text), retry_verdict::not_signed);
        return false;
    }
    tell(&interceptor::before_sending, number, request);
    metadata_.attempts = attempts_[place] = number;
    newest_ = &request;
    pause_ = pause::none;
    retry_pending_ = false;
    wake_at_ = hedge && place == 0 ? now + *settings_->retry.hedge_after : time_point::max();
    step_ = call_step::send;
    return true;
}

// A second attempt beside the first, while at least half of the quota of retries is there: hedging is for an answer that is
// slow now and then, and must not add to the load of a peer that is slow throughout.
void call_machine::begin_hedge(time_point now) {
    wake_at_ = time_point::max();
    if (!hedging_ || attempts_[0] == 0 || attempts_[1] != 0) return;
    if (metadata_.attempts >= settings_->retry.max_attempts || settings_->stop.stop_requested()) return;
    auto* const state = settings_->state;
    int const cost = settings_->retry.cost;
    if (adaptive() && state->rate.wait_at(now) > duration::zero()) return;
    if (state && (state->tokens.available() < state->tokens.capacity() / 2 || !state->tokens.take(cost))) return;
    hedging_->second = request_;
    if (!begin_attempt(1, now)) {
        if (state) state->tokens.give_back(cost);
        return;
    }
    if (adaptive()) state->rate.acquire(now);
    last_cost_ = cost;
}

std::optional<signing_error> call_machine::sign(http_request& request, int attempt) {
    if (!settings_->sign) return std::nullopt;
    clock_offset_ = settings_->state ? settings_->state->clock.value() : std::chrono::milliseconds(0);
    try {
        return settings_->sign(request, {peer_now(), attempt});
    } catch (std::exception const& thrown) {
        return signing_error{thrown.what()};
    }
}

// What time it is for the peer.
std::chrono::system_clock::time_point call_machine::peer_now() const {
    if (!settings_->system_now) return {};
    return settings_->system_now() + (settings_->state ? settings_->state->clock.value() : std::chrono::milliseconds(0));
}

// Returns whether the attempt was signed with a wrong time, which is known now.
bool call_machine::observe_clock(response_view const& response) {
    if (!settings_->sign || !settings_->state || !settings_->system_now) return false;
    auto const date = response.header("date");
    return date && settings_->state->clock.observe(*date, settings_->system_now(), clock_offset_);
}

// Returns the number of the attempt that ended; 0 if it was not under way: nobody asked, or the transport answers twice.
int call_machine::end_attempt(int attempt) noexcept {
    if (step_ == call_step::done) return 0;
    for (auto& number : attempts_) {
        if (number == 0 || (attempt != 0 && number != attempt)) continue;
        metadata_.status = 0;
        metadata_.request_id.clear();
        metadata_.extended_request_id.clear();
        metadata_.cf_id.clear();
        return std::exchange(number, 0);
    }
    return 0;
}

void call_machine::close() {
    for (std::size_t place = 0; hedging_ && place < attempts_.size(); ++place) {
        if (attempts_[place] != 0) hedging_->sources[place].request_stop();
    }
    call_end end{.metadata = metadata_};
    switch (ending_) {
    case ending::none:
    case ending::output: break;
    case ending::invalid_input: end.result = call_result::invalid_input, end.sent = delivery::not_sent; break;
    case ending::transport:
        end.result = call_result::transport_failure, end.condition = transport_.condition, end.sent = transport_.sent;
        break;
    case ending::error: end.result = call_result::error, end.code = report_.code; break;
    }
    tell(&interceptor::at_end, metadata_.attempts, end);
}

void call_machine::finish(ending how, call_phase phase) noexcept {
    ending_ = how;
    metadata_.ended = phase;
    step_ = pause_ == pause::before_error ? call_step::wait : call_step::done;
}

void call_machine::fail(transport_errc condition, call_phase phase, std::string text) {
    transport_error const error{condition, maybe_sent_, std::move(text)};
    transport_.condition = condition;
    transport_.message = error.message();
    transport_.sent = maybe_sent_ ? delivery::possibly_sent : delivery::not_sent;
    finish(ending::transport, phase);
}

// The next attempt is not made. What was taken for it goes back.
void call_machine::give_up(transport_errc condition, std::string text, retry_verdict verdict) {
    if (pause_ == pause::for_rate) settings_->state->rate.renounce();
    pause_ = pause::none;
    if (std::exchange(retry_pending_, false)) {
        if (settings_->state) settings_->state->tokens.give_back(last_cost_);
        metadata_.failed_attempts.back().verdict = verdict;
    }
    fail(condition, metadata_.attempts == 0 ? call_phase::before : call_phase::between, std::move(text));
}

void call_machine::cancel() {
    auto const number = std::to_string(metadata_.attempts);
    std::string text = "after attempt " + number;
    if (step_ == call_step::wait) text = "in the wait " + text;
    give_up(transport_errc::cancelled, metadata_.attempts == 0 ? "before the first attempt" : text, retry_verdict::cancelled);
}

retry_verdict call_machine::judge(failed_attempt const& failure, bool may_have_acted) const noexcept {
    auto const& policy = settings_->retry;
    if (under_way() && (failure.advice != retry_advice::none || failure.condition)) return retry_verdict::hedged;
    if (failure.condition == transport_errc::cancelled) return retry_verdict::cancelled;
    if (failure.advice == retry_advice::none) return retry_verdict::not_retryable;
    if (failure.attempt >= policy.max_attempts || metadata_.attempts >= policy.max_attempts) return retry_verdict::out_of_attempts;
    if (policy.respect_idempotency && may_have_acted && repeat_ == repeatability::unsafe) return retry_verdict::not_idempotent;
    if (settings_->stop.stop_requested()) return retry_verdict::cancelled;
    return retry_verdict::retried;
}

std::chrono::milliseconds call_machine::delay_after(failed_attempt const& failure, response_view const* response) const {
    auto const random = settings_->random ? settings_->random() : 0.5;
    auto const delay = retry_delay(settings_->retry, metadata_.attempts, failure.advice, random);
    if (!response) return delay;
    auto const hint = read_retry_after(*response, peer_now());
    // Of "Infinity" the reference makes a wait that is no number, which its timer takes for the shortest there is.
    if (settings_->strictness == strictness::compatible && hint && !std::isfinite(*hint)) return std::chrono::milliseconds(1);
    return heed_hint(settings_->retry, delay, hint);
}

// Takes the tokens for a retry. Returns how long the wait is that is to begin; nothing if there is to be none.
std::optional<std::chrono::milliseconds> call_machine::pay_for_retry(failed_attempt& failure, response_view const* response,
                                                                     time_point now) {
    auto* const state = settings_->state;
    int const cost = retry_cost(settings_->retry, failure.advice);
    if (failure.verdict != retry_verdict::retried) return std::nullopt;
    bool const paid = !state || state->tokens.take(cost);
    if (!paid) failure.verdict = retry_verdict::out_of_tokens;
    if (!paid && !settings_->retry.long_polling) return std::nullopt;
    auto const delay = delay_after(failure, response);
    auto const end = now + delay;
    // A wait that would end after the deadline is not begun: the error that there is says more than a time-out.
    if (deadline_ && end + (adaptive() ? state->rate.wait_at(end) : duration::zero()) >= *deadline_) {
        if (paid && state) state->tokens.give_back(cost);
        if (paid) failure.verdict = retry_verdict::past_deadline;
        return std::nullopt;
    }
    if (paid) last_cost_ = cost;
    failure.delay = delay;
    return delay;
}

// Returns false if the call ends with this failure.
bool call_machine::retry(failed_attempt failure, bool may_have_acted, response_view const* response, time_point now) {
    failure.verdict = judge(failure, may_have_acted);
    auto const delay = pay_for_retry(failure, response, now);
    metadata_.failed_attempts.push_back(std::move(failure));
    auto const& record = metadata_.failed_attempts.back();
    tell(&interceptor::after_failure, record.attempt, record);
    if (delay) {
        metadata_.total_retry_delay += *delay;
        retry_pending_ = record.verdict == retry_verdict::retried;
        begin_wait(now, *delay, retry_pending_ ? pause::before_retry : pause::before_error);
    }
    return record.verdict == retry_verdict::retried || record.verdict == retry_verdict::hedged;
}

void call_machine::handle_response(response_view response, int attempt, time_point now, void* output, void* errors) {
    int const number = end_attempt(attempt);
    if (number == 0) return;
    auto const& all = settings_->interceptors;
    if (std::any_of(all.begin(), all.end(), [](interceptor const& one) { return static_cast<bool>(one.before_decoding); })) {
        response_ = copy_of(response);
        tell(&interceptor::before_decoding, number, response_);
        response = view_of(response_);
    }
    maybe_sent_ = true;
    metadata_.status = response.status;
    decode_options const options{settings_->strictness, settings_->limits, true};
    report_ = engine_->decode_response(*op_, response, options, output, errors);
    read_ids(response);
    metadata_.tolerated = std::move(report_.tolerated);
    bool const clock_corrected = observe_clock(response);
    auto* const state = settings_->state;
    if (report_.what == response_report::kind::output) {
        if (state) state->tokens.give_back(last_cost_ != 0 ? last_cost_ : settings_->retry.refund);
        if (adaptive()) state->rate.update(false, now);
        finish(ending::output, call_phase::answered);
        return;
    }
    failed_attempt failure{.attempt = number, .status = response.status, .condition = {}, .code = report_.code};
    // A success that cannot be decoded would not be better the next time.
    if (response.status < 200 || response.status >= 300) {
        failure.advice = advise(settings_->retry, response.status, report_.code, report_.message, report_.retry);
        if (failure.advice == retry_advice::none && clock_corrected) failure.advice = retry_advice::transient;
    }
    bool const throttled = failure.advice == retry_advice::throttled;
    if (adaptive()) state->rate.update(throttled, now);
    // What a peer refuses it has not acted on; a failure of its own may have come in the middle.
    bool const refused = throttled || (response.status >= 400 && response.status < 500);
    if (retry(std::move(failure), !refused, &response, now)) return;
    if (metadata_.failed_attempts.back().verdict == retry_verdict::cancelled) return cancel();
    response_ = copy_of(response);
    finish(ending::error, call_phase::answered);
}

void call_machine::handle_transport_error(transport_error const& error, int attempt, time_point now) {
    int const number = end_attempt(attempt);
    if (number == 0) return;
    maybe_sent_ = maybe_sent_ || error.sent;
    failed_attempt failure{.attempt = number, .status = 0, .condition = error.condition, .code = {}};
    failure.advice = advise(error.condition);
    if (adaptive()) settings_->state->rate.update(failure.advice == retry_advice::throttled, now);
    if (retry(std::move(failure), error.sent, nullptr, now)) return;
    bool const by_transport = error.condition == transport_errc::cancelled;
    if (!by_transport && metadata_.failed_attempts.back().verdict == retry_verdict::cancelled) return cancel();
    auto text = by_transport && error.text.empty() ? "while attempt " + std::to_string(number) + " was under way" : error.text;
    fail(error.condition, call_phase::sending, std::move(text));
}

// https://docs.aws.amazon.com/general/latest/gr/ask-support.html: what AWS's support asks for. Other services use the
// same names or none.
void call_machine::read_ids(response_view const& response) {
    auto const read = [&response](std::string& to, std::string_view name) {
        auto const value = response.header(name);
        if (value) to = *value;
        return value.has_value();
    };
    metadata_.request_id.clear();
    static_cast<void>(read(metadata_.request_id, "x-amzn-requestid") || read(metadata_.request_id, "x-amzn-request-id") ||
                      read(metadata_.request_id, "x-amz-request-id"));
    read(metadata_.extended_request_id, "x-amz-id-2");
    read(metadata_.cf_id, "x-amz-cf-id");
    if (report_.what != response_report::kind::undecodable || settings_->strictness != strictness::compatible) return;
    // Of a response that it cannot read, the reference takes the first header that looks like an id:
    // /^x-[\w-]+-request-?id$/.
    if (!response.can_iterate()) return;
    metadata_.request_id.clear();
    struct state {
        std::string& id;
        bool found = false;
    } s{metadata_.request_id};
    response.each_header(
        [](void* context, std::string_view name, std::string_view value) {
            auto& c = *static_cast<state*>(context);
            std::string lower;
            for (char ch : name) lower += ascii_lower(ch);
            bool const is_id = lower.starts_with("x-") && (lower.ends_with("-request-id") || lower.ends_with("-requestid"));
            if (c.found || !is_id || lower.size() < 13) return;
            c.found = true;
            c.id = value;
        },
        &s);
}

} // namespace parley::detail

#endif
#ifndef PARLEY_EXCHANGE_CLOCK_OFFSET_IPP
#define PARLEY_EXCHANGE_CLOCK_OFFSET_IPP

#include <array>
#include <cstddef>

namespace parley {

namespace detail {

std::optional<peer_time> parse_peer_date(std::string_view text) noexcept {
    auto found = parse_timestamp(text, timestamp_format::http_date);
    if (!found) found = parse_timestamp(text, timestamp_format::date_time);
    if (std::array<char, 40> in_utc{}; !found && text.size() < in_utc.size()) {
        auto const size = text.copy(in_utc.data(), text.size());
        in_utc[size] = 'Z';
        found = parse_timestamp({in_utc.data(), size + 1}, timestamp_format::date_time);
    }
    if (!found) return std::nullopt;
    return peer_time(std::chrono::seconds(found->seconds) + std::chrono::milliseconds(found->nanoseconds / 1'000'000));
}

} // namespace detail

bool clock_offset::observe(std::string_view date, time_point now, milliseconds used) noexcept {
    auto const there = detail::parse_peer_date(date);
    if (!there) return false;
    auto const here = std::chrono::floor<milliseconds>(now);
    auto const offset = *there - here;
    // A time that is signed has to be one of this machine's clock type, which ends in the year 2262.
    constexpr milliseconds most = std::chrono::years(100);
    if (offset > most || offset < -most) return false;
    if (std::chrono::abs(offset - used) < tolerance) return false;
    value_.store(offset.count(), std::memory_order_relaxed);
    return true;
}

} // namespace parley

#endif
#ifndef PARLEY_EXCHANGE_CREDENTIALS_IPP
#define PARLEY_EXCHANGE_CREDENTIALS_IPP

namespace parley {

std::string_view to_string(credentials_errc code) noexcept {
    switch (code) {
    case credentials_errc::not_configured: return "not configured";
    case credentials_errc::invalid: return "invalid configuration";
    case credentials_errc::unavailable: return "unavailable";
    case credentials_errc::refused: return "refused";
    case credentials_errc::malformed: return "malformed answer";
    case credentials_errc::expired: return "expired";
    }
    return "unknown error";
}

std::string credentials_error::message() const {
    auto line = provider + ": " + std::string(to_string(code));
    if (!text.empty()) line.append(": ").append(text);
    for (std::size_t i = 0; i < causes.size(); ++i) line.append(i == 0 ? " (" : "; ").append(causes[i].message());
    return causes.empty() ? line : line + ')';
}

} // namespace parley

#endif
#ifndef PARLEY_EXCHANGE_IDEMPOTENCY_TOKEN_IPP
#define PARLEY_EXCHANGE_IDEMPOTENCY_TOKEN_IPP

namespace parley::detail {

bool fill_idempotency_tokens(structure_shape const& s, void* input, std::function<std::string()> const& uuid) {
    bool there = false;
    for (std::size_t i = 0; i < s.count; ++i) {
        auto const& m = s.members[i];
        if (!m.idempotency_token || m.value.target->kind != shape_kind::text) continue;
        auto* const place = s.place_of(m, input);
        auto const* held = static_cast<std::string const*>(m.value.peek ? m.value.peek(place) : place);
        bool const absent = m.value.peek ? held == nullptr : held->empty();
        if (absent && uuid) {
            auto* const filled = static_cast<std::string*>(m.value.engage ? m.value.engage(place) : place);
            *filled = uuid();
            held = filled;
        }
        there = there || (held && !held->empty());
    }
    return there;
}

} // namespace parley::detail

#endif
#ifndef PARLEY_EXCHANGE_JSON_RPC_EXCHANGE_IPP
#define PARLEY_EXCHANGE_JSON_RPC_EXCHANGE_IPP

#include <algorithm>

namespace parley {

void json_rpc_exchange::add(detail::rpc_operation const& op, void const* input, bool is_call) {
    auto const id = id_at(parts_.size());
    auto& added = parts_.emplace_back();
    std::string request;
    added.sent = detail::rpc::encode_request(op, input, is_call ? &id : nullptr, options_.strictness, request, added.wrong);
    if (!added.sent) return;
    if (sent_++ > 0) message_ += ',';
    message_ += request;
    calls_ += is_call;
}

void json_rpc_exchange::handle_answer(std::string text) {
    given_ = true;
    failed_.reset();
    text_ = std::make_unique<std::string>(std::move(text));
    // Twice as many responses as parts is more than any server has reason to send.
    answer_.emplace(*text_, options_, std::max<std::size_t>(parts_.size() * 2, 1000));
}

void json_rpc_exchange::handle_transport_error(transport_error error) {
    given_ = true;
    failed_ = std::move(error);
}

call_metadata json_rpc_exchange::metadata_at(std::size_t position) const {
    call_metadata metadata;
    metadata.attempts = given_ && parts_[position].sent ? 1 : 0;
    return metadata;
}

invalid_input json_rpc_exchange::invalid_input_at(std::size_t position) const {
    invalid_input error;
    error.violations = parts_[position].wrong;
    error.message = data_error{error.violations}.message();
    return error;
}

transport_failure json_rpc_exchange::failure_of(transport_error const& error) {
    transport_failure failure;
    failure.condition = error.condition;
    failure.message = error.message();
    failure.sent = error.sent ? delivery::possibly_sent : delivery::not_sent;
    return failure;
}

} // namespace parley

#endif
#ifndef PARLEY_EXCHANGE_LINE_LOG_IPP
#define PARLEY_EXCHANGE_LINE_LOG_IPP

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

namespace parley {

namespace {

class line_writer {
public:
    line_writer(std::function<void(std::string_view)> write, line_log_options options) : write_(std::move(write)), options_(options) {}

    line_log_options const& options() const noexcept { return options_; }

    void request(http_request const& r, call_point const& at) const {
        auto const& table = at.table();
        auto const authority = r.authority();
        auto const host = options_.secrets ? std::string_view(authority) : detail::safe_authority(*table.request, authority);
        auto const target = options_.secrets ? r.target : detail::safe_target(*table.request, r.target);
        line(at, " > " + r.method + ' ' + r.scheme + "://" + std::string(host) + target);
        message(at, " > ", *table.request, r.fields, r.body, detail::may_hold_sensitive(*table.input));
    }
    void response(http_response const& r, call_point const& at) const {
        line(at, " < " + std::to_string(r.status));
        message(at, " < ", *at.table().response, r.fields, r.body, detail::may_answer_sensitive(at.table()));
    }
    void failure(failed_attempt const& f, call_point const& at) const {
        std::string text = f.condition ? std::string(to_string(*f.condition)) : std::to_string(f.status);
        append_code(text, f.code);
        text.append(": ").append(to_string(f.verdict));
        if (f.verdict == retry_verdict::retried) text += " in " + std::to_string(f.delay.count()) + " ms";
        line(at, " < " + text);
    }
    void wait(std::chrono::steady_clock::duration d, call_point const& at) const {
        line(at, " waits for the client's rate, " + std::to_string(std::chrono::ceil<std::chrono::milliseconds>(d).count()) + " ms");
    }
    void end(call_end const& e, call_point const& at) const {
        switch (e.result) {
        case call_result::output: return line(at, " ok, " + std::to_string(e.metadata.status));
        case call_result::invalid_input: return line(at, " failed: invalid input, nothing was sent");
        case call_result::transport_failure:
            return line(at, " failed: " + std::string(to_string(e.condition)) +
                                (e.sent == delivery::not_sent ? ", nothing was sent" : ", it may have been sent"));
        case call_result::error:
            auto text = " failed: " + std::to_string(e.metadata.status);
            append_code(text, e.code);
            return line(at, text);
        }
    }

private:
    // As the peer calls it, who may say anything.
    static void append_code(std::string& text, std::string_view code) {
        if (!code.empty()) text.append(" ").append(code.substr(0, 80));
    }
    void line(call_point const& at, std::string const& rest) const {
        std::string text(at.operation());
        if (at.attempt() != 0) text += " #" + std::to_string(at.attempt());
        text += rest;
        // What a peer says may not make lines of its own.
        std::replace_if(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, ' ');
        write_(text);
    }
    void message(call_point const& at, std::string const& arrow, detail::message_binding const& binding, headers const& fields,
                 std::string_view body, bool sensitive) const {
        if (options_.fields) {
            for (auto const& [name, value] : fields) {
                auto const shown = options_.secrets ? std::string_view(value) : detail::safe_field(binding, name, value);
                line(at, arrow + name + ": " + std::string(shown));
            }
        }
        if (!options_.bodies || body.empty()) return;
        auto const size = std::to_string(body.size()) + " bytes";
        if (sensitive && !options_.secrets) line(at, arrow + size + ", " + std::string(redacted));
        else if (body.size() <= options_.body_bytes) line(at, arrow + std::string(body));
        else line(at, arrow + std::string(body.substr(0, options_.body_bytes)) + "... of " + size);
    }

    std::function<void(std::string_view)> write_;
    line_log_options options_;
};

} // namespace

interceptor line_log(std::function<void(std::string_view line)> write, line_log_options options) {
    auto const lines = std::make_shared<line_writer const>(std::move(write), options);
    interceptor log;
    auto const request = [lines](http_request& r, call_point const& at) { lines->request(r, at); };
    // What signers add is seen only by who wants to see secrets.
    if (options.secrets) log.before_sending = request;
    else log.before_signing = request;
    if (options.fields || options.bodies) {
        log.before_decoding = [lines](http_response& r, call_point const& at) { lines->response(r, at); };
    }
    log.after_failure = [lines](failed_attempt const& f, call_point const& at) { lines->failure(f, at); };
    log.before_wait = [lines](std::chrono::steady_clock::duration d, wait_reason why, call_point const& at) {
        if (why == wait_reason::rate) lines->wait(d, at); // the other one stands with the failure
    };
    log.at_end = [lines](call_end const& e, call_point const& at) { lines->end(e, at); };
    return log;
}

} // namespace parley

#endif
#ifndef PARLEY_EXCHANGE_RATE_LIMITER_IPP
#define PARLEY_EXCHANGE_RATE_LIMITER_IPP

#include <algorithm>
#include <cmath>

namespace parley {

namespace {

constexpr double rate_beta = 0.7; // what is left of the rate when the peer has too much to do
constexpr double rate_scale = 0.4;
constexpr double rate_smoothing = 0.8; // the weight of the newest measurement
constexpr double least_fill_rate = 0.5;
constexpr double least_capacity = 1;

// Seconds, rounded once only: whole microseconds since the clock's epoch are exact in a double for 285 years.
double in_seconds(rate_limiter::time_point t) noexcept {
    return static_cast<double>(std::chrono::floor<std::chrono::microseconds>(t.time_since_epoch()).count()) / 1e6;
}

// Rates are kept to eight decimal places, as the reference keeps them.
double to_places(double value) noexcept { return std::round(value * 1e8) / 1e8; }

} // namespace

// Held for a few steps of arithmetic. A mutex would be a thing of the operating system, of which this room knows nothing.
class rate_limiter::lock {
public:
    explicit lock(std::atomic_flag& flag) noexcept : flag_(flag) {
        while (flag_.test_and_set(std::memory_order_acquire)) flag_.wait(true, std::memory_order_relaxed);
    }
    ~lock() {
        flag_.clear(std::memory_order_release);
        flag_.notify_one();
    }
    lock(lock const&) = delete;
    lock& operator=(lock const&) = delete;

private:
    std::atomic_flag& flag_;
};

rate_limiter::rate_limiter(time_point now) noexcept
    : last_throttle_(in_seconds(now)), measured_until_(std::floor(in_seconds(now))) {}

double rate_limiter::filled_at(double now) const noexcept {
    if (!filled_ || now <= last_fill_) return numbers_.available;
    return std::min(numbers_.max_capacity, numbers_.available + (now - last_fill_) * numbers_.fill_rate);
}

void rate_limiter::refill(double now) noexcept {
    numbers_.available = filled_at(now);
    last_fill_ = filled_ ? std::max(now, last_fill_) : now;
    filled_ = true;
}

// Until there is one token more than others wait for; in whole nanoseconds, upwards, so that it is there when the wait ends.
rate_limiter::duration rate_limiter::time_until(double available) const noexcept {
    auto const missing = 1 - available + static_cast<double>(numbers_.waiting);
    if (missing <= 0) return duration::zero();
    // A year is longer than anybody waits, and fits.
    return std::chrono::ceil<duration>(std::chrono::duration<double>(std::min(missing / numbers_.fill_rate, 31'536'000.0)));
}

void rate_limiter::measure(double now) noexcept {
    auto const half_second = std::floor(now * 2) / 2;
    ++count_;
    if (half_second <= measured_until_) return;
    auto const rate = static_cast<double>(count_) / (half_second - measured_until_);
    numbers_.measured_rate = to_places(rate * rate_smoothing + numbers_.measured_rate * (1 - rate_smoothing));
    count_ = 0;
    measured_until_ = half_second;
}

rate_limiter::duration rate_limiter::acquire(time_point now) noexcept {
    lock const held(locked_);
    if (!numbers_.enabled) return duration::zero();
    refill(in_seconds(now));
    auto const wait = time_until(numbers_.available);
    if (wait > duration::zero()) ++numbers_.waiting;
    else numbers_.available -= 1;
    return wait;
}

void rate_limiter::collect(time_point now) noexcept {
    lock const held(locked_);
    refill(in_seconds(now));
    numbers_.available -= 1;
    --numbers_.waiting;
}

void rate_limiter::renounce() noexcept {
    lock const held(locked_);
    --numbers_.waiting;
}

rate_limiter::duration rate_limiter::wait_at(time_point when) const noexcept {
    lock const held(locked_);
    return numbers_.enabled ? time_until(filled_at(in_seconds(when))) : duration::zero();
}

void rate_limiter::update(bool throttled, time_point now) noexcept {
    lock const held(locked_);
    auto const seconds = in_seconds(now);
    auto& n = numbers_;
    measure(seconds);
    if (throttled) n.last_max_rate = n.enabled ? std::min(n.measured_rate, n.fill_rate) : n.measured_rate;
    n.time_window = to_places(std::cbrt(n.last_max_rate * (1 - rate_beta) / rate_scale));
    double rate = 0;
    if (throttled) {
        last_throttle_ = seconds;
        rate = to_places(n.last_max_rate * rate_beta);
        n.enabled = true;
    } else {
        rate = to_places(rate_scale * std::pow(seconds - last_throttle_ - n.time_window, 3) + n.last_max_rate);
    }
    // Never more than twice of what is sent: a rate that is not used is not known to be good.
    rate = std::min(rate, 2 * n.measured_rate);
    refill(seconds);
    n.fill_rate = std::max(rate, least_fill_rate);
    n.max_capacity = std::max(rate, least_capacity);
    n.available = std::min(n.available, n.max_capacity);
}

rate_limiter::numbers rate_limiter::read() const noexcept {
    lock const held(locked_);
    return numbers_;
}

} // namespace parley

#endif
#ifndef PARLEY_EXCHANGE_REDACTION_IPP
#define PARLEY_EXCHANGE_REDACTION_IPP

#include <algorithm>
#include <vector>

namespace parley {

bool is_secret_name(std::string_view name) noexcept {
    // Parts of names, so that what somebody calls x-my-api-key is one, too. What is no secret and looks like one is a small loss.
    for (std::string_view const part : {"auth", "token", "secret", "password", "credential", "signature", "cookie", "api-key",
                                        "apikey", "access-key", "accesskey", "session"}) {
        auto const found = std::search(name.begin(), name.end(), part.begin(), part.end(),
                                       [](char a, char b) { return ascii_lower(a) == b; });
        if (found != name.end()) return true;
    }
    return equals_ignore_case(name, "key");
}

namespace detail {

namespace {

// Shapes may lead back to themselves; each is looked at once.
bool search_sensitive(shape const& what, std::vector<shape const*>& seen) {
    if (std::find(seen.begin(), seen.end(), &what) != seen.end()) return false;
    seen.push_back(&what);
    switch (what.kind) {
    case shape_kind::structure:
    case shape_kind::choice:
        for (std::size_t i = 0; i < what.structure->count; ++i) {
            auto const& m = what.structure->members[i];
            if (m.sensitive || search_sensitive(*m.value.target, seen)) return true;
        }
        return false;
    case shape_kind::list: return search_sensitive(*what.list->item.target, seen);
    case shape_kind::map: return search_sensitive(*what.map->value.target, seen);
    default: return false;
    }
}

bool binds_sensitive(message_binding const& binding, template_place first, template_place second) {
    return std::any_of(binding.parts.begin(), binding.parts.end(), [&](bound_part const& part) {
        return (part.place == first || part.place == second) && part.member && part.member->sensitive;
    });
}

// As "/patients/{name}".
std::string path_template(message_binding const& binding) {
    std::string path;
    for (auto const& part : binding.parts) {
        if (part.place == template_place::path_text) path += part.text;
        else if (part.place == template_place::path_label || part.place == template_place::path_greedy)
            path.append("{").append(part.member->cpp_name).append("}");
    }
    return path;
}

// Parameter by parameter, as they stand there.
std::string safe_query(std::string_view query) {
    std::string safe;
    while (!query.empty()) {
        auto const one = query.substr(0, query.find('&'));
        query.remove_prefix(std::min(one.size() + 1, query.size()));
        auto const equals = std::min(one.find('='), one.size());
        safe.append(safe.empty() ? "?" : "&");
        if (equals < one.size() && is_secret_name(one.substr(0, equals))) safe.append(one.substr(0, equals + 1)).append(redacted);
        else safe.append(one);
    }
    return safe;
}

} // namespace

bool may_hold_sensitive(shape const& what) {
    std::vector<shape const*> seen;
    return search_sensitive(what, seen);
}

bool may_answer_sensitive(operation_table const& op) {
    return may_hold_sensitive(*op.output) || std::any_of(op.errors.begin(), op.errors.end(), [](error_entry const& e) {
        return may_hold_sensitive(*e.what);
    });
}

std::string safe_target(message_binding const& binding, std::string_view target) {
    using enum template_place;
    auto const question = std::min(target.find('?'), target.size());
    auto safe = binds_sensitive(binding, path_label, path_greedy) ? path_template(binding) : std::string(target.substr(0, question));
    if (question == target.size()) return safe;
    if (binds_sensitive(binding, query_member, query_map)) return safe.append("?").append(redacted);
    return safe + safe_query(target.substr(question + 1));
}

std::string_view safe_authority(message_binding const& binding, std::string_view authority) {
    return binds_sensitive(binding, template_place::host_label, template_place::host_label) ? redacted : authority;
}

std::string_view safe_field(message_binding const& binding, std::string_view name, std::string_view value) {
    bool const bound = std::any_of(binding.parts.begin(), binding.parts.end(), [name](bound_part const& part) {
        if (!part.member || !part.member->sensitive) return false;
        if (part.place == template_place::header_member) return equals_ignore_case(part.name, name);
        return part.place == template_place::header_map && equals_ignore_case(part.name, name.substr(0, part.name.size()));
    });
    return bound || is_secret_name(name) ? redacted : value;
}

} // namespace detail
} // namespace parley

#endif
#ifndef PARLEY_EXCHANGE_RETRY_IPP
#define PARLEY_EXCHANGE_RETRY_IPP

#include <algorithm>
#include <cmath>

namespace parley {

retry_advice advise(transport_errc condition) noexcept {
    switch (condition) {
    case transport_errc::refused:
    case transport_errc::reset: return retry_advice::transient;
    case transport_errc::timed_out: return retry_advice::timed_out;
    case transport_errc::throttled: return retry_advice::throttled;
    default: return retry_advice::none;
    }
}

retry_advice advise(retry_policy const& policy, int status, std::string_view code, std::string_view message,
                    retryability declared) noexcept {
    auto const has = [](auto const& list, auto const& what) { return std::find(list.begin(), list.end(), what) != list.end(); };
    if (declared == retryability::throttling || has(policy.throttling_statuses, status) || has(policy.throttling_codes, code))
        return retry_advice::throttled;
    if (has(policy.transient_codes, code)) return retry_advice::timed_out;
    // A signature that took too long on its way is made afresh for the next attempt.
    bool const expired = code == "InvalidSignatureException" && message.find("Signature expired") != message.npos;
    if (expired || declared == retryability::retryable || has(policy.transient_statuses, status)) return retry_advice::transient;
    return retry_advice::none;
}

int retry_cost(retry_policy const& policy, retry_advice advice) noexcept {
    switch (advice) {
    case retry_advice::none: return 0;
    case retry_advice::transient: return policy.cost;
    case retry_advice::timed_out: return policy.timeout_cost;
    case retry_advice::throttled: return policy.throttled_cost;
    }
    return 0;
}

std::chrono::milliseconds retry_delay(retry_policy const& policy, int attempt, retry_advice advice, double random) noexcept {
    auto bound = advice == retry_advice::throttled ? policy.throttled_base : policy.base;
    for (int i = 1; i < attempt && bound < policy.max_delay && bound.count() > 0; ++i) bound *= 2;
    bound = std::min(bound, policy.max_delay);
    return std::chrono::milliseconds(static_cast<std::int64_t>(random * static_cast<double>(bound.count())));
}

std::chrono::milliseconds heed_hint(retry_policy const& policy, std::chrono::milliseconds delay,
                                    std::optional<double> hint) noexcept {
    if (!hint || !std::isfinite(*hint)) return delay;
    auto const least = static_cast<double>(delay.count());
    auto const more = static_cast<double>(std::max(policy.max_hint.count(), std::int64_t{0}));
    return std::chrono::milliseconds(static_cast<std::int64_t>(std::clamp(*hint, least, least + more)));
}

} // namespace parley

#endif
#ifndef PARLEY_EXCHANGE_RETRY_AFTER_IPP
#define PARLEY_EXCHANGE_RETRY_AFTER_IPP

#include <charconv>
#include <cmath>
#include <limits>
#include <string_view>
#include <system_error>

namespace parley {

namespace {

// All of the text as a number; one that is too large is infinite.
std::optional<double> number_in(std::string_view text, std::chars_format format) noexcept {
    double value = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, format);
    if (text.empty() || end != text.data() + text.size() || std::isnan(value)) return std::nullopt;
    if (error == std::errc::result_out_of_range) return std::numeric_limits<double>::infinity();
    return error == std::errc() ? std::optional(value) : std::nullopt;
}

// delay-seconds, and a fraction of them, which some peers send.
std::optional<double> seconds_in(std::string_view text) noexcept {
    bool const plain = text.find_first_not_of("0123456789.") == text.npos && !text.starts_with('.') && !text.ends_with('.');
    return plain ? number_in(text, std::chars_format::fixed) : std::nullopt;
}

std::optional<double> milliseconds_after(std::string_view value, std::chrono::system_clock::time_point now) {
    constexpr std::string_view gmt_and = " GMT, ";
    // Two fields that something on the way made one of: the seconds count.
    if (auto const at = value.rfind(gmt_and); at != value.npos) value.remove_prefix(at + gmt_and.size());
    if (auto const seconds = seconds_in(value)) return *seconds * 1000;
    auto const date = detail::parse_peer_date(value);
    if (!date) return std::nullopt;
    return static_cast<double>((*date - std::chrono::floor<std::chrono::milliseconds>(now)).count());
}

} // namespace

std::optional<double> read_retry_after(response_view const& response, std::chrono::system_clock::time_point now) {
    struct first_hint {
        std::string_view value;
        bool found = false;
        bool in_milliseconds = false;

        void take(std::string_view name, std::string_view text) noexcept {
            bool const plain = equals_ignore_case(name, "retry-after");
            if (found || (!plain && !equals_ignore_case(name, "x-amz-retry-after"))) return;
            *this = {text, true, !plain};
        }
    } hint;
    if (response.can_iterate()) {
        response.each_header([](void* context, std::string_view name,
                                std::string_view value) { static_cast<first_hint*>(context)->take(name, value); },
                             &hint);
    } else {
        for (std::string_view const name : {"retry-after", "x-amz-retry-after"}) {
            if (auto const value = response.header(name)) hint.take(name, *value);
        }
    }
    if (!hint.found) return std::nullopt;
    return hint.in_milliseconds ? number_in(trim(hint.value), std::chars_format::general)
                                : milliseconds_after(hint.value, now);
}

} // namespace parley

#endif
#ifndef PARLEY_EXCHANGE_SIGNERS_IPP
#define PARLEY_EXCHANGE_SIGNERS_IPP

#include <algorithm>
#include <utility>

namespace parley {

// RFC 6750, section 5.3: "Clients MUST always use TLS (https) or equivalent transport security when making requests with
// bearer tokens."
std::optional<signing_error> bearer_signer::operator()(http_request& request, signing_context const&) const {
    if (!allow_plain_http && request.scheme != "https") return signing_error{"a bearer token is not sent without TLS"};
    if (token.empty() || !is_header_value(token)) return signing_error{"the bearer token can be no header field"};
    request.fields.set("authorization", "Bearer " + token);
    return {};
}

std::optional<signing_error> api_key_signer::operator()(http_request& request, signing_context const&) const {
    if (key.empty()) return signing_error{"the API key is empty"};
    if (place == api_key_place::query) {
        if (name.empty()) return signing_error{"the query parameter of the API key has no name"};
        detail::erase_query_parameter(request.target, name);
        detail::append_query_parameter(request.target, name, key);
        return {};
    }
    auto value = scheme.empty() ? key : scheme + ' ' + key;
    if (!is_header_name(name) || !is_header_value(value)) return signing_error{"the API key can be no header field"};
    request.fields.set(name, std::move(value));
    return {};
}

namespace detail {

void erase_query_parameter(std::string& target, std::string_view name) {
    auto const question = target.find('?');
    if (question == target.npos) return;
    std::string query;
    for (std::size_t at = question + 1; at <= target.size();) {
        auto const end = std::min(target.find('&', at), target.size());
        auto const item = std::string_view(target).substr(at, end - at);
        at = end + 1;
        if (percent_decode(item.substr(0, item.find('='))) == name) continue;
        query.append(query.empty() ? "" : "&").append(item);
    }
    target.resize(question);
    if (!query.empty()) target.append("?").append(query);
}

void append_query_parameter(std::string& target, std::string_view name, std::string_view value) {
    auto const question = target.find('?');
    if (question == target.npos) target += '?';
    else if (question + 1 < target.size()) target += '&';
    append_percent_encoded(target, name);
    target += '=';
    append_percent_encoded(target, value);
}

} // namespace detail
} // namespace parley

#endif
#ifndef PARLEY_EXCHANGE_SIGV4_IPP
#define PARLEY_EXCHANGE_SIGV4_IPP

#include <algorithm>
#include <utility>

namespace parley {

namespace {

constexpr std::string_view sigv4_algorithm = "AWS4-HMAC-SHA256";

// What proxies add, change or take away, and what is of one connection only.
bool is_signed_header(std::string_view name) noexcept {
    static constexpr std::string_view unsigned_names[] = {
        "authorization", "cache-control", "connection", "expect",  "from",    "keep-alive", "max-forwards",   "pragma",
        "referer",       "te",            "trailer",    "transfer-encoding",  "upgrade",    "user-agent",     "x-amzn-trace-id"};
    return !name.starts_with("proxy-") && !name.starts_with("sec-") &&
           std::find(std::begin(unsigned_names), std::end(unsigned_names), name) == std::end(unsigned_names);
}

// "20250115T123456Z"; the date alone is the first eight characters.
std::string basic_time(std::chrono::system_clock::time_point now) {
    auto const seconds = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
    std::string text;
    append_timestamp(text, {static_cast<std::int64_t>(seconds), 0}, timestamp_format::date_time);
    std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
    return text;
}

std::string canonical_path(std::string_view path, sigv4_options const& options) {
    std::string text;
    if (options.normalize_path) {
        std::vector<std::string_view> segments;
        for (std::size_t at = 0; at < path.size();) {
            auto const end = std::min(path.find('/', at), path.size());
            auto const segment = path.substr(at, end - at);
            at = end + 1;
            if (segment.empty() || segment == ".") continue;
            if (segment != "..") segments.push_back(segment);
            else if (!segments.empty()) segments.pop_back();
        }
        for (auto const segment : segments) text.append("/").append(segment);
        if (segments.empty() || path.ends_with('/')) text += '/';
    } else {
        text = path.empty() ? "/" : path;
    }
    if (!options.double_encode_path) return text;
    std::string encoded;
    append_percent_encoded_path(encoded, text);
    return encoded;
}

// A percent sign that begins no escape stands for itself: the service would not see more in it, either.
std::string encoded_once(std::string_view text) {
    std::string encoded;
    auto const decoded = percent_decode(text);
    append_percent_encoded(encoded, decoded ? *decoded : text);
    return encoded;
}

std::string canonical_query(std::string_view query) {
    std::vector<std::pair<std::string, std::string>> items;
    for (std::size_t at = 0; at < query.size();) {
        auto const end = std::min(query.find('&', at), query.size());
        auto const item = query.substr(at, end - at);
        at = end + 1;
        if (item.empty()) continue;
        auto const equals = std::min(item.find('='), item.size());
        items.emplace_back(encoded_once(item.substr(0, equals)), encoded_once(item.substr(std::min(equals + 1, item.size()))));
    }
    std::sort(items.begin(), items.end());
    std::string text;
    for (auto const& [name, value] : items) text.append(text.empty() ? "" : "&").append(name).append("=").append(value);
    return text;
}

// Without space around it, and one space for each run of it within: a line that was folded is one line (RFC 9112, 5.2).
void append_collapsed(std::string& out, std::string_view value) {
    auto const start = out.size();
    bool space = false;
    for (char c : value) {
        if (c == ' ' || (c >= '\t' && c <= '\r')) {
            space = true;
            continue;
        }
        if (std::exchange(space, false) && out.size() > start) out += ' ';
        out += c;
    }
}

struct canonical_headers {
    std::string lines; // "name:value\n" each
    std::string names; // "a;b"
};

canonical_headers canonicalize(http_request const& request, sigv4_options const& options) {
    std::vector<std::pair<std::string, std::string_view>> fields;
    auto const authority = request.authority();
    if (!request.fields.contains("host")) fields.emplace_back("host", authority);
    for (auto const& field : request.fields) {
        std::string name;
        for (char c : field.name) name += ascii_lower(c);
        if (!is_signed_header(name) || (name == "x-amz-security-token" && !options.sign_session_token)) continue;
        fields.emplace_back(std::move(name), field.value);
    }
    // The values of one name stay in order.
    std::stable_sort(fields.begin(), fields.end(), [](auto const& a, auto const& b) { return a.first < b.first; });
    canonical_headers result;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        auto const& [name, value] = fields[i];
        if (i > 0 && fields[i - 1].first == name) {
            result.lines.back() = ',';
        } else {
            result.names.append(i > 0 ? ";" : "").append(name);
            result.lines.append(name).append(":");
        }
        append_collapsed(result.lines, value);
        result.lines += '\n';
    }
    return result;
}

std::optional<signing_error> problem_of(aws_credentials const& credentials, sigv4_options const& options) {
    auto const error = [](char const* text) { return signing_error{text}; };
    auto const is_word = [](std::string_view text) {
        return !text.empty() && is_header_value(text) && text.find_first_of(" \t,/") == text.npos;
    };
    if (!is_word(credentials.access_key_id)) return error("the access key id is missing or malformed");
    if (credentials.secret_access_key.empty()) return error("the secret access key is missing");
    if (!is_header_value(credentials.session_token)) return error("the session token can be no header field");
    if (!is_word(options.region)) return error("the region to sign for is missing or malformed");
    if (!is_word(options.service)) return error("the service to sign for is missing or malformed");
    if (!is_header_value(options.payload_hash)) return error("the payload hash can be no header field");
    return {};
}

// What is the same for both ways of signing.
struct sigv4_scope {
    std::string time;
    std::string text; // "20250115/us-east-1/service/aws4_request"

    sigv4_scope(std::chrono::system_clock::time_point now, sigv4_options const& options)
        : time(basic_time(now)), text(std::string(date()) + '/' + options.region + '/' + options.service + "/aws4_request") {}
    std::string_view date() const { return std::string_view(time).substr(0, 8); }
};

std::string payload_hash_of(http_request const& request, sigv4_options const& options) {
    return options.payload_hash.empty() ? to_hex(options.hashing.hash(request.body)) : options.payload_hash;
}

sha256_digest signing_key_of(std::string_view secret, std::string_view date, sigv4_options const& options) {
    auto key = options.hashing.hmac("AWS4" + std::string(secret), date);
    for (std::string_view const step : {std::string_view(options.region), std::string_view(options.service), std::string_view("aws4_request")}) {
        key = options.hashing.hmac(bytes_of(key), step);
    }
    return key;
}

sigv4_signature signature_of(http_request const& request, canonical_headers const& fields, std::string_view payload_hash,
                             aws_credentials const& credentials, sigv4_options const& options, sigv4_scope const& scope,
                             sha256_digest const* key) {
    std::string_view const target = request.target;
    auto const question = std::min(target.find('?'), target.size());
    sigv4_signature result;
    result.canonical_request.append(request.method)
        .append("\n")
        .append(canonical_path(target.substr(0, question), options))
        .append("\n")
        .append(canonical_query(target.substr(std::min(question + 1, target.size()))))
        .append("\n")
        .append(fields.lines)
        .append("\n")
        .append(fields.names)
        .append("\n")
        .append(payload_hash);
    result.string_to_sign.append(sigv4_algorithm)
        .append("\n")
        .append(scope.time)
        .append("\n")
        .append(scope.text)
        .append("\n")
        .append(to_hex(options.hashing.hash(result.canonical_request)));
    auto const derived = key ? *key : signing_key_of(credentials.secret_access_key, scope.date(), options);
    result.signature = to_hex(options.hashing.hmac(bytes_of(derived), result.string_to_sign));
    return result;
}

} // namespace

sha256_digest derive_signing_key(std::string_view secret_access_key, sigv4_options const& options,
                                 std::chrono::system_clock::time_point now) {
    return signing_key_of(secret_access_key, basic_time(now).substr(0, 8), options);
}

result<sigv4_signature, signing_error> sign_headers(http_request& request, aws_credentials const& credentials,
                                                    sigv4_options const& options,
                                                    std::chrono::system_clock::time_point now, sha256_digest const* key) {
    if (auto problem = problem_of(credentials, options)) return std::move(*problem);
    sigv4_scope const scope(now, options);
    auto const payload_hash = payload_hash_of(request, options);
    for (std::string_view const name : {"x-amz-security-token", "x-amz-date", "x-amz-content-sha256", "authorization"}) {
        request.fields.erase(name);
    }
    if (!credentials.session_token.empty()) request.fields.add("x-amz-security-token", credentials.session_token);
    request.fields.add("x-amz-date", scope.time);
    if (options.content_sha256_header) request.fields.add("x-amz-content-sha256", payload_hash);
    auto const fields = canonicalize(request, options);
    auto signature = signature_of(request, fields, payload_hash, credentials, options, scope, key);
    request.fields.add("authorization", std::string(sigv4_algorithm) + " Credential=" + credentials.access_key_id + '/' +
                                            scope.text + ", SignedHeaders=" + fields.names +
                                            ", Signature=" + signature.signature);
    return signature;
}

// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html: "The minimum value you can set is 1, and
// the maximum is 604800 (seven days)."
result<sigv4_signature, signing_error> presign(http_request& request, aws_credentials const& credentials,
                                               sigv4_options const& options, std::chrono::system_clock::time_point now,
                                               std::chrono::seconds expires, sha256_digest const* key) {
    if (auto problem = problem_of(credentials, options)) return std::move(*problem);
    if (expires < std::chrono::seconds(1) || expires > std::chrono::days(7)) {
        return signing_error{"a presigned request can be valid for 1 s to 7 days"};
    }
    sigv4_scope const scope(now, options);
    auto const fields = canonicalize(request, options);
    auto& target = request.target;
    for (std::string_view const name : {"X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Date", "X-Amz-SignedHeaders",
                                        "X-Amz-Expires", "X-Amz-Security-Token", "X-Amz-Signature"}) {
        detail::erase_query_parameter(target, name);
    }
    auto const add_token = [&] {
        if (!credentials.session_token.empty()) {
            detail::append_query_parameter(target, "X-Amz-Security-Token", credentials.session_token);
        }
    };
    detail::append_query_parameter(target, "X-Amz-Algorithm", sigv4_algorithm);
    detail::append_query_parameter(target, "X-Amz-Credential", credentials.access_key_id + '/' + scope.text);
    detail::append_query_parameter(target, "X-Amz-Date", scope.time);
    detail::append_query_parameter(target, "X-Amz-SignedHeaders", fields.names);
    detail::append_query_parameter(target, "X-Amz-Expires", std::to_string(expires.count()));
    if (options.sign_session_token) add_token();
    auto signature = signature_of(request, fields, payload_hash_of(request, options), credentials, options, scope, key);
    if (!options.sign_session_token) add_token();
    detail::append_query_parameter(target, "X-Amz-Signature", signature.signature);
    return signature;
}

} // namespace parley

#endif
#ifndef PARLEY_EXCHANGE_TOKEN_BUCKET_IPP
#define PARLEY_EXCHANGE_TOKEN_BUCKET_IPP

namespace parley {

// The count is all that the threads share, so nothing has to be ordered with it.

bool token_bucket::take(int count) noexcept {
    int there = available();
    while (there >= count) {
        if (available_.compare_exchange_weak(there, there - count, std::memory_order_relaxed)) return true;
    }
    return false;
}

void token_bucket::give_back(int count) noexcept {
    int there = available();
    while (there < capacity_ && count > 0) {
        int const after = count < capacity_ - there ? there + count : capacity_;
        if (available_.compare_exchange_weak(there, after, std::memory_order_relaxed)) return;
    }
}

} // namespace parley

#endif
#ifndef PARLEY_EXCHANGE_WAIT_MACHINE_IPP
#define PARLEY_EXCHANGE_WAIT_MACHINE_IPP

#include <algorithm>

namespace parley {

std::optional<wait_machine::time_point> wait_machine::handle(wait_state state, time_point now, double random) {
    using std::chrono::milliseconds;
    ++calls_;
    if (state != wait_state::retry) {
        ended_ = state == wait_state::success ? wait_end::success : wait_end::failure;
        return std::nullopt;
    }
    // "delay = random(min_delay, min(max_delay, min_delay * 2 ** (attempt - 1)))"
    auto const least = policy_.min_delay;
    auto most = least;
    for (int i = 1; i < calls_ && most < policy_.max_delay; ++i) most = std::max(most * 2, milliseconds(1));
    most = std::max(std::min(most, policy_.max_delay), least);
    auto delay = least + milliseconds(static_cast<std::int64_t>(random * static_cast<double>((most - least).count())));
    // "if remaining_time - delay <= min_delay, then delay = remaining_time - min_delay": the last question comes in time.
    auto const left = std::chrono::duration_cast<milliseconds>(deadline_ - now);
    if (left - delay <= least) delay = left - least;
    if (delay < milliseconds(0) || left <= milliseconds(0)) return std::nullopt;
    // Where the last wait is over already, another question would come too late.
    if (delay == milliseconds(0) && least > milliseconds(0)) return std::nullopt;
    return now + delay;
}

} // namespace parley

#endif
#ifndef PARLEY_HTTP_HEADER_LIST_IPP
#define PARLEY_HTTP_HEADER_LIST_IPP

#include <algorithm>

namespace parley {

void append_header_list_item(std::string& out, std::string_view item) {
    if (!out.empty()) out += ", ";
    if (item.find_first_of(",\"") == item.npos) {
        out += item;
        return;
    }
    out += '"';
    for (char c : item) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    out += '"';
}

std::optional<std::vector<std::string>> split_header_list(std::string_view value) {
    std::vector<std::string> items;
    value = trim(value);
    if (value.empty()) return items;
    std::size_t i = 0;
    while (true) {
        while (i < value.size() && (value[i] == ' ' || value[i] == '\t')) ++i;
        std::string item;
        if (i < value.size() && value[i] == '"') {
            bool closed = false;
            for (++i; i < value.size() && !closed; ++i) {
                if (value[i] == '"') closed = true;
                else if (value[i] == '\\' && i + 1 < value.size()) item += value[++i];
                else item += value[i];
            }
            if (!closed) return std::nullopt;
            while (i < value.size() && (value[i] == ' ' || value[i] == '\t')) ++i;
            if (i < value.size() && value[i] != ',') return std::nullopt;
        } else {
            auto const end = std::min(value.find(',', i), value.size());
            item = trim(value.substr(i, end - i));
            i = end;
        }
        items.push_back(std::move(item));
        if (i >= value.size()) return items;
        ++i; // the comma
    }
}

std::optional<std::vector<std::string>> split_http_date_list(std::string_view value) {
    std::vector<std::string> items;
    value = trim(value);
    while (!value.empty()) {
        auto const own = value.find(',');
        if (own == value.npos) return std::nullopt;
        auto const end = value.find(',', own + 1);
        items.emplace_back(trim(value.substr(0, end)));
        value = end == value.npos ? std::string_view() : trim(value.substr(end + 1));
    }
    return items;
}

} // namespace parley

#endif
#ifndef PARLEY_HTTP_HEADERS_IPP
#define PARLEY_HTTP_HEADERS_IPP

#include <utility>

namespace parley {

void headers::add(std::string name, std::string value) { fields_.push_back({std::move(name), std::move(value)}); }

void headers::set(std::string name, std::string value) {
    erase(name);
    add(std::move(name), std::move(value));
}

std::size_t headers::erase(std::string_view name) {
    return std::erase_if(fields_, [name](header const& field) { return equals_ignore_case(field.name, name); });
}

std::optional<std::string_view> headers::find(std::string_view name) const noexcept {
    for (auto const& field : fields_) {
        if (equals_ignore_case(field.name, name)) return field.value;
    }
    return std::nullopt;
}

bool is_header_name(std::string_view name) noexcept {
    for (char c : name) {
        bool const alphanumeric = (c >= '0' && c <= '9') || (ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z');
        if (!alphanumeric && std::string_view("!#$%&'*+-.^_`|~").find(c) == std::string_view::npos) return false;
    }
    return !name.empty();
}

bool is_header_value(std::string_view value) noexcept {
    for (char c : value) {
        auto const byte = static_cast<unsigned char>(c);
        if ((byte < 0x20 && c != '\t') || byte == 0x7f) return false;
    }
    return true;
}

} // namespace parley

#endif
#ifndef PARLEY_HTTP_MEDIA_TYPE_IPP
#define PARLEY_HTTP_MEDIA_TYPE_IPP

namespace parley {

std::string_view essence_of(std::string_view media_type) noexcept { return trim(media_type.substr(0, media_type.find(';'))); }

namespace {

// How well a range fits: 3 is the type itself, 0 not at all.
int fit(std::string_view range, std::string_view type) noexcept {
    if (range == "*/*") return 1;
    if (range.ends_with("/*")) {
        range.remove_suffix(1);
        return equals_ignore_case(range, type.substr(0, range.size())) ? 2 : 0;
    }
    return equals_ignore_case(range, type) ? 3 : 0;
}

// "q=0", "q=0.", "q=0.000": not acceptable.
bool has_no_weight(std::string_view parameters) noexcept {
    while (!parameters.empty()) {
        auto const end = parameters.find(';');
        auto const one = trim(parameters.substr(0, end));
        if (one.starts_with("q=") || one.starts_with("Q=")) return one.find_first_not_of("0.", 2) == one.npos;
        parameters = end == parameters.npos ? std::string_view() : parameters.substr(end + 1);
    }
    return false;
}

} // namespace

bool accepts(std::string_view accept, std::string_view type) noexcept {
    int best = 0;
    bool taken = false;
    while (!accept.empty()) {
        auto const item = accept.substr(0, accept.find(','));
        accept.remove_prefix(item.size() == accept.size() ? item.size() : item.size() + 1);
        auto const semicolon = item.find(';');
        int const how = fit(essence_of(item), type);
        if (how <= best) continue;
        best = how;
        taken = semicolon == item.npos || !has_no_weight(item.substr(semicolon + 1));
    }
    return taken;
}

bool accepts(field_view const& message, std::string_view type) {
    if (!message.can_iterate()) {
        auto const accept = message.header("accept");
        return !accept || trim(*accept).empty() || accepts(*accept, type);
    }
    struct state {
        std::string_view type;
        bool any = false, taken = false;
    } s{type};
    message.each_header(
        [](void* context, std::string_view name, std::string_view value) {
            auto& c = *static_cast<state*>(context);
            if (!equals_ignore_case(name, "accept") || trim(value).empty()) return;
            c.any = true;
            c.taken |= accepts(value, c.type);
        },
        &s);
    return !s.any || s.taken;
}

} // namespace parley

#endif
#ifndef PARLEY_HTTP_URI_IPP
#define PARLEY_HTTP_URI_IPP

namespace parley {

namespace {

bool is_unreserved(char c) noexcept {
    return (c >= '0' && c <= '9') || (ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z') || c == '-' || c == '.' || c == '_' ||
           c == '~';
}

void append_encoded(std::string& out, std::string_view text, bool keep_slashes) {
    std::size_t plain = 0; // the first character that is not in `out`
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (is_unreserved(text[i]) || (keep_slashes && text[i] == '/')) continue;
        auto const byte = static_cast<unsigned char>(text[i]);
        out.append(text, plain, i - plain);
        out += '%';
        out += "0123456789ABCDEF"[byte >> 4];
        out += "0123456789ABCDEF"[byte & 15];
        plain = i + 1;
    }
    out.append(text, plain);
}

int hex_digit(char c) noexcept {
    if (c >= '0' && c <= '9') return c - '0';
    c = ascii_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

} // namespace

void append_percent_encoded(std::string& out, std::string_view text) { append_encoded(out, text, false); }
void append_percent_encoded_path(std::string& out, std::string_view text) { append_encoded(out, text, true); }

std::optional<std::string> percent_decode(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            out += text[i];
            continue;
        }
        if (text.size() - i < 3) return std::nullopt;
        auto const high = hex_digit(text[i + 1]), low = hex_digit(text[i + 2]);
        if (high < 0 || low < 0) return std::nullopt;
        out += static_cast<char>(high * 16 + low);
        i += 2;
    }
    return out;
}

bool percent_decodes_to(std::string_view encoded, std::string_view text) noexcept {
    std::size_t i = 0;
    for (char c : text) {
        if (i == encoded.size()) return false;
        if (encoded[i] == '%') {
            if (encoded.size() - i < 3) return false;
            auto const high = hex_digit(encoded[i + 1]), low = hex_digit(encoded[i + 2]);
            if (high < 0 || low < 0 || static_cast<char>(high * 16 + low) != c) return false;
            i += 3;
        } else if (encoded[i++] != c) {
            return false;
        }
    }
    return i == encoded.size();
}

std::optional<std::vector<std::pair<std::string, std::string>>> parse_query(std::string_view query) {
    std::vector<std::pair<std::string, std::string>> items;
    while (!query.empty()) {
        auto const end = query.find('&');
        auto const item = query.substr(0, end);
        query = end == query.npos ? std::string_view() : query.substr(end + 1);
        if (item.empty()) continue;
        auto const equals = item.find('=');
        auto name = percent_decode(item.substr(0, equals));
        auto value = percent_decode(equals == item.npos ? std::string_view() : item.substr(equals + 1));
        if (!name || !value) return std::nullopt;
        items.emplace_back(std::move(*name), std::move(*value));
    }
    return items;
}

bool is_host_label(std::string_view text) noexcept {
    if (text.empty() || text.size() > 63 || text.front() == '-' || text.back() == '-') return false;
    for (char c : text) {
        bool const alphanumeric = (c >= '0' && c <= '9') || (ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z');
        if (!alphanumeric && c != '-') return false;
    }
    return true;
}

std::optional<endpoint_url> parse_endpoint(std::string_view url) {
    for (char c : url) {
        auto const byte = static_cast<unsigned char>(c);
        if (byte <= 0x20 || byte == 0x7f || c == '#' || c == '?' || c == '\\') return std::nullopt;
    }
    endpoint_url result;
    auto const colon = url.find("://");
    if (colon == url.npos) return std::nullopt;
    for (char c : url.substr(0, colon)) result.scheme += ascii_lower(c);
    std::uint16_t const usual = result.scheme == "https" ? 443 : 80;
    if (result.scheme != "https" && result.scheme != "http") return std::nullopt;
    url = url.substr(colon + 3);
    auto const slash = url.find('/');
    auto authority = url.substr(0, slash);
    if (slash != url.npos) result.path = url.substr(slash);
    if (auto const at = authority.rfind('@'); at != authority.npos) authority = authority.substr(at + 1);
    std::string_view host = authority, port;
    if (authority.starts_with('[')) {
        auto const close = authority.find(']');
        if (close == authority.npos || close == 1) return std::nullopt;
        host = authority.substr(0, close + 1);
        port = authority.substr(close + 1);
        for (char c : host.substr(1, host.size() - 2)) {
            if (hex_digit(c) < 0 && c != ':' && c != '.') return std::nullopt;
        }
    } else {
        host = authority.substr(0, authority.find(':'));
        port = authority.substr(host.size());
        for (char c : host) {
            if (!is_unreserved(c) && c != '*' && static_cast<unsigned char>(c) < 0x80) return std::nullopt;
        }
    }
    if (host.empty()) return std::nullopt;
    if (!port.empty()) {
        if (port[0] != ':') return std::nullopt;
        if (port.size() > 1) {
            auto const number = parse_integer<std::uint16_t>(port.substr(1));
            if (!number || *number == 0) return std::nullopt;
            result.port = *number == usual ? std::uint16_t{0} : *number;
        }
    }
    for (char c : host) result.host += ascii_lower(c);
    return result;
}

} // namespace parley

#endif
#ifndef PARLEY_JSON_DECODE_IPP
#define PARLEY_JSON_DECODE_IPP

#ifndef PARLEY_JSON_FREE_FORM_IPP
#define PARLEY_JSON_FREE_FORM_IPP

// Values that no description knows more of: kept as text again, without whitespace, or built by Boost.JSON.

#ifndef PARLEY_JSON_ESCAPE_IPP
#define PARLEY_JSON_ESCAPE_IPP

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace parley::detail {

namespace {

// What stands for a character in a JSON string: itself (0), a letter after a reverse solidus, or 'u', four hex digits.
// Quotation mark, reverse solidus and the control characters must be escaped (RFC 8259, section 7).
constexpr auto json_escapes = [] {
    std::array<char, 256> table{};
    for (std::size_t i = 0; i < 0x20; ++i) table[i] = 'u';
    table['"'] = '"', table['\\'] = '\\';
    table['\b'] = 'b', table['\f'] = 'f', table['\n'] = 'n', table['\r'] = 'r', table['\t'] = 't';
    return table;
}();

// Writes to memory that has room for six times the text; returns the end.
char* write_escaped(char* to, std::string_view text) noexcept {
    for (char c : text) {
        auto const byte = static_cast<unsigned char>(c);
        char const escape = json_escapes[byte];
        if (escape == 0) {
            *to++ = c;
            continue;
        }
        *to++ = '\\';
        *to++ = escape;
        if (escape != 'u') continue;
        *to++ = '0', *to++ = '0';
        *to++ = static_cast<char>('0' + (byte >> 4));
        *to++ = "0123456789abcdef"[byte & 15];
    }
    return to;
}

void append_json_string(std::string& out, std::string_view text) {
    auto const used = out.size();
    out.resize(used + text.size() * 6 + 2);
    char* to = out.data() + used;
    *to++ = '"';
    to = write_escaped(to, text);
    *to++ = '"';
    out.resize(static_cast<std::size_t>(to - out.data()));
}

} // namespace

} // namespace parley::detail

#endif
#ifndef PARLEY_JSON_NUMBER_LITERAL_IPP
#define PARLEY_JSON_NUMBER_LITERAL_IPP

// The numbers of JSON, read in one pass into digits and a power of ten; and what these are as integers, doubles and times.

#include <bit>
#include <cstdint>
#include <cstring>
#include <limits>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

namespace parley::detail {

namespace {

/// A number as it is written: digits * 10^exponent.
struct number_literal {
    std::string_view text;
    std::uint64_t digits = 0;
    std::int64_t exponent = 0;
    bool negative = false;
    bool integral = true; ///< without fraction and exponent
    bool exact = true;    ///< `digits` holds all digits
};

inline bool is_digit(char c) noexcept { return static_cast<unsigned char>(c - '0') < 10; }

// Takes digits, eight at a time where there are so many.
inline char const* take_json_digits(char const* at, char const* end, std::uint64_t& digits) noexcept {
    if constexpr (std::endian::native == std::endian::little) {
        for (; end - at >= 8; at += 8) {
            std::uint64_t block;
            std::memcpy(&block, at, sizeof block);
            auto const value = block - 0x3030303030303030U;
            if (((value | (value + 0x7676767676767676U)) & 0x8080808080808080U) != 0) break;
            // Pairs, then pairs of pairs, then all.
            auto const pairs = (value * 10 + (value >> 8)) & 0x00ff00ff00ff00ffU;
            auto const fours = (pairs * 100 + (pairs >> 16)) & 0x0000ffff0000ffffU;
            digits = digits * 100'000'000 + ((fours * 10'000 + (fours >> 32)) & 0xffffffffU);
        }
    }
    for (; at != end && is_digit(*at); ++at) digits = digits * 10 + static_cast<std::uint64_t>(*at - '0');
    return at;
}

/// Reads the number at `at`. Returns its end; or null if there is none, and then `stop` is where it went wrong, `end` if it
/// is not complete.
inline char const* scan_number(char const* at, char const* end, number_literal& number, char const*& stop) noexcept {
    auto const* const begin = at;
    number.negative = *at == '-';
    if (number.negative) ++at;
    auto const fail = [&](char const* place) {
        stop = place;
        return nullptr;
    };
    if (at == end || !is_digit(*at)) return fail(at);
    auto const* const first = at;
    std::uint64_t digits = 0;
    std::int64_t exponent = 0;
    if (*at == '0') {
        if (++at != end && is_digit(*at)) return fail(at);
    } else {
        at = take_json_digits(at, end, digits);
    }
    auto count = at - first;
    if (at != end && *at == '.') {
        number.integral = false;
        auto const* const fraction = ++at;
        at = take_json_digits(at, end, digits);
        if (at == fraction) return fail(at);
        exponent = fraction - at;
        count += at - fraction;
    }
    if (at != end && (*at | 0x20) == 'e') {
        number.integral = false;
        bool const down = ++at != end && *at == '-';
        if (at != end && (*at == '-' || *at == '+')) ++at;
        if (at == end || !is_digit(*at)) return fail(at);
        std::int64_t written = 0;
        for (; at != end && is_digit(*at); ++at) {
            written = written * 10 + (*at - '0');
            if (written > std::numeric_limits<std::int32_t>::max()) return fail(at); // as in Boost.JSON
        }
        exponent += down ? -written : written;
    }
    number.digits = digits;
    number.exponent = exponent;
    number.exact = count <= 19; // as many fit in 64 bits, whichever they are
    number.text = {begin, static_cast<std::size_t>(at - begin)};
    return at;
}

constexpr double exact_powers_of_ten[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                          1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

/// The nearest double; nothing if it is beyond all of them.
inline std::optional<double> to_double(number_literal const& number) noexcept {
    // Digits and power are doubles themselves, so that there is one operation, which rounds once: W. D. Clinger, "How to
    // read floating point numbers accurately", 1990.
    if (number.exact && number.digits <= (std::uint64_t{1} << 53) && number.exponent >= -22 && number.exponent <= 22) {
        auto value = static_cast<double>(number.digits);
        if (number.exponent < 0) value /= exact_powers_of_ten[-number.exponent];
        else value *= exact_powers_of_ten[number.exponent];
        return number.negative ? -value : value;
    }
    return parse_double(number.text);
}

/// The integer that a JSON number stands for, exactly: "1e3" and "10.0" are integers, "1.5" is none.
struct literal_integer {
    enum class outcome : std::uint8_t { exact, fraction, too_large } outcome = outcome::exact;
    bool negative = false;
    std::uint64_t magnitude = 0;
};

inline literal_integer read_integer(std::string_view literal) {

    literal_integer result;
    std::size_t i = 0;
    if (i < literal.size() && literal[i] == '-') result.negative = true, ++i;
    // Zeros are held back until a digit follows, so that trailing ones become part of the exponent.
    long long exponent = 0, held_zeros = 0;
    bool in_fraction = false, too_large = false;
    auto multiply = [&] {
        if (__builtin_mul_overflow(result.magnitude, std::uint64_t{10}, &result.magnitude)) too_large = true;
    };
    for (; i < literal.size() && literal[i] != 'e' && literal[i] != 'E'; ++i) {
        if (literal[i] == '.') {
            in_fraction = true;
            continue;
        }
        if (in_fraction) --exponent;
        if (literal[i] == '0') {
            ++held_zeros;
            continue;
        }
        for (; held_zeros > 0 && !too_large; --held_zeros) multiply();
        held_zeros = 0;
        multiply();
        auto const digit = static_cast<std::uint64_t>(literal[i] - '0');
        if (__builtin_add_overflow(result.magnitude, digit, &result.magnitude)) too_large = true;
    }
    exponent += held_zeros;
    if (i < literal.size()) {
        bool const negative = ++i < literal.size() && literal[i] == '-';
        if (i < literal.size() && (literal[i] == '-' || literal[i] == '+')) ++i;
        long long written = 0;
        for (; i < literal.size(); ++i) {
            if (written < 1'000'000'000'000) written = written * 10 + (literal[i] - '0');
        }
        exponent += negative ? -written : written;
    }
    if (result.magnitude == 0 && !too_large) return result;
    if (exponent < 0) {
        result.outcome = literal_integer::outcome::fraction;
    } else {
        for (; exponent > 0 && !too_large; --exponent) multiply();
        if (too_large) result.outcome = literal_integer::outcome::too_large;
    }
    return result;
}

inline literal_integer to_integer(number_literal const& number) {
    if (number.integral && number.exact) return {literal_integer::outcome::exact, number.negative, number.digits};
    return read_integer(number.text);
}

/// The time that a number of seconds since 1970 stands for; nothing if it is beyond all times.
inline std::optional<instant> to_instant(number_literal const& number) noexcept {
    static constexpr std::uint32_t units[] = {1'000'000'000, 100'000'000, 10'000'000, 1'000'000, 100'000,
                                              10'000,        1'000,       100,        10,        1};
    if (!number.exact || number.exponent > 0 || number.exponent < -9)
        return parse_timestamp(number.text, timestamp_format::epoch_seconds);
    auto const unit = units[-number.exponent];
    auto const in_a_second = 1'000'000'000 / unit;
    auto const seconds = number.digits / in_a_second;
    auto const nanoseconds = static_cast<std::int32_t>(number.digits % in_a_second * unit);
    if (!std::in_range<std::int64_t>(seconds)) return parse_timestamp(number.text, timestamp_format::epoch_seconds);
    auto const whole = static_cast<std::int64_t>(seconds);
    if (!number.negative) return instant{whole, nanoseconds};
    return nanoseconds == 0 ? instant{-whole, 0} : instant{-whole - 1, 1'000'000'000 - nanoseconds};
}

template <class T>
bool store_as(void* object, bool negative, std::uint64_t magnitude) {
    if (negative && magnitude != 0) {
        if constexpr (std::is_unsigned_v<T>) return false;
        constexpr auto most = static_cast<std::uint64_t>(std::numeric_limits<T>::max()) + 1;
        if (magnitude > most) return false;
        auto const value = static_cast<T>(-static_cast<std::int64_t>(magnitude - 1) - 1);
        std::memcpy(object, &value, sizeof value);
        return true;
    }
    if (magnitude > static_cast<std::uint64_t>(std::numeric_limits<T>::max())) return false;
    auto const value = static_cast<T>(magnitude);
    std::memcpy(object, &value, sizeof value);
    return true;
}

inline bool store_integer(shape const& what, void* object, bool negative, std::uint64_t magnitude) {
    switch (what.size) {
    case 1:
        return what.is_signed ? store_as<std::int8_t>(object, negative, magnitude)
                              : store_as<std::uint8_t>(object, negative, magnitude);
    case 2:
        return what.is_signed ? store_as<std::int16_t>(object, negative, magnitude)
                              : store_as<std::uint16_t>(object, negative, magnitude);
    case 4:
        return what.is_signed ? store_as<std::int32_t>(object, negative, magnitude)
                              : store_as<std::uint32_t>(object, negative, magnitude);
    default:
        return what.is_signed ? store_as<std::int64_t>(object, negative, magnitude)
                              : store_as<std::uint64_t>(object, negative, magnitude);
    }
}

inline void store_floating(shape const& what, void* object, double number) {
    if (what.size == sizeof(float)) *static_cast<float*>(object) = static_cast<float>(number);
    else *static_cast<double*>(object) = number;
}

} // namespace

} // namespace parley::detail

#endif

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace parley::detail {

namespace {

inline bool is_free_form(shape const& what) {
    return what.kind == shape_kind::document || what.kind == shape_kind::json_value;
}

inline bool fits_int64(std::uint64_t magnitude) {
    return magnitude <= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
}

// Gives `take` the number as the type that Boost.JSON keeps it in. False if it is beyond all doubles, which is then 0.
template <class Take>
bool take_number(number_literal const& number, Take take) {
    bool const integer = number.integral && number.exact && !(number.negative && number.digits == 0);
    if (integer && !number.negative && !fits_int64(number.digits)) return take(number.digits), true;
    if (integer && (!number.negative || fits_int64(number.digits))) {
        auto const magnitude = static_cast<std::int64_t>(number.digits);
        return take(number.negative ? -magnitude : magnitude), true;
    }
    if (number.integral && !(number.negative && number.digits == 0)) {
        // Of twenty digits, or the least of all integers.
        auto const exact = read_integer(number.text);
        if (exact.outcome == literal_integer::outcome::exact) {
            if (!exact.negative) return take(exact.magnitude), true;
            if (exact.magnitude == std::uint64_t{1} << 63) return take(std::numeric_limits<std::int64_t>::min()), true;
        }
    }
    auto const value = to_double(number);
    take(value.value_or(0));
    return value.has_value();
}

// Puts together the objects and arrays of one free-form value at a time.
class free_form {
public:
    /// The value at `object` is an object or array that begins.
    void begin(shape const& what, void* object) {
        if (what.kind == shape_kind::document) {
            raw_ = &static_cast<document*>(object)->json;
            raw_->clear();
            return;
        }
        values_.emplace();
        values_->reset();
        target_ = static_cast<boost::json::value*>(object);
    }
    void open(char bracket) {
        if (raw_) put({&bracket, 1});
        else counts_.push_back(0);
    }
    void close(char bracket) {
        if (raw_) {
            *raw_ += bracket;
            return;
        }
        auto const count = counts_.back();
        counts_.pop_back();
        if (bracket == '}') values_->push_object(count);
        else values_->push_array(count);
        took();
    }
    void end() {
        if (!std::exchange(raw_, nullptr)) {
            *target_ = values_->release();
            values_.reset();
        }
    }

    void key(std::string_view key) {
        if (raw_) put_separator(), append_json_string(*raw_, key), *raw_ += ':';
        else values_->push_key(key);
    }
    void text(std::string_view text) {
        if (raw_) put_separator(), append_json_string(*raw_, text);
        else values_->push_string(text), took();
    }
    bool number(number_literal const& number) {
        if (raw_) return put(number.text), true;
        struct {
            boost::json::value_stack& values;
            void operator()(std::int64_t value) const { values.push_int64(value); }
            void operator()(std::uint64_t value) const { values.push_uint64(value); }
            void operator()(double value) const { values.push_double(value); }
        } const push{*values_};
        took();
        return take_number(number, push);
    }
    void boolean(bool value) {
        if (raw_) put(value ? "true" : "false");
        else values_->push_bool(value), took();
    }
    void null() {
        if (raw_) put("null");
        else values_->push_null(), took();
    }

    // Values that are neither object nor array.

    static void put_text(shape const& what, void* object, std::string_view text) {
        if (what.kind == shape_kind::json_value) {
            value_at(object) = text;
            return;
        }
        auto& json = static_cast<document*>(object)->json;
        json.clear();
        append_json_string(json, text);
    }
    static bool put_number(shape const& what, void* object, number_literal const& number) {
        if (what.kind == shape_kind::json_value) return take_number(number, [object](auto value) { value_at(object) = value; });
        static_cast<document*>(object)->json = number.text;
        return true;
    }
    static void put_boolean(shape const& what, void* object, bool value) {
        if (what.kind == shape_kind::json_value) value_at(object) = value;
        else static_cast<document*>(object)->json = value ? "true" : "false";
    }
    static void put_null(shape const& what, void* object) {
        if (what.kind == shape_kind::json_value) value_at(object) = nullptr;
        else static_cast<document*>(object)->json = "null";
    }

private:
    static boost::json::value& value_at(void* object) { return *static_cast<boost::json::value*>(object); }

    void took() {
        if (!counts_.empty()) ++counts_.back();
    }
    // The last character tells whether another value stands before: no value ends with one of these.
    void put_separator() {
        if (!raw_->empty() && raw_->back() != '{' && raw_->back() != '[' && raw_->back() != ':') *raw_ += ',';
    }
    void put(std::string_view text) {
        put_separator();
        *raw_ += text;
    }

    std::string* raw_ = nullptr; // of the document that is being read
    std::optional<boost::json::value_stack> values_;
    boost::json::value* target_ = nullptr;
    std::vector<std::size_t> counts_; // of the values in each object and array
};

} // namespace

} // namespace parley::detail

#endif
#ifndef PARLEY_JSON_SCAN_IPP
#define PARLEY_JSON_SCAN_IPP

// The lexical part of JSON: where the strings end, and what their escapes stand for.

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace parley::detail {

namespace {

inline char const* skip_json_space(char const* at, char const* end) noexcept {
    while (at != end && *at <= ' ' && (*at == ' ' || *at == '\n' || *at == '\r' || *at == '\t')) ++at;
    return at;
}

/// What a string is made of.
struct string_marks {
    bool ascii = true;
    bool escaped = false;
};

#ifdef __SSE2__
// One bit for each byte that ends a run of plain characters: quotation mark, reverse solidus, control characters.
inline unsigned special_bytes(__m128i block) noexcept {
    auto const space = _mm_set1_epi8(0x1f);
    auto const control = _mm_cmpeq_epi8(_mm_max_epu8(block, space), space);
    auto const quote = _mm_cmpeq_epi8(block, _mm_set1_epi8('"')), solidus = _mm_cmpeq_epi8(block, _mm_set1_epi8('\\'));
    return static_cast<unsigned>(_mm_movemask_epi8(_mm_or_si128(control, _mm_or_si128(quote, solidus))));
}

// The same, and one for each byte beyond ASCII.
inline unsigned unsimple_bytes(__m128i block) noexcept {
    // With that bit changed, quotation mark and control characters are the least, but for what is beyond ASCII and so negative.
    auto const special = _mm_cmplt_epi8(_mm_xor_si128(block, _mm_set1_epi8(2)), _mm_set1_epi8(0x21));
    auto const solidus = _mm_cmpeq_epi8(block, _mm_set1_epi8('\\'));
    return static_cast<unsigned>(_mm_movemask_epi8(_mm_or_si128(special, solidus)));
}
#endif

// The first byte from `at` on that is not plain, or `end`. `begin` is that of the memory that may be read.
inline char const* skip_plain(char const* begin, char const* at, char const* end, bool& ascii) noexcept {
    unsigned high = 0;
#ifdef __SSE2__
    for (; end - at >= 16; at += 16) {
        auto const block = _mm_loadu_si128(reinterpret_cast<__m128i const*>(at));
        auto const special = special_bytes(block);
        auto const above = static_cast<unsigned>(_mm_movemask_epi8(block));
        if (special != 0) {
            high |= above & (special ^ (special - 1));
            if (high != 0) ascii = false;
            return at + std::countr_zero(special);
        }
        high |= above;
    }
    if (end - begin >= 16) {
        // The rest, as the last bytes of a block that overlaps with the one before.
        auto const block = _mm_loadu_si128(reinterpret_cast<__m128i const*>(end - 16));
        auto const before = static_cast<unsigned>(16 - (end - at));
        auto const special = special_bytes(block) >> before;
        auto const above = static_cast<unsigned>(_mm_movemask_epi8(block)) >> before;
        high |= special != 0 ? above & (special ^ (special - 1)) : above;
        if (high != 0) ascii = false;
        return special != 0 ? at + std::countr_zero(special) : end;
    }
#else
    static_cast<void>(begin);
#endif
    for (; at != end; ++at) {
        auto const byte = static_cast<unsigned char>(*at);
        if (json_escapes[byte] != 0) break;
        high |= byte & 0x80U;
    }
    if (high != 0) ascii = false;
    return at;
}

/// The end of a string that has neither escapes nor anything beyond ASCII; null if it is no such. `begin` is that of the memory
/// that may be read.
inline char const* find_simple_string_end(char const* begin, char const* at, char const* end) noexcept {
#ifdef __SSE2__
    auto const find = [](char const* from) { return unsimple_bytes(_mm_loadu_si128(reinterpret_cast<__m128i const*>(from))); };
    for (; end - at >= 16; at += 16) {
        if (auto const found = find(at)) return at[std::countr_zero(found)] == '"' ? at + std::countr_zero(found) : nullptr;
    }
    if (end - begin >= 16) {
        auto const found = find(end - 16) >> (16 - (end - at));
        return found && at[std::countr_zero(found)] == '"' ? at + std::countr_zero(found) : nullptr;
    }
#else
    static_cast<void>(begin);
#endif
    while (at != end && json_escapes[static_cast<unsigned char>(*at)] == 0 && static_cast<unsigned char>(*at) < 0x80) ++at;
    return at != end && *at == '"' ? at : nullptr;
}

/// Where the string whose content begins at `at` ends: at its quotation mark, at a character that must not be in it, or at
/// `end` where it is not complete.
inline char const* find_string_end(char const* begin, char const* at, char const* end, string_marks& marks) noexcept {
    if (auto const* const simple = find_simple_string_end(begin, at, end)) return simple;
    for (;;) {
        at = skip_plain(begin, at, end, marks.ascii);
        if (at == end || *at != '\\') return at;
        marks.escaped = true;
        if (end - at < 2) return end;
        at += 2;
    }
}

// The number that four hexadecimal digits stand for, or more than 0xffff.
inline std::uint32_t read_hex4(char const* at) noexcept {
    std::uint32_t value = 0;
    for (int i = 0; i < 4; ++i) {
        char const c = at[i];
        std::uint32_t digit = 0x10000;
        if (c >= '0' && c <= '9') digit = static_cast<std::uint32_t>(c - '0');
        else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f') digit = static_cast<std::uint32_t>((c | 0x20) - 'a' + 10);
        value = value << 4 | digit;
    }
    return value;
}

// Takes what follows a reverse solidus. False if it is no escape, or stands for half of a character.
inline bool take_escape(char const*& at, char const* end, std::string& out) {
    if (at == end) return false;
    switch (*at++) {
    case '"': out += '"'; return true;
    case '\\': out += '\\'; return true;
    case '/': out += '/'; return true;
    case 'b': out += '\b'; return true;
    case 'f': out += '\f'; return true;
    case 'n': out += '\n'; return true;
    case 'r': out += '\r'; return true;
    case 't': out += '\t'; return true;
    case 'u': break;
    default: return false;
    }
    if (end - at < 4) return false;
    auto code = read_hex4(at);
    if (code > 0xffff || (code >= 0xdc00 && code < 0xe000)) return false;
    at += 4;
    if (code >= 0xd800 && code < 0xdc00) {
        if (end - at < 6 || at[0] != '\\' || at[1] != 'u') return false;
        auto const low = read_hex4(at + 2);
        if (low < 0xdc00 || low >= 0xe000) return false;
        at += 6;
        code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
    }
    append_utf8(out, static_cast<char32_t>(code));
    return true;
}

/// Replaces `out` by the text that the content of a string stands for. Returns the place of an escape that is none, or null.
inline char const* unescape_json(std::string_view content, std::string& out) {
    out.clear();
    auto const* const end = content.data() + content.size();
    for (auto const* at = content.data();;) {
        auto const* const solidus = static_cast<char const*>(std::memchr(at, '\\', static_cast<std::size_t>(end - at)));
        out.append(at, solidus ? solidus : end);
        if (!solidus) return nullptr;
        at = solidus + 1;
        if (!take_escape(at, end, out)) return solidus;
    }
}

} // namespace

} // namespace parley::detail

#endif

#include <cmath>
#include <cstring>
#include <memory>
#include <new>
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

template <class Word>
bool same_words(char const* a, char const* b, std::size_t size) noexcept {
    auto const word = [](char const* at) {
        Word value;
        std::memcpy(&value, at, sizeof value);
        return value;
    };
    for (std::size_t i = 0; i + sizeof(Word) < size; i += sizeof(Word)) {
        if (word(a + i) != word(b + i)) return false;
    }
    return word(a + size - sizeof(Word)) == word(b + size - sizeof(Word)); // overlaps with the one before
}

// memcmp without a call: names are short.
inline bool same_bytes(char const* a, char const* b, std::size_t size) noexcept {
    if (size >= 8) return same_words<std::uint64_t>(a, b, size);
    if (size >= 4) return same_words<std::uint32_t>(a, b, size);
    for (std::size_t i = 0; i < size; ++i) {
        if (a[i] != b[i]) return false;
    }
    return true;
}

// Reads JSON and walks the tables of the type along with it: one frame for each object or array that the description knows,
// one bracket for each that it does not. It is no template and does not recurse. Where the text goes on later, it stops before
// a token that is not complete, and reads that token again from its begin.
class json_decoder {
public:
    json_decoder(decode_job const& job, decode_options const& options, std::vector<violation>& errors,
                 std::vector<violation>* tolerated)
        : job_(job), options_(options), errors_(errors), tolerated_(tolerated), first_error_(errors.size()) {}

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
        std::uint32_t next;      // structures: the member that most likely comes next
        member const* current;   // structures and unions: the member whose value comes next; null: it is ignored
        std::size_t index;       // lists: of the item that comes next; unions and timestamps: how many members came
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
            if (nested_.empty()) {
                auto const* const begin = at;
                if (!step_expected(at)) return false;
                if (at != begin) return true;
            }
            next = step_key(at);
            if (next) next_ = expected::value;
            break;
        case expected::first_item:
            if (*at == ']') return move(at, close_bracket(at));
            [[fallthrough]];
        case expected::value:
            if (takes_text() && step_member_text(top(), at)) return !stopped_;
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

    // Reads members of a structure for as long as they come in the order of the description, without spaces: so most peers
    // write them. It need not take any.
    bool step_expected(char const*& at) {
        frame& f = top();
        if (f.what->kind != shape_kind::structure) return true;
        auto const& s = *f.what->structure;
        while (f.next < s.count) {
            auto const& m = s.members[f.next];
            auto const size = m.name.size();
            if (static_cast<std::size_t>(end_ - at) < size + 4 || at[size + 1] != '"' || at[size + 2] != ':' || at[0] != '"' ||
                !m.plain_name || !same_bytes(at + 1, m.name.data(), size))
                return true;
            at += size + 3;
            f.current = !f.readable || f.readable->contains(f.next) ? &m : nullptr;
            ++f.next;
            next_ = expected::value;
            if (skip_json_space(at, end_) != at) return true;
            if (!f.current || m.value.target->kind != shape_kind::text || !step_member_text(f, at)) {
                if (!move(at, step_value(at))) return false;
                if (next_ != expected::separator) return true; // it is within that value
            }
            if (stopped_) return false;
            if (at == end_ || *at != ',') return true;
            next_ = expected::key;
            if (++at == end_) return true;
        }
        return true;
    }

    // Whether the value that comes is that of a member that is a text.
    bool takes_text() noexcept {
        if (depth_ == 0 || !nested_.empty()) return false;
        frame const& f = top();
        return f.what->kind == shape_kind::structure && !f.is_array && f.current &&
               f.current->value.target->kind == shape_kind::text;
    }

    // Reads a text without escapes, all of it ASCII, into the member that is current. False, with nothing taken, if it is no such.
    bool step_member_text(frame& f, char const*& at) {
        if (*at != '"') return false;
        auto const* const stop = find_simple_string_end(begin_, at + 1, end_);
        if (!stop) return false;
        auto const& m = *f.current;
        std::size_t const position = f.next - 1;
        auto* object = f.what->structure->place_of(m, f.object);
        value_begin_ = offset_of(at);
        if (f.seen.contains(position)) forget(object, m);
        f.seen.insert(position);
        if (m.value.engage) object = m.value.engage(object);
        std::string_view const text(at + 1, static_cast<std::size_t>(stop - at - 1));
        assign_text(*static_cast<std::string*>(object), text);
        if (m.checks && m.checks->value && options_.check_constraints &&
            !is_good_text(text, text.size(), *m.checks->value, m.checks->value_pattern)) {
            auto const before = errors_.size();
            check_text(text, *m.checks->value, m.checks->value_pattern, errors_);
            place_errors(before, depth_);
        }
        count();
        at = stop + 1;
        next_ = expected::separator;
        return true;
    }

    // Tokens. Each function returns the end of what it took, or null to stop.

    char const* step_key(char const* at) {
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

    char const* step_value(char const* at) {
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

    char const* close_bracket(char const* at) {
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
        stopped_ = true;
        return nullptr;
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
            if (reads_positions() && f.next > f.what->structure->count &&
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

    frame& top() noexcept { return frames_[depth_ - 1]; }

    void push(place const& p) {
        if (depth_ == capacity_) grow();
        frame& f = *new (&frames_[depth_++]) frame;
        f.what = p.what;
        f.object = p.object;
        f.checks = p.checks;
        f.begin = value_begin_;
        f.format = p.format;
        f.is_array = f.keys_are_positions = f.item_open = false;
        f.next = 0;
        f.current = nullptr;
        f.index = 0;
        f.key = {};
        f.value = f.item = nullptr;
        f.readable = depth_ == 1 ? job_.members : nullptr;
    }

    void pop() {
        frame& f = top();
        if (f.item) f.what->list->drop_item(f.item);
        --depth_;
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
        f.current = f.next < s.count ? &s.members[f.next] : nullptr;
        if (f.next <= s.count) ++f.next; // and so stays one too many, however many they are
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
            std::size_t const position = f.next - 1;
            auto* const at = f.what->structure->place_of(*m, f.object);
            p.what = m->value.target;
            if (f.seen.contains(position)) forget(at, *m);
            f.seen.insert(position);
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
                at = list.append(f.object);
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
        auto const entry = f.what->map->insert(f.object, std::to_string(f.index++));
        f.value = entry.value;
        f.key = entry.key;
    }

    // Keys.

    void take_member(frame& f, member const* m) {
        f.current = m;
        if (!m) return;
        auto const position = static_cast<std::uint32_t>(f.what->structure->position_of(*m));
        f.next = position + 1;
        if (f.readable && !f.readable->contains(position)) f.current = nullptr;
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
            auto const entry = f.what->map->insert(f.object, key);
            f.value = entry.value;
            f.key = entry.key;
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
        if (!open(p)) return true;
        switch (p.what->kind) {
        case shape_kind::text:
            assign_text(*static_cast<std::string*>(p.object), text);
            return scalar_done(p);
        case shape_kind::enumeration:
            if (!p.what->enumeration->assign(p.object, text) || (options_.closed && !p.what->enumeration->has(text)))
                return report(unknown_value(*p.what->enumeration), depth_) && scalar_done_unchecked();
            return scalar_done(p);
        case shape_kind::blob:
            if (!decode_base64(text, static_cast<blob*>(p.object)->bytes)) return invalid_value("is no base64");
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

    // A fresh string is cheaper to make than to assign to.
    static void assign_text(std::string& to, std::string_view text) {
        if (text.size() > to.capacity()) to = std::string(text);
        else to.assign(text);
    }

    bool take_number(number_literal const& number) {
        if (!nested_.empty()) {
            if (!free_form_open_) return true;
            if (!free_form_.number(number) && !report(errc::out_of_range, "is out of the range of a double", depth_)) return false;
            return count();
        }
        place p;
        if (!open(p)) return true;
        switch (p.what->kind) {
        case shape_kind::integer: {
            auto const integer = to_integer(number);
            if (integer.outcome == literal_integer::outcome::fraction)
                return mismatch(p, "a number with a fraction") && scalar_done_unchecked();
            if (integer.outcome == literal_integer::outcome::too_large ||
                !store_integer(*p.what, p.object, integer.negative, integer.magnitude))
                return out_of_range();
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
        if (is_free_form(*held->target) && !held->nullable()) {
            place p;
            if (open_here(p)) free_form::put_null(*p.what, p.object);
            return scalar_done(p);
        }
        switch (f.what->kind) {
        case shape_kind::structure: {
            auto const position = f.what->structure->position_of(*f.current);
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
            if (!held->nullable()) return !options_.closed || refuse_null(*held->target);
            if (f.what->list->append) {
                f.what->list->append(f.object);
            } else {
                if (!f.item) f.item = f.what->list->make_item();
                f.item_open = true;
            }
            return scalar_done_unchecked();
        default:
            if (!held->nullable()) {
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
        ++values_;
        return (values_ <= options_.limits.values && !stopped_) || refuse_count();
    }
    [[gnu::noinline]] bool refuse_count() {
        if (!stopped_) report(errc::limit_exceeded, "has more values than the limit allows", 0);
        stopped_ = true;
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
                if (i == 0 && by_position_) append_pointer_token(pointer, std::to_string(f.next == 0 ? 0 : f.next - 1));
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
        stopped_ = true;
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
    std::size_t values_ = 0;
    std::size_t value_begin_ = 0; // offset of the last value that began or ended

    decode_job const& job_;
    decode_options const& options_;
    std::vector<violation>& errors_;
    std::vector<violation>* tolerated_;
    std::size_t const first_error_;

    std::string nested_; // the brackets that are open within a value that is ignored or free-form
    free_form free_form_;
    std::string repaired_, unescaped_, unknown_tag_;

    static constexpr std::size_t inline_capacity = 16;
    std::unique_ptr<frame[]> heap_;
    alignas(frame) std::byte inline_frames_[inline_capacity * sizeof(frame)]; // made when they are pushed
    frame* frames_ = reinterpret_cast<frame*>(inline_frames_);
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
#ifndef PARLEY_JSON_DECODER_IPP
#define PARLEY_JSON_DECODER_IPP

#include <string>

namespace parley::detail {

namespace {

class decoding_stream final : public json_stream {
public:
    decoding_stream(shape const& what, void* object, decode_options const& options) : job_{&what, object}, options_(options) {}

    bool feed(std::string_view bytes) override {
        if (!may_go_on()) return false;
        fed_ += bytes.size();
        if (fed_ > options_.limits.bytes) {
            errors_.push_back(too_large(options_.limits));
            return false;
        }
        if (rest_.empty()) {
            rest_ = bytes.substr(decoder_.read(bytes, false));
            enough_ = 0;
            return may_go_on();
        }
        rest_ += bytes;
        if (rest_.size() < enough_) return true;
        auto const taken = decoder_.read(rest_, false);
        rest_.erase(0, taken);
        // A token is read again from its begin: not for each piece, so that all takes time in proportion to its length.
        enough_ = taken == 0 ? rest_.size() + rest_.size() / 2 : 0;
        return may_go_on();
    }

    std::vector<violation> finish() override {
        if (may_go_on()) decoder_.read(rest_, true);
        for (auto& v : errors_) hide_secrets(*job_.what, v.path);
        return std::move(errors_);
    }

private:
    bool may_go_on() const { return !decoder_.stopped() && fed_ <= options_.limits.bytes; }

    decode_job job_;
    decode_options options_;
    std::vector<violation> errors_;
    json_decoder decoder_{job_, options_, errors_, nullptr};
    std::string rest_;       // a token that is not complete
    std::size_t enough_ = 0; // how long it must be to be looked at again
    std::size_t fed_ = 0;
};

} // namespace

std::unique_ptr<json_stream> make_json_stream(shape const& what, void* object, decode_options const& options) {
    return std::make_unique<decoding_stream>(what, object, options);
}

} // namespace parley::detail

#endif
#ifndef PARLEY_JSON_ENCODE_IPP
#define PARLEY_JSON_ENCODE_IPP

#ifndef PARLEY_JSON_TEXT_BUFFER_IPP
#define PARLEY_JSON_TEXT_BUFFER_IPP

// Where JSON is written: a block of memory through which the text goes piece by piece, since a std::string cannot be made
// larger without being filled with zeros first.

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace parley::detail {

namespace {

template <class Word>
void copy_words(char* to, char const* from, std::size_t size) noexcept {
    for (std::size_t i = 0; i + sizeof(Word) < size; i += sizeof(Word)) std::memcpy(to + i, from + i, sizeof(Word));
    std::memcpy(to + size - sizeof(Word), from + size - sizeof(Word), sizeof(Word)); // overlaps with the one before
}

// memcpy without a call, for what is short.
inline void copy_short(char* to, char const* from, std::size_t size) noexcept {
    struct block {
        char bytes[16];
    };
    if (size >= 16) return copy_words<block>(to, from, size);
    if (size >= 8) return copy_words<std::uint64_t>(to, from, size);
    if (size >= 4) return copy_words<std::uint32_t>(to, from, size);
    for (std::size_t i = 0; i < size; ++i) to[i] = from[i];
}

// Whether none of eight bytes is special or beyond ASCII (Bit Twiddling Hacks: a byte that is less, or zero).
inline bool is_simple(std::uint64_t bytes) noexcept {
    constexpr std::uint64_t ones = 0x0101010101010101U, high = 0x8080808080808080U;
    auto const control = bytes - ones * 0x20;
    auto const quote = (bytes ^ ones * '"') - ones, solidus = (bytes ^ ones * '\\') - ones;
    return ((bytes | control | quote | solidus) & high) == 0;
}

// Copies a text. False if something in it must be escaped or is beyond ASCII; what was copied is then of no use.
inline bool copy_simple(char* to, char const* from, std::size_t size) noexcept {
#ifdef __SSE2__
    unsigned found = 0;
    if (size >= 16) {
        auto const copy = [&](std::size_t i) {
            auto const block = _mm_loadu_si128(reinterpret_cast<__m128i const*>(from + i));
            _mm_storeu_si128(reinterpret_cast<__m128i*>(to + i), block);
            found |= unsimple_bytes(block);
        };
        for (std::size_t i = 0; i + 16 < size; i += 16) copy(i);
        copy(size - 16); // overlaps with the one before
        return found == 0;
    }
    if (size >= 8) {
        std::uint64_t head, tail;
        std::memcpy(&head, from, 8);
        std::memcpy(&tail, from + size - 8, 8);
        std::memcpy(to, &head, 8);
        std::memcpy(to + size - 8, &tail, 8);
        return unsimple_bytes(_mm_set_epi64x(static_cast<long long>(tail), static_cast<long long>(head))) == 0;
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

constexpr char digit_pairs[] = "0001020304050607080910111213141516171819202122232425262728293031323334353637383940414243444546474849"
                               "5051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899";

// Writes the digits of `value` before `end`; returns their begin.
inline char* write_digits_before(char* end, std::uint64_t value) noexcept {
    for (; value >= 100; value /= 100) std::memcpy(end -= 2, digit_pairs + value % 100 * 2, 2);
    if (value < 10) *--end = static_cast<char>('0' + value);
    else std::memcpy(end -= 2, digit_pairs + value * 2, 2);
    return end;
}

class text_buffer {
public:
    explicit text_buffer(std::string& out) : out_(out) {}
    ~text_buffer() { flush(); }
    text_buffer(text_buffer const&) = delete;
    text_buffer& operator=(text_buffer const&) = delete;

    void put(char c) {
        need(1);
        *next_++ = c;
    }
    void put(std::string_view text) {
        if (text.size() > largest_piece) return put_large(text);
        need(text.size());
        copy_short(next_, text.data(), text.size());
        next_ += text.size();
    }

    /// Puts a comma, unless it is the first, and the name of a member that needs no escapes.
    void put_name(std::string_view name, bool first) {
        if (name.size() > largest_piece) return put(first ? "\"" : ",\""), put_large(name), put("\":");
        need(name.size() + 4);
        auto* to = next_; // a local: a store through it cannot change itself
        *to = ',';
        to += first ? 0 : 1;
        *to++ = '"';
        copy_short(to, name.data(), name.size());
        to += name.size();
        to[0] = '"';
        to[1] = ':';
        next_ = to + 2;
    }

    /// Puts a text between quotation marks. False if it is not UTF-8.
    bool put_quoted(std::string_view text) {
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
        char digits[20];
        auto const* const begin = write_digits_before(digits + sizeof digits, magnitude);
        if (negative) *next_++ = '-';
        auto const size = static_cast<std::size_t>(digits + sizeof digits - begin);
        copy_short(next_, begin, size);
        next_ += size;
    }

    /// Puts what `write` writes to memory with room for `room` bytes; it returns the end.
    template <class Write>
    void put_with(std::size_t room, Write write) {
        need(room);
        next_ = write(next_);
    }

    /// Where to append what is large, after all that was put.
    std::string& flushed() {
        flush();
        return out_;
    }

private:
    static constexpr std::size_t largest_piece = 2048;

    void need(std::size_t room) {
        if (static_cast<std::size_t>(buffer_ + sizeof buffer_ - next_) < room) flush();
    }
    [[gnu::noinline]] void flush() {
        out_.append(buffer_, static_cast<std::size_t>(next_ - buffer_));
        next_ = buffer_;
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

} // namespace

} // namespace parley::detail

#endif

#include <algorithm>
#include <cmath>
#include <cstring>
#include <utility>

namespace parley::detail {

namespace {

// Walks a value and the tables of its type, and writes.
class json_encoder {
public:
    json_encoder(encode_job const& job, std::string& out, std::vector<violation>& errors)
        : job_(job), errors_(errors), out_(out) {}
    json_encoder(json_encoder const&) = delete;
    json_encoder& operator=(json_encoder const&) = delete;

    // Where a value is, from the inside out; a path is made of it when something is wrong.
    struct step {
        step const* up = nullptr;
        std::string_view key{};
        std::size_t index = 0;
        bool is_index = false;
    };

    void write(shape const& what, void const* value, timestamp_format format, std::size_t depth, step const* at) {
        switch (what.kind) {
        case shape_kind::boolean: out_.put(*static_cast<bool const*>(value) ? std::string_view("true") : "false"); break;
        case shape_kind::integer:
            if (what.is_signed) put_number(signed_value(what, value));
            else out_.put_integer(unsigned_value(what, value), false);
            break;
        case shape_kind::floating: write_floating(what, value); break;
        case shape_kind::text: write_text(*static_cast<std::string const*>(value), at); break;
        case shape_kind::blob:
            out_.put('"');
            append_base64(out_.flushed(), static_cast<blob const*>(value)->bytes);
            out_.put('"');
            break;
        case shape_kind::timestamp: write_timestamp(what.timestamp->get(value), format, at); break;
        case shape_kind::enumeration: {
            auto const text = what.enumeration->text(value);
            if (text.data() == nullptr) return fail(errc::invalid_value, "is no named value of its enumeration", at);
            write_text(text, at);
            break;
        }
        case shape_kind::structure: write_structure(*what.structure, value, depth, at); break;
        case shape_kind::choice: write_choice(*what.structure, value, depth, at); break;
        case shape_kind::list: write_list(*what.list, value, format, depth, at); break;
        case shape_kind::map: write_map(*what.map, value, format, depth, at); break;
        case shape_kind::document: write_document(static_cast<document const*>(value)->json, depth, at); break;
        case shape_kind::json_value: write_json_value(*static_cast<boost::json::value const*>(value), depth, at); break;
        }
    }

private:
    bool too_deep(std::size_t depth, step const* at) {
        if (depth < job_.max_depth) return false;
        fail(errc::limit_exceeded, "has more levels than the limit allows", at);
        return true;
    }

    void put_number(std::int64_t value) {
        auto const magnitude = static_cast<std::uint64_t>(value);
        out_.put_integer(value < 0 ? 0 - magnitude : magnitude, value < 0);
    }

    // NaN and the infinities travel as texts: https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html
    void write_floating(shape const& what, void const* value) {
        auto const number = floating_value(what, value);
        if (std::isnan(number)) out_.put("\"NaN\"");
        else if (std::isinf(number)) out_.put(number < 0 ? std::string_view("\"-Infinity\"") : "\"Infinity\"");
        else {
            out_.put_with(40, [&](char* to) {
                return what.size == sizeof(float) ? write_float(to, *static_cast<float const*>(value)) : write_double(to, number);
            });
        }
    }

    void write_text(std::string_view text, step const* at) {
        if (!out_.put_quoted(text)) fail(errc::invalid_utf8, "invalid UTF-8", at);
    }

    void write_timestamp(instant when, timestamp_format format, step const* at) {
        if (format == timestamp_format::unspecified) format = timestamp_format::epoch_seconds;
        bool const number = format == timestamp_format::epoch_seconds;
        if (number && when.seconds >= 0) return put_seconds(when);
        if (!number && !in_calendar_range(when)) return fail(errc::out_of_range, "is outside of the years 0000 to 9999", at);
        std::string text;
        append_timestamp(text, when, format);
        if (!number) out_.put('"');
        out_.put(text);
        if (!number) out_.put('"');
    }

    // The epoch and what follows it.
    void put_seconds(instant when) {
        out_.put_integer(static_cast<std::uint64_t>(when.seconds), false);
        if (when.nanoseconds == 0) return;
        auto fraction = static_cast<std::uint32_t>(when.nanoseconds);
        std::uint32_t width = 9;
        for (; fraction % 1000 == 0; fraction /= 1000) width -= 3;
        for (; fraction % 10 == 0; fraction /= 10) --width;
        char digits[9];
        std::memset(digits, '0', sizeof digits);
        write_digits_before(digits + width, fraction);
        out_.put('.');
        out_.put({digits, width});
    }

    timestamp_format format_of(member const& m) const {
        return m.format != timestamp_format::unspecified ? m.format : job_.format;
    }

    void write_name(member const& m, bool first) {
        if (m.plain_name) return out_.put_name(m.name, first);
        if (!first) out_.put(',');
        write_text(m.name, nullptr);
        out_.put(':');
    }

    void write_structure(structure_shape const& s, void const* value, std::size_t depth, step const* at) {
        if (too_deep(depth, at)) return;
        auto const* chosen = depth == 0 ? job_.members : nullptr;
        bool const by_position = depth == 0 && job_.by_position;
        out_.put(by_position ? '[' : '{');
        bool first = true;
        std::size_t absent = 0;
        for (std::size_t i = 0; i < s.count; ++i) {
            auto const& m = s.members[i];
            auto const* place = s.place_of(m, value);
            auto const* held = m.value.peek ? m.value.peek(place) : place;
            if (!held || (chosen && !chosen->contains(i))) {
                ++absent;
                continue;
            }
            if (by_position) {
                // Only absent members that are followed by others need something to stand in their positions.
                for (; absent > 0; --absent) out_.put(std::exchange(first, false) ? std::string_view("null") : ",null");
                if (!first) out_.put(',');
            } else {
                write_name(m, first);
            }
            first = false;
            step const here{at, m.name};
            if (m.value.target->kind == shape_kind::text) write_text(*static_cast<std::string const*>(held), &here);
            else write(*m.value.target, held, format_of(m), depth + 1, &here);
        }
        out_.put(by_position ? ']' : '}');
    }

    void write_choice(structure_shape const& s, void const* value, std::size_t depth, step const* at) {
        if (too_deep(depth, at)) return;
        auto const active = s.active(value);
        auto const* held = active < 0 ? nullptr : s.members[active].value.peek(value);
        if (!held) return fail(errc::invalid_value, "the union holds no member", at);
        auto const& m = s.members[active];
        out_.put('{');
        write_name(m, true);
        step const here{at, m.name};
        write(*m.value.target, held, format_of(m), depth + 1, &here);
        out_.put('}');
    }

    struct items {
        json_encoder& self;
        holder const& held;
        timestamp_format format;
        std::size_t depth;
        step at;
        bool first = true;
    };

    void write_held(items& all, void const* place) {
        auto const* value = all.held.peek ? all.held.peek(place) : place;
        if (value) write(*all.held.target, value, all.format, all.depth, &all.at);
        else out_.put("null");
    }

    void write_list(list_shape const& list, void const* value, timestamp_format format, std::size_t depth, step const* at) {
        if (too_deep(depth, at)) return;
        out_.put('[');
        items all{*this, list.item, format, depth + 1, {at, {}, 0, true}};
        list.each(value, &all, [](void* context, void const* item) {
            auto& c = *static_cast<items*>(context);
            if (!std::exchange(c.first, false)) c.self.out_.put(',');
            c.self.write_held(c, item);
            ++c.at.index;
            return !c.self.full();
        });
        out_.put(']');
    }

    void write_map(map_shape const& map, void const* value, timestamp_format format, std::size_t depth, step const* at) {
        if (too_deep(depth, at)) return;
        out_.put('{');
        items all{*this, map.value, format, depth + 1, {at}};
        map.each(value, &all, [](void* context, std::string_view key, void const* mapped) {
            auto& c = *static_cast<items*>(context);
            if (!std::exchange(c.first, false)) c.self.out_.put(',');
            c.at.key = key;
            c.self.write_text(key, &c.at);
            c.self.out_.put(':');
            c.self.write_held(c, mapped);
            return !c.self.full();
        });
        out_.put('}');
    }

    // The text goes out as it is, if it is one JSON text.
    void write_document(std::string_view json, std::size_t depth, step const* at) {
        decode_options options;
        options.limits.depth = job_.max_depth - std::min(depth, job_.max_depth);
        std::vector<violation> wrong;
        if (decode_json(json, {}, options, wrong)) out_.put(json);
        else fail(wrong[0].code, "is no JSON text: " + wrong[0].message, at);
    }

    void write_json_value(boost::json::value const& value, std::size_t depth, step const* at) {
        switch (value.kind()) {
        case boost::json::kind::null: out_.put("null"); break;
        case boost::json::kind::bool_: out_.put(value.get_bool() ? std::string_view("true") : "false"); break;
        case boost::json::kind::int64: put_number(value.get_int64()); break;
        case boost::json::kind::uint64: out_.put_integer(value.get_uint64(), false); break;
        case boost::json::kind::double_: {
            auto const number = value.get_double();
            write_floating(shape_table<double>::value, &number);
            break;
        }
        case boost::json::kind::string: {
            auto const& text = value.get_string();
            write_text({text.data(), text.size()}, at);
            break;
        }
        case boost::json::kind::array: {
            if (too_deep(depth, at)) return;
            out_.put('[');
            step here{at, {}, 0, true};
            for (auto const& item : value.get_array()) {
                if (here.index > 0) out_.put(',');
                write_json_value(item, depth + 1, &here);
                ++here.index;
            }
            out_.put(']');
            break;
        }
        case boost::json::kind::object: {
            if (too_deep(depth, at)) return;
            out_.put('{');
            bool first = true;
            for (auto const& entry : value.get_object()) {
                if (!std::exchange(first, false)) out_.put(',');
                step const here{at, std::string_view(entry.key().data(), entry.key().size())};
                write_text(here.key, &here);
                out_.put(':');
                write_json_value(entry.value(), depth + 1, &here);
            }
            out_.put('}');
            break;
        }
        }
    }

    void fail(errc code, std::string message, step const* at) {
        if (full()) return;
        errors_.push_back({code, {}, std::move(message)});
        append_path(errors_.back().path, at);
    }
    static void append_path(std::string& path, step const* at) {
        if (!at) return;
        append_path(path, at->up);
        append_pointer_token(path, at->is_index ? std::string_view(std::to_string(at->index)) : at->key);
    }
    bool full() const { return errors_.size() >= 100; }

    encode_job const& job_;
    std::vector<violation>& errors_;
    text_buffer out_;
};

} // namespace

bool encode_json(encode_job const& job, std::string& out, std::vector<violation>& errors) {
    auto const before = errors.size();
    if (job.object) json_encoder(job, out, errors).write(*job.what, job.object, job.format, 0, nullptr);
    else out += "null";
    return errors.size() == before;
}

} // namespace parley::detail

#endif
#ifndef PARLEY_JSON_LOCATE_IPP
#define PARLEY_JSON_LOCATE_IPP

#include <cstdint>

namespace parley::detail {

namespace {

// Steps over values without looking into them. It needs no stack: brackets are counted.
class json_walker {
public:
    explicit json_walker(std::string_view text, std::size_t at = 0) : text_(text), at_(at) {}

    std::size_t position() const noexcept { return at_; }
    char peek() {
        while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n' || text_[at_] == '\r'))
            ++at_;
        return at_ < text_.size() ? text_[at_] : '\0';
    }
    bool take(char c) {
        if (peek() != c) return false;
        ++at_;
        return true;
    }
    /// The raw text of the string that begins here, quotes included.
    std::string_view take_string() {
        auto const begin = at_;
        ++at_;
        while (at_ < text_.size() && text_[at_] != '"') at_ += text_[at_] == '\\' ? 2 : 1;
        at_ = at_ < text_.size() ? at_ + 1 : text_.size();
        return text_.substr(begin, at_ - begin);
    }
    std::string_view take_value() {
        peek();
        auto const begin = at_;
        std::size_t depth = 0;
        do {
            switch (peek()) {
            case '\0':
                if (at_ >= text_.size()) return text_.substr(begin);
                ++at_;
                break;
            case '"': take_string(); break;
            case '{':
            case '[': ++depth, ++at_; break;
            case '}':
            case ']':
                if (depth == 0) return text_.substr(begin, at_ - begin);
                --depth, ++at_;
                break;
            case ',':
            case ':':
                if (depth == 0) return text_.substr(begin, at_ - begin);
                ++at_;
                break;
            default:
                while (at_ < text_.size() && std::string_view(" \t\n\r,:{}[]\"").find(text_[at_]) == std::string_view::npos)
                    ++at_;
                break;
            }
        } while (depth > 0 && at_ < text_.size());
        return text_.substr(begin, at_ - begin);
    }

private:
    std::string_view text_;
    std::size_t at_;
};

std::uint32_t hex4(std::string_view text) {
    std::uint32_t value = 0;
    for (char c : text.substr(0, 4)) {
        auto const lower = ascii_lower(c);
        value = value * 16 + static_cast<std::uint32_t>(lower >= 'a' ? lower - 'a' + 10 : lower - '0');
    }
    return value;
}

std::string unescape(std::string_view quoted) {
    std::string out;
    auto text = quoted.size() >= 2 ? quoted.substr(1, quoted.size() - 2) : std::string_view();
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\\' || i + 1 >= text.size()) {
            out += text[i];
            continue;
        }
        switch (char const c = text[++i]) {
        case 'b': out += '\b'; break;
        case 'f': out += '\f'; break;
        case 'n': out += '\n'; break;
        case 'r': out += '\r'; break;
        case 't': out += '\t'; break;
        case 'u': {
            if (text.size() - i <= 4) return out;
            auto code = hex4(text.substr(i + 1));
            i += 4;
            if (code >= 0xd800 && code < 0xdc00 && i + 6 < text.size() && text[i + 1] == '\\' && text[i + 2] == 'u') {
                auto const low = hex4(text.substr(i + 3));
                if (low >= 0xdc00 && low < 0xe000) {
                    code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
                    i += 6;
                }
            }
            append_utf8(out, code >= 0xd800 && code < 0xe000 ? U'\ufffd' : static_cast<char32_t>(code));
            break;
        }
        default: out += c; break;
        }
    }
    return out;
}

bool same_key(std::string_view quoted, std::string_view name, bool ignore_case) {
    if (quoted.find('\\') == std::string_view::npos) {
        auto const key = quoted.size() >= 2 ? quoted.substr(1, quoted.size() - 2) : std::string_view();
        return ignore_case ? equals_ignore_case(key, name) : key == name;
    }
    auto const key = unescape(quoted);
    return ignore_case ? equals_ignore_case(key, name) : key == name;
}

// The value one step below `whole`, which is within `text`.
std::optional<json_slice> find_member(json_slice const& whole, std::string_view name, bool ignore_case) {
    std::optional<json_slice> found;
    json_walker walk(whole.text);
    if (!walk.take('{')) return found;
    while (walk.peek() == '"') {
        auto const key = walk.take_string();
        if (!walk.take(':')) break;
        walk.peek();
        auto const begin = whole.begin + walk.position();
        auto const value = walk.take_value();
        if (same_key(key, name, ignore_case) && !(ignore_case && found)) found = json_slice{value, begin};
        if (!walk.take(',')) break;
    }
    return found;
}

std::optional<json_slice> find_item(json_slice const& whole, std::string_view token) {
    std::size_t index = 0;
    for (char c : token) {
        if (c < '0' || c > '9' || index > 100'000'000) return std::nullopt;
        index = index * 10 + static_cast<std::size_t>(c - '0');
    }
    if (token.empty() || (token.size() > 1 && token[0] == '0')) return std::nullopt;
    json_walker walk(whole.text);
    if (!walk.take('[')) return std::nullopt;
    while (walk.peek() != ']' && walk.peek() != '\0') {
        auto const begin = whole.begin + walk.position();
        auto const value = walk.take_value();
        if (index-- == 0) return json_slice{value, begin};
        if (!walk.take(',')) break;
    }
    return std::nullopt;
}

std::string unescape_token(std::string_view token) {
    std::string out;
    for (std::size_t i = 0; i < token.size(); ++i) {
        if (token[i] == '~' && i + 1 < token.size()) out += token[++i] == '0' ? '~' : '/';
        else out += token[i];
    }
    return out;
}

json_slice outermost(std::string_view text) {
    json_walker walk(text);
    walk.peek();
    auto const begin = walk.position();
    return {text.substr(begin), begin};
}

// Follows `pointer` as far as it leads; `whole` tells whether it led to its end.
json_slice follow(std::string_view text, std::string_view pointer, bool& whole) {
    auto here = outermost(text);
    while (!pointer.empty()) {
        auto const end = pointer.find('/', 1);
        auto const token = unescape_token(pointer.substr(1, end == std::string_view::npos ? end : end - 1));
        pointer = end == std::string_view::npos ? std::string_view() : pointer.substr(end);
        auto next = here.text.starts_with('[') ? find_item(here, token) : find_member(here, token, false);
        if (!next) {
            whole = false;
            return here;
        }
        here = *next;
    }
    whole = true;
    return here;
}

} // namespace

std::optional<json_slice> find_json(std::string_view text, std::string_view pointer) {
    bool whole = false;
    auto const found = follow(text, pointer, whole);
    if (!whole) return std::nullopt;
    return found;
}

std::size_t locate_json(std::string_view text, std::string_view pointer) {
    bool whole = false;
    return follow(text, pointer, whole).begin;
}

std::optional<json_slice> find_json_member(std::string_view text, std::string_view name, bool ignore_case) {
    return find_member(outermost(text), name, ignore_case);
}

std::optional<std::string> json_scalar_text(std::string_view value) {
    value = trim(value);
    if (value.empty() || value == "null" || value[0] == '{' || value[0] == '[') return std::nullopt;
    if (value[0] == '"') return unescape(value);
    return std::string(value);
}

} // namespace parley::detail

#endif
#ifndef PARLEY_PROTOCOL_AWS_JSON_IPP
#define PARLEY_PROTOCOL_AWS_JSON_IPP

#ifndef PARLEY_PROTOCOL_ERROR_READER_IPP
#define PARLEY_PROTOCOL_ERROR_READER_IPP

#ifndef PARLEY_PROTOCOL_MESSAGE_READER_IPP
#define PARLEY_PROTOCOL_MESSAGE_READER_IPP

#include <algorithm>
#include <optional>

namespace parley::detail {

namespace {

// Reads the members of one message from their places.
class message_reader {
public:
    message_reader(message_binding const& binding, shape const& what, void* object, decode_options const& options,
                   std::vector<violation>& errors, std::vector<violation>* tolerated)
        : binding_(binding), what_(what), structure_(*what.structure), object_(object), options_(options), errors_(errors),
          tolerated_(tolerated) {}

    void read_headers(field_view const& message) {
        for (auto const& part : binding_.parts) {
            if (part.place == template_place::header_member) read_header(part, message);
            if (part.place == template_place::header_map) read_header_map(part, message);
        }
    }

    void read_status(int status) {
        for (auto const& part : binding_.parts) {
            if (part.place == template_place::status)
                read_text(part, *part.member->value.target, engage(*part.member), std::to_string(status));
        }
    }

    // The path of a request that is one for the operation.
    void read_path(std::string_view path) {
        auto part = binding_.parts.begin();
        match_path(binding_.path, path, [&](std::string_view label) {
            while (part->place != template_place::path_label && part->place != template_place::path_greedy) ++part;
            auto const& m = *part->member;
            auto* const place = engage(m);
            if (auto const text = percent_decode(label)) read_text(*part, *m.value.target, place, *text);
            else fail(*part, {errc::invalid_value, {}, "has a bad percent escape"});
            ++part;
        });
    }

    void read_query(std::string_view text) {
        auto const query = parse_query(text);
        if (!query) return errors_.push_back({errc::invalid_value, {}, "the query has a bad percent escape"});
        for (auto const& part : binding_.parts) {
            if (part.place == template_place::query_member) read_query_member(part, *query);
            else if (part.place == template_place::query_map) read_query_map(part, *query);
        }
    }

    // `is_response`: an empty body is an empty output.
    void read_body(std::string_view body) {
        if (binding_.payload) return read_payload(body);
        if (binding_.body.empty()) return; // whatever it is, it says nothing
        if (body.empty()) return require(structure_.required & binding_.body);
        decode_job job{&what_, object_, &binding_.body};
        decode_json(body, job, options_, errors_, tolerated_);
    }

    // Members outside of the body that must have come.
    void require_bound() {
        auto missing = structure_.required - binding_.body - seen_;
        if (binding_.payload) missing.erase(position(*binding_.payload));
        require(missing);
    }

    void fill_absent() {
        if (options_.closed) detail::fill_absent(structure_, object_, options_, errors_);
    }

    void check_bound() {
        if (!options_.check_constraints) return;
        for (auto const& part : binding_.parts) {
            if (!part.member || part.place == template_place::host_label) continue;
            auto const* value = held_by(*part.member, structure_, object_);
            if (value && seen_.contains(position(*part.member))) validate_member(*part.member, value, options_.limits.depth, errors_);
        }
    }

private:
    std::size_t position(member const& m) const { return structure_.position_of(m); }

    void* engage(member const& m) {
        auto* const place = structure_.place_of(m, object_);
        seen_.insert(position(m));
        return m.value.engage ? m.value.engage(place) : place;
    }

    void require(member_set const& missing) {
        for (std::size_t i = 0; i < structure_.count; ++i) {
            if (!missing.contains(i)) continue;
            violation v{errc::missing_field, pointer_to(structure_.members[i]), "missing field"};
            if (options_.strictness == strictness::strict) errors_.push_back(std::move(v));
            else if (tolerated_) tolerated_->push_back(std::move(v));
        }
    }

    void read_text(bound_part const& part, shape const& what, void* value, std::string_view text) {
        auto const format = format_in(part.place, *part.member);
        bool const known = what.kind != shape_kind::enumeration || !options_.closed || what.enumeration->has(text);
        bool const offset = options_.closed && what.kind == shape_kind::timestamp && has_offset(text, format);
        bool const read = known && !offset && read_scalar_text(what, value, text, format);
        if (read) return;
        if (what.kind == shape_kind::enumeration) fail(part, unknown_value(*what.enumeration));
        else fail(part, {errc::invalid_value, {}, "is no text of its type"});
    }

    // At the member, or the part of it that `within_` tells.
    void fail(bound_part const& part, violation v) {
        v.path = pointer_to(*part.member) + within_;
        errors_.push_back(std::move(v));
    }
    template <class Read>
    void read_within(std::string_view token, Read read) {
        auto const before = within_.size();
        append_pointer_token(within_, token);
        read();
        within_.resize(before);
    }

    void add_item(bound_part const& part, list_shape const& list, void* list_value, std::string_view text) {
        void* const made = list.append ? nullptr : list.make_item();
        auto const index = std::to_string(list.size(list_value));
        void* const place = list.append ? list.append(list_value) : made;
        read_within(index, [&] {
            read_text(part, *list.item.target, list.item.engage ? list.item.engage(place) : place, text);
        });
        if (made) {
            list.insert_item(list_value, made);
            list.drop_item(made);
        }
    }

    using query_items = std::vector<std::pair<std::string, std::string>>;

    // "Server implementations SHOULD use the first encountered value in the query string for non-list members."
    // https://smithy.io/2.0/spec/http-bindings.html#httpquery-trait
    void read_query_member(bound_part const& part, query_items const& query) {
        auto const& what = *part.member->value.target;
        void* place = nullptr;
        for (auto const& [name, value] : query) {
            if (name != part.name) continue;
            if (!place) place = engage(*part.member);
            if (what.kind != shape_kind::list) return read_text(part, what, place, value);
            add_item(part, *what.list, place, value);
        }
    }

    // One entry for each name: all values of that name, or the first.
    void read_query_map(bound_part const& part, query_items query) {
        if (query.empty()) return;
        auto const& map = *part.member->value.target->map;
        void* const place = engage(*part.member);
        std::stable_sort(query.begin(), query.end(), [](auto const& a, auto const& b) { return a.first < b.first; });
        for (auto item = query.begin(); item != query.end();) {
            auto const& name = item->first;
            auto* const target = insert(part, map, place, name);
            auto* const value = target && map.value.engage ? map.value.engage(target) : target;
            auto const& held = *map.value.target;
            bool const list = held.kind == shape_kind::list;
            bool first = true;
            read_within(name, [&] {
                for (; item != query.end() && item->first == name; ++item, first = false) {
                    if (!value) continue;
                    if (list) add_item(part, *held.list, value, item->second);
                    else if (first) read_text(part, held, value, item->second);
                }
            });
        }
    }

    // Null if the map cannot have such a key.
    void* insert(bound_part const& part, map_shape const& map, void* place, std::string_view key) {
        if (!map.keys || (map.keys->has(key) || !options_.closed)) {
            if (auto* const target = map.insert(place, key).value) return target;
        }
        fail(part, unknown_value(*map.keys));
        return nullptr;
    }

    void read_header(bound_part const& part, field_view const& message) {
        auto const first = message.header(part.name);
        if (!first) return;
        auto const& what = *part.member->value.target;
        if (what.kind == shape_kind::list) return read_header_list(part, message, *first);
        if (what.kind == shape_kind::text && !part.member->media_type.empty()) {
            if (!decode_base64(trim(*first), *static_cast<std::string*>(engage(*part.member))))
                fail(part, {errc::invalid_value, {}, "is no base64"});
            return;
        }
        if (what.kind == shape_kind::blob) {
            if (!decode_base64(trim(*first), static_cast<blob*>(engage(*part.member))->bytes))
                fail(part, {errc::invalid_value, {}, "is no base64"});
            return;
        }
        read_text(part, what, engage(*part.member), trim(*first));
    }

    // A list may come in several fields of the same name; RFC 9110, section 5.3.
    void read_header_list(bound_part const& part, field_view const& message, std::string_view first) {
        std::string all(first);
        if (message.can_iterate()) {
            struct state {
                std::string_view name;
                std::string joined;
                bool any = false;
            } s{part.name, {}, false};
            message.each_header(
                [](void* context, std::string_view name, std::string_view value) {
                    auto& c = *static_cast<state*>(context);
                    if (!equals_ignore_case(name, c.name)) return;
                    if (std::exchange(c.any, true)) c.joined += ", ";
                    c.joined += value;
                },
                &s);
            if (s.any) all = std::move(s.joined);
        }
        auto const& item = *part.member->value.target->list->item.target;
        bool const dates =
            item.kind == shape_kind::timestamp && format_in(part.place, *part.member) == timestamp_format::http_date;
        auto const items = dates ? split_http_date_list(all) : split_header_list(all);
        if (!items) return fail(part, {errc::invalid_value, {}, "is no list of header values"});
        void* const place = engage(*part.member);
        for (auto const& text : *items) add_item(part, *part.member->value.target->list, place, text);
    }

    void read_header_map(bound_part const& part, field_view const& message) {
        if (!message.can_iterate()) return;
        struct state {
            message_reader& self;
            bound_part const& part;
            void* place = nullptr;
        } s{*this, part};
        message.each_header(
            [](void* context, std::string_view name, std::string_view value) {
                auto& c = *static_cast<state*>(context);
                auto const prefix = c.part.name;
                if (name.size() <= prefix.size() && !prefix.empty()) return;
                if (!equals_ignore_case(name.substr(0, prefix.size()), prefix)) return;
                if (!c.place) c.place = c.self.engage(*c.part.member);
                auto const& map = *c.part.member->value.target->map;
                auto const key = name.substr(prefix.size());
                auto* const target = c.self.insert(c.part, map, c.place, key);
                if (!target) return;
                c.self.read_within(key, [&] {
                    c.self.read_text(c.part, *map.value.target, map.value.engage ? map.value.engage(target) : target, trim(value));
                });
            },
            &s);
    }

    void read_payload(std::string_view body) {
        auto const& m = *binding_.payload;
        auto const& what = *m.value.target;
        bool const raw = what.kind == shape_kind::blob || what.kind == shape_kind::text;
        if (body.empty() && (m.value.nullable() || !raw)) {
            if (m.value.nullable() || what.kind == shape_kind::structure) return;
            member_set missing;
            missing.insert(position(m));
            return require(missing);
        }
        // A client sends an absent structure as an empty one.
        if (options_.closed && m.value.nullable() && what.kind == shape_kind::structure && is_empty_object(body)) return;
        void* const value = engage(m);
        switch (what.kind) {
        case shape_kind::blob: static_cast<blob*>(value)->bytes = body; return;
        case shape_kind::text:
        case shape_kind::enumeration:
            if (!read_scalar_text(what, value, body, timestamp_format::unspecified))
                add_error(errors_, errc::invalid_value, m, "is no text of its type");
            return;
        default: {
            auto const first = errors_.size();
            auto unchecked = options_; // check_bound does, as for all members outside of a JSON body
            unchecked.check_constraints = false;
            decode_json(body, {&what, value, nullptr, m.format}, unchecked, errors_, tolerated_);
            for (auto i = first; i < errors_.size(); ++i) errors_[i].path.insert(0, pointer_to(m));
            return;
        }
        }
    }

    static bool is_empty_object(std::string_view json) {
        constexpr std::string_view space = " \t\r\n";
        auto const open = json.find_first_not_of(space);
        auto const close = open == json.npos ? open : json.find_first_not_of(space, open + 1);
        return close != json.npos && json[open] == '{' && json[close] == '}' &&
               json.find_first_not_of(space, close + 1) == json.npos;
    }

    message_binding const& binding_;
    shape const& what_;
    structure_shape const& structure_;
    void* object_;
    decode_options const& options_;
    std::vector<violation>& errors_;
    std::vector<violation>* tolerated_;
    std::string within_; // the place in the member that is read, as a JSON Pointer
    member_set seen_;    // outside of a JSON body
};

} // namespace

} // namespace parley::detail

#endif

namespace parley::detail {

http_response copy_of(response_view const& response) {
    http_response copy;
    copy.status = response.status;
    copy.body = response.body;
    if (response.can_iterate()) {
        response.each_header(
            [](void* context, std::string_view name, std::string_view value) {
                static_cast<headers*>(context)->add(std::string(name), std::string(value));
            },
            &copy.fields);
    }
    return copy;
}

namespace {

// A client takes what the service has, which may have loosened a constraint since.
decode_options for_client(decode_options options) {
    options.check_constraints = false;
    return options;
}

bool is_success(response_view const& response) { return response.status >= 200 && response.status < 300; }

// Reads a response that says an error. `errors`: the variant of the call's error.
response_report read_error(operation_table const& op, response_view const& response, decode_options const& options,
                           void* errors) {
    using kind = response_report::kind;
    response_report report;
    report.status = response.status;
    auto relaxed = for_client(options);
    std::string repaired;
    auto body = response.body;
    if (find_invalid_utf8(body) != std::string_view::npos) body = repaired = repair_utf8(body);
    std::vector<violation> syntax;
    bool const is_json = body.empty() || decode_json(body, {}, relaxed, syntax);
    auto head = read_error_head(op.scheme, response, body, is_json && !body.empty());
    auto const* entry = find_error(op, head, response.status);
    report.code = std::move(head.code);
    // "x-amzn-query-error: Code;Fault" keeps the code that the error had in AWS Query. The type is told as usual.
    if (op.aws && op.aws->query_compatible) {
        if (auto const query = response.header("x-amzn-query-error")) report.code = query->substr(0, query->find(';'));
    }
    report.message = std::move(head.message);
    report.fault = response.status >= 500 ? fault::server : fault::client;
    if (entry) {
        report.retry = entry->retry;
        if (entry->fault != fault::unspecified) report.fault = entry->fault;
    }
    bool const by_status = op.scheme.by == error_scheme::rule::status;
    if (!is_json && !(entry && by_status)) {
        // The page of a proxy, most likely, and not the service's error, whatever the status; a code in a header is kept.
        if (!head.has_code) report.code.clear();
        report.what = kind::undecodable;
        report.violations = std::move(syntax);
        return report;
    }
    if (!entry) {
        report.what = kind::undeclared;
        if (report.message.empty()) report.message = "status " + std::to_string(response.status);
        return report;
    }
    report.what = kind::declared;
    void* const typed = entry->emplace(errors);
    relaxed.strictness = strictness::lenient; // an error that lacks a member is still that error
    std::vector<violation> ignored;
    message_reader reader(*entry->binding, *entry->what, typed, relaxed, ignored, &report.tolerated);
    reader.read_headers(response);
    auto details = body;
    if (!op.scheme.details.empty()) {
        auto const found = find_json(body, op.scheme.details);
        details = found ? found->text : std::string_view();
    }
    if (is_json && !details.empty()) reader.read_body(details);
    fill_message(*entry->what->structure, typed, report.message);
    for (auto& v : ignored) report.tolerated.push_back(std::move(v));
    return report;
}

} // namespace

} // namespace parley::detail

#endif
#ifndef PARLEY_PROTOCOL_ERROR_WRITER_IPP
#define PARLEY_PROTOCOL_ERROR_WRITER_IPP

#ifndef PARLEY_PROTOCOL_MESSAGE_WRITER_IPP
#define PARLEY_PROTOCOL_MESSAGE_WRITER_IPP

#include <algorithm>
#include <optional>

namespace parley::detail {

namespace {

// Writes the members of one message to their places.
class message_writer {
public:
    message_writer(message_binding const& binding, structure_shape const& s, void const* object,
                   std::vector<violation>& errors, bool compatible = false)
        : binding_(binding), structure_(s), object_(object), errors_(errors), compatible_(compatible) {}

    std::string host_prefix() const {
        std::string prefix;
        for (auto const& part : binding_.parts) {
            if (part.place == template_place::host_text) prefix += part.text;
            if (part.place != template_place::host_label) continue;
            auto const before = prefix.size();
            write_label(prefix, part);
            // https://smithy.io/2.0/spec/endpoint-traits.html#hostlabel-trait
            if (!is_host_label(std::string_view(prefix).substr(before)))
                add_error(errors_, errc::invalid_value, *part.member, "is no valid label of a host name");
        }
        return prefix;
    }

    void write_path(std::string& out, bool allow_empty_labels) const {
        for (auto const& part : binding_.parts) {
            if (part.place == template_place::path_text) out += part.text;
            if (part.place != template_place::path_label && part.place != template_place::path_greedy) continue;
            std::string text;
            write_label(text, part);
            if (text.empty() && !allow_empty_labels)
                add_error(errors_, errc::invalid_length, *part.member, "is a label of the path and must not be empty");
            if (find_invalid_utf8(text) != std::string_view::npos)
                add_error(errors_, errc::invalid_utf8, *part.member, "invalid UTF-8");
            if (part.place == template_place::path_greedy) append_percent_encoded_path(out, text);
            else append_percent_encoded(out, text);
        }
    }

    void write_query(std::string& out) const {
        std::vector<query_item> items;
        for (auto const& part : binding_.parts) collect_query(part, items);
        // The reference sorts by name; items of one name keep their order.
        std::stable_sort(items.begin(), items.end(),
                         [](query_item const& a, query_item const& b) { return a.name < b.name; });
        char separator = '?';
        for (auto const& item : items) {
            out += std::exchange(separator, '&');
            append_percent_encoded(out, item.name);
            if (!item.value) continue;
            out += '=';
            append_percent_encoded(out, *item.value);
        }
    }

    // `with_empty`: a server's response has empty texts and lists, too; a client's request leaves them out.
    void write_headers(headers& out, bool with_empty = false) const {
        for (auto const& part : binding_.parts) {
            switch (part.place) {
            case template_place::header_text: out.add(std::string(part.name), std::string(part.text)); break;
            case template_place::header_member: write_header(part, out, with_empty); break;
            case template_place::header_map: write_header_map(part, out); break;
            default: break;
            }
        }
    }

    void write_body(headers& out, std::string& body, bool always) const {
        std::string_view type;
        if (binding_.payload) {
            type = write_payload(body);
        } else if (!binding_.body.empty() || always) {
            encode_job job{&shape_holding_, object_, &binding_.body};
            encode_json(job, body, errors_);
            type = "application/json";
        }
        if (!type.empty() && !out.contains("content-type")) out.add("content-type", std::string(type));
    }

private:
    struct query_item {
        std::string name;
        std::optional<std::string> value;
    };

    void const* held(member const& m) const { return held_by(m, structure_, object_); }

    void write_label(std::string& out, bound_part const& part) const {
        auto const* value = held(*part.member);
        if (!value || !append_scalar_text(out, *part.member->value.target, value, format_in(part.place, *part.member)))
            add_error(errors_, errc::invalid_value, *part.member, "has no text to put into the path");
    }

    void collect_query(bound_part const& part, std::vector<query_item>& items) const {
        if (part.place == template_place::query_text) {
            items.push_back({std::string(part.name), part.text.empty() ? std::nullopt : std::optional<std::string>(part.text)});
        } else if (part.place == template_place::query_member) {
            if (auto const* value = held(*part.member)) add_query(part, std::string(part.name), *part.member->value.target, value, items);
        } else if (part.place == template_place::query_map) {
            auto const* value = held(*part.member);
            if (!value) return;
            struct state {
                message_writer const& self;
                bound_part const& part;
                std::vector<query_item>& items;
            } s{*this, part, items};
            part.member->value.target->map->each(value, &s, [](void* context, std::string_view key, void const* mapped) {
                auto& c = *static_cast<state*>(context);
                // A parameter that the template names wins; https://smithy.io/2.0/spec/http-bindings.html#httpqueryparams-trait
                if (c.self.names_query(key)) return true;
                auto const& value_holder = c.part.member->value.target->map->value;
                auto const* there = value_holder.peek ? value_holder.peek(mapped) : mapped;
                if (there) c.self.add_query(c.part, std::string(key), *value_holder.target, there, c.items);
                return true;
            });
        }
    }

    bool names_query(std::string_view name) const {
        for (auto const& part : binding_.parts) {
            bool const named = part.place == template_place::query_text || part.place == template_place::query_member;
            if (named && part.name == name) return true;
        }
        return false;
    }

    void add_query(bound_part const& part, std::string name, shape const& what, void const* value,
                   std::vector<query_item>& items) const {
        auto const format = format_in(part.place, *part.member);
        auto first = items.size();
        bool good = true;
        if (what.kind == shape_kind::list) {
            good = each_item_text(what, value, format, [&](std::string text) { items.push_back({name, std::move(text)}); });
        } else {
            std::string text;
            good = append_scalar_text(text, what, value, format);
            items.push_back({std::move(name), std::move(text)});
        }
        if (!good) add_error(errors_, errc::invalid_value, *part.member, "has no text to put into the query");
        for (; first < items.size(); ++first) {
            if (find_invalid_utf8(items[first].name + *items[first].value) != std::string_view::npos)
                add_error(errors_, errc::invalid_utf8, *part.member, "invalid UTF-8");
        }
    }

    void add_header(bound_part const& part, std::string name, std::string value, headers& out) const {
        if (!is_header_name(name) || !is_header_value(value))
            return add_error(errors_, errc::invalid_value, *part.member, "has characters that a header cannot have");
        out.add(std::move(name), std::move(value));
    }

    void write_header(bound_part const& part, headers& out, bool with_empty) const {
        auto const& what = *part.member->value.target;
        auto const* value = held(*part.member);
        if (!value) return;
        std::string text;
        bool good = true;
        if (what.kind == shape_kind::list) {
            auto const item = what.list->item.target->kind;
            bool const texts = item == shape_kind::text || item == shape_kind::enumeration;
            good = each_item_text(what, value, format_in(part.place, *part.member), [&](std::string one) {
                if (texts) append_header_list_item(text, one);
                else text.append(text.empty() ? "" : ", ").append(one);
            });
        } else if (what.kind == shape_kind::blob) {
            append_base64(text, static_cast<blob const*>(value)->bytes);
        } else if (what.kind == shape_kind::text && !part.member->media_type.empty()) {
            // A text with a media type may have line breaks: base64.
            append_base64(text, *static_cast<std::string const*>(value));
        } else {
            good = append_scalar_text(text, what, value, format_in(part.place, *part.member));
        }
        if (!good) return add_error(errors_, errc::invalid_value, *part.member, "has no text to put into a header");
        if (!text.empty() || with_empty) add_header(part, std::string(part.name), std::move(text), out);
    }

    // A field that the template names wins over an entry of a map.
    bool names_header(std::string_view name) const {
        for (auto const& part : binding_.parts) {
            bool const named = part.place == template_place::header_text || part.place == template_place::header_member;
            if (named && equals_ignore_case(part.name, name)) return true;
        }
        return false;
    }

    void write_header_map(bound_part const& part, headers& out) const {
        auto const* value = held(*part.member);
        if (!value) return;
        struct state {
            message_writer const& self;
            bound_part const& part;
            headers& out;
        } s{*this, part, out};
        part.member->value.target->map->each(value, &s, [](void* context, std::string_view key, void const* mapped) {
            auto& c = *static_cast<state*>(context);
            auto const& value_holder = c.part.member->value.target->map->value;
            auto const* there = value_holder.peek ? value_holder.peek(mapped) : mapped;
            auto name = std::string(c.part.name).append(key);
            std::string text;
            if (there && !c.self.names_header(name) &&
                append_scalar_text(text, *value_holder.target, there, format_in(c.part.place, *c.part.member)))
                c.self.add_header(c.part, std::move(name), std::move(text), c.out);
            return true;
        });
    }

    // Returns the media type; empty if there is no body.
    std::string_view write_payload(std::string& body) const {
        auto const& what = *binding_.payload->value.target;
        auto const* value = held(*binding_.payload);
        auto const own_type = binding_.payload->media_type;
        auto const type_or = [&](std::string_view usual) { return own_type.empty() ? usual : own_type; };
        switch (what.kind) {
        case shape_kind::blob:
            if (!value) return {};
            body = static_cast<blob const*>(value)->bytes;
            return type_or("application/octet-stream");
        case shape_kind::text:
        case shape_kind::enumeration:
            if (!value) return {};
            append_scalar_text(body, what, value, timestamp_format::unspecified);
            return type_or("text/plain");
        case shape_kind::structure:
            // An absent structure is sent as an empty one.
            if (!value) return body = "{}", "application/json";
            [[fallthrough]];
        case shape_kind::choice:
            // The reference sends a union that holds nothing as an empty object.
            if (compatible_ && value && what.structure->active && what.structure->active(value) < 0)
                return body = "{}", "application/json";
            [[fallthrough]];
        default: {
            if (!value) return {};
            encode_job job{&what, value, nullptr, binding_.payload->format};
            encode_json(job, body, errors_);
            return "application/json";
        }
        }
    }

    message_binding const& binding_;
    structure_shape const& structure_;
    void const* object_;
    std::vector<violation>& errors_;
    bool compatible_;
    shape const shape_holding_ = [this] {
        shape s;
        s.kind = shape_kind::structure;
        s.structure = &structure_;
        return s;
    }();
};

} // namespace

} // namespace parley::detail

#endif

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace parley::detail {

// How an error is said in a response: the other end of error_head.ipp.

namespace {

int status_of(error_entry const& entry) { return entry.status != 0 ? entry.status : entry.fault == fault::server ? 500 : 400; }

std::string quoted(std::string const& text) {
    std::string json;
    std::vector<violation> errors;
    if (!encode_json({&shape_table<std::string>::value, &text}, json, errors)) json = "\"\"";
    return json;
}

// The text that an error has for people.
std::string message_of(error_entry const& entry, void const* error) {
    auto const& s = *entry.what->structure;
    auto const* m = s.find("message");
    if (!m) m = s.find("Message");
    if (!m || m->value.target->kind != shape_kind::text) return {};
    auto const* text = static_cast<std::string const*>(held_by(*m, s, error));
    return text ? *text : std::string();
}

// A piece of JSON and the place in the body, a JSON Pointer, where it belongs. An object is spread there: its members are put
// beside what else is there, and win over it.
struct body_part {
    std::string_view pointer;
    std::string json;
};

std::string_view first_token(std::string_view pointer) {
    return pointer.empty() ? pointer : pointer.substr(1, pointer.find('/', 1) - 1);
}

// The object that has all parts.
std::string assemble(std::span<body_part const> parts) {
    std::string out = "{";
    auto const add = [&out](std::string_view text) { out.append(out.size() == 1 ? "" : ",").append(text); };
    auto const here = [&](std::string_view token) {
        for (auto const& part : parts) {
            if (part.pointer.empty() && find_json_member(part.json, token)) return true;
        }
        return false;
    };
    std::vector<std::string_view> done;
    for (auto const& part : parts) {
        auto const token = first_token(part.pointer);
        if (part.pointer.empty() || here(token) || std::find(done.begin(), done.end(), token) != done.end()) continue;
        done.push_back(token);
        std::vector<body_part> below;
        std::optional<std::string> value;
        for (auto const& other : parts) {
            if (other.pointer.empty() || first_token(other.pointer) != token) continue;
            auto const rest = other.pointer.substr(token.size() + 1);
            if (rest.empty() && !other.json.starts_with('{')) value = other.json;
            else below.push_back({rest, other.json});
        }
        add(quoted(std::string(token)) + ':' + (value ? *value : assemble(below)));
    }
    for (auto const& part : parts) {
        if (part.pointer.empty() && part.json.size() > 2) add(std::string_view(part.json).substr(1, part.json.size() - 2));
    }
    return out += '}';
}

// Writes the head of an error, and its members, which are an object, by the scheme of the service.
void write_error(error_scheme const& scheme, int status, std::string_view code, std::string const& message, std::string members,
                 http_response& out) {
    out.status = status;
    auto const text_at = [&](std::string_view pointer) {
        return body_part{pointer, message.empty() ? std::string("\"\"") : quoted(message)};
    };
    std::vector<body_part> parts;
    std::string_view type = "application/json";
    switch (scheme.by) {
    case error_scheme::rule::code_or_status:
    case error_scheme::rule::aws: out.fields.add("x-amzn-errortype", std::string(code)); break;
    case error_scheme::rule::status: break;
    case error_scheme::rule::member:
        parts.push_back({scheme.code, quoted(std::string(code))});
        if (!message.empty()) parts.push_back(text_at(scheme.message));
        break;
    case error_scheme::rule::problem:
        type = "application/problem+json";
        parts.push_back({"/type", quoted(std::string(code))});
        parts.push_back({"/status", std::to_string(status)});
        if (!message.empty()) parts.push_back(text_at("/detail"));
        break;
    }
    if (parts.empty()) {
        out.body = std::move(members);
    } else {
        parts.push_back({scheme.details, std::move(members)});
        out.body = assemble(parts);
    }
    if (!out.fields.contains("content-type")) out.fields.add("content-type", std::string(type));
}

} // namespace

} // namespace parley::detail

#endif
#ifndef PARLEY_PROTOCOL_REQUEST_BODY_IPP
#define PARLEY_PROTOCOL_REQUEST_BODY_IPP

#include <string>

namespace parley::detail {

namespace {

// Where the request goes, by endpoint and host prefix.
void start_request(message_writer const& writer, operation_table const& op, encode_options const& options, http_request& out,
                   std::vector<violation>& errors) {
    out.method = op.request->method;
    out.scheme = options.endpoint.scheme;
    auto const prefix = options.host_prefix ? writer.host_prefix() : std::string();
    if (!prefix.empty() && options.endpoint.host.starts_with('['))
        errors.push_back({errc::invalid_value, {}, "the operation puts a prefix before the host, which an IPv6 address cannot have"});
    out.host = prefix + options.endpoint.host;
    out.port = options.endpoint.port;
}

// Compresses the body where the operation takes that, and says how long it is, and its checksum.
void finish_request(operation_table const& op, encode_options const& options, http_request& out) {
    if (op.traits.gzip && options.gzip && *options.gzip && out.body.size() >= options.gzip_threshold) {
        out.body = (*options.gzip)(out.body);
        // "Content-Encoding: if one or more encodings have been applied, list them in the order they were": RFC 9110, 8.4.
        auto encodings = std::string(out.fields.find("content-encoding").value_or(""));
        encodings.append(encodings.empty() ? "" : ", ").append("gzip");
        out.fields.set("content-encoding", std::move(encodings));
    }
    if (!out.body.empty()) out.fields.set("content-length", std::to_string(out.body.size()));
    if (op.traits.checksum_required && !out.fields.contains("content-md5")) {
        std::string checksum;
        append_base64(checksum, md5(out.body));
        out.fields.add("content-md5", std::move(checksum));
    }
}

} // namespace

} // namespace parley::detail

#endif

#include <array>
#include <span>
#include <string>

namespace parley::detail::aws_json {

namespace {

std::string target_of(operation_table const& op) {
    std::string target;
    if (op.aws) target.append(op.aws->target_prefix).append(".");
    return target.append(op.name);
}

bool encode_request(operation_table const& op, void const* input, encode_options const& options, http_request& out,
                    std::string_view content_type, std::vector<violation>& errors) {
    if (options.strictness != strictness::compatible) validate(*op.input, input, 256, errors);
    start_request(message_writer(*op.request, *op.input->structure, input, errors), op, options, out, errors);
    out.target = options.endpoint.path;
    if (!out.target.ends_with('/')) out.target += '/';
    out.fields.add("content-type", std::string(content_type));
    out.fields.add("x-amz-target", target_of(op));
    // https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#aws-protocols-awsquerycompatible-trait
    if (op.aws && op.aws->query_compatible) out.fields.add("x-amzn-query-mode", "true");
    encode_json({op.input, input}, out.body, errors);
    finish_request(op, options, out);
    return errors.empty();
}

response_report decode_response(operation_table const& op, response_view const& response, decode_options const& options,
                                void* output, void* errors) {
    if (!is_success(response)) return read_error(op, response, options, errors);
    response_report report;
    report.status = response.status;
    auto const relaxed = for_client(options);
    // An empty body is an empty output.
    auto const body = response.body.empty() ? std::string_view("{}") : response.body;
    if (!decode_json(body, {op.output, output}, relaxed, report.violations, &report.tolerated))
        report.what = response_report::kind::undecodable;
    return report;
}

// "Prefix.Name", compared in place.
bool is_target_of(operation_table const& op, std::string_view target) {
    auto const prefix = op.aws ? op.aws->target_prefix : std::string_view();
    if (op.aws && (!target.starts_with(prefix) || target.substr(prefix.size(), 1) != ".")) return false;
    return target.substr(op.aws ? prefix.size() + 1 : 0) == op.name;
}

route_result route(std::span<operation_table const* const> operations, request_view const& request, bool) {
    auto const target = request.header("x-amz-target");
    if (request.path() != "/" || !target) return {};
    for (std::size_t i = 0; i < operations.size(); ++i) {
        if (!is_target_of(*operations[i], *target)) continue;
        if (request.method != "POST") return {std::nullopt, "POST"};
        return {i, {}};
    }
    return {};
}

int check_media_types(request_view const& request, std::string_view content_type) {
    if (!equals_ignore_case(essence_of(request.header("content-type").value_or("")), content_type)) return 415;
    return accepts(request, content_type) ? 0 : 406;
}

bool decode_request(operation_table const& op, request_view const& request, decode_options const& options, void* input,
                    std::vector<violation>& errors) {
    if (!route(std::array{&op}, request, false).position) {
        errors.push_back({errc::invalid_value, {}, "method, path and x-amz-target are not those of the operation"});
        return false;
    }
    auto const body = request.body.empty() ? std::string_view("{}") : request.body;
    return decode_json(body, {op.input, input}, options, errors);
}

bool encode_response(operation_table const& op, void const* output, http_response& out, std::string_view content_type,
                     std::vector<violation>& errors) {
    out.status = 200;
    out.fields.add("content-type", std::string(content_type));
    if (op.output == &shape_table<unit>::value) return true; // no output, no body
    return encode_json({op.output, output}, out.body, errors);
}

// The versions of the protocol differ in their content-type, and in how much of a code is written: "servers SHOULD" write
// the whole shape id in 1.0. https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html#operation-error-serialization
struct version_1_0 {
    static constexpr std::string_view content_type = "application/x-amz-json-1.0";
    static constexpr bool whole_codes = true;
};
struct version_1_1 {
    static constexpr std::string_view content_type = "application/x-amz-json-1.1";
    static constexpr bool whole_codes = false;
};

// The code is a member of the body beside those of the error.
template <class Version>
void write_error(service_facts const& service, int status, std::string_view code, bool of_model, std::string members,
                 http_response& out) {
    std::string type;
    if (Version::whole_codes && of_model && service.aws && !service.aws->shape_namespace.empty())
        type.append(service.aws->shape_namespace).append("#");
    std::array<body_part, 2> const parts{{{"/__type", quoted(type.append(code))}, {"", std::move(members)}}};
    out.status = status;
    out.fields.set("content-type", std::string(Version::content_type));
    out.body = assemble(parts);
}

template <class Version>
bool encode_error(service_facts const& service, error_entry const& entry, void const* error, http_response& out,
                  std::vector<violation>& errors) {
    std::string members;
    if (!encode_json({entry.what, error}, members, errors)) return false;
    int const status = status_of(entry);
    // https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#aws-protocols-awsquerycompatible-trait
    if (service.aws && service.aws->query_compatible)
        out.fields.add("x-amzn-query-error", std::string(entry.query_code) + (status < 500 ? ";Sender" : ";Receiver"));
    write_error<Version>(service, status, entry.code, true, std::move(members), out);
    return true;
}

template <class Version>
void encode_code(service_facts const& service, int status, std::string_view code, std::string_view message, http_response& out) {
    write_error<Version>(service, status, code, false, "{\"message\":" + quoted(std::string(message)) + '}', out);
}

template <class Version>
constexpr protocol_engine engine_of{
    [](operation_table const& op, void const* input, encode_options const& options, http_request& out,
       std::vector<violation>& errors) { return encode_request(op, input, options, out, Version::content_type, errors); },
    &decode_response,
    &route,
    [](operation_table const&, request_view const& request) { return check_media_types(request, Version::content_type); },
    &decode_request,
    [](operation_table const& op, void const* output, http_response& out, std::vector<violation>& errors) {
        return encode_response(op, output, out, Version::content_type, errors);
    },
    &encode_error<Version>,
    &encode_code<Version>};

} // namespace

extern protocol_engine const engine_1_0 = engine_of<version_1_0>;
extern protocol_engine const engine_1_1 = engine_of<version_1_1>;

} // namespace parley::detail::aws_json

#endif
#ifndef PARLEY_PROTOCOL_JSON_RPC_IPP
#define PARLEY_PROTOCOL_JSON_RPC_IPP

#include <utility>

namespace parley {

namespace detail::rpc {

namespace {

// The members that the specification names, as JSON; empty: absent. The last one counts where they are duplicated.
struct envelope {
    std::string_view jsonrpc, method, params, id, result, error;
};

// Of an object that was found to be JSON.
envelope read_envelope(std::string_view object) {
    static constexpr std::pair<std::string_view, std::string_view envelope::*> names[] = {
        {"jsonrpc", &envelope::jsonrpc}, {"method", &envelope::method}, {"params", &envelope::params},
        {"id", &envelope::id},           {"result", &envelope::result}, {"error", &envelope::error}};
    envelope found;
    json_walker walk(object);
    walk.take('{');
    while (walk.peek() == '"') {
        auto const key = walk.take_string();
        walk.take(':');
        auto const value = walk.take_value();
        for (auto const& [name, place] : names) {
            if (same_key(key, name, false)) found.*place = value;
        }
        walk.take(',');
    }
    return found;
}

// Calls `visit` for each item of an array that was found to be JSON, until it returns false.
template <class Visit>
void each_item(std::string_view array, Visit visit) {
    json_walker walk(array);
    walk.take('[');
    while (walk.peek() != ']' && visit(walk.take_value())) walk.take(',');
}

// "A String specifying the version of the JSON-RPC protocol. MUST be exactly "2.0"."
bool is_version_2(std::string_view jsonrpc) { return jsonrpc.starts_with('"') && json_scalar_text(jsonrpc) == "2.0"; }

bool has_no_members(shape const& what) { return what.kind == shape_kind::structure && what.structure->count == 0; }

// Decodes a part of `whole`, which is named by `pointer`; what is wrong is told by its place in the whole.
bool decode_part(std::string_view whole, std::string_view part, std::string_view pointer, decode_job const& job,
                 decode_options const& options, response_report& report) {
    std::vector<violation> errors, tolerated;
    bool const good = decode_json(part, job, options, errors, &tolerated);
    auto const add_to = [&](std::vector<violation>& all, std::vector<violation>& found) {
        for (auto& v : found) {
            v.path.insert(0, pointer);
            if (v.offset != violation::no_offset) v.offset += static_cast<std::size_t>(part.data() - whole.data());
            all.push_back(std::move(v));
        }
    };
    add_to(report.violations, errors);
    add_to(report.tolerated, tolerated);
    return good;
}

// "-32000 to -32099: Reserved for implementation-defined server-errors."
fault fault_of(std::int64_t code) {
    switch (code) {
    case json_rpc_code::parse_error:
    case json_rpc_code::invalid_request:
    case json_rpc_code::method_not_found:
    case json_rpc_code::invalid_params: return fault::client;
    case json_rpc_code::internal_error: return fault::server;
    default: return code >= -32099 && code <= -32000 ? fault::server : fault::unspecified;
    }
}

void read_error(rpc_operation const& op, std::string_view response, std::string_view error, decode_options const& options,
                void* errors, response_report& report) {
    using kind = response_report::kind;
    json_rpc_error said;
    if (!decode_part(response, error, "/error", {&shape_of<json_rpc_error>, &said}, options, report)) {
        report.what = kind::undecodable;
        return;
    }
    report.what = kind::undeclared;
    report.code = std::to_string(said.code);
    report.message = std::move(said.message);
    report.fault = fault_of(said.code);
    for (auto const& entry : op.errors) {
        if (entry.code != said.code) continue;
        report.what = kind::declared;
        report.retry = entry.retry;
        if (entry.fault != fault::unspecified) report.fault = entry.fault;
        void* const typed = entry.emplace(errors);
        auto relaxed = options;
        relaxed.strictness = strictness::lenient; // an error that lacks a member is still that error
        if (said.data) decode_json(said.data->json, {entry.what, typed}, relaxed, report.tolerated, &report.tolerated);
        fill_message(*entry.what->structure, typed, report.message);
        return;
    }
}

// Takes back what was appended if something is wrong.
bool finish(std::string& out, std::size_t begin, std::vector<violation> const& errors, std::size_t first_error) {
    if (errors.size() == first_error) return true;
    out.resize(begin);
    return false;
}

void append_id(std::string& out, json_rpc_id const& id, std::vector<violation>& errors) {
    if (find_invalid_utf8(id.json()) != std::string_view::npos) errors.push_back({errc::invalid_utf8, "/id", "invalid UTF-8"});
    out.append(",\"id\":").append(id.json());
}

} // namespace

bool encode_request(rpc_operation const& op, void const* input, json_rpc_id const* id, strictness strict, std::string& out,
                    std::vector<violation>& errors) {
    auto const begin = out.size();
    auto const first_error = errors.size();
    if (strict != strictness::compatible) validate(*op.input, input, 256, errors);
    out += R"({"jsonrpc":"2.0","method":)";
    append_json_string(out, op.name);
    if (!has_no_members(*op.input)) {
        out += ",\"params\":";
        encode_job job{op.input, input};
        job.by_position = op.params == rpc_params::by_position;
        encode_json(job, out, errors);
    }
    if (id) append_id(out, *id, errors);
    out += '}';
    return finish(out, begin, errors, first_error);
}

response_report decode_response(rpc_operation const& op, std::string_view response, decode_options const& options,
                                void* output, void* errors) {
    using kind = response_report::kind;
    response_report report;
    auto relaxed = options;
    relaxed.check_constraints = false; // the service may have loosened one since
    bool const strict = options.strictness == strictness::strict;
    auto [jsonrpc, method, params, id, result, error] = read_envelope(response);
    if (!is_version_2(jsonrpc)) {
        violation v{errc::invalid_value, "/jsonrpc", "is not \"2.0\""};
        if (jsonrpc.empty()) v = {errc::missing_field, "/jsonrpc", "missing field"};
        (strict ? report.violations : report.tolerated).push_back(std::move(v));
    }
    // What JSON-RPC 1.0 has, where the one that does not apply is null.
    if (!strict && error == "null") error = {};
    if (!strict && !error.empty() && result == "null") result = {};
    // "Either the result member or error member MUST be included, but both members MUST NOT be included."
    if (result.empty() && error.empty())
        report.violations.push_back({errc::missing_field, {}, "the response holds neither result nor error"});
    if (!result.empty() && !error.empty())
        report.violations.push_back({errc::invalid_value, {}, "the response holds both result and error"});
    if (!report.violations.empty()) {
        report.what = kind::undecodable;
    } else if (!error.empty()) {
        read_error(op, response, error, relaxed, errors, report);
    } else if (!has_no_members(*op.output.target) && !(result == "null" && op.output.nullable())) {
        decode_job const job{op.output.target, op.output.engage ? op.output.engage(output) : output};
        if (!decode_part(response, result, "/result", job, relaxed, report)) report.what = kind::undecodable;
    }
    return report;
}

bool decode_params(rpc_operation const& op, std::string_view params, decode_options const& options, void* input,
                   std::vector<violation>& errors) {
    if (params.empty()) params = op.input->kind == shape_kind::list ? "[]" : "{}";
    decode_job job{op.input, input};
    job.by_position = true;
    return decode_json(params, job, options, errors);
}

bool encode_response(rpc_operation const& op, void const* output, json_rpc_id const& id, std::string& out,
                     std::vector<violation>& errors) {
    auto const begin = out.size();
    auto const first_error = errors.size();
    out += R"({"jsonrpc":"2.0","result":)";
    auto const* held = op.output.peek ? op.output.peek(output) : output;
    // What has no members has nothing to say, and null is what peers expect of a method that returns nothing.
    encode_json({op.output.target, has_no_members(*op.output.target) ? nullptr : held}, out, errors);
    append_id(out, id, errors);
    out += '}';
    return finish(out, begin, errors, first_error);
}

bool encode_error(rpc_error_entry const& entry, void const* error, json_rpc_id const& id, std::string& out,
                  std::vector<violation>& errors) {
    auto const& s = *entry.what->structure;
    json_rpc_error said{entry.code, std::string(entry.message)};
    encode_job job{entry.what, error};
    member_set data;
    for (std::size_t i = 0; i < s.count; ++i) data.insert(i);
    if (auto const* m = message_member(s)) {
        data.erase(s.position_of(*m));
        auto const* text = static_cast<std::string const*>(held_by(*m, s, error));
        if (text && !text->empty()) said.message = *text;
    }
    job.members = &data;
    std::string json;
    if (!encode_json(job, json, errors)) return false;
    if (json != "{}") said.data = document{std::move(json)};
    return encode_error(said, id, out, errors);
}

bool encode_error(json_rpc_error const& error, json_rpc_id const& id, std::string& out, std::vector<violation>& errors) {
    auto const begin = out.size();
    auto const first_error = errors.size();
    out += R"({"jsonrpc":"2.0","error":)";
    encode_json({&shape_of<json_rpc_error>, &error}, out, errors);
    append_id(out, id, errors);
    out += '}';
    return finish(out, begin, errors, first_error);
}

namespace {

json_rpc_request read_request(std::string_view text) {
    json_rpc_request request;
    envelope parts;
    if (text.starts_with('{')) parts = read_envelope(text);
    if (!parts.id.empty()) request.id = json_rpc_id::from_json(parts.id);
    bool const bad_id = !parts.id.empty() && !request.id;
    bool const bad_params = !parts.params.empty() && parts.params[0] != '{' && parts.params[0] != '[';
    if (!is_version_2(parts.jsonrpc) || !parts.method.starts_with('"') || bad_params || bad_id) {
        request.wrong = json_rpc_error::of(json_rpc_code::invalid_request);
        // "If there was an error in detecting the id in the Request object, it MUST be Null."
        if (!request.id) request.id = json_rpc_id();
        return request;
    }
    request.method = json_scalar_text(parts.method).value_or("");
    request.params = parts.params;
    return request;
}

// What is said to all calls of a batch is read and kept by each of them, so there must not be too much of it.
constexpr std::size_t most_for_all = 65536;

json_rpc_error error_of_limit(std::int64_t code, std::string_view text) {
    auto error = json_rpc_error::of(code);
    append_json_string(error.data.emplace(document{""}).json, text);
    return error;
}

} // namespace

} // namespace detail::rpc

json_rpc_error json_rpc_error::of(std::int64_t code) {
    switch (code) {
    case json_rpc_code::parse_error: return {code, "Parse error"};
    case json_rpc_code::invalid_request: return {code, "Invalid Request"};
    case json_rpc_code::method_not_found: return {code, "Method not found"};
    case json_rpc_code::invalid_params: return {code, "Invalid params"};
    case json_rpc_code::internal_error: return {code, "Internal error"};
    default: return {code, "Server error"};
    }
}

result<json_rpc_message, json_rpc_error> json_rpc::decode_message(std::string_view text, decode_limits const& limits,
                                                                  std::size_t max_batch) {
    using namespace detail;
    decode_options options;
    options.limits = limits;
    std::vector<violation> wrong;
    if (!decode_json(text, {}, options, wrong)) {
        if (wrong[0].code != errc::limit_exceeded) return json_rpc_error::of(json_rpc_code::parse_error);
        return rpc::error_of_limit(json_rpc_code::parse_error, "the message " + wrong[0].message);
    }
    json_rpc_message message;
    text = outermost(text).text;
    message.batch = text.starts_with('[');
    if (!message.batch) {
        message.requests.push_back(rpc::read_request(text));
        return message;
    }
    bool too_many = false;
    rpc::each_item(text, [&](std::string_view item) {
        too_many = message.requests.size() == max_batch;
        if (!too_many) message.requests.push_back(rpc::read_request(item));
        return !too_many;
    });
    if (too_many)
        return rpc::error_of_limit(json_rpc_code::invalid_request,
                                   "the batch has more requests than the limit of " + std::to_string(max_batch));
    if (message.requests.empty()) return json_rpc_error::of(json_rpc_code::invalid_request);
    return message;
}

result<json_rpc_error> json_rpc::decode_error(std::string_view response) {
    using namespace detail;
    data_error wrong;
    if (!decode_json(response, {}, {}, wrong.violations)) return wrong;
    auto const object = outermost(response).text;
    auto const error = object.starts_with('{') ? rpc::read_envelope(object).error : std::string_view();
    if (error.empty()) {
        wrong.violations.push_back({errc::missing_field, "/error", "the response says no error"});
        return wrong;
    }
    return from_json<json_rpc_error>(error);
}

std::optional<json_rpc_id> json_rpc::id_of(std::string_view message) {
    using namespace detail;
    std::vector<violation> wrong;
    if (!decode_json(message, {}, {}, wrong)) return std::nullopt;
    auto const id = find_json_member(message, "id");
    return id ? json_rpc_id::from_json(id->text) : std::nullopt;
}

json_rpc_answer::json_rpc_answer(std::string_view text, decode_options const& options, std::size_t max_batch)
    : text_(text), options_(options) {
    using namespace detail;
    if (options.strictness != strictness::strict && find_invalid_utf8(text) != std::string_view::npos) {
        repaired_ = std::make_unique<std::string>(repair_utf8(text));
        text_ = *repaired_;
    }
    if (!decode_json(text_, {}, options_, wrong_)) return;
    auto const add = [&](std::string_view response) {
        if (!response.starts_with('{')) return;
        auto const parts = rpc::read_envelope(response);
        entries_.push_back({json_rpc_id::from_json(parts.id), response, !parts.error.empty() && parts.error != "null"});
    };
    auto const whole = outermost(text_).text;
    batch_ = whole.starts_with('[');
    if (!batch_) {
        add(whole);
        if (entries_.empty()) wrong_.push_back({errc::invalid_type, {}, "expected an object or an array"});
        return;
    }
    bool too_many = false;
    rpc::each_item(whole, [&](std::string_view response) {
        too_many = entries_.size() == max_batch;
        if (!too_many) add(response);
        return !too_many;
    });
    if (!too_many) return;
    entries_.clear();
    wrong_.push_back({errc::limit_exceeded, {}, "has more responses than the limit of " + std::to_string(max_batch)});
}

bool json_rpc_answer::is_refusal() const {
    if (batch_ || entries_.size() != 1 || !entries_[0].is_error || entries_[0].text.size() > detail::rpc::most_for_all) return false;
    return entries_[0].id ? entries_[0].id->is_null() : options_.strictness != strictness::strict;
}

detail::response_report json_rpc_answer::read(detail::rpc_operation const& op, json_rpc_id const& id, void* output,
                                              void* errors, std::string_view& text) const {
    detail::response_report report;
    report.what = detail::response_report::kind::undecodable;
    report.violations = wrong_;
    text = text_.substr(0, detail::rpc::most_for_all);
    if (!wrong_.empty()) return report;
    entry const* found = nullptr;
    for (auto const& each : entries_) {
        if (!each.id || *each.id != id) continue;
        if (found) {
            report.violations.push_back({errc::invalid_value, {}, "the answer holds more than one response with the id " + id.json()});
            return report;
        }
        found = &each;
    }
    if (!found && is_refusal()) found = &entries_[0];
    if (!found) {
        report.violations.push_back({errc::missing_field, {}, "the answer holds no response with the id " + id.json()});
        return report;
    }
    text = found->text;
    return detail::rpc::decode_response(op, found->text, options_, output, errors);
}

} // namespace parley

#endif
#ifndef PARLEY_PROTOCOL_JSON_RPC_ID_IPP
#define PARLEY_PROTOCOL_JSON_RPC_ID_IPP

namespace parley {

std::string json_rpc_id::quoted(std::string_view text) {
    std::string json;
    detail::append_json_string(json, text);
    return json;
}

std::optional<json_rpc_id> json_rpc_id::from_json(std::string_view json) {
    // What is equal must have one text, and there are many: "a" and "\u0061", 10 and 1e1.
    auto const begin = json.find_first_not_of(" \t\n\r");
    if (begin == json.npos) return std::nullopt;
    if (json[begin] == '"') {
        auto const text = parley::from_json<std::string>(json);
        return text ? std::optional<json_rpc_id>(*text) : std::nullopt;
    }
    if (json[begin] != 'n' && json[begin] != '-' && (json[begin] < '0' || json[begin] > '9')) return std::nullopt;
    if (auto const number = parley::from_json<std::int64_t>(json)) return json_rpc_id(*number);
    auto other = parley::from_json<document>(json); // null, or a number that has no other form here
    if (!other) return std::nullopt;
    json_rpc_id id;
    id.json_ = std::move(other->json);
    return id;
}

} // namespace parley

#endif
#ifndef PARLEY_PROTOCOL_REST_JSON_IPP
#define PARLEY_PROTOCOL_REST_JSON_IPP

#include <algorithm>
#include <array>
#include <string>

namespace parley::detail {

namespace rest_json {

namespace {

bool encode_request(operation_table const& op, void const* input, encode_options const& options, http_request& out,
                    std::vector<violation>& errors) {
    bool const compatible = options.strictness == strictness::compatible;
    if (!compatible) validate(*op.input, input, 256, errors);
    message_writer writer(*op.request, *op.input->structure, input, errors, compatible);
    start_request(writer, op, options, out, errors);
    if (options.endpoint.path != "/") out.target = options.endpoint.path;
    writer.write_path(out.target, compatible);
    writer.write_query(out.target);
    writer.write_headers(out.fields);
    writer.write_body(out.fields, out.body, false);
    finish_request(op, options, out);
    return errors.empty();
}

response_report decode_response(operation_table const& op, response_view const& response, decode_options const& options,
                                void* output, void* errors) {
    if (!is_success(response)) return read_error(op, response, options, errors);
    response_report report;
    report.status = response.status;
    auto const relaxed = for_client(options);
    message_reader reader(*op.response, *op.output, output, relaxed, report.violations, &report.tolerated);
    reader.read_status(response.status);
    reader.read_headers(response);
    reader.read_body(response.body);
    reader.require_bound();
    if (!report.violations.empty()) report.what = response_report::kind::undecodable;
    return report;
}

// Whether the host begins with the prefix of the operation, and has more.
bool matches_host(message_binding const& binding, std::string_view host) {
    bool prefixed = false;
    for (auto part = binding.parts.begin(); part != binding.parts.end(); ++part) {
        if (part->place == template_place::host_text) {
            prefixed = true;
            if (!equals_ignore_case(host.substr(0, part->text.size()), part->text)) return false;
            host.remove_prefix(part->text.size());
        } else if (part->place == template_place::host_label) {
            // A label is no more than a label of the host name, and ends where the text that follows begins.
            prefixed = true;
            auto const next = part + 1;
            bool const text_follows = next != binding.parts.end() && next->place == template_place::host_text;
            std::size_t end = std::min<std::size_t>(1, host.size());
            while (end < host.size() && host[end] != '.' &&
                   !(text_follows && equals_ignore_case(host.substr(end, next->text.size()), next->text)))
                ++end;
            host.remove_prefix(end);
        }
    }
    return !prefixed || !host.empty();
}

// Whether the query has what the template has literally: the name and, where it has one, the value.
bool matches_query(message_binding const& binding, std::string_view query) {
    for (auto const& part : binding.parts) {
        if (part.place != template_place::query_text) continue;
        bool found = false;
        for (auto rest = query; !rest.empty() && !found;) {
            auto const item = rest.substr(0, rest.find('&'));
            rest.remove_prefix(std::min(item.size() + 1, rest.size()));
            auto const equals = std::min(item.find('='), item.size());
            auto const value = item.substr(std::min(equals + 1, item.size()));
            found = percent_decodes_to(item.substr(0, equals), part.name) &&
                    (part.text.empty() || percent_decodes_to(value, part.text));
        }
        if (!found) return false;
    }
    return true;
}

route_result route(std::span<operation_table const* const> operations, request_view const& request, bool check_host) {
    auto const path = request.path(), query = request.query();
    route_result result;
    for (std::size_t i = 0; i < operations.size(); ++i) {
        auto const& binding = *operations[i]->request;
        bool const same_method = binding.method == request.method;
        if (!same_method && result.allow.find(binding.method) != result.allow.npos) continue;
        if (!match_path(binding.path, path, [](std::string_view) {}) || !matches_query(binding, query)) continue;
        if (check_host && !matches_host(binding, request.host)) continue;
        if (same_method) return {i, {}};
        result.allow.append(result.allow.empty() ? "" : ", ").append(binding.method);
    }
    return result;
}

bool is_bodiless(operation_table const& op, int status) {
    // RFC 9110, sections 9.3.2, 15.2, 15.3.5 and 15.4.5.
    return op.request->method == "HEAD" || status < 200 || status == 204 || status == 304;
}

bool is_unit(shape const& what) { return &what == &shape_table<unit>::value; }

// The media type of a message's body: "" if there is no body, "*/*" if it can be any.
std::string_view media_type_of(message_binding const& binding, shape const& what) {
    if (auto const* m = binding.payload) {
        switch (m->value.target->kind) {
        case shape_kind::blob: return m->media_type.empty() ? "*/*" : m->media_type;
        case shape_kind::text:
        case shape_kind::enumeration: return m->media_type.empty() ? "text/plain" : m->media_type;
        default: return "application/json";
        }
    }
    return is_unit(what) ? "" : "application/json";
}

int check_media_types(operation_table const& op, request_view const& request) {
    auto taken = media_type_of(*op.request, *op.input);
    // An input that has members, but none in the body, has no body. One without members may be an empty object.
    if (!op.request->payload && op.request->body.empty() && op.input->structure->count > 0) taken = "";
    auto const type = request.header("content-type");
    if (!request.body.empty() && taken != "*/*") {
        if (taken.empty() ? type.has_value() : !equals_ignore_case(essence_of(type.value_or("")), essence_of(taken))) return 415;
    }
    auto const given = media_type_of(*op.response, *op.output);
    bool const any = given.empty() || given == "*/*" || is_bodiless(op, op.response->status);
    return any || accepts(request, essence_of(given)) ? 0 : 406;
}

bool decode_request(operation_table const& op, request_view const& request, decode_options const& options, void* input,
                    std::vector<violation>& errors) {
    if (!route(std::array{&op}, request, false).position) {
        errors.push_back({errc::invalid_value, {}, "method, path and query are not those of the operation"});
        return false;
    }
    auto first = errors.size();
    message_reader reader(*op.request, *op.input, input, options, errors, nullptr);
    reader.read_path(request.path());
    reader.read_query(request.query());
    reader.read_headers(request);
    reader.read_body(request.body);
    reader.fill_absent();
    reader.require_bound();
    reader.check_bound();
    bool const good = errors.size() == first;
    for (; first < errors.size(); ++first) hide_secrets(*op.input, errors[first].path);
    return good;
}

bool encode_response(operation_table const& op, void const* output, http_response& out, std::vector<violation>& errors) {
    message_writer writer(*op.response, *op.output->structure, output, errors);
    out.status = op.response->status;
    for (auto const& part : op.response->parts) {
        if (part.place != template_place::status) continue;
        if (auto const* value = held_by(*part.member, *op.output->structure, output))
            out.status = static_cast<int>(signed_value(*part.member->value.target, value));
    }
    writer.write_headers(out.fields, true);
    if (!is_bodiless(op, out.status)) writer.write_body(out.fields, out.body, !op.response->payload && !is_unit(*op.output));
    return errors.empty();
}

bool encode_error(service_facts const& service, error_entry const& entry, void const* error, http_response& out,
                  std::vector<violation>& errors) {
    message_writer writer(*entry.binding, *entry.what->structure, error, errors);
    writer.write_headers(out.fields, true);
    std::string body;
    writer.write_body(out.fields, body, true);
    if (!errors.empty()) return false;
    if (entry.binding->payload) {
        write_error(service.scheme, status_of(entry), entry.code, {}, "{}", out);
        out.body = std::move(body);
    } else {
        out.fields.erase("content-type");
        write_error(service.scheme, status_of(entry), entry.code, message_of(entry, error), std::move(body), out);
    }
    return true;
}

void encode_code(service_facts const& service, int status, std::string_view code, std::string_view message, http_response& out) {
    std::string const text(message);
    // Schemes that have a place for the text need no member for it.
    bool const placed = service.scheme.by == error_scheme::rule::member || service.scheme.by == error_scheme::rule::problem;
    write_error(service.scheme, status, code, text, placed || text.empty() ? "{}" : "{\"message\":" + quoted(text) + '}', out);
}

} // namespace

extern protocol_engine const engine{&encode_request, &decode_response, &route,        &check_media_types,
                                    &decode_request, &encode_response, &encode_error, &encode_code};

} // namespace rest_json

} // namespace parley::detail

#endif
#ifndef PARLEY_PROTOCOL_SCALAR_TEXT_IPP
#define PARLEY_PROTOCOL_SCALAR_TEXT_IPP

#include <cmath>
#include <cstring>
#include <utility>

namespace parley::detail {

bool append_scalar_text(std::string& out, shape const& what, void const* value, timestamp_format format) {
    switch (what.kind) {
    case shape_kind::boolean: out += *static_cast<bool const*>(value) ? "true" : "false"; return true;
    case shape_kind::integer:
        if (what.is_signed) append_integer(out, signed_value(what, value));
        else append_integer(out, unsigned_value(what, value));
        return true;
    case shape_kind::floating: {
        auto const number = floating_value(what, value);
        if (std::isnan(number)) out += "NaN";
        else if (std::isinf(number)) out += number < 0 ? "-Infinity" : "Infinity";
        else if (what.size == sizeof(float)) append_float(out, *static_cast<float const*>(value));
        else append_double(out, number);
        return true;
    }
    case shape_kind::text: out += *static_cast<std::string const*>(value); return true;
    case shape_kind::enumeration: {
        auto const text = what.enumeration->text(value);
        out += text;
        return text.data() != nullptr;
    }
    case shape_kind::timestamp: {
        auto const when = what.timestamp->get(value);
        if (format != timestamp_format::epoch_seconds && !in_calendar_range(when)) return false;
        append_timestamp(out, when, format);
        return true;
    }
    default: return false;
    }
}

namespace {

template <class T>
bool read_integer_as(void* value, std::string_view text) {
    auto const number = parse_integer<T>(text);
    if (number) std::memcpy(value, &*number, sizeof(T));
    return number.has_value();
}

} // namespace

bool read_scalar_text(shape const& what, void* value, std::string_view text, timestamp_format format) {
    switch (what.kind) {
    case shape_kind::boolean:
        *static_cast<bool*>(value) = text == "true";
        return text == "true" || text == "false";
    case shape_kind::integer:
        switch (what.size) {
        case 1: return what.is_signed ? read_integer_as<std::int8_t>(value, text) : read_integer_as<std::uint8_t>(value, text);
        case 2: return what.is_signed ? read_integer_as<std::int16_t>(value, text) : read_integer_as<std::uint16_t>(value, text);
        case 4: return what.is_signed ? read_integer_as<std::int32_t>(value, text) : read_integer_as<std::uint32_t>(value, text);
        default: return what.is_signed ? read_integer_as<std::int64_t>(value, text) : read_integer_as<std::uint64_t>(value, text);
        }
    case shape_kind::floating: {
        auto const number = parse_double(text);
        if (!number) return false;
        if (what.size == sizeof(float)) {
            auto const narrow = static_cast<float>(*number);
            if (std::isinf(narrow) && !std::isinf(*number)) return false;
            *static_cast<float*>(value) = narrow;
        } else {
            *static_cast<double*>(value) = *number;
        }
        return true;
    }
    case shape_kind::text:
        if (find_invalid_utf8(text) != std::string_view::npos) return false;
        static_cast<std::string*>(value)->assign(text);
        return true;
    case shape_kind::enumeration: return what.enumeration->assign(value, text);
    case shape_kind::timestamp: {
        auto const when = parse_timestamp(text, format);
        return when && what.timestamp->assign(value, *when);
    }
    default: return false;
    }
}

} // namespace parley::detail

#endif

#endif
#endif // PARLEY_IMPLEMENTATION
