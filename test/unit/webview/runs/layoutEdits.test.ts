import { describe, expect, it } from "vitest";

import { DEFAULT_LAYOUT } from "../../../../src/core/table/tableLayout";
import type { TableColumn } from "../../../../src/protocol/runsTable";
import { moveColumn, pinColumn, showColumn, sortByColumn } from "../../../../webview-ui/runs/layoutEdits";

const column = (id: string, more: Partial<TableColumn> = {}): TableColumn => ({
  id,
  family: "metric",
  kind: "number",
  label: id,
  visibility: "visible",
  isNumeric: true,
  pinned: false,
  width: 100,
  aggregate: "last",
  direction: "up",
  ...more,
});
const columns = ["a", "b", "c"].map((id) => column(id));

describe("sortByColumn", () => {
  const unsorted = { ...DEFAULT_LAYOUT, sort: [] };

  it("goes from the best on top over the worst to no order", () => {
    const first = sortByColumn(unsorted, column("a"), false);
    const second = sortByColumn(first, column("a"), false);
    expect([first.sort, second.sort, sortByColumn(second, column("a"), false).sort]).toEqual([
      [{ column: "a", descending: true }],
      [{ column: "a", descending: false }],
      [],
    ]);
    expect(sortByColumn(unsorted, column("loss", { direction: "down" }), false).sort[0]?.descending).toBe(false);
  });

  it("replaces without Shift and adds with it, in place", () => {
    const two = sortByColumn(sortByColumn(unsorted, column("a"), false), column("b"), true);
    expect(two.sort.map((term) => term.column)).toEqual(["a", "b"]);
    expect(sortByColumn(two, column("a"), true).sort).toEqual([
      { column: "a", descending: false },
      { column: "b", descending: true },
    ]);
    expect(sortByColumn(two, column("c"), false).sort.map((term) => term.column)).toEqual(["c"]);
  });
});

it("moves a column before another, to the end, and nowhere when dropped on itself", () => {
  expect(moveColumn(DEFAULT_LAYOUT, columns, "c", "a").order).toEqual(["c", "a", "b"]);
  expect(moveColumn(DEFAULT_LAYOUT, columns, "a", null).order).toEqual(["b", "c", "a"]);
  expect(moveColumn(DEFAULT_LAYOUT, columns, "a", "b").order).toEqual(["a", "b", "c"]);
});

it("keeps the order of the others when a column is pinned", () => {
  const pinned = pinColumn(DEFAULT_LAYOUT, columns, "b", true);
  expect(pinned.order).toEqual(["a", "b", "c"]);
  expect(pinned.pinned).toContain("b");
  expect(pinColumn(pinned, columns, "b", false).pinned).not.toContain("b");
});

it("shows what was hidden and hides what was shown", () => {
  const hidden = showColumn(DEFAULT_LAYOUT, "a", false);
  expect(hidden).toMatchObject({ hidden: ["a"], shown: [] });
  expect(showColumn(hidden, "a", true)).toMatchObject({ hidden: [], shown: ["a"] });
});
