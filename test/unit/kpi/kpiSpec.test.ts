import { describe, expect, test } from "vitest";

import { closestKpi, resolveKpi } from "../../../src/core/kpi/kpiSpec";
import { chooseRoles } from "../../../src/core/kpi/roles";

describe("names of KPIs", () => {
  test.each([
    ["F1-score", "f1"],
    ["f1_score", "f1"],
    ["ROC AUC", "roc_auc"],
    ["auc", "roc_auc"],
    ["Sensitivity", "recall"],
    [" accuracy ", "accuracy"],
    ["log-loss", "log_loss"],
    ["R²", "r2"],
    ["mean absolute error", "mae"],
    ["disparate_impact", "selection_rate_ratio"],
  ])("%s is %s", (name, id) => {
    expect(resolveKpi(name)).toMatchObject({ kind: "measure", id });
  });

  test.each(["ndcg_10", "val_f1", "", "mean()", "mean", "rate of ", "f1(x)", "__proto__", "constructor"])(
    "%j is for somebody else to know",
    (name) => {
      expect(resolveKpi(name)).toBeNull();
    },
  );

  test("a column's name stands for its mean or rate, unless it is the name of a measure", () => {
    const columns = [
      { name: "engagement", kind: "float" },
      { name: "clicked", kind: "boolean" },
      { name: "accuracy", kind: "float" },
      { name: "plan", kind: "text" },
    ] as const;
    expect(resolveKpi("engagement", columns)).toMatchObject({ kind: "column", of: "mean", label: "Mean of engagement" });
    expect(resolveKpi("clicked", columns)).toMatchObject({ kind: "column", of: "rate" });
    expect(resolveKpi("accuracy", columns)).toMatchObject({ kind: "measure" });
    expect(resolveKpi("plan", columns)).toBeNull();
  });

  test("a column may have an equals sign in its name", () => {
    const columns = [{ name: "a=b", kind: "boolean" }] as const;
    expect(resolveKpi("rate(a=b)", columns)).toMatchObject({ column: "a=b", equals: null });
    expect(resolveKpi("rate(a=b)")).toMatchObject({ column: "a", equals: "b" });
  });

  test("mistyped names have a neighbour", () => {
    expect(closestKpi("acuracy")).toBe("accuracy");
    expect(closestKpi("roc_acu")).toBe("roc_auc");
    expect(closestKpi("ndcg_10")).toBeUndefined();
  });
});

describe("roles of columns", () => {
  const columns = ["Target", "y_pred", "y_pred_proba", "age"].map((name) => ({ name, kind: "float" as const }));

  test("are guessed from usual names, and say that they are", () => {
    expect(chooseRoles(columns)).toEqual({
      label: { column: "Target", from: "guessed" },
      prediction: { column: "y_pred", from: "guessed" },
      score: { column: "y_pred_proba", from: "guessed" },
    });
    expect(chooseRoles([{ name: "age", kind: "float" }])).toEqual({ label: null, prediction: null, score: null });
  });

  test("are taken as given, and one column has one role", () => {
    const roles = chooseRoles(columns, { label: "y_pred", score: "gone" });
    expect(roles.label).toEqual({ column: "y_pred", from: "given" });
    expect(roles.prediction).toBeNull();
    expect(roles.score).toEqual({ column: "gone", from: "given" });
  });

  test("text is no score", () => {
    expect(chooseRoles([{ name: "score", kind: "text" }]).score).toBeNull();
  });
});
