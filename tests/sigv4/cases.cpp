// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// Signs the requests of signing cases, in the header and in the query, and compares the results.
//
// Usage: sigv4_cases DIR    searches for cases recursively; prints failed and skipped cases with the reason
//
// A case is a folder with context.json and request.txt. For each KIND of header and query, it passes if KIND-*.txt
// (canonical-request, string-to-sign, signature, signed-request) equal the results of parley byte for byte. Header names in a signed
// request are compared ignoring case (RFC 9110, section 5.1), since parley writes them in lower case.

#include <parley/auth/sigv4.hpp>
#include <parley/core/text.hpp>
#include <parley/core/timestamp.hpp>

#include <boost/json.hpp>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

std::string read(fs::path const& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw std::runtime_error("cannot be read: " + path.filename().string());
    return std::string(std::istreambuf_iterator<char>(file), {});
}

// The reason why a case is not supported.
struct unsupported : std::runtime_error {
    using std::runtime_error::runtime_error;
};

struct signing_case {
    parley::http_request request;
    std::string version;
    parley::aws_credentials credentials;
    parley::sigv4_options options;
    std::chrono::system_clock::time_point time;
    std::chrono::seconds expires{};
};

// Parses "GET /a path HTTP/1.1", header fields with spaces and folded lines, an empty line and the body.
void parse_request(std::string const& text, signing_case& c) {
    std::size_t at = 0;
    auto const next_line = [&] {
        auto const end = std::min(text.find('\n', at), text.size());
        auto line = text.substr(at, end - at);
        at = std::min(end + 1, text.size());
        if (line.ends_with('\r')) line.pop_back();
        return line;
    };
    auto const start = next_line();
    auto const first = start.find(' '), last = start.rfind(' ');
    if (first == start.npos || first == last) throw std::runtime_error("request.txt has no request line");
    c.request.method = start.substr(0, first);
    c.request.target = start.substr(first + 1, last - first - 1);
    c.version = start.substr(last + 1);
    std::vector<std::pair<std::string, std::string>> fields;
    while (at < text.size()) {
        auto const line = next_line();
        if (line.empty()) break;
        if (line[0] == ' ' || line[0] == '\t') {
            if (fields.empty()) throw std::runtime_error("request.txt begins with a folded line");
            fields.back().second += '\n' + line;
            continue;
        }
        auto const colon = line.find(':');
        if (colon == line.npos) throw std::runtime_error("request.txt has a line that is no field: " + line);
        fields.emplace_back(line.substr(0, colon), line.substr(colon + 1));
    }
    for (auto const& [name, value] : fields) c.request.fields.add(name, value);
    c.request.body = text.substr(at);
}

// Throws `unsupported` for unknown settings: they may change signatures.
void parse_context(std::string const& text, signing_case& c) {
    auto const string = [](json::value const& v) { return std::string(v.as_string()); };
    c.options.content_sha256_header = false;
    auto const context = json::parse(text);
    for (auto const& [key, value] : context.as_object()) {
        if (key == "credentials") {
            for (auto const& [name, secret] : value.as_object()) {
                if (name == "access_key_id") c.credentials.access_key_id = string(secret);
                else if (name == "secret_access_key") c.credentials.secret_access_key = string(secret);
                else if (name == "token") c.credentials.session_token = string(secret);
                else throw unsupported("context.json has credentials." + std::string(name));
            }
        } else if (key == "expiration_in_seconds") {
            c.expires = std::chrono::seconds(value.as_int64());
        } else if (key == "normalize") {
            c.options.normalize_path = value.as_bool();
        } else if (key == "region") {
            c.options.region = string(value);
        } else if (key == "service") {
            c.options.service = string(value);
        } else if (key == "sign_body") {
            c.options.content_sha256_header = value.as_bool();
        } else if (key == "omit_session_token") {
            c.options.sign_session_token = !value.as_bool();
        } else if (key == "timestamp") {
            auto const time = parley::parse_timestamp(string(value), parley::timestamp_format::date_time);
            if (!time) throw std::runtime_error("context.json has a timestamp that is none");
            c.time = std::chrono::system_clock::time_point(std::chrono::seconds(time->seconds));
        } else {
            throw unsupported("context.json has " + std::string(key));
        }
    }
}

