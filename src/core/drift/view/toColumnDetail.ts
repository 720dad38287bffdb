import type { DriftColumnDetail } from "../../../protocol/drift";
import type { ColumnDrift, MethodResult, SideStats } from "../driftReport";
import type { WindowDrift } from "../driftService";
import { toBins } from "./toBins";
import { toScore, type MethodNames } from "./toScore";

export interface ColumnDetailInput {
  readonly column: ColumnDrift;
  readonly labels: { readonly reference: string; readonly current: string };
  readonly windows: readonly WindowDrift[];
  /** Every method that applies; those of the column where nobody has asked for more. */
  readonly methods: readonly MethodResult[];
  readonly names: MethodNames;
}

/** Everything about one column, for the part of the page that shows one. */
export function toColumnDetail({ column, labels, windows, methods, names }: ColumnDetailInput): DriftColumnDetail {
  return {
    name: column.name,
    verdict: column.verdict,
    notes: column.notes,
    kinds: column.kinds,
    sides: [toSide(labels.reference, column.reference), toSide(labels.current, column.current)],
    bins: column.bins === null ? null : toBins(column.bins),
    psi: psiOf(column),
    newCategories: column.newCategories.map(({ value, count }) => ({ value: String(value), count })),
    lostCategories: column.lostCategories.map(({ value, count }) => ({ value: String(value), count })),
    outOfRange: column.outOfRange,
    overTime: windows.map((window) => {
      const found = window.columns.find(({ name }) => name === column.name);
      return found === undefined
        ? { score: null, missing: null, state: window.status, reason: window.reason }
        : { score: found.score, missing: found.missing, state: found.status, reason: found.reason };
    }),
    methods: methods.map((result) => toScore(result, names)),
  };
}

function psiOf({ psiBins, psiContributions }: ColumnDrift): DriftColumnDetail["psi"] {
  return psiBins === null
    ? null
    : {
        bins: toBins(psiBins),
        contributions: psiContributions,
        total: psiContributions.reduce((sum, part) => sum + part, 0),
      };
}

function toSide(label: string, { rows, missing, infinite, distinct, numbers }: SideStats): DriftColumnDetail["sides"][number] {
  return { label, rows, missing, infinite, distinct, numbers };
}
