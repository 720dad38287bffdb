import { expect, it } from "vitest";

import { mergeSort } from "../../../src/core/table/mergeSort";
import { runNow } from "../../../src/core/table/work";

it.each([0, 1, 2, 15, 16, 17, 1000, 4097])("sorts %i items as the platform does, stably", (length) => {
  const values = Array.from({ length }, (_, at) => (at * 7919) % 13);
  const items = Uint32Array.from({ length }, (_, at) => at);
  const compare = (a: number, b: number): number => (values[a] ?? 0) - (values[b] ?? 0);
  expect([...runNow(mergeSort(items, compare))]).toEqual([...items].sort(compare));
  expect([...items]).toEqual(Array.from({ length }, (_, at) => at));
});

it("pauses on the way, so that others have their turn", () => {
  const items = Uint32Array.from({ length: 100_000 }, (_, at) => (at * 7919) % 100_003);
  const work = mergeSort(items, (a, b) => a - b);
  let pauses = 0;
  while (work.next().done !== true) {
    pauses++;
  }
  expect(pauses).toBeGreaterThan(10);
});
