import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { readConfig } from "../../../src/core/config/readConfig";
import type { DriftStatus } from "../../../src/core/drift/driftReport";
import { alertRecipients, alertsOf } from "../../../src/core/monitoring/alerts";
import type { MonitoringDrift, MonitoringResult } from "../../../src/core/monitoring/monitoringResult";
import { webhookMessage } from "../../../src/core/monitoring/webhookMessage";
import { DAY, HOUR, kpi, NOW, result } from "./monitoringBuilders";

const STATUSES: readonly DriftStatus[] = ["ok", "warn", "unjudged", "fail"];

function column(name: string, status: DriftStatus): MonitoringDrift["columns"][number] {
  return {
    name,
    type: "num",
    status,
    method: "psi_quantile",
    score: 0.4,
    threshold: 0.1,
    fail_threshold: 0.25,
    missing: { reference: 0, current: 0 },
    new_categories: 0,
    lost_categories: 0,
    verdict: `"${name}" moved up.`,
  };
}

function drift(status: DriftStatus, ...columns: MonitoringDrift["columns"]): MonitoringDrift {
  return { status, mode: "own", drifted_columns: 1, tested_columns: 3, share: 1 / 3, threshold: 0.5, columns };
}

const reasons = (earlier: readonly MonitoringResult[], now: MonitoringResult): readonly string[] =>
  alertsOf(earlier, now).map(({ reason }) => reason);

describe("when people are told", () => {
  it.each(STATUSES)("of the first result, unless it is well: %s", (status) => {
    expect(reasons([], result({ status }))).toEqual(status === "ok" ? [] : ["worse"]);
  });

  it("of a change to worse and of no other, for any two results within a day", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...STATUSES),
        fc.constantFrom(...STATUSES),
        fc.integer({ min: -5 * DAY, max: DAY - 1 }),
        (a, b, apart) => {
          const told = reasons([result({ status: a, checked_at: NOW - apart })], result({ status: b }));
          expect(told).toEqual(STATUSES.indexOf(b) > STATUSES.indexOf(a) ? ["worse"] : []);
        },
      ),
    );
  });

  it("once a day while it fails, however often it is checked", () => {
    let told = 0;
    const earlier: MonitoringResult[] = [];
    for (let hour = 0; hour < 24 * 7; hour++) {
      const now = result({ status: "fail", checked_at: NOW + hour * HOUR });
      told += alertsOf(earlier, now).length;
      earlier.unshift(now);
    }
    expect(told).toBe(7);
  });

  it("again after a week between two checks", () => {
    expect(reasons([result({ status: "fail", checked_at: NOW - 7 * DAY })], result({ status: "fail" }))).toEqual(["still"]);
  });

  it("never twice of the same trouble at the same time, whatever came before", () => {
    const some = fc.array(fc.record({ status: fc.constantFrom(...STATUSES), hours: fc.integer({ min: 0, max: 60 }) }), { maxLength: 12 });
    fc.assert(
      fc.property(some, fc.constantFrom(...STATUSES), (steps, status) => {
        let time = NOW;
        const earlier = steps.map(({ status: one, hours }) => result({ status: one, checked_at: (time += hours * HOUR) })).reverse();
        const now = result({ status, checked_at: time });
        expect(alertsOf(earlier, now).length).toBeLessThanOrEqual(1);
        expect(alertsOf([now, ...earlier], now)).toEqual([]);
      }),
    );
  });

  it("not of a warning that stays a warning", () => {
    expect(reasons([result({ status: "warn", checked_at: NOW - 30 * DAY })], result({ status: "warn" }))).toEqual([]);
  });

  it("when a KPI fails as well", () => {
    const before = result({ status: "fail", drift: drift("fail", column("age", "fail")), checked_at: NOW - HOUR });
    expect(reasons([before], result({ status: "fail", drift: before.drift }))).toEqual([]);
    expect(reasons([before], result({ status: "fail", drift: before.drift, kpis: [kpi()] }))).toEqual(["worse"]);
  });

  it("not when a failure comes back after a check that could not judge", () => {
    const earlier = [result({ status: "unjudged", checked_at: NOW - HOUR }), result({ status: "fail", checked_at: NOW - 2 * HOUR })];
    expect(reasons(earlier, result({ status: "fail" }))).toEqual([]);
  });

  it("not at once where the clock went back", () => {
    expect(reasons([result({ status: "fail", checked_at: NOW + 30 * DAY })], result({ status: "fail" }))).toEqual([]);
  });
});

describe("who is told", () => {
  const product = readConfig(
    "name: churn\nmonitoring:\n  alert: [{to: ops@example.org, when: warn}, {to: ana@example.org}, {to: ops@example.org}]\n",
  ).value;

  it("is named by monitoring.alert, from a status on", () => {
    const to = (status: DriftStatus): readonly string[] =>
      alertsOf([], result({ status }), alertRecipients(product)).flatMap((one) => one.recipients);
    expect(to("warn")).toEqual(["ops@example.org"]);
    expect(to("fail")).toEqual(["ops@example.org", "ana@example.org"]);
    expect(to("unjudged")).toEqual(["ops@example.org", "ana@example.org"]);
  });
});

describe("what people are told", () => {
  const failing = result({
    status: "fail",
    verdict: "f1 is 0.7, and its target is >= 0.80.",
    drift: drift("fail", column("age", "warn"), column("plan", "fail")),
    kpis: [kpi()],
    problems: ["The live data lacks state."],
    commit: "3f2c1ab".repeat(5),
  });

  it("is a title and a sentence each, what fails first", () => {
    const [alert] = alertsOf([], failing);
    expect(alert?.title).toBe("churn fails: f1 is 0.7, and its target is >= 0.80.");
    expect(alert?.lines).toEqual([
      "f1 is 0.7, and its target is >= 0.80.",
      '"plan" moved up.',
      "The live data lacks state.",
      '"age" moved up.',
    ]);
  });

  it("is a message that Slack takes, with the facts for scripts", () => {
    const [alert] = alertsOf([], failing);
    const message = alert === undefined ? null : webhookMessage(alert);
    expect(message?.text).toContain("target is &gt;= 0.80");
    expect(message?.mlops).toMatchObject({
      product: "churn",
      status: "fail",
      reason: "worse",
      drifted_columns: ["age", "plan"],
      failed_kpis: ["f1"],
    });
  });

  it("keeps Slack's limits and cannot be made to mention people, whatever the names are", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary", maxLength: 4000 }),
        fc.array(fc.string({ maxLength: 900 }), { maxLength: 30 }),
        (verdict, problems) => {
          const [alert] = alertsOf([], result({ status: "fail", verdict: `<!channel> ${verdict}`, problems: [...problems, "<@U123>"] }));
          const { text, blocks } = alert === undefined ? { text: "", blocks: [] } : webhookMessage(alert);
          const shown = blocks as readonly { readonly type: string; readonly text?: { readonly type: string; readonly text: string } }[];
          expect(text).not.toContain("<");
          for (const block of shown) {
            expect(block.text?.text.length ?? 0).toBeLessThanOrEqual(block.type === "header" ? 150 : 3000);
            expect(block.text?.type === "mrkdwn" && block.text.text.includes("<")).toBe(false);
          }
        },
      ),
    );
  });
});
