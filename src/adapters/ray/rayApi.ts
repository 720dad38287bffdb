import * as v from "valibot";

import { AppError } from "../../core/base/appError";
import type { CancelSignal } from "../../core/base/cancel";
import { oneLine } from "../../core/base/oneLine";
import type { EngineSecrets } from "../../core/training/trainingEngine";
import { type HttpAnswer, type HttpCall, readJson, sendHttp, wordsOf } from "../node/httpJson";

const VERSION = v.object({ ray_version: v.string() });
const NODE = v.object({
  raylet: v.object({ state: v.optional(v.string(), "ALIVE"), resourcesTotal: v.optional(v.record(v.string(), v.number()), {}) }),
});
const NODES = v.object({ data: v.object({ summary: v.array(NODE) }) });
const TIME = v.nullish(v.number());
const JOB = v.object({
  status: v.string(),
  message: v.nullish(v.string()),
  start_time: TIME,
  end_time: TIME,
  metadata: v.nullish(v.record(v.string(), v.string())),
  driver_exit_code: v.nullish(v.number()),
});
export type RayJob = v.InferOutput<typeof JOB>;
const LOGS = v.object({ logs: v.nullable(v.string()) });

/** Ray hands out a log whole each time; a larger one is not asked for to its end. */
const MAX_LOG_BYTES = 64 * 1024 * 1024;

/** The REST interface of one cluster's dashboard. */
export class RayApi {
  constructor(
    readonly address: string,
    private readonly secrets: Pick<EngineSecrets, "token" | "login">,
    private readonly timeoutMs: number,
  ) {}

  async version(signal: CancelSignal): Promise<string> {
    return (await this.get("/api/version", VERSION, signal)).ray_version;
  }

  /** Nodes that live, and the GPUs that they have together. */
  async nodes(signal: CancelSignal): Promise<{ readonly nodes: number; readonly gpus: number }> {
    const { data } = await this.get("/nodes?view=summary", NODES, signal);
    const alive = data.summary.filter(({ raylet }) => raylet.state === "ALIVE");
    return { nodes: alive.length, gpus: alive.reduce((sum, { raylet }) => sum + (raylet.resourcesTotal["GPU"] ?? 0), 0) };
  }

  /** Null where there is no such job. */
  async job(id: string, signal: CancelSignal): Promise<RayJob | null> {
    const answer = await this.send("GET", this.pathOf(id), signal);
    return answer.status === 404 && !/^\s*</.test(answer.text) ? null : readJson(JOB, this.accepted(answer), this.host);
  }

  async log(id: string, signal: CancelSignal): Promise<string> {
    const answer = await this.send("GET", `${this.pathOf(id)}/logs`, signal, { maxBytes: MAX_LOG_BYTES });
    return answer.status === 404 ? "" : (readJson(LOGS, this.accepted(answer), this.host).logs ?? "");
  }

  async stop(id: string, signal: CancelSignal): Promise<void> {
    this.accepted(await this.send("POST", `${this.pathOf(id)}/stop`, signal, { body: {} }));
  }

  async submit(body: unknown, signal: CancelSignal): Promise<void> {
    this.accepted(await this.send("POST", "/api/jobs/", signal, { body }));
  }

  private get host(): string {
    return new URL(this.address).host;
  }

  private pathOf(id: string): string {
    return `/api/jobs/${encodeURIComponent(id)}`;
  }

  private async get<T>(path: string, schema: v.GenericSchema<unknown, T>, signal: CancelSignal): Promise<T> {
    return readJson(schema, this.accepted(await this.send("GET", path, signal)), this.host);
  }

  private send(
    method: HttpCall["method"],
    path: string,
    signal: CancelSignal,
    more: Pick<HttpCall, "body" | "maxBytes"> = {},
  ): Promise<HttpAnswer> {
    const { token, login } = this.secrets;
    const basic = login === null ? null : `Basic ${Buffer.from(`${login.username}:${login.password}`).toString("base64")}`;
    const authorization = token === null ? basic : `Bearer ${token}`;
    const headers = authorization === null ? {} : { authorization };
    return sendHttp({ method, url: `${this.address}${path}`, headers, timeoutMs: this.timeoutMs, signal, ...more });
  }

  private accepted(answer: HttpAnswer): HttpAnswer {
    const { status } = answer;
    if (status < 300) {
      return answer;
    }
    if (status === 401 || status === 403) {
      throw new AppError(
        status === 401 ? "store/unauthorized" : "store/forbidden",
        `The Ray cluster at ${this.host} does not accept the login.`,
        {
          remedy: "Give a token, or a user and a password, that the cluster knows.",
        },
      );
    }
    if (status === 502 || status === 503 || status === 504) {
      throw new AppError("store/unreachable", `The Ray cluster at ${this.host} is not available at the moment (HTTP ${status}).`, {
        remedy: "Wait a little, then retry.",
      });
    }
    const said = oneLine(this.masked(wordsOf(answer)), 300);
    throw new AppError(
      status >= 500 ? "store/bad-reply" : "usage",
      `Ray at ${this.host} refused the request (HTTP ${status}).${said === "" ? "" : ` It says: ${said}`}`,
      {
        remedy: "The log of the cluster's dashboard says more.",
      },
    );
  }

  /** Should a proxy echo the login, it is not shown. */
  private masked(text: string): string {
    return [this.secrets.token, this.secrets.login?.password].reduce<string>(
      (shown, secret) => (secret === null || secret === undefined || secret === "" ? shown : shown.replaceAll(secret, "…")),
      text,
    );
  }
}
