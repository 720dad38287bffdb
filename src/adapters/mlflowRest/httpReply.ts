import type { IncomingHttpHeaders } from "node:http";

/** One request, relative to the server's base address. */
export interface HttpRequest {
  readonly method: "GET" | "POST" | "DELETE";
  /** Starts with a slash; segments are already percent-encoded. */
  readonly path: string;
  readonly query?: URLSearchParams;
  /** JSON text. */
  readonly body?: string;
  /** Largest body that is read, after decompression. */
  readonly maxBytes: number;
  /**
   * Makes a taker of the body's pieces, so that the body is not kept; called anew for each attempt. Refusals still come whole. Such an answer may take as long as
   * it likes while bytes arrive.
   */
  readonly toPieces?: () => (piece: Uint8Array) => void;
}

/** A complete answer. The body is decompressed; empty where it was taken in pieces. */
export interface HttpReply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** The body grew above the request's limit; the connection was dropped before the rest was read. */
export class BodyTooLargeError extends Error {
  override readonly name = "BodyTooLargeError";
  readonly limit: number;

  constructor(limit: number) {
    super(`The answer is larger than ${limit} bytes.`);
    this.limit = limit;
  }
}

/** The server stayed silent for too long. */
export class SilenceError extends Error {
  override readonly name = "SilenceError";
  readonly afterMs: number;

  constructor(afterMs: number) {
    super(`No data for ${afterMs} ms.`);
    this.afterMs = afterMs;
  }
}

/** The server sends the caller to another server, to which neither the request nor the credentials are passed on. */
export class ForeignRedirectError extends Error {
  override readonly name = "ForeignRedirectError";
  readonly origin: string;

  constructor(origin: string) {
    super(`Redirected to ${origin}.`);
    this.origin = origin;
  }
}
