import { request } from "@octokit/request";
import * as v from "valibot";

import type { CancelSignal } from "../../core/base/cancel";
import { GithubError, silenceError, toGithubError } from "./githubErrors";
import type { GithubRepository } from "./githubRepository";

/** Works on github.com and on all servers that GitHub still maintains. */
const API_VERSION = "2022-11-28";

export interface GithubReply<T> {
  readonly status: number;
  readonly data: T;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Milliseconds since 1970 by GitHub's clock; null where it does not say. */
  readonly serverTime: number | null;
  /** GitHub's own words where it refused; "" else. */
  readonly said: string;
}

interface Call {
  /** What is asked for, for sentences: `the run 17 of acme/churn`. */
  readonly what: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly signal: CancelSignal;
  /** Refusals that the caller handles: they come back without data. */
  readonly accept?: readonly number[];
  readonly body?: unknown;
}

/** Calls of GitHub's REST API for one repository with one login. */
export class GithubApi {
  /** By a clock that nobody sets. */
  private silentUntil = 0;
  private lastLimit: GithubError | null = null;

  constructor(
    readonly repository: GithubRepository,
    private readonly baseUrl: string,
    private readonly token: string,
    private readonly timeoutMs: number,
  ) {}

  /** A path such as `/actions/runs/{run_id}` below the repository. */
  async ofRepository<T>(method: string, path: string, schema: v.GenericSchema<unknown, T>, call: Call): Promise<GithubReply<T | null>> {
    const { owner, name } = this.repository;
    const params = { owner, repo: name, ...call.params };
    return this.call(`${method} /repos/{owner}/{repo}${path}`, schema, { ...call, params });
  }

  /**
   * @param route as octokit takes it: a method and a path or a whole address.
   * @returns data that the schema read; null for a status in `accept` and for an answer without a body.
   * @throws GithubError for everything else.
   */
  async call<T>(route: string, schema: v.GenericSchema<unknown, T>, call: Call): Promise<GithubReply<T | null>> {
    const reply = await this.send(route, call, {});
    if (call.accept?.includes(reply.status) === true || reply.status === 204 || reply.data === "") {
      return { ...reply, data: null };
    }
    const parsed = v.safeParse(schema, reply.data);
    if (!parsed.success) {
      const place = v.getDotPath(parsed.issues[0]) ?? "the whole";
      throw new GithubError("store/bad-reply", `GitHub's answer about ${call.what} cannot be read (${place}).`, {
        remedy: "If the address is that of a proxy, check what it does; else report this as a fault of the extension.",
        status: reply.status,
        mayHaveArrived: true,
      });
    }
    return { ...reply, data: parsed.output };
  }

  /** The place to which GitHub sends whoever asks for a log, without going there; null where it has none any more. */
  async redirectOf(path: string, call: Call): Promise<string | null> {
    const { owner, name } = this.repository;
    const params = { owner, repo: name, ...call.params };
    const reply = await this.send(`GET /repos/{owner}/{repo}${path}`, { ...call, params }, { redirect: "manual" });
    const { location } = reply.headers;
    const url = location !== undefined && URL.canParse(location) ? new URL(location) : null;
    // The address holds a key to the log, so that it is not sent unencrypted to another machine.
    const isSafe = url !== null && (url.protocol === "https:" || url.protocol === new URL(this.baseUrl).protocol);
    return reply.status >= 300 && reply.status < 400 && isSafe ? url.href : null;
  }

  /** What only reads is asked once more where a connection that was kept open turned out to be gone. */
  private async send(route: string, call: Call, options: { redirect?: "manual" }): Promise<GithubReply<unknown>> {
    try {
      return await this.sendOnce(route, call, options);
    } catch (error) {
      if (error instanceof GithubError && error.isCut && route.startsWith("GET ")) {
        return this.sendOnce(route, call, options);
      }
      throw error;
    }
  }

  private async sendOnce(route: string, call: Call, options: { redirect?: "manual" }): Promise<GithubReply<unknown>> {
    const { host } = this.repository;
    call.signal.throwIfAborted();
    if (this.lastLimit !== null && performance.now() < this.silentUntil) {
      throw this.lastLimit;
    }
    const controller = new AbortController();
    const onAbort = (): void => controller.abort();
    call.signal.addEventListener("abort", onAbort, { once: true });
    const timer = setTimeout(onAbort, this.timeoutMs);
    try {
      const reply = await request(route, {
        ...call.params,
        ...(call.body === undefined ? {} : { data: call.body }),
        baseUrl: this.baseUrl,
        headers: {
          accept: "application/vnd.github+json",
          authorization: `Bearer ${this.token}`,
          "user-agent": "mlops-workbench",
          "x-github-api-version": API_VERSION,
        },
        request: { signal: controller.signal, ...options },
      });
      return toReply(reply.status, reply.data, reply.headers);
    } catch (error) {
      call.signal.throwIfAborted();
      if (controller.signal.aborted) {
        throw silenceError(host, this.timeoutMs);
      }
      const failure = toGithubError(error, host, call.what, this.token);
      if (failure instanceof GithubError) {
        if (failure.status !== null && call.accept?.includes(failure.status) === true && failure.pauseMs === 0) {
          return { ...toReply(failure.status, null, {}), said: failure.said };
        }
        if (failure.pauseMs > 0) {
          this.silentUntil = performance.now() + failure.pauseMs;
          this.lastLimit = failure;
        }
      }
      throw failure;
    } finally {
      clearTimeout(timer);
      call.signal.removeEventListener("abort", onAbort);
    }
  }
}

function toReply(status: number, data: unknown, headers: Readonly<Record<string, unknown>>): GithubReply<unknown> {
  const texts = Object.fromEntries(Object.entries(headers).map(([key, value]) => [key, typeof value === "string" ? value : undefined]));
  const time = Date.parse(texts["date"] ?? "");
  return { status, data, headers: texts, serverTime: Number.isFinite(time) ? time : null, said: "" };
}
