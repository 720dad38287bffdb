import type { ProcessorSample } from "./processor";

export interface ProcessorState {
  readonly sample: ProcessorSample;
  readonly state: "idle" | "busy" | "unknown";
  /** When the state was first seen without a gap since, milliseconds since 1970. */
  readonly since: number;
  /** When it was seen last. */
  readonly at: number;
}

export interface IdleLimits {
  /** Percent; a processor with less use than this is idle. */
  readonly gpuBelow: number;
  /** Nobody knows what was between two readings that are further apart, in milliseconds. */
  readonly maxGapMs: number;
}

/**
 * The processors of a source after a reading at a time. What was not measured is unknown, never idle; a processor that is gone from the reading is
 * gone from the states; after a gap in the readings a state begins anew, because nobody saw what was between.
 */
export function followProcessors(
  before: readonly ProcessorState[],
  samples: readonly ProcessorSample[],
  at: number,
  { gpuBelow, maxGapMs }: IdleLimits,
): readonly ProcessorState[] {
  const known = new Map(before.map((one) => [one.sample.id, one]));
  return samples.map((sample) => {
    const state = sample.use === null ? "unknown" : sample.use < gpuBelow ? "idle" : "busy";
    const last = known.get(sample.id);
    const goesOn = last?.state === state && at >= last.at && at - last.at <= maxGapMs;
    return { sample, state, since: goesOn ? last.since : at, at };
  });
}
