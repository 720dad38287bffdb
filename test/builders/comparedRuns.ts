import type { ComparedRun } from "../../src/core/compare/comparedRun";
import type { DatasetInput, Run } from "../../src/core/tracking/run";

export interface RunFacts {
  readonly name?: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly metrics?: Readonly<Record<string, number>>;
  readonly tags?: Readonly<Record<string, string>>;
  readonly inputs?: readonly Partial<DatasetInput>[];
  readonly run?: Partial<Run>;
  readonly compared?: Partial<ComparedRun>;
}

/** A finished run of ten minutes with the facts given. */
export function comparedRun(index: number, facts: RunFacts = {}): ComparedRun {
  const { params = {}, metrics = {}, tags = {}, inputs = [] } = facts;
  return {
    run: {
      runId: String(index).padStart(32, "0"),
      experimentId: "1",
      name: facts.name ?? `run-${index}`,
      status: "FINISHED",
      lifecycleStage: "active",
      startTime: 1_750_000_000_000,
      endTime: 1_750_000_600_000,
      userId: "alice",
      artifactUri: "",
      parentRunId: null,
      params: new Map(Object.entries(params)),
      metrics: new Map(Object.entries(metrics).map(([key, value]) => [key, { value, timestamp: 1_750_000_000_000, step: 0 }])),
      tags: new Map(Object.entries(tags)),
      inputs: inputs.map((input) => ({
        name: "churn",
        digest: "d1",
        sourceType: "local",
        source: "",
        schema: null,
        profile: null,
        context: null,
        ...input,
      })),
      outputs: [],
      ...facts.run,
    },
    storeId: "file:/data/mlruns",
    store: "data/mlruns",
    experiment: "churn",
    versions: [],
    environment: null,
    problem: null,
    ...facts.compared,
  };
}

export function comparedRuns(...facts: readonly RunFacts[]): ComparedRun[] {
  return facts.map((each, index) => comparedRun(index, each));
}

/** Numbers from 0 to 1 that are the same each time: mulberry32. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
