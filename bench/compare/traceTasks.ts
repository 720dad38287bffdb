import type { Browser, Page } from "playwright-core";

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds that passed, and those that the thread itself worked: on a busy machine it waits for a processor. */
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/** A task of a drawing thread, in milliseconds. */
export interface TracedTask {
  readonly ms: number;
  readonly processorMs: number;
}

/** The longest task of any page's drawing thread while something is done, by the browser's own trace. */
export async function longestTask(browser: Browser, page: Page, act: () => Promise<void>): Promise<TracedTask> {
  const [longest] = [...(await tracedTasks(browser, page, act))].sort((a, b) => b.ms - a.ms);
  if (longest === undefined) {
    throw new Error("The trace holds no task of a page.");
  }
  return longest;
}

/** All tasks of any page's drawing thread while something is done. */
export async function tracedTasks(browser: Browser, page: Page, act: () => Promise<void>): Promise<readonly TracedTask[]> {
  await browser.startTracing(page, { categories: ["toplevel", "disabled-by-default-devtools.timeline"] });
  let trace: Buffer;
  try {
    await act();
  } finally {
    trace = await browser.stopTracing();
  }
  const { traceEvents } = JSON.parse(trace.toString("utf8")) as { traceEvents: readonly TraceEvent[] };
  const threads = new Set(
    traceEvents
      .filter(({ name, args }) => name === "thread_name" && args?.name === "CrRendererMain")
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  return traceEvents
    .filter(({ name, ph, pid, tid }) => ph === "X" && name.endsWith("RunTask") && threads.has(`${pid} ${tid}`))
    .map(({ dur, tdur }) => ({ ms: (dur ?? 0) / 1000, processorMs: (tdur ?? NaN) / 1000 }));
}
