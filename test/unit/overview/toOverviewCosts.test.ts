import { describe, expect, it } from "vitest";

import { costReport } from "../../../src/core/cost/costReport";
import { toOverviewCosts } from "../../../src/core/health/page/toOverviewCosts";
import { aCostedRun } from "../../builders/costStore";

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 10, 16, 12);
const PRICES = { prices: { currency: "EUR", instances: new Map([["gpu", 1.3]]) } };

describe("costs as the overview shows them", () => {
  it("are cut to what a person can read, and say how much is not listed, while sums count all", () => {
    const runs = Array.from({ length: 700 }, (_, index) =>
      aCostedRun(`r${index}`, {
        ...{ person: `person ${index}`, fingerprint: "the same", startedAt: NOW - 10 * HOUR, endedAt: NOW - 9 * HOUR },
        ...{ instance: { name: "gpu", from: "tag" }, hasModel: true, hasMetric: true, status: "FINISHED" },
      }),
    );
    const report = costReport(runs, PRICES, { now: NOW, timeZone: "UTC", products: [], mostRuns: 100 });
    const costs = toOverviewCosts(report, "research");
    expect(costs.folder).toBe("research");
    expect(costs.by.person).toHaveLength(500);
    expect(costs.more.person).toBe(200);
    expect(costs.all.total.runs).toBe(700);
    expect(costs.all.total.amount).toBeCloseTo(700 * 1.3, 6);
    const [group] = costs.waste.groups;
    expect(group?.kind).toBe("redundant");
    expect(group?.waste.runs).toBe(699);
    expect((group?.runs.length ?? 0) + (group?.moreRuns ?? 0)).toBe(700);
    // Nothing of a run but its name and its place leaves the host.
    expect(Object.keys(group?.runs[0] ?? {})).toEqual(["storeId", "runId", "name"]);
  });

  it("say that nothing was measured where nothing was, and never zero", () => {
    const report = costReport([aCostedRun("r", { startedAt: NOW - HOUR, endedAt: NOW })], PRICES, {
      now: NOW,
      timeZone: "UTC",
      products: [],
    });
    const { idle } = toOverviewCosts(report, null);
    expect(idle.share).toBeNull();
    expect(idle.unmeasuredRuns).toBe(1);
  });
});
