import { describe, expect, it } from "vitest";

import { toColumnGeometry } from "../../../../webview-ui/shared/virtualTable/columnGeometry";
import { dropPlace } from "../../../../webview-ui/shared/virtualTable/dropPlace";
import { toGridIntent, type GridKeyContext } from "../../../../webview-ui/shared/virtualTable/gridKeys";
import type { GridColumn, GridRow } from "../../../../webview-ui/shared/virtualTable/gridTypes";

const row: GridRow = { selected: false, depth: 0, expanded: null, span: null, note: null };
const context: GridKeyContext = { at: { row: 5, column: 2 }, row, selectable: true, rows: 100, columns: 4, page: 10, firstColumn: -1 };
const press = (keys: string, more: Partial<GridKeyContext> = {}) => {
  const parts = keys.split("+");
  return toGridIntent(
    {
      key: parts.at(-1) === "Space" ? " " : (parts.at(-1) ?? ""),
      ctrlKey: parts.includes("Ctrl"),
      shiftKey: parts.includes("Shift"),
      altKey: parts.includes("Alt"),
      metaKey: false,
    },
    { ...context, ...more },
  );
};
const to = (r: number, column: number) => ({ kind: "move", to: { row: r, column } });

describe("moving", () => {
  it("goes by cell, page, and to the edges", () => {
    expect(press("ArrowDown")).toEqual(to(6, 2));
    expect(press("Home")).toEqual(to(5, -1));
    expect(press("End")).toEqual(to(5, 3));
    expect(press("Ctrl+Home")).toEqual(to(0, -1));
    expect(press("Ctrl+End")).toEqual(to(99, 3));
    expect(press("PageDown")).toEqual(to(15, 2));
    expect(press("PageUp")).toEqual(to(0, 2));
  });

  it("stops at the edges, and reaches the headings from the first row", () => {
    expect(press("ArrowDown", { at: { row: 99, column: 0 } })).toEqual(to(99, 0));
    expect(press("ArrowUp", { at: { row: 0, column: 0 } })).toEqual(to(-1, 0));
    expect(press("ArrowRight", { at: { row: 0, column: 3 } })).toEqual(to(0, 3));
    expect(press("ArrowLeft", { at: { row: 0, column: 0 }, firstColumn: 0 })).toEqual(to(0, 0));
  });

  it("leaves other keys to VS Code", () => {
    expect([press("x"), press("Ctrl+s"), press("Escape"), press("Tab"), press("Alt+ArrowLeft")]).toEqual([null, null, null, null, null]);
  });
});

describe("acting", () => {
  it("opens, selects, extends, copies and asks for the menu", () => {
    expect(press("Enter")).toEqual({ kind: "activate" });
    expect(press("Space")).toEqual({ kind: "select", mode: "toggle" });
    expect(press("Shift+Space")).toEqual({ kind: "select", mode: "range" });
    expect(press("Shift+ArrowDown")).toEqual({ kind: "extend", to: { row: 6, column: 2 } });
    expect(press("Ctrl+c")).toEqual({ kind: "copy", wholeRow: false });
    expect(press("Ctrl+Shift+C")).toEqual({ kind: "copy", wholeRow: true });
    expect(press("Shift+F10")).toEqual({ kind: "menu" });
    expect(press("Ctrl+a")).toEqual({ kind: "selectAll", toggle: false });
  });

  it("opens and shuts a group and a parent at the first cell", () => {
    const group = { ...row, span: () => null as never, expanded: true };
    expect(press("Enter", { row: group })).toEqual({ kind: "toggle" });
    expect(press("ArrowLeft", { row: group, at: { row: 5, column: 0 } })).toEqual({ kind: "toggle" });
    expect(press("ArrowRight", { row: { ...row, expanded: false }, at: { row: 5, column: 0 } })).toEqual({ kind: "toggle" });
    expect(press("ArrowRight", { row: { ...row, expanded: false } })).toEqual(to(5, 3));
  });

  it("sorts, resizes and moves columns at a heading", () => {
    const heading = { at: { row: -1, column: 1 } };
    expect(press("Enter", heading)).toEqual({ kind: "sort", add: false });
    expect(press("Shift+Enter", heading)).toEqual({ kind: "sort", add: true });
    expect(press("Shift+ArrowRight", heading)).toEqual({ kind: "resizeColumn", step: 1 });
    expect(press("Ctrl+Shift+ArrowLeft", heading)).toEqual({ kind: "moveColumn", step: -1 });
    expect(press("Alt+ArrowDown", heading)).toEqual({ kind: "menu" });
    expect(press("Space", { at: { row: -1, column: -1 } })).toEqual({ kind: "selectAll", toggle: true });
  });
});

describe("columns", () => {
  const column = (id: string, pinned = false): GridColumn => ({
    id,
    label: id,
    caption: "",
    width: 100,
    pinned,
    align: "start",
    sort: null,
  });
  const columns = [column("p", true), column("a"), column("b")];

  it("stand beside each other, the pinned ones first", () => {
    const geometry = toColumnGeometry(columns, 30, 1000);
    expect(geometry).toMatchObject({ starts: [30, 130, 230], left: 130, total: 330, stuck: true });
  });

  it("are not pinned where that would leave no room for the others", () => {
    expect(toColumnGeometry(columns, 30, 200).stuck).toBe(false);
  });

  it("are dropped before the one whose first half is hit, and pinned ones among themselves", () => {
    const geometry = toColumnGeometry(columns, 30, 1000);
    expect(dropPlace(geometry, column("b"), 150, 0)).toMatchObject({ before: "a", x: 130 });
    expect(dropPlace(geometry, column("a"), 900, 0)).toMatchObject({ before: null, x: 330 });
    expect(dropPlace(geometry, column("a"), 200, 100)).toMatchObject({ before: null, x: 230 });
    expect(dropPlace(geometry, column("p", true), 900, 0)).toMatchObject({ before: "a", x: 130 });
  });
});
