import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, describe, expect, it } from "vitest";

import { readConfig } from "../../src/core/config/readConfig";
import { trainingAutomation } from "../../src/core/training/automation/trainingAutomation";
import { trainingDag } from "../../src/core/training/automation/trainingDag";
import { readDag } from "./readDag";

const folder = mkdtempSync(join(tmpdir(), "mlops-training-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const CONFIG = `name: Größe "x" 漢字
purpose: Predict which customers may leave, so that support can call them first.
owner: ana@corp.eu
personal_data: yes
train: {trigger: {schedule: "0 4 * * 1"}, resources: {timeout: 2h}}
`;

function dag(): string {
  const made = trainingAutomation(readConfig(CONFIG).value, "models/churn/mlops.yaml", { kind: "copy" });
  if (made === null) {
    throw new Error("Nothing starts a training.");
  }
  return trainingDag(made);
}

describe("the generated DAG", () => {
  it("is one to Airflow, with its schedule, its owner and one task that ends", () => {
    expect(readDag(folder, "mlops_train.py", dag())).toEqual({
      mlops_train_gro_e_x: {
        schedule: "0 4 * * 1",
        catchup: false,
        max_active_runs: 1,
        tags: ["mlops", "personal_data:yes", "training"],
        tasks: [["train", "ana@corp.eu", 0, 9000]],
      },
    });
  });

  it.each([
    [0, "success"],
    [1, "AirflowFailException: mlops retrain ended with 1: the training failed or is not allowed."],
    [3, "AirflowFailException: mlops retrain ended with 3: something could not be judged."],
  ])("runs the command in the repository, and fails with what %i means", (exit, outcome) => {
    mkdirSync(join(folder, ".mlops"), { recursive: true });
    const wanted = JSON.stringify(["retrain", "--if-needed", "--yes", "--", "models/churn/mlops.yaml"]);
    writeFileSync(
      join(folder, ".mlops/mlops.cjs"),
      `process.exit(JSON.stringify(process.argv.slice(2)) === ${JSON.stringify(wanted)} ? ${exit} : 9);\n`,
    );
    expect(readDag(folder, `run_${exit}.py`, dag(), "run")["outcome"]).toBe(outcome);
  });
});
