// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include "store.hpp"

#include "metadata.hpp"

#include <parley/core/base64.hpp>
#include <parley/core/text.hpp>
#include <parley/http/gzip.hpp>

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <charconv>
#include <map>
#include <mutex>
#include <random>
#include <string_view>
#include <utility>
#include <vector>

namespace stand_in {

using namespace medical_imaging;
namespace json = boost::json;

namespace {

using tag_map = std::map<std::string, std::string>;

struct datastore {
    DatastoreProperties properties;
    tag_map tags;
};

// A version of an image set. Workflows change the latest version.
struct version {
    ImageSetState state = ImageSetState::ACTIVE;
    ImageSetWorkflowStatus status = ImageSetWorkflowStatus::CREATED;
    timestamp updated;
    std::optional<timestamp> deleted{};
    std::optional<Overrides> overrides{};
    json::object metadata;
};

struct image_set {
    std::string id;
    std::string datastore;
    std::string arn;
    timestamp created;
    std::vector<version> versions;
    frames pixels;
    tag_map tags{};

    std::string latest_id() const { return std::to_string(versions.size()); }
    version& latest() { return versions.back(); }
    version const& latest() const { return versions.back(); }
};

// The request and the result of an earlier use of a client token.
struct made_before {
    std::string request;
    std::string id;
};

void check_tag_keys(tag_map const& tags) {
    // The model's pattern, ^(?!aws:)[a-zA-Z+-=._:/]+$: "+-=" is the range from '+' to '=', digits among them.
    static constexpr std::string_view others = "_";
    for (auto const& [key, value] : tags) {
        bool good = !key.starts_with("aws:") && !key.empty();
        for (char const c : key) {
            auto const lower = parley::detail::ascii_lower(c);
            good = good && ((lower >= 'a' && lower <= 'z') || (c >= '+' && c <= '=') || others.find(c) != others.npos);
        }
        if (!good) throw ValidationException{"A tag has a key that is not allowed"};
    }
}

constexpr std::size_t most_tags = 50;

template <class E>
std::string number_of(parley::open_enum<E> const& value) {
    return value.is_known() ? std::to_string(static_cast<int>(*value.value())) : std::string(value.unknown_text());
}

// Returns a page of `all` after the token of the previous page. `query` identifies the list.
template <class T>
std::optional<std::string> cut_to_page(std::vector<T>& all, std::string const& query, std::optional<std::string> const& token,
                                       std::optional<std::int32_t> size) {
    std::size_t from = 0;
    auto const head = std::to_string(std::hash<std::string>()(query)) + ':';
    if (token) {
        std::string text;
        bool const good =
            parley::detail::decode_base64(*token, text) && text.starts_with(head)
            && std::from_chars(text.data() + head.size(), text.data() + text.size(), from).ptr == text.data() + text.size();
        if (!good) throw ValidationException{"The nextToken is of another request, or is none"};
    }
    from = std::min(from, all.size());
    auto const to = std::min(all.size(), from + static_cast<std::size_t>(size.value_or(50)));
    std::optional<std::string> next;
    if (to < all.size()) parley::detail::append_base64(next.emplace(), head + std::to_string(to));
    all.erase(all.begin() + static_cast<std::ptrdiff_t>(to), all.end());
    all.erase(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(from));
    return next;
}

// Study times are compared as text: a date of eight digits, then the time.
std::string when(std::string const& date, std::string const& time) {
    std::string full = date;
    if (date.size() == 6) full = (date < "5" ? "20" : "19") + date; // yyMMdd
    return full + time;
}

// A value that a search compares: the member, and a text with the same order as the value.
struct comparable {
    std::size_t kind;
    std::string text;
};
std::string text_of(timestamp t) {
    auto digits = std::to_string(t.time_since_epoch().count());
    return std::string(20 - std::min<std::size_t>(20, digits.size()), '0') + digits;
}
comparable comparable_of(SearchByAttributeValue const& value) {
    auto const kind = value.index();
    return std::visit(
        [kind]<class T>(T const& held) -> comparable {
            if constexpr (requires { held.value.DICOMStudyDate; })
                return {kind, when(held.value.DICOMStudyDate, held.value.DICOMStudyTime.value_or(""))};
            else if constexpr (requires { text_of(held.value); }) return {kind, text_of(held.value)};
            else if constexpr (requires { std::string(held.value); }) return {kind, held.value};
            else throw ValidationException{"A search compares one attribute"};
        },
        static_cast<SearchByAttributeValue::variant const&>(value));
}

// Returns the value of `set` of the same member as `value`.
std::string attribute_of(image_set const& set, DICOMTags const& tags, SearchByAttributeValue const& value) {
    auto const text = [](std::optional<std::string> const& t) { return t.value_or(""); };
    if (parley::get_if<"DICOMPatientId">(&value)) return text(tags.DICOMPatientId);
    if (parley::get_if<"DICOMAccessionNumber">(&value)) return text(tags.DICOMAccessionNumber);
    if (parley::get_if<"DICOMStudyId">(&value)) return text(tags.DICOMStudyId);
    if (parley::get_if<"DICOMStudyInstanceUID">(&value)) return text(tags.DICOMStudyInstanceUID);
    if (parley::get_if<"DICOMSeriesInstanceUID">(&value)) return text(tags.DICOMSeriesInstanceUID);
    if (parley::get_if<"createdAt">(&value)) return text_of(set.created);
    if (parley::get_if<"updatedAt">(&value)) return text_of(set.latest().updated);
    return when(text(tags.DICOMStudyDate), text(tags.DICOMStudyTime));
}

bool matches(image_set const& set, DICOMTags const& tags, SearchFilter const& filter) {
    auto const first = comparable_of(filter.values.front());
    auto const has = attribute_of(set, tags, filter.values.front());
    if (filter.operator_ == Operator::EQUAL) {
        if (filter.values.size() != 1) throw ValidationException{"EQUAL compares with one value"};
        // A date without a time means the whole day.
        bool const whole_day = parley::get_if<"DICOMStudyDateAndTime">(&filter.values.front()) && first.text.size() == 8;
        return has == first.text || (whole_day && has.starts_with(first.text));
    }
    if (filter.values.size() != 2) throw ValidationException{"BETWEEN compares with two values"};
    auto const second = comparable_of(filter.values.back());
    if (first.kind != second.kind) throw ValidationException{"BETWEEN compares with two values of one attribute"};
    return first.text <= has && has <= second.text;
}

} // namespace

class store::state {
public:
    explicit state(store_config config) : config_(std::move(config)), random_(config_.seed) {}

