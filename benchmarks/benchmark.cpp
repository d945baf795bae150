// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// Decode, encode and a whole call of GetDICOMImportJob, against what Boost.JSON's users write by hand. Prints one line for
// each: nanoseconds and allocations per run. `benchmark NAME COUNT` runs one of them, for callgrind.

#include <parley/parley.hpp>
#include <parley/services/medical_imaging.hpp>

#include <boost/json.hpp>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <iterator>
#include <new>
#include <string>
#include <string_view>
#include <vector>

namespace {
std::size_t allocations = 0;
}

void* operator new(std::size_t size) {
    ++allocations;
    if (void* memory = std::malloc(size)) return memory;
    throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

using namespace medical_imaging;
namespace json = boost::json;

namespace {

std::string read_file(std::string const& path) {
    std::ifstream file(path, std::ios::binary);
    std::string text(std::istreambuf_iterator<char>(file), {});
    if (text.empty()) std::fprintf(stderr, "%s is missing: run from the project's root\n", path.c_str()), std::exit(1);
    return text;
}

template <class T>
void keep(T const& value) {
    asm volatile("" : : "g"(&value) : "memory");
}

timestamp time_of(json::value const& seconds) {
    return timestamp(std::chrono::milliseconds(static_cast<std::int64_t>(seconds.to_number<double>() * 1000)));
}

// What a user of Boost.JSON writes: a document, then a copy of what is in it.
GetDICOMImportJobResponse by_document(std::string_view text) {
    auto const document = json::parse(text);
    auto const& from = document.at("jobProperties").as_object();
    auto const take = [&from](char const* name) { return std::string(from.at(name).as_string()); };
    GetDICOMImportJobResponse response;
    auto& p = response.jobProperties;
    p.jobId = take("jobId");
    p.jobName = take("jobName");
    auto const status = from.at("jobStatus").as_string();
    p.jobStatus = status == "COMPLETED"     ? JobStatus::COMPLETED
                  : status == "FAILED"      ? JobStatus::FAILED
                  : status == "IN_PROGRESS" ? JobStatus::IN_PROGRESS
                                            : JobStatus::SUBMITTED;
    p.datastoreId = take("datastoreId");
    p.dataAccessRoleArn = take("dataAccessRoleArn");
    if (auto const* v = from.if_contains("endedAt")) p.endedAt = time_of(*v);
    if (auto const* v = from.if_contains("submittedAt")) p.submittedAt = time_of(*v);
    p.inputS3Uri = take("inputS3Uri");
    p.outputS3Uri = take("outputS3Uri");
    if (auto const* v = from.if_contains("message")) p.message = std::string(v->as_string());
    return response;
}

struct benchmark {
    char const* name;
    std::function<void()> run;
};

} // namespace

int main(int argc, char** argv) {
    auto const text = read_file("benchmarks/payloads/S.json");
    auto const value = parley::from_json<GetDICOMImportJobResponse>(text).value();
    if (parley::to_json(by_document(text)).value() != parley::to_json(value).value()) {
        std::fputs("the two readers do not agree\n", stderr);
        return 1;
    }
    parley::decode_options unchecked;
    unchecked.check_constraints = false;
    std::string buffer;
    parley::http_response const response{200, {{"x-amzn-requestid", "0a1b2c3d-0000-4000-8000-000000000000"}}, text};
    parley::client client{{.region = "us-east-1"},
                          [&](parley::http_request const&) -> parley::response_view { return parley::view_of(response); }};
    GetDICOMImportJobRequest const input{.datastoreId = "12345678901234567890123456789012",
                                         .jobId = "09876543210987654321098765432109"};
    std::vector<benchmark> const all{
        {"decode, parley", [&] { keep(parley::from_json<GetDICOMImportJobResponse>(text)); }},
        {"decode, constraints not checked", [&] { keep(parley::from_json<GetDICOMImportJobResponse>(text, unchecked)); }},
        {"decode, Boost.JSON document and copy", [&] { keep(by_document(text)); }},
        {"encode, parley",
         [&] {
             buffer.clear();
             keep(parley::write_json(buffer, value));
         }},
        {"copy of the finished struct", [&] { keep(GetDICOMImportJobResponse(value)); }},
        {"validate the input", [&] { keep(parley::validate(input)); }},
        {"call, over a transport that returns at once", [&] { keep(client.send<GetDICOMImportJob>(input)); }},
    };
    if (argc == 3) {
        for (auto const& one : all) {
            if (std::string_view(one.name) != argv[1]) continue;
            for (int i = std::atoi(argv[2]); i > 0; --i) one.run();
        }
        return 0;
    }
    // Interleaved, so that what the machine does besides hits all alike; the median of the rounds counts.
    constexpr int rounds = 21, runs = 2000;
    std::vector<std::vector<double>> times(all.size());
    std::vector<double> allocated(all.size());
    for (int round = 0; round < rounds; ++round) {
        for (std::size_t i = 0; i < all.size(); ++i) {
            auto const before = allocations;
            auto const begin = std::chrono::steady_clock::now();
            for (int run = 0; run < runs; ++run) all[i].run();
            auto const end = std::chrono::steady_clock::now();
            times[i].push_back(std::chrono::duration<double, std::nano>(end - begin).count() / runs);
            allocated[i] = static_cast<double>(allocations - before) / runs;
        }
    }
    for (std::size_t i = 0; i < all.size(); ++i) {
        std::nth_element(times[i].begin(), times[i].begin() + rounds / 2, times[i].end());
        std::printf("%-45s %8.0f ns %6.1f allocations\n", all[i].name, times[i][rounds / 2], allocated[i]);
    }
}
