// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// Watches an import job of AWS HealthImaging until it ends, then shows how failed calls are reported.
//
//     import_job                                             with its own stand-in server on the loopback address
//     import_job --endpoint URL --datastore ID --job ID      with any server, such as examples/healthimaging

#include "../stand_in/stand_in.hpp"

#include <parley/aws.hpp>
#include <parley/services/medical_imaging.hpp>
#include <parley/transport/curl.hpp>

#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

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

// On a terminal, redraws one line; otherwise prints a line for each change.
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

// Prints the error of a call.
void explain(parley::call_error<GetDICOMImportJob> const& error) {
    auto show = [](std::string_view summary, std::string const& text) {
        std::printf("  %.*s%s%s\n", static_cast<int>(summary.size()), summary.data(), text.empty() ? "" : ": ", text.c_str());
    };
    error.match([&](ResourceNotFoundException const& e) { show("job not found", e.message); },
                [&](AccessDeniedException const& e) { show("access denied", e.message); },
                [&](ThrottlingException const& e) { show("throttled, also after retries", e.message); },
                [&](ConflictException const& e) { show("the job is being modified", e.message); },
                [&](InternalServerException const& e) { show("the service failed", e.message); },
                [&](ValidationException const& e) { show("the service rejected the request", e.message); },
                [&](parley::invalid_input const& e) {
                    std::puts("  refused before it was sent:");
                    if (e.violations.empty()) std::printf("    %s\n", e.message.c_str());
                    for (auto const& v : e.violations) std::printf("    %s %s\n", v.path.c_str(), v.message.c_str());
                },
                [&](parley::transport_failure const& e) {
                    show("no response", e.message);
                    std::printf("  the service %s\n",
                                e.sent == parley::delivery::not_sent ? "has not seen the request" : "may have seen the request");
                },
                [&](parley::undeclared_error const& e) { show("undeclared error " + e.code, e.message); },
                [&](parley::undecodable_response const& e) { show("invalid response", e.message); });
}

using parley::wait_state;
using datastore_is_active =
    parley::acceptors<parley::output_is<wait_state::success, "datastoreProperties.datastoreStatus", "ACTIVE">>;
using job_is_done = parley::acceptors<parley::output_is<wait_state::success, "jobProperties.jobStatus", "COMPLETED">,
                                      parley::output_is<wait_state::failure, "jobProperties.jobStatus", "FAILED">>;
// Short delays for a person who is watching. A program would poll less often.
constexpr parley::wait_policy patience{.min_delay = 150ms, .max_delay = 150ms, .max_wait = 10min};

bool watch(service_client& client, std::string const& datastore, std::string const& job) {
    auto const begin = std::chrono::steady_clock::now();
    auto const done = client.wait_until<GetDICOMImportJob>(
        {.datastoreId = datastore, .jobId = job}, job_is_done(), patience,
        [begin](parley::outcome<GetDICOMImportJob> const& reply) {
            auto const watched = std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - begin);
            if (reply) draw(reply->jobProperties, watched, reply.metadata().attempts);
        });
    if (!done.last) {
        if (on_terminal) std::puts("");
        explain(done.last.error());
        return false;
    }
    auto const& properties = done.last->jobProperties;
    if (properties.message) std::printf("    %s\n", properties.message->c_str());
    if (done) std::printf("    results in %s\n", properties.outputS3Uri.c_str());
    return static_cast<bool>(done);
}

service_client make_client(parley::curl_transport& curl, std::string endpoint) {
    return {{.endpoint = std::move(endpoint), .aws = {.host_prefix = false}, .call_timeout = 10s, .attempt_timeout = 3s},
            std::ref(curl)};
}

std::string start_import(service_client& client, std::string const& datastore, std::string from) {
    auto const job =
        client.send<StartDICOMImportJob>({.jobName = "demonstration",
                                          .dataAccessRoleArn = "arn:aws:iam::123456789012:role/ImportJobDataAccessRole",
                                          .datastoreId = datastore,
                                          .inputS3Uri = std::move(from),
                                          .outputS3Uri = "s3://medical-imaging-output/studies/"});
    return job.value().jobId;
}

void show_image_sets(service_client& client, std::string const& datastore) {
    auto const found = client.send<SearchImageSets>({.datastoreId = datastore});
    for (auto const& set : found.value().imageSetsMetadataSummaries) {
        auto const tags = set.DICOMTags.value_or(DICOMTags());
        std::printf("    image set %s: %s of the %s, %d instances\n", set.imageSetId.c_str(),
                    tags.DICOMSeriesModality.value_or("?").c_str(), tags.DICOMSeriesBodyPart.value_or("?").c_str(),
                    tags.DICOMNumberOfStudyRelatedInstances);
    }
}

int demonstrate(parley::curl_transport& curl) {
    stand_in::server server({.store = {.import_time = 3s, .datastore_time = 500ms}});
    auto client = make_client(curl, server.url());
    std::printf("HealthImaging stand-in at %s\n\n", server.url().c_str());

    std::puts("A data store, and a job until it is done:");
    auto const datastore = client.send<CreateDatastore>({.datastoreName = "demonstration"}).value().datastoreId;
    bool const active =
        static_cast<bool>(client.wait_until<GetDatastore>({.datastoreId = datastore}, datastore_is_active(), patience));
    auto const job = start_import(client, datastore, "s3://medical-imaging-input/studies/");
    server.fail_next("ThrottlingException"); // the first attempt fails and is retried
    bool const good = watch(client, datastore, job);
    if (good) show_image_sets(client, datastore);

    std::puts("\nOne that fails:");
    bool const failed = !watch(client, datastore, start_import(client, datastore, "s3://medical-imaging-input/empty/"));

    std::puts("\nA job that is not there:");
    auto const absent = client.send<GetDICOMImportJob>({.datastoreId = datastore, .jobId = "9999"});
    if (!absent) explain(absent.error());

    std::puts("\nOne with ids that are none:");
    auto const bad = client.send<GetDICOMImportJob>({.datastoreId = "My Datastore", .jobId = "Job/" + std::string(40, 'x')});
    if (!bad) explain(bad.error());

    std::puts("\nAn unreachable server:");
    auto nobody = make_client(curl, "http://127.0.0.1:1");
    auto const lost = nobody.send<GetDICOMImportJob>({.datastoreId = datastore, .jobId = job});
    if (!lost) explain(lost.error());

    bool const as_expected = active && good && failed && !absent && absent.error().is<ResourceNotFoundException>() && !bad
                             && bad.error().is<parley::invalid_input>() && !lost && lost.error().is<parley::transport_failure>();
    return as_expected ? 0 : 1;
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
    if (argc > 1) {
        std::fprintf(stderr, "usage: %s [--endpoint URL --datastore ID --job ID]\n", argv[0]);
        return 2;
    }
    return demonstrate(curl);
}
