import { NO_STATUS } from "../../src/core/training/newJob";
import type { TrainingJob } from "../../src/core/training/trainingJob";

const BEGAN_AT = Date.UTC(2026, 0, 1);

/** A training of a journal, one a minute. */
export function sampleJob(index: number): TrainingJob {
  const createdAt = BEGAN_AT + index * 60_000;
  return {
    ...{
      schema: 1,
      id: `sample-20260101-${String(index).padStart(6, "0")}-abcdef`,
      product: "Sample",
      config: "mlops.yaml",
      engine: "local",
    },
    ...{ planHash: "0".repeat(64), fingerprint: null, reason: { kind: "manual", text: "A benchmark." }, againBecause: null },
    ...{ phase: "submitted", handle: null, by: null, createdAt },
    status: { ...NO_STATUS, state: "succeeded", startedAt: createdAt, endedAt: createdAt + 30_000 },
    outcome: { runs: [], kpis: [], champion: null, registered: null, cost: null, notes: [], at: createdAt + 31_000 },
  };
}
