import { RequestError } from "@octokit/request-error";

import { AppError, type ErrorCode } from "../../core/base/appError";
import { oneLine } from "../../core/base/oneLine";

/** Longest part of GitHub's own words that is shown. */
const MAX_QUOTE = 300;

/** A call that GitHub did not answer as hoped. */
export class GithubError extends AppError {
  /** Of HTTP; null where no answer came. */
  readonly status: number | null;
  /** False where the request cannot have had any effect. */
  readonly mayHaveArrived: boolean;
  /** Milliseconds during which GitHub wants to hear nothing more from us. */
  readonly pauseMs: number;
  /** Whether the connection was there and broke. */
  readonly isCut: boolean;
  /** GitHub's own words; "" where it sent none. */
  readonly said: string;

  constructor(
    code: ErrorCode,
    message: string,
    options: {
      remedy?: string;
      cause?: unknown;
      status?: number;
      mayHaveArrived?: boolean;
      pauseMs?: number;
      said?: string;
      isCut?: boolean;
    } = {},
  ) {
    super(code, message, options);
    this.status = options.status ?? null;
    this.mayHaveArrived = options.mayHaveArrived ?? false;
    this.pauseMs = options.pauseMs ?? 0;
    this.said = options.said ?? "";
    this.isCut = options.isCut ?? false;
  }
}

/** Failures of the network before anything was sent. */
const NOTHING_SENT: ReadonlyMap<string, string> = new Map([
  ["ECONNREFUSED", "nothing listens there"],
  ["ENOTFOUND", "the host name is not known"],
  ["EAI_AGAIN", "the host name could not be looked up"],
  ["EHOSTUNREACH", "there is no route to the host"],
  ["ENETUNREACH", "there is no network"],
  ["UND_ERR_CONNECT_TIMEOUT", "no connection could be made in time"],
  ["DEPTH_ZERO_SELF_SIGNED_CERT", "its certificate is self-signed"],
  ["SELF_SIGNED_CERT_IN_CHAIN", "its certificate was signed by an authority that this machine does not know"],
  ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "its certificate was signed by an authority that this machine does not know"],
  ["UNABLE_TO_GET_ISSUER_CERT_LOCALLY", "its certificate was signed by an authority that this machine does not know"],
  ["CERT_HAS_EXPIRED", "its certificate has expired"],
  ["ERR_TLS_CERT_ALTNAME_INVALID", "its certificate was issued for another host name"],
]);
const CUT = new Set(["ECONNRESET", "EPIPE", "UND_ERR_SOCKET"]);

/**
 * What went wrong, as a sentence.
 * @param what was asked for, such as `the workflow "train.yml" of acme/churn`.
 * @param secret must not be shown, should GitHub echo it.
 */
export function toGithubError(error: unknown, host: string, what: string, secret: string): Error {
  if (!(error instanceof RequestError)) {
    return error instanceof Error ? error : new Error(String(error));
  }
  return error.response === undefined ? networkError(error, host) : refusal(error, error.response, { host, what, secret });
}

/** @param afterMs how long it was waited for. */
export function silenceError(host: string, afterMs: number): GithubError {
  return new GithubError("store/timeout", `${host} sent no answer within ${Math.max(1, Math.round(afterMs / 1000))} seconds.`, {
    remedy: "Retry in a little while.",
    mayHaveArrived: true,
  });
}

/** The place where logs lie is another one than the API. Its address holds a key, so that only its host is named. */
export function logUnreachable(url: string, error: unknown): GithubError {
  return networkError(error, new URL(url).host);
}

function networkError(error: unknown, host: string): GithubError {
  const code = codeOf(error);
  const unsent = NOTHING_SENT.get(code);
  const why =
    unsent ?? (CUT.has(code) ? "the connection was cut" : code === "" ? "the connection failed" : `the connection failed (${code})`);
  return new GithubError("store/unreachable", `${host} cannot be reached: ${why}.`, {
    remedy: "Check the network and, behind a proxy, its settings; then retry.",
    cause: error,
    mayHaveArrived: unsent === undefined,
    isCut: CUT.has(code),
  });
}

