// @vitest-environment happy-dom
import { describe, expect, it } from "vitest";

import { legendEntries } from "../../../../webview-ui/compare/charts/legendEntries";
import { aView } from "./aView";

describe("legendEntries", () => {
  it("are the runs, by name and experiment", () => {
    expect(legendEntries(aView(["a", "b"]))).toEqual([
      { label: "a", title: "a · churn", style: 0, runs: [0] },
      { label: "b", title: "b · churn", style: 1, runs: [1] },
    ]);
  });

  it("are the groups with their sizes where runs are grouped", () => {
    const view = aView(["a", "b", "c"], {
      options: { baseline: null, groupBy: { section: "params", key: "optimizer" }, directions: [] },
      columns: [
        { kind: "group", label: "adam", runs: [0, 2], style: 0 },
        { kind: "group", label: null, runs: [1], style: 1 },
      ],
    });
    expect(legendEntries(view).map(({ label, runs }) => [label, runs])).toEqual([
      ["optimizer = adam (2)", [0, 2]],
      ["no optimizer (1)", [1]],
    ]);
  });

  it("cut a name of 10,000 letters", () => {
    expect(legendEntries(aView(["x".repeat(10_000)]))[0]?.label).toHaveLength(200);
  });
});
