import { join } from "node:path";

import { describe, expect, it } from "vitest";

import type { MonitoringResult } from "../../../src/core/monitoring/monitoringResult";
import { mlops } from "../../builders/memoryHost";

const CHURN = join(import.meta.dirname, "../../../examples/churn");

async function checkedOn(today: string): Promise<MonitoringResult> {
  const { stdout } = await mlops(["monitor", "mlops.yaml", "--json", "--no-write", "--today", today], { cwd: CHURN });
  const [result] = (JSON.parse(stdout) as { readonly products: readonly MonitoringResult[] }).products;
  if (result === undefined) {
    throw new Error("The sample was not checked.");
  }
  return result;
}

const failing = ({ drift }: MonitoringResult): readonly string[] =>
  (drift?.columns ?? []).filter(({ status }) => status === "fail").map(({ name }) => name);

describe("the sample's churn model", () => {
  it("is without drift at first", async () => {
    const result = await checkedOn("2026-09-15");
    expect(failing(result)).toEqual([]);
    expect(result.window).toMatchObject({ by: "week", column: "scored_at", to: Date.UTC(2026, 8, 14) });
    expect(result.live?.rows).toBe(240);
  });

  it("drifts in the columns that its README names, and no longer reaches its target once outcomes are known", async () => {
    const result = await checkedOn("2026-11-17");
    expect(result.status).toBe("fail");
    expect(failing(result)).toEqual(
      expect.arrayContaining(["international_plan", "total_day_minutes", "total_day_charge", "number_customer_service_calls"]),
    );
    expect(failing(result)).not.toContain("total_night_minutes");
    const [f1, estimate] = result.kpis;
    expect(f1).toMatchObject({ name: "f1", kind: "measured", status: "fail", rows: 240, window: { to: Date.UTC(2026, 9, 26) } });
    // The estimate cannot see that other people leave than before.
    expect(estimate).toMatchObject({ kind: "estimated", status: "ok" });
    expect(result.problems).toEqual([]);
  });
});
