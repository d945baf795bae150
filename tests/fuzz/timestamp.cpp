// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// A timestamp as a text, or, where there are 12 bytes of it, as the bytes of an instant. Promised is:
//   - an instant that is written is read as the same, in each format that can say it;
//   - a text that is read stands for an instant that is written and read as the same.
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
        fuzz::must(parley::parse_timestamp(text, format) == when, "what was written is read");
        fuzz::must(!parley::has_offset(text, format), "what is written has no offset");
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
