import type { RetrainPlan } from "./retrainPlan";
import type { JobDraft, JobStatus } from "./trainingEngine";
import type { TrainingJob } from "./trainingJob";

/** Of a job that no engine has spoken of yet. */
export const NO_STATUS: JobStatus = {
  state: "queued",
  message: null,
  startedAt: null,
  endedAt: null,
  exitCode: null,
  progress: null,
  tasks: [],
};

/** The job that a plan becomes when somebody says yes. @param now milliseconds since 1970. */
export function newJob(plan: RetrainPlan, now: number, by: string | null): TrainingJob {
  return {
    schema: 1,
    id: plan.jobId,
    product: plan.product,
    config: plan.config,
    engine: plan.engine,
    planHash: plan.hash,
    fingerprint: plan.fingerprint.value,
    reason: plan.reason,
    againBecause: plan.againBecause,
    phase: "claimed",
    handle: null,
    status: NO_STATUS,
    outcome: null,
    createdAt: now,
    by,
    judging: null,
    outcomeProblem: null,
    cancelAsked: null,
  };
}

/** What an engine is handed, from the plan alone. */
export function draftOf({
  jobId,
  spec,
  params,
  overrides,
  tags,
  consents,
}: Pick<RetrainPlan, "jobId" | "spec" | "params" | "overrides" | "tags" | "consents">): JobDraft {
  const values = Object.fromEntries(params.map(({ field, value }) => [field.name, value]));
  const lists = params.flatMap(({ field }) => (field.kind === "list" ? [field.name] : []));
  return { jobId, spec, params: values, overrides, ...(lists.length === 0 ? {} : { lists }), tags, consents };
}
