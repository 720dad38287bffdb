import { describe, expect, it } from "vitest";
import { DEFAULT_REQUIRE, EMPTY_POLICY, mergePolicies, toPolicy } from "../../../src/core/config/policy";

describe("toPolicy", () => {
  it("has defaults", () => {
    expect(EMPTY_POLICY.rules.size).toBe(0);
    expect(EMPTY_POLICY.idle).toEqual({ gpuBelow: 5, for: "20m" });
    expect(EMPTY_POLICY.stack).toEqual({ registry: null, pipeline: null, python: null, serving: null });
  });

  it("reads both forms of a rule's weight", () => {
    const { rules } = toPolicy({ rules: { COST03: "off", RESP07: { severity: "warning", inactive_days: 120 }, RESP02: { days: null } } });
    expect(rules.get("COST03")).toEqual({ severity: "off", options: {} });
    expect(rules.get("RESP07")).toEqual({ severity: "warning", options: { inactive_days: 120 } });
    expect(rules.get("RESP02")).toEqual({ severity: null, options: {} });
  });

  it("takes a weight that is no weight for none", () => {
    expect(toPolicy({ rules: { RESP07: { severity: "fatal" } } }).rules.get("RESP07")).toEqual({ severity: null, options: {} });
  });

  it("leaves out what is unreadable, and asks for the usual fields", () => {
    const policy = toPolicy({ people: { dpo: ["dpo@example.org", undefined] }, pipelines: [undefined, {}, { files: "**/dvc.yaml" }] });
    expect(policy.people.get("dpo")).toEqual(["dpo@example.org"]);
    expect(policy.pipelines).toEqual([{ files: "**/dvc.yaml", require: DEFAULT_REQUIRE }]);
  });

  it("is not led astray by names", () => {
    const { rules } = toPolicy({ rules: JSON.parse('{"__proto__": "off", "constructor": "info"}') as Record<string, "off" | "info"> });
    expect([...rules.keys()]).toEqual(["__proto__", "constructor"]);
    expect(rules.get("toString")).toBeUndefined();
  });
});

describe("mergePolicies", () => {
  const base = toPolicyFile({
    rules: { COST03: "off", RESP02: "error" },
    prices: { currency: "EUR", instances: { "gpu-a10": 1.3, "cpu-8": 0.42 } },
  });

  it("lets a policy win key by key over the one that it extends", () => {
    const merged = mergePolicies(
      { ...base, stack: { registry: "mlflow", python: "3.11" }, people: { dpo: ["a@x.org"], compliance: ["c@x.org"] } },
      { rules: { COST03: "warning" }, prices: { instances: { "gpu-a10": 2 } }, stack: { python: "3.12" }, people: { dpo: ["b@x.org"] } },
    );
    expect(merged.rules).toEqual({ COST03: "warning", RESP02: "error" });
    expect(merged.prices).toEqual({ currency: "EUR", instances: { "gpu-a10": 2, "cpu-8": 0.42 } });
    expect(merged.stack).toEqual({ registry: "mlflow", python: "3.12" });
    expect(merged.people).toEqual({ dpo: ["b@x.org"], compliance: ["c@x.org"] });
  });

  it("does not let an unreadable setting hide that of the base", () => {
    expect(mergePolicies(base, { rules: { COST03: undefined }, prices: { currency: undefined } })).toMatchObject({
      rules: { COST03: "off" },
      prices: { currency: "EUR" },
    });
  });

  it("puts its own patterns first", () => {
    const merged = mergePolicies({ pipelines: [{ files: "**/*.yaml" }] }, { pipelines: [{ files: "a/*.yaml" }] });
    expect(merged.pipelines?.map((one) => one?.files)).toEqual(["a/*.yaml", "**/*.yaml"]);
  });
});

function toPolicyFile(file: Parameters<typeof toPolicy>[0]): Parameters<typeof toPolicy>[0] {
  return file;
}
