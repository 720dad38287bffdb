import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { DEFAULT_DRIFT_STATE, focusOf, kpiOf, readDriftState, withFocus } from "../../../webview-ui/drift/pageState";

describe("readDriftState", () => {
  it("reads back what the page kept", () => {
    const page = {
      tab: "time",
      column: "age",
      sort: { by: "score", descending: true },
      states: ["fail"],
      widths: { name: 240 },
      segmentColumn: "region",
    } as const;
    expect(readDriftState({ path: "x", page })).toEqual(page);
  });

  it("is as on the first day for anything else", () => {
    fc.assert(
      fc.property(fc.anything(), (kept) => {
        expect(Object.keys(readDriftState(kept))).toEqual(Object.keys(DEFAULT_DRIFT_STATE));
      }),
    );
    expect(readDriftState(null)).toEqual(DEFAULT_DRIFT_STATE);
    expect(readDriftState({ page: { tab: "nowhere", states: ["odd"], widths: { name: -1, state: "x" }, sort: 3 } })).toEqual(
      DEFAULT_DRIFT_STATE,
    );
  });
});

describe("withFocus", () => {
  it("opens a column, whatever states were filtered by, or the KPIs", () => {
    const page = { ...DEFAULT_DRIFT_STATE, states: ["fail"] as const, sort: { by: "name", descending: true } as const };
    expect(withFocus(page, { focus: { kind: "column", name: "age" } })).toEqual({ ...page, tab: "columns", column: "age", states: [] });
    expect(withFocus(page, { focus: { kind: "kpi", name: "auc" } })).toEqual({ ...page, tab: "time" });
  });

  it("leaves the page alone without a wish", () => {
    for (const target of [null, 3, {}, { focus: null }, { focus: { kind: "column" } }]) {
      expect(withFocus(DEFAULT_DRIFT_STATE, target)).toBe(DEFAULT_DRIFT_STATE);
    }
  });

  it("is a wish for a KPI only where the host names one", () => {
    expect(kpiOf({ focus: { kind: "kpi", name: "auc" } })).toBe("auc");
    for (const target of [null, {}, { focus: { kind: "column", name: "age" } }, { focus: { kind: "kpi", name: 3 } }]) {
      expect(kpiOf(target)).toBeNull();
    }
  });

  it("is another wish only when the column or KPI is another", () => {
    const target = { focus: { kind: "column", name: "age" }, choices: {} };
    expect(focusOf({ ...target, choices: { mode: "own" } })).toBe(focusOf(target));
    expect(focusOf({ ...target, focus: { kind: "column", name: "region" } })).not.toBe(focusOf(target));
    expect(focusOf({})).toBe(focusOf({ focus: null }));
  });
});
