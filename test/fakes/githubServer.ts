import * as http from "node:http";
import type { AddressInfo } from "node:net";

import { parse } from "yaml";

import { type DescribedRequest, GithubDescription } from "../builders/githubDescription";
import { type FakeEnvironment, pendingRecord, type ReviewBody, reviewRun, type SeenReview } from "./githubReviews";

export interface FakeJob {
  readonly id: number;
  readonly name: string;
  status: "queued" | "in_progress" | "completed" | "waiting";
  conclusion: string | null;
  /** Where the log lies; null where GitHub keeps none. */
  log: string | null;
  steps: readonly { readonly name: string; readonly conclusion: string | null }[];
  startedAt: string | null;
  completedAt: string | null;
}

export interface FakeRun {
  readonly id: number;
  readonly title: string;
  readonly branch: string;
  readonly workflow: string;
  readonly inputs: Readonly<Record<string, string>>;
  readonly createdAt: string;
  readonly actor: string;
  status: string;
  conclusion: string | null;
  jobs: FakeJob[];
  /** Environments that wait for a review. */
  waitsFor: FakeEnvironment[];
}

/** Every request ends with exactly one of these. */
type Done = "sent" | "cut";
type Send = (status: number, answer?: unknown, headers?: http.OutgoingHttpHeaders) => Done;

export interface SeenCall {
  readonly operation: string;
  readonly query: URLSearchParams;
  readonly body: unknown;
  readonly authorization: string | undefined;
}

const TOKEN = "ghs_secretOfThisTest";
const OWNER = "acme";
const NAME = "churn";
const FOLDER = ".github/workflows/";

/**
 * GitHub as far as an engine needs it: one repository with workflows and runs. Each request is held to GitHub's published description, and so
 * is each answer: what does not fit is kept in `violations`, and the request is refused with 500.
 */
export class GithubServer {
  readonly token = TOKEN;
  readonly remote: string;
  readonly host = "github.com";
  readonly seen: SeenCall[] = [];
  readonly violations: string[] = [];
  /** Headers of the requests for logs, which go to another server. */
  readonly logRequests: http.IncomingHttpHeaders[] = [];
  readonly runs: FakeRun[] = [];
  readonly reviews: SeenReview[] = [];
  /** Texts of workflows by branch and file name. */
  readonly files = new Map<string, Map<string, string>>();
  login: string | null = "ana";
  permission: "push" | "pull" = "push";
  archived = false;
  workflowState = "active";
  /** As long as it is set, every request meets it. */
  refuse: ((call: DescribedRequest) => { status: number; message: string; headers?: http.OutgoingHttpHeaders } | null) | null = null;
  /** What becomes of the connection of a dispatch. */
  cut: "before" | "after" | null = null;
  /** Servers of one's own answer a dispatch with nothing. */
  readonly enterprise: boolean;
  supportsRanges = true;
  /** Called when a run was made, so that a test can let it go on. */
  onRun: (run: FakeRun) => void = () => undefined;
  private readonly description: GithubDescription;
  private readonly api: http.Server;
  private readonly storage: http.Server;
  private nextId = 9_007_199_254;
  private apiPort = 0;

  constructor({ enterprise = false }: { readonly enterprise?: boolean } = {}) {
    this.enterprise = enterprise;
    this.remote = `git@github.com:${OWNER}/${NAME}.git`;
    this.description = new GithubDescription(enterprise ? "ghes-3.17" : "api.github.com");
    this.api = http.createServer((request, response) => this.onRequest(request, response));
    this.storage = http.createServer((request, response) => this.onLog(request, response));
    this.files.set("main", new Map());
  }

  get url(): string {
    return `http://127.0.0.1:${this.apiPort}`;
  }

  /** An address that takes requests and never answers. */
  get silentUrl(): string {
    return `${this.url}/silent`;
  }

  async start(): Promise<void> {
    this.apiPort = await listen(this.api, this.apiPort);
    if (!this.storage.listening) {
      await listen(this.storage, 0);
    }
  }

  /** The API goes away, with all open connections; `start` brings it back at the same address. */
  async stop(): Promise<void> {
    await close(this.api);
  }

  async end(): Promise<void> {
    await Promise.all([close(this.api), close(this.storage)]);
  }

