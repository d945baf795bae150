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

/// How the store behaves. All has a default.
struct store_config {
    std::string region = "us-east-1";                  ///< in the names of resources
    std::string account = "123456789012";              ///< the same
    std::uint64_t seed = 1;                            ///< of ids, and of the patients and studies that are made up
    std::chrono::milliseconds import_time{5'000};      ///< how long an import job takes
    std::chrono::milliseconds workflow_time{1'000};    ///< how long a copy, an update or a deletion takes
    std::chrono::milliseconds datastore_time{1'000};   ///< how long it takes to make or delete a data store
    std::size_t datastores = 10;                       ///< at once, as the service allows
    std::size_t running_jobs = 100;                    ///< at once
    std::function<medical_imaging::timestamp()> now{}; ///< default: the system's clock
};

/// What AWS HealthImaging keeps, in memory. Each `answer` is an operation; it throws the errors that the operation declares.
/// Inputs are taken to satisfy the constraints of the model. Safe to use from many threads.
///
/// Nothing is read from S3: an import makes up a study of two image sets, or finds nothing and fails if its input prefix has
/// "empty" in it. What takes time in the service takes time here: jobs progress, and image sets are locked meanwhile.
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
