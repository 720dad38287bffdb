import * as v from "valibot";

// Records lie in the workspace, where anybody may change them, so that all that is shown of them is checked. What is not known is kept: a later version may
// have written it.

/** The first and the last moment that a Date can hold. */
const LAST = 8.64e15;
const text = v.nullable(v.string());
const number = v.pipe(v.number(), v.finite());
const time = v.pipe(v.number(), v.minValue(-LAST), v.maxValue(LAST));
const moment = v.nullable(time);
const jobState = v.picklist(["queued", "running", "succeeded", "failed", "cancelled", "unknown"]);
const engine = v.picklist(["local", "dvc", "ray", "airflow", "github_actions"]);

const outcome = v.looseObject({
  runs: v.array(v.looseObject({ storeId: v.string(), experimentId: v.string(), runId: v.string(), name: v.string(), status: v.string() })),
  kpis: v.array(
    v.looseObject({
      name: v.string(),
      group: text,
      value: v.nullable(number),
      target: text,
      status: v.picklist(["pass", "warn", "fail", "unknown"]),
      champion: v.nullable(number),
      isBetter: v.nullable(v.boolean()),
    }),
  ),
  champion: v.nullable(v.looseObject({ model: v.string(), version: v.string(), runId: text })),
  registered: v.nullable(v.looseObject({ model: v.string(), version: v.string() })),
  cost: v.nullable(v.looseObject({ amount: number, currency: v.string() })),
  notes: v.array(v.string()),
  at: time,
});

/** `core/training/trainingJob.ts` as `job.json` holds it. */
export const JOB_RECORD = v.looseObject({
  schema: v.literal(1),
  id: v.string(),
  product: v.string(),
  engine,
  planHash: v.string(),
  fingerprint: text,
  reason: v.looseObject({ kind: v.string(), text: v.string() }),
  againBecause: text,
  phase: v.picklist(["claimed", "submitted", "refused"]),
  handle: v.nullable(v.looseObject({ engine, jobId: v.string(), externalId: v.string(), place: text, webUrl: text })),
  status: v.looseObject({
    state: jobState,
    message: text,
    startedAt: moment,
    endedAt: moment,
    exitCode: v.nullable(number),
    progress: v.nullable(number),
    tasks: v.array(v.looseObject({ name: v.string(), state: jobState })),
  }),
  outcome: v.nullable(outcome),
  createdAt: time,
  by: text,
  judging: v.nullish(v.looseObject({ token: v.string(), since: time })),
  outcomeProblem: v.nullish(v.string()),
  wantsLogin: v.optional(v.literal(true)),
  cancelAsked: v.nullish(v.looseObject({ at: time, because: v.picklist(["person", "time_limit"]) })),
});

/** `core/deployment/deployment.ts` as `deployment.json` holds it. */
export const DEPLOYMENT_RECORD = v.looseObject({
  schema: v.literal(1),
  id: v.string(),
  intent: v.picklist(["deploy", "rollback"]),
  product: v.string(),
  config: v.string(),
  target: v.string(),
  type: v.picklist(["mlflow_alias", "mlflow_serve", "ray_serve", "command"]),
  model: v.string(),
  version: v.string(),
  previous: text,
  planHash: v.string(),
  state: v.picklist(["running", "succeeded", "failed", "rolled_back", "interrupted", "cancelled"]),
  message: text,
  steps: v.array(
    v.looseObject({
      id: v.string(),
      text: v.string(),
      state: v.picklist(["pending", "running", "done", "failed", "skipped"]),
      message: text,
      startedAt: moment,
      endedAt: moment,
    }),
  ),
  health: v.nullable(
    v.looseObject({
      state: v.picklist(["healthy", "starting", "unhealthy", "stopped", "unknown"]),
      message: v.string(),
      version: text,
      requests: v.nullable(number),
      replicas: v.nullable(v.looseObject({ running: number, wanted: number })),
      since: moment,
    }),
  ),
  scoring: v.nullable(v.looseObject({ ok: v.boolean(), message: v.string(), tookMs: number, answer: text })),
  serves: text,
  who: text,
  startedAt: time,
  endedAt: moment,
});

/** A line of `deployments.jsonl`, without its hashes. */
export const DEPLOYMENT_ENTRY = v.looseObject({
  at: v.string(),
  deployment: v.string(),
  intent: v.picklist(["deploy", "rollback"]),
  product: v.string(),
  target: v.string(),
  type: v.string(),
  model: v.string(),
  version: v.string(),
  previous: text,
  digest: text,
  commit: text,
  plan: v.string(),
  gate: v.looseObject({ decision: v.string(), hash: v.string(), exception: v.optional(v.boolean()) }),
  state: v.picklist(["running", "succeeded", "failed", "rolled_back", "interrupted", "cancelled"]),
  serves: text,
  who: text,
  reason: text,
  message: text,
});

/** A line of `gate-log.jsonl`, without its hashes. */
export const GATE_ENTRY = v.looseObject({
  at: v.string(),
  target: v.string(),
  version: text,
  decision: v.string(),
  stopped_by: v.array(v.string()),
  warned_by: v.array(v.string()),
  who: v.nullish(v.string()),
});

/** What does not fit, as the end of a sentence. */
export function misfit(issues: readonly [v.BaseIssue<unknown>, ...v.BaseIssue<unknown>[]]): string {
  return `what it says at "${v.getDotPath(issues[0]) ?? "the top"}" is missing or is not what belongs there`;
}
