import { describe, expect, it } from "vitest";
import { plainNumber } from "../../../src/core/compare/plainNumber";

describe("plainNumber", () => {
  it.each([
    ["0.1", 0.1],
    ["0.10", 0.1],
    ["1e-3", 0.001],
    ["1E-03", 0.001],
    ["0.001", 0.001],
    ["1.", 1],
    [".5", 0.5],
    ["+3", 3],
    ["-0", -0],
    ["-0.0", -0],
    ["10000000000000000000000", 1e22],
    ["0.30000000000000004", 0.1 + 0.2],
    ["5e-324", 5e-324],
    ["inf", Infinity],
    ["-inf", -Infinity],
    ["nan", NaN],
    ["9007199254740992", 2 ** 53],
  ])("takes %j for %d", (text, number) => {
    expect(plainNumber(text)).toBe(number);
  });

  it.each([
    "",
    " ",
    " 1",
    "1 ",
    "1\n",
    "007",
    "00.5",
    "1.2.3",
    "1_000",
    "1,5",
    "0x10",
    "0b1",
    "1n",
    "e5",
    ".",
    "-",
    "None",
    "true",
    "infinity and beyond",
    "12345678901234567890",
    "9007199254740993",
    "0.1000000000000000055511151231257827",
    "1e400",
    "1e-400",
    "1e999999999",
    "٣",
    "__proto__",
    "constructor",
    "1".repeat(50),
  ])("leaves %j a text", (text) => {
    expect(plainNumber(text)).toBeNull();
  });
});
