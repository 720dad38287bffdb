import { describe, expect, it } from "vitest";

import { followId } from "../../../../webview-ui/shared/virtualTable/followId";

describe("followId", () => {
  it.each([
    ["stays with a line that others push down", ["a", "b"], ["x", "a", "b"], 1, 2],
    ["stays where nothing moved", ["a", "b"], ["a", "b", "c"], 1, 1],
    ["goes to the heading under which its line was folded away", ["h", "a", "b", "i"], ["h", "i"], 2, 0],
    ["finds nothing when all lines went", ["a"], [], 0, null],
    ["finds nothing for a place outside of the lines, such as the headings", ["a"], ["b", "a"], -1, null],
  ])("%s", (_name, before, after, at, expected) => {
    expect(followId(before, after, at)).toBe(expected);
  });
});