    // Locks the store after all due events have been processed.
    class session {
    public:
        explicit session(state& s) : self(s), lock_(s.mutex_), now(s.config_.now ? s.config_.now() : system_now()) {
            s.settle(now);
        }
        session(session const&) = delete;
        session& operator=(session const&) = delete;

        state& self;

    private:
        static timestamp system_now() { return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()); }
        std::unique_lock<std::mutex> lock_;

    public:
        timestamp const now;
    };

    store_config const config_;
    std::mt19937_64 random_;
    std::mutex mutex_;
    std::map<std::string, datastore> datastores_;
    std::vector<std::string> datastore_order_;
    std::map<std::string, image_set> image_sets_;
    std::vector<std::string> image_set_order_;
    std::map<std::pair<std::string, std::string>, DICOMImportJobProperties> jobs_; // by data store and id
    std::vector<std::pair<std::string, std::string>> job_order_;
    std::map<std::string, made_before> tokens_;                       // by operation and token
    std::multimap<timestamp, std::function<void(timestamp)>> agenda_; // future events
    std::uint64_t made_up_ = 0;

    void settle(timestamp now) {
        while (!agenda_.empty() && agenda_.begin()->first <= now) {
            auto const next = agenda_.extract(agenda_.begin());
            next.mapped()(next.key());
        }
    }
    void later(timestamp when, std::function<void(timestamp)> event) { agenda_.emplace(when, std::move(event)); }

    // Returns 32 hexadecimal digits.
    std::string make_id() {
        std::string id;
        for (int i = 0; i < 32; ++i) id += "0123456789abcdef"[random_() % 16];
        return id;
    }
    std::string arn_of(std::string const& datastore, std::string const& image_set = {}) const {
        auto arn = "arn:aws:medical-imaging:" + config_.region + ':' + config_.account + ":datastore/" + datastore;
        return image_set.empty() ? arn : arn + "/imageset/" + image_set;
    }

