// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_EXAMPLES_STAND_IN_STORE_HPP
#define PARLEY_EXAMPLES_STAND_IN_STORE_HPP

#include <parley/services/medical_imaging.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace stand_in {

/// Store configuration.
struct store_config {
    std::string region = "us-east-1";                  ///< the region in resource names
    std::string account = "123456789012";              ///< the account in resource names
    std::uint64_t seed = 1;                            ///< the seed of ids, patients and studies
    std::chrono::milliseconds import_time{5'000};      ///< the duration of an import job
    std::chrono::milliseconds workflow_time{1'000};    ///< the duration of a copy, an update or a deletion
    std::chrono::milliseconds datastore_time{1'000};   ///< the duration of creating or deleting a data store
    std::size_t datastores = 10;                       ///< maximum number, as in the service
    std::size_t running_jobs = 100;                    ///< maximum number
    std::function<medical_imaging::timestamp()> now{}; ///< default: the system clock
};

/// The data of AWS HealthImaging in memory. Each overload of `answer` is an operation and throws the declared errors of the operation.
/// Inputs must satisfy the constraints of the model. Thread-safe.
///
/// Nothing is read from S3: an import generates a study of two image sets, or fails if its input prefix contains "empty". Jobs and
/// workflows take time as in the service, and image sets are locked meanwhile.
class store {
public:
    explicit store(store_config config = {});
    ~store();

    medical_imaging::CopyImageSetResponse answer(medical_imaging::CopyImageSetRequest const& in);
    medical_imaging::CreateDatastoreResponse answer(medical_imaging::CreateDatastoreRequest const& in);
    medical_imaging::DeleteDatastoreResponse answer(medical_imaging::DeleteDatastoreRequest const& in);
    medical_imaging::DeleteImageSetResponse answer(medical_imaging::DeleteImageSetRequest const& in);
    medical_imaging::GetDICOMImportJobResponse answer(medical_imaging::GetDICOMImportJobRequest const& in);
    medical_imaging::GetDatastoreResponse answer(medical_imaging::GetDatastoreRequest const& in);
    medical_imaging::GetImageFrameResponse answer(medical_imaging::GetImageFrameRequest const& in);
    medical_imaging::GetImageSetMetadataResponse answer(medical_imaging::GetImageSetMetadataRequest const& in);
    medical_imaging::GetImageSetResponse answer(medical_imaging::GetImageSetRequest const& in);
    medical_imaging::ListDICOMImportJobsResponse answer(medical_imaging::ListDICOMImportJobsRequest const& in);
    medical_imaging::ListDatastoresResponse answer(medical_imaging::ListDatastoresRequest const& in);
    medical_imaging::ListImageSetVersionsResponse answer(medical_imaging::ListImageSetVersionsRequest const& in);
    medical_imaging::ListTagsForResourceResponse answer(medical_imaging::ListTagsForResourceRequest const& in);
    medical_imaging::SearchImageSetsResponse answer(medical_imaging::SearchImageSetsRequest const& in);
    medical_imaging::StartDICOMImportJobResponse answer(medical_imaging::StartDICOMImportJobRequest const& in);
    medical_imaging::TagResourceResponse answer(medical_imaging::TagResourceRequest const& in);
    medical_imaging::UntagResourceResponse answer(medical_imaging::UntagResourceRequest const& in);
    medical_imaging::UpdateImageSetMetadataResponse answer(medical_imaging::UpdateImageSetMetadataRequest const& in);

private:
    class state;
    std::unique_ptr<state> state_;
};

} // namespace stand_in

#endif
