import * as v from "valibot";

/** What is read of Airflow's answers; everything else in them is passed over. */
const TEXT = v.nullish(v.string());

export const HEALTH = v.object({
  scheduler: v.object({ status: TEXT }),
});

export const DAG = v.object({
  is_paused: v.nullable(v.boolean()),
  has_import_errors: v.nullish(v.boolean()),
  params: v.nullish(v.record(v.string(), v.unknown())),
});

export const IMPORT_ERRORS = v.object({ import_errors: v.array(v.object({ filename: TEXT, stack_trace: TEXT })) });

export const DAG_RUN = v.object({
  dag_run_id: v.string(),
  state: TEXT,
  start_date: TEXT,
  end_date: TEXT,
  note: TEXT,
  conf: v.nullish(v.record(v.string(), v.unknown())),
});
export type DagRun = v.InferOutput<typeof DAG_RUN>;

const TASK = v.object({
  task_id: v.string(),
  map_index: v.nullish(v.number(), -1),
  state: TEXT,
  try_number: v.nullish(v.number(), 0),
  max_tries: v.nullish(v.number(), 0),
  start_date: TEXT,
});
export type TaskRecord = v.InferOutput<typeof TASK>;

export const TASKS = v.object({ task_instances: v.array(TASK) });

/** Airflow 2 answers with one text. */
export const LOG = v.object({
  content: v.union([
    v.string(),
    v.array(
      v.union([
        v.string(),
        v.looseObject({
          timestamp: TEXT,
          event: v.optional(v.string(), ""),
          level: TEXT,
          error_detail: v.nullish(v.array(v.looseObject({ exc_type: TEXT, exc_value: TEXT }))),
        }),
      ]),
    ),
  ]),
});
export type LogContent = v.InferOutput<typeof LOG>["content"];
