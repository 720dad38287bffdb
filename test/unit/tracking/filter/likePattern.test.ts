import { describe, expect, it } from "vitest";
import { compareText } from "../../../../src/core/tracking/filter/compareText";
import { matchesLike } from "../../../../src/core/tracking/filter/likePattern";

describe("matchesLike", () => {
  it.each([
    ["abc", "abc", true],
    ["abc", "%", true],
    ["", "%", true],
    ["", "_", false],
    ["abc", "a_c", true],
    ["abc", "a%c%", true],
    ["abcabd", "%abd", true],
    ["aab", "%ab", true],
    ["abc", "ab", false],
    ["a\nb", "a%b", true],
    ["🚀", "_", true],
    ["50%", "50\\%", false],
    ["a.c", "a.c", true],
    ["abc", "a.c", false],
  ])("%j LIKE %j is %s", (text, pattern, expected) => {
    expect(matchesLike(text, pattern, false)).toBe(expected);
  });

  it("folds ASCII letters only", () => {
    expect(matchesLike("ADAM", "adam", false)).toBe(false);
    expect(matchesLike("ADAM", "aDa_", true)).toBe(true);
    expect(matchesLike("É", "é", true)).toBe(false);
  });

  it("ends in time on a pattern of many percent signs", () => {
    expect(matchesLike("a".repeat(5000), `${"%a".repeat(200)}b`, false)).toBe(false);
  });
});

describe("compareText", () => {
  it("orders by code point, as SQLite does", () => {
    const texts = ["🚀", "\uffff", "b", "a", "ab", "", "Z", "é", "\ue000"];
    expect([...texts].sort(compareText)).toEqual([...texts].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))));
  });
});
