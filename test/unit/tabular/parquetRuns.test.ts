import { describe, expect, it } from "vitest";

import { checkRuns } from "../../../src/adapters/tabular/parquetRuns";

/** Header of a run: twice its length, odd where its values are packed in groups of eight. */
const repeated = (count: number, ...value: readonly number[]): readonly number[] => [...varint(count * 2), ...value];
const packed = (groups: number, ...bytes: readonly number[]): readonly number[] => [...varint(groups * 2 + 1), ...bytes];

function varint(value: number): readonly number[] {
  return value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];
}

describe("The runs of a page", () => {
  it.each([
    ["one run", repeated(60, 1), 1, 60],
    ["two kinds of runs", [...repeated(8, 1), ...packed(2, 0xff, 0x0f)], 1, 24],
    ["a last group that is not full", packed(1, 0xff), 1, 3],
    ["wide values", repeated(5, 1, 2), 12, 5],
    ["too few bytes, which the library tells", [0x80], 1, 9],
    ["nothing", [], 1, 9],
  ])("are taken with %s", (_, bytes, width, values) => {
    expect(() => checkRuns(Uint8Array.from(bytes), 0, width, values)).not.toThrow();
  });

  it.each([
    ["a run of a billion", repeated(1_000_000_000, 1)],
    ["a billion groups", packed(250_000_000, 1)],
    ["a header that is negative where it is read as 32 bits", packed(2 ** 30, 1)],
    ["a good run before it", [...repeated(4, 1), ...repeated(2 ** 29, 1)]],
  ])("are refused with %s", (_, bytes) => {
    expect(() => checkRuns(Uint8Array.from(bytes), 0, 1, 60)).toThrow("A page claims more values than it has.");
  });
});
