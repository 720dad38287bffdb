import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { chunkTimes, windowAt, windowLabel } from "../../../../src/core/drift/chunks/windowLength";

const DAY = 86_400_000;
const START = Date.UTC(2026, 10, 2);

describe("windows of so many rows", () => {
  it("hold them in the order of time, what is left over with the last", () => {
    const times = Float64Array.from({ length: 23 }, (_, row) => START + row * DAY);
    const chunks = chunkTimes(times, 5);
    expect(chunks.map(({ from, to }) => to - from)).toEqual([5, 5, 5, 8]);
    expect(chunks[0]).toMatchObject({ start: START, end: START + 5 * DAY, label: "2026-11-02 00:00 to 2026-11-06 23:59" });
    expect(chunks.at(-1)?.end).toBe(START + 22 * DAY + 1);
  });

  it("keep rows of one moment together", () => {
    const chunks = chunkTimes(Float64Array.from([1, 1, 1, 1, 2, 2, 3, 4]), 2);
    expect(chunks.map(({ from, to, start, end }) => [from, to, start, end])).toEqual([
      [0, 4, 1, 2],
      [4, 6, 2, 3],
      [6, 8, 3, 5],
    ]);
    expect(chunkTimes(Float64Array.from([7, 7, 7]), 1)).toHaveLength(1);
  });

  it("leave out times that no calendar has, and are none without rows", () => {
    expect(chunkTimes(new Float64Array(0), 5)).toEqual([]);
    expect(chunkTimes(Float64Array.from([Infinity]), 5)).toEqual([]);
    expect(chunkTimes(Float64Array.from([-Infinity, 1, 2, Infinity]), 1).map(({ start }) => start)).toEqual([1, 2]);
  });

  it("can be found again by their times: each row lies in the window that counts it, whatever the times", () => {
    const some = fc.array(fc.double({ min: -8e15, max: 8e15, noNaN: true }), { minLength: 1, maxLength: 60 });
    const same = fc.array(fc.integer({ min: 0, max: 8 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(fc.oneof(some, same), fc.integer({ min: 1, max: 20 }), (values, size) => {
        const times = Float64Array.from(values).sort();
        const chunks = chunkTimes(times, size);
        expect(chunks.reduce((sum, { from, to }) => sum + to - from, 0)).toBe(times.length);
        for (const { from, to, start, end } of chunks) {
          const inside = times.filter((time) => time >= (start ?? Infinity) && time < (end ?? -Infinity));
          expect(inside).toHaveLength(to - from);
        }
        const windows = chunks.map(({ start, end }) => ({ from: start ?? 0, to: end ?? 0 }));
        expect(windowAt(times[0] ?? 0, size, windows)).toEqual(windows[0]);
      }),
    );
  });

  it("are as before for parts of time", () => {
    const [week] = chunkTimes(Float64Array.from([START, START + 3 * DAY]), "week");
    expect(week).toMatchObject({ from: 0, to: 2, start: START, end: START + 7 * DAY, label: "2026-11-02 to 2026-11-08" });
    expect(windowLabel(START, START + 7 * DAY, "week")).toBe("2026-11-02 to 2026-11-08");
    expect(windowAt(START + DAY, "day", [])).toEqual({ from: START + DAY, to: START + 2 * DAY });
    expect(windowAt(START, 100, [])).toBeNull();
    expect(windowAt(Number.NaN, "week", [])).toBeNull();
  });
});