  /** Puts a workflow on a branch. */
  push(file: string, text: string, branch = "main"): void {
    const files = this.files.get(branch) ?? new Map<string, string>();
    files.set(file, text);
    this.files.set(branch, files);
  }

  dispatches(): readonly SeenCall[] {
    return this.seen.filter(({ operation }) => operation.endsWith("/dispatches"));
  }

  job(name: string, part: Partial<FakeJob> = {}): FakeJob {
    return {
      id: this.nextId++,
      name,
      status: "queued",
      conclusion: null,
      log: null,
      steps: [],
      startedAt: null,
      completedAt: null,
      ...part,
    };
  }

  addRun(part: Partial<FakeRun>): FakeRun {
    const run: FakeRun = {
      id: this.nextId++,
      title: "Train",
      branch: "main",
      workflow: "train.yml",
      inputs: {},
      createdAt: new Date().toISOString().replace(/\.\d+Z$/, "Z"),
      actor: this.login ?? "app[bot]",
      status: "queued",
      conclusion: null,
      jobs: [],
      waitsFor: [],
      ...part,
    };
    this.runs.unshift(run);
    return run;
  }

  private onRequest(request: http.IncomingMessage, response: http.ServerResponse): void {
    if (request.url?.startsWith("/silent/") === true) {
      return;
    }
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      try {
        const text = Buffer.concat(chunks).toString("utf8");
        this.handle(request, text === "" ? undefined : (JSON.parse(text) as unknown), response);
      } catch (error) {
        this.violations.push(error instanceof Error ? error.message : String(error));
        response.writeHead(500).end();
      }
    });
  }

  private handle(request: http.IncomingMessage, body: unknown, response: http.ServerResponse): void {
    const url = new URL(request.url ?? "", this.url);
    const call = this.description.request(request.method ?? "", url.pathname, url.searchParams, body);
    const { authorization } = request.headers;
    this.seen.push({ operation: call.operation, query: url.searchParams, body, authorization });
    mustBe(request.headers["x-github-api-version"], "2022-11-28", "the version of the API");
    mustBe(request.headers.accept, "application/vnd.github+json", "what is accepted");
    const send: Send = (status, answer, headers = {}) => {
      this.description.answer(call, status, answer);
      response.writeHead(status, {
        ...(answer === undefined ? {} : { "content-type": "application/json; charset=utf-8" }),
        ...(this.enterprise ? { "x-github-enterprise-version": "enterprise-server@3.17.0" } : {}),
        ...headers,
      });
      response.end(answer === undefined ? undefined : JSON.stringify(answer));
      return "sent";
    };
    const refused = this.refuse?.(call) ?? null;
    if (refused !== null) {
      send(refused.status, { message: refused.message, documentation_url: "https://docs.github.com/rest" }, refused.headers);
    } else if (authorization !== `Bearer ${TOKEN}`) {
      send(401, { message: "Bad credentials" });
    } else if (call.path["repo"] !== undefined && `${call.path["owner"]}/${call.path["repo"]}` !== `${OWNER}/${NAME}`) {
      send(404, { message: "Not Found" });
    } else {
      this.answer(call, url.searchParams, body, send, () => {
        request.socket.destroy();
        return "cut";
      });
    }
  }

  private answer({ operation, path }: DescribedRequest, query: URLSearchParams, body: unknown, send: Send, cut: () => Done): Done {
    const notFound = (): Done => send(404, { message: "Not Found" });
    const run = this.runs.find(({ id }) => String(id) === path["run_id"]);
    switch (operation.replace("/repos/{owner}/{repo}", "")) {
      case "GET /user":
        return this.login === null
          ? send(403, { message: "Resource not accessible by integration" })
          : send(200, { ...this.description.sample("public-user"), login: this.login });
      case "GET ":
        return send(200, {
          ...this.description.sample("full-repository"),
          default_branch: "main",
          archived: this.archived,
          permissions: { admin: false, pull: true, push: this.permission === "push" },
        });
      case "GET /contents/{path}": {
        const ref = query.get("ref") ?? "main";
        const files = this.files.get(ref);
        const text = files?.get((path["path"] ?? "").slice(FOLDER.length));
        return files === undefined
          ? send(404, { message: `No commit found for the ref ${ref}` })
          : text === undefined
            ? notFound()
            : send(200, {
                ...this.description.sample("content-file"),
                type: "file",
                encoding: "base64",
                content: Buffer.from(text)
                  .toString("base64")
                  .replace(/(.{60})/g, "$1\n"),
              });
      }
      case "GET /actions/workflows/{workflow_id}":
        return this.files.get("main")?.has(path["workflow_id"] ?? "") === true
          ? send(200, {
              ...this.description.sample("workflow"),
              path: `${FOLDER}${path["workflow_id"]}`,
              state: this.workflowState,
              html_url: `https://github.com/${OWNER}/${NAME}/actions/workflows/${path["workflow_id"]}`,
            })
          : notFound();
      case "POST /actions/workflows/{workflow_id}/dispatches":
        return this.dispatch(path["workflow_id"] ?? "", body as DispatchBody, send, cut);
      case "GET /actions/workflows/{workflow_id}/runs":
        return this.list(path["workflow_id"] ?? "", query, send);
      case "GET /actions/runs/{run_id}":
        return run === undefined ? notFound() : send(200, this.runRecord(run));
      case "GET /actions/runs/{run_id}/jobs": {
        const [size, page] = [Number(query.get("per_page") ?? 30), Number(query.get("page") ?? 1)];
        const jobs = (run?.jobs ?? []).slice((page - 1) * size, page * size);
        return run === undefined
          ? notFound()
          : send(200, { total_count: run.jobs.length, jobs: jobs.map((job) => this.jobRecord(run, job)) });
      }
      case "GET /actions/runs": {
        const listed = this.runs.filter(({ status }) => query.get("status") === null || status === query.get("status"));
        const records = listed.slice(0, Number(query.get("per_page") ?? 30)).map((one) => this.runRecord(one));
        return send(200, { total_count: listed.length, workflow_runs: records });
      }
      case "GET /actions/runs/{run_id}/pending_deployments":
        return run === undefined
          ? notFound()
          : send(
              200,
              run.waitsFor.map((environment) => pendingRecord(run, environment, this.login, this.description)),
            );
      case "POST /actions/runs/{run_id}/pending_deployments":
        return run === undefined ? notFound() : send(...reviewRun(run, body as ReviewBody, this.login, this.reviews));
      case "POST /actions/runs/{run_id}/cancel":
        if (run === undefined) {
          return notFound();
        }
        if (run.status === "completed") {
          return send(409, { message: "Cannot cancel a workflow run that is completed." });
        }
        finish(run, "cancelled");
        return send(202, {});
      case "GET /actions/jobs/{job_id}/logs": {
        const job = this.runs.flatMap(({ jobs }) => jobs).find(({ id }) => String(id) === path["job_id"]);
        return job?.status !== "completed" || job.log === null
          ? notFound()
          : send(302, undefined, { location: `http://127.0.0.1:${(this.storage.address() as AddressInfo).port}/${job.id}?sig=key` });
      }
      default:
        throw new Error(`The server of the tests does not answer ${operation}.`);
    }
  }

  private dispatch(file: string, { ref, inputs = {}, return_run_details }: DispatchBody, send: Send, cut: () => Done): Done {
    if (this.cut === "before") {
      return cut();
    }
    const branch = ref.replace(/^refs\/heads\//, "");
    const text = this.files.get(branch)?.get(file);
    if (this.permission !== "push") {
      return send(403, { message: "Must have admin rights to Repository." });
    }
    if (text === undefined) {
      return send(422, { message: `No ref found for: ${ref}` });
    }
    const workflow = parse(text) as Workflow;
    if (workflow.on.workflow_dispatch === undefined) {
      return send(422, { message: "Workflow does not have 'workflow_dispatch' trigger" });
    }
    const declared = workflow.on.workflow_dispatch?.inputs ?? {};
    const strange = Object.keys(inputs).filter((name) => declared[name] === undefined);
    const missing = Object.entries(declared).find(([name, one]) => one?.required === true && (inputs[name] ?? "") === "");
    if (strange.length > 0) {
      return send(422, { message: `Unexpected inputs provided: ${JSON.stringify(strange)}` });
    }
    if (missing !== undefined) {
      return send(422, { message: `Required input '${missing[0]}' not provided` });
    }
    if (Object.values<unknown>(inputs).some((value) => typeof value !== "string")) {
      return send(422, { message: "Inputs have to be strings" });
    }
    const title = (workflow["run-name"] ?? workflow.name ?? file).replace(
      /\$\{\{\s*inputs\.(\w+)\s*\}\}/g,
      (_, name: string) => inputs[name] ?? "",
    );
    const run = this.addRun({ title, branch, workflow: file, inputs });
    this.onRun(run);
    if (this.cut === "after") {
      return cut();
    }
    if (this.enterprise || return_run_details !== true) {
      return send(204);
    }
    const details = {
      workflow_run_id: run.id,
      run_url: `${this.url}/repos/${OWNER}/${NAME}/actions/runs/${run.id}`,
      html_url: pageOf(run),
    };
    return send(200, details);
  }

  private list(file: string, query: URLSearchParams, send: Send): Done {
    const since = /^>=(.+)$/.exec(query.get("created") ?? "")?.[1];
    const fitting = this.runs.filter(
      ({ workflow, createdAt }) => workflow === file && (since === undefined || Date.parse(createdAt) >= Date.parse(since)),
    );
    const listed = query.get("event") === "workflow_dispatch" ? fitting : [];
    const size = Number(query.get("per_page") ?? 30);
    return send(200, { total_count: listed.length, workflow_runs: listed.slice(0, size).map((run) => this.runRecord(run)) });
  }

  private runRecord(run: FakeRun): unknown {
    return {
      ...this.description.sample("workflow-run"),
      id: run.id,
      display_title: run.title,
      event: "workflow_dispatch",
      status: run.status,
      conclusion: run.conclusion,
      head_branch: run.branch,
      html_url: pageOf(run),
      created_at: run.createdAt,
      updated_at: run.createdAt,
      run_started_at: run.createdAt,
      actor: { ...this.description.sample("simple-user"), login: run.actor },
    };
  }

  private jobRecord(run: FakeRun, job: FakeJob): unknown {
    return {
      ...this.description.sample("job"),
      id: job.id,
      run_id: run.id,
      name: job.name,
      status: job.status,
      conclusion: job.conclusion,
      started_at: job.startedAt ?? run.createdAt,
      completed_at: job.completedAt,
      steps: job.steps.map((step, index) => ({
        name: step.name,
        number: index + 1,
        status: step.conclusion === null ? "in_progress" : "completed",
        conclusion: step.conclusion,
      })),
    };
  }

  private onLog(request: http.IncomingMessage, response: http.ServerResponse): void {
    this.logRequests.push(request.headers);
    const id = new URL(request.url ?? "", "http://storage").pathname.slice(1);
    const log = this.runs.flatMap(({ jobs }) => jobs).find((job) => String(job.id) === id)?.log;
    if (log == null) {
      response.writeHead(404).end();
      return;
    }
    const bytes = Buffer.from(log);
    const [, from = "", to = ""] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? "") ?? [];
    if (!this.supportsRanges || from === "") {
      response.writeHead(200, { "content-type": "text/plain; charset=utf-8" }).end(bytes);
    } else if (Number(from) >= bytes.length) {
      response.writeHead(416).end();
    } else {
      response.writeHead(206, { "content-type": "text/plain" }).end(bytes.subarray(Number(from), to === "" ? undefined : Number(to) + 1));
    }
  }
}

interface DispatchBody {
  readonly ref: string;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly return_run_details?: boolean;
}

interface Workflow {
  readonly name?: string;
  readonly "run-name"?: string;
  readonly on: {
    readonly workflow_dispatch?: { readonly inputs?: Readonly<Record<string, { readonly required?: boolean } | null>> } | null;
  };
}

/** Ends a run and what it still does. */
export function finish(run: FakeRun, conclusion: string): void {
  run.status = "completed";
  run.conclusion = conclusion;
  for (const job of run.jobs.filter(({ status }) => status !== "completed")) {
    job.status = "completed";
    job.conclusion = conclusion;
    job.completedAt = new Date().toISOString();
  }
}

function pageOf({ id }: FakeRun): string {
  return `https://github.com/${OWNER}/${NAME}/actions/runs/${id}`;
}

function mustBe(found: unknown, wanted: string, what: string): void {
  if (found !== wanted) {
    throw new Error(`${what} is ${String(found)} and has to be ${wanted}.`);
  }
}

function listen(server: http.Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  });
}

function close(server: http.Server): Promise<void> {
  return new Promise((resolve) => {
    server.closeAllConnections();
    server.close(() => resolve());
  });
}
