// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_SERVER_SERVER_CALL_IPP
#define PARLEY_SERVER_SERVER_CALL_IPP

#include <parley/core/text.hpp>
#include <parley/describe/validate.hpp>
#include <parley/http/uri.hpp>
#include <parley/protocol/detail/error_message.hpp>
#include <parley/server/server_call.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>
#include <exception>
#include <utility>

namespace parley::inline PARLEY_ABI::detail {

// The error for invalid inputs if the service declares none: smithy.framework#ValidationException.
// https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html
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

namespace server {

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

inline std::string constraint_text(violation const& v) {
    std::string text = "Value";
    if (v.length) text.append(" with length ").append(std::to_string(*v.length));
    text.append(" at '").append(v.path).append("' failed to satisfy constraint: Member ");
    return text.append(v.code == errc::missing_field ? std::string_view("must not be null") : std::string_view(v.message));
}

// Assigns the members of a ValidationException, which differ between services: a message, a list of fields with messages, a reason.
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
        protocol::fill_message(s, error, summary_);
        for (std::size_t i = 0; i < s.count; ++i) {
            auto const& m = s.members[i];
            auto const& type = *m.value.target;
            if (type.kind == shape_kind::list) fill_list(*type.list, m, s.place_of(m, error));
            if (type.kind == shape_kind::enumeration) fill_reason(*type.enumeration, m, s.place_of(m, error));
        }
    }

private:
    static member const* text_member(structure_shape const& s, std::string_view name) {
        auto const* m = s.find(name);
        return m && m->value.target->kind == shape_kind::text ? m : nullptr;
    }
    static void set_text(structure_shape const& s, member const& m, void* object, std::string const& text) {
        auto* const place = s.place_of(m, object);
        put_text_in(*m.value.target, m.value.emplace ? m.value.emplace(place) : place, text, {});
    }

    void fill_list(list_shape const& list, member const& m, void* place) const {
        if (list.item.target->kind != shape_kind::structure || !list.append) return;
        auto const& field = *list.item.target->structure;
        auto const* path = text_member(field, "path");
        if (!path) path = text_member(field, "name");
        auto const* message = text_member(field, "message");
        if (!path || !message) return;
        auto* const items = m.value.emplace ? m.value.emplace(place) : place;
        for (std::size_t i = 0; i < violations_.size(); ++i) {
            auto* const at = list.append(items, {});
            auto* const item = list.item.emplace ? list.item.emplace(at) : at;
            set_text(field, *path, item, violations_[i].path);
            set_text(field, *message, item, texts_[i]);
        }
    }

    // Finds the value "fieldValidationFailed" or "FIELD_VALIDATION_FAILED".
    static void fill_reason(enumeration_shape const& enumeration, member const& m, void* place) {
        for (auto const value : enumeration.values) {
            auto normalized = std::string(value);
            std::erase(normalized, '_');
            if (equals_ignore_case(normalized, "fieldvalidationfailed"))
                enumeration.assign(m.value.emplace ? m.value.emplace(place) : place, value);
        }
    }

    std::vector<violation> const& violations_;
    std::vector<std::string> texts_;
    std::string summary_;
};

// The header fields of a request after decompression: Content-Encoding without the last coding (RFC 9110, section 8.4). A member may be
// bound to the other codings.
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

inline std::size_t bytes_of_fields(field_view const& message) {
    std::size_t bytes = 0;
    if (message.can_iterate()) {
        message.each_header([](void* sum, std::string_view name,
                               std::string_view value) { *static_cast<std::size_t*>(sum) += name.size() + value.size(); },
                            &bytes);
    }
    return bytes;
}

} // namespace server

std::optional<std::size_t> server_call::route() noexcept {
    if (response_.status != 0) return std::nullopt;
    try {
        return find_operation();
    } catch (...) {
        write_caught("the request cannot be routed");
        return std::nullopt;
    }
}

std::optional<std::size_t> server_call::find_operation() {
    if (request_.target.size() > config_->target_bytes)
        return respond_error(414, "UriTooLongException", "the request target exceeds the size limit"), std::nullopt;
    if (server::bytes_of_fields(request_) > config_->header_bytes)
        return respond_error(431, "HeaderFieldsTooLargeException", "the header fields exceed the size limit"), std::nullopt;
    if (has_bad_escape(request_.target))
        return respond_error(400, "SerializationException", "invalid percent escape in the request target"), std::nullopt;
    auto const match = table_->engine->route(table_->operations, request_, config_->host_prefix);
    if (!match.position) {
        if (match.allow.empty()) return respond_error(404, "UnknownOperationException", "unknown operation"), std::nullopt;
        respond_error(405, "MethodNotAllowedException", "method not allowed");
        response_.fields.add("allow", match.allow);
        return std::nullopt;
    }
    op_ = table_->operations[*match.position];
    return match.position;
}

bool server_call::decompress() {
    if (!config_->gunzip)
        return respond_error(415, "UnsupportedMediaTypeException", "compressed bodies are not supported"), false;
    auto bytes = config_->gunzip(request_.body, config_->limits.bytes);
    if (!bytes)
        return respond_error(400, "SerializationException", "the compressed body is invalid or exceeds the size limit"), false;
    decompressed_ = std::make_unique<std::string>(std::move(*bytes));
    return true;
}

