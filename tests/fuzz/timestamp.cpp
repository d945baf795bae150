// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// A timestamp as a text or, if it has 12 bytes, as the bytes of an instant. Properties:
//   - a written instant is parsed as the same instant, in each format that can express it;
//   - a parsed instant can be written and parsed again without a change.
#include "fuzz.hpp"

#include <parley/core/timestamp.hpp>

#include <cstdint>
#include <cstring>
#include <string>

namespace {

using parley::timestamp_format;

constexpr timestamp_format formats[] = {timestamp_format::epoch_seconds, timestamp_format::date_time,
                                        timestamp_format::http_date};

void write_and_read(parley::instant when) {
    for (auto const format : formats) {
        if (format != timestamp_format::epoch_seconds && !parley::in_calendar_range(when)) continue;
        std::string text;
        parley::append_timestamp(text, when, format);
        fuzz::must(parley::parse_timestamp(text, format) == when, "a written instant is parsed as the same instant");
        fuzz::must(!parley::has_offset(text, format), "a written timestamp has no offset");
    }
}

} // namespace

void fuzz::try_text(std::string_view text) {
    for (auto const format : formats) {
        auto const read = parley::parse_timestamp(text, format);
        if (!read) continue;
        must(read->nanoseconds >= 0 && read->nanoseconds < 1'000'000'000, "the part of a second is one");
        write_and_read(*read);
        auto const rounded = parley::round_to_milliseconds(*read);
        must(rounded.nanoseconds % 1'000'000 == 0, "milliseconds are whole");
    }
    must(!parley::parse_timestamp(text, timestamp_format::unspecified), "no format, no timestamp");
    if (text.size() == 12) {
        parley::instant when;
        std::uint32_t part = 0;
        std::memcpy(&when.seconds, text.data(), 8);
        std::memcpy(&part, text.data() + 8, 4);
        when.nanoseconds = static_cast<std::int32_t>(part % 1'000'000'000);
        write_and_read(when);
    }
}
