import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readConfig } from "../../../src/core/config/readConfig";
import { startFile } from "../../../src/core/config/startFile";

describe("startFile", () => {
  it("writes the twelve lines that the guide shows", () => {
    const text = startFile({
      name: "churn-model",
      purpose: "Predict which customers may leave, so that support can call them first.",
      owner: "ana.ruiz@example.org",
      pipeline: "dvc.yaml",
      trainingData: "data/train.parquet",
      kpi: { name: "f1", target: ">= 0.80", data: "data/test.parquet" },
      alert: "ml-team@example.org",
    });
    expect(text).toBe(readFileSync(join(import.meta.dirname, "../../fixtures/lint/start.yaml"), "utf8"));
  });

  it("holds places to fill in, and unsure, for what is not known yet", () => {
    const { value, problems } = readConfig(startFile({ name: "churn" }));
    expect(problems).toEqual([]);
    expect([value.roles?.owner?.email, value.risk, value.personal_data, value.purpose]).toEqual(["TODO", "unsure", "unsure", "TODO"]);
  });

  it("is read as it was answered, whatever the words", () => {
    const words = fc.string({ minLength: 1, unit: "binary" }).map((text) => `a ${text} z`.replace(/\s+/g, " "));
    fc.assert(
      fc.property(words, words, (name, purpose) => {
        const { value } = readConfig(startFile({ name, purpose }));
        expect([value.name, value.purpose]).toEqual([name, purpose]);
      }),
    );
  });
});
