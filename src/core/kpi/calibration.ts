import type { ScoredRows } from "../drift/chunks/estimatedMetrics";

/** How often what was predicted with some probability happened. */
export interface CalibrationBin {
  /** Mean predicted probability of the current rows of the bin, of the reference's where there are none. */
  readonly predicted: number;
  /** Share of known outcomes that were positive, on the current side and in the reference; null where too few are known to tell. */
  readonly observed: number | null;
  readonly reference: number | null;
  /** Rows of the current side, with and without outcome. */
  readonly rows: number;
}

const BINS = 10;
/** Below it a share tells little: its 95 % interval spans a third of the scale. */
const FEWEST_OUTCOMES = 30;

interface Sums {
  rows: number;
  predicted: number;
  known: number;
  positive: number;
}

/**
 * The reliability diagram of a score (DeGroot and Fienberg 1983): ten bins of equal width over 0 to 1. Bins without a row on either side are left out.
 * @param isDue whether the outcome of a current row can be known already; early outcomes are not a fair sample.
 * @returns null where a score is no probability, or nobody knows an outcome.
 */
export function calibrationBins(
  reference: ScoredRows | null,
  current: ScoredRows,
  isDue: (row: number) => boolean,
): readonly CalibrationBin[] | null {
  const now = sumUp(current, isDue);
  const before = reference === null ? null : sumUp(reference, () => true);
  if (now === null) {
    return null;
  }
  const bins = now.flatMap((sums, index): readonly CalibrationBin[] => {
    const usual = before?.[index];
    const basis = sums.rows > 0 ? sums : usual;
    return basis === undefined || basis.rows === 0
      ? []
      : [
          {
            predicted: basis.predicted / basis.rows,
            observed: shareOf(sums),
            reference: usual === undefined ? null : shareOf(usual),
            rows: sums.rows,
          },
        ];
  });
  return bins.some(({ observed, reference: usual }) => observed !== null || usual !== null) ? bins : null;
}

function shareOf({ known, positive }: Sums): number | null {
  return known < FEWEST_OUTCOMES ? null : positive / known;
}

/** Null where a score lies outside of 0 to 1. */
function sumUp({ scores, actual }: ScoredRows, isDue: (row: number) => boolean): readonly Sums[] | null {
  const sums = Array.from({ length: BINS }, (): Sums => ({ rows: 0, predicted: 0, known: 0, positive: 0 }));
  for (let row = 0; row < scores.length; row++) {
    const score = scores[row] ?? NaN;
    if (Number.isNaN(score)) {
      continue;
    }
    const bin = sums[Math.min(BINS - 1, Math.floor(score * BINS))];
    if (!(score >= 0 && score <= 1) || bin === undefined) {
      return null;
    }
    bin.rows++;
    bin.predicted += score;
    const outcome = actual?.[row] ?? -1;
    if (outcome >= 0 && isDue(row)) {
      bin.known++;
      bin.positive += outcome;
    }
  }
  return sums;
}
