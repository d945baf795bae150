// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_SERVICES_MEDICAL_IMAGING_HPP
#define PARLEY_SERVICES_MEDICAL_IMAGING_HPP

// Medical Imaging, 2023-07-19; made by tools/generate. Names are those of the service, so its documentation applies as it is.
#include <parley/describe/aws_service.hpp>
#include <parley/describe/blob.hpp>
#include <parley/describe/error_scheme.hpp>
#include <parley/describe/open_enum.hpp>
#include <parley/describe/operation.hpp>
#include <parley/describe/protocol.hpp>
#include <parley/describe/required.hpp>
#include <parley/describe/tagged.hpp>
#include <parley/describe/traits.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace medical_imaging {

struct MedicalImaging;

enum class DatastoreStatus { CREATING, CREATE_FAILED, ACTIVE, DELETING, DELETED };
BOOST_DESCRIBE_ENUM(DatastoreStatus, CREATING, CREATE_FAILED, ACTIVE, DELETING, DELETED)

enum class ImageSetState { ACTIVE, LOCKED, DELETED };
BOOST_DESCRIBE_ENUM(ImageSetState, ACTIVE, LOCKED, DELETED)

enum class ImageSetWorkflowStatus {
    CREATED,
    COPIED,
    COPYING,
    COPYING_WITH_READ_ONLY_ACCESS,
    COPY_FAILED,
    UPDATING,
    UPDATED,
    UPDATE_FAILED,
    DELETING,
    DELETED,
};
BOOST_DESCRIBE_ENUM(ImageSetWorkflowStatus, CREATED, COPIED, COPYING, COPYING_WITH_READ_ONLY_ACCESS, COPY_FAILED, UPDATING,
                    UPDATED, UPDATE_FAILED, DELETING, DELETED)

enum class JobStatus { SUBMITTED, IN_PROGRESS, COMPLETED, FAILED };
BOOST_DESCRIBE_ENUM(JobStatus, SUBMITTED, IN_PROGRESS, COMPLETED, FAILED)

enum class Operator { EQUAL, BETWEEN };
BOOST_DESCRIBE_ENUM(Operator, EQUAL, BETWEEN)

enum class SortField { updatedAt, createdAt, DICOMStudyDateAndTime };
BOOST_DESCRIBE_ENUM(SortField, updatedAt, createdAt, DICOMStudyDateAndTime)

enum class SortOrder { ASC, DESC };
BOOST_DESCRIBE_ENUM(SortOrder, ASC, DESC)

using timestamp = std::chrono::sys_time<std::chrono::milliseconds>;

struct CopyDestinationImageSet {
    std::string imageSetId{};
    std::string latestVersionId{};
};
BOOST_DESCRIBE_STRUCT(CopyDestinationImageSet, (), (imageSetId, latestVersionId))
constexpr auto parley_traits(CopyDestinationImageSet const*) {
    return parley::traits(
        parley::on("imageSetId", parley::pattern("^[0-9a-z]{32}$")),
        parley::on("latestVersionId", parley::pattern("^\\d+$")));
}

struct CopyDestinationImageSetProperties {
    std::string imageSetId{};
    std::string latestVersionId{};
    std::optional<parley::open_enum<ImageSetState>> imageSetState{};
    std::optional<parley::open_enum<ImageSetWorkflowStatus>> imageSetWorkflowStatus{};
    std::optional<timestamp> createdAt{};
    std::optional<timestamp> updatedAt{};
    std::optional<std::string> imageSetArn{};
};
BOOST_DESCRIBE_STRUCT(CopyDestinationImageSetProperties, (),
                      (imageSetId, latestVersionId, imageSetState, imageSetWorkflowStatus, createdAt, updatedAt, imageSetArn))
constexpr auto parley_traits(CopyDestinationImageSetProperties const*) {
    return parley::traits(
        parley::on("imageSetId", parley::pattern("^[0-9a-z]{32}$")),
        parley::on("latestVersionId", parley::pattern("^\\d+$")),
        parley::on("imageSetArn",
                   parley::pattern("^arn:aws((-us-gov)|(-iso)|(-iso-b)|(-cn))?:medical-imaging:[a-z0-9-]+:[0-9]{12}:"
                                   "datastore/[0-9a-z]{32}(/imageset/[0-9a-z]{32})?$")));
}

struct MetadataCopies {
    std::string copiableAttributes{};
};
BOOST_DESCRIBE_STRUCT(MetadataCopies, (), (copiableAttributes))
constexpr auto parley_traits(MetadataCopies const*) {
    return parley::traits(parley::on("copiableAttributes", parley::length(1, 260000), parley::sensitive()));
}

struct CopySourceImageSetInformation {
    std::string latestVersionId{};
    std::optional<MetadataCopies> DICOMCopies{};
};
BOOST_DESCRIBE_STRUCT(CopySourceImageSetInformation, (), (latestVersionId, DICOMCopies))
constexpr auto parley_traits(CopySourceImageSetInformation const*) {
    return parley::traits(parley::on("latestVersionId", parley::pattern("^\\d+$")));
}

struct CopyImageSetInformation {
    CopySourceImageSetInformation sourceImageSet{};
    std::optional<CopyDestinationImageSet> destinationImageSet{};
};
BOOST_DESCRIBE_STRUCT(CopyImageSetInformation, (), (sourceImageSet, destinationImageSet))

struct CopySourceImageSetProperties {
    std::string imageSetId{};
    std::string latestVersionId{};
    std::optional<parley::open_enum<ImageSetState>> imageSetState{};
    std::optional<parley::open_enum<ImageSetWorkflowStatus>> imageSetWorkflowStatus{};
    std::optional<timestamp> createdAt{};
    std::optional<timestamp> updatedAt{};
    std::optional<std::string> imageSetArn{};
};
BOOST_DESCRIBE_STRUCT(CopySourceImageSetProperties, (),
                      (imageSetId, latestVersionId, imageSetState, imageSetWorkflowStatus, createdAt, updatedAt, imageSetArn))
constexpr auto parley_traits(CopySourceImageSetProperties const*) {
    return parley::traits(
        parley::on("imageSetId", parley::pattern("^[0-9a-z]{32}$")),
        parley::on("latestVersionId", parley::pattern("^\\d+$")),
        parley::on("imageSetArn",
                   parley::pattern("^arn:aws((-us-gov)|(-iso)|(-iso-b)|(-cn))?:medical-imaging:[a-z0-9-]+:[0-9]{12}:"
                                   "datastore/[0-9a-z]{32}(/imageset/[0-9a-z]{32})?$")));
}

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
                      (jobId, jobName, jobStatus, datastoreId, dataAccessRoleArn, endedAt, submittedAt, inputS3Uri, outputS3Uri,
                       message))
constexpr auto parley_traits(DICOMImportJobProperties const*) {
    return parley::traits(
        parley::on("jobId", parley::length(1, 32), parley::pattern("^[0-9a-z]+$")),
        parley::on("jobName", parley::length(1, 64), parley::pattern("^[A-Za-z0-9._/#-]+$")),
        parley::on("datastoreId", parley::pattern("^[0-9a-z]{32}$")),
        parley::on("dataAccessRoleArn", parley::length(20, 2048), parley::pattern("^arn:aws(-[^:]+)?:iam::[0-9]{12}:role/.+$")),
        parley::on("inputS3Uri", parley::length(1, 1024), parley::pattern("^s3://[a-z0-9][\\.\\-a-z0-9]{1,61}[a-z0-9](/.*)?$")),
        parley::on("outputS3Uri", parley::length(1, 1024),
                   parley::pattern("^s3://[a-z0-9][\\.\\-a-z0-9]{1,61}[a-z0-9](/.*)?$")),
        parley::on("message", parley::length(1, 2048), parley::pattern("^[\\w -:]+$")));
}

