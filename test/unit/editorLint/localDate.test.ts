import { describe, expect, it } from "vitest";

import { localDate, untilNextDay } from "../../../src/editor/lint/localDate";

describe("the day in the user's time zone", () => {
  it("is the local one, in two figures", () => {
    expect(localDate(new Date(2026, 0, 5, 23, 59))).toBe("2026-01-05");
    expect(localDate(new Date(2026, 0, 6, 0, 0))).toBe("2026-01-06");
  });

  it("ends at midnight, also on a day that is not 24 hours long", () => {
    // Every day of a year, so that those are among them on which clocks are changed, wherever the test runs.
    for (let day = 1; day <= 366; day++) {
      const now = new Date(2026, 0, day, 13, 30);
      const then = new Date(now.getTime() + untilNextDay(now));
      expect(localDate(then)).toBe(localDate(new Date(2026, 0, day + 1, 12)));
      expect([then.getHours(), then.getMinutes()]).toEqual([0, 0]);
    }
  });
});
