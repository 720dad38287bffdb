import { describe, expect, it } from "vitest";
import { addDays, addDuration, daysBetween, durationDays, isDate, parseDuration, sayDate } from "../../../src/core/config/dates";

const duration = (months: number, days = 0, seconds = 0) => ({ months, days, seconds });

describe("parseDuration", () => {
  it.each([
    ["6 months", duration(6)],
    ["1 year", duration(12)],
    ["1 Year 6 Months", duration(18)],
    ["7 days", duration(0, 7)],
    ["2 weeks", duration(0, 14)],
    ["2h", duration(0, 0, 7200)],
    ["30m", duration(0, 0, 1800)],
    ["30 min", duration(0, 0, 1800)],
    ["1h30m", duration(0, 0, 5400)],
    [" 90 days ", duration(0, 90)],
  ])("reads %j", (text, expected) => {
    expect(parseDuration(text)).toEqual(expected);
  });

  it.each([
    "",
    "6",
    "months",
    "-1 day",
    "1.5 h",
    "six months",
    "6 months after decision",
    "1 constructor",
    "1 parsecs",
    "9".repeat(200),
    "1 m ".repeat(50),
  ])("refuses %j", (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });

  it("knows that 180 days are less than six months", () => {
    const days = (text: string): number => durationDays(parseDuration(text) ?? duration(0));
    expect(days("180 days")).toBeLessThan(days("6 months"));
    expect(days("184 days")).toBeGreaterThan(days("6 months"));
  });
});

describe("days", () => {
  it.each(["2026-11-24", "2024-02-29", "2000-02-29"])("knows %s", (text) => {
    expect(isDate(text)).toBe(true);
  });

  it.each(["2026-02-29", "1900-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "2026-1-1", "24.11.2026", "2026-11-24T00:00:00Z", ""])(
    "does not know %j",
    (text) => {
      expect(isDate(text)).toBe(false);
    },
  );

  it("adds months first and stays inside the month", () => {
    expect(addDuration("2026-01-31", duration(1))).toBe("2026-02-28");
    expect(addDuration("2024-01-31", duration(1))).toBe("2024-02-29");
    expect(addDuration("2026-11-10", duration(6))).toBe("2027-05-10");
    expect(addDuration("2026-12-31", duration(0, 1))).toBe("2027-01-01");
    expect(addDuration("2026-01-31", duration(1, 1))).toBe("2026-03-01");
    expect(addDuration("2026-01-01", duration(0, 0, 3600))).toBe("2026-01-01");
    expect(addDuration("2026-03-31", duration(-1))).toBe("2026-02-28");
    expect(addDays("2027-12-02", -90)).toBe("2027-09-03");
  });

  it("counts days across a change of clocks", () => {
    expect(daysBetween("2026-03-28", "2026-03-30")).toBe(2);
    expect(daysBetween("2026-03-30", "2026-03-28")).toBe(-2);
  });

  it("says a day as a sentence does", () => {
    expect(sayDate("2027-12-02")).toBe("2 Dec 2027");
  });
});
