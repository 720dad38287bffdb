import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

interface App {
  readonly config: Record<string, unknown>;
  source: "declarative" | "imperative";
  status: string;
  message: string;
  /** The version whose copies answer. */
  serves: string | null;
  replicas: number;
}

/**
 * Stands for a cluster with Ray Serve, as version 2.60 was seen to behave: a list that is sent ends each application that is not in it; a version needs a
 * look or two until it runs; the copies of version 13 do not start, and version 14 cannot be built, so that the copies before it stay.
 */
export class StandInServe {
  readonly apps = new Map<string, App>();
  /** Bodies that were sent. */
  readonly puts: Record<string, unknown>[] = [];
  /** Called with each list before it counts, as somebody who comes in between. */
  onPut: () => void = () => undefined;
  httpOptions: Record<string, unknown> | null = null;
  /** What the next requests are answered with instead. */
  refusal: { readonly status: number; readonly text: string } | null = null;
  headers: IncomingMessage["headers"] = {};
  private readonly dashboard = createServer((request, response) => void this.answer(request, response));
  private readonly proxy = createServer((request, response) => void this.predict(request, response));

  async start(): Promise<void> {
    await Promise.all([this.dashboard, this.proxy].map((server) => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))));
  }

  async stop(): Promise<void> {
    await Promise.all([this.dashboard, this.proxy].map(close));
  }

  get url(): string {
    return `http://127.0.0.1:${portOf(this.dashboard)}`;
  }

  get proxyUrl(): string {
    return `http://127.0.0.1:${portOf(this.proxy)}`;
  }

  put(body: Record<string, unknown>): void {
    const configs = body["applications"] as Record<string, unknown>[];
    this.httpOptions ??= { host: "127.0.0.1", port: portOf(this.proxy), root_path: "", ssl_certfile: null };
    for (const [name, app] of this.apps) {
      if (app.source === "declarative" && !configs.some((one) => one["name"] === name)) {
        this.apps.delete(name);
      }
    }
    for (const config of configs) {
      const name = String(config["name"]);
      const before = this.apps.get(name);
      const listed = (config["deployments"] ?? []) as { num_replicas?: number }[];
      const replicas = listed[0]?.num_replicas ?? 1;
      this.apps.set(name, { config, source: "declarative", status: "DEPLOYING", message: "", serves: before?.serves ?? null, replicas });
    }
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const text = await bodyOf(request);
    this.headers = request.headers;
    if (this.refusal !== null) {
      response.writeHead(this.refusal.status).end(this.refusal.text);
    } else if (request.method === "PUT") {
      const body = JSON.parse(text) as Record<string, unknown>;
      this.onPut();
      this.puts.push(body);
      this.put(body);
      response.end();
    } else {
      const applications = Object.fromEntries([...this.apps].map(([name, app]) => [name, this.look(name, app)]));
      const http = this.httpOptions === null ? {} : { http_options: this.httpOptions, proxy_location: "EveryNode" };
      response.end(JSON.stringify({ controller_info: {}, proxies: {}, target_capacity: null, ...http, applications }));
    }
  }

  /** What a look shows; the next one shows it gone on. */
  private look(name: string, app: App): Record<string, unknown> {
    const isBuilt = app.status !== "DEPLOY_FAILED" || app.serves === null;
    const state = app.status === "RUNNING" ? "RUNNING" : "STARTING";
    const replicas = app.serves === null ? [] : Array.from({ length: app.replicas }, () => ({ state, start_time_s: 1_790_000_000.5 }));
    const status = app.status === "RUNNING" ? "HEALTHY" : "UPDATING";
    const model = { status, message: app.message, target_num_replicas: app.replicas, replicas };
    const shown = {
      name,
      route_prefix: app.config["route_prefix"],
      status: app.status,
      message: app.message,
      ...(app.source === "declarative" ? { deployed_app_config: app.config } : {}),
      source: app.source,
      deployments: isBuilt && app.status !== "DEPLOYING" ? { Model: model } : {},
      deployment_topology: null,
    };
    if (app.status === "DEPLOYING") {
      const version = versionOf(app.config);
      const isBad = version === "13" || version === "14";
      app.status = isBad ? "DEPLOY_FAILED" : "RUNNING";
      app.message = isBad ? `Deploying failed with exception:\nTraceback\n  File "x"\nValueError: version ${version} is damaged\n` : "";
      app.serves = version === "14" ? app.serves : isBad ? null : version;
    }
    return shown;
  }

  private async predict(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { inputs } = JSON.parse(await bodyOf(request)) as { inputs?: unknown[] };
    const app = [...this.apps.values()].find(({ config }) => config["route_prefix"] === request.url);
    const [status, answer] =
      app === undefined || app.serves === null
        ? [503, "unavailable"]
        : inputs === undefined
          ? [500, "Internal Server Error"]
          : [200, JSON.stringify({ predictions: inputs.map(() => app.serves) })];
    response.writeHead(status).end(answer);
  }
}

function versionOf(config: Record<string, unknown>): string {
  const { env_vars: env } = (config["runtime_env"] ?? {}) as { env_vars?: Record<string, string> };
  return env?.["MLOPS_MODEL_VERSION"] ?? "0";
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const part of request.setEncoding("utf8")) {
    text += String(part);
  }
  return text;
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo | null)?.port ?? 0;
}

function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
