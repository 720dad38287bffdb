import { csvLine } from "../../base/csvLine";
import type { DriftReport } from "../driftReport";

const HEAD = [
  "column", "type", "role", "status", "method", "score", "threshold", "fail_threshold", "drifted", "reason", "direction",
  "missing_reference", "missing_current", "rows_reference", "rows_current", "new_categories", "lost_categories", "below_range", "above_range", "verdict",
]; // prettier-ignore

/** The columns as CSV (RFC 4180), a line each, numbers in full. */
export function toCsv({ columns }: DriftReport): string {
  const lines = columns.map(({ name, type, role, status, result, reason, direction, reference, current, outOfRange, verdict, ...rest }) =>
    csvLine([
      name,
      type,
      role,
      status,
      result?.method ?? null,
      result?.score ?? null,
      result?.threshold ?? null,
      result?.failThreshold ?? null,
      status === "unjudged" || result?.drifted == null ? null : String(result.drifted),
      reason,
      direction,
      reference.missing,
      current.missing,
      reference.rows,
      current.rows,
      rest.newCategoryCount,
      rest.lostCategoryCount,
      outOfRange?.below ?? null,
      outOfRange?.above ?? null,
      verdict,
    ]),
  );
  return csvLine(HEAD) + lines.join("");
}
