import * as v from "valibot";

/** What is read of GitHub's answers; everything else in them is passed over. Ids are whole numbers below 2^53. */
const ID = v.pipe(v.number(), v.safeInteger());
const TIME = v.nullish(v.string());

export const USER = v.object({ login: v.string() });

export const REPOSITORY = v.object({
  default_branch: v.string(),
  archived: v.optional(v.boolean(), false),
  disabled: v.optional(v.boolean(), false),
  /** Absent for logins of apps. */
  permissions: v.optional(v.object({ push: v.optional(v.boolean()) })),
});

export const WORKFLOW = v.object({ id: ID, name: v.string(), path: v.string(), state: v.string(), html_url: v.string() });

export const FILE = v.object({ type: v.literal("file"), encoding: v.string(), content: v.string() });

/** With `return_run_details`. */
export const DISPATCHED = v.object({ workflow_run_id: ID, html_url: v.string() });

export const RUN = v.object({
  id: ID,
  /** What `run-name` made. */
  display_title: v.string(),
  event: v.string(),
  status: v.nullable(v.string()),
  conclusion: v.nullable(v.string()),
  head_branch: v.nullable(v.string()),
  head_sha: v.nullish(v.string()),
  html_url: v.string(),
  created_at: v.string(),
  updated_at: v.string(),
  run_started_at: TIME,
  actor: v.nullish(v.object({ login: v.string() })),
});
export type RunRecord = v.InferOutput<typeof RUN>;

export const RUNS = v.object({ total_count: v.number(), workflow_runs: v.array(RUN) });

const STEP = v.object({ name: v.string(), status: v.string(), conclusion: v.nullable(v.string()) });

const JOB = v.object({
  id: ID,
  name: v.string(),
  status: v.string(),
  conclusion: v.nullable(v.string()),
  started_at: TIME,
  completed_at: TIME,
  steps: v.optional(v.array(STEP), []),
});
export type JobRecord = v.InferOutput<typeof JOB>;

export const JOBS = v.object({ total_count: v.number(), jobs: v.array(JOB) });

/** A person or a team. */
const REVIEWER = v.object({ login: v.nullish(v.string()), name: v.nullish(v.string()), slug: v.nullish(v.string()) });

const PENDING_DEPLOYMENT = v.object({
  environment: v.object({ id: ID, name: v.string() }),
  current_user_can_approve: v.boolean(),
  reviewers: v.array(v.object({ reviewer: v.nullish(REVIEWER) })),
});
export type PendingRecord = v.InferOutput<typeof PENDING_DEPLOYMENT>;

/** Deployments of one run that wait for a review. */
export const PENDING = v.array(PENDING_DEPLOYMENT);

/** An answer that nobody reads. */
export const ANYTHING = v.unknown();
