import type { CancelSignal } from "../base/cancel";
import { columnsToJudge, type DriftTables } from "./computeDrift";
import { datasetDrift } from "./datasetDrift";
import { decide } from "./decide";
import type { DriftSettings, DriftStatus, MethodResult } from "./driftReport";
import type { SegmentDrift } from "./driftService";
import type { DriftSide } from "./driftSide";
import { AppError } from "../base/appError";
import { driftMethod } from "./methods";
import { countText } from "./numberText";

const MOST_SEGMENTS = 50;
const ORDER: Readonly<Record<DriftStatus, number>> = { fail: 0, warn: 1, ok: 2, unjudged: 3 };

/** Each value of a column, its rows of the current side against its rows of the reference; worst first, at most the fifty most frequent. */
export async function segmentDrift(
  tables: DriftTables,
  column: string,
  settings: DriftSettings,
  signal: CancelSignal,
): Promise<readonly SegmentDrift[]> {
  const { reference, current } = tables;
  const isIn = (side: DriftSide, name: string): boolean => side.columns.some((one) => one.name === name);
  if (!isIn(reference, column) || !isIn(current, column)) {
    throw new AppError("usage", `The column ${column} is not on both sides.`, { remedy: "Choose another column to part the rows by." });
  }
  const values = await segmentValues(tables, column, signal);
  const cut = { kind: "value", column, values } as const;
  const [before, after] = await Promise.all([reference.partRows(cut, signal), current.partRows(cut, signal)]);
  const names = columnsToJudge(tables, settings).filter((name) => name !== column && isIn(reference, name) && isIn(current, name));
  const judged: { readonly name: string; readonly status: DriftStatus; readonly result: MethodResult | null }[][] = values.map(() => []);
  for (const name of names) {
    signal.throwIfAborted();
    // What a column is does not change from segment to segment.
    const [whole, ofReference, ofCurrent] = await Promise.all([
      reference.facts(name, false, signal),
      reference.parts(name, cut, signal),
      current.parts(name, cut, signal),
    ]);
    ofReference.forEach((part, index) => {
      const opposite = ofCurrent[index];
      if (opposite !== undefined) {
        const { status, result } = decide(name, { ...part, guess: whole.guess }, opposite, settings);
        judged[index]?.push({ name, status, result });
      }
    });
  }
  return values
    .map((value, index) => segment(value, before[index] ?? 0, after[index] ?? 0, judged[index] ?? [], settings))
    .sort(
      (a, b) => ORDER[a.status] - ORDER[b.status] || (b.dataset?.share ?? 0) - (a.dataset?.share ?? 0) || b.rows.current - a.rows.current,
    );
}

function segment(
  value: string | null,
  reference: number,
  current: number,
  columns: readonly { readonly name: string; readonly status: DriftStatus; readonly result: MethodResult | null }[],
  settings: DriftSettings,
): SegmentDrift {
  const fewest = Math.min(reference, current);
  const rows = { reference, current };
  if (fewest < settings.minRows) {
    const where = reference <= current ? "in the reference" : "in the current data";
    const reason = `It has ${countText(fewest, "row")} ${where}, too few to judge; ${settings.minRows.toLocaleString("en-US")} are needed.`;
    return { value, rows, status: "unjudged", reason, dataset: null, worst: null };
  }
  const dataset = datasetDrift(columns, settings);
  return {
    value,
    rows,
    status: dataset.status,
    reason: dataset.status === "unjudged" ? dataset.verdict : null,
    dataset,
    worst: worstOf(columns),
  };
}

/** The column that went furthest beyond its limit, as a multiple of it. */
function worstOf(columns: readonly { readonly name: string; readonly result: MethodResult | null }[]): SegmentDrift["worst"] {
  let worst: { readonly column: string; readonly score: number; readonly excess: number } | null = null;
  for (const { name, result } of columns) {
    if (result?.score == null) {
      continue;
    }
    const isDistance = driftMethod(result.method).result === "distance";
    const excess = isDistance ? result.score / Math.max(result.threshold, 1e-300) : result.threshold / Math.max(result.score, 1e-300);
    if (worst === null || excess > worst.excess) {
      worst = { column: name, score: result.score, excess };
    }
  }
  return worst === null ? null : { column: worst.column, score: worst.score };
}

async function segmentValues(
  { reference, current }: DriftTables,
  column: string,
  signal: CancelSignal,
): Promise<readonly (string | null)[]> {
  const sides = await Promise.all([reference.facts(column, false, signal), current.facts(column, false, signal)]);
  const counts = new Map<string | null, number>();
  for (const { sample, missing } of sides) {
    if (sample === null) {
      throw new AppError("usage", `Nearly every row of ${column} has a value of its own.`, { remedy: "Choose a column with few values." });
    }
    if (sample.kind === "categorical") {
      sample.counts.forEach((count, key) => add(counts, String(key), count));
    } else {
      for (const value of sample.sorted) {
        add(counts, String(value), 1);
      }
    }
    add(counts, null, missing);
  }
  return [...counts]
    .filter(([, count]) => count > 0)
    .sort((a, b) => b[1] - a[1])
    .slice(0, MOST_SEGMENTS)
    .map(([value]) => value);
}

function add(counts: Map<string | null, number>, key: string | null, count: number): void {
  counts.set(key, (counts.get(key) ?? 0) + count);
}
