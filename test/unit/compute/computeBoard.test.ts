import { describe, expect, it, onTestFinished } from "vitest";

import { AppError } from "../../../src/core/base/appError";
import type { CancelSignal } from "../../../src/core/base/cancel";
import type { ComputeSource, ProcessorSample } from "../../../src/core/compute/processor";
import { toPolicy } from "../../../src/core/config/policy";
import { ComputeBoard } from "../../../src/editor/compute/computeBoard";

const LOCAL: ComputeSource = { type: "local", address: null, instance: "gpu-a10" };
const RAY: ComputeSource = { type: "ray", address: "http://ray:8265", instance: null };
const POLICY = toPolicy({ prices: { currency: "EUR", instances: { "gpu-a10": 6 } }, idle: { gpu_below: 10 } });
const MINUTE = 60_000;

function gpu(use: number | null): readonly ProcessorSample[] {
  return [{ id: "0", node: "here", index: "0", name: null, use, memoryUsed: null, memoryTotal: null, power: null }];
}

/** A board over sources that answer as told, at a clock that is set by hand. */
function boardOf(answer: (source: ComputeSource) => readonly ProcessorSample[] | null, sources: () => readonly ComputeSource[]) {
  const clock = { now: 0 };
  const asked: string[] = [];
  const errors: unknown[] = [];
  const read = async (source: ComputeSource, signal: CancelSignal): Promise<readonly ProcessorSample[] | null> => {
    asked.push(source.type);
    await Promise.resolve();
    signal.throwIfAborted();
    return answer(source);
  };
  const services = { read, policy: () => Promise.resolve(POLICY), now: () => clock.now, dispose: () => undefined };
  const board = new ComputeBoard(
    services,
    sources,
    () => true,
    (error) => errors.push(error),
  );
  onTestFinished(() => board.dispose());
  return { board, clock, asked, errors };
}

describe("the board", () => {
  it("asks nothing before somebody looks, and then once for all who look at the same time", async () => {
    const { board, asked } = boardOf(
      () => gpu(0),
      () => [LOCAL],
    );
    expect(asked).toEqual([]);
    await Promise.all([board.ready(), board.ready(), board.refresh()]);
    expect(asked).toEqual(["local"]);
  });

  it("tells since when, and what the policy's price makes of it", async () => {
    const { board, clock } = boardOf(
      () => gpu(9),
      () => [LOCAL],
    );
    await board.ready();
    for (const at of [1, 2]) {
      clock.now = at * MINUTE;
      await board.refresh();
    }
    expect(board.all[0]?.nodes[0]).toMatchObject({ idleSince: 0, cost: { amount: 0.2, currency: "EUR" } });
  });

  it("keeps the reason of a source that fails beside those that answer, and takes it up where it was when it is soon back", async () => {
    let fails = false;
    const { board, clock, errors } = boardOf(
      (source) => {
        if (source.type === "ray" && fails) {
          throw new AppError("store/unreachable", "ray cannot be reached.");
        }
        return gpu(0);
      },
      () => [LOCAL, RAY],
    );
    await board.ready();
    fails = true;
    clock.now = MINUTE;
    await board.refresh();
    expect(board.all.map(({ problem, nodes }) => [problem, nodes.length])).toEqual([
      [null, 1],
      [expect.stringContaining("ray cannot be reached."), 0],
    ]);
    fails = false;
    clock.now = 2 * MINUTE;
    await board.refresh();
    expect(board.all[1]?.nodes[0]).toMatchObject({ idleSince: 0, cost: null });
    expect(errors).toEqual([]);
  });

  it("tells a machine without the program apart, and forgets a source that is named no more", async () => {
    let sources = [LOCAL, RAY];
    const { board, clock } = boardOf(
      (source) => (source.type === "local" ? null : gpu(0)),
      () => sources,
    );
    await board.ready();
    expect(board.all.map(({ isAbsent, nodes }) => [isAbsent, nodes.length])).toEqual([
      [true, 0],
      [false, 1],
    ]);
    sources = [LOCAL];
    await board.refresh();
    sources = [RAY];
    clock.now = MINUTE;
    await board.refresh();
    expect(board.all.map(({ nodes }) => nodes[0]?.idleSince)).toEqual([MINUTE]);
  });

  it("is quiet once it has ended", async () => {
    const { board, asked, errors } = boardOf(
      () => gpu(0),
      () => [LOCAL],
    );
    board.dispose();
    await board.ready();
    expect(board.all).toEqual([]);
    expect(errors).toEqual([]);
    expect(asked.length).toBeLessThanOrEqual(1);
  });
});
