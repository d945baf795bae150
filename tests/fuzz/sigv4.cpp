// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// A request: options, method, target, header fields, an empty line, body. Properties:
//   - the canonical request, the string to sign and the signature are those of an independent implementation of
//     https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html over OpenSSL;
//   - signing a request twice gives the same result as once, in the header and in the query;
//   - canonicalizing a canonical query or path does not change it;
//   - results do not contain the secret key, and error texts contain no part of the credentials.
#include "fuzz.hpp"

#include <parley/auth/sigv4.hpp>

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <chrono>
#include <cstdint>
#include <map>
#include <tuple>
#include <vector>

namespace {

constexpr std::string_view secret = "zQ7-secret-access-key";

using clock_time = std::chrono::system_clock::time_point;

// The independent implementation. Each function is a sentence of the documentation.
namespace reference {

std::string hex(unsigned char const* bytes, std::size_t size) {
    std::string text;
    for (std::size_t i = 0; i < size; ++i) {
        char digits[3];
        std::snprintf(digits, sizeof digits, "%02x", bytes[i]);
        text += digits;
    }
    return text;
}

std::string sha256(std::string_view text) {
    unsigned char digest[32];
    unsigned size = 0;
    fuzz::must(EVP_Digest(text.data(), text.size(), digest, &size, EVP_sha256(), nullptr) == 1, "OpenSSL hashes");
    return hex(digest, size);
}

std::string hmac(std::string_view key, std::string_view text) {
    unsigned char digest[32];
    unsigned size = 0;
    HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), reinterpret_cast<unsigned char const*>(text.data()), text.size(),
         digest, &size);
    return {reinterpret_cast<char const*>(digest), size};
}

// "URI encode every byte except the unreserved characters: 'A'-'Z', 'a'-'z', '0'-'9', '-', '.', '_', and '~'. [...] Letters in
// the hexadecimal value must be uppercase."
std::string uri_encode(std::string_view text) {
    std::string encoded;
    for (char c : text) {
        bool const unreserved = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.'
                                || c == '_' || c == '~';
        char escape[4];
        std::snprintf(escape, sizeof escape, "%%%02X", static_cast<unsigned>(static_cast<unsigned char>(c)));
        encoded += unreserved ? std::string(1, c) : escape;
    }
    return encoded;
}

std::vector<std::string> split(std::string_view text, char at) {
    std::vector<std::string> parts(1);
    for (char c : text) {
        if (c == at) parts.emplace_back();
        else parts.back() += c;
    }
    return parts;
}

// Removes empty, "." and ".." segments, then encodes each segment once more. For S3, the path is unchanged.
std::string path(std::string_view target, parley::sigv4_options const& options) {
    std::string text(target);
    if (options.normalize_path) {
        std::vector<std::string> kept;
        for (auto const& segment : split(target, '/')) {
            if (segment == ".." && !kept.empty()) kept.pop_back();
            if (!segment.empty() && segment != "." && segment != "..") kept.push_back(segment);
        }
        text.clear();
        for (auto const& segment : kept) text += '/' + segment;
        if (kept.empty() || target.back() == '/') text += '/';
    }
    if (text.empty()) text = "/";
    if (!options.double_encode_path) return text;
    std::string encoded;
    for (auto const& segment : split(text, '/')) encoded += '/' + uri_encode(segment);
    return encoded.substr(1);
}

// Decodes a name or value of the query. A text with a malformed escape is not decoded.
std::string decoded(std::string const& text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            out += text[i];
            continue;
        }
        auto const digits = text.substr(i + 1, 2);
        if (digits.size() < 2 || digits.find_first_not_of("0123456789abcdefABCDEF") != digits.npos) return text;
        out += static_cast<char>(std::stoi(digits, nullptr, 16));
        i += 2;
    }
    return out;
}

// "URI-encode name and values individually. You must also sort the parameters in the canonical query string alphabetically by
// key name. The sorting occurs after encoding." Parameters of one name are sorted by value.
std::string query(std::string_view text) {
    std::multimap<std::string, std::string> sorted;
    for (auto const& item : split(text, '&')) {
        if (item.empty()) continue;
        auto const equals = item.find('=');
        auto const value = equals == item.npos ? std::string() : item.substr(equals + 1);
        auto const name = uri_encode(decoded(item.substr(0, equals))), encoded = uri_encode(decoded(value));
        auto place = sorted.lower_bound(name);
        while (place != sorted.end() && place->first == name && place->second < encoded) ++place;
        sorted.emplace_hint(place, name, encoded);
    }
    std::string all;
    for (auto const& [name, value] : sorted) all += (all.empty() ? "" : "&") + name + '=' + value;
    return all;
}

