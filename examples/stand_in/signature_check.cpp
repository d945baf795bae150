// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include "signature_check.hpp"

#include <parley/auth/sigv4.hpp>
#include <parley/core/text.hpp>
#include <parley/core/timestamp.hpp>

#include <algorithm>
#include <string_view>
#include <vector>

namespace stand_in {

namespace {

std::vector<std::string_view> split(std::string_view text, char by) {
    std::vector<std::string_view> parts;
    for (std::size_t at = 0; at <= text.size();) {
        auto const end = std::min(text.find(by, at), text.size());
        parts.push_back(parley::detail::trim(text.substr(at, end - at)));
        at = end + 1;
    }
    return parts;
}

// "AWS4-HMAC-SHA256 Credential=AKID/20250115/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, Signature=..."
struct authorization {
    std::vector<std::string_view> credential; // key, date, region, service, "aws4_request"
    std::vector<std::string_view> signed_headers;
    std::string_view signature;

    static std::optional<authorization> parse(std::string_view text) {
        constexpr std::string_view algorithm = "AWS4-HMAC-SHA256 ";
        if (!text.starts_with(algorithm)) return std::nullopt;
        authorization result;
        for (auto const part : split(text.substr(algorithm.size()), ',')) {
            auto const equals = std::min(part.find('='), part.size());
            auto const name = part.substr(0, equals), value = part.substr(std::min(equals + 1, part.size()));
            if (name == "Credential") result.credential = split(value, '/');
            else if (name == "SignedHeaders") result.signed_headers = split(value, ';');
            else if (name == "Signature") result.signature = value;
        }
        if (result.credential.size() != 5 || result.credential[4] != "aws4_request" || result.signature.empty())
            return std::nullopt;
        return result;
    }

    bool covers(std::string_view header) const {
        return std::any_of(signed_headers.begin(), signed_headers.end(),
                           [&](std::string_view name) { return parley::detail::equals_ignore_case(name, header); });
    }
};

// "20250115T123456Z"
std::optional<std::chrono::system_clock::time_point> parse_basic_time(std::string_view text) {
    if (text.size() != 16) return std::nullopt;
    auto const at = [&](std::size_t from, std::size_t count) { return std::string(text.substr(from, count)); };
    auto const extended = at(0, 4) + '-' + at(4, 2) + '-' + at(6, 5) + ':' + at(11, 2) + ':' + at(13, 3);
    auto const instant = parley::parse_timestamp(extended, parley::timestamp_format::date_time);
    if (!instant) return std::nullopt;
    return std::chrono::system_clock::time_point(std::chrono::seconds(instant->seconds));
}

// Compares in constant time.
bool same(std::string_view a, std::string_view b) {
    if (a.size() != b.size()) return false;
    unsigned difference = 0;
    for (std::size_t i = 0; i < a.size(); ++i) difference |= static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(b[i]);
    return difference == 0;
}

} // namespace

std::optional<signature_check::problem> signature_check::operator()(parley::request_view const& request,
                                                                    std::chrono::system_clock::time_point now) const {
    auto const said = request.header("authorization");
    if (!said) return problem{"MissingAuthenticationTokenException", "The request is not signed"};
    auto const parsed = authorization::parse(*said);
    if (!parsed) return problem{"IncompleteSignatureException", "The authorization is none of AWS Signature Version 4"};
    if (parsed->credential[0] != key_.access_key_id) return problem{"UnrecognizedClientException", "The access key is not known"};
    auto const time = parse_basic_time(request.header("x-amz-date").value_or(""));
    auto const invalid = [](std::string text) { return problem{"InvalidSignatureException", std::move(text)}; };
    if (!time || !request.header("x-amz-date")->starts_with(parsed->credential[1]))
        return invalid("The x-amz-date is missing or of another day");
    if (*time < now - std::chrono::minutes(5) || *time > now + std::chrono::minutes(5))
        return invalid("The x-amz-date is not now");
    if (parsed->credential[3] != service_) return invalid("The signature is for another service");

    auto signed_again = parley::copy_of(request);
    parley::headers covered;
    for (auto const& field : signed_again.fields) {
        if (parsed->covers(field.name)) covered.add(field.name, field.value);
        else if (parley::detail::equals_ignore_case(field.name.substr(0, 6), "x-amz-"))
            return invalid("The field " + std::string(field.name) + " is not signed");
    }
    if (!parsed->covers("host")) return invalid("The host is not signed");
    signed_again.fields = std::move(covered);
    parley::sigv4_options options{.region = std::string(parsed->credential[2]), .service = service_};
    options.content_sha256_header = parsed->covers("x-amz-content-sha256");
    if (request.header("x-amz-content-sha256") == parley::unsigned_payload) options.payload_hash = parley::unsigned_payload;
    auto const expected = parley::sign_headers(signed_again, key_, options, *time);
    if (!expected) return invalid(expected.error().text);
    if (!same(expected->signature, parsed->signature))
        return invalid("The request signature we calculated does not match the signature you provided");
    return std::nullopt;
}

} // namespace stand_in
