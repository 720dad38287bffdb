import { describe, expect, it } from "vitest";
import { compareRuns } from "../../../src/core/compare/compareRuns";
import { type ComparedRow, findRow, rowAddress } from "../../../src/core/compare/runComparison";
import { comparedRun, comparedRuns, type RunFacts, seededRandom } from "../../builders/comparedRuns";
import { recordedRuns } from "../../builders/recordedRuns";

const NOW = 1_760_000_000_000;

function row(address: string, ...facts: readonly RunFacts[]): ComparedRow {
  const found = findRow(compareRuns(comparedRuns(...facts), NOW), address);
  if (found === undefined) {
    throw new Error(`No row ${address}.`);
  }
  return found;
}

const params = (...values: readonly (string | null)[]): ComparedRow =>
  row("params:p", ...values.map((value) => ({ params: value === null ? {} : { p: value } })));
const metrics = (...values: readonly number[]): ComparedRow => row("metrics:m", ...values.map((m) => ({ metrics: { m } })));

describe("values", () => {
  it.each([
    ["0.10", "0.1"],
    ["1e-3", "0.001"],
    ["-0", "0"],
    ["nan", "NaN"],
    ["100", "1E2"],
  ])("takes the params %j and %j for one number", (a, b) => {
    expect(params(a, b, "5")).toMatchObject({ kind: "number", distinct: 2 });
  });

  it.each([
    ["007", "7"],
    ["12345678901234567890", "12345678901234567891"],
    ["1.10", "1.1", "latest"],
    ["0.10", "0.1", ""],
    ["True", "true"],
    ["a", "a "],
    ["é", "e\u0301"],
    ["x".repeat(9999) + "a", "x".repeat(9999) + "b"],
    ["inf", "nan"],
  ])("keeps %#: texts apart", (...values) => {
    expect(params(...values)).toMatchObject({ kind: "text", distinct: values.length, values });
  });

  it.each(["version", "python_version", "dataset/id", "modelHash", "git.commit", "data-digest"])(
    "takes what %s holds for a name",
    (key) => {
      expect(row(`params:${key}`, { params: { [key]: "1.10" } }, { params: { [key]: "1.1" } })).toMatchObject({
        kind: "text",
        distinct: 2,
      });
    },
  );

  it.each(["width", "grid", "covid", "conversion"])("does not take %s for one", (key) => {
    expect(row(`params:${key}`, { params: { [key]: "1.10" } }, { params: { [key]: "1.1" } })).toMatchObject({
      kind: "number",
      distinct: 1,
    });
  });

  it("compares tags as texts", () => {
    expect(row("tags:t", { tags: { t: "1.10" } }, { tags: { t: "1.1" } })).toMatchObject({ kind: "text", distinct: 2 });
  });

  it("counts a missing value as one that differs from all, an empty text included", () => {
    expect(params("", null)).toMatchObject({ values: ["", null], distinct: 2 });
    expect(params("1", null, "1")).toMatchObject({ kind: "number", values: [1, null, 1], distinct: 2 });
    expect(metrics(NaN, NaN).distinct).toBe(1);
    expect(row("metrics:m", { metrics: { m: NaN } }, {}).distinct).toBe(2);
  });

  it("takes NaN for NaN and -0 for 0, and infinities for themselves", () => {
    expect(metrics(-0, 0).distinct).toBe(1);
    expect(metrics(Infinity, -Infinity, NaN, Number.MAX_VALUE).distinct).toBe(4);
  });
});