bool is_signed(std::string const& name) {
    for (auto const* unsigned_name :
         {"authorization", "cache-control", "connection", "expect", "from", "keep-alive", "max-forwards", "pragma", "referer",
          "te", "trailer", "transfer-encoding", "upgrade", "user-agent", "x-amzn-trace-id"}) {
        if (name == unsigned_name) return false;
    }
    return name.rfind("proxy-", 0) != 0 && name.rfind("sec-", 0) != 0;
}

// "Convert sequential spaces to a single space" and "remove excess spaces before and after values".
std::string collapsed(std::string_view value) {
    std::string text;
    for (char c : value) {
        bool const space = c == ' ' || c == '\t' || c == '\n' || c == '\v' || c == '\f' || c == '\r';
        if (!space) text += c;
        else if (!text.empty() && text.back() != ' ') text += ' ';
    }
    if (text.ends_with(' ')) text.pop_back();
    return text;
}

struct fields {
    std::string lines, names;
};

// "All headers in lowercase, sorted by name; values of the same name are separated by commas, in their order."
fields canonical_fields(parley::http_request const& request, bool sign_token) {
    std::map<std::string, std::vector<std::string>> by_name;
    for (auto const& [name, value] : request.fields) {
        std::string lower;
        for (char c : name) lower += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
        if (is_signed(lower) && (sign_token || lower != "x-amz-security-token")) by_name[lower].push_back(collapsed(value));
    }
    if (!by_name.contains("host")) {
        by_name["host"] = {collapsed(request.port == 0 ? request.host : request.host + ':' + std::to_string(request.port))};
    }
    fields all;
    for (auto const& [name, values] : by_name) {
        all.names += (all.names.empty() ? "" : ";") + name;
        all.lines += name + ':';
        for (std::size_t i = 0; i < values.size(); ++i) all.lines += (i == 0 ? "" : ",") + values[i];
        all.lines += '\n';
    }
    return all;
}

std::string basic_time(clock_time now) {
    auto const day = std::chrono::floor<std::chrono::days>(now);
    std::chrono::year_month_day const date(day);
    std::chrono::hh_mm_ss const time(std::chrono::floor<std::chrono::seconds>(now - day));
    char text[64];
    std::snprintf(text, sizeof text, "%04d%02u%02uT%02d%02d%02dZ", int(date.year()), unsigned(date.month()), unsigned(date.day()),
                  int(time.hours().count()), int(time.minutes().count()), int(time.seconds().count()));
    return text;
}

parley::sigv4_signature sign(parley::http_request const& request, parley::sigv4_options const& options, bool sign_token,
                             clock_time now) {
    auto const question = std::min(request.target.find('?'), request.target.size());
    auto const parameters = question == request.target.size() ? std::string() : request.target.substr(question + 1);
    auto const headers = canonical_fields(request, sign_token);
    auto const hash = options.payload_hash.empty() ? sha256(request.body) : options.payload_hash;
    auto const time = basic_time(now), date = time.substr(0, 8);
    parley::sigv4_signature all;
    all.canonical_request = request.method + '\n' + path(request.target.substr(0, question), options) + '\n' + query(parameters)
                            + '\n' + headers.lines + '\n' + headers.names + '\n' + hash;
    all.string_to_sign = "AWS4-HMAC-SHA256\n" + time + '\n' + date + '/' + options.region + '/' + options.service
                         + "/aws4_request\n" + sha256(all.canonical_request);
    auto const key = hmac(hmac(hmac(hmac("AWS4" + std::string(secret), date), options.region), options.service), "aws4_request");
    auto const signature = hmac(key, all.string_to_sign);
    all.signature = hex(reinterpret_cast<unsigned char const*>(signature.data()), signature.size());
    return all;
}

} // namespace reference

std::string line_of(std::string text, int number) { return reference::split(text, '\n')[static_cast<std::size_t>(number)]; }

void must_be_same(parley::sigv4_signature const& found, parley::sigv4_signature const& expected) {
    if (found.canonical_request != expected.canonical_request)
        std::fprintf(stderr, "found:\n%s\nexpected:\n%s\n", found.canonical_request.c_str(), expected.canonical_request.c_str());
    fuzz::must(found.canonical_request == expected.canonical_request, "the canonical request is as documented");
    fuzz::must(found.string_to_sign == expected.string_to_sign, "the string to sign is as documented");
    fuzz::must(found.signature == expected.signature, "the signature is as documented");
}

bool same_request(parley::http_request const& a, parley::http_request const& b) {
    return std::tie(a.method, a.host, a.port, a.target, a.fields, a.body)
           == std::tie(b.method, b.host, b.port, b.target, b.fields, b.body);
}

struct signing {
    parley::aws_credentials credentials{.access_key_id = "AKIDEXAMPLE", .secret_access_key = std::string(secret)};
    parley::sigv4_options options{.region = "eu-west-1", .service = "service"};
    clock_time now{};
};

