// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_TRANSPORT_DETAIL_BEAST_READER_HPP
#define PARLEY_TRANSPORT_DETAIL_BEAST_READER_HPP

#include <parley/core/text.hpp>
#include <parley/http/host.hpp>
#include <parley/http/request.hpp>

#include <boost/asio/buffer.hpp>
#include <boost/beast/core/error.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>

#include <algorithm>
#include <bit>
#include <cctype>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace parley::inline PARLEY_ABI::detail {

namespace beast = boost::beast;

/// Stores one request while Beast parses it. Trailer fields are dropped: a recipient must not merge them into the header fields unless
/// it knows that their definition permits that (RFC 9110, section 6.5.1).
class beast_request_parser : public beast::http::basic_parser<true> {
public:
    http_request request;
    int version = 11; // HTTP/1.0 is 10, HTTP/1.1 is 11

    explicit beast_request_parser(std::size_t body_bytes) : max_body_(body_bytes) { body_limit(body_bytes); }

    /// Returns the minimum number of bytes for the framing of the chunks so far: sizes without leading zeros, and line ends.
    std::uint64_t plain_framing() const noexcept { return plain_framing_; }
    /// Returns the number of bytes of the current chunk that have not been received.
    std::uint64_t chunk_left() const noexcept { return chunk_left_; }

private:
    using string_view = beast::string_view;
    using error_code = beast::error_code;

    void on_request_impl(beast::http::verb, string_view method, string_view target, int v, error_code&) override {
        request.method.assign(method.data(), method.size());
        request.target.assign(target.data(), target.size());
        version = v;
    }
    void on_response_impl(int, string_view, int, error_code&) override {}
    void on_field_impl(beast::http::field, string_view name, string_view value, error_code&) override {
        if (in_head_) request.fields.add({name.data(), name.size()}, {value.data(), value.size()});
    }
    void on_header_impl(error_code&) override { in_head_ = false; }
    void on_body_init_impl(boost::optional<std::uint64_t> const& length, error_code&) override {
        if (length) max_body_ = static_cast<std::size_t>(std::min<std::uint64_t>(*length, max_body_));
    }
    std::size_t on_body_impl(string_view part, error_code&) override { return append(part); }
    void on_chunk_header_impl(std::uint64_t size, string_view, error_code&) override {
        chunk_left_ = size;
        plain_framing_ += std::max<std::uint64_t>(1, (static_cast<std::uint64_t>(std::bit_width(size)) + 3) / 4) + 4;
    }
    std::size_t on_chunk_body_impl(std::uint64_t, string_view part, error_code&) override {
        chunk_left_ -= part.size();
        return append(part);
    }
    void on_finish_impl(error_code&) override {}

    // The memory grows with the received bytes, not with the announced length, and never exceeds the limit. std::string alone would
    // double beyond it.
    std::size_t append(string_view part) {
        auto& body = request.body;
        auto const size = body.size() + part.size();
        if (size > body.capacity()) {
            std::string larger;
            larger.reserve(std::max(size, std::min(std::max(2 * body.capacity(), std::size_t{32} * 1024), max_body_)));
            larger.append(body);
            body.swap(larger);
        }
        body.append(part.data(), part.size());
        return part.size();
    }

    std::size_t max_body_;
    std::uint64_t plain_framing_ = 0;
    std::uint64_t chunk_left_ = 0;
    bool in_head_ = true;
};

/// Parses the requests of one connection within limits. Does no I/O, so that any segmentation of the bytes can be tested: the result
/// does not depend on it.
///
/// @par Example
///     auto buffer = reader.prepare();        // receive into it
///     reader.commit(received);
///     switch (reader.next()) { ... }
class beast_request_reader {
public:
    enum class step : std::uint8_t {
        more,    ///< needs more bytes
        go_on,   ///< the client waits for a 100 (Continue); call `next` again after it is sent
        request, ///< the request is complete; call `restart` after the response is sent
        refused, ///< the response has the status `refusal()`, and the connection ends
    };

    static constexpr std::size_t block = 16 * 1024; ///< the size of a read

