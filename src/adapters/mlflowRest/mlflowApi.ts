import * as v from "valibot";
import { AppError } from "../../core/base/appError";
import type { CancelSignal } from "../../core/base/cancel";
import type { Disposable } from "../../core/base/disposable";
import { BodyTooLargeError, type HttpReply, type HttpRequest } from "./httpReply";
import type { HttpTransport } from "./httpTransport";
import { toNetworkError } from "./networkErrors";
import type { RestConnection, RestCredentials } from "./restConnection";
import { withRetries } from "./retry";
import { quote, readRefusal, toRefusalError, type ServerRefusal } from "./serverRefusal";

/** Above the largest page that is asked for (1,000 runs are 6 MB as a rule), below what a string can hold. */
const MAX_JSON_BYTES = 200_000_000;

export type Query = Readonly<Record<string, string | number | readonly string[] | undefined>>;

/** Gives a refusal the caller's own meaning, or undefined to leave it at the general one. */
export type RefusalReader = (refusal: ServerRefusal) => Error | undefined;

/** In place of `withRetries`. */
const ONCE: typeof withRetries = (attempt) => attempt();

type Schema<T> = v.GenericSchema<unknown, T>;

/** MLflow's REST conventions: JSON in and out, signing in, errors in words. All calls but `postOnce` and `deleteOnce` are reads and may be repeated. */
export class MlflowApi implements Disposable {
  constructor(
    private readonly transport: HttpTransport,
    private readonly connection: RestConnection,
  ) {}

  get url(): string {
    return this.connection.url;
  }

  dispose(): void {
    this.transport.dispose();
  }

  async get<T>(path: string, query: Query, schema: Schema<T>, signal: CancelSignal, onRefusal?: RefusalReader): Promise<T> {
    const request: HttpRequest = { method: "GET", path, query: toSearchParams(query), maxBytes: MAX_JSON_BYTES };
    return this.parse(await this.sendForJson(request, signal, onRefusal), schema);
  }

  /** A search: MLflow sends these as POST, but they change nothing. */
  async post<T>(path: string, body: object, schema: Schema<T>, signal: CancelSignal, onRefusal?: RefusalReader): Promise<T> {
    const request: HttpRequest = { method: "POST", path, body: JSON.stringify(body), maxBytes: MAX_JSON_BYTES };
    return this.parse(await this.sendForJson(request, signal, onRefusal), schema);
  }

  /** Adds something, so that it is sent once and never repeated, whatever becomes of the answer. */
  async postOnce<T>(path: string, body: object, schema: Schema<T>, signal: CancelSignal, onRefusal?: RefusalReader): Promise<T> {
    const request: HttpRequest = { method: "POST", path, body: JSON.stringify(body), maxBytes: MAX_JSON_BYTES };
    return this.parse(await this.send(request, signal, onRefusal, ONCE), schema);
  }

  /** Takes something away, by a request with a body as MLflow wants it; sent once. */
  async deleteOnce<T>(path: string, body: object, schema: Schema<T>, signal: CancelSignal, onRefusal?: RefusalReader): Promise<T> {
    const request: HttpRequest = { method: "DELETE", path, body: JSON.stringify(body), maxBytes: MAX_JSON_BYTES };
    return this.parse(await this.send(request, signal, onRefusal, ONCE), schema);
  }

  async getText(path: string, signal: CancelSignal): Promise<string> {
    return (await this.sendForJson({ method: "GET", path, maxBytes: 10_000 }, signal)).body.toString("utf8");
  }

  /** Rejects with BodyTooLargeError above the limit. */
  async getBytes(path: string, query: Query, maxBytes: number, signal: CancelSignal, onRefusal?: RefusalReader): Promise<Uint8Array> {
    return (await this.send({ method: "GET", path, query: toSearchParams(query), maxBytes }, signal, onRefusal)).body;
  }

  /** The body of an answer of any size, piece by piece. @param toPieces makes a taker for each attempt. */
  async getPieces(
    path: string,
    query: Query,
    toPieces: () => (piece: Uint8Array) => void,
    signal: CancelSignal,
    onRefusal?: RefusalReader,
  ): Promise<void> {
    await this.send({ method: "GET", path, query: toSearchParams(query), maxBytes: Infinity, toPieces }, signal, onRefusal);
  }

