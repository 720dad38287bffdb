// The modules are imported whole and called through their namespace: VS Code's extension host replaces `request` on them,
// which is how the editor's proxy and certificate settings reach this client. Node's fetch would bypass that, and its
// Sec-Fetch headers make some servers refuse the call as browser traffic.
import * as http from "node:http";
import * as https from "node:https";
import { createGunzip } from "node:zlib";
import type { CancelSignal } from "../../core/base/cancel";
import type { Disposable } from "../../core/base/disposable";
import { BodyTooLargeError, ForeignRedirectError, SilenceError, type HttpReply, type HttpRequest } from "./httpReply";
import type { TlsOptions } from "./tlsOptions";

const MAX_REDIRECTS = 5;
/** So much of a refusal is read, whatever the request's own limit; the rest would not be shown. */
const MAX_REFUSAL_BYTES = 1_000_000;
/** A server that keeps dripping bytes never counts as silent; this many silence limits end it as well. */
const OVERALL_LIMITS = 20;

/** Sends requests to one origin over kept-alive connections. Knows nothing of MLflow. */
export class HttpTransport implements Disposable {
  private readonly base: URL;
  private readonly agents = {
    "http:": new http.Agent({ keepAlive: true, maxSockets: 6 }),
    "https:": new https.Agent({ keepAlive: true, maxSockets: 6 }),
  };

  constructor(
    baseUrl: string,
    private readonly tls: TlsOptions,
    private readonly timeoutMs: number,
  ) {
    this.base = new URL(baseUrl.replace(/\/+$/, ""));
  }

  dispose(): void {
    this.agents["http:"].destroy();
    this.agents["https:"].destroy();
  }

  /**
   * One attempt. Follows redirects within the same origin only.
   * Rejects with the errors of `httpReply.ts`, with Node's own network errors, or with the signal's reason.
   */
  async send(request: HttpRequest, headers: Readonly<Record<string, string>>, signal: CancelSignal): Promise<HttpReply> {
    let url = this.urlOf(request);
    let method = request.method;
    let body = request.body;
    for (let redirects = 0; ; redirects++) {
      const reply = await this.exchange(url, { ...headers, ...bodyHeaders(body) }, { ...request, method, body }, signal);
      const location = reply.headers.location;
      if (![301, 302, 303, 307, 308].includes(reply.status) || location === undefined || redirects >= MAX_REDIRECTS) {
        return reply;
      }
      const target = URL.canParse(location, url.href) ? new URL(location, url) : url;
      if (target.origin !== url.origin) {
        throw new ForeignRedirectError(target.origin);
      }
      url = target;
      if (reply.status <= 303) {
        method = "GET";
        body = undefined;
      }
    }
  }

  private urlOf(request: HttpRequest): URL {
    const query = request.query === undefined || request.query.size === 0 ? "" : `?${request.query.toString()}`;
    return new URL(`${this.base.origin}${this.base.pathname.replace(/\/+$/, "")}${request.path}${query}`);
  }

  private exchange(
    url: URL,
    headers: Readonly<Record<string, string>>,
    request: Pick<HttpRequest, "maxBytes" | "toPieces"> & { method: string; body: string | undefined },
    signal: CancelSignal,
  ): Promise<HttpReply> {
    return new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const isTls = url.protocol === "https:";
      const options = { method: request.method, headers, agent: this.agents[isTls ? "https:" : "http:"] };
      const outgoing = isTls ? https.request(url, { ...options, ...this.tls }) : http.request(url, options);
      let settled = false;
      const settle = (act: () => void): void => {
        settled = true;
        clearTimeout(silence);
        clearTimeout(overall);
        signal.removeEventListener("abort", onAbort);
        act();
      };
      const fail = (error: Error): void => {
        settle(() => {
          reject(error);
          outgoing.destroy();
        });
      };
      const onSilence = (): void => fail(new SilenceError(this.timeoutMs));
      let silence = setTimeout(onSilence, this.timeoutMs);
      const overall = request.toPieces === undefined ? setTimeout(onSilence, this.timeoutMs * OVERALL_LIMITS) : undefined;
      const onAbort = (): void => fail(reasonOf(signal));
      signal.addEventListener("abort", onAbort, { once: true });
      outgoing.on("error", fail);
      outgoing.on("response", (incoming) => {
        const chunks: Buffer[] = [];
        let size = 0;
        const isRefusal = (incoming.statusCode ?? 0) >= 300;
        const take = isRefusal ? undefined : request.toPieces?.();
        const finish = (): void =>
          settle(() => resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: Buffer.concat(chunks) }));
        const stream = incoming.headers["content-encoding"] === "gzip" ? incoming.pipe(createGunzip()) : incoming;
        if (!isRefusal && Number(incoming.headers["content-length"]) > request.maxBytes) {
          fail(new BodyTooLargeError(request.maxBytes));
          return;
        }
        incoming.on("error", fail);
        stream.on("error", fail);
        stream.on("data", (chunk: Buffer) => {
          if (settled) {
            return;
          }
          clearTimeout(silence);
          silence = setTimeout(onSilence, this.timeoutMs);
          if (take !== undefined) {
            take(chunk);
            return;
          }
          chunks.push(chunk);
          size += chunk.length;
          if (isRefusal && size > MAX_REFUSAL_BYTES) {
            finish();
            outgoing.destroy();
          } else if (!isRefusal && size > request.maxBytes) {
            fail(new BodyTooLargeError(request.maxBytes));
          }
        });
        stream.on("end", finish);
      });
      outgoing.end(request.body);
    });
  }
}

function bodyHeaders(body: string | undefined): Record<string, string> {
  return body === undefined ? {} : { "Content-Type": "application/json", "Content-Length": String(Buffer.byteLength(body)) };
}

/** The error that the aborted signal carries; a CancelSignal shows it only by throwing. */
function reasonOf(signal: CancelSignal): Error {
  try {
    signal.throwIfAborted();
  } catch (reason) {
    return reason instanceof Error ? reason : new Error(String(reason));
  }
  return new Error("not aborted");
}
