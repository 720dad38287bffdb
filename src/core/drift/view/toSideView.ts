import type { DriftSideView } from "../../../protocol/drift";
import type { SideSummary } from "../driftReport";
import { timeSpan } from "./timeSpan";

const HASH_LENGTH = 12;

/** One side of a comparison as its header tells it. @param toPath a path as people know it, such as from the workspace's root. */
export function toSideView(side: SideSummary, toPath: (path: string) => string): DriftSideView {
  const { window, sample } = side;
  return {
    label: side.label,
    files: side.files.map(({ path, bytes, sha256 }) => ({ path: toPath(path), bytes, sha256: sha256?.slice(0, HASH_LENGTH) ?? null })),
    rows: side.rows,
    matchingRows: side.matchingRows,
    totalRows: side.totalRows,
    window: window === null ? null : timeSpan(window.from, window.to),
    sample:
      sample === null
        ? null
        : `A random sample of ${side.rows.toLocaleString("en-US")} of ${side.matchingRows.toLocaleString("en-US")} rows, drawn with seed ${String(sample.seed)}.`,
    notes: [...side.notes, ...side.skipped.map(({ name, reason }) => `Column ${name} was left out: ${reason}`)],
  };
}
