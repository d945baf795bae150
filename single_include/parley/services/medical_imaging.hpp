// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_SERVICES_MEDICAL_IMAGING_HPP
#define PARLEY_SERVICES_MEDICAL_IMAGING_HPP

// AWS HealthImaging, 2023-07-19. Names are those of the service, so its documentation applies as it is.
#include <parley/parley.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <chrono>
#include <optional>
#include <string>

namespace medical_imaging {

using timestamp = std::chrono::sys_time<std::chrono::milliseconds>;

struct AccessDeniedException {
    std::string message{};
};
BOOST_DESCRIBE_STRUCT(AccessDeniedException, (), (message))
constexpr auto parley_traits(AccessDeniedException const*) {
    return parley::traits(parley::http_error(403, parley::fault::client));
}

struct ConflictException {
    std::string message{};
};
BOOST_DESCRIBE_STRUCT(ConflictException, (), (message))
constexpr auto parley_traits(ConflictException const*) {
    return parley::traits(parley::http_error(409, parley::fault::client));
}

struct InternalServerException {
    std::string message{};
};
BOOST_DESCRIBE_STRUCT(InternalServerException, (), (message))
constexpr auto parley_traits(InternalServerException const*) {
    return parley::traits(parley::http_error(500, parley::fault::server));
}

struct ResourceNotFoundException {
    std::string message{};
};
BOOST_DESCRIBE_STRUCT(ResourceNotFoundException, (), (message))
constexpr auto parley_traits(ResourceNotFoundException const*) {
    return parley::traits(parley::http_error(404, parley::fault::client));
}

struct ServiceQuotaExceededException {
    std::string message{};
};
BOOST_DESCRIBE_STRUCT(ServiceQuotaExceededException, (), (message))
constexpr auto parley_traits(ServiceQuotaExceededException const*) {
    return parley::traits(parley::http_error(402, parley::fault::client));
}

struct ThrottlingException {
    std::string message{};
};
BOOST_DESCRIBE_STRUCT(ThrottlingException, (), (message))
constexpr auto parley_traits(ThrottlingException const*) {
    return parley::traits(parley::http_error(429, parley::fault::client));
}

struct ValidationException {
    std::string message{};
};
BOOST_DESCRIBE_STRUCT(ValidationException, (), (message))
constexpr auto parley_traits(ValidationException const*) {
    return parley::traits(parley::http_error(400, parley::fault::client));
}

struct MedicalImaging {
    using errors = parley::errors<AccessDeniedException, ConflictException, InternalServerException, ResourceNotFoundException,
                                  ServiceQuotaExceededException, ThrottlingException, ValidationException>;
    static constexpr auto error_scheme = parley::aws_errors();
    static constexpr parley::aws_service aws{.signing_name = "medical-imaging", .endpoint_prefix = "medical-imaging"};
};

enum class JobStatus { SUBMITTED, IN_PROGRESS, COMPLETED, FAILED };
BOOST_DESCRIBE_ENUM(JobStatus, SUBMITTED, IN_PROGRESS, COMPLETED, FAILED)

struct DICOMImportJobProperties {
    std::string jobId{};
    std::string jobName{};
    parley::open_enum<JobStatus> jobStatus{};
    std::string datastoreId{};
    std::string dataAccessRoleArn{};
    std::optional<timestamp> endedAt{};
    std::optional<timestamp> submittedAt{};
    std::string inputS3Uri{};
    std::string outputS3Uri{};
    std::optional<std::string> message{};
};
BOOST_DESCRIBE_STRUCT(DICOMImportJobProperties, (),
                      (jobId, jobName, jobStatus, datastoreId, dataAccessRoleArn, endedAt, submittedAt, inputS3Uri,
                       outputS3Uri, message))
constexpr auto parley_traits(DICOMImportJobProperties const*) {
    return parley::traits(
        parley::on("jobId", parley::length(1, 32), parley::pattern("^[0-9a-z]+$")),
        parley::on("jobName", parley::length(1, 64), parley::pattern("^[A-Za-z0-9._/#-]+$")),
        parley::on("datastoreId", parley::pattern("^[0-9a-z]{32}$")),
        parley::on("dataAccessRoleArn", parley::length(20, 2048),
                   parley::pattern("^arn:aws(-[^:]+)?:iam::[0-9]{12}:role/.+$")),
        parley::on("inputS3Uri", parley::length(1, 1024), parley::pattern("^s3://[a-z0-9][\\.\\-a-z0-9]{1,61}[a-z0-9](/.*)?$")),
        parley::on("outputS3Uri", parley::length(1, 1024), parley::pattern("^s3://[a-z0-9][\\.\\-a-z0-9]{1,61}[a-z0-9](/.*)?$")),
        parley::on("message", parley::length(1, 2048), parley::pattern("^[\\w -:]+$")));
}

struct GetDICOMImportJobRequest {
    parley::required<std::string> datastoreId;
    parley::required<std::string> jobId;
};
BOOST_DESCRIBE_STRUCT(GetDICOMImportJobRequest, (), (datastoreId, jobId))
constexpr auto parley_traits(GetDICOMImportJobRequest const*) {
    return parley::traits(parley::on("datastoreId", parley::pattern("^[0-9a-z]{32}$")),
                          parley::on("jobId", parley::length(1, 32), parley::pattern("^[0-9a-z]+$")));
}

struct GetDICOMImportJobResponse {
    DICOMImportJobProperties jobProperties{};
};
BOOST_DESCRIBE_STRUCT(GetDICOMImportJobResponse, (), (jobProperties))

struct GetDICOMImportJob {
    using input = GetDICOMImportJobRequest;
    using output = GetDICOMImportJobResponse;
    using errors = parley::errors<AccessDeniedException, ConflictException, InternalServerException, ResourceNotFoundException,
                                  ThrottlingException, ValidationException>;
    using service = MedicalImaging;
    static constexpr auto http = parley::http("GET /getDICOMImportJob/datastore/{datastoreId}/job/{jobId}");
};

} // namespace medical_imaging

#endif
