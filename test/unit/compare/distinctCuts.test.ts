import { describe, expect, it } from "vitest";
import { distinctCuts } from "../../../src/core/compare/distinctCuts";
import { seededRandom } from "../../builders/comparedRuns";

const MAX = 300;

function shown(texts: readonly string[]): string[] {
  const cuts = distinctCuts(texts, MAX);
  return texts.map((text) => cuts.get(text) ?? text);
}

describe("distinctCuts", () => {
  it("leaves short texts alone", () => {
    expect(distinctCuts(["", "a", "x".repeat(MAX)], MAX)).toEqual(new Map());
  });

  it("shows where texts part that begin alike", () => {
    const texts = [`${"x".repeat(5000)}first${"y".repeat(500)}`, `${"x".repeat(5000)}second${"y".repeat(500)}`];
    const [a, b] = shown(texts);
    expect(a).toContain("xfirst");
    expect(b).toContain("xsecond");
    expect(Math.max(...shown(texts).map(({ length }) => length))).toBeLessThanOrEqual(MAX);
  });

  it("never shows two texts alike, whatever they share, in whatever order they come", () => {
    const random = seededRandom(3);
    const parts = ["x".repeat(MAX), "x".repeat(60), "ab", "🚀".repeat(200), " … ", " [2]", "y".repeat(1000)];
    const texts = new Set<string>();
    while (texts.size < 400) {
      texts.add(Array.from({ length: 1 + Math.floor(random() * 6) }, () => parts[Math.floor(random() * parts.length)] ?? "").join(""));
    }
    const list = [...texts];
    const first = shown(list);
    expect(new Set(first).size).toBe(list.length);
    const reversed = [...list].reverse();
    expect(shown(reversed).reverse()).toEqual(first);
  });

  it("tells a cut text from a whole one that looks like it", () => {
    const head = "x".repeat(MAX);
    expect(new Set(shown([head, `${head}x`, `${head}xx`])).size).toBe(3);
  });

  it("cuts no character in two", () => {
    const texts = ["a", "b"].map((end) => "🚀".repeat(1000) + end);
    expect(shown(texts).join("")).not.toMatch(/\p{Cs}/u);
  });
});
