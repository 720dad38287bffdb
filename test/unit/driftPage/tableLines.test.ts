import fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { DriftColumnRow, DriftScore } from "../../../src/protocol/drift";
import { countStates, excess, toTableLines, type LineChoice } from "../../../webview-ui/drift/tableLines";
import { arbitraryRow } from "./arbitraryViews";

const ALL: LineChoice = { query: "", states: [], sort: { by: "state", descending: false } };

function aRow(name: string, change: Partial<DriftColumnRow> = {}): DriftColumnRow {
  return {
    name,
    type: "num",
    role: "feature",
    state: "ok",
    result: null,
    reason: null,
    verdict: "",
    direction: null,
    mini: null,
    trend: [],
    missing: { reference: 0, current: 0 },
    newCategories: 0,
    lostCategories: 0,
    outOfRange: null,
    ...change,
  };
}

function aScore(score: number | null, change: Partial<DriftScore> = {}): DriftScore {
  return {
    method: "psi",
    label: "PSI",
    kind: "distance",
    score,
    threshold: 0.1,
    failThreshold: 0.25,
    drifted: null,
    reason: null,
    effect: null,
    ...change,
  };
}

const names = (rows: readonly DriftColumnRow[], choice: Partial<LineChoice> = {}): readonly string[] =>
  toTableLines(rows, { ...ALL, ...choice }).map((line) =>
    line.kind === "group" ? `[${line.group} ${String(line.count)}]` : line.row.name,
  );

describe("toTableLines", () => {
  it("puts target, prediction and score first in a group of their own", () => {
    const rows = [aRow("b"), aRow("label", { role: "target" }), aRow("a"), aRow("guess", { role: "prediction" })];
    expect(names(rows)).toEqual(["[outcome 2]", "guess", "label", "[feature 2]", "a", "b"]);
  });

  it("has no headings where there are features only", () => {
    expect(names([aRow("b"), aRow("a")])).toEqual(["a", "b"]);
  });

  it("sorts by state worst first, and what nobody judged before what is fine", () => {
    const rows = [aRow("ok"), aRow("unjudged", { state: "unjudged" }), aRow("fail", { state: "fail" }), aRow("warn", { state: "warn" })];
    expect(names(rows)).toEqual(["fail", "warn", "unjudged", "ok"]);
    expect(names(rows, { sort: { by: "state", descending: true } })).toEqual(["ok", "unjudged", "warn", "fail"]);
  });

  it("sorts equal states by how far they are beyond their limits", () => {
    const rows = [
      aRow("near", { state: "fail", result: aScore(0.26) }),
      aRow("far", { state: "fail", result: aScore(0.9) }),
      aRow("p", { state: "fail", result: aScore(1e-11, { kind: "p-value", threshold: 0.05 }) }),
    ];
    expect(names(rows)).toEqual(["far", "p", "near"]);
  });

  it("keeps columns without a score at the end in both directions", () => {
    const rows = [aRow("none"), aRow("low", { result: aScore(0.01) }), aRow("high", { result: aScore(0.5) })];
    expect(names(rows, { sort: { by: "score", descending: false } })).toEqual(["low", "high", "none"]);
    expect(names(rows, { sort: { by: "score", descending: true } })).toEqual(["high", "low", "none"]);
  });

  it("sorts names as people do", () => {
    expect(names([aRow("f10"), aRow("F9"), aRow("f1")], { sort: { by: "name", descending: false } })).toEqual(["f1", "F9", "f10"]);
  });

  it("sorts by what is missing now", () => {
    const rows = [aRow("a", { missing: { reference: 0.9, current: 0 } }), aRow("b", { missing: { reference: 0, current: 0.2 } })];
    expect(names(rows, { sort: { by: "missing", descending: true } })).toEqual(["b", "a"]);
  });

  it("finds all words in any case, and states together with them", () => {
    const rows = [aRow("Monthly_Charges", { state: "fail" }), aRow("monthly_fee"), aRow("age")];
    expect(names(rows, { query: "MONTH  ch" })).toEqual(["Monthly_Charges"]);
    expect(names(rows, { query: "month", states: ["ok"] })).toEqual(["monthly_fee"]);
    expect(names(rows, { query: "nothing" })).toEqual([]);
  });

  it("shows every column exactly once, however it sorts", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(arbitraryRow, { selector: (row) => row.name }),
        fc.constantFrom("name" as const, "state" as const, "score" as const, "missing" as const),
        fc.boolean(),
        (rows, by, descending) => {
          const shown = toTableLines(rows, { ...ALL, sort: { by, descending } }).flatMap((line) =>
            line.kind === "column" ? [line.row.name] : [],
          );
          expect([...shown].sort()).toEqual(rows.map(({ name }) => name).sort());
        },
      ),
    );
  });
});

describe("excess", () => {
  it("is one at the limit and grows beyond it, for distances and p-values", () => {
    expect(excess({ result: aScore(0.1) })).toBe(1);
    expect(excess({ result: aScore(0.2) })).toBe(2);
    expect(excess({ result: aScore(0.05, { kind: "p-value", threshold: 0.05 }) })).toBeCloseTo(1);
    expect(excess({ result: aScore(0.0025, { kind: "p-value", threshold: 0.05 }) })).toBeCloseTo(2);
    expect(excess({ result: aScore(1, { kind: "p-value", threshold: 0.05 }) })).toBeCloseTo(0);
  });

  it("is finite for a p-value of zero and for a limit of zero, and nothing without a score", () => {
    expect(excess({ result: aScore(0, { kind: "p-value", threshold: 0.05 }) })).toBeGreaterThan(100);
    expect(excess({ result: aScore(0.3, { threshold: 0 }) })).toBe(2);
    expect(excess({ result: aScore(null) })).toBeNull();
    expect(excess({ result: null })).toBeNull();
  });
});

describe("countStates", () => {
  it("counts each state", () => {
    expect(countStates([aRow("a"), aRow("b", { state: "fail" }), aRow("c", { state: "fail" })])).toEqual({
      fail: 2,
      warn: 0,
      unjudged: 0,
      ok: 1,
    });
  });
});
