import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { createTableReader } from "../../../src/adapters/tabular/createTableReader";
import { findDateColumns } from "../../../src/adapters/tabular/findDateColumns";
import { type KpiOverTime, type KpisOverTime, kpisOverTime, type KpisOverTimeWish } from "../../../src/core/monitoring/kpisOverTime";
import type { TableReader } from "../../../src/core/tabular/tableReader";

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
  kpis: [{ name: "accuracy", by: null, target: ">= 0.80", warn: null }],
  detectors: ["adwin"],
  ...more,
});
const measure = async (more: Partial<KpisOverTimeWish> = {}): Promise<readonly KpiOverTime[]> =>
  (await kpisOverTime(createTableReader(), wish(more), signal)).kpis;

describe("KPIs of windows", () => {
  it("are searched for changes by what was chosen, and say what could not be asked", async () => {
    const [one] = await measure({ detectors: ["baseline_band", "ddm", "page_hinkley"] });
    expect(one?.series.points.map(({ drift, foundBy }) => [drift, [...foundBy].sort()])).toEqual([
      [false, []],
      [false, []],
      [true, ["baseline_band", "ddm"]],
    ]);
    const [without] = await measure({ detectors: ["cusum"], reference: { paths: [join(folder, "gone.csv")] } });
    expect(without?.series.notes).toEqual(["CUSUM: It needs a baseline: say which part of the series was normal."]);
    expect((await measure({ detectors: [] }))[0]?.series.marks).toEqual([]);
  });

  it("can be windows of so many rows", async () => {
    const [one] = await measure({ by: 300 });
    expect(one?.series.points.map(({ rows: count }) => count)).toEqual([300, 300, 300, 300]);
    expect(one?.series.points.at(-1)?.status).toBe("fail");
  });

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
    expect(await measure({ kpis: [{ name: "roc_auc", by: null, target: null, warn: null }] })).toEqual([]);
    expect(await measure({ kpis: [] })).toEqual([]);
  });

  it("have a band that ends where the figure does", async () => {
    writeFileSync(
      join(folder, "spread.csv"),
      `prediction,label\n${[0.6, 1, 0.6, 1, 0.6].map((right) => rows(400, right, null)).join("\n")}\n`,
    );
    const [accuracy] = await measure({ reference: { paths: [join(folder, "spread.csv")] } });
    expect(accuracy?.series.band?.high).toBe(1);
    expect(accuracy?.series.band?.low).toBeLessThan(0.5);
  });

  it("read each table once", async () => {
    const reader = createTableReader();
    const opened: string[] = [];
    const counting: TableReader = {
      open: (source, ...rest) => {
        opened.push(...source.paths);
        return reader.open(source, ...rest);
      },
    };
    await kpisOverTime(counting, wish(), signal);
    expect(opened).toEqual([join(folder, "live.csv"), join(folder, "reference.csv")]);
  });
});