/** The network's own code, which may lie some causes deep. */
function codeOf(error: unknown, depth = 0): string {
  if (!(error instanceof Error) || depth > 5) {
    return "";
  }
  const { code, errors } = error as { code?: unknown; errors?: unknown };
  const inner = Array.isArray(errors) ? codeOf(errors[0], depth + 1) : "";
  return typeof code === "string" && code !== "" ? code : inner !== "" ? inner : codeOf(error.cause, depth + 1);
}

interface Asked {
  readonly host: string;
  readonly what: string;
  readonly secret: string;
}

type Response = NonNullable<RequestError["response"]>;

function refusal({ status }: RequestError, response: Response, { host, what, secret }: Asked): GithubError {
  const { headers } = response;
  const words = wordsOf(response.data, secret);
  const said = words === "" ? "" : ` GitHub says: ${/[.!?]$/.test(words) ? words : `${words}.`}`;
  const make = (code: ErrorCode, message: string, remedy: string, pauseMs = 0): GithubError =>
    new GithubError(code, message, { remedy, status, mayHaveArrived: status >= 500, pauseMs, said: words });
  const isLimit =
    (status === 403 || status === 429) &&
    (status === 429 || headers["retry-after"] !== undefined || headers["x-ratelimit-remaining"] === "0" || /rate limit/i.test(words));
  if (isLimit) {
    const pauseMs = pauseOf(headers);
    const until = pauseMs === 0 ? "" : ` It answers again in ${minutesText(pauseMs)}.`;
    return make(
      "store/unreachable",
      `${host} was asked too often.${until}`,
      "What runs there goes on meanwhile; wait, then retry.",
      pauseMs,
    );
  }
  if (status === 401) {
    return make("store/unauthorized", `${host} does not accept the login.`, "Sign in to GitHub anew.");
  }
  if (status === 403 && headers["x-github-sso"] !== undefined) {
    const url = /url=(https:\/\/[^\s;,]+)/.exec(String(headers["x-github-sso"]))?.[1];
    return make(
      "store/forbidden",
      "The organisation wants the login to be approved by its single sign-on first.",
      url === undefined ? "Approve the token on GitHub, then retry." : `Approve it at ${url}, then retry.`,
    );
  }
  if (status === 403) {
    return make(
      "store/forbidden",
      `The login may not see or use ${what}.${said}`,
      'It needs the permission to read and write "Actions" of this repository (the scope "repo" of a classic token).',
    );
  }
  if (status === 404) {
    return make(
      "store/forbidden",
      `GitHub shows the login no ${what.replace(/^the /, "")}.`,
      "It answers so for what is not there and for what a login may not see: check the names, and whether the login can open the repository.",
    );
  }
  if (status >= 500) {
    return make(
      "store/unreachable",
      `${host} is not available at the moment (HTTP ${status}).`,
      "Wait a little, then retry; githubstatus.com says whether it is known.",
    );
  }
  return make("usage", `GitHub refused to handle ${what} (HTTP ${status}).${said}`, "Mend what it names, then make a new plan.");
}

/** GitHub's own sentence; "" for a web page, which comes from a proxy. */
function wordsOf(data: unknown, secret: string): string {
  const message =
    typeof data === "object" && data !== null && "message" in data && typeof data.message === "string"
      ? data.message
      : typeof data === "string" && !/^\s*</.test(data)
        ? data
        : "";
  return oneLine(secret === "" ? message : message.replaceAll(secret, "…"), MAX_QUOTE);
}

/** Headers in seconds; the time of a reset is GitHub's, so that it is compared with GitHub's own clock. */
function pauseOf(headers: Response["headers"]): number {
  const after = Number(headers["retry-after"] ?? Number.NaN);
  const reset = Number(headers["x-ratelimit-reset"] ?? Number.NaN) * 1000 - Date.parse(headers.date ?? "");
  const ms = Number.isFinite(after) ? after * 1000 : Number.isFinite(reset) ? reset : 60_000;
  return Math.min(Math.max(ms, 0), 3_600_000);
}

function minutesText(ms: number): string {
  const [count, unit] = ms < 90_000 ? [Math.ceil(ms / 1000), "second"] : [Math.ceil(ms / 60_000), "minute"];
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}
