import type { CancelSignal } from "../../core/base/cancel";
import type { GithubRuns } from "./githubRuns";
import type { RunRecord } from "./records";

/** What is known of a job whose run is looked for. */
export interface Wanted {
  readonly jobId: string;
  readonly workflow: string;
  /** Milliseconds since 1970, by GitHub's clock or nearly so; null where nobody knows when it was started. */
  readonly since: number | null;
  /** Null for no upper limit. */
  readonly until: number | null;
  /** The branch or tag that it runs on; null for any. */
  readonly ref: string | null;
  /** Whether the workflow names its runs after their jobs, so that a run without the name is another one. */
  readonly isNamed: boolean;
}

export type FoundRun =
  | { readonly kind: "found"; readonly run: RunRecord }
  /** A run that may be the one, or may be that of somebody else. */
  | { readonly kind: "unsure"; readonly candidates: readonly RunRecord[] }
  | { readonly kind: "none" };

/** Ids of jobs as they are made here: a name, the time, and six characters that tell jobs of one second apart. */
const JOB_ID = /-(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)-[0-9a-f]{6}(?![\w-])/;

/** When the plan of a job was made, by the clock of the machine that made it. */
export function timeOfJob(jobId: string): number | null {
  const [, year, month, day, hour, minute, second] = JOB_ID.exec(jobId) ?? [];
  const time = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
  return Number.isFinite(time) ? time : null;
}

/**
 * Looks once for the run that a job started. A run is taken for it by the job's id in its name and by nothing else.
 * @param known runs to look among, in place of those that GitHub lists.
 */
export async function findRun(runs: GithubRuns, wanted: Wanted, signal: CancelSignal, known?: readonly RunRecord[]): Promise<FoundRun> {
  const listed = known ?? (await runs.startedByHand({ workflow: wanted.workflow, since: wanted.since }, signal));
  const named = listed.find(({ display_title }) => namesJob(display_title, wanted.jobId));
  if (named !== undefined) {
    return { kind: "found", run: named };
  }
  if (wanted.isNamed || listed.some(({ display_title }) => JOB_ID.test(display_title))) {
    return { kind: "none" };
  }
  const login = await runs.login(signal);
  const candidates = listed.filter((run) => fits(run, wanted, login));
  return candidates.length === 0 ? { kind: "none" } : { kind: "unsure", candidates };
}

function fits(run: RunRecord, { since, until, ref }: Wanted, login: string | null): boolean {
  const time = Date.parse(run.created_at);
  return (
    run.event === "workflow_dispatch" &&
    (since === null || time >= since) &&
    (until === null || time <= until) &&
    (login === null || run.actor == null || run.actor.login.toLowerCase() === login.toLowerCase()) &&
    (ref === null || run.head_branch === null || run.head_branch === ref.replace(/^refs\/(?:heads|tags)\//, ""))
  );
}

/** Whole, so that the job `a-1` is not found in the name of `a-12`. */
function namesJob(title: string, jobId: string): boolean {
  const at = title.indexOf(jobId);
  return at >= 0 && !/[\w-]/.test(title[at - 1] ?? " ") && !/[\w-]/.test(title[at + jobId.length] ?? " ");
}
