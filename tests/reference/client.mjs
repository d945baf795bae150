// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// Calls the stand-in with the AWS SDK for JavaScript: all operations, paginators and kinds of errors. Writes a transcript of the calls
// and outcomes for replay.cpp.
//
//     node client.mjs ENDPOINT TRANSCRIPT
import * as sdk from "@aws-sdk/client-medical-imaging";
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

const [endpoint, transcriptFile] = process.argv.slice(2);
const key = {
    accessKeyId: process.env.AWS_ACCESS_KEY_ID,
    secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY,
    sessionToken: process.env.AWS_SESSION_TOKEN,
};
const make = (config) => new sdk.MedicalImagingClient({
    endpoint, region: "us-east-1", disableHostPrefix: true, credentials: key, maxAttempts: 1, ...config,
});
const clients = {
    usual: make({}),
    patient: make({ maxAttempts: 3 }),
    "wrong-secret": make({ credentials: { ...key, secretAccessKey: "another" } }),
    "wrong-token": make({ credentials: { ...key, sessionToken: "another" } }),
    "unknown-key": make({ credentials: { ...key, accessKeyId: "another" } }),
    unsigned: make({ signer: { sign: async (request) => request } }),
};
const errors = ["AccessDeniedException", "ConflictException", "InternalServerException", "ResourceNotFoundException",
    "ServiceQuotaExceededException", "ThrottlingException", "ValidationException"];

// The form of the recordings, see tests/support/params.hpp.
async function noted(value) {
    if (value instanceof Date) return { $timestamp: value.getTime() / 1000 };
    if (value instanceof Uint8Array) return { $blob: Buffer.from(value).toString("base64") };
    if (Array.isArray(value)) return Promise.all(value.map(noted));
    if (value === null || typeof value !== "object") return value;
    if (value.transformToByteArray) return noted(await value.transformToByteArray());
    const out = {};
    for (const [name, member] of Object.entries(value)) {
        if (member !== undefined && name !== "$metadata") out[name] = await noted(member);
    }
    return out;
}

const transcript = [];
const seen = { operations: new Set(), paginators: new Set(), errors: new Set() };

async function notedError(error) {
    assert(error instanceof sdk.MedicalImagingServiceException, `no error of the service: ${error.stack}`);
    const declared = errors.find((name) => error instanceof sdk[name]);
    assert.equal(declared ?? "MedicalImagingServiceException", error.constructor.name);
    if (declared) seen.errors.add(declared);
    return { name: error.name, declared: declared !== undefined, message: error.message, fault: error.$fault };
}

// Makes one call. Returns its output, with blobs read, or null if it failed.
async function call(operation, input, { client = "usual", failNext, fails } = {}) {
    if (failNext) {
        const { status } = await fetch(`${endpoint}/stand-in/fail-next/${failNext.error}?times=${failNext.times}`, { method: "POST" });
        assert.equal(status, 200);
    }
    const entry = { client, operation, input: await noted(input), failNext };
    transcript.push(entry);
    seen.operations.add(operation);
    let output = null, metadata;
    try {
        const whole = await clients[client].send(new sdk[`${operation}Command`](input));
        entry.output = await noted(whole);
        output = { ...whole };
        for (const [name, member] of Object.entries(entry.output)) {
            if (member?.$blob !== undefined) output[name] = Buffer.from(member.$blob, "base64");
        }
        metadata = whole.$metadata;
    } catch (error) {
        entry.error = await notedError(error);
        metadata = error.$metadata;
    }
    Object.assign(entry, { status: metadata.httpStatusCode, attempts: metadata.attempts, requestId: metadata.requestId ?? "" });
    assert.equal(entry.error?.name, fails, `${operation} ${JSON.stringify(input)}: ${entry.error?.message}`);
    return output;
}

async function pages(operation, input, pageSize, expected) {
    const entry = { client: "usual", operation, input: await noted({ ...input, maxResults: pageSize }), pages: [] };
    transcript.push(entry);
    seen.paginators.add(operation);
    const config = { client: clients.usual, pageSize };
    for await (const page of sdk[`paginate${operation}`](config, input)) entry.pages.push(await noted(page));
    assert.equal(entry.pages.length, expected, `pages of ${operation}`);
}

// Repeats the call until the condition holds.
async function until(operation, input, done) {
    for (let i = 0; i < 50; ++i) {
        const output = await call(operation, input);
        if (done(output)) return output;
    }
    assert.fail(`${operation} ${JSON.stringify(input)}: never as it should be`);
}

