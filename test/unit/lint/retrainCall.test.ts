import { describe, expect, it } from "vitest";

import { commandScripts } from "../../../src/core/lint/commandScripts";
import { automationRoot, retrainedProduct } from "../../../src/core/lint/retrainCall";

describe("retrainedProduct", () => {
  it.each([
    ["node .mlops/mlops.cjs retrain --if-needed --yes -- a/mlops.yaml", "a/mlops.yaml"],
    ["npx --yes --package mlops-workbench@0.1.0 mlops retrain --if-needed --yes -- 'a b/mlops.yaml'", "a b/mlops.yaml"],
    ["cd /srv && mlops retrain --param lr=0.1 churn --yes >> log 2>&1", "churn"],
    ["mlops retrain --yes && echo done", null],
    ["mlops retrain $PRODUCT", null],
    ["mlops monitor a/mlops.yaml", null],
    ["python retrain a/mlops.yaml", null],
  ])("%s trains %s", (command, product) => {
    expect(retrainedProduct(command)).toBe(product);
  });
});

it.each([
  [".github/workflows/a.yml", ""],
  ["sub/.github/workflows/a.yml", "sub"],
  ["dags/a.py", ""],
  ["x/dags/a.py", "x"],
  ["ops/crontab", "ops"],
  ["crontab", ""],
])("paths in %s count from %j", (path, root) => {
  expect(automationRoot(path)).toBe(root);
});

describe("commandScripts", () => {
  it.each([
    ["python src/train.py --lr 0.1", ["train.py"]],
    ["python -m churn.train", ["train.py"]],
    ["cd src && papermill a.ipynb b.ipynb", ["a.ipynb", "b.ipynb"]],
    ["make train", null],
    ["bash run.sh train.py", null],
    ["python ${script}.py", null],
    ["", null],
  ])("%s runs %j", (command, scripts) => {
    expect(commandScripts(command)).toEqual(scripts);
  });
});
