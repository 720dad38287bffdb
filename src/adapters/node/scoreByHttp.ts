import { AppError, isAppError } from "../../core/base/appError";
import type { CancelSignal } from "../../core/base/cancel";
import { oneLine } from "../../core/base/oneLine";
import type { ScoringInput, ScoringResult } from "../../core/deployment/deployTarget";
import { type HttpAnswer, sendHttp, wordsOf } from "./httpJson";

export interface ScoringCall {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Milliseconds. */
  readonly timeoutMs: number;
}

const MOST_ANSWER = 2000;

/** Sends one input to a model and says what came back, also where nothing did. */
export async function scoreByHttp(call: ScoringCall, input: ScoringInput, signal: CancelSignal): Promise<ScoringResult> {
  const begin = performance.now();
  const url = URL.canParse(call.url) ? new URL(call.url) : null;
  const sent = `${amountOf(input)} to ${url === null ? "no address" : oneLine(`${url.host}${url.pathname}`)}`;
  const took = (): number => Math.round(performance.now() - begin);
  try {
    const answer = await sendHttp({ method: "POST", body: input, signal, ...call });
    const shown = answer.text.slice(0, MOST_ANSWER);
    const tookMs = took();
    if (answer.status >= 200 && answer.status < 300) {
      return { ok: true, message: `Sent ${sent}; the answer came after ${tookMs} ms.`, tookMs, answer: shown };
    }
    const said = complaintOf(answer);
    const message = `Sent ${sent}; the answer was HTTP ${answer.status}${said === "" ? "." : `: ${/[.!?]$/.test(said) ? said : `${said}.`}`}`;
    return { ok: false, message, tookMs, answer: shown };
  } catch (error) {
    signal.throwIfAborted();
    if (!isAppError(error)) {
      throw new AppError("store/bad-reply", `The request with ${sent} failed.`, { cause: error });
    }
    return { ok: false, message: `Sent ${sent}, and got no answer: ${error.message}`, tookMs: took(), answer: null };
  }
}

function amountOf(input: ScoringInput): string {
  const [items] = Object.values(input) as readonly unknown[];
  const rows = typeof items === "object" && items !== null && "data" in items ? items.data : items;
  return !Array.isArray(rows) ? "one input" : rows.length === 1 ? "1 row" : `${rows.length} rows`;
}

/** MLflow writes its sentence under `message`, and what really went wrong at the end of `stack_trace`. */
function complaintOf(answer: HttpAnswer): string {
  let parsed: unknown;
  try {
    parsed = JSON.parse(answer.text);
  } catch {
    parsed = null;
  }
  const field = (name: string): string | null => {
    const value: unknown = typeof parsed === "object" && parsed !== null ? (parsed as Readonly<Record<string, unknown>>)[name] : null;
    return typeof value === "string" ? value : null;
  };
  const said = oneLine(field("message") ?? wordsOf(answer), 300);
  const cause = oneLine(field("stack_trace")?.trim().split("\n").at(-1) ?? "", 200);
  return cause === "" || (said !== "" && cause.includes(said)) ? said : `${said} ${cause}`.trim();
}