    datastore& find_datastore(std::string const& id) {
        auto const found = datastores_.find(id);
        if (found == datastores_.end()) throw ResourceNotFoundException{"Data store " + id + " does not exist"};
        return found->second;
    }
    datastore& find_active_datastore(std::string const& id) {
        auto& found = find_datastore(id);
        if (found.properties.datastoreStatus != DatastoreStatus::ACTIVE)
            throw ConflictException{"Data store " + id + " is not ACTIVE"};
        return found;
    }
    image_set& find_image_set(std::string const& datastore, std::string const& id) {
        find_datastore(datastore);
        auto const found = image_sets_.find(id);
        if (found == image_sets_.end() || found->second.datastore != datastore)
            throw ResourceNotFoundException{"Image set " + id + " does not exist"};
        return found->second;
    }
    // Returns an image set that is not deleted, with metadata and frames.
    image_set& find_live_image_set(std::string const& datastore, std::string const& id) {
        auto& found = find_image_set(datastore, id);
        if (found.latest().state == ImageSetState::DELETED) throw ResourceNotFoundException{"Image set " + id + " is deleted"};
        return found;
    }
    image_set& find_for_change(std::string const& datastore, std::string const& id) {
        auto& found = find_live_image_set(datastore, id);
        if (found.latest().state != ImageSetState::ACTIVE) throw ConflictException{"Image set " + id + " is LOCKED"};
        return found;
    }
    image_set& find_for_change(std::string const& datastore, std::string const& id, std::string const& latest_version) {
        auto& found = find_for_change(datastore, id);
        if (found.latest_id() != latest_version)
            throw ConflictException{"The latest version of image set " + id + " is " + found.latest_id()};
        return found;
    }
    static version const& find_version(image_set const& set, std::optional<std::string> const& id) {
        if (!id) return set.latest();
        std::size_t number = 0;
        auto const [end, error] = std::from_chars(id->data(), id->data() + id->size(), number);
        if (error != std::errc() || end != id->data() + id->size() || number == 0 || number > set.versions.size())
            throw ResourceNotFoundException{"Image set " + set.id + " has no version " + *id};
        return set.versions[number - 1];
    }

    // Sets the state of the latest version when its workflow ends.
    void finish_later(timestamp now, std::string const& image_set, ImageSetState becomes, ImageSetWorkflowStatus status) {
        later(now + config_.workflow_time, [this, image_set, becomes, status](timestamp t) {
            auto& latest = image_sets_.at(image_set).latest();
            latest.state = becomes;
            latest.status = status;
            latest.updated = t;
            if (becomes == ImageSetState::DELETED) latest.deleted = t;
        });
    }
    static void lock(version& v, ImageSetWorkflowStatus status, timestamp now) {
        v.state = ImageSetState::LOCKED;
        v.status = status;
        v.updated = now;
    }

    image_set& add_image_set(std::string const& datastore, timestamp now, frames pixels, version first) {
        auto const id = make_id();
        first.metadata["DatastoreID"] = datastore;
        first.metadata["ImageSetID"] = id;
        image_set_order_.push_back(id);
        return image_sets_[id] = {id, datastore, arn_of(datastore, id), now, {std::move(first)}, std::move(pixels)};
    }

    void import(DICOMImportJobProperties& job, timestamp now) {
        job.endedAt = now;
        if (job.inputS3Uri.find("empty") != std::string::npos) {
            job.jobStatus = JobStatus::FAILED;
            job.message = "No DICOM P10 files were found with the prefix";
            return;
        }
        job.jobStatus = JobStatus::COMPLETED;
        for (int i = 0; i < 2; ++i) {
            frames pixels;
            auto metadata = make_metadata(
                ++made_up_, [this] { return make_id(); }, pixels);
            add_image_set(job.datastoreId, now, std::move(pixels), {.updated = now, .metadata = std::move(metadata)});
        }
    }

    // Returns the id that an earlier request with the same token created.
    std::optional<std::string> before(std::string const& operation, std::optional<std::string> const& token,
                                      std::string const& request) const {
        auto const found = token ? tokens_.find(operation + *token) : tokens_.end();
        if (found == tokens_.end()) return std::nullopt;
        if (found->second.request != request) throw ConflictException{"The client token was used for another request"};
        return found->second.id;
    }
    void remember(std::string const& operation, std::optional<std::string> const& token, std::string request, std::string id) {
        if (token) tokens_[operation + *token] = {std::move(request), std::move(id)};
    }

