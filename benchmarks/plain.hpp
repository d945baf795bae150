// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_BENCHMARKS_PLAIN_HPP
#define PARLEY_BENCHMARKS_PLAIN_HPP

// The payloads as plain structs, as a user of any library would write them. Timestamps are doubles.

#include <boost/describe.hpp>

#include <optional>
#include <string>
#include <vector>

namespace plain {

enum class job_status { SUBMITTED, IN_PROGRESS, COMPLETED, FAILED };
BOOST_DESCRIBE_ENUM(job_status, SUBMITTED, IN_PROGRESS, COMPLETED, FAILED)
enum class sort_order { ASC, DESC };
BOOST_DESCRIBE_ENUM(sort_order, ASC, DESC)
enum class sort_field { updatedAt, createdAt, DICOMStudyDateAndTime };
BOOST_DESCRIBE_ENUM(sort_field, updatedAt, createdAt, DICOMStudyDateAndTime)
enum class filter_operator { EQUAL, BETWEEN };
BOOST_DESCRIBE_ENUM(filter_operator, EQUAL, BETWEEN)

struct job_properties {
    std::string jobId;
    std::string jobName;
    job_status jobStatus{};
    std::string datastoreId;
    std::string dataAccessRoleArn;
    std::optional<double> endedAt;
    std::optional<double> submittedAt;
    std::string inputS3Uri;
    std::string outputS3Uri;
    std::optional<std::string> message;
};
BOOST_DESCRIBE_STRUCT(job_properties, (),
                      (jobId, jobName, jobStatus, datastoreId, dataAccessRoleArn, endedAt, submittedAt, inputS3Uri, outputS3Uri,
                       message))

struct job {
    job_properties jobProperties;
};
BOOST_DESCRIBE_STRUCT(job, (), (jobProperties))

struct job_summary {
    std::string jobId;
    std::string jobName;
    job_status jobStatus{};
    std::string datastoreId;
    std::optional<std::string> dataAccessRoleArn;
    std::optional<double> endedAt;
    std::optional<double> submittedAt;
    std::optional<std::string> message;
};
BOOST_DESCRIBE_STRUCT(job_summary, (), (jobId, jobName, jobStatus, datastoreId, dataAccessRoleArn, endedAt, submittedAt, message))

struct job_page {
    std::vector<job_summary> jobSummaries;
    std::optional<std::string> nextToken;
};
BOOST_DESCRIBE_STRUCT(job_page, (), (jobSummaries, nextToken))

struct dicom_tags {
    std::optional<std::string> DICOMPatientId;
    std::optional<std::string> DICOMPatientName;
    std::optional<std::string> DICOMPatientBirthDate;
    std::optional<std::string> DICOMPatientSex;
    std::optional<std::string> DICOMStudyInstanceUID;
    std::optional<std::string> DICOMStudyId;
    std::optional<std::string> DICOMStudyDescription;
    int DICOMNumberOfStudyRelatedSeries = 0;
    int DICOMNumberOfStudyRelatedInstances = 0;
    std::optional<std::string> DICOMAccessionNumber;
    std::optional<std::string> DICOMSeriesInstanceUID;
    std::optional<std::string> DICOMSeriesModality;
    std::optional<std::string> DICOMSeriesBodyPart;
    std::optional<int> DICOMSeriesNumber;
    std::optional<std::string> DICOMStudyDate;
    std::optional<std::string> DICOMStudyTime;
};
BOOST_DESCRIBE_STRUCT(dicom_tags, (),
                      (DICOMPatientId, DICOMPatientName, DICOMPatientBirthDate, DICOMPatientSex, DICOMStudyInstanceUID,
                       DICOMStudyId, DICOMStudyDescription, DICOMNumberOfStudyRelatedSeries, DICOMNumberOfStudyRelatedInstances,
                       DICOMAccessionNumber, DICOMSeriesInstanceUID, DICOMSeriesModality, DICOMSeriesBodyPart, DICOMSeriesNumber,
                       DICOMStudyDate, DICOMStudyTime))

struct image_set {
    std::string imageSetId;
    std::optional<int> version;
    std::optional<double> createdAt;
    std::optional<double> updatedAt;
    std::optional<dicom_tags> DICOMTags;
};
BOOST_DESCRIBE_STRUCT(image_set, (), (imageSetId, version, createdAt, updatedAt, DICOMTags))

struct sort {
    sort_order sortOrder{};
    sort_field sortField{};
};
BOOST_DESCRIBE_STRUCT(sort, (), (sortOrder, sortField))

struct image_set_page {
    std::vector<image_set> imageSetsMetadataSummaries;
    std::optional<plain::sort> sort;
    std::optional<std::string> nextToken;
};
BOOST_DESCRIBE_STRUCT(image_set_page, (), (imageSetsMetadataSummaries, sort, nextToken))

struct study_time {
    std::string DICOMStudyDate;
    std::optional<std::string> DICOMStudyTime;
};
BOOST_DESCRIBE_STRUCT(study_time, (), (DICOMStudyDate, DICOMStudyTime))

// A union: exactly one member is set.
struct search_value {
    std::optional<std::string> DICOMPatientId;
    std::optional<std::string> DICOMAccessionNumber;
    std::optional<std::string> DICOMStudyId;
    std::optional<std::string> DICOMStudyInstanceUID;
    std::optional<std::string> DICOMSeriesInstanceUID;
    std::optional<double> createdAt;
    std::optional<double> updatedAt;
    std::optional<study_time> DICOMStudyDateAndTime;
};
BOOST_DESCRIBE_STRUCT(search_value, (),
                      (DICOMPatientId, DICOMAccessionNumber, DICOMStudyId, DICOMStudyInstanceUID, DICOMSeriesInstanceUID,
                       createdAt, updatedAt, DICOMStudyDateAndTime))

struct search_filter {
    std::vector<search_value> values;
    filter_operator filterOperator{};
};
BOOST_DESCRIBE_STRUCT(search_filter, (), (values, filterOperator))

struct search {
    std::vector<search_filter> filters;
    std::optional<plain::sort> sort;
};
BOOST_DESCRIBE_STRUCT(search, (), (filters, sort))

struct error {
    std::string message;
};
BOOST_DESCRIBE_STRUCT(error, (), (message))

} // namespace plain

#endif