describe("rows", () => {
  it("come from every place that knows something of a run", () => {
    const comparison = compareRuns(
      comparedRuns(
        {
          params: { lr: "0.1" },
          metrics: { acc: 0.9 },
          tags: {
            team: "cv",
            owner: "bob",
            "mlflow.user": "carol",
            "mlflow.source.git.commit": "abc",
            "mlflow.source.name": "train.py",
            "mlflow.project.entryPoint": "main",
            "mlflow.note.content": "Why.",
            "mlflow.log-model.history": "[]",
          },
          inputs: [{ context: "training", source: '{"uri": "s3://b/d.csv"}' }],
          compared: { versions: ["churn v4 @champion"], environment: new Map([["numpy", "2.1"]]) },
        },
        {},
      ),
      NOW,
    );
    expect(Object.fromEntries(comparison.rows.map((found) => [rowAddress(found), found.values]))).toEqual({
      "summary:status": ["FINISHED", "FINISHED"],
      "summary:lifecycle": ["active", "active"],
      "summary:start": [1_750_000_000_000, 1_750_000_000_000],
      "summary:end": [1_750_000_600_000, 1_750_000_600_000],
      "summary:duration": [600_000, 600_000],
      "summary:user": ["carol", "alice"],
      "summary:owner": ["bob", "alice"],
      "summary:experiment": ["churn", "churn"],
      "summary:store": ["data/mlruns", "data/mlruns"],
      "summary:versions": ["churn v4 @champion", null],
      "summary:description": ["Why.", null],
      "metrics:acc": [0.9, null],
      "params:lr": [0.1, null],
      "data:training/churn/digest": ["d1", null],
      "data:training/churn/source": ["s3://b/d.csv", null],
      "data:training/churn/sourceType": ["local", null],
      "environment:numpy": ["2.1", null],
      "source:name": ["train.py", null],
      "source:entryPoint": ["main", null],
      "source:commit": ["abc", null],
      "tags:owner": ["bob", null],
      "tags:team": ["cv", null],
    });
  });

  it("do not depend on the order of a run's datasets", () => {
    const inputs = [{ digest: "a" }, { digest: "b" }];
    expect(row("data:churn/digest", { inputs }, { inputs: [...inputs].reverse() })).toMatchObject({
      values: ["a, b", "a, b"],
      distinct: 1,
    });
  });

  it("are sorted as people sort, and keep odd names apart", () => {
    const keys = [
      "layer10",
      "layer2",
      "Alpha",
      "__proto__",
      "constructor",
      "x".repeat(400) + "1",
      "x".repeat(400) + "2",
      "<b>",
      "\n",
      "🚀",
    ];
    const all = { params: Object.fromEntries(keys.map((key) => [key, "v"])), run: { params: new Map(keys.map((key) => [key, "v"])) } };
    const { rows } = compareRuns(comparedRuns(all, {}), NOW);
    const found = rows.filter(({ section }) => section === "params");
    expect(found.map(({ key }) => key).sort()).toEqual([...keys].sort());
    expect(new Set(found.map(({ label }) => label)).size).toBe(keys.length);
    expect(found.every(({ label }) => label.length <= 310)).toBe(true);
    const order = found.map(({ key }) => key);
    expect(order.indexOf("layer2")).toBeLessThan(order.indexOf("layer10"));
    expect(order.indexOf("Alpha")).toBeLessThan(order.indexOf("layer2"));
  });

  it("are none for no runs, and do not differ for one", () => {
    expect(compareRuns([], NOW).rows).toEqual([]);
    expect(compareRuns(comparedRuns({ params: { a: "1" } }), NOW).rows.every(({ distinct }) => distinct === 1)).toBe(true);
  });

  it("tell how long a run has been running", () => {
    const running = { run: { status: "RUNNING" as const, startTime: NOW - 5000, endTime: null } };
    expect(row("summary:duration", running, {}).values).toEqual([5000, 600_000]);
  });
});

describe("on recorded runs", () => {
  const runs = recordedRuns("v3-sqlite").runs.map((run, index) => comparedRun(index, { run }));
  const whole = compareRuns(runs, NOW);

  it("a run does not differ from itself", () => {
    for (const run of runs) {
      expect(compareRuns([run, run, run], NOW).rows.filter(({ distinct }) => distinct !== 1)).toEqual([]);
    }
  });

  it("another order of runs is another order of columns and nothing else", () => {
    const random = seededRandom(7);
    const order = [...runs.keys()]
      .map((index) => [random(), index] as const)
      .sort(([a], [b]) => a - b)
      .map(([, index]) => index);
    const moved = compareRuns(
      order.map((index) => runs[index]!),
      NOW,
    );
    expect(moved.rows.map(({ classes: _, ...found }) => found)).toEqual(
      whole.rows.map(({ classes: _, ...found }) => ({ ...found, values: order.map((index) => found.values[index]) })),
    );
  });

  it("holds every value of every run", () => {
    for (const [index, { run }] of runs.entries()) {
      for (const [key, { value }] of run.metrics) {
        expect(findRow(whole, `metrics:${key}`)?.values[index]).toBe(value);
      }
      for (const [key, text] of run.params) {
        const value = findRow(whole, `params:${key}`)?.values[index];
        expect(typeof value === "number" ? value : (value ?? null)).toEqual(typeof value === "number" ? Number(text) : text);
      }
    }
  });

  it("looks at each value once, however many runs there are", () => {
    let reads = 0;
    const counted = (count: number): number => {
      reads = 0;
      const many = Array.from({ length: count }, (_, index) => {
        const entries = new Map(Array.from({ length: 20 }, (__, key) => [`p${key}`, String(index * key)]));
        const params = new Map(entries);
        Object.defineProperty(params, Symbol.iterator, {
          value: function* () {
            for (const entry of entries) {
              reads++;
              yield entry;
            }
          },
        });
        return comparedRun(index, { run: { params } });
      });
      compareRuns(many, NOW);
      return reads;
    };
    expect([counted(10), counted(100)]).toEqual([200, 2000]);
  });
});

describe("the code of runs", () => {
  const source = (...tags: readonly Readonly<Record<string, string>>[]): Map<string, number> =>
    new Map(
      compareRuns(comparedRuns(...tags.map((each) => ({ tags: each }))), 0)
        .rows.filter(({ section }) => section === "source")
        .map(({ key, distinct }) => [key, distinct]),
    );
  const COMMIT = "mlflow.source.git.commit";
  const DIRTY = "mlflow.source.git.dirty";

  it("is never called equal where files had changed since the commit", () => {
    expect(source({ [COMMIT]: "c", [DIRTY]: "true" }, { [COMMIT]: "c", [DIRTY]: "true" }).get("dirty")).toBe(2);
    expect(source({ [COMMIT]: "c", [DIRTY]: "false" }, { [COMMIT]: "c", [DIRTY]: "false" }).get("dirty")).toBe(1);
    expect(source({ [DIRTY]: "True" }, {}).get("dirty")).toBe(2);
  });

  it("has a row for the commit also where no run has one", () => {
    expect(source({}, {})).toEqual(new Map([["commit", 1]]));
    expect(source({ [COMMIT]: "c" }, {}).get("commit")).toBe(2);
  });
});
