import { describe, expect, it } from "vitest";
import { meetsTarget, parseTarget } from "../../../src/core/config/target";

describe("parseTarget", () => {
  it.each([
    [">= 0.80", { operator: ">=", value: 0.8 }],
    [">=0.80", { operator: ">=", value: 0.8 }],
    ["≥ .5", { operator: ">=", value: 0.5 }],
    ["<5%", { operator: "<", value: 0.05 }],
    ["<= -1e-3", { operator: "<=", value: -0.001 }],
    ["= 1", { operator: "==", value: 1 }],
    [" > 100 ", { operator: ">", value: 100 }],
  ])("reads %j", (text, expected) => {
    expect(parseTarget(text)).toEqual(expected);
  });

  it.each(["0.8", ">= ", "", ">= good", ">= 0.8 or so", "=> 0.8", ">= 1e999", ">= NaN", ">= 0,8", `>=${" ".repeat(1e5)}`])(
    "refuses %j",
    (text) => {
      expect(parseTarget(text)).toBeUndefined();
    },
  );
});

describe("meetsTarget", () => {
  it.each([
    [">= 1", 1, true],
    ["> 1", 1, false],
    ["<= 1", 1, true],
    ["< 1", 1, false],
    ["== 1", 1, true],
    [">= 1", Number.NaN, false],
    ["<= 1", Number.NaN, false],
  ])("%s with %d is %s", (text, measured, expected) => {
    const target = parseTarget(text);
    expect(target !== undefined && meetsTarget(target, measured)).toBe(expected);
  });
});
