import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { DEFAULT_DRIFT_STATE, readDriftState } from "../../../webview-ui/drift/pageState";

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
