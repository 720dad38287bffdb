import { expect, it } from "vitest";

import { readFilterText } from "../../../src/core/table/readFilterText";

it("looks for plain words, and for anything in quotes", () => {
  expect(readFilterText("  xgboost ")).toMatchObject({ mode: "contains", contains: "xgboost" });
  expect(readFilterText('"a > b"')).toMatchObject({ mode: "contains", contains: "a > b" });
  expect(readFilterText("v1.2 final")).toMatchObject({ mode: "contains" });
  expect(readFilterText(" ")).toMatchObject({ mode: "none", contains: null });
});

it("reads MLflow's language where the text is one", () => {
  expect(readFilterText("metrics.auc > 0.9")).toMatchObject({ mode: "language", error: null });
  expect(readFilterText("metrics.auc > 0.9").language).toHaveLength(1);
});

it("says why a text that looks like the language is not, instead of finding nothing", () => {
  for (const text of ["metrics.auc >", "metrics.auc > 'x'", "nonsense = 1", "params."]) {
    const reading = readFilterText(text);
    expect(reading.language).toBeNull();
    expect(reading.error).toMatch(/\w+/);
  }
});
