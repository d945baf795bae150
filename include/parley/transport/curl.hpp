// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_TRANSPORT_CURL_HPP
#define PARLEY_TRANSPORT_CURL_HPP

#include <parley/core/result.hpp>
#include <parley/core/text.hpp>
#include <parley/http/request.hpp>
#include <parley/http/response.hpp>
#include <parley/http/transport_error.hpp>
#include <parley/http/uri.hpp>

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

namespace parley::inline PARLEY_ABI {

/// Options of a `curl_transport`.
struct curl_options {
    std::chrono::milliseconds connect_timeout{5000};         ///< limits the connection set-up
    std::size_t max_response_bytes = std::size_t{256} << 20; ///< limits header and body; more is an error
    std::size_t idle_connections = 8; ///< the number of curl handles, each with its connections, that are kept for later calls
    std::string ca_bundle{};          ///< a file of trusted certificates; default: those of the system
    std::string proxy{};              ///< default: no proxy; proxies of the environment are not used
};

/// A blocking transport that uses libcurl.
///
/// Connections are reused, TLS certificates are verified, redirects are not followed. Deadlines and stop tokens of requests are
/// observed; while nothing arrives, curl checks the stop token about once a second. Safe to use from several threads; each call uses
/// its own curl handle.
///
/// curl retries a request, with any method, if it sent the request on a reused connection and the server closed that connection
/// without a response. The server may then have seen the request twice.
///
/// @par Example
///     parley::curl_transport curl;
///     parley::client client{{.endpoint = "https://api.example.com"}, std::ref(curl)};
class curl_transport {
public:
    /// Creates a transport without connections.
    explicit curl_transport(curl_options options = {}) : options_(std::move(options)) {
        // Once for the program. libcurl counts initializations, so other users of it are not affected.
        static CURLcode const initialized = curl_global_init(CURL_GLOBAL_DEFAULT);
        static_cast<void>(initialized);
    }

    /// Sends a request and waits for the response.
    /// @return The response, or the reason why there is none.
    result<http_response, transport_error> operator()(http_request const& request) {
        auto const now = std::chrono::steady_clock::now();
        if (request.stop.stop_requested()) return transport_error{transport_errc::cancelled, false, {}};
        if (request.deadline && *request.deadline <= now) return transport_error{transport_errc::timed_out, false, {}};
        if (!is_well_formed(request)) {
            return transport_error{transport_errc::other, false, "invalid method, target, host or header field"};
        }
        handle easy = take();
        if (!easy) return transport_error{transport_errc::other, false, "curl_easy_init failed"};
        transfer t{options_.max_response_bytes, request.stop, {}};
        header_list fields;
        if (!set_up(easy.get(), request, t, fields, now)) {
            curl_easy_reset(easy.get());
            return transport_error{transport_errc::other, false, "curl rejects an option of the request"};
        }
        auto const code = curl_easy_perform(easy.get());
        long sent_bytes = 0, status = 0;
        curl_easy_getinfo(easy.get(), CURLINFO_REQUEST_SIZE, &sent_bytes);
        curl_easy_getinfo(easy.get(), CURLINFO_RESPONSE_CODE, &status);
        curl_easy_reset(easy.get()); // keeps the connections, drops the pointers into this call
        t.response.status = static_cast<int>(status);
        // After a failure, the state of the connection is unknown. It is closed together with the handle.
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
        std::size_t capacity; // bytes that may still be received
        std::stop_token stop;
        http_response response;
        bool too_large = false;
        bool in_header = true; // until the end of the header is received
        std::size_t header_bytes = 0;

        bool take(std::size_t bytes) {
            too_large = too_large || bytes > capacity;
            if (!too_large) capacity -= bytes;
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

    // curl sends the method unchecked and parses the URL by its own rules: "@" in the target would turn the host into a user name, and
    // "#" would end the target.
    static bool is_well_formed(http_request const& request) {
        if (!is_header_name(request.method)) return false; // "method = token"; RFC 9110, section 9.1
        auto const endpoint = parse_endpoint(request.scheme + "://" + request.authority());
        if (!endpoint || !endpoint->path.empty() || !detail::equals_ignore_case(endpoint->host, request.host)) return false;
        if (!request.target.empty() && !request.target.starts_with('/')) return false;
        for (char c : request.target) {
            auto const byte = static_cast<unsigned char>(c);
            if (byte <= 0x20 || byte == 0x7f || c == '#') return false;
        }
        return std::all_of(request.fields.begin(), request.fields.end(),
                           [](header const& field) { return is_header_name(field.name) && is_header_value(field.value); });
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
        std::string line;
        for (auto const& [name, value] : request.fields) {
            has_type = has_type || detail::equals_ignore_case(name, "content-type");
            // curl sends an empty header field for "name;" and removes the field for "name: ".
            line.assign(name);
            if (detail::trim(value).empty()) line += ';';
            else line.append(": ").append(value);
            add(fields, line.c_str(), good);
        }
        // Suppresses header fields that curl would add.
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

    static void add(header_list& list, char const* line, bool& good) {
        auto* const longer = curl_slist_append(list.get(), line);
        good = good && longer;
        if (!longer) return;
        static_cast<void>(list.release());
        list.reset(longer);
    }

    // An exception must not propagate through the C code of curl, not even std::bad_alloc.
    static std::size_t on_body(char* data, std::size_t, std::size_t size, void* context) noexcept try {
        auto& t = *static_cast<transfer*>(context);
        if (!t.take(size)) return 0;
        t.response.body.append(data, size);
        return size;
    } catch (...) { return 0; }

    static std::size_t on_header(char* data, std::size_t, std::size_t size, void* context) noexcept try {
        auto& t = *static_cast<transfer*>(context);
        if (!t.take(size)) return 0;
        t.header_bytes += size;
        std::string_view line(data, size);
        while (line.ends_with('\n') || line.ends_with('\r')) line.remove_suffix(1);
        if (line.starts_with("HTTP/")) {
            t.response.fields = {}; // drops the fields of a previous 1xx response
            t.in_header = true;
        } else if (line.empty()) {
            t.in_header = false;
        } else if (auto const colon = line.find(':'); colon != line.npos) {
            t.response.fields.add(line.substr(0, colon), detail::trim(line.substr(colon + 1)));
        }
        return size;
    } catch (...) { return 0; }

    static int on_progress(void* context, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
        return static_cast<transfer*>(context)->stop.stop_requested() ? 1 : 0;
    }

    // curl limits the header of a response to 100 kB per line and 300 kB in total. Older versions have no error code for this; they
    // report that memory is exhausted or that receiving failed.
    static bool is_header_too_large(CURLcode code, transfer const& t, bool sent) {
#if LIBCURL_VERSION_NUM >= 0x080600
        if (code == CURLE_TOO_LARGE) return true;
#endif
        return sent && t.in_header && (code == CURLE_OUT_OF_MEMORY || (code == CURLE_RECV_ERROR && t.header_bytes > 200'000));
    }

    static transport_error error_of(CURLcode code, transfer const& t, bool sent) {
        if (is_header_too_large(code, t, sent))
            return {transport_errc::other, sent, "the response header exceeds the limits of curl"};
        std::string text = curl_easy_strerror(code);
        switch (code) {
        case CURLE_COULDNT_RESOLVE_PROXY:
        case CURLE_COULDNT_RESOLVE_HOST:
        case CURLE_COULDNT_CONNECT:
            // If it was sent, the connection was lost, and curl could not connect again for its retry.
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
            if (t.too_large) text = "the response exceeds max_response_bytes";
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
