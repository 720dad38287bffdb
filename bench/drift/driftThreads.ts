import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { startDriftThread } from "../../src/adapters/drift/startDriftThread";
import { WorkerDriftService } from "../../src/adapters/drift/workerDriftService";
import { NEVER_CANCELLED } from "../../src/core/base/cancel";
import type { DriftEvents, DriftRequest } from "../../src/core/drift/driftService";
import { defaultDriftSettings } from "../../src/core/drift/driftSettings";
import type { Figure } from "../figures";

const SETTINGS = defaultDriftSettings("evidently");
const CANCEL_AFTER_MS = 1000;

/** What a person in the editor waits for: the first column, the end, and the end of what was cancelled; and what the editor's own thread feels. */
export async function driftThreads(project: string, folder: string): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const format of ["parquet", "csv"]) {
    const whole = await compare(project, folder, format);
    figures.push(
      { name: `threads, ${format}: first column`, value: whole.firstColumn, unit: "s", target: { below: 2 } },
      { name: `threads, ${format}: all columns`, value: whole.all, unit: "s" },
      { name: `threads, ${format}: longest block of the caller's loop`, value: whole.longestBlock, unit: "ms", target: { below: 50 } },
      {
        name: `threads, ${format}: end of what was cancelled`,
        value: await cancel(project, folder, format, Math.min(CANCEL_AFTER_MS, whole.all * 500)),
        unit: "s",
        target: { below: 0.5 },
      },
    );
  }
  return figures;
}

async function compare(
  project: string,
  folder: string,
  format: string,
): Promise<{ readonly firstColumn: number; readonly all: number; readonly longestBlock: number }> {
  const service = open(project);
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const start = performance.now();
  let first: number | undefined;
  const events: DriftEvents = { onColumn: () => (first ??= performance.now()) };
  try {
    const session = await service.open(request(folder, format), events, NEVER_CANCELLED);
    await session.report(SETTINGS, events, NEVER_CANCELLED);
    delay.disable();
    return {
      firstColumn: ((first ?? Infinity) - start) / 1000,
      all: (performance.now() - start) / 1000,
      longestBlock: delay.max / 1e6,
    };
  } finally {
    service.dispose();
  }
}

/** Seconds from the abort to the rejection. */
async function cancel(project: string, folder: string, format: string, afterMs: number): Promise<number> {
  const service = open(project);
  const abort = new AbortController();
  let aborted = Infinity;
  setTimeout(() => {
    aborted = performance.now();
    abort.abort();
  }, afterMs);
  try {
    const session = await service.open(request(folder, format), {}, abort.signal);
    await session.report(SETTINGS, {}, abort.signal);
  } catch {
    return (performance.now() - aborted) / 1000;
  } finally {
    service.dispose();
  }
  throw new Error("The comparison ended before it was cancelled.");
}

function open(project: string): WorkerDriftService {
  return new WorkerDriftService(() => startDriftThread(join(project, "dist", "driftWorker.js")));
}

function request(folder: string, format: string): DriftRequest {
  const [reference, current] = ["reference", "current"].map((name) => ({ paths: [join(folder, `${name}.${format}`)] }));
  if (reference === undefined || current === undefined) {
    throw new Error("There are two sides.");
  }
  return {
    reference,
    current,
    labels: { reference: "reference", current: "current" },
    read: { maxRows: 5_000_000, sampleRows: 1_000_000, seed: 42 },
    hash: true,
    early: SETTINGS,
  };
}