    tag_map& tags_at(std::string const& arn) {
        auto const after = [&arn](std::string_view word) {
            auto const at = arn.find(word);
            return at == arn.npos ? std::string() : arn.substr(at + word.size(), 32);
        };
        auto const id = after("datastore/"), set = after("/imageset/");
        auto& datastore = find_datastore(id);
        return set.empty() ? datastore.tags : find_image_set(id, set).tags;
    }

    template <class Response>
    static Response describe(image_set const& set, version const& v) {
        Response out;
        out.imageSetId = set.id;
        out.imageSetState = v.state;
        out.createdAt = set.created;
        out.updatedAt = v.updated;
        return out;
    }
    static std::string id_of(image_set const& set, version const& v) { return std::to_string(&v - set.versions.data() + 1); }
};

store::store(store_config config) : state_(std::make_unique<state>(std::move(config))) {}
store::~store() = default;

CreateDatastoreResponse store::answer(CreateDatastoreRequest const& in) {
    state::session now(*state_);
    auto& s = *state_;
    auto const tags = in.tags.value_or(tag_map());
    check_tag_keys(tags);
    auto request = in.datastoreName.value_or("") + '\n' + in.kmsKeyArn.value_or("");
    for (auto const& [key, value] : tags) request.append("\n").append(key).append("=").append(value);
    if (auto const id = s.before("CreateDatastore ", in.clientToken, request))
        return {*id, s.datastores_.at(*id).properties.datastoreStatus};
    auto const there = std::count_if(s.datastores_.begin(), s.datastores_.end(), [](auto const& one) {
        return one.second.properties.datastoreStatus != DatastoreStatus::DELETED;
    });
    if (static_cast<std::size_t>(there) >= s.config_.datastores)
        throw ServiceQuotaExceededException{"There are " + std::to_string(there) + " data stores, as many as there may be"};
    auto const id = s.make_id();
    s.remember("CreateDatastore ", in.clientToken, std::move(request), id);
    s.datastore_order_.push_back(id);
    auto& made = s.datastores_[id];
    made = {{id, in.datastoreName.value_or("datastore-" + id.substr(0, 8)), DatastoreStatus::CREATING, in.kmsKeyArn, s.arn_of(id),
             now.now, now.now},
            tags};
    s.later(now.now + s.config_.datastore_time, [&made](timestamp t) {
        made.properties.datastoreStatus = DatastoreStatus::ACTIVE;
        made.properties.updatedAt = t;
    });
    return {id, made.properties.datastoreStatus};
}

GetDatastoreResponse store::answer(GetDatastoreRequest const& in) {
    state::session now(*state_);
    return {state_->find_datastore(*in.datastoreId).properties};
}

ListDatastoresResponse store::answer(ListDatastoresRequest const& in) {
    state::session now(*state_);
    std::vector<DatastoreSummary> all;
    for (auto const& id : state_->datastore_order_) {
        auto const& p = state_->datastores_.at(id).properties;
        if (in.datastoreStatus && *in.datastoreStatus != p.datastoreStatus) continue;
        all.push_back({p.datastoreId, p.datastoreName, p.datastoreStatus, p.datastoreArn, p.createdAt, p.updatedAt});
    }
    std::string const query = "ListDatastores " + std::string(in.datastoreStatus ? number_of(*in.datastoreStatus) : "");
    auto next = cut_to_page(all, query, in.nextToken, in.maxResults);
    return {std::move(all), std::move(next)};
}

DeleteDatastoreResponse store::answer(DeleteDatastoreRequest const& in) {
    state::session now(*state_);
    auto& s = *state_;
    auto& found = s.find_active_datastore(*in.datastoreId);
    for (auto const& [id, set] : s.image_sets_) {
        if (set.datastore == *in.datastoreId && set.latest().state != ImageSetState::DELETED)
            throw ConflictException{"Data store " + *in.datastoreId + " has image sets"};
    }
    for (auto const& [key, job] : s.jobs_) {
        if (key.first == *in.datastoreId && !job.endedAt)
            throw ConflictException{"Data store " + *in.datastoreId + " has jobs that run"};
    }
    found.properties.datastoreStatus = DatastoreStatus::DELETING;
    found.properties.updatedAt = now.now;
    s.later(now.now + s.config_.datastore_time, [&found](timestamp t) {
        found.properties.datastoreStatus = DatastoreStatus::DELETED;
        found.properties.updatedAt = t;
    });
    return {*in.datastoreId, found.properties.datastoreStatus};
}

