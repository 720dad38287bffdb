import { readFileSync } from "node:fs";
import { join } from "node:path";

import Ajv from "ajv";
import addFormats from "ajv-formats";
import { describe, expect, it } from "vitest";

import { bundledPackages, licencesText, sbomText } from "../../scripts/bundled.mjs";
import { root } from "../../scripts/node.mjs";

const SCHEMAS = join(root, "node_modules/@cyclonedx/cyclonedx-library/res/schema");
const read = (path: string): unknown => JSON.parse(readFileSync(path, "utf8"));
const { name, version, publisher, dependencies, devDependencies } = read(join(root, "package.json")) as {
  readonly name: string;
  readonly version: string;
  readonly publisher: string;
  readonly dependencies?: object;
  readonly devDependencies: Readonly<Record<string, string>>;
};
/** As esbuild tells it: paths from the root, and files of plugins with their namespace. */
const METAFILES = {
  main: {
    inputs: {
      "src/container.ts": {},
      "node_modules/valibot/dist/index.mjs": {},
      "node_modules/yaml/browser/index.js": {},
      "host:vscode": {},
    },
  },
  webview: { inputs: { "node_modules/@lit/reactive-element/reactive-element.js": {}, "node_modules/valibot/dist/index.mjs": {} } },
};

describe("What is bundled", () => {
  it("is found by the files that were taken, each package once", () => {
    const packages = bundledPackages(METAFILES);
    expect(packages.map((one) => one.name)).toEqual(["@lit/reactive-element", "valibot", "yaml"]);
    for (const { licence, sha512, text } of packages) {
      expect(licence).toMatch(/^(MIT|ISC|BSD-3-Clause)$/);
      expect(sha512).toMatch(/^[0-9a-f]{128}$/);
      expect(text).toMatch(/copyright/i);
    }
    expect(licencesText(packages)).toMatch(/valibot 1\.\d+\.\d+ \(MIT\)\n\nMIT License/);
  });

  it("is told as a bill of materials that the published schema takes, the same each time", () => {
    const ajv = new Ajv({ strict: false, allErrors: true });
    addFormats(ajv);
    ajv.addFormat("iri-reference", /^\S+$/);
    ajv.addFormat("idn-email", /^\S+@\S+$/);
    for (const one of ["spdx", "jsf-0.82", "cryptography-defs"]) {
      const schema = read(join(SCHEMAS, `${one}.SNAPSHOT.schema.json`)) as object;
      ajv.addSchema(schema, `http://cyclonedx.org/schema/${one}.SNAPSHOT.schema.json`);
    }
    const validate = ajv.compile(read(join(SCHEMAS, "bom-1.7.SNAPSHOT.schema.json")) as object);
    const text = sbomText(bundledPackages(METAFILES), { name, version, publisher });
    validate(JSON.parse(text));
    expect(validate.errors).toBeNull();
    expect(sbomText(bundledPackages(METAFILES), { name, version, publisher })).toBe(text);
    expect(text).toContain("pkg:npm/%40lit/reactive-element@");
    expect(validate({ ...(JSON.parse(text) as object), specVersion: 17 })).toBe(false);
  });
});

describe("The lock file", () => {
  const { packages } = read(join(root, "package-lock.json")) as {
    readonly packages: Readonly<Record<string, { readonly version?: string; readonly integrity?: string; readonly resolved?: string }>>;
  };
  const entries = Object.entries(packages).filter(([path]) => path !== "");

  it("names a hash for each package, and no server that it must come from", () => {
    expect(entries.length).toBeGreaterThan(200);
    expect(entries.filter(([, { integrity }]) => !/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity ?? ""))).toEqual([]);
    expect(entries.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
    expect(readFileSync(join(root, "package-lock.json"), "utf8")).not.toMatch(/https?:\/\/[^"]*(?:registry|npmjs|:\d+\/)[^"]*\.tgz/);
  });

  it("has the one version of each package that package.json asks for", () => {
    expect(dependencies).toBeUndefined();
    for (const [one, wanted] of Object.entries(devDependencies)) {
      expect(wanted, one).toMatch(/^\d+\.\d+\.\d+/);
      expect(packages[`node_modules/${one}`]?.version, one).toBe(wanted);
    }
  });
});
