import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { whyNoRefusal } from "../fuzz/fuzzTarget";
import { inputOf } from "../fuzz/inputOf";
import { type FuzzReport, runFuzz, shareOut } from "../fuzz/runFuzz";
import { FUZZ_TARGETS } from "../fuzz/targets";

/** Of all readers together; the nightly `npm run fuzz` takes a million, and others each time. */
const INPUTS = 8_000;
const LEAST = 10;
const SEED = 20_261_130;
const FOUND = join(import.meta.dirname, "../fixtures/fuzz");
const scratch = mkdtempSync(join(tmpdir(), "mlops-fuzz-bundle-"));
let report: FuzzReport;

// In a thread as at night, so that an input without an end fails its test and not the whole run.
beforeAll(async () => {
  const worker = join(scratch, "fuzzWorker.mjs");
  const banner = { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' };
  const define = { "import.meta.dirname": JSON.stringify(join(import.meta.dirname, "../builders")) };
  const entryPoints = ["test/fuzz/fuzzWorker.ts"];
  await build({ entryPoints, outfile: worker, bundle: true, platform: "node", format: "esm", target: "node22", banner, define });
  report = await runFuzz({ worker, seed: SEED, work: shareOut(INPUTS, [], LEAST), patienceMs: 30_000 });
}, 300_000);
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe("A damaged input", () => {
  it.each(FUZZ_TARGETS.map(({ name }) => name))("is read or refused in the product's own words: %s", (name) => {
    expect(report.crashes.filter((crash) => crash.name === name)).toEqual([]);
    expect(report.results.find((result) => result.name === name)?.inputs).toBeGreaterThanOrEqual(LEAST);
  });

  it("that was found once stays mended", async () => {
    const found = readdirSync(FOUND).flatMap((name) => readdirSync(join(FOUND, name)).map((file) => [name, file] as const));
    expect(found.length).toBeGreaterThan(20);
    for (const [name, file] of found) {
      const target = FUZZ_TARGETS.find((one) => one.name === name);
      const opened = await target?.open();
      const error: unknown = await Promise.resolve()
        .then(() => opened?.run(readFileSync(join(FOUND, name, file))))
        .then(
          () => null,
          (thrown: unknown) => thrown,
        );
      expect(opened, name).toBeDefined();
      expect(error === null ? null : whyNoRefusal(error), `${name}/${file}`).toBeNull();
      await opened?.close?.();
    }
  });
});

describe("The inputs", () => {
  it("are the same for the same numbers, and others for others", () => {
    const [target] = FUZZ_TARGETS;
    if (target === undefined) {
      throw new Error("There is no reader.");
    }
    const seeds = target.seeds();
    const some = (seed: number): string[] => Array.from({ length: 50 }, (_, index) => inputOf(target, seeds, seed, index).toString("hex"));
    expect(some(1)).toEqual(some(1));
    expect(some(1)).not.toEqual(some(2));
    expect(new Set(some(1)).size).toBeGreaterThan(40);
  });

  it("have names of their own and good ones to begin with", () => {
    expect(new Set(FUZZ_TARGETS.map(({ name }) => name)).size).toBe(FUZZ_TARGETS.length);
    expect(FUZZ_TARGETS.filter(({ name }) => !/^[a-z0-9-]+$/.test(name))).toEqual([]);
    expect(FUZZ_TARGETS.filter(({ seeds }) => seeds().length === 0)).toEqual([]);
  });

  it.each([
    [new Error("It is no YAML."), true],
    [new Error(""), false],
    [new Error("x is not a function"), false],
    [new TypeError("Cannot read properties of undefined"), false],
    [new RangeError("Maximum call stack size exceeded"), false],
    ["text", false],
  ])("are refused by %s or not", (error, isRefusal) => {
    expect(whyNoRefusal(error) === null).toBe(isRefusal);
  });
});
