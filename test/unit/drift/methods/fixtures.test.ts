import { readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { evidentlyBins, psiContributions, quantileBins, sharesOf } from "../../../../src/core/drift/binning";
import { chooseMethod, driftVerdict } from "../../../../src/core/drift/chooseMethod";
import type { DriftMethodId } from "../../../../src/core/drift/driftMethod";
import { driftMethod } from "../../../../src/core/drift/methods";
import { jensenShannonDistance } from "../../../../src/core/drift/methods/jensenShannon";
import { kolmogorovSmirnovDistance } from "../../../../src/core/drift/methods/kolmogorovSmirnov";
import { wassersteinDistance } from "../../../../src/core/drift/methods/wasserstein";
import type { NumericSample } from "../../../../src/core/drift/sample";
import { middle, moments } from "../../../../src/core/drift/statistics/moments";
import { quantile } from "../../../../src/core/drift/statistics/quantile";
import { evidentlyType, toSample } from "../../../../src/core/drift/toSample";
import { pooledDistinct } from "../../../../src/core/drift/usableRows";
import { readColumns } from "./readColumns";

type Answer = { score: number | null; threshold: number; drifted: boolean } | { error: string };

interface ExpectedSide {
  mean: number;
  std_population: number;
  min: number;
  max: number;
  "quantiles_linear_0.01_0.05_0.25_0.5_0.75_0.95_0.99": number[];
}

interface ExpectedColumn {
  type: "num" | "cat";
  type_from_current: string;
  missing: Record<Side, number>;
  n_unique: Record<Side | "pooled", number>;
  reference?: ExpectedSide;
  current?: ExpectedSide;
  evidently: Record<string, Answer>;
  bins: { kind: string; edges?: number[]; keys?: string[]; reference: number[]; current: number[] };
  psi_contributions: number[];
  js_base2: number;
  extra: {
    ks?: { statistic: number; p: number };
    wasserstein_raw?: number;
    energy?: number;
    cvm?: { p: number };
    anderson?: { "p_clipped_0.001_0.25"?: number; error?: string };
    mannwhitney_two_sided?: { p: number };
    t_pooled?: { p: number | null };
    t_welch?: { p: number | null };
    psi_decile?: { inner_edges: number[]; ref: number[]; cur: number[]; value: number };
    tvd?: number;
    l_infinity?: number;
    cramers_v?: number;
  };
}

type Side = "reference" | "current";

interface Expected {
  columns: Record<string, ExpectedColumn>;
  default_report: Record<string, { method: string; threshold: number; score: number; drifted: boolean }>;
}

const FOLDER = join(import.meta.dirname, "../../../fixtures/drift");

/** Scores agree to nine digits, p-values to six or to 1e-12. */
function close(id: DriftMethodId, ours: number | null, theirs: number): void {
  const isProbability = driftMethod(id).result === "p-value";
  expect(ours).not.toBeNull();
  // A distance is the root of a difference from 1, where rounding of the last digit shows in the eighth.
  const absolute = isProbability ? 1e-12 : id === "hellinger" || id === "jensenshannon" ? 2e-8 : 1e-15;
  expect(Math.abs(ours! - theirs), `${id}: ${ours} in place of ${theirs}`).toBeLessThanOrEqual(
    Math.max(absolute, Math.abs(theirs) * (isProbability ? 1e-6 : 1e-9)),
  );
}

function closeAll(ours: readonly number[], theirs: readonly number[]): void {
  expect(ours).toHaveLength(theirs.length);
  for (const [i, value] of theirs.entries()) {
    expect(Math.abs(ours[i]! - value)).toBeLessThanOrEqual(1e-9 * Math.abs(value) + 1e-15);
  }
}

for (const dataset of ["macro_small", "fair_large", "edge_small", "edge_large"]) {
  const expected = JSON.parse(readFileSync(join(FOLDER, dataset, "expected.json"), "utf8")) as Expected;
  const tables = {
    reference: readColumns(join(FOLDER, dataset, "reference.csv")),
    current: readColumns(join(FOLDER, dataset, "current.csv")),
  };
  describe.each(Object.entries(expected.columns))(`${dataset}: %s`, (name, column) => {
    const raw = { reference: tables.reference.get(name)!, current: tables.current.get(name)! };
    const reference = toSample(raw.reference, column.type);
    const current = toSample(raw.current, column.type);

    it("has the type, the missing and the distinct values that pandas finds", () => {
      expect(evidentlyType(raw.reference)).toBe(column.type);
      expect(evidentlyType(raw.current)).toBe(column.type_from_current);
      expect([reference.missing, current.missing]).toEqual([column.missing.reference, column.missing.current]);
      expect([
        pooledDistinct(reference, reference, Infinity),
        pooledDistinct(current, current, Infinity),
        pooledDistinct(reference, current, Infinity),
      ]).toEqual([column.n_unique.reference, column.n_unique.current, column.n_unique.pooled]);
    });

    it.each(Object.entries(column.evidently))("agrees with Evidently on %s", (id, answer) => {
      const method = driftMethod(id as DriftMethodId);
      const ours = method.compute(reference, current);
      if ("error" in answer || answer.score === null) {
        expect(ours.score).toBeNull();
        expect("reason" in ours && ours.reason).toMatch(/^[A-Z].*\.$/);
        return;
      }
      expect(method.threshold).toBe(answer.threshold);
      if (id === "cramer_von_mises" && column.n_unique.pooled === 1) {
        // Evidently finds certain drift between equal constants.
        expect(ours.score).toBe(1);
        return;
      }
      close(method.id, ours.score, answer.score);
      expect(driftVerdict(method, ours.score!, answer.threshold)).toBe(answer.drifted);
    });

    it("counts in the same bins", () => {
      const bins = evidentlyBins(reference, current);
      expect(bins.kind === "values" ? "values" : "sturges_pooled").toBe(column.bins.kind);
      expect(bins.kind === "values" ? bins.keys.map(String) : bins.edges).toEqual(
        column.bins.edges ?? column.bins.keys!.map((key) => (column.type === "num" ? String(Number(key)) : key)),
      );
      expect([bins.reference, bins.current]).toEqual([column.bins.reference, column.bins.current]);
      closeAll(psiContributions(bins), column.psi_contributions);
      const inBits = jensenShannonDistance(bins) / Math.sqrt(Math.LN2);
      expect(Math.abs(inBits - column.js_base2)).toBeLessThanOrEqual(1e-9 * column.js_base2 + 2e-8 * (column.js_base2 < 1e-6 ? 1 : 0));
    });

    if (column.type === "num") {
      it("agrees with scipy and numpy beside Evidently", () => checkNumbers(column, reference as NumericSample, current as NumericSample));
    } else {
      it("agrees on the distances of categories", () => {
        close("tvd", driftMethod("tvd").compute(reference, current).score, column.extra.tvd!);
        close("l_infinity", driftMethod("l_infinity").compute(reference, current).score, column.extra.l_infinity!);
        close("cramers_v", driftMethod("cramers_v").compute(reference, current).score, column.extra.cramers_v!);
      });
    }

    const report = expected.default_report[name];
    if (report !== undefined) {
      it("is judged as in Evidently's report", () => {
        const method = chooseMethod(column.type, reference, current);
        expect(method.id).toBe(report.method);
        expect(method.threshold).toBe(report.threshold);
        const { score } = method.compute(reference, current);
        close(method.id, score, report.score);
        expect(driftVerdict(method, score!, report.threshold)).toBe(report.drifted);
      });
    }
  });
}

function checkNumbers({ extra, ...column }: ExpectedColumn, reference: NumericSample, current: NumericSample): void {
  const score = (id: DriftMethodId): number | null => driftMethod(id).compute(reference, current).score;
  const agree = (id: DriftMethodId, theirs: number | null | undefined): void =>
    theirs == null ? expect(score(id)).toBeNull() : close(id, score(id), theirs);
  expect(kolmogorovSmirnovDistance(reference.sorted, current.sorted)).toBeCloseTo(extra.ks!.statistic, 13);
  agree("ks", extra.ks!.p);
  closeAll([wassersteinDistance(reference.sorted, current.sorted)], [extra.wasserstein_raw!]);
  agree("ed", extra.energy);
  agree("anderson", extra.anderson!["p_clipped_0.001_0.25"]);
  agree("mannw_two_sided", extra.mannwhitney_two_sided!.p);
  agree("t_test", extra.t_pooled!.p);
  agree("welch_t", extra.t_welch!.p);
  if (column.n_unique.pooled > 1) {
    agree("cramer_von_mises", extra.cvm!.p);
  }
  if (extra.psi_decile !== undefined) {
    const bins = quantileBins(reference, current, 10);
    expect("edges" in bins && bins.edges).toEqual(extra.psi_decile.inner_edges);
    closeAll(sharesOf(bins.reference), extra.psi_decile.ref);
    closeAll(sharesOf(bins.current), extra.psi_decile.cur);
    agree("psi_quantile", extra.psi_decile.value);
  }
  for (const [sample, theirs] of [
    [reference, column.reference!],
    [current, column.current!],
  ] as const) {
    checkSide(sample, theirs);
  }
}

function checkSide({ sorted }: NumericSample, theirs: ExpectedSide): void {
  const shift = middle(sorted);
  const { mean, squares, count } = moments(sorted, shift);
  closeAll([mean + shift, Math.sqrt(squares / count)], [theirs.mean, theirs.std_population]);
  closeAll([sorted[0]!, sorted.at(-1)!], [theirs.min, theirs.max]);
  expect([0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99].map((share) => quantile(sorted, share))).toEqual(
    theirs["quantiles_linear_0.01_0.05_0.25_0.5_0.75_0.95_0.99"],
  );
}