StartDICOMImportJobResponse store::answer(StartDICOMImportJobRequest const& in) {
    state::session now(*state_);
    auto& s = *state_;
    s.find_active_datastore(*in.datastoreId);
    auto request = *in.datastoreId + '\n' + in.jobName.value_or("") + '\n' + *in.dataAccessRoleArn + '\n' + *in.inputS3Uri + '\n'
                   + *in.outputS3Uri;
    auto const answer_of = [](DICOMImportJobProperties const& job) {
        return StartDICOMImportJobResponse{job.datastoreId, job.jobId, job.jobStatus, *job.submittedAt};
    };
    if (auto const id = s.before("StartDICOMImportJob ", in.clientToken, request))
        return answer_of(s.jobs_.at({*in.datastoreId, *id}));
    auto const running = std::count_if(s.jobs_.begin(), s.jobs_.end(), [](auto const& one) { return !one.second.endedAt; });
    if (static_cast<std::size_t>(running) >= s.config_.running_jobs)
        throw ServiceQuotaExceededException{"There are " + std::to_string(running) + " jobs that run, as many as there may be"};
    auto const id = s.make_id();
    s.remember("StartDICOMImportJob ", in.clientToken, std::move(request), id);
    s.job_order_.emplace_back(*in.datastoreId, id);
    auto& job = s.jobs_[{*in.datastoreId, id}];
    job.jobId = id;
    job.jobName = in.jobName.value_or("job-" + id.substr(0, 8));
    job.jobStatus = JobStatus::SUBMITTED;
    job.datastoreId = *in.datastoreId;
    job.dataAccessRoleArn = *in.dataAccessRoleArn;
    job.submittedAt = now.now;
    job.inputS3Uri = *in.inputS3Uri;
    job.outputS3Uri = *in.outputS3Uri;
    s.later(now.now + s.config_.import_time / 4, [&job](timestamp) { job.jobStatus = JobStatus::IN_PROGRESS; });
    s.later(now.now + s.config_.import_time, [&s, &job](timestamp t) { s.import(job, t); });
    return answer_of(job);
}

GetDICOMImportJobResponse store::answer(GetDICOMImportJobRequest const& in) {
    state::session now(*state_);
    state_->find_datastore(*in.datastoreId);
    auto const found = state_->jobs_.find({*in.datastoreId, *in.jobId});
    if (found == state_->jobs_.end()) throw ResourceNotFoundException{"Import job " + *in.jobId + " does not exist"};
    return {found->second};
}

ListDICOMImportJobsResponse store::answer(ListDICOMImportJobsRequest const& in) {
    state::session now(*state_);
    state_->find_datastore(*in.datastoreId);
    std::vector<DICOMImportJobSummary> all;
    for (auto const& key : state_->job_order_) {
        auto const& job = state_->jobs_.at(key);
        if (key.first != *in.datastoreId || (in.jobStatus && *in.jobStatus != job.jobStatus)) continue;
        all.push_back({job.jobId, job.jobName, job.jobStatus, job.datastoreId, job.dataAccessRoleArn, job.endedAt,
                       job.submittedAt, job.message});
    }
    auto const query = "ListDICOMImportJobs " + *in.datastoreId + (in.jobStatus ? number_of(*in.jobStatus) : "");
    auto next = cut_to_page(all, query, in.nextToken, in.maxResults);
    return {std::move(all), std::move(next)};
}

GetImageSetResponse store::answer(GetImageSetRequest const& in) {
    state::session now(*state_);
    auto const& set = state_->find_image_set(*in.datastoreId, *in.imageSetId);
    auto const& v = state::find_version(set, in.versionId);
    auto out = state::describe<GetImageSetResponse>(set, v);
    out.datastoreId = set.datastore;
    out.versionId = state::id_of(set, v);
    out.imageSetWorkflowStatus = v.status;
    out.deletedAt = v.deleted;
    out.imageSetArn = set.arn;
    out.overrides = v.overrides;
    return out;
}

ListImageSetVersionsResponse store::answer(ListImageSetVersionsRequest const& in) {
    state::session now(*state_);
    auto const& set = state_->find_image_set(*in.datastoreId, *in.imageSetId);
    std::vector<ImageSetProperties> all;
    for (auto v = set.versions.rbegin(); v != set.versions.rend(); ++v) {
        auto& out = all.emplace_back(state::describe<ImageSetProperties>(set, *v));
        out.versionId = state::id_of(set, *v);
        out.ImageSetWorkflowStatus = v->status;
        out.deletedAt = v->deleted;
        out.overrides = v->overrides;
    }
    auto next = cut_to_page(all, "ListImageSetVersions " + set.id, in.nextToken, in.maxResults);
    return {std::move(all), std::move(next)};
}

