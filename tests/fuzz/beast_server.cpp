// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// Bytes that a peer sends to a beast_server. The server reads the same requests from them for every segmentation, each within the limits,
// and uses no more memory than the limits allow.
//
// The characters of the first line are the lengths of the segments, repeated; letters are multiplied by ten. The rest is sent.
#include "fuzz.hpp"

#include <parley/http/headers.hpp>
#include <parley/http/host.hpp>
#include <parley/http/request_view.hpp>
#include <parley/transport/beast_server.hpp>

#include <boost/asio/buffer.hpp>

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <string>
#include <vector>

namespace {

using reader_type = parley::detail::beast_request_reader;
constexpr std::size_t header_bytes = 2000, body_bytes = 5000;

struct outcome {
    std::vector<std::string> requests;
    int refused = 0;
    bool idle = false; // waits for a further request, of which no byte has arrived
};

std::string text_of(reader_type const& reader) {
    auto const& request = reader.request();
    std::string text = request.method + ' ' + request.target + (reader.is_http_1_0() ? " 1.0" : " 1.1")
                       + (reader.keep_alive() ? " keep\n" : " close\n");
    std::size_t head = request.method.size() + request.target.size() + sizeof "  HTTP/1.1\r\n\r\n" - 1;
    int hosts = 0;
    for (auto const& field : request.fields) {
        fuzz::must(parley::is_header_name(field.name) && parley::is_header_value(field.value), "header fields are valid");
        head += field.name.size() + field.value.size() + sizeof ":\r\n" - 1;
        text.append(field.name).append(": ").append(field.value).append("\n");
        if (!parley::detail::equals_ignore_case(field.name, "host")) continue;
        ++hosts;
        fuzz::must(parley::is_host_field(field.value), "the host is valid");
    }
    fuzz::must(hosts == 1 || (hosts == 0 && reader.is_http_1_0()), "a request has one host");
    fuzz::must(parley::is_header_name(request.method), "the method is a token");
    fuzz::must(parley::is_request_target(request.method, request.target), "the target is valid");
    fuzz::must(head <= header_bytes, "the head is within its limit");
    fuzz::must(request.body.size() <= body_bytes && request.body.capacity() <= std::max<std::size_t>(body_bytes, 15),
               "the body is within its limit");
    auto const view = parley::view_of(request);
    fuzz::must(!view.path().empty(), "the path is not empty");
    fuzz::must(parley::copy_of(view).body == request.body, "a copy has the same body");
    return text + '\n' + request.body;
}

// Passes the bytes to a reader in segments.
outcome read(std::string_view bytes, std::string_view lengths) {
    outcome result;
    reader_type reader(header_bytes, body_bytes);
    for (std::size_t i = 0; !bytes.empty() && result.refused == 0; ++i) {
        auto const buffer = reader.prepare();
        fuzz::must(buffer.size() == reader_type::block, "the buffer has space for a read");
        auto length = buffer.size();
        if (!lengths.empty()) {
            auto const c = static_cast<unsigned char>(lengths[i % lengths.size()]);
            length = std::min<std::size_t>(length, c >= 'a' ? (c - 'a') * 10u + 1 : c + 1u);
        }
        auto const segment = bytes.substr(0, length);
        bytes.remove_prefix(segment.size());
        std::memcpy(buffer.data(), segment.data(), segment.size());
        reader.commit(segment.size());
        for (bool more = false; !more;) {
            switch (reader.next()) {
            case reader_type::step::more: more = true; break;
            case reader_type::step::go_on: break;
            case reader_type::step::request:
                result.requests.push_back(text_of(reader));
                reader.restart();
                break;
            case reader_type::step::refused:
                result.refused = reader.refusal();
                fuzz::must(result.refused >= 400 && result.refused <= 505, "a rejection has an error status");
                fuzz::must(!reader.keep_alive(), "a rejection closes the connection");
                more = true;
                break;
            }
        }
    }
    result.idle = result.refused == 0 && reader.idle();
    return result;
}

} // namespace

void fuzz::try_text(std::string_view text) {
    auto const lengths = take_line(text);
    auto const whole = read(text, {}), cut = read(text, lengths);
    must(whole.requests == cut.requests, "the requests do not depend on the segments");
    must((whole.refused == 0) == (cut.refused == 0), "rejection does not depend on the segments");
    must(whole.idle == cut.idle, "the idle state does not depend on the segments");
}