const nobody = "0".repeat(32);
const role = "arn:aws:iam::123456789012:role/ImportJobDataAccessRole";

// Data stores.
const { datastoreId } = await call("CreateDatastore", { datastoreName: "first", clientToken: "one", tags: { team: "imaging", empty: "" } });
assert.equal((await call("CreateDatastore", { datastoreName: "first", clientToken: "one", tags: { team: "imaging", empty: "" } })).datastoreId, datastoreId);
await call("CreateDatastore", { datastoreName: "other", clientToken: "one" }, { fails: "ConflictException" });
await call("StartDICOMImportJob", {
    datastoreId, dataAccessRoleArn: role, inputS3Uri: "s3://input/studies/", outputS3Uri: "s3://output/results/",
}, { fails: "ConflictException" });
for (let i = 2; i <= 4; ++i) await call("CreateDatastore", { datastoreName: `store-${i}` });
await call("CreateDatastore", { datastoreName: "one-too-many" }, { fails: "ServiceQuotaExceededException" });
await call("CreateDatastore", { datastoreName: "bad name" }, { fails: "ValidationException" });
await call("CreateDatastore", { tags: { "aws:reserved": "x" } }, { fails: "ValidationException" });
const { datastoreProperties } = await until("GetDatastore", { datastoreId }, (o) => o.datastoreProperties.datastoreStatus === "ACTIVE");
await call("GetDatastore", { datastoreId: nobody }, { fails: "ResourceNotFoundException" });
await call("GetDatastore", { datastoreId: "My Datastore" }, { fails: "ValidationException" });
await call("ListDatastores", {});
await call("ListDatastores", { datastoreStatus: "CREATING" });
await call("ListDatastores", { nextToken: "none" }, { fails: "ValidationException" });
await call("ListDatastores", { maxResults: 51 }, { fails: "ValidationException" });
await pages("ListDatastores", {}, 3, 2);

// Import jobs.
const start = (job) => call("StartDICOMImportJob", {
    datastoreId, dataAccessRoleArn: role, inputS3Uri: "s3://input/studies/", outputS3Uri: "s3://output/results/", ...job,
});
const good = await start({ jobName: "good", clientToken: "job" });
assert.equal((await start({ jobName: "good", clientToken: "job" })).jobId, good.jobId);
const second = await start({ inputOwnerAccountId: "123456789012" });
const bad = await start({ jobName: "bad", inputS3Uri: "s3://input/empty/" });
const ended = (o) => ["COMPLETED", "FAILED"].includes(o.jobProperties.jobStatus);
assert.equal((await until("GetDICOMImportJob", { datastoreId, jobId: good.jobId }, ended)).jobProperties.jobStatus, "COMPLETED");
assert.equal((await until("GetDICOMImportJob", { datastoreId, jobId: bad.jobId }, ended)).jobProperties.jobStatus, "FAILED");
await until("GetDICOMImportJob", { datastoreId, jobId: second.jobId }, ended);
await call("GetDICOMImportJob", { datastoreId, jobId: "9999" }, { fails: "ResourceNotFoundException" });
await call("GetDICOMImportJob", { datastoreId, jobId: "NO/JOB" }, { fails: "ValidationException" });
await call("ListDICOMImportJobs", { datastoreId, jobStatus: "FAILED" });
await pages("ListDICOMImportJobs", { datastoreId }, 1, 3);

// Image sets.
const found = await call("SearchImageSets", { datastoreId });
const [one, two] = found.imageSetsMetadataSummaries;
const imageSetId = one.imageSetId;
const search = (filters, sort, options) => call("SearchImageSets", { datastoreId, searchCriteria: { filters, sort } }, options);
const equal = (value) => [{ operator: "EQUAL", values: [value] }];
const tags = one.DICOMTags;
for (const name of ["DICOMPatientId", "DICOMAccessionNumber", "DICOMStudyId", "DICOMStudyInstanceUID", "DICOMSeriesInstanceUID"]) {
    assert.equal((await search(equal({ [name]: tags[name] }))).imageSetsMetadataSummaries.length, 1, name);
}
assert.equal((await search(equal({ DICOMStudyDateAndTime: { DICOMStudyDate: tags.DICOMStudyDate } }))).imageSetsMetadataSummaries.length, 1);
await search([{ operator: "BETWEEN", values: [{ createdAt: new Date(0) }, { createdAt: one.createdAt }] }], { sortField: "createdAt", sortOrder: "ASC" });
await search([{
    operator: "BETWEEN",
    values: [{ DICOMStudyDateAndTime: { DICOMStudyDate: "20250101", DICOMStudyTime: "000000.000" } }, { DICOMStudyDateAndTime: { DICOMStudyDate: "20250103" } }],
}], { sortField: "DICOMStudyDateAndTime", sortOrder: "DESC" });
await search([{ operator: "BETWEEN", values: [{ createdAt: new Date(0) }, { updatedAt: new Date(0) }] }], undefined, { fails: "ValidationException" });
await search([{ operator: "BETWEEN", values: [{ createdAt: new Date(0) }] }], undefined, { fails: "ValidationException" });
await search([], undefined, { fails: "ValidationException" });
await pages("SearchImageSets", { datastoreId, searchCriteria: { sort: { sortField: "updatedAt", sortOrder: "DESC" } } }, 3, 2);

