// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// parley: with the types of the service, with and without checking constraints, and with the plain structs of the other libraries.
#include "bench.hpp"
#include "canonical.hpp"

#include <parley/parley.hpp>
#include <parley/services/medical_imaging.hpp>

#include <cstdio>
#include <cstdlib>

using namespace medical_imaging;

namespace {

// The search request of the payload. Its filters have another name for the operator than the model of the service.
struct search_filter {
    std::vector<SearchByAttributeValue> values{};
    parley::open_enum<Operator> filterOperator{};
};
BOOST_DESCRIBE_STRUCT(search_filter, (), (values, filterOperator))
struct search {
    std::vector<search_filter> filters{};
    std::optional<Sort> sort{};
};
BOOST_DESCRIBE_STRUCT(search, (), (filters, sort))

template <class T>
parley::result<T> read(std::string const& text, parley::decode_options const& options = {}) {
    auto value = parley::from_json<T>(text, options);
    if (!value) std::puts(value.error().message().c_str()), std::abort();
    return value;
}

template <class T>
void add(bench::subjects& all, std::string const& payload) {
    auto const& text = bench::payload(payload);
    static parley::decode_options const unchecked{.check_constraints = false};
    auto const value = read<T>(text).value();
    all.push_back({"parley", "decode", payload, [&text] { bench::keep(parley::from_json<T>(text)); },
                   [&text] { return bench::canonical(read<T>(text).value()); }, text.size()});
    all.push_back({"parley, constraints not checked", "decode", payload,
                   [&text] { bench::keep(parley::from_json<T>(text, unchecked)); },
                   [&text] { return bench::canonical(read<T>(text, unchecked).value()); }, text.size()});
    auto const written = parley::to_json(value).value();
    all.push_back({"parley", "encode", payload,
                   [value, buffer = std::string()]() mutable {
                       buffer.clear();
                       bench::keep(parley::write_json(buffer, value));
                   },
                   [payload, written] { return bench::canonical_of_text(payload, written); }, written.size()});
    all.push_back({"copy of the finished struct", "decode", payload, [value] { bench::keep(T(value)); }, {}, text.size()});
}

struct library {
    template <class T>
    static void decode(std::string const& text, T& value) {
        value = read<T>(text).value();
    }
    template <class T>
    static void encode(T const& value, std::string& text) {
        text.clear();
        if (parley::write_json(text, value)) std::abort();
    }
};

// The steps of a call. Each subject includes the steps before it; the last one is the whole call.
void add_steps(bench::subjects& all, parley::client_config config, GetDICOMImportJobRequest const& input,
               parley::response_view response) {
    static auto const core = parley::detail::make_client_core(std::move(config), {});
    auto const plan = [&input] {
        return parley::detail::plan_aws_call(*core, parley::detail::vtable_of<GetDICOMImportJob>(), {}, &input);
    };
    auto const add = [&all](std::string name, auto run) {
        all.push_back({std::move(name), "call, step by step", "S", run, {}, 0});
    };
    add("settings", [plan] { bench::keep(plan()); });
    add("validate", [plan, &input] {
        bench::keep(plan());
        bench::keep(parley::validate(input));
    });
    add("encode", [plan, &input] {
        auto const made = plan();
        bench::keep(parley::rest_json::encode_request<GetDICOMImportJob>(input, {.endpoint = *made.overrides.endpoint}));
    });
    // `steps`: the number of steps after the start of the exchange.
    auto const exchange = [plan, &input, response](int steps) {
        auto made = plan();
        auto const now = std::chrono::steady_clock::now();
        parley::exchange<GetDICOMImportJob> call(core->settings, std::move(made.overrides), {&input}, now);
        if (steps > 0) bench::keep(call.poll(now));
        if (steps > 1) call.handle_response(response, now);
        if (steps > 2) bench::keep(call.take());
        bench::keep(call);
    };
    add("headers", [exchange] { exchange(0); });
    add("attempt", [exchange] { exchange(1); });
    add("decode", [exchange] { exchange(2); });
    add("outcome", [exchange] { exchange(3); });
}

bench::registration const registered([](bench::subjects& all) {
    add<GetDICOMImportJobResponse>(all, "S");
    add<ListDICOMImportJobsResponse>(all, "M");
    add<ListDICOMImportJobsResponse>(all, "Mx");
    add<SearchImageSetsResponse>(all, "L");
    add<SearchImageSetsResponse>(all, "Lx");
    add<search>(all, "E");
    add<ThrottlingException>(all, "R");
    bench::add_all_plain<library>(all, "parley, plain structs");

    static parley::http_response const response{
        200, {{"x-amzn-requestid", "0a1b2c3d-0000-4000-8000-000000000000"}}, bench::payload("S")};
    static parley::client client{{.aws = {.region = "us-east-1"}},
                                 [](parley::http_request const&) -> parley::response_view { return parley::view_of(response); }};
    static GetDICOMImportJobRequest const input{.datastoreId = "12345678901234567890123456789012",
                                                .jobId = "09876543210987654321098765432109"};
    all.push_back({"the whole call, over a transport that returns at once",
                   "call",
                   "S",
                   [] { bench::keep(client.send<GetDICOMImportJob>(input)); },
                   {},
                   0});
    add_steps(all, client.config(), input, parley::view_of(response));
});

} // namespace

std::string bench::to_canonical(plain::job const& value) { return canonical(value); }
std::string bench::to_canonical(plain::job_page const& value) { return canonical(value); }
std::string bench::to_canonical(plain::image_set_page const& value) { return canonical(value); }
std::string bench::to_canonical(plain::search const& value) { return canonical(value); }
std::string bench::to_canonical(plain::error const& value) { return canonical(value); }
