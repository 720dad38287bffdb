import { describe, expect, it } from "vitest";

import { compareNames, toMetricGroups } from "../../../src/core/tracking/metricGroups";
import type { DatasetInput, Metric, Run } from "../../../src/core/tracking/run";
import { changedSections, fullValue, toRunSections } from "../../../src/core/tracking/runPageView";

const NOW = Date.UTC(2026, 0, 10, 12);
const HOUR = 3_600_000;

function aRun(overrides: Partial<Run> = {}): Run {
  return {
    runId: "r1",
    experimentId: "1",
    name: "bright-fox",
    status: "FINISHED",
    lifecycleStage: "active",
    startTime: NOW - 2 * HOUR,
    endTime: NOW - HOUR,
    userId: "ana",
    artifactUri: "/a",
    parentRunId: null,
    params: new Map(),
    metrics: new Map(),
    tags: new Map(),
    inputs: [],
    outputs: [],
    ...overrides,
  };
}

function metrics(...keys: string[]): Map<string, Metric> {
  return new Map(keys.map((key, step) => [key, { value: step, step, timestamp: NOW }]));
}

function aDataset(overrides: Partial<DatasetInput> = {}): DatasetInput {
  return {
    name: "train",
    digest: "abc",
    sourceType: "local",
    source: "{}",
    schema: null,
    profile: null,
    context: "training",
    ...overrides,
  };
}

describe("toMetricGroups", () => {
  it("groups by the prefix: none first, system last, numbers in names by size", () => {
    const groups = toMetricGroups(metrics("system/gpu_10_power", "val/loss", "auc", "system/gpu_2_power", "train/loss", "val/deep/x"));
    expect(groups.map((group) => [group.prefix, group.system, group.metrics.map((metric) => metric.key)])).toEqual([
      ["", false, ["auc"]],
      ["train/", false, ["train/loss"]],
      ["val/", false, ["val/loss"]],
      ["val/deep/", false, ["val/deep/x"]],
      ["system/", true, ["system/gpu_2_power", "system/gpu_10_power"]],
    ]);
  });

  it("names what JSON cannot carry", () => {
    const values = [NaN, Infinity, -Infinity, 1.5].map((value, index) => [`m${index}`, { value, step: 0, timestamp: 0 }] as const);
    expect(toMetricGroups(new Map(values))[0]?.metrics.map((metric) => metric.latest)).toEqual(["NaN", "Infinity", "-Infinity", 1.5]);
  });

  it("takes __proto__ for a name like any other", () => {
    expect(toMetricGroups(metrics("__proto__", "__proto__/x")).map((group) => group.metrics[0]?.key)).toEqual(["__proto__", "__proto__/x"]);
  });

  it("orders consistently, whichever comes first", () => {
    const names = ["a2", "a10", "a1", "b", "a", "a01", "", "2", "10"];
    for (const a of names) {
      for (const b of names) {
        expect(Math.sign(compareNames(a, b)) + Math.sign(compareNames(b, a))).toBe(0);
      }
    }
    expect([...names].sort(compareNames)).toEqual(["", "2", "10", "a", "a01", "a1", "a2", "a10", "b"]);
  });
});

