import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { DatasetInput, Metric, ModelOutput, Run } from "../../src/core/tracking/run";

/** A run as `expected.json` of a contract store holds it: maps are lists of pairs, and numbers that JSON lacks are texts. */
interface RunRecord extends Omit<Run, "params" | "metrics" | "tags" | "inputs" | "outputs" | "parentRunId"> {
  readonly params: readonly [string, string][];
  readonly metrics: readonly [string, { readonly value: number | string; readonly timestamp: number; readonly step: number }][];
  readonly tags: readonly [string, string][];
  readonly inputs: readonly DatasetInput[];
  readonly outputs: readonly ModelOutput[];
}

export interface RecordedRuns {
  readonly runs: readonly Run[];
  /** The seed's name of a run to its id. */
  readonly idOf: ReadonlyMap<string, string>;
  /** The opposite of `idOf`. */
  readonly keyOf: ReadonlyMap<string, string>;
}

export type RecordedStore = "v2-sqlite" | "v3-sqlite" | "v2-file" | "v3-file";

export function fixturePath(name: string): string {
  return fileURLToPath(new URL(`../fixtures/mlflow/${name}`, import.meta.url));
}

/** The runs of a contract store as MLflow's own client gave them. */
export function recordedRuns(store: RecordedStore): RecordedRuns {
  const expected = JSON.parse(readFileSync(fixturePath(`${store}/expected.json`), "utf8")) as {
    runs: RunRecord[];
    runIdOf: Record<string, string>;
  };
  const idOf = new Map(Object.entries(expected.runIdOf));
  return { runs: expected.runs.map(toRun), idOf, keyOf: new Map([...idOf].map(([key, id]) => [id, key])) };
}

function toRun(record: RunRecord): Run {
  const tags = new Map(record.tags);
  return {
    ...record,
    parentRunId: tags.get("mlflow.parentRunId") ?? null,
    params: new Map(record.params),
    metrics: new Map(record.metrics.map(([key, metric]): [string, Metric] => [key, { ...metric, value: Number(metric.value) }])),
    tags,
  };
}
