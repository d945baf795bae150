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
        transfer t{options_.max_response_bytes, request.stop, {}};
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
        bool too_large = false;
        bool in_header = true; // the end of the response's header was not seen
        std::size_t header_bytes = 0;

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
        if (!place || !place->path.empty() || !detail::equals_ignore_case(place->host, request.host)) return false;
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
            // "name;" is how curl is told of a header without a value; "name: " would take the header away.
            line.assign(name);
            if (detail::trim(value).empty()) line += ';';
            else line.append(": ").append(value);
            add(fields, line.c_str(), good);
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

    static void add(header_list& list, char const* line, bool& good) {
        auto* const longer = curl_slist_append(list.get(), line);
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
    } catch (...) { return 0; }

    static std::size_t on_header(char* data, std::size_t, std::size_t size, void* context) noexcept try {
        auto& t = *static_cast<transfer*>(context);
        if (!t.take(size)) return 0;
        t.header_bytes += size;
        std::string_view line(data, size);
        while (line.ends_with('\n') || line.ends_with('\r')) line.remove_suffix(1);
        if (line.starts_with("HTTP/")) {
            t.response.fields = {}; // of the final response, not of 1xx ones before it
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

    // curl has limits of its own for the header of a response, 100 kB a line and 300 kB in all, which no code of an error is for: older
    // versions say that they have no memory, or that nothing can be received.
    static bool is_header_too_large(CURLcode code, transfer const& t, bool sent) {
#if LIBCURL_VERSION_NUM >= 0x080600
        if (code == CURLE_TOO_LARGE) return true;
#endif
        return sent && t.in_header && (code == CURLE_OUT_OF_MEMORY || (code == CURLE_RECV_ERROR && t.header_bytes > 200'000));
    }

    static transport_error error_of(CURLcode code, transfer const& t, bool sent) {
        if (is_header_too_large(code, t, sent))
            return {transport_errc::other, sent, "the response's header is larger than curl takes"};
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