GetImageSetMetadataResponse store::answer(GetImageSetMetadataRequest const& in) {
    state::session now(*state_);
    auto const& set = state_->find_live_image_set(*in.datastoreId, *in.imageSetId);
    return {{parley::gzip(json::serialize(state::find_version(set, in.versionId).metadata))}, "application/json", "gzip"};
}

GetImageFrameResponse store::answer(GetImageFrameRequest const& in) {
    state::session now(*state_);
    auto const& set = state_->find_live_image_set(*in.datastoreId, *in.imageSetId);
    auto const& id = in.imageFrameInformation->imageFrameId;
    auto const found = set.pixels.find(id);
    if (found == set.pixels.end() || !has_frame(set.latest().metadata, id))
        throw ResourceNotFoundException{"Image set " + set.id + " has no frame " + id};
    return {{found->second}, "application/octet-stream"};
}

SearchImageSetsResponse store::answer(SearchImageSetsRequest const& in) {
    state::session now(*state_);
    state_->find_datastore(*in.datastoreId);
    auto const criteria = in.searchCriteria.value_or(SearchCriteria());
    auto const sort = criteria.sort.value_or(Sort{SortOrder::DESC, SortField::updatedAt});
    struct found {
        std::string key;
        ImageSetsMetadataSummary summary;
    };
    std::vector<found> all;
    auto query = "SearchImageSets " + *in.datastoreId + number_of(sort.sortOrder) + number_of(sort.sortField);
    for (auto const& filter : criteria.filters.value_or(std::vector<SearchFilter>())) {
        query += number_of(filter.operator_);
        for (auto const& value : filter.values) {
            auto const compared = comparable_of(value);
            query.append(std::to_string(compared.kind)).append(":").append(compared.text).append(";");
        }
    }
    for (auto const& id : state_->image_set_order_) {
        auto const& set = state_->image_sets_.at(id);
        if (set.datastore != *in.datastoreId || set.latest().state == ImageSetState::DELETED) continue;
        auto tags = tags_of(set.latest().metadata);
        bool fits = true;
        if (criteria.filters) {
            for (auto const& filter : *criteria.filters) fits = matches(set, tags, filter) && fits;
        }
        if (!fits) continue;
        auto key = sort.sortField == SortField::createdAt ? text_of(set.created)
                   : sort.sortField == SortField::updatedAt
                       ? text_of(set.latest().updated)
                       : when(tags.DICOMStudyDate.value_or(""), tags.DICOMStudyTime.value_or(""));
        all.push_back(
            {std::move(key),
             {set.id, static_cast<std::int32_t>(set.versions.size()), set.created, set.latest().updated, std::move(tags)}});
    }
    bool const descending = sort.sortOrder == SortOrder::DESC;
    std::stable_sort(all.begin(), all.end(),
                     [descending](found const& a, found const& b) { return descending ? b.key < a.key : a.key < b.key; });
    SearchImageSetsResponse out;
    for (auto& one : all) out.imageSetsMetadataSummaries.push_back(std::move(one.summary));
    out.sort = sort;
    out.nextToken = cut_to_page(out.imageSetsMetadataSummaries, query, in.nextToken, in.maxResults);
    return out;
}

UpdateImageSetMetadataResponse store::answer(UpdateImageSetMetadataRequest const& in) {
    state::session now(*state_);
    auto& set = state_->find_for_change(*in.datastoreId, *in.imageSetId, *in.latestVersionId);
    version next{.updated = now.now, .metadata = set.latest().metadata};
    if (auto const* const attributes = parley::get_if<"DICOMUpdates">(&*in.updateImageSetMetadataUpdates)) {
        if (attributes->updatableAttributes) update(next.metadata, attributes->updatableAttributes->bytes);
        if (attributes->removableAttributes) remove(next.metadata, attributes->removableAttributes->bytes);
    } else if (auto const* const earlier = parley::get_if<"revertToVersionId">(&*in.updateImageSetMetadataUpdates)) {
        next.metadata = state::find_version(set, *earlier).metadata;
    } else {
        throw ValidationException{"The update says nothing"};
    }
    if (in.force) next.overrides = Overrides{*in.force};
    state::lock(next, ImageSetWorkflowStatus::UPDATING, now.now);
    set.versions.push_back(std::move(next));
    state_->finish_later(now.now, set.id, ImageSetState::ACTIVE, ImageSetWorkflowStatus::UPDATED);
    auto out = state::describe<UpdateImageSetMetadataResponse>(set, set.latest());
    out.datastoreId = set.datastore;
    out.latestVersionId = set.latest_id();
    out.imageSetWorkflowStatus = set.latest().status;
    return out;
}

