import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MonthClock } from "../../../src/core/cost/monthClock";

describe("months", () => {
  it.each([
    ["Europe/Berlin", "2026-10-31T22:59:59Z", "2026-10"],
    ["Europe/Berlin", "2026-10-31T23:00:00Z", "2026-11"],
    // Summer time: two hours before midnight UTC.
    ["Europe/Berlin", "2026-06-30T22:00:00Z", "2026-07"],
    ["Pacific/Kiritimati", "2026-12-31T10:00:00Z", "2027-01"],
    ["America/Los_Angeles", "2027-01-01T07:59:59Z", "2026-12"],
    ["Asia/Kathmandu", "2026-02-28T18:14:59Z", "2026-02"],
    ["Asia/Kathmandu", "2026-02-28T18:15:00Z", "2026-03"],
    ["UTC", "1970-01-01T00:00:00Z", "1970-01"],
  ])("in %s %s is in %s", (zone, time, month) => {
    expect(new MonthClock(zone).monthOf(Date.parse(time)).month).toBe(month);
  });

  it("begin one hour later where clocks leave midnight of the first day out", () => {
    // Asunción put its clocks forward at midnight, the first of October 2017.
    expect(new MonthClock("America/Asuncion").monthOf(Date.parse("2017-10-05T00:00:00Z")).from).toBe(Date.parse("2017-10-01T04:00:00Z"));
  });

  it("follow each other without a gap, in any zone", () => {
    const zones = fc.constantFrom(...Intl.supportedValuesOf("timeZone").filter((_, index) => index % 7 === 0));
    fc.assert(
      fc.property(zones, fc.integer({ min: Date.UTC(1990, 0, 1), max: Date.UTC(2040, 0, 1) }), (zone, time) => {
        const clock = new MonthClock(zone);
        const month = clock.monthOf(time);
        expect(month.from).toBeLessThanOrEqual(time);
        expect(month.to).toBeGreaterThan(time);
        expect(clock.monthOf(month.to).from).toBe(month.to);
        expect(clock.monthOf(month.from - 1).to).toBe(month.from);
        expect(clock.monthOf(month.to).month > month.month).toBe(true);
      }),
    );
  });

  it("split a time without losing a millisecond", () => {
    const time = fc.integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2027, 0, 1) });
    fc.assert(
      fc.property(time, time, (a, b) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        const parts = new MonthClock("Europe/Berlin").split(from, to);
        expect(parts.reduce((sum, { ms }) => sum + ms, 0)).toBe(to - from);
        expect(new Set(parts.map(({ month }) => month)).size).toBe(parts.length);
      }),
    );
  });
});
