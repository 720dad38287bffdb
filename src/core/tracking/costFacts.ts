import type { Run } from "./run";

/** The tags that say something of a run's cost; others are not looked at. */
export const COST_TAGS = {
  instance: "mlops.instance",
  fingerprint: "mlops.fingerprint",
  job: "mlops.job",
  reason: "mlops.reason",
  again: "mlops.again_because",
  user: "mlflow.user",
  sourceName: "mlflow.source.name",
  sourceType: "mlflow.source.type",
  commit: "mlflow.source.git.commit",
  /** MLflow 3 says so of runs in a repository. */
  dirty: "mlflow.source.git.dirty",
  parent: "mlflow.parentRunId",
  /** What MLflow 2 keeps of the models of a run; only that there is one counts. */
  models: "mlflow.log-model.history",
} as const;

/** What is asked of a run for its cost: much less than all of it, so that 100,000 are read in a moment. */
export interface CostFacts extends Pick<
  Run,
  "runId" | "experimentId" | "name" | "status" | "startTime" | "endTime" | "userId" | "parentRunId"
> {
  readonly isDeleted: boolean;
  /** Of `COST_TAGS`, perhaps more. */
  readonly tags: ReadonlyMap<string, string>;
  /** It wrote a logged model of MLflow 3. */
  readonly hasOutput: boolean;
  /** A metric that is none of the system's. */
  readonly hasMetric: boolean;
  /** When its newest metric was logged; may be null for a run that has an end. */
  readonly lastPointAt: number | null;
  /** Each data set that it read; equal texts for equal ones. */
  readonly inputs: readonly string[];
  /** Name and value of each param; null where nobody needs them, because the run is compared with no other. */
  readonly params: readonly string[] | null;
  /** Metrics of the system that tell of graphics processors, by name. */
  readonly gpuMetrics: readonly string[];
}

/** Whether its params, commit and data are what tells if it repeated another run: nothing better does, and it is no part of one. */
export function isComparedByParams({ tags, parentRunId, inputs }: Pick<CostFacts, "tags" | "parentRunId" | "inputs">): boolean {
  return (
    parentRunId === null &&
    inputs.length > 0 &&
    (tags.get(COST_TAGS.commit) ?? "") !== "" &&
    (tags.get(COST_TAGS.fingerprint) ?? "") === "" &&
    !isTrue(tags.get(COST_TAGS.dirty))
  );
}

/** As Python writes it. */
export function isTrue(text: string | undefined): boolean {
  return text?.toLowerCase() === "true";
}

/** Of a run that was read whole. */
export function costFactsOf(run: Run): CostFacts {
  let [hasMetric, lastPointAt] = [false, null as number | null];
  const gpuMetrics: string[] = [];
  for (const [key, { timestamp }] of run.metrics) {
    if (key.startsWith("system/")) {
      gpuMetrics.push(...(key.includes("gpu_") ? [key] : []));
    } else {
      hasMetric = true;
    }
    lastPointAt = Number.isFinite(timestamp) && timestamp > (lastPointAt ?? 0) ? timestamp : lastPointAt;
  }
  return {
    ...{ runId: run.runId, experimentId: run.experimentId, name: run.name, status: run.status, userId: run.userId },
    ...{ startTime: run.startTime, endTime: run.endTime, parentRunId: run.parentRunId, tags: run.tags },
    ...{ hasOutput: run.outputs.length > 0, hasMetric, lastPointAt, gpuMetrics },
    isDeleted: run.lifecycleStage === "deleted",
    inputs: run.inputs.map(({ name, digest, context }) => [context ?? "", name, digest].join("\0")),
    params: [...run.params].map(([key, value]) => `${key}\0${value}`),
  };
}
