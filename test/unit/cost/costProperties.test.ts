import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Policy } from "../../../src/core/config/policy";
import type { CostedRun } from "../../../src/core/cost/costedRun";
import { costReport } from "../../../src/core/cost/costReport";
import { aCostedRun } from "../../builders/costStore";

const NOW = Date.UTC(2026, 10, 15);
const DAY = 86_400_000;
const ZONES = ["Europe/Berlin", "America/St_Johns", "Asia/Kathmandu", "Pacific/Auckland", "UTC"];

const run = fc
  .record({
    start: fc.option(fc.integer({ min: NOW - 400 * DAY, max: NOW }), { freq: 20 }),
    length: fc.option(fc.integer({ min: -DAY, max: 60 * DAY }), { freq: 10 }),
    instance: fc.constantFrom("gpu", "cpu", "unknown", null),
    status: fc.constantFrom("FINISHED" as const, "FAILED" as const, "KILLED" as const, "RUNNING" as const, "SCHEDULED" as const),
    person: fc.constantFrom("ana", "leo", ""),
    fingerprint: fc.constantFrom(null, "a", "b"),
    hasMetric: fc.boolean(),
    isDeleted: fc.boolean(),
    parent: fc.option(fc.tuple(fc.integer({ min: NOW - 400 * DAY, max: NOW }), fc.nat(30 * DAY)), { freq: 3 }),
  })
  .map((one) => ({
    ...{ status: one.status, person: one.person, fingerprint: one.fingerprint, hasMetric: one.hasMetric, hasModel: one.hasMetric },
    isDeleted: one.isDeleted,
    startedAt: one.start,
    endedAt: one.start === null || one.length === null ? null : one.start + one.length,
    instance: one.instance === null ? null : ({ name: one.instance, from: "tag" } as const),
    paidIn: one.parent === null ? null : { from: one.parent[0], to: one.parent[0] + one.parent[1] },
  }));
const runs = fc.array(run, { maxLength: 40 }).map((all) => all.map((one, index): CostedRun => aCostedRun(`r${index}`, one)));

function prices(times = 1): Pick<Policy, "prices"> {
  return {
    prices: {
      currency: "EUR",
      instances: new Map([
        ["gpu", 1.3 * times],
        ["cpu", 0.42 * times],
      ]),
    },
  };
}

function report(all: readonly CostedRun[], policy = prices(), timeZone = "Europe/Berlin"): ReturnType<typeof costReport> {
  return costReport(all, policy, { now: NOW, timeZone, products: [] });
}

describe("sums of money", () => {
  it("double where prices double, to the last digit", () => {
    fc.assert(
      fc.property(runs, (all) => {
        const [once, twice] = [report(all), report(all, prices(2))];
        expect(twice.all.total.amount).toBe(once.all.total.amount * 2);
        expect(twice.waste.total.amount).toBe(once.waste.total.amount * 2);
        expect(twice.all.total.hours).toBe(once.all.total.hours);
      }),
    );
  });

  it("do not depend on the order of the runs", () => {
    fc.assert(
      fc.property(
        runs.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray([...all], { minLength: all.length }))),
        ([all, shuffled]) => {
          expect(report(shuffled)).toEqual(report(all));
        },
      ),
    );
  });

  it("are the same whatever the months are cut by, and whoever they are split among", () => {
    fc.assert(
      fc.property(runs, fc.constantFrom(...ZONES), (all, zone) => {
        const { all: total, by } = report(all, prices(), zone);
        const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
        const placed = all.filter(({ startedAt }) => startedAt !== null);
        expect(sum(total.months.map(({ hours }) => hours))).toBeCloseTo(total.total.hours, 6);
        expect(sum(total.months.map(({ amount }) => amount))).toBeCloseTo(total.total.amount, 6);
        expect(total.months.length === 0).toBe(placed.length === 0);
        for (const groups of Object.values(by)) {
          expect(sum(groups.map((group) => group.total.runs))).toBe(all.length);
          expect(sum(groups.map((group) => group.total.amount))).toBeCloseTo(total.total.amount, 6);
          expect(sum(groups.map((group) => group.total.unpricedRuns))).toBe(total.total.unpricedRuns);
        }
      }),
    );
  });

  it("are the same whatever was deleted, of which the part is that of the deleted runs alone", () => {
    fc.assert(
      fc.property(runs, (all) => {
        const { total } = report(all).all;
        const kept = report(all.map((one) => ({ ...one, isDeleted: false }))).all.total;
        const alone = report(all.filter(({ isDeleted }) => isDeleted)).all.total;
        expect([total.amount, total.hours, total.runs, total.unpricedRuns]).toEqual([
          kept.amount,
          kept.hours,
          kept.runs,
          kept.unpricedRuns,
        ]);
        expect([total.deletedAmount, total.deletedHours, total.deletedRuns]).toEqual([alone.amount, alone.hours, alone.runs]);
        expect([kept.deletedAmount, kept.deletedHours, kept.deletedRuns]).toEqual([0, 0, 0]);
      }),
    );
  });

  it("name so many runs only, and say how many more there are", () => {
    const dead = Array.from({ length: 70 }, (_, index) =>
      aCostedRun(`d${index}`, { status: "RUNNING", endedAt: null, startedAt: NOW - 30 * DAY }),
    );
    const [group] = report(dead).waste.groups;
    expect([group?.runs.length, group?.moreRuns, group?.waste.runs]).toEqual([50, 20, 70]);
    const pairs = Array.from({ length: 2100 }, (_, index) => aCostedRun(`p${index}`, { fingerprint: String(index >> 1) }));
    const { groups, moreGroups, total } = report(pairs).waste;
    expect([groups.length, moreGroups, total.runs]).toEqual([1000, 50, 1050]);
  });

  it("are numbers, and waste is never more than all", () => {
    fc.assert(
      fc.property(runs, (all) => {
        const { all: total, waste } = report(all);
        const text = JSON.stringify(report(all), (_, value: unknown) =>
          typeof value === "number" && !Number.isFinite(value) ? "BROKEN" : value,
        );
        expect(text).not.toContain("BROKEN");
        expect(waste.total.hours).toBeLessThanOrEqual(total.total.hours + 1e-9);
        expect(waste.moreGroups).toBe(0);
        expect(waste.total.runs).toBe(waste.groups.reduce((sum, group) => sum + group.waste.runs, 0));
        expect(waste.total.runs).toBeLessThanOrEqual(all.length);
      }),
    );
  });
});
