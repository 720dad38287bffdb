import { describe, expect, it } from "vitest";

import { timeSpan } from "../../../src/core/drift/view/timeSpan";

const day = (text: string): number => Date.parse(`${text}T00:00:00Z`);

describe("a span of time", () => {
  it("names its last day, not the one after it", () => {
    expect(timeSpan(day("2026-11-02"), day("2026-11-09"))).toBe("2026-11-02 to 2026-11-08");
    expect(timeSpan(day("2026-11-02"), day("2026-11-03"))).toBe("2026-11-02");
  });

  it("has the time of day where an end is none of midnight", () => {
    expect(timeSpan(Date.parse("2026-11-02T10:00:00Z"), Date.parse("2026-11-02T11:00:00Z"))).toBe("2026-11-02 10:00 to 2026-11-02 11:00");
  });

  it("may be open", () => {
    expect(timeSpan(null, null)).toBe("all times");
    expect(timeSpan(day("2026-11-02"), null)).toBe("since 2026-11-02");
    expect(timeSpan(null, day("2026-11-09"))).toBe("until 2026-11-08");
  });
});
