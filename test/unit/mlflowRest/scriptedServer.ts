import * as http from "node:http";
import * as https from "node:https";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished } from "vitest";
import { openRestStore } from "../../../src/adapters/mlflowRest/openRestStore";
import type { RestConnection } from "../../../src/adapters/mlflowRest/restConnection";
import { AppError } from "../../../src/core/base/appError";
import type { Store } from "../../../src/core/tracking/store";

export interface SeenRequest {
  readonly method: string;
  /** Path and query as sent. */
  readonly target: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: unknown;
}

export type Answer = (request: SeenRequest, response: http.ServerResponse) => void;

export interface ScriptedServer {
  readonly url: string;
  readonly seen: readonly SeenRequest[];
  /** How many connections were made so far. */
  connections(): number;
}

/** A server on this machine that answers as the test says: for the ways in which servers fail, which MLflow itself never shows. */
export async function startServer(answer: Answer, tls?: https.ServerOptions): Promise<ScriptedServer> {
  const seen: SeenRequest[] = [];
  let connections = 0;
  const listener: http.RequestListener = (incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => {
      const target = incoming.url ?? "";
      const url = new URL(target, "http://server");
      const text = Buffer.concat(chunks).toString("utf8");
      const body: unknown = text === "" ? undefined : JSON.parse(text);
      const request = {
        method: incoming.method ?? "",
        target,
        path: url.pathname,
        query: url.searchParams,
        headers: incoming.headers,
        body,
      };
      seen.push(request);
      answer(request, response);
    });
  };
  const server = tls === undefined ? http.createServer(listener) : https.createServer(tls, listener);
  server.on("connection", () => connections++);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `${tls === undefined ? "http" : "https"}://127.0.0.1:${port}`, seen, connections: () => connections };
}

export const json = (value: unknown, status = 200, headers: http.OutgoingHttpHeaders = {}): Answer => {
  return (_request, response) =>
    void response.writeHead(status, { "Content-Type": "application/json", ...headers }).end(JSON.stringify(value));
};

export const html = (status: number, text = "<!doctype html><html><body>Sign in</body></html>"): Answer => {
  return (_request, response) => void response.writeHead(status, { "Content-Type": "text/html; charset=utf-8" }).end(text);
};

export const plain = (status: number, text: string, headers: http.OutgoingHttpHeaders = {}): Answer => {
  return (_request, response) => void response.writeHead(status, { "Content-Type": "text/plain", ...headers }).end(text);
};

export const refusal = (status: number, errorCode: string, message: string): Answer => json({ error_code: errorCode, message }, status);

/**
 * Answers the calls that opening a store makes, and everything else by path. A path's answers are used one after the other;
 * the last one stays.
 */
export function route(routes: Readonly<Record<string, Answer | readonly Answer[]>>): Answer {
  const used = new Map<string, number>();
  return (request, response) => {
    const path = Object.keys(routes).find((suffix) => request.path.endsWith(suffix));
    const answers = path === undefined ? [] : [routes[path] ?? []].flat();
    const index = used.get(path ?? "") ?? 0;
    used.set(path ?? "", index + 1);
    const answer = answers[Math.min(index, answers.length - 1)];
    if (answer !== undefined) {
      answer(request, response);
    } else if (request.path.endsWith("/version")) {
      plain(200, "3.17.2")(request, response);
    } else if (request.path.endsWith("/experiments/search")) {
      json({})(request, response);
    } else {
      html(404)(request, response);
    }
  };
}

/** Opens the server as a store that is closed after the test. */
export async function open(url: string, connection: Partial<RestConnection> = {}): Promise<Store> {
  const store = await openRestStore({ url, credentials: () => Promise.resolve({ kind: "none" }), timeoutMs: 10_000, ...connection }, never);
  onTestFinished(() => store.dispose());
  return store;
}

/** A signal that nobody aborts. */
export const never = new AbortController().signal;

/** A run as MLflow writes it. */
export function run(id: string, more: { startTime?: number; parent?: string } = {}): object {
  const tags = more.parent === undefined ? [] : [{ key: "mlflow.parentRunId", value: more.parent }];
  return {
    info: {
      run_id: id,
      run_uuid: id,
      experiment_id: "1",
      run_name: id,
      status: "FINISHED",
      start_time: more.startTime ?? 1,
      lifecycle_stage: "active",
    },
    data: { tags },
    inputs: {},
  };
}

/** The AppError that a call fails with. */
export async function failureOf(promise: Promise<unknown>): Promise<AppError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(AppError);
  return error as AppError;
}
