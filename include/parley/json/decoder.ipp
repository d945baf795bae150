// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_JSON_DECODER_IPP
#define PARLEY_JSON_DECODER_IPP

#include <parley/json/decode.ipp>
#include <parley/json/decoder.hpp>

#include <string>

namespace parley::inline PARLEY_ABI::detail {

namespace {

class decoding_stream final : public json_stream {
public:
    decoding_stream(shape const& what, void* object, decode_options const& options) : job_{&what, object}, options_(options) {}

    bool feed(std::string_view bytes) override {
        if (!may_go_on()) return false;
        fed_ += bytes.size();
        if (fed_ > options_.limits.bytes) {
            errors_.assign(1, too_large(options_.limits)); // as of the whole, of which nothing would have been read
            return false;
        }
        broken_ = true; // if anything is thrown
        read_on(bytes);
        broken_ = false;
        return may_go_on();
    }

    std::vector<violation> finish() override {
        if (may_go_on()) decoder_.read(rest_, true);
        if (broken_)
            errors_.assign(1, {errc::limit_exceeded, {}, "was not read to its end, as an exception was thrown meanwhile"});
        for (auto& v : errors_) hide_secrets(*job_.what, v.path);
        return std::move(errors_);
    }

private:
    bool may_go_on() const { return !broken_ && !decoder_.stopped() && fed_ <= options_.limits.bytes; }

    void read_on(std::string_view bytes) {
        if (rest_.empty()) {
            rest_ = bytes.substr(decoder_.read(bytes, false));
            enough_ = 0;
            return;
        }
        rest_ += bytes;
        if (rest_.size() < enough_) return;
        auto const taken = decoder_.read(rest_, false);
        rest_.erase(0, taken);
        // A token is read again from its begin: not for each piece, so that all takes time in proportion to its length.
        enough_ = taken == 0 ? rest_.size() + rest_.size() / 2 : 0;
    }

    decode_job job_;
    decode_options options_;
    std::vector<violation> errors_;
    json_decoder decoder_{job_, options_, errors_, nullptr};
    std::string rest_;       // a token that is not complete
    std::size_t enough_ = 0; // how long it must be to be looked at again
    std::size_t fed_ = 0;
    bool broken_ = false; // a part of what was fed is lost, since reading it threw an exception
};

} // namespace

std::unique_ptr<json_stream> make_json_stream(shape const& what, void* object, decode_options const& options) {
    return std::make_unique<decoding_stream>(what, object, options);
}

} // namespace parley::detail

#endif
