import { describe, expect, it } from "vitest";
import { compareRuns } from "../../../src/core/compare/compareRuns";
import { toCompareView } from "../../../src/core/compare/toCompareView";
import type { CompareCell, CompareOptions, CompareView } from "../../../src/protocol/compare";
import { comparedRun, comparedRuns, type RunFacts } from "../../builders/comparedRuns";
import { recordedRuns } from "../../builders/recordedRuns";

const STATE = { revision: 3, configured: new Map(), styles: [], reading: null, problems: [] };
const PLAIN: CompareOptions = { baseline: null, groupBy: null, directions: [] };

function view(facts: readonly RunFacts[], options: Partial<CompareOptions> = {}): CompareView {
  return toCompareView(compareRuns(comparedRuns(...facts), 0), { ...PLAIN, ...options }, STATE);
}

/** What a person would see. */
const seen = (cell: CompareCell): string => JSON.stringify(typeof cell === "object" && cell !== null && "text" in cell ? cell.text : cell);

describe("toCompareView", () => {
  it("shows runs as columns with their own style", () => {
    const runs = comparedRuns({ compared: { versions: ["churn v1"], problem: "Gone." } }, {});
    const made = toCompareView(compareRuns(runs, 0), PLAIN, { ...STATE, styles: [5] });
    expect(made.columns).toBe(made.runs);
    expect(made.runs).toMatchObject([{ style: 5, versions: ["churn v1"], problem: "Gone.", name: "run-0" }, { style: 1 }]);
    expect(made).toMatchObject({ revision: 3, options: PLAIN });
  });

  it("survives JSON, with numbers that JSON lacks as words", () => {
    const made = view([{ metrics: { m: NaN } }, { metrics: { m: -Infinity } }, {}], { baseline: 0, groupBy: null });
    expect(made.rows.find(({ key }) => key === "m")).toMatchObject({ cells: ["NaN", "-Infinity", null], verdicts: "b≠≠", differs: true });
    expect(JSON.parse(JSON.stringify(made))).toEqual(made);
    const grouped = view([{ metrics: { m: NaN } }, {}], { groupBy: { section: "summary", key: "status" } });
    expect(grouped.columns).toEqual([{ kind: "group", label: "FINISHED", runs: [0, 1], style: 0 }]);
    expect(grouped.rows.find(({ key }) => key === "m")?.cells).toEqual([{ mean: "NaN", spread: null, count: 0 }]);
    expect(JSON.parse(JSON.stringify(grouped))).toEqual(grouped);
  });

  it("never shows two different values alike", () => {
    const head = "x".repeat(5000);
    const values = [head, `${head}a`, `${head}b`, "x".repeat(300), "", " ", "<b>", "007", "7"];
    const made = view(values.map((p) => ({ params: { p } })));
    const cells = made.rows.find(({ key }) => key === "p")?.cells ?? [];
    expect(new Set(cells.map(seen)).size).toBe(values.length);
    expect(cells[0]).toMatchObject({ length: 5000 });
    expect(JSON.stringify(cells).length).toBeLessThan(2000);
    const facts = recordedRuns("v3-file").runs.map((run, index) => comparedRun(index, { run }));
    const comparison = compareRuns(facts, 0);
    for (const row of toCompareView(comparison, PLAIN, STATE).rows) {
      expect(new Set(row.cells.map(seen)).size, row.address).toBe(row.distinct);
      expect(row.differs).toBe(row.distinct > 1);
    }
  });

  it("gives each row an address of its own, the same whatever runs are added", () => {
    const made = view([{ params: { a: "1", b: "2" }, tags: { a: "1" } }]);
    const more = view([{ params: { a: "1", b: "2" }, tags: { a: "1" } }, { params: { "0": "1" } }]);
    const addresses = made.rows.map(({ address }) => address);
    expect(new Set(addresses).size).toBe(addresses.length);
    expect(more.rows.map(({ address }) => address)).toEqual(expect.arrayContaining(addresses));
  });

  it("cuts the labels of groups so that they stay apart", () => {
    const made = view(
      ["a", "b"].map((end) => ({ params: { p: "x".repeat(5000) + end } })),
      { groupBy: { section: "params", key: "p" } },
    );
    const labels = made.columns.map((column) => (column.kind === "group" ? column.label : null));
    expect(new Set(labels).size).toBe(2);
    expect(Math.max(...labels.map((label) => label?.length ?? 0))).toBeLessThanOrEqual(130);
  });

  it("shows no runs at all", () => {
    expect(view([], { baseline: 0, groupBy: { section: "params", key: "p" } })).toMatchObject({ runs: [], columns: [], rows: [] });
  });
});
