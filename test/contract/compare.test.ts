import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openFileStore } from "../../src/adapters/mlflowFile/openFileStore";
import { openSqliteStore } from "../../src/adapters/mlflowSqlite/openSqliteStore";
import type { ComparedRun } from "../../src/core/compare/comparedRun";
import { compareRuns } from "../../src/core/compare/compareRuns";
import { findRow, type RunComparison } from "../../src/core/compare/runComparison";
import type { Store } from "../../src/core/tracking/store";
import { fixturePath, type RecordedStore } from "../builders/recordedRuns";
import { comparableRows, comparisonOf } from "./comparableRows";
import { type ExpectedStore, expectedStore } from "./expectedStore";

const signal = new AbortController().signal;

/** Runs of all kinds: ordinary, nested, with odd names and values, deleted. */
const KEYS = [
  "resnet-10",
  "resnet-11",
  "resnet-02",
  "stale",
  "removed-1",
  "trial-03",
  "strange",
  "strange-2",
  "edges",
  "score-nan",
  "score-inf",
];

const stores: readonly (readonly [RecordedStore, () => Promise<Store>])[] = (["v2", "v3"] as const).flatMap((version) => [
  [`${version}-sqlite`, () => openSqliteStore(fixturePath(`${version}-sqlite/mlflow.db`), signal)] as const,
  [`${version}-file`, () => openFileStore(fixturePath(`${version}-file`), signal)] as const,
]);

describe.each(stores)("comparison of runs of %s", (name, open) => {
  let store: Store;
  let comparison: RunComparison;
  let expected: ExpectedStore;

  beforeAll(async () => {
    expected = expectedStore(name);
    store = await open();
    comparison = await comparisonOf(store, KEYS.map(expected.idOf), signal);
  });
  afterAll(() => store.dispose());

  const recorded = (): ComparedRun[] =>
    comparison.runs.map((compared) => {
      const run = expected.runs.find(({ runId }) => runId === compared.run.runId);
      if (run === undefined) {
        throw new Error(`No run ${compared.run.runId} was recorded.`);
      }
      return { ...compared, run };
    });

  it("has the numbers that MLflow's own client gave", () => {
    const wanted = compareRuns(recorded(), 0);
    expect(comparableRows(comparison, expected)).toEqual(comparableRows(wanted, expected));
    expect(comparison.rows.length).toBeGreaterThan(60);
    for (const [index, { run }] of recorded().entries()) {
      for (const [key, { value }] of run.metrics) {
        expect(findRow(comparison, `metrics:${key}`)?.values[index]).toBe(value);
      }
    }
  });

  it("is the same as of the other kind of store", async () => {
    const [otherName, openOther] = stores.find(([other]) => other !== name && other.slice(0, 2) === name.slice(0, 2)) ?? stores[0]!;
    const otherExpected = expectedStore(otherName);
    const other = await openOther();
    try {
      const same = await comparisonOf(other, KEYS.map(otherExpected.idOf), signal);
      expect(comparableRows(comparison, expected)).toEqual(comparableRows(same, otherExpected));
    } finally {
      other.dispose();
    }
  });

  it("says what differs between two runs", () => {
    const differing = compareRuns(comparison.runs.slice(0, 2), 0)
      .rows.filter(({ distinct, section }) => distinct > 1 && section !== "summary")
      .map(({ section, label }) => `${section}:${label}`);
    expect(differing).toEqual([
      "metrics:acc",
      "metrics:loss",
      ...(name.startsWith("v3") ? ["metrics:test/acc"] : []),
      "metrics:val/acc",
      "params:layers/depth",
      "params:lr",
      "params:optimizer",
      "data:validation/churn-val/digest",
      "data:validation/churn-val/source",
      "data:validation/churn-val/sourceType",
      "source:commit",
      "tags:owner",
      "tags:release",
    ]);
  });
});
