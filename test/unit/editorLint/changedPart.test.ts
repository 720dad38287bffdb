import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { applyEdits } from "../../../src/core/base/textEdit";
import { changedPart } from "../../../src/editor/lint/changedPart";

describe("the changed part of a text", () => {
  it("is nothing where nothing has changed", () => {
    expect(changedPart("a\nb\n", "a\nb\n")).toBeNull();
  });

  it("is made of whole lines", () => {
    expect(changedPart("a: 1\nb: 2\nc: 3\n", "a: 1\nb: 4\nc: 3\n")).toEqual({ range: { start: 5, end: 10 }, text: "b: 4\n" });
  });

  it("makes the second text of any first one", () => {
    const text = fc.array(fc.constantFrom("a", "b", "\n", "\r\n", "😀", "")).map((parts) => parts.join(""));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const part = changedPart(before, after);
        expect(part === null ? before : applyEdits(before, [part])).toBe(after);
      }),
    );
  });
});
