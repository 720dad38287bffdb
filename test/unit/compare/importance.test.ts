import { describe, expect, it } from "vitest";
import { compareRuns } from "../../../src/core/compare/compareRuns";
import { importanceOf } from "../../../src/core/compare/importance";
import { correlationOf, correlationRatio, fToNormal, ranksOf, upperQuantile } from "../../../src/core/compare/rankStatistics";
import type { Importance } from "../../../src/protocol/compare";
import { comparedRuns, type RunFacts, seededRandom } from "../../builders/comparedRuns";

function importance(facts: readonly RunFacts[], metric = "acc"): Importance {
  return importanceOf(compareRuns(comparedRuns(...facts), 0), metric);
}

function shares(found: Importance): Record<string, number> {
  return Object.fromEntries(found.entries.map(({ key, share }) => [key, share]));
}

const indexes = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

describe("importanceOf", () => {
  it("finds the parameter that decides among 100 that do not", () => {
    const random = seededRandom(1);
    const facts = indexes(60).map(() => {
      const lr = random();
      const noise = indexes(100).map((index): [string, string] => [
        `noise${index}`,
        index % 2 === 0 ? String(random()) : (["a", "b", "c"][Math.floor(random() * 3)] ?? ""),
      ]);
      return { params: { lr: String(lr), ...Object.fromEntries(noise) }, metrics: { acc: Math.exp(3 * lr) + 0.05 * random() } };
    });
    const found = importance(facts);
    expect(found.enough).toBe(true);
    expect(found.entries[0]?.key).toBe("lr");
    expect(found.entries[0]).toMatchObject({ correlation: expect.closeTo(1, 1) as number });
    expect(found.entries[0]?.share).toBeGreaterThan(0.9);
    expect(found.entries.slice(1).reduce((sum, { share }) => sum + share, 0)).toBeLessThan(0.02);
    expect(found.entries).toHaveLength(101);
    expect(found.method).toMatch(/Spearman.*60 runs and 101 parameters/);
  });

  it("seldom sees anything in noise", () => {
    const random = seededRandom(2);
    const seen = indexes(200).filter(() => {
      const facts = indexes(12).map(() => ({
        params: { a: String(random()), b: String(Math.floor(random() * 3)), c: random() < 0.5 ? "x" : "y" },
        metrics: { acc: random() },
      }));
      return importance(facts).entries.some(({ share }) => share > 0);
    });
    expect(seen.length).toBeLessThan(200 * 0.08);
  });

  it("finds a category, a best value in the middle, and a value that is there or not", () => {
    const random = seededRandom(3);
    const category = indexes(40).map((index) => ({
      params: { opt: ["adam", "sgd"][index % 2] ?? "" },
      metrics: { acc: (index % 2) + random() / 2 },
    }));
    expect(shares(importance(category))["opt"]).toBeGreaterThan(0.6);
    expect(importance(category).entries[0]?.correlation).toBeNull();
    const hill = indexes(60).map((index) => ({ params: { depth: String(index) }, metrics: { acc: -((index - 29.5) ** 2) } }));
    expect(shares(importance(hill))["depth"]).toBeGreaterThan(0.5);
    expect(Math.abs(importance(hill).entries[0]?.correlation ?? 1)).toBeLessThan(0.1);
    const missing = indexes(40).map((index) => ({
      params: index % 2 === 0 ? { aug: "1" } : {},
      metrics: { acc: (index % 2) + random() / 2 },
    }));
    expect(shares(importance(missing))["aug"]).toBeGreaterThan(0.6);
  });

  it("leaves out what does not vary and lets a name that is different each time explain nothing", () => {
    const facts = indexes(20).map((index) => ({
      params: { constant: "1", folder: `run/${(index * 7) % 20}`, lr: String(index) },
      metrics: { acc: index },
    }));
    expect(shares(importance(facts))).toEqual({ lr: 1, folder: 0 });
  });

  it("copes with ties, missing values, NaN and infinities", () => {
    const facts = indexes(30).map((index) => ({
      params: index % 5 === 0 ? {} : { lr: String(Math.floor(index / 3)), odd: index > 25 ? "inf" : String(index) },
      metrics: index === 29 ? { acc: NaN } : index === 28 ? { acc: Infinity } : { acc: Math.floor(index / 2) },
    }));
    const found = importance(facts);
    expect(found.method).toContain("28 of 30 runs");
    for (const { share, correlation } of found.entries) {
      expect(share).toBeGreaterThan(0.3);
      expect(correlation).toBeGreaterThan(0.95);
    }
    expect(found.entries.reduce((sum, { share }) => sum + share, 0)).toBeLessThanOrEqual(1 + 1e-12);
  });

  it("does not let few runs with a parameter explain all runs", () => {
    const facts = indexes(100).map((index) => ({
      params: index < 10 ? { rare: String(index) } : {},
      metrics: { acc: (index * 37) % 101 },
    }));
    expect(shares(importance(facts))["rare"]).toBeLessThanOrEqual(0.1);
  });

  it("does not depend on the order of the runs", () => {
    const random = seededRandom(4);
    const facts = indexes(40).map(() => ({ params: { a: String(random()), b: random() < 0.5 ? "x" : "y" }, metrics: { acc: random() } }));
    const reversed = importance([...facts].reverse());
    for (const [index, entry] of importance(facts).entries.entries()) {
      expect(reversed.entries[index]?.key).toBe(entry.key);
      expect(reversed.entries[index]?.share).toBeCloseTo(entry.share, 12);
    }
  });

  it.each([
    ["too few runs", indexes(7).map((index) => ({ params: { lr: String(index) }, metrics: { acc: index } })), /Only 7 of 7 runs/],
    ["an unknown metric", indexes(9).map((index) => ({ params: { lr: String(index) } })), /Only 0 of 9 runs/],
    ["no parameter that varies", indexes(9).map((index) => ({ params: { lr: "1" }, metrics: { acc: index } })), /No parameter varies/],
    ["a metric that does not vary", indexes(9).map((index) => ({ params: { lr: String(index) }, metrics: { acc: 1 } })), /same value/],
    ["no runs", [], /Only 0 of 0 runs/],
  ])("says so for %s", (_, facts, sentence) => {
    expect(importance(facts)).toEqual({ entries: [], enough: false, method: expect.stringMatching(sentence) as string });
  });
});

describe("rank statistics", () => {
  it("agree with textbooks", () => {
    expect(ranksOf([10, 20, 20, 5])).toEqual([2, 3.5, 3.5, 1]);
    // Spearman's rho of the IQ and television example: -29/165.
    const iq = [86, 97, 99, 100, 101, 103, 106, 110, 112, 113];
    const hours = [2, 20, 28, 27, 50, 29, 7, 17, 6, 12];
    expect(correlationOf(ranksOf(iq), ranksOf(hours))).toBeCloseTo(-29 / 165, 12);
    // The correlation ratio's usual example of three subjects' marks: η² = 6780 / 9640.
    const marks = [45, 70, 29, 15, 21, 40, 20, 30, 42, 65, 95, 80, 70, 85, 73];
    const subject = [0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2];
    expect(correlationRatio(subject, marks)).toBeCloseTo(6780 / 9640, 12);
    // Quantiles of the normal and of the F distribution.
    expect(upperQuantile(0.025)).toBeCloseTo(1.96, 2);
    expect(fToNormal(4.964, 1, 10)).toBeCloseTo(1.645, 1);
    expect(fToNormal(2.87, 4, 20)).toBeCloseTo(1.645, 1);
  });
});
