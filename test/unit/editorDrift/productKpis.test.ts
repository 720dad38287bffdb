import { describe, expect, it } from "vitest";

import type { Product } from "../../../src/core/config/product";
import { kpiSeries } from "../../../src/core/kpi/kpiSeries";
import { readMetricsFile } from "../../../src/core/kpi/metricsFile";
import { fromFiles, fromRuns, kpiWish, withComputed, type KpiFound } from "../../../src/editor/drift/productKpis";
import type { KpiSeriesView } from "../../../src/protocol/drift";

const product: Product = {
  kpis: [
    { name: "f1", target: ">= 0.80" },
    { name: "accuracy", by: "region", target: ">= 0.70" },
    { name: "revenue", data: "metrics.json", target: ">= 100" },
  ],
  monitoring: { live: "live.csv", reference: "train.csv" },
};
const metrics = (text: string) => {
  const file = readMetricsFile(text);
  return typeof file === "string" ? null : file;
};
const checked = (name: string, by: string | null, group: string | null): KpiSeriesView => ({
  ...{ name, by, group, target: null, warn: null, band: null, source: "kept" },
  points: [],
  estimate: { assumption: "It stays.", points: [] },
});
const found = (name: string, by: string | null, group: string | null, leftOut = 0): KpiFound => ({
  ...{ name, by, group, leftOut, source: "live.csv" },
  series: kpiSeries([{ time: 0, label: "week", value: 0.6 }], { target: ">= 0.70" }),
});

describe("KPIs of a product over time", () => {
  it("come from a file of metrics with its own moments, and then not from rows", async () => {
    const asked: string[] = [];
    const filed = await fromFiles(product, "models/churn/mlops.yaml", ["adwin"], (path) => {
      asked.push(path);
      return Promise.resolve(metrics('[{"date":"2026-11-01","revenue":120},{"date":"2026-11-08","revenue":80}]'));
    });
    expect(asked).toEqual(["models/churn/metrics.json"]);
    expect(filed.found[0]?.series.points.map(({ value, status }) => [value, status])).toEqual([
      [120, "ok"],
      [80, "fail"],
    ]);
    const data = { current: { paths: [] }, reference: { paths: [] } } as unknown as Parameters<typeof kpiWish>[1];
    const wish = kpiWish(product, data, { columns: [], time: "ts", by: "week" }, 0, { filed: filed.names, detectors: ["adwin"] });
    expect(wish.kpis.map(({ name, by }) => [name, by])).toEqual([
      ["f1", null],
      ["accuracy", "region"],
    ]);
  });

  it("take a file without moments for the newest figure only, and one that is gone for none", async () => {
    const filed = await fromFiles(product, "mlops.yaml", ["adwin"], () => Promise.resolve(metrics('{"revenue":120}')));
    expect([filed.found, [...filed.names]]).toEqual([[], ["revenue"]]);
    const gone = await fromFiles(product, "mlops.yaml", ["adwin"], () => Promise.resolve(null));
    expect([gone.found, [...gone.names]]).toEqual([[], []]);
  });

  it("stand in the order of the file, those of groups in place of what checks have kept of them", () => {
    const kept = [checked("accuracy", "region", "north"), checked("f1", null, null), checked("revenue", null, null)];
    const all = withComputed(kept, [found("accuracy", "region", "south", 3), found("f1", null, null)], product);
    expect(all.map(({ name, group, source }) => [name, group, source])).toEqual([
      ["f1", null, "live.csv"],
      ["accuracy", "south", "live.csv, without the 3 smallest groups of region"],
      ["revenue", null, "kept"],
    ]);
    // An estimate is made by checks only.
    expect(all[0]?.estimate?.assumption).toBe("It stays.");
    expect(all[0]?.target).toEqual({ text: ">= 0.80", value: 0.8, better: "up" });
    expect(all[1]?.points[0]).toMatchObject({ value: 0.6, state: "fail" });
  });

  it("come from the runs of a tracker where nothing else has them, a point for each training", () => {
    const runs = [
      { runId: "b", name: "second", startTime: Date.UTC(2026, 10, 9), metrics: { f1: 0.6, revenue: 3 } },
      { runId: "a", name: "first", startTime: Date.UTC(2026, 10, 2), metrics: { f1_score: 0.8 } },
      { runId: "c", name: "broken", startTime: null, metrics: { f1: 0.1 } },
    ];
    const found = fromRuns(product, runs, ["adwin", "ddm"], new Set(["revenue"]));
    expect(found.map(({ name, source }) => [name, source])).toEqual([["f1", "the runs of MLflow"]]);
    expect(found[0]?.series.points.map(({ label, value, status }) => [label, value, status])).toEqual([
      ["run first, 2026-11-02", 0.8, "ok"],
      ["run second, 2026-11-09", 0.6, "fail"],
    ]);
    expect(found[0]?.series.notes).toEqual(["DDM: It looks at single answers, and these are figures."]);
    expect(fromRuns(product, [], ["adwin"], new Set())).toEqual([]);
  });
});
