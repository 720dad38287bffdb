import type { GridPosition, GridRow, SelectMode } from "./gridTypes";

/** The cell that an event happened in, or null outside of all. */
export function positionOf(event: Event): GridPosition | null {
  const path = event.composedPath().filter((target): target is HTMLElement => target instanceof HTMLElement);
  const column = path.find((element) => element.dataset["column"] !== undefined)?.dataset["column"];
  const row = path.find((element) => element.dataset["row"] !== undefined)?.dataset["row"];
  return column === undefined || row === undefined ? null : { row: Number(row), column: Number(column) };
}

export type ClickIntent =
  { readonly kind: "selectAll" } | { readonly kind: "toggle" } | { readonly kind: "select"; readonly mode: SelectMode } | null;

/** What a click in a cell means; a click on a heading is its drag's affair. */
export function clickIntent(
  event: MouseEvent,
  { row, column }: GridPosition,
  gridRow: GridRow | undefined,
  selectable: boolean,
): ClickIntent {
  if (row === -1) {
    return column === -1 ? { kind: "selectAll" } : null;
  }
  const onTwisty = event.composedPath().some((target) => target instanceof Element && target.classList.contains("twisty"));
  const isSpan = gridRow !== undefined && gridRow.span !== null;
  if (onTwisty || (isSpan && column !== -1)) {
    return { kind: "toggle" };
  }
  if (!selectable) {
    return null;
  }
  return { kind: "select", mode: event.shiftKey ? "range" : event.ctrlKey || event.metaKey || column === -1 ? "toggle" : "only" };
}