    /// @param header_bytes Limits request line and header fields, and separately chunk extensions and trailer fields.
    /// @param body_bytes   Limits the body.
    beast_request_reader(std::size_t header_bytes, std::size_t body_bytes)
        : header_bytes_(std::min(header_bytes, std::size_t{1} << 30)), body_bytes_(body_bytes),
          buffer_(header_bytes_ + block + 64) {
        restart();
    }

    /// Returns the buffer for the next read.
    boost::asio::mutable_buffer prepare() { return buffer_.prepare(block); }
    /// Adds `received` bytes of that buffer to the input.
    void commit(std::size_t received) { buffer_.commit(received); }
    /// Discards the input.
    void discard() noexcept { buffer_.clear(); }

    /// Parses the input.
    step next() {
        if (refusal_ != 0) return step::refused;
        if (!begin()) return step::more;
        if (!parser_->is_header_done()) {
            auto const done = read_head();
            if (done != step::request) return done;
        }
        while (!parser_->is_done()) {
            if (buffer_.size() == 0) return step::more;
            bool const framing = parser_->chunked() && parser_->chunk_left() == 0;
            if (framing && !has_whole_framing()) return is_framing_too_long(buffer_.size()) ? refuse(431) : step::more;
            beast::error_code error;
            auto const used = parser_->put(buffer_.cdata(), error);
            buffer_.consume(used);
            if (error) return refuse(status_of(error));
            if (framing) framing_ += used;
            if (is_framing_too_long(0)) return refuse(431);
        }
        return step::request;
    }
    /// Drops the request and begins the next one.
    void restart() {
        parser_.emplace(body_bytes_);
        parser_->header_limit(std::numeric_limits<std::uint32_t>::max()); // Beast applies its limit to each segment separately
        scanned_ = 0;
        framing_ = 0;
        begun_ = skipped_line_ = expects_100_ = in_trailer_ = false;
        if (buffer_.size() == 0 && buffer_.capacity() > block) buffer_.shrink_to_fit();
    }

    /// Returns whether no byte of a request was received since `restart`.
    bool idle() const noexcept { return !begun_; }
    /// Returns the status of the response to a refused request.
    int refusal() const noexcept { return refusal_; }
    http_request const& request() const noexcept { return parser_->request; }
    bool is_http_1_0() const noexcept { return parser_->version == 10; }
    /// Returns whether the client keeps the connection open. False for a refused request.
    bool keep_alive() const { return refusal_ == 0 && parser_->is_header_done() && parser_->keep_alive(); }

private:
    std::string_view received() const noexcept {
        auto const bytes = buffer_.data();
        return {static_cast<char const*>(bytes.data()), bytes.size()};
    }

    // RFC 9112, section 2.2: "a server that is expecting to receive and parse a request-line SHOULD ignore at least one empty line
    // (CRLF) received prior to the request-line." Its two bytes may be received separately.
    bool begin() {
        if (begun_) return true;
        if (!skipped_line_ && received().starts_with("\r\n")) {
            buffer_.consume(2);
            skipped_line_ = true;
        }
        begun_ = !received().empty() && (skipped_line_ || received() != "\r");
        return begun_;
    }

