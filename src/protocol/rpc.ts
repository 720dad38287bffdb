/**
 * Requests, replies and one-way events between two sides that can only post messages to each other: extension host and
 * webview, or extension host and worker. A contract is a plain interface of methods, each with one parameter object:
 *
 *     interface HostMethods { rows(params: { from: number; to: number }): Row[] }
 *
 * Every request ends in a reply, an error reply or a time-out; an aborted request tells the other side to stop.
 */
export interface RpcChannel {
  post(message: unknown): void;
  /** Returns a function that stops listening. */
  listen(listener: (message: unknown) => void): () => void;
}

export interface RpcSignal {
  readonly aborted: boolean;
  throwIfAborted(): void;
  addEventListener(type: "abort", listener: () => void, options?: { once?: boolean }): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

export interface RpcError {
  readonly code: string;
  readonly message: string;
  readonly remedy?: string;
  readonly detail?: string;
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the bound of any method map; `never` parameters would forbid calls.
type AnyMethods = Record<keyof never, any>;
type Params<M> = M extends (params: infer P) => unknown ? P : never;
type Result<M> = M extends (...args: never[]) => infer R ? R : never;

export type RpcHandlers<Local> = {
  readonly [K in keyof Local]: (params: Params<Local[K]>, signal: RpcSignal) => Result<Local[K]> | Promise<Result<Local[K]>>;
};

export interface RpcOptions {
  /** Turns a thrown error into what is sent. Never put a token or a secret into it. */
  readonly toError: (error: unknown) => RpcError;
  /** Turns a received error into what the caller catches. */
  readonly fromError: (error: RpcError) => Error;
  /** Milliseconds until a call without a reply fails. Zero means never. */
  readonly timeoutMs: number;
}

type Message =
  | { readonly rpc: 1; readonly kind: "request"; readonly id: number; readonly method: string; readonly params: unknown }
  | { readonly rpc: 1; readonly kind: "event"; readonly method: string; readonly params: unknown }
  | { readonly rpc: 1; readonly kind: "reply"; readonly id: number; readonly result: unknown }
  | { readonly rpc: 1; readonly kind: "error"; readonly id: number; readonly error: RpcError }
  | { readonly rpc: 1; readonly kind: "cancel"; readonly id: number };

// The platform's own, present in Node, browsers and workers; declared here because this layer sees no platform types.
declare const AbortController: new () => { readonly signal: RpcSignal; abort(): void };
declare const setTimeout: (callback: () => void, ms: number) => unknown;
declare const clearTimeout: (handle: unknown) => void;

interface Pending {
  resolve(value: unknown): void;
  reject(error: Error): void;
  release(): void;
}

export class RpcPeer<Local extends object, Remote extends object> {
  private readonly pending = new Map<number, Pending>();
  private readonly running = new Map<number, { abort(): void }>();
  private readonly stopListening: () => void;
  private nextId = 1;
  private closedBy: Error | undefined;

  constructor(
    private readonly channel: RpcChannel,
    private readonly handlers: RpcHandlers<Local>,
    private readonly options: RpcOptions,
  ) {
    this.stopListening = channel.listen((message) => this.receive(message));
  }