await call("GetImageSet", { datastoreId, imageSetId });
await call("GetImageSet", { datastoreId, imageSetId: nobody }, { fails: "ResourceNotFoundException" });
const metadataOf = async (input) => {
    const output = await call("GetImageSetMetadata", { datastoreId, imageSetId, ...input });
    assert.equal(output.contentEncoding, "gzip");
    return JSON.parse(gunzipSync(output.imageSetMetadataBlob));
};
const metadata = await metadataOf({});
const series = Object.values(metadata.Study.Series)[0];
const [firstInstance] = Object.keys(series.Instances);
const imageFrameId = series.Instances[firstInstance].ImageFrames[0].ID;
const frame = await call("GetImageFrame", { datastoreId, imageSetId, imageFrameInformation: { imageFrameId } });
assert(frame.imageFrameBlob.toString("latin1").startsWith("P5"));
assert.equal(frame.contentType, "application/octet-stream");
await call("GetImageFrame", { datastoreId, imageSetId, imageFrameInformation: { imageFrameId: nobody } }, { fails: "ResourceNotFoundException" });

// Versions.
const attributes = (value) => Buffer.from(JSON.stringify({ SchemaVersion: "1.1", ...value }));
const update = (latestVersionId, updates, options, force) => call("UpdateImageSetMetadata", {
    datastoreId, imageSetId, latestVersionId, updateImageSetMetadataUpdates: updates, force,
}, options);
const active = (id = imageSetId) => until("GetImageSet", { datastoreId, imageSetId: id }, (o) => o.imageSetState === "ACTIVE");
const rename = { DICOMUpdates: { updatableAttributes: attributes({ Patient: { DICOM: { PatientName: "Renamed^Jané" } } }) } };
await update("1", rename);
await update("2", rename, { fails: "ConflictException" });
await active();
await update("1", rename, { fails: "ConflictException" });
assert.equal((await metadataOf({})).Patient.DICOM.PatientName, "Renamed^Jané");
assert.equal((await metadataOf({ versionId: "1" })).Patient.DICOM.PatientName, tags.DICOMPatientName);
await update("2", { DICOMUpdates: { removableAttributes: attributes({ Study: { DICOM: { StudyDescription: "" } } }) } }, {}, true);
await active();
await update("3", { revertToVersionId: "1" });
await active();
assert.deepEqual(await metadataOf({}), metadata);
await update("4", { DICOMUpdates: { updatableAttributes: Buffer.from("no JSON") } }, { fails: "ValidationException" });
await update("4", { DICOMUpdates: { updatableAttributes: attributes({ Patient: { DICOM: "x" } }) } }, { fails: "ValidationException" });
await update("4", { revertToVersionId: "9" }, { fails: "ResourceNotFoundException" });
await call("GetImageSet", { datastoreId, imageSetId, versionId: "2" });
await call("GetImageSet", { datastoreId, imageSetId, versionId: "5" }, { fails: "ResourceNotFoundException" });
await pages("ListImageSetVersions", { datastoreId, imageSetId }, 2, 2);
await call("ListImageSetVersions", { datastoreId, imageSetId });

