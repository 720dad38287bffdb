import { describe, expect, it } from "vitest";

import type { MetricGroup, RunPageData, RunSections } from "../../../../src/protocol/runPage";
import { applyChange, filterSections, grownMetrics } from "../../../../webview-ui/run/pageModel";

const cut = (text: string) => ({ text, length: text.length });
const metric = (key: string, latest: number, step = 0) => ({ key, latest, step, timestamp: 0 });
const group = (prefix: string, ...metrics: MetricGroup["metrics"]): MetricGroup => ({ prefix, system: false, metrics });

const sections: RunSections = {
  header: {
    runId: "r",
    name: "n",
    status: "RUNNING",
    liveness: "live",
    lastSign: null,
    deleted: false,
    startTime: null,
    endTime: null,
    owner: null,
    user: null,
    source: null,
    sourceType: null,
    experimentId: "1",
    parentRunId: null,
    artifactUri: "",
  },
  note: null,
  params: [
    { key: "learning_rate", value: cut("0.1") },
    { key: "model", value: cut("Forest") },
  ],
  metricGroups: [group("train/", metric("train/loss", 1)), group("val/", metric("val/loss", 2), metric("val/auc", 0.9))],
  tags: [{ key: "team", value: cut("risk") }],
  mlflowTags: [{ key: "mlflow.user", value: cut("ana") }],
  datasets: [],
  outputs: [],
  commit: null,
};
const data: RunPageData = { store: { id: "s", label: "s", description: null, webUrl: null }, sections, stale: null };

describe("applyChange", () => {
  it("replaces changed sections and keeps the others as the same objects", () => {
    const metricGroups = [group("", metric("auc", 1))];
    const after = applyChange(data, { sections: { metricGroups } });
    expect(after.sections.metricGroups).toBe(metricGroups);
    expect(after.sections.params).toBe(sections.params);
  });

  it("marks the data as old, and as fresh again", () => {
    const stale = { message: "m", lastOk: 1 };
    const old = applyChange(data, { stale });
    expect(old.stale).toBe(stale);
    expect(applyChange(old, {}).stale).toBe(stale);
    expect(applyChange(old, { stale: null }).stale).toBeNull();
  });
});

describe("grownMetrics", () => {
  it("names new metrics and those with a new value or step", () => {
    const after = [
      group("", metric("new", 1)),
      group("train/", metric("train/loss", 1, 5)),
      group("val/", metric("val/loss", 2), metric("val/auc", 0.95)),
    ];
    expect(grownMetrics(sections.metricGroups, after)).toEqual(["new", "train/loss", "val/auc"]);
  });
});

describe("filterSections", () => {
  it("finds names and values, whatever their case, and drops empty groups", () => {
    expect(filterSections(sections, " FOREST ").params.map((row) => row.key)).toEqual(["model"]);
    const loss = filterSections(sections, "val/LOSS");
    expect(loss.metricGroups).toEqual([group("val/", metric("val/loss", 2))]);
    expect(loss.params).toEqual([]);
    expect(filterSections(sections, "ana").mlflowTags).toHaveLength(1);
  });

  it("leaves everything for an empty search, as the same objects", () => {
    expect(filterSections(sections, "  ").params).toBe(sections.params);
  });

  it("takes special characters literally", () => {
    expect(filterSections(sections, ".*").params).toEqual([]);
  });
});
