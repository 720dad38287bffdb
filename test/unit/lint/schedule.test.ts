import { describe, expect, it } from "vitest";

import { canonicalCron, cronForPace, readPace } from "../../../src/core/lint/schedule";

describe("readPace", () => {
  it.each([
    ["* * * * *", 1 / 1440, "every minute"],
    ["*/5 * * * *", 5 / 1440, "every 5 minutes"],
    ["0 * * * *", 1 / 24, "hourly"],
    ["30 */6 * * *", 0.25, "every 6 hours"],
    ["0 9-17 * * *", 1 / 9, "every 2.7 hours"],
    ["0 4 * * *", 1, "daily"],
    ["@daily", 1, "daily"],
    ["0 4 * * mon-fri", 1.4, "every 1.4 days"],
    ["0 4 * * 1", 7, "weekly"],
    ["0 4 * * SUN", 7, "weekly"],
    ["0 4 * * 7", 7, "weekly"],
    ["0 4 1 * *", 365.25 / 12, "monthly"],
    ["0 4 1,15 * *", 365.25 / 24, "every 15.2 days"],
    ["0 4 1 */3 *", 365.25 / 4, "quarterly"],
    ["0 4 1 jan,jul *", 365.25 / 2, "every 182.6 days"],
    ["@yearly", 365.25, "yearly"],
    ["0 4 29 2 *", 1461, "every 1461 days"],
    ["0 0 12 * * ?", 1, "daily"],
    ["0 0 4 ? * 2", 7, "weekly"],
    ["monthly", 365.25 / 12, "monthly"],
    ["Daily", 1, "daily"],
    ["every 7 days", 7, "weekly"],
    ["every hour", 1 / 24, "hourly"],
    ["12h", 0.5, "every 12 hours"],
    ["6 months", 365.25 / 2, "every 182.6 days"],
    ["once a week", 7, "weekly"],
  ])("%s comes every %d days", (text, days, words) => {
    const pace = readPace(text);
    expect(pace?.days).toBeCloseTo(days, 6);
    expect(pace?.words).toBe(words);
  });

  it("lets both kinds of days fire, as cron does", () => {
    // Every Monday and the first of each month, one in seven of which is a Monday.
    const days = readPace("0 4 1 * 1")?.days ?? 0;
    expect(days).toBeGreaterThan(1461 / 257);
    expect(days).toBeLessThan(7);
  });

  it.each([
    "",
    "on request",
    "TODO",
    "hour",
    "60 4 * * *",
    "0 24 * * *",
    "0 4 32 * *",
    "0 4 * 13 *",
    "0 4 * * 8",
    "0 4 30 2 *",
    "a b c d e",
    "* * * *",
    "*/0 * * * *",
    "5-1 * * * *",
    "0 days",
    "every",
    "0 4 L * *",
    "__proto__",
    "constructor",
    "every constructor",
    "x".repeat(10_000),
  ])("knows nothing of %j", (text) => {
    expect(readPace(text)).toBeNull();
  });
});

describe("canonicalCron", () => {
  it.each([
    ["@hourly", "0 * * * *"],
    ["0 4 * * MON", "0  4 * * 1"],
    ["0 0 * * 0", "0 0 * * 7"],
    ["*/30 * * * *", "0,30 * * * *"],
    ["0 0 4 * * ?", "0 4 * * *"],
  ])("%s and %s are the same times", (left, right) => {
    expect(canonicalCron(left)).toBe(canonicalCron(right));
    expect(canonicalCron(left)).not.toBeNull();
  });

  it("tells two hours of the day apart", () => {
    expect(canonicalCron("0 4 * * *")).not.toBe(canonicalCron("0 5 * * *"));
  });
});

describe("cronForPace", () => {
  it.each(["hourly", "daily", "weekly", "monthly", "quarterly", "yearly", "30 days", "7 days"])(
    "writes a cron expression that is %s",
    (words) => {
      const pace = readPace(words);
      const cron = pace === null ? null : cronForPace(pace);
      expect(readPace(cron ?? "")?.days).toBeCloseTo(pace?.days ?? 0, -0.5);
    },
  );

  it("writes none for an unusual pace", () => {
    expect(cronForPace({ days: 3, words: "every 3 days" })).toBeNull();
  });
});
