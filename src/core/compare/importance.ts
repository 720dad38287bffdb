import type { Importance, ImportanceEntry } from "../../protocol/compare";
import { finish, mapInSteps, type Steps } from "../base/steps";
import { naturalKey } from "../table/naturalKey";
import { correlationOf, correlationRatio, fToNormal, ranksOf, upperQuantile } from "./rankStatistics";
import type { ComparedRow, RunComparison } from "./runComparison";

/** Fewer runs order themselves by chance too often. */
const MIN_RUNS = 8;
const MAX_CHANCE = 0.05;
/** A parameter with more numbers than this is judged by quarters of them. */
const MAX_LEVELS = 8;
const BINS = 4;

/** What one test says: how much of the variation goes with the parameter, and how far that is above chance. */
interface Finding {
  readonly effect: number;
  readonly deviations: number;
}

/**
 * How much of a metric goes with each parameter that varies, taken alone. The metric is replaced by its ranks, so that one
 * diverged run does not decide. For a number, Spearman's ρ² (steady effects) or the correlation ratio η² over its levels
 * (others, such as a best value in the middle), whichever says more; for a text η² over its values, "missing" being one.
 * Both are adjusted for the number of runs and levels as R² is (Ezekiel, 1930; for η² it is Kelley's ε², 1935) and counted only
 * where an F test on ranks (Conover and Iman, 1981) puts them above chance, with Bonferroni's correction for all tests made.
 * Shares are not stretched to sum to 1: what no parameter explains stays unexplained.
 */
export function importanceOf(comparison: RunComparison, metric: string): Importance {
  return finish(importanceInSteps(comparison, metric));
}

/** The same in steps of one parameter. */
export function* importanceInSteps(comparison: RunComparison, metric: string): Steps<Importance> {
  const target = comparison.rows.find((row) => row.section === "metrics" && row.label === metric);
  const runs = [...comparison.runs.keys()].filter((run) => Number.isFinite(target?.values[run] ?? NaN));
  const values = runs.map((run) => Number(target?.values[run]));
  const params: ComparedRow[] = [];
  for (const row of comparison.rows) {
    if (row.section === "params" && new Set(runs.map((run) => row.classes[run])).size > 1) {
      params.push(row);
      yield;
    }
  }
  const problem =
    runs.length < MIN_RUNS
      ? `Only ${runs.length} of ${comparison.runs.length} runs have a finite value of the metric; at least ${MIN_RUNS} are needed to tell.`
      : params.length === 0
        ? "No parameter varies between the runs that have the metric."
        : new Set(values).size < 2
          ? "The metric has the same value in all runs."
          : null;
  if (problem !== null) {
    return { entries: [], method: problem, enough: false };
  }
  const ranks = ranksOf(values);
  const tested = yield* mapInSteps(params, (row) => testParam(row, runs, ranks));
  const tests = tested.reduce((sum, { findings }) => sum + findings.length, 0);
  const needed = upperQuantile(MAX_CHANCE / Math.max(1, tests));
  const effects = tested.map(({ findings }) =>
    Math.max(0, ...findings.filter(({ deviations }) => deviations > needed).map(({ effect }) => effect)),
  );
  const total = Math.max(
    1,
    effects.reduce((sum, effect) => sum + effect, 0),
  );
  const entries = tested.map(({ row, correlation }, index): ImportanceEntry => ({
    key: row.label,
    share: (effects[index] ?? 0) / total,
    correlation,
  }));
  return { entries: sortEntries(entries), method: methodText(runs.length, comparison.runs.length, params.length), enough: true };
}

function testParam(
  row: ComparedRow,
  runs: readonly number[],
  ranks: readonly number[],
): { readonly row: ComparedRow; readonly correlation: number | null; readonly findings: readonly Finding[] } {
  const classes = runs.map((run) => row.classes[run] ?? 0);
  const findings: Finding[] = [];
  if (row.kind !== "number") {
    addRatio(findings, classes, ranks);
    return { row, correlation: null, findings };
  }
  const present = [...runs.keys()].filter((at) => !Number.isNaN(Number(row.values[runs[at] ?? 0] ?? NaN)));
  const numbers = present.map((at) => Number(row.values[runs[at] ?? 0]));
  const numberRanks = ranksOf(numbers);
  let correlation: number | null = null;
  if (present.length >= 3 && new Set(numbers).size > 1) {
    correlation = correlationOf(numberRanks, ranksOf(present.map((at) => ranks[at] ?? 0)));
    if (present.length >= MIN_RUNS) {
      // What a few runs with the parameter say explains no more than their part of all runs.
      findings.push(judgeR2(correlation ** 2, 1, present.length - 2, present.length / runs.length));
    }
  }
  if (new Set(classes).size <= MAX_LEVELS) {
    addRatio(findings, classes, ranks);
  } else {
    const bins = runs.map(() => -1);
    for (const [index, at] of present.entries()) {
      bins[at] = Math.min(BINS - 1, Math.floor((((numberRanks[index] ?? 1) - 0.5) / present.length) * BINS));
    }
    addRatio(findings, bins, ranks);
  }
  return { row, correlation, findings };
}

/** A parameter that is different in almost every run, such as a folder's name, explains everything and nothing. */
function addRatio(findings: Finding[], groups: readonly number[], ranks: readonly number[]): void {
  const levels = new Set(groups).size;
  if (levels > 1 && levels <= groups.length / 2) {
    findings.push(judgeR2(correlationRatio(groups, ranks), levels - 1, groups.length - levels, 1));
  }
}

function judgeR2(r2: number, df1: number, df2: number, part: number): Finding {
  const rest = Math.max(0, 1 - r2);
  return {
    effect: part * Math.max(0, 1 - (rest * (df1 + df2)) / df2),
    // Rounding leaves a little of what should be nothing.
    deviations: fToNormal(rest < 1e-12 ? Infinity : r2 / df1 / (rest / df2), df1, df2),
  };
}

function sortEntries(entries: readonly ImportanceEntry[]): ImportanceEntry[] {
  return entries
    .map((entry) => ({ entry, key: naturalKey(entry.key) }))
    .sort((a, b) => b.entry.share - a.entry.share || (a.key < b.key ? -1 : a.key > b.key ? 1 : a.entry.key < b.entry.key ? -1 : 1))
    .map(({ entry }) => entry);
}

function methodText(used: number, all: number, params: number): string {
  return (
    `Part of the metric's ranks that goes with each parameter alone: Spearman's ρ² or the correlation ratio η², adjusted for the number of runs. ` +
    `What chance explains as well (5 %, Bonferroni over all tests) counts as 0. ` +
    `Rests on ${used}${used === all ? "" : ` of ${all}`} runs and ${params} parameter${params === 1 ? "" : "s"} that vary; ` +
    `parameters that vary together cannot be told apart.`
  );
}
