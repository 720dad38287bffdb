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

/** What cost needs of a run, without what only other runs tell (`hasChildren`, `paidIn`), the workspace (`config`, a job's end) and curves (`gpus`). @param once see `sharedTexts`. */
export function toCostedRun(
  facts: CostFacts,
  { storeId, experiment, model }: RunSurroundings,
  once: (text: string) => string = (text) => text,
): CostedRun {
  const { tags, runId, name, status, startTime, endTime, inputs, params, hasMetric, hasOutput, lastPointAt, parentRunId } = facts;
  const text = (key: string): string | null => textIn(tags, key, once);
  const instance = text(COST_TAGS.instance);
  return {
    ...{ storeId, runId, name, experiment, model, status, isDeleted: facts.isDeleted, startedAt: startTime, endedAt: endTime },
    person: once(tags.get(COST_TAGS.user) ?? facts.userId),
    config: null,
    instance: instance === null ? null : { name: instance, from: "tag" },
    fingerprint: text(COST_TAGS.fingerprint),
    commit: text(COST_TAGS.commit),
    isDirty: isTrue(tags.get(COST_TAGS.dirty)),
    paramsKey: params === null || params.length === 0 ? null : keyOfSet([`program\0${tags.get(COST_TAGS.sourceName) ?? ""}`, ...params]),
    dataKey: inputs.length === 0 ? null : keyOfSet(inputs),
    hasModel: model !== null || hasOutput || tags.has(COST_TAGS.models),
    ...{ hasMetric, lastPointAt, parentRunId, hasChildren: false, paidIn: null },
    isDeliberate: text(COST_TAGS.again) !== null,
    job: text(COST_TAGS.job),
    jobEndedAt: null,
    startedBy: startedBy(facts),
    gpus: null,
  };
}

/** Gives the same object for equal texts: 100,000 runs bear the names of a few people and commits, and each row brings its own copy. */
export function sharedTexts(): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    const found = known.get(text);
    if (found === undefined) {
      known.set(text, text);
    }
    return found ?? text;
  };
}

function textIn(tags: ReadonlyMap<string, string>, key: string, once: (text: string) => string): string | null {
  const text = tags.get(key)?.trim();
  return text === undefined || text === "" ? null : once(text);
}

function startedBy(facts: CostFacts): CostedRun["startedBy"] {
  // Our own trainings say why they were started, e.g. "schedule: every Monday".
  const reason = /^(manual|schedule|drift|data_change):/.exec(facts.tags.get(COST_TAGS.reason) ?? "")?.[1];
  const byHand = reason === undefined ? startedByHand(facts) : reason === "manual";
  return byHand === null ? null : byHand ? "person" : "automation";
}
