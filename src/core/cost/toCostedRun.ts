import { startedByHand } from "../tracking/startedByHand";
import { MLFLOW_TAG, type Run } from "../tracking/run";
import { AGAIN_TAG, FINGERPRINT_TAG, JOB_TAG, REASON_TAG } from "../training/trainingTags";
import type { CostedRun } from "./costedRun";
import { keyOfSet } from "./shortHash";

/** The tag by which a run says on which kind of machine it ran. */
export const INSTANCE_TAG = "mlops.instance";
/** MLflow 3 says so of runs in a repository. */
const DIRTY_TAG = "mlflow.source.git.dirty";

export interface RunSurroundings {
  readonly storeId: string;
  /** Name of its experiment. */
  readonly experiment: string;
  /** The registered model that a version of was made from it. */
  readonly model: string | null;
}

/** What cost needs of a run, without what only other runs tell (`hasChildren`, `paidIn`), the workspace (`config`, a job's end) and curves (`gpus`). */
export function toCostedRun(run: Run, { storeId, experiment, model }: RunSurroundings): CostedRun {
  const { tags } = run;
  const instance = textIn(tags, INSTANCE_TAG);
  let [hasMetric, lastPointAt] = [false, null as number | null];
  for (const [key, { timestamp }] of run.metrics) {
    hasMetric ||= !key.startsWith("system/");
    lastPointAt = Number.isFinite(timestamp) && timestamp > (lastPointAt ?? 0) ? timestamp : lastPointAt;
  }
  return {
    ...{ storeId, runId: run.runId, name: run.name, experiment, model, status: run.status },
    person: tags.get(MLFLOW_TAG.user) ?? run.userId,
    config: null,
    startedAt: run.startTime,
    endedAt: run.endTime,
    instance: instance === null ? null : { name: instance, from: "tag" },
    fingerprint: textIn(tags, FINGERPRINT_TAG),
    commit: textIn(tags, MLFLOW_TAG.gitCommit),
    isDirty: /^true$/i.test(tags.get(DIRTY_TAG) ?? ""),
    paramsKey: paramsKey(run),
    dataKey:
      run.inputs.length === 0 ? null : keyOfSet(run.inputs.map(({ name, digest, context }) => `${context ?? ""}\0${name}\0${digest}`)),
    hasModel: model !== null || run.outputs.length > 0 || tags.has("mlflow.log-model.history"),
    ...{ hasMetric, lastPointAt, parentRunId: run.parentRunId, hasChildren: false, paidIn: null },
    isDeliberate: textIn(tags, AGAIN_TAG) !== null,
    job: textIn(tags, JOB_TAG),
    jobEndedAt: null,
    startedBy: startedBy(run),
    gpus: null,
  };
}

function textIn(tags: ReadonlyMap<string, string>, key: string): string | null {
  const text = tags.get(key)?.trim();
  return text === undefined || text === "" ? null : text;
}

function paramsKey({ params, tags }: Run): string | null {
  if (params.size === 0) {
    return null;
  }
  const texts = [`program\0${tags.get(MLFLOW_TAG.sourceName) ?? ""}`];
  for (const [key, value] of params) {
    texts.push(`${key}\0${value}`);
  }
  return keyOfSet(texts);
}

function startedBy(run: Run): CostedRun["startedBy"] {
  // Our own trainings say why they were started, e.g. "schedule: every Monday".
  const reason = /^(manual|schedule|drift|data_change):/.exec(run.tags.get(REASON_TAG) ?? "")?.[1];
  const byHand = reason === undefined ? startedByHand(run) : reason === "manual";
  return byHand === null ? null : byHand ? "person" : "automation";
}
