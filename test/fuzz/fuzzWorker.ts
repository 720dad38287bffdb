import { parentPort, workerData } from "node:worker_threads";

import { type FuzzTarget, whyNoRefusal } from "./fuzzTarget";
import { inputOf } from "./inputOf";
import { FUZZ_TARGETS } from "./targets";

/** A stretch of one target's inputs. */
export interface FuzzWork {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

export interface FuzzOrder {
  readonly seed: number;
  readonly work: readonly FuzzWork[];
  /** Which piece of work goes on, and which of its inputs: read by whoever watches, also while this thread hangs. */
  readonly at: Int32Array;
}

export type FuzzNews =
  | { readonly kind: "crash"; readonly name: string; readonly index: number; readonly why: string; readonly stack: string }
  | {
      readonly kind: "done";
      readonly name: string;
      readonly inputs: number;
      readonly tookMs: number;
      readonly slowestMs: number;
      readonly slowest: number;
    };

/** Of one kind of crash so many are told. */
const MOST_ALIKE = 3;
const order = workerData as FuzzOrder;
const told = new Map<string, number>();
let current: FuzzWork | undefined;

// What is thrown where nobody waits for it belongs to the input that is at work.
process.on("uncaughtException", tell);
process.on("unhandledRejection", tell);

function tell(error: unknown): void {
  const why = whyNoRefusal(error);
  const { name } = current ?? { name: "" };
  const stack = error instanceof Error ? (error.stack ?? "") : String(error);
  const kind = `${name} ${error instanceof Error ? error.name : ""} ${stack.split("\n").find((line) => /^\s+at /.test(line)) ?? why}`;
  const count = (told.get(kind) ?? 0) + 1;
  told.set(kind, count);
  if (why !== null && count <= MOST_ALIKE) {
    post({ kind: "crash", name, index: order.at[1] ?? 0, why, stack: stack.split("\n").slice(0, 12).join("\n") });
  }
}

function post(news: FuzzNews): void {
  parentPort?.postMessage(news);
}

async function runAll(): Promise<void> {
  for (const [piece, work] of order.work.entries()) {
    const target = FUZZ_TARGETS.find(({ name }) => name === work.name);
    if (target === undefined) {
      throw new Error(`There is no target ${work.name}.`);
    }
    current = work;
    Atomics.store(order.at, 1, work.from);
    Atomics.store(order.at, 0, piece);
    await runOne(target, work);
  }
}

async function runOne(target: FuzzTarget, { name, from, to }: FuzzWork): Promise<void> {
  const seeds = target.seeds();
  const opened = await target.open();
  let [slowestMs, slowest, tookMs] = [0, from, 0];
  for (let index = from; index < to; index += 1) {
    Atomics.store(order.at, 1, index);
    const input = inputOf(target, seeds, order.seed, index);
    const begin = performance.now();
    try {
      await opened.run(input);
    } catch (error) {
      tell(error);
    }
    const took = performance.now() - begin;
    tookMs += took;
    [slowestMs, slowest] = took > slowestMs ? [took, index] : [slowestMs, slowest];
  }
  await opened.close?.();
  post({ kind: "done", name, inputs: to - from, tookMs, slowestMs, slowest });
}

if (parentPort !== null) {
  void runAll();
}
