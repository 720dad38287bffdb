import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { mlops } from "../../builders/memoryHost";

interface Answer {
  readonly score?: number | null;
  readonly threshold?: number;
  readonly drifted?: boolean;
  readonly error?: string;
}

interface Expected {
  readonly rows: { readonly reference: number; readonly current: number };
  readonly columns: Readonly<
    Record<
      string,
      {
        readonly type: string;
        readonly missing: { readonly reference: number; readonly current: number };
        readonly new_categories?: readonly string[];
        readonly lost_categories?: readonly string[];
        readonly evidently: Readonly<Record<string, Answer>>;
      }
    >
  >;
  readonly default_report: Readonly<
    Record<string, { readonly method: string; readonly threshold: number; readonly score: number; readonly drifted: boolean }>
  >;
  readonly dataset: {
    readonly n_columns: number;
    readonly drifted: number;
    readonly share: number;
    readonly drift_share_threshold: number;
    readonly dataset_drift: boolean;
  };
  readonly correlation_change: {
    readonly pearson: readonly { readonly pair: readonly [string, string]; readonly reference: number; readonly current: number }[];
  };
}

interface Report {
  readonly rows: Expected["rows"];
  readonly columns: Readonly<
    Record<
      string,
      {
        readonly type: string;
        readonly method: string;
        readonly threshold: number;
        readonly score: number;
        readonly drifted: boolean;
        readonly missing: { readonly reference: number; readonly current: number };
        readonly new_categories: readonly (string | number)[];
        readonly lost_categories: readonly (string | number)[];
        readonly methods: Readonly<
          Record<
            string,
            { readonly score: number | null; readonly threshold: number; readonly drifted: boolean | null; readonly reason?: string }
          >
        >;
      }
    >
  >;
  readonly dataset: {
    readonly drifted_columns: number;
    readonly tested_columns: number;
    readonly share: number;
    readonly threshold: number;
    readonly drifted: boolean;
  };
  readonly correlations: readonly { readonly columns: readonly [string, string]; readonly reference: number; readonly current: number }[];
}

const FOLDER = join(import.meta.dirname, "../../fixtures/drift");
const P_VALUES = new Set(["ks", "cramer_von_mises", "anderson", "es", "mannw", "t_test", "chisquare", "g_test", "z", "fisher_exact"]);

function isClose(method: string, ours: number | null, theirs: number): boolean {
  const [relative, absolute] = P_VALUES.has(method) ? [1e-6, 1e-12] : [1e-9, 2e-8];
  return ours !== null && Math.abs(ours - theirs) <= Math.max(absolute, Math.abs(theirs) * relative);
}

const cases = ["macro_small", "fair_large", "edge_small", "edge_large"].flatMap((dataset) =>
  ["csv", "parquet"].map((format) => ({ dataset, format })),
);

describe.each(cases)("$dataset as $format, as Evidently judges it", ({ dataset, format }) => {
  const expected = JSON.parse(readFileSync(join(FOLDER, dataset, "expected.json"), "utf8")) as Expected;
  let report: Report;
  let code: number;

  beforeAll(async () => {
    const file = (side: string): string => join(FOLDER, dataset, `${side}.${format}`);
    const args = [
      "drift",
      "--reference",
      file("reference"),
      "--current",
      file("current"),
      "--mode",
      "evidently",
      "--all-methods",
      "--json",
      "--quiet",
    ];
    const result = await mlops([...args, "--ignore", "timestamp"]);
    expect(result.stderr).toBe("");
    code = result.code;
    report = JSON.parse(result.stdout) as Report;
  });

  it("has the rows, columns, types and missing values", () => {
    expect(report.rows).toEqual(expected.rows);
    expect(Object.keys(report.columns)).toEqual(Object.keys(expected.columns));
    for (const [name, { type, missing, new_categories: added = [], lost_categories: lost = [] }] of Object.entries(expected.columns)) {
      const own = report.columns[name];
      expect([name, own?.type, own?.missing]).toEqual([name, type, missing]);
      expect([name, own?.new_categories.map(String), own?.lost_categories.map(String)]).toEqual([name, added, lost]);
    }
  });

  it("chooses the methods, scores and verdicts of the default report", () => {
    for (const [name, { method, threshold, score, drifted }] of Object.entries(expected.default_report)) {
      const own = report.columns[name];
      expect([name, own?.method, own?.threshold, own?.drifted]).toEqual([name, method, threshold, drifted]);
      expect(isClose(method, own?.score ?? null, score), `${name}: ${own?.score ?? "nothing"} in place of ${score}`).toBe(true);
    }
  });

  it("gives the scores of every method, and a reason where Evidently fails", () => {
    const faults: string[] = [];
    for (const [name, { evidently }] of Object.entries(expected.columns)) {
      for (const [id, answer] of Object.entries(evidently)) {
        const own = report.columns[name]?.methods[id.toLowerCase()];
        // Two equal constants are no drift, whatever Cramér–von Mises makes of them.
        const isConstant = name === "num_constant" && P_VALUES.has(id);
        const agrees =
          answer.score == null
            ? own?.score === null && (own.reason ?? "").length > 10
            : (isConstant && own?.drifted !== true) || (own?.drifted === answer.drifted && isClose(id, own?.score ?? null, answer.score));
        if (!agrees) {
          faults.push(`${name} ${id}: ${JSON.stringify(own)} in place of ${JSON.stringify(answer)}`);
        }
      }
    }
    expect(faults).toEqual([]);
  });

  it("agrees on the data as a whole, and ends with it", () => {
    const { n_columns: tested, drifted, share, drift_share_threshold: threshold, dataset_drift: isDrifted } = expected.dataset;
    expect(report.dataset).toMatchObject({ drifted_columns: drifted, tested_columns: tested, threshold, drifted: isDrifted });
    expect(report.dataset.share).toBeCloseTo(share, 12);
    expect(code).toBe(isDrifted ? 1 : 0);
  });

  it("finds the same correlations that changed most", () => {
    const { pearson } = expected.correlation_change;
    expect(pearson.length).toBeGreaterThan(0);
    for (const [place, { pair, reference, current }] of pearson.entries()) {
      expect(report.correlations[place]?.columns).toEqual(pair);
      expect(report.correlations[place]?.reference).toBeCloseTo(reference, 9);
      expect(report.correlations[place]?.current).toBeCloseTo(current, 9);
    }
  });
});
