// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// A request: "METHOD TARGET", header fields, an empty line, the body. Properties:
//   - an invalid request is the fault of the peer: the status is not 5xx, and the client of parley can decode the response;
//   - the client of parley can send an input that a handler received, and it arrives unchanged.
#include "fuzz.hpp"
#include "message.hpp"

#include <parley/server.hpp>

#include <support/both_ends.hpp>
#include <support/everywhere.hpp>

#include <optional>
#include <string>

namespace {

class server {
public:
    server() : server(everywhere::service::operations()) {}

    void serve(parley::http_request const& request) {
        first_.reset();
        auto const response = router_(request);
        fuzz::must(response.status >= 200 && response.status < 500, "a request causes no server error");
        fuzz::must(first_ || response.status >= 400, "the response to a rejected request has no output");
    }

private:
    template <class... Op>
    explicit server(parley::operations<Op...>)
        : router_(parley::handle<Op>([this](typename Op::input const& in) { return handle<Op>(in); })...) {}

    template <class Op>
    typename Op::output handle(typename Op::input const& in) {
        if (first_) {
            second_ = values::to_text(in);
        } else {
            auto sent = in;
            leave_out_what_is_empty(*parley::detail::table_of<Op>::value.request, sent);
            first_ = values::to_text(sent);
            second_.reset();
            auto request =
                parley::rest_json::encode_request<Op>(sent, {.endpoint = *parley::parse_endpoint("https://example.com")});
            fuzz::must(request.has_value(), "a decoded input can be sent");
            router_(*request);
            fuzz::must(second_ == first_, "a decoded input arrives unchanged");
        }
        return output<Op>();
    }

    // An output that can be encoded.
    template <class Op>
    static typename Op::output output() {
        auto made = parley::detail::access::make<typename Op::output>();
        if constexpr (std::is_same_v<Op, everywhere::find_things>) made.status = 200;
        if constexpr (std::is_same_v<Op, everywhere::say_text>) made.said = parley::tagged<"text", std::string>{"hi"};
        if constexpr (std::is_same_v<Op, everywhere::put_things>) made.shape = parley::tagged<"number", double>{1};
        return made;
    }

    std::optional<std::string> first_, second_;
    parley::router<everywhere::service> router_;
};

} // namespace

void fuzz::try_text(std::string_view text) {
    parley::http_request request;
    auto const line = take_line(text);
    auto const space = line.find(' ');
    request.method = line.substr(0, space);
    if (space != line.npos) request.target = line.substr(space + 1);
    request.fields = take_fields(text);
    request.body = text;
    static server one;
    one.serve(request);
}
