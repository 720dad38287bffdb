import { describe, expect, it } from "vitest";

import { type QueueProgress, SlicedQueue } from "../../../src/editor/lint/slicedQueue";

const nobody = (): boolean => false;

describe("a queue in slices", () => {
  it("lets others have the thread before and after each item", async () => {
    const seen: string[] = [];
    const queue = new SlicedQueue(
      async (key) => void seen.push(key),
      async () => void seen.push("pause"),
      () => undefined,
    );
    queue.add(["a", "b"], nobody);
    expect(seen).not.toContain("a");
    await queue.idle();
    expect(seen).toEqual(["pause", "a", "pause", "b", "pause"]);
  });

  it("takes urgent items first, also those that waited already, and each once", async () => {
    const seen: string[] = [];
    const queue = new SlicedQueue(
      async (key) => {
        seen.push(key);
        if (key === "a") {
          queue.add(["d", "c"], (one) => one === "d");
          queue.add(["d", "b"], nobody);
        }
      },
      () => Promise.resolve(),
      () => undefined,
    );
    queue.add(["a", "b", "c"], nobody);
    await queue.idle();
    expect(seen).toEqual(["a", "d", "b", "c"]);
  });

  it("works again on an item that is added while it is worked on", async () => {
    const seen: string[] = [];
    const queue = new SlicedQueue(
      async (key) => {
        seen.push(key);
        if (seen.length === 1) {
          queue.add([key], nobody);
        }
      },
      () => Promise.resolve(),
      () => undefined,
    );
    queue.add(["a"], nobody);
    await queue.idle();
    expect(seen).toEqual(["a", "a"]);
  });

  it("says how far it has come, and when it is done", async () => {
    const told: (QueueProgress | null)[] = [];
    const queue = new SlicedQueue(
      () => Promise.resolve(),
      () => Promise.resolve(),
      (progress) => told.push(progress),
    );
    queue.add(["a", "b"], nobody);
    await queue.idle();
    queue.add(["c"], nobody);
    await queue.idle();
    expect(told).toEqual([{ done: 0, total: 2 }, { done: 1, total: 2 }, null, { done: 0, total: 1 }, null]);
  });

  it("drops what waits when it is cleared or disposed, or the item is removed", async () => {
    const seen: string[] = [];
    const queue = new SlicedQueue(
      async (key) => {
        seen.push(key);
        if (key === "a") {
          queue.remove("b");
        } else {
          queue.dispose();
        }
      },
      () => Promise.resolve(),
      () => undefined,
    );
    queue.add(["a", "b", "c", "d"], nobody);
    await queue.idle();
    queue.add(["e"], nobody);
    await queue.idle();
    expect(seen).toEqual(["a", "c"]);
  });
});
