import { describe, expect, it } from "vitest";

import { RowSelection } from "../../../src/core/table/rowSelection";
import { tableOf, viewOf } from "./tableRuns";

const table = tableOf(["a", "b", "c", "d", "e", "f"].map((id, at) => ({ id, params: { g: at < 3 ? "x" : "y" } })));
const view = viewOf(table);
const after = (...actions: Parameters<RowSelection["apply"]>[0][]): number[] => {
  const selection = new RowSelection();
  actions.forEach((action) => selection.apply(action, view));
  return [...selection.rows].sort();
};

describe("RowSelection", () => {
  it("replaces on a plain click and toggles with Ctrl", () => {
    expect(after({ kind: "only", line: 1 }, { kind: "only", line: 2 })).toEqual([2]);
    expect(after({ kind: "only", line: 1 }, { kind: "toggle", line: 3 }, { kind: "toggle", line: 1 })).toEqual([3]);
  });

  it("extends from the line touched last, and shrinks again", () => {
    expect(after({ kind: "only", line: 1 }, { kind: "range", line: 4 })).toEqual([1, 2, 3, 4]);
    expect(after({ kind: "only", line: 4 }, { kind: "range", line: 1 }, { kind: "range", line: 3 })).toEqual([3, 4]);
    expect(after({ kind: "only", line: 0 }, { kind: "toggle", line: 4 }, { kind: "range", line: 5 })).toEqual([0, 4, 5]);
  });

  it("selects all, none, and all runs of a group", () => {
    expect(after({ kind: "all" })).toHaveLength(6);
    expect(after({ kind: "all" }, { kind: "none" })).toEqual([]);
    const grouped = viewOf(table, { groupBy: "param:g" });
    const selection = new RowSelection();
    selection.apply({ kind: "toggle", line: 4 }, grouped);
    expect([...selection.rows]).toEqual([3, 4, 5]);
    selection.apply({ kind: "toggle", line: 4 }, grouped);
    expect(selection.rows.size).toBe(0);
  });

  it("ignores a line that does not exist and forgets runs that are gone", () => {
    expect(after({ kind: "only", line: 99 })).toEqual([]);
    const selection = new RowSelection();
    selection.apply({ kind: "all" }, view);
    selection.keep((row) => row !== 2);
    expect(selection.rows.has(2)).toBe(false);
  });
});
