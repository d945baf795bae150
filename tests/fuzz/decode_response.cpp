// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// A response: "OPERATION STATUS", header fields, an empty line, the body. Properties:
//   - a client returns an output or an error for any response;
//   - a decoded output that can be encoded arrives unchanged, for each strictness;
//   - a declared error that can be encoded arrives unchanged.
#include "fuzz.hpp"
#include "message.hpp"

#include <parley/client.hpp>
#include <parley/server.hpp>

#include <support/both_ends.hpp>
#include <support/everywhere.hpp>

#include <string>
#include <type_traits>

namespace {

template <class Op>
void read_twice(parley::http_response const& response, parley::decode_options const& options) {
    auto first = parley::rest_json::decode_response<Op>(response, options);
    if (first) {
        leave_out_what_is_empty(*parley::detail::table_of<Op>::value.response, *first);
        auto const written = parley::rest_json::encode_response<Op>(*first);
        // Without a member bound to the status, the status is that of the description.
        if (!written) return;
        auto const second = parley::rest_json::decode_response<Op>(*written, options);
        fuzz::must(second.has_value(), "a decoded output can be decoded again");
        fuzz::must(values::to_text(*first) == values::to_text(*second), "it arrives unchanged");
        return;
    }
    first.error().match([](parley::failure const& f) { fuzz::must(!f.message.empty(), "a failure has a message"); },
                        []<class E>(E const& error) requires(!std::is_base_of_v<parley::failure, E>) {
                            auto once = error;
                            leave_out_what_is_empty(parley::detail::error_binding_of<E>, once);
                            auto const written = parley::rest_json::encode_error(once);
                            if (!written) return;
                            auto const second = parley::rest_json::decode_response<Op>(*written);
                            auto const* same = second ? nullptr : second.error().template get_if<E>();
                            fuzz::must(same != nullptr, "a decoded error can be decoded again");
                            fuzz::must(values::to_text(once) == values::to_text(*same), "it arrives unchanged");
                        });
}

template <class... Op>
void read_as(std::size_t which, parley::http_response const& response, parley::decode_options const& options,
             parley::operations<Op...>) {
    std::size_t i = 0;
    ((i++ == which ? read_twice<Op>(response, options) : void()), ...);
}

} // namespace

void fuzz::try_text(std::string_view text) {
    auto const line = take_line(text);
    if (line.size() < 3) return;
    parley::http_response response;
    auto const number = line.substr(line.find_last_of(' ') + 1);
    response.status = 0;
    for (char c : number.substr(0, 3)) response.status = response.status * 10 + (c >= '0' && c <= '9' ? c - '0' : 0);
    response.fields = take_fields(text);
    response.body = text;
    auto const which = static_cast<unsigned char>(line[0]) % 7u;
    for (auto const strictness : {parley::strictness::strict, parley::strictness::lenient, parley::strictness::compatible})
        read_as(which, response, {.strictness = strictness}, everywhere::service::operations());
}
