// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// Calls GetDICOMImportJob of three servers over keep-alive connections: the stand-in for AWS HealthImaging, a router with a constant
// handler, and the same server without the protocol of parley, which sends constant bytes.
//
//     load [--calls N] [--connections N] [--rounds N]

#include "../../examples/stand_in/stand_in.hpp"

#include <parley/aws.hpp>
#include <parley/server.hpp>
#include <parley/transport/beast_server.hpp>
#include <parley/transport/curl.hpp>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

using namespace medical_imaging;
using namespace std::chrono_literals;

namespace {

// The address of a server and the request.
struct place {
    std::uint16_t port = 0;
    char target[256]{};
};

std::string const datastore = "12345678901234567890123456789012";

GetDICOMImportJobResponse some_job() {
    auto const time = timestamp(1'736'944'496'500ms);
    return {{.jobId = "1001",
             .jobName = "nightly",
             .jobStatus = JobStatus::COMPLETED,
             .datastoreId = datastore,
             .dataAccessRoleArn = "arn:aws:iam::123456789012:role/ImportJobDataAccessRole",
             .endedAt = time,
             .submittedAt = time,
             .inputS3Uri = "s3://medical-imaging-input/studies/",
             .outputS3Uri = "s3://medical-imaging-output/studies/"}};
}

place place_of(std::uint16_t port, std::string const& job, std::string const& store) {
    place where{.port = port};
    std::snprintf(where.target, sizeof where.target, "/getDICOMImportJob/datastore/%s/job/%s", store.c_str(), job.c_str());
    return where;
}

// A server that runs until the pipe is closed.
using run_server = void (*)(int address, int until);

void send_address(int address, place const& where) {
    if (::write(address, &where, sizeof where) != sizeof where) std::abort();
}
void wait_for_end(int until) {
    char byte = 0;
    static_cast<void>(!::read(until, &byte, 1));
}

void run_plain(int address, int until) {
    // The response of the router, computed once.
    parley::router<MedicalImaging> const router{parley::handle<GetDICOMImportJob>([](auto const&) { return some_job(); }),
                                                parley::otherwise_not_implemented()};
    auto const where = place_of(0, "1001", datastore);
    parley::http_request request;
    request.method = "GET";
    request.target = where.target;
    auto const response = router(request);
    if (response.status != 200) std::abort();
    parley::beast_server server{[&](parley::request_view const&) { return response; }};
    send_address(address, place_of(server.port(), "1001", datastore));
    wait_for_end(until);
}

void run_router(int address, int until) {
    parley::router<MedicalImaging> const router{parley::handle<GetDICOMImportJob>([](auto const&) { return some_job(); }),
                                                parley::otherwise_not_implemented()};
    parley::beast_server server{std::ref(router)};
    send_address(address, place_of(server.port(), "1001", datastore));
    wait_for_end(until);
}

void run_stand_in(int address, int until) {
    stand_in::server server({.store = {.import_time = 0ms, .datastore_time = 0ms}});
    parley::curl_transport curl;
    parley::client client{{.endpoint = server.url(), .aws = {.host_prefix = false}}, std::ref(curl)};
    auto const made = client.send<CreateDatastore>({}).value().datastoreId;
    auto const job = client
                         .send<StartDICOMImportJob>({.dataAccessRoleArn = some_job().jobProperties.dataAccessRoleArn,
                                                     .datastoreId = made,
                                                     .inputS3Uri = "s3://medical-imaging-input/studies/",
                                                     .outputS3Uri = "s3://medical-imaging-output/studies/"})
                         .value()
                         .jobId;
    std::uint16_t port = 0;
    auto const url = server.url();
    std::from_chars(url.data() + url.rfind(':') + 1, url.data() + url.size(), port);
    send_address(address, place_of(port, job, made));
    wait_for_end(until);
}

struct subject {
    char const* name;
    run_server run;
};
constexpr subject subjects[] = {
    {"Beast server alone", &run_plain}, {"with a router", &run_router}, {"the stand-in", &run_stand_in}};

struct figures {
    double calls_a_second = 0;
    double microseconds = 0; // processor time of the server per call
    long memory_begin = 0;   // kilobytes after a tenth of the calls
    long memory_end = 0;
    int errors = 0;
};

long resident_kilobytes(pid_t process) {
    std::ifstream file("/proc/" + std::to_string(process) + "/status");
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with("VmRSS:")) return std::strtol(line.c_str() + 6, nullptr, 10);
    }
    return 0;
}
double processor_seconds(pid_t process) {
    std::ifstream file("/proc/" + std::to_string(process) + "/stat");
    std::string text;
    std::getline(file, text);
    text.erase(0, text.rfind(')') + 2);
    // Fields 14 and 15 of the line, see proc(5).
    long user = 0, system = 0;
    std::sscanf(text.c_str(), "%*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %ld %ld", &user, &system);
    return static_cast<double>(user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

class connection {
public:
    explicit connection(place const& where) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        address.sin_port = htons(where.port);
        if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) std::abort();
        int const yes = 1;
        ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        request_ = "GET " + std::string(where.target) + " HTTP/1.1\r\nhost: 127.0.0.1\r\naccept: application/json\r\n\r\n";
    }
    ~connection() { ::close(socket_); }
    connection(connection const&) = delete;
    connection& operator=(connection const&) = delete;

    bool ask() const {
        return ::send(socket_, request_.data(), request_.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(request_.size());
    }
    /// Returns false if the response is not a job.
    bool take() {
        constexpr std::string_view length_field = "content-length: ";
        buffer_.clear();
        std::size_t whole = 0;
        while (whole == 0 || buffer_.size() < whole) {
            char bytes[8192];
            auto const n = ::recv(socket_, bytes, sizeof bytes, 0);
            if (n <= 0) return false;
            buffer_.append(bytes, static_cast<std::size_t>(n));
            auto const head = buffer_.find("\r\n\r\n");
            if (whole != 0 || head == buffer_.npos) continue;
            auto const length = buffer_.find(length_field);
            if (length > head) return false;
            whole = head + 4 + std::strtoul(buffer_.c_str() + length + length_field.size(), nullptr, 10);
        }
        return buffer_.size() == whole && buffer_.starts_with("HTTP/1.1 200 ") && buffer_.find(R"("jobStatus":)") != buffer_.npos;
    }

private:
    int socket_;
    std::string request_;
    std::string buffer_;
};

figures measure(subject const& server, int calls, int connections) {
    int address[2], until[2];
    if (::pipe(address) != 0 || ::pipe(until) != 0) std::abort();
    std::fflush(stdout);
    auto const process = ::fork();
    if (process == 0) {
        ::close(until[1]);
        server.run(address[1], until[0]);
        std::exit(0);
    }
    ::close(until[0]);
    place where;
    if (::read(address[0], &where, sizeof where) != sizeof where) std::abort();

    figures result;
    {
        std::vector<std::unique_ptr<connection>> all;
        for (int i = 0; i < connections; ++i) all.push_back(std::make_unique<connection>(where));
        auto const round = [&] {
            for (auto const& c : all) result.errors += !c->ask();
            for (auto const& c : all) result.errors += !c->take();
        };
        int made = 0;
        for (; made < calls / 10; made += connections) round();
        result.memory_begin = resident_kilobytes(process);
        auto const processor = processor_seconds(process);
        auto const begin = std::chrono::steady_clock::now();
        auto const before = made;
        for (; made < calls; made += connections) round();
        auto const seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
        result.calls_a_second = (made - before) / seconds;
        result.microseconds = (processor_seconds(process) - processor) * 1e6 / (made - before);
        result.memory_end = resident_kilobytes(process);
    }
    ::close(until[1]);
    int status = 0;
    ::waitpid(process, &status, 0);
    result.errors += status != 0;
    ::close(address[0]), ::close(address[1]);
    return result;
}

bool read(std::string_view text, int& value) {
    return std::from_chars(text.data(), text.data() + text.size(), value).ptr == text.data() + text.size() && value > 0;
}

} // namespace

