import fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { OverviewRow } from "../../../src/protocol/overview";
import { countLights, toOverviewLines, worstOf, type LineChoice } from "../../../webview-ui/overview/overviewLines";
import { DEFAULT_OVERVIEW_STATE, OVERVIEW_COLUMNS } from "../../../webview-ui/overview/pageState";
import { manyOverviewRows, overviewRow, overviewStates, overviewSum } from "../../builders/overviewPage";

const ALL: LineChoice = DEFAULT_OVERVIEW_STATE;

const namesOf = (rows: readonly OverviewRow[], choice: Partial<LineChoice> = {}): readonly string[] =>
  toOverviewLines(rows, { ...ALL, ...choice }).map((line) =>
    line.kind === "product" ? line.row.name : `# ${line.group ?? "-"} ${line.count}`,
  );

const trouble = overviewStates({ challenge: "knowledge", light: "trouble", reason: "Below its floor.", action: "Retrain" });
const attention = overviewStates({ challenge: "cost", light: "attention", reason: "Near its budget.", action: null });
const unknown = overviewStates({ challenge: "effort", light: "unknown", reason: "No job is known.", action: null });

describe("lines of the overview", () => {
  it("begins with the worst, and puts what nobody knows before what is well", () => {
    const rows = [
      overviewRow({ name: "well" }),
      overviewRow({ name: "unclear", challenges: unknown }),
      overviewRow({ name: "near", challenges: attention }),
      overviewRow({ name: "bad", challenges: trouble }),
    ];
    expect(namesOf(rows)).toEqual(["bad", "near", "unclear", "well"]);
  });

  it("finds by name, team and owner, whatever the case, and needs all words", () => {
    const rows = [
      overviewRow({ name: "churn", team: "Growth", owner: "mia@example.org" }),
      overviewRow({ name: "fraud", team: "Risk", owner: "mia@example.org" }),
    ];
    expect(namesOf(rows, { query: "MIA growth" })).toEqual(["churn"]);
    expect(namesOf(rows, { query: "  " })).toHaveLength(2);
    expect(namesOf(rows, { query: "nobody" })).toEqual([]);
  });

  it("shows only products whose worst light is chosen, or for which somebody waits", () => {
    const wait = { what: "Sign-off", who: ["mia@example.org"], due: null, action: "Sign", isMine: true };
    const rows = [
      overviewRow({ name: "bad", challenges: trouble }),
      overviewRow({ name: "mine", waits: [wait] }),
      overviewRow({ name: "theirs", waits: [{ ...wait, isMine: false }] }),
    ];
    expect(namesOf(rows, { lights: ["trouble"] })).toEqual(["bad"]);
    expect(namesOf(rows, { lights: ["good"] })).toEqual(["mine", "theirs"]);
    expect(namesOf(rows, { onlyMine: true })).toEqual(["mine"]);
  });

  it("groups by team, those without one last, and folds a group away", () => {
    const rows = [
      overviewRow({ name: "lost", team: null }),
      overviewRow({ name: "b", team: "Zeta" }),
      overviewRow({ name: "a", team: "alpha" }),
    ];
    expect(namesOf(rows, { groupBy: "team" })).toEqual(["# alpha 1", "a", "# Zeta 1", "b", "# - 1", "lost"]);
    expect(namesOf(rows, { groupBy: "team", folded: ["group:team:Zeta"] })).toEqual(["# alpha 1", "a", "# Zeta 1", "# - 1", "lost"]);
  });

  it("puts stages in the order of what is at work", () => {
    const rows = (["retired", "design", "run", "unknown", "build"] as const).map((stage) => overviewRow({ name: stage, stage }));
    expect(namesOf(rows, { groupBy: "stage" }).filter((name) => name.startsWith("#"))).toEqual([
      "# run 1",
      "# build 1",
      "# design 1",
      "# unknown 1",
      "# retired 1",
    ]);
  });

  it("never takes runs without a price for free ones when it sorts by cost", () => {
    const month = { month: "2026-11", budget: null, forecast: null };
    const rows = [
      overviewRow({ name: "unpriced", cost: { ...overviewSum(0, { runs: 3, unpricedRuns: 3 }), ...month } }),
      overviewRow({ name: "cheap", cost: { ...overviewSum(1), ...month } }),
      overviewRow({ name: "dear", cost: { ...overviewSum(90), ...month } }),
      overviewRow({ name: "not-known", cost: null }),
    ];
    expect(namesOf(rows, { sort: { by: "cost-month", descending: false } })).toEqual(["dear", "cheap", "not-known", "unpriced"]);
    expect(namesOf(rows, { sort: { by: "cost-month", descending: true } })).toEqual(["cheap", "dear", "not-known", "unpriced"]);
  });

  it("keeps every product once, whatever it is sorted and grouped by, and does not depend on the order that came", () => {
    const rows = manyOverviewRows(60);
    const choice = fc.record({
      by: fc.constantFrom(...OVERVIEW_COLUMNS),
      descending: fc.boolean(),
      groupBy: fc.constantFrom("none", "team", "stage"),
    });
    fc.assert(
      fc.property(choice, fc.shuffledSubarray([...rows], { minLength: rows.length }), ({ by, descending, groupBy }, shuffled) => {
        const sorted = namesOf(rows, { sort: { by, descending }, groupBy });
        expect(namesOf(shuffled, { sort: { by, descending }, groupBy })).toEqual(sorted);
        expect(sorted.filter((name) => !name.startsWith("#")).sort()).toEqual(rows.map(({ name }) => name).sort());
      }),
      { numRuns: 40 },
    );
  });

  it("counts each product once, by its worst light", () => {
    const rows = manyOverviewRows(105);
    const counts = countLights(rows);
    expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(105);
    expect(counts.trouble).toBe(15);
  });

  it("calls a light worst for which something can be done, among equals", () => {
    const challenges = overviewStates(
      { challenge: "effort", light: "attention", reason: "Much is done by hand.", action: null },
      { challenge: "compliance", light: "attention", reason: "The risk class is open.", action: "Decide the risk class" },
    );
    expect(worstOf(overviewRow({ name: "x", challenges }))?.challenge).toBe("compliance");
    expect(worstOf(overviewRow({ name: "x", challenges: [] }))).toBeUndefined();
  });
});
