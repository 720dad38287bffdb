import * as v from "valibot";

import type { CancelSignal } from "../../core/base/cancel";
import type { LogChunk } from "../../core/training/trainingEngine";
import { logUnreachable, silenceError } from "./githubErrors";
import type { GithubRuns } from "./githubRuns";
import type { JobRecord, RunRecord } from "./records";

/** Bytes of a job's log in one chunk; with the line above it a chunk stays below a megabyte. */
const CHUNK = 900_000;
const NEW_LINE = 0x0a;

const CURSOR = v.object({
  /** Jobs whose logs were handed over whole. */
  done: v.array(v.number()),
  /** The job whose log is being handed over, and how many of its bytes were; null between two. */
  job: v.nullable(v.number()),
  at: v.number(),
});
type Cursor = v.InferOutput<typeof CURSOR>;

const START: Cursor = { done: [], job: null, at: 0 };

/**
 * The next part of a run's log. GitHub hands out the log of a job when the job is over; logs come in the order in which they are had.
 * @param cursor of the part before; null for the first.
 */
export async function readRunLog(
  runs: GithubRuns,
  run: RunRecord,
  cursor: string | null,
  { timeoutMs, signal }: { readonly timeoutMs: number; readonly signal: CancelSignal },
): Promise<LogChunk> {
  const now = readCursor(cursor);
  const jobs = await runs.jobs(String(run.id), signal);
  const isOver = run.status === "completed";
  const next = jobs.find(({ id }) => id === now.job) ?? jobs.find((job) => job.status === "completed" && !now.done.includes(job.id));
  const isFirst = cursor === null && !isOver;
  const hint = isFirst ? `GitHub hands out the log of a job when the job is over. Watch it at ${run.html_url}\n` : "";
  if (next === undefined) {
    return { text: hint, cursor: JSON.stringify(now), isComplete: isOver };
  }
  const part = next.conclusion === "skipped" ? SKIPPED : await jobLog(runs, next, now.job === next.id ? now.at : 0, { timeoutMs, signal });
  const heading = now.job === next.id ? "" : `── ${next.name} ──\n`;
  const after: Cursor = part.isEnd ? { done: [...now.done, next.id], job: null, at: 0 } : { done: now.done, job: next.id, at: part.at };
  return {
    text: `${hint}${heading}${part.text}`,
    cursor: JSON.stringify(after),
    isComplete: isOver && jobs.every(({ id }) => after.done.includes(id)),
  };
}

interface Part {
  readonly text: string;
  readonly at: number;
  readonly isEnd: boolean;
}

const SKIPPED: Part = { text: "(skipped)\n", at: 0, isEnd: true };
const GONE: Part = { text: "(GitHub has no log of this job, or no longer keeps it)\n", at: 0, isEnd: true };

async function jobLog(
  runs: GithubRuns,
  job: JobRecord,
  at: number,
  { timeoutMs, signal }: { readonly timeoutMs: number; readonly signal: CancelSignal },
): Promise<Part> {
  const url = await runs.api.redirectOf("/actions/jobs/{job_id}/logs", {
    what: `the log of "${job.name}"`,
    params: { job_id: job.id },
    signal,
    accept: [404, 410],
  });
  if (url === null) {
    return GONE;
  }
  const bytes = await bytesFrom(url, at, { host: runs.api.repository.host, timeoutMs, signal });
  if (bytes === null) {
    return GONE;
  }
  const isEnd = bytes.length <= CHUNK;
  const whole = isEnd ? bytes : bytes.subarray(0, cutOf(bytes));
  const text = new TextDecoder("utf-8", { ignoreBOM: false }).decode(whole);
  return { text: isEnd && text !== "" && !text.endsWith("\n") ? `${text}\n` : text, at: at + whole.length, isEnd };
}

/** Behind the last line that fits; behind the last whole character where a line is longer than all that fits. */
function cutOf(bytes: Uint8Array): number {
  const line = bytes.lastIndexOf(NEW_LINE, CHUNK - 1);
  if (line >= 0) {
    return line + 1;
  }
  let cut = CHUNK;
  while (cut > CHUNK - 4 && ((bytes[cut] ?? 0) & 0xc0) === 0x80) {
    cut--;
  }
  return cut;
}

/**
 * At most one byte more than a chunk, from an offset. The address holds its own key: the login is not sent there.
 * @returns null where nothing is kept there.
 */
async function bytesFrom(
  url: string,
  at: number,
  { host, timeoutMs, signal }: { readonly host: string; readonly timeoutMs: number; readonly signal: CancelSignal },
): Promise<Uint8Array | null> {
  const controller = new AbortController();
  const onAbort = (): void => controller.abort();
  signal.addEventListener("abort", onAbort, { once: true });
  const timer = setTimeout(onAbort, timeoutMs);
  try {
    const headers = { "user-agent": "mlops-workbench", ...(at === 0 ? {} : { range: `bytes=${at}-${at + CHUNK}` }) };
    const reply = await fetch(url, { headers, signal: controller.signal });
    // 416: the log ends where the part before it ended.
    if (reply.status === 416 || !reply.ok || reply.body === null) {
      await reply.body?.cancel();
      return reply.status === 416 ? new Uint8Array() : null;
    }
    return await take(reply.body, reply.status === 206 ? 0 : at);
  } catch (error) {
    signal.throwIfAborted();
    throw controller.signal.aborted ? silenceError(host, timeoutMs) : logUnreachable(url, error);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", onAbort);
  }
}

/** Passes over what a server sends that knows no ranges. */
async function take(stream: ReadableStream<Uint8Array>, skip: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  let left = skip;
  for await (const chunk of stream) {
    const rest = chunk.subarray(Math.min(left, chunk.length));
    left -= chunk.length - rest.length;
    chunks.push(rest);
    size += rest.length;
    if (size > CHUNK) {
      break;
    }
  }
  return new Uint8Array(Buffer.concat(chunks)).subarray(0, CHUNK + 1);
}

function readCursor(text: string | null): Cursor {
  if (text === null) {
    return START;
  }
  try {
    const parsed = v.safeParse(CURSOR, JSON.parse(text));
    return parsed.success ? parsed.output : START;
  } catch {
    // A cursor of another version starts anew.
    return START;
  }
}
