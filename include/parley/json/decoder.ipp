// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_JSON_DECODER_IPP
#define PARLEY_JSON_DECODER_IPP

#include <parley/json/decode.ipp>
#include <parley/json/decoder.hpp>

#include <string>

namespace parley::inline PARLEY_ABI::detail {

namespace json {

class decoding_stream final : public json_stream {
public:
    decoding_stream(shape const& type, void* object, decode_options const& options) : job_{&type, object}, options_(options) {}

    bool feed(std::string_view bytes) override {
        if (!can_continue()) return false;
        fed_ += bytes.size();
        if (fed_ > options_.limits.bytes) {
            errors_.assign(1, too_large(options_.limits)); // the only error, as from_json reports for the whole text
            return false;
        }
        broken_ = true; // in case of an exception
        parse(bytes);
        broken_ = false;
        return can_continue();
    }

    std::vector<violation> finish() override {
        if (can_continue()) decoder_.read(rest_, true);
        if (broken_) errors_.assign(1, {errc::limit_exceeded, {}, "incomplete: an exception was thrown while parsing"});
        for (auto& v : errors_) hide_secrets(*job_.type, v.path);
        return std::move(errors_);
    }

private:
    bool can_continue() const { return !broken_ && !decoder_.stopped() && fed_ <= options_.limits.bytes; }

    void parse(std::string_view bytes) {
        if (rest_.empty()) {
            rest_ = bytes.substr(decoder_.read(bytes, false));
            retry_size_ = 0;
            return;
        }
        rest_ += bytes;
        if (rest_.size() < retry_size_) return;
        auto const taken = decoder_.read(rest_, false);
        rest_.erase(0, taken);
        // An incomplete token is parsed again from its start. Waiting until it has grown by half keeps the total time linear.
        retry_size_ = taken == 0 ? rest_.size() + rest_.size() / 2 : 0;
    }

    decode_job job_;
    decode_options options_;
    std::vector<violation> errors_;
    json_decoder decoder_{job_, options_, errors_, nullptr};
    std::string rest_;           // an incomplete token
    std::size_t retry_size_ = 0; // the size of `rest_` at which to parse it again
    std::size_t fed_ = 0;
    bool broken_ = false; // an exception interrupted parsing
};

} // namespace json

std::unique_ptr<json_stream> make_json_stream(shape const& type, void* object, decode_options const& options) {
    return std::make_unique<json::decoding_stream>(type, object, options);
}

} // namespace parley::detail

#endif