struct DICOMImportJobSummary {
    std::string jobId{};
    std::string jobName{};
    parley::open_enum<JobStatus> jobStatus{};
    std::string datastoreId{};
    std::optional<std::string> dataAccessRoleArn{};
    std::optional<timestamp> endedAt{};
    std::optional<timestamp> submittedAt{};
    std::optional<std::string> message{};
};
BOOST_DESCRIBE_STRUCT(DICOMImportJobSummary, (),
                      (jobId, jobName, jobStatus, datastoreId, dataAccessRoleArn, endedAt, submittedAt, message))
constexpr auto parley_traits(DICOMImportJobSummary const*) {
    return parley::traits(
        parley::on("jobId", parley::length(1, 32), parley::pattern("^[0-9a-z]+$")),
        parley::on("jobName", parley::length(1, 64), parley::pattern("^[A-Za-z0-9._/#-]+$")),
        parley::on("datastoreId", parley::pattern("^[0-9a-z]{32}$")),
        parley::on("dataAccessRoleArn", parley::length(20, 2048), parley::pattern("^arn:aws(-[^:]+)?:iam::[0-9]{12}:role/.+$")),
        parley::on("message", parley::length(1, 2048), parley::pattern("^[\\w -:]+$")));
}

struct DICOMStudyDateAndTime {
    std::string DICOMStudyDate{};
    std::optional<std::string> DICOMStudyTime{};
};
BOOST_DESCRIBE_STRUCT(DICOMStudyDateAndTime, (), (DICOMStudyDate, DICOMStudyTime))
constexpr auto parley_traits(DICOMStudyDateAndTime const*) {
    return parley::traits(
        parley::on("DICOMStudyDate", parley::length(0, 18), parley::sensitive()),
        parley::on("DICOMStudyTime", parley::length(0, 28), parley::sensitive()));
}

struct DICOMTags {
    std::optional<std::string> DICOMPatientId{};
    std::optional<std::string> DICOMPatientName{};
    std::optional<std::string> DICOMPatientBirthDate{};
    std::optional<std::string> DICOMPatientSex{};
    std::optional<std::string> DICOMStudyInstanceUID{};
    std::optional<std::string> DICOMStudyId{};
    std::optional<std::string> DICOMStudyDescription{};
    std::int32_t DICOMNumberOfStudyRelatedSeries{0};
    std::int32_t DICOMNumberOfStudyRelatedInstances{0};
    std::optional<std::string> DICOMAccessionNumber{};
    std::optional<std::string> DICOMSeriesInstanceUID{};
    std::optional<std::string> DICOMSeriesModality{};
    std::optional<std::string> DICOMSeriesBodyPart{};
    std::optional<std::int32_t> DICOMSeriesNumber{};
    std::optional<std::string> DICOMStudyDate{};
    std::optional<std::string> DICOMStudyTime{};
};
BOOST_DESCRIBE_STRUCT(DICOMTags, (),
                      (DICOMPatientId, DICOMPatientName, DICOMPatientBirthDate, DICOMPatientSex, DICOMStudyInstanceUID,
                       DICOMStudyId, DICOMStudyDescription, DICOMNumberOfStudyRelatedSeries, DICOMNumberOfStudyRelatedInstances,
                       DICOMAccessionNumber, DICOMSeriesInstanceUID, DICOMSeriesModality, DICOMSeriesBodyPart,
                       DICOMSeriesNumber, DICOMStudyDate, DICOMStudyTime))
constexpr auto parley_traits(DICOMTags const*) {
    return parley::traits(
        parley::on("DICOMPatientId", parley::length(0, 256), parley::sensitive()),
        parley::on("DICOMPatientName", parley::length(0, 256), parley::sensitive()),
        parley::on("DICOMPatientBirthDate", parley::length(0, 18), parley::sensitive()),
        parley::on("DICOMPatientSex", parley::length(0, 16), parley::sensitive()),
        parley::on("DICOMStudyInstanceUID", parley::length(0, 256),
                   parley::pattern("^(?:[0-9][0-9]*|0)(\\.(?:[1-9][0-9]*|0))*$"), parley::sensitive()),
        parley::on("DICOMStudyId", parley::length(0, 16), parley::sensitive()),
        parley::on("DICOMStudyDescription", parley::length(0, 64), parley::sensitive()),
        parley::on("DICOMNumberOfStudyRelatedSeries", parley::range(0, 1000000), parley::defaulted()),
        parley::on("DICOMNumberOfStudyRelatedInstances", parley::range(0, 10000), parley::defaulted()),
        parley::on("DICOMAccessionNumber", parley::length(0, 256), parley::sensitive()),
        parley::on("DICOMSeriesInstanceUID", parley::length(0, 256),
                   parley::pattern("^(?:[0-9][0-9]*|0)(\\.(?:[1-9][0-9]*|0))*$"), parley::sensitive()),
        parley::on("DICOMSeriesModality", parley::length(0, 16), parley::sensitive()),
        parley::on("DICOMSeriesBodyPart", parley::length(0, 64), parley::sensitive()),
        parley::on("DICOMSeriesNumber", parley::range(-2147483648, 2147483647), parley::sensitive()),
        parley::on("DICOMStudyDate", parley::length(0, 18), parley::sensitive()),
        parley::on("DICOMStudyTime", parley::length(0, 28), parley::sensitive()));
}

struct DICOMUpdates {
    std::optional<parley::blob> removableAttributes{};
    std::optional<parley::blob> updatableAttributes{};
};
BOOST_DESCRIBE_STRUCT(DICOMUpdates, (), (removableAttributes, updatableAttributes))
constexpr auto parley_traits(DICOMUpdates const*) {
    return parley::traits(
        parley::on("removableAttributes", parley::length(1, 10000), parley::sensitive()),
        parley::on("updatableAttributes", parley::length(1, 10000), parley::sensitive()));
}

struct DatastoreProperties {
    std::string datastoreId{};
    std::string datastoreName{};
    parley::open_enum<DatastoreStatus> datastoreStatus{};
    std::optional<std::string> kmsKeyArn{};
    std::optional<std::string> datastoreArn{};
    std::optional<timestamp> createdAt{};
    std::optional<timestamp> updatedAt{};
};
BOOST_DESCRIBE_STRUCT(DatastoreProperties, (),
                      (datastoreId, datastoreName, datastoreStatus, kmsKeyArn, datastoreArn, createdAt, updatedAt))
constexpr auto parley_traits(DatastoreProperties const*) {
    return parley::traits(
        parley::on("datastoreId", parley::pattern("^[0-9a-z]{32}$")),
        parley::on("datastoreName", parley::length(1, 256), parley::pattern("^[A-Za-z0-9._/#-]+$")),
        parley::on("kmsKeyArn", parley::length(1, 512),
                   parley::pattern("^arn:aws[a-zA-Z-]{0,16}:kms:[a-z]{2}(-[a-z]{1,16}){1,3}-\\d{1}:\\d{12}:((key/[a-fA-F0-9]"
                                   "{8}-[a-fA-F0-9]{4}-[a-fA-F0-9]{4}-[a-fA-F0-9]{4}-[a-fA-F0-9]{12})|(alias/[a-zA-Z0-9:/_-]"
                                   "{1,256}))$")),
        parley::on("datastoreArn",
                   parley::pattern("^arn:aws((-us-gov)|(-iso)|(-iso-b)|(-cn))?:medical-imaging:[a-z0-9-]+:[0-9]{12}:"
                                   "datastore/[0-9a-z]{32}(/imageset/[0-9a-z]{32})?$")));
}

