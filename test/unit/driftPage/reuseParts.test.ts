import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { reuseParts } from "../../../webview-ui/drift/reuseParts";

const data = fc.jsonValue({ maxDepth: 4 });

describe("reuseParts", () => {
  it("equals the new value, whatever the old one was", () => {
    fc.assert(
      fc.property(data, data, (before, next) => {
        expect(reuseParts(before, next)).toEqual(next);
      }),
    );
  });

  it("is the old object where both are equal", () => {
    fc.assert(
      fc.property(data, (value) => {
        expect(Object.is(reuseParts(value, structuredClone(value)), value)).toBe(true);
      }),
    );
  });

  it("keeps the parts that stayed and replaces only what changed", () => {
    const before = { windows: [{ rows: 1 }, { rows: 2 }], marks: [{ time: 1 }], progress: { done: 1 } };
    const next = { windows: [{ rows: 1 }, { rows: 3 }], marks: [{ time: 1 }], progress: { done: 2 } };
    const merged = reuseParts(before, next);
    expect(merged).toEqual(next);
    expect(merged.marks).toBe(before.marks);
    expect(merged.windows[0]).toBe(before.windows[0]);
    expect(merged.windows).not.toBe(before.windows);
  });

  it("does not take a shorter list, or one field fewer, for the same", () => {
    expect(reuseParts([1, 2], [1])).toEqual([1]);
    expect(reuseParts([1], [1, 2])).toEqual([1, 2]);
    expect(reuseParts({ a: 1, b: 2 }, { a: 1 })).toEqual({ a: 1 });
    expect(reuseParts({ a: 1 }, { b: undefined })).toEqual({ b: undefined });
  });
});
