// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// The first byte is a status, the rest of the line a part of a secret that was sent. The rest of the text is a response, in which "$"
// stands for that secret. Properties:
//   - credentials are complete and not expired, and have the values that Boost.JSON finds in the response;
//   - an error text is short and contains no control characters and no secrets;
//   - escaped texts in a response of AWS STS are unescaped correctly;
//   - the providers for containers, instances, processes and roles terminate and reveal no secret.
#include "fuzz.hpp"

#include <parley/credentials/assume_role.hpp>
#include <parley/credentials/container_credentials.hpp>
#include <parley/credentials/credentials_parser.hpp>
#include <parley/credentials/instance_credentials.hpp>
#include <parley/credentials/process_credentials.hpp>
#include <parley/credentials/send_with_retries.hpp>

#include <support/scripted_environment.hpp>

#include <boost/json/parse.hpp>

#include <optional>
#include <vector>

namespace {

namespace json = boost::json;
using parley::detail::response_form;

constexpr std::string_view mark = "zQ7-secret"; // not in any text of the library
std::chrono::system_clock::time_point const now =
    std::chrono::sys_days(std::chrono::year(2025) / 1 / 15) + std::chrono::hours(12);

void check_text(std::string const& message, std::string_view sent) {
    fuzz::must(!message.empty() && message.size() < 1000, "an error text is short");
    fuzz::must(!fuzz::contains(message, sent), "an error text does not contain the secret that was sent");
    for (char c : message) fuzz::must(!fuzz::is_control(c), "an error text is one line");
}

// Returns a text member of a response, or an empty text.
std::string member_of(json::value const& answer, std::string_view name) {
    auto const* object = answer.if_object();
    auto const* value = object ? object->if_contains(name) : nullptr;
    return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

void check_complete(parley::aws_credentials const& found) {
    fuzz::must(!found.access_key_id.empty() && !found.secret_access_key.empty(), "credentials are complete");
    fuzz::must(!found.expiration || *found.expiration > now, "credentials are not expired");
}

void check_json(std::string_view text, response_form form, std::string_view sent) {
    boost::system::error_code error;
    auto const answer = json::parse(text, error);
    auto const found = parley::detail::credentials_in_json(text, form, "p", now, sent);
    auto const token_name = form == response_form::process ? "SessionToken" : "Token";
    if (found) {
        fuzz::must(!error, "invalid JSON has no credentials");
        check_complete(*found);
        fuzz::must(found->access_key_id == member_of(answer, "AccessKeyId"), "the key id is that of the response");
        fuzz::must(found->secret_access_key == member_of(answer, "SecretAccessKey"), "the key is that of the response");
        fuzz::must(found->session_token == member_of(answer, token_name), "the token is that of the response");
        if (form == response_form::metadata) {
            auto const code = member_of(answer, "Code");
            fuzz::must(!answer.get_object().contains("Code") || answer.at("Code").is_null() || code == "Success",
                       "an error response has no credentials");
        } else {
            fuzz::must(answer.at("Version") == 1, "the version is 1");
        }
        return;
    }
    check_text(found.error().message(), sent);
    if (error) return;
    for (auto const* name : {"SecretAccessKey", "Token", "SessionToken"}) {
        // Short secrets may occur in other words.
        auto const secret = member_of(answer, name);
        if (secret.size() >= 12 && fuzz::contains(secret, mark))
            fuzz::must(!fuzz::contains(found.error().message(), secret), "an error text contains no secret of the response");
    }
}

// "<", "&" and ">" in each form of https://www.w3.org/TR/xml/#sec-references
std::string escaped(std::string_view text) {
    std::string all;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '<') all += i % 2 ? "&lt;" : "&#60;";
        else if (text[i] == '&') all += i % 2 ? "&amp;" : "&#x26;";
        else if (text[i] == '>') all += i % 2 ? "&gt;" : "&#x3E;";
        else all += text[i];
    }
    return all;
}

void check_xml(std::string_view text) {
    for (auto const* name : {"AccessKeyId", "SecretAccessKey", "Code", "a", ""}) {
        auto const found = parley::detail::text_in_xml(text, name);
        fuzz::must(!found || found->size() <= text.size(), "a text is not longer than the response");
    }
    auto const xml = "<?xml version=\"1.0\"?><R xmlns=\"u\"><Empty/><x:Key a=\"" + escaped(text) + "\">" + escaped(text)
                     + "</x:Key><Key>no</Key></R>";
    fuzz::must(parley::detail::text_in_xml(xml, "Key") == text, "an escaped text is unescaped correctly");
}

using replies = std::vector<std::pair<int, std::string>>;

// Requests credentials from the provider that `make` creates.
template <class Make>
void check_provider(Make make, replies const& answers, std::string_view text, std::string_view sent) {
    test::machine m;
    m.now = now;
    m.variables = {{"AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://localhost/x"},
                   {"AWS_CONTAINER_AUTHORIZATION_TOKEN", std::string(sent)}};
    m.commands["command"] = std::string(text);
    for (auto const& [status, body] : answers) m.answer(status, body);
    auto const found = make(m.provider_environment())();
    if (found) return check_complete(*found);
    check_text(found.error().message(), sent);
}

void check_providers(std::string_view text, int status, std::string const& sent) {
    using provider_environment = parley::provider_environment;
    std::string const body(text);
    replies const thrice(3, {status, body});
    check_provider([](provider_environment s) { return parley::container_credentials{std::move(s)}; }, thrice, text, sent);
    check_provider([](provider_environment s) { return parley::process_credentials{std::move(s), "command"}; }, {}, text, sent);
    auto const instance = [](provider_environment s) { return parley::instance_credentials{std::move(s)}; };
    check_provider(instance, {{200, sent}, {200, "role"}, {status, body}, {200, sent}, {status, body}}, text, sent);
    check_provider(instance, {{200, sent}, {status, body}, {200, sent}, {status, body}, {200, sent}, {200, body}}, text, sent);
    check_provider(instance, {{status, body}, {200, body}, {200, body}, {200, body}, {200, body}}, text, sent);
    parley::aws_credentials const source{.access_key_id = "id", .secret_access_key = "key", .session_token = sent};
    auto const role = [&](provider_environment s) {
        return parley::assume_role_credentials{
            std::move(s), {.arn = "arn"}, [source]() -> parley::credentials_result { return source; }};
    };
    check_provider(role, thrice, text, sent);
}

// Secrets are removed at every position of a text of any length.
void check_reason(std::string_view text, std::string_view sent) {
    auto const reason = parley::detail::quoted_reason(text, {"zQ7", sent, "secret"});
    fuzz::must(reason.size() <= 303, "a reason is short");
    fuzz::must(!fuzz::contains(reason, "zQ7") && !fuzz::contains(reason, "secret"), "a reason contains no secrets");
}

} // namespace

void fuzz::try_text(std::string_view text) {
    auto line = take_line(text);
    static constexpr int statuses[] = {200, 400, 401, 403, 404, 429, 500, 302};
    auto const status = statuses[take_below(line, std::size(statuses))];
    std::string sent(mark);
    for (char c : line.substr(0, 40)) sent += is_control(c) ? '-' : c;
    while (sent.ends_with(' ')) sent.pop_back();
    auto const answer = replaced(text, "$", sent);
    check_json(answer, response_form::metadata, sent);
    check_json(answer, response_form::process, sent);
    check_text(parley::detail::error_in_json({status, {}, answer}, "p", sent).message(), sent);
    check_xml(answer);
    check_reason(answer, sent);
    check_providers(answer, status, sent);
}