describe("KPIs of groups", () => {
  /** Two regions and rows without one; the south falls in the second week. */
  const grouped = (weeks: number, south: readonly number[], from: number | null): string =>
    Array.from({ length: weeks }, (_, week) => {
      const start = from === null ? null : from + week * WEEK;
      return [
        rows(300, 0.9, start).replace(/$/gm, ",north"),
        rows(200, south[week] ?? 0.9, start).replace(/$/gm, ",south"),
        rows(10, 0.9, start).replace(/$/gm, ","),
      ].join("\n");
    }).join("\n");
  const table = (name: string, header: string, body: string): string => {
    writeFileSync(join(folder, name), `${header}\n${body}\n`);
    return join(folder, name);
  };
  const byRegion = (more: Partial<KpisOverTimeWish> = {}): Promise<readonly KpiOverTime[]> =>
    measure({
      live: { paths: [table("grouped.csv", "ts,prediction,label,region", grouped(3, [0.9, 0.5, 0.9], MONDAY))], kinds: { ts: "time" } },
      reference: { paths: [table("usual.csv", "prediction,label,region", grouped(6, [], null))] },
      columns: [...wish().columns, { name: "region", kind: "text" }],
      kpis: [{ name: "accuracy", by: "region", target: ">= 0.80", warn: null }],
      ...more,
    });
  const valuesOf = (kpi: KpiOverTime | undefined) => kpi?.series.points.map(({ value, status }) => [value, status]);

  it("are measured from the rows of each window and group, the largest group first", async () => {
    const kpis = await byRegion();
    expect(kpis.map(({ group }) => group)).toEqual(["north", "south", "missing"]);
    expect(valuesOf(kpis[0])).toEqual(Array.from({ length: 3 }, () => [0.9, "ok"]));
    expect(valuesOf(kpis[1])).toEqual([
      [0.9, "ok"],
      [0.5, "fail"],
      [0.9, "ok"],
    ]);
    expect(kpis[2]?.series.points.map(({ status }) => status)).toEqual(["unjudged", "unjudged", "unjudged"]);
  });

  it("have the band of the same group in the reference, where it has enough rows", async () => {
    expect((await byRegion()).map(({ series }) => series.band !== null)).toEqual([true, true, false]);
    expect((await byRegion({ reference: { paths: [join(folder, "reference.csv")] } })).every(({ series }) => series.band === null)).toBe(
      true,
    );
  });

  it("wait for outcomes, and stand beside each other also where a group has no row", async () => {
    const path = table(
      "apart.csv",
      "ts,prediction,label,region",
      [rows(100, 0.9, MONDAY).replace(/$/gm, ",a"), rows(100, 0.9, MONDAY + WEEK).replace(/$/gm, ",b")].join("\n"),
    );
    const kpis = await byRegion({ live: { paths: [path], kinds: { ts: "time" } }, labelDelay: WEEK, asOf: MONDAY + 2.5 * WEEK });
    expect(kpis.map(({ group, series }) => [group, series.points.map(({ value }) => value !== null)])).toEqual([
      ["a", [true, false]],
      ["b", [false, true]],
    ]);
    expect(kpis[1]?.series.points[1]).toMatchObject({ status: "unjudged", rows: 51 });
  });

  it("compare the groups of each window where the figure does", async () => {
    const half = (share: number, region: string, week: number): string =>
      Array.from(
        { length: 100 },
        (_, i) => `${new Date(MONDAY + week * WEEK + i).toISOString()},${i < share * 100 ? "yes" : "no"},no,${region}`,
      ).join("\n");
    const path = table(
      "rates.csv",
      "ts,prediction,label,region",
      [half(0.5, "a", 0), half(0.4, "b", 0), half(0.2, "a", 1), half(0.4, "b", 1)].join("\n"),
    );
    const kpis = await byRegion({
      live: { paths: [path], kinds: { ts: "time" } },
      kpis: [{ name: "selection_rate_ratio", by: "region", target: ">= 0.8", warn: null }],
    });
    expect(valuesOf(kpis[0])).toEqual([
      [1, "ok"],
      [0.5, "fail"],
    ]);
    expect(valuesOf(kpis[1])).toEqual([
      [0.8, "ok"],
      [1, "ok"],
    ]);
  });

  it("are ranges of a column of numbers, the same ones in all windows, and the largest 50 of a column of names", async () => {
    const line = (group: (i: number) => string): string =>
      Array.from({ length: 2000 }, (_, i) => `${new Date(MONDAY + (i / 1000) * WEEK).toISOString()},yes,yes,${group(i)}`).join("\n");
    const of = (name: string, group: (i: number) => string, kind: "integer" | "text") =>
      byRegion({
        live: { paths: [table(name, "ts,prediction,label,region", line(group))], kinds: { ts: "time" } },
        columns: [...wish().columns, { name: "region", kind }],
      });
    const ages = await of("ages.csv", (i) => String(i % 100), "integer");
    expect(ages.map(({ group }) => group)).toEqual(["0 to below 20", "20 to below 40", "40 to below 60", "60 to below 80", "80 to 99"]);
    expect(ages.every(({ series }) => series.points.length === 2)).toBe(true);
    const names = await of("names.csv", (i) => `n${String(i % 80)}`, "text");
    expect(names).toHaveLength(50);
    expect(names[0]?.leftOut).toBe(30);
  });

  it("are left out where the data lack the column", async () => {
    expect(await byRegion({ kpis: [{ name: "accuracy", by: "gone", target: null, warn: null }] })).toEqual([]);
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
  const calibrated = (more: Partial<KpisOverTimeWish> = {}): Promise<KpisOverTime> =>
    kpisOverTime(createTableReader(), wish({ kpis: [], ...more }), signal);

  it("is read from score and outcome of both sides, without outcomes that are not due", async () => {
    const line = (index: number, share: number): string => `0.7,${(index * 29) % 100 < share * 100 ? "yes" : "no"}`;
    const live = Array.from(
      { length: 400 },
      (_, index) => `${new Date(MONDAY + (index < 200 ? 0 : 3 * WEEK)).toISOString()},${line(index, index < 200 ? 0.4 : 1)}`,
    );
    writeFileSync(join(folder, "scored.csv"), `ts,score,label\n${live.join("\n")}\n`);
    writeFileSync(join(folder, "training.csv"), `score,label\n${Array.from({ length: 200 }, (_, index) => line(index, 0.7)).join("\n")}\n`);
    const { calibration } = await calibrated({
      ...wish({ labelDelay: WEEK, asOf: MONDAY + 2 * WEEK }),
      live: { paths: [join(folder, "scored.csv")], kinds: { ts: "time" } },
      reference: { paths: [join(folder, "training.csv")] },
      columns: [
        { name: "ts", kind: "time" },
        { name: "score", kind: "float" },
        { name: "label", kind: "text" },
      ],
    });
    expect(calibration?.column).toBe("score");
    expect(calibration?.bins).toHaveLength(1);
    expect(calibration?.bins[0]).toMatchObject({ observed: 0.4, reference: 0.7, rows: 400 });
  });

  it("is null where there is no score", async () => {
    expect((await calibrated()).calibration).toBeNull();
  });
});
