import { copyFileSync } from "node:fs";
import { join } from "node:path";

import { afterEach, describe, expect, it } from "vitest";

import { openCliSources } from "../../../src/cli/status/openCliOverview";
import { CostDesk } from "../../../src/core/cost/costDesk";
import type { CostReport } from "../../../src/core/cost/costReport";
import { readCosts } from "../../../src/core/health/readCosts";
import { seededStore, type SeededRun } from "../../builders/costStore";
import { LintFolder } from "../../builders/lintFolder";

const NOW = Date.UTC(2026, 10, 24, 12);
const HOUR = 3_600_000;
const never = new AbortController().signal;
const folders: LintFolder[] = [];

afterEach(() => folders.splice(0).forEach((folder) => folder.dispose()));

const POLICY = "version: 1\nprices: {currency: EUR, instances: {gpu-a10: 1.30}}\n";
const CHURN =
  "version: 1\nname: churn\ntracking: {uri: ../mlflow.db, experiment: churn}\ntrain: {resources: {instance: gpu-a10}}\ncost: {budget: 50 EUR/month}\n";

async function costsOf(files: Readonly<Record<string, string>>, runs: readonly SeededRun[] | null): Promise<CostReport | null> {
  const folder = new LintFolder().write(files);
  folders.push(folder);
  if (runs !== null) {
    copyFileSync(seededStore(runs), join(folder.path, "mlflow.db"));
  }
  const out = { write: () => Promise.resolve(), isTerminal: false, columns: undefined };
  const host = { env: {}, cwd: folder.path, signal: never, now: () => NOW, stdout: out, stderr: out };
  const world = openCliSources(folder.path, { host }, NOW);
  const desk = new CostDesk((location, signal) => world.stores.open(location, signal));
  try {
    return await readCosts(world, desk, never);
  } finally {
    desk.dispose();
    world.dispose();
  }
}

const aRun = (id: string, experiment: string): SeededRun => ({ id, experiment, start: NOW - 30 * HOUR, end: NOW - 20 * HOUR });

describe("costs of a folder", () => {
  it("are not known where there is no store", async () => {
    expect(await costsOf({ ".mlops/policy.yaml": POLICY }, null)).toBeNull();
  });

  it("give each run to the product whose experiment it is, with the machine and the budget of its file", async () => {
    const report = await costsOf({ ".mlops/policy.yaml": POLICY, "churn/mlops.yaml": CHURN }, [
      aRun("a", "churn"),
      aRun("b", "churn"),
      aRun("c", "elsewhere"),
    ]);
    const [churn, other] = report?.by.product ?? [];
    expect(churn).toMatchObject({ key: "churn/mlops.yaml", label: "churn", total: { runs: 2, currency: "EUR", unpricedRuns: 0 } });
    expect(churn?.total.amount).toBeCloseTo(26, 9);
    expect(churn?.months[0]).toMatchObject({ month: "2026-11", budget: 50 });
    // Whose run it is and where it ran, nobody knows: that is no zero.
    expect(other).toMatchObject({ key: null, total: { runs: 1, unpricedRuns: 1 } });
  });

  it("tell of a server that is away, and count what can be read", async () => {
    const away = CHURN.replace("../mlflow.db", "http://127.0.0.1:9").replace("name: churn", "name: far");
    const report = await costsOf({ ".mlops/policy.yaml": POLICY, "churn/mlops.yaml": CHURN, "far/mlops.yaml": away }, [aRun("a", "churn")]);
    expect(report?.all.total.runs).toBe(1);
    expect(report?.problems.join(" ")).toContain("127.0.0.1:9");
  });
});