CopyImageSetResponse store::answer(CopyImageSetRequest const& in) {
    state::session now(*state_);
    auto& s = *state_;
    auto const& copy = *in.copyImageSetInformation;
    auto& source = s.find_for_change(*in.datastoreId, *in.sourceImageSetId, copy.sourceImageSet.latestVersionId);
    auto copied = source.latest().metadata;
    if (copy.sourceImageSet.DICOMCopies) keep_instances(copied, copy.sourceImageSet.DICOMCopies->copiableAttributes);
    version next{.updated = now.now, .metadata = std::move(copied)};
    if (in.force) next.overrides = Overrides{*in.force};
    state::lock(next, ImageSetWorkflowStatus::COPYING, now.now);
    image_set* destination = nullptr;
    if (copy.destinationImageSet) {
        destination =
            &s.find_for_change(*in.datastoreId, copy.destinationImageSet->imageSetId, copy.destinationImageSet->latestVersionId);
        if (destination == &source) throw ValidationException{"An image set cannot be copied to itself"};
        if (!in.force.value_or(false) && !same_study(source.latest().metadata, destination->latest().metadata))
            throw ConflictException{"The image sets are of different patients or studies: they are copied by force alone"};
        auto metadata = destination->latest().metadata;
        add_instances(metadata, next.metadata);
        next.metadata = std::move(metadata);
        destination->versions.push_back(std::move(next));
        destination->pixels.insert(source.pixels.begin(), source.pixels.end());
    } else {
        destination = &s.add_image_set(*in.datastoreId, now.now, source.pixels, std::move(next));
    }
    s.finish_later(now.now, source.id, ImageSetState::ACTIVE, source.latest().status);
    state::lock(source.latest(), ImageSetWorkflowStatus::COPYING_WITH_READ_ONLY_ACCESS, now.now);
    s.finish_later(now.now, destination->id, ImageSetState::ACTIVE, ImageSetWorkflowStatus::COPIED);
    auto const properties = []<class P>(P out, image_set const& set) {
        out.latestVersionId = set.latest_id();
        out.imageSetWorkflowStatus = set.latest().status;
        out.imageSetArn = set.arn;
        return out;
    };
    return {*in.datastoreId, properties(state::describe<CopySourceImageSetProperties>(source, source.latest()), source),
            properties(state::describe<CopyDestinationImageSetProperties>(*destination, destination->latest()), *destination)};
}

DeleteImageSetResponse store::answer(DeleteImageSetRequest const& in) {
    state::session now(*state_);
    auto& set = state_->find_for_change(*in.datastoreId, *in.imageSetId);
    state::lock(set.latest(), ImageSetWorkflowStatus::DELETING, now.now);
    state_->finish_later(now.now, set.id, ImageSetState::DELETED, ImageSetWorkflowStatus::DELETED);
    return {set.datastore, set.id, set.latest().state, set.latest().status};
}

ListTagsForResourceResponse store::answer(ListTagsForResourceRequest const& in) {
    state::session now(*state_);
    return {state_->tags_at(*in.resourceArn)};
}

TagResourceResponse store::answer(TagResourceRequest const& in) {
    state::session now(*state_);
    check_tag_keys(*in.tags);
    auto& tags = state_->tags_at(*in.resourceArn);
    auto changed = *in.tags;
    changed.insert(tags.begin(), tags.end());
    if (changed.size() > most_tags) throw ValidationException{"A resource has at most " + std::to_string(most_tags) + " tags"};
    tags = std::move(changed);
    return {};
}

UntagResourceResponse store::answer(UntagResourceRequest const& in) {
    state::session now(*state_);
    auto& tags = state_->tags_at(*in.resourceArn);
    for (auto const& key : *in.tagKeys) tags.erase(key);
    return {};
}

} // namespace stand_in