struct DatastoreSummary {
    std::string datastoreId{};
    std::string datastoreName{};
    parley::open_enum<DatastoreStatus> datastoreStatus{};
    std::optional<std::string> datastoreArn{};
    std::optional<timestamp> createdAt{};
    std::optional<timestamp> updatedAt{};
};
BOOST_DESCRIBE_STRUCT(DatastoreSummary, (), (datastoreId, datastoreName, datastoreStatus, datastoreArn, createdAt, updatedAt))
constexpr auto parley_traits(DatastoreSummary const*) {
    return parley::traits(
        parley::on("datastoreId", parley::pattern("^[0-9a-z]{32}$")),
        parley::on("datastoreName", parley::length(1, 256), parley::pattern("^[A-Za-z0-9._/#-]+$")),
        parley::on("datastoreArn",
                   parley::pattern("^arn:aws((-us-gov)|(-iso)|(-iso-b)|(-cn))?:medical-imaging:[a-z0-9-]+:[0-9]{12}:"
                                   "datastore/[0-9a-z]{32}(/imageset/[0-9a-z]{32})?$")));
}

struct ImageFrameInformation {
    std::string imageFrameId{};
};
BOOST_DESCRIBE_STRUCT(ImageFrameInformation, (), (imageFrameId))
constexpr auto parley_traits(ImageFrameInformation const*) {
    return parley::traits(parley::on("imageFrameId", parley::pattern("^[0-9a-z]{32}$")));
}

struct Overrides {
    std::optional<bool> forced{};
};
BOOST_DESCRIBE_STRUCT(Overrides, (), (forced))

struct ImageSetProperties {
    std::string imageSetId{};
    std::string versionId{};
    parley::open_enum<ImageSetState> imageSetState{};
    std::optional<parley::open_enum<medical_imaging::ImageSetWorkflowStatus>> ImageSetWorkflowStatus{};
    std::optional<timestamp> createdAt{};
    std::optional<timestamp> updatedAt{};
    std::optional<timestamp> deletedAt{};
    std::optional<std::string> message{};
    std::optional<Overrides> overrides{};
};
BOOST_DESCRIBE_STRUCT(ImageSetProperties, (),
                      (imageSetId, versionId, imageSetState, ImageSetWorkflowStatus, createdAt, updatedAt, deletedAt, message,
                       overrides))
constexpr auto parley_traits(ImageSetProperties const*) {
    return parley::traits(
        parley::on("imageSetId", parley::pattern("^[0-9a-z]{32}$")),
        parley::on("versionId", parley::pattern("^\\d+$")),
        parley::on("message", parley::length(1, 2048), parley::pattern("^[\\w -:]+$")));
}

struct ImageSetsMetadataSummary {
    std::string imageSetId{};
    std::optional<std::int32_t> version{};
    std::optional<timestamp> createdAt{};
    std::optional<timestamp> updatedAt{};
    std::optional<medical_imaging::DICOMTags> DICOMTags{};
};
BOOST_DESCRIBE_STRUCT(ImageSetsMetadataSummary, (), (imageSetId, version, createdAt, updatedAt, DICOMTags))
constexpr auto parley_traits(ImageSetsMetadataSummary const*) {
    return parley::traits(parley::on("imageSetId", parley::pattern("^[0-9a-z]{32}$")));
}

struct MetadataUpdates : std::variant<std::monostate, parley::tagged<"DICOMUpdates", DICOMUpdates>,
                                      parley::tagged<"revertToVersionId", std::string>, parley::unknown_member> {
    using variant::variant;
};
constexpr auto parley_traits(MetadataUpdates const*) {
    return parley::traits(parley::on("revertToVersionId", parley::pattern("^\\d+$")));
}

struct SearchByAttributeValue : std::variant<std::monostate, parley::tagged<"DICOMPatientId", std::string>,
                                             parley::tagged<"DICOMAccessionNumber", std::string>,
                                             parley::tagged<"DICOMStudyId", std::string>,
                                             parley::tagged<"DICOMStudyInstanceUID", std::string>,
                                             parley::tagged<"DICOMSeriesInstanceUID", std::string>,
                                             parley::tagged<"createdAt", timestamp>, parley::tagged<"updatedAt", timestamp>,
                                             parley::tagged<"DICOMStudyDateAndTime", DICOMStudyDateAndTime>,
                                             parley::unknown_member> {
    using variant::variant;
};
constexpr auto parley_traits(SearchByAttributeValue const*) {
    return parley::traits(
        parley::on("DICOMPatientId", parley::length(0, 256), parley::sensitive()),
        parley::on("DICOMAccessionNumber", parley::length(0, 256), parley::sensitive()),
        parley::on("DICOMStudyId", parley::length(0, 16), parley::sensitive()),
        parley::on("DICOMStudyInstanceUID", parley::length(0, 256),
                   parley::pattern("^(?:[0-9][0-9]*|0)(\\.(?:[1-9][0-9]*|0))*$"), parley::sensitive()),
        parley::on("DICOMSeriesInstanceUID", parley::length(0, 256),
                   parley::pattern("^(?:[0-9][0-9]*|0)(\\.(?:[1-9][0-9]*|0))*$"), parley::sensitive()));
}

struct Sort {
    parley::open_enum<SortOrder> sortOrder{};
    parley::open_enum<SortField> sortField{};
};
BOOST_DESCRIBE_STRUCT(Sort, (), (sortOrder, sortField))

struct SearchFilter {
    std::vector<SearchByAttributeValue> values{};
    parley::open_enum<Operator> operator_{};
};
BOOST_DESCRIBE_STRUCT(SearchFilter, (), (values, operator_))
constexpr auto parley_traits(SearchFilter const*) {
    return parley::traits(parley::on("values", parley::length(1, 2)));
}

struct SearchCriteria {
    std::optional<std::vector<SearchFilter>> filters{};
    std::optional<Sort> sort{};
};
BOOST_DESCRIBE_STRUCT(SearchCriteria, (), (filters, sort))
constexpr auto parley_traits(SearchCriteria const*) {
    return parley::traits(parley::on("filters", parley::length(1, 2)));
}

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

struct CopyImageSetRequest {
    parley::required<std::string> datastoreId;
    parley::required<std::string> sourceImageSetId;
    parley::required<CopyImageSetInformation> copyImageSetInformation;
    std::optional<bool> force{};
};
BOOST_DESCRIBE_STRUCT(CopyImageSetRequest, (), (datastoreId, sourceImageSetId, copyImageSetInformation, force))
constexpr auto parley_traits(CopyImageSetRequest const*) {
    return parley::traits(
        parley::on("datastoreId", parley::pattern("^[0-9a-z]{32}$")),
        parley::on("sourceImageSetId", parley::pattern("^[0-9a-z]{32}$")));
}