  /** Calls a method of the other side. Rejects with its error, with a time-out, or with an AbortError. */
  call<K extends keyof Remote & string>(
    method: K,
    params: Params<Remote[K]>,
    settings: { readonly signal?: RpcSignal; readonly timeoutMs?: number } = {},
  ): Promise<Result<Remote[K]>> {
    const { signal, timeoutMs = this.options.timeoutMs } = settings;
    if (this.closedBy !== undefined) {
      return Promise.reject(this.closedBy);
    }
    if (signal?.aborted === true) {
      return Promise.reject(abortError());
    }
    const id = this.nextId++;
    return new Promise<Result<Remote[K]>>((resolve, reject) => {
      const give = (error: Error): void => {
        this.settle(id)?.reject(error);
        this.channel.post({ rpc: 1, kind: "cancel", id } satisfies Message);
      };
      const onAbort = (): void => give(abortError());
      const timer =
        timeoutMs > 0
          ? setTimeout(
              () => give(this.options.fromError({ code: "timeout", message: `No answer to "${method}" within ${timeoutMs / 1000} s.` })),
              timeoutMs,
            )
          : undefined;
      signal?.addEventListener("abort", onAbort, { once: true });
      this.pending.set(id, {
        resolve: (value) => resolve(value as Result<Remote[K]>),
        reject,
        release: () => {
          clearTimeout(timer);
          signal?.removeEventListener("abort", onAbort);
        },
      });
      this.channel.post({ rpc: 1, kind: "request", id, method, params } satisfies Message);
    });
  }

  /** Tells the other side something; there is no answer. */
  notify<K extends keyof Remote & string>(method: K, params: Params<Remote[K]>): void {
    this.channel.post({ rpc: 1, kind: "event", method, params } satisfies Message);
  }

  /** Ends all calls under way with `reason`; later calls fail with it too. */
  close(reason: Error): void {
    this.closedBy = reason;
    this.stopListening();
    for (const id of [...this.pending.keys()]) {
      this.settle(id)?.reject(reason);
    }
    for (const controller of this.running.values()) {
      controller.abort();
    }
    this.running.clear();
  }

  private settle(id: number): Pending | undefined {
    const call = this.pending.get(id);
    this.pending.delete(id);
    call?.release();
    return call;
  }

  private receive(raw: unknown): void {
    if (!isMessage(raw)) {
      return;
    }
    switch (raw.kind) {
      case "request":
        void this.serve(raw.method, raw.params, raw.id);
        return;
      case "event":
        void this.serve(raw.method, raw.params, undefined);
        return;
      case "reply":
        this.settle(raw.id)?.resolve(raw.result);
        return;
      case "error":
        this.settle(raw.id)?.reject(this.options.fromError(raw.error));
        return;
      case "cancel":
        this.running.get(raw.id)?.abort();
        return;
    }
  }

  private async serve(method: string, params: unknown, id: number | undefined): Promise<void> {
    const controller = new AbortController();
    if (id !== undefined) {
      this.running.set(id, controller);
    }
    try {
      const handlers = this.handlers as AnyMethods;
      if (!Object.hasOwn(handlers, method)) {
        throw new Error(`Unknown method "${method}".`);
      }
      const handler = handlers[method] as (params: unknown, signal: RpcSignal) => unknown;
      const result = await handler(params, controller.signal);
      if (id !== undefined && !controller.signal.aborted) {
        this.channel.post({ rpc: 1, kind: "reply", id, result } satisfies Message);
      }
    } catch (error) {
      if (id !== undefined && !controller.signal.aborted) {
        this.channel.post({ rpc: 1, kind: "error", id, error: this.options.toError(error) } satisfies Message);
      }
    } finally {
      if (id !== undefined) {
        this.running.delete(id);
      }
    }
  }
}

function abortError(): Error {
  const error = new Error("The request was cancelled.");
  error.name = "AbortError";
  return error;
}

function isError(value: unknown): value is RpcError {
  const { code, message } = (typeof value === "object" && value !== null ? value : {}) as { code?: unknown; message?: unknown };
  return typeof code === "string" && typeof message === "string";
}

function isMessage(value: unknown): value is Message {
  if (typeof value !== "object" || value === null || (value as { rpc?: unknown }).rpc !== 1) {
    return false;
  }
  const { kind, id, method, error } = value as { kind?: unknown; id?: unknown; method?: unknown; error?: unknown };
  switch (kind) {
    case "request":
      return typeof id === "number" && typeof method === "string";
    case "event":
      return typeof method === "string";
    case "error":
      return typeof id === "number" && isError(error);
    case "reply":
    case "cancel":
      return typeof id === "number";
    default:
      return false;
  }
}
