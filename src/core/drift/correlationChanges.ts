import type { CancelSignal } from "../base/cancel";
import type { CorrelationChange, DriftReport } from "./driftReport";
import type { DriftSide } from "./driftSide";

/** More columns would take longer than all the rest; the first of the file are looked at. */
const MOST_COLUMNS = 100;
const MOST_PAIRS = 50;

/** Pairs of numeric columns whose correlation changed most, the largest change first. */
export async function correlationChanges(
  names: readonly string[],
  reference: DriftSide,
  current: DriftSide,
  signal: CancelSignal,
): Promise<Pick<DriftReport, "correlations" | "correlationRows">> {
  const columns = names.slice(0, MOST_COLUMNS);
  if (columns.length < 2) {
    return { correlations: [] };
  }
  const [before, after] = await Promise.all([reference.correlations(columns, signal), current.correlations(columns, signal)]);
  const changes: CorrelationChange[] = [];
  let pair = 0;
  columns.forEach((first, index) => {
    for (const second of columns.slice(index + 1)) {
      const [a, b] = [before.pairs[pair] ?? Number.NaN, after.pairs[pair] ?? Number.NaN];
      pair++;
      if (!Number.isNaN(a) || !Number.isNaN(b)) {
        changes.push({ columns: [first, second], reference: Number.isNaN(a) ? null : a, current: Number.isNaN(b) ? null : b });
      }
    }
  });
  return {
    correlations: changes.sort((a, b) => moveOf(b) - moveOf(a)).slice(0, MOST_PAIRS),
    correlationRows: { reference: before.rows, current: after.rows },
  };
}

/** Where one side has none there is no change to speak of; such pairs come last. */
function moveOf({ reference, current }: CorrelationChange): number {
  return reference === null || current === null ? -1 : Math.abs(current - reference);
}
