import { ownValue } from "../base/ownValue";
import { categoricalJensenShannon } from "./chunks/categoricalMethods";
import { continuousJensenShannon, kolmogorovSmirnov } from "./chunks/continuousMethods";
import { chooseMethod } from "./chooseMethod";
import { columnRole } from "./columnRole";
import { decide } from "./decide";
import type { ColumnRole, DriftSettings } from "./driftReport";
import { defaultDriftSettings } from "./driftSettings";
import type { ToolResult } from "./driftService";
import type { ColumnFacts } from "./driftSide";
import { driftMethod } from "./methods";
import { countText } from "./numberText";
import type { ColumnSample, NumericSample } from "./sample";
import { categoryCounts } from "./statistics/categoryCounts";
import { usableRows } from "./usableRows";

/** What Deepchecks allows by default: of features, and of the label or prediction. Above it is drift. */
const DEEPCHECKS = { feature: 0.2, target: 0.15 } as const;

/** A column as four tools judge it with their defaults, and why each says what it says. */
export function toolResults(name: string, reference: ColumnFacts, current: ColumnFacts, settings: DriftSettings): readonly ToolResult[] {
  const types = { types: settings.types };
  const own = decide(name, reference, current, { ...defaultDriftSettings("own"), ...types });
  const theirs = decide(name, reference, current, { ...defaultDriftSettings("evidently"), ...types });
  const results: ToolResult[] = [ownResult(own.result, own.reason), evidentlyResult(theirs)];
  if (theirs.samples === null || usableRows(theirs.samples.reference) === 0 || usableRows(theirs.samples.current) === 0) {
    return results;
  }
  const { reference: before, current: after } = theirs.samples;
  const role = ownValue(settings.roles, name) ?? columnRole(name);
  return [...results, nannymlResult(before, after), deepchecksResult(before, after, role)];
}

function ownResult(result: ReturnType<typeof decide>["result"], reason: string | null): ToolResult {
  return {
    tool: "MLOps Workbench",
    label: driftMethod("psi_quantile").label,
    method: "psi_quantile",
    kind: "distance",
    score: result?.score ?? null,
    threshold: result?.threshold ?? driftMethod("psi_quantile").threshold,
    drifted: reason === null ? (result?.drifted ?? null) : null,
    reason,
    why: "Ten bins that each hold a tenth of the reference, with open ends: an outlier cannot stretch them, and the number of rows does not move the limit. Below 200 rows a side nothing is judged.",
  };
}

function evidentlyResult({ samples, result, reason, type }: ReturnType<typeof decide>): ToolResult {
  const method = driftMethod(
    result?.method ??
      (samples === null ? "wasserstein" : chooseMethod(type === "num" ? "num" : "cat", samples.reference, samples.current).id),
  );
  const rows = samples === null ? 0 : usableRows(samples.reference);
  const kind =
    method.result === "p-value"
      ? "a test is taken, and its p-value falls with the number of rows"
      : "a distance is taken, which does not depend on the number of rows";
  return {
    tool: "Evidently",
    label: method.label,
    method: method.id,
    kind: method.result,
    score: result?.score ?? null,
    threshold: result?.threshold ?? method.threshold,
    drifted: result?.drifted ?? null,
    reason,
    why: `The reference has ${countText(rows, "value")}, ${rows > 1000 ? "more than 1,000" : "at most 1,000"}, so ${kind}.${binsWhy(method.id)}`,
  };
}

function binsWhy(method: string): string {
  return method === "jensenshannon"
    ? " Its Jensen–Shannon distance has the natural logarithm, so it is at most 0.83."
    : method === "wasserstein"
      ? " It is in units of the reference's standard deviation, so one outlier can raise it."
      : "";
}

function nannymlResult(reference: ColumnSample, current: ColumnSample): ToolResult {
  const score =
    reference.kind === "numeric" && current.kind === "numeric"
      ? (continuousJensenShannon(reference.sorted)?.(current.sorted) ?? null)
      : categoricalJensenShannon(chunkCounts(reference, current));
  return {
    tool: "NannyML",
    label: "Jensen–Shannon distance, base 2",
    method: "jensen_shannon_base2",
    kind: "distance",
    score,
    threshold: null,
    drifted: null,
    reason: score === null ? "The range of the reference is too large to be binned." : null,
    why:
      reference.kind === "numeric"
        ? "Bins come from the reference alone (Doane's rule), what lies outside is one more, and the logarithm has base 2, so it is at most 1. Its limit is three standard deviations over parts of the reference, so there is none for a table as a whole."
        : "Values that the reference lacks count as one, and the logarithm has base 2, so it is at most 1. Its limit is three standard deviations over parts of the reference, so there is none for a table as a whole.",
  };
}

function deepchecksResult(reference: ColumnSample, current: ColumnSample, role: ColumnRole): ToolResult {
  const threshold = role === "feature" ? DEEPCHECKS.feature : DEEPCHECKS.target;
  const whose = role === "feature" ? "features" : "labels and predictions";
  if (reference.kind === "numeric" && current.kind === "numeric") {
    const score = statistic(reference, current);
    return {
      tool: "Deepchecks",
      label: "Kolmogorov–Smirnov statistic",
      method: "ks_statistic",
      kind: "distance",
      score,
      threshold,
      drifted: score > threshold,
      reason: null,
      why: `It takes the largest gap between the two cumulative curves, not the p-value, and allows ${threshold} for ${whose}. A gap of the curves says nothing of how far values moved.`,
    };
  }
  const { score, reason } = { reason: null, ...driftMethod("cramers_v").compute(reference, current) };
  return {
    tool: "Deepchecks",
    label: driftMethod("cramers_v").label,
    method: "cramers_v",
    kind: "distance",
    score,
    threshold,
    drifted: score === null ? null : score > threshold,
    reason,
    why: `Cramér's V says how well the value tells the two sides apart, from 0 to 1, and ${threshold} is allowed for ${whose}; rare values move it little. Deepchecks also corrects for bias and puts rare values together.`,
  };
}

/** D, exact at any size. */
function statistic(reference: NumericSample, current: NumericSample): number {
  const [a, b] = [reference.sorted, current.sorted];
  if (a.length < 10_000) {
    return kolmogorovSmirnov(a)(b);
  }
  let [i, j, largest] = [0, 0, 0];
  while (i < a.length && j < b.length) {
    const value = Math.min(a[i] ?? 0, b[j] ?? 0);
    while (i < a.length && a[i] === value) {
      i++;
    }
    while (j < b.length && b[j] === value) {
      j++;
    }
    largest = Math.max(largest, Math.abs(i / a.length - j / b.length));
  }
  return largest;
}

/** Counts as NannyML has them: the reference's categories first. */
function chunkCounts(reference: ColumnSample, current: ColumnSample): Parameters<typeof categoricalJensenShannon>[0] {
  const { keys, reference: before, current: after } = categoryCounts(reference, current);
  const order = [...keys.keys()].sort((a, b) => Number(before[a] === 0) - Number(before[b] === 0));
  const known = order.filter((place) => before[place] !== 0);
  return {
    known: Float64Array.from(known, (place) => before[place] ?? 0),
    knownRows: usableRows(reference),
    chunk: Float64Array.from(order, (place) => after[place] ?? 0),
    chunkRows: usableRows(current),
  };
}
