// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// Validates each OpenAPI document of a folder by the JSON schema of OpenAPI 3.1, with the one of its dialect for schemas, and the
// samples beside it by the schemas of the document.
//
//   node validate.mjs FOLDER
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { registerSchema, validate } from "@hyperjump/json-schema/openapi-3-1";

const official = "https://spec.openapis.org/oas/3.1/schema-base";
const folder = process.argv[2];
const read = (name) => JSON.parse(readFileSync(join(folder, name), "utf8"));
let passed = 0, failed = 0;

function expect(good, what, detail = "") {
    if (good) return ++passed;
    ++failed;
    console.log(`FAILED ${what} ${detail}`);
}

const names = readdirSync(folder).filter((name) => name.endsWith(".json") && !name.endsWith(".samples.json"));
for (const name of names) {
    const document = read(name);
    const verdict = await validate(official, document, "BASIC");
    expect(verdict.valid, name, JSON.stringify(verdict.errors ?? "").slice(0, 2000));

    // A validator that lets everything pass is none.
    const { info, ...nameless } = document;
    expect(!(await validate(official, nameless)).valid, `${name} without info is refused`);
    const path = Object.values(document.paths)[0];
    const broken = { ...document, paths: { "/x": { ...path, get: { responses: { 200: {} } } } } };
    expect(!(await validate(official, broken)).valid, `${name} with a response that has no description is refused`);

    const base = `https://example.com/${name}`;
    registerSchema(document, base, "https://spec.openapis.org/oas/3.1/schema-base");
    for (const [schema, samples] of Object.entries(read(name.replace(".json", ".samples.json")))) {
        const valid = await validate(`${base}#/components/schemas/${schema}`);
        for (const sample of samples) {
            const output = valid(sample, "BASIC");
            expect(output.valid, `${name}: a value of ${schema}`, JSON.stringify(sample) + JSON.stringify(output.errors ?? "").slice(0, 500));
        }
        expect(!valid(7).valid, `${name}: a number is no ${schema}`);
    }
}
expect(names.length >= 4, "there are documents");
console.log(`openapi: ${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