describe("toRunSections", () => {
  it("tells a live run from one that went silent", () => {
    const running = { status: "RUNNING", endTime: null } as const;
    expect(toRunSections(aRun(running), NOW).header.liveness).toBe("live");
    const old = { ...running, startTime: NOW - 80 * HOUR };
    expect(toRunSections(aRun(old), NOW).header).toMatchObject({ liveness: "silent", lastSign: NOW - 80 * HOUR });
    expect(toRunSections(aRun({ ...old, metrics: metrics("loss") }), NOW).header).toMatchObject({ liveness: "live", lastSign: NOW });
    expect(toRunSections(aRun(), NOW).header.liveness).toBe("ended");
  });

  it("names the owner and keeps the user only where it is somebody else", () => {
    expect(toRunSections(aRun(), NOW).header).toMatchObject({ owner: "ana", user: null });
    expect(toRunSections(aRun({ tags: new Map([["owner", "team-risk"]]) }), NOW).header).toMatchObject({ owner: "team-risk", user: "ana" });
    expect(toRunSections(aRun({ userId: "" }), NOW).header).toMatchObject({ owner: null, user: null });
  });

  it("cuts long values and tells their whole length, never inside an emoji", () => {
    const long = `${"x".repeat(299)}🚀${"y".repeat(10_000)}`;
    const { params } = toRunSections(aRun({ params: new Map([["prompt", long]]) }), NOW);
    expect(params[0]?.value).toEqual({ text: "x".repeat(299), length: long.length });
  });

  it("parts MLflow's own tags from the user's, and the note from both", () => {
    const tags = new Map([
      ["mlflow.user", "ana"],
      ["team", "risk"],
      ["mlflow.note.content", "# Hello"],
    ]);
    const sections = toRunSections(aRun({ tags }), NOW);
    expect(sections.tags.map((row) => row.key)).toEqual(["team"]);
    expect(sections.mlflowTags.map((row) => row.key)).toEqual(["mlflow.note.content", "mlflow.user"]);
    expect(sections.note?.text).toBe("# Hello");
    expect(toRunSections(aRun({ tags: new Map([["mlflow.note.content", " \n"]]) }), NOW).note).toBeNull();
  });

  it("knows the commit, and whether the run recorded changes beside it", () => {
    const at = (dirty?: string): Run =>
      aRun({
        tags: new Map([
          ["mlflow.source.git.commit", "abc123"],
          ...(dirty === undefined ? [] : [["mlflow.source.git.dirty", dirty] as const]),
        ]),
      });
    expect(toRunSections(at(), NOW).commit).toEqual({ hash: "abc123", branch: null, repoUrl: null, dirty: null });
    expect(toRunSections(at("True"), NOW).commit?.dirty).toBe(true);
    expect(toRunSections(at("false"), NOW).commit?.dirty).toBe(false);
    expect(toRunSections(aRun(), NOW).commit).toBeNull();
  });

  it("reads the schemas and profiles that MLflow writes", () => {
    const table = aDataset({
      source: '{"uri": "s3://b/train.csv"}',
      schema: '{"mlflow_colspec": [{"type": "long", "name": "age"}, {"type": "double", "name": ["a", "b"]}, {"type": "string"}]}',
      profile: '{"num_rows": 600, "features_shape": {"x": [600, 3]}}',
    });
    const tensor = aDataset({
      schema:
        '{"mlflow_tensorspec": {"features": "[{\\"type\\": \\"tensor\\", \\"tensor-spec\\": {\\"dtype\\": \\"float64\\", \\"shape\\": [-1, 3]}}]", "targets": null}}',
    });
    const [first, second] = toRunSections(aRun({ inputs: [table, tensor] }), NOW).datasets;
    expect(first?.source.text).toBe("s3://b/train.csv");
    expect(first?.columns).toEqual([
      { name: "age", type: "long" },
      { name: "a / b", type: "double" },
      { name: "2", type: "string" },
    ]);
    expect(first?.profile).toEqual([
      { key: "num_rows", value: "600" },
      { key: "features_shape", value: '{"x":[600,3]}' },
    ]);
    expect(second?.columns).toEqual([{ name: "features", type: "float64 [-1, 3]" }]);
  });

  it.each(["", "not json", "null", "[]", '{"mlflow_colspec": 3}', '{"mlflow_colspec": [null, 1]}', '{"mlflow_tensorspec": "x"}'])(
    "survives the schema %j",
    (schema) => {
      const [view] = toRunSections(aRun({ inputs: [aDataset({ schema, profile: schema, source: schema })] }), NOW).datasets;
      expect(view?.columns).toEqual([]);
      expect(view?.hasSchema).toBe(schema !== "");
    },
  );
});

describe("changedSections", () => {
  it("names only what changed", () => {
    const before = toRunSections(aRun({ metrics: metrics("loss") }), NOW);
    const after = toRunSections(aRun({ metrics: metrics("loss", "auc") }), NOW);
    expect(Object.keys(changedSections(before, after))).toEqual(["metricGroups"]);
    expect(changedSections(after, after)).toEqual({});
  });
});

describe("fullValue", () => {
  it("finds the whole text behind each address", () => {
    const run = aRun({ params: new Map([["p", "1"]]), tags: new Map([["t", "2"]]), inputs: [aDataset({ schema: "3" })] });
    expect(fullValue(run, { kind: "param", key: "p" })).toBe("1");
    expect(fullValue(run, { kind: "tag", key: "t" })).toBe("2");
    expect(fullValue(run, { kind: "dataset", index: 0, part: "schema" })).toBe("3");
    expect(fullValue(run, { kind: "dataset", index: 0, part: "profile" })).toBeUndefined();
    expect(fullValue(run, { kind: "dataset", index: 9, part: "source" })).toBeUndefined();
    expect(fullValue(run, { kind: "note" })).toBeUndefined();
  });
});
