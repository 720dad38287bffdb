import * as v from "valibot";

import type { CancelSignal } from "../../core/base/cancel";
import type { RayHttp } from "./rayHttp";

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
  constructor(private readonly http: RayHttp) {}

  get address(): string {
    return this.http.address;
  }

  async version(signal: CancelSignal): Promise<string> {
    return (await this.http.get("/api/version", VERSION, signal)).ray_version;
  }

  /** Nodes that live, and the GPUs that they have together. */
  async nodes(signal: CancelSignal): Promise<{ readonly nodes: number; readonly gpus: number }> {
    const { data } = await this.http.get("/nodes?view=summary", NODES, signal);
    const alive = data.summary.filter(({ raylet }) => raylet.state === "ALIVE");
    return { nodes: alive.length, gpus: alive.reduce((sum, { raylet }) => sum + (raylet.resourcesTotal["GPU"] ?? 0), 0) };
  }

  /** Null where there is no such job. */
  async job(id: string, signal: CancelSignal): Promise<RayJob | null> {
    const answer = await this.http.send("GET", this.pathOf(id), signal);
    return answer.status === 404 && !/^\s*</.test(answer.text) ? null : this.http.read(JOB, answer);
  }

  async log(id: string, signal: CancelSignal): Promise<string> {
    const answer = await this.http.send("GET", `${this.pathOf(id)}/logs`, signal, { maxBytes: MAX_LOG_BYTES });
    return answer.status === 404 ? "" : (this.http.read(LOGS, answer).logs ?? "");
  }

  async stop(id: string, signal: CancelSignal): Promise<void> {
    this.http.accepted(await this.http.send("POST", `${this.pathOf(id)}/stop`, signal, { body: {} }));
  }

  async submit(body: unknown, signal: CancelSignal): Promise<void> {
    this.http.accepted(await this.http.send("POST", "/api/jobs/", signal, { body }));
  }

  private pathOf(id: string): string {
    return `/api/jobs/${encodeURIComponent(id)}`;
  }
}
