import { describe, expect, it } from "vitest";

import { readConfig } from "../../../src/core/config/readConfig";
import { checkEvery, dueAt, dueProducts } from "../../../src/core/monitoring/checkSchedule";
import { DAY, HOUR, NOW, result } from "./monitoringBuilders";

const every = (monitoring: string): number | null => checkEvery(readConfig(`name: a\n${monitoring}`).value);

describe("how often a product is checked", () => {
  it.each([
    ["monitoring: {live: a.csv, checks: {every: 7 days}}", 7 * DAY],
    ["monitoring: {live: a.csv, checks: {every: 90m}}", 1.5 * HOUR],
    ["monitoring: {live: a.csv, checks: {every: 1s}}", 60_000],
    ["monitoring: {live: a.csv, window: {by: day}}", DAY],
    ["monitoring: {live: a.csv}", 7 * DAY],
    ["monitoring: {checks: {every: 2 h}}", 2 * HOUR],
  ])("%s", (text, expected) => expect(every(text)).toBe(expected));

  it.each(["", "alert: a@example.org", "monitoring: {alert: a@example.org}"])("not at all where nothing is watched: %j", (text) => {
    expect(every(text)).toBeNull();
  });
});

describe("when a check is due", () => {
  it("is at once for a product that was never checked, or was checked in the future", () => {
    expect(dueAt(null, DAY, NOW)).toBe(NOW);
    expect(dueAt(result({ checked_at: NOW + HOUR }), DAY, NOW)).toBe(NOW);
  });

  it("is after its time, and after an hour at most where nothing could be judged", () => {
    expect(dueAt(result(), 7 * DAY, NOW)).toBe(NOW + 7 * DAY);
    expect(dueAt(result({ status: "unjudged" }), 7 * DAY, NOW)).toBe(NOW + HOUR);
    expect(dueAt(result({ status: "unjudged" }), HOUR / 2, NOW)).toBe(NOW + HOUR / 2);
  });

  it("goes by who has waited longest", () => {
    const products = ["a", "b", "c", "d"].map((name) => ({ name, config: `${name}/mlops.yaml`, every: DAY }));
    const at = [NOW - 2 * DAY, NOW - 5 * DAY, null, NOW - HOUR];
    const overview = products.map((product, index) => {
      const time = at[index] ?? null;
      return { product, latest: time === null ? null : { path: "", result: result({ checked_at: time }) }, problems: [] };
    });
    expect(dueProducts(products, overview, NOW).map(({ name }) => name)).toEqual(["c", "b", "a"]);
    expect(dueProducts(products, [], NOW)).toHaveLength(4);
  });
});
