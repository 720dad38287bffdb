import { describe, expect, it } from "vitest";

import { FileDependencies } from "../../../src/editor/lint/fileDependencies";

function known(): FileDependencies {
  const dependencies = new FileDependencies();
  dependencies.set("churn/mlops.yaml", new Set(["churn/mlops.yaml", "churn/data/train.csv", "churn/reports", "shared/roles.yaml"]));
  dependencies.set("demand/mlops.yaml", new Set(["demand/mlops.yaml", "shared/roles.yaml"]));
  return dependencies;
}

describe("which results rest on a file", () => {
  it("are those that looked at it, also in vain", () => {
    expect([...known().usersAfter("shared/roles.yaml", "changed")]).toEqual(["churn/mlops.yaml", "demand/mlops.yaml"]);
    expect([...known().usersAfter("shared/other.yaml", "changed")]).toEqual([]);
  });

  it("are also those that looked at a folder which the file brings or takes along", () => {
    expect([...known().usersAfter("churn/reports/a.html", "cameOrWent")]).toEqual(["churn/mlops.yaml"]);
    expect([...known().usersAfter("churn/reports/a.html", "changed")]).toEqual([]);
  });

  it("are also those that looked at a file of a folder that goes", () => {
    expect([...known().usersAfter("churn/data", "cameOrWent")]).toEqual(["churn/mlops.yaml"]);
    expect([...known().usersAfter("churn/da", "cameOrWent")]).toEqual([]);
  });

  it("are also those that looked for files by a pattern, where the pattern looks", () => {
    const dependencies = new FileDependencies();
    dependencies.set("churn/mlops.yaml", new Set(["churn/data/part-*.csv"]));
    dependencies.set("mlops.yaml", new Set(["*.csv"]));
    expect([...dependencies.usersAfter("churn/data/part-1.csv", "cameOrWent")]).toEqual(["churn/mlops.yaml", "mlops.yaml"]);
    expect([...dependencies.usersAfter("churn/database/part-1.csv", "cameOrWent")]).toEqual(["mlops.yaml"]);
    expect([...dependencies.usersAfter("churn/data/part-1.csv", "changed")]).toEqual([]);
  });

  it("are forgotten when a result is made anew, or is not wanted any more", () => {
    const dependencies = known();
    dependencies.set("churn/mlops.yaml", new Set(["churn/mlops.yaml"]));
    dependencies.delete("demand/mlops.yaml");
    expect([...dependencies.usersAfter("shared/roles.yaml", "changed")]).toEqual([]);
    expect([...dependencies.usersAfter("churn/mlops.yaml", "changed")]).toEqual(["churn/mlops.yaml"]);
  });
});
