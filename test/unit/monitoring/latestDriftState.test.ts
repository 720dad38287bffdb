import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { openResultFiles } from "../../../src/adapters/node/resultFiles";
import { NEVER_CANCELLED } from "../../../src/core/base/cancel";
import { readConfig } from "../../../src/core/config/readConfig";
import { latestDriftState } from "../../../src/core/monitoring/latestDriftState";
import type { MonitoringDrift } from "../../../src/core/monitoring/monitoringResult";
import { ResultStore } from "../../../src/core/monitoring/resultStore";
import { retrainReason } from "../../../src/core/monitoring/retrainReason";
import { DAY, kpi, NOW, result } from "./monitoringBuilders";

const CHURN = { name: "churn", config: "churn/mlops.yaml" };
const CONFIG = readConfig("name: churn\nmonitoring: {live: a.csv, checks: {every: 7 days}}\n").value;

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "mlops-latest-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe("the latest state", () => {
  const state = (now: number, configSha256: string | null = "ab"): ReturnType<typeof latestDriftState> =>
    latestDriftState(CHURN, CONFIG, openResultFiles(root), { now, configSha256 }, NEVER_CANCELLED);

  it("is null where nobody has checked", async () => expect(await state(NOW)).toBeNull());

  it("is that of the newest check, and says when it is too old or of another file", async () => {
    const store = new ResultStore(openResultFiles(root));
    await store.keep(CHURN, result({ checked_at: NOW - DAY }), NEVER_CANCELLED);
    await store.keep(CHURN, result({ status: "fail", verdict: "Drift." }), NEVER_CANCELLED);
    expect(await state(NOW + 14 * DAY)).toMatchObject({
      status: "fail",
      verdict: "Drift.",
      checkedAt: NOW,
      isOld: false,
      isOfOtherConfig: false,
    });
    expect(await state(NOW + 14 * DAY + 1, "cd")).toMatchObject({ isOld: true, isOfOtherConfig: true });
    expect(await state(NOW, null)).toMatchObject({ isOfOtherConfig: false });
  });

  it("tells how it stands without figures of rows that the version at work scored", async () => {
    const missed = kpi({ status: "fail", verdict: "f1 0.2 misses the target >= 0.8.", rows: 400 });
    const store = new ResultStore(openResultFiles(root));
    const drift = { status: "ok", mode: "own", drifted_columns: 0, tested_columns: 3, share: 0, threshold: 0.5, columns: [] } as const;
    await store.keep(
      CHURN,
      result({ drift, status: "fail", verdict: "f1 0.2 misses the target >= 0.8.", kpis: [missed] }),
      NEVER_CANCELLED,
    );
    expect(await state(NOW)).toMatchObject({ status: "fail", withoutScores: { status: "ok" } });
    await store.keep(CHURN, result({ drift, checked_at: NOW + 1, status: "fail", kpis: [{ ...missed, rows: null }] }), NEVER_CANCELLED);
    expect(await state(NOW + 1)).toMatchObject({ status: "fail", withoutScores: { status: "fail" } });
  });
});

describe("a reason to train anew", () => {
  const column = (name: string, status: "ok" | "warn" | "fail"): MonitoringDrift["columns"][number] => ({
    ...{ name, status, type: "num", method: "ks", score: 1, threshold: 1, fail_threshold: null, verdict: "" },
    ...{ missing: { reference: 0, current: 0 }, new_categories: 0, lost_categories: 0 },
  });
  const drift: MonitoringDrift = {
    ...{ status: "fail", mode: "own", drifted_columns: 2, tested_columns: 3, share: 2 / 3, threshold: 0.5 },
    columns: [column("a", "warn"), column("b", "ok"), column("c", "fail")],
  };
  const window = { from: NOW - 7 * DAY, to: NOW, column: "time", by: "week", complete: true } as const;

  it("has the window, the columns, the worst first, and the KPIs", () => {
    const found = retrainReason(
      result({ status: "fail", verdict: "Drift.", drift, window, kpis: [kpi(), kpi({ name: "auc", group: "gold", by: "plan" })] }),
    );
    expect(found).toEqual({
      product: "churn",
      config: "churn/mlops.yaml",
      why: "Drift.",
      window,
      columns: ["c", "a"],
      kpis: ["f1", "auc (gold)"],
      checkedAt: NOW,
    });
  });

  it("is none where all is well, or nothing could be judged", () => {
    expect(retrainReason(result({ drift: { ...drift, columns: [column("a", "ok")] } }))).toBeNull();
    expect(retrainReason(result({ status: "unjudged" }))).toBeNull();
  });
});
