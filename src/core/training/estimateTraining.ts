import { costOf, type InstancePrice } from "../cost/price";
import type { PastTraining } from "./fingerprint";
import type { RetrainPlan } from "./retrainPlan";
import type { TrainSpec } from "./trainSpec";

/** Older trainings say less of the next one. */
export const MOST_PAST = 5;

/** How long a training takes, by the median of the last ones on the same engine, and what that costs. @param past the newest first. @param failed why earlier
 * trainings and prices are not known; null each where they were looked at. */
export function estimateTraining(
  past: readonly PastTraining[],
  price: InstancePrice | null,
  { resources: { instance } }: TrainSpec,
  failed: { readonly past: string | null; readonly policy: string | null } = { past: null, policy: null },
): RetrainPlan["estimate"] {
  const durations = past
    .flatMap(({ durationMs }) => (durationMs === null || !Number.isFinite(durationMs) || durationMs < 0 ? [] : [durationMs]))
    .slice(0, MOST_PAST);
  const durationMs = median(durations);
  const cost = durationMs === null || price === null ? null : { ...costOf(durationMs, price), perHour: price.perHour };
  const notes = [
    durationMs !== null
      ? null
      : failed.past === null
        ? "No earlier training on this engine tells how long it takes."
        : `How long it takes is not known, because earlier trainings could not be looked at: ${failed.past}`,
    price !== null
      ? null
      : instance === null
        ? "The price is not known: train.resources.instance names no kind of machine."
        : failed.policy !== null
          ? `The price is not known, because the policy could not be read: ${failed.policy}`
          : `The price is not known: the policy has none for ${instance}.`,
  ].filter((note) => note !== null);
  const note = notes.length === 0 ? null : notes.join(" ");
  return { durationMs, basedOn: durations.length, cost, ...(price === null ? {} : { price }), note };
}

function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  return upper === undefined || lower === undefined ? null : (lower + upper) / 2;
}
