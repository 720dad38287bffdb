import { AppError } from "../../core/base/appError";
import type { CancelSignal } from "../../core/base/cancel";

export interface WebhookLimits {
  /** Milliseconds for each try. */
  readonly timeoutMs: number;
  /** Milliseconds before the second try. */
  readonly pauseMs: number;
  /** What is sent, as the subject of a sentence, and what holds where it is not. */
  readonly subject: string;
  readonly remedy: string;
}

const LIMITS: WebhookLimits = {
  ...{ timeoutMs: 10_000, pauseMs: 1000 },
  ...{ subject: "The alert", remedy: "The result of the check stands all the same." },
};
const TRIES = 2;

/**
 * Checks the address of a webhook. It holds a secret, so that no message names more of it than its host.
 * @throws AppError `usage` for what is no address, and for one that would send the secret unencrypted to another machine.
 */
export function webhookUrl(text: string): URL {
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : null;
  if (url === null || (url.protocol !== "https:" && url.protocol !== "http:")) {
    throw new AppError("usage", "The address of the webhook is none that a message can be sent to.", {
      remedy: "Give one that begins with https://, in MLOPS_WEBHOOK_URL or with --webhook.",
    });
  }
  if (url.username !== "" || url.password !== "") {
    throw new AppError("usage", `The address of the webhook at ${url.host} holds a login, which would not be sent.`, {
      remedy: "Give an address without a login.",
    });
  }
  if (url.protocol === "http:" && !isLoopback(url.hostname)) {
    throw new AppError("usage", `The webhook at ${url.host} is not encrypted.`, {
      remedy: "Give an address that begins with https://; http:// is taken for this machine only.",
    });
  }
  return url;
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "[::1]" || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host);
}

/**
 * Posts JSON to a webhook, and once more where the first try met with trouble that may pass. Redirects are not followed: the message goes
 * where it was meant to go, or nowhere.
 * @throws AppError `store/unreachable` with a sentence that names the host only.
 */
export async function postWebhook(url: URL, message: unknown, signal: CancelSignal, wish: Partial<WebhookLimits> = {}): Promise<void> {
  const limits = { ...LIMITS, ...wish };
  const body = JSON.stringify(message);
  let why = "";
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    if (attempt > 1) {
      await pause(limits.pauseMs, signal);
    }
    signal.throwIfAborted();
    const outcome = await post(url, body, limits.timeoutMs, signal);
    if (outcome.ok) {
      return;
    }
    why = outcome.why;
    if (!outcome.mayPass) {
      break;
    }
  }
  throw new AppError("store/unreachable", `${limits.subject} was not sent to ${url.host}: ${why}.`, { remedy: limits.remedy });
}

type Outcome = { readonly ok: true } | { readonly ok: false; readonly why: string; readonly mayPass: boolean };

async function post(url: URL, body: string, timeoutMs: number, signal: CancelSignal): Promise<Outcome> {
  const controller = new AbortController();
  const onAbort = (): void => controller.abort();
  signal.addEventListener("abort", onAbort, { once: true });
  const timer = setTimeout(onAbort, timeoutMs);
  try {
    const headers = { "content-type": "application/json; charset=utf-8" };
    const reply = await fetch(url, { method: "POST", body, headers, redirect: "manual", signal: controller.signal });
    // What it says is of no use, and may be endless.
    await reply.body?.cancel();
    if (reply.ok) {
      return { ok: true };
    }
    if (reply.status >= 300 && reply.status < 400) {
      return { ok: false, why: `it answers with a redirect (${reply.status}), which is not followed`, mayPass: false };
    }
    return { ok: false, why: `it answers with status ${reply.status}`, mayPass: reply.status >= 500 || reply.status === 429 };
  } catch (error) {
    signal.throwIfAborted();
    // The words of the network may hold the whole address.
    const why = controller.signal.aborted ? `no answer came within ${timeoutMs / 1000} seconds` : networkReason(error);
    return { ok: false, why, mayPass: true };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", onAbort);
  }
}

function networkReason(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && "code" in cause && typeof cause.code === "string" ? cause.code : "";
  switch (code) {
    case "ECONNREFUSED":
      return "nothing listens there";
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return "the host is not known";
    case "ECONNRESET":
    case "UND_ERR_SOCKET":
      return "the connection was cut";
    default:
      return code === "" ? "the connection failed" : `the connection failed (${code})`;
  }
}

function pause(ms: number, signal: CancelSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms);
    function done(): void {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    }
    signal.addEventListener("abort", done, { once: true });
  });
}