    // Beast parses the header when it is complete: if it got parts, it would reject other headers as malformed.
    step read_head() {
        auto const text = received();
        std::size_t end = 0;
        for (auto line = text.find('\n', scanned_); line != text.npos && end == 0; line = text.find('\n', line + 1)) {
            if (line >= header_bytes_) break;
            if (line == 0 || text[line - 1] != '\r') return refuse(400); // Beast would wait for its end forever
            if (line >= 3 && text[line - 2] == '\n') end = line + 1;
        }
        if (end == 0) {
            scanned_ = text.size();
            return text.size() >= header_bytes_ ? refuse(431) : step::more;
        }
        scanned_ = 0;
        beast::error_code error;
        buffer_.consume(parser_->put(boost::asio::buffer(text.data(), end), error));
        if (error) return refuse(status_of(error));
        if (int const status = check_header()) return refuse(status);
        return expects_100_ && !parser_->is_done() && buffer_.size() == 0 ? step::go_on : step::request;
    }
    // Returns whether the size line of a chunk is complete; for the last chunk, including the trailer. Beast parses only complete
    // framing: with parts, it would count the size of a chunk against the limit each time, and reject a quoted string that is split.
    // No byte is searched twice, in however many segments the bytes arrive.
    bool has_whole_framing() noexcept {
        auto const text = received();
        std::size_t const begin = text.starts_with("\r\n") ? 2 : 0; // the end of the previous chunk
        auto end = text.find(in_trailer_ ? "\r\n\r\n" : "\r\n", std::max(begin, scanned_));
        if (end != text.npos && !in_trailer_) {
            auto const digit = text.find_first_not_of('0', begin);
            in_trailer_ = digit > begin && !std::isxdigit(static_cast<unsigned char>(text[digit]));
            if (in_trailer_) end = text.find("\r\n\r\n", end);
        }
        bool const whole = end != text.npos;
        scanned_ = whole ? 0 : text.size() - std::min<std::size_t>(text.size(), in_trailer_ ? 3 : 1);
        return whole;
    }
    // `unread` is the number of bytes of an incomplete part.
    bool is_framing_too_long(std::size_t unread) const noexcept {
        constexpr std::size_t longest_plain_line = 16 + 4;
        auto const plain = parser_->plain_framing() + (unread > 0 ? longest_plain_line : 0);
        return framing_ + unread > header_bytes_ + plain;
    }

    // Checks a well-formed header. Returns the status of the error, or 0.
    int check_header() {
        int hosts = 0, codings = 0, expectations = 0;
        bool good_host = true, chunked = true, continues = true;
        for (auto const& field : request().fields) {
            if (equals_ignore_case(field.name, "host")) ++hosts, good_host &= is_host_field(field.value);
            else if (equals_ignore_case(field.name, "transfer-encoding"))
                ++codings, chunked &= equals_ignore_case(field.value, "chunked");
            else if (equals_ignore_case(field.name, "expect"))
                ++expectations, continues &= equals_ignore_case(field.value, "100-continue");
        }
        // RFC 9112, section 3.2: "A server MUST respond with a 400 (Bad Request) status code to any HTTP/1.1 request message that
        // lacks a Host header field and to any request message that contains more than one Host header field line or a Host header
        // field with an invalid field value."
        if (hosts > 1 || !good_host || (hosts == 0 && !is_http_1_0())) return 400;
        if (!is_request_target(request().method, request().target)) return 400;
        // RFC 9112, section 6.1: "A server that receives a request message with a transfer coding it does not understand SHOULD
        // respond with 501". The end of the body is unknown, too.
        if (codings > 1 || !chunked) return 501;
        if (codings == 1 && is_http_1_0()) return 400;
        // RFC 9110, section 10.1.1: an expectation of an HTTP/1.0 client is ignored; another one than 100-continue may be refused.
        if (is_http_1_0()) return 0;
        expects_100_ = expectations == 1;
        return expectations > 1 || !continues ? 417 : 0;
    }

    static int status_of(beast::error_code error) {
        if (error == beast::http::error::body_limit) return 413;
        if (error == beast::http::error::bad_version) return 505;
        return 400;
    }
    // The rest of the request is not read, so its memory is released.
    step refuse(int status) {
        refusal_ = status;
        auto dropped = std::move(parser_->request);
        parser_->request.method = std::move(dropped.method);
        buffer_.clear();
        buffer_.shrink_to_fit();
        return step::refused;
    }

    std::size_t header_bytes_, body_bytes_;
    beast::flat_buffer buffer_;
    std::optional<beast_request_parser> parser_;
    std::size_t scanned_ = 0;   // bytes of an incomplete header or framing that were searched for its end
    std::uint64_t framing_ = 0; // bytes around and between chunks
    int refusal_ = 0;
    bool begun_ = false;
    bool skipped_line_ = false;
    bool expects_100_ = false;
    bool in_trailer_ = false; // the line before it has come
};

} // namespace parley::detail

#endif
