import { COST_TAGS, type CostFacts, isTrue } from "../tracking/costFacts";
import { startedByHand } from "../tracking/startedByHand";
import type { CostedRun } from "./costedRun";
import { keyOfSet } from "./shortHash";

export interface RunSurroundings {
  readonly storeId: string;
  /** Name of its experiment. */
  readonly experiment: string;
  /** The registered model that a version of was made from it. */
  readonly model: string | null;
}

/** What cost needs of a run, without what only other runs tell (`hasChildren`, `paidIn`), the workspace (`config`, a job's end) and curves (`gpus`). */
export function toCostedRun(facts: CostFacts, { storeId, experiment, model }: RunSurroundings): CostedRun {
  const { tags, runId, name, status, startTime, endTime, inputs, params, hasMetric, hasOutput, lastPointAt, parentRunId } = facts;
  const instance = textIn(tags, COST_TAGS.instance);
  return {
    ...{ storeId, runId, name, experiment, model, status, startedAt: startTime, endedAt: endTime },
    person: tags.get(COST_TAGS.user) ?? facts.userId,
    config: null,
    instance: instance === null ? null : { name: instance, from: "tag" },
    fingerprint: textIn(tags, COST_TAGS.fingerprint),
    commit: textIn(tags, COST_TAGS.commit),
    isDirty: isTrue(tags.get(COST_TAGS.dirty)),
    paramsKey: params === null || params.length === 0 ? null : keyOfSet([`program\0${tags.get(COST_TAGS.sourceName) ?? ""}`, ...params]),
    dataKey: inputs.length === 0 ? null : keyOfSet(inputs),
    hasModel: model !== null || hasOutput || tags.has(COST_TAGS.models),
    ...{ hasMetric, lastPointAt, parentRunId, hasChildren: false, paidIn: null },
    isDeliberate: textIn(tags, COST_TAGS.again) !== null,
    job: textIn(tags, COST_TAGS.job),
    jobEndedAt: null,
    startedBy: startedBy(facts),
    gpus: null,
  };
}

function textIn(tags: ReadonlyMap<string, string>, key: string): string | null {
  const text = tags.get(key)?.trim();
  return text === undefined || text === "" ? null : text;
}

function startedBy(facts: CostFacts): CostedRun["startedBy"] {
  // Our own trainings say why they were started, e.g. "schedule: every Monday".
  const reason = /^(manual|schedule|drift|data_change):/.exec(facts.tags.get(COST_TAGS.reason) ?? "")?.[1];
  const byHand = reason === undefined ? startedByHand(facts) : reason === "manual";
  return byHand === null ? null : byHand ? "person" : "automation";
}