int main(int argc, char** argv) {
    int calls = 100'000, connections = 8, rounds = 3;
    for (int i = 1; i + 1 < argc; i += 2) {
        std::string_view const name = argv[i];
        bool const good = name == "--calls"         ? read(argv[i + 1], calls)
                          : name == "--connections" ? read(argv[i + 1], connections)
                          : name == "--rounds"      ? read(argv[i + 1], rounds)
                                                    : false;
        if (!good) return std::fprintf(stderr, "usage: %s [--calls N] [--connections N] [--rounds N]\n", argv[0]), 2;
    }
    std::vector<std::vector<figures>> all(std::size(subjects));
    for (int round = 0; round < rounds; ++round) {
        for (std::size_t i = 0; i < std::size(subjects); ++i) all[i].push_back(measure(subjects[i], calls, connections));
    }
    std::printf("GetDICOMImportJob, %d calls over %d keep-alive connections, one thread of a server; medians of %d rounds\n\n",
                calls, connections, rounds);
    std::printf("  %-20s%16s%26s%28s%8s\n", "", "calls a second", "server's us for a call", "memory at 10 %, at the end",
                "errors");
    int errors = 0;
    bool grown = false;
    for (std::size_t i = 0; i < std::size(subjects); ++i) {
        auto const median = [&](auto member) {
            auto sorted = all[i];
            std::sort(sorted.begin(), sorted.end(),
                      [member](figures const& a, figures const& b) { return a.*member < b.*member; });
            return sorted[sorted.size() / 2].*member;
        };
        int wrong = 0;
        for (auto const& one : all[i]) wrong += one.errors;
        errors += wrong;
        grown |= median(&figures::memory_end) > median(&figures::memory_begin) * 102 / 100;
        std::printf("  %-20s%16.0f%26.1f%17ld, %6ld kB%8d\n", subjects[i].name, median(&figures::calls_a_second),
                    median(&figures::microseconds), median(&figures::memory_begin), median(&figures::memory_end), wrong);
    }
    if (grown) std::puts("\nthe memory of a server grows");
    return errors == 0 && !grown ? 0 : 1;
}
