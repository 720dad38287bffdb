import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { openResultFiles } from "../../../src/adapters/node/resultFiles";
import { AppError } from "../../../src/core/base/appError";
import { NEVER_CANCELLED } from "../../../src/core/base/cancel";
import { type MonitoredProduct, resultFolder } from "../../../src/core/monitoring/monitoredProduct";
import type { MonitoringResult } from "../../../src/core/monitoring/monitoringResult";
import { readResult } from "../../../src/core/monitoring/readResult";
import { resultName, timeOfResultName } from "../../../src/core/monitoring/resultName";
import { type ResultFiles, ResultStore } from "../../../src/core/monitoring/resultStore";
import { DAY, kpi, NOW, result } from "./monitoringBuilders";

const CHURN: MonitoredProduct = { name: "churn", config: "churn/mlops.yaml" };
const FOLDER = "churn/.mlops/monitoring/churn";

let root: string;
let files: ResultFiles;
let store: ResultStore;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "mlops-results-"));
  files = openResultFiles(root);
  store = new ResultStore(files);
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

const keep = (changes: Partial<MonitoringResult> = {}): ReturnType<ResultStore["keep"]> =>
  store.keep(CHURN, result(changes), NEVER_CANCELLED);
const history = (limit = 100): ReturnType<ResultStore["history"]> => store.history(CHURN, limit, NEVER_CANCELLED);

describe("keeping results", () => {
  it("keeps a result beside the product's file under its time, and gives it back", async () => {
    const { path } = await keep({ status: "fail", kpis: [kpi()] });
    expect(path).toBe(`${FOLDER}/20261130T093000.000Z.json`);
    expect((await history()).results).toEqual([{ path, result: result({ status: "fail", kpis: [kpi()] }) }]);
    expect(readdirSync(join(root, FOLDER))).toEqual(["20261130T093000.000Z.json"]);
  });

  it("gives two checks of the same millisecond two names", async () => {
    const kept = await Promise.all(Array.from({ length: 8 }, (_, index) => keep({ verdict: `check ${index}` })));
    expect(new Set(kept.map(({ path }) => path)).size).toBe(8);
    expect((await history()).results.map((one) => one.result.verdict).sort()).toEqual(kept.map(({ result: one }) => one.verdict).sort());
  });

  it("keeps the newest the newest where the clock goes back", async () => {
    await keep({ verdict: "before" });
    const { path } = await keep({ checked_at: NOW - 3 * DAY, verdict: "after the clock went back" });
    const { latest } = await store.latest(CHURN, NEVER_CANCELLED);
    expect(latest).toMatchObject({ path, result: { verdict: "after the clock went back", checked_at: NOW - 3 * DAY } });
  });

  it("never overwrites what is there, whatever it is", async () => {
    write(`${FOLDER}/20261130T093000.000Z.json`, "mine");
    const { path } = await keep();
    expect(path).toBe(`${FOLDER}/20261130T093000.001Z.json`);
    expect(readFileSync(join(root, FOLDER, "20261130T093000.000Z.json"), "utf8")).toBe("mine");
    expect(await files.create(path, "other", NEVER_CANCELLED)).toBe(false);
  });

  it("says what stands in the way, and loses nothing", async () => {
    await keep();
    write("other/.mlops", "a file where a folder is needed");
    const failing = store.keep({ name: "other", config: "other/mlops.yaml" }, result(), NEVER_CANCELLED);
    await expect(failing).rejects.toMatchObject({
      code: "file/unwritable",
      message: expect.stringContaining("a folder is needed") as string,
    });
    expect((await history()).total).toBe(1);
  });

  it("leaves no half file behind where the disk is full", async () => {
    // A device that takes nothing, in place of a disk that is full.
    const full = openResultFiles("/dev/full");
    await expect(full.create("x/20261130T093000.000Z.json", "{}", NEVER_CANCELLED)).rejects.toBeInstanceOf(AppError);
    expect(await full.names("x", NEVER_CANCELLED)).toEqual([]);
  });

  it("does not follow a link out of the workspace", async () => {
    const outside = mkdtempSync(join(tmpdir(), "mlops-outside-"));
    mkdirSync(join(root, "churn"));
    symlinkSync(outside, join(root, "churn", ".mlops"));
    await expect(keep()).rejects.toMatchObject({ code: "file/unwritable", message: expect.stringContaining("leads out") as string });
    rmSync(outside, { recursive: true });
  });

  it("gives files of one folder folders of their own", () => {
    const folders = ["mlops.yaml", "churn.mlops.yaml", "b/mlops.yaml", "b/churn.mlops.yml"].map((config) =>
      resultFolder({ name: "churn", config }),
    );
    expect(folders).toEqual([
      ".mlops/monitoring/churn",
      ".mlops/monitoring/churn.mlops",
      "b/.mlops/monitoring/churn",
      "b/.mlops/monitoring/churn.mlops",
    ]);
  });

  it("makes a folder of any name", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (name) => {
        const slug = resultFolder({ name, config: "mlops.yaml" }).slice(".mlops/monitoring/".length);
        expect(slug).toMatch(/^[\p{L}\p{N}-]{1,61}$/u);
        expect(slug.isWellFormed()).toBe(true);
      }),
    );
    expect(resultFolder({ name: "../../etc", config: "mlops.yaml" })).toBe(".mlops/monitoring/etc");
    expect(resultFolder({ name: "CON", config: "mlops.yaml" })).toBe(".mlops/monitoring/con-");
    expect(resultFolder({ name: "???", config: "mlops.yaml" })).toBe(".mlops/monitoring/product");
  });
});

