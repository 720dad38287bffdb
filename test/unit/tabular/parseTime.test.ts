import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { parseTimeText, timeOfNumber } from "../../../src/core/tabular/parseTime";

describe("parseTimeText", () => {
  it("reads what Date writes", () => {
    const dates = fc.date({ min: new Date("0000-01-01T00:00:00Z"), max: new Date("9999-12-31T23:59:59.999Z"), noInvalidDate: true });
    fc.assert(
      fc.property(dates, (date) => {
        const iso = date.toISOString();
        expect(parseTimeText(iso)).toBe(date.getTime());
        expect(parseTimeText(iso.replace("T", " ").replace("Z", ""))).toBe(date.getTime());
        expect(parseTimeText(iso.replace(/[-:]/g, ""))).toBe(date.getTime());
        expect(parseTimeText(iso.slice(0, 10))).toBe(Math.floor(date.getTime() / 86_400_000) * 86_400_000);
      }),
    );
  });

  it.each([
    ["2024-05-01T12:30:05.25+02:00", "2024-05-01T10:30:05.250Z"],
    ["2024-05-01 12:30:05-0130", "2024-05-01T14:00:05Z"],
    ["2024-05-01T12:30+02", "2024-05-01T10:30:00Z"],
    ["2024-05-01 12", "2024-05-01T12:00:00Z"],
    ["2024-05-01 12:30:05 UTC", "2024-05-01T12:30:05Z"],
    [" 2024-05-01 ", "2024-05-01T00:00:00Z"],
    ["2024-02-29", "2024-02-29T00:00:00Z"],
    ["20240501", "2024-05-01T00:00:00Z"],
    ["2024-05", "2024-05-01T00:00:00Z"],
  ])("reads %j", (text, expected) => {
    expect(parseTimeText(text)).toBe(Date.parse(expected));
  });

  it("keeps microseconds", () => {
    expect(parseTimeText("2024-05-01T00:00:00.123456Z")).toBe(Date.parse("2024-05-01T00:00:00Z") + 123.456);
  });

  it.each([
    "",
    "2024",
    "2024-13-01",
    "2024-13",
    "2024-5",
    "2024-02-30",
    "2023-02-29",
    "2024-05-01T25:00",
    "2024-05-01T12:60",
    "2024-05-01T",
    "2024-05-01 noon",
    "2024-05-01T12:30+2",
    "1714564800",
    "01.05.2024",
  ])("takes %j for no time", (text) => {
    expect(parseTimeText(text)).toBeNaN();
  });

  it("tells when no zone was given", () => {
    const flags = { zoneAssumed: false };
    parseTimeText("2024-05-01T12:30Z", flags);
    parseTimeText("2024-05-01T12:30+01:00", flags);
    expect(flags.zoneAssumed).toBe(false);
    parseTimeText("2024-05-01T12:30", flags);
    expect(flags.zoneAssumed).toBe(true);
  });

  it.each([
    [1714564800, 1714564800000],
    [1714564800.5, 1714564800500],
    [1714564800123, 1714564800123],
    [1714564800123456, 1714564800123.456],
    [1714564800123000000, 1714564800123],
    [-86400, -86_400_000],
    [2024, Date.UTC(2024)],
    [2024.5, 2_024_500],
  ])("tells the unit of %d by its size", (value, expected) => {
    expect(timeOfNumber(value)).toBeCloseTo(expected, 3);
  });

  it("takes no number beyond all units for a time", () => {
    expect(timeOfNumber(1e21)).toBeNaN();
    expect(timeOfNumber(NaN)).toBeNaN();
    expect(timeOfNumber(Infinity)).toBeNaN();
  });
});
