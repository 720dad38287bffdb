import { AppError, type ErrorCode } from "../../core/base/appError";
import type { HttpReply } from "./httpReply";

/** Longest part of a server's own words that is shown. */
const MAX_QUOTE = 300;

/** An answer other than 2xx, or 2xx that is not what MLflow sends, read by its content type. */
export interface ServerRefusal {
  readonly status: number;
  /** MLflow's error_code, or "" where the answer was not MLflow's JSON. */
  readonly errorCode: string;
  /** The server's own words, shortened and on one line, or "" for a web page. */
  readonly message: string;
  readonly isWebPage: boolean;
}

/** @param secrets texts that must not appear in what is shown, should the server echo them. */
export function readRefusal(reply: HttpReply, secrets: readonly string[]): ServerRefusal {
  const text = reply.body.subarray(0, 100_000).toString("utf8");
  const type = reply.headers["content-type"] ?? "";
  // MLflow 2 sends its plain "Permission denied" as text/html, so that the type alone does not make a page.
  const isWebPage = /^\s*<(!doctype|html)/i.test(text) || (type.includes("html") && /^\s*(<|$)/.test(text));
  const record = isWebPage ? undefined : parseObject(text);
  const errorCode = textField(record, "error_code");
  // Proxies and other frameworks answer {"detail": …} or {"message": …}.
  const words = record === undefined ? text : textField(record, "message") || textField(record, "detail");
  return { status: reply.status, errorCode, message: isWebPage ? "" : quote(words, secrets), isWebPage };
}

/** What a refusal means when the caller has no better word for it. */
export function toRefusalError(refusal: ServerRefusal, url: string): AppError {
  const { status, message } = refusal;
  const said = message === "" ? "" : ` It says: ${endSentence(message)}`;
  if (status === 401) {
    return refused("store/unauthorized", `The server at ${url} wants a login that it accepts.`, SET_CREDENTIALS);
  }
  if (status === 403) {
    return toForbidden(refusal, url, said);
  }
  if (status === 407) {
    return refused("store/unauthorized", `A proxy on the way to ${url} wants a login.`, "Set the proxy's login in the editor's settings.");
  }
  if (status === 429) {
    return refused("store/unreachable", `The server at ${url} asks to be called less often.${said}`, "Wait a little, then retry.");
  }
  if (status === 502 || status === 503 || status === 504) {
    return refused(
      "store/unreachable",
      `The server at ${url} is not available at the moment (HTTP ${status}).${said}`,
      "It may be starting or overloaded; wait a little, then retry.",
    );
  }
  if (refusal.isWebPage) {
    return refused(
      "store/bad-reply",
      `${url} answered with a web page instead of data (HTTP ${status}).`,
      "Is this the address of an MLflow server? Where MLflow is served below a path, include the path; behind a login page, set credentials.",
    );
  }
  if (status >= 300 && status < 400) {
    return refused("store/bad-reply", `${url} keeps sending its callers in circles (HTTP ${status}).`, CHECK_ADDRESS);
  }
  if (status >= 500) {
    return refused(
      "store/bad-reply",
      `The server at ${url} failed (HTTP ${status}).${said}`,
      "Retry; if it stays, look at the server's log.",
    );
  }
  if (refusal.errorCode !== "") {
    return refused("store/bad-reply", `The server at ${url} refused the request (${refusal.errorCode}).${said}`);
  }
  return refused("store/bad-reply", `${url} answered with HTTP ${status}, not as an MLflow server does.${said}`, CHECK_ADDRESS);
}

const SET_CREDENTIALS = 'Run the command "MLOps: Set Server Credentials".';
const CHECK_ADDRESS = "Check that this is the address of an MLflow server.";

function toForbidden(refusal: ServerRefusal, url: string, said: string): AppError {
  if (/invalid host header/i.test(refusal.message)) {
    return refused(
      "store/forbidden",
      `The server at ${url} does not answer to this host name.`,
      `Add "${new URL(url).host}" to the server's --allowed-hosts, or use the name that it is configured for.`,
    );
  }
  if (/cross-origin/i.test(refusal.message)) {
    return refused(
      "store/forbidden",
      `The server at ${url} took the request for one from a foreign web page.`,
      "Remove an Origin header from the connection's headers, or allow it with the server's --cors-allowed-origins.",
    );
  }
  if (/permission denied/i.test(refusal.message) || refusal.errorCode === "PERMISSION_DENIED") {
    return refused(
      "store/forbidden",
      `Your login at ${url} has no permission to read this.${said}`,
      `Ask the server's administrator for the READ permission, or sign in as someone else: ${SET_CREDENTIALS}`,
    );
  }
  const page = refusal.isWebPage ? " It answered with a web page, which may come from a proxy." : said;
  return refused("store/forbidden", `The server at ${url} refused access (HTTP 403).${page}`, `Check your permissions. ${SET_CREDENTIALS}`);
}

function refused(code: ErrorCode, message: string, remedy?: string): AppError {
  return new AppError(code, message, remedy === undefined ? {} : { remedy });
}

/** One line, shortened, without the secrets. */
export function quote(text: string, secrets: readonly string[]): string {
  let clean = text;
  for (const secret of secrets) {
    clean = clean.replaceAll(secret, "…");
  }
  clean = clean.replace(/[\p{Cc}\s]+/gu, " ").trim();
  const characters = [...clean];
  return characters.length > MAX_QUOTE ? `${characters.slice(0, MAX_QUOTE).join("")}…` : clean;
}

function endSentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}

function parseObject(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    // Plain text is a normal answer of MLflow's login and security layers.
    return undefined;
  }
}

function textField(record: object | undefined, key: string): string {
  const value = record === undefined ? undefined : (record as Record<string, unknown>)[key];
  return typeof value === "string" ? value : "";
}
