import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { createTableReader } from "../../../src/adapters/tabular/createTableReader";
import { findDateColumns } from "../../../src/adapters/tabular/findDateColumns";
import { calibrationOf } from "../../../src/core/monitoring/calibrationOf";
import { kpisOverTime, type KpisOverTimeWish } from "../../../src/core/monitoring/kpisOverTime";

const WEEK = 7 * 86_400_000;
const MONDAY = Date.UTC(2026, 9, 5);
const folder = mkdtempSync(join(tmpdir(), "mlops-kpis-"));
const signal = new AbortController().signal;

/** Rows of which a share is predicted rightly. */
function rows(count: number, right: number, from: number | null): string {
  return Array.from({ length: count }, (_, index) => {
    const predicted = index % 2 === 0 ? "yes" : "no";
    const actual = (index * 29) % 100 < right * 100 ? predicted : predicted === "yes" ? "no" : "yes";
    return `${from === null ? "" : `${new Date(from + (index / count) * WEEK).toISOString()},`}${predicted},${actual}`;
  }).join("\n");
}

beforeAll(() => {
  const weeks = [0.9, 0.9, 0.6].map((right, index) => rows(400, right, MONDAY + index * WEEK));
  writeFileSync(join(folder, "live.csv"), `ts,prediction,label\n${weeks.join("\n")}\n`);
  writeFileSync(join(folder, "reference.csv"), `prediction,label\n${rows(2000, 0.9, null)}\n`);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const wish = (more: Partial<KpisOverTimeWish> = {}): KpisOverTimeWish => ({
  live: { paths: [join(folder, "live.csv")], kinds: { ts: "time" } },
  reference: { paths: [join(folder, "reference.csv")] },
  columns: [
    { name: "ts", kind: "time" },
    { name: "prediction", kind: "text" },
    { name: "label", kind: "text" },
  ],
  ...{ time: "ts", by: "week", labelDelay: 0, asOf: MONDAY + 10 * WEEK, minRows: 100 },
  given: { label: null, prediction: null, score: null, positive: null },
  kpis: [{ name: "accuracy", target: ">= 0.80", warn: null }],
  ...more,
});
const measure = (more: Partial<KpisOverTimeWish> = {}): ReturnType<typeof kpisOverTime> =>
  kpisOverTime(createTableReader(), wish(more), signal);

describe("KPIs of windows", () => {
  it("are measured from the rows of each, judged, and set against what is usual", async () => {
    const [accuracy] = await measure();
    expect(accuracy?.series.points.map(({ value, status }) => [value, status])).toEqual([
      [0.9, "ok"],
      [0.9, "ok"],
      [0.6, "fail"],
    ]);
    expect(accuracy?.series.band?.baseline).toBe("ten parts of the reference");
  });

  it("wait for outcomes that come later", async () => {
    const [accuracy] = await measure({ labelDelay: WEEK, asOf: MONDAY + 3.5 * WEEK });
    expect(accuracy?.series.points.map(({ status }) => status)).toEqual(["ok", "ok", "unjudged"]);
  });

  it("have no band where the reference has no outcomes, and are left out where the data lack what they need", async () => {
    const [accuracy] = await measure({ reference: { paths: [join(folder, "gone.csv")] } });
    expect(accuracy?.series.points).toHaveLength(3);
    expect(accuracy?.series.band).toBeNull();
    expect(await measure({ kpis: [{ name: "roc_auc", target: null, warn: null }] })).toEqual([]);
    expect(await measure({ kpis: [] })).toEqual([]);
  });
});

describe("columns of dates", () => {
  const dates = (name: string, text: string): Promise<readonly string[]> => {
    writeFileSync(join(folder, name), text);
    return findDateColumns(join(folder, name), signal);
  };

  it("are those whose values all are ISO dates", async () => {
    expect(await findDateColumns(join(folder, "live.csv"), signal)).toEqual(["ts"]);
    expect(await dates("a.csv", "day,n,mixed\n2026-10-05,20261005,2026-10-05\n,20261006,soon\n")).toEqual(["day"]);
    expect(await dates("b.jsonl", '{"at":"2026-10-05T10:00:00Z","n":1}\n{"at":null,"n":2}\n')).toEqual(["at"]);
    expect(await dates("c.csv", "day\n2026-13-45\n")).toEqual([]);
  });

  it("are none in an empty file, a damaged one, one that is gone, and one that says its kinds itself", async () => {
    expect(await dates("d.csv", "")).toEqual([]);
    expect(await dates("e.jsonl", "{broken\n")).toEqual([]);
    expect(await findDateColumns(join(folder, "gone.csv"), signal)).toEqual([]);
    expect(await findDateColumns(join(folder, "x.parquet"), signal)).toEqual([]);
  });
});

describe("calibration of live data", () => {
  it("is read from score and outcome of both sides, without outcomes that are not due", async () => {
    const line = (index: number, share: number): string => `0.7,${(index * 29) % 100 < share * 100 ? "yes" : "no"}`;
    const live = Array.from(
      { length: 400 },
      (_, index) => `${new Date(MONDAY + (index < 200 ? 0 : 3 * WEEK)).toISOString()},${line(index, index < 200 ? 0.4 : 1)}`,
    );
    writeFileSync(join(folder, "scored.csv"), `ts,score,label\n${live.join("\n")}\n`);
    writeFileSync(join(folder, "training.csv"), `score,label\n${Array.from({ length: 200 }, (_, index) => line(index, 0.7)).join("\n")}\n`);
    const calibration = await calibrationOf(
      createTableReader(),
      {
        ...wish({ labelDelay: WEEK, asOf: MONDAY + 2 * WEEK }),
        live: { paths: [join(folder, "scored.csv")], kinds: { ts: "time" } },
        reference: { paths: [join(folder, "training.csv")] },
        columns: [
          { name: "ts", kind: "time" },
          { name: "score", kind: "float" },
          { name: "label", kind: "text" },
        ],
      },
      signal,
    );
    expect(calibration?.column).toBe("score");
    expect(calibration?.bins).toHaveLength(1);
    expect(calibration?.bins[0]).toMatchObject({ observed: 0.4, reference: 0.7, rows: 400 });
  });

  it("is null where there is no score", async () => {
    expect(await calibrationOf(createTableReader(), wish(), signal)).toBeNull();
  });
});