  private async sendForJson(request: HttpRequest, signal: CancelSignal, onRefusal?: RefusalReader): Promise<HttpReply> {
    try {
      return await this.send(request, signal, onRefusal);
    } catch (cause) {
      if (cause instanceof BodyTooLargeError) {
        const message = `The answer of ${this.url} is larger than ${cause.limit / 1_000_000} MB and was not read.`;
        throw new AppError("store/bad-reply", message, { remedy: "Ask for fewer runs at a time.", cause });
      }
      throw cause;
    }
  }

  private async send(request: HttpRequest, signal: CancelSignal, onRefusal?: RefusalReader, repeat = withRetries): Promise<HttpReply> {
    signal.throwIfAborted();
    const credentials = await this.connection.credentials();
    const headers = this.headers(credentials);
    let reply: HttpReply;
    try {
      reply = await repeat(() => this.transport.send(request, headers, signal), this.connection.timeoutMs, signal);
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof BodyTooLargeError) {
        throw error;
      }
      if (/^ERR_(INVALID_CHAR|HTTP_INVALID_HEADER_VALUE|INVALID_HTTP_TOKEN)$/.test(String((error as { code?: unknown }).code))) {
        throw new AppError("usage", `The credentials or headers for ${this.url} hold a character that HTTP does not allow.`, {
          remedy: "Set them again; a line break at the end of a token is the usual reason.",
        });
      }
      throw toNetworkError(error, this.url);
    }
    if (reply.status < 200 || reply.status >= 300) {
      const refusal = readRefusal(reply, this.secrets(credentials));
      throw onRefusal?.(refusal) ?? toRefusalError(refusal, this.url);
    }
    return reply;
  }

  private parse<T>(reply: HttpReply, schema: Schema<T>): T {
    const refusal = readRefusal({ ...reply, body: reply.body.subarray(0, 500) }, []);
    if (refusal.isWebPage) {
      throw toRefusalError(refusal, this.url);
    }
    let value: unknown;
    try {
      value = JSON.parse(reply.body.toString("utf8"));
    } catch (cause) {
      const remedy = "Retry; if it stays, check that this is the address of an MLflow server.";
      throw new AppError("store/bad-reply", `The answer of ${this.url} is broken: it is not complete JSON.`, { remedy, cause });
    }
    // An array has properties too, so that the schemas, in which nearly everything may be absent, would let it pass.
    return this.check(Array.isArray(value) ? null : value, schema);
  }

  /** Validates a part of an answer. The sentence names the place in the answer, never the data. */
  check<T>(value: unknown, schema: Schema<T>): T {
    const result = v.safeParse(schema, value, { abortEarly: true });
    if (!result.success) {
      const place = v.getDotPath(result.issues[0]) ?? "the top";
      const message = `The answer of ${this.url} is not what an MLflow server sends (at ${quote(place, [])}).`;
      throw new AppError("store/bad-reply", message, {
        remedy: "Check the address and the server's version.",
        cause: new Error(quote(result.issues[0].message, [])),
      });
    }
    return result.output;
  }

  private headers(credentials: RestCredentials): Record<string, string> {
    const { headers, workspace } = this.connection;
    const authorization = toAuthorization(credentials);
    return {
      Accept: "application/json, */*",
      "Accept-Encoding": "gzip",
      "User-Agent": "mlops-workbench",
      ...headers,
      ...(workspace === undefined ? {} : { "X-MLFLOW-WORKSPACE": workspace }),
      ...(authorization === undefined ? {} : { Authorization: authorization }),
    };
  }

  /** Everything that signs the user in, so that a server which echoes it does not get it onto the screen. */
  private secrets(credentials: RestCredentials): string[] {
    const own = credentials.kind === "bearer" ? [credentials.token] : credentials.kind === "basic" ? [credentials.password] : [];
    const encoded = toAuthorization(credentials)?.replace(/^\w+ /, "") ?? "";
    // A value of one or two characters would blank out half of the sentence.
    return [...own, encoded, ...Object.values(this.connection.headers ?? {})].filter((secret) => secret.length > 3);
  }
}

function toAuthorization(credentials: RestCredentials): string | undefined {
  switch (credentials.kind) {
    case "none":
      return undefined;
    case "bearer":
      return `Bearer ${credentials.token}`;
    case "basic":
      return `Basic ${Buffer.from(`${credentials.username}:${credentials.password}`, "utf8").toString("base64")}`;
  }
}

function toSearchParams(query: Query): URLSearchParams {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? (value as readonly string[]) : value === undefined ? [] : [String(value)]) {
      params.append(key, one);
    }
  }
  return params;
}
