// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// Runs the registered subjects and prints a line of JSON for each.
//
//   measure [--rounds N]     nanoseconds (median) and allocations per run; the rounds of all subjects of a group and payload
//                            are interleaved
//   measure --callgrind      under valgrind: dumps the counts of each subject after a warm-up
#include "bench.hpp"

#include <valgrind/callgrind.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>

namespace {

std::vector<void (*)(bench::subjects&)>& libraries() {
    static std::vector<void (*)(bench::subjects&)> all;
    return all;
}

double median(std::vector<double> values) {
    auto const middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

double seconds_of(std::function<void()> const& run, int count) {
    auto const begin = std::chrono::steady_clock::now();
    for (int i = 0; i < count; ++i) run();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

// All subjects of a group and payload must have the same result.
bool all_agree(std::vector<bench::subject const*> const& group) {
    std::string const* expected = nullptr;
    std::string first;
    bool good = true;
    for (auto const* subject : group) {
        if (!subject->result) continue;
        auto const result = subject->result();
        if (!expected) {
            first = result;
            expected = &first;
        } else if (result != *expected) {
            std::fprintf(stderr, "%s %s: %s disagrees:\n%.2000s\n%.2000s\n", subject->group.c_str(), subject->payload.c_str(),
                         subject->library.c_str(), expected->c_str(), result.c_str());
            good = false;
        }
    }
    return good;
}

void print_head(bench::subject const& subject) {
    std::printf(R"({"library":"%s","group":"%s","payload":"%s","bytes":%zu)", subject.library.c_str(), subject.group.c_str(),
                subject.payload.c_str(), subject.bytes);
}

} // namespace

bench::registration::registration(void (*add)(subjects&)) { libraries().push_back(add); }

std::string const& bench::payload(std::string_view name) {
    static std::map<std::string, std::string, std::less<>> all;
    auto found = all.find(name);
    if (found == all.end()) {
        auto const path = "benchmarks/payloads/" + std::string(name) + ".json";
        std::ifstream file(path, std::ios::binary);
        std::string text(std::istreambuf_iterator<char>(file), {});
        if (text.empty()) std::fprintf(stderr, "%s is missing: run from the project's root\n", path.c_str()), std::exit(1);
        found = all.emplace(name, std::move(text)).first;
    }
    return found->second;
}

// Counts the allocations if the program is linked with allocations.cpp.
std::size_t allocations() __attribute__((weak));

int main(int argc, char** argv) {
    bool const callgrind = argc > 1 && argv[1] == std::string_view("--callgrind");
    int const count = argc > 2 ? std::atoi(argv[2]) : 41;
    bench::subjects all;
    for (auto const add : libraries()) add(all);
    std::map<std::string, std::vector<bench::subject const*>> groups;
    for (auto const& subject : all) groups[subject.group + subject.payload].push_back(&subject);
    for (auto const& [name, group] : groups) {
        if (!all_agree(group)) return 1;
    }
    if (callgrind) {
        for (auto const& subject : all) {
            int const runs = static_cast<int>(std::clamp<std::size_t>(1'000'000 / (subject.bytes + 1), 3, 200));
            for (int i = 0; i < runs; ++i) subject.run();
            CALLGRIND_ZERO_STATS;
            for (int i = 0; i < runs; ++i) subject.run();
            CALLGRIND_DUMP_STATS;
            print_head(subject);
            std::printf(",\"runs\":%d}\n", runs);
        }
        return 0;
    }
    for (auto const& [name, group] : groups) {
        // Enough runs to be timed, but short rounds, so that subjects are interleaved.
        std::vector<int> runs;
        for (auto const* subject : group) {
            auto const once = seconds_of(subject->run, 3) / 3;
            runs.push_back(std::clamp(static_cast<int>(500e-6 / once), 1, 20000));
        }
        std::vector<std::vector<double>> times(group.size());
        std::vector<std::size_t> allocated(group.size());
        for (int round = 0; round < count; ++round) {
            for (std::size_t i = 0; i < group.size(); ++i) {
                auto const before = allocations ? allocations() : 0;
                times[i].push_back(seconds_of(group[i]->run, runs[i]) / runs[i]);
                allocated[i] = ((allocations ? allocations() : 0) - before) / static_cast<std::size_t>(runs[i]);
            }
        }
        for (std::size_t i = 0; i < group.size(); ++i) {
            print_head(*group[i]);
            std::printf(",\"ns\":%.1f,\"allocations\":%zu}\n", median(times[i]) * 1e9, allocated[i]);
        }
    }
}
