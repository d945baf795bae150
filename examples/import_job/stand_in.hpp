// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_EXAMPLES_IMPORT_JOB_STAND_IN_HPP
#define PARLEY_EXAMPLES_IMPORT_JOB_STAND_IN_HPP

#include <parley/server.hpp>
#include <parley/services/medical_imaging.hpp>

#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

#include <atomic>
#include <chrono>
#include <list>
#include <map>
#include <mutex>
#include <string>
#include <thread>

/// A small stand-in for AWS HealthImaging: one operation, over HTTP on the loopback address. Import jobs go from SUBMITTED
/// over IN_PROGRESS to COMPLETED or FAILED within some seconds, and each fourth request is throttled. What it reads and
/// writes, it reads and writes with the server's side of the descriptions that the client has.
class stand_in {
public:
    using clock = std::chrono::system_clock;

    stand_in() : acceptor_(context_, {boost::asio::ip::make_address("127.0.0.1"), 0}), thread_([this] { run(); }) {}
    ~stand_in() {
        stopped_ = true;
        // Wakes the thread out of accept.
        boost::system::error_code ignored;
        boost::asio::ip::tcp::socket(context_).connect(acceptor_.local_endpoint(), ignored);
        thread_.join();
        connections_.clear();
    }
    stand_in(stand_in const&) = delete;
    stand_in& operator=(stand_in const&) = delete;

    std::string endpoint() const { return "http://127.0.0.1:" + std::to_string(acceptor_.local_endpoint().port()); }

    /// Adds a job that takes `duration` from now on.
    void add_job(std::string datastore, std::string id, std::chrono::milliseconds duration, bool fails) {
        std::lock_guard lock(mutex_);
        jobs_[{std::move(datastore), std::move(id)}] = {clock::now(), duration, fails};
    }

private:
    using tcp = boost::asio::ip::tcp;
    struct job {
        clock::time_point submitted;
        std::chrono::milliseconds duration;
        bool fails;
    };

    void run() {
        while (!stopped_) {
            boost::system::error_code error;
            tcp::socket socket(context_);
            acceptor_.accept(socket, error);
            if (error || stopped_) continue;
            connections_.emplace_back([this, s = std::move(socket)]() mutable { serve(std::move(s)); });
        }
    }

    void serve(tcp::socket socket) {
        namespace http = boost::beast::http;
        boost::beast::flat_buffer buffer;
        boost::system::error_code error;
        while (!stopped_) {
            http::request<http::string_body> request;
            http::read(socket, buffer, request, error);
            if (error) return;
            auto const ours = answer(to_parley(request));
            http::response<http::string_body> response(static_cast<http::status>(ours.status), request.version());
            for (auto const& field : ours.fields) response.set(field.name, field.value);
            response.body() = ours.body;
            response.keep_alive(request.keep_alive());
            response.prepare_payload();
            http::write(socket, response, error);
            if (error || !request.keep_alive()) return;
        }
    }

    // All that an adapter for a server's stack has to do.
    template <class Request>
    static parley::http_request to_parley(Request const& request) {
        parley::http_request result;
        result.method = std::string(request.method_string());
        result.target = std::string(request.target());
        for (auto const& field : request) result.fields.add(std::string(field.name_string()), std::string(field.value()));
        result.body = request.body();
        return result;
    }

    parley::http_response answer(parley::http_request const& request) {
        using namespace medical_imaging;
        using protocol = parley::rest_json;
        auto response = [&]() -> parley::result<parley::http_response> {
            if (++requests_ % 4 == 0) return protocol::encode_error(ThrottlingException{"Too many requests"});
            if (!protocol::matches<GetDICOMImportJob>(request))
                return protocol::encode_error(ResourceNotFoundException{"There is no such operation"});
            auto input = protocol::decode_request<GetDICOMImportJob>(request);
            if (!input) return protocol::encode_error(ValidationException{input.error().message()});
            auto properties = find(*input);
            if (!properties) return protocol::encode_error(ResourceNotFoundException{"Import job does not exist"});
            return protocol::encode_response<GetDICOMImportJob>({.jobProperties = *properties});
        }();
        auto result = response ? std::move(*response) : parley::http_response{500, {}, {}};
        result.fields.set("x-amzn-requestid", "stand-in-" + std::to_string(requests_));
        return result;
    }

    std::optional<medical_imaging::DICOMImportJobProperties> find(medical_imaging::GetDICOMImportJobRequest const& input) {
        using namespace medical_imaging;
        std::lock_guard lock(mutex_);
        auto const found = jobs_.find({*input.datastoreId, *input.jobId});
        if (found == jobs_.end()) return std::nullopt;
        auto const& [submitted, duration, fails] = found->second;
        auto const time = [](clock::time_point t) { return std::chrono::floor<std::chrono::milliseconds>(t); };
        auto const age = clock::now() - submitted;
        DICOMImportJobProperties p;
        p.jobId = *input.jobId;
        p.jobName = "demonstration";
        p.datastoreId = *input.datastoreId;
        p.dataAccessRoleArn = "arn:aws:iam::123456789012:role/ImportJobDataAccessRole";
        p.submittedAt = time(submitted);
        p.inputS3Uri = "s3://medical-imaging-input/studies/";
        p.outputS3Uri = "s3://medical-imaging-output/studies/";
        p.jobStatus = age < duration / 4 ? JobStatus::SUBMITTED : JobStatus::IN_PROGRESS;
        if (age >= duration) {
            p.jobStatus = fails ? JobStatus::FAILED : JobStatus::COMPLETED;
            p.endedAt = time(submitted + duration);
            if (fails) p.message = "2 of 40 objects could not be imported";
        }
        return p;
    }

    boost::asio::io_context context_;
    tcp::acceptor acceptor_;
    std::atomic<bool> stopped_{false};
    std::atomic<int> requests_{0};
    std::mutex mutex_;
    std::map<std::pair<std::string, std::string>, job> jobs_;
    std::list<std::jthread> connections_;
    std::thread thread_;
};

#endif
