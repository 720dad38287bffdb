import { createHash } from "node:crypto";

import { describe, expect, it } from "vitest";
import fc from "fast-check";

import { CHAIN_START, chainLine, readChain } from "../../../src/core/governance/hashChain";

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

function chainOf(entries: readonly object[]): string {
  let previous = CHAIN_START;
  return entries
    .map((entry) => {
      const line = chainLine(entry, previous, sha256);
      previous = (JSON.parse(line) as { hash: string }).hash;
      return line;
    })
    .join("");
}

const ENTRIES = [{ a: 1 }, { b: "ü\n" }, { c: [null, { d: 0.1 }] }];

describe("a hash-chained log", () => {
  it("reads back what was written", () => {
    const { lines, fault, unfinished } = readChain(chainOf(ENTRIES), sha256);
    expect(lines.map(({ entry }) => entry)).toEqual(ENTRIES);
    expect([fault, unfinished]).toEqual([null, null]);
  });

  it("reads an empty text as an empty chain", () => {
    expect(readChain("", sha256)).toEqual({ lines: [], fault: null, unfinished: null });
  });

  it("finds any one byte that was changed", () => {
    const whole = Buffer.from(chainOf(ENTRIES));
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const bytes = Buffer.from(whole);
        bytes[at] = (bytes[at] ?? 0) ^ flip;
        const { lines, fault, unfinished } = readChain(bytes.toString("utf8"), sha256);
        expect(fault !== null || unfinished !== null || lines.length < ENTRIES.length).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it("finds lines that were swapped, dropped or doubled", () => {
    const [a = "", b = "", c = ""] = chainOf(ENTRIES).split("\n");
    for (const rows of [
      [b, a, c],
      [a, c],
      [a, a, b, c],
      [b, c],
    ]) {
      expect(readChain(`${rows.join("\n")}\n`, sha256).fault).not.toBeNull();
    }
  });

  it("counts no line that was not written to its end", () => {
    const whole = chainOf(ENTRIES);
    const { lines, fault, unfinished } = readChain(whole.slice(0, -5), sha256);
    expect(lines).toHaveLength(2);
    expect(fault).toBeNull();
    expect(unfinished).not.toBeNull();
  });

  it("refuses the same content written in another way", () => {
    const spaced = chainOf([{ a: 1 }]).replace('"a":1', '"a": 1');
    expect(readChain(spaced, sha256).fault).toEqual({ line: 1, why: expect.stringContaining("changed") as string });
  });
});