bool server_call::read(void* input, bool has_views) noexcept {
    try {
        return decode(input, has_views);
    } catch (...) {
        write_caught("the request cannot be read");
        return false;
    }
}

bool server_call::decode(void* input, bool has_views) {
    if (request_.body.size() > config_->limits.bytes)
        return respond_error(413, "RequestTooLargeException", "the body exceeds the size limit"), false;
    auto const media = table_->engine->check_media_types(*op_, request_);
    if (media.status == 415) {
        auto const text =
            media.type.empty() ? "the operation takes no body" : "the content-type must be " + std::string(media.type);
        return respond_error(415, "UnsupportedMediaTypeException", text), false;
    }
    if (media.status == 406)
        return respond_error(406, "NotAcceptableException",
                             "the response is " + std::string(media.type) + ", which the request does not accept"),
               false;
    decode_options options;
    options.limits = config_->limits;
    options.reject_unknown_values = true;
    if (has_views) {
        unescaped_ = std::make_unique<std::pmr::monotonic_buffer_resource>();
        options.memory = unescaped_.get();
    }
    std::vector<violation> violations;
    auto request = request_;
    server::coded_fields fields(request_);
    if (op_->traits.gzip && fields.last_is("gzip")) {
        if (!decompress()) return false;
        request.body = *decompressed_;
        fields.drop_last();
        fields.show_in(request);
    }
    if (table_->engine->decode_request(*op_, request, options, input, violations)) return true;
    return reject_input(violations), false;
}

void server_call::reject_input(std::vector<violation> const& violations) {
    data_error malformed;
    for (auto const& v : violations) {
        if (!server::is_constraint(v.code)) malformed.violations.push_back(v);
    }
    if (malformed.violations.empty()) return reject_invalid(violations);
    respond_error(400, "SerializationException", malformed.message());
}

[[gnu::cold]] void server_call::reject_invalid(std::vector<violation> const& violations) {
    static constexpr auto const& usual = error_entry_of<validation_error>;
    auto const declared =
        std::find_if(op_->errors.begin(), op_->errors.end(), [](error_entry const* entry) { return entry->code == usual.code; });
    auto const& entry = declared == op_->errors.end() ? usual : **declared;
    server::validation_filler const filler(violations);
    std::unique_ptr<void, void (*)(void*)> const error(entry.make(), entry.drop);
    filler.fill(*entry.what->structure, error.get());
    write_error(entry, error.get());
    text_ = filler.summary();
}

void server_call::write_output(input_ref output) noexcept {
    try {
        std::vector<violation> errors;
        response_ = {};
        if (table_->engine->encode_response(*op_, output, response_, errors)) return report({}, {});
        write_failure("the output cannot be encoded: " + data_error{std::move(errors)}.message());
    } catch (...) { write_caught("the output cannot be encoded"); }
}

void server_call::write_error(error_entry const& entry, void const* error) noexcept {
    try {
        std::vector<violation> errors;
        response_ = {};
        if (table_->engine->encode_error(table_->facts, entry, error, response_, errors)) return report(entry.code, {});
        write_failure("the error " + std::string(entry.code) + " cannot be encoded: " + data_error{std::move(errors)}.message());
    } catch (...) { write_caught("an error cannot be encoded"); }
}

void server_call::write_thrown(std::span<thrown_error const> declared) noexcept {
    for (auto const each : declared) {
        if (each(*this)) return;
    }
    write_caught();
}

void server_call::write_caught(std::string_view context) noexcept {
    try {
        throw;
    } catch (std::exception const& e) { fail(context, e.what()); } catch (...) {
        fail(context, "an exception that is not a std::exception was thrown");
    }
}

void server_call::write_failure(std::string_view text) noexcept { fail({}, text); }

void server_call::fail(std::string_view context, std::string_view text) noexcept {
    try {
        respond_error(500, "InternalFailure", {});
        text_.assign(context).append(context.empty() ? "" : ": ").append(text);
    } catch (...) { write_bare_failure(); }
}

// Allocates nothing.
void server_call::write_bare_failure() noexcept {
    response_ = {};
    response_.status = 500;
    bare_ = true;
    report("InternalFailure", {});
}

void server_call::write_not_implemented() noexcept {
    try {
        respond_error(501, "NotImplementedException", "the operation is not implemented");
    } catch (...) { write_caught(); }
}

void server_call::respond_error(int status, std::string_view code, std::string text) {
    response_ = {};
    table_->engine->encode_code(table_->facts, status, code, text, response_);
    report(code, std::move(text));
}

void server_call::report(std::string_view code, std::string text) noexcept {
    code_ = code;
    text_ = std::move(text);
}

http_response server_call::take() noexcept {
    if (request_.method == "HEAD") response_.body.clear();
    // The operation was performed, so the response is returned even if one of these functions throws.
    try {
        if (config_->request_id) response_.fields.add("x-amzn-requestid", config_->request_id());
    } catch (...) {}
    try {
        std::string_view const text = bare_ ? "out of memory" : std::string_view(text_);
        if (config_->observe) config_->observe({request_, op_ ? op_->name : std::string_view(), response_.status, code_, text});
    } catch (...) {}
    return std::move(response_);
}

} // namespace parley::detail

#endif
