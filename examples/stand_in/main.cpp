// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// A stand-in server for AWS HealthImaging: all operations, with data in memory. See docs/server.md.

#include "stand_in.hpp"

#include <atomic>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <memory>
#include <random>
#include <string>
#include <string_view>

namespace {

constexpr char const* usage = R"(A stand-in server for AWS HealthImaging: all operations, with data in memory.

    healthimaging [OPTIONS]

--port N             to listen on; default: any that is free
--address ADDRESS    to listen on; default: 127.0.0.1
--threads N          default: 1
--check-signatures   requests must be signed with the key in AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and, if there is one,
                     AWS_SESSION_TOKEN
--region NAME        in the names of resources; default: us-east-1
--import-time MS     how long an import job takes; default: 5000
--workflow-time MS   how long a copy, an update or a deletion takes; default: 1000
--datastore-time MS  how long it takes to make or delete a data store; default: 1000
--datastores N       how many there may be; default: 10
--seed N             seed of ids and generated data; default: random
--step MS            time is not the system's: it begins with the year 2026, and each call moves it by so much

A client needs the address as its endpoint, and no host prefix before it. An import whose prefix has "empty" in it fails.
POST /stand-in/fail-next/ThrottlingException?times=2 makes the next two calls fail, with that or another error of the service.
)";

bool read(std::string_view text, auto& value) {
    return std::from_chars(text.data(), text.data() + text.size(), value).ptr == text.data() + text.size() && !text.empty();
}
bool read(std::string_view text, std::chrono::milliseconds& value) {
    std::chrono::milliseconds::rep count = 0;
    bool const good = read(text, count) && count >= 0;
    if (good) value = std::chrono::milliseconds(count);
    return good;
}
bool read(std::string_view text, std::string& value) { return value = text, !text.empty(); }

std::string environment(char const* name) {
    auto const* const value = std::getenv(name);
    return value ? value : "";
}

bool read_options(int argc, char** argv, stand_in::server_config& config) {
    std::chrono::milliseconds step{};
    for (int i = 1; i < argc; ++i) {
        std::string_view const name = argv[i];
        if (name == "--check-signatures") {
            config.check_signatures.emplace();
            config.check_signatures->access_key_id = environment("AWS_ACCESS_KEY_ID");
            config.check_signatures->secret_access_key = environment("AWS_SECRET_ACCESS_KEY");
            config.check_signatures->session_token = environment("AWS_SESSION_TOKEN");
            if (config.check_signatures->access_key_id.empty() || config.check_signatures->secret_access_key.empty()) {
                std::fputs("AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY must be set for --check-signatures\n", stderr);
                return false;
            }
            continue;
        }
        if (i + 1 == argc) return std::fputs(usage, stderr), false;
        std::string_view const value = argv[++i];
        auto& store = config.store;
        bool const good = name == "--port"             ? read(value, config.port)
                          : name == "--address"        ? read(value, config.address)
                          : name == "--threads"        ? read(value, config.threads) && config.threads > 0
                          : name == "--region"         ? read(value, store.region)
                          : name == "--import-time"    ? read(value, store.import_time)
                          : name == "--workflow-time"  ? read(value, store.workflow_time)
                          : name == "--datastore-time" ? read(value, store.datastore_time)
                          : name == "--datastores"     ? read(value, store.datastores)
                          : name == "--seed"           ? read(value, store.seed)
                          : name == "--step"           ? read(value, step)
                                                       : false;
        if (!good) return std::fprintf(stderr, "%s %s makes no sense\n\n%s", argv[i - 1], argv[i], usage), false;
    }
    if (step.count() > 0) {
        auto const calls = std::make_shared<std::atomic<int>>(0);
        config.store.now = [calls, step] {
            return medical_imaging::timestamp(std::chrono::sys_days(std::chrono::year(2026) / 1 / 1)) + step * (*calls)++;
        };
    }
    return true;
}

} // namespace

int main(int argc, char** argv) {
    stand_in::server_config config;
    config.store.seed = std::random_device()();
    if (argc == 2 && std::string_view(argv[1]) == "--help") return std::fputs(usage, stdout), 0;
    if (!read_options(argc, argv, config)) return 2;
    // Blocked before any thread starts, so that all threads block the signal and this one waits for it.
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    try {
        stand_in::server server(std::move(config));
        std::printf("HealthImaging stand-in at %s\n", server.url().c_str());
        std::fflush(stdout);
        int signal = 0;
        sigwait(&signals, &signal);
    } catch (std::exception const& e) {
        std::fprintf(stderr, "%s\n", e.what());
        return 1;
    }
    return 0;
}