describe("names of results", () => {
  it("sort as times do, and are read back", () => {
    const time = fc.integer({ min: 0, max: Date.UTC(9999, 11, 31, 23, 59, 59, 999) });
    fc.assert(
      fc.property(time, time, (a, b) => {
        expect(timeOfResultName(resultName(a))).toBe(a);
        expect(Math.sign(a - b)).toBe(resultName(a) < resultName(b) ? -1 : resultName(a) > resultName(b) ? 1 : 0);
      }),
    );
  });

  it.each(["20261130T093000Z.json", "20261330T093000.000Z.json", "20260230T093000.000Z.json", "latest.json", ".x.tmp", ""])(
    "%j is none",
    (name) => expect(timeOfResultName(name)).toBeNull(),
  );
});

describe("reading results", () => {
  it("gives the newest first, up to a limit, and says how many there are", async () => {
    for (let day = 0; day < 5; day++) {
      await keep({ checked_at: NOW + day * DAY, verdict: `day ${day}` });
    }
    const { results, total } = await history(2);
    expect(results.map((one) => one.result.verdict)).toEqual(["day 4", "day 3"]);
    expect(total).toBe(5);
  });

  it("names damaged and foreign files, and reads the others", async () => {
    await keep();
    write(`${FOLDER}/20261201T093000.000Z.json`, '{"version":1,"product":"chu');
    write(`${FOLDER}/20261202T093000.000Z.json`, "[]");
    write(`${FOLDER}/20261203T093000.000Z.json`, JSON.stringify({ ...result(), version: 7 }));
    write(`${FOLDER}/20261204T093000.000Z.json`, "");
    write(`${FOLDER}/notes.json`, "{}");
    write(`${FOLDER}/.123.tmp`, "left behind");
    mkdirSync(join(root, FOLDER, "20261205T093000.000Z.json"));
    const { results, problems } = await history();
    expect(results).toHaveLength(1);
    expect(problems).toHaveLength(6);
    expect(problems.join("\n")).toContain("20261201T093000.000Z.json: it is no JSON; it may have been cut off");
    expect(problems.join("\n")).toContain("version 7");
    expect(problems.join("\n")).toContain("notes.json is not read");
    expect((await store.latest(CHURN, NEVER_CANCELLED)).latest?.result.checked_at).toBe(NOW);
  });

  it("has nothing to say of a product that was never checked", async () => {
    expect(await history()).toEqual({ results: [], problems: [], total: 0 });
  });

  it("keeps fields that it does not know, at every level", () => {
    const later = { ...result({ kpis: [{ ...kpi(), trend: [1, 2] } as never] }), cost: { eur: 3 } };
    expect(readResult(JSON.stringify(later))).toEqual(later);
  });

  it("makes a result of whatever parts are there", () => {
    const damaged = {
      ...result(),
      window: 7,
      live: { files: "x" },
      kpis: [null, { name: "f1" }, { ...kpi(), value: "high", group: 3 }],
      drift: { status: "fail", columns: [{ name: "age", status: "fail", score: null, missing: 3 }, { status: "ok" }] },
      problems: ["one", 2],
    };
    const read = readResult(JSON.stringify(damaged));
    expect(read).toMatchObject({
      window: null,
      live: null,
      problems: ["one"],
      drift: { status: "fail", mode: "own", columns: [{ name: "age" }] },
    });
    expect(read.drift?.columns).toHaveLength(1);
    expect(read.kpis).toEqual([{ ...kpi(), value: null, group: null }]);
  });

  it("throws a sentence and nothing else for any text", () => {
    const anyJson = fc.oneof(
      fc.string(),
      fc.json(),
      fc
        .record({
          version: fc.constant(1),
          product: fc.string(),
          status: fc.constant("ok"),
          checked_at: fc.anything(),
          drift: fc.anything(),
          kpis: fc.anything(),
        })
        .map((value) => JSON.stringify(value, (_, one: unknown) => (typeof one === "bigint" ? 0 : one))),
    );
    fc.assert(
      fc.property(anyJson, (text) => {
        try {
          const read = readResult(text);
          expect(["ok", "warn", "fail", "unjudged"]).toContain(read.status);
          expect(Number.isFinite(read.checked_at)).toBe(true);
        } catch (error) {
          expect((error as Error).message).toMatch(/^It /);
        }
      }),
    );
  });
});

describe("an overview", () => {
  it("has the newest result of each product, in the order given", async () => {
    const products = Array.from({ length: 15 }, (_, index) => ({ name: `model ${index}`, config: `m${index}/mlops.yaml` }));
    for (const product of products.slice(0, 10)) {
      await store.keep(product, result({ product: product.name, checked_at: NOW - DAY }), NEVER_CANCELLED);
      await store.keep(product, result({ product: product.name }), NEVER_CANCELLED);
    }
    const overview = await store.overview(products, NEVER_CANCELLED);
    expect(overview.map(({ product }) => product)).toEqual(products);
    expect(overview.filter(({ latest }) => latest?.result.checked_at === NOW)).toHaveLength(10);
    expect(overview.filter(({ latest }) => latest === null)).toHaveLength(5);
  });

  it("is what was kept, for any order of times", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 4e12 }), { minLength: 1, maxLength: 6 }), async (times) => {
        const folder = mkdtempSync(join(tmpdir(), "mlops-results-"));
        try {
          const own = new ResultStore(openResultFiles(folder));
          for (const [index, time] of times.entries()) {
            await own.keep(CHURN, result({ checked_at: time, verdict: String(index) }), NEVER_CANCELLED);
          }
          const { results } = await own.history(CHURN, 100, NEVER_CANCELLED);
          expect(results.map((one) => Number(one.result.verdict))).toEqual(times.map((_, index) => times.length - 1 - index));
        } finally {
          rmSync(folder, { recursive: true });
        }
      }),
      { numRuns: 25 },
    );
  });
});
