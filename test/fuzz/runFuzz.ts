import { Worker } from "node:worker_threads";

import type { FuzzNews, FuzzOrder, FuzzWork } from "./fuzzWorker";
import { FUZZ_TARGETS } from "./targets";

export interface FuzzOptions {
  /** The bundle of fuzzWorker.ts. */
  readonly worker: string;
  readonly seed: number;
  readonly work: readonly FuzzWork[];
  /** Milliseconds after which an input counts as one without an end; its thread is ended then. */
  readonly patienceMs: number;
  readonly onDone?: (result: FuzzResult) => void;
}

export interface FuzzCrash {
  readonly name: string;
  readonly index: number;
  readonly why: string;
  readonly stack: string;
}

export interface FuzzResult {
  readonly name: string;
  readonly inputs: number;
  readonly tookMs: number;
  readonly slowestMs: number;
  /** Which input took longest. */
  readonly slowest: number;
}

export interface FuzzReport {
  readonly results: readonly FuzzResult[];
  readonly crashes: readonly FuzzCrash[];
}

/** So many inputs that end the thread are enough to know that something is wrong with a target. */
const MOST_DEATHS = 5;
const LOOK_MS = 200;

/** Shares a number of inputs out among targets. @param names all where it is empty. @param least of each. */
export function shareOut(total: number, names: readonly string[], least = 1): readonly FuzzWork[] {
  const targets = FUZZ_TARGETS.filter(({ name }) => names.length === 0 || names.includes(name));
  const shares = targets.reduce((sum, { share = 100 }) => sum + share, 0);
  return targets.map(({ name, share = 100 }) => ({ name, from: 0, to: Math.max(least, Math.ceil((total * share) / shares)) }));
}

/** Runs inputs in a thread, which is ended and followed by another one where an input has no end or takes all memory. */
export async function runFuzz(options: FuzzOptions): Promise<FuzzReport> {
  const [results, crashes]: [FuzzResult[], FuzzCrash[]] = [[], []];
  const deaths = new Map<string, number>();
  let work = options.work;
  while (work.length > 0) {
    const end = await runThread(options, work, results, crashes);
    if (end === null) {
      break;
    }
    const [piece, index] = end.at;
    const { name = "", to = 0 } = work[piece] ?? {};
    crashes.push({ name, index, why: end.why, stack: "" });
    deaths.set(name, (deaths.get(name) ?? 0) + 1);
    const isEnough = index + 1 >= to || (deaths.get(name) ?? 0) >= MOST_DEATHS;
    work = [...(isEnough ? [] : [{ name, from: index + 1, to }]), ...work.slice(piece + 1)];
  }
  return { results, crashes };
}

interface Death {
  readonly at: readonly [piece: number, index: number];
  readonly why: string;
}

/** @returns where and why the thread ended; null where it did all of its work. */
function runThread(
  { worker, seed, patienceMs, onDone }: FuzzOptions,
  work: readonly FuzzWork[],
  results: FuzzResult[],
  crashes: FuzzCrash[],
): Promise<Death | null> {
  const at = new Int32Array(new SharedArrayBuffer(8));
  const order: FuzzOrder = { seed, work, at };
  const thread = new Worker(worker, {
    workerData: order,
    resourceLimits: { maxOldGenerationSizeMb: 1500 },
    execArgv: ["--disable-warning=ExperimentalWarning"],
  });
  const place = (): readonly [number, number] => [Atomics.load(at, 0), Atomics.load(at, 1)];
  let done = 0;
  return new Promise((resolve) => {
    let [before, since] = ["", Date.now()];
    const watch = setInterval(() => {
      const now = place().join();
      if (now !== before) {
        [before, since] = [now, Date.now()];
      } else if (Date.now() - since > patienceMs) {
        finish({ at: place(), why: `it had no end within ${Math.round(patienceMs / 1000)} s` });
      }
    }, LOOK_MS);
    const finish = (death: Death | null): void => {
      clearInterval(watch);
      thread.removeAllListeners();
      // A thread that is ended may still say so.
      thread.on("error", () => undefined);
      void thread.terminate().then(() => resolve(death));
    };
    thread.on("message", (news: FuzzNews) => {
      if (news.kind === "crash") {
        crashes.push(news);
        return;
      }
      done += 1;
      results.push(news);
      onDone?.(news);
      if (done === work.length) {
        finish(null);
      }
    });
    thread.on("error", (error: Error) => finish({ at: place(), why: `the thread ended: ${error.message}` }));
    thread.on("exit", (code) => finish({ at: place(), why: `the thread ended with ${code}` }));
  });
}
