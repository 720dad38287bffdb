import { parentKey } from "./collapseKeys";
import type { RunTable } from "./runTable";
import { STEPS_BETWEEN_PAUSES, type Work } from "./work";

export interface TreeRows {
  readonly rows: Uint32Array;
  readonly depths: Uint8Array;
}

/** Deeper nesting is drawn at this depth: an indent has to end somewhere. */
const MAX_DEPTH = 30;

/**
 * Puts runs under their parents. A run whose parent is not among the rows stands at the top, so that no run is lost; so
 * does one run of a circle of parents, which only a broken store holds.
 */
export function* collectTree(
  table: RunTable,
  members: Uint32Array,
  collapsed: ReadonlySet<string>,
  childCounts: Map<number, number>,
): Work<TreeRows> {
  const present = new Set(members);
  const children = new Map<number, number[]>();
  const roots: number[] = [];
  for (const row of members) {
    const parent = parentOf(table, row);
    if (parent === undefined || parent === row || !present.has(parent)) {
      roots.push(row);
      continue;
    }
    const siblings = children.get(parent);
    if (siblings === undefined) {
      children.set(parent, [row]);
    } else {
      siblings.push(row);
    }
  }
  for (const [parent, rows] of children) {
    childCounts.set(parent, rows.length);
  }

  const rows = new Uint32Array(members.length);
  const depths = new Uint8Array(members.length);
  let at = 0;
  const seen = new Set<number>();
  yield;
  // After the roots nothing is left but circles.
  for (const top of concat(roots, members)) {
    // An own stack: a chain of thousands of parents must not end in a stack overflow.
    const stack = [{ row: top, depth: 0, shown: true }];
    for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
      const { row, depth, shown } = next;
      if (seen.has(row)) {
        continue;
      }
      seen.add(row);
      if (seen.size % (STEPS_BETWEEN_PAUSES / 5) === 0) {
        yield;
      }
      if (shown) {
        rows[at] = row;
        depths[at++] = Math.min(depth, MAX_DEPTH);
      }
      const open = shown && !collapsed.has(parentKey(row));
      for (const child of (children.get(row) ?? []).toReversed()) {
        stack.push({ row: child, depth: depth + 1, shown: open });
      }
    }
  }
  return { rows: rows.slice(0, at), depths: depths.slice(0, at) };
}

function* concat(first: Iterable<number>, second: Iterable<number>): Iterable<number> {
  yield* first;
  yield* second;
}

function parentOf(table: RunTable, row: number): number | undefined {
  const entry = table.at(row);
  const parentId = entry?.run.parentRunId ?? null;
  return entry === undefined || parentId === null ? undefined : table.row(entry.storeId, parentId);
}
