// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_EXAMPLES_STAND_IN_METADATA_HPP
#define PARLEY_EXAMPLES_STAND_IN_METADATA_HPP

#include <parley/services/medical_imaging.hpp>

#include <boost/json/object.hpp>

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace stand_in {

// The metadata of an image set is a JSON document of patient, study, series and instances:
// https://docs.aws.amazon.com/healthimaging/latest/devguide/getting-started-metadata.html (schema 1.1).

using frames = std::map<std::string, std::string>; ///< pixel data by id

/// One made-up image set: its metadata, and the frames of its instances, which are put into `pixels`.
boost::json::object make_metadata(std::uint64_t number, std::function<std::string()> const& make_id, frames& pixels);

/// What a search tells and looks at.
medical_imaging::DICOMTags tags_of(boost::json::object const& metadata);

/// Sets the attributes that the JSON text has. Throws ValidationException for what is no such text.
void update(boost::json::object& metadata, std::string_view text);
/// Removes them.
void remove(boost::json::object& metadata, std::string_view text);

/// Whether two image sets are of the same patient and study.
bool same_study(boost::json::object const& a, boost::json::object const& b);
/// Leaves the instances that the JSON text names. Throws ValidationException for what is no such text, or for one that is not there.
void keep_instances(boost::json::object& metadata, std::string_view text);
/// Adds the series and instances of another image set.
void add_instances(boost::json::object& metadata, boost::json::object const& other);
/// Whether an instance has that frame.
bool has_frame(boost::json::object const& metadata, std::string_view id);

} // namespace stand_in

#endif
