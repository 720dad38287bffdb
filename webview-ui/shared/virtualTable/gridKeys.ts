import { moveInGrid, type GridSize } from "./gridNavigation";
import type { GridPosition, GridRow, SelectMode } from "./gridTypes";

/** What a key means at the active cell. */
export type GridKeyIntent =
  | { readonly kind: "move"; readonly to: GridPosition }
  | { readonly kind: "extend"; readonly to: GridPosition }
  | { readonly kind: "select"; readonly mode: SelectMode }
  | { readonly kind: "selectAll"; readonly toggle: boolean }
  | { readonly kind: "toggle" | "activate" | "menu" }
  | { readonly kind: "copy"; readonly wholeRow: boolean }
  | { readonly kind: "sort"; readonly add: boolean }
  | { readonly kind: "resizeColumn" | "moveColumn"; readonly step: 1 | -1 };

export interface GridKeyContext extends GridSize {
  readonly at: GridPosition;
  readonly row: GridRow | undefined;
  readonly selectable: boolean;
}

type Keys = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "shiftKey" | "altKey">;

/** Null for a key that means nothing here and goes on to VS Code. */
export function toGridIntent(event: Keys, context: GridKeyContext): GridKeyIntent | null {
  const { at, row, selectable } = context;
  const ctrl = event.ctrlKey || event.metaKey;
  const { key, shiftKey } = event;
  if (key === "ContextMenu" || (shiftKey && key === "F10")) {
    return { kind: "menu" };
  }
  const heading = at.row === -1 ? headingIntent(event, ctrl, at.column) : null;
  if (heading !== null) {
    return heading;
  }
  if (ctrl && key.toLowerCase() === "a") {
    return selectable ? { kind: "selectAll", toggle: false } : null;
  }
  if (ctrl && key.toLowerCase() === "c") {
    return at.row >= 0 ? { kind: "copy", wholeRow: shiftKey } : null;
  }
  if (key === " ") {
    return !selectable
      ? null
      : at.row === -1
        ? { kind: "selectAll", toggle: true }
        : { kind: "select", mode: shiftKey ? "range" : "toggle" };
  }
  if (key === "Enter" && at.row >= 0) {
    return { kind: row !== undefined && row.span !== null ? "toggle" : "activate" };
  }
  // As in a tree: arrows at the first cell open and shut, elsewhere they move.
  const atTwisty = at.column === 0 || (row !== undefined && row.span !== null && at.column > 0);
  if (!ctrl && atTwisty && ((key === "ArrowRight" && row?.expanded === false) || (key === "ArrowLeft" && row?.expanded === true))) {
    return { kind: "toggle" };
  }
  const to = event.altKey ? null : moveInGrid(key, ctrl, at, context);
  if (to === null) {
    return null;
  }
  const isExtending = shiftKey && selectable && (key === "ArrowDown" || key === "ArrowUp") && at.row >= 0 && to.row >= 0;
  return { kind: isExtending ? "extend" : "move", to };
}

/** On a heading: Enter sorts, Shift+arrows resize, Ctrl+Shift+arrows move, Alt+Down opens the menu. */
function headingIntent(event: Keys, ctrl: boolean, column: number): GridKeyIntent | null {
  const { key } = event;
  if (column === -1) {
    return key === "Enter" ? { kind: "selectAll", toggle: true } : null;
  }
  if (key === "Enter") {
    return { kind: "sort", add: event.shiftKey };
  }
  if (key === "ArrowDown" && event.altKey) {
    return { kind: "menu" };
  }
  if (event.shiftKey && (key === "ArrowRight" || key === "ArrowLeft")) {
    return { kind: ctrl ? "moveColumn" : "resizeColumn", step: key === "ArrowRight" ? 1 : -1 };
  }
  return null;
}
