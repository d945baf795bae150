// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include "stand_in.hpp"

#include "signature_check.hpp"

#include <parley/json.hpp>
#include <parley/server.hpp>
#include <parley/transport/beast_server.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <iterator>
#include <mutex>
#include <string_view>
#include <utility>

namespace stand_in {

using namespace medical_imaging;

namespace {

template <class E>
void fail() {
    throw E{"scripted failure of the stand-in"};
}

struct named_error {
    std::string_view name;
    void (*fail)();
};
constexpr named_error errors_of_the_service[] = {
    {"AccessDeniedException", &fail<AccessDeniedException>},
    {"ConflictException", &fail<ConflictException>},
    {"InternalServerException", &fail<InternalServerException>},
    {"ResourceNotFoundException", &fail<ResourceNotFoundException>},
    {"ServiceQuotaExceededException", &fail<ServiceQuotaExceededException>},
    {"ThrottlingException", &fail<ThrottlingException>},
    {"ValidationException", &fail<ValidationException>},
};

// The scripted error and the number of calls that fail with it.
class planned_error {
public:
    void plan(std::string_view error, int times) {
        auto const found = std::find_if(std::begin(errors_of_the_service), std::end(errors_of_the_service),
                                        [error](named_error const& e) { return e.name == error; });
        if (found == std::end(errors_of_the_service)) throw no_such_error{"The service has no error named " + std::string(error)};
        std::lock_guard lock(mutex_);
        fail_ = found->fail;
        times_ = times;
    }
    void throw_if_planned() {
        void (*fail)() = nullptr;
        {
            std::lock_guard lock(mutex_);
            if (times_ > 0) --times_, fail = fail_;
        }
        if (fail) fail();
    }

private:
    std::mutex mutex_;
    void (*fail_)() = nullptr;
    int times_ = 0;
};

template <class... Op>
parley::router<MedicalImaging> make_service(parley::operations<Op...>, store& data, planned_error& failure,
                                            parley::router_config config) {
    return parley::router<MedicalImaging>{std::move(config), parley::handle<Op>([&data, &failure](typename Op::input const& in) {
                                              failure.throw_if_planned();
                                              return data.answer(in);
                                          })...};
}

struct refusal {
    std::string message;
};
BOOST_DESCRIBE_STRUCT(refusal, (), (message))

parley::http_response forbidden(signature_check::problem const& problem) {
    parley::http_response response{403, {}, {}};
    response.fields.add("content-type", "application/json");
    response.fields.add("x-amzn-errortype", problem.code);
    response.body = parley::to_json(refusal{problem.message}).value();
    return response;
}

} // namespace

struct server::parts {
    store data;
    planned_error failure;
    std::optional<signature_check> check;
    std::atomic<std::uint64_t> requests{0};
    parley::router<MedicalImaging> service;
    parley::router<parley::operations<stand_in::fail_next>> control;
    parley::beast_server http;

    explicit parts(server_config& config)
        : data(std::move(config.store)),
          check(config.check_signatures ? std::optional(signature_check(std::move(*config.check_signatures), "medical-imaging"))
                                        : std::nullopt),
          // Clients add no host prefix to a loopback address.
          service(
              make_service(MedicalImaging::operations(), data, failure,
                           {.host_prefix = false, .request_id = [this] { return "stand-in-" + std::to_string(++requests); }})),
          control(parley::handle<stand_in::fail_next>(
              [this](stand_in::fail_next::input const& in) { failure.plan(*in.error, in.times.value_or(1)); })),
          http([this](parley::request_view const& request) { return answer(request); },
               {.address = config.address, .port = config.port, .threads = config.threads}) {}

    parley::http_response answer(parley::request_view const& request) const {
        if (request.target.starts_with("/stand-in/")) return control(request);
        if (check) {
            if (auto const problem = (*check)(request, std::chrono::system_clock::now())) return forbidden(*problem);
        }
        return service(request);
    }
};

server::server(server_config config) : parts_(std::make_unique<parts>(config)) {}
server::~server() = default;

std::string server::url() const { return parts_->http.url(); }
void server::fail_next(std::string const& error, int times) { parts_->failure.plan(error, times); }

} // namespace stand_in
