import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { checkParams } from "../../../../src/core/training/checkParams";
import type { ParamField } from "../../../../src/core/training/paramField";
import { paramFault, paramHint } from "../../../../src/core/training/view/paramFault";

const field = (changes: Partial<ParamField> = {}): ParamField => ({
  name: "lr",
  kind: "number",
  value: 0.1,
  required: false,
  options: [],
  min: null,
  max: null,
  description: null,
  source: "mlops.yaml",
  ...changes,
});

describe("what may be typed", () => {
  it.each<[Partial<ParamField>, string]>([
    [{}, "Number."],
    [{ kind: "integer", min: 1, max: 400 }, "Whole number from 1 to 400."],
    [{ min: 0 }, "Number from 0 on."],
    [{ max: 1, required: true }, "Number up to 1, needed."],
    [{ kind: "text" }, ""],
    [{ kind: "boolean", description: "Whether to shuffle." }, "Whether to shuffle."],
    [{ description: "Rate of learning." }, "Rate of learning. Number."],
  ])("is told of %j", (changes, words) => {
    expect(paramHint(field(changes))).toBe(words);
  });
});

describe("what is wrong with a value", () => {
  it.each<[Partial<ParamField>, string | undefined, string | null]>([
    [{}, undefined, null],
    [{}, "", null],
    [{}, "0.5", null],
    [{}, " 1e-3 ", null],
    [{}, ".5", null],
    [{}, "5.", null],
    [{}, "fast", "This is a number."],
    [{}, "0x10", "This is a number."],
    [{}, "Infinity", "This is a number."],
    [{}, "1e999", "This is a number."],
    [{}, "1,5", "This is a number."],
    [{ kind: "integer" }, "ten", "This is a whole number."],
    [{ kind: "integer" }, "1.5", "This is a whole number, without a fraction."],
    [{ kind: "integer" }, "1e3", null],
    [{ min: 0 }, "-0.1", "The least is 0."],
    [{ max: 1 }, "1.1", "The most is 1."],
    [{ min: 0, max: 1 }, "0", null],
    [{ kind: "boolean" }, "TRUE", null],
    [{ kind: "boolean" }, "no", null],
    [{ kind: "boolean" }, "1", "This is yes or no: true or false."],
    [{ kind: "choice", options: ["adam", "sgd"] }, "sgd", null],
    [{ kind: "choice", options: [16, 32] }, "32", null],
    [{ kind: "choice", options: ["adam", "sgd"] }, "rms", "This is one of adam, sgd."],
    [{ kind: "choice", options: [] }, "anything", null],
    [{ kind: "text" }, "  ", null],
    [{ kind: "text", value: null, required: true }, "  ", null],
    [{ value: null }, "", null],
    [{ value: null, required: true }, "", "A value is needed."],
    [{ value: null, required: true }, undefined, "A value is needed."],
    [{ value: null, required: true }, "  ", "A value is needed."],
    [{ value: null }, "  ", null],
  ])("of %j with %j", (changes, typed, fault) => {
    expect(paramFault(field(changes), typed)).toBe(fault);
  });
});

const anyField = fc.record({
  kind: fc.constantFrom<ParamField["kind"]>("text", "number", "integer", "boolean", "choice", "list"),
  required: fc.boolean(),
  options: fc.constantFrom<ParamField["options"]>([], ["a", "b"], [1, 2, 3]),
  min: fc.constantFrom(null, -1, 0),
  max: fc.constantFrom(null, 1, 100),
  hasValue: fc.boolean(),
});
const anyText = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.double().map(String),
  fc.integer({ min: -200, max: 200 }).map(String),
  fc.constantFrom("", " ", "true", "No", "a", " b ", "2", "1e400", "-0", "[1, [2]]", "[a]", "{}"),
);

it("never refuses what the plan would take", () => {
  fc.assert(
    fc.property(anyField, anyText, ({ hasValue, ...changes }, typed) => {
      const own = { text: "x", number: 0.5, integer: 1, boolean: true, choice: changes.options[0] ?? "x", list: "[1]" }[changes.kind];
      const one = field({ ...changes, value: hasValue ? own : null });
      const { faults } = checkParams([one], { lr: typed });
      expect(paramFault(one, typed) === null || faults.length > 0, JSON.stringify([one, typed])).toBe(true);
    }),
    { numRuns: 2000 },
  );
});
