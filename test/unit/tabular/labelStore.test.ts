import { describe, expect, it } from "vitest";

import { LabelStore } from "../../../src/core/tabular/labelStore";

describe("LabelStore", () => {
  it("tells labels apart whose hashes are equal", () => {
    // Among so many labels some thirty pairs have the same 32 bits.
    const count = 500_000;
    const store = new LabelStore(0);
    const encoder = new TextEncoder();
    const codes = new Set<number>();
    for (let index = 0; index < count; index++) {
      const bytes = encoder.encode(`label ${index * 7919}`);
      codes.add(store.code(bytes, 0, bytes.length));
    }
    expect(codes.size).toBe(count);
    const again = encoder.encode("label 0");
    expect(store.code(again, 0, again.length)).toBe(0);
  });

  it("keeps only labels that rows have, in the order of the rows", () => {
    const store = new LabelStore(0);
    const codes = store.reserve(4);
    ["a", "b", "", "c", "b"].forEach((text, row) => {
      const bytes = new TextEncoder().encode(text);
      const code = store.code(bytes, 0, bytes.length);
      codes[row === 4 ? 0 : row] = code;
    });
    expect(store.take(4)).toEqual({ codes: Int32Array.of(0, 0, 1, 2), labels: ["b", "", "c"] });
    store.pick(Float64Array.of(3, 1));
    expect(store.take(2)).toEqual({ codes: Int32Array.of(0, 1), labels: ["c", "b"] });
    expect(store.take(3).codes).toEqual(Int32Array.of(0, 1, -1));
  });

  it("takes no more texts than there is room for, and says so", () => {
    const store = new LabelStore(0, 5);
    const bytes = new TextEncoder().encode("abcdef");
    expect([store.code(bytes, 0, 3), store.code(bytes, 3, 5), store.isFull]).toEqual([0, 1, false]);
    expect([store.code(bytes, 2, 6), store.code(bytes, 0, 3), store.isFull]).toEqual([-1, 0, true]);
  });
});
