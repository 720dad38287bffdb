import type { CompareRow, CompareSectionId } from "../../protocol/compare";
import type { ComparedRun } from "./comparedRun";

/** One fact of all runs, whole and uncut. */
export interface ComparedRow {
  readonly section: CompareSectionId;
  /** As stored. */
  readonly key: string;
  /** The key as shown: cut when very long, unique within the section. */
  readonly label: string;
  readonly kind: CompareRow["kind"];
  /** By run; null where the run has no value. Numbers in all kinds but "text". */
  readonly values: readonly (number | string | null)[];
  /** By run: equal values have equal numbers, a missing value has 0. */
  readonly classes: readonly number[];
  /** Different values, a missing one counted as one. */
  readonly distinct: number;
}

export interface RunComparison {
  readonly runs: readonly ComparedRun[];
  readonly rows: readonly ComparedRow[];
}

/** Names a row over revisions, as long as the runs have it. */
export function rowAddress(row: ComparedRow): string {
  return `${row.section}:${row.label}`;
}

/** The row with that address, or undefined where the runs have it no more. */
export function findRow(comparison: RunComparison, address: string): ComparedRow | undefined {
  return comparison.rows.find((row) => rowAddress(row) === address);
}
