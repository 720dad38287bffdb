import type { DriftToolRow } from "../../../protocol/drift";
import type { ColumnDrift } from "../driftReport";
import type { ToolResult } from "../driftService";

/** A column as one tool judges it, with the rows that it really compares: every tool drops what is missing. */
export function toToolRow(result: ToolResult, column: ColumnDrift): DriftToolRow {
  const { tool, label, method, kind, score, threshold, drifted, reason, why } = result;
  const compared = ({ rows, missing, infinite }: ColumnDrift["reference"]): number => rows - missing - infinite;
  return {
    tool,
    score: { method, label, kind, score, threshold, failThreshold: null, drifted, reason, effect: null },
    rows: { reference: compared(column.reference), current: compared(column.current) },
    why,
  };
}
