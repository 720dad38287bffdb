// The modules are called through their namespace, because VS Code's extension host replaces `request` on them for proxies and certificates.
// Node's fetch would not do: its Sec-Fetch headers make Ray refuse each POST as browser traffic.
import * as http from "node:http";
import * as https from "node:https";
import * as v from "valibot";

import { AppError } from "../../core/base/appError";
import type { CancelSignal } from "../../core/base/cancel";
import { oneLine } from "../../core/base/oneLine";
import { withoutLogin } from "../../core/base/withoutLogin";

export interface HttpCall {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON. */
  readonly body?: unknown;
  /** Milliseconds for the whole call. */
  readonly timeoutMs: number;
  readonly maxBytes?: number;
  readonly signal: CancelSignal;
}

export interface HttpAnswer {
  readonly status: number;
  readonly text: string;
}

const MAX_BYTES = 8 * 1024 * 1024;
const WHY: ReadonlyMap<string, string> = new Map([
  ["ECONNREFUSED", "nothing listens there"],
  ["ENOTFOUND", "the host name is not known"],
  ["EAI_AGAIN", "the host name could not be looked up"],
  ["EHOSTUNREACH", "there is no route to the host"],
  ["ENETUNREACH", "there is no network"],
  ["ECONNRESET", "the connection was cut"],
  ["EPIPE", "the connection was cut"],
  ["DEPTH_ZERO_SELF_SIGNED_CERT", "its certificate is self-signed"],
  ["SELF_SIGNED_CERT_IN_CHAIN", "its certificate was signed by an authority that this machine does not know"],
  ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "its certificate was signed by an authority that this machine does not know"],
  ["CERT_HAS_EXPIRED", "its certificate has expired"],
  ["ERR_TLS_CERT_ALTNAME_INVALID", "its certificate was issued for another host name"],
]);

/**
 * Sends one request. Redirects are refused, since they could carry a login to another place. Messages name the host only.
 * @returns any answer, whatever its status. @throws AppError `usage` for what is no address, `store/unreachable`, `store/timeout`, `store/bad-reply`, `artifact/too-large`;
 * or the signal's reason.
 */
export function sendHttp(call: HttpCall): Promise<HttpAnswer> {
  const { signal, timeoutMs, maxBytes = MAX_BYTES } = call;
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    if (!URL.canParse(call.url)) {
      throw new AppError("usage", `"${oneLine(withoutLogin(call.url))}" is no address that could be asked.`, { remedy: "Correct it." });
    }
    const url = new URL(call.url);
    const body = call.body === undefined ? undefined : JSON.stringify(call.body);
    const length = body === undefined ? {} : { "content-type": "application/json", "content-length": String(Buffer.byteLength(body)) };
    const headers = { accept: "application/json", "user-agent": "mlops-workbench", ...length, ...call.headers };
    const module = url.protocol === "https:" ? https : http;
    const outgoing = module.request(url, { method: call.method, headers });
    const settle = (act: () => void): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
      act();
    };
    const fail = (error: unknown): void =>
      settle(() => {
        reject(error instanceof Error ? error : new Error(String(error)));
        outgoing.destroy();
      });
    const onAbort = (): void => {
      try {
        signal.throwIfAborted();
      } catch (reason) {
        fail(reason);
      }
    };
    const timer = setTimeout(() => fail(silence(url, timeoutMs)), timeoutMs);
    signal.addEventListener("abort", onAbort, { once: true });
    outgoing.on("error", (error) => fail(unreachable(url, error)));
    outgoing.on("response", (incoming) => {
      const status = incoming.statusCode ?? 0;
      if (status >= 300 && status < 400) {
        fail(redirected(url, status));
        return;
      }
      const chunks: Buffer[] = [];
      let size = 0;
      incoming.on("data", (chunk: Buffer) => {
        chunks.push(chunk);
        size += chunk.length;
        if (size > maxBytes) {
          fail(tooLarge(url, maxBytes));
        }
      });
      incoming.on("error", (error) => fail(unreachable(url, error)));
      incoming.on("end", () => settle(() => resolve({ status, text: Buffer.concat(chunks).toString("utf8") })));
    });
    outgoing.end(body);
  });
}

/** @throws AppError `store/bad-reply` for what is no JSON, or JSON of another shape. */
export function readJson<T>(schema: v.GenericSchema<unknown, T>, { text }: HttpAnswer, host: string): T {
  try {
    return v.parse(schema, JSON.parse(text));
  } catch (error) {
    const what = /^\s*</.test(text) ? "a web page" : "something that cannot be understood";
    throw new AppError("store/bad-reply", `${host} answered with ${what}.`, {
      remedy: "Check that the address is the server's own, and no sign-in page or proxy stands before it.",
      // The message of the parser may hold parts of the answer, which is for the log only.
      cause: error,
    });
  }
}

/**
 * The address of a server without a slash at its end.
 * @throws AppError `usage` for what is none, and for one that holds a login, since an address is shown and kept.
 */
export function serverAddress(text: string, name: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !["http:", "https:"].includes(url.protocol)) {
    throw new AppError("usage", `${name} has to be an address that begins with http:// or https://.`);
  }
  if (url.username !== "" || url.password !== "") {
    throw new AppError("usage", `${name} holds a login, which does not belong into a file.`, {
      remedy: "Take it out, and sign in instead.",
    });
  }
  return `${url.origin}${url.pathname}`.replace(/\/+$/, "");
}

/** Whether an address is this machine. */
export function isLoopbackUrl(address: string): boolean {
  return /^(localhost|\[::1\]|127(\.\d{1,3}){3})$/.test(new URL(address).hostname);
}

/** The sentence that an answer carries under `detail`, `title`, `msg` or as plain text; "" for a web page or a stack. */
export function wordsOf({ text }: HttpAnswer): string {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return /^\s*<|Traceback/.test(text) ? "" : text;
  }
  const found = v.safeParse(
    v.object({ detail: v.optional(v.unknown()), title: v.optional(v.string()), msg: v.optional(v.string()) }),
    parsed,
  );
  if (!found.success) {
    return "";
  }
  const { detail, title, msg } = found.output;
  const items = v.safeParse(v.array(v.object({ msg: v.string() })), detail);
  return items.success ? items.output.map((item) => item.msg).join("; ") : typeof detail === "string" ? detail : (msg ?? title ?? "");
}

function silence({ host }: URL, timeoutMs: number): AppError {
  return new AppError("store/timeout", `${host} sent no answer within ${Math.max(1, Math.round(timeoutMs / 1000))} seconds.`, {
    remedy: "Retry in a little while.",
  });
}

function unreachable({ host }: URL, error: Error): AppError {
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  const why = WHY.get(code) ?? (code === "" ? "the connection failed" : `the connection failed (${code})`);
  return new AppError("store/unreachable", `${host} cannot be reached: ${why}.`, {
    remedy: "Check that the server runs, and the network; then retry.",
    cause: error,
  });
}

function redirected({ host }: URL, status: number): AppError {
  return new AppError("store/bad-reply", `${host} sends the request elsewhere (HTTP ${status}), which is not followed.`, {
    remedy: "Write the address that the server itself has.",
  });
}

function tooLarge({ host }: URL, maxBytes: number): AppError {
  return new AppError("artifact/too-large", `${host} sent more than ${Math.round(maxBytes / 1024 / 1024)} MB, which is not read.`, {
    remedy: "Look at it in the server's own pages.",
  });
}
