import * as v from "valibot";

import type { ColumnId, SelectAction } from "../../protocol/runsTable";

// The page is ours, but what comes from a page is checked all the same: a message decides what the host reads and copies.
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const window = v.object({ revision: count, from: count, to: count });
const line = v.object({ revision: count, line: count });
const selectAction = v.variant("kind", [
  v.object({ kind: v.picklist(["only", "toggle", "range"]), line: count }),
  v.object({ kind: v.picklist(["all", "none"]) }),
]);

/** More lines at once than any screen shows; a larger answer would only block. */
const MAX_LINES = 500;

export function parseWindow(value: unknown): { readonly revision: number; readonly from: number; readonly to: number } {
  const { revision, from, to } = v.parse(window, value);
  return { revision, from, to: Math.min(to, from + MAX_LINES) };
}

export function parseLine(value: unknown): { readonly revision: number; readonly line: number } {
  return v.parse(line, value);
}

export function parseSelectAction(value: unknown): SelectAction {
  return v.parse(selectAction, value);
}

export function parseColumns(value: unknown): readonly ColumnId[] {
  return v.parse(v.array(v.string()), value);
}

export function parseText(value: unknown): string {
  return v.parse(v.string(), value);
}
