import { RpcPeer, type RpcError, type RpcHandlers } from "../../src/protocol/rpc";

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}
declare function acquireVsCodeApi(): VsCodeApi;

/** An error that the host answered with; `remedy` says what the user can do. */
class HostError extends Error {
  readonly remedy: string | undefined;
  constructor(readonly record: RpcError) {
    super(record.message);
    this.name = "HostError";
    this.remedy = record.remedy;
  }
}

let api: VsCodeApi | undefined;
function vscodeApi(): VsCodeApi {
  // The platform hands the API out once per page.
  return (api ??= acquireVsCodeApi());
}

/** Connects the page with its panel. Call once, after all handlers can run. */
export function connectHost<View extends object, Host extends object>(handlers: RpcHandlers<View>): RpcPeer<View, Host> {
  const host = vscodeApi();
  return new RpcPeer<View, Host>(
    {
      post: (message) => host.postMessage(message),
      listen: (listener) => {
        const onMessage = (event: MessageEvent<unknown>): void => listener(event.data);
        window.addEventListener("message", onMessage);
        return () => window.removeEventListener("message", onMessage);
      },
    },
    handlers,
    {
      toError: (error) => ({ code: "view", message: error instanceof Error ? error.message : String(error) }),
      fromError: (error) => new HostError(error),
      timeoutMs: 60_000,
    },
  );
}

/** What the page wants back after a reload: ids and choices only, never data. */
export function readViewState(): unknown {
  return vscodeApi().getState();
}

export function writeViewState(state: unknown): void {
  vscodeApi().setState(state);
}
