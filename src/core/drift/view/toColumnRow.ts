import type { DriftColumnRow } from "../../../protocol/drift";
import type { ColumnDrift, SideStats } from "../driftReport";
import type { WindowDrift } from "../driftService";
import { toMini } from "./toBins";
import { toScore, type MethodNames } from "./toScore";

/** A column as a line of the table. @param windows as computed so far, oldest first. */
export function toColumnRow(column: ColumnDrift, windows: readonly WindowDrift[], methods: MethodNames): DriftColumnRow {
  return {
    name: column.name,
    type: column.type,
    role: column.role,
    state: column.status,
    result: column.result === null ? null : toScore(column.result, methods),
    reason: column.reason,
    verdict: column.verdict,
    direction: column.direction,
    mini: column.bins === null ? null : toMini(column.bins),
    trend: windows.map((window) => window.columns.find(({ name }) => name === column.name)?.score ?? null),
    missing: { reference: shareMissing(column.reference), current: shareMissing(column.current) },
    newCategories: column.newCategoryCount,
    lostCategories: column.lostCategoryCount,
    outOfRange: outOfRange(column),
  };
}

/** Share of the current values outside of the reference's range. */
function outOfRange({ outOfRange: range, current }: ColumnDrift): number | null {
  const values = valuesOf(current);
  return range === null || values === 0 ? null : (range.below + range.above) / values;
}

function shareMissing({ rows, missing }: SideStats): number {
  return rows === 0 ? 0 : missing / rows;
}

function valuesOf({ rows, missing, infinite }: SideStats): number {
  return rows - missing - infinite;
}
