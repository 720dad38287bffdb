import type { SideSummary } from "../driftReport";
import { countText } from "../numberText";
import { timeSpan } from "../view/timeSpan";

/** What was compared, one side of it: "live.csv: 1,000 of 5,000 rows (2026-11-02 to 2026-11-08), a sample (seed 7)". */
export function sideText({ label, rows, matchingRows, totalRows, window, sample }: SideSummary): string {
  const all =
    matchingRows === totalRows ? countText(rows, "row") : `${matchingRows.toLocaleString("en-US")} of ${countText(totalRows, "row")}`;
  const time = window === null ? "" : ` (${timeSpan(window.from, window.to)})`;
  const drawn = sample === null ? "" : `, a sample of ${countText(rows, "row")} (seed ${sample.seed})`;
  const count = sample !== null && matchingRows === totalRows ? countText(totalRows, "row") : all;
  return `${label}: ${count}${time}${drawn}`;
}

/** What was left out or repaired on a side, a sentence each. */
export function sideNotes({ notes, skipped }: SideSummary): readonly string[] {
  return [...notes, ...skipped.map(({ name, reason }) => `The column ${name} is left out: ${reason}`)];
}
