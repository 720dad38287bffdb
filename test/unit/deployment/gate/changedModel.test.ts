import { describe, expect, it } from "vitest";

import { readConfig } from "../../../../src/core/config/readConfig";
import { changedBlocks, changedTraining, countsAsChange } from "../../../../src/core/deployment/gate/changedModel";
import { modelFilesOf } from "../../../../src/core/deployment/gate/modelFilesOf";
import { memoryFiles } from "../../../builders/memoryFiles";
import { COMPLETE } from "../../../builders/gateFacts";

const signal = new AbortController().signal;
const product = (text: string): ReturnType<typeof readConfig>["value"] => readConfig(text).value;

describe("a change of the tree", () => {
  it.each([
    "models/churn/.mlops/monitoring/churn/20261123T090000.000Z.json",
    ".mlops/jobs/j1/job.json",
    ".mlops/deployments/d1/plan.json",
    ".mlops/deployments.jsonl",
    ".mlops/gate-log.jsonl",
    ".mlops/signoffs/2026-11-20-launch-mia.yaml",
    "mlruns/1/meta.yaml",
    "models/mlflow.db",
    "mlflow.db-wal",
    "src/__pycache__/train.pyc",
  ])("is none in %s", (path) => {
    expect(countsAsChange(path)).toBe(false);
  });

  it.each(["mlops.yaml", ".mlops/policy.yaml", "src/train.py", "mlflow.db.py", "signoffs/a.yaml", ".mlops/gate.py", "../shared/lib.py"])(
    "is one in %s",
    (path) => {
      expect(countsAsChange(path)).toBe(true);
    },
  );
});

describe("what became another model", () => {
  const files = { places: ["m/src", "m/data/train.csv"], areAll: true, apart: ["m/reports/eval.json"] };

  it("is a change of the files that it is made of", () => {
    const changed = ["m/src/a.py", "m/data/train.csv", "m/data/train.csv.bak", "m/mlops.yaml", "m/other.py", "m/reports/eval.json"];
    expect(changedTraining(changed, "m/mlops.yaml", files)).toEqual(["m/data/train.csv", "m/src/a.py"]);
  });

  it("is a change of anything beside the file where nobody says what the model is made of", () => {
    const unsure = { ...files, places: [], areAll: false };
    const changed = [
      "m/any.py",
      "m/README.md",
      "m/docs/x.txt",
      "m/tests/x.py",
      "m/.github/x.yml",
      "m/reports/eval.json",
      "m/dvc.lock",
      "other/any.py",
    ];
    expect(changedTraining(changed, "m/mlops.yaml", unsure)).toEqual(["m/any.py"]);
    expect(changedTraining(["any.py", "../outside.py"], "mlops.yaml", unsure)).toEqual(["any.py"]);
  });

  it("are blocks that say how it is made, and no others", () => {
    const now = product(COMPLETE);
    const blocks = (part: string, other: string): readonly string[] => {
      expect(COMPLETE).toContain(part);
      return changedBlocks(product(COMPLETE.replace(part, other)), now);
    };
    expect(blocks("seed: 7", "seed: 8")).toEqual(["train"]);
    expect(blocks("pipeline: dvc.yaml", "pipeline: other.yaml")).toEqual(["pipeline"]);
    expect(blocks("path: data/train.parquet", "path: data/more.parquet")).toEqual(["data"]);
    expect(blocks("name: xlm-roberta-base", "name: other")).toEqual(["base_model"]);
    expect(blocks("on_drift: fail", "on_drift: warn")).toEqual([]);
    expect(blocks("origin: ATS export 2021–2025", "origin: ATS")).toEqual([]);
    expect(blocks("risk: high", "risk: minimal")).toEqual([]);
    expect(changedBlocks(product(`${COMPLETE}# A comment\n`), now)).toEqual([]);
  });

  it("knows the files of a product", async () => {
    const world = memoryFiles({ "m/mlops.yaml": "", "m/train.py": "", "m/src/a.py": "", "m/src/b.txt": "", "m/dvc.yaml": "stages: {}" });
    const found = await modelFilesOf(
      product(
        `train: {code: [train.py, "src/**"], environment: requirements.lock}\ndata: [{path: d/a.csv, use: train}, {path: d/live.csv, use: live}]\nevaluation: r.json\n`,
      ),
      "m/mlops.yaml",
      world,
      signal,
    );
    expect(found.areAll).toBe(true);
    expect(found.apart).toEqual(["m/r.json"]);
    expect([...found.places].sort()).toEqual([
      "m/d/a.csv",
      "m/d/a.csv.dvc",
      "m/requirements.lock",
      "m/src/a.py",
      "m/src/b.txt",
      "m/train.py",
    ]);
    expect((await modelFilesOf(product("pipeline: dvc.yaml\n"), "m/mlops.yaml", world, signal)).areAll).toBe(true);
    expect((await modelFilesOf(product("pipeline: dag.py\n"), "m/mlops.yaml", world, signal)).areAll).toBe(false);
  });
});
