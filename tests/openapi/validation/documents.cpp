// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// Writes OpenAPI documents of several services into a folder, NAME.json each; and NAME.samples.json, values as parley writes them, by
// the names of their schemas.
//
//   openapi_documents FOLDER
#include <parley/json.hpp>
#include <parley/openapi/openapi.hpp>
#include <parley/services/medical_imaging.hpp>

#include <support/everywhere.hpp>
#include <support/garden.hpp>
#include <support/values.hpp>

#include <cstdio>
#include <fstream>
#include <string>

namespace {

// The same operations by another protocol.
struct ledger {
    using protocol = parley::aws_json_1_0;
    static constexpr parley::aws_service aws{.signing_name = "ledger", .version = "2020-01-01", .target_prefix = "Ledger"};
};
struct put_node {
    using input = everywhere::node;
    using output = everywhere::node;
    using errors = parley::errors<garden::no_such_plant, garden::closed_today>;
    using service = ledger;
};
struct list_nodes {
    using input = parley::unit;
    using output = everywhere::things;
    using errors = parley::errors<garden::no_such_plant>;
    using service = ledger;
};

void write(std::string const& path, std::string const& text) {
    std::ofstream file(path, std::ios::binary);
    file << text;
    if (!file.flush()) std::printf("%s cannot be written\n", path.c_str()), std::exit(1);
}

template <class... T>
std::string samples() {
    values::generator random(11);
    std::string out = "{";
    auto const add = [&]<class One>(One const*) {
        out.append(out.size() == 1 ? "" : ",").append("\"").append(parley::detail::type_name<One>()).append("\":[");
        for (int i = 0; i < 50; ++i) out.append(i ? "," : "").append(parley::to_json(random.make<One>()).value());
        out += ']';
    };
    (add(static_cast<T const*>(nullptr)), ...);
    return out + '}';
}

} // namespace

int main(int count, char** arguments) {
    if (count != 2) return std::puts("openapi_documents FOLDER"), 1;
    std::string const folder = std::string(arguments[1]) + '/';
    using namespace medical_imaging;
    write(folder + "medical_imaging.json",
          parley::openapi<MedicalImaging>({.servers = {"https://medical-imaging.us-east-1.amazonaws.com"}}));
    write(folder + "medical_imaging.samples.json",
          samples<CopyImageSetResponse, CreateDatastoreRequest, GetDICOMImportJobResponse, ListDICOMImportJobsResponse,
                  ListImageSetVersionsResponse, SearchCriteria, SearchImageSetsResponse, MetadataUpdates, ConflictException>());
    write(folder + "everywhere.json", parley::openapi<everywhere::service>({.servers = {"https://example.com", "/relative"}}));
    write(folder + "everywhere.samples.json", samples<everywhere::node, everywhere::figure>());
    write(folder + "garden.json", parley::openapi<garden::garden_service>({.description = "Beds & plants."}));
    write(folder + "garden.samples.json", samples<garden::plant, garden::no_such_plant>());
    write(folder + "ledger.json", parley::openapi<parley::operations<put_node, list_nodes>>());
    write(folder + "ledger.samples.json", samples<everywhere::node>());
}
