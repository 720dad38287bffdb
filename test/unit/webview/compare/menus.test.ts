// @vitest-environment happy-dom
import { describe, expect, it } from "vitest";

import type { CompareView } from "../../../../src/protocol/compare";
import { gridMenu } from "../../../../webview-ui/compare/gridMenu";
import { toLines } from "../../../../webview-ui/compare/lines";
import type { HostCalls } from "../../../../webview-ui/compare/pageActions";
import { createPageActions } from "../../../../webview-ui/compare/pageActions";
import type { MenuEntry } from "../../../../webview-ui/shared/menu";
import { row, view } from "./comparisonRow";

const rows = [
  row("auc", [0.5, 0.75, null], { section: "metrics", kind: "number", direction: "up", directionFrom: "guess" }),
  row("lr", ["0.1", "0.2", null]),
  row("owner", ["ada", null, null], { section: "summary" }),
];

/** Opens menus of a comparison, and notes what the host is asked for. */
function menusOf(shown: CompareView) {
  const asked: unknown[] = [];
  const host = new Proxy({}, { get: (_, name) => (params: object) => Promise.resolve(asked.push([name, params])) }) as HostCalls;
  const indexes = [...shown.rows.keys()];
  const lines = toLines(shown, indexes, {
    ...{ onlyDifferences: false, query: "", folded: new Set<string>(), opened: new Set<string>(), artifacts: new Map() },
    notes: { reading: "", empty: "", more: () => "" },
  });
  let folded: readonly string[] = [];
  let entries: readonly MenuEntry[] = [];
  const open = (key: string | null, column: number | null): readonly string[] => {
    const at = key === null ? -1 : lines.findIndex((line) => (line.kind === "row" ? line.row.key === key : line.id === key));
    const menu = gridMenu(at, column, {
      ...{ view: shown, lines, folded, setFolded: (ids) => (folded = ids), choose: (_, more) => (entries = more) },
      actions: createPageActions(host, shown, indexes, { call: () => undefined, reload: () => undefined, pictures: () => [] }),
    });
    entries = menu?.entries ?? [];
    return labels();
  };
  const labels = (): readonly string[] => entries.flatMap((entry) => (entry.kind === "separator" ? [] : [entry.label]));
  const choose = (label: string): void => {
    const entry = entries.find((candidate) => candidate.kind !== "separator" && candidate.label === label);
    if (entry === undefined || entry.kind === "separator" || entry.kind === "heading" || entry.disabled === true) {
      throw new Error(`"${label}" cannot be chosen among ${labels().join(", ")}`);
    }
    entry.run();
  };
  return { asked, open, labels, choose, folded: () => folded };
}

describe("the menu of a run's heading", () => {
  it("makes the run the baseline, moves it and takes it out, of the very view that is shown", () => {
    const menus = menusOf(view(rows, { revision: 7 }));
    menus.open(null, 1);
    menus.choose("Set as Baseline");
    menus.choose("Move Left");
    menus.choose("Move Right");
    menus.choose("Remove from Comparison");
    expect(menus.asked).toEqual([
      ["setOptions", { revision: 7, options: { baseline: 1, groupBy: null, directions: [] } }],
      ["moveRun", { revision: 7, run: 1, before: 0 }],
      ["moveRun", { revision: 7, run: 1, before: null }],
      ["removeRun", { revision: 7, run: 1 }],
    ]);
  });

  it("moves no run beyond the first and the last", () => {
    const menus = menusOf(view(rows));
    menus.open(null, 0);
    expect(() => menus.choose("Move Left")).toThrow();
    menus.open(null, 2);
    expect(() => menus.choose("Move Right")).toThrow();
  });

  it("says first what is wrong with the run", () => {
    const { runs } = view(rows);
    const broken = runs.map((run) => ({ ...run, problem: "The run was deleted." }));
    expect(menusOf(view(rows, { runs: broken, columns: broken })).open(null, 0)[0]).toBe("The run was deleted.");
  });

  it("compares code with the baseline, but not the baseline with itself", () => {
    const menus = menusOf(view(rows, { options: { baseline: 0, groupBy: null, directions: [] } }));
    expect(menus.open(null, 0)).not.toContain("Compare Code with the Baseline");
    menus.open(null, 2);
    menus.choose("Compare Code with the Baseline");
    expect(menus.asked).toEqual([["diffCommits", { revision: 1, runs: [0, 2] }]]);
  });
});

describe("the menu of a value", () => {
  it("opens the values of two runs that have one", () => {
    const menus = menusOf(view(rows));
    menus.open("lr", 1);
    menus.choose("Compare run 0 with run 1");
    expect(menus.asked).toEqual([["diffValues", { revision: 1, row: 1, runs: [0, 1] }]]);
  });

  it("has nothing to compare where one run alone has a value, and nothing to copy where there is none", () => {
    const menus = menusOf(view([row("lr", ["0.1", null])]));
    menus.open("lr", 1);
    expect(() => menus.choose("Compare Values")).toThrow();
    expect(() => menus.choose("Copy Value")).toThrow();
  });

  it("corrects the direction of a metric, and forgets the correction", () => {
    const menus = menusOf(view(rows));
    expect(menus.open("auc", 0)).toContain("Direction guessed from the name");
    menus.choose("Lower Is Better");
    expect(menus.asked).toEqual([
      ["setOptions", { revision: 1, options: { baseline: null, groupBy: null, directions: [["auc", "down"]] } }],
    ]);

    const corrected = rows.map((other) => (other.key === "auc" ? { ...other, directionFrom: "user" as const } : other));
    const again = menusOf(view(corrected, { options: { baseline: null, groupBy: null, directions: [["auc", "down"]] } }));
    again.open("auc", 0);
    again.choose("Forget This Choice");
    expect(again.asked).toEqual([["setOptions", { revision: 1, options: { baseline: null, groupBy: null, directions: [] } }]]);
  });

  it("offers no direction for what is no metric", () => {
    expect(menusOf(view(rows)).open("lr", 0)).not.toContain("Higher Is Better");
  });

  it("groups the runs by a parameter", () => {
    const menus = menusOf(view(rows));
    menus.open("lr", null);
    menus.choose("Group Runs by This");
    expect(menus.asked).toEqual([
      ["setOptions", { revision: 1, options: { baseline: null, groupBy: { section: "params", key: "lr" }, directions: [] } }],
    ]);
  });
});

it("the menu of a section folds all sections", () => {
  const menus = menusOf(view(rows));
  menus.open("metrics:", null);
  menus.choose("Collapse All");
  expect(menus.folded()).toEqual(["metrics:", "params:", "summary:"]);
});
