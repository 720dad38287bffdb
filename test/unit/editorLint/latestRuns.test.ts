import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { LatestRuns } from "../../../src/editor/lint/latestRuns";

/** Work that ends when the test says so. */
function controlledWork(): {
  readonly started: { readonly key: string; readonly signal: AbortSignal; readonly finish: (error?: Error) => void }[];
  readonly work: (key: string, signal: AbortSignal) => Promise<void>;
} {
  const started: ReturnType<typeof controlledWork>["started"] = [];
  return {
    started,
    work: (key, signal) =>
      new Promise((resolve, reject) => {
        started.push({ key, signal, finish: (error) => (error === undefined ? resolve() : reject(error)) });
      }),
  };
}

describe("work of which only the latest counts", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("starts once after the last of many requests", () => {
    const { started, work } = controlledWork();
    const runs = new LatestRuns(work, () => undefined);
    for (let times = 0; times < 5; times++) {
      runs.request("a", 150);
      vi.advanceTimersByTime(149);
    }
    expect(started).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(started.map(({ key }) => key)).toEqual(["a"]);
  });

  it("ends work that is under way when the same is asked for again, and leaves other work alone", () => {
    const { started, work } = controlledWork();
    const runs = new LatestRuns(work, () => undefined);
    runs.request("a", 0);
    runs.request("b", 0);
    vi.advanceTimersByTime(0);
    runs.request("a", 150);
    expect(started.map(({ key, signal }) => [key, signal.aborted])).toEqual([
      ["a", true],
      ["b", false],
    ]);
  });

  it("works at once in place of a request that waits", async () => {
    const { started, work } = controlledWork();
    const runs = new LatestRuns(work, () => undefined);
    runs.request("a", 150);
    const done = runs.now("a");
    started[0]!.finish();
    await done;
    vi.advanceTimersByTime(1000);
    expect(started).toHaveLength(1);
  });

  it("tells of failures, but not of work that was cancelled", async () => {
    const { started, work } = controlledWork();
    const told: unknown[] = [];
    const runs = new LatestRuns(work, (error) => told.push(error));
    const first = runs.now("a");
    const second = runs.now("b");
    runs.cancel("a");
    started[0]!.finish(new DOMException("gone", "AbortError"));
    started[1]!.finish(new Error("broken"));
    await Promise.all([first, second]);
    expect(told).toEqual([new Error("broken")]);
  });

  it("starts nothing and ends everything once it is disposed", () => {
    const { started, work } = controlledWork();
    const runs = new LatestRuns(work, () => undefined);
    runs.request("a", 0);
    vi.advanceTimersByTime(0);
    runs.request("b", 150);
    runs.dispose();
    vi.advanceTimersByTime(1000);
    expect(started.map(({ key, signal }) => [key, signal.aborted])).toEqual([["a", true]]);
  });
});