struct CopyImageSetResponse {
    std::string datastoreId{};
    CopySourceImageSetProperties sourceImageSetProperties{};
    CopyDestinationImageSetProperties destinationImageSetProperties{};
};
BOOST_DESCRIBE_STRUCT(CopyImageSetResponse, (), (datastoreId, sourceImageSetProperties, destinationImageSetProperties))
constexpr auto parley_traits(CopyImageSetResponse const*) {
    return parley::traits(parley::on("datastoreId", parley::pattern("^[0-9a-z]{32}$")));
}

struct CopyImageSet {
    using input = CopyImageSetRequest;
    using output = CopyImageSetResponse;
    using errors = parley::errors<AccessDeniedException, ConflictException, InternalServerException, ResourceNotFoundException,
                                  ServiceQuotaExceededException, ThrottlingException, ValidationException>;
    using service = MedicalImaging;
    static constexpr auto http = parley::http("POST /datastore/{datastoreId}/imageSet/{sourceImageSetId}/copyImageSet?force={"
                                              "force}\n"
                                              "host: runtime-*\n"
                                              "\n"
                                              "{copyImageSetInformation}");
};

struct CreateDatastoreRequest {
    std::optional<std::string> datastoreName{};
    std::optional<std::string> clientToken{};
    std::optional<std::map<std::string, std::string>> tags{};
    std::optional<std::string> kmsKeyArn{};
};
BOOST_DESCRIBE_STRUCT(CreateDatastoreRequest, (), (datastoreName, clientToken, tags, kmsKeyArn))
constexpr auto parley_traits(CreateDatastoreRequest const*) {
    return parley::traits(
        parley::on("datastoreName", parley::length(1, 256), parley::pattern("^[A-Za-z0-9._/#-]+$")),
        parley::on("clientToken", parley::length(1, 64), parley::pattern("^[A-Za-z0-9._-]+$"), parley::idempotency_token()),
        parley::on("tags", parley::keys(parley::length(1, 128), parley::pattern("^(?!aws:)[a-zA-Z+-=._:/]+$")),
                   parley::each(parley::length(0, 256))),
        parley::on("kmsKeyArn", parley::length(1, 512),
                   parley::pattern("^arn:aws[a-zA-Z-]{0,16}:kms:[a-z]{2}(-[a-z]{1,16}){1,3}-\\d{1}:\\d{12}:((key/[a-fA-F0-"
                                   "9]{8}-[a-fA-F0-9]{4}-[a-fA-F0-9]{4}-[a-fA-F0-9]{4}-[a-fA-F0-9]{12})|(alias/[a-zA-Z0-9:/"
                                   "_-]{1,256}))$")));
}

struct CreateDatastoreResponse {
    std::string datastoreId{};
    parley::open_enum<DatastoreStatus> datastoreStatus{};
};
BOOST_DESCRIBE_STRUCT(CreateDatastoreResponse, (), (datastoreId, datastoreStatus))
constexpr auto parley_traits(CreateDatastoreResponse const*) {
    return parley::traits(parley::on("datastoreId", parley::pattern("^[0-9a-z]{32}$")));
}

struct CreateDatastore {
    using input = CreateDatastoreRequest;
    using output = CreateDatastoreResponse;
    using errors = parley::errors<AccessDeniedException, ConflictException, InternalServerException,
                                  ServiceQuotaExceededException, ThrottlingException, ValidationException>;
    using service = MedicalImaging;
    static constexpr auto http = parley::http("POST /datastore");
    static constexpr parley::operation_traits traits{.idempotent = true};
};

struct DeleteDatastoreRequest {
    parley::required<std::string> datastoreId;
};
BOOST_DESCRIBE_STRUCT(DeleteDatastoreRequest, (), (datastoreId))
constexpr auto parley_traits(DeleteDatastoreRequest const*) {
    return parley::traits(parley::on("datastoreId", parley::pattern("^[0-9a-z]{32}$")));
}

struct DeleteDatastoreResponse {
    std::string datastoreId{};
    parley::open_enum<DatastoreStatus> datastoreStatus{};
};
BOOST_DESCRIBE_STRUCT(DeleteDatastoreResponse, (), (datastoreId, datastoreStatus))
constexpr auto parley_traits(DeleteDatastoreResponse const*) {
    return parley::traits(parley::on("datastoreId", parley::pattern("^[0-9a-z]{32}$")));
}

struct DeleteDatastore {
    using input = DeleteDatastoreRequest;
    using output = DeleteDatastoreResponse;
    using errors = parley::errors<AccessDeniedException, ConflictException, InternalServerException, ResourceNotFoundException,
                                  ThrottlingException, ValidationException>;
    using service = MedicalImaging;
    static constexpr auto http = parley::http("DELETE /datastore/{datastoreId}");
    static constexpr parley::operation_traits traits{.idempotent = true};
};

struct DeleteImageSetRequest {
    parley::required<std::string> datastoreId;
    parley::required<std::string> imageSetId;
};
BOOST_DESCRIBE_STRUCT(DeleteImageSetRequest, (), (datastoreId, imageSetId))
constexpr auto parley_traits(DeleteImageSetRequest const*) {
    return parley::traits(
        parley::on("datastoreId", parley::pattern("^[0-9a-z]{32}$")),
        parley::on("imageSetId", parley::pattern("^[0-9a-z]{32}$")));
}

struct DeleteImageSetResponse {
    std::string datastoreId{};
    std::string imageSetId{};
    parley::open_enum<ImageSetState> imageSetState{};
    parley::open_enum<ImageSetWorkflowStatus> imageSetWorkflowStatus{};
};
BOOST_DESCRIBE_STRUCT(DeleteImageSetResponse, (), (datastoreId, imageSetId, imageSetState, imageSetWorkflowStatus))
constexpr auto parley_traits(DeleteImageSetResponse const*) {
    return parley::traits(
        parley::on("datastoreId", parley::pattern("^[0-9a-z]{32}$")),
        parley::on("imageSetId", parley::pattern("^[0-9a-z]{32}$")));
}

struct DeleteImageSet {
    using input = DeleteImageSetRequest;
    using output = DeleteImageSetResponse;
    using errors = parley::errors<AccessDeniedException, ConflictException, InternalServerException, ResourceNotFoundException,
                                  ThrottlingException, ValidationException>;
    using service = MedicalImaging;
    static constexpr auto http = parley::http("POST /datastore/{datastoreId}/imageSet/{imageSetId}/deleteImageSet\n"
                                              "host: runtime-*");
    static constexpr parley::operation_traits traits{.idempotent = true};
};

