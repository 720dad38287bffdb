import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { isWholeNumber, parseDecimal } from "../../../src/core/tabular/parseDecimal";

function parse(text: string): number {
  const bytes = new TextEncoder().encode(`7${text}7`);
  return parseDecimal(bytes, 1, bytes.length - 1);
}

/** Digits with a point somewhere and perhaps an exponent. */
const decimals = fc
  .tuple(
    fc.constantFrom("", "-", "+"),
    fc.string({ unit: fc.integer({ min: 0, max: 9 }).map(String), minLength: 1, maxLength: 25 }),
    fc.nat(25),
    fc.option(fc.integer({ min: -330, max: 320 })),
  )
  .map(([sign, digits, point, exponent]) => {
    const at = point % (digits.length + 1);
    return `${sign}${digits.slice(0, at)}${point % 3 === 0 && at === digits.length ? "" : "."}${digits.slice(at)}${exponent === null ? "" : `e${exponent}`}`;
  });

describe("parseDecimal", () => {
  it("rounds as Number does, whatever the digits", () => {
    fc.assert(
      fc.property(decimals, (text) => {
        expect(parse(text)).toBe(Number(text));
      }),
      { numRuns: 20_000 },
    );
  });

  it("reads back every double as JavaScript and Python write it, and with more digits than needed", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer({ min: 15, max: 21 }), (value, digits) => {
        expect(parse(String(value))).toBe(Object.is(value, -0) ? 0 : value);
        expect(parse(value.toPrecision(digits))).toBe(Number(value.toPrecision(digits)));
      }),
      { numRuns: 10_000 },
    );
  });

  it("decides the middle between two doubles as the standard says: to the even one", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 2n ** 52n, max: 2n ** 53n - 1n }), fc.integer({ min: -2, max: 2 }), (half, step) => {
        // Twice the number plus one lies between two doubles of the next binade.
        const text = String(2n * half + 1n);
        expect(parse(text)).toBe(Number(text));
        const shifted = `${String((2n * half + 1n) * 5n + BigInt(step))}e-1`;
        expect(parse(shifted)).toBe(Number(shifted));
      }),
      { numRuns: 5000 },
    );
  });

  it.each([
    [" 12\t", 12],
    ["+1.5", 1.5],
    ["-0", -0],
    [".5", 0.5],
    ["5.", 5],
    ["1E3", 1000],
    ["1e+05", 100_000],
    ["1e-400", 0],
    ["1e400", Infinity],
    ["inf", Infinity],
    ["-Infinity", -Infinity],
    ["+INF", Infinity],
    ["9007199254740993", 9007199254740992],
    ["123456789012345678901234567890", Number("123456789012345678901234567890")],
    ["0.1234567890123456785", Number("0.1234567890123456785")],
  ])("reads %j", (text, expected) => {
    expect(parse(text)).toBe(expected);
  });

  it.each([
    "",
    " ",
    "-",
    ".",
    "e5",
    "1e",
    "1e+",
    "1.2.3",
    "1,5",
    "1 2",
    "0x1f",
    "1_000",
    "nan",
    "NaN",
    "infinite",
    "--1",
    "1-",
    "१",
    "1".repeat(2000) + "x",
  ])("takes %j for no number", (text) => {
    expect(parse(text)).toBeNaN();
  });

  it.each([
    ["12", true],
    [" -12 ", true],
    ["+0", true],
    ["12.", false],
    ["1e3", false],
    ["inf", false],
  ])("knows whether %j is written as a whole number", (text, expected) => {
    const bytes = new TextEncoder().encode(text);
    expect(isWholeNumber(bytes, 0, bytes.length)).toBe(expected);
  });
});
