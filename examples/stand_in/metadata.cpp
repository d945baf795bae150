// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include "metadata.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <array>
#include <initializer_list>
#include <optional>
#include <utility>

namespace stand_in {

namespace json = boost::json;
using medical_imaging::ValidationException;

namespace {

std::string_view view(json::string const& s) { return {s.data(), s.size()}; }

// Returns the object at a path, or an empty one.
json::object const& at(json::object const& from, std::initializer_list<std::string_view> path) {
    static json::object const none;
    auto const* here = &from;
    for (auto const key : path) {
        auto const* const found = here->if_contains(json::string_view(key.data(), key.size()));
        if (!found || !found->is_object()) return none;
        here = &found->get_object();
    }
    return *here;
}
json::object const& object_of(json::value const& v) {
    static json::object const none;
    return v.is_object() ? v.get_object() : none;
}
json::object& series_of(json::object& metadata) { return metadata["Study"].as_object()["Series"].as_object(); }

std::optional<std::string> text_at(json::object const& from, std::string_view key) {
    auto const* const found = from.if_contains(json::string_view(key.data(), key.size()));
    if (!found || !found->is_string()) return std::nullopt;
    return std::string(view(found->get_string()));
}

// Attributes are a document of the same form as the metadata.
json::object parse_attributes(std::string_view text) {
    boost::system::error_code error;
    auto parsed = json::parse(json::string_view(text.data(), text.size()), error);
    if (error || !parsed.is_object()) throw ValidationException{"The attributes are no JSON object"};
    auto& attributes = parsed.get_object();
    if (attributes.erase("SchemaVersion") == 0) throw ValidationException{"The attributes have no SchemaVersion"};
    for (auto const& [key, value] : attributes) {
        if ((key != "Patient" && key != "Study") || !value.is_object())
            throw ValidationException{"Attributes are of Patient or Study"};
    }
    return std::move(attributes);
}

// An object replaces only null, and only an object can replace it.
void put_object(json::value& place, json::value const& value) {
    if (!place.is_null() || !value.is_object()) throw ValidationException{"An attribute has another form in the image set"};
    place = value;
}

void merge(json::object& into, json::object const& from) {
    for (auto const& [key, value] : from) {
        auto& place = into[key];
        if (value.is_object() && place.is_object()) merge(place.get_object(), value.get_object());
        else if (value.is_object() || place.is_object()) put_object(place, value);
        else place = value;
    }
}

void erase(json::object& into, json::object const& which) {
    for (auto const& [key, value] : which) {
        auto* const place = into.if_contains(key);
        if (!place) throw ValidationException{"An attribute that is to be removed is not there"};
        if (value.is_object() && place->is_object()) erase(place->get_object(), value.get_object());
        else into.erase(key);
    }
}

// Returns a gray image in PGM format with a random gradient.
std::string make_pixels(std::uint64_t number) {
    constexpr unsigned width = 32, height = 32;
    std::string bytes = "P5 32 32 255\n";
    for (unsigned y = 0; y < height; ++y) {
        for (unsigned x = 0; x < width; ++x) bytes += static_cast<char>((x * (number % 7 + 1) + y * (number % 5 + 1)) & 0xff);
    }
    return bytes;
}

} // namespace

json::object make_metadata(std::uint64_t number, std::function<std::string()> const& make_id, frames& pixels) {
    static constexpr std::array<std::string_view, 5> names{"Doe^Jane", "Roe^Richard", "Peeters^An", "Ito^Ken", "Novak^Eva"};
    static constexpr std::array<std::string_view, 3> modalities{"CT", "MR", "US"};
    static constexpr std::array<std::string_view, 3> parts{"CHEST", "HEAD", "ABDOMEN"};
    auto const n = std::to_string(number);
    auto const study = "1.2.826.0.1.3680043.10.1." + n;
    auto const series = study + ".1";
    auto const day = number % 28 + 1;
    json::object instances;
    for (int i = 1; i <= 2; ++i) {
        auto const uid = series + '.' + std::to_string(i);
        auto const frame = make_id();
        auto const bytes = make_pixels(number + static_cast<std::uint64_t>(i));
        instances[uid] =
            json::object{{"DICOM", json::object{{"SOPInstanceUID", uid}, {"InstanceNumber", i}, {"Rows", 32}, {"Columns", 32}}},
                         {"ImageFrames", json::array{json::object{{"ID", frame}, {"FrameSizeInBytes", bytes.size()}}}}};
        pixels[frame] = bytes;
    }
    auto const text = [](std::string_view s) { return json::string(s.data(), s.size()); };
    return {{"SchemaVersion", "1.1"},
            {"Patient", json::object{{"DICOM", json::object{{"PatientID", "P" + n},
                                                            {"PatientName", text(names[number % names.size()])},
                                                            {"PatientBirthDate", "19700101"},
                                                            {"PatientSex", number % 2 ? "F" : "M"}}}}},
            {"Study",
             json::object{
                 {"DICOM", json::object{{"StudyInstanceUID", study},
                                        {"StudyID", "S" + n},
                                        {"AccessionNumber", "A" + n},
                                        {"StudyDate", "202501" + std::string(day < 10 ? "0" : "") + std::to_string(day)},
                                        {"StudyTime", "101500.000"},
                                        {"StudyDescription", "Study " + n}}},
                 {"Series",
                  json::object{
                      {series, json::object{{"DICOM", json::object{{"SeriesInstanceUID", series},
                                                                   {"SeriesNumber", 1},
                                                                   {"Modality", text(modalities[number % modalities.size()])},
                                                                   {"BodyPartExamined", text(parts[number % parts.size()])}}},
                                            {"Instances", std::move(instances)}}}}}}}};
}

medical_imaging::DICOMTags tags_of(json::object const& metadata) {
    medical_imaging::DICOMTags tags;
    auto const& patient = at(metadata, {"Patient", "DICOM"});
    tags.DICOMPatientId = text_at(patient, "PatientID");
    tags.DICOMPatientName = text_at(patient, "PatientName");
    tags.DICOMPatientBirthDate = text_at(patient, "PatientBirthDate");
    tags.DICOMPatientSex = text_at(patient, "PatientSex");
    auto const& study = at(metadata, {"Study", "DICOM"});
    tags.DICOMStudyInstanceUID = text_at(study, "StudyInstanceUID");
    tags.DICOMStudyId = text_at(study, "StudyID");
    tags.DICOMStudyDescription = text_at(study, "StudyDescription");
    tags.DICOMAccessionNumber = text_at(study, "AccessionNumber");
    tags.DICOMStudyDate = text_at(study, "StudyDate");
    tags.DICOMStudyTime = text_at(study, "StudyTime");
    for (auto const& [uid, one] : at(metadata, {"Study", "Series"})) {
        ++tags.DICOMNumberOfStudyRelatedSeries;
        tags.DICOMNumberOfStudyRelatedInstances += static_cast<std::int32_t>(at(object_of(one), {"Instances"}).size());
        auto const& series = at(object_of(one), {"DICOM"});
        if (tags.DICOMSeriesInstanceUID) continue; // the first series is used
        tags.DICOMSeriesInstanceUID = text_at(series, "SeriesInstanceUID");
        tags.DICOMSeriesModality = text_at(series, "Modality");
        tags.DICOMSeriesBodyPart = text_at(series, "BodyPartExamined");
        if (auto const* const number = series.if_contains("SeriesNumber"); number && number->is_int64())
            tags.DICOMSeriesNumber = static_cast<std::int32_t>(number->get_int64());
    }
    return tags;
}

void update(json::object& metadata, std::string_view text) { merge(metadata, parse_attributes(text)); }
void remove(json::object& metadata, std::string_view text) { erase(metadata, parse_attributes(text)); }

bool same_study(json::object const& a, json::object const& b) {
    auto const x = tags_of(a), y = tags_of(b);
    return x.DICOMPatientId == y.DICOMPatientId && x.DICOMStudyInstanceUID == y.DICOMStudyInstanceUID;
}

void keep_instances(json::object& metadata, std::string_view text) {
    auto const wanted = parse_attributes(text);
    auto const& wanted_series = at(wanted, {"Study", "Series"});
    if (wanted_series.empty()) throw ValidationException{"The copiable attributes name no series"};
    json::object kept;
    auto& all = series_of(metadata);
    for (auto const& [uid, which] : wanted_series) {
        auto const* const found = all.if_contains(uid);
        if (!found || !found->is_object()) throw ValidationException{"A series that is to be copied is not there"};
        auto series = found->get_object();
        auto const& have = at(series, {"Instances"});
        json::object instances;
        for (auto const& [instance, ignored] : at(object_of(which), {"Instances"})) {
            auto const* const one = have.if_contains(instance);
            if (!one) throw ValidationException{"An instance that is to be copied is not there"};
            instances[instance] = *one;
        }
        series["Instances"] = std::move(instances);
        kept[uid] = std::move(series);
    }
    all = std::move(kept);
}

void add_instances(json::object& metadata, json::object const& other) {
    merge(series_of(metadata), at(other, {"Study", "Series"}));
}

bool has_frame(json::object const& metadata, std::string_view id) {
    for (auto const& [series, one] : at(metadata, {"Study", "Series"})) {
        for (auto const& [uid, instance] : at(object_of(one), {"Instances"})) {
            auto const* const list = object_of(instance).if_contains("ImageFrames");
            if (!list || !list->is_array()) continue;
            for (auto const& frame : list->get_array()) {
                if (text_at(object_of(frame), "ID") == id) return true;
            }
        }
    }
    return false;
}

} // namespace stand_in
