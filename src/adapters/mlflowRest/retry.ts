import type { CancelSignal } from "../../core/base/cancel";
import { pause } from "../node/pause";

const MAX_TRIES = 4;
const FIRST_DELAY_MS = 250;

/** The statuses that MLflow's own client retries. */
const RETRIED_STATUSES = new Set([408, 429, 500, 502, 503, 504]);
/** A kept-alive connection that the server closed meanwhile. A refused connection is not retried: the server is down. */
const RETRIED_CODES = new Set(["ECONNRESET", "EPIPE"]);

interface Attempt {
  readonly status: number;
  readonly headers: { readonly "retry-after"?: string | undefined };
}

/**
 * Repeats an idempotent call with exponential back-off and jitter, at most four times and never beyond `budgetMs`.
 * Gives the last outcome back, so that the caller can tell the user about it. Aborting ends a wait at once.
 */
export async function withRetries<T extends Attempt>(attempt: () => Promise<T>, budgetMs: number, signal: CancelSignal): Promise<T> {
  const end = Date.now() + budgetMs;
  for (let tries = 1; ; tries++) {
    signal.throwIfAborted();
    let delay = FIRST_DELAY_MS * 2 ** (tries - 1) * (0.75 + Math.random() / 2);
    let outcome: { reply: T } | { error: unknown };
    try {
      const reply = await attempt();
      if (!RETRIED_STATUSES.has(reply.status)) {
        return reply;
      }
      delay = Math.max(delay, retryAfterMs(reply.headers["retry-after"]));
      outcome = { reply };
    } catch (error) {
      if (!RETRIED_CODES.has(String((error as { code?: unknown }).code))) {
        throw error;
      }
      outcome = { error };
    }
    if (tries === MAX_TRIES || Date.now() + delay > end) {
      if ("error" in outcome) {
        throw outcome.error;
      }
      return outcome.reply;
    }
    await pause(delay, signal);
  }
}

/** Reads seconds or an HTTP date; 0 for anything else. */
export function retryAfterMs(header: string | undefined): number {
  if (header === undefined) {
    return 0;
  }
  const seconds = Number(header);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : 0;
}
