// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// Watches an import job of AWS HealthImaging until it is done, then shows how calls that fail look.
//
//     import_job                                             against a stand-in of its own on the loopback address
//     import_job --endpoint URL --datastore ID --job ID      against any server
//     import_job --serve                                     the stand-in alone, until it is interrupted

#include "stand_in.hpp"

#include <parley/client.hpp>
#include <parley/services/medical_imaging.hpp>
#include <parley/transport/curl.hpp>

#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

using namespace medical_imaging;
using namespace std::chrono_literals;
using service_client = parley::client<std::reference_wrapper<parley::curl_transport>>;

namespace {

bool const on_terminal = isatty(STDOUT_FILENO) != 0;

std::string_view name_of(parley::open_enum<JobStatus> const& status) {
    if (!status.is_known()) return status.unknown_text();
    switch (*status.value()) {
    case JobStatus::SUBMITTED: return "submitted";
    case JobStatus::IN_PROGRESS: return "in progress";
    case JobStatus::COMPLETED: return "completed";
    case JobStatus::FAILED: return "failed";
    }
    return "";
}

// One line that is drawn again on a terminal; elsewhere a line for each change.
void draw(DICOMImportJobProperties const& job, std::chrono::seconds watched, int attempts) {
    static std::string last;
    static int frame = 0;
    bool const done = job.jobStatus == JobStatus::COMPLETED || job.jobStatus == JobStatus::FAILED;
    std::string const status(name_of(job.jobStatus));
    if (!on_terminal) {
        if (std::exchange(last, status) != status) std::printf("  job %s: %s\n", job.jobId.c_str(), status.c_str());
        return;
    }
    char const* const mark = job.jobStatus == JobStatus::COMPLETED ? "\x1b[32m✓\x1b[0m"
                             : job.jobStatus == JobStatus::FAILED  ? "\x1b[31m✗\x1b[0m"
                                                                   : &"⠋\0⠙\0⠹\0⠸\0⠼\0⠴\0⠦\0⠧\0⠇\0⠏"[4 * (frame++ % 10)];
    std::printf("\r\x1b[K  %s job %s: %s, %llds%s%s", mark, job.jobId.c_str(), status.c_str(),
                static_cast<long long>(watched.count()), attempts > 1 ? " (throttled, sent again)" : "", done ? "\n" : "");
    std::fflush(stdout);
}

// What a person wants to know of a call that failed.
void explain(parley::call_error<GetDICOMImportJob> const& error) {
    auto show = [](std::string_view what, std::string const& text) {
        std::printf("  %.*s%s%s\n", static_cast<int>(what.size()), what.data(), text.empty() ? "" : ": ", text.c_str());
    };
    error.match(
        [&](ResourceNotFoundException const& e) { show("there is no such job", e.message); },
        [&](AccessDeniedException const& e) { show("this is not allowed", e.message); },
        [&](ThrottlingException const& e) { show("the service has too much to do, even after waiting", e.message); },
        [&](ConflictException const& e) { show("the job is being changed", e.message); },
        [&](InternalServerException const& e) { show("the service failed", e.message); },
        [&](ValidationException const& e) { show("the service refused the request", e.message); },
        [&](parley::invalid_input const& e) {
            std::puts("  refused before it was sent:");
            if (e.violations.empty()) std::printf("    %s\n", e.message.c_str());
            for (auto const& v : e.violations) std::printf("    %s %s\n", v.path.c_str(), v.message.c_str());
        },
        [&](parley::transport_failure const& e) {
            show("no answer", e.message);
            std::printf("  the service %s\n", e.sent == parley::delivery::not_sent ? "cannot have seen the request"
                                                                                   : "may have seen the request");
        },
        [&](parley::undeclared_error const& e) { show("the service answered " + e.code, e.message); },
        [&](parley::undecodable_response const& e) { show("the answer makes no sense", e.message); });
}

bool watch(service_client& client, std::string const& datastore, std::string const& job) {
    auto const begin = std::chrono::steady_clock::now();
    for (;;) {
        auto const outcome = client.send<GetDICOMImportJob>({.datastoreId = datastore, .jobId = job});
        if (!outcome) {
            if (on_terminal) std::puts("");
            explain(outcome.error());
            return false;
        }
        auto const& properties = outcome->jobProperties;
        auto const watched = std::chrono::steady_clock::now() - begin;
        draw(properties, std::chrono::duration_cast<std::chrono::seconds>(watched), outcome.metadata().attempts);
        if (properties.jobStatus == JobStatus::COMPLETED || properties.jobStatus == JobStatus::FAILED) {
            if (properties.message) std::printf("    %s\n", properties.message->c_str());
            if (properties.jobStatus == JobStatus::FAILED) return false;
            std::printf("    results in %s\n", properties.outputS3Uri.c_str());
            return true;
        }
        std::this_thread::sleep_for(150ms);
    }
}

service_client make_client(parley::curl_transport& curl, std::string endpoint) {
    return {{.endpoint = std::move(endpoint), .call_timeout = 10s, .attempt_timeout = 3s}, std::ref(curl)};
}

int demonstrate(parley::curl_transport& curl) {
    std::string const datastore = "12345678901234567890123456789012";
    stand_in server;
    server.add_job(datastore, "1001", 3s, false);
    server.add_job(datastore, "1002", 4s, true);
    auto client = make_client(curl, server.endpoint());
    std::printf("HealthImaging stand-in at %s\n\n", server.endpoint().c_str());

    std::puts("A job until it is done:");
    bool const good = watch(client, datastore, "1001");

    std::puts("\nOne that fails:");
    bool const failed = !watch(client, datastore, "1002");

    std::puts("\nA job that is not there:");
    auto const absent = client.send<GetDICOMImportJob>({.datastoreId = datastore, .jobId = "9999"});
    if (!absent) explain(absent.error());

    std::puts("\nOne with ids that are none:");
    auto const bad = client.send<GetDICOMImportJob>({.datastoreId = "My Datastore", .jobId = "Job/" + std::string(40, 'x')});
    if (!bad) explain(bad.error());

    std::puts("\nA server that is not there:");
    auto nobody = make_client(curl, "http://127.0.0.1:1");
    auto const lost = nobody.send<GetDICOMImportJob>({.datastoreId = datastore, .jobId = "1001"});
    if (!lost) explain(lost.error());

    bool const as_expected = good && failed && !absent && absent.error().is<ResourceNotFoundException>() && !bad &&
                             bad.error().is<parley::invalid_input>() && !lost && lost.error().is<parley::transport_failure>();
    return as_expected ? 0 : 1;
}

int serve() {
    std::string const datastore = "12345678901234567890123456789012";
    stand_in server;
    server.add_job(datastore, "1001", 60s, false);
    server.add_job(datastore, "1002", 60s, true);
    std::printf("--endpoint %s --datastore %s --job 1001\n", server.endpoint().c_str(), datastore.c_str());
    std::fflush(stdout);
    for (;;) std::this_thread::sleep_for(1h);
}

std::optional<std::string> option(int argc, char** argv, std::string_view name) {
    for (int i = 1; i + 1 < argc; ++i) {
        if (argv[i] == name) return argv[i + 1];
    }
    return std::nullopt;
}

} // namespace

int main(int argc, char** argv) {
    parley::curl_transport curl;
    auto const endpoint = option(argc, argv, "--endpoint"), datastore = option(argc, argv, "--datastore"),
               job = option(argc, argv, "--job");
    if (endpoint && datastore && job) {
        auto client = make_client(curl, *endpoint);
        return watch(client, *datastore, *job) ? 0 : 1;
    }
    if (argc == 2 && std::string_view(argv[1]) == "--serve") return serve();
    if (argc > 1) {
        std::fprintf(stderr, "usage: %s [--serve | --endpoint URL --datastore ID --job ID]\n", argv[0]);
        return 2;
    }
    return demonstrate(curl);
}
