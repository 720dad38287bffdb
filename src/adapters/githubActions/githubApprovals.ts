import { AppError } from "../../core/base/appError";
import type { CancelSignal } from "../../core/base/cancel";
import type { ApprovalDecision, ApprovalDesk, WaitingApproval, WaitingApprovals } from "../../core/deployment/waitingApproval";
import { GithubApi } from "./githubApi";
import { GithubError } from "./githubErrors";
import { apiUrlOf, readRemoteUrl, webUrlOf } from "./githubRepository";
import { GithubRuns } from "./githubRuns";
import { ANYTHING, PENDING, type PendingRecord, RUNS, type RunRecord } from "./records";

export interface GithubApprovalsOptions {
  /** Absolute folder of the workspace. */
  readonly root: string;
  /** The repository of a folder, as git knows it; null where there is none. */
  readonly origin: (folder: string, signal: CancelSignal) => Promise<{ readonly remote: string | null } | null>;
  /** A token for this host and no other; null where nobody signed in. @param isAsked whether a person may be asked to sign in. */
  readonly token: (host: string, isAsked: boolean) => Promise<string | null>;
  /** Where the REST API of a host is, if not where GitHub has it. */
  readonly apiUrl?: (host: string) => string;
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 30_000;
/** Runs that wait at the same time; of more, the newest are listed, and that is told. */
const MOST_RUNS = 30;
const NOTHING: WaitingApprovals = { waiting: [], problem: null };

/** Deployments that wait for a review by the rules of an environment of GitHub. */
export class GithubApprovals implements ApprovalDesk {
  /** By host and token, so that a request to be left alone holds for all calls. */
  private readonly apis = new Map<string, GithubApi>();

  constructor(private readonly options: GithubApprovalsOptions) {}

  async list(isAsked: boolean, signal: CancelSignal): Promise<WaitingApprovals> {
    const api = await this.api(isAsked, signal);
    if (api === null) {
      return NOTHING;
    }
    if (api === "signed out") {
      return { waiting: [], problem: isAsked ? "Nobody is signed in to GitHub, so that waiting approvals are not known." : null };
    }
    const { owner, name } = api.repository;
    const { data } = await api.ofRepository("GET", "/actions/runs", RUNS, {
      what: `runs of ${owner}/${name}`,
      params: { status: "waiting", per_page: MOST_RUNS },
      signal,
    });
    const runs = data?.workflow_runs ?? [];
    const login = runs.length === 0 ? null : await new GithubRuns(api).login(signal);
    const waiting: WaitingApproval[] = [];
    for (const run of runs) {
      const { data: pending } = await api.ofRepository("GET", "/actions/runs/{run_id}/pending_deployments", PENDING, {
        what: `the run ${run.id}`,
        params: { run_id: run.id },
        signal,
        accept: [404], // It was ended or deleted since the list was made.
      });
      // Without reviewers it waits for a timer, which nobody can shorten.
      waiting.push(...(pending ?? []).filter(({ reviewers }) => reviewers.length > 0).map((one) => toApproval(run, one, api, login)));
    }
    const total = data?.total_count ?? 0;
    const problem = total > runs.length ? `${total} runs wait for a review; the newest ${runs.length} are looked at.` : null;
    return { waiting, problem };
  }

  async decide(approval: WaitingApproval, decision: ApprovalDecision, comment: string, signal: CancelSignal): Promise<void> {
    const api = await this.api(true, signal);
    if (api === null || api === "signed out") {
      throw new AppError("store/unauthorized", "Nobody is signed in to GitHub.", { remedy: "Sign in to GitHub, then decide again." });
    }
    const { runId, environment, title } = approval;
    const { owner, name } = api.repository;
    if (approval.repository !== `${owner}/${name}`) {
      throw new AppError("usage", `The deployment belongs to ${approval.repository}, and this folder to ${owner}/${name}.`);
    }
    try {
      await api.ofRepository("POST", "/actions/runs/{run_id}/pending_deployments", ANYTHING, {
        what: `the deployment of "${title}" to ${environment.name}`,
        params: { run_id: runId },
        body: { environment_ids: [Number(environment.id)], state: decision, comment },
        signal,
      });
    } catch (error) {
      throw await this.explain(error, approval, signal);
    }
  }

  /** GitHub's answer names a code; what stands behind it is found by looking again. */
  private async explain(error: unknown, approval: WaitingApproval, signal: CancelSignal): Promise<unknown> {
    if (!(error instanceof GithubError) || error.status === null || ![403, 404, 422].includes(error.status)) {
      return error;
    }
    const now = await this.list(false, signal).catch(() => null);
    if (now === null) {
      return error;
    }
    const still = now.waiting.find(({ runId, environment }) => runId === approval.runId && environment.id === approval.environment.id);
    if (still === undefined) {
      return new AppError(
        "usage",
        `"${approval.title}" does not wait for ${approval.environment.name} any more: somebody decided meanwhile, or it was ended.`,
        {
          cause: error,
          remedy: `Look at ${approval.webUrl}`,
        },
      );
    }
    return still.cannot === null ? error : new AppError("store/forbidden", still.cannot, { cause: error });
  }

  private async api(isAsked: boolean, signal: CancelSignal): Promise<GithubApi | "signed out" | null> {
    const { root, origin, token, apiUrl = apiUrlOf, timeoutMs = TIMEOUT_MS } = this.options;
    const remote = (await origin(root, signal))?.remote ?? null;
    const repository = remote === null ? null : readRemoteUrl(remote);
    if (repository === null) {
      return null;
    }
    const secret = await token(repository.host, isAsked);
    if (secret === null) {
      return "signed out";
    }
    const key = `${webUrlOf(repository)}\n${secret}`;
    const api = this.apis.get(key) ?? new GithubApi(repository, apiUrl(repository.host), secret, timeoutMs);
    this.apis.set(key, api);
    return api;
  }
}

function toApproval(run: RunRecord, pending: PendingRecord, { repository }: GithubApi, login: string | null): WaitingApproval {
  const reviewers = pending.reviewers.flatMap(({ reviewer }) => reviewer?.login ?? reviewer?.name ?? reviewer?.slug ?? []);
  const startedBy = run.actor?.login ?? null;
  const { name } = pending.environment;
  const cannot = pending.current_user_can_approve
    ? null
    : startedBy !== null && startedBy === login
      ? `You started this run, and the environment ${name} does not let people review their own: somebody else has to decide (${reviewers.join(", ")}).`
      : `You are none of those who may review deployments to ${name}: ${reviewers.join(", ")}.`;
  const startedAt = Date.parse(run.run_started_at ?? run.created_at);
  return {
    runId: String(run.id),
    title: run.display_title,
    environment: { id: String(pending.environment.id), name },
    repository: `${repository.owner}/${repository.name}`,
    branch: run.head_branch,
    commit: run.head_sha ?? null,
    startedBy,
    startedAt: Number.isFinite(startedAt) ? startedAt : null,
    reviewers,
    cannot,
    webUrl: run.html_url,
  };
}
