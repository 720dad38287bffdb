import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { DEFAULT_OVERVIEW_STATE, readOverviewState } from "../../../webview-ui/overview/pageState";

describe("the kept state of the overview", () => {
  it("comes back as it was arranged", () => {
    const page = {
      ...DEFAULT_OVERVIEW_STATE,
      ...{ tab: "cost", query: "churn", lights: ["trouble", "good"], onlyMine: true, groupBy: "team", folded: ["group:team:a"] },
      ...{ sort: { by: "duty", descending: true }, widths: { name: 300 }, open: "id", costSide: "person", costMonth: "2026-10" },
    } as const;
    expect(readOverviewState(JSON.parse(JSON.stringify({ page })))).toEqual(page);
  });

  it("is as on the first day where what was kept does not fit", () => {
    const wrong = {
      tab: "gone",
      lights: ["blue"],
      sort: { by: "__proto__" },
      widths: { name: -4, next: "x" },
      folded: 3,
      open: {},
      costSide: 1,
    };
    expect(readOverviewState({ page: wrong })).toEqual(DEFAULT_OVERVIEW_STATE);
    expect(readOverviewState(undefined)).toEqual(DEFAULT_OVERVIEW_STATE);
  });

  it("never fails, whatever was kept", () => {
    fc.assert(
      fc.property(fc.anything(), (page) => {
        expect(Object.keys(readOverviewState({ page }))).toEqual(Object.keys(DEFAULT_OVERVIEW_STATE));
      }),
    );
  });
});
