import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { dueReminders, type Reminded } from "../../../src/core/compute/dueReminders";
import { followProcessors, type ProcessorState } from "../../../src/core/compute/followProcessors";
import { nodeStates } from "../../../src/core/compute/nodeStates";
import type { ProcessorSample } from "../../../src/core/compute/processor";

const LIMITS = { gpuBelow: 5, maxGapMs: 180_000 };
const MINUTE = 60_000;
const PRICE = { perHour: 3, currency: "EUR" };

function sample(id: string, use: number | null, node = "a"): ProcessorSample {
  return { id, node, index: id, name: null, use, memoryUsed: null, memoryTotal: null, power: null };
}

/** The states after readings of one use each, a minute apart. */
function after(...uses: readonly (readonly (number | null)[])[]): readonly ProcessorState[] {
  return uses.reduce<readonly ProcessorState[]>(
    (before, row, at) =>
      followProcessors(
        before,
        row.map((use, id) => sample(String(id), use)),
        at * MINUTE,
        LIMITS,
      ),
    [],
  );
}

describe("what is followed", () => {
  it("is idle since the first reading below the limit without a gap since", () => {
    expect(after([90], [4.9], [0], [1])[0]).toMatchObject({ state: "idle", since: MINUTE, at: 3 * MINUTE });
    expect(after([1], [5], [1])[0]).toMatchObject({ state: "idle", since: 2 * MINUTE });
  });

  it("is never idle while nobody measures it, and begins anew after that", () => {
    expect(after([0], [null])[0]).toMatchObject({ state: "unknown", since: MINUTE });
    expect(after([0], [null], [0])[0]).toMatchObject({ state: "idle", since: 2 * MINUTE });
  });

  it("begins anew after a gap, because nobody saw what was between, and where the clock went back", () => {
    const first = followProcessors([], [sample("0", 0)], 1_000_000, LIMITS);
    expect(followProcessors(first, [sample("0", 0)], 1_000_000 + 180_000, LIMITS)[0]?.since).toBe(1_000_000);
    expect(followProcessors(first, [sample("0", 0)], 1_000_000 + 180_001, LIMITS)[0]?.since).toBe(1_180_001);
    expect(followProcessors(first, [sample("0", 0)], 999_000, LIMITS)[0]?.since).toBe(999_000);
  });

  it("forgets what is gone", () => {
    expect(followProcessors(after([0, 0]), [sample("1", 0)], 2 * MINUTE, LIMITS).map(({ sample: { id } }) => id)).toEqual(["1"]);
  });

  it("says for any uses exactly what a count from the end says", () => {
    const use = fc.option(fc.integer({ min: 0, max: 10 }));
    fc.assert(
      fc.property(fc.array(use, { minLength: 1, maxLength: 30 }), (uses) => {
        const word = (one: number | null): string => (one === null ? "unknown" : one < 5 ? "idle" : "busy");
        const last = word(uses.at(-1) ?? null);
        const run = uses.length - 1 - uses.findLastIndex((one) => word(one) !== last);
        expect(after(...uses.map((one) => [one]))[0]).toMatchObject({ state: last, since: (uses.length - run) * MINUTE });
      }),
    );
  });
});

describe("a machine", () => {
  it("costs for nothing only while all of it is idle, from the last that stopped", () => {
    const [idle] = nodeStates(after([0, 90], [0, 0], [0, 0]), PRICE, 61 * MINUTE);
    expect(idle).toMatchObject({ idleSince: MINUTE, cost: { amount: 3, currency: "EUR" } });
    expect(nodeStates(after([0, 90]), PRICE, 0)[0]).toMatchObject({ idleSince: null, cost: null });
    expect(nodeStates(after([0, null]), PRICE, 0)[0]).toMatchObject({ idleSince: null, cost: null });
    expect(nodeStates(after([0]), null, MINUTE)[0]).toMatchObject({ idleSince: 0, cost: null });
  });

  it("is told apart from others", () => {
    const states = followProcessors([], [sample("0", 0, "a"), sample("1", 90, "b"), sample("2", 0, "a")], 0, LIMITS);
    expect(nodeStates(states, PRICE, 0).map(({ node, processors }) => [node, processors.length])).toEqual([
      ["a", 2],
      ["b", 1],
    ]);
  });

  it("costs twice as much at twice the price, and its time adds up", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e9 }), fc.double({ min: 0, max: 100, noNaN: true }), (ms, perHour) => {
        const at = (price: number, now: number): number =>
          nodeStates(after([0]), { perHour: price, currency: "EUR" }, now)[0]?.cost?.amount ?? -1;
        expect(at(2 * perHour, ms)).toBeCloseTo(2 * at(perHour, ms), 6);
        expect(at(perHour, 2 * ms)).toBeCloseTo(2 * at(perHour, ms), 6);
      }),
    );
  });
});

describe("a reminder", () => {
  const nodesOf = (states: readonly ProcessorState[], now: number): ReturnType<typeof nodeStates> => nodeStates(states, PRICE, now);

  it("comes once for each idle time that is longer than allowed", () => {
    const reminded: Reminded = new Map();
    const told = (states: readonly ProcessorState[], now: number): number =>
      dueReminders(nodesOf(states, now), 2 * MINUTE, now, reminded, "local").length;
    expect(told(after([0], [0]), MINUTE)).toBe(0);
    expect(told(after([0], [0], [0]), 2 * MINUTE)).toBe(1);
    expect(told(after([0], [0], [0], [0]), 3 * MINUTE)).toBe(0);
    expect(told(after([0], [0], [0], [0], [90]), 4 * MINUTE)).toBe(0);
    expect(reminded.size).toBe(0);
    expect(told(after([90], [90], [90], [90], [90], [0], [0], [0]), 7 * MINUTE)).toBe(1);
  });

  it("counts those that are idle of a machine that works, and keeps sources apart", () => {
    const reminded: Reminded = new Map();
    const states = after([0, 90, null], [0, 90, null], [0, 90, null]);
    const [one] = dueReminders(nodesOf(states, 2 * MINUTE), MINUTE, 2 * MINUTE, reminded, "ray x");
    expect(one).toMatchObject({ idle: 1, since: 0, node: { idleSince: null } });
    expect(dueReminders(nodesOf(states, 2 * MINUTE), MINUTE, 2 * MINUTE, reminded, "local")).toHaveLength(1);
    expect(dueReminders([], MINUTE, 2 * MINUTE, reminded, "ray x")).toEqual([]);
    expect([...reminded.keys()]).toEqual(["local 0"]);
  });
});