struct GetDICOMImportJobRequest {
    parley::required<std::string> datastoreId;
    parley::required<std::string> jobId;
};
BOOST_DESCRIBE_STRUCT(GetDICOMImportJobRequest, (), (datastoreId, jobId))
constexpr auto parley_traits(GetDICOMImportJobRequest const*) {
    return parley::traits(
        parley::on("datastoreId", parley::pattern("^[0-9a-z]{32}$")),
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
    static constexpr parley::operation_traits traits{.readonly = true};
};

struct GetDatastoreRequest {
    parley::required<std::string> datastoreId;
};
BOOST_DESCRIBE_STRUCT(GetDatastoreRequest, (), (datastoreId))
constexpr auto parley_traits(GetDatastoreRequest const*) {
    return parley::traits(parley::on("datastoreId", parley::pattern("^[0-9a-z]{32}$")));
}

struct GetDatastoreResponse {
    DatastoreProperties datastoreProperties{};
};
BOOST_DESCRIBE_STRUCT(GetDatastoreResponse, (), (datastoreProperties))

struct GetDatastore {
    using input = GetDatastoreRequest;
    using output = GetDatastoreResponse;
    using errors = parley::errors<AccessDeniedException, InternalServerException, ResourceNotFoundException,
                                  ThrottlingException, ValidationException>;
    using service = MedicalImaging;
    static constexpr auto http = parley::http("GET /datastore/{datastoreId}");
    static constexpr parley::operation_traits traits{.readonly = true};
};

struct GetImageFrameRequest {
    parley::required<std::string> datastoreId;
    parley::required<std::string> imageSetId;
    parley::required<ImageFrameInformation> imageFrameInformation;
};
BOOST_DESCRIBE_STRUCT(GetImageFrameRequest, (), (datastoreId, imageSetId, imageFrameInformation))
constexpr auto parley_traits(GetImageFrameRequest const*) {
    return parley::traits(
        parley::on("datastoreId", parley::pattern("^[0-9a-z]{32}$")),
        parley::on("imageSetId", parley::pattern("^[0-9a-z]{32}$")));
}

struct GetImageFrameResponse {
    parley::blob imageFrameBlob{};
    std::optional<std::string> contentType{};
};
BOOST_DESCRIBE_STRUCT(GetImageFrameResponse, (), (imageFrameBlob, contentType))

struct GetImageFrame {
    using input = GetImageFrameRequest;
    using output = GetImageFrameResponse;
    using errors = parley::errors<AccessDeniedException, ConflictException, InternalServerException, ResourceNotFoundException,
                                  ThrottlingException, ValidationException>;
    using service = MedicalImaging;
    static constexpr auto http = parley::http("POST /datastore/{datastoreId}/imageSet/{imageSetId}/getImageFrame\n"
                                              "host: runtime-*\n"
                                              "\n"
                                              "{imageFrameInformation}",
                                              "200\n"
                                              "Content-Type: {contentType}\n"
                                              "\n"
                                              "{imageFrameBlob}");
    static constexpr parley::operation_traits traits{.readonly = true};
};

struct GetImageSetRequest {
    parley::required<std::string> datastoreId;
    parley::required<std::string> imageSetId;
    std::optional<std::string> versionId{};
};
BOOST_DESCRIBE_STRUCT(GetImageSetRequest, (), (datastoreId, imageSetId, versionId))
constexpr auto parley_traits(GetImageSetRequest const*) {
    return parley::traits(
        parley::on("datastoreId", parley::pattern("^[0-9a-z]{32}$")),
        parley::on("imageSetId", parley::pattern("^[0-9a-z]{32}$")),
        parley::on("versionId", parley::pattern("^\\d+$")));
}

struct GetImageSetResponse {
    std::string datastoreId{};
    std::string imageSetId{};
    std::string versionId{};
    parley::open_enum<ImageSetState> imageSetState{};
    std::optional<parley::open_enum<ImageSetWorkflowStatus>> imageSetWorkflowStatus{};
    std::optional<timestamp> createdAt{};
    std::optional<timestamp> updatedAt{};
    std::optional<timestamp> deletedAt{};
    std::optional<std::string> message{};
    std::optional<std::string> imageSetArn{};
    std::optional<Overrides> overrides{};
};
BOOST_DESCRIBE_STRUCT(GetImageSetResponse, (),
                      (datastoreId, imageSetId, versionId, imageSetState, imageSetWorkflowStatus, createdAt, updatedAt,
                       deletedAt, message, imageSetArn, overrides))
constexpr auto parley_traits(GetImageSetResponse const*) {
    return parley::traits(
        parley::on("datastoreId", parley::pattern("^[0-9a-z]{32}$")),
        parley::on("imageSetId", parley::pattern("^[0-9a-z]{32}$")),
        parley::on("versionId", parley::pattern("^\\d+$")),
        parley::on("message", parley::length(1, 2048), parley::pattern("^[\\w -:]+$")),
        parley::on("imageSetArn",
                   parley::pattern("^arn:aws((-us-gov)|(-iso)|(-iso-b)|(-cn))?:medical-imaging:[a-z0-9-]+:[0-9]{12}:"
                                   "datastore/[0-9a-z]{32}(/imageset/[0-9a-z]{32})?$")));
}

struct GetImageSet {
    using input = GetImageSetRequest;
    using output = GetImageSetResponse;
    using errors = parley::errors<AccessDeniedException, ConflictException, InternalServerException, ResourceNotFoundException,
                                  ThrottlingException, ValidationException>;
    using service = MedicalImaging;
    static constexpr auto http = parley::http("POST /datastore/{datastoreId}/imageSet/{imageSetId}/getImageSet?version={"
                                              "versionId}\n"
                                              "host: runtime-*");
    static constexpr parley::operation_traits traits{.readonly = true};
};

struct GetImageSetMetadataRequest {
    parley::required<std::string> datastoreId;
    parley::required<std::string> imageSetId;
    std::optional<std::string> versionId{};
};
BOOST_DESCRIBE_STRUCT(GetImageSetMetadataRequest, (), (datastoreId, imageSetId, versionId))
constexpr auto parley_traits(GetImageSetMetadataRequest const*) {
    return parley::traits(
        parley::on("datastoreId", parley::pattern("^[0-9a-z]{32}$")),
        parley::on("imageSetId", parley::pattern("^[0-9a-z]{32}$")),
        parley::on("versionId", parley::pattern("^\\d+$")));
}

struct GetImageSetMetadataResponse {
    parley::blob imageSetMetadataBlob{};
    std::optional<std::string> contentType{};
    std::optional<std::string> contentEncoding{};
};
BOOST_DESCRIBE_STRUCT(GetImageSetMetadataResponse, (), (imageSetMetadataBlob, contentType, contentEncoding))

struct GetImageSetMetadata {
    using input = GetImageSetMetadataRequest;
    using output = GetImageSetMetadataResponse;
    using errors = parley::errors<AccessDeniedException, ConflictException, InternalServerException, ResourceNotFoundException,
                                  ThrottlingException, ValidationException>;
    using service = MedicalImaging;
    static constexpr auto http = parley::http("POST /datastore/{datastoreId}/imageSet/{imageSetId}/getImageSetMetadata?"
                                              "version={versionId}\n"
                                              "host: runtime-*",
                                              "200\n"
                                              "Content-Type: {contentType}\n"
                                              "Content-Encoding: {contentEncoding}\n"
                                              "\n"
                                              "{imageSetMetadataBlob}");
    static constexpr parley::operation_traits traits{.readonly = true};
};

struct ListDICOMImportJobsRequest {
    parley::required<std::string> datastoreId;
    std::optional<parley::open_enum<JobStatus>> jobStatus{};
    std::optional<std::string> nextToken{};
    std::optional<std::int32_t> maxResults{};
};
BOOST_DESCRIBE_STRUCT(ListDICOMImportJobsRequest, (), (datastoreId, jobStatus, nextToken, maxResults))
constexpr auto parley_traits(ListDICOMImportJobsRequest const*) {
    return parley::traits(
        parley::on("datastoreId", parley::pattern("^[0-9a-z]{32}$")),
        parley::on("nextToken", parley::length(1, 8192), parley::pattern("^\\p{ASCII}{0,8192}$")),
        parley::on("maxResults", parley::range(1, 50)));
}

struct ListDICOMImportJobsResponse {
    std::vector<DICOMImportJobSummary> jobSummaries{};
    std::optional<std::string> nextToken{};
};
BOOST_DESCRIBE_STRUCT(ListDICOMImportJobsResponse, (), (jobSummaries, nextToken))
constexpr auto parley_traits(ListDICOMImportJobsResponse const*) {
    return parley::traits(parley::on("nextToken", parley::length(1, 8192), parley::pattern("^\\p{ASCII}{0,8192}$")));
}

struct ListDICOMImportJobs {
    using input = ListDICOMImportJobsRequest;
    using output = ListDICOMImportJobsResponse;
    using errors = parley::errors<AccessDeniedException, ConflictException, InternalServerException, ResourceNotFoundException,
                                  ThrottlingException, ValidationException>;
    using service = MedicalImaging;
    static constexpr auto http = parley::http("GET /listDICOMImportJobs/datastore/{datastoreId}?jobStatus={jobStatus}"
                                              "&nextToken={nextToken}&maxResults={maxResults}");
    static constexpr parley::operation_traits traits{.readonly = true};
    static constexpr parley::paginated pagination{.input_token = "nextToken", .output_token = "nextToken",
                                                  .page_size = "maxResults", .items = "jobSummaries"};
};

struct ListDatastoresRequest {
    std::optional<parley::open_enum<DatastoreStatus>> datastoreStatus{};
    std::optional<std::string> nextToken{};
    std::optional<std::int32_t> maxResults{};
};
BOOST_DESCRIBE_STRUCT(ListDatastoresRequest, (), (datastoreStatus, nextToken, maxResults))
constexpr auto parley_traits(ListDatastoresRequest const*) {
    return parley::traits(
        parley::on("nextToken", parley::length(1, 8192), parley::pattern("^\\p{ASCII}{0,8192}$")),
        parley::on("maxResults", parley::range(1, 50)));
}

struct ListDatastoresResponse {
    std::optional<std::vector<DatastoreSummary>> datastoreSummaries{};
    std::optional<std::string> nextToken{};
};
BOOST_DESCRIBE_STRUCT(ListDatastoresResponse, (), (datastoreSummaries, nextToken))
constexpr auto parley_traits(ListDatastoresResponse const*) {
    return parley::traits(parley::on("nextToken", parley::length(1, 8192), parley::pattern("^\\p{ASCII}{0,8192}$")));
}

struct ListDatastores {
    using input = ListDatastoresRequest;
    using output = ListDatastoresResponse;
    using errors = parley::errors<AccessDeniedException, InternalServerException, ThrottlingException, ValidationException>;
    using service = MedicalImaging;
    static constexpr auto http = parley::http("GET /datastore?datastoreStatus={datastoreStatus}&nextToken={nextToken}"
                                              "&maxResults={maxResults}");
    static constexpr parley::operation_traits traits{.readonly = true};
    static constexpr parley::paginated pagination{.input_token = "nextToken", .output_token = "nextToken",
                                                  .page_size = "maxResults", .items = "datastoreSummaries"};
};

struct ListImageSetVersionsRequest {
    parley::required<std::string> datastoreId;
    parley::required<std::string> imageSetId;
    std::optional<std::string> nextToken{};
    std::optional<std::int32_t> maxResults{};
};
BOOST_DESCRIBE_STRUCT(ListImageSetVersionsRequest, (), (datastoreId, imageSetId, nextToken, maxResults))
constexpr auto parley_traits(ListImageSetVersionsRequest const*) {
    return parley::traits(
        parley::on("datastoreId", parley::pattern("^[0-9a-z]{32}$")),
        parley::on("imageSetId", parley::pattern("^[0-9a-z]{32}$")),
        parley::on("nextToken", parley::length(1, 8192), parley::pattern("^\\p{ASCII}{0,8192}$")),
        parley::on("maxResults", parley::range(1, 50)));
}

struct ListImageSetVersionsResponse {
    std::vector<ImageSetProperties> imageSetPropertiesList{};
    std::optional<std::string> nextToken{};
};
BOOST_DESCRIBE_STRUCT(ListImageSetVersionsResponse, (), (imageSetPropertiesList, nextToken))
constexpr auto parley_traits(ListImageSetVersionsResponse const*) {
    return parley::traits(parley::on("nextToken", parley::length(1, 8192), parley::pattern("^\\p{ASCII}{0,8192}$")));
}

struct ListImageSetVersions {
    using input = ListImageSetVersionsRequest;
    using output = ListImageSetVersionsResponse;
    using errors = parley::errors<AccessDeniedException, ConflictException, InternalServerException, ResourceNotFoundException,
                                  ThrottlingException, ValidationException>;
    using service = MedicalImaging;
    static constexpr auto http = parley::http("POST /datastore/{datastoreId}/imageSet/{imageSetId}/listImageSetVersions?"
                                              "nextToken={nextToken}&maxResults={maxResults}\n"
                                              "host: runtime-*");
    static constexpr parley::operation_traits traits{.readonly = true};
    static constexpr parley::paginated pagination{.input_token = "nextToken", .output_token = "nextToken",
                                                  .page_size = "maxResults", .items = "imageSetPropertiesList"};
};

struct ListTagsForResourceRequest {
    parley::required<std::string> resourceArn;
};
BOOST_DESCRIBE_STRUCT(ListTagsForResourceRequest, (), (resourceArn))
constexpr auto parley_traits(ListTagsForResourceRequest const*) {
    return parley::traits(parley::on("resourceArn",
                                     parley::pattern("^arn:aws((-us-gov)|(-iso)|(-iso-b)|(-cn))?:medical-imaging:[a-z0-9-]+"
                                                     ":[0-9]{12}:datastore/[0-9a-z]{32}(/imageset/[0-9a-z]{32})?$")));
}

struct ListTagsForResourceResponse {
    std::map<std::string, std::string> tags{};
};
BOOST_DESCRIBE_STRUCT(ListTagsForResourceResponse, (), (tags))
constexpr auto parley_traits(ListTagsForResourceResponse const*) {
    return parley::traits(parley::on("tags",
                                     parley::keys(parley::length(1, 128), parley::pattern("^(?!aws:)[a-zA-Z+-=._:/]+$")),
                                     parley::each(parley::length(0, 256))));
}

struct ListTagsForResource {
    using input = ListTagsForResourceRequest;
    using output = ListTagsForResourceResponse;
    using errors = parley::errors<AccessDeniedException, InternalServerException, ResourceNotFoundException,
                                  ThrottlingException, ValidationException>;
    using service = MedicalImaging;
    static constexpr auto http = parley::http("GET /tags/{resourceArn}");
    static constexpr parley::operation_traits traits{.readonly = true};
};

struct SearchImageSetsRequest {
    parley::required<std::string> datastoreId;
    std::optional<SearchCriteria> searchCriteria{};
    std::optional<std::int32_t> maxResults{};
    std::optional<std::string> nextToken{};
};
BOOST_DESCRIBE_STRUCT(SearchImageSetsRequest, (), (datastoreId, searchCriteria, maxResults, nextToken))
constexpr auto parley_traits(SearchImageSetsRequest const*) {
    return parley::traits(
        parley::on("datastoreId", parley::pattern("^[0-9a-z]{32}$")),
        parley::on("searchCriteria", parley::sensitive()),
        parley::on("maxResults", parley::range(1, 50)),
        parley::on("nextToken", parley::length(1, 8192), parley::pattern("^\\p{ASCII}{0,8192}$")));
}

struct SearchImageSetsResponse {
    std::vector<ImageSetsMetadataSummary> imageSetsMetadataSummaries{};
    std::optional<Sort> sort{};
    std::optional<std::string> nextToken{};
};
BOOST_DESCRIBE_STRUCT(SearchImageSetsResponse, (), (imageSetsMetadataSummaries, sort, nextToken))
constexpr auto parley_traits(SearchImageSetsResponse const*) {
    return parley::traits(parley::on("nextToken", parley::length(1, 8192), parley::pattern("^\\p{ASCII}{0,8192}$")));
}

struct SearchImageSets {
    using input = SearchImageSetsRequest;
    using output = SearchImageSetsResponse;
    using errors = parley::errors<AccessDeniedException, ConflictException, InternalServerException, ResourceNotFoundException,
                                  ThrottlingException, ValidationException>;
    using service = MedicalImaging;
    static constexpr auto http = parley::http("POST /datastore/{datastoreId}/searchImageSets?maxResults={maxResults}"
                                              "&nextToken={nextToken}\n"
                                              "host: runtime-*\n"
                                              "\n"
                                              "{searchCriteria}");
    static constexpr parley::paginated pagination{.input_token = "nextToken", .output_token = "nextToken",
                                                  .page_size = "maxResults", .items = "imageSetsMetadataSummaries"};
};

struct StartDICOMImportJobRequest {
    std::optional<std::string> jobName{};
    parley::required<std::string> dataAccessRoleArn;
    std::optional<std::string> clientToken{};
    parley::required<std::string> datastoreId;
    parley::required<std::string> inputS3Uri;
    parley::required<std::string> outputS3Uri;
    std::optional<std::string> inputOwnerAccountId{};
};
BOOST_DESCRIBE_STRUCT(StartDICOMImportJobRequest, (),
                      (jobName, dataAccessRoleArn, clientToken, datastoreId, inputS3Uri, outputS3Uri, inputOwnerAccountId))
constexpr auto parley_traits(StartDICOMImportJobRequest const*) {
    return parley::traits(
        parley::on("jobName", parley::length(1, 64), parley::pattern("^[A-Za-z0-9._/#-]+$")),
        parley::on("dataAccessRoleArn", parley::length(20, 2048), parley::pattern("^arn:aws(-[^:]+)?:iam::[0-9]{12}:role/.+$")),
        parley::on("clientToken", parley::length(1, 64), parley::pattern("^[A-Za-z0-9._-]+$"), parley::idempotency_token()),
        parley::on("datastoreId", parley::pattern("^[0-9a-z]{32}$")),
        parley::on("inputS3Uri", parley::length(1, 1024), parley::pattern("^s3://[a-z0-9][\\.\\-a-z0-9]{1,61}[a-z0-9](/.*)?$")),
        parley::on("outputS3Uri", parley::length(1, 1024),
                   parley::pattern("^s3://[a-z0-9][\\.\\-a-z0-9]{1,61}[a-z0-9](/.*)?$")),
        parley::on("inputOwnerAccountId", parley::length(12, 12), parley::pattern("^\\d+$")));
}

struct StartDICOMImportJobResponse {
    std::string datastoreId{};
    std::string jobId{};
    parley::open_enum<JobStatus> jobStatus{};
    timestamp submittedAt{};
};
BOOST_DESCRIBE_STRUCT(StartDICOMImportJobResponse, (), (datastoreId, jobId, jobStatus, submittedAt))
constexpr auto parley_traits(StartDICOMImportJobResponse const*) {
    return parley::traits(
        parley::on("datastoreId", parley::pattern("^[0-9a-z]{32}$")),
        parley::on("jobId", parley::length(1, 32), parley::pattern("^[0-9a-z]+$")));
}

struct StartDICOMImportJob {
    using input = StartDICOMImportJobRequest;
    using output = StartDICOMImportJobResponse;
    using errors = parley::errors<AccessDeniedException, ConflictException, InternalServerException, ResourceNotFoundException,
                                  ServiceQuotaExceededException, ThrottlingException, ValidationException>;
    using service = MedicalImaging;
    static constexpr auto http = parley::http("POST /startDICOMImportJob/datastore/{datastoreId}");
    static constexpr parley::operation_traits traits{.idempotent = true};
};

struct TagResourceRequest {
    parley::required<std::string> resourceArn;
    parley::required<std::map<std::string, std::string>> tags;
};
BOOST_DESCRIBE_STRUCT(TagResourceRequest, (), (resourceArn, tags))
constexpr auto parley_traits(TagResourceRequest const*) {
    return parley::traits(
        parley::on("resourceArn",
                   parley::pattern("^arn:aws((-us-gov)|(-iso)|(-iso-b)|(-cn))?:medical-imaging:[a-z0-9-]+:[0-9]{12}:"
                                   "datastore/[0-9a-z]{32}(/imageset/[0-9a-z]{32})?$")),
        parley::on("tags", parley::keys(parley::length(1, 128), parley::pattern("^(?!aws:)[a-zA-Z+-=._:/]+$")),
                   parley::each(parley::length(0, 256))));
}

struct TagResourceResponse {};
BOOST_DESCRIBE_STRUCT(TagResourceResponse, (), ())

struct TagResource {
    using input = TagResourceRequest;
    using output = TagResourceResponse;
    using errors = parley::errors<AccessDeniedException, InternalServerException, ResourceNotFoundException,
                                  ThrottlingException, ValidationException>;
    using service = MedicalImaging;
    static constexpr auto http = parley::http("POST /tags/{resourceArn}");
    static constexpr parley::operation_traits traits{.idempotent = true};
};

struct UntagResourceRequest {
    parley::required<std::string> resourceArn;
    parley::required<std::vector<std::string>> tagKeys;
};
BOOST_DESCRIBE_STRUCT(UntagResourceRequest, (), (resourceArn, tagKeys))
constexpr auto parley_traits(UntagResourceRequest const*) {
    return parley::traits(
        parley::on("resourceArn",
                   parley::pattern("^arn:aws((-us-gov)|(-iso)|(-iso-b)|(-cn))?:medical-imaging:[a-z0-9-]+:[0-9]{12}:"
                                   "datastore/[0-9a-z]{32}(/imageset/[0-9a-z]{32})?$")),
        parley::on("tagKeys", parley::length(0, 200),
                   parley::each(parley::length(1, 128), parley::pattern("^(?!aws:)[a-zA-Z+-=._:/]+$"))));
}

struct UntagResourceResponse {};
BOOST_DESCRIBE_STRUCT(UntagResourceResponse, (), ())

struct UntagResource {
    using input = UntagResourceRequest;
    using output = UntagResourceResponse;
    using errors = parley::errors<AccessDeniedException, InternalServerException, ResourceNotFoundException,
                                  ThrottlingException, ValidationException>;
    using service = MedicalImaging;
    static constexpr auto http = parley::http("DELETE /tags/{resourceArn}?tagKeys={tagKeys}");
    static constexpr parley::operation_traits traits{.idempotent = true};
};

struct UpdateImageSetMetadataRequest {
    parley::required<std::string> datastoreId;
    parley::required<std::string> imageSetId;
    parley::required<std::string> latestVersionId;
    std::optional<bool> force{};
    parley::required<MetadataUpdates> updateImageSetMetadataUpdates;
};
BOOST_DESCRIBE_STRUCT(UpdateImageSetMetadataRequest, (),
                      (datastoreId, imageSetId, latestVersionId, force, updateImageSetMetadataUpdates))
constexpr auto parley_traits(UpdateImageSetMetadataRequest const*) {
    return parley::traits(
        parley::on("datastoreId", parley::pattern("^[0-9a-z]{32}$")),
        parley::on("imageSetId", parley::pattern("^[0-9a-z]{32}$")),
        parley::on("latestVersionId", parley::pattern("^\\d+$")));
}

struct UpdateImageSetMetadataResponse {
    std::string datastoreId{};
    std::string imageSetId{};
    std::string latestVersionId{};
    parley::open_enum<ImageSetState> imageSetState{};
    std::optional<parley::open_enum<ImageSetWorkflowStatus>> imageSetWorkflowStatus{};
    std::optional<timestamp> createdAt{};
    std::optional<timestamp> updatedAt{};
    std::optional<std::string> message{};
};
BOOST_DESCRIBE_STRUCT(UpdateImageSetMetadataResponse, (),
                      (datastoreId, imageSetId, latestVersionId, imageSetState, imageSetWorkflowStatus, createdAt, updatedAt,
                       message))
constexpr auto parley_traits(UpdateImageSetMetadataResponse const*) {
    return parley::traits(
        parley::on("datastoreId", parley::pattern("^[0-9a-z]{32}$")),
        parley::on("imageSetId", parley::pattern("^[0-9a-z]{32}$")),
        parley::on("latestVersionId", parley::pattern("^\\d+$")),
        parley::on("message", parley::length(1, 2048), parley::pattern("^[\\w -:]+$")));
}

struct UpdateImageSetMetadata {
    using input = UpdateImageSetMetadataRequest;
    using output = UpdateImageSetMetadataResponse;
    using errors = parley::errors<AccessDeniedException, ConflictException, InternalServerException, ResourceNotFoundException,
                                  ServiceQuotaExceededException, ThrottlingException, ValidationException>;
    using service = MedicalImaging;
    static constexpr auto http = parley::http("POST /datastore/{datastoreId}/imageSet/{imageSetId}/updateImageSetMetadata?"
                                              "latestVersion={latestVersionId}&force={force}\n"
                                              "host: runtime-*\n"
                                              "\n"
                                              "{updateImageSetMetadataUpdates}");
};

struct MedicalImaging {
    using protocol = parley::rest_json;
    using operations = parley::operations<CopyImageSet, CreateDatastore, DeleteDatastore, DeleteImageSet, GetDICOMImportJob,
                                          GetDatastore, GetImageFrame, GetImageSet, GetImageSetMetadata, ListDICOMImportJobs,
                                          ListDatastores, ListImageSetVersions, ListTagsForResource, SearchImageSets,
                                          StartDICOMImportJob, TagResource, UntagResource, UpdateImageSetMetadata>;
    using errors = parley::errors<AccessDeniedException, ConflictException, InternalServerException, ResourceNotFoundException,
                                  ServiceQuotaExceededException, ThrottlingException, ValidationException>;
    static constexpr auto error_scheme = parley::aws_errors();
    static constexpr parley::aws_service aws{.sdk_id = "Medical Imaging", .signing_name = "medical-imaging",
                                             .endpoint_prefix = "medical-imaging", .version = "2023-07-19",
                                             .endpoint_rules = R"json(
{"version":"1.0","parameters":{"Region":{"builtIn":"AWS::Region","required":false,"type":"String"},"UseDualStack":
{"builtIn":"AWS::UseDualStack","required":true,"default":false,"type":"Boolean"},"UseFIPS":{"builtIn":"AWS::UseFIPS",
"required":true,"default":false,"type":"Boolean"},"Endpoint":{"builtIn":"SDK::Endpoint","required":false,"type":"String"}},
"rules":[{"conditions":[{"fn":"isSet","argv":[{"ref":"Endpoint"}]}],"rules":[{"conditions":[{"fn":"booleanEquals","argv":
[{"ref":"UseFIPS"},true]}],"error":"Invalid Configuration: FIPS and custom endpoint are not supported","type":"error"},
{"conditions":[],"rules":[{"conditions":[{"fn":"booleanEquals","argv":[{"ref":"UseDualStack"},true]}],
"error":"Invalid Configuration: Dualstack and custom endpoint are not supported","type":"error"},{"conditions":[],"endpoint":
{"url":{"ref":"Endpoint"},"properties":{},"headers":{}},"type":"endpoint"}],"type":"tree"}],"type":"tree"},{"conditions":[],
"rules":[{"conditions":[{"fn":"isSet","argv":[{"ref":"Region"}]}],"rules":[{"conditions":[{"fn":"aws.partition","argv":
[{"ref":"Region"}],"assign":"PartitionResult"}],"rules":[{"conditions":[{"fn":"booleanEquals","argv":[{"ref":"UseFIPS"},true]},
{"fn":"booleanEquals","argv":[{"ref":"UseDualStack"},true]}],"rules":[{"conditions":[{"fn":"booleanEquals","argv":[true,
{"fn":"getAttr","argv":[{"ref":"PartitionResult"},"supportsFIPS"]}]},{"fn":"booleanEquals","argv":[true,{"fn":"getAttr","argv":
[{"ref":"PartitionResult"},"supportsDualStack"]}]}],"rules":[{"conditions":[],"rules":[{"conditions":[],"endpoint":
{"url":"https://medical-imaging-fips.{Region}.{PartitionResult#dualStackDnsSuffix}","properties":{},"headers":{}},
"type":"endpoint"}],"type":"tree"}],"type":"tree"},{"conditions":[],
"error":"FIPS and DualStack are enabled, but this partition does not support one or both","type":"error"}],"type":"tree"},
{"conditions":[{"fn":"booleanEquals","argv":[{"ref":"UseFIPS"},true]}],"rules":[{"conditions":[{"fn":"booleanEquals","argv":
[{"fn":"getAttr","argv":[{"ref":"PartitionResult"},"supportsFIPS"]},true]}],"rules":[{"conditions":[],"rules":[{"conditions":[],
"endpoint":{"url":"https://medical-imaging-fips.{Region}.{PartitionResult#dnsSuffix}","properties":{},"headers":{}},
"type":"endpoint"}],"type":"tree"}],"type":"tree"},{"conditions":[],
"error":"FIPS is enabled but this partition does not support FIPS","type":"error"}],"type":"tree"},{"conditions":
[{"fn":"booleanEquals","argv":[{"ref":"UseDualStack"},true]}],"rules":[{"conditions":[{"fn":"booleanEquals","argv":[true,
{"fn":"getAttr","argv":[{"ref":"PartitionResult"},"supportsDualStack"]}]}],"rules":[{"conditions":[],"rules":[{"conditions":[],
"endpoint":{"url":"https://medical-imaging.{Region}.{PartitionResult#dualStackDnsSuffix}","properties":{},"headers":{}},
"type":"endpoint"}],"type":"tree"}],"type":"tree"},{"conditions":[],
"error":"DualStack is enabled but this partition does not support DualStack","type":"error"}],"type":"tree"},{"conditions":[],
"rules":[{"conditions":[],"endpoint":{"url":"https://medical-imaging.{Region}.{PartitionResult#dnsSuffix}","properties":{},
"headers":{}},"type":"endpoint"}],"type":"tree"}],"type":"tree"}],"type":"tree"},{"conditions":[],
"error":"Invalid Configuration: Missing Region","type":"error"}],"type":"tree"}]})json"};
};

} // namespace medical_imaging

#endif
