import { describe, expect, it } from "vitest";

import { compareQuarters, type Sample } from "../../soak/samples";

const flat: Sample = { heap: 50e6, reader: 20e6, resident: 200e6, files: 30, resources: 3 };
const series = (change: (index: number) => Partial<Sample>): Sample[] =>
  Array.from({ length: 40 }, (_, index) => ({ ...flat, ...change(index) }));
const growing = (samples: readonly Sample[]): string[] => compareQuarters(samples).flatMap(({ what, isFlat }) => (isFlat ? [] : what));

describe("What is held at the end of a soak", () => {
  it("is flat where it goes up and down", () => {
    expect(growing(series((index) => ({ heap: 50e6 + (index % 5) * 10e6, files: 30 + (index % 3) })))).toEqual([]);
  });

  it("does not count what the first readings hold", () => {
    expect(growing(series((index) => ({ heap: index < 4 ? 20e6 : 60e6 })))).toEqual([]);
  });

  it("grows where little is left behind each time", () => {
    expect(growing(series((index) => ({ heap: 50e6 + index * 0.5e6 })))).toEqual(["heap"]);
    expect(growing(series((index) => ({ reader: 20e6 + index * 0.5e6 })))).toEqual(["reader"]);
    expect(growing(series((index) => ({ files: 30 + Math.floor(index / 5), resources: 3 + Math.floor(index / 5) })))).toEqual([
      "files",
      "resources",
    ]);
    expect(growing(series((index) => ({ resident: 200e6 + index * 3e6 })))).toEqual(["resident"]);
  });
});
