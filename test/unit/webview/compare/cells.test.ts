// @vitest-environment happy-dom
import { describe, expect, it } from "vitest";

import { cellText, cellTitle, judgedNumber } from "../../../../webview-ui/compare/cellValues";
import { absoluteText, deltaOf, deltaSentence } from "../../../../webview-ui/compare/deltas";
import { row } from "./comparisonRow";

const metric = (...cells: Parameters<typeof row>[1]): ReturnType<typeof row> => row("m", cells, { section: "metrics", kind: "number" });

describe("cells", () => {
  it("tell a missing value from an empty text and from NaN", () => {
    expect(cellText(row("p", [null, "", "null"]), 0)).toBeNull();
    expect(cellText(row("p", [null, "", "null"]), 1)).toBe("");
    expect(cellText(row("p", [null, "", "null"]), 2)).toBe("null");
    expect(cellText(metric("NaN", null), 0)).toMatch(/NaN/);
    expect(judgedNumber(metric("NaN", "Infinity", 1), 0)).toBeNull();
    expect(judgedNumber(metric("NaN", "Infinity", 1), 1)).toBeNull();
  });

  it("have as many digits as tell the numbers of a row apart", () => {
    const close = metric(0.123456789, 0.123456788);
    expect(cellText(close, 0)).not.toBe(cellText(close, 1));
    expect(cellText(metric(0.5, 0.25), 0)).toBe("0.5");
  });

  it("say that a text was cut, and how long it is", () => {
    const long = row("p", [{ text: "abc", length: 5000 }, "abc"]);
    expect(cellText(long, 0)).toBe("abc…");
    expect(cellTitle(long, 0)).toMatch(/5,000 characters/);
  });

  it("show a group's mean, its spread and of how many", () => {
    const grouped = metric({ mean: 0.5, spread: 0.1, count: 3 }, { mean: 0.7, spread: null, count: 1 });
    expect(cellText(grouped, 0)).toBe("0.5 ± 0.1 (n=3)");
    expect(cellText(grouped, 1)).toBe("0.7");
  });
});

describe("deltaOf", () => {
  it("is absolute and relative to the size of the baseline, whatever its sign", () => {
    expect(deltaOf(metric(-2, -1), 1, 0)).toEqual({ absolute: 1, relative: 0.5 });
    expect(deltaOf(metric(0, 3), 1, 0)).toEqual({ absolute: 3, relative: null });
  });

  it("is none where a number lacks, is not finite, or is a time", () => {
    expect(deltaOf(metric(null, 1), 1, 0)).toBeNull();
    expect(deltaOf(metric("NaN", 1), 1, 0)).toBeNull();
    expect(deltaOf(metric(-1.7e308, 1.7e308), 1, 0)).toBeNull();
    expect(deltaOf(row("start", [1, 2], { section: "summary", kind: "time" }), 1, 0)).toBeNull();
  });

  it("reads as a sentence that says better or worse by the row's direction", () => {
    const loss = { ...metric(0.4, 0.3), verdicts: "b+" };
    const delta = deltaOf(loss, 1, 0);
    expect(delta).not.toBeNull();
    if (delta !== null) {
      expect(absoluteText(loss, delta)).toBe("−0.1");
      expect(deltaSentence(loss, 1, delta)).toBe("Better than the baseline: −0.1 (−25 %)");
      expect(deltaSentence({ ...loss, verdicts: "b-" }, 1, delta)).toMatch(/^Worse/);
    }
  });
});
