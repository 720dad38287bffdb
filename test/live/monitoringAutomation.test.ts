import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, describe, expect, it } from "vitest";

import { type MonitoringAutomation, monitoringDag } from "../../src/core/monitoring/automation";
import { readDag } from "./readDag";

const folder = mkdtempSync(join(tmpdir(), "mlops-monitoring-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the generated DAG", () => {
  const ALL: MonitoringAutomation = { source: { kind: "copy" }, products: null, cron: "23 4 * * 1" };

  it("is one to Airflow, with its schedule and one task that ends", () => {
    expect(readDag(folder, "mlops_monitoring.py", monitoringDag({ ...ALL, owner: "ana@example.org", personalData: "no" }))).toEqual({
      mlops_monitoring: {
        schedule: "23 4 * * 1",
        catchup: false,
        max_active_runs: 1,
        tags: ["mlops", "monitoring", "personal_data:no"],
        tasks: [["check", "ana@example.org", 0, 3600]],
      },
    });
  });

  it.each([
    [0, "success"],
    [1, "AirflowFailException: mlops monitor ended with 1: drift or a KPI failed."],
    [3, "AirflowFailException: mlops monitor ended with 3: something could not be judged."],
  ])("runs the command in the repository, and fails with what %i means", (code, outcome) => {
    mkdirSync(join(folder, ".mlops"), { recursive: true });
    writeFileSync(
      join(folder, ".mlops/mlops.cjs"),
      `process.exit(process.argv[2] === "monitor" && process.argv[4] === "--due" ? ${code} : 9);\n`,
    );
    expect(readDag(folder, `run_${code}.py`, monitoringDag(ALL), "run")["outcome"]).toBe(outcome);
  });
});
