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

/// Generates the metadata of an image set and adds the frames of its instances to `pixels`.
boost::json::object make_metadata(std::uint64_t number, std::function<std::string()> const& make_id, frames& pixels);

/// Returns the attributes that a search compares and returns.
medical_imaging::DICOMTags tags_of(boost::json::object const& metadata);

/// Sets the attributes in the JSON text. Throws ValidationException if it is invalid.
void update(boost::json::object& metadata, std::string_view text);
/// Removes the attributes in the JSON text.
void remove(boost::json::object& metadata, std::string_view text);

/// Returns whether two image sets have the same patient and study.
bool same_study(boost::json::object const& a, boost::json::object const& b);
/// Removes all instances except those in the JSON text. Throws ValidationException if it is invalid or names an unknown instance.
void keep_instances(boost::json::object& metadata, std::string_view text);
/// Adds the series and instances of another image set.
void add_instances(boost::json::object& metadata, boost::json::object const& other);
/// Returns whether an instance has the frame.
bool has_frame(boost::json::object const& metadata, std::string_view id);

} // namespace stand_in

#endif
