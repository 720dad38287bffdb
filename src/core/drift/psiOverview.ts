import { type Bins, psiContributions, quantileBins } from "./binning";
import type { ColumnDrift, SharedBins } from "./driftReport";
import type { ColumnSample } from "./sample";
import { usableRows } from "./usableRows";

const QUANTILES = 10;
const MOST_VALUES = 60;

export type PsiOverview = Pick<ColumnDrift, "psiBins" | "psiContributions">;

/** Ten bins of reference quantiles, or values, with what each adds to the PSI. Empty where a side has no values. */
export function psiOverview(reference: ColumnSample, current: ColumnSample): PsiOverview {
  if (usableRows(reference) === 0 || usableRows(current) === 0) {
    return { psiBins: null, psiContributions: [] };
  }
  const bins = quantileBins(reference, current, QUANTILES);
  const contributions = psiContributions(bins);
  return bins.kind === "values"
    ? fewValues(bins, contributions)
    : { psiBins: withEnds(bins, reference, current), psiContributions: contributions };
}

/** The open ends reach as far as the values do. */
function withEnds(bins: Exclude<Bins, { kind: "values" }>, reference: ColumnSample, current: ColumnSample): SharedBins {
  const sorted = [reference, current].flatMap((sample) => (sample.kind === "numeric" ? [sample.sorted] : []));
  const inner = bins.edges;
  const min = Math.min(...sorted.map((values) => values[0] ?? Infinity), inner[0] ?? Infinity);
  const max = Math.max(...sorted.map((values) => values.at(-1) ?? -Infinity), inner.at(-1) ?? -Infinity);
  return {
    kind: "range",
    edges: [min, ...inner, max].map((edge) => edge + 0),
    open: true,
    reference: bins.reference,
    current: bins.current,
  };
}

/** At most so many values that a chart can show them: those that moved most, and the rest as one. */
function fewValues(bins: Extract<Bins, { kind: "values" }>, contributions: readonly number[]): PsiOverview {
  const { keys, reference, current } = bins;
  if (keys.length <= MOST_VALUES) {
    return { psiBins: { kind: "values", keys, reference, current, others: 0 }, psiContributions: contributions };
  }
  const byMove = [...keys.keys()].sort((a, b) => (contributions[b] ?? 0) - (contributions[a] ?? 0));
  const shown = byMove.slice(0, MOST_VALUES - 1);
  const rest = byMove.slice(MOST_VALUES - 1);
  const withRest = (values: readonly number[]): number[] =>
    [...shown, -1].map((place) => (place < 0 ? sumAt(values, rest) : (values[place] ?? 0)));
  return {
    psiBins: {
      kind: "values",
      keys: [...shown.map((place) => keys[place] ?? ""), "other"],
      reference: withRest(reference),
      current: withRest(current),
      others: rest.length,
    },
    psiContributions: withRest(contributions),
  };
}

function sumAt(values: readonly number[], places: readonly number[]): number {
  return places.reduce((sum, place) => sum + (values[place] ?? 0), 0);
}