// Copies.
const copy = (information, options, force) => call("CopyImageSet", {
    datastoreId, sourceImageSetId: imageSetId, copyImageSetInformation: information, force,
}, options);
const copied = await copy({ sourceImageSet: { latestVersionId: "4" } });
await copy({ sourceImageSet: { latestVersionId: "4" } }, { fails: "ConflictException" });
await active();
await active(copied.destinationImageSetProperties.imageSetId);
const destinationImageSet = { imageSetId: two.imageSetId, latestVersionId: "1" };
await copy({ sourceImageSet: { latestVersionId: "4" }, destinationImageSet }, { fails: "ConflictException" });
const seriesUid = Object.keys(metadata.Study.Series)[0];
await copy({
    sourceImageSet: {
        latestVersionId: "4",
        DICOMCopies: { copiableAttributes: JSON.stringify({ SchemaVersion: "1.1", Study: { Series: { [seriesUid]: { Instances: { [firstInstance]: {} } } } } }) },
    },
    destinationImageSet,
}, {}, true);
await active();
await active(two.imageSetId);
await call("GetImageFrame", { datastoreId, imageSetId: two.imageSetId, imageFrameInformation: { imageFrameId } });
await copy({ sourceImageSet: { latestVersionId: "4", DICOMCopies: { copiableAttributes: "{}" } } }, { fails: "ValidationException" });

// Tags.
for (const resourceArn of [datastoreProperties.datastoreArn, copied.destinationImageSetProperties.imageSetArn]) {
    await call("TagResource", { resourceArn, tags: { "a/b": "1 2", c: "ü" } });
    await call("ListTagsForResource", { resourceArn });
    await call("UntagResource", { resourceArn, tagKeys: ["a/b", "absent"] });
    assert.equal((await call("ListTagsForResource", { resourceArn })).tags.c, "ü");
}
await call("TagResource", { resourceArn: datastoreProperties.datastoreArn, tags: { "aws:x": "" } }, { fails: "ValidationException" });
await call("ListTagsForResource", { resourceArn: `arn:aws:medical-imaging:us-east-1:123456789012:datastore/${nobody}` }, { fails: "ResourceNotFoundException" });

// Each kind of error, on an operation that does not necessarily declare it.
for (const error of errors) await call("ListTagsForResource", { resourceArn: datastoreProperties.datastoreArn }, { failNext: { error, times: 1 }, fails: error });
await call("GetDICOMImportJob", { datastoreId, jobId: good.jobId }, { client: "patient", failNext: { error: "ThrottlingException", times: 2 } });
await call("GetDICOMImportJob", { datastoreId, jobId: good.jobId }, {
    client: "patient", failNext: { error: "InternalServerException", times: 3 }, fails: "InternalServerException",
});

// Signatures.
await call("ListDatastores", {}, { client: "wrong-secret", fails: "InvalidSignatureException" });
await call("StartDICOMImportJob", { datastoreId, dataAccessRoleArn: role, inputS3Uri: "s3://input/a", outputS3Uri: "s3://output/b" },
    { client: "wrong-token", fails: "InvalidSignatureException" });
await call("ListDatastores", {}, { client: "unknown-key", fails: "UnrecognizedClientException" });
await call("ListDatastores", {}, { client: "unsigned", fails: "MissingAuthenticationTokenException" });

// Clean-up.
await call("DeleteDatastore", { datastoreId }, { fails: "ConflictException" });
for (const { imageSetId } of (await call("SearchImageSets", { datastoreId })).imageSetsMetadataSummaries) {
    await call("DeleteImageSet", { datastoreId, imageSetId });
    await until("GetImageSet", { datastoreId, imageSetId }, (o) => o.imageSetState === "DELETED");
}
await call("GetImageSetMetadata", { datastoreId, imageSetId }, { fails: "ResourceNotFoundException" });
await call("DeleteImageSet", { datastoreId, imageSetId }, { fails: "ResourceNotFoundException" });
await call("SearchImageSets", { datastoreId });
await call("DeleteDatastore", { datastoreId });
await until("GetDatastore", { datastoreId }, (o) => o.datastoreProperties.datastoreStatus === "DELETED");
await call("DeleteDatastore", { datastoreId }, { fails: "ConflictException" });

const commands = Object.keys(sdk).filter((name) => /^[A-Z].*Command$/.test(name) && name !== "$Command").map((name) => name.slice(0, -"Command".length));
const paginators = Object.keys(sdk).filter((name) => /^paginate/.test(name)).map((name) => name.slice("paginate".length));
assert.deepEqual([...seen.operations].sort(), commands.sort());
assert.deepEqual([...seen.paginators].sort(), paginators.sort());
assert.deepEqual([...seen.errors].sort(), errors);
writeFileSync(transcriptFile, JSON.stringify(transcript, null, 1));
console.log(`the reference: ${transcript.length} calls of ${seen.operations.size} operations, ${seen.paginators.size} paginators, ${seen.errors.size} classes of errors`);