signing take_signing(std::string_view& text) {
    auto line = fuzz::take_line(text);
    signing all;
    auto const flags = fuzz::take_below(line, 256);
    auto& o = all.options;
    o.normalize_path = (flags & 1) == 0;
    o.double_encode_path = (flags & 2) == 0;
    o.content_sha256_header = (flags & 4) == 0;
    o.sign_session_token = (flags & 8) == 0;
    if (flags & 16) o.payload_hash = parley::unsigned_payload;
    if (flags & 32) all.credentials.session_token = std::string(line);
    if (flags & 128) o.region = std::string(line);
    // Between the years 1970 and 2226.
    std::int64_t seconds = 0;
    for (int i = 0; i < 4; ++i) seconds = seconds * 256 + static_cast<std::int64_t>(fuzz::take_below(line, 256));
    all.now = clock_time(std::chrono::seconds(seconds * 15 / 8));
    return all;
}

void check_header(parley::http_request const& request, signing const& with) {
    auto once = request;
    auto const found = parley::sign_headers(once, with.credentials, with.options, with.now);
    if (!found) {
        fuzz::must(same_request(once, request), "a request that cannot be signed is not changed");
        fuzz::must(!fuzz::contains(found.error().text, secret), "an error does not show the secret");
        return;
    }
    must_be_same(*found, reference::sign(once, with.options, with.options.sign_session_token, with.now));
    for (auto const& field : once.fields) fuzz::must(parley::is_header_name(field.name), "a signed request has valid names");
    for (auto const& [name, value] : once.fields) fuzz::must(!fuzz::contains(value, secret), "no header shows the secret");
    auto const authorization = once.fields.find("authorization");
    fuzz::must(authorization && authorization->ends_with("Signature=" + found->signature), "the signature is in the header");

    auto twice = once;
    auto const again = parley::sign_headers(twice, with.credentials, with.options, with.now);
    fuzz::must(again && again->signature == found->signature && same_request(once, twice), "signing again changes nothing");
    auto const key = parley::derive_signing_key(secret, with.options, with.now);
    auto const with_key = parley::sign_headers(twice, with.credentials, with.options, with.now, &key);
    fuzz::must(with_key && with_key->signature == found->signature, "a key that was kept makes the same signature");

    // Canonicalization is idempotent.
    auto canonical = once;
    auto const path = line_of(found->canonical_request, 1), query = line_of(found->canonical_request, 2);
    auto options = with.options;
    options.double_encode_path = false;
    canonical.target = path + '?' + query;
    auto const fixed = parley::sign_headers(canonical, with.credentials, options, with.now);
    fuzz::must(fixed && line_of(fixed->canonical_request, 1) == path, "a canonical path is its own canonical form");
    fuzz::must(fixed && line_of(fixed->canonical_request, 2) == query, "a canonical query is its own canonical form");
}

void check_query(parley::http_request const& request, signing const& with) {
    using namespace std::chrono_literals;
    auto once = request;
    auto const found = parley::presign(once, with.credentials, with.options, with.now, 600s);
    if (!found) return fuzz::must(same_request(once, request), "a request that cannot be signed is not changed");
    auto const end = "&X-Amz-Signature=" + found->signature;
    fuzz::must(once.target.ends_with(end), "the signature is the last parameter");
    auto as_signed = once;
    as_signed.target.resize(as_signed.target.size() - end.size());
    if (!with.options.sign_session_token && !with.credentials.session_token.empty())
        as_signed.target.resize(as_signed.target.rfind("&X-Amz-Security-Token="));
    must_be_same(*found, reference::sign(as_signed, with.options, with.options.sign_session_token, with.now));
    fuzz::must(!fuzz::contains(once.target, secret), "the address does not show the secret");
    auto twice = once;
    auto const again = parley::presign(twice, with.credentials, with.options, with.now, 600s);
    fuzz::must(again && again->signature == found->signature && same_request(once, twice), "signing again changes nothing");
}

} // namespace

void fuzz::try_text(std::string_view text) {
    if (contains(text, secret)) return; // parts of the request may be shown
    auto const with = take_signing(text);
    parley::http_request request;
    request.method = std::string(take_line(text));
    request.scheme = "https";
    request.host = "example.com";
    request.port = static_cast<std::uint16_t>(text.size() % 3 == 0 ? 8443 : 0);
    request.target = std::string(take_line(text));
    while (!text.empty()) {
        auto const line = take_line(text);
        if (line.empty()) break;
        auto const colon = std::min(line.find(':'), line.size());
        // Also fields that no HTTP stack would accept.
        request.fields.add(line.substr(0, colon), line.substr(std::min(colon + 1, line.size())));
    }
    request.body = std::string(text);
    check_header(request, with);
    check_query(request, with);
}
