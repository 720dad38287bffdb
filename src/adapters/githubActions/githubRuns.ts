import type { CancelSignal } from "../../core/base/cancel";
import type { GithubApi } from "./githubApi";
import { type JobRecord, JOBS, type RunRecord, RUN, RUNS, USER } from "./records";

const PAGE = 100;
/** A matrix has at most 256 jobs. */
const MOST_PAGES = 3;

/** Which runs of a workflow may be the one that a job started. */
export interface RunSearch {
  readonly workflow: string;
  /** Milliseconds since 1970; null for all that GitHub lists first, which are the newest. */
  readonly since: number | null;
}

/** Runs and their jobs, as GitHub lists them. */
export class GithubRuns {
  constructor(readonly api: GithubApi) {}

  /** Null where GitHub shows none of this id. */
  async run(id: string, signal: CancelSignal): Promise<RunRecord | null> {
    const what = this.named(id);
    const { data } = await this.api.ofRepository("GET", "/actions/runs/{run_id}", RUN, {
      what,
      params: { run_id: id },
      signal,
      accept: [404],
    });
    return data;
  }

  /** Of the latest attempt, in GitHub's order. */
  async jobs(id: string, signal: CancelSignal): Promise<readonly JobRecord[]> {
    const jobs: JobRecord[] = [];
    for (let page = 1; page <= MOST_PAGES; page++) {
      const { data } = await this.api.ofRepository("GET", "/actions/runs/{run_id}/jobs", JOBS, {
        what: this.named(id),
        params: { run_id: id, filter: "latest", per_page: PAGE, page },
        signal,
      });
      jobs.push(...(data?.jobs ?? []));
      if (data === null || data.jobs.length < PAGE || jobs.length >= data.total_count) {
        break;
      }
    }
    return jobs;
  }

  /** Runs that somebody started by hand or by a program, the newest first. */
  async startedByHand({ workflow, since }: RunSearch, signal: CancelSignal): Promise<readonly RunRecord[]> {
    const created = since === null ? {} : { created: `>=${new Date(since).toISOString().replace(/\.\d+Z$/, "Z")}` };
    const { data } = await this.api.ofRepository("GET", "/actions/workflows/{workflow_id}/runs", RUNS, {
      what: `the workflow "${workflow}"`,
      params: { workflow_id: workflow, event: "workflow_dispatch", per_page: PAGE, ...created },
      signal,
    });
    return data?.workflow_runs ?? [];
  }

  /** Who signed in; null for the login of an app, which is nobody. */
  async login(signal: CancelSignal): Promise<string | null> {
    const { data } = await this.api.call("GET /user", USER, { what: "the login", signal, accept: [403, 404] });
    return data?.login ?? null;
  }

  private named(id: string): string {
    const { owner, name } = this.api.repository;
    return `the run ${id} of ${owner}/${name}`;
  }
}