std::string text_of(parley::http_request const& request, std::string const& version) {
    auto text = request.method + ' ' + request.target + ' ' + version + '\n';
    for (auto const& [name, value] : request.fields) text.append(name).append(":").append(value).append("\n");
    return text + '\n' + request.body;
}

// Returns the request with header names in lower case.
std::string with_lower_names(std::string text) {
    auto const end = std::min(text.find("\n\n"), text.size());
    for (std::size_t at = std::min(text.find('\n'), end); at < end; at = text.find('\n', at + 1)) {
        for (auto i = at + 1; i < end && text[i] != ':' && text[i] != '\n'; ++i) text[i] = parley::detail::ascii_lower(text[i]);
    }
    return text;
}

std::string without_last_line_break(std::string text) {
    if (text.ends_with('\n')) text.pop_back();
    return text;
}

struct difference {
    std::string what, expected, found;
};

std::vector<difference> run(fs::path const& folder, std::string const& kind, signing_case c) {
    auto const signature = kind == "header" ? parley::sign_headers(c.request, c.credentials, c.options, c.time)
                                            : parley::presign(c.request, c.credentials, c.options, c.time, c.expires);
    if (!signature) return {{"error", "a signature", signature.error().text}};
    std::vector<difference> differences;
    auto const compare = [&](std::string const& what, std::string expected, std::string found) {
        if (expected != found) differences.push_back({what, std::move(expected), std::move(found)});
    };
    for (auto const& [what, found] :
         {std::pair{"canonical-request", &signature->canonical_request}, std::pair{"string-to-sign", &signature->string_to_sign},
          std::pair{"signature", &signature->signature}}) {
        compare(what, without_last_line_break(read(folder / (kind + '-' + what + ".txt"))), *found);
    }
    compare("signed-request", with_lower_names(read(folder / (kind + "-signed-request.txt"))),
            with_lower_names(text_of(c.request, c.version)));
    return differences;
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 2) return std::fputs("usage: sigv4_cases DIR\n", stderr), 2;
    std::vector<fs::path> folders;
    for (auto const& entry : fs::recursive_directory_iterator(argv[1])) {
        if (entry.path().filename() == "context.json") folders.push_back(entry.path().parent_path());
    }
    std::sort(folders.begin(), folders.end());
    int passed = 0, failed = 0, skipped = 0;
    for (auto const& folder : folders) {
        for (std::string const kind : {"header", "query"}) {
            auto const name = fs::relative(folder, argv[1]).string() + ", " + kind;
            try {
                auto const string_to_sign = folder / (kind + "-string-to-sign.txt");
                if (!fs::exists(string_to_sign)) throw unsupported("nothing to compare with");
                if (!read(string_to_sign).starts_with("AWS4-HMAC-SHA256\n")) throw unsupported("another algorithm");
                signing_case c;
                parse_context(read(folder / "context.json"), c);
                parse_request(read(folder / "request.txt"), c);
                auto const differences = run(folder, kind, std::move(c));
                if (differences.empty()) {
                    ++passed;
                    continue;
                }
                ++failed;
                std::printf("FAILED %s\n", name.c_str());
                for (auto const& d : differences) {
                    std::printf("-- %s, expected:\n%s\n-- found:\n%s\n", d.what.c_str(), d.expected.c_str(), d.found.c_str());
                }
            } catch (unsupported const& e) {
                ++skipped;
                std::printf("skipped %s: %s\n", name.c_str(), e.what());
            } catch (std::exception const& e) {
                ++failed;
                std::printf("FAILED %s: %s\n", name.c_str(), e.what());
            }
        }
    }
    std::printf("%d passed, %d failed, %d skipped\n", passed, failed, skipped);
    return failed == 0 ? 0 : 1;
}
