import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { type HashProgress, sayHashing } from "../../../src/core/deployment/hashProgress";

function told(progress: readonly HashProgress[]): readonly (string | null)[] {
  const said: (string | null)[] = [];
  const take = sayHashing((step) => said.push(step));
  progress.forEach(take);
  return said;
}

describe("progress of hashing in words", () => {
  it("is told in the unit of the whole, and taken away at the end", () => {
    expect(
      told([
        { bytes: 1_000_000, total: 5_600_000_000 },
        { bytes: 3_200_000_000, total: 5_600_000_000 },
        { bytes: 5_600_000_000, total: 5_600_000_000 },
      ]),
    ).toEqual(["Hashing the model: 0.0 of 5.6 GB", "Hashing the model: 3.2 of 5.6 GB", null]);
    expect(told([{ bytes: 120_000_000, total: 480_000_000 }])).toEqual(["Hashing the model: 120 of 480 MB"]);
    expect(told([{ bytes: 250_000_000_000, total: 1_500_000_000_000 }])).toEqual(["Hashing the model: 0.25 of 1.50 TB"]);
  });

  it("is not told of what is read in a moment, nor where nobody knows the whole", () => {
    expect(told([{ bytes: 10, total: 19_000_000 }])).toEqual([]);
    expect(told([{ bytes: 500_000_000, total: 0 }])).toEqual([]);
  });

  it("is told at most once a percent, whatever the pieces, and never of more than there is", () => {
    const pieces = fc.array(fc.integer({ min: 1, max: 50_000_000 }), { minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(pieces, fc.integer({ min: 20_000_000, max: 4_000_000_000 }), (sizes, total) => {
        let bytes = 0;
        const said = told(sizes.map((size) => ({ bytes: (bytes += size), total })));
        expect(said.length).toBeLessThanOrEqual(101);
        expect(said.filter((step) => step === null).length).toBe(bytes >= total ? 1 : 0);
        for (const step of said) {
          const [, done, whole] = /: ([\d.]+) of ([\d.]+) [MGT]B$/.exec(step ?? ": 0 of 0 MB") ?? [];
          expect(Number(done)).toBeLessThanOrEqual(Number(whole));
        }
      }),
    );
  });
});
